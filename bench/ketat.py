"""The stricter judgement of a reading: names, prices, levels and columns line by line, and whether what was said is true.

The scorer beside the labelled files looks at kind, count and sums. A table may pass there with every name a dash, or with any
warning at all. Here each line's name and price are held against the cell that the label points at (read by openpyxl or
calamine, not by the reader that is judged), and a wrong or refused table counts as flagged only where a message points at the
true fault: its cell, its row, or its column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from openpyxl.utils.cell import column_index_from_string, coordinate_to_tuple, get_column_letter

Cells = Mapping[tuple[int, int], object]
"""What stands in a sheet, by 1-based (row, column)."""

SHARE_TARGET = 0.95
_CELL = re.compile(r"\b([A-Z]{1,3})([1-9][0-9]{0,6})\b")
_ROWS = re.compile(r"baris (\d[\d ,\-–]*(?:sampai \d+)?)")
_COLUMN = re.compile(r"kolom ([A-Z]{1,3})\b")
_DASH = re.compile(r"[\s\-–—_.*•]*")
_ESCAPE = re.compile("_x000[0-9A-Da-d]_")
_BULLET = re.compile(r"^[\s\-–—*•]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """``right`` of ``of``."""

    right: int = 0
    of: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(right=self.right + other.right, of=self.of + other.of)

    def __str__(self) -> str:
        return f"{self.right}/{self.of}" if self.of else "-"

    @property
    def enough(self) -> bool:
        return self.right >= SHARE_TARGET * self.of


@dataclass(frozen=True, slots=True, kw_only=True)
class Strict:
    """One labelled table: exact, flagged or silent_wrong, and the shares. ``levels``: rows rightly told as line or no line."""

    file: str
    sheet: str
    verdict: str
    why: str = ""
    names: Share = Share()
    prices: Share = Share()
    levels: Share = Share()
    columns: Share = Share()


def cells_of(path: Path) -> dict[str, Cells]:
    """The values of every sheet by another reader than ours; nothing where it can't read the file."""
    if path.suffix == ".xlsx":
        from openpyxl import load_workbook

        book = load_workbook(path, data_only=True)
        return {
            sheet.title: {(c.row, c.column): c.value for row in sheet.iter_rows() for c in row if c.value is not None}
            for sheet in book.worksheets
        }
    from python_calamine import CalamineWorkbook

    old = CalamineWorkbook.from_path(path)
    grids = {name: old.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in old.sheet_names}
    return {
        name: {(r, c): v for r, row in enumerate(rows, 1) for c, v in enumerate(row, 1) if v != ""}
        for name, rows in grids.items()
    }


def judge(label: dict, results: Sequence[dict], cells: Cells, verdict: str) -> Strict:
    """``results``: the objects of this label's file; ``verdict``: what the plain scorer said of the label."""
    same = [r for r in results if r["sheet"] == label["sheet"]]
    if label["kind"] in ("none", "refuse"):
        return Strict(file=label["file"], sheet=label["sheet"] or "", verdict=verdict)
    leaf = rows_of(label["leaf_rows"])
    got = max(same, key=lambda r: (_likeness(label, leaf, r), r["kind"] == label["kind"]), default=None)
    lines = {line["row"]: line for line in got.get("lines", ())} if got else {}
    fewer = set(lines) < leaf and len(lines) in label.get("n_leaf_also_ok", ())
    low, high = min(leaf), max(leaf)
    filled = {row for row, _ in cells if low <= row <= high and not (fewer and row in leaf - set(lines))}
    if fewer:
        leaf = set(lines)
    names = _names(label, leaf, lines, cells)
    prices = _prices(label, leaf, lines, cells)
    columns = _columns(label, got)
    levels = Share(right=sum((row in leaf) == (row in lines) for row in filled), of=len(filled))
    wrong = [
        word for word, share in (("nama", names), ("harga", prices), ("tingkat", levels)) if not share.enough
    ]  # fmt: skip
    fault = _fault(label, leaf, lines, got, exact=verdict == "exact" and not wrong)
    said = [c for r in same for c in _told(r)] or [c for r in results if r["sheet"] is None for c in _told(r)]
    if verdict == "exact" and not wrong and not label.get("must_warn"):
        strict = "exact"
    elif any(places & fault for places in said):
        strict = "exact" if verdict == "exact" and not wrong else "flagged"
    else:
        strict = "silent_wrong"
    return Strict(
        file=label["file"], sheet=label["sheet"], verdict=strict, why=", ".join(wrong), names=names, prices=prices,
        levels=levels, columns=columns,
    )  # fmt: skip


def rows_of(listed: str) -> set[int]:
    """``3-5,8`` → {3, 4, 5, 8}."""
    parts = [part.split("-") for part in listed.replace(" ", "").split(",")]
    return {row for part in parts for row in range(int(part[0]), int(part[-1]) + 1)}


def _likeness(label: dict, leaf: set[int], result: dict) -> float:
    """How much of the label's lines, and of its columns, a result has."""
    rows = {line["row"] for line in result.get("lines", ())}
    columns = _columns(label, result)
    return len(rows & leaf) / (len(rows | leaf) or 1) + columns.right / (columns.of or 1)


_SAME = {"anggaran": "jumlah", "pagu": "jumlah", "total": "jumlah"}
"""Names of one and the same thing in labels and answers."""


def _letters(columns: Mapping[str, object]) -> dict[str, str]:
    return {
        _SAME.get(key, key): value for key, value in columns.items()
        if isinstance(value, str) and re.fullmatch("[A-Z]{1,3}", value)
    }  # fmt: skip


def _columns(label: dict, result: dict | None) -> Share:
    wanted, got = _letters(label.get("columns", {})), _letters(result["columns"] if result else {})
    return Share(right=sum(got.get(key) == letter for key, letter in wanted.items()), of=len(wanted))


def _cell(cells: Cells, row: int, letter: str | None) -> object:
    return None if letter is None else cells.get((row, column_index_from_string(letter)))


def _names(label: dict, leaf: Iterable[int], lines: Mapping[int, dict], cells: Cells) -> Share:
    """Lines whose name is the file's; a line without a name in the file does not count, a dash never is one."""
    letters = _letters(label["columns"])
    letter = letters.get("indikator", letters.get("uraian"))
    right = of = 0
    for row in leaf:
        wanted = _plain(_cell(cells, row, letter))
        if _DASH.fullmatch(wanted) or wanted.startswith("#"):
            continue
        of += 1
        line = lines.get(row, {})
        name = _plain(line.get("name"))
        whole = _plain(f"{line.get('code', '')} {name}")  # a code in front of the name may be told apart
        right += not _DASH.fullmatch(name) and wanted in (name, whole)
    return Share(right=right, of=of)


def _plain(value: object) -> str:
    text = _ESCAPE.sub(" ", str(value if value is not None else ""))
    return " ".join(_BULLET.sub("", text).split()).casefold()


def _prices(label: dict, leaf: Iterable[int], lines: Mapping[int, dict], cells: Cells) -> Share:
    letters = _letters(label["columns"])
    wanted = {row: _number(_cell(cells, row, letters.get("harga_satuan", letters.get("harga")))) for row in leaf}
    known = {row: value for row, value in wanted.items() if value is not None}
    right = sum(_number(lines.get(row, {}).get("price")) == value for row, value in known.items())
    return Share(right=right, of=len(known))


def _number(value: object) -> Decimal | None:
    """An exact number; binary noise of a spreadsheet is rounded away."""
    try:
        return None if value is None or isinstance(value, bool) else round(Decimal(str(value)), 4)
    except InvalidOperation:
        return None


# ---- What was said, and what is true: places of one sheet, as (row, column); 0 stands for all of them ----


def _fault(label: dict, leaf: set[int], lines: Mapping[int, dict], got: dict | None, *, exact: bool) -> set[tuple[int, int]]:
    """Where a message has to point: at the file's own defects, else at what the reading has wrong."""
    places = {place for defect in label.get("defects", []) for place in places_in(defect["cell"])}
    if exact:
        return places
    rows = (leaf ^ set(lines)) if lines else set(range(min(label["header_rows"]), label["last_data_row"] + 2))
    places |= {(row, 0) for row in rows}
    if got:
        wanted, have = _letters(label["columns"]), _letters(got["columns"])
        for key in wanted:
            if have.get(key) != wanted[key]:
                places |= {(0, column_index_from_string(letter)) for letter in (wanted[key], have.get(key)) if letter}
    return places | {(row, 0) for row, _ in places if row} | {(0, col) for _, col in places if col}


def _told(result: dict) -> Iterator[set[tuple[int, int]]]:
    """The places of every catatan that asks for a look, and of every question."""
    for said in result["catatan"]:
        if said["tingkat"] != "info":
            yield places_in(f"{said['sel']} {said['masalah']}")
    for asked in result["pertanyaan"]:
        yield places_in(f"{asked['sel']} {asked['teks']}")


def places_in(text: str) -> set[tuple[int, int]]:
    """The cells, rows and columns that a text names, each also as its row and its column."""
    found: set[tuple[int, int]] = set()
    for first, last in re.findall(r"\b([A-Z]{1,3}\d+):([A-Z]{1,3}\d+)\b", text):
        (top, left), (bottom, right) = coordinate_to_tuple(first), coordinate_to_tuple(last)
        if bottom - top < 5000 and right - left < 100:
            found |= {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
    found |= {coordinate_to_tuple("".join(match)) for match in _CELL.findall(text)}
    for listed in _ROWS.findall(text):
        for part in re.findall(r"\d+(?:\s*(?:-|–|sampai)\s*\d+)?", listed):
            ends = [int(n) for n in re.findall(r"\d+", part)]
            found |= {(row, 0) for row in range(ends[0], min(ends[-1], ends[0] + 5000) + 1)}
    found |= {(0, column_index_from_string(letter)) for letter in _COLUMN.findall(text)}
    return found | {(row, 0) for row, _ in found if row} | {(0, col) for _, col in found if col}


def named(place: tuple[int, int]) -> str:
    """A place as staff write it."""
    return f"{get_column_letter(place[1])}{place[0]}"
