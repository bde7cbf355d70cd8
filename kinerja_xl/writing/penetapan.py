"""Penetapan-….xlsx: the locked plan as a protected workbook that carries its hash."""

from __future__ import annotations

from collections.abc import Mapping

from kinerja_xl.reckoning.plan import Plan
from kinerja_xl.reckoning.plan_content import content_of
from kinerja_xl.sheets.listing import Listings
from kinerja_xl.sheets.marks import Identity
from kinerja_xl.sheets.model import Table
from kinerja_xl.sheets.penetapan import HASH_PROPERTY, PENETAPAN
from kinerja_xl.writing.form import write_book

NO_LISTS = Listings(by_name={})


def plan_title(plan: Plan) -> str:
    """``Penetapan`` or ``Perubahan ke-1``."""
    return plan.tahap.capitalize() + (f" ke-{plan.nomor}" if plan.nomor else "")


def write_plan(plan: Plan, accounts: Mapping[str, str], paper: str = "Folio") -> bytes:
    """The workbook as bytes. ``plan`` is steady (``reckoning.plan_content``); ``accounts`` names accounts for people."""
    content = content_of(plan, accounts)
    tables = [b for s in PENETAPAN.sheets for b in s.blocks if isinstance(b, Table)]
    identity = Identity(
        book=PENETAPAN.key, version=str(PENETAPAN.version), tahun=str(plan.tahun), unit="", kantor=plan.kantor
    )  # fmt: skip
    return write_book(
        content,
        NO_LISTS,
        identity,
        subtitle=f"{plan.kantor}, Tahun Anggaran {plan.tahun}, {plan_title(plan)}",
        paper=paper,
        rows={table.key: max(1, len(content.rows(table.key))) for table in tables},
        frozen=True,
        properties={HASH_PROPERTY: plan.sha256},
    )
