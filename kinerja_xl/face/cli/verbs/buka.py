"""``buka``: the page on this computer."""

from __future__ import annotations

from pathlib import Path

import click

from kinerja_xl.face.cli.words import Verb, YearFolder


@click.command(cls=Verb, order=3, points=False, results=False)
@click.argument("folder", required=False, type=YearFolder(), metavar="[FOLDER]")
@click.option("--tanpa-peramban", "quiet", is_flag=True, help="Jangan buka peramban; alamatnya tercetak pada baris pertama.")
def command(folder: Path | None, quiet: bool) -> int:
    """Buka halaman di peramban komputer ini, untuk bekerja tanpa mengetik perintah."""
    from kinerja_xl.face.page import serve

    try:
        serve(folder, browser=not quiet)
    except KeyboardInterrupt:
        click.echo("Halaman ditutup.", err=True)
    return 0
