"""Rules of the figures of a triwulan: blank, too early, left out, changed since, and what can't be the figure that was meant.

And of outcomes that earlier years promised for this one: measured by the end of it, as the register says them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.checking.realisasi import Judging, changed_cells
from kinerja_xl.checking.usulan.indikator_ikatan import SLIPPED
from kinerja_xl.checking.usulan.indikator_wajar import COUNTS
from kinerja_xl.office.folder import KANTOR_FILE
from kinerja_xl.reckoning.capaian.accumulate import scale_key
from kinerja_xl.reckoning.capaian.engine import BLANK, Judge, judge
from kinerja_xl.reckoning.capaian.rule import ABSOLUT, INDEKS, JUMLAH, PERSENTASE, RATA, RENTANG
from kinerja_xl.reckoning.plan import PlanIndicator, PlanLine, PlanSub
from kinerja_xl.reckoning.year import UNIT_KIND, WORDS, expected
from kinerja_xl.reckoning.year.due import ASKED_IN, Promise
from kinerja_xl.reckoning.year.tracks import PROMISES, Figure, Item, Spot, State, Track, answered, quarter_keys
from kinerja_xl.sheets.choices import SATUAN
from kinerja_xl.sheets.realisasi import PROMISED
from kinerja_xl.sheets.values import fold, format_number, format_rupiah, round_half_up
from kinerja_xl.words.periods import ROMAN

AnyTrack = Track[PlanIndicator] | Track[PlanSub] | Track[PlanLine] | Track[Promise]
_TENFOLD, _HUNDRED = Decimal(10), Decimal(100)
_OVERSHOOT = Decimal("1.25")
"""A running total typed quarter by quarter soon adds up to far more than the target; less than this may be a good year."""


def judge_figures(judging: Judging) -> Iterator[Finding]:
    """All findings about single figures, line by line."""
    for track in judging.tracks.indicators:
        one = judge(track.item, BLANK, judging.office.policies, judging.lists.values("skala"))
        asked = {n for n in range(1, 5) if one.parts[n - 1].due or n == 4 and not any(part.due for part in one.parts)}
        yield from _gaps(judging, track, asked)
        yield from over_time(judging, track)
        for figure in _usable(track):
            yield from _readable(judging, track, figure, one)
            yield from _pair(judging, track, figure, one)
            yield from _percent(judging, track, figure, one)
            yield from _possible(judging, track, figure)
        yield from _adding_up(judging, track, one)
    for physical in judging.tracks.physical:
        yield from _gaps(judging, physical, {1, 2, 3, 4})
        yield from over_time(judging, physical)
        yield from _progress(judging, physical)


def in_one(findings: Iterable[Finding]) -> Iterator[Finding]:
    """C235 once for a column of a file: one missing file is one cause, however many lines the later file repeats of it."""
    found = list(findings)
    columns = Counter(_column(f) for f in found if f.code == "C235")
    for finding in found:
        if finding.code != "C235":
            yield finding
        elif more := columns.pop(_column(finding), 0):
            rest = f", dan {more - 1} angka lain di kolom itu" if more > 1 else ""
            yield replace(finding, args={**finding.args, "rincian": rest})


def _column(finding: Finding) -> tuple[str, str, str]:
    return finding.file, finding.sheet, finding.column


def say(judging: Judging, code: str, track: AnyTrack, spot: Spot, key: str, value: object = "", **args: str) -> Finding:
    """A finding at one cell of a line in one file."""
    return judging.case(spot.returned).at(code, track.table, spot.row, key, shown(value, track), **args)


def shown(value: object, track: AnyTrack) -> str:
    """A figure as staff read it."""
    if isinstance(value, Decimal):
        return format_rupiah(value) if isinstance(track.item, PlanLine) else format_number(value)
    return "" if value is None else str(value)


def _usable(track: Track[Item]) -> Iterator[Figure]:
    return (figure for figure in track.figures if figure.spot and figure.state is State.READ)


# ---- blank, too early, changed since -------------------------------------------------------------


def _gaps(judging: Judging, track: Track[Item], asked: Iterable[int]) -> Iterator[Finding]:
    """A triwulan that is due and blank (C224), or left out while a later one is filled (C226)."""
    filled = [figure.quarter for figure in _usable(track)]
    for figure in track.figures[: judging.triwulan]:
        if figure.state is not State.BLANK or figure.quarter not in asked or figure.quarter < track.since:
            continue
        later = [n for n in filled if n > figure.quarter]
        spot = figure.spot or (track.latest if later else None)
        if spot is None:
            continue  # the file itself is missing, which was said
        if later:
            names = ", ".join(f"TW {ROMAN[n - 1]}" for n in later)
            yield say(judging, "C226", track, spot, figure.keys[0], rincian=names)
        else:
            yield say(judging, "C224", track, spot, figure.keys[0])


def over_time(judging: Judging, track: Track[Item]) -> Iterator[Finding]:
    """Columns of later triwulan in an earlier file (C225), and of earlier ones that say something else or more (C231, C235)."""
    for number, spot in track.spots.items():
        for quarter in range(number + 1, 5):
            for key in quarter_keys(track.table, quarter):
                if spot.row.get(key) is not None:
                    yield say(judging, "C225", track, spot, key, spot.row.get(key), rincian=ROMAN[number - 1])
        for figure in track.figures[: number - 1]:
            yield from _against_own(judging, track, figure, spot)


def _against_own(judging: Judging, track: Track[Item], figure: Figure, spot: Spot) -> Iterator[Finding]:
    """An earlier triwulan as a later file repeats it."""
    if figure.spot is None or figure.state is not State.READ or spot.state(figure.keys) is not State.READ:
        return
    if figure.spot is spot:
        key = next(key for key in figure.keys if spot.row.get(key) is not None)
        yield say(judging, "C235", track, spot, key, spot.row.get(key))
        return
    for key in figure.keys:
        own, other = figure.spot.row.get(key), spot.row.get(key)
        if own != other and figure.spot.returned.triwulan < spot.returned.triwulan:
            text = f"{shown(own, track) or 'kosong'} menurut {figure.spot.returned.file}"
            yield say(judging, "C231", track, spot, key, "kosong" if other is None else other, rincian=text)
            return


# ---- what was typed --------------------------------------------------------------------------------


def _readable(judging: Judging, track: Track[PlanIndicator], figure: Figure, one: Judge) -> Iterator[Finding]:
    """A dash, words, a member of no scale (C227). Two words for a non-value are understood."""
    value = figure.value()
    if value is None or isinstance(value, str) and fold(value) in WORDS:
        return
    reason = ""
    if one.rule.kualitatif:
        if scale_key(str(value)) not in {scale_key(member) for member in one.skala}:
            reason = "bukan anggota skala " + ", ".join(one.skala)
    elif not isinstance(value, Decimal):
        reason = "bukan angka; tanda itu dapat berarti 0, belum ada, atau tidak berlaku"
    if reason:
        assert figure.spot
        yield say(judging, "C227", track, figure.spot, figure.keys[0], value, rincian=reason)


def _pair(judging: Judging, track: Track[PlanIndicator], figure: Figure, one: Judge) -> Iterator[Finding]:
    """Numerator and denominator of a persentase or rasio: both, a denominator above 0, and the same as the realisasi.

    Of another type they are beside the figure and never stand for it (C246).
    """
    if figure.spot is None:
        return
    value, above, below = (figure.value(index) for index in range(3))
    if not one.rule.pooled:  # a quarter with only these two is not blank, so that C224 says nothing of it
        if value is None:
            yield say(judging, "C246", track, figure.spot, figure.keys[0], tipe=track.item.tipe)
        return
    if (above is None) != (below is None):
        key = figure.keys[1] if above is None else figure.keys[2]
        if not judging.case(figure.spot.returned).reported(figure.spot.row, key):
            yield say(judging, "C232", track, figure.spot, key)
    if isinstance(below, Decimal) and isinstance(above, Decimal):
        if below <= 0:
            yield say(judging, "C233", track, figure.spot, figure.keys[2], below)
        elif isinstance(value, Decimal):
            counted = one.rule.hundred * above / below
            places = min(4, max(0, -int(value.normalize().as_tuple().exponent)))
            if round_half_up(counted, places) != round_half_up(value, places):
                text = format_number(round_half_up(counted, max(places, 2)))
                yield say(judging, "C234", track, figure.spot, figure.keys[0], value, rincian=text)
                return
        part = track.item.tipe == PERSENTASE and track.item.arah != RENTANG
        if part and above > below > 0 and not judging.case(figure.spot.returned).reported(figure.spot.row, *figure.keys[:3]):
            yield say(judging, "C243", track, figure.spot, figure.keys[1], above, rincian=format_number(below))


def _percent(judging: Judging, track: Track[PlanIndicator], figure: Figure, one: Judge) -> Iterator[Finding]:
    """0,85 or 8500 where the target is 85 %: nearer to it by a hundredfold. Numerator and denominator settle it."""
    value, item = figure.value(), track.item
    percent = one.rule.tipe == PERSENTASE or judging.lists.measures.same(item.satuan, "%")
    target = item.quarters[figure.quarter - 1] if item.quarters[figure.quarter - 1] is not None else item.target
    settled = None not in (figure.value(1), figure.value(2))
    if not percent or settled or not isinstance(value, Decimal) or not isinstance(target, Decimal) or target <= 0:
        return
    meant = None
    if 0 < value <= 1 and _TENFOLD * value < target:
        meant = value * _HUNDRED
    elif value > _HUNDRED and value > _TENFOLD * target:
        meant = value / _HUNDRED
    if meant is not None:
        assert figure.spot
        words = {"target": format_number(target), "rincian": format_number(meant)}
        yield say(judging, "C228", track, figure.spot, figure.keys[0], value, **words)


def _possible(judging: Judging, track: Track[PlanIndicator], figure: Figure) -> Iterator[Finding]:
    """Half of what is delivered whole (C244), an index that is far from its target: a comma is missing (C245)."""
    value, item, aim = figure.value(), track.item, track.item.target
    if not isinstance(value, Decimal) or figure.spot is None:
        return
    unit = judging.lists.measures.find(item.satuan)
    whole = unit is not None and unit.jenis == "tunggal" and unit.kelompok in COUNTS and item.akumulasi != RATA
    if whole and item.tipe == ABSOLUT and value != value.to_integral_value():
        yield say(judging, "C244", track, figure.spot, figure.keys[0], value, satuan=item.satuan)
    elif item.tipe == INDEKS and isinstance(aim, Decimal) and max(value, aim) >= SLIPPED * min(value, aim) > 0:
        yield say(judging, "C245", track, figure.spot, figure.keys[0], value, rincian=format_number(aim))


# ---- what adds up ------------------------------------------------------------------------------------


def _adding_up(judging: Judging, track: Track[PlanIndicator], one: Judge) -> Iterator[Finding]:
    """Figures that are added over the year: none is below 0 (C230), none looks like a running total (C229)."""
    if one.rule.how != JUMLAH or one.rule.pooled or one.rule.kualitatif:
        return
    if not isinstance(track.item.target, Decimal) or track.item.target >= 0:
        yield from negative(judging, track)
    typed = [figure.value() for figure in track.figures[: judging.triwulan]]
    targets = [x if isinstance(x := target, Decimal) else Decimal(0) for target in track.item.quarters]
    for number in range(len(typed), 1, -1):  # a later triwulan may have been typed rightly
        numbers = [value for value in typed[:number] if isinstance(value, Decimal)]
        running = sum(targets[:number], Decimal(0))
        if len(numbers) == number and _looks_running(numbers, running, targets[number - 1]):
            yield running_total(judging, track, numbers, f"target s.d. triwulan itu {format_number(running)}")
            return


def _looks_running(numbers: list[Decimal], running: Decimal, own: Decimal) -> bool:
    """Rising, the last nearer to the target since January than to its own, and together far more than that target."""
    last = numbers[-1]
    return _rising(numbers) and abs(last - running) < abs(last - own) and sum(numbers) > _OVERSHOOT * running


def _rising(numbers: list[Decimal]) -> bool:
    return numbers[0] > 0 and all(a <= b for a, b in zip(numbers, numbers[1:], strict=False)) and numbers[0] < numbers[-1]


def running_total(judging: Judging, track: Track[Item], numbers: list[Decimal], limit: str) -> Finding:
    """C229 at the latest of the figures."""
    figure = track.figures[len(numbers) - 1]
    assert figure.spot
    words = {"rincian": ", ".join(shown(n, track) for n in numbers), "total": shown(sum(numbers), track), "batas": limit}
    return say(judging, "C229", track, figure.spot, figure.keys[0], numbers[-1], **words)


def negative(judging: Judging, track: Track[Item]) -> Iterator[Finding]:
    """C230: a figure below 0 takes back what was reported before."""
    for figure in _usable(track):
        value = figure.value()
        if isinstance(value, Decimal) and value < 0 and figure.spot:
            yield say(judging, "C230", track, figure.spot, figure.keys[0], value)


def _progress(judging: Judging, track: Track[PlanSub]) -> Iterator[Finding]:
    """Physical progress counts since January: it never falls (C240); a part of 1 is a doubtful scale (C241)."""
    before: Decimal | None = None
    for figure in _usable(track):
        value = figure.value()
        if not isinstance(value, Decimal) or figure.spot is None:
            continue
        if 0 < value <= 1:
            yield say(judging, "C241", track, figure.spot, figure.keys[0], value, rincian=format_number(value * _HUNDRED))
            continue
        if before is not None and value < before:
            yield say(judging, "C240", track, figure.spot, figure.keys[0], value, rincian=format_number(before))
        before = value


# ---- Rules of the money of a triwulan: accounts left blank, above pagu, typed as running totals, taken back ----

def judge_money(judging: Judging) -> Iterator[Finding]:
    """All findings about realised money."""
    blank: dict[str, list[tuple[Track[PlanLine], Spot, str]]] = {}
    for track in judging.tracks.money:
        yield from over_time(judging, track)
        yield from negative(judging, track)
        yield from _above(judging, track)
        for figure in track.figures[: judging.triwulan]:
            if figure.state is State.BLANK and figure.spot:
                blank.setdefault(figure.spot.returned.file, []).append((track, figure.spot, figure.keys[0]))
    for found in blank.values():  # accounts are many: one word for a file
        track, spot, key = min(found, key=lambda one: one[1].row.row)
        yield say(judging, "C251", track, spot, key, str(len(found)))


def _above(judging: Judging, track: Track[PlanLine]) -> Iterator[Finding]:
    """More than the pagu of the account (C250), unless the figures look like totals since January (C229)."""
    typed = [figure.value() for figure in track.figures[: judging.triwulan]]
    numbers = [value for value in typed if isinstance(value, Decimal)]
    total, pagu = sum(numbers, Decimal(0)), Decimal(track.item.jumlah)
    if total <= pagu or not numbers:
        return
    rising = len(numbers) == len(typed) > 1 and numbers[0] > 0 and all(a < b for a, b in zip(numbers, numbers[1:], strict=False))
    if rising and numbers[-1] <= pagu:
        yield running_total(judging, track, numbers, f"pagu {format_rupiah(pagu)}")
        return
    figure = max((f for f in track.figures if isinstance(f.value(), Decimal)), key=lambda f: f.quarter)
    assert figure.spot
    words = {"rekening": track.item.rekening, "kode": track.item.kode_sub, "selisih": format_rupiah(total - pagu)}
    yield say(judging, "C250", track, figure.spot, figure.keys[0], total, rincian=format_rupiah(pagu), **words)


def judge_promises(judging: Judging) -> Iterator[Finding]:
    """Blank in the last triwulan (C252), changed on the way (C223), another figure than the register's (C242); a promise of a
    unit that gets no form is asked for in Kantor.xlsx (G153)."""
    asked = {fold(unit) for unit, kind in expected(judging.office, judging.plan) if kind == UNIT_KIND}
    for promise, spots in judging.tracks.promises:
        for spot in spots.values():
            yield from changed_cells(judging.case(spot.returned), PROMISES, spot.row, _frozen(promise))
        yield from _against_register(judging, promise, spots)
        missed = judging.triwulan == ASKED_IN and promise.reached is None and answered(spots) is None
        last = spots.get(ASKED_IN)
        if missed and last is not None and not judging.case(last.returned).reported(last.row, PROMISED[0]):
            yield judging.case(last.returned).at("C252", PROMISES, last.row, PROMISED[0], promise.outcome, asal=promise.source)
        elif missed and fold(promise.unit) not in asked and judging.office.unit(promise.unit) is not None:
            words = {"tahun": str(promise.origin), "unit": promise.unit_nama}
            sheet, cell = promise.place
            yield Finding(code="G153", file=KANTOR_FILE, sheet=sheet, cell=cell, value=promise.outcome, args=words)


def _frozen(promise: Promise) -> dict[str, object]:
    return {SATUAN: promise.satuan or None, "target": promise.target, "tahun": Decimal(promise.due)}


def _against_register(judging: Judging, promise: Promise, spots: Mapping[int, Spot]) -> Iterator[Finding]:
    for spot in spots.values():
        own = spot.row.number(PROMISED[0])
        if promise.reached is not None and own is not None and own != promise.reached:
            words = {"rincian": format_number(promise.reached)}
            yield judging.case(spot.returned).at("C242", PROMISES, spot.row, PROMISED[0], format_number(own), **words)
