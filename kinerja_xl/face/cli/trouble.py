"""Trouble said in one Indonesian sentence, with the command to type where one was probably meant; never a traceback."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from kinerja_xl.face.cli import answer, log, run, typed
from kinerja_xl.face.told import sentence_of

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
    if not isinstance(error, OSError | OutputError):
        log.defect(error)
    return refused(error)


def refused(error: Exception) -> int:
    """What can't be done, in our words."""
    answer.failed(sentence_of(error))
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
