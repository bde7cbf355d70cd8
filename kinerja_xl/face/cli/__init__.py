"""The command line: every module of ``verbs/`` is a verb of its name. Heavy imports stay inside the verbs.

Results go to stdout, progress and trouble to stderr. Exit status 0: clean; 1: something "wajib" or "cek";
2: usage, input or output trouble.
"""

from __future__ import annotations

import atexit
import gc
import sys

# What a run loads and reads stays until it ends: a look for garbage after every 700 objects, and one at the end, finds none.
gc.set_threshold(100_000, 10, 10)
atexit.register(gc.freeze)

import click  # noqa: E402

from kinerja_xl import __version__  # noqa: E402
from kinerja_xl.face.cli import verbs  # noqa: E402
from kinerja_xl.face.cli.words import Verbs  # noqa: E402

_SETTINGS = {"help_option_names": ["--help", "-h"], "max_content_width": 100}


@click.group(cls=Verbs, package=verbs, no_args_is_help=True, context_settings=_SETTINGS)
@click.version_option(__version__, "--version", prog_name="kinerja-xl", message="%(prog)s %(version)s", help="Tampilkan versi.")
def main() -> None:
    """Rekap rencana kinerja dan anggaran kantor dari buku kerja Excel unit-unitnya."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows pipe is cp1252 and would break on the first "→"
            stream.reconfigure(encoding="utf-8", errors="replace")
