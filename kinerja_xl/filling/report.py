"""Every column of a filled form: with what of ours it was filled, or why it was left as it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from kinerja_xl.filling.layout import Layout
from kinerja_xl.filling.match import Match
from kinerja_xl.filling.printed import Printed
from kinerja_xl.filling.supply import Supply
from kinerja_xl.filling.target import FormColumn, Target
from kinerja_xl.formula.references import column_letters


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledColumn:
    """One column of a form. ``ours``: the label of the column that it was filled with, "" where it was not; ``because``: why."""

    sheet: str
    col: str
    heading: str
    ours: str = ""
    because: str = ""

    @property
    def sentence(self) -> str:
        return f"{self.col} {self.heading}: {self.ours or self.because}"

    def as_dict(self) -> dict[str, str]:
        return {"lembar": self.sheet, "kolom": self.col, "judul": self.heading, "diisi": self.ours, "sebab": self.because}


def columns_told(
    target: Target, supply: Supply, found: Match, keys: Mapping[int, str], layout: Layout, printed: Printed | None,
    formulas: Collection[tuple[int, int]], computed: Mapping[int, str],
) -> Iterator[FilledColumn]:  # fmt: skip
    """All columns from left to right. ``keys``: what was written; ``formulas``: cells that hold one once the rows are there;
    ``computed``: columns that the form's other columns give, and how."""
    rows = list(layout.places.items())
    for column in target.columns:
        own = {"sheet": target.sheet, "col": column_letters(column.col), "heading": column.name}
        key = keys.get(column.col, "")
        free = [position for row, position in rows if (row, column.col) not in formulas]
        if column.col in computed:
            yield FilledColumn(because=f"dihitung dari kolom formulir: {computed[column.col]}", **own)
        elif rows and not free:
            yield FilledColumn(because="dihitung rumus formulir", **own)
        elif key and any(supply.rows[position].get(key) is not None for position in free):
            yield FilledColumn(ours=supply.column(key).label, **own)
        elif key:
            yield FilledColumn(because=f"kosong, {supply.column(key).label} tidak terisi pada data kantor", **own)
        else:
            yield FilledColumn(because=_because(column, supply, found, printed), **own)


def _because(column: FormColumn, supply: Supply, found: Match, printed: Printed | None) -> str:
    if printed and column.col in printed.columns:
        return "sudah tercetak, barisnya dikenali dari sini"
    if column.numbers_rows:
        return "dibiarkan seperti tercetak" if printed else "nomor urut"
    if any(column.col == one.col for one in found.scaled):
        return "kosong, diminta dalam ribuan atau jutaan rupiah"
    for key, columns in found.doubtful:
        if column in columns:
            return f"kosong, beberapa kolom meminta {supply.column(key).label}"
    if other := found.unlike.get(column.col):
        return f'kosong, kata "{other}" berarti lain'
    return "kosong, tidak ada pada data kantor" if column in found.blank else "kosong menurut jawaban"
