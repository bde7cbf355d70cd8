"""Whether what was put together runs at all: ``python -m alat.asap [--ikon PROGRAM] -- COMMAND…``.

Asked, with nothing but Python itself: the sample and its recap, an earlier result held open by another program (on Windows), and
the page's first answer. Used by the workflow on Windows, macOS and Linux, and by the tests on a stand-in.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.request import HTTPCookieProcessor, build_opener

PATIENCE = 120


class Smoke(Exception):
    """What did not run."""


def run(command: Sequence[str], *words: object, env: Mapping[str, str] | None = None, fine: Sequence[int] = (0,)) -> str:
    """What a verb said on both streams. Raises Smoke where it failed, or left the language of its users."""
    asked = [*command, *map(str, words)]
    done = subprocess.run(asked, capture_output=True, timeout=PATIENCE, check=False, env=env, stdin=subprocess.DEVNULL)
    said = (done.stdout + done.stderr).decode("utf-8", "replace")
    if done.returncode not in fine or "Traceback" in said:
        raise Smoke(f"{asked}: {done.returncode}\n{said}")
    return said


def sample(command: Sequence[str], place: Path, env: Mapping[str, str] | None = None) -> Path:
    """The sample office, copied and added up; its recap."""
    run(command, "--version", env=env)
    run(command, "contoh", place / "Coba", env=env)
    run(command, "rekap", place / "Coba", env=env)
    recap = place / "Coba" / "hasil" / "Rekap-2025.xlsx"
    if not recap.is_file():
        raise Smoke(f"{recap} was not written")
    return recap


@contextmanager
def held(path: Path) -> Iterator[None]:
    """A file that another program keeps to itself, as Excel does."""
    import ctypes

    system = ctypes.windll.kernel32  # type: ignore[attr-defined, unused-ignore]
    system.CreateFileW.restype = ctypes.c_void_p
    handle = ctypes.c_void_p(system.CreateFileW(str(path), 0xC0000000, 0, None, 3, 0x80, None))
    if handle.value == ctypes.c_void_p(-1).value:
        raise Smoke(f"{path} can't be held open")
    try:
        yield
    finally:
        system.CloseHandle(handle)


def page(command: Sequence[str], env: Mapping[str, str] | None = None, cwd: Path | None = None) -> str:
    """The first page of ``buka``, at the address that is its first line."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=env, cwd=cwd, stdin=subprocess.DEVNULL) as serving:
        assert serving.stdout is not None
        try:
            address = serving.stdout.readline().decode().strip()
            if not address.startswith("http://127.0.0.1:"):
                raise Smoke(f"{command} printed no address: {address!r}")
            with build_opener(HTTPCookieProcessor()).open(address, timeout=PATIENCE) as answer:
                return str(answer.read().decode())
        finally:
            _end(serving)


def _end(serving: subprocess.Popen[bytes]) -> None:
    if os.name == "nt":  # the start program waits for an interpreter of its own
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(serving.pid)], capture_output=True, check=False)
    else:
        serving.terminate()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m alat.asap", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--ikon", help="the start program, which opens the page by itself")
    parser.add_argument("command", nargs="+", help="what starts kinerja-xl")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="Meja Kerja ", ignore_cleanup_errors=True) as place:
        recap = sample(given.command, Path(place))
        if os.name == "nt":
            with held(recap):
                print(run(given.command, "rekap", Path(place) / "Coba", fine=(0, 1, 2)))
        for start in ([*given.command, "buka", "--tanpa-peramban"], *([[given.ikon, "--tanpa-peramban"]] if given.ikon else [])):
            if "<title>" not in page(start):
                raise Smoke(f"{start} answered no page")
    print("berjalan:", " ".join(given.command))


if __name__ == "__main__":
    try:
        main()
    except (Smoke, OSError, subprocess.TimeoutExpired) as error:
        sys.exit(str(error))
