"""The RKA as data: one sub kegiatan after the other, its lines under the levels of their accounts, allocation of three years.

Amounts are whole rupiah. What is late or held back stands beside the counted lines, never among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kinerja_xl.lists import accounts, level, normalise_account, parents
from kinerja_xl.office.kantor import Office
from kinerja_xl.reckoning import Sum, grouped, summed
from kinerja_xl.reckoning.recap import Entry, RabLine, Recap, TorLine, with_unit
from kinerja_xl.sheets.rab import FACTOR_UNITS, FACTORS
from kinerja_xl.sheets.values import format_date, format_number

NO_ACCOUNT = "(tanpa rekening)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One line of indikator and tolok ukur: what it measures, by what, and its target as it is printed."""

    indikator: str
    tolok_ukur: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One level of the accounts with what stands under it: deeper levels, or at the last one the lines."""

    kode: str
    nama: str
    children: tuple[Account, ...] = ()
    lines: tuple[RabLine, ...] = ()

    @property
    def amount(self) -> int:
        return sum(child.amount for child in self.children) + summed(line.jumlah for line in self.lines).amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Rka:
    """One sub kegiatan of all units that propose it. ``lalu`` and ``depan`` are None where nothing is known.

    ``lalu`` is what was counted for it the year before, ``depan`` the prakiraan maju of its counted lines.
    """

    kode: str
    nama: str
    program: tuple[str, str]
    kegiatan: tuple[str, str]
    units: tuple[str, ...]
    sumber_dana: tuple[str, ...]
    kelompok_sasaran: tuple[str, ...]
    hasil: tuple[str, ...]
    lokasi: tuple[str, ...]
    waktu: tuple[str, ...]
    measures: tuple[Measure, ...]
    accounts: tuple[Account, ...]
    held: tuple[RabLine, ...]
    lalu: int | None
    depan: int | None

    @property
    def amount(self) -> int:
        return sum(account.amount for account in self.accounts)

    @property
    def held_amount(self) -> Sum:
        return summed(line.jumlah for line in self.held)

    def lines(self) -> Iterator[RabLine]:
        """The counted lines in the order of their accounts."""
        return (line for account in self.accounts for line in _lines(account))


def build_rka(recap: Recap, before: Mapping[str, int | None] | None = None) -> tuple[Rka, ...]:
    """Every sub kegiatan that a line names, by code.

    ``before`` is what the year before counted, rupiah by code of sub kegiatan, None where that is not known; None when nothing
    is known of that year.
    """
    by_sub = grouped((line.kode_sub, line) for line in recap.lines)

    def lalu(code: str) -> int | None:
        return None if before is None else before.get(code, 0)

    return tuple(_rka(recap, code, by_sub[code], lalu(code)) for code in sorted(by_sub, key=_unknown_last))


def koefisien(line: RabLine) -> str:
    """``30 Orang x 2 Kali``: the filled factors with their units, as the budgeting system keeps them."""
    get = line.row.get
    parts = [
        f"{format_number(factor)} {get(unit) or ''}".strip()
        for key, unit in zip(FACTORS, FACTOR_UNITS, strict=True)
        if isinstance(factor := get(key), Decimal)
    ]
    return " x ".join(parts)


def _rka(recap: Recap, code: str, lines: list[RabLine], lalu: int | None) -> Rka:
    office, counted = recap.office, [line for line in lines if line.counted]
    program, kegiatan = parents(code) if level(code) else ("", "")
    tors = [tor for tor in recap.tors if tor.kode_sub == code]
    ahead = [amount for line in counted if (amount := line.row.number("prakiraan_maju")) is not None]
    total, name = sum(line.rupiah for line in counted), office.program_name
    return Rka(
        kode=code, nama=name(code) or next((tor.nama_sub for tor in tors if tor.nama_sub), ""),
        program=(program, name(program)), kegiatan=(kegiatan, name(kegiatan)),
        units=tuple(dict.fromkeys(line.unit_nama or line.unit for line in lines)),
        sumber_dana=tuple(dict.fromkeys(str(x) for line in lines if (x := line.row.get("sumber_dana")))),
        kelompok_sasaran=_said(tors, "kelompok_sasaran"), hasil=_said(tors, "outcome"), lokasi=_said(tors, "lokasi"),
        waktu=tuple(dict.fromkeys(x for tor in tors if (x := _when(tor)))),
        measures=tuple(_measures(recap, code, program, total)),
        accounts=_tree(office, sorted(counted, key=_account), 0), held=tuple(line for line in lines if not line.counted),
        lalu=lalu, depan=int(sum(ahead)) if ahead else None,
    )  # fmt: skip


def _said(tors: list[TorLine], key: str) -> tuple[str, ...]:
    """What the TOR say in a field, each text once."""
    return tuple(dict.fromkeys(" ".join(text.split()) for tor in tors if (text := tor.row.text(key).strip())))


def _measures(recap: Recap, code: str, program: str, total: int) -> Iterator[Measure]:
    """Capaian program, masukan, keluaran, hasil: the order of the RKA form."""
    entries = [entry for entry in recap.indikator if entry.counted]
    yield from (
        _measure("Capaian Program", e) for e in entries if program and e.kode_sub == program and e.row.get("level") == "Outcome"
    )
    yield Measure(indikator="Masukan", tolok_ukur="Dana yang dibutuhkan", target=f"Rp{format_number(total)}")
    for words, wanted in (("Keluaran", ("Output",)), ("Hasil", ("Outcome", "Benefit", "Impact"))):
        yield from (_measure(words, e) for e in entries if e.kode_sub == code and e.row.get("level") in wanted)


def _measure(words: str, entry: Entry) -> Measure:
    row = entry.row
    return Measure(indikator=words, tolok_ukur=row.text("nama"), target=with_unit(row.get("target"), row.text("satuan")))


def _when(tor: TorLine) -> str:
    days = (tor.row.get(key) for key in ("tanggal_mulai", "tanggal_selesai"))
    return " s.d. ".join(format_date(day) for day in days if isinstance(day, date))


def _account(line: RabLine) -> tuple[str, ...]:
    """The codes of all levels above a line, its own account last; a national account stands under its class."""
    typed = line.row.text("kode_rekening")
    code = normalise_account(typed) or typed
    if not code:
        return (*_levels(line.jenis), NO_ACCOUNT)
    if "." in code:
        return _levels(code)
    return (*_levels(line.jenis), code)


def _levels(code: str) -> tuple[str, ...]:
    parts = code.split(".") if code else []
    return tuple(".".join(parts[: n + 1]) for n in range(len(parts)))


def _tree(office: Office, lines: list[RabLine], depth: int) -> tuple[Account, ...]:
    """Levels from ``depth`` on; ``lines`` are sorted by account."""
    found = []
    for code, own in grouped((_account(line)[depth], line) for line in lines).items():
        here = [line for line in own if len(_account(line)) == depth + 1]
        below = [line for line in own if len(_account(line)) > depth + 1]
        name = _account_name(office, code, own[0])
        found.append(Account(kode=code, nama=name, children=_tree(office, below, depth + 1), lines=tuple(here)))
    return tuple(found)


def _account_name(office: Office, code: str, line: RabLine) -> str:
    known = accounts().get(code)
    return office.accounts.get(code) or (known.uraian if known else "") or line.row.text("nama_rekening")


def _lines(account: Account) -> Iterator[RabLine]:
    for child in account.children:
        yield from _lines(child)
    yield from account.lines


def _unknown_last(code: str) -> tuple[bool, str]:
    return level(code) is None, code
