"""What the recap is compared with: ``python -m bench.pembanding calamine|pandas FOLDER [N]`` over N files of masuk/.

Both do less than the recap: they check nothing, trust what the file shows, and write nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import islice
from pathlib import Path


def read_bare(paths: Sequence[Path]) -> int:
    """Every sheet of every file by python-calamine in one thread; the number of rows."""
    from python_calamine import CalamineWorkbook

    rows = 0
    for path in paths:
        book = CalamineWorkbook.from_path(path)
        for name in book.sheet_names:
            rows += len(book.get_sheet_by_name(name).to_python(skip_empty_area=False))
    return rows


def sum_naively(paths: Sequence[Path]) -> int:
    """What an office would write in an afternoon: all sheets into frames, one frame of them, its Jumlah column added up."""
    import pandas as pd

    from kinerja_xl.sheets.rab import RAB_TABLE

    label = RAB_TABLE.column("jumlah").label
    frames = []
    for path in paths:
        for sheet in pd.read_excel(path, engine="openpyxl", sheet_name=None, header=None).values():
            heading = sheet.eq(label)
            if heading.to_numpy().any():
                row = int(heading.any(axis=1).idxmax())
                frames.append(sheet.iloc[row + 1 :].set_axis(sheet.iloc[row], axis="columns")[[label]])
    return round(float(pd.to_numeric(pd.concat(frames)[label], errors="coerce").sum()))


def main() -> None:
    how, folder = sys.argv[1], Path(sys.argv[2])
    limit = int(sys.argv[3]) if len(sys.argv) > 3 else None
    paths = list(islice(sorted((folder / "masuk").glob("*.xlsx")), limit))
    result = {"calamine": read_bare, "pandas": sum_naively}[how](paths)
    sys.stdout.write(f"{result}\n")


if __name__ == "__main__":
    main()
