"""A disk that fails, a computer that stops: inputs stay, results are old or new and whole, one sentence, the next run clean.

In the plain profile a few faults of every verb; all of them: ``python -m tests.gangguan`` (figures in docs/keamanan.md).
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click import Context

from kinerja_xl.face.cli import main
from tests import gangguan
from tests.conftest import DEEP
from tests.gangguan import VERBS, Disk, Step, Whole, faults, files, inject, kill, kills, place, run, whole

EVERY = 9 if DEEP else 60
"""Of so many faults one is injected."""

NO_FOLDER = ("jelaskan", "skema")
"""Verbs that look into no folder."""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="proses tiruan hanya di Unix")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with place(tmp_path_factory.mktemp("tahun").resolve()) as found:
        yield found


def test_every_verb_of_the_package_is_here():
    """By what it does: a former name of a verb is that verb."""
    known = {args[0] for args in VERBS.values()}
    given = {name: main.get_command(Context(main), name) for name in main.list_commands(Context(main))}
    tried = {command.callback for name, command in given.items() if command and name in known}
    assert known <= {*given} and {name for name, command in given.items() if command and command.callback not in tried} == set()
    assert len(given) >= 20


BY_HAND = ("buka",)
"""The page works in threads of its own: its steps come in another order on a busy machine. ``python -m tests.gangguan buka``."""


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb not in BY_HAND])
def test_trouble_at_the_disk_is_a_sentence_and_loses_nothing(verb: str, folder: Path):
    one = whole(VERBS[verb], folder)
    for number, code in faults(one.steps)[:: EVERY * (5 if verb == "contoh" else 1)]:
        inject(one, number, code)
    assert (one.injected or verb in NO_FOLDER) and one.wrong == []


@pytest.mark.parametrize("verb", [v for v in VERBS if v not in ("status", "periksa", "periksa berkas", *NO_FOLDER, *BY_HAND)])
def test_a_run_that_is_ended_leaves_nothing_half(verb: str, folder: Path):
    one = whole(VERBS[verb], folder)
    for number in kills(one.steps)[1 :: EVERY // 2 * (5 if verb == "contoh" else 1)]:
        kill(one, number)
    assert one.injected and one.wrong == []


def test_what_the_harness_looks_for_it_finds(folder: Path):
    """A folder that is not as before, a file cut short, a word missing: each is noted."""
    one = whole(VERBS["baca"], folder)
    (folder / "kantor/rab.xlsx").write_bytes(b"PK rusak")
    (folder / "kantor/hasil/baca.xlsx").write_bytes(b"PK separuh")
    gangguan.judge(one, "uji", one.status, one.said)
    gangguan.restore(folder, one.before)
    said = " ".join(one.wrong)
    assert "masukan kantor/rab.xlsx berubah" in said and "baca.xlsx tidak utuh" in said and "tanpa sepatah kata" in said
    assert files(folder) == one.before


def test_an_exception_that_gets_out_is_found(folder: Path, monkeypatch: pytest.MonkeyPatch):
    one = whole(VERBS["status"], folder)
    number = next(n for n, step in enumerate(one.steps) if step.kind == "listdir")
    monkeypatch.setattr(gangguan, "run", lambda args: (Path("kantor/masuk").iterdir(), 1 / 0))
    inject(one, number, errno.EIO)
    assert one.wrong


@pytest.mark.parametrize("lost", ["arsip", "masuk", "hasil", "formulir"])
@pytest.mark.parametrize("verb", ["status", "pk", "rekap", "kunci", "capaian"])
def test_a_folder_that_cannot_be_listed_is_never_an_empty_one(verb: str, lost: str, folder: Path):
    one = whole(VERBS[verb], folder)
    looked = [step.kind == "listdir" and step.file == f"/kantor/{lost}" and "folder.py" in step.asked for step in one.steps]
    for number in [number for number, yes in enumerate(looked) if yes][:1]:
        with Disk.failing(one, number, errno.EACCES).watched():
            status, said = run(one.args)
        assert status == 2 and f"kantor/{lost}" in said and "gangguan" not in said
        gangguan.restore(folder, one.before)


def test_every_kind_of_step_is_tried(folder: Path):
    """The harness sees looking, listing, opening, reading, making, writing, moving and taking away."""
    seen: set[str] = set()
    for verb in ("rekap", "kunci", "kunci --batalkan", "baca --jawab", "mulai"):
        seen |= {step.kind for step in whole(VERBS[verb], folder).steps}
    assert seen >= {"stat", "listdir", "open", "read", "create", "write", "fsync", "replace", "rename", "link", "unlink", "mkdir"}


def test_a_step_is_known_by_what_asks_it():
    made: Whole = Whole(args=[], folder=Path(), before={}, after={}, status=0, said="",
                        steps=[Step("stat", "/a", "x:1"), Step("stat", "/a", "x:1"), Step("stat", "/a", "y:2")])  # fmt: skip
    assert faults(made.steps) == [(0, errno.EACCES), (0, errno.EIO), (2, errno.EACCES), (2, errno.EIO)]
