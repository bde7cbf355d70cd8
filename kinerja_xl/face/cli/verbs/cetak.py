"""The verb ``cetak``: TOR with RAB, RKT, Rencana Aksi, nota pengantar, Berita Acara and usulan standar harga on paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from kinerja_xl.face.cli.words import FOLDER, PDF, Verb, show, tanggal_option


@click.command(cls=Verb, order=110)
@FOLDER
@click.option("--unit", "only", metavar="KODE", help="Hanya unit ini.")
@tanggal_option("Tanggal Berita Acara (bawaan: diisi dengan tangan).")
@PDF
def command(folder: Path, only: str | None, tanggal: date | None, pdf: bool) -> int:
    """Tulis TOR, RKT, Rencana Aksi, nota, dan berita acara ke hasil/cetak."""
    from kinerja_xl.uses.cetak import printed_forms

    return show(printed_forms(folder, only, tanggal, pdf=pdf))
