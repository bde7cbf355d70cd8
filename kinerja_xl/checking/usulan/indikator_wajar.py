"""Rules of a reasonable indicator: tier, type and way of adding up fit it, its formula is said, its choice as IKU explained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kinerja_xl.catatan import Finding, Severity
from kinerja_xl.checking.rules import Case, explained, rule
from kinerja_xl.sheets.choices import SATUAN
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.indikator import HIGHEST, LOWEST, QUARTERS
from kinerja_xl.sheets.values import format_number
from kinerja_xl.words.match import kata
from kinerja_xl.words.text import fold

RESULTS = ("Outcome", "Benefit", "Impact")
"""Levels of what came of the work: the least that an organisation is measured by (BAB V)."""

_ADDED, _LAST, _MEAN = "Jumlah", "Nilai terakhir", "Rata-rata"

_KINDS = (
    (kata("persentase"), "Persentase", ("Persentase",)),
    (kata("rasio"), "Rasio", ("Rasio", "Persentase")),
    (kata("nama_rata"), "Rata-rata", ("Rata-rata", "Indeks")),
    (kata("nama_indeks"), "Indeks", ("Indeks", "Rata-rata", "Kualitatif")),
)
"""How a name begins -> the type that it asks for, and those that it may have."""
_NO_PERCENT = ("Kuantitas absolut", "Kualitatif")
"""Types whose figures are never in percent."""
_FORMULA = kata("cara_hitung")
STATES = ("waktu", "indikator")
"""Groups of units of what is no count kept since January: how long something takes, a mark."""
_COUNT = re.compile(r"^\s*(\d+(?:\.\d{3})*)\b(?![.,]\d)|\(\s*(\d+(?:\.\d{3})*)(?:\s+[^\W\d]+)?\s*\)")
"""A count as people write it: before what is counted, or behind it in brackets."""


@rule("I733", "I738", "I743", "I758", locked=True, settles=True)
def kind_and_level(case: Case) -> Iterator[Finding]:
    """Tier against level, type against name, and a way of adding up that the figures of four quarters allow (BAB V, V.B.2)."""
    for row in case.submission.indikator:
        name, kind, how = row.text("nama"), row.text("tipe"), row.text("akumulasi")
        low = row.get("tingkat") == "OPD" and row.get("level") and row.get("level") not in RESULTS
        if low and not case.reported(row, "tingkat", "level"):
            yield case.at("I733", "indikator", row, "tingkat", row.get("level"), nama=name)
        if case.reported(row, "tipe", "akumulasi", "nama", SATUAN):
            continue
        wanted, fitting = next(((kind, kinds) for begins, kind, kinds in _KINDS if begins(name.strip())), ("", ()))
        if not wanted and kind in _NO_PERCENT and case.lists.measures.same(row.get(SATUAN), "%"):
            wanted = "Persentase"
        blank = all(row.get(key) is None and not case.reported(row, key) for key in QUARTERS) and row.cell(QUARTERS[0])
        if wanted and kind and kind not in fitting:
            yield case.at("I758", "indikator", row, "tipe", kind, nama=name, rincian=wanted)
        elif kind in ("Persentase", "Rasio") and how == _ADDED:
            words = "pembilang dan penyebut empat triwulan tidak dapat dijumlahkan menjadi angka setahun"
            yield case.at("I738", "indikator", row, "akumulasi", how, tipe=kind, rincian=words)
        elif kind == "Kualitatif" and how and how != _LAST:
            words = "anggota skala tidak dijumlahkan dan tidak dirata-ratakan; yang berlaku anggota skala terakhir"
            said = case.at("I738", "indikator", row, "akumulasi", how, tipe=kind, rincian=words)
            yield replace(said, severity_override=Severity.CEK)
        elif how == _ADDED and isinstance(row.get("target"), Decimal) and blank and case.has("indikator", *QUARTERS):
            yield case.at("I743", "indikator", row, QUARTERS[0], nama=name)


COUNTS = ("orang", "keluaran", "frekuensi")
"""Groups of units of what nobody delivers half of."""


@rule("I722", "I732", "I742")
def possible_targets(case: Case) -> Iterator[Finding]:
    """A target that can be reached and measured: inside its own range, above zero where more is better, no half report."""
    for row in case.submission.indikator:
        arah, target = row.get("arah"), row.get("target")
        low, high = row.get("batas_bawah"), row.get("batas_atas")
        if case.reported(row, "arah", "target", "tipe", "batas_bawah", "batas_atas"):
            continue
        if arah in ("Naik", "Turun") and (low, high) != (None, None):
            key = "batas_atas" if low is None else "batas_bawah"
            words = f"batas rentang terisi, sedangkan arahnya {arah}"
            said = case.at("I722", "indikator", row, key, format_number(row.get(key)), rincian=words)  # type: ignore[arg-type]
            yield replace(said, severity_override=Severity.INFO)  # it is left alone, and calculates nothing
        if not isinstance(target, Decimal):
            continue
        if arah == "Rentang" and isinstance(low, Decimal) and isinstance(high, Decimal) and not low <= target <= high:
            words = f"target tahun di luar rentangnya sendiri, {format_number(low)} sampai {format_number(high)}"
            yield case.at("I722", "indikator", row, "target", format_number(target), rincian=words)
        elif arah == "Naik" and target == 0:
            yield case.at("I732", "indikator", row, "target", "0", nama=row.text("nama"))
        else:
            yield from _no_such_count(case, row, target)


def _no_such_count(case: Case, row: Row, target: Decimal) -> Iterator[Finding]:
    """A quarter that takes away from what the year adds up, or that delivers half of what comes whole."""
    added, unit = row.get("akumulasi") == _ADDED, case.lists.measures.find(row.text(SATUAN))
    whole = unit is not None and unit.jenis == "tunggal" and unit.kelompok in COUNTS and row.get("akumulasi") != _MEAN
    for key in ("target", *QUARTERS):
        aim = row.get(key)
        if not isinstance(aim, Decimal) or case.reported(row, key, SATUAN, "akumulasi"):
            continue
        words = ""
        if added and aim < 0 <= target:
            words = "bilangan negatif, sedangkan triwulannya dijumlahkan menjadi target setahun"
        elif whole and aim != aim.to_integral_value() and row.get("tipe") == "Kuantitas absolut":
            words = f"bukan bilangan bulat, sedangkan satuannya {row.text(SATUAN)}"
        if words:
            yield case.at("I742", "indikator", row, key, format_number(aim), rincian=words)
            return


SAYS_MORE = (
    ("indikator", "definisi", ("nama", "sasaran", "sumber_data")),
    ("iku", "pernyataan_hasil", ("nama",)),
    ("iku", "alasan", ("nama", "pernyataan_hasil")),
)  # fmt: skip
"""Table and column -> the columns of its row that it says more than."""


@rule("I772")
def own_definition(case: Case) -> Iterator[Finding]:
    """A definition says more than the name, a reason more than the result: each is read where the other leaves a doubt
    (V.B.4.a, V.B.5.a)."""
    content = case.submission.content
    for table, key, others in SAYS_MORE if content else ():
        for row in content.rows(table):  # type: ignore[union-attr]
            said = fold(row.text(key))
            same = next((other for other in others if said and said == fold(row.text(other))), None)
            if same and not case.reported(row, key, *others):
                yield case.at("I772", table, row, key, row.text(key), rincian=case.column(table, same).label)


_SAYS_NOTHING = {"nama": kata("indikator_umum"), "sasaran": kata("sasaran_umum")}


@rule("I782")
def specific_words(case: Case) -> Iterator[Finding]:
    """A name says what is measured, a sasaran what is reached (V.B.4.a). One of the Renstra or the leaders' PK is theirs."""
    office = case.office
    above = [goal.sasaran for goal in office.renstra] + [row.text("sasaran") for row in office.pk_pimpinan] if office else []
    for row in case.submission.indikator:
        for key, bare in _SAYS_NOTHING.items():
            said = fold(row.text(key))
            if bare(said) and said not in map(fold, above) and not case.reported(row, key):
                yield case.at("I782", "indikator", row, key, row.text(key))


@rule("I748", "I753")
def formula(case: Case) -> Iterator[Finding]:
    """What a percentage counts is a part of what it counts it in; an index says what it is made of (V.B.2.c, V.B.2.f)."""
    for row in case.submission.indikator:
        above, below = row.text("pembilang"), row.text("penyebut")
        part, whole = _only_number(above), _only_number(below)
        more = part is not None and whole is not None and part > whole or bool(above) and fold(above) == fold(below) or whole == 0
        if row.get("tipe") == "Persentase" and more and not case.reported(row, "pembilang", "penyebut", "tipe"):
            yield case.at("I748", "indikator", row, "pembilang", above, rincian=below)
        said = row.text("definisi") if row.get("tipe") == "Indeks" else ""
        if said and not (above or below or _FORMULA(said) or case.reported(row, "definisi", "tipe")):
            yield case.at("I753", "indikator", row, "definisi", said)


def _only_number(text: str) -> int | None:
    """The count that a text names; None where it names none, or more than one."""
    found = [int((first or last).replace(".", "")) for first, last in _COUNT.findall(text)]
    return found[0] if len(found) == 1 else None


@rule("I763")
def direction(case: Case) -> Iterator[Finding]:
    """Targets of the quarters do not go all the way against the stated direction."""
    for row in case.submission.indikator:
        arah, aims = row.get("arah"), backwards(case, row)
        if aims and not case.reported(row, "target", "arah", "akumulasi", *QUARTERS):
            words = "turun" if arah == "Naik" else "naik"
            shown = f"{words}: " + ", ".join(map(format_number, aims))
            yield explained(case.at("I763", "indikator", row, "arah", arah, rincian=shown), row)


def backwards(case: Case, row: Row) -> list[Decimal]:
    """Targets of the quarters that go against the arah; none where they do not. A count kept since January only rises, and
    quarters that are averaged may differ with the season: those need three."""
    how, arah, kind = row.get("akumulasi"), row.get("arah"), row.get("tipe")
    aims = [x for key in QUARTERS if isinstance(x := row.get(key), Decimal)]
    unit = case.lists.measures.find(row.text(SATUAN))
    counted = arah == "Turun" and kind == "Kuantitas absolut" and (unit is None or unit.kelompok not in STATES)
    few = how not in (_LAST, _MEAN) or counted or len(aims) < (2 if how == _LAST else 3)
    return aims if not few and against(arah, aims) else []


def against(arah: object, aims: list[Decimal]) -> bool:
    """Whether figures in their order go only, and somewhere, against the direction that is stated."""
    steps = [b - a for a, b in zip(aims, aims[1:], strict=False)]
    if arah == "Naik":
        return any(s < 0 for s in steps) and all(s <= 0 for s in steps)
    return arah == "Turun" and any(s > 0 for s in steps) and all(s >= 0 for s in steps)


@rule("I768")
def choice_by_score(case: Case) -> Iterator[Finding]:
    """Who is chosen has a better score than who is not, and more than the middle of the scale, or says why (V.B.5.c)."""
    content = case.submission.content
    rows = [row for row in (content.rows("iku") if content else ()) if not case.reported(row, "dipilih", "nilai")]
    left = [row for row in rows if row.get("dipilih") == "Tidak" and isinstance(row.get("nilai"), Decimal)]
    best = max(left, key=lambda row: row.number("nilai") or 0, default=None)
    for row in rows:
        own = row.get("nilai")
        if row.get("dipilih") != "Ya" or not isinstance(own, Decimal):
            continue
        words = ""
        if best is not None and own < (best.number("nilai") or 0):
            words = f'sedangkan "{best.text("nama")}" bernilai {format_number(best.get("nilai"))} tidak dipilih'  # type: ignore[arg-type]
        elif 2 * own < LOWEST + HIGHEST:
            words = f"di bawah tengah skala {LOWEST} sampai {HIGHEST}"
        if words:
            yield explained(case.at("I768", "iku", row, "dipilih", format_number(own), nama=row.text("nama"), rincian=words), row)
