"""One table per declared block, of all workbooks together: where each row stood, and exact columns. No float holds an amount.

Whole rupiah and whole numbers are ``Int64``, other numbers ``Decimal`` objects (so is a column of rupiah in which one has
decimals: it is said, and computed as it stands), dates ``datetime64``, closed lists categories, texts ``string``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import NamedTuple

import numpy as np
import pandas as pd

from kinerja_xl.sheets.content import Lack, Row
from kinerja_xl.sheets.kinds import Kind, Shape
from kinerja_xl.sheets.model import Block, Column

PLACE = ("kantor", "unit", "berkas", "lembar", "baris")
"""The columns that say where a row stood; together they name it."""

_LARGEST = 2**62
"""Int64 is left for plain integers before sums of it could overflow."""


class Checked(NamedTuple):
    """One row with where it came from; ``reported`` are places of its workbook that already have a catatan.

    ``excused`` are required columns that this row may leave empty.
    """

    block: Block
    row: Row
    file: str
    unit: str
    reported: frozenset[tuple[str, str]]
    excused: frozenset[str] = frozenset()

    def lack(self, column: Column) -> Lack | None:
        """Why this row has no value there; None where it has one."""
        if self.row.values.get(column.key) is not None:
            return None
        cell = self.row.cell(column.key)
        if not cell or column.key in self.excused:
            return Lack.TIDAK_BERLAKU
        return Lack.TIDAK_DAPAT if (self.row.sheet, cell) in self.reported else Lack.BELUM


@dataclass(frozen=True, kw_only=True)
class Consolidated:
    """All rows of one block. ``frame`` has them in the order of ``rows``, made once it is asked for: checks want few columns."""

    block: Block
    rows: Sequence[Checked]
    kantor: str = ""

    @cached_property
    def frame(self) -> pd.DataFrame:
        return placed(self.columns(self.block.columns), map(_place, self.rows), self.kantor)

    def columns(self, wanted: Iterable[Column]) -> dict[str, pd.Series]:
        """Some of its columns by their keys."""
        values = [one.row.values for one in self.rows]
        return {column.key: series(column.kind, [own.get(column.key) for own in values]) for column in wanted}

    def lacks(self) -> pd.DataFrame:
        """Where nothing stands, by row and column, and which of the three non-values it is."""
        asked = [column for column in self.block.columns if column.computed is None]
        found = [(*_place(one), column.key, lack) for one in self.rows for column in asked if (lack := one.lack(column))]
        return pd.DataFrame(found, columns=[*PLACE[1:], "kolom", "sebab"]).astype({"sebab": _LACKS})


_LACKS = pd.CategoricalDtype([lack.value for lack in Lack])


def consolidated(rows: Iterable[Checked], kantor: str = "") -> list[Consolidated]:
    """The rows of any number of blocks and workbooks, a table each; older versions of a block stand in its newest."""
    by_block: dict[int, list[Checked]] = {}
    for one in rows:
        by_block.setdefault(id(one.block), []).append(one)
    families: list[tuple[Block, list[list[Checked]]]] = []
    for group in sorted(by_block.values(), key=lambda group: -len(group[0].block.columns)):
        block = group[0].block
        own = next((groups for newest, groups in families if newest.key == block.key and _within(block, newest)), None)
        if own is None:
            families.append((block, [group]))
        else:
            own.append(group)
    return [Consolidated(block=block, rows=[*chain.from_iterable(groups)], kantor=kantor) for block, groups in families]


def _within(old: Block, new: Block) -> bool:
    return {c.key for c in old.columns} <= {c.key for c in new.columns}


def _place(one: Checked) -> tuple[str, str, str, int]:
    return one.unit, one.file, one.row.sheet, one.row.row


def placed(data: dict[str, pd.Series], places: Iterable[tuple[str, str, str, int]], kantor: str = "") -> pd.DataFrame:
    """The columns behind those that say where each row stood: unit, file, sheet and row."""
    unit, berkas, lembar, baris = [*zip(*places, strict=True)] or [()] * 4
    own = [pd.Categorical(names) for names in ([kantor] * len(unit), unit, berkas, lembar)]
    front = dict(zip(PLACE, [*own, np.array(baris, dtype="int64")], strict=True))
    # a column of the form that has the name of a place (the DPA's unit) keeps it: it is what was typed
    return pd.DataFrame({**{key: made for key, made in front.items() if key not in data}, **data}, index=pd.RangeIndex(len(unit)))


def series(kind: Kind, values: Sequence[object]) -> pd.Series:
    """A column of that kind; None is missing in each of them."""
    if kind.shape is Shape.ANGKA:
        return whole(values) if kind.whole else pd.Series(values, dtype=object)
    if kind.shape is Shape.TANGGAL:
        days = [day if isinstance(day, date) else None for day in values]
        return pd.Series(np.array(days, dtype="datetime64[s]"))
    if kind.shape is Shape.TEKS and all(value is None or isinstance(value, str) for value in values):
        return pd.Series(pd.Categorical(list(values))) if closed(kind) else pd.Series(values, dtype=_TEXT)
    return pd.Series(values, dtype=object)


_TEXT = pd.StringDtype("python")
_NUMBERS = frozenset({Decimal, int, bool, type(None)})


def whole(values: Sequence[object]) -> pd.Series:
    """Whole numbers as Int64; exact objects where one has decimals, or is so large that a sum might not fit."""
    plain = _NUMBERS.issuperset(map(type, values))
    numbers = [None if value is None else int(value) for value in values] if plain else []  # type: ignore[call-overload]
    if plain and numbers == [*values]:
        blank = np.array([number is None for number in numbers], dtype=bool)
        if sum(map(abs, filter(None, numbers))) < _LARGEST:
            filled = np.array([number or 0 for number in numbers], dtype="int64")
            return pd.Series(pd.arrays.IntegerArray(filled, blank))
        return pd.Series(numbers, dtype=object)
    return pd.Series(values, dtype=object)


def closed(kind: Kind) -> bool:
    """Whether only the words of its list stand there."""
    return bool(kind.list_name) and not kind.open_list


def plain(frame: pd.DataFrame) -> Iterator[dict[str, object]]:
    """The rows as plain values: int, Decimal, str, date, bool, None."""
    columns = {str(key): _plain(frame[key]) for key in frame.columns}
    for values in zip(*columns.values(), strict=True):
        yield dict(zip(columns, values, strict=True))


def _plain(column: pd.Series) -> list[object]:
    if column.dtype.kind == "M":
        return [None if pd.isna(day) else day.date() for day in column]
    return [None if missing else value for value, missing in zip(column.tolist(), column.isna(), strict=True)]


# ---- Tables of what was reckoned: records of plain values, typed by what they hold ----

Frame = pd.DataFrame
"""The type of a table, for rooms that do not load pandas themselves."""


def records(rows: Iterable[Sequence[object]], columns: Sequence[str]) -> pd.DataFrame:
    """A table of records: whole numbers Int64, Decimals as they are, dates, Ya/Tidak, texts; None is missing."""
    by_column = [*zip(*rows, strict=True)] or [()] * len(columns)
    return pd.DataFrame({key: _typed(values) for key, values in zip(columns, by_column, strict=True)})


def _typed(values: Sequence[object]) -> pd.Series:
    kinds = {type(value) for value in values if value is not None}
    if kinds and kinds <= {bool}:
        return pd.Series(list(values), dtype="boolean")
    if kinds and kinds <= {int}:
        return whole(values)
    if kinds and kinds <= {date}:
        return pd.Series(np.array(values, dtype="datetime64[s]"))
    if all(issubclass(kind, str) for kind in kinds):
        return pd.Series([None if value is None else str(value) for value in values], dtype=_TEXT)
    return pd.Series(list(values), dtype=object)


def judged(table: Consolidated, rows: Sequence[Row], more: dict[str, Sequence[object]]) -> pd.DataFrame:
    """Those of a table's rows that were judged, in that order, with what was found of them in columns of their own."""
    place = {id(one.row): number for number, one in enumerate(table.rows)}
    frame = table.frame.iloc[[place[id(row)] for row in rows]].reset_index(drop=True)
    return frame.assign(**{key: _typed(values) for key, values in more.items()})
