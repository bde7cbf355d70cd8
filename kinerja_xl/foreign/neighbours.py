"""What a column nobody knows means by those beside it: its place in a series, the percentage of it, a heading like its own.

Habit served: one heading in words of that office ("Densitas" for realisasi TW I) among others that everybody knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise, product

from kinerja_xl.regions.facts import LEAST, holds, is_share, mostly, row_sum_of, year_rows
from kinerja_xl.regions.model import Column, Layout
from kinerja_xl.words.match import kata

_MEASURE = kata("ukuran_indikator")
_WHOLE = {"s": 2, "tw": 4, "b": 12}
"""How many half years, quarters and months make a year."""


def by_neighbours(made: Layout) -> None:
    """Give roles and periods to columns that their neighbours tell."""
    _measured(made)
    _of_percentage(made)
    _same_heading(made)
    _of_series(made)
    _taxed(made)


def _measured(made: Layout) -> None:
    """Beside targets, texts of which most say what is measured ("Jumlah Dokumen …") are the indicators; beside these, counts with
    their unit are the targets."""
    if made.of("indikator"):
        return
    counts = [] if made.of("target", "volume", "harga") else [c for c in made.of("", "rencana") if _counted(made, c)]
    for column in made.of("") if counts or made.of("target") else ():
        content = made.content[column.col]
        if content.words > 2 and sum(bool(_MEASURE(text)) for text in content.different) * 5 >= len(content.different) * 4:
            made.change(column.col, "indikator", "isinya ukuran kinerja")
            for count in [c for c in counts if c.col > column.col][:1]:
                made.change(count.col, "target", "banyaknya, di samping satuan dan ukuran kinerjanya")
            return


def _counted(made: Layout, column: Column) -> bool:
    """Whether a column holds counts of something: with their unit in the cell, or in the column beside it."""
    content = made.content[column.col]
    unit = any(made.columns[at].role == "satuan" for at in (column.col - 1, column.col + 1) if at in made.columns)
    return not content.is_money and (content.is_united or unit and content.is_numeric and content.nonzero > 0)


def _of_percentage(made: Layout) -> None:
    """What was reached ÷ what was meant = the percentage: of two columns side by side it tells which one is unknown."""
    figures = [c.col for c in made.columns.values() if made.content[c.col].is_numeric and made.content[c.col].nonzero]
    for meant, reached in pairwise(sorted(figures)):
        roles = made.columns[meant].role, made.columns[reached].role
        if roles not in _PAIRS:
            continue
        beside = made.columns[meant].path[:-1] == made.columns[reached].path[:-1]
        for share in [c for c in made.of("persen", "realisasi") if beside and c.col in figures and c.col > reached]:
            if mostly(*holds(made, (meant, reached, share.col), is_share), LEAST):
                goal = "anggaran" if roles[0] == "anggaran" or made.content[meant].in_thousands else "target"
                for col, role in ((meant, goal), (reached, "realisasi"), (share.col, "persen")):
                    if made.columns[col].role != role:
                        made.change(col, role, _SHARED)
                break


_PAIRS = {("", "realisasi"), ("target", ""), ("anggaran", "")}
_SHARED = "persentase di sampingnya dihitung dari kolom ini"


def _same_heading(made: Layout) -> None:
    """What stands under the very words of a column that its neighbours told is the same."""
    told = {c.path[-1]: c for c in made.columns.values() if c.path and _SHARED in c.evidence}
    for column in made.of("", "jumlah"):
        if column.path and (like := told.get(column.path[-1])):
            made.change(column.col, like.role, f"judulnya sama dengan kolom {like.letter}")


def _of_series(made: Layout) -> None:
    """Quarters or months of which all but some stand at equal distance: what stands in the others' places belongs to them, and
    beside all of them stands the figure of the year that they give."""
    families: dict[tuple[str, str], dict[int, Column]] = {}
    for column in made.columns.values():
        kind = column.period.rstrip("0123456789")
        if kind in _WHOLE and column.period != kind:
            families.setdefault((kind, column.role), {})[int(column.period[len(kind) :])] = column
    for (kind, role), known in families.items():
        lacking = _places(_WHOLE[kind], known) if len(known) < _WHOLE[kind] else {}
        if all(_belongs(made, col, role, known[min(known)]) for col in lacking.values()):
            for number, col in lacking.items():
                made.change(col, role, "di tempatnya dalam deret", f"{kind}{number:02d}" if kind == "b" else f"{kind}{number}")
            parts = sorted([*(c.col for c in known.values()), *lacking.values()])
            if role and len(parts) == _WHOLE[kind] and all(c.col in parts for c in made.of(role)):
                _of_year(made, role, parts)


def _places(whole: int, known: dict[int, Column]) -> dict[int, int]:
    """The columns in which the periods that are not known would stand; none where the known ones stand at no equal distance."""
    (first, at), *_ = numbered = sorted((number, column.col) for number, column in known.items())
    steps = {divmod(b - a, n - m) for (m, a), (n, b) in combinations(numbered, 2)}
    step, rest = steps.pop() if len(steps) == 1 else (0, 0)
    return {n: at + (n - first) * step for n in range(1, whole + 1) if n not in known} if step > 0 and not rest else {}


def _belongs(made: Layout, col: int, role: str, like: Column) -> bool:
    """Whether a column may be of the series: its heading says no other meaning, and it holds rupiah where the others do, or
    nothing yet."""
    column, own = made.columns.get(col), made.content.get(col)
    if not (column and own and column.role in ("", role) and not column.period):
        return False
    return not own.filled or own.is_numeric and own.is_money == made.content[like.col].is_money


def _of_year(made: Layout, role: str, parts: Sequence[int]) -> None:
    """The unknown column right beside a year's quarters or months that is their sum, mean, last or largest on all rows."""
    for col in (parts[0] - 1, parts[-1] + 1):
        unknown = col in made.columns and made.columns[col].role == ""
        fits = [fit for _, fit in year_rows(made, col, parts)] if unknown else []
        if mostly(sum(fits), len(fits), LEAST):
            made.change(col, role, "angka setahun dari kolom-kolom di sampingnya")
            return


def _taxed(made: Layout) -> None:
    """A price and its tax, and both together under a word nobody knows; or the tax under one, beside both."""
    prices = () if made.of("volume", "periode") else made.of("harga", "jumlah")
    for price, unknown, whole in product(prices, made.of(""), prices):
        rates = {round(t / p, 3) for p, t in zip(*map(made.values, (price.col, unknown.col)), strict=True) if p and t}
        added = price.col < unknown.col < whole.col and row_sum_of(made, whole, [price, unknown])
        if added and len(rates) == 1 and max(rates) < 1:
            made.change(unknown.col, "pajak", "bagian yang sama dari setiap harga")
    for tax, price, unknown in product(made.of("pajak"), made.of("harga", "jumlah"), made.of("")):
        if unknown.col > tax.col > price.col and row_sum_of(made, unknown, [price, tax]):
            made.change(unknown.col, price.role, "jumlah harga dan pajaknya")
