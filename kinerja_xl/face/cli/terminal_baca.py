"""What the terminal shows of foreign workbooks that were read, and how it asks."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.text import Text

from kinerja_xl.catatan import needs_work, sort_key
from kinerja_xl.face.cli.answer import tables
from kinerja_xl.face.cli.run import say
from kinerja_xl.face.cli.terminal import open_console, show_findings
from kinerja_xl.face.listed import summary
from kinerja_xl.foreign.model import NONE, ForeignBook, Question, Table
from kinerja_xl.office.folder import KANTOR_FILE
from kinerja_xl.sheets.values import format_number
from kinerja_xl.uses.baca import Asked, NoMoreAnswers, add_prices, json_of


def can_ask() -> bool:
    """Whether somebody sits there."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def answer(table: Table, question: Question) -> str | None:
    """Ask on the terminal, with the evidence; None when the person leaves it open. Raises NoMoreAnswers at the end of input."""
    click.echo(f"\n{table.file}, lembar {table.sheet}, sel {question.cell}: {question.text}")
    for changed in (found for found in table.findings if found.code == "L501" and question is table.questions[0]):
        click.echo(f"  {changed.masalah}")
    for number, option in enumerate(question.options, 1):
        click.echo(f"  {number}. {option.label}" + (f" ({option.evidence})" if option.evidence else ""))
    while True:
        click.echo("Nomor pilihan (kosong: biarkan): ", nl=False)
        line = sys.stdin.readline()
        typed = line.strip()
        if not line:
            click.echo()
            raise NoMoreAnswers
        if not typed:
            return None
        if typed.isdecimal() and 0 < int(typed) <= len(question.options):
            return question.options[int(typed) - 1].value
        click.echo(f'"{typed}" bukan pilihan; ketik nomor 1 sampai {len(question.options)}, atau Enter untuk membiarkannya.')


def show_kept(asked: Asked) -> None:
    """Where the answers are kept, so that nobody is asked again; or that they are not."""
    if asked.kept is not None:
        say(f"\nDisimpan: {asked.kept.path}")
    elif asked.given:
        click.echo("\nJawaban dipakai kali ini saja: Kantor.xlsx tidak ditemukan. Sebutkan tempat menyimpannya dengan --padanan.")


def show(books: Sequence[ForeignBook], form: str, everything: bool) -> None:
    """The result of ``baca``."""
    if form == "json":
        tables(json_of(books))
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
    return f"{table.sheet}: {table.kind.replace('_', ' ')}, {len(table.lines)} baris; {', '.join(table.told_sums())}{proof}"


# ---- What the terminal shows of a price list that was put into a copy of Kantor.xlsx ----

def put(books: Sequence[ForeignBook], folder: Path, zona: str, sifat: str, everything: bool) -> int:
    """Write the copy, say what was taken and what was not; the exit status."""
    done = add_prices(books, folder, zona=zona, sifat=sifat)
    console, prices = open_console(), done.prices
    findings = sorted(prices.findings, key=sort_key)
    show_findings(console, findings, everything)
    console.print(summary(findings))
    console.print(
        f"Terbaca {format_number(prices.read)} baris harga: {format_number(len(prices.rows))} ditambahkan, "
        f"{format_number(prices.same)} sudah ada, {format_number(prices.dropped)} tidak dimasukkan."
    )
    if done.written is None:
        console.print("Tidak ada baris yang dapat dimasukkan; tidak ada berkas yang ditulis.")
        return 1
    say(f"Ditulis: {done.written.path}")
    console.print(f"{KANTOR_FILE} tidak diubah. Periksa salinan ini, lalu pakai sebagai {KANTOR_FILE} yang baru.")
    return int(needs_work(findings))
