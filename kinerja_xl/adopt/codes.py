"""Codes of a foreign line: its sub kegiatan and its account, from its own code columns, its groups, or the title above."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from kinerja_xl.adopt.names import (
    ACCOUNT,
    NAME,
    SUB,
    UPPER,
    Blocks,
    Official,
    account_code,
    begins_with_sub,
    says_sub,
    shape,
    sub_code,
    sub_codes,
)
from kinerja_xl.catatan import Finding
from kinerja_xl.foreign.model import HARGA, UNKNOWN, Heading, Line, Table, listed
from kinerja_xl.lists import Level, level, normalise_account
from kinerja_xl.office.kantor import Office
from kinerja_xl.reckoning import grouped
from kinerja_xl.reckoning.plan import Plan
from kinerja_xl.sheets.values import format_rupiah, round_half_up


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """The row whose words leave open which sub kegiatan begins there; ``reason`` in words for staff, with ``above`` it."""

    cell: str
    text: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """Canonical sub kegiatan and account of one line; None where neither the line nor what stands above it says one.

    ``unclear``: the row above that leaves its sub kegiatan open."""

    sub: str | None
    account: str | None
    unclear: Unclear | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Above:
    """What holds for the next line. ``heading`` named the sub kegiatan (None: the title or the sheet); ``parts`` since then."""

    codes: Codes
    heading: Heading | None = None
    parts: tuple[Heading, ...] = ()


def codes_of(table: Table, office: Office | None = None) -> Mapping[int, Codes]:
    """The codes of every line, by row. A line's own code comes first, then the nearest group row above; a new program,
    kegiatan or sub kegiatan ends the account before it. The only sub kegiatan named above the table, or by its sheet, serves
    as the last. ``office``: its own list of sub kegiatan is known besides the national one."""
    official, blocks = Official(office), Blocks(table)
    start = _Above(codes=_start(table, official))
    found: dict[int, Codes] = {}
    above = start
    headings = [heading for heading in table.headings if heading.row >= table.first_row]
    subs = {line.row: _own(line, sub_code) or _named(line, official) for line in table.lines}
    accounts = {line.row: _own(line, account_code) for line in table.lines}
    down = {"sub": _runs_down(subs.values()), "account": table.kind != HARGA and _runs_down(accounts.values(), most=True)}
    carried: tuple[str, ...] | None = None  # the names beside the line whose sub kegiatan holds below it
    for line in table.lines:
        while headings and headings[0].row < line.row:
            above, carried = _after(above, headings.pop(0), start, official, blocks), None
        own = subs[line.row], accounts[line.row]
        if carried is not None and own[0] is None and any(line.others) and line.others != carried:
            above = replace(above, codes=Codes(sub=None, account=None))  # another name, and no code
        found[line.row] = _codes(above.codes, *own)
        after = _carried(above.codes, *own, down)
        carried = line.others if after.sub != above.codes.sub else carried
        above = replace(above, codes=after)
    return found


def _codes(above: Codes, sub: str | None, account: str | None) -> Codes:
    kept = account or (above.account if sub in (None, above.sub) else None)
    return Codes(sub=sub or above.sub, account=kept, unclear=None if sub else above.unclear)


def _carried(above: Codes, sub: str | None, account: str | None, down: Mapping[str, bool]) -> Codes:
    """What a line's own codes say of the lines below it: in a column that names them once, they hold until the next."""
    new = bool(sub and down["sub"] and sub != above.sub)
    kept = Codes(sub=sub, account=None) if new else above
    return replace(kept, account=account) if account and down["account"] else kept


def _runs_down(own: Iterable[str | None], *, most: bool = False) -> bool:
    """Whether lines name a code once per block and leave the cells below it blank: none repeats the code above it, and at least
    as many cells are blank (``most``: more) as filled. One blank among many is a code that was forgotten."""
    codes = list(own)
    again = any(a is not None and a == b for a, b in zip(codes, codes[1:], strict=False))
    blank = codes.count(None)
    return bool(blank) and not again and len(set(codes)) > 1 and blank * 2 >= len(codes) + most


def _named(line: Line, official: Official) -> str | None:
    """The sub kegiatan whose official name stands in another column of the line."""
    codes = official.codes(Heading(row=line.row, cell="", texts=line.others)) if any(line.others) else set()
    subs = [code for code in codes if level(code) is Level.SUBKEGIATAN]
    return subs[0] if len(subs) == 1 else None


def _own(line: Line, find: Callable[[str], str | None]) -> str | None:
    split = ".".join(part for part in line.codes if part.isdigit()) if len(line.codes) > 1 else ""
    return next((code for text in (line.kode, *reversed(line.codes), split) if (code := find(text))), None)


# ---- what stands above the table ------------------------------------------------------------------------


def _start(table: Table, official: Official) -> Codes:
    """The sub kegiatan of a whole table: the only one that the rows above it name, else its sheet's name."""
    title = [heading for heading in table.headings if heading.row < table.first_row]
    coded = sub_codes(text for heading in title for text in heading.texts)
    named = {code for heading in title for code in official.codes(heading) if level(code) is Level.SUBKEGIATAN}
    sheet = sub_code(table.sheet)
    found = coded or named
    labels = [heading for heading in title if says_sub(heading)]
    if len(found) > 1:
        place = next(one for one in reversed(title) if sub_codes(one.texts) or official.codes(one) & found)
        return Codes(sub=None, account=None, unclear=_unclear(place, f"disebut beberapa: {listed(sorted(found))}"))
    if found and sheet and sheet not in found:
        place = next(h for h in title if sub_codes(h.texts) or official.codes(h) & found)
        return Codes(sub=None, account=None, unclear=_unclear(place, f"nama lembarnya menyebut {sheet}"))
    if not found and not sheet and labels:
        return Codes(sub=None, account=None, unclear=_unclear(labels[-1], "namanya tidak ada pada daftar sub kegiatan"))
    return Codes(sub=next(iter(found), sheet), account=None)


def _unclear(heading: Heading, reason: str) -> Unclear:
    return Unclear(cell=heading.cell, text=heading.text[:120], reason=reason)


# ---- what stands between its lines ----------------------------------------------------------------------


def _after(above: _Above, heading: Heading, start: _Above, official: Official, blocks: Blocks) -> _Above:
    """What holds below a row with words."""
    kind = shape(heading)
    if kind == SUB and not heading.group and not (heading.again or says_sub(heading) or any(map(begins_with_sub, heading.texts))):
        return above  # a remark that mentions another sub kegiatan
    if kind == SUB:
        return _Above(codes=Codes(sub=sub_code(heading.text), account=account_code(heading.text)), heading=heading)
    if kind == UPPER:
        return start
    if kind == ACCOUNT and heading.group:
        return replace(above, codes=replace(above.codes, account=account_code(heading.text)))
    return _below_name(above, heading, start, official, blocks) if kind == NAME else above


def _below_name(above: _Above, heading: Heading, start: _Above, official: Official, blocks: Blocks) -> _Above:
    known = official.codes(heading)
    subs = sorted(code for code in known if level(code) is Level.SUBKEGIATAN)
    if len(subs) == 1:
        return _Above(codes=Codes(sub=subs[0], account=None), heading=heading)
    if known and not subs:
        return start
    if subs:
        return _open(heading, f"nama itu dipakai {listed(subs)}")
    if above.codes.unclear and not says_sub(heading):
        return above
    if blocks.is_part(heading, above.heading, above.parts):
        if not heading.group:
            return above
        account = official.account(heading) or (above.codes.account if blocks.keeps_account(heading) else None)
        return replace(above, codes=replace(above.codes, account=account), parts=(*above.parts, heading))
    sub = above.codes.sub
    return _open(heading, f"di atasnya {sub}" if sub else "namanya tidak ada pada daftar sub kegiatan")


def _open(heading: Heading, reason: str) -> _Above:
    return _Above(codes=Codes(sub=None, account=None, unclear=_unclear(heading, reason)), heading=heading)


# ---- what is said of it -----------------------------------------------------------------------------------


def unclear_lines(table: Table, codes: Mapping[int, Codes], cells: Mapping[int, str]) -> Iterator[Finding]:
    """One catatan (L509) per row that leaves the sub kegiatan open, with the lines below it. ``cells``: where the code of each
    row belongs."""
    below = grouped((why, line) for line in table.lines if (why := codes[line.row].unclear) is not None)
    for why, lines in below.items():
        words = {
            "banyak": str(len(lines)), "daftar": "baris " + listed([str(line.row) for line in lines]), "sebab": why.reason,
            "rincian": _in_words(table, lines), "sel_sel": " ".join(cells[line.row] for line in lines),
        }  # fmt: skip
        yield Finding(code="L509", file=table.file, sheet=table.sheet, cell=why.cell, value=why.text, args=words)


def _in_words(table: Table, lines: Iterable[Line]) -> str:
    """What the lines hold, in rupiah; "" where the table is not about money."""
    columns = table.amount_columns.get("jumlah") or table.amount_columns.get("anggaran") or ()
    total = in_rupiah(table, lines, columns)
    return f", berjumlah {total}" if columns and total != format_rupiah(Decimal(0)) else ""


def in_rupiah(table: Table, lines: Iterable[Line], columns: Collection[int]) -> str:
    """What lines hold in some columns, as staff read it: what is not known is said."""
    some = [*lines]
    total = sum((line.figure(col) or Decimal(0) for line in some for col in columns), Decimal(0))
    return table.figure("anggaran", round_half_up(total, 0), sum(not {*columns}.isdisjoint(line.unknown) for line in some))


# ---- Which unit an amount belongs to that only names sub kegiatan and account: the plan says it, else the units' duties ----


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """All lines of a table that are booked on one sub kegiatan and account: their amounts by name, and the first line."""

    table: Table
    first: Line
    codes: Codes
    lines: int
    amounts: dict[str, Decimal | None] = field(default_factory=dict)  # None where a line of it is not known,
    lost: dict[str, str] = field(default_factory=dict)  # because of this cell

    def cell(self, col: int) -> str:
        return self.first.cell(col)

    def code_cell(self) -> str:
        return self.cell(self.table.places.get("kode", self.table.places.get("uraian", 0)))


def booked(
    table: Table, columns: dict[str, tuple[int, ...]], office: Office
) -> tuple[list[Booked], list[Finding], int]:  # fmt: skip
    """The lines of a table put together by sub kegiatan and account; ``columns``: name → columns that are added up.

    Lines without one of the codes are named once (L521), those below a row that leaves their sub kegiatan open with that row
    (L509), each with their amount; the last value counts them.
    """
    codes = codes_of(table, office)
    found: dict[tuple[str, str], Booked] = {}
    bare: list[Line] = []
    for line in table.lines:
        own = codes[line.row]
        if own.sub is None or own.account is None:
            bare.append(line)
            continue
        old = found.get((own.sub, own.account))
        amounts, lost = (dict(old.amounts), dict(old.lost)) if old else ({}, {})
        for name, cols in columns.items():
            before, filled = amounts.get(name, Decimal(0)), [value for col in cols if (value := line.figure(col)) is not None]
            if gone := [line.cell(col) for col in cols if col in line.unknown]:
                amounts[name] = None
                lost.setdefault(name, gone[0])
            elif filled and before is not None:
                amounts[name] = before + sum(filled, Decimal(0))
        found[own.sub, own.account] = Booked(
            table=table, first=old.first if old else line, codes=own, lines=(old.lines if old else 0) + 1, amounts=amounts,
            lost=lost,
        )  # fmt: skip
    amount = next(iter(columns.values()))
    cells = {line.row: line.cell(amount[0]) for line in table.lines}
    said = list(unclear_lines(table, codes, cells))
    plain = [line for line in bare if codes[line.row].unclear is None]
    said += [_bare(table, plain, codes, amount)] if plain else []
    return list(found.values()), said, len(bare)


def _bare(table: Table, lines: list[Line], codes: Mapping[int, Codes], cols: tuple[int, ...]) -> Finding:
    own = [codes[line.row] for line in lines]
    lacking = ["sub kegiatan"] * any(one.sub is None for one in own) + ["rekening"] * any(one.account is None for one in own)
    words = {
        "banyak": str(len(lines)), "daftar": "baris " + listed([str(line.row) for line in lines]),
        "rincian": in_rupiah(table, lines, cols), "bagian": "kode " + " dan ".join(lacking),
    }  # fmt: skip
    cell = lines[0].cell(cols[0]) if cols else ""
    return Finding(code="L521", file=table.file, sheet=table.sheet, cell=cell, args=words)


class Owners:
    """The units of a plan by what they spend on."""

    def __init__(self, plan: Plan, office: Office) -> None:
        self._office = office
        self._lines: dict[tuple[str, str], set[str]] = defaultdict(set)
        self._subs: dict[str, set[str]] = defaultdict(set)
        for line in plan.lines:
            self._lines[line.kode_sub, normalise_account(line.rekening) or line.rekening].add(line.unit)
        for sub in plan.subs:
            self._subs[sub.kode].add(sub.unit)

    def of_line(self, sub: str, account: str) -> set[str]:
        """Units that the plan gives this account of this sub kegiatan."""
        return self._lines.get((sub, account), set())

    def of(self, sub: str, account: str) -> set[str]:
        """The same, else those that have the sub kegiatan in the plan, else those whose pagu or duties name it."""
        units = self._office.units
        pagu = {unit for (unit, kode) in self._office.pagu if kode == sub}
        duty = {unit.kode for unit in units if unit.owns(sub)}
        return self.of_line(sub, account) or self._subs.get(sub, set()) or pagu or duty


def unclear(one: Booked, units: Iterable[str], amount: Decimal | None, col: int) -> Finding:
    """An amount that belongs to several units, or to none that anybody knows (L522)."""
    names = sorted(units)
    words = {
        "rekening": f" rekening {one.codes.account}",
        "rincian": UNKNOWN if amount is None else format_rupiah(round_half_up(amount, 0)),
        "sebab": f"milik beberapa unit ({', '.join(names)}), tanpa pembagian" if names else "bukan tugas unit mana pun",
    }  # fmt: skip
    return Finding(
        code="L522", file=one.table.file, sheet=one.table.sheet, cell=one.cell(col), value=one.codes.sub or "", args=words
    )
