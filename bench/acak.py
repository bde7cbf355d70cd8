"""Tables spoilt at random, read in every way that the verb reads: ``python -m bench.acak --seed S [--n 2000]``.

The stems are the tables of other offices (tests/kantor_lain*.txt). A few of their cells, rows and columns are deleted, exchanged
or overwritten with what hostile hands type; then they are read as they are, as each kind that a user may name, and once more with
an answer to each question. Nothing may fail, whatever the figures then mean. Prints the seeds that failed.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from itertools import chain
from random import Random

from kinerja_xl.foreign.model import KINDS, ForeignBook, Question, Table
from kinerja_xl.foreign.padanan import Padanan
from kinerja_xl.foreign.read import read_grid
from kinerja_xl.formula.cellsheet import CellSheet
from kinerja_xl.uses.baca import as_json

Cells = list[list[object]]

ODD: tuple[object, ...] = (
    None, "-", "x" * 400, 1e15, 1e308, -5.0, 0.0, 0.1, True, "12,5%", "1.500.000,-", "Rp 1.000", "Jumlah", "TOTAL",
    "Volume", "1", "I", "a.", "5.1.02.01.01.0024", "2025", "\u0663", "\u00bd", "1 2 3", "(500)", "100%", "Harga Satuan",
    "Target 2025", "Realisasi",
)  # fmt: skip
"""What is typed over cells, rows and columns."""


def spoilt(rng: Random, cells: Sequence[Sequence[object]]) -> Cells:
    """The rows of a table with one to four changes."""
    width = max(map(len, cells), default=1)
    rows = [[*row, *[None] * (width - len(row))] for row in cells]
    for _ in range(rng.randint(1, 4)):
        _CHANGES[rng.randrange(len(_CHANGES))](rng, rows)
    return rows


def _typed_over(rng: Random, rows: Cells) -> None:
    for _ in range(rng.randint(1, 12)):
        row = rng.choice(rows)
        row[rng.randrange(len(row))] = rng.choice(ODD)


def _row_typed_over(rng: Random, rows: Cells) -> None:
    row = rng.choice(rows)
    row[:] = [rng.choice(ODD)] * len(row)


def _column_typed_over(rng: Random, rows: Cells) -> None:
    at, value = rng.randrange(len(rows[0])), rng.choice(ODD)
    for row in rows:
        row[at] = value


def _row_gone(rng: Random, rows: Cells) -> None:
    if len(rows) > 2:
        del rows[rng.randrange(len(rows))]


def _row_again(rng: Random, rows: Cells) -> None:
    rows.insert(rng.randrange(len(rows)), [*rng.choice(rows)])


def _rows_exchanged(rng: Random, rows: Cells) -> None:
    one, other = (rng.randrange(len(rows)) for _ in range(2))
    rows[one], rows[other] = rows[other], rows[one]


def _columns_exchanged(rng: Random, rows: Cells) -> None:
    one, other = (rng.randrange(len(rows[0])) for _ in range(2))
    for row in rows:
        row[one], row[other] = row[other], row[one]


def _column_gone(rng: Random, rows: Cells) -> None:
    if len(rows[0]) > 2:
        at = rng.randrange(len(rows[0]))
        for row in rows:
            del row[at]


_CHANGES = (
    _typed_over, _typed_over, _row_typed_over, _column_typed_over, _row_gone, _row_again, _rows_exchanged, _columns_exchanged,
    _column_gone,
)  # fmt: skip


def read_every_way(rng: Random, sheet: CellSheet) -> Iterator[Table]:
    """The tables of a sheet: as it is, as each kind, and with an answer to each question of any of these. Raises what fails."""
    asked: list[tuple[Table, Question]] = []
    for wanted in (None, *KINDS):
        for table in read_grid(sheet, "acak.xlsx", wanted):
            as_json(ForeignBook(file="acak.xlsx", tables=(table,)))
            asked += [(table, question) for question in table.questions if question.options]
            yield table
    kept = Padanan()
    for table, question in asked:
        kept = kept.with_answers(table, {question.key: rng.choice(question.options).value})
    yield from read_grid(sheet, "acak.xlsx", None, kept) if asked else ()


def main() -> None:
    from tests.asing_uji import grid
    from tests.test_asing_kantor import BLOCKS, made

    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--n", type=int, default=2000)
    asked = parser.parse_args()
    stems, failed = [made(block) for block in BLOCKS], []
    for seed in range(asked.seed * asked.n, (asked.seed + 1) * asked.n):
        rng = Random(seed)
        stem = rng.choice(stems)
        try:
            [*read_every_way(rng, grid(spoilt(rng, stem.rows)))]
        except Exception as error:
            failed.append(f"{seed} {error!r:.80}")
    sys.stdout.write("\n".join(chain(failed, (f"{asked.n} tables, {len(failed)} failed",))) + "\n")


if __name__ == "__main__":
    main()
