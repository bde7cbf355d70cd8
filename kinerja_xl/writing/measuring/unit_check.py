"""Cek Mandiri of a unit: what is still blank, and the capaian of every indicator while somebody types.

The capaian formulas are the engine's own (``reckoning/capaian/excel``), so the sheet and the program can't drift.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from kinerja_xl.reckoning.capaian import excel, shown
from kinerja_xl.reckoning.capaian.accumulate import scale_key
from kinerja_xl.reckoning.capaian.engine import Judge, judge
from kinerja_xl.reckoning.plan import PlanIndicator
from kinerja_xl.reckoning.quarters import WORDS, quarter_of
from kinerja_xl.reckoning.realised import Lack
from kinerja_xl.reckoning.returns import row_identity
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.indikator import QUARTERS
from kinerja_xl.sheets.marks import LIST_PREFIX
from kinerja_xl.sheets.realisasi import DENOMINATORS, IDENTITAS_REALISASI, NUMERATORS, PHYSICAL, REALISED, ROMAN
from kinerja_xl.sheets.texts import fold
from kinerja_xl.writing.form.context import FormContext
from kinerja_xl.writing.form.self_check import OK
from kinerja_xl.writing.form.self_check_lines import Line, blank_count, missing_count
from kinerja_xl.writing.measuring.panel import PERCENT, Head, Live, Panel
from kinerja_xl.writing.plan import SheetPlan

TABLE = "realisasi_indikator"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCheck:
    """Writes the sheet in the order of the rows, for those of the plan. ``policies`` choose the methods of capaian."""

    indicators: tuple[PlanIndicator, ...]
    policies: Mapping[str, str]
    triwulan: int

    def write(self, workbook: Workbook, sheet: Worksheet, plan: SheetPlan, context: FormContext) -> None:
        until = f"s.d. TW {ROMAN[self.triwulan - 1]}"
        panel = Panel(sheet, plan, context, [
            Head(label="Indikator", width=52), Head(label="Satuan", width=20), *(
                Head(label=label, width=16, look="number", num_format=PERCENT if "%" in label else "")
                for label in (f"Realisasi {until}", f"Target {until}", f"Capaian {until} (%)", "Target Tahun",
                              "Capaian terhadap Target Tahun (%)")
            ),
            Head(label="Hasil", width=36),
        ])  # fmt: skip
        panel.lines("Kelengkapan", [identity_line(context), *self._physical(context)])
        panel.table(self._rows(panel, context))
        panel.finish(context.paper)

    def _physical(self, context: FormContext) -> list[Line]:
        plan, rows, last = context.plan_of("fisik"), context.content.rows("fisik"), self.triwulan - 1
        code, now = plan.range("fisik", "kode_sub"), plan.range("fisik", PHYSICAL[last])
        blank = sum(row.get(PHYSICAL[last]) is None for row in rows)
        low = sum(isinstance(x := row.get(PHYSICAL[last]), Decimal) and 0 < x <= 1 for row in rows)
        lines = [
            Line(label=f"Fisik TW {ROMAN[last]} yang belum diisi",
                 formula=f"SUMPRODUCT((LEN({code})>0)*(LEN({now})=0))", value=blank),
            Line(label="Fisik yang mungkin salah skala (0,85 untuk 85 %)",
                 formula=f"SUMPRODUCT(ISNUMBER({now})*({now}>0)*({now}<=1))", value=low),
        ]  # fmt: skip
        if last:
            before = plan.range("fisik", PHYSICAL[last - 1])
            pairs = [(row.get(PHYSICAL[last - 1]), row.get(PHYSICAL[last])) for row in rows]
            falls = sum(isinstance(a, Decimal) and isinstance(b, Decimal) and b < a for a, b in pairs)
            formula = f"SUMPRODUCT(ISNUMBER({before})*ISNUMBER({now})*({now}<{before}))"
            lines.append(Line(label="Fisik yang turun dari triwulan lalu", formula=formula, value=falls))
        return lines

    def _rows(self, panel: Panel, context: FormContext) -> Iterator[tuple[list[Live], Live]]:
        plan, rows = context.plan_of(TABLE), context.content.rows(TABLE)
        skala = context.lists.values("skala")
        known = {indicator.identity[1:]: indicator for indicator in self.indicators}
        for offset, row in enumerate(rows):
            indicator = known.get(row_identity(row))
            if indicator is None:
                continue
            qualitative = fold(indicator.tipe) == "kualitatif"
            quarters = [quarter_of(row.values, number, kualitatif=qualitative) for number in range(1, 5)]
            judged = judge(_as_shown(indicator, row), quarters, self.policies, skala)
            one = _One(plan=plan, offset=offset, row=row, judge=judged)
            yield one.cells(panel, self.triwulan), one.verdict(self.triwulan)


def _as_shown(indicator: PlanIndicator, row: Row) -> PlanIndicator:
    """The indicator with the targets that stand in its row: those are what the formulas look at."""

    def target(key: str) -> Decimal | str | None:
        value = row.get(key)
        return value if isinstance(value, Decimal | str) else None

    def bound(key: str) -> Decimal | None:
        value = row.get(key)
        return value if isinstance(value, Decimal) else None

    one, two, three, four = (target(key) for key in QUARTERS)
    low, high = bound("batas_bawah"), bound("batas_atas")
    return replace(indicator, target=target("target"), quarters=(one, two, three, four), bawah=low, atas=high)


@dataclass(frozen=True, slots=True, kw_only=True)
class _One:
    """One indicator's line: references into its row of the table, and the same row judged in Python."""

    plan: SheetPlan
    offset: int
    row: Row
    judge: Judge

    def ref(self, key: str) -> str:
        place = self.plan.tables[TABLE]
        return self.plan.prefix + str(xl_rowcol_to_cell(place.first_row + self.offset, place.index(key), False, True))

    def cells(self, panel: Panel, n: int) -> list[Live]:
        rule, refs = self.judge.rule, self._references()
        realised, target = panel.cell(2), panel.cell(3)
        named = [Live(formula=f'{self.ref(key)}&""', value=str(self.row.get(key) or "")) for key in ("nama", "satuan")]
        goal = self.row.get("target")
        of_year = Live(formula=f'IF(LEN({self.ref("target")})=0,"",{self.ref("target")})', value=goal)
        return [
            *named,
            Live(formula=excel.realised_until(rule, refs, n), value=shown.shown_realised(self.judge, n)),
            Live(formula=excel.target_until(rule, refs, n), value=shown.shown_target(self.judge, n)),
            Live(formula=excel.capaian_until(rule, refs, realised, target), value=shown.shown_percent(self.judge.until(n))),
            of_year,
            Live(formula=excel.capaian_of_year(rule, refs, realised), value=shown.shown_percent(self.judge.of_year(n))),
        ]

    def _references(self) -> excel.Cells:
        def four(keys: tuple[str, ...]) -> excel.Four:
            one, two, three, last = (self.ref(key) for key in keys)
            return one, two, three, last

        pooled = self.judge.rule.pooled
        return excel.Cells(
            target=self.ref("target"), targets=four(QUARTERS), realised=four(REALISED),
            numerators=four(NUMERATORS) if pooled else None, denominators=four(DENOMINATORS) if pooled else None,
            bawah=self.ref("batas_bawah"), atas=self.ref("batas_atas"), skala=f"{LIST_PREFIX}skala",
        )  # fmt: skip

    def verdict(self, n: int) -> Live:
        """What is left to do in this row for TW ``n``; the capaian itself says the rest."""
        keys = (REALISED[n - 1], NUMERATORS[n - 1], DENOMINATORS[n - 1])
        value, above, below = (self.ref(key) for key in keys)
        raw = [self.row.get(key) for key in keys]
        kualitatif = self.judge.rule.kualitatif
        unread = f"NOT(ISNUMBER(MATCH(TRIM({value}),{LIST_PREFIX}skala,0)))" if kualitatif else f"NOT(ISNUMBER({value}))"
        own = "".join(f',{value}<>"{word}"' for word in (Lack.BELUM, Lack.TIDAK_BERLAKU))
        wrong = "Bukan anggota skala" if kualitatif else "Bukan angka"
        tests = [(f"AND(LEN({value})>0,{unread}{own})", wrong, self._unread(raw[0]))]
        if self.judge.rule.pooled:
            half = sum(isinstance(x, Decimal) for x in raw[1:]) == 1
            tests.append((f"COUNT({above},{below})=1", "Lengkapi pembilang dan penyebut", half))
        if asked(self.judge, n):
            blank = all(x is None for x in raw)
            tests.append((f"LEN({value}&{above}&{below})=0", f"Realisasi TW {ROMAN[n - 1]} belum diisi", blank))
        formula, text = f'"{OK}"', OK
        for test, words, holds in reversed(tests):
            formula = f'IF({test},"{words}",{formula})'
            text = words if holds else text
        return Live(formula=formula, value=text)

    def _unread(self, value: object) -> bool:
        if value is None or isinstance(value, str) and fold(value) in WORDS:
            return False
        if self.judge.rule.kualitatif:
            return scale_key(str(value)) not in {scale_key(member) for member in self.judge.skala}
        return not isinstance(value, Decimal)


def asked(one: Judge, n: int) -> bool:
    """Whether a realisasi is due in TW ``n``: it has a target there, or the year ends without any target of a triwulan."""
    return one.parts[n - 1].due or (n == 4 and not any(part.due for part in one.parts))


def identity_line(context: FormContext) -> Line:
    """Required fields of Identitas that are blank."""
    plan = context.plan_of("identitas")
    required = [c for c in IDENTITAS_REALISASI.fields if c.required]
    cells = [plan.prefix + plan.field_cell("identitas", c.key) for c in required]
    value = missing_count(context.content.form("identitas"), required)
    return Line(label="Isian wajib pada lembar Identitas yang kosong", formula=blank_count(cells), value=value)
