"""The chain of meaning: misi → sasaran of the Renstra → IKU → program → unit's indicator → sub kegiatan → money, and its gaps.

Pure functions over a finished recap. What counts here is what the recap counts: late and held-back rows fill no gap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from kinerja_xl.lists.codes import level, parents
from kinerja_xl.office import RenstraGoal
from kinerja_xl.reckoning.recap import Entry, Recap
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
        self.amount: defaultdict[tuple[str, str], int] = defaultdict(int)
        for line in recap.lines:
            if line.counted:
                self.amount[line.kode_sub, line.unit] += line.jumlah or 0
        self.entries: defaultdict[str, list[Entry]] = defaultdict(list)
        for entry in recap.indikator:
            if entry.counted:
                self.entries[entry.kode_sub].append(entry)
        self.order = {unit.kode: number for number, unit in enumerate(recap.office.units)}
        self.subs: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for pair in self._pairs():
            self.subs[_program(pair[0])].append(pair)

    def _pairs(self) -> list[tuple[str, str]]:
        """Every (sub kegiatan, unit) with money or an indicator, by code and in the office's order of units."""
        found = set(self.amount) | {
            (code, e.unit) for code, entries in self.entries.items() if _is_sub(code) for e in entries
        }
        return sorted(found, key=lambda pair: (pair[0], self.order.get(pair[1], len(self.order)), pair[1]))

    def links(self) -> Iterator[Link]:
        goals: dict[str, list[RenstraGoal]] = {}
        for goal in self.office.renstra:
            goals.setdefault(goal.kode_sasaran, []).append(goal)
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
        codes = [code for code in sorted(self.entries) if not _is_sub(code) and _program(code) == program]
        above = [entry for code in codes for entry in self.entries[code]]
        below = [e for code, unit in pairs for e in self.entries[code] if e.unit == unit]
        gaps = [Gap.KODE] if program == UNKNOWN_CODE else []
        if not any(pair in self.amount for pair in pairs):
            gaps.append(Gap.USULAN)
        elif program != UNKNOWN_CODE and not any(_text(e, "level") == "Outcome" for e in (*above, *below)):
            gaps.append(Gap.OUTCOME)
        name = self._name(program)
        yield Link(
            step=Step.PROGRAM, kode=program, uraian=name, sasaran=sasaran, program=program, anggaran=self._sum([program]),
            gaps=tuple(gaps),
        )  # fmt: skip
        for entry in above:
            words = "" if entry.kode_sub == program else self._name(entry.kode_sub)
            yield self._indicator(entry, sasaran, program, words)
        for code, unit in pairs:
            yield from self._sub(code, unit, sasaran, program)

    def _sub(self, code: str, unit: str, sasaran: str, program: str) -> Iterator[Link]:
        """A sub kegiatan of a unit with its first output; its other indicators below it."""
        own = sorted((e for e in self.entries[code] if e.unit == unit), key=lambda e: _text(e, "level") != "Output")
        first = own[0] if own else None
        gaps = [] if first and _text(first, "level") == "Output" else [Gap.OUTPUT]
        if (code, unit) not in self.amount:
            gaps.append(Gap.RAB)
        yield Link(
            step=Step.SUB, kode=code or UNKNOWN_CODE, uraian=self._name(code), sasaran=sasaran, program=program, unit=unit,
            level=_text(first, "level"), indikator=_text(first, "nama"), target=first.row.get("target") if first else None,
            satuan=_text(first, "satuan"), anggaran=self.amount.get((code, unit), 0), gaps=tuple(gaps),
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

    def _name(self, code: str) -> str:
        node = self.office.programs.get(code)
        return node.nama if node else ""


def _is_sub(code: str) -> bool:
    """A code that stands as a sub kegiatan: also one of unknown shape, which can't be a program."""
    return level(code) not in ("program", "kegiatan")


def _program(code: str) -> str:
    return UNKNOWN_CODE if level(code) is None else parents(code)[0]


def _last(program: str) -> tuple[bool, str]:
    return program == UNKNOWN_CODE, program


def _text(entry: Entry | None, key: str) -> str:
    return str(entry.row.get(key) or "") if entry else ""
