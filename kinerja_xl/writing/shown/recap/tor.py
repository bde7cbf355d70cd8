"""Sheet ``TOR``: one line per TOR, its amount beside the RAB's, and the price of one unit of output."""

from __future__ import annotations

from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from kinerja_xl.reckoning.recap import TorLine
from kinerja_xl.reckoning.recap.quality import CRITERIA, PREDICATES, Criterion, Quality, Verdict, judge
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.formats import round_half_up
from kinerja_xl.writing.shown.page import Context, Layout, close_sheet, open_sheet, signature_block, title_block
from kinerja_xl.writing.shown.recap.rab import NO, YES
from kinerja_xl.writing.shown.sums import SUB, code_keys, joined, sub_key
from kinerja_xl.writing.shown.table import UNKNOWN, Grid, shorten

_LONGEST = 250
"""Characters of a text in this overview: a whole section would make a row higher than a page."""


def write_tor(context: Context) -> None:
    sheet, tors = rekap.TOR, context.recap.tors
    layout = Layout(sheet=sheet, around=sheet.table, book=context.book, rows=len(tors))
    worksheet = open_sheet(context, sheet)
    title_block(context, worksheet, sheet)
    grid = Grid(context, worksheet, layout)
    stated = [tor for tor in tors if tor.biaya is not None]
    grid.head(
        {
            "biaya": sum(tor.biaya or 0 for tor in stated),
            "rab": sum(tor.rab for tor in tors),
            "selisih": sum((tor.biaya or 0) - tor.rab for tor in stated),
        }
    )
    for row, tor in enumerate(tors, start=layout.first):
        _line(grid, row, tor)
    first = layout.ref("selisih", layout.first)
    differs = f"=AND(ISNUMBER({first}),{first}<>0)"
    column = layout.column("selisih")
    rule = {"type": "formula", "criteria": differs, "format": context.styles.rule("wajib")}
    worksheet.conditional_format(layout.first, column, layout.last, column, rule)
    grid.finish()
    close_sheet(worksheet, layout, layout.last)


def _line(grid: Grid, row: int, tor: TorLine) -> None:
    grid.write(row, "unit", tor.unit)
    grid.write(row, "sub", sub_key(tor.kode_sub))
    grid.write(row, "nama_sub_baku", tor.nama_sub or None)
    for key, column in grid.layout.theirs.items():
        grid.put(row, column, shorten(tor.row.get(key), _LONGEST))
    _amounts(grid, row, tor)
    _price(grid, row, tor)
    grid.write(row, "dihitung", YES if tor.counted else NO)
    grid.write(row, "berkas", tor.file)
    grid.write(row, "lembar", tor.row.sheet)
    grid.end_row(row)


def _amounts(grid: Grid, row: int, tor: TorLine) -> None:
    ref = grid.layout.ref
    grid.write(row, "biaya", UNKNOWN if tor.biaya is None else tor.biaya)
    formula = _rab_formula(grid, row, tor)
    if formula:
        grid.formula(row, "rab", formula, tor.rab)
    else:
        grid.write(row, "rab", tor.rab)
    biaya = ref("biaya", row)
    difference = UNKNOWN if tor.biaya is None else tor.biaya - tor.rab
    formula = f'IF(ISNUMBER({biaya}),{biaya}-{ref("rab", row)},"{UNKNOWN}")'
    grid.formula(row, "selisih", formula, difference)


def _rab_formula(grid: Grid, row: int, tor: TorLine) -> str | None:
    """The sum over the RAB sheet that gives this amount: all lines handed in, or those counted; None for neither."""
    rab, sums, ref = grid.context.layouts["rab"], grid.context.sums, grid.layout.ref
    amount = sums.unit_sub[joined(tor.unit, code_keys(tor.kode_sub)[2])]
    key = "jumlah" if amount.all == tor.rab else "jumlah_dihitung" if amount.counted == tor.rab else ""
    criterion = f'{ref("unit", row)}&"|{SUB} "&{ref("sub", row)}'
    return f"SUMIFS({rab.span(key)},{rab.span('kunci_sub')},{criterion})" if key else None


def _price(grid: Grid, row: int, tor: TorLine) -> None:
    """Price of one unit of output in whole rupiah; live where it is the RAB divided by the TOR's target."""
    target = tor.row.get("output_target")
    if tor.harga_output is None:
        grid.write(row, "harga_output", UNKNOWN)
        return
    price = round_half_up(tor.harga_output, 0)
    computed = round_half_up(tor.rab / target, 0) if isinstance(target, Decimal) and target > 0 else None
    if price == computed and "output_target" in grid.layout.theirs:
        cell, rab = grid.layout.ref("output_target", row), grid.layout.ref("rab", row)
        grid.formula(row, "harga_output", f'IF(N({cell})>0,ROUND({rab}/{cell},0),"{UNKNOWN}")', price)
    else:
        grid.write(row, "harga_output", price)


# ---- Sheet ``Mutu Perencanaan``: the eight criteria with their evidence, and the predicate that follows from the verdicts
#      ----
# A reviewer may change a verdict (what the files do not show is his to judge): the predicate is a formula.

_COLOURS = {Verdict.TERPENUHI: "good", Verdict.BELUM: "wajib", Verdict.TIDAK_DAPAT: "cek"}


def write_mutu(context: Context) -> None:
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
