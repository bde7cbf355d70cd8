"""The answer for programs: with ``--format json`` every verb ends with one JSON object on stdout, trouble as well.

Verbs that have a result of their own give that; of all others the object holds what was written and said.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from contextvars import ContextVar
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from kinerja_xl.catatan import Finding

NAME, JSON = "--format", "json"
_ASKED: ContextVar[bool] = ContextVar("_ASKED", default=False)
_FOUND, _DETAIL = f"{__name__}.found", f"{__name__}.detail"


HOW: dict[str, Any] = {
    "type": click.Choice(["teks", JSON]), "default": "teks", "metavar": "teks|json", "help": "Bentuk hasil (bawaan teks).",
}  # fmt: skip
OPTION = click.Option([NAME], expose_value=False, **HOW)
"""For a verb without a JSON of its own."""


@contextmanager
def to(args: Sequence[str]) -> Iterator[None]:
    """Within it ``asked`` says whether these words ask for JSON; known before they are understood, for trouble with them too."""
    pairs = zip(args, args[1:], strict=False)
    token = _ASKED.set(f"{NAME}={JSON}" in args or (NAME, JSON) in pairs)
    try:
        yield
    finally:
        _ASKED.reset(token)


def asked() -> bool:
    """Whether this run answers a program."""
    return _ASKED.get()


_PIECES = 10_000
"""Pieces of JSON that are put together at a time: those of a large office all at once take more memory than the office."""


def write(data: object) -> None:
    """One JSON value on stdout, whole or not at all."""
    from json import JSONEncoder

    pieces = JSONEncoder(ensure_ascii=False, indent=2).iterencode(data)
    for text in [*iter(lambda: "".join(islice(pieces, _PIECES)), ""), "\n"]:
        sys.stdout.write(text)


def keep(findings: Iterable[Finding]) -> None:
    """Catatan that a verb shows, for its answer."""
    if asked() and (ctx := click.get_current_context(silent=True)):
        ctx.meta.setdefault(_FOUND, []).extend(f.as_dict() for f in findings)


def detail(data: object) -> None:
    """The thing itself that a verb tells of, for its answer."""
    if ctx := click.get_current_context(silent=True):
        ctx.meta[_DETAIL] = data


def failed(sentence: str, findings: Iterable[Finding] = (), command: str = "") -> None:
    """Trouble: the sentence on stderr for people, and all of it as JSON for a program that asked."""
    said = [*findings]
    click.echo(f"{sentence} Ketik: {command}" if command else sentence, err=True)
    for finding in said:
        place = " ".join(part for part in (finding.file, finding.sheet, finding.cell) if part)
        click.echo(f"  [{finding.code}] {place}: {finding.masalah} {finding.perbaikan}", err=True)
    if asked():
        write({"status": 2, "kesalahan": sentence, "ketik": command, "catatan": [f.as_dict() for f in said]})


def spoken(ctx: click.Context, verb: Callable[[], Any], written: str) -> Any:
    """A verb without a JSON of its own: what it says is kept for the answer. ``written``: where its files are remembered."""
    said = StringIO()
    with redirect_stdout(said):
        status = verb()
    if status != 2:
        write(
            {
                "perintah": ctx.info_name, "status": status or 0, "berkas": [str(path) for path in ctx.meta.get(written, ())],
                "pesan": said.getvalue().splitlines(), "catatan": ctx.meta.get(_FOUND, []),
                **({"isi": ctx.meta[_DETAIL]} if _DETAIL in ctx.meta else {}),
            }
        )  # fmt: skip
    else:
        sys.stdout.write(said.getvalue())
    return status
