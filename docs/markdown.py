"""Pieces of markdown that the generated pages share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

GENERATED = "<!-- Ditulis oleh `python -m docs.bangun`; jangan disunting dengan tangan. -->"


def cell(text: str) -> str:
    """A text as the cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")


def grid(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    names = list(heads)
    yield "| " + " | ".join(names) + " |"
    yield "|" + "---|" * len(names)
    for row in rows:
        yield "| " + " | ".join(cell(text) for text in row) + " |"
    yield ""


def named(keys: Iterable[str]) -> str:
    return ", ".join(f"`{key}`" for key in keys)


def page(lines: Iterable[str]) -> str:
    """Lines as a page: no blank lines doubled, one line break at the end."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"
