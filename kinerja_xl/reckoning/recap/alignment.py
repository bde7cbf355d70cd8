"""The chain of meaning: misi → sasaran of the Renstra → IKU → program → unit's indicator → sub kegiatan → money, and its gaps.

Pure functions over a finished recap. What counts here is what the recap counts: late and held-back rows fill no gap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from heapq import heappop, heappush

from kinerja_xl.lists import level, parents
from kinerja_xl.office.kantor import Office, RenstraGoal
from kinerja_xl.office.pejabat import CAMAT, SEKCAM
from kinerja_xl.reckoning import grouped
from kinerja_xl.reckoning.recap import Entry, Recap, with_unit
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.values import fold

UNKNOWN_CODE = "(kode tidak dikenal)"
NO_GOAL = "(belum terhubung ke sasaran Renstra)"


class Step(StrEnum):
    """What a line of the matrix shows; also its word on the sheet."""

    SASARAN = "Sasaran"
    IKU = "IKU"
    PROGRAM = "Program"
    SUB = "Sub kegiatan"
    INDIKATOR = "Indikator"


class Gap(StrEnum):
    """A chain that breaks, in words for the sheet."""

    IKU = "IKU ini belum dibawa indikator unit"
    SASARAN = "Sasaran belum didukung program"
    PROGRAM = "Program belum terhubung ke sasaran Renstra"
    USULAN = "Belum ada usulan yang dihitung"
    OUTCOME = "Belum ada indikator outcome"
    OUTPUT = "Belum ada indikator output"
    RAB = "Belum ada RAB yang dihitung"
    KODE = "Kode tidak ada di daftar program"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One line. ``anggaran``: counted rupiah of a sub kegiatan, program or sasaran; None on lines that carry no money.

    ``sasaran`` and ``program`` are the keys that the line belongs to; "" where there is none.
    """

    step: Step
    kode: str
    uraian: str
    sasaran: str
    program: str = ""
    unit: str = ""
    level: str = ""
    indikator: str = ""
    target: object = None
    satuan: str = ""
    anggaran: int | None = None
    gaps: tuple[Gap, ...] = ()


def align(recap: Recap) -> tuple[Link, ...]:
    """The whole matrix from top to bottom; the amounts of its sub kegiatan add up to the recap's total."""
    return tuple(_Chain(recap).links())


class _Chain:
    """The recap looked at once, so that a large office costs no more per line than a small one."""

    def __init__(self, recap: Recap) -> None:
        self.recap, self.office = recap, recap.office
        self.amount = recap.ledger.counted("kode_sub", "unit")
        self.entries = grouped((entry.kode_sub, entry) for entry in recap.indikator if entry.counted)
        self.above = grouped((_program(code), code) for code in sorted(self.entries) if not _is_sub(code))
        self.subs = grouped((_program(pair[0]), pair) for pair in self._pairs())

    def _pairs(self) -> list[tuple[str, str]]:
        """Every (sub kegiatan, unit) with money or an indicator, by code and in the office's order of units."""
        found = set(self.amount) | {(code, e.unit) for code, entries in self.entries.items() if _is_sub(code) for e in entries}
        place = self.office.order()
        return sorted(found, key=lambda pair: (pair[0], place(pair[1]), pair[1]))

    def links(self) -> Iterator[Link]:
        goals = grouped((goal.kode_sasaran, goal) for goal in self.office.renstra)
        serves = self.office.program_sasaran
        mentioned = {_program(code) for code in self.entries if level(code)}
        programs = sorted({*self.subs, *mentioned, *(p for p in serves if serves[p] in goals)}, key=_last)
        for kode, own in goals.items():
            yield from self._goal(kode, own, [p for p in programs if serves.get(p) == kode])
        if loose := [p for p in programs if serves.get(p) not in goals]:
            amount = self._sum(loose)
            yield Link(step=Step.SASARAN, kode="", uraian=NO_GOAL, sasaran="", anggaran=amount, gaps=(Gap.PROGRAM,))
            for program in loose:
                yield from self._program(program, "")

    def _goal(self, kode: str, goals: list[RenstraGoal], programs: list[str]) -> Iterator[Link]:
        words = f"{goals[0].misi}  ›  {goals[0].sasaran}"
        gaps = () if programs else (Gap.SASARAN,)
        yield Link(step=Step.SASARAN, kode=kode, uraian=words, sasaran=kode, anggaran=self._sum(programs), gaps=gaps)
        for goal in goals:
            yield self._iku(goal)
        for program in programs:
            yield from self._program(program, kode)

    def _iku(self, goal: RenstraGoal) -> Link:
        """Carried by every indicator of a unit that names it."""
        wanted = fold(goal.indikator)
        carrying = [e for entries in self.entries.values() for e in entries if wanted in fold(_text(e, "nama"))]
        return Link(
            step=Step.IKU, kode=goal.kode_sasaran, uraian=goal.indikator, sasaran=goal.kode_sasaran,
            unit=", ".join(dict.fromkeys(e.unit for e in carrying)),
            level=", ".join(dict.fromkeys(_text(e, "level") for e in carrying)),
            indikator="; ".join(dict.fromkeys(_text(e, "nama") for e in carrying)),
            target=goal.targets[0] if goal.targets else None, satuan=goal.satuan,
            gaps=() if carrying else (Gap.IKU,),
        )  # fmt: skip

    def _program(self, program: str, sasaran: str) -> Iterator[Link]:
        pairs = self.subs.get(program, [])
        above = [entry for code in self.above.get(program, ()) for entry in self.entries[code]]
        below = [e for code, unit in pairs for e in self._own(code, unit)]
        gaps = [Gap.KODE] if program == UNKNOWN_CODE else []
        if not any(pair in self.amount for pair in pairs):
            gaps.append(Gap.USULAN)
        elif program != UNKNOWN_CODE and not any(_text(e, "level") == "Outcome" for e in (*above, *below)):
            gaps.append(Gap.OUTCOME)
        name = self.office.program_name(program)
        yield Link(
            step=Step.PROGRAM, kode=program, uraian=name, sasaran=sasaran, program=program, anggaran=self._sum([program]),
            gaps=tuple(gaps),
        )  # fmt: skip
        for entry in above:
            words = "" if entry.kode_sub == program else self.office.program_name(entry.kode_sub)
            yield self._indicator(entry, sasaran, program, words)
        for code, unit in pairs:
            yield from self._sub(code, unit, sasaran, program)

    def _sub(self, code: str, unit: str, sasaran: str, program: str) -> Iterator[Link]:
        """A sub kegiatan of a unit with its first output; its other indicators below it."""
        own = sorted(self._own(code, unit), key=lambda e: _text(e, "level") != "Output")
        first = own[0] if own else None
        gaps = [] if first and _text(first, "level") == "Output" else [Gap.OUTPUT]
        if (code, unit) not in self.amount:
            gaps.append(Gap.RAB)
        yield Link(
            step=Step.SUB, kode=code or UNKNOWN_CODE, uraian=self.office.program_name(code), sasaran=sasaran,
            program=program, unit=unit, level=_text(first, "level"), indikator=_text(first, "nama"),
            target=first.row.get("target") if first else None, satuan=_text(first, "satuan"),
            anggaran=self.amount.get((code, unit), 0), gaps=tuple(gaps),
        )  # fmt: skip
        for entry in own[1:]:
            yield self._indicator(entry, sasaran, program, "")

    def _indicator(self, entry: Entry, sasaran: str, program: str, words: str) -> Link:
        return Link(
            step=Step.INDIKATOR, kode=entry.kode_sub, uraian=words, sasaran=sasaran, program=program, unit=entry.unit,
            level=_text(entry, "level"), indikator=_text(entry, "nama"), target=entry.row.get("target"),
            satuan=_text(entry, "satuan"),
        )  # fmt: skip

    def _sum(self, programs: Iterable[str]) -> int:
        return sum(self.amount.get(pair, 0) for program in programs for pair in self.subs.get(program, []))

    def _own(self, code: str, unit: str) -> list[Entry]:
        return [e for e in self.entries.get(code, ()) if e.unit == unit]


def _is_sub(code: str) -> bool:
    """A code that stands as a sub kegiatan: also one of unknown shape, which can't be a program."""
    return level(code) not in ("program", "kegiatan")


def _program(code: str) -> str:
    return UNKNOWN_CODE if level(code) is None else parents(code)[0]


def _last(program: str) -> tuple[bool, str]:
    return program == UNKNOWN_CODE, program


def _text(entry: Entry | None, key: str) -> str:
    return entry.row.text(key) if entry else ""


# ---- The Perjanjian Kinerja as a cascade: what the Camat promises, what the Sekcam and the units carry of it (V.D) ----
# A lower promise belongs to a higher one when both name the same sasaran or when one indicator contains the other's name.


class Break(StrEnum):
    """A promise that hangs in the air, in words for the sheet."""

    TOP = "PK Camat belum diisi di Kantor.xlsx"
    CARRIED = "Sasaran ini belum dibawa Sekcam maupun unit"
    SEKCAM = "PK Sekcam belum membawa apa pun dari PK Camat"
    UNIT = "PK unit belum membawa apa pun dari PK atasannya"
    EMPTY = "PK unit belum diisi"
    TARGET = "Target berbeda dengan PK di atasnya"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One indicator of a PK. ``who`` is camat, sekcam or a unit's code; ``target`` with its unit, as it is printed; ``aim``
    the target itself, for comparison."""

    who: str
    sasaran: str
    indikator: str
    target: str
    aim: object = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One line of the table: up to three promises side by side, and what is broken there."""

    camat: Promise | None = None
    sekcam: Promise | None = None
    unit: Promise | None = None
    gap: Break | None = None
    first: bool = False


@dataclass(slots=True)
class _Block:
    camat: list[Promise] = field(default_factory=list)
    sekcam: list[Promise] = field(default_factory=list)
    units: list[tuple[Promise, Break | None]] = field(default_factory=list)
    gap: Break | None = None


def cascade(recap: Recap) -> tuple[Rung, ...]:
    """Block by block: each sasaran of the Camat with what carries it, then what hangs in the air."""
    leaders = grouped((fold(p.indikator), p) for p in _leaders(recap.office))
    return tuple(rung for block in _blocks(recap) for rung in _rungs(block, leaders))


def _leaders(office: Office) -> list[Promise]:
    return [_promise(row.text("jabatan_kode"), row) for row in office.pk_pimpinan]


def _blocks(recap: Recap) -> list[_Block]:
    leaders = _leaders(recap.office)
    blocks: dict[str, _Block] = {}
    for promise in leaders:
        if fold(promise.who) == CAMAT:
            blocks.setdefault(fold(promise.sasaran), _Block()).camat.append(promise)
    top = list(blocks.values())
    carried = {id(p): _home(p, top, CAMAT) for p in leaders if fold(p.who) == SEKCAM}
    broken = Break.SEKCAM if carried and not any(carried.values()) else None
    loose: dict[str, _Block] = {}
    for promise in leaders:
        if id(promise) in carried:
            home = carried[id(promise)] or loose.setdefault(fold(promise.sasaran), _Block(gap=broken))
            home.sekcam.append(promise)
    found = [*top, *loose.values()]
    stray = _place_units(recap, found)
    for block in top:
        if not block.sekcam and not block.units:
            block.gap = Break.CARRIED
    found += [stray] if stray.units else []
    return found if top else [_Block(gap=Break.TOP), *found]


def _place_units(recap: Recap, blocks: list[_Block]) -> _Block:
    """Every promise of a unit beside the one above it; the rest, unit by unit, in a block of their own.

    A PK has to carry something of the higher one, not each of its lines: only a unit that carries nothing is a gap.
    """
    stray, promised = _Block(), grouped((entry.unit, entry.row) for entry in recap.pk_kinerja)
    for unit in _in_order(recap):
        own = [_promise(unit, row) for row in promised.get(unit, ())]
        known = recap.office.unit(unit)
        above = SEKCAM if known and recap.office.superior(known) == SEKCAM else CAMAT
        homes = [_home(promise, blocks, above) for promise in own]
        for promise, home in zip(own, homes, strict=True):
            if home is not None:
                home.units.append((promise, None))
        rest = [promise for promise, home in zip(own, homes, strict=True) if home is None]
        gap = Break.UNIT if own and not any(homes) else None
        stray.units += [(promise, gap if number == 0 else None) for number, promise in enumerate(rest)]
        if not own:
            stray.units.append((Promise(who=unit, sasaran="", indikator="", target=""), Break.EMPTY))
    return stray


def _in_order(recap: Recap) -> list[str]:
    """The office's units, then any other that a PK names."""
    return list(dict.fromkeys([*(unit.kode for unit in recap.office.units), *(entry.unit for entry in recap.pk_kinerja)]))


def _home(promise: Promise, blocks: list[_Block], above: str) -> _Block | None:
    """The block of a promise that this one carries: the same sasaran first, a shared indicator second. ``above``: whose."""
    sasaran = fold(promise.sasaran)
    higher = [(block, p) for block in blocks for p in (block.sekcam if above == SEKCAM else block.camat)]
    same = (block for block, p in higher if sasaran and fold(p.sasaran) == sasaran)
    shared = (block for block, p in higher if _within(promise, p))
    return next(same, None) or next(shared, None)


def _alike(one: Promise, other: Promise) -> bool:
    return bool(one.indikator) and fold(one.indikator) == fold(other.indikator)


def _within(one: Promise, other: Promise) -> bool:
    """Whether the name of one indicator holds that of the other."""
    names = fold(one.indikator), fold(other.indikator)
    return all(names) and (names[0] in names[1] or names[1] in names[0])


_Line = dict[int, Promise]
"""Promises side by side, by their place from the Camat's (0) to a unit's (2)."""


def _lines(block: _Block) -> list[_Line]:
    """The promises of a block: those of the same indicator on one line; of the others each stands beside one above it as far as
    there is one that nobody carries by its name."""
    lines: list[_Line] = []
    for place, promises in enumerate((block.camat, block.sekcam, [promise for promise, _ in block.units])):
        left = promises
        for same in (_alike, _within):
            left = [promise for promise in left if not _bound(lines, place, promise, same)]
        lines += [{place: promise} for promise in left]
    return _side_by_side(lines)


def _side_by_side(lines: Iterable[_Line]) -> list[_Line]:
    """Lines that no indicator ties are put behind the first such line that ends before they begin. Every line above a thousand
    units is not walked through for each of them: those with room are kept by where they end."""
    found: list[_Line] = []
    room: tuple[list[int], ...] = ([], [])
    for line in lines:
        ending = [numbers for numbers in room[: min(line)] if numbers]
        number = heappop(min(ending)) if ending else len(found)
        if ending:
            found[number].update(line)
        else:
            found.append(line)
        if (ending or len(line) == 1) and max(found[number]) < len(room):
            heappush(room[max(found[number])], number)
    return found


def _bound(lines: list[_Line], place: int, promise: Promise, same: Callable[[Promise, Promise], bool]) -> bool:
    """Whether a line had the same indicator and this place free: then the promise stands there."""
    line = next((one for one in lines if place not in one and any(same(promise, other) for other in one.values())), None)
    if line is not None:
        line[place] = promise
    return line is not None


def _rungs(block: _Block, leaders: Mapping[str, list[Promise]]) -> Iterator[Rung]:
    if not (block.camat or block.sekcam or block.units):
        yield Rung(gap=block.gap, first=True)
    breaks = {id(promise): gap for promise, gap in block.units}
    for number, line in enumerate(_lines(block)):
        camat, sekcam, promise = (line.get(place) for place in range(3))
        broken = breaks.get(id(promise))
        other = Break.TARGET if _other_aim(promise, leaders) or _other_aim(sekcam, leaders) else None
        gap = broken or other or (block.gap if number == 0 else None)
        yield Rung(camat=camat, sekcam=sekcam, unit=promise, gap=gap, first=number == 0)


def _other_aim(promise: Promise | None, leaders: Mapping[str, list[Promise]]) -> bool:
    """Whether somebody above promises another target for the same indicator."""
    above = leaders.get(fold(promise.indikator), ()) if promise and promise.indikator else ()
    same = (p for p in above if p is not promise and fold(p.who) != fold(promise.who))  # type: ignore[union-attr]
    return any(p.aim != promise.aim for p in same if fold(promise.who) != CAMAT)  # type: ignore[union-attr]


def _promise(who: str, row: Row) -> Promise:
    target = with_unit(row.get("target"), row.text("satuan"))
    return Promise(who=who, sasaran=row.text("sasaran"), indikator=row.text("indikator"), target=target, aim=row.get("target"))
