"""Padanan.xlsx of a year's folder: its answers, and what is wrong with them. A damaged one stops nothing and stays as it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from kinerja_xl.catatan import Finding, Severity
from kinerja_xl.foreign.model import KINDS, Table
from kinerja_xl.foreign.padanan import (
    ALL_ZONES,
    COLUMN_KEY,
    FORM_KEY,
    KIND_KEY,
    ZONE_KEY,
    Answer,
    Padanan,
    headings,
    load_padanan,
)
from kinerja_xl.frames import Checked, check_rows
from kinerja_xl.office.folder import InputError, read_bytes, there
from kinerja_xl.office.kantor import Office
from kinerja_xl.sheets.choices import Listings
from kinerja_xl.sheets.kantor import PADANAN, PADANAN_TABLE
from kinerja_xl.sheets.values import fold
from kinerja_xl.words.periods import BUDGET_YEAR

# ---- What Padanan.xlsx says beyond how to read a layout: whose it is, and which period its amounts cover ----

UNIT_KEY, PERIOD_KEY = "unit", "periode"
BY_NAME = "nama berkas"
CUMULATIVE, WITHIN = "kumulatif", "triwulan"

WORDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    KIND_KEY: ("Tabel ini dibaca sebagai apa?", KINDS),
    UNIT_KEY: ("Tata letak ini milik unit mana?", (BY_NAME,)),
    PERIOD_KEY: ("Realisasinya dihitung sejak Januari, atau hanya dalam triwulan itu?", (CUMULATIVE, WITHIN)),
    ZONE_KEY: ("Kolom harga (zona) mana yang berlaku untuk kantor?", ()),
}
"""Answers that are kept without having been asked: the question as Padanan.xlsx shows it, and its options."""


def with_answer(padanan: Padanan, table: Table, key: str, value: str, options: tuple[str, ...] = ()) -> Padanan:
    """The padanan with one answer about a table's layout added or replaced, whether it was asked or not."""
    asked = next((q for q in table.questions if q.key == key), None)
    text, usual = WORDS.get(key, ("", ()))
    made = Answer(
        sidik=table.fingerprint, asal=f"{table.file}, {table.sheet}", judul=headings(table), kunci=key,
        pertanyaan=asked.text if asked else text, jawaban=value,
        pilihan=tuple(o.value for o in asked.options) if asked else (*options, *usual),
    )  # fmt: skip
    kept = [a for a in padanan.answers if (a.sidik, a.kunci) != (made.sidik, made.kunci)]
    return replace(padanan, answers=(*kept, made))


def units_named(file: str, office: Office) -> list[str]:
    """Codes of the units that stand as a word in a file's name."""
    words = re.split(r"[\W_]+", file.casefold())
    return [unit.kode for unit in office.units if unit.kode.casefold() in words]


def unit_of(answer: str, file: str, office: Office) -> tuple[str, str]:
    """(unit, contradiction): whose a file is by its padanan's answer and its name; "" where nobody can tell.

    ``contradiction`` names another unit that the file's name gives: then the file counts for nobody.
    """
    named = units_named(file, office)
    if fold(answer) in ("", fold(BY_NAME)):
        return (named[0], "") if len(named) == 1 else ("", "")
    unit = next((u.kode for u in office.units if fold(u.kode) == fold(answer)), "")
    other = next((kode for kode in named if kode != unit), "") if unit and unit not in named else ""
    return unit, other


def other_year(tables: Iterable[Table], tahun: int) -> Iterator[Finding]:
    """A budget year in a title that is not the office's holds the file (T205), as in our own forms."""
    for table in tables:
        years = set(BUDGET_YEAR.findall(table.title))
        if years and str(tahun) not in years:
            yield Finding(code="T205", sheet=table.sheet, value=", ".join(sorted(years)), args={"rincian": str(tahun)})
            return


_INSTITUTION = re.compile(
    r"(?:(?:skpd|opd|perangkat daerah|satuan kerja|unit (?:organisasi|kerja|skpd)|instansi)[^:]*:?\s*)?(?:[\d.]+\s+)?"
    r"((?:kantor\s+)?(?:kecamatan|kelurahan|dinas|badan|sekretariat|inspektorat|puskesmas|rumah sakit|rsud)\s+\S.*)",
    re.IGNORECASE,
)
_NO_NAME = frozenset({"kantor", "kecamatan"})


def other_office(tables: Iterable[Table], office: Office) -> Iterator[Finding]:
    """Another institution in the rows above a table holds the file (T207): "DINAS PENDIDIKAN", "SKPD : Kecamatan Lain"."""
    ours = [word for word in re.findall(r"\w+", office.nama.casefold()) if word not in _NO_NAME]
    for table in tables:
        above = [heading for heading in table.headings if heading.row < table.first_row]
        named = [(one, found[1]) for one in above for text in (*one.texts, one.text) if (found := _INSTITUTION.fullmatch(text))]
        if named and not any(all(word in name.casefold() for word in ours) for _, name in named):
            place, name = named[0]
            yield Finding(code="T207", sheet=table.sheet, cell=place.cell, value=name, args={"rincian": office.nama})
            return


def read_answers(path: Path) -> Padanan:
    """The answers kept in a file; none, with the reason, where it can't be opened or read."""
    data, trouble = read_bytes(path)
    return Padanan(findings=(trouble,), whole=False) if trouble else load_padanan(data, path.name)


def to_extend(path: Path) -> Padanan:
    """The answers to which another is added; none without a file. Raises InputError where writing it would lose something."""
    if not there(path):
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
        if key not in WORDS and not key.startswith((COLUMN_KEY, FORM_KEY)):
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
    if answer.kunci.startswith(FORM_KEY):
        return ()
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
