"""The lines of Cek Mandiri that count one sheet each: Identitas, RAB, Indikator, Calon IKU, PK.

Every line has two faces, the formula and the value that it shows for the content we write.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.identitas import IDENTITAS_FORM
from kinerja_xl.sheets.indikator import QUARTERS
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.rab import jumlah_value
from kinerja_xl.writing.form.context import FormContext
from kinerja_xl.writing.plan import SheetPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One checked number. ``judged``: anything but 0 means that something is left to do."""

    label: str
    formula: str
    value: object
    judged: bool = True


def blank_count(cells: list[str]) -> str:
    return "+".join(f"(LEN({cell})=0)" for cell in cells) or "0"


def missing_count(row: Row | None, required: list[Column]) -> int:
    values = row.values if row else {}
    return sum(1 for column in required if values.get(column.key) is None)


def identity_line(context: FormContext) -> Line:
    plan = context.plan_of("identitas")
    required = [c for c in IDENTITAS_FORM.fields if c.required]
    cells = [plan.prefix + plan.field_cell("identitas", c.key) for c in required]
    return Line(
        label="Isian wajib yang masih kosong",
        formula=blank_count(cells),
        value=missing_count(context.content.form("identitas"), required),
    )


def _filled(area: str) -> str:
    return f"SUMPRODUCT(--(LEN({area})>0))"


def _incomplete(plan: SheetPlan, table: str, mark: str, required: list[Column]) -> str:
    lacking = "+".join(f"(LEN({plan.range(table, c.key)})=0)" for c in required)
    return f"SUMPRODUCT((LEN({plan.range(table, mark)})>0)*(({lacking})>0))"


def _count_incomplete(rows: tuple[Row, ...], mark: str, required: list[Column]) -> int:
    return sum(1 for row in rows if row.values.get(mark) is not None and missing_count(row, required))


def rab_lines(context: FormContext, tor_codes: str) -> list[Line]:
    plan, rows = context.plan_of("rab"), context.content.rows("rab")
    table = plan.tables["rab"].table
    required = [c for c in table.columns if c.required]
    codes = plan.range("rab", "kode_sub")
    in_tors = {str(t.values.get("kode_sub") or "").casefold() for s in context.filled for t in [s.forms.get("tor")] if t}
    harga = plan.range("rab", "harga_satuan")
    total = sum((jumlah_value(r.values) or 0 for r in rows), Decimal(0))
    orphans = sum(1 for r in rows if (code := r.values.get("kode_sub")) and str(code).casefold() not in in_tors)
    return [
        Line(label="Baris terisi", formula=_filled(plan.range("rab", "uraian")),
             value=sum(1 for r in rows if r.values.get("uraian")), judged=False),
        Line(label="Jumlah RAB (Rp)", formula=f"SUM({plan.range('rab', 'jumlah')})", value=total, judged=False),
        Line(label="Baris yang belum lengkap", formula=_incomplete(plan, "rab", "uraian", required),
             value=_count_incomplete(rows, "uraian", required)),
        Line(label="Harga satuan yang terketik sebagai teks", formula=f"SUMPRODUCT(ISTEXT({harga})*(LEN({harga})>0))", value=0),
        Line(label="Baris yang sub kegiatannya belum mempunyai TOR",
             formula=f"SUMPRODUCT((LEN({codes})>0)*(COUNTIF({tor_codes},{codes})=0))", value=orphans),
    ]  # fmt: skip


def indikator_lines(context: FormContext) -> list[Line]:
    plan, rows = context.plan_of("indikator"), context.content.rows("indikator")
    required = [c for c in plan.tables["indikator"].table.columns if c.required]
    how = plan.range("indikator", "akumulasi")
    quarters = "".join(f'-SUMIF({how},"Jumlah",{plan.range("indikator", key)})' for key in QUARTERS)
    gap = Decimal(0)
    for row in rows:
        if row.values.get("akumulasi") == "Jumlah":
            gap += _number(row, "target") - sum((_number(row, key) for key in QUARTERS), Decimal(0))
    return [
        Line(label="Baris terisi", formula=_filled(plan.range("indikator", "nama")),
             value=sum(1 for r in rows if r.values.get("nama")), judged=False),
        Line(label="Baris yang belum lengkap", formula=_incomplete(plan, "indikator", "nama", required),
             value=_count_incomplete(rows, "nama", required)),
        Line(label="Selisih target tahun dan jumlah TW (cara Jumlah)",
             formula=f'ROUND(SUMIF({how},"Jumlah",{plan.range("indikator", "target")}){quarters},4)', value=gap),
    ]  # fmt: skip


def iku_lines(context: FormContext) -> list[Line]:
    """Candidates for IKU against the mark on the Indikator sheet; an older version of the form has none."""
    if not context.plans_of("iku"):
        return []
    plan, indikator, rows = context.plan_of("iku"), context.plan_of("indikator"), context.content.rows("iku")
    required = [c for c in plan.tables["iku"].table.columns if c.required]
    marked = sum(1 for row in context.content.rows("indikator") if row.values.get("iku") == "Ya")
    chosen = sum(1 for row in rows if row.values.get("dipilih") == "Ya")
    counts = [f'SUMPRODUCT(--({area}="Ya"))' for area in (indikator.range("indikator", "iku"), plan.range("iku", "dipilih"))]
    return [
        Line(label="Baris yang belum lengkap", formula=_incomplete(plan, "iku", "nama", required),
             value=_count_incomplete(rows, "nama", required)),
        Line(label="Selisih banyaknya indikator bertanda IKU dan calon yang dipilih", formula=f"ABS({counts[0]}-{counts[1]})",
             value=abs(marked - chosen)),
    ]  # fmt: skip


def _number(row: Row, key: str) -> Decimal:
    value = row.values.get(key)
    return value if isinstance(value, Decimal) else Decimal(0)


def pk_lines(context: FormContext) -> list[Line]:
    plan, rab = context.plan_of("pk"), context.plan_of("rab")
    money = context.content.rows("pk_anggaran")
    area, total = plan.range("pk_anggaran", "anggaran"), rab.range("rab", "jumlah")
    gap: object = "belum diisi"
    if money:
        gap = sum((_number(r, "anggaran") for r in money), Decimal(0)) - sum(
            (jumlah_value(r.values) or 0 for r in context.content.rows("rab")), Decimal(0)
        )
    return [
        Line(label="Baris sasaran dan indikator terisi", formula=_filled(plan.range("pk_kinerja", "indikator")),
             value=sum(1 for r in context.content.rows("pk_kinerja") if r.values.get("indikator")), judged=False),
        Line(label="Selisih anggaran PK terhadap RAB (Rp)",
             formula=f'IF(COUNT({area})=0,"belum diisi",SUM({area})-SUM({total}))', value=gap, judged=False),
    ]  # fmt: skip
