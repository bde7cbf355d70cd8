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
MEMORY, SECONDS = 400 << 20, 10
"""Bytes, and seconds of processor time, that a process may take which opens what others made (``package/apart.py``)."""
OUT_OF_TIME = 152
"""How a process ends that has had its time, where no signal ends it."""
__all__ = ["Tahun", "__version__", "baca"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from kinerja_xl.face import python

    return getattr(python, name)


def limit(seconds: int = SECONDS) -> None:
    """End this process once it has had its memory or its time: processor time, so that a busy machine refuses no small file."""
    try:
        import resource
    except ImportError:  # Windows limits no process: a thread looks at what it has taken
        from threading import Thread

        Thread(target=_ended_after, args=(seconds,), daemon=True).start()
    else:
        for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, seconds)):
            try:
                resource.setrlimit(what, (most, most))
            except (ValueError, OSError):  # somebody limits it more
                continue


def _ended_after(seconds: float) -> None:
    from time import process_time, sleep

    while process_time() < seconds:
        sleep(0.2)
    os._exit(OUT_OF_TIME)


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
