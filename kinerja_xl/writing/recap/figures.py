"""The five figures that matter, in boxes across the top of the Ringkasan; all live."""

from __future__ import annotations

from dataclasses import dataclass

from xlsxwriter.format import Format

from kinerja_xl.findings import Severity
from kinerja_xl.reckoning.recap import Status
from kinerja_xl.writing.recap.grid import UNKNOWN, Grid
from kinerja_xl.writing.recap.page import merged
from kinerja_xl.writing.styles import INK, NAVY, PERCENT_FORMAT, RUPIAH_FORMAT

FIGURE_ROWS = 3
_NEED = (Status.BELUM, Status.TIDAK_TERBACA)
Value = int | float | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """One figure over the columns ``first`` to ``last`` (keys): caption, figure, and a remark below it."""

    first: str
    last: str
    caption: str
    formula: str
    value: Value
    number: str
    remark: str
    remark_value: Value
    remark_format: str


def figures(grid: Grid, row: int) -> None:
    """Three rows from ``row`` on."""
    styles, worksheet = grid.context.styles, grid.worksheet
    edge = {"left": 1, "right": 1, "border_color": NAVY}
    caption = styles.look("hint", align="center", valign="vcenter", font_color=INK, top=1, **edge)
    for offset, points in enumerate((16, 26, 15)):
        worksheet.set_row(row + offset, points)
    boxes = _boxes(grid)
    for box in boxes:
        merged(worksheet, row, *_columns(grid, box), box.caption, caption)
    for box in boxes:
        big = styles.look(bold=True, font_size=16, align="center", valign="vcenter", num_format=box.number, **edge)
        _put(grid, row + 1, box, box.formula, box.value, big)
    for box in boxes:
        small = styles.look("hint", align="center", num_format=box.remark_format, bottom=1, **edge)
        _put(grid, row + 2, box, box.remark, box.remark_value, small)


def _columns(grid: Grid, box: Box) -> tuple[int, int]:
    return grid.layout.column(box.first), grid.layout.column(box.last)


def _put(grid: Grid, row: int, box: Box, formula: str, value: Value, fmt: Format) -> None:
    first, last = _columns(grid, box)
    merged(grid.worksheet, row, first, last, UNKNOWN, fmt)
    if grid.context.recap.units:
        grid.worksheet.write_formula(row, first, f"={formula}", fmt, value)


def _boxes(grid: Grid) -> tuple[Box, ...]:
    own, recap = grid.layout, grid.context.recap
    status = own.range(own.column("status"))
    cell = {key: own.ref(key, own.last + 1) for key in own.own}
    count = {s: sum(1 for unit in recap.units if unit.status is s) for s in Status}
    handed_in, pagu = len(recap.units) - count[Status.BELUM], sum(unit.pagu for unit in recap.units)
    share: Value = recap.total_rab / pagu if pagu else UNKNOWN
    missing = "+".join(f'COUNTIF({status},"{s}")' for s in _NEED)
    return (
        Box(
            first="kode", last="nama", caption="Unit yang menyampaikan", number="General",
            formula=f'COUNTIF({status},"<>{Status.BELUM}")&" dari "&ROWS({status})', value=f"{handed_in} dari {len(recap.units)}",
            remark=missing, remark_value=sum(count[s] for s in _NEED), remark_format='0" belum atau tidak terbaca"',
        ),
        Box(
            first="status", last="baris_rab", caption="Usulan yang dihitung (Rp)", number=RUPIAH_FORMAT,
            formula=cell["total_rab"], value=recap.total_rab, remark=cell["total_tidak_dihitung"],
            remark_value=recap.total_tidak_dihitung, remark_format=f'"tidak dihitung Rp"{RUPIAH_FORMAT}',
        ),
        Box(
            first="total_rab", last="total_tidak_dihitung", caption="Bagian dari pagu", number=PERCENT_FORMAT,
            formula=cell["persen_pagu"], value=share, remark=cell["pagu"], remark_value=pagu,
            remark_format=f'"pagu Rp"{RUPIAH_FORMAT}',
        ),
        Box(
            first="alasan", last="alasan", caption="Catatan terbuka", number=RUPIAH_FORMAT, formula=cell["jumlah_catatan"],
            value=sum(unit.jumlah_catatan for unit in recap.units),
            remark=f'COUNTIF({grid.context.layouts["catatan"].span("tingkat")},"{Severity.WAJIB.label}")',
            remark_value=sum(1 for finding in recap.findings if finding.severity is Severity.WAJIB),
            remark_format='0" wajib diperbaiki"',
        ),
        Box(
            first="pagu", last="jumlah_catatan", caption="Terlambat", number="0",
            formula=f'COUNTIF({status},"{Status.TERLAMBAT}")', value=count[Status.TERLAMBAT],
            remark=f'SUMIFS({own.range(own.column("total_tidak_dihitung"))},{status},"{Status.TERLAMBAT}")',
            remark_value=sum(u.total_tidak_dihitung for u in recap.units if u.status is Status.TERLAMBAT),
            remark_format=f'"Rp"{RUPIAH_FORMAT}" tidak masuk RKT"',
        ),
    )  # fmt: skip
