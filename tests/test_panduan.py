"""Every command of the guide is run, one after the other, by an office whose year goes on as the guide tells it."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from docs.buku import PAGES
from kinerja_xl.face.cli import run
from tests.kantor_uji import kantor_bytes
from tests.rumah import ROOT
from tests.test_cli import ENGLISH, said
from tests.test_kantor_kedua import TAHUN, handed_in, kantor, measured_forms, meet

YEAR = f"Rencana-{TAHUN}"
ELSEWHERE = {"buka"}
"""Verbs that go on until they are ended: tests/test_peramban.py runs them."""


def commands() -> list[list[str]]:
    text = "\n".join((ROOT / "docs" / page).read_text(encoding="utf-8") for page in PAGES)
    found = re.findall(r"^ {4,}kinerja-xl (.+)$", text, re.MULTILINE)
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
    for words in commands():
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
