"""Rules of the RAB sheet: codes and accounts, volume and jumlah, words against account and standard, duplicates, totals above.

What an amount is worked out from (a code of the price list, a tax, factors) settles: what follows from a slip in it is not said
again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from kinerja_xl.catatan import Finding, Severity
from kinerja_xl.checking.rules import (
    AMOUNTS,
    Case,
    added,
    explained,
    gap,
    known_programs,
    other_jenis,
    rule,
    shown_number,
    trusted,
    within_duties,
)
from kinerja_xl.checking.said import placeholder
from kinerja_xl.lists import ProgramNode, accounts, level, national_to_regional, normalise_account, parents
from kinerja_xl.office.kantor import Office
from kinerja_xl.reckoning.recap.standing import ROW_STANDARDS, standard_of
from kinerja_xl.sheets.content import BookContent, Row
from kinerja_xl.sheets.kantor import KANTOR
from kinerja_xl.sheets.model import Column, Table
from kinerja_xl.sheets.rab import FACTOR_UNITS, FACTORS
from kinerja_xl.sheets.tor import COSTS
from kinerja_xl.sheets.values import fold, format_number, format_rupiah, parse_number, round_half_up, suggestion
from kinerja_xl.words.text import fold_all

# ---- Rows that say the same thing twice, by the column sets that a declaration calls unique ----

@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """A row that repeats an earlier one; ``keys`` are the columns in which both are the same."""

    table: Table
    keys: tuple[str, ...]
    row: Row
    earlier: Row

    @property
    def key(self) -> str:
        """The column to point at: the last of the set that is filled."""
        return next(key for key in (*reversed(self.keys), self.keys[0]) if self.row.get(key))

    @property
    def labels(self) -> str:
        return ", ".join(self.table.column(key).label for key in self.keys)


def repeats(content: BookContent, reported: Collection[tuple[str, str]]) -> Iterator[Repeat]:
    """Every repeated row of a workbook; rows with a cell that already has a catatan are left out."""
    for _, table in content.book.tables():
        for keys in table.unique:
            first: dict[tuple[str, ...], Row] = {}
            rows = [
                row for row in content.rows(table.key)
                if row.get(keys[0]) is not None and not (reported and any((row.sheet, row.cell(key)) in reported for key in keys))
            ]  # fmt: skip
            folded = (fold_all([str(row.get(key) or "") for row in rows]) for key in keys)
            for row, identity in zip(rows, zip(*folded, strict=True), strict=True):
                if identity in first:
                    yield Repeat(table=table, keys=keys, row=row, earlier=first[identity])
                else:
                    first[identity] = row


@rule("R501", "R502", "R503", "R588")
def amounts(case: Case) -> Iterator[Finding]:
    """Volume is the product of the factors and jumlah is volume x harga satuan + PPN (IV.B.1.b).

    A row whose shown number differs is held back: nobody can know which of the two was meant.
    """
    if not case.has("rab", *AMOUNTS):
        return
    end = _end_of_prepared(case, tuple(case.submission.rab))
    for row in case.submission.rab:
        volume, jumlah = row.get("volume"), row.get("jumlah")
        if jumlah is None or case.reported(row, *AMOUNTS):
            continue  # the cell that it needs was named; what the sheet shows follows from it
        wrong = yield from _compare(case, row, "volume", volume, "R501")
        if not wrong:
            wrong = yield from _compare(case, row, "jumlah", jumlah, "R502")
        gone = next((key for key in ("volume", "jumlah") if row.shown.get(key) is None and row.typed_over(key)), None)
        if gone and not wrong and row.row < end:  # what stands below the table has no formulas, which is said
            yield case.at("R588", "rab", row, gone, _words(gone, Decimal(str(row.get(gone)))))


def _compare(case: Case, row: Row, key: str, ours: object, code: str):  # type: ignore[no-untyped-def]  # noqa: ANN202
    shown = shown_number(row, key)
    if shown is None or not isinstance(ours, Decimal):
        if isinstance(row.shown.get(key), str) and isinstance(ours, Decimal):
            yield case.at(code, "rab", row, key, row.shown[key], rincian=_words(key, ours), selisih="tidak diketahui")
            return True
        return False
    if abs(shown - ours) > Decimal("0.00005"):
        yield case.at(code, "rab", row, key, _words(key, shown), rincian=_words(key, ours), selisih=gap(shown, ours))
        return True
    if row.typed_over(key):
        yield case.at("R503", "rab", row, key, _words(key, shown))
    return False


def _words(key: str, value: Decimal) -> str:
    return format_rupiah(value) if key == "jumlah" else format_number(value)


@rule("R504", "R505", "R506", locked=True, settles=True)
def account_codes(case: Case) -> Iterator[Finding]:
    """The account exists, can be booked on, and belongs to the jenis belanja stated (IV.B.2; both charts accepted)."""
    known = _known_accounts(case.office)
    ordered = sorted(known)
    for row in case.submission.rab:
        code = row.get("kode_rekening")
        if not isinstance(code, str) or case.reported(row, "kode_rekening"):
            continue
        account = normalise_account(code)
        if account and "." in account and _has_below(ordered, account):
            yield case.at("R505", "rab", row, "kode_rekening", code)
        elif account is None or (account not in known and not national_to_regional(code)):
            kind = [k for k in known if k.startswith(code[:_JENIS]) and not _has_below(ordered, k)]
            yield case.at("R504", "rab", row, "kode_rekening", code, usul=suggestion(code, kind))
        if jenis := other_jenis(row, case):
            yield case.at("R506", "rab", row, "jenis_belanja", row.get("jenis_belanja"), rekening=code, rincian=jenis)


def _known_accounts(office: Office | None) -> Mapping[str, str]:
    """The office's accounts. While its list has a catatan of its own nobody is told that a code of the public list is unknown."""
    own = office.accounts if office else {}
    doubtful = any(finding.sheet == REKENING_SHEET for finding in office.findings) if office else False
    return own if own and not doubtful else {**{kode: account.uraian for kode, account in accounts().items()}, **own}


REKENING_SHEET = next(sheet.name for sheet, table in KANTOR.tables() if table.key == "rekening")

_JENIS = len("5.1.02")
"""How much of an account says what kind of belanja it is."""


def _has_below(ordered: list[str], account: str) -> bool:
    """Whether an account groups others; ``ordered`` are all accounts, sorted."""
    at = bisect_left(ordered, account + ".")
    return at < len(ordered) and ordered[at].startswith(account + ".")


@rule("R507", "R508", locked=True)
def program_codes(case: Case) -> Iterator[Finding]:
    """Each code exists and each sub kegiatan is within the unit's duties (III.C.2.c). Said once per code, where it is first."""
    content = case.submission.content
    known, seen = known_programs(case), set[str]()
    for block, key in (("rab", "kode_sub"), ("tor", "kode_sub"), ("indikator", "kode"), ("pk_anggaran", "kode")):
        for row in case.submission.tors if block == "tor" else content.rows(block) if content else ():
            code = row.get(key)
            if not isinstance(code, str) or code in seen or level(code) is None:
                continue
            seen.add(code)
            if case.office and (case.submission.unit, code) in case.office.pagu and code not in known:
                continue  # the office's own list lacks what its pagu names (G104)
            if not trusted(case, row, key, sub=key == "kode_sub"):
                yield case.at("R507", block, row, key, code, usul=suggestion(code, _of_its_kind(case, code, known)))
            elif not within_duties(case, code):
                yield case.at("R508", block, row, key, code, rincian=known[code].nama if code in known else "")


def _of_its_kind(case: Case, code: str, known: Mapping[str, ProgramNode]) -> list[str]:
    """The codes that a mistyped one may stand for: of the same level and program, and the unit's to propose."""
    program = parents(code)[0]
    return [k for k in known if known[k].level is level(code) and parents(k)[0] == program and within_duties(case, k)]


def as_heavy(finding: Finding, case: Case, row: Row) -> Finding:
    """A finding about an amount, wajib where the TOR of its sub kegiatan costs otherwise: that follows, and is not said again."""
    code = row.get("kode_sub")
    tors = [tor for tor in case.submission.tors if tor.get("kode_sub") == code]
    stated = sum((added(tors, key) for key in COSTS.values()), Decimal(0))
    asked = added([one for one in case.submission.rab if one.get("kode_sub") == code], "jumlah")
    differs = len(tors) == 1 and stated != asked and finding.severity is not Severity.INFO
    return replace(finding, severity_override=Severity.WAJIB) if differs else finding


@rule("R509")
def duplicates(case: Case) -> Iterator[Finding]:
    """Rows of any table that say the same thing twice."""
    if case.submission.content is None:
        return
    for twin in repeats(case.submission.content, case.submission.reported):
        value = twin.row.get(twin.keys[0])
        finding = case.at("R509", twin.table.key, twin.row, twin.key, value, rincian=str(twin.earlier.row)).at(column=twin.labels)
        yield as_heavy(finding, case, twin.row) if twin.table.key == "rab" else finding


@rule("R510")
def shown_totals(case: Case) -> Iterator[Finding]:
    """What stands above a table as its total is the sum of what its rows show (IV.B.1.c)."""
    content = case.submission.content
    if content is None:
        return
    for total in case.submission.totals:
        rows = content.rows(total.table)
        column = content.book.table(total.table).column(total.column)
        stated = parse_number(total.value).value
        if stated is None:
            continue
        if column.computed:
            shown = [shown_number(row, total.column) for row in rows]
        else:
            shown = [x if isinstance(x := row.get(total.column), Decimal) else None for row in rows]
        if any(_unclear(case, row, column, number) for row, number in zip(rows, shown, strict=True)):
            continue  # what is added up there is anybody's guess, and the cell was named
        visible = sum((x for x in shown if x is not None), Decimal(0))
        end = _end_of_prepared(case, rows)
        below = sum((x for row, x in zip(rows, shown, strict=True) if x is not None and row.row >= end), Decimal(0))
        typed = any(f.code == "S311" and f.sheet == total.sheet for f in case.submission.findings)  # added up twice there
        if min(abs(stated - visible), abs(stated - visible + below)) >= 1 and not typed:
            ours = added(rows, total.column)
            yield case.here(
                "R510", total.sheet, total.cell, format_rupiah(stated), total.label, rincian=format_rupiah(ours),
                selisih=gap(stated, ours),
            )  # fmt: skip


def _end_of_prepared(case: Case, rows: tuple[Row, ...]) -> float:
    """The first row typed below the prepared table: its catatan says that the total may leave out what follows."""
    said = {(f.sheet, f.cell) for f in case.submission.findings if f.code == "S309"}
    named = [row.row for row in rows if said and any((row.sheet, cell) in said for cell in row.places.values())]
    return max(named, default=float("inf"))


def _unclear(case: Case, row: Row, column: Column, shown: Decimal | None) -> bool:
    """Whether a cell below a total was named, or shows nothing although it should."""
    if column.computed:
        return shown is None and row.get(column.key) is not None
    return case.reported(row, column.key)


_ONCE = ("waktu", "orang")
"""Kinds of units that are counted once: of other kinds ("2 Kali x 4 Kali", metres) two may well be multiplied."""


@rule("R538", settles=True)
def tax_of_a_row(case: Case) -> Iterator[Finding]:
    """PPN is rupiah and less than what it is a tax on: 11, 12 or 0,11 there is a rate (IV.B.1.b)."""
    for row in case.submission.rab:
        ppn, volume, price = (row.get(key) for key in ("ppn", "volume", "harga_satuan"))
        if not all(isinstance(x, Decimal) for x in (ppn, volume, price)) or case.reported(row, *AMOUNTS, "volume", "jumlah"):
            continue
        base = round_half_up(volume * price, 0)  # type: ignore[operator]
        if 0 < ppn < 100 and base >= 1_000:  # type: ignore[operator]
            words = f"{format_number(ppn)} tampaknya tarif dalam persen"  # type: ignore[arg-type]
            yield case.at("R538", "rab", row, "ppn", format_rupiah(ppn), rincian=words)  # type: ignore[arg-type]
        elif ppn > base > 0:  # type: ignore[operator]
            words = f"melebihi nilai barangnya {format_rupiah(base)}"
            yield case.at("R538", "rab", row, "ppn", format_rupiah(ppn), rincian=words)  # type: ignore[arg-type]


@rule("R553", settles=True)
def unit_without_number(case: Case) -> Iterator[Finding]:
    """A factor that names its unit has its number: without it the row is calculated as if it were one (IV.B.1.b)."""
    for row in case.submission.rab:
        for key, unit in zip(FACTORS[1:], FACTOR_UNITS[1:], strict=True):  # the first is required
            said = row.text(unit)
            if said and row.get(key) is None and row.cell(key) and not placeholder(said) and not case.reported(row, key, unit):
                yield as_heavy(case.at("R553", "rab", row, key, satuan=said), case, row)
                break


@rule("R543", settles=True)
def factor_twice(case: Case) -> Iterator[Finding]:
    """Months times months, people times people: two factors of one unit multiply what is counted once (IV.B.1.b)."""
    measures = case.lists.measures
    for row in case.submission.rab:
        units = {
            key: found.kanonik
            for key, unit in zip(FACTORS, FACTOR_UNITS, strict=True)
            if (found := measures.find(row.text(unit))) and found.kelompok in _ONCE and row.number(key) not in (None, Decimal(1))
        }
        twice = [unit for unit, number in Counter(units.values()).items() if number > 1]
        if twice and not case.reported(row, *FACTORS, *FACTOR_UNITS):
            key = [key for key, unit in units.items() if unit == twice[0]][-1]
            factors = " x ".join(f"{format_number(row.get(k))} {unit}" for k, unit in units.items())  # type: ignore[arg-type]
            yield as_heavy(explained(case.at("R543", "rab", row, key, factors), row), case, row)


@rule("R563", settles=True)
def words_of_another_item(case: Case) -> Iterator[Finding]:
    """A row that is called what the list calls another item names that item's code (III.C.2.b)."""
    if case.office is None:
        return
    for row in case.submission.rab:
        price = standard_of(row, case.office)
        if price is None or price.jenis not in ROW_STANDARDS or fold(row.text("uraian")) == fold(price.uraian):
            continue
        own = case.office.prices.by_name.get(fold(row.text("uraian")), ())
        if not own or price.kode in own:
            continue
        if not case.reported(row, "uraian", "kode_standar"):
            words = {"uraian": row.text("uraian"), "rincian": price.uraian, "benar": ", ".join(own[:3])}
            yield explained(case.at("R563", "rab", row, "kode_standar", price.kode, **words), row)


@rule("R583", settles=True)
def code_of_another_item(case: Case) -> Iterator[Finding]:
    """A row that agrees with the code beside it neither in its account nor in its unit of measure means another item: the code is
    the slip, and what differs from it is not said one by one (R523, R532, R533)."""
    for row in case.submission.rab:
        price, code = standard_of(row, case.office), row.get("kode_rekening")
        own = normalise_account(price.kode_rekening) if price and price.jenis in ROW_STANDARDS else None
        account = normalise_account(code) if isinstance(code, str) else None
        if price is None or own is None or account is None or other_jenis(row, case):
            continue
        if case.reported(row, "uraian", "kode_rekening", "kode_standar", "satuan", "jenis_standar"):
            continue
        unit, kind = row.text("satuan"), row.get("jenis_standar")
        differs = {
            "rekening": not f"{account}.".startswith(f"{own}."),
            "satuan": bool(unit and price.satuan) and not case.lists.measures.same(unit, price.satuan),
            "jenis standar": isinstance(kind, str) and kind != price.jenis,
        }
        if differs["rekening"] and differs["satuan"]:
            words = ", ".join(what for what, apart in differs.items() if apart)
            said = case.at("R583", "rab", row, "kode_standar", price.kode, rincian=price.uraian, beda=words)
            yield explained(said, row)
