"""Every column of a filled form: with what of ours it was filled, or why not; and the proof before anybody gets it.

The form's own sums and formulas are held against our figures. A difference leaves the form alone until somebody has said that it
may be so. One whose cause is known to the rupiah needs no question: it is said. (Columns are proved by their values in ``match``:
what holds something else than its heading promises stays out.)
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from kinerja_xl.catatan import Finding
from kinerja_xl.filling.choose import NOT_THIS, Asked, Said, UndecidedError, headings
from kinerja_xl.filling.layout import Layout
from kinerja_xl.filling.match import Match
from kinerja_xl.filling.printed import Printed
from kinerja_xl.filling.supply import Supply
from kinerja_xl.filling.target import FormColumn, Target
from kinerja_xl.foreign.padanan import FORM_KEY, Padanan, fingerprint
from kinerja_xl.formula.references import column_letters
from kinerja_xl.sheets.values import fold

DIFFERENCE, ANYWAY = f"{FORM_KEY}selisih", "tetap diisi"
"""The question about sums that are not ours, and the answer that the form is meant so."""
_SUMS = ("W204", "W218")


def proved(said: Said, target: Target, padanan: Padanan, others: tuple[Asked, ...]) -> None:
    """Nothing, where the form's sums are ours or somebody has said that this difference may be.

    Raises UndecidedError with the question, after ``others`` that may mend it, InputError where the answer was no.
    """
    breaches = [finding for finding in said.listed if finding.code in _SUMS and not finding.args.get("sebab")]
    if not breaches:
        return
    question = _question(said.file, target, breaches)
    answer = _kept(padanan, question)
    if answer == ANYWAY:
        return
    said.add("W303", target.sheet, breaches[0].cell, banyak=str(len(breaches)))
    if answer:
        raise said.stop()
    raise UndecidedError(said, (*others, question))


def _question(file: str, target: Target, breaches: list[Finding]) -> Asked:
    """With the figures: another difference is another question."""
    pairs = ((f.cell, f.args["formulir"], f.args.get("rekap") or f.args.get("data", "")) for f in breaches)
    told = "; ".join(f"{cell} {theirs}, data kantor {ours}" for cell, theirs, ours in pairs)
    return Asked(
        file=file, sheet=target.sheet, cell=breaches[0].cell, headings=headings(target), key=DIFFERENCE,
        text=f"Hitungan formulir menjadi lain dari data kantor ({told}). Tetap diisi?", options=(ANYWAY, NOT_THIS),
    )  # fmt: skip


def _kept(padanan: Padanan, question: Asked) -> str:
    """The answer that was kept for this very question."""
    own, text = fingerprint(question.headings), fold(question.text)
    kept = (answer for answer in padanan.answers if answer.sidik == own and answer.kunci == question.key)
    return next((answer.jawaban for answer in kept if fold(answer.pertanyaan) == text), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledColumn:
    """One column of a form. ``ours``: the label of the column that it was filled with, "" where it was not; ``because``: why."""

    sheet: str
    col: str
    heading: str
    ours: str = ""
    because: str = ""

    @property
    def sentence(self) -> str:
        return f"{self.col} {self.heading}: {self.ours or self.because}"

    def as_dict(self) -> dict[str, str]:
        return {"lembar": self.sheet, "kolom": self.col, "judul": self.heading, "diisi": self.ours, "sebab": self.because}


def columns_told(
    target: Target, supply: Supply, found: Match, keys: Mapping[int, str], layout: Layout, printed: Printed | None,
    formulas: Collection[tuple[int, int]], computed: Mapping[int, str],
) -> Iterator[FilledColumn]:  # fmt: skip
    """All columns from left to right. ``keys``: what was written; ``formulas``: cells that hold one once the rows are there;
    ``computed``: columns that the form's other columns give, and how."""
    rows = list(layout.places.items())
    for column in target.columns:
        own = {"sheet": target.sheet, "col": column_letters(column.col), "heading": column.name}
        key = keys.get(column.col, "")
        free = [position for row, position in rows if (row, column.col) not in formulas]
        if column.col in computed:
            yield FilledColumn(because=f"dihitung dari kolom formulir: {computed[column.col]}", **own)
        elif rows and not free:
            yield FilledColumn(because="dihitung rumus formulir", **own)
        elif key and any(supply.rows[position].get(key) is not None for position in free):
            yield FilledColumn(ours=supply.column(key).label, **own)
        elif key:
            yield FilledColumn(because=f"kosong, {supply.column(key).label} tidak terisi pada data kantor", **own)
        else:
            yield FilledColumn(because=_because(column, supply, found, printed), **own)


def _because(column: FormColumn, supply: Supply, found: Match, printed: Printed | None) -> str:
    if printed and column.col in printed.columns:
        return "sudah tercetak, barisnya dikenali dari sini"
    if column.numbers_rows:
        return "dibiarkan seperti tercetak" if printed else "nomor urut"
    if any(column.col == one.col for one in found.scaled):
        return "kosong, diminta dalam ribuan atau jutaan rupiah"
    for key, columns in found.doubtful:
        if column in columns:
            return f"kosong, beberapa kolom meminta {supply.column(key).label}"
    if other := found.unlike.get(column.col):
        return f'kosong, kata "{other}" berarti lain'
    return "kosong, tidak ada pada data kantor" if column in found.blank else "kosong menurut jawaban"
