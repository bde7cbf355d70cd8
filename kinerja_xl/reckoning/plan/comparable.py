"""Plans, recaps and proposals as comparable rows. Pure functions.

Two sides that both know each RAB row are compared row by row; where one of them is a plan, which knows only accounts, the
other is added up by account first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kinerja_xl.lists import accounts, jenis_belanja, normalise_account
from kinerja_xl.reading.own_book import RecapBack, RecapLine
from kinerja_xl.reckoning import totals
from kinerja_xl.reckoning.plan import Plan, PlanIndicator, PlanSub, indicator_of, indicator_record
from kinerja_xl.reckoning.plan.compare import Item, Value
from kinerja_xl.sheets.choices import JENIS_KEY
from kinerja_xl.sheets.content import BookContent, Row
from kinerja_xl.sheets.indikator import INDIKATOR_TABLE
from kinerja_xl.sheets.penetapan import ANGGARAN_TABLE, INDICATOR_KEYS, SUB_TABLE
from kinerja_xl.sheets.rab import RAB_TABLE
from kinerja_xl.sheets.rekap import DIHITUNG
from kinerja_xl.sheets.values import fold
from kinerja_xl.words.periods import MONTHS

ANGGARAN, SUB, INDIKATOR, KAS = "Anggaran", "Sub Kegiatan", "Indikator", "Rencana Kas"
"""The parts of the comparison, in the words of its sheets."""

_IDENTITY = {"kode_sub", "kode_rekening", "uraian"}
_LOOKED_UP = {"nama_rekening", "batas_harga"}
AMOUNT = ANGGARAN_TABLE.column("jumlah").label


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two books. ``rows`` are its RAB rows, () where it knows only accounts (``accounts``); ``names`` what it calls
    its sub kegiatan."""

    label: str
    tahun: int
    rows: tuple[Item, ...]
    accounts: tuple[Item, ...]
    others: tuple[Item, ...]
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def detailed(self) -> bool:
        return bool(self.rows)


def comparable(old: Side, new: Side) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
    """The rows of both sides at the finest level that both know; parts that only one side can have are left out."""
    shared = _parts(old) & _parts(new)

    def items(side: Side) -> tuple[Item, ...]:
        own = side.rows if old.detailed and new.detailed else side.accounts
        return (*own, *(item for item in side.others if item.bagian in shared))

    return items(old), items(new)


def _parts(side: Side) -> set[str]:
    """A plan has sub kegiatan and a cash plan, even where it has no row of them; recaps and proposals never do."""
    return {INDIKATOR} if side.detailed else {INDIKATOR, SUB, KAS}


# ---- a plan ----------------------------------------------------------------------------------


def side_of_plan(plan: Plan, label: str) -> Side:
    """A locked plan: accounts, sub kegiatan with proposed, agreed and DPA, indicators, cash plan."""
    accounts = tuple(_account((x.unit, x.kode_sub, x.rekening), x.jumlah, x.jenis) for x in plan.lines)
    subs = tuple(
        Item(
            bagian=SUB, unit=sub.unit, kode=sub.kode, rekening="", nama=sub.nama, identity=(sub.unit, sub.kode),
            fields=_amounts(sub),
        )
        for sub in plan.subs
    )  # fmt: skip
    kas = tuple(
        Item(
            bagian=KAS, unit=unit, kode=kode, rekening="", nama="", identity=(unit, kode),
            fields=dict(zip(MONTHS, map(Decimal, months), strict=True)),
        )
        for (unit, kode), months in plan.kas.items()
    )  # fmt: skip
    goals = tuple(_goal(one) for one in plan.indicators)
    names = {sub.kode: sub.nama for sub in plan.subs if sub.nama}
    return Side(label=label, tahun=plan.tahun, rows=(), accounts=accounts, others=(*subs, *goals, *kas), names=names)


def _amounts(sub: PlanSub) -> dict[str, Value]:
    """What a plan says of a sub kegiatan. Without a DPA there is nothing to compare with one: what counts changes or not."""
    labels = {c.key: c.label for c in SUB_TABLE.columns}
    values: dict[str, Value] = {
        "nama": sub.nama or None, "diusulkan": Decimal(sub.diusulkan), "disepakati": Decimal(sub.disepakati),
        "alasan": sub.alasan or None, "alasan_dpa": sub.alasan_dpa or None, "anggaran": Decimal(sub.anggaran),
    }  # fmt: skip
    if sub.dpa is not None:
        values["dpa"] = Decimal(sub.dpa)
    return {labels[key]: value for key, value in values.items()}


def _goal(one: PlanIndicator) -> Item:
    """An indicator by what a plan freezes of it."""
    labels = {c.key: c.label for c in INDIKATOR_TABLE.columns}
    record = indicator_record(one)
    fields = {labels[key]: _value(record[key]) for key in INDICATOR_KEYS if key not in ("kode", "level", "nama")}
    words = (fold(one.level), fold(one.nama))
    return Item(
        bagian=INDIKATOR, unit=one.unit, kode=one.kode, rekening="", nama=f"{one.level}: {one.nama}",
        identity=(one.unit, one.kode, *words), moved=words, fields=fields,
    )  # fmt: skip


def _value(value: object) -> Value:
    return value if isinstance(value, Decimal | str | date) else None


# ---- rows of a recap or a proposal -----------------------------------------------------------


def side_of_recap(recap: RecapBack, label: str) -> Side:
    """A recap that was read back: every row, counted or not; only what counts has an amount."""
    rows = tuple(_rab_item(line) for line in recap.lines)
    goals = tuple(_goal(indicator_of(line.row, line.unit)) for line in recap.indicators if line.counted)
    return Side(label=label, tahun=recap.tahun, rows=rows, accounts=_by_account(rows), others=goals)


def side_of_usulan(content: BookContent, unit: str, tahun: int, label: str) -> Side:
    """A unit's proposal: its RAB rows as typed, all of them counted."""
    lines = (
        RecapLine(
            unit=unit, kode_sub=row.text("kode_sub"), row=row, counted=True,
            jumlah=None if (amount := row.number("jumlah")) is None else int(amount),
        )
        for row in content.rows("rab")
    )  # fmt: skip
    known = {column.key for column in content.book.table("rab").columns}
    rows = tuple(_rab_item(line, known) for line in lines)
    goals = tuple(_goal(indicator_of(row, unit)) for row in content.rows("indikator"))
    return Side(label=label, tahun=tahun, rows=rows, accounts=_by_account(rows), others=goals)


def _rab_item(line: RecapLine, known: set[str] | None = None) -> Item:
    """``known``: the columns that the book declares, for one without the recap's own."""
    row = line.row
    typed, words = row.text("kode_rekening"), row.text("uraian")
    rekening = normalise_account(typed) or typed
    fields = {
        c.label: _value(row.get(c.key))
        for c in RAB_TABLE.columns
        if c.key not in _IDENTITY | _LOOKED_UP and (known is None or c.key in known)
    }
    if known is None:
        fields[DIHITUNG.label] = "Ya" if line.counted else "Tidak"
    return Item(
        bagian=ANGGARAN, unit=line.unit, kode=line.kode_sub, rekening=rekening, nama=words,
        identity=(line.unit, line.kode_sub, rekening, fold(words)), moved=(fold(words),) if fold(words) else (), fields=fields,
        amount=line.jumlah if line.counted else None, unknown=int(line.jumlah is None), jenis=_jenis(row, rekening),
    )  # fmt: skip


def _jenis(row: Row, rekening: str) -> str:
    return jenis_belanja(rekening) or JENIS_KEY.get(row.text("jenis_belanja"), "")


def _by_account(rows: Iterable[Item]) -> tuple[Item, ...]:
    """Counted amounts added up by unit, sub kegiatan and account."""
    own = [((item.unit, item.kode, item.rekening), item) for item in rows if item.amount is not None or item.unknown]
    jenis = {key: item.jenis for key, item in reversed(own)}  # the first one says it
    sums_of = totals((key, None if item.unknown else item.amount) for key, item in own)
    return tuple(_account(key, total.value, jenis[key], total.unknown) for key, total in sums_of.items())


def _account(key: tuple[str, str, str], total: int | None, jenis: str, unknown: int = 0) -> Item:
    return Item(
        bagian=ANGGARAN, unit=key[0], kode=key[1], rekening=key[2], nama=_account_name(key[2]), identity=key,
        fields={AMOUNT: None if total is None else Decimal(total)}, amount=total, unknown=unknown, jenis=jenis,
    )  # fmt: skip


def _account_name(rekening: str) -> str:
    known = accounts().get(rekening)
    return known.uraian if known else ""
