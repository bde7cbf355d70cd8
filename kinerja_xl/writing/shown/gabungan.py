"""The workbook above several offices. Same offices, same bytes; a table with more rows than a sheet holds goes on on the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from kinerja_xl.frames.tables import Frame as Table
from kinerja_xl.frames.tables import plain
from kinerja_xl.office.kantor import Office
from kinerja_xl.reckoning import Sum
from kinerja_xl.reckoning.several import OfficeSum, Several
from kinerja_xl.sheets import gabungan
from kinerja_xl.sheets.formats import format_date
from kinerja_xl.sheets.rekap import UNKNOWN, UNKNOWN_ROWS, RecapSheet, known, yes_no
from kinerja_xl.words.periods import ROMAN
from kinerja_xl.writing.book import OwnBook
from kinerja_xl.writing.shown.flat import At, Cell, Cells, begin, end, fill
from kinerja_xl.writing.shown.page import NO_BOOK, Frame, Layout
from kinerja_xl.writing.shown.table import Number, TableGrid
from kinerja_xl.writing.styles import Styles, set_identity

SHEET_ROWS = 1_048_576
"""Rows of a sheet in Excel."""
_MOST_LINKS = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pages(Frame):
    """Its pages say how many offices of which folder were joined, as of which days and until when, not one office's stage."""

    several: Several

    @property
    def subtitle(self) -> str:
        read, until = len(self.several.read), self.several.triwulan
        known = "" if read == len(self.several.offices) else f"{read} dari "
        parts = [f"{known}{len(self.several.offices)} kecamatan di folder {self.several.nama}"]
        parts += [f"Tahun Anggaran {self.office.tahun}"] if self.office.tahun else []
        days = sorted({one.tanggal for one in self.several.read if one.tanggal})
        parts += [f"Keadaan {' sampai '.join(format_date(day) for day in dict.fromkeys((days[0], days[-1])))}"] if days else []
        return ", ".join(parts + ([f"realisasi s.d. Triwulan {ROMAN[until - 1]}"] if until else []))


def write_several(several: Several, office: Office, rows: int = SHEET_ROWS) -> bytes:
    """The workbook as bytes; ``office`` gives name, year and paper to the pages, ``rows`` is what a sheet holds."""
    with OwnBook({"title": f"Gabungan {several.nama}", "author": several.nama}, by_row=True) as workbook:
        set_identity(workbook, gabungan.GABUNGAN_BOOK.identity(office.tahun, several.nama))
        styles = Styles(workbook, none_yet=several.none_yet)
        frame = _Pages(workbook=workbook, styles=styles, office=office, tanggal=None, several=several)
        for sheet, records, cells in _sheets(several):
            _write(frame, sheet, records, cells, rows)
    return workbook.data


def _write(frame: Frame, sheet: RecapSheet, records: Sequence[Any], cells: Cells, most: int) -> None:
    """One table over as many sheets as it needs."""
    room = most - Layout(sheet=sheet, around=sheet.table, book=NO_BOOK, rows=0).first
    for number, start in enumerate(range(0, max(1, len(records)), room), 1):
        part = records[start : start + room]
        named = sheet if number == 1 else replace(sheet, name=f"{sheet.name} ({number})")
        layout = Layout(sheet=named, around=sheet.table, book=NO_BOOK, rows=len(part))
        keys = [layout.columns[column].key for column in layout.totals]
        totals = {key: total for key in keys if (total := _total(part, cells, key)) is not None}
        grid = begin(TableGrid, frame, layout, totals)
        fill(grid, part, cells)
        end(grid)


def _total(records: Sequence[Any], cells: Cells, key: str) -> Number | Sum | None:
    """What the column's cells show together; of money that is not known its part, a dash where there is none. None: no row
    has a figure there."""
    made = cells[key]
    assert callable(made)
    shown = (made(_Of(one)) for one in records)  # type: ignore[arg-type]
    values = [value.value if isinstance(value, Cell) else value for value in shown]
    numbers = [value for value in values if isinstance(value, int | Decimal)]
    total = sum(numbers, 0)
    if key == "ditahan" and not total and any(value == UNKNOWN for value in values):
        return Sum(unknown=1)
    return total if numbers or not values else None


class _Of:
    """A record before it has a row: what the sum of a column asks of ``At``."""

    def __init__(self, of: object) -> None:
        self.of = of

    def ref(self, key: str) -> str:
        return ""


def _value(key: str) -> Callable[[At], object]:
    return lambda at: at.of[key]


def _of_table(sheet: RecapSheet, table: Table) -> tuple[RecapSheet, list[dict[str, object]], Cells]:
    """A sheet whose columns are those of a table."""
    keys = [column.key for column in sheet.table.before]
    cells: dict[str, Callable[[At], object]] = {key: _value(key) for key in keys}
    if "dihitung" in cells:
        cells["dihitung"] = lambda at: yes_no(bool(at.of["dihitung"]))
    return sheet, list(plain(table[keys] if len(table) else table)), cells


def _sheets(several: Several) -> Iterable[tuple[RecapSheet, Sequence[Any], Cells]]:
    cells = _office_cells(several)
    yield gabungan.KECAMATAN, several.offices, _of_sheet(gabungan.KECAMATAN, cells)
    if several.triwulan is not None:
        yield gabungan.CAPAIAN, several.offices, _of_sheet(gabungan.CAPAIAN, cells)
    yield gabungan.KURANG, several.lacking, _LACKING
    levels: Cells = {"tingkat": lambda at: at.of.tingkat, "banyak_kecamatan": lambda at: at.of.offices}
    yield gabungan.PROGRAM, several.programs, {**_GROUP, **levels}
    yield gabungan.JENIS, several.kinds, {**_GROUP, "kecamatan": lambda at: at.of.kecamatan}
    yield _of_table(gabungan.BIAYA, several.costs)
    yield _of_table(gabungan.HARGA, several.prices)
    yield _of_table(gabungan.RINCIAN, several.lines)


def _of_sheet(sheet: RecapSheet, cells: Cells) -> Cells:
    return {column.key: cells[column.key] for column in sheet.table.before}


_GROUP: Mapping[str, Callable[[At], object]] = {
    "kode": lambda at: at.of.kode, "nama": lambda at: at.of.nama, "dihitung": lambda at: at.of.sums.counted,
    "ditahan": lambda at: known(_held(at.of.sums).shown), UNKNOWN_ROWS: lambda at: at.of.sums.held_unknown,
}  # fmt: skip
_LACKING: Cells = {
    "kecamatan": lambda at: at.of.kecamatan, "banyak": lambda at: max(1, len(at.of.siapa)), "apa": lambda at: at.of.apa,
    "siapa": lambda at: "; ".join(at.of.siapa),
}  # fmt: skip


def _held(sums: Any) -> Sum:
    return Sum(sums.held, sums.held_known, sums.held_unknown)


def _office_cells(several: Several) -> Cells:
    """Figures of an office that could not be read are a dash: nothing of it is known."""

    def of(key: str) -> Callable[[At], object]:
        return lambda at: UNKNOWN if at.of.trouble else getattr(at.of, key)

    def maybe(value: Callable[[OfficeSum], object]) -> Callable[[At], object]:
        return lambda at: None if at.of.trouble else value(at.of)

    def linked(at: At) -> Cell:
        return Cell(at.of.nama, link=f"external:{_escaped(at.of.results[0])}" if at.of.results else "")

    def share(at: At) -> object:
        office: OfficeSum = at.of
        if office.trouble or office.pagu <= 0 or not office.submitted:
            return UNKNOWN
        formula = f'IF(N({at.ref("pagu")})>0,{at.ref("dihitung")}/{at.ref("pagu")},"{UNKNOWN}")'
        return Cell(office.counted / office.pagu, formula)

    return {
        "kecamatan": linked, "keadaan": lambda at: at.of.trouble or _state(at.of),
        "tahap": lambda at: at.of.tahap, "rencana": lambda at: at.of.rencana,
        "unit": of("units"), "masuk": of("submitted"), "wajib": of("wajib"), "cek": of("cek"), "pagu": of("pagu"),
        "dihitung": lambda at: UNKNOWN if at.of.trouble or not at.of.submitted else at.of.counted,
        "ditahan": lambda at: UNKNOWN if at.of.trouble else known(at.of.held.shown),
        UNKNOWN_ROWS: lambda at: 1 if at.of.trouble else at.of.held.unknown, "bagian": share,
        "capaian": maybe(lambda o: o.capaian), "predikat": lambda at: at.of.predikat,
        "peringkat_capaian": lambda at: several.rank(at.of, lambda o: o.capaian), "berlaku": maybe(lambda o: o.budget),
        "realisasi": maybe(lambda o: o.spent),
        "belum_lapor": maybe(lambda o: o.unreported), "serapan": maybe(lambda o: o.serapan),
        "peringkat_serapan": lambda at: several.rank(at.of, lambda o: o.serapan),
    }  # fmt: skip


def _state(office: OfficeSum) -> str:
    if office.submitted < office.units:
        return f"{office.submitted} dari {office.units} unit menyampaikan"
    return "Lengkap" if not office.lacking else "Ada yang perlu diperbaiki"


def _escaped(path: str) -> str:
    return "".join(f"%{ord(c):02x}" if c in '%#" <>[]^`{}' else c for c in path)
