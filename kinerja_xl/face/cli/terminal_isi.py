"""The result of ``isi`` on the terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click
from rich.text import Text

from kinerja_xl.face.cli import answer as answer_of
from kinerja_xl.face.cli.run import say
from kinerja_xl.face.cli.terminal import open_console, show_findings
from kinerja_xl.face.listed import summary
from kinerja_xl.sheets.formats import format_rupiah

if TYPE_CHECKING:
    from kinerja_xl.filling.choose import Asked
    from kinerja_xl.uses.isi import Isi


def answer(question: Asked) -> str | None:
    """Ask on the terminal; None when the person leaves it open."""
    click.echo(f"\n{question.file}, lembar {question.sheet}, sel {question.cell}: {question.text}")
    for number, option in enumerate(question.options, 1):
        click.echo(f"  {number}. {option}")
    typed = click.prompt("Nomor pilihan (kosong: biarkan)", default="", show_default=False)
    return question.options[int(typed) - 1] if typed.isdecimal() and 0 < int(typed) <= len(question.options) else None


def show_filled(done: Isi, everything: bool) -> None:
    """What was put where, and what a person still has to look at."""
    filled, console = done.filled, open_console()
    amount = f", jumlah {format_rupiah(filled.total)}" if filled.total is not None else ""
    rows = f"{filled.rows} baris {filled.kind}{amount}; {filled.fields} isian tunggal"
    console.print(Text(f"Diisi: lembar {filled.sheet}, {rows}."))
    for column in filled.columns:
        console.print(Text(f"  {column.sentence}"))
    answer_of.detail({"kolom": [column.as_dict() for column in filled.columns]})
    show_findings(console, list(filled.findings), everything)
    console.print(summary(filled.findings))
    say(f"Hasil ditulis: {done.written.path}")
    if done.kept:
        say(f"Jawaban disimpan: {done.kept}")
    if done.written.sentence:
        sys.stderr.write(done.written.sentence + "\n")
