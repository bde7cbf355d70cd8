"""The sheet of one sub kegiatan: facts, allocation of three years, indicators, and its lines under their accounts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from xlsxwriter.utility import quote_sheetname

from kinerja_xl.lists import URUSAN
from kinerja_xl.reckoning.recap import RabLine
from kinerja_xl.reckoning.recap.rka import Account, Rka, koefisien
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.formats import LARGEST, rupiah, terbilang_rupiah
from kinerja_xl.sheets.rekap import UNKNOWN, known, or_dash
from kinerja_xl.sheets.rekap.rka import NONE_YET
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.words.text import fold
from kinerja_xl.writing.metrics import height, line_count
from kinerja_xl.writing.shown.page import Frame, Layout, open_sheet, signature_block
from kinerja_xl.writing.shown.paper import close_page
from kinerja_xl.writing.shown.recap.rab import EXACT
from kinerja_xl.writing.shown.recap.ringkasan import STALE
from kinerja_xl.writing.shown.table import TableGrid, shorten, text_literal
from kinerja_xl.writing.spread import merged
from kinerja_xl.writing.styles import RUPIAH_FORMAT

# ---- Where everything stands on the sheet of one sub kegiatan, known before anything is written: other sheets refer to it ----

FACTS_ROW = 3
"""First row of the facts below title, office and a blank row."""

FACTS, _SIGNED = 12, 18.0
TAPD_ROWS = 5
"""Lines of the table that the regency's team signs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """The heading of one level of the accounts: its row, its depth, and the rows that its amount adds up.

    ``parts`` are single rows (of the levels below it); ``span`` is the first and last row of its lines, or None.
    """

    row: int
    depth: int
    account: Account
    parts: tuple[int, ...]
    span: tuple[int, int] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The sheet of ``rka``: rows of levels and lines, the row of the total, and those of the lines that do not count."""

    rka: Rka
    layout: Layout
    levels: tuple[Level, ...]
    lines: tuple[tuple[int, RabLine], ...]
    top: tuple[int, ...]
    total: int
    held: tuple[tuple[int, RabLine], ...]

    @property
    def name(self) -> str:
        return self.layout.sheet.name

    def cell(self, key: str, row: int) -> str:
        """``'7.01.01.2.01.0001'!$H$31``, for formulas on other sheets."""
        column, number = self.layout.ref(key, row).lstrip("$"), row + 1
        return f"{quote_sheetname(self.name)}!${column.removesuffix(str(number))}${number}"

    @property
    def quoted(self) -> str:
        """``'7.01.01.2.01.0001'``, for links."""
        return "'{}'".format(self.name.replace("'", "''"))

    @property
    def unknown(self) -> str:
        """Formula that counts the lines that do not count and have no amount."""
        first, last = (self.cell("jumlah", self.held[place][0]) for place in (0, -1))
        return f'COUNTIF({first}:{last.rpartition("!")[2]},"{UNKNOWN}")'

    @property
    def after_held(self) -> int:
        """Row of the sum of the lines that do not count."""
        return self.held[-1][0] + 1

    @property
    def measures(self) -> int:
        """Row of the caption above the indicators."""
        return FACTS_ROW + FACTS + 1


def plan(rka: Rka, name: str) -> Plan:
    """The places on the sheet called ``name``."""
    sheet = replace(rekap.RKA, name=name)
    heading = FACTS_ROW + FACTS + 3 + len(rka.measures) + 2
    walk = _Walk(heading + 1)
    top = tuple(walk.account(account, 0) for account in rka.accounts)
    total = walk.row
    rows = total - heading - 1
    layout = Layout(sheet=sheet, around=sheet.table, book=USULAN, rows=rows, top=heading)
    held = tuple(enumerate(rka.held, start=total + 4))
    return Plan(
        rka=rka, layout=layout, levels=tuple(sorted(walk.levels, key=lambda one: one.row)), lines=tuple(walk.lines), top=top,
        total=max(total, heading + 2), held=held,
    )  # fmt: skip


class _Walk:
    """Gives every level and line its row, parents before children."""

    def __init__(self, row: int) -> None:
        self.row = row
        self.levels: list[Level] = []
        self.lines: list[tuple[int, RabLine]] = []

    def account(self, account: Account, depth: int) -> int:
        row, self.row = self.row, self.row + 1
        parts = tuple(self.account(child, depth + 1) for child in account.children)
        own = list(self._places(account))
        span = (own[0], own[-1]) if own else None
        self.levels.append(Level(row=row, depth=depth, account=account, parts=parts, span=span))
        return row

    def _places(self, account: Account) -> Iterator[int]:
        for line in account.lines:
            self.lines.append((self.row, line))
            yield self.row
            self.row += 1


# ---- What the sheets of the RKA workbook share: the sub kegiatan, where their rows stand, the names of their tabs ----

UNKNOWN_NAME = "Kode tidak dikenal"
_LONGEST_NAME = 31
_LONGEST_FACT = 240
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context(Frame):
    """``plans`` by the code of the sub kegiatan, in the order of the tabs."""

    rkas: tuple[Rka, ...]
    plans: Mapping[str, Plan]


class Grid(TableGrid):
    """A table of the RKA workbook."""

    frame: Context


def sheet_names(codes: Iterable[str]) -> dict[str, str]:
    """A tab's name for each code: at most 31 characters, none that Excel forbids, none twice (capitals do not count)."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for code in codes:
        plain = _FORBIDDEN.sub(" ", code).strip()[:_LONGEST_NAME].strip() or UNKNOWN_NAME
        name, number = plain, 1
        while name.casefold() in taken:
            number += 1
            name = f"{plain[: _LONGEST_NAME - len(str(number)) - 3]} ({number})"
        taken.add(name.casefold())
        names[code] = name
    return names


__all__ = ["Plan", "plan", "write"]

_MONEY = f'"Rp"{RUPIAH_FORMAT}'
"""For an amount that stands without a heading."""

_LAYERS = (("program",), ("program",), ("kegiatan",), ("kegiatan",), ("strong",), ("strong",))
"""Looks of the account levels from ``5`` down to the account itself."""


def write(context: Context, own: Plan) -> None:
    worksheet = open_sheet(context, own.layout.sheet)
    worksheet.outline_settings(symbols_below=False)
    grid = Grid(context, worksheet, own.layout)
    _head(grid, own)
    _measures(grid, own)
    worksheet.write_string(own.layout.top - 1, 0, own.layout.around.title, context.styles.subtitle)
    grid.head({})
    levels, lines = {level.row: level for level in own.levels}, dict(own.lines)
    for row in range(own.layout.first, own.total):
        if row in levels:
            _level(grid, levels[row])
        elif row in lines:
            _line(grid, row, lines[row])
    bottom = _held(grid, own, _total(grid, own))
    signed = _sign(grid, bottom + 2)
    heads = {*levels, *range(own.total - 2, own.total + 1), *range(bottom - 2, bottom + 2)}
    grid.finish(filtered=False)
    pages = close_page(grid, signed, heads=heads, signature=bottom + 2, top=0)
    worksheet.set_start_page(1)
    worksheet.set_footer(f"&L&9 RKA {own.name}&C&9 Hal &P dari {pages}", {"margin": 0.3})  # &N would count the whole book


def _sign(grid: Grid, row: int) -> int:
    """The signature, and at its left, where the office wants it, the table that the regency's team signs; the last row."""
    rows: dict[int, list[Callable[[], object]]] = {}

    def later(at: int, write: Callable[[], object]) -> None:
        rows.setdefault(at, []).append(write)

    last = signature_block(grid.frame, grid.worksheet, grid.layout, row, later=later)
    if fold(grid.frame.office.policy("rka_tapd")) != "tidak":
        last = max(last, _tapd(grid, row, later))
    for at in range(row, last + 1):  # rows are written once, in order
        _set_height(grid, at, _SIGNED)
        for write in rows.get(at, ()):
            write()
    return last


def _tapd(grid: Grid, row: int, later: Callable[[int, Callable[[], object]], None]) -> int:
    """Lines to write and sign on; the last row that they fill."""
    around, styles, layout = rekap.RKA.part("tapd"), grid.frame.styles, grid.layout
    places = [layout.column(key) for key in ("rekening", "uraian", "koefisien")]
    put, line = grid.worksheet.write_string, styles.look("text", valign="vcenter")
    later(row, partial(put, row, 0, around.title, styles.subtitle))
    for place, column in zip(places, around.before, strict=True):
        later(row + 1, partial(put, row + 1, place, column.label, styles.heading))
        for number in range(1, TAPD_ROWS + 1):
            at = row + 1 + number
            later(at, partial(put, at, place, f"{number}." if place == 0 else "", line))
    return row + 1 + TAPD_ROWS


def _set_height(grid: Grid, row: int, points: float) -> None:
    grid.points[row] = points
    grid.worksheet.set_row(row, points)


def _head(grid: Grid, own: Plan) -> None:
    """Title, then the facts, the allocation of three years at their right."""
    rka, styles, worksheet = own.rka, grid.frame.styles, grid.worksheet
    _set_height(grid, 0, 22)
    worksheet.write_string(0, 0, rekap.RKA.title, styles.title)
    worksheet.write_string(1, 0, grid.frame.subtitle, styles.subtitle)
    urusan = (rka.program[0][:1], rka.program[0][:4])
    facts = (
        *((label, _named(code, URUSAN.get(code, ""))) for label, code in zip(("Urusan", "Bidang Urusan"), urusan, strict=True)),
        ("Organisasi", grid.frame.office.nama),
        ("Program", _named(*rka.program)), ("Kegiatan", _named(*rka.kegiatan)), ("Sub Kegiatan", _named(rka.kode, rka.nama)),
        ("Unit Pengusul", ", ".join(rka.units)), ("Kelompok Sasaran", _short(rka.kelompok_sasaran)), ("Hasil", _short(rka.hasil)),
        ("Lokasi", "; ".join(rka.lokasi)),
        ("Waktu Pelaksanaan", "; ".join(rka.waktu)), (rekap.SIPD.table.own("sumber_dana").label, ", ".join(rka.sumber_dana)),
    )  # fmt: skip
    last = own.layout.column("koefisien")
    room = sum(column.width for column in own.layout.columns[1 : last + 1])
    for number, (label, text) in enumerate(facts):
        row = FACTS_ROW + number
        worksheet.write_string(row, 0, label, styles.label)
        shown = text or UNKNOWN
        _set_height(grid, row, height(line_count(shown, room - 2)))
        merged(worksheet, row, 1, last, shown, styles.text_wrap)
        _allocation(grid, own, number)


def _short(texts: Iterable[str]) -> str:
    """Texts of TOR in a fact of the form: their beginning."""
    return str(shorten("; ".join(texts), _LONGEST_FACT))


def _allocation(grid: Grid, own: Plan, number: int) -> None:
    """n−1 from last year's recap, n live from the total below, n+1 from the prakiraan maju."""
    year, styles, worksheet = grid.frame.office.tahun, grid.frame.styles, grid.worksheet
    amounts = ((year - 1, "n−1", own.rka.lalu), (year, "n", own.rka.amount), (year + 1, "n+1", own.rka.depan))
    if number >= len(amounts):
        return
    place, row = (own.layout.column(key) for key in ("satuan", "harga", "ppn", "jumlah")), FACTS_ROW + number
    first, second, third, last = place
    of, words, amount = amounts[number]
    merged(worksheet, row, first, second, f"Alokasi {of} ({words})", styles.label)
    this_year = words == "n"
    fmt = styles.look("rupiah", num_format=_MONEY, bold=this_year)
    merged(worksheet, row, third, last, NONE_YET, fmt)
    if this_year:
        worksheet.write_formula(row, third, f"={own.layout.ref('jumlah', own.total)}", fmt, own.rka.amount)
    elif amount is not None:
        worksheet.write_number(row, third, amount, fmt)


def _measures(grid: Grid, own: Plan) -> None:
    around, styles, right, worksheet = rekap.RKA.part("tolok_ukur"), grid.frame.styles, own.layout.right, grid.worksheet
    row, middle = own.measures, own.layout.column("koefisien")
    worksheet.write_string(row, 0, around.title, styles.subtitle)
    indikator, tolok, target = around.before
    worksheet.write_string(row + 1, 0, indikator.label, styles.heading)
    worksheet.write_string(row + 1, 1, tolok.label, styles.heading)
    merged(worksheet, row + 1, middle, right, target.label, styles.heading)
    room = own.layout.columns[1].width
    for number, measure in enumerate(own.rka.measures, start=row + 2):
        _set_height(grid, number, height(line_count(measure.tolok_ukur, room - 2)))
        worksheet.write_string(number, 0, measure.indikator, styles.text)
        worksheet.write_string(number, 1, measure.tolok_ukur or UNKNOWN, styles.text_wrap)
        fmt = styles.look("rupiah", align="left", indent=1, num_format=_MONEY)
        merged(worksheet, number, middle, right, measure.target or UNKNOWN, fmt)
        if measure.indikator == "Masukan":
            worksheet.write_formula(number, middle, f"={own.layout.ref('jumlah', own.total)}", fmt, own.rka.amount)


def _level(grid: Grid, level: Level) -> None:
    """A level of the accounts: the sum of the levels below it, at the last one of its lines."""
    layers, ref = _LAYERS[min(level.depth, len(_LAYERS) - 1)], grid.layout.ref
    grid.write(level.row, "rekening", level.account.kode, *layers)
    grid.write(level.row, "uraian", level.account.nama or UNKNOWN, *layers)
    for key in ("koefisien", "volume", "satuan", "harga", "ppn"):
        grid.write(level.row, key, None, *layers)
    terms = [ref("jumlah", row) for row in level.parts]
    if level.span:
        terms.append(f"SUM({ref('jumlah', level.span[0])}:{ref('jumlah', level.span[1])})")
    grid.formula(level.row, "jumlah", "+".join(terms), level.account.amount, *layers)
    grid.end_row(level.row, level=level.depth)


def _line(grid: Grid, row: int, line: RabLine, *layers: str) -> None:
    get = line.row.get
    words = "\n".join(str(part) for part in (get("uraian") or UNKNOWN, get("spesifikasi")) if part)
    grid.write(row, "uraian", words, *layers)
    grid.write(row, "koefisien", koefisien(line) or None, *layers)
    for key, source in (("volume", "volume"), ("satuan", "satuan"), ("harga", "harga_satuan"), ("ppn", "ppn")):
        grid.write(row, key, get(source), *layers)
    _jumlah(grid, row, line, layers)
    grid.end_row(row, level=6)


def _jumlah(grid: Grid, row: int, line: RabLine, layers: tuple[str, ...]) -> None:
    """Live where the formula of the form gives our amount; a dash where it can't be known."""
    if line.jumlah is None:
        grid.write(row, "jumlah", UNKNOWN, *layers)
        return
    volume, price = line.row.get("volume"), line.row.get("harga_satuan")
    ppn = line.row.get("ppn")
    if isinstance(volume, Decimal) and isinstance(price, Decimal) and _says(volume, price, ppn, line.jumlah):
        cells = [grid.layout.ref(key, row) for key in ("volume", "harga", "ppn")]
        grid.formula(row, "jumlah", f"ROUND(ROUND({cells[0]}*{cells[1]},4),0)+N({cells[2]})", line.jumlah, *layers)
    else:
        grid.write(row, "jumlah", line.jumlah, *layers)


def _says(volume: Decimal, price: Decimal, ppn: object, amount: int) -> bool:
    """Whether volume x price + PPN is this amount, and a spreadsheet computes it exactly."""
    whole = volume == volume.to_integral_value() and price == price.to_integral_value()
    tax = int(ppn) if isinstance(ppn, Decimal) else 0
    return rupiah(volume * price) + tax == amount and (whole or abs(amount) < EXACT)


def _total(grid: Grid, own: Plan) -> int:
    """The row of the total, the amount in words below it; the last row that they fill."""
    styles, row, right = grid.frame.styles, own.total, own.layout.right
    amounts, amount = own.layout.column("jumlah"), own.rka.amount
    merged(grid.worksheet, row, 0, amounts - 1, "Jumlah Sub Kegiatan", styles.total)
    formula = "+".join(own.layout.ref("jumlah", top) for top in own.top) or "0"
    grid.put_formula(row, amounts, formula, amount, "total")
    if abs(amount) > LARGEST:
        return row
    words = f"Terbilang: {terbilang_rupiah(amount)}"
    fmt = styles.look("text_wrap", "grid", italic=True)
    merged(grid.worksheet, row + 1, 0, right, "", fmt)
    formula = f'=IF({own.layout.ref("jumlah", row)}={amount},{text_literal(words)},"Terbilang: {STALE}")'
    grid.worksheet.write_formula(row + 1, 0, formula, fmt, words)
    room = sum(column.width for column in own.layout.columns if column.page == 1)
    _set_height(grid, row + 1, height(line_count(words, room)))
    return row + 1


def _held(grid: Grid, own: Plan, bottom: int) -> int:
    """What is late or held back: shown with its amount and reason, outside the total."""
    if not own.held:
        return bottom
    styles, first = grid.frame.styles, own.held[0][0]
    grid.worksheet.write_string(first - 1, 0, "Tidak dihitung (di luar jumlah di atas)", styles.subtitle)
    for row, line in own.held:
        grid.write(row, "rekening", str(line.row.get("kode_rekening") or "") or None, "faded")
        _line(grid, row, line, "faded")
    last = own.held[-1][0] + 1
    reasons = "; ".join(dict.fromkeys(line.reason for _, line in own.held if line.reason))
    total = own.rka.held_amount
    words = f"Jumlah tidak dihitung{f' ({total.unknown} baris belum diketahui)' if total.unknown else ''}. Sebab: {reasons}"
    amounts = own.layout.column("jumlah")
    merged(grid.worksheet, last, 0, amounts - 1, words, styles.look("text_wrap", "grid", bold=True))
    room = sum(column.width for column in own.layout.columns[:amounts] if column.page == 1)
    _set_height(grid, last, height(line_count(words, room, True)))
    span = f"{own.layout.ref('jumlah', first)}:{own.layout.ref('jumlah', last - 1)}"
    grid.put_formula(last, amounts, or_dash(f"SUM({span})", own.unknown), known(total.shown), "strong")
    return last


def _named(code: str, name: str) -> str:
    return f"{code}  {name}".strip()
