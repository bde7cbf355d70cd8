"""What somebody typed: what a shell did to it, and the command that was probably meant, ready to be typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from kinerja_xl.words import MARKS

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = "kinerja-xl"
_KEPT = f"{__name__}.args"


class Said(click.UsageError):
    """A mistake of usage whose message is a sentence of ours already."""


def keep(ctx: click.Context, args: Sequence[str]) -> None:
    """Remember what was typed, for sentences that say how to type it instead."""
    ctx.meta[_KEPT] = list(args)


def kept(ctx: click.Context | None) -> list[str]:
    """What was typed after the program's name."""
    return list(ctx.meta.get(_KEPT, ())) if ctx else []


def command(words: Sequence[str]) -> str:
    """A command line for Command Prompt, PowerShell and sh alike."""
    from kinerja_xl.office.place import typed

    return " ".join((PROGRAM, *map(typed, words)))


def instead(ctx: click.Context | None, given: Path, meant: Path) -> str:
    """The command that was typed with ``meant`` in the place of ``given``; "" where it was not typed."""
    from pathlib import Path

    words = kept(ctx)
    places = [index for index, word in enumerate(words) if Path(word) == given]
    return command([*words[: places[0]], str(meant), *words[places[0] + 1 :]]) if places else ""


def mishap(args: Sequence[str]) -> str:
    """What the shell made of quotation marks and blanks, as a sentence with the command to type; "" for nothing."""
    if len(args) < 2:
        return ""
    for index, word in enumerate(args[1:], 1):
        mended = _unquoted(word)
        if mended:
            words = [*args[:index], *mended, *args[index + 1 :]]
            return f"tanda petik ikut terbaca sebagai bagian nama {mended[0]}. Ketik: {command(words)}"
        if index + 1 == len(args) or word.startswith("-") or _there(word):
            continue
        for end in range(index + 2, len(args) + 1):
            whole = " ".join(args[index:end])
            if _there(whole) or (args[index - 1] == "--tanggal" and _date(whole)):
                words = [*args[:index], whole, *args[end:]]
                return f"yang memuat spasi ditulis di antara tanda petik. Ketik: {command(words)}"
    return ""


def _there(path: str) -> bool:
    from pathlib import Path

    from kinerja_xl.office.place import there  # most words need no look at the disk, and then not what this brings

    return there(Path(path))


def _date(text: str) -> bool:
    from kinerja_xl.sheets.values import parse_date

    return parse_date(text).value is not None


def _unquoted(word: str) -> list[str]:
    """A path out of its quotation marks and, after it, the words that they swallowed; [] for any other word.

    Command Prompt reads ``"D:\\x\\" --rka`` as one word, because a backslash before a mark means the mark itself.
    """
    if not set(word) & set(MARKS) or _there(word):
        return []
    bare = word.lstrip(MARKS)
    end = next((index for index, ch in enumerate(bare) if ch in MARKS), len(bare))
    path = bare[:end].rstrip("\\/") or bare[:end]
    return [path, *bare[end + 1 :].replace('"', " ").split()] if path and _there(path) else []
