"""The capaian workbook: every formula by LibreOffice, read back, same bytes, and what stands where."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from importlib.resources import files

import docx
import openpyxl
import pytest

from kinerja_xl.catatan import Finding
from kinerja_xl.face.cli.terminal_year import show_year, year_json
from kinerja_xl.reading.own_book import read_capaian
from kinerja_xl.reckoning.capaian import NOT_DUE, Year
from kinerja_xl.reckoning.capaian.measure import measure, progress, threads, way_of
from kinerja_xl.sheets import capaian as sheets
from kinerja_xl.uses.tables import capaian_tables
from kinerja_xl.writing.letters.lkjip import write_lkjip
from kinerja_xl.writing.output import Written
from kinerja_xl.writing.shown.capaian import write_capaian
from tests import kantor_uji, rencana_contoh
from tests.capaian_uji import four
from tests.kantor_uji import D
from tests.tahun_contoh import over_years, year


def book(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data), data_only=True)


def rows(sheet, *labels: str) -> list[tuple[object, ...]]:
    """The cells under these headings, from the first heading row that has them all."""
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        if set(labels) <= set(cells):
            columns = [cells.index(label) for label in labels]
            found = []
            for below in sheet.iter_rows(min_row=number + 1, values_only=True):
                if all(value is None for value in below):
                    break
                found.append(tuple(below[column] for column in columns))
            return found
    raise AssertionError(labels)


@pytest.mark.parametrize("triwulan", [1, 2, 3, 4])
def test_every_formula_shows_our_value(libre, tmp_path, triwulan):
    own = year(triwulan)
    path = tmp_path / "capaian.xlsx"
    path.write_bytes(write_capaian(own, over_years(own)))
    count, differences = libre.judge([path])
    assert (count > 250, differences) == (True, [])


@pytest.mark.parametrize(
    "policies",
    [{"metode_turun": "B", "rentang_arah": "kecil", "batas_capaian": "tanpa"}, {"efisiensi": "nasional", "batas_capaian": "100"}],
)
def test_other_policies_too(libre, tmp_path, policies):
    office = kantor_uji.small_office()
    own = year(policies={**office.policies, **policies})
    path = tmp_path / "capaian.xlsx"
    path.write_bytes(write_capaian(own, over_years(own)))
    count, differences = libre.judge([path])
    assert (count > 250, differences) == (True, [])


@pytest.mark.filterwarnings("ignore:.*extension is not supported")  # what LibreOffice adds to the file is not ours
def test_a_changed_realisasi_changes_everything_above_it(libre, tmp_path):
    """The office corrects TW III of the first indicator in the workbook: capaian, mean and predicate follow."""
    own = year()
    path = tmp_path / "capaian.xlsx"
    path.write_bytes(write_capaian(own))
    edited = openpyxl.load_workbook(path)
    sheet = edited["Capaian Indikator"]
    heading = next(r for r in range(1, 12) if sheet.cell(r, 1).value == "No")
    third = [c for c in range(1, 30) if sheet.cell(heading, c).value == "Realisasi"][2]
    assert sheet.cell(heading + 1, third).value == "belum diisi"
    sheet.cell(heading + 1, third).value = 1
    edited.save(path)
    after = openpyxl.load_workbook(libre.recalculate([path])[path], data_only=True)
    reached = [line[0] for line in rows(after["Capaian Indikator"], "Capaian Setahun (%)")]
    assert reached[0] == 100  # 2 + 3 + 1 + 4 of 10; before it was 90
    # (100 + 105.26 + 100 + 100 + 106.67 + 120 + 0) / 7; the office's mean on the first page
    assert ("Kantor", 90.28) in rows(after["Ringkasan"], "Unit", "Rata-rata Capaian (%)")
    told = [rows(one["Capaian Indikator"], "Predikat")[0] for one in (book(write_capaian(own)), after)]
    assert told == [("Tinggi, sementara",), ("Sangat Tinggi",)]  # nothing is missing any more


def test_sheets_and_bytes():
    own = year()
    data = write_capaian(own, over_years(own))
    assert data == write_capaian(own, over_years(own))
    assert book(data).sheetnames == [sheet.name for sheet in sheets.CAPAIAN]


def test_the_airy_rows_of_the_first_sheet_leave_the_others_alone():
    sheet = book(write_capaian(year()))[sheets.EVALUASI_RENJA.name]
    first = next(row for row in sheet.iter_rows() if row[0].value == 1 and row[2].value != 3)
    assert {cell.alignment.vertical for cell in first if cell.value is not None} == {"top"}


def test_what_stands_on_capaian_indikator():
    own = year()
    labels = ("Indikator", "Capaian Setahun (%)", "Capaian yang Dipakai (%)", "Predikat")
    found = rows(book(write_capaian(own))["Capaian Indikator"], *labels)
    assert found == [
        ("Jumlah musyawarah", 90, 90, "Tinggi, sementara"),  # TW III is due and blank
        ("Persentase lembaga aktif", 105.26, 105.26, "Sangat Tinggi"),  # 100 × 18 / 20 = 90 against 85.5
        ("Mutu pembinaan", 100, 100, "Sangat Tinggi"),
        ("Lama penyusunan laporan", 100, 100, "Sangat Tinggi"),  # (9 + 8 + 7 + 6.5) / 4 = 7.625, within 7–8
        ("Indeks desa membangun", 106.67, 106.67, "Sangat Tinggi"),
        ("Jumlah pelanggaran", 120, 120, "Sangat Tinggi"),  # (2 × 10 − 8) / 10
        ("Jumlah korban", 0, 0, "Sangat Rendah"),  # target 0, one victim
        ("Rasio petugas", "tidak dapat dihitung", None, None),
    ]


def one_unit_reports() -> Year:
    """PMD hands in all of its four quarters, nobody else anything."""
    own = year()
    mine = [replace(entry, quarters=four(*[q.value or D(1) for q in entry.quarters])) for entry in own.realised.indicators[2:4]]
    return measure(own.plan, replace(own.realised, indicators=tuple(mine), findings=()), own.office, 4)


def test_what_most_of_the_office_did_not_report_is_provisional_everywhere(libre, tmp_path, capsys):
    own = one_unit_reports()
    [office], (pmd, trantib) = own.averages["kantor"], own.averages["unit"]
    assert (office.counted, office.partial, office.predicate_told) == (2, (), "Sangat Tinggi, sementara")
    assert (pmd.predicate_told, trantib.predicate_told) == ("Sangat Tinggi, sementara", "")
    assert [r.predicate_told for r in own.results if r.predicate] == ["Sangat Tinggi"] * 2  # both are complete
    written = book(data := write_capaian(own))
    assert ("Kantor", 100, office.predicate_told) in rows(written["Ringkasan"], "Unit", "Rata-rata Capaian (%)", "Predikat")
    assert rows(written["Rata-rata Capaian"], "Kelompok", "Predikat")[0] == ("Kantor", office.predicate_told)
    paragraphs = docx.Document(io.BytesIO(write_lkjip(own))).paragraphs
    assert any("100,00 % (Sangat Tinggi, sementara)" in p.text for p in paragraphs)
    show_year(own, [], Written(path=tmp_path / "x", wanted=tmp_path / "x"), "teks", everything=False)
    assert "Rata-rata capaian kantor 100,00 % Sangat Tinggi, sementara (2 dari 8)" in capsys.readouterr().out
    (path := tmp_path / "capaian.xlsx").write_bytes(data)
    assert libre.judge([path])[1] == []


def test_no_page_tells_a_predicate_without_saying_that_it_is_provisional():
    pages = (files("kinerja_xl.face.page") / "templates").iterdir()
    assert [(page.name, told) for page in pages for told in re.findall(r"\bpredicate\b", page.read_text(encoding="utf-8"))] == []


def test_other_programs_are_told_that_a_predicate_is_provisional():
    own = year()
    told, tables = year_json(own, []), capaian_tables(own, [])
    lines, means = tables["indikator"]["predikat"].fillna("").tolist(), tables["rata_rata"]["predikat"].fillna("").tolist()
    assert [line["predikat"] for line in told["indikator"]] == lines
    assert lines[:2] == ["Tinggi, sementara", "Sangat Tinggi"]  # TW III of the first is due and blank
    assert [mean["predikat"] for mean in told["rata_rata"]] == means
    units = {m["kunci"]: m["predikat"] for m in told["rata_rata"] if m["kelompok"] == "unit"}
    assert units == {"pmd": "Sangat Tinggi, sementara", "trantib": "Rendah, sementara"}  # trantib: a cell that can't be read


def test_money_adds_up_on_every_level():
    own = year()
    sheet = book(write_capaian(own))["Realisasi Anggaran"]
    found = {kode: rest for kode, *rest in rows(sheet, "Kode", "Tingkat", "Realisasi (Rp)")}
    spent = {line.kode: line.spent for line in own.money if line.level == "subkegiatan"}
    below = (rencana_contoh.SUB_A, rencana_contoh.SUB_B)
    assert found["7.01.03"] == ["Program", sum(spent[kode] for kode in below)]
    assert found[None][0] == "Kantor"
    assert found[None][1] == sum(amount for amount in spent.values() if amount is not None)
    assert found[rencana_contoh.SUB_D] == ["Sub kegiatan", NOT_DUE]  # not agreed: nothing is asked for


def test_threads_name_the_gaps():
    assert {(thread.kode, thread.gaps) for thread in threads(year())} == {
        (rencana_contoh.SUB_A, ("realisasi melebihi pagu",)),
        (rencana_contoh.SUB_B, ("realisasi melebihi pagu",)),
        (rencana_contoh.SUB_C, ("realisasi melebihi pagu", "1 dari 3 indikator tanpa capaian")),
        (rencana_contoh.SUB_D, ("tidak disepakati", "tidak mempunyai indikator")),
    }


def test_read_back():
    own = year()
    found = read_capaian(write_capaian(own), "Capaian-2025.xlsx")
    assert not isinstance(found, Finding)
    assert [(v.tahun, v.unit, v.kode, v.nama, v.satuan) for v in found] == [
        (2025, r.indicator.unit, r.indicator.kode, r.indicator.nama, r.indicator.satuan) for r in own.results
    ]
    assert [(v.realised, v.percent) for v in found] == [
        (D(9), D(90)), (D(90), D("105.26")), ("Baik", D(100)), (D("7.625"), D(100)), (D("0.8"), D("106.67")), (D(8), D(120)),
        (D(1), D(0)), ("tidak dapat dihitung", None),
    ]  # fmt: skip


def test_a_workbook_of_another_kind_is_no_capaian():
    found = read_capaian(kantor_uji.kantor_bytes(kantor_uji.office_content()), "Kantor.xlsx")
    assert isinstance(found, Finding)
    assert (found.code, found.file) == ("T201", "Kantor.xlsx")


def test_the_trend_is_one_line_of_years():
    own = year()
    (trend,) = over_years(own)
    assert [(p.tahun, p.realised, p.percent) for p in trend.points] == [
        (2023, D(66), D("94.29")), (2024, D(72), D("90.00")), (2025, D(90), D("105.26")),
    ]  # fmt: skip


def test_progress_follows_the_direction():
    naik, turun = rencana_contoh.INDICATORS[0], rencana_contoh.INDICATORS[5]
    assert progress(way_of(naik, {}, 4), D(8), D(10)) == D("80.00")
    assert progress(way_of(turun, {}, 4), D(8), D(10)) == D("120.00")
    assert progress(way_of(turun, {"metode_turun": "B"}, 4), D(8), D(10)) == D("125.00")
    assert way_of(replace(naik, arah="Rentang"), {}, 4) is None
    assert progress(way_of(naik, {}, 4), "belum diisi", D(10)) is None


def test_a_sum_that_is_still_growing_says_nothing_of_the_way():
    """Three disputes by June are not half of what a year may have; a last value and a share may be held against the end."""
    turun, share = rencana_contoh.INDICATORS[5], rencana_contoh.INDICATORS[1]
    assert [way_of(turun, {}, n) is None for n in (1, 2, 3, 4)] == [True, True, True, False]
    assert way_of(replace(turun, akumulasi="Nilai terakhir"), {}, 2) is not None
    assert way_of(share, {}, 2) is not None


def test_nothing_is_missed_where_nothing_was_due():
    """TW III of the first indicator was due and is blank; the index has a target in TW IV alone, the ratio from TW III on."""
    made = book(write_capaian(year()))
    sheet = made["Capaian Indikator"]
    found = {sheet[f"D{row}"].value: [sheet[f"{column}{row}"].value for column in "HKNQ"] for row in (7, 11, 14)}
    assert found == {
        "Jumlah musyawarah": [2, 3, "belum diisi", 4],
        "Indeks desa membangun": [None, None, None, 0.8],
        "Rasio petugas": [None, None, "tidak dapat dihitung", "belum diisi"],
    }
    said = [cell.coordinate for row in made["Evaluasi Renja"].iter_rows() for cell in row if cell.value == "belum diisi"]
    assert said == ["R8", "U14"]


def test_only_a_sub_kegiatan_has_a_tor():
    found = dict(rows(book(write_capaian(year()))["Rencana Aksi"], "Indikator", "Aksi / Tindak Lanjut"))
    assert found["Indeks desa membangun"] == "Melaksanakan sub kegiatan pada program ini menurut tahap dalam TOR masing-masing"
    assert found["Jumlah pelanggaran"].endswith(" menurut tahap dalam TOR")
    assert "sub kegiatan pada" not in found["Jumlah pelanggaran"]


def test_last_years_capaian_stands_beside_this_years():
    own = year()
    sheet = book(write_capaian(own, over_years(own)))["Capaian IKU"]
    assert rows(sheet, "Indikator", "Capaian Tahun Lalu (%)", "Naik/Turun (poin)") == [("Persentase lembaga aktif", 90, 15.26)]


def test_other_methods_stand_on_a_sheet_of_their_own():
    """turun, T 10, R 8: 120 by method A; 125 by B, 80 as R / T, 20 as (T - R) / T, 100 when only reached or not."""
    own = year()
    found = rows(book(write_capaian(own))["Cara Lain"], "Indikator", "Cara Lain", "Menurut Cara Lain (%)", "Selisih (poin)")
    falling = {cara.split(":")[0]: (hasil, selisih) for nama, cara, hasil, selisih in found if nama == "Jumlah pelanggaran"}
    assert falling == {
        "Semakin kecil semakin baik (cara B)": (125, 5), "R / T tanpa melihat arah": (80, -40), "(T − R) / T": (20, -100),
        "Tercapai 100 % atau tidak 0 %": (100, -20), "Paling tinggi 100 %": (100, -20),
    }  # fmt: skip


def test_a_sub_kegiatan_that_was_not_agreed_leaves_the_office_its_cash_plan():
    """Sub D has no pagu: it is neither an open cell of the office nor a gap in its cash plan."""
    office = next(line for line in year().money if line.level == "kantor")
    agreed = [line for line in year().money if line.level == "subkegiatan" and line.kode != rencana_contoh.SUB_D]
    assert {line.kode for line in year().money if not line.asked and line.level == "subkegiatan"} == {rencana_contoh.SUB_D}
    planned = [line.planned for line in agreed if line.planned is not None]
    assert office.planned == (sum(planned) if len(planned) == len(agreed) else None)
    assert office.reason == ""
