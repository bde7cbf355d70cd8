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
    """``seconds`` from start to end of the process, ``cpu`` of processor time; ``peak`` resident memory in MiB, None where nobody
    tells (Windows)."""

    seconds: float
    cpu: float
    peak: float | None
    output: str

    @property
    def memory(self) -> str:
        return "n/a" if self.peak is None else f"{self.peak:.0f} MiB"


def run(*arguments: str, allowed: Sequence[int] = (0,)) -> Measured:
    """``python ARGUMENTS`` from the project's folder. Raises RuntimeError with its error text for another exit status."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.perf_counter()
        # Compiled modules, as an installed program has them, whatever this process was told.
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        environment |= {"PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "kinerja-xl-bench-pyc")}
        process = subprocess.Popen([sys.executable, *arguments], stdout=out, stderr=err, cwd=ROOT, env=environment)
        peak, cpu = _wait(process)
        seconds = time.perf_counter() - start
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read().decode("utf-8", "replace"))
    if process.returncode not in allowed:
        raise RuntimeError(f"{' '.join(arguments)[:200]}: status {process.returncode}\n{texts[1][-2000:]}")
    return Measured(seconds=seconds, cpu=seconds if cpu is None else cpu, peak=peak, output=texts[0])


def _wait(process: subprocess.Popen[bytes]) -> tuple[float | None, float | None]:
    """Wait for the end; peak resident memory of this child alone in MiB, and its processor seconds."""
    if not hasattr(os, "wait4"):
        process.wait()
        return None, None
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    # Linux counts KiB, macOS bytes.
    peak = usage.ru_maxrss / (_KIB if sys.platform != "darwin" else _KIB * _KIB)
    return peak, usage.ru_utime + usage.ru_stime


def alternate(times: int, *commands: Sequence[str]) -> list[Measured]:
    """Each command ``times`` times in turns; of each its fastest run, with the highest peak of all its runs."""
    runs: list[list[Measured]] = [[] for _ in commands]
    for _ in range(times):
        for own, command in zip(runs, commands, strict=True):
            own.append(run(*command))
    return [best(own) for own in runs]


def best(runs: list[Measured]) -> Measured:
    """The fastest of these runs, with the highest peak of all."""
    fastest = min(runs, key=lambda m: m.cpu)
    peaks = [m.peak for m in runs if m.peak is not None]
    seconds = min(m.seconds for m in runs)
    return Measured(seconds=seconds, cpu=fastest.cpu, peak=max(peaks, default=None), output=fastest.output)
