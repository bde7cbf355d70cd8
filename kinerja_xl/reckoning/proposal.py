"""The counted proposal of a recap as a plan: for locking without a review, and for comparing a recap with a plan."""

from __future__ import annotations

from collections import defaultdict

from kinerja_xl.reckoning.plan import Plan, PlanLine, PlanSub
from kinerja_xl.reckoning.plan_content import indicator_of
from kinerja_xl.reckoning.recap import Recap
from kinerja_xl.reckoning.review import account_sums

WITHOUT_REVIEW = "Usulan yang dihitung, tanpa penelaahan"


def proposal_of(recap: Recap) -> Plan:
    """Agreed is what was proposed and counted, whole rupiah; ``dasar`` says that nobody reviewed it."""
    sums = account_sums(recap.lines)
    totals: dict[tuple[str, str], int] = defaultdict(int)
    for (unit, kode, _), (_, jumlah) in sums.items():
        totals[unit, kode] += jumlah
    programs = recap.office.programs
    return Plan(
        tahun=recap.office.tahun, tahap="penetapan", nomor=0, tanggal=recap.tanggal, dasar=WITHOUT_REVIEW,
        kantor=recap.office.nama,
        subs=tuple(
            PlanSub(unit=unit, kode=kode, nama=programs[kode].nama if kode in programs else "", diusulkan=n, disepakati=n)
            for (unit, kode), n in totals.items()
        ),
        lines=tuple(
            PlanLine(unit=unit, kode_sub=kode, rekening=rekening, jenis=jenis, jumlah=jumlah)
            for (unit, kode, rekening), (jenis, jumlah) in sums.items()
        ),
        indicators=tuple(indicator_of(e.row, e.unit) for e in recap.indikator if e.counted and e.row.get("target") is not None),
    )  # fmt: skip
