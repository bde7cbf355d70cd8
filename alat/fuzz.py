"""Ten minutes of texts and files that nobody would write, steered by what they reach in the code: ``python -m alat.fuzz``.

Needs ``pip install atheris`` (Linux, macOS). ``--sasaran`` names one target, ``--menit`` how long. What is found is kept in
``tests/biji/TARGET/``, beside the seeds: ``tests/test_biji.py`` runs every file there for ever.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

SEEDS = Path(__file__).parents[1] / "tests" / "biji"
LONGEST = 20_000
"""Bytes of one try: what is larger only takes longer."""


def _gate(data: bytes) -> None:
    from kinerja_xl.reading.gate import Limits, judge

    judge(data, "uji.xlsx", Limits())


def _scan(data: bytes) -> None:
    from kinerja_xl.package import PackageError
    from kinerja_xl.package.book import scan_sheet

    with suppress(PackageError):
        scan_sheet(data, "xl/worksheets/sheet1.xml")


def _number(data: bytes) -> None:
    from kinerja_xl.sheets.numbers import parse_number

    parse_number(data.decode("utf-8", "replace"))


def _date(data: bytes) -> None:
    from kinerja_xl.sheets.numbers import parse_date

    parse_date(data.decode("utf-8", "replace"))


def _formula(data: bytes) -> None:
    from kinerja_xl.formula.parse import read_formula

    read_formula(data.decode("utf-8", "replace"), (1, 1))


def _locate(data: bytes) -> None:
    """Any file as a unit's form: gate, cells, locate and parse together."""
    from kinerja_xl.office.prefill import default_listings
    from kinerja_xl.reading.intake import read_submission

    read_submission(data, "uji.xlsx", default_listings())


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "gerbang": _gate, "pindai": _scan, "angka": _number, "tanggal": _date, "rumus": _formula, "cari": _locate,
}  # fmt: skip
"""Each takes any bytes and raises nothing."""


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m alat.fuzz")
    asked.add_argument("--sasaran", choices=TARGETS, default="gerbang")
    asked.add_argument("--menit", type=float, default=10.0)
    given = asked.parse_args()
    import atheris

    folder = SEEDS / given.sasaran
    folder.mkdir(parents=True, exist_ok=True)
    with atheris.instrument_imports(include=["kinerja_xl"]):
        TARGETS[given.sasaran](b"1")
    options = [f"-max_total_time={given.menit * 60:.0f}", f"-max_len={LONGEST}", f"-artifact_prefix={folder}/", "-timeout=20"]
    with TemporaryDirectory() as reached:  # what reaches further while it runs; only what fails is kept
        atheris.Setup([sys.argv[0], *options, reached, str(folder)], TARGETS[given.sasaran])
        atheris.Fuzz()


if __name__ == "__main__":
    main()
