"""Sheet ``Per Program``: program, kegiatan and sub kegiatan with a subtotal at each level, foldable."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import accumulate

from kinerja_xl.lists import JENIS_BELANJA
from kinerja_xl.reckoning import Sum, together, unread
from kinerja_xl.reckoning.recap import NO_FILE, Recap
from kinerja_xl.reckoning.recap.ledger import UNKNOWN_CODE, Amount, ancestors
from kinerja_xl.reckoning.recap.standing import Standing
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.model import Book, Column
from kinerja_xl.sheets.rekap import UNKNOWN, UNKNOWN_ROWS
from kinerja_xl.writing.shown.flat import At, Cell, Cells, begin, end, fill
from kinerja_xl.writing.shown.page import Layout, signature_block
from kinerja_xl.writing.shown.recap.frame import Context, Grid, every_unknown, held, held_totals, layout_of, writes
from kinerja_xl.writing.shown.sums import (
    KEGIATAN,
    PROGRAM,
    SUB,
    Sums,
    jenis_label,
    joined,
    sub_key,
)
from kinerja_xl.writing.shown.table import ALL_ROWS, Number
from kinerja_xl.writing.styles import BELUM

_LEVELS = (PROGRAM, KEGIATAN, SUB)
_LAYERS: dict[str, tuple[str, ...]] = {PROGRAM: ("program",), KEGIATAN: ("kegiatan",), SUB: ()}
_NO_NAME = "(tidak ada di daftar program kantor)"
_KEY_COLUMN = {PROGRAM: "program", KEGIATAN: "kegiatan", SUB: "sub"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One row of the tree. ``pagu`` in rupiah of everything below it; ``units`` of a sub kegiatan.

    ``adds_up``: that pagu is the sum over the codes that begin with this one, so that a formula can say it. ``unread``: how
    many files of the units with a pagu or rows below it can't be read: what they ask for here is not known. ``waiting``: none
    of these units has a file that can.
    """

    kode: str
    tingkat: str
    nama: str
    units: tuple[str, ...]
    pagu: int
    adds_up: bool
    unread: int
    waiting: bool


def per_program_layout(recap: Recap, book: Book) -> Layout:
    return layout_of(rekap.PER_PROGRAM, book, len(tree(recap)))


@lru_cache(maxsize=1)
def tree(recap: Recap) -> tuple[Node, ...]:
    """The rows, worked out once for the sheets that show them."""
    return tuple(_tree(recap))


def _tree(recap: Recap) -> Iterator[Node]:
    """Every code with a line or a pagu, each after its parents, by code; codes without a place come last."""
    units: defaultdict[str, set[str]] = defaultdict(set)
    pagu: defaultdict[tuple[str, str], int] = defaultdict(int)
    for line in recap.lines:
        units[sub_key(line.kode_sub)].add(line.unit)
    for (unit, code), amount in recap.office.pagu.items():
        units[sub_key(code)].add(unit)
        for level, key in zip(_LEVELS, (*ancestors(code), sub_key(code)), strict=True):
            pagu[level, key] += amount
    lost = Counter(source.unit for source in recap.sources if source.status == Standing.TIDAK_TERBACA)
    absent = {unit.kode for unit in recap.units if unit.status in NO_FILE}
    below_of: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for code, own_units in units.items():
        for level, key in zip(_LEVELS, (*ancestors(code), code), strict=True):
            below_of[level, key] |= own_units
    names, below = _names(recap), _pagu_below(recap)
    before: tuple[str, str] = ("", "")
    for code in sorted(units, key=lambda c: (ancestors(c)[0] == UNKNOWN_CODE, ancestors(c), c)):
        path = (*ancestors(code), code)
        for depth, (level, kode) in enumerate(zip(_LEVELS, path, strict=True)):
            if depth == 2 or path[: depth + 1] != before[: depth + 1]:
                own = tuple(sorted(units[code])) if depth == 2 else ()
                total = pagu[level, kode]
                adds_up = total == below[kode]
                yield Node(
                    kode=kode, tingkat=level, nama=names.get(kode) or _NO_NAME, units=own, pagu=total, adds_up=adds_up,
                    unread=sum(lost[unit] for unit in below_of[level, kode]), waiting=below_of[level, kode] <= absent,
                )  # fmt: skip
        before = path[:2]


def _pagu_below(recap: Recap) -> defaultdict[str, int]:
    """What is typed for the codes that begin with a code and a dot, by that code."""
    pagu: defaultdict[str, int] = defaultdict(int)
    for (_, code), amount in recap.office.pagu.items():
        for above in accumulate(code.split(".")[:-1], "{}.{}".format):
            pagu[above] += amount
    return pagu


def _names(recap: Recap) -> dict[str, str]:
    """Names from the RKT, the office's own tree over them."""
    names = {UNKNOWN_CODE: "Kode tidak dikenal; perbaiki di berkas unit"}
    for line in recap.rkt:
        names.update({line.program: line.program_nama, line.kegiatan: line.kegiatan_nama, line.kode_sub: line.nama_sub})
    return names | {code: node.nama for code, node in recap.office.programs.items()}


class _Tree(Grid):
    """A file that can't be read is unknown in each of its unit's sub kegiatan, and once in the total."""

    def _total(self, row: int, number: int, value: Number | Sum | None, formula: str) -> None:
        own = self.layout.columns[number].key == UNKNOWN_ROWS
        super()._total(row, number, value, every_unknown(self.frame) if own else formula)


@writes(rekap.PER_PROGRAM)
def write_per_program(context: Context) -> None:
    own, nodes = context.layouts["per_program"], tree(context.recap)
    levels = own.range(own.column("tingkat"))
    grid = begin(_Tree, context, own, _totals(context), f'SUMIFS({{}},{levels},"{SUB}")', folds=True)
    cells: Cells = {
        "unit": lambda at: Cell(", ".join(map(context.office.unit_name, at.of.units))), "baris_rab": _lines,
        "dihitung": lambda at: Cell(_sums(at).counted, _adding(at, "jumlah_dihitung")),
        "tidak_dihitung": lambda at: held(at, _uncounted_below(at), _adding(at, "jumlah_tidak_dihitung")),
        UNKNOWN_ROWS: lambda at: Cell(_uncounted_below(at).unknown, _adding(at, UNKNOWN_ROWS) + _files(at.of)),
        "pagu": _pagu, "persen_pagu": _share,
        "pagu_sub": lambda at: Cell(at.of.pagu, at.ref("pagu"), ()) if at.of.tingkat == SUB else Cell(None, look=()),
    }  # fmt: skip
    fill(grid, nodes, cells, level=lambda node: _LEVELS.index(node.tingkat), look=_look)
    bottom = signature_block(context, grid.worksheet, own, own.last + 2)
    heads = {row for row, node in enumerate(nodes, start=own.first) if node.tingkat != SUB}
    end(grid, bottom, heads=heads, signature=own.last + 2)


def _look(node: Node) -> tuple[str, ...]:
    return (*_LAYERS[node.tingkat], BELUM) if node.waiting else _LAYERS[node.tingkat]


def _totals(context: Context) -> dict[str, int | Sum]:
    total = context.sums.total
    pagu = sum(context.recap.office.pagu.values())
    return {"baris_rab": total.rows, "dihitung": total.counted, **held_totals(context.recap.total_tidak_dihitung), "pagu": pagu}


def _keys(at: At) -> str:
    """The keys of this level on the RAB sheet, and the one of this node."""
    return f'{at.span("rab", _KEY_COLUMN[at.of.tingkat])},{at.ref("tingkat")}&" "&{at.ref("kode")}'


def _sums(at: At) -> Amount:
    amount: Amount = at.context.sums.code[f"{at.of.tingkat} {at.of.kode}"]
    return amount


def _uncounted_below(at: At) -> Sum:
    return _sums(at).uncounted + unread(at.of.unread)


def _files(node: Node) -> str:
    return f"+{node.unread}" if node.unread else ""


def _lines(at: At) -> Cell:
    return Cell(_sums(at).rows, f"COUNTIF({_keys(at)})")


def _adding(at: At, key: str) -> str:
    """Formula that adds up a column of the RAB sheet below this node."""
    return f"SUMIFS({at.span('rab', key)},{_keys(at)})"


def _pagu(at: At) -> object:
    """Pagu is typed for a sub kegiatan and added up above it.

    It is added up over a copy in a folded column: a sum over its own column is a circle to Excel, whatever its criteria.
    """
    node, own = at.of, at.grid.layout
    if node.tingkat == SUB or not node.adds_up:
        return node.pagu
    pagu, codes = (own.range(own.column(key)) for key in ("pagu_sub", "kode"))
    return Cell(node.pagu, f'SUMIFS({pagu},{codes},{at.ref("kode")}&".*")')


def _share(at: At) -> Cell:
    """What is counted in parts of the pagu; a dash where there is none."""
    pagu, counted = at.of.pagu, _sums(at).counted
    return Cell(
        counted / pagu if pagu else UNKNOWN, f'IF(N({at.ref("pagu")})>0,{at.ref("dihitung")}/{at.ref("pagu")},"{UNKNOWN}")'
    )


# ---- Sheet ``Unit x Jenis Belanja``: the matrix with totals both ways ----

UNKNOWN_UNIT = "(unit tidak dikenal)"


def units(recap: Recap, sums: Sums) -> list[tuple[str, str]]:
    """(code, name) of the office's units in its order, then of any other that lines name."""
    known = {unit.kode: unit.nama for unit in recap.units}
    return [*known.items(), *((code, UNKNOWN_UNIT) for code in sorted(sums.unit) if code not in known)]


def jenis_keys(recap: Recap) -> list[str]:
    """The jenis belanja that get a column; "" (not known) only where a line needs it."""
    return [*JENIS_BELANJA, *([""] if any(line.jenis not in JENIS_BELANJA for line in recap.lines) else [])]


def unit_jenis_layout(recap: Recap, book: Book, sums: Sums) -> Layout:
    """A column per jenis belanja between the declared ones, shaped like the column of totals."""
    around = rekap.UNIT_JENIS.table
    like = around.after[0]
    extra = tuple(_jenis_column(like, key) for key in jenis_keys(recap))
    return Layout(sheet=rekap.UNIT_JENIS, around=around, book=book, rows=len(units(recap, sums)), extra=extra)


def _jenis_column(like: Column, jenis: str) -> Column:
    return replace(like, key=f"jenis_{jenis}", label=jenis_label(jenis))


@writes(rekap.UNIT_JENIS)
def write_unit_jenis(context: Context) -> None:
    own, sums = context.layouts["unit_jenis"], context.sums
    grid = begin(Grid, context, own)
    per_jenis: Cells = {column.key: partial(_of_jenis, label=column.label) for column in own.extra}
    first, last = own.extra[0].key, own.extra[-1].key
    others: Cells = {
        "kode": lambda at: at.of[0], "nama": lambda at: at.of[1],
        "dihitung": lambda at: Cell(sums.unit[at.of[0]].counted, f"SUM({at.ref(first)}:{at.ref(last)})"),
        "tidak_dihitung": lambda at: held(at, _uncounted(at), _of_unit(at, "jumlah_tidak_dihitung")),
        UNKNOWN_ROWS: lambda at: Cell(_uncounted(at).unknown, f"{_of_unit(at, UNKNOWN_ROWS)}+{_files_of_unit(at)}"),
    }  # fmt: skip
    fill(grid, units(context.recap, sums), {**per_jenis, **others}, look=partial(_unit_look, context.recap))
    bottom = own.last + 1
    grid.total_row(bottom, ALL_ROWS, _jenis_totals(context))
    end(grid, bottom)


def _unit_look(recap: Recap, unit: tuple[str, str]) -> tuple[str, ...]:
    own = recap.by_unit.get(unit[0])
    return (BELUM,) if own and own.status in NO_FILE else ()


def _of_unit(at: At, key: str) -> str:
    """Formula that adds up a column of the RAB sheet over this unit."""
    return f"SUMIFS({at.span('rab', key)},{at.span('rab', 'unit')},{at.ref('kode')})"


def _uncounted(at: At) -> Sum:
    return _beside(at.context, at.of[0])


def _beside(context: Context, kode: str) -> Sum:
    """What a unit brought beside the total: of the office's units with the files that can't be read."""
    own = context.recap.by_unit.get(kode)
    return own.total_tidak_dihitung if own else context.sums.unit[kode].uncounted


def _files_of_unit(at: At) -> str:
    """Formula that counts this unit's files that can't be read."""
    units, standings = (at.span("asal_data", key) for key in ("unit", "status"))
    return f'COUNTIFS({units},{at.ref("kode")},{standings},"{Standing.TIDAK_TERBACA}")'


def _of_jenis(at: At, label: str) -> Cell:
    criterion = f'{at.ref("kode")}&"|{label}"'
    formula = f"SUMIFS({at.span('rab', 'jumlah_dihitung')},{at.span('rab', 'kunci_jenis')},{criterion})"
    return Cell(at.context.sums.unit_jenis[joined(at.of[0], label)].counted, formula)


def _jenis_totals(context: Context) -> dict[str, int | Sum]:
    sums = context.sums
    per_jenis = {column.key: sums.jenis[column.label].counted for column in context.layouts["unit_jenis"].extra}
    uncounted = together(_beside(context, unit) for unit, _ in units(context.recap, sums))
    return {**per_jenis, "dihitung": sums.total.counted, **held_totals(uncounted)}
