"""Capaian of many units: ``python -m bench.capaian [--banyak 100,1000] [--berkas 10,40,100] [--hanya hitung|berkas]``.

``hitung``: processor seconds of ``measure`` alone and how they grow. ``berkas``: the whole verb over folders of returned
workbooks (one of each unit and one of the money per triwulan) against a bare python-calamine read of the same files, in turns.
Each unit has ten indicators of every direction, type and way of adding up, four filled quarters, and two sub kegiatan with
money. Exit status 1 when one more unit costs LINEAR_TARGET times as much in a large office as in a small one.
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import tempfile
import time
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from bench.ukur import run
from kinerja_xl.lists import Level, programs
from kinerja_xl.office.kantor import Office, Unit
from kinerja_xl.reckoning.capaian.measure import measure
from kinerja_xl.reckoning.plan import Plan, PlanIndicator, PlanLine, PlanSub
from kinerja_xl.reckoning.year import Physical, Quarter, Realised, RealisedIndicator, Spent
from kinerja_xl.sheets.choices import CHOICES, EDITABLE
from kinerja_xl.sheets.kantor import POLICIES

INDICATORS, SUBS, TIMES = 10, 2, 3
LINEAR_TARGET = 1.5
SUB_CODES = [code for code, node in programs().items() if node.level is Level.SUBKEGIATAN]
TYPES = CHOICES["tipe_indikator"]


def built(units: int) -> tuple[Plan, Realised, Office]:
    """A plan, its returns and an office of so many units."""
    names = [f"unit{number:04}" for number in range(units)]
    subs = [(unit, SUB_CODES[(index * SUBS + k) % len(SUB_CODES)]) for index, unit in enumerate(names) for k in range(SUBS)]
    indicators = [
        _indicator(unit, subs[index * SUBS + number % SUBS][1], number)
        for index, unit in enumerate(names)
        for number in range(INDICATORS)
    ]
    plan = Plan(
        tahun=2025, tahap="penetapan", nomor=0, tanggal=None, dasar="", indicators=tuple(indicators),
        subs=tuple(PlanSub(unit=u, kode=k, nama=k, diusulkan=10_000_000, disepakati=10_000_000) for u, k in subs),
        lines=tuple(
            PlanLine(unit=u, kode_sub=k, rekening="5.1.02.01.01.0024", jenis="5.1.02", jumlah=10_000_000) for u, k in subs
        ),
        kas=dict.fromkeys(subs, (800_000,) * 12),
    )  # fmt: skip
    realised = Realised(
        triwulan=4, indicators=tuple(_answer(one, number) for number, one in enumerate(indicators)),
        physical=tuple(Physical(unit=u, kode_sub=k, quarters=_progress()) for u, k in subs),
        spent=tuple(
            Spent(unit=u, kode_sub=k, rekening="5.1.02.01.01.0024", quarters=(2_000_000, 2_500_000, 2_500_000, 2_400_000))
            for u, k in subs
        ),
    )  # fmt: skip
    return plan, realised, _office(names)


def _progress() -> tuple[Decimal, Decimal, Decimal, Decimal]:
    return Decimal(20), Decimal(45), Decimal(70), Decimal(96)


def _indicator(unit: str, kode: str, number: int) -> PlanIndicator:
    tipe = TYPES[number % len(TYPES)]
    words = tipe == TYPES[0]
    target = "Baik" if words else Decimal(12)
    return PlanIndicator(
        unit=unit, kode=kode, level=("Output", "Outcome")[number % 2], nama=f"Indikator {number}",
        sasaran=f"Sasaran {number % 5}", tipe=tipe, dimensi="Efektif", tingkat="Unit kerja", satuan="Laporan",
        arah=CHOICES["arah"][number % 3], akumulasi=CHOICES["akumulasi"][number % 3], baseline=None, target=target,
        quarters=(target,) * 4 if words else (Decimal(3),) * 4, bawah=Decimal(10), atas=Decimal(14), iku=number == 0,
    )  # fmt: skip


def _answer(one: PlanIndicator, number: int) -> RealisedIndicator:
    if one.tipe == TYPES[0]:
        quarter = Quarter(value="Cukup", lack=None)
    elif one.tipe in TYPES[2:4]:
        quarter = Quarter(numerator=Decimal(number % 7), denominator=Decimal(9), lack=None)
    else:
        quarter = Quarter(value=Decimal(number % 5), lack=None)
    return RealisedIndicator(identity=one.identity, quarters=(quarter, quarter, quarter, quarter))


def _office(names: list[str]) -> Office:
    return Office(
        nama="Kantor", pemda="", alamat="", tempat="", tahun=2025, tahap="pengukuran", tanggal=None, batas_usulan=None,
        batas_perbaikan=None, units=tuple(Unit(kode=n, nama=n, atasan="camat", tugas=()) for n in names), officials=(),
        receipts={}, pagu={}, renstra=(), programs={}, program_sasaran={}, pk_pimpinan=(), prices={}, accounts={},
        account_jenis={}, lists=EDITABLE, policies={policy.key: policy.default for policy in POLICIES},
    )  # fmt: skip


def measured(units: int) -> float:
    """Processor seconds of the fastest of a few runs."""
    plan, realised, office = built(units)
    times = []
    for _ in range(TIMES):
        gc.collect()
        start = time.process_time()
        year = measure(plan, realised, office, 4)
        times.append(time.process_time() - start)
        if len(year.results) != units * INDICATORS or not year.averages["kantor"][0].counted:
            raise RuntimeError(f"{units} unit: {len(year.results)} indikator")
        del year
    return min(times)


# ---- the whole verb over files ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """One size measured: units, processor seconds of the whole verb and of the bare read."""

    units: int
    verb: float
    bare: float


FILE_RUNS = 40
"""A folder of N units is measured FILE_RUNS / N times, at least once and at most three times."""

_BARE = "from pathlib import Path\nfrom bench.pembanding import read_bare\nread_bare(sorted(Path({!r}).glob('TW*/*.xlsx')))"
_VERB = "from contextlib import suppress\nfrom kinerja_xl.face.cli import main\nwith suppress(SystemExit): main({})"
"""The verb's status says that there are catatan, which is no failure here."""
_TOOK = "\nfrom time import process_time\nprint(); print(process_time())"
"""Processor time, start included: the machines are shared, and the clock measures the others' work too."""


def measure_files(sizes: list[int]) -> bool:
    """The verb over years of several sizes; whether one more unit costs the same in the largest."""
    folders = []
    for units in sizes:
        with tempfile.TemporaryDirectory(prefix="kinerja-xl-bench-") as place:
            run("-m", "bench.kantor_terukur", place, str(units))
            folders.append(_one_folder(Path(place), units))
    steps = []
    for small, large in pairwise(folders):
        verb, bare = ((b - a) / (large.units - small.units) for a, b in ((small.verb, large.verb), (small.bare, large.bare)))
        steps.append(verb)
        between = f"{small.units} sampai {large.units} unit"
        _print(f"satu unit lagi (4 berkas), {between} : calamine = {verb / bare:.1f}; {verb * 1000:.0f} ms")
    if len(steps) < 2:
        return True
    growth = steps[-1] / steps[0]
    _print(f"Biaya satu unit lagi, kantor terbesar : terkecil = {growth:.2f} (paling banyak {LINEAR_TARGET})")
    return growth <= LINEAR_TARGET


def _one_folder(folder: Path, units: int) -> Folder:
    times = max(1, min(3, FILE_RUNS // units))
    verb = ["capaian", str(folder), "--format", "json", "-o", str(folder / "Capaian.xlsx")]
    sides = _VERB.format(verb), _BARE.format(str(folder / "masuk"))
    runs = [run("-c", code + _TOOK) for _ in range(times) for code in sides]
    texts = [one.output.rstrip().rpartition("\n") for one in runs]
    capaian, bare = (min(float(took) for _, _, took in texts[side::2]) for side in (0, 1))
    found = json.loads(texts[0][0])
    counted = [mean["dinilai"] for mean in found["rata_rata"] if mean["kelompok"] == "unit"]
    if counted != [INDICATORS] * units:
        raise RuntimeError(f"{units} unit: {capaian.output[:500]}")
    files = sum(1 for _ in (folder / "masuk").rglob("*.xlsx"))
    _print(
        f"capaian {units} unit ({files} berkas) : calamine = {capaian / bare:.1f}; "
        f"{capaian:.2f} s, {runs[0].memory}; calamine {bare:.2f} s"
    )
    return Folder(units=units, verb=capaian, bare=bare)


# ---- all -------------------------------------------------------------------------------------------


def measure_reckoning(sizes: list[int]) -> bool:
    """``measure`` alone; whether a unit costs the same in a large office."""
    seconds = {}
    for units in sizes:
        seconds[units] = measured(units)
        _print(f"capaian {units} unit × {INDICATORS} indikator × 4 triwulan: {seconds[units]:.2f} s")
    fine = True
    for small, large in pairwise(sizes):
        growth = seconds[large] / seconds[small] / (large / small)
        _print(f"biaya satu unit, {large} : {small} unit = {growth:.2f} (paling banyak {LINEAR_TARGET})")
        fine = fine and growth <= LINEAR_TARGET
    return fine


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.capaian", description="Ukur perhitungan capaian.")
    parser.add_argument("--banyak", default="100,1000", help="banyaknya unit yang dihitung, dipisah koma (bawaan 100,1000)")
    parser.add_argument("--berkas", default="10,40,100", help="banyaknya unit yang dibaca dari berkas (bawaan 10,40,100)")
    parser.add_argument("--hanya", choices=["hitung", "berkas"], help="hanya ukuran ini")
    chosen = parser.parse_args()
    fine = True
    if chosen.hanya != "hitung":  # first: what ran in this process counts in its children's peak memory
        fine = measure_files(_sizes(chosen.berkas))
    if chosen.hanya != "berkas":
        fine = measure_reckoning(_sizes(chosen.banyak)) and fine
    return 0 if fine else 1


def _sizes(text: str) -> list[int]:
    return sorted(int(part) for part in text.split(","))


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
