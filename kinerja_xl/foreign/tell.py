"""Catatan about a table as a whole: hidden rows and columns, columns chosen against their heading, parts taken together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import permutations, product
from operator import eq

from kinerja_xl.catatan import Finding, Severity
from kinerja_xl.foreign.kinds import PARTS, Purpose, money, totalled
from kinerja_xl.foreign.ledger import proven_pair
from kinerja_xl.foreign.model import (
    HARGA,
    INDIKATOR,
    MEANINGS,
    RAB,
    REALISASI,
    Question,
    as_known,
    finding,
    listed,
    number,
    ranges,
)
from kinerja_xl.foreign.padanan import ALL_ZONES, COLUMN_KEY, ZONE_KEY, each_for_itself
from kinerja_xl.foreign.results import BY_PLACE, other_measures
from kinerja_xl.foreign.rowset import AFTER, Row
from kinerja_xl.foreign.sums import Reading
from kinerja_xl.foreign.targets import RUPIAH, figures, is_large
from kinerja_xl.formula.cellsheet import place
from kinerja_xl.formula.references import column_letters
from kinerja_xl.regions.columns import MORE_TOLD
from kinerja_xl.regions.facts import holds, mostly, row_sum, row_sums, row_total
from kinerja_xl.regions.model import PARTS_OF_YEAR, Column, Layout
from kinerja_xl.regions.words import clean, word
from kinerja_xl.sheets.values import fold
from kinerja_xl.words.match import kata
from kinerja_xl.words.shapes import pattern


def table_findings(
    made: Layout, goal: Purpose, rows: Sequence[Row], reading: Reading, asked: Sequence[Question]
) -> Iterator[Finding]:
    """Everything there is to say about columns and hidden parts."""
    yield from _below(made, goal, rows)
    yield from _hidden(made, goal, reading)
    yield from _parts(made, goal)
    yield from _chosen(made, goal)
    yield from _unknown(made, goal)
    yield from _open(made, goal, asked)
    yield from _prices(made, goal)
    yield from _not_rupiah(made, goal)
    yield from _headless(made, goal, reading)


def _prices(made: Layout, goal: Purpose) -> Iterator[Finding]:
    """Several price columns that all hold (one per grade or occasion): nothing to answer."""
    cols = goal.amounts.get("harga", []) if goal.kind == HARGA else []
    if len(cols) > 1 and each_for_itself(made, cols):
        names = listed([made.columns[col].name for col in cols])
        cell = place(made.region.head.bottom, cols[0])
        said = finding("L306", made.region.grid.name, cell, banyak=len(cols), daftar=names)
        yield replace(said, severity_override=Severity.INFO)


def _headless(made: Layout, goal: Purpose, reading: Reading) -> Iterator[Finding]:
    """A column of figures inside or right beside a price list that nobody named: perhaps a zone that lost its heading."""
    if goal.kind != HARGA:
        return
    grid, lines = made.region.grid, reading.lines()
    for col in range(made.region.left, made.region.right + 3):
        if col not in made.columns:
            cells = grid.columns[col] if col < len(grid.columns) else [None] * grid.height
            values = [v for row in lines if isinstance(v := cells[row.at], float) and v >= 1000]
            if len(values) > 1 and len(values) * 2 >= len(lines):
                cell, letter = place(lines[0].at, col), column_letters(col + 1)
                yield finding("L303", grid.name, cell, column=letter, value="tanpa judul", kolom=letter)


_NOT_RUPIAH, _FIGURES = kata("satuan_uang"), pattern("angka_dalam")


def _not_rupiah(made: Layout, goal: Purpose) -> Iterator[Finding]:
    """Amounts in thousands, or in dollars, as the title or a heading says: "(dalam ribuan rupiah)", "Rp 000", "x 1.000"."""
    if goal.kind == INDIKATOR and not any("anggaran" in name for name in goal.amounts):
        return
    grid, top = made.region.grid, made.region.head.top
    above = ((r, c, v) for r in range(max(0, top - 8), top) for c, v in enumerate(grid.rows[r]))
    inside = ((made.region.head.bottom, c, " ".join(made.columns[c].path)) for c in goal.main)
    for row, col, value in (*above, *inside):
        if isinstance(value, str) and len(value) <= 150 and (found := _NOT_RUPIAH(value)):
            word = next(part for part in found.groups() if part)
            unit = "ribuan" if word == "000" else word.lower()
            yield finding("L309", grid.name, place(row, col), value=clean(value), satuan=unit)
            return


_COMPARED = kata("dibandingkan")
"""Below a total the pagu and what is left of it are compared with it: no figures that somebody forgot."""


def _below(made: Layout, goal: Purpose, rows: Sequence[Row]) -> Iterator[Finding]:
    below = [row for row in rows if row.kind == AFTER and row.values and not _COMPARED(clean(row.name) or row.label)]
    if below:
        names = [f"baris {row.at + 1} {clean(row.name)[:40]} ({number(next(iter(row.values.values())))})" for row in below]
        yield finding("L423", made.region.grid.name, place(below[0].at, goal.main[0]), daftar=listed(names))


def _hidden(made: Layout, goal: Purpose, reading: Reading) -> Iterator[Finding]:
    grid = made.region.grid
    hidden = [row for row in reading.lines() if row.at + 1 in grid.hidden_rows] if grid.hidden_rows else []
    if hidden and goal.main:
        col, gone = goal.main[0], {row.at for row in hidden}
        rest = [row for row in reading.lines() if row.at not in gone]
        seen, unknown = sum((row.values.get(col, Decimal(0)) for row in rest), Decimal(0)), sum(col in row.broken for row in rest)
        yield finding(
            "L204", grid.name, place(hidden[0].at, col), banyak=len(hidden), saring=" (saringan)" if grid.filtered else "",
            daftar="baris " + ranges(row.at + 1 for row in hidden), tanpa=as_known(number(seen), seen, unknown),
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
        known = all(map(_of_known_part, columns))
        periods = all(c.period.startswith(PARTS_OF_YEAR) for c in columns)
        years = goal.kind == INDIKATOR and len({tuple(_FIGURES.findall(c.name)) for c in columns}) == len(columns)
        if not known and not periods and not years:
            cell = place(made.region.head.bottom, cols[0])
            yield finding(
                "L307", made.region.grid.name, cell, arti=MEANINGS.get(name, name), daftar=listed([c.name for c in columns])
            )


def _of_known_part(column: Column) -> bool:
    return bool(PARTS(fold("".join(column.path))))


def _chosen(made: Layout, goal: Purpose) -> Iterator[Finding]:
    """Columns that are read otherwise than their heading says."""
    for column in made.columns.values():
        if BY_PLACE in column.evidence:
            said = _read_as(made, column, [BY_PLACE])
            yield replace(said, severity_override=Severity.CEK)
            continue
        against = len(column.evidence) > 1 and column.evidence[0].startswith("judul")
        if against and column.role in ("volume", "satuan", "target", "realisasi", "kode", "harga", "jumlah"):
            why = [text for text in column.evidence[1:] if not text.startswith("volume × harga") or column.role == "volume"]
            if why:
                yield _read_as(made, column, why)


def name_doubt(made: Layout, goal: Purpose, name: int | None) -> Iterator[Finding]:
    """Names in a column of words nobody knows, while another one is called a name and differs from row to row, or the other way
    round."""
    if name is None or (goal.kind == INDIKATOR and made.columns[name].role != ""):
        return
    others = [c for c in made.of("uraian") if c.col < name and made.content[c.col].variety > SAME]
    if goal.kind != INDIKATOR:  # the person on the first row, what it costs on each; one of both under a word nobody knows
        words = made.content[name].words
        others = [c for c in made.of("") if made.content[c.col].is_text and made.content[c.col].words > 2 * words > 2]
        others += [c for c in made.of("uraian") if c.col != name and MORE_TOLD in c.evidence]
        others = [c for c in others if c.col < goal.main[0]]
    for other in others[-1:]:
        one = made.columns[name]
        yield finding(
            "L302", made.region.grid.name, place(made.region.head.bottom, name), column=one.name, value=one.name,
            arti="nama indikator" if goal.kind == INDIKATOR else "nama", kolom=one.letter,
            lain=f"kolom {other.letter}: {other.name}",
        )  # fmt: skip


SAME = 0.9
"""Names of programs above several indicators differ less than this."""


def _read_as(made: Layout, column: Column, why: Sequence[str]) -> Finding:
    return finding(
        "L301", made.region.grid.name, place(made.region.head.bottom, column.col), column=column.name,
        value=clean(column.path[-1]).replace("\n", " "), kolom=column.letter,
        arti=MEANINGS.get(column.role, column.role), bukti="; ".join(why),
    )  # fmt: skip


def _unknown(made: Layout, goal: Purpose) -> Iterator[Finding]:
    """Columns with figures as large as money that nobody knows; a total of columns beside it is known."""
    strange = [c for c in made.columns.values() if c.role == "" and not c.period and made.content[c.col].is_money]
    known = {*goal.main, *_quotations(made, strange), *_sources(made, goal, strange)}
    for column in [c for c in strange if c.col not in known]:
        unknown = not fold("".join(column.path)).startswith("id")  # the numbers of a database
        unknown = unknown and (goal.kind != REALISASI or is_large(made, column))  # nobody spends so little: people, metres
        if unknown and made.content[column.col].figures > 1 and not row_sum(made, column.col):
            cell = place(made.region.head.bottom, column.col)
            yield finding("L303", made.region.grid.name, cell, column=column.name, value=column.name, kolom=column.letter)
    asked = [col for cols in goal.rivals.values() for col in cols]
    if goal.kind == INDIKATOR and (others := other_measures(made, (*goal.main, *asked))):
        told, cell = listed([c.name for c in others]), place(made.region.head.bottom, others[0].col)
        letters, first = ", ".join(c.letter for c in others), others[0].name
        yield finding("L318", made.region.grid.name, cell, column=first, value=first, kolom=letters, daftar=told)
    counted = [cols for name, cols in goal.amounts.items() if name in ("target", "realisasi")]
    lone = [cols for cols in counted if len(cols) == 1 and ("target" in goal.amounts or len(goal.main) == 1)]
    part = lone and made.columns[lone[0][0]].period.startswith(PARTS_OF_YEAR)  # the target of one quarter: where are the others?
    if goal.kind == INDIKATOR and lone and (part or len(counted) == 1):
        yield from _maybe_results(made, goal)


def _maybe_results(made: Layout, goal: Purpose) -> Iterator[Finding]:
    """Figures on most rows right of the targets, or left of the results, under a heading that nobody knows, where the other of
    the two was not found."""
    target, own = goal.main[0], made.content
    some = [c for c in made.of("", "jumlah") if own[c.col].is_united and not own[c.col].is_worded]  # "12 Dokumen"
    unknown = [c for c in made.of("", "jumlah") if c in some or c in figures(made, c.role)]
    bounds = not own[target].figures  # "≥ 70 %": the capaian beside it is the only figure
    both = {"target", "realisasi"} <= set(goal.amounts)
    shares = [] if both else made.of("persen")
    unknown += [c for c in shares if bounds or c.period.startswith(PARTS_OF_YEAR)]  # "Capaian per Bulan (%)"
    hits, rows = row_sums(made, target, unknown)
    lost: list[Column] = []
    for column in unknown if len(unknown) == 1 or not rows or hits < rows else ():  # else they are the target's parts
        content = made.content[column.col]
        beside = column.col > target if "target" in goal.amounts else column.col < target
        count = content.figures + content.united
        filled = count > 1 and (content.nonzero > 1 or content.united > 1) and count * 2 >= made.content[target].figures
        told = is_large(made, column) if column.role else content.is_money and not column.period  # as money, elsewhere
        if beside and filled and column.path and not told:
            lost.append(column)
    spans = [c for c in lost if c.period]  # quarters, months: one thing to say
    for first, last in [*((c, c) for c in lost if not c.period), *([(spans[0], spans[-1])] if spans else [])]:
        letters, names = (" sampai ".join(dict.fromkeys(both)) for both in ((first.letter, last.letter), (first.name, last.name)))
        cell = place(made.region.head.bottom, first.col)
        yield finding("L317", made.region.grid.name, cell, column=first.name, value=names, kolom=letters)


def _sources(made: Layout, goal: Purpose, unknown: Sequence[Column]) -> set[int]:
    """Two or more unknown columns that make up the amount ("Swadaya | Dana Desa" beside the total), those that repeat budget or
    realisasi on every row ("Kontraktual" beside the pagu), and what one amount or price is above the other."""
    several = len(unknown) > 2 or all(_of_known_part(c) or len(c.path) > 1 for c in unknown)  # two may be spent and left
    for col in goal.main if goal.kind in (RAB, REALISASI) and len(unknown) > 1 and several else ():
        if mostly(*row_sums(made, col, unknown), 2):
            return {c.col for c in unknown}
    repeating = product(unknown, goal.main if goal.kind == REALISASI else ())  # beside a plan it may be what was spent
    found = {c.col for c, col in repeating if _always(*holds(made, (col, c.col), eq))}
    amounts = made.of("harga") if goal.kind == HARGA else made.of("anggaran", "realisasi", "jumlah", "bagian")
    for c, (one, other) in product(unknown, permutations([a.col for a in amounts[:6]], 2)):
        found |= {c.col} if mostly(*holds(made, (one, other, c.col), lambda a, b, rise: a - b == rise), 2) else set()
    return found


def _always(hits: int, rows: int) -> bool:
    return 1 < rows == hits


def _quotations(made: Layout, strange: Sequence[Column]) -> set[int]:
    """Two or more unknown columns whose mean or smallest is the price (a survey of three shops before the HPS)."""
    unknown = [c.col for c in strange]
    for price in (c.col for c in made.of("harga")) if len(unknown) > 1 else ():
        rows = hits = 0
        for own, *some in zip(*map(made.values, [price, *unknown]), strict=True):
            others = [v for v in some if v]
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
            if others[-1].value == ALL_ZONES:
                told = listed([option.value for option in question.options[:-1]])
                yield finding("L307", sheet, question.cell, arti=MEANINGS[question.key.removeprefix(COLUMN_KEY)], daftar=told)
                continue
            letter = chosen.label.split(":")[0].removeprefix("kolom ")
            yield finding(
                "L302", sheet, question.cell, value=chosen.value, kolom=letter, lain=", ".join(o.label for o in others),
                arti=MEANINGS.get(question.key.removeprefix(COLUMN_KEY), "jumlah"),
            )  # fmt: skip
        elif question.key == ZONE_KEY:
            names = [option.value for option in question.options[:-1]]
            yield finding("L306", sheet, question.cell, banyak=len(names), daftar=listed(names))


# ---- What speaks against the kind that a table was read as: other figures beside it, or no word that a table of ours would
#      have ----
# A list of sales, prices in a shop or counts of anything can have the very columns of a RAB, a price list or targets. Without
# a word of planning or budgets in its headings, title, sheet or file name the kind is said to be doubtful.

_WORDS = {RAB: kata("kata_rab"), INDIKATOR: kata("kata_indikator"), HARGA: kata("kata_harga")}
_PLANNED = kata("direncanakan")
"""Words that only a plan has: beside them a column "Toko A" is a price survey, not a shop's book."""
_TRADE, _USED = kata("perdagangan"), kata("penggunaan_dana")


def kind_doubts(made: Layout, goal: Purpose, context: str) -> Iterator[Finding]:
    """Reasons to look at the kind. ``context``: file, sheet and title."""
    yield from _other_figures(made, goal)
    yield from _sample(made, goal, context)
    yield from _no_word(made, goal, context)


def _other_figures(made: Layout, goal: Purpose) -> Iterator[Finding]:
    # What was done stands beside the money: "Target | Realisasi", or in per cent ("Target Fisik", "Target (%)").
    percent = {c.col for c in figures(made, "persen") if c.path and word(c.path[-1]).figure}
    counted = [c for c in figures(made, "target", "realisasi", "persen") if c.col in percent or c.role != "persen"]
    counted = [c for c in counted if c.role == "target" or not (c.col in goal.main or is_large(made, c))]
    targets = [c for c in counted if c.role == "target" or word(c.path[-1]).figure == "target"]
    if goal.kind in (RAB, REALISASI) and targets:
        names = listed([f'"{c.name}"' for c in counted])
        unread = "" if any(c.col in goal.main for c in counted) else ", yang tidak ikut dibaca"
        # "Target Fisik | Realisasi Fisik | Keuangan": money that is not called a budget may be what was spent
        open_money = goal.kind == RAB and len(targets) < len(counted) and not made.of("anggaran", "volume", "harga")
        said = _doubt(made, goal, "realisasi atau indikator" if open_money else "indikator", f"ada juga kolom {names}{unread}")
        info = not open_money and (_measured(made, goal) or not figures(made, "target"))
        yield replace(said, severity_override=Severity.INFO) if info else said
    months = [c for c in money(made, figures(made, "")) if c.period.startswith(("b", "tw")) and made.content[c.col].is_money]
    # Months that add up to the pagu of every line are its plan: nobody spends to the rupiah what was budgeted.
    if goal.kind == RAB and len(months) > 1 and not row_total(made, goal.main[0], months):
        yield _doubt(made, goal, "realisasi", "kolom bulan atau triwulannya dapat berarti rencana atau realisasi")
    summed = goal.kind == INDIKATOR and {*goal.amounts} == {"target"} and totalled(made) and not made.of("satuan")
    planned = [made.columns[col] for col in goal.main] if summed else []
    if planned and all(is_large(made, c) and not made.content[c.col].united for c in planned):
        yield _doubt(made, goal, "rab", "targetnya rupiah yang dijumlahkan")
    if goal.kind == HARGA and (figures(made, "volume", "jumlah") or made.of("tanggal")):
        yield _doubt(made, goal, "rab", "ada kolom volume, jumlah, atau tanggal di samping harga")


def _measured(made: Layout, goal: Purpose) -> bool:
    """Realisasi that the sheet itself compares with its budget: output and target beside it do not make it an indicator."""
    pair = [[made.columns[col] for col in goal.amounts.get(name, ())] for name in ("anggaran", "realisasi")]
    return all(len(some) == 1 for some in pair) and proven_pair(made, *pair) is not None


_SAMPLE = kata("contoh_isian")


def _sample(made: Layout, goal: Purpose, context: str) -> Iterator[Finding]:
    """A form handed out with a line or two that show how to fill it: nobody's budget."""
    name = made.first("uraian", "indikator")
    texts = [str(made.region.grid.value(row, name) or "") for row in made.region.rows[:50]] if name is not None else []
    if found := next((m for text in [context, *texts] if (m := _SAMPLE(text))), None):
        yield _doubt(made, goal, "contoh isian formulir", f'ada kata "{found[0].strip(" :.,")}"')


def _no_word(made: Layout, goal: Purpose, context: str) -> Iterator[Finding]:
    if goal.kind not in _WORDS:
        return
    vendors = "bagian" if goal.kind == HARGA else None  # of whose prices one is the price
    names = [name for column in made.columns.values() if column.role != vendors for name in column.path]
    text = " ".join([context, *names])
    if (trade := _TRADE(text)) and not (goal.kind == RAB and _PLANNED(text)):
        yield _doubt(made, goal, "tabel lain", f'ada kata "{trade[0]}"')
    elif goal.kind == RAB and (used := _USED(text)) and not _PLANNED(text):
        yield _doubt(made, goal, "realisasi", f'ada kata "{used[0]}"')
    elif not _WORDS[goal.kind](text):
        full = goal.kind == RAB and made.of("volume") and made.of("satuan") and made.of("harga", "kode")
        if not full:
            yield _doubt(made, goal, "tabel lain", "tidak ada kata yang menunjukkan rencana, anggaran, atau standar harga")


def another_trade(made: Layout, goal: Purpose, context: str) -> str:
    """Why a table is none of ours although its columns fit, where no word speaks of a plan; "" when nothing is known.

    Habits served: sales and payments, a date on every row; counts of people, votes or rain with a column "Jumlah"."""
    text = " ".join([context, *(name for column in made.columns.values() for name in column.path)])
    if goal.kind not in (RAB, HARGA) or _WORDS[goal.kind](text):
        return ""
    named = max((made.content[c.col].filled for c in made.of("uraian")), default=0)
    if any(made.content[c.col].filled >= max(3, named // 2) for c in made.of("tanggal")):
        return "tiap barisnya bertanggal, dan tidak ada kata rencana, anggaran, atau standar harga: rupanya catatan transaksi"
    money = made.of("volume", "harga", "kode", "anggaran") or [c for c in made.columns.values() if c.money]
    if goal.kind == RAB and not money and all(made.content[col].largest < RUPIAH for col in goal.main):
        return "angkanya terlalu kecil untuk rupiah, dan tidak ada kata rencana atau anggaran"
    return ""


def _doubt(made: Layout, goal: Purpose, other: str, why: str) -> Finding:
    cell = place(made.region.head.bottom, goal.main[0] if goal.main else made.region.left)
    return finding("L305", made.region.grid.name, cell, arti=goal.kind.replace("_", " "), lain=other, bukti=why)
