"""What is filled is proved before anybody gets it, as what is read is: the form's own sums and formulas against our figures.

A difference leaves the form alone until somebody has said that it may be so. One whose cause is known to the rupiah needs no
question: it is said. (Columns are proved by their values in ``match``: what holds something else than its heading promises stays
out.)
"""

from __future__ import annotations

from kinerja_xl.catatan import Finding
from kinerja_xl.filling.choose import NOT_THIS, Asked, Said, UndecidedError, headings
from kinerja_xl.filling.target import Target
from kinerja_xl.foreign.padanan import FORM_KEY, Padanan, fingerprint
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
