"""``skema``: what the forms and tables hold, for other programs."""

from __future__ import annotations

import click

from kinerja_xl.face.cli.words import Verb


@click.command(cls=Verb, order=920)
@click.argument("buku", required=False, metavar="[BUKU]")
def command(buku: str | None) -> int:
    """Tampilkan skema formulir dan tabel (JSON Schema, Table Schema) untuk program lain."""
    from kinerja_xl.face.cli import answer
    from kinerja_xl.frames.export import book_schema
    from kinerja_xl.sheets.books import FILLED

    if buku is not None and buku not in FILLED:
        raise click.ClickException(f"Buku {buku} tidak dikenal; yang ada: {', '.join(FILLED)}.")
    found = book_schema(FILLED[buku]) if buku else {key: book_schema(book) for key, book in FILLED.items()}
    if answer.asked():
        answer.detail(found)
    else:
        answer.write(found)
    return 0
