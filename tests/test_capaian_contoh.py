"""The sample office's year: the capaian workbook of every triwulan, each formula by LibreOffice."""

from __future__ import annotations

import io
import shutil
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pytest

from kinerja_xl.reckoning.capaian.measure import trends
from kinerja_xl.uses.capaian import findings_of, measured
from kinerja_xl.uses.year import Year
from kinerja_xl.writing.letters.lkjip import write_lkjip
from kinerja_xl.writing.shown.capaian import write_capaian
from tests.conftest import LONG

SAMPLE = Path(__file__).parents[1] / "samples" / "wasuponda-2025"


@pytest.mark.skipif(not LONG, reason="hanya pada profil panjang")
@pytest.mark.parametrize("triwulan", [1, 2, 3, 4])
def test_every_formula_of_the_sample_shows_our_value(libre, tmp_path, triwulan):
    sample = Year(SAMPLE)
    own = measured(sample, triwulan)
    path = tmp_path / "capaian.xlsx"
    path.write_bytes(write_capaian(own, trends(own, sample.earlier[0])))
    count, differences = libre.judge([path])
    assert (count > 1_000, differences) == (True, [])


@pytest.mark.parametrize(
    ("triwulan", "kode", "nama", "until", "of_year"),
    [
        # TW I: 2 of 2 due, 5 in the year
        (1, "7.01.01.2.01.0006", "Jumlah Laporan Capaian Kinerja", "100.00", "40.00"),
        # TW II: naik, 1 of 2 + 0; turun to 0 with one conflict only in TW III: still reached
        (2, "7.01.05", "Jumlah Konflik Sosial Terbuka", "100.00", "100.00"),
        # the year: 1 conflict against 0
        (4, "7.01.05", "Jumlah Konflik Sosial Terbuka", "0.00", "0.00"),
    ],
)
def test_figures_by_hand(triwulan, kode, nama, until, of_year):
    results = measured(Year(SAMPLE), triwulan).results
    (found,) = (r for r in results if r.indicator.kode == kode and r.indicator.nama.startswith(nama))
    assert (str(found.until[-1].percent), str(found.of_year.percent)) == (until, of_year)


# ---- What a reader of the printed pages alone must not take for something else ----


@cache
def book(triwulan):
    own = measured(Year(SAMPLE), triwulan)
    return own, openpyxl.load_workbook(io.BytesIO(write_capaian(own)), data_only=True)


def shown(triwulan, sheet, *words):
    """The row of a sheet that holds all of these words."""
    rows = ([str(c.value) for c in row if c.value is not None] for row in book(triwulan)[1][sheet].iter_rows())
    return next(row for row in rows if all(word in " ".join(row) for word in words))


def test_officials_are_those_of_the_end_of_the_measured_period():
    """The Plt. of the Seksi PMD left on 31-1-2025; the Camat stays."""
    labels = [average.label for average in book(4)[0].averages["resmi"]]
    assert "Kepala Seksi Pemberdayaan Masyarakat dan Desa (Yuliana Sampetoding, S.Sos.)" in labels
    assert labels[0] == "Camat Wasuponda (Mappaturung Labessi, S.IP., M.Si.)"
    assert not any("Ester" in label for label in labels)


def test_a_quarter_that_was_not_reported_is_never_taken_as_done():
    row = shown(4, "Capaian Indikator", "Jumlah Laporan Evaluasi Kinerja Perangkat Daerah")
    assert row[5:22] == [
        "4", "1", "1", "100", "1", "1", "100", "1", "belum diisi", "100", "1", "1", "100", "3", "75", "75", "Sedang, sementara",
    ]  # fmt: skip
    assert "Kurang efisien: sedikitnya −18,46 poin; 1 indikator belum lengkap triwulannya" in shown(
        4, "Efisiensi", "Evaluasi Kinerja Perangkat Daerah", "7.01.01.2.01.0007"
    )
    assert "Efisien: paling besar +17,47 poin; 1 rekening belum diketahui" in shown(4, "Efisiensi", "7.01.01.2.08.0004")
    assert "tidak dianggarkan" in shown(4, "Efisiensi", "7.01.03.2.06.0003")
    assert "realisasi per satuan adalah batas atas: output TW III belum diisi" in shown(
        4, "Biaya per Output", "7.01.01.2.01.0007"
    )


def test_one_matter_per_cause_and_its_indicator_by_name():
    spm = "Jumlah Laporan Fasilitasi Percepatan Pencapaian Standar Pelayanan Minimal di Wilayah Kecamatan"
    rows = [[c.value for c in row if c.value] for row in book(4)[1]["Ringkasan"].iter_rows()]
    asked = [row for row in rows if row and str(row[0])[:2] in {f"{n}." for n in range(1, 10)}]
    assert [row[0] for row in asked] == [
        "1. MELEBIHI PAGU: Penyediaan Jasa Komunikasi, Sumber Daya Air dan Listrik (Subbag Umum dan Keuangan), serapan 105,95 %.",
        "2. Realisasi uang 1 rekening belum dilaporkan (Subbag Umum dan Keuangan).",
        f"3. Realisasi tidak dapat dibaca: {spm} (Seksi Pelayanan Umum); rincian di lembar Catatan.",
        "4. Triwulan terlewati: Jumlah Laporan Evaluasi Kinerja Perangkat Daerah (Subbag Perencanaan dan Kepegawaian); "
        "rincian di lembar Catatan.",
        "5. Sel rusak (Seksi Ketentraman dan Ketertiban Umum); rincian di lembar Catatan.",
    ]
    assert asked[0][1:] == [1_594_500, "□ periksa SPJ     □ jelaskan dalam LKjIP"]  # the reports came in January 2026


def test_until_the_third_triwulan_the_page_says_what_stands_beside_the_capaian():
    assert "Capaian - Realisasi terhadap Rencana Kas (poin)" in shown(2, "Ringkasan", "Indikator Dinilai")
    assert "Capaian - Serapan (poin)" in shown(4, "Ringkasan", "Indikator Dinilai")
    row = shown(2, "Capaian IKU", "Nilai SAKIP Kecamatan Wasuponda")
    assert row[6:8] == ["belum waktunya", "belum waktunya"] and row[-1] == "belum ada target triwulan"
    assert shown(2, "Ringkasan", "Nilai SAKIP Kecamatan Wasuponda")[5:7] == ["belum waktunya", "belum waktunya"]
    assert shown(4, "Capaian IKU", "Nilai SAKIP Kecamatan Wasuponda")[6:8] == ["71.15", "100.92"]


def test_words_of_several_lines_are_joined_with_one_mark():
    words = " ".join(str(c.value) for row in book(4)[1]["Evaluasi Renja"].iter_rows() for c in row)
    assert not any(mark in words for mark in (":;", ";;", ".;"))
    assert "siap diperiksa: 1. Sekretaris desa diganti pada bulan Mei dan buku agenda belum diserahkan; 2. Jalan" in words
    assert "bersama Seksi Pemberdayaan Masyarakat dan Desa. TW III: Pemeriksaan semester II" in words


def test_the_lkjip_says_its_limits():
    found = docx.Document(io.BytesIO(write_lkjip(book(4)[0])))
    paragraphs, rows = [p.text for p in found.paragraphs], [[c.text for c in row.cells] for t in found.tables for row in t.rows]
    assert any(text.endswith(
        "menurut Perubahan ke-1 tanggal 21 Juli 2025; keadaan menurut laporan unit sampai 5 Januari 2026."
    ) for text in paragraphs)  # fmt: skip
    assert "Capaian setiap indikator dalam tabel ini dipakai paling tinggi 120,00 %." in paragraphs
    meetings = next(row for row in rows if len(row) == 7 and row[1].startswith("Jumlah Laporan Penyelenggaraan Rapat Koordinasi"))
    assert meetings[1].endswith("\ndipakai paling tinggi 120,00 %") and meetings[5] == "125,00"
    reports = next(row for row in rows if len(row) == 7 and row[1].startswith("Jumlah Laporan Evaluasi Kinerja"))
    assert reports[3:6] == ["4", "sedikitnya 3", "sedikitnya 75,00"]
    judged = next(row for row in rows if row[0] == "Evaluasi Kinerja Perangkat Daerah" and len(row) == 4)
    least = "Kurang efisien: sedikitnya −18,46 poin; 1 indikator belum lengkap triwulannya"
    assert judged[1:] == ["sedikitnya 75,00", "93,46", least]
    assert not any("Peningkatan Ketahanan Pangan Keluarga" in " ".join(row) for row in rows)
    kendala = next(text for text in paragraphs if text.startswith("Kendala: "))
    assert kendala.startswith("Kendala: Ukuran pakaian olahraga delapan pegawai tertukar dan dikembalikan ke penyedia (Ju")


def test_realisasi_in_a_folder_of_another_name_is_not_called_missing_alone(tmp_path):
    """TW III is what an office calls it, TW3 what is read."""
    folder = tmp_path / "Contoh"
    shutil.copytree(SAMPLE, folder)
    (folder / "masuk" / "TW3").rename(folder / "masuk" / "TW III")
    said = [(f.code, f.file, f.args["banyak"]) for f in findings_of(measured(Year(folder), 3)) if f.code == "B120"]
    assert said == [("B120", "TW III", "7")]
    assert not [f for f in findings_of(measured(Year(SAMPLE), 3)) if f.code == "B120"]
