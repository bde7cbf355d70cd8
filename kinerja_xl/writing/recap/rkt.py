"""Sheet ``RKT``: the Rencana Kinerja Tahunan, program by program with the chain it serves, its indicators and its budget."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kinerja_xl.reckoning.recap import Recap, RktLine
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.model import Book
from kinerja_xl.writing.recap.grid import Grid, shorten, text_literal
from kinerja_xl.writing.recap.layout import Layout
from kinerja_xl.writing.recap.page import Context, close_sheet, open_sheet, signature_block, title_block
from kinerja_xl.writing.recap.paging import set_breaks
from kinerja_xl.writing.recap.sums import KEGIATAN, PROGRAM, SUB, UNKNOWN_CODE, code_keys, joined, sub_key

_LABEL = "kode_sub"
"""First column that is shown: group headings begin there."""

_LONGEST_CHAIN = 200
"""Characters of the chain above a program that one printed line holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A heading of a group: its words, its look, how deep it is folded, and the key of the RAB sheet that it adds up."""

    words: str
    layer: str
    level: int
    column: str = ""
    key: str = ""


def layout(recap: Recap, book: Book) -> Layout:
    return Layout(sheet=rekap.RKT, around=rekap.RKT.table, book=book, rows=sum(1 for _ in rows(recap)))


def rows(recap: Recap) -> Iterator[Head | RktLine]:
    """Every line after the headings of its program and kegiatan."""
    before: tuple[str, str] | None = None
    for line in recap.rkt:
        program = line.program or UNKNOWN_CODE
        if before is None or before[0] != program:
            yield from _program(line, program)
            before = (program, "")
        if line.kegiatan and before[1] != line.kegiatan:
            words, key = _named(line.kegiatan, line.kegiatan_nama), f"{KEGIATAN} {line.kegiatan}"
            yield Head(words=words, layer="kegiatan", level=1, column="kegiatan", key=key)
            before = (program, line.kegiatan)
        yield line


def _program(line: RktLine, program: str) -> Iterator[Head]:
    words = _named(program, line.program_nama)
    yield Head(words=words, layer="program", level=0, column="program", key=f"{PROGRAM} {program}")
    above = "  ›  ".join(part for part in (line.misi, line.tujuan) if part)
    target = f" (target {line.iku_target})" if line.iku_target else ""
    goals = (("", above), ("Sasaran: ", line.sasaran), ("IKU: ", f"{line.iku}{target}" if line.iku else ""))
    for caption, text in goals:
        if text:
            yield Head(words=str(shorten(f"{caption}{text}", _LONGEST_CHAIN)), layer="faded", level=1)


def write(context: Context) -> None:
    own = context.layouts["rkt"]
    worksheet = open_sheet(context, rekap.RKT)
    worksheet.outline_settings(symbols_below=False)
    title_block(context, worksheet, rekap.RKT, column=own.column(_LABEL))
    grid = Grid(context, worksheet, own)
    grid.head({"anggaran": sum(line.anggaran or 0 for line in context.recap.rkt)})
    for row, item in enumerate(rows(context.recap), start=own.first):
        if isinstance(item, Head):
            _head(grid, row, item)
        else:
            _line(grid, row, item)
    bottom = signature_block(context, worksheet, own, own.last + 2)
    heads = {row for row, item in enumerate(rows(context.recap), start=own.first) if isinstance(item, Head)}
    set_breaks(worksheet, own, context.office, grid.points, heads, (own.last + 2, bottom))
    grid.finish()
    close_sheet(worksheet, own, bottom)


def _head(grid: Grid, row: int, head: Head) -> None:
    rab, amounts = grid.context.layouts["rab"], {}
    if head.key:
        formula = f"SUMIFS({rab.span('jumlah_dihitung')},{rab.span(head.column)},{text_literal(head.key)})"
        amounts["jumlah_tingkat"] = (formula, grid.context.sums.code[head.key].counted)
    grid.group_row(row, _LABEL, head.words, head.layer, amounts, head.level)


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
    grid.end_row(row, level=2)


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
