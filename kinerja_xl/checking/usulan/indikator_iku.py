"""Rules of the candidates for IKU: what is marked was weighed and chosen, by a team, and set by decree (V.B.5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kinerja_xl.catatan import Finding, Severity
from kinerja_xl.checking.rules import Case, placeholder, rule, shown_number
from kinerja_xl.checking.usulan.indikator import without_outcome
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.indikator import IKU, SCORES
from kinerja_xl.sheets.values import fold, format_number, suggest

TOO_LOW = ("Input", "Proses")
"""Levels that are no key indicator: from output on (BAB V, V.B.5)."""


def _judged(case: Case) -> bool:
    """Whether this version of the form has candidates, and both sheets can be held against each other."""
    content = case.submission.content
    declared = content is not None and any(sheet.key == IKU.key for sheet in content.book.sheets)
    return declared and case.has("indikator", "nama", "iku") and case.has("iku", "nama", "dipilih")


def _candidates(case: Case) -> tuple[Row, ...]:
    return case.submission.content.rows("iku") if case.submission.content else ()


def _named(rows: tuple[Row, ...], mark: str) -> dict[str, Row]:
    """Rows whose ``mark`` is Ya, by their folded name; the first of equal names."""
    found: dict[str, Row] = {}
    for row in rows:
        if row.get(mark) == "Ya" and isinstance(name := row.get("nama"), str):
            found.setdefault(fold(name), row)
    return found


@rule("I711", "I712")
def marked_and_chosen(case: Case) -> Iterator[Finding]:
    """An indicator is marked IKU exactly when it was chosen among the candidates.

    A name that is only written differently is one catatan, at the candidate.
    """
    content, rows, indikator = case.submission.content, _candidates(case), case.submission.indikator
    if content is None or not _judged(case):
        return
    if any(case.reported(r, "nama", "dipilih") for r in rows) or any(case.reported(r, "nama", "iku") for r in indikator):
        return  # the cell that was named may hold what is missed here
    marked, chosen = _named(indikator, "iku"), _named(rows, "dipilih")
    if marked and not content.all(IKU.key):
        names = "; ".join(str(row.get("nama")) for row in marked.values())
        yield case.here("I711", IKU.name, value=names, rincian=f"lembar {IKU.name} tidak ada")
        return
    lone = {name: row for name, row in marked.items() if name not in chosen}
    by_name = {str(row.get("nama")): name for name, row in lone.items()}
    known = {fold(str(row.get("nama") or "")) for row in indikator}
    bare = bool(without_outcome(case))  # the outcome that is missed there has its own catatan
    for name, row in chosen.items():
        if name in marked or bare and name not in known:
            continue
        near = () if name in known else suggest(str(row.get("nama")), list(by_name))
        words = "pada lembar Indikator tidak ditandai IKU" if name in known else "tidak ada pada lembar Indikator"
        if near:
            lone.pop(by_name.pop(near[0]), None)
        usul = f'; mungkin yang dimaksud "{near[0]}"' if near else ""
        said = case.at("I712", "iku", row, "nama", row.get("nama"), rincian=words, usul=usul)
        # Where a name is near it stands for the mark without a candidate (I711) as well.
        yield replace(said, severity_override=Severity.WAJIB) if near else said
    listed = {fold(str(row.get("nama") or "")) for row in rows}
    for name, row in lone.items():
        words = f"pada lembar {IKU.name} tidak dipilih" if name in listed else f"tidak ada pada lembar {IKU.name}"
        yield case.at("I711", "indikator", row, "iku", row.get("nama"), rincian=words)


@rule("I713")
def weighted_score(case: Case) -> Iterator[Finding]:
    """The weighted score is what scores and the office's weights give; weights changed since are said once."""
    told = False
    for row in _candidates(case) if case.office else ():
        ours, shown = row.get("nilai"), shown_number(row, "nilai")
        if not isinstance(ours, Decimal) or case.reported(row, *SCORES, "nilai"):
            continue
        typed = row.shown.get("nilai/rumus") is False
        if shown is None or abs(shown - ours) < Decimal("0.005") or (told and not typed):
            continue
        told = told or not typed
        cause = "angkanya terketik di atas rumus" if typed else "bobot di Kantor.xlsx berubah sejak formulir ini dibuat"
        yield case.at("I713", "iku", row, "nilai", format_number(shown), rincian=format_number(ours), sebab=cause)


@rule("I714")
def decree(case: Case) -> Iterator[Finding]:
    """From penetapan on the team and the number of the decree are named, once anything was chosen."""
    content = case.submission.content
    if content is None or not case.binding or not case.has("iku_penetapan") or not _named(_candidates(case), "dipilih"):
        return
    form = content.form("iku_penetapan")
    missing = [c for c in content.book.block("iku_penetapan").columns if c.key in ("tim", "nomor_keputusan")]
    if form is None:
        words = " dan ".join(c.label for c in missing)
        yield case.once_locked(case.here("I714", next(s.name for s in content.all(IKU.key)), rincian=words))
        return
    missing = [c for c in missing if placeholder(form.text(c.key), c) and form.cell(c.key) and not case.reported(form, c.key)]
    if missing:
        words = " dan ".join(c.label for c in missing)
        yield case.once_locked(case.at("I714", "iku_penetapan", form, missing[0].key, rincian=words))


@rule("I715")
def level_of_iku(case: Case) -> Iterator[Finding]:
    """A key indicator is at least an output."""
    for row in case.submission.indikator:
        if row.get("iku") == "Ya" and row.get("level") in TOO_LOW and not case.reported(row, "iku", "level"):
            yield case.at("I715", "indikator", row, "level", row.get("level"), nama=str(row.get("nama") or ""))
