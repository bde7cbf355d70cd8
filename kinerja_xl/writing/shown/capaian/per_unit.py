"""What the sheet ``Ringkasan`` says of each unit: its mean, its money, how many indicators, and what stands out of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kinerja_xl.reckoning import grouped
from kinerja_xl.reckoning.capaian import Average, IndicatorResult, MoneyLine, Year
from kinerja_xl.reckoning.capaian.warning import HUNDRED
from kinerja_xl.reckoning.year import Lack
from kinerja_xl.words.periods import ROMAN


class OfUnit:
    """A unit with its mean, its money and how many indicators it has."""

    def __init__(self, kode: str, nama: str, found: Average | None, own: Sequence[IndicatorResult]) -> None:
        self.kode, self.nama = kode, nama
        self.total, self.counted, self.reached = len(own), found.counted if found else 0, reached_of(own)
        self.percent, self.predicate = (found.percent, found.predicate_told) if found else (None, "")
        self.money: MoneyLine | None = None
        self.told = ""


def units_of(year: Year) -> list[OfUnit]:
    """Every unit that has something in the plan; what is theirs is looked up once for all of them."""
    averages, results = {a.key: a for a in reversed(year.averages["unit"])}, grouped((r.indicator.unit, r) for r in year.results)
    money = {line.kode: line for line in reversed(year.money) if line.level == "unit"}
    subs = grouped((line.unit, line) for line in year.money if line.level == "subkegiatan")
    found = [OfUnit(kode, nama, averages.get(kode), results.get(kode, ())) for kode, nama in _units(year)]
    for one in found:
        one.money = money.get(one.kode)
        one.told = _striking(year, one, results.get(one.kode, ()), subs.get(one.kode, ()))
    return found


def _striking(year: Year, unit: OfUnit, results: Iterable[IndicatorResult], subs: Iterable[MoneyLine]) -> str:
    """What stands out of a unit: late or missing reports, money not reported or above the pagu, figures that are missing."""
    late, money = year.realised.late.get(unit.kode, ()), unit.money
    parts = ((late, "terlambat"), (year.realised.missing.get(unit.kode, ()), "belum disampaikan"))
    said = [f"laporan TW {', '.join(ROMAN[n - 1] for n in sorted(quarters))} {word}" for quarters, word in parts if quarters]
    over = [x for x in subs if (x.spent or 0) > x.pagu]
    said += [f"{len(over)} sub kegiatan MELEBIHI PAGU"] if over else []
    said += [money.lacking] if money and money.lacking else []
    broken = [r for r in results if r.judged.lack is Lack.TIDAK_DAPAT]
    said += [f"{len(broken)} indikator tidak dapat dihitung"] if broken else []
    return capital("; ".join(said))


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _units(year: Year) -> list[tuple[str, str]]:
    """Units of the office that have something in the plan, in the office's order; then others that appear in it."""
    used = {r.indicator.unit for r in year.results} | {sub.unit for sub in year.plan.subs}
    names = {unit.kode: unit.nama for unit in year.office.units}
    return [(kode, names.get(kode, kode)) for kode in [*names, *sorted(used - names.keys())] if kode in used]


def reached_of(results: Sequence[IndicatorResult]) -> int:
    return sum(1 for r in results if r.judged.percent is not None and r.judged.percent >= HUNDRED)
