"""``formulir``: hand out the units' forms, filled in with what last year left. Nothing that holds data is ever overwritten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from kinerja_xl.catatan import Finding, Severity
from kinerja_xl.formula.references import read_reference
from kinerja_xl.lists import Level, level
from kinerja_xl.office.carried import RAB_KEYS, rab_start, tor_starts
from kinerja_xl.office.folder import ARSIP, FORMULIR, HASIL, MASUK, listed, read_listed, there
from kinerja_xl.office.kantor import Office, Unit
from kinerja_xl.office.prefill import NOTHING, Start, blank_unit, office_listings
from kinerja_xl.reading.cells import read_cells
from kinerja_xl.reading.gate import inspect
from kinerja_xl.reading.intake import ACCEPTED
from kinerja_xl.reading.own_book import RecapBack, YearValue, read_capaian, read_recap
from kinerja_xl.reading.parse_cells import shown
from kinerja_xl.reading.unseen import bounded
from kinerja_xl.reading.workbook import ReadBook, Versions, read_workbook
from kinerja_xl.reckoning.plan import Plan, indicator_record
from kinerja_xl.reckoning.year import Lack
from kinerja_xl.sheets.choices import EDITABLE, Listings
from kinerja_xl.sheets.content import TABLE_PREFIX, Row, SheetContent
from kinerja_xl.sheets.formats import format_number, plain, round_half_up
from kinerja_xl.sheets.indikator import INDIKATOR_TABLE
from kinerja_xl.sheets.model import Book, Column, Form, Record
from kinerja_xl.sheets.tor import JADWAL_TABLE
from kinerja_xl.sheets.values import parse_text
from kinerja_xl.uses.arsip import locked_plans, usulan_before
from kinerja_xl.uses.perbarui import says_the_same
from kinerja_xl.uses.year import Year
from kinerja_xl.words.text import fold
from kinerja_xl.words.units import COMMON
from kinerja_xl.writing.form import form_name, unit_book
from kinerja_xl.writing.output import FileSet, make_folder
from kinerja_xl.writing.turn import turn

_GROWING = ("rab", "indikator")
"""Tables that ``formulir --baris N`` prepares more rows for."""


def write_forms(folder: Path, unit: str | None, tors: int | None, rows: int | None) -> Iterator[str]:
    """The units' blank forms again, from what Kantor.xlsx says now. Raises InputError, OutputError."""
    with turn(folder, "formulir"):
        yield from _write_forms(Year(folder), unit, tors, rows)


def _write_forms(year: Year, unit: str | None, tors: int | None, rows: int | None) -> Iterator[str]:
    folder = year.folder
    if unit:
        year.unit(unit)
    for name in (FORMULIR, MASUK, HASIL, ARSIP):
        make_folder(folder / name)
    for finding in year.kantor.findings:
        if finding.severity is Severity.WAJIB:
            yield _sentence_of(finding)
    yield from write_all(folder, year.office, unit, tors, rows)


def write_all(
    folder: Path, office: Office, only: str | None = None, tors: int | None = None, rows: int | None = None
) -> Iterator[str]:
    """The forms of every unit, or of ``only`` one; one Indonesian sentence each. What holds data is left."""
    prepared = dict.fromkeys(_GROWING, rows) if rows else {}
    left, said = starts(folder, office)
    yield from (f"{Severity.CEK.label}: {f.file}. {f.masalah} {f.perbaikan}" for f in said)
    wanted = [unit for unit in office.units if only in (None, unit.kode)]
    places = {unit.kode: folder / FORMULIR / form_name(office, unit) for unit in wanted}
    present = [unit for unit in wanted if there(places[unit.kode])]
    kept = [unit.kode for unit in present if holds_data(places[unit.kode], office, unit, left.get(unit.kode, NOTHING))]
    yield from (_sentence_of(f) for unit in wanted if unit.kode in kept for f in stale(places[unit.kode], office, unit))
    forms = FileSet()
    for unit in wanted:
        target, start = places[unit.kode], left.get(unit.kode, NOTHING)
        if unit.kode in kept:
            yield f"Dibiarkan: {target} sudah berisi data."
            continue
        data = unit_book(blank_unit(office, unit, tors, start=start), office, unit, {k: v for k, v in prepared.items() if v})
        if written := forms.put(target, data):
            yield f"Ditulis: {written.path}{_prefilled(start, office)}"
            if written.sentence:
                yield written.sentence
    forms.end()
    if not only:
        yield from _left_behind(folder, office)


def _left_behind(folder: Path, office: Office) -> Iterator[str]:
    """Forms of units that Kantor.xlsx no longer has: they may hold what staff wrote, so that only people throw them away."""
    named = {form_name(office, unit) for unit in office.units}
    for path in (path for path in listed(folder / FORMULIR) if path.suffix.lower() == ".xlsx" and path.name not in named):
        data, _ = read_listed(path)
        content = read_workbook(data, path.name, ACCEPTED, office_listings(office)).content
        form = content.form("identitas") if content else None
        if form and (kode := form.text("unit")) and not office.unit(kode):
            words = f"milik unit {kode}, yang tidak ada lagi pada lembar Unit di Kantor.xlsx"
            yield f"Tersisa: {path} {words}; tidak dihapus, sebab mungkin sudah berisi. Hapus bila tidak diperlukan."


def _sentence_of(finding: Finding) -> str:
    place = " ".join(part for part in (finding.file, finding.sheet, finding.cell) if part)
    return f"{finding.severity.label}: {place}. {finding.masalah} {finding.perbaikan}"


def stale(path: Path, office: Office, unit: Unit) -> list[Finding]:
    """What a filled form still says of an older Kantor.xlsx, or that it is of an older version (T212)."""
    data, trouble = read_listed(path)
    book = read_workbook(data, path.name, ACCEPTED, office_listings(office))
    if trouble or book.content is None:
        return []
    fresh, content = blank_unit(office, unit), book.content
    found = []
    if content.book.version != fresh.book.version:
        found.append(_aged(Row(values={}), None, content.book.version, fresh.book.version))
    for key in ("identitas", "pk"):
        now, then = fresh.form(key), content.form(key)
        for column in content.book.block(key).columns if now and then else ():
            assert now and then
            old, new = then.get(column.key), now.get(column.key)
            if column.prefilled and new is not None and old is not None and not says_the_same(old, new):
                found.append(_aged(then, column, old, new))
    found += _other_lists(data, path.name, office_listings(office, unit))
    return [f.at(file=path.name, unit=unit.kode) for f in found]


def _other_lists(data: bytes, file: str, now: Listings) -> Iterator[Finding]:
    """T212 for each list of the form that Kantor.xlsx gives otherwise today: its drop-downs and prices are those of then."""
    passed = inspect(data, file)
    if isinstance(passed, Finding):
        return
    sheets = {sheet.name: sheet for sheet in read_cells(passed)}
    for name, listing in now.by_name.items():
        there = read_reference(passed.package.defined_names.get(TABLE_PREFIX + name, ""))
        if there is None or there.sheet not in sheets or there.last is None:
            continue  # of a form that was written before there was such a list
        (top, left), (bottom, right) = ((corner.row, corner.col) for corner in (there.first, there.last))
        rows = [row[left - 1 : right] for row in sheets[there.sheet].rows[top - 1 : bottom]]
        old = {_listed(row) for row in rows if any(value is not None for value in row)}
        new = {_listed(row) for row in listing.rows}
        if old != new:
            column = f"Daftar {listing.title}"
            rincian = f"{len(new)} isi ({_told(new - old, 'yang lain')}; {_told(old - new, 'tidak lagi')})"
            yield Finding(code="T212", sheet=there.sheet, column=column, value=f"{len(old)} isi", args={"rincian": rincian})


def _listed(row: Iterable[object]) -> tuple[str, ...]:
    """An entry of a list as text, whichever way its numbers are kept; blanks at the end do not count."""
    texts = [format_number(Decimal(str(v))) if isinstance(v, int | float) else str(v or "") for v in row]
    return tuple(texts[: max((n for n, text in enumerate(texts, start=1) if text), default=0)])


_LISTED = 3
"""Entries of a list that one catatan names."""


def _told(entries: Iterable[tuple[str, ...]], word: str) -> str:
    names = list(dict.fromkeys(entry[0] for entry in sorted(entries)))
    return f"{word}: {bounded(names, _LISTED) if names else 'tidak ada'}"


def _aged(row: Row, column: Column | None, old: object, new: object) -> Finding:
    """T212 at a field, or about the whole form where it is the version."""
    place, label = (row.cell(column.key), column.label.strip()) if column else ("", "Versi")
    return Finding(code="T212", sheet=row.sheet, cell=place, column=label, value=shown(old), args={"rincian": shown(new)})


def _prefilled(start: Start, office: Office) -> str:
    """How much of last year stands in a form."""
    if not (start.indicators or start.tors or start.rab):
        return ""
    known = sum(row.get("baseline") is not None for row in start.indicators)
    before = office.tahun - 1
    more = f"; {len(start.tors)} TOR dan {len(start.rab)} baris RAB {before} sebagai awal" if start.tors or start.rab else ""
    return f" ({len(start.indicators)} indikator dari tahun lalu, {known} dengan realisasi {before}{more})"


def holds_data(path: Path, office: Office, unit: Unit, start: Start = NOTHING) -> bool:
    """Whether somebody has filled anything into a unit's form beside what it ``start``ed with; one that can't be read
    counts as filled."""
    data, trouble = read_listed(path)
    if trouble:
        return True
    book = read_workbook(data, path.name, _accepted(), office_listings(office))
    if book.content is None:
        return True
    if any(rows and not _carried(key, rows, sheet, start) for sheet in book.content.sheets for key, rows in sheet.tables.items()):
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


def _carried(key: str, rows: tuple[Row, ...], sheet: SheetContent, start: Start) -> bool:
    """Whether these rows are last year's that the form started with, of some of its sub kegiatan; those of indicators are
    compared for themselves."""
    if key == "indikator":
        return True
    if key == "rab":
        subs = {row.get("kode_sub") for row in rows}
        left, keys = tuple(row for row in start.rab if row.get("kode_sub") in subs), (*RAB_KEYS, "keterangan")
    else:
        tor = sheet.forms.get("tor")
        before = start.tors.get(tor.text("kode_sub")) if tor else None
        left, keys = before.tables.get(key, ()) if before else (), tuple(c.key for c in JADWAL_TABLE.columns)
    return [[row.get(k) for k in keys] for row in rows] == [[row.get(k) for k in keys] for row in left]


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
    return read_workbook(data, "", _accepted(), office_listings(office))


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
    kode_sub = str(values.get("kode_sub") or "")
    left = start.tors[kode_sub].forms["tor"].values if form.key == "tor" and kode_sub in start.tors else {}
    drafts = {**left, "revisi": values.get("revisi"), "kemajuan": start.progress.get(kode_sub)}
    own = [c.key for c in form.fields if not c.prefilled and not c.computed]
    return any(values.get(key) not in (None, drafts.get(key)) for key in own)


# ---- What last year left in arsip/ for this year's forms: its indicators, and what they reached. Facts only, no targets ----
# Of the year before, each of which may be missing: the plan that was in force, Capaian (realisasi at year end), and Rekap
# (definitions and data sources, which a plan does not keep; the indicators themselves where no plan was locked).

_OF_ITS_YEAR = ("Target", "Rentang", "SMART")
"""Groups of the Indikator sheet that are thought over anew each year: SMART judges a target, bounds are one."""

CARRIED = tuple(c.key for c in INDIKATOR_TABLE.columns if c.group not in _OF_ITS_YEAR and c.key != "keterangan")
"""Columns of an indicator that stay the same from year to year; its baseline comes from the capaian."""

PERCENT_PLACES, PLACES = 2, 4
"""Decimals of a baseline, half-up: a percentage is judged with two, a volume is kept with four."""


def starts(folder: Path, office: Office) -> tuple[Mapping[str, Start], tuple[Finding, ...]]:
    """What each unit's form starts with, by unit, and what is to be said about files that can't be read.

    Empty without last year's files in arsip/.
    """
    before = office.tahun - 1
    plans, said = locked_plans(folder, before)
    recap, recap_said = _recap(folder / ARSIP / f"Rekap-{before}.xlsx")
    values, values_said = _values(folder / ARSIP / f"Capaian-{before}.xlsx", before)
    skala = office.lists.get("skala", EDITABLE["skala"])
    rows: dict[str, list[Row]] = {}
    for record in _indicators(plans[-1].plan if plans else None, recap):
        own = {key: record.get(key) for key in CARRIED}
        row = Row(values={**own, "baseline": _baseline(record, values, skala)})
        rows.setdefault(str(record.get("unit") or ""), []).append(row)
    drafts = _progress(values.values(), before)
    usulan, usulan_said = usulan_before(folder, office)
    found = {
        unit.kode: Start(
            indicators=tuple(rows.get(unit.kode, ())), progress=drafts.get(unit.kode, {}),
            rab=rab_start(usulan[unit.kode], before) if unit.kode in usulan else (),
            tors=tor_starts(usulan[unit.kode]) if unit.kode in usulan else {},
        )
        for unit in office.units
    }  # fmt: skip
    return found, (*said, *recap_said, *values_said, *usulan_said)


def _recap(path: Path) -> tuple[RecapBack | None, tuple[Finding, ...]]:
    """Last year's recap; None where there is none, or where a column is gone. What a readable one says of its rows was last
    year's business."""
    if not there(path):
        return None, ()
    data, trouble = read_listed(path)
    found = trouble or read_recap(data, path.name)
    if isinstance(found, Finding):
        return None, (found,)
    return (None if found.broken else found), found.lost


_Key = tuple[str, str, str]


def _key(unit: object, kode: object, nama: object) -> _Key:
    return str(unit or ""), str(kode or ""), fold(str(nama or ""))


def _values(path: Path, tahun: int) -> tuple[Mapping[_Key, YearValue], tuple[Finding, ...]]:
    """Last year's figures by indicator; a file of another year under that name says nothing."""
    if not there(path):
        return {}, ()
    data, trouble = read_listed(path)
    found = trouble or read_capaian(data, path.name)
    if isinstance(found, Finding):
        return {}, (found,)
    return {_key(v.unit, v.kode, v.nama): v for v in found if v.tahun == tahun}, ()


def _indicators(plan: Plan | None, recap: RecapBack | None) -> list[Record]:
    """The plan's indicators with what the recap knows beside them; the recap's counted ones without a plan."""
    lines = recap.indicators if recap else ()
    if plan is None:
        return [{**line.row.values, "unit": line.unit, "kode": line.kode_sub} for line in lines if line.counted]
    known = {(x.unit, x.kode_sub, fold(str(x.row.get("level"))), fold(str(x.row.get("nama")))): x for x in lines}
    records: list[Record] = []
    for one in plan.indicators:
        line = known.get(one.identity)
        planned = {key: value for key, value in indicator_record(one).items() if value is not None}
        records.append({**(line.row.values if line else {}), **planned})
    return records


def _baseline(record: Record, values: Mapping[_Key, YearValue], skala: Iterable[str]) -> Decimal | str | None:
    """What the indicator reached; None where nobody knows or where a non-value stands."""
    value = values.get(_key(record.get("unit"), record.get("kode"), record.get("nama")))
    realised = value.realised if value else None
    if isinstance(realised, Decimal):
        return plain(round_half_up(realised, PERCENT_PLACES if record.get("tipe") == "Persentase" else PLACES))
    return next((word for word in skala if realised is not None and fold(word) == fold(realised)), None)


def _progress(values: Iterable[YearValue], tahun: int) -> dict[str, dict[str, str]]:
    """The draft for I.f of a TOR by unit and sub kegiatan: one sentence of facts about its indicators, what hindered them and
    what was to be done (V.A.3)."""
    facts: dict[str, dict[str, list[str]]] = {}
    for value in values:
        if level(value.kode) is Level.SUBKEGIATAN and (fact := _fact(value)):
            facts.setdefault(value.unit, {}).setdefault(value.kode, []).append(fact)
    return {unit: {kode: _sentence(tahun, own) for kode, own in by_sub.items()} for unit, by_sub in facts.items()}


def _sentence(tahun: int, facts: list[str]) -> str:
    """As a form gives it back: compared with what stands there, it must be the same text."""
    return str(parse_text(f"Realisasi {tahun}: {'; '.join(facts)}.").value)


def _fact(value: YearValue) -> str:
    """``Jumlah Laporan 9 Laporan dari target 12 (capaian 75,00 %)``; "" without a realisasi."""
    if value.realised is None or value.realised in {str(lack) for lack in Lack}:
        return ""
    number = isinstance(value.realised, Decimal)
    places = PERCENT_PLACES if COMMON.same(value.satuan, "%") else PLACES
    reached = f"{value.nama} {_shown(value.realised, places)}" + (f" {value.satuan}" if number and value.satuan else "")
    target = "" if value.target is None else f" dari target {_shown(value.target, places)}"
    percent = "" if value.percent is None else f" (capaian {format_number(value.percent, 2)} %)"
    said = (("kendala", value.kendala), ("tindak lanjut", value.tindak_lanjut))
    words = "".join(f"; {label}: {' '.join(text.split()).rstrip('.')}" for label, text in said if text)
    return reached + target + percent + words


def _shown(value: Decimal | str, places: int) -> str:
    return format_number(plain(round_half_up(value, places))) if isinstance(value, Decimal) else value
