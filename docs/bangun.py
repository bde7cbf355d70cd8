"""Write the generated pages of the documentation: ``python -m docs.bangun``.

``lembar.md`` walks the declarations of ``kinerja_xl/sheets``, ``catatan.md`` the catalogue of findings. A test holds
that the committed pages equal a fresh build, so neither is edited by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

from kinerja_xl.findings import Code, Holds, Severity, catalogue
from kinerja_xl.listings import default_listings
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.choices import CHOICES, EDITABLE, LIST_FIELDS
from kinerja_xl.sheets.kantor import KANTOR, POLICIES
from kinerja_xl.sheets.kinds import Kind
from kinerja_xl.sheets.model import Block, Book, Column, Form, Sheet, Table
from kinerja_xl.sheets.rekap import Around, RecapSheet
from kinerja_xl.sheets.usulan import USULAN, USULAN_VERSIONS

FOLDER = Path(__file__).parent

_GENERATED = "<!-- Ditulis oleh `python -m docs.bangun`; jangan disunting dengan tangan. -->"

AREAS: Mapping[str, str] = MappingProxyType(
    {
        "B": "Berkas",
        "T": "Templat dan identitas",
        "S": "Susunan lembar",
        "N": "Isi sel",
        "F": "Forensik rumus",
        "R": "RAB",
        "K": "TOR (kerangka acuan kerja)",
        "I": "Indikator",
        "P": "Perjanjian Kinerja",
        "U": "Antarunit dan kantor",
        "G": "Kantor.xlsx",
    }
)
"""First letter of a code -> what its catatan are about, in the order of the page."""

_LEVELS: Mapping[Severity, str] = MappingProxyType(
    {
        Severity.WAJIB: "harus dibetulkan; usulan belum siap ditelaah",
        Severity.CEK: "mungkin benar, mungkin salah; perlu dilihat orang",
        Severity.INFO: "pemberitahuan; boleh dibiarkan",
    }
)
_HOLDS: Mapping[Holds, str] = MappingProxyType(
    {
        Holds.TIDAK: "tidak menahan apa pun",
        Holds.BARIS: "menahan barisnya",
        Holds.BERKAS: "menahan seluruh berkas",
    }
)
_SOURCES: Mapping[str, str] = MappingProxyType(
    {
        "sub_kegiatan": "lembar Program di Kantor.xlsx: sub kegiatan yang menjadi tugas atau pagu unit",
        "kode_program": "lembar Program di Kantor.xlsx: program, kegiatan, dan sub kegiatan unit",
        "rekening": "lembar Rekening di Kantor.xlsx: rekening rincian",
        "standar": "lembar Standar Harga di Kantor.xlsx",
    }
)
"""Where the lists with codes come from; a form carries them on its sheet Daftar."""

_RECAP_KINDS: Mapping[str, str] = MappingProxyType({"persen": "persen", "penanda": "tanda", "kode": "kode"})
"""Kinds whose own words say too much (or nothing) about a cell that nobody types into."""


# ---- pieces of markdown ----------------------------------------------------------------------


def _cell(text: str) -> str:
    """A text as the cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    names = list(heads)
    yield "| " + " | ".join(names) + " |"
    yield "|" + "---|" * len(names)
    for row in rows:
        yield "| " + " | ".join(_cell(text) for text in row) + " |"
    yield ""


def _keys(keys: Iterable[str]) -> str:
    return ", ".join(f"`{key}`" for key in keys)


def _page(lines: Iterable[str]) -> str:
    """Lines as a page: no blank lines doubled, one line break at the end."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


# ---- lembar.md -------------------------------------------------------------------------------


def _content(kind: Kind) -> str:
    """What belongs into a cell of this kind."""
    if not kind.list_name:
        return kind.describe
    more = "; isi lain boleh" if kind.open_list else ""
    words = "pilihan" if kind.name == "pilihan" else kind.describe
    return f"{words} dari daftar `{kind.list_name}`{more}"


def _bounds(kind: Kind) -> str:
    """Bounds that say more than the kind itself: those of plain numbers."""
    if kind.name != "angka" or kind.minimum is None:
        return ""
    return f", paling kecil {kind.minimum}" + ("" if kind.maximum is None else f", paling besar {kind.maximum}")


def _must(column: Column) -> str:
    if column.computed:
        return "dihitung"
    return "wajib" if column.required else ""


def _remarks(column: Column) -> str:
    said = [
        column.hint,
        "Terisi dari Kantor.xlsx." if column.prefilled else "",
        "Tanpa kolom ini jumlah tidak dapat dihitung." if column.essential else "",
        f"Judul lain yang dikenali: {', '.join(column.aliases)}." if column.aliases else "",
    ]
    return " ".join(part for part in said if part)


def _columns(columns: Iterable[Column]) -> Iterator[str]:
    many = list(columns)
    grouped = any(c.group for c in many)
    heads = ["Kunci", *(["Bagian"] if grouped else []), "Judul", "Isi", "Wajib", "Keterangan"]
    yield from _table(
        heads,
        (
            [
                f"`{c.key}`",
                *([c.group] if grouped else []),
                c.label.strip(),
                _content(c.kind) + _bounds(c.kind),
                _must(c),
                _remarks(c),
            ]
            for c in many
        ),
    )


def _table_facts(table: Table) -> str:
    """What else the declaration of a table says, in one paragraph."""
    facts = [f"{table.rows} baris disiapkan."]
    if table.optional:
        facts.append("Boleh kosong.")
    if table.totals:
        facts.append(f"Dijumlah di atas tabel: {_keys(table.totals)}.")
    if table.unique:
        facts.append(f"Tidak boleh berulang: {'; '.join(' + '.join(f'`{key}`' for key in keys) for keys in table.unique)}.")
    if table.note:
        facts.append(table.note)
    return " ".join(facts)


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Form):
        yield f"#### Isian `{block.key}`: {block.title}"
        yield ""
        if block.optional:
            yield "Boleh kosong."
            yield ""
    else:
        yield f"#### Tabel `{block.key}`: {block.title}"
        yield ""
        yield _table_facts(block)
        yield ""
    yield from _columns(block.columns)


def _sheet(sheet: Sheet) -> Iterator[str]:
    yield f"### Lembar {sheet.name}"
    yield ""
    if sheet.intro:
        yield sheet.intro
        yield ""
    if sheet.copies:
        yield "Setiap salinan lembar ini ikut dibaca."
        yield ""
    if not sheet.blocks:
        yield "Tidak dibaca oleh program."
        yield ""
    for block in sheet.blocks:
        yield from _block(block)


def _book(title: str, book: Book) -> Iterator[str]:
    yield f"## {title}"
    yield ""
    yield f"Buku kerja `{book.key}`, versi {book.version}."
    yield ""
    for sheet in book.sheets:
        yield from _sheet(sheet)


def _changes(old: Block, new: Block) -> Iterator[str]:
    """How the block of an older version differs from today's."""
    there = {c.key: c for c in old.columns}
    missing = [c.key for c in new.columns if c.key not in there]
    if missing:
        yield f"`{new.key}`: belum ada {_keys(missing)}."
    gone = [key for key in there if key not in {c.key for c in new.columns}]
    if gone:
        yield f"`{new.key}`: masih ada {_keys(gone)}."
    for column in new.columns:
        before = there.get(column.key, column)
        if before.label != column.label:
            yield f"`{new.key}`: judul `{column.key}` adalah {before.label.strip()}, sekarang {column.label.strip()}."
    if isinstance(old, Table) and isinstance(new, Table) and old.totals != new.totals:
        yield f"`{new.key}`: dijumlah di atas tabel hanya {_keys(old.totals)}."


def _differences(old: Book, new: Book) -> Iterator[str]:
    before = {s.key: s for s in old.sheets}
    for sheet in new.sheets:
        was = before.get(sheet.key)
        if was is None:
            yield f"Belum ada lembar {sheet.name}."
            continue
        if was.name != sheet.name:
            yield f"Lembar {sheet.name} bernama {was.name}."
        blocks = {b.key: b for b in was.blocks}
        for block in sheet.blocks:
            if block.key not in blocks:
                yield f"Lembar {sheet.name}: belum ada `{block.key}` ({block.title})."
            else:
                yield from _changes(blocks[block.key], block)


def _versions() -> Iterator[str]:
    yield "## Versi lama formulir unit"
    yield ""
    yield "Formulir versi lama tetap dibaca (catatan T203). Versi yang tidak disebut di sini ditolak (T202)."
    yield ""
    for number, book in sorted(USULAN_VERSIONS.items()):
        if number == USULAN.version:
            continue
        yield f"### Versi {number}"
        yield ""
        yield f"Versi ini {book.upgrades}. Bedanya dengan versi {USULAN.version}:"
        yield ""
        yield from (f"* {line}" for line in _differences(book, USULAN))
        yield ""


def _recap_table(around: Around) -> Iterator[str]:
    own = (*around.before, *around.after)
    yield f"#### Tabel `{around.key}`" + (f": {around.title}" if around.title else "")
    yield ""
    taken = around.from_source(USULAN)
    if taken:
        folded = [c.key for c in taken if c.page > 1]
        which = _keys(c.key for c in taken)
        yield f"Kolom dari `{around.source}` formulir unit, sesudah kolom pertama di bawah ini: {which}."
        if folded:
            yield f"Yang dilipat: {_keys(folded)}."
        yield ""
    if totals := around.all_totals(USULAN):
        yield f"Dijumlah: {_keys(totals)}."
        yield ""
    yield from _table(("Kunci", "Judul", "Isi", "Keterangan"), (_recap_row(c) for c in own))


def _recap_row(column: Column) -> tuple[str, str, str, str]:
    remarks = " ".join(text for text in (column.hint, "Dilipat." if column.page > 1 else "") if text)
    return f"`{column.key}`", column.label, _RECAP_KINDS.get(column.kind.name) or _content(column.kind), remarks


def _recap_sheet(sheet: RecapSheet) -> Iterator[str]:
    yield f"### Lembar {sheet.name}"
    yield ""
    yield f"{sheet.title}. {sheet.intro}".strip()
    yield ""
    if sheet.signed:
        yield "Berakhir dengan tempat tanda tangan Camat."
        yield ""
    for table in sheet.tables:
        yield from _recap_table(table)


def _recap() -> Iterator[str]:
    yield "## Rekap"
    yield ""
    yield "Ditulis oleh perintah `rekap`. Tidak ada lembar yang dikunci; jumlah di dalamnya adalah rumus."
    yield ""
    for sheet in rekap.REKAP:
        yield from _recap_sheet(sheet)


def _list_rows() -> Iterator[tuple[str, str, str]]:
    listings = default_listings().by_name
    for name in CHOICES:
        yield f"`{name}`", "tetap", "; ".join(CHOICES[name])
    for name in EDITABLE:
        yield f"`{name}`", "lembar Daftar Kantor di Kantor.xlsx", "; ".join(EDITABLE[name])
    for name, fields in LIST_FIELDS.items():
        yield f"`{name}`", _SOURCES[name], ", ".join(fields)
    count = len(listings["satuan"].rows)
    yield "`satuan`", "bawaan program", f"{count} satuan dengan berbagai cara penulisannya; lihat lembar Daftar pada formulir"


def _lists() -> Iterator[str]:
    yield "## Daftar pilihan"
    yield ""
    yield "Lembar Daftar di setiap buku kerja memuat daftar yang dipakai di sana."
    yield "Huruf besar-kecil dan spasi tidak berpengaruh saat dibaca."
    yield ""
    yield from _table(("Daftar", "Asal", "Isi"), _list_rows())
    yield "## Kebijakan kantor"
    yield ""
    yield "Kunci yang dikenal pada lembar Kebijakan di Kantor.xlsx."
    yield ""
    yield from _table(
        ("Kunci", "Kebijakan", "Bawaan", "Keterangan"), ((f"`{p.key}`", p.label, p.default, p.keterangan) for p in POLICIES)
    )


def lembar() -> str:
    """The page about every workbook, sheet and column."""
    intro = (
        "# Lembar dan kolom",
        "",
        _GENERATED,
        "",
        "Semua buku kerja, lembar, isian, dan kolom yang dikenal `kinerja-xl`. **Kunci** adalah nama kolom untuk program: "
        "ditulis di baris tersembunyi di atas judul tabel, atau di kolom A yang tersembunyi di samping isian. "
        "Baris **wajib** berarti sel itu harus diisi; **dihitung** berarti sel itu berisi rumus dan tidak diketik.",
        "",
    )
    return _page(
        (
            *intro,
            *_book("Formulir unit", USULAN),
            *_versions(),
            *_book("Kantor.xlsx", KANTOR),
            *_recap(),
            *_lists(),
        )
    )


# ---- catatan.md ------------------------------------------------------------------------------


def _sentence(text: str) -> str:
    """A sentence of the catalogue with its places shown as ‹words›; the optional suggestion is left out."""
    return re.sub(r"\{(\w+)\}", r"‹\1›", text.replace("{usul}", ""))


def _entry(code: Code) -> Iterator[str]:
    yield f"### {code.kode}"
    yield ""
    yield f"**{code.judul}.** {code.severity.label}; {_HOLDS[code.holds]}."
    yield ""
    yield f"* Masalah: {_sentence(code.masalah)}"
    yield f"* Perbaikan: {_sentence(code.perbaikan)}"
    if code.sumber:
        yield f"* Sumber: {code.sumber}"
    yield ""


def catatan() -> str:
    """The page about every catatan, grouped by the first letter of its code."""
    codes = sorted(catalogue().values(), key=lambda c: (list(AREAS).index(c.kode[0]), c.kode))
    lines = [
        "# Daftar catatan",
        "",
        _GENERATED,
        "",
        "Semua catatan yang dapat diberikan `kinerja-xl`. Kata dalam ‹kurung› diisi menurut berkasnya; "
        'di belakang beberapa kalimat berdiri pula saran ("mungkin …").',
        "",
        *_table(("Tingkat", "Artinya"), ((level.label, words) for level, words in _LEVELS.items())),
        "Yang ditahan tidak dihitung dalam jumlah; nilainya disebut di samping jumlah.",
        "",
        *_table(
            ("Kode", "Tentang", "Banyaknya"),
            ((f"{a}…", AREAS[a], str(len(list(own)))) for a, own in groupby(codes, key=lambda c: c.kode[0])),
        ),
    ]
    for area, own in groupby(codes, key=lambda c: c.kode[0]):
        lines += [f"## {AREAS[area]}", ""]
        for code in own:
            lines += _entry(code)
    return _page(lines)


# ---- writing ---------------------------------------------------------------------------------

PAGES: Mapping[str, Callable[[], str]] = MappingProxyType({"lembar.md": lembar, "catatan.md": catatan})
"""File name -> the function that makes its text."""


def build(folder: Path = FOLDER) -> None:
    """Write all generated pages into a folder."""
    for name, make in PAGES.items():
        (folder / name).write_text(make(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    build()
