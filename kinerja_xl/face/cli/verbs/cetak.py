"""The verb ``cetak``: TOR with RAB, RKT, Rencana Aksi, nota pengantar, Berita Acara and usulan standar harga on paper."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from kinerja_xl.face.cli.words import FOLDER, PDF, Verb, careful, show


@click.command("cetak", cls=Verb)
@FOLDER
@click.option("--unit", "only", metavar="KODE", help="Hanya unit ini.")
@click.option(
    "--tanggal",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="TTTT-BB-HH",
    help="Tanggal Berita Acara (bawaan: diisi dengan tangan).",
)
@PDF
def command(folder: Path, only: str | None, tanggal: datetime | None, pdf: bool) -> int:
    """Tulis TOR, RKT, Rencana Aksi, nota, dan berita acara ke hasil/cetak."""
    from kinerja_xl.uses.pk import printed_forms

    return careful(lambda: show(printed_forms(folder, only, tanggal.date() if tanggal else None, pdf=pdf)))
