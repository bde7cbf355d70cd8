"""The answer for programs: with ``--format json`` every verb ends with one JSON object on stdout, trouble as well.

Its shape is the same for all verbs (docs/api.md): ``perintah``, ``status``, ``kesalahan``, ``ketik``, ``berkas``, ``pesan``,
``catatan``, and what only this verb knows as ``isi``; but for the tables that ``baca`` has read.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
_NAMED: ContextVar[str] = ContextVar("_NAMED", default="")
_FOUND, _DETAIL, _BESIDE, _TABLES, _TROUBLE = (
    f"{__name__}.{word}" for word in ("found", "detail", "beside", "tables", "trouble")
)


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
    named = _NAMED.set(next((word for word in args if not word.startswith("-")), ""))
    try:
        yield
    finally:
        _ASKED.reset(token)
        _NAMED.reset(named)


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


def whole(data: Mapping[str, Any]) -> None:
    """The result of a verb that had an object of its own before all had one shape: its keys stand beside the common ones too."""
    if ctx := click.get_current_context(silent=True):
        ctx.meta[_FOUND] = data.get("catatan", [])
        ctx.meta[_BESIDE] = ctx.meta[_DETAIL] = {key: value for key, value in data.items() if key != "catatan"}


def tables(data: Sequence[Mapping[str, Any]]) -> None:
    """The tables of ``baca``, which answers with nothing else; its trouble has the shape of all verbs."""
    if ctx := click.get_current_context(silent=True):
        ctx.meta[_TABLES] = data


def failed(sentence: str, findings: Iterable[Finding] = (), command: str = "") -> None:
    """Trouble: the sentence on stderr for people, and all of it as JSON for a program that asked."""
    said = [*findings]
    click.echo(f"{sentence} Ketik: {command}" if command else sentence, err=True)
    for finding in said:
        place = " ".join(part for part in (finding.file, finding.sheet, finding.cell) if part)
        click.echo(f"  [{finding.code}] {place}: {finding.masalah} {finding.perbaikan}", err=True)
    if not asked():
        return
    trouble = {"status": 2, "kesalahan": sentence, "ketik": command, "catatan": [f.as_dict() for f in said]}
    ctx = click.get_current_context(silent=True)
    if ctx and _TROUBLE in ctx.meta:
        ctx.meta[_TROUBLE] = trouble  # its verb is being listened to
    else:
        write(_shaped(perintah=_NAMED.get(), **trouble))


def spoken(ctx: click.Context, verb: Callable[[], Any], written: str) -> Any:
    """Run a verb and answer for it: what it says is kept for the answer. ``written``: where its files are remembered."""
    said = StringIO()
    ctx.meta[_TROUBLE] = None
    try:
        with redirect_stdout(said):
            status = verb()
    finally:
        trouble = ctx.meta.pop(_TROUBLE)  # a mistake of usage goes on upwards, and is answered there
    common = {
        "perintah": ctx.info_name, "status": status or 0, "berkas": [str(path) for path in ctx.meta.get(written, ())],
        "pesan": said.getvalue().splitlines(),
    }  # fmt: skip
    if trouble:
        write(_shaped(**common | trouble))
    elif _TABLES in ctx.meta:
        write(ctx.meta[_TABLES])
    else:
        write(_shaped(**common, catatan=ctx.meta.get(_FOUND, []), isi=ctx.meta.get(_DETAIL)) | ctx.meta.get(_BESIDE, {}))
    return status


def _shaped(**told: Any) -> dict[str, Any]:
    """An answer with every common key, in one order."""
    empty: dict[str, Any] = {
        "perintah": "", "status": 0, "kesalahan": "", "ketik": "", "berkas": [], "pesan": [], "catatan": [], "isi": None,
    }  # fmt: skip
    return empty | told
