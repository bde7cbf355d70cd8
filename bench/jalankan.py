"""The measuring: ``python -m bench.jalankan [--banyak 10,100,1000] [--hanya help|rekap]``. Figures are ratios of one run.

Exit status 1 when a target is missed (see README.md beside this file for what each ratio means).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from bench.ukur import alternate, run

HELP_TARGET, REKAP_TARGET, LINEAR_TARGET, PEAK_TARGET = 1.3, 10.0, 1.5, 400.0
"""Ratios; growth of the cost of one more file between the first and the last step in size; MiB."""

START_FILES = 100
"""With fewer files starting up (pandas, pandera, Kantor.xlsx) is most of the whole: shown, but no target."""

HELP_TIMES = 20
REKAP_RUNS = 300
"""An office of N files is measured REKAP_RUNS / N times, at least once and at most five times."""

NAIVE_FILES = 100
"""The naive script reads no more files than this; more are scaled up from these, and the line says so."""

_CLI = "from kinerja_xl.face.cli import main; main({})"


def measure_help() -> bool:
    """``--help`` against importing click alone."""
    ours, click = alternate(HELP_TIMES, ["-c", _CLI.format("['--help']")], ["-c", "import click"])
    ratio = ours.seconds / click.seconds
    _print(f"--help : import click = {ratio:.2f} (paling banyak {HELP_TARGET})")
    _print(f"  --help {ours.seconds * 1000:.0f} ms, {ours.memory}; import click {click.seconds * 1000:.0f} ms, {click.memory}")
    return ratio <= HELP_TARGET


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """One size measured: files, seconds of the whole verb and of the bare read, peak in MiB of the verb."""

    files: int
    rekap: float
    bare: float
    peak: float | None

    @property
    def fine(self) -> bool:
        return (self.files < START_FILES or self.rekap / self.bare <= REKAP_TARGET) and (self.peak or 0) <= PEAK_TARGET


def measure_rekap(banyak: list[int]) -> bool:
    """The whole verb over offices of several sizes against the bare read and the naive script."""
    offices: list[Office] = []
    for count in banyak:
        with tempfile.TemporaryDirectory(prefix="kinerja-xl-bench-") as place:
            run("-m", "bench.kantor_banyak", place, str(count))
            offices.append(_one_office(Path(place), count))
    steps = [_one_more(small, large) for small, large in pairwise(offices)]
    fine = all(office.fine for office in offices) and all(ratio <= REKAP_TARGET for _, ratio in steps)
    if len(steps) > 1:
        growth = steps[-1][0] / steps[0][0]
        _print(f"Biaya satu berkas lagi, kantor terbesar : terkecil = {growth:.2f} (paling banyak {LINEAR_TARGET})")
        fine = fine and growth <= LINEAR_TARGET
    return fine


def _one_office(folder: Path, count: int) -> Office:
    times = max(1, min(5, REKAP_RUNS // count))
    verb = ["rekap", str(folder), "--format", "json", "-o", str(folder / "Rekap.xlsx")]
    rekap, bare = alternate(times, ["-c", _CLI.format(verb)], ["-m", "bench.pembanding", "calamine", str(folder)])
    files = min(count, NAIVE_FILES)
    naive = run("-m", "bench.pembanding", "pandas", str(folder), str(files))
    recap = json.loads(rekap.output)
    if len(recap["unit"]) != count or (files == count and recap["total_rab"] != int(naive.output)):
        raise RuntimeError(f"{count} berkas: rekap {recap['total_rab']}, skrip pandas {naive.output.strip()}")
    scaled = naive.seconds * count / files
    note = f", diukur pada {files}" if files < count else ""
    target = f" (paling banyak {REKAP_TARGET:.0f})" if count >= START_FILES else ""
    _print(f"rekap {count} berkas : calamine = {rekap.seconds / bare.seconds:.1f}{target}")
    _print(f"rekap {count} berkas : pandas = {rekap.seconds / scaled:.2f}{note}")
    _print(f"  rekap {rekap.seconds:.2f} s, puncak memori {rekap.memory} (paling banyak {PEAK_TARGET:.0f})")
    _print(f"  calamine {bare.seconds:.2f} s, {bare.memory}; pandas {scaled:.2f} s{note}, {naive.memory}")
    return Office(files=count, rekap=rekap.seconds, bare=bare.seconds, peak=rekap.peak)


def _one_more(small: Office, large: Office) -> tuple[float, float]:
    """What one more file costs between two sizes: seconds of the verb, and their ratio to the bare read's."""
    seconds = (large.rekap - small.rekap) / (large.files - small.files)
    ratio = (large.rekap - small.rekap) / (large.bare - small.bare)
    _print(f"satu berkas lagi, {small.files} sampai {large.files} : calamine = {ratio:.1f} (paling banyak {REKAP_TARGET:.0f})")
    return seconds, ratio


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.jalankan", description="Ukur kecepatan dan memori sebagai nisbah.")
    parser.add_argument("--banyak", default="10,100,1000", help="banyaknya buku kerja, dipisah koma (bawaan 10,100,1000)")
    parser.add_argument("--hanya", choices=["help", "rekap"], help="hanya ukuran ini")
    chosen = parser.parse_args()
    fine = True
    if chosen.hanya != "rekap":
        fine = measure_help()
    if chosen.hanya != "help":
        fine = measure_rekap(sorted(int(part) for part in chosen.banyak.split(","))) and fine
    _print("Semua sasaran tercapai." if fine else "Ada sasaran yang tidak tercapai.")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
