"""A help page as wide as the terminal. Click asks how wide that is of a module which brings four kinds of archives along."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

import click

_WIDEST, _NARROWEST = 80, 50


class _Page(click.HelpFormatter):
    def __init__(self, indent_increment: int = 2, width: int | None = None, max_width: int | None = None) -> None:
        room = width or click.formatting.FORCED_WIDTH or max(min(_columns(), max_width or _WIDEST) - 2, _NARROWEST)
        super().__init__(indent_increment, room, max_width)


class Wide(click.Context):
    """Where a verb runs; its help page is such a one."""

    formatter_class = _Page


def _columns() -> int:
    """Characters of a line, by the environment or the terminal itself."""
    with suppress(KeyError, ValueError):
        if (named := int(os.environ["COLUMNS"])) > 0:
            return named
    with suppress(AttributeError, ValueError, OSError):
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or _WIDEST  # type: ignore[union-attr]
    return _WIDEST
