"""One region, read: its lines, what was left out, sums, checks, catatan. What is no table is a Table of kind none.

``PASSES`` is the one list of what is done in which order: what each pass reads, what it may propose, and why it is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from decimal import Decimal

from kinerja_xl.catatan import Finding, Severity
from kinerja_xl.foreign.again import after_total, older_versions, recap_slips
from kinerja_xl.foreign.analysis import analysed
from kinerja_xl.foreign.beside import beside_findings, part_of_all
from kinerja_xl.foreign.culprit import contradicted
from kinerja_xl.foreign.incomes import SPENDING, Sides, income_alone, parted
from kinerja_xl.foreign.kinds import Purpose, purpose
from kinerja_xl.foreign.ledger import another_document
from kinerja_xl.foreign.lines import choose
from kinerja_xl.foreign.model import HARGA, INDIKATOR, NONE, RAB, REALISASI, Question, Table, finding
from kinerja_xl.foreign.names import Names, names_of
from kinerja_xl.foreign.neighbours import by_neighbours
from kinerja_xl.foreign.padanan import (
    MAYBE_AMOUNT,
    Padanan,
    amount_question,
    answered_columns,
    apply,
    fingerprint,
    kind_question,
    money_columns,
    only_column,
    wanted_kind,
)
from kinerja_xl.foreign.plainrows import build_rows
from kinerja_xl.foreign.prove import added_rows, disagreements, products_prove, unproven
from kinerja_xl.foreign.reason import reasoned, reckoned
from kinerja_xl.foreign.results import beside_the_unit
from kinerja_xl.foreign.rowcheck import due_amounts, row_findings
from kinerja_xl.foreign.rowset import Row
from kinerja_xl.foreign.settle import by_content, settle
from kinerja_xl.foreign.shown import breaches, checks_of, chosen, headings_of, left_out_of, lines_of, places_of, sums_of
from kinerja_xl.foreign.sums import Reading
from kinerja_xl.foreign.tell import another_trade, kind_doubts, name_doubt, table_findings
from kinerja_xl.foreign.tree import telling
from kinerja_xl.formula.cellsheet import place
from kinerja_xl.regions.columns import layout, name_columns
from kinerja_xl.regions.flat import unfolded, where_it_stood
from kinerja_xl.regions.model import Column, Layout
from kinerja_xl.regions.tables import Region, title_above, without_signatures
from kinerja_xl.regions.words import word
from kinerja_xl.words.match import Finder, kata
from kinerja_xl.words.shapes import years_in


def assemble(
    region: Region, file: str, wanted: str | None = None, padanan: Padanan | None = None, *, worded: bool = True
) -> Table:
    """Read a region: as its words say, and where they say nothing that can be read, as its figures do.

    ``wanted``: the kind that the user named; ``padanan``: answers kept from before; ``worded``: words found its headings."""
    region, kept = unfolded(region), padanan or Padanan()
    table = _attempt(region, file, wanted, kept, _by_words) if worded or wanted else None
    if table is not None and (table.settled or (table.kind != NONE and not _against(table))):
        return table
    reckoned = _attempt(region, file, wanted, kept, _by_figures)
    if reckoned.kind == NONE and not reckoned.settled and table is None:
        alone = _attempt(region, file, wanted, kept, _by_figures_alone)
        reckoned = alone if alone.kind != NONE else reckoned
    told = {found.cell for found in table.findings if found.code == "L401"} if table is not None else set()
    # Where words found no amounts at all, most products come out, and one that does not is a slip.
    spared = () if table is None or table.kind == reckoned.kind else ("L406",)
    if table is None or (reckoned.kind != NONE and (table.kind == NONE or not _against(reckoned, told, spared))):
        return reckoned
    return replace(table, questions=table.questions or reckoned.questions) if table.kind == NONE else table


_CONTRARY = ("L303", "L305", "L306", "L317", "L406", "L417", "L419", "L481")
"""What speaks against a reading by words: unknown rupiah, products that do not come out, no names, no proof."""


def _against(table: Table, told: Set[str] | None = None, spared: Sequence[str] = ()) -> bool:
    """``told``: the sums of which the other reading says as well that they do not come out; without it none counts.
    ``spared``: what does not speak against this reading."""
    wrong = {found.cell for found in table.findings if found.code == "L401"} if told is not None else set()
    contrary = (found.code for found in table.findings if found.severity_override is not Severity.INFO)
    return not wrong <= (told or set()) or any(code in _CONTRARY and code not in spared for code in contrary)


def _by_words(made: Layout) -> tuple[str, list[str]]:
    return "", []


def _by_figures(made: Layout) -> tuple[str, list[str]]:
    """By the figures, where they tell the meaning of a column that no word tells; a table whose words are known for the most
    part but speak of no plan is left to them."""
    figures = {c.col for c in made.of("") if made.content[c.col].is_numeric}
    if not _speaks_of_ours(made, _OURS):
        return "", []
    before = {col: column.role for col, column in made.columns.items()}
    kind, told = reasoned(made)
    explained = any(c.role not in ("", "bagian", before[c.col]) or c.col in figures and c.period for c in made.columns.values())
    return (kind, told) if explained or not any(made.content[col].is_money for col in figures) else ("", [])


def _by_figures_alone(made: Layout) -> tuple[str, list[str]]:
    """By the figures, where one heading among others that nobody knows holds a word by chance ("Lumipagur")."""
    known = {text: word(text).known for c in made.columns.values() for text in c.path}
    if sum(known.values()) != 1 or len(known) < 4:
        return "", []
    for column in [c for c in made.columns.values() if any(map(known.get, c.path))]:
        made.change(column.col, "", "", period="")
    return reasoned(made)


_OURS, _MONEY, _SPENT = kata("kata_rab", "kata_indikator", "kata_harga"), kata("kata_rab"), kata("bukan_pendapatan")


def _speaks_of_ours(made: Layout, ours: Finder, *, strange: bool = True) -> bool:
    """Whether words speak of a plan, or (``strange``) most headings are in words that nobody knows."""
    headed = [c for c in made.columns.values() if c.path]
    unknown = sum(not any(word(text).known for text in c.path) for c in headed) * 2 >= len(headed)
    words = " ".join([title_above(made.region), made.region.grid.name, *(text for c in headed for text in c.path)])
    return (strange and unknown) or bool(ours(words))


Way = Callable[[Layout], tuple[str, list[str]]]
"""How the columns nobody knows get their roles: the kind that this speaks for, and the evidence."""


@dataclass(slots=True)
class _Work:
    """A region while it is read. ``kind`` and ``evidence``: what the way to read it speaks for; ``named``: the kind that a
    person named; ``unless``: the answer where no sums prove what was only supposed; ``context``: file, sheet and title, ""
    where a person said what it is."""

    region: Region
    made: Layout
    table: Table
    way: Way
    kept: Padanan
    wanted: str | None
    kind: str = ""
    evidence: Sequence[str] = ()
    answers: dict[str, str] = field(default_factory=dict)
    named: str | None = None
    unless: Table | None = None
    context: str = ""
    goal: Purpose = field(default_factory=lambda: Purpose(NONE))
    names: Names | None = None
    rows: list[Row] = field(default_factory=list)
    reading: Reading | None = None
    sides: Sides | None = None
    said: list[Finding] = field(default_factory=list)
    asked: list[Question] = field(default_factory=list)

    def none(self, why: str, *, settled: bool = False) -> Table:
        """Seen, but none of ours: said with the reason. ``settled``: whatever its columns may mean."""
        code = "L202" if why.startswith("analisis") else "L201"
        said = finding(code, self.table.sheet, alasan=why, bagian="").at(file=self.table.file)
        return replace(self.table, settled=settled, columns=_columns(self.made), findings=(said,))


@dataclass(frozen=True, slots=True)
class Pass:
    """``run`` gives a table where the region is done with, else None; ``reads``, ``may``, ``why``: for people."""

    name: str
    reads: str
    may: str
    why: str
    run: Callable[[_Work], Table | None]


def _attempt(region: Region, file: str, wanted: str | None, kept: Padanan, way: Way) -> Table:
    """One way to read a region; kind none where it does not lead to a table."""
    made = layout(region if way is _by_words else without_signatures(region))
    work = _Work(region=region, made=made, table=_bare(made, file), way=way, kept=kept, wanted=wanted)
    for one in PASSES:
        if (done := one.run(work)) is not None:
            return done
    return _shown(work)


def _contents(work: _Work) -> None:
    by_content(work.made)
    name_columns(work.made, strict=True)
    by_neighbours(work.made)


def _answers(work: _Work) -> Table | None:
    work.answers = dict(work.kept.of(work.table.fingerprint))
    work.named = work.wanted or wanted_kind(work.answers)
    answered = answered_columns(work.made, work.answers)
    if not (work.named or answered) and (why := another_document(work.made, work.table.title)):
        return work.none(why, settled=True)
    work.kind, work.evidence = work.way(work.made)
    if answered and not work.kind:
        work.kind, work.evidence = RAB, []
    said = work.named or work.answers
    work.context = "" if said else f"{work.table.file} {work.table.sheet} {work.table.title}"
    return None


def _unknown(work: _Work) -> Table | None:
    if work.way is _by_words or work.kind:
        return None
    if work.made.of("indikator") and beside_the_unit(work.made):
        work.kind = INDIKATOR
        return None
    work.kind, work.evidence = only_column(work.made, work.wanted)
    if work.kind:
        return None
    rupiah = _speaks_of_ours(work.made, _MONEY) or any(column.money for column in work.made.columns.values())
    which = amount_question(work.made) if rupiah else None
    unread = work.none("judul kolomnya tidak dikenal, dan tidak ada hitungan yang menunjukkan mana kolom jumlahnya")
    unread = replace(unread, questions=(which,) if which else (), findings=(*unread.findings, *_at_odds(work)))
    known = work.made.of("anggaran", "realisasi", "target", "harga")
    if which is None or len(which.options) > 2 or known or not _speaks_of_ours(work.made, _MONEY, strange=False):
        return unread
    only = next(c for c in work.made.of(*MAYBE_AMOUNT) if place(work.made.region.head.bottom, c.col) == which.cell)
    work.made.change(only.col, "jumlah", "satu-satunya kolom rupiah")
    work.kind, work.unless = RAB, unread
    work.evidence = [f"{only.letter} satu-satunya kolom rupiah, dan jumlahnya tepat"]
    return None


def _at_odds(work: _Work) -> Iterator[Finding]:
    """What the sums of columns of rupiah contradict, whatever these columns mean: where three times as many come out, or those of
    the same rows in another column, or where the sum's own row says so."""
    made, goal = work.made, Purpose(RAB, {"jumlah": money_columns(work.made)})
    reading = choose(build_rows(made, goal, names_of(made, goal)), goal)
    told = [v for v in reading.verdicts if v.agrees and telling(v.printed)]
    wrong = [v for v in reading.verdicts if not v.agrees]
    several = sum(v.end - v.start > 1 for v in told)
    other = {v.item for v in wrong} <= {v.item for v in told} and (several + len(told) > 1 or reading.name == "kode")
    if several >= max(2, 3 * len(wrong)) or other or all(contradicted(made, goal, reading, v) for v in wrong):
        for found in disagreements(made, goal, reading):
            yield replace(found, severity_override=Severity.CEK).at(file=work.table.file)


def _purpose(work: _Work) -> Table | None:
    title, file = work.table.title, work.table.file  # a file may be the only one to tell the year
    title = title if years_in(title) else " ".join([title, *years_in(file)])
    goal = work.goal = purpose(work.made, title, work.named or work.kind or None)
    if goal.kind != NONE and (goal.main or goal.listed):
        return None
    unread = work.none(goal.why or "tidak ada kolom angka yang dikenali", settled=goal.settled)
    return (analysed(work.made, work.table) or unread) if unread.findings[0].code == "L202" else unread


def _figures(work: _Work) -> None:
    work.asked, work.said = apply(work.made, work.goal, work.answers)
    work.said += _drift(work.table, work.made, work.kept)
    work.said += settle(work.made, work.goal)


def _rows(work: _Work) -> Table | None:
    made, goal = work.made, work.goal
    names = work.names = names_of(made, goal)
    rows = work.rows = build_rows(made, goal, names)
    work.said += older_versions(made, goal, names, rows)
    if (beside := part_of_all(made, goal)) is not None:
        for row in rows:
            if row.values and (value := made.value(row.at, beside)) is not None:
                row.values[beside] = value
    due = due_amounts(made, goal, names, rows)
    reading = choose(rows, goal, _above(made, goal), due, beside)
    if after_total(reading):
        reading = choose(rows, goal, _above(made, goal), due, beside)
    work.sides = parted(goal, rows, reading, lambda some: choose(some, goal, None, due))
    reading = work.reading = work.sides.read[SPENDING] if work.sides else reading
    if work.unless is not None and not _nested(reading):
        return work.unless
    if not reading.lines():
        return work.none("tidak ada baris rincian yang berisi angka")
    if not goal.listed and not any(row.broken or _filled(made, goal, row) for row in reading.lines()):
        return work.none("formulirnya belum diisi: tidak satu pun barisnya berisi angka", settled=True)
    return None


def _nested(reading: Reading) -> bool:
    """Whether groups, and a total of all lines, say which rows are lines; or the total alone, which says itself what money
    it is ("Jumlah Pengeluaran")."""
    agree = [v for v in reading.verdicts if v.agrees and v.printed]
    whole = [v for v in agree if v.end - v.start == sum(reading.line)]
    wrong = sum(not v.agrees for v in reading.verdicts)
    alone = not wrong and any(telling(v.printed) and v.item >= 0 and _SPENT(reading.items[v.item].label) for v in whole)
    return bool(whole) and (alone or len(whole) < len(agree) > wrong)


def _trade(work: _Work) -> Table | None:
    why = another_trade(work.made, work.goal, work.context) if work.context else ""
    return work.none(why, settled=True) if why else None


def _catatan(work: _Work) -> None:
    made, goal, reading = work.made, work.goal, work.reading
    assert reading is not None and work.names is not None
    maybe = kind_doubts(made, goal, work.context) if work.context else ()  # sums do not tell what is planned from what was spent
    doubts = [d for d in maybe if not work.evidence or (d.args["lain"], d.args["bukti"][:8]) == (REALISASI, "ada kata")]
    if work.evidence and not work.answers:
        work.said.append(reckoned(made, goal, work.evidence))
    work.said += [*disagreements(made, goal, reading), *added_rows(made, goal, reading)]
    work.said += recap_slips(made, goal, work.rows, reading)
    if goal.kind not in (HARGA, INDIKATOR) and not products_prove(made, goal, reading):
        work.said += unproven(made, goal, reading)
    work.said += [*row_findings(made, goal, work.names, work.rows, reading), *doubts]
    work.said += beside_findings(made, goal, reading, work.said)
    work.said += work.sides.said(made, goal) if work.sides else income_alone(made, goal, work.rows)
    work.said += name_doubt(made, goal, work.names.name)
    work.said += table_findings(made, goal, work.rows, reading, work.asked)
    open_ = [found for found in doubts if found.severity_override is not Severity.INFO]
    question = kind_question(made, goal, open_[0].args["lain"]) if open_ else None
    if question is not None and len(question.options) > 1:
        work.asked.append(question)


def _prices(work: _Work) -> Table | None:
    """Where no sum proves the lines, or names with a unit have no amount."""
    doubted = work.goal.kind == RAB and not work.named and any(found.code in ("L419", "L424") for found in work.said)
    return analysed(work.made, work.table, titled=True) if doubted else None


PASSES: tuple[Pass, ...] = (
    Pass("isi kolom", "cells, headings", "roles of columns",
         "koefisien, units, codes and names tell themselves; a series, a percentage its unknown column", _contents),
    Pass("jawaban dan cara", "answers kept, words or figures", "kind, roles",
         "a person's word stands; what words do not tell, sums and products do", _answers),
    Pass("tak dikenal", "headings", "a question, kind none", "which column is the amount is asked, not guessed", _unknown),
    Pass("jenis", "roles, title", "kind, the amounts, kind none", "versions, quarters, zones and sources stand side by side",
         _purpose),
    Pass("angka ragu", "amounts with two readings", "values", "points and commas of two styles; rows shifted to the right",
         _figures),
    Pass("baris", "rows, printed sums", "lines, groups, totals, kind none",
         "levels by code, number, indent or sums only; what the sums prove stands", _rows),
    Pass("urusan lain", "words, dates, sizes", "kind none", "lists of sales, votes and payments have such columns too", _trade),
    Pass("catatan", "the reading", "catatan, questions", "what contradicts itself is named by its cell", _catatan),
    Pass("analisa", "lines that no sum proves", "a list of prices", "unit prices stand above their parts", _prices),
)  # fmt: skip
"""In this order: each pass sees what the passes before it proposed."""


def _shown(work: _Work) -> Table:
    """The table as read, held against the contract."""
    made, goal, rows, reading = work.made, work.goal, work.rows, work.reading
    assert reading is not None and work.names is not None
    file, line = work.table.file, chosen(rows, reading)
    read = replace(
        work.table, kind=goal.kind, columns=_columns(made), lines=lines_of(made, work.names, rows, line, reading),
        left_out=tuple(left_out_of(goal, rows, line)),
        checks=tuple(checks_of(*work.sides.read.values()) if work.sides else checks_of(reading)),
        sums=sums_of(made, goal, reading.lines()), places=places_of(work.names),
        amount_columns={name: tuple(cols) for name, cols in goal.amounts.items()},
        findings=tuple(where_it_stood(found, work.region).at(file=file) for found in work.said), questions=tuple(work.asked),
        headings=tuple(headings_of(made, rows, line)),
    )  # fmt: skip
    return replace(read, findings=(*read.findings, *(found.at(file=file) for found in breaches(read))))


def _filled(made: Layout, goal: Purpose, row: Row) -> bool:
    """Whether somebody entered an amount; a typed 0 is a target ("0 konflik"), but no budget."""
    typed = goal.kind == INDIKATOR and any(isinstance(made.region.grid.value(row.at, col), float) for col in row.values)
    return typed or any(row.values.values())


def _bare(made: Layout, file: str) -> Table:
    """A table as far as its headings tell."""
    region = made.region
    names = [column.name for column in made.columns.values() if column.path]
    return Table(
        file=file, sheet=region.grid.name, kind=NONE, columns=_columns(made), title=title_above(region),
        fingerprint=fingerprint(names),
        first_row=region.head.top + 1, last_row=region.rows[-1] + 1 if region.rows else region.head.last + 1,
        heading_rows=tuple(range(region.head.top + 1, region.head.bottom + 2)),
    )  # fmt: skip


def _columns(made: Layout) -> tuple[Column, ...]:
    return tuple(made.columns[col] for col in sorted(made.columns))


def _drift(table: Table, made: Layout, kept: Padanan) -> list[Finding]:
    """A layout that resembles a kept one without being it."""
    names = [column.name for column in made.columns.values() if column.path]
    old = kept.drifted(names, table.fingerprint)
    return [] if old is None else [finding("L501", table.sheet, value=old.asal, rincian=kept.changed(old, names))]


def _above(made: Layout, goal: Purpose) -> dict[int, Decimal]:
    """Amounts in the three rows above the headings, by amount column."""
    top = made.region.head.top
    values = ((col, made.value(row, col)) for col in goal.main for row in range(max(0, top - 3), top))
    return {col: value for col, value in values if value}
