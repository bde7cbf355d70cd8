"""Lembar-Penelaahan.xlsx: the review of a recap as a book to fill in, with a page of signatures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from kinerja_xl.office.kantor import Office
from kinerja_xl.office.pejabat import CAMAT, SEKCAM, Official
from kinerja_xl.reckoning.plan import Plan, content_of
from kinerja_xl.reckoning.plan.agreed import content_of_dpa
from kinerja_xl.sheets.choices import Listings
from kinerja_xl.sheets.content import FIRST_COLUMN, BookContent, Identity
from kinerja_xl.sheets.formats import format_nip
from kinerja_xl.sheets.model import Table
from kinerja_xl.sheets.penetapan import AGREED_LIST, DPA, DPA_TABLE, HASH_PROPERTY, NAMED, PENELAAHAN, PENETAPAN, TANDA_TANGAN
from kinerja_xl.writing.form import write_book
from kinerja_xl.writing.form.pages import keep_whole, on_paper
from kinerja_xl.writing.form.places import VALUE_COLUMN, FormContext, SheetPlan
from kinerja_xl.writing.form.sheet import checked, write_input_sheet, write_title
from kinerja_xl.writing.metrics import height, line_count

SPARE = {"telaah_sub": 5, "telaah_rekening": 15, "telaah_indikator": 5, "telaah_kas": 5}
"""Rows kept free for what the meeting adds."""

_SPARE_DPA = 15
"""Rows kept free below the accounts that were agreed: a form without any has those that it declares."""

_DOTS = "." * 34
_WIDTHS = (5.0, 40.0, 44.0, 40.0)
_LINE = 46.0
"""Height of a signature's row, in points: a pen needs more than a line of print."""

_HEADS, _INDENT = 6, 2
_COMPANY = 2
"""Units that sign on the page of the Camat's knowledge, which never stands alone."""


class AgreedSums(Listings):
    """The look-ups of the book's computed columns: what its own account rows add up to."""

    def __init__(self, content: BookContent) -> None:
        super().__init__(by_name={})
        sums: dict[str, Decimal] = defaultdict(Decimal)
        for row in content.rows("telaah_rekening"):
            if isinstance(agreed := row.get("disepakati"), Decimal):
                sums[f"{row.get('unit')}|{row.get('kode_sub')}"] += agreed
        object.__setattr__(self, "sums", sums)

    sums: dict[str, Decimal]

    def find(self, list_name: str, key: str, field: str) -> object | None:
        return self.sums.get(key) if list_name == AGREED_LIST else super().find(list_name, key, field)


def write_review(content: BookContent, office: Office) -> bytes:
    """The workbook as bytes; ``content`` from ``reckoning.review`` or filled in (samples)."""

    def signatures(_: Workbook, sheet: Worksheet, plan: SheetPlan, context: FormContext) -> None:
        _write_signatures(sheet, plan, context, office)

    return write_book(
        content, AgreedSums(content), review_identity(office), subtitle=f"{office.nama}, Tahun Anggaran {office.tahun}",
        paper=office.policy("kertas") or "Folio",
        rows={table: len(content.rows(table)) + spare for table, spare in SPARE.items()}, special={TANDA_TANGAN.key: signatures},
        named=NAMED,
    )  # fmt: skip


def review_identity(office: Office) -> Identity:
    return Identity(book=PENELAAHAN.key, version=str(PENELAAHAN.version), tahun=str(office.tahun), unit="", kantor=office.nama)


def first_dpa(plan: Plan, office: Office) -> bytes:
    """The DPA that starts as a plan was agreed, for the office to correct."""
    return write_dpa(content_of_dpa(plan, office.accounts), office, plan.dated)


def write_dpa(content: BookContent, office: Office, basis: str = "") -> bytes:
    """A DPA in our own layout, blank or with rows. ``basis``: the plan that its rows started from, with its day."""
    identity = Identity(book=DPA.key, version=str(DPA.version), tahun=str(office.tahun), unit="", kantor=office.nama)
    subtitle = f"{office.nama}, Tahun Anggaran {office.tahun}{basis and f', isi awal menurut {basis}'}"
    filled = len(content.rows(DPA_TABLE.key))
    return write_book(
        content, Listings(by_name={}), identity, subtitle=subtitle, paper=office.policy("kertas") or "Folio",
        rows={DPA_TABLE.key: filled + _SPARE_DPA if filled else DPA_TABLE.rows},
    )


def _write_signatures(sheet: Worksheet, plan: SheetPlan, context: FormContext, office: Office) -> None:
    """One row per unit, the Subbag that leads the review among them, and the place for the Camat's knowledge below."""
    styles = context.styles
    write_title(sheet, plan, context)
    form = context.content.form("telaah")
    place = str((form.get("tempat") if form else None) or office.tempat)
    checked(sheet.write_string(4, FIRST_COLUMN, f"{place}, {_DOTS}", styles.plain))
    for offset, (head, width) in enumerate(zip(("No", "Unit", "Nama dan Jabatan", "Tanda Tangan"), _WIDTHS, strict=True)):
        checked(sheet.write_string(_HEADS, FIRST_COLUMN + offset, head, styles.heading))
        sheet.set_column(FIRST_COLUMN + offset, FIRST_COLUMN + offset, width)
    first = row = _HEADS + 1
    for number, unit in enumerate(office.units, start=1):
        official = office.official(unit.kode)
        checked(sheet.write_number(row, FIRST_COLUMN, number, styles.look("center", valign="vcenter")))
        middle = styles.look("text_wrap", valign="vcenter")
        said = unit.nama, _signer(official), ""
        for offset, text in enumerate(said, start=1):
            checked(sheet.write_string(row, FIRST_COLUMN + offset, text, middle))
        lines = (line_count(text, width - _INDENT) for text, width in zip(said, _WIDTHS[1:], strict=True))
        sheet.set_row(row, max(_LINE, height(max(lines))))
        row += 1
    _acknowledge(sheet, row + 1, context, office)
    sheet.set_column(0, 0, 2, None, {"hidden": True})
    on_paper(sheet, context.paper, landscape=False)
    company = max(first, row - _COMPANY)
    blocks = [*((one, one) for one in range(first, company)), (company, row + 8)]
    keep_whole(sheet, blocks, _WIDTHS, context.paper, (0, _HEADS), landscape=False)
    sheet.print_area(0, FIRST_COLUMN, row + 8, FIRST_COLUMN + 3)


_SIGNED_ROW = 15.0


def _sign_below(sheet: Worksheet, plan: SheetPlan, context: FormContext, lines: Sequence[str]) -> None:
    """Place, day, post, room to sign and name under the form."""
    start = plan.last_row + 2
    for offset, text in enumerate(lines):
        named = offset == len(lines) - 3
        style = context.styles.signature_name if named else context.styles.signature
        sheet.set_row(start + offset, _SIGNED_ROW)
        checked(sheet.write_string(start + offset, VALUE_COLUMN, text, style))
    sheet.print_area(0, FIRST_COLUMN, start + len(lines) - 1, VALUE_COLUMN)


def _acknowledge(sheet: Worksheet, row: int, context: FormContext, office: Office) -> None:
    official = office.official(SEKCAM) or office.official(CAMAT)
    lines = ["Mengetahui,", official.post if official else _DOTS, "", "", ""]
    nip = format_nip(official.nip) if official else ""
    lines += [official.nama if official else f"({_DOTS})", f"NIP {nip or _DOTS}"]
    for offset, text in enumerate(lines):
        named = offset == len(lines) - 2 and official is not None
        style = context.styles.look("signature_name" if named else "signature", text_wrap=True)
        checked(sheet.write_string(row + offset, FIRST_COLUMN + 3, text, style))
        sheet.set_row(row + offset, max(_SIGNED_ROW, height(line_count(text, _WIDTHS[3], named))))


def _signer(official: Official | None) -> str:
    if official is None:
        return _DOTS
    nip = f"\nNIP {format_nip(official.nip)}" if official.nip else ""
    return f"{official.nama}\n{official.post}{nip}"


# ---- Penetapan-….xlsx: the locked plan as a protected workbook that carries its hash ----

NO_LISTS = Listings(by_name={})


def write_plan(
    plan: Plan, accounts: Mapping[str, str], paper: str = "Folio", signature: Sequence[str] = (),
    unit_name: Callable[[str], str] = str,
) -> bytes:  # fmt: skip
    """The workbook as bytes. ``plan`` is steady (``reckoning.plan_content``); ``accounts`` and ``unit_name`` name them;
    ``signature``: the lines under the first sheet, place and day first."""

    def signed(workbook: Workbook, sheet: Worksheet, placed: SheetPlan, context: FormContext) -> None:
        write_input_sheet(sheet, placed, context.filled[0], context)
        _sign_below(sheet, placed, context, signature)

    content = content_of(plan, accounts, unit_name)
    tables = [b for s in PENETAPAN.sheets for b in s.blocks if isinstance(b, Table)]
    identity = Identity(
        book=PENETAPAN.key, version=str(PENETAPAN.version), tahun=str(plan.tahun), unit="", kantor=plan.kantor
    )  # fmt: skip
    return write_book(
        content, NO_LISTS, identity, subtitle=f"{plan.kantor}, Tahun Anggaran {plan.tahun}, {plan.title}", paper=paper,
        rows={table.key: max(1, len(content.rows(table.key))) for table in tables}, frozen=True,
        properties={HASH_PROPERTY: plan.sha256}, special={PENETAPAN.sheets[0].key: signed} if signature else {},
    )  # fmt: skip
