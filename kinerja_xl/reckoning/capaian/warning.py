"""Early warning (pemantauan: act "sedini mungkin"): what lags, what runs ahead, and where the year would end.

Weight, the heaviest first: money above the pagu 300; an IKU that lags 200 and any other indicator that lags 100, each plus
its shortfall in percent points (at most 100); serapan ahead of the physical progress 100 plus the gap; serapan behind it or
behind the cash plan 50 plus the gap (at most 50); not handed in 90; not computable 80; ahead of target 10; on target 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from kinerja_xl.catatan import Finding, Severity, catalogue
from kinerja_xl.reckoning import grouped
from kinerja_xl.reckoning.capaian import YEAR_END, IndicatorResult, MoneyLine, Warning, Year
from kinerja_xl.reckoning.capaian.accumulate import State
from kinerja_xl.reckoning.capaian.engine import METHODS, Goal, Judge
from kinerja_xl.reckoning.capaian.money import SubMoney
from kinerja_xl.reckoning.capaian.rule import (
    JUMLAH,
    Yardsticks,
    percent_of,
    percent_words,
    rounded,
    rule_of,
    words_of,
    yardsticks,
)
from kinerja_xl.reckoning.year import Lack, Place
from kinerja_xl.sheets.formats import format_number, format_rupiah
from kinerja_xl.sheets.realisasi import REALISED, SPENT
from kinerja_xl.words.periods import ROMAN

BEHIND, ON, AHEAD, OVER = "tertinggal", "sesuai", "mendahului", "MELEBIHI PAGU"
HUNDRED = Decimal(100)
CAPAIAN, FISIK, KAS, PAGU = "Capaian", "Serapan dan fisik", "Serapan dan rencana kas", "Serapan dan pagu"


def warnings(results: Sequence[IndicatorResult], subs: Iterable[SubMoney], n: int, marks: Yardsticks) -> tuple[Warning, ...]:
    """All of them, the most pressing first; equal ones by unit, code, name and kind."""
    found = [warning for result in results if (warning := _indicator(result, n, marks)) is not None]
    found += [warning for sub in subs for warning in _money(sub, n, marks)]
    return tuple(sorted(found, key=lambda w: (-w.weight, w.unit, w.kode, w.nama, w.what)))


def _indicator(result: IndicatorResult, n: int, marks: Yardsticks) -> Warning | None:
    """An indicator against its target s.d. TW (from TW IV: of the year); one that is not due has no warning."""
    capaian, iku = result.judged, result.indicator.iku
    if capaian.lack is Lack.TIDAK_BERLAKU:
        return None
    if capaian.percent is None:
        weight = Decimal(90 if capaian.lack is Lack.BELUM else 80)
        return _of(result, weight, str(capaian.lack), capaian.explanation, "")
    standing, weight = ON, Decimal(0)
    if capaian.percent < marks.behind:
        short = min(HUNDRED - capaian.percent, HUNDRED)
        standing, weight = BEHIND, Decimal(200 if iku else 100) + max(short, Decimal(0))
    elif capaian.percent > marks.ahead:
        standing, weight = AHEAD, Decimal(10)
    return _of(result, weight, standing, capaian.explanation, projection(result, n, marks))


def _of(result: IndicatorResult, weight: Decimal, standing: str, sentence: str, ahead: str) -> Warning:
    one = result.indicator
    return Warning(
        weight=weight, unit=one.unit, kode=one.kode, nama=one.nama, what=f"{CAPAIAN} IKU" if one.iku else CAPAIAN,
        sentence=sentence, standing=standing, projection=ahead,
    )  # fmt: skip


def projection(result: IndicatorResult, n: int, marks: Yardsticks) -> str:
    """Where the year would end, with the method; "" at its end, for words of a scale and where a figure lacks.

    Jumlah: the rest of the year goes as well against its quarterly targets as the part so far; any other figure stays.
    """
    until, of_year = result.until[-1], result.of_year
    target = result.indicator.target
    if n == YEAR_END or not isinstance(until.realised, Decimal) or not isinstance(target, Decimal) or of_year.percent is None:
        return ""
    rule, realised = rule_of(result.indicator, marks.words), Fraction(until.realised)
    end, way = realised, f"bila tetap seperti s.d. TW {ROMAN[n - 1]}: {words_of(realised)}"
    if rule.how == JUMLAH and not rule.pooled and not rule.rentang:
        if not isinstance(until.target, Decimal) or until.target <= 0:
            return ""
        end = realised / Fraction(until.target) * Fraction(target)
        way = f"bila sisa tahun seperti s.d. TW {ROMAN[n - 1]}: {words_of(realised)} / {words_of(until.target)}"
        way += f" × {words_of(target)} = {words_of(end)}"
    elif rule.how == JUMLAH and rule.rentang:
        end = realised * YEAR_END / n
        way = f"bila laju tetap: {words_of(realised)} × {YEAR_END} / {n} = {words_of(end)}"
    percent = METHODS[rule.method].value(end, Goal.of(Fraction(target), result.indicator)).percent
    return "" if percent is None else f"{way}; capaian setahun {percent_words(percent_of(percent))}"


def _money(sub: SubMoney, n: int, marks: Yardsticks) -> Iterable[Warning]:
    """Serapan of a sub kegiatan against its pagu, its physical progress and its cash plan."""
    if sub.plan is None or sub.pagu <= 0:
        return
    if sub.total is None:
        yield _about(sub, Decimal(90), "Serapan", str(Lack.BELUM), "Realisasi uang belum diisi")
        return
    serapan, ahead = percent_of(Fraction(100 * sub.total, sub.pagu)), _spent_at_end(sub, n)
    if sub.total > sub.pagu:
        over = f"Realisasi {sub.told} melebihi pagu {format_rupiah(sub.pagu)}: serapan {sub.least}{percent_words(serapan)}"
        yield _about(sub, Decimal(300), PAGU, OVER, over)
    yield _against_progress(sub, serapan, ahead, marks)
    if sub.planned:
        yield from _against_cash(sub, sub.planned, ahead, marks)


def _against_progress(sub: SubMoney, serapan: Decimal, ahead: str, marks: Yardsticks) -> Warning:
    said = f"Serapan {sub.least}{percent_words(serapan)}" + _unreported(sub)
    if sub.physical is None:
        return _about(sub, Decimal(40), FISIK, str(Lack.BELUM), f"{said}; kemajuan fisik belum diisi", ahead)
    gap = serapan - sub.physical
    said += f", fisik {percent_words(sub.physical)}: selisih {format_number(abs(gap), 2)} poin"
    if gap > marks.gap:
        return _about(sub, HUNDRED + gap, FISIK, AHEAD, f"{said}; uang mendahului pekerjaan", ahead)
    if gap < -marks.gap:
        weight = 50 + min(-gap, Decimal(50))
        return _about(sub, weight, FISIK, BEHIND, f"{said}; pembayaran tertinggal dari pekerjaan, periksa tagihan dan SPJ", ahead)
    return _about(sub, Decimal(0), FISIK, ON, said, ahead)


def _against_cash(sub: SubMoney, planned: int, ahead: str, marks: Yardsticks) -> Iterable[Warning]:
    """Only what lags or runs ahead: on plan is said by the line about the physical progress."""
    assert sub.total is not None
    share = percent_of(Fraction(100 * sub.total, planned))
    said = f"Realisasi {sub.told} dari rencana kas {format_rupiah(planned)}: {sub.least}{percent_words(share)}"
    if share < marks.behind:
        yield _about(sub, 50 + min(HUNDRED - share, Decimal(50)), KAS, BEHIND, said, ahead)
    elif share > marks.ahead:
        yield _about(sub, Decimal(10), KAS, AHEAD, said, ahead)


def _spent_at_end(sub: SubMoney, n: int) -> str:
    """Rupiah at the year's end: as the cash plan foresees the rest where there is one, else at the same pace."""
    if n == YEAR_END or sub.total is None:
        return ""
    if sub.planned:
        end = Fraction(sub.total, sub.planned) * sub.pagu
        way = f"bila sisa tahun mengikuti rencana kas: {format_rupiah(sub.total)} / {format_rupiah(sub.planned)} × pagu"
    else:
        end = Fraction(sub.total * YEAR_END, n)
        way = f"bila laju tetap: {format_rupiah(sub.total)} × {YEAR_END} / {n}"
    share = f"serapan setahun {sub.least}{percent_words(percent_of(100 * end / sub.pagu))}"
    return f"{way} = {sub.least}{format_rupiah(rounded(end, 0))}; {share}"


def _unreported(sub: SubMoney) -> str:
    return f" ({len(sub.unreported)} rekening belum diketahui)" if sub.unreported else ""


def _about(sub: SubMoney, weight: Decimal, what: str, standing: str, sentence: str, ahead: str = "") -> Warning:
    unit, kode = sub.key
    nama = sub.plan.nama if sub.plan else kode
    return Warning(
        weight=weight, unit=unit, kode=kode, nama=nama, what=what, sentence=sentence, standing=standing, projection=ahead
    )


# ---- What needs the Camat's decision, as data: which units, what of them, how much ----

class Ask(StrEnum):
    """The matters, in the order in which they are shown."""

    PAGU = "pagu"
    LAPORAN = "laporan"
    UANG = "uang"
    CATATAN = "catatan"
    TANPA_CAPAIAN = "tanpa_capaian"
    IKU = "iku"
    TAGIHAN = "tagihan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One matter: what it is of, in the words of the plan, and whose. ``amount`` in rupiah, None where it is about none;
    ``lines`` the sub kegiatan above their pagu; ``quarter`` the triwulan that was not handed in."""

    kind: Ask
    names: tuple[str, ...]
    units: tuple[str, ...]
    amount: int | None = None
    lines: tuple[MoneyLine, ...] = ()
    quarter: int = 0


def asked(year: Year) -> tuple[Matter, ...]:
    """Every matter that there is, the most pressing kind first; of what exceeds its pagu the most."""
    subs = [line for line in year.money if line.level == "subkegiatan"]
    over = sorted((s for s in subs if s.spent is not None and s.spent > s.pagu), key=lambda s: s.pagu - (s.spent or 0))
    found = [
        Matter(kind=Ask.PAGU, names=(line.nama,), units=(line.unit,), amount=line.spent - line.pagu, lines=(line,))  # type: ignore[operator]
        for line in over
    ]
    for quarter in range(1, year.triwulan + 1):
        late = tuple(unit.kode for unit in year.office.units if quarter in year.realised.missing.get(unit.kode, ()))
        found.append(Matter(kind=Ask.LAPORAN, names=(), units=late, quarter=quarter))
    open_ = [line for line in year.money if line.level == "unit" and line.unreported and line.spent is not None]
    found += [Matter(kind=Ask.UANG, names=(f"{line.unreported} rekening",), units=(line.kode,)) for line in open_]
    found += _of_findings(year)
    known = reported(year.realised.findings)  # whose row has its catatan is asked for once
    unsaid = (r for r in year.results if not any(map(known.knows, _places(r))))
    lacking = [r for r in unsaid if r.judged.lack is Lack.TIDAK_DAPAT]
    found += _of_indicators(year, Ask.TANPA_CAPAIAN, lacking)
    low = yardsticks(year.policies).behind
    behind = [r for r in year.results if r.indicator.iku and r.judged.percent is not None and r.judged.percent < low]
    found += _of_indicators(year, Ask.IKU, behind)
    unknown = {(line.unit, line.kode) for line in subs if line.unreported}  # whose report is asked for above
    bills = [w for w in year.warnings if w.what == FISIK and w.standing == BEHIND and (w.unit, w.kode) not in unknown]
    found += [Matter(kind=Ask.TAGIHAN, names=(w.nama,), units=(w.unit,)) for w in bills]
    return tuple(matter for matter in found if matter.units)


def _of_findings(year: Year) -> list[Matter]:
    """What has to be mended before the figures hold: by catatan, with its indicators; what is asked for above aside."""
    said = [f for f in (*year.realised.findings, *year.findings) if f.severity is Severity.WAJIB and f.unit]
    codes = grouped((f.code, f) for f in said if f.code not in (ABOVE_ACCOUNT, ABOVE_SUB, NOT_REPORTED))
    names = {(p.file, p.sheet, p.row): r.indicator.nama for r in year.results for p in _places(r)}
    found = []
    for code, own in codes.items():
        whose = dict.fromkeys(names.get((f.file, f.sheet, f.row), "") for f in own)
        words = ": ".join(filter(None, (catalogue()[code].judul, ", ".join(filter(None, whose)))))
        found.append(Matter(kind=Ask.CATATAN, names=(words,), units=tuple(dict.fromkeys(f.unit for f in own))))
    return found


def _places(result: IndicatorResult) -> tuple[Place, ...]:
    """Every row that a figure of the indicator came from."""
    return (result.realised.place, *result.realised.places.values()) if result.realised else ()


def _of_indicators(year: Year, kind: Ask, results: Sequence[IndicatorResult]) -> list[Matter]:
    units = tuple(dict.fromkeys(r.indicator.unit for r in results))
    return [Matter(kind=kind, names=tuple(r.indicator.nama for r in results), units=units)]


# ---- Catatan of the reckoning (C1xx): what a reader should look at again. A broken cell has its own already ----

FAR = Decimal(200)
"""Above this, in percent points, a target or a figure is probably wrong; a turun indicator reaches it at zero at best."""

NOT_REPORTED = "C251"
"""The catatan about rekening without a figure, which are asked for as money that is not reported."""
ABOVE_ACCOUNT, ABOVE_SUB = "C250", "C103"
"""The catatan of the reading about an account above its pagu, and of the reckoning about a sub kegiatan: the same cause."""

@dataclass(frozen=True, slots=True)
class Reported:
    """Rows of the returned files that have their catatan: (file, sheet, row) -> codes. One cause is said once."""

    codes: Mapping[tuple[str, str, int], frozenset[str]]

    def knows(self, place: Place, code: str = "") -> bool:
        """Whether the row has any catatan, or this one."""
        found = self.codes.get((place.file, place.sheet, place.row), frozenset())
        return code in found if code else bool(found)


def reported(findings: Iterable[Finding]) -> Reported:
    """From what the reading of the returned files said."""
    codes = grouped(((finding.file, finding.sheet, finding.row), finding.code) for finding in findings if finding.row)
    return Reported({place: frozenset(said) for place, said in codes.items()})


def of_indicator(result: IndicatorResult, judge: Judge, n: int, reported: Reported) -> Iterator[Finding]:
    """C102, C104 and C106 of one indicator. A quarter left out in the middle is said where the files are read."""
    place = result.realised.place if result.realised else Place()
    unit, nama = result.indicator.unit, result.indicator.nama
    if judge.rule.pooled and judge.rule.how == JUMLAH:
        yield _at("C104", place, "", unit, nama=nama, tipe=judge.rule.tipe.lower())
    broken = any(part.state is State.BROKEN for part in judge.parts[:n])
    lacking = next((c for c in (result.judged, result.of_year) if c.lack is Lack.TIDAK_DAPAT), None)
    if lacking and not broken and not ("penyebut" in lacking.reason and reported.knows(place)):
        yield _at("C102", place, "", unit, nama=nama, rincian=lacking.reason)
    if result.judged.percent is not None and result.judged.percent > FAR:
        latest = result.realised.places.get(n, place) if result.realised else place
        if not reported.knows(latest):
            said = percent_words(result.judged.percent)
            yield _at("C106", latest, latest.cells.get(REALISED[n - 1], ""), unit, said, nama=nama)


def of_money(subs: Sequence[SubMoney], n: int, reported: Reported) -> Iterator[Finding]:
    """C103 and C105 per sub kegiatan; an account above its own pagu has been said where its row was read."""
    for sub in subs:
        if not sub.total:
            continue
        place = next((x.place for x in sub.spent if any(x.quarters[:n])), Place())
        cell = place.cells.get(SPENT[n - 1], "")
        unit, kode = sub.key
        if sub.plan is None:
            if not reported.knows(place):
                yield _at("C105", place, cell, unit, format_rupiah(sub.total), kode_sub=kode)
        elif sub.total > sub.pagu and not any(reported.knows(x.place, ABOVE_ACCOUNT) for x in sub.spent):
            yield _at("C103", place, cell, unit, format_rupiah(sub.total), kode_sub=kode, pagu=format_rupiah(sub.pagu))


def _at(code: str, place: Place, cell: str, unit: str, value: str = "", **args: str) -> Finding:
    return Finding(code=code, file=place.file, sheet=place.sheet, cell=cell, unit=unit, value=value, args=args)
