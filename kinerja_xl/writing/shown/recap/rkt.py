"""Sheet ``RKT``: the Rencana Kinerja Tahunan, program by program with the chain it serves, its indicators and its budget."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kinerja_xl.reckoning import beside
from kinerja_xl.reckoning.recap import Recap, RktLine
from kinerja_xl.reckoning.recap.alignment import Link, Step, align, cascade
from kinerja_xl.reckoning.recap.ledger import UNKNOWN_CODE
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.model import Book
from kinerja_xl.writing.shown.flat import At, Cell, Cells, begin, end, fill, foresee, put_row
from kinerja_xl.writing.shown.page import Layout, signature_block
from kinerja_xl.writing.shown.recap.frame import Context, Grid, layout_of, write_flat, writes
from kinerja_xl.writing.shown.sums import KEGIATAN, PROGRAM, SUB, code_keys, joined, sub_key
from kinerja_xl.writing.shown.table import shorten, text_literal

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
    return layout_of(rekap.RKT, book, len(rows(recap)))


@lru_cache(maxsize=1)
def rows(recap: Recap) -> tuple[Head | RktLine, ...]:
    """The lines under their headings, worked out once."""
    return tuple(_rows(recap))


def _rows(recap: Recap) -> Iterator[Head | RktLine]:
    """Every line after the headings of its program and kegiatan."""
    before: tuple[str, str] | None = None
    for line in recap.in_force.rkt:
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
    goals = (("", above), ("Sasaran: ", line.sasaran), ("IKU: ", line.iku_with_target))
    for caption, text in goals:
        if text:
            yield Head(words=str(shorten(f"{caption}{text}", _LONGEST_CHAIN)), layer="faded", level=1)


@writes(rekap.RKT)
def write_rkt(context: Context) -> None:
    own, items = context.layouts["rkt"], list(enumerate(rows(context.recap), start=context.layouts["rkt"].first))
    in_force, locked = context.recap.in_force, context.recap.agreed
    shown = replace(context, menurut=locked.menurut if locked else "")
    more = "" if locked else f"Target dan anggaran {in_force.menurut}. {beside(context.recap.outside())}".rstrip()
    titled = replace(own, sheet=replace(own.sheet, title=in_force.titled(own.sheet.title)))
    grid = begin(Grid, shown, titled, {"anggaran": in_force.total}, more=more, folds=True)
    foresee(grid, [item for _, item in items if isinstance(item, RktLine)], _CELLS)
    grid.settle()
    blocks = _blocks([item for _, item in items])
    for row, item in items:
        if isinstance(item, Head):
            _head(grid, row, item, blocks.get(row - own.first, ()))
        else:
            put_row(grid, row, item, _CELLS)
            grid.end_row(row, level=2)
    bottom = signature_block(shown, grid.worksheet, own, own.last + 2)
    heads = {row for row, item in items if isinstance(item, Head)}
    end(grid, bottom, heads=heads, signature=own.last + 2)


def _blocks(items: Sequence[Head | RktLine]) -> dict[int, Sequence[Head | RktLine]]:
    """The lines below each heading that adds up, down to the next one that is not below it, by the heading's place."""
    found: dict[int, Sequence[Head | RktLine]] = {}
    ends: dict[int, int] = {}
    for place, item in reversed(list(enumerate(items))):
        if isinstance(item, Head) and item.key:
            end = min((at for level, at in ends.items() if level <= item.level), default=len(items))
            found[place], ends[item.level] = items[place + 1 : end], place
    return found


def _head(grid: Grid, row: int, head: Head, block: Sequence[Head | RktLine]) -> None:
    """Live from the RAB sheet; a locked plan, which no RAB changes any more, adds up its own lines."""
    rab, amounts = grid.frame.layouts["rab"], {}
    if head.key and grid.frame.recap.agreed:
        own = [grid.layout.ref("anggaran", at) for at in (row + 1, row + len(block))]
        total = sum(item.anggaran or 0 for item in block if isinstance(item, RktLine))
        amounts["jumlah_tingkat"] = (f"SUM({own[0]}:{own[1]})", total)
    elif head.key:
        formula = f"SUMIFS({rab.span('jumlah_dihitung')},{rab.span(head.column)},{text_literal(head.key)})"
        amounts["jumlah_tingkat"] = (formula, grid.frame.sums.code[head.key].counted)
    grid.group_row(row, _LABEL, head.words, head.layer, amounts, head.level)


def _named(code: str, name: str) -> str:
    return f"{code} {name}".strip()


def _anggaran(at: At, code: str) -> Cell:
    """Live from the RAB sheet; a figure where it is not the sum of the counted lines of the unit's sub kegiatan ``code``."""
    key = joined(at.of.unit, code_keys(code)[2])
    fixed = isinstance(at.of, RktLine) and at.context.recap.agreed is not None
    if fixed or at.of.anggaran is None or at.context.sums.unit_sub[key].counted != at.of.anggaran:
        return Cell(at.of.anggaran)
    return Cell(at.of.anggaran, counted_of_sub(at, "kode_sub" if "kode_sub" in at.grid.layout.own else "kode"))


def counted_of_sub(at: At, code: str) -> str:
    """What the RAB sheet counts for the unit and the sub kegiatan (column ``code``) of this row."""
    criterion = f'{at.ref("unit")}&"|{SUB} "&{at.ref(code)}'
    return f"SUMIFS({at.span('rab', 'jumlah_dihitung')},{at.span('rab', 'kunci_sub')},{criterion})"


_CELLS: Cells = {
    "program": lambda at: _named(at.of.program, at.of.program_nama),
    "kegiatan": lambda at: _named(at.of.kegiatan, at.of.kegiatan_nama),
    # Blank for an indicator of a program or kegiatan; an amount always has a code to be added up by.
    "kode_sub": lambda at: at.of.kode_sub if at.of.anggaran is None else sub_key(at.of.kode_sub),
    "anggaran": lambda at: _anggaran(at, at.of.kode_sub),
    "jumlah_tingkat": lambda at: None,
}


# ---- Sheet ``Matriks Keselarasan``: from the misi down to the rupiah, with what is missing in between ----

_LAYERS: dict[Step, tuple[str, ...]] = {Step.SASARAN: ("program",), Step.PROGRAM: ("kegiatan",)}
_LEVELS = {Step.SASARAN: 0, Step.IKU: 1, Step.PROGRAM: 1, Step.SUB: 2, Step.INDIKATOR: 2}


def keselarasan_layout(recap: Recap, book: Book) -> Layout:
    return layout_of(rekap.KESELARASAN, book, len(_links(recap)))


_links = lru_cache(maxsize=1)(align)


@writes(rekap.KESELARASAN)
def write_keselarasan(context: Context) -> None:
    own, links = context.layouts["keselarasan"], _links(context.recap)
    programs = [link for link in links if link.step is Step.PROGRAM]
    total = sum(link.anggaran or 0 for link in links if link.step is Step.SUB)
    formula = f'SUMIFS({{}},{own.range(own.column("tingkat"))},"{Step.SUB}")'
    grid = begin(Grid, context, own, {"anggaran": total}, formula, more=_verdict(links), folds=True)
    cells: Cells = {
        "tingkat": lambda at: at.of.step.value,
        "anggaran": lambda at: _anggaran(at, at.of.kode) if at.of.step is Step.SUB else _above(at, programs),
        "celah": lambda at: Cell("; ".join(at.of.gaps) or None, look=("cek",) if at.of.gaps else None),
    }
    fill(grid, links, cells, level=lambda link: _LEVELS[link.step], look=lambda link: _LAYERS.get(link.step, ()))
    heads = {row for row, link in enumerate(links, start=own.first) if link.step in _LAYERS}
    end(grid, heads=heads)


def _verdict(links: tuple[Link, ...]) -> str:
    """How many chains break, in a few words."""
    gaps = sum(len(link.gaps) for link in links)
    return f"Celah: {gaps}." if gaps else "Tidak ada celah."


def _above(at: At, programs: list[Link]) -> Cell:
    """Live from the RAB sheet what the ``programs`` below add up to: a sum over the column itself would be a circle."""
    link: Link = at.of
    if link.anggaran is None:
        return Cell(None)
    keys = [f"{PROGRAM} {other.program}" for other in programs if _below(other, link)]
    amounts, codes = (at.span("rab", key) for key in ("jumlah_dihitung", "program"))
    formula = "+".join(f"SUMIFS({amounts},{codes},{text_literal(key)})" for key in keys)
    counted = sum(at.context.sums.code[key].counted for key in keys)
    return Cell(link.anggaran, formula if counted == link.anggaran else "")


def _below(other: Link, link: Link) -> bool:
    return other.program == link.program if link.step is Step.PROGRAM else other.sasaran == link.sasaran


@writes(rekap.JENJANG)
def write_jenjang(context: Context) -> None:
    """The Perjanjian Kinerja of Camat, Sekcam and units side by side, as one carries the other."""
    write_flat(context, rekap.JENJANG, cascade(context.recap))
