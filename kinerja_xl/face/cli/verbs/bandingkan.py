"""``bandingkan``: what differs between two plans, recaps or proposals."""

from __future__ import annotations

from pathlib import Path

import click

from kinerja_xl.face.cli.words import ALL, Book, Verb, target_option


@click.command(cls=Verb, order=80)
@click.argument("old", type=Book(), metavar="LAMA.xlsx")
@click.argument("new", type=Book(), metavar="BARU.xlsx")
@target_option("Berkas perbandingan yang ditulis.", metavar="BEDA.xlsx", required=True)
@ALL
def command(old: Path, new: Path, target: Path, everything: bool) -> int:
    """Bandingkan dua penetapan, rekap, atau usulan: apa yang berubah."""
    from kinerja_xl.catatan import needs_work
    from kinerja_xl.face.cli import terminal_year
    from kinerja_xl.uses import bandingkan

    done = bandingkan.compare_books(old, new, target)
    terminal_year.show_comparison(done, everything)
    return int(needs_work(done.findings))
