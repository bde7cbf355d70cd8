"""What a capaian workbook of ours can put into a form: Evaluasi Renja, Pengukuran Kinerja, realisasi anggaran."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from kinerja_xl.filling.supply import MEASURED, Supply
from kinerja_xl.findings import Finding
from kinerja_xl.folder import InputError
from kinerja_xl.reading.cells import CellsError, CellSheet, read_cells
from kinerja_xl.reading.gate import inspect
from kinerja_xl.reading.workbook import identity_of
from kinerja_xl.sheets.capaian import BOOK_KEY, CAPAIAN_INDIKATOR, EVALUASI_RENJA, REALISASI_ANGGARAN
from kinerja_xl.sheets.model import Column, Record
from kinerja_xl.sheets.rekap import RecapSheet
from kinerja_xl.sheets.texts import is_empty_mark
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.sheets.values import fold

_UNTIL = ("", "_1", "_2", "_3", "_4")


def _either(*names: str) -> set[str]:
    return {f"{name}_{measure}" for name in names for measure in ("k", "rp")}


_SHEETS = (
    (EVALUASI_RENJA, "kode", "target_rp", ({"program"}, _either("target", "tahun", *(f"tw{n}" for n in range(1, 5))))),
    (CAPAIAN_INDIKATOR, "kode", "", ({"nama"}, {f"{name}{n}" for name in ("target", "realisasi", "capaian") for n in _UNTIL})),
    (REALISASI_ANGGARAN, "kode", "pagu", ({"nama", "kode"}, {"pagu", "realisasi", *(f"rp_{n}" for n in range(1, 5))})),
)
"""Sheet, the column of its codes, the money that its total is about, what a form asks for that wants these rows."""
_PLACES = 4
"""Decimals of a figure that a formula of ours gives: what stands in a form is read without a format of ours."""
_YEAR = re.compile(r"Tahun Anggaran (20\d\d)")
_CODE = re.compile(r"\d[\d.]*\d")


def read_measured(data: bytes, file: str) -> list[Supply]:
    """The sheets of a capaian workbook as rows for forms. Raises InputError when it is none of ours."""
    passed = inspect(data, file)
    if isinstance(passed, Finding):
        raise InputError(f"{file} tidak dapat dibaca.", (passed.at(file=file),))
    identity = identity_of(passed.package)
    if identity is None or identity.book != BOOK_KEY:
        raise InputError(f"{file} tidak memuat realisasi: sebut buku capaian yang ditulis `kinerja-xl capaian`.")
    try:
        sheets = list(read_cells(passed, data))
    except CellsError as error:
        broken = Finding(code="B102", file=file, args={"rincian": str(error)})
        raise InputError(f"{file} tidak dapat dibaca.", (broken,)) from error
    found = [_supply(declared, sheets, code, amount, tuple(map(frozenset, core))) for declared, code, amount, core in _SHEETS]
    return [supply for supply in found if supply is not None]


def _supply(
    declared: RecapSheet, sheets: Iterable[CellSheet], code: str, amount: str, core: tuple[frozenset[str], ...]
) -> Supply | None:
    """One sheet; None where it is gone or its headings are no longer ours."""
    sheet = next((s for s in sheets if fold(s.name) == fold(declared.name)), None)
    columns = declared.table.columns(USULAN)
    top = _heading(sheet, columns) if sheet else None
    if sheet is None or top is None:
        return None
    rows = tuple(_rows(sheet, columns, top + 1))
    subtitle = str(sheet.value(1, 0) or "")
    year = _YEAR.search(subtitle)
    facts: dict[str, object] = {"kantor": subtitle.split("|")[0].strip()} | ({"tahun": Decimal(year[1])} if year else {})
    return Supply(
        kind=MEASURED, columns=tuple(c for c in columns if c.key != "no"), rows=rows, tree=code, amount=amount, facts=facts,
        groups=_groups([str(row.get(code) or "") for row in rows]) if amount else frozenset(), core=core,
    )  # fmt: skip


def _heading(sheet: CellSheet, columns: Sequence[Column]) -> int | None:
    """The row that shows our labels in our order."""
    labels = [fold(column.label) for column in columns]
    for row, cells in enumerate(sheet.rows[:20]):
        if [fold(str(cell or "")) for cell in cells[: len(labels)]] == labels:
            return row
    return None


def _rows(sheet: CellSheet, columns: Sequence[Column], first: int) -> Iterable[Record]:
    """Rows down to the first blank one; our dash for an unknown figure is a blank here."""
    for row in range(first, len(sheet.rows)):
        values = {column.key: _value(sheet.value(row, at)) for at, column in enumerate(columns)}
        if all(value is None for value in values.values()):
            return
        if "kode" not in values:
            code = _CODE.match(str(values.get("program") or ""))
            values["kode"] = code[0] if code else None
        yield values


def _value(cell: object) -> object | None:
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        number = Decimal(repr(float(cell)))
        return number if number == number.to_integral_value() else round(number, _PLACES)
    if isinstance(cell, str):
        return None if is_empty_mark(cell) else cell
    return cell


def _groups(codes: Sequence[str]) -> frozenset[int]:
    """Rows whose money contains that of others: codes with others below them, and the office as a whole."""
    return frozenset(i for i, code in enumerate(codes) if not code or any(other.startswith(f"{code}.") for other in codes))
