"""Means of capaian per group: capped values, over how many indicators, and which are left out and why.

A mean covers the indicators that have a capaian; it is a plain mean, each indicator counts once (no mean of means).
Predicates are lower bounds only, from Kantor.xlsx (``Yardsticks``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from kinerja_xl.office.kantor import Office
from kinerja_xl.reckoning.capaian.measured import Average, IndicatorResult, UnitCost
from kinerja_xl.reckoning.capaian.money import SubKey, SubMoney
from kinerja_xl.reckoning.capaian.rule import KUALITATIF, PERSENTASE, Yardsticks, percent_of, rounded
from kinerja_xl.sheets.choices import CHOICES
from kinerja_xl.sheets.texts import fold

Left = tuple[str, str]
PK_LEVELS = ("Output", "Outcome")
"""Levels that an official's PK holds (V.D)."""

NOT_PLANNED = "tidak ada dalam rencana yang ditetapkan"


def averages(results: Sequence[IndicatorResult], office: Office, marks: Yardsticks) -> Mapping[str, tuple[Average, ...]]:
    """All means of the year by kind of group."""
    iku = [result for result in results if result.indicator.iku]
    return {
        "kantor": (average("kantor", office.nama, results, marks),),
        "unit": _units(results, office, marks),
        "resmi": _officials(results, office, marks),
        "sasaran": _sasaran(results, marks),
        "level": _listed("level_indikator", ((r.indicator.level, r) for r in results), marks),
        "tingkat": _listed("tingkat", ((r.indicator.tingkat, r) for r in results), marks),
        "iku": (average("kantor", office.nama, iku, marks), *_units(iku, office, marks)) if iku else (),
    }


def average(
    key: str, label: str, results: Iterable[IndicatorResult], marks: Yardsticks, absent: Iterable[Left] = ()
) -> Average:
    """The mean of one group. ``absent``: indicators that belong to it but have no result at all (name, reason)."""
    own = list(results)
    values = [Fraction(result.capped) for result in own if result.capped is not None]
    percent = percent_of(sum(values, Fraction(0)) / len(values)) if values else None
    left = [(result.indicator.nama, _why(result)) for result in own if result.capped is None]
    return Average(
        key=key, label=label, percent=percent, predicate="" if percent is None else marks.predicate(percent),
        counted=len(values), left_out=tuple(sorted([*left, *absent])),
        partial=tuple(sorted(r.indicator.nama for r in own if r.capped is not None and r.judged.missing)),
    )  # fmt: skip


def _why(result: IndicatorResult) -> str:
    capaian = result.judged
    return f"{capaian.lack}: {capaian.reason}" if capaian.reason else str(capaian.lack)


def _grouped(pairs: Iterable[tuple[str, IndicatorResult]]) -> dict[str, list[IndicatorResult]]:
    groups: dict[str, list[IndicatorResult]] = {}
    for key, result in pairs:
        groups.setdefault(key, []).append(result)
    return groups


def _units(results: Iterable[IndicatorResult], office: Office, marks: Yardsticks) -> tuple[Average, ...]:
    """In the order of the sheet Unit; units that it does not name follow."""
    groups = _grouped((result.indicator.unit, result) for result in results)
    names = {unit.kode: unit.nama for unit in office.units}
    order = [*(kode for kode in names if kode in groups), *sorted(groups.keys() - names.keys())]
    return tuple(average(kode, names.get(kode, kode), groups[kode], marks) for kode in order)


def _officials(results: Sequence[IndicatorResult], office: Office, marks: Yardsticks) -> tuple[Average, ...]:
    """Camat and Sekcam: the indicators of their PK (sheet PK Pimpinan); heads of units: output and outcome of their unit."""
    by_name = _grouped((fold(result.indicator.nama), result) for result in results)
    groups: list[Average] = []
    promised: dict[str, list[str]] = {}
    for row in office.pk_pimpinan:
        promised.setdefault(fold(str(row.get("jabatan_kode") or "")), []).append(str(row.get("indikator") or ""))
    for post, named in promised.items():
        own = [result for name in dict.fromkeys(map(fold, named)) for result in by_name.get(name, [])]
        absent = [(name, NOT_PLANNED) for name in named if fold(name) not in by_name]
        groups.append(average(post, _title(office, post), own, marks, absent))
    heads = _grouped((r.indicator.unit, r) for r in results if r.indicator.level in PK_LEVELS)
    groups += [average(u.kode, _title(office, u.kode), heads[u.kode], marks) for u in office.units if u.kode in heads]
    return tuple(groups)


def _title(office: Office, post: str) -> str:
    official = office.official(post)
    return f"{official.jabatan} ({official.nama})" if official else post


def _sasaran(results: Iterable[IndicatorResult], marks: Yardsticks) -> tuple[Average, ...]:
    """By the words of the sasaran, spelling aside, in alphabetical order."""
    groups = _grouped((fold(result.indicator.sasaran), result) for result in results)
    labels = {key: min(result.indicator.sasaran for result in own) or "(tanpa sasaran)" for key, own in groups.items()}
    return tuple(average(key, labels[key], groups[key], marks) for key in sorted(groups, key=lambda key: (labels[key], key)))


def _listed(name: str, pairs: Iterable[tuple[str, IndicatorResult]], marks: Yardsticks) -> tuple[Average, ...]:
    """In the order of the closed list; other words follow."""
    groups = _grouped(pairs)
    order = [*(word for word in CHOICES[name] if word in groups), *sorted(groups.keys() - set(CHOICES[name]))]
    return tuple(average(word, word, groups[word], marks) for word in order)


# ---- Cost per unit of output against plan (III.B: the price of an output is an instrument of planning and evaluation) ----

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
