"""A file of others is opened in a process of its own, with an end to its time and memory: what it does there ends there."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kinerja_xl import CHILD, OUT_OF_TIME, SECONDS, limit

PATIENCE = 6.0
"""Seconds by the clock for each of processor time: so busy may a machine be. By the clock only who stands still is ended."""
_KILLED = {-found for name in ("SIGXCPU", "SIGKILL") if (found := getattr(signal, name, None))}
_PYTHON = re.compile(r"(python|pypy)[\d.]*w?[\d.]*(_d)?(\.exe)?$", re.IGNORECASE)
"""Names of interpreters."""


class TooMuch(Exception):
    """It wanted more time or memory than there is for it."""


class Failed(Exception):
    """It ended without an answer."""


def ask(module: str, question: object, *, seconds: int = SECONDS) -> Any:
    """What ``module``, run as a program, answers to a JSON question. Raises TooMuch and Failed."""
    try:
        run = run_apart(module, str(seconds), data=json.dumps(question).encode(), seconds=seconds)
    except subprocess.TimeoutExpired as error:
        raise TooMuch from error
    except OSError as error:
        raise Failed from error
    try:
        answer = json.loads(run.stdout)
    except ValueError as error:
        raise (TooMuch if had_its_time(run) or (run.returncode and b"emory" in run.stderr) else Failed) from error
    if answer.get("penuh"):
        raise TooMuch
    return answer


def answer(reply: Callable[[Any], object]) -> None:
    """The other end: limit this process, answer the question on stdin."""
    limit(int(sys.argv[1]))
    try:
        said = reply(json.load(sys.stdin.buffer))
    except MemoryError:
        said = {"penuh": True}
    sys.stdout.buffer.write(json.dumps(said).encode())


def had_its_time(run: subprocess.CompletedProcess[bytes]) -> bool:
    """Whether a process was ended because it took more processor time than it may."""
    return run.returncode == OUT_OF_TIME or run.returncode in _KILLED


def run_apart(module: str, *words: str, data: bytes, seconds: int = SECONDS) -> subprocess.CompletedProcess[bytes]:
    """Run a module of ours as a program, whatever runs this one. Raises OSError where nothing can run it, TimeoutExpired.

    ``seconds``: of processor time, to which the module limits itself; the clock has patience with it.

    A program that carries its own interpreter (frozen) knows no ``-m``: it is started again with the module's name in its
    environment, and the first import of this package hands it over (``kinerja_xl.__init__``).
    """
    environ = {name: value for name, value in os.environ.items() if name != CHILD}
    if is_frozen():
        command, environ[CHILD] = [sys.executable], json.dumps([module, *words])
    else:
        command = [interpreter(), "-m", module, *words]
        root = str(Path(__file__).resolve().parents[2])  # it must find this very package, and what was found here
        environ["PYTHONPATH"] = os.pathsep.join([root, *filter(os.path.isabs, sys.path)])
    window = getattr(subprocess, "CREATE_NO_WINDOW", 0)  # on Windows a console would flash up over the page
    return subprocess.run(
        command, input=data, capture_output=True, timeout=PATIENCE * seconds, check=False, env=environ, creationflags=window
    )


def is_frozen() -> bool:
    """Whether ``sys.executable`` is this program and no interpreter (PyInstaller, cx_Freeze and others; Nuitka)."""
    return bool(getattr(sys, "frozen", False)) or "__compiled__" in globals()


def interpreter() -> str:
    """The Python that runs this program. Inside another program ``sys.executable`` is that one, or nothing: then it is the
    Python of the same installation. Raises OSError where there is none."""
    given = sys.executable or ""
    if _PYTHON.match(Path(given).name):
        return given
    prefixes, below = dict.fromkeys((sys.prefix, sys.base_prefix)), ("python.exe", "Scripts/python.exe", "bin/python3")
    places = [*(str(Path(prefix, name)) for prefix in prefixes for name in below), getattr(sys, "_base_executable", "") or ""]
    for place in places:
        if _PYTHON.match(Path(place).name) and Path(place).is_file():
            return place
    raise FileNotFoundError(f"no Python interpreter beside {given!r}")
