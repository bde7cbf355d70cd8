"""``jelaskan``: what a code of a catatan means."""

from __future__ import annotations

import click

from kinerja_xl.face.cli.words import Verb


@click.command(cls=Verb, order=910)
@click.argument("kode", metavar="KODE")
def command(kode: str) -> int:
    """Jelaskan satu kode catatan: artinya, akibatnya, dan sumbernya."""
    from kinerja_xl.catatan import catalogue, explain
    from kinerja_xl.face.cli import answer

    found = catalogue().get(kode.upper())
    if found is None:
        from kinerja_xl.sheets.values import suggest

        near = suggest(kode.upper(), list(catalogue()))
        raise click.ClickException(
            f"Kode {kode} tidak dikenal{f'; mungkin {near[0]}' if near else ''}. Daftarnya: catatan.md di folder panduan."
        )
    if answer.asked():
        answer.detail(found.as_dict())
    click.echo(explain(found))
    return 0
