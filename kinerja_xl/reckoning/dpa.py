"""What the DPA gave, laid over the agreed plan: amounts per account, and where they differ from what was agreed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from kinerja_xl.findings import Finding
from kinerja_xl.lists.accounts import jenis_belanja, normalise_account
from kinerja_xl.reckoning.plan import Plan, PlanLine, PlanSub
from kinerja_xl.sheets.content import BookContent, Row, SheetContent
from kinerja_xl.sheets.penelaahan import DPA, DPA_TABLE
from kinerja_xl.sheets.penetapan import MONTH_KEYS
from kinerja_xl.sheets.values import fold, format_rupiah

Key = tuple[str, str]
DpaRow = tuple[str, str, str, int]
"""(unit, sub kegiatan, account, whole rupiah): what a DPA of any layout comes down to."""


def apply_dpa(
    plan: Plan,
    rows: Iterable[DpaRow],
    *,
    reasons: Mapping[Key, str] | None = None,
    names: Mapping[str, str] | None = None,
    kas: Mapping[Key, tuple[int, ...]] | None = None,
    jenis: Callable[[str], str | None] = jenis_belanja,
) -> Plan:
    """The plan with the DPA's amounts: its accounts replace the agreed ones; a sub kegiatan that it lacks gets 0.

    One that only the DPA has is added with proposed and agreed 0. ``reasons`` by (unit, sub kegiatan) say why an amount
    differs from the agreed one, ``names`` give the names of new sub kegiatan, ``kas`` replaces the cash plan of the
    sub kegiatan that it names.
    """
    sums: dict[tuple[str, str, str], int] = defaultdict(int)
    for unit, kode, rekening, jumlah in rows:
        sums[unit, kode, normalise_account(rekening) or rekening] += jumlah
    totals: dict[Key, int] = defaultdict(int)
    for (unit, kode, _), jumlah in sums.items():
        totals[unit, kode] += jumlah
    why, known = reasons or {}, {(sub.unit, sub.kode) for sub in plan.subs}
    new = (
        PlanSub(unit=unit, kode=kode, nama=(names or {}).get(kode, ""), diusulkan=0, disepakati=0)
        for unit, kode in totals
        if (unit, kode) not in known
    )
    return replace(
        plan,
        subs=tuple(
            replace(sub, dpa=totals.get((sub.unit, sub.kode), 0), alasan_dpa=why.get((sub.unit, sub.kode), ""))
            for sub in (*plan.subs, *new)
        ),
        lines=tuple(
            PlanLine(unit=unit, kode_sub=kode, rekening=rekening, jenis=jenis(rekening) or "", jumlah=jumlah)
            for (unit, kode, rekening), jumlah in sums.items()
            if jumlah
        ),
        kas={**plan.kas, **(kas or {})},
        sha256="",
    )


def content_of_dpa(plan: Plan) -> BookContent:
    """A DPA in our own layout that starts with the plan's accounts, for the office to correct; no cash plan, no reasons."""
    rows = (
        {"unit": line.unit, "kode_sub": line.kode_sub, "kode_rekening": line.rekening, "anggaran": Decimal(line.jumlah)}
        for line in plan.lines
    )
    table = {DPA_TABLE.key: tuple(Row(values=values) for values in rows)}
    return BookContent(book=DPA, sheets=tuple(SheetContent(key=sheet.key, tables=table) for sheet in DPA.sheets))


def dpa_differences(plan: Plan, before: Plan, file: str, places: Mapping[Key, tuple[str, str]]) -> list[Finding]:
    """What the office should know of each sub kegiatan whose DPA differs from what was agreed (``before``: without it).

    ``places`` give sheet and cell of a sub kegiatan's first row in the DPA.
    """
    agreed = {(sub.unit, sub.kode) for sub in before.subs}
    given = {(line.unit, line.kode_sub) for line in plan.lines}
    found = []
    for sub in plan.subs:
        key = sub.unit, sub.kode
        sheet, cell = places.get(key, ("", ""))
        words = f"{sub.unit} {sub.kode} {sub.nama}".strip()
        code, detail = _difference(sub, key in agreed, key in given)
        if code:
            found.append(
                Finding(code=code, file=file, sheet=sheet, cell=cell, unit=sub.unit, value=words, args={"rincian": detail})
            )
        months = plan.kas.get(key, ())
        if months and sum(months) != sub.anggaran:
            detail = f"{format_rupiah(sum(months))}, anggarannya {format_rupiah(sub.anggaran)}"
            found.append(
                Finding(code="D109", file=file, sheet=sheet, cell=cell, unit=sub.unit, value=words, args={"rincian": detail})
            )
    return found


def _difference(sub: PlanSub, agreed: bool, given: bool) -> tuple[str, str]:
    """Code and detail of what a sub kegiatan's DPA leaves unexplained; "" when nothing."""
    if not agreed:
        return "D133", format_rupiah(sub.dpa or 0)
    if sub.dpa == sub.disepakati or sub.alasan_dpa:
        return "", ""
    if not given:
        return "D132", format_rupiah(sub.disepakati)
    return "D131", f"{format_rupiah(sub.dpa or 0)}, disepakati {format_rupiah(sub.disepakati)}"


def rows_of(
    rows: Iterable[Row], spelling: Mapping[str, str]
) -> tuple[list[DpaRow], dict[Key, str], dict[Key, tuple[int, ...]], dict[Key, tuple[str, str]]]:  # fmt: skip
    """The rows of our own DPA layout: amounts, reasons, cash plan, and where each sub kegiatan first stands.

    ``spelling``: the units' codes folded, as the office spells them.

    Rows without unit, code or amount were named by the declared checks and are left out here.
    """
    amounts: list[DpaRow] = []
    reasons: dict[Key, str] = {}
    months: dict[Key, list[int]] = {}
    places: dict[Key, tuple[str, str]] = {}
    for row in rows:
        unit, kode, jumlah = row.get("unit"), row.get("kode_sub"), row.get("anggaran")
        if not (isinstance(unit, str) and isinstance(kode, str) and isinstance(jumlah, Decimal)):
            continue
        unit = spelling.get(fold(unit), unit)
        key = unit, kode
        amounts.append((unit, kode, str(row.get("kode_rekening") or ""), int(jumlah)))
        places.setdefault(key, (row.sheet, row.cell("anggaran")))
        if row.get("alasan"):
            reasons[key] = "; ".join(filter(None, (reasons.get(key, ""), str(row.get("alasan")))))
        own = [row.get(month) for month in MONTH_KEYS]
        if any(m is not None for m in own):
            before = months.get(key, [0] * len(own))
            months[key] = [a + int(m) if isinstance(m, Decimal) else a for a, m in zip(before, own, strict=True)]
    return amounts, reasons, {key: tuple(values) for key, values in months.items()}, places
