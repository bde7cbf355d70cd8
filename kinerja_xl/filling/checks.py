"""What has to be said about a filled form: totals against ours, columns without counterpart, what was left alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from kinerja_xl.catatan import Finding
from kinerja_xl.filling.choose import Said
from kinerja_xl.filling.layout import Layout
from kinerja_xl.filling.match import Match, meant_by
from kinerja_xl.filling.supply import MEASURED, PRICES, Supply
from kinerja_xl.filling.target import FormColumn, Target
from kinerja_xl.formula.cellsheet import CellSheet
from kinerja_xl.formula.evaluate import Evaluator, NotComputable, Result
from kinerja_xl.formula.references import column_letters, coordinates
from kinerja_xl.package import Package, address
from kinerja_xl.reckoning import aside, summed
from kinerja_xl.regions.words import is_plain_total
from kinerja_xl.sheets.formats import format_number, format_rupiah
from kinerja_xl.sheets.kinds import Kind
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.rekap import UNKNOWN_ROWS
from kinerja_xl.sheets.values import fold
from kinerja_xl.words.periods import BUDGET_YEAR

_QUARTERS = frozenset(("tw_1", "tw_2", "tw_3", "tw_4"))
_APART = Decimal("0.0051")
"""Figures of ours are rounded to two decimals."""
_SHOWN = 6
"""Names of columns in one sentence."""
_ADDRESSED = re.compile(r'INDIRECT\(|HYPERLINK\(\s*"#', re.IGNORECASE)
_TAX = " Selisihnya tepat sebesar PPN, yang tidak ada kolomnya di formulir."
_WITHIN = Decimal("0.005")
"""What the noise of a reader's binary numbers may be."""


def compared(
    file: str, target: Target, layout: Layout, supply: Supply, keys: Mapping[int, str], evaluator: Evaluator
) -> Iterator[Finding]:
    """The last total below the table against our sum, column by column of money.

    A subtotal is a part of it: when it is wrong the total is, or it has no total and is the last itself.
    """
    rows = sorted(row for row in target.totals if row > max((block.last for block in target.blocks), default=0))
    if not rows:
        return
    last = grand(target, rows)
    for col, key in keys.items():
        column = supply.column(key)
        if column.kind.name != "rupiah" or key in PRICES:
            continue
        ours = total_of(supply, key)
        place = (layout.moved(last), col)
        heading = next(c.name for c in target.columns if c.col == col)
        words = {"kolom": heading, "nama": target.totals[last][:60], "rekap": _shown(ours, column.kind)}
        at = {"file": file, "sheet": target.sheet, "cell": address(*place)}
        if place not in evaluator.book[target.sheet].formulas:
            if key == supply.amount:  # other columns of a total row may well stay without one
                yield Finding(code="W212", args=words).at(**at)
            continue
        theirs = evaluator.result(target.sheet, place)
        if isinstance(theirs, NotComputable):
            yield Finding(code="W205", args=words).at(**at)
            continue
        if not isinstance(theirs, Decimal) or abs(theirs - ours) > _WITHIN:
            words |= _difference(theirs, ours, column.kind) | {"sebab": _cause(theirs, ours, supply, set(keys.values()))}
            yield Finding(code="W204", args=words).at(**at)


def rows_compared(
    said: Said, target: Target, layout: Layout, supply: Supply, keys: Mapping[int, str], evaluator: Evaluator,
    formulas: Collection[tuple[int, int]], percent: Collection[int] = (),
) -> Iterator[Finding]:  # fmt: skip
    """Columns that the form computes itself, row by row against ours: its capaian may know no "makin kecil makin baik".

    A column of money whose total was compared already needs no second word.
    """
    told = {coordinates(f.cell)[1] for f in said.listed if f.code == "W204"}
    for col, key in keys.items():
        column = supply.column(key)
        other = []
        for row, position in sorted(layout.places.items()):
            ours = supply.rows[position].get(key)
            if col in told or (row, col) not in formulas or not isinstance(ours, Decimal) or position in supply.groups:
                continue
            theirs = evaluator.result(target.sheet, (row, col))
            if isinstance(theirs, NotComputable):
                continue
            if isinstance(theirs, Decimal) and col in percent and column.kind.name not in ("persen", "rupiah"):
                theirs *= 100
            if not isinstance(theirs, Decimal) or abs(theirs - ours) > _APART:
                other.append((row, theirs, ours))
        if other:
            row, theirs, ours = next((one for one in other if isinstance(one[1], Decimal)), other[0])
            heading = next(c.name for c in target.columns if c.col == col)
            words = {"kolom": heading, "banyak": str(len(other)), "baris": ", ".join(str(r) for r, *_ in other[:8])}
            words |= {"formulir": _shown(theirs, column.kind), "data": _shown(ours, column.kind)}
            taxed = key == supply.amount and "ppn" not in keys.values() and all(_only_tax(supply, layout, *one) for one in other)
            words["sebab"] = _TAX if taxed else ""
            yield Finding(code="W218", file=said.file, sheet=target.sheet, cell=address(row, col), args=words)


def grand(target: Target, rows: list[int]) -> int:
    """The row that closes the table: of several the last that is nothing but a sum (not one with tax on top)."""
    plain = [row for row in rows if is_plain_total(target.totals[row])]
    return plain[-1] if plain else rows[0]


def total_of(supply: Supply, key: str) -> Decimal:
    """The sum of a column of ours, rows that sum up others left out."""
    amounts = (row.get(key) for i, row in enumerate(supply.rows) if i not in supply.groups)
    return sum((amount for amount in amounts if isinstance(amount, Decimal)), Decimal(0))


def _shown(value: Result, kind: Kind) -> str:
    if isinstance(value, Decimal):
        return format_rupiah(value) if kind.name == "rupiah" else format_number(value)
    return "bukan angka"


def _difference(theirs: Result, ours: Decimal, kind: Kind) -> dict[str, str]:
    gap = _shown(theirs - ours, kind) if isinstance(theirs, Decimal) else "tidak dapat dihitung"
    return {"formulir": _shown(theirs, kind), "selisih": gap}


def _cause(theirs: Result, ours: Decimal, supply: Supply, placed: set[str]) -> str:
    """What explains a difference to the rupiah: the tax of our rows, for which the form has no column."""
    tax = sum((amount for row in supply.rows if isinstance(amount := row.get("ppn"), Decimal)), Decimal(0))
    if "ppn" in placed or not tax or not isinstance(theirs, Decimal) or abs(ours - theirs - tax) > _WITHIN:
        return ""
    return _TAX


def _only_tax(supply: Supply, layout: Layout, row: int, theirs: Result, ours: Decimal) -> bool:
    """Whether the tax of a row of ours is all that the form's formula leaves out."""
    tax = supply.rows[layout.places[row]].get("ppn")
    return isinstance(theirs, Decimal) and isinstance(tax, Decimal) and abs(ours - theirs - tax) <= _WITHIN


def other_year(file: str, grids: Sequence[CellSheet], target: Target, supply: Supply) -> Finding | None:
    """That the form's titles speak of a year which is not that of our figures."""
    tahun = supply.facts.get("tahun")
    grid = next(grid for grid in grids if grid.name == target.sheet)
    above = [value for row in grid.rows[: target.heading_row] for value in row if isinstance(value, str)]
    years = {found for text in above for found in BUDGET_YEAR.findall(text)}
    if not isinstance(tahun, Decimal) or not years or str(int(tahun)) in years:
        return None
    words = {"formulir": ", ".join(sorted(years)), "data": str(int(tahun))}
    return Finding(code="W222", file=file, sheet=target.sheet, cell=f"A{target.heading_row}", args=words)


def cumulative(file: str, grids: Sequence[CellSheet], target: Target, keys: Collection[str]) -> Iterator[Finding]:
    """That the form wants targets added up over the quarters, where ours are those of each quarter."""
    if not _QUARTERS & set(keys):
        return
    grid = next(grid for grid in grids if grid.name == target.sheet)
    texts = ((row, col, value) for row, cells in enumerate(grid.rows, 1) for col, value in enumerate(cells, 1))
    heads = {fold(text) for column in target.columns for text in column.path}  # what they call cumulative stays blank anyway
    named = ((row, col, fold(value)) for row, col, value in texts if isinstance(value, str))
    if place := next(((row, col) for row, col, text in named if "kumulatif" in text and text not in heads), None):
        yield Finding(code="W223", file=file, sheet=target.sheet, cell=address(*place))


def left_over(file: str, target: Target, supply: Supply, found: Match, package: Package) -> Iterator[Finding]:
    """Columns without counterpart on either side, rows that the recap holds back, examples, macros, addresses in texts."""
    at = {"file": file, "sheet": target.sheet}
    if blank := without_formula(found.blank, target, package):
        cell = f"{column_letters(blank[0].col)}{target.heading_row}"
        yield Finding(code="W201", cell=cell, args={"kolom_kolom": _names(blank, found.unlike)}).at(**at)
    if found.scaled:
        cell = f"{column_letters(found.scaled[0].col)}{target.heading_row}"
        yield Finding(code="W221", cell=cell, args={"kolom_kolom": _names(found.scaled)}).at(**at)
    for key, columns in found.doubtful:
        cell = f"{column_letters(columns[0].col)}{target.heading_row}"
        yield Finding(code="W203", cell=cell, args={"kolom_kolom": _names(columns), "milik": supply.column(key).label}).at(**at)
    filled = {key for row in supply.rows for key, value in row.items() if value is not None}
    placed = set(found.keys.values()) | {key for key, _ in found.doubtful}
    if homeless := [c.label for c in supply.columns if c.required and c.key in filled - placed]:
        yield Finding(code="W202", args={"kolom_kolom": _few(homeless)}).at(**at)
    if supply.uncounted:
        amount = aside(summed(line.jumlah for line in supply.uncounted))
        yield Finding(code="W207", args={"banyak": str(len(supply.uncounted)), "jumlah": amount}).at(**at)
    if supply.beyond:
        names = _few([str(row.get(supply.indicator)) for row in supply.beyond])
        words = {"banyak": str(len(supply.beyond)), "tingkat": supply.level, "contoh": names}
        yield Finding(code="W309", cell=f"A{target.heading_row}", args=words).at(**at)
    if target.examples:
        rows = ", ".join(map(str, target.examples))
        yield Finding(code="W211", cell=f"A{target.examples[0]}", args={"baris": rows}).at(**at)
    if package.has_macros:
        yield Finding(code="W209", file=file)
    yield from _in_texts(file, package)


def partly_known(
    said: Said, target: Target, layout: Layout, supply: Supply, keys: Mapping[int, str], bare: Mapping[int, frozenset[int]]
) -> Iterator[Finding]:
    """Rows some of whose money nobody has reported yet: what was written is the part that is known."""
    money = [col for col, key in keys.items() if _of_spending(supply.column(key))]
    partial = [
        (row, col, str(record.get(supply.tree) or record.get("nama") or ""))
        for row, position in sorted(layout.places.items()) if supply.kind == MEASURED
        for record in (supply.rows[position],) if isinstance(count := record.get(UNKNOWN_ROWS), Decimal) and count > 0
        for col in [one for one in money if position not in bare.get(one, ()) and record.get(keys[one]) is not None][:1]
    ]  # fmt: skip
    if partial:
        words = {"banyak": str(len(partial)), "contoh": _few([name for *_, name in partial])}
        yield Finding(code="W306", file=said.file, sheet=target.sheet, cell=address(*partial[0][:2]), args=words)


def _of_spending(own: Column) -> bool:
    """Whether a column of ours shows what was spent so far, or what is left of it."""
    figure, time, _ = meant_by(own) or ("", "", "")
    return figure == "serapan" or (figure in ("realisasi", "sisa") and time != "lalu" and own.kind.name == "rupiah")


def without_formula(columns: tuple[FormColumn, ...], target: Target, package: Package) -> list[FormColumn]:
    """Columns that nobody fills: those which the form computes itself need no word."""
    scan = package.scan(next(part for part in package.sheets if part.name == target.sheet))
    models = [block.last for block in target.blocks]
    return [column for column in columns if not any((row, column.col) in scan.formulas for row in models)]


def _few(names: list[str]) -> str:
    return f"{', '.join(names[:_SHOWN])} dan {len(names) - _SHOWN} lainnya" if len(names) > _SHOWN + 1 else ", ".join(names)


def _names(columns: Sequence[FormColumn], unlike: Mapping[int, str] = MappingProxyType({})) -> str:
    """The columns with their letters and, where one resembles a column of ours, the word that makes it another."""
    because = {col: f', karena kata "{other}" tidak berarti sama dengan kolom kantor' for col, other in unlike.items()}
    return "; ".join(f"{c.name} (kolom {column_letters(c.col)}{because.get(c.col, '')})" for c in columns)


def _in_texts(file: str, package: Package) -> Iterator[Finding]:
    """INDIRECT, and HYPERLINK to a place in the book, name their cells in a text, which no insertion can follow."""
    for part in package.sheets:
        scan = package.scan(part)
        cells = [address(*place) for place, formula in sorted(scan.formulas.items()) if _ADDRESSED.search(formula.text)]
        if cells:
            yield Finding(code="W210", file=file, sheet=part.name, cell=cells[0], args={"sel_sel": ", ".join(cells[:10])})
