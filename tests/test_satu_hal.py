"""One matter is one catatan, at the cell that is to be mended; and what lies in masuk/ without being an usulan is told as what it
is, with its place, and counts as nobody's."""

from __future__ import annotations

from pathlib import Path

import pytest

from kinerja_xl.catatan import Severity
from kinerja_xl.reckoning.recap import Status
from kinerja_xl.uses.rekap import rekap
from tests import realisasi_uji
from tests.kantor_uji import INDIKATOR, SUB_A, D, Folder, cell, clean, said

PEOPLE, COST, PAID = cell("rab", 2, "koef_1"), cell("tor", "biaya_barang"), cell("rab", 0, "kode_sub")
"""Of the third row of pmd's RAB: 30 people, 2 times, Rp35.000; its TOR costs what its RAB does, within the pagu."""


def guests(people: int, **more: object) -> Folder:
    folder = Folder().edit("pmd", "tor", lingkup_pelaksanaan="Rapat dengan 30 peserta.")
    return folder.edit("pmd", "rab", 2, koef_1=D(people), uraian="Makan peserta rapat", **more)


@pytest.mark.parametrize("people", [31, 300])
def test_a_factor_beyond_its_tor_is_one_matter(people: int, tmp_path: Path):
    """That TOR and RAB differ in cost, that the sub kegiatan is over its pagu and that next year is far from this one follow."""
    (one,) = rekap(guests(people, prakiraan_maju=D(2_400_000)).write(tmp_path / "k")).findings
    assert (one.code, one.sheet, one.cell, one.severity) == ("K663", *PEOPLE, Severity.WAJIB)
    more = "Rp70.000" if people == 31 else "Rp18.900.000"
    assert one.args["rincian"] == f"30 peserta; selisih biaya TOR dan RAB ({more}) berasal dari sini"


def test_what_else_differs_is_said_beside_it(tmp_path: Path):
    """A TOR that costs another amount for a reason of its own; a RAB that its TOR pays for is only to be looked at."""
    other = guests(31).edit("pmd", "tor", biaya_barang=D(8_000_000)).edit("pmd", "pk_anggaran", anggaran=D(8_000_000))
    found = {(f.code, f.sheet, f.cell, f.severity) for f in rekap(other.write(tmp_path / "a")).findings}
    assert found == {("K663", *PEOPLE, Severity.CEK), ("K601", *COST, Severity.WAJIB)}
    paid = guests(31).edit("pmd", "tor", biaya_barang=D(8_330_000)).edit("pmd", "pk_anggaran", anggaran=D(8_330_000))
    found = {(f.code, f.sheet, f.cell, f.severity) for f in rekap(paid.write(tmp_path / "b")).findings}
    assert found == {("K663", *PEOPLE, Severity.CEK)}
    dear = guests(300).edit("pmd", "tor", biaya_barang=D(27_160_000)).edit("pmd", "pk_anggaran", anggaran=D(27_160_000))
    assert said(dear.write(tmp_path / "c")) == {("K663", *PEOPLE), ("U906", *PAID)}


FRACTIONS = {"target": D("0.75"), **{f"tw_{n}": D(t) for n, t in enumerate(("0.7", "0.7", "0.72", "0.75"), start=1)}}


@pytest.mark.parametrize("name", [INDIKATOR["pmd"][2]["nama"], "Persentase lembaga yang tertib"])
@pytest.mark.parametrize("baseline", [None, "0.7", "70"])
def test_a_percent_as_a_fraction_is_one_matter(name: str, baseline: str | None, tmp_path: Path):
    """Whatever it is held against: the Renstra, its row of the PK, what was reached last year."""
    was = {"baseline": D(baseline)} if baseline else {}
    folder = Folder().edit("pmd", "indikator", 2, nama=name, definisi=f"Hasil setahun: {name}", **FRACTIONS, **was)
    folder.edit("pmd", "pk_kinerja", 2, indikator=name).edit("pmd", "iku", nama=name)
    place = cell("indikator", 2, "baseline" if baseline == "0.7" else "target")
    found = {one for one in said(folder.write(tmp_path / "k")) if one[0] in ("I716", "I723", "I773", "I793", "P802")}
    assert found == {("I716", *place)}


@pytest.mark.parametrize("rows", [(1,), (1, 2)])
def test_an_emptied_row_is_no_matter_of_its_own(rows: tuple[int, ...], tmp_path: Path):
    folder = Folder()
    for row in rows:
        folder.edit("pmd", "rab", row, **dict.fromkeys(folder.units["pmd"].rows("rab")[row].values))
    assert said(folder.write(tmp_path / "k")) == {("K601", *COST)}


# ---- what else lies in masuk/ ------------------------------------------------------------------------


def test_a_book_of_ours_asks_for_nothing_whatever_its_name(tmp_path: Path):
    """It was held as a file of the unit whose amount nobody knows, and the unit told to mend it."""
    returned = realisasi_uji.Year().bytes_of("pmd", 1)
    folder = Folder().add("Realisasi-pmd-TW1.xlsx", returned).add("Kantor pmd.xlsx", clean("kantor"))
    recap = rekap(folder.write(tmp_path / "k"))
    assert {(f.code, f.file, f.unit, f.untuk.value) for f in recap.findings} == {
        ("T208", "Realisasi-pmd-TW1.xlsx", "", "perencana"), ("T208", "Kantor pmd.xlsx", "", "perencana"),
    }  # fmt: skip
    assert [unit.status for unit in recap.units] == [Status.SIAP, Status.SIAP]
    assert (recap.total_tidak_dihitung.amount, recap.total_tidak_dihitung.unknown) == (0, 0)
    assert {s.file: s.status for s in recap.sources if s.unit == ""} == dict.fromkeys(
        ("Realisasi-pmd-TW1.xlsx", "Kantor pmd.xlsx"), "bukan usulan"
    )
    places = {f.file: f.args["tempat"] for f in recap.findings}
    assert places["Realisasi-pmd-TW1.xlsx"].startswith("masuk/TW1") and "luar folder masuk" in places["Kantor pmd.xlsx"]


def test_a_unit_that_sent_only_that_has_sent_none(tmp_path: Path):
    folder = Folder().drop("pmd").add("Realisasi-pmd-TW1.xlsx", realisasi_uji.Year().bytes_of("pmd", 1))
    found = {(f.code, f.unit or f.file) for f in rekap(folder.write(tmp_path / "k")).findings}
    assert found == {("U901", "pmd"), ("T208", "Realisasi-pmd-TW1.xlsx")}


@pytest.mark.parametrize(
    ("name", "level", "word"),
    [("usulan.zip", "cek", "keluarkan"), ("rab.CSV", "cek", "salin"), ("rab.et", "cek", "salin"),
     ("TOR.docx", "info", "lembarnya"), ("RAB.pdf", "info", "minta"), ("catatan.txt", "info", "salin"),
     ("usulan.xlsx.lnk", "cek", "ditunjuknya"), ("usulan.xlsx.crdownload", "cek", "unduh lagi"), ("usulan", "info", ".xlsx")],
)  # fmt: skip
def test_what_is_no_workbook_is_told_by_what_it_is(name: str, level: str, word: str, tmp_path: Path):
    (one,) = rekap(Folder().add(name, b"PK").write(tmp_path / "k")).findings
    assert (one.code, one.file, one.severity.value) == ("B115", name, level)
    assert word in one.perbaikan and SUB_A not in one.perbaikan
