"""Cek Mandiri: formulas that show the filler, while typing, what is missing and whether TOR, RAB and Indikator agree.

Every line has two faces, the formula and the value that it shows for the content we write; LibreOffice is asked in
the tests whether they agree. TOR sheets are found through INDIRECT over a list of names, so that a copied sheet is
checked as soon as its name is added to the list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from kinerja_xl.catatan import Severity
from kinerja_xl.sheets.choices import JENIS_BELANJA, SEBUTAN
from kinerja_xl.sheets.content import FIRST_COLUMN, TABLE_PREFIX, SheetContent
from kinerja_xl.sheets.indikator import IKU
from kinerja_xl.sheets.kinds import Shape
from kinerja_xl.sheets.rab import jumlah_value
from kinerja_xl.sheets.rekap import TOR
from kinerja_xl.sheets.tor import COSTS, ESSAYS, SHORT_KIND, SHORT_OPTIONAL, cost_total, short_tor_excuses
from kinerja_xl.sheets.usulan import IDENTITAS_FORM
from kinerja_xl.words.units import bare
from kinerja_xl.writing.form.cover import PROTECTION
from kinerja_xl.writing.form.doubts import define_wholes, iku_doubts, indikator_doubts, pk_doubts, rab_doubts
from kinerja_xl.writing.form.fillers import define_fillers
from kinerja_xl.writing.form.listed import count_outside, outside_choices
from kinerja_xl.writing.form.pages import keep_whole, on_paper
from kinerja_xl.writing.form.places import FormContext, SheetPlan
from kinerja_xl.writing.form.self_lines import (
    RAB_TOTAL,
    WHOLE_CODE,
    Line,
    bare_code,
    bare_formula,
    blank_count,
    identity_line,
    iku_lines,
    indikator_lines,
    missing_count,
    pk_lines,
    rab_lines,
    without_name,
)
from kinerja_xl.writing.form.sheet import checked, write_formula, write_title
from kinerja_xl.writing.form.tor_tables import lacking, marks_outside, outside, same, strange, strange_choices, unsupported
from kinerja_xl.writing.metrics import height, line_count

OK, TODO, SPOILED, DOUBT = "Sesuai", "Perlu dilengkapi", "Ada sel rusak", Severity.CEK.label
MONTHS_OUTSIDE, UNSUPPORTED = "Jadwal di luar waktu pelaksanaan", "Belanja modal tanpa spesifikasi dan lampiran"
STRANGE = "Pilihan di jadwal atau lampiran tidak dikenal"
DATES = "Waktu pelaksanaan terbalik atau di luar tahun"
OTHER_COST, OTHER_KIND = "Biaya TOR belum sama dengan RAB", "Biaya TOR per jenis belanja belum sama dengan RAB"
ASKED_BY_KIND = {"Penelitian/kajian": ("rumusan_masalah", "seminar"), "Berkelanjutan/tahun jamak": ("kemajuan",)}
"""What a TOR of this kind fills as well (I.d, I.f, III.2)."""
SPARE_TORS = 6
"""Free lines in the list of TOR sheets, for copies that staff make."""

_FIRST_ROW, _TOR_FIRST_ROW = 5, 11
_LABEL, _VALUE, _VERDICT = FIRST_COLUMN, FIRST_COLUMN + 1, FIRST_COLUMN + 2
_TOR_HEADS = (
    "Lembar TOR", TOR.table.own("sub").label, "Isian wajib belum benar", TOR.table.own("biaya").label, RAB_TOTAL,
    "Selisih (Rp)", "Output = Indikator", "Keterangan",
)  # fmt: skip
_WIDTHS = (50.0, 24.0, 20.0, 22.0, 22.0, 20.0, 18.0, 44.0)


def write_self_check(workbook: Workbook, sheet: Worksheet, plan: SheetPlan, context: FormContext) -> None:
    """The whole sheet; protected with an empty password except the list of TOR names."""
    write_title(sheet, plan, context)
    define_fillers(workbook)
    define_wholes(workbook)
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(FIRST_COLUMN + index, FIRST_COLUMN + index, width)
    sheet.set_column(0, 0, 2)
    verdicts: list[tuple[str, str]] = []
    row = _FIRST_ROW
    identity = identity_line(context, IDENTITAS_FORM, "Isian wajib yang kosong atau keliru")
    row = _write_lines(sheet, row, "Identitas", [identity], context, verdicts)
    row = _write_tors(sheet, row, context, verdicts)
    begins = [_FIRST_ROW, row]  # one line of the Identitas stays with the TOR
    groups = (
        ("RAB", [*rab_lines(context, _tor_list(context)), *rab_doubts(context)]),
        ("Indikator", [*indikator_lines(context), *indikator_doubts(context)]),
        (IKU.name, [*iku_lines(context), *iku_doubts(context)]), ("PK", [*pk_lines(context), *pk_doubts(context)]),
    )  # fmt: skip
    for title, lines in groups:
        row = _write_lines(sheet, row, title, lines, context, verdicts) if lines else row
        begins.append(row)
    _write_overall(sheet, context, verdicts)
    on_paper(sheet, context.paper)
    keep_whole(sheet, [(begin, end - 1) for begin, end in pairwise(begins) if begin < end], _WIDTHS, context.paper)
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
    broken = ""
    for line in lines:
        row += 1
        broken = _cell(row, _VALUE) if line.broken else broken
        checked(sheet.write_string(row, _LABEL, line.label, styles.label))
        sheet.set_row(row, height(line_count(line.label, _WIDTHS[0])))
        formula = f'IFERROR({line.formula},"ada sel rusak")'
        write_formula(sheet, row, _VALUE, formula, line.value, styles.look("rupiah", "computed"))
        if line.judged:
            left = DOUBT if line.doubt else TODO
            text = OK if line.value == 0 else left
            where, found = _cell(row, _VALUE), f'"{SPOILED}"'
            if broken and not line.broken:
                found = f'IF(N({broken})>0,"",{found})'
            formula = f'IF(ISTEXT({where}),{found},IF({where}=0,"{OK}","{SPOILED if line.broken else left}"))'
            _verdict(sheet, row, formula, text, context, [] if line.doubt else verdicts, look="cek" if line.doubt else "wajib")
    return row + 2


def _verdict(
    sheet: Worksheet, row: int, formula: str, text: str, context: FormContext, verdicts: list[tuple[str, str]],
    column: int = _VERDICT, look: str = "wajib",
) -> None:  # fmt: skip
    write_formula(sheet, row, column, formula, text, context.styles.look("text_wrap", "computed"))
    good = context.styles.look("good", bold=True)
    bad = context.styles.look(look)
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
        tors = [s for s in context.filled if s.key == "tor"]
        filled = tors[offset] if offset < len(tors) else None
        _write_tor_row(sheet, where, bool(name), filled, context, verdicts)
    return head + len(plans) + SPARE_TORS + 2


def _write_tor_row(
    sheet: Worksheet, row: int, named: bool, tor: SheetContent | None, context: FormContext, verdicts: list[tuple[str, str]]
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
    rab, indikator, identity = (context.plan_of(key) for key in ("rab", "indikator", "identitas"))
    code, missing, cost, total = (_cell(row, _LABEL + n) for n in (1, 2, 3, 4))
    gap, output = _cell(row, _LABEL + 5), _cell(row, _LABEL + 6)
    needed = context.wanted(form)
    may_lack = [c for c in needed if c.key in SHORT_OPTIONAL] if context.short_tor else []
    required = blank_count([c for c in needed if c not in may_lack], there)
    if may_lack:
        required += f'+IF({there("sifat")}="{SHORT_KIND}",0,{blank_count(may_lack, there)})'
    for kind, keys in ASKED_BY_KIND.items():
        required += f'+IF({there("sifat")}="{kind}",{blank_count([form.column(key) for key in keys], there)},0)'
    typed = [c.key for c in form.fields if not c.computed and c.kind.shape in (Shape.ANGKA, Shape.TANGGAL)]
    required += "".join(f"+ISTEXT({there(key)})*(LEN({there(key)})>0)" for key in typed)
    required += f"+{outside_choices(form.fields, there, context.lists)}"
    for key in ESSAYS:
        words = f'(LEN({there(key)})>0)*(LEN(TRIM({there(key)}))-LEN(SUBSTITUTE(TRIM({there(key)})," ",""))<2)'
        excused = key in SHORT_OPTIONAL and context.short_tor
        required += f'+IF({there("sifat")}="{SHORT_KIND}",0,{words})' if excused else f"+{words}"
    start, end = there("tanggal_mulai"), there("tanggal_selesai")
    year = identity.prefix + identity.field_cell("identitas", "tahun")
    ordered = f'IF(COUNT({start},{end})<2,0,IF(OR({end}<{start},YEAR({start})<>{year},YEAR({end})<>{year}),1,0))'
    same = f"({bare_code(indikator.range('indikator', 'kode'))}={code})"
    same += f"*({indikator.range('indikator', 'target')}={there('output_target')})"
    same += f"*({bare_formula(indikator.range('indikator', 'nama'))}={bare_formula(there('output'))})"
    same += f"*{_same_measure(indikator.range('indikator', 'satuan'), there('output_satuan'))}"
    level = f'({indikator.range("indikator", "level")}="Output")'
    texts = [there(key) for key in ("judul", *ESSAYS)]
    blank = f"AND({'+'.join(f'LEN({text})' for text in texts)}=0,SUM({rab.range('rab', 'jumlah')})>0)"
    named = f'IF(LEN({code})<{WHOLE_CODE},{code},"*"&{code}&"*")'  # with blanks, a dot or its name around it
    months, papers, odd = outside(name, start, end, context), lacking(name, code, context), strange(name, context)
    asked, kinds = rab.range("rab", "kode_sub"), rab.range("rab", "jenis_belanja")
    other = "+".join(
        f'ABS(N({there(key)})-SUMIFS({rab.range("rab", "jumlah")},{asked},{named},{kinds},"{JENIS_BELANJA[jenis]}"))'
        for jenis, key in COSTS.items()
    )
    return (
        f'IF({name}="","",IFERROR({bare_code(there("kode_sub"))},"lembar tidak ada"))',
        f'IF({name}="","",IFERROR({required},""))',
        f'IF({name}="","",IFERROR(N({there("biaya_total")}),""))',
        f'IF({name}="","",IFERROR(SUMIF({rab.range("rab", "kode_sub")},{named},{rab.range("rab", "jumlah")}),""))',
        f'IF({name}="","",IFERROR({cost}-{total},""))',
        f'IF({name}="","",IFERROR(IF(SUMPRODUCT({level}*{same})>0,"sama","berbeda"),""))',
        f'IF({name}="","",IF({code}="lembar tidak ada","Nama lembar tidak ditemukan",'
        f'IF({code}="",IF({blank},"","Pilih kode sub kegiatan"),'
        f'IF({missing}<>0,{missing}&" isian wajib belum benar",IF({ordered}<>0,"{DATES}",'
        f'IF({total}="","{SPOILED} pada RAB",IF({gap}<>0,"{OTHER_COST}",IF({other}>0,"{OTHER_KIND}",'
        f'IF({output}<>"sama","Output TOR belum sama dengan Indikator",IF({odd}<>0,"{STRANGE}",IF({months}<>0,"{MONTHS_OUTSIDE}",'
        f'IF({papers}<>0,"{UNSUPPORTED}","{OK}"))))))))))))',
    )


def _same_measure(area: str, cell: str) -> str:
    """1 for each cell of ``area`` that spells the unit of measure of ``cell``, by the list of spellings."""
    typed, asked = bare_formula(area), bare_formula(cell)
    words, units = (f"INDEX({TABLE_PREFIX}{SEBUTAN},0,{n})" for n in (1, 2))
    unit = f"IFERROR(VLOOKUP({asked},{TABLE_PREFIX}{SEBUTAN},2,FALSE),{asked})"
    return f"((({typed}={asked})+COUNTIFS({words},{typed},{units},{unit}))>0)"


def _measured_alike(one: object, other: object, context: FormContext) -> bool:
    """The other face of ``_same_measure``."""
    spellings = context.lists.by_name[SEBUTAN].by_key
    units = [found[1] if (found := spellings.get(word)) else word for word in (bare(str(x or "")) for x in (one, other))]
    return units[0] == units[1]


def _names(typed: object, code: str) -> bool:
    """Whether a cell holds this code, whole and with whatever around it."""
    return code.casefold() in str(typed or "").casefold() if len(code) >= WHOLE_CODE else same(typed, code)


def _short(value: object) -> bool:
    """Fewer than three words, of which blanks are counted."""
    return isinstance(value, str) and bool(value) and " ".join(value.split(" ")).strip().count(" ") < 2


def _tor_values(named: bool, sheet: SheetContent | None, context: FormContext) -> tuple[object, ...]:
    tor = sheet.forms.get("tor") if sheet else None
    if not named:
        return (None,) * 6 + ("",)
    values = tor.values if tor else {}
    form = context.plans_of("tor")[0].forms["tor"].form
    code = without_name(values.get("kode_sub"))
    excused = short_tor_excuses(values) if context.short_tor else frozenset()
    asked = ASKED_BY_KIND.get(str(values.get("sifat")), ())
    typed = [c.key for c in form.fields if not c.computed and c.kind.shape in (Shape.ANGKA, Shape.TANGGAL)]
    missing = sum(isinstance(values.get(key), str) for key in typed)
    missing += sum(_short(values.get(key)) for key in ESSAYS if key not in excused)
    missing += count_outside(tor, form.fields, context.lists) if tor else 0
    needed = [c for c in context.wanted(form) if c.key not in excused]
    missing += missing_count(tor, [*needed, *(form.column(key) for key in asked if form.column(key) not in needed)])
    cost = cost_total(values) or Decimal(0)
    total = sum(
        (jumlah_value(r.values) or 0 for r in context.content.rows("rab") if _names(r.values.get("kode_sub"), code)), Decimal(0)
    )
    alike = any(
        same(row.values.get("level"), "Output")
        and same(without_name(row.values.get("kode")), code)
        and bare(row.text("nama")) == bare(str(values.get("output") or ""))
        and row.values.get("target") == values.get("output_target")
        and _measured_alike(row.values.get("satuan"), values.get("output_satuan"), context)
        for row in context.content.rows("indikator")
    )
    everything = sum((jumlah_value(r.values) or 0 for r in context.content.rows("rab")), Decimal(0))
    if not code:
        blank = everything > 0 and all(values.get(key) is None for key in ("judul", *ESSAYS))
        note = "" if blank else "Pilih kode sub kegiatan"
    elif missing:
        note = f"{missing} isian wajib belum benar"
    elif not _ordered(values, context):
        note = DATES
    elif cost != total:
        note = OTHER_COST
    elif _other_kinds(values, code, context):
        note = OTHER_KIND
    elif not alike:
        note = "Output TOR belum sama dengan Indikator"
    elif strange_choices(sheet, context):
        note = STRANGE
    elif marks_outside(sheet):
        note = MONTHS_OUTSIDE
    else:
        note = UNSUPPORTED if unsupported(sheet, code, context) else OK
    return code, missing, cost, total, cost - total, "sama" if alike else "berbeda", note


def _other_kinds(values: Mapping[str, object], code: str, context: FormContext) -> bool:
    """Whether a jenis belanja costs otherwise in the TOR than in the RAB (K601)."""
    own = [r for r in context.content.rows("rab") if _names(r.get("kode_sub"), code)]
    for jenis, key in COSTS.items():
        rows = (r for r in own if same(r.get("jenis_belanja"), JENIS_BELANJA[jenis]))
        stated = values.get(key)
        if sum((jumlah_value(r.values) or 0 for r in rows), Decimal(0)) != (stated if isinstance(stated, Decimal) else 0):
            return True
    return False


def _ordered(values: Mapping[str, object], context: FormContext) -> bool:
    """Whether the work begins before it ends, both in the budget year; blank dates are said elsewhere."""
    start, end = values.get("tanggal_mulai"), values.get("tanggal_selesai")
    form = context.content.form("identitas")
    year = form.get("tahun") if form else None
    if not isinstance(start, date) or not isinstance(end, date):
        return True
    return start <= end and {Decimal(start.year), Decimal(end.year)} == {year}

