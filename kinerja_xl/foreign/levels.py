"""How deep a row stands in the hierarchy, by its code, its number or its indentation.

Habits served: dotted codes that grow (5.1.02.01); the regional chart below program codes in one column; codes split over
columns; the national RKA-KL shapes (113.01.06 › 5096 › 5096.001 › 051 › A › 521211), where a code does not begin with
its parent's; levels shown only by leading blanks; numbering A, I, 1, a; names that begin with "- ".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from string import ascii_uppercase, digits

from kinerja_xl.foreign.rowset import TOTAL, VALUE, Row
from kinerja_xl.regions.words import clean
from kinerja_xl.words.shapes import bare_number, bentuk, numbering, outline, parts_of
from kinerja_xl.words.text import clean_all

Levels = list[float | None]

_KL: Mapping[str, float] = {
    "999.99.99": 1, "999.99.AA": 1, "999.AA": 1, "9999": 2, "AA.9999": 2, "9999.999": 3, "9999.AAA": 3, "9999.999.999": 4,
    "9999.AAA.999": 4, "999": 5, "A": 6, "AA": 6, "999999": 7,
}  # fmt: skip
"""Levels of the state's budget by the outline of their codes."""
_SPENDING = frozenset(map(str, range(51, 60)))
HALF = Decimal("0.5")
DETAIL = 1000.0
"""Level of a row without a code that is a detail by its volume, price or dash."""
_BEGINS = frozenset(digits + ascii_uppercase)
_ACCOUNT, _WORK_UNIT = bentuk("kode_rekening"), bentuk("kode_unit_kerja")


def _coded(text: str) -> bool:
    return text[:1] in _BEGINS


def by_code(rows: Sequence[Row]) -> Levels | None:
    """Levels by code; None where too few rows have one."""
    if any(len(row.parts) > 1 for row in rows):
        return _split(rows)
    codes = clean_all([row.code for row in rows], clean)
    known = sum([code[:1] in _BEGINS for code in codes])
    if known * 5 < len(rows) * 3 and not _codes_over_details(rows, codes):
        return None
    return _details(rows, _national(codes, known) or _dotted(rows, codes))


def _national(codes: Sequence[str], known: int) -> Levels | None:
    """Levels by the codes of the state's budget, where nine of ten are such codes; a kind of spending (51, 52, 53) that no longer
    code goes on from stands deepest, as accounts do."""
    found: Levels = []
    kinds = {code for code in codes if code in _SPENDING}
    deep = 7 if kinds and not any(len(code) > 2 and code[:2] in kinds for code in codes) else None
    spare = len(codes) - (known * 9 + 9) // 10  # so many may be none
    for code in codes:
        found.append(deep if code in kinds else _KL.get(outline(code)))
        spare -= found[-1] is None
        if spare < 0:
            return None
    return found if len({2, 3, 7} & set(found)) > 1 else None  # of their kinds two at least: some are shapes of other codes too


def _codes_over_details(rows: Sequence[Row], codes: Sequence[str]) -> bool:
    """An RKA: the coded rows are groups (no price), and what they are made of stands below them without a code."""
    values = [(row, code) for row, code in zip(rows, codes, strict=True) if row.kind == VALUE]
    coded = [row for row, code in values if _coded(code)]
    details = [row for row, code in values if not code and (row.volume or row.price)]
    both, priced = len(coded) + len(details), sum(bool(row.price) for row in coded)
    return len(coded) >= 2 and both * 5 >= len(values) * 3 and priced * 5 <= len(coded)


def _details(rows: Sequence[Row], levels: Levels) -> Levels:
    """Rows without a code below coded ones: details with a volume, price or dash stand deepest, their headings above them."""
    found = list(levels)
    if None not in found:
        return found
    for i, row in enumerate(rows):
        if found[i] is None and row.kind == VALUE:
            dashed = row.name.lstrip().startswith(("-", "–", "•"))
            found[i] = DETAIL if row.volume or row.price or dashed else None
    below: float | None = None  # the level of the next row with a value
    for i in range(len(rows) - 1, -1, -1):
        if rows[i].kind == VALUE:
            if found[i] is None and below in (DETAIL, DETAIL - 1):
                found[i] = DETAIL - 1
            below = found[i]
    return found


def by_parts(rows: Sequence[Row]) -> Levels | None:
    """Levels by code where accounts stand over details without a code of their own (or with the account's once more) and without
    unit or price, told by their sums: at least two accounts are what stands below them, or a printed total has a say."""
    codes = clean_all([row.code for row in rows], clean)
    under: dict[int, list[int]] = {}
    head = -1
    for i, (row, code) in enumerate(zip(rows, codes, strict=True)):
        if head >= 0 and row.kind == VALUE and code in ("", codes[head]) and row.name != rows[head].name:
            under.setdefault(head, []).append(i)
        else:
            head = i if row.kind == VALUE and _coded(code) and row.values and not (row.volume or row.price) else -1
    if not under or any(len(row.parts) > 1 for row in rows):
        return None
    right = [i for i, below in under.items() if adds_up(rows[i], [rows[j] for j in below], [*rows[i].values])]
    parts = {j for below in under.values() for j in below}
    proof = any(row.kind == TOTAL for row in rows)
    if len(right) < 2 - proof or len(right) * 2 <= len(under) or len({rows[j].name for j in parts}) * 2 <= len(parts):
        return None  # too few, or below each the same words again: where its money comes from
    if not proof and any(codes[j] for j in parts):
        return None
    above = _dotted(rows, ["" if i in parts else code for i, code in enumerate(codes)])
    return [DETAIL if i in parts else level for i, level in enumerate(above)]


def adds_up(row: Row, parts: Sequence[Row], columns: Sequence[int]) -> bool:
    """Whether a row is the sum of its parts in all these columns."""
    zero = Decimal(0)
    return all(abs(sum([part.values.get(col, zero) for part in parts]) - row.values.get(col, zero)) <= HALF for col in columns)


def _split(rows: Sequence[Row]) -> Levels:
    levels: Levels = []
    for row in rows:
        filled = [(i, part) for i, part in enumerate(row.parts) if part and _coded(part)]
        levels.append(filled[-1][0] * 20 + len(parts_of(filled[-1][1])) if filled else None)
    return levels


def _dotted(rows: Sequence[Row], codes: Sequence[str]) -> Levels:
    if all(map(_ACCOUNT, filter(None, codes))):  # the regional chart alone, split at nothing but its points
        pairs = zip(rows, codes, strict=True)
        deep: Levels = [code.count(".") + 1 + row.code[:1].isspace() * 50 if code else None for row, code in pairs]
        for i, n in enumerate(deep):
            if n and n % 50 in (7, 8) and _WORK_UNIT(codes[i]) and not _goes_on(codes, i):
                deep[i] = 2.5
        return deep
    accounts = {i for i, code in enumerate(codes) if _ACCOUNT(code)}
    if any(len(parts_of(code)) > 3 for i, code in enumerate(codes) if i not in accounts):
        accounts |= {i for i, code in enumerate(codes) if code[:1] in "456" and _root(code, codes[i + 1 : i + 2])}
    others = {i for i, code in enumerate(codes) if code[:1].isdecimal()} - accounts
    levels: Levels = []
    for i, code in enumerate(codes):
        parts = parts_of(code)
        if not parts:
            levels.append(None)
        elif i in accounts and others:
            levels.append(100 + len(parts))
        elif _WORK_UNIT(code) and not _goes_on(codes, i):
            levels.append(2.5)
        elif len(parts) == 1 and parts[0].isdigit() and len(parts[0]) > 2:
            levels.append(1 + len(parts[0]) / 10)
        else:
            levels.append(len(parts) + (rows[i].code[:1].isspace()) * 50)
    return levels


def _goes_on(codes: Sequence[str], i: int) -> bool:
    """Whether a code as long as a work unit's is an account's: the nearest shorter code above is its parent's."""
    mine = parts_of(codes[i])
    above = next((found for j in range(i - 1, -1, -1) if 0 < len(found := parts_of(codes[j])) < len(mine)), ())
    return above == mine[:-1]


def _root(code: str, below: Sequence[str]) -> bool:
    """5 right above 5.1: the whole chart again under every sub kegiatan, as exports of the budgeting system print it."""
    root = code.rstrip(".")
    return root in ("4", "5", "6") and any(_ACCOUNT(other) and other.startswith(f"{root}.") for other in below)


def deepest(items: Sequence[Row], levels: Levels, *, coded: bool = False) -> list[bool]:
    """Lines are the rows that the next one does not stand below; of a row that stands there twice the second is asked."""
    places = [i for i, row in enumerate(items) if row.kind == VALUE]
    line = [False] * len(items)
    for k, i in enumerate(places):
        n = k + 1
        while n < len(places) and twins(items[i], items[places[n]]):
            n += 1
        a, b = levels[i], levels[places[n]] if n < len(places) else None
        line[i] = a is None or b is None or b <= a or (coded and not extends(items, levels, i, places[n]))
    return line


def twins(row: Row, other: Row) -> bool:
    """The same row once more: code, name and amounts are equal (a copied group row)."""
    return row.code == other.code and bool(row.code.strip()) and row.name == other.name and row.values == other.values


def extends(rows: Sequence[Row], levels: Levels, i: int, j: int) -> bool:
    """Whether row ``j`` stands below row ``i``: deeper, and with a code that goes on from it where that can be told."""
    a, b = levels[i], levels[j]
    if a is None or b is None or b <= a:
        return False
    upper, lower = clean(rows[i].code), clean(rows[j].code)
    if b >= DETAIL - 1:
        return b > a
    if len(rows[i].parts) > 1 or rows[j].code[:1].isspace():
        return True
    if _ACCOUNT(lower) and not _ACCOUNT(upper):
        return True
    if b == 101 and a < 100:  # the root of the chart below a sub kegiatan
        return True
    if _WORK_UNIT(upper) or outline(upper) in _KL:
        return True
    return parts_of(lower)[: len(parts_of(upper))] == parts_of(upper) or (upper.isdigit() and lower.startswith(upper))


def number_kind(row: Row) -> str:
    """How a row is numbered: letters (A, IV), arabic, dotted, lower, bullet, or "" for not at all."""
    found = numbering(clean(row.number))
    return "upper" if found == "roman" else found


def by_number(rows: Sequence[Row]) -> Levels | None:
    """Levels by kind of numbering, in the order in which the kinds appear; a list that begins with 1 right below a number stands
    below that number."""
    seen: list[str] = []
    levels: Levels = []
    begun: list[int] = []  # the lists of plain numbers that are open, outermost first: how far each has counted
    for i, row in enumerate(rows):
        text = bare_number(clean(row.number))
        kind = numbering(text)
        if kind == "dotted":
            kind = f"dotted{len(parts_of(text))}"
        if kind and kind not in seen:
            seen.append(kind)
        begun = _counted(rows, i, begun) if kind == "arabic" else [] if row.kind == TOTAL else begun
        if kind and "arabic" in seen and seen.index(kind) < seen.index("arabic"):
            begun = []
        levels.append(seen.index(kind) + max(0, len(begun) - 1) / 10 * (kind == "arabic") if kind else None)
    numbered = sum(level is not None for level in levels)
    if len(set(levels) - {None}) < 2 or numbered * 2 < len(rows):
        return None
    deepest = max(level for level in levels if level is not None)
    return [deepest + 1 if level is None else level for level in levels]


def _counted(rows: Sequence[Row], i: int, begun: Sequence[int]) -> list[int]:
    """The open lists with the number of row ``i``: one begins with 1 right below a number that is no line by its shape; else the
    number goes on where it is next, a heading's in an outer list, a line's in the innermost."""
    here, before = _plain(rows, i), _plain(rows, i - 1)
    if here == 1 and before and begun and not rows[i - 1].unit and not rows[i - 1].volume:
        return [*begun, 1]
    fits = [depth for depth, last in enumerate(begun) if last == here - 1]
    depth = (fits[0] if _plain(rows, i + 1) == 1 else fits[-1]) if fits else max(0, len(begun) - 1)
    return [*begun[:depth], here]


def _plain(rows: Sequence[Row], i: int) -> int:
    """The plain number of a row; 0 for none."""
    text = bare_number(clean(rows[i].number)) if 0 <= i < len(rows) else ""
    return int(text) if text.isdecimal() and len(text) < 4 else 0


def by_indent(rows: Sequence[Row]) -> Levels | None:
    """Levels by leading blanks and dashes of the name."""
    levels: Levels = []
    for row in rows:
        text = row.name.replace("\u00a0", " ").replace("\t", "    ")
        blanks = len(text) - len(text.lstrip(" "))
        levels.append(float(blanks + (1 if text.lstrip().startswith(("-", "–", "•", "*")) else 0)))
    return levels if len(set(levels)) > 1 else None
