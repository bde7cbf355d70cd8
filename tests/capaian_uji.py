"""A small measured year for tests: an indicator, its quarters, a plan around it and the office of ``kantor_uji``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache

from kinerja_xl.office.kantor import Office, build_office
from kinerja_xl.reckoning.capaian import Year
from kinerja_xl.reckoning.capaian.engine import Judge, judge
from kinerja_xl.reckoning.capaian.measure import measure
from kinerja_xl.reckoning.plan import Plan, PlanIndicator, PlanLine, PlanSub
from kinerja_xl.reckoning.year import Lack, Physical, Place, Quarter, Realised, RealisedIndicator, Spent
from kinerja_xl.sheets.choices import EDITABLE
from tests.kantor_uji import SUB_A, SUB_B, SUB_C, D, office_content

SKALA = EDITABLE["skala"]
TA, TR = "tidak berlaku", "rusak"
"""What a quarter's cell may say instead of a number."""

BASE = PlanIndicator(
    unit="pmd", kode=SUB_A, level="Output", nama="Jumlah laporan", sasaran="Lembaga maju", tipe="Kuantitas absolut",
    dimensi="Efektif", tingkat="Unit kerja", satuan="Laporan", arah="Naik", akumulasi="Jumlah", baseline=None,
    target=D(10), quarters=(D(2), D(3), D(2), D(3)),
)  # fmt: skip


def typed(value: object) -> Decimal | str | None:
    """A number as it is written in a test (10, "0.5"), or a word as it is."""
    if value is None or isinstance(value, Decimal):
        return value
    return value if isinstance(value, str) and not value.lstrip("-")[:1].isdigit() else D(value)


def filled(value: object) -> Quarter:
    """A quarter from what stands in its cell: None is blank, a pair numerator and denominator."""
    if value is None:
        return Quarter()
    if value == TA:
        return Quarter(lack=Lack.TIDAK_BERLAKU)
    if value == TR:
        return Quarter(lack=Lack.TIDAK_DAPAT, reason="isinya bukan angka")
    if isinstance(value, tuple):
        above, below = (None if v is None else D(v) for v in value)
        return Quarter(numerator=above, denominator=below, lack=None)
    return Quarter(value=typed(value), lack=None)


def four(*cells: object) -> tuple[Quarter, Quarter, Quarter, Quarter]:
    return (*map(filled, (*cells, None, None, None, None)[:4]),)  # type: ignore[return-value]


def numbers(*cells: object) -> tuple[object, ...]:
    """Targets: numbers as decimals, words and None as they are; short ones end in None."""
    return tuple(map(typed, (*cells, None, None, None, None)[:4]))


def indicator(**changes: object) -> PlanIndicator:
    """The base indicator changed; numbers may be given as they are typed."""
    if "quarters" in changes:
        changes["quarters"] = numbers(*changes["quarters"])  # type: ignore[misc]
    for key in ("target", "bawah", "atas", "baseline"):
        if key in changes:
            changes[key] = typed(changes[key])
    return replace(BASE, **changes)  # type: ignore[arg-type]


def judged(one: PlanIndicator, *cells: object, policies: Mapping[str, str] | None = None) -> Judge:
    return judge(one, four(*cells), policies or {}, SKALA)


@cache
def office() -> Office:
    return build_office(office_content())


def with_policies(**policies: str) -> Office:
    return replace(office(), policies={**office().policies, **policies})


SUBS = (
    PlanSub(unit="pmd", kode=SUB_A, nama="Sub A", diusulkan=1_200_000, disepakati=1_000_000),
    PlanSub(unit="pmd", kode=SUB_B, nama="Sub B", diusulkan=500_000, disepakati=400_000, dpa=500_000),
    PlanSub(unit="trantib", kode=SUB_C, nama="Sub C", diusulkan=500_000, disepakati=500_000),
)
ATK, MEALS, PC = "5.1.02.01.01.0024", "5.1.02.01.01.0052", "5.2.02.10.01.0002"
LINES = (
    PlanLine(unit="pmd", kode_sub=SUB_A, rekening=ATK, jenis="5.1.02", jumlah=600_000),
    PlanLine(unit="pmd", kode_sub=SUB_A, rekening=PC, jenis="5.2", jumlah=400_000),
    PlanLine(unit="pmd", kode_sub=SUB_B, rekening=MEALS, jenis="5.1.02", jumlah=400_000),
    PlanLine(unit="trantib", kode_sub=SUB_C, rekening=ATK, jenis="5.1.02", jumlah=500_000),
)


def plan(*indicators: PlanIndicator, **changes: object) -> Plan:
    """Two units, three sub kegiatan, Rp2.000.000 (Sub B by its DPA, Rp100.000 more than its lines)."""
    whole = Plan(
        tahun=2025, tahap="penetapan", nomor=0, tanggal=None, dasar="", subs=SUBS, lines=LINES, indicators=indicators
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def place(row: int) -> Place:
    cells = {f"real_{n}": f"{letter}{row}" for n, letter in enumerate("PQRS", start=1)}
    cells |= {f"uang_{n}": f"{letter}{row}" for n, letter in enumerate("FGHI", start=1)}
    return Place(file="Realisasi.xlsx", sheet="Realisasi", row=row, cells=cells)


def answer(one: PlanIndicator, *cells: object, row: int = 8) -> RealisedIndicator:
    return RealisedIndicator(identity=one.identity, quarters=four(*cells), place=place(row))


def spent(kode: str, *rupiah: int | None, rekening: str = "", unit: str = "", row: int = 8) -> Spent:
    owner = unit or next((sub.unit for sub in SUBS if sub.kode == kode), "pmd")
    quarters = (*rupiah, None, None, None, None)[:4]
    return Spent(unit=owner, kode_sub=kode, rekening=rekening, quarters=quarters, place=place(row))  # type: ignore[arg-type]


def progress(kode: str, *percent: object) -> Physical:
    owner = next(sub.unit for sub in SUBS if sub.kode == kode)
    quarters = tuple(None if p is None else Decimal(str(p)) for p in (*percent, None, None, None, None)[:4])
    return Physical(unit=owner, kode_sub=kode, quarters=quarters)  # type: ignore[arg-type]


def year(
    answers: Mapping[PlanIndicator, tuple[object, ...]] | None = None, n: int = 4, *, at: Office | None = None,
    whole: Plan | None = None, **returned: object,
) -> Year:  # fmt: skip
    """The measured year of a plan that holds these indicators with these cells."""
    answers = answers or {}
    entries = tuple(answer(one, *cells, row=8 + i) for i, (one, cells) in enumerate(answers.items()))
    realised = Realised(triwulan=n, indicators=entries, **returned)  # type: ignore[arg-type]
    return measure(whole or plan(*answers), realised, at or office(), n)
