"""kinerja-xl: six units' planning workbooks become one recap for the Camat.

For Python: ``kinerja_xl.Tahun("Wasuponda-2025").rekap().rab`` is a DataFrame (docs/api.md); nothing is loaded before it is used.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kinerja_xl.face.python import Tahun as Tahun
    from kinerja_xl.face.python import baca as baca

__version__ = "0.1.0"
CHILD = "KINERJA_XL_PROSES"
"""The variable that tells a frozen program which module of ours it is to run instead of itself (``package/apart.py``)."""
__all__ = ["Tahun", "__version__", "baca"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from kinerja_xl.face import python

    return getattr(python, name)


def _instead() -> None:
    """A frozen program that was started by itself as a child: do that work, and end."""
    if CHILD in os.environ:
        import runpy
        from json import loads

        module, *words = loads(os.environ.pop(CHILD))
        sys.argv[1:] = words
        if module.startswith(f"{__name__}."):
            runpy.run_module(module, run_name="__main__")
        sys.exit()
    if getattr(sys, "frozen", False) and sys.argv[1:2] == ["--multiprocessing-fork"]:
        from multiprocessing.spawn import freeze_support  # the processes of gabung

        freeze_support()


_instead()
