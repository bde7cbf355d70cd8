"""Readings of a large office kept in the year's folder, so that a file that did not change is not read again.

Safe to delete. A reading is found by all that it was made from (the file's bytes, the lists, this program), so a changed file is
never held back; one that is damaged, or that holds anything but our own plain records, is not believed and the file is read.
What the rule book says of a file is kept on the same terms, found by the whole of its ``Case``: all that a rule is given.
"""

from __future__ import annotations

import pickle
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache, partial
from hashlib import sha256
from io import BytesIO
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from kinerja_xl import catatan
from kinerja_xl.catatan import Finding
from kinerja_xl.checking.rule_book import judge
from kinerja_xl.checking.rules import UPSET, Case, Rule
from kinerja_xl.office.folder import Submission
from kinerja_xl.reading import parse_cells, workbook
from kinerja_xl.reading.parse_columns import RowPlaces
from kinerja_xl.reading.workbook import ReadBook, Versions
from kinerja_xl.sheets import content
from kinerja_xl.sheets.choices import Listings
from kinerja_xl.sheets.model import Book
from kinerja_xl.uses.packed import Packed

PLACE = ".kinerja-xl-bacaan"
MANY = 50
"""Workbooks from which on readings are kept: fewer are read in less time than anybody notices."""
LARGE = 500_000
"""Bytes of a single workbook from which on its reading is kept: a Kantor.xlsx with a whole price list."""

_OURS = {
    (kind.__module__, kind.__qualname__): kind
    for kind in (
        Decimal, date, datetime, time, frozenset, set, catatan.Finding, catatan.Severity, catatan.Untuk, content.BookContent,
        content.Identity, content.SheetContent, content.ShownTotal, RowPlaces, parse_cells.Reading, ReadBook,
    )
}  # fmt: skip
"""All that a reading is made of; nothing else is ever called while one is brought back."""


def _frozen(pairs: dict[str, Any]) -> Mapping[str, Any]:
    return MappingProxyType(pairs) if pairs else content.NOTHING


def _book(key: str, version: int) -> Book:
    raise KeyError(key, version)  # only a reader knows the declarations


def _lists() -> Listings:
    raise KeyError


def _row(*parts: Any) -> content.Row:
    return content.Row(**dict(zip(_ROW, parts, strict=True)))


_ROW = tuple(content.Row.__dataclass_fields__)
_parts = attrgetter(*_ROW)


class _Columns(NamedTuple):
    """The rows of a table by column: a tenth of the work."""

    sheet: str
    letters: Mapping[str, str]
    numbers: Sequence[int]
    keys: tuple[str, ...]
    columns: Sequence[Sequence[object]]
    shown: Mapping[int, Mapping[str, object]]


def _columns(rows: tuple[content.Row, ...]) -> _Columns | tuple[content.Row, ...]:
    """The rows themselves where they are not all of one form, or none."""
    keys, places = {tuple(row.values) for row in rows}, [row.places for row in rows if isinstance(row.places, RowPlaces)]
    heads = {(row.sheet, id(own.letters), row.row - own.row) for row, own in zip(rows, places, strict=False)}
    if len(keys) != 1 or len(heads) != 1 or len(places) < len(rows) or rows[0].row != places[0].row:
        return rows
    columns = [*zip(*(row.values.values() for row in rows), strict=True)]
    shown = {row.row: row.shown for row in rows if row.shown}
    return _Columns(rows[0].sheet, places[0].letters, [row.row for row in rows], keys.pop(), columns, shown)


def _rows(*parts: Any) -> tuple[content.Row, ...]:
    own = _Columns(*parts)
    keys = [*map(sys.intern, own.keys)]  # all readings share them
    return tuple(
        content.Row(
            values=dict(zip(keys, values, strict=True)), row=number, sheet=own.sheet, places=RowPlaces(own.letters, number),
            shown=own.shown.get(number, content.NOTHING),
        )
        for number, *values in zip(own.numbers, *own.columns, strict=True)
    )  # fmt: skip


def _sheet(key: str, name: str, forms: Mapping[str, content.Row], tables: Mapping[str, Any]) -> content.SheetContent:
    return content.SheetContent(key=key, name=name, forms=forms, tables=tables)


class _Writer(pickle.Pickler):
    """Declarations and lists stand as names: they are this program's, not the file's. Rows, most of it, stand as their parts."""

    dispatch_table = {  # noqa: RUF012
        MappingProxyType: lambda proxy: (_frozen, (dict(proxy),)), Book: lambda book: (_book, (book.key, book.version)),
        Listings: lambda lists: (_lists, ()), content.Row: lambda row: (_row, _parts(row)),
        _Columns: lambda own: (_rows, tuple(own)),
        content.SheetContent: lambda one: (
            _sheet, (one.key, one.name, one.forms, {key: _columns(rows) for key, rows in one.tables.items()})
        ),
    }  # fmt: skip


class _Reader(pickle.Unpickler):
    def __init__(self, data: bytes, accepted: Mapping[str, Versions], lists: Listings) -> None:
        super().__init__(BytesIO(data))
        self._named: dict[str, Callable[..., Any]] = {
            _frozen.__name__: _frozen, _row.__name__: _row, _rows.__name__: _rows, _sheet.__name__: _sheet,
            _lists.__name__: lambda: lists,
            _book.__name__: lambda key, version: accepted[key][version],
        }  # fmt: skip

    def find_class(self, module: str, name: str) -> Any:
        return self._named[name] if module == __name__ and name in self._named else _OURS[module, name]


@contextmanager
def keeping(folder: Path, kind: str, workbooks: int) -> Iterator[None]:
    """Within it readings of this year's folder are kept and used, where there are many ``workbooks`` or one that is large."""
    here = _Here(folder / PLACE / kind, many=workbooks >= MANY)

    def keeper(
        data: bytes, file: str, accepted: Mapping[str, Versions], lists: Listings, read: Callable[[], ReadBook]
    ) -> ReadBook:
        if not here.keeps(data):
            return read()
        name = _name(data, file, accepted, lists)
        known = _known(here.records, name, accepted, lists)
        if not isinstance(known, ReadBook):
            known = read()
            _keep(here.records, name, known)
        return known

    token, inner = workbook.KEEPER.set(keeper), _HERE.set(here)
    try:
        yield
    finally:
        workbook.KEEPER.reset(token)
        _HERE.reset(inner)
        here.records.close()


class _Here:
    """Where readings are kept, and of what."""

    def __init__(self, place: Path, *, many: bool) -> None:
        self.records, self.many = Packed(place), many

    def keeps(self, data: bytes) -> bool:
        return self.many or len(data) >= LARGE


_HERE: ContextVar[_Here | None] = ContextVar("_HERE", default=None)


def said_of(data: bytes, file: str, lists: Listings, judge: Callable[[], Iterable[Finding]]) -> tuple[Finding, ...]:
    """What ``judge`` says of a workbook by its content and these lists alone: kept beside its reading and on the same terms."""
    here = _HERE.get()
    if here is None or not here.keeps(data):
        return tuple(judge())
    return _said(here, _name(data, file, {}, lists), lists, judge)


def _said(here: _Here, name: str, lists: Listings, judge: Callable[[], Iterable[Finding]]) -> tuple[Finding, ...]:
    """The findings kept under the name, else what ``judge`` gives; a rule that failed is asked again the next time."""
    known = _known(here.records, name, {}, lists)
    if not isinstance(known, tuple) or not all(isinstance(one, Finding) for one in known):
        known = tuple(judge())
        if not any(one.code == UPSET for one in known):
            _keep(here.records, name, known)
    return known


# ---- What the rule book says of one file: kept under the whole of its case ----


@contextmanager
def judging(folder: Path, workbooks: int) -> Iterator[Rule]:
    """Within it the rule book of a large office's files: asked only of a file where something of its case is another."""
    here = _Here(folder / PLACE / "catatan", many=workbooks >= MANY)
    spelt = _Spelt()

    def judged(case: Case) -> Iterable[Finding]:
        name = spelt.name(case)
        return _said(here, name, case.lists, partial(judge, case)) if name else judge(case)

    try:
        yield judged if here.many else judge
    finally:
        here.records.close()


class _Spelt:
    """Names of cases. Every field that a case has goes into its name, whether a rule reads it today or not, and so does every
    field of the office, the plan and last year's book; only the content of a file is spelt by the file's own hash, from which
    this program made it with the lists and the office that are in the name too."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[object, bytes]] = {}

    def name(self, case: Case) -> str | None:
        """None for what can't be named: a workbook in the unit's own layout (its answers stand elsewhere), an unknown value."""
        if not case.submission.version or not case.submission.sha256:
            return None
        try:
            parts = [self._digest(field.name, getattr(case, field.name)) for field in fields(case)]
        except TypeError:
            return None
        return sha256(b"".join([_program(), *parts])).hexdigest()

    def _digest(self, field: str, value: object) -> bytes:
        """The office, the lists and the plan are the same for all files of a run: theirs is worked out once."""
        known = self._last.get(field)
        if known is None or known[0] is not value:
            words: list[str] = []
            _spell(value, words.append)
            self._last[field] = known = value, sha256("\0".join(words).encode("utf-8", "surrogatepass")).digest()
        return known[1]


_PLAIN = frozenset({str, int, bool, float, bytes, Decimal, date, datetime, time, type(None)})


def _spell(value: object, say: Callable[[str], None]) -> None:
    """A value in words that no other value has, the same in every run. Raises TypeError for what may hide something."""
    if type(value) in _PLAIN or isinstance(value, Enum):
        say(repr(value))
    elif isinstance(value, Book):
        say(f"{value.key} {value.version}")  # a declaration: this program's
    elif (own := _spelt_fields(type(value))) is not None:  # type: ignore[arg-type]
        say(f"{type(value).__qualname__}({len(own)}")
        for name in own:
            _spell(getattr(value, name), say)
    elif isinstance(value, Mapping) and _PLAIN.issuperset(map(type, (*value, *value.values()))):
        say(repr(dict(value)))  # nearly all there is, in one piece
    elif isinstance(value, (tuple, list)) and _PLAIN.issuperset(map(type, value)):
        say(repr(value))
    elif isinstance(value, Mapping):
        say(f"{{{len(value)}")
        for key, one in value.items():
            _spell(key, say)
            _spell(one, say)
    elif isinstance(value, (tuple, list)):
        say(f"[{len(value)}")
        for one in value:
            _spell(one, say)
    elif isinstance(value, Set):
        say(f"<{len(value)}")
        for words in sorted(map(_words, value)):
            say(words)
    else:
        raise TypeError(type(value))


@cache
def _spelt_fields(kind: type) -> Sequence[str] | None:
    """The fields of a record that go into its name; None for what is no record."""
    if not is_dataclass(kind):
        return None
    return [field.name for field in fields(kind) if not (issubclass(kind, Submission) and field.name == "content")]


def _words(value: object) -> str:
    found: list[str] = []
    _spell(value, found.append)
    return "\0".join(found)


def _name(data: bytes, file: str, accepted: Mapping[str, Versions], lists: Listings) -> str:
    books = repr([(key, *versions) for key, versions in accepted.items()])
    parts = (sha256(data).digest(), file.encode(), books.encode(), _of_lists(lists), _program())
    return sha256(b"\0".join(parts)).hexdigest()


_LISTS: dict[int, tuple[Listings, bytes]] = {}


def _of_lists(lists: Listings) -> bytes:
    """The same lists serve all files of a run: their digest is worked out once."""
    known = _LISTS.get(id(lists))
    if known is None or known[0] is not lists:
        rows = repr([(name, listing.fields, listing.rows) for name, listing in lists.by_name.items()])
        _LISTS.clear()
        _LISTS[id(lists)] = known = lists, sha256(f"{rows}{lists.measures!r}".encode()).digest()
    return known[1]


@cache
def _program() -> bytes:
    """This very program: its files by name, size and time, so that one that was changed reads anew."""
    root = Path(catatan.__file__).parent.parent
    files = sorted(path for path in root.rglob("*") if path.suffix in (".py", ".tsv", ".toml"))
    return repr([sys.version, *((str(path), (stat := path.stat()).st_size, stat.st_mtime_ns) for path in files)]).encode()


def _known(records: Packed, name: str, accepted: Mapping[str, Versions], lists: Listings) -> object:
    """What was kept under the name, to be looked at before it is believed; None for nothing."""
    data = records.get(name)
    try:
        return None if data is None else _Reader(data, accepted, lists).load()
    except Exception:  # nobody else wrote there, or somebody did: the file itself is there to be read
        return None


def _keep(records: Packed, name: str, book: ReadBook | tuple[Finding, ...]) -> None:
    """Put a reading, or what is said of it, there; that it can't be kept stops nothing."""
    buffer = BytesIO()
    with suppress(pickle.PicklingError, TypeError, AttributeError):
        _Writer(buffer, protocol=5).dump(book)
        records.put(name, buffer.getvalue())
