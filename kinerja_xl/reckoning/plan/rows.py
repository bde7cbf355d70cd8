"""A locked plan in the rows that recaps and letters show: its indicators as entries, its RKT. Pure functions."""

from __future__ import annotations

from kinerja_xl.office.kantor import Office
from kinerja_xl.reckoning.plan import InForce, Plan, indicator_record
from kinerja_xl.reckoning.recap import Agreed, Entry, Recap, build_rkt
from kinerja_xl.sheets.content import Row

Amounts = dict[tuple[str, str], int]
"""Whole rupiah by (unit, sub kegiatan)."""


def amounts_of(recap: Recap, plan: Plan | None = None) -> Amounts:
    """Of the locked plan where there is one, without what got no money; else what the recap counts."""
    return recap.amounts() if plan is None else {(sub.unit, sub.kode): sub.anggaran for sub in plan.funded}


def goals_of(recap: Recap, plan: Plan | None = None) -> tuple[Entry, ...]:
    """The indicators that hold, in the columns of the sheet Indikator: the locked plan's, else those that the recap counts."""
    if plan is None:
        return tuple(entry for entry in recap.indikator if entry.counted)
    return _entries(plan, recap.office)


def _entries(plan: Plan, office: Office) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            unit=one.unit, unit_nama=office.unit_name(one.unit), file="", row=Row(values=indicator_record(one)), kode_sub=one.kode
        )
        for one in plan.promised
    )


def agreed_of(locked: InForce, office: Office) -> Agreed:
    """What stands beside a recap once a plan is locked."""
    plan = locked.plan
    money = {(sub.unit, sub.kode): sub.anggaran for sub in plan.funded}
    rkt = build_rkt(money, _entries(plan, office), office)
    return Agreed(menurut=locked.sentence, rkt=rkt, since=locked.tanggal, changed=locked.changed)
