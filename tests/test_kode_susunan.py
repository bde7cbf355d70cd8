"""What a sheet hides, swallows or has lost, and rules that fail: said by ``rekap`` and ``periksa`` alike, and bounded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kinerja_xl.catatan import Finding
from kinerja_xl.checking import rule_book
from kinerja_xl.checking.rules import Case as RuleCase
from kinerja_xl.checking.rules import Entry
from kinerja_xl.formula.references import coordinates
from kinerja_xl.uses import masuk
from kinerja_xl.uses import year as year_room
from kinerja_xl.uses.periksa import periksa
from kinerja_xl.uses.rekap import rekap
from tests.kantor_uji import FILES, Folder, Place, cell, places_of, replaced, reshaped, said, sheet_path
from tests.kasus import Case, Cases, Setup

case = Cases()
PMD = 18_010_000
KERTAS, HONOR = 550_000, 5_400_000  # the first two rows of pmd's RAB


def bend(change: Callable[[bytes], bytes]) -> Folder:
    return Folder().bend("pmd", change)


def merged(sheet: str, *areas: str) -> Callable[[bytes], bytes]:
    """Areas merged on a sheet; its own merges (headings above several columns) stay."""

    def change(data: bytes) -> bytes:
        path, cells = sheet_path(data, sheet), "".join(f'<mergeCell ref="{area}"/>' for area in areas)
        try:
            return replaced(data, path, r"<mergeCells count=\"\d+\">", f"<mergeCells>{cells}", count=1)
        except AssertionError:
            return replaced(data, path, "</sheetData>", f"</sheetData><mergeCells>{cells}</mergeCells>", count=1)

    return change


def row_of(place: Place) -> int:
    return coordinates(place[1])[0]


def without_row(place: Place) -> Callable[[bytes], bytes]:
    return lambda data: reshaped(data, place[0], row=row_of(place), by=-1)


def without_column(place: Place) -> Callable[[bytes], bytes]:
    return lambda data: reshaped(data, place[0], column=coordinates(place[1])[1], by=-1)


def area(first: Place, last: Place) -> str:
    return f"{first[1]}:{last[1]}"


def hidden_row(place: Place) -> Callable[[bytes], bytes]:
    row = row_of(place)
    return lambda data: replaced(data, sheet_path(data, place[0]), rf'<row r="{row}" ', f'<row r="{row}" hidden="1" ')


def filtered(data: bytes) -> bytes:
    """A condition in the filter of the sheet."""
    part = '<autoFilter ref="B9:Z17"><filterColumn colId="0"><filters><filter val="x"/></filters></filterColumn></autoFilter>'
    return replaced(data, sheet_path(data, "RAB"), "</sheetData>", f"</sheetData>{part}")


def hidden_sheet(name: str, state: str = "hidden") -> Callable[[bytes], bytes]:
    return lambda data: replaced(data, "xl/workbook.xml", rf'<sheet name="{name}"', f'<sheet name="{name}" state="{state}"')


SUB, NEXT_SUB, NOTE, NEXT_NOTE = (cell("rab", row, key) for key in ("kode_sub", "keterangan") for row in (0, 1))
THIRD_SUB = cell("rab", 2, "kode_sub")
LOKASI, NIP = cell("tor", "lokasi"), cell("tor", "penanda_nip")
FORM_START, RAB_HEAD = cell("tor", "kode_sub"), cell("rab", "judul", "kode_sub")


def blank_subs() -> Folder:
    """Three rows of one sub kegiatan under one merged code."""
    folder = Folder().put("pmd", NEXT_SUB, None).put("pmd", THIRD_SUB, None)
    return folder.bend("pmd", merged("RAB", area(SUB, THIRD_SUB)))


case("S317", blank_subs(), SUB, bend(merged("RAB", area(NOTE, NEXT_NOTE))), {("S318", *NOTE)})
case("S318", bend(merged("RAB", area(NOTE, NEXT_NOTE))), NOTE,
     bend(merged("RAB", area(cell("rab", 6, "keterangan"), cell("rab", 7, "keterangan")))))
case("S319", bend(without_column(cell("rab", 0, "spesifikasi"))), RAB_HEAD,
     Folder().put("pmd", cell("rab", "judul", "spesifikasi"), None))
case("S319", bend(without_row(NIP)), FORM_START, Folder().put("pmd", (NIP[0], f"B{row_of(NIP)}"), "NIP pejabat"))
case("S320", bend(without_row(LOKASI)), FORM_START, Folder().put("pmd", (LOKASI[0], f"A{row_of(LOKASI)}"), "#isi:tor.lokasi"))
case("F115", bend(hidden_sheet("RAB")), ("RAB", ""), bend(hidden_sheet("Daftar")))
case("F115", bend(hidden_sheet("PK", "veryHidden")), ("PK", ""), bend(hidden_sheet("PK", "visible")))
case("F116", bend(hidden_row(SUB)), ("RAB", f"A{row_of(SUB)}"), bend(hidden_row(cell("rab", 7, "uraian"))))
case("F117", bend(filtered), ("RAB", ""), Folder())


def failing(name: str) -> Setup:
    """A rule that raises after what it has found; as a defect of the program would."""

    def broken(case: RuleCase) -> Iterator[Finding]:
        yield from (f for f in ())
        raise RuntimeError("cacat")

    broken.__name__ = name
    return lambda patch: patch.setattr(rule_book, "RULES", [Entry(rule=broken, codes=()), *rule_book.RULES])


def unreadable(name: str) -> Setup:
    real = masuk.read_submission

    def read(data, file, *more):  # noqa: ANN001, ANN002, ANN202
        if file == name:
            raise RuntimeError("cacat")
        return real(data, file, *more)

    return lambda patch: patch.setattr(masuk, "read_submission", read)


case("B117", Folder(), ("", ""), Folder(), setup=failing("aturan_uji"))
case("B118", Folder(), ("", ""), Folder(), setup=unreadable(FILES["pmd"]))


@pytest.mark.parametrize("one", case, ids=case.names)
def test_a_folder_that_breaks_it(one: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    one.holds_when_broken(tmp_path / "kantor", monkeypatch)


@pytest.mark.parametrize("one", case, ids=case.names)
def test_a_folder_that_nearly_does(one: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    one.holds_when_nearly(tmp_path / "kantor", monkeypatch)


@pytest.mark.parametrize("one", [c for c in case if c.code[0] in "FS"], ids=lambda c: c.code)
def test_periksa_says_it_once_too(one: Case, tmp_path: Path):
    folder = one.broken.write(tmp_path / "kantor")
    assert places_of(periksa([folder])) == one.said
    alone = periksa([folder / "masuk" / FILES["pmd"]])
    assert {(f.code, f.sheet, f.cell) for f in alone} == one.said


def test_rows_under_a_merged_code_are_held_back_without_a_catatan_each(tmp_path: Path):
    recap = rekap(blank_subs().write(tmp_path / "kantor"))
    lines = {line.row.row: (line.counted, line.reason) for line in recap.lines if line.unit == "pmd"}
    held = [number for number, (counted, _) in lines.items() if not counted]
    assert held == [row_of(NEXT_SUB), row_of(THIRD_SUB)]
    assert {reason for counted, reason in lines.values() if not counted} == {"Isian wajib tertutup sel gabungan (S317)"}
    unit = next(u for u in recap.units if u.kode == "pmd")
    assert (unit.total_rab, unit.total_tidak_dihitung.amount) == (PMD - HONOR - 2_310_000, HONOR + 2_310_000)


def test_many_merges_are_two_catatan(tmp_path: Path):
    areas = [area(cell("rab", row, "keterangan"), cell("rab", row + 1, "keterangan")) for row in (0, 2)]
    folder = blank_subs().bend("pmd", merged("RAB", *areas))
    assert said(folder.write(tmp_path / "kantor")) == {("S317", *SUB), ("S318", *NOTE)}


def test_one_failing_rule_leaves_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Two files, one rule that fails on both: one catatan each, everything else as before."""
    folder = Folder().edit("pmd", "rab", 0, harga_satuan=-1).write(tmp_path / "kantor")
    before = rekap(folder)
    failing("aturan_uji")(monkeypatch)
    after = rekap(folder)
    more = [(f.code, f.file) for f in after.findings if f not in before.findings]
    assert sorted(more) == [("B117", FILES["pmd"]), ("B117", FILES["trantib"])]
    assert after.total_rab == before.total_rab
    assert [f for f in after.findings if f in before.findings] == list(before.findings)


def test_declared_checks_that_fail_on_one_file_hold_for_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = Folder().edit("trantib", "rab", 0, uraian=None).write(tmp_path / "kantor")
    real = rule_book.check_tables

    def upset(tables, lists):  # noqa: ANN001, ANN202
        if any(row.file == FILES["pmd"] for table in tables for row in table.rows):
            raise RuntimeError("cacat")
        return real(tables, lists)

    monkeypatch.setattr(rule_book, "check_tables", upset)
    found = {(f.code, f.file) for f in rekap(folder).findings}
    assert found == {("B117", FILES["pmd"]), ("N401", FILES["trantib"])}


def test_rules_between_units_that_fail_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(year_room, "between_units", lambda *_: 1 / 0)
    recap = rekap(Folder().write(tmp_path / "kantor"))
    assert [(f.code, f.args["rincian"]) for f in recap.findings] == [("B117", "antarunit dan pagu")]
    assert recap.total_rab == 31_410_000
