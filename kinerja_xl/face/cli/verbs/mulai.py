"""``mulai``: a new year's folder."""

from __future__ import annotations

from pathlib import Path

import click

from kinerja_xl.face.cli.words import FOLDER, Verb


@click.command(cls=Verb, order=10)
@FOLDER
@click.option("--tahun", type=click.IntRange(2000, 2100), required=True, metavar="TAHUN", help="Tahun anggaran, misalnya 2025.")
@click.option(
    "--dari", "old", type=click.Path(path_type=Path), metavar="FOLDER_LAMA",
    help="Bawa unit, pejabat, daftar, dan hasil dari folder tahun lalu.",
)  # fmt: skip
def command(folder: Path, tahun: int, old: Path | None) -> int:
    """Buat folder satu tahun anggaran: Kantor.xlsx, formulir, masuk, hasil."""
    from kinerja_xl.uses.mulai import start_year

    for line in start_year(folder, tahun, old):
        click.echo(line)
    return 0
