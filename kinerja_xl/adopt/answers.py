"""What Padanan.xlsx says beyond how to read a layout: whose it is, and which period its amounts cover."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from kinerja_xl.findings import Finding
from kinerja_xl.foreign.model import KINDS, Table
from kinerja_xl.foreign.padanan import Answer, Padanan, headings
from kinerja_xl.foreign.questions import KIND_KEY, ZONE_KEY
from kinerja_xl.office import Office
from kinerja_xl.sheets.values import fold

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


_YEAR = re.compile(r"\b(?:tahun(?:\s+anggaran)?|t\.?\s?a\.?)\s*[:.]?\s*(20\d\d)\b", re.IGNORECASE)


def other_year(tables: Iterable[Table], tahun: int) -> Iterator[Finding]:
    """A budget year in a title that is not the office's holds the file (T205), as in our own forms."""
    for table in tables:
        years = set(_YEAR.findall(table.title))
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
