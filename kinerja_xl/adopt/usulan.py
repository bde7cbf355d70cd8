"""A unit's RAB or indikator workbook in its own layout becomes a ``Submission``, where Padanan.xlsx knows the layout.

Every line keeps file, sheet, row and cells. The amount is the one that the sheet prints; what the reader says of it holds
back what it holds back in our own forms. A layout that has changed since it was known is named and not counted.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import sha256

from kinerja_xl.adopt.codes import Codes, codes_of, in_rupiah, unclear_lines
from kinerja_xl.adopt.kept import UNIT_KEY, other_office, other_year, unit_of, units_named
from kinerja_xl.catatan import Finding
from kinerja_xl.foreign.model import INDIKATOR, RAB, ForeignBook, Line, Table
from kinerja_xl.foreign.padanan import KIND_KEY, Answer, Padanan, headings
from kinerja_xl.foreign.read import read_foreign
from kinerja_xl.lists import normalise_program
from kinerja_xl.office.folder import Submission
from kinerja_xl.office.kantor import Office
from kinerja_xl.sheets.content import BookContent, Row, SheetContent
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.sheets.values import clean, fold

PARTS = (RAB, INDIKATOR)
_ASKED_LATER = "pk"
"""The PK may be empty while units propose; from penetapan on it is missed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """The tables of a file by what Padanan.xlsx says of their layouts."""

    tables: tuple[Table, ...]
    strangers: tuple[Table, ...]
    drifted: tuple[tuple[Table, Answer], ...]


def adopt_submission(data: bytes, file: str, padanan: Padanan, office: Office) -> Submission | None:
    """The file as a submission; None when no padanan knows, or has known, one of its layouts."""
    book = read_foreign(data, file, padanan=padanan)
    known = _known(book, padanan)
    digest = sha256(data).hexdigest()
    if known.drifted:
        return _drifted(known, file, digest, padanan, office)
    if not known.tables:
        return None
    unit, said = _owner(known.tables, file, padanan, office)
    contents, open_rows = _contents(known.tables, office)
    content = BookContent(book=USULAN, sheets=contents)
    findings = [*said, *other_year(known.tables, office.tahun), *open_questions(known.tables), *_strangers(known.strangers)]
    findings += [*other_office(known.tables, office), *open_rows]
    findings += [f for f in book.all_findings() if not any(f in t.findings for t in known.strangers)]
    receipt = office.receipts.get((unit, 0))
    return Submission(
        file=file, sha256=digest, unit=unit, version=0, content=content, tanggal=receipt,
        findings=tuple(f.at(file=file, unit=unit) for f in findings),
        rows_read={key: len(content.rows(key)) for key in PARTS if content.rows(key)},
        reported=frozenset((f.sheet, cell) for f in findings for cell in (f.cell, *f.args.get("sel_sel", "").split()) if cell),
        missing=_missing(contents),
        parts=frozenset(sheet.key for sheet in contents),
    )  # fmt: skip


# ---- which tables are known ----------------------------------------------------------------------


def _known(book: ForeignBook, padanan: Padanan) -> _Known:
    tables, strangers, drifted = [], [], []
    for table in book.tables:
        answers = padanan.of(table.fingerprint)
        if table.kind in PARTS and (KIND_KEY in answers or UNIT_KEY in answers):
            tables.append(table)
        elif not answers and (old := padanan.drifted(headings(table), table.fingerprint)) and _is_ours(old, padanan):
            drifted.append((table, old))
        elif table.kind in PARTS:
            strangers.append(table)
    return _Known(tables=tuple(tables), strangers=tuple(strangers), drifted=tuple(drifted))


def _is_ours(old: Answer, padanan: Padanan) -> bool:
    """Whether the layout that a table resembles was one for the recap."""
    answers = padanan.of(old.sidik)
    return UNIT_KEY in answers or fold(answers.get(KIND_KEY, "")) in PARTS


def _drifted(known: _Known, file: str, digest: str, padanan: Padanan, office: Office) -> Submission:
    """Nothing of a changed layout is counted: its columns may mean something else today."""
    findings = []
    unit = ""
    for table, old in known.drifted:
        unit = unit or unit_of(padanan.of(old.sidik).get(UNIT_KEY, ""), file, office)[0]
        words = {"rincian": padanan.changed(old, headings(table)) or "isi kolomnya lain"}
        findings.append(Finding(code="L503", sheet=table.sheet, value=old.asal, args=words))
    return Submission(
        file=file, sha256=digest, unit=unit, version=0, content=None,
        findings=tuple(f.at(file=file, unit=unit) for f in findings),
    )  # fmt: skip


def _owner(tables: Sequence[Table], file: str, padanan: Padanan, office: Office) -> tuple[str, list[Finding]]:
    """Whose the file is; two answers that disagree, or none, hold it back."""
    found = {unit_of(padanan.of(table.fingerprint).get(UNIT_KEY, ""), file, office) for table in tables}
    units = sorted({unit for unit, _ in found} - {""})
    others = sorted({*units[1:], *(other for _, other in found if other)})
    if not units:
        answers = [padanan.of(table.fingerprint).get(UNIT_KEY, "") for table in tables]
        named = units_named(file, office)
        detail = f"padanannya menyebut {', '.join(filter(None, answers))}" if any(answers) else "padanannya tidak menyebut unit"
        detail += f", nama berkasnya menyebut {', '.join(named)}" if len(named) > 1 else ""
        known = ", ".join(unit.kode for unit in office.units)
        return "", [Finding(code="L504", args={"rincian": detail, "daftar": known})]
    if others:
        return units[0], [Finding(code="L505", value=units[0], args={"rincian": ", ".join(others)})]
    return units[0], []


def open_questions(tables: Iterable[Table], *, but: str = "") -> Iterator[Finding]:
    """Questions that nobody has answered: the file waits for them (L506); one whose key is ``but`` makes no difference."""
    for table in tables:
        for question in (one for one in table.questions if one.key != but):
            options = "; ".join(option.label for option in question.options)
            words = {"tanya": question.text, "daftar": options, "kunci": question.key}
            yield Finding(code="L506", sheet=table.sheet, cell=question.cell, args=words)


def _strangers(tables: Iterable[Table]) -> Iterator[Finding]:
    """Other tables of the file whose layout nobody has confirmed: named with what they hold."""
    for table in tables:
        amount = in_rupiah(table, table.lines, table.amount_columns["jumlah"]) if table.kind == RAB else ""
        words = {"jenis": table.kind, "banyak": str(len(table.lines)), "rincian": f", berjumlah {amount}" if amount else ""}
        yield Finding(code="L508", sheet=table.sheet, args=words)


# ---- rows --------------------------------------------------------------------------------------------


def _contents(tables: Iterable[Table], office: Office) -> tuple[tuple[SheetContent, ...], list[Finding]]:
    """One content per sheet and kind, several tables of a sheet follow each other; and what leaves rows without a place."""
    rows: dict[tuple[str, str], list[Row]] = defaultdict(list)
    said: list[Finding] = []
    for table in tables:
        codes = codes_of(table, office)
        made = {
            line.row: rab_row(table, line, codes[line.row]) if table.kind == RAB else indikator_row(table, line, codes[line.row])
            for line in table.lines
        }
        rows[table.kind, table.sheet] += made.values()
        key = "kode_sub" if table.kind == RAB else "kode"
        cells = {row.row: row.cell(key) for row in made.values()}
        said += unclear_lines(table, codes, cells)
    contents = (SheetContent(key=kind, name=sheet, tables={kind: tuple(own)}) for (kind, sheet), own in rows.items())
    return tuple(contents), said


def _missing(contents: Iterable[SheetContent]) -> frozenset[tuple[str, str]]:
    """Everything of a form that the file does not hold: tables as a whole, and columns that no row fills."""
    there = [sheet.key for sheet in contents]
    lost = {(block.key, "") for sheet in USULAN.sheets for block in sheet.blocks if sheet.key not in there}
    for sheet in contents:
        for column in USULAN.block(sheet.key).columns:
            if not any(column.key in row.places for row in sheet.tables[sheet.key]):
                lost.add((sheet.key, column.key))
    return frozenset(lost)


def rab_row(table: Table, line: Line, codes: Codes) -> Row:
    """A RAB line as one of our rows: volume as its only factor, the amount as printed."""
    amount = sum(line.values.values(), Decimal(0)) if line.values and {*line.values}.isdisjoint(line.unknown) else None
    values: dict[str, object] = {
        "kode_sub": codes.sub, "kode_rekening": codes.account, "uraian": line.uraian or None,
        "spesifikasi": line.spesifikasi or None, "koef_1": line.volume, "volume": line.volume,
        "satuan": line.satuan or None, "harga_satuan": line.harga, "jumlah": amount,
    }  # fmt: skip
    columns = {
        "kode_sub": "kode", "kode_rekening": "kode", "uraian": "uraian", "spesifikasi": "spesifikasi", "koef_1": "volume",
        "volume": "volume", "satuan": "satuan", "harga_satuan": "harga",
    }  # fmt: skip
    return _row(table, line, values, columns, next(iter(table.amount_columns.get("jumlah", ())), None), "jumlah")


def indikator_row(table: Table, line: Line, codes: Codes) -> Row:
    """An indicator with its target of the year; several targets that are no quarters stay without one."""
    target = table.amount_columns.get("target", ())
    own = next((code for text in (line.kode, *reversed(line.codes)) if (code := normalise_program(text.split(" ")[0]))), None)
    code = own or codes.sub
    values: dict[str, object] = {
        "kode": code, "nama": line.uraian or None, "satuan": line.satuan or None,
        "target": line.values.get(target[0]) if len(target) == 1 else None,
    }  # fmt: skip
    columns = {"kode": "kode", "nama": "uraian", "satuan": "satuan"}
    made = _row(table, line, values, columns, target[0] if len(target) == 1 else None, "target")
    roles = ("target", "rencana") if table.column("realisasi") else ("target", "rencana", "")
    quarters = {f"tw_{c.period[2]}": c.col for c in table.columns if c.role in roles and re.fullmatch(r"tw[1-4]", c.period)}
    figures = {key: line.figure(col) for key, col in quarters.items()}
    places = {key: line.cell(quarters[key]) for key, value in figures.items() if value is not None}
    return replace(made, values={**made.values, **figures}, places={**made.places, **places})


def _row(table: Table, line: Line, values: Mapping[str, object], columns: Mapping[str, str], amount: int | None, key: str) -> Row:
    """With the cell of every value. Codes keep a cell even where they are missing: there the catatan stands."""
    places: dict[str, str] = {}
    for name, role in columns.items():
        col = table.places.get(role)
        if col is None and role == "kode":
            col = table.places.get("uraian")
        if col is not None and (values[name] is not None or role == "kode"):
            places[name] = line.cell(col)
    if amount is not None:
        places[key] = line.cell(amount)
    return Row(values=dict(values), row=line.row, sheet=table.sheet, places=places)


# ---- what a unit's files together lack ---------------------------------------------------------------


def with_missing_parts(submissions: Sequence[Submission], office: Office | None) -> list[Submission]:
    """Name, once per unit, the parts of an usulan that its own workbooks together do not hold (L507), and on its form the parts
    that stand in another file: what compares them has nothing to judge there (L510)."""
    own = [s for s in submissions if s.parts and s.content and s.unit]
    held: dict[str, set[str]] = defaultdict(set)
    for one in submissions:
        if one.content:
            held[one.unit] |= set(one.parts) if one.parts else {sheet.key for sheet in USULAN.sheets}
    early = office is None or clean(office.tahap) in ("", "usulan")
    first = {one.unit: one.file for one in reversed(own)}
    found = []
    for one in submissions:
        said: list[Finding] = []
        if one in own and first[one.unit] == one.file:
            lacking = [s for s in USULAN.sheets if s.key in ("tor", RAB, INDIKATOR, "pk") and s.key not in held[one.unit]]
            said = [
                Finding(code="L507", file=one.file, unit=one.unit, value=s.name)
                for s in lacking if not (early and s.key == _ASKED_LATER)
            ]  # fmt: skip
        elsewhere = _elsewhere(one, own)
        missing = one.missing | {(key, "") for key in elsewhere}
        for key, files in elsewhere.items():
            said.append(Finding(code="L510", file=one.file, unit=one.unit, value=USULAN.sheet(key).name, args={"rincian": files}))
        found.append(replace(one, findings=(*one.findings, *said), missing=missing) if said else one)
    return found


def _elsewhere(form: Submission, own: Iterable[Submission]) -> dict[str, str]:
    """The parts that a unit left empty in its form, with the files in its own layout that hold them."""
    if form.parts or form.content is None:
        return {}
    files = {key: [s.file for s in own if s.unit == form.unit and key in s.parts and not s.refused] for key in PARTS}
    return {key: ", ".join(names) for key, names in files.items() if names and not form.content.rows(key)}
