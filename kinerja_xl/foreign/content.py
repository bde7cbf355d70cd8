"""What stands in the cells of one column: figures, words, units, and how large the figures are."""

from __future__ import annotations

from dataclasses import dataclass, field

from kinerja_xl.foreign.amounts import UNITED, amount, without_unit
from kinerja_xl.foreign.tables import Region
from kinerja_xl.foreign.texts import clean
from kinerja_xl.lists.units import find_satuan
from kinerja_xl.sheets.values import is_empty_mark

SAMPLE = 4000
"""Rows looked at to judge a column's content."""


@dataclass(slots=True)
class Content:
    """What stands in a column's cells."""

    looked: int = 0  # rows looked at
    filled: int = 0
    numbers: int = 0
    text_numbers: int = 0
    words: int = 0
    units: int = 0
    united: int = 0  # figures with their unit: "12 Dokumen" (they count as words)
    letters: int = 0
    largest: float = 0.0
    large: int = 0  # numbers of at least a thousand
    nonzero: int = 0
    waiting: int = 0  # formulas that nobody calculated
    texts: list[str] = field(default_factory=list)

    @property
    def figures(self) -> int:
        return self.numbers + self.text_numbers

    @property
    def is_text(self) -> bool:
        return self.words * 2 > self.filled

    @property
    def is_worded(self) -> bool:
        return (self.words - self.united) * 2 > self.filled  # figures with their units are no words

    @property
    def is_numeric(self) -> bool:
        return self.figures * 2 > self.filled

    @property
    def is_money(self) -> bool:
        """Rupiah by its size: most of what is not zero has at least four digits; formulas without a result may be."""
        if not self.nonzero:
            return self.waiting * 2 > self.filled
        return self.large * 2 >= self.nonzero


def content_of(region: Region, col: int, limit: int = SAMPLE) -> Content:
    """What the first ``limit`` rows of a column hold."""
    found = Content(looked=min(limit, len(region.rows)))
    rows = region.grid.rows
    for row in region.rows[:limit]:
        cells = rows[row]
        value = cells[col] if col < len(cells) else None
        if value is None:
            if region.grid.formulas and region.grid.uncalculated(row, col):
                found.filled, found.numbers, found.waiting = found.filled + 1, found.numbers + 1, found.waiting + 1
            continue
        if isinstance(value, float):
            found.filled += 1
            found.numbers += 1
            _size(found, value)
        elif isinstance(value, str):
            _see_text(found, value)
        else:
            found.filled += 1
    return found


def _see_text(found: Content, value: str) -> None:
    text = clean(value)
    if not text:
        return
    found.filled += 1
    if is_empty_mark(text):
        found.text_numbers += 1
        return
    read = amount(text)
    if read.doubt in ("teks", "dua_tanda", "ambigu"):
        found.text_numbers += 1
        found.texts.append(without_unit(text))
        _size(found, float(read.value if read.value is not None else max(read.readings)))
        return
    if read.doubt == "satuan" and (split := UNITED.fullmatch(text)):
        found.united += 1
        found.texts.append(split[1])
    found.words += 1
    found.letters += len(text)
    found.units += len(text) <= 24 and not text[0].isdigit() and find_satuan(text) is not None


def _size(found: Content, value: float) -> None:
    size = abs(value)
    found.largest = max(found.largest, size)
    found.nonzero += size > 0
    found.large += size >= 1000
