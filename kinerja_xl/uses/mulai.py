"""Start a year's folder and hand out forms. Nothing that holds data is ever overwritten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from kinerja_xl.office.folder import ARSIP, FORMULIR, HASIL, KANTOR_FILE, MASUK, PADANAN_FILE, InputError, read_bytes
from kinerja_xl.office.kantor import Office, Unit, build_office
from kinerja_xl.office.prefill import NOTHING, Start, blank_unit, default_listings, new_kantor, next_kantor, office_listings
from kinerja_xl.reading.intake import ACCEPTED
from kinerja_xl.reading.workbook import ReadBook, Versions, read_workbook
from kinerja_xl.sheets.content import BookContent, Row
from kinerja_xl.sheets.model import Book, Form, Record
from kinerja_xl.uses.carried import carry_results, starts
from kinerja_xl.uses.workflow import KANTOR_VERSIONS, read_office
from kinerja_xl.writing.form import form_name, kantor_book, unit_book
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
    if old:
        yield from _carry_companions(old, folder, content)
        yield from carry_results(old, folder, tahun)
    yield from _write_all(folder, build_office(content), None, None, None)
    yield (
        f"Berikutnya: lengkapi {KANTOR_FILE} (nama kantor, pejabat, batas waktu, pagu), "
        f"lalu jalankan kinerja-xl formulir {folder} agar formulir mengikutinya."
    )


def _carry_companions(old: Path, folder: Path, content: BookContent) -> Iterator[str]:
    """Copy what stands beside Kantor.xlsx and belongs to it: the logo that it names, and the padanan of foreign layouts."""
    form = content.form("kantor")
    for name in (str((form.get("logo") if form else None) or ""), PADANAN_FILE):
        source, target = old / name, folder / name
        # A logo that stands elsewhere is no companion: its path would lead out of the folder.
        if name and Path(name).name == name and source.is_file() and not target.exists():
            data, trouble = read_bytes(source)
            yield f"Tidak disalin: {source}. {trouble.masalah}" if trouble else f"Disalin: {write_whole(target, data).path}"


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
    left, said = starts(folder, office)
    yield from (f"Perlu dicek: {f.file}. {f.masalah} {f.perbaikan}" for f in said)
    for unit in office.units:
        if only and unit.kode != only:
            continue
        target = folder / FORMULIR / form_name(office, unit)
        start = left.get(unit.kode, NOTHING)
        if target.exists() and holds_data(target, office, unit, start):
            yield f"Dibiarkan: {target} sudah berisi data."
            continue
        data = unit_book(blank_unit(office, unit, tors, start=start), office, unit, {k: v for k, v in prepared.items() if v})
        written = write_whole(target, data)
        yield f"Ditulis: {written.path}{_prefilled(start, office)}"
        if written.sentence:
            yield written.sentence


def _prefilled(start: Start, office: Office) -> str:
    """How much of last year stands in a form."""
    if not start.indicators:
        return ""
    known = sum(row.get("baseline") is not None for row in start.indicators)
    return f" ({len(start.indicators)} indikator dari tahun lalu, {known} dengan realisasi {office.tahun - 1})"


def holds_data(path: Path, office: Office, unit: Unit, start: Start = NOTHING) -> bool:
    """Whether somebody has filled anything into a unit's form beside what it ``start``ed with; one that can't be read
    counts as filled."""
    data, trouble = read_bytes(path)
    if trouble:
        return True
    book = read_workbook(data, path.name, _accepted(), office_listings(office))
    if book.content is None:
        return True
    if any(rows for sheet in book.content.sheets for key, rows in sheet.tables.items() if key != "indikator"):
        return True
    rows, reported = book.content.rows("indikator"), book.reading.reported
    if (rows or reported) and not _as_started(rows, reported, _fresh(office, unit, start)):
        return True
    for sheet in book.content.sheets:
        for block in book.content.book.sheet(sheet.key).blocks:
            row = sheet.forms.get(block.key)
            if isinstance(block, Form) and row and _typed_in(block, row.values, start):
                return True
    return False


@cache
def _accepted() -> Mapping[str, Versions]:
    """The forms with drafts read as what people typed: a TOR that holds nothing else is no blank one here."""
    return {key: {n: _without_drafts(book) for n, book in versions.items()} for key, versions in ACCEPTED.items()}


def _without_drafts(book: Book) -> Book:
    def plain(form: Form) -> Form:
        return replace(form, fields=tuple(replace(column, draft=False) for column in form.fields))

    sheets = (replace(s, blocks=tuple(plain(b) if isinstance(b, Form) else b for b in s.blocks)) for s in book.sheets)
    return replace(book, sheets=tuple(sheets))


def _fresh(office: Office, unit: Unit, start: Start) -> ReadBook:
    """The unit's form as it is handed out, read back: reading brings units and choices into one spelling."""
    data = unit_book(blank_unit(office, unit, start=start), office, unit)
    return read_workbook(data, "", ACCEPTED, office_listings(office))


def _as_started(rows: tuple[Row, ...], reported: set[tuple[str, str]], fresh: ReadBook) -> bool:
    """Whether these are the rows that the form starts with, none added, changed, moved or taken away, and no cell is odd
    that was not so from the start.

    A baseline may be blank: last year's results come when many forms are out already. No rows at all is a blank form.
    """
    first = fresh.content.rows("indikator") if fresh.content else ()
    same = len(rows) == len(first) and all(_same(a.values, b.values) for a, b in zip(rows, first, strict=True))
    return (same or not rows) and reported <= fresh.reading.reported


def _same(now: Record, first: Record) -> bool:
    return all(now.get(key) == first.get(key) or (key == "baseline" and now.get(key) is None) for key in {*now, *first})


def _typed_in(form: Form, values: Record, start: Start) -> bool:
    """Whether anything stands there beside what the form starts with; the revision 0 that it starts with says nothing."""
    drafts = {"revisi": values.get("revisi"), "kemajuan": start.progress.get(str(values.get("kode_sub") or ""))}
    own = [c.key for c in form.fields if not c.prefilled and not c.computed]
    return any(values.get(key) not in (None, drafts.get(key)) for key in own)
