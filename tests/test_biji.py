"""The seeds of ``alat.fuzz`` and whatever it found, for ever: no target raises."""

from __future__ import annotations

from pathlib import Path

import pytest

from alat.fuzz import SEEDS, TARGETS
from tests.kantor_uji import clean

FOUND = sorted(path for path in SEEDS.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", FOUND, ids=[f"{path.parent.name}-{path.name}" for path in FOUND])
def test_what_was_found_stays_mended(path: Path):
    TARGETS[path.parent.name](path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_takes_any_bytes(name: str):
    data = clean("pmd")
    for one in (b"", b"\0", b"PK\x03\x04", data, data[:5_000], data[:-30], b"=SUM(A1:B2)", b"1.500.000,00", b"\xff" * 300):
        TARGETS[name](one)
    assert {path.parent.name for path in FOUND} <= set(TARGETS)
