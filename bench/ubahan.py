"""Layouts that are read rightly, changed as another office would lay them out: ``python -m bench.ubahan --seed S [FOLDER]``.

The stems are the layouts of the tests (budgets, reports, indicators, price lists, each with its truth) and the labelled files of
FOLDER. One thing is changed at a time: words of headings that nobody knows, an empty column or row, a numbering row, columns in
another order, no title, pasted values instead of formulas, another table below. What was read before must be read again, at its
new place, or something must be said: every other reading is silently wrong. Prints both by change, and the stems.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

from openpyxl.utils.cell import coordinate_to_tuple

from bench.tata_letak.kata import UNKNOWN, Voice
from bench.tata_letak.lembar import mistaken
from bench.ubahan_bentuk import Change, Changed, moved, numbered, same, with_cells
from bench.ubahan_kebiasaan import HABITS
from kinerja_xl.catatan import Severity
from kinerja_xl.foreign.model import NONE, RAB, Table
from kinerja_xl.foreign.read import read_grid
from kinerja_xl.formula.cellsheet import CellSheet, place
from kinerja_xl.reading.source import read_source

LONGEST = 400
"""Rows of a stem."""


def pasted(rng: Random, grid: CellSheet, table: Table) -> Changed | None:
    """Values pasted over the formulas."""
    return moved(grid, same, same) if grid.formulas else None


def _headings(grid: CellSheet, table: Table) -> list[tuple[int, int]]:
    first, last = table.columns[0].col, table.columns[-1].col
    return [
        (r - 1, c) for r in table.heading_rows for c in range(first, last + 1)
        if isinstance(v := grid.value(r - 1, c), str) and len(v.strip()) > 2
    ]  # fmt: skip


def one_word(rng: Random, grid: CellSheet, table: Table) -> Changed | None:
    """One heading in a word nobody knows."""
    cells = _headings(grid, table)
    if not cells:
        return None
    return with_cells(grid, {rng.choice(cells): Voice(rng, UNKNOWN).new("")})


def half_the_words(rng: Random, grid: CellSheet, table: Table) -> Changed | None:
    """Half of the headings in words nobody knows; equal ones stay equal."""
    cells, voice = _headings(grid, table), Voice(rng, UNKNOWN)
    chosen = rng.sample(sorted({str(grid.value(*cell)) for cell in cells}), k=len({str(grid.value(*c)) for c in cells}) // 2)
    pages = [r for r, row in enumerate(grid.rows) if sum(str(v) in chosen for v in row if v is not None) * 2 >= len(chosen)]
    cells += [(r, c) for r in pages for c in grid.filled(r)]  # the headings again on every page
    new: dict[tuple[int, int], object] = {cell: voice(text) for cell in cells if (text := str(grid.value(*cell))) in chosen}
    return with_cells(grid, new) if chosen else None


def column_left(rng: Random, grid: CellSheet, table: Table) -> Changed | None:
    """An empty column on the left."""
    return moved(grid, same, lambda c: c + 1)


def empty_column(rng: Random, grid: CellSheet, table: Table) -> Changed | None:
    """An empty column between two of the table's."""
    at = rng.choice([c.col for c in table.columns])
    if any(c1 - 1 < at <= c2 - 1 for _, c1, _, c2 in grid.merged) or at == table.columns[0].col:
        return None
    return moved(grid, same, lambda c: c + (c >= at))


def empty_row(rng: Random, grid: CellSheet, table: Table) -> Changed | None:
    """An empty row between two rows of the table, or below its headings."""
    low = table.heading_rows[-1] if table.heading_rows else table.first_row
    at = rng.randint(low, max(low, table.last_row - 1))
    if any(r1 - 1 < at <= r2 - 1 for r1, _, r2, _ in grid.merged):
        return None
    return moved(grid, lambda r: r + (r >= at), same)


def numbering(rng: Random, grid: CellSheet, table: Table) -> Changed | None:
    """A row that numbers the columns below the headings."""
    if not table.heading_rows or any(row.reason == "penomoran" for row in table.left_out):
        return None
    at = table.heading_rows[-1]
    if not any(grid.rows[at : at + 1]) or numbered(grid, at) or len(table.columns) < 4:
        return None
    if table.columns[-1].col >= grid.width:  # laid flat
        return None
    made = moved(grid, lambda r: r + (r >= at), same)
    for n, column in enumerate(table.columns, 1):
        made.grid.rows[at][column.col] = rng.choice((float(n), f"({n})"))  # type: ignore[index]
    return made


def without_title(rng: Random, grid: CellSheet, table: Table) -> Changed | None:
    """Nothing above the headings."""
    if table.first_row < 2:
        return None
    return with_cells(grid, {(r, c): None for r in range(table.first_row - 1) for c in range(len(grid.rows[r]))})


def swapped(rng: Random, grid: CellSheet, table: Table) -> Changed | None:
    """Two neighbouring columns of figures or texts in the other order."""
    cols = [c.col for c in table.columns[1:-1]]
    pairs = [(a, b) for a, b in zip(cols, cols[1:], strict=False) if b == a + 1 and table.columns[0].path]
    spans = {c for r1, c1, r2, c2 in grid.merged if c2 > c1 for c in range(c1 - 1, c2)}
    pairs = [pair for pair in pairs if not spans & set(pair) and len({c.path for c in table.columns if c.col in pair}) > 1]
    if not pairs:
        return None
    a, b = rng.choice(pairs)
    return moved(grid, same, lambda c: b if c == a else a if c == b else c)


def another_below(rng: Random, grid: CellSheet, table: Table) -> Changed | None:
    """Signatures, and below them a small table of other things with figures."""
    made = moved(grid, same, same)
    rows: list[list[object]] = made.grid.rows  # type: ignore[assignment]
    rows += [[], [None, None, "Contoh, 2 Januari 2026"], [None, None, "Camat"], [], [None, None, "NAMA CONTOH"], []]
    rows += [["Lampiran tim"], [None, "Ketua", 250000.0], [None, "Anggota", 150000.0]]
    return replace(made, grid=replace(made.grid, rows=rows))


def wrong_sum(rng: Random, grid: CellSheet, table: Table) -> Changed | None:
    """One printed sum is wrong, as people get it wrong; the lines are as before."""
    sums = [
        (c.row - 1, c.col) for c in table.checks if c.agrees and c.printed and isinstance(grid.value(c.row - 1, c.col), float)
    ]
    if not sums or any(not c.agrees for c in table.checks):
        return None
    at = rng.choice(sums)
    right = Decimal(str(grid.value(*at)))
    wrong = mistaken(rng, right, [v for line in table.lines if (v := line.values.get(at[1]))] or [right])
    return replace(with_cells(grid, {at: float(wrong)}), slip=at) if wrong != right else None


def wrong_line(rng: Random, grid: CellSheet, table: Table) -> Changed | None:
    """One amount is no longer volume × price; what it is added up in stays."""
    main = [c for cols in table.amount_columns.values() for c in cols]
    cells = [
        (line.row - 1, main[0]) for line in table.lines
        if line.volume and line.harga and abs(line.volume * line.harga - line.values.get(main[0], 0)) <= 1
    ] if table.kind == RAB and len(main) == 1 else []  # fmt: skip
    cells = [cell for cell in cells if isinstance(grid.value(*cell), float)]
    if len(cells) < 4:
        return None
    at = rng.choice(cells)
    right = Decimal(str(grid.value(*at)))
    wrong = right + rng.choice((1, 3, 40)) * Decimal(50_000)
    return replace(with_cells(grid, {at: float(wrong)}), slip=at)


CHANGES: dict[str, Change] = {
    "nilai tempel": pasted, "satu judul asing": one_word, "separuh judul asing": half_the_words, "kolom kiri": column_left,
    "kolom kosong": empty_column, "baris kosong": empty_row, "penomoran": numbering, "tanpa kop": without_title,
    "kolom bertukar": swapped, "lampiran di bawah": another_below,
    "jumlah salah": wrong_sum, "rincian salah": wrong_line,
} | HABITS  # fmt: skip


def stems(folder: Path | None) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every layout of the tests, and of the labelled files."""
    for part in "abcdefgh":
        import_module(f"tests.merah_rab_{part}")
    for part in "bcd":
        import_module(f"tests.merah_indikator_{part}")
    for part in "abcdef":
        import_module(f"tests.merah_realisasi_{part}")
    from tests import merah_indikator, merah_rab, merah_realisasi

    yield from ((f"rab {name}", make().xlsx()) for name, make in merah_rab.BOOKS.items())
    yield from ((f"indikator {name}", merah_indikator.book(make())) for name, make in merah_indikator.LAYOUTS.items())
    yield from ((f"realisasi {name}", merah_realisasi.made(name).xlsx()) for name in sorted(merah_realisasi.MAKERS))
    for n in range(1, 6):
        module = import_module(f"tests.merah_harga_{n}")
        yield from ((f"harga {made.name}", made.data()) for made in (make() for make in module.layout))
    for path in sorted(folder.glob("*.xls*")) if folder else ():
        yield f"berkas {path.name}", path.read_bytes()


Read = list[tuple[str, dict[int, tuple[str, dict[int, object]]]]]


def _read(grid: CellSheet, name: str) -> tuple[Read, str, list[Table]]:
    """What was read: of each table its kind and, by row, name and amounts; what was said or asked; the tables."""
    tables = read_grid(grid, name)
    kept = [table for table in tables if table.kind != NONE]
    said = [
        f"{f.code} {f.cell} {f.args.get('daftar', '')} {f.args.get('alasan', '')} {f.args.get('sebab', '')}"
        for t in tables
        for f in t.findings
        if f.severity is not Severity.INFO
    ]
    said += [f"tanya {q.cell}" for table in tables for q in table.questions]
    return [_shown(table) for table in kept], "; ".join(said), kept


def _shown(table: Table, made: Changed | None = None) -> tuple[str, dict[int, Any]]:
    """Kind, and names and amounts by row; with a change, what is to be read of it."""
    row, col, other = (made.row, made.col, made.other) if made else (same, same, {})
    main = {c for cols in table.amount_columns.values() for c in cols}
    lines = {
        at: (" ".join(line.uraian.split()), {col(c): other.get((at, col(c)), v) for c, v in line.values.items() if c in main})
        for line in table.lines for at in [row(line.row - 1)]
    }  # fmt: skip
    return table.kind, lines


def _without_added(after: Read, wanted: Read, made: Changed) -> Read:
    """What was read, but for lines that the change itself added, with the names that may be any as they should be."""
    names = {at: name for _, lines in wanted for at, (name, _) in lines.items()}
    kept = [
        (kind, {
            at: (names.get(at, name) if at in made.free else name, values)
            for at, (name, values) in lines.items() if at not in made.added
        }) for kind, lines in after
    ]  # fmt: skip
    return [one for one in kept if one[1]]


def _with_slip(wanted: Read, made: Changed) -> Read:
    """What is to be read: the cell that was made wrong as it stands."""
    if made.slip:
        row, col = made.slip
        for _, lines in wanted:
            if row in lines:
                lines[row][1][col] = Decimal(str(made.grid.value(row, col)))
    return wanted


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    name: str
    change: str
    exact: bool
    said: str
    why: str
    accused: int = 0

    @property
    def silent(self) -> bool:
        return not self.exact and not self.said


def judged(name: str, grid: CellSheet, seed: int, only: str | None = None) -> Iterator[Judged]:
    """Every change of one sheet, or the one that is asked for."""
    before, _, tables = _read(grid, name)
    for word, change in CHANGES.items() if len(tables) == 1 else ():
        if only and only not in word:
            continue
        rng = Random(f"{seed} {name} {grid.name} {word}")
        made = change(rng, grid, tables[0])
        if made is None:
            continue
        after, said, kept = _read(made.grid, name)
        wanted = _with_slip([_shown(table, made) for table in tables], made)
        after = _without_added(after, wanted, made)
        accused = len(_accused(kept) - {(code, _at(cell, made)) for code, cell in _accused(tables)}) if not made.slip else 0
        exact = all(one in after for one in wanted) and len(after) == len(before)
        if exact and made.slip and place(*made.slip) not in said.replace(",", " ").replace(";", " ").split():
            yield Judged(
                name=f"{name} [{grid.name}]", change=word, exact=False, said=said, why=f"{place(*made.slip)} tidak disebut"
            )
            continue
        yield Judged(
            name=f"{name} [{grid.name}]", change=word, exact=exact, said=said, why=_why(wanted, after), accused=accused
        )


def _accused(tables: list[Table]) -> set[tuple[str, str]]:
    """The cells of sums and lines that are said to be wrong."""
    return {(found.code, found.cell) for table in tables for found in table.findings if found.code in ("L401", "L406", "L450")}


def _at(cell: str, made: Changed) -> str:
    row, col = coordinate_to_tuple(cell)
    return place(made.row(row - 1), made.col(col - 1))


def _why(wanted: Read, after: Read) -> str:
    if not after:
        return "tidak terbaca"
    if len(after) != len(wanted):
        return f"{len(after)} tabel"
    (kind, lines), (other, found) = wanted[0], after[0]
    if kind != other:
        return f"{other}, bukan {kind}"
    if set(lines) != set(found):
        fewer, more = (sorted(r + 1 for r in a - b)[:3] for a, b in ((set(lines), set(found)), (set(found), set(lines))))
        return f"baris: kurang {fewer}, lebih {more}"
    if any(lines[r][0] != found[r][0] for r in lines):
        return "nama"
    return "angka"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.ubahan", description="bacaan tata letak yang diubah satu hal")
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tiap", type=int, default=1, help="hanya setiap batang ke-n")
    parser.add_argument("--ubahan", help="hanya perubahan ini")
    parser.add_argument("--hanya", help="hanya batang yang namanya memuat ini")
    given = parser.parse_args()
    found: list[Judged] = []
    for n, (name, data) in enumerate(stems(given.folder)):
        if (n + given.seed) % given.tiap or (given.hanya and given.hanya not in name):
            continue
        for grid in read_source(data, name).grids:
            if grid.height <= LONGEST:
                found += judged(name, grid, given.seed, given.ubahan)
    by_change: dict[str, list[Judged]] = defaultdict(list)
    for one in found:
        by_change[one.change].append(one)
    for change, ones in by_change.items():
        wrong = Counter(one.why.split(":")[0] for one in ones if not one.exact)
        silent = sum(one.silent for one in ones)
        print(f"{change:22} {sum(o.exact for o in ones):4} dari {len(ones):4} tepat, {silent} diam-diam   {dict(wrong)}")
    innocent = [one for one in found if one.accused and "salah" not in one.name]
    exact, silent = sum(one.exact for one in found), sum(one.silent for one in found)
    print(f"semua: {exact} dari {len(found)} tepat, {silent} salah diam-diam, {len(innocent)} menyalahkan sel yang benar")
    for one in found:
        if not one.exact or one in innocent:
            how = "DIAM" if one.silent else "tuduh" if one in innocent else "kata"
            print(f"  {how:5} {one.change:20} {one.name}: {one.why}   ({one.said[:160]})")
    return int(any(one.silent for one in found))


if __name__ == "__main__":
    sys.exit(main())
