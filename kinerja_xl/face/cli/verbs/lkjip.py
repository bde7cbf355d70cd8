"""``kinerja-xl lkjip``: the tables of chapter III as a Word document."""

from __future__ import annotations

from pathlib import Path

import click

from kinerja_xl.face.cli.words import FOLDER, PDF, Verb, careful, show


@click.command("lkjip", cls=Verb)
@FOLDER
@click.option(
    "-o", "--hasil", "target", type=click.Path(path_type=Path, dir_okay=False), metavar="BERKAS", help="Berkas yang ditulis."
)
@PDF
def command(folder: Path, target: Path | None, pdf: bool) -> int:
    """Tulis tabel Bab III LKjIP ke berkas Word."""
    from kinerja_xl.uses.lkjip import lkjip

    return careful(lambda: show(lkjip(folder, target, pdf=pdf)))
