"""BEDA.xlsx: the comparison of two books, with live differences and sums. Same comparison, same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from kinerja_xl.lists.codes import programs
from kinerja_xl.office.kantor import Office
from kinerja_xl.reckoning.plan.comparable import ANGGARAN, INDIKATOR, KAS, SUB
from kinerja_xl.reckoning.plan.compare import Change, Comparison, FieldChange, Item, Shift, Total
from kinerja_xl.sheets import beda
from kinerja_xl.sheets.choices import JENIS_BELANJA
from kinerja_xl.sheets.model import Book
from kinerja_xl.writing.shown.page import TITLE_ROWS, Frame, Layout, close_sheet, open_sheet, title_block
from kinerja_xl.writing.shown.table import TableGrid
from kinerja_xl.writing.styles import Styles

CREATED = datetime(2025, 1, 1)
_NO_BOOK = Book(key="beda", title="Perbandingan", version=1, sheets=())
_SAME, _OTHER, _UNKNOWN = "sama", "BERBEDA", "–"
_GAP = 3
_WHAT = {
    ANGGARAN: "baris anggaran (rekening, atau baris RAB bila keduanya memuatnya)", SUB: "sub kegiatan dalam rencana",
    INDIKATOR: "indikator", KAS: "rencana kas per sub kegiatan",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What the sheet says of one side: its words, year, how many rows were compared, its amount in whole rupiah."""

    label: str
    tahun: int
    baris: int
    jumlah: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BedaFrame(Frame):
    """The pages of this workbook; under each title stand both books instead of an office's stage."""

    sides: tuple[Compared, Compared]

    @property
    def subtitle(self) -> str:
        return f"{self.sides[0].label}  →  {self.sides[1].label}"


def write_comparison(comparison: Comparison, office: Office, sides: tuple[Compared, Compared]) -> bytes:
    """The workbook as bytes; ``office`` gives its name and paper to the pages."""
    target = BytesIO()
    workbook = Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    workbook.set_properties({"title": f"Perbandingan {sides[0].label} dan {sides[1].label}", "created": CREATED})
    frame = BedaFrame(workbook=workbook, styles=Styles(workbook), office=office, tanggal=None, sides=sides)
    changes, program, jenis = _layouts(comparison)
    first = open_sheet(frame, beda.RINGKASAN)
    _write_changes(frame, changes, comparison.changes)
    names = {kode: node.nama for kode, node in programs().items()}
    _write_sums(frame, program, comparison.per_program, names)
    _write_sums(frame, jenis, comparison.per_jenis, JENIS_BELANJA)
    _write_summary(frame, first, comparison, changes, program)
    workbook.close()
    return target.getvalue()


def _layouts(comparison: Comparison) -> tuple[Layout, Layout, Layout]:
    counts = (sum(max(1, len(c.fields)) for c in comparison.changes), len(comparison.per_program), len(comparison.per_jenis))
    sheets = (beda.PERUBAHAN, beda.PER_PROGRAM, beda.PER_JENIS)
    first, second, third = (
        Layout(sheet=sheet, around=sheet.table, book=_NO_BOOK, rows=rows) for sheet, rows in zip(sheets, counts, strict=True)
    )
    return first, second, third


# ---- row by row ------------------------------------------------------------------------------


def _write_changes(frame: Frame, layout: Layout, changes: Sequence[Change]) -> None:
    worksheet = open_sheet(frame, beda.PERUBAHAN)
    title_block(frame, worksheet, beda.PERUBAHAN)
    grid = TableGrid(frame, worksheet, layout)
    before, after = _sums(changes)
    grid.head({"jumlah_lama": before, "jumlah_baru": after, "selisih_jumlah": after - before})
    row = layout.first
    for change in changes:
        fields: Iterable[FieldChange | None] = change.fields or (None,)
        for number, field in enumerate(fields):
            _line(grid, row, change, field, first=number == 0)
            row += 1
    grid.finish()
    close_sheet(worksheet, layout, layout.last)


def _amount(item: Item | None) -> int:
    return (item.amount or 0) if item else 0


def _sums(changes: Sequence[Change]) -> tuple[int, int]:
    """What the changed rows amounted to, and what they amount to now."""
    return sum(_amount(c.old) for c in changes), sum(_amount(c.new) for c in changes)


def _line(grid: TableGrid, row: int, change: Change, field: FieldChange | None, *, first: bool) -> None:
    item, ref = change.item, grid.layout.ref
    for key, value in (
        ("bagian", item.bagian), ("jenis", change.kind.value), ("unit", item.unit), ("kode", item.kode),
        ("rekening", item.rekening), ("nama", item.nama),
    ):  # fmt: skip
        grid.write(row, key, value or None)
    if field:
        grid.write(row, "isian", field.label)
        grid.write(row, "lama", field.old)
        grid.write(row, "baru", field.new)
        if field.selisih is not None:
            grid.formula(row, "selisih", f"{ref('baru', row)}-{ref('lama', row)}", field.selisih)
    if change.old and change.new and first and _place(change.old) != _place(change.new):
        grid.write(row, "asal", _place(change.old))
    amounts = (change.old.amount if change.old else None, change.new.amount if change.new else None)
    if first and any(amount is not None for amount in amounts):
        grid.write(row, "jumlah_lama", amounts[0])
        grid.write(row, "jumlah_baru", amounts[1])
        formula = f"N({ref('jumlah_baru', row)})-N({ref('jumlah_lama', row)})"
        grid.formula(row, "selisih_jumlah", formula, (amounts[1] or 0) - (amounts[0] or 0))
    if first:
        grid.write(row, "hitung", 1)
    grid.end_row(row)


def _place(item: Item) -> str:
    return " ".join(part for part in (item.unit, item.kode, item.rekening) if part)


# ---- sums ------------------------------------------------------------------------------------


def _write_sums(frame: Frame, layout: Layout, totals: Sequence[Total], names: Mapping[str, str]) -> None:
    """One row per key; the differences are live."""
    worksheet = open_sheet(frame, layout.sheet)
    title_block(frame, worksheet, layout.sheet)
    grid = TableGrid(frame, worksheet, layout)
    before, after = sum(t.lama for t in totals), sum(t.baru for t in totals)
    grid.head({"lama": before, "baru": after, "selisih": after - before})
    for row, total in enumerate(totals, start=layout.first):
        ref = layout.ref
        grid.write(row, "kode", total.kode)
        grid.write(row, "nama", names.get(total.kode))
        grid.write(row, "lama", total.lama)
        grid.write(row, "baru", total.baru)
        grid.formula(row, "selisih", f"{ref('baru', row)}-{ref('lama', row)}", total.baru - total.lama)
        share = Decimal(total.baru - total.lama) / total.lama if total.lama else _UNKNOWN
        grid.formula(row, "persen", f'IF({ref("lama", row)}=0,"{_UNKNOWN}",{ref("selisih", row)}/{ref("lama", row)})', share)
        grid.end_row(row)
    grid.finish(filtered=False)
    close_sheet(worksheet, layout, layout.last)


# ---- summary ---------------------------------------------------------------------------------


def _write_summary(frame: BedaFrame, worksheet: Worksheet, comparison: Comparison, changes: Layout, program: Layout) -> None:
    """Four small tables, one below the other, in shared columns."""
    title_block(frame, worksheet, beda.RINGKASAN)
    parts = list(dict.fromkeys((ANGGARAN, INDIKATOR, *(c.item.bagian for c in comparison.changes))))
    counts = (2, 2, len(parts), len(comparison.shifts))
    layouts: list[Layout] = []
    top = TITLE_ROWS + 1
    for around, rows in zip(beda.RINGKASAN.tables, counts, strict=True):
        layouts.append(Layout(sheet=beda.RINGKASAN, around=around, book=_NO_BOOK, rows=rows, top=top))
        top = layouts[-1].last + _GAP
    grids = [TableGrid(frame, worksheet, layout) for layout in layouts]
    for grid in grids:
        worksheet.write_string(grid.layout.top - 1, 0, grid.layout.around.title, frame.styles.subtitle)
        grid.head({})
    _write_sides(grids[0], frame.sides)
    _write_difference(grids[1], comparison, changes, program)
    _write_counts(grids[2], comparison, parts, changes)
    _write_shifts(grids[3], comparison.shifts)
    for grid in grids:
        grid.finish(filtered=False, widths=False)
    widest = max(layouts, key=lambda layout: layout.right)
    for number, column in enumerate(widest.columns):
        worksheet.set_column(number, number, column.width)
    worksheet.print_area(0, 0, layouts[-1].last, max(layout.right for layout in layouts))


def _write_sides(grid: TableGrid, sides: tuple[Compared, Compared]) -> None:
    for row, (word, side) in enumerate(zip(("Lama", "Baru"), sides, strict=True), start=grid.layout.first):
        grid.write(row, "sisi", word)
        grid.write(row, "buku", side.label)
        grid.write(row, "tahun", str(side.tahun) if side.tahun else _UNKNOWN)
        grid.write(row, "baris", side.baris)
        grid.write(row, "jumlah", side.jumlah)
        grid.end_row(row)


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
    grid.write(below, "keterangan", "jumlah dari lembar Perubahan")
    before, after = _sums(comparison.changes)
    for key, value in (("lama", before), ("baru", after)):
        grid.formula(below, key, f"SUM({changes.span(f'jumlah_{key}')})", value)
    grid.formula(below, "selisih", f"{ref('baru', below)}-{ref('lama', below)}", after - before)
    same = f'IF({ref("selisih", row)}={ref("selisih", below)},"{_SAME}","{_OTHER}")'
    grid.formula(below, "cek", same, _SAME if after - before == gap else _OTHER)


def _verdict(comparison: Comparison) -> str:
    if not comparison.changes:
        return "tidak ada yang berubah"
    if comparison.baru != comparison.lama:
        return "bertambah" if comparison.baru > comparison.lama else "berkurang"
    moved = any(_amount(c.old) != _amount(c.new) or c.kind == "pindah" for c in comparison.changes)
    return "pergeseran: isinya berubah, jumlahnya tetap" if moved else "jumlahnya tetap"


def _write_counts(grid: TableGrid, comparison: Comparison, parts: Sequence[str], changes: Layout) -> None:
    for row, part in enumerate(parts, start=grid.layout.first):
        grid.write(row, "bagian", part)
        grid.write(row, "keterangan", _WHAT[part])
        for word in beda.KINDS:
            number = sum(1 for c in comparison.changes if c.item.bagian == part and c.kind == word)
            criteria = f'{changes.span("bagian")},{grid.layout.ref("bagian", row)},{changes.span("jenis")},"{word}"'
            grid.formula(row, word, f"SUMIFS({changes.span('hitung')},{criteria})", number)
        grid.end_row(row)


def _write_shifts(grid: TableGrid, shifts: Sequence[Shift]) -> None:
    names = {kode: node.nama for kode, node in programs().items()}
    for row, shift in enumerate(shifts, start=grid.layout.first):
        grid.write(row, "tingkat", shift.tingkat)
        grid.write(row, "nama", f"{shift.kode} {names.get(shift.kode, '')}".strip() or "seluruh anggaran")
        grid.write(row, "unit", shift.unit or None)
        grid.write(row, "jumlah", shift.jumlah)
        grid.end_row(row)
