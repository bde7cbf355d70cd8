"""``kinerja-xl lkjip``: the tables of chapter III as a Word document."""

from __future__ import annotations

from pathlib import Path

import click

from kinerja_xl.face.cli.words import FOLDER, PDF, Verb, show, target_option


@click.command(cls=Verb, order=90)
@FOLDER
@target_option("Berkas yang ditulis.")
@PDF
def command(folder: Path, target: Path | None, pdf: bool) -> int:
    """Tulis tabel Bab III LKjIP ke berkas Word."""
    from kinerja_xl.uses.lkjip import lkjip

    return show(lkjip(folder, target, pdf=pdf))
