"""The memory of a test process: the same bytes are read once, the same rows judged once by the declared checks, the same content
written once, and the pages of the same letter numbered once by LibreOffice.

They are pure functions that take most of the time of a test about anything else. ``remember`` stands in front of them for the
whole session (``tests.conftest``); a test that replaces any part of the reading or of the writing room is answered by the real
thing, and so is one that asks what happens the second time (``forgotten``).
"""

from __future__ import annotations

import re
import sys
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import wraps
from hashlib import sha256
from importlib import import_module
from inspect import getsource, isfunction
from operator import is_not, itemgetter
from pkgutil import iter_modules
from typing import Any

import pandas as pd
import pandera.pandas as pa
from openpyxl.styles.styleable import StyleDescriptor
from xlsxwriter.worksheet import Worksheet

from kinerja_xl import frames, uses
from kinerja_xl.catatan import Finding
from kinerja_xl.frames.tables import Consolidated
from kinerja_xl.reading import workbook
from kinerja_xl.reading.workbook import ReadBook, Versions
from kinerja_xl.sheets.choices import Listings
from kinerja_xl.sheets.model import Column
from kinerja_xl.uses import lkjip
from kinerja_xl.writing.letters import post

MOST = 500
"""Answers that are kept; a random test gives thousands that nobody asks for again."""

READING, WRITING = (f"kinerja_xl.{room}" for room in ("reading", "writing"))

REAL_BOOK, REAL_TABLE, REAL_SCHEMA = workbook.read_workbook, frames._check_table, frames._schema
REAL_PAGES, REAL_PROGRAM = post.pages_of_bookmarks, post.find_libreoffice
KNOWN: OrderedDict[object, tuple[object, object]] = OrderedDict()


def once(key: object, alive: object, work: Callable[[], object]) -> object:
    """The answer to ``key``; what the key names by its ``id`` is kept ``alive`` with it."""
    if key not in KNOWN:
        KNOWN[key] = (work(), alive)
        if len(KNOWN) > MOST:
            KNOWN.popitem(last=False)
    KNOWN.move_to_end(key)
    return KNOWN[key][0]


_AS_BUILT: dict[str, list[tuple[dict[str, object], Callable[..., tuple[object, ...]], tuple[object, ...]]]] = {}
"""The names of each module of a room, and what they were; one that is added later is no replacement."""


def _replaced(room: str) -> bool:
    """Whether a test has put something else in the place of any part of the room, or has taken it away."""
    try:
        return any(any(map(is_not, parts_of(names), parts)) for names, parts_of, parts in _AS_BUILT[room])
    except KeyError:
        return True


FORGOTTEN: list[bool] = []


@contextmanager
def forgotten() -> Iterator[None]:
    """Within it everything is written anew."""
    FORGOTTEN.append(True)
    try:
        yield
    finally:
        FORGOTTEN.pop()


def read_workbook(data: bytes, file: str, accepted: Mapping[str, Versions], lists: Listings) -> ReadBook:
    """A book read before, with a ``reading`` of its own: who asks may say more in it."""
    if _replaced(READING):
        return REAL_BOOK(data, file, accepted, lists)
    books = tuple((key, number, id(book)) for key, versions in accepted.items() for number, book in versions.items())
    listed = tuple((name, listing.rows) for name, listing in lists.by_name.items())
    known = once(
        (sha256(data).digest(), file, books, listed),
        tuple(book for versions in accepted.values() for book in versions.values()),
        lambda: REAL_BOOK(data, file, accepted, lists),
    )
    reading = known.reading
    own = {name: type(kept)(kept) for name in _COLLECTED if (kept := getattr(reading, name)) is not None}
    return replace(known, reading=replace(reading, lists=lists, **own))


_COLLECTED = ("findings", "reported", "missing", "rows_read", "totals")


def check_table(table: Consolidated, lists: Listings) -> list[Finding]:
    """Findings of the declared checks for rows that were judged before: of a file with one changed cell all but one block."""
    block, rows = table.block, table.rows
    options = tuple(lists.values(column.kind.list_name) for column in block.columns if column.kind.list_name)
    reported = {id(one.reported): one.reported for one in rows}
    sheets = {one.row.sheet for one in rows}
    said = {key: frozenset(place for place in places if place[0] in sheets) for key, places in reported.items()}
    judged = tuple(
        (repr(one.row.values), *one.row.places.items(), one.row.sheet, one.file, one.unit, one.excused, said[id(one.reported)])
        for one in rows
    )
    return once((id(block), options, judged), block, lambda: list(REAL_TABLE(table, lists)))


def _schema(columns: tuple[Column, ...], options: tuple[tuple[str, tuple[str, ...]], ...]) -> Judge:
    real = REAL_SCHEMA(columns, options)
    return once(("schema", id(real)), real, lambda: Judge(real))


class Judge:
    """A schema of pandera that passes columns which it has passed before, as each is judged by its own values alone. Where one
    of them fails it judges the whole table, as ever."""

    def __init__(self, schema: pa.DataFrameSchema) -> None:
        self.schema, self.passed = schema, OrderedDict[object, None]()

    def validate(self, table: pd.DataFrame, *, lazy: bool) -> None:
        keys = {name: (name, str(values.dtype), repr(values.tolist())) for name, values in table.items()}
        unknown = [name for name, key in keys.items() if key not in self.passed]
        if not unknown:
            return
        try:
            pa.DataFrameSchema({name: self.schema.columns[name] for name in unknown}).validate(table[unknown], lazy=lazy)
        except pa.errors.SchemaErrors:
            self.schema.validate(table, lazy=lazy)
            raise
        self.passed.update(dict.fromkeys(keys[name] for name in unknown))
        while len(self.passed) > MOST:
            self.passed.popitem(last=False)


def pages_of_bookmarks(document: bytes) -> dict[str, int]:
    """Pages that were numbered before; a LibreOffice that a test puts in its place, or takes away, answers for itself."""
    if post.find_libreoffice is not REAL_PROGRAM:
        return REAL_PAGES(document)
    key = "pages", sha256(document).digest(), post.find_libreoffice()
    return dict(once(key, None, lambda: REAL_PAGES(document)))


def written(name: str, write: Callable[..., bytes]) -> Callable[..., bytes]:
    """A writer that is asked once for the same content."""

    def ask(*args: object, **more: object) -> bytes:
        if FORGOTTEN or _replaced(WRITING):
            return write(*args, **more)
        return once(("written", name, sha256(repr((args, more)).encode()).digest()), None, lambda: write(*args, **more))

    return wraps(write)(ask)


_PREPARED, _STYLED = Worksheet._prepare_formula, StyleDescriptor.__set__
_NEWER = re.compile("|".join(re.findall(r'"_xlfn\.(?:_xlws\.)?([A-Z.]+)\(', getsource(_PREPARED))))


def _prepared(sheet: Worksheet, formula: str, expand_future_functions: bool = False) -> str:
    """XlsxWriter looks for each newer function by itself; here for all of them at once, and only what may hold one is asked."""
    if formula[:1] in "{" or formula[-1:] == "}" or _NEWER.search(formula):
        return str(_PREPARED(sheet, formula, expand_future_functions))
    return formula.removeprefix("=")


def _styled(descriptor: Any, cell: Any, style: Any) -> None:
    """openpyxl compares all that a style consists of, for each cell anew; the same object was found before."""
    known = vars(getattr(cell.parent.parent, descriptor.collection)).setdefault("known", {})
    if id(style) in known and getattr(cell, "_style", None):
        setattr(cell._style, descriptor.key, known[id(style)][1])
        return
    _STYLED(descriptor, cell, style)
    known[id(style)] = style, getattr(cell._style, descriptor.key)


def remember() -> None:
    """For the rest of the session, wherever the reader was imported already; and the writers that the verbs ask."""
    for module in [module for name, module in sys.modules.items() if name.startswith("kinerja_xl")]:
        if getattr(module, "read_workbook", None) is REAL_BOOK:
            module.read_workbook = read_workbook
    frames._check_table, frames._schema = check_table, _schema
    Worksheet._prepare_formula, StyleDescriptor.__set__ = _prepared, _styled
    lkjip.pages_of_bookmarks = pages_of_bookmarks
    for module in [import_module(f"{uses.__name__}.{one.name}") for one in iter_modules(uses.__path__)]:
        for name, real in list(vars(module).items()):
            if isfunction(real) and real.__module__.startswith(WRITING) and real.__annotations__.get("return") == "bytes":
                setattr(module, name, written(name, real))
    for room in (READING, WRITING):
        found = [vars(module) for name, module in sys.modules.items() if name.startswith(room)]
        _AS_BUILT[room] = [(names, itemgetter(*names), tuple(names.values())) for names in found]
