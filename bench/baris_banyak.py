"""What a long sheet costs: ``python -m bench.baris_banyak [--baris 21400]``. Processor seconds against a bare calamine read.

A RAB with codes, volume × price, groups of a hundred lines with their sums and a total, as .xlsx. It is read at a quarter, half
and the whole of its length: a reader that looks through all rows for each of them shows in the growth. Exit status 1 when a row
of the whole costs more than 1.5 times a row of the quarter.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from io import BytesIO

import xlsxwriter

import kinerja_xl.face.cli  # noqa: F401  # the program looks for garbage seldom
from kinerja_xl.foreign.read import read_foreign

GROWTH_TARGET = 1.5
GROUP = 100


def sheet(count: int) -> bytes:
    """``count`` lines."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("RAB")
        page.write_row(0, 0, ["Kode Rekening", "Uraian", "Spesifikasi", "Volume", "Satuan", "Harga Satuan", "Jumlah"])
        row = total = 0
        for start in range(0, count, GROUP):
            lines = [
                (f"5.1.02.{start // GROUP + 1:03}.{i:05}", f"Barang {i}", "biasa", i % 30 + 1, "buah", 1000 * (i % 77 + 1))
                for i in range(start, min(start + GROUP, count))
            ]
            amount = sum(line[3] * line[5] for line in lines)
            row += 1
            page.write_row(row, 0, [lines[0][0][:10], f"Kelompok {start // GROUP + 1}", "", "", "", "", amount])
            for line in lines:
                row += 1
                page.write_row(row, 0, [*line, line[3] * line[5]])
            total += amount
        page.write_row(row + 1, 1, ["Jumlah", "", "", "", "", total])
    return out.getvalue()


def bare(data: bytes) -> None:
    """What the comparison does: every value of every sheet, once."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(BytesIO(data))
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python(skip_empty_area=False)


def seconds(work: Callable[[], object], times: int = 2) -> float:
    """The least processor time of some runs."""
    took = []
    for _ in range(times):
        start = time.process_time()
        work()
        took.append(time.process_time() - start)
    return min(took)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.baris_banyak", description="biaya lembar yang panjang")
    parser.add_argument("--baris", type=int, default=21400)
    count = parser.parse_args().baris
    cost = []
    for lines in (count // 4, count // 2, count):
        data = sheet(lines)
        table = read_foreign(data, "panjang.xlsx").imported[0]
        own, base = seconds(lambda data=data: read_foreign(data, "panjang.xlsx")), seconds(lambda data=data: bare(data), 5)
        cost.append(own / lines)
        print(f"{lines:6} baris: {len(table.lines)} terbaca, {own:5.2f} s, {own / base:5.1f} kali calamine")
    growth = cost[-1] / cost[0]
    print(f"biaya satu baris, seluruhnya : seperempat = {growth:.2f} (paling banyak {GROWTH_TARGET})")
    return int(growth > GROWTH_TARGET)


if __name__ == "__main__":
    sys.exit(main())
