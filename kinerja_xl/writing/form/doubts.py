"""Lines of Cek Mandiri that only ask for a second look: what ``periksa`` calls "perlu dicek" and the form itself can see.

Without a line are G122 (Kantor.xlsx has no Cek Mandiri) and T222 (which names are right only Kantor.xlsx knows: the form holds
them once, in the very cells that somebody typed over).
"""

from __future__ import annotations

from xlsxwriter.workbook import Workbook

from kinerja_xl.checking.usulan.indikator_wajar import COUNTS, SAYS_MORE
from kinerja_xl.reckoning.recap.standing import ROW_STANDARDS
from kinerja_xl.sheets.choices import LIST_FIELDS
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.indikator import QUARTERS
from kinerja_xl.sheets.rab import FACTOR_UNITS, FACTORS
from kinerja_xl.words.units import bare, satuan
from kinerja_xl.writing.form.places import FormContext, SheetPlan
from kinerja_xl.writing.form.self_lines import Line, bare_formula, counted, folded

WHOLE = "satuan_bulat"
"""The workbook's name for units of what nobody delivers half of."""
FIGURES = ("target", *QUARTERS)


def _whole() -> list[str]:
    return [unit.kanonik for unit in satuan().values() if unit.jenis == "tunggal" and unit.kelompok in COUNTS]


def define_wholes(workbook: Workbook) -> None:
    """Give the workbook the list."""
    workbook.define_name(WHOLE, "={" + ",".join(f'"{word}"' for word in sorted(_whole())) + "}")


def indikator_doubts(context: FormContext) -> list[Line]:
    """A target outside its own range (I722), nothing aimed at (I732), less than nothing or half of what comes whole (I742), a
    definition that repeats (I772)."""
    plan, rows = context.plan_of("indikator"), context.content.rows("indikator")

    def area(key: str) -> str:
        return plan.range("indikator", key)

    arah, how, target, low, high = map(area, ("arah", "akumulasi", "target", "batas_bawah", "batas_atas"))
    numbers = "*".join(f"ISNUMBER({x})" for x in (target, low, high))
    negative = "+".join(f"ISNUMBER({area(key)})*({area(key)}<0)" for key in QUARTERS)
    halves = "+".join(
        f'ISNUMBER({area(key)})*(ISNUMBER(FIND(",",{area(key)}&""))+ISNUMBER(FIND(".",{area(key)}&"")))' for key in FIGURES
    )
    whole = f'({area("tipe")}="Kuantitas absolut")*({how}<>"Rata-rata")*ISNUMBER(MATCH(TRIM({area("satuan")}),{WHOLE},0))'
    known = {word.casefold() for word in _whole()}

    def outside(row: Row) -> bool:
        aim, least, most = (row.number(key) for key in ("target", "batas_bawah", "batas_atas"))
        known_all = aim is not None and least is not None and most is not None
        return folded(row.get("arah")) == "rentang" and known_all and not least <= aim <= most  # type: ignore[operator]

    def impossible(row: Row) -> bool:
        figures = [x for key in FIGURES if (x := row.number(key)) is not None]
        aim = row.number("target")
        below = aim is not None and aim >= 0 and any(x < 0 for x in figures)
        unit = folded(row.get("tipe")) == "kuantitas absolut" and folded(row.text("satuan").strip()) in known
        half = unit and folded(row.get("akumulasi")) != "rata-rata" and any(x != int(x) for x in figures)
        return folded(row.get("akumulasi")) == "jumlah" and below or half

    return [
        counted("Baris Rentang yang target tahunnya di luar batasnya",
                f'({arah}="Rentang")*{numbers}*((({target}<{low})+({target}>{high}))>0)', rows, outside, doubt=True),
        counted("Baris Naik yang target tahunnya 0", f'({arah}="Naik")*ISNUMBER({target})*({target}=0)', rows,
                lambda row: folded(row.get("arah")) == "naik" and row.number("target") == 0, doubt=True),
        counted("Baris dengan target negatif atau pecahan yang tidak mungkin",
                f'--((({how}="Jumlah")*ISNUMBER({target})*({target}>=0)*(({negative})>0)+{whole}*(({halves})>0))>0)',
                rows, impossible, doubt=True),
        *_repeats(plan, "indikator", rows),
    ]  # fmt: skip


def _repeats(plan: SheetPlan, table: str, rows: tuple[Row, ...]) -> list[Line]:
    """Texts that only repeat another column of their row (I772)."""
    found = []
    for own, key, others in SAYS_MORE:
        if own != table:
            continue
        said = plan.range(table, key)
        same = "+".join(f"({bare_formula(said)}={bare_formula(plan.range(table, other))})" for other in others)
        label = f"Baris yang {plan.tables[table].table.column(key).label} mengulang kolom lain"

        def repeated(row: Row, key: str = key, others: tuple[str, ...] = others) -> bool:
            text = row.text(key)
            return bool(text) and any(bare(text) == bare(row.text(other)) for other in others)

        found.append(counted(label, f"(LEN({said})>0)*(({same})>0)", rows, repeated, doubt=True))
    return found


def iku_doubts(context: FormContext) -> list[Line]:
    if not context.plans_of("iku"):
        return []
    return _repeats(context.plan_of("iku"), "iku", context.content.rows("iku"))


def rab_doubts(context: FormContext) -> list[Line]:
    """A kind of standard that is not that of its code (R532), a unit of a factor without its number (R553)."""
    plan, rows = context.plan_of("rab"), context.content.rows("rab")
    kind, code = plan.range("rab", "jenis_standar"), plan.range("rab", "kode_standar")
    codes, kinds = (f"INDEX(tabel_standar,0,{LIST_FIELDS['standar'].index(key) + 1})" for key in ("kode", "jenis"))
    listed = "+".join(f'COUNTIFS({codes},{code},{kinds},"{one}")' for one in ROW_STANDARDS)
    lone = "+".join(
        f"(LEN({plan.range('rab', unit)})>0)*(LEN({plan.range('rab', key)})=0)"
        for key, unit in zip(FACTORS[1:], FACTOR_UNITS[1:], strict=True)
    )

    def other_kind(row: Row) -> bool:
        found = context.lists.find("standar", row.text("kode_standar"), "jenis")
        return found in ROW_STANDARDS and bool(row.text("jenis_standar")) and folded(row.get("jenis_standar")) != folded(found)

    found = [
        counted("Baris dengan satuan koefisien tanpa angkanya", f"--(({lone})>0)", rows, lambda row: any(
            row.text(unit) and row.get(key) is None for key, unit in zip(FACTORS[1:], FACTOR_UNITS[1:], strict=True)
        ), doubt=True)
    ]  # fmt: skip
    if "standar" in context.lists.by_name:
        formula = f"(LEN({kind})>0)*(({listed})>0)*(COUNTIFS({codes},{code},{kinds},{kind})=0)"
        found.append(counted("Baris yang jenis standarnya bukan milik kodenya", formula, rows, other_kind, doubt=True))
    return found


def pk_doubts(context: FormContext) -> list[Line]:
    """A fund of Lampiran 2 that the RAB takes nothing from (P812)."""
    plan, rab = context.plan_of("pk"), context.plan_of("rab")
    code, said = plan.range("pk_anggaran", "kode"), plan.range("pk_anggaran", "keterangan")
    subs, funds = rab.range("rab", "kode_sub"), rab.range("rab", "sumber_dana")
    asked = context.content.rows("rab")

    def elsewhere(row: Row) -> bool:
        kode, own = folded(row.get("kode")), folded(row.get("keterangan"))
        there = [folded(r.get("sumber_dana")) for r in asked if kode and folded(r.get("kode_sub")).startswith(kode)]
        return bool(own) and any(there) and own not in there

    formula = f'(LEN({code})>0)*(LEN({said})>0)*(COUNTIFS({subs},{code}&"*",{funds},"?*")>0)'
    formula += f'*(COUNTIFS({subs},{code}&"*",{funds},{said})=0)'
    label = "Baris Lampiran 2 yang sumber dananya tidak ada pada RAB-nya"
    return [counted(label, formula, context.content.rows("pk_anggaran"), elsewhere, doubt=True)]
