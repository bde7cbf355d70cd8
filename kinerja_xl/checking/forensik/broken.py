"""Cells that show an error (F111), are not calculated (F112), read themselves (F119); numbers kept as text (F113).

And rows of totals, which the other looks ask for: formulas that add (or average) cells of their own column, by the rows each
adds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from kinerja_xl.catatan import Finding
from kinerja_xl.checking.forensik.grid import Grid, amount, at, bounded, same
from kinerja_xl.checking.forensik.shape import Run, added, circular, literals, shape
from kinerja_xl.formula.parse import Formula, Ref
from kinerja_xl.formula.references import Box, Place
from kinerja_xl.package import Package, address
from kinerja_xl.reading.unseen import hidden
from kinerja_xl.sheets.formats import format_number, plain
from kinerja_xl.sheets.numbers import parse_number
from kinerja_xl.sheets.texts import Doubt
from kinerja_xl.words.text import fold

MOST_MEMBERS, MOST_FOLLOWED = 20_000, 100_000
"""Cells added by one total, and by all totals of a sheet, that are still followed one by one."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Total:
    """One total: ``name`` is SUM, SUBTOTAL or AVERAGE; ``often`` holds the rows it names twice."""

    place: Place
    name: str
    rows: frozenset[int]
    often: frozenset[int]
    ranged: bool  # adds at least one range, so that neighbours of the range may have been forgotten


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalRow:
    """All totals that stand in one row, by column."""

    row: int
    totals: tuple[Total, ...]


def total_rows(grid: Grid) -> tuple[tuple[TotalRow, ...], bool]:
    """The rows of totals of a sheet from top to bottom, and whether these are all (see MOST_FOLLOWED)."""
    by_row: dict[int, list[Total]] = {}
    left = MOST_FOLLOWED
    for place, formula in sorted(grid.formulas.items(), key=lambda item: item[0]):
        total = total_at(grid, place, formula)
        left -= len(total.rows) if total else 0
        if left < 0:
            break
        if total:
            by_row.setdefault(place[0], []).append(total)
    return tuple(TotalRow(row=row, totals=tuple(totals)) for row, totals in sorted(by_row.items())), left >= 0


def total_at(grid: Grid, place: Place, formula: Formula) -> Total | None:
    """The cell's formula as a total of other rows in its own column; None when it is anything else."""
    found = added(formula, ("SUM", "AVERAGE"))
    if found is None or isinstance(formula.tree, Ref):  # =F32 repeats a number, it adds nothing up
        return None
    name, refs = found
    counts: Counter[int] = Counter()
    ranged = False
    for ref in refs:
        box = grid.clipped(ref, place) if not ref.sheet else None
        if box is None or box[1] != place[1] or box[3] != place[1] or box[2] - box[0] > MOST_MEMBERS:
            return None
        ranged |= box[2] > box[0]
        counts.update(range(box[0], box[2] + 1))
    if place[0] in counts:  # it would add itself
        return None
    often = frozenset(row for row, count in counts.items() if count > 1)
    return Total(place=place, name=name, rows=frozenset(counts), often=often, ranged=ranged)


def common_rows(totals: Iterable[Total]) -> Total | None:
    """A total that adds the rows which most of the totals add."""
    listed = list(totals)
    if not listed:
        return None
    top, _ = Counter(total.rows for total in listed).most_common(1)[0]
    return next(total for total in listed if total.rows == top)


class Tree:
    """The totals of one column and what each contains, down to the lines."""

    def __init__(self, totals: Iterable[Total]) -> None:
        self.totals = {total.place[0]: total for total in totals if total.name != "AVERAGE"}
        self._lines: dict[int, frozenset[int]] = {}

    def lines(self, row: int) -> frozenset[int]:
        """Every row that goes into the total at ``row``, totals among them; empty for a line."""
        if row not in self._lines:
            self._lines[row] = frozenset()  # a circle ends here
            total = self.totals.get(row)
            if total:
                below = (self.lines(member) for member in total.rows & self.totals.keys())
                self._lines[row] = total.rows.union(*below)
        return self._lines[row]

    @property
    def rows(self) -> frozenset[int]:
        """Every row that is a total or goes into one."""
        return frozenset(self.totals).union(*(total.rows for total in self.totals.values()))

    def twice(self, total: Total) -> frozenset[int]:
        """The rows that ``total`` adds although they are already in another row that it adds, or that it adds twice."""
        members = [row for row in total.rows if row in self.totals]
        if total.name == "SUBTOTAL":  # SUBTOTAL leaves other SUBTOTALs out by itself
            members = [row for row in members if self.totals[row].name != "SUBTOTAL"]
        below = frozenset[int]().union(*(self.lines(member) for member in members))
        return total.often | (total.rows & below)


def trees(rows: Iterable[TotalRow]) -> dict[int, Tree]:
    """The tree of each column that has totals."""
    by_col: dict[int, list[Total]] = {}
    for row in rows:
        for total in row.totals:
            by_col.setdefault(total.place[1], []).append(total)
    return {col: Tree(totals) for col, totals in by_col.items()}


class Hierarchy:
    """Which rows go into which row of totals in at least one column: the outline of the table as its sums tell it."""

    def __init__(self, by_col: Mapping[int, Tree]) -> None:
        self._lines: dict[int, frozenset[int]] = {}
        self._beside: dict[int, frozenset[int]] = {}
        for tree in by_col.values():
            for row, total in tree.totals.items():
                self._lines[row] = self._lines.get(row, frozenset()) | tree.lines(row)
                for member in total.rows & tree.totals.keys():
                    self._beside[member] = self._beside.get(member, frozenset()) | (total.rows - {member})

    def lines(self, row: int) -> frozenset[int]:
        """Every row below ``row`` in any column; empty for a line."""
        return self._lines.get(row, frozenset())

    def doubled(self, row: int, rows: frozenset[int]) -> bool:
        """Whether a total at ``row`` that adds ``rows`` would count something twice.

        Either a row of totals stands among them together with one of its own lines, or one of them is added once more
        beside ``row`` by a total above.
        """
        return any(self.lines(member) & rows for member in rows) or bool(self._beside.get(row, frozenset()) & rows)


_MOST_ERRORS = 3_000  # beyond that nobody looks for the first cause
_FEWEST_NUMBERS = 3
_NOT_AMOUNTS = ("no", "kode", "rekening", "nip", "nik", "tahun", "telp", "hp", "kd", "id", "nomor", "urut", "code")

# Cheap, before the exact reading: most texts are words.
_BEGINS = re.compile(r"[\s'(+\-−–.:,]*(?:(?:rp|idr)[\s.:(+\-−–,]*)?\d", re.IGNORECASE)


def errors(book: Mapping[str, Grid]) -> Iterator[Finding]:
    """One finding per error, column and shape of formula. Cells that only pass an error on are counted, not named."""
    every = [(grid, place) for grid in book.values() for place in sorted(grid.cells.errors.keys() - grid.cells.unsure.keys())]
    roots = [(grid, place) for grid, place in every if len(every) > _MOST_ERRORS or not _passes_on(book, grid, place)]
    groups: dict[tuple[str, int, str, str], list[Place]] = {}
    for grid, place in roots or every:
        formula = grid.formulas.get(place)
        form = shape(formula) if formula and formula.refs else ""
        groups.setdefault((grid.name, place[1], grid.cells.errors[place], form), []).append(place)
    passed_on = len(every) - len(roots) if roots else 0
    for (sheet, _, error, _), places in groups.items():
        more = f"; {passed_on} sel lain di buku kerja ini ikut rusak" if passed_on else ""
        passed_on = 0  # said once
        yield at("F111", sheet, places, galat=error, akibat=more).at(value=error)


def _passes_on(book: Mapping[str, Grid], grid: Grid, place: Place) -> bool:
    """Whether a broken cell uses another broken cell."""
    formula = grid.formulas.get(place)
    for ref in formula.refs if formula else ():
        target, box = book.get(ref.sheet) if ref.sheet else grid, ref.box(place)
        if target is not None and box is not None and _holds_error(target, box, place if target is grid else None):
            return True
    return False


def _holds_error(grid: Grid, box: Box, but: Place | None) -> bool:
    r1, c1, r2, c2 = box
    found = grid.cells.errors
    if (r2 - r1 + 1) * (c2 - c1 + 1) < len(found):
        return any((r, c) in found and (r, c) != but for r in range(r1, r2 + 1) for c in range(c1, c2 + 1))
    return any(r1 <= r <= r2 and c1 <= c <= c2 and (r, c) != but for r, c in found)


def circles(grid: Grid) -> Iterator[Finding]:
    """One finding per column and shape: formulas that read their own cell."""
    groups: dict[tuple[int, str], list[Place]] = {}
    for place, formula in sorted(grid.formulas.items()):
        if circular(formula, place):
            groups.setdefault((place[1], shape(formula)), []).append(place)
    for places in groups.values():
        shown, text = grid.written(places, places[0])
        yield at("F119", grid.name, places, rumus=text, contoh=address(*shown))


def uncalculated(book: Mapping[str, Grid]) -> Iterator[Finding]:
    """One finding for the file: a program that does not calculate has saved it."""
    found = {grid.name: [p for p, f in grid.cells.formulas.items() if not f.cached] for grid in book.values()}
    found = {name: sorted(places) for name, places in found.items() if places}
    if found:
        name, places = next(iter(found.items()))
        count = sum(map(len, found.values()))
        yield at("F112", name, places[:1], banyak=str(count), lembar_lembar=", ".join(list(found)[:10]))


def text_numbers(grid: Grid) -> Iterator[Finding]:
    """One finding per column of a block: texts that read as numbers between real numbers."""
    for first, last in grid.blocks:
        for col in range(1, grid.width + 1):
            places = _texts_among_numbers(grid, col, first, last)
            if places and not _is_label(grid, col, first, last):
                more = "; tidak ikut dijumlahkan oleh rumus jumlah kolom ini" if _summed(grid, col) & set(places) else ""
                yield at("F113", grid.name, places, akibat=more).at(value=grid.text(places[0]))


def _texts_among_numbers(grid: Grid, col: int, first: int, last: int) -> list[Place]:
    numbers = [place for place in grid.column(col, first, last) if grid.number(place) is not None]
    if len(numbers) < _FEWEST_NUMBERS:
        return []
    texts = [
        place
        for place in grid.column(col, numbers[0][0], last)
        if _reads_as_number(grid.text(place)) and place not in grid.formulas
    ]
    return texts if len(texts) < len(numbers) else []


def _reads_as_number(text: str) -> bool:
    begins = _BEGINS.match(text)
    return begins is not None and parse_number(text).doubt in (Doubt.TEKS_ANGKA, Doubt.AMBIGU)


def _is_label(grid: Grid, col: int, first: int, last: int) -> bool:
    """A column of codes or running numbers: by its heading, or because its numbers count up one by one."""
    heading = next((fold(grid.text((row, col))) for row in range(first, last + 1) if grid.text((row, col))), "")
    if heading.startswith(_NOT_AMOUNTS):
        return True
    numbers = [number for place in grid.column(col, first, last) if (number := grid.number(place)) is not None]
    steps = [b - a for a, b in pairwise(numbers)]
    return sum(step == 1 for step in steps) * 2 > len(steps)


def _summed(grid: Grid, col: int) -> set[Place]:
    """The cells of a column that a total of the same column adds."""
    found: set[Place] = set()
    for place, formula in grid.formulas.items():
        total = total_at(grid, place, formula) if place[1] == col else None
        if total:
            found |= {(row, col) for row in total.rows}
    return found


# ---- What a reader of the sheet does not see: links to other files (F114), hidden sheets, rows and columns (F115, F116), ----
# active filters (F117).

_OTHER_FILE = re.compile(r"\[[^\[\]]+\][^\[\]()+*/,;]*!|\[\d+\]!")


def links(book: Mapping[str, Grid], package: Package) -> Iterator[Finding]:
    """One finding for the file. Formulas with a link show what the other file held at some earlier time."""
    found: dict[str, list[Place]] = {}
    for grid in book.values():
        places = [place for place, formula in grid.cells.formulas.items() if _OTHER_FILE.search(formula.text)]
        if places:
            found[grid.name] = sorted(places)
    if found:
        name, places = next(iter(found.items()))
        count = sum(map(len, found.values()))
        sheets = bounded([f"{sheet} ({len(cells)})" for sheet, cells in found.items()], 10)
        words = f"{count} rumus mengambil nilai dari berkas lain: lembar {sheets}"
        yield at("F114", name, places, banyak=str(count), rincian=words)
    elif package.external_links:
        yield at("F114", "", [], rincian="tautan ke berkas lain tersimpan, walaupun tidak ada rumus yang memakainya")


def unseen(book: Mapping[str, Grid]) -> Iterator[Finding]:
    """Hidden parts of a workbook that is not ours; of our own forms they are said when they are read."""
    yield from hidden((grid.cells for grid in book.values()), own=False)


# ---- Typed numbers inside formulas (F104), and formulas of another shape than their neighbours (F105, F106) ----

_TABLES = 3


def with_literals(grid: Grid) -> Iterator[Finding]:
    """One finding per column and shape, whatever the numbers: a copied formula, or one entered again and again."""
    groups: dict[tuple[int, str], list[Place]] = {}
    for place, formula in sorted(grid.formulas.items()):
        if literals(formula):
            groups.setdefault((place[1], shape(formula, True)), []).append(place)
    for places in groups.values():
        numbers = dict.fromkeys(value for place in places for value in literals(grid.formulas[place]))
        shown, text = grid.written(places, places[0])
        words = [format_number(plain(value)) for value in numbers]
        yield at("F104", grid.name, places, angka=bounded(words, 8), rumus=text, contoh=address(*shown))


def deviant(grid: Grid, lines: Sequence[Run], common: Callable[[], frozenset[str]]) -> Iterator[Finding]:
    """One finding per run and shape: another result than the run's formula (F105), or the same today (F106).

    ``common`` gives the shapes of ``common_shapes``, which are no slips.
    """
    for run in lines:
        # Two formulas taking turns are two kinds of rows, not slips.
        if len(run.others) * 3 > len(run.places):
            continue
        groups: dict[str, list[Place]] = {}
        for place in run.others:
            own = grid.formulas[place]
            if not grid.broken(place) and not literals(own) and not literals(run.formula) and shape(own) not in common():
                groups.setdefault(shape(own), []).append(place)
        for places in groups.values():
            yield from _said(grid, run, places)


def common_shapes(book: Mapping[str, Grid]) -> frozenset[str]:
    """Shapes that stand in several tables of the book: a kind of row of their own, such as tax under the lines."""
    tables = {
        (shape(formula), grid.name, grid.block(place[0]))
        for grid in book.values()
        for place, formula in grid.formulas.items()
    }
    counted = Counter(name for name, _, _ in tables)
    return frozenset(name for name, count in counted.items() if count >= _TABLES)


def _said(grid: Grid, run: Run, places: list[Place]) -> Iterator[Finding]:
    gaps: dict[Place, Decimal | None] = {}
    for place in places:
        own, expected = grid.number(place), grid.expected(run.formula, place)
        if own is None or expected is None:
            gaps[place] = None
        else:
            gaps[place] = Decimal(0) if same(own, expected) else own - expected
    verdicts = {
        "F105": [place for place in places if gaps[place] != 0],
        "F106": [place for place in places if gaps[place] == 0],
    }
    for code, cells in verdicts.items():
        if not cells:
            continue
        worst = max(cells, key=lambda place: abs(gaps[place] or Decimal(0)))
        gap = gaps[worst]
        effect = f"; {address(*worst)} berselisih {amount(abs(gap))}" if gap else ""
        model_place, model = grid.written(run.places, cells[0])
        _, text = grid.written(cells, cells[0])
        yield at(code, grid.name, cells, rumus=text, rumus_lain=model, contoh=address(*model_place), akibat=effect)
