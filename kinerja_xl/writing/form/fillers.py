"""Words that only stand where an answer should, as Cek Mandiri knows them: a list in the workbook's name ``pengganti``.

Nearly what ``checking.said.placeholder`` knows; what it only works out (a pattern, brackets) has its most usual words here.
"""

from __future__ import annotations

from functools import cache

from xlsxwriter.workbook import Workbook

from kinerja_xl.checking.said import prompts
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.words.match import examples
from kinerja_xl.words.text import fold

NAME = "pengganti"
_LEFT_OUT = (" ", ".", "-")
"""Marks that a formula leaves out before it looks."""
_WORKED_OUT = (
    *(f"{before}di{verb}{after}" for before in ("", "akan ", "segera ", "nanti ")
      for verb in ("isi", "lengkapi", "susulkan", "tentukan") for after in ("", " nanti", " kemudian", " menyusul")),
    *(f"{same}{of} {what}" for same in ("", "sama ") for of in ("seperti", "sebagaimana", "dengan")
      for what in ("biasa", "tahun lalu", "di atas", "sebelumnya", "semula")),
    *(f"sesuai {what}{more}" for what in ("standar", "kebutuhan", "ketentuan", "aturan", "peraturan", "juknis", "prosedur")
      for more in ("", " yang berlaku", " yang ada")),
    *(f"menunggu {what}{who}" for what in ("arahan", "juknis", "data", "keputusan", "petunjuk")
      for who in ("", " pimpinan", " lebih lanjut")),
    *(f"{law} yang {now}" for law in ("peraturan", "ketentuan", "peraturan perundangan", "peraturan perundang-undangan")
      for now in ("berlaku", "ada")),
)  # fmt: skip
"""The most usual of what ``checking.rules`` knows by a pattern."""
_SHORT = 40
"""Letters of a label that somebody might type into its cell."""


@cache
def fillers() -> frozenset[str]:
    """The words, in lower case without the marks; the labels of required texts among them. One letter again and again is told
    without a list."""
    words = {fold(example) for example in examples("belum_diisi")} | {"n/a", *map(fold, _WORKED_OUT)}
    for sheet in USULAN.sheets:
        for block in sheet.blocks:
            asked = (c for c in block.columns if c.required and c.kind.name == "teks" and not c.kind.list_name)
            words |= {word for column in asked for word in prompts(column) if len(word) <= _SHORT}
    return frozenset(word for word in words if word.replace(word[:1], ""))


def _bare(text: str) -> str:
    for mark in _LEFT_OUT:
        text = text.replace(mark, "")
    return text.casefold()


def define_fillers(workbook: Workbook) -> None:
    """Give the workbook the list."""
    words = ",".join(f'"{word}"' for word in sorted(fillers()))
    workbook.define_name(NAME, f"={{{words}}}")


def hollow(cell: str) -> str:
    """Formula: whether a cell, or each of a range, holds nothing but such a word or one character again and again."""
    bare = cell
    for mark in _LEFT_OUT:
        bare = f'SUBSTITUTE({bare},"{mark}","")'
    return f'((LEN(SUBSTITUTE({cell},LEFT({cell},1),""))=0)+ISNUMBER(MATCH({bare},{NAME},0)))'


def is_hollow(text: str) -> bool:
    """The other face of ``hollow``."""
    return not text.replace(text[:1], "") or _bare(text) in fillers()
