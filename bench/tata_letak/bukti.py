"""Whether what is printed tells a planted slip from every other explanation. The maker looks at its own figures, at no reading.

A slip is arguable where one line, changed to one value, would make every printed sum of its column come out as well and
contradict nothing in its own row; or where, under words nobody knows, nothing in its row that comes out says that
this row is a sum.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from bench.tata_letak.pohon import CASHES, CHANGE, ITEMS, Node

Sum = tuple[int, int, Node, str]
"""A printed sum: row, column, of what, key."""


def arguable(
    slip: Sum, wrong: Decimal, right: Iterable[Sum], kind: str, keys: set[str], root: Node, known: bool  # noqa: FBT001
) -> bool:
    """``right``: the sums that are printed right; ``keys``: of the columns; ``known``: whether words say which rows are sums."""
    row, _, node, key = slip
    beside = {id(leaf) for _, _, other, own in right if own == key and other.total(key) for leaf in other.leaves()}
    told = _told(kind, key, keys, root.leaves())
    for leaf in node.leaves():
        instead = leaf.values[key] + wrong - node.total(key)
        if not told and id(leaf) not in beside and instead >= 0:
            return True
    is_sum = known or kind in ITEMS or any(at == row and other.total(own) for at, _, other, own in right)
    return not is_sum


def _told(kind: str, key: str, keys: set[str], lines: list[Node]) -> bool:
    """Whether a line's own row tells its figure: volume × price (one of everything tells nothing), parts, what is left of it."""
    if kind in ITEMS:
        return keys >= {"harga"} and bool(keys & {"volume", "koefisien"}) and any(leaf.values["volume"] != 1 for leaf in lines)
    if kind in CASHES:
        return kind == CHANGE or "p1" in keys
    return bool(keys & {"sisa", "persen"}) or (key == "realisasi" and "p1" in keys)
