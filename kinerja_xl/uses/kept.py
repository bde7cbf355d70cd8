"""Readings of a large office kept in the year's folder, so that a file that did not change is not read again.

Safe to delete. A reading is found by all that it was made from (the file's bytes, the lists, this program), so a changed file is
never held back; one that is damaged, or that holds anything but our own plain records, is not believed and the file is read.
"""

from __future__ import annotations

import pickle
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from hashlib import sha256
from io import BytesIO
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any

from kinerja_xl import catatan
from kinerja_xl.catatan import Finding
from kinerja_xl.reading import parse, parse_cells, workbook
from kinerja_xl.reading.workbook import ReadBook, Versions
from kinerja_xl.sheets import content
from kinerja_xl.sheets.choices import Listings
from kinerja_xl.sheets.model import Book

PLACE = ".kinerja-xl-bacaan"
MANY = 50
"""Workbooks from which on readings are kept: fewer are read in less time than anybody notices."""
LARGE = 500_000
"""Bytes of a single workbook from which on its reading is kept: a Kantor.xlsx with a whole price list."""
_DIGEST = 32

_OURS = {
    (kind.__module__, kind.__qualname__): kind
    for kind in (
        Decimal, date, datetime, time, frozenset, set, catatan.Finding, catatan.Severity, catatan.Untuk, content.BookContent,
        content.Identity, content.SheetContent, content.ShownTotal, parse.RowPlaces, parse_cells.Reading, ReadBook,
    )
}  # fmt: skip
"""All that a reading is made of; nothing else is ever called while one is brought back."""


def _frozen(pairs: dict[str, str]) -> Mapping[str, str]:
    return MappingProxyType(pairs)


def _book(key: str, version: int) -> Book:
    raise KeyError(key, version)  # only a reader knows the declarations


def _lists() -> Listings:
    raise KeyError


def _row(*parts: Any) -> content.Row:
    return content.Row(**dict(zip(_ROW, parts, strict=True)))


_ROW = tuple(content.Row.__dataclass_fields__)
_parts = attrgetter(*_ROW)


class _Writer(pickle.Pickler):
    """Declarations and lists stand as names: they are this program's, not the file's. A row, most of it, stands as its parts."""

    dispatch_table = {  # noqa: RUF012
        MappingProxyType: lambda proxy: (_frozen, (dict(proxy),)), Book: lambda book: (_book, (book.key, book.version)),
        Listings: lambda lists: (_lists, ()), content.Row: lambda row: (_row, _parts(row)),
    }  # fmt: skip


class _Reader(pickle.Unpickler):
    def __init__(self, data: bytes, accepted: Mapping[str, Versions], lists: Listings) -> None:
        super().__init__(BytesIO(data))
        self._named: dict[str, Callable[..., Any]] = {
            _frozen.__name__: _frozen, _row.__name__: _row, _lists.__name__: lambda: lists,
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
        name = here.use(_name(data, file, accepted, lists))
        known = _known(here.place / name, name, accepted, lists)
        if not isinstance(known, ReadBook):
            known = read()
            _keep(here.place / name, known)
        return known

    token, inner = workbook.KEEPER.set(keeper), _HERE.set(here)
    try:
        yield
    finally:
        workbook.KEEPER.reset(token)
        _HERE.reset(inner)
        if here.used:
            _tidy(here.place, here.used)


class _Here:
    """Where readings are kept, and which of them were asked for."""

    def __init__(self, place: Path, *, many: bool) -> None:
        self.place, self.many, self.used = place, many, set[str]()

    def keeps(self, data: bytes) -> bool:
        return self.many or len(data) >= LARGE

    def use(self, name: str) -> str:
        self.used.add(name)
        return name


_HERE: ContextVar[_Here | None] = ContextVar("_HERE", default=None)


def said_of(data: bytes, file: str, lists: Listings, judge: Callable[[], Iterable[Finding]]) -> tuple[Finding, ...]:
    """What ``judge`` says of a workbook by its content and these lists alone: kept beside its reading and on the same terms."""
    here = _HERE.get()
    if here is None or not here.keeps(data):
        return tuple(judge())
    name = here.use(_name(data, file, {}, lists))
    known = _known(here.place / name, name, {}, lists)
    if not isinstance(known, tuple) or not all(isinstance(one, Finding) for one in known):
        known = tuple(judge())
        _keep(here.place / name, known)
    return known


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
    return repr([(str(path), (stat := path.stat()).st_size, stat.st_mtime_ns) for path in files]).encode()


def _known(path: Path, name: str, accepted: Mapping[str, Versions], lists: Listings) -> object:
    """What was kept under the name, to be looked at before it is believed; None for nothing."""
    try:
        data = path.read_bytes()
        if sha256(name.encode() + data[_DIGEST:]).digest() != data[:_DIGEST]:
            return None
        return _Reader(data[_DIGEST:], accepted, lists).load()
    except Exception:  # nobody else wrote there, or somebody did: the file itself is there to be read
        return None


def _keep(path: Path, book: ReadBook | tuple[Finding, ...]) -> None:
    """Put a reading, or what is said of it, there, whole or not at all; that it can't be kept stops nothing."""
    buffer = BytesIO()
    with suppress(OSError, pickle.PicklingError, TypeError, AttributeError):
        _Writer(buffer, protocol=5).dump(book)
        data = buffer.getvalue()
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f"{path.name}-{secrets.token_hex(4)}")
        beside.write_bytes(sha256(path.name.encode() + data).digest() + data)
        beside.replace(path)


def _tidy(place: Path, used: set[str]) -> None:
    """Away with what no file of this office asks for any more."""
    with suppress(OSError):
        for path in place.iterdir():
            if path.name not in used:
                path.unlink(missing_ok=True)
