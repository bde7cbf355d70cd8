"""What the verbs of paper share: the option --pdf, and how their result is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kinerja_xl.letters import Paperwork

PDF = click.option("--pdf", is_flag=True, help="Juga sebagai PDF, bila LibreOffice terpasang.")


def show(done: Paperwork) -> int:
    """Every file that was written, then what the office should know; 1 where something is still to be completed."""
    for one in done.written:
        click.echo(f"Ditulis: {one.path}")
        if one.sentence:
            click.echo(one.sentence, err=True)
    for note in done.notes:
        click.echo(note.sentence, err=True)
    return int(done.needs_work)
