"""The rule book: every rule of every sheet, in the order of the sheets, and judging one submission by them.

One rule holds for all sheets: what a required text holds is an answer, not a dash, "dll", a key held down or a copied label
(N418).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import partial
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from kinerja_xl.catatan import EXPLAINED, Finding, held_rows, settled
from kinerja_xl.checking import kantor, usulan
from kinerja_xl.checking.rules import RULES as REGISTERED
from kinerja_xl.checking.rules import Case, Rule, guarded
from kinerja_xl.checking.said import placeholders
from kinerja_xl.frames import Checked, Consolidated, check_tables, consolidated
from kinerja_xl.office.folder import Submission
from kinerja_xl.office.kantor import Office, allows_short_tor
from kinerja_xl.package import coordinates
from kinerja_xl.reckoning import grouped
from kinerja_xl.reckoning.plan import Plan
from kinerja_xl.sheets.choices import Listings
from kinerja_xl.sheets.content import BookContent, Row
from kinerja_xl.sheets.model import Block, Column
from kinerja_xl.sheets.tor import short_tor_excuses
from kinerja_xl.sheets.usulan import NAMES_ABOVE

ELSEWHERE = ("tor", "kebijakan")
"""Blocks of which other rules say what an answer is (K609, G111)."""


def hollow(rows: Iterable[Checked]) -> Iterator[Finding]:
    """Required texts of rows and forms that only stand where an answer should."""
    rows = list(rows)
    texts: dict[int, list[tuple[Column, Set[object]]]] = {}
    by_block = grouped((id(checked.block), checked) for checked in rows)  # a declaration lives as long as the program
    for own in by_block.values():  # each text is judged once, however often it comes back: units of measure, names of goods
        block, values = own[0].block, [checked.row.values for checked in own]
        typed = [(column, {one.get(column.key) for one in values}) for column in _asked(block)]
        known = ((column, placeholders([text for text in every if isinstance(text, str)], column)) for column, every in typed)
        texts[id(block)] = [(column, said) for column, said in known if said]
    for checked in rows:
        row = checked.row
        for column, empty in texts[id(checked.block)]:
            text = row.values.get(column.key)
            cell = row.cell(column.key) if text in empty else ""
            if cell and (row.sheet, cell) not in checked.reported:
                yield Finding(
                    code="N418", file=checked.file, unit=checked.unit, sheet=row.sheet, cell=cell, column=column.label.strip(),
                    value=str(text),
                )  # fmt: skip


def _asked(block: Block) -> Iterator[Column]:
    """The required texts of a block."""
    for column in block.columns if block.key not in ELSEWHERE else ():
        if column.required and not column.computed and column.kind.name == "teks":
            yield column


MODULES = (kantor, *(import_module(found.name) for found in iter_modules(usulan.__path__, f"{usulan.__name__}.")))
"""The modules whose rules make up the book, each of ``usulan/`` found by being there; importing them registers the rules."""

RULES = sorted(REGISTERED, key=lambda entry: [module.__name__ for module in MODULES].index(entry.rule.__module__))
"""The rules in the order of their modules, whichever was imported first: what one settles the later ones leave alone."""


NOTHING_BEFORE: Mapping[str, BookContent] = MappingProxyType({})


def judge(case: Case, *, locked: bool = False) -> Iterator[Finding]:
    """Every finding of every rule for one submission that could be read; ``locked``: only of those that bind a plan too."""
    if case.submission.content is None:
        return
    for entry in (entry for entry in RULES if entry.locked or not locked):
        found = guarded(entry.rule.__name__, partial(entry.rule, case), case.submission.file, case.submission.unit)
        yield from found
        if entry.settles and (named := settled(found)):
            own = replace(case.submission, reported=case.submission.reported | named)
            case = replace(case, submission=own)


# ---- All that was handed in, judged in one go: the declared checks of its rows and forms, then the rule book ----


def checked_rows(
    content: BookContent, file: str, unit: str, reported: frozenset[tuple[str, str]], short_tor: bool = False,
    vacant: bool = False,
) -> Iterable[Checked]:
    """Every row and form of a workbook with its declaration, for the declared checks. ``vacant``: nobody is above the unit."""
    for sheet in content.sheets:
        declared = {b.key: b for b in content.book.sheet(sheet.key).blocks}
        blocks: list[tuple[str, Sequence[Row]]] = [*((key, (form,)) for key, form in sheet.forms.items()), *sheet.tables.items()]
        for key, rows in blocks:
            block, above = declared[key], NAMES_ABOVE.get(key, frozenset[str]()) if vacant else frozenset[str]()
            for row in rows:
                excused = above | short_tor_excuses(row.values) if short_tor and key == "tor" else above
                yield Checked(block, row, file, unit, reported, excused)


def tables_of(submissions: Iterable[Submission], office: Office | None) -> list[Consolidated]:
    """All rows and forms of readable workbooks, one table per block."""
    short_tor = office is None or allows_short_tor(office)
    rows = (
        checked
        for s in submissions
        if s.content
        for checked in checked_rows(s.content, s.file, s.unit, s.reported, short_tor, _vacant_above(s, office))
    )
    return consolidated(rows, office.nama if office else "")


def _vacant_above(submission: Submission, office: Office | None) -> bool:
    """Whether nobody held the post above the unit on the office's day, or when it was handed in."""
    unit = office.unit(submission.unit) if office else None
    if office is None or unit is None:
        return False
    return any(office.official(unit.atasan, day) is None for day in (None, submission.tanggal))


def check_submissions(
    submissions: Iterable[Submission], lists: Listings, office: Office | None, plan: Plan | None = None,
    before: Mapping[str, BookContent] = NOTHING_BEFORE, tables: list[Consolidated] | None = None, judging: Rule = judge,
) -> list[Finding]:  # fmt: skip
    """All findings about the content of readable workbooks: declared checks in one go, then the rule book. ``before``: the
    units' usulan of the year before; ``tables``: theirs, where they are made already; ``judging``: what asks the rule book."""
    readable = [s for s in submissions if s.content is not None]
    made = tables_of(readable, office) if tables is None else tables
    rows = [row for table in made for row in table.rows]
    declared = [*_declared(made, lists), *guarded("isian wajib", partial(hollow, rows))]
    by_file = grouped((finding.file, finding) for finding in declared)
    found = list(declared)
    for submission in readable:
        said = by_file.get(submission.file, [])
        own = replace(submission, reported=submission.reported | settled(said))
        held = frozenset(place[1:] for place in held_rows([*submission.findings, *said]))
        last = before.get(submission.unit)
        found.extend(judging(Case(submission=own, lists=lists, office=office, plan=plan, held=held, before=last)))
    return found


def _declared(tables: list[Consolidated], lists: Listings) -> list[Finding]:
    """The declared checks in one go; should one file upset them, file by file, so that the others keep theirs."""
    try:
        return check_tables(tables, lists)
    except Exception:
        rows = [row for table in tables for row in table.rows]
        files = {row.file: row.unit for row in rows}
        parts = {file: consolidated(row for row in rows if row.file == file) for file in files}
        return [
            finding
            for file, part in parts.items()
            for finding in guarded("isian dan pilihan", partial(check_tables, part, lists), file, files[file])
        ]


def with_office_levels(findings: Iterable[Finding], office: Office | None) -> list[Finding]:
    """The findings at the level that the office chose for their codes; what they hold back stays, and what a row explains."""
    levels = office.levels if office else {}
    return [replace(f, severity_override=levels[f.code]) if f.code in levels and EXPLAINED not in f.args else f for f in findings]


# ---- The same mistake all the way down a column is one cause: one catatan that names every cell, not one per row ----
# A block pasted over a table, a column typed as text or a list that changed would else bury what is different.

ALIKE = 5
"""From so many cells of one column on they are one catatan; below that each is named by itself."""

COLUMN_CODES = frozenset(
    {
        *(f"N{number}" for number in range(401, 419)),
        *("R501", "R502", "R503", "R504", "R505", "R506", "R516", "R520", "R523", "R524", "R588", "I704"),
    }
)
"""Catatan about the content of one cell, of which a column may be full for one reason."""

CODE_CODES = frozenset({"R504", "R505"})
"""Catatan about a code that rows repeat."""

_RANGES_NAMED = 8


def bundled(findings: Iterable[Finding]) -> list[Finding]:
    """The findings in their order; those of a full column are the first of them, with all cells in ``args["sel_sel"]``."""
    every = _same_code(findings)
    groups: dict[tuple[str, str, str, str], list[Finding]] = defaultdict(list)
    for finding in every:
        if finding.code in COLUMN_CODES and finding.cell and "sel_sel" not in finding.args:
            groups[_key(finding)].append(finding)
    many = {key: group for key, group in groups.items() if len(group) >= ALIKE}
    told: set[tuple[str, str, str, str]] = set()
    found = []
    for finding in every:
        key = _key(finding)
        if key not in many or "sel_sel" in finding.args:
            found.append(finding)
        elif key not in told:
            told.add(key)
            found.append(_one(many[key]))
    return found


def _same_code(findings: Iterable[Finding]) -> list[Finding]:
    """One mistyped account is one catatan however many rows repeat it; a column of which most is wrong is left to the others."""
    every = list(findings)
    own = [finding for finding in every if finding.code in CODE_CODES and finding.cell and "sel_sel" not in finding.args]
    full = {key for key, group in grouped((_key(f), f.value) for f in own).items() if len(set(group)) >= ALIKE}
    groups = grouped(((_key(f), f.value), f) for f in own if _key(f) not in full)
    first = {id(group[0]): _one(group) for group in groups.values() if len(group) > 1}
    rest = {id(finding) for group in groups.values() for finding in group[1:]}
    return [first.get(id(finding), finding) for finding in every if id(finding) not in rest]


def _key(finding: Finding) -> tuple[str, str, str, str]:
    """One code in one column of one sheet: the letters of the cell, so that equal headings stay apart."""
    return finding.file, finding.sheet, finding.code, finding.cell.rstrip("0123456789")


def _one(group: list[Finding]) -> Finding:
    from kinerja_xl.checking.forensik.grid import bounded, ranges  # loaded for the few files that need it

    first, *rest = sorted(group, key=lambda f: coordinates(f.cell))
    cells = " ".join(f.cell for f in (first, *rest))
    juga = f"{len(rest)} sel lain di kolom ini ({bounded(ranges(coordinates(f.cell) for f in rest), _RANGES_NAMED)})"
    return replace(first, args={**first.args, "juga": juga, "sel_sel": cells})
