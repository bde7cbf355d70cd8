"""``formulir``: the units' blank forms."""

from __future__ import annotations

from pathlib import Path

import click

from kinerja_xl.face import FORM_ROWS, FORM_TORS
from kinerja_xl.face.cli.run import say
from kinerja_xl.face.cli.words import FOLDER, Verb


@click.command(cls=Verb, order=20)
@FOLDER
@click.option("--unit", metavar="KODE", help="Hanya unit ini.")
@click.option("--tor", type=click.IntRange(*FORM_TORS), metavar="N", help="Banyaknya lembar TOR.")
@click.option("--baris", type=click.IntRange(*FORM_ROWS), metavar="N", help="Banyaknya baris RAB dan Indikator yang disiapkan.")
def command(folder: Path, unit: str | None, tor: int | None, baris: int | None) -> int:
    """Tulis formulir kosong unit menurut isi Kantor.xlsx sekarang."""
    from kinerja_xl.uses.formulir import write_forms

    for line in write_forms(folder, unit, tor, baris):
        say(line)
    return 0
