"""Sheet ``Per Program``: program, kegiatan and sub kegiatan with a subtotal at each level, foldable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kinerja_xl.lists.accounts import JENIS_BELANJA
from kinerja_xl.reckoning.recap import Recap
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.model import Book, Column
from kinerja_xl.writing.shown.page import Context, Layout, close_sheet, open_sheet, signature_block, title_block
from kinerja_xl.writing.shown.sums import KEGIATAN, PROGRAM, SUB, UNKNOWN_CODE, Sums, ancestors, jenis_label, joined, sub_key
from kinerja_xl.writing.shown.table import ALL_ROWS, UNKNOWN, Grid, set_breaks

_LEVELS = (PROGRAM, KEGIATAN, SUB)
_LAYERS: dict[str, tuple[str, ...]] = {PROGRAM: ("program",), KEGIATAN: ("kegiatan",), SUB: ()}
_NO_NAME = "(tidak ada di daftar program kantor)"
_KEY_COLUMN = {PROGRAM: "program", KEGIATAN: "kegiatan", SUB: "sub"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One row of the tree. ``pagu`` in rupiah of everything below it; ``units`` of a sub kegiatan.

    ``adds_up``: that pagu is the sum over the codes that begin with this one, so that a formula can say it.
    """

    kode: str
    tingkat: str
    nama: str
    units: tuple[str, ...]
    pagu: int
    adds_up: bool


def per_program_layout(recap: Recap, book: Book) -> Layout:
    rows = sum(1 for _ in tree(recap))
    return Layout(sheet=rekap.PER_PROGRAM, around=rekap.PER_PROGRAM.table, book=book, rows=rows)


def tree(recap: Recap) -> Iterator[Node]:
    """Every code with a line or a pagu, each after its parents, by code; codes without a place come last."""
    units: defaultdict[str, set[str]] = defaultdict(set)
    pagu: defaultdict[tuple[str, str], int] = defaultdict(int)
    for line in recap.lines:
        units[sub_key(line.kode_sub)].add(line.unit)
    for (unit, code), amount in recap.office.pagu.items():
        units[sub_key(code)].add(unit)
        for level, key in zip(_LEVELS, (*ancestors(code), sub_key(code)), strict=True):
            pagu[level, key] += amount
    names, pagu_of = _names(recap), _pagu_by_code(recap)
    before: tuple[str, str] = ("", "")
    for code in sorted(units, key=lambda c: (ancestors(c)[0] == UNKNOWN_CODE, ancestors(c), c)):
        path = (*ancestors(code), code)
        for depth, (level, kode) in enumerate(zip(_LEVELS, path, strict=True)):
            if depth == 2 or path[: depth + 1] != before[: depth + 1]:
                own = tuple(sorted(units[code])) if depth == 2 else ()
                total = pagu[level, kode]
                adds_up = total == sum(p for c, p in pagu_of.items() if c.startswith(f"{kode}."))
                yield Node(
                    kode=kode, tingkat=level, nama=names.get(kode) or _NO_NAME, units=own, pagu=total, adds_up=adds_up
                )  # fmt: skip
        before = path[:2]


def _pagu_by_code(recap: Recap) -> dict[str, int]:
    pagu: defaultdict[str, int] = defaultdict(int)
    for (_, code), amount in recap.office.pagu.items():
        pagu[code] += amount
    return pagu


def _names(recap: Recap) -> dict[str, str]:
    """Names from the RKT, the office's own tree over them."""
    names = {UNKNOWN_CODE: "Kode tidak dikenal; perbaiki di berkas unit"}
    for line in recap.rkt:
        names.update({line.program: line.program_nama, line.kegiatan: line.kegiatan_nama, line.kode_sub: line.nama_sub})
    return names | {code: node.nama for code, node in recap.office.programs.items()}


def write_per_program(context: Context) -> None:
    own = context.layouts["per_program"]
    worksheet = open_sheet(context, rekap.PER_PROGRAM)
    worksheet.outline_settings(symbols_below=False)
    title_block(context, worksheet, rekap.PER_PROGRAM)
    grid = Grid(context, worksheet, own)
    levels = own.range(own.column("tingkat"))
    grid.head(_totals(context), f'SUMIFS({{}},{levels},"{SUB}")')
    for row, node in enumerate(tree(context.recap), start=own.first):
        _node(grid, row, node)
        grid.end_row(row, level=_LEVELS.index(node.tingkat))
    bottom = signature_block(context, worksheet, own, own.last + 2)
    heads = {row for row, node in enumerate(tree(context.recap), start=own.first) if node.tingkat != SUB}
    set_breaks(worksheet, own, context.office, grid.points, heads, (own.last + 2, bottom))
    grid.finish()
    close_sheet(worksheet, own, bottom)


def _totals(context: Context) -> dict[str, int]:
    total = context.sums.total
    pagu = sum(context.recap.office.pagu.values())
    return {"baris_rab": total.rows, "dihitung": total.counted, "tidak_dihitung": total.uncounted, "pagu": pagu}


def _node(grid: Grid, row: int, node: Node) -> None:
    own, rab = grid.layout, grid.context.layouts["rab"]
    layers = _LAYERS[node.tingkat]
    for key, text in (("kode", node.kode), ("tingkat", node.tingkat), ("nama", node.nama)):
        grid.write(row, key, text, *layers)
    grid.write(row, "unit", ", ".join(node.units), *layers)
    keys = rab.span(_KEY_COLUMN[node.tingkat])
    criterion = f'{own.ref("tingkat", row)}&" "&{own.ref("kode", row)}'
    amount = grid.context.sums.code[f"{node.tingkat} {node.kode}"]
    grid.formula(row, "baris_rab", f"COUNTIF({keys},{criterion})", amount.rows, *layers)
    for key, value in (("dihitung", amount.counted), ("tidak_dihitung", amount.uncounted)):
        grid.formula(row, key, f"SUMIFS({rab.span(f'jumlah_{key}')},{keys},{criterion})", value, *layers)
    _pagu(grid, row, node, amount.counted, layers)


def _pagu(grid: Grid, row: int, node: Node, counted: int, layers: tuple[str, ...]) -> None:
    """Pagu is typed for a sub kegiatan and added up above it; its share is a dash where there is none.

    It is added up over a copy in a folded column: a sum over its own column is a circle to Excel, whatever its criteria.
    """
    own, cell = grid.layout, grid.layout.ref("pagu", row)
    if node.tingkat == SUB or not node.adds_up:
        grid.write(row, "pagu", node.pagu, *layers)
    else:
        pagu, codes = (own.range(own.column(key)) for key in ("pagu_sub", "kode"))
        grid.formula(row, "pagu", f'SUMIFS({pagu},{codes},{own.ref("kode", row)}&".*")', node.pagu, *layers)
    if node.tingkat == SUB:
        grid.formula(row, "pagu_sub", cell, node.pagu)
    share = f'IF(N({cell})>0,{own.ref("dihitung", row)}/{cell},"{UNKNOWN}")'
    grid.formula(row, "persen_pagu", share, counted / node.pagu if node.pagu else UNKNOWN, *layers)


# ---- Sheet ``Unit x Jenis Belanja``: the matrix with totals both ways ----

UNKNOWN_UNIT = "(unit tidak dikenal)"


def units(recap: Recap, sums: Sums) -> list[tuple[str, str]]:
    """(code, name) of the office's units in its order, then of any other that lines name."""
    known = {unit.kode: unit.nama for unit in recap.units}
    return [*known.items(), *((code, UNKNOWN_UNIT) for code in sorted(sums.unit) if code not in known)]


def jenis_keys(recap: Recap) -> list[str]:
    """The jenis belanja that get a column; "" (not known) only where a line needs it."""
    return [*JENIS_BELANJA, *([""] if any(line.jenis not in JENIS_BELANJA for line in recap.lines) else [])]


def unit_jenis_layout(recap: Recap, book: Book, sums: Sums) -> Layout:
    """A column per jenis belanja between the declared ones, shaped like the column of totals."""
    around = rekap.UNIT_JENIS.table
    like = around.after[0]
    extra = tuple(_jenis_column(like, key) for key in jenis_keys(recap))
    return Layout(sheet=rekap.UNIT_JENIS, around=around, book=book, rows=len(units(recap, sums)), extra=extra)


def _jenis_column(like: Column, jenis: str) -> Column:
    return replace(like, key=f"jenis_{jenis}", label=jenis_label(jenis))


def write_unit_jenis(context: Context) -> None:
    grid_layout = context.layouts["unit_jenis"]
    worksheet = open_sheet(context, rekap.UNIT_JENIS)
    title_block(context, worksheet, rekap.UNIT_JENIS)
    grid = Grid(context, worksheet, grid_layout)
    grid.head({})
    for row, (code, name) in enumerate(units(context.recap, context.sums), start=grid_layout.first):
        _unit(grid, row, code, name)
    bottom = grid_layout.last + 1
    grid.total_row(bottom, ALL_ROWS, _jenis_totals(context))
    grid.finish()
    close_sheet(worksheet, grid_layout, bottom)


def _unit(grid: Grid, row: int, code: str, name: str) -> None:
    sums, own = grid.context.sums, grid.layout
    rab = grid.context.layouts["rab"]
    grid.write(row, "kode", code)
    grid.write(row, "nama", name)
    keys = [c.key for c in own.extra]
    for column in own.extra:
        criterion = f'{own.ref("kode", row)}&"|{column.label}"'
        formula = f"SUMIFS({rab.span('jumlah_dihitung')},{rab.span('kunci_jenis')},{criterion})"
        grid.formula(row, column.key, formula, sums.unit_jenis[joined(code, column.label)].counted)
    grid.formula(row, "dihitung", f"SUM({own.ref(keys[0], row)}:{own.ref(keys[-1], row)})", sums.unit[code].counted)
    others = f"SUMIFS({rab.span('jumlah_tidak_dihitung')},{rab.span('unit')},{own.ref('kode', row)})"
    grid.formula(row, "tidak_dihitung", others, sums.unit[code].uncounted)
    grid.end_row(row)


def _jenis_totals(context: Context) -> dict[str, int]:
    sums = context.sums
    per_jenis = {
        column.key: sum(a.counted for key, a in sums.unit_jenis.items() if key.endswith(f"|{column.label}"))
        for column in context.layouts["unit_jenis"].extra
    }
    return {**per_jenis, "dihitung": sums.total.counted, "tidak_dihitung": sums.total.uncounted}
