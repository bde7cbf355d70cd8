"""One run of a verb: which files it wrote, said as links and opened if asked."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, Any

import click

from kinerja_xl.face.cli import log
from kinerja_xl.face.opening import show_file

if TYPE_CHECKING:
    from pathlib import Path

    from kinerja_xl.writing.output import Written

USAGE_TROUBLE = 2
_OPEN, WRITTEN = f"{__name__}.open", f"{__name__}.written"


def _asked(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    ctx.meta[_OPEN] = value


OPENS = click.Option(["--buka"], is_flag=True, expose_value=False, callback=_asked, help="Buka hasilnya sesudah ditulis.")


def watched(ctx: click.Context, action: Callable[[], Any]) -> Any:
    """Run a verb, remembering what it writes; then end its log, and open the result where that was asked."""
    from kinerja_xl.writing.seen import watched as told

    written: list[Path] = ctx.meta.setdefault(WRITTEN, [])

    def seen(one: Written) -> None:
        written.append(one.path)
        log.info("ditulis %s, %d bita", one.path.name, one.path.stat().st_size)

    status: Any = USAGE_TROUBLE
    try:
        with told(seen):
            status = action()
    finally:
        log.end(ctx, status)
    if ctx.meta.get(_OPEN) and status in (0, 1):
        _open(written)
    return status


# ---- where the result is ----


def say(line: str, *, err: bool = False) -> None:
    """A line that is never broken, so that a path in it can be copied; files just written are links where the terminal can."""
    ctx, stream = click.get_current_context(silent=True), sys.stderr if err else sys.stdout
    written = ctx.meta.get(WRITTEN, ()) if ctx else ()
    found = [path for one in written for path in (one, one.parent) if path.name and str(path) in line]
    if not found or not stream.isatty():
        click.echo(line, err=err)
        return
    from rich.console import Console
    from rich.style import Style
    from rich.text import Text

    text, path = Text(line), max(found, key=lambda one: len(str(one)))
    start = line.index(str(path))
    text.stylize(Style(link=path.absolute().as_uri()), start, start + len(str(path)))
    Console(file=stream, highlight=False, emoji=False).print(text, soft_wrap=True)


_NAMED = 12
"""Files of one folder that are named one by one; of more, how many of each kind."""


def say_written(paths: Sequence[Path]) -> None:
    """The files that were written, or the folder of many with their kinds: the words that their names begin with."""
    for folder in dict.fromkeys(path.parent for path in paths):
        own = [path for path in paths if path.parent == folder]
        if len(own) <= _NAMED:
            for path in own:
                say(f"Ditulis: {path}")
            continue
        kinds = Counter(" ".join(takewhile(lambda word: word[:1].isupper(), path.stem.split("-"))) for path in own)
        forms = " dan ".join(dict.fromkeys(path.suffix for path in own))
        say(f"Ditulis: {folder} ({len(own)} berkas {forms})")
        for kind, count in kinds.items():
            say(f"  {count:>3} {kind}")


def _open(written: list[Path]) -> None:
    """Show the file that was written, or the folder that holds all of them, in the program that owns it."""
    if not written:
        click.echo("Tidak ada berkas yang ditulis, sehingga tidak ada yang dibuka.", err=True)
        return
    from pathlib import Path

    places = {path.absolute() for path in written}
    path = places.pop() if len(places) == 1 else Path(os.path.commonpath([place.parent for place in places]))
    if not show_file(path):
        click.echo(f"Tidak ada program yang dapat membuka {path}; buka sendiri dari tempatnya.", err=True)
