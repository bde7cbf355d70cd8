"""The filled Lembar Penelaahan becomes a plan, or the catatan that say what still stands in the way. Pure functions.

Nothing is assumed: a blank agreed amount, a difference without its reason, accounts that do not add up to what was
agreed are each named with their cell, and no plan is made until they are settled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from kinerja_xl.catatan import Finding, Severity
from kinerja_xl.lists import jenis_belanja, normalise_account
from kinerja_xl.office.kantor import Office
from kinerja_xl.office.prefill import as_rows, book_of
from kinerja_xl.reckoning import sums
from kinerja_xl.reckoning.plan import Plan, PlanLine, PlanSub, indicator_of
from kinerja_xl.reckoning.recap import Entry
from kinerja_xl.sheets.choices import JENIS_KEY
from kinerja_xl.sheets.content import BookContent, Row
from kinerja_xl.sheets.penetapan import DPA, DPA_TABLE, MONTH_KEYS, PENELAAHAN, PROPOSED_TARGET
from kinerja_xl.sheets.values import fold, format_number, format_rupiah

Key = tuple[str, str]


@dataclass(slots=True, kw_only=True)
class Review:
    """The sheet while it is judged: ``units`` maps a folded code to the office's spelling; ``reported`` cells stay alone."""

    content: BookContent
    office: Office
    reported: frozenset[tuple[str, str]]
    findings: list[Finding] = field(default_factory=list)
    agreed: dict[Key, int] = field(default_factory=dict)
    doubted: set[Key] = field(default_factory=set)
    """Of which the agreed amount is not that of its accounts (D103)."""

    def say(self, code: str, table: str, row: Row, key: str, value: object = "", **args: str) -> None:
        """A catatan at a cell, unless that cell has one already."""
        place = row.sheet, row.cell(key)
        if place in self.reported:
            return
        label = next(c.label for c in self.content.book.block(table).columns if c.key == key)
        shown = "" if value is None else str(value)
        self.findings.append(
            Finding(code=code, sheet=row.sheet, cell=row.cell(key), column=label, value=shown, unit=self.unit(row), args=args)
        )

    def unit(self, row: Row) -> str:
        """The row's unit in the office's spelling."""
        return self.office.among.spelled(row.text("unit"))

    def rows(self, table: str, code: str) -> Iterator[tuple[Key, Row]]:
        """The rows of a table under (unit, code); rows without either are named and left out, so are rows that repeat."""
        seen: dict[tuple[object, ...], Row] = {}
        for row in self.content.rows(table):
            key = self.unit(row), row.text(code)
            if not all(key):
                self.say("D110", table, row, code if key[0] else "unit")
                continue
            if self.office.unit(key[0]) is None:
                known = ", ".join(u.kode for u in self.office.units)
                self.say("D105", table, row, "unit", key[0], rincian=known)
                continue
            own = key + tuple(fold(row.text(k)) for k in _MORE.get(table, ()))
            if own in seen:
                self.say("D106", table, row, code, " ".join(key), rincian=seen[own].cell(code))
                continue
            seen[own] = row
            yield key, row


_MORE = {"telaah_rekening": ("kode_rekening",), "telaah_indikator": ("level", "nama")}
"""What tells rows of one sub kegiatan apart."""


def agreed_plan(
    content: BookContent, office: Office, reported: frozenset[tuple[str, str]] = frozenset()
) -> tuple[Plan | None, list[Finding]]:
    """The plan of a filled review, whole rupiah, without stage, number and hash; None while a finding is "wajib".

    ``reported`` are the cells that reading has named already.
    """
    review = Review(content=content, office=office, reported=reported)
    subs = tuple(_subs(review))
    lines = tuple(_lines(review))
    _compare_sums(review, lines)
    indicators = tuple(indicator_of(row, key[0]) for key, row in _indicators(review))
    kas = _kas(review)
    if any(f.severity is Severity.WAJIB for f in review.findings):
        return None, review.findings
    form = content.form("telaah") or Row(values={})
    day, number = form.get("tanggal"), form.get("nomor")
    plan = Plan(
        tahun=office.tahun, tahap="penetapan", nomor=0, tanggal=day if isinstance(day, date) else None,
        dasar=f"Berita Acara Penelaahan Nomor {number}" if number else "", subs=subs, lines=lines, indicators=indicators,
        kas=kas, kantor=office.nama,
    )  # fmt: skip
    return plan, review.findings


def _whole(row: Row, key: str) -> int | None:
    value = row.number(key)
    return None if value is None else int(value)


def _subs(review: Review) -> Iterator[PlanSub]:
    for key, row in review.rows("telaah_sub", "kode"):
        proposed, agreed = _whole(row, "diusulkan") or 0, _whole(row, "disepakati")
        name = row.text("nama")
        if agreed is None:
            review.say("D101", "telaah_sub", row, "disepakati", rincian=f"{key[1]} {name}".strip())
            continue
        review.agreed[key] = agreed
        reason = row.text("alasan")
        if agreed != proposed and not reason:
            gap = f"{key[1]} ({format_rupiah(agreed - proposed)})"
            review.say("D102", "telaah_sub", row, "alasan", rincian=gap)
        yield PlanSub(unit=key[0], kode=key[1], nama=name, diusulkan=proposed, disepakati=agreed, alasan=reason)


def _lines(review: Review) -> Iterator[PlanLine]:
    """The agreed accounts; those of a rejected sub kegiatan (agreed 0) fall away, whatever stands there."""
    listed = {(review.unit(row), row.text("kode")) for row in review.content.rows("telaah_sub")}
    for key, row in review.rows("telaah_rekening", "kode_sub"):
        if key not in listed:
            review.say("D104", "telaah_rekening", row, "kode_sub", " ".join(key))
            continue
        if review.agreed.get(key) == 0:
            continue
        amount, typed = _whole(row, "disepakati"), row.text("kode_rekening")
        if amount is None:
            review.say("D101", "telaah_rekening", row, "disepakati", rincian=f"{key[1]} {typed}".strip())
            continue
        code = normalise_account(typed) or typed
        jenis = JENIS_KEY.get(row.text("jenis_belanja")) or jenis_belanja(code) or ""
        if amount:
            yield PlanLine(unit=key[0], kode_sub=key[1], rekening=code, jenis=jenis, jumlah=amount)


def _compare_sums(review: Review, lines: tuple[PlanLine, ...]) -> None:
    """Accounts add up to what was agreed; silent where one of them has its own catatan."""
    total = sums(((line.unit, line.kode_sub), line.jumlah) for line in lines)
    open_accounts = {
        (review.unit(row), row.text("kode_sub"))
        for row in review.content.rows("telaah_rekening")
        if _whole(row, "disepakati") is None
    }
    for row in review.content.rows("telaah_sub"):
        key = review.unit(row), row.text("kode")
        agreed = review.agreed.get(key)
        given = total.get(key, 0)
        if agreed is not None and given != agreed and key not in open_accounts and _whole(row, "disepakati") == agreed:
            review.say("D103", "telaah_sub", row, "disepakati", format_rupiah(agreed), rincian=format_rupiah(given))
            review.doubted.add(key)
            if given == _whole(row, "diusulkan"):  # the accounts are as proposed: the amount is the slip, it needs no reason
                review.findings[:] = [f for f in review.findings if (f.sheet, f.cell) != (row.sheet, row.cell("alasan"))]


def _indicators(review: Review) -> Iterator[tuple[Key, Row]]:
    """Indicators with a target; those of a sub kegiatan that was rejected are not measured."""
    for key, row in review.rows("telaah_indikator", "kode"):
        if review.agreed.get(key) == 0:
            continue
        name, target = row.text("nama"), row.get("target")
        if target is None:
            review.say("D107", "telaah_indikator", row, "target", rincian=f"{key[1]} {name}".strip())
            continue
        proposed = row.get(PROPOSED_TARGET)
        if target != proposed and not row.get("alasan"):
            review.say("D108", "telaah_indikator", row, "alasan", _shown(target), rincian=f"{name} ({_shown(proposed)})")
        yield key, row


def _shown(value: object) -> str:
    return format_number(value) if isinstance(value, Decimal) else str(value or "kosong")


def _kas(review: Review) -> dict[Key, tuple[int, ...]]:
    """The cash plan of the rows in which some month is filled; a month left blank beside others is 0."""
    found: dict[Key, tuple[int, ...]] = {}
    for key, row in review.rows("telaah_kas", "kode_sub"):
        months = [_whole(row, month) for month in MONTH_KEYS]
        if all(month is None for month in months):
            continue
        found[key] = tuple(month or 0 for month in months)
        total = sum(found[key])
        if key in review.agreed and key not in review.doubted and total != review.agreed[key]:
            words = f"{format_rupiah(total)}, yang disepakati {format_rupiah(review.agreed[key])}"
            review.say("D109", "telaah_kas", row, MONTH_KEYS[0], " ".join(key), rincian=words)
    return found


def is_filled(content: BookContent) -> bool:
    """Whether the meeting has written anything into a review: then it is never written over."""
    assert content.book.key == PENELAAHAN.key
    form = content.form("telaah")
    if form and any(form.get(key) is not None for key in ("tanggal", "nomor", "catatan")):
        return True
    typed = {
        "telaah_sub": ("disepakati", "tanggapan", "alasan"), "telaah_rekening": ("keterangan",),
        "telaah_indikator": ("alasan",), "telaah_kas": MONTH_KEYS,
    }  # fmt: skip
    if any(row.get(key) is not None for table, keys in typed.items() for row in content.rows(table) for key in keys):
        return True
    pairs = (("telaah_rekening", "diusulkan", "disepakati"), ("telaah_indikator", PROPOSED_TARGET, "target"))
    return any(row.get(old) != row.get(new) for table, old, new in pairs for row in content.rows(table))


# ---- What the DPA gave, laid over the agreed plan: amounts per account, and where they differ from what was agreed ----

DpaKey = tuple[str, str]
DpaRow = tuple[str, str, str, int]
"""(unit, sub kegiatan, account, whole rupiah): what a DPA of any layout comes down to."""


def apply_dpa(
    plan: Plan,
    rows: Iterable[DpaRow],
    *,
    reasons: Mapping[DpaKey, str] | None = None,
    names: Mapping[str, str] | None = None,
    kas: Mapping[DpaKey, tuple[int, ...]] | None = None,
    jenis: Callable[[str], str | None] = jenis_belanja,
) -> Plan:
    """The plan with the DPA's amounts: its accounts replace the agreed ones; a sub kegiatan that it lacks gets 0.

    One that only the DPA has is added with proposed and agreed 0. ``reasons`` by (unit, sub kegiatan) say why an amount
    differs from the agreed one, ``names`` give the names of new sub kegiatan, ``kas`` replaces the cash plan of the
    sub kegiatan that it names.
    """
    given = sums(((unit, kode, normalise_account(rekening) or rekening), jumlah) for unit, kode, rekening, jumlah in rows)
    totals = sums((key[:2], jumlah) for key, jumlah in given.items())
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
            for (unit, kode, rekening), jumlah in given.items()
            if jumlah
        ),
        kas={**plan.kas, **(kas or {})},
        sha256="",
    )


def with_goals(plan: Plan, review: BookContent | None, proposed: Callable[[], Iterable[Entry]]) -> Plan:
    """The plan with indicators for the funded sub kegiatan that have none, because only the DPA brought them or brought them
    back: what the sheet Indikator of the review says of them, else what the units ``proposed``."""
    there = {(one.unit, one.kode) for one in plan.indicators}
    bare = {(sub.unit, sub.kode) for sub in plan.funded} - there
    if not bare:
        return plan
    spelling = {fold(unit): unit for unit, _ in bare}
    rows = [(spelling.get(fold(row.text("unit")), ""), row) for row in (review.rows("telaah_indikator") if review else ())]
    rows = [pair for pair in rows if (pair[0], pair[1].text("kode")) in bare]
    left = bare - {(unit, row.text("kode")) for unit, row in rows}
    rows += [(e.unit, e.row) for e in (proposed() if left else ()) if (e.unit, e.row.text("kode")) in left]
    goals = (indicator_of(row, unit) for unit, row in rows if row.get("target") is not None)
    return replace(plan, indicators=(*plan.indicators, *goals))


def content_of_dpa(plan: Plan, accounts: Mapping[str, str]) -> BookContent:
    """A DPA in our own layout that starts with the plan's accounts, for the office to correct; no cash plan, no reasons.
    ``accounts`` name them for people."""
    subs = {sub.kode: sub.nama for sub in plan.subs}
    rows = as_rows(
        {
            "unit": line.unit, "kode_sub": line.kode_sub, "nama_sub": subs.get(line.kode_sub) or None,
            "kode_rekening": line.rekening, "nama_rekening": accounts.get(line.rekening), "anggaran": Decimal(line.jumlah),
        }
        for line in plan.lines
    )
    return book_of(DPA, {}, {DPA_TABLE.key: rows})


def dpa_differences(plan: Plan, before: Plan, file: str, places: Mapping[DpaKey, tuple[str, str]]) -> list[Finding]:
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
        said = [_difference(sub, key in agreed, key in given)]
        months = sum(plan.kas.get(key, ()))
        if plan.kas.get(key) and months != sub.anggaran:
            said.append(("D109", f"{format_rupiah(months)}, anggarannya {format_rupiah(sub.anggaran)}"))
        found += [
            Finding(code=code, file=file, sheet=sheet, cell=cell, unit=sub.unit, value=words, args={"rincian": detail})
            for code, detail in said
            if code
        ]
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


DpaRows = tuple[list[DpaRow], dict[DpaKey, str], dict[DpaKey, tuple[int, ...]], dict[DpaKey, tuple[str, str]]]
"""Amounts, reasons, cash plan by month, and where each sub kegiatan first stands."""


def rows_of(rows: Iterable[Row], spelling: Mapping[str, str]) -> DpaRows:
    """The rows of our own DPA layout: amounts, reasons, cash plan, and where each sub kegiatan first stands.

    ``spelling``: the units' codes folded, as the office spells them.
    Rows without unit, code or amount were named by the declared checks and are left out here.
    """
    amounts: list[DpaRow] = []
    reasons: dict[DpaKey, str] = {}
    months: dict[DpaKey, list[int]] = {}
    places: dict[DpaKey, tuple[str, str]] = {}
    for row in rows:
        unit, kode, jumlah = row.get("unit"), row.get("kode_sub"), row.get("anggaran")
        if not (isinstance(unit, str) and isinstance(kode, str) and isinstance(jumlah, Decimal)):
            continue
        unit = spelling.get(fold(unit), unit)
        key = unit, kode
        amounts.append((unit, kode, row.text("kode_rekening"), int(jumlah)))
        places.setdefault(key, (row.sheet, row.cell("anggaran")))
        if row.get("alasan"):
            reasons[key] = "; ".join(filter(None, (reasons.get(key, ""), str(row.get("alasan")))))
        own = [row.get(month) for month in MONTH_KEYS]
        if any(m is not None for m in own):
            before = months.get(key, [0] * len(own))
            months[key] = [a + int(m) if isinstance(m, Decimal) else a for a, m in zip(before, own, strict=True)]
    return amounts, reasons, {key: tuple(values) for key, values in months.items()}, places
