"""Single mistakes of a copying and typing office, each with its legitimate neighbour: what a TOR says against the rest of its
file, factors and prices that nobody can mean, and slips in Kantor.xlsx that would else be blamed on a unit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.kantor_uji import D, Folder, cell
from tests.kasus import Case, Cases
from tests.test_kode_aturan import repriced
from tests.test_rantai import goal, kantor, pmd, trantib

case = Cases()


def tor(**values: object) -> Folder:
    return pmd("tor", **values)


def rab(row: int, key: str) -> tuple[str, str]:
    return cell("rab", row, key)


# ---- What a TOR says against the rest of its file --------------------------------------------------------

case("K658", tor(penanggung_jawab="Kasi Ketertiban Umum"), cell("tor", "penanggung_jawab"),
     tor(penanggung_jawab="Kasi Pemberdayaan Masyarakat dan Kasi Ketertiban Umum"))
case("K658", tor(keterkaitan="Sesuai tugas pokok Seksi Ketertiban Umum membina warga"), cell("tor", "keterkaitan"),
     tor(keterkaitan="Sesuai tugas membina warga bersama Seksi Ketertiban Umum"))
case("K658", pmd("indikator", 1, penanggung_jawab="Kepala Seksi Ketertiban Umum"), goal(1, "penanggung_jawab"),
     pmd("indikator", 1, penanggung_jawab="Sekretaris Camat"))
case("K658", tor(penanggung_jawab="Kepala Seksi Ketertiban").edit("kantor", "unit", 1, nama="Seksi Ketertiban"),
     cell("tor", "penanggung_jawab"),
     tor(penanggung_jawab="Kepala Seksi Pemberdayaan").edit("kantor", "unit", 1, nama="Seksi Pemberdayaan"),
     nearly_said={("T222", "Identitas", "C9")})


def guests(text: str) -> Folder:
    return tor(lingkup_pelaksanaan=text).edit("pmd", "rab", 2, uraian="Makan peserta rapat")


def days(text: str) -> Folder:
    return tor(lingkup_pelaksanaan=text).edit("pmd", "rab", 2, uraian="Makan rapat kerja kader", sat_2="Hari")


def villages(text: str) -> Folder:
    return tor(lokasi=text).edit("pmd", "rab", 2, sat_2="Desa")


case("K663", guests("Rapat dengan dua puluh lima peserta."), rab(2, "koef_1"), guests("Rapat dengan 30 orang peserta."))
case("K663", guests("Rapat dengan 25 peserta."), rab(2, "koef_1"), guests("Rapat dengan 10 peserta dari tiap desa."))
case("K663", days("Rapat kerja kader selama satu hari."), rab(2, "koef_2"), days("Rapat kerja kader selama dua hari."))
case("K663", days("Rapat kerja kader selama satu hari."), rab(2, "koef_2"), days("Rapat kerja kader satu hari di setiap desa."))
case("K663", villages("Satu desa"), rab(2, "koef_2"), villages("Aula dan enam desa"))
case("K668", tor(sasaran="Lima laporan pada triwulan IV"), cell("tor", "sasaran"),
     tor(sasaran="Satu laporan setiap triwulan tahun 2025"))
case("K668", tor(sasaran="3 laporan tahun 2025"), cell("tor", "sasaran"),
     tor(sasaran="Tiga laporan triwulan dan satu laporan akhir tahun 2025"))
case("K673", tor(penutup="Kegiatan ini membutuhkan dana Rp9.260.000 setahun"), cell("tor", "penutup"),
     tor(penutup="Kegiatan ini membutuhkan dana Rp8.260.000 setahun"))
case("K673", tor(latar_belakang="Diperlukan biaya sebesar Rp82.600.000"), cell("tor", "latar_belakang"),
     tor(latar_belakang="Tahun lalu diperlukan biaya sebesar Rp82.600.000"))
case("K678", tor(keterkaitan="Mendukung IKU Persentase Kepatuhan Pajak Warga"), cell("tor", "keterkaitan"),
     tor(keterkaitan="Mendukung IKU Persentase lembaga aktif"))
case("K683", tor(lokasi="Aula Kantor Camat Telaga Biru"), cell("tor", "lokasi"), tor(lokasi="Aula Kantor Camat Batu Putih"))
case("K683", tor(lokasi="Kantor Camat Telaga"), cell("tor", "lokasi"),
     tor(lokasi="Kantor Camat Telaga", judul="Studi tiru pelayanan desa"))
case("K688", tor(judul="Pelatihan kader tahun 2024"), cell("tor", "judul"), tor(judul="Laporan kader tahun 2024"))
case("K688", tor(sasaran="Empat rapat selama tahun 2024"), cell("tor", "sasaran"),
     tor(sasaran="Naik dari tiga rapat selama tahun 2024 menjadi empat rapat"))
case("K688", pmd("rab", 3, uraian="Kain spanduk tahun 2024"), rab(3, "uraian"), pmd("rab", 3, uraian="Kain spanduk tahun 2026"))
case("K693", tor(tanggal=date(2024, 9, 20)), cell("tor", "tanggal"), tor(tanggal=date(2024, 9, 9)))
case("K698", tor(outcome="Naiknya persentase lembaga desa aktif", outcome_target=D(70)), cell("tor", "outcome_target"),
     tor(outcome="Naiknya persentase lembaga desa aktif", outcome_target=D(75)))
case("K698", tor(outcome="Naiknya persentase lembaga desa aktif", outcome_satuan="Lembaga"), cell("tor", "outcome_satuan"),
     tor(outcome="Naiknya lembaga aktif", outcome_satuan="Lembaga"))
case("K606", tor(tanggal_mulai=date(2052, 2, 3)), cell("tor", "tanggal_mulai"), tor(tanggal_mulai=date(2025, 2, 28)))

# ---- Factors and prices that nobody can mean -------------------------------------------------------------

case("R568", repriced(5_600), rab(0, "harga_satuan"), repriced(5_601))
case("R573", pmd("rab", 1, koef_1=D("1.5")), rab(1, "koef_1"), Folder())
case("R573", trantib("rab", 0, koef_2=D(13), sat_2="Bulan"), rab(0, "koef_2"),
     trantib("rab", 0, koef_2=D(1), sat_2="Bulan"))
case("R578", pmd("rab", 1, uraian="Honorarium narasumber 3 orang"), rab(1, "koef_1"),
     pmd("rab", 1, uraian="Honorarium narasumber 2 orang"))
case("R578", trantib("rab", 1, uraian="Honorarium penanggung jawab selama 6 bulan"), rab(1, "koef_2"),
     trantib("rab", 1, uraian="Honorarium penanggung jawab, 3 orang per bulan"))
ELSE = {"uraian": "Kain spanduk", "jenis_standar": "SBU"}
case("R583", pmd("rab", 3, **ELSE, kode_standar="SBU.01"), rab(3, "kode_standar"),
     pmd("rab", 3, uraian="Kain spanduk", kode_standar="SSH.01"), {("R523", *rab(3, "satuan"))})
case("R512", pmd("rab", 0, kode_rekening="5.2.02.10.01.0002", jenis_belanja="Belanja Modal")
     .edit("pmd", "tor", biaya_barang=D(7_710_000), biaya_modal=D(550_000)), rab(0, "kode_rekening"), Folder())

# ---- Indicators ------------------------------------------------------------------------------------------

case("I778", pmd("indikator", 2, baseline=D(69), tw_2=D(68)), goal(2, "tw_2"), pmd("indikator", 2, baseline=D(69), tw_2=D(69)))
COPIED = str(Folder().units["pmd"].rows("indikator")[0].get("definisi"))
case("I783", pmd("indikator", 1, definisi=COPIED), goal(1, "definisi"), pmd("indikator", 1, definisi=COPIED + " juga"))
case("I788", trantib("indikator", 2, satuan="Perkara").edit("trantib", "pk_kinerja", 2, satuan="Perkara"), goal(2, "satuan"),
     trantib("indikator", 2, satuan="Jam").edit("trantib", "pk_kinerja", 2, satuan="Jam"))
case("I793", pmd("indikator", 2, baseline=D(750)), goal(2, "baseline"), pmd("indikator", 2, baseline=D(90)),
     {("I773", *goal(2, "target"))})
case("I701", pmd("indikator", 1, level="Proses"), goal(1, "level"), Folder())
case("I704", trantib("indikator", 0, tipe="Kualitatif"), goal(0, "tipe"), Folder())

# ---- Slips of the office, which are not the unit's -------------------------------------------------------

case("G178", kantor("renstra", target_1=D(7), target_2=D(78)), cell("renstra", 0, "target_1"),
     kantor("renstra", target_1=D(76), target_2=D(78)))
case("G183", kantor("batas_pengukuran", triwulan=D(3), tanggal=date(2052, 10, 5)), cell("batas_pengukuran", 0, "tanggal"),
     kantor("batas_pengukuran", triwulan=D(3), tanggal=date(2025, 10, 5)))
case("G188", kantor("pagu", pagu=D(10_000)), cell("pagu", 0, "pagu"), kantor("pagu", pagu=D(8_260_000)))
case("G193", kantor("pagu", unit="trantib"), cell("pagu", 0, "unit"), kantor("pagu", unit="PMD"))
case("G198", kantor("penerimaan", tanggal=date(2042, 9, 10)), {("G198", *cell("penerimaan", 0, "tanggal")), ("U902", "", "")},
     kantor("penerimaan", tanggal=date(2024, 9, 10)))
case("G103", kantor("kantor", batas_perbaikan=date(2024, 8, 27)), cell("kantor", "batas_perbaikan"),
     kantor("kantor", batas_perbaikan=date(2024, 9, 13)))


@pytest.mark.parametrize("one", case, ids=case.names)
def test_a_folder_that_breaks_it(one: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    one.holds_when_broken(tmp_path / "kantor", monkeypatch)


@pytest.mark.parametrize("one", case, ids=case.names)
def test_a_folder_that_nearly_does(one: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    one.holds_when_nearly(tmp_path / "kantor", monkeypatch)
