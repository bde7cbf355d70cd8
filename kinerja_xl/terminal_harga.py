"""What the terminal shows of a price list that was put into a copy of Kantor.xlsx."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.text import Text

from kinerja_xl.adopting import add_prices
from kinerja_xl.findings import sort_key
from kinerja_xl.folder import KANTOR_FILE
from kinerja_xl.foreign.model import ForeignBook
from kinerja_xl.sheets.values import format_number
from kinerja_xl.terminal import open_console, show_findings, summary
from kinerja_xl.workflow import needs_work


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
    console.print(Text(f"Ditulis: {done.written.path}"))
    console.print(f"{KANTOR_FILE} tidak diubah. Periksa salinan ini, lalu pakai sebagai {KANTOR_FILE} yang baru.")
    return int(needs_work(findings))
