"""A measured year for the tests of what is written from it: the example plan and returns with every kind of content."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal as D

from kinerja_xl.catatan import Finding
from kinerja_xl.reading.own_book import YearValue
from kinerja_xl.reckoning.capaian import Year
from kinerja_xl.reckoning.capaian.measure import IkuTrend, measure, trends
from kinerja_xl.reckoning.plan import Plan
from kinerja_xl.reckoning.year import Physical, Place, Realised, RealisedIndicator, ReturnFile, Spent, Status
from tests import kantor_uji, rencana_contoh
from tests.capaian_uji import TR, four

FILE = "TW4/Realisasi-pmd-TW4.xlsx"
SHARE = ((3, 10), (1, 5), (1, 4), (3, 10))
"""What is spent of each line in TW I to IV: 105 % in all."""


RETURNED = (
    four(2, 3, None, 4),
    four((4, 20), (9, 20), (13, 20), (18, 20)),
    four("Cukup", "Baik", "Kurang", "Baik"),
    four(9, 8, 7, "6.5"),
    four(None, None, None, "0.8"),
    four(1, 2, 3, 2),
    four(0, 0, 1, 0),
    four(None, None, TR, None),
)
"""By the indicators of the example plan: a gap, pairs, a scale, a rentang, a late start, turun, target 0, a broken cell."""

LONG = "Hujan lebat dan jalan putus selama dua pekan di tiga desa.\n- kendaraan dinas rusak\n- peserta tidak dapat hadir"

NOTES = {2: {"penghambat": LONG, "tindak_lanjut": "Jadwal ulang"}, 4: {"pendorong": "Kader aktif", "penghambat": "Dana"}}


def year(triwulan: int = 4, plan: Plan | None = None, **changes: object) -> Year:
    """The measured year of the example plan, or of one with its indicators. ``changes`` replace fields of the office."""
    plan = plan or rencana_contoh.plan()
    office = replace(kantor_uji.small_office(), **changes)  # type: ignore[arg-type]
    indicators = tuple(
        RealisedIndicator(
            identity=one.identity, quarters=four, place=Place(file=FILE, sheet="Realisasi Indikator", row=9 + number),
            notes=NOTES if number < 2 else {},
        )
        for number, (one, four) in enumerate(zip(plan.indicators, RETURNED, strict=True))
    )  # fmt: skip
    spent = tuple(
        Spent(unit=line.unit, kode_sub=line.kode_sub, rekening=line.rekening,
              quarters=tuple(line.jumlah * a // b for a, b in SHARE))  # type: ignore[arg-type]
        for line in plan.lines
    )  # fmt: skip
    realised = Realised(
        triwulan=triwulan, indicators=indicators, spent=spent, late={"pmd": (2,)}, missing={"trantib": (3,)},
        physical=(Physical(unit="pmd", kode_sub=rencana_contoh.SUB_A, quarters=(D(10), D(30), D(60), D(100))),),
        files=(ReturnFile(file=FILE, folder="TW4", unit="pmd", triwulan=4, sha256="ab" * 32, status=Status.DIHITUNG,
                          rows_read=10, rows_used=9, rows_reported=1),),
        findings=(Finding(code="N401", file=FILE, sheet="Realisasi Indikator", cell="H9", value="dua", unit="pmd"),),
    )  # fmt: skip
    return measure(plan, realised, office, triwulan)


WORDY = (
    "Meningkatnya kualitas penyelenggaraan pelayanan administrasi terpadu kecamatan yang transparan, akuntabel, dan responsif "
    "bagi seluruh masyarakat desa sampai dusun terjauh di lereng pegunungan"
)
"""What strains a page: a name of 190 letters."""

TIMES = 1_234_567
"""Makes amounts of 13 and 14 digits."""


def hard() -> Year:
    """The same year with names, targets and amounts that strain every page."""
    own = rencana_contoh.plan()
    first, *rest = (replace(one, nama=f"{one.nama} {WORDY}", sasaran=WORDY) for one in own.indicators)
    many = tuple(None if q is None else q * TIMES for q in first.quarters)
    indicators = (replace(first, target=first.target * TIMES, quarters=many), *rest)
    plan = rencana_contoh.plan(
        indicators=indicators,
        subs=tuple(
            replace(s, nama=f"{s.nama} {WORDY}", diusulkan=s.diusulkan * TIMES, disepakati=s.disepakati * TIMES) for s in own.subs
        ),
        lines=tuple(replace(line, jumlah=line.jumlah * TIMES) for line in own.lines),
    )
    return year(plan=plan)


def over_years(own: Year) -> tuple[IkuTrend, ...]:
    """The trend with two earlier years."""
    one = next(result.indicator for result in own.results if result.indicator.iku)
    earlier = [
        YearValue(tahun=tahun, unit=one.unit, kode=one.kode, nama=one.nama, satuan=one.satuan, target=D(target),
                  realised=D(realised), percent=D(percent))
        for tahun, target, realised, percent in ((2024, 80, 72, "90.00"), (2023, 70, 66, "94.29"))
    ]  # fmt: skip
    return trends(own, earlier)


def single() -> Year:
    """A year of one indicator and one line of money."""
    own, whole = rencana_contoh.plan(), year()
    sub = next(sub for sub in own.subs if sub.anggaran)
    lines = tuple(line for line in own.lines if line.kode_sub == sub.kode)[:1]
    sub = replace(sub, diusulkan=lines[0].jumlah, disepakati=lines[0].jumlah, alasan="")
    plan = rencana_contoh.plan(indicators=own.indicators[:1], subs=(sub,), lines=lines, kas={})
    spent = tuple(one for one in whole.realised.spent if one.kode_sub == sub.kode and one.rekening == lines[0].rekening)
    came = whole.realised.indicators[:1]
    realised = replace(whole.realised, indicators=came, spent=spent, physical=(), late={}, missing={}, findings=())
    return measure(plan, realised, whole.office, 4)
