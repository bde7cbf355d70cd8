"""Every command of the guides is run, one after the other, by an office whose year goes on as they tell it."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from docs.buku import PAGES
from kinerja_xl.face.cli import main, run
from tests.kantor_uji import kantor_bytes
from tests.rumah import ROOT
from tests.test_cli import ENGLISH, said
from tests.test_kantor_kedua import TAHUN, handed_in, kantor, measured_forms, meet

YEAR = f"Rencana-{TAHUN}"
AFTER = "tahun.md"
"""The page of the year after the recap."""
SAMPLE = ROOT / "samples" / "wasuponda-2025"
ELSEWHERE = {"buka"}
"""Verbs that go on until they are ended: tests/test_peramban.py runs them."""


def commands(*pages: str) -> list[list[str]]:
    text = "\n".join((ROOT / "docs" / page).read_text(encoding="utf-8") for page in pages)
    found = re.findall(r"^ {4,}kinerja-xl (.+?)(?:  .*)?$", text, re.MULTILINE)
    return [shlex.split(words.replace("D:\\Unduhan\\", "Unduhan/")) for words in found]


def _kantor(stages: int) -> None:
    Path(YEAR, "Kantor.xlsx").write_bytes(kantor_bytes(kantor(stages)))


def _hand_in() -> None:
    """What the units hand in: into masuk/, and beside it as somebody received it by mail."""
    Path("Unduhan").mkdir()
    for name, data in handed_in().items():
        Path(YEAR, "masuk", name).write_bytes(data)
        for unit in ("pelum", "tu"):
            if f"-{unit}-" in name:
                Path(f"Unduhan/usulan {unit}.xlsx").write_bytes(data)


def _measure() -> None:
    (place := Path(YEAR, "masuk/TW1")).mkdir(exist_ok=True)
    for name, data in measured_forms(Path(YEAR), 1).items():
        (place / name).write_bytes(data)


def _others() -> None:
    shutil.copy("Unduhan/usulan tu.xlsx", "Usulan-lama.xlsx")
    shutil.copytree(YEAR, f"Kabupaten/{YEAR}", ignore=shutil.ignore_patterns("hasil"))


BEFORE: Mapping[str, Callable[[], None]] = {
    f"periksa {YEAR}/Kantor.xlsx": lambda: _kantor(0), f"periksa {YEAR}": _hand_in,
    f"kunci {YEAR} --coba": lambda: meet(Path(YEAR, "hasil/Lembar-Penelaahan.xlsx")), f"pk {YEAR}": lambda: _kantor(1),
    f"capaian {YEAR} --triwulan 1": _measure, f"status {YEAR}": _others,
}  # fmt: skip
"""What people do before a command: fill in Kantor.xlsx, hand in, meet, measure."""


def test_every_command_of_the_guide_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    opened: list[Path] = []
    monkeypatch.setattr(run, "show_file", lambda path: opened.append(path) or True)
    done, waiting = [], dict(BEFORE)
    for words in commands(*PAGES):
        if words[0] in ELSEWHERE:
            continue
        if (before := waiting.pop(" ".join(words), None)) is not None:
            before()
        told = said(*words)
        text = (told.stdout + told.stderr).decode()
        assert told.returncode < 2 and not [word for word in ENGLISH if word in text], (words, told.returncode, text)
        done.append(words[0])
    assert [path.name for path in opened] == ["Rekap-2025.xlsx"] and not waiting
    assert {*done} >= {
        "contoh", "mulai", "formulir", "periksa", "jelaskan", "rekap", "cetak", "kunci", "pk", "realisasi", "capaian", "lkjip",
        "surel", "status", "baca", "perbarui", "gabung", "bandingkan",
    }  # fmt: skip


# ---- the year after the recap ------------------------------------------------------------------------

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
    for words in commands(AFTER):
        given(words)
        typed(words)
        done.append(words)
    assert ["kunci", "FOLDER", "--batalkan"] in done and not Path("FOLDER/arsip/Penetapan-2025-dibatalkan-2.xlsx").exists()
    assert {verb for verb, *_ in done} == {"rekap", "kunci", "pk", "realisasi", "capaian", "lkjip", "status", "contoh"}
    (mulai,) = re.findall(r"`(mulai FOLDER_BARU .*?)`", (ROOT / "docs" / AFTER).read_text(encoding="utf-8"))
    typed(mulai.replace("FOLDER_LAMA", "Contoh").split())
    (compare,) = re.findall(r"`(bandingkan LAMA.xlsx .*?)`", (ROOT / "docs" / AFTER).read_text(encoding="utf-8"))
    names = {"LAMA.xlsx": "Contoh/arsip/Penetapan-2025.xlsx", "BARU.xlsx": "Contoh/arsip/Penetapan-2025-perubahan-1.xlsx"}
    typed([names.get(word, word) for word in compare.split()])
    assert Path("BEDA.xlsx").exists() and Path("FOLDER_BARU/Kantor.xlsx").exists()
