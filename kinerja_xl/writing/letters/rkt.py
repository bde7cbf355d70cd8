"""The Rencana Kinerja Tahunan on paper (program, kegiatan, sub kegiatan with indicators, targets and amounts), and the Rencana
Aksi: what is done for each indicator, its target per triwulan, amount and who answers for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kinerja_xl.office.kantor import Office, Unit
from kinerja_xl.reckoning import Sum
from kinerja_xl.reckoning.capaian.lanjut import Key
from kinerja_xl.reckoning.plan.agreements import shown
from kinerja_xl.reckoning.recap import Agreed, Entry, Recap, RktLine
from kinerja_xl.sheets.capaian import RENCANA_AKSI
from kinerja_xl.sheets.content import Row as Record
from kinerja_xl.sheets.formats import format_number
from kinerja_xl.sheets.indikator import QUARTERS
from kinerja_xl.sheets.rekap import RKT
from kinerja_xl.sheets.tor import MONTHS
from kinerja_xl.words.periods import ROMAN
from kinerja_xl.writing.letters.papers import UnitPapers
from kinerja_xl.writing.letters.rows import NONE, Cell, Column, Row, summed
from kinerja_xl.writing.letters.style import DOTS
from kinerja_xl.writing.letters.tables import Letter

COLUMNS = (
    Column(head="Kode", width=33), Column(head="Program / Kegiatan / Sub Kegiatan", width=76),
    Column(head="Indikator Kinerja", width=74), Column(head="Target", width=20, side="kanan"),
    Column(head="Satuan", width=31, side="tengah"), Column(head="Anggaran (Rp)", width=35, side="kanan"),
    Column(head="Penanggung Jawab", width=38),
)  # fmt: skip
NOTHING = "Belum ada sub kegiatan yang mendapat anggaran."


def write_rkt(recap: Recap, unit: str = "") -> bytes:
    """The RKT of the office, or of one unit (its code): the locked plan's, before the first lock that of the counted proposal."""
    office = recap.office
    letter = Letter(office, f"Rencana Kinerja Tahunan {office.tahun}", f"RKT {office.tahun}, {office.nama}", across=True)
    chosen = [line for line in recap.in_force.rkt if not unit or line.unit == unit]
    letter.head(*_title(recap.in_force, RKT.title, office, chosen[0].unit_nama if unit and chosen else ""))
    amount = sum(line.anggaran or 0 for line in chosen) if chosen or recap.agreed else None
    letter.table(COLUMNS, _rows(chosen), _sum(5, amount), nothing=NOTHING)
    letter.spelled(amount)
    letter.standing(recap.in_force.menurut, recap.outside([unit] if unit else None))
    letter.sign_camat(recap.in_force.signed(office.tanggal))
    return letter.finished()


def _title(plan: Agreed, name: str, office: Office, unit: str) -> list[str]:
    """The title, below it the unit and the plan that the paper stands on."""
    stands_on = f"{plan.menurut[:1].upper()}{plan.menurut[1:]}"
    return [f"{plan.titled(name)} TAHUN {office.tahun}", *([unit] if unit else []), stands_on]


def _sum(span: int, amount: int | None) -> Row:
    """The row of the sum; a dash while nothing is known of it."""
    return summed(span, NONE if amount is None else format_number(amount), "")


def _rows(lines: Sequence[RktLine]) -> Iterable[Row]:
    """Program and kegiatan rows with their sums above the sub kegiatan; a program's own indicators stand in its block."""
    programs: dict[str, int] = defaultdict(int)
    kegiatan: dict[str, int] = defaultdict(int)
    for line in lines:
        programs[line.program] += line.anggaran or 0
        kegiatan[line.kegiatan] += line.anggaran or 0
    program = activity = sub = None
    for line in lines:
        if line.program != program:
            yield _head(line.program, line.program_nama, programs[line.program], _chain(line))
            program, activity, sub = line.program, None, None
        if line.kegiatan and line.kegiatan != activity:
            yield _head(line.kegiatan, line.kegiatan_nama, kegiatan[line.kegiatan])
            activity, sub = line.kegiatan, None
        yield _line(line, again=(line.kode_sub, line.unit) == sub)
        sub = (line.kode_sub, line.unit)


def _chain(line: RktLine) -> str:
    """Sasaran and IKU of the Renstra that a program serves."""
    parts = (("Sasaran", line.sasaran), ("IKU", line.iku_with_target))
    return "\n".join(f"{name}: {words}" for name, words in parts if words)


def _head(code: str, name: str, amount: int, chain: str = "") -> Row:
    return Row(
        cells=(code, Cell(text=name or DOTS, span=4, side="kiri", small=chain), format_number(amount), ""),
        kind="kelompok",
    )


def _line(line: RktLine, *, again: bool) -> Row:
    code, name = (line.kode_sub, line.nama_sub or DOTS) if line.kode_sub and not again else ("", "")
    amount = "" if line.anggaran is None else format_number(line.anggaran)
    level = f" ({line.level})" if line.level and line.level != "Output" else ""
    goal = f"{line.indikator}{level}" if line.indikator else DOTS
    return Row(cells=(code, name, goal, shown(line.target) or DOTS, line.satuan or DOTS, amount, line.unit_nama))


# ---- The Rencana Aksi ----

ACTION_COLUMNS = (
    Column(head="No", width=9, side="tengah"), Column(head="Aksi", width=128), Column(head="Indikator", width=58),
    Column(head="Satuan", width=22, side="tengah"),
    *(Column(head=f"TW\u00a0{r}", width=13, side="kanan", group="Target") for r in ROMAN),
    Column(head="Anggaran (Rp)", width=32, side="kanan"), Column(head="Penanggung Jawab", width=32),
)  # fmt: skip

@dataclass(frozen=True, slots=True, kw_only=True)
class Acted:
    """What a Rencana Aksi is made of: units in order, rupiah by (unit, sub kegiatan), the indicators that hold, and the papers
    whose TOR say the steps. ``stands_on`` is the plan that all of it is taken from, ``outside`` what stands beside it,
    ``tanggal`` is the day of the paper, ``followed`` what last year's evaluation left to be done.
    """

    units: Sequence[Unit]
    amounts: Mapping[tuple[str, str], int]
    goals: Sequence[Entry]
    papers: Mapping[str, UnitPapers]
    stands_on: Agreed
    tanggal: date | None
    outside: Sum = Sum()
    followed: Mapping[Key, str] = field(default_factory=dict)

    def subs(self, unit: str) -> list[str]:
        return sorted({code for own, code in self.amounts if own == unit})

    @property
    def total(self) -> int | None:
        """None while no unit has handed in an amount and no plan is locked."""
        own = {unit.kode for unit in self.units}
        found = [amount for (unit, _), amount in self.amounts.items() if unit in own]
        return sum(found) if found or self.stands_on.locked else None


def write_renaksi(plan: Acted, office: Office) -> bytes:
    """The Rencana Aksi of these units in one table, each sub kegiatan below its own heading."""
    letter = Letter(office, f"Rencana Aksi {office.tahun}", f"Rencana Aksi {office.tahun}, {office.nama}", across=True)
    letter.head(*_title(plan.stands_on, RENCANA_AKSI.title, office, plan.units[0].nama if len(plan.units) == 1 else ""))
    letter.table(ACTION_COLUMNS, _actions(plan, office), _sum(8, plan.total), nothing=NOTHING)
    letter.spelled(plan.total)
    more = " dan tindak lanjut dari evaluasi tahun lalu" if plan.followed else ""
    letter.say(f"Aksi adalah tahap kegiatan dalam TOR, dengan triwulan pelaksanaannya{more}.", "Keterangan", keep_next=True)
    letter.standing(plan.stands_on.menurut, plan.outside)
    letter.sign_camat(plan.tanggal)
    return letter.finished()


def _actions(plan: Acted, office: Office) -> Iterable[Row]:
    number = 0
    for unit in plan.units:
        papers = plan.papers.get(unit.kode)
        for code in plan.subs(unit.kode):
            name = office.program_name(code) or (papers.subs.get(code, "") if papers else "")
            head = Cell(text=f"{code}  {name}".strip(), span=8, side="kiri", small=unit.nama)
            yield Row(cells=(head, format_number(plan.amounts[unit.kode, code]), ""), kind="kelompok")
            steps = (actions(papers, code) if papers else "") or f"Melaksanakan {name or code} (tahap dalam TOR belum diisi)"
            steps = "\n".join((steps, *_followed(plan, unit.kode, code)))
            goals = [e for e in plan.goals if (e.unit, e.kode_sub) == (unit.kode, code)]
            for index in range(max(len(goals), 1)):
                number += 1
                yield _action(number, Cell(text=steps, merge="continue" if index else "restart"), goals[index] if goals else None)


def _followed(plan: Acted, unit: str, code: str) -> Iterable[str]:
    """What last year's evaluation left to be done in a sub kegiatan; what concerns its program, a kegiatan, or one that is no
    more stands at the first that is near."""
    subs = plan.subs(unit)
    for (whose, kode, _), sentence in plan.followed.items():
        near = next((sub for sub in subs if sub == kode or sub.startswith(f"{kode}.")), subs[0] if subs else "")
        if whose == unit and near == code:
            yield f"- {sentence}"


def _action(number: int, steps: Cell, entry: Entry | None) -> Row:
    """The steps of the TOR stand in one cell before all indicators that measure them."""
    get = entry.row.get if entry else lambda key: None
    targets = [shown(get(key)) or NONE for key in QUARTERS]
    name, satuan, answers = (str(get(key) or DOTS) for key in ("nama", "satuan", "penanggung_jawab"))
    return Row(cells=(str(number), steps, name, satuan, *targets, "", answers))


def actions(papers: UnitPapers, code: str) -> str:
    """The steps of a TOR's schedule as a list, each with the triwulan in which it runs."""
    steps = [row for tor in papers.tors if tor.line.kode_sub == code for row in tor.jadwal]
    return "\n".join(f"- {_staged(row)}{_when(row)}" for row in steps)


def _staged(row: Record) -> str:
    """``Evaluasi: Rapat``: the same step may stand in several stages."""
    return ": ".join(str(part) for part in (row.get("tahap"), row.get("kegiatan") or DOTS) if part)


def _when(row: Record) -> str:
    """``(TW I s.d. II)``: from the months with an x."""
    quarters = sorted({index // 3 for index, key in enumerate(MONTHS) if row.get(key)})
    if not quarters:
        return ""
    whole = quarters == list(range(quarters[0], quarters[-1] + 1)) and len(quarters) > 1
    text = f"{ROMAN[quarters[0]]} s.d. {ROMAN[quarters[-1]]}" if whole else ", ".join(ROMAN[q] for q in quarters)
    return f" (TW {text})"
