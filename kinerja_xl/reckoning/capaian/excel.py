"""Live Excel formulas of one indicator: accumulated realisasi and target, capaian s.d. TW and terhadap target tahunan.

How to use it (Cek Mandiri of the measuring workbook, sheets of the capaian workbook): one ``Rule`` per indicator
(``rule_of(indicator, office.policies)``), one ``Cells`` with the references of its row, then four formulas, each for a cell
of its own. The capaian formulas refer to the cells that hold the first two, so every step stays visible:

    realised_until(rule, cells, n)                   realisasi s.d. TW n: a number, a member of the scale, or a non-value
    target_until(rule, cells, n)                     the target of the same (filled) quarters, or a non-value
    capaian_until(rule, cells, realised, target)     percent points rounded to two decimals, or a non-value
    capaian_of_year(rule, cells, realised)           the same against the target of the year

All are texts without "=". Type, direction and accumulation are frozen by the plan, so the formula is the one of that
indicator and no longer than needed; all numbers are references. A non-value shows as its words (``Lack``): "belum diisi",
"tidak berlaku", "tidak dapat dihitung". A quarter's cell may hold a number, a member of the scale, nothing, or one of these
words; any other content is "tidak dapat dihitung". Only functions of Excel 2010 and LibreOffice are used. The values that
the formulas show are ``shown_realised``, ``shown_target`` and ``shown_percent`` of ``kinerja_xl.reckoning.capaian.excel``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from kinerja_xl.reckoning.capaian import Capaian
from kinerja_xl.reckoning.capaian.accumulate import Total
from kinerja_xl.reckoning.capaian.engine import CANNOT, METHODS, GoalCells, Judge
from kinerja_xl.reckoning.capaian.rule import JUMLAH, RATA, TERAKHIR, Rule, number_of
from kinerja_xl.reckoning.year import Lack

EMPTY, NOT_DUE = f'"{Lack.BELUM}"', f'"{Lack.TIDAK_BERLAKU}"'
RENTANG_SHOWN = "rentang"
"""What the cell of the accumulated target shows for a rentang: its bounds stand in cells of their own."""

Four = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """References of one indicator's row, such as ``$F7`` or ``Target!F7``; ``targets`` and ``realised`` of TW I to IV.

    ``numerators`` and ``denominators``: four each for persentase and rasio, or none. ``skala``: the range that holds the
    scale, lowest first (kualitatif). ``bawah``, ``atas``: the bounds of a rentang.
    """

    target: str
    targets: Four
    realised: Four
    numerators: Four | None = None
    denominators: Four | None = None
    bawah: str = ""
    atas: str = ""
    skala: str = ""


def realised_until(rule: Rule, cells: Cells, n: int) -> str:
    """Formula of the realisasi accumulated over TW I to ``n`` (1 to 4)."""
    quarters = _quarters(rule, cells)[:n]
    if not rule.method or not rule.how:
        return CANNOT
    if rule.how == TERAKHIR:
        formula = _nothing_filled(quarters, n)
        for quarter in quarters:
            formula = f"IF({quarter.broken},{CANNOT},IF({quarter.filled},{quarter.value},{formula}))"
        return f"IFERROR({formula},{CANNOT})"
    filled, broken = _or(q.filled for q in quarters), _or(q.broken for q in quarters)
    total = _pooled(rule, quarters) if rule.pooled and cells.numerators else _plain(rule, quarters)
    return f"IFERROR(IF({broken},{CANNOT},IF({filled},{total},{_nothing_filled(quarters, n)})),{CANNOT})"


def target_until(rule: Rule, cells: Cells, n: int) -> str:
    """Formula of the target accumulated over the filled quarters among TW I to ``n``."""
    every = _quarters(rule, cells)
    quarters = every[:n]
    if not rule.method or not rule.how:
        return CANNOT
    if rule.rentang and rule.how == JUMLAH and n < 4:
        return NOT_DUE
    due = _or(q.due for q in quarters)
    judged = _or(f"AND({q.filled},{q.due})" for q in quarters)
    waiting = _or(f"AND({q.due},{q.content}<>{NOT_DUE})" for q in quarters)
    formula = f"IF({judged},{_target(rule, quarters)},IF({waiting},{EMPTY},{NOT_DUE}))"
    return f"IFERROR(IF({due},{formula},{_not_due(rule, every, n)}),{CANNOT})"


def capaian_until(rule: Rule, cells: Cells, realised: str, target: str) -> str:
    """Formula of the capaian s.d. TW from the cells with the accumulated realisasi and target."""
    if not rule.method or not rule.how:
        return CANNOT
    core = METHODS[rule.method].excel(_goal(cells, realised, target))
    if rule.kualitatif:
        number = f"ISNUMBER(MATCH(TRIM({realised}),{cells.skala},0))"
        return f"IF({target}={NOT_DUE},{target},IF({number},IF({target}={EMPTY},{target},{core}),{realised}))"
    known = f'{target}="{RENTANG_SHOWN}"' if rule.rentang else f"ISNUMBER({target})"
    return f"IF({target}={NOT_DUE},{target},IF(ISNUMBER({realised}),IF({known},{core},{target}),{realised}))"


def capaian_of_year(rule: Rule, cells: Cells, realised: str) -> str:
    """Formula of the capaian terhadap target tahunan from the cell with the accumulated realisasi."""
    if not rule.method or not rule.how:
        return CANNOT
    core = METHODS[rule.method].excel(_goal(cells, realised, cells.target))
    if rule.kualitatif:
        return f"IF(ISNUMBER(MATCH(TRIM({realised}),{cells.skala},0)),{core},{realised})"
    judged = core if rule.rentang else f"IF(ISNUMBER({cells.target}),{core},{CANNOT})"
    return f"IF(ISNUMBER({realised}),{judged},{realised})"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Quarter:
    """Subexpressions about one quarter. ``content`` is what was typed, "" for nothing."""

    target: str
    has_target: str
    due: str
    content: str
    filled: str
    broken: str
    value: str
    numerator: str = ""
    denominator: str = ""
    pair: str = ""


def _quarters(rule: Rule, cells: Cells) -> list[_Quarter]:
    return [_quarter(rule, cells, index) for index in range(4)]


def _quarter(rule: Rule, cells: Cells, index: int) -> _Quarter:
    target, realised = cells.targets[index], cells.realised[index]
    member = f"INDEX({cells.skala},MATCH(TRIM({{}}),{cells.skala},0))"  # as the list spells it
    if rule.kualitatif:
        has = due = f"LEN(TRIM({target}))>0"
        target = member.format(target)
    else:
        has = due = f"ISNUMBER({target})"
        if rule.method == "naik":  # nothing is due where naik has the target 0
            due = f"N({target})<>0"
        elif rule.rentang:  # without any target of a quarter its bounds hold all year long
            due = f"OR({has},COUNT({_list(cells.targets)})=0)"
    filled = f"ISNUMBER(MATCH(TRIM({realised}),{cells.skala},0))" if rule.kualitatif else f"ISNUMBER({realised})"
    if not (rule.pooled and cells.numerators and cells.denominators):
        return _Quarter(
            target=target, has_target=has, due=due, content=realised, filled=filled,
            broken=_broken(filled, realised), value=member.format(realised) if rule.kualitatif else realised,
        )  # fmt: skip
    above, below = cells.numerators[index], cells.denominators[index]
    pair, content = f"COUNT({above},{below})=2", f"{realised}&{above}&{below}"
    filled = f"OR({pair},{filled})"
    counted = f"IF({below}>0,{rule.hundred}*{above}/{below},NA())"
    return _Quarter(
        target=target, has_target=has, due=due, content=content, filled=filled, broken=_broken(filled, content),
        value=f"IF({pair},{counted},{realised})", numerator=above, denominator=below, pair=pair,
    )  # fmt: skip


def _broken(filled: str, content: str) -> str:
    """Something stands there that is neither a value nor one of the words for none."""
    return f"AND(NOT({filled}),LEN(TRIM({content}))>0,{content}<>{EMPTY},{content}<>{NOT_DUE})"


def _plain(rule: Rule, quarters: list[_Quarter]) -> str:
    """Sum or mean of the filled quarters; percentages are not added: more than one of them gives no sum."""
    numbers = _list(q.value for q in quarters)
    if rule.how == RATA:
        return f"ROUND(SUM({numbers}),9)/COUNT({numbers})"
    if rule.pooled and len(quarters) > 1:
        return f"IF(COUNT({numbers})=1,SUM({numbers}),{CANNOT})"
    return f"ROUND(SUM({numbers}),9)"


def _pooled(rule: Rule, quarters: list[_Quarter]) -> str:
    """Numerators over denominators; where some quarter has none, the mean of the quarters, or no sum."""
    above, below = _list(q.numerator for q in quarters), _list(q.denominator for q in quarters)
    pairs, filled = _sum(f"({q.pair})" for q in quarters), _sum(q.filled for q in quarters)
    values = "+".join(f"IF({q.filled},{q.value},0)" for q in quarters)
    mixed = f"({values})/({filled})" if rule.how == RATA else f"IF(({filled})=1,{values},{CANNOT})"
    ratio = f"IF(ROUND(SUM({below}),9)>0,{rule.hundred}*SUM({above})/SUM({below}),{CANNOT})"
    return f"IF(({pairs})=({filled}),{ratio},{mixed})"


def _target(rule: Rule, quarters: list[_Quarter]) -> str:
    """Target of the filled quarters; at least one of them is due."""
    if rule.rentang:
        return f'"{RENTANG_SHOWN}"'
    if rule.how == TERAKHIR:
        formula = CANNOT
        for index, quarter in enumerate(quarters):
            latest = CANNOT
            for earlier in quarters[: index + 1]:
                latest = f"IF({earlier.has_target},{earlier.target},{latest})"
            formula = f"IF({quarter.filled},{latest},{formula})"
        return formula
    total = "+".join(f"IF({q.filled},N({q.target}),0)" for q in quarters)
    if rule.how == RATA or rule.pooled:
        counted = _sum(f"AND({q.filled},{q.has_target})" for q in quarters)
        return f"ROUND({total},9)/({counted})"
    return f"ROUND({total},9)"


def _not_due(rule: Rule, every: list[_Quarter], n: int) -> str:
    """No target until TW n: it starts later; or naik has the target 0 throughout, which gives no capaian."""
    if rule.method != "naik":
        return NOT_DUE
    zeros = f"COUNT({_list(q.target for q in every[:n])})>0"
    if n == 4:
        return f"IF({zeros},{CANNOT},{NOT_DUE})"
    later = _or(q.due for q in every[n:])
    return f"IF(AND({zeros},NOT({later})),{CANNOT},{NOT_DUE})"


def _nothing_filled(quarters: list[_Quarter], n: int) -> str:
    """The words for no realisasi at all: not yet handed in, or not due."""
    waiting = _or(f"AND({q.due},{q.content}<>{NOT_DUE})" for q in quarters)
    if n < 4:
        return f"IF({waiting},{EMPTY},{NOT_DUE})"
    open_ = f"AND(NOT({_or(q.due for q in quarters)}),{_or(f'{q.content}<>{NOT_DUE}' for q in quarters)})"
    return f"IF(OR({waiting},{open_}),{EMPTY},{NOT_DUE})"


def _goal(cells: Cells, realised: str, target: str) -> GoalCells:
    return GoalCells(realised=realised, target=target, bawah=cells.bawah, atas=cells.atas, skala=cells.skala)


def _or(terms: Iterable[str]) -> str:
    parts = list(terms)
    return parts[0] if len(parts) == 1 else f"OR({','.join(parts)})"


def _list(parts: Iterable[str]) -> str:
    return ",".join(parts)


def _sum(terms: Iterable[str]) -> str:
    """How many of the conditions hold."""
    return "+".join(f"IF({term},1,0)" for term in terms)


# ---- What the formulas of ``excel`` show: the values to write beside them, number, member of the scale or non-value ----


def shown_realised(judge: Judge, n: int) -> Decimal | str:
    """The value of ``excel.realised_until``."""
    return _shown(judge, judge.realised(n))


def shown_target(judge: Judge, n: int) -> Decimal | str:
    """The value of ``excel.target_until``."""
    total = judge.target(n)
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
