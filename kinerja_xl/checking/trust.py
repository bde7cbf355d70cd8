"""How far a row can be relied on: one cause gives one catatan, so what follows from a named cell is not said again.

A code that cannot be relied on has no TOR, no output, no pagu and is missing from a sum; an amount that was named differs
from every other sheet. Rules between sheets ask here before they compare.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kinerja_xl.checking.rules import Case
from kinerja_xl.lists.accounts import jenis_belanja, normalise_account
from kinerja_xl.lists.codes import Level, ProgramNode, level, programs
from kinerja_xl.sheets.choices import JENIS_BELANJA
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.rab import FACTORS
from kinerja_xl.sheets.values import Parsed, parse_number

AMOUNTS = (*FACTORS, "harga_satuan", "ppn")
"""The RAB columns that an amount is worked out from."""


def shown_number(row: Row, key: str) -> Decimal | None:
    """What a computed cell shows, as a number; None when it shows none."""
    parsed: Parsed[Decimal] = parse_number(row.shown.get(key))
    return parsed.value


def known_programs(case: Case) -> Mapping[str, ProgramNode]:
    """The office's tree of codes, or that of urusan 7.01 where there is none."""
    return case.office.programs if case.office and case.office.programs else programs()


def trusted(case: Case, row: Row, key: str, *, sub: bool = True) -> bool:
    """Whether a program code can be relied on: readable, on the list and (``sub``) that of a sub kegiatan."""
    code = row.get(key)
    if not isinstance(code, str) or (stage := level(code)) is None:
        return False
    known = known_programs(case)
    if sub:
        return code in known and stage is Level.SUBKEGIATAN
    return code in known or any(k.startswith(code + ".") for k in known)


def row_jenis(row: Row, case: Case) -> str | None:
    """Jenis belanja key of a row: the account's own row first, its class second, what is stated last."""
    code = row.get("kode_rekening")
    by_name = {name: key for key, name in JENIS_BELANJA.items()}
    if isinstance(code, str):
        account = normalise_account(code)
        own = case.office.account_jenis.get(account or "", "") if case.office else ""
        found = by_name.get(own) or jenis_belanja(code)
        if found:
            return found
    return by_name.get(str(row.get("jenis_belanja")))


def other_jenis(row: Row, case: Case) -> str:
    """Name of the jenis belanja that the account belongs to where the row states another; else ""."""
    jenis, stated = JENIS_BELANJA.get(row_jenis(row, case) or ""), row.get("jenis_belanja")
    return jenis if jenis and stated in JENIS_BELANJA.values() and stated != jenis else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """RAB amounts in rupiah per sub kegiatan and jenis belanja key, as far as they can be computed.

    ``unsure``: sub kegiatan of which a row has a catatan on its amount or jenis belanja. ``stray``: some row's own code
    cannot be relied on, so that any sub kegiatan may lack it.
    """

    by_sub: Mapping[str, Mapping[str, Decimal]]
    unsure: frozenset[str]
    stray: bool

    def comparable(self, code: str) -> bool:
        """Whether the sum below a program, kegiatan or sub kegiatan code can be held against another sheet."""
        return not self.stray and not any(sub == code or sub.startswith(code + ".") for sub in self.unsure)


def rab_amounts(case: Case) -> Amounts:
    """What the RAB sums up to, and how far that can be relied on."""
    rows, own = case.submission.rab, {tor.get("kode_sub") for tor in case.submission.tors}
    sums: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for row in rows:
        code, jumlah = row.get("kode_sub"), row.get("jumlah")
        if isinstance(code, str) and isinstance(jumlah, Decimal):
            sums[code][row_jenis(row, case) or ""] += jumlah
    return Amounts(
        by_sub=sums,
        unsure=frozenset(str(row.get("kode_sub")) for row in rows if _amount_named(case, row)),
        # A code that is not on the list and has its TOR is a new sub kegiatan; without one it is a slip of the finger.
        stray=any(not trusted(case, row, "kode_sub") and row.get("kode_sub") not in own for row in rows),
    )


def _amount_named(case: Case, row: Row) -> bool:
    """Whether a row's amount or its jenis belanja has a catatan, or is about to get one (R501, R502, R506, R520)."""
    ours = row.get("jumlah")
    if not isinstance(ours, Decimal) or case.reported(row, *AMOUNTS, "volume", "jumlah"):
        return True
    if row.get("harga_satuan") == 0 or row.get("volume") == 0:
        return True
    shown = shown_number(row, "jumlah")
    return (shown is not None and shown != ours) or bool(other_jenis(row, case)) or row_jenis(row, case) is None
