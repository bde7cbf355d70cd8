"""Rules of what a TOR says: sections really filled, a sasaran that can be measured, what its kind of work asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kinerja_xl.checking.rules import Case, rule
from kinerja_xl.findings import Finding
from kinerja_xl.office import allows_short_tor
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.tor import MONTHS, short_tor_excuses
from kinerja_xl.sheets.values import fold, format_number, is_empty_mark

ESSAYS = ("latar_belakang", "keterkaitan", "manfaat", "tujuan", "sasaran", "lingkup_pelaksanaan")
"""Sections that explain something: one or two words are a heading, no answer."""

FEWEST_WORDS = 3
OUTCOME_YEARS = range(2, 6)
"""Years after the budget year in which an outcome is measured (IV.A.2.VII.3)."""

_FILLERS = frozenset(
    {
        "isi", "diisi", "isidisini", "isian", "akandiisi", "belumdiisi", "belumada", "kosong", "nihil", "tidakada", "na",
        "tba", "tbd", "menyusul", "dst", "contoh", "tes", "test",
    }
)  # fmt: skip
_BRACKETED = re.compile(r"\[.*\]|<.*>", re.DOTALL)
_LABEL_EDGES = re.compile(r"^\s*\w\.\s+|\s*\([^)]*\)\s*$")

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PERIOD = re.compile(
    r"triwulan|caturwulan|kuartal|semester|tahun|bulan|minggu|pekan|\btw\b|\b(?:19|20)\d\d\b|\b\d{1,2}[/-]\d{1,2}\b"
    r"|\b(?:januari|februari|maret|april|mei|juni|juli|agustus|september|oktober|november|desember)\b"
)
# Digits that only name a period ("triwulan 3", "31/12/2025") measure nothing.
_DATED = re.compile(r"\b(?:triwulan|tw|semester|kuartal|caturwulan|tahun)\s*(?:ke)?[\s-]*\d+|\b\d{1,2}[/-]\d{1,2}(?:[/-]\d+)?\b")
_MEASURE = re.compile(
    r"\d|%|\b(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas|belas|puluh|seratus|ratus|seribu|ribu|juta"
    r"|seluruh|semua|persen|rupiah|orang|laporan|dokumen|paket|unit|buah|eksemplar|sertifikat|rekomendasi|kelompok)\b"
)


def placeholder(text: str, *columns: Column) -> bool:
    """Whether a text only stands where an answer should: marks, filler words, a copied label or hint."""
    folded = fold(text)
    if is_empty_mark(text) or not folded or folded in _FILLERS or set(folded) == {"x"} or _BRACKETED.fullmatch(text.strip()):
        return True
    return any(folded in _prompts(column) for column in columns)


def _prompts(column: Column) -> set[str]:
    label = column.label.strip()
    return {fold(part) for part in (label, _LABEL_EDGES.sub("", label), column.hint) if part}


def answered(case: Case, tor: Row, key: str) -> bool:
    """Whether a text field of a TOR holds an answer."""
    value = tor.get(key)
    return isinstance(value, str) and not placeholder(value, case.column("tor", key))


def _excused(case: Case, tor: Row) -> frozenset[str]:
    allowed = case.office is None or allows_short_tor(case.office)
    return short_tor_excuses(tor.values) if allowed else frozenset()


@rule("K609")
def sections(case: Case) -> Iterator[Finding]:
    """Sections I to VIII are filled beyond a placeholder (IV.A.1: the TOR answers 5W2H). A blank one is N401's."""
    for tor in case.submission.tors:
        excused = _excused(case, tor)
        for column in case.submission.content.book.block("tor").columns if case.submission.content else ():
            text = tor.get(column.key)
            if not column.required or column.kind.name != "teks" or column.key in excused or not isinstance(text, str):
                continue
            if case.reported(tor, column.key):
                continue
            if placeholder(text, column):
                yield case.at("K609", "tor", tor, column.key, text, rincian="hanya tanda pengisi")
            elif column.key in ESSAYS and len(re.findall(r"\w+", text)) < FEWEST_WORDS:
                yield case.at("K609", "tor", tor, column.key, text, rincian="terlalu singkat untuk menjelaskan")


@rule("K610")
def measurable_sasaran(case: Case) -> Iterator[Finding]:
    """The sasaran has a number or a unit, and a period (II.b: spesifik, terukur, jelas periode pencapaiannya)."""
    for tor in case.submission.tors:
        text = tor.get("sasaran")
        if not isinstance(text, str) or case.reported(tor, "sasaran") or not answered(case, tor, "sasaran"):
            continue
        if len(re.findall(r"\w+", text)) < FEWEST_WORDS:
            continue  # K609 asks for more words first
        lower = text.casefold()
        lacking = [] if _MEASURE.search(_YEAR.sub(" ", _DATED.sub(" ", lower))) else ["angka atau satuan"]
        lacking += [] if _PERIOD.search(lower) else ["waktu (triwulan, semester, atau tahun)"]
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
    budget = _budget_year(case)
    for tor in case.submission.tors if budget else ():
        year = tor.get("outcome_tahun")
        if not isinstance(year, Decimal) or case.reported(tor, "outcome_tahun") or "outcome_tahun" in _excused(case, tor):
            continue
        if year - budget not in OUTCOME_YEARS:
            first, last = budget + OUTCOME_YEARS[0], budget + OUTCOME_YEARS[-1]
            shown = format_number(year).replace(".", "")
            yield case.at("K613", "tor", tor, "outcome_tahun", shown, rincian=f"{first} sampai {last}")


def _budget_year(case: Case) -> int:
    if case.office:
        return case.office.tahun
    form = case.submission.content.form("identitas") if case.submission.content else None
    year = form.get("tahun") if form else None
    return int(year) if isinstance(year, Decimal) else 0


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
            yield case.here("K614", tor.sheet, value=str(tor.get("judul") or ""))
