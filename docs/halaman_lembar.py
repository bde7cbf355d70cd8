"""The page ``lembar.md``: every workbook, sheet, form and column, from the declarations of ``kinerja_xl/sheets``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from docs.markdown import GENERATED, grid, named, page
from kinerja_xl.office.prefill import default_listings
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.beda import BEDA
from kinerja_xl.sheets.capaian import CAPAIAN
from kinerja_xl.sheets.choices import CHOICES, EDITABLE, LIST_FIELDS
from kinerja_xl.sheets.kantor import KANTOR, PADANAN, POLICIES
from kinerja_xl.sheets.kinds import Kind
from kinerja_xl.sheets.model import Block, Book, Column, Form, Sheet, Table
from kinerja_xl.sheets.penetapan import DPA, PENELAAHAN, PENETAPAN
from kinerja_xl.sheets.realisasi import REALISASI_UANG, REALISASI_UNIT
from kinerja_xl.sheets.rekap import Around, RecapSheet
from kinerja_xl.sheets.usulan import USULAN, USULAN_VERSIONS

_SOURCES: Mapping[str, str] = MappingProxyType(
    {
        "sub_kegiatan": "lembar Program di Kantor.xlsx: sub kegiatan yang menjadi tugas atau pagu unit",
        "kode_program": "lembar Program di Kantor.xlsx: program, kegiatan, dan sub kegiatan unit",
        "rekening": "lembar Rekening di Kantor.xlsx: rekening rincian",
        "standar": "lembar Standar Harga di Kantor.xlsx",
        "kriteria_iku": "lembar Daftar Kantor di Kantor.xlsx; bawaannya kriteria SMART",
        "sebutan_satuan": "satuan di atas dengan semua sebutannya; Cek Mandiri menyamakan sebutan dari satu satuan",
    }
)
"""Where the lists with codes come from; a form carries them on its sheet Daftar."""

_OPEN = "Tidak ada lembar yang dikunci; jumlah di dalamnya adalah rumus."

_RECAP_KINDS: Mapping[str, str] = MappingProxyType({"persen": "persen", "penanda": "tanda", "kode": "kode"})
"""Kinds whose own words say too much (or nothing) about a cell that nobody types into."""


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
        "Sudah terisi." if column.prefilled else "",
        "Tanpa kolom ini jumlah tidak dapat dihitung." if column.essential else "",
        f"Judul lain yang dikenali: {', '.join(column.aliases)}." if column.aliases else "",
    ]
    return " ".join(part for part in said if part)


def _columns(columns: Iterable[Column]) -> Iterator[str]:
    many = list(columns)
    grouped = any(c.group for c in many)
    heads = ["Kunci", *(["Bagian"] if grouped else []), "Judul", "Isi", "Wajib", "Keterangan"]
    yield from grid(
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
    facts = [f"{table.rows} baris disiapkan." if table.rows > 1 else "Sebanyak isinya."]
    if table.optional:
        facts.append("Boleh kosong.")
    if table.totals:
        facts.append(f"Dijumlah di atas tabel: {named(table.totals)}.")
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
        yield f"`{new.key}`: belum ada {named(missing)}."
    gone = [key for key in there if key not in {c.key for c in new.columns}]
    if gone:
        yield f"`{new.key}`: masih ada {named(gone)}."
    for column in new.columns:
        before = there.get(column.key, column)
        if before.label != column.label:
            yield f"`{new.key}`: judul `{column.key}` adalah {before.label.strip()}, sekarang {column.label.strip()}."
    if isinstance(old, Table) and isinstance(new, Table) and old.totals != new.totals:
        yield f"`{new.key}`: dijumlah di atas tabel hanya {named(old.totals)}."


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
        which = named(c.key for c in taken)
        yield f"Kolom dari `{around.source}` formulir unit, sesudah kolom pertama di bawah ini: {which}."
        if folded:
            yield f"Yang dilipat: {named(folded)}."
        yield ""
    if totals := around.all_totals(USULAN):
        yield f"Dijumlah: {named(totals)}."
        yield ""
    yield from grid(("Kunci", "Judul", "Isi", "Keterangan"), (_recap_row(c) for c in own))


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


def _written(title: str, words: str, sheets: Iterable[RecapSheet]) -> Iterator[str]:
    """A workbook that the program writes and nobody fills in."""
    yield f"## {title}"
    yield ""
    yield words
    yield ""
    for sheet in sheets:
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
    yield from grid(("Daftar", "Asal", "Isi"), _list_rows())
    yield "## Kebijakan kantor"
    yield ""
    yield "Kunci yang dikenal pada lembar Kebijakan di Kantor.xlsx."
    yield ""
    yield from grid(
        ("Kunci", "Kebijakan", "Bawaan", "Keterangan"), ((f"`{p.key}`", p.label, p.default, p.keterangan) for p in POLICIES)
    )


def lembar() -> str:
    """The page about every workbook, sheet and column."""
    intro = (
        "# Lembar dan kolom",
        "",
        GENERATED,
        "",
        "Semua buku kerja, lembar, isian, dan kolom yang dikenal `kinerja-xl`. **Kunci** adalah nama kolom untuk program: "
        "ditulis di baris tersembunyi di atas judul tabel, atau di kolom A yang tersembunyi di samping isian. "
        "Baris **wajib** berarti sel itu harus diisi; **dihitung** berarti sel itu berisi rumus dan tidak diketik.",
        "",
    )
    return page(
        (
            *intro,
            *_book("Formulir unit", USULAN),
            *_versions(),
            *_book("Kantor.xlsx", KANTOR),
            *_book("Lembar Penelaahan", PENELAAHAN),
            *_book("DPA", DPA),
            *_book("Penetapan", PENETAPAN),
            *_book("Formulir realisasi unit", REALISASI_UNIT),
            *_book("Formulir realisasi keuangan", REALISASI_UANG),
            *_written("Rekap", f"Ditulis oleh perintah `rekap`. {_OPEN}", rekap.REKAP),
            *_written("Buku RKA", "Ditulis oleh `rekap --rka`; lembar terakhir: satu untuk setiap sub kegiatan.", rekap.BUKU_RKA),
            *_written("Capaian", f"Ditulis oleh perintah `capaian`. {_OPEN}", CAPAIAN),
            *_written("Perbandingan", "Ditulis oleh perintah `bandingkan`.", BEDA),
            *_book("Padanan Kolom", PADANAN),
            *_lists(),
        )
    )
