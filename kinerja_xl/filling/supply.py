"""What we can put into a form: rows of one kind with their declared columns, and single facts about office and year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from kinerja_xl.findings import Finding
from kinerja_xl.folder import InputError
from kinerja_xl.lists.codes import normalise_program, programs
from kinerja_xl.reading.cells import CellsError, read_cells
from kinerja_xl.reading.gate import inspect
from kinerja_xl.reading.locate import locate, marks
from kinerja_xl.reading.parse import Reading, read_table
from kinerja_xl.reading.recap_book import RecapBack, RecapLine, read_recap
from kinerja_xl.sheets import kinds, rekap
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.formats import format_number
from kinerja_xl.sheets.listing import Listings
from kinerja_xl.sheets.model import Column, Record, Sheet, Table
from kinerja_xl.sheets.rab import FACTOR_UNITS, FACTORS
from kinerja_xl.sheets.rekap import RecapSheet
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.sheets.values import fold

KINDS = ("rab", "indikator", "rkt", "program")
MEASURED = "realisasi"
"""The kind whose rows come from a capaian workbook (``measured``), not from a recap."""

_TEXT, _CODE = kinds.teks(), kinds.kode()
_TREE = (
    Column(key="nama_sub", label="Nama Sub Kegiatan", kind=_TEXT, aliases=("Uraian Sub Kegiatan",)),
    Column(key="kode_program", label="Kode Program", kind=_CODE),
    Column(key="nama_program", label="Program", kind=_TEXT, aliases=("Nama Program", "Uraian Program")),
    Column(key="kode_kegiatan", label="Kode Kegiatan", kind=_CODE),
    Column(key="nama_kegiatan", label="Kegiatan", kind=_TEXT, aliases=("Nama Kegiatan", "Uraian Kegiatan")),
)
_NAMES = ("nama_sub", "nama_kegiatan", "nama_program")
_WHERE = Column(
    key="induk", label="Program / Kegiatan / Sub Kegiatan", kind=_TEXT,
    aliases=("Program/Kegiatan", "Program, Kegiatan, dan Sub Kegiatan", "Program/Kegiatan/Subkegiatan"),
)  # fmt: skip
"""The lowest name there is: of the sub kegiatan, else of the kegiatan, else of the program."""
_FACTORS = Column(key="koefisien", label="Koefisien", kind=_TEXT, aliases=("Koefisien/Volume", "Rincian Koefisien"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """Rows of one kind in our order. ``tree``: the column by whose code a row belongs to a sub kegiatan, ``amount`` the
    column of its money ("" without). ``groups``: positions of rows that sum up those below them. ``facts`` by the keys of
    ``fields``; ``uncounted``: rows that the recap holds back."""

    kind: str
    columns: tuple[Column, ...]
    rows: tuple[Record, ...]
    tree: str
    amount: str = ""
    groups: frozenset[int] = frozenset()
    facts: Mapping[str, object] = field(default_factory=dict)
    uncounted: tuple[RecapLine, ...] = ()

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)

    def only(self, unit: str = "", code: str = "") -> Supply:
        """The rows of one unit, and of one program, kegiatan or sub kegiatan."""
        wanted = normalise_program(code) or code

        def fits(row: Record) -> bool:
            own = str(row.get(self.tree) or "")
            units = {fold(part) for part in str(row.get("unit") or "").split(",")}
            return (not unit or fold(unit) in units) and (not code or own == wanted or own.startswith(f"{wanted}."))

        kept = [(i in self.groups, row) for i, row in enumerate(self.rows) if fits(row)]
        return replace(
            self, rows=tuple(row for _, row in kept), groups=frozenset(i for i, (group, _) in enumerate(kept) if group),
            uncounted=tuple(line for line in self.uncounted if fits(line.row.values)),
        )  # fmt: skip

    @property
    def total(self) -> Decimal:
        """The sum of the money of all rows, those that sum up others left out."""
        amounts = (row.get(self.amount) for i, row in enumerate(self.rows) if i not in self.groups)
        return sum((amount for amount in amounts if isinstance(amount, Decimal)), Decimal(0))


def read_supply(data: bytes, file: str, kind: str) -> Supply:
    """Our rows out of a recap workbook. Raises InputError with the reason and the cells where it can't be read."""
    back = read_recap(data, file)
    if isinstance(back, Finding):
        raise InputError(f"{file} tidak dapat dipakai sebagai sumber: harus buku rekap yang ditulis `kinerja-xl rekap`.", (back,))
    wrong = tuple(f for f in back.findings if f.severity.value == "wajib")
    if wrong:
        raise InputError(f"{file} memuat sel yang tidak dapat dibaca; perbaiki dahulu catatan di bawah ini.", wrong)
    return _MAKERS[kind](data, file, back)


def _rab(data: bytes, file: str, back: RecapBack) -> Supply:
    counted = [line.row for line in back.lines if line.counted]
    return Supply(
        kind="rab", columns=(*USULAN.table("rab").columns, _FACTORS, *_TREE, rekap.UNIT), tree="kode_sub", amount="jumlah",
        rows=tuple(_with_tree(row.values, "kode_sub") | {"koefisien": _factors(row)} for row in counted),
        facts=_facts(back), uncounted=_held(back.lines),
    )  # fmt: skip


def _indicators(data: bytes, file: str, back: RecapBack) -> Supply:
    return Supply(
        kind="indikator", columns=(*USULAN.table("indikator").columns, *_TREE, _WHERE, rekap.UNIT), tree="kode",
        rows=tuple(_placed(_with_tree(line.row.values, "kode"), _NAMES) for line in back.indicators if line.counted),
        facts=_facts(back), uncounted=_held(back.indicators),
    )  # fmt: skip


def _rkt(data: bytes, file: str, back: RecapBack) -> Supply:
    lines = (row for row in _read_sheet(data, file, rekap.RKT) if row.get("unit"))  # the others head and sum up what follows
    rows = tuple(_placed(row, ("nama_sub", "kegiatan", "program")) for row in lines)
    return Supply(
        kind="rkt", columns=(*rekap.RKT.table.columns(USULAN), _WHERE), rows=rows, tree="kode_sub", amount="anggaran",
        facts=_facts(back),
    )  # fmt: skip


def _program(data: bytes, file: str, back: RecapBack) -> Supply:
    rows = _read_sheet(data, file, rekap.PER_PROGRAM)
    return Supply(
        kind="program", columns=rekap.PER_PROGRAM.table.columns(USULAN), rows=rows, tree="kode", amount="dihitung",
        groups=_sums(rows), facts=_facts(back),
    )  # fmt: skip


def _held(lines: tuple[RecapLine, ...]) -> tuple[RecapLine, ...]:
    """Lines that the recap does not count; rows that say neither Ya nor Tidak only head a group."""
    return tuple(line for line in lines if not line.counted and line.row.get("dihitung"))


def _sums(rows: tuple[Record, ...]) -> frozenset[int]:
    """Positions of codes that have others below them."""
    codes = [str(row.get("kode") or "") for row in rows]
    return frozenset(i for i, code in enumerate(codes) if any(other.startswith(f"{code}.") for other in codes))


_MAKERS: Mapping[str, Callable[[bytes, str, RecapBack], Supply]] = {
    "rab": _rab, "indikator": _indicators, "rkt": _rkt, "program": _program,
}  # fmt: skip


def _facts(back: RecapBack) -> dict[str, object]:
    return {key: value for key, value in (("kantor", back.kantor), ("tahun", Decimal(back.tahun))) if value}


def _read_sheet(data: bytes, file: str, declared: RecapSheet) -> tuple[Record, ...]:
    """The rows of one sheet of a recap as it shows them. Raises InputError when it is gone."""
    passed = inspect(data, file)
    table = Table(
        key=declared.table.key, title=declared.title,
        columns=tuple(replace(c, computed=None, required=False, essential=False) for c in declared.table.columns(USULAN)),
    )  # fmt: skip
    try:
        sheets = [] if isinstance(passed, Finding) else list(read_cells(passed, data))
    except CellsError:
        sheets = []
    for sheet in sheets:
        if fold(sheet.name) == fold(declared.name):
            shape = Sheet(key=declared.key, name=declared.name, title=declared.title, blocks=(table,))
            place = locate(sheet, shape, marks(sheet)).tables.get(table.key)
            if place is not None:
                rows = read_table(sheet, place, Reading(lists=Listings(by_name={}), date1904=False))
                # The first gap ends the table: below it stands who signs.
                return tuple(row.values for number, row in enumerate(rows) if row.row == rows[0].row + number)
    raise InputError(f"Lembar {declared.name} tidak ditemukan di {file}; buat ulang rekapnya, lalu ulangi.")


def _with_tree(values: Record, key: str) -> dict[str, object]:
    """A row with the names of its program, kegiatan and sub kegiatan, as far as the public list knows them."""
    code = str(values.get(key) or "")
    parts = code.split(".")
    names = {k: node.nama for k, node in programs().items()}
    program, kegiatan = ".".join(parts[:3]), ".".join(parts[:5])
    found: dict[str, object] = {"kode_program": program or None, "nama_program": names.get(program)}
    if len(parts) > 4:
        found |= {"kode_kegiatan": kegiatan, "nama_kegiatan": names.get(kegiatan)}
    if len(parts) > 5:
        found["nama_sub"] = names.get(code)
    return {**found, **values}


def _placed(row: Record, names: tuple[str, ...]) -> dict[str, object]:
    return {**row, "induk": next((row[name] for name in names if row.get(name)), None)}


def _factors(row: Row) -> str | None:
    """``30 Orang x 2 Kali``: the factors as the government budgeting system writes them in one cell."""
    parts = []
    for factor, unit in zip(FACTORS, FACTOR_UNITS, strict=True):
        value = row.get(factor)
        if isinstance(value, Decimal):
            parts.append(f"{format_number(value)} {row.get(unit) or ''}".strip())
    return " x ".join(parts) or None
