"""Make ``Realised`` out of what the counted files say: figures that count, and for the others why they do not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from kinerja_xl.findings import Finding, Holds, catalogue
from kinerja_xl.reckoning.plan import PlanIndicator, PlanLine, PlanSub
from kinerja_xl.reckoning.quarters import quarter_of
from kinerja_xl.reckoning.realised import (
    Lack,
    Physical,
    Place,
    Quarter,
    Realised,
    RealisedIndicator,
    ReturnFile,
    Spent,
)
from kinerja_xl.reckoning.returns import Placed, Placing
from kinerja_xl.reckoning.tracks import COUNTED_TABLES, WORDS, Figure, Item, Key, State, Track, Tracks
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.realisasi import NOTES
from kinerja_xl.sheets.texts import fold
from kinerja_xl.sheets.values import rupiah

Where = tuple[str, str, str]
"""File, sheet, cell."""

Words = Mapping[Key, Mapping[int, Row]]


def build_realised(placing: Placing, tracks: Tracks, findings: Iterable[Finding], triwulan: int) -> Realised:
    """``findings``: all of them; what they hold back (``menahan``) is no figure but a reason."""
    said = tuple(findings)
    held = {(f.file, f.sheet, f.cell): f for f in said if f.cell and f.holds is not Holds.TIDAK}
    words, used = _words(tracks), Counter[int]()
    for one in tracks.tables:
        used[id(one.returned)] += len(one.found)
    return Realised(
        triwulan=triwulan,
        indicators=tuple(_indicator(track, words, held) for track in tracks.indicators),
        physical=tuple(_physical(track, held) for track in tracks.physical),
        spent=tuple(_spent(track, held) for track in tracks.money),
        files=tuple(_file(placed, used[id(placed.returned)]) for placed in placing.placed),
        late=placing.late,
        missing=placing.missing,
        findings=said,
    )


def _indicator(track: Track[PlanIndicator], words: Words, held: Mapping[Where, Finding]) -> RealisedIndicator:
    one, two, three, four = (_quarter(figure, track.item, held) for figure in track.figures)
    return RealisedIndicator(
        identity=track.item.identity,
        quarters=(one, two, three, four),
        notes=_notes(words.get(track.item.identity, {})),
        place=_place(track),
        places={f.quarter: _place_of(f) for f in track.figures if f.spot},
    )


def _quarter(figure: Figure, indicator: PlanIndicator, held: Mapping[Where, Finding]) -> Quarter:
    if figure.spot is None or figure.state is State.BLANK:
        return Quarter()
    problem = _problem(figure, held)
    if problem is not None or figure.state is State.BROKEN:
        return Quarter(lack=Lack.TIDAK_DAPAT, reason=_reason(figure, problem))
    return quarter_of(figure.spot.row.values, figure.quarter, kualitatif=fold(indicator.tipe) == "kualitatif")


def _problem(figure: Figure, held: Mapping[Where, Finding]) -> Finding | None:
    """The first finding that holds back one of the figure's cells."""
    assert figure.spot is not None
    row, file = figure.spot.row, figure.spot.returned.file
    return next((f for key in figure.keys if (f := held.get((file, row.sheet, row.cell(key))))), None)


def _reason(figure: Figure, problem: Finding | None) -> str:
    assert figure.spot is not None
    judul = catalogue()[problem.code].judul if problem else "isinya tidak terbaca"
    cell = problem.cell if problem else figure.spot.row.cell(figure.keys[0])
    return f"{judul[0].lower()}{judul[1:]} ({figure.spot.returned.file}, sel {cell})"


def _words(tracks: Tracks) -> Words:
    """By indicator and triwulan the row of words in that triwulan's own file."""
    found: dict[Key, dict[int, Row]] = defaultdict(dict)
    for one in tracks.tables:
        if one.table == WORDS:
            for key, row in one.found.items():
                found[key][one.returned.triwulan] = row
    return found


def _notes(rows: Mapping[int, Row]) -> dict[int, dict[str, str]]:
    """The unit's words about each triwulan."""
    words = {number: {key: str(text) for key in NOTES if (text := row.get(key))} for number, row in sorted(rows.items())}
    return {number: said for number, said in words.items() if said}


def _physical(track: Track[PlanSub], held: Mapping[Where, Finding]) -> Physical:
    one, two, three, four = (_number(figure, held) for figure in track.figures)
    return Physical(unit=track.item.unit, kode_sub=track.item.kode, quarters=(one, two, three, four), place=_place(track))


def _spent(track: Track[PlanLine], held: Mapping[Where, Finding]) -> Spent:
    one, two, three, four = (None if (x := _number(f, held)) is None else rupiah(x) for f in track.figures)
    line = track.item
    return Spent(
        unit=line.unit, kode_sub=line.kode_sub, rekening=line.rekening, quarters=(one, two, three, four), place=_place(track)
    )


def _number(figure: Figure, held: Mapping[Where, Finding]) -> Decimal | None:
    value = figure.value()
    return value if isinstance(value, Decimal) and _problem(figure, held) is None else None


def _place(track: Track[Item]) -> Place:
    """Where the line stands in the latest counted file."""
    spot = track.latest
    if spot is None:
        return Place()
    return Place(file=spot.returned.file, sheet=spot.row.sheet, row=spot.row.row, cells=spot.row.places)


def _place_of(figure: Figure) -> Place:
    assert figure.spot is not None
    row = figure.spot.row
    cells = {key: row.cell(key) for key in figure.keys}
    return Place(file=figure.spot.returned.file, sheet=row.sheet, row=row.row, cells=cells)


def _file(placed: Placed, used: int) -> ReturnFile:
    submission = placed.returned.submission
    read = sum(submission.rows_read.get(table, 0) for table in COUNTED_TABLES)
    return ReturnFile(
        file=placed.returned.file, folder=f"TW{placed.returned.triwulan}", unit=placed.unit, triwulan=placed.returned.triwulan,
        sha256=submission.sha256, status=placed.status.value, rows_read=read, rows_used=used, rows_reported=read - used,
    )  # fmt: skip

