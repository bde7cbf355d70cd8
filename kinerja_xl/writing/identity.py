"""The mark by which a workbook of ours is known again: what it is, its version, its year."""

from __future__ import annotations

from xlsxwriter.workbook import Workbook

from kinerja_xl.sheets.content import IDENTITY_NAME, Identity


def set_identity(workbook: Workbook, identity: Identity) -> None:
    """In a custom property, and in a defined name for programs that drop properties."""
    workbook.set_custom_property(IDENTITY_NAME, identity.text(), "text")
    workbook.define_name(IDENTITY_NAME, f'="{identity.text().replace(chr(34), chr(39))}"')
