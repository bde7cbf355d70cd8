"""Rules of outcomes that earlier years promised for this one: measured by the end of it, as the register says them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.checking.realisasi import Judging, changed_cells
from kinerja_xl.office.folder import KANTOR_FILE
from kinerja_xl.reckoning.year import UNIT_KIND, expected
from kinerja_xl.reckoning.year.promise import ASKED_IN, Promise
from kinerja_xl.reckoning.year.tracks import PROMISES, Spot, answered
from kinerja_xl.sheets.choices import SATUAN
from kinerja_xl.sheets.realisasi import PROMISED
from kinerja_xl.sheets.values import format_number
from kinerja_xl.words.text import fold


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
