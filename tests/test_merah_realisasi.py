"""Realisasi tables of many offices and applications: kind, lines, sums and the exact catatan, against the builder's own truth."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

import tests.merah_realisasi_a
import tests.merah_realisasi_b
import tests.merah_realisasi_c
import tests.merah_realisasi_d
import tests.merah_realisasi_e
import tests.merah_realisasi_f  # noqa: F401  (each registers its layouts)
from kinerja_xl.catatan import Severity
from kinerja_xl.foreign.model import NONE
from kinerja_xl.foreign.read import read_foreign, read_grid
from tests.asing_uji import grid
from tests.merah_realisasi import MAKERS, made
from tests.merah_realisasi_acak import case


def told(findings, *, sheet=False):
    """(code, cell or sheet) of what is more than information."""
    return {(f.code, f.sheet if sheet else f.cell) for f in findings if f.severity is not Severity.INFO}


def exact(sums):
    """Sums of either side as exact decimals."""
    return {k: {n: Decimal(str(p)) for n, p in v.items()} if hasattr(v, "items") else Decimal(str(v)) for k, v in sums.items()}


@pytest.mark.parametrize("name", sorted(MAKERS))
def test_a_layout_is_read_as_its_builder_made_it(name):
    layout = made(name)
    book = read_foreign(layout.xlsx(), f"{name}.xlsx")
    left = list(book.imported)
    for truth in layout.truths:
        table = next(t for t in left if t.sheet == truth.sheet)
        left.remove(table)
        if truth.flagged:  # known not to be exact: what counts is that it is said
            assert table.said, truth
            continue
        assert (table.kind, len(table.lines), exact(table.sums)) == (truth.kind, truth.n, exact(truth.sums))
        assert told(table.findings) == truth.codes
        assert not table.questions
    assert not left
    aside = [f for t in book.tables if t.kind == NONE for f in t.findings]
    assert told([*book.findings, *aside], sheet=True) == layout.book


SEEDS = range(120)


def outcome(seed):
    """exact (and nothing said), said, or silently wrong."""
    truth = case(seed)
    tables = read_grid(grid(truth.rows), "uji.xlsx")
    right = [t for t in tables if (t.kind, len(t.lines), exact(t.sums)) == ("realisasi", truth.n, exact(truth.sums))]
    return "tepat" if right and not any(t.said for t in tables) else "dikatakan" if any(t.said for t in tables) else "diam"


def test_random_tables_are_exact_or_said():
    """Without any code a group with one line looks like its line: a few of those may be asked about, none may be silent."""
    found = Counter(map(outcome, SEEDS))
    assert not found["diam"] and found["tepat"] >= 0.97 * len(SEEDS), found


def test_a_changed_amount_is_always_said():
    """250.000 more on one line of a table whose sums agreed."""
    changed = 0
    for seed in SEEDS:
        truth = case(seed)
        table = read_grid(grid(truth.rows), "uji.xlsx")[0]
        col = table.amount_columns["realisasi"][0]
        row = next((line.row - 1 for line in table.lines if isinstance(truth.rows[line.row - 1][col], int)), None)
        if row is not None and outcome(seed) == "tepat":
            truth.rows[row][col] += 250_000
            changed += 1
            assert any(t.said for t in read_grid(grid(truth.rows), "uji.xlsx")), seed
    assert changed > 40
