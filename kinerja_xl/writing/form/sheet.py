"""Write one input sheet from its plan: title, forms, tables, drop-downs."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from kinerja_xl.sheets.choices import Listings
from kinerja_xl.sheets.content import FIELD_MARK, FIRST_COLUMN, TABLE_MARK, TOTAL_MARK, Row, SheetContent
from kinerja_xl.sheets.formats import TOTAL
from kinerja_xl.sheets.kinds import Shape
from kinerja_xl.sheets.model import Column, Lookups, Record, Table
from kinerja_xl.sheets.rekap.model import UNKNOWN, or_dash
from kinerja_xl.writing.form.messages import number, validation
from kinerja_xl.writing.form.pages import set_up_page
from kinerja_xl.writing.form.places import FORM_WIDTHS, VALUE_COLUMN, FormContext, FormPlace, SheetPlan, TablePlace
from kinerja_xl.writing.metrics import height, line_count
from kinerja_xl.writing.plain import PlainSheet
from kinerja_xl.writing.spread import spread, width_of
from kinerja_xl.writing.styles import HINT_SIZE, LONG_DATE_FORMAT, NUMBER_FORMAT, SIZE, WAJIB_FILL, Styles

# ---- Write one value into one cell by its kind, and restrict what may be typed there ----
# Only typed write calls: XlsxWriter's ``write()`` would turn a text that begins with "=" into a formula.



class WriteError(Exception):
    """XlsxWriter refused a cell or a validation: a defect of ours, never the office's."""


def checked(result: int | object) -> None:
    """Raise when XlsxWriter answers a call with a negative code (it only warns)."""
    if isinstance(result, int) and result < 0:
        raise WriteError(str(result))


def write_value(sheet: Worksheet, row: int, column: int, value: object, style: Format) -> None:
    """A parsed value into a cell, by its type. None leaves a formatted blank."""
    if value is None or value == "":
        checked(sheet.write_blank(row, column, None, style))
    elif isinstance(value, bool):
        checked(sheet.write_string(row, column, "Ya" if value else "Tidak", style))
    elif isinstance(value, Decimal | int | float):
        checked(sheet.write_number(row, column, number(value), style))
    elif isinstance(value, date):
        checked(sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), style))
    else:
        checked(sheet.write_string(row, column, str(value), style))


def write_formula(sheet: Worksheet, row: int, column: int, formula: str, value: object, style: Format) -> None:
    """A formula (without "=") and the value that we computed for it; None is what Excel shows as ""."""
    cached: object = "" if value is None else value
    if isinstance(cached, Decimal | int | float) and not isinstance(cached, bool):
        cached = number(cached)
    checked(sheet.write_formula(row, column, "=" + formula, style, cached))


def restrict(sheet: Worksheet, area: tuple[int, int, int, int], column: Column, lists: Listings) -> None:
    """Limit what may be typed into an area, and show the column's hint when one of its cells is chosen."""
    rule = validation(column, lists)
    if rule["validate"] != "any" or column.hint:
        checked(sheet.data_validation(*area, rule))


def show_whole_numbers(sheet: Worksheet, area: tuple[int, int, int, int], column: Column, styles: Styles) -> None:
    """Show ``24`` in a column whose decimals are optional; by its number format alone Excel would show ``24,``."""
    if column.kind.num_format != NUMBER_FORMAT:
        return
    own = xl_rowcol_to_cell(area[0], area[1])
    rule = {"type": "formula", "criteria": f"=IF(ISNUMBER({own}),{own}=INT({own}),FALSE)", "format": styles.whole}
    checked(sheet.conditional_format(*area, rule))


BIG_TABLE = 40
"""Tables with at least this many prepared rows get filter buttons."""

READY, NEXT = 10, 5
"""Prepared rows of a blank table that are ruled at once, and how many always are below the last one that is filled in."""


def write_input_sheet(sheet: PlainSheet, plan: SheetPlan, filled: SheetContent, context: FormContext) -> None:
    """Everything on one input sheet. It stays unprotected: tables must grow and sort."""
    write_title(sheet, plan, context)
    for form in plan.forms.values():
        _write_form(sheet, form, filled.forms.get(form.form.key), context)
    sheet.set_column(0, 0, 4, None, {"hidden": True})
    for index, width in enumerate(plan.widths()):
        sheet.set_column(FIRST_COLUMN + index, FIRST_COLUMN + index, width)
    for table in plan.tables.values():
        _write_table(sheet, plan, table, filled.tables.get(table.table.key, ()), context)
    set_up_page(sheet, plan, context.paper)


def write_title(sheet: Worksheet, plan: SheetPlan, context: FormContext) -> None:
    """Title, whose workbook this is, and what to do here."""
    texts = ((plan.sheet.title, "title"), (context.subtitle, "subtitle"), (plan.sheet.intro, "hint"))
    place = (FIRST_COLUMN, FIRST_COLUMN + plan.titled - 1)
    wide = sum(plan.widths()[: plan.titled]) or math.inf  # without a block the sheet has a writer of its own, which lays it out
    for row, (text, look) in enumerate(texts):
        if text and (points := spread(sheet, context.styles, row, place, wide, text, look)):
            sheet.set_row(row, points)


def _write_form(sheet: Worksheet, place: FormPlace, filled: Row | None, context: FormContext) -> None:
    styles = context.styles
    checked(sheet.write_string(place.title_row, FIRST_COLUMN, place.form.title, styles.section))
    checked(sheet.write_blank(place.title_row, VALUE_COLUMN, None, styles.section))
    for name, row in place.sections.items():
        checked(sheet.write_string(row, FIRST_COLUMN, name, styles.look("heading", align="left")))
        checked(sheet.write_blank(row, VALUE_COLUMN, None, styles.heading))
    record = filled.values if filled else {}
    for field in place.form.fields:
        row = place.rows[field.key]
        lines = max(_label_lines(field), cell_lines(_shown(field, record, context.lists), FORM_WIDTHS[1]))
        if lines > 1:
            sheet.set_row(row, height(lines))
        checked(sheet.write_string(row, 0, f"{FIELD_MARK}{place.form.key}.{field.key}"))
        _write_label(sheet, row, replace(field, required=False) if context.frozen else field, styles)
        style = value_style(styles, field, align="left", shown=context.frozen)
        if field.computed:
            formula = field.computed.excel(lambda key: xl_rowcol_to_cell(place.rows[key], VALUE_COLUMN, True, True))
            write_formula(sheet, row, VALUE_COLUMN, formula, field.computed.value(record, context.lists), style)
        else:
            write_value(sheet, row, VALUE_COLUMN, record.get(field.key), style)
            if not context.frozen:
                restrict(sheet, (row, VALUE_COLUMN, row, VALUE_COLUMN), field, context.lists)
        show_whole_numbers(sheet, (row, VALUE_COLUMN, row, VALUE_COLUMN), field, styles)


def cell_lines(value: object, width: float) -> int:
    """Lines that a value fills in a column of that width; numbers and dates fill one."""
    return line_count(value, width) if isinstance(value, str) else 1


_INDENT = 1.3
"""Characters that the indent of a label takes."""


def _label_lines(field: Column) -> int:
    room = FORM_WIDTHS[0] - _INDENT
    return line_count(field.label + " *", room) + (line_count(field.hint, room * SIZE / HINT_SIZE) if field.hint else 0)


def _write_label(sheet: Worksheet, row: int, field: Column, styles: Styles) -> None:
    """The label; a star marks what must be filled; the hint stands small below it."""
    label = field.label + (" *" if field.required else "")
    if field.hint:
        parts = (styles.look("plain"), label, styles.hint, "\n" + field.hint)
        checked(sheet.write_rich_string(row, FIRST_COLUMN, *parts, styles.label))
    else:
        checked(sheet.write_string(row, FIRST_COLUMN, label, styles.label))


def value_style(styles: Styles, column: Column, align: str = "", shown: bool = False) -> Format:
    """The look of a value cell: grey when computed, white when only shown, pale yellow when it is to be filled in."""
    more = {"align": align} if align else {}
    look = LONG_DATE_FORMAT if shown and column.kind.shape is Shape.TANGGAL else column.kind.num_format
    if align == "left" and column.kind.align != "left":  # an indent of figures is uneven in LibreOffice (``inset``)
        locale, bracket, figures = look.rpartition("]")
        look = f"{locale}{bracket}_ {figures}"
    more["num_format"] = look
    layers = ("computed",) if column.computed else () if shown else ("input",)
    return styles.of(column.kind, *layers, **more)


def _write_table(sheet: Worksheet, plan: SheetPlan, place: TablePlace, rows: tuple[Row, ...], context: FormContext) -> None:
    table, styles = place.table, context.styles
    columns = table.columns
    _write_heading(sheet, plan, place, styles)
    _write_keys(sheet, place, styles)
    last = FIRST_COLUMN + len(columns) - 1
    prepared = place.last_row - place.first_row + 1
    checked(
        sheet.add_table(
            place.head_row, FIRST_COLUMN, place.last_row, last,
            {
                "name": f"t_{table.key}_{context.plans.index(plan)}",
                "style": None,
                "autofilter": prepared >= BIG_TABLE,
                "columns": [
                    {"header": heading(c, context.frozen), "header_format": styles.heading} for c in columns
                ],
            },
        )
    )  # fmt: skip
    formats = [value_style(styles, c, shown=context.frozen or c.prefilled) for c in columns]
    sheet.set_row(place.head_row, height(max(line_count(heading(c), c.width, bold=True) for c in columns)) + 4)
    ruled = _ruled(plan, place, len(rows), context)
    for offset in range(ruled):
        record = rows[offset].values if offset < len(rows) else {}
        lines = max((cell_lines(_shown(c, record, context.lists), c.width) for c in columns), default=1)
        if lines > 1:
            sheet.set_row(place.first_row + offset, height(lines))
        for index, column in enumerate(columns):
            row, where = place.first_row + offset, FIRST_COLUMN + index
            if column.computed:
                formula = column.computed.excel(_row_refs(place, row))
                write_formula(sheet, row, where, formula, column.computed.value(record, context.lists), formats[index])
            else:
                write_value(sheet, row, where, record.get(column.key), formats[index])
    if not context.frozen:
        _restrict(sheet, place, context)
    if ruled < prepared:
        _rule_when_reached(sheet, plan, place, place.first_row + ruled, styles)
    for index, column in enumerate(columns, FIRST_COLUMN):
        show_whole_numbers(sheet, (place.first_row, index, place.last_row, index), column, styles)
    if place.total_row is not None:
        _write_totals(sheet, place, rows, context)


def _ruled(plan: SheetPlan, place: TablePlace, filled: int, context: FormContext) -> int:
    """How many of the prepared rows have borders and ground of their own. A spreadsheet prints what is seen: the rest of a table
    that ends its sheet stays white until it is reached. A formula counts as seen, so a table with some is ruled at once."""
    prepared = place.last_row - place.first_row + 1
    if context.frozen or place.last_row < plan.last_row or any(column.computed for column in place.table.columns):
        return prepared
    return min(prepared, filled or READY)


def _rule_when_reached(sheet: Worksheet, plan: SheetPlan, place: TablePlace, first: int, styles: Styles) -> None:
    """Rows that are ruled once something stands in one of the ``NEXT`` rows above; how figures and dates are written there is a
    property of their columns, since even a blank cell makes a page."""
    last = FIRST_COLUMN + len(place.table.columns) - 1
    above = f"${xl_col_to_name(FIRST_COLUMN)}{first + 1 - NEXT}:${xl_col_to_name(last)}{first + 1}"
    rule = {"type": "formula", "criteria": f"=COUNTA({above})>0", "format": styles.rule("grid", "input")}
    checked(sheet.conditional_format(first, FIRST_COLUMN, place.last_row, last, rule))
    for index, (column, width) in enumerate(zip(place.table.columns, plan.widths(), strict=False), FIRST_COLUMN):
        sheet.set_column(index, index, width, styles.of(column.kind, border=0))


def _write_heading(sheet: Worksheet, plan: SheetPlan, place: TablePlace, styles: Styles) -> None:
    """The table's title, and its note beside it: where the title leaves it room from the third column on, else in the last."""
    widths, title = plan.widths(), place.table.title
    need, last = width_of(title, "section"), len(widths) - 1
    beside = next((n for n in range(2, last + 1) if sum(widths[:n]) >= need), last) if place.table.note else last + 1
    row, left, right = place.title_row, (FIRST_COLUMN, FIRST_COLUMN + beside - 1), (FIRST_COLUMN + beside, FIRST_COLUMN + last)
    points = spread(sheet, styles, row, left, sum(widths[:beside]), title, "section")
    if place.table.note:
        points = max(points, spread(sheet, styles, row, right, sum(widths[beside:]), place.table.note, "hint"))
    if points:
        sheet.set_row(row, points)


def _shown(column: Column, record: Record, lists: Lookups) -> object:
    return column.computed.value(record, lists) if column.computed else record.get(column.key)


def heading(column: Column, frozen: bool = False) -> str:
    """A column's visible heading; a star marks what must be filled."""
    return column.label + (" *" if column.required and not frozen else "")


def _row_refs(place: TablePlace, row: int) -> Callable[[str], str]:
    return lambda key: str(xl_rowcol_to_cell(row, place.index(key), False, True))


def _write_keys(sheet: Worksheet, place: TablePlace, styles: Styles) -> None:
    """The hidden key row, and the headings that stand above several columns."""
    checked(sheet.write_string(place.key_row, 0, TABLE_MARK + place.table.key))
    for column in place.table.columns:
        checked(sheet.write_string(place.key_row, place.index(column.key), column.key, styles.plain))
    sheet.set_row(place.key_row, 15, None, {"hidden": True})
    if place.group_row is None:
        return
    start = 0
    columns = place.table.columns
    for index in range(1, len(columns) + 1):
        if index < len(columns) and columns[index].group == columns[start].group:
            continue
        if group := columns[start].group:
            first, last = FIRST_COLUMN + start, FIRST_COLUMN + index - 1
            if first < last:
                checked(sheet.merge_range(place.group_row, first, place.group_row, last, group, styles.group_heading))
            else:
                checked(sheet.write_string(place.group_row, first, group, styles.group_heading))
        start = index


def _restrict(sheet: Worksheet, place: TablePlace, context: FormContext) -> None:
    """Drop-downs and bounds for each column, and a red ground where a begun row still lacks something."""
    columns = place.table.columns
    mark = next((c for c in columns if c.key in place.table.marks), columns[0])
    missing = context.styles.look(bg_color=WAJIB_FILL)
    for column in columns:
        where = place.index(column.key)
        if column.computed or column.prefilled:
            continue
        area = (place.first_row, where, place.last_row, where)
        restrict(sheet, area, column, context.lists)
        if column.required and column.key != mark.key:
            begun = f"${xl_col_to_name(place.index(mark.key))}{place.first_row + 1}"
            own = f"${xl_col_to_name(where)}{place.first_row + 1}"
            rule = {"type": "formula", "criteria": f"=AND(LEN({begun})>0,LEN({own})=0)", "format": missing}
            checked(sheet.conditional_format(*area, rule))


def _write_totals(sheet: Worksheet, place: TablePlace, rows: tuple[Row, ...], context: FormContext) -> None:
    """The totals stand above the table, so that the table can grow downwards; blank while nothing is typed, a dash where
    nothing is known of what is shown: that is no 0."""
    assert place.total_row is not None
    styles, row = context.styles, place.total_row
    checked(sheet.write_string(row, 0, TOTAL_MARK + place.table.key))
    checked(sheet.write_string(row, FIRST_COLUMN, TOTAL, styles.total))
    for index in range(1, len(place.table.columns)):
        checked(sheet.write_blank(row, FIRST_COLUMN + index, None, styles.total))
    figures = {key: list(column_values(place.table, key, rows, context.lists)) for key in place.table.totals}
    first = xl_col_to_name(FIRST_COLUMN)
    for key, own in figures.items():
        total, where, column = sum(own, start=Decimal(0)), place.index(key), place.table.column(key)
        name = xl_col_to_name(where)
        rows_of = f"${name}${place.first_row + 1}:${name}${place.last_row + 1}"
        formula = f"SUM({rows_of})"
        shown: Decimal | str = total
        if column.unknown:
            formula = or_dash(formula, f"N({xl_rowcol_to_cell(row, place.index(column.unknown))})")
            shown = UNKNOWN if sum(figures[column.unknown]) and not total else total
        # Of rows that are shown a blank is nothing; where there are none nothing is known.
        counted = f"COUNTA({rows_of.replace(name, first)})" if column.prefilled else f"COUNT({rows_of})"
        absent, known = (UNKNOWN, rows) if column.prefilled else ("", own)
        formula, shown = f'IF({counted}=0,"{absent}",{formula})', shown if known else absent
        write_formula(sheet, row, where, formula, shown, styles.total_rupiah)


def column_values(table: Table, key: str, rows: tuple[Row, ...], lists: Lookups) -> Iterator[Decimal]:
    """The numbers of one column, computed ones included."""
    column = table.column(key)
    for row in rows:
        value = column.computed.value(row.values, lists) if column.computed else row.values.get(key)
        if isinstance(value, Decimal):
            yield value
