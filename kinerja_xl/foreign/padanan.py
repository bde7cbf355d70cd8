"""Padanan Kolom: answers about layouts of others, by a layout's fingerprint; kept as a workbook, noticed when a layout drifts.

A fingerprint is made of the headings, wherever the columns stand and in whatever order. An answer counts only for its own
fingerprint: when a layout has changed, its old answers are not used and the change is said.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.foreign.kinds import Purpose
from kinerja_xl.foreign.model import HARGA, INDIKATOR, KINDS, MEANINGS, RAB, Option, Question, Table, finding, number
from kinerja_xl.foreign.targets import by_year
from kinerja_xl.formula.cellsheet import place
from kinerja_xl.formula.references import column_letters
from kinerja_xl.reading.workbook import read_workbook
from kinerja_xl.regions.model import Layout
from kinerja_xl.regions.shape import RUPIAH
from kinerja_xl.regions.words import clean
from kinerja_xl.sheets.choices import Listings
from kinerja_xl.sheets.content import BookContent, Row, SheetContent
from kinerja_xl.sheets.kantor import PADANAN
from kinerja_xl.sheets.values import fold
from kinerja_xl.words.match import kata

DRIFT = 0.6
"""A layout that shares this part of its headings with a kept one, but not all, is that layout changed."""
_SEPARATOR = " | "


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One kept answer: fingerprint of the layout, where it was first seen, its headings, question and answer."""

    sidik: str
    asal: str
    judul: tuple[str, ...]
    kunci: str
    pertanyaan: str
    pilihan: tuple[str, ...]
    jawaban: str
    row: Row = field(default=Row(values={}), compare=False)
    """Where it stands in Padanan.xlsx."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Padanan:
    """All kept answers; ``findings`` of reading them. ``whole``: writing these answers again would lose nothing of the file."""

    answers: tuple[Answer, ...] = ()
    findings: tuple[Finding, ...] = field(default=())
    whole: bool = True

    def of(self, sidik: str) -> Mapping[str, str]:
        """The answers for one fingerprint, by question key; a question with two different answers has none."""
        found: dict[str, set[str]] = defaultdict(set)
        texts: dict[str, str] = {}
        for answer in self.answers:
            if answer.sidik == sidik and answer.kunci and answer.jawaban:
                found[answer.kunci].add(fold(answer.jawaban))
                texts[answer.kunci] = answer.jawaban
        return {key: text for key, text in texts.items() if len(found[key]) == 1}

    def drifted(self, headings: Sequence[str], sidik: str) -> Answer | None:
        """A kept answer whose layout resembles these headings without being the same; None when this one is known."""
        if any(answer.sidik == sidik for answer in self.answers):
            return None
        ours = {fold(name) for name in headings}
        for answer in self.answers:
            theirs = {fold(name) for name in answer.judul}
            if ours and theirs and len(ours & theirs) >= DRIFT * max(len(ours), len(theirs)):
                return answer
        return None

    def changed(self, answer: Answer, headings: Sequence[str]) -> str:
        """What differs between a kept layout and these headings, in words."""
        ours, theirs = {fold(n): n for n in headings}, {fold(n): n for n in answer.judul}
        new = [name for key, name in ours.items() if key not in theirs]
        gone = [name for key, name in theirs.items() if key not in ours]
        parts = ([f"kolom baru {', '.join(new)}"] if new else []) + ([f"kolom hilang {', '.join(gone)}"] if gone else [])
        return "; ".join(parts)

    def with_answers(self, table: Table, answers: Mapping[str, str]) -> Padanan:
        """With the answers to a table's questions (by key) added or replaced."""
        by_key = {question.key: question for question in table.questions}
        made = [_answer(table, by_key[key], value) for key, value in answers.items() if key in by_key]
        replaced = {(answer.sidik, answer.kunci) for answer in made}
        kept = [answer for answer in self.answers if (answer.sidik, answer.kunci) not in replaced]
        return replace(self, answers=(*kept, *made))

    def content(self) -> BookContent:
        """As the content of Padanan.xlsx."""
        rows = tuple(
            Row(values={
                "sidik": a.sidik, "asal": a.asal, "judul": _SEPARATOR.join(a.judul), "kunci": a.kunci,
                "pertanyaan": a.pertanyaan, "pilihan": _SEPARATOR.join(a.pilihan), "jawaban": a.jawaban,
            }) for a in self.answers
        )  # fmt: skip
        return BookContent(book=PADANAN, sheets=(SheetContent(key="padanan", tables={"padanan": rows}),))


def fingerprint(headings: Iterable[str]) -> str:
    """What identifies a layout: its full headings in any order."""
    names = sorted(fold(name) for name in headings)
    return hashlib.sha256("|".join(names).encode()).hexdigest()[:16]


def headings(table: Table) -> tuple[str, ...]:
    """The full headings of a table, left to right."""
    return tuple(clean(column.name).replace("|", "/") for column in table.columns if column.path)


def _answer(table: Table, question: Question, value: str) -> Answer:
    return Answer(
        sidik=table.fingerprint, asal=f"{table.file}, {table.sheet}", judul=headings(table), kunci=question.key,
        pertanyaan=question.text, pilihan=tuple(option.value for option in question.options), jawaban=value,
    )  # fmt: skip


def load_padanan(data: bytes, file: str) -> Padanan:
    """The answers of a Padanan.xlsx. Never raises: what can't be read is said in ``findings``."""
    book = read_workbook(data, file, {PADANAN.key: {PADANAN.version: PADANAN}}, Listings(by_name={}))
    if book.content is None:
        return Padanan(findings=tuple(book.findings), whole=False)
    rows = [row for row in book.content.rows("padanan") if any(value is not None for value in row.values.values())]
    answers = tuple(_from_row(row) for row in rows)
    whole = not book.reading.missing and not book.reading.reported
    return Padanan(answers=answers, findings=tuple(book.findings), whole=whole)


def _from_row(row: Row) -> Answer:
    def text(key: str) -> str:
        return clean(str(row.get(key) or ""))

    def parts(key: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in text(key).split("|") if part.strip())

    return Answer(
        sidik=text("sidik"), asal=text("asal"), judul=parts("judul"), kunci=text("kunci"), pertanyaan=text("pertanyaan"),
        pilihan=parts("pilihan"), jawaban=text("jawaban"), row=row,
    )  # fmt: skip


# ---- What only a person can say about a table: which of several columns, which kind, which price zone. With the evidence ----
# Every question has a key that stays the same for a layout; a padanan's answer under that key is applied, and what is not
# answered stays a question (and a catatan).

KIND_KEY, ZONE_KEY, COLUMN_KEY = "jenis", "zona", "kolom:"
ALL_ZONES = "semua"
FORM_KEY = "isi:"
"""Begins the keys of answers about a form that ``isi`` fills; the room ``filling`` judges them, against the form."""


def wanted_kind(answers: Mapping[str, str]) -> str | None:
    """The kind that a padanan gives; None when it says nothing or nothing known."""
    answer = fold(answers.get(KIND_KEY, ""))
    return next((kind for kind in KINDS if fold(kind) == answer), None)


def apply(made: Layout, goal: Purpose, answers: Mapping[str, str]) -> tuple[list[Question], list[Finding]]:
    """Apply answers about columns and zones; the open questions, and catatan about answers that fit no option."""
    asked: list[Question] = []
    said: list[Finding] = []
    for question, name, columns in _questions(made, goal):
        by_name = {fold(option.value): option for option in question.options}
        answer = answers.get(question.key, "")
        chosen = by_name.get(fold(answer)) if answer else None
        if chosen is None:
            asked.append(question)
            if answer:
                words = ", ".join(option.value for option in question.options)
                where = made.region.grid.name, question.cell
                said.append(finding("L502", *where, column=question.key, value=answer, kolom=name, pilihan=words))
        elif fold(chosen.value) != ALL_ZONES:
            col = next(c for c in columns if fold(_shown(made, c, columns)) == fold(chosen.value))
            if goal.amounts[name] == columns:  # of a year: also its money
                goal.amounts |= {n: [own[columns.index(col)]] for n, own in goal.amounts.items() if len(own) == len(columns)}
            goal.amounts[name] = [col]
            made.change(col, made.columns[col].role, "dipilih di Padanan.xlsx")
    return asked, said


NO_AMOUNT = "bukan tabel anggaran"
MAYBE_AMOUNT = ("", "jumlah", "bagian", "keterangan")
"""Roles of columns that may be the amount, where nothing tells it."""


def money_columns(made: Layout) -> list[int]:
    """The columns of rupiah of which nobody knows what they are."""
    unknown = (c.col for c in made.of(*MAYBE_AMOUNT))
    return [col for col in unknown if made.content[col].is_money and RUPIAH <= made.content[col].largest < 1e15]


def amount_question(made: Layout) -> Question | None:
    """Which column is the amount, for a table that holds rupiah and is not read; None where no column holds any."""
    columns = money_columns(made)
    if not columns:
        return None
    text = "Kolom mana yang jumlah? Tabel ini berisi rupiah, tetapi judul dan hitungannya tidak menunjukkannya."
    return _which(made, COLUMN_KEY + "jumlah", text, columns, Option(value=NO_AMOUNT, label=NO_AMOUNT))


def only_column(made: Layout, wanted: str | None) -> tuple[str, list[str]]:
    """What the user says it is, though no relation tells the column: the last column of rupiah that nobody knows."""
    money = [c for c in made.of("") if made.content[c.col].is_money and made.content[c.col].largest >= RUPIAH]
    if wanted not in (RAB, HARGA) or not money or not made.of("uraian", "indikator", "kode"):
        return "", []
    told = f"kolom {money[-1].letter} adalah kolom rupiah terakhir"
    made.change(money[-1].col, "jumlah" if wanted == RAB else "harga", told)
    return wanted, [told]


def answered_columns(made: Layout, answers: Mapping[str, str]) -> bool:
    """Give the column that an answer names its role, where no heading tells it; whether that was done."""
    answer = fold(answers.get(COLUMN_KEY + "jumlah", ""))
    columns = [c.col for c in made.columns.values()]
    chosen = [col for col in columns if answer and fold(_shown(made, col, columns)) == answer]
    if len(chosen) == 1 and made.columns[chosen[0]].role in MAYBE_AMOUNT:
        made.change(chosen[0], "jumlah", "judul dipilih di Padanan.xlsx")
        return True
    return False


def _questions(made: Layout, goal: Purpose) -> list[tuple[Question, str, list[int]]]:
    found: list[tuple[Question, str, list[int]]] = []
    for name, rivals in [(name, rivals) for name, rivals in goal.rivals.items() if rivals]:
        columns = [goal.amounts[name][0], *rivals]
        text = f"Kolom mana yang dipakai sebagai {MEANINGS.get(name, name)}?"
        found.append((_which(made, COLUMN_KEY + name, text, columns), name, columns))
    for kind, key, name, text in _SEVERAL:
        columns = goal.amounts.get(name, [])
        among = kind == goal.kind and len(columns) > 1 and name not in goal.rivals
        if among and (not each_for_itself(made, columns) if kind == HARGA else by_year([made.columns[col] for col in columns])):
            asked = _which(made, key, text, columns, Option(value=ALL_ZONES, label="semua kolom"))
            found.append((asked, name, columns))
            break  # the year of the targets is that of their results
    return found


_SEVERAL = (
    (HARGA, ZONE_KEY, "harga", "Kolom harga (zona) mana yang berlaku untuk kantor?"),
    (INDIKATOR, COLUMN_KEY + "target", "target", "Target tahun mana yang dipakai?"),
    (INDIKATOR, COLUMN_KEY + "realisasi", "realisasi", "Realisasi tahun mana yang dipakai?"),
)
"""Columns that are all read, of which an office needs one: the kind of table, the key, the sum, the question."""
_EACH, _TO_WHERE = kata("harga_menurut"), kata("tujuan")


def each_for_itself(made: Layout, columns: Sequence[int]) -> bool:
    """Prices for whom, for what or to where (Eselon II, tiket pergi, tujuan …): all hold, so nobody has to choose a zone."""
    paths = [made.columns[col].path for col in columns]
    return all(_EACH(" ".join(path[-1:])) or _TO_WHERE(" ".join(path)) for path in paths)


def _shown(made: Layout, col: int, among: list[int]) -> str:
    """A column's name, with its letter where another of the columns is called the same."""
    name = made.columns[col].name
    twice = sum(fold(made.columns[c].name) == fold(name) for c in among) > 1
    return f"{name} (kolom {column_letters(col + 1)})" if twice else name


def _which(made: Layout, key: str, text: str, columns: list[int], *more: Option) -> Question:
    """Which of some columns, each with what stands in it; ``more``: what may be answered besides."""
    options = []
    for col in columns:
        column, content = made.columns[col], made.content[col]
        evidence = f"{content.figures} angka, terbesar {number(Decimal(str(content.largest)))}"
        told = f"kolom {column.letter}: {column.name}"
        options.append(Option(value=_shown(made, col, columns), label=told, evidence=evidence))
    cell = place(made.region.head.bottom, columns[0])
    return Question(key=key, text=text, options=(*options, *more), sheet=made.region.grid.name, cell=cell)


def kind_question(made: Layout, goal: Purpose, other: str) -> Question:
    """Which kind a table is, when two are possible."""
    sheet, cell = made.region.grid.name, place(made.region.head.bottom, goal.main[0] if goal.main else made.region.left)
    kinds = [goal.kind, *(kind for kind in KINDS if kind in other.split(" atau "))]
    options = tuple(Option(value=kind, label=kind.replace("_", " ")) for kind in dict.fromkeys(kinds))
    return Question(key=KIND_KEY, text="Tabel ini dibaca sebagai apa?", options=options, sheet=sheet, cell=cell)
