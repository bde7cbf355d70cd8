"""What the formulas of ``excel`` show: the values to write beside them, number, member of the scale or non-value."""

from __future__ import annotations

from decimal import Decimal

from kinerja_xl.reckoning.capaian.accumulate import Total, realised_total, target_total
from kinerja_xl.reckoning.capaian.engine import Judge
from kinerja_xl.reckoning.capaian.excel import RENTANG_SHOWN
from kinerja_xl.reckoning.capaian.figures import number_of
from kinerja_xl.reckoning.measured import Capaian
from kinerja_xl.reckoning.realised import Lack


def shown_realised(judge: Judge, n: int) -> Decimal | str:
    """The value of ``excel.realised_until``."""
    return _shown(judge, realised_total(judge.rule, judge.parts, n))


def shown_target(judge: Judge, n: int) -> Decimal | str:
    """The value of ``excel.target_until``."""
    total = target_total(judge.rule, judge.indicator, judge.parts, n)
    return RENTANG_SHOWN if judge.rule.rentang and total.lack is None else _shown(judge, total)


def shown_percent(capaian: Capaian) -> Decimal | str:
    """The value of ``excel.capaian_until`` and ``capaian_of_year``: percent points, or the words of the non-value."""
    if capaian.percent is not None:
        return capaian.percent
    return str(capaian.lack or Lack.TIDAK_DAPAT)


def _shown(judge: Judge, total: Total) -> Decimal | str:
    if total.value is None:
        return str(total.lack or Lack.TIDAK_DAPAT)
    return judge.skala[int(total.value) - 1] if judge.rule.kualitatif else number_of(total.value)
