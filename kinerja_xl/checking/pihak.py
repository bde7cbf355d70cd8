"""Rules of the letters of the leaders' PK in Kantor.xlsx: dated from penetapan on, in order, between who holds the posts then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kinerja_xl.catatan import Finding
from kinerja_xl.checking.usulan.identitas import holders, nobody
from kinerja_xl.office.kantor import Office
from kinerja_xl.office.pejabat import BUPATI, CAMAT, SEKCAM, person
from kinerja_xl.sheets.content import BookContent, Row
from kinerja_xl.sheets.ikatan import SURAT_PIMPINAN_TABLE
from kinerja_xl.sheets.values import fold, format_date

TABLE = SURAT_PIMPINAN_TABLE.key
GIVEN, AGREED = "tanggal_disampaikan", "tanggal_disetujui"
ABOVE = {CAMAT: BUPATI, SEKCAM: CAMAT}
"""Who receives the PK of whom (V.D.1, V.D.2)."""


def at_row(content: BookContent, code: str, table: str, row: Row, key: str, value: str = "", **args: str) -> Finding:
    """A finding at one cell of a table of Kantor.xlsx; ``value`` is what stands there, unless it is said otherwise."""
    column = next(c for c in content.book.block(table).columns if c.key == key)
    text = value or str(row.get(key) or "")
    return Finding(code=code, sheet=row.sheet, cell=row.cell(key), column=column.label, value=text, args=args)


def letters(content: BookContent, office: Office) -> Iterator[Finding]:
    """G162 and G172 of the letters of Camat and Sekcam. An older Kantor.xlsx has no place for them."""
    sheet = next((s.name for s in content.book.sheets if any(b.key == TABLE for b in s.blocks)), None)
    if sheet is None:
        return
    promised = {fold(row.text("jabatan_kode")) for row in content.rows("pk_pimpinan")}
    written = {fold(row.text("jabatan_kode")): row for row in reversed(content.rows(TABLE))}
    for post, above in ABOVE.items():
        row = written.get(post)
        if row is not None:
            yield from _dates(content, office, row)
            yield from _parties(content, office, row, (("pertama_nama", post), ("kedua_nama", above)))
        elif office.binding and post in promised:
            yield Finding(code="G162", sheet=sheet, value=post, args={"rincian": "pihak dan tanggalnya belum diisi"})


def _dates(content: BookContent, office: Office, row: Row) -> Iterator[Finding]:
    """One catatan about the dates of a letter: blank from penetapan on, of another year, or agreed before it was given."""
    post, days = row.text("jabatan_kode"), {key: row.get(key) for key in (GIVEN, AGREED)}
    if office.binding and None in days.values():
        blank = [SURAT_PIMPINAN_TABLE.column(key) for key, day in days.items() if day is None]
        words = f"{' dan '.join(column.label.lower() for column in blank)} belum diisi"
        yield at_row(content, "G162", TABLE, row, blank[0].key, post, rincian=words)
        return
    for key, day in days.items():
        if isinstance(day, date) and day.year not in (office.tahun - 1, office.tahun):
            words = f"{format_date(day)} bukan tanggal tahun {office.tahun - 1} atau {office.tahun}"
            yield at_row(content, "G162", TABLE, row, key, post, rincian=words)
            return
    given, agreed = days.values()
    if isinstance(given, date) and isinstance(agreed, date) and agreed < given:
        words = f"disetujui {format_date(agreed)}, sebelum disampaikan {format_date(given)}"
        yield at_row(content, "G162", TABLE, row, AGREED, post, rincian=words)


def _parties(content: BookContent, office: Office, row: Row, parties: tuple[tuple[str, str], ...]) -> Iterator[Finding]:
    """Each party holds the post on the day of the letter; a blank name is that of the sheet Pejabat, which then has one."""
    stated = row.get(GIVEN) or row.get(AGREED)
    day = stated if isinstance(stated, date) else office.tanggal
    for key, post in parties:
        who = holders(replace(office, tanggal=day), post)
        name = row.text(key)
        if name and who and person(name) not in {person(one.nama) for one in who}:
            yield at_row(content, "G172", TABLE, row, key, name, rincian=f"{who[-1].nama} ({who[-1].jabatan})")
        elif not who and isinstance(stated, date) and office.official(post) is not None:
            yield at_row(content, "G172", TABLE, row, key, name or "(kosong)", rincian=nobody(stated))
