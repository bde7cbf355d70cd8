"""The measuring workbooks of a triwulan: covers, and a Cek Mandiri that computes capaian and serapan while somebody types.

The capaian formulas are the engine's own (``reckoning/capaian/excel``), so the sheet and the program can't drift.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from kinerja_xl.reckoning.capaian import excel
from kinerja_xl.reckoning.capaian.accumulate import scale_key
from kinerja_xl.reckoning.capaian.engine import Judge, judge
from kinerja_xl.reckoning.plan import PlanIndicator
from kinerja_xl.reckoning.year import WORDS, Lack, quarter_of, row_identity
from kinerja_xl.reckoning.year.due import ASKED_IN
from kinerja_xl.reckoning.year.tracks import PROMISES
from kinerja_xl.sheets.choices import Listings
from kinerja_xl.sheets.content import LIST_PREFIX, BookContent, Identity, Row
from kinerja_xl.sheets.indikator import INDIKATOR_TABLE, QUARTERS
from kinerja_xl.sheets.model import Table
from kinerja_xl.sheets.realisasi import (
    CASH,
    CEK_UANG,
    CEK_UNIT,
    DENOMINATORS,
    IDENTITAS_REALISASI,
    NUMERATORS,
    PETUNJUK,
    PHYSICAL,
    PROMISED,
    REALISASI_UANG,
    REALISED,
    SPENT,
    spent_value,
)
from kinerja_xl.sheets.values import round_half_up
from kinerja_xl.words.periods import ROMAN
from kinerja_xl.words.text import fold
from kinerja_xl.writing.form import write_book
from kinerja_xl.writing.form.cover import write_cover
from kinerja_xl.writing.form.fillers import define_fillers
from kinerja_xl.writing.form.panel import PERCENT, Head, Live, Panel
from kinerja_xl.writing.form.places import FormContext, SheetPlan
from kinerja_xl.writing.form.self_check import OK
from kinerja_xl.writing.form.self_lines import Line, identity_line

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
                for label in (f"Realisasi {until}", f"Target {until}", f"Capaian {until} (%)",
                              INDIKATOR_TABLE.column("target").label, "Capaian terhadap Target Tahun (%)")
            ),
            Head(label="Hasil", width=36),
        ])  # fmt: skip
        define_fillers(workbook)
        panel.lines("Kelengkapan", [_identity(context), *self._physical(context), *self._promises(context)])
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

    def _promises(self, context: FormContext) -> list[Line]:
        """Outcomes promised by earlier years: no words where a number belongs, and in the last triwulan no blank."""
        if not context.plans_of(PROMISES):
            return []
        plan, rows, last = context.plan_of(PROMISES), context.content.rows(PROMISES), self.triwulan == ASKED_IN
        what, told = plan.range(PROMISES, "outcome"), plan.range(PROMISES, PROMISED[0])
        wrong = f"NOT(ISNUMBER({told}))" if last else f"ISTEXT({told})*(LEN({told})>0)"
        value = sum(not isinstance(x := row.get(PROMISED[0]), Decimal) and (last or x is not None) for row in rows)
        label = "Janji outcome yang realisasinya " + ("belum berupa angka" if last else "bukan angka")
        return [Line(label=label, formula=f"SUMPRODUCT((LEN({what})>0)*{wrong})", value=value)]

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
            *named, Live(formula=excel.realised_until(rule, refs, n), value=excel.shown_realised(self.judge, n)),
            Live(formula=excel.target_until(rule, refs, n), value=excel.shown_target(self.judge, n)),
            Live(formula=excel.capaian_until(rule, refs, realised, target), value=excel.shown_percent(self.judge.until(n))),
            of_year,
            Live(formula=excel.capaian_of_year(rule, refs, realised), value=excel.shown_percent(self.judge.of_year(n))),
        ]  # fmt: skip

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
        if self.judge.asked(n):
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


def _identity(context: FormContext) -> Line:
    return identity_line(context, IDENTITAS_REALISASI, "Isian wajib pada lembar Identitas yang kosong")


# ---- Cek Mandiri of the money: what is still blank, and pagu, cash plan and serapan per sub kegiatan ----

MONEY_TABLE, PLAN = "realisasi_uang", "kas"
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
            Head(label="Terhadap Rencana Kas (%)", width=13, look="number", num_format=PERCENT), Head(label="Hasil", width=24),
        ))  # fmt: skip
        define_fillers(workbook)
        panel.lines("Kelengkapan", [_identity(context), *self._lines(context)])
        panel.table(self._rows(panel, context))
        panel.finish(context.paper)

    def _lines(self, context: FormContext) -> list[Line]:
        plan, rows = context.plan_of(MONEY_TABLE), context.content.rows(MONEY_TABLE)
        code, now = plan.range(MONEY_TABLE, "kode_sub"), plan.range(MONEY_TABLE, SPENT[self.triwulan - 1])
        pagu, total = plan.range(MONEY_TABLE, "pagu"), plan.range(MONEY_TABLE, "total")
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
        spent, plan = context.plan_of(MONEY_TABLE), context.plan_of(PLAN)
        own = [r for r in context.content.rows(MONEY_TABLE) if all(r.get(key) == row.get(key) for key in ("unit", "kode_sub"))]
        number = sum((spent_value(r.values) or Decimal(0) for r in own), Decimal(0))
        pagu = x if isinstance(x := row.get("pagu"), Decimal) else Decimal(0)
        months = CASH[: self.triwulan * MONTHS_OF_QUARTER]
        cash = sum((x for key in months if isinstance(x := row.get(key), Decimal)), Decimal(0))
        refs = {key: _cell(plan, offset, key) for key in ("nama_sub", "kode_sub", "unit", "pagu", months[0], months[-1])}
        match = f'({spent.range(MONEY_TABLE, "unit")}={panel.cell(2)})*({spent.range(MONEY_TABLE, "kode_sub")}={panel.cell(1)})'
        area = f"{refs[months[0]]}:{_cell(plan, offset, months[-1], sheet=False)}"
        cells = [
            *(Live(formula=f'{refs[key]}&""', value=str(row.get(key) or "")) for key in ("nama_sub", "kode_sub", "unit")),
            Live(formula=f"N({refs['pagu']})", value=pagu), Live(formula=f"SUM({area})", value=cash),
            Live(formula=f'IFERROR(SUMPRODUCT({match},{spent.range(MONEY_TABLE, "total")}),"ada sel rusak")', value=number),
            Live(formula=f"IF(ISNUMBER({panel.cell(5)}),{panel.cell(3)}-{panel.cell(5)},\"\")", value=pagu - number),
            Live(formula=_share(panel.cell(5), panel.cell(3)), value=_percent(number, pagu)),
            Live(formula=_share(panel.cell(5), panel.cell(4)), value=_percent(number, cash)),
        ]  # fmt: skip
        blank = f'SUMPRODUCT({match}*(LEN({spent.range(MONEY_TABLE, SPENT[self.triwulan - 1])})=0))>0'
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


# ---- The measuring workbooks of a triwulan: their covers and the Cek Mandiri that computes while somebody types ----

# ---- The bytes of a measuring workbook: the form's machinery with covers and Cek Mandiri of its own ----

_LISTS = ("skala", "status_pejabat")
"""The lists that these workbooks use; targets are shown, not chosen."""

_SHOWN = "Putih: sudah terisi dari rencana dan triwulan sebelumnya; dibaca saja. Mengubahnya tidak mengubah rencana."

_UNIT_STEPS = (
    "Lengkapi lembar Identitas: nomor revisi dan tanggal disampaikan.",
    "Isi lembar Realisasi Indikator pada kolom triwulan ini (kuning). Realisasi adalah angka triwulan itu sendiri; hanya "
    "indikator dengan cara Nilai terakhir yang ditulis menurut keadaan terakhir.",
    "Persentase dan rasio: isi pembilang dan penyebutnya di halaman kedua. Realisasinya dihitung dari sana.",
    "Isi lembar Bukti dan Kendala: bukti dukung, faktor pendorong, faktor penghambat, dan tindak lanjutnya.",
    "Isi lembar Fisik: persen pekerjaan yang selesai sejak Januari untuk tiap sub kegiatan.",
    "Bila ada lembar Janji Outcome: isi realisasi outcome yang dijanjikan tahun-tahun sebelumnya, paling lambat pada TW IV.",
    "Buka lembar Cek Mandiri. Capaian sementara dihitung otomatis. Bila tertulis SIAP DISAMPAIKAN, serahkan berkas ini ke "
    "Subbag Perencanaan, yang menaruhnya di folder masuk triwulan ini.",
)
_MONEY_STEPS = (
    "Lengkapi lembar Identitas: nomor revisi dan tanggal disampaikan.",
    "Isi lembar Realisasi Keuangan pada kolom triwulan ini (kuning): belanja tiap rekening menurut SPJ fungsional, "
    "bukan jumlah sejak Januari. Tulis 0 bila tidak ada belanja.",
    "Lembar Rencana Kas hanya untuk dibaca.",
    "Buka lembar Cek Mandiri. Serapan sementara dihitung otomatis. Bila tertulis SIAP DISAMPAIKAN, serahkan berkas ini ke "
    "Subbag Perencanaan.",
)
_RULES = (
    "Angka diketik tanpa titik ribuan dan tanpa satuan: 1500, bukan 1.500 dan bukan 1500 dokumen.",
    "Persen diketik sebagai 85, bukan 0,85 dan bukan 85%.",
    "Nol berarti tidak ada hasil. Kosong berarti belum diisi. Tanda - tidak dipakai.",
    "Bila realisasi belum ada pada triwulan ini, tulis tidak berlaku, dan jelaskan di Keterangan.",
    "Angka triwulan yang lalu tidak diubah di sini; perbaikannya disampaikan sebagai revisi berkas triwulan itu.",
    "Jangan menghapus kolom A dan baris tersembunyi di atas judul tabel: di sanalah tanda baca program.",
)


def write_measuring_book(
    content: BookContent, lists: Listings, identity: Identity, *, subtitle: str, triwulan: int, paper: str,
    indicators: tuple[PlanIndicator, ...] = (), policies: Mapping[str, str] | None = None,
) -> bytes:  # fmt: skip
    """The workbook of one triwulan (1 to 4). ``indicators``: the unit's in the plan; ``policies`` choose methods."""
    money = content.book.key == REALISASI_UANG.key
    cover = partial(write_cover, steps=_MONEY_STEPS if money else _UNIT_STEPS, rules=_RULES, shown=_SHOWN)
    check = UnitCheck(indicators=indicators, policies=policies or {}, triwulan=triwulan)
    return write_book(
        content, Listings(by_name={name: lists.by_name[name] for name in _LISTS}), identity,
        subtitle=f"{subtitle}, Triwulan {ROMAN[triwulan - 1]}", paper=paper, rows=_prepared(content),
        special={PETUNJUK.key: cover, CEK_UNIT.key: check.write, CEK_UANG.key: MoneyCheck(triwulan=triwulan).write},
    )  # fmt: skip


def _prepared(content: BookContent) -> dict[str, int]:
    """As many rows as the plan has: what is not in the plan is not asked."""
    tables = [block.key for sheet in content.book.sheets for block in sheet.blocks if isinstance(block, Table)]
    return {key: max(1, len(content.rows(key))) for key in tables}
