"""More kinds of single mistakes in what a plan says, each with its legitimate neighbour: texts that say nothing, figures that
nobody can mean, what earlier years handed on, and one catatan where one mistake shows on several sheets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kinerja_xl.catatan import Severity
from kinerja_xl.uses.rekap import rekap
from tests.kantor_uji import SUB_A, D, Folder, cell
from tests.kasus import Case, Cases
from tests.test_rantai import goal, kantor, pmd, renamed, trantib

case = Cases()

# ---- Texts: what is written says something --------------------------------------------------------------


def titled(judul: str) -> Folder:
    return pmd("tor", judul=judul)


def named(nama: str) -> Folder:
    """The second output of pmd, on every sheet that names it."""
    return pmd("indikator", 1, nama=nama).edit("pmd", "pk_kinerja", 1, indikator=nama).edit("pmd", "tor", sheet=1, output=nama)


def aims(sasaran: str) -> Folder:
    return pmd("indikator", 1, sasaran=sasaran).edit("pmd", "pk_kinerja", 1, sasaran=sasaran)


case("K653", titled("Kegiatan"), cell("tor", "judul"), titled("Kegiatan posyandu"))
case("K653", titled("Pelatihan."), cell("tor", "judul"), titled("Pelatihan kader"))
case("K653", titled("Kegiatan Seksi Tahun 2025"), cell("tor", "judul"), titled("Rapat koordinasi"))
case("I782", named("Jumlah"), goal(1, "nama"), named("Jumlah kader"))
case("I782", named("Jumlah kegiatan"), goal(1, "nama"), named("Jumlah kegiatan posyandu"))
case("I782", aims("Meningkatnya kinerja"), goal(1, "sasaran"), aims("Meningkatnya kinerja lembaga desa"))
case("I782", aims("Terlaksananya kegiatan."), goal(1, "sasaran"),
     aims("Terlaksananya kegiatan posyandu"))
case("I772", pmd("indikator", 1, definisi="Laporan UNIT."), goal(1, "definisi"),
     pmd("indikator", 1, definisi="Menurut laporan unit"))
case("I772", pmd("iku", 0, pernyataan_hasil="Persentase lembaga desa aktif"), cell("iku", 0, "pernyataan_hasil"),
     pmd("iku", 0, pernyataan_hasil="Lembaga desa aktif"))
case("I772", pmd("iku", 0, alasan="Lembaga desa bekerja"), cell("iku", 0, "alasan"), pmd("iku", 0, alasan="Lembaga bekerja"))
case("N418", pmd("indikator", 1, sumber_data="menunggu arahan pimpinan"), goal(1, "sumber_data"),
     pmd("indikator", 1, sumber_data="Menunggu di loket"))
case("K609", pmd("tor", dasar_hukum="Peraturan perundang-undangan yang berlaku"), cell("tor", "dasar_hukum"),
     pmd("tor", dasar_hukum="Peraturan Bupati yang berlaku"))
case("K633", pmd("tor", dasar_hukum="Peraturan Daerah Nomor 4 Tahun 2061"), cell("tor", "dasar_hukum"),
     pmd("tor", dasar_hukum="Peraturan Daerah Nomor 4 Tahun 2025 tentang RPJMD Tahun 2025-2029"))

# ---- Figures that nobody can mean -------------------------------------------------------------------------

PERCENT = {"satuan": "%", "tipe": "Persentase", "pembilang": "Aduan selesai", "penyebut": "Semua aduan"}
SHARE = "Persentase aduan selesai"


def reached(was: int, *, nama: str = SHARE, **more: object) -> Folder:
    """A percentage of trantib that was so much last year and is to be 80."""
    aim = {"target": D(80), "arah": "Naik", "batas_bawah": None, "batas_atas": None, **more}
    folder = renamed(nama, **PERCENT).edit("trantib", "indikator", 2, baseline=D(was), **aim)
    return folder.edit("trantib", "pk_kinerja", 2, target=D(80))


case("I773", reached(90), goal(2, "target"), reached(80))
case("I773", reached(70, arah="Turun"), goal(2, "target"), trantib("indikator", 0, baseline=D(24)))
case("I773", pmd("indikator", 2, baseline=D(90)), goal(2, "target"), reached(79))
case("I738", trantib("indikator", 3, akumulasi="Jumlah"), goal(3, "akumulasi"), trantib("indikator", 3, tw_4="Baik"))
case("I738", trantib("indikator", 3, akumulasi="Rata-rata"), goal(3, "akumulasi"), Folder())
case("I748", pmd("indikator", 2, penyebut="0 lembaga"), goal(2, "pembilang"),
     pmd("indikator", 2, penyebut="10 lembaga"))
case("I704", pmd("indikator", 2, tw_4=D(750)), goal(2, "tw_4"), pmd("indikator", 2, tw_3=D(100)))
case("G122", kantor("renstra", target_1=D(800)), cell("renstra", 0, "target_1"), kantor("renstra", target_1=D(100)))
R553 = pmd("rab", 1, koef_2=None)
case("R553", R553, cell("rab", 1, "koef_2"), pmd("rab", 0, sat_2="-"), {("N417", *cell("rab", 0, "sat_2"))})
case("R563", pmd("rab", 3, uraian="Kertas HVS f4"), cell("rab", 3, "kode_standar"), pmd("rab", 3, uraian="Kertas spanduk"))

# ---- What earlier years handed on -------------------------------------------------------------------------

PROMISE = {"tahun_rencana": D(2024), "unit": "pmd", "kode_sub": SUB_A, "outcome": "Lembaga mandiri", "target": D(80),
           "satuan": "%", "tahun": D(2027)}  # fmt: skip
BEFORE = {"kode": SUB_A, "unit": "pmd", "indikator": "Jumlah laporan pemberdayaan", "renstra_k": D(20), "lalu_k": D(4)}


def promised(**more: object) -> Folder:
    return kantor("janji_outcome", **PROMISE | more)


def before(**more: object) -> Folder:
    return kantor("renja_lalu", **BEFORE | more)


case("G173", promised(tahun=D(2023)), {("G173", *cell("janji_outcome", 0, "tahun"))}, promised())
case("G173", promised(tahun=D(2024), realisasi=D(80)), cell("janji_outcome", 0, "tahun"), promised(tahun=D(2026)))
case("G101", promised(unit="pdm"), cell("janji_outcome", 0, "unit"), promised(unit="PMD"))
case("G101", before(unit="pdm"), cell("renja_lalu", 0, "unit"), before(unit=None))
case("G122", kantor("renstra", kondisi_awal=D(170)), cell("renstra", 0, "kondisi_awal"), kantor("renstra", kondisi_awal=D(7)))
case("G122", before(lalu_k="empat"), cell("renja_lalu", 0, "lalu_k"), before(lalu_k="Baik"))
case("G148", kantor("pejabat", 1, sampai=date(2020, 1, 1)), cell("pejabat", 1, "sampai"),
     kantor("pejabat", 1, sampai=date(2024, 10, 1)))
case("T218", pmd("identitas", tanggal_disampaikan=date(2025, 9, 9)), cell("identitas", "tanggal_disampaikan"),
     pmd("identitas", tanggal_disampaikan=date(2024, 9, 10)))

# ---- One mistake, one catatan -----------------------------------------------------------------------------

OTHER_KIND = {"biaya_barang": None, "biaya_pegawai": D(8_260_000)}
case("K601", pmd("tor", **OTHER_KIND), cell("tor", "biaya_pegawai"), pmd("tor", biaya_pegawai=D(0)))
TWICE = dict(Folder().units["pmd"].rows("rab")[3].values)
case("R509", pmd("rab", 5, **TWICE), cell("rab", 5, "uraian"), pmd("rab", 5, **TWICE | {"uraian": "Spanduk kedua"}),
     {("K601", "TOR (2)", cell("tor", "biaya_barang")[1])})
case("R513", pmd("rab", 1, harga_satuan=D(950_000)), cell("rab", 1, "harga_satuan"), pmd("rab", 1, harga_satuan=D(900_000)))
MEAL = "Honorarium narasumber"
case("R563", pmd("rab", 2, uraian=MEAL), cell("rab", 2, "kode_standar"), pmd("rab", 2, uraian="Makan rapat dengan narasumber"))
case("I701", Folder().without("pmd", "indikator", 1), ("Indikator", ""), Folder())
case("I702", Folder().without("trantib", "indikator", 3), ("Indikator", ""), Folder())


@pytest.mark.parametrize("one", case, ids=case.names)
def test_a_folder_that_breaks_it(one: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    one.holds_when_broken(tmp_path / "kantor", monkeypatch)


@pytest.mark.parametrize("one", case, ids=case.names)
def test_a_folder_that_nearly_does(one: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    one.holds_when_nearly(tmp_path / "kantor", monkeypatch)


@pytest.mark.parametrize(
    ("folder", "level"),
    [(pmd("indikator", 2, baseline=D(90)), Severity.INFO), (reached(90), Severity.CEK),
     (reached(90, keterangan="Pendataan ulang seluruh aduan"), Severity.INFO),
     (R553, Severity.WAJIB), (pmd("rab", 5, **TWICE), Severity.WAJIB), (promised(unit="pdm"), Severity.CEK)],
    ids=["of the Renstra", "of the unit", "explained", "TOR differs", "TOR differs from the double", "register"],
)  # fmt: skip
def test_how_heavy_it_is(folder: Folder, level: Severity, tmp_path: Path):
    """A target of the Renstra is the Renstra's; what makes TOR and RAB differ is as heavy as that they do."""
    assert {f.severity for f in rekap(folder.write(tmp_path / "kantor")).findings} == {level}
