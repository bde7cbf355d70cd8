"""How well made layouts are read: ``python -m bench.tata_letak --seed S --n 2000 [--kata kenal|asing] [--contoh FOLDER]``.

Prints the share that is exact, what is silently wrong, planted slips and how many were named by their own cell, and the ways of
failing, most frequent first, with the features that stand out and the numbers of some tables. ``--contoh`` writes some of each
way as .xlsx with what is true, and what was read, beside them. Exit status 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench.tata_letak.kata import KNOWN, UNKNOWN
from bench.tata_letak.nilai import report, run, write


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.tata_letak", description="nilai bacaan tata letak buatan")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--n", type=int, default=2000, help="banyaknya tabel per ragam kata (bawaan 2000)")
    parser.add_argument("--kata", choices=[KNOWN, UNKNOWN], help="hanya ragam kata ini")
    parser.add_argument("--contoh", type=Path, help="tulis beberapa tabel yang tidak tepat ke folder ini")
    given = parser.parse_args()
    fine = True
    for mode in [given.kata] if given.kata else [KNOWN, UNKNOWN]:
        judged = run(given.seed, given.n, mode)
        fine = report(judged, mode) and fine
        if given.contoh:
            write(judged, given.contoh)
    return int(not fine)


if __name__ == "__main__":
    sys.exit(main())
