"""How well foreign workbooks are read: ``python -m bench.lapangan [FOLDER]``.

Scores every file of the labelled set twice: with the scorer that stands beside it (kind, count, sums), and strictly (names,
prices, levels, columns; a wrong table is flagged only by a message that points at the fault: ``bench/ketat.py``). Lists the
genuine defects that the labels name and the catatan that name them, what was said beyond them, the eleven workbooks of one
habit each, and the processor time against a values-plus-formulas read by openpyxl. FOLDER (default ``../shared/lapangan``
beside the clone) holds the files, ``label.json`` and ``score.py``. Exit status 1 when something was silently wrong, too little
was exact, a defect was not named, a habit was read wrongly, or reading was too slow.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import warnings
from io import BytesIO
from pathlib import Path

from bench.kasus_baca import cases
from bench.ketat import SHARE_TARGET, Share, Strict, cells_of, judge
from kinerja_xl.foreign.read import read_foreign
from kinerja_xl.uses.baca import as_json

FOLDER = Path(__file__).resolve().parent.parent.parent / "shared" / "lapangan"
CASES = FOLDER.parent / "kasus" / "baca"
EXACT_TARGET, RATIO_TARGET = 1.0, 3.0
START = 0.25
"""Seconds: where the whole is shorter than this, a ratio of two short times says nothing."""


def read_all(folder: Path) -> tuple[list[dict], dict[str, float]]:
    """The results of every file, and the seconds of processor time each took."""
    results, seconds = [], {}
    for path in sorted(folder.glob("*.xl*")):
        data = path.read_bytes()
        start = _spent()
        results += as_json(read_foreign(data, path.name))
        seconds[path.name] = _spent() - start
    return results, seconds


def _spent() -> float:
    """Processor time of this process and of those it started: the clock would measure what else the machine does."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def baseline(data: bytes) -> float | None:
    """Seconds of processor time of openpyxl for values and formulas; None where it can't read the file."""
    from openpyxl import load_workbook

    start = _spent()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for values in (True, False):
                for sheet in load_workbook(BytesIO(data), data_only=values).worksheets:
                    for row in sheet.iter_rows(values_only=True):
                        len(row)
    except Exception:
        return None
    return _spent() - start


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


def strictly(folder: Path, results: list[dict], rows: list[dict]) -> list[Strict]:
    """The stricter judgement of every label; ``rows``: what the plain scorer said, by file, sheet, kind in its order."""
    plain: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        plain.setdefault((row["file"], row["sheet"], row["kind"]), []).append(row["verdict"])
    cells: dict[str, dict] = {}
    judged = []
    for label in json.loads((folder / "label.json").read_text(encoding="utf-8"))["records"]:
        verdicts_left = plain.get((label["file"], label["sheet"] or "", label["kind"]), [])
        if not verdicts_left:
            continue  # optional, and not returned
        file = label["file"]
        if label["kind"] not in ("none", "refuse") and file not in cells:
            cells[file] = cells_of(folder / file)
        own = [r for r in results if r["file"] == file]
        judged.append(judge(label, own, cells.get(file, {}).get(label["sheet"], {}), verdicts_left.pop(0)))
    return judged


def beyond(folder: Path, results: list[dict]) -> list[tuple[str, str, str, str]]:
    """(file, code, cell, sentence) of every catatan of level wajib that names no defect of a label: for a person to judge."""
    labels = json.loads((folder / "label.json").read_text(encoding="utf-8"))["records"]
    known = {(label["file"], label["sheet"]): label.get("defects", []) for label in labels}
    return [
        (r["file"], c["kode"], c["sel"], c["masalah"])
        for r in results for c in r["catatan"]
        if c["tingkat"] == "wajib" and not r["refused"]
        and not any(
            _names(c, d["cell"], re.sub(r"\D", "", d.get("amount", ""))) for d in known.get((r["file"], r["sheet"]), [])
        )
    ]  # fmt: skip


def main() -> None:
    """Print both scores and the measures."""
    parser = argparse.ArgumentParser(description="nilai bacaan buku kerja asing")
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--tanpa-waktu", action="store_true", help="hanya nilai, tanpa pembanding waktu")
    given = parser.parse_args()
    if not (given.folder / "label.json").exists():
        print(f"{given.folder}: tidak ada berkas berlabel; tidak ada yang dinilai.")
        return
    results, seconds = read_all(given.folder)
    rows, report = verdicts(given.folder, results)
    for row in rows:
        print(f"{row['verdict']:13} {row['file']} [{row['sheet']}] {row['kind']} {row['why']}")
    print(f"\n{report}")
    fine = [_strict_report(strictly(given.folder, results, rows)), _defect_report(given.folder, results), _case_report()]
    silent, exact = (sum(r["verdict"] == word for r in rows) for word in ("silent_wrong", "exact"))
    share = exact / len(rows)
    slow = [] if given.tanpa_waktu else _times(given.folder, seconds)
    late = ", ".join(slow) or "tidak ada"
    print(f"\nsalah diam-diam {silent} (0); tepat {share:.0%} (≥ {EXACT_TARGET:.0%}); terlalu lambat: {late}")
    sys.exit(int(silent > 0 or share < EXACT_TARGET or bool(slow) or not all(fine)))


def _strict_report(judged: list[Strict]) -> bool:
    """Print the stricter score; whether it is enough."""
    print(f"{'Nilai ketat':52}{'nama':>10}{'harga':>10}{'tingkat':>11}{'kolom':>8}")
    for one in judged:
        shares = f"{one.names!s:>10}{one.prices!s:>10}{one.levels!s:>11}{one.columns!s:>8}"
        print(f"  {one.verdict:13}{f'{one.file} [{one.sheet}]':37}{shares}  {one.why}")
    totals = {
        word: sum((getattr(one, field) for one in judged), Share())
        for word, field in (("nama", "names"), ("harga", "prices"), ("tingkat", "levels"), ("kolom", "columns"))
    }
    words = ", ".join(f"{word} {share} ({share.right / (share.of or 1):.1%})" for word, share in totals.items())
    counts = {word: sum(one.verdict == word for one in judged) for word in ("exact", "flagged", "silent_wrong")}
    print(f"  {', '.join(f'{word} {count}' for word, count in counts.items())}; {words} (nama dan harga ≥ {SHARE_TARGET:.0%})")
    return totals["nama"].enough and totals["harga"].enough and not counts["silent_wrong"]


def _defect_report(folder: Path, results: list[dict]) -> bool:
    """Print which genuine defects were named; whether all were."""
    print("\nCacat asli menurut label:")
    named = defects(folder, results)
    for file, cell, amount, codes, with_amount in named:
        print(
            f"  {'ya ' if codes else 'TIDAK'} {file} {cell}: {codes or '-'}"
            + (f", jumlah {amount} {'disebut' if with_amount else 'TIDAK disebut'}" if amount else "")
        )
    print(f"  {sum(bool(d[3]) for d in named)} dari {len(named)} disebut")
    for file, code, cell, sentence in beyond(folder, results):
        print(f"  di luar label: {file} {code} {cell}: {sentence}")
    return all(codes for *_, codes, _ in named)


def _case_report() -> bool:
    """Print the eleven workbooks of one habit each, where they are at hand; whether all are right."""
    if not CASES.is_dir():
        return True
    found = cases(CASES, lambda data, name: as_json(read_foreign(data, name)))
    print("\nSebelas kebiasaan:")
    for file, sheet, wrong in found:
        print(f"  {'SALAH' if wrong else 'benar'} {file} [{sheet}] {'; '.join(wrong)}")
    print(f"  {sum(not wrong for *_, wrong in found)} dari {len(found)} tabel benar")
    return not any(wrong for *_, wrong in found)


def _times(folder: Path, seconds: dict[str, float]) -> list[str]:
    """Print the time per file against openpyxl; the files above the target."""
    slow = []
    print("\nWaktu prosesor terhadap openpyxl (nilai dan rumus):")
    for name, took in seconds.items():
        data = (folder / name).read_bytes()
        base = baseline(data)
        again = min(took, *(_again(data, name) for _ in range(2)))
        if not base:  # too short for the clock
            print(f"  {name:40} {again:6.2f} s")
            continue
        print(f"  {name:40} {again:6.2f} s, {again / base:5.2f} kali")
        if again / base > RATIO_TARGET and again > START:
            slow.append(name)
    return slow


def _again(data: bytes, name: str) -> float:
    start = _spent()
    read_foreign(data, name)
    return _spent() - start


if __name__ == "__main__":
    main()
