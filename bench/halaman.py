"""The page against its verbs: ``python -m bench.halaman [NAME …]``.

The first answer: processor time from the start of ``buka`` until Beranda is answered, against importing what serves it. A click:
a button of the page in one process, against the same verb in that process; both after what they import, each on a fresh folder.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from urllib.request import HTTPCookieProcessor, build_opener

from bench.ukur import ROOT
from kinerja_xl.uses.capaian import measured, write_year
from kinerja_xl.uses.periksa import mendings, periksa, return_corrections
from kinerja_xl.uses.rekap import write_rekap
from kinerja_xl.uses.year import Year
from tests.halaman_uji import FAULTY, SAMPLE, Window, copied

TIMES = 2
ANSWER, CLICK = 2.0, 1.2
"""Targets: seconds of the first answer, and what a click may cost of its verb."""


def processor_seconds(command: list[str], *, page: bool) -> tuple[float, float]:
    """Of a process until it ends, or until its page has answered: processor seconds, and seconds by the clock."""
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as process:
        if page:
            assert process.stdout is not None
            address = process.stdout.readline().decode().strip()
            with build_opener(HTTPCookieProcessor()).open(address, timeout=60) as answer:
                answer.read()
            elapsed = time.perf_counter() - began
            ticks = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
            used = (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")
            process.terminate()
            return used, elapsed
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
        return usage.ru_utime + usage.ru_stime, time.perf_counter() - began


def first_answer() -> None:
    served = [sys.executable, "-m", "kinerja_xl", "buka", "--tanpa-peramban"]
    bare = [sys.executable, "-c", "import click, flask, waitress.server"]
    runs = [(processor_seconds(served, page=True), processor_seconds(bare, page=False)) for _ in range(TIMES)]
    answer, imports = min(run[0][0] for run in runs), min(run[1][0] for run in runs)
    clock = min(run[0][1] for run in runs)
    print(f"first answer : import click, flask, waitress   {answer / imports:.2f}   ({answer:.2f} s, target {ANSWER:.0f} s; "
          f"by the clock {clock:.2f} s)")  # fmt: skip


def _checked(folder: Path) -> None:
    reckoned: list[Year] = []
    periksa([folder], reckoned=reckoned.append)
    mendings(reckoned[0])


def _returned(folder: Path) -> None:
    reckoned: list[Year] = []
    findings = periksa([folder], reckoned=reckoned.append)
    return_corrections(reckoned[0], findings)


CLICKS: Mapping[str, tuple[Path, str, Mapping[str, str], Callable[[Path], object]]] = {
    "periksa": (FAULTY, "periksa", {}, _checked),
    "kembalikan": (FAULTY, "kembalikan", {}, _returned),
    "rekap": (SAMPLE, "rekap", {}, lambda folder: write_rekap(Year(folder))),
    "capaian": (SAMPLE, "capaian", {"triwulan": "4"}, lambda folder: write_year(measured(Year(folder), 4), Year(folder))),
}
"""The sample, the button with its form, and the verb."""


def timed(action: Callable[[], object]) -> float:
    began = time.process_time()
    action()
    return time.process_time() - began


def clicks(only: list[str]) -> None:
    with tempfile.TemporaryDirectory() as place:
        for name in only or CLICKS:
            sample, act, form, verb = CLICKS[name]
            costs: list[tuple[float, float]] = []
            for n in range(TIMES + 1):  # the first brings the imports with it
                one, other = (copied(Path(place) / f"{name}-{n}-{side}", sample) for side in ("halaman", "perintah"))
                costs.append((timed(partial(Window(one).act, act, **form)), timed(partial(verb, other))))
            click, own = (min(cost[side] for cost in costs[1:]) for side in (0, 1))
            print(f"a click on {name} : the verb   {click / own:.2f}   (target {CLICK})")


if __name__ == "__main__":
    first_answer()
    clicks(sys.argv[1:])
