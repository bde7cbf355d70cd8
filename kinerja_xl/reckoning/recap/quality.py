"""The office's planning quality by the eight criteria of the guideline (V.B.2), judged from the recap with its evidence.

Nothing is judged that the files do not show: then the verdict is ``TIDAK_DAPAT`` and a reviewer decides. Criteria met
give the predicate: none or 1 sangat kurang, 2-3 kurang, 4-5 cukup, 6-7 baik, 8 sangat baik.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kinerja_xl.catatan import Finding, Severity
from kinerja_xl.lists import Level, level, parents
from kinerja_xl.office.kantor import RenstraGoal
from kinerja_xl.reckoning.recap import Entry, Recap, Status, TorLine
from kinerja_xl.sheets.indikator import QUARTERS
from kinerja_xl.sheets.tor import SHORT_KIND
from kinerja_xl.sheets.values import fold, format_rupiah
from kinerja_xl.words.match import kata
from kinerja_xl.words.text import has_words

PREDICATES: tuple[tuple[int, str], ...] = (
    (8, "Sangat baik"), (6, "Baik"), (4, "Cukup"), (2, "Kurang"), (0, "Sangat kurang"),
)  # fmt: skip
"""Fewest criteria met -> predicate, best first (V.B.2.a)."""

NAMED = 5
"""Names listed one by one; of the others the number is said."""

FEWEST_WORDS = 3
_DELIBERATION = re.compile(r"musrenbang|musyawarah", re.IGNORECASE)
_SECTION_I = ("latar_belakang", "keterkaitan", "dasar_hukum")
_STAGES = ("lingkup_perencanaan", "lingkup_pelaksanaan", "lingkup_pengendalian", "lingkup_evaluasi")
_FACT = kata("ukuran")
_FEWEST_OF_A_PROBLEM = 8
"""Words that it takes to say what is wrong and for whom."""
_TARGET_CODES = frozenset({"I703", "I704", "I718", "I723", "I738", "I743", "I763", "G123"})
_RENSTRA_CODES = frozenset({"G112", "G113", "G118", "G123", "G128"})
_STRATEGY_CODES = frozenset({"K609", "K623", "K628", "K643"})
_HANDED_IN = (Status.SIAP, Status.PERBAIKAN)


class Verdict(StrEnum):
    """What is said of one criterion, in the words of the sheet."""

    TERPENUHI = "Terpenuhi"
    BELUM = "Belum terpenuhi"
    TIDAK_DAPAT = "Tidak dapat dinilai dari berkas"


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One criterion: its number and words in the guideline, verdict, evidence, and what is lacking ("" when nothing is)."""

    nomor: int
    kriteria: str
    verdict: Verdict
    bukti: str
    kurang: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """All eight criteria in order."""

    criteria: tuple[Criterion, ...]

    @property
    def met(self) -> int:
        """How many are fulfilled; what could not be judged is not."""
        return sum(c.verdict is Verdict.TERPENUHI for c in self.criteria)

    @property
    def open(self) -> int:
        """How many the files do not show."""
        return sum(c.verdict is Verdict.TIDAK_DAPAT for c in self.criteria)

    @property
    def predicate(self) -> str:
        return predicate(self.met)


def predicate(met: int) -> str:
    """The predicate of so many criteria met, 0 to 8."""
    return next(name for least, name in PREDICATES if met >= least)


Judged = tuple[Verdict, str, str]
"""Verdict, evidence, what is lacking."""


def judge(recap: Recap) -> Quality:
    """The eight criteria from what the recap holds."""
    found = ((words, *_said_by(recap, decide)) for words, decide in CRITERIA)
    return Quality(
        criteria=tuple(
            Criterion(nomor=number, kriteria=words, verdict=verdict, bukti=bukti, kurang=kurang)
            for number, (words, verdict, bukti, kurang) in enumerate(found, start=1)
        )
    )


def _said_by(recap: Recap, decide: Callable[[Recap], Judged]) -> Judged:
    """Beside a locked plan the evidence says that it is of the usulan, where it doesn't name its own source."""
    verdict, bukti, kurang = decide(recap)
    proposed = recap.agreed is not None and decide not in (_medium_term_plan, _annual_plan)
    return verdict, f"Menurut usulan: {bukti}" if proposed else bukti, kurang


# ---- words -----------------------------------------------------------------------------------


def _names(names: Iterable[str]) -> str:
    """The first few names and how many more there are."""
    every = list(dict.fromkeys(names))
    more = f" dan {len(every) - NAMED} lainnya" if len(every) > NAMED else ""
    return "; ".join(every[:NAMED]) + more


def _verdict(lacking: Iterable[str]) -> tuple[Verdict, str]:
    """Belum with what is lacking, else terpenuhi."""
    said = [text for text in lacking if text]
    return (Verdict.BELUM, " ".join(said)) if said else (Verdict.TERPENUHI, "")


def _lack(words: str, names: Iterable[str]) -> str:
    listed = _names(names)
    return f"{words}: {listed}." if listed else ""


# ---- what is counted ---------------------------------------------------------------------------


def _tors(recap: Recap) -> list[TorLine]:
    return [tor for tor in recap.tors if tor.counted]


def _goals(recap: Recap) -> list[Entry]:
    return [entry for entry in recap.indikator if entry.counted]


def _programs(recap: Recap) -> list[str]:
    """Programs with counted lines, in the order of the recap; codes of no known shape are left out."""
    known = (line.kode_sub for line in recap.counted if level(line.kode_sub) is Level.SUBKEGIATAN)
    return list(dict.fromkeys(parents(code)[0] for code in known))


def _program(recap: Recap, code: str) -> str:
    return f"{code} {recap.office.program_name(code)}".rstrip()


def _subs(recap: Recap) -> set[str]:
    return {line.kode_sub for line in recap.counted}


def _has(tor: TorLine, keys: Collection[str]) -> bool:
    """Whether these fields of a TOR hold a sentence, not only a mark."""
    return all(has_words(tor.row.text(key), FEWEST_WORDS) for key in keys)


def _said(recap: Recap, wanted: Callable[[Finding], bool]) -> list[Finding]:
    return [f for f in recap.findings if f.severity is not Severity.INFO and wanted(f)]


def _noted(recap: Recap, codes: Collection[str], words: str) -> str:
    """How many catatan of these codes there are, and which."""
    said = _said(recap, lambda f: f.code in codes)
    return f"{len(said)} {words} ({_names(sorted({f.code for f in said}))})." if said else ""


# ---- the criteria ------------------------------------------------------------------------------


def _medium_term_plan(recap: Recap) -> Judged:
    goals, year = recap.office.renstra, recap.office.tahun
    if not goals:
        return Verdict.BELUM, "Lembar Renstra di Kantor.xlsx kosong.", "Isi tujuan, sasaran, IKU, dan target Renstra."
    last = max((n for g in goals for n, t in enumerate(g.targets) if t is not None), default=0)
    start = (g.indikator for g in goals if g.kondisi_awal in (None, ""))
    verdict, lacking = _verdict(
        [
            _lack("Belum ada target tahun-tahun berikutnya", (g.indikator for g in goals if not _further(g))),
            _lack("Belum ada kondisi awal", start), _noted(recap, _RENSTRA_CODES, "catatan atas Renstra dan PK Pimpinan"),
        ]
    )  # fmt: skip
    sasaran = len({g.kode_sasaran or g.sasaran for g in goals})
    bukti = f"Renstra di Kantor.xlsx: {len({g.tujuan for g in goals})} tujuan, {sasaran} sasaran, {len(goals)} IKU, target {year}"
    return verdict, bukti + (f" sampai {year + last}." if last else "."), lacking


def _further(goal: RenstraGoal) -> bool:
    """Whether it has a target for more than one year."""
    return sum(target is not None for target in goal.targets) > 1


def _annual_plan(recap: Recap) -> Judged:
    rkt, total = recap.in_force.rkt, recap.in_force.total
    units, subs = {line.unit for line in rkt}, {line.kode_sub for line in rkt if line.anggaran is not None}
    missing = [unit.nama for unit in recap.units if unit.kode not in units]
    held = f"{len(subs)} sub kegiatan dari {len(units)} unit, anggaran {format_rupiah(total)}"
    bukti = f"RKT {recap.in_force.menurut} memuat {held}."
    if not rkt:
        return Verdict.BELUM, "RKT masih kosong: belum ada usulan yang dihitung.", _lack("Belum masuk RKT", missing)
    return _with(bukti, [_lack("Belum masuk RKT", missing)])


def _with(bukti: str, lacking: Iterable[str]) -> Judged:
    verdict, kurang = _verdict(lacking)
    return verdict, bukti, kurang


def _participation(recap: Recap) -> Judged:
    here = [unit for unit in recap.units if unit.status in _HANDED_IN]
    missing = [f"{u.nama} ({u.status.words})" for u in recap.units if u.status not in _HANDED_IN]
    bukti = f"{len(here)} dari {len(recap.units)} unit menyusun dan menyampaikan usulannya sendiri."
    if missing:
        return Verdict.BELUM, bukti, _lack("Belum ikut", missing)
    heard = [
        t.nama_sub or t.kode_sub for t in _tors(recap) if any(_DELIBERATION.search(str(v)) for v in t.row.values.values() if v)
    ]
    if not heard:
        words = "Keikutsertaan masyarakat (Musrenbang, musyawarah) tidak disebut di TOR mana pun; lihat berita acaranya."
        return Verdict.TIDAK_DAPAT, bukti, words
    return Verdict.TERPENUHI, f"{bukti} Musyawarah atau Musrenbang disebut di {len(heard)} TOR: {_names(heard)}.", ""


def _environment(recap: Recap) -> Judged:
    tors, goals = _tors(recap), _goals(recap)
    if not tors:
        return Verdict.TIDAK_DAPAT, "Belum ada TOR yang dihitung.", ""
    based = [_analysed(t) or _short(t) for t in tors]
    known = sum(entry.row.get("baseline") is not None for entry in goals)
    full = sum(_has(t, _SECTION_I) for t in tors)
    bukti = (
        f"{sum(based)} dari {len(tors)} TOR menjelaskan permasalahannya dengan angka atau ukuran, {full} lengkap dengan kaitan "
        f"tugas dan peraturan; {known} dari {len(goals)} indikator mempunyai realisasi tahun lalu."
    )
    bare = [t.nama_sub or t.kode_sub for t, told in zip(tors, based, strict=True) if not told]
    no_base = "Kurang dari separuh indikator mempunyai realisasi tahun lalu." if 2 * known < len(goals) else ""
    few = _lack("Sebutkan keadaan sekarang dengan angka pada latar belakang", bare) if 2 * sum(based) < len(tors) else ""
    empty = _lack("Latar belakang belum menjelaskan masalah", _named(tors, lambda tor: not _has(tor, ("latar_belakang",))))
    return _with(bukti, [empty, few, no_base])


def _named(tors: Iterable[TorLine], wanted: Callable[[TorLine], bool]) -> Iterator[str]:
    return (tor.nama_sub or tor.kode_sub for tor in tors if wanted(tor))


def _analysed(tor: TorLine) -> bool:
    """Whether the background tells how things stand: in more than a phrase, with a figure or a measure."""
    text = tor.row.text("latar_belakang")
    return has_words(text, _FEWEST_OF_A_PROBLEM) and _FACT(text.casefold()) is not None


def _outcome_oriented(recap: Recap) -> Judged:
    programs = _programs(recap)
    if not programs:
        return Verdict.TIDAK_DAPAT, "Belum ada program yang dihitung.", ""
    outcomes = [e for e in _goals(recap) if e.row.get("level") == "Outcome"]
    bare = [p for p in programs if not any(e.kode_sub == p or e.kode_sub.startswith(p + ".") for e in outcomes)]
    dated = sum(isinstance(t.row.get("outcome_tahun"), Decimal) for t in _tors(recap))
    bukti = (
        f"{len(programs) - len(bare)} dari {len(programs)} program mempunyai indikator outcome ({len(outcomes)} indikator); "
        f"{dated} dari {len(_tors(recap))} TOR menargetkan outcome dengan tahunnya; Renstra memuat "
        f"{len({g.sasaran for g in recap.office.renstra})} sasaran."
    )
    goals = "" if recap.office.renstra else "Tujuan dan sasaran jangka menengah belum ada di Kantor.xlsx."
    same = (t.nama_sub or t.kode_sub for t in _tors(recap) if t.row.get("outcome") and _same(t, "outcome", "output"))
    without = _lack("Program tanpa outcome", (_program(recap, p) for p in bare))
    return _with(bukti, [without, _lack("Outcome sama dengan output", same), goals])


def _same(tor: TorLine, one: str, other: str) -> bool:
    return fold(tor.row.text(one)) == fold(tor.row.text(other))


def _good_indicators(recap: Recap) -> Judged:
    goals, subs = _goals(recap), _subs(recap)
    if not goals:
        return Verdict.TIDAK_DAPAT, "Belum ada indikator yang dihitung.", ""
    outputs = {e.kode_sub for e in goals if e.row.get("level") == "Output"}
    smart = sum(all(e.row.get(k) == "Ya" for k in ("smart_spesifik", "smart_dicapai", "smart_realistis")) for e in goals)
    iku = sum(e.row.get("iku") == "Ya" for e in goals)
    chosen = sum(e.row.get("dipilih") == "Ya" for e in recap.iku if e.counted)
    said = _said(recap, lambda f: f.code.startswith("I7") and f.code not in _TARGET_CODES)
    bukti = (
        f"{len(goals)} indikator; {len(subs & outputs)} dari {len(subs)} sub kegiatan mempunyai output; {smart} memenuhi SMART; "
        f"{iku} ditandai IKU, {chosen} di antaranya dinilai sebagai calon."
    )
    noted = f"{len(said)} catatan mutu indikator ({_names(sorted({f.code for f in said}))})." if said else ""
    return _with(bukti, [_lack("Sub kegiatan tanpa output", sorted(subs - outputs)), noted])


def _targets(recap: Recap) -> Judged:
    goals = _goals(recap)
    if not goals:
        return Verdict.TIDAK_DAPAT, "Belum ada indikator yang dihitung.", ""
    bare = [e.row.text("nama") or e.kode_sub for e in goals if e.row.get("target") is None]
    quarters = sum(any(e.row.get(key) is not None for key in QUARTERS) for e in goals)
    renstra = recap.office.renstra
    this_year = sum(bool(g.targets) and g.targets[0] is not None for g in renstra)
    bukti = (
        f"{len(goals) - len(bare)} dari {len(goals)} indikator mempunyai target tahun {recap.office.tahun}, "
        f"{quarters} dirinci per triwulan; "
        f"{this_year} dari {len(renstra)} IKU Renstra mempunyai target tahun ini."
    )
    noted = _noted(recap, _TARGET_CODES, "target tidak sesuai tipe, triwulan, atau Renstra")
    return _with(bukti, [_lack("Indikator tanpa target", bare), noted])


def _strategy(recap: Recap) -> Judged:
    tors, programs = _tors(recap), _programs(recap)
    if not tors or not programs:
        return Verdict.TIDAK_DAPAT, "Belum ada TOR yang dihitung.", ""
    linked = [p for p in programs if recap.office.program_sasaran.get(p)]
    unclear = [t.nama_sub or t.kode_sub for t in tors if not (_has(t, _STAGES) or _short(t))]
    bukti = (
        f"{len(linked)} dari {len(programs)} program dikaitkan dengan sasaran Renstra; "
        f"{len(tors) - len(unclear)} dari {len(tors)} TOR "
        f"menjelaskan tahap perencanaan sampai evaluasi; anggaran {format_rupiah(recap.total_rab)} terbagi menurut sub kegiatan."
    )
    unlinked = _lack("Belum dikaitkan dengan sasaran", (_program(recap, p) for p in programs if p not in linked))
    noted = _noted(recap, _STRATEGY_CODES, "catatan atas isi dan jadwal TOR")
    return _with(bukti, [unlinked, _lack("Tahap kerja belum jelas", unclear), noted])


def _short(tor: TorLine) -> bool:
    """Salaries and subscriptions have no stages of their own; an office that wants them anyway has its catatan (N401)."""
    return tor.row.get("sifat") == SHORT_KIND


CRITERIA: tuple[tuple[str, Callable[[Recap], Judged]], ...] = (
    ("Memiliki dokumen rencana jangka menengah", _medium_term_plan),
    ("Memiliki dokumen rencana kinerja tahunan", _annual_plan),
    ("Menerapkan prinsip partisipasi dalam penyusunan rencana", _participation),
    ("Menetapkan analisis lingkungan yang memadai sebagai dasar perencanaan", _environment),
    ("Mempunyai tujuan jangka menengah dan sasaran tahunan yang berorientasi pada outcome", _outcome_oriented),
    ("Dilengkapi dengan indikator kinerja yang baik", _good_indicators),
    ("Memuat target-target kinerja", _targets),
    ("Mempunyai strategi yang jelas untuk mencapai tujuan dan sasaran", _strategy),
)
"""The criteria in the guideline's words and order, each with its judge."""
