"""Sheet ``TOR``: one line per TOR, its amount beside the RAB's, and the price of one unit of output."""

from __future__ import annotations

from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from kinerja_xl.reckoning import Sum, together
from kinerja_xl.reckoning.recap import TorLine
from kinerja_xl.reckoning.recap.quality import CRITERIA, PREDICATES, Quality, Verdict, judge
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.formats import round_half_up
from kinerja_xl.sheets.rekap import UNKNOWN, UNKNOWN_ROWS, known
from kinerja_xl.writing.shown.flat import At, Cell, Cells, begin, end, fill
from kinerja_xl.writing.shown.page import Layout, signature_block
from kinerja_xl.writing.shown.recap.frame import Context, Grid, held, held_totals, layout_of, writes
from kinerja_xl.writing.shown.sums import SUB, code_keys, joined, sub_key
from kinerja_xl.writing.shown.table import shorten

_LONGEST = 250
"""Characters of a text in this overview: a whole section would make a row higher than a page."""


@writes(rekap.TOR)
def write_tor(context: Context) -> None:
    tors = context.recap.tors
    own = layout_of(rekap.TOR, context.book, len(tors))
    totals: dict[str, int | Sum] = {
        "biaya": sum(tor.biaya for tor in tors if tor.biaya is not None),
        **held_totals(together(tor.rab for tor in tors), "rab"),
        "selisih": sum(tor.selisih for tor in tors if tor.selisih is not None),
    }
    grid = begin(Grid, context, own, totals)

    def theirs(row: int, tor: TorLine) -> None:
        for key, column in own.theirs.items():
            grid.put(row, column, shorten(tor.row.get(key), _LONGEST))

    cells: Cells = {"sub": lambda at: sub_key(at.of.kode_sub), "rab": _rab, UNKNOWN_ROWS: _unknown, "harga_output": _price}
    fill(grid, tors, cells, theirs=theirs)
    first, column = own.ref("selisih", own.first), own.column("selisih")
    rule = {"type": "formula", "criteria": f"=AND(ISNUMBER({first}),{first}<>0)", "format": context.styles.rule("wajib")}
    grid.worksheet.conditional_format(own.first, column, own.last, column, rule)
    end(grid)


def _rab(at: At) -> Cell:
    """The sum over the RAB sheet that gives this amount: all lines handed in, or those counted; a figure where neither does."""
    tor: TorLine = at.of
    amount = at.context.sums.unit_sub[joined(tor.unit, code_keys(tor.kode_sub)[2])]
    key = "jumlah" if amount.all == tor.rab else "jumlah_dihitung" if Sum(amount.counted) == tor.rab else ""
    return held(at, tor.rab, _adding(at, key)) if key else Cell(known(tor.rab.shown))


def _unknown(at: At) -> Cell:
    """How many of these lines are not known."""
    tor: TorLine = at.of
    amount = at.context.sums.unit_sub[joined(tor.unit, code_keys(tor.kode_sub)[2])]
    return Cell(tor.rab.unknown, _adding(at, UNKNOWN_ROWS) if amount.all == tor.rab else "")


def _adding(at: At, key: str) -> str:
    """Formula that adds up a column of the RAB sheet over the TOR's sub kegiatan."""
    criterion = f'{at.ref("unit")}&"|{SUB} "&{at.ref("sub")}'
    return f"SUMIFS({at.span('rab', key)},{at.span('rab', 'kunci_sub')},{criterion})"


def _price(at: At) -> object:
    """Price of one unit of output in whole rupiah; live where it is the RAB divided by the TOR's target."""
    tor: TorLine = at.of
    target = tor.row.get("output_target")
    if tor.harga_output is None:
        return UNKNOWN
    price = round_half_up(tor.harga_output, 0)
    computed = round_half_up(tor.rab.amount / target, 0) if isinstance(target, Decimal) and target > 0 else None
    if price != computed or "output_target" not in at.grid.layout.theirs:
        return price
    cell, rab = at.ref("output_target"), at.ref("rab")
    return Cell(price, f'IF(N({cell})>0,ROUND({rab}/{cell},0),"{UNKNOWN}")')


# ---- Sheet ``Mutu Perencanaan``: the eight criteria with their evidence, and the predicate that follows ----
# A reviewer may change a verdict (what the files do not show is his to judge): the predicate is a formula.

_COLOURS = {Verdict.TERPENUHI: "good", Verdict.BELUM: "wajib", Verdict.TIDAK_DAPAT: "cek"}


@writes(rekap.MUTU)
def write_mutu(context: Context) -> None:
    quality = judge(context.recap)
    own = layout_of(rekap.MUTU, context.book, len(quality.criteria))
    grid = begin(Grid, context, own)
    fill(grid, quality.criteria)
    bottom = _result(context, grid.worksheet, own, quality)
    bottom = signature_block(context, grid.worksheet, own, bottom + 2)
    _choices(context, grid.worksheet, own)
    end(grid, bottom)


def _choices(context: Context, worksheet: Worksheet, layout: Layout) -> None:
    """A drop-down with the three verdicts, and their colours by what the cell shows now."""
    column = layout.column("penilaian")
    area = (layout.first, column, layout.last, column)
    worksheet.data_validation(*area, {"validate": "list", "source": [v.value for v in Verdict]})
    for verdict, look in _COLOURS.items():
        rule = {"type": "cell", "criteria": "==", "value": f'"{verdict.value}"', "format": context.styles.rule(look)}
        worksheet.conditional_format(*area, rule)


def _result(context: Context, worksheet: Worksheet, layout: Layout, quality: Quality) -> int:
    """Criteria met, what is left to a reviewer, and the predicate, below the table; the last row that it fills."""
    around, styles = rekap.MUTU.part("predikat_mutu"), context.styles
    label, value = layout.column("kriteria"), layout.column("penilaian")
    row, verdicts = layout.last + 2, layout.range(value)
    worksheet.write_string(row, label, around.title, styles.subtitle)
    met = layout.ref("penilaian", row + 1)
    lines: tuple[tuple[str, str, int | str], ...] = (
        ("Kriteria terpenuhi", f'COUNTIF({verdicts},"{Verdict.TERPENUHI.value}")', quality.met),
        ("Tidak dapat dinilai dari berkas", f'COUNTIF({verdicts},"{Verdict.TIDAK_DAPAT.value}")', quality.open),
        ("Predikat mutu perencanaan", _predicate(met), quality.predicate),
    )
    for words, formula, shown in lines:
        row += 1
        last = shown == quality.predicate
        worksheet.write_string(row, label, words, styles.look("label", bold=last))
        worksheet.write_formula(row, value, f"={formula}", styles.look("center", bold=last), shown)
    scale = "; ".join(f"{low} {name.lower()}" for low, name in _bands())
    worksheet.write_string(row + 1, label, f"Terpenuhi: {scale}.", styles.hint)
    return row + 1


def _bands() -> list[tuple[str, str]]:
    """Criteria met as words, with their predicate, lowest first."""
    found, above = [], len(CRITERIA) + 1
    for least, name in PREDICATES:
        found.append((f"{least}" if above - 1 == least else f"{least} atau {above - 1}", name))
        above = least
    return found[::-1]


def _predicate(cell: str) -> str:
    """The predicate of the number in a cell, as nested IFs."""
    formula = f'"{PREDICATES[-1][1]}"'
    for least, name in reversed(PREDICATES[:-1]):
        formula = f'IF({cell}>={least},"{name}",{formula})'
    return formula
