"""Run a command in a process of its own and say how long it took and how much memory it used at its peak.

This process must stay small: a child's peak counts what its parent held at the moment of the fork.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_KIB = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """``seconds`` from start to end of the process; ``peak`` resident memory in MiB, None where nobody tells (Windows)."""

    seconds: float
    peak: float | None
    output: str

    @property
    def memory(self) -> str:
        return "n/a" if self.peak is None else f"{self.peak:.0f} MiB"


def run(*arguments: str, allowed: Sequence[int] = (0,)) -> Measured:
    """``python ARGUMENTS`` from the project's folder. Raises RuntimeError with its error text for another exit status."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.perf_counter()
        process = subprocess.Popen([sys.executable, *arguments], stdout=out, stderr=err, cwd=ROOT)
        peak = _wait(process)
        seconds = time.perf_counter() - start
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read().decode("utf-8", "replace"))
    if process.returncode not in allowed:
        raise RuntimeError(f"{' '.join(arguments)[:200]}: status {process.returncode}\n{texts[1][-2000:]}")
    return Measured(seconds=seconds, peak=peak, output=texts[0])


def _wait(process: subprocess.Popen[bytes]) -> float | None:
    """Wait for the end; peak resident memory of this child alone, in MiB."""
    if not hasattr(os, "wait4"):
        process.wait()
        return None
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    # Linux counts KiB, macOS bytes.
    return usage.ru_maxrss / (_KIB if sys.platform != "darwin" else _KIB * _KIB)


def alternate(times: int, *commands: Sequence[str]) -> list[Measured]:
    """Each command ``times`` times in turns; of each its fastest run, with the highest peak of all its runs."""
    runs: list[list[Measured]] = [[] for _ in commands]
    for _ in range(times):
        for own, command in zip(runs, commands, strict=True):
            own.append(run(*command))
    return [_best(own) for own in runs]


def _best(runs: list[Measured]) -> Measured:
    fastest = min(runs, key=lambda m: m.seconds)
    peaks = [m.peak for m in runs if m.peak is not None]
    return Measured(seconds=fastest.seconds, peak=max(peaks, default=None), output=fastest.output)
