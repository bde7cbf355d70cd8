"""Trouble said in one Indonesian sentence, with the command to type where one was probably meant; never a traceback."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kinerja_xl.face.cli import answer, log, run, typed

if TYPE_CHECKING:
    from kinerja_xl.office.folder import InputError


def careful(action: Callable[[], Any]) -> Any:
    """Run a verb; input and output trouble become a sentence and status 2."""
    try:
        return action()
    except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
        raise
    except Exception as error:
        return _told(error)


def _told(error: Exception) -> int:
    from kinerja_xl.office.folder import InputError
    from kinerja_xl.writing.output import OutputError

    if isinstance(error, InputError):
        return _trouble(error)
    if isinstance(error, OutputError):
        answer.failed(str(error))
        return run.USAGE_TROUBLE
    return refused(error) if isinstance(error, OSError) else _defect(error)


def refused(error: OSError) -> int:
    """What the operating system would not do, in our words."""
    from kinerja_xl.office.folder import refusal

    what = f"{error.filename} tidak dapat dipakai" if error.filename else "Keluaran tidak dapat ditulis"
    answer.failed(f"{what}: {refusal(error)}.")
    return run.USAGE_TROUBLE


def _defect(error: Exception) -> int:
    """A defect of the program is a sentence too; the place in the code is for whoever mends it."""
    from traceback import walk_tb

    place = "tempat tidak diketahui"
    if error.__traceback__ is not None:
        *_, (frame, line) = walk_tb(error.__traceback__)
        place = f"{Path(frame.f_code.co_filename).name} baris {line}"
    log.defect(error)
    answer.failed(
        f"Program mengalami gangguan ({type(error).__name__} di {place}) dan berhenti; berkas masukan tidak diubah. "
        "Kirimkan pesan ini beserta berkas yang sedang dibaca kepada pengembangnya."
    )
    return run.USAGE_TROUBLE


def _trouble(error: InputError) -> int:
    from kinerja_xl.office.folder import Missing
    from kinerja_xl.office.place import Misplaced, missing

    if isinstance(error, Missing):
        error = missing(error.path, error.kind)
    way = ""
    if isinstance(error, Misplaced) and error.meant:
        way = typed.instead(click.get_current_context(silent=True), error.given, error.meant[0])
    answer.failed(str(error), error.findings, way)
    return run.USAGE_TROUBLE
