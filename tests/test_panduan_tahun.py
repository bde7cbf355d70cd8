"""Every command of the year's page is run, one after the other, by somebody who has what it speaks of."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from kinerja_xl.face.cli import main
from tests.rumah import ROOT
from tests.test_cli import ENGLISH

YEAR = ROOT / "docs" / "tahun.md"
SAMPLE = ROOT / "samples" / "wasuponda-2025"


def commands() -> list[list[str]]:
    found = re.findall(r"^ {4,}kinerja-xl (.+?)(?:  .*)?$", YEAR.read_text(encoding="utf-8"), re.MULTILINE)
    return [shlex.split(words) for words in found]


QUARTERS = (1, 2, 3, 4)


def before_the_lock() -> None:
    """FOLDER as the year's guide begins: the usulan are in, nothing is locked, nothing was measured."""
    shutil.rmtree("FOLDER", ignore_errors=True)
    shutil.copytree(SAMPLE, "FOLDER", ignore=shutil.ignore_patterns("Penetapan-*", "TW*", "hasil"))


def typed(words: list[str]) -> str:
    """A command as the reader types it; what it says."""
    done = CliRunner().invoke(main, words)
    assert done.exit_code < 2 and not [word for word in ENGLISH if word in done.output], (words, done.output, done.exception)
    return done.output


def given(words: list[str]) -> None:
    """What the reader did before this command, by hand or in a step before it."""
    folder, locked = Path("FOLDER"), Path("FOLDER/arsip/Penetapan-2025.xlsx")
    if words == ["kunci", "FOLDER", "--coba"] and locked.exists():
        before_the_lock()
    if words[:2] == ["kunci", "FOLDER"]:
        (folder / "hasil").mkdir(exist_ok=True)
        shutil.copy(SAMPLE / "arsip/Lembar-Penelaahan-2025.xlsx", folder / "hasil/Lembar-Penelaahan.xlsx")
    if {"--batalkan", "perubahan"} & {*words} and words[1] == "FOLDER" and not locked.exists():
        typed(["kunci", "FOLDER"])
    if words[0] == "capaian" and words[1] == "FOLDER":
        for number in [int(words[-1])] if "--triwulan" in words else QUARTERS:
            shutil.copytree(SAMPLE / f"masuk/TW{number}", folder / f"masuk/TW{number}", dirs_exist_ok=True)


def test_every_command_of_the_year_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """In the order of the page; what it names between backquotes with other words for the files stands at the end."""
    monkeypatch.chdir(tmp_path)
    before_the_lock()
    done = []
    for words in commands():
        given(words)
        typed(words)
        done.append(words)
    assert ["kunci", "FOLDER", "--batalkan"] in done and not Path("FOLDER/arsip/Penetapan-2025-dibatalkan-2.xlsx").exists()
    assert {verb for verb, *_ in done} == {"rekap", "kunci", "pk", "realisasi", "capaian", "lkjip", "status", "contoh"}
    (mulai,) = re.findall(r"`(mulai FOLDER_BARU .*?)`", YEAR.read_text(encoding="utf-8"))
    typed(mulai.replace("FOLDER_LAMA", "Contoh").split())
    (compare,) = re.findall(r"`(bandingkan LAMA.xlsx .*?)`", YEAR.read_text(encoding="utf-8"))
    names = {"LAMA.xlsx": "Contoh/arsip/Penetapan-2025.xlsx", "BARU.xlsx": "Contoh/arsip/Penetapan-2025-perubahan-1.xlsx"}
    typed([names.get(word, word) for word in compare.split()])
    assert Path("BEDA.xlsx").exists() and Path("FOLDER_BARU/Kantor.xlsx").exists()
