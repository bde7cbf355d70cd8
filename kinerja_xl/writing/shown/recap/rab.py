"""Sheet ``RAB``: every line that came in, counted or not. All totals of the workbook rest on it."""

from __future__ import annotations

from decimal import Decimal
from itertools import count, groupby

from xlsxwriter.worksheet import Worksheet

from kinerja_xl.office.folder import KANTOR_FILE
from kinerja_xl.reckoning import Sum, together
from kinerja_xl.reckoning.recap import Entry, RabLine, Recap, TorLine
from kinerja_xl.reckoning.recap.quality import CRITERIA, PREDICATES, Quality, Verdict, judge
from kinerja_xl.reckoning.recap.standing import ceiling, excess
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.formats import round_half_up
from kinerja_xl.sheets.model import Book, Record
from kinerja_xl.sheets.rekap import NO, UNIT_NAME, UNKNOWN, UNKNOWN_ROWS, YES, known
from kinerja_xl.writing.shown.flat import At, Cell, Cells, begin, end, fill, foresee, put_row
from kinerja_xl.writing.shown.page import Layout, signature_block
from kinerja_xl.writing.shown.recap.frame import (
    Context,
    Grid,
    SourceCells,
    added,
    held,
    held_totals,
    layout_of,
    write_entries,
    writes,
)
from kinerja_xl.writing.shown.sums import SUB, code_keys, jenis_label, joined, sub_key
from kinerja_xl.writing.shown.table import shorten

EXACT = 10**11
"""Below this the Excel form of jumlah was measured to be exact for fractions (docs/keputusan)."""


@writes(rekap.RAB)
def write_rab(context: Context) -> None:
    """The lines by unit (in the office's order) and sub kegiatan, each group below its heading."""
    own, lines = context.layouts["rab"], sorted_lines(context.recap)
    grid = begin(Grid, context, own, _totals(context, lines), folds=True)
    source, places, heads = SourceCells(grid), count(own.first), set()
    source.foresee(lines)
    foresee(grid, lines, _CELLS)
    grid.settle()
    for (unit, code), group in groupby(lines, key=_group):
        heads.add(row := next(places))
        _heading(grid, row, unit, code)
        for line in group:
            _line(grid, source, next(places), line)
    end(grid, heads=heads)


def layout(recap: Recap, book: Book) -> Layout:
    """A row per line and one per group of lines."""
    rows = len(recap.lines) + len({_group(line) for line in recap.lines})
    return layout_of(rekap.RAB, book, rows)


def _group(line: RabLine) -> tuple[str, str]:
    return line.unit, line.kode_sub


def sorted_lines(recap: Recap) -> list[RabLine]:
    """By unit in the office's order, then sub kegiatan, file, sheet and row."""
    order = {unit.kode: number for number, unit in enumerate(recap.units)}
    last = len(order)
    return sorted(
        recap.lines,
        key=lambda x: (order.get(x.unit, last), x.unit, x.kode_sub, x.file, x.row.sheet, x.row.row),
    )


_LONGEST_HEADING = 180
"""Letters of one line over the table: beside a longer name the unit stands as its code, or in its folded column alone."""


def _heading(grid: Grid, row: int, unit: str, code: str) -> None:
    """Unit, code and name of a sub kegiatan, and what it counts; the code's own column stays free for the data."""
    own, key = grid.layout, joined(unit, code_keys(code)[2])
    node = grid.frame.office.programs.get(code)
    name, whose = node.nama if node else "", grid.frame.office.unit_name(unit)
    said = ["  ".join(filter(None, (sub_key(code), name, end))) for end in (f"({whose})", f"({unit})", "")]
    words = next((one for one in said if len(one) <= _LONGEST_HEADING), said[-1])
    amounts, keys = (own.range(own.column(name)) for name in ("jumlah_dihitung", "kunci_sub"))
    formula = f"SUMIFS({amounts},{keys},{own.ref('kunci_sub', row)})"
    amount = grid.frame.sums.unit_sub[key].counted
    grid.group_row(row, "kode_rekening", words, "kegiatan", {"jumlah_sub": (formula, amount)})
    grid.write(row, UNIT_NAME, whose, "kegiatan")
    grid.write(row, "unit", unit, "kegiatan")
    grid.write(row, "kunci_sub", key, "kegiatan")


def _totals(context: Context, lines: list[RabLine]) -> dict[str, int | Decimal | Sum]:
    """Totals by key: our own columns from the sums, the table's from what its cells will show."""
    layout, sums = context.layouts["rab"], context.sums
    own: dict[str, int | Decimal | Sum] = {
        "jumlah": sums.total.all,
        "jumlah_dihitung": sums.total.counted,
        **held_totals(sums.total.uncounted, "jumlah_tidak_dihitung"),
    }
    keys = [layout.columns[number].key for number in layout.totals]
    return {key: own[key] if key in own else added(lines, key) for key in keys}


def _line(grid: Grid, source: SourceCells, row: int, line: RabLine) -> None:
    put_row(grid, row, line, _CELLS)
    for column, key, formula in source.columns:
        if key == "jumlah":
            _jumlah(grid, source, row, column, line, formula)
        else:
            source.put(row, column, key, line.file, line.row, formula)
    grid.end_row(row, level=1)


def _ceiling(at: At) -> int | None:
    """The office's ceiling for this row; blank where the price list sets none."""
    return ceiling(at.of.row, at.context.office) if at.of.counted else None


def _above_ceiling(at: At) -> object:
    """What the row costs beyond the office's ceiling."""
    line, limit = at.of, _ceiling(at)
    if limit is None:
        return None
    top, price, volume = (at.ref(key) for key in ("batas_kantor", "harga_satuan", "volume"))
    both = all(isinstance(line.row.get(key), Decimal) for key in ("harga_satuan", "volume"))
    more = f'IF(AND(ISNUMBER({price}),ISNUMBER({volume})),MAX(0,ROUND(ROUND(({price}-{top})*{volume},4),0)),"")'
    return Cell(excess(line.row, limit) if both else "", more)


def _where(at: At, word: str, counted: bool) -> Cell:
    """The row's amount where the row is counted, or where it is not."""
    formula = f'IF({at.ref("dihitung")}="{word}",{at.ref("jumlah")},"")'
    faded = () if counted or at.of.counted else ("faded",)
    return Cell(known(at.of.jumlah) if at.of.counted is counted else "", formula, faded)


def _unknown(at: At) -> Cell | None:
    """Counts a row whose amount nobody knows, until somebody types it."""
    return Cell(1, f"IF(ISNUMBER({at.ref('jumlah')}),0,1)") if at.of.jumlah is None else None


def _pair(at: At, key: str, value: str) -> Cell:
    """What the other sheets add up by: a formula, so that a corrected unit or code moves its amount."""
    return Cell(joined(at.of.unit, value), f'{at.ref("unit")}&"|"&{at.ref(key)}')


_CELLS: Cells = {
    "jumlah_dihitung": lambda at: _where(at, YES, counted=True),
    "jumlah_tidak_dihitung": lambda at: _where(at, NO, counted=False),
    "belum_diketahui": _unknown,
    "jumlah_sub": lambda at: None,
    "batas_kantor": _ceiling,
    "lebih_standar": _above_ceiling,
    "kelompok": lambda at: jenis_label(at.of.jenis),
    "program": lambda at: code_keys(at.of.kode_sub)[0],
    "kegiatan": lambda at: code_keys(at.of.kode_sub)[1],
    "sub": lambda at: code_keys(at.of.kode_sub)[2],
    "kunci_sub": lambda at: _pair(at, "sub", code_keys(at.of.kode_sub)[2]),
    "kunci_jenis": lambda at: _pair(at, "kelompok", jenis_label(at.of.jenis)),
}


def _jumlah(grid: Grid, source: SourceCells, row: int, column: int, line: RabLine, formula: str | None) -> None:
    """The amount: live where the formula gives our amount, else as a figure; a dash where it can't be known."""
    if line.jumlah is None:
        grid.put(row, column, UNKNOWN)
    elif formula and source.value("jumlah", line.row.values) == line.jumlah and _is_exact(line.row.values, line.jumlah):
        grid.put_formula(row, column, formula, line.jumlah)
    else:
        grid.put(row, column, line.jumlah)


def _is_exact(values: Record, jumlah: int) -> bool:
    """Whole numbers multiply exactly in a spreadsheet, fractions only up to a size."""
    factors = (values.get("volume"), values.get("harga_satuan"))
    whole = all(isinstance(x, Decimal) and x == x.to_integral_value() for x in factors)
    return whole or abs(jumlah) < EXACT


# ---- Sheets that show the units' rows, one under the other, with unit, file, sheet and row ----

@writes(rekap.PK)
def write_pk(context: Context) -> None:
    """Lampiran 1; the heads of the office come first."""
    recap = context.recap
    heads = recap.office.pk_pimpinan
    leaders = (Entry(unit=str(row.get("jabatan_kode") or ""), unit_nama="", file=KANTOR_FILE, row=row) for row in heads)
    write_entries(context, rekap.PK, (*leaders, *recap.pk_kinerja))


@writes(rekap.CALON_IKU)
def write_iku(context: Context) -> None:
    """The candidates of all units with their weighted score and the decree that chose them."""
    recap = context.recap
    weights = ", ".join(f"{name} {weight}" for name, weight in recap.office.bobot_iku.items())
    decree: Cells = {"keputusan": lambda at: recap.keputusan_iku.get(at.of.file)}
    write_entries(context, rekap.CALON_IKU, recap.iku, decree, f"Bobot: {weights}.")


# ---- Sheet ``TOR``: one line per TOR, its amount beside the RAB's, and the price of one unit of output ----

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

    cells: Cells = {"sub": lambda at: sub_key(at.of.kode_sub), "rab": _rab, UNKNOWN_ROWS: _unknown_cost, "harga_output": _price}
    for tor in tors:
        for key, column in own.theirs.items():
            grid.foresee(column, shorten(tor.row.get(key), _LONGEST))
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


def _unknown_cost(at: At) -> Cell:
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
    end(grid, bottom, signature=own.last + 2)


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
