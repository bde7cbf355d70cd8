"""A result is written whole or not at all, and beside a file that is open elsewhere."""

import errno
import os
import stat
from pathlib import Path

import pytest

from kinerja_xl.writing import output
from kinerja_xl.writing.output import OutputError, Written, write_whole

OLD, NEW = b"rekap lama", b"rekap baru"


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def target(tmp_path):
    path = tmp_path / "Rekap-2025.xlsx"
    path.write_bytes(OLD)
    return path


@pytest.fixture
def replace(monkeypatch):
    """``replace(locked, times)``: os.replace refuses the named targets (the first ``times`` tries); counts tries."""
    real, tries = os.replace, []

    def install(*locked, times=10**9, error=None):
        def fake(source, wanted):
            tries.append(Path(wanted).name)
            if Path(wanted).name in locked and tries.count(Path(wanted).name) <= times:
                raise error or PermissionError(errno.EACCES, "terkunci", str(wanted))
            real(source, wanted)

        monkeypatch.setattr(output.os, "replace", fake)
        monkeypatch.setattr(output.time, "sleep", lambda seconds: None)
        return tries

    return install


def test_new_file_and_replaced_file(tmp_path):
    path = tmp_path / "Rekap-2025.xlsx"
    for data in (OLD, NEW, b""):
        assert write_whole(path, data) == Written(path=path, wanted=path)
        assert contents(tmp_path) == {path.name: data}


@pytest.mark.skipif(os.name == "nt", reason="Windows tidak memakai umask")
def test_colleagues_can_read_the_file(tmp_path):
    old = os.umask(0o022)
    try:
        path = write_whole(tmp_path / "Rekap-2025.xlsx", NEW).path
    finally:
        os.umask(old)
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_short_lock_is_waited_for(target, replace):
    tries = replace(target.name, times=3)
    written = write_whole(target, NEW)
    assert (written.path, written.sentence) == (target, "")
    assert tries == [target.name] * 4
    assert contents(target.parent) == {target.name: NEW}


def test_wait_is_bounded(target, replace, monkeypatch):
    tries, pauses = replace(target.name), []
    monkeypatch.setattr(output.time, "sleep", pauses.append)
    write_whole(target, NEW, retries=2, wait=0.5)
    assert tries.count(target.name) == 3
    assert pauses == [0.5, 0.5]


@pytest.mark.parametrize("error", [None, OSError(errno.EBUSY, "sibuk")], ids=["terbuka", "sibuk"])
def test_locked_file_gets_a_sibling(target, replace, error):
    replace(target.name, error=error)
    written = write_whole(target, NEW)
    sibling = target.with_name("Rekap-2025 (2).xlsx")
    assert written == Written(path=sibling, wanted=target)
    assert target.name in written.sentence
    assert sibling.name in written.sentence
    assert contents(target.parent) == {target.name: OLD, sibling.name: NEW}


def test_sibling_of_other_content_stays(target, replace):
    replace(target.name)
    others = {"Rekap-2025 (2).xlsx": b"catatan Camat", "Rekap-2025 (4).xlsx": b"lain"}
    for name, data in others.items():
        target.with_name(name).write_bytes(data)
    assert write_whole(target, NEW).path.name == "Rekap-2025 (3).xlsx"
    assert contents(target.parent) == {target.name: OLD, **others, "Rekap-2025 (3).xlsx": NEW}


def test_same_bytes_pile_up_no_copies(target, replace):
    replace(target.name)
    assert [write_whole(target, NEW).path.name for _ in range(3)] == ["Rekap-2025 (2).xlsx"] * 3
    assert write_whole(target, OLD).path == target
    assert contents(target.parent) == {target.name: OLD, "Rekap-2025 (2).xlsx": NEW}


def test_numbers_of_siblings_are_bounded(target, replace, monkeypatch):
    replace(target.name)
    monkeypatch.setattr(output, "LAST_SIBLING", 3)
    for data in (b"a", b"b"):
        write_whole(target, data)
    before = contents(target.parent)
    with pytest.raises(OutputError):
        write_whole(target, NEW)
    assert contents(target.parent) == before


def test_locked_sibling_is_an_error_not_a_loop(target, replace):
    tries = replace(target.name, "Rekap-2025 (2).xlsx")
    with pytest.raises(OutputError):
        write_whole(target, NEW)
    assert tries[-1] == "Rekap-2025 (2).xlsx"
    assert contents(target.parent) == {target.name: OLD}


@pytest.mark.parametrize("where", ["fsync", "replace", "sleep"])
@pytest.mark.parametrize("interruption", [KeyboardInterrupt, SystemExit, MemoryError])
def test_interrupted_write_leaves_the_old_file_only(target, replace, monkeypatch, where, interruption):
    def interrupt(*args):
        raise interruption

    replace(target.name)
    monkeypatch.setattr(output.time if where == "sleep" else output.os, where, interrupt)
    with pytest.raises(interruption):
        write_whole(target, NEW)
    assert contents(target.parent) == {target.name: OLD}


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO], ids=["penuh", "rusak"])
def test_failing_disk_leaves_the_old_file_only(target, monkeypatch, number):
    def fail(descriptor):
        raise OSError(number, "sistem")

    monkeypatch.setattr(output.os, "fsync", fail)
    with pytest.raises(OutputError) as caught:
        write_whole(target, NEW)
    assert ("penuh" in str(caught.value)) == (number == errno.ENOSPC)
    assert caught.value.path == target
    assert contents(target.parent) == {target.name: OLD}


def test_missing_folder(tmp_path):
    target = tmp_path / "belum" / "Rekap-2025.xlsx"
    with pytest.raises(OutputError, match="belum"):
        write_whole(target, NEW)
    assert contents(tmp_path) == {}


def test_file_in_place_of_the_folder(target):
    with pytest.raises(OutputError):
        write_whole(target / "Rekap-2025.xlsx", NEW)
    assert target.read_bytes() == OLD


def test_folder_in_place_of_the_file(tmp_path):
    (tmp_path / "Rekap-2025.xlsx").mkdir()
    with pytest.raises(OutputError):
        write_whole(tmp_path / "Rekap-2025.xlsx", NEW)
    assert [path.name for path in tmp_path.iterdir()] == ["Rekap-2025.xlsx"]


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS])
def test_readonly_folder(target, monkeypatch, number):
    """Simulated, because an administrator may write to any folder."""

    def refuse(path, *args, **kwargs):
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(OutputError, match="izin"):
        write_whole(target, NEW)
    monkeypatch.undo()
    assert contents(target.parent) == {target.name: OLD}


def test_name_too_long(tmp_path):
    with pytest.raises(OutputError):
        write_whole(tmp_path / ("r" * 400 + ".xlsx"), NEW)
    assert contents(tmp_path) == {}
