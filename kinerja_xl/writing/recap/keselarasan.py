"""Sheet ``Matriks Keselarasan``: from the misi down to the rupiah, with what is missing in between."""

from __future__ import annotations

from kinerja_xl.reckoning.alignment import Link, Step, align
from kinerja_xl.reckoning.recap import Recap
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.model import Book
from kinerja_xl.writing.recap.grid import Grid, text_literal
from kinerja_xl.writing.recap.layout import Layout
from kinerja_xl.writing.recap.page import Context, close_sheet, open_sheet, title_block
from kinerja_xl.writing.recap.paging import set_breaks
from kinerja_xl.writing.recap.sums import PROGRAM, SUB, code_keys, joined

_LAYERS: dict[Step, tuple[str, ...]] = {Step.SASARAN: ("program",), Step.PROGRAM: ("kegiatan",)}
_LEVELS = {Step.SASARAN: 0, Step.IKU: 1, Step.PROGRAM: 1, Step.SUB: 2, Step.INDIKATOR: 2}


def layout(recap: Recap, book: Book) -> Layout:
    sheet = rekap.KESELARASAN
    return Layout(sheet=sheet, around=sheet.table, book=book, rows=len(align(recap)))


def write(context: Context) -> None:
    own, links = context.layouts["keselarasan"], align(context.recap)
    worksheet = open_sheet(context, rekap.KESELARASAN)
    worksheet.outline_settings(symbols_below=False)
    title_block(context, worksheet, rekap.KESELARASAN, _verdict(links))
    grid = Grid(context, worksheet, own)
    total = sum(link.anggaran or 0 for link in links if link.step is Step.SUB)
    grid.head({"anggaran": total}, f'SUMIFS({{}},{own.range(own.column("tingkat"))},"{Step.SUB}")')
    for row, link in enumerate(links, start=own.first):
        _link(grid, row, link, links)
        grid.end_row(row, level=_LEVELS[link.step])
    heads = {row for row, link in enumerate(links, start=own.first) if link.step in _LAYERS}
    set_breaks(worksheet, own, context.office, grid.points, heads)
    grid.finish()
    close_sheet(worksheet, own, own.last)


def _verdict(links: tuple[Link, ...]) -> str:
    """How many chains break, in a few words."""
    gaps = sum(len(link.gaps) for link in links)
    return f"Celah: {gaps}." if gaps else "Tidak ada celah."


def _link(grid: Grid, row: int, link: Link, links: tuple[Link, ...]) -> None:
    layers = _LAYERS.get(link.step, ())
    cells = {
        "tingkat": link.step.value, "kode": link.kode, "uraian": link.uraian, "unit": link.unit, "level": link.level,
        "indikator": link.indikator, "target": link.target, "satuan": link.satuan,
    }  # fmt: skip
    for key, value in cells.items():
        grid.write(row, key, None if value == "" else value, *layers)
    _amount(grid, row, link, links, layers)
    grid.write(row, "celah", "; ".join(link.gaps) or None, *(("cek",) if link.gaps else layers))


def _amount(grid: Grid, row: int, link: Link, links: tuple[Link, ...], layers: tuple[str, ...]) -> None:
    """Live from the RAB sheet: a sum over the column itself would be a circle."""
    if link.anggaran is None:
        grid.write(row, "anggaran", None, *layers)
        return
    rab, sums = grid.context.layouts["rab"], grid.context.sums
    amounts = rab.span("jumlah_dihitung")
    if link.step is Step.SUB:
        key = joined(link.unit, code_keys(link.kode)[2])
        criterion = f'{grid.layout.ref("unit", row)}&"|{SUB} "&{grid.layout.ref("kode", row)}'
        formula, counted = f"SUMIFS({amounts},{rab.span('kunci_sub')},{criterion})", sums.unit_sub[key].counted
    else:
        own = [other.program for other in links if other.step is Step.PROGRAM and _below(other, link)]
        keys = [f"{PROGRAM} {program}" for program in own]
        formula = "+".join(f"SUMIFS({amounts},{rab.span('program')},{text_literal(key)})" for key in keys)
        counted = sum(sums.code[key].counted for key in keys)
    if formula and counted == link.anggaran:
        grid.formula(row, "anggaran", formula, link.anggaran, *layers)
    else:
        grid.write(row, "anggaran", link.anggaran, *layers)


def _below(other: Link, link: Link) -> bool:
    return other.program == link.program if link.step is Step.PROGRAM else other.sasaran == link.sasaran
