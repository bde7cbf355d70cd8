"""Income that is read as a budget: beside spending, where the sum is neither, or alone (PBB per village, "Target PAD").

The table stays what its columns are, so that nothing of it is lost; that its sum is no spending is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kinerja_xl.catatan import Finding
from kinerja_xl.foreign.kinds import Purpose
from kinerja_xl.foreign.model import RAB, REALISASI, finding
from kinerja_xl.foreign.names import without_code
from kinerja_xl.foreign.rowset import HEADING, Row
from kinerja_xl.formula.cellsheet import place
from kinerja_xl.regions.model import Layout
from kinerja_xl.regions.tables import title_above
from kinerja_xl.regions.words import clean
from kinerja_xl.words.match import kata

_INCOME, _SPENDING = ("pendapatan", "penerimaan"), ("belanja", "pengeluaran")
_OF_INCOME, _OF_SPENDING = kata("pendapatan"), kata("bukan_pendapatan")


def income_told(made: Layout, goal: Purpose, rows: Sequence[Row]) -> Iterator[Finding]:
    """Income in a table of budgets: its sum is no budget of spending."""
    if goal.kind not in (RAB, REALISASI):
        return
    income = [row for row, name in _called(rows, _INCOME) if _side(row, name, _INCOME)]
    spending = [row for row, name in _called(rows, _SPENDING) if _side(row, name, _SPENDING)]
    why = f"baris {income[0].at + 1}" if income else ""
    at = income[0].at if income else made.region.head.bottom
    if not (income and spending):
        alone = income and without_code(clean(income[0].name).lower()).startswith(_INCOME[0])  # "Penerimaan tamu" is none
        if spending or not (alone or (why := _by_words(made))):
            return
    beside = f" dan belanja (baris {spending[0].at + 1})" if spending else ", tanpa belanja"
    yield finding("L432", made.region.grid.name, place(at, goal.main[0]), pendapatan=why, belanja=beside)


def _by_words(made: Layout) -> str:
    """The word of income in title, sheet name or headings, where none speaks of spending and nothing is bought; where the lines
    themselves are called so, whatever the title speaks of as well ("A. Penerimaan", "Sumber Dana : BOS")."""
    headings = [text for c in made.columns.values() for text in c.path]
    called = any(_OF_INCOME(text) for c in made.of("uraian") for text in c.path)
    texts = headings if called else [title_above(made.region), made.region.grid.name, *headings]
    found = next((found for text in texts if (found := _OF_INCOME(text))), None)
    bought = made.of("volume", "harga") or any(map(_OF_SPENDING, texts))
    return f'kata "{clean(found[0])}"' if found and not bought else ""


def _called(rows: Sequence[Row], words: tuple[str, ...]) -> Iterator[tuple[Row, str]]:
    first = {*"".join(word[0] + word[0].upper() for word in words)}
    some = (row for row in rows if (name := row.name) and (name[0] in first or not name[0].isalpha()))
    return ((row, name) for row in some if (name := without_code(clean(row.name).lower())).startswith(words))


def _side(row: Row, name: str, words: tuple[str, ...]) -> bool:
    """A row of this side: its name begins so, or a heading says nothing else ("PENDAPATAN" above its lines)."""
    return name.startswith(words) if row.values else row.kind == HEADING and name in words
