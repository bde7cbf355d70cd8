"""Write the generated pages of the documentation: ``python -m docs.bangun``.

``lembar.md`` and ``skema.json`` walk the declarations of ``kinerja_xl/sheets``, ``catatan.md`` the catalogue of findings. A test
holds that the committed pages equal a fresh build, so none is edited by hand.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from docs.halaman_catatan import AREAS, catatan
from docs.halaman_lembar import lembar
from kinerja_xl.frames.export import book_schema
from kinerja_xl.sheets.books import FILLED

__all__ = ["AREAS", "FOLDER", "PAGES", "build", "catatan", "lembar"]

FOLDER = Path(__file__).parent


def skema() -> str:
    """What every form and table holds, for other programs: as ``kinerja-xl skema`` prints it."""
    return json.dumps({key: book_schema(book) for key, book in FILLED.items()}, ensure_ascii=False, indent=1) + "\n"


PAGES: Mapping[str, Callable[[], str]] = MappingProxyType({"lembar.md": lembar, "catatan.md": catatan, "skema.json": skema})
"""File name -> the function that makes its text."""


def build(folder: Path = FOLDER) -> None:
    """Write all generated pages into a folder."""
    for name, make in PAGES.items():
        (folder / name).write_text(make(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    build()
