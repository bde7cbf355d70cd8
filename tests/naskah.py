"""Reading letters back: text in order, tables by their heading, numbers as people read them, the zip without a clock."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import docx
from docx.document import Document
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from kinerja_xl.sheets.content import Row
from tests.kantor_uji import D, Folder, line

BIG = 1_234_567_890_123
LONG_NAME = ("Koordinasi dan Sinkronisasi Pemberdayaan Lembaga Kemasyarakatan Desa " * 3)[:200]
THREE_PAGES = "\n".join(
    [
        f"Alinea ke-{n}: " + "lembaga desa memerlukan pendampingan yang teratur agar tetap bekerja sepanjang tahun. " * 7
        for n in range(27)
    ]
)


def opened(data: bytes | Path) -> Document:
    return docx.Document(io.BytesIO(data.read_bytes() if isinstance(data, Path) else data))


def blocks(document: Document) -> Iterable[Paragraph | Table]:
    """Paragraphs and tables as they follow each other."""
    return document.iter_inner_content()


def text(document: Document) -> str:
    """All text of the body, tables included."""
    parts = []
    for block in blocks(document):
        if isinstance(block, Table):
            parts += [cell.text for row in rows(block) for cell in row]
            parts += [part for made in closing(block) for part in _said(made)]
        else:
            parts.append(block.text)
    return "\n".join(parts)


def _said(made: Paragraph | Table) -> list[str]:
    return [cell.text for row in rows(made) for cell in row] if isinstance(made, Table) else [made.text]


def closing(table: Table) -> list[Paragraph | Table]:
    """What stands in the last row of a table that a signature closes: its words, then the signature; nothing in any other."""
    last = table.rows[-1]._tr.tc_lst
    return list(_Cell(last[0], table).iter_inner_content()) if len(last) == 1 and last[0].tbl_lst else []


def rows(table: Table) -> list[tuple[_Cell, ...]]:
    """The rows of a table but for the one that closes it."""
    found = [row.cells for row in table.rows]
    return found[:-1] if closing(table) else found


def tables(document: Document) -> list[Table]:
    """All tables in order, the one of a signature behind the one that it closes."""
    return [one for table in document.tables for one in (table, *(x for x in closing(table) if isinstance(x, Table)))]


def lines(document: Document) -> list[Paragraph]:
    """The paragraphs outside of tables, and those of what closes a table."""
    nested = [x for block in blocks(document) if isinstance(block, Table) for x in closing(block)]
    return [*document.paragraphs, *(x for x in nested if isinstance(x, Paragraph))]


def table(document: Document, *heads: str) -> Table:
    """The one table whose headings are these."""
    found = [t for t in document.tables if [c.text for c in t.rows[0].cells] == list(heads)]
    assert len(found) == 1, [[c.text for c in t.rows[0].cells] for t in document.tables]
    return found[0]


def cells(table: Table) -> list[list[str]]:
    """The rows below the headings."""
    return [[cell.text for cell in row] for row in rows(table)[1:]]


def rupiah(shown: str) -> int:
    """``1.500.000`` → 1500000."""
    return int(shown.replace(".", ""))


def headings(document: Document, level: int) -> list[str]:
    return [p.text for p in document.paragraphs if p.style is not None and p.style.name == f"Heading {level}"]


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        assert {entry.date_time for entry in zipped.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {entry.filename: zipped.read(entry) for entry in zipped.infolist()}


def bupati() -> Folder:
    """The small office with a Bupati, so that nobody is missing."""
    folder = Folder()
    return folder.edit("kantor", "pejabat", 4, jabatan_kode="bupati", nama="Tarigan Batubara",
                       jabatan="Bupati Telaga Biru", status="Definitif")  # fmt: skip


def hard() -> Folder:
    """A sub kegiatan name of 200 characters, a TOR section of three pages, an amount of 13 digits, 400 rows, a unit with none."""
    folder = bupati()
    index = next(i for i, row in enumerate(folder.kantor.rows("program")) if row.get("kode") == "7.01.03.2.01.0003")
    folder.edit("kantor", "program", index, nama=LONG_NAME)
    folder.edit("kantor", "unit", 2, kode="kosong", nama="Seksi Tanpa Usulan", atasan="camat", tugas="7.01.06")
    folder.edit(
        "pmd", "tor", 0, latar_belakang=THREE_PAGES, keterkaitan="=SUM(A1:A9)\n- satu\n- dua\n1. pertama\n2. kedua\n<b>& tebal"
    )
    folder.edit("pmd", "rab", 0, harga_satuan=D(BIG), koef_1=D(1), sat_1="Rim", kode_standar=None, jenis_standar=None)
    rows = [
        line("7.01.04.2.01.0001", "5.1.02.01.01.0024", f"Barang nomor {n}", 1000 + n, n + 1, "Buah", satuan="Buah")
        for n in range(400)
    ]
    for number, row in enumerate(rows):
        if number < 3:
            folder.edit("trantib", "rab", number, **(dict.fromkeys(folder.units["trantib"].rows("rab")[number].values) | row))
    return _more_rows(folder, "trantib", [Row(values=row) for row in rows[3:]])


def _more_rows(folder: Folder, unit: str, rows: list[Row]) -> Folder:
    content = folder.units[unit]
    folder.units[unit] = replace(
        content,
        sheets=tuple(
            replace(s, tables={**s.tables, "rab": (*s.tables["rab"], *rows)}) if s.key == "rab" else s for s in content.sheets
        ),
    )
    return folder
