"""Use cases beside ``baca``: keep answers about a layout in Padanan.xlsx, and put a price list into a copy of Kantor.xlsx."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kinerja_xl.adopt.kept import BY_NAME, PERIOD_KEY, UNIT_KEY, WORDS, to_extend, with_answer
from kinerja_xl.adopt.prices import Prices, prices_of
from kinerja_xl.catatan import Finding
from kinerja_xl.foreign.model import HARGA, INDIKATOR, KINDS, RAB, REALISASI, ForeignBook, Table
from kinerja_xl.foreign.padanan import COLUMN_KEY, KIND_KEY, ZONE_KEY, Padanan
from kinerja_xl.office.folder import HASIL, KANTOR_FILE, InputError, read_bytes
from kinerja_xl.office.kantor import Office, build_office
from kinerja_xl.office.prefill import default_listings
from kinerja_xl.reading.workbook import read_workbook
from kinerja_xl.sheets.choices import CHOICES
from kinerja_xl.sheets.content import BookContent
from kinerja_xl.sheets.kantor import KANTOR
from kinerja_xl.sheets.values import fold
from kinerja_xl.uses.baca import padanan_book
from kinerja_xl.uses.perbarui import LOST_CODES
from kinerja_xl.uses.workflow import KANTOR_VERSIONS, read_office
from kinerja_xl.writing.form import kantor_book
from kinerja_xl.writing.output import Written, write_whole

PRICED_FILE = "Kantor-dengan-harga.xlsx"
_KINDS_OF: Mapping[str, tuple[str, ...]] = {UNIT_KEY: (RAB, INDIKATOR), PERIOD_KEY: (REALISASI,), ZONE_KEY: (HARGA,)}
"""Which tables an answer is about."""


# ---- answers -------------------------------------------------------------------------------------------


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
        raise InputError(f"{KANTOR_FILE} tidak ditemukan; jalankan di folder tahun, atau sebut tempatnya dengan --padanan.")
    tables = [table for book in books for table in book.imported]
    kept = to_extend(place)
    for key, value in given.items():
        concerned = [table for table in tables if _concerns(key, table)]
        if not concerned:
            raise InputError(f"Jawaban {key}={value} tidak cocok dengan tabel mana pun yang terbaca di berkas ini.")
        for table in concerned:
            kept = _kept(kept, table, key, value, place)
    return write_whole(place, padanan_book(kept))


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
        return (*(unit.kode for unit in _office(place.parent).units), BY_NAME)
    if key == ZONE_KEY:
        return tuple(c.name for c in table.columns if c.col in table.amount_columns.get("harga", ()))
    return WORDS[key][1]


def _office(folder: Path) -> Office:
    found = read_office(folder / KANTOR_FILE)
    if found.office is None:
        raise InputError(f"{KANTOR_FILE} belum dapat dipakai; perbaiki dahulu catatan di bawah ini.", found.findings)
    return found.office


# ---- prices --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """The copy of Kantor.xlsx with the price list in it; ``written`` None: nothing of the list could be taken."""

    prices: Prices
    written: Written | None


def add_prices(
    books: Sequence[ForeignBook], folder: Path, *, zona: str = "", sifat: str = ""
) -> Priced:  # fmt: skip
    """Write hasil/Kantor-dengan-harga.xlsx: Kantor.xlsx with the rows of these price lists. Kantor.xlsx itself stays.

    ``zona``: the office's price zone, else its policy zona_harga; ``sifat``: Batas tertinggi or Estimasi, which a list
    seldom says. Raises InputError, OutputError.
    """
    content = _kantor(folder)
    nature = next((s for s in CHOICES["sifat_harga"] if sifat and fold(sifat) in fold(s)), "")
    if not nature:
        raise InputError("Sebut sifat harga daftar ini: --sifat tertinggi (batas tertinggi) atau --sifat estimasi.")
    zone = zona or build_office(content).policy("zona_harga")
    found = prices_of(books, content.rows("harga"), zona=zone, sifat=nature)
    if not found.rows:
        return Priced(prices=found, written=None)
    tables = {"harga": (*content.rows("harga"), *found.rows)}
    sheets = tuple(replace(s, tables={**s.tables, **tables}) if "harga" in s.tables else s for s in content.sheets)
    target = folder / HASIL / PRICED_FILE
    target.parent.mkdir(parents=True, exist_ok=True)
    return Priced(prices=found, written=write_whole(target, kantor_book(replace(content, sheets=sheets))))


def _kantor(folder: Path) -> BookContent:
    """Kantor.xlsx as it stands. Raises InputError where anything in it would be lost in a copy."""
    data, trouble = read_bytes(folder / KANTOR_FILE)
    book = read_workbook(data, KANTOR_FILE, {KANTOR.key: KANTOR_VERSIONS}, default_listings())
    lost: list[Finding] = [f for f in book.findings if f.code in LOST_CODES]
    if trouble or book.content is None or lost:
        said = (trouble,) if trouble else tuple(lost or book.findings)
        raise InputError(f"{KANTOR_FILE} tidak dapat disalin utuh; perbaiki dahulu catatan di bawah ini.", said)
    return book.content
