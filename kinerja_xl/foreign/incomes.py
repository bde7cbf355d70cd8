"""Income, spending and financing in one table: the sum of a budget is that of its spending.

Habits served: an APBDes or LRA (PENDAPATAN, BELANJA, SURPLUS/DEFISIT, PEMBIAYAAN), the cash of a school (PENERIMAAN, PENGELUARAN,
SALDO). Each side is read for itself: spending is the table, the others are left out and told. Income alone (PBB per village,
"Target PAD") stays what its columns are, so that nothing of it is lost; that its sum is no spending is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.foreign.beside import beside_findings
from kinerja_xl.foreign.kinds import Purpose
from kinerja_xl.foreign.levels import HALF
from kinerja_xl.foreign.model import MEANINGS, RAB, REALISASI, as_known, finding, number, ranges
from kinerja_xl.foreign.names import without_code
from kinerja_xl.foreign.prove import disagreements
from kinerja_xl.foreign.rowset import ADDED, EMPTY, HEADING, NOTE, SIGNED, TOTAL, VALUE, Row
from kinerja_xl.foreign.sums import Reading
from kinerja_xl.foreign.tree import shaped
from kinerja_xl.formula.cellsheet import place
from kinerja_xl.regions.model import Layout
from kinerja_xl.regions.tables import title_above
from kinerja_xl.regions.words import clean
from kinerja_xl.words.match import kata
from kinerja_xl.words.shapes import bentuk

INCOME, SPENDING, FINANCING, SURPLUS, REST = "pendapatan", "belanja", "pembiayaan", "surplus", "sisa"
_IN, _OUT = f"penerimaan {FINANCING}", f"pengeluaran {FINANCING}"
_SIDES = {side: kata(f"sisi_{side.replace(' ', '_')}") for side in (SURPLUS, REST, _IN, _OUT, FINANCING, INCOME, SPENDING)}
_ONLY, _OF_INCOME, _OF_SPENDING = kata("hanya_sisi"), kata("pendapatan"), kata("bukan_pendapatan")
_PART = bentuk("huruf_bagian")


def _side(row: Row) -> str:
    """The side that the name of a row begins with."""
    if row.kind in (EMPTY, SIGNED) or shaped(row):
        return ""
    text = without_code(clean(row.name or row.label).lower())
    if row.kind == NOTE and not _ONLY(text):
        return ""
    text = text[part.end() :] if (part := _PART(text)) else text  # "A. PENDAPATAN"
    return next((side for side, says in _SIDES.items() if says(text)), "") if text else ""


@dataclass(slots=True)
class Sides:
    """``read``: each side, read for itself; ``results``: rows that say what is left between the sides."""

    read: dict[str, Reading]
    results: list[tuple[str, Row]]

    def _totals(self, side: str, col: int) -> set[Decimal]:
        """What the lines of a side add up to, and what is printed for all of them."""
        if (reading := self.read.get(side)) is None:
            return {Decimal(0)}
        lines = reading.lines()
        printed = {v.printed for v in reading.verdicts if v.col == col and v.end - v.start == len(lines)}
        return {sum((row.values.get(col, Decimal(0)) for row in lines), Decimal(0)), *printed}

    def _wrong(self, made: Layout, goal: Purpose) -> Iterator[Finding]:
        """A surplus or deficit, or net financing, that its sides do not leave; its sign is written in many ways."""
        lines = sorted(row.at for reading in self.read.values() for row in reading.lines())
        for side, row in self.results:
            plus, minus, more, signs = (INCOME, SPENDING, "", (-1,)) if side == SURPLUS else (_IN, _OUT, FINANCING, (-1, 1))
            for col in goal.main if side != REST and {plus, minus, more} & {*self.read} else ():
                own = [self._totals(one, col) for one in (plus, minus, more)]
                due = [a + sign * b + c for a in own[0] for b in own[1] for c in own[2] for sign in signs]
                broken = any(col in one.broken for reading in self.read.values() for one in reading.lines())
                value = row.values.get(col)
                if value is not None and not broken and all(abs(abs(one) - abs(value)) > HALF for one in due):
                    yield finding(
                        "L401", made.region.grid.name, place(row.at, col), value=number(value), nama=clean(row.name)[:60],
                        tercetak=value, hitung=due[0], awal=lines[0] + 1, akhir=lines[-1] + 1, selisih=value - due[0], sebab="",
                    )  # fmt: skip

    def said(self, made: Layout, goal: Purpose) -> Iterator[Finding]:
        """What contradicts itself on the sides that are left out and between all of them, and what they amount to."""
        shown = []
        for side, reading in [(side, reading) for side, reading in self.read.items() if side != SPENDING]:
            yield from disagreements(made, goal, reading)
            yield from beside_findings(made, goal, reading, ())
            lines, figures = reading.lines(), []
            for name, col in ((name, col) for name, cols in goal.amounts.items() for col in cols):
                value = sum((row.values.get(col, Decimal(0)) for row in lines), Decimal(0))
                figures.append(f"{MEANINGS[name]} {as_known(number(value), value, sum(col in row.broken for row in lines))}")
            if any(row.broken or any(row.values.values()) for row in lines):
                shown.append(f"{side} (baris {ranges(row.at + 1 for row in lines)}: {', '.join(figures)})")
        yield from self._wrong(made, goal)
        if shown:
            at = self.read[INCOME].lines()[0].at
            yield finding("L451", made.region.grid.name, place(at, goal.main[0]), daftar="; ".join(shown))


def parted(goal: Purpose, rows: Sequence[Row], whole: Reading, read: Callable[[list[Row]], Reading]) -> Sides | None:
    """The sides of a table that heads both income and spending, where every line of it stands on a side.

    A heading or group begins a side, a line only where it says nothing else ("Belanja" of a summary)."""
    lines = {id(row) for row in whole.lines()}
    parts: dict[str, list[Row]] = defaultdict(list)
    results: list[tuple[str, Row]] = []
    now = ""
    for row in rows if goal.kind in (RAB, REALISASI) else ():
        side = _side(row)
        if side == REST and row.code.strip():  # "6.1.1 SILPA" is what it is an account of
            side = ""
        if side and (id(row) not in lines or side in (SURPLUS, REST) or _ONLY(clean(row.name))):
            now = now if side == REST else side
            if side in (SURPLUS, REST, FINANCING):
                results.append((side, row))
                continue
        if row.kind in (VALUE, HEADING, TOTAL, ADDED):
            if now in ("", SURPLUS) and (id(row) in lines or row.kind == ADDED):
                return None
            if (side := _summed(row, parts) or now) != FINANCING or row.kind != TOTAL:
                parts[side].append(row)  # of financing nothing tells what comes in and what goes out
    if not {INCOME, SPENDING} <= {*parts}:
        return None
    sides = {side: reading for side, some in parts.items() if side not in ("", SURPLUS) and (reading := read(some)).lines()}
    if not {INCOME, SPENDING} <= {*sides}:
        return None
    for row, kind in [(row, side) for side, reading in sides.items() if side != SPENDING for row in reading.lines()]:
        row.kind = kind
    for side, row in results:
        row.kind = side
    return Sides(sides, results)


def _summed(row: Row, parts: Collection[str]) -> str:
    """The side that a total names, where that ended above it: the totals of all sides may stand at the foot of the table."""
    side = next((one for one in (INCOME, SPENDING) if _SIDES[one](clean(row.label or row.name).partition(" ")[2].lower())), "")
    return side if row.kind == TOTAL and side in parts else ""


def income_alone(made: Layout, goal: Purpose, rows: Sequence[Row]) -> Iterator[Finding]:
    """Income in a table of budgets: its sum is no budget of spending."""
    if goal.kind not in (RAB, REALISASI):
        return
    last = max((row.at for row in rows if row.kind == VALUE), default=0)  # below it "B. BELANJA" begins
    some = (row for row in rows if row.kind in (VALUE, HEADING) and row.at <= last)
    sides = [(side, row) for row in some if (side := _side(row)) in (INCOME, SPENDING)]
    income, spending = ([row for side, row in sides if side == one] for one in (INCOME, SPENDING))
    why = f"baris {income[0].at + 1}" if income else ""
    if (why and spending) or (not spending and (why or (why := _by_words(made)))):
        beside = f" dan belanja (baris {spending[0].at + 1})" if spending else ", tanpa belanja"
        at = income[0].at if income else made.region.head.bottom
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
