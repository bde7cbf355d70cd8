"""The forensic pass over one workbook: every rule on every sheet, in one order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial
from types import MappingProxyType

from kinerja_xl.catatan import Finding, sort_key
from kinerja_xl.checking.forensik.broken import (
    circles,
    common_shapes,
    deviant,
    errors,
    links,
    text_numbers,
    total_rows,
    uncalculated,
    unseen,
    with_literals,
)
from kinerja_xl.checking.forensik.grid import MAX_FORMULAS, Grid, bounded, grids
from kinerja_xl.checking.forensik.missed import missed, overtyped, retyped, used_cells
from kinerja_xl.checking.forensik.shape import runs
from kinerja_xl.checking.forensik.uneven import twice, uneven
from kinerja_xl.package import PackageError
from kinerja_xl.reading.cells import CellsError, CellSheet, read_cells, with_known
from kinerja_xl.reading.gate import Passed, inspect, whole
from kinerja_xl.reading.own_book import kind_of
from kinerja_xl.sheets.shown import SHOWN
from kinerja_xl.sheets.usulan import CEK_MANDIRI

MOST_ALIKE = 50
"""Catatan of one code on one sheet."""
_NONE: Mapping[str, CellSheet] = MappingProxyType({})


def forensics(passed: Passed, file: str, own: bool = False, known: Mapping[str, CellSheet] = _NONE) -> list[Finding]:
    """What the formulas of a workbook that passed the gate give away. Never raises; changes nothing.

    Of our own forms only what their declared checks do not see: typed numbers in formulas, other shapes, links to
    other files (hidden parts are said when a form is read). Of books that we write to be read only what breaks their figures.
    A file says itself that it is ours; ``own``: it is, though it does not say so; ``known``: its sheets that were read already.
    Codes F101 to F119; ``args["sel_sel"]`` lists every cell that a finding means.
    """
    try:
        return judge(passed, file, own, known)
    except Exception:
        # The last resort, so that one odd workbook never stops the others. Tests call judge() and see the exception.
        return [Finding(code="F118", file=file, args={"rincian": "susunan rumus buku kerja ini tidak dikenali"})]


def beside(passed: Passed, file: str, read: Mapping[str, CellSheet]) -> list[Finding]:
    """``forensics`` of one of our forms while it is read, of which only the sheets ``read`` were scanned. The whole of it is
    looked into only where one of these gives something away (what is common in the book excuses it) or another may."""
    try:
        left = [sheet for sheet in passed.package.sheets if sheet.name not in passed.scans]
        silent = all(passed.package.lacks(sheet, links_only=sheet.name == CEK_MANDIRI.name) for sheet in left)
    except PackageError:
        silent = False
    if silent and not forensics(passed, file, own=True, known=read):
        return []
    opened = whole(passed, file)
    return forensics(opened, file, own=True, known=read) if opened else []


def typed_over(data: bytes, file: str) -> list[Finding]:
    """What a book of ours proves of figures that were typed over, for who takes its figures; nothing of any other file."""
    passed = inspect(data, file)
    if isinstance(passed, Finding) or kind_of(passed.package) not in SHOWN:
        return []
    try:
        return [finding.at(file=file) for finding in retyped(grids(read_cells(passed)))]
    except CellsError:  # its reader says so
        return []


def judge(passed: Passed, file: str, own: bool = False, known: Mapping[str, CellSheet] = _NONE) -> list[Finding]:
    """``forensics`` without its last resort."""
    try:
        return _said(passed, file, own, with_known(passed, known) if known else read_cells(passed))
    except CellsError as error:
        return [Finding(code="B102", file=file, args={"rincian": str(error)})]


def _said(passed: Passed, file: str, own: bool, sheets: Iterable[CellSheet]) -> list[Finding]:
    kept: list[CellSheet] = []
    left, skipped = MAX_FORMULAS, []
    for sheet in sheets:
        left -= len(sheet.formulas)
        if left < 0:
            skipped.append(sheet.name)
        else:
            kept.append(sheet)
    book = grids(kept)
    kind = kind_of(passed.package)
    rules = _of_shown if kind in SHOWN else _of_own if own or kind else _of_others
    found = [*rules(book), *links(book, passed.package), *(unseen(book) if rules is _of_others else ())]
    if skipped:
        words = f"berkas memuat lebih dari {MAX_FORMULAS} rumus, lembar {bounded(skipped, 10)} tidak diperiksa"
        found.append(Finding(code="F118", sheet=skipped[0], args={"rincian": words}))
    return sorted((finding.at(file=file) for finding in _at_most(found)), key=sort_key)


def _at_most(found: list[Finding]) -> Iterator[Finding]:
    """No more than MOST_ALIKE findings of one code on one sheet; the rest is counted, not dropped in silence."""
    counted: Counter[tuple[str, str]] = Counter()
    for finding in found:
        counted[finding.code, finding.sheet] += 1
        if counted[finding.code, finding.sheet] <= MOST_ALIKE:
            yield finding
    for (code, sheet), count in counted.items():
        if count > MOST_ALIKE:
            words = (
                f"{count - MOST_ALIKE} catatan {code} lain yang serupa pada lembar {sheet} tidak ditulis satu per satu"
            )
            yield Finding(code="F118", sheet=sheet, args={"rincian": words})


def _of_own(book: Mapping[str, Grid]) -> Iterator[Finding]:
    common = cache(partial(common_shapes, book))  # asked for where something deviates: most forms never do
    for grid in book.values():
        if grid.name == CEK_MANDIRI.name:
            continue  # protected, and its formulas carry policies such as a cap of 120 %
        yield from with_literals(grid)
        yield from deviant(grid, list(runs(grid)), common)


def _of_shown(book: Mapping[str, Grid]) -> Iterator[Finding]:
    """Their formulas are of many shapes and carry the office's policies: what is said is a cell that is broken, a sum that leaves
    rows out or holds them twice, and a figure that was typed over, where the book itself proves it."""
    yield from errors(book)
    yield from retyped(book)
    used = used_cells(book)
    for grid in book.values():
        rows, _ = total_rows(grid)
        yield from circles(grid)
        yield from twice(grid, rows, set())
        yield from missed(grid, rows, used[grid.name])


def _of_others(book: Mapping[str, Grid]) -> Iterator[Finding]:
    yield from errors(book)
    yield from uncalculated(book)
    common, used = cache(partial(common_shapes, book)), used_cells(book)
    for grid in book.values():
        lines = list(runs(grid))
        rows, complete = total_rows(grid)
        if not complete:
            words = f"rumus jumlah pada lembar {grid.name} terlalu banyak untuk ditelusuri semuanya"
            yield Finding(code="F118", sheet=grid.name, args={"rincian": words})
        yield from circles(grid)
        yield from overtyped(grid, lines, rows)
        yield from with_literals(grid)
        yield from deviant(grid, lines, common)
        found = list(uneven(grid, lines, rows))
        yield from (finding for _, finding in found)
        yield from twice(grid, rows, {total.place for row, _ in found for total in row.differing})
        yield from missed(grid, rows, used[grid.name])
        yield from text_numbers(grid)


# ---- Forensics of the formulas in a filled workbook, ours or anybody's ----
# A careful planner who gets a foreign workbook looks for the same things: a number typed over a formula or into one,
# a formula unlike its neighbours, totals that leave rows out, count them twice or add other rows than the column beside
# them, broken and uncalculated cells, numbers kept as text, links to other files, hidden parts. Each has its rule here;
# ``examine`` runs them all.
# ``shape`` says what a formula is, ``formula/`` what it gives, ``grid`` what a sheet holds, ``runs`` and
# ``totals`` which cells belong together, ``wording`` how they are named. The evidence is always in the file itself: what
# most neighbours do, what the sheet's own sums say. One cause gives one catatan, which lists its cells.

__all__ = ["forensics", "typed_over"]
