"""Which unit an amount belongs to that only names sub kegiatan and account: the plan says it, else the units' duties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from kinerja_xl.adopt.codes import Codes, codes_of, unclear_lines
from kinerja_xl.findings import Finding
from kinerja_xl.foreign.model import Line, Table
from kinerja_xl.foreign.say import listed
from kinerja_xl.lists.accounts import normalise_account
from kinerja_xl.office import Office
from kinerja_xl.package.address import column_letters
from kinerja_xl.reckoning.plan import Plan
from kinerja_xl.sheets.values import format_rupiah, round_half_up


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """All lines of a table that are booked on one sub kegiatan and account: their amounts by name, and the first line."""

    table: Table
    first: Line
    codes: Codes
    lines: int
    amounts: dict[str, Decimal] = field(default_factory=dict)

    def cell(self, col: int) -> str:
        return f"{column_letters(col + 1)}{self.first.row}"

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
        amounts = dict(old.amounts) if old else {}
        for name, cols in columns.items():
            filled = [value for col in cols if (value := line.values.get(col, line.more.get(col))) is not None]
            if filled:
                amounts[name] = amounts.get(name, Decimal(0)) + sum(filled, Decimal(0))
        found[own.sub, own.account] = Booked(
            table=table, first=old.first if old else line, codes=own, lines=(old.lines if old else 0) + 1, amounts=amounts
        )
    amount = next(iter(columns.values()))
    cells = {line.row: f"{column_letters(amount[0] + 1)}{line.row}" for line in table.lines}
    said = list(unclear_lines(table, codes, cells))
    plain = [line for line in bare if codes[line.row].unclear is None]
    said += [_bare(table, plain, codes, amount)] if plain else []
    return list(found.values()), said, len(bare)


def _bare(table: Table, lines: list[Line], codes: Mapping[int, Codes], cols: tuple[int, ...]) -> Finding:
    total = sum((line.values.get(col, Decimal(0)) for line in lines for col in cols), Decimal(0))
    own = [codes[line.row] for line in lines]
    lacking = ["sub kegiatan"] * any(one.sub is None for one in own) + ["rekening"] * any(one.account is None for one in own)
    words = {
        "banyak": str(len(lines)), "daftar": "baris " + listed([str(line.row) for line in lines]),
        "rincian": format_rupiah(round_half_up(total, 0)), "bagian": "kode " + " dan ".join(lacking),
    }  # fmt: skip
    cell = f"{column_letters(cols[0] + 1)}{lines[0].row}" if cols else ""
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


def unclear(one: Booked, units: Iterable[str], amount: Decimal, col: int) -> Finding:
    """An amount that belongs to several units, or to none that anybody knows (L522)."""
    names = sorted(units)
    words = {
        "rekening": f" rekening {one.codes.account}", "rincian": format_rupiah(round_half_up(amount, 0)),
        "sebab": f"milik beberapa unit ({', '.join(names)}), tanpa pembagian" if names else "bukan tugas unit mana pun",
    }  # fmt: skip
    return Finding(
        code="L522", file=one.table.file, sheet=one.table.sheet, cell=one.cell(col), value=one.codes.sub or "", args=words
    )
