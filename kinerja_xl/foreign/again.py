"""Money that stands there once more: carried to the next page, recapitulated or spread again below the lines, as another
version of a line, or left over.

Habits served: "Pindahan" on each page; a recap of the groups below (or above) them, with the total only there; a plan per
triwulan below the rincian of an RKA; cash in hand, or a remark, below the grand total; one long list of Murni and Perubahan.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from kinerja_xl.catatan import Finding, Severity
from kinerja_xl.foreign.kinds import Purpose
from kinerja_xl.foreign.model import RAB, REALISASI, finding, number, ranges
from kinerja_xl.foreign.names import Names, without_code
from kinerja_xl.foreign.rowset import AFTER, AGAIN, HEADING, OLDER, TOTAL, VALUE, Row
from kinerja_xl.foreign.sums import Reading, Verdict
from kinerja_xl.foreign.tree import bare, listed, multiplied, shaped, telling
from kinerja_xl.formula.cellsheet import place
from kinerja_xl.regions.model import Layout
from kinerja_xl.regions.words import clean, is_total
from kinerja_xl.sheets.values import fold
from kinerja_xl.words.match import kata
from kinerja_xl.words.shapes import numbering

VERSIONS = 12
"""So many texts at most stand in a column that tells versions, headings inside the table and labels of totals with them."""
_OLD, _NEW = kata("versi_lama"), kata("versi_baru")


def carried_forward(items: Sequence[Row]) -> None:
    """A page begins with the sum of the page before ("Pindahan", "Jumlah lalu"): no number, no code, the very same amounts."""
    for row, before in zip(items[1:], items, strict=False):
        if row.kind == VALUE and before.kind == TOTAL and row.values == before.values and any(row.values.values()) and bare(row):
            row.kind = TOTAL


def recapitulated(items: list[Row]) -> list[Row]:
    """The rows without a recap of their groups: rows below each other that are no lines by their shape ("1 ls" is none), each
    called as a group elsewhere, or as many as there are groups, and (but for one, perhaps a slip) with the very sums of these."""
    plain = [row.kind == VALUE and not multiplied(row) for row in items]
    if not any(one and below for one, below in pairwise(plain)):
        return items
    groups, start = _groups(items), 0
    heads = sorted(i for some in groups.values() for i in some if i + 1 < len(items) and shaped(items[i + 1]))
    for end in range(len(items) + 1):
        if end < len(items) and plain[end]:
            continue
        block, below = items[start:end], items[end].kind if end < len(items) else TOTAL
        if len(block) > 1 and below != VALUE:
            own = [groups.get(_called(row), []) for row in block]
            as_many = bisect(heads, start - 2) == len(block) and all(any(map(telling, row.values.values())) for row in block)
            own = [[i] for i in heads[: len(block)]] if as_many and not all(own) else own
            told = [all(own) and _told(items, some, row) for some, row in zip(own, block, strict=True)]
            if sum(told) >= max(2, len(block) - 1):
                for row in block:
                    row.kind = AGAIN
        start = end + 1
    return [row for row in items if row.kind != AGAIN]


def _called(row: Row) -> str:
    """The name of a group without its number or letter, which may stand in the same cell in one of the two places only."""
    name = without_code(clean(row.name))
    mark, _, rest = name.partition(" ")
    return fold(rest if rest and mark[-1] in ".)" and numbering(mark) else name)


def _groups(items: Sequence[Row]) -> Mapping[str, list[int]]:
    """Where the groups begin, by their names: headings, and rows without a shape above lines."""
    found: dict[str, list[int]] = defaultdict(list)
    for i, (row, below) in enumerate(zip(items, [*items[1:], None], strict=False)):
        if row.kind == HEADING or (row.kind == VALUE and not shaped(row) and below is not None and shaped(below)):
            found[_called(row)].append(i)
    return found


def _sums_of(items: Sequence[Row], i: int) -> Iterator[tuple[dict[int, Decimal], Sequence[int]]]:
    """What the group at ``i`` may come to, each with the rows that say so: its own amounts, what its lines add up to, up to any
    row that is none, and the totals below."""
    yield items[i].values, [items[i].at + 1]
    whole: dict[int, Decimal] = {}
    lines: list[int] = []
    for row, below in zip(items[i + 1 :], [*items[i + 2 :], None], strict=False):
        if row.kind == TOTAL:
            yield row.values, [row.at + 1]
        elif shaped(row):
            whole = {col: whole.get(col, Decimal(0)) + row.values.get(col, Decimal(0)) for col in {*whole, *row.values}}
            lines.append(row.at + 1)
            if below is None or not shaped(below):
                yield whole, [*lines]


def _told(items: Sequence[Row], groups: Sequence[int], row: Row) -> bool:
    return any(row.values == values for i in groups for values, _ in _sums_of(items, i))


def recap_slips(made: Layout, goal: Purpose, rows: Sequence[Row], reading: Reading) -> Iterator[Finding]:
    """What a recap prints for a group, where neither the group nor its lines come to that."""
    items, again = reading.items, [row for row in rows if row.kind == AGAIN and not multiplied(row)]
    groups = _groups(items) if again else {}
    for row, col in ((row, col) for row in again for col in goal.main):
        if col not in row.values or not (own := groups.get(_called(row))) or _told(items, own, row):
            continue
        value, near = row.values[col], [(sums[col], lines) for i in own for sums, lines in _sums_of(items, i) if col in sums]
        if not near:
            continue  # the group has no figure in this column
        right, lines = min(near, key=lambda one: abs(one[0] - value))
        yield finding(
            "L449", made.region.grid.name, place(row.at, col), value=number(value), nama=clean(row.name)[:60], tercetak=value,
            mestinya=right, baris=ranges(lines), selisih=value - right,
        )  # fmt: skip


def after_total(reading: Reading) -> bool:
    """Figures below the grand total, or below the lines that it stands above, that no sum counts (cash in hand, a remark) are no
    lines, words beside them no units. Whether there are such: the rows above are then to be read without them."""
    if not reading.levels and not reading.verdicts:
        return False
    _spread_again(reading)
    grand = max(
        (
            v for v in reading.verdicts
            if v.start == 0 and v.item >= 0 and 1 < v.end <= (reading.before[v.item] or v.end)
            and (v.agrees or _all_shaped(reading, v))
        ), key=lambda v: (v.item, -v.end), default=None,
    )  # fmt: skip
    if (
        grand is None
        or not (reading.items[grand.item].kind == TOTAL and is_total(reading.items[grand.item].label))
        or any(row.kind == TOTAL for row in reading.items[grand.item + 1 :])
    ):
        return False
    last = max(grand.item, reading.places[grand.end - 1])
    tail = [i for i in range(last + 1, len(reading.items)) if reading.line[i]]
    if len(tail) <= 5 and not any(listed(reading.items[i]) for i in tail):
        for i in tail:
            reading.line[i] = False
            reading.items[i].kind = AFTER
        for row in reading.items[last + 1 :]:
            row.unit = row.unit if row.volume or row.price else ""
        return bool(tail)
    return False


def _all_shaped(reading: Reading, total: Verdict) -> bool:
    """A total that is wrong ends the table as well where every line above it has a shape, and what follows has none."""
    return all(map(shaped, reading.lines()[: total.end]))


def _spread_again(reading: Reading) -> None:
    """A block below the grand total, or below lines that all have a shape, with the very same total is the same money once more:
    the plan per triwulan that an RKA prints below its rincian, a table of sources, wages and material of a BOQ."""
    totals = [v for v in reading.verdicts if v.agrees and v.item >= 0 and v.printed and reading.items[v.item].kind == TOTAL]
    last, lines = totals[-1] if totals else None, reading.lines()
    if last is None or last.start < 2:
        return
    grand = next((v for v in totals if v.start == 0 and 1 < v.end <= last.start and v.printed == last.printed), None)
    whole = sum((row.values.get(last.col, Decimal(0)) for row in lines[: last.start]), Decimal(0))
    unlike = all(map(shaped, lines[: last.start])) and not any(row.unit or row.price for row in lines[last.start :])
    if grand is None and not (unlike and last.printed == whole and telling(whole)):
        return
    for i in range(grand.item + 1 if grand else reading.places[last.start], last.item):
        if reading.line[i] and not (shaped(reading.items[i]) and grand):
            reading.line[i] = False
            reading.items[i].kind = AGAIN


def older_versions(made: Layout, goal: Purpose, names: Names, rows: Sequence[Row]) -> Iterator[Finding]:
    """Rows that are called the same and stand there once per version ("Murni", "Perubahan"): the last version counts, unless a
    printed total holds them all ("Perubahan" may be what was added). Of unlike words the one that stands last does, and is asked
    to be looked at."""
    told = {*names.names, *names.code, names.number, names.unit, *goal.main}
    for column in made.columns.values() if goal.kind in (RAB, REALISASI) else ():
        texts = {*made.region.column(column.col)} if column.col not in told and not made.content[column.col].is_numeric else set()
        if len(texts) > VERSIONS or not any(isinstance(text, str) and _NEW(text) for text in texts):
            continue
        values = [(row, clean(str(made.region.grid.value(row.at, column.col) or ""))) for row in rows if row.kind == VALUE]
        called = {text for _, text in values}
        if sum(not (_NEW(text) or _OLD(text)) for text in called if text) > 1:  # "APBD" beside "P-APBD" is one
            continue
        seen: Counter[tuple[str, ...]] = Counter()
        turns: dict[tuple[tuple[str, ...], int], list[tuple[Row, str]]] = defaultdict(list)
        for row, text in values:
            own = (clean(row.code), clean(row.name), "" if column.col == names.specification else row.specification, row.unit)
            seen[*own, text] += 1
            turns[own, seen[*own, text]].append((row, text))
        spellings = {found[0].lower() for text in called if not _OLD(text) and (found := _NEW(text))}
        sure = len(spellings) == 1
        paired = [sorted(same, key=lambda pair: _age(pair[1], sure)) for same in turns.values() if len(same) > 1]
        if len(paired) < 2 or len(paired) * 2 <= len(turns):
            continue
        whole = {col: sum((row.values.get(col, Decimal(0)) for row, text in values if text), Decimal(0)) for col in goal.main}
        both = any(row.kind == TOTAL and row.values.get(col) == whole[col] for row in rows for col in goal.main)
        older = [row for same in paired for row, _ in same[:-1]]
        alone = [same[0][0].at + 1 for same in turns.values() if len(same) == 1 and not _NEW(same[0][1]) and same[0][1]]
        last = paired[0][-1]
        how = "semua baris dihitung, karena jumlah yang tercetak memuat semuanya" if both else (
            f'yang dihitung "{last[1]}"; baris {ranges(row.at + 1 for row in older)} versi lain dan tidak dihitung'
        )  # fmt: skip
        how += f". Baris {ranges(alone)} hanya ada dalam versi lama, dan dihitung" if alone and not both else ""
        said = finding(
            "L213", made.region.grid.name, place(last[0].at, column.col), column=column.name, value=last[1], kolom=column.name,
            banyak=len(paired), cara=how,
        )  # fmt: skip
        yield replace(said, severity_override=Severity.WAJIB) if not (sure or both) else said
        for row in () if both else older:
            row.kind = OLDER
        return


def _age(version: str, sure: bool) -> tuple[bool, list[str]]:
    """Old versions before new ones, these by their number ("Pergeseran II", "Perubahan ke-3"); of unlike words as they stand."""
    parts = version.replace("-", " ").split() if sure else []
    return bool(_NEW(version)) and not _OLD(version), [part.zfill(3) if part.isdecimal() else part for part in parts]
