"""This year's plan against last year's recap: which one is read, what is said, and to the percent where it begins."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kinerja_xl.office.folder import InputError
from kinerja_xl.sheets.kantor import POLICIES
from kinerja_xl.uses.rekap import rekap, write_rekap
from tests.kantor_uji import SUB_A, SUB_C, D, Folder, cell, clean, office_content, said, unit_content, year_with
from tests.kasus import Case, Cases

case = Cases()
FIRST = cell("rab", 0, "kode_sub")
LAST = "Rekap-2024.xlsx"


def policy(folder: Folder, key: str, nilai: str) -> Folder:
    keys = [row.get("kunci") for row in office_content().rows("kebijakan")]
    return folder.edit("kantor", "kebijakan", keys.index(key), nilai=nilai)


@cache
def recap_of(tahun: int, shared: bool = False) -> bytes:
    """The clean office's recap as that of a year: pmd SUB_A Rp8.260.000 for 4 laporan, trantib SUB_C Rp6.200.000 for 12.
    ``shared``: one row of trantib is of SUB_A too."""
    folder = Folder().edit("trantib", "rab", 0, kode_sub=SUB_A) if shared else Folder()
    with TemporaryDirectory() as place:
        base = folder.write(Path(place) / "kantor")
        recap = rekap(base)
        dated = replace(recap, office=replace(recap.office, tahun=tahun))
        return write_rekap(year_with(base, recap=dated, office=dated.office)).path.read_bytes()


def last_year() -> bytes:
    return recap_of(2024)


def archived(folder: Folder, name: str = LAST) -> Folder:
    return folder.keep(name, last_year)


def costs(rupiah: int) -> Folder:
    """pmd's SUB_A at this amount, with everything that repeats it."""
    rest = 8_260_000 - 550_000
    folder = Folder().edit("pmd", "rab", 0, koef_1=D(1), harga_satuan=D(rupiah - rest), kode_standar=None, jenis_standar=None)
    folder.edit("pmd", "rab", 0, prakiraan_maju=None).edit("pmd", "tor", biaya_barang=D(rupiah))
    return folder.edit("pmd", "pk_anggaran", anggaran=D(rupiah)).edit("kantor", "pagu", 0, pagu=D(10**9))


def delivers(folder: Folder, laporan: int) -> Folder:
    """The output of SUB_A at this target, in Indikator, TOR and PK."""
    folder.edit("pmd", "indikator", 0, target=D(laporan), tw_1=D(laporan - 3)).edit("pmd", "tor", output_target=D(laporan))
    return folder.edit("pmd", "pk_kinerja", 0, target=D(laporan))


def other_unit(folder: Folder) -> Folder:
    """The output of SUB_A counted in documents: its price can't be compared with that of a laporan."""
    other = {"satuan": "Dokumen", "nama": "Laporan desa"}
    folder.edit("pmd", "indikator", 0, **other).edit("pmd", "tor", output_satuan="Dokumen", output="Laporan desa")
    return folder.edit("pmd", "pk_kinerja", 0, satuan="Dokumen", indikator="Laporan desa")


NOTE = ("R517", *cell("rab", 0, "kode_standar"))

# The price of one laporan was Rp2.065.000. +25 % is let pass; Rp10.330.000 for four are +25,1 %.
case("U914", archived(costs(10_330_000)), {NOTE, ("U914", *FIRST)}, archived(costs(10_325_000)), {NOTE})
case("U914", archived(delivers(Folder(), 6)), FIRST, archived(delivers(costs(12_390_000), 6)), {NOTE})
case("U914", archived(policy(costs(10_325_000), "batas_harga_output", "20%")), {NOTE, ("U914", *FIRST)},
     archived(policy(costs(10_330_000), "batas_harga_output", "25,1")), {NOTE})
# Twice the money for twice the output: the price stays, the amount jumps.
case("U915", archived(delivers(costs(16_520_000), 8)), {NOTE, ("U915", *FIRST)}, archived(delivers(costs(12_390_000), 6)), {NOTE})
case("U915", archived(other_unit(costs(12_400_000))), {NOTE, ("U915", *FIRST)}, archived(other_unit(costs(12_390_000))), {NOTE})
case("U916", Folder().keep(LAST, lambda: b"rusak"), ("", ""), archived(Folder()))
case("U916", Folder().keep(LAST, lambda: recap_of(2025)), ("", ""), Folder().keep("Rekap-2023.xlsx", lambda: recap_of(2025)))
case("U916", Folder().keep(LAST, lambda: clean("pmd")), ("", ""), archived(costs(16_520_000), "Rekap-2023.xlsx"), {NOTE})


@pytest.mark.parametrize("one", case, ids=case.names)
def test_a_folder_that_breaks_it(one: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    one.holds_when_broken(tmp_path / "kantor", monkeypatch)


@pytest.mark.parametrize("one", case, ids=case.names)
def test_a_folder_that_nearly_does(one: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    one.holds_when_nearly(tmp_path / "kantor", monkeypatch)


def test_the_sentence_has_both_years_figures(tmp_path: Path):
    recap = rekap(archived(delivers(Folder(), 6)).write(tmp_path / "kantor"))
    (said,) = [f for f in recap.findings if f.code == "U914"]
    assert (said.value, said.args["rincian"], said.args["persen"]) == ("Rp1.376.667", "Rp2.065.000", "-33,3")
    assert (said.args["kode_sub"], said.args["satuan"], said.args["tahun"]) == (SUB_A, "Laporan", "2024")


def test_a_named_recap_goes_before_the_archive(tmp_path: Path):
    folder = costs(10_330_000).keep(LAST, lambda: b"rusak").write(tmp_path / "kantor")
    named = tmp_path / "lain.xlsx"
    named.write_bytes(last_year())
    assert {f.code for f in rekap(folder, tahun_lalu=named).findings} == {"U914", "R517"}
    for wrong in (tmp_path / "tidak-ada.xlsx", folder / "masuk" / "Usulan-pmd-2025.xlsx"):
        with pytest.raises(InputError):
            rekap(folder, tahun_lalu=wrong)


def test_what_does_not_fit_changes_no_amount(tmp_path: Path):
    recap = rekap(Folder().keep(LAST, lambda: b"rusak").write(tmp_path / "kantor"))
    assert [(f.code, f.file, f.unit) for f in recap.findings] == [("U916", LAST, "")]
    assert recap.total_rab == 31_410_000


def test_a_sub_kegiatan_of_this_year_only_is_new_and_no_jump(tmp_path: Path):
    folder, new = Folder(), SUB_C[:-1] + "2"
    folder.edit("kantor", "pagu", 2, kode_sub=new)
    for table, index, key in (("rab", 0, "kode_sub"), ("rab", 1, "kode_sub"), ("tor", 0, "kode_sub"),
                              ("indikator", 0, "kode"), ("pk_anggaran", 0, "kode")):  # fmt: skip
        folder.edit("trantib", table, index, **{key: new})
    assert said(archived(folder).write(tmp_path / "kantor")) == set()


def test_the_limits_are_policies_of_the_office():
    limits = {p.key: p.default for p in POLICIES if p.key in ("batas_harga_output", "batas_lonjakan")}
    assert limits == {"batas_harga_output": "25", "batas_lonjakan": "50"}


YEAR_CODES = ("U914", "U915")


def compared(folder: Folder, place: Path, shared: bool = False) -> list[tuple[str, str, str, str, str]]:
    """Code, unit, sheet, cell and level of what is said against last year."""
    found = rekap(folder.keep(LAST, lambda: recap_of(2024, shared)).write(place)).findings
    return [(f.code, f.unit, f.sheet, f.cell, f.severity.value) for f in found if f.code in YEAR_CODES]


def test_nothing_is_compared_while_a_row_of_the_sub_kegiatan_is_held(tmp_path: Path):
    """The second row of SUB_A without a price: what it comes to is not known. A held row elsewhere changes nothing."""
    rows = [row.text("kode_sub") for row in unit_content("pmd").rows("rab")]
    other = next(n for n, kode in enumerate(rows) if kode != SUB_A)
    assert rows[:2] == [SUB_A, SUB_A]
    assert compared(costs(10_330_000).edit("pmd", "rab", 1, harga_satuan=None), tmp_path / "a") == []
    elsewhere = compared(costs(10_330_000).edit("pmd", "rab", other, harga_satuan=None), tmp_path / "b")
    assert elsewhere == [("U914", "pmd", *FIRST, "cek")]


def test_nothing_is_compared_while_a_unit_of_last_year_is_missing(tmp_path: Path):
    """Last year trantib did a part of SUB_A; what it costs this year is not known until trantib has handed in."""
    whole = compared(costs(30_330_000), tmp_path / "a", shared=True)
    assert [one for one in whole if one[1] == "pmd"] == [("U914", "pmd", *FIRST, "cek")]
    assert compared(costs(30_330_000).drop("trantib"), tmp_path / "b", shared=True) == []


def test_what_is_explained_is_settled_and_printed(tmp_path: Path):
    why = "Harga kertas naik menurut survei"
    folder = costs(10_330_000).edit("pmd", "rab", 0, keterangan=why)
    assert compared(folder, tmp_path / "a") == [("U914", "pmd", *FIRST, "info")]
    (said,) = [f for f in rekap(tmp_path / "a").findings if f.code == "U914"]
    assert why in said.masalah
