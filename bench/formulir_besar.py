"""How long a large form takes: ``python -m bench.formulir_besar``, processor time against an openpyxl read of the same file.

A small table to fill, and a second sheet of figures with a formula in each row, about 740 KB. Exit status 1 above five times.
"""

from __future__ import annotations

import io
import random
import sys
import time
from collections.abc import Callable

import openpyxl
from openpyxl.styles import Border, Side

from kinerja_xl.filling.form import fill_form

MOST = 5.0
"""Times an openpyxl read that a large form may take."""
_ROWS, _RUNS = 5000, 3


def large() -> bytes:
    """The form, the same every time."""
    rng, frame = random.Random(1), Border(*(Side(style="thin") for _ in range(4)))
    book = openpyxl.Workbook()
    sheet = book.active
    for col, text in enumerate(("No", "Kode", "Sub Kegiatan", "Pagu (Rp)", "Keterangan"), 1):
        sheet.cell(3, col, text)
        for row in range(3, 8):
            sheet.cell(row, col).border = frame
    sheet["B8"], sheet["D8"] = "JUMLAH", "=SUM(D4:D7)"
    figures = book.create_sheet("Rincian")
    for row in range(1, _ROWS + 1):
        figures.append([*(f"Uraian {rng.randrange(10**9)}" for _ in range(5)), *(rng.randrange(10**9) for _ in range(10)),
                        f"=SUM(F{row}:O{row})"])  # fmt: skip
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def main() -> int:
    """Measure and judge."""
    from tests.test_isi_arti import source  # noqa: PLC0415 - the locked plan of the sample office

    data, own = large(), source("rencana")
    read = _quickest(lambda: openpyxl.load_workbook(io.BytesIO(data)))
    fill = _quickest(lambda: fill_form(data, "formulir.xlsx", own))
    print(f"{len(data) / 1024:.0f} KB: openpyxl {read:.2f} s, isi {fill:.2f} s, {fill / read:.1f} kali")
    return int(fill / read > MOST)


def _quickest(work: Callable[[], object]) -> float:
    times = []
    for _ in range(_RUNS):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return min(times)


if __name__ == "__main__":
    sys.exit(main())
