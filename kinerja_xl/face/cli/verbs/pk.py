"""The verb ``pk``: the Perjanjian Kinerja of everybody in the chain as letters."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from kinerja_xl.face.cli.words import FOLDER, PDF, Verb, show, tanggal_option


@click.command(cls=Verb, order=100)
@FOLDER
@click.option("--unit", "only", metavar="KODE", help="Hanya surat ini: kode unit, camat, sekcam, atau kode staf.")
@tanggal_option("Tanggal surat (bawaan dari lembar PK, lalu Kantor.xlsx).")
@PDF
def command(folder: Path, only: str | None, tanggal: date | None, pdf: bool) -> int:
    """Tulis surat Perjanjian Kinerja ke hasil/surat."""
    from kinerja_xl.uses.pk import pk_letters

    return show(pk_letters(folder, only, tanggal, pdf=pdf))
