"""What the terminal shows of foreign workbooks that were read, and how it asks."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from decimal import Decimal

import click
from rich.text import Text

from kinerja_xl.foreign.model import MEANINGS, NONE, ForeignBook, Question, Table
from kinerja_xl.foreign_use import json_of
from kinerja_xl.terminal import open_console, show_findings, summary


def can_ask() -> bool:
    """Whether somebody sits there."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def answer(table: Table, question: Question) -> str | None:
    """Ask on the terminal, with the evidence; None when the person leaves it open."""
    click.echo(f"\n{table.file}, lembar {table.sheet}, sel {question.cell}: {question.text}")
    for number, option in enumerate(question.options, 1):
        click.echo(f"  {number}. {option.label}" + (f" ({option.evidence})" if option.evidence else ""))
    typed = click.prompt("Nomor pilihan (kosong: biarkan)", default="", show_default=False)
    return question.options[int(typed) - 1].value if typed.isdecimal() and 0 < int(typed) <= len(question.options) else None


def show(books: Sequence[ForeignBook], form: str, everything: bool) -> None:
    """The result of ``baca``."""
    if form == "json":
        sys.stdout.write(json.dumps(json_of(books), ensure_ascii=False, indent=2) + "\n")
        return
    console = open_console()
    for book in books:
        console.print(Text(book.file, style="bold"))
        for table in book.tables:
            console.print(Text(f"  {_line(table)}"))
        if not book.imported:
            console.print("  Tidak ada tabel yang dibaca.")
        for question in book.all_questions():
            options = "; ".join(option.label for option in question.options)
            console.print(Text(f"  Pertanyaan ({question.sheet} {question.cell}): {question.text} {options}"))
    console.print()
    findings = [found for book in books for found in book.all_findings()]
    show_findings(console, findings, everything)
    console.print(summary(findings))


def _line(table: Table) -> str:
    if table.kind == NONE:
        return f"{table.sheet}: tidak dibaca"
    proof = f"; {sum(c.agrees for c in table.checks)} dari {len(table.checks)} jumlah tercetak cocok" if table.checks else ""
    return f"{table.sheet}: {table.kind.replace('_', ' ')}, {len(table.lines)} baris; {_sums(table)}{proof}"


def _sums(table: Table) -> str:
    parts = []
    for name, value in table.sums.items():
        total = value if isinstance(value, Decimal) else sum(value.values(), Decimal(0))
        more = "" if isinstance(value, Decimal) else f" ({len(value)} kolom)"
        shown = f"{total:,.2f}" if total != total.to_integral_value() else f"{total:,.0f}"
        parts.append(f"{MEANINGS.get(name, name)} {shown.translate(str.maketrans(',.', '.,'))}{more}")
    return ", ".join(parts)
