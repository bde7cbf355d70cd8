"""What ties an indicator to others: it is what Renstra and PK Pimpinan say of it, and one and the same on every sheet.

And the candidates for IKU: what is marked was weighed and chosen, by a team, and set by decree (V.B.5).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from kinerja_xl.catatan import Finding, Severity
from kinerja_xl.checking.rules import Case, explained, no_target, rule, shown_number
from kinerja_xl.checking.said import placeholder
from kinerja_xl.checking.usulan.indikator import without_outcome
from kinerja_xl.checking.usulan.indikator_wajar import STATES, against, backwards
from kinerja_xl.sheets.choices import SATUAN
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.indikator import IKU, SCORES
from kinerja_xl.sheets.values import fold, format_number, suggest

# ---- An indicator of the Renstra, or of the leaders' PK, is the same one in the unit ------------------


@rule("I762", settles=True)
def sasaran_of_iku(case: Case) -> Iterator[Finding]:
    """An IKU of the Renstra serves there the sasaran that it serves here (V.B.5.a). What is no sasaran at all is said by U912."""
    if case.office is None:
        return
    coded = {goal.kode_sasaran: goal.sasaran for goal in reversed(case.office.renstra) if goal.kode_sasaran}
    # One code is one sasaran: two texts for it are the office's to settle (G113).
    goals = [(fold(goal.indikator), coded.get(goal.kode_sasaran, goal.sasaran)) for goal in case.office.renstra]
    goals += [(fold(goal.indikator), goal.sasaran) for goal in case.office.renstra]
    promised = [(fold(row.text("indikator")), row.text("sasaran")) for row in case.office.pk_pimpinan]
    every = {fold(sasaran) for _, sasaran in goals}
    for row in case.submission.indikator:
        name, own = fold(row.text("nama")), row.text("sasaran")
        there = [sasaran for indikator, sasaran in goals if indikator == name]
        fitting = {fold(sasaran) for indikator, sasaran in (*goals, *promised) if indikator == name}
        if there and fold(own) in every - fitting and not case.reported(row, "nama", "sasaran"):
            yield case.at("I762", "indikator", row, "sasaran", own, nama=row.text("nama"), rincian=there[0])


@rule("I718", "I723", settles=True)
def as_above(case: Case) -> Iterator[Finding]:
    """A unit's indicator that the Renstra or a leader's PK names has its satuan, arah and target (III.A, V.C.1)."""
    above = _above(case)
    for row in case.submission.indikator if above else ():
        match = above.get(fold(row.text("nama")))
        if match is None or case.reported(row, "nama"):
            continue
        there, where, target = match
        for key in ("arah", SATUAN):
            own, other = row.get(key), there.get(key)
            same = case.lists.measures.same(own, other) if key == SATUAN else own == other
            if isinstance(own, str) and isinstance(other, str) and not same and not case.reported(row, key):
                words = {"nama": row.text("nama"), "pembanding": where, "rincian": other}
                yield case.at("I718", "indikator", row, key, own, **words)
                break
        else:
            own, other = row.get("target"), there.get(target)
            if own is None or other is None or own == other or case.reported(row, "target") or no_target(case, row):
                continue
            words = {"nama": row.text("nama"), "pembanding": where, "rincian": _figure(other)}
            yield explained(case.at("I723", "indikator", row, "target", _figure(own), **words), row)


SLIPPED = 8
"""What was reached is no eightfold, and no eighth, of what is to be reached."""


@rule("I773", "I793")
def behind_last_year(case: Case) -> Iterator[Finding]:
    """What was reached last year is no target that is worse (V.C.3): of what is measured, not of what a budget pays for. A target
    of the Renstra, or of the leaders, is theirs. One that is many times the other lost its comma, and is named itself."""
    above = _above(case)
    for row in case.submission.indikator:
        was, aim, arah = row.get("baseline"), row.get("target"), row.get("arah")
        unit = case.lists.measures.find(row.text(SATUAN))
        counted = row.get("tipe") == "Kuantitas absolut" and (unit is None or unit.kelompok not in STATES)
        if counted or row.get("akumulasi") == "Jumlah" or not isinstance(was, Decimal) or not isinstance(aim, Decimal):
            continue
        if not against(arah, [was, aim]) or backwards(case, row) or case.reported(row, "baseline", "target", "arah", "tipe"):
            continue
        if min(was, aim) > 0 and max(was, aim) >= SLIPPED * min(was, aim):
            words = {"rincian": _figure(aim), "nama": row.text("nama")}
            yield explained(case.at("I793", "indikator", row, "baseline", _figure(was), **words), row)
            continue
        words = {"rincian": _figure(was), "arah": str(arah), "nama": row.text("nama")}
        said = explained(case.at("I773", "indikator", row, "target", _figure(aim), **words), row)
        yield replace(said, severity_override=Severity.INFO) if fold(row.text("nama")) in above else said


def _above(case: Case) -> Mapping[str, tuple[Row, str, str]]:
    """By folded name: the row above, the sheet that it stands on, and the column of this year's target. Rows of Kantor.xlsx that
    have a catatan of their own are nothing to be held against."""
    content = case.office.content if case.office else None
    if case.office is None or content is None:
        return {}
    named = {(f.sheet, f.cell) for f in case.office.findings if f.cell}
    found: dict[str, tuple[Row, str, str]] = {}
    for block, target in (("renstra", "target_0"), ("pk_pimpinan", "target")):
        for row in content.rows(block):
            name = fold(row.text("indikator"))
            if name and not any((row.sheet, cell) in named for cell in row.places.values()):
                found.setdefault(name, (row, f"lembar {row.sheet}", target))
    return found


def _figure(value: object) -> str:
    return format_number(value) if isinstance(value, Decimal) else str(value)


# ---- One name, target and unit on every sheet ----------------------------------------------------------


@rule("I728", settles=True)
def one_indicator(case: Case) -> Iterator[Finding]:
    """An indicator that says otherwise than all other sheets, which agree: the slip is here, and it is one."""
    content = case.submission.content
    if content is None or not case.has("indikator", "nama", "target", SATUAN):
        return
    rows = [row for row in case.submission.indikator if isinstance(row.get("nama"), str) and not case.reported(row, "nama")]
    elsewhere, known = _elsewhere(case), {fold(row.text("nama")) for row in rows}
    lone = {folded: spelt for folded, (spelt, sheets) in elsewhere.items() if folded not in known and len(sheets) > 1}
    outputs = {tor.get("kode_sub"): tor for tor in reversed(case.submission.tors)}
    goals = {fold(row.text("indikator")): row for row in content.rows("pk_kinerja")}
    for row in rows:
        name, tor = fold(row.text("nama")), outputs.get(row.get("kode")) if row.get("level") == "Output" else None
        near = suggest(row.text("nama"), lone.values()) if name not in elsewhere and lone else ()
        if name not in elsewhere and not near and tor is not None and fold(tor.text("output")) in lone:
            near = (tor.text("output"),)
        if near:
            words = {"rincian": near[0], "tempat": " dan ".join(sorted(elsewhere[fold(near[0])][1]))}
            yield case.at("I728", "indikator", row, "nama", row.text("nama"), **words)
        elif tor is not None and fold(tor.text("output")) == name and name in goals:
            yield from _odd_figure(case, row, tor, goals[name])


def _odd_figure(case: Case, row: Row, tor: Row, goal: Row) -> Iterator[Finding]:
    """Target or unit of an output that its TOR and the PK both give otherwise."""
    for key in ("target", SATUAN):
        own, one, two = row.get(key), tor.get(f"output_{key}"), goal.get(key)
        if None in (own, one, two) or case.reported(row, key) or case.reported(tor, f"output_{key}") or case.reported(goal, key):
            continue
        same = case.lists.measures.same if key == SATUAN else lambda a, b: a == b
        if same(one, two) and not same(own, one):
            yield case.at("I728", "indikator", row, key, _figure(own), rincian=_figure(one), tempat="TOR dan PK")


def _elsewhere(case: Case) -> Mapping[str, tuple[str, set[str]]]:
    """Folded name of an indicator -> as it is written, and the sheets that say so: TOR, Calon IKU, PK and the Renstra."""
    content = case.submission.content
    assert content is not None
    places = [("TOR", tor.text("output")) for tor in case.submission.tors]
    places += [("PK", row.text("indikator")) for row in content.rows("pk_kinerja")]
    places += [(IKU.name, row.text("nama")) for row in content.rows("iku")]
    places += [("Renstra", goal.indikator) for goal in case.office.renstra] if case.office else []
    found: dict[str, tuple[str, set[str]]] = {}
    for sheet, name in places:
        if name:
            found.setdefault(fold(name), (name, set()))[1].add(sheet)
    return found


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


@rule("I711", "I712", settles=True)
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
        typed = row.typed_over("nilai")
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
