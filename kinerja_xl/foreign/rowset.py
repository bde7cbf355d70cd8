"""The data rows of a region, each with its texts, amounts and a first judgement of what it can be.

Habits served: numbering rows and repeated headings inside the table; running numbers prepared for rows that were never
filled; labels of totals in any column; names, codes and units only in the first row of a merged block; code and name in
one cell; codes split over columns; signatures and remarks below the table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from kinerja_xl.foreign.kinds import Purpose
from kinerja_xl.foreign.model import HARGA, INDIKATOR
from kinerja_xl.foreign.names import CODE_NAME, Names
from kinerja_xl.formula.cellsheet import CellSheet
from kinerja_xl.formula.parse import Binary, Call
from kinerja_xl.regions import words
from kinerja_xl.regions.amounts import Amount, factors
from kinerja_xl.regions.heads import is_numbering
from kinerja_xl.regions.model import Layout
from kinerja_xl.regions.words import clean
from kinerja_xl.sheets.values import is_empty_mark
from kinerja_xl.words.match import kata
from kinerja_xl.words.shapes import bentuk, outline
from kinerja_xl.words.units import find_satuan

# What a row can be before the sums are looked at.
EMPTY, HEADING, VALUE, TOTAL, ADDED, SIGNED, NOTE, NUMBERING, BARE, AFTER, AGAIN, PART, PAYMENT, INPUT, OLDER = (
    "kosong", "judul", "nilai", "jumlah", "tambahan", "tanda tangan", "catatan", "penomoran", "nomor saja",
    "sesudah jumlah", "uang yang sama lagi", "lanjutan", "pembayaran", "anggaran", "versi lama",
)  # fmt: skip

_SUMS = ("SUM", "SUBTOTAL")
_CODED, _USUAL_AMOUNT, _NO_NAME = bentuk("kode_awal"), bentuk("rupiah_biasa"), bentuk("bukan_nama")
_UNIT_OF, _BELOW = bentuk("satuan_hasil"), bentuk("kode_dan_induk")


@dataclass(slots=True)
class Row:
    """One data row; ``at`` zero-based. ``broken``: amount columns with an error, an uncalculated formula or a doubt."""

    at: int
    kind: str
    code: str = ""  # with its leading blanks
    parts: tuple[str, ...] = ()  # of a code split over columns
    number: str = ""
    name: str = ""  # with its leading blanks
    unit: str = ""
    specification: str = ""
    volume: Decimal | None = None
    price: Decimal | None = None
    values: dict[int, Decimal] = field(default_factory=dict)
    broken: dict[int, str] = field(default_factory=dict)
    sums: bool = False  # its amount is a SUM formula
    label: str = ""
    context: tuple[int, str] = (0, "")  # of an indicator: which of the name columns is filled, and its text
    inherited: bool = False  # its name stands in the first row of a merged block
    dashed: bool = False  # an amount cell holds a dash: filled in, but with nothing
    told: bool = False  # without a name, two or more other texts: no total has that
    apart: bool = False  # an indicator of another level, named in a column of its own
    output: bool = False  # its volume is the target of an output, whose lines stand below it

    @property
    def named(self) -> bool:
        return bool(self.name.strip() or self.code.strip() or self.unit)


def finished(made: Layout, goal: Purpose, rows: list[Row]) -> list[Row]:
    """All data rows of the region, those below the signatures and the rupiah among targets told apart."""
    _signed(made, rows)
    if goal.kind == INDIKATOR:
        _inputs(made, goal, rows)
        _go_on(rows)
    return rows


def _go_on(rows: list[Row]) -> None:
    """A name over two rows, of which one holds the figures: it begins with a capital, the rest of it with none and no number."""
    whole = Row(-1, EMPTY)
    for row in rows:
        name = clean(row.name)
        rest = name[:1].islower() and name[1:2] not in (".", ")") and not (row.number or row.code.strip() or row.inherited)
        rest = rest and clean(whole.name)[:1].isupper()
        if rest and row.kind == HEADING and whole.kind in (VALUE, HEADING):
            whole.name, row.kind = f"{whole.name} {name}", PART
        elif row.kind != EMPTY:
            if rest and row.kind == VALUE and whole.kind == HEADING and whole.number:
                row.name, row.number, whole.kind = f"{whole.name} {name}", whole.number, PART
            whole = row


_RUPIAH = kata("rupiah_angka")


def _inputs(made: Layout, goal: Purpose, rows: list[Row]) -> None:
    """Rupiah among targets that have units ("Masukan: Dana yang dibutuhkan, Rp7.300.000") are the budget, no target."""
    counted = [col for name, cols in goal.amounts.items() if "anggaran" not in name for col in cols]
    money = [row for row in rows if row.kind == VALUE and not row.unit and _in_rupiah(made, row, counted)]
    others = [row for row in rows if row.kind == VALUE and row not in money and row.unit]
    for row in money if len(others) >= len(money) else ():
        row.kind = INPUT


def _in_rupiah(made: Layout, row: Row, columns: Sequence[int]) -> bool:
    texts = [made.region.grid.value(row.at, col) for col in columns if col in row.values]
    return bool(texts) and all(isinstance(text, str) and _RUPIAH(clean(text)) for text in texts)


def _signed(made: Layout, rows: list[Row]) -> None:
    """From place and date (or "Mengetahui", "Pihak Kedua", NIP) on, rows below the last named figure are the signatures,
    whatever figures stand among them; and whatever stands below such a row with less in it than the lines above have."""
    tail = next((i + 1 for i in range(len(rows) - 1, -1, -1) if rows[i].values and rows[i].kind in (VALUE, ADDED)), 0)
    tail = max(tail, next((i + 1 for i in range(len(rows) - 1, -1, -1) if rows[i].kind == TOTAL and rows[i].label), 0))
    grid = made.region.grid

    def filled(row: Row) -> int:
        return sum(col in made.columns for col in grid.filled(row.at)) if row.kind == VALUE else 0

    for i, row in enumerate(rows):
        if i < tail and row.kind in (VALUE, EMPTY):
            continue
        if not any(words.is_sign_off(text) for text in grid.rows[row.at] if isinstance(text, str)):
            continue
        above = sorted(n for n in map(filled, rows[:i]) if n)
        if i >= tail or (above and all(n < above[len(above) // 2] for n in map(filled, rows[i:]))):
            for row in rows[i:]:
                if row.kind != EMPTY:
                    row.kind = SIGNED
            return


def merged_blocks(made: Layout, names: Names) -> Mapping[tuple[int, int], int]:
    """(row, column) inside a vertically merged block of a text column → the block's first row."""
    wanted = {*names.code, names.name, names.unit} - {None}
    first = made.region.rows[0] if made.region.rows else 0
    found: dict[tuple[int, int], int] = {}
    for r1, c1, r2, _ in made.region.grid.merged:
        if r2 > r1 and c1 - 1 in wanted and r1 - 1 >= first:
            found.update({(row, c1 - 1): r1 - 1 for row in range(r1, r2)})
    return found


def build_row(made: Layout, goal: Purpose, names: Names, at: int, anchors: Mapping[tuple[int, int], int]) -> Row:
    """One data row, whatever stands in it."""
    grid, region, main = made.region.grid, made.region, goal.main
    left, right = region.left, region.right
    here = grid.rows[at] if 0 <= at < len(grid.rows) else ()
    cells = [col for col, v in enumerate(here) if v is not None and v != "" and left <= col <= right]
    figures = {col: made.amount(at, col) for col in main}
    doubted = [col for col, found in figures.items() if found.doubt or grid.formulas]
    broken_here = {col: why for col in doubted if (why := _trouble(made, at, col, goal.kind))}
    if not cells and not broken_here:
        return Row(at, EMPTY)
    if len(cells) * 3 >= len(region.columns) * 2 and is_numbering(grid, at):
        return Row(at, NUMBERING, label=_label(made, at, cells))

    def text(col: int | None) -> str:
        if col is None:
            return ""
        if anchors:
            return shown(grid.value(anchors.get((at, col), at), col))
        return shown(here[col]) if col < len(here) else ""

    row = Row(at, VALUE, number=clean(_one_code(text(names.number))), unit=clean(text(names.unit)), broken=broken_here)
    _texts(made, goal, names, row, text)
    _figures(made, goal, names, row, figures)
    _named_apart(made, names, row)
    row.label = _label(made, at, cells)
    beside = (grid.value(at, col) for col in cells if col not in main) if not row.named else ()
    row.told = sum(isinstance(v, str) and len(clean(v)) > 2 for v in beside) > 1
    row.inherited = names.name is not None and anchors.get((at, names.name), at) != at
    row.kind = _judge(made, goal, row, names)
    return row


def _texts(made: Layout, goal: Purpose, names: Names, row: Row, text: Callable[[int | None], str]) -> None:
    """What a row's texts say: its code, name and specification, and what stands beside an indicator."""
    row.parts = tuple(clean(_one_code(text(col))) for col in names.code)
    row.code = _one_code(text(names.code[-1])) if len(names.code) == 1 else next((p for p in reversed(row.parts) if p), "")
    if "[" in row.code and (both := _BELOW(clean(row.code))):  # "5.1.1.01. [01.01.01]": an account, and what it stands below
        row.code = f"{both[2]}.{both[1]}"
    row.name, row.specification = text(names.name), clean(text(names.specification))
    if len(names.names) > 1:
        texts = [text(col) for col in names.names]
        row.name = _field(texts)
        mark = next((bullet for part in texts if _bullet(bullet := clean(part))), "")
        row.number, row.code = row.number or mark, row.code or mark * ("." in mark.rstrip("."))
    if row.unit and no_unit(row.unit):
        row.unit = ""
    if goal.kind == HARGA and not (row.unit and clean(row.name)):  # words beside a unit are a price ("at cost"), others a remark
        row.broken = {col: why for col, why in row.broken.items() if why != "kata"}
    if names.name is not None and names.name in names.code and (both := CODE_NAME(row.name)):
        row.code, row.name = both[1], both[2].lstrip("-–: ")
    if goal.kind == INDIKATOR and is_empty_mark(clean(row.name)):  # the dots of a blank form
        row.name = ""
    for i, col in enumerate(names.context):
        if own := clean(shown(made.region.grid.value(row.at, col))):
            row.context = (i, own)
            if not row.code.strip() and (leading := CODE_NAME(own)) and "." in leading[1]:
                row.code = leading[1]
            break


def _one_code(text: str) -> str:
    """Of two codes or numbers below each other in one cell the first: the row stands where that stands."""
    lines = text.split("\n")
    return lines[0] if len({outline(line.strip()) for line in lines}) == 1 else text


def _named_apart(made: Layout, names: Names, row: Row) -> None:
    """The indicator of a sasaran among those of its programs: its name stands in a column of its own."""
    if names.others and row.values and not (clean(row.name) or clean(row.code) or row.context[1]):
        texts = (shown(made.region.grid.value(row.at, col)) for col in names.others)
        row.name = next((text for text in texts if clean(text)), "")
        row.apart = bool(row.name)


_BULLETS = frozenset("-–—•*o+>")


def _field(texts: Sequence[str]) -> str:
    """The name in a field of several columns, with its depth as blanks: the first text that is no bullet; a bullet before it
    makes it one deeper."""
    filled = [(i, text) for i, text in enumerate(texts) if clean(text)]
    named = [(i, text) for i, text in filled if not _bullet(clean(text))]
    if not named:
        return filled[0][1] if filled else ""
    at, text = named[0]
    return "    " * at + text


def _bullet(text: str) -> bool:
    """A bullet, number or code that stands in a cell of its own before the name."""
    return text in _BULLETS or bool(text and _NO_NAME(text))


def _figures(made: Layout, goal: Purpose, names: Names, row: Row, figures: Mapping[int, Amount]) -> None:
    """The figures of a row, and the unit where it stands behind them ("12 Dokumen", "Rp 360.000 / OH", "25 meter")."""
    at, grid = row.at, made.region.grid
    row.volume, row.price = made.value(at, names.volume), made.value(at, names.price)
    row.values = {col: found.value for col, found in figures.items() if found.value is not None}
    row.dashed = "nihil" in [found.doubt for found in figures.values()]
    if row.volume is None and names.volume is not None and isinstance(raw := grid.value(at, names.volume), str):
        row.volume = factors(raw)
        if row.volume is None and find_satuan(clean(raw)) and (moved := made.value(at, names.unit)) is not None:
            row.volume, row.unit = moved, clean(raw)  # "Ls | 1": the two changed places
    if not row.values and not row.broken and goal.kind not in (HARGA, INDIKATOR) and row.named:
        # "-" typed for nothing is what a format shows for 0: the row is there, and holds nothing.
        row.values = {col: Decimal(0) for col, found in figures.items() if found.doubt == "nihil"}
    if not row.unit and (goal.kind == INDIKATOR or names.unit is None):
        volume = () if names.volume is None else (made.amount(at, names.volume),)
        row.unit = next((found.unit for found in (*figures.values(), *volume) if found.unit), "")
        inside = _UNIT_OF(clean(row.name)) if goal.kind == HARGA and row.values and not row.unit else None
        row.unit = inside[1] if inside and find_satuan(inside[1]) else row.unit  # "1 m2 plesteran": the price of one
    row.sums = bool(grid.formulas) and any(adds(made, at, col) for col in figures)


def no_unit(text: str) -> bool:
    """Nothing, a dash or a zero for it."""
    return text.strip("-0 ") == "" or is_empty_mark(text)


def shown(value: object) -> str:
    """A cell's text with its leading blanks; codes stored as numbers as they are shown."""
    if value is None:
        return ""
    if value.__class__ is str:
        return value.replace("_x000D_", " ") if "_x" in value else value
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def _label(made: Layout, at: int, cells: list[int]) -> str:
    here = made.region.grid.rows[at]
    return label_among([v for col in cells if (v := here[col]).__class__ is str])


def label_among(cells: Iterable[str]) -> str:
    """The label of a row with these texts: the one that announces a sum, or the first that are no amounts."""
    texts = [text for cell in cells if (text := _label_of(cell))]
    return (words.total_among(texts) or " ".join(texts[:3]))[:200]


def _label_of(text: str) -> str:
    """What a text gives to the label of its row: nothing where it is an amount."""
    text = clean(text)
    return text if (text[:1].isalpha() and text[0] not in "rR") or not _USUAL_AMOUNT(text) else ""


def _trouble(made: Layout, at: int, col: int, kind: str) -> str:
    """Why an amount cell gives no number: galat, belum dihitung, ambigu, or kata (a target in words); "" when all is well."""
    if gone := lost(made, at, col):
        return gone
    doubt = made.amount(at, col).doubt
    if doubt == "kata" and kind == INDIKATOR and made.region.left < col:
        return doubt
    if doubt == "kata" and kind == HARGA and not words.word(str(made.region.grid.value(at, col))).known:
        return doubt
    return doubt if doubt == "ambigu" else ""


def lost(made: Layout, at: int, col: int) -> str:
    """Why nobody can tell what a cell held: galat, belum dihitung; "" when it can be read."""
    return "belum dihitung" if made.region.grid.uncalculated(at, col) else "galat" * (made.amount(at, col).doubt == "galat")


def adds(made: Layout, at: int, col: int) -> bool:
    """A SUM or SUBTOTAL over other rows."""
    cell = made.region.grid.formula(at, col)
    node = cell.tree((at + 1, col + 1)).tree if cell else None
    while isinstance(node, Binary):
        node = node.left
    sums = isinstance(node, Call) and node.name in _SUMS
    return sums and any(rows != (at + 1, at + 1) for rows in named_rows(made.region.grid, at, col))


def named_rows(grid: CellSheet, at: int, col: int) -> list[tuple[int, int]]:
    """First and last row (1-based) of all that the formula of a cell (zero-based) names: ``SUM(C2:C20)`` → [(2, 20)]."""
    cell, own = grid.formula(at, col), (at + 1, col + 1)
    boxes = [ref.box(own) for ref in cell.tree(own).refs] if cell else []
    cut = [grid.clipped(box) for box in boxes if box]
    return [(box[0], box[2]) for box in cut if box]


def _judge(made: Layout, goal: Purpose, row: Row, names: Names) -> str:
    has_value = bool(row.values) or bool(row.broken)
    average = goal.kind == INDIKATOR and words.is_average(row.name) and not (row.unit or row.number or clean(row.code))
    name = "" if average else clean(row.name)
    own_name = name or clean(row.code)
    nameless = goal.kind == INDIKATOR and not own_name and not (row.unit and names.unit is not None)
    if has_value and row.unit and not nameless and not words.total_among((row.label,)):
        return VALUE  # as most rows are: whatever is asked below, a unit of measure says no
    is_line_like = bool(row.unit) or bool(row.volume) or bool(row.price)
    named_otherwise = bool(name) and not words.is_total(name) and row.label not in (clean(row.code), row.number)
    announced = words.is_total(row.label) and not named_otherwise and not _coded(row)
    if goal.kind == INDIKATOR:  # "Jumlah dokumen …" is the name of an indicator
        announced = announced and (not name or words.is_plain_total(row.label))
    if announced and (not is_line_like or words.is_plain_total(row.label)):
        if has_value:
            return TOTAL
        return HEADING
    if not has_value:
        return _without_value(goal, row)
    if _prepared(row):
        return EMPTY
    if words.is_added(own_name or row.label) and not is_line_like and not _coded(row):
        return ADDED
    statistic = words.is_average if goal.kind == INDIKATOR else words.is_statistic
    if goal.kind != HARGA and statistic(clean(row.name) or own_name or row.label) and not (is_line_like or row.number):
        return NOTE
    if goal.kind not in (HARGA, INDIKATOR) and not row.named and not is_line_like and not row.told:
        others = (col for col in made.region.grid.filled(row.at) if col not in (*goal.main, names.number))
        if row.label in ("", row.number) or not any(made.amount(row.at, col).doubt == "kata" for col in others):
            return TOTAL
        row.name = row.label
    if nameless and not row.values and row.broken.keys().isdisjoint(goal.amounts.get("target", ())):
        return NOTE  # words below the realisasi alone ("Perilaku kerja | Sesuai ekspektasi")
    if nameless and (not row.context[1] or words.is_total(row.label)):  # "JUMLAH PROGRAM | 4 Program" counts rows
        return VALUE if row.values and set(row.values) <= set(goal.amounts.get("anggaran", ())) else NOTE
    return VALUE


def _prepared(row: Row) -> bool:
    """A row of prepared formulas that show 0: nobody filled it in, whatever its number."""
    told = row.label not in ("", row.number) or row.code.strip() or row.name.strip() or row.unit
    return not told and not row.broken and not row.dashed and not any((*row.values.values(), row.volume, row.price))


def _coded(row: Row) -> bool:
    return bool(_CODED(row.code) or "." in row.number and _CODED(row.number)) and not words.is_total(row.code)


def _without_value(goal: Purpose, row: Row) -> str:
    text = clean(row.name) or row.label
    if goal.kind == INDIKATOR and row.inherited:  # an action of the indicator above
        return PART
    if goal.kind == INDIKATOR and clean(row.name) and (row.unit or row.dashed or goal.listed and not row.inherited):
        return VALUE
    if words.is_signature(text):
        return SIGNED
    if words.is_note(text) or (goal.kind == INDIKATOR and words.is_average(text)):
        return NOTE
    if row.named and (clean(row.name) or clean(row.code)):
        return HEADING
    short = not (bare := row.number.rstrip(".)")) or len(bare) <= 5 and bare.isascii() and bare.isalnum()
    return BARE if short and row.label in ("", row.number) else NOTE
