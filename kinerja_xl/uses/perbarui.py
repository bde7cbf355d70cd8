"""``perbarui``: carry an older form over into today's form, and list what could not come along."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from kinerja_xl.catatan import Finding, sort_key
from kinerja_xl.office.folder import KANTOR_FILE, InputError, read_bytes
from kinerja_xl.office.kantor import Office, Unit
from kinerja_xl.office.prefill import blank_unit
from kinerja_xl.reading.intake import ACCEPTED
from kinerja_xl.reading.workbook import ReadBook, read_workbook
from kinerja_xl.sheets.content import BookContent, Row, SheetContent
from kinerja_xl.uses.year import Year, folder_around, is_year
from kinerja_xl.writing.form import unit_book
from kinerja_xl.writing.output import Written, write_whole

LOST_CODES = ("N403", "N404", "N405", "N406", "N411", "N413", "S307", "S308", "S310", "S311", "S316")
"""Catatan of reading that mean: this content has no place in the new form as it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """The new form, and what of the old one is not in it."""

    written: Written
    version: int
    rows: int
    lost: tuple[Finding, ...]


def renew(old: Path, target: Path, folder: Path | None = None) -> Renewed:
    """Write today's form with an old form's content. Raises InputError, OutputError; the old file is only read.

    ``folder`` is the year's folder whose Kantor.xlsx gives codes and officials; by default the one around the file.
    """
    if target.exists() and target.resolve() == old.resolve():
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
    content = _carried(book.content, blank_unit(year.office, unit))
    written = write_whole(target, unit_book(content, year.office, unit))
    lost = tuple(sorted((f for f in book.findings if f.code in LOST_CODES), key=sort_key))
    rows = sum(len(rows) for sheet in content.sheets for rows in sheet.tables.values())
    return Renewed(written=written, version=book.content.book.version, rows=rows, lost=lost)


def _unit(book: ReadBook, office: Office) -> Unit:
    form = book.content.form("identitas") if book.content else None
    kode = str((form.get("unit") if form else None) or (book.identity.unit if book.identity else ""))
    unit = office.unit(kode)
    if unit is None:
        known = ", ".join(u.kode for u in office.units)
        raise InputError(f'Kode unit "{kode}" pada {book.file} tidak ada di {KANTOR_FILE} (yang ada: {known}).')
    return unit


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
    keep_new = {"kantor", "unit", "nama_unit", "tahun"}
    for key, row in old.forms.items():
        start = fresh.forms[key].values if key in fresh.forms else {}
        typed = {k: v for k, v in row.values.items() if v is not None and k not in keep_new}
        forms[key] = Row(values={**start, **typed})
    tables = {key: tuple(Row(values=row.values) for row in rows) for key, rows in old.tables.items()}
    return SheetContent(key=old.key, name=name, forms=forms, tables=tables)
