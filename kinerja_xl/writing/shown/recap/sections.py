"""The lower half of the Ringkasan: totals per jenis belanja and per program, what needs a decision, the signature."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kinerja_xl.lists import JENIS_BELANJA
from kinerja_xl.reckoning import Sum
from kinerja_xl.reckoning.recap import Recap, Status
from kinerja_xl.reckoning.recap.build import Kind, Matter, Over, matters
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.rekap import UNKNOWN, UNKNOWN_ROWS, YES, Around, known, or_dash
from kinerja_xl.writing.shown.page import DOTS, Layout, merged, signature_lines
from kinerja_xl.writing.shown.recap.frame import Grid
from kinerja_xl.writing.shown.recap.per_program import jenis_keys, tree
from kinerja_xl.writing.shown.sums import PROGRAM, code_keys, jenis_label, joined
from kinerja_xl.writing.shown.table import text_literal
from kinerja_xl.writing.styles import height, line_count

# ---- What needs the Camat's decision: the matters of a recap as sentences, with their amounts as live formulas ----

_MOST_NAMES = 6
_MOST_TERMS = 20
"""Sub kegiatan over pagu that one formula adds up; with more of them the amount is a figure."""

NO_UNITS = "Belum ada unit di Kantor.xlsx."
NOTHING = "Tidak ada: semua unit menyampaikan tepat waktu, dapat dibaca, dan tidak melebihi pagu atau standar harga."

_WORDS = {
    Kind.BELUM: "Belum menyampaikan usulan",
    Kind.TIDAK_TERBACA: "Berkas tidak dapat dibaca, mintalah berkas baru",
    Kind.TERLAMBAT: "Terlambat sehingga tidak masuk RKT (IV.C.3)",
    Kind.PAGU: "Melebihi pagu sub kegiatan",
    Kind.STANDAR: "Harga satuan melebihi batas standar harga",
    Kind.DITAHAN: "Baris RAB yang ditahan sampai diperbaiki",
    Kind.OUTCOME: "Program tanpa indikator outcome",
    Kind.OUTPUT: "Sub kegiatan tanpa indikator output",
    Kind.PERBAIKAN: "Perlu perbaikan sebelum ditelaah (lembar Catatan)",
    Kind.PENJELASAN: "Penjelasan unit yang perlu diterima atau ditolak (lembar Catatan)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One line: its sentence, its amount or None, and the formulas of the amount and of what is not known ("" for none)."""

    words: str
    amount: Sum | None = None
    formula: str = ""
    unknown: str = ""


def decisions(recap: Recap, layouts: Mapping[str, Layout]) -> list[Decision]:
    """One line per matter, ``NOTHING`` where there is none."""
    if not recap.units:
        return [Decision(words=NO_UNITS)]
    found = [
        Decision(
            words=_sentence(recap, matter), amount=matter.amount, formula=_formula(matter, layouts),
            unknown=_beside(matter, layouts["unit"], UNKNOWN_ROWS),
        )
        for matter in matters(recap)
    ]
    return found or [Decision(words=NOTHING)]


def _sentence(recap: Recap, matter: Matter) -> str:
    if matter.codes:
        told = _names(f"{code} ({_unit(recap, unit)})" for unit, code in matter.codes)
    elif matter.over:
        told = _names(f"{over.kode_sub} ({_unit(recap, over.unit)})" for over in matter.over)
    else:
        told = _names(_unit(recap, unit) for unit in matter.units)
    return f"{_WORDS[matter.kind]}: {told}."


def _unit(recap: Recap, kode: str) -> str:
    return next((unit.nama for unit in recap.units if unit.kode == kode and unit.nama), kode)


def _names(names: Iterable[str]) -> str:
    known = list(dict.fromkeys(names))
    rest = len(known) - _MOST_NAMES
    return ", ".join(known[:_MOST_NAMES]) + (f", dan {rest} lagi" if rest > 0 else "")


def _formula(matter: Matter, layouts: Mapping[str, Layout]) -> str:
    """Live where a formula can say it: the reader may edit the RAB and see what is left to decide."""
    unit, rab = layouts["unit"], layouts["rab"]
    if beside := _beside(matter, unit, "total_tidak_dihitung"):
        return beside
    if matter.kind is Kind.STANDAR:
        return f'SUMIFS({rab.span("lebih_standar")},{rab.span("dihitung")},"{YES}")'
    if matter.kind is Kind.PAGU and len(matter.over) <= _MOST_TERMS:
        return "+".join(_above(over, rab) for over in matter.over)
    return ""


def _beside(matter: Matter, unit: Layout, key: str) -> str:
    """What is late or held back, added up over the table of units; "" for a matter that is about neither."""
    beside, status = (unit.range(unit.column(k)) for k in (key, "status"))
    if matter.kind is Kind.TERLAMBAT:
        return f'SUMIFS({beside},{status},"{Status.TERLAMBAT}")'
    if matter.kind is Kind.DITAHAN:
        others = f'-SUMIFS({beside},{status},"{Status.TIDAK_TERBACA}")'
        return f'SUM({beside})-SUMIFS({beside},{status},"{Status.TERLAMBAT}"){others}'
    return ""


def _above(over: Over, rab: Layout) -> str:
    key = text_literal(joined(over.unit, code_keys(over.kode_sub)[2]))
    return f"MAX(0,SUMIFS({rab.span('jumlah_dihitung')},{rab.span('kunci_sub')},{key})-{over.pagu})"


_PLACES = ("kode", "nama", "status", "baris_rab")
"""Columns of the table of units that the small tables stand in."""

_ROW_POINTS = 15.0
_INDENT = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Where the small tables stand: first and last row, their height in points, and the rows of the jenis belanja."""

    first: int
    last: int
    points: float
    jenis: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a small table: code, name, formula of its amount, its amount in rupiah."""

    kode: str
    name: str
    formula: str
    amount: int


def parts(grid: Grid, row: int) -> Parts:
    """Both small tables at the left, from ``row`` on."""
    jenis, program = (rekap.RINGKASAN.part(key) for key in ("jenis", "program"))
    bottom, above = _table(grid, row, jenis, list(_jenis(grid)))
    last, below = _table(grid, bottom + 2, program, list(_programs(grid, bottom + 4)))
    return Parts(first=row, last=last, points=above + _ROW_POINTS + below, jenis=(row + 2, bottom - 1))


def _jenis(grid: Grid) -> Iterator[Line]:
    matrix, recap = grid.frame.layouts["unit_jenis"], grid.frame.recap
    for key in jenis_keys(recap):
        kode = key if key in JENIS_BELANJA else UNKNOWN
        amount = grid.frame.sums.jenis[jenis_label(key)].counted
        yield Line(kode=kode, name=jenis_label(key), formula=f"SUM({matrix.span(f'jenis_{key}')})", amount=amount)


def _programs(grid: Grid, row: int) -> Iterator[Line]:
    rab = grid.frame.layouts["rab"]
    nodes = [node for node in tree(grid.frame.recap) if node.tingkat == PROGRAM]
    for number, node in enumerate(nodes, start=row):
        criterion = f'"{PROGRAM} "&{grid.layout.ref("kode", number)}'
        formula = f"SUMIFS({rab.span('jumlah_dihitung')},{rab.span('program')},{criterion})"
        amount = grid.frame.sums.code[f"{PROGRAM} {node.kode}"].counted
        yield Line(kode=node.kode, name=node.nama, formula=formula, amount=amount)


def _table(grid: Grid, row: int, around: Around, lines: list[Line]) -> tuple[int, float]:
    """Caption, headings, lines, total; the last row and the points that all rows take."""
    worksheet, styles, own = grid.worksheet, grid.frame.styles, grid.layout
    columns = [own.column(key) for key in _PLACES]
    worksheet.write_string(row, 0, around.title, styles.subtitle)
    for column, declared in zip(columns, around.before, strict=True):
        worksheet.write_string(row + 1, column, declared.label, styles.heading)
    total, points = row + 2 + len(lines), _ROW_POINTS * 3
    amount = own.ref("status", total)
    whole = grid.frame.recap.total_rab
    for number, line in enumerate(lines, start=row + 2):
        texts = ((line.kode, columns[0]), (line.name, columns[1]))
        count = max(line_count(text, own.columns[column].width - _INDENT) for text, column in texts)
        points += max(height(count), _ROW_POINTS)
        if count > 1:
            worksheet.set_row(number, height(count))
        worksheet.write_string(number, columns[0], line.kode, styles.text_wrap)
        worksheet.write_string(number, columns[1], line.name, styles.text_wrap)
        worksheet.write_formula(number, columns[2], f"={line.formula}", styles.rupiah, line.amount)
        part = f'=IF({amount}>0,{own.ref("status", number)}/{amount},"{UNKNOWN}")'
        worksheet.write_formula(number, columns[3], part, styles.percent, line.amount / whole if whole > 0 else UNKNOWN)
    worksheet.write_string(total, columns[0], "Jumlah", styles.total)
    worksheet.write_blank(total, columns[1], None, styles.total)
    cells = [f"{own.ref(key, row + 2)}:{own.ref(key, total - 1)}" for key in ("status", "baris_rab")]
    if lines:
        worksheet.write_formula(total, columns[2], f"=SUM({cells[0]})", styles.total_rupiah, whole)
        part = f'=IF({amount}>0,SUM({cells[1]}),"{UNKNOWN}")'
        worksheet.write_formula(total, columns[3], part, styles.total_percent, 1 if whole > 0 else UNKNOWN)
    else:
        worksheet.write_number(total, columns[2], 0, styles.total_rupiah)
        worksheet.write_string(total, columns[3], UNKNOWN, styles.total_percent)
    return total, points


def decide_and_sign(grid: Grid, row: int) -> int:
    """What needs the Camat at the left, place, date and signature at the right of it; the last row that they fill."""
    worksheet, styles, own = grid.worksheet, grid.frame.styles, grid.layout
    around = rekap.RINGKASAN.part("putusan")
    amounts = own.column("total_tidak_dihitung")
    worksheet.write_string(row, 0, around.title, styles.subtitle)
    told = decisions(grid.frame.recap, grid.frame.layouts)
    if any(line.amount is not None for line in told):
        worksheet.write_string(row, amounts, around.own("jumlah").label, styles.look("hint", align="right"))
    if any(line.amount and line.amount.unknown for line in told):
        worksheet.write_string(row, own.column(UNKNOWN_ROWS), around.own(UNKNOWN_ROWS).label, styles.hint)
    signed = signature_lines(grid.frame.office, grid.frame.tanggal)
    for number in range(max(len(told), len(signed))):
        if number < len(told):
            _decision(grid, row + 1 + number, told[number])
        if number < len(signed):
            named = number == len(signed) - 3 and DOTS not in signed[number]
            fmt = styles.signature_name if named else styles.signature
            merged(worksheet, row + 1 + number, own.column("alasan"), own.right, signed[number], fmt)
    return row + max(len(told), len(signed))


def _decision(grid: Grid, row: int, told: Decision) -> None:
    worksheet, styles, own = grid.worksheet, grid.frame.styles, grid.layout
    last = own.column("total_rab")
    room = sum(column.width for column in own.columns[: last + 1] if column.page == 1)
    text = f"•  {told.words}"
    worksheet.set_row(row, max(height(line_count(text, room)), _ROW_POINTS))
    merged(worksheet, row, 0, last, text, styles.plain_wrap)
    amount, fmt = own.column("total_tidak_dihitung"), styles.look("plain", num_format="#,##0", align="right")
    if told.amount is None:
        return
    if told.unknown:
        beside = styles.look("plain", num_format=own.around.own(UNKNOWN_ROWS).kind.num_format, align="right")
        formula = or_dash(told.formula, own.ref(UNKNOWN_ROWS, row))
        worksheet.write_formula(row, amount, f"={formula}", fmt, known(told.amount.shown))
        worksheet.write_formula(row, own.column(UNKNOWN_ROWS), f"={told.unknown}", beside, told.amount.unknown)
    elif told.formula:
        worksheet.write_formula(row, amount, f"={told.formula}", fmt, told.amount.amount)
    else:
        worksheet.write_number(row, amount, told.amount.amount, fmt)
