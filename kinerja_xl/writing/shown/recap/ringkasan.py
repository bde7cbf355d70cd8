"""Sheet ``Ringkasan``: the page that the Camat reads and signs. One sentence, what is asked of him, the units, what for."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kinerja_xl.catatan import Severity
from kinerja_xl.reckoning import Sum, summed, together
from kinerja_xl.reckoning.recap import NO_FILE, Recap, Status, UnitLine
from kinerja_xl.reckoning.recap.build import matters
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.formats import LARGEST, TOTAL, format_date, format_rupiah, round_half_up, terbilang_rupiah
from kinerja_xl.sheets.model import Book
from kinerja_xl.sheets.rekap import UNKNOWN, UNKNOWN_ROWS, known, or_dash
from kinerja_xl.writing.metrics import height, line_count
from kinerja_xl.writing.shown.flat import At, Cell, Cells, fill
from kinerja_xl.writing.shown.front import FIRST_CAPTION, Front, Live, Places
from kinerja_xl.writing.shown.page import Layout, letterhead, open_sheet
from kinerja_xl.writing.shown.recap.frame import Context, Grid, every_unknown, held, held_totals, writes
from kinerja_xl.writing.shown.recap.sections import NO_UNITS, NOTHING, decisions, money, tasks
from kinerja_xl.writing.shown.table import text_literal
from kinerja_xl.writing.spread import merged
from kinerja_xl.writing.styles import BAR_FILL, BELUM

_HELD = "total_tidak_dihitung"
STALE = "buat ulang rekap"
"""Stands for the amount in words once somebody has edited a figure that it says."""

NONE_YET = "belum ada"
"""What a unit proposes of which nothing could be read."""

NEED_ATTENTION = (Status.TIDAK_TERBACA, Status.BELUM, Status.TERLAMBAT)
_OTHERS = {
    Status.PERBAIKAN: "perlu perbaikan", Status.TERLAMBAT: "terlambat", Status.BELUM: "belum menyampaikan",
    Status.TIDAK_TERBACA: "tidak dapat dibaca",
}  # fmt: skip
_PLACES = Places(
    matter=("nama", "total_rab"), amount=_HELD, unknown=UNKNOWN_ROWS, choices=("pagu", "tugas"), paraf="tahun_lalu",
)  # fmt: skip


def layout(recap: Recap, book: Book) -> Layout:
    """Below the decisions, as many as there are."""
    top = FIRST_CAPTION + 2 + max(len(matters(recap)), 1) + 2
    return Layout(sheet=rekap.RINGKASAN, around=rekap.RINGKASAN.part("unit"), book=book, rows=len(recap.units), top=top)


@writes(rekap.RINGKASAN)
def write_ringkasan(context: Context) -> None:
    own, recap = context.layouts["unit"], context.recap
    worksheet = open_sheet(context, rekap.RINGKASAN)
    grid = Grid(context, worksheet, own)
    asked = decisions(recap, context.layouts)
    front = Front(grid, context, len(recap.units) + len(asked))
    letterhead(context, worksheet, front.right, f"{rekap.RINGKASAN.title} TAHUN ANGGARAN {context.office.tahun}", _below(context))
    front.sentence(_sentence(grid))
    front.decisions(FIRST_CAPTION, rekap.RINGKASAN.part("putusan"), asked, _PLACES, NOTHING if recap.units else NO_UNITS)
    front.caption(own.top - 1, own.around.title)
    grid.head({})
    fill(grid, recap.units, _CELLS)
    total = own.last + 1
    _total_row(grid, total)
    _in_words(front, total + 1, own.ref("total_rab", total))
    bottom = money(front, total + 3, recap, context.sums, context.layouts, sign=True)
    _bars(grid)
    grid.finish()
    front.end_page(bottom, total + 3)


def _below(context: Context) -> str:
    """The stage, as of when, and the dates that decide what counts."""
    office, recap = context.office, context.recap
    limits = ((office.batas_usulan, "batas usulan"), (office.batas_perbaikan, "batas perbaikan"))
    said = ", ".join(f"{words} {format_date(day)}" for day, words in limits if day)
    day = f"keadaan {format_date(context.tanggal)}" if context.tanggal else ""
    parts = [f"Tahap {office.tahap}" if office.tahap else "", day]
    words = ", ".join(part for part in parts if part) + (f" ({said})" if said else "")
    return f"{words}; RKT {recap.agreed.menurut}" if recap.agreed else words


def _sentence(grid: Grid) -> Live:
    """How many units may be reviewed, what is counted of which pagu, what stands beside it, what is asked."""
    own, recap = grid.layout, grid.frame.recap
    if not recap.units:
        return Live().text(NO_UNITS)
    status, total = own.range(own.column("status")), own.last + 1
    cell = {key: own.ref(key, total) for key in own.own}
    count = recap.tally.status

    def of(status_: Status) -> str:
        return f'COUNTIF({status},"{status_}")'

    said = Live().count(of(Status.SIAP), count[Status.SIAP]).text(" dari ").count(f"ROWS({status})", len(recap.units))
    said.text(" unit siap ditelaah")
    for one, words in _OTHERS.items():
        said.when(f"{of(one)}>0", count[one] > 0, Live().text(", ").count(of(one), count[one]).text(f" {words}"))
    pagu, held_back = _pagu(recap), recap.total_tidak_dihitung
    if recap.none_yet:
        return _none_yet(said, recap)
    said.text(". Usulan yang dihitung ").rupiah(cell["total_rab"], recap.total_rab)
    share = round_half_up(Decimal(100 * recap.total_rab) / pagu, 2) if pagu else Decimal(0)
    of_pagu = Live().text(" dari pagu ").rupiah(cell["pagu"], pagu).text(" (")
    of_pagu.percent(f"IF(N({cell['pagu']})>0,100*{cell['total_rab']}/{cell['pagu']},0)", share).text(")")
    said.when(f"N({cell['pagu']})>0", pagu > 0, of_pagu)
    known_part = held_back.shown is not None
    beside = Live().text("; tidak dihitung ").when(f"{cell[UNKNOWN_ROWS]}>0", held_back.unknown > 0, Live().text("sedikitnya "))
    beside.rupiah(f"N({cell[_HELD]})", held_back.amount)
    unknown = Live().text("; tidak dihitung ").count(cell[UNKNOWN_ROWS], held_back.unknown)
    unknown.text(" baris atau berkas yang nilainya belum diketahui")
    said.when(f"N({cell[_HELD]})>0", known_part and held_back.amount > 0, beside)
    said.when(f"AND(N({cell[_HELD]})=0,{cell[UNKNOWN_ROWS]}>0)", not known_part, unknown)
    level = grid.frame.layouts["catatan"].span("tingkat")
    must = f'COUNTIF({level},"{Severity.WAJIB.label}")'
    open_ = Live().count(must, recap.tally.wajib).text(" catatan wajib diperbaiki. ")
    said.text(". ").when(f"{must}>0", recap.tally.wajib > 0, open_)
    return said.asked(len(matters(recap)))


def _none_yet(said: Live, recap: Recap) -> Live:
    """What can be said before the first unit has handed anything in."""
    pagu = _pagu(recap)
    said.text(f". {recap.counted_words.capitalize()}{f'; pagu {format_rupiah(pagu)}' if pagu else ''}. ")
    return said.asked(len(matters(recap)))


def _counted(at: At, key: str) -> str:
    """Over the matrix and not over the RAB sheet: a thousand units would each read 30,000 lines once more."""
    return f"SUMIFS({at.span('unit_jenis', key)},{at.span('unit_jenis', 'kode')},{at.ref('kode')})"


def _proposed(unit: UnitLine) -> Sum:
    return summed((unit.total_rab,)) + unit.total_tidak_dihitung


def _figure(at: At) -> tuple[str, ...]:
    """Of a unit without a readable file no amount is 0."""
    return (BELUM,) if at.of.status in NO_FILE else ()


def _asked(at: At) -> Cell:
    """Counted and not counted together; of a unit without a readable file nobody knows."""
    unit: UnitLine = at.of
    unread = ",".join(f'{at.ref("status")}="{status}"' for status in NO_FILE)
    added = or_dash(f"{at.ref('total_rab')}+N({at.ref(_HELD)})", at.ref(UNKNOWN_ROWS))
    value = NONE_YET if unit.status in NO_FILE else known(_proposed(unit).shown)
    return Cell(value, f'IF(OR({unread}),"{NONE_YET}",{added})')


_CELLS: Cells = {
    "status": lambda at: Cell(at.of.status.value, look=("wajib",) if at.of.status in NEED_ATTENTION else ()),
    "diusulkan": _asked,
    "total_rab": lambda at: Cell(at.of.total_rab, _counted(at, "dihitung"), look=_figure(at)),
    _HELD: lambda at: replace(held(at, at.of.total_tidak_dihitung, _counted(at, "tidak_dihitung")), look=_figure(at)),
    UNKNOWN_ROWS: lambda at: Cell(at.of.total_tidak_dihitung.unknown, _counted(at, UNKNOWN_ROWS)),
    "pagu": lambda at: Cell(known(at.of.pagu or None)),
    "persen_pagu": lambda at: Cell(*_share(at.grid.layout, at.row, at.of.total_rab, at.of.pagu), look=_figure(at)),
    "tugas": lambda at: tasks(at.context.recap, at.of.kode, at.of.status),
    "tahun_lalu": lambda at: known(at.context.recap.last_year.get(at.of.kode)),
}


def _share(own: Layout, row: int, counted: int, pagu: int) -> tuple[object, str]:
    """Share of pagu, as value and formula; a dash where there is no pagu."""
    cell = own.ref("pagu", row)
    return counted / pagu if pagu > 0 else UNKNOWN, f'IF(N({cell})>0,{own.ref("total_rab", row)}/{cell},"{UNKNOWN}")'


def _pagu(recap: Recap) -> int:
    return sum(unit.pagu for unit in recap.units)


def _total_row(grid: Grid, row: int) -> None:
    """Over the matrix as well: what came without a unit of the office has a row there only."""
    own, recap = grid.layout, grid.frame.recap
    matrix = grid.frame.layouts["unit_jenis"]
    held_back, unknown = recap.total_tidak_dihitung, own.ref(UNKNOWN_ROWS, row)
    last_year = sum(known for known in (recap.last_year.get(unit.kode) for unit in recap.units) if known is not None)
    none = not any(recap.last_year.get(unit.kode) is not None for unit in recap.units)
    totals: dict[str, int | Sum] = {
        "total_rab": recap.total_rab, **held_totals(held_back, _HELD), "pagu": _pagu(recap), "tahun_lalu": last_year,
    }  # fmt: skip
    grid.total_row(row, TOTAL, totals)
    whole = together(map(_proposed, recap.units)) if recap.units else Sum()
    proposed = or_dash(f"SUM({own.range(own.column('diusulkan'))})", unknown)
    grid.formula(row, "diusulkan", proposed, known(Sum(whole.amount, unknown=held_back.unknown).shown), "total")
    grid.formula(row, _HELD, or_dash(f"SUM({matrix.span('tidak_dihitung')})", unknown), known(held_back.shown), "total")
    grid.formula(row, UNKNOWN_ROWS, every_unknown(grid.frame), held_back.unknown, "total")
    value, formula = _share(own, row, recap.total_rab, _pagu(recap))
    grid.formula(row, "persen_pagu", formula, value, "total")
    for key in ("tahun_lalu",) * none + ("pagu",) * (not _pagu(recap)):
        grid.put(row, own.column(key), UNKNOWN, "total")
    grid.end_row(row)


def _in_words(front: Front, row: int, cell: str) -> None:
    """The total in words, which notice when the total was edited."""
    recap: Recap = front.context.recap
    if abs(recap.total_rab) > LARGEST or not recap.units:
        return
    words = f"Terbilang: {UNKNOWN if recap.none_yet else terbilang_rupiah(recap.total_rab)}"
    fmt = front.styles.look("text_wrap", "grid", italic=True, valign="vcenter")
    front.set_height(row, front.grid.air + height(line_count(words, front.width(0, front.right))))
    merged(front.worksheet, row, 0, front.right, "", fmt)
    stale = f'=IF({cell}={recap.total_rab},{text_literal(words)},"Terbilang: {STALE}")'
    front.worksheet.write_formula(row, 0, stale, fmt, words)


def _bars(grid: Grid) -> None:
    """A data bar behind the share of pagu: empty at 0, full at 100 %."""
    own, column = grid.layout, grid.layout.column("persen_pagu")
    ends = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1}
    # The plain form of 2007: openpyxl warns of the newer one that it would lose it.
    bar = {"type": "data_bar", "bar_color": BAR_FILL, **ends}
    grid.worksheet.conditional_format(own.first, column, own.last, column, bar)
