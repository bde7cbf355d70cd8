"""Odd and hostile workbooks through the verbs, each in a process of its own: right or said, in how much time and memory.

``python -m tests.aneh [baca periksa rekap]`` prints a line per file and verb, and what was the most. The files: those that the
scripts beside the notes on odd files make, where they are at hand, and large ones made here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from click.testing import CliRunner

from kinerja_xl.face.cli import main
from tests.kantor_uji import Folder
from tests.rumah import ROOT
from tests.test_berkas_aneh import BASE, NAMES, TOTAL, book, number, row, rows, sheet, text

PLACE = ROOT.parent / "shared" / "kasus" / "rusak"
AS_WRITTEN = {
    "20-latin1": ["Kertés contoh", *NAMES[1:]],
    "20-cp1252": ["Kert€s contoh", *NAMES[1:]],
    "74-codepage-1252": ["Kertas contoh \u2013 A4", "Map contoh \u2013 A4"],
    "64-dua-rab-satu-utf16": [*NAMES, "Tinta contoh", "Toner contoh", "Kabel contoh"],
}
"""What the lines are called where it is not the names that all others have."""
SECONDS, MIB = 20.0, 400
"""The most that one file may take."""


def column(number: int) -> str:
    return column((number - 1) // 26) + chr(65 + (number - 1) % 26) if number else ""


def large() -> Iterator[tuple[str, bytes]]:
    """As wide, as long, as many formulas, as far and as blank as a sheet can be."""
    letters = [column(n) for n in range(7, 16_385)]
    wide = "".join(row(at, "".join(f'<c r="{c}{at}"><v>1</v></c>' for c in letters)) for at in range(10, 110))
    yield "80-kolom-16384", book(sheet(BASE + wide))
    formulas = "".join(row(at, f'<c r="H{at}"><f>SUM(F2:F4)+{at}</f><v>{1_800_000 + at}</v></c>') for at in range(10, 50_010))
    yield "80-rumus-50000", book(sheet(BASE + formulas))
    yield "80-satu-e400", book(sheet(rows(lambda r, v: number(f"F{r}", "1e400" if r == 2 else v))))
    yield "80-spasi-3000", book(sheet(rows(names=[text(f"B{at}", f"{name}{' ' * 3000}") for at, name in enumerate(NAMES, 2)])))
    yield "80-spasi-3000-huruf", book(sheet(rows() + row(9, text("B9", " " * 3000 + "a"))))
    yield "80-baris-kosong", book(sheet(BASE + "".join(row(at, f'<c r="F{at}" s="1"/>') for at in range(10, 200_010))))


def files(folder: Path) -> list[Path]:
    """All of them, written into a folder."""
    for script in ("buat.py", "buat_lama.py") if PLACE.is_dir() else ():
        subprocess.run([sys.executable, str(PLACE / script), str(folder)], check=True, capture_output=True)
    for name, data in large():
        (folder / f"{name}.xlsx").write_bytes(data)
    return sorted(folder.iterdir())


def truth(path: Path) -> tuple[list[str], int]:
    """Names and sum that a file holds."""
    old = path.suffix != ".xlsx"
    return sorted(AS_WRITTEN.get(path.stem, NAMES[:2] if old else NAMES)), (
        600_000 if old else 3_600_000 if path.stem.startswith("64-") else int(TOTAL)
    )


# ---- the verbs -------------------------------------------------------------------------------------


def run(*args: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, args)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output


def baca(path: Path) -> str:
    from kinerja_xl.foreign.read import read_foreign
    from kinerja_xl.uses.baca import as_json, needs_work

    found = read_foreign(path.read_bytes(), path.name)
    tables = as_json(found)
    names = sorted(line["name"] for table in tables for line in table.get("lines", ()))
    right = (names, sum(int(float(table["sums"].get("jumlah", 0))) for table in tables)) == truth(path)
    return "benar" if right else "disebut" if needs_work([found]) else "DIAM"


def periksa(path: Path) -> str:
    """None of them is a form of ours: each must be said."""
    status, told = run("periksa", str(path))
    return "disebut" if status == 1 and path.stem in told and "gangguan" not in told else "DIAM"


def rekap(path: Path) -> str:
    """Beside the files of two units: theirs are added up as ever, and of this one something is said."""
    with TemporaryDirectory() as place:
        folder = Folder().write(Path(place) / "kantor")
        (folder / "masuk" / path.name).write_bytes(path.read_bytes())
        with chdir(place):
            _, told = run("rekap", "kantor", "--format", "json")
    found = json.loads(told[told.index("{") : told.rindex("}") + 1])
    here = [one for one in found["catatan"] if one["berkas"] == path.name]
    return "disebut" if here and "gangguan" not in told else "DIAM"


VERBS: Mapping[str, Callable[[Path], str]] = {"baca": baca, "periksa": periksa, "rekap": rekap}


@dataclass(frozen=True)
class Taken:
    """What came of a file in one verb, in seconds of processor and MiB of the largest process."""

    file: str
    verb: str
    came: str
    seconds: float
    mib: int

    @property
    def wrong(self) -> bool:
        return self.came not in ("benar", "disebut") or self.seconds > SECONDS or self.mib > MIB

    @property
    def line(self) -> str:
        return f"{self.verb:8} {self.file:36} {self.came:8} {self.seconds:6.2f} s {self.mib:5} MiB {'!' * self.wrong}"


def measured(path: Path, verb: str) -> Taken:
    """In a copy of this process, which has loaded everything."""
    reads, writes = os.pipe()
    number = os.fork()
    if not number:
        os.close(reads)
        try:
            came = VERBS[verb](path)
        except BaseException:
            came = traceback.format_exc(limit=-2)
        os.write(writes, came.encode()[-2000:])
        os._exit(0)
    os.close(writes)
    with os.fdopen(reads, encoding="utf-8") as answer:
        came = answer.read()
    used = os.wait4(number, 0)[2]
    return Taken(path.name, verb, came, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)


if __name__ == "__main__":
    every: list[Taken] = []
    with TemporaryDirectory() as made:
        written = files(Path(made))
        for verb in sys.argv[1:] or VERBS:
            VERBS[verb](written[0])  # loads what the verb needs
            for path in written:
                every.append(one := measured(path, verb))
                print(one.line, flush=True)
            own = [one for one in every if one.verb == verb]
            came = {word: sum(one.came == word for one in own) for word in ("benar", "disebut")}
            most = max(own, key=lambda one: one.seconds)
            words = f"{verb}: {len(own)} berkas, {came}, {sum(one.wrong for one in own)} salah"
            print(f"{words}; terlama {most.file} {most.seconds:.1f} s, terbesar {max(one.mib for one in own)} MiB", flush=True)
