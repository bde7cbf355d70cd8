"""A regency's price list of 2 MB on 20 sheets: how long reading and adopting take. ``python -m bench.daftar_harga``.

Processor time, because the clock measures the other work of a shared machine too. The target is five times a bare calamine read
of the same bytes; adopting it into Kantor.xlsx (and reading that back) stands beside it. Exit status 1 when the target is missed.
"""

from __future__ import annotations

import io
import random
import sys
import tempfile
from pathlib import Path

import xlsxwriter

from bench.baris_banyak import bare, seconds
from kinerja_xl.adopt.prices import Prices
from kinerja_xl.foreign.model import ForeignBook
from kinerja_xl.foreign.read import read_foreign
from kinerja_xl.office.folder import KANTOR_FILE
from kinerja_xl.uses.baca import add_prices
from kinerja_xl.writing.form import kantor_book
from samples.isi import kantor_content

TARGET = 5.0
SHEETS, LINES = 20, 1800
_HEAD = (
    "Kode Kelompok Barang", "Uraian Kelompok Barang", "ID Standar Harga", "Kode Barang", "Uraian Barang", "Spesifikasi", "Satuan",
    "Harga Satuan", "Kode Rekening", "TKDN",
)  # fmt: skip
_GOODS = ("Kertas", "Pulpen", "Map plastik", "Laptop", "Printer", "Meja kerja", "Semen", "Cat tembok", "Pipa PVC", "Nasi kotak")
_WORDS = ("kualitas", "baik", "standar", "setara", "ukuran", "sedang", "besar", "tipe", "warna", "hitam", "baja", "kayu")
_UNITS = ("Buah", "Rim", "Unit", "Kotak", "Set", "Botol", "Lembar")


def price_list(sheets: int = SHEETS, lines: int = LINES) -> bytes:
    """An export as the regional budgeting system gives it, one sheet per group; always the same."""
    rnd, out = random.Random(7), io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for k in range(1, sheets + 1):
            sheet = book.add_worksheet(f"Kelompok {k}")
            sheet.write_string(0, 0, f"STANDAR SATUAN HARGA (SSH) KELOMPOK {k}")
            sheet.write_row(2, 0, _HEAD)
            for i in range(1, lines + 1):
                group = f"1.1.{k:02d}.01.01"
                sheet.write_row(
                    2 + i, 0,
                    (group, f"Kelompok barang {k}", 3_000_000 + k * lines + i, f"{group}.{i:05d}", f"{rnd.choice(_GOODS)} {i}",
                     " ".join(rnd.sample(_WORDS, 8)), rnd.choice(_UNITS), rnd.randint(2, 900) * 500, "5.1.02.01.01.0024", 40),
                )  # fmt: skip
    return out.getvalue()


def measure(times: int = 3) -> tuple[str, float]:
    """One line with every figure, and how many times a bare read the best reading takes."""
    data = price_list()
    book = read_foreign(data, "SSH.xlsx")
    assert isinstance(book, ForeignBook)
    ratio = seconds(lambda: read_foreign(data, "SSH.xlsx"), times) / seconds(lambda: bare(data), times)
    lines = sum(len(table.lines) for table in book.imported)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / KANTOR_FILE).write_bytes(kantor_book(kantor_content()))
        done: list[object] = []
        adopting = seconds(lambda: done.append(add_prices([book], folder, sifat="tertinggi").prices), 1)
    (prices,) = done
    assert isinstance(prices, Prices) and lines == len(prices.rows) == SHEETS * LINES, "not every line was read and taken"
    said = f"Daftar harga {len(data) / 1e6:.1f} MB, {SHEETS} lembar, {lines} baris"
    return f"{said}: baca {ratio:.1f} kali calamine (≤ {TARGET:.0f}), masuk ke Kantor.xlsx {adopting:.1f} s prosesor", ratio


if __name__ == "__main__":
    text, taken = measure()
    print(text)
    sys.exit(int(taken > TARGET))
