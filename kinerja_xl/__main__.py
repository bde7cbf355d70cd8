"""``python -m kinerja_xl`` is the command ``kinerja-xl``."""

from kinerja_xl.face.cli import main

main(prog_name="kinerja-xl")
