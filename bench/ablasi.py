"""What one single word is worth: ``python -m bench.ablasi [FOLDER] [--tiap N]``.

Every line of ``kinerja_xl/words/`` is taken away in turn and the labelled files are scored again; a reader that reasons loses at
most one table with any of them. One reading of all files writes down what each group of words is asked; a line whose absence
changes no answer in a file changes nothing there, and that file is not read again. The files are opened once. Each reading runs
in a process of its own: for a line of patterns a copy of one that has all modules loaded, in which the finders of that line are
put in anew; for any other a fresh one, because tables are taken up when a module is loaded.
``--tiap N``: every N-th line only. Exit status 1 when a word is worth more than one table.
"""

from __future__ import annotations

import argparse
import copyreg
import multiprocessing
import pickle
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import _lru_cache_wrapper
from pathlib import Path
from types import MappingProxyType
from typing import Any

import python_calamine  # noqa: F401 - what every reading loads, loaded once

from kinerja_xl import words  # the rest of the package only in the processes: it must see the words as they are there

TABLES = ("judul", "kata", "bulan", "triwulan", "pengali", "satuan")
ELSEWHERE = frozenset({"salah_eja", "sampai", "hari", "belum_diisi", "jumlah", "jumlah_awal"})
"""Groups of which patterns are built, or whose examples are asked: no list of texts says what a line of them changes."""
SPELT = ("kanonik", "sinonim", "ejaan")
"""Where the lines that are no patterns have their spellings."""
NEVER = "(?!)"
"""A pattern that finds nothing: what is left of a line of patterns, so that its group does not vanish with it."""
ALLOWED = 1
Asked = dict[tuple[tuple[str, ...], bool], dict[str, set[str]]]
"""By the patterns of a finder, and whether its texts are folded: the texts it was asked, by file."""


def frozen(mapping: dict[str, str]) -> Mapping[str, str]:
    """The arguments of a catatan again, as they were before pickling."""
    return MappingProxyType(mapping)


copyreg.pickle(MappingProxyType, lambda mapping: (frozen, (dict(mapping),)))


def lines() -> Iterator[tuple[str, int, Mapping[str, str]]]:
    """Every line of the words: table, number, content."""
    for name in TABLES:
        for i, row in enumerate(words.table(name)):
            yield name, i, row


# ---- In a process of its own ----


def opened(folder: Path, kept: Path) -> list[str]:
    """Open every file once; their names."""
    from kinerja_xl.reading.source import read_source

    paths = sorted(folder.glob("*.xl*"))
    for path in paths:
        (kept / path.name).write_bytes(pickle.dumps(read_source(path.read_bytes(), path.name)))
    return [path.name for path in paths]


def read_without(missing: tuple[str, int] | None, kept: Path, files: Iterable[str]) -> dict[str, list[dict]]:
    """The answers for these files, with one line of the words less."""
    whole = words.table

    def fewer(name: str, package: str = words.__package__ or "") -> list[dict[str, str]]:
        rows = whole(name, package)
        if missing is None or name != missing[0] or package != words.__package__:
            return rows
        gone = rows[missing[1]]
        left = [dict(gone, pola=NEVER)] if "pola" in gone else []
        return [*rows[: missing[1]], *left, *rows[missing[1] + 1 :]]

    words.table = fewer
    return {file: _read(kept, file) for file in files}


def _read(kept: Path, file: str) -> list[dict]:
    from kinerja_xl.reading import source

    there = pickle.loads((kept / file).read_bytes())
    source.read_source = lambda data, name: there
    from kinerja_xl.foreign import read
    from kinerja_xl.uses.baca import as_json

    read.read_source = source.read_source
    return as_json(read.read_foreign(b"", file))


GONE: list[tuple[str, str]] = []
"""The line of patterns that is missing: table, pattern."""
FINDERS: list[Callable[[], None]] = []
"""Puts every finder that there is in anew, without what is missing by then."""


def listened(kept: Path, files: Sequence[str]) -> tuple[dict[str, list[dict]], Asked, dict[str, set[str]]]:
    """The answers with all words, what every finder was asked meanwhile, and all texts of the files."""
    from kinerja_xl.words import match

    asked: Asked = {}
    at: list[str] = []
    plain = match.finder

    def finder(patterns: Sequence[str], *, folded: bool) -> Callable[[str], re.Match[str] | None]:
        own, find = asked.setdefault((tuple(patterns), folded), {}), []

        def put() -> None:
            gone = {pattern for table, pattern in GONE if folded or table == "kata"}
            find[:] = [plain([NEVER if p in gone else p for p in patterns], folded=folded)]

        def listening(text: str) -> re.Match[str] | None:
            own.setdefault(at[-1] if at else "", set()).add(text)
            return find[0](text)

        put()
        FINDERS.append(put)
        return listening

    match.finder = finder
    answers, texts = {}, {}
    for file in files:
        at.append(file)
        _forget()
        answers[file] = _read(kept, file)
        texts[file] = _texts(kept, file)
    return answers, asked, texts


def _forget() -> None:
    """What was asked for one file is asked again for the next."""
    for module in [module for name, module in sys.modules.items() if name.startswith("kinerja_xl.")]:
        for one in vars(module).values():
            if isinstance(one, _lru_cache_wrapper):
                one.cache_clear()


def read_again(gone: tuple[str, str], kept: Path, files: Iterable[str]) -> dict[str, list[dict]]:
    """The answers for these files in a copy of the process that listened, with one pattern less."""
    GONE.append(gone)
    for put in FINDERS:
        put()
    _forget()
    return {file: _read(kept, file) for file in files}


def _texts(kept: Path, file: str) -> set[str]:
    """Every text of a file, as it stands and folded, and each of its words, with the names of file and sheets."""
    from kinerja_xl.words.text import clean, fold

    found = {file}
    for grid in pickle.loads((kept / file).read_bytes()).grids:
        found |= {clean(cell) for row in grid.rows for cell in row if isinstance(cell, str)} | {grid.name}
    return found | {fold(text) for text in found} | {fold(part) for text in found for part in re.findall(r"[^\W\d_]+", text)}


def score(folder: Path, results: Mapping[str, list[dict]]) -> set[str]:
    """The tables that are not exact."""
    from bench.lapangan import verdicts

    rows, _ = verdicts(folder, [one for answers in results.values() for one in answers])
    return {f"{row['file']} [{row['sheet']}] {row['kind']}" for row in rows if row["verdict"] != "exact"}


def patterned(row: Mapping[str, str]) -> bool:
    """Whether a line is one of patterns that nothing but finders ask."""
    return "pola" in row and row["nama"] not in ELSEWHERE


def lost(
    folder: Path, kept: Path, line: tuple[str, int, Mapping[str, str]], whole: dict[str, list[dict]], files: list[str]
) -> set[str]:
    """The tables that are not exact without a line of the words."""
    table, i, row = line
    answers = read_again((table, row["pola"]), kept, files) if patterned(row) else read_without((table, i), kept, files)
    return score(folder, whole | answers) if any(answers[file] != whole[file] for file in files) else set()


# ---- What a line can change ----


def changes(tried: Sequence[tuple[str, int, Mapping[str, str]]], asked: Asked, texts: Mapping[str, set[str]]) -> list[list[str]]:
    """For every line the files in which an answer is another one without it."""
    return [_changed(table, row, asked, texts) for table, _, row in tried]


def _changed(table: str, row: Mapping[str, str], asked: Asked, texts: Mapping[str, set[str]]) -> list[str]:
    from kinerja_xl.words.match import spelt_out
    from kinerja_xl.words.text import fold

    if "pola" not in row:
        spelt = {fold(part) for key in SPELT if key in row for part in row[key].split(";")} - {""}
        return [file for file, own in texts.items() if spelt & own]
    if row["nama"] in ELSEWHERE:
        find = re.compile(spelt_out(row["pola"]), re.IGNORECASE).search
        return [file for file, own in texts.items() if row["nama"] == "salah_eja" or any(map(find, own))]
    found: set[str] = set()
    for (patterns, folded), files in asked.items():
        if row["pola"] in patterns and (folded or table == "kata"):
            found |= set(_others(row["pola"], patterns, files, 0 if folded else re.IGNORECASE))
    return [file for file in texts if file in found or "" in found]


def _others(pattern: str, patterns: Sequence[str], files: Mapping[str, set[str]], flags: int) -> Iterator[str]:
    from kinerja_xl.words.match import spelt_out

    one = re.compile(spelt_out(pattern), flags).search
    with_it, without = (
        re.compile("|".join(f"(?:{spelt_out(p)})" for p in some), flags).search
        for some in (patterns, [NEVER if p == pattern else p for p in patterns])
    )
    for file, texts in files.items():
        if any(one(text) and _span(with_it(text)) != _span(without(text)) for text in texts):
            yield file


def _span(found: re.Match[str] | None) -> tuple[int, int] | None:
    return found.span() if found else None


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.ablasi", description="nilai tiap kata bagi bacaan")
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "lapangan")
    parser.add_argument("--tiap", type=int, default=1, metavar="N")
    given = parser.parse_args()
    if not (given.folder / "label.json").exists():
        print(f"{given.folder}: tidak ada berkas berlabel; tidak ada yang dinilai.")
        return 0
    with tempfile.TemporaryDirectory() as name:
        return _measure(given.folder, Path(name), given.tiap)


def _measure(folder: Path, kept: Path, step: int) -> int:
    fork = multiprocessing.get_context("fork")
    with fork.Pool(1, maxtasksperchild=1) as apart:  # each task in a process that has loaded nothing of the package yet
        files = apart.apply(opened, (folder, kept))
        whole, asked, texts = apart.apply(listened, (kept, files))
        before = apart.apply(score, (folder, whole))
        tried = list(lines())[::step]
        print(f"{len(tried)} kata; tidak tepat dengan semua kata: {len(before)}", flush=True)
        found = [(line, at) for line, at in zip(tried, apart.apply(changes, (tried, asked, texts)), strict=True) if at]
        print(f"{len(found)} di antaranya mengubah jawaban di suatu berkas; yang lain tidak mengubah apa pun", flush=True)
        fresh = [one for one in found if not patterned(one[0][2])]
        worst = _told(apart.apply(lost, (folder, kept, line, whole, at)) - before for line, at in _shown(fresh))
    listened(kept, files)  # from here on every copy has all modules loaded
    with fork.Pool(1, maxtasksperchild=1) as copies:
        warm = [one for one in found if patterned(one[0][2])]
        gone = (copies.apply(lost, (folder, kept, line, whole, at)) - before for line, at in _shown(warm))
        worst = max(worst, _told(gone))
    print(f"paling banyak {worst} tabel hilang oleh satu kata (≤ {ALLOWED})")
    return int(worst > ALLOWED)


def _shown(found: Sequence[tuple[tuple[str, int, Mapping[str, str]], list[str]]]) -> Iterator[tuple[Any, list[str]]]:
    for n, (line, at) in enumerate(found, 1):
        yield line, at
        print(f"     {n} dari {len(found)}  {line[0]}.tsv: {' '.join(line[2].values())[:70]}", flush=True)


def _told(lost_tables: Iterable[set[str]]) -> int:
    """Print what was lost; the most."""
    worst = 0
    for gone in lost_tables:
        worst = max(worst, len(gone))
        if gone:
            print(f"{len(gone):3}  {', '.join(sorted(gone))}", flush=True)
    return worst


if __name__ == "__main__":
    sys.exit(main())
