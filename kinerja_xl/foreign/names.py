"""Which columns give a row its code, number, name, unit, volume and price.

Habits served: several code columns, or one code over columns; a code and its name in one cell; one column per level of names; a
name in a column that nobody knows right of program and kegiatan; prices of parts before the price that multiplies out.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from kinerja_xl.foreign.kinds import Purpose, beside
from kinerja_xl.foreign.model import HARGA, INDIKATOR, RAB
from kinerja_xl.foreign.targets import version
from kinerja_xl.regions.columns import of_level
from kinerja_xl.regions.facts import product_rows
from kinerja_xl.regions.model import Column, Layout
from kinerja_xl.regions.tables import without_signatures
from kinerja_xl.regions.words import is_plain_total, may_announce, word
from kinerja_xl.sheets.values import fold
from kinerja_xl.words.match import kata
from kinerja_xl.words.shapes import bentuk

CODE_NAME, _ACCOUNT = bentuk("kode_nama"), kata("kode_rekening")


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """Which columns give a row its texts."""

    code: tuple[int, ...]
    names: tuple[int, ...]  # the name column, or several under one heading: deeper names stand further right
    number: int | None
    name: int | None
    unit: int | None
    specification: int | None
    volume: int | None
    price: int | None
    context: tuple[int, ...] = ()  # beside the indicators: program, kegiatan, …
    others: tuple[int, ...] = ()  # indicators of another level ("Indikator Sasaran") on rows of their own


def names_of(made: Layout, goal: Purpose) -> Names:
    """The columns for code, number, name, unit, volume and price."""
    codes = made.of("kode")
    code: tuple[int, ...] = ()
    if codes:
        shared = [c for c in codes if c.path == codes[0].path and len(codes) > 1]
        if len(shared) == 1 and len(codes) > 1:
            shared = _below_one(made, codes) or shared
        runs = [c.col for i, c in enumerate(shared) if c.col == shared[0].col + i]
        code = tuple(runs) if len(runs) > 1 else (_best_code(made, [c.col for c in codes], goods=goal.kind == HARGA),)
    name = _best_name(made, goal)
    if name is None and len(code) == 1:
        name = code[0]
    if len(code) == 1 and _holds_names(made, code[0]) and (name is None or _distinct(made, code[0]) > _distinct(made, name)):
        name = code[0]
    if not code and name is not None and _holds_names(made, name, dotted=True):
        code = (name,)
    volume, price = _factors(made, goal)
    units = beside(made, goal.main, "satuan") if goal.kind == RAB else made.of("satuan")  # of the version that is read
    return Names(
        code=code, names=_name_parts(made, name), number=made.first("nomor"), name=name,
        unit=units[0].col if units else None,
        specification=made.first("spesifikasi"), volume=volume, price=price,
        context=tuple(c.col for c in made.of("uraian") if c.col != name) if goal.kind == INDIKATOR else (),
        others=tuple(c.col for c in made.of("indikator") if c.col != name) if goal.kind == INDIKATOR else (),
    )  # fmt: skip


def without_code(name: str) -> str:
    """The name of "1.2 belanja atk"."""
    both = CODE_NAME(name)
    return both[2] if both else name


def _below_one(made: Layout, codes: list[Column]) -> list[Column]:
    """Columns of codes below one heading that are filled on different rows (the activity's code, then the account's), or hold
    the parts of one "Kode" by level ("Urusan | Program | Kegiatan"): none begins with the one left of it."""
    some = [c for c in codes if c.path[:1] == codes[0].path[:1]]
    cells = zip(*(made.region.column(c.col) for c in some), strict=True)
    rows = [[v for v in own if v is not None] for own in cells]
    if any(str(b).startswith(f"{a}.") for own in rows for a, b in pairwise(own)):
        return []
    return some if word("".join(some[0].path[:1])).role == "kode" or max(map(len, rows), default=0) == 1 else []


def _best_code(made: Layout, columns: list[int], *, goods: bool) -> int:
    """The code of the account (of the goods in a price list) where several are there, else the one with most values."""
    full = [col for col in columns if made.content[col].filled * 2 >= made.content[col].looked] or columns
    account = [col for col in full if _ACCOUNT(fold("".join(made.columns[col].path)))]
    if goods:
        account = [col for col in full if col not in account]
    some = account or full
    return some[0] if len(some) == 1 else max(some, key=lambda col: (_distinct(made, col), -col))


def _factors(made: Layout, goal: Purpose) -> tuple[int | None, int | None]:
    """The volume and the price: the pair that multiplies to the amount (prices of parts may stand before the price), else
    the first of each; a koefisien in words ("12 Orang x 3 Kali") where no volume is in figures."""
    columns = [c.col for c in beside(made, goal.main, "volume") if c.col not in goal.main]
    volumes = [col for col in columns if made.content[col].figures and not made.content[col].is_text] or columns
    prices = [c.col for c in beside(made, goal.main, "harga") if c.col not in goal.main]
    if len(goal.main) != 1 or not volumes or not prices:
        return next(iter(volumes), None), next(iter(prices), None)
    total = goal.main[0]
    volume, price = max(((v, p) for v in volumes for p in prices), key=lambda pair: product_rows(made, *pair, total)[0])
    older = [c for c in made.of("jumlah", "anggaran") if version(c) < version(made.columns[total])]
    if any(product_rows(made, volume, price, c.col)[0] > product_rows(made, volume, price, total)[0] for c in older):
        return None, None  # of the amount before the change
    return volume, price


def _said(made: Layout, col: int) -> list[object]:
    """What its rows say, but for totals."""
    found = [v for v in without_signatures(made.region).column(col)[:2000] if v is not None]
    totals = {*filter(is_plain_total, may_announce({v for v in found if isinstance(v, str)}))}
    return [v for v in found if v not in totals]


def _distinct(made: Layout, col: int) -> int:
    return len({*_said(made, col)})


def _best_name(made: Layout, goal: Purpose) -> int | None:
    first = [c for c in made.of("indikator") if made.content[c.col].filled] if goal.kind == INDIKATOR else []
    paired = [c for c in first if goal.main and len(c.path) > 1 and c.path[:-1] == made.columns[goal.main[0]].path[:-1]]
    if len(first) > 1 and len(paired) == 1:  # "Keluaran" above "Tolok Ukur | Target": the name that stands beside the target
        return paired[0].col
    if first:
        return max((c.col for c in first), key=lambda col: made.content[col].letters)
    if goal.kind == INDIKATOR and goal.main and (last := _last_long(made, min(goal.main))) is not None:
        return last
    counted = {c.col for c in made.of("uraian") if made.content[c.col].is_united}  # "3 Dokumen"
    columns = [c for c in made.of("uraian") if c.col not in counted] or made.of("uraian")
    now = [fold(c.path[-1]) for c in columns if c.path and version(c) != 1]
    columns = [c for c in columns if version(c) != 1 or not fold("".join(c.path[-1:])).startswith(tuple(now))]  # "Uraian Semula"
    if len(columns) == 1:
        return columns[0].col
    said = {c.col: _said(made, c.col) for c in columns}
    different = {col: len({*texts}) for col, texts in said.items()}
    many = max(different.values(), default=0)  # what says the same over many rows is a group
    rich = [c for c in columns if (different[c.col] >= many if of_level([c]) else different[c.col] * 2 > many)]
    exact = [c for c in rich if fold(c.path[-1]).startswith(("uraian", "nama", "nm"))]
    chosen = [c.col for c in exact or columns]
    if len(chosen) == 1:
        return chosen[0]
    before = [c.col for c in rich if c.col in chosen and goal.main and c.col < goal.main[0]]
    of = before or chosen  # what stands behind the amounts ("Peruntukan") says something of a row that has its name before them
    if not of:
        return made.first("indikator", "sasaran")
    best = max(of, key=lambda col: (different[col], col))
    plain = [c.col for c in columns if c.col in of and not of_level([c])]  # where each row has its own, the next one tells of it
    return next((col for col in plain if different[col] == different[best] == len(said[col]) > 2), best)


def _last_long(made: Layout, figure: int) -> int | None:
    """Of two columns of names the later one, which stands before its figures, where nobody knows its heading or it says what the
    one before is measured by ("Program | Sasaran Program"); who is to be served ("Kegiatan | Sasaran") is no name."""
    long = [
        c for c in made.of("uraian", "sasaran", "") if c.col < figure and made.content[c.col].is_text
        and made.content[c.col].letters >= 12 * max(1, made.content[c.col].words)
    ][-2:]  # fmt: skip
    ends = [fold(c.path[-1].split()[-1]) if c.path else "" for c in long]
    later = len(long) > 1 and (long[1].role == "" or long[1].role == "sasaran" and ends[0] == ends[1])
    return long[1].col if later and made.content[long[1].col].variety > 0.5 else None


def _name_parts(made: Layout, name: int | None) -> tuple[int, ...]:
    """The columns under the very heading of the name column ("Uraian" over four columns, one per level)."""
    if name is None or not made.columns[name].path:
        return () if name is None else (name,)
    same = [c.col for c in made.of(made.columns[name].role) if c.path == made.columns[name].path]
    gap = next((i for i, col in enumerate(same) if any(c in made.columns for c in range(same[i - 1] + 1, col))), len(same))
    run = same[:gap]  # columns of the field that stand empty are none of the table's
    return tuple(run) if name in run and len(run) > 1 else (name,)


def _holds_names(made: Layout, col: int, *, dotted: bool = False) -> bool:
    texts = [v for row in made.region.rows[:200] if isinstance(v := made.region.grid.value(row, col), str)]
    found = [both for text in texts if (both := CODE_NAME(text)) and (not dotted or "." in both[1])]
    return bool(texts) and len(found) * 5 >= len(texts) * 3
