"""Workbooks that are filled in: a unit's form, Kantor.xlsx, and anything else declared in ``sheets/``; their finished bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from kinerja_xl.office.folder import name_part
from kinerja_xl.office.kantor import Office, Unit, allows_short_tor, own_measures
from kinerja_xl.office.prefill import default_listings, kantor_identity, office_listings, unit_identity
from kinerja_xl.sheets.choices import Listings
from kinerja_xl.sheets.content import BookContent, Identity, Row, SheetContent, column_name
from kinerja_xl.sheets.model import Block, Column, Sheet, Table
from kinerja_xl.writing.book import OwnBook
from kinerja_xl.writing.form.cover import PROTECTION, write_cover, write_lists
from kinerja_xl.writing.form.places import FormContext, SheetPlan, plan_sheet
from kinerja_xl.writing.form.self_check import write_self_check
from kinerja_xl.writing.form.sheet import NEXT, write_input_sheet
from kinerja_xl.writing.metrics import longest_word, unbroken
from kinerja_xl.writing.plain import PlainSheet
from kinerja_xl.writing.readable import inches, narrowed, printed_inches, widest
from kinerja_xl.writing.styles import Styles, set_identity

__all__ = ["form_name", "kantor_book", "unit_book", "write_book"]

_BESIDE = 1.3
"""Characters that the indent of a text takes."""

SPARE_ROWS = 15
"""Rows kept free below content that fills its prepared rows."""

Writer = Callable[[Workbook, Worksheet, SheetPlan, FormContext], None]
SPECIAL: Mapping[str, Writer] = {"petunjuk": write_cover, "cek_mandiri": write_self_check, "daftar": write_lists}


def write_book(
    content: BookContent, lists: Listings, identity: Identity, *, subtitle: str, paper: str = "Folio",
    rows: Mapping[str, int] | None = None, short_tor: bool = False, frozen: bool = False, vacant: bool = False,
    special: Mapping[str, Writer] | None = None, named: Iterable[tuple[str, str]] = (),
    properties: Mapping[str, str] | None = None,
) -> bytes:
    """The workbook as bytes. ``rows`` prepares another number of rows for a table (by table key);
    ``short_tor``: Cek Mandiri does not miss what a short TOR may leave out, nor with ``vacant`` who is above the unit.
    ``frozen``: the book is shown and protected, not filled in. ``special`` writes sheets of this book by their key;
    ``named`` columns (table, column) get the defined name ``column_name`` for formulas on other sheets; ``properties`` are
    custom ones beside the identity."""
    workbook = _new_workbook(content.book.title, subtitle, identity, properties or {})
    sheets = tuple(_present(content))
    context = FormContext(
        content=content, lists=lists, identity=identity, subtitle=subtitle, paper=paper, short_tor=short_tor,
        styles=Styles(workbook), plans=tuple(_plan(sheet, filled, rows or {}, paper) for sheet, filled in sheets),
        filled=tuple(filled for _, filled in sheets), frozen=frozen, vacant=vacant,
    )  # fmt: skip
    _name_columns(workbook, context, named)
    worksheets = [workbook.add_worksheet(plan.name, PlainSheet) for plan in context.plans]
    for index, (plan, worksheet) in enumerate(zip(context.plans, worksheets, strict=True)):
        writer = (special or {}).get(plan.sheet.key) or SPECIAL.get(plan.sheet.key)
        if writer:
            writer(workbook, worksheet, plan, context)
        else:
            write_input_sheet(worksheet, plan, context.filled[index], context)
        if frozen:
            worksheet.protect("", PROTECTION)
    workbook.close()
    return workbook.data


def _new_workbook(title: str, subtitle: str, identity: Identity, properties: Mapping[str, str]) -> OwnBook:
    """An empty workbook that says what it is."""
    workbook = OwnBook({"title": title, "subject": subtitle}, loose=True)
    set_identity(workbook, identity)
    for name, text in properties.items():
        workbook.set_custom_property(name, text, "text")
    return workbook


def _name_columns(workbook: Workbook, context: FormContext, named: Iterable[tuple[str, str]]) -> None:
    for table, column in named:
        plan = next(p for p in context.plans if table in p.tables)
        workbook.define_name(column_name(table, column), f"={plan.range(table, column)}")


def _present(content: BookContent) -> list[tuple[Sheet, SheetContent]]:
    """Every declared sheet with its content, copies in their place; a sheet without content is blank."""
    found: list[tuple[Sheet, SheetContent]] = []
    for sheet in content.book.sheets:
        filled = content.all(sheet.key) or (SheetContent(key=sheet.key),)
        found.extend((sheet, one) for one in filled)
    return found


def _plan(sheet: Sheet, filled: SheetContent, rows: Mapping[str, int], paper: str) -> SheetPlan:
    prepared = {}
    blocks: list[Block] = []
    for block in sheet.blocks:
        if isinstance(block, Table):
            own = filled.tables.get(block.key, ())
            wanted = rows.get(block.key, block.rows)
            prepared[block.key] = wanted if len(own) <= wanted else len(own) + SPARE_ROWS
            block = replace(block, columns=_fitting(block.columns, own, paper, landscape=sheet.landscape))
        blocks.append(block)
    return plan_sheet(replace(sheet, blocks=tuple(blocks)), filled.name or sheet.name, prepared, paper)


def _fitting(columns: tuple[Column, ...], rows: tuple[Row, ...], paper: str, *, landscape: bool) -> tuple[Column, ...]:
    """The columns with room for what is shown in them; those of words give way where that saves a page beside the first."""
    wide = tuple(_wide(column, rows) for column in columns)
    least = {column.key: _longest(column, rows) + _BESIDE for column in columns}
    narrow = narrowed(wide, paper, landscape=landscape, least=least)
    one_page = all(column.page <= 1 for column in columns)
    most = widest(paper, landscape=landscape)
    if one_page:
        return narrow if printed_inches(wide) > most >= printed_inches(narrow) else wide
    for page in {column.page for column in columns} - {0}:  # what one column grows, its neighbours give
        declared = inches([column.width for column in columns if column.page == page])
        wide = narrowed(wide, paper, landscape=landscape, least=least, page=page, room=declared)
    return wide


def _wide(column: Column, rows: tuple[Row, ...]) -> Column:
    """The column with room for the longest word that is shown in it: what is only read must not be torn."""
    if not column.kind.wrap:
        return column
    return replace(column, width=unbroken(column.width, _longest(column, rows) + _BESIDE))


def _longest(column: Column, rows: tuple[Row, ...]) -> float:
    words = (longest_word(text) for row in rows if isinstance(text := row.values.get(column.key), str))
    return max(words, default=0.0)


def kantor_book(content: BookContent) -> bytes:
    """Kantor.xlsx with this content. A table with another one below it can't grow white: it has few free rows."""
    identity = kantor_identity(content)
    lists = default_listings(own_measures(content))
    rows = {
        block.key: min(block.rows, filled + NEXT)
        for sheet in content.book.sheets for block in sheet.blocks[:-1]
        if isinstance(block, Table) and (filled := len(content.rows(block.key)))
    }  # fmt: skip
    return write_book(content, lists, identity, subtitle=f"{identity.kantor}, Tahun Anggaran {identity.tahun}", rows=rows)


def unit_book(content: BookContent, office: Office, unit: Unit, rows: Mapping[str, int] | None = None) -> bytes:
    """A unit's form with this content, and with the codes and lists that Kantor.xlsx gives that unit."""
    return write_book(
        content, office_listings(office, unit), unit_identity(office, unit, content.book),
        subtitle=f"{unit.nama}, {office.nama}, Tahun Anggaran {office.tahun}", paper=office.policy("kertas") or "Folio",
        rows=rows, short_tor=allows_short_tor(office), vacant=office.official(unit.atasan) is None,
    )  # fmt: skip


def form_name(office: Office, unit: Unit) -> str:
    """File name of a unit's form; the unit's code in it is a help for people, never what decides whose it is."""
    return f"Usulan-{name_part(unit.kode)}-{office.tahun}.xlsx"
