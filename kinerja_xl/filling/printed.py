"""Forms whose rows are printed already: each is filled as the row of ours that it is, by its code or by its name.

Bappeda and the Inspektorat print the sub kegiatan, the accounts or the indicators and leave the figures blank. A row means
everything of ours below its code: a program the sum of its sub kegiatan, an account that of its lines. What finds no row, finds
several, or stands there twice is left blank and said; nothing printed is overwritten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.filling.identity import CODED, Identity, Node, Ours, bare, lines_of, split_code
from kinerja_xl.filling.supply import PRICES, Supply, added
from kinerja_xl.filling.target import Block, Target
from kinerja_xl.formula.cellsheet import CellSheet
from kinerja_xl.formula.references import address, references
from kinerja_xl.sheets.formats import format_rupiah, plain
from kinerja_xl.sheets.values import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """Printed rows with what goes into them. ``supply``: one record per place; ``columns``: what names the rows, left alone.

    ``unknown``: rows that find none of ours. ``doubled``: rows that stand there twice or find several. ``renamed``: rows whose
    code is ours and whose name is not. ``partly``: rows that get sums alone, because several of ours are in them. ``homeless``:
    positions of ours without a row, of ``whole``. ``counted``: our rows whose money the form shows. ``own``: how many
    printed rows are of the level of ours.
    """

    whole: Supply
    target: Target
    supply: Supply
    places: Mapping[int, int]
    columns: frozenset[int]
    unknown: tuple[int, ...]
    doubled: tuple[int, ...]
    renamed: tuple[int, ...]
    partly: tuple[int, ...]
    homeless: tuple[int, ...]
    own: int
    counted: Supply
    bare: Mapping[int, frozenset[int]]


@dataclass(slots=True)
class _Row:
    """A printed row while it is read: the code of the tree, the account and the line that its texts say.

    ``conflict``: they say two things; ``renamed``: the code is ours, the name is not; ``text``: something says what it is.
    """

    row: int
    code: str = ""
    account: str = ""
    line: str = ""
    conflict: bool = False
    renamed: bool = False
    text: bool = False
    node: Node | None = None


def recognise(
    target: Target, ours: Ours, named: Sequence[Identity], asked: Mapping[int, str], grid: CellSheet
) -> Printed | None:
    """The printed rows of a table; None where its rows are headings over blank ones, or none of them is ours.

    ``asked``: the other columns with the key of ours.
    """
    read = _read(target, ours, named)
    nodes = {one.row: one.node for one in read if one.node is not None and not one.conflict}
    inside = {row: ours.below(node) for row, node in nodes.items()}
    times = Counter(nodes.values())
    unsure = {row for row, node in nodes.items() if times[node] > 1 or (node.line and len(inside[row]) > 1)}
    placed = {row: node for row, node in nodes.items() if row not in unsure and (inside[row] or ours.exact(node))}
    groups = {row for row in placed if not _lowest(row, placed, inside)}
    own = {row for row, node in placed.items() if ours.own_level(node)}
    if not own and all(row in groups or _blank_below(target, row) for row in placed):
        return None
    lined = any(node.line for node in placed.values())
    rows, partly = [], []
    for row in (ordered := sorted(placed)):
        record, mixed = _record(ours, placed[row], inside[row], set(asked.values()), lined)
        rows.append(record)
        partly += [row] if mixed else []
    places = {row: position for position, row in enumerate(ordered)}
    _merge_down(rows, places, asked, grid.merged, ours.supply)
    parts = {position: inside[row] for row, position in places.items()}
    sums = frozenset(places[row] for row in groups)
    money = [col for col, key in asked.items() if ours.supply.column(key).kind.name == "rupiah" and key not in PRICES]
    bare = {col: _summed_twice(sums, parts, places, grid, col) for col in money}
    main = [col for col in money if asked[col] == ours.supply.amount]
    given = {places[row] for row in groups for col in main if (row, col) not in grid.formulas and places[row] not in bare[col]}
    filled = frozenset().union(*(parts[n] for n in given | (parts.keys() - sums)))
    doubtful = frozenset().union(*(inside[row] for row in unsure))
    unsure |= {one.row for one in read if one.conflict}
    return Printed(
        whole=ours.supply, places=places, own=len(own), columns=frozenset(col for one in named for col in one.columns),
        target=replace(target, blocks=tuple(Block(first=row, last=row) for row in ordered), filled=()),
        supply=replace(ours.supply, rows=tuple(rows), groups=sums),
        unknown=tuple(one.row for one in read if one.text and one.row not in placed.keys() | unsure),
        doubled=tuple(sorted(unsure)), partly=tuple(partly),
        renamed=tuple(one.row for one in read if one.renamed and one.row in placed),
        homeless=tuple(p for p in range(len(ours.supply.rows)) if p not in filled | doubtful and p not in ours.supply.groups),
        counted=replace(ours.supply, rows=tuple(ours.supply.rows[p] for p in sorted(filled)), groups=frozenset()),
        bare=bare,
    )  # fmt: skip


def _read(target: Target, ours: Ours, named: Sequence[Identity]) -> list[_Row]:
    """Every printed row with what it is; a row without a code belongs to the last one above it. Below a name that nobody knows
    a line is known only where its name alone tells it, and an account not at all."""
    tree, lost = "", False
    found = []
    for row, held in lines_of(target):
        one = _clues(row, held, ours, named)
        if one.code:
            tree, lost = one.code, False
        elif one.text and not (one.account or one.line or one.conflict):
            lost = True
        if one.line:
            one.node = Node("line", "" if lost else tree, "", one.line)
        elif one.account:
            one.node = Node("account", _NOWHERE if lost and tree else tree, one.account)
        elif one.code:
            one.node = Node("tree", one.code)
        found.append(one)
    return found


_NOWHERE = "?"
"""A code that nothing of ours is below."""


def _clues(row: int, held: Mapping[int, object], ours: Ours, named: Sequence[Identity]) -> _Row:
    """What the texts of one row say, codes before names."""
    texts = [(part, text) for part in named if (text := part.text(held))]
    codes = [split_code(m[1]) for part, text in texts if (m := CODED.match(text)) and (part.code or "." in m[1])]
    names = [name for _, text in texts if (name := bare(text)) and not name.isdecimal()]
    one = _Row(row, text=bool(codes or names))
    one.code = next((t for t, a in codes if t in ours.trees or (t and a not in ours.accounts)), "")
    one.account = next((a for t, a in codes if a in ours.accounts and (t not in ours.trees or (t == one.code and t != a))), "")
    one.line = next((name for name in names if name in ours.lines), "")
    trees = set().union(*(ours.names.get(name, set()) for name in names))
    one.renamed = bool(one.code and names and not trees and not one.line)
    if one.code and trees:
        one.conflict = not any(one.code == known or one.code.startswith(f"{known}.") for known in trees)
    elif trees and not one.account:
        one.code = max(trees, key=len) if _one_branch(trees) else ""
        one.conflict = not one.code and not one.line
    if not (one.account or one.line or one.code):
        known = set().union(*(ours.account_names.get(name, set()) for name in names))
        one.account = max(known, key=len) if _one_branch(known) else ""
        one.conflict = one.conflict or bool(known and not one.account)
    return one


def _one_branch(codes: set[str]) -> bool:
    """Whether each of these codes lies above or below the others: one name at several levels."""
    ordered = sorted(codes, key=len)
    return bool(ordered) and all(b.startswith(f"{a}.") for a, b in zip(ordered, ordered[1:], strict=False))


def _lowest(row: int, placed: Mapping[int, Node], inside: Mapping[int, frozenset[int]]) -> bool:
    """Whether no other printed row is a part of this one."""
    own = placed[row]
    return not any(
        inside[other] and inside[other] <= inside[row] and node.depth > own.depth
        for other, node in placed.items() if other != row
    )  # fmt: skip


def _blank_below(target: Target, row: int) -> bool:
    """Whether blank rows follow: the printed one is their heading."""
    return any(block.first == row + 1 for block in target.blocks)


def _record(
    ours: Ours, node: Node, inside: frozenset[int], asked: set[str], lined: bool
) -> tuple[dict[str, object], bool]:
    """What goes into a printed row: the figures of our row, or the sums of several; whether something had to stay out."""
    supply = ours.supply
    exact = sorted(ours.exact(node))
    summed = exact if set(exact) & supply.groups else sorted(inside)
    record: dict[str, object] = {}
    mixed = False
    for column in supply.columns:
        key = column.key
        if column.kind.name == "rupiah" and key not in PRICES:
            record[key] = added(supply.rows[position].get(key) for position in summed)
            continue
        if lined and not node.line:
            continue
        values = {supply.rows[position].get(key) for position in exact}
        record[key] = next(iter(values)) if len(values) == 1 else None
        mixed = mixed or (len(values) > 1 and key in asked)
    return record, mixed


def _merge_down(
    rows: list[dict[str, object]], places: Mapping[int, int], asked: Mapping[int, str],
    merged: Sequence[tuple[int, int, int, int]], supply: Supply,
) -> None:  # fmt: skip
    """A cell over several printed rows takes their sum, or what they have in common."""
    for r1, c1, r2, c2 in merged:
        key = next((asked[col] for col in range(c1, c2 + 1) if col in asked), "")
        inside = [places[row] for row in range(r1, r2 + 1) if row in places]
        if r1 == r2 or not key or not inside:
            continue
        values = [rows[n].get(key) for n in inside]
        money = supply.column(key).kind.name == "rupiah" and key not in PRICES
        common = added(values) if money else values[0] if len(set(values)) == 1 else None
        for n in inside:
            rows[n][key] = common if n == places.get(r1) else None


# ---- Which sums the form makes itself, and what has to be said ----


def _summed_twice(
    sums: Iterable[int], parts: Mapping[int, frozenset[int]], places: Mapping[int, int], grid: CellSheet, col: int
) -> frozenset[int]:
    """Positions whose amount some formula of the column would count once more: it takes them and what they are made of."""
    rows = {position: row for row, position in places.items()}
    taken = [_boxes(cell.at(place), place) for place, cell in grid.formulas.items() if place[1] == col]
    found = set()
    for position in sums:
        below = [rows[n] for n, inside in parts.items() if n != position and inside <= parts[position]]
        for boxes in taken:
            if _within(rows[position], col, boxes) and any(_within(row, col, boxes) for row in below):
                found.add(position)
    return frozenset(found)


def _boxes(formula: str, place: tuple[int, int]) -> list[tuple[int, int, int, int]]:
    """The areas of the own sheet that a formula takes."""
    found = []
    for ref in references(formula):
        last = ref.last or ref.first
        if not ref.sheet and ref.first.row and last.row:
            found.append((ref.first.row, ref.first.col or 1, last.row, last.col or place[1]))
    return found


def _within(row: int, col: int, boxes: Iterable[tuple[int, int, int, int]]) -> bool:
    return any(top <= row <= bottom and left <= col <= right for top, left, bottom, right in boxes)


Typed = tuple[int, int, object, object]
"""A cell that holds something else than ours: row, column, theirs, ours."""


def alike(theirs: object, ours: object) -> bool:
    """Whether what is printed says the same as ours."""
    if all(isinstance(one, int | float | Decimal) and not isinstance(one, bool) for one in (theirs, ours)):
        return Decimal(str(theirs)) == Decimal(str(ours))
    return fold(str(theirs)) == fold(str(ours))


def printed_said(file: str, printed: Printed, typed: Sequence[Typed]) -> Iterator[Finding]:
    """What a printed form leaves open: rows without ours, ours without a row, and what is printed otherwise."""
    sheet = printed.target.sheet
    for code, rows in (("W226", printed.unknown), ("W246", printed.doubled), ("W266", printed.partly), ("W276", printed.renamed)):
        if rows:
            words = {"baris": listed(rows), "banyak": str(len(rows))}
            yield Finding(code=code, file=file, sheet=sheet, cell=f"A{rows[0]}", args=words)
    if printed.homeless:
        yield Finding(code="W236", file=file, sheet=sheet, args=told_of(printed.whole, printed.homeless))
    if typed:
        row, col, theirs, ours = typed[0]
        cells = ", ".join(address(r, c) for r, c, *_ in typed[:8])
        words = {"banyak": str(len(typed)), "sel_sel": cells, "formulir": _said(theirs), "data": _said(ours)}
        yield Finding(code="W256", file=file, sheet=sheet, cell=address(row, col), args=words)


def listed(rows: Sequence[int]) -> str:
    """Row numbers as a sentence names them."""
    shown = ", ".join(map(str, rows[:8]))
    return f"{shown} dan {len(rows) - 8} lainnya" if len(rows) > 8 else shown


def told_of(supply: Supply, rows: Sequence[int]) -> dict[str, str]:
    """Some rows of ours as a sentence names them: how many, their money in brackets, the first."""
    amount = added(supply.rows[position].get(supply.amount) for position in rows) if supply.amount else None
    money = f" ({format_rupiah(amount)})" if isinstance(amount, Decimal) else ""
    return {"banyak": str(len(rows)), "jumlah": money, "contoh": example_of(supply, rows)}


def example_of(supply: Supply, rows: Sequence[int]) -> str:
    row, keys = supply.rows[rows[0]], [supply.tree, "kode_rekening", "indikator", "uraian", "nama"]
    return " ".join(str(row[key]) for key in dict.fromkeys(keys) if row.get(key))[:90]


def _said(value: object) -> str:
    return str(plain(value) if isinstance(value, Decimal) else value)[:60]
