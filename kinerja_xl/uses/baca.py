"""The use cases around foreign workbooks: read files for staff, write what was read, fill a unit's form with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from kinerja_xl import catatan
from kinerja_xl.adopt.codes import Codes, codes_of
from kinerja_xl.adopt.prices import Prices, prices_of
from kinerja_xl.adopt.usulan import indikator_row
from kinerja_xl.catatan import Finding, Severity
from kinerja_xl.foreign.model import HARGA, INDIKATOR, MONEY, NONE, RAB, ForeignBook, Line, Question, Table, ranges
from kinerja_xl.foreign.padanan import Padanan
from kinerja_xl.foreign.read import read_foreign
from kinerja_xl.formula.references import column_letters
from kinerja_xl.lists import jenis_belanja
from kinerja_xl.office.folder import FORMULIR, HASIL, KANTOR_FILE, InputError, read_bytes, there
from kinerja_xl.office.kantor import Office, Unit, build_office
from kinerja_xl.office.prefill import NOTHING, blank_unit
from kinerja_xl.sheets.choices import CHOICES, JENIS_BELANJA
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.rab import jumlah_value
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.sheets.values import fold, format_rupiah, round_half_up
from kinerja_xl.uses.formulir import holds_data, starts
from kinerja_xl.uses.padanan import extend, load_answers, usual_padanan
from kinerja_xl.uses.perbarui import LOST_CODES
from kinerja_xl.uses.year import Year, kantor_content
from kinerja_xl.writing.form import form_name, kantor_book, unit_book
from kinerja_xl.writing.output import Written, put, write_whole
from kinerja_xl.writing.shown.baca import write_result
from kinerja_xl.writing.turn import turn

# ---- A read book as JSON: one object per table (or per refused file), with our catatan beside it ----

NAMES: Mapping[str, tuple[str, ...]] = {
    "nomor": ("no",), "kode": ("kode", "kode_rekening"), "harga": ("harga_satuan",), "periode": ("triwulan",),
}  # fmt: skip
"""Roles of columns → their names in the answer."""


def as_json(book: ForeignBook) -> list[dict[str, object]]:
    """The list of objects: file, sheet, kind, n_leaf, sums, columns, refused, message, warnings, catatan; of a table also
    ``unknown`` (how many lines each sum does not know), ``lines`` (each with row, code, name, level, volume, satuan, price,
    amount, amounts) and ``left_out`` (row, reason, text, amount), so that anybody can hold every row against the file. Numbers
    are exact decimal texts, unknown ones null."""
    if book.refused is not None:
        return [_object(book.file, None, refused=True, findings=[book.refused])]
    objects = [_table(table) for table in book.tables]
    if book.findings or not objects:
        objects.append(_object(book.file, None, findings=list(book.findings)))
    return objects


def _object(
    file: str, sheet: str | None, *, refused: bool = False, findings: list[Finding], questions: tuple[Question, ...] = ()
) -> dict[str, object]:
    serious = [f for f in findings if f.severity is not Severity.INFO]
    return {
        "file": file, "sheet": sheet, "kind": NONE, "n_leaf": 0, "sums": {}, "columns": {}, "refused": refused,
        "message": " ".join(dict.fromkeys([f.masalah for f in serious] + [q.text for q in questions])),
        "warnings": [f.masalah for f in serious],
        "pertanyaan": [_question(q) for q in questions],
        "catatan": [f.as_dict() for f in findings],
    }  # fmt: skip


def _question(question: Question) -> dict[str, object]:
    options = [{"nilai": o.value, "arti": o.label, "bukti": o.evidence} for o in question.options]
    return {"kunci": question.key, "teks": question.text, "sel": question.cell, "pilihan": options}


def _table(table: Table) -> dict[str, object]:
    made = _object(table.file, table.sheet, findings=list(table.findings), questions=table.questions)
    if table.kind == NONE:
        return made
    return made | {
        "kind": table.kind,
        "n_leaf": len(table.lines),
        "sums": {name: _sum(table, name) for name in table.sums},
        "unknown": {name: n for name, cols in table.amount_columns.items() if (n := table.unknown(cols))},
        "columns": _columns(table),
        "rows": {"first": table.first_row, "last": table.last_row, "lines": [line.row for line in table.lines]},
        "lines": [_line(table, line) for line in table.lines],
        "left_out": [
            {"row": row.row, "reason": row.reason, "text": row.text, "amount": _known(row.amount)} for row in table.left_out
        ],
    }


def _line(table: Table, line: Line) -> dict[str, object]:
    """``level``: how many groups it stands in; ``amount``: its first figure; ``amounts``: all, by the names of the sums; targets
    and results of several years, months or places by their columns. The price of a list with several is the first of them."""
    amounts = {name: _of_line(table, line, name) for name in table.amount_columns}
    first = next((None if isinstance(value, dict) else value for value in amounts.values()), None)
    return {
        "row": line.row, "code": line.kode, "name": line.uraian, "level": len(line.groups), "volume": _known(line.volume),
        "satuan": line.satuan, "price": first if table.kind == HARGA and line.harga is None else _known(line.harga),
        "amount": first, "amounts": amounts,
    }  # fmt: skip


def _of_line(table: Table, line: Line, name: str) -> str | None | dict[str, str | None]:
    """A line's figure; of parts of which one is not known, nor is the whole."""
    cols, parts = table.amount_columns[name], table.sums[name]
    months = name in MONEY and len(cols) != len(table.amount_columns.get("target", ()))  # of one budget
    if table.kind == INDIKATOR and not (months or isinstance(parts, Decimal)):
        return {label: _known(line.values.get(col)) for label, col in zip(parts, cols, strict=True)}
    found = [line.values[col] for col in cols if col in line.values]
    if not found or (table.kind != HARGA and not {*cols}.isdisjoint(line.unknown)):
        return None
    return _known(found[0] if table.kind == HARGA else sum(found, Decimal(0)))


def _known(value: Decimal | None) -> str | None:
    """An exact decimal text without exponent."""
    return None if value is None else f"{value:f}"


def _sum(table: Table, name: str) -> object:
    """``null`` where no line of it is known, not 0; how many are not stands under ``unknown``."""
    told = {label: _known(None if unknown and not part else part) for label, part, unknown in table.parts(name)}
    return told[""] if isinstance(table.sums[name], Decimal) else told


def _columns(table: Table) -> dict[str, object]:
    """Names of columns → letters: what the lines were read from first, then the first column of every other meaning."""
    found: dict[str, object] = {}
    for role, col in table.places.items():
        for name in NAMES.get(role, (role,)):
            found[name] = column_letters(col + 1)
    if table.kind == INDIKATOR and "uraian" in found:
        found["indikator"] = found["uraian"]
    for name, cols in table.amount_columns.items():
        letters = [column_letters(col + 1) for col in cols]
        found[name] = letters[0] if len(letters) == 1 else letters
    for column in table.columns:
        if column.role:
            for name in NAMES.get(column.role, (column.role,)):
                found.setdefault(f"{name}_{column.period}" if column.period.startswith("tw") else name, column.letter)
    return found


def baca(
    paths: Iterable[Path], *, sebagai: str | None = None, lembar: str | None = None, padanan: Path | None = None
) -> list[ForeignBook]:
    """Read foreign files. ``padanan``: a Padanan.xlsx whose answers are used. Raises InputError for a missing file or sheet."""
    answers = load_answers(padanan)
    books = []
    for path in paths:
        data, trouble = read_bytes(path)
        if trouble is not None:
            books.append(ForeignBook(file=path.name, refused=trouble))
            continue
        book = read_foreign(data, path.name, sebagai=sebagai, lembar=lembar, padanan=answers)
        if lembar is not None and book.refused is None and not book.tables and lembar not in book.sheets:
            raise InputError(f"Lembar {lembar} tidak ada di {path.name}; yang ada: {', '.join(book.sheets)}.")
        books.append(book)
    return [replace(books[0], findings=(*answers.findings, *books[0].findings)), *books[1:]] if books else []


def json_of(books: Sequence[ForeignBook]) -> list[dict[str, object]]:
    """All tables of all books, as the verb prints them."""
    return [item for book in books for item in as_json(book)]


def needs_work(books: Sequence[ForeignBook]) -> bool:
    """Whether somebody has to look: a refused file, an open question, a catatan above information, or no table at all."""
    return any(
        book.refused is not None or not book.imported or book.all_questions() or catatan.needs_work(book.all_findings())
        for book in books
    )


Answerer = Callable[[Table, Question], str | None]
ROUNDS = 3
"""An answer (this is a RAB) may bring a question of its own (which column); more than this nobody is asked."""


class NoMoreAnswers(Exception):
    """Whoever answers has gone: what was answered counts, the rest stays open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """After asking: the books read with the answers, how many answers there are, and where they are kept (None: nowhere)."""

    books: list[ForeignBook]
    given: int
    kept: Written | None


def ask(
    books: Sequence[ForeignBook],
    paths: Sequence[Path],
    place: Path | None,
    answer: Answerer,
    *,
    sebagai: str | None,
    lembar: str | None,
) -> Asked:
    """Ask the open questions of the tables, one of a layout once; with answers the files are read again, and the answers
    are kept at ``place``. Nothing is asked while the Padanan.xlsx there can't be read: it is never replaced."""
    kept, now, seen = load_answers(place), list(books), set[tuple[str, str]]()
    given: list[Given] = []
    if not kept.whole:
        return Asked(books=now, given=0, kept=None)  # said already
    for _ in range(ROUNDS):
        answers, more = _round(now, seen, answer)
        if not answers:
            break
        given += answers
        kept = _with_given(kept, answers)
        now = [
            book if book.refused is not None
            else read_foreign(read_bytes(path)[0], path.name, sebagai=sebagai, lembar=lembar, padanan=kept)
            for book, path in zip(now, paths, strict=True)
        ]  # fmt: skip
        if not more:
            break
    written = extend(place, lambda now_there: _with_given(now_there, given)) if given and place is not None else None
    return Asked(books=now, given=len(given), kept=written)


Given = tuple[Table, str, str]
"""A table, the key of one of its questions, and the answer."""


def _with_given(kept: Padanan, given: Sequence[Given]) -> Padanan:
    for table, key, value in given:
        kept = kept.with_answers(table, {key: value})
    return kept


def _round(books: Sequence[ForeignBook], seen: set[tuple[str, str]], answer: Answerer) -> tuple[list[Given], bool]:
    """Ask what was not asked yet: the answers that came, and whether anybody is still there."""
    given: list[Given] = []
    for table in (table for book in books for table in book.imported):
        for question in table.questions:
            if (table.fingerprint, question.key) in seen:
                continue
            seen.add((table.fingerprint, question.key))
            try:
                value = answer(table, question)
            except NoMoreAnswers:
                return given, False
            if value is not None:
                given.append((table, question.key, value))
    return given, True


def write(books: Sequence[ForeignBook], target: Path) -> Written:
    """The result workbook. Raises OutputError."""
    return write_whole(target, write_result(books))


def fill_form(books: Sequence[ForeignBook], unit: str, target: Path | None, paths: Sequence[Path]) -> Written:
    """A unit's form with the RAB and indicator lines that were read, ready to be completed. Raises InputError, OutputError.

    ``target`` None: the unit's form in formulir/. Nothing is invented: what a line does not say stays empty, and every row
    names the file and row it came from. A form that holds data is never overwritten.
    """
    place = usual_padanan(paths)
    if place is None:
        raise InputError(f"{KANTOR_FILE} tidak ditemukan; jalankan di folder tahun, atau taruh berkasnya di sana.")
    year = Year(place.parent)
    office, chosen = year.office, year.unit(unit)
    target = target or year.folder / FORMULIR / form_name(office, chosen)
    with turn(year.folder, "baca --isi-formulir"):
        return _fill_form(books, year, chosen, target)


def _fill_form(books: Sequence[ForeignBook], year: Year, chosen: Unit, target: Path) -> Written:
    office, unit = year.office, chosen.kode
    start = replace(starts(year.folder, office)[0].get(unit, NOTHING), rab=(), tors={})  # the RAB is the one that was read
    if there(target) and holds_data(target, office, chosen, start):
        raise InputError(f"{target} sudah berisi data dan tidak ditimpa; sebutkan nama lain dengan -o.")
    rows: dict[str, list[Row]] = {"rab": [], "indikator": []}
    for table in (table for book in books for table in book.imported):
        if table.kind in (RAB, INDIKATOR):
            rows[table.kind] += _rows(table, office)
    if not any(rows.values()):
        raise InputError("Tidak ada baris RAB atau indikator yang terbaca; formulir tidak ditulis.")
    blank = blank_unit(office, chosen, start=start)
    sheets = [
        replace(sheet, tables={**sheet.tables, sheet.key: tuple(rows[sheet.key])}) if rows.get(sheet.key) else sheet
        for sheet in blank.sheets
    ]
    return put(target, unit_book(replace(blank, sheets=tuple(sheets)), office, chosen))


def _rows(table: Table, office: Office | None) -> list[Row]:
    """The rows of a form from a table. ``office``: its own sub kegiatan and its own jenis belanja of accounts count."""
    codes, jenis = codes_of(table, office), office.account_jenis if office else {}
    if table.kind == RAB:
        return [_rab_row(table, line, codes[line.row], jenis) for line in table.lines]
    return [_indikator_row(table, line, codes[line.row]) for line in table.lines]


def _origin(table: Table, line: Line) -> str:
    return f"Asal: {table.file}, lembar {table.sheet}, baris {line.row}"


def _rab_row(table: Table, line: Line, codes: Codes, own: Mapping[str, str]) -> Row:
    """The form reckons volume × price itself; where that is not the amount of the file, the note names the amount."""
    values: dict[str, object] = {
        "kode_sub": codes.sub, "kode_rekening": codes.account, "uraian": line.uraian or None,
        "spesifikasi": line.spesifikasi or None, "koef_1": line.volume, "sat_1": line.satuan or None,
        "satuan": line.satuan or None, "harga_satuan": line.harga,
    }  # fmt: skip
    if codes.account:  # the account says it: its own row in Kantor.xlsx first, then its class
        values["jenis_belanja"] = own.get(codes.account) or JENIS_BELANJA.get(jenis_belanja(codes.account) or "")
    amount = _amount(line)
    same = jumlah_value(values) == round_half_up(amount, 0)
    note = _origin(table, line) + ("" if same else f"; jumlah di sana {format_rupiah(amount)}")
    return Row(values={**values, "keterangan": note})


def _amount(line: Line) -> Decimal:
    return sum(line.values.values(), Decimal(0))


def not_filled(books: Sequence[ForeignBook]) -> list[str]:
    """What a form filled from these books lacks or reckons otherwise, in sentences for staff."""
    said = []
    for table in (table for book in books for table in book.imported):
        place = f"{table.file}, lembar {table.sheet}"
        if table.kind not in (RAB, INDIKATOR):
            kind = table.kind.replace("_", " ")
            said.append(f"{place}: {len(table.lines)} baris {kind} tidak dimasukkan; formulir hanya memuat RAB dan indikator.")
            continue
        codes = codes_of(table)
        gaps = _gaps(table, codes)
        said += [f"{place}: {what} pada baris {ranges(line.row for line in lines)}." for what, lines in gaps if lines]
        filled = {key for row in _rows(table, None) for key, value in row.values.items() if value is not None}
        empty = [c.label for c in USULAN.table(table.kind).columns if c.required and not c.computed and c.key not in filled]
        if empty:
            said.append(f"{place}: masih harus diisi di formulir: {', '.join(empty)}.")
    return said


def _gaps(table: Table, codes: Mapping[int, Codes]) -> list[tuple[str, list[Line]]]:
    """What lines of a table do not say, and those lines."""
    if table.kind == INDIKATOR:
        bare = [line for line in table.lines if indikator_row(table, line, codes[line.row]).get("target") is None]
        return [("target setahun tidak terbaca, dikosongkan", bare)]
    open_ = [line for line in table.lines if line.volume is None or line.harga is None]
    other = [
        line for line in table.lines
        if line.volume is not None and line.harga is not None
        and jumlah_value({"koef_1": line.volume, "harga_satuan": line.harga}) != round_half_up(_amount(line), 0)
    ]  # fmt: skip
    return [
        ("volume atau harga tidak ada; jumlahnya hanya ditulis di Keterangan,", open_),
        ("volume × harga bukan jumlah di berkas; formulir memakai hasil kalinya, jumlah berkas di Keterangan,", other),
        ("kode sub kegiatan tidak ditemukan, dikosongkan", [line for line in table.lines if codes[line.row].sub is None]),
        ("kode rekening tidak ditemukan, dikosongkan", [line for line in table.lines if codes[line.row].account is None]),
    ]


def _indikator_row(table: Table, line: Line, codes: Codes) -> Row:
    own = indikator_row(table, line, codes)
    return Row(values={**own.values, "keterangan": _origin(table, line)})


# ---- A price list put into a copy of Kantor.xlsx ----

PRICED_FILE = "Kantor-dengan-harga.xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """The copy of Kantor.xlsx with the price list in it; ``written`` None: nothing of the list could be taken."""

    prices: Prices
    written: Written | None


def add_prices(books: Sequence[ForeignBook], folder: Path, *, zona: str = "", sifat: str = "") -> Priced:
    """Write hasil/Kantor-dengan-harga.xlsx: Kantor.xlsx with the rows of these price lists. Kantor.xlsx itself stays.

    ``zona``: the office's price zone, else its policy zona_harga; ``sifat``: Batas tertinggi or Estimasi, which a list
    seldom says. Raises InputError, OutputError.
    """
    content = kantor_content(folder, LOST_CODES)
    nature = next((s for s in CHOICES["sifat_harga"] if sifat and fold(sifat) in fold(s)), "")
    if not nature:
        raise InputError("Sebutkan sifat harga daftar ini: --sifat tertinggi (batas tertinggi) atau --sifat estimasi.")
    zone = zona or build_office(content).policy("zona_harga")
    found = prices_of(books, content.rows("harga"), zona=zone, sifat=nature)
    if not found.rows:
        return Priced(prices=found, written=None)
    tables = {"harga": (*content.rows("harga"), *found.rows)}
    sheets = tuple(replace(s, tables={**s.tables, **tables}) if "harga" in s.tables else s for s in content.sheets)
    data = kantor_book(replace(content, sheets=sheets))
    return Priced(prices=found, written=put(folder / HASIL / PRICED_FILE, data))
