"""Money of the budgeting system: an LRA in masuk/TWn becomes that triwulan's realisasi, a DPA the amounts of the plan.

Figures since January lose what earlier triwulan brought; reports of single months add up to their triwulan. What can't be
told apart, matched or divided is named and not counted.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import sha256

from kinerja_xl.adopt.codes import Booked, Owners, booked, codes_of, unclear
from kinerja_xl.adopt.kept import PERIOD_KEY, other_office, other_year
from kinerja_xl.adopt.period import Line, Lra, NoPeriod, Period, line_of, period_of, together, told_apart, years_of
from kinerja_xl.adopt.usulan import open_questions
from kinerja_xl.catatan import Finding, Holds
from kinerja_xl.foreign.model import RAB, REALISASI, ForeignBook, Table, listed
from kinerja_xl.foreign.padanan import KIND_KEY, Padanan
from kinerja_xl.foreign.read import read_foreign
from kinerja_xl.lists import normalise_account
from kinerja_xl.office.folder import Submission
from kinerja_xl.office.kantor import Office
from kinerja_xl.reading.intake import Return, return_file
from kinerja_xl.reckoning import grouped, summed, sums
from kinerja_xl.reckoning.plan import Plan
from kinerja_xl.reckoning.plan.agreed import DpaKey, DpaRow
from kinerja_xl.reckoning.year import MONEY_KIND, Realised, money_unit, plan_label, plan_sign
from kinerja_xl.sheets.content import BookContent, Row, SheetContent
from kinerja_xl.sheets.realisasi import REALISASI_UANG, SPENT, UANG_TABLE
from kinerja_xl.sheets.values import format_rupiah, round_half_up
from kinerja_xl.words.periods import ROMAN


def read_lra(data: bytes, name: str, triwulan: int, plan: Plan, office: Office, padanan: Padanan | None) -> tuple[Lra, ...]:
    """The realisasi of a foreign file, one per month where its sheets hold single months; () when none of its tables holds
    budget and realisasi."""
    file = return_file(triwulan, name)
    book = read_foreign(data, file, padanan=padanan)
    tables = [table for table in book.imported if table.kind == REALISASI]
    if not tables:
        return ()
    said = [*open_questions(tables), *other_year(tables, office.tahun), *other_office(tables, office)]
    said += [found for found in book.all_findings() if found.code != "L209"]  # sheets of other months are told apart here
    said += _other_period_year(tables, office.tahun)
    base = Lra(file=file, triwulan=triwulan, sha256=sha256(data).hexdigest())
    answers = [(padanan or Padanan()).of(table.fingerprint).get(PERIOD_KEY, "") for table in tables]
    found = [(table, period_of(table, triwulan, answer)) for table, answer in zip(tables, answers, strict=True)]
    periods = [(table, period) for table, period in found if isinstance(period, Period)]
    kinds = list(dict.fromkeys((period.since_january, period.months) for _, period in periods))
    single = bool(kinds) and all(not running and len(months) == 1 for running, months in kinds)
    stopped, aside = _without_period(found, triwulan, single=single)
    said += stopped
    if len(kinds) > 1 and not single:
        words = {"tw": ROMAN[triwulan - 1], "rincian": "lembar-lembarnya untuk masa yang berbeda"}
        said.append(Finding(code="L531", sheet=tables[0].sheet, args=words))
    if not kinds or (len(kinds) > 1 and not single) or any(f.holds is Holds.BERKAS for f in stopped):
        return (replace(base, findings=_at(said, file), uncounted=sum(len(t.lines) for t in tables)),)
    owners = Owners(plan, office)
    made = []
    for kind in kinds:
        mine = [(table, period.columns) for table, period in periods if (period.since_january, period.months) == kind]
        made.append(_of_period(replace(base, since_january=kind[0], months=kind[1]), mine, owners, office))
    first = replace(made[0], findings=_at([*said, *made[0].findings], file), uncounted=made[0].uncounted + aside)
    return (first, *made[1:])


def _other_period_year(tables: Iterable[Table], tahun: int) -> Iterator[Finding]:
    """Months of another year ("Bulan Juni 2024") hold the file (T205), where its title has not said so already."""
    for table in tables:
        years = years_of(table) - {str(tahun)}
        if years and not list(other_year([table], tahun)):
            yield Finding(code="T205", sheet=table.sheet, value=", ".join(sorted(years)), args={"rincian": str(tahun)})
            return


def _without_period(
    found: Iterable[tuple[Table, Period | NoPeriod]], triwulan: int, *, single: bool
) -> tuple[list[Finding], int]:  # fmt: skip
    """What is said of tables without a period here, and the lines of those that only belong to another triwulan.

    ``single``: the file holds a sheet per month; those of other months wait in their own folder (L537).
    """
    said, aside = [], 0
    for table, period in found:
        if isinstance(period, NoPeriod):
            code = "L537" if single and period.is_month else period.code
            aside += len(table.lines) if code == "L537" else 0
            words = {"tw": ROMAN[triwulan - 1], "rincian": period.detail}
            said.append(Finding(code=code, sheet=table.sheet, value=period.detail, args=words))
    return said, aside


def _of_period(base: Lra, tables: Iterable[tuple[Table, tuple[int, ...]]], owners: Owners, office: Office) -> Lra:
    rows: list[Row] = []
    said: list[Finding] = []
    bare = 0
    for table, columns in tables:
        made, more, count = _spent_rows(table, columns, owners, office)
        rows += made
        said += more
        bare += count
    return replace(base, rows=tuple(rows), findings=_at(said, base.file), uncounted=bare)


def _at(findings: Iterable[Finding], file: str) -> tuple[Finding, ...]:
    return tuple(found.at(file=file) for found in findings)


def _spent_rows(
    table: Table, columns: tuple[int, ...], owners: Owners, office: Office
) -> tuple[list[Row], list[Finding], int]:  # fmt: skip
    budget = table.amount_columns.get("anggaran", ())
    found, said, bare = booked(table, {"uang": columns, "pagu": budget}, office)
    rows: list[Row] = []
    for one in found:
        sub, account = one.codes.sub, one.codes.account
        assert sub and account
        units = owners.of_line(sub, account)
        if len(units) > 1:
            said.append(unclear(one, units, one.amounts.get("uang", Decimal(0)), columns[-1]))
            bare += 1
            continue
        rows.append(_spent(one, next(iter(units), ""), columns, budget))
    return rows, said, bare


def _spent(one: Booked, unit: str, columns: tuple[int, ...], budget: tuple[int, ...]) -> Row:
    """``unit`` "" where the plan does not know the account: the rules of the returns name it."""
    places = {"rekening": one.code_cell(), "kode_sub": one.code_cell(), "uang": one.lost.get("uang", one.cell(columns[-1]))}
    values: dict[str, object] = {"unit": unit, "kode_sub": one.codes.sub, "rekening": one.codes.account}
    values |= {"uang": one.amounts["uang"]} if "uang" in one.amounts else {}
    if one.lines == 1 and len(budget) == 1:
        values["pagu"] = one.amounts.get("pagu")
        places["pagu"] = one.cell(budget[0])
    return Row(values=values, row=one.first.row, sheet=one.table.sheet, places=places)


# ---- a triwulan's reports as one return ----------------------------------------------------------------


def returns_of(
    lras: Sequence[Lra], plan: Plan, office: Office, before: Callable[[int], Realised]
) -> list[Return]:  # fmt: skip
    """The reports of one or more triwulan as returns of the money unit. ``before`` gives what counts until the end of a
    triwulan."""
    made: list[Return] = []
    for number in sorted({lra.triwulan for lra in lras}):
        whole, months = told_apart([lra for lra in lras if lra.triwulan == number])
        made += [_return(lra, plan, office, before) for lra in whole]
        if months:
            made.append(_return(together(months, number), plan, office, before))
    return made


def _return(lra: Lra, plan: Plan, office: Office, before: Callable[[int], Realised]) -> Return:
    """As the money workbook of its triwulan would say it."""
    unit, key = money_unit(office), SPENT[lra.triwulan - 1]
    earlier = _earlier(before(lra.triwulan - 1)) if lra.since_january else None
    rows: list[Row] = []
    said = list(lra.findings)
    for row in lra.rows:
        amount, cell = row.number("uang"), row.cell("uang")
        whole = None if amount is None else round_half_up(amount, 0)
        if earlier is not None and whole is not None and row.get("unit"):
            spent = earlier.get(line_of(row), None)
            if spent is None and whole != 0:
                said.append(_undivided(lra, row, whole))
                whole = None
            else:
                whole -= spent or 0
        values = {k: v for k, v in row.values.items() if k != "uang"} | {key: whole}
        places = {k: v for k, v in row.places.items() if k != "uang"} | {key: cell}
        rows.append(replace(row, values=values, places=places))
    sheets = tuple(
        SheetContent(key=MONEY_KIND, name=sheet, tables={UANG_TABLE.key: tuple(own)})
        for sheet, own in grouped((row.sheet, row) for row in rows).items()
    )
    there = {key, "unit", "kode_sub", "rekening", "pagu"}
    missing = {(UANG_TABLE.key, c.key) for c in UANG_TABLE.columns if c.key not in there} | {("identitas", ""), ("kas", "")}
    submission = Submission(
        file=lra.file, sha256=lra.sha256, unit=unit, version=0, content=BookContent(book=REALISASI_UANG, sheets=sheets),
        findings=tuple(f.at(unit=unit) for f in said), rows_read={UANG_TABLE.key: len(rows) + lra.uncounted},
        reported=frozenset((f.sheet, f.cell) for f in said if f.cell), missing=frozenset(missing),
        tanggal=office.receipts_tw.get((lra.triwulan, unit, 0)),
    )  # fmt: skip
    return Return(
        submission=submission, triwulan=lra.triwulan, kind=MONEY_KIND, stated=lra.triwulan, sign=plan_sign(plan),
        plan=plan_label(plan), foreign=True,
    )  # fmt: skip


def _earlier(realised: Realised) -> Mapping[Line, int]:
    """What earlier triwulan brought, for lines of which all of them are known."""
    return {
        (one.unit, one.kode_sub, one.rekening): total.amount
        for one in realised.spent
        if not (total := summed(one.quarters[: realised.triwulan])).unknown
    }


def _undivided(lra: Lra, row: Row, amount: Decimal) -> Finding:
    words = {"rekening": str(row.get("rekening")), "kode": str(row.get("kode_sub"))}
    return Finding(code="L534", file=lra.file, sheet=row.sheet, cell=row.cell("uang"), value=format_rupiah(amount), args=words)


# ---- A DPA: amounts by unit, sub kegiatan and account, every row either used or named ----
# ---- The cash plan (RAK) of a DPA in any layout: rupiah per month and sub kegiatan, or the word that it has none ----
# Habits served: twelve columns beside the budget; a sheet of their own that repeats the budget; quarters only, which are no
# cash plan by month.

Cash = Mapping[DpaKey, tuple[int, ...]]
_MONTHS = range(1, 13)


def cash_plan(
    book: ForeignBook, owners: Owners, office: Office, wanted: Iterable[DpaKey]
) -> tuple[Cash, list[Finding]]:  # fmt: skip
    """Twelve whole amounts per unit and sub kegiatan; and which of the ``wanted`` ones have none (L523)."""
    asked = list(dict.fromkeys(wanted))
    tables = [table for table in book.tables if table.lines and len(_columns(table)) == len(_MONTHS) and _is_plan(table)]
    own = [table for table in tables if table in book.imported] or tables[:1]  # a sheet of its own repeats the budget
    monthly: dict[DpaKey, list[Decimal]] = defaultdict(lambda: [Decimal(0)] * len(_MONTHS))
    said: list[Finding] = []
    unknown: set[DpaKey] = set()
    for table in own:
        codes, columns = codes_of(table, office), _columns(table)
        for line in table.lines:
            sub, account = codes[line.row].sub, codes[line.row].account
            units = owners.of(sub, account or "") if sub else set()
            if sub is None or len(units) != 1:
                continue  # its budget is named where it stands; a plan by month that lacks it does not add up (D109)
            key = next(iter(units)), sub
            if lost := [line.cell(col) for col in columns.values() if col in line.unknown]:
                said.append(Finding(code="L526", sheet=table.sheet, cell=lost[0], value=sub, args={"daftar": listed(lost)}))
                unknown.add(key)
            figures = [(line.figure(col) or Decimal(0)) for col in (columns[month] for month in _MONTHS)]
            monthly[key] = [a + b for a, b in zip(monthly[key], figures, strict=True)]
    kas = {key: tuple(int(round_half_up(x, 0)) for x in months) for key, months in monthly.items() if any(months)}
    kas = {key: months for key, months in kas.items() if key not in unknown}
    return kas, [*said, *_lacking(book, [key for key in asked if key not in unknown], kas)]


def _columns(table: Table) -> dict[int, int]:
    """The column of each month: neither what was spent nor a running total."""
    return {
        int(column.period[1:]): column.col
        for column in table.columns
        if re.fullmatch(r"b\d\d", column.period) and column.role in ("", "rencana", "anggaran", "jumlah")
    }


def _is_plan(table: Table) -> bool:
    """Months that may as well be what was spent are a plan only where they add up to the budget."""
    if all(question.key != KIND_KEY for question in table.questions):
        return True
    budget = table.amount_columns.get("anggaran") or table.amount_columns.get("jumlah") or ()

    def total(columns: Iterable[int]) -> Decimal:
        wanted = tuple(columns)
        return sum(((line.figure(col) or Decimal(0)) for line in table.lines for col in wanted), Decimal(0))

    return total(_columns(table).values()) == total(budget)


def _lacking(book: ForeignBook, asked: list[DpaKey], kas: Cash) -> list[Finding]:
    without = [key for key in asked if key not in kas]
    if not without:
        return []
    quarters = any(c.period.startswith("tw") and c.role != REALISASI for table in book.tables for c in table.columns)
    if kas:
        detail = f"tidak memuat rencana kas per bulan untuk {listed([f'{unit} {sub}' for unit, sub in without])}"
    else:
        detail = "memuat rencana per triwulan, bukan per bulan" if quarters else "tidak memuat rencana kas per bulan"
        if any(len(_columns(table)) == len(_MONTHS) for table in book.tables):
            detail = "memuat kolom bulan yang tidak berjumlah anggarannya (mungkin realisasi)"
    return [Finding(code="L523", file=book.file, args={"rincian": detail})]


DpaLine = tuple[str, str, str]
"""Unit, sub kegiatan, account."""

_AMOUNT: Mapping[str, str] = {RAB: "jumlah", REALISASI: "anggaran"}
"""Which sum of a table is the budget, by its kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptedDpa:
    """What a foreign DPA comes down to. ``places``: sheet and cell of each sub kegiatan's first amount; ``kas``: the cash plan
    by month of the sub kegiatan that it gives one for."""

    rows: tuple[DpaRow, ...]
    places: Mapping[DpaKey, tuple[str, str]]
    kas: Cash
    findings: tuple[Finding, ...]


def adopt_dpa(book: ForeignBook, plan: Plan, office: Office) -> AdoptedDpa | None:
    """The DPA of a foreign book over the agreed ``plan``; None when no table of it holds a budget."""
    tables = [table for table in book.imported if table.kind in _AMOUNT]
    if not tables:
        return None
    owners = Owners(plan, office)
    rows: list[DpaRow] = []
    cells: dict[DpaLine, tuple[str, str]] = {}
    # Plan or realisasi beside it: the budget is the same, and months of a plan have to add up to it (cash_plan).
    said = [*open_questions(tables, but=KIND_KEY), *other_year(tables, office.tahun), *other_office(tables, office)]
    said += [found for found in book.all_findings() if found.code != "L446"]  # of what is used only the months are beside (L526)
    for table in tables:
        columns = table.amount_columns.get(_AMOUNT[table.kind], ())
        found, bare, _ = booked(table, {"anggaran": columns}, office)
        said += bare
        for one in found:
            said += _budget(one, columns[0], owners, rows, cells)
    places: dict[DpaKey, tuple[str, str]] = {}
    for (unit, sub, _), place in cells.items():
        places.setdefault((unit, sub), place)
    kas, lacking = cash_plan(book, owners, office, places)
    said += [*lacking, *_accounts(plan, rows, cells, places)]
    findings = tuple(found.at(file=book.file) for found in said)
    return AdoptedDpa(rows=tuple(rows), places=places, kas=kas, findings=findings)


def _budget(
    one: Booked, col: int, owners: Owners, rows: list[DpaRow], cells: dict[DpaLine, tuple[str, str]]
) -> list[Finding]:  # fmt: skip
    sub, account = one.codes.sub, one.codes.account
    assert sub and account
    amount = one.amounts.get("anggaran", Decimal(0))
    units = owners.of(sub, account)
    if len(units) != 1:
        return [unclear(one, units, amount, col)]
    if amount is None:  # said with its cell, which locks nothing
        return []
    (unit,) = units
    rows.append((unit, sub, account, int(round_half_up(amount, 0))))
    cells.setdefault((unit, sub, account), (one.table.sheet, one.cell(col)))
    return []


def _accounts(
    plan: Plan, rows: list[DpaRow], cells: Mapping[DpaLine, tuple[str, str]], places: Mapping[DpaKey, tuple[str, str]]
) -> Iterator[Finding]:
    """Accounts that the agreed plan does not have (L524), and those with other amounts where their sub kegiatan's total is the
    same (L525): a total that differs is said of the sub kegiatan. Only of sub kegiatan whose accounts were agreed."""
    agreed = {(x.unit, x.kode_sub, normalise_account(x.rekening) or x.rekening): x.jumlah for x in plan.lines}
    given = sums((row[:3], row[3]) for row in rows)
    known = {(unit, sub) for unit, sub, _ in agreed}
    before_all, now_all = (sums((line[:2], x) for line, x in side.items()) for side in (agreed, given))
    for line in sorted({*agreed, *given}):
        unit, sub, account = line
        before, now = agreed.get(line), given.get(line)
        if (unit, sub) not in known or (unit, sub) not in places or before == now:
            continue
        sheet, cell = cells.get(line, places[unit, sub])
        words = {"rekening": account, "baru": format_rupiah(now or 0), "lama": format_rupiah(before or 0)}
        if before is None:
            yield Finding(code="L524", sheet=sheet, cell=cell, unit=unit, value=sub, args=words)
        elif before_all.get((unit, sub), 0) == now_all.get((unit, sub), 0):
            yield Finding(code="L525", sheet=sheet, cell=cell, unit=unit, value=sub, args=words)
