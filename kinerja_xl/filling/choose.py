"""Which table of a form wants which of our rows. None, or several that fit alike: refused, with the question that decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kinerja_xl.catatan import Finding
from kinerja_xl.filling.identity import Ours, identities
from kinerja_xl.filling.match import Match, match
from kinerja_xl.filling.printed import Printed, alike, recognise
from kinerja_xl.filling.supply import UNIT_ROWS, Supply
from kinerja_xl.filling.target import FormColumn, Target, find_targets
from kinerja_xl.filling.wording import at_level, lacks, main_ones, merged
from kinerja_xl.foreign.padanan import FORM_KEY, Answer, Padanan, fingerprint
from kinerja_xl.formula.cellsheet import CellSheet
from kinerja_xl.office.folder import InputError
from kinerja_xl.package import Package, address
from kinerja_xl.package.looks import look_at
from kinerja_xl.sheets.values import fold

# ---- What only a person can say about a form: which rows a table wants, what a column of it means. Kept as Padanan Kolom ----
# An answer belongs to a layout, known by its headings, so the same form is filled without questions next time. It counts as
# long as the source at hand has what it names; a form whose headings have changed since is noticed, and its answers rest.

KIND, COLUMN, TABLE = f"{FORM_KEY}jenis", f"{FORM_KEY}kolom:", f"{FORM_KEY}tabel"
NOT_THIS, BLANK = "tidak diisi", "kosong"
"""Answers: this table is not filled; this column stays blank."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One open question about a table of a form. ``options``: the answers that are understood."""

    file: str
    sheet: str
    cell: str
    headings: tuple[str, ...]
    key: str
    text: str
    options: tuple[str, ...]

    @property
    def word(self) -> str:
        """The key as a person types it: ``jenis``, or the heading."""
        return _word(self.key)

    def answered(self, value: str) -> Answer | None:
        """The answer as it is kept; None for one that is none of the options."""
        chosen = next((option for option in self.options if fold(option) == fold(value)), None)
        if chosen is None:
            return None
        return Answer(
            sidik=fingerprint(self.headings), asal=f"{self.file}, {self.sheet}", judul=self.headings, kunci=self.key,
            pertanyaan=self.text, pilihan=self.options, jawaban=chosen,
        )  # fmt: skip


def _word(key: str) -> str:
    """A key as a person types it: what is asked about, or the sort of question."""
    sort, colon, about = key.removeprefix(FORM_KEY).partition(":")
    return about if colon else sort


def without_answers(padanan: Padanan, keys: Iterable[str]) -> Padanan:
    """The padanan without its answers about forms under these keys, as they are kept or as a person types them."""
    gone = {fold(key) for key in keys}
    kept = [answer for answer in padanan.answers if not {fold(answer.kunci), fold(_word(answer.kunci))} & gone]
    return replace(padanan, answers=tuple(kept))


def with_answers(padanan: Padanan, answers: Iterable[Answer]) -> Padanan:
    """The padanan with these answers added or replaced."""
    made = list(answers)
    replaced = {(answer.sidik, answer.kunci) for answer in made}
    kept = [answer for answer in padanan.answers if (answer.sidik, answer.kunci) not in replaced]
    return replace(padanan, answers=(*kept, *made))


def headings(target: Target) -> tuple[str, ...]:
    """The full headings of a form's table, left to right, as Padanan.xlsx keeps them."""
    return tuple(column.name.replace("|", "/") for column in target.columns)


def kind_answer(padanan: Padanan, target: Target) -> str:
    """The kept kind of rows for a table, or their name, or NOT_THIS, or ""; folded."""
    return fold(_of(padanan, target).get(KIND, ""))


def column_answers(padanan: Padanan, target: Target, supply: Supply) -> dict[int, str]:
    """Columns of a table with the key of ours that was chosen for them, "" where they are to stay blank."""
    kept = {fold(key.removeprefix(COLUMN)): value for key, value in _of(padanan, target).items() if key.startswith(COLUMN)}
    by_label = {fold(column.label): column.key for column in reversed(supply.columns)}
    found = {}
    for column in target.columns:
        answer = fold(kept.get(fold(column.name), ""))
        if answer == fold(BLANK):
            found[column.col] = ""
        elif answer in by_label:
            found[column.col] = by_label[answer]
    return found


def _of(padanan: Padanan, target: Target) -> Mapping[str, str]:
    return padanan.of(fingerprint(headings(target)))


def about_kind(file: str, target: Target, kinds: Sequence[str]) -> Asked:
    """Which rows belong into a table."""
    return Asked(
        file=file, sheet=target.sheet, cell=f"A{target.heading_row}", headings=headings(target), key=KIND,
        text="Baris apa yang diisikan ke tabel ini?", options=(*dict.fromkeys(kinds), NOT_THIS),
    )  # fmt: skip


def place(target: Target) -> str:
    """Where a table stands, as the question names it."""
    return f"{target.sheet} baris {target.heading_row}"


def about_table(file: str, targets: Sequence[Target]) -> Asked:
    """Which of several tables is filled; the others may be when the form is filled once more."""
    first = targets[0]
    return Asked(
        file=file, sheet=first.sheet, cell=f"A{first.heading_row}", headings=headings(first), key=TABLE,
        text="Tabel mana yang diisi?", options=tuple(place(target) for target in targets),
    )  # fmt: skip


def about_column(file: str, target: Target, column: FormColumn, supply: Supply, likely: Sequence[str] = ()) -> Asked:
    """What of ours belongs into a column; ``likely``: keys that come first."""
    held = {key for row in supply.rows for key, value in row.items() if value is not None}
    keys = dict.fromkeys([*likely, *(own.key for own in supply.columns if own.key in held)])
    labels = dict.fromkeys(supply.column(key).label for key in keys)
    return Asked(
        file=file, sheet=target.sheet, cell=address(target.heading_row, column.col), headings=headings(target),
        key=COLUMN + column.name, text=f'Kolom "{column.name}" diisi dengan apa?', options=(BLANK, *labels),
    )  # fmt: skip


def drifted(file: str, padanan: Padanan, target: Target) -> Finding | None:
    """That a form resembles one whose answers were kept, but is not the same any more."""
    own = replace(padanan, answers=tuple(answer for answer in padanan.answers if answer.kunci.startswith((KIND, COLUMN, TABLE))))
    now = headings(target)
    old = own.drifted(now, fingerprint(now))
    if old is None:
        return None
    words = {"asal": old.asal, "beda": own.changed(old, now) or "urutan judul"}
    return Finding(code="W216", file=file, sheet=target.sheet, cell=f"A{target.heading_row}", args=words)


# ---- Findings about one form while it is filled, and what stops the work ----

@dataclass(slots=True, kw_only=True)
class Said:
    """Findings about one file."""

    file: str
    listed: list[Finding] = field(default_factory=list)

    def add(self, code: str, sheet: str = "", cell: str = "", **args: str) -> None:
        self.listed.append(Finding(code=code, file=self.file, sheet=sheet, cell=cell, args=args))

    def stop(self) -> InputError:
        """The form is left alone."""
        return InputError(f"{self.file} tidak diisi.", tuple(self.listed))


class UndecidedError(InputError):
    """The form is left alone until somebody answers ``questions``."""

    def __init__(self, said: Said, questions: Sequence[Asked]) -> None:
        super().__init__(f"{said.file} tidak diisi.", tuple(said.listed))
        self.questions = tuple(questions)


_NAMING = frozenset(("nama", "uraian", "nama_rekening", "indikator", "program", "induk", "nama_sub", "kode", "kode_sub"))
"""Columns of ours that say which row it is; a printed row says it in its own way."""
FEWEST = 2
"""Columns that must be known before a table is taken for the right one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A table with the rows for it and their columns; ``printed``: its rows stand there already; ``lacks``: the level of
    rows that the form wants and these are not of."""

    target: Target
    supply: Supply
    found: Match
    printed: Printed | None = None
    lacks: str = ""

    @property
    def open(self) -> bool:
        """Whether the table has room for rows, or rows of its own that wait for figures."""
        return self.printed is not None or bool(self.target.blocks and not self.target.filled)

    @property
    def closeness(self) -> tuple[int, bool]:
        """What decides between kinds of rows that fill as many columns: how many columns more these rows could have, and whether
        they are told apart by what the form shows of them."""
        return self.found.near, not self.supply.indicator or self.supply.indicator in self.found.keys.values()


def choose(
    package: Package, grids: Iterable[CellSheet], supplies: Sequence[Supply], sheet: str, padanan: Padanan, said: Said
) -> Choice:
    """The table and the kind of rows that fit each other best.

    Raises InputError when none does, UndecidedError when several do alike.
    """
    ours = {id(supply): Ours(supply) for supply in supplies}
    tried = [
        choice
        for grid in grids
        if grid.state == "visible" and (not sheet or fold(grid.name) == fold(sheet))
        for look in (look_at(package, grid.name),)
        for target in find_targets(grid, look.framed, look.tables, lambda text: any(one.knows(text) for one in ours.values()))
        for choice in _choices(grid, target, [ours[id(supply)] for supply in _wanted(target, supplies, padanan)], padanan)
    ]
    fitting: Sequence[Choice] = _best([choice for choice in tried if choice.found.weight >= FEWEST])
    open_ones = [choice for choice in fitting if choice.open]
    if not open_ones and len({id(choice.target) for choice in fitting}) == 1 and not fitting[0].lacks:
        return fitting[0]  # filled already, whatever was meant for it
    fitting = _told(open_ones or fitting, padanan)
    if not fitting and (full := next((choice for choice in tried if choice.target.filled and choice.found.resembles), None)):
        return full
    if not fitting:
        said.add("W101", jenis=kinds_of(supplies), dicari=_needed(supplies))
        raise said.stop()
    first = fitting[0]
    if first.lacks:
        said.add("W109", first.target.sheet, f"A{first.target.heading_row}", tingkat=first.lacks, jenis=first.supply.name)
    elif len(fitting) > 1:
        places = (f"{place(c.target)} ({c.supply.name})" for c in fitting)
        said.add("W102", tempat="; ".join(places))
    if first.lacks and not first.open:
        raise said.stop()  # its rows are printed, and none of them is ours
    if first.lacks or len(fitting) > 1:
        raise UndecidedError(said, _questions(said.file, fitting))
    return first


def _best(choices: Sequence[Choice]) -> list[Choice]:
    """The choices that fit best: rows of the level that the form wants before those of another, then those with most columns.

    Of one table those rows that could have most of its columns, and with one row for what a row of the form is; which of several
    kinds of rows does not matter where they say the same.
    """
    listed = [choice for choice in choices if not choice.lacks] or choices
    best = max((choice.found.weight for choice in listed), default=0)
    fitting = [choice for choice in listed if choice.found.weight == best]
    found: list[Choice] = []
    for target in dict.fromkeys(place(choice.target) for choice in fitting):
        own = [choice for choice in fitting if place(choice.target) == target]
        top = max(choice.closeness for choice in own)
        same = {_values(choice): choice for choice in reversed(own) if choice.closeness == top}
        found += reversed(same.values())
    return found


def _wanted(target: Target, supplies: Sequence[Supply], padanan: Padanan) -> Sequence[Supply]:
    """The rows that come into question; an answer counts where there is a choice and the source has what it names."""
    answer = kind_answer(padanan, target)
    if answer == fold(NOT_THIS):
        return ()
    return [supply for supply in supplies if answer in (fold(supply.kind), fold(supply.name))] or supplies


def _choices(grid: CellSheet, target: Target, listed: Sequence[Ours], padanan: Padanan) -> list[Choice]:
    """The table with each of our kinds of rows; where rows are printed in it, with those that know most of them, fill most of
    its columns, and are of their level."""
    units = [Ours(merged(one.supply, UNIT_ROWS)) for one in listed if UNIT_ROWS in one.supply.merges]
    printed = [choice for ours in (*listed, *units) if (choice := _printed(grid, target, ours, padanan))]
    ranks = [(len(one.places), choice.found.weight, one.own) for choice in printed if (one := choice.printed)]
    best = [choice for choice, rank in zip(printed, ranks, strict=True) if rank == max(ranks)]
    return best or [_choice(target, ours.supply, padanan) for ours in listed]


def _printed(grid: CellSheet, target: Target, ours: Ours, padanan: Padanan) -> Choice | None:
    """The table with the rows that are printed in it; None where there are none, or nothing is left to be filled."""
    named = identities(target, ours)
    if not named:
        return None
    supply = main_ones(target, ours.supply)
    ours = ours if supply is ours.supply else Ours(supply)
    told = {col: one.key for one in named for col in one.columns}
    proven = frozenset(told.values())
    supply = replace(supply, core=tuple(one if one.isdisjoint(_NAMING) else one | proven for one in supply.core))
    found = match(target.columns, supply, supply.year, column_answers(padanan, target, supply) | told)
    asked = {col: key for col, key in found.keys.items() if col not in told}
    printed = recognise(target, ours, named, asked, grid)
    if printed is None or found.weight < FEWEST or not _waiting(grid, printed, asked):
        return None
    return Choice(target=printed.target, supply=printed.supply, found=found, printed=printed)


def _values(choice: Choice) -> frozenset[object]:
    """What goes where: where two kinds of rows say the same there is nothing to be asked."""
    keys, rows = sorted(choice.found.keys.items()), choice.supply.rows
    if choice.printed is not None:
        places = choice.printed.places.items()
        return frozenset((row, col, str(rows[position].get(key))) for row, position in places for col, key in keys)
    lines = Counter(tuple((col, str(value)) for col, key in keys if (value := row.get(key)) is not None) for row in rows)
    return frozenset((*line, times) for line, times in lines.items() if line)


def _waiting(grid: CellSheet, printed: Printed, asked: Mapping[int, str]) -> bool:
    """Whether a printed row has a blank cell for something that we have."""
    return any(
        (value := printed.supply.rows[position].get(key)) is not None and (row, col) not in grid.formulas
        and col not in printed.target.lines[row][1] and not alike(grid.value(row - 1, col - 1), value)
        for row, position in printed.places.items() for col, key in asked.items()
    )  # fmt: skip


def _choice(target: Target, supply: Supply, padanan: Padanan) -> Choice:
    """Our rows of the level that the form wants; what it cannot tell apart is added up."""
    supply = at_level(target, supply)
    told = column_answers(padanan, target, supply)
    whole = tuple({key for keys in supply.merges for key in keys})
    wide = replace(supply, core=tuple(one | {*whole} if n == 0 else one for n, one in enumerate(supply.core)))
    found = match(target.columns, wide, supply.year, told)
    own = merged(supply, found.keys.values()) if len(target.blocks) == 1 else supply
    if own is supply and whole:
        found = match(target.columns, supply, supply.year, told)
    answered = kind_answer(padanan, target) in (fold(supply.kind), fold(supply.name))
    return Choice(target=target, supply=own, found=found, lacks="" if answered else lacks(target.columns, supply))


def _told(fitting: Sequence[Choice], padanan: Padanan) -> Sequence[Choice]:
    """Of several tables the one that somebody named."""
    named = {fold(answer) for choice in fitting if (answer := _of(padanan, choice.target).get(TABLE, ""))}
    return [choice for choice in fitting if fold(place(choice.target)) in named] or fitting


def _questions(file: str, fitting: Sequence[Choice]) -> tuple[Asked, ...]:
    """Which of several tables; of one which rows."""
    tables = {place(choice.target): choice.target for choice in fitting}
    if len(tables) > 1:
        return (about_table(file, [*tables.values()]),)
    return tuple(about_kind(file, target, _told_apart(fitting, target)) for target in tables.values())


def _told_apart(fitting: Sequence[Choice], target: Target) -> list[str]:
    """The kinds of rows that fit a table; two of one kind by their names."""
    listed = [choice.supply for choice in fitting if choice.target == target]
    kinds = [supply.kind for supply in listed]
    return [supply.name if kinds.count(supply.kind) > 1 else supply.kind for supply in listed]


def _needed(supplies: Sequence[Supply]) -> str:
    """The columns without which a table is not taken for these rows, a few of each kind."""
    lists = [[c.label for c in supply.columns if c.key in core][:3] for supply in supplies for core in supply.core]
    return ", ".join(dict.fromkeys(label for labels in lists for label in labels))


def kinds_of(supplies: Sequence[Supply]) -> str:
    """The kinds of rows as staff read them."""
    return " atau ".join(dict.fromkeys(supply.kind for supply in supplies))

