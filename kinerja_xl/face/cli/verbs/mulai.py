"""``mulai``: a new year's folder."""

from __future__ import annotations

from pathlib import Path

import click

from kinerja_xl.face import YEARS
from kinerja_xl.face.cli.run import say
from kinerja_xl.face.cli.words import NEW_FOLDER, Verb, YearFolder


@click.command(cls=Verb, order=10)
@NEW_FOLDER
@click.option("--tahun", type=click.IntRange(*YEARS), required=True, metavar="TAHUN", help="Tahun anggaran, misalnya 2025.")
@click.option(
    "--dari", "old", type=YearFolder(), metavar="FOLDER_LAMA",
    help="Bawa unit, pejabat, daftar, dan hasil dari folder tahun lalu.",
)  # fmt: skip
def command(folder: Path, tahun: int, old: Path | None) -> int:
    """Buat folder satu tahun anggaran: Kantor.xlsx, formulir, masuk, hasil."""
    from kinerja_xl.uses.mulai import start_year

    for line in start_year(folder, tahun, old):
        say(line)
    return 0
