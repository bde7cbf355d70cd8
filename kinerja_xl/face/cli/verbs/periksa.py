"""``periksa``: check files or folders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kinerja_xl.face.cli.run import say
from kinerja_xl.face.cli.words import ALL, FORMAT, Verb

if TYPE_CHECKING:
    from kinerja_xl.uses.year import Year


@click.command(cls=Verb, order=30)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="BERKAS|FOLDER…")
@FORMAT
@ALL
@click.option("--kembalikan", "give_back", is_flag=True, help="Tulis salinan bertanda untuk tiap unit ke hasil/perbaikan.")
@click.option("--tanpa-isi-aktif", "stripped", is_flag=True, help="Salinan itu tanpa makro, tautan, DDE, dan objek.")
def command(paths: tuple[Path, ...], form: str, everything: bool, give_back: bool, stripped: bool) -> int:
    """Periksa berkas atau folder tanpa mengubah apa pun."""
    from kinerja_xl.catatan import needs_work
    from kinerja_xl.face.cli import terminal
    from kinerja_xl.office.place import is_year
    from kinerja_xl.uses import periksa
    from kinerja_xl.uses.year import Year

    reckoned: list[Year] = []
    with terminal.progress() as progress:
        findings = periksa.periksa(paths, progress, reckoned.append)
    known = {year.folder: year for year in reckoned}
    years = [known.get(path) or Year(path) for path in paths if is_year(path)]
    if (give_back and not years) or (stripped and not give_back):
        raise click.UsageError("kembalikan" if give_back else "tanpa-isi-aktif")
    terminal.show_check(findings, form, everything, [year.recap for year in reckoned])
    if form == "teks":
        terminal.show_mendings([m for year in years for m in periksa.mendings(year)])
    for written in [w for year in years if give_back for w in periksa.return_corrections(year, findings, stripped=stripped)]:
        say(f"Dikembalikan: {written.path}", err=form == "json")
    return int(needs_work(findings))
