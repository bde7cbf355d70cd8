"""Python = LibreOffice: every formula of the engine over a grid of edge cases and many random indicators."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from xlsxwriter.workbook import Workbook

from kinerja_xl.reckoning.capaian import excel
from kinerja_xl.reckoning.capaian.engine import Judge, judge
from kinerja_xl.reckoning.capaian.excel import shown_percent, shown_realised, shown_target
from kinerja_xl.reckoning.plan import PlanIndicator, Target
from kinerja_xl.reckoning.year import Lack, Quarter
from kinerja_xl.sheets.choices import CHOICES, EDITABLE
from tests.libre import REQUIRED

CASES = 12_000 if REQUIRED else 2_400
"""Random indicators; each gives four formulas."""

SKALA = EDITABLE["skala"]
POLICIES = ({"metode_turun": "A", "rentang_arah": "besar"}, {"metode_turun": "B", "rentang_arah": "kecil"})
BASE = PlanIndicator(
    unit="pmd", kode="7.01.03.2.01.0003", level="Output", nama="Jumlah laporan", sasaran="Sasaran", tipe="Kuantitas absolut",
    dimensi="Efektif", tingkat="Unit kerja", satuan="Laporan", arah="Naik", akumulasi="Jumlah", baseline=None,
    target=None, quarters=(None, None, None, None),
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Given:
    """One case: the indicator, the cells of its quarters as they are typed, and the policies."""

    indicator: PlanIndicator
    quarters: tuple[Quarter, ...]
    policies: dict[str, str]
    n: int = 4

    @property
    def judge(self) -> Judge:
        return judge(self.indicator, self.quarters, self.policies, SKALA)


def filled(value: object) -> Quarter:
    """A quarter from what stands in its cell."""
    if value is None:
        return Quarter()
    if value == "tidak berlaku":
        return Quarter(lack=Lack.TIDAK_BERLAKU)
    if value == "rusak":
        return Quarter(lack=Lack.TIDAK_DAPAT, reason="isinya bukan angka")
    return Quarter(value=value, lack=None)


def D(text: object) -> Decimal:
    return Decimal(str(text))


def test_what_the_quarters_came_to_is_worked_out_once_and_per_quarter():
    first, second, blank, last = map(filled, (D(1), D(3), None, D(2)))
    indicator = replace(BASE, target=D(8), quarters=(D(2),) * 4)
    given = Given(indicator=indicator, quarters=(first, second, blank, last), policies=POLICIES[0])
    own = given.judge
    assert [own.realised(n).value for n in (4, 1, 2, 4)] == [6, 1, 4, 6] and own.realised(4) is own.realised(4)
    assert [own.target(n).value for n in (1, 4)] == [2, 6] and own.target(4) is own.target(4)
    assert own == given.judge and own.until(4) == given.judge.until(4)


VALUES = [None, "tidak berlaku", "rusak", *map(D, ("0", "-3", "4", "8", "10", "0.1", "7.5", "100.005", "20", "25"))]
TARGETS = [None, *map(D, ("0", "-5", "8", "10", "0.3", "2000"))]


def one_quarter() -> Iterator[Given]:
    """Each method with each pair of target and realisasi, the year's end: zero, negative, blank, words, fractions."""
    for arah, policies in itertools.product(CHOICES["arah"], POLICIES):
        bounds = [(D("4"), D("8")), (D("0"), D("7.5")), (D("8"), D("4")), (D("-3"), D("4")), (None, D("8"))]
        for low, high in bounds if arah == "Rentang" else [(None, None)]:
            for target, value in itertools.product(TARGETS, VALUES):
                indicator = replace(
                    BASE, arah=arah, akumulasi="Nilai terakhir", target=target, quarters=(None, None, None, target),
                    bawah=low, atas=high,
                )  # fmt: skip
                yield Given(indicator=indicator, quarters=(*map(filled, (None, None, None, value)),), policies=policies)


def patterns() -> Iterator[Given]:
    """Two quarters filled, blank, declared or broken in every combination, for every way of adding up and every type."""
    states = [None, "tidak berlaku", "rusak", D(6), D(0)]
    dues = [(None, D(5)), (D(5), D(5)), (D(0), D(5)), (D(5), None), (None, None), (D(0), D(0))]
    for tipe, arah, how in itertools.product(("Kuantitas absolut", "Persentase"), CHOICES["arah"], CHOICES["akumulasi"]):
        for due, (one, two), n in itertools.product(dues, itertools.product(states, states), (1, 2)):
            indicator = replace(
                BASE, tipe=tipe, arah=arah, akumulasi=how, target=D(10), quarters=(*due, None, D(5)), bawah=D(5), atas=D(6)
            )
            yield Given(indicator=indicator, quarters=(*map(filled, (one, two, None, None)),), policies=POLICIES[0], n=n)


def pairs() -> Iterator[Given]:
    """Numerators and denominators: complete, one of them missing, zero and negative, beside plain values."""
    entries = [
        Quarter(), filled(D(50)), filled("rusak"), filled("tidak berlaku"),
        *(Quarter(numerator=D(a), denominator=D(b), lack=None) for a, b in ((3, 4), (1, 3), (0, 5), (2, 0), (1, -4))),
        Quarter(numerator=D(3), lack=None), Quarter(denominator=D(3), lack=None),
    ]  # fmt: skip
    both = itertools.product(entries, repeat=2)
    for tipe, how, quarters in itertools.product(("Persentase", "Rasio"), CHOICES["akumulasi"], both):
        indicator = replace(BASE, tipe=tipe, akumulasi=how, target=D("0.5"), quarters=(D("0.4"), D("0.5"), None, D("0.5")))
        yield Given(indicator=indicator, quarters=(*quarters, Quarter(), Quarter()), policies=POLICIES[0], n=2)


def scales() -> Iterator[Given]:
    members: list[Target] = [None, "tidak berlaku", "rusak", "Sangat kurang", "baik ", "Sangat baik", "Istimewa"]  # type: ignore[list-item]
    for target, one, two in itertools.product([None, "Cukup", "Sangat Baik", "Istimewa"], members, members):
        indicator = replace(BASE, tipe="Kualitatif", arah="Naik", target=target, quarters=(None, target, target, target))
        yield Given(indicator=indicator, quarters=(*map(filled, (one, two, None, None)),), policies=POLICIES[0], n=2)


def random_cases(count: int) -> Iterator[Given]:
    rng = random.Random(20250110)

    def number(negative: bool = False) -> Decimal:
        places = rng.choice((0, 0, 1, 2, 3))
        return Decimal(rng.randint(-5 if negative else 0, rng.choice((20, 400, 90_000)) * 10**places)).scaleb(-places)

    for _ in range(count):
        tipe = rng.choice(("Kuantitas absolut", "Persentase", "Rasio", "Rata-rata", "Indeks"))
        low, high = sorted((number(), number()))
        indicator = replace(
            BASE, tipe=tipe, arah=rng.choice(CHOICES["arah"]), akumulasi=rng.choice(CHOICES["akumulasi"]), target=number(),
            quarters=tuple(number() if rng.random() < 0.85 else None for _ in range(4)), bawah=low, atas=high,
        )  # fmt: skip
        quarters = []
        for _ in range(4):
            if tipe in ("Persentase", "Rasio") and rng.random() < 0.6:
                quarters.append(Quarter(numerator=number(True), denominator=number(), lack=None))
            else:
                quarters.append(filled(number(True) if rng.random() < 0.85 else None))
        yield Given(indicator=indicator, quarters=tuple(quarters), policies=rng.choice(POLICIES), n=rng.randint(1, 4))


def halves() -> Iterator[Given]:
    """Percentages that lie exactly on half a hundredth, where binary floats fall to either side."""
    for step, target in itertools.product(range(1, 400, 2), ("1", "2", "4", "0.8")):
        value = D(target) * (D(step) / 20_000 + 1)
        for arah in ("Naik", "Turun"):
            indicator = replace(BASE, arah=arah, target=D(target), quarters=(None, None, None, D(target)))
            yield Given(indicator=indicator, quarters=(Quarter(), Quarter(), Quarter(), filled(value)), policies=POLICIES[0])


def written(target: Path, cases: list[Given]) -> int:
    """A workbook with one row per case and its four formulas; how many formulas."""
    workbook = Workbook(target)
    sheet, lists = workbook.add_worksheet("Capaian"), workbook.add_worksheet("Daftar")
    for row, member in enumerate(SKALA):
        lists.write_string(row, 0, member)
    for row, case in enumerate(cases):
        _write(sheet, row, case)
    workbook.close()
    return 4 * len(cases)


def _write(sheet, row: int, case: Given) -> None:
    one = case.indicator
    line = str(row + 1)
    inputs = [one.target, *one.quarters, one.bawah, one.atas]
    for quarter in case.quarters:
        word = {Lack.TIDAK_BERLAKU: "tidak berlaku", Lack.TIDAK_DAPAT: "12 dokumen"}.get(quarter.lack)  # type: ignore[arg-type]
        inputs += [word or quarter.value, quarter.numerator, quarter.denominator]
    for column, value in enumerate(inputs):
        if isinstance(value, Decimal):
            sheet.write_number(row, column, float(value))
        elif value is not None:
            sheet.write_string(row, column, value)
    letters = "HIJKLMNOPQRS"
    pooled = case.judge.rule.pooled
    cells = excel.Cells(
        target=f"A{line}", targets=tuple(f"{c}{line}" for c in "BCDE"), bawah=f"F{line}", atas=f"G{line}",
        realised=tuple(f"{c}{line}" for c in letters[0::3]), skala="Daftar!$A$1:$A$5",
        numerators=tuple(f"{c}{line}" for c in letters[1::3]) if pooled else None,
        denominators=tuple(f"{c}{line}" for c in letters[2::3]) if pooled else None,
    )  # fmt: skip
    rule, n, judged = case.judge.rule, case.n, case.judge
    until, of_year = judged.until(n), judged.of_year(n)
    for column, formula, value in (
        ("T", excel.realised_until(rule, cells, n), shown_realised(judged, n)),
        ("U", excel.target_until(rule, cells, n), shown_target(judged, n)),
        ("V", excel.capaian_until(rule, cells, f"T{line}", f"U{line}"), shown_percent(until)),
        ("W", excel.capaian_of_year(rule, cells, f"T{line}"), shown_percent(of_year)),
    ):
        assert len(formula) < 8_000
        sheet.write_formula(f"{column}{line}", f"={formula}", None, float(value) if isinstance(value, Decimal) else value)


def _judged(libre, folder: Path, cases: list[Given]) -> None:
    target = folder / "capaian.xlsx"
    expected = written(target, cases)
    count, differences = libre.judge([target])
    assert [f"{d} <- {cases[int(d.cell[1:]) - 1]}" for d in differences[:5]] == []
    assert count == expected


def test_every_edge(libre, tmp_path):
    cases = [*one_quarter(), *patterns(), *pairs(), *scales()]
    assert len(cases) > 3_000
    _judged(libre, tmp_path, cases)


def test_exact_halves(libre, tmp_path):
    cases = list(halves())
    assert len(cases) == 1_600
    _judged(libre, tmp_path, cases)


def test_many_random_indicators(libre, tmp_path):
    _judged(libre, tmp_path, list(random_cases(CASES)))
