"""Rules of the TOR: dates, its total, its agreement with Indikator (with its RAB: ``tor_dan_rab``)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.checking.once import once
from kinerja_xl.checking.rules import (
    Case,
    no_target,
    rule,
    shown_number,
)
from kinerja_xl.checking.said import placeholder
from kinerja_xl.office.carried import unchanged
from kinerja_xl.office.kantor import allows_short_tor
from kinerja_xl.sheets.content import Row, SheetContent
from kinerja_xl.sheets.tor import COSTS, ESSAYS, MONTHS, short_tor_excuses
from kinerja_xl.sheets.values import fold, format_date, format_number, format_rupiah
from kinerja_xl.words.match import kata
from kinerja_xl.words.periods import QUARTER
from kinerja_xl.words.text import has_words
from kinerja_xl.words.units import Measures


@once
def twice_written(case: Case) -> frozenset[str]:
    """Sub kegiatan with two TOR: which of them is meant for another, nobody knows (K604)."""
    codes = Counter(code for tor in case.submission.tors if isinstance(code := tor.get("kode_sub"), str))
    return frozenset(code for code, number in codes.items() if number > 1)


@rule("K607")
def tor_total(case: Case) -> Iterator[Finding]:
    """The total of section VI is the sum of its three amounts."""
    for tor in case.submission.tors:
        shown, ours = shown_number(tor, "biaya_total"), tor.get("biaya_total")
        if shown is not None and isinstance(ours, Decimal) and shown != ours and not case.reported(tor, *COSTS.values()):
            yield case.at("K607", "tor", tor, "biaya_total", format_rupiah(shown), rincian=format_rupiah(ours))


@rule("K605")
def output_equals_indikator(case: Case) -> Iterator[Finding]:
    """The TOR's output is an output of that sub kegiatan on the Indikator sheet: name, target and unit (IV.A.2.VII.2)."""
    if not case.has("indikator", "kode", "level", "nama", "target", "satuan"):
        return
    outputs: dict[str, list[Row]] = {}
    twice = twice_written(case)
    for row in case.submission.indikator:
        if row.get("level") == "Output" and isinstance(code := row.get("kode"), str):
            outputs.setdefault(code, []).append(row)
    for tor in case.submission.tors:
        code, output = tor.get("kode_sub"), tor.get("output")
        found = outputs.get(str(code), [])
        if not output or not found or code in twice or case.reported(tor, "output", "output_target", "output_satuan"):
            continue
        if any(case.reported(row, "nama", "target", "satuan") or no_target(case, row) for row in found):
            continue
        here = _output(case.lists.measures, tor, _STATED)
        every = [_output(case.lists.measures, row, _LISTED) for row in found]
        same = max([[a == b for a, b in zip(here, there, strict=True)] for there in every], key=lambda fits: (fits[0], sum(fits)))
        if not all(same):
            key = _STATED[same.index(False)]
            there = "; ".join(" ".join(_text(row.get(k)) for k in _LISTED).strip() for row in found)
            yield case.at("K605", "tor", tor, key, _text(tor.get(key)), kode_sub=str(code), rincian=there)


_STATED = ("output", "output_target", "output_satuan")
_LISTED = ("nama", "target", "satuan")
"""Name, target and unit of an output in its TOR, and on the Indikator sheet."""


def _output(measures: Measures, row: Row, keys: Sequence[str]) -> tuple[object, ...]:
    name, value, unit = (row.get(key) for key in keys)
    number = value if isinstance(value, Decimal) else fold(_text(value))
    return fold(_text(name)), number, measures.key(_text(unit))


def _text(value: object) -> str:
    return format_number(value) if isinstance(value, Decimal) else str(value or "")


@rule("K616")
def texts_of_last_year(case: Case) -> Iterator[Finding]:
    """A TOR that says word for word what last year's said, in what is thought over each year: one catatan per TOR."""
    for tor in case.submission.tors if case.before else ():
        assert case.before is not None
        same = [key for key in unchanged(tor, case.before) if not case.reported(tor, key)]
        if same:
            labels = "; ".join(case.column("tor", key).label.strip() for key in same)
            yield case.at("K616", "tor", tor, same[0], kode_sub=tor.text("kode_sub"), rincian=labels)


@rule("K606", "K608")
def schedule(case: Case) -> Iterator[Finding]:
    """The work begins before it ends, lies inside the budget year, and the jadwal inside both (IV.A.2.IV)."""
    content = case.submission.content
    if content is None:
        return
    for sheet in content.all("tor"):
        tor = sheet.forms.get("tor")
        if tor is None:
            continue
        start, end = tor.get("tanggal_mulai"), tor.get("tanggal_selesai")
        if not isinstance(start, date) or not isinstance(end, date):
            continue
        problem = _dates(case, start, end)
        if problem:
            key, words = problem
            yield case.at("K606", "tor", tor, key, format_date(tor.get(key)), rincian=words)  # type: ignore[arg-type]
        else:
            yield from _months(case, sheet, start, end)


def _dates(case: Case, start: date, end: date) -> tuple[str, str] | None:
    """The date that is wrong, and why: of two in the wrong order the one outside the budget year, else the last."""
    year = budget_year(case)
    if end < start and not start.year != year == end.year:
        return "tanggal_selesai", f"selesai {format_date(end)} mendahului mulai {format_date(start)}"
    year = year or start.year
    for key, day in (("tanggal_mulai", start), ("tanggal_selesai", end)):
        if day.year != year:
            return key, f"{format_date(day)} di luar tahun anggaran {year}"
    return None


def _months(case: Case, sheet: SheetContent, start: date, end: date) -> Iterator[Finding]:
    for row in sheet.tables.get("jadwal", ()):
        for number, key in enumerate(MONTHS, start=1):
            if row.get(key) is not None and not start.month <= number <= end.month:
                period = f"{format_date(start)} sampai {format_date(end)}"
                yield case.at("K608", "jadwal", row, key, case.column("jadwal", key).label, rincian=period)


# ---- Rules of what a TOR says: sections really filled, a sasaran that can be measured, what its kind of work asks for ----

FEWEST_WORDS = 3
OUTCOME_YEARS = range(2, 6)
"""Years after the budget year in which an outcome is measured (IV.A.2.VII.3)."""

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PERIOD = kata("waktu")
# Digits that only name a period ("triwulan 3", "31/12/2025") measure nothing.
_DATED = re.compile(
    rf"(?:\b(?:semester|caturwulan|tahun)|{QUARTER})\s*(?:ke)?[\s-]*\d+|\b\d{{1,2}}[/-]\d{{1,2}}(?:[/-]\d+)?\b", re.IGNORECASE
)
_MEASURE = kata("ukuran")


def answered(case: Case, tor: Row, key: str) -> bool:
    """Whether a text field of a TOR holds an answer."""
    value = tor.get(key)
    return isinstance(value, str) and not placeholder(value, case.column("tor", key))


def excuses(case: Case, tor: Row) -> frozenset[str]:
    allowed = case.office is None or allows_short_tor(case.office)
    return short_tor_excuses(tor.values) if allowed else frozenset()


@rule("K609")
def sections(case: Case) -> Iterator[Finding]:
    """Sections I to VIII are filled beyond a placeholder (IV.A.1: the TOR answers 5W2H). A blank one is N401's."""
    for tor in case.submission.tors:
        excused = excuses(case, tor)
        for column in case.submission.content.book.block("tor").columns if case.submission.content else ():
            text = tor.get(column.key)
            if not column.required or column.kind.name != "teks" or column.key in excused or not isinstance(text, str):
                continue
            if case.reported(tor, column.key):
                continue
            if placeholder(text, column):
                yield case.at("K609", "tor", tor, column.key, text, rincian="hanya tanda pengisi")
            elif column.key in ESSAYS and not has_words(text, FEWEST_WORDS):
                yield case.at("K609", "tor", tor, column.key, text, rincian="terlalu singkat untuk menjelaskan")


@rule("K610")
def measurable_sasaran(case: Case) -> Iterator[Finding]:
    """The sasaran has a number or a unit, and a period (II.b: spesifik, terukur, jelas periode pencapaiannya)."""
    for tor in case.submission.tors:
        text = tor.get("sasaran")
        if not isinstance(text, str) or case.reported(tor, "sasaran") or not answered(case, tor, "sasaran"):
            continue
        if not has_words(text, FEWEST_WORDS):
            continue  # K609 asks for more words first
        lower = text.casefold()
        lacking = [] if _MEASURE(_YEAR.sub(" ", _DATED.sub(" ", lower))) else ["angka atau satuan"]
        lacking += [] if _PERIOD(lower) else ["waktu (triwulan, semester, atau tahun)"]
        if lacking:
            yield case.at("K610", "tor", tor, "sasaran", text, rincian=" dan ".join(lacking))


@rule("K611", "K612")
def kind_of_work(case: Case) -> Iterator[Finding]:
    """Research has its problem statement and a seminar, recurring work its review (I.d, I.f, III.2)."""
    wanted = {
        "Penelitian/kajian": ("K611", ("rumusan_masalah", "seminar")),
        "Berkelanjutan/tahun jamak": ("K612", ("kemajuan",)),
    }
    for tor in case.submission.tors:
        if case.reported(tor, "sifat"):
            continue
        code, keys = wanted.get(str(tor.get("sifat")), ("", ()))
        for key in keys:
            if tor.cell(key) and not case.reported(tor, key) and not answered(case, tor, key):
                yield case.at(code, "tor", tor, key, tor.get(key))


@rule("K613")
def outcome_year(case: Case) -> Iterator[Finding]:
    """The outcome is measured two to five years after the plan's year (VII.3)."""
    budget = budget_year(case)
    for tor in case.submission.tors if budget else ():
        year = tor.get("outcome_tahun")
        if not isinstance(year, Decimal) or case.reported(tor, "outcome_tahun") or "outcome_tahun" in excuses(case, tor):
            continue
        if year - budget not in OUTCOME_YEARS:
            first, last = budget + OUTCOME_YEARS[0], budget + OUTCOME_YEARS[-1]
            shown = format_number(year).replace(".", "")
            yield case.at("K613", "tor", tor, "outcome_tahun", shown, rincian=f"{first} sampai {last}")


def budget_year(case: Case) -> int:
    """The year that the form is for, 0 where that is doubted (T205, T206)."""
    form = case.submission.content.form("identitas") if case.submission.content else None
    year = form.get("tahun") if form else None
    if form and isinstance(year, Decimal):
        return 0 if case.reported(form, "tahun") else int(year)
    return case.office.tahun if case.office else 0


@rule("K614")
def empty_schedule(case: Case) -> Iterator[Finding]:
    """The jadwal marks at least one month (IV: sebaiknya dalam bentuk tabel)."""
    if case.submission.content is None or not case.has("jadwal", *MONTHS):
        return
    for sheet in case.submission.content.all("tor"):
        tor = sheet.forms.get("tor")
        rows = sheet.tables.get("jadwal", ())
        if tor is None or not isinstance(tor.get("tanggal_mulai"), date):
            continue  # a form that is not filled yet has its own catatan
        if not any(row.get(key) is not None or case.reported(row, key) for row in rows for key in MONTHS):
            place = (rows[0].sheet, rows[0].cell(MONTHS[0])) if rows else (tor.sheet, "")
            yield case.here("K614", *place, value=str(tor.get("judul") or ""))
