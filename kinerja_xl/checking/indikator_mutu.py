"""Rules of good indicators: a unit that fits the name, SMART filled honestly."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from kinerja_xl.checking.indikator import FIGURES
from kinerja_xl.checking.rules import Case, rule
from kinerja_xl.checking.trust import known_programs
from kinerja_xl.findings import Finding
from kinerja_xl.lists.codes import programs
from kinerja_xl.lists.units import find_satuan
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.values import fold, format_number

SMART = ("smart_spesifik", "smart_dicapai", "smart_realistis")
FEWEST_WORDS = 3
COPIED = 3
"""From how many rows on the same SMART reason is a copy: two related indicators may share one."""

# Nouns that are themselves units. "Unit kerja", "unit usaha" are things of their own.
_COUNTED = re.compile(
    r"jumlah\s+(paket|unit(?!\s+(?:kerja|usaha|layanan|organisasi|pelaksana))|dokumen|laporan|orang)\b", re.IGNORECASE
)
_PERCENT = re.compile(r"(?:persentase|prosentase|persen)\b", re.IGNORECASE)
_PEOPLE = "orang"


def _kanonik(text: str) -> str:
    found = find_satuan(text)
    return found.kanonik if found else text.strip()


@rule("I707")
def unit_fits_name(case: Case) -> Iterator[Finding]:
    """An indicator "Jumlah Paket …" is counted in Paket, unless the official list itself says otherwise."""
    for row in case.submission.indikator:
        name, satuan = row.get("nama"), row.get("satuan")
        if not isinstance(name, str) or not isinstance(satuan, str) or case.reported(row, "nama", "satuan"):
            continue
        match = _COUNTED.match(name.strip())
        unit = find_satuan(satuan)
        if match is None or unit is None or fold(unit.kanonik) in fold(name):
            continue
        wanted = match[1].capitalize()
        fits = wanted in unit.komponen or unit.kanonik == wanted or (fold(wanted) == _PEOPLE and unit.kelompok == _PEOPLE)
        if not fits and not _official(case, row, name, unit.kanonik):
            yield case.at("I707", "indikator", row, "satuan", satuan, rincian=wanted, nama=name)


def _official(case: Case, row: Row, name: str, satuan: str) -> bool:
    """Whether the office's or the national list gives this indicator with this unit."""
    code = str(row.get("kode"))
    nodes = (known_programs(case).get(code), programs().get(code))
    return any(n is not None and fold(n.indikator) == fold(name) and _kanonik(n.satuan) == satuan for n in nodes)


@rule("I708")
def percentage_unit(case: Case) -> Iterator[Finding]:
    """A percentage is measured in percent, never in rupiah."""
    for row in case.submission.indikator:
        name, satuan = row.get("nama"), row.get("satuan")
        if not isinstance(name, str) or not isinstance(satuan, str) or case.reported(row, "nama", "satuan", "tipe"):
            continue
        unit = _kanonik(satuan)
        money = unit == "Rupiah" or fold(satuan).startswith(("rp", "rupiah"))
        if (money and row.get("tipe") == "Persentase") or (_PERCENT.match(name.strip()) and unit != "%"):
            yield case.at("I708", "indikator", row, "satuan", satuan, nama=name)


@rule("I716")
def scale_of_percent(case: Case) -> Iterator[Finding]:
    """A percentage is written in percent points: 85. A cell formatted as percent holds 0,85, and both look alike."""
    for row in case.submission.indikator:
        if row.get("tipe") != "Persentase" or case.reported(row, "tipe"):
            continue
        small = {
            key: value
            for key in FIGURES
            if isinstance(value := row.get(key), Decimal) and 0 < value <= 1 and not case.reported(row, key)
        }
        if small:
            key, value = next(iter(small.items()))
            named = ", ".join(f"{case.column('indikator', k).label} {format_number(v)}" for k, v in small.items())
            meant = format_number(value * 100)
            yield case.at("I716", "indikator", row, key, format_number(value), rincian=named, maksud=meant)


@rule("I709", "I710")
def honest_smart(case: Case) -> Iterator[Finding]:
    """SMART has a reason of its own per indicator, in words, and at least one Ya (V.B.5)."""
    reasons: dict[str, list[Row]] = defaultdict(list)
    for row in case.submission.indikator:
        if isinstance(text := row.get("smart_alasan"), str) and not case.reported(row, "smart_alasan"):
            reasons[fold(text)].append(row)
    copied = {reason: rows for reason, rows in reasons.items() if len(rows) >= COPIED}
    if copied:
        rows = max(copied.values(), key=len)
        numbers = ", ".join(str(row.row) for row in rows)
        text = str(rows[0].get("smart_alasan"))
        yield case.at("I709", "indikator", rows[1], "smart_alasan", text, banyak=str(len(rows)), rincian=numbers)
    for row in case.submission.indikator:
        text = str(row.get("smart_alasan") or "")
        short = bool(text) and len(re.findall(r"\w+", text)) < FEWEST_WORDS
        if short and fold(text) not in copied and not case.reported(row, "smart_alasan"):
            yield case.at("I710", "indikator", row, "smart_alasan", text, rincian="alasannya terlalu singkat")
        if all(row.get(key) == "Tidak" for key in SMART) and not case.reported(row, *SMART):
            yield case.at("I710", "indikator", row, SMART[0], "Tidak", rincian="ketiga jawabannya Tidak")
