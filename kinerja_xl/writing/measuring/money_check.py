"""Cek Mandiri of the money: what is still blank, and pagu, cash plan and serapan per sub kegiatan while somebody types."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.realisasi import CASH, ROMAN, SPENT, spent_value
from kinerja_xl.sheets.values import round_half_up
from kinerja_xl.writing.form.context import FormContext
from kinerja_xl.writing.form.self_check import OK
from kinerja_xl.writing.form.self_check_lines import Line
from kinerja_xl.writing.measuring.panel import PERCENT, Head, Live, Panel
from kinerja_xl.writing.measuring.unit_check import identity_line
from kinerja_xl.writing.plan import SheetPlan

TABLE, PLAN = "realisasi_uang", "kas"
MONTHS_OF_QUARTER = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyCheck:
    """Writes the sheet: one line per sub kegiatan in the order of the sheet Rencana Kas."""

    triwulan: int

    def write(self, workbook: Workbook, sheet: Worksheet, plan: SheetPlan, context: FormContext) -> None:
        until = f"s.d. TW {ROMAN[self.triwulan - 1]}"
        panel = Panel(sheet, plan, context, (
            Head(label="Sub Kegiatan", width=48), Head(label="Kode Sub Kegiatan", width=20), Head(label="Unit", width=18),
            Head(label="Pagu (Rp)", width=17, look="rupiah"), Head(label=f"Rencana Kas {until} (Rp)", width=17, look="rupiah"),
            Head(label=f"Realisasi {until} (Rp)", width=17, look="rupiah"), Head(label="Sisa Pagu (Rp)", width=17, look="rupiah"),
            Head(label="Serapan (%)", width=11, look="number", num_format=PERCENT),
            Head(label="Terhadap Rencana Kas (%)", width=13, look="number", num_format=PERCENT),
            Head(label="Hasil", width=24),
        ))  # fmt: skip
        panel.lines("Kelengkapan", [identity_line(context), *self._lines(context)])
        panel.table(self._rows(panel, context))
        panel.finish(context.paper)

    def _lines(self, context: FormContext) -> list[Line]:
        plan, rows = context.plan_of(TABLE), context.content.rows(TABLE)
        code, now = plan.range(TABLE, "kode_sub"), plan.range(TABLE, SPENT[self.triwulan - 1])
        pagu, total = plan.range(TABLE, "pagu"), plan.range(TABLE, "total")
        over = sum((spent_value(row.values) or 0) > pagu_ for row in rows if isinstance(pagu_ := row.get("pagu"), Decimal))
        blank = sum(row.get(SPENT[self.triwulan - 1]) is None for row in rows)
        return [
            Line(label=f"Rekening yang realisasi TW {ROMAN[self.triwulan - 1]} belum diisi (tulis 0 bila tidak ada)",
                 formula=f"SUMPRODUCT((LEN({code})>0)*(LEN({now})=0))", value=blank),
            Line(label="Rekening yang melebihi pagu", formula=f"SUMPRODUCT(ISNUMBER({total})*({total}>{pagu}))", value=over),
            Line(label="Angka yang terketik sebagai teks", formula=f"SUMPRODUCT(ISTEXT({now})*(LEN({now})>0))",
                 value=sum(isinstance(row.get(SPENT[self.triwulan - 1]), str) for row in rows)),
        ]  # fmt: skip

    def _rows(self, panel: Panel, context: FormContext) -> Iterator[tuple[list[Live], Live]]:
        for offset, row in enumerate(context.content.rows(PLAN)):
            yield self._row(panel, context, row, offset)

    def _row(self, panel: Panel, context: FormContext, row: Row, offset: int) -> tuple[list[Live], Live]:
        spent, plan = context.plan_of(TABLE), context.plan_of(PLAN)
        own = [r for r in context.content.rows(TABLE) if all(r.get(key) == row.get(key) for key in ("unit", "kode_sub"))]
        number = sum((spent_value(r.values) or Decimal(0) for r in own), Decimal(0))
        pagu = x if isinstance(x := row.get("pagu"), Decimal) else Decimal(0)
        months = CASH[: self.triwulan * MONTHS_OF_QUARTER]
        cash = sum((x for key in months if isinstance(x := row.get(key), Decimal)), Decimal(0))
        refs = {key: _cell(plan, offset, key) for key in ("nama_sub", "kode_sub", "unit", "pagu", months[0], months[-1])}
        match = f'({spent.range(TABLE, "unit")}={panel.cell(2)})*({spent.range(TABLE, "kode_sub")}={panel.cell(1)})'
        area = f"{refs[months[0]]}:{_cell(plan, offset, months[-1], sheet=False)}"
        cells = [
            *(Live(formula=f'{refs[key]}&""', value=str(row.get(key) or "")) for key in ("nama_sub", "kode_sub", "unit")),
            Live(formula=f"N({refs['pagu']})", value=pagu),
            Live(formula=f"SUM({area})", value=cash),
            Live(formula=f'IFERROR(SUMPRODUCT({match},{spent.range(TABLE, "total")}),"ada sel rusak")', value=number),
            Live(formula=f"IF(ISNUMBER({panel.cell(5)}),{panel.cell(3)}-{panel.cell(5)},\"\")", value=pagu - number),
            Live(formula=_share(panel.cell(5), panel.cell(3)), value=_percent(number, pagu)),
            Live(formula=_share(panel.cell(5), panel.cell(4)), value=_percent(number, cash)),
        ]
        blank = f'SUMPRODUCT({match}*(LEN({spent.range(TABLE, SPENT[self.triwulan - 1])})=0))>0'
        missing = any(r.get(SPENT[self.triwulan - 1]) is None for r in own)
        formula = f'IF({blank},"Belum lengkap",IF({panel.cell(5)}>{panel.cell(3)},"Melebihi pagu","{OK}"))'
        verdict = "Belum lengkap" if missing else "Melebihi pagu" if number > pagu else OK
        return cells, Live(formula=formula, value=verdict)


def _cell(plan: SheetPlan, offset: int, key: str, *, sheet: bool = True) -> str:
    place = plan.tables[PLAN]
    return (plan.prefix if sheet else "") + str(xl_rowcol_to_cell(place.first_row + offset, place.index(key), True, True))


def _share(part: str, whole: str) -> str:
    return f'IF(AND(ISNUMBER({part}),N({whole})>0),ROUND(ROUND(100*{part}/{whole},9),2),"")'


def _percent(part: Decimal, whole: Decimal) -> Decimal | None:
    return round_half_up(100 * part / whole, 2) if whole > 0 else None
