"""A large office made from the real forms: ``python -m bench.kantor_banyak FOLDER N`` writes Kantor.xlsx and N workbooks.

The six sample units are repeated. Every repetition has unit codes, unit names, duties and sub kegiatan of its own, as
in one large office whose plan is in order: the recap of it carries no catatan above info, so that what is measured is
the work and not the sentences. The workbooks of the sample units and of their first repetition are written by the program's own
writer, as a unit would get and fill it; a further repetition is the first one with its own names in it, byte for byte what the
writer gives (``tests/test_bench.py``) in a tenth of the time.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from itertools import islice, product
from pathlib import Path
from re import escape
from re import sub as replaced

from kinerja_xl.lists import Level, level
from kinerja_xl.office.folder import KANTOR_FILE, MASUK
from kinerja_xl.office.kantor import Office, build_office
from kinerja_xl.package import Archive
from kinerja_xl.sheets.content import BookContent, Row
from kinerja_xl.writing.form import form_name, kantor_book, unit_book
from samples.isi import UNITS, kantor_content, unit_content

STEP = 20
"""Sub kegiatan numbers of one repetition: the n-th adds n x STEP to the last four digits, so none meets another."""

Change = Callable[[Row], Row]


def write_office(folder: Path, banyak: int) -> None:
    """Kantor.xlsx and masuk/ of an office with ``banyak`` units (at most 6 x 499: four digits)."""
    units = tuple(islice(product(range(banyak // len(UNITS) + 1), UNITS), banyak))
    kantor = _kantor(units)
    office = build_office(kantor)
    (folder / MASUK).mkdir(parents=True, exist_ok=True)
    (folder / KANTOR_FILE).write_bytes(kantor_book(kantor))
    firsts: dict[str, Archive] = {}
    for times, kode in units:
        unit = office.unit(_unit_code(kode, times))
        assert unit
        data = written(office, kode, times) if times < 2 else _repeated(firsts[kode], office, kode, times)
        if times == 1:
            firsts[kode] = Archive.open(data)
        (folder / MASUK / form_name(office, unit)).write_bytes(data)


def written(office: Office, kode: str, times: int) -> bytes:
    """A unit's filled form by the program's own writer."""
    unit = office.unit(_unit_code(kode, times))
    assert unit
    return unit_book(_each_row(unit_content(kode), partial(_moved, kode=kode, times=times)), office, unit)


def _repeated(first: Archive, office: Office, kode: str, times: int) -> bytes:
    """The same of a further repetition, from the ``first``."""
    one, own = (office.unit(_unit_code(kode, number)) for number in (1, times))
    assert one and own
    subs = [str(row.get("kode_sub")) for row in kantor_content().rows("pagu") if row.get("unit") == kode]
    pairs = {one.kode: own.kode, one.nama: own.nama} | {_moved_code(code, 1): _moved_code(code, times) for code in subs}
    known = {old.encode(): new.encode() for old, new in pairs.items()}
    pattern = b"(?:" + b"|".join(map(escape, known)) + b")(?![0-9])"
    changed = {}
    for entry in first.entries:
        part = first.read(entry.filename)
        if any(old in part for old in known):
            changed[entry.filename] = replaced(pattern, lambda found: known[found[0]], part)
    return first.rewrite(changed)


def _kantor(units: Iterable[tuple[int, str]]) -> BookContent:
    """The sample office with the rows that concern a unit repeated for each of ``units``."""
    kantor = kantor_content()
    subs = {kode: [str(r.get("kode_sub")) for r in kantor.rows("pagu") if r.get("unit") == kode] for kode in UNITS}
    nodes = {row.get("kode"): row for row in kantor.rows("program")}
    tables: dict[str, list[Row]] = {key: [] for key in ("unit", "pejabat", "penerimaan", "pagu")}
    tables["pejabat"] += [row for row in kantor.rows("pejabat") if row.get("jabatan_kode") not in UNITS]
    tables["program"] = [row for row in nodes.values() if level(str(row.get("kode"))) is not Level.SUBKEGIATAN]
    for times, kode in units:
        own = [_moved_code(sub, times) for sub in subs[kode]]
        for table, key in (("unit", "kode"), ("pejabat", "jabatan_kode"), ("penerimaan", "unit"), ("pagu", "unit")):
            rows = [_moved(row, kode, times) for row in kantor.rows(table) if row.get(key) == kode]
            tables[table] += [_with(row, tugas=", ".join(own)) for row in rows] if table == "unit" else rows
        tables["program"] += [_with(nodes[sub], kode=new) for sub, new in zip(subs[kode], own, strict=True)]
    changed = {key: tuple(rows) for key, rows in tables.items()}
    sheets = (replace(s, tables={k: changed.get(k, rows) for k, rows in s.tables.items()}) for s in kantor.sheets)
    return replace(kantor, sheets=tuple(sheets))


def _each_row(content: BookContent, change: Change) -> BookContent:
    sheets = []
    for sheet in content.sheets:
        forms = {key: change(row) for key, row in sheet.forms.items()}
        tables = {key: tuple(map(change, rows)) for key, rows in sheet.tables.items()}
        sheets.append(replace(sheet, forms=forms, tables=tables))
    return replace(content, sheets=tuple(sheets))


def _unit_code(kode: str, times: int) -> str:
    return f"{kode}{times:03}" if times else kode


def _moved_code(code: str, times: int) -> str:
    return f"{code[:-4]}{int(code[-4:]) + times * STEP:04}"


def _moved(row: Row, kode: str, times: int) -> Row:
    """A row of the ``times``-th repetition: its unit's code and name, and its sub kegiatan."""

    def move(key: str, value: object) -> object:
        if value == kode and key in ("unit", "kode", "jabatan_kode"):
            return _unit_code(kode, times)
        if key == "nama_unit" or (key == "nama" and row.get("kode") == kode):
            return f"{value} {times}" if times else value
        if isinstance(value, str) and level(value) is Level.SUBKEGIATAN:
            return _moved_code(value, times)
        return value

    return replace(row, values={key: move(key, value) for key, value in row.values.items()})


def _with(row: Row, **values: object) -> Row:
    return replace(row, values={**row.values, **values})


if __name__ == "__main__":
    write_office(Path(sys.argv[1]), int(sys.argv[2]))
