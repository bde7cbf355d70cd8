"""The filled Lembar Penelaahan becomes a plan, or the catatan that say what still stands in the way. Pure functions.

Nothing is assumed: a blank agreed amount, a difference without its reason, accounts that do not add up to what was
agreed are each named with their cell, and no plan is made until they are settled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kinerja_xl.findings import Finding, Severity
from kinerja_xl.lists.accounts import jenis_belanja, normalise_account
from kinerja_xl.office import Office
from kinerja_xl.reckoning.plan import Plan, PlanLine, PlanSub
from kinerja_xl.reckoning.plan_content import indicator_of
from kinerja_xl.sheets.choices import JENIS_BELANJA
from kinerja_xl.sheets.content import BookContent, Row
from kinerja_xl.sheets.model import Table
from kinerja_xl.sheets.penelaahan import PENELAAHAN, PROPOSED_TARGET
from kinerja_xl.sheets.penetapan import MONTH_KEYS
from kinerja_xl.sheets.values import fold, format_number, format_rupiah

_JENIS_KEY = {name: key for key, name in JENIS_BELANJA.items()}
Key = tuple[str, str]


@dataclass(slots=True, kw_only=True)
class Review:
    """The sheet while it is judged: ``units`` maps a folded code to the office's spelling; ``reported`` cells stay alone."""

    content: BookContent
    office: Office
    reported: frozenset[tuple[str, str]]
    findings: list[Finding] = field(default_factory=list)
    agreed: dict[Key, int] = field(default_factory=dict)

    def say(self, code: str, table: str, row: Row, key: str, value: object = "", **args: str) -> None:
        """A catatan at a cell, unless that cell has one already."""
        place = row.sheet, row.cell(key)
        if place in self.reported:
            return
        declared = self.content.book.block(table)
        label = next(c.label for c in declared.columns if c.key == key)
        self.findings.append(
            Finding(
                code=code, sheet=row.sheet, cell=row.cell(key), column=label, value="" if value is None else str(value),
                unit=self.unit(row), args=args,
            )
        )  # fmt: skip

    def unit(self, row: Row) -> str:
        """The row's unit in the office's spelling."""
        typed = str(row.get("unit") or "")
        return next((u.kode for u in self.office.units if fold(u.kode) == fold(typed)), typed)

    def rows(self, table: str, code: str) -> Iterator[tuple[Key, Row]]:
        """The rows of a table under (unit, code); rows without either are named and left out, so are rows that repeat."""
        declared = self.content.book.block(table)
        assert isinstance(declared, Table)
        seen: dict[tuple[object, ...], Row] = {}
        for row in self.content.rows(table):
            key = self.unit(row), str(row.get(code) or "")
            if not all(key):
                self.say("D110", table, row, code if key[0] else "unit")
                continue
            if self.office.unit(key[0]) is None:
                known = ", ".join(u.kode for u in self.office.units)
                self.say("D105", table, row, "unit", key[0], rincian=known)
                continue
            own = key + tuple(fold(str(row.get(k) or "")) for k in _MORE.get(table, ()))
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
    value = row.get(key)
    return int(value) if isinstance(value, Decimal) else None


def _subs(review: Review) -> Iterator[PlanSub]:
    for key, row in review.rows("telaah_sub", "kode"):
        proposed, agreed = _whole(row, "diusulkan") or 0, _whole(row, "disepakati")
        name = str(row.get("nama") or "")
        if agreed is None:
            review.say("D101", "telaah_sub", row, "disepakati", rincian=f"{key[1]} {name}".strip())
            continue
        review.agreed[key] = agreed
        reason = str(row.get("alasan") or "")
        if agreed != proposed and not reason:
            gap = f"{key[1]} ({format_rupiah(agreed - proposed)})"
            review.say("D102", "telaah_sub", row, "alasan", rincian=gap)
        yield PlanSub(unit=key[0], kode=key[1], nama=name, diusulkan=proposed, disepakati=agreed, alasan=reason)


def _lines(review: Review) -> Iterator[PlanLine]:
    """The agreed accounts; those of a rejected sub kegiatan (agreed 0) fall away, whatever stands there."""
    listed = {(review.unit(row), str(row.get("kode") or "")) for row in review.content.rows("telaah_sub")}
    for key, row in review.rows("telaah_rekening", "kode_sub"):
        if key not in listed:
            review.say("D104", "telaah_rekening", row, "kode_sub", " ".join(key))
            continue
        if review.agreed.get(key) == 0:
            continue
        amount, typed = _whole(row, "disepakati"), str(row.get("kode_rekening") or "")
        if amount is None:
            review.say("D101", "telaah_rekening", row, "disepakati", rincian=f"{key[1]} {typed}".strip())
            continue
        code = normalise_account(typed) or typed
        jenis = _JENIS_KEY.get(str(row.get("jenis_belanja") or "")) or jenis_belanja(code) or ""
        if amount:
            yield PlanLine(unit=key[0], kode_sub=key[1], rekening=code, jenis=jenis, jumlah=amount)


def _compare_sums(review: Review, lines: tuple[PlanLine, ...]) -> None:
    """Accounts add up to what was agreed; silent where one of them has its own catatan."""
    sums: dict[Key, int] = defaultdict(int)
    for line in lines:
        sums[line.unit, line.kode_sub] += line.jumlah
    open_accounts = {
        (review.unit(row), str(row.get("kode_sub") or ""))
        for row in review.content.rows("telaah_rekening")
        if _whole(row, "disepakati") is None
    }
    for row in review.content.rows("telaah_sub"):
        key = review.unit(row), str(row.get("kode") or "")
        agreed = review.agreed.get(key)
        if agreed is not None and sums[key] != agreed and key not in open_accounts and _whole(row, "disepakati") == agreed:
            review.say("D103", "telaah_sub", row, "disepakati", format_rupiah(agreed), rincian=format_rupiah(sums[key]))


def _indicators(review: Review) -> Iterator[tuple[Key, Row]]:
    """Indicators with a target; those of a sub kegiatan that was rejected are not measured."""
    for key, row in review.rows("telaah_indikator", "kode"):
        if review.agreed.get(key) == 0:
            continue
        name, target = str(row.get("nama") or ""), row.get("target")
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
        if key in review.agreed and total != review.agreed[key]:
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
