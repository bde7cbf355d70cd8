"""``python -m kinerja_xl`` is the command ``kinerja-xl``."""

from kinerja_xl.face.cli import main

if __name__ == "__main__":  # a process of gabung loads this module again
    main(prog_name="kinerja-xl")
