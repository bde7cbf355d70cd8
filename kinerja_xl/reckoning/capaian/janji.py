"""The register of outcomes promised for later years (IV.A.2.VII.3): each TOR's promise is kept until its year, and shown then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from kinerja_xl.office.kantor import Office
from kinerja_xl.reckoning.recap.standing import Placed, Standing
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.formats import round_half_up
from kinerja_xl.words.text import fold

TABLE = "janji_outcome"


def promised(placed: Iterable[Placed], office: Office, known: Iterable[Row] = ()) -> Iterator[Row]:
    """What the TORs that counted promise for the years after: a row of the register each, unless it stands there already."""
    there = {_key(row) for row in known}
    for one in placed:
        for tor in one.submission.tors if one.standing is Standing.DIHITUNG else ():
            values: dict[str, object] = {
                "tahun_rencana": Decimal(office.tahun), "unit": one.unit, "kode_sub": tor.get("kode_sub"),
                "outcome": tor.get("outcome"), "target": tor.get("outcome_target"), "satuan": tor.get("outcome_satuan"),
                "tahun": tor.get("outcome_tahun"),
            }  # fmt: skip
            row = Row(values=values)
            if None not in values.values() and _key(row) not in there:
                there.add(_key(row))
                yield row


def _key(row: Row) -> tuple[str, ...]:
    return tuple(fold(row.text(key)) for key in ("tahun_rencana", "unit", "kode_sub", "outcome"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """An outcome that an earlier plan promised: ``origin`` says which; ``due`` the year it is measured in; ``reached`` None until
    somebody measured it, then ``percent`` of the target with two decimals (None: not computable)."""

    unit: str
    kode: str
    outcome: str
    satuan: str
    origin: int
    due: int
    target: Decimal
    reached: Decimal | None
    percent: Decimal | None
    evidence: str


def due(office: Office) -> tuple[Promise, ...]:
    """Every promise whose year has come, this year's first, then those that are still open from before."""
    rows = office.content.rows(TABLE) if office.content else ()
    found = [promise for row in rows if (promise := _promise(row)) and promise.due <= office.tahun]
    mine = [p for p in found if p.due == office.tahun]
    return (*mine, *(p for p in found if p.due < office.tahun and p.reached is None))


def _promise(row: Row) -> Promise | None:
    origin, year, target = row.number("tahun_rencana"), row.number("tahun"), row.number("target")
    if origin is None or year is None or target is None or not row.get("outcome"):
        return None
    reached = row.number("realisasi")
    percent = round_half_up(100 * reached / target, 2) if reached is not None and target > 0 else None
    return Promise(
        unit=row.text("unit"), kode=row.text("kode_sub"), outcome=row.text("outcome"), satuan=row.text("satuan"),
        origin=int(origin), due=int(year), target=target, reached=reached, percent=percent, evidence=row.text("bukti"),
    )  # fmt: skip
