"""Changes that offices make by hand: totals moved, rows typed into one cell, amounts typed as words, pages that carry forward.

What is changed keeps the arithmetic whole (but for the row that two lines were typed into): it must be read again, or said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from bench.ubahan_bentuk import Change, Changed, moved, numbered, same, with_cells
from kinerja_xl.foreign.model import Line, Table
from kinerja_xl.formula.cellsheet import CellSheet

_REMARKS = ("sesuai kebutuhan", "tahun lalu", "untuk dua bidang", "disesuaikan", "sudah disurvei")
_DOUBLED = ("jumlah", "anggaran", "realisasi", "sisa", "bagian", "pajak")
"""Roles of columns whose figures are twice as large where there is twice as much."""
_DATES = ("12/03/2025", "4 Maret 2025", "2025-03-17", "31-01-2025")


def _amounts(table: Table) -> list[int]:
    return [c for cols in table.amount_columns.values() for c in cols]


def _written(value: float) -> str:
    whole, cents = divmod(round(abs(value) * 100), 100)
    return ("-" if value < 0 else "") + f"{whole:,}".replace(",", ".") + (f",{cents:02d}" if cents else "")


def _pairs(grid: CellSheet, table: Table) -> list[tuple[Line, Line]]:
    """Lines right below each other."""
    boxed = {r for r1, _, r2, _ in grid.merged if r2 > r1 for r in range(r1, r2 + 1)}
    lines = [line for line in table.lines if line.row not in boxed]
    return [(a, b) for a, b in zip(lines, lines[1:], strict=False) if b.row == a.row + 1 and a.groups == b.groups]


def two_in_one(rng: Random, grid: CellSheet, table: Table) -> Changed | None:
    """Two lines typed into the cells of one, the second below the first."""
    pairs = _pairs(grid, table)
    if not pairs:
        return None
    one, two = rng.choice(pairs)
    cells: dict[tuple[int, int], object] = {}
    for col in range(len(grid.rows[two.row - 1])):
        both = [v for at in (one.row, two.row) if (v := grid.value(at - 1, col)) is not None]
        text = "\n".join(_written(v) if isinstance(v, float) else str(v) for v in both)
        cells |= {(one.row - 1, col): text if len(both) > 1 else both[0] if both else None, (two.row - 1, col): None}
    return with_cells(grid, cells)


def name_over_two(rng: Random, grid: CellSheet, table: Table) -> Changed | None:
    """The name's cell merged over two lines."""
    col, pairs = table.places.get("uraian"), _pairs(grid, table)
    if col is None or not pairs:
        return None
    one, two = rng.choice(pairs)
    if grid.value(one.row - 1, col) is None:
        return None
    made = with_cells(grid, {(two.row - 1, col): None})
    merged = (*made.grid.merged, (one.row, col + 1, two.row, col + 1))
    return replace(made, grid=replace(made.grid, merged=merged), free=frozenset({two.row - 1}))


def _heads(grid: CellSheet, table: Table) -> list[int]:
    """The first row of the headings, and where it stands again (zero-based)."""
    own = [v for v in grid.rows[table.heading_rows[0] - 1] if v is not None]
    return [at for at in range(grid.height) if [v for v in grid.rows[at] if v is not None] == own]


def remarks_between(rng: Random, grid: CellSheet, table: Table) -> Changed | None:
    """A column of remarks between the volume and the price."""
    volume, price = table.places.get("volume"), table.places.get("harga")
    at = max(volume, price) if volume is not None and price is not None else None
    if at is None or not table.heading_rows or any(c1 - 1 < at <= c2 - 1 for _, c1, _, c2 in grid.merged):
        return None
    made = moved(grid, same, lambda c: c + (c >= at))
    for row in _heads(grid, table):
        made.grid.rows[row][at] = "Catatan"  # type: ignore[index]
    for line in table.lines:
        if rng.random() < 0.5:
            made.grid.rows[line.row - 1][at] = rng.choice(_REMARKS)  # type: ignore[index]
    return made


def total_above(rng: Random, grid: CellSheet, table: Table) -> Changed | None:
    """The total of all lines stands above them."""
    totals = [row.row for row in table.left_out if row.reason == "jumlah"]
    last = max((line.row for line in table.lines), default=0)
    first = table.heading_rows[-1] + 1 if table.heading_rows else 0
    counted = any(row.reason == "penomoran" for row in table.left_out) or numbered(grid, first - 1)
    if len(totals) != 1 or totals[0] < last or not first or counted or totals[0] == first:
        return None
    if any(first <= r2 and r1 <= totals[0] and r2 > r1 for r1, _, r2, _ in grid.merged):
        return None
    return moved(grid, lambda r: first - 1 if r == totals[0] - 1 else r + 1 if first - 1 <= r < totals[0] - 1 else r, same)


def _typed(rng: Random, grid: CellSheet, table: Table, part: float, form: Callable[[float], str]) -> Changed | None:
    """Figures of the amount columns and of the price as text."""
    cols = {*_amounts(table), table.places.get("harga", -1)}
    cells: dict[tuple[int, int], object] = {
        (line.row - 1, c): form(v) for line in table.lines for c in sorted(cols)
        if isinstance(v := grid.value(line.row - 1, c) if c >= 0 else None, float) and v >= 1000 and rng.random() < part
    }  # fmt: skip
    return with_cells(grid, cells) if cells else None


def half_as_text(rng: Random, grid: CellSheet, table: Table) -> Changed | None:
    """Amounts with points typed as text on half of the rows."""
    return _typed(rng, grid, table, 0.5, _written)


def with_rp(rng: Random, grid: CellSheet, table: Table) -> Changed | None:
    """Amounts with "Rp" before them."""
    form = rng.choice(("Rp {}", "Rp{}", "Rp. {},00", "Rp{},-"))
    return _typed(rng, grid, table, 1, lambda v: form.format(_written(round(v)))) if _whole(grid, table) else None


def _whole(grid: CellSheet, table: Table) -> bool:
    cols = {*_amounts(table), *([table.places["harga"]] if "harga" in table.places else [])}
    cells = (v for line in table.lines for c in cols if isinstance(v := grid.value(line.row - 1, c), float))
    return all(v.is_integer() for v in cells)


def _break(rng: Random, grid: CellSheet, table: Table) -> int | None:
    """A line (zero-based row) in the middle that a page may begin with."""
    pairs = _pairs(grid, table)
    rows = [b.row - 1 for _, b in pairs[len(pairs) // 3 :]]
    rows = [at for at in rows if not any(r1 - 1 < at <= r2 - 1 for r1, _, r2, _ in grid.merged)]
    return rng.choice(rows) if rows and table.heading_rows else None


def heading_again(rng: Random, grid: CellSheet, table: Table) -> Changed | None:
    """The headings once more in the middle, as page two begins."""
    at = _break(rng, grid, table)
    if at is None:
        return None
    heads = range(table.heading_rows[0] - 1, table.heading_rows[-1])
    down = len(heads)
    made = moved(grid, lambda r: r + down * (r >= at), same)
    for n, head in enumerate(heads):
        made.grid.rows[at + n][: len(grid.rows[head])] = list(grid.rows[head])  # type: ignore[index]
    boxes = [box for box in grid.merged if heads[0] <= box[0] - 1 <= heads[-1]]
    boxes = [(a + at - heads[0], b, c + at - heads[0], d) for a, b, c, d in boxes]
    return replace(made, grid=replace(made.grid, merged=(*made.grid.merged, *boxes)))


def carried_forward(rng: Random, grid: CellSheet, table: Table) -> Changed | None:
    """ "Jumlah dipindahkan" below a page, the headings, and the same as "Jumlah pindahan" on the next."""
    at, name = _break(rng, grid, table), table.places.get("uraian")
    cols = _amounts(table)
    if at is None or name is None or len(cols) > 2 or table.kind == "indikator" or table.kind == "standar_harga":
        return None
    heads = [list(grid.rows[row - 1]) for row in table.heading_rows]
    down = len(heads) + 2
    made = moved(grid, lambda r: r + down * (r >= at), same)
    sums = {c: sum((line.values.get(c, Decimal(0)) for line in table.lines if line.row - 1 < at), Decimal(0)) for c in cols}
    for row, label in ((at, "Jumlah dipindahkan"), (at + down - 1, "Jumlah pindahan")):
        for c, value in ((name, label), *((c, float(v)) for c, v in sums.items())):
            made.grid.rows[row][c] = value  # type: ignore[index]
    for n, head in enumerate(heads, 1):
        made.grid.rows[at + n][: len(head)] = head  # type: ignore[index]
    return made


def percent_otherwise(rng: Random, grid: CellSheet, table: Table) -> Changed | None:
    """The percentages as fractions, or as text with their sign."""
    form = rng.choice((lambda v: v / 100, lambda v: f"{v:g} %".replace(".", ","), lambda v: f"{v:g}%".replace(".", ",")))
    cols = [c.col for c in table.columns if c.role == "persen" and c.col not in _amounts(table)]
    cells: dict[tuple[int, int], object] = {
        (row, c): form(v) for c in cols for row in range(table.first_row, grid.height)
        if isinstance(v := grid.value(row, c), float) and 2 < v <= 200 and row + 1 not in table.heading_rows
        and not any(left.row == row + 1 and left.reason == "penomoran" for left in table.left_out)
    }  # fmt: skip
    return with_cells(grid, cells) if cells else None


def rows_hidden(rng: Random, grid: CellSheet, table: Table, *, filtered: bool = False) -> Changed | None:
    """Some lines hidden."""
    rows = [line.row for line in table.lines]
    if len(rows) < 4 or grid.hidden_rows:
        return None
    made = moved(grid, same, same)
    return replace(made, grid=replace(made.grid, hidden_rows=frozenset(rng.sample(rows, k=len(rows) // 3)), filtered=filtered))


def rows_filtered(rng: Random, grid: CellSheet, table: Table) -> Changed | None:
    """Some lines hidden by a filter."""
    return rows_hidden(rng, grid, table, filtered=True)


def column_hidden(rng: Random, grid: CellSheet, table: Table) -> Changed | None:
    """A column that is no name and no amount hidden."""
    cols = [c.col + 1 for c in table.columns if c.col not in {*_amounts(table), table.places.get("uraian")}]
    made = moved(grid, same, same)
    return replace(made, grid=replace(made.grid, hidden_cols=frozenset({rng.choice(cols)}))) if cols else None


def same_below(rng: Random, grid: CellSheet, table: Table) -> Changed | None:
    """Below the table a small one with the same headings, as a supplement has it: two of its lines once more, twice as much of
    both, with a total of its own or without."""
    flat = [line for line in table.lines if line.row <= grid.height]
    if len(flat) < 2 or not table.heading_rows or table.columns[-1].col >= grid.width or table.kind not in ("rab", "realisasi"):
        return None
    made = moved(grid, same, same)
    rows: list[list[object]] = made.grid.rows  # type: ignore[assignment]
    rows += [[], ["Tambahan"], *(list(grid.rows[row - 1]) for row in table.heading_rows)]
    first, volume = len(rows), table.places.get("volume", -1)
    money = {c.col for c in table.columns if c.role in _DOUBLED} | {*_amounts(table)}
    for line in sorted(rng.choice(_pairs(grid, table) or [tuple(rng.sample(flat, k=2))]), key=lambda one: one.row):
        own = list(grid.rows[line.row - 1])
        twice = [c for c in range(len(own)) if isinstance(own[c], float) and (c in money or c == volume)]
        if line.harga and volume not in twice:  # twice a koefisien in words
            return None
        for c in twice:
            own[c] *= 2  # type: ignore[operator]
        rows.append(own)
    name, cols = table.places.get("uraian"), [c for c in _amounts(table) if c < grid.width]
    if name is not None and rng.random() < 0.5:
        total: list[object] = [None] * grid.width
        total[name] = "Jumlah"
        for c in cols:
            total[c] = sum(v for row in rows[first:] if isinstance(v := row[c], float))
        rows.append(total)
    return replace(made, grid=replace(made.grid, rows=rows), added=frozenset(range(first, len(rows))))


def in_brackets(rng: Random, grid: CellSheet, table: Table) -> Changed | None:
    """An amount that is taken off again, in brackets; the sums above it as well."""
    cols = _amounts(table)
    flat = [line for line in table.lines if not (line.volume or line.harga) and len(line.values) == 1]
    taxed = any(row.reason == "tambahan" for row in table.left_out)
    if len(cols) != 1 or not flat or taxed or table.kind != "rab" or any(not check.agrees for check in table.checks):
        return None
    line, col = rng.choice(flat), cols[0]
    value = line.values.get(col)
    if not value or value < 1000 or not isinstance(grid.value(line.row - 1, col), float):
        return None
    cells: dict[tuple[int, int], object] = {(line.row - 1, col): f"({_written(float(value))})"}
    for check in table.checks:
        if check.first <= line.row <= check.last and check.col == col:
            cells[check.row - 1, col] = float(check.printed - 2 * value)
    return replace(with_cells(grid, cells), other={(line.row - 1, col): -value})


def dates_beside(rng: Random, grid: CellSheet, table: Table) -> Changed | None:
    """A last column with remarks of which some are dates."""
    if not table.heading_rows or table.columns[-1].col >= grid.width:
        return None
    at = table.columns[-1].col + 1
    if any(at < len(row) and row[at] is not None for row in grid.rows[table.first_row - 1 :]):
        return None
    made = moved(grid, same, same)
    rows = [[*row, *[None] * (at + 1 - len(row))] for row in made.grid.rows]
    for row in _heads(grid, table):
        rows[row][at] = "Keterangan"
    for line in table.lines:
        rows[line.row - 1][at] = rng.choice((*_DATES, None, "lunas"))
    return replace(made, grid=replace(made.grid, rows=rows))


HABITS: dict[str, Change] = {
    "dua dalam satu": two_in_one, "nama gabung": name_over_two, "kolom catatan": remarks_between, "jumlah di atas": total_above,
    "teks bertitik": half_as_text, "berawalan Rp": with_rp, "judul berulang": heading_again, "dipindahkan": carried_forward,
    "persen lain": percent_otherwise, "baris tersembunyi": rows_hidden, "tersaring": rows_filtered,
    "kolom tersembunyi": column_hidden, "tabel sama di bawah": same_below, "dalam kurung": in_brackets,
    "tanggal di samping": dates_beside,
}  # fmt: skip
