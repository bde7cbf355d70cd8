"""Rows read column by column are the rows that are read one by one: no layout may tell the two apart."""

from __future__ import annotations

import pytest

from bench.ubahan import stems
from kinerja_xl.foreign import plainrows
from kinerja_xl.foreign.read import read_foreign
from kinerja_xl.uses.baca import as_json

EVERY = 4
SOME = list(stems(None))[::EVERY]


@pytest.mark.parametrize(("name", "data"), SOME, ids=[name for name, _ in SOME])
def test_the_quick_way_reads_the_same(name: str, data: bytes, monkeypatch: pytest.MonkeyPatch):
    quick = as_json(read_foreign(data, f"{name}.xlsx"))
    monkeypatch.setattr(plainrows, "_plain", lambda *_: {})
    assert as_json(read_foreign(data, f"{name}.xlsx")) == quick


def test_some_rows_go_the_quick_way(monkeypatch: pytest.MonkeyPatch):
    """Else the test above would compare a way with itself."""
    took = 0
    real = plainrows._plain

    def counted(*given):
        nonlocal took
        found = real(*given)
        took += len(found)
        return found

    monkeypatch.setattr(plainrows, "_plain", counted)
    for name, data in SOME[:20]:
        read_foreign(data, f"{name}.xlsx")
    assert took > 100
