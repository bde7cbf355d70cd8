"""Our rows out of a recap or a capaian workbook, as forms may want them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.filling.supply import (
    JENIS,
    MEASURED,
    MERGED,
    NAMES,
    PAGU,
    PAGU_COLUMN,
    PK,
    PROPOSED,
    PROPOSED_COLUMN,
    RECAP_KINDS,
    TREE,
    UNIT,
    WHERE,
    Supply,
    placed,
    with_tree,
)
from kinerja_xl.filling.supply import sums as heads
from kinerja_xl.lists import accounts
from kinerja_xl.office.folder import InputError
from kinerja_xl.reading.own_book import OwnBook, OwnTable, RecapBack, RecapLine, open_own, read_recap, read_recap_sheet
from kinerja_xl.reckoning import totals
from kinerja_xl.sheets import kinds, rekap
from kinerja_xl.sheets.capaian import (
    ANGGARAN_KELOMPOK,
    CAPAIAN_INDIKATOR,
    CAPAIAN_VERSIONS,
    EVALUASI_RENJA,
    LEVELS,
    REALISASI_ANGGARAN,
)
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.formats import format_number
from kinerja_xl.sheets.model import Column, Record
from kinerja_xl.sheets.penetapan import ANGGARAN_TABLE
from kinerja_xl.sheets.rab import FACTOR_UNITS, FACTORS
from kinerja_xl.sheets.rekap import UNKNOWN_ROWS, RecapSheet
from kinerja_xl.sheets.texts import is_empty_mark
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.words.periods import ROMAN

_FACTORS = Column(key="koefisien", label="Koefisien", kind=kinds.teks(), aliases=("Koefisien/Volume", "Rincian Koefisien"))
_ACCOUNT_NAME = next(column for column in ANGGARAN_TABLE.columns if column.key == "nama_rekening")
_CODE = re.compile(r"^\d[\d.]*\d\s+")
_NOT_WHOLE = "{file} tidak dapat dipakai sebagai sumber: tidak semua lembar dan kolomnya ada."
_SOURCES = "sebutkan buku rekap, buku capaian, atau rencana yang dikunci (arsip/Penetapan-TAHUN.xlsx) buatan kinerja-xl."


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
    names = {code: account.uraian for code, account in accounts().items()}
    rows = (with_tree(row.values, "kode_sub") | {"koefisien": _factors(row)} for row in counted)
    return [Supply(
        kind="rab", columns=(*USULAN.table("rab").columns, _ACCOUNT_NAME, _FACTORS, *TREE, UNIT), tree="kode_sub",
        rows=tuple({**row, _ACCOUNT_NAME.key: names.get(str(row.get("kode_rekening") or ""))} for row in rows), amount="jumlah",
        facts=_facts(back), uncounted=_held(back.lines), money={PROPOSED: "jumlah"},
        merges=(("kode_rekening", _ACCOUNT_NAME.key, "jenis_belanja"), *MERGED),
        core=(frozenset({"uraian"}), frozenset({"volume", "koefisien", "koef_1", "harga_satuan", "jumlah"})),
    )]  # fmt: skip


def _indicators(_: bytes, __: str, back: RecapBack) -> list[Supply]:
    return [Supply(
        kind="indikator", columns=(*USULAN.table("indikator").columns, *TREE, WHERE, UNIT), tree="kode",
        rows=tuple(placed(with_tree(line.row.values, "kode"), NAMES) for line in back.indicators if line.counted),
        facts=_facts(back), uncounted=_held(back.indicators), core=(frozenset({"nama"}),),
    )]  # fmt: skip


def _rkt(data: bytes, file: str, back: RecapBack) -> list[Supply]:
    shown = totals(((x.row.text("unit"), x.row.text("kode_sub")), x.jumlah) for x in back.lines if x.counted)
    proposed = {key: total.amount for key, total in shown.items() if not total.unknown}
    names = ("nama_sub", "kegiatan", "program")
    rows = tuple(placed(_named(row) | _proposed(row, proposed), names) for row in _sheet(data, file, rekap.RKT))
    return [Supply(
        kind="rkt", columns=(*rekap.RKT.table.columns(USULAN), WHERE, PAGU_COLUMN, PROPOSED_COLUMN), rows=rows, tree="kode_sub",
        amount="anggaran", facts=_facts(back), core=(frozenset({"indikator"}), frozenset({"target", "anggaran", PAGU})),
        money={PAGU: PAGU, PROPOSED: PROPOSED},
    )]  # fmt: skip


def _proposed(row: Record, proposed: Mapping[tuple[str, str], int]) -> dict[str, object]:
    """What was proposed and counted, where the line has the amount of its sub kegiatan: that may be the agreed one."""
    found = proposed.get((str(row.get("unit") or ""), str(row.get("kode_sub") or "")))
    return {} if found is None or row.get("anggaran") is None else {PROPOSED: Decimal(found)}


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
        groups=heads(rows), facts=_facts(back), money={PAGU: PAGU, PROPOSED: "dihitung"},
        core=(frozenset({"nama"}), frozenset({"dihitung", "pagu"})),
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
    """The rows of one sheet of a recap as it shows them. Raises InputError when it or a column of it is gone."""
    rows = read_recap_sheet(data, file, declared)
    if isinstance(rows, Finding):
        raise InputError(_NOT_WHOLE.format(file=file), (rows,))
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


_SPENT = {"pagu", "realisasi", *(f"rp_{n}" for n in range(1, 5))}
_SHEETS = (
    (EVALUASI_RENJA, "kode", "target_rp", ({"program"}, _either("target", "tahun", *(f"tw{n}" for n in range(1, 5))))),
    (CAPAIAN_INDIKATOR, "kode", "", ({"nama"}, {f"{name}{n}" for name in ("target", "realisasi", "capaian") for n in _UNTIL})),
    (REALISASI_ANGGARAN, "kode", "pagu", ({"nama", "kode"}, _SPENT)),
)
"""Sheet, the column of its codes, the money that its total is about, what a form asks for that wants these rows."""
_RUNNING = tuple(Column(key=f"sd_{n}", label=f"Realisasi s.d. TW {ROMAN[n - 1]} (Rp)", kind=kinds.rupiah()) for n in (1, 2, 3, 4))
"""What was spent up to a quarter: no column of ours, but one of forms."""
_PLACES = 4
"""Decimals of a figure that a formula of ours gives: what stands in a form is read without a format of ours."""
_LEADING_CODE = re.compile(r"\d[\d.]*\d")


def read_measured(data: bytes, file: str) -> list[Supply]:
    """The sheets of a capaian workbook as rows for forms. Raises InputError when it is none of ours, or not whole."""
    own = open_own(data, file, CAPAIAN_VERSIONS)
    if isinstance(own, Finding):
        if own.code != "T201":
            raise InputError(f"{file} tidak dapat dibaca.", (own,))
        raise InputError(f"{file} tidak memuat realisasi: sebutkan buku capaian yang ditulis `kinerja-xl capaian`.")
    tables = [own.table(declared.key, _wanted(declared)) for declared, *_ in _SHEETS]
    if lost := tuple(f for table in tables for f in table.findings):
        raise InputError(_NOT_WHOLE.format(file=file), lost)
    unknown = _unreported(tables[-1])
    facts: dict[str, object] = {"kantor": own.kantor} | ({"tahun": Decimal(own.tahun)} if own.tahun else {})
    found = [
        _supply(table, code, amount, tuple(map(frozenset, core)), facts, declared.name, unknown)
        for table, (declared, code, amount, core) in zip(tables, _SHEETS, strict=True)
    ]
    return [*found, *_by_group(own, facts)]


def _by_group(own: OwnBook, facts: dict[str, object]) -> Iterable[Supply]:
    """The same money by unit and by kind of expenditure; books of the first versions do not show it."""
    if all(sheet.key != ANGGARAN_KELOMPOK.key for sheet in own.book.sheets):
        return
    table = own.table(ANGGARAN_KELOMPOK.key)
    if table.findings:
        return
    rows = [_running(row) for row in _rows(table.raw())]
    money = (*(c for c in table.wanted if c.key not in ("kode", "tingkat", "nama", "nama_unit", "unit")), *_RUNNING)
    for level, name in (("unit", UNIT), ("jenis", JENIS)):
        own_rows = tuple({**row, name.key: row.get("nama")} for row in rows if row.get("tingkat") == LEVELS[level])
        yield Supply(
            kind=MEASURED, columns=(name, *money), rows=own_rows, tree="", amount="pagu", facts=facts, money={PAGU: "pagu"},
            core=(frozenset({name.key}), frozenset(_SPENT)), sheet=f"Realisasi per {name.label}",
        )  # fmt: skip


def _unreported(anggaran: OwnTable) -> dict[str, object]:
    """By code how many accounts nobody has reported: the sheet of the money says so, the others show the same money."""
    return {str(row["kode"]): row.get(UNKNOWN_ROWS) for row in _rows(anggaran.raw()) if row.get("kode")}


def _wanted(declared: RecapSheet) -> tuple[str, ...]:
    """All columns but the number of the row."""
    return tuple(column.key for column in declared.table.columns(USULAN) if column.key != "no")


def _supply(
    table: OwnTable, code: str, amount: str, core: tuple[frozenset[str], ...], facts: dict[str, object], sheet: str,
    unknown: Mapping[str, object],
) -> Supply:  # fmt: skip
    """One sheet's rows."""
    rows = tuple(
        {UNKNOWN_ROWS: unknown.get(str(row.get(code) or "")), **_running(row)}
        for row in _rows(table.raw()) if row.get("tingkat") != LEVELS["kantor"]  # the office is the sum of the form, no row of it
    )  # fmt: skip
    running = _RUNNING if rows and _RUNNING[0].key in rows[0] else ()
    columns = (replace(UNIT, key=rekap.UNIT_NAME) if c.key == rekap.UNIT_NAME else c for c in table.wanted if c.key != UNIT.key)
    return Supply(
        kind=MEASURED, columns=(*columns, *running), rows=rows, tree=code, amount=amount, facts=facts, money={PAGU: amount},
        groups=_groups([str(row.get(code) or "") for row in rows]) if amount else frozenset(), core=core,
        sheet=sheet,
    )  # fmt: skip


def _rows(lines: Iterable[Record]) -> Iterable[Record]:
    """Rows down to the first blank one; our dash for an unknown figure is a blank here."""
    for line in lines:
        values = {key: _value(cell) for key, cell in line.items()}
        if all(value is None for value in values.values()):
            return
        if "kode" not in values:
            code = _LEADING_CODE.match(str(values.get("program") or ""))
            values["kode"] = code[0] if code else None
        yield values


def _running(row: Record) -> dict[str, object]:
    """A row of money by quarter with what was spent up to each; unknown where a quarter is."""
    found = dict(row)
    for n, column in enumerate(_RUNNING, 1) if "rp_1" in row else ():
        parts = [part for k in range(1, n + 1) if isinstance(part := row.get(f"rp_{k}"), Decimal)]
        found[column.key] = sum(parts, Decimal(0)) if len(parts) == n else None
    return found


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
