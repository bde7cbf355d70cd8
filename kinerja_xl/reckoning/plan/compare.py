"""What differs between two plans, recaps or proposals: rows matched by identity, never by position. Pure functions.

An identity may stand several times; then rows that agree in most fields are taken for each other. A row that is gone here
and stands elsewhere under the same words has moved. Amounts are whole rupiah.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kinerja_xl.lists import level, parents
from kinerja_xl.reckoning import grouped, sums
from kinerja_xl.sheets.beda import KINDS
from kinerja_xl.sheets.choices import SATUAN
from kinerja_xl.sheets.indikator import INDIKATOR_TABLE
from kinerja_xl.sheets.rab import RAB_TABLE
from kinerja_xl.words.units import COMMON, Measures

Value = Decimal | str | date | None

UNKNOWN = "(tidak dikenal)"

_MEASURES = frozenset(
    column.label for table in (RAB_TABLE, INDIKATOR_TABLE) for column in table.columns if column.kind.list_name == SATUAN
)

_Key = tuple[str, ...]


class Kind(StrEnum):
    """What happened to a row, in the words of the sheet."""

    TAMBAH, HAPUS, PINDAH, UBAH = KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One comparable row. ``bagian`` is the part of the book it belongs to; ``nama`` its words (uraian, indicator).

    ``identity`` is what makes it the same row; ``moved`` by what it is known again elsewhere, () where it can't be.
    ``amount`` counts in the totals of program and jenis belanja, None where nothing of it is counted; ``unknown`` counts the
    rows in it whose amount is not known.
    """

    bagian: str
    unit: str
    kode: str
    rekening: str
    nama: str
    identity: tuple[str, ...]
    moved: tuple[str, ...] = ()
    fields: Mapping[str, Value]
    amount: int | None = None
    unknown: int = 0
    jenis: str = ""


_KeyOf = Callable[[Item], _Key | None]
_Label = Callable[[Item], str]
_Pairs = list[tuple[Item, Item]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field with both values."""

    label: str
    old: Value
    new: Value

    @property
    def selisih(self) -> Decimal | None:
        """New minus old, None unless both are numbers."""
        return self.new - self.old if isinstance(self.old, Decimal) and isinstance(self.new, Decimal) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One row that was added, removed, moved or changed; a moved row may have changed fields as well."""

    kind: Kind
    old: Item | None
    new: Item | None
    fields: tuple[FieldChange, ...] = ()

    @property
    def item(self) -> Item:
        """The row as it is now, or as it was."""
        found = self.new or self.old
        assert found is not None
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """Amounts that changed while the sum of their scope stayed: ``jumlah`` rupiah went from some accounts to others."""

    tingkat: str
    kode: str
    unit: str
    jumlah: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """Both amounts of a program or a jenis belanja, by its key, and how many rows of both are not in them."""

    kode: str
    lama: int
    baru: int
    belum_diketahui: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Everything that differs, and the totals side by side: of what is known, ``unknown`` rows of both apart."""

    changes: tuple[Change, ...]
    shifts: tuple[Shift, ...]
    per_program: tuple[Total, ...]
    per_jenis: tuple[Total, ...]
    lama: int
    baru: int
    unknown: int = 0


def compare_items(old: Sequence[Item], new: Sequence[Item], measures: Measures = COMMON) -> Comparison:
    """Compare two sides; the order of their rows does not matter. ``measures``: the units of measure that the office knows."""
    changes = tuple(sorted(_changes(old, new, measures), key=_order))
    return Comparison(
        changes=changes,
        shifts=tuple(_shifts(changes)),
        per_program=_totals(old, new, lambda item: _program(item.kode)),
        per_jenis=_totals(old, new, lambda item: item.jenis or UNKNOWN),
        lama=sum(item.amount or 0 for item in old),
        baru=sum(item.amount or 0 for item in new),
        unknown=sum(item.unknown for item in (*old, *new)),
    )


def _order(change: Change) -> tuple[str, ...]:
    item = change.item
    return (item.bagian, item.unit, item.kode, item.rekening, item.nama, change.kind, str(change.old), str(change.new))


# ---- matching --------------------------------------------------------------------------------


def _changes(old: Sequence[Item], new: Sequence[Item], measures: Measures) -> Iterator[Change]:
    pairs, gone, come = _match(old, new, lambda item: (item.bagian, *item.identity), measures)
    moved, gone, come = _match(gone, come, lambda item: (item.bagian, item.unit, *item.moved) if item.moved else None, measures)
    # Into another unit only as it stands: equal words alone are too common for that.
    strayed, gone, come = _match(
        gone, come, lambda item: (item.bagian, *item.moved, *_content(item)) if item.moved else None, measures
    )
    for before, after in pairs:
        if fields := _fields(before, after, measures):
            yield Change(kind=Kind.UBAH, old=before, new=after, fields=fields)
    for before, after in (*moved, *strayed):
        yield Change(kind=Kind.PINDAH, old=before, new=after, fields=_fields(before, after, measures))
    yield from (Change(kind=Kind.HAPUS, old=item, new=None) for item in gone)
    yield from (Change(kind=Kind.TAMBAH, old=None, new=item) for item in come)


def _content(item: Item) -> tuple[str, ...]:
    return tuple(f"{label}={value}" for label, value in sorted(item.fields.items()))


def _match(
    old: Iterable[Item], new: Iterable[Item], key: _KeyOf, measures: Measures
) -> tuple[_Pairs, list[Item], list[Item]]:
    """Pairs of one key, and what is left on either side; items without a key are left."""
    before, after = (grouped((key(item), item) for item in side) for side in (old, new))
    pairs: _Pairs = []
    gone: list[Item] = before.pop(None, [])
    come: list[Item] = after.pop(None, [])
    for group in before.keys() | after.keys():
        found, left, right = _pair(before.get(group, []), after.get(group, []), measures)
        pairs += found
        gone += left
        come += right
    return pairs, gone, come


def _pair(old: list[Item], new: list[Item], measures: Measures) -> tuple[_Pairs, list[Item], list[Item]]:
    """The rows of one identity: those that agree in most fields first, ties in the order of their content."""
    if len(old) == len(new) == 1:
        return [(old[0], new[0])], [], []
    old, new = sorted(old, key=_rank), sorted(new, key=_rank)
    scores = sorted(
        (-_agreement(a, b, measures), i, j) for i, a in enumerate(old) for j, b in enumerate(new)
    )  # identities that repeat are few
    left, right = dict(enumerate(old)), dict(enumerate(new))
    pairs = []
    for _, i, j in scores:
        if i in left and j in right:
            pairs.append((left.pop(i), right.pop(j)))
    return pairs, list(left.values()), list(right.values())


def _rank(item: Item) -> tuple[str, ...]:
    return (*item.identity, *_content(item), str(item.amount))


def _alike(label: str, one: Value, other: Value, measures: Measures) -> bool:
    """Whether two values are the same; units of measure are in any spelling."""
    return one == other or label in _MEASURES and measures.same(one, other)


def _agreement(a: Item, b: Item, measures: Measures) -> int:
    same = sum(_alike(label, a.fields[label], b.fields[label], measures) for label in a.fields.keys() & b.fields.keys())
    return same + (a.kode == b.kode) + (a.rekening == b.rekening)


def _fields(old: Item, new: Item, measures: Measures) -> tuple[FieldChange, ...]:
    """The fields that both sides know and that differ, in the order of the declaration."""
    return tuple(
        FieldChange(label=label, old=value, new=new.fields[label])
        for label, value in old.fields.items()
        if label in new.fields and not _alike(label, new.fields[label], value, measures)
    )


# ---- amounts ---------------------------------------------------------------------------------


def _totals(old: Sequence[Item], new: Sequence[Item], key: _Label) -> tuple[Total, ...]:
    lama, baru = (sums((key(item), item.amount) for item in side if item.amount is not None) for side in (old, new))
    left = sums((key(item), item.unknown) for item in (*old, *new) if item.unknown)
    keys = sorted(lama.keys() | baru.keys() | left.keys())
    return tuple(Total(kode=k, lama=lama.get(k, 0), baru=baru.get(k, 0), belum_diketahui=left.get(k, 0)) for k in keys)


def _shifts(changes: Iterable[Change]) -> Iterator[Shift]:
    """Changes of amounts that cancel out within a sub kegiatan; of the rest within a kegiatan, a program, the whole. None
    where an amount is not known."""
    changes = list(changes)
    left = {(item.unit, item.kode) for c in changes for item in (c.old, c.new) if item is not None and item.unknown}
    moves = [(item, sign) for change in changes for item, sign in ((change.old, -1), (change.new, 1)) if item is not None]
    accounts = sums(
        ((item.unit, item.kode, f"{item.rekening} {item.nama}"), sign * item.amount)
        for item, sign in moves
        if item.amount is not None
    )
    rest: dict[str, int] = defaultdict(int)
    for (unit, kode), parts in sorted(grouped((key[:2], net) for key, net in accounts.items()).items()):
        net = sum(parts)
        if (unit, kode) in left:
            continue
        if net:
            rest[kode] += net
        elif plus := sum(n for n in parts if n > 0):
            yield Shift(tingkat="Sub kegiatan", kode=kode, unit=unit, jumlah=plus)
    for tingkat, above in _SCOPES if not left else ():
        for scope, kodes in grouped((above(kode), kode) for kode in sorted(rest)).items():
            parts = [rest[kode] for kode in kodes]
            if sum(parts) == 0 and (plus := sum(n for n in parts if n > 0)):
                yield Shift(tingkat=tingkat, kode=scope, unit="", jumlah=plus)
                for kode in kodes:
                    del rest[kode]


def _kegiatan(kode: str) -> str:
    return parents(kode)[1] if level(kode) else UNKNOWN


def _program(kode: str) -> str:
    return parents(kode)[0] if level(kode) else UNKNOWN


_SCOPES = (("Kegiatan", _kegiatan), ("Program", _program), ("Seluruhnya", lambda _: ""))
