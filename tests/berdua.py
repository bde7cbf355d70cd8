"""Two runs at once over one year's folder, each in a process of its own, let loose at the same moment.

``python -m tests.berdua 100`` lets every pair run a hundred times and prints what was lost.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from kinerja_xl.uses.arsip import read_plan
from kinerja_xl.uses.padanan import load_answers
from tests.gangguan import VERBS, Args, Files, apart, ended, files, office, place, restore, run


@dataclass(frozen=True)
class Ended:
    """How one of the two ended, and what it said."""

    status: int
    said: str


Both = tuple[Ended, Ended]


def both(first: Args, second: Args) -> Both:
    """Run both at once in the working folder."""
    gate, opened = os.pipe()
    with TemporaryDirectory() as kept:
        said = [Path(kept, str(number)) for number in (1, 2)]

        def act(args: Args, target: Path) -> Callable[[], int]:
            def run_it() -> int:
                status, text = run(args)
                target.write_text(text, encoding="utf-8")
                return status

            return run_it

        started = [apart(act(args, target), gate=gate) for args, target in zip((first, second), said, strict=True)]
        os.write(opened, b"12")  # each takes one
        one, two = [Ended(ended(number), target.read_text(encoding="utf-8") if target.exists() else "")
                    for number, target in zip(started, said, strict=True)]  # fmt: skip
    os.close(gate)
    os.close(opened)
    return one, two


def _one_wins(ends: Both, after: Files) -> str:
    """Of two that want the same thing one has it; the other is told so, and changes nothing."""
    if sorted(one.status for one in ends) != [0, 2]:
        return f"status {[one.status for one in ends]}"
    return "" if all(one.said.strip() for one in ends) else "tanpa kata"


def _a_plan(ends: Both, after: Files) -> str:
    wrong = _one_wins(ends, after)
    found = sorted(name for name in after if "Penetapan" in name and name.startswith("baru/") and "dibatalkan" not in name)
    return wrong or ("" if found == ["baru/arsip/Penetapan-2025.xlsx"] and read_plan(Path(found[0]))[1] == () else f"{found}")


def _both_finish(ends: Both, after: Files) -> str:
    return "" if all(one.status in (0, 1) for one in ends) else f"status {[one.status for one in ends]}"


def _answers(*wanted: tuple[str, str]) -> Callable[[Both, Files], str]:
    def kept(ends: Both, after: Files) -> str:
        found = {(answer.kunci, answer.jawaban) for answer in load_answers(Path("kantor/Padanan.xlsx")).answers}
        return _both_finish(ends, after) or ("" if set(wanted) <= found else f"jawaban {sorted(found)}")

    return kept


UNLOCKED = ["kunci", "baru", "--dari", "usulan", "--tanggal", "20/12/2024"]
ISI = VERBS["isi"]
OTHER = ["baca", "kantor/rab2.xlsx", "--jawab", "unit=trantib"]

Judge = Callable[[Both, Files], str]
PAIRS: Mapping[str, tuple[Args, Args, Judge, bool]] = {
    "kunci": (UNLOCKED, UNLOCKED, _a_plan, True),
    "kunci perubahan": (VERBS["kunci"] + ["--nomor", "1"], VERBS["kunci"] + ["--nomor", "1"], _one_wins, True),
    "kunci --batalkan": (VERBS["kunci --batalkan"], VERBS["kunci --batalkan"], _one_wins, True),
    "baca --jawab": (VERBS["baca --jawab"], OTHER, _answers(("unit", "pmd"), ("unit", "trantib")), False),
    "isi --jawab": (ISI, VERBS["baca --jawab"], _answers(("unit", "pmd"), ("isi:kolom:Tren", "kosong")), False),
    "isi, dua": (ISI, [*ISI[:5], "kantor/Isi2.xlsx", *ISI[6:8], "--jawab", "Tren=kosong"], _both_finish, False),
    "mulai": (VERBS["mulai"], VERBS["mulai"], _one_wins, True),
    "mulai --dari": (VERBS["mulai --dari"], VERBS["mulai --dari"], _one_wins, True),
    "formulir": (VERBS["formulir"], VERBS["formulir"], _both_finish, True),
    "realisasi": (VERBS["realisasi"], VERBS["realisasi"], _both_finish, True),
    "rekap --penelaahan": (VERBS["rekap"], VERBS["rekap"], _both_finish, True),
    "baca --isi-formulir": (VERBS["baca --isi-formulir"], VERBS["baca --isi-formulir"], lambda ends, after: "", True),
}
"""Both command lines, what must hold, and whether the folder then is as after one run alone."""


def start() -> Files:
    """The office, and one more whose plan is not locked yet."""
    unlocked = {f"baru/{name.removeprefix('batal/')}": data for name, data in office().items()
                if name.startswith("batal/") and "Penetapan" not in name and "DPA" not in name}  # fmt: skip
    return {**office(), **unlocked}


def measure(name: str, rounds: int) -> list[str]:
    """What was lost or left half in so many rounds."""
    first, second, judge, alike = PAIRS[name]
    before = start() if first is UNLOCKED else office()
    wrong = []
    with TemporaryDirectory() as where, place(Path(where).resolve()) as folder:
        restore(folder, before)
        run(first)
        alone = files(folder)
        for number in range(rounds):
            restore(folder, before)
            ends = both(first, second)
            after = files(folder)
            if why := judge(ends, after):
                wrong.append(f"{name}, putaran {number}: {why}; {[one.said[-200:] for one in ends]}")
            if alike and after != alone:
                differing = sorted(x for x in {*after, *alone} if after.get(x) != alone.get(x))
                wrong.append(f"{name}, putaran {number}: berbeda {differing}")
            wrong += [f"{name}, putaran {number}: tertinggal {x}" for x in after if "/.kinerja-xl" in x]
    return wrong


if __name__ == "__main__":
    asked = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    for pair in sys.argv[2:] or PAIRS:
        began = time.monotonic()
        lost = measure(pair, asked)
        words = f"{pair:22} {asked:4} putaran {len(lost):4} salah {time.monotonic() - began:7.1f} detik"
        print(words, *lost[:3], sep="\n   ", flush=True)
