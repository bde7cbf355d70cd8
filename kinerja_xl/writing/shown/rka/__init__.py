"""The RKA workbook: ``write_rka(recap)`` gives its bytes. Same recap, same bytes.

A workbook of its own and not more sheets of the recap: a kecamatan has thirty to fifty sub kegiatan, and what the Camat
holds in his hands should open with a dozen tabs. Totals are live here too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kinerja_xl.reckoning import Sum, together
from kinerja_xl.reckoning.recap import RabLine, Recap
from kinerja_xl.reckoning.recap.rka import Rka, build_rka, koefisien
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.rekap import UNKNOWN_ROWS, known
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.writing.book import OwnBook
from kinerja_xl.writing.shown.flat import At, Cell, Cells, begin, end, fill
from kinerja_xl.writing.shown.page import Layout, signature_block
from kinerja_xl.writing.shown.rka import rincian
from kinerja_xl.writing.shown.rka.rincian import UNKNOWN_NAME, Context, Plan, sheet_names
from kinerja_xl.writing.shown.table import TableGrid
from kinerja_xl.writing.styles import Styles, set_identity

# ---- Sheet ``Daftar RKA``: every sub kegiatan with its three years, each code a link to its sheet ----

def write_daftar(context: Context) -> None:
    rkas, plans = context.rkas, context.plans.values()
    own = Layout(sheet=rekap.DAFTAR_RKA, around=rekap.DAFTAR_RKA.table, book=USULAN, rows=len(rkas))
    held = together(rka.held_amount for rka in rkas)
    totals: dict[str, int | Sum | None] = {
        "lalu": _known_of(rka.lalu for rka in rkas),
        "jumlah": sum(rka.amount for rka in rkas),
        "depan": _known_of(rka.depan for rka in rkas),
        "tidak_dihitung": held,
        UNKNOWN_ROWS: held.unknown,
    }
    grid = begin(TableGrid, context, own, totals)
    cells: Cells = {
        "kode": lambda at: Cell(at.of.rka.kode or UNKNOWN_NAME, link=f"internal:{at.of.quoted}!A1"),
        "jumlah": lambda at: Cell(at.of.rka.amount, at.of.cell("jumlah", at.of.total)),
        "tidak_dihitung": lambda at: _held(at) if at.of.held else 0,
        UNKNOWN_ROWS: lambda at: Cell(at.of.rka.held_amount.unknown, at.of.unknown) if at.of.held else 0,
    }
    fill(grid, plans, cells)
    bottom = signature_block(context, grid.worksheet, own, own.last + 2)
    end(grid, bottom, signature=own.last + 2)


def _known_of(amounts: Iterable[int | None]) -> int | None:
    """What is known of them in all; None where nothing is."""
    found = [amount for amount in amounts if amount is not None]
    return sum(found) if found else None


def _held(at: At) -> Cell:
    """The sum below the lines that do not count."""
    return Cell(known(at.of.rka.held_amount.shown), at.of.cell("jumlah", at.of.after_held))


# ---- Sheet ``SIPD``: all counted lines as one flat table, in the order in which they are retyped ----

@dataclass(frozen=True, slots=True)
class SipdLine:
    """A line with the sheet of its sub kegiatan and its row there."""

    plan: Plan
    place: int
    line: RabLine

    def figure(self, key: str, value: object) -> Cell | None:
        """From the sheet of the sub kegiatan, so that both always agree."""
        return None if value is None else Cell(value, self.plan.cell(key, self.place))


def write_sipd(context: Context) -> None:
    rows = [SipdLine(plan, place, line) for plan in context.plans.values() for place, line in plan.lines]
    own = Layout(sheet=rekap.SIPD, around=rekap.SIPD.table, book=USULAN, rows=len(rows))
    grid = begin(TableGrid, context, own, {"jumlah": sum(one.line.rupiah for one in rows)})
    cells: Cells = {
        "sub": lambda at: at.of.plan.rka.kode or UNKNOWN_NAME,
        "koefisien": lambda at: koefisien(at.of.line),
        "volume": lambda at: at.of.figure("volume", at.of.line.row.get("volume")),
        "harga": lambda at: at.of.figure("harga", at.of.line.row.get("harga_satuan")),
        "ppn": lambda at: at.of.figure("ppn", at.of.line.row.get("ppn")),
        "jumlah": lambda at: at.of.figure("jumlah", at.of.line.jumlah),
    }
    fill(grid, rows, cells)
    end(grid)


def write_rka(recap: Recap, before: Mapping[str, int | None] | None = None) -> bytes:
    """The workbook ``RKA-….xlsx`` as bytes.

    ``before`` is the allocation n−1 in rupiah by code of sub kegiatan; None: nothing is known, "belum ada" is stated.
    """
    title = f"RKA per sub kegiatan {recap.office.tahun}"
    with OwnBook({"title": title, "author": recap.office.nama}, by_row=True) as workbook:
        set_identity(workbook, rekap.RKA_BOOK.identity(recap.office.tahun, recap.office.nama))
        rkas = build_rka(recap, before)
        plans = _plans(rkas)
        context = Context(
            workbook=workbook, styles=Styles(workbook, none_yet=recap.none_yet), office=recap.office, tanggal=recap.tanggal,
            rkas=rkas, plans=plans,
            berlaku=recap.agreed.menurut if recap.agreed else "", ditandatangani=recap.in_force.signed(recap.tanggal),
        )  # fmt: skip
        write_daftar(context)
        write_sipd(context)
        for plan in plans.values():
            rincian.write(context, plan)
    return workbook.data


def _plans(rkas: tuple[Rka, ...]) -> Mapping[str, rincian.Plan]:
    names = sheet_names(rka.kode for rka in rkas)
    return {rka.kode: rincian.plan(rka, names[rka.kode]) for rka in rkas}
