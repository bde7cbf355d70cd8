"""``bandingkan``: what differs between two plans, recaps or proposals."""

from __future__ import annotations

from pathlib import Path

import click

from kinerja_xl.face.cli.words import ALL, Verb, careful

_BOOK = click.Path(path_type=Path, dir_okay=False)


@click.command("bandingkan", cls=Verb)
@click.argument("old", type=_BOOK, metavar="LAMA.xlsx")
@click.argument("new", type=_BOOK, metavar="BARU.xlsx")
@click.option("-o", "--hasil", "target", type=_BOOK, required=True, metavar="BEDA.xlsx", help="Berkas perbandingan yang ditulis.")
@ALL
def command(old: Path, new: Path, target: Path, everything: bool) -> int:
    """Bandingkan dua penetapan, rekap, atau usulan: apa yang berubah."""
    from kinerja_xl.face.cli import terminal_year
    from kinerja_xl.uses import bandingkan, workflow

    def action() -> int:
        done = bandingkan.compare_books(old, new, target)
        terminal_year.show_comparison(done, everything)
        return int(workflow.needs_work(done.findings))

    return careful(action)
