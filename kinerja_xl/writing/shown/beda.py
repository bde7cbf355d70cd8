"""BEDA.xlsx: the comparison of two books, with live differences and sums. Same comparison, same bytes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from xlsxwriter.worksheet import Worksheet

from kinerja_xl.lists import programs
from kinerja_xl.office.kantor import Office
from kinerja_xl.reckoning import Sum
from kinerja_xl.reckoning.plan.comparable import ANGGARAN, INDIKATOR, KAS, SUB
from kinerja_xl.reckoning.plan.compare import Change, Comparison, FieldChange, Item, Shift, Total
from kinerja_xl.sheets import beda
from kinerja_xl.sheets.choices import JENIS_BELANJA
from kinerja_xl.sheets.rekap import UNKNOWN, UNKNOWN_ROWS, RecapSheet
from kinerja_xl.writing.book import OwnBook
from kinerja_xl.writing.shown.flat import At, Cell, Cells, begin, captioned, end, fill
from kinerja_xl.writing.shown.page import NO_BOOK, TITLE_ROWS, Frame, Layout, open_sheet, title_block
from kinerja_xl.writing.shown.table import TableGrid
from kinerja_xl.writing.styles import Styles, set_identity

_SAME, _OTHER = "sama", "BERBEDA"
_GAP = 3
_WHAT = {
    ANGGARAN: "baris anggaran (rekening, atau baris RAB bila keduanya memuatnya)", SUB: "sub kegiatan dalam rencana",
    INDIKATOR: "indikator", KAS: "rencana kas per sub kegiatan",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What the sheet says of one side: its words, year, how many rows were compared, what they come to."""

    label: str
    tahun: int
    baris: int
    total: Sum


@dataclass(frozen=True, slots=True, kw_only=True)
class BedaFrame(Frame):
    """The pages of this workbook; under each title stand both books instead of an office's stage."""

    sides: tuple[Compared, Compared]

    @property
    def subtitle(self) -> str:
        return f"{self.sides[0].label}  →  {self.sides[1].label}"


def write_comparison(
    comparison: Comparison, office: Office, sides: tuple[Compared, Compared], called: Mapping[str, str]
) -> bytes:  # fmt: skip
    """The workbook as bytes; ``office`` gives its name and paper to the pages, ``called`` what its units and sub kegiatan are
    called, by code."""
    workbook = OwnBook({"title": f"Perbandingan {sides[0].label} dan {sides[1].label}"})
    set_identity(workbook, beda.BEDA_BOOK.identity(office.tahun, office.nama))
    frame = BedaFrame(workbook=workbook, styles=Styles(workbook), office=office, tanggal=None, sides=sides)
    changes = _layout(beda.PERUBAHAN, sum(max(1, len(c.fields)) for c in comparison.changes))
    program = _layout(beda.PER_PROGRAM, len(comparison.per_program))
    jenis = _layout(beda.PER_JENIS, len(comparison.per_jenis))
    first = open_sheet(frame, beda.RINGKASAN)
    names = {kode: node.nama for kode, node in programs().items()} | dict(called)
    _write_changes(frame, changes, comparison.changes, names)
    _write_sums(frame, program, comparison.per_program, names)
    _write_sums(frame, jenis, comparison.per_jenis, JENIS_BELANJA)
    _write_summary(frame, first, comparison, changes, program, names)
    workbook.close()
    return workbook.data


def _layout(sheet: RecapSheet, rows: int) -> Layout:
    return Layout(sheet=sheet, around=sheet.table, book=NO_BOOK, rows=rows)


# ---- row by row ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    """One field that changed; ``first`` of its change, which alone shows amounts."""

    change: Change
    field: FieldChange | None
    first: bool


def _write_changes(frame: Frame, layout: Layout, changes: Sequence[Change], names: Mapping[str, str]) -> None:
    before, after = _sums(changes)
    gaps = sum(_amount(c.new) - _amount(c.old) for c in changes if not _open(c))
    totals = {"jumlah_lama": before, "jumlah_baru": after, "selisih_jumlah": gaps}
    grid = begin(TableGrid, frame, layout, totals)
    lines = (_Line(c, f, number == 0) for c in changes for number, f in enumerate(c.fields or (None,)))
    named: Cells = {
        "nama_unit": lambda at: names.get(at.of.change.item.unit), "nama_sub": lambda at: names.get(at.of.change.item.kode),
    }  # fmt: skip
    fill(grid, lines, {**_CHANGE, **named})
    end(grid)


def _amount(item: Item | None) -> int:
    return (item.amount or 0) if item else 0


def _open(change: Change) -> bool:
    """Whether an amount of a change is not known, so that nobody knows by how much it changed it."""
    return any(item is not None and item.unknown for item in (change.old, change.new))


def _sums(changes: Sequence[Change]) -> tuple[int, int]:
    """What the changed rows amounted to, and what they amount to now."""
    return sum(_amount(c.old) for c in changes), sum(_amount(c.new) for c in changes)


def _gap(at: At) -> Cell | None:
    field = at.of.field
    return Cell(field.selisih, f"{at.ref('baru')}-{at.ref('lama')}") if field and field.selisih is not None else None


def _from(at: At) -> str | None:
    """Where a moved row stood before."""
    old, new = at.of.change.old, at.of.change.new
    return _place(old) if old and new and at.of.first and _place(old) != _place(new) else None


def _money(at: At) -> tuple[int | str | None, int | str | None]:
    """The amounts of the change, on its first row; a dash for what is not known."""
    change = at.of.change
    return (_shown(change.old), _shown(change.new)) if at.of.first else (None, None)


def _shown(item: Item | None) -> int | str | None:
    return UNKNOWN if item and item.unknown and item.amount is None else item.amount if item else None


def _money_gap(at: At) -> Cell | str | None:
    change = at.of.change
    if not at.of.first or _open(change):
        return UNKNOWN if at.of.first else None
    old, new = _money(at)
    formula = f"N({at.ref('jumlah_baru')})-N({at.ref('jumlah_lama')})"
    return Cell(_amount(change.new) - _amount(change.old), formula) if (old, new) != (None, None) else None


_CHANGE: Cells = {
    "selisih": _gap, "asal": _from, "jumlah_lama": lambda at: _money(at)[0], "jumlah_baru": lambda at: _money(at)[1],
    "selisih_jumlah": _money_gap,
}  # fmt: skip


def _place(item: Item) -> str:
    return " ".join(part for part in (item.unit, item.kode, item.rekening) if part)


# ---- sums ------------------------------------------------------------------------------------


def _write_sums(frame: Frame, layout: Layout, totals: Sequence[Total], names: Mapping[str, str]) -> None:
    """One row per key; the differences are live."""
    before, after = sum(t.lama for t in totals), sum(t.baru for t in totals)
    unknown = sum(t.belum_diketahui for t in totals)
    grid = begin(TableGrid, frame, layout, {"lama": before, "baru": after, "selisih": after - before, UNKNOWN_ROWS: unknown})
    fill(grid, totals, {"nama": lambda at: names.get(at.of.kode)})
    end(grid, filtered=False)


# ---- summary ---------------------------------------------------------------------------------


def _write_summary(
    frame: BedaFrame, worksheet: Worksheet, comparison: Comparison, changes: Layout, program: Layout, names: Mapping[str, str]
) -> None:  # fmt: skip
    """Four small tables, one below the other, in shared columns."""
    widest = max((around.before for around in beda.RINGKASAN.tables), key=len)
    title_block(frame, worksheet, beda.RINGKASAN, widest)
    parts = list(dict.fromkeys((ANGGARAN, INDIKATOR, *(c.item.bagian for c in comparison.changes))))
    counts = {"dibandingkan": 2, "selisih": 2, "hitungan": len(parts), "pergeseran": len(comparison.shifts)}
    grids: dict[str, TableGrid] = {}
    top = TITLE_ROWS + 1
    for around in beda.RINGKASAN.tables:
        own = Layout(sheet=beda.RINGKASAN, around=around, book=NO_BOOK, rows=counts[around.key], top=top)
        grids[around.key], top = captioned(TableGrid, frame, worksheet, own), own.last + _GAP
    sides: Cells = {"sisi": lambda at: (beda.OLD, beda.NEW)[at.number - 1], UNKNOWN_ROWS: lambda at: at.of.total.unknown}
    fill(grids["dibandingkan"], frame.sides, sides)
    _write_difference(grids["selisih"], comparison, changes, program)
    _write_counts(grids["hitungan"], comparison, parts, changes)
    _write_shifts(grids["pergeseran"], comparison.shifts, names)
    for grid in grids.values():
        grid.finish(filtered=False, widths=False)
    layouts = [grid.layout for grid in grids.values()]
    for number, column in enumerate(widest):
        worksheet.set_column(number, number, column.width)
    worksheet.print_area(0, 0, layouts[-1].last, len(widest) - 1)


def _write_difference(grid: TableGrid, comparison: Comparison, changes: Layout, program: Layout) -> None:
    """The totals of both books, and beside them what the single changes add up to."""
    row, ref = grid.layout.first, grid.layout.ref
    gap = comparison.baru - comparison.lama
    grid.write(row, "apa", "Jumlah anggaran")
    grid.write(row, "keterangan", _verdict(comparison))
    for key, value in (("lama", comparison.lama), ("baru", comparison.baru)):
        grid.formula(row, key, f"SUM({program.span(key)})", value)
    grid.formula(row, "selisih", f"{ref('baru', row)}-{ref('lama', row)}", gap)
    below = row + 1
    grid.write(below, "apa", "Perubahan satu per satu")
    grid.write(below, "keterangan", f"jumlah dari lembar {beda.PERUBAHAN.name}")
    before, after = _sums(comparison.changes)
    for key, value in (("lama", before), ("baru", after)):
        grid.formula(below, key, f"SUM({changes.span(f'jumlah_{key}')})", value)
    grid.formula(below, "selisih", f"{ref('baru', below)}-{ref('lama', below)}", after - before)
    same = f'IF({ref("selisih", row)}={ref("selisih", below)},"{_SAME}","{_OTHER}")'
    grid.formula(below, "cek", same, _SAME if after - before == gap else _OTHER)


def _verdict(comparison: Comparison) -> str:
    if comparison.unknown:
        return f"dari yang diketahui saja; {comparison.unknown} baris belum diketahui"
    if not comparison.changes:
        return "tidak ada yang berubah"
    if comparison.baru != comparison.lama:
        return "bertambah" if comparison.baru > comparison.lama else "berkurang"
    moved = any(_amount(c.old) != _amount(c.new) or c.kind == "pindah" for c in comparison.changes)
    return "pergeseran: isinya berubah, jumlahnya tetap" if moved else "jumlahnya tetap"


def _write_counts(grid: TableGrid, comparison: Comparison, parts: Sequence[str], changes: Layout) -> None:
    def count(at: At, word: str) -> Cell:
        number = sum(1 for c in comparison.changes if c.item.bagian == at.of and c.kind == word)
        criteria = f'{changes.span("bagian")},{at.ref("bagian")},{changes.span("jenis")},"{word}"'
        return Cell(number, f"SUMIFS({changes.span('hitung')},{criteria})")

    def told(at: At) -> str:
        lines = sum(max(1, len(c.fields)) for c in comparison.changes if c.item.bagian == at.of)
        return _WHAT[at.of] + (f": {lines} isian" if lines else "")

    counts: Cells = {word: partial(count, word=word) for word in beda.KINDS}
    fill(grid, parts, {"bagian": lambda at: at.of, "keterangan": told, **counts})


def _write_shifts(grid: TableGrid, shifts: Sequence[Shift], names: Mapping[str, str]) -> None:
    cells: Cells = {
        "nama": lambda at: f"{at.of.kode} {names.get(at.of.kode, '')}".strip() or "seluruh anggaran",
        "nama_unit": lambda at: names.get(at.of.unit, at.of.unit),
    }  # fmt: skip
    fill(grid, shifts, cells)
