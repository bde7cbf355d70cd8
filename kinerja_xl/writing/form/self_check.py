"""Cek Mandiri: formulas that show the filler, while typing, what is missing and whether TOR, RAB and Indikator agree.

Every line has two faces, the formula and the value that it shows for the content we write; LibreOffice is asked in
the tests whether they agree. TOR sheets are found through INDIRECT over a list of names, so that a copied sheet is
checked as soon as its name is added to the list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from kinerja_xl.sheets.choices import SEBUTAN
from kinerja_xl.sheets.content import FIRST_COLUMN, TABLE_PREFIX, Row
from kinerja_xl.sheets.indikator import IKU, QUARTERS
from kinerja_xl.sheets.model import Column, Form
from kinerja_xl.sheets.rab import jumlah_value
from kinerja_xl.sheets.rekap import KESELARASAN, TOR
from kinerja_xl.sheets.tor import SHORT_KIND, SHORT_OPTIONAL, cost_total, short_tor_excuses
from kinerja_xl.sheets.usulan import IDENTITAS_FORM
from kinerja_xl.words.units import UNSEEN_MARKS, bare
from kinerja_xl.writing.form.cover import PROTECTION
from kinerja_xl.writing.form.places import FormContext, SheetPlan
from kinerja_xl.writing.form.sheet import checked, write_formula, write_title

RAB_TOTAL = KESELARASAN.table.own("anggaran").label

# ---- The lines of Cek Mandiri that count one sheet each: Identitas, RAB, Indikator, Calon IKU, PK ----
# Every line has two faces, the formula and the value that it shows for the content we write.

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


def identity_line(context: FormContext, form: Form, label: str) -> Line:
    """Required fields of Identitas that are blank."""
    plan = context.plan_of("identitas")
    required = [c for c in form.fields if c.required]
    cells = [plan.prefix + plan.field_cell("identitas", c.key) for c in required]
    value = missing_count(context.content.form("identitas"), required)
    return Line(label=label, formula=blank_count(cells), value=value)


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
        Line(label=RAB_TOTAL, formula=f"SUM({plan.range('rab', 'jumlah')})", value=total, judged=False),
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


OK, TODO = "Sesuai", "Perlu dilengkapi"
SPARE_TORS = 6
"""Free lines in the list of TOR sheets, for copies that staff make."""

_FIRST_ROW, _TOR_FIRST_ROW = 5, 11
_LABEL, _VALUE, _VERDICT = FIRST_COLUMN, FIRST_COLUMN + 1, FIRST_COLUMN + 2
_TOR_HEADS = (
    "Lembar TOR", TOR.table.own("sub").label, "Isian wajib kosong", TOR.table.own("biaya").label, RAB_TOTAL,
    "Selisih (Rp)", "Output = Indikator", "Keterangan",
)  # fmt: skip
_WIDTHS = (50.0, 24.0, 20.0, 22.0, 22.0, 20.0, 18.0, 44.0)


def write_self_check(workbook: Workbook, sheet: Worksheet, plan: SheetPlan, context: FormContext) -> None:
    """The whole sheet; protected with an empty password except the list of TOR names."""
    write_title(sheet, plan, context)
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(FIRST_COLUMN + index, FIRST_COLUMN + index, width)
    sheet.set_column(0, 0, 2)
    verdicts: list[tuple[str, str]] = []
    row = _FIRST_ROW
    identity = identity_line(context, IDENTITAS_FORM, "Isian wajib yang masih kosong")
    row = _write_lines(sheet, row, "Identitas", [identity], context, verdicts)
    row = _write_tors(sheet, row, context, verdicts)
    rab, indikator = rab_lines(context, _tor_list(context)), indikator_lines(context)
    groups = (("RAB", rab), ("Indikator", indikator), (IKU.name, iku_lines(context)), ("PK", pk_lines(context)))
    for title, lines in groups:
        row = _write_lines(sheet, row, title, lines, context, verdicts) if lines else row
    _write_overall(sheet, context, verdicts)
    sheet.set_landscape()
    sheet.set_paper(14 if context.paper == "Folio" else 9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&8&A&R&8Hal &P dari &N")
    sheet.protect("", PROTECTION)


def _write_overall(sheet: Worksheet, context: FormContext, verdicts: list[tuple[str, str]]) -> None:
    """One line that says whether the form can be handed in."""
    terms = "+".join(f'AND(LEN({cell})>0,{cell}<>"{OK}")' for cell, _ in verdicts)
    left = sum(1 for _, text in verdicts if text and text != OK)
    formula = f'IF(({terms})=0,"SIAP DISAMPAIKAN","BELUM SIAP: "&({terms})&" hal perlu dilengkapi (lihat di bawah)")'
    value = "SIAP DISAMPAIKAN" if not left else f"BELUM SIAP: {left} hal perlu dilengkapi (lihat di bawah)"
    write_formula(sheet, 3, FIRST_COLUMN, formula, value, context.styles.look("subtitle", font_size=13))


def _write_lines(
    sheet: Worksheet, row: int, title: str, lines: list[Line], context: FormContext, verdicts: list[tuple[str, str]]
) -> int:
    styles = context.styles
    for column, text in ((_LABEL, title), (_VALUE, "Nilai"), (_VERDICT, "Hasil")):
        checked(sheet.write_string(row, column, text, styles.heading))
    for line in lines:
        row += 1
        checked(sheet.write_string(row, _LABEL, line.label, styles.label))
        formula = f'IFERROR({line.formula},"ada sel rusak")'
        write_formula(sheet, row, _VALUE, formula, line.value, styles.look("rupiah", "computed"))
        if line.judged:
            text = OK if line.value == 0 else TODO
            _verdict(sheet, row, f'IF({_cell(row, _VALUE)}=0,"{OK}","{TODO}")', text, context, verdicts)
    return row + 2


def _verdict(
    sheet: Worksheet, row: int, formula: str, text: str, context: FormContext, verdicts: list[tuple[str, str]],
    column: int = _VERDICT,
) -> None:  # fmt: skip
    write_formula(sheet, row, column, formula, text, context.styles.look("text_wrap", "computed"))
    good = context.styles.look("good", bold=True)
    bad = context.styles.look("wajib")
    for criteria, style in (("equal to", good), ("not equal to", bad)):
        where = _cell(row, column)
        if criteria == "not equal to":
            rule = {"type": "formula", "criteria": f'=AND(LEN({where})>0,{where}<>"{OK}")', "format": style}
        else:
            rule = {"type": "cell", "criteria": criteria, "value": f'"{OK}"', "format": style}
        checked(sheet.conditional_format(row, column, row, column, rule))
    verdicts.append((where, text))


def _cell(row: int, column: int) -> str:
    return str(xl_rowcol_to_cell(row, column, True, True))


# ---- TOR -------------------------------------------------------------------------------------


def _tor_list(context: FormContext) -> str:
    """Cells of the codes in the list of TOR sheets."""
    row = _TOR_FIRST_ROW
    last = row + len(context.plans_of("tor")) + SPARE_TORS - 1
    return f"{_cell(row, _LABEL + 1)}:{_cell(last, _LABEL + 1)}"


def _write_tors(sheet: Worksheet, row: int, context: FormContext, verdicts: list[tuple[str, str]]) -> int:
    styles = context.styles
    checked(sheet.write_string(row, _LABEL, "TOR", styles.section))
    hint = "Lembar TOR yang Anda salin: tulis namanya pada baris kosong di bawah ini agar ikut diperiksa."
    checked(sheet.write_string(row + 1, _LABEL, hint, styles.hint))
    head = row + 2
    for index, text in enumerate(_TOR_HEADS):
        checked(sheet.write_string(head, _LABEL + index, text, styles.heading))
    assert head + 1 == _TOR_FIRST_ROW
    plans = context.plans_of("tor")
    for offset in range(len(plans) + SPARE_TORS):
        name = plans[offset].name if offset < len(plans) else ""
        where = head + 1 + offset
        if name:
            checked(sheet.write_string(where, _LABEL, name, styles.input))
        else:
            checked(sheet.write_blank(where, _LABEL, None, styles.input))
        tors = [s.forms.get("tor") for s in context.filled if s.key == "tor"]
        filled = tors[offset] if offset < len(tors) else None
        _write_tor_row(sheet, where, bool(name), filled, context, verdicts)
    return head + len(plans) + SPARE_TORS + 2


def _write_tor_row(
    sheet: Worksheet, row: int, named: bool, tor: Row | None, context: FormContext, verdicts: list[tuple[str, str]]
) -> None:
    styles, plan = context.styles, context.plans_of("tor")[0]
    name = _cell(row, _LABEL)

    def there(key: str) -> str:
        return f'INDIRECT("\'"&{name}&"\'!{plan.field_cell("tor", key)}")'

    formulas = _tor_formulas(row, name, there, context)
    values = _tor_values(named, tor, context)
    for offset, (formula, value) in enumerate(zip(formulas, values, strict=True), start=1):
        if offset < len(formulas):
            style = styles.look("code" if offset == 1 else "center" if offset == 6 else "rupiah", "computed")
            write_formula(sheet, row, _LABEL + offset, formula, value, style)
        else:
            _verdict(sheet, row, formula, str(value or ""), context, verdicts, column=_LABEL + offset)


def _tor_formulas(row: int, name: str, there: Callable[[str], str], context: FormContext) -> tuple[str, ...]:
    form = context.plans_of("tor")[0].forms["tor"].form
    rab, indikator = context.plan_of("rab"), context.plan_of("indikator")
    code, missing, cost, total = (_cell(row, _LABEL + n) for n in (1, 2, 3, 4))
    gap, output = _cell(row, _LABEL + 5), _cell(row, _LABEL + 6)
    required = blank_count([there(c.key) for c in form.fields if c.required])
    if context.short_tor:
        short = blank_count([there(c.key) for c in form.fields if c.required and c.key not in SHORT_OPTIONAL])
        required = f'IF({there("sifat")}="{SHORT_KIND}",{short},{required})'
    same = "*".join(
        f"({indikator.range('indikator', key)}={there(field)})"
        for key, field in (("kode", "kode_sub"), ("nama", "output"), ("target", "output_target"))
    )
    same += f"*{_same_measure(indikator.range('indikator', 'satuan'), there('output_satuan'))}"
    level = f'({indikator.range("indikator", "level")}="Output")'
    return (
        f'IF({name}="","",IFERROR({there("kode_sub")}&"","lembar tidak ada"))',
        f'IF({name}="","",IFERROR({required},""))',
        f'IF({name}="","",IFERROR(N({there("biaya_total")}),""))',
        f'IF({name}="","",IFERROR(SUMPRODUCT(--({rab.range("rab", "kode_sub")}={code}),{rab.range("rab", "jumlah")}),""))',
        f'IF({name}="","",IFERROR({cost}-{total},""))',
        f'IF({name}="","",IFERROR(IF(SUMPRODUCT({level}*{same})>0,"sama","berbeda"),""))',
        f'IF({name}="","",IF({code}="lembar tidak ada","Nama lembar tidak ditemukan",IF({code}="","Pilih kode sub kegiatan",'
        f'IF({missing}<>0,{missing}&" isian wajib kosong",IF({gap}<>0,"Biaya TOR belum sama dengan RAB",'
        f'IF({output}<>"sama","Output TOR belum sama dengan Indikator","{OK}"))))))',
    )


def _same_measure(area: str, cell: str) -> str:
    """1 for each cell of ``area`` that spells the unit of measure of ``cell``, by the list of spellings."""
    typed, asked = _bare(area), _bare(cell)
    words, units = (f"INDEX({TABLE_PREFIX}{SEBUTAN},0,{n})" for n in (1, 2))
    unit = f"IFERROR(VLOOKUP({asked},{TABLE_PREFIX}{SEBUTAN},2,FALSE),{asked})"
    return f"((({typed}={asked})+COUNTIFS({words},{typed},{units},{unit}))>0)"


def _bare(text: str) -> str:
    for mark in UNSEEN_MARKS:
        text = f'SUBSTITUTE({text},"{mark}","")'
    return text


def _measured_alike(one: object, other: object, context: FormContext) -> bool:
    """The other face of ``_same_measure``."""
    spellings = context.lists.by_name[SEBUTAN].by_key
    units = [found[1] if (found := spellings.get(word)) else word for word in (bare(str(x or "")) for x in (one, other))]
    return units[0] == units[1]


def _tor_values(named: bool, tor: Row | None, context: FormContext) -> tuple[object, ...]:
    if not named:
        return (None,) * 6 + ("",)
    values = tor.values if tor else {}
    form = context.plans_of("tor")[0].forms["tor"].form
    code = str(values.get("kode_sub") or "")
    excused = short_tor_excuses(values) if context.short_tor else frozenset()
    missing = missing_count(tor, [c for c in form.fields if c.required and c.key not in excused])
    cost = cost_total(values) or Decimal(0)
    total = sum(
        (jumlah_value(r.values) or 0 for r in context.content.rows("rab") if _same(r.values.get("kode_sub"), code)), Decimal(0)
    )
    same = any(
        row.values.get("level") == "Output"
        and _same(row.values.get("kode"), code)
        and _same(row.values.get("nama"), values.get("output"))
        and row.values.get("target") == values.get("output_target")
        and _measured_alike(row.values.get("satuan"), values.get("output_satuan"), context)
        for row in context.content.rows("indikator")
    )
    if not code:
        note = "Pilih kode sub kegiatan"
    elif missing:
        note = f"{missing} isian wajib kosong"
    elif cost != total:
        note = "Biaya TOR belum sama dengan RAB"
    else:
        note = OK if same else "Output TOR belum sama dengan Indikator"
    return code, missing, cost, total, cost - total, "sama" if same else "berbeda", note


def _same(a: object, b: object) -> bool:
    """Equality as "=" compares texts in a spreadsheet: capitals do not matter, empty is empty."""
    return str(a or "").casefold() == str(b or "").casefold()
