"""kinerja-xl: six units' planning workbooks become one recap for the Camat.

For Python: ``kinerja_xl.Tahun("Wasuponda-2025").rekap().rab`` is a DataFrame (docs/api.md); nothing is loaded before it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kinerja_xl.face.python import Tahun as Tahun
    from kinerja_xl.face.python import baca as baca

__version__ = "0.1.0"
__all__ = ["Tahun", "__version__", "baca"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from kinerja_xl.face import python

    return getattr(python, name)
