"""Padanan.xlsx, where answers about layouts of others are kept: found, read, added to. It is never replaced unread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kinerja_xl.adopt.kept import BY_NAME, PERIOD_KEY, UNIT_KEY, WORDS, read_answers, said_of, to_extend, with_answer
from kinerja_xl.foreign.model import HARGA, INDIKATOR, KINDS, RAB, REALISASI, ForeignBook, Table
from kinerja_xl.foreign.padanan import COLUMN_KEY, KIND_KEY, ZONE_KEY, Padanan
from kinerja_xl.office.folder import KANTOR_FILE, PADANAN_FILE, InputError, there
from kinerja_xl.office.place import is_year
from kinerja_xl.sheets.choices import Listings
from kinerja_xl.sheets.content import Identity
from kinerja_xl.sheets.kantor import PADANAN
from kinerja_xl.sheets.values import fold
from kinerja_xl.uses.year import Year
from kinerja_xl.writing.form import write_book
from kinerja_xl.writing.output import Written, save
from kinerja_xl.writing.turn import turn

_KINDS_OF: Mapping[str, tuple[str, ...]] = {UNIT_KEY: (RAB, INDIKATOR), PERIOD_KEY: (REALISASI,), ZONE_KEY: (HARGA,)}
"""Which tables an answer is about."""


def usual_padanan(paths: Sequence[Path]) -> Path | None:
    """Padanan.xlsx beside Kantor.xlsx: in the working folder, the files' folder, or the one above it; None without an office."""
    near = [Path(), *(path.parent for path in paths), *(path.parent.parent for path in paths)]
    return next((folder / PADANAN_FILE for folder in near if there(folder / KANTOR_FILE)), None)


def load_answers(path: Path | None) -> Padanan:
    """The answers kept in a Padanan.xlsx, with what is wrong with them; none without a file."""
    if path is None or not there(path):
        return Padanan()
    kept = read_answers(path)
    about_units = any(answer.kunci == UNIT_KEY for answer in kept.answers) and is_year(path.parent)
    office = Year(path.parent).kantor.office if about_units else None
    units = [unit.kode for unit in office.units] if office else None
    return replace(kept, findings=tuple(said_of(kept, path.name, units)))


def padanan_book(padanan: Padanan) -> bytes:
    """Padanan.xlsx as bytes."""
    identity = Identity(book=PADANAN.key, version=str(PADANAN.version), tahun="", unit="", kantor="")
    return write_book(padanan.content(), Listings(by_name={}), identity, subtitle="Cara kantor membaca tata letak lain")


def parsed(texts: Sequence[str]) -> dict[str, str]:
    """``unit=pmd`` → {"unit": "pmd"}. Raises InputError."""
    found = {}
    for text in texts:
        key, mark, value = text.rpartition("=") if text.startswith(COLUMN_KEY) else text.partition("=")
        if not (mark and key.strip() and value.strip()):
            raise InputError(f'Tulis --jawab KUNCI=JAWABAN, misalnya --jawab unit=pmd (tertulis "{text}").')
        found[key.strip()] = value.strip()
    return found


def keep(books: Sequence[ForeignBook], given: Mapping[str, str], place: Path | None) -> Written:
    """Keep answers (``unit``, ``periode``, ``jenis``, ``zona``, ``kolom:…``) for every table that they concern.

    An answer about the unit confirms how the table was read as well. Raises InputError for an answer that fits nothing.
    """
    if place is None:
        raise InputError(f"{KANTOR_FILE} tidak ditemukan; jalankan di folder tahun, atau sebutkan tempatnya dengan --padanan.")
    tables = [table for book in books for table in book.imported]

    def add(kept: Padanan) -> Padanan:
        for key, value in given.items():
            concerned = [table for table in tables if _concerns(key, table)]
            if not concerned:
                raise InputError(f"Jawaban {key}={value} tidak cocok dengan tabel mana pun yang terbaca di berkas ini.")
            for table in concerned:
                kept = _kept(kept, table, key, value, place)
        return kept

    return extend(place, add)


def extend(place: Path, add: Callable[[Padanan], Padanan]) -> Written:
    """Add answers to those that Padanan.xlsx holds when it is this run's turn: none that another run keeps meanwhile is lost.

    Raises InputError for a Padanan.xlsx that can't be read in full (it is never replaced), and OutputError.
    """
    with turn(place.parent, "jawaban"):
        return save(place, padanan_book(add(to_extend(place))))


def _concerns(key: str, table: Table) -> bool:
    if key.startswith(COLUMN_KEY):
        return any(question.key == key for question in table.questions)
    if key not in WORDS:
        known = ", ".join((*WORDS, f"{COLUMN_KEY}NAMA"))
        raise InputError(f'"{key}" bukan kunci jawaban; yang ada: {known}.')
    return table.kind in _KINDS_OF.get(key, KINDS)


def _kept(kept: Padanan, table: Table, key: str, value: str, place: Path) -> Padanan:
    options = _options(table, key, place)
    chosen = next((option for option in options if fold(option) == fold(value)), None)
    if chosen is None:
        raise InputError(f'"{value}" bukan pilihan untuk {key}; pilihannya: {", ".join(options)}.')
    kept = with_answer(kept, table, key, chosen, tuple(o for o in options if o not in WORDS.get(key, ("", ()))[1]))
    return with_answer(kept, table, KIND_KEY, table.kind) if key == UNIT_KEY else kept


def _options(table: Table, key: str, place: Path) -> tuple[str, ...]:
    asked = next((q for q in table.questions if q.key == key), None)
    if asked:
        return tuple(option.value for option in asked.options)
    if key == UNIT_KEY:
        return (*(unit.kode for unit in Year(place.parent).office.units), BY_NAME)
    if key == ZONE_KEY:
        return tuple(c.name for c in table.columns if c.col in table.amount_columns.get("harga", ()))
    return WORDS[key][1]
