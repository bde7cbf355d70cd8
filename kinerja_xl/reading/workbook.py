"""Read any declared workbook: gate, identity, version, sheets, content. Nothing is raised; everything is said."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from kinerja_xl.catatan import Finding, settled
from kinerja_xl.package import Package, marked_tab
from kinerja_xl.reading.cells import CellsError, CellSheet, read_cells
from kinerja_xl.reading.gate import Passed, inspect
from kinerja_xl.reading.locate import Found, block_keys, locate, marks
from kinerja_xl.reading.parse import Reading, read_form, read_table, read_totals
from kinerja_xl.reading.unseen import hidden, merged, unknown
from kinerja_xl.sheets.choices import Listings
from kinerja_xl.sheets.content import CORRECTION_NAME, IDENTITY_NAME, BookContent, Identity, Row, SheetContent
from kinerja_xl.sheets.model import Book, Form, Sheet
from kinerja_xl.sheets.rekap import ShownBook
from kinerja_xl.sheets.values import fold, suggestion

Versions = Mapping[int, Book]
_Declared = TypeVar("_Declared", Book, ShownBook)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBook:
    """A workbook after reading. ``content`` is None when a finding of ``findings`` refused it before its cells."""

    file: str
    sha256: str
    identity: Identity | None
    content: BookContent | None
    reading: Reading

    @property
    def findings(self) -> list[Finding]:
        return self.reading.findings


Keeper = Callable[[bytes, str, Mapping[str, Versions], Listings, Callable[[], ReadBook]], ReadBook]
KEEPER: ContextVar[Keeper | None] = ContextVar("KEEPER", default=None)
"""Who keeps readings (``uses/kept.py``); asked with what a book is read from, and how to read it."""


Beside = Callable[[str, Passed, Mapping[str, CellSheet]], None]
BESIDE: ContextVar[Beside | None] = ContextVar("BESIDE", default=None)
"""Who looks at a form of ours too while it is open: given its name and the sheets that were read. Never asked for a reading that
was kept."""


def read_workbook(data: bytes, file: str, accepted: Mapping[str, Versions], lists: Listings) -> ReadBook:
    """Read one workbook of an accepted kind. ``accepted`` maps a book's key to its versions."""
    keeper = KEEPER.get()
    read = partial(_read, data, file, accepted, lists)
    return keeper(data, file, accepted, lists, read) if keeper else read()


def _read(data: bytes, file: str, accepted: Mapping[str, Versions], lists: Listings) -> ReadBook:
    reading = Reading(lists=lists)
    passed = inspect(data, file, unread=lambda package: _unread(package, accepted))
    if isinstance(passed, Finding):
        reading.findings.append(passed)
        digest = hashlib.sha256(data).hexdigest()
        return ReadBook(file=file, sha256=digest, identity=None, content=None, reading=reading)
    reading.findings.extend(passed.notes)
    reading.date1904 = passed.package.date1904
    identity = identity_of(passed.package)
    try:
        marked = marked_tab(passed.package, CORRECTION_NAME)  # our own list in a correction copy is nobody's content
        sheets = [sheet for sheet in read_cells(passed) if sheet.name != marked]
        for said in unknown(sheets):
            reading.findings.append(said)
            reading.reported.update((said.sheet, cell) for cell in said.args["sel_sel"].split())
    except CellsError as error:
        reading.findings.append(Finding(code="B102", args={"rincian": f"pembaca berhenti ({error})"}))
        sheets = []
    if not passed.package.sheets:
        why = "di dalamnya tidak ada lembar sel, hanya grafik atau dialog"
        reading.findings.append(Finding(code="B111", args={"rincian": why}))
    elif not (sheets or reading.findings):
        reading.findings.append(Finding(code="B111", args={"rincian": "tidak ada lembar kerja di dalamnya"}))
    book = _choose_book(identity, sheets, accepted, reading) if sheets else None
    content = _read_content(book, sheets, reading) if book else None
    findings = [f.at(file=file) for f in reading.findings]
    reading.findings[:] = findings
    if content is not None and (beside := BESIDE.get()):
        beside(file, passed, {sheet.name: sheet for sheet in sheets})
    return ReadBook(file=file, sha256=passed.sha256, identity=identity, content=content, reading=reading)


def _unread(package: Package, accepted: Mapping[str, Versions]) -> set[str]:
    """Sheets of our own forms that hold nothing to read: instructions, lists, the self-check. A third of a form."""
    identity = identity_of(package)
    versions = accepted.get(identity.book, {}) if identity else {}
    return {sheet.name for book in versions.values() for sheet in book.sheets if not sheet.blocks}


def identity_of(package: Package) -> Identity | None:
    """What the workbook says of itself: by defined name first, else by property."""
    for text in (package.defined_names.get(IDENTITY_NAME, ""), package.properties.get(IDENTITY_NAME, "")):
        found = Identity.parse(text)
        if found:
            return found
    return None


def version_of(identity: Identity, versions: Mapping[int, _Declared]) -> _Declared | Finding:
    """The declaration of the version that a book says it has; T202 for one that we do not know."""
    book = versions.get(int(identity.version)) if identity.version.isdecimal() else None
    known = ", ".join(str(v) for v in sorted(versions))
    return book or Finding(code="T202", value=identity.version, args={"rincian": known})


def misplaced(key: str) -> Finding:
    """T208 of a book of ours that is not the one asked for: what it is, and where it belongs."""
    from kinerja_xl.sheets.books import OURS  # all declarations, which no book in its place needs

    book = OURS.get(key)
    name, place = (book.called, book.belongs) if book else (f'buku kerja "{key}"', "folder hasil")
    return Finding(code="T208", value=key, args={"jenis": name, "tempat": place})


def _choose_book(
    identity: Identity | None, sheets: list[CellSheet], accepted: Mapping[str, Versions], reading: Reading
) -> Book | None:
    """The declaration to read with, or None with the reason said."""
    if identity is None:
        return _recognised(sheets, accepted, reading)
    versions = accepted.get(identity.book)
    if versions is None:
        reading.findings.append(misplaced(identity.book))
        return None
    book = version_of(identity, versions)
    if isinstance(book, Finding):
        reading.findings.append(book)
        return None
    if book.version != max(versions):
        reading.findings.append(Finding(code="T203", value=str(book.version), args={"rincian": book.upgrades}))
    return book


def _recognised(sheets: list[CellSheet], accepted: Mapping[str, Versions], reading: Reading) -> Book | None:
    """Without an identity: the kind of book whose blocks' marks, or else whose sheet names, are mostly there."""
    marked = {key for sheet in sheets for key in block_keys(marks(sheet))}
    names = {fold(sheet.name) for sheet in sheets}
    for versions in accepted.values():
        book = versions[max(versions)]
        wanted = [b.key for s in book.sheets for b in s.blocks]
        tabs = [fold(s.name) for s in book.sheets if s.blocks]
        if 2 * sum(k in marked for k in wanted) >= len(wanted) or sum(t in names for t in tabs) > len(tabs) // 2:
            reading.findings.append(Finding(code="T209"))
            return book
    listed = ", ".join(sheet.name for sheet in sheets[:5]) + (" …" if len(sheets) > 5 else "")
    reading.findings.append(Finding(code="T201", args={"rincian": listed}))
    return None


def _read_content(book: Book, sheets: Iterable[CellSheet], reading: Reading) -> BookContent:
    """All sheets in tab order; each declared sheet once, copies where the declaration allows them."""
    contents: list[SheetContent] = []
    seen: dict[str, str] = {}
    strangers: list[str] = []
    seen_sheets: list[CellSheet] = []
    key_rows: dict[str, set[int]] = {}
    for sheet in sheets:
        seen_sheets.append(sheet)
        count, first = sheet.beyond, sheet.far
        if count:
            reading.findings.append(Finding(code="S310", sheet=sheet.name, cell=first, args={"rincian": str(count)}))
        known = marks(sheet)
        declared = _declared(sheet, known, book, seen)
        if declared is None:
            strangers.append(sheet.name)
            continue
        if not declared.blocks:
            continue
        found = locate(sheet, declared, known)
        if not found.any:
            strangers.append(sheet.name)
            continue
        reading.findings.extend(found.findings)
        key_rows[sheet.name] = {table.head_row for table in found.tables.values()}  # 1-based, the row above the headings
        reading.missing |= found.unclear | {(t.table.key, key) for t in found.tables.values() for key in t.missing}
        reading.missing |= {(f.form.key, c.key) for f in found.forms.values() for c in f.form.fields if c.key not in f.cells}
        if declared.key in seen and not declared.copies:
            where = f"{seen[declared.key]} dan {sheet.name}"
            reading.findings.append(Finding(code="S314", sheet=sheet.name, value=where, args={"rincian": declared.name}))
            continue
        seen.setdefault(declared.key, sheet.name)
        content = _read_sheet(sheet, declared, found, reading)
        if content:
            contents.append(content)
    _say_missing(book, seen, strangers, reading)
    reading.findings.extend(hidden(seen_sheets, own=True, key_rows=key_rows))
    return BookContent(book=book, sheets=tuple(contents))


def _declared(
    sheet: CellSheet, known: Mapping[str, tuple[int, int]], book: Book, seen: Mapping[str, str]
) -> Sheet | None:
    """Which declared sheet this is: by its marks, else by its name, else by its headings."""
    keys = block_keys(known)
    for declared in book.sheets:
        if keys & {block.key for block in declared.blocks}:
            return declared
    for declared in book.sheets:
        if fold(declared.name) == fold(sheet.name):
            return declared
    for declared in book.sheets:
        if declared.blocks and (declared.copies or declared.key not in seen) and locate(sheet, declared, known).any:
            return declared
    return None


def _read_sheet(sheet: CellSheet, declared: Sheet, found: Found, reading: Reading) -> SheetContent | None:
    """One sheet's values; None for a copy that nobody filled in (its prefilled cells say nothing)."""
    scratch = replace(reading, findings=[], totals=[])
    read = {key: read_form(sheet, place, scratch) for key, place in found.forms.items()}
    tables = {}
    for key, table in found.tables.items():
        tables[key] = read_table(sheet, table, scratch)
        for finding in merged(sheet, table, tables[key]):
            scratch.say(finding)
            scratch.reported |= settled(finding.at(cell=cell) for cell in finding.args["sel_sel"].split())
        read_totals(sheet, table, scratch)
    begun = any(tables.values()) and not declared.copies
    forms = {key: form for key, form in read.items() if _stands(found.forms[key].form, form, declared, begun=begun)}
    if declared.copies and not forms and not any(tables.values()):
        return None
    reading.findings.extend(scratch.findings)
    reading.totals.extend(scratch.totals)
    return SheetContent(key=declared.key, name=sheet.name, forms=forms, tables=tables)


def _stands(form: Form, row: Row, declared: Sheet, *, begun: bool) -> bool:
    """Whether a form is read: what may be left out only once it is filled, or where its prefilled cells stand over rows."""
    belongs = begun and any(column.prefilled for column in form.fields)
    return belongs or is_filled(form, row) or not (declared.copies or form.optional)


def is_filled(form: Form, row: Row) -> bool:
    """Whether somebody filled anything in beside what was prefilled, drafted and computed."""
    own = [c.key for c in form.fields if not c.prefilled and not c.draft and not c.computed]
    return any(row.values.get(key) is not None for key in own) or not own


def _say_missing(book: Book, seen: Mapping[str, str], strangers: list[str], reading: Reading) -> None:
    """Sheets that nobody found, with the unknown sheet that looks most like each; the rest are named as extra."""
    for declared in book.sheets:
        if declared.key in seen or not declared.blocks or all(block.optional for block in declared.blocks):
            continue
        usul = suggestion(declared.name, strangers, 'mungkin yang bernama "{}"')
        code = "S301" if declared.key == "rab" else "S315"
        reading.missing |= {(block.key, "") for block in declared.blocks}
        reading.findings.append(Finding(code=code, sheet=declared.name, args={"usul": usul}))
    for name in strangers:
        reading.findings.append(Finding(code="S307", sheet=name))


__all__ = ["ReadBook", "identity_of", "is_filled", "read_workbook", "version_of"]
