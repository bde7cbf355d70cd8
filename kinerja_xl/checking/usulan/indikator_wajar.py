"""Rules of a reasonable indicator: tier, type and way of adding up fit it, its formula is said, its choice as IKU explained."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.checking.rules import Case, explained, rule
from kinerja_xl.sheets.choices import SATUAN
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
_FORMULA = kata("cara_hitung")
_STATES = ("waktu", "indikator")
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
        blank = all(row.get(key) is None and not case.reported(row, key) for key in QUARTERS) and row.cell(QUARTERS[0])
        if wanted and kind and kind not in fitting:
            yield case.at("I758", "indikator", row, "tipe", kind, nama=name, rincian=wanted)
        elif kind in ("Persentase", "Rasio") and how == _ADDED:
            yield case.at("I738", "indikator", row, "akumulasi", how, tipe=kind)
        elif how == _ADDED and isinstance(row.get("target"), Decimal) and blank and case.has("indikator", *QUARTERS):
            yield case.at("I743", "indikator", row, QUARTERS[0], nama=name)


@rule("I748", "I753")
def formula(case: Case) -> Iterator[Finding]:
    """What a percentage counts is a part of what it counts it in; an index says what it is made of (V.B.2.c, V.B.2.f)."""
    for row in case.submission.indikator:
        above, below = row.text("pembilang"), row.text("penyebut")
        part, whole = _only_number(above), _only_number(below)
        more = part is not None and whole is not None and part > whole or bool(above) and fold(above) == fold(below)
        if row.get("tipe") == "Persentase" and more and not case.reported(row, "pembilang", "penyebut", "tipe"):
            yield case.at("I748", "indikator", row, "pembilang", above, rincian=below)
        said = row.text("definisi")
        bare = said and not (above or below or _FORMULA(said))
        if row.get("tipe") == "Indeks" and bare and not case.reported(row, "definisi", "tipe"):
            yield case.at("I753", "indikator", row, "definisi", said)


def _only_number(text: str) -> int | None:
    """The count that a text names; None where it names none, or more than one."""
    found = [int((first or last).replace(".", "")) for first, last in _COUNT.findall(text)]
    return found[0] if len(found) == 1 else None


@rule("I763")
def direction(case: Case) -> Iterator[Finding]:
    """Targets of the quarters do not go all the way against the stated direction. A count kept since January only rises, and
    quarters that are averaged may differ with the season: those need three."""
    for row in case.submission.indikator:
        how, arah, kind = row.get("akumulasi"), row.get("arah"), row.get("tipe")
        aims = [x for key in QUARTERS if isinstance(x := row.get(key), Decimal)]
        unit = case.lists.measures.find(row.text(SATUAN))
        counted = arah == "Turun" and kind == "Kuantitas absolut" and (unit is None or unit.kelompok not in _STATES)
        if how not in (_LAST, _MEAN) or counted or len(aims) < (2 if how == _LAST else 3):
            continue
        if against(arah, aims) and not case.reported(row, "arah", "akumulasi", *QUARTERS):
            words = "turun" if arah == "Naik" else "naik"
            shown = f"{words}: " + ", ".join(map(format_number, aims))
            yield explained(case.at("I763", "indikator", row, "arah", arah, rincian=shown), row)


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
