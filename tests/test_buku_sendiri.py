"""Headings of our own books: whichever is renamed, emptied or doubled, the figures stay the same or a catatan names its cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from kinerja_xl.catatan import Finding
from kinerja_xl.filling.from_shown import read_measured, read_supplies
from kinerja_xl.formula.references import column_letters
from kinerja_xl.office.folder import InputError
from kinerja_xl.package import patch
from kinerja_xl.reading.own_book import OwnBook, Reading, RecapBack, open_own, read_capaian, read_recap
from kinerja_xl.reading.workbook import read_workbook
from kinerja_xl.sheets import capaian, rekap
from kinerja_xl.sheets.capaian import CAPAIAN_VERSIONS
from kinerja_xl.sheets.choices import Listings
from kinerja_xl.sheets.content import FIRST_COLUMN
from kinerja_xl.sheets.model import Column, Table
from kinerja_xl.sheets.penetapan import PENETAPAN
from kinerja_xl.sheets.rekap import REKAP_VERSIONS, RecapSheet, ShownBook
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.sheets.values import fold
from kinerja_xl.uses import bandingkan, isi
from kinerja_xl.uses.arsip import earlier_years, last_recap, read_plan
from kinerja_xl.uses.formulir import starts
from kinerja_xl.uses.rekap import rekap as reckoned
from kinerja_xl.writing.form.places import plan_sheet
from tests import formulir_asing, rencana_contoh
from tests.arsip_buku import ARSIP
from tests.kantor_uji import Folder, replaced, small_office
from tests.kasus import covers

NOW = ARSIP / "0.1.0"
SAMPLE = Path(__file__).parent.parent / "samples" / "wasuponda-2025" / "arsip" / "Rekap-2024.xlsx"
RECAP, CAPAIAN = (NOW / f"{name}-2025.xlsx" for name in ("Rekap", "Capaian"))
PLAN = ARSIP / "0.1.0-nama-di-kertas" / "Penetapan-2025.xlsx"
GONE = "Diganti"
READ = (
    *((RECAP, sheet) for sheet in (rekap.RAB, rekap.INDIKATOR, rekap.RKT, rekap.PER_PROGRAM, rekap.PK, rekap.PK_ANGGARAN)),
    *((CAPAIAN, sheet) for sheet in (capaian.CAPAIAN_INDIKATOR, capaian.EVALUASI_RENJA, capaian.REALISASI_ANGGARAN)),
)
"""Every sheet that is read back, with its book."""
EVERY = pytest.mark.parametrize(("path", "declared"), READ, ids=[sheet.key for _, sheet in READ])


def versions(path: Path) -> Mapping[int, ShownBook]:
    return REKAP_VERSIONS if path == RECAP else CAPAIAN_VERSIONS


def opened(path: Path, books: Mapping[int, ShownBook] | None = None) -> OwnBook:
    own = open_own(path.read_bytes(), path.name, books or versions(path))
    assert isinstance(own, OwnBook)
    return own


def written(own: OwnBook, declared: RecapSheet, cells: Mapping[tuple[int, int], object]) -> OwnBook:
    """The book with other cells (row, column from 0) on that sheet."""

    def changed(rows: list[list[object]]) -> list[list[object]]:
        copies = [[*row] for row in rows]
        for (row, column), value in cells.items():
            copies[row][column] = value
        return copies

    sheets = (replace(one, rows=changed(one.rows)) if one.name == declared.name else one for one in own.sheets)
    return replace(own, sheets=tuple(sheets))


def content(own: OwnBook, declared: RecapSheet) -> tuple[list[tuple[str, str, str]], dict[int, dict[str, object]]]:
    """What is said of a sheet, and what its rows hold, by their numbers."""
    table = own.table(declared.key)
    rows = table.rows(Reading(lists=Listings(by_name={})), to_gap=True)
    return [(f.code, f.sheet, f.cell) for f in table.findings], {row.row: dict(row.values) for row in rows}


def place(row: int, column: int) -> str:
    return f"{column_letters(column + 1)}{row + 1}"


@EVERY
@pytest.mark.parametrize("word", [GONE, None, "Total", "  ", 12.0])
def test_a_heading_that_is_gone_is_named_with_its_cell(path: Path, declared: RecapSheet, word: object):
    own = opened(path)
    table, (said, rows) = own.table(declared.key), content(own, declared)
    assert said == [] and rows
    for column in table.wanted:
        at = table.columns[column.key]
        said, left = content(written(own, declared, {(table.head, at): word}), declared)
        assert said == [("S321", declared.name, place(table.head, at))], column.key
        assert left.keys() <= rows.keys()  # a row that held nothing else ends the table
        assert {number: {**rows[number], column.key: None} for number in left} == left, column.key


@EVERY
def test_a_heading_that_stands_twice_is_named_and_not_chosen(path: Path, declared: RecapSheet):
    """Each heading in the place of the one before it: that one is gone, this one is there twice."""
    own = opened(path)
    table = own.table(declared.key)
    keys = sorted(table.columns, key=lambda key: table.columns[key])
    label = {column.key: column.label for column in table.wanted}
    repeated = [fold(column.label) for column in table.wanted]
    for before, key in zip(keys, keys[1:], strict=False):
        if repeated.count(fold(label[key])) > 1 or repeated.count(fold(label[before])) > 1:
            continue  # told apart by the group above: another test
        at = table.columns[before]
        said, _ = content(written(own, declared, {(table.head, at): label[key]}), declared)
        assert set(said) == {
            ("S321", declared.name, place(table.head, at)), ("S313", declared.name, place(table.head, table.columns[key])),
        }  # fmt: skip


@pytest.mark.parametrize("declared", [capaian.CAPAIAN_INDIKATOR, capaian.EVALUASI_RENJA], ids=lambda sheet: sheet.key)
def test_a_group_that_is_gone_takes_the_headings_below_it_along(declared: RecapSheet):
    """Where a label stands several times, the group above it says which column it is."""
    own = opened(CAPAIAN)
    table = own.table(declared.key)
    labels = [fold(column.label) for column in table.wanted]
    groups = {column.group for column in table.wanted if labels.count(fold(column.label)) > 1}
    assert len(groups) in (4, 9)
    for group in groups:
        own_columns = [c for c in table.wanted if c.group == group and labels.count(fold(c.label)) > 1]
        first = min(table.columns[c.key] for c in table.wanted if c.group == group)
        said, _ = content(written(own, declared, {(table.head - 1, first): GONE}), declared)
        assert set(said) == {("S321", declared.name, place(table.head, table.columns[c.key])) for c in own_columns}


@EVERY
def test_a_sheet_without_its_row_of_headings_is_named(path: Path, declared: RecapSheet):
    own = opened(path)
    table = own.table(declared.key)
    cells = {(table.head, at): None for at in range(len(own.book.sheet(declared.key).table.columns(USULAN)))}
    said, _ = content(written(own, declared, cells), declared)
    if declared is capaian.REALISASI_ANGGARAN:  # a second table stands below with most of the same headings
        row = table.head + 16
        assert said == [("S321", declared.name, f"{letter}{row}") for letter in "BCMNOP"]
    else:
        assert said == [("S321", declared.name, "A1")]


# ---- the next release ------------------------------------------------------------------------------


def renamed(column: Column) -> Column:
    return replace(column, label=f"Baru: {column.label.strip()}", aliases=(column.label, *column.aliases))


def next_release(book: ShownBook, version: int) -> ShownBook:
    """Every heading has another label, and keeps the old one in ``aliases``, as the declaration invites."""

    def around(table: rekap.Around) -> rekap.Around:
        return replace(table, before=tuple(map(renamed, table.before)), after=tuple(map(renamed, table.after)))

    usulan = replace(USULAN, sheets=tuple(
        replace(sheet, blocks=tuple(
            replace(block, columns=tuple(map(renamed, block.columns))) if isinstance(block, Table) else block
            for block in sheet.blocks
        ))
        for sheet in USULAN.sheets
    ))  # fmt: skip
    sheets = tuple(replace(sheet, tables=tuple(map(around, sheet.tables))) for sheet in book.sheets)
    return replace(book, version=version, sheets=sheets, usulan=usulan)


@EVERY
@pytest.mark.parametrize("release", ["0.1.0", "0.1.0-tanpa-tanda"])
def test_the_next_release_reads_former_headings(path: Path, declared: RecapSheet, release: str):
    older = ARSIP / release / path.name
    book = next_release(versions(path)[1], 1)
    assert content(opened(older, {1: book}), declared) == content(opened(older, versions(path)), declared)


@pytest.mark.parametrize("release", ["0.1.0", "0.1.0-tanpa-tanda"])
def test_a_version_has_its_own_columns(release: str):
    """A column that a later version demands is not asked of version 1; a mark of a version that nobody knows is refused."""
    first = REKAP_VERSIONS[1]
    extra = Column(key="baru", label="Kolom Baru", kind=rekap.UNIT.kind)
    table = replace(rekap.RAB.table, before=(*rekap.RAB.table.before, extra), essential=(*rekap.RAB.table.essential, "baru"))
    sheets = tuple(replace(s, tables=(table,)) if s.key == "rab" else s for s in first.sheets)
    later = replace(first, version=9, sheets=sheets)
    data = (ARSIP / release / RECAP.name).read_bytes()
    back = read_recap(data, "a.xlsx", {1: first, 9: later})
    assert isinstance(back, RecapBack) and (back.total, back.findings) == (31_410_000, ())
    marked = release == NOW.name
    newer = replaced(data, "docProps/custom.xml", "rekap[|]1", "rekap|9") if marked else data
    newer = replaced(newer, "xl/workbook.xml", "rekap[|]1", "rekap|9") if marked else data
    found = read_recap(newer, "a.xlsx", {1: first, 9: later})
    assert isinstance(found, RecapBack)
    assert [f.code for f in found.broken] == (["S321"] if marked else [])
    unknown = read_recap(newer, "a.xlsx")
    assert isinstance(unknown, Finding if marked else RecapBack)
    assert not isinstance(unknown, Finding) or (unknown.code, unknown.value) == ("T202", "9")


# ---- a locked plan: a hidden key row under the headings ---------------------------------------------


def headings_of_the_plan() -> list[tuple[str, int, int]]:
    """Sheet, row of the headings and column, from 0, of every table of a locked plan."""
    found = []
    read = read_workbook(PLAN.read_bytes(), PLAN.name, {PENETAPAN.key: {PENETAPAN.version: PENETAPAN}}, Listings(by_name={}))
    assert read.content
    for sheet, table in PENETAPAN.tables():
        rows = {t.key: max(1, len(read.content.rows(t.key))) for t in (table,)}
        planned = plan_sheet(sheet, sheet.name, rows).tables[table.key]
        found += [(sheet.name, planned.first_row - 1, planned.index(column.key)) for column in table.columns]
    return found


def test_a_renamed_heading_of_a_plan_is_read_by_its_key():
    data, plan = PLAN.read_bytes(), rencana_contoh.plan()
    headings = headings_of_the_plan()
    assert len(headings) == len(set(headings)) == sum(len(table.columns) for _, table in PENETAPAN.tables())
    for sheet, row, column in headings:
        cell = place(row, column)
        found, said = read_plan(patch(data, {(sheet, cell): GONE}), PLAN.name)
        assert (found, [(f.code, f.sheet, f.cell) for f in said]) == (plan, [("S305", sheet, cell)])


def test_a_column_of_a_plan_without_key_and_heading_is_named():
    """Nothing is read in its place: the same plan with a catatan, or none; never other figures without a word."""
    data, plan = PLAN.read_bytes(), rencana_contoh.plan()
    for sheet, row, column in headings_of_the_plan():
        cells = {(sheet, place(row, column)): GONE, (sheet, place(row - 1, column)): None}
        found, said = read_plan(patch(data, cells), PLAN.name)
        lost = {(f.code, f.sheet, f.cell) for f in said if f.code in {"S302", "S303", "S319"}}
        computed = not lost and found == plan  # worked out anew from what is there
        assert computed or {(s, c) for _, s, c in lost} == {(sheet, place(row, FIRST_COLUMN))}, (sheet, place(row, column))
        assert found is None or found == plan or "D120" in {f.code for f in said}


# ---- what the verbs do -----------------------------------------------------------------------------


def without(path: Path, declared: RecapSheet, key: str) -> tuple[bytes, str]:
    """The book with one heading renamed, and its cell."""
    table = opened(path).table(declared.key)
    cell = place(table.head, table.columns[key])
    return patch(path.read_bytes(), {(declared.name, cell): GONE}), cell


def test_the_recap_of_the_sample_office():
    """The heading of the amounts renamed: nothing is added up any more, and it is said where."""
    own = open_own(SAMPLE.read_bytes(), SAMPLE.name, REKAP_VERSIONS)
    assert isinstance(own, OwnBook)
    back = read_recap(SAMPLE.read_bytes(), SAMPLE.name)
    assert isinstance(back, RecapBack) and (len(back.lines), back.total, back.findings) == (148, 2_141_806_785, ())
    bent = read_recap(patch(SAMPLE.read_bytes(), {("RAB", "T7"): "Total"}), SAMPLE.name)
    assert isinstance(bent, RecapBack)
    said = [(f.code, f.file, f.sheet, f.cell) for f in bent.broken]
    assert said == [(f.code, f.file, f.sheet, f.cell) for f in bent.findings] == [("S321", SAMPLE.name, "RAB", "T7")]


@covers("S321", "U917")
@pytest.mark.parametrize(("declared", "key"), [(rekap.RAB, "jumlah"), (rekap.INDIKATOR, "target"), (rekap.RAB, "dihitung")])
def test_the_comparison_with_last_year_says_that_it_was_not_made(tmp_path: Path, declared: RecapSheet, key: str):
    data, cell = without(RECAP, declared, key)
    data = replaced(replaced(data, "docProps/custom.xml", r"\|2025\|", "|2024|"), "xl/workbook.xml", r"\|2025\|", "|2024|")
    folder = Folder().keep("Rekap-2024.xlsx", lambda: data).write(tmp_path / "kantor")
    found = reckoned(folder).findings
    assert [(f.code, f.file, f.sheet, f.cell) for f in found] == [("U917", "Rekap-2024.xlsx", declared.name, cell)]
    with pytest.raises(InputError) as error:
        last_recap(folder, 2025, folder / "arsip" / "Rekap-2024.xlsx")
    assert [(f.code, f.sheet, f.cell) for f in error.value.findings] == [("S321", declared.name, cell)]


def test_what_the_comparison_does_not_need_does_not_stop_it(tmp_path: Path):
    data, _ = without(RECAP, rekap.RAB, "spesifikasi")
    data = replaced(replaced(data, "docProps/custom.xml", r"\|2025\|", "|2024|"), "xl/workbook.xml", r"\|2025\|", "|2024|")
    folder = Folder().keep("Rekap-2024.xlsx", lambda: data).write(tmp_path / "kantor")
    back, said = last_recap(folder, 2025)
    assert back is not None and (back.total, said) == (31_410_000, [])


RECAP_KINDS = [
    (rekap.RAB, "jumlah", "rab"), (rekap.RAB, "spesifikasi", "rab"), (rekap.INDIKATOR, "target", "indikator"),
    (rekap.RKT, "anggaran", "rkt"), (rekap.PER_PROGRAM, "dihitung", "program"), (rekap.PK, "target", "pk"),
    (rekap.PK_ANGGARAN, "anggaran", "pk"),
]  # fmt: skip


@pytest.mark.parametrize(("declared", "key", "kind"), RECAP_KINDS)
def test_no_form_is_filled_from_a_column_that_is_gone(tmp_path: Path, declared: RecapSheet, key: str, kind: str):
    data, cell = without(RECAP, declared, key)
    source, form, target = (tmp_path / name for name in ("Rekap-2025.xlsx", "form.xlsx", "hasil.xlsx"))
    source.write_bytes(data)
    form.write_bytes(formulir_asing.indikator())
    with pytest.raises(InputError) as error:
        isi.fill(form, source, target, kind)
    assert [(f.code, f.sheet, f.cell) for f in error.value.findings] == [("S321", declared.name, cell)]
    assert not target.exists()


@pytest.mark.parametrize("declared", [sheet for path, sheet in READ if path == CAPAIAN], ids=lambda sheet: sheet.key)
def test_no_form_is_filled_from_a_figure_that_is_gone(declared: RecapSheet):
    key = next(c.key for c in declared.table.columns(USULAN) if c.key.startswith("realisasi") or c.key == "tahun_rp")
    data, cell = without(CAPAIAN, declared, key)
    with pytest.raises(InputError) as error:
        read_measured(data, CAPAIAN.name)
    assert [(f.code, f.file, f.sheet, f.cell) for f in error.value.findings] == [("S321", CAPAIAN.name, declared.name, cell)]


def test_a_comparison_of_two_books_needs_both_whole(tmp_path: Path):
    data, cell = without(RECAP, rekap.INDIKATOR, "definisi")
    (tmp_path / "a.xlsx").write_bytes(data)
    with pytest.raises(InputError) as error:
        bandingkan.compare_books(tmp_path / "a.xlsx", PLAN, tmp_path / "b.xlsx")
    assert [(f.code, f.file, f.sheet, f.cell) for f in error.value.findings] == [("S321", "a.xlsx", "Indikator", cell)]
    assert not (tmp_path / "b.xlsx").exists()


@pytest.mark.parametrize("key", capaian.CAPAIAN_INDIKATOR.table.essential)
def test_the_years_before_are_not_read_from_a_column_that_is_gone(tmp_path: Path, key: str):
    data, cell = without(CAPAIAN, capaian.CAPAIAN_INDIKATOR, key)
    (tmp_path / "arsip").mkdir()
    (tmp_path / "arsip" / CAPAIAN.name).write_bytes(data)
    values, said = earlier_years(tmp_path, 2026)
    assert (values, [(f.code, f.sheet, f.cell) for f in said]) == ((), [("S321", "Capaian Indikator", cell)])


@pytest.mark.parametrize(("key", "left"), [("definisi", 3), ("nama", 0)])
def test_a_form_starts_with_what_is_there_and_the_rest_is_said(tmp_path: Path, key: str, left: int):
    data, cell = without(RECAP, rekap.INDIKATOR, key)
    (tmp_path / "arsip").mkdir()
    (tmp_path / "arsip" / RECAP.name).write_bytes(data)
    found, said = starts(tmp_path, replace(small_office(), tahun=2026))
    assert [(f.code, f.file, f.sheet, f.cell) for f in said] == [("S321", RECAP.name, "Indikator", cell)]
    assert len(found["pmd"].indicators) == left


@pytest.mark.parametrize(
    ("read", "path"), [(read_recap, CAPAIAN), (read_capaian, RECAP), (read_recap, PLAN), (read_capaian, PLAN)]
)
def test_a_book_of_another_kind_is_refused(read: Callable[[bytes, str], object], path: Path):
    found = read(path.read_bytes(), path.name)
    assert isinstance(found, Finding) and (found.code, found.file) == ("T201", path.name)


def test_a_recap_without_a_kind_that_is_gone_gives_the_others():
    """What the wanted rows do not stand on is not asked for."""
    data, _ = without(RECAP, rekap.PK, "target")
    assert [(one.kind, one.total) for one in read_supplies(data, RECAP.name)] == [
        ("rab", 31_410_000), ("indikator", 0), ("rkt", 31_410_000), ("program", 31_410_000),
    ]  # fmt: skip


def test_the_books_that_are_shown_say_what_they_are():
    for path, book in ((RECAP, REKAP_VERSIONS[1]), (CAPAIAN, CAPAIAN_VERSIONS[1])):
        own = opened(path)
        assert (own.book, own.tahun, own.kantor) == (book, 2025, "Kantor Kecamatan Batu Putih")


@pytest.mark.parametrize("path", [RECAP, CAPAIAN], ids=lambda path: path.stem)
def test_a_version_declares_the_order_of_its_books(path: Path):
    """Where a heading is gone its neighbours say where it stood: columns that moved since have their former place there."""
    found = {older.parent.name: opened(older, versions(path)) for older in ARSIP.glob(f"*/{path.name}")}
    assert {own.book.version for own in found.values()} == versions(path).keys()
    for release, own in found.items():
        assert own.book == versions(path)[own.book.version]
        for declared in (sheet for book, sheet in READ if book == path):
            table = own.table(declared.key)
            places = [table.columns[column.key] for column in table.wanted]
            assert places == sorted(places), (release, declared.key)
