"""Sheet ``Evaluasi Renja``: the fifteen columns of the form, columns 13 to 15 live, factors and follow-up in its foot.

What the office's files do not hold (the money of the Renstra, realisasi of the years before) is a dash, never 0: then the
columns that build on it are dashes too.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from kinerja_xl.lists.codes import level
from kinerja_xl.reckoning.capaian import IndicatorResult, MoneyLine, Year
from kinerja_xl.reckoning.capaian.engine import METHODS, Goal, GoalCells
from kinerja_xl.reckoning.capaian.excel import shown_percent
from kinerja_xl.reckoning.capaian.measure import Thread, threads
from kinerja_xl.reckoning.capaian.rule import JUMLAH, Rule, percent_of, rule_of
from kinerja_xl.sheets import capaian as sheets
from kinerja_xl.sheets.capaian import QUARTERS
from kinerja_xl.words.text import fold
from kinerja_xl.writing.shown.capaian.anggaran import NOT_FILLED, money_cell, reached_cell, share, unfilled
from kinerja_xl.writing.shown.capaian.frame import GROUPED, Context, Grid, close, in_two, layout_of, signed, start
from kinerja_xl.writing.shown.capaian.indikator import noted, quarter_shown, quotient_shown, remark
from kinerja_xl.writing.shown.page import merged
from kinerja_xl.writing.shown.table import UNKNOWN
from kinerja_xl.writing.styles import height, line_count

_FOOT = (
    ("pendorong", "Faktor pendorong keberhasilan"),
    ("penghambat", "Faktor penghambat pencapaian"),
    ("tindak_lanjut", "Tindak lanjut yang diperlukan"),
)
_KEPT, _LEFT = "satuan", "tw2_rp"
"""Printed on two pages: columns 1 to 5 on both, 6 to 10 on the left page, 11 to 15 on the right one."""
_NOTHING_SAID = "Belum ada yang disampaikan unit."
_OWN_FORMULA = "Kolom 15 menurut rumus arah indikatornya"


def write_evaluasi(context: Context) -> None:
    """One row per indicator, by code; the money of a code stands on its first row."""
    year = context.year
    ordered = sorted(enumerate(year.results, start=1), key=lambda item: (item[1].indicator.kode, item[0]))
    own = layout_of(sheets.EVALUASI_RENJA, len(ordered), top=GROUPED)
    worksheet = start(context, sheets.EVALUASI_RENJA)
    grid = Grid(context, worksheet, own)
    grid.groups()
    grid.head({})
    money = {(line.kode, line.unit if line.level == "subkegiatan" else ""): line for line in year.money}
    shown: set[tuple[str, str]] = set()
    for row, (number, result) in enumerate(ordered, start=own.first):
        kode = result.indicator.kode
        place = (kode, result.indicator.unit if level(kode) == "subkegiatan" else "")
        _Line(grid, row, number, result, None if place in shown else money.get(place)).write()
        shown.add(place)
        grid.end_row(row)
    bottom = _foot(grid)
    grid.finish()
    signature, scale = bottom + 2, in_two(grid, _KEPT, _LEFT)
    close(grid, signed(context, worksheet, own, signature), grouped=True, signature=signature, scale=scale)


class _Line:
    """The cells of one indicator; ``money`` on the first row of its code, else None."""

    def __init__(self, grid: Grid, row: int, number: int, result: IndicatorResult, money: MoneyLine | None) -> None:
        self.grid, self.row, self.number, self.result, self.money = grid, row, number, result, money
        self.rule: Rule = rule_of(result.indicator, grid.context.year.policies)
        self.final = _renstra(grid.context.year, result.indicator.nama)
        self.before = result.indicator.baseline if self.rule.how != JUMLAH else None

    def write(self) -> None:
        indicator, row = self.result.indicator, self.row
        name = self.grid.context.office.programs.get(indicator.kode)
        title = next((s.nama for s in self.grid.context.year.plan.subs if s.kode == indicator.kode), name.nama if name else "")
        for key, value in (("no", row - self.grid.layout.heading), ("sasaran", indicator.sasaran),
                           ("program", f"{indicator.kode} {title}".strip()), ("nama", indicator.nama),
                           ("satuan", indicator.satuan)):  # fmt: skip
            self.grid.write(row, key, value or None)
        self._put("renstra_k", self.final)
        self._put("lalu_k", self.before)
        self._put("target_k", self.result.of_year.target if self.rule.rentang else indicator.target)
        self._quarters()
        self._until_now()
        self._money()
        self.grid.write(row, "keterangan", "; ".join(filter(None, (remark(self.result), self._own_formula()))) or None)

    def _put(self, key: str, value: object) -> None:
        self.grid.write(self.row, key, UNKNOWN if value is None else value)

    def _source(self, key: str) -> str:
        source = self.grid.context.layouts["capaian_indikator"]
        return f"INDEX({source.span(key)},MATCH({self.number},{source.span('no')},0))"

    def _quarters(self) -> None:
        realised, until = self.result.realised, self.grid.context.year.triwulan
        for n in QUARTERS[:until]:
            value = quarter_shown(realised.quarters[n - 1]) if realised else NOT_FILLED
            quotient = quotient_shown(realised.quarters[n - 1], self.rule) if realised else None
            if quotient is None:
                shown = UNKNOWN if value is None else value
                self.grid.write(self.row, f"tw{n}_k", shown, *(() if isinstance(shown, Decimal) else ("faded",)))
            else:
                self.grid.formula(self.row, f"tw{n}_k", self._source(f"realisasi_{n}"), quotient)
            self.grid.formula(self.row, f"tw{n}_p", self._source(f"capaian_{n}"), shown_percent(self.result.until[n - 1]))

    def _until_now(self) -> None:
        of_year, ref = self.result.of_year, self._ref
        realised = of_year.realised if of_year.realised is not None else str(of_year.lack)
        self.grid.formula(self.row, "tahun_k", self._source("realisasi"), realised)
        self.grid.formula(self.row, "tahun_p", self._source("capaian"), shown_percent(of_year))
        if self.rule.how == JUMLAH and not self.rule.pooled:
            both = f"COUNT({ref('lalu_k')},{ref('tahun_k')})=2"
            self.grid.formula(self.row, "sampai_k", f'IF({both},{ref("lalu_k")}+{ref("tahun_k")},"{UNKNOWN}")', UNKNOWN)
            reached: object = UNKNOWN
        else:
            self.grid.formula(self.row, "sampai_k", ref("tahun_k"), realised)
            reached = realised
        self._towards(reached)

    def _towards(self, reached: object) -> None:
        """Column 15 for K: 14 / 6 × 100, for a falling indicator by its own method."""
        here, there = self._ref("sampai_k"), self._ref("renstra_k")
        method = METHODS.get(self.rule.method)
        if method is None or self.rule.rentang or self.rule.kualitatif:
            self._put("tingkat_k", None)
            return
        value: object = UNKNOWN
        if isinstance(reached, Decimal) and isinstance(self.final, Decimal):
            outcome = method.value(Fraction(reached), Goal(target=Fraction(self.final)))
            value = percent_of(outcome.percent) if outcome.percent is not None else "tidak dapat dihitung"
        core = method.excel(GoalCells(realised=here, target=there))
        self.grid.formula(self.row, "tingkat_k", f'IF(COUNT({here},{there})=2,{core},"{UNKNOWN}")', value)

    def _own_formula(self) -> str:
        return _OWN_FORMULA if self.rule.method.startswith("turun") and isinstance(self.final, Decimal) else ""

    def _money(self) -> None:
        money, ref = self.money, self._ref
        if money is None:
            return
        for key in ("renstra_rp", "lalu_rp"):
            self._put(key, None)
        self._put("target_rp", money.pagu)
        filled = [f"tw{n}_rp" for n in QUARTERS[: len(money.quarters)]]
        for key, amount in zip(filled, money.quarters, strict=True):
            self.grid.write(self.row, key, unfilled(money) if amount is None else amount)
        cells = ",".join(ref(key) for key in filled)
        total = unfilled(money) if money.spent is None else money.spent
        self.grid.formula(self.row, "tahun_rp", f'IF(COUNT({cells})>0,SUM({cells}),"{unfilled(money)}")', total)
        both = f"COUNT({ref('lalu_rp')},{ref('tahun_rp')})=2"
        self.grid.formula(self.row, "sampai_rp", f'IF({both},{ref("lalu_rp")}+{ref("tahun_rp")},"{UNKNOWN}")', UNKNOWN)
        self.grid.formula(self.row, "tingkat_rp", share(ref("sampai_rp"), ref("renstra_rp")), UNKNOWN)

    def _ref(self, key: str) -> str:
        return self.grid.layout.ref(key, self.row)


def _renstra(year: Year, name: str) -> Decimal | str | None:
    """The last target that the Renstra gives an indicator of this name."""
    goal = next((goal for goal in year.office.renstra if fold(goal.indikator) == fold(name)), None)
    known = [target for target in (goal.targets if goal else ()) if isinstance(target, Decimal | str) and target != ""]
    return known[-1] if known else None


def _foot(grid: Grid) -> int:
    """Factors and follow-up, each indicator's words under its name, on the left page; the last row that it fills."""
    context, worksheet, own = grid.context, grid.worksheet, grid.layout
    row, first, right = own.last + 1, own.column(_KEPT) + 1, own.column(_LEFT)  # what repeats stays blank
    width = sum(c.width for c in own.columns[first : right + 1])
    for key, title in _FOOT:
        said = [(r.indicator.nama, words) for r in context.year.results if (words := noted(r, key, context.year.triwulan))]
        lines = [f"{name}: {'; '.join(words.splitlines())}" for name, words in said] or [_NOTHING_SAID]
        row += 1
        merged(worksheet, row, first, right, f"{title}:", context.styles.subtitle)
        for text in lines:
            row += 1
            merged(worksheet, row, first, right, text, context.styles.plain_wrap)
            grid.points[row] = height(line_count(text, width - 2))
            worksheet.set_row(row, grid.points[row])
    return row


# ---- Sheet ``Benang Merah``: from the proposal to the report in one row per sub kegiatan ----

NO_GAP = "tersambung"


def write_benang_merah(context: Context) -> None:
    lines = threads(context.year)
    own = layout_of(sheets.BENANG_MERAH, len(lines))
    worksheet = start(context, sheets.BENANG_MERAH)
    grid = Grid(context, worksheet, own)
    grid.head({})
    for row, line in enumerate(lines, start=own.first):
        _line(grid, row, line)
        grid.end_row(row)
    grid.finish()
    close(grid, own.last)


def _line(grid: Grid, row: int, line: Thread) -> None:
    ref, plan, money = grid.layout.ref, line.plan, line.money
    for key, text in (("kode", line.kode), ("unit", line.unit), ("nama", line.nama)):
        grid.write(row, key, text or None)
    grid.write(row, "usulan", plan.diusulkan if plan else UNKNOWN)
    grid.write(row, "sepakat", plan.disepakati if plan else UNKNOWN)
    grid.write(row, "dpa", plan.dpa if plan and plan.dpa is not None else UNKNOWN)
    spent = money_cell(grid.context, money, ref("kode", row), ref("unit", row), "realisasi")
    grid.formula(row, "realisasi", spent, unfilled(money) if money.spent is None else money.spent)
    basis = f"IF(ISNUMBER({ref('dpa', row)}),{ref('dpa', row)},{ref('sepakat', row)})"
    serapan = UNKNOWN if money.serapan is None else money.serapan
    grid.formula(row, "serapan", share(ref("realisasi", row), basis), serapan)
    own = grid.context.layouts["capaian_indikator"]
    counted = f"COUNTIFS({own.span('unit')},{ref('unit', row)},{own.span('kode')},{ref('kode', row)})"
    grid.formula(row, "indikator", counted, line.indicators)
    reached_cell(grid, row, money)
    grid.write(row, "fisik", money.physical if money.physical is not None else UNKNOWN)
    grid.write(row, "celah", "; ".join(line.gaps) or NO_GAP, "cek" if line.gaps else "good")


# ---- Sheets ``Peringatan Dini`` and ``Rencana Aksi``: what is pressing, and what each quarter asks for ----

_LOOKS = {"tertinggal": "wajib", "sesuai": "good", "mendahului": "info"}


def write_peringatan(context: Context) -> None:
    """The warnings in the order that the reckoning gave them: the most pressing first."""
    warnings = context.year.warnings
    own = layout_of(sheets.PERINGATAN, len(warnings))
    worksheet = start(context, sheets.PERINGATAN)
    grid = Grid(context, worksheet, own)
    grid.head({})
    for number, warning in enumerate(warnings, start=1):
        row = own.heading + number
        look = _LOOKS.get(warning.standing.split(" ")[0].casefold())
        grid.write(row, "no", number)
        for key, value in (("unit", warning.unit), ("kode", warning.kode), ("nama", warning.nama), ("hal", warning.what)):
            grid.write(row, key, value or None)
        grid.write(row, "posisi", warning.standing, *((look,) if look else ()))
        grid.write(row, "penjelasan", warning.sentence or None)
        grid.write(row, "proyeksi", warning.projection or None)
        grid.end_row(row)
    grid.finish()
    close(grid, own.last)


def write_actions(context: Context) -> None:
    """One row per indicator: its quarterly targets, the budget of its sub kegiatan, and the unit's follow-up."""
    year = context.year
    own = layout_of(sheets.RENCANA_AKSI, len(year.results), top=GROUPED)
    worksheet = start(context, sheets.RENCANA_AKSI)
    grid = Grid(context, worksheet, own)
    grid.groups()
    grid.head({})
    budgets, names = _budgets(context)
    shown: set[tuple[str, str]] = set()
    for number, result in enumerate(year.results, start=1):
        row, indicator = own.heading + number, result.indicator
        place = (indicator.unit, indicator.kode)
        grid.write(row, "no", number)
        grid.write(row, "aksi", noted(result, "tindak_lanjut", year.triwulan) or UNKNOWN)
        grid.write(row, "nama", indicator.nama)
        for n in QUARTERS:
            grid.write(row, f"target_{n}", indicator.quarters[n - 1])
        grid.write(row, "target", indicator.target)
        grid.write(row, "satuan", indicator.satuan or None)
        if place not in shown:  # the budget of a sub kegiatan is said once
            grid.write(row, "anggaran", budgets.get(place))
            shown.add(place)
        name = names.get(indicator.kode, "")
        grid.write(row, "sub", f"{indicator.kode} {name}".strip())
        grid.write(row, "penanggung_jawab", indicator.penanggung_jawab or None)
        grid.end_row(row)
    grid.finish()
    signature = own.last + 2
    close(grid, signed(context, worksheet, own, signature), grouped=True, signature=signature)


def _budgets(context: Context) -> tuple[dict[tuple[str, str], int], dict[str, str]]:
    """Budget by (unit, sub kegiatan), and the name of every code."""
    plan = context.year.plan
    budgets = {(sub.unit, sub.kode): sub.anggaran for sub in plan.subs}
    names = {kode: node.nama for kode, node in context.office.programs.items()} | {sub.kode: sub.nama for sub in plan.subs}
    return budgets, names
