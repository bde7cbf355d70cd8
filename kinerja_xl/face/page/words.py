"""How the pages say things: amounts, dates, sentences of the verbs without what only a command line understands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

from flask import Flask

from kinerja_xl.catatan import Finding, Severity, catalogue, explain, readable
from kinerja_xl.face.listed import place_of, summary
from kinerja_xl.face.page import verbs
from kinerja_xl.reckoning import aside
from kinerja_xl.sheets.formats import format_date, format_number, format_rupiah
from kinerja_xl.sheets.rekap.model import UNKNOWN

FIELDS: Mapping[str, str] = {
    "tanggal": "Tanggal", "dari": "Dari", "tahap": "Tahap", "lembar": "Lembar", "sebagai": "Jenis", "unit": "Unit", "sub": "Kode",
    "jawab": "Yang hanya Anda ketahui", "isi-formulir": "Unit", "triwulan": "TW",
}  # fmt: skip
"""Options that a sentence names → the field of a page that is the same."""

_VALUE = r'(?:"[^"]*"|[^\s;,.)"]+(?:\.xlsx)?)'
_CALL = r"kinerja-xl (\w+)(?:{where}| [A-Z_]+\b| --[a-z-]+ (?:\w+=)?{value}(?=[\s.;,)]|$)| --[a-z-]+\b)*"
_NOT_HERE = re.compile(r",? atau (?:[^,.;]|\.(?! |$))*?--(?:tahun-lalu|padanan|folder|zona|nomor)\b[^,.;]*")
"""A way that is offered on the command line alone stands beside another one."""
_FLAGS = ("penelaahan", "rka", "coba", "batalkan", "kembalikan", "pdf", "semua")


def without_commands(sentence: str, folder: Path | None, button: Mapping[str, str]) -> str:
    """A sentence for somebody who clicks: commands become the button or page that does it, options its fields, and paths begin
    at the year's folder."""
    where = rf' "?{re.escape(str(folder))}"?(?=[\s.;,)]|$)' if folder else r" \Z"
    said = re.sub(rf"{re.escape(str(folder))}[/\\]", "", sentence) if folder else sentence
    said = re.sub(rf" --(?:{'|'.join(_FLAGS)})\b", "", said)
    said = re.sub(_CALL.format(where=where, value=_VALUE), lambda found: button.get(found[1], found[0]), said)
    said = _NOT_HERE.sub("", said)
    said = re.sub(r'[Tt]ambahkan pada perintah yang sama, misalnya: --(\w+) "([^"]*)"', _filled_in, said)
    said = re.sub(rf"--([a-z-]+)(?: (?=[A-Z\"]|\w+=){_VALUE}| (?:realisasi|pmd|pemdes)\b)?", _field, said)
    said = said.replace(str(folder), folder.name) if folder else said
    said = re.sub(r"\bperintah formulir\b", button.get("formulir", ""), said)
    return re.sub(r"([Jj])alankan (dahulu |lagi )?(?=tombol|halaman)", _used, said).replace("ulangi perintah ini", "ulangi")


def _filled_in(found: re.Match[str]) -> str:
    return f"Isi “{FIELDS.get(found[1], found[1])}”, misalnya {found[2]}"


def _field(found: re.Match[str]) -> str:
    return f"isian “{FIELDS.get(found[1], found[1].replace('-', ' ').capitalize())}”"


def _used(found: re.Match[str]) -> str:
    return f"{'P' if found[1] == 'J' else 'p'}akai {found[2] or ''}"


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
    "rupiah": format_rupiah, "angka": format_number, "tanggal": format_date, "sebut": aside, "persen": percent, "bagian": share,
    "arti": meaning, "tempat": _places, "ringkas": summary,
}  # fmt: skip


def _shown(value: object) -> object:
    """Names of others as a page can carry them: bytes that are no text would end it halfway."""
    value = str(value) if isinstance(value, Path) else value
    return readable(value) if type(value) is str else value


def _for_a_page(sentence: str, folder: Path | None = None) -> str:
    verbs.load()
    from kinerja_xl.face.page.acts import BUTTON_OF

    return without_commands(sentence, folder, BUTTON_OF)


def teach(app: Flask) -> None:
    """Give the templates these words."""
    app.jinja_env.finalize = _shown
    app.jinja_env.filters.update(FILTERS, tanpa_perintah=_for_a_page)
    app.jinja_env.globals.update(Severity=Severity, belum=UNKNOWN)
