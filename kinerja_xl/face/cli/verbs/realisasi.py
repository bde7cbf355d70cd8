"""``kinerja-xl realisasi``: the measuring workbooks of a triwulan."""

from __future__ import annotations

from pathlib import Path

import click

from kinerja_xl.face.cli.run import say
from kinerja_xl.face.cli.words import FOLDER, Verb


@click.command(cls=Verb, order=60)
@FOLDER
@click.option("--triwulan", type=click.IntRange(1, 4), required=True, metavar="N", help="Triwulan 1 sampai 4.")
@click.option("--unit", metavar="KODE", help="Hanya unit ini.")
def command(folder: Path, triwulan: int, unit: str | None) -> int:
    """Tulis formulir realisasi tiap unit untuk satu triwulan."""
    from kinerja_xl.uses.realisasi import write_measuring

    for line in write_measuring(folder, triwulan, unit):
        say(line)
    return 0
