"""Every command of the guide is run, one after the other, by somebody who has what the guide speaks of."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

from kinerja_xl.face.cli import run
from tests.rumah import ROOT
from tests.test_cli import ENGLISH, said

GUIDE = ROOT / "docs" / "panduan.md"
SAMPLE = ROOT / "samples" / "wasuponda-2025"
ELSEWHERE = {"buka"}
"""Verbs that go on until they are ended: tests/test_peramban.py runs them."""


def commands() -> list[list[str]]:
    found = re.findall(r"^ {4,}kinerja-xl (.+)$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    return [shlex.split(words.replace("D:\\Unduhan\\", "Unduhan/")) for words in found]


def test_every_command_of_the_guide_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    opened: list[Path] = []
    monkeypatch.setattr(run, "show_file", lambda path: opened.append(path) or True)
    shutil.copytree(SAMPLE, "2025")
    Path("Unduhan").mkdir()
    for name in ("pmd", "umum"):
        shutil.copy(SAMPLE / f"masuk/Usulan-{name}-2025.xlsx", f"Unduhan/usulan {name}.xlsx")
    shutil.copy(ROOT / "templates_xlsx/Usulan-v1.xlsx", "Usulan-lama.xlsx")
    done = []
    for words in commands():
        if words[0] in ELSEWHERE:
            continue
        if "Rencana-2025/masuk/Usulan-umum-2025.xlsx" in words or words == ["periksa", "Rencana-2025"]:
            shutil.copy("Unduhan/usulan umum.xlsx", "Rencana-2025/masuk/Usulan-umum-2025.xlsx")
        told = said(*words)
        text = (told.stdout + told.stderr).decode()
        assert told.returncode < 2 and not [word for word in ENGLISH if word in text], (words, told.returncode, text)
        done.append(words[0])
    assert [path.name for path in opened] == ["Rekap-2025.xlsx"]
    assert {"contoh", "mulai", "formulir", "periksa", "perbarui", "jelaskan", "rekap", "status"} <= {*done}
