"""What is checked again before a plan is locked: the rules of the usulan that bind what was agreed as well, and the pagu."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kinerja_xl.catatan import Finding, Severity
from kinerja_xl.checking.rule_book import judge, with_office_levels
from kinerja_xl.checking.rules import Case
from kinerja_xl.office.folder import Submission
from kinerja_xl.office.kantor import Office
from kinerja_xl.office.prefill import as_rows, office_listings
from kinerja_xl.reckoning import grouped, sums
from kinerja_xl.reckoning.plan import PlanIndicator, indicator_record
from kinerja_xl.sheets.content import BookContent, Row, SheetContent
from kinerja_xl.sheets.penetapan import INDIKATOR_PLAN_TABLE, PENETAPAN, TELAAH_SUB_TABLE
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.sheets.values import fold, format_rupiah

Reported = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """What is to be locked, by unit as the office spells it: rows of accounts (under the keys of the RAB) and of indicators."""

    file: str
    accounts: Mapping[str, list[Row]]
    indicators: Mapping[str, list[Row]]
    reported: Reported = frozenset()


def check_agreed(agreed: Agreed, office: Office) -> list[Finding]:
    """What the rules say that are declared ``locked``, at the office's levels."""
    lists = office_listings(office)
    found: list[Finding] = []
    for unit in (u.kode for u in office.units):
        tables = {"rab": tuple(agreed.accounts.get(unit, ())), "indikator": tuple(agreed.indicators.get(unit, ()))}
        sheets = tuple(SheetContent(key=key, tables={key: rows}) for key, rows in tables.items())
        content = BookContent(book=USULAN, sheets=sheets)
        own = Submission(file=agreed.file, sha256="", unit=unit, version=0, content=content, reported=agreed.reported)
        found += judge(Case(submission=own, lists=lists, office=office), locked=True)
    return with_office_levels(found, office)


def check_review(content: BookContent, office: Office, file: str, reported: Reported) -> list[Finding]:
    """A filled Lembar Penelaahan: accounts and indicators of what was not rejected, and each sub kegiatan against its pagu."""
    spelling = {fold(unit.kode): unit.kode for unit in office.units}

    def key(row: Row, kode: str) -> tuple[str, str]:
        return spelling.get(fold(row.text("unit")), ""), row.text(kode)

    subs = [(key(row, "kode"), row) for row in content.rows("telaah_sub")]
    rejected = {own for own, row in subs if row.number("disepakati") == 0}

    def kept(table: str, kode: str) -> Mapping[str, list[Row]]:
        rows = ((key(row, kode), row) for row in content.rows(table) if (row.sheet, row.cell(kode)) not in reported)
        return grouped((own[0], row) for own, row in rows if own not in rejected)

    agreed = Agreed(
        file=file, accounts=kept("telaah_rekening", "kode_sub"), indicators=kept("telaah_indikator", "kode"), reported=reported
    )
    over = [f.at(file=file) for f in _over(subs, office) if (f.sheet, f.cell) not in reported]
    return [*check_agreed(agreed, office), *with_office_levels(over, office)]


def _over(subs: Iterable[tuple[tuple[str, str], Row]], office: Office) -> Iterator[Finding]:
    """Sub kegiatan over their pagu where the unit as a whole is too: the meeting may shift within a unit, and may exceed."""
    every = list(subs)
    totals = sums((key[0], int(amount)) for key, row in every if (amount := row.number("disepakati")) is not None)
    for key, row in every:
        found = _over_pagu(key, row, office) if totals.get(key[0], 0) > office.pagu_unit(key[0]) else None
        if found:
            yield replace(found, severity_override=Severity.CEK)


def _over_pagu(key: tuple[str, str], row: Row, office: Office) -> Finding | None:
    pagu, amount = office.pagu.get(key), row.number("disepakati")
    if pagu is None or amount is None or amount <= pagu:
        return None
    label = next(c.label for c in TELAAH_SUB_TABLE.columns if c.key == "disepakati")
    words = {"rincian": f"sub kegiatan {key[1]}", "pagu": format_rupiah(pagu), "selisih": format_rupiah(amount - pagu)}
    found = Finding(code="U906", unit=key[0], column=label, value=format_rupiah(amount), args=words)
    return found.at(sheet=row.sheet, cell=row.cell("disepakati"))


def check_inherited(indicators: Iterable[PlanIndicator], office: Office, file: str) -> list[Finding]:
    """Indicators that an earlier lock froze: said again, but a DPA can't mend them and so they stop nothing."""
    sheet = next(s.name for s in PENETAPAN.sheets if INDIKATOR_PLAN_TABLE in s.blocks)
    records = ((one.unit, as_rows([indicator_record(one)])[0]) for one in indicators)
    rows = grouped((unit, replace(row, sheet=sheet)) for unit, row in records)
    found = check_agreed(Agreed(file=file, accounts={}, indicators=rows), office)
    return [replace(f, severity_override=Severity.CEK) if f.severity is Severity.WAJIB else f for f in found]
