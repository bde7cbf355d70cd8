"""What stands on the Ringkasan beside the table of units: what is asked of the Camat, what is left to each unit, what the
money is for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kinerja_xl.catatan import Finding, Severity, Untuk, catalogue
from kinerja_xl.lists import JENIS_BELANJA, PURPOSES
from kinerja_xl.reckoning import grouped
from kinerja_xl.reckoning.recap import Recap, Status
from kinerja_xl.reckoning.recap.build import Kind, Matter, Over, matters
from kinerja_xl.reckoning.recap.standing import Standing
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.formats import TOTAL, format_date, format_rupiah
from kinerja_xl.sheets.rekap import UNKNOWN, UNKNOWN_ROWS, YES
from kinerja_xl.writing.shown.front import DOTTED, HEAD_POINTS, Decision, Front
from kinerja_xl.writing.shown.page import Layout
from kinerja_xl.writing.shown.sums import Sums, code_keys, jenis_label, joined
from kinerja_xl.writing.shown.table import text_literal

# ---- What needs the Camat's decision: the matters of a recap as sentences, with their amounts as live formulas ----

_MOST_NAMES = 6
_MOST_TERMS = 20
"""Units or sub kegiatan that one formula adds up; with more of them the amount is a figure."""
_MOST_REASONS = 2

NO_UNITS = "Belum ada unit di Kantor.xlsx."
NOTHING = "Tidak ada: semua unit menyampaikan tepat waktu, dapat dibaca, dan tidak melebihi pagu atau standar harga."

_WAIT, _OUT = f"ditunggu sampai {DOTTED}", "tidak masuk RKT"
_WORDS: Mapping[Kind, tuple[str, tuple[str, ...]]] = {
    Kind.BELUM: ("Belum menyampaikan usulan", (_WAIT, _OUT)),
    Kind.TIDAK_TERBACA: ("Berkas tidak dapat dibaca, diperlukan berkas baru", (_WAIT, _OUT)),
    Kind.TERLAMBAT: ("Terlambat sehingga tidak masuk RKT (pedoman IV.C.3)", ("tetap tidak masuk", "batas waktu diundurkan")),
    Kind.PAGU: ("Melebihi pagu sub kegiatan", ("dikurangi unit", "pagu ditambah")),
    Kind.STANDAR: ("Harga satuan melebihi batas standar harga", ("diturunkan unit", "disetujui dengan alasan")),
    Kind.GANDA: ("Dua berkas dengan revisi yang sama, belum ada yang dihitung", ()),
    Kind.DITAHAN: ("Baris RAB ditahan sampai diperbaiki", (_WAIT, _OUT)),
    Kind.OUTCOME: ("Program tanpa indikator outcome", (f"dilengkapi sampai {DOTTED}", "diterima")),
    Kind.PENJELASAN: ("Penjelasan unit atas yang ditanyakan (lembar Catatan)", ("diterima", "ditolak")),
    Kind.OUTPUT: ("Sub kegiatan tanpa indikator output", (f"dilengkapi sampai {DOTTED}", "diterima")),
}


def decisions(recap: Recap, layouts: Mapping[str, Layout]) -> list[Decision]:
    """One for each matter that there is."""
    own = layouts["unit"]
    return [
        Decision(
            words=_sentence(recap, matter), choices=_choices(recap, matter),
            amount=None if _of_pagu(matter) and not (matter.amount and matter.amount.amount) else matter.amount,
            formula=_formula(matter, layouts), caption="pagu" if _of_pagu(matter) else "",
            unknown="" if _of_pagu(matter) else _of_units(matter, own, UNKNOWN_ROWS),
        )
        for matter in matters(recap)
    ]  # fmt: skip


def _of_pagu(matter: Matter) -> bool:
    """Whether the amount is the pagu of units of which nothing could be read."""
    return matter.kind in (Kind.BELUM, Kind.TIDAK_TERBACA)


def _sentence(recap: Recap, matter: Matter) -> str:
    if matter.codes:
        told = _names(f"{_node(recap, code)} ({recap.office.unit_name(unit)})" for unit, code in matter.codes)
    elif matter.over:
        told = _names(
            f"{_node(recap, over.kode_sub)} ({recap.office.unit_name(over.unit)}, pagu {format_rupiah(over.pagu)})"
            for over in matter.over
        )
    else:
        told = _names(recap.office.unit_name(unit) for unit in matter.units)
    reasons = matter.reasons[:_MOST_REASONS]
    said = " ".join(f'Penjelasan: "{reason}".' for reason in reasons)
    more = f" Ada {len(matter.reasons) - len(reasons)} penjelasan lain di lembar RAB." if reasons != matter.reasons else ""
    return f"{_WORDS[matter.kind][0]}: {told}. {said}{more}".rstrip()


def _choices(recap: Recap, matter: Matter) -> Sequence[str]:
    if matter.kind is not Kind.GANDA:
        return _WORDS[matter.kind][1]
    return [s.file for s in recap.sources if s.unit in matter.units and s.status == Standing.GANDA]


def _node(recap: Recap, kode: str) -> str:
    return recap.office.program_name(kode) or kode


def _names(names: Iterable[str]) -> str:
    known = list(dict.fromkeys(names))
    rest = len(known) - _MOST_NAMES
    return ", ".join(known[:_MOST_NAMES]) + (f", dan {rest} lagi" if rest > 0 else "")


def _formula(matter: Matter, layouts: Mapping[str, Layout]) -> str:
    """Live where a formula can say it: the reader may edit the RAB and see what is left to decide."""
    unit, rab = layouts["unit"], layouts["rab"]
    if beside := _of_units(matter, unit, "pagu" if _of_pagu(matter) else "total_tidak_dihitung"):
        return beside
    if matter.kind is Kind.STANDAR:
        return f'SUMIFS({rab.span("lebih_standar")},{rab.span("dihitung")},"{YES}")'
    if matter.kind is Kind.PAGU and len(matter.over) <= _MOST_TERMS:
        return "+".join(_above(over, rab) for over in matter.over)
    return ""


def _of_units(matter: Matter, unit: Layout, key: str) -> str:
    """What the table of units shows of these units, added up; "" for a matter that is about something else."""
    if matter.kind in (Kind.PAGU, Kind.STANDAR, Kind.OUTCOME, Kind.OUTPUT, Kind.PENJELASAN) or len(matter.units) > _MOST_TERMS:
        return ""
    column, codes = (unit.range(unit.column(k)) for k in (key, "kode"))
    return "+".join(f"SUMIFS({column},{codes},{text_literal(kode)})" for kode in matter.units)


def _above(over: Over, rab: Layout) -> str:
    key = text_literal(joined(over.unit, code_keys(over.kode_sub)[2]))
    return f"MAX(0,SUMIFS({rab.span('jumlah_dihitung')},{rab.span('kunci_sub')},{key})-{over.pagu})"


# ---- What each unit has still to do, in a few words ----

_MOST_TASKS = 3
_READY = "–"


def tasks(recap: Recap, kode: str, status: Status) -> str:
    """What stands between this unit and the review: where its proposal is missing that first, else what it has to mend."""
    office, (asked, theirs) = recap.office, _open(recap)
    waits = f"menunggu keputusan nomor {asked[kode]}" if kode in asked else ""
    if status is Status.BELUM:
        until = f" (batas {format_date(office.batas_usulan)})" if office.batas_usulan else ""
        return f"Menyampaikan usulan{until}"
    if status is Status.TIDAK_TERBACA:
        return "Menyampaikan berkas baru yang dapat dibaca"
    said = "; ".join(part for part in (_to_mend(theirs.get(kode, ())), waits) if part)
    return said[:1].upper() + said[1:] or _READY


@lru_cache(maxsize=1)
def _open(recap: Recap) -> tuple[Mapping[str, int], Mapping[str, Sequence[Finding]]]:
    """The number of the matter that a unit waits for, and what it has to mend, by unit: asked for each of them."""
    asked = {unit: number for number, matter in enumerate(matters(recap), start=1) for unit in matter.units
             if matter.kind in (Kind.BELUM, Kind.TIDAK_TERBACA, Kind.TERLAMBAT, Kind.GANDA)}  # fmt: skip
    return asked, grouped((f.unit, f) for f in recap.findings if f.severity is not Severity.INFO and f.untuk is Untuk.UNIT)


def _to_mend(findings: Sequence[Finding]) -> str:
    must = [f for f in findings if f.severity is Severity.WAJIB]
    counted = [f"{n} {words}" for n, words in ((len(must), "wajib diperbaiki"), (len(findings) - len(must), "perlu dicek")) if n]
    named = list(dict.fromkeys(f"{catalogue()[f.code].judul}{_place(f)}" for f in must))[:_MOST_TASKS]
    return ", ".join(counted) + (f": {'; '.join(named)}" if named else "")


def _place(finding: Finding) -> str:
    where = f"{finding.sheet} {finding.cell}".strip()
    return f" ({where})" if where else ""


# ---- What the money is for: by account, and without what is paid to staff ----

STAFF = JENIS_BELANJA["5.1.01"]
OTHERS = "Lain-lain"
_PLACES = ("nama", "status", "diusulkan")
"""Columns of the table of units in which this one stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """One line: its words, the accounts (beginnings) that it adds and takes away, its amount in rupiah."""

    words: str
    accounts: tuple[str, ...]
    without: tuple[str, ...]
    amount: int


def purposes(recap: Recap) -> list[Purpose]:
    """Every purpose of which there is anything, then what no account places."""
    lines = [(line.row.text("kode_rekening"), line.rupiah) for line in recap.counted]

    def amount(starts: tuple[str, ...]) -> int:
        return sum(rupiah for code, rupiah in lines if code.casefold().startswith(starts)) if starts else 0

    found: list[Purpose] = []
    taken: tuple[str, ...] = ()
    for words, starts in PURPOSES:
        without = tuple(t for t in taken if t.startswith(starts))
        found.append(Purpose(words=words, accounts=starts, without=without, amount=amount(starts) - amount(without)))
        taken = (*taken, *starts)
    return [one for one in found if one.amount]


def staff(sums: Sums) -> int:
    """What is counted for staff."""
    return sums.jenis[jenis_label("5.1.01")].counted


def money(front: Front, row: int, recap: Recap, sums: Sums, layouts: Mapping[str, Layout], sign: bool) -> int:
    """The small table, a chart of it, and the signature at the right; the last row that they fill."""
    around, own = rekap.RINGKASAN.part("guna"), front.own
    matrix, rab = layouts["unit_jenis"], layouts["rab"]
    paid, whole = staff(sums), recap.total_rab - staff(sums)
    found = purposes(recap)
    rest = whole - sum(one.amount for one in found)
    names, amounts, parts = (front.columns(key) for key in _PLACES)
    first, total = row + 2, row + 2 + len(found) + 1
    cell = own.ref("status", total)
    lines = [(one.words, _adding(rab, one), one.amount) for one in found]
    others = f"{cell}-SUM({own.ref('status', first)}:{own.ref('status', total - 2)})" if found else cell
    lines.append((OTHERS, others, rest))
    words = f'"{around.title} (Rp"&FIXED(SUM({matrix.span("jenis_5.1.01")}),0)&")"'
    said = f"{around.title} ({format_rupiah(paid)})"
    if recap.none_yet:
        said, words = around.title, ""
    heads = [*zip((names, amounts, parts), (c.label for c in around.before), strict=True)]
    front.later(row, lambda: front.put(row, (0, 0), front.styles.look("subtitle"), said, words))
    front.later(row + 1, lambda: front.heads(row + 1, heads))
    for number, (label, formula, amount) in enumerate(lines, start=first):
        share = f'IF({cell}>0,{own.ref("status", number)}/{cell},"{UNKNOWN}")'
        front.later(number, _row(front, number, (names, amounts, parts), label, formula, amount, share, whole, ()))
    counted = f"SUM({matrix.span('dihitung')})-SUM({matrix.span('jenis_5.1.01')})"
    one = f'IF({cell}>0,1,"{UNKNOWN}")'
    front.later(total, _row(front, total, (names, amounts, parts), TOTAL, counted, whole, one, whole, ("total",)))
    last = max(total, front.sign_later(row + 1, "tugas") if sign else total)
    front.flush()
    if whole > 0:
        chart = front.bars("Juta rupiah", (first, total - 1, names[0]), amounts[0])
        front.place_chart(chart, row, total, "total_rab", "persen_pagu")
    return last


def _row(front: Front, row: int, places: Sequence[tuple[int, int]], label: str, formula: str, amount: int, share: str,
         whole: int, layers: tuple[str, ...]) -> Callable[[], None]:  # fmt: skip
    def write() -> None:
        front.set_height(row, HEAD_POINTS - 3)
        text, rupiah, percent = (front.styles.look(k, *layers, valign="vcenter") for k in ("text", "rupiah", "percent"))
        front.put(row, places[0], text, label)
        front.put(row, places[1], rupiah, amount, formula)
        front.put(row, places[2], percent, amount / whole if whole > 0 else UNKNOWN, share)

    return write


def _adding(rab: Layout, one: Purpose) -> str:
    """The counted amounts of accounts that begin so, without those of an earlier line."""
    def of(account: str) -> str:
        return f'SUMIFS({rab.span("jumlah_dihitung")},{rab.span("kode_rekening")},"{account}*")'

    return "+".join(map(of, one.accounts)) + "".join(f"-{of(account)}" for account in one.without)
