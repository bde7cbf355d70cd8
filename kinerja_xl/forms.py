"""Start a year's folder and hand out forms. Nothing that holds data is ever overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kinerja_xl.folder import ARSIP, FORMULIR, HASIL, KANTOR_FILE, MASUK, InputError, read_bytes
from kinerja_xl.listings import default_listings, office_listings
from kinerja_xl.office import Office
from kinerja_xl.office_build import build_office
from kinerja_xl.prefill import blank_unit, new_kantor, next_kantor
from kinerja_xl.reading.intake import ACCEPTED
from kinerja_xl.reading.workbook import read_workbook
from kinerja_xl.sheets.content import BookContent
from kinerja_xl.sheets.model import Form, Record
from kinerja_xl.workbooks import form_name, kantor_book, unit_book
from kinerja_xl.workflow import KANTOR_VERSIONS, read_office
from kinerja_xl.writing.output import write_whole

_GROWING = ("rab", "indikator")
"""Tables that ``formulir --baris N`` prepares more rows for."""


def start_year(folder: Path, tahun: int, old: Path | None = None) -> Iterator[str]:
    """Make a year's folder; yields what was done, one Indonesian sentence each. Raises InputError, OutputError."""
    target = folder / KANTOR_FILE
    if target.exists():
        raise InputError(f"{target} sudah ada dan tidak ditimpa. Pakailah folder lain, atau perintah formulir.")
    content = next_kantor(_old_kantor(old), tahun) if old else new_kantor(tahun)
    _make_folders(folder)
    write_whole(target, kantor_book(content))
    yield f"Ditulis: {target}"
    yield from _write_all(folder, build_office(content), None, None, None)
    yield (
        f"Berikutnya: lengkapi {KANTOR_FILE} (nama kantor, pejabat, batas waktu, pagu), "
        f"lalu jalankan kinerja-xl formulir {folder} agar formulir mengikutinya."
    )


def _make_folders(folder: Path) -> None:
    try:
        for name in (FORMULIR, MASUK, HASIL, ARSIP):
            (folder / name).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"Folder {folder} tidak dapat dibuat: {error.strerror}.") from error


def _old_kantor(old: Path) -> BookContent:
    data, trouble = read_bytes(old / KANTOR_FILE)
    book = read_workbook(data, KANTOR_FILE, {"kantor": KANTOR_VERSIONS}, default_listings())
    if trouble or book.content is None:
        raise InputError(f"{old / KANTOR_FILE} tidak dapat dibaca.", (trouble,) if trouble else tuple(book.findings))
    return book.content


def write_forms(folder: Path, unit: str | None, tors: int | None, rows: int | None) -> Iterator[str]:
    """The units' blank forms again, from what Kantor.xlsx says now. Raises InputError, OutputError."""
    kantor = read_office(folder / KANTOR_FILE)
    if kantor.office is None:
        raise InputError(f"{KANTOR_FILE} belum dapat dipakai; perbaiki dahulu catatan di bawah ini.", kantor.findings)
    if unit and kantor.office.unit(unit) is None:
        known = ", ".join(u.kode for u in kantor.office.units)
        raise InputError(f"Unit {unit} tidak ada pada lembar Unit di {KANTOR_FILE} (yang ada: {known}).")
    _make_folders(folder)
    yield from _write_all(folder, kantor.office, unit, tors, rows)


def _write_all(folder: Path, office: Office, only: str | None, tors: int | None, rows: int | None) -> Iterator[str]:
    prepared = dict.fromkeys(_GROWING, rows) if rows else {}
    for unit in office.units:
        if only and unit.kode != only:
            continue
        target = folder / FORMULIR / form_name(office, unit)
        if target.exists() and holds_data(target, office):
            yield f"Dibiarkan: {target} sudah berisi data."
            continue
        data = unit_book(blank_unit(office, unit, tors), office, unit, {k: v for k, v in prepared.items() if v})
        written = write_whole(target, data)
        yield f"Ditulis: {written.path}"
        if written.sentence:
            yield written.sentence


def holds_data(path: Path, office: Office) -> bool:
    """Whether somebody has filled anything into a form; a file that can't be read counts as filled."""
    data, trouble = read_bytes(path)
    if trouble:
        return True
    book = read_workbook(data, path.name, ACCEPTED, office_listings(office))
    if book.content is None:
        return True
    for sheet in book.content.sheets:
        if any(sheet.tables.values()):
            return True
        for block in book.content.book.sheet(sheet.key).blocks:
            row = sheet.forms.get(block.key)
            if isinstance(block, Form) and row and _typed_in(block, row.values):
                return True
    return False


def _typed_in(form: Form, values: Record) -> bool:
    """Whether anything stands there beside what the form starts with; the revision 0 that it starts with says nothing."""
    own = [c.key for c in form.fields if not c.prefilled and not c.computed and c.key != "revisi"]
    return any(values.get(key) is not None for key in own)
