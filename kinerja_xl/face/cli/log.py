"""The log of a run for whoever helps: versions, verb, names, counts, codes, times; nothing out of a file."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import click

from kinerja_xl import __version__
from kinerja_xl.face.cli import typed

if TYPE_CHECKING:
    import logging
    from pathlib import Path

PLACE = "KINERJA_XL_LOG"
"""Environment variable: where the log of every run goes."""
FILE = "kinerja-xl-log.txt"
_LARGEST = 2**20
"""Bytes of a log after which it begins anew."""
_BEGUN = f"{__name__}.begun"
_LIBRARIES = ("click", "openpyxl", "pandas", "pandera", "python-calamine", "python-docx", "rich", "XlsxWriter", "zlib-ng")
_PACKAGE = "kinerja_xl"


def _begin(ctx: click.Context, param: click.Parameter, asked: bool) -> None:
    """Open the log where ``--verbose`` or the environment asks for one; that it can't be opened stops nothing."""
    named = os.environ.get(PLACE)
    if ctx.resilient_parsing or not (named or asked) or _BEGUN in ctx.meta:
        return
    import logging  # what a run without a log does not load
    import platform
    import tempfile
    from pathlib import Path

    places = [Path(named)] if named else [Path(FILE), Path(tempfile.gettempdir()) / FILE]
    opened = next(((place, handler) for place in places if (handler := _handler(place))), None)
    if opened is None:
        click.echo(f"Log tidak dapat ditulis di {places[0]}.", err=True)
        return
    path, handler = opened
    ctx.meta[_BEGUN] = handler, time.monotonic()
    package = logging.getLogger(_PACKAGE)
    package.addHandler(handler)
    package.setLevel(logging.INFO)
    if asked:
        click.echo(f"Log ditulis: {path}", err=True)
    info("%s %s, Python %s, %s", typed.PROGRAM, __version__, platform.python_version(), platform.platform())
    info("pustaka %s", ", ".join(f"{name} {_version(name)}" for name in _LIBRARIES))
    options = (word.partition("=")[0] for word in typed.kept(ctx) if word.startswith("-"))
    info("perintah %s", " ".join((ctx.info_name or "", *options)))


OPTION = click.Option(
    ["--verbose"], is_flag=True, is_eager=True, expose_value=False, callback=_begin,
    help=f"Tulis {FILE} untuk yang membantu Anda: nama, jumlah, dan waktu, tanpa isi berkas.",
)  # fmt: skip


def info(words: str, *values: object) -> None:
    """A line of the log, where there is one."""
    import logging

    logging.getLogger(__name__).info(words, *values)


def end(ctx: click.Context, status: object) -> None:
    """How it ended, and after how long; nothing where there is no log."""
    handler, began = ctx.meta.pop(_BEGUN, (None, 0.0))
    if handler is None:
        return
    import logging

    info("selesai dengan status %s, %.2f detik", status, time.monotonic() - began)
    package = logging.getLogger(_PACKAGE)
    package.removeHandler(handler)
    package.setLevel(logging.NOTSET)
    handler.close()


def defect(error: BaseException) -> None:
    """Where the program failed: its own lines and the kind of error, not the error's words, which may quote a file."""
    import logging
    from pathlib import Path
    from traceback import walk_tb

    log, kind = logging.getLogger(__name__), type(error).__name__

    for frame, line in walk_tb(error.__traceback__):
        log.error("%s: %s baris %d, %s", kind, Path(frame.f_code.co_filename).name, line, frame.f_code.co_name)


def _handler(path: Path) -> logging.Handler | None:
    import logging

    try:
        mode = "w" if path.exists() and path.stat().st_size > _LARGEST else "a"
        handler = logging.FileHandler(path, mode=mode, encoding="utf-8")
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    return handler


def _version(library: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(library)
    except PackageNotFoundError:
        return "tidak ada"
