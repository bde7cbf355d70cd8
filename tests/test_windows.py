"""The folder for Windows: its wheels, its structure and its start, on a stand-in for the interpreter that python.org gives."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page

from alat import asap, windows
from alat.windows import Refused
from kinerja_xl import __version__
from tests.peramban import browser, follow, press, text
from tests.rumah import ROOT
from tests.test_format_lama import cells, xls

SHORT = "{}{}".format(*sys.version_info)
VERSION = "{}.{}.{}".format(*sys.version_info)
STAND_IN = f"""#!{sys.executable} -IS
# Finds its modules as an embeddable interpreter does: by what its ._pth says, and no environment. Its standard library is the
# one of the tests, and so are the libraries of others, because a wheel for Windows runs nowhere else.
import runpy, sys
from pathlib import Path
me = Path(__file__).absolute()
stdlib = [path for path in sys.path if not path.endswith(".zip")]
listed = (me.parent / "python{SHORT}._pth").read_text(encoding="ascii").split()
sys.path[:] = [str(me.parent / name) for name in listed] + stdlib + {[path for path in sys.path if "site-packages" in path]!r}
sys.executable, words = str(me), sys.argv[1:]
if words[0] == "-m":
    sys.argv = words[1:]
    runpy.run_module(words[1], run_name="__main__", alter_sys=True)
elif words[0] == "-c":
    sys.argv = ["-c", *words[2:]]
    exec(words[1], {{"__name__": "__main__"}})
else:
    sys.argv = words
    sys.path.insert(0, words[0])
    runpy.run_path(words[0], run_name="__main__")
"""
posix = pytest.mark.skipif(os.name == "nt", reason="penafsir tiruannya berupa naskah")


@pytest.fixture(scope="module")
def marks() -> dict[str, str]:
    (name, *_) = windows.pinned(windows.PINS.read_text(encoding="utf-8"))
    return windows.environment(name.split("-")[1])


@pytest.fixture(scope="module")
def launcher(tmp_path_factory: pytest.TempPathFactory, marks: dict[str, str]) -> bytes:
    """Also the question whether packages can be had here at all."""
    lines = windows.locked(windows.LAUNCHERS.read_text(encoding="utf-8"), marks)
    try:
        (wheel,) = windows.fetch(lines, tmp_path_factory.mktemp("pembuka") / "roda", [])
    except Refused as error:
        if "No matching distribution" not in str(error):  # what pip says without a registry; a wrong hash is no reason to skip
            raise
        pytest.skip("paket tidak dapat diambil di sini")
    return windows.take_launcher(wheel)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, launcher: bytes) -> Path:
    return windows.build_own(tmp_path_factory.mktemp("roda"))


@pytest.fixture(scope="module")
def interpreter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    archive = tmp_path_factory.mktemp("penafsir") / f"python-{VERSION}-embed-amd64.zip"
    with zipfile.ZipFile(archive, "w") as made:
        for name in ("python.exe", "pythonw.exe"):
            made.writestr(name, STAND_IN)
        made.writestr(f"python{SHORT}._pth", f"python{SHORT}.zip\n.\n")
        made.writestr(f"python{SHORT}.zip", b"")
    return archive


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, interpreter: Path, own: Path, launcher: bytes) -> Path:
    """The assembled folder, below one whose name has a space."""
    place = tmp_path_factory.mktemp("Meja Kerja")
    made = windows.assemble(place, interpreter, VERSION, [own], launcher, [])
    for name in ("python.exe", "pythonw.exe"):
        (made / "program" / name).chmod(0o755)
    return made


def start(folder: Path, program: str, *words: object) -> list[str]:
    return [str(folder / "program" / program), *map(str, words)]


def bare(place: Path) -> dict[str, str]:
    """The environment of a computer that knows nothing of us."""
    return {"PATH": "/usr/bin:/bin", "HOME": str(place), "LANG": "C.UTF-8"}


# ---- what it is made of --------------------------------------------------------------------------


def test_the_wheels_for_windows_are_complete_and_none_too_many(tmp_path, own, marks):
    """By hash from the lock file, each a wheel for win_amd64 or for any system."""
    lines = windows.locked(windows.LOCK.read_text(encoding="utf-8"), marks)
    assert all("--hash=sha256:" in line for line in lines)
    wheels = windows.fetch(lines, tmp_path / "roda", windows.tags(marks["python_full_version"]))
    assert {wheel.stem.rsplit("-", 1)[1] for wheel in wheels} == {"any", "win_amd64"}
    assert windows.missing([*wheels, own], marks) == ([], set())
    without = [wheel for wheel in wheels if not wheel.name.startswith("numpy-")]
    wanting, _ = windows.missing([*without, own], marks)
    assert wanting and all("needs numpy" in line for line in wanting)
    older, _ = windows.missing([*wheels, own], marks | {"python_full_version": "3.10.1", "python_version": "3.10"})
    assert "kinerja-xl needs Python >=3.11" in older


def test_a_marker_is_answered_for_windows_and_its_python():
    lock = (
        "# one\nsatu==1.0 ; sys_platform == 'win32' \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n"
        "dua==2.0 ; sys_platform != 'win32' \\\n    --hash=sha256:cc\n"
        "tiga==3.0 ; python_full_version < '3.12' \\\n    --hash=sha256:dd\ntiga==4.0 ; python_full_version >= '3.12' \\\n"
        "    --hash=sha256:ee\n"
    )
    found = windows.locked(lock, windows.environment("3.12.10"))
    assert found == ["satu==1.0 --hash=sha256:aa --hash=sha256:bb", "tiga==4.0 --hash=sha256:ee"]


def test_an_interpreter_is_the_pinned_one_or_refused(tmp_path):
    archive = tmp_path / "python-3.12.10-embed-amd64.zip"
    archive.write_bytes(b"isi")
    pin = {archive.name: hashlib.sha256(b"isi").hexdigest()}
    assert windows.interpreter_version(archive, pin) == "3.12.10"
    for pins in ({}, {archive.name: "0" * 64}):
        with pytest.raises(Refused):
            windows.interpreter_version(archive, pins)
    other = archive.rename(tmp_path / "python-3.12.10-embed-arm64.zip")
    with pytest.raises(Refused):
        windows.interpreter_version(other, {other.name: pin[archive.name]})


# ---- the folder ----------------------------------------------------------------------------------


@posix
def test_what_stands_in_the_folder(folder, interpreter, own, launcher):
    assert {path.name for path in folder.iterdir()} == {
        "BACA-SAYA.txt", "Buka Kinerja-XL.exe", "kinerja-xl.cmd", "Contoh", "Contoh-bermasalah", "Templat", "Panduan", "program",
    }  # fmt: skip
    assert folder.name == f"Kinerja-XL-{__version__}" and list(folder.parent.iterdir()) == [folder]
    assert (folder / "Contoh" / "Kantor.xlsx").is_file() and not (folder / "Contoh" / "hasil").exists()
    for name in ("Panduan.pdf", "Panduan.docx", "panduan.md", "gambar/usulan.png"):
        assert (folder / "Panduan" / name).read_bytes() == (ROOT / "docs" / name).read_bytes()
    assert (folder / f"program/python{SHORT}._pth").read_bytes() == f"python{SHORT}.zip\r\n.\r\npaket\r\n".encode()
    told = (folder / "BACA-SAYA.txt").read_bytes()
    assert told.startswith(b"\xef\xbb\xbfKINERJA-XL " + __version__.encode() + b"\r\n") and b"{" not in told
    assert str(ROOT).encode() not in b"".join(path.read_bytes() for path in folder.rglob("*.pyc"))
    with pytest.raises(Refused):
        windows.assemble(folder.parent, interpreter, VERSION, [own], launcher, [])


@posix
def test_the_start_program_names_an_interpreter_that_is_there(folder):
    data = (folder / "Buka Kinerja-XL.exe").read_bytes()
    line = data[data.rindex(b"#!") : data.rindex(b"PK\x03\x04")].decode().strip()
    assert data.startswith(b"MZ") and line.startswith("#!<launcher_dir>\\")
    assert (folder / line.removeprefix("#!<launcher_dir>\\").replace("\\", "/")).is_file()
    command = (folder / "kinerja-xl.cmd").read_bytes()
    assert command.endswith(b"\r\n") and b"%~dp0program\\python.exe" in command and b"%*" in command


@posix
def test_a_verb_finds_every_file_and_its_processes(folder, tmp_path):
    """From the folder alone: the recap of the sample, an old workbook in its process, the sample out of the package."""
    code = "import kinerja_xl, sys; print(kinerja_xl.__file__, sys.executable, sep=chr(10))"
    where = subprocess.run(
        start(folder, "python.exe", "-c", code), capture_output=True, text=True, check=True, env=bare(tmp_path)
    )
    assert where.stdout.split(" ")[0].startswith(str(folder).split(" ")[0]) and "site-packages" not in where.stdout
    (tmp_path / "Lama.xls").write_bytes(xls(*cells()))

    def verb(*words: object) -> subprocess.CompletedProcess[str]:
        command = start(folder, "python.exe", "-m", "kinerja_xl", *words)
        return subprocess.run(
            command, capture_output=True, encoding="utf-8", check=False, cwd=tmp_path, env=bare(tmp_path), timeout=300
        )

    old = verb("baca", "Lama.xls", "--format", "json")
    assert old.returncode < 2 and '"L1' not in old.stdout and json.loads(old.stdout)
    asap.sample(start(folder, "python.exe", "-m", "kinerja_xl"), tmp_path, bare(tmp_path))
    asked = verb("gabung", tmp_path, "-o", tmp_path / "Gabung.xlsx")
    assert asked.returncode < 2 and (tmp_path / "Gabung.xlsx").is_file(), asked


@posix
def test_the_start_program_opens_the_page_with_the_sample_on_it(folder, tmp_path):
    """As the launcher does: the interpreter without a console runs the start program. It writes nothing there."""
    command = start(folder, "pythonw.exe", folder / "Buka Kinerja-XL.exe", "--tanpa-peramban")
    first = asap.page(command, bare(tmp_path), folder)
    assert "Contoh-bermasalah" in first and "<title>" in first
    assert not {path.name for path in folder.iterdir()} - {
        "BACA-SAYA.txt", "Buka Kinerja-XL.exe", "kinerja-xl.cmd", "Contoh", "Contoh-bermasalah", "Templat", "Panduan", "program",
    }  # fmt: skip


@posix
def test_a_newcomer_gives_corrections_back_and_holds_the_recap(folder, tmp_path):
    """With the folder and the printed guide alone: every click is on words that the guide names, nothing is typed."""
    guide = " ".join((folder / "Panduan" / "panduan.md").read_text(encoding="utf-8").split())
    (tmp_path / "Documents").mkdir()
    (tmp_path / "xdg-open").write_text('#!/bin/sh\nprintf "%s\\n" "$1" >> "$(dirname "$0")/dibuka.txt"\n', encoding="utf-8")
    (tmp_path / "xdg-open").chmod(0o755)
    env = bare(tmp_path) | {"PATH": f"{tmp_path}:/usr/bin:/bin"}
    command = start(folder, "pythonw.exe", folder / "Buka Kinerja-XL.exe", "--tanpa-peramban")
    with browser() as context, subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env, cwd=tmp_path) as serving:
        try:
            assert serving.stdout is not None
            page = context.new_page()
            page.goto(serving.stdout.readline().strip())
            assert {"Contoh", "Contoh-bermasalah"} <= {*page.locator(".kartu h2").all_inner_texts()}
            press_guided(page, guide, "Contoh yang bermasalah")
            follow_guided(page, guide, "Buka tahun ini")
            office = tmp_path / "Documents" / "Contoh bermasalah"
            press_guided(page, guide, "Periksa")
            follow_guided(page, guide, "Lihat hasil dan catatan")
            assert "Wajib diperbaiki" in text(page)
            follow_guided(page, guide, "Usulan")
            press_guided(page, guide, "Kembalikan ke unit")
            returned = {path.name for path in (office / "hasil/perbaikan").iterdir()}
            assert "Usulan-umum-2025.xlsx" in returned
            page.get_by_role("button", name="Buka hasil/perbaikan/Usulan-umum-2025.xlsx").click()
            follow(page, "Kembali")
            press_guided(page, guide, "Buat rekap")
            page.get_by_role("button", name="Buka hasil/Rekap-2025.xlsx").click()
            press_guided(page, guide, "Selesai")
            assert serving.wait(180) == 0
        finally:
            serving.kill()
    opened = (tmp_path / "dibuka.txt").read_text(encoding="utf-8").splitlines()
    assert opened == [str(office / "hasil/perbaikan/Usulan-umum-2025.xlsx"), str(office / "hasil/Rekap-2025.xlsx")]


def press_guided(page: Page, guide: str, words: str) -> None:
    assert f"“{words}”" in guide, words
    press(page, words)


def follow_guided(page: Page, guide: str, words: str) -> None:
    assert f"“{words}”" in guide, words
    follow(page, words)
