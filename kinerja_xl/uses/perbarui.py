"""``perbarui``: carry an older form over into today's form, and list what could not come along."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from kinerja_xl.catatan import Finding, sort_key
from kinerja_xl.office.folder import KANTOR_FILE, InputError, read_bytes, there
from kinerja_xl.office.kantor import Office, Unit
from kinerja_xl.office.place import folder_around, is_year
from kinerja_xl.office.prefill import blank_unit
from kinerja_xl.reading.intake import ACCEPTED
from kinerja_xl.reading.parse_cells import shown
from kinerja_xl.reading.workbook import ReadBook, read_workbook
from kinerja_xl.sheets.content import BookContent, Row, SheetContent
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.values import fold, parse_number
from kinerja_xl.uses.year import Year
from kinerja_xl.writing.form import unit_book
from kinerja_xl.writing.output import Written, write_whole

LOST_CODES = (
    "N403", "N404", "N405", "N406", "N411", "N413", "S304", "S307", "S308", "S310", "S311", "S313", "S314", "S316",
)  # fmt: skip
"""Catatan of reading that mean: this content has no place in the new form as it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """The new form, what of the old one is not in it, and which of two values that stood there for one truth is."""

    written: Written
    version: int
    rows: int
    lost: tuple[Finding, ...]
    resolved: tuple[Finding, ...] = ()


def renew(old: Path, target: Path, folder: Path | None = None) -> Renewed:
    """Write today's form with an old form's content. Raises InputError, OutputError; the old file is only read.

    ``folder`` is the year's folder whose Kantor.xlsx gives codes and officials; by default the one around the file.
    """
    if there(target) and target.resolve() == old.resolve():
        raise InputError("Berkas hasil sama dengan berkas lama; berkas lama tidak ditimpa.")
    place = folder or folder_around(old)
    if place is None or not is_year(place):
        raise InputError(f"{KANTOR_FILE} tidak ditemukan di sekitar {old}; sebutkan folder tahunnya dengan --folder.")
    year = Year(place)
    data, trouble = read_bytes(old)
    book = read_workbook(data, old.name, ACCEPTED, year.lists)
    if trouble or book.content is None:
        raise InputError(f"{old.name} tidak dapat dipindahkan.", (trouble,) if trouble else tuple(book.findings))
    unit = _unit(book, year.office)
    blank = blank_unit(year.office, unit)
    content = _carried(book.content, blank)
    resolved = [f.at(file=old.name, unit=unit.kode) for f in (*_identity(book, unit), *_office(book, blank), *_computed(book))]
    written = write_whole(target, unit_book(content, year.office, unit))
    lost = tuple(sorted((f for f in book.findings if f.code in LOST_CODES), key=sort_key))
    rows = sum(len(rows) for sheet in content.sheets for rows in sheet.tables.values())
    return Renewed(
        written=written, version=book.content.book.version, rows=rows, lost=lost, resolved=tuple(sorted(resolved, key=sort_key))
    )  # fmt: skip


def _unit(book: ReadBook, office: Office) -> Unit:
    form = book.content.form("identitas") if book.content else None
    kode = str((form.get("unit") if form else None) or (book.identity.unit if book.identity else ""))
    unit = office.unit(kode)
    if unit is None:
        known = ", ".join(u.kode for u in office.units)
        raise InputError(f'Kode unit "{kode}" pada {book.file} tidak ada di {KANTOR_FILE} (yang ada: {known}).')
    return unit


# ---- Two values for one truth in the old form: each is said with the one that the new form has ----

_KEPT_NEW = ("kantor", "unit", "nama_unit", "tahun")
"""Fields of Identitas that the new form says by itself."""


def _say(row: Row, column: Column, value: object, against: str, other: object, used: object) -> Finding:
    words = {"pembanding": against, "rincian": shown(other), "dipakai": shown(used)}
    return Finding(
        code="T211", sheet=row.sheet, cell=row.cell(column.key), column=column.label.strip(), value=shown(value), args=words,
    )  # fmt: skip


def _identity(book: ReadBook, unit: Unit) -> Iterator[Finding]:
    """What Identitas says against the mark that the form was handed out with."""
    form, own = (book.content.form("identitas") if book.content else None), book.identity
    if form is None or own is None or book.content is None:
        return
    for column in book.content.book.block("identitas").columns:
        mark, typed = {"unit": own.unit, "tahun": own.tahun}.get(column.key, ""), form.get(column.key)
        if mark and typed is not None and fold(mark) != fold(shown(typed).replace(".", "")):
            used = unit.kode if column.key == "unit" else "tahun Kantor.xlsx"
            yield _say(form, column, typed, "tanda formulirnya menyebut", mark, used)


def _office(book: ReadBook, blank: BookContent) -> Iterator[Finding]:
    """What the old form says of office, unit and officials against Kantor.xlsx today."""
    for sheet in book.content.sheets if book.content else ():
        fresh = next((one.forms for one in blank.all(sheet.key)), {})
        for key, row in sheet.forms.items():
            for column in book.content.book.block(key).columns if book.content else ():
                typed, today = row.get(column.key), fresh[key].get(column.key) if key in fresh else None
                if not column.prefilled or column.key in ("unit", "tahun", "kode_sub") or typed is None or today is None:
                    continue
                if not says_the_same(typed, today):
                    used = today if column.key in _KEPT_NEW else typed
                    yield _say(row, column, typed, "menurut Kantor.xlsx", today, used)


def says_the_same(one: object, other: object) -> bool:
    """Whether two values of a field read alike; that somebody acts for another (Plt., Plh.) is said by the status beside it."""
    a, b = (fold(re.sub(r"^\s*(plt|plh)\.?\s+", "", shown(value), flags=re.IGNORECASE)) for value in (one, other))
    return a == b


def _computed(book: ReadBook) -> Iterator[Finding]:
    """What a computed cell or a total shows against what its cells make: the new form works it out again."""
    content = book.content
    for sheet in content.sheets if content else ():
        blocks = [*((key, (row,)) for key, row in sheet.forms.items()), *sheet.tables.items()]
        for column, row in ((c, row) for key, rows in blocks for row in rows for c in content.book.block(key).columns):  # type: ignore[union-attr]
            ours, seen = row.get(column.key), parse_number(row.shown.get(column.key)).value
            if column.computed and isinstance(ours, Decimal) and seen is not None and abs(seen - ours) > _ROUNDING:
                yield _say(row, column, seen, "isian yang dipakainya menghasilkan", ours, ours)
    for total in book.reading.totals:
        rows = content.rows(total.table) if content else ()
        stated, ours = parse_number(total.value).value, sum((row.number(total.column) or Decimal(0) for row in rows), Decimal(0))
        if stated is not None and abs(stated - ours) >= 1:
            words = {"pembanding": "rinciannya berjumlah", "rincian": shown(ours), "dipakai": shown(ours)}
            yield Finding(code="T211", sheet=total.sheet, cell=total.cell, column=total.label, value=shown(stated), args=words)


_ROUNDING = Decimal("0.00005")
"""Half of the last of four decimals: what formulas of a sheet may differ by."""


def _carried(old: BookContent, blank: BookContent) -> BookContent:
    """Old values over the new form's prefilled ones; TOR sheets as many as were filled in.

    The year, the office and the officials are those of the new form: an old year's form becomes this year's.
    """
    sheets: list[SheetContent] = []
    for sheet in blank.book.sheets:
        fresh = blank.all(sheet.key)
        before = old.all(sheet.key)
        if not sheet.blocks or not before:
            sheets.extend(fresh)
            continue
        for index, one in enumerate(before):
            start = fresh[min(index, len(fresh) - 1)] if fresh else SheetContent(key=sheet.key)
            name = sheet.name if index == 0 else f"{sheet.name} ({index + 1})"
            sheets.append(_merged(one, start, name))
    return replace(blank, sheets=tuple(sheets))


def _merged(old: SheetContent, fresh: SheetContent, name: str) -> SheetContent:
    forms = dict(fresh.forms)
    for key, row in old.forms.items():
        start = fresh.forms[key].values if key in fresh.forms else {}
        typed = {k: v for k, v in row.values.items() if v is not None and k not in _KEPT_NEW}
        forms[key] = Row(values={**start, **typed})
    tables = {key: tuple(Row(values=row.values) for row in rows) for key, rows in old.tables.items()}
    return SheetContent(key=old.key, name=name, forms=forms, tables=tables)
