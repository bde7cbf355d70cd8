"""Sheet ``Penjelasan``: how each capaian came about, and the yardsticks of the office.

The other sheets' formulas judge by the predicates, the cap and the scale that stand here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from kinerja_xl.catatan import Finding
from kinerja_xl.reckoning.capaian import IndicatorResult, Year
from kinerja_xl.reckoning.capaian.rule import KEYS, NO_CAP, Yardsticks, yardsticks
from kinerja_xl.reckoning.year import ReturnFile
from kinerja_xl.sheets import capaian as sheets
from kinerja_xl.sheets.choices import PREDIKAT
from kinerja_xl.sheets.kantor import POLICIES
from kinerja_xl.sheets.values import parse_number
from kinerja_xl.writing.shown.capaian.frame import Context, Grid, Yardstick, cell, close, layout_of, rows_of, start
from kinerja_xl.writing.shown.capaian.indikator import capaian_cell
from kinerja_xl.writing.shown.page import Layout
from kinerja_xl.writing.shown.recap.asal_data import AGREES, DIFFERS, NoteLines

_GAP = 3
"""Rows between two tables: one blank, one for the title, one more for air."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The layouts of the three tables, and the yardsticks that stand in the lower two."""

    lines: Layout
    predicates: Layout
    policies: Layout
    yardstick: Yardstick


def places(year: Year, scale: tuple[str, ...]) -> Places:
    """Where everything stands: known before anything is written."""
    lines = layout_of(sheets.PENJELASAN, len(year.results))
    predicates = layout_of(sheets.PENJELASAN, max(len(PREDIKAT), len(scale)), table=1, top=lines.last + _GAP)
    policies = layout_of(sheets.PENJELASAN, len(_policies()), table=2, top=predicates.last + _GAP)
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


def write(context: Context, where: Places) -> None:
    worksheet = start(context, sheets.PENJELASAN)
    grid = Grid(context, worksheet, where.lines)
    grid.head({})
    for number, result in enumerate(context.year.results, start=1):
        _line(grid, where.lines.heading + number, number, result)
    ticks = context.marks
    below = (_predicates(context, worksheet, where.predicates, ticks), _kept(context, worksheet, where.policies, ticks))
    grid.finish()
    close(grid, where.policies.last, *below)


def _line(grid: Grid, row: int, number: int, result: IndicatorResult) -> None:
    indicator, capaian = result.indicator, result.of_year
    for key, value in (("no", number), ("unit", indicator.unit), ("nama", indicator.nama)):
        grid.write(row, key, value)
    formula, shown = capaian_cell(grid.context, number, "capaian", result)
    grid.formula(row, "capaian", formula, shown)
    grid.write(row, "hitungan", capaian.explanation or None)
    grid.write(row, "sumber", capaian.source or None)
    grid.end_row(row)


def _predicates(context: Context, worksheet: Worksheet, own: Layout, ticks: Yardsticks) -> Grid:
    grid = _captioned(context, worksheet, own)
    scale = context.skala
    lower = ((None, PREDIKAT[""]), *reversed(ticks.bounds))
    for number in range(own.rows):
        row = own.first + number
        if number < len(lower):
            bound, name = lower[number]
            grid.write(row, "no", number + 1)
            grid.write(row, "batas", bound if bound is not None else "di bawahnya")
            grid.write(row, "nama", name)
        if number < len(scale):
            grid.write(row, "urutan", number + 1)
            grid.write(row, "skala", scale[number])
        grid.end_row(row)
    grid.finish(filtered=False, widths=False)
    return grid


def _kept(context: Context, worksheet: Worksheet, own: Layout, ticks: Yardsticks) -> Grid:
    grid = _captioned(context, worksheet, own)
    for number, (key, label, remark) in enumerate(_policies(), start=1):
        row = own.heading + number
        value = ticks.words[key]
        figure = parse_number(value).value if value != NO_CAP else None
        for column, content in (("no", number), ("kunci", key), ("nama", label), ("keterangan", remark or None)):
            grid.write(row, column, content)
        grid.write(row, "nilai", figure if figure is not None else value)
        grid.end_row(row)
    grid.finish(filtered=False, widths=False)
    return grid


def _captioned(context: Context, worksheet: Worksheet, own: Layout) -> Grid:
    worksheet.write_string(own.top - 1, 0, own.around.title, context.styles.subtitle)
    grid = Grid(context, worksheet, own)
    grid.head({})
    return grid


# ---- Sheets ``Catatan`` and ``Asal Data``: what to mend, and every file as it was read ----

def write_notes(context: Context, findings: Iterable[Finding], folders: dict[str, str]) -> None:
    """The findings in the order given; ``folders``: the folder of each file, for the links."""
    listed = list(findings)
    own = layout_of(sheets.CATATAN, len(listed))
    worksheet = start(context, sheets.CATATAN)
    grid = Grid(context, worksheet, own)
    grid.head({})
    lines = NoteLines(grid, lambda finding: folders.get(finding.file, context.masuk))
    for number, finding in enumerate(listed):
        lines.write(own.first + number, number, finding)
    grid.finish()
    close(grid, own.last)


def write_files(context: Context) -> None:
    """Every returned file: rows read = rows used + rows reported, as a formula."""
    files = context.year.realised.files
    own = layout_of(sheets.ASAL_DATA, len(files))
    worksheet = start(context, sheets.ASAL_DATA)
    grid = Grid(context, worksheet, own)
    grid.head(_totals(files))
    for row, file in enumerate(files, start=own.first):
        cells = {"folder": file.folder, "berkas": file.file, "unit": file.unit, "triwulan": sheets.ROMAN[file.triwulan - 1],
                 "status": file.status, "dibaca": file.rows_read, "dipakai": file.rows_used,
                 "dilaporkan": file.rows_reported, "sha256": file.sha256}  # fmt: skip
        for key, value in cells.items():
            grid.write(row, key, value if value != "" else None)
        ref = own.ref
        agrees = file.rows_read == file.rows_used + file.rows_reported
        test = f"{ref('dibaca', row)}={ref('dipakai', row)}+{ref('dilaporkan', row)}"
        grid.formula(row, "cek", f'IF({test},"{AGREES}","{DIFFERS}")', AGREES if agrees else DIFFERS)
        grid.end_row(row)
    grid.finish()
    close(grid, own.last)


def _totals(files: tuple[ReturnFile, ...]) -> dict[str, int]:
    return {
        "dibaca": sum(f.rows_read for f in files),
        "dipakai": sum(f.rows_used for f in files),
        "dilaporkan": sum(f.rows_reported for f in files),
    }
