"""Realisasi tables of many offices and applications: kind, lines, sums and the exact catatan, against the builder's own truth."""

from __future__ import annotations

from decimal import Decimal

import pytest

import tests.merah_realisasi_a
import tests.merah_realisasi_b
import tests.merah_realisasi_c
import tests.merah_realisasi_d
import tests.merah_realisasi_e
import tests.merah_realisasi_f  # noqa: F401  (each registers its layouts)
from kinerja_xl.findings import Severity
from kinerja_xl.foreign.model import NONE
from kinerja_xl.foreign.read import read_foreign
from tests.merah_realisasi import MAKERS, made


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
