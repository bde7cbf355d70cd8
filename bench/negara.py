"""Many offices: ``python -m bench.negara [--kecil 4] [--besar 16] [--tinggi 100,500]``: a kabupaten, a province, the country.

Measured: ``gabung`` over copies of the sample office of two sizes, and joining alone over more of them. Everything else is
extrapolated, a straight line through both sizes, and is said to be. The country: 7,288 kecamatan (175,000 workbooks of units), a
province: 200 kecamatan.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from bench.tabel import SAMPLE, verb
from bench.ukur import run
from kinerja_xl.office.kantor import build_office
from kinerja_xl.reckoning.several import Several, in_order
from kinerja_xl.sheets.content import BookContent
from kinerja_xl.sheets.kantor import KANTOR
from kinerja_xl.uses.gabung import one_office
from kinerja_xl.writing.shown.gabungan import write_several

PLACES = (("kabupaten", 11), ("provinsi", 200), ("negara", 7_288))


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """One size measured; ``results`` MiB of all recaps, ``book`` MiB of the workbook above them."""

    offices: int
    cpu: float
    peak: float
    results: float
    book: float


def measure(offices: int) -> Size:
    with tempfile.TemporaryDirectory(prefix="kinerja-xl-bench-") as place:
        folder = Path(place) / "kabupaten"
        for number in range(offices):
            own = folder / f"Kecamatan {number:04}"
            for name in ("Kantor.xlsx", "masuk"):
                source = SAMPLE / name
                own.mkdir(parents=True, exist_ok=True)
                shutil.copytree(source, own / name) if source.is_dir() else shutil.copy(source, own / name)
        done = run(*verb("gabung", folder, "--format", "json"), allowed=(0, 1))
        files = {path: path.stat().st_size / 2**20 for path in (folder / "hasil").rglob("*.xlsx")}
        book = files.pop(folder / "hasil" / "Gabungan.xlsx")
        return Size(offices=offices, cpu=done.cpu, peak=done.peak or 0, results=sum(files.values()), book=book)


def join(offices: int) -> None:
    """Join so many copies of one reckoned office, and say how large the workbook is."""
    with tempfile.TemporaryDirectory() as place:
        one = one_office(SAMPLE, SAMPLE.parent, None, Path(place))
    many = in_order(replace(one, key=f"{number:05}", nama=f"Kecamatan {number:05}") for number in range(offices))
    several = Several(nama="Negara", offices=tuple(many), name_of=str)
    blank = build_office(BookContent(book=KANTOR, sheets=()))
    sys.stdout.write(f"{len(write_several(several, blank)) / 2**20}")


def joined(offices: int) -> Size:
    done = run("-m", "bench.negara", "--gabungan", str(offices))
    return Size(offices=offices, cpu=done.cpu, peak=done.peak or 0, results=0, book=float(done.output))


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.negara")
    parser.add_argument("--kecil", type=int, default=4)
    parser.add_argument("--besar", type=int, default=16)
    parser.add_argument("--tinggi", default="100,500")
    parser.add_argument("--gabungan", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.gabungan:
        join(chosen.gabungan)
        return
    small, large = measure(chosen.kecil), measure(chosen.besar)
    first, last = (joined(int(part)) for part in chosen.tinggi.split(","))
    for what, size in (("gabung", small), ("gabung", large), ("menggabungkan saja", first), ("menggabungkan saja", last)):
        tell(f"diukur ({what})", size, "")
    cores = os.cpu_count() or 1
    for name, offices in PLACES:
        reckoned, together = grown(small, large, "cpu", offices), grown(first, last, "cpu", offices)
        line = Size(
            offices=offices, cpu=reckoned + together, peak=max(large.peak, grown(first, last, "peak", offices)),
            results=grown(small, large, "results", offices), book=grown(first, last, "book", offices),
        )  # fmt: skip
        hours = (reckoned / cores + together) / 3600  # joining is one process
        tell("dihitung dari yang diukur", line, f"; {name}: {hours:.2f} jam pada {cores} inti")


def grown(small: Size, large: Size, key: str, offices: int) -> float:
    """A straight line through both sizes."""
    first, last = getattr(small, key), getattr(large, key)
    return last + (last - first) / (large.offices - small.offices) * (offices - large.offices)


def tell(how: str, size: Size, more: str) -> None:
    sys.stdout.write(
        f"{how}: {size.offices} kecamatan, {size.cpu:.1f} detik prosesor, proses terbesar {size.peak:.0f} MiB, "
        f"rekap {size.results:.1f} MiB, gabungan {size.book:.2f} MiB{more}\n"
    )


if __name__ == "__main__":
    main()
