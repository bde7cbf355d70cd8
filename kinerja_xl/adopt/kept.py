"""Padanan.xlsx of a year's folder: its answers, and what is wrong with them. A damaged one stops nothing and stays as it is."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from kinerja_xl.adopt.answers import BY_NAME, PERIOD_KEY, UNIT_KEY, WORDS
from kinerja_xl.checking.schemas import Checked, check_rows
from kinerja_xl.findings import Finding, Severity
from kinerja_xl.folder import KANTOR_FILE, PADANAN_FILE, InputError, read_bytes
from kinerja_xl.foreign.model import KINDS
from kinerja_xl.foreign.padanan import Answer, Padanan, load_padanan
from kinerja_xl.foreign.questions import ALL_ZONES, COLUMN_KEY, KIND_KEY, ZONE_KEY
from kinerja_xl.office import Office
from kinerja_xl.sheets.listing import Listings
from kinerja_xl.sheets.padanan import PADANAN, PADANAN_TABLE
from kinerja_xl.sheets.values import fold


def beside(folder: Path) -> Padanan | None:
    """The answers of a year's folder; None without a Padanan.xlsx, or without a Kantor.xlsx beside it. Says nothing."""
    path = folder / PADANAN_FILE
    if not path.exists() or not (folder / KANTOR_FILE).exists():
        return None
    return read_answers(path)


def read_answers(path: Path) -> Padanan:
    """The answers kept in a file; none, with the reason, where it can't be opened or read."""
    data, trouble = read_bytes(path)
    return Padanan(findings=(trouble,), whole=False) if trouble else load_padanan(data, path.name)


def to_extend(path: Path) -> Padanan:
    """The answers to which another is added; none without a file. Raises InputError where writing it would lose something."""
    if not path.exists():
        return Padanan()
    kept = read_answers(path)
    if not kept.whole:
        said = f"{path.name} tidak dapat dibaca utuh dan tidak ditimpa; perbaiki dahulu, atau pindahkan."
        raise InputError(said, kept.findings)
    return kept


def said_of(kept: Padanan, file: str, units: Collection[str] | None = None) -> list[Finding]:
    """What staff should mend in Padanan.xlsx: unreadable (L511), declared checks, answers that mean nothing (L512).

    ``units``: the office's codes; without them an answer about the unit is not judged. All of it is "cek": what a
    missing answer holds back says so by itself.
    """
    if not kept.whole and not kept.answers:
        reason = kept.findings[0].masalah if kept.findings else "lembarnya kosong"
        return [Finding(code="L511", file=file, args={"rincian": reason.rstrip(".")})]
    reported = frozenset((f.sheet, f.cell) for f in kept.findings)
    rows = [
        Checked(block=PADANAN_TABLE, row=answer.row, file=file, unit="", reported=reported)
        for answer in kept.answers if answer.row.row
    ]  # fmt: skip
    found = [*kept.findings, *check_rows(rows, Listings(by_name={})), *_wrong(kept, units)]
    return [_to_check(one).at(file=file) for one in found]


def said_beside(folder: Path, office: Office) -> list[Finding]:
    """The same for the Padanan.xlsx of a year's folder; nothing without one."""
    kept = beside(folder)
    return said_of(kept, PADANAN_FILE, [unit.kode for unit in office.units]) if kept else []


def _to_check(found: Finding) -> Finding:
    return found if found.severity is Severity.INFO else replace(found, severity_override=Severity.CEK)


def _wrong(kept: Padanan, units: Collection[str] | None) -> Iterator[Finding]:
    """Answers that nobody can use, and two answers to one question."""
    known = ", ".join((*WORDS, f"{COLUMN_KEY}NAMA"))
    first: dict[tuple[str, str], Answer] = {}
    for answer in kept.answers:
        key = answer.kunci
        if not key or not answer.jawaban:
            continue  # said by the declared checks
        if key not in WORDS and not key.startswith(COLUMN_KEY):
            yield _say("L512", answer, "kunci", key, "kunci", known)
            continue
        options = _options(answer, units)
        if options and fold(answer.jawaban) not in map(fold, options):
            yield _say("L512", answer, "jawaban", answer.jawaban, key, ", ".join(options))
        old = first.setdefault((answer.sidik, key), answer)
        if fold(old.jawaban) != fold(answer.jawaban):
            yield _say("L513", answer, "jawaban", answer.jawaban, key, old.jawaban)


def _options(answer: Answer, units: Collection[str] | None) -> tuple[str, ...]:
    """What may be answered; () where that can't be told."""
    if answer.kunci == KIND_KEY:
        return KINDS
    if answer.kunci == UNIT_KEY:
        return (*units, BY_NAME) if units is not None else ()
    if answer.kunci == PERIOD_KEY:
        return WORDS[PERIOD_KEY][1]
    more = (ALL_ZONES,) if answer.kunci == ZONE_KEY else ()
    return (*(answer.pilihan or answer.judul), *more) if answer.pilihan or answer.judul else ()


def _say(code: str, answer: Answer, column: str, value: str, key: str, options: str) -> Finding:
    row = answer.row
    label = PADANAN_TABLE.column(column).label
    words = {"kunci": key, "pilihan": options, "tabel": PADANAN.title}
    return Finding(code=code, sheet=row.sheet, cell=row.cell(column), column=label, value=value, args=words)
