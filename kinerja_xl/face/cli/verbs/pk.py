"""The verb ``pk``: the Perjanjian Kinerja of everybody in the chain as letters."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from kinerja_xl.face.cli.words import FOLDER, PDF, Verb, careful, show


@click.command("pk", cls=Verb)
@FOLDER
@click.option("--unit", "only", metavar="KODE", help="Hanya surat ini: kode unit, camat, sekcam, atau kode staf.")
@click.option(
    "--tanggal",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="TTTT-BB-HH",
    help="Tanggal surat (bawaan dari lembar PK, lalu Kantor.xlsx).",
)
@PDF
def command(folder: Path, only: str | None, tanggal: datetime | None, pdf: bool) -> int:
    """Tulis surat Perjanjian Kinerja ke hasil/surat."""
    from kinerja_xl.uses.pk import pk_letters

    return careful(lambda: show(pk_letters(folder, only, tanggal.date() if tanggal else None, pdf=pdf)))
