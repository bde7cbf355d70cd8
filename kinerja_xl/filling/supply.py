"""What we can put into a form: rows of one kind with their declared columns, and single facts about office and year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from kinerja_xl.lists.codes import normalise_program, programs
from kinerja_xl.reading.own_book import RecapLine
from kinerja_xl.sheets import kinds
from kinerja_xl.sheets.model import Column, Record
from kinerja_xl.sheets.values import fold

RECAP_KINDS = ("rab", "indikator", "rkt", "program")
"""The kinds of rows that a form may want of a recap without being asked."""
PK = "pk"
KAS = "kas"
MEASURED = "realisasi"
KINDS = (*RECAP_KINDS, PK, KAS, MEASURED)
"""Every kind: the rows of a recap, of a locked plan (``kas``), of a capaian workbook."""

_TEXT, _CODE = kinds.teks(), kinds.kode()
TREE = (
    Column(key="nama_sub", label="Nama Sub Kegiatan", kind=_TEXT, aliases=("Uraian Sub Kegiatan",)),
    Column(key="kode_program", label="Kode Program", kind=_CODE),
    Column(key="nama_program", label="Program", kind=_TEXT, aliases=("Nama Program", "Uraian Program")),
    Column(key="kode_kegiatan", label="Kode Kegiatan", kind=_CODE),
    Column(key="nama_kegiatan", label="Kegiatan", kind=_TEXT, aliases=("Nama Kegiatan", "Uraian Kegiatan")),
)
NAMES = ("nama_sub", "nama_kegiatan", "nama_program")
WHERE = Column(
    key="induk", label="Program / Kegiatan / Sub Kegiatan", kind=_TEXT,
    aliases=("Program/Kegiatan", "Program, Kegiatan, dan Sub Kegiatan", "Program/Kegiatan/Subkegiatan"),
)  # fmt: skip
"""The lowest name there is: of the sub kegiatan, else of the kegiatan, else of the program."""


PAGU, PROPOSED, DISEPAKATI, DPA = "pagu", "usulan", "disepakati", "dpa"
"""Amounts of a sub kegiatan that are never exchanged."""
PAGU_COLUMN = Column(
    key=PAGU, label="Pagu (Rp)", kind=kinds.rupiah(), aliases=("Pagu", "Pagu Indikatif", "Pagu Anggaran", "Plafon Anggaran")
)
PROPOSED_COLUMN = Column(key=PROPOSED, label="Diusulkan (Rp)", kind=kinds.rupiah(), aliases=("Usulan", "Usulan Anggaran"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """Rows of one kind in our order. ``tree``: the column by whose code a row belongs to a sub kegiatan, ``amount`` the
    column of its money ("" without). ``groups``: positions of rows that sum up those below them. ``facts`` by the keys of
    ``fields``; ``uncounted``: rows that the recap holds back. ``core``: of each set
    a form must ask for at least one column, else these rows are not what it wants. ``merges``: columns that, where the form
    asks for no other, make rows with equal ones a single row. ``money``: which column is the pagu, the usulan, what was agreed,
    the DPA (``PAGU`` …); an amount that is not named there is none of ours, whatever the form calls it."""

    kind: str
    columns: tuple[Column, ...]
    rows: tuple[Record, ...]
    tree: str
    amount: str = ""
    groups: frozenset[int] = frozenset()
    facts: Mapping[str, object] = field(default_factory=dict)
    uncounted: tuple[RecapLine, ...] = ()
    core: tuple[frozenset[str], ...] = ()
    merges: tuple[str, ...] = ()
    money: Mapping[str, str] = field(default_factory=dict)

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


def with_tree(values: Record, key: str) -> dict[str, object]:
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


def placed(row: Record, names: tuple[str, ...]) -> dict[str, object]:
    return {**row, "induk": next((row[name] for name in names if row.get(name)), None)}


def sums(rows: Sequence[Record]) -> frozenset[int]:
    """Positions of codes that have others below them."""
    codes = [str(row.get("kode") or "") for row in rows]
    return frozenset(i for i, code in enumerate(codes) if any(other.startswith(f"{code}.") for other in codes))
