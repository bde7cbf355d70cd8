"""What a line of Cek Mandiri says of a TOR's tables: its jadwal and its lampiran, on whatever sheet the line names.

Each is counted by a formula, and for the content that we write by a function beside it.
"""

from __future__ import annotations

from datetime import date
from itertools import groupby

from xlsxwriter.utility import xl_rowcol_to_cell

from kinerja_xl.sheets.choices import JENIS_BELANJA
from kinerja_xl.sheets.content import SheetContent
from kinerja_xl.sheets.model import Table
from kinerja_xl.sheets.tor import MONTHS
from kinerja_xl.writing.form.listed import count_outside, outside_choices
from kinerja_xl.writing.form.places import FormContext


def strange(name: str, context: FormContext) -> str:
    """Formula: choices in the jadwal and among the lampiran that are on no list. The months are asked as one block: a formula
    has an end."""
    counts = []
    for table in _tables(context):
        for _, some in groupby(table.columns, key=lambda column: column.kind.list_name):
            first, *rest = some
            block, _ = area(name, table.key, first.key, (rest or [first])[-1].key, context)
            counts.append(outside_choices([first], {first.key: block}.__getitem__, context.lists))
    return f"SUMPRODUCT({'+'.join(count for count in counts if count != '0')})"


def _tables(context: FormContext) -> list[Table]:
    placed = context.plans_of("tor")[0].tables
    return [placed[key].table for key in ("jadwal", "lampiran") if key in placed]


def strange_choices(sheet: SheetContent | None, context: FormContext) -> int:
    """The other face of ``strange``."""
    if sheet is None:
        return 0
    own = ((table, row) for table in _tables(context) for row in sheet.tables.get(table.key, ()))
    return sum(count_outside(row, table.columns, context.lists) for table, row in own)


def area(name: str, table: str, first: str, last: str, context: FormContext) -> tuple[str, str]:
    """A block of a TOR's table: on the sheet that a cell names, and as a plain range."""
    place = context.plans_of("tor")[0].tables[table]
    corners = ((place.first_row, first), (place.last_row, last))
    plain = ":".join(str(xl_rowcol_to_cell(row, place.index(key), True, True)) for row, key in corners)
    return f'INDIRECT("\'"&{name}&"\'!{plain}")', plain


def outside(name: str, start: str, end: str, context: FormContext) -> str:
    """Formula: marks of the jadwal on months before the beginning or after the end (K608)."""
    marks, plain = area(name, "jadwal", MONTHS[0], MONTHS[-1], context)
    month = f"COLUMN({plain})-COLUMN({plain.split(':')[0]})+1"
    return f"IF(COUNT({start},{end})<2,0,SUMPRODUCT((LEN({marks})>0)*(({month}<MONTH({start}))+({month}>MONTH({end})))))"


def lacking(name: str, code: str, context: FormContext) -> str:
    """Formula: rows of belanja modal without a specification where the TOR has no attachment either (R518)."""
    if "lampiran" not in context.plans_of("tor")[0].tables:
        return "0"
    rab = context.plan_of("rab")
    papers, _ = area(name, "lampiran", "dokumen", "dokumen", context)
    rows = (
        f'({rab.range("rab", "kode_sub")}={code})*({rab.range("rab", "jenis_belanja")}="{JENIS_BELANJA["5.2"]}")'
        f'*(LEN({rab.range("rab", "spesifikasi")})<2)'
    )
    return f"IF(SUMPRODUCT(--(LEN({papers})>0))>0,0,SUMPRODUCT({rows}))"


def marks_outside(sheet: SheetContent | None) -> bool:
    tor = sheet.forms.get("tor") if sheet else None
    start, end = (tor.get(key) if tor else None for key in ("tanggal_mulai", "tanggal_selesai"))
    if sheet is None or not isinstance(start, date) or not isinstance(end, date):
        return False
    marked = [n for row in sheet.tables.get("jadwal", ()) for n, key in enumerate(MONTHS, start=1) if row.get(key) is not None]
    return any(not start.month <= n <= end.month for n in marked)


def unsupported(sheet: SheetContent | None, code: str, context: FormContext) -> bool:
    if sheet is None or "lampiran" not in context.plans_of("tor")[0].tables:
        return False
    if any(row.get("dokumen") is not None for row in sheet.tables.get("lampiran", ())):
        return False
    rows = (r for r in context.content.rows("rab") if same(r.get("kode_sub"), code))
    return any(same(r.get("jenis_belanja"), JENIS_BELANJA["5.2"]) and len(r.text("spesifikasi")) < 2 for r in rows)


def same(a: object, b: object) -> bool:
    """Equality as "=" compares texts in a spreadsheet: capitals do not matter, empty is empty."""
    return str(a or "").casefold() == str(b or "").casefold()
