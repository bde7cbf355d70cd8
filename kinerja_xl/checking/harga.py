"""One item, one price: what units ask for the same thing, held against each other (III.C.2.b)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from statistics import median

from kinerja_xl.catatan import Finding, Severity
from kinerja_xl.checking.rules import at_line
from kinerja_xl.office.kantor import Office
from kinerja_xl.reckoning.recap import RabLine
from kinerja_xl.reckoning.recap.standing import standard_of
from kinerja_xl.sheets.rab import RAB_TABLE
from kinerja_xl.sheets.values import fold, format_rupiah

_ODD = ("R513", "R514", "R568")


def one_item_many_prices(lines: Iterable[RabLine], office: Office, said: Iterable[Finding]) -> Iterator[Finding]:
    """One catatan per unit whose price of an item is odd, with every other unit's price. One that is over its standard, or
    far below it, was named for that."""
    named = {(f.file, f.sheet, f.cell) for f in said if f.code in _ODD and f.severity is not Severity.INFO}
    groups: dict[tuple[str, ...], list[RabLine]] = defaultdict(list)
    for line in lines:
        harga = line.row.get("harga_satuan")
        if (line.file, line.row.sheet, line.row.cell("harga_satuan")) in named:
            continue
        if line.counted and isinstance(harga, Decimal) and harga > 0 and line.row.get("uraian"):
            for key in _identities(line, office):
                groups[key].append(line)
    told: set[int] = set()  # rows of an item that was named: by code and by name they may be found twice
    for group in groups.values():
        if _differ(group) and not told & {id(line.row) for line in group}:
            told |= {id(line.row) for line in group}
            yield from _odd_ones(group)


def _differ(group: Sequence[RabLine]) -> bool:
    """Whether two units differ, not only the rows of one."""
    by_unit: dict[str, set[Decimal]] = defaultdict(set)
    for line in group:
        by_unit[line.unit].add(_price(line))
    return len({frozenset(prices) for prices in by_unit.values()}) > 1


def _identities(line: RabLine, office: Office) -> Iterator[tuple[str, ...]]:
    row = line.row
    satuan = office.satuan.key(row.text("satuan"))
    price = standard_of(row, office)
    if price is not None and price.jenis != "ASB":
        yield "standar", price.kode, satuan
    yield "uraian", fold(str(row.get("uraian"))), fold(str(row.get("spesifikasi") or "")), satuan


def _price(line: RabLine) -> Decimal:
    value = line.row.get("harga_satuan")
    return value if isinstance(value, Decimal) else Decimal(0)


def _odd_ones(group: Sequence[RabLine]) -> Iterator[Finding]:
    """The first row of each unit and price that is odd: off the price that more than half of them have, else farthest from the
    middle. Of two prices nobody can say which is odd: both are named."""
    first: dict[tuple[str, Decimal], RabLine] = {}
    for line in group:
        first.setdefault((line.unit, _price(line)), line)
    prices = sorted(price for _, price in first)
    usual, number = Counter(prices).most_common(1)[0]
    usual = usual if 2 * number > len(prices) else median(prices)
    far = max(abs(price - usual) for price in prices)
    for (_, price), line in first.items():
        if len(prices) == 2 or (price != usual if 2 * number > len(prices) else abs(price - usual) == far):
            yield _spread(line, group)


def _spread(odd: RabLine, group: Sequence[RabLine]) -> Finding:
    others = sorted({(_price(line), line.unit_nama) for line in group if line.unit != odd.unit})
    prices = [_price(line) for line in group]
    return at_line(
        "U913", odd, RAB_TABLE.column("harga_satuan"), format_rupiah(_price(odd)),
        uraian=str(odd.row.get("uraian")), selisih=format_rupiah(max(prices) - min(prices)),
        rincian="; ".join(f"{unit} {format_rupiah(price)}" for price, unit in others),
    )  # fmt: skip
