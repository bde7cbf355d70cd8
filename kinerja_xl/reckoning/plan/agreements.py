"""The Perjanjian Kinerja as data: who promises what to whom, with which amounts (V.D, V.E). Pure functions.

The chain is Camat with Bupati, Sekcam with Camat, Kasi and Kasubag with Camat or Sekcam by policy, and staff with the
head of their unit. Once a plan is locked only its rows are promised, with its targets and whole rupiah, by who is in office
when it holds; before that what the recap counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kinerja_xl.catatan import Severity
from kinerja_xl.lists import Level, parents
from kinerja_xl.office.pejabat import BUPATI, CAMAT, SEKCAM, Official
from kinerja_xl.office.prefill import second_party
from kinerja_xl.office.units import Unit
from kinerja_xl.reckoning import Sum, grouped, sums
from kinerja_xl.reckoning.plan import PROPOSAL, InForce
from kinerja_xl.reckoning.plan.rows import amounts_of, goals_of
from kinerja_xl.reckoning.recap import Entry, Recap
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.values import fold, format_date, format_number, format_rupiah

LEVELS = ("Output", "Outcome")
"""What a PK has to hold (V.D)."""


class Rank(StrEnum):
    """Whose agreement it is; decides the level of its budget table (V.E)."""

    CAMAT = CAMAT
    SEKCAM = SEKCAM
    UNIT = "unit"
    STAF = "staf"


BUDGET_LEVEL: Mapping[Rank, Level] = {
    Rank.CAMAT: Level.PROGRAM, Rank.SEKCAM: Level.KEGIATAN, Rank.UNIT: Level.SUBKEGIATAN, Rank.STAF: Level.SUBKEGIATAN,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something the office should know about a document, as one Indonesian sentence. INFO asks for nothing."""

    sentence: str
    severity: Severity = Severity.CEK


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One who signs; what is not known is "". ``elected``: a Bupati has neither NIP nor pangkat."""

    nama: str
    jabatan: str
    nip: str = ""
    pangkat: str = ""
    elected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One line of the first lampiran. ``target`` as parsed: a number or a member of a scale."""

    sasaran: str
    indikator: str
    satuan: str
    target: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """One line of the second lampiran; ``kode`` "" where the RAB names no known code, ``nama`` "" where nobody knows its name."""

    kode: str
    nama: str
    anggaran: int
    keterangan: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One letter with its lampiran. ``kode``: camat, sekcam, a unit's code or a member of its staff.

    ``menurut`` names the plan that it stands on, ``outside`` is what stands beside its amounts (see ``Recap.outside``),
    ``locked`` says that it is a locked plan, ``changed`` that it has been changed since the first lock.
    """

    kode: str
    rank: Rank
    tahun: int
    first: Party
    second: Party
    goals: tuple[Goal, ...]
    money: tuple[Money, ...]
    tempat: str
    tanggal: date | None
    draft: bool
    menurut: str
    outside: Sum = Sum()
    locked: bool = False
    changed: bool = False
    notes: tuple[Note, ...] = ()

    @property
    def total(self) -> int | None:
        """None where nothing is known yet: no amount is counted, and no locked plan says that there is none."""
        return sum(line.anggaran for line in self.money) if self.money or self.locked else None


def agreements(
    recap: Recap, locked: InForce | None = None, days: Mapping[str, date] | None = None, tanggal: date | None = None
) -> tuple[Agreement, ...]:
    """Every agreement of the office, from the Camat down. ``locked``: the plan in force, None before the first lock.

    ``days``: the date on a unit's own PK sheet; ``tanggal`` replaces every date. Else the date of Kantor.xlsx stands; none but
    ``tanggal`` may be before the plan's own date.
    """
    work = _Work(recap, locked, days or {}, tanggal)
    office = recap.office
    found = [work.leader(Rank.CAMAT), work.leader(Rank.SEKCAM)]
    posts = grouped((unit.kode, kode) for kode in dict.fromkeys(o.jabatan_kode for o in office.officials)
                    if (unit := office.among.of_staff(kode)))  # fmt: skip
    for unit in office.units:
        found.append(work.unit(unit))
        staff = posts.get(unit.kode, ())
        found += [work.staff(unit, kode) for kode in staff if office.official(kode, work.day(unit.kode))]
    return tuple(found)


class _Work:
    """What all agreements of one office share, worked out once."""

    def __init__(self, recap: Recap, locked: InForce | None, days: Mapping[str, date], tanggal: date | None) -> None:
        self.recap, self.office, self.days, self.tanggal = recap, recap.office, days, tanggal
        self.locked, self.plan = locked, locked.plan if locked else None
        plan = self.plan
        self.amounts, self.held = amounts_of(recap, plan), goals_of(recap, plan)
        self.menurut = locked.sentence if locked else recap.in_force.menurut
        self.proposed = {fold(e.row.text("nama")) for e in recap.indikator}
        self.sources: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        for line in recap.counted:
            self.sources[line.unit, line.kode_sub][line.row.text("sumber_dana")] = None
        self.names = {t.kode_sub: t.nama_sub for t in recap.tors} | {
            s.kode: s.nama for s in (plan.subs if plan else ()) if s.nama
        }

    def day(self, kode: str) -> date | None:
        """The letter's date: as told, else the PK sheet's or the office's, not before the plan, nor before its signer."""
        if self.tanggal:
            return self.tanggal
        typed, since = self.days.get(kode) or self.office.tanggal, self.plan.tanggal if self.plan else None
        day = max(typed, since) if typed and since else typed or since
        later = self._successor(kode, day)
        return max(day, later.mulai) if day and later and later.mulai else day

    def _successor(self, kode: str, day: date | None) -> Official | None:
        """Whoever was appointed to the post in the year, where on ``day`` only somebody acts in it who has left since."""
        held = self.office.official(kode, day) if self.plan and day else None
        if held is None or held.sampai is None or not held.acting:
            return None
        end = date(self.office.tahun, 12, 31)
        after = [
            o
            for o in self.office.officials
            if o.jabatan_kode == kode and not o.acting and (o.mulai is None or o.mulai <= end)
            and (o.sampai is None or (day is not None and o.sampai >= day))
        ]  # fmt: skip
        return min(after, key=lambda o: o.mulai or date.min, default=None) if held.sampai < end else None

    def _dating(self, kode: str, day: date | None) -> Iterator[Note]:
        """What is to be said of a date that is not the one that was typed, or that lies before the plan."""
        since, typed = self.plan.tanggal if self.plan else None, self.days.get(kode)
        if self.plan is None or since is None or day is None:
            return
        if day < since:
            words = f"tanggal {format_date(day)} mendahului {self.plan.dated}, yang menjadi dasarnya"
            yield Note(sentence=f"PK {kode}: {words}.")
        elif typed and typed != day and not self.tanggal:
            words = f"tanggal {format_date(typed)} pada lembar PK mendahului {self.plan.dated}"
            yield Note(sentence=f"PK {kode}: {words}; dipakai {format_date(day)}.", severity=Severity.INFO)

    def leader(self, rank: Rank) -> Agreement:
        """The Camat's or the Sekcam's agreement."""
        office, day = self.office, self.day(rank.value)
        above = BUPATI if rank is Rank.CAMAT else CAMAT
        goals = [row for row in office.pk_pimpinan if fold(row.text("jabatan_kode")) == rank.value]
        units = [u.kode for u in office.units if rank is Rank.CAMAT or self._under_sekcam(u, day)]
        missing = f"PK {rank.value}: indikatornya belum diisi pada lembar PK Pimpinan di Kantor.xlsx."
        notes = [] if goals else [Note(sentence=missing)]
        promised = self._planned(f"PK {rank.value}", map(_goal, goals), self.held, notes, whole=False)
        return self._agreement(
            rank.value, rank, day,
            self._party(office.official(rank.value, day), office.vacant(rank.value), notes),
            self._party(
                office.official(above, day), office.vacant(above), notes, office.official(rank.value, day),
                elected=above == BUPATI,
            ),
            promised, self._money(units, BUDGET_LEVEL[rank]), self.recap.outside(None if rank is Rank.CAMAT else units), notes,
        )  # fmt: skip

    def unit(self, unit: Unit) -> Agreement:
        """A Kasi's or Kasubag's agreement."""
        day = self.day(unit.kode)
        goals, notes = self._unit_goals(unit)
        head = self.office.official(unit.kode, day)
        return self._agreement(
            unit.kode, Rank.UNIT, day, self._party(head, self.office.vacant(unit.kode), notes),
            self._party(self._second(unit, day), self.office.vacant(self.office.superior(unit)), notes, head),
            goals, self._money([unit.kode], Level.SUBKEGIATAN), self.recap.outside([unit.kode]), notes,
        )  # fmt: skip

    def staff(self, unit: Unit, kode: str) -> Agreement:
        """The agreement of somebody who works under the head of a unit.

        Their indicators stand under their post on the sheet PK Pimpinan, else those of the unit that name them as
        penanggung jawab; their sub kegiatan are those of these indicators.
        """
        day = self.day(unit.kode)
        person = self.office.official(kode, day)
        assert person is not None
        notes: list[Note] = []
        own = [row for row in self.office.pk_pimpinan if fold(row.text("jabatan_kode")) == fold(kode)]
        named = [e for e in self.held if e.unit == unit.kode and _answers(e.row, person)]
        goals = self._planned(f"PK {person.nama}", map(_goal, own), self.held, notes, whole=False)
        goals = goals or tuple(_goal(e.row) for e in named)
        subs = {e.kode_sub for e in named} | self._subs_of(unit, own)
        if not goals:
            notes.append(Note(sentence=f"PK {person.nama}: belum ada indikator yang menyebut namanya sebagai penanggung jawab."))
        money = tuple(m for m in self._money([unit.kode], Level.SUBKEGIATAN) if m.kode in subs)
        return self._agreement(
            kode, Rank.STAF, day, self._party(person, "", notes),
            self._party(self.office.official(unit.kode, day), self.office.vacant(unit.kode), notes, person), goals, money,
            self.recap.outside([unit.kode], subs), notes,
        )  # fmt: skip

    def _subs_of(self, unit: Unit, rows: Iterable[Row]) -> set[str]:
        """The sub kegiatan of the unit whose indicators these rows name."""
        names = {fold(row.text("indikator")) for row in rows}
        return {e.kode_sub for e in self.held if e.unit == unit.kode and fold(e.row.text("nama")) in names}

    def _agreement(
        self, kode: str, rank: Rank, day: date | None, first: Party, second: Party,
        goals: tuple[Goal, ...], money: tuple[Money, ...], outside: Sum, notes: list[Note],
    ) -> Agreement:  # fmt: skip
        if not money:
            words = f"{self.menurut} belum ada anggarannya"
            notes.append(Note(sentence=f"PK {first.jabatan or kode}: {words}."))
        notes += self._dating(kode, day)
        draft = self.locked is None and self.office.tahap in ("", PROPOSAL)
        return Agreement(
            kode=kode, rank=rank, tahun=self.office.tahun, first=first, second=second, goals=goals, money=money,
            tempat=self.office.tempat, tanggal=day, draft=draft, menurut=self.menurut, outside=outside, notes=tuple(notes),
            locked=self.locked is not None, changed=bool(self.locked and self.locked.changed),
        )  # fmt: skip

    def _second(self, unit: Unit, day: date | None) -> Official | None:
        return second_party(self.office.on(day), unit)

    def _under_sekcam(self, unit: Unit, day: date | None) -> bool:
        second = self._second(unit, day)
        return (second.jabatan_kode if second else unit.atasan) == SEKCAM

    def _party(
        self, official: Official | None, jabatan: str, notes: list[Note], other: Official | None = None, *,
        elected: bool = False,
    ) -> Party:  # fmt: skip
        """Who signs; a post nobody holds, a Plh., and whoever is the ``other`` party leave the name to be written by hand."""
        if official is None:
            notes.append(Note(sentence=f"Pejabat {jabatan} belum ada pada lembar Pejabat di Kantor.xlsx; namanya dikosongkan."))
            return Party(nama="", jabatan=jabatan, elected=elected)
        if official.status == "Plh.":
            words = f"{official.post} ({official.nama}) lazimnya tidak menandatangani PK; namanya dikosongkan"
            notes.append(Note(sentence=f"{words}. Isi pejabat definitif atau Plt. pada lembar Pejabat di Kantor.xlsx."))
            return Party(nama="", jabatan=official.jabatan, elected=elected)
        if official.same(other):
            words = f"{official.nama} memegang jabatan kedua pihak ({official.post}); nama Pihak Kedua dikosongkan"
            notes.append(Note(sentence=f"{words}. Tulis nama pejabat yang menyetujuinya."))
            return Party(nama="", jabatan=official.post, elected=elected)
        if not official.nip and not elected:
            notes.append(
                Note(sentence=f"NIP {official.nama} ({official.jabatan}) belum diisi di Kantor.xlsx; tempatnya dikosongkan.")
            )
        return Party(
            nama=official.nama, jabatan=official.post, nip=official.nip, pangkat=official.pangkat,
            elected=elected and not official.nip,
        )  # fmt: skip

    def _unit_goals(self, unit: Unit) -> tuple[tuple[Goal, ...], list[Note]]:
        """The lines of the unit's PK sheet; where it is empty, output and outcome of its Indikator sheet, and that is said."""
        notes: list[Note] = []
        own = [e for e in self.held if e.unit == unit.kode]
        typed = [_goal(e.row) for e in self.recap.pk_kinerja if e.unit == unit.kode and e.counted]
        goals = self._planned(f"PK {unit.nama}", typed, own, notes)
        if not goals:
            goals = tuple(_goal(e.row) for e in own if e.row.get("level") in LEVELS)
            reason = "tidak satu pun dari lembar PK ada di dalam rencana" if typed else "lembar PK masih kosong"
            taken = f"lampirannya diambil dari lembar Indikator, sebab {reason}"
            words = taken if goals else "indikatornya belum ada"
            notes.append(Note(sentence=f"PK {unit.nama}: {words}.", severity=Severity.INFO if goals else Severity.CEK))
        return goals, notes

    def _planned(
        self, who: str, goals: Iterable[Goal], held: Iterable[Entry], notes: list[Note], *, whole: bool = True
    ) -> tuple[Goal, ...]:
        """What of a sheet's lines the locked plan holds, with its targets; what it does not hold, or holds otherwise, is named.

        ``whole``: a line that the plan does not know at all falls away too; leaders also promise what no unit measures.
        """
        if self.plan is None:
            return tuple(goals)
        frozen = grouped((fold(entry.row.text("nama")), entry.row.get("target")) for entry in held)
        found = []
        for goal in goals:
            targets, name = frozen.get(fold(goal.indikator), []), fold(goal.indikator)
            if not targets and (whole or name in self.proposed):
                words = f"{goal.indikator} tidak dijanjikan, sebab tidak ada dalam {self.plan.dated}"
                notes.append(Note(sentence=f"{who}: {words}.", severity=Severity.INFO if name in self.proposed else Severity.CEK))
                continue
            one = len(set(targets)) == 1 or whole
            if targets and one and goal.target not in targets and targets[0] is not None:
                both = f"target {shown(targets[0])} {self.menurut}, bukan {shown(goal.target)} menurut lembar PK"
                notes.append(Note(sentence=f"{who}: {goal.indikator} memakai {both}."))
                goal = replace(goal, target=targets[0])
            found.append(goal)
        return tuple(found)

    def _money(self, units: Iterable[str], level: Level) -> tuple[Money, ...]:
        """The amounts of these units added up per program, kegiatan or sub kegiatan, in the order of the codes."""
        chosen = set(units)
        own = {key: amount for key, amount in self.amounts.items() if key[0] in chosen}
        totals = sums((_at(key[1], level), amount) for key, amount in own.items())
        sources = grouped((_at(key[1], level), source) for key in own for source in self.sources[key] if source)
        return tuple(
            Money(
                kode=code, nama=self._name(code), anggaran=totals[code],
                keterangan=", ".join(dict.fromkeys(sources.get(code, ()))) or "APBD",
            )
            for code in sorted(totals, key=lambda code: (not code, code))
        )  # fmt: skip

    def _name(self, code: str) -> str:
        return self.office.program_name(code) or self.names.get(code, "")


def differences(recap: Recap) -> list[Note]:
    """Amounts on the units' PK sheets that are not what the recap counts: each with both amounts."""
    totals = sums(
        ((unit, code), amount)
        for (unit, sub), amount in recap.amounts().items()
        for code in {sub, *(_at(sub, level) for level in Level)}
    )
    found = []
    for entry in recap.pk_anggaran:
        stated = entry.row.get("anggaran")
        ours = totals.get((entry.unit, entry.kode_sub), 0)
        if entry.counted and stated is not None and stated != ours:
            told = format_rupiah(stated) if isinstance(stated, Decimal) else shown(stated)
            words = f"memuat {format_rupiah(ours)} menurut rekap; lembar PK unit menyebut {told}"
            found.append(Note(sentence=f"PK {entry.unit_nama}: anggaran {entry.kode_sub} {words}."))
    return found


def shown(value: object) -> str:
    """A target as it is printed; "" where there is none."""
    number: Callable[..., str] = format_number
    return "" if value is None else value if isinstance(value, str) else number(value)


def _at(sub: str, level: Level) -> str:
    """The program or kegiatan of a sub kegiatan code; "" where the code has no known shape."""
    try:
        program, kegiatan = parents(sub)
    except ValueError:
        return sub if level is Level.SUBKEGIATAN else ""
    return {Level.PROGRAM: program, Level.KEGIATAN: kegiatan, Level.SUBKEGIATAN: sub}[level]


def _goal(row: Row) -> Goal:
    """A line of a PK sheet, or of the Indikator sheet (whose name stands in ``nama``)."""
    name = row.text("indikator") or row.text("nama")
    return Goal(sasaran=row.text("sasaran"), indikator=name, satuan=row.text("satuan"), target=row.get("target"))


def _answers(row: Row, person: Official) -> bool:
    """Whether an indicator names this person, or their post, as penanggung jawab."""
    named = fold(row.text("penanggung_jawab"))
    return bool(named) and named in {fold(person.nama), fold(person.jabatan)}
