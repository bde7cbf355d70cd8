"""``skema``: what the forms and tables hold, for other programs."""

from __future__ import annotations

import click

from kinerja_xl.face.cli.words import Verb


@click.command(cls=Verb, order=920)
@click.argument("buku", required=False, metavar="[BUKU]")
def command(buku: str | None) -> int:
    """Tampilkan skema formulir dan tabel (JSON Schema, Table Schema) untuk program lain."""
    from kinerja_xl.face.cli import answer
    from kinerja_xl.frames.export import BOOKS, book_schema

    if buku is not None and buku not in BOOKS:
        raise click.ClickException(f"Buku {buku} tidak dikenal; yang ada: {', '.join(BOOKS)}.")
    found = book_schema(BOOKS[buku]) if buku else {key: book_schema(book) for key, book in BOOKS.items()}
    if answer.asked():
        answer.detail(found)
    else:
        answer.write(found)
    return 0
