"""Our rows out of a recap workbook, as forms may want them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.filling.supply import MEASURED, NAMES, PK, RECAP_KINDS, TREE, WHERE, Supply, placed, sums, with_tree
from kinerja_xl.office.folder import InputError
from kinerja_xl.reading.cells import CellsError, CellSheet, read_cells
from kinerja_xl.reading.gate import inspect
from kinerja_xl.reading.own_book import RecapBack, RecapLine, read_recap, read_recap_sheet
from kinerja_xl.reading.workbook import identity_of
from kinerja_xl.sheets import kinds, rekap
from kinerja_xl.sheets.capaian import BOOK_KEY, CAPAIAN_INDIKATOR, EVALUASI_RENJA, REALISASI_ANGGARAN
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.formats import format_number
from kinerja_xl.sheets.model import Column, Record
from kinerja_xl.sheets.rab import FACTOR_UNITS, FACTORS
from kinerja_xl.sheets.rekap import RecapSheet
from kinerja_xl.sheets.texts import is_empty_mark
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.sheets.values import fold

_FACTORS = Column(key="koefisien", label="Koefisien", kind=kinds.teks(), aliases=("Koefisien/Volume", "Rincian Koefisien"))
_CODE = re.compile(r"^\d[\d.]*\d\s+")
_SOURCES = "sebut buku rekap, buku capaian, atau rencana yang dikunci (arsip/Penetapan-TAHUN.xlsx) buatan kinerja-xl."


def read_supplies(data: bytes, file: str, kind: str = "") -> list[Supply]:
    """Our rows out of a recap workbook: of one kind, or of every kind that a form may want unasked.

    Raises InputError with the reason and the cells where it can't be read.
    """
    back = read_recap(data, file)
    if isinstance(back, Finding):
        raise InputError(f"{file} tidak dapat dipakai sebagai sumber: {_SOURCES}", (back,))
    wrong = tuple(f for f in back.findings if f.severity.value == "wajib")
    if wrong:
        raise InputError(f"{file} memuat sel yang tidak dapat dibaca; perbaiki dahulu catatan di bawah ini.", wrong)
    if kind and kind not in _MAKERS:
        raise InputError(f"{file} adalah buku rekap dan tidak memuat {kind}; {_SOURCES}")
    return [supply for one in ([kind] if kind else RECAP_KINDS) for supply in _MAKERS[one](data, file, back)]


def _rab(_: bytes, __: str, back: RecapBack) -> list[Supply]:
    counted = [line.row for line in back.lines if line.counted]
    return [Supply(
        kind="rab", columns=(*USULAN.table("rab").columns, _FACTORS, *TREE, rekap.UNIT), tree="kode_sub", amount="jumlah",
        rows=tuple(with_tree(row.values, "kode_sub") | {"koefisien": _factors(row)} for row in counted),
        facts=_facts(back), uncounted=_held(back.lines),
        core=(frozenset({"uraian"}), frozenset({"volume", "koefisien", "koef_1", "harga_satuan", "jumlah"})),
    )]  # fmt: skip


def _indicators(_: bytes, __: str, back: RecapBack) -> list[Supply]:
    return [Supply(
        kind="indikator", columns=(*USULAN.table("indikator").columns, *TREE, WHERE, rekap.UNIT), tree="kode",
        rows=tuple(placed(with_tree(line.row.values, "kode"), NAMES) for line in back.indicators if line.counted),
        facts=_facts(back), uncounted=_held(back.indicators), core=(frozenset({"nama"}),),
    )]  # fmt: skip


def _rkt(data: bytes, file: str, back: RecapBack) -> list[Supply]:
    rows = tuple(placed(_named(row), ("nama_sub", "kegiatan", "program")) for row in _sheet(data, file, rekap.RKT))
    return [Supply(
        kind="rkt", columns=(*rekap.RKT.table.columns(USULAN), WHERE), rows=rows, tree="kode_sub", amount="anggaran",
        facts=_facts(back), core=(frozenset({"indikator"}), frozenset({"target", "anggaran"})),
    )]  # fmt: skip


def _named(row: Record) -> dict[str, object]:
    """Program and kegiatan by their names alone, as the sub kegiatan stands there; the code is that of the lowest of them."""
    lowest = str(row.get("kegiatan") or row.get("program") or "")
    code = found[0].strip() if (found := _CODE.match(lowest)) else None
    names = {key: _CODE.sub("", str(row[key])) for key in ("program", "kegiatan") if row.get(key)}
    return {**row, **names, "kode_sub": row.get("kode_sub") or code}


def _program(data: bytes, file: str, back: RecapBack) -> list[Supply]:
    rows = _sheet(data, file, rekap.PER_PROGRAM)
    return [Supply(
        kind="program", columns=rekap.PER_PROGRAM.table.columns(USULAN), rows=rows, tree="kode", amount="dihitung",
        groups=sums(rows), facts=_facts(back), core=(frozenset({"nama"}), frozenset({"dihitung", "pagu"})),
    )]  # fmt: skip


def _pk(data: bytes, file: str, back: RecapBack) -> list[Supply]:
    """The two tables of a Perjanjian Kinerja's lampiran: a form may ask for both."""
    first, second = (_sheet(data, file, declared) for declared in (rekap.PK, rekap.PK_ANGGARAN))
    return [
        Supply(
            kind=PK, columns=rekap.PK.table.columns(USULAN), rows=first, tree="", facts=_facts(back),
            core=(frozenset({"indikator"}),),
        ),
        Supply(
            kind=PK, columns=rekap.PK_ANGGARAN.table.columns(USULAN), rows=second, tree="kode", amount="anggaran",
            facts=_facts(back), core=(frozenset({"nama", "kode"}), frozenset({"anggaran"})),
        ),
    ]  # fmt: skip


def _held(lines: tuple[RecapLine, ...]) -> tuple[RecapLine, ...]:
    """Lines that the recap does not count."""
    return tuple(line for line in lines if not line.counted)


_MAKERS: Mapping[str, Callable[[bytes, str, RecapBack], list[Supply]]] = {
    "rab": _rab, "indikator": _indicators, "rkt": _rkt, "program": _program, PK: _pk,
}  # fmt: skip


def _facts(back: RecapBack) -> dict[str, object]:
    return {key: value for key, value in (("kantor", back.kantor), ("tahun", Decimal(back.tahun))) if value}


def _sheet(data: bytes, file: str, declared: RecapSheet) -> tuple[Record, ...]:
    """The rows of one sheet of a recap as it shows them. Raises InputError when it is gone."""
    rows = read_recap_sheet(data, file, declared)
    if isinstance(rows, Finding):
        raise InputError(f"Lembar {declared.name} tidak ditemukan di {file}; buat ulang rekapnya, lalu ulangi.", (rows,))
    return tuple(row.values for row in rows)


def _factors(row: Row) -> str | None:
    """``30 Orang x 2 Kali``: the factors as the government budgeting system writes them in one cell."""
    parts = []
    for factor, unit in zip(FACTORS, FACTOR_UNITS, strict=True):
        value = row.get(factor)
        if isinstance(value, Decimal):
            parts.append(f"{format_number(value)} {row.get(unit) or ''}".strip())
    return " x ".join(parts) or None


# ---- What a capaian workbook of ours can put into a form: Evaluasi Renja, Pengukuran Kinerja, realisasi anggaran ----

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
_LEADING_CODE = re.compile(r"\d[\d.]*\d")


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
            code = _LEADING_CODE.match(str(values.get("program") or ""))
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
