"""What the counted files say about each line of the plan, and which figure of each triwulan counts.

The file of the triwulan itself counts; a later file's column for it counts only where that one gives no readable figure. A
later file that says something else is named (C231), and the reported figure of a triwulan never changes silently: it is
corrected by a revision of that triwulan's own file.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import Enum
from types import MappingProxyType
from typing import Generic, TypeVar

from kinerja_xl.catatan import Finding, Holds, catalogue
from kinerja_xl.lists import normalise_account
from kinerja_xl.office.folder import folder_of
from kinerja_xl.reading.intake import Return
from kinerja_xl.reckoning import grouped
from kinerja_xl.reckoning.plan import Plan, PlanIndicator, PlanLine, PlanSub
from kinerja_xl.reckoning.year import (
    MONEY_KIND,
    UNIT_KIND,
    Lack,
    Physical,
    Place,
    Placed,
    Placing,
    Quarter,
    Realised,
    RealisedIndicator,
    ReturnFile,
    Spent,
    quarter_of,
    row_identity,
)
from kinerja_xl.reckoning.year.due import ASKED_IN, Answer, Key, Promise, key_of, line_key, still_owed
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.realisasi import DENOMINATORS, NOTES, NUMERATORS, PHYSICAL, PROMISED, REALISED, SPENT
from kinerja_xl.sheets.values import rupiah
from kinerja_xl.words.text import fold

Item = TypeVar("Item", PlanIndicator, PlanSub, PlanLine, Promise)
QUARTERS = (1, 2, 3, 4)


class State(Enum):
    """What stands in the cells of one triwulan."""

    BLANK = "kosong"
    READ = "terbaca"
    BROKEN = "tidak terbaca"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A line of the plan in one counted file."""

    returned: Return
    row: Row

    def state(self, keys: Iterable[str]) -> State:
        """Of the cells of one triwulan together; a cell that has its catatan and no value is broken."""
        mine, blank = self.returned.submission.reported, True
        for key in keys:
            if self.row.get(key) is not None:
                blank = False
            elif mine and (self.row.sheet, self.row.cell(key)) in mine:
                return State.BROKEN
        return State.BLANK if blank else State.READ


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What counts for one line in one triwulan (1 to 4). ``spot`` None: no file has the line; ``late``: from a later file."""

    quarter: int
    keys: tuple[str, ...]
    state: State
    spot: Spot | None = None
    late: bool = False

    def value(self, index: int = 0) -> object | None:
        """Value of the first (or another) of the triwulan's cells."""
        return self.spot.row.get(self.keys[index]) if self.spot and self.state is State.READ else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Track(Generic[Item]):
    """A line of the plan over the year: its spots by triwulan of the file, and the four figures that count.

    ``since``: the first triwulan in which it was due; ``owed`` as of ``still_owed``."""

    item: Item
    table: str
    spots: Mapping[int, Spot]
    figures: tuple[Figure, Figure, Figure, Figure]
    since: int = 1
    owed: Collection[int] = ()

    @property
    def latest(self) -> Spot | None:
        return self.spots[max(self.spots)] if self.spots else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """The rows of one table of one counted file. ``twice`` repeat each other; ``strange`` are in no plan, ``former`` in an
    earlier one only; ``absent`` names lines of the plan that were due and are not in the file."""

    returned: Return
    table: str
    found: Mapping[Key, Row]
    twice: tuple[tuple[Row, Row], ...] = ()
    strange: tuple[Row, ...] = ()
    former: tuple[Row, ...] = ()
    absent: tuple[PlanIndicator | PlanSub | PlanLine | Promise, ...] = ()


@dataclass(slots=True, kw_only=True)
class Tracks:
    """Everything that the counted files say, line by line. ``promises``: each with its spots by triwulan of the file."""

    indicators: tuple[Track[PlanIndicator], ...] = ()
    physical: tuple[Track[PlanSub], ...] = ()
    money: tuple[Track[PlanLine], ...] = ()
    promises: tuple[tuple[Promise, Mapping[int, Spot]], ...] = ()
    tables: list[Sorted] = field(default_factory=list)


INDICATORS, WORDS, PHYSICS, MONEY = "realisasi_indikator", "uraian_realisasi", "fisik", "realisasi_uang"
PROMISES = "janji_realisasi"
COUNTED_TABLES = (INDICATORS, WORDS, PHYSICS, MONEY, PROMISES)
"""Tables whose rows are counted on Asal Data; the cash plan is shown only."""


def quarter_keys(table: str, quarter: int) -> tuple[str, ...]:
    """The columns that one triwulan is asked in, the figure itself first."""
    index = quarter - 1
    if table == INDICATORS:
        return REALISED[index], NUMERATORS[index], DENOMINATORS[index]
    if table == PROMISES:
        return PROMISED
    return ((PHYSICAL if table == PHYSICS else SPENT)[index],)


def build_tracks(
    placing: Placing, plan: Plan, triwulan: int, due: Mapping[Key, int], older: Iterable[Plan] = (),
    promised: Iterable[Promise] = (),
) -> Tracks:
    """Sort the rows of every counted file by the plan's lines and choose the figure of each triwulan.

    ``due``: the first triwulan of each line, as of ``first_due``. What only one of the ``older`` plans had is asked no more;
    money that was spent on it stays spent, beside a pagu of 0."""
    tracks = Tracks()
    by_unit = {(r.unit, r.triwulan): r for r in placing.counted(UNIT_KIND)}
    money = {r.triwulan: r for r in placing.counted(MONEY_KIND)}
    subs, before = plan.funded, tuple(older)
    indicators: dict[Key, dict[int, Spot]] = defaultdict(dict)
    physical: dict[Key, dict[int, Spot]] = defaultdict(dict)
    spent: dict[Key, dict[int, Spot]] = defaultdict(dict)
    asked: dict[str, dict[Key, PlanIndicator]] = defaultdict(dict)
    for one in plan.promised:
        asked[one.unit][one.identity] = one
    worked: dict[str, dict[Key, PlanSub]] = defaultdict(dict)
    for sub in subs:
        worked[sub.unit][sub.unit, sub.kode] = sub
    vowed: dict[str, dict[Key, Promise]] = defaultdict(dict)
    for vow in promised:
        vowed[fold(vow.unit)][vow.key] = vow
    reported: dict[Key, dict[int, Spot]] = defaultdict(dict)
    missed = {vow.key: ASKED_IN if vow.reached is None else ASKED_IN + 1 for own in vowed.values() for vow in own.values()}
    old_goals = {goal.identity for one in (plan, *before) for goal in one.indicators}
    old_subs = {(sub.unit, sub.kode) for one in before for sub in one.funded}
    for (unit, _), returned in sorted(by_unit.items()):
        _sort(tracks, returned, INDICATORS, asked[unit], _identity, indicators, due, old_goals)
        _sort(tracks, returned, WORDS, asked[unit], _identity, None, due, old_goals)
        _sort(tracks, returned, PHYSICS, worked[unit], _sub_key, physical, due, old_subs)
        _sort(tracks, returned, PROMISES, vowed[fold(unit)], _promise_key, reported, missed, ())
    lines: dict[Key, PlanLine] = {line_key(line): line for line in plan.lines}
    gone = {line_key(line): replace(line, jumlah=0) for one in before for line in one.lines if line_key(line) not in lines}
    for _, returned in sorted(money.items()):
        _sort(tracks, returned, MONEY, lines, _money_key, spent, due, gone.keys())
    owed = still_owed(plan, before, money, triwulan)

    def track(item: Item, table: str, key: Key, spots: Mapping[Key, dict[int, Spot]]) -> Track[Item]:
        return _track(item, table, spots.get(key, {}), triwulan, due.get(key, 1), owed.get(key, ()))

    tracks.indicators = tuple(track(i, INDICATORS, i.identity, indicators) for i in plan.promised)
    tracks.physical = tuple(track(s, PHYSICS, (s.unit, s.kode), physical) for s in subs)
    tracks.money = tuple(track(line, MONEY, line_key(line), spent) for line in plan.lines)
    tracks.money += tuple(t for key, line in gone.items() if _used(t := track(line, MONEY, key, spent)))
    tracks.promises = tuple((vow, reported.get(key, {})) for own in vowed.values() for key, vow in own.items())
    return tracks


def _used(track: Track[PlanLine]) -> bool:
    """Whether anything but 0 stands there, or may: what can't be read, and a file that is missing."""
    return bool(track.owed) or any(figure.state is State.BROKEN or figure.value() for figure in track.figures)


def _identity(returned: Return, row: Row) -> Key:
    return returned.unit, *row_identity(row)


def _sub_key(returned: Return, row: Row) -> Key:
    return returned.unit, row.text("kode_sub")


def _money_key(returned: Return, row: Row) -> Key:
    rekening = row.text("rekening")
    return fold(row.text("unit")), row.text("kode_sub"), normalise_account(rekening) or rekening


def _promise_key(returned: Return, row: Row) -> Key:
    return key_of(row, returned.unit)


def _sort(
    tracks: Tracks, returned: Return, table: str, planned: Mapping[Key, Item], key: Callable[[Return, Row], Key],
    spots: dict[Key, dict[int, Spot]] | None, due: Mapping[Key, int], former: Collection[Key],
) -> None:  # fmt: skip
    """The rows of one table by the plan's lines; rows that repeat each other count neither. ``former``: lines of older plans."""
    if (table, "") in returned.submission.missing:
        return
    rows = grouped((key(returned, row), row) for row in returned.rows(table))
    found = {k: own[0] for k, own in rows.items() if k in planned and len(own) == 1}
    twice = tuple((row, own[0] if n else own[1]) for own in rows.values() if len(own) > 1 for n, row in enumerate(own))
    others = {k: own[0] for k, own in rows.items() if k not in planned and len(own) == 1}
    old = {k: row for k, row in others.items() if k in former}
    strange = tuple(row for k, row in others.items() if k not in former)
    missed = (item for k, item in planned.items() if k not in rows and due.get(k, 1) <= returned.triwulan)
    absent = () if spots is None else tuple(missed)
    tracks.tables.append(
        Sorted(
            returned=returned, table=table, found=found, twice=twice, strange=strange, former=tuple(old.values()), absent=absent
        )
    )  # fmt: skip
    for k, row in (found | old).items():
        if spots is not None:
            spots[k][returned.triwulan] = Spot(returned=returned, row=row)


def _track(item: Item, table: str, spots: Mapping[int, Spot], triwulan: int, since: int, owed: Collection[int]) -> Track[Item]:
    spots = dict(sorted(spots.items()))
    one, two, three, four = (_figure(table, spots, number, triwulan) for number in QUARTERS)
    return Track(item=item, table=table, spots=spots, figures=(one, two, three, four), since=since, owed=owed)


def _figure(table: str, spots: Mapping[int, Spot], quarter: int, triwulan: int) -> Figure:
    """The triwulan's own file first; where that gives no readable figure the first later one that does. ``spots`` in order."""
    keys = quarter_keys(table, quarter)
    if quarter > triwulan:
        return Figure(quarter=quarter, keys=keys, state=State.BLANK)
    found = Figure(quarter=quarter, keys=keys, state=State.BLANK, spot=spots.get(quarter))
    for number, spot in spots.items():
        if number < quarter or (state := spot.state(keys)) is State.BLANK:
            continue
        if state is State.READ or found.state is State.BLANK:
            found = Figure(quarter=quarter, keys=keys, state=state, spot=spot, late=number > quarter)
        if state is State.READ:
            break
    return found


# ---- Make ``Realised`` out of what the counted files say: figures that count, and for the others why they do not ----

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
        promises={vow.key: answer for vow, spots in tracks.promises if (answer := answered(spots, held))},
        findings=said,
    )


def answered(spots: Mapping[int, Spot], held: Mapping[Where, Finding] = MappingProxyType({})) -> Answer | None:
    """What the latest file that says it says of a promise; nothing that has a catatan of its own."""
    for _, spot in sorted(spots.items(), reverse=True):
        row, value = spot.row, spot.row.number(PROMISED[0])
        if value is not None and (spot.returned.file, row.sheet, row.cell(PROMISED[0])) not in held:
            return Answer(reached=value, evidence=row.text("bukti"))
    return None


def _indicator(track: Track[PlanIndicator], words: Words, held: Mapping[Where, Finding]) -> RealisedIndicator:
    one, two, three, four = (_quarter(figure, track, held) for figure in track.figures)
    return RealisedIndicator(
        identity=track.item.identity,
        quarters=(one, two, three, four),
        notes=_notes(words.get(track.item.identity, {})),
        place=_place(track),
        places={f.quarter: _place_of(f) for f in track.figures if f.spot},
    )


def _quarter(figure: Figure, track: Track[PlanIndicator], held: Mapping[Where, Finding]) -> Quarter:
    if figure.spot is None or figure.state is State.BLANK:
        return Quarter() if figure.quarter >= track.since else Quarter(lack=Lack.TIDAK_BERLAKU)
    problem = _problem(figure, held)
    if problem is not None or figure.state is State.BROKEN:
        return Quarter(lack=Lack.TIDAK_DAPAT, reason=_reason(figure, problem))
    return quarter_of(figure.spot.row.values, figure.quarter, kualitatif=fold(track.item.tipe) == "kualitatif")


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
    if not line.jumlah and (not track.owed or track.spots):  # the plan lost it: nobody is asked since; what is owed stays unknown
        told = zip(track.figures, (one, two, three, four), strict=True)
        one, two, three, four = (0 if f.spot is None and f.quarter not in track.owed else x for f, x in told)
    return Spent(
        unit=line.unit, kode_sub=line.kode_sub, rekening=line.rekening, quarters=(one, two, three, four), place=_place(track),
        since=track.since,
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
        file=placed.returned.file, folder=folder_of(placed.returned.triwulan), unit=placed.unit,
        triwulan=placed.returned.triwulan, sha256=submission.sha256, status=placed.status.value, rows_read=read, rows_used=used,
        rows_reported=read - used, kind=placed.kind, tanggal=submission.tanggal,
    )  # fmt: skip
