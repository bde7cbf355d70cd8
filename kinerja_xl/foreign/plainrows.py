"""The rows that need no judgement, read column by column: named, with a unit and an amount, as most rows of a long sheet are.

What decides about a row is asked of each column as a whole, or once for each text that stands in it, however often. A row of
which any column says more than that (a doubt, a merged block, a word for a sum, column numbers) is left to ``rowset``.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from decimal import Decimal
from itertools import repeat

from kinerja_xl.foreign.kinds import Purpose
from kinerja_xl.foreign.model import INDIKATOR
from kinerja_xl.foreign.names import Names
from kinerja_xl.foreign.rowset import (
    VALUE,
    Row,
    adds,
    build_row,
    finished,
    label_among,
    merged_blocks,
    no_unit,
    shown,
)
from kinerja_xl.regions import words
from kinerja_xl.regions.heads import is_numbering
from kinerja_xl.regions.model import Layout
from kinerja_xl.regions.words import clean
from kinerja_xl.words.text import all_clean

_DOUBTS = ("nihil", "ambigu", "galat", "kata")
"""What an amount may not be in a row that needs no judgement."""
_NO_NUMBERING = 100.0
"""An amount from here on: the row does not number the columns."""


def build_rows(made: Layout, goal: Purpose, names: Names) -> list[Row]:
    """All data rows of the region in order."""
    anchors = merged_blocks(made, names)
    plain = _plain(made, goal, names, {at for at, _ in anchors})
    others = made.region.rows if not plain else [at for at in made.region.rows if at not in plain]
    plain.update((at, build_row(made, goal, names, at, anchors)) for at in others)
    return finished(made, goal, [plain[at] for at in made.region.rows])


def _plain(made: Layout, goal: Purpose, names: Names, merged: Set[int]) -> dict[int, Row]:
    """The rows that need no judgement, by their place."""
    in_codes = names.name is not None and names.name in names.code  # code and name in one cell
    if goal.kind == INDIKATOR or names.unit is None or not goal.main or len(names.names) > 1 or names.context or in_codes:
        return {}
    grid, at_rows = made.region.grid, made.region.rows
    cols = (*names.code, names.number, names.name, names.unit, names.specification)
    texts = {col: both for col in cols if (both := _texts(made, col)) is not None}
    if len(texts) < len(set(cols)):
        return {}
    odd = _announcing(made) | merged | grid.odd_rows
    for col in goal.main:
        odd |= {*made.doubtful(col, *_DOUBTS)}
    volumes, prices = made.values(names.volume), made.values(names.price)
    if names.volume is not None:  # a koefisien in words
        raw = made.region.column(names.volume)
        odd |= {at for at, v, text in zip(at_rows, volumes, raw, strict=True) if v is None and text.__class__ is str}
    several, summed, found = len(names.code) > 1, bool(grid.formulas), dict[int, Row]()
    whole: dict[int, str] = {}  # nothing is broken in these rows
    codes = texts[names.code[0]][0] if len(names.code) == 1 else repeat("")
    parts: Iterable[tuple[str, ...]] = zip(*(texts[col][1] for col in names.code), strict=True) if several else repeat(())
    units = {unit: "" if no_unit(unit) else unit for unit in set(texts[names.unit][1])}
    first = made.region.column(goal.main[0])
    amounts = _held(made, goal.main)
    for at, code, part, number, name, unit, specification, volume, price, held, raw_amount in zip(
        at_rows, codes, parts, texts[names.number][1], texts[names.name][0], texts[names.unit][1],
        texts[names.specification][1], volumes, prices, amounts, first, strict=False,
    ):  # fmt: skip
        if not held or at in odd or not units[unit]:
            continue
        if not (raw_amount.__class__ is float and raw_amount >= _NO_NUMBERING) and is_numbering(grid, at):
            continue
        own = next((p for p in reversed(part) if p), "") if several else code
        found[at] = Row(
            at, VALUE, own, part, number, name, unit, specification, volume, price, held, whole,
            summed and any(adds(made, at, col) for col in goal.main), "" if name else _label(made, at),
        )  # fmt: skip
    return found


def _held(made: Layout, cols: Sequence[int]) -> list[dict[int, Decimal]]:
    """The amounts of each row by their column."""
    if len(cols) == 1:
        col = cols[0]
        return [{} if value is None else {col: value} for value in made.values(col)]
    rows = zip(*map(made.values, cols), strict=True)
    return [{col: value for col, value in zip(cols, row, strict=True) if value is not None} for row in rows]


Texts = tuple[Sequence[str], Sequence[str]]


def _texts(made: Layout, col: int | None) -> Texts | None:
    """The texts of a column with their leading blanks, and cleaned; None where something else than text and figures stands."""
    if col is None:
        return (blank := [""] * len(made.region.rows)), blank
    raw = made.region.column(col)
    kinds = set(map(type, raw))
    if not kinds <= {str, float, type(None)}:
        return None
    own: list[str] = [value or "" for value in raw] if float not in kinds else list(map(shown, raw))  # type: ignore[misc]
    if all_clean([*filter(None, own)]):
        return own, own
    known = {text: (shown(text), clean(shown(text))) for text in set(own)}
    return [known[text][0] for text in own], [known[text][1] for text in own]


def _announcing(made: Layout) -> set[int]:
    """The rows in which some text announces a sum, or could where it begins the label of its row."""
    region, begins = made.region, True
    odd: set[int] = set()
    for col in range(region.left, region.right + 1):
        raw = region.column(col)
        announcing = words.may_announce({value for value in raw if value.__class__ is str}) if str in {*map(type, raw)} else ()
        if not begins:
            announcing = {text for text in announcing if words.is_total(clean(text))}
        if announcing:
            odd |= {at for at, value in zip(region.rows, raw, strict=True) if value in announcing}
        begins = begins and not all(map(_begins_label, raw))
    return odd


def _begins_label(value: object) -> bool:
    """A text with which the label of its row begins, where only figures and codes stand before it."""
    return value.__class__ is str and value[:1].isalpha() and (value[0] not in "rR" or bool(label_among([value])))


def _label(made: Layout, at: int) -> str:
    """What stands in for the name of a row that has none."""
    cells = made.region.grid.rows[at][made.region.left : made.region.right + 1]
    return label_among([value for value in cells if value.__class__ is str])
