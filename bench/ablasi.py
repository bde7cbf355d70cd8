"""What one single word is worth: ``python -m bench.ablasi [FOLDER] [--tiap N]``.

Every line of ``kinerja_xl/words/`` is taken away in turn and the labelled files are scored again; a reader that reasons loses at
most one table with any of them. A file in which a line finds no text is not read again without it. The files are opened once;
each reading with a word less runs in a process of its own, because patterns are compiled when a module is loaded.
``--tiap N``: every N-th line only. Exit status 1 when a word is worth more than one table.
"""

from __future__ import annotations

import argparse
import copyreg
import json
import pickle
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from kinerja_xl import words  # the rest of the package only where a function needs it: it must see the words as they are then

if TYPE_CHECKING:
    from kinerja_xl.formula.cellsheet import CellSheet

TABLES = ("judul", "kata", "bulan", "triwulan", "pengali", "satuan")
NEVER = "(?!)"
"""A pattern that finds nothing: what is left of a line of patterns, so that its group does not vanish with it."""
ALLOWED = 1


def frozen(mapping: dict[str, str]) -> Mapping[str, str]:
    """The arguments of a catatan again, as they were before pickling."""
    return MappingProxyType(mapping)


copyreg.pickle(MappingProxyType, lambda mapping: (frozen, (dict(mapping),)))


def lines() -> Iterator[tuple[str, int, Mapping[str, str]]]:
    """Every line of the words: table, number, content."""
    for name in TABLES:
        for i, row in enumerate(words.table(name)):
            yield name, i, row


def texts_of(grids: Iterable[CellSheet], file: str) -> set[str]:
    """Every text of a file, as it stands and folded, with the names of file and sheets."""
    from kinerja_xl.words.text import clean, fold

    found = {file}
    for grid in grids:
        found |= {clean(cell) for row in grid.rows for cell in row if isinstance(cell, str)} | {grid.name}
    return found | {fold(text) for text in found}


def met(row: Mapping[str, str], texts: set[str]) -> bool:
    """Whether a line could find anything in these texts; lines that are no patterns, by their spelling."""
    if "pola" not in row:
        from kinerja_xl.words.text import fold

        spelt = [fold(part) for key, value in row.items() if key != "contoh" for part in value.split(";") if fold(part)]
        return any(part in text for part in spelt for text in texts)
    if row["nama"] == "salah_eja":  # compared letter by letter, not searched for
        return True
    from kinerja_xl.words.match import spelt_out

    find = re.compile(spelt_out(row["pola"]), re.IGNORECASE).search
    return any(find(text) for text in texts)


def read_without(missing: tuple[str, int] | None, sources: Path, files: Iterable[str]) -> dict[str, list[dict]]:
    """Runs in a process of its own: the answers for these files (none named: all), with one line of the words less."""
    whole = words.table

    def fewer(name: str, package: str = words.__package__ or "") -> list[dict[str, str]]:
        rows = whole(name, package)
        if missing is None or name != missing[0] or package != words.__package__:
            return rows
        gone = rows[missing[1]]
        left = [dict(gone, pola=NEVER)] if "pola" in gone else []
        return [*rows[: missing[1]], *left, *rows[missing[1] + 1 :]]

    words.table = fewer
    from kinerja_xl.foreign import source

    kept = pickle.loads(sources.read_bytes())
    source.read_source = lambda data, file: kept[file]
    from kinerja_xl.foreign.read import read_foreign
    from kinerja_xl.uses.baca import as_json

    return {file: as_json(read_foreign(b"", file)) for file in files or kept}


def score(folder: Path, results: list[dict]) -> tuple[int, list[str]]:
    """How many tables are exact, and which are not."""
    from bench.lapangan import verdicts

    rows, _ = verdicts(folder, results)
    return sum(row["verdict"] == "exact" for row in rows), [
        f"{row['file']} [{row['sheet']}]" for row in rows if row["verdict"] != "exact"
    ]


def main() -> int:
    if sys.argv[1:2] == ["--tanpa"]:
        missing = (sys.argv[2], int(sys.argv[3])) if sys.argv[2] else None
        sys.stdout.write(json.dumps(read_without(missing, Path(sys.argv[4]), sys.argv[5:])))
        return 0
    from bench.lapangan import FOLDER

    parser = argparse.ArgumentParser(prog="python -m bench.ablasi", description="nilai tiap kata bagi bacaan")
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--tiap", type=int, default=1, metavar="N")
    given = parser.parse_args()
    if not (given.folder / "label.json").exists():
        print(f"{given.folder}: tidak ada berkas berlabel; tidak ada yang dinilai.")
        return 0
    return _measure(given.folder, given.tiap)


def _measure(folder: Path, step: int) -> int:
    from kinerja_xl.foreign.source import read_source

    with tempfile.TemporaryDirectory() as name:
        place = Path(name) / "sumber"
        sources = {path.name: read_source(path.read_bytes(), path.name) for path in sorted(folder.glob("*.xl*"))}
        place.write_bytes(pickle.dumps(sources))
        texts = {file: texts_of(source.grids, file) for file, source in sources.items()}
        whole = _apart("", 0, place, [])
        best, _ = score(folder, _flat(whole))
        tried = list(lines())[::step]
        print(f"{len(tried)} kata; tepat dengan semua kata {best}", flush=True)
        worst = found = 0
        for table, i, row in tried:
            files = [file for file, own in texts.items() if met(row, own)]
            found += bool(files)
            results = whole | (_apart(table, i, place, files) if files else {})
            exact, lost = (best, []) if results == whole else score(folder, _flat(results))
            worst = max(worst, best - exact)
            if exact < best:
                print(f"{best - exact:3}  {table}.tsv: {' '.join(row.values())[:70]}: {', '.join(lost)}", flush=True)
    print(f"{found} kata ada di berkas; paling banyak {worst} tabel hilang oleh satu kata (≤ {ALLOWED})")
    return int(worst > ALLOWED)


def _flat(results: Mapping[str, list[dict]]) -> list[dict]:
    return [one for answers in results.values() for one in answers]


def _apart(table: str, i: int, sources: Path, files: Sequence[str]) -> dict[str, list[dict]]:
    command = [sys.executable, "-m", "bench.ablasi", "--tanpa", table, str(i), str(sources), *files]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


if __name__ == "__main__":
    sys.exit(main())
