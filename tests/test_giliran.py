"""Who changes a year's folder takes its turn: two at once lose nothing, one that is gone is taken over, nobody hangs."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from kinerja_xl.uses.padanan import load_answers
from kinerja_xl.writing import output, turn
from kinerja_xl.writing.output import FileSet, OutputError, put, save, save_new, write_whole
from tests import berdua
from tests.conftest import DEEP
from tests.gangguan import VERBS, apart, ended, place, run

forked = pytest.mark.skipif(not hasattr(os, "fork"), reason="proses tiruan hanya di Unix")


@forked
@pytest.mark.parametrize("pair", berdua.PAIRS)
def test_two_at_once_lose_nothing(pair: str):
    assert berdua.measure(pair, 20 if DEEP else 1) == []


def test_threads_take_turns(tmp_path: Path):
    """The page of this computer asks the verbs from threads of one process."""
    counted = tmp_path / "banyak.txt"
    counted.write_text("0", encoding="utf-8")

    def one_more() -> None:
        with turn.turn(tmp_path, "uji"):
            number = int(counted.read_text(encoding="utf-8"))
            time.sleep(0.001)
            write_whole(counted, str(number + 1).encode())

    threads = [threading.Thread(target=one_more) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counted.read_text(encoding="utf-8") == "12"
    assert [path.name for path in tmp_path.iterdir()] == ["banyak.txt"]


def test_who_waits_too_long_is_told_who_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(turn, "PATIENCE", 0.1)
    inside, leave = threading.Event(), threading.Event()

    def keep() -> None:
        with turn.turn(tmp_path, "kunci"):
            inside.set()
            leave.wait(30)

    holder = threading.Thread(target=keep)
    holder.start()
    inside.wait(30)
    try:
        with pytest.raises(OutputError) as error, turn.turn(tmp_path, "mulai"):
            pass
    finally:
        leave.set()
        holder.join()
    assert "oleh kunci (" in str(error.value) and str(tmp_path) in str(error.value)
    with turn.turn(tmp_path, "mulai"):  # free again
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_turn_within_ones_own_is_the_same(tmp_path: Path):
    with turn.turn(tmp_path, "mulai"), turn.turn(tmp_path / ".", "formulir"):
        assert (tmp_path / turn.TURN).exists()


@forked
def test_one_whose_process_was_ended_is_taken_over_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def end_within() -> int:
        with turn.turn(tmp_path, "kunci"):
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

    assert ended(apart(end_within)) == -signal.SIGKILL
    assert (tmp_path / turn.TURN).exists()
    monkeypatch.setattr(turn, "PATIENCE", 2.0)
    with turn.turn(tmp_path, "mulai"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_computer_that_fell_silent_is_taken_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """On a shared folder the holder may be another computer: no process can be asked there, only its signs of life count."""
    monkeypatch.setattr(turn, "SILENT", 0.3)
    monkeypatch.setattr(turn, "PATIENCE", 20.0)
    lines = ("filelock/2", "pid=4242", "host=komputer-lain", "mode=lease", "token=abc", "duration=0.3", "")
    (tmp_path / turn.TURN).write_text("\n".join(lines), encoding="utf-8")
    with turn.turn(tmp_path, "mulai"):
        pass
    assert list(tmp_path.iterdir()) == []


def test_who_lost_the_turn_writes_no_more(tmp_path: Path):
    """A computer that slept wakes up: another has the turn by now."""
    with turn.turn(tmp_path, "kunci"):
        (tmp_path / turn.TURN).unlink()
        (tmp_path / turn.TURN).write_text("orang lain", encoding="utf-8")
        with pytest.raises(OutputError, match="sudah diambil"):
            put(tmp_path / "arsip" / "Penetapan-2025.xlsx", b"rencana")
    assert not list((tmp_path / "arsip").iterdir())


@forked
@pytest.mark.parametrize("mark", ["~$Padanan.xlsx", ".~lock.Padanan.xlsx#"])
def test_answers_are_never_put_into_a_sibling(mark: str, tmp_path: Path):
    with place(tmp_path.resolve()):
        Path("kantor", mark).write_bytes(b"x")
        before = Path("kantor/Padanan.xlsx").read_bytes()
        status, said = run(VERBS["baca --jawab"])
        assert status == 2 and "belum disimpan" in said and mark in said
        assert Path("kantor/Padanan.xlsx").read_bytes() == before
        Path("kantor", mark).unlink()
        assert run(VERBS["baca --jawab"])[0] in (0, 1)
        assert ("unit", "pmd") in {(a.kunci, a.jawaban) for a in load_answers(Path("kantor/Padanan.xlsx")).answers}


def test_state_that_stays_locked_is_not_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    target = tmp_path / "Kantor.xlsx"
    target.write_bytes(b"lama")

    def refuse(source: object, wanted: object) -> None:
        raise PermissionError(13, "terkunci", str(wanted))

    monkeypatch.setattr(output.os, "replace", refuse)
    monkeypatch.setattr(output.time, "sleep", lambda seconds: None)
    with pytest.raises(OutputError, match="belum disimpan"):
        save(target, b"baru")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"Kantor.xlsx": b"lama"}


def test_a_new_state_never_takes_the_place_of_another(tmp_path: Path):
    save_new(tmp_path / "Penetapan-2025.xlsx", b"satu")
    with pytest.raises(OutputError, match="tidak ditimpa"):
        save_new(tmp_path / "Penetapan-2025.xlsx", b"dua")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"Penetapan-2025.xlsx": b"satu"}


def test_of_a_set_one_file_does_not_stop_the_others(tmp_path: Path):
    (tmp_path / "b.xlsx").mkdir()
    made = FileSet()
    assert [made.put(tmp_path / f"{name}.xlsx", b"x") is not None for name in "abc"] == [True, False, True]
    with pytest.raises(OutputError) as error:
        made.end()
    assert "Sudah ditulis: a.xlsx, c.xlsx. Belum ditulis: b.xlsx." in str(error.value)


def test_of_many_files_whose_folder_cannot_be_written_the_folder_is_named_once(tmp_path: Path):
    """It was named as often as there were letters."""
    (tmp_path / "surat").write_bytes(b"")
    several = FileSet()
    for name in ("a.docx", "b.docx"):
        several.put(tmp_path / "surat" / name, b"")
    with pytest.raises(OutputError) as error:
        several.end()
    assert str(error.value).endswith("Tidak ada yang ditulis.") and str(error.value).count("surat") <= 2


def test_what_ended_runs_left_goes_with_the_next_file(tmp_path: Path):
    own = f".kinerja-xl-{output._machine()}-{os.getpid()}-{'0' * 16}.tmp"
    gone = f".kinerja-xl-{output._machine()}-{2**22 + 7}-{'0' * 16}.tmp"
    other, old, strange = f".kinerja-xl-00000000-1-{'0' * 16}.tmp", f".kinerja-xl-{'a' * 16}.tmp", ".kinerja-xl-catatan.txt"
    for name in (own, gone, other, old, strange):
        (tmp_path / name).write_bytes(b"separuh")
    os.utime(tmp_path / old, (1, 1))
    put(tmp_path / "Rekap.xlsx", b"baru")
    assert {path.name for path in tmp_path.iterdir()} == {"Rekap.xlsx", own, other, strange}
