"""What may be typed into a cell of a form, and what a message says: whole titles, and sentences that say what to do."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from kinerja_xl.sheets.choices import Listings
from kinerja_xl.sheets.content import LIST_PREFIX
from kinerja_xl.sheets.formats import format_number
from kinerja_xl.sheets.kinds import Kind, Shape
from kinerja_xl.sheets.model import Column
from kinerja_xl.writing.styles import RUPIAH_FORMAT

MAX_TITLE, MAX_MESSAGE = 32, 255
_EARLIEST, _LATEST = date(2000, 1, 1), date(2100, 12, 31)


def validation(column: Column, lists: Listings) -> dict[str, Any]:
    """The rule of a column as XlsxWriter takes it."""
    rule = _rule(column.kind, lists)
    if column.hint:
        assert len(column.hint) <= MAX_MESSAGE, column.key
        rule |= {"input_title": short_title(column.label), "input_message": column.hint}
    if rule.get("validate") != "any":
        rule |= {
            "error_title": short_title(column.label), "error_message": asked(column.kind),
            "error_type": "information" if column.kind.open_list else "stop",
        }  # fmt: skip
    return rule


def short_title(label: str) -> str:
    """The label as the title of a message, which holds 32 characters: without its letter and brackets, cut between words."""
    title = re.sub(r"^[a-z0-9]\. |(?:(?<!\s)\s++)?\([^()]*\)", "", label.strip())
    joined = ""
    for word in _WORD.findall(title):
        longer = joined + word if word.startswith("/") else f"{joined} {word}".strip()
        if len(longer) > MAX_TITLE:
            break
        joined = longer
    while joined != title and joined.split()[-1] in _JOINING:
        joined = joined.rsplit(" ", 1)[0]
    return joined or title[:MAX_TITLE]


_WORD = re.compile(r"/?(?:Sub Kegiatan|[^\s/]+)")
"""What is not torn; of "Program/Kegiatan/Sub Kegiatan" each kind of code is one."""
_JOINING = ("atau", "dan", "dengan", "dari", "untuk", "yang", "di", "ke")


def asked(kind: Kind) -> str:
    """What to type, as a message says it to somebody who typed something else."""
    if kind.list_name:
        return "Pilih dari daftar, atau biarkan bila memang belum ada di sana." if kind.open_list else "Pilih dari daftar."
    if kind.shape is Shape.TANGGAL:
        return "Ketik tanggal, misalnya 17/08/2025."
    if kind.describe == "tahun":
        return "Ketik tahun, misalnya 2025."
    if kind.num_format == RUPIAH_FORMAT:
        return "Ketik rupiah bulat tanpa Rp dan tanpa titik, misalnya 1500000."
    low, high = (None if bound is None else format_number(bound) for bound in (kind.minimum, kind.maximum))
    between = f" mulai dari {low}" if low else ""
    if low and kind.maximum is not None and kind.maximum < _LARGE:
        between = f" dari {low} sampai {high}"
    return f"Ketik angka{' bulat' if kind.whole else ''}{between}."


_LARGE = 10**9
"""A bound that is no more than Excel's is not said."""


def _rule(kind: Kind, lists: Listings) -> dict[str, Any]:
    if kind.list_name and kind.list_name in lists.by_name:
        return {"validate": "list", "source": f"={LIST_PREFIX}{kind.list_name}"}
    if kind.shape is Shape.TANGGAL:
        return {"validate": "date", "criteria": "between", "minimum": _EARLIEST, "maximum": _LATEST}
    if kind.shape is Shape.ANGKA:
        return {"validate": "integer" if kind.whole else "decimal", **_bounds(kind)}
    return {"validate": "any"}


def _bounds(kind: Kind) -> dict[str, Any]:
    low = -(10**15) if kind.minimum is None else number(kind.minimum)
    high = 10**15 if kind.maximum is None else number(kind.maximum)
    return {"criteria": "between", "minimum": low, "maximum": high}


def number(value: Decimal | int | float) -> int | float:
    """An exact int where the number is whole; else the nearest float, as Excel keeps it."""
    whole = int(value)
    return whole if whole == value else float(value)
