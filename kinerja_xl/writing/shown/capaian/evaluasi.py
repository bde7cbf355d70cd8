"""Sheet ``Evaluasi Renja``: the fifteen columns of the form, columns 13 to 15 live, factors and follow-up in its foot.

Columns 6 and 7 stand in Kantor.xlsx. What it does not hold is a dash, never 0: then the columns that build on it are dashes
too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import pairwise, zip_longest

from kinerja_xl.catatan import sort_key
from kinerja_xl.lists import level
from kinerja_xl.reckoning import grouped
from kinerja_xl.reckoning.capaian import YEAR_END, IndicatorResult, MoneyLine, Year, renja
from kinerja_xl.reckoning.capaian.engine import METHODS, Goal, GoalCells
from kinerja_xl.reckoning.capaian.excel import shown_percent
from kinerja_xl.reckoning.capaian.janji import due
from kinerja_xl.reckoning.capaian.lanjut import key_of
from kinerja_xl.reckoning.capaian.measure import remark, threads
from kinerja_xl.reckoning.capaian.rule import JUMLAH, KEYS, NO_CAP, Rule, exact, percent_of, rule_of, yardsticks
from kinerja_xl.reckoning.plan import PlanIndicator, Target
from kinerja_xl.sheets import capaian as sheets
from kinerja_xl.sheets.capaian import QUARTERS, both, share
from kinerja_xl.sheets.choices import PREDIKAT
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.kantor import POLICIES
from kinerja_xl.sheets.rekap import UNKNOWN, known
from kinerja_xl.sheets.values import parse_number, round_half_up
from kinerja_xl.words.text import fold
from kinerja_xl.writing.metrics import height, line_count
from kinerja_xl.writing.plain import PlainSheet
from kinerja_xl.writing.shown.capaian.anggaran import money_cell, reached_cell, spent_shown
from kinerja_xl.writing.shown.capaian.frame import (
    GROUPED,
    Context,
    Grid,
    Places,
    Yardstick,
    cell,
    layout_of,
    rows_of,
    write_flat,
    writes,
)
from kinerja_xl.writing.shown.capaian.indikator import (
    capaian_cell,
    from_indicator,
    in_line,
    noted,
    quarter_shown,
    quarters_of,
    quotient_shown,
    realised_shown,
)
from kinerja_xl.writing.shown.flat import At, Cell, Cells, begin, captioned, fill, put_row
from kinerja_xl.writing.shown.page import Layout, signature_block
from kinerja_xl.writing.shown.paper import close_page
from kinerja_xl.writing.shown.recap.asal_data import fill_findings
from kinerja_xl.writing.spread import merged

_FOOT = (
    ("pendorong", "Faktor pendorong keberhasilan"),
    ("penghambat", "Faktor penghambat pencapaian"),
    ("tindak_lanjut", "Tindak lanjut yang diperlukan"),
)
_NOTHING_SAID = "Belum ada yang disampaikan unit."
_OWN_FORMULA = "Kolom 15 menurut rumus arah indikatornya"
_UNSAID = {c.key: Cell(None) for c in sheets.EVALUASI_RENJA.table.before if c.key.endswith(("_k", "_p", "_rp"))}


@writes(sheets.EVALUASI_RENJA)
def write_evaluasi(context: Context) -> None:
    """One row per indicator, by code; the money of a code stands on its first row."""
    year = context.year
    ordered = sorted(enumerate(year.results, start=1), key=lambda item: (item[1].indicator.kode, item[0]))
    own = layout_of(sheets.EVALUASI_RENJA, len(ordered), top=GROUPED)
    grid = begin(Grid, context, own)
    for result in year.results:
        grid.foresee(own.column("nama"), result.indicator.nama)
    grid.settle()
    money = {(line.kode, line.unit if line.level == "subkegiatan" else ""): line for line in year.money}
    names, finals, kept = names_of(context), _finals(year), grouped((one.text("kode"), one) for one in renja.rows_of(year.office))
    for row, (number, result) in enumerate(ordered, start=grid.layout.first):
        kode = result.indicator.kode
        line = money.pop((kode, result.indicator.unit if level(kode) == "subkegiatan" else ""), None)
        told = names.get(kode, ""), kept.get(kode, ()), finals.get(fold(result.indicator.nama))
        put_row(grid, row, result, _Line(grid, number, result, line, *told).cells())
        grid.end_row(row)
    bottom = _foot(grid)
    grid.finish()
    signature = bottom + 2
    close_page(grid, signature_block(context, grid.worksheet, own, signature), above=1, signature=signature)


class _Line:
    """The cells of one indicator; ``money`` on the first row of its code, else None; ``name`` of its code, and what Kantor.xlsx
    has ``kept`` about that; ``final``: the last target that the Renstra gives it."""

    def __init__(
        self, grid: Grid, number: int, result: IndicatorResult, money: MoneyLine | None, name: str, kept: Sequence[Row],
        final: Target,
    ) -> None:  # fmt: skip
        self.grid, self.number, self.result, self.money, self.name = grid, number, result, money, name
        self.rule: Rule = rule_of(result.indicator, grid.frame.year.policies)
        own = renja.of_indicator(kept, result.indicator)
        self.amounts = renja.of_money(kept, money) if money else None
        self.final = _first(own and own.get("renstra_k"), final)
        self.before = _first(own and own.get("lalu_k"), result.indicator.baseline if self.rule.how != JUMLAH else None)

    def cells(self) -> dict[str, Cell]:
        """What is reckoned; cells without a word of this row stay blank."""
        indicator = self.result.indicator
        found = dict(_UNSAID)
        found["program"] = Cell(f"{indicator.kode} {self.name}".strip())
        found |= self._known(renstra_k=self.final, lalu_k=self.before)
        found |= self._known(target_k=self.result.of_year.target if self.rule.rentang else indicator.target)
        spent = self.money.lacking if self.money and self.money.spent is not None else ""
        said = (remark(self.result), self._own_formula(), spent)
        found["keterangan"] = Cell("; ".join(filter(None, said)) or None)
        return found | self._quarters() | self._until_now() | self._of_money()

    @staticmethod
    def _known(**values: object) -> dict[str, Cell]:
        return {key: Cell(known(value)) for key, value in values.items()}

    def _source(self, key: str) -> str:
        return from_indicator(self.grid.frame, self.number, key)

    def _quarters(self) -> dict[str, Cell]:
        own, quarters, found = self.result.by, quarters_of(self.result), {}
        for n in QUARTERS[: self.grid.frame.year.triwulan]:
            value = quarter_shown(own, quarters[n - 1], n)
            quotient = quotient_shown(own, n)
            if quotient is None:
                shown = known(value)
                found[f"tw{n}_k"] = Cell(shown, look=() if isinstance(shown, Decimal) else ("faded",))
            else:
                found[f"tw{n}_k"] = Cell(quotient, self._source(f"realisasi_{n}"))
            found[f"tw{n}_p"] = Cell(shown_percent(self.result.until[n - 1]), self._source(f"capaian_{n}"))
        return found

    def _until_now(self) -> dict[str, Cell]:
        realised = realised_shown(self.result)
        found = {
            "tahun_k": Cell(realised, self._source("realisasi")),
            "tahun_p": Cell(shown_percent(self.result.of_year), self._source("capaian")),
        }
        if self.rule.how == JUMLAH and not self.rule.pooled:
            total = _sum(self.before, realised)
            return found | {"sampai_k": self._added("lalu_k", "tahun_k", total), "tingkat_k": self._towards(total)}
        return found | {"sampai_k": Cell(realised, self._ref("tahun_k")), "tingkat_k": self._towards(realised)}

    def _added(self, before: str, now: str, total: object) -> Cell:
        """Column 14: what was reached before and in this year."""
        return Cell(total, both(self._ref(before), self._ref(now), f"{self._ref(before)}+{self._ref(now)}"))

    def _towards(self, reached: object) -> Cell:
        """Column 15 for K: 14 / 6 × 100, for a falling indicator by its own method."""
        here, there = self._ref("sampai_k"), self._ref("renstra_k")
        method = METHODS.get(self.rule.method)
        if method is None or self.rule.rentang or self.rule.kualitatif:
            return Cell(UNKNOWN)
        value: object = UNKNOWN
        if isinstance(reached, Decimal) and isinstance(self.final, Decimal):
            outcome = method.value(exact(reached), Goal(target=exact(self.final)))
            value = percent_of(outcome.percent) if outcome.percent is not None else "tidak dapat dihitung"
        return Cell(value, both(here, there, method.excel(GoalCells(realised=here, target=there))))

    def _own_formula(self) -> str:
        return _OWN_FORMULA if self.rule.method.startswith("turun") and isinstance(self.final, Decimal) else ""

    def _of_money(self) -> dict[str, Cell]:
        money = self.money
        if money is None:
            return {}
        filled = [f"tw{n}_rp" for n in QUARTERS[: len(money.quarters)]]
        amounts = {
            key: Cell(money.unfilled_in(n) if amount is None else amount)
            for n, (key, amount) in enumerate(zip(filled, money.quarters, strict=True), start=1)
        }  # fmt: skip
        cells = ",".join(self._ref(key) for key in filled)
        final, before = (self.amounts.number(key) if self.amounts else None for key in renja.RUPIAH)
        total = _sum(before, None if money.spent is None else Decimal(money.spent))
        part = round_half_up(100 * total / final, 2) if isinstance(total, Decimal) and final else UNKNOWN
        return amounts | self._known(renstra_rp=final, lalu_rp=before, target_rp=money.pagu) | {
            "tahun_rp": Cell(spent_shown(money), f'IF(COUNT({cells})>0,SUM({cells}),"{money.unfilled}")'),
            "sampai_rp": self._added("lalu_rp", "tahun_rp", total),
            "tingkat_rp": Cell(part, share(self._ref("sampai_rp"), self._ref("renstra_rp"))),
        }  # fmt: skip

    def _ref(self, key: str) -> str:
        return self.grid.layout.here[key]


def _first(one: object, other: object) -> object:
    return other if one is None else one


def _sum(before: object, now: object) -> Decimal | str:
    """Both together; a dash where one is not known."""
    return before + now if isinstance(before, Decimal) and isinstance(now, Decimal) else UNKNOWN


def _finals(year: Year) -> dict[str, Target]:
    """The last target that the Renstra gives each indicator, by its name; the first of one name."""

    def last(targets: Sequence[object]) -> Target:
        return next((one for one in reversed(targets) if isinstance(one, Decimal | str) and one != ""), None)

    return {fold(goal.indikator): last(goal.targets) for goal in reversed(year.office.renstra)}


def _foot(grid: Grid) -> int:
    """Factors and follow-up, each indicator's words under its name, each on one of the pages side by side, so that
    none of them is blank; the last row that they fill."""
    context, worksheet, own = grid.frame, grid.worksheet, grid.layout
    ends = [*map(own.column, own.across), own.right]  # what repeats stays blank
    pages = [(before + 1, last) for before, last in pairwise(ends)]
    told = []
    for key, title in _FOOT:
        said = [(r.indicator.nama, words) for r in context.year.results if (words := noted(r, key, context.year.triwulan))]
        told.append([f"{title}:", *(f"{name}: {in_line(words)}" for name, words in said)] + ([] if said else [_NOTHING_SAID]))
    top = own.last + 2
    for row, line in enumerate(zip_longest(*told), start=top):
        shown = [(text, page) for text, page in zip(line, pages, strict=True) if text]
        for text, (first, last) in shown:
            merged(worksheet, row, first, last, text, context.styles.subtitle if row == top else context.styles.plain_wrap)
        if row > top:
            rooms = [(text, sum(c.width for c in own.columns[first : last + 1]) - 2) for text, (first, last) in shown]
            grid.points[row] = height(max(line_count(text, room) for text, room in rooms))
            worksheet.set_row(row, grid.points[row])
    return top + max(map(len, told)) - 1


# ---- Sheets ``Benang Merah``, from the proposal to the report, and ``Rencana Aksi``, what each quarter asks for ----

@writes(sheets.BENANG_MERAH)
def write_benang_merah(context: Context) -> None:
    """One row per sub kegiatan."""
    cells: Cells = {
        "realisasi": lambda at: Cell(
            spent_shown(at.of.money), money_cell(context, at.of.money, at.ref("kode"), at.ref("unit"), "realisasi")
        ),
        "indikator": _counted,
        "capaian": lambda at: reached_cell(at, at.of.money),
    }
    write_flat(context, sheets.BENANG_MERAH, threads(context.year), cells)


def _counted(at: At) -> Cell:
    units, codes = (at.span("capaian_indikator", key) for key in ("unit", "kode"))
    return Cell(at.of.indicators, f"COUNTIFS({units},{at.ref('unit')},{codes},{at.ref('kode')})")


@writes(sheets.RENCANA_AKSI)
def write_actions(context: Context) -> None:
    """One row per indicator: its quarterly targets, the budget of its sub kegiatan, and the unit's follow-up."""
    year, names = context.year, names_of(context)
    budgets: dict[tuple[str, str], int] = {(sub.unit, sub.kode): sub.anggaran for sub in year.plan.subs}
    cells: Cells = {
        "aksi": lambda at: noted(at.of, "tindak_lanjut", year.triwulan)
        or year.followed.get(key_of(at.of.indicator.unit, at.of.indicator.kode, at.of.indicator.nama))
        or _from_tor(at.of.indicator, names),
        # The budget of a sub kegiatan is said once.
        "anggaran": lambda at: budgets.pop((at.of.indicator.unit, at.of.indicator.kode), None),
        "sub": lambda at: f"{at.of.indicator.kode} {names.get(at.of.indicator.kode, '')}".strip(),
    }
    write_flat(context, sheets.RENCANA_AKSI, year.results, cells, top=GROUPED)


def _from_tor(indicator: PlanIndicator, names: Mapping[str, str]) -> str:
    """What is done where the unit says nothing of its own: a TOR is written for a sub kegiatan only."""
    if (above := level(indicator.kode)) and above != "subkegiatan":
        return f"Melaksanakan sub kegiatan pada {above} ini menurut tahap dalam TOR masing-masing"
    return f"Melaksanakan {names.get(indicator.kode) or indicator.nama} menurut tahap dalam TOR"


@writes(sheets.JANJI_OUTCOME)
def write_promises(context: Context) -> None:
    """One row per outcome that an earlier plan promised for this year, or before and still open."""
    write_flat(context, sheets.JANJI_OUTCOME, due(context.year.office, context.year.realised.promises))


def names_of(context: Context) -> dict[str, str]:
    """The name of every code; the plan's own where it has one."""
    names = {kode: node.nama for kode, node in context.office.programs.items()}
    return names | {sub.kode: sub.nama for sub in reversed(context.year.plan.subs)}


# ---- Sheet ``Penjelasan``: how each capaian came about; ``Tolok Ukur``: the yardsticks of the office ----
# The other sheets' formulas judge by the predicates, the cap and the scale that stand there.

_GAP = 3
"""Rows between two tables: one blank, one for the title, one more for air."""


def places(year: Year, scale: tuple[str, ...]) -> Places:
    """Where everything stands: known before anything is written."""
    lines = layout_of(sheets.PENJELASAN, len(year.results))
    predicates = layout_of(sheets.TOLOK_UKUR, max(len(PREDIKAT), len(scale)))
    policies = layout_of(sheets.TOLOK_UKUR, len(_policies()), table="kebijakan", top=predicates.last + _GAP)
    row = policies.first + [key for key, _, _ in _policies()].index("batas_capaian")
    capped = yardsticks(year.policies).cap is not None
    yardstick = Yardstick(
        cap=cell(policies, "nilai", row) if capped else "",
        bounds=rows_of(predicates, "batas", 1, len(PREDIKAT) - 1),
        names=rows_of(predicates, "nama", 1, len(PREDIKAT) - 1),
        lowest=cell(predicates, "nama", predicates.first),
        skala=rows_of(predicates, "skala", 0, len(scale)) if scale else "",
    )
    return Places(lines=lines, predicates=predicates, policies=policies, yardstick=yardstick)


def _policies() -> list[tuple[str, str, str]]:
    """Key, label and remark of the policies that the reckoning follows, as Kantor.xlsx declares them."""
    return [(policy.key, policy.label, policy.keterangan) for policy in POLICIES if policy.key in KEYS]


@writes(sheets.PENJELASAN)
def write_penjelasan(context: Context) -> None:
    cells: Cells = {"capaian": lambda at: capaian_cell(context, at.number, "capaian", at.of)}
    write_flat(context, sheets.PENJELASAN, context.year.results, cells)


@writes(sheets.TOLOK_UKUR)
def write_yardsticks(context: Context) -> None:
    """The predicates and the scale, and below them the policies: two short tables that stand on one page."""
    where = context.places
    grid = begin(Grid, context, where.predicates)
    lower = ((None, PREDIKAT[""]), *reversed(context.marks.bounds))
    pairs = zip_longest(lower, context.skala)
    cells: Cells = {
        "no": lambda at: at.number if at.of[0] else None,
        "batas": lambda at: at.of[0] and (at.of[0][0] if at.of[0][0] is not None else "di bawahnya"),
        "nama": lambda at: at.of[0] and at.of[0][1],
        "urutan": lambda at: at.number if at.of[1] is not None else None,
        "skala": lambda at: at.of[1],
    }
    fill(grid, pairs, cells)
    below = _kept(context, grid.worksheet, where.policies)
    grid.finish(filtered=False)
    grid.points.update(below.points)
    close_page(grid, where.policies.last)


def _kept(context: Context, worksheet: PlainSheet, own: Layout) -> Grid:
    grid = captioned(Grid, context, worksheet, own)
    cells: Cells = {
        "kunci": lambda at: at.of[0], "nama": lambda at: at.of[1], "keterangan": lambda at: at.of[2],
        "nilai": lambda at: _figure(context.marks.words[at.of[0]]),
    }  # fmt: skip
    fill(grid, _policies(), cells)
    grid.finish(filtered=False, widths=False)
    return grid


def _figure(words: str) -> object:
    """A policy's value as a number where it is one."""
    figure = parse_number(words).value if words != NO_CAP else None
    return words if figure is None else figure


# ---- Sheets ``Catatan`` and ``Asal Data``: what to mend, and every file as it was read ----

@writes(sheets.CATATAN)
def write_notes(context: Context) -> None:
    """The catatan on realisasi and capaian, each with a link into the folder of its file."""
    year = context.year
    listed = sorted((*year.realised.findings, *year.findings), key=sort_key)
    grid = begin(Grid, context, layout_of(sheets.CATATAN, len(listed)))
    fill_findings(grid, listed, lambda finding: context.folders.get(finding.file, context.masuk))
    grid.finish()
    close_page(grid)


@writes(sheets.ASAL_DATA)
def write_files(context: Context) -> None:
    """Every returned file: rows read = rows used + rows reported, as a formula."""
    files = context.year.realised.files
    totals = {
        "dibaca": sum(f.rows_read for f in files),
        "dipakai": sum(f.rows_used for f in files),
        "dilaporkan": sum(f.rows_reported for f in files),
    }
    write_flat(context, sheets.ASAL_DATA, files, totals=totals)


@writes(sheets.PERINGATAN)
def write_peringatan(context: Context) -> None:
    """What needs a look, early in the year; at its end what it came to."""
    sheet = sheets.PERINGATAN_AKHIR if context.year.triwulan == YEAR_END else sheets.PERINGATAN
    write_flat(context, sheet, sheet.records_of(context.year))
