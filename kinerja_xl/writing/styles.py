"""The one look of all our workbooks: fonts, colours, number formats, as named XlsxWriter formats.

Fills are pale and text is dark, so that a black-and-white printer keeps every difference: what a colour says is said
by bold, a border or a word as well. Every pair of ``CONTRASTS`` reaches WCAG AA (4.5 : 1), which a test holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from kinerja_xl.catatan import Severity
from kinerja_xl.sheets.content import IDENTITY_NAME, Identity
from kinerja_xl.sheets.kinds import Kind, Shape

FONT = "Calibri"
"""On every Windows with Excel or WPS; LibreOffice replaces it by Carlito, which has the same widths."""

SIZE = 10
HINT_SIZE = 9

INK = "#1F2933"
MUTED = "#555F6B"
NAVY = "#1F3A5F"
LINK = "#0B4FA0"
RULE = "#8A97A6"
GRID = "#D5DBE2"  # the page's style sheet asks for it (static/halaman.css)
WHITE = "#FFFFFF"

HEADING_FILL = "#D5E0ED"
GROUP_FILL = "#BFD0E3"
TOTAL_FILL = "#E6EBF1"
PROGRAM_FILL = "#DCE6F1"
KEGIATAN_FILL = "#EEF3F8"
COMPUTED_FILL = "#ECECEC"
INPUT_FILL = "#FFFBE0"

WAJIB_INK, WAJIB_FILL = "#8E1B1B", "#FBE4E1"
CEK_INK, CEK_FILL = "#6F4500", "#FFF0D2"
INFO_INK, INFO_FILL = "#1D4E7A", "#E4EEF8"
GOOD_INK, GOOD_FILL = "#1B5A20", "#E3F2E4"

BAR_FILL = "#BCCFE3"
"""Data bars: text stays readable on them."""

CHART_FILLS = ("#2B5C8A", "#C98A1B", "#1E2A36")
"""Series of a chart in order: three that also differ as greys."""

CONTRASTS: tuple[tuple[str, str], ...] = (
    *((INK, fill) for fill in (WHITE, HEADING_FILL, GROUP_FILL, TOTAL_FILL)),
    *((INK, fill) for fill in (PROGRAM_FILL, KEGIATAN_FILL, COMPUTED_FILL, INPUT_FILL, BAR_FILL)),
    (MUTED, WHITE), (MUTED, INPUT_FILL), (MUTED, COMPUTED_FILL), (NAVY, WHITE), (LINK, WHITE),
    (WAJIB_INK, WAJIB_FILL), (CEK_INK, CEK_FILL), (INFO_INK, INFO_FILL), (GOOD_INK, GOOD_FILL),
)  # fmt: skip
"""Every (text, ground) that we use."""

RUPIAH_FORMAT = "#,##0"
NUMBER_FORMAT = "#,##0.####"
COUNT_FORMAT = "#,##0"
PERCENT_FORMAT = "#,##0.00 %"
DATE_FORMAT = "dd/mm/yyyy"
LONG_DATE_FORMAT = "[$-421]d mmmm yyyy"
"""``17 Agustus 2025``, with the month in Indonesian on any machine."""

TEXT_FORMAT = "@"

_BORDER = {"border": 1, "border_color": RULE}
_CELL = {**_BORDER, "valign": "top"}
_LEFT = {"align": "left", "indent": 1}
_RIGHT = {"align": "right"}
# Texts are indented, to stand apart from a figure at their left; LibreOffice indents figures unevenly.
_HEAD = {**_BORDER, "bold": True, "align": "center", "valign": "vcenter", "text_wrap": True}
_RULED = {"bottom": 2, "bottom_color": NAVY}

BELUM = "belum"
"""The layer of a figure of which nothing has been handed in: its format shows no 0 (see ``none_yet``)."""

LOOKS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        # page furniture: no borders
        "title": {"bold": True, "font_size": 14, "font_color": NAVY, "valign": "vcenter"},
        "subtitle": {"bold": True, "font_size": 11, "valign": "vcenter"},
        "letterhead": {"bold": True, "font_size": 12, "align": "center", "valign": "vcenter"},
        "section": {"bold": True, "font_size": 11, "font_color": NAVY, "valign": "vcenter", **_RULED},
        "plain": {"valign": "top"},
        "plain_wrap": {"valign": "top", "text_wrap": True},
        "hint": {"italic": True, "font_size": HINT_SIZE, "font_color": MUTED, "valign": "top"},
        "hint_wrap": {"italic": True, "font_size": HINT_SIZE, "font_color": MUTED, "valign": "top", "text_wrap": True},
        "signature": {"align": "center", "valign": "top"},
        "signature_name": {"align": "center", "valign": "top", "bold": True, "underline": 1},
        # cells of tables
        "heading": {**_HEAD, "bg_color": HEADING_FILL},
        "group_heading": {**_HEAD, "bg_color": GROUP_FILL},
        "label": {**_CELL, **_LEFT, "bg_color": KEGIATAN_FILL, "text_wrap": True},
        "cell": _CELL,
        "text": {**_CELL, **_LEFT},
        "text_wrap": {**_CELL, **_LEFT, "text_wrap": True},
        "code": {**_CELL, **_LEFT, "num_format": TEXT_FORMAT},
        "center": {**_CELL, "align": "center"},
        "rupiah": {**_CELL, **_RIGHT, "num_format": RUPIAH_FORMAT},
        "number": {**_CELL, **_RIGHT, "num_format": NUMBER_FORMAT},
        "count": {**_CELL, **_RIGHT, "num_format": COUNT_FORMAT},
        "percent": {**_CELL, **_RIGHT, "num_format": PERCENT_FORMAT},
        "date": {**_CELL, "align": "center", "num_format": DATE_FORMAT},
        "link": {**_CELL, **_LEFT, "font_color": LINK, "underline": 1},
        # layers to put over a cell
        "grid": _BORDER,
        "boxed": {**_BORDER, "border_color": NAVY},
        "ruled": _RULED,
        "linked": {"font_color": LINK, "underline": 1},
        "computed": {"bg_color": COMPUTED_FILL},
        "input": {"bg_color": INPUT_FILL, "locked": False},
        "total": {"bold": True, "bg_color": TOTAL_FILL, "top": 2, "top_color": INK},
        "program": {"bold": True, "bg_color": PROGRAM_FILL},
        "kegiatan": {"bold": True, "bg_color": KEGIATAN_FILL},
        "strong": {"bold": True},
        "faded": {"font_color": MUTED, "italic": True},
        "block": {"bg_color": KEGIATAN_FILL},
        "wajib": {"font_color": WAJIB_INK, "bg_color": WAJIB_FILL, "bold": True},
        "cek": {"font_color": CEK_INK, "bg_color": CEK_FILL},
        "info": {"font_color": INFO_INK, "bg_color": INFO_FILL},
        "good": {"font_color": GOOD_INK, "bg_color": GOOD_FILL},
        BELUM: {},
    }
)  # fmt: skip
"""What each name means; ``Styles.look`` lays several over each other, the last one on top."""


@lru_cache(maxsize=64)
def inset(num_format: str) -> str:
    """The number format with a blank between the figure and the border at its right; General as it is.

    An indent would do the same in Excel; LibreOffice gives it to some figures of a column and not to others.
    """
    if num_format in ("", "General"):
        return num_format or "General"
    if num_format == TEXT_FORMAT:
        return f"{TEXT_FORMAT}_ "
    if ";" in num_format:
        return ";".join(f"{part}_ " if part else "" for part in num_format.split(";"))
    return f"{num_format}_ ;-{num_format}_ ;{num_format}_ ;@_ "


def none_yet(num_format: str) -> str:
    """The same for a sum to which nothing has been handed in yet: a dash instead of 0, which nobody has said. Its formula lives,
    and shows its figure as soon as there is one."""
    shown = inset(num_format)
    return shown.replace(f";{num_format}_ ;", ';"–"_ ;') if num_format in (RUPIAH_FORMAT, PERCENT_FORMAT) else shown


class Styles:
    """The formats of one workbook, made when first asked for and shared afterwards."""

    def __init__(self, workbook: Workbook, *, none_yet: bool = False) -> None:
        """``none_yet``: nothing has been handed in, so that no amount of the book is one (see ``none_yet``)."""
        self._workbook, self._none_yet = workbook, none_yet
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._asked: dict[tuple[object, ...], Format] = {}
        look = self.look
        self.title, self.subtitle, self.letterhead = look("title"), look("subtitle"), look("letterhead")
        self.section, self.hint, self.hint_wrap = look("section"), look("hint"), look("hint_wrap")
        self.heading, self.group_heading, self.label = look("heading"), look("group_heading"), look("label")
        self.plain, self.plain_wrap = look("plain"), look("plain_wrap")
        self.text, self.text_wrap, self.code = look("text"), look("text_wrap"), look("code")
        self.rupiah, self.number, self.count = look("rupiah"), look("number"), look("count")
        self.percent, self.date, self.center, self.link = look("percent"), look("date"), look("center"), look("link")
        self.computed = look("text_wrap", "computed")
        self.input = look("text_wrap", "input")
        self.total, self.total_rupiah = look("text", "total"), look("rupiah", "total")
        self.signature, self.signature_name = look("signature"), look("signature_name")
        self.whole = workbook.add_format({"num_format": COUNT_FORMAT})

    def look(self, *names: str, **more: Any) -> Format:
        """The format of these LOOKS laid over each other, then ``more`` raw XlsxWriter properties."""
        asked = names, *more.items()
        if asked not in self._asked:
            self._asked[asked] = self._laid(names, more)
        return self._asked[asked]

    def _laid(self, names: tuple[str, ...], more: Mapping[str, Any]) -> Format:
        properties: dict[str, Any] = {"font_name": FONT, "font_size": SIZE, "font_color": INK}
        for name in names:
            properties.update(LOOKS[name])
        properties.update(more)
        if properties.get("align") == "right":
            dashed = self._none_yet or BELUM in names
            properties["num_format"] = (none_yet if dashed else inset)(properties.get("num_format", ""))
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]

    def of(self, kind: Kind, *layers: str, **more: Any) -> Format:
        """The format of a cell of this kind, with layers such as ``computed``, ``input`` or ``total`` over it."""
        return self.look("cell", *layers, **{**kind_properties(kind), **more})

    def rule(self, *names: str) -> Format:
        """The looks as a conditional format: only what they change in the cell below it."""
        key = (("rule", names),)
        if key not in self._made:
            self._made[key] = self._workbook.add_format({key: value for name in names for key, value in LOOKS[name].items()})
        return self._made[key]

    def severity(self, severity: Severity) -> Format:
        """The cell that names the level of a catatan."""
        return self.look("text_wrap", severity.value)


def kind_properties(kind: Kind) -> dict[str, Any]:
    """Number format, alignment and wrapping of a kind as XlsxWriter properties."""
    wrap = kind.wrap or kind.shape is Shape.TEKS
    properties: dict[str, Any] = {"num_format": kind.num_format, "align": kind.align}
    if kind.align == "left":
        properties["indent"] = 1
    return {**properties, "text_wrap": True} if wrap else properties


# ---- The mark by which a workbook of ours is known again: what it is, its version, its year ----

def set_identity(workbook: Workbook, identity: Identity) -> None:
    """In a custom property, and in a defined name for programs that drop properties."""
    workbook.set_custom_property(IDENTITY_NAME, identity.text(), "text")
    workbook.define_name(IDENTITY_NAME, f'="{identity.text().replace(chr(34), chr(39))}"')
