"""Processor time of the tests, by module: ``python -m tests.waktu [what pytest takes]``.

Counted is what pytest and everything that it started took: workers, LibreOffice, the browser, other programs. With
``KINERJA_XL_WAKTU=file`` each test's own seconds are written there, a line each, as they come.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Generator
from pathlib import Path

import pytest

PLACE = "KINERJA_XL_WAKTU"
SHOWN = 25
"""Modules that are named; the others are few seconds each."""


def spent() -> float:
    """Seconds of this process and of what it started and saw end."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Set-up, call and tear-down of one test."""
    before = spent()
    try:
        return (yield)
    finally:
        with Path(os.environ[PLACE]).open("a", encoding="utf-8") as file:
            file.write(f"{spent() - before:.3f}\t{item.nodeid}\n")


def by_module(lines: list[str]) -> Counter[str]:
    """Seconds of each module; what was not in a test (start, collection, a program's end) is not in it."""
    seconds: Counter[str] = Counter()
    for line in lines:
        took, _, test = line.partition("\t")
        seconds[test.partition("::")[0]] += float(took)  # type: ignore[assignment]
    return seconds


def main(words: list[str]) -> int:
    """Run pytest, tell what it took, and end as it did."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(os.environ.get(PLACE, Path(folder, "waktu.tsv")))
        command = [sys.executable, "-m", "pytest", "-p", "tests.waktu", *words]
        status = subprocess.run(command, env={**os.environ, PLACE: str(place)}, check=False).returncode
        seconds = by_module(place.read_text(encoding="utf-8").splitlines()) if place.exists() else Counter()
    for name, took in seconds.most_common(SHOWN):
        print(f"{took:8.1f} s  {name}")
    print(f"{sum(seconds.values()):8.1f} s  {len(seconds)} modules; {spent():.1f} s with start, collection and programs' ends")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
