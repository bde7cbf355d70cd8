"""The result of ``isi`` on the terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from rich.text import Text

from kinerja_xl.sheets.formats import format_rupiah
from kinerja_xl.terminal import open_console, show_findings, summary

if TYPE_CHECKING:
    from kinerja_xl.fillform import Isi


def show_filled(done: Isi, everything: bool) -> None:
    """What was put where, and what a person still has to look at."""
    filled, console = done.filled, open_console()
    amount = f", jumlah {format_rupiah(filled.total)}" if filled.total is not None else ""
    rows = f"{filled.rows} baris {filled.kind}{amount}; {filled.fields} isian tunggal"
    console.print(Text(f"Diisi: lembar {filled.sheet}, {rows}."))
    show_findings(console, list(filled.findings), everything)
    console.print(summary(filled.findings))
    console.print(Text(f"Hasil ditulis: {done.written.path}"))
    if done.written.sentence:
        sys.stderr.write(done.written.sentence + "\n")
