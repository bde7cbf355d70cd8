"""What ties an indicator to others: it is what Renstra and PK Pimpinan say of it, and one and the same on every sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from kinerja_xl.catatan import Finding, Severity
from kinerja_xl.checking.rules import Case, explained, no_target, rule
from kinerja_xl.checking.usulan.indikator_wajar import STATES, against
from kinerja_xl.sheets.choices import SATUAN
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.indikator import IKU
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


@rule("I773")
def behind_last_year(case: Case) -> Iterator[Finding]:
    """What was reached last year is no target that is worse (V.C.3): of what is measured, not of what a budget pays for. A target
    of the Renstra, or of the leaders, is theirs."""
    above = _above(case)
    for row in case.submission.indikator:
        was, aim, arah = row.get("baseline"), row.get("target"), row.get("arah")
        unit = case.lists.measures.find(row.text(SATUAN))
        counted = row.get("tipe") == "Kuantitas absolut" and (unit is None or unit.kelompok not in STATES)
        if counted or row.get("akumulasi") == "Jumlah" or not isinstance(was, Decimal) or not isinstance(aim, Decimal):
            continue
        if against(arah, [was, aim]) and not case.reported(row, "baseline", "target", "arah", "tipe"):
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
