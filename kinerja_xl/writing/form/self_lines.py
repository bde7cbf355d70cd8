"""The lines of Cek Mandiri that count one sheet each: what is incomplete, what contradicts itself, what nobody could compute.

Every line has two faces, the formula and the value that it shows for the content we write; LibreOffice is asked whether they
agree.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kinerja_xl.sheets.choices import LIST_FIELDS, Listings
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.indikator import QUARTERS
from kinerja_xl.sheets.kinds import Shape
from kinerja_xl.sheets.model import Column, Form
from kinerja_xl.sheets.rab import FACTORS, jumlah_value
from kinerja_xl.sheets.rekap import KESELARASAN
from kinerja_xl.words.units import UNSEEN_MARKS, bare
from kinerja_xl.writing.form.fillers import hollow, is_hollow
from kinerja_xl.writing.form.listed import count_outside, outside_choices
from kinerja_xl.writing.form.places import FormContext, SheetPlan

RAB_TOTAL = KESELARASAN.table.own("anggaran").label

@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One checked number. ``judged``: anything but 0 means that something is left to do. ``broken``: counts the broken cells of
    its group, which spoil the group's other numbers and are said once, here. ``doubt``: what is counted may be right, so that it
    is shown and keeps no form from being handed in (see ``doubts.py``)."""

    label: str
    formula: str
    value: object
    judged: bool = True
    broken: bool = False
    doubt: bool = False


def _blank(column: Column, cell: str) -> str:
    """Formula: whether a cell, or each of a range, holds no answer: nothing, or what only stands for one."""
    if column.kind.name != "teks" or column.kind.list_name:
        return f"(LEN({cell})=0)"
    return hollow(cell)


def _is_blank(column: Column, value: object) -> bool:
    if column.kind.name != "teks" or column.kind.list_name or not isinstance(value, str):
        return value is None
    return is_hollow(value)


def blank_count(columns: list[Column], cell: Callable[[str], str]) -> str:
    """Formula: how many of these fields hold no answer."""
    return "+".join(_blank(c, cell(c.key)) for c in columns) or "0"


def missing_count(row: Row | None, required: list[Column]) -> int:
    values = row.values if row else {}
    return sum(_is_blank(column, values.get(column.key)) for column in required)


def identity_line(context: FormContext, form: Form, label: str) -> Line:
    """Required fields of Identitas that hold no answer, whole numbers that are none, and choices that are on no list."""
    plan, row = context.plan_of("identitas"), context.content.form("identitas")
    required, whole = context.wanted(form), [c for c in form.fields if c.kind.whole]

    def cell(key: str) -> str:
        return plan.prefix + plan.field_cell("identitas", key)

    broken = "".join(f"+IF(ISNUMBER({cell(c.key)}),--({cell(c.key)}<>INT({cell(c.key)})),0)" for c in whole)
    strange = outside_choices(form.fields, cell, context.lists)
    parts = sum((x := row.number(c.key)) is not None and x != int(x) for c in whole) if row else 0
    parts += count_outside(row, form.fields, context.lists) if row else 0
    formula = f"{blank_count(required, cell)}{broken}+{strange}"
    return Line(label=label, formula=formula, value=missing_count(row, required) + parts)


def bare_formula(text: str) -> str:
    """Formula: a text, or each of a range, as ``words.units.bare`` leaves it."""
    for mark in UNSEEN_MARKS:
        text = f'SUBSTITUTE({text},"{mark}","")'
    return text


WHOLE_CODE = len("7.01.03.2.01.0003")
"""Letters of the code of a sub kegiatan."""


def bare_code(text: str) -> str:
    """Formula: a code, or each of a range, without the blanks, the dot or the name that somebody typed around it."""
    return f"LEFT(TRIM({text}),{WHOLE_CODE})"


def without_name(value: object) -> str:
    """The other face of ``bare_code``."""
    return str(value or "").strip()[:WHOLE_CODE]


def _filled(area: str) -> str:
    return f"SUMPRODUCT(--(LEN({area})>0))"


def _incomplete(plan: SheetPlan, table: str, required: list[Column]) -> str:
    """Formula: rows that are begun and lack something required."""
    begun = "+".join(f"(LEN({plan.range(table, c.key)})>0)" for c in required)
    lacking = "+".join(_blank(c, plan.range(table, c.key)) for c in required)
    return f"SUMPRODUCT((({begun})>0)*(({lacking})>0))"


def _count_incomplete(rows: tuple[Row, ...], required: list[Column]) -> int:
    return sum(1 for row in rows if any(row.get(c.key) is not None for c in required) and missing_count(row, required))


def counted(label: str, formula: str, rows: tuple[Row, ...], holds: Callable[[Row], bool], doubt: bool = False) -> Line:
    """A line that counts the rows of which something is true."""
    return Line(label=label, formula=f"SUMPRODUCT({formula})", value=sum(1 for row in rows if holds(row)), doubt=doubt)


def misread_lines(plan: SheetPlan, table: str, rows: tuple[Row, ...], lists: Listings) -> list[Line]:
    """Cells of a table that hold a text where a number belongs, a number below its bound, or a choice that is on no list."""
    columns = [c for c in plan.tables[table].table.columns if not c.computed]
    numbers = [c for c in columns if c.kind.shape is Shape.ANGKA]
    texts = "+".join(f"ISTEXT({plan.range(table, c.key)})*(LEN({plan.range(table, c.key)})>0)" for c in numbers)
    bounded = [c for c in numbers if c.kind.minimum == 0]
    below = "+".join(f"ISNUMBER({plan.range(table, c.key)})*({plan.range(table, c.key)}<0)" for c in bounded) or "0"
    strange = outside_choices(columns, lambda key: plan.range(table, key), lists)

    def said(row: Row) -> int:
        wrong = sum(isinstance(row.get(c.key), str) for c in numbers)
        return wrong + sum((row.number(c.key) or 0) < 0 for c in bounded) + count_outside(row, columns, lists)

    formula = f"SUMPRODUCT({texts}+{below}+{strange})"
    label = "Sel yang bukan angka, kurang dari 0, atau di luar pilihannya"
    return [Line(label=label, formula=formula, value=sum(map(said, rows)))]


def rab_lines(context: FormContext, tor_codes: str) -> list[Line]:
    plan, rows = context.plan_of("rab"), context.content.rows("rab")
    table = plan.tables["rab"].table
    required = [c for c in table.columns if c.required]
    codes = plan.range("rab", "kode_sub")
    in_tors = {without_name(t.values.get("kode_sub")).casefold() for s in context.filled for t in [s.forms.get("tor")] if t}
    total = sum((jumlah_value(r.values) or 0 for r in rows), Decimal(0))
    orphans = sum(1 for r in rows if _on_list(r, context) and folded(r.get("kode_sub")) not in in_tors)
    return [
        Line(label="Baris terisi", formula=_filled(plan.range("rab", "uraian")),
             value=sum(1 for r in rows if r.values.get("uraian")), judged=False),
        Line(label=RAB_TOTAL, formula=f"SUM({plan.range('rab', 'jumlah')})", value=total, judged=False),
        Line(label="Sel rusak pada RAB (#REF!, #DIV/0!, …)", value=0, broken=True,
             formula=f"SUMPRODUCT(--ISERROR({plan.range('rab', 'jumlah')}))"),
        Line(label="Baris yang belum lengkap", formula=_incomplete(plan, "rab", required),
             value=_count_incomplete(rows, required)),
        *misread_lines(plan, "rab", rows, context.lists),
        Line(label="Baris yang sub kegiatannya belum mempunyai TOR",
             formula=f"SUMPRODUCT({_listed(codes)}*(COUNTIF({tor_codes},{codes})=0))", value=orphans),
        *_rab_judged(plan, rows, context),
    ]  # fmt: skip


def _listed(codes: str) -> str:
    """Formula: which codes are on the list of sub kegiatan; of the others nothing is expected."""
    return f"(LEN({codes})>0)*(COUNTIF(INDEX(tabel_sub_kegiatan,0,1),{codes})>0)"


def _on_list(row: Row, context: FormContext) -> bool:
    code = row.get("kode_sub")
    return isinstance(code, str) and context.lists.find("sub_kegiatan", code, "kode") is not None


_JENIS_OF_ACCOUNT = LIST_FIELDS["rekening"].index("jenis_belanja") + 1


def _rab_judged(plan: SheetPlan, rows: tuple[Row, ...], context: FormContext) -> list[Line]:
    """Jenis belanja against the account (R506), nothing of price or volume (R520), a rate for a tax (R538), no output (I701)."""

    def area(key: str) -> str:
        return plan.range("rab", key)

    code, jenis = area("kode_rekening"), area("jenis_belanja")
    listed, kinds = "INDEX(tabel_rekening,0,1)", f"INDEX(tabel_rekening,0,{_JENIS_OF_ACCOUNT})"
    other = f'(LEN({jenis})>0)*(COUNTIFS({listed},{code},{kinds},"?*")>0)*(COUNTIFS({listed},{code},{kinds},{jenis})=0)'
    zeros = "+".join(f'(LEN({area(key)})>0)*({area(key)}=0)' for key in ("harga_satuan", *FACTORS))
    goals = context.plan_of("indikator")
    sub, own, level = area("kode_sub"), goals.range("indikator", "kode"), goals.range("indikator", "level")
    outputs, outcomes = (
        [folded(r.get("kode")) for r in context.content.rows("indikator") if folded(r.get("level")) == level]
        for level in ("output", "outcome")
    )

    def foreign(row: Row) -> bool:
        known = context.lists.find("rekening", str(row.get("kode_rekening") or ""), "jenis_belanja")
        return bool(known) and row.get("jenis_belanja") is not None and folded(row.get("jenis_belanja")) != folded(known)

    def without_outcome(row: Row) -> bool:
        program = folded(row.get("kode_sub"))[:_PROGRAM]
        return _on_list(row, context) and not any(code.startswith(program) for code in outcomes)

    return [
        counted("Baris yang jenis belanjanya bukan milik rekeningnya", other, rows, foreign),
        counted("Baris yang harga atau koefisiennya 0", f"--(({zeros})>0)", rows,
                 lambda row: any(row.number(key) == 0 for key in ("harga_satuan", *FACTORS))),
        counted("Baris yang PPN-nya tarif, bukan rupiah",
                 f'ISNUMBER({area("ppn")})*({area("ppn")}>0)*({area("ppn")}<100)', rows,
                 lambda row: 0 < (row.number("ppn") or 0) < 100),
        Line(label="Baris yang PPN-nya melebihi nilai barangnya", value=_taxes(rows),
             formula=f'IFERROR(SUMPRODUCT(ISNUMBER({area("ppn")})*({area("ppn")}>0)*(2*{area("ppn")}>{area("jumlah")})),0)'),
        counted("Baris yang sub kegiatannya belum mempunyai output",
                 f'{_listed(sub)}*(COUNTIFS({own},{sub},{level},"Output")=0)', rows,
                 lambda row: _on_list(row, context) and folded(row.get("kode_sub")) not in outputs),
        counted("Baris yang programnya belum mempunyai outcome",
                 f'{_listed(sub)}*(COUNTIFS({own},LEFT({sub},{_PROGRAM})&"*",{level},"Outcome")=0)', rows, without_outcome),
    ]  # fmt: skip


def _taxes(rows: tuple[Row, ...]) -> int:
    """How many rows are mostly tax. A text among the taxes leaves all unjudged, and has its own line."""
    return 0 if any(isinstance(row.get("ppn"), str) for row in rows) else sum(map(_mostly_tax, rows))


def _mostly_tax(row: Row) -> bool:
    ppn, jumlah = row.number("ppn"), jumlah_value(row.values)
    return ppn is not None and ppn > 0 and jumlah is not None and 2 * ppn > jumlah


_PROGRAM = len("7.01.03")


def folded(value: object) -> str:
    return str(value or "").casefold()


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
        Line(label="Baris yang belum lengkap", formula=_incomplete(plan, "indikator", required),
             value=_count_incomplete(rows, required)),
        Line(label="Selisih target tahun dan jumlah TW (cara Jumlah)",
             formula=f'ROUND(SUMIF({how},"Jumlah",{plan.range("indikator", "target")}){quarters},4)', value=gap),
        *misread_lines(plan, "indikator", rows, context.lists), *_indikator_judged(plan, rows),
    ]  # fmt: skip


_QUOTIENTS = ("Persentase", "Rasio")
_COUNTED = ("persentase", "rasio", "rata-rata")


def _indikator_judged(plan: SheetPlan, rows: tuple[Row, ...]) -> list[Line]:
    """Numerator and denominator (I705), targets of a type (I704), of the last quarter (I703), a range (I706), a way of adding up
    that the type allows (I738)."""

    def area(key: str) -> str:
        return plan.range("indikator", key)

    kind, how, target = area("tipe"), area("akumulasi"), area("target")
    quotient = "+".join(f'({kind}="{name}")' for name in _QUOTIENTS)
    parts = [plan.tables["indikator"].table.column(key) for key in ("pembilang", "penyebut")]
    blank = f"(({'+'.join(_blank(part, area(part.key)) for part in parts)})>0)"
    outside = "+".join(f'ISNUMBER({area(key)})*(({area(key)}<0)+({area(key)}>100))' for key in ("target", *QUARTERS))
    last, later = "", ""
    for key in reversed(QUARTERS):
        own = f"(LEN({area(key)})>0)*({area(key)}<>{target}){later}"
        last, later = f"{last}+{own}" if last else own, f"{later}*(LEN({area(key)})=0)"
    low, high = area("batas_bawah"), area("batas_atas")

    def last_differs(row: Row) -> bool:
        filled = [row.get(key) for key in QUARTERS if row.get(key) is not None]
        last_one = folded(row.get("akumulasi")) == "nilai terakhir"
        return last_one and bool(filled) and _compared(filled[-1]) != _compared(row.get("target"))

    def no_percent(row: Row) -> bool:
        figures = [x for key in ("target", *QUARTERS) if (x := row.number(key)) is not None]
        return folded(row.get("tipe")) == "persentase" and any(not 0 <= x <= 100 for x in figures)

    def no_range(row: Row) -> bool:
        a, b = row.number("batas_bawah"), row.number("batas_atas")
        return folded(row.get("arah")) == "rentang" and (a is None or b is None or a > b)

    first, steps = target.split(":")[0], f"ROW({target})-ROW({target.split(':')[0]})"
    number, mean = (f"SUBTOTAL({what},OFFSET({area(QUARTERS[0]).split(':')[0]},{steps},0,1,{len(QUARTERS)}))" for what in (2, 9))
    goal = f"SUBTOTAL(9,OFFSET({first},{steps},0,1,1))"  # row by row, and of words 0: a scale among them spoils nothing
    return [
        Line(label="Baris Rata-rata yang rata-rata triwulannya bukan target tahun", value=sum(map(_other_mean, rows)),
             formula=f'SUMPRODUCT(({how}="Rata-rata")*({number}>0)*ISNUMBER({target})*(ABS({mean}-{goal}*{number})>0.00005))'),
        counted("Persentase, rasio, rata-rata tanpa pembilang/penyebut",
                 f'(({quotient}+({kind}="Rata-rata"))>0)*{blank}', rows,
                 lambda row: folded(row.get("tipe")) in _COUNTED and missing_count(row, parts) > 0),
        counted("Baris persentase atau rasio dengan cara Jumlah", f'(({quotient})>0)*({how}="Jumlah")', rows,
                 lambda row: folded(row.get("tipe")) in _COUNTED[:2] and folded(row.get("akumulasi")) == "jumlah"),
        counted("Baris persentase dengan target di luar 0 sampai 100",
                 f'({kind}="Persentase")*(({outside})>0)', rows, no_percent),
        counted("Baris Nilai terakhir yang triwulan terakhirnya bukan target tahun",
                 f'({how}="Nilai terakhir")*(({last})>0)', rows, last_differs),
        counted("Baris Rentang yang batasnya kosong atau terbalik",
                 f'({area("arah")}="Rentang")*(((LEN({low})=0)+(LEN({high})=0)+({low}>{high}))>0)', rows, no_range),
    ]  # fmt: skip


def _other_mean(row: Row) -> bool:
    """Whether the filled quarters do not average the year's target."""
    filled, target = [x for key in QUARTERS if (x := row.number(key)) is not None], row.number("target")
    if folded(row.get("akumulasi")) != "rata-rata" or not filled or target is None:
        return False
    return abs(sum(filled, Decimal(0)) - target * len(filled)) > Decimal("0.00005")


def _compared(value: object) -> object:
    """As "<>" compares in a spreadsheet."""
    return value.casefold() if isinstance(value, str) else value


def iku_lines(context: FormContext) -> list[Line]:
    """Candidates for IKU against the mark on the Indikator sheet; an older version of the form has none."""
    if not context.plans_of("iku"):
        return []
    plan, indikator, rows = context.plan_of("iku"), context.plan_of("indikator"), context.content.rows("iku")
    required = [c for c in plan.tables["iku"].table.columns if c.required]
    marks, names = indikator.range("indikator", "iku"), indikator.range("indikator", "nama")
    own, chosen = plan.range("iku", "nama"), plan.range("iku", "dipilih")
    picked = {bare(row.text("nama")) for row in rows if folded(row.get("dipilih")) == "ya"}
    return [
        Line(label="Baris yang belum lengkap", formula=_incomplete(plan, "iku", required),
             value=_count_incomplete(rows, required)),
        counted("Indikator bertanda IKU yang tidak dipilih di antara calon",
                 f'({marks}="Ya")*ISNA(MATCH({bare_formula(names)}&"|Ya",{bare_formula(own)}&"|"&{chosen},0))',
                 context.content.rows("indikator"),
                 lambda row: folded(row.get("iku")) == "ya" and bare(row.text("nama")) not in picked),
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
        _dates_of_pk(plan, context),
        *(
            Line(label=f"Baris {plan.tables[key].table.title.split('.')[0]} yang belum lengkap",
                 formula=_incomplete(plan, key, required), value=_count_incomplete(context.content.rows(key), required))
            for key in ("pk_kinerja", "pk_anggaran")
            for required in ([c for c in plan.tables[key].table.columns if c.required],)
        ),
    ]  # fmt: skip


def _dates_of_pk(plan: SheetPlan, context: FormContext) -> Line:
    """Disetujui does not come before disampaikan (P807)."""
    given, agreed = (plan.prefix + plan.field_cell("pk", key) for key in ("tanggal_disampaikan", "tanggal_disetujui"))
    form = context.content.form("pk")
    one, two = (form.get(key) if form else None for key in ("tanggal_disampaikan", "tanggal_disetujui"))
    wrong = isinstance(one, date) and isinstance(two, date) and two < one
    formula = f"IF(COUNT({given},{agreed})=2,IF({agreed}<{given},1,0),0)"
    return Line(label="Tanggal disetujui mendahului tanggal disampaikan", formula=formula, value=int(wrong))
