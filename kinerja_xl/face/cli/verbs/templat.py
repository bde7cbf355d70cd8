"""``templat``: the former name of ``formulir``."""

from __future__ import annotations

from kinerja_xl.face.cli.verbs import formulir
from kinerja_xl.face.cli.words import Verb

command = Verb("templat", params=formulir.command.params, callback=formulir.command.callback, hidden=True)
