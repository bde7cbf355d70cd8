"""Handing a file or folder to the program of this computer that owns it."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def show_file(path: Path) -> bool:
    """Hand a file or folder to the program that owns it; whether that was possible. Never waits for it."""
    import subprocess

    try:
        if sys.platform == "win32":
            os.startfile(path)
            return True
        opener = "open" if sys.platform == "darwin" else "xdg-open"
        quiet = subprocess.DEVNULL
        shown = subprocess.Popen([opener, path], stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
        with suppress(subprocess.TimeoutExpired):
            return shown.wait(timeout=2) == 0
        shown.returncode = 0  # it stays open without us
        return True
    except OSError:
        return False
