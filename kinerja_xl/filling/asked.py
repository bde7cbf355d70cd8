"""What only a person can say about a form: which rows a table wants, what a column of it means. Kept as Padanan Kolom.

An answer belongs to a layout, known by its headings, so the same form is filled without questions next time. It counts as
long as the source at hand has what it names; a form whose headings have changed since is noticed, and its answers rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kinerja_xl.filling.supply import KINDS, Supply
from kinerja_xl.filling.target import FormColumn, Target
from kinerja_xl.findings import Finding
from kinerja_xl.foreign.padanan import Answer, Padanan, fingerprint
from kinerja_xl.package import address
from kinerja_xl.sheets.values import fold

KIND, COLUMN = "isi:jenis", "isi:kolom:"
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
        return "jenis" if self.key == KIND else self.key.removeprefix(COLUMN)

    def answered(self, value: str) -> Answer | None:
        """The answer as it is kept; None for one that is none of the options."""
        chosen = next((option for option in self.options if fold(option) == fold(value)), None)
        if chosen is None:
            return None
        return Answer(
            sidik=fingerprint(self.headings), asal=f"{self.file}, {self.sheet}", judul=self.headings, kunci=self.key,
            pertanyaan=self.text, pilihan=self.options, jawaban=chosen,
        )  # fmt: skip


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
    """The kept kind of rows for a table, NOT_THIS, or ""."""
    answer = fold(padanan.of(fingerprint(headings(target))).get(KIND, ""))
    return next((kind for kind in (*KINDS, NOT_THIS) if fold(kind) == answer), "")


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
    own = replace(padanan, answers=tuple(answer for answer in padanan.answers if answer.kunci.startswith((KIND, COLUMN))))
    now = headings(target)
    old = own.drifted(now, fingerprint(now))
    if old is None:
        return None
    words = {"asal": old.asal, "beda": own.changed(old, now) or "urutan judul"}
    return Finding(code="W216", file=file, sheet=target.sheet, cell=f"A{target.heading_row}", args=words)
