"""``perbarui``: an older form becomes today's."""

from __future__ import annotations

from pathlib import Path

import click

from kinerja_xl.face.cli.words import Book, Verb, YearFolder, target_option


@click.command(cls=Verb, order=900)
@click.argument("old", type=Book(), metavar="LAMA.xlsx")
@target_option("Berkas baru.", metavar="BARU.xlsx", required=True)
@click.option("--folder", type=YearFolder(), metavar="FOLDER", help="Folder tahun yang memuat Kantor.xlsx.")
def command(old: Path, target: Path, folder: Path | None) -> int:
    """Pindahkan isi formulir lama ke formulir terbaru."""
    from kinerja_xl.face.cli import terminal
    from kinerja_xl.uses import perbarui

    terminal.show_renewed(perbarui.renew(old, target, folder))
    return 0
