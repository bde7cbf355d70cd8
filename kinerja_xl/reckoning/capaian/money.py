"""The money of the year: pagu, cash plan, realisasi, serapan and efisiensi per sub kegiatan and everything above it.

Rupiah always add over the quarters. A cell that was not filled is never 0: the sum says what it leaves out. The sub kegiatan,
the units and the jenis belanja each add up to the office.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from kinerja_xl.lists import Level, jenis_belanja, level, parents
from kinerja_xl.office.kantor import Office
from kinerja_xl.reckoning import LEAST, Sum, grouped, summed, sums, told
from kinerja_xl.reckoning.capaian import NOT_DUE, YEAR_END, IndicatorResult, MoneyLine, bounded
from kinerja_xl.reckoning.capaian.accumulate import quarter_names
from kinerja_xl.reckoning.capaian.rule import Yardsticks, exact, mean, percent_of, percent_words
from kinerja_xl.reckoning.plan import Plan, PlanSub
from kinerja_xl.reckoning.year import Lack, Realised, Spent
from kinerja_xl.sheets.choices import JENIS_BELANJA, JENIS_KEY
from kinerja_xl.sheets.formats import format_number

# ---- Efisiensi: what was reached against what was spent, by the default rule or the national one (Kantor.xlsx chooses) ----
# Default (LKjIP practice): capaian % − serapan %, judged with a band. National (APBN only): E = Σ(pagu × capaian − realisasi) /
# Σ(pagu × capaian), limited to ±20 %, and NE = 50 % + E / 20 % × 50 %: without the limit a published NE was 235 %.

LIMIT = 20
"""E counts between −20 % and +20 %."""

Term = tuple[int, Decimal, int]
"""Pagu (rupiah), capaian (percent points) and realisasi (rupiah) of one sub kegiatan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Efficiency:
    """Percent points by the chosen rule (a difference, or NE), or None; ``words`` its verdict or why there is none."""

    value: Decimal | None
    words: str


def standard(capaian: Decimal, serapan: Decimal, marks: Yardsticks, bound: str = "") -> Efficiency:
    """Capaian minus serapan, judged with the band of the policy (inside it, bounds included: seimbang); ``bound``: LEAST or MOST
    where it can only be more or less."""
    gap = capaian - serapan
    verdict = "Efisien" if gap > marks.band else "Kurang efisien" if gap < -marks.band else "Seimbang"
    sign = "+" if gap > 0 else "−" if gap < 0 else ""
    return Efficiency(value=gap, words=f"{verdict}: {bound}{sign}{format_number(abs(gap), 2)} poin")


def national(terms: Iterable[Term], bound: str = "") -> Efficiency:
    """NE over sub kegiatan whose three figures are known."""
    expected, saved = Fraction(0), Fraction(0)
    for pagu, capaian, spent in terms:
        worth = pagu * Fraction(capaian) / 100
        expected += worth
        saved += worth - spent
    if expected <= 0:
        return Efficiency(value=None, words="tidak dapat dihitung: pagu × capaian bernilai 0")
    share = 100 * saved / expected
    limited = max(min(share, Fraction(LIMIT)), Fraction(-LIMIT))
    value = percent_of(50 + limited / LIMIT * 50)
    said = f"E = {percent_words(percent_of(share))}"
    if limited != share:
        said += f", dibatasi {percent_words(percent_of(limited))}"
    return Efficiency(value=value, words=f"NE = {bound}{percent_words(value)} ({said})")


SubKey = tuple[str, str]
"""(unit, sub kegiatan)."""

MONTHS_OF_QUARTER = 3
NO_JENIS = "Belum terinci menurut jenis belanja"
NOT_BUDGETED = "tidak dianggarkan"
NO_BUDGET = "tidak ada pagu dalam rencana yang ditetapkan"


@dataclass(slots=True)
class Purse:
    """What is added up for one node while its sub kegiatan are walked."""

    quarters: int
    pagu: int = 0
    planned: int | None = 0
    spent: list[int | None] = field(default_factory=list)
    open: dict[str, tuple[int, ...]] = field(default_factory=dict)
    unreported: int = 0
    since: int = YEAR_END
    units: set[str] = field(default_factory=set)
    progress: Fraction | None = Fraction(0)
    terms: list[Term] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.spent = [None] * self.quarters

    def add(self, quarters: Iterable[int | None]) -> None:
        """Add rupiah quarter by quarter; None is not filled and stays None only while nothing is."""
        self.spent = [summed(pair).value for pair in zip(self.spent, quarters, strict=True)]

    @property
    def total(self) -> int | None:
        return summed(self.spent).value


@dataclass(frozen=True, slots=True, kw_only=True)
class SubMoney:
    """One sub kegiatan of a unit: its plan (None: not in the plan), its rupiah per quarter and what is not filled."""

    key: SubKey
    plan: PlanSub | None
    quarters: tuple[int | None, ...]
    open: tuple[int, ...]
    planned: int | None
    physical: Decimal | None
    spent: tuple[Spent, ...]
    unreported: frozenset[str]
    """The rekening of which a quarter is not filled; "" where nothing says which they are."""
    since: int

    @property
    def pagu(self) -> int:
        return self.plan.anggaran if self.plan else 0

    @property
    def total(self) -> int | None:
        return summed(self.quarters).value

    @property
    def asked(self) -> bool:
        """Whether there is any money to be accounted for; what was not agreed has none, what was taken away may have some."""
        return self.pagu != 0 or self.total is not None or bool(self.spent and self.unreported)

    @property
    def told(self) -> str:
        """What was spent, with the rekening of which a quarter is not reported; nothing is said where none is."""
        return told(Sum(self.total or 0, unknown=len(self.unreported)), things="rekening")

    @property
    def least(self) -> str:
        """Stands before a share of what was spent: what is not reported can only raise it."""
        return LEAST if self.unreported else ""


def sub_money(plan: Plan, realised: Realised, n: int) -> tuple[SubMoney, ...]:
    """Every sub kegiatan of the plan in its order, then those with realisasi alone, by unit and code."""
    spent = grouped(((entry.unit, entry.kode_sub), entry) for entry in realised.spent)
    physical = {(p.unit, p.kode_sub): p.quarters[:n] for p in realised.physical}
    subs: dict[SubKey, PlanSub | None] = {(sub.unit, sub.kode): sub for sub in plan.subs}
    subs |= dict.fromkeys(sorted(spent.keys() - subs.keys()))
    accounts = grouped(((line.unit, line.kode_sub), line.rekening) for line in plan.lines if line.jumlah)
    return tuple(
        _sub(key, sub, spent.get(key, []), plan.kas.get(key), physical.get(key, ()), n, set(accounts.get(key, ())))
        for key, sub in subs.items()
    )


def _sub(
    key: SubKey, sub: PlanSub | None, entries: list[Spent], kas: tuple[int, ...] | None,
    physical: tuple[Decimal | None, ...], n: int, accounts: set[str],
) -> SubMoney:  # fmt: skip
    """``accounts``: those of the plan, none of which is reported where no row came."""
    purse = Purse(n)
    for entry in entries:
        purse.add(entry.quarters[:n])
    behind = {entry.rekening for entry in entries if entry.open(n)} if entries else accounts or {""}
    blank = sorted({q for entry in entries for q in entry.open(n)}) if entries else range(1, n + 1)
    return SubMoney(
        key=key, plan=sub, quarters=tuple(purse.spent), open=tuple(blank),
        planned=None if kas is None else sum(kas[: MONTHS_OF_QUARTER * n]),
        physical=next((value for value in reversed(physical) if value is not None), None),
        spent=tuple(sorted(entries, key=lambda entry: (entry.rekening, entry.place.file, entry.place.row))),
        unreported=frozenset(behind), since=min((entry.since for entry in entries), default=1),
    )  # fmt: skip


Node = tuple[str, str, str]
"""(level, code, unit); the unit only where it belongs to the identity of the node."""


def money_lines(
    subs: Iterable[SubMoney], plan: Plan, office: Office, results: Iterable[IndicatorResult], n: int, marks: Yardsticks
) -> tuple[MoneyLine, ...]:
    """The office, its units, programs, kegiatan and sub kegiatan by code, then the jenis belanja."""
    own = tuple(subs)
    judged = tuple(results)
    reached, silent, partly = _reached(judged, marks), _not_due(judged), _partly(judged)
    purses: dict[Node, Purse] = {("kantor", "", ""): Purse(n)}
    for sub in own:
        for node in _nodes(sub.key):
            _fill(purses.setdefault(node, Purse(n)), sub, reached.get(("subkegiatan", sub.key[1], sub.key[0])))
    names = _names(plan, office)
    place = office.order()
    ranks = {name: i for i, name in enumerate(("kantor", "unit", "program", "kegiatan", "subkegiatan"))}
    nodes = sorted(purses, key=lambda x: (ranks[x[0]], place(x[1]) if x[0] == "unit" else 0, x[1:]))
    lines = [
        _line(node, purses[node], names, reached.get(node), marks, not_due=node in silent, partly=partly.get(node, NOTHING))
        for node in nodes
    ]  # fmt: skip
    return (*lines, *_jenis_lines(own, plan, office, n))


def _nodes(key: SubKey) -> list[Node]:
    """Everything that a sub kegiatan adds to; a code of unknown shape has no program."""
    unit, kode = key
    nodes: list[Node] = [("kantor", "", ""), ("unit", unit, unit), ("subkegiatan", kode, unit)]
    if level(kode) is not None:
        program, kegiatan = parents(kode)
        nodes += [("program", program, ""), *([("kegiatan", kegiatan, "")] if kegiatan else [])]
    return nodes


def _reached(results: Iterable[IndicatorResult], marks: Yardsticks) -> dict[Node, Decimal]:
    """Mean of the capped capaian that counts per node."""
    values = grouped(
        (node, exact(marks.capped(result.judged.percent)))
        for result in results
        if result.judged.percent is not None
        for node in _nodes((result.indicator.unit, result.indicator.kode))
        if node[0] != "subkegiatan" or level(node[1]) not in (Level.PROGRAM, Level.KEGIATAN)
    )
    return {node: reached for node, own in values.items() if (reached := mean(own)) is not None}


NOTHING = (0, 0)


def _partly(results: Iterable[IndicatorResult]) -> Mapping[Node, tuple[int, int]]:
    """Of how many indicators of a node the capaian is only the least, and of how many only the most that it can be."""
    own = [(result.judged, node) for result in results for node in _nodes((result.indicator.unit, result.indicator.kode))]
    floors = sums((node, 1) for judged, node in own if judged.floor)
    ceilings = sums((node, 1) for judged, node in own if judged.ceiling)
    return {node: (floors.get(node, 0), ceilings.get(node, 0)) for node in floors.keys() | ceilings.keys()}


def _not_due(results: Iterable[IndicatorResult]) -> set[Node]:
    """The nodes whose indicators are all tidak berlaku until now: of them no capaian is missing."""
    own = grouped(
        (node, result.judged.lack is Lack.TIDAK_BERLAKU)
        for result in results
        for node in _nodes((result.indicator.unit, result.indicator.kode))
    )
    return {node for node, lacking in own.items() if all(lacking)}


def _fill(purse: Purse, sub: SubMoney, capaian: Decimal | None) -> None:
    """One sub kegiatan into a node; without pagu and without realisasi (it was not agreed) it has nothing to say there."""
    if not sub.asked:
        return
    purse.pagu += sub.pagu
    purse.planned = None if purse.planned is None or sub.planned is None else purse.planned + sub.planned
    purse.add(sub.quarters)
    purse.units.add(sub.key[0])
    if sub.open:
        purse.open["/".join(sub.key)] = sub.open
    purse.unreported += len(sub.unreported)
    purse.since = min(purse.since, sub.since)
    weighted = None if sub.physical is None else exact(sub.physical) * sub.pagu
    purse.progress = None if purse.progress is None or weighted is None else purse.progress + weighted
    due = sub.pagu if purse.quarters == YEAR_END else sub.planned
    if capaian is not None and sub.total is not None and due is not None:
        purse.terms.append((due, capaian, sub.total))


def _line(
    node: Node, purse: Purse, names: Mapping[str, str], capaian: Decimal | None, marks: Yardsticks, *, not_due: bool,
    partly: tuple[int, int],
) -> MoneyLine:
    kind, code, unit = node
    spent = purse.total
    serapan, reason = _serapan(kind, purse, spent)
    against = serapan if purse.quarters == YEAR_END else _of_cash_plan(purse, spent)
    floor, ceiling = partly
    bound = bounded(least=bool(floor), most=bool(ceiling or purse.unreported))  # what is spent later lowers it as well
    efficiency = _efficiency(purse, capaian, against, marks, bound, not_due=not_due)
    return MoneyLine(
        level=kind, kode=code, nama=names.get(code, code), pagu=purse.pagu, planned=purse.planned,
        unit=unit or (next(iter(purse.units)) if len(purse.units) == 1 and kind != "kantor" else ""),
        quarters=tuple(purse.spent), spent=spent, serapan=serapan, reason=reason, capaian=capaian,
        efisiensi=efficiency.value, efisiensi_words=efficiency.words,
        physical=percent_of(purse.progress / purse.pagu) if purse.progress is not None and purse.pagu else None,
        against=against, unreported=purse.unreported, since=purse.since, floor=floor, ceiling=ceiling,
    )  # fmt: skip


def _serapan(kind: str, purse: Purse, spent: int | None) -> tuple[Decimal | None, str]:
    """Serapan, and why there is none or what it leaves out."""
    if purse.pagu <= 0:
        return None, NO_BUDGET if purse.pagu == 0 else "pagu negatif"
    if spent is None:
        return None, "realisasi belum diisi"
    left = ""
    if purse.open and kind == "subkegiatan":
        left = f"{quarter_names(next(iter(purse.open.values())))} belum diisi lengkap"
    elif purse.open:
        left = f"{len(purse.open)} sub kegiatan belum diisi lengkap"
    return percent_of(Fraction(100 * spent, purse.pagu)), left


def _of_cash_plan(purse: Purse, spent: int | None) -> Decimal | None:
    """What was spent until now in percent of the cash plan of the same triwulan; None without a plan of all of it."""
    return percent_of(Fraction(100 * spent, purse.planned)) if purse.planned and spent is not None else None


def _efficiency(
    purse: Purse, capaian: Decimal | None, serapan: Decimal | None, marks: Yardsticks, bound: str, *, not_due: bool
) -> Efficiency:
    if not purse.pagu and purse.total is None:
        return Efficiency(value=None, words=NOT_BUDGETED)
    if capaian is None and not_due:
        return Efficiency(value=None, words=f"{NOT_DUE}: tidak satu pun indikatornya berlaku")
    if capaian is None or serapan is None:
        spending = "serapan" if purse.quarters == YEAR_END or purse.total is None else "rencana kas s.d. TW ini"
        what = "capaian" if capaian is None else spending
        return Efficiency(value=None, words=f"tidak dapat dihitung: {what} belum ada")
    return national(purse.terms, bound) if marks.national else standard(capaian, serapan, marks, bound)


def _names(plan: Plan, office: Office) -> dict[str, str]:
    names = {kode: node.nama for kode, node in office.programs.items()}
    names |= {unit.kode: unit.nama for unit in office.units} | {"": office.nama}
    return names | {sub.kode: sub.nama for sub in plan.subs if sub.nama}


def _jenis_lines(subs: tuple[SubMoney, ...], plan: Plan, office: Office, n: int) -> tuple[MoneyLine, ...]:
    """Per jenis belanja; what no account tells apart (a DPA that differs from its lines, money without one) stands last."""
    purses = {key: Purse(n) for key in (*JENIS_BELANJA, "")}
    known = {(x.unit, x.kode_sub, x.rekening): x.jenis for x in plan.lines}
    of_sub = grouped(((line.unit, line.kode_sub), (line.jenis, line.jumlah)) for line in plan.lines)
    for sub in subs:
        shares = sums(of_sub.get(sub.key, ()))
        for jenis, amount in shares.items():
            purse = purses.setdefault(jenis, Purse(n))
            purse.pagu += amount
            purse.since = purse.since if sub.spent else 1
        purses[""].pagu += sub.pagu - sum(shares.values())
        only = next(iter(shares)) if len(shares) == 1 else ""
        accounts = {*sub.unreported, *(entry.rekening for entry in sub.spent)}
        kinds = {code: known.get((*sub.key, code)) or _class(code, office) or only for code in accounts}
        for entry in sub.spent:
            purse = purses.setdefault(kinds[entry.rekening], Purse(n))
            purse.add(entry.quarters[:n])
            purse.since = min(purse.since, entry.since)
        for code in sub.unreported if sub.asked else ():
            purses.setdefault(kinds[code], Purse(n)).unreported += 1
    shown = (key for key, purse in purses.items() if key or purse.pagu or purse.total is not None or purse.unreported)
    return tuple(_jenis_line(key, purses[key]) for key in shown)


def _class(rekening: str, office: Office) -> str:
    """Jenis belanja key of an account that the plan does not name: the office's own word first, then its class."""
    return JENIS_KEY.get(office.account_jenis.get(rekening, "")) or (jenis_belanja(rekening) or "") if rekening else ""


def _jenis_line(key: str, purse: Purse) -> MoneyLine:
    serapan, reason = _serapan("jenis", purse, purse.total)
    return MoneyLine(
        level="jenis", kode=key, nama=JENIS_BELANJA.get(key, NO_JENIS), unit="", pagu=purse.pagu, planned=None,
        quarters=tuple(purse.spent), spent=purse.total, serapan=serapan, reason=reason, unreported=purse.unreported,
        since=purse.since,
    )  # fmt: skip
