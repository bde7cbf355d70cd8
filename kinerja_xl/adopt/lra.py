"""A realisasi of the budgeting system (LRA) in masuk/TWn becomes the money of that triwulan, matched to the plan.

Figures since January lose what earlier triwulan brought; reports of single months add up to their triwulan. What can't be
told apart, matched or divided is named and not counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import sha256

from kinerja_xl.adopt.answers import PERIOD_KEY, other_year
from kinerja_xl.adopt.owners import Booked, Owners, booked, unclear
from kinerja_xl.adopt.period import MONTHS, NoPeriod, Period, period_of, quarter_months
from kinerja_xl.adopt.usulan import open_questions
from kinerja_xl.findings import Finding
from kinerja_xl.foreign.model import REALISASI, Table
from kinerja_xl.foreign.padanan import Padanan
from kinerja_xl.foreign.read import read_foreign
from kinerja_xl.office import Office
from kinerja_xl.reading.realisasi import Return, return_file
from kinerja_xl.reckoning.plan import Plan
from kinerja_xl.reckoning.realised import Realised
from kinerja_xl.reckoning.returns import MONEY_KIND, money_unit, plan_label, plan_sign
from kinerja_xl.sheets.content import BookContent, Row, SheetContent
from kinerja_xl.sheets.realisasi import REALISASI_UANG, ROMAN, SPENT, UANG_TABLE
from kinerja_xl.sheets.values import format_rupiah, round_half_up
from kinerja_xl.submission import Submission

Line = tuple[str, str, str]
"""Unit, sub kegiatan, account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lra:
    """One realisasi as read: its rows with the amount of its own period under ``uang``. ``uncounted`` rows were named."""

    file: str
    triwulan: int
    sha256: str
    rows: tuple[Row, ...] = ()
    months: tuple[int, ...] = ()
    since_january: bool = False
    uncounted: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def is_part(self) -> bool:
        """Whether it holds single months of its triwulan."""
        return bool(self.months) and not self.since_january and len(self.months) < 3


def read_lra(data: bytes, name: str, triwulan: int, plan: Plan, office: Office, padanan: Padanan | None) -> Lra | None:
    """The realisasi of a foreign file; None when none of its tables holds budget and realisasi."""
    file = return_file(triwulan, name)
    book = read_foreign(data, file, padanan=padanan)
    tables = [table for table in book.imported if table.kind == REALISASI]
    if not tables:
        return None
    said = [*open_questions(tables), *other_year(tables, office.tahun), *book.all_findings()]
    base = Lra(file=file, triwulan=triwulan, sha256=sha256(data).hexdigest())
    periods: dict[int, Period] = {}
    for index, table in enumerate(tables):
        answer = (padanan or Padanan()).of(table.fingerprint).get(PERIOD_KEY, "")
        period = period_of(table, triwulan, answer)
        if isinstance(period, NoPeriod):
            words = {"tw": ROMAN[triwulan - 1], "rincian": period.detail}
            said.append(Finding(code=period.code, sheet=table.sheet, value=period.detail, args=words))
        else:
            periods[index] = period
    kinds = {(p.since_january, p.months) for p in periods.values()}
    if len(kinds) > 1:
        words = {"tw": ROMAN[triwulan - 1], "rincian": "lembar-lembarnya untuk masa yang berbeda"}
        said.append(Finding(code="L531", sheet=tables[0].sheet, args=words))
    if len(kinds) != 1 or len(periods) < len(tables):
        return replace(base, findings=_at(said, file), uncounted=sum(len(t.lines) for t in tables))
    (since_january, months), owners = kinds.pop(), Owners(plan, office)
    rows: list[Row] = []
    bare = 0
    for index, table in enumerate(tables):
        made, more, count = _rows(table, periods[index].columns, owners, office)
        rows += made
        said += more
        bare += count
    return replace(
        base, rows=tuple(rows), months=months, since_january=since_january, uncounted=bare, findings=_at(said, file)
    )


def _at(findings: Iterable[Finding], file: str) -> tuple[Finding, ...]:
    return tuple(found.at(file=file) for found in findings)


def _rows(
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
        rows.append(_row(one, next(iter(units), ""), columns, budget))
    return rows, said, bare


def _row(one: Booked, unit: str, columns: tuple[int, ...], budget: tuple[int, ...]) -> Row:
    """``unit`` "" where the plan does not know the account: the rules of the returns name it."""
    places = {"rekening": one.code_cell(), "kode_sub": one.code_cell(), "uang": one.cell(columns[-1])}
    values: dict[str, object] = {
        "unit": unit, "kode_sub": one.codes.sub, "rekening": one.codes.account, "uang": one.amounts.get("uang"),
    }  # fmt: skip
    if one.lines == 1 and len(budget) == 1:
        values["pagu"] = one.amounts.get("pagu")
        places["pagu"] = one.cell(budget[0])
    return Row(values=values, row=one.first.row, sheet=one.table.sheet, places=places)


# ---- a triwulan's reports as one return ----------------------------------------------------------------


def returns_of(
    lras: Sequence[Lra], plan: Plan, office: Office, before: Callable[[int], Realised]
) -> list[Return]:  # fmt: skip
    """The reports of all triwulan as returns of the money unit. ``before`` gives what counts until the end of a triwulan."""
    made: list[Return] = []
    for number in sorted({lra.triwulan for lra in lras}):
        mine = [lra for lra in lras if lra.triwulan == number]
        parts = [lra for lra in mine if lra.is_part]
        made += [_return(lra, plan, office, before) for lra in mine if not lra.is_part]
        if parts:
            made.append(_return(_together(parts, number), plan, office, before))
    return made


def _together(parts: Sequence[Lra], triwulan: int) -> Lra:
    """Reports of single months added up; a month that is missing or there twice holds them all."""
    count = {month: sum(month in lra.months for lra in parts) for month in quarter_months(triwulan)}
    lacking = [MONTHS[month - 1] for month, times in count.items() if times == 0]
    twice = [MONTHS[month - 1] for month, times in count.items() if times > 1]
    said = [found for lra in parts for found in lra.findings]
    detail = [f"belum memuat {', '.join(lacking)}"] if lacking else []
    detail += [f"memuat {', '.join(twice)} lebih dari satu kali"] if twice else []
    files = [lra.file for lra in parts]
    name = files[0] + "".join(f" + {file.partition('/')[2]}" for file in files[1:])
    if detail:
        words = {"tw": ROMAN[triwulan - 1], "rincian": " dan ".join(detail)}
        said.append(Finding(code="L533", file=name, args=words))
    rows: dict[Line, Row] = {}
    strange: list[Row] = []
    repeated = 0
    for lra in parts:
        for row in lra.rows:
            if not row.get("unit"):
                strange.append(row)
            elif (old := rows.get(_line(row))) is None:
                rows[_line(row)] = row
            else:
                rows[_line(row)] = replace(old, values={**old.values, "uang": _plus(old.get("uang"), row.get("uang"))})
                repeated += 1
    return Lra(
        file=name, triwulan=triwulan, sha256=sha256("".join(lra.sha256 for lra in parts).encode()).hexdigest(),
        rows=(*rows.values(), *strange), months=quarter_months(triwulan),
        uncounted=sum(lra.uncounted for lra in parts), findings=tuple(said),
    )  # fmt: skip


def _line(row: Row) -> Line:
    return str(row.get("unit")), str(row.get("kode_sub")), str(row.get("rekening"))


def _plus(a: object, b: object) -> Decimal | None:
    filled = [x for x in (a, b) if isinstance(x, Decimal)]
    return sum(filled, Decimal(0)) if filled else None


def _return(lra: Lra, plan: Plan, office: Office, before: Callable[[int], Realised]) -> Return:
    """As the money workbook of its triwulan would say it."""
    unit, key = money_unit(office), SPENT[lra.triwulan - 1]
    earlier = _earlier(before(lra.triwulan - 1)) if lra.since_january else None
    rows: list[Row] = []
    said = list(lra.findings)
    for row in lra.rows:
        amount, cell = row.get("uang"), row.cell("uang")
        whole = round_half_up(amount, 0) if isinstance(amount, Decimal) else None
        if earlier is not None and whole is not None and row.get("unit"):
            spent = earlier.get(_line(row), None)
            if spent is None and whole != 0:
                said.append(_undivided(lra, row, whole))
                whole = None
            else:
                whole -= spent or 0
        values = {k: v for k, v in row.values.items() if k != "uang"} | {key: whole}
        places = {k: v for k, v in row.places.items() if k != "uang"} | {key: cell}
        rows.append(replace(row, values=values, places=places))
    by_sheet: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_sheet[row.sheet].append(row)
    sheets = tuple(
        SheetContent(key=MONEY_KIND, name=sheet, tables={UANG_TABLE.key: tuple(own)}) for sheet, own in by_sheet.items()
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
        (one.unit, one.kode_sub, one.rekening): sum(x for x in one.quarters[: realised.triwulan] if x is not None)
        for one in realised.spent
        if all(x is not None for x in one.quarters[: realised.triwulan])
    }


def _undivided(lra: Lra, row: Row, amount: Decimal) -> Finding:
    words = {"rekening": str(row.get("rekening")), "kode": str(row.get("kode_sub"))}
    return Finding(
        code="L534", file=lra.file, sheet=row.sheet, cell=row.cell("uang"), value=format_rupiah(amount), args=words
    )
