"""How well foreign workbooks are read: ``python -m bench.lapangan [FOLDER]``.

Scores every file of the labelled set with the scorer that stands beside it, lists per file the verdict, the genuine defects
that its label names and the catatan that name them, and measures the time against a values-plus-formulas read by openpyxl.
FOLDER (default ``../shared/lapangan`` beside the clone) holds the files, ``label.json`` and ``score.py``. Exit status 1 when
something was silently wrong, too little was exact, or reading was too slow.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
import warnings
from io import BytesIO
from pathlib import Path

from kinerja_xl.foreign.read import read_foreign
from kinerja_xl.uses.baca import as_json

FOLDER = Path(__file__).resolve().parent.parent.parent / "shared" / "lapangan"
EXACT_TARGET, RATIO_TARGET = 0.85, 3.0
START = 0.25
"""Seconds: where the whole is shorter than this, a ratio of two short times says nothing."""


def read_all(folder: Path) -> tuple[list[dict], dict[str, float]]:
    """The results of every file, and the seconds each took."""
    results, seconds = [], {}
    for path in sorted(folder.glob("*.xl*")):
        data = path.read_bytes()
        start = time.perf_counter()
        results += as_json(read_foreign(data, path.name))
        seconds[path.name] = time.perf_counter() - start
    return results, seconds


def baseline(data: bytes) -> float | None:
    """Seconds of openpyxl for values and formulas; None where it can't read the file."""
    from openpyxl import load_workbook

    start = time.perf_counter()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for values in (True, False):
                for sheet in load_workbook(BytesIO(data), data_only=values).worksheets:
                    for row in sheet.iter_rows(values_only=True):
                        len(row)
    except Exception:
        return None
    return time.perf_counter() - start


def verdicts(folder: Path, results: list[dict]) -> tuple[list[dict], str]:
    """One row per label as the scorer judged it, and the scorer's own report."""
    import csv

    with tempfile.TemporaryDirectory() as name:
        there = Path(name)
        (there / "hasil.json").write_text(json.dumps(results), encoding="utf-8")
        run = subprocess.run(
            [sys.executable, *map(str, (folder / "score.py", folder / "label.json", there / "hasil.json")), "--details",
             "--csv", str(there / "v.csv")],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        with (there / "v.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file)), run.stdout


def defects(folder: Path, results: list[dict]) -> list[tuple[str, str, str, str, bool]]:
    """(file, cell, what, codes that speak of it, is the amount named) for every defect that the labels name."""
    labels = json.loads((folder / "label.json").read_text(encoding="utf-8"))["records"]
    found = []
    for label in labels:
        own = [c for r in results if r["file"] == label["file"] and r["sheet"] == label["sheet"] for c in r["catatan"]]
        for defect in label.get("defects", []):
            amount = defect.get("amount", "")
            digits = re.sub(r"\D", "", amount)
            naming = [c for c in own if _names(c, defect["cell"], digits)]
            named = bool(digits) and any(digits in re.sub(r"\D", " ", c["masalah"].replace(".", "")) for c in naming)
            found.append((label["file"], defect["cell"], amount, " ".join(dict.fromkeys(c["kode"] for c in naming)), named))
    return found


def _names(catatan: dict, cells: str, digits: str) -> bool:
    """Whether a catatan speaks of these cells (its own cell, or one that its sentence lists) or of the amount."""
    wanted = {part for part in re.split(r"[,:\s()]+", cells) if re.fullmatch("[A-Z]{1,3}[0-9]+", part)}
    rows = {re.sub(r"\D", "", cell) for cell in wanted}
    told = {catatan["sel"]} | set(re.findall(r"\b[A-Z]{1,3}[0-9]+\b", catatan["masalah"]))
    if digits and digits in catatan["masalah"].replace(".", ""):
        return True
    listed = re.search(r"baris ([\d, -]+)", catatan["masalah"])
    if catatan["kode"] == "L408" and listed:
        return any(_in_ranges(int(row), listed[1]) for row in rows)
    return bool(wanted & told)


def _in_ranges(row: int, listed: str) -> bool:
    """``5, 7-9``: whether a row is among them."""
    parts = [part.split("-") for part in re.findall(r"\d+(?:-\d+)?", listed)]
    return any(int(part[0]) <= row <= int(part[-1]) for part in parts)


def main() -> None:
    """Print the score and the measures."""
    parser = argparse.ArgumentParser(description="nilai bacaan buku kerja asing")
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--tanpa-waktu", action="store_true", help="hanya nilai, tanpa pembanding waktu")
    given = parser.parse_args()
    results, seconds = read_all(given.folder)
    rows, report = verdicts(given.folder, results)
    for row in rows:
        print(f"{row['verdict']:13} {row['file']} [{row['sheet']}] {row['kind']} {row['why']}")
    print(f"\n{report}\nCacat asli menurut label:")
    named = defects(given.folder, results)
    for file, cell, amount, codes, with_amount in named:
        print(
            f"  {'ya ' if codes else 'TIDAK'} {file} {cell}: {codes or '-'}"
            + (f", jumlah {amount} {'disebut' if with_amount else 'TIDAK disebut'}" if amount else "")
        )
    print(f"  {sum(bool(d[3]) for d in named)} dari {len(named)} disebut")
    silent, exact = (sum(r["verdict"] == word for r in rows) for word in ("silent_wrong", "exact"))
    share = exact / len(rows)
    slow = [] if given.tanpa_waktu else _times(given.folder, seconds)
    late = ", ".join(slow) or "tidak ada"
    print(f"\nsalah diam-diam {silent} (0); tepat {share:.0%} (≥ {EXACT_TARGET:.0%}); terlalu lambat: {late}")
    sys.exit(int(silent > 0 or share < EXACT_TARGET or bool(slow)))


def _times(folder: Path, seconds: dict[str, float]) -> list[str]:
    """Print the time per file against openpyxl; the files above the target."""
    slow = []
    print("\nWaktu baca terhadap openpyxl (nilai dan rumus):")
    for name, took in seconds.items():
        data = (folder / name).read_bytes()
        base = baseline(data)
        again = min(took, *(_again(data, name) for _ in range(2)))
        if base is None:
            print(f"  {name:40} {again:6.2f} s")
            continue
        print(f"  {name:40} {again:6.2f} s, {again / base:5.2f} kali")
        if again / base > RATIO_TARGET and again > START:
            slow.append(name)
    return slow


def _again(data: bytes, name: str) -> float:
    start = time.perf_counter()
    read_foreign(data, name)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
