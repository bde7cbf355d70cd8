"""``contoh``: a sample office to try things with."""

from __future__ import annotations

from pathlib import Path

import click

from kinerja_xl.face.cli.run import say
from kinerja_xl.face.cli.words import NEW_FOLDER, Verb


@click.command(cls=Verb, order=5)
@NEW_FOLDER
@click.option("--bermasalah", "faulty", is_flag=True, help="Kantor yang berkasnya penuh kesalahan lazim.")
def command(folder: Path, faulty: bool) -> int:
    """Salin kantor contoh dan panduan ke folder baru, untuk mencoba."""
    from kinerja_xl.uses.contoh import copy_sample

    for line in copy_sample(folder, faulty=faulty):
        say(line)
    return 0
