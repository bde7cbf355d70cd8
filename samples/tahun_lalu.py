"""The sample office's years before: Rekap-2024, Capaian-2024 and a small Capaian-2023 for arsip/, made by the program's own
writers from the usulan of 2024 (``usulan_lalu``), with small fixed deviations. Amounts are whole rupiah.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from kinerja_xl.office.folder import ARSIP
from kinerja_xl.office.kantor import Office
from kinerja_xl.reading.own_book import read_capaian
from kinerja_xl.reckoning.capaian import Year
from kinerja_xl.reckoning.capaian.measure import measure, trends
from kinerja_xl.reckoning.plan import Plan, PlanIndicator, PlanLine, Target, indicator_of
from kinerja_xl.reckoning.plan.review import proposal_of
from kinerja_xl.reckoning.recap import Recap
from kinerja_xl.reckoning.year import Lack, Physical, Quarter, Realised, RealisedIndicator, Spent
from kinerja_xl.writing.shown.capaian import write_capaian
from kinerja_xl.writing.shown.recap import write_recap
from samples.isi import UNITS, unit_content
from samples.isi.baca import read_toml
from samples.usulan_lalu import CHEAPER, chance, decimal_of, goal, recap_before, split, year_before

CLOSED = date(2025, 1, 20)
"""Date printed on the capaian of 2024."""

_SPENT, _STEP = 90, 500
"""At least so many percent of an amount are spent, in full steps of so many rupiah."""

_FISIK = (Decimal(20), Decimal(45), Decimal(70), Decimal(100))

Identity = tuple[str, str, str, str]


def build_last_years() -> dict[str, bytes]:
    """arsip/Rekap-2024.xlsx, arsip/Capaian-2024.xlsx and arsip/Capaian-2023.xlsx."""
    recap = recap_before()
    plan = _plan(recap)
    of_2023 = {one.identity: one.baseline for one in plan.indicators}
    older = _year(_older(plan), _moved(recap.office), of_2023)
    capaian_2023 = write_capaian(older, (), year_before(CLOSED))
    earlier = read_capaian(capaian_2023)
    assert isinstance(earlier, tuple), earlier
    year = _year(plan, recap.office, _reached())
    return {
        f"{ARSIP}/Rekap-2024.xlsx": write_recap(recap),
        f"{ARSIP}/Capaian-2024.xlsx": write_capaian(year, trends(year, earlier), CLOSED),
        f"{ARSIP}/Capaian-2023.xlsx": capaian_2023,
    }


def _moved(office: Office) -> Office:
    """The office one year earlier, as far as a capaian shows it."""
    return replace(office, tahun=office.tahun - 1, tanggal=None)


def _reached() -> dict[Identity, Target]:
    """What each indicator reached in 2024: this year's baseline."""
    rows = [(kode, row) for kode in UNITS for row in unit_content(kode).rows("indikator")]
    found = [indicator_of(row, kode) for kode, row in rows]
    return {one.identity: one.baseline for one in found}


def _plan(recap: Recap) -> Plan:
    """What was proposed in 2024, agreed as it was, with a cash plan."""
    plan = proposal_of(recap)
    return replace(plan, tanggal=recap.tanggal, kas={(sub.unit, sub.kode): _months(sub.disepakati) for sub in plan.subs})


def _months(total: int) -> tuple[int, ...]:
    """The cash plan of twelve months."""
    shares: list[int] = read_toml("penetapan.toml")["kas"]["lain"]
    months = [total * share // 100_000 * 1000 for share in shares]
    return (*months[:-1], total - sum(months[:-1]))


def _older(plan: Plan) -> Plan:
    """The plan of 2023: its IKU only, and a little less money."""
    lines = tuple(replace(line, jumlah=int(line.jumlah * CHEAPER) // _STEP * _STEP) for line in plan.lines)
    totals: dict[tuple[str, str], int] = {}
    for line in lines:
        totals[line.unit, line.kode_sub] = totals.get((line.unit, line.kode_sub), 0) + line.jumlah
    amounts = [(sub, totals[sub.unit, sub.kode]) for sub in plan.subs]
    return replace(
        plan, tahun=plan.tahun - 1, tanggal=year_before(plan.tanggal) if plan.tanggal else None, lines=lines,
        indicators=tuple(_iku_before(one) for one in plan.indicators if one.iku),
        subs=tuple(replace(sub, diusulkan=amount, disepakati=amount) for sub, amount in amounts),
        kas={(sub.unit, sub.kode): _months(amount) for sub, amount in amounts},
    )  # fmt: skip


def _iku_before(one: PlanIndicator) -> PlanIndicator:
    """An IKU of 2023, judged once at the end of the year."""
    reached = one.baseline
    assert isinstance(reached, Decimal), one.nama
    following = one.target if isinstance(one.target, Decimal) else reached
    target = goal(f"{one.nama} 2023", reached, following, one.tipe)
    return replace(one, target=target, baseline=None, quarters=(None, None, None, target))


def _year(plan: Plan, office: Office, reached: Mapping[Identity, Target]) -> Year:
    """The measured year: ``reached`` at its end by indicator, money spent as the cash plan has it."""
    realised = Realised(
        triwulan=4,
        indicators=tuple(
            RealisedIndicator(identity=one.identity, quarters=_quarters(one, reached[one.identity])) for one in plan.indicators
        ),
        physical=tuple(Physical(unit=sub.unit, kode_sub=sub.kode, quarters=_FISIK) for sub in plan.subs),
        spent=tuple(
            Spent(unit=line.unit, kode_sub=line.kode_sub, rekening=line.rekening, quarters=_spent(line, plan))
            for line in plan.lines
        ),
    )
    return measure(plan, realised, office, 4)


def _quarters(one: PlanIndicator, reached: Target) -> tuple[Quarter, Quarter, Quarter, Quarter]:
    """Four quarters that come to what was reached: added up as the targets are, else the same each time."""
    due = one.quarters
    if isinstance(reached, Decimal) and one.akumulasi == "Jumlah":
        values: tuple[Target, ...] = split(reached, [decimal_of(quarter) for quarter in due])
    else:
        values = tuple(None if quarter is None else reached for quarter in due)
    first, second, third, fourth = (
        Quarter(value=value, lack=None) if value is not None else Quarter(lack=Lack.TIDAK_BERLAKU) for value in values
    )
    return first, second, third, fourth


def _spent(line: PlanLine, plan: Plan) -> tuple[int, int, int, int]:
    """90 to 100 percent of the amount over the quarters of the cash plan, in full five hundreds."""
    name = f"{line.unit}/{line.kode_sub}/{line.rekening}/{plan.tahun}"
    year = line.jumlah * (_SPENT + chance(name, 101 - _SPENT)) // 100
    months = plan.kas[line.unit, line.kode_sub]
    first, second, third = (year * sum(months[3 * n : 3 * n + 3]) // max(sum(months), 1) // _STEP * _STEP for n in range(3))
    return first, second, third, (year - first - second - third) // _STEP * _STEP
