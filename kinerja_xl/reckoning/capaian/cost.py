"""Cost per unit of output against plan (III.B: the price of an output is an instrument of planning and evaluation)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from kinerja_xl.reckoning.capaian.figures import rounded
from kinerja_xl.reckoning.capaian.money import SubKey, SubMoney
from kinerja_xl.reckoning.capaian.rule import KUALITATIF, PERSENTASE
from kinerja_xl.reckoning.measured import IndicatorResult, UnitCost

OUTPUT = "Output"


def unit_costs(subs: Iterable[SubMoney], results: Sequence[IndicatorResult]) -> tuple[UnitCost, ...]:
    """One line per output of each sub kegiatan of the plan; a reason where its money cannot be divided by it.

    Plan: pagu / target of the year. Realised: rupiah spent / realisasi of the same quarters. Whole rupiah, half-up.
    """
    outputs: dict[SubKey, list[IndicatorResult]] = {}
    for result in results:
        if result.indicator.level == OUTPUT:
            outputs.setdefault((result.indicator.unit, result.indicator.kode), []).append(result)
    return tuple(line for sub in subs if sub.plan is not None for line in _lines(sub, sub.plan.nama, outputs))


def _lines(sub: SubMoney, nama: str, outputs: Mapping[SubKey, list[IndicatorResult]]) -> Iterable[UnitCost]:
    own = outputs.get(sub.key, [])
    if not own:
        yield _cost(sub, nama, None, None, None, "belum ada indikator output")
    for result in own:
        one = result.indicator
        if len(own) > 1:
            yield _cost(sub, nama, result, None, None, f"{len(own)} output memakai anggaran yang sama")
        elif one.tipe in (KUALITATIF, PERSENTASE):
            yield _cost(sub, nama, result, None, None, f"output berupa {one.tipe.lower()}, bukan jumlah")
        else:
            yield _divided(sub, nama, result)


def _divided(sub: SubMoney, nama: str, result: IndicatorResult) -> UnitCost:
    plan = _per_unit(sub.pagu, result.indicator.target)
    capaian, spent = result.of_year, sub.total
    realised = None if spent is None else _per_unit(spent, capaian.realised)
    if realised is not None:
        reason = "" if plan is not None else "target output 0 atau belum ada"
    elif spent is None:
        reason = "realisasi uang belum diisi"
    else:
        reason = "realisasi output 0" if isinstance(capaian.realised, Decimal) else f"realisasi output {capaian.lack}"
    return _cost(sub, nama, result, plan, realised, reason)


def _per_unit(amount: int, quantity: object) -> Decimal | None:
    if not isinstance(quantity, Decimal) or quantity <= 0:
        return None
    return rounded(amount / Fraction(quantity), 0)


def _cost(
    sub: SubMoney, nama: str, result: IndicatorResult | None, plan: Decimal | None, realised: Decimal | None, reason: str
) -> UnitCost:
    unit, kode = sub.key
    return UnitCost(
        unit=unit, kode_sub=kode, nama=nama, output=result.indicator.nama if result else "",
        satuan=result.indicator.satuan if result else "", plan=plan, realised=realised, reason=reason,
    )  # fmt: skip
