"""A process of ours starts whatever runs the program: an interpreter, a frozen program, a program that Python is a part of."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kinerja_xl.package import apart
from kinerja_xl.reading.old.apart import OldFormatError, read_apart
from tests.kasus import covers
from tests.test_format_lama import cells, xls

ROOT = Path(__file__).parent.parent
FROZEN = """#!{python}
# A stand-in for a program that carries its interpreter: it knows no -m, -c or any other word of Python.
import sys
sys.frozen, sys.executable, sys.path[:0] = True, {me!r}, [{root!r}]
{before}
from kinerja_xl.face.cli import main
if __name__ == "__main__":
    main()
"""
posix = pytest.mark.skipif(os.name == "nt", reason="program tiruannya berupa naskah")


def frozen(place: Path, before: str = "") -> Path:
    program = place / "Kinerja XL.exe"
    program.write_text(FROZEN.format(python=sys.executable, me=str(program), root=str(ROOT), before=before), encoding="utf-8")
    program.chmod(0o755)
    return program


def run(program: Path, *words: object, **more: str) -> subprocess.CompletedProcess[str]:
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | more
    command = [str(program), *map(str, words)]
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", check=False, cwd=program.parent, env=environ, timeout=120
    )


@posix
def test_a_frozen_program_reads_an_old_workbook(tmp_path):
    book = tmp_path / "Lama.xls"
    book.write_bytes(xls(*cells()))
    told = run(frozen(tmp_path), "baca", book, "--format", "json")
    plain = run(Path(sys.executable), "-m", "kinerja_xl", "baca", book, "--format", "json", PYTHONPATH=str(ROOT))
    assert (told.stdout, told.returncode) == (plain.stdout, plain.returncode) and "L105" not in told.stdout
    assert '"L1' not in told.stdout


@posix
def test_a_frozen_program_fills_a_letter_apart(tmp_path):
    before = """
if sys.argv[1:] == ["surat"]:
    from docx import Document
    from io import BytesIO
    from kinerja_xl.writing.letters.layout import fill
    letter, made = Document(), BytesIO()
    letter.add_paragraph("Kepada {{ nama }}")
    letter.save(made)
    (filled,) = fill(made.getvalue(), "PK.docx", [{"nama": "Camat"}])
    sys.exit(Document(BytesIO(filled)).paragraphs[0].text)
"""
    assert run(frozen(tmp_path, before), "surat").stderr == "Kepada Camat\n"


@posix
def test_the_processes_of_gabung_start_in_a_frozen_program(tmp_path):
    """As on Windows, where a process begins with the program itself and ``--multiprocessing-fork``."""
    before = """
if sys.argv[1:] == ["hitung"]:
    from multiprocessing import spawn
    command = spawn.get_command_line(pipe_handle=7, tracker_fd=8)
    assert command[1] == "--multiprocessing-fork", command
    print(" ".join(command[1:]))
    sys.exit()
import multiprocessing.spawn
multiprocessing.spawn.spawn_main = lambda **given: print("anak", sorted(given.items()))
"""
    program = frozen(tmp_path, before)
    words = run(program, "hitung").stdout.split()
    told = run(program, *words)
    assert (told.stdout, told.returncode) == ("anak [('pipe_handle', 7), ('tracker_fd', 8)]\n", 0), told


@pytest.mark.parametrize("given", ["", None, "excel", "soffice.bin"])
def test_inside_another_program_the_python_of_the_installation_is_started(monkeypatch, tmp_path, given):
    monkeypatch.setattr(sys, "executable", given and str(tmp_path / given))
    assert Path(apart.interpreter()).is_file()
    (sheet,) = read_apart(xls(*cells()), "xls")
    assert sheet.rows


@pytest.mark.parametrize(
    ("name", "known"),
    [("python", True), ("python3.12", True), ("pythonw.exe", True), ("PYTHON.EXE", True), ("python3.13t", False)]
    + [("pypy3", True), ("python_d.exe", True), ("pythonista", False), ("kinerja-xl.exe", False), ("", False)],
)
def test_what_is_an_interpreter(monkeypatch, name, known):
    monkeypatch.setattr(sys, "executable", name)
    assert (apart.interpreter() == name) == known


@covers("L110")
def test_where_no_process_can_be_started_the_file_is_not_called_damaged(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "executable", "")
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    monkeypatch.setattr(sys, "base_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "_base_executable", "", raising=False)
    with pytest.raises(OldFormatError) as found:
        read_apart(xls(*cells()), "xls")
    assert found.value.code == "L110"


def test_only_modules_of_ours_are_run_for_the_variable(tmp_path):
    code = "import kinerja_xl; print('sendiri')"
    environ = os.environ | {"PYTHONPATH": str(ROOT), apart.CHILD: '["timeit"]'}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environ, timeout=60)
    assert (done.stdout, done.returncode) == ("", 0)
