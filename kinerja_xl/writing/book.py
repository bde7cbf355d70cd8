"""A workbook while it is written: the clock stands in none, and our own packer makes its bytes. Same content, same bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from io import BytesIO, StringIO
from pathlib import Path
from typing import Self

from xlsxwriter.packager import Packager
from xlsxwriter.workbook import Workbook

from kinerja_xl.package import repack
from kinerja_xl.package.patch import loosened

_CREATED = datetime(2025, 1, 1)
"""The clock never writes into a result."""

# They only concern write(), which nobody here calls: a second lock.
_TEXTS = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}

_PIECE = 1 << 20
"""Bytes of a part that are packed at a time: of a large office a sheet has some hundred MiB."""


class OwnBook(Workbook):  # type: ignore[misc]
    """``by_row``: rows are written from top to bottom and let go (see grid.py), else they are kept until the book is closed.
    ``loose``: no height of a row counts as fixed by hand. ``data`` is there once the book was closed."""

    def __init__(self, properties: Mapping[str, str], *, by_row: bool = False, loose: bool = False) -> None:
        super().__init__(BytesIO(), {"constant_memory": by_row, "in_memory": not by_row, **_TEXTS})
        self.set_properties({**properties, "created": _CREATED})
        self._packer = _Packer(loose=loose)

    def __enter__(self) -> Self:
        return self

    @property
    def data(self) -> bytes:
        return self._packer.data

    def _get_packager(self) -> Packager:
        return self._packer


class _Packer(Packager):  # type: ignore[misc]
    """Packs the parts itself and leaves none to XlsxWriter, which would ask the system's zlib."""

    def __init__(self, *, loose: bool) -> None:
        super().__init__()
        self._loose, self.data = loose, b""

    def _create_package(self) -> list[object]:
        made = super()._create_package()
        self.data = repack((path, self._pieces(path, place)) for place, path, _ in made)
        return []

    def _pieces(self, path: str, place: str | StringIO | BytesIO) -> Iterator[bytes]:
        if isinstance(place, str):
            with (file := Path(place)).open("rb") as opened:
                yield from iter(partial(opened.read, _PIECE), b"")
            file.unlink()
            return
        content = place.getvalue()
        data = content if isinstance(content, bytes) else content.encode()
        yield loosened(data) if self._loose and path.startswith("xl/worksheets/sheet") else data
