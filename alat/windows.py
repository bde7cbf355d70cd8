"""A folder for Windows that runs as it is: ``python -m alat.windows python-3.12.10-embed-amd64.zip [-o FOLDER]``.

No installer, no administrator, no internet where it is used. Made of the embeddable interpreter of python.org (its sha256 is
pinned in penafsir.txt), wheels for win_amd64 out of the lock file (pustaka.txt, by hash; nothing is built from source but this
package), the sample offices, templates and guide. Why a folder and no single .exe: docs/keputusan/0017-folder-windows.md.
"""

from __future__ import annotations

import argparse
import compileall
import hashlib
import io
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from email.message import Message
from email.parser import HeaderParser
from pathlib import Path
from py_compile import PycInvalidationMode
from shutil import copytree, ignore_patterns, rmtree

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import NormalizedName, canonicalize_name, parse_wheel_filename
from packaging.version import Version

from kinerja_xl import __version__

HERE, ROOT = Path(__file__).parent, Path(__file__).parent.parent
LOCK, LAUNCHERS, PINS = HERE / "pustaka.txt", HERE / "pembuka.txt", HERE / "penafsir.txt"
NAME, EXTRAS = "kinerja-xl", frozenset({"templat", "grafik"})
PROGRAM, PACKAGES = "program", "paket"
SAMPLES = {"wasuponda-2025": "Contoh", "bermasalah": "Contoh-bermasalah"}
START = "from kinerja_xl.face.page import main\n\nif __name__ == '__main__':\n    main()\n"
COMMAND = '@"%~dp0program\\python.exe" -m kinerja_xl %*\r\n'
WIN_AMD64 = {
    "sys_platform": "win32", "os_name": "nt", "platform_system": "Windows", "platform_machine": "AMD64",
    "implementation_name": "cpython", "platform_python_implementation": "CPython",
}  # fmt: skip


class Refused(Exception):
    """The folder can't be made of what was given."""


# ---- what it is made of --------------------------------------------------------------------------


def pinned(pins: str) -> dict[str, str]:
    """The sha256 of each interpreter by the name of its file."""
    lines = (line.split() for line in pins.splitlines() if line.strip() and not line.startswith("#"))
    return {name: digest.lower() for digest, name in lines}


def interpreter_version(archive: Path, pins: Mapping[str, str]) -> str:
    """``3.12.10`` of ``python-3.12.10-embed-amd64.zip``. Raises Refused where its content is not the pinned one."""
    wanted = pins.get(archive.name)
    if wanted is None:
        raise Refused(f"{archive.name} is not pinned in {PINS.name}: {', '.join(pins)}")
    if (found := hashlib.sha256(archive.read_bytes()).hexdigest()) != wanted:
        raise Refused(f"{archive.name} has sha256 {found}, not {wanted}")
    named = re.fullmatch(r"python-(3\.\d+\.\d+)-embed-amd64\.zip", archive.name)
    if named is None:
        raise Refused(f"{archive.name} is no embeddable interpreter for 64-bit Windows")
    return named[1]


def environment(version: str) -> dict[str, str]:
    """What markers of requirements ask, answered for a Python of this version on 64-bit Windows."""
    return WIN_AMD64 | {"python_full_version": version, "python_version": ".".join(version.split(".")[:2]), "extra": ""}


def locked(lock: str, marks: Mapping[str, str]) -> list[str]:
    """The lines of a lock file that hold there, without their markers (pip would answer them for the computer it runs on)."""
    lines = []
    for entry in re.sub(r"\s*\\\n\s*", " ", re.sub(r"(?m)^\s*#.*\n", "", lock)).splitlines():
        requirement, *hashes = re.split(r"\s+(?=--hash=)", entry.strip())
        if requirement:
            asked = Requirement(requirement)
            if asked.marker is None or asked.marker.evaluate(dict(marks)):
                lines.append(" ".join([f"{asked.name}{asked.specifier}", *hashes]))
    return lines


def pip(*words: object) -> None:
    """Raises Refused with what pip said."""
    done = subprocess.run([sys.executable, "-m", "pip", *map(str, words)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refused(done.stderr.strip() or done.stdout.strip())


def fetch(lines: Sequence[str], into: Path, tags: Sequence[str]) -> list[Path]:
    """The wheels of these locked lines; ``tags``: pip's words for the system they are for. Nothing is built."""
    into.mkdir(parents=True)
    listed = into.with_suffix(".txt")
    listed.write_text("\n".join(lines) + "\n", encoding="utf-8")
    pip("download", "-q", "--no-deps", "--require-hashes", "--only-binary=:all:", *tags, "-d", into, "-r", listed)
    return sorted(into.glob("*.whl"))


def tags(version: str) -> list[str]:
    return ["--platform", "win_amd64", "--implementation", "cp", "--python-version", ".".join(version.split(".")[:2])]


def build_own(into: Path) -> Path:
    """The wheel of this package, with its samples and guide; of a copy, because a build leaves its traces."""
    copy, left = into / "asal", ignore_patterns("__pycache__", "hasil", "formulir", "~$*", ".*")
    for name in ("kinerja_xl", "samples", "docs", "alat"):
        copytree(ROOT / name, copy / name, ignore=left)
    for name in ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE"):
        (copy / name).write_bytes((ROOT / name).read_bytes())
    pip("wheel", "-q", "--no-deps", "-w", into, copy)
    (wheel,) = into.glob("kinerja_xl-*.whl")
    return wheel


def missing(wheels: Sequence[Path], marks: Mapping[str, str]) -> tuple[list[str], set[NormalizedName]]:
    """What these wheels need there and do not find: another of them, another Python; and those that nothing needs."""
    held = {parse_wheel_filename(wheel.name)[0]: _head(wheel) for wheel in wheels}
    pythons = {name: head["Requires-Python"] or "" for name, head in held.items()}
    found = marks["python_full_version"]
    wanting, seen = [f"{name} needs Python {asked}" for name, asked in pythons.items() if found not in SpecifierSet(asked)], set()
    waiting = [(canonicalize_name(NAME), EXTRAS)]
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        for needed in map(Requirement, held[name].get_all("Requires-Dist", []) if name in held else ()):
            if needed.marker and not any(needed.marker.evaluate(dict(marks) | {"extra": extra}) for extra in ("", *extras)):
                continue
            there = held.get(canonicalize_name(needed.name))
            if there is None or not needed.specifier.contains(there["Version"], prereleases=True):
                wanting.append(f"{name} needs {needed}")
            waiting.append((canonicalize_name(needed.name), frozenset(needed.extras)))
    return wanting, {*held} - {name for name, _ in seen}


def _head(wheel: Path) -> Message:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (name for name in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name))
        return HeaderParser().parsestr(archive.read(name).decode("utf-8"))


# ---- the folder ----------------------------------------------------------------------------------


def assemble(into: Path, interpreter: Path, version: str, wheels: Sequence[Path], launcher: bytes, tags: Sequence[str]) -> Path:
    """``Kinerja-XL-<version>`` below a folder; whole or not at all. Raises Refused where it is there already."""
    folder, making = into / f"Kinerja-XL-{__version__}", into / f".Kinerja-XL-{__version__}.baru"
    if folder.exists():
        raise Refused(f"{folder} is there already")
    try:
        _fill(making, interpreter, version, wheels, tags)
        (making / "Buka Kinerja-XL.exe").write_bytes(start_program(launcher))
        making.rename(folder)
    finally:
        rmtree(making, ignore_errors=True)
    return folder


def _fill(making: Path, interpreter: Path, version: str, wheels: Sequence[Path], tags: Sequence[str]) -> None:
    program = making / PROGRAM
    with zipfile.ZipFile(interpreter) as archive:
        archive.extractall(program)
    short = "".join(version.split(".")[:2])
    if not (program / f"python{short}._pth").is_file():
        raise Refused(f"{interpreter.name} holds no python{short}._pth: no embeddable interpreter")
    # Isolated: no registry, no PYTHONPATH, nothing of another Python on that computer.
    (program / f"python{short}._pth").write_text(f"python{short}.zip\r\n.\r\n{PACKAGES}\r\n", encoding="ascii", newline="")
    packages = program / PACKAGES
    # Whether they fit that Python was asked by `missing`; pip would ask the one that it runs on.
    plain = ("--no-deps", "--no-index", "--no-compile", "--only-binary=:all:", "--ignore-requires-python")
    pip("install", "-q", *plain, *tags, "--target", packages, *wheels)
    rmtree(packages / "bin", ignore_errors=True)  # start programs for the system that this ran on
    if sys.version_info[:2] == Version(version).release[:2]:  # else the first start compiles them
        once = PycInvalidationMode.UNCHECKED_HASH  # copying a folder changes its times
        compileall.compile_dir(packages, quiet=2, stripdir=str(packages), invalidation_mode=once)
    for source, name in SAMPLES.items():
        copytree(ROOT / "samples" / source, making / name, ignore=ignore_patterns("hasil", "formulir", "~$*", ".*"))
    copytree(ROOT / "templates_xlsx", making / "Templat", ignore=ignore_patterns("~$*", ".*"))
    guide = ignore_patterns("*.py", "__pycache__", "keputusan", "arsitektur.md", "*.tsv", "*.json")
    copytree(ROOT / "docs", making / "Panduan", ignore=guide)
    (making / "kinerja-xl.cmd").write_text(COMMAND, encoding="ascii", newline="")
    told = (HERE / "BACA-SAYA.txt").read_text(encoding="utf-8").replace("{versi}", __version__)
    (making / "BACA-SAYA.txt").write_text(told, encoding="utf-8-sig", newline="\r\n")


def start_program(launcher: bytes) -> bytes:
    """The start program: the launcher that pip uses, which Python to start (relative to itself), and what to run there."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo("__main__.py", (1980, 1, 1, 0, 0, 0)), START)
    return launcher + f"#!<launcher_dir>\\{PROGRAM}\\pythonw.exe\r\n".encode() + packed.getvalue()


def take_launcher(wheel: Path) -> bytes:
    """The launcher without a console for 64-bit Windows."""
    with zipfile.ZipFile(wheel) as archive:
        return archive.read("distlib/w64.exe")


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m alat.windows", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("interpreter", type=Path, help="python-3.x.y-embed-amd64.zip of python.org")
    parser.add_argument("-o", dest="into", type=Path, default=Path("dist"), help="where the folder is made (dist)")
    given = parser.parse_args(words)
    try:
        version = interpreter_version(given.interpreter, pinned(PINS.read_text(encoding="utf-8")))
        marks = environment(version)
        with tempfile.TemporaryDirectory() as place:
            work = Path(place)
            wheels = [*fetch(locked(LOCK.read_text(encoding="utf-8"), marks), work / "roda", tags(version)), build_own(work)]
            wanting, _ = missing(wheels, marks)
            if wanting:
                raise Refused("The lock file is not complete for Windows: " + "; ".join(wanting))
            (launchers,) = fetch(locked(LAUNCHERS.read_text(encoding="utf-8"), marks), work / "pembuka", tags(version))
            given.into.mkdir(parents=True, exist_ok=True)
            print(assemble(given.into, given.interpreter, version, wheels, take_launcher(launchers), tags(version)))
    except (Refused, OSError, zipfile.BadZipFile) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
