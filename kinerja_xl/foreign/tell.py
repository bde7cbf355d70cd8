"""Catatan about a table as a whole: hidden rows and columns, columns chosen against their heading, parts taken together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kinerja_xl.findings import Finding
from kinerja_xl.foreign.columns import Layout
from kinerja_xl.foreign.grid import place
from kinerja_xl.foreign.kinds import Purpose, row_sum
from kinerja_xl.foreign.model import MEANINGS, RAB, REALISASI, Question
from kinerja_xl.foreign.questions import COLUMN_KEY, ZONE_KEY
from kinerja_xl.foreign.rowset import AFTER, Row
from kinerja_xl.foreign.say import finding, listed, number, ranges
from kinerja_xl.foreign.sums import Reading
from kinerja_xl.foreign.texts import clean
from kinerja_xl.package.address import column_letters
from kinerja_xl.sheets.values import fold

_KNOWN_PARTS = (
    "operasi",
    "modal",
    "takterduga",
    "transfer",
    "pegawai",
    "barang",
    "jasa",
    "hibah",
    "bansos",
    "bantuansosial",
    "subsidi",
    "apbd",
    "apbn",
    "pad",
    "dau",
    "dak",
    "dbh",
    "dds",
    "danadesa",
    "add",
    "pbh",
    "bos",
    "blud",
    "bok",
    "swadaya",
)
"""Kinds of spending and sources of money: columns called so are parts of one amount."""


def table_findings(
    made: Layout, goal: Purpose, rows: Sequence[Row], reading: Reading, asked: Sequence[Question]
) -> Iterator[Finding]:
    """Everything there is to say about columns and hidden parts."""
    yield from _below(made, goal, rows)
    yield from _both_sides(made, goal, rows)
    yield from _hidden(made, goal, reading)
    yield from _parts(made, goal)
    yield from _chosen(made, goal)
    yield from _unknown(made, goal)
    yield from _open(made, goal, asked)
    yield from _scaled(made, goal)


_SCALE = re.compile(r"\b(ribuan|jutaan|milyaran|miliaran)\s*(?:rp\b|rupiah|\))|\bdalam\s+(ribuan|jutaan)\b", re.IGNORECASE)


def _scaled(made: Layout, goal: Purpose) -> Iterator[Finding]:
    """"(dalam ribuan rupiah)" above the table or in a heading: the figures are read as they stand, and that is said."""
    grid, head = made.region.grid, made.region.head
    above = [(row, col) for row in range(max(0, head.top - 6), head.bottom + 1) for col in grid.filled(row)]
    for row, col in above if goal.kind in (RAB, REALISASI) else ():
        if isinstance(text := grid.value(row, col), str) and (found := _SCALE.search(text)):
            yield finding("L309", grid.name, place(row, col), value=clean(text)[:80], satuan=(found[1] or found[2]).lower())
            return


def _both_sides(made: Layout, goal: Purpose, rows: Sequence[Row]) -> Iterator[Finding]:
    """Income and spending in one table: their sum is no budget."""
    names = [(row, clean(row.name).lower()) for row in rows if row.values and row.name.strip()]
    income = [row for row, name in names if name.startswith(("pendapatan", "penerimaan"))]
    spending = [row for row, name in names if name.startswith(("belanja", "pengeluaran"))]
    if income and spending and goal.kind in (RAB, REALISASI):
        cell = place(income[0].at, goal.main[0])
        yield finding("L432", made.region.grid.name, cell, pendapatan=income[0].at + 1, belanja=spending[0].at + 1)


_COMPARED = re.compile(r"^\W*(?:pagu|plafon|sisa|selisih|saldo|lebih|kurang)\b", re.IGNORECASE)
"""Below a total the pagu and what is left of it are compared with it: no figures that somebody forgot."""


def _below(made: Layout, goal: Purpose, rows: Sequence[Row]) -> Iterator[Finding]:
    below = [row for row in rows if row.kind == AFTER and not _COMPARED.match(clean(row.name) or row.label)]
    if below:
        names = [
            f"baris {row.at + 1} {clean(row.name)[:40]} ({number(next(iter(row.values.values()), Decimal(0)))})" for row in below
        ]
        yield finding("L423", made.region.grid.name, place(below[0].at, goal.main[0]), daftar=listed(names))


def _hidden(made: Layout, goal: Purpose, reading: Reading) -> Iterator[Finding]:
    grid = made.region.grid
    hidden = [row for row in reading.lines() if row.at + 1 in grid.hidden_rows]
    if hidden:
        col, gone = goal.main[0], {row.at for row in hidden}
        seen = sum((row.values.get(col, Decimal(0)) for row in reading.lines() if row.at not in gone), Decimal(0))
        yield finding(
            "L204", grid.name, place(hidden[0].at, col), banyak=len(hidden), saring=" (saringan)" if grid.filtered else "",
            daftar="baris " + ranges(row.at + 1 for row in hidden), tanpa=seen,
            nama=MEANINGS.get(next(iter(goal.amounts)), "jumlah"),
        )  # fmt: skip
    columns = [col for col in made.columns if col + 1 in grid.hidden_cols]
    if columns:
        yield finding("L205", grid.name, daftar=listed([column_letters(col + 1) for col in columns]))


def _parts(made: Layout, goal: Purpose) -> Iterator[Finding]:
    """Several columns taken together as one amount: said, unless they are the kinds of spending or the quarters."""
    for name, cols in goal.amounts.items():
        if len(cols) < 2 or name == "harga":
            continue
        columns = [made.columns[col] for col in cols]
        known = all(any(part in fold("".join(c.path)) for part in _KNOWN_PARTS) for c in columns)
        periods = all(c.period.startswith(("tw", "b")) for c in columns)
        if not known and not periods:
            cell = place(made.region.head.bottom, cols[0])
            yield finding(
                "L307", made.region.grid.name, cell, arti=MEANINGS.get(name, name), daftar=listed([c.name for c in columns])
            )


def _chosen(made: Layout, goal: Purpose) -> Iterator[Finding]:
    """Columns that are read otherwise than their heading says."""
    for column in made.columns.values():
        against = len(column.evidence) > 1 and column.evidence[0].startswith("judul")
        if against and column.role in ("volume", "satuan", "target", "realisasi", "kode", "harga", "jumlah"):
            why = [text for text in column.evidence[1:] if not text.startswith("volume × harga") or column.role == "volume"]
            if why:
                yield finding(
                    "L301", made.region.grid.name, place(made.region.head.bottom, column.col), column=column.name,
                    value=clean(column.path[-1]).replace("\n", " "), kolom=column.letter,
                    arti=MEANINGS.get(column.role, column.role),
                    bukti="; ".join(why),
                )  # fmt: skip


def _unknown(made: Layout, goal: Purpose) -> Iterator[Finding]:
    """Columns with figures as large as money that nobody knows; a total of columns beside it is known."""
    quoted = _quotations(made)
    for column in made.columns.values():
        if column.col in quoted:
            continue
        content = made.content[column.col]
        unknown = column.role == "" and not column.period and column.col not in goal.main
        if unknown and content.is_money and content.figures > 1 and not row_sum(made, column.col):
            cell = place(made.region.head.bottom, column.col)
            yield finding("L303", made.region.grid.name, cell, column=column.name, value=column.name, kolom=column.letter)


def _quotations(made: Layout) -> set[int]:
    """Two or more unknown columns whose mean or smallest is the price (a survey of three shops before the HPS)."""
    unknown = [c.col for c in made.columns.values() if c.role == "" and not c.period and made.content[c.col].is_money]
    for price in (c.col for c in made.of("harga")):
        rows = hits = 0
        for row in made.region.rows:
            own, others = made.value(row, price), [v for col in unknown if (v := made.value(row, col))]
            if own and len(others) > 1:
                rows += 1
                mean = sum(others, Decimal(0)) / len(others)
                hits += min(abs(mean - own), abs(min(others) - own)) <= max(Decimal(1), own / 1000)
        if rows > 1 and hits * 10 >= rows * 9:
            return set(unknown)
    return set()


def _open(made: Layout, goal: Purpose, asked: Sequence[Question]) -> Iterator[Finding]:
    """Open questions as catatan."""
    sheet = made.region.grid.name
    for question in asked:
        if question.key.startswith(COLUMN_KEY):
            chosen, *others = question.options
            letter = chosen.label.split(":")[0].removeprefix("kolom ")
            meaning = MEANINGS.get(question.key.removeprefix(COLUMN_KEY), "jumlah")
            yield finding(
                "L302",
                sheet,
                question.cell,
                value=chosen.value,
                kolom=letter,
                arti=meaning,
                lain=", ".join(o.label for o in others),
            )
        elif question.key == ZONE_KEY:
            names = [option.value for option in question.options[:-1]]
            yield finding("L306", sheet, question.cell, banyak=len(names), daftar=listed(names))
