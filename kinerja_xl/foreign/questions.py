"""What only a person can say about a table: which of several columns, which kind, which price zone. With the evidence.

Every question has a key that stays the same for a layout; a padanan's answer under that key is applied, and what is not
answered stays a question (and a catatan).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from kinerja_xl.findings import Finding
from kinerja_xl.foreign.columns import Layout
from kinerja_xl.foreign.grid import place
from kinerja_xl.foreign.kinds import Purpose
from kinerja_xl.foreign.model import HARGA, KINDS, MEANINGS, Option, Question
from kinerja_xl.foreign.say import finding, number
from kinerja_xl.package.address import column_letters
from kinerja_xl.sheets.values import fold

KIND_KEY, ZONE_KEY, COLUMN_KEY = "jenis", "zona", "kolom:"
ALL_ZONES = "semua"


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
                said.append(
                    finding(
                        "L502", made.region.grid.name, question.cell, column=question.key, value=answer, kolom=name, pilihan=words
                    )
                )
        elif fold(chosen.value) != ALL_ZONES:
            col = next(c for c in columns if fold(_shown(made, c, columns)) == fold(chosen.value))
            goal.amounts[name] = [col]
            made.change(col, made.columns[col].role, "dipilih di Padanan.xlsx")
    return asked, said


def _questions(made: Layout, goal: Purpose) -> list[tuple[Question, str, list[int]]]:
    sheet, bottom = made.region.grid.name, made.region.head.bottom
    found: list[tuple[Question, str, list[int]]] = []
    for name, rivals in goal.rivals.items():
        columns = [goal.amounts[name][0], *rivals]
        text = f"Kolom mana yang dipakai sebagai {MEANINGS.get(name, name)}?"
        options = tuple(_option(made, col, columns) for col in columns)
        found.append(
            (
                Question(key=COLUMN_KEY + name, text=text, options=options, sheet=sheet, cell=place(bottom, columns[0])),
                name,
                columns,
            )
        )
    zones = goal.amounts.get("harga", []) if goal.kind == HARGA else []
    if len(zones) > 1 and not each_for_itself(made, zones):
        options = (*(_option(made, col, zones) for col in zones), Option(value=ALL_ZONES, label="semua kolom", evidence=""))
        text = "Kolom harga (zona) mana yang berlaku untuk kantor?"
        found.append(
            (Question(key=ZONE_KEY, text=text, options=options, sheet=sheet, cell=place(bottom, zones[0])), "harga", zones)
        )
    return found


_EACH = re.compile(
    r"eselon|\b(?:esl?|golongan|gol|pejabat|kepala daerah|bupati|camat|dprd|ketua|anggota|sekretaris|pelaksana|staf|narasumber"
    r"|moderator|(?:luar|dalam) kota|diklat|full ?board|(?:full|half) ?day|residence|menginap|tetap|variab(?:el|le)|fixed|bisnis"
    r"|ekonomi|pergi|pulang|pp|sekali jalan|upah|bahan|mate?rial|alat|roda|(?:non )?(?:pns|asn))\b"
    r"|\bper (?:jam|hari|bulan|tahun|orang|kali|malam|km|unit)\b|^[a-e]$",
    re.IGNORECASE,
)


def each_for_itself(made: Layout, columns: Sequence[int]) -> bool:
    """Prices for whom, for what or to where (Eselon II, tiket pergi, tujuan …): all hold, so nobody has to choose a zone."""
    paths = [made.columns[col].path for col in columns]
    to_where = re.compile(r"\btujuan\b", re.IGNORECASE)
    return all(_EACH.search(" ".join(path[-1:])) or to_where.search(" ".join(path)) for path in paths)


def _shown(made: Layout, col: int, among: list[int]) -> str:
    """A column's name, with its letter where another of the columns is called the same."""
    name = made.columns[col].name
    twice = sum(fold(made.columns[c].name) == fold(name) for c in among) > 1
    return f"{name} (kolom {column_letters(col + 1)})" if twice else name


def _option(made: Layout, col: int, among: list[int]) -> Option:
    column, content = made.columns[col], made.content[col]
    largest = number(Decimal(str(content.largest)))
    return Option(
        value=_shown(made, col, among),
        label=f"kolom {column_letters(col + 1)}: {column.name}",
        evidence=f"{content.figures} angka, terbesar {largest}",
    )


def kind_question(made: Layout, goal: Purpose, other: str) -> Question:
    """Which kind a table is, when two are possible."""
    sheet, cell = made.region.grid.name, place(made.region.head.bottom, goal.main[0] if goal.main else made.region.left)
    kinds = [goal.kind, *(kind for kind in KINDS if kind in other.split(" atau "))]
    options = tuple(Option(value=kind, label=kind.replace("_", " ")) for kind in dict.fromkeys(kinds))
    return Question(key=KIND_KEY, text="Tabel ini dibaca sebagai apa?", options=options, sheet=sheet, cell=cell)
