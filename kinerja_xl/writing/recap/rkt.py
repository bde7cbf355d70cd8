"""Sheet ``RKT``: the Rencana Kinerja Tahunan from misi down to sub kegiatan, indicator and budget."""

from __future__ import annotations

from kinerja_xl.reckoning.recap import RktLine
from kinerja_xl.sheets import rekap
from kinerja_xl.writing.recap.grid import Grid
from kinerja_xl.writing.recap.page import Context, close_sheet, open_sheet, signature_block, title_block
from kinerja_xl.writing.recap.sums import SUB, code_keys, joined, sub_key


def write(context: Context) -> None:
    layout = context.layouts["rkt"]
    worksheet = open_sheet(context, rekap.RKT)
    title_block(context, worksheet, rekap.RKT)
    grid = Grid(context, worksheet, layout)
    grid.head({"anggaran": sum(line.anggaran or 0 for line in context.recap.rkt)})
    for row, line in enumerate(context.recap.rkt, start=layout.first):
        _line(grid, row, line)
    bottom = signature_block(context, worksheet, layout, layout.last + 2)
    grid.finish()
    close_sheet(worksheet, layout, bottom)


def _line(grid: Grid, row: int, line: RktLine) -> None:
    cells = {
        "misi": line.misi, "tujuan": line.tujuan, "sasaran": line.sasaran, "iku": line.iku,
        "iku_target": line.iku_target,
        "program": _named(line.program, line.program_nama), "kegiatan": _named(line.kegiatan, line.kegiatan_nama),
        "kode_sub": _code(line), "nama_sub": line.nama_sub, "level": line.level, "indikator": line.indikator,
        "target": line.target, "satuan": line.satuan,
    }  # fmt: skip
    for key, value in cells.items():
        grid.write(row, key, None if value == "" else value)
    _anggaran(grid, row, line)
    grid.write(row, "unit", line.unit)
    grid.end_row(row)


def _code(line: RktLine) -> str:
    """Blank for an indicator of a program or kegiatan; an amount always has a code to be added up by."""
    return line.kode_sub if line.anggaran is None else sub_key(line.kode_sub)


def _named(code: str, name: str) -> str:
    return f"{code} {name}".strip()


def _anggaran(grid: Grid, row: int, line: RktLine) -> None:
    """Live from the RAB sheet; a figure where it is not the sum of the counted lines."""
    if line.anggaran is None:
        return
    own, rab, sums = grid.layout, grid.context.layouts["rab"], grid.context.sums
    criterion = f'{own.ref("unit", row)}&"|{SUB} "&{own.ref("kode_sub", row)}'
    if sums.unit_sub[joined(line.unit, code_keys(line.kode_sub)[2])].counted == line.anggaran:
        formula = f"SUMIFS({rab.span('jumlah_dihitung')},{rab.span('kunci_sub')},{criterion})"
        grid.formula(row, "anggaran", formula, line.anggaran)
    else:
        grid.write(row, "anggaran", line.anggaran)
