"""The register of outcomes promised for later years (IV.A.2.VII.3): each TOR's promise is kept until its year, asked of its unit
in the realisasi form of that year, and shown then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from kinerja_xl.office.kantor import Office
from kinerja_xl.reckoning.recap.standing import Placed, Standing
from kinerja_xl.reckoning.year.due import Answer, Answers, Promise, key_of
from kinerja_xl.sheets.content import Row

TABLE = "janji_outcome"


def promised(placed: Iterable[Placed], office: Office, known: Iterable[Row] = ()) -> Iterator[Row]:
    """What the TORs that counted promise for the years after: a row of the register each, unless it stands there already."""
    there = {key_of(row) for row in known}
    for one in placed:
        for tor in one.submission.tors if one.standing is Standing.DIHITUNG else ():
            values: dict[str, object] = {
                "tahun_rencana": Decimal(office.tahun), "unit": one.unit, "kode_sub": tor.get("kode_sub"),
                "outcome": tor.get("outcome"), "target": tor.get("outcome_target"), "satuan": tor.get("outcome_satuan"),
                "tahun": tor.get("outcome_tahun"),
            }  # fmt: skip
            row = Row(values=values)
            if None not in values.values() and key_of(row) not in there:
                there.add(key_of(row))
                yield row


_NOTHING: Answers = {}


def due(office: Office, answers: Answers = _NOTHING) -> tuple[Promise, ...]:
    """Every promise whose year has come, this year's first, then those that were still open from before. What the register says
    itself goes before the forms of the units."""
    rows = office.content.rows(TABLE) if office.content else ()
    found = [promise for row in rows if (promise := _promise(row, office)) and promise.due <= office.tahun]
    mine = [p for p in found if p.due == office.tahun]
    open_ones = [p for p in found if p.due < office.tahun and p.reached is None]
    return tuple(_answered(one, answers.get(one.key)) for one in (*mine, *open_ones))


def _answered(one: Promise, answer: Answer | None) -> Promise:
    if answer is None or one.reached is not None:
        return one
    return replace(one, reached=answer.reached, evidence=answer.evidence)


def _promise(row: Row, office: Office) -> Promise | None:
    origin, year, target = row.number("tahun_rencana"), row.number("tahun"), row.number("target")
    if origin is None or year is None or target is None or not row.get("outcome"):
        return None
    return Promise(
        key=key_of(row), unit=row.text("unit"), unit_nama=office.unit_name(row.text("unit")), kode=row.text("kode_sub"),
        outcome=row.text("outcome"), satuan=row.text("satuan"), origin=int(origin), due=int(year), target=target,
        reached=row.number("realisasi"), evidence=row.text("bukti"), place=(row.sheet, row.cell("realisasi")),
    )  # fmt: skip


def kept(rows: Iterable[Row], answers: Answers) -> Iterator[Row]:
    """The register with what the units reported: what next year begins with."""
    for row in rows:
        answer = answers.get(key_of(row)) if row.get("realisasi") is None else None
        said = {"realisasi": answer.reached, "bukti": answer.evidence or row.get("bukti")} if answer else {}
        yield replace(row, values={**row.values, **said})
