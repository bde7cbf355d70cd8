"""A file of others is opened in a process of its own, with an end to its time and memory: what it does there ends there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

MEMORY = 400 << 20
"""Bytes that such a process may take. Windows knows no such limit for a process; there its time alone ends it."""
SECONDS = 10.0


class TooMuch(Exception):
    """It wanted more time or memory than there is for it."""


class Failed(Exception):
    """It ended without an answer."""


def ask(module: str, question: object, *, seconds: float = SECONDS) -> Any:
    """What ``module``, run as a program, answers to a JSON question. Raises TooMuch and Failed."""
    try:
        run = subprocess.run(
            [sys.executable, "-m", module],
            input=json.dumps(question).encode(), capture_output=True, timeout=seconds, check=False, env=environment(),
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise TooMuch from error
    except OSError as error:
        raise Failed from error
    try:
        answer = json.loads(run.stdout)
    except ValueError as error:
        raise (TooMuch if run.returncode and b"emory" in run.stderr else Failed) from error
    if answer.get("penuh"):
        raise TooMuch
    return answer


def answer(reply: Callable[[Any], object]) -> None:
    """The other end: limit this process, answer the question on stdin."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        said = reply(json.load(sys.stdin.buffer))
    except MemoryError:
        said = {"penuh": True}
    sys.stdout.buffer.write(json.dumps(said).encode())


def environment() -> dict[str, str]:
    """The environment of the child: it must find this very package."""
    root, before = str(Path(__file__).resolve().parents[2]), os.environ.get("PYTHONPATH")
    return {**os.environ, "PYTHONPATH": os.pathsep.join([root, before] if before else [root])}
