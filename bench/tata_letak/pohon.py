"""What is planned: a tree of groups with lines at its ends. Names, units and prices come from the reference lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

LISTS = Path(__file__).resolve().parents[2] / "kinerja_xl" / "lists"
RAB, DPA, PARTS, CASH, CASH_MONTHS, CHANGE = "rab", "dpa", "ahsp", "kas", "kas_bulan", "perubahan"
LRA, LRA_QUARTERS, TARGETS, TARGET_QUARTERS = "lra", "lra_tw", "indikator", "indikator_tw"
PRICES, ZONES, AGREEMENT = "harga", "harga_zona", "pk"
ITEMS, CASHES, REPORTS = (RAB, DPA, PARTS), (CASH, CASH_MONTHS, CHANGE), (LRA, LRA_QUARTERS)
INDICATORS, LISTED = (TARGETS, TARGET_QUARTERS, AGREEMENT), (PRICES, ZONES)
KINDS = (
    RAB, RAB, RAB, DPA, DPA, PARTS, CASH, CASH_MONTHS, CHANGE, LRA, LRA, LRA_QUARTERS, TARGETS, TARGETS, TARGET_QUARTERS, PRICES,
    ZONES, AGREEMENT,
)  # fmt: skip
READ_AS = {
    **dict.fromkeys((*ITEMS, *CASHES), "rab"), **dict.fromkeys(REPORTS, "realisasi"),
    **dict.fromkeys(INDICATORS, "indikator"), **dict.fromkeys(LISTED, "standar_harga"),
}  # fmt: skip


@dataclass(slots=True)
class Node:
    """A group (``children``) or a line (``values`` and ``texts`` by column). ``row``: where it stands, 0-based."""

    name: str
    code: str = ""
    mark: str = ""
    children: list[Node] = field(default_factory=list)
    values: dict[str, Decimal] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    row: int = -1

    def leaves(self) -> list[Node]:
        return [leaf for child in self.children for leaf in child.leaves()] if self.children else [self]

    def total(self, key: str) -> Decimal:
        return sum((leaf.values.get(key, Decimal(0)) for leaf in self.leaves()), Decimal(0))


@cache
def listed(name: str) -> list[dict[str, str]]:
    """The rows of a reference list."""
    head, *rows = (line.split("\t") for line in (LISTS / f"{name}.tsv").read_text(encoding="utf-8").splitlines())
    return [dict(zip(head, row, strict=True)) for row in rows]


def tree(rng: Random, kind: str, depth: int) -> Node:
    """The root over ``depth`` levels of groups; every group has a name of its own."""
    groups = [row["uraian"] for row in listed("akun") if row["kode"].count(".") in (2, 3, 4)]
    names = iter(rng.sample(groups, len(groups)))
    lines = iter(_lines(rng, kind, rng.randint(2, 6) if kind == AGREEMENT else 70))

    def grow(level: int) -> list[Node]:
        if level == depth:
            count = rng.choice((1, 2, 2, 3, 4, 5)) if depth else rng.randint(3, 12)
            return [line for _, line in zip(range(count), lines, strict=False)]
        count = rng.choice((1, 2, 2, 3)) if level else rng.randint(1, 3)
        found = [Node(name=next(names), children=grow(level + 1)) for _ in range(count)]
        return [group for group in found if group.children]

    return Node(name="", children=grow(0))


def _lines(rng: Random, kind: str, count: int) -> list[Node]:
    if kind in INDICATORS:
        rows = [row for row in listed("program") if row["indikator"]]
        return [_indicator(rng, kind, row) for row in rng.sample(rows, min(count, len(rows)))]
    if kind in ITEMS or kind in LISTED:
        return [_item(rng, kind, row) for row in rng.sample(listed("harga_contoh"), count)]
    accounts = [row["uraian"] for row in listed("akun") if row["kode"].count(".") >= 5]
    return [_account(rng, kind, name) for name in rng.sample(accounts, count)]


def _item(rng: Random, kind: str, row: Mapping[str, str]) -> Node:
    """Something bought: volume × price, with PPN in a DPA, the price out of wages and material in an analysis."""
    price = Decimal(row["harga"])
    texts = {"satuan": row["satuan"], "spesifikasi": row["spesifikasi"]}
    if kind in LISTED:
        other = price * rng.randint(101, 130) // 100
        return Node(name=row["uraian"], values={"harga": price, "zona": price, "zona_lain": other}, texts=texts)
    one, two = rng.choice((1, 2, 3, 5, 6, 10, 12, 24, 40, rng.randint(2, 150))), rng.choice((1, 1, 1, 2, 3))
    volume = Decimal(one * two)
    values = {"volume": volume, "harga": price, "jumlah": volume * price}
    texts["koefisien"] = f"{one} {row['satuan']}" + (f" x {two} Kali" if two > 1 else "")
    if kind == DPA:
        values["ppn"] = Decimal(0) if rng.random() < 0.7 else price * volume * 11 // 100
        values["jumlah"] += values["ppn"]
    if kind == PARTS:
        wage = price * rng.randint(10, 60) // 100
        values |= {"upah": wage, "bahan": price - wage}
    return Node(name=row["uraian"], values=values, texts=texts)


def _account(rng: Random, kind: str, name: str) -> Node:
    """Money of an account: its plan over the year, or its budget and what was spent."""
    budget = Decimal(rng.randint(4, 4000)) * rng.choice((1000, 2500, 12500, 50000))
    if kind == CHANGE:
        after = budget * rng.choice((100, 100, 80, 90, 115, 125)) // 100
        return Node(name=name, values={"sebelum": budget, "jumlah": after, "beda": after - budget})
    if kind in CASHES:
        parts = _split(rng, budget, 4 if kind == CASH else 12)
        return Node(name=name, values={"jumlah": budget, **{f"p{i}": part for i, part in enumerate(parts, 1)}})
    spent = (budget * rng.randint(0, 100) // 100).quantize(Decimal(1))
    values = {"anggaran": budget, "realisasi": spent, "sisa": budget - spent}
    if kind == LRA_QUARTERS:
        values |= {f"p{i}": part for i, part in enumerate(_split(rng, spent, 4), 1)}
    return Node(name=name, values=values)


def _split(rng: Random, whole: Decimal, count: int) -> list[Decimal]:
    """Parts in thousands that add up."""
    parts = [(whole * rng.randint(0, 160 // count) // 100 // 1000 * 1000).quantize(Decimal(1)) for _ in range(count - 1)]
    while sum(parts) > whole:
        parts[parts.index(max(parts))] //= 2
    return [*parts, whole - sum(parts)]


def _indicator(rng: Random, kind: str, row: Mapping[str, str]) -> Node:
    target = Decimal(rng.randint(1, 200))
    values = {"target": target}
    texts = {"satuan": row["satuan"], "sasaran": row["nama"], "target": f"{target} {row['satuan']}"}
    if kind == TARGETS:
        done = Decimal(rng.randint(0, int(target)))
        values |= {"realisasi": done, "persen": (done / target * 100).quantize(Decimal("0.01"))}
    if kind == TARGET_QUARTERS:
        cuts = sorted(rng.randint(0, int(target)) for _ in range(3))
        ends = zip((0, *cuts), (*cuts, int(target)), strict=True)
        values |= {f"p{i}": Decimal(b - a) for i, (a, b) in enumerate(ends, 1)}
    return Node(name=row["indikator"], values=values, texts=texts)


def percent(values: Mapping[str, Decimal]) -> Decimal:
    """Spent of the budget, two decimals."""
    budget = values.get("anggaran", Decimal(0))
    return (values["realisasi"] / budget * 100).quantize(Decimal("0.01")) if budget else Decimal(0)
