"""Rules of the money of a triwulan: accounts left blank, above pagu, typed as running totals, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kinerja_xl.checking.realisasi import Judging
from kinerja_xl.checking.realisasi_angka import negative, over_time, running_total, say
from kinerja_xl.findings import Finding
from kinerja_xl.reckoning.plan import PlanLine
from kinerja_xl.reckoning.tracks import Spot, State, Track
from kinerja_xl.sheets.values import format_rupiah


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
