"""Sheet ``RKT``: the Rencana Kinerja Tahunan, program by program with the chain it serves, its indicators and its budget."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kinerja_xl.reckoning.recap import Recap, RktLine
from kinerja_xl.reckoning.recap.alignment import Link, Promise, Rung, Step, align, cascade
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.model import Book
from kinerja_xl.writing.shown.page import Context, Layout, close_sheet, open_sheet, signature_block, title_block
from kinerja_xl.writing.shown.sums import KEGIATAN, PROGRAM, SUB, UNKNOWN_CODE, code_keys, joined, sub_key
from kinerja_xl.writing.shown.table import Grid, set_breaks, shorten, text_literal

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


def rkt_layout(recap: Recap, book: Book) -> Layout:
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


def write_rkt(context: Context) -> None:
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


# ---- Sheet ``Matriks Keselarasan``: from the misi down to the rupiah, with what is missing in between ----

_LAYERS: dict[Step, tuple[str, ...]] = {Step.SASARAN: ("program",), Step.PROGRAM: ("kegiatan",)}
_LEVELS = {Step.SASARAN: 0, Step.IKU: 1, Step.PROGRAM: 1, Step.SUB: 2, Step.INDIKATOR: 2}


def keselarasan_layout(recap: Recap, book: Book) -> Layout:
    sheet = rekap.KESELARASAN
    return Layout(sheet=sheet, around=sheet.table, book=book, rows=len(align(recap)))


def write_keselarasan(context: Context) -> None:
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


# ---- Sheet ``Jenjang PK``: the Perjanjian Kinerja of Camat, Sekcam and units side by side, as one carries the other ----

def write_jenjang(context: Context) -> None:
    sheet, rungs = rekap.JENJANG, cascade(context.recap)
    layout = Layout(sheet=sheet, around=sheet.table, book=context.book, rows=len(rungs))
    worksheet = open_sheet(context, sheet)
    title_block(context, worksheet, sheet)
    grid = Grid(context, worksheet, layout)
    grid.head({})
    for row, rung in enumerate(rungs, start=layout.first):
        _rung(grid, row, rung)
    grid.finish()
    close_sheet(worksheet, layout, layout.last)


def _rung(grid: Grid, row: int, rung: Rung) -> None:
    layers = ("block",) if rung.first else ()
    for suffix, promise in (("camat", rung.camat), ("sekcam", rung.sekcam), ("unit", rung.unit)):
        if suffix == "unit":
            grid.write(row, "unit", promise.who if promise else None, *layers)
        grid.write(row, f"sasaran_{suffix}", _shown(promise, "sasaran"), *layers)
        grid.write(row, f"indikator_{suffix}", _shown(promise, "indikator"), *layers)
        grid.write(row, f"target_{suffix}", _shown(promise, "target"), *layers)
    grid.write(row, "celah", rung.gap.value if rung.gap else None, *(*layers, *(("cek",) if rung.gap else ())))
    grid.end_row(row)


def _shown(promise: Promise | None, field: str) -> str | None:
    text: str = getattr(promise, field) if promise else ""
    return text or None
