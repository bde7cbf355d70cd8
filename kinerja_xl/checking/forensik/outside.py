"""What a reader of the sheet does not see: links to other files (F114), hidden sheets, rows and columns (F115, F116),
active filters (F117)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kinerja_xl.checking.forensik.formula import Place
from kinerja_xl.checking.forensik.grid import Grid
from kinerja_xl.checking.forensik.wording import at, bounded
from kinerja_xl.findings import Finding
from kinerja_xl.package import Package
from kinerja_xl.reading.unseen import hidden

_OTHER_FILE = re.compile(r"\[[^\[\]]+\][^\[\]()+*/,;]*!|\[\d+\]!")


def links(book: Mapping[str, Grid], package: Package) -> Iterator[Finding]:
    """One finding for the file. Formulas with a link show what the other file held at some earlier time."""
    found: dict[str, list[Place]] = {}
    for grid in book.values():
        places = [place for place, formula in grid.cells.scan.formulas.items() if _OTHER_FILE.search(formula.text)]
        if places:
            found[grid.name] = sorted(places)
    if found:
        name, places = next(iter(found.items()))
        count = sum(map(len, found.values()))
        sheets = bounded([f"{sheet} ({len(cells)})" for sheet, cells in found.items()], 10)
        words = f"{count} rumus mengambil nilai dari berkas lain: lembar {sheets}"
        yield at("F114", name, places, banyak=str(count), rincian=words)
    elif package.external_links:
        yield at("F114", "", [], rincian="tautan ke berkas lain tersimpan, walaupun tidak ada rumus yang memakainya")


def unseen(book: Mapping[str, Grid]) -> Iterator[Finding]:
    """Hidden parts of a workbook that is not ours; of our own forms they are said when they are read."""
    yield from hidden((grid.cells for grid in book.values()), own=False)
