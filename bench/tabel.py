"""The table of README.md: ``python -m bench.tabel [--banyak 300,1000] [--hanya mulai,rekap,capaian,harga] [--simpan FOLDER]``.

Every figure is a ratio of processor times of one run, both sides measured in turns. L: importing pandas, pandera, XlsxWriter and
calamine; B: a bare one-thread calamine read of all sheets of the same files. Both sides as an office has them: what only the
tests bring along (hypothesis, pyarrow) is not there; pandas and pandera would load it. ``--simpan`` keeps the offices that were
made (empty the folder when a form changed).
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from bench.ukur import ROOT, Measured, alternate, best, run

_OFFICE = "import sys; sys.modules.update(hypothesis=None, pyarrow=None); "
_CLI = "from kinerja_xl.face.cli import main; main({!r})"
_L = ["-c", f"{_OFFICE}import pandas, pandera.pandas, xlsxwriter, python_calamine"]
_CLICK = ["-c", "import click"]
SAMPLE = ROOT / "samples" / "wasuponda-2025"
PRICES = 34_000


def verb(*words: object) -> list[str]:
    return ["-c", _OFFICE + _CLI.format([str(word) for word in words])]


def bare(folder: Path) -> list[str]:
    return ["-m", "bench.pembanding", "calamine", str(folder)]


def say(what: str, ratio: float, unit: str, target: str, peak: float | None = None) -> None:
    memory = f"; {peak:.0f} MiB" if peak else ""
    sys.stdout.write(f"{what} = {ratio:.2f} {unit}{memory} (sasaran {target})\n")
    sys.stdout.flush()


@contextmanager
def office(units: int, kept: Path | None) -> Iterator[Path]:
    """A year's folder of so many units."""
    with tempfile.TemporaryDirectory(prefix="kinerja-xl-bench-") as place:
        folder = (kept or Path(place)) / f"kantor-{units}"
        if not folder.exists():
            unfinished = folder.with_name(f"{folder.name}-belum")
            run("-m", "bench.kantor_banyak", str(unfinished), str(units))
            unfinished.rename(folder)
        yield folder


def anew(folder: Path) -> Path:
    """The folder without what an earlier run kept in it."""
    for place in folder.glob(".kinerja-xl-bacaan*"):
        shutil.rmtree(place)
    return folder


def start_up() -> None:
    page, explained, click = alternate(20, verb("--help"), verb("jelaskan", "R501"), _CLICK)
    say("--help", page.cpu / click.cpu, "x import click", "1,15")
    say("jelaskan KODE", explained.cpu / click.cpu, "x import click", "1,3")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "kantor"
        shutil.copytree(SAMPLE, folder)
        run(*verb("rekap", folder, "-o", folder / "R.xlsx"))  # compiles what an installed program has compiled
        libraries, recap = [], []
        for _ in range(6):
            libraries.append(run(*_L))
            recap.append(run(*verb("rekap", anew(folder), "-o", folder / "R.xlsx")))
        say("rekap 6 unit", best(recap).cpu / best(libraries).cpu, "L", "2,0; 115 MiB", best(recap).peak)


def recaps(sizes: list[int], kept: Path | None) -> None:
    found: dict[int, Measured] = {}
    sheets: dict[int, dict[str, float]] = {}
    for units in sizes:
        with office(units, kept) as folder:
            target = folder / "R.xlsx"
            times = 1 if units > 500 else 3
            read, first, again, checked = [], [], [], []
            for _ in range(times):  # in turns, so that what else the machine does meets all of them
                read.append(run(*bare(folder)))
                checked.append(run(*verb("periksa", anew(folder))))
                first.append(run(*verb("rekap", anew(folder), "-o", target)))
                again.append(run(*verb("rekap", folder, "-o", target)))
                read.append(run(*bare(folder)))
            base = best(read)
            found[units] = best(first)
            say(f"rekap {units} unit", best(first).cpu / base.cpu, "B", "5; 400 MiB", best(first).peak)
            say(f"rekap {units} unit, tidak ada yang berubah", best(again).cpu / base.cpu, "B", "2,5", best(again).peak)
            say(f"periksa {units} unit", best(checked).cpu / base.cpu, "B", "6", best(checked).peak)
            sheets[units] = json.loads(run("-m", "bench.tabel", "--lembar", str(folder)).output)
    small, large = sizes[0], sizes[-1]
    if small < large:
        growth = (found[large].cpu / large) / (found[small].cpu / small)
        say(f"rekap, satu unit {large} : {small}", growth, "kali", "1,15")
        for name, seconds in sheets[large].items():
            before = sheets[small][name] / small
            if seconds > 0.05:  # of less the clock tells nothing
                say(f"  lembar {name} ({seconds:.2f} s), satu unit {large} : {small}", seconds / large / before, "kali", "1,15")


def per_sheet(folder: Path) -> dict[str, float]:
    """Processor seconds that each sheet of the recap takes to write, with garbage looked for as seldom as in the verb: one look
    through 3,000 units takes longer than most sheets, and would be counted as the one where it falls."""
    import kinerja_xl.face.cli  # noqa: F401
    from kinerja_xl.uses.rekap import write_recap
    from kinerja_xl.uses.year import Year
    from kinerja_xl.writing.shown.flat import Writers

    real, took = Writers.write, dict[str, float]()

    def timed(self, context, sheets, otherwise) -> None:
        for sheet in sheets:
            start = time.process_time()
            real(self, context, [sheet], otherwise)
            took[sheet.name] = time.process_time() - start

    Writers.write = timed  # type: ignore[method-assign]
    write_recap(Year(folder).recap)
    return took


def measured(units: int) -> None:
    """What ``bench.capaian`` says of the whole verb over files."""
    sys.stdout.write(run("-m", "bench.capaian", "--hanya", "berkas", "--berkas", str(units), allowed=(0, 1)).output)


def price_list() -> None:
    """A price list in Kantor.xlsx: what it adds to each recap, the first time and afterwards."""
    from kinerja_xl.office.folder import KANTOR_FILE
    from kinerja_xl.writing.form import kantor_book
    from samples.isi import kantor_content

    kantor = kantor_content()
    rows = kantor.rows("harga")
    more = enumerate(islice(cycle(rows), PRICES - len(rows)))
    new = (replace(row, values={**row.values, "kode": f"99.{number}"}) for number, row in more)
    many = (*rows, *new)
    sheets = (replace(s, tables={key: many if key == "harga" else own for key, own in s.tables.items()}) for s in kantor.sheets)
    with tempfile.TemporaryDirectory() as place:
        plain, large = Path(place) / "biasa", Path(place) / "harga"
        for folder in (plain, large):
            shutil.copytree(SAMPLE, folder)
        (large / KANTOR_FILE).write_bytes(kantor_book(replace(kantor, sheets=tuple(sheets))))
        first: dict[Path, list[Measured]] = {plain: [], large: []}
        later: dict[Path, list[Measured]] = {plain: [], large: []}
        libraries = []
        for _ in range(4):  # in turns; like against like: both offices without what was kept, then both with it
            libraries.append(run(*_L))
            for folder in (plain, large):
                first[folder].append(run(*verb("rekap", anew(folder), "-o", folder / "R.xlsx")))
                later[folder].append(run(*verb("rekap", folder, "-o", folder / "R.xlsx")))
        for which, found in (("pertama", first), ("berikutnya", later)):
            more = best(found[large]).cpu - best(found[plain]).cpu
            say(f"daftar harga {PRICES} baris, rekap {which}", more / best(libraries).cpu, "L lebih", "0,5")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.tabel")
    parser.add_argument("--banyak", default="300,1000", help="banyaknya unit, dipisah koma")
    parser.add_argument("--hanya", default="mulai,rekap,capaian,harga", help="bagian tabel, dipisah koma")
    parser.add_argument("--simpan", type=Path, help="folder tempat kantor buatan disimpan untuk pengukuran berikutnya")
    parser.add_argument("--lembar", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.lembar:
        sys.stdout.write(json.dumps(per_sheet(chosen.lembar)))
        return
    parts, sizes = chosen.hanya.split(","), sorted(int(part) for part in chosen.banyak.split(","))
    if "mulai" in parts:
        start_up()
    if "rekap" in parts:
        recaps(sizes, chosen.simpan)
    if "capaian" in parts:
        measured(sizes[-1])
    if "harga" in parts:
        price_list()


if __name__ == "__main__":
    main()
