"""``status``: where the year stands, what is still owed, what comes next."""

from __future__ import annotations

from pathlib import Path

import click

from kinerja_xl.face.cli.words import FOLDER, FORMAT, Verb


@click.command(cls=Verb, order=25, points=False)
@FOLDER
@FORMAT
def command(folder: Path, form: str) -> int:
    """Tunjukkan sampai di mana tahun ini: yang ditunggu, dan langkah berikutnya."""
    from kinerja_xl.face.cli import terminal, terminal_year
    from kinerja_xl.uses.status import status
    from kinerja_xl.uses.year import Year

    with terminal.progress() as progress:
        found = status(Year(folder, progress))
    terminal_year.show_status(found, form)
    return int(found.owing)
