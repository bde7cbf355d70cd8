"""How the pages say things: amounts, dates, sentences of the verbs without what only a command line understands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

from flask import Flask

from kinerja_xl.catatan import Finding, Severity, catalogue, explain
from kinerja_xl.face.grouping import place_of, summary
from kinerja_xl.reckoning import told
from kinerja_xl.sheets.formats import format_date, format_number, format_rupiah
from kinerja_xl.sheets.rekap.model import UNKNOWN

_VALUED = "|".join(("tanggal", "dari", "tahap", "nomor", "triwulan", "unit", "tahun"))
"""Options that a sentence names with a value."""


def without_commands(sentence: str, folder: Path | None, button: Mapping[str, str]) -> str:
    """A sentence for somebody who clicks: commands become the button that does it, paths begin at the year's folder."""
    where = rf'(?: "?{re.escape(str(folder))}"?)?' if folder else ""
    call = rf'kinerja-xl (\w+){where}(?: --(?:(?:{_VALUED}) (?:"[^"]*"|[^\s;,.]+)|[a-z-]+))*'
    said = re.sub(call, lambda found: f"tombol “{button.get(found[1], found[1])}”", sentence)
    said = re.sub(rf'{re.escape(str(folder))}[/\\]?', "", said) if folder else said
    return re.sub(r"jalankan (dahulu )?tombol", r"tekan \1tombol", said)


def percent(value: Decimal | None) -> str:
    return UNKNOWN if value is None else f"{format_number(value, 2)} %"


def share(value: Decimal | int | None, whole: Decimal | int) -> str:
    """Length of a bar in percent, as a number for SVG; nothing unknown has a length."""
    if value is None or whole <= 0:
        return "0"
    return f"{min(max(Decimal(value) * 100 / Decimal(whole), Decimal(0)), Decimal(100)):.2f}"


def meaning(code: str) -> list[tuple[str, str]]:
    """What ``jelaskan`` says of a code, as words and their texts."""
    lines = explain(catalogue()[code]).split("\n")[1:]
    return [(word.strip(), text.strip()) for word, _, text in (line.partition(":") for line in lines)]


def _places(finding: Finding) -> str:
    return place_of(finding)


FILTERS: Mapping[str, Callable[..., object]] = {
    "rupiah": format_rupiah, "angka": format_number, "tanggal": format_date, "sebut": told, "persen": percent, "bagian": share,
    "arti": meaning, "tempat": _places, "ringkas": summary,
}  # fmt: skip


def _for_a_page(sentence: str, folder: Path | None = None) -> str:
    from kinerja_xl.face.page.acts import BUTTON_OF  # brings the verbs: only where there is something to say

    return without_commands(sentence, folder, BUTTON_OF)


def teach(app: Flask) -> None:
    """Give the templates these words."""
    app.jinja_env.filters.update(FILTERS, tanpa_perintah=_for_a_page)
    app.jinja_env.globals.update(Severity=Severity, belum=UNKNOWN)
