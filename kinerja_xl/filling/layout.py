"""Where our things come in a form: new rows inserted where its own don't suffice, and single values put beside their labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kinerja_xl.filling.supply import PAGU
from kinerja_xl.filling.target import Block, Target
from kinerja_xl.formula.cellsheet import CellSheet
from kinerja_xl.formula.references import coordinates, references
from kinerja_xl.package import CellValue, Package, address
from kinerja_xl.package.insert import insert_rows
from kinerja_xl.package.looks import SheetLook, look_at, with_heights
from kinerja_xl.regions.words import is_signature
from kinerja_xl.sheets import kinds
from kinerja_xl.sheets.formats import format_date, plain
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.texts import is_empty_mark
from kinerja_xl.sheets.values import clean, fold
from kinerja_xl.writing.metrics import height, line_count


@dataclass(frozen=True, slots=True, kw_only=True)
class Insertion:
    """``count`` rows in front of row ``at``, like row ``model``; numbers before any insertion."""

    at: int
    count: int
    model: int
    stretch: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Rows of the sheet (1-based, after the insertions) with the position of our row; ``models``: rows before them that
    show what a row of each group holds."""

    insertions: tuple[Insertion, ...]
    places: Mapping[int, int]
    models: tuple[int, ...]

    def moved(self, row: int) -> int:
        """Where a row of the empty form stands afterwards."""
        return row + sum(one.count for one in self.insertions if one.at <= row)

    def insert(self, data: bytes, sheet: str) -> bytes:
        """The form with its new rows; from below, so that the numbers above stay true. Raises CannotInsertError."""
        for one in sorted(self.insertions, key=lambda i: -i.at):
            data = insert_rows(data, sheet, one.at, one.count, one.model, stretch=one.stretch)
        return data


def lay_out(target: Target, shares: Sequence[Sequence[int]]) -> Layout:
    """The insertions that the shares need, and every row's place after them."""
    insertions = tuple(one for block, share in zip(target.blocks, shares, strict=True) if (one := _insertion(block, len(share))))
    layout = Layout(insertions=insertions, places={}, models=tuple(_model(block) for block in target.blocks))
    places = {}
    for block, share in zip(target.blocks, shares, strict=True):
        first = block.first + sum(one.count for one in insertions if one.at < block.first)
        places.update({first + offset: position for offset, position in enumerate(share)})
    return Layout(insertions=layout.insertions, places=places, models=layout.models)


def _insertion(block: Block, needed: int) -> Insertion | None:
    """Before the last prepared row, so that every sum over the rows grows; below the only one there is."""
    missing = needed - block.size
    if missing <= 0:
        return None
    alone = block.size == 1
    at = block.last + 1 if alone else block.last
    return Insertion(at=at, count=missing, model=_model(block), stretch=alone)


def _model(block: Block) -> int:
    """A row from the middle: the first and the last may have a thicker frame."""
    return block.last - 1 if block.size > 1 else block.last


# ---- Rows high enough for what was written into them: a fixed height would cut it, and LibreOffice fits no rows itself ----

_PIXELS_PER_CHAR = 7
_USUAL = 10
"""Size in points that the estimate of lines is for."""


def grown(data: bytes, sheet: str, changes: Mapping[tuple[str, str], CellValue]) -> bytes:
    """The file with the rows of these changed cells as high as their texts need; none becomes lower."""
    package = Package.open(data)
    look = look_at(package, sheet)
    merged = package.scan(next(part for part in package.sheets if part.name == sheet)).merged
    across = {(r1, c1): c2 for r1, c1, r2, c2 in merged if r1 == r2}
    needed: dict[int, float] = {}
    for (name, cell), value in changes.items():
        row, col = coordinates(cell)
        if name == sheet and isinstance(value, str) and (row, col) in look.cells and look.cells[row, col].wraps:
            room = _width(look, range(col, across.get((row, col), col) + 1))
            needed[row] = max(needed.get(row, 0.0), _height(value, room, look.cells[row, col].size))
    higher = {row: points for row, points in needed.items() if points > look.heights.get(row, look.height)}
    return with_heights(data, sheet, higher) if higher else data


def _width(look: SheetLook, columns: Iterable[int]) -> float:
    return sum(look.widths.get(col, look.width) for col in columns) / _PIXELS_PER_CHAR


def _height(text: str, width: float, size: float) -> float:
    scale = size / _USUAL
    return min(409.0, height(line_count(text, width / scale)) * scale)


# ---- Single values of a form: by defined name or by the label beside the cell, filled only where the place is empty ----
# Habits served: "Tahun Anggaran :" with the value in the next cell, behind a cell that holds the colon, or in the same cell
# behind dots; labels in merged cells; names like ``NIP`` or ``Tahun_Anggaran`` given to the cell. Below the table stands
# whoever signs the form, and that may be somebody else's office: nothing is filled there.

_T = kinds.teks()
def _field_column(key: str, label: str, *aliases: str, kind: kinds.Kind = _T) -> Column:
    return Column(key=key, label=label, kind=kind, aliases=aliases)


FIELDS = (
    _field_column(
        "kantor", "Nama Kantor", "Unit Organisasi", "SKPD", "Nama SKPD", "OPD", "Nama OPD", "Perangkat Daerah", "Organisasi",
        "Nama Perangkat Daerah", "Kantor", "Instansi", "Satuan Kerja", "Satuan Kerja Perangkat Daerah", "Unit SKPD",
    ),
    _field_column("pemda", "Pemerintah Daerah", "Pemerintah Kabupaten", "Kabupaten", "Kabupaten/Kota"),
    _field_column("tahun", "Tahun Anggaran", "Tahun", "TA", "T.A.", kind=kinds.tahun()),
    _field_column("nama_unit", "Nama Unit", "Unit Kerja", "Unit", "Seksi/Subbag", "Bidang", "Sub Unit"),
    _field_column("nama_pejabat", "Nama", "Nama Pejabat", "Nama Kepala", "Nama Camat", "Kepala SKPD", "Nama Lengkap"),
    _field_column("nip", "NIP", "NIP Pejabat", "NIP Camat", "N I P", kind=kinds.nip()),
    _field_column("jabatan", "Jabatan", "Nama Jabatan"),
    _field_column("pangkat", "Pangkat/Golongan", "Pangkat", "Pangkat/Gol", "Pangkat/Gol. Ruang", "Golongan"),
    _field_column("alamat", "Alamat", "Alamat Kantor"),
    _field_column("program", "Program", "Nama Program", "Kode/Nama Program"),
    _field_column("kegiatan", "Kegiatan", "Nama Kegiatan", "Kode/Nama Kegiatan"),
    _field_column("sub_kegiatan", "Sub Kegiatan", "Nama Sub Kegiatan", "Kode/Nama Sub Kegiatan", "Subkegiatan"),
    _field_column("total", "Jumlah Anggaran", "Total Anggaran", "Jumlah Dana", kind=kinds.rupiah()),
    _field_column(
        PAGU, "Pagu Anggaran", "Pagu", "Pagu Indikatif", "Pagu Sub Kegiatan", "Jumlah Pagu", "Total Pagu", "Plafon Anggaran",
        kind=kinds.rupiah(),
    ),
    _field_column("terbilang", "Terbilang"),
)  # fmt: skip
"""What a form may ask for beside its table; several facts have the same name as a column and are told apart by the colon."""

_REACH = 4
"""How many cells right of a label its colon may stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A place for one fact: sheet, cell, key and the value to write, None when we don't know it.

    ``kept`` is what somebody wrote there before; such a place must not be written. ``beside``: the label as it stands in the same
    cell, "" where the value has a cell of its own.
    """

    sheet: str
    cell: str
    key: str
    value: str | Decimal | None
    kept: str = ""
    beside: str = ""

    @property
    def label(self) -> str:
        return next(column.label for column in FIELDS if column.key == self.key)


def find_fields(
    grids: Iterable[CellSheet], names: Mapping[str, str], facts: Mapping[str, object], until: Mapping[str, int]
) -> list[Field]:
    """Every place on visible sheets that asks for a single fact, known or not.

    ``names``: defined names; ``until``: first row, by sheet, that is the table's.
    """
    by_name = {fold(text): column for column in FIELDS for text in (column.label, column.key, *column.aliases)}
    listed = [grid for grid in grids if grid.state == "visible"]
    found: dict[tuple[str, str], Field] = {}
    for name, target in names.items():
        column, place = by_name.get(fold(name.rpartition("!")[2])), _cell(target)
        grid = next((g for g in listed if place and g.name == place[0]), None)
        if column is not None and place is not None and grid is not None:
            field = _field(grid, place[1], column, facts.get(column.key))
            found[field.sheet, field.cell] = field
    for grid in listed:
        for field in _by_label(grid, by_name, facts, until.get(grid.name, grid.height + 1)):
            found.setdefault((field.sheet, field.cell), field)
    return list(found.values())


def mentioned(package: Package, one: Field) -> bool:
    """Whether a formula or a name of the form takes this cell."""
    row, col = coordinates(one.cell)
    if any(_cell(target) == (one.sheet, (row, col)) for target in package.defined_names.values()):
        return True
    for part in package.sheets:
        for place, formula in package.scan(part).formulas.items():
            for ref in references(formula.at(place)):
                last = ref.last or ref.first
                at = (ref.first.row or 1) <= row <= (last.row or row) and (ref.first.col or 1) <= col <= (last.col or col)
                if at and (ref.sheet or part.name) == one.sheet:
                    return True
    return False


def _by_label(grid: CellSheet, by_name: Mapping[str, Column], facts: Mapping[str, object], until: int) -> Iterator[Field]:
    """Labels above the table and above any signature; the amount in words may stand below too."""
    signed = False
    for row in range(grid.height):
        texts = [(col, clean(value)) for col, value in enumerate(grid.rows[row]) if isinstance(value, str) and clean(value)]
        signed = signed or any(is_signature(text) and fold(text.partition(":")[0]) not in by_name for _, text in texts)
        for col, text in texts:
            column = by_name.get(fold(text.partition(":")[0]))
            if column is None or ((signed or row + 1 >= until) and column.key != "terbilang"):
                continue
            if field := _labelled(grid, (row, col), text, column, facts.get(column.key)):
                yield field


def _labelled(grid: CellSheet, place: tuple[int, int], text: str, column: Column, value: object) -> Field | None:
    """The field that a label belongs to; None when it is no label after all, or is answered in its own cell."""
    label, colon, rest = text.partition(":")
    row, col = place
    if not rest.strip():
        beside = _beside(grid, row, col, bool(colon))
        return _field(grid, beside, column, value) if beside else None
    if not is_empty_mark(rest):
        return None
    # Dots to write on, in the label's own cell.
    shown = None if value is None else f"{label.strip()} : {_shown(value)}"
    return Field(sheet=grid.name, cell=address(row + 1, col + 1), key=column.key, value=shown, beside=label.strip())


def _beside(grid: CellSheet, row: int, col: int, colon: bool) -> tuple[int, int] | None:
    """The value's place (1-based) right of a label; without a colon somewhere the text is no label but a heading."""
    at = _right_of(grid, row, col)
    if colon:
        return row + 1, at + 1
    for _ in range(_REACH):
        value = grid.value(row, at)
        if value is not None:
            break
        at = _right_of(grid, row, at)
    text = clean(value) if isinstance(value, str) else ""
    if text == ":":
        return row + 1, _right_of(grid, row, at) + 1
    return (row + 1, at + 1) if text.startswith(":") else None


def _right_of(grid: CellSheet, row: int, col: int) -> int:
    """The next column, behind the merged area that the cell begins."""
    for r1, c1, r2, c2 in grid.merged:
        if r1 <= row + 1 <= r2 and c1 <= col + 1 <= c2:
            return c2
    return col + 1


def _field(grid: CellSheet, place: tuple[int, int], column: Column, value: object) -> Field:
    row, col = place
    there = grid.value(row - 1, col - 1)
    blank = there is None or (isinstance(there, str) and is_empty_mark(there))
    formula = grid.formula(row - 1, col - 1) is not None
    text = there if isinstance(there, str) else "" if there is None else _shown(there)
    prefix = ": " if isinstance(there, str) and clean(there).startswith(":") else ""
    return Field(
        sheet=grid.name, cell=address(row, col), key=column.key, value=None if value is None else _value(value, column, prefix),
        kept="" if blank and not formula else text or "rumus",
    )  # fmt: skip


def _value(value: object, column: Column, prefix: str) -> str | Decimal:
    """Money as a number; a year as text, which stands beside its label instead of at the far end of a wide cell."""
    if isinstance(value, Decimal) and column.kind.name == "rupiah" and not prefix:
        return plain(value)
    return prefix + _shown(value)


def _shown(value: object) -> str:
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(plain(value)) if isinstance(value, Decimal) else str(value)


def _cell(target: str) -> tuple[str, tuple[int, int]] | None:
    """``'Form 1'!$C$5`` → sheet and place; None for areas and anything else."""
    sheet, _, cell = target.rpartition("!")
    try:
        return sheet.strip("'").replace("''", "'"), coordinates(cell)
    except ValueError:
        return None
