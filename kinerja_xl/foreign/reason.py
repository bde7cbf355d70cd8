"""What columns are by reckoning alone: which figures are volume, price and amount, budget, spent and left, parts and whole.

Words are not asked. Every relation between columns that holds on nearly all rows is a fact: a × b = c, a run of columns that
adds up to one, a ÷ b = c; the strongest facts say what kind of table it is and what its columns are for. A heading that is
known keeps its column's role: only columns nobody knows are given one.

Habits served: unknown words; the koefisien in words; tax beside the price; quarters or months with their year on either side;
budget, spent, left and per cent in any order; target, reached, per cent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, permutations

from kinerja_xl.foreign.columns import Layout, comes_out, is_koefisien, koefisien, mostly, name_columns
from kinerja_xl.foreign.model import INDIKATOR, RAB, REALISASI

ROWS, LEAST, WIDEST, TAXED = 300, 2, 14, 9
"""Rows looked at; rows that a relation must hold on; columns looked at for one relation, and for one with a tax."""
RUPIAH = 10_000
"""No column of rupiah stays below this; counts, marks and votes do."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A relation between columns, on how many rows it holds of those that have all figures; ``text``: as staff read it."""

    kind: str  # kali, pajak, jumlah, sisa, persen, ubah
    columns: tuple[int, ...]  # what it is made of, then the result
    hits: int
    rows: int
    text: str


class Figures:
    """The figures of a region by column, as far as they can be read."""

    def __init__(self, made: Layout) -> None:
        self.made, self.rows = made, made.region.rows[:ROWS]
        self.numeric = [c for c in sorted(made.columns) if made.content[c].is_numeric and made.content[c].nonzero]
        worded = [c for c in sorted(made.columns) if made.content[c].words and is_koefisien(made, c)]
        self.cells = {col: [self._value(row, col) for row in self.rows] for col in (*self.numeric, *worded)}
        self._filled = {col: frozenset(i for i, v in enumerate(own) if v is not None) for col, own in self.cells.items()}
        self._counting = {col: frozenset(i for i in filled if self.cells[col][i]) for col, filled in self._filled.items()}
        self.worded = worded

    def _value(self, row: int, col: int) -> Decimal | None:
        text = self.made.region.grid.value(row, col)
        volume = koefisien(text) if isinstance(text, str) else None
        return self.made.value(row, col) if volume is None else volume

    def letter(self, col: int) -> str:
        return self.made.columns[col].letter

    def holds(self, columns: Sequence[int], test: Callable[..., bool]) -> tuple[int, int]:
        """On how many rows a relation holds, of those where every column has a figure and the result is not zero; fewer hits
        than there are where it can no longer hold on nearly all."""
        cells = [self.cells[col] for col in columns]
        rows = self._counting[columns[-1]].intersection(*(self._filled[col] for col in columns[:-1]))
        hits, spare = 0, max(1, len(rows) // 5)
        for i in rows:
            if test(*(own[i] for own in cells)):
                hits += 1
            elif spare:
                spare -= 1
            else:
                break
        return hits, len(rows)


def _nearly_all(hits: int, rows: int) -> bool:
    """Nine of ten rows, and all but one of a few: a printed sum among them may be wrong."""
    return rows >= LEAST and (hits * 10 >= rows * 9 or (rows > 2 and rows - hits == 1))


def products(figures: Figures) -> Iterator[Fact]:
    """a × b = c; a × b + tax = c; a × b × c = d (people, months, pay)."""
    columns = [*figures.numeric, *figures.worded]
    told = [own for col, own in figures.cells.items() if figures.made.columns[col].role not in ("kode", "nomor")]
    full = sum(sum(own[i] is not None for own in told) > 2 for i in range(len(figures.rows)))
    least = 1 if full == 1 and not figures.made.of("volume", "harga", "jumlah") else LEAST
    for total in figures.numeric:
        others = [col for col in columns if col != total][-WIDEST:]
        for a, b in combinations(sorted(others), 2):
            hits, rows = figures.holds((a, b, total), lambda a, b, t: comes_out(a * b, t))
            if mostly(hits, rows, least) and not _trivial(figures, a, b):
                yield _product(figures, (a, b), (), total, hits, rows)
                if hits == rows:
                    continue
            if rows < least or len(others) > TAXED:
                continue
            for third in (c for c in others if c not in (a, b) and c in figures.numeric):
                hits, rows = figures.holds((a, b, third, total), lambda a, b, x, t: comes_out(a * b + x, t))
                if mostly(hits, rows, least) and not _trivial(figures, a, b):
                    yield _product(figures, (a, b), (third,), total, hits, rows)
                if third > b and not _trivial(figures, a, b, third):
                    hits, rows = figures.holds((a, b, third, total), lambda a, b, c, t: comes_out(a * b * c, t))
                    if mostly(hits, rows, LEAST):
                        yield _product(figures, (a, b, third), (), total, hits, rows)


def _product(figures: Figures, parts: tuple[int, ...], tax: tuple[int, ...], total: int, hits: int, rows: int) -> Fact:
    """The volumes, then the price, then the tax."""
    terms = sorted(parts, key=lambda col: _order(figures, col))
    left = " + ".join([" × ".join(map(figures.letter, terms)), *map(figures.letter, tax)])
    text = f"{left} = {figures.letter(total)} pada {hits} dari {rows} baris"
    return Fact("pajak" if tax else "kali", (*terms, *tax, total), hits, rows, text)


def _order(figures: Figures, col: int) -> tuple[bool, Decimal]:
    """A koefisien in words is the volume; of two columns of figures the one with the smaller ones."""
    values = sorted(abs(v) for v in figures.cells[col] if v)
    return col not in figures.worded, values[len(values) // 2] if values else Decimal(0)


def _trivial(figures: Figures, *columns: int) -> bool:
    """A factor that is 1 on every row proves nothing, one that is a share on all of them is no volume."""
    for col in columns:
        values = [v for v in figures.cells[col] if v is not None]
        if all(v == 1 for v in values) or (all(v <= Decimal("1.5") for v in values) and any(v % 1 for v in values)):
            return True
    return False


def wholes(figures: Figures) -> Iterator[Fact]:
    """A run of neighbouring columns of figures that adds up to the column before or after it."""
    for i, total in enumerate(figures.numeric):
        for run in _runs(figures.numeric, i):
            hits, rows = figures.holds((*run, total), lambda *v: abs(sum(v[:-1]) - v[-1]) <= Decimal("0.5"))
            hits, rows = (hits, rows) if rows else _with_blanks(figures, run, total)
            if _nearly_all(hits, rows) and all(any(figures.cells[col]) for col in run):
                whole, parts = figures.letter(total), f"{figures.letter(run[0])} sampai {figures.letter(run[-1])}"
                yield Fact("jumlah", (*run, total), hits, rows, f"{whole} = jumlah {parts} pada {hits} dari {rows} baris")


def _with_blanks(figures: Figures, run: Sequence[int], total: int) -> tuple[int, int]:
    hits = rows = 0
    for *parts, whole in zip(*(figures.cells[col] for col in (*run, total)), strict=True):
        if whole and any(parts):
            rows, hits = rows + 1, hits + (abs(sum(v or Decimal(0) for v in parts) - whole) <= Decimal("0.5"))
    return hits, rows


def _runs(columns: Sequence[int], i: int) -> Iterator[tuple[int, ...]]:
    for size in range(WIDEST, 1, -1):
        if i + 1 + size <= len(columns):
            yield tuple(columns[i + 1 : i + 1 + size])
        if i - size >= 0:
            yield tuple(columns[i - size : i])


def remainders(figures: Figures) -> Iterator[Fact]:
    """a − b = c, the whole before its two parts, whatever stands between them."""
    columns = figures.numeric[:WIDEST]
    for whole, spent, left in combinations(columns, 3):
        hits, rows = figures.holds((spent, left, whole), lambda b, c, a: abs(a - b - c) <= Decimal("0.5"))
        if _nearly_all(hits, rows):
            a, b, c = map(figures.letter, (whole, spent, left))
            yield Fact("sisa", (spent, left, whole), hits, rows, f"{a} − {b} = {c} pada {hits} dari {rows} baris")


def changes(figures: Figures) -> Iterator[Fact]:
    """a + c = b, from left to right: a budget before and after a change, and the change."""
    for before, after, change in combinations(figures.numeric[:WIDEST], 3):
        hits, rows = figures.holds((before, change, after), lambda a, c, b: abs(a + c - b) <= Decimal("0.5"))
        if _nearly_all(hits, rows):
            a, b, c = map(figures.letter, (before, after, change))
            yield Fact("ubah", (before, change, after), hits, rows, f"{b} − {a} = {c} pada {hits} dari {rows} baris")


def shares(figures: Figures) -> Iterator[Fact]:
    """b ÷ a = c, in per cent or as a fraction."""
    for share in figures.numeric:
        if figures.made.content[share].largest > 1000:
            continue
        for a, b in permutations([col for col in figures.numeric if col != share][:WIDEST], 2):
            if a > b:  # what was meant stands before what was reached
                continue
            hits, rows = figures.holds((a, b, share), _share)
            if mostly(hits, rows, LEAST):
                text = f"{figures.letter(b)} ÷ {figures.letter(a)} = {figures.letter(share)} pada {hits} dari {rows} baris"
                yield Fact("persen", (a, b, share), hits, rows, text)


def _share(a: Decimal, b: Decimal, share: Decimal) -> bool:
    if not a:
        return False
    ratio = b / a
    near = Decimal("0.51") if share == share.to_integral_value() else Decimal("0.06")
    return abs(ratio * 100 - share) <= near or (share <= 2 and abs(ratio - share) <= Decimal("0.0006"))


# ---- What the facts say ----

_KEPT = ("judul", "lanjutan", "kolom tanpa judul")
"""How the evidence of a role begins that a heading gave."""


def reasoned(made: Layout) -> tuple[str, list[str]]:
    """Give roles to the unknown columns of a region by its facts; the kind of table that they speak for ("" for none), and
    the facts as staff read them."""
    for column in [c for c in made.columns.values() if c.role and c.evidence and not c.evidence[0].startswith(_KEPT)]:
        made.change(column.col, "", "")  # what was guessed from the content is looked at anew
    name_columns(made)
    figures = Figures(made)
    budgets = sorted(wholes(figures), key=lambda f: (-len(f.columns), -f.hits))
    money = {col for col in figures.numeric if made.content[col].is_money and made.content[col].largest >= RUPIAH}
    for fact in sorted(products(figures), key=lambda f: (-f.hits, -len(f.columns))):
        *terms, total = fact.columns
        tax = [terms.pop()] if fact.kind == "pajak" else []
        *volumes, price = terms
        roles = {**dict.fromkeys(volumes, "volume"), price: "harga", total: "jumlah", **dict.fromkeys(tax, "pajak")}
        if total in money and _set(made, fact, roles):
            _prices_of_parts(made, budgets, price)
            return RAB, [fact.text]
    measured = made.first("satuan") is not None
    ratio = max((f for f in shares(figures) if _fits(f, money)), key=lambda f: (f.hits, -f.columns[0]), default=None)
    remainder = max((f for f in remainders(figures) if not _called_alike(made, f)), key=lambda f: f.hits, default=None)
    parted = next((f for f in budgets if len(f.columns) > 3), None)
    if ratio is not None and ratio.columns[0] not in money and measured:
        a, b, share = ratio.columns
        if _set(made, ratio, {a: "target", b: "realisasi", share: "persen"}):
            _indicators(made, a)
            return INDIKATOR, [ratio.text]
    if (ratio is not None and ratio.columns[0] in money) or (remainder is not None and remainder.columns[2] in money):
        return _spent(made, figures, ratio, remainder, budgets)
    if parted is not None and (parted.columns[-1] in money or (measured and len(parted.columns) in (5, 13))):
        *parts, total = parted.columns
        inner = "rencana" if total in money else "target"
        roles = {total: "jumlah" if total in money else "target", **dict.fromkeys(parts, inner)}
        if _set(made, parted, roles):
            for n, col in enumerate(parts, 1):
                mark = f"tw{n}" if len(parts) == 4 else f"b{n:02d}" if len(parts) == 12 else "s1"
                made.change(col, made.columns[col].role if inner == "target" else "", "", period=mark)
            if total not in money:
                _indicators(made, min(parted.columns))
            return (RAB if total in money else INDIKATOR), [parted.text]
    changed = max(changes(figures), key=lambda f: f.hits, default=None)
    pair = changed or next((f for f in budgets if len(f.columns) == 3), None)
    if pair is None or pair.columns[2] not in money or not _set(made, pair, {pair.columns[2]: "jumlah"}):
        return "", []
    for col in pair.columns[:2]:
        made.change(col, "bagian", f"bagian dari kolom {figures.letter(pair.columns[2])}")
    return RAB, [pair.text]


def _called_alike(made: Layout, fact: Fact) -> bool:
    """Whether both parts, beside each other in the headings, have the same first word ("Tahap I", "Tahap II"): then none of them
    is what is left of the other."""
    one, two = (made.columns[col].path for col in fact.columns[:2])
    first, other = (" ".join(path).casefold().split()[:1] for path in (one, two))
    return len(one) == len(two) and bool(first) and first == other


def _indicators(made: Layout, target: int) -> None:
    """The name of an indicator is the last column of long texts before its figures; a goal may stand before it."""
    texts = [(c.col, made.content[c.col]) for c in made.of("uraian", "") if c.col < target]
    long = [col for col, content in texts if content.is_text and content.letters >= 12 * max(1, content.words)]
    for col in long[:-1]:
        made.change(col, "sasaran", "")
    for col in long[-1:]:
        made.change(col, "indikator", "nama di samping angkanya")


def _fits(fact: Fact, money: set[int]) -> bool:
    a, b, _ = fact.columns
    return (a in money) == (b in money) or a in money


def _set(made: Layout, fact: Fact, roles: dict[int, str]) -> bool:
    """Give these roles to the columns; False where known headings say something else: what is called after a month or quarter is
    no amount of a year."""
    if any(role == "jumlah" and made.columns[col].period.startswith(("b", "tw")) for col, role in roles.items()):
        return False
    allowed = {"jumlah": ("anggaran",), "volume": ("jumlah", "satuan"), "harga": ("jumlah",)}
    against = [col for col, role in roles.items() if made.columns[col].role not in ("", "bagian", role, *allowed.get(role, ()))]
    if against and (len(against) * 3 > len(roles) or fact.rows - fact.hits > fact.rows // 8 or fact.rows <= LEAST):
        return False  # words are priors: one of them may mean something else here, where every row says so but for a slip
    for col, role in roles.items():
        if made.columns[col].role not in (role, "anggaran"):
            made.change(col, role, fact.text)
    total = fact.columns[-1]
    if fact.kind in ("kali", "pajak") and made.columns[total].role == "anggaran":
        made.change(total, "anggaran", fact.text)
    return True


def _prices_of_parts(made: Layout, budgets: Sequence[Fact], price: int) -> None:
    """Wage and material that add up to the price are its parts."""
    for fact in budgets:
        if fact.columns[-1] == price:
            for col in fact.columns[:-1]:
                if made.columns[col].role in ("", "harga"):
                    made.change(col, "bagian", fact.text)


def _spent(
    made: Layout, figures: Figures, ratio: Fact | None, remainder: Fact | None, budgets: Sequence[Fact]
) -> tuple[str, list[str]]:
    """Budget, spent and what is left or reached of it; the quarters that add up to what was spent."""
    told: list[str] = []
    if remainder is not None:
        one, two, budget = remainder.columns
        spent, left = (two, one) if ratio is not None and ratio.columns[1] == two else (one, two)
        whole = next((f for f in budgets if len(f.columns) > 3 and f.columns[-1] in (one, two)), None)
        if whole is not None:
            spent, left = (whole.columns[-1], one if whole.columns[-1] == two else two)
        roles = {budget: "anggaran", spent: "realisasi", left: "sisa"}
        told.append(remainder.text)
    else:
        assert ratio is not None
        budget, spent, _ = ratio.columns
        roles = {budget: "anggaran", spent: "realisasi"}
    if ratio is not None:
        roles[ratio.columns[2]] = "persen"
        told.append(ratio.text)
    if not _set(made, remainder or ratio, roles):  # type: ignore[arg-type]
        return "", []
    for fact in budgets:
        if fact.columns[-1] == spent and len(fact.columns) > 3:
            told.append(fact.text)
            for n, col in enumerate(fact.columns[:-1], 1):
                mark = f"tw{n}" if len(fact.columns) == 5 else f"b{n:02d}"
                if made.columns[col].role in ("", "realisasi"):
                    made.change(col, "realisasi", fact.text, period=mark)
            break
    return REALISASI, told
