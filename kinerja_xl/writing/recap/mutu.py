"""Sheet ``Mutu Perencanaan``: the eight criteria with their evidence, and the predicate that follows from the verdicts.

A reviewer may change a verdict (what the files do not show is his to judge): the predicate is a formula.
"""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from kinerja_xl.reckoning.quality import CRITERIA, PREDICATES, Criterion, Quality, Verdict, judge
from kinerja_xl.sheets import rekap
from kinerja_xl.writing.recap.grid import Grid
from kinerja_xl.writing.recap.layout import Layout
from kinerja_xl.writing.recap.page import Context, close_sheet, open_sheet, signature_block, title_block

_COLOURS = {Verdict.TERPENUHI: "good", Verdict.BELUM: "wajib", Verdict.TIDAK_DAPAT: "cek"}


def write(context: Context) -> None:
    sheet, quality = rekap.MUTU, judge(context.recap)
    layout = Layout(sheet=sheet, around=sheet.tables[0], book=context.book, rows=len(quality.criteria))
    worksheet = open_sheet(context, sheet)
    title_block(context, worksheet, sheet)
    grid = Grid(context, worksheet, layout)
    grid.head({})
    for row, criterion in enumerate(quality.criteria, start=layout.first):
        _criterion(grid, row, criterion)
    bottom = _result(context, worksheet, layout, quality)
    bottom = signature_block(context, worksheet, layout, bottom + 2)
    _choices(context, worksheet, layout)
    grid.finish()
    close_sheet(worksheet, layout, bottom)


def _criterion(grid: Grid, row: int, criterion: Criterion) -> None:
    grid.write(row, "nomor", criterion.nomor)
    grid.write(row, "kriteria", criterion.kriteria)
    grid.write(row, "penilaian", criterion.verdict.value)
    grid.write(row, "bukti", criterion.bukti or None)
    grid.write(row, "kurang", criterion.kurang or None)
    grid.end_row(row)


def _choices(context: Context, worksheet: Worksheet, layout: Layout) -> None:
    """A drop-down with the three verdicts, and their colours by what the cell shows now."""
    column = layout.column("penilaian")
    area = (layout.first, column, layout.last, column)
    worksheet.data_validation(*area, {"validate": "list", "source": [v.value for v in Verdict]})
    for verdict, look in _COLOURS.items():
        rule = {"type": "cell", "criteria": "==", "value": f'"{verdict.value}"', "format": context.styles.rule(look)}
        worksheet.conditional_format(*area, rule)


def _result(context: Context, worksheet: Worksheet, layout: Layout, quality: Quality) -> int:
    """Criteria met, what is left to a reviewer, and the predicate, below the table; the last row that it fills."""
    around, styles = rekap.MUTU.tables[1], context.styles
    label, value = layout.column("kriteria"), layout.column("penilaian")
    row, verdicts = layout.last + 2, layout.range(value)
    worksheet.write_string(row, label, around.title, styles.subtitle)
    met = layout.ref("penilaian", row + 1)
    lines: tuple[tuple[str, str, int | str], ...] = (
        ("Kriteria terpenuhi", f'COUNTIF({verdicts},"{Verdict.TERPENUHI.value}")', quality.met),
        ("Tidak dapat dinilai dari berkas", f'COUNTIF({verdicts},"{Verdict.TIDAK_DAPAT.value}")', quality.open),
        ("Predikat mutu perencanaan", _predicate(met), quality.predicate),
    )
    for words, formula, shown in lines:
        row += 1
        last = shown == quality.predicate
        worksheet.write_string(row, label, words, styles.look("label", bold=last))
        worksheet.write_formula(row, value, f"={formula}", styles.look("center", bold=last), shown)
    scale = "; ".join(f"{low} {name.lower()}" for low, name in _bands())
    worksheet.write_string(row + 1, label, f"Terpenuhi: {scale}.", styles.hint)
    return row + 1


def _bands() -> list[tuple[str, str]]:
    """Criteria met as words, with their predicate, lowest first."""
    found, above = [], len(CRITERIA) + 1
    for least, name in PREDICATES:
        found.append((f"{least}" if above - 1 == least else f"{least} atau {above - 1}", name))
        above = least
    return found[::-1]


def _predicate(cell: str) -> str:
    """The predicate of the number in a cell, as nested IFs."""
    formula = f'"{PREDICATES[-1][1]}"'
    for least, name in reversed(PREDICATES[:-1]):
        formula = f'IF({cell}>={least},"{name}",{formula})'
    return formula
