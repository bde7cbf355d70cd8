"""Sheet ``Penjelasan``: how each capaian came about, and the yardsticks of the office.

The other sheets' formulas judge by the predicates, the cap and the scale that stand here.
"""

from __future__ import annotations

from itertools import zip_longest

from xlsxwriter.worksheet import Worksheet

from kinerja_xl.catatan import sort_key
from kinerja_xl.reckoning.capaian import Year
from kinerja_xl.reckoning.capaian.rule import KEYS, NO_CAP, yardsticks
from kinerja_xl.sheets import capaian as sheets
from kinerja_xl.sheets.choices import PREDIKAT
from kinerja_xl.sheets.kantor import POLICIES
from kinerja_xl.sheets.values import parse_number
from kinerja_xl.writing.shown.capaian.frame import (
    Context,
    Grid,
    Places,
    Yardstick,
    cell,
    close,
    layout_of,
    rows_of,
    write_flat,
    writes,
)
from kinerja_xl.writing.shown.capaian.indikator import capaian_cell
from kinerja_xl.writing.shown.flat import Cells, begin, captioned, fill
from kinerja_xl.writing.shown.page import Layout
from kinerja_xl.writing.shown.recap.asal_data import fill_findings

_GAP = 3
"""Rows between two tables: one blank, one for the title, one more for air."""


def places(year: Year, scale: tuple[str, ...]) -> Places:
    """Where everything stands: known before anything is written."""
    lines = layout_of(sheets.PENJELASAN, len(year.results))
    predicates = layout_of(sheets.PENJELASAN, max(len(PREDIKAT), len(scale)), table="predikat", top=lines.last + _GAP)
    policies = layout_of(sheets.PENJELASAN, len(_policies()), table="kebijakan", top=predicates.last + _GAP)
    row = policies.first + [key for key, _, _ in _policies()].index("batas_capaian")
    capped = yardsticks(year.policies).cap is not None
    yardstick = Yardstick(
        cap=cell(policies, "nilai", row) if capped else "",
        bounds=rows_of(predicates, "batas", 1, len(PREDIKAT) - 1),
        names=rows_of(predicates, "nama", 1, len(PREDIKAT) - 1),
        lowest=cell(predicates, "nama", predicates.first),
        skala=rows_of(predicates, "skala", 0, len(scale)) if scale else "",
    )
    return Places(lines=lines, predicates=predicates, policies=policies, yardstick=yardstick)


def _policies() -> list[tuple[str, str, str]]:
    """Key, label and remark of the policies that the reckoning follows, as Kantor.xlsx declares them."""
    return [(policy.key, policy.label, policy.keterangan) for policy in POLICIES if policy.key in KEYS]


@writes(sheets.PENJELASAN)
def write_penjelasan(context: Context) -> None:
    where = context.places
    grid = begin(Grid, context, where.lines)
    fill(grid, context.year.results, {"capaian": lambda at: capaian_cell(context, at.number, "capaian", at.of)})
    below = (_predicates(context, grid.worksheet, where.predicates), _kept(context, grid.worksheet, where.policies))
    grid.finish()
    close(grid, where.policies.last, *below)


def _predicates(context: Context, worksheet: Worksheet, own: Layout) -> Grid:
    grid = captioned(Grid, context, worksheet, own)
    lower = ((None, PREDIKAT[""]), *reversed(context.marks.bounds))
    pairs = zip_longest(lower, context.skala)
    cells: Cells = {
        "no": lambda at: at.number if at.of[0] else None,
        "batas": lambda at: at.of[0] and (at.of[0][0] if at.of[0][0] is not None else "di bawahnya"),
        "nama": lambda at: at.of[0] and at.of[0][1],
        "urutan": lambda at: at.number if at.of[1] is not None else None,
        "skala": lambda at: at.of[1],
    }
    fill(grid, pairs, cells)
    grid.finish(filtered=False, widths=False)
    return grid


def _kept(context: Context, worksheet: Worksheet, own: Layout) -> Grid:
    grid = captioned(Grid, context, worksheet, own)
    cells: Cells = {
        "kunci": lambda at: at.of[0], "nama": lambda at: at.of[1], "keterangan": lambda at: at.of[2],
        "nilai": lambda at: _figure(context.marks.words[at.of[0]]),
    }  # fmt: skip
    fill(grid, _policies(), cells)
    grid.finish(filtered=False, widths=False)
    return grid


def _figure(words: str) -> object:
    """A policy's value as a number where it is one."""
    figure = parse_number(words).value if words != NO_CAP else None
    return words if figure is None else figure


# ---- Sheets ``Catatan`` and ``Asal Data``: what to mend, and every file as it was read ----

@writes(sheets.CATATAN)
def write_notes(context: Context) -> None:
    """The catatan on realisasi and capaian, each with a link into the folder of its file."""
    year = context.year
    listed = sorted((*year.realised.findings, *year.findings), key=sort_key)
    grid = begin(Grid, context, layout_of(sheets.CATATAN, len(listed)))
    fill_findings(grid, listed, lambda finding: context.folders.get(finding.file, context.masuk))
    grid.finish()
    close(grid, grid.layout.last)


@writes(sheets.ASAL_DATA)
def write_files(context: Context) -> None:
    """Every returned file: rows read = rows used + rows reported, as a formula."""
    files = context.year.realised.files
    totals = {
        "dibaca": sum(f.rows_read for f in files),
        "dipakai": sum(f.rows_used for f in files),
        "dilaporkan": sum(f.rows_reported for f in files),
    }
    write_flat(context, sheets.ASAL_DATA, files, totals=totals)
