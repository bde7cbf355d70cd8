"""Workbooks that are filled in: a unit's form, Kantor.xlsx, and anything else declared in ``sheets/``; their finished bytes."""

from __future__ import annotations

from collections.abc import Mapping

from kinerja_xl.office.kantor import Office, Unit, allows_short_tor
from kinerja_xl.office.prefill import default_listings, kantor_identity, office_listings, unit_identity
from kinerja_xl.sheets.content import BookContent
from kinerja_xl.writing.form.book import write_book

__all__ = ["form_name", "kantor_book", "unit_book", "write_book"]


def kantor_book(content: BookContent) -> bytes:
    """Kantor.xlsx with this content."""
    identity = kantor_identity(content)
    return write_book(content, default_listings(), identity, subtitle=f"{identity.kantor}, Tahun Anggaran {identity.tahun}")


def unit_book(content: BookContent, office: Office, unit: Unit, rows: Mapping[str, int] | None = None) -> bytes:
    """A unit's form with this content, and with the codes and lists that Kantor.xlsx gives that unit."""
    return write_book(
        content,
        office_listings(office, unit),
        unit_identity(office, unit, content.book),
        subtitle=f"{unit.nama}, {office.nama}, Tahun Anggaran {office.tahun}",
        paper=office.policy("kertas") or "Folio",
        rows=rows,
        short_tor=allows_short_tor(office),
    )


def form_name(office: Office, unit: Unit) -> str:
    """File name of a unit's form; the unit's code in it is a help for people, never what decides whose it is."""
    return f"Usulan-{unit.kode}-{office.tahun}.xlsx"
