"""Build ``samples/bermasalah``: the clean office with the mistakes of ``isi/bermasalah.toml`` put in, and their list.

A mistake is made the way staff make it: in the content where they typed something wrong, in the package where a
formula was overtyped or broke. What Excel would show because of it (``#VALUE!`` beside a text amount) is put in too.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from kinerja_xl.catatan import catalogue
from kinerja_xl.office.folder import KANTOR_FILE, MASUK
from kinerja_xl.office.kantor import Office, build_office
from kinerja_xl.office.prefill import office_listings
from kinerja_xl.package import CellValue, ErrorValue, Formula, patch
from kinerja_xl.reading.intake import ACCEPTED
from kinerja_xl.reading.workbook import read_workbook
from kinerja_xl.sheets.content import BookContent, Row, SheetContent
from kinerja_xl.sheets.model import Book, Table
from kinerja_xl.sheets.rab import RAB_TABLE
from kinerja_xl.writing.form import form_name, kantor_book, unit_book
from samples.isi import kantor_content, unit_content
from samples.isi.baca import read_toml

LIST_FILE = "DAFTAR-KESALAHAN.md"
Mistake = Mapping[str, Any]
Edit = Callable[[SheetContent], SheetContent]


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """Where a mistake ended up: file, sheet and cell ("" when it concerns a whole file or unit)."""

    nomor: int
    kode: str
    unit: str
    file: str
    sheet: str
    cell: str
    keterangan: str


def mistakes() -> list[Mistake]:
    """The declared mistakes in order."""
    return list(read_toml("bermasalah.toml")["kesalahan"])


def build_faulty() -> dict[str, bytes]:
    """Every file of the faulty office by its path in the folder, the list of its mistakes included."""
    return _build()[0]


def placed_mistakes() -> list[Put]:
    """The mistakes with the file, sheet and cell where each ended up."""
    return _build()[1]


def _build() -> tuple[dict[str, bytes], list[Put]]:
    declared = mistakes()
    kantor = _kantor(declared)
    office = build_office(kantor)
    files = {KANTOR_FILE: kantor_book(kantor)}
    contents: dict[str, BookContent] = {}
    for unit in office.units:
        name = form_name(office, unit)
        own = [m for m in declared if m["unit"] == unit.kode]
        kinds = {m["jenis"] for m in own}
        if "hilang" in kinds:
            continue
        if "html" in kinds:
            files[f"{MASUK}/{name}"] = _html(unit.nama)
            continue
        content = _edited(unit_content(unit.kode), own)
        contents[name] = content
        files[f"{MASUK}/{name}"] = _written(content, office, unit.kode, own)
        for copy in (m for m in own if m["jenis"] == "salinan"):
            change = {**copy["ubah"], "jenis": "sel", "unit": unit.kode}
            files[f"{MASUK}/{copy['berkas']}"] = _written(_edited(content, [change]), office, unit.kode, [])
    puts = [put for m in declared for put in _put(m, office, files)]
    files[LIST_FILE] = _listing(puts).encode()
    return files, puts


# ---- in the content --------------------------------------------------------------------------


def _kantor(declared: list[Mistake]) -> BookContent:
    """The office with what its own mistakes and the late or missing units change in it."""
    content = kantor_content()
    for m in declared:
        if m["jenis"] == "kantor":
            content = _set_cell(content, m)
        elif m["jenis"] == "ganti_kode":
            content = _recoded(content, m, only=m["unit"])
        elif m["jenis"] in ("terlambat", "hilang"):
            content = _receipt(content, m)
    return content


def _receipt(content: BookContent, m: Mistake) -> BookContent:
    def edit(sheet: SheetContent) -> SheetContent:
        rows = sheet.tables.get("penerimaan")
        if rows is None:
            return sheet
        kept = [r for r in rows if r.get("unit") != m["unit"] or m["jenis"] == "terlambat"]
        dated = [_with(r, tanggal=m["tanggal"]) if r.get("unit") == m["unit"] else r for r in kept]
        return replace(sheet, tables={**sheet.tables, "penerimaan": tuple(dated)})

    return _each(content, edit)


def _edited(content: BookContent, own: list[Mistake]) -> BookContent:
    """A unit's content with the mistakes that are typed ones."""
    for m in own:
        if m["jenis"] == "sel":
            content = _set_cell(content, m)
        elif m["jenis"] == "formulir":
            content = _set_field(content, m)
        elif m["jenis"] == "ganti_kode":
            content = _recoded(content, m)
        elif m["jenis"] == "sisip":
            content = _inserted(content, m)
        elif m["jenis"] == "terlambat":
            content = _set_field(content, {**m, "formulir": "identitas", "kolom": "tanggal_disampaikan", "nilai": m["tanggal"]})
        elif m["jenis"] == "judul":
            content = replace(content, book=_renamed(content.book, m))
    return content


def _each(content: BookContent, edit: Edit) -> BookContent:
    return replace(content, sheets=tuple(edit(sheet) for sheet in content.sheets))


def _with(row: Row, **values: object) -> Row:
    return replace(row, values={**row.values, **values})


def _matches(row: Row, wanted: Mapping[str, object]) -> bool:
    return all(row.get(key) == value for key, value in wanted.items())


def _value(raw: object) -> object:
    """A number as Decimal, an emptied cell as None, everything else as it was typed."""
    if raw == "":
        return None
    return Decimal(raw) if isinstance(raw, int) else raw


def _set_cell(content: BookContent, m: Mistake) -> BookContent:
    def edit(sheet: SheetContent) -> SheetContent:
        rows = sheet.tables.get(m["tabel"])
        if rows is None:
            return sheet
        changed = tuple(_with(r, **{m["kolom"]: _value(m["nilai"])}) if _matches(r, m["baris"]) else r for r in rows)
        return replace(sheet, tables={**sheet.tables, m["tabel"]: changed})

    return _each(content, edit)


def _set_field(content: BookContent, m: Mistake) -> BookContent:
    def edit(sheet: SheetContent) -> SheetContent:
        form = sheet.forms.get(m["formulir"])
        if form is None or not _matches(form, m.get("pilih", {})):
            return sheet
        return replace(sheet, forms={**sheet.forms, m["formulir"]: _with(form, **{m["kolom"]: _value(m["nilai"])})})

    return _each(content, edit)


def _recoded(content: BookContent, m: Mistake, only: str = "") -> BookContent:
    """One code replaced by another wherever it stands; in Kantor.xlsx only in that unit's rows."""

    def change(row: Row) -> Row:
        if only and row.get("unit") != only:
            return row
        return replace(row, values={k: m["menjadi"] if v == m["dari"] else v for k, v in row.values.items()})

    def edit(sheet: SheetContent) -> SheetContent:
        if only and "pagu" not in sheet.tables:
            return sheet
        forms = {key: change(row) for key, row in sheet.forms.items()}
        tables = {key: tuple(change(row) for row in rows) for key, rows in sheet.tables.items()}
        return replace(sheet, forms=forms, tables=tables)

    return _each(content, edit)


def _inserted(content: BookContent, m: Mistake) -> BookContent:
    """A typed row below the chosen one; amounts typed into computed cells are patched in later."""
    typed = {k: v for k, v in m["isi"].items() if not isinstance(v, int)}

    def edit(sheet: SheetContent) -> SheetContent:
        rows = sheet.tables.get(m["tabel"])
        if rows is None:
            return sheet
        at = next(i for i, row in enumerate(rows) if _matches(row, m["baris"])) + 1
        return replace(sheet, tables={**sheet.tables, m["tabel"]: (*rows[:at], Row(values=typed), *rows[at:])})

    return _each(content, edit)


def _renamed(book: Book, m: Mistake) -> Book:
    """The same declaration with another heading over one column: its key row stays right."""

    def table(block: object) -> Any:
        if isinstance(block, Table) and block.key == m["tabel"]:
            return replace(
                block, columns=tuple(replace(c, label=m["nilai"]) if c.key == m["kolom"] else c for c in block.columns)
            )
        return block

    return replace(book, sheets=tuple(replace(s, blocks=tuple(table(b) for b in s.blocks)) for s in book.sheets))


# ---- in the package --------------------------------------------------------------------------


def _written(content: BookContent, office: Office, kode: str, own: list[Mistake]) -> bytes:
    """The workbook with broken and overtyped cells, and with the errors that follow from unreadable amounts."""
    unit = office.unit(kode)
    assert unit is not None
    data = unit_book(content, office, unit)
    back = _read(data, office)
    changes: dict[tuple[str, str], CellValue] = {}
    for row in back.rows("rab"):
        for m in (m for m in own if m.get("tabel") == "rab" and "baris" in m):
            changes |= _cells(m, row)
    errors = [v for v in changes.values() if isinstance(v, Formula) and isinstance(v.cached, ErrorValue)]
    if errors:
        total, formula = _total_cell(data, office)
        changes[total] = Formula(formula, errors[0].cached)
    return patch(data, changes) if changes else data


def _read(data: bytes, office: Office) -> BookContent:
    content = read_workbook(data, "", ACCEPTED, office_listings(office)).content
    assert content is not None
    return content


def _cells(m: Mistake, row: Row) -> dict[tuple[str, str], CellValue]:
    """The cells of a row that a mistake overtypes or breaks, and those that show an error because of it."""
    if m["jenis"] == "sisip" and row.get("uraian") == m["isi"]["uraian"]:
        return {(row.sheet, row.cell(key)): value for key, value in m["isi"].items() if isinstance(value, int)}
    if not _matches(row, m["baris"]):
        return {}
    key = m.get("kolom", "")
    if m["jenis"] == "rusak":
        error = ErrorValue(m["galat"])
        return {(row.sheet, row.cell(key)): Formula(m["rumus"], error), **_failing_jumlah(row, error)}
    if m["jenis"] == "timpa":
        return {(row.sheet, row.cell(key)): m["nilai"]}
    if key == "harga_satuan" and isinstance(m["nilai"], str):  # Excel can't multiply a text
        return _failing_jumlah(row, ErrorValue("#VALUE!"))
    return {}


def _failing_jumlah(row: Row, error: ErrorValue) -> dict[tuple[str, str], CellValue]:
    computed = RAB_TABLE.column("jumlah").computed
    assert computed is not None
    formula = computed.excel(lambda key: "$" + row.cell(key))
    return {(row.sheet, row.cell("jumlah")): Formula(formula, error)}


def _total_cell(data: bytes, office: Office) -> tuple[tuple[str, str], str]:
    """The cell above the RAB that totals jumlah, and its formula."""
    book = read_workbook(data, "", ACCEPTED, office_listings(office))
    total = next(t for t in book.reading.totals if t.table == "rab" and t.column == "jumlah")
    rows = book.content.rows("rab") if book.content else ()
    column, first = rows[0].cell("jumlah").rstrip("0123456789"), rows[0].row
    return (total.sheet, total.cell), f"SUM(${column}${first}:${column}${first + RAB_TABLE.rows - 1})"


def _html(name: str) -> bytes:
    """What an application's "export to Excel" often is."""
    cells = "".join(f"<td>{html.escape(text)}</td>" for text in ("Kode", "Uraian", "Jumlah"))
    return f"<html><head><title>{html.escape(name)}</title></head><body><table><tr>{cells}</tr></table></body></html>\n".encode()


# ---- the list --------------------------------------------------------------------------------


def _put(m: Mistake, office: Office, files: Mapping[str, bytes]) -> list[Put]:
    """Find where a mistake ended up by reading the built file; two files of one unit are two places."""
    unit = office.unit(m["unit"])
    assert unit is not None
    name = "" if m["jenis"] == "hilang" else form_name(office, unit)
    sheet = cell = ""
    if m["jenis"] not in ("hilang", "html", "salinan", "terlambat"):
        sheet, cell = _place(m, _read(files[f"{MASUK}/{name}"], office), over_pagu=m["jenis"] == "kantor")
    names = [name, m["berkas"]] if m["jenis"] == "salinan" else [name]
    words = {"nomor": m["nomor"], "kode": m["kode"], "unit": m["unit"], "keterangan": m["keterangan"]}
    return [Put(file=file, sheet=sheet, cell=cell, **words) for file in names]


def _place(m: Mistake, content: BookContent, *, over_pagu: bool) -> tuple[str, str]:
    if over_pagu:
        row = next(r for r in content.rows("rab") if r.get("kode_sub") == m["baris"]["kode_sub"])
        return row.sheet, row.cell("kode_sub")
    if m["jenis"] == "ganti_kode":
        row = next(r for r in content.rows("rab") if r.get("kode_sub") == m["menjadi"])
        return row.sheet, row.cell("kode_sub")
    if m["jenis"] == "formulir":
        form = next(
            s.forms[m["formulir"]]
            for s in content.sheets
            if m["formulir"] in s.forms and _matches(s.forms[m["formulir"]], m["pilih"])
        )
        return form.sheet, form.cell(m["kolom"])
    first = content.rows(m["tabel"])[0]
    if m["jenis"] == "judul":
        column = first.cell(m["kolom"]).rstrip("0123456789")
        return first.sheet, f"{column}{first.row - 1}"
    row = next(r for r in content.rows(m["tabel"]) if _matches(r, m["baris"]))
    if m["jenis"] == "sisip":
        return row.sheet, f"{row.cell('uraian').rstrip('0123456789')}{row.row + 1}"
    return row.sheet, row.cell(m["kolom"])


def _listing(puts: list[Put]) -> str:
    """The list of mistakes as staff read it."""
    lines = [
        "# Kesalahan yang sengaja dimasukkan",
        "",
        "Folder ini adalah kantor contoh dengan kesalahan yang lazim. `kinerja-xl rekap samples/bermasalah` harus menemukan",
        "tepat kesalahan di bawah ini, masing-masing dengan berkas, lembar, dan selnya. Orang dan harga di dalamnya rekaan.",
        "",
        "| No | Berkas | Lembar | Sel | Kode | Tingkat | Kesalahan |",
        "|---:|---|---|---|---|---|---|",
    ]
    for put in puts:
        level = catalogue()[put.kode].severity.label
        lines.append(
            f"| {put.nomor} | {put.file or '(tidak ada)'} | {put.sheet} | {put.cell} | {put.kode} | {level} | {put.keterangan} |"
        )
    return "\n".join(lines) + "\n"
