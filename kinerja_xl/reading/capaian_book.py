"""Read a capaian workbook of ours back: each indicator's target, realisasi and capaian of the year, for the years' trend."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kinerja_xl.findings import Finding
from kinerja_xl.reading.cells import CellsError, CellSheet, read_cells
from kinerja_xl.reading.gate import inspect
from kinerja_xl.reading.workbook import identity_of
from kinerja_xl.sheets.capaian import BOOK_KEY, CAPAIAN_INDIKATOR
from kinerja_xl.sheets.values import fold, parse_number

_WANTED = ("unit", "kode", "nama", "satuan", "target", "realisasi", "capaian")
"""Columns whose heading stands once on the sheet."""

_HEADING_ROWS = 15
"""The headings stand at the top; rows below are not searched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearValue:
    """One indicator in one capaian workbook: target and realisasi as shown, capaian in percent points (None: it shows none)."""

    tahun: int
    unit: str
    kode: str
    nama: str
    satuan: str
    target: Decimal | str | None
    realised: Decimal | str | None
    percent: Decimal | None


def read_capaian(data: bytes, file: str = "") -> tuple[YearValue, ...] | Finding:
    """Every indicator of the workbook, or the finding that says why it can't be read: T201 when it is none of ours."""
    passed = inspect(data, file)
    if isinstance(passed, Finding):
        return passed.at(file=file)
    identity = identity_of(passed.package)
    try:
        sheets = list(read_cells(passed, data))
    except CellsError as error:
        return Finding(code="B102", file=file, args={"rincian": f"pembaca berhenti ({error})"})
    sheet = next((s for s in sheets if fold(s.name) == fold(CAPAIAN_INDIKATOR.name)), None)
    place = _headings(sheet) if sheet else None
    if identity is None or identity.book != BOOK_KEY or sheet is None or place is None:
        return Finding(code="T201", file=file, args={"rincian": ", ".join(s.name for s in sheets[:5])})
    row, columns = place
    lines = ({key: sheet.value(at, column) for key, column in columns.items()} for at in range(row + 1, len(sheet.rows)))
    return tuple(_value(int(identity.tahun), line) for line in lines if line["unit"] and line["nama"])


def _headings(sheet: CellSheet) -> tuple[int, dict[str, int]] | None:
    """The row of the headings and the column of each wanted one."""
    labels = {fold(column.label): column.key for column in CAPAIAN_INDIKATOR.table.before if column.key in _WANTED}
    for row, cells in enumerate(sheet.rows[:_HEADING_ROWS]):
        found = {labels[name]: at for at, cell in enumerate(cells) if isinstance(cell, str) and (name := fold(cell)) in labels}
        if len(found) == len(_WANTED):
            return row, found
    return None


def _value(tahun: int, line: dict[str, object]) -> YearValue:
    percent = _figure(line["capaian"])
    return YearValue(
        tahun=tahun, unit=_text(line["unit"]), kode=_text(line["kode"]), nama=_text(line["nama"]), satuan=_text(line["satuan"]),
        target=_figure(line["target"]), realised=_figure(line["realisasi"]),
        percent=percent if isinstance(percent, Decimal) else None,
    )  # fmt: skip


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _figure(value: object) -> Decimal | str | None:
    """A number of the sheet, or the words that stand in its place."""
    if isinstance(value, str):
        return value.strip() or None
    return parse_number(value).value if value is not None else None
