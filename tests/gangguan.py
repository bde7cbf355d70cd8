"""A disk that fails, or a computer that stops, at one chosen step of a verb; and what must hold then.

``Disk`` stands between a verb and the operating system for everything below one folder. It counts the steps (a look, a listing,
opening, reading, writing, a rename, …); at one of them it raises the error of an operating system, or ends the process.

``python -m tests.gangguan`` injects every fault into every verb and prints how many there were; ``python -m tests.gangguan 4
kunci buka`` every fourth into these two.
"""

from __future__ import annotations

import contextlib
import copy
import errno
import io
import os
import re
import signal
import sys
import time
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cache
from importlib import import_module
from inspect import isfunction
from pathlib import Path
from pkgutil import iter_modules
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

from click.testing import CliRunner

from kinerja_xl import frames, uses
from kinerja_xl.face.cli import main
from kinerja_xl.face.page import known
from kinerja_xl.face.page.seasons import QUARTERS, SEASONS
from kinerja_xl.reading import workbook
from kinerja_xl.reading.workbook import ReadBook
from kinerja_xl.uses import kept
from kinerja_xl.uses.kunci import lock
from kinerja_xl.writing import turn
from kinerja_xl.writing.letters import post
from tests import formulir_asing
from tests.asing_uji import xlsx
from tests.halaman_uji import Window, said
from tests.naskah import bupati
from tests.recap_contoh import png
from tests.test_asing_harga import one_zone

# ---- the steps -------------------------------------------------------------------------------------

LOOKS = {"stat": (errno.EACCES, errno.EIO), "listdir": (errno.EACCES, errno.EIO), "scandir": (errno.EACCES, errno.EIO)}
CHANGES = {
    "mkdir": (errno.EACCES, errno.ENOSPC), "replace": (errno.EACCES, errno.EIO), "rename": (errno.EACCES, errno.EIO),
    "link": (errno.EPERM, errno.EIO), "unlink": (errno.EACCES, errno.EIO), "fsync": (errno.EIO, errno.ENOSPC),
}  # fmt: skip
FILES = {
    "open": (errno.EACCES, errno.EIO, errno.ENOENT, errno.EMFILE), "read": (errno.EIO,),
    "create": (errno.EACCES, errno.ENOSPC, errno.EROFS), "write": (errno.ENOSPC, errno.EIO),
}  # fmt: skip
ERRORS: Mapping[str, tuple[int, ...]] = {**LOOKS, **CHANGES, **FILES}
CHANGING = frozenset({*CHANGES, "create", "write"})


@dataclass(frozen=True)
class Step:
    """What is asked of the disk: the kind, the file below the folder (temporary names without their number), from where."""

    kind: str
    file: str
    asked: str


_NUMBERED = re.compile(r"\.kinerja-xl-[0-9a-f-]+\.tmp|\.(?:break|restore)\.\d+\.[0-9a-f]+")


class Disk:
    """The disk below a folder: ``steps`` in order; ``fail``: the step that fails (with ``code``; refusals for lack of permission
    last for that file), or at which the process ends (``code`` 0), when it comes for the ``nth`` time."""

    def __init__(self, folder: Path, fail: Step | None = None, code: int = 0, nth: int = 1) -> None:
        self.folder, self.fail, self.code, self.left = str(folder), fail, code, nth
        self.steps: list[Step] = []
        self._refused: Step | None = None

    @classmethod
    def failing(cls, one: Whole, number: int, code: int = 0) -> Disk:
        """The step of this number in a run, known by what it is: how often a run looks again may depend on its speed."""
        step = one.steps[number]
        return cls(one.folder, step, code, one.steps[: number + 1].count(step))

    def step(self, kind: str, path: object, last: Callable[[], object] = lambda: None) -> None:
        """A step is asked for; ``last``: what has been done of it when the process ends at it."""
        if isinstance(path, int):  # a file that is open already
            file = "(terbuka)"
        else:
            place = str(Path(os.fsdecode(path)).absolute())  # type: ignore[arg-type]
            if not place.startswith(self.folder):
                return
            file = _NUMBERED.sub(".sementara", place[len(self.folder) :])
        now = Step(kind, file, _asked())
        if not now.asked:  # the sign of life of a turn, by a thread of its own and the clock
            return
        self.steps.append(now)
        if now == self.fail and (left := self.left - 1) >= 0:
            self.left = left
            if left:
                return
            if not self.code:
                last()
                os.kill(os.getpid(), signal.SIGKILL)
            self._refused = now if self.code == errno.EACCES else None
        elif not (self._refused and (self._refused.kind, self._refused.file) == (kind, file)):
            return
        raise OSError(self.code, os.strerror(self.code), None if isinstance(path, int) else os.fsdecode(path))  # type: ignore[arg-type]

    @contextlib.contextmanager
    def watched(self) -> Iterator[Disk]:
        with contextlib.ExitStack() as stack:
            for kind in (*LOOKS, *CHANGES, "lstat", "remove"):
                stack.enter_context(mock.patch.object(os, kind, self._asking(getattr(os, kind), kind)))
            stack.enter_context(mock.patch.object(os, "open", self._opening_low(os.open)))
            opening = self._opening(io.open)
            stack.enter_context(mock.patch.object(io, "open", opening))
            stack.enter_context(mock.patch("builtins.open", opening))
            stack.enter_context(mock.patch.object(time, "sleep", lambda seconds: None))
            stack.enter_context(mock.patch.object(turn, "PATIENCE", 0.2))
            yield self

    def _asking(self, real: Callable[..., Any], kind: str) -> Callable[..., Any]:
        kind = {"lstat": "stat", "remove": "unlink"}.get(kind, kind)

        def ask(path: object = ".", *args: object, **more: object) -> Any:
            if more.get("dir_fd") is None:
                self.step(kind, args[0] if kind in ("replace", "rename", "link") else path)
            return real(path, *args, **more)

        return ask

    def _opening_low(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def opening(path: Any, flags: int, *args: object, **more: object) -> Any:
            self.step("create" if flags & os.O_CREAT else "open", path)
            return real(path, flags, *args, **more)

        return opening

    def _opening(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def opening(path: Any, mode: str = "r", *args: object, **more: object) -> Any:
            if isinstance(path, int) or not str(Path(os.fsdecode(path)).absolute()).startswith(self.folder):
                return real(path, mode, *args, **more)
            self.step("create" if set(mode) & set("xwa+") else "open", path)
            return _File(real(path, mode, *args, **more), self, path)

        return opening


class _File:
    """An open file whose reading and writing are steps too. A process that ends while writing has written half."""

    def __init__(self, file: Any, disk: Disk, path: object) -> None:
        self._file, self._disk, self._path = file, disk, path

    def read(self, *args: int) -> Any:
        self._disk.step("read", self._path)
        return self._file.read(*args)

    def write(self, data: Any) -> int:
        self._disk.step("write", self._path, lambda: (self._file.write(data[: len(data) // 2]), self._file.flush()))
        return int(self._file.write(data))

    def __enter__(self) -> _File:
        return self

    def __exit__(self, *about: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def _asked() -> str:
    """The line of the package that asks, below what its helpers add."""
    frame, lines = sys._getframe(2), []
    while frame is not None and len(lines) < 2:
        file = frame.f_code.co_filename
        if "kinerja_xl" in file and "/tests/" not in file:
            lines.append(f"{Path(file).name}:{frame.f_lineno}")
        frame = frame.f_back  # type: ignore[assignment]
    return " < ".join(lines)


# ---- the verbs -------------------------------------------------------------------------------------

Args = list[str]
VERBS: Mapping[str, Args] = {
    "contoh": ["contoh", "Contoh"],
    "mulai": ["mulai", "baru", "--tahun", "2026"],
    "mulai --dari": ["mulai", "baru", "--tahun", "2026", "--dari", "kantor"],
    "formulir": ["formulir", "kantor"],
    "status": ["status", "kantor"],
    "periksa": ["periksa", "kantor"],
    "periksa berkas": ["periksa", "kantor/masuk/Usulan-pmd-2025.xlsx", "kantor/masuk/Usulan-trantib-2025.xlsx"],
    "periksa --kembalikan": ["periksa", "kantor", "--kembalikan"],
    "rekap": ["rekap", "kantor", "--rka", "--penelaahan"],
    "rekap json": ["rekap", "kantor", "--format", "json"],
    "kunci": ["kunci", "kantor", "--dari", "usulan", "--tahap", "perubahan", "--tanggal", "21/07/2025"],
    "kunci DPA": ["kunci", "kantor", "--dari", "kantor/hasil/DPA-2025.xlsx", "--tahap", "perubahan", "--tanggal", "21/07/2025"],
    "kunci --batalkan": ["kunci", "batal", "--batalkan"],
    "realisasi": ["realisasi", "kantor", "--triwulan", "2"],
    "capaian": ["capaian", "kantor"],
    "bandingkan": ["bandingkan", "kantor/Rekap.xlsx", "kantor/masuk/Usulan-pmd-2025.xlsx", "-o", "kantor/Beda.xlsx"],
    "lkjip": ["lkjip", "kantor"],
    "pk": ["pk", "kantor"],
    "cetak": ["cetak", "kantor"],
    "surel": ["surel", "kantor", "--kepada", "camat@contoh.go.id"],
    "baca": ["baca", "kantor/rab.xlsx", "-o", "kantor/hasil/baca.xlsx"],
    "baca --jawab": ["baca", "kantor/rab.xlsx", "--jawab", "unit=pmd"],
    "baca --isi-formulir": ["baca", "kantor/rab.xlsx", "--isi-formulir", "pmd"],
    "baca --ke-kantor": ["baca", "kantor/ssh.xlsx", "--ke-kantor", "kantor", "--sifat", "tertinggi"],
    "isi": ["isi", "kantor/rka.xlsx", "--dari", "kantor/Rekap.xlsx", "-o", "kantor/Isi.xlsx", "--sebagai", "rab",
            "--jawab", "Tren=kosong"],
    "gabung": ["gabung", ".", "-o", "Gabungan.xlsx"],
    "jelaskan": ["jelaskan", "B101"],
    "skema": ["skema", "usulan"],
    "buka": ["buka", "kantor"],
    "perbarui": ["perbarui", "kantor/masuk/Usulan-pmd-2025.xlsx", "-o", "kantor/baru.xlsx", "--folder", "kantor"],
}  # fmt: skip


def run(args: Args) -> tuple[int, str]:
    """Status and all that was said."""
    if args[0] == "buka":
        return _pages(Path(args[1]))
    done = CliRunner().invoke(main, args)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.output


def _pages(folder: Path) -> tuple[int, str]:
    """Every page of a year, a file dropped onto it, a button that reads and writes: what a person sees of it. The file has the
    same bytes each time, which a workbook made anew has not."""
    with mock.patch.object(known, "PATIENCE", 600.0):
        window = Window(folder)
        year = f"/tahun/{window.ids[0]}"
        seasons = [f"{year}/{season}" for season in SEASONS if season not in QUARTERS or QUARTERS[season] == 1]
        answers = [window.get(page) for page in ("/", f"/kartu/{window.ids[0]}", year, *seasons, "/berkas-lain", "/isi")]
        answers += [window.drop("", ("rka.xlsx", office()["kantor/rka.xlsx"])), window.act("rekap"), window.get(f"{year}/hasil")]
    assert all(answer.status_code < 500 and answer.text.strip() for answer in answers), [answer.status for answer in answers]
    return 0, "\n".join(map(said, answers))


Files = Mapping[str, bytes]


def files(folder: Path) -> Files:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def restore(folder: Path, wanted: Files) -> None:
    """The folder as it was, without touching what is the same."""
    now = files(folder)
    for name in now.keys() - wanted.keys():
        (folder / name).unlink()
    for name, data in wanted.items():
        if now.get(name) != data:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
    folders = {str(parent) for name in wanted for parent in Path(name).parents}
    for path in sorted((p for p in folder.rglob("*") if p.is_dir()), reverse=True):
        if str(path.relative_to(folder)) not in folders:
            path.rmdir()


@cache
def office() -> Files:
    """A small office in the middle of its year: locked, one triwulan back, answers kept, a logo, workbooks of others."""
    with TemporaryDirectory() as place:
        folder = bupati().edit("pmd", "rab", 3, kode_standar=None, jenis_standar=None)
        folder = folder.edit("kantor", "kantor", 0, logo="logo.png").add("../logo.png", png(40, 50)).write(Path(place) / "kantor")
        (folder / "ssh.xlsx").write_bytes(one_zone())
        (folder / "rka.xlsx").write_bytes(formulir_asing.rka())
        head, row = ["Kode", "Uraian", "Volume", "Satuan", "Harga", "Jumlah"], ["5.1.02.01.01.0024", "Kertas", 2, "Rim", 50, 100]
        for name, more in (("rab", []), ("rab2", ["Catatan"])):
            (folder / f"{name}.xlsx").write_bytes(xlsx({"RAB": [["RAB"], head + more, row]}))
        run(["rekap", str(folder), "-o", str(folder / "Rekap.xlsx")])
        run(["baca", str(folder / "rab.xlsx"), "--jawab", "jenis=rab"])
        lock(folder, "usulan", tanggal=date(2024, 12, 20))
        made = dict(files(folder))
        run(["realisasi", str(folder), "--triwulan", "1"])
        for path in (folder / "formulir/TW1").iterdir():
            made[f"masuk/TW1/{path.name}"] = made[f"formulir/TW1/{path.name}"] = path.read_bytes()
        batal = {f"batal/{name}": data for name, data in made.items() if not re.search("TW1|rab|rka|ssh|Rekap", name)}
        return {**{f"kantor/{name}": data for name, data in made.items()}, **batal}


# ---- what must hold --------------------------------------------------------------------------------


@dataclass
class Whole:
    """A verb as it runs undisturbed: its steps, what it said, the folder before and after."""

    args: Args
    folder: Path
    before: Files
    after: Files
    status: int
    said: str
    steps: list[Step]
    injected: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def inputs(self) -> Files:
        return {name: data for name, data in self.before.items() if self.after.get(name) == data}


def _read_once(real: Callable[..., ReadBook]) -> Callable[..., ReadBook]:
    """Readings by the bytes of the file and the lists; each asker has lists of its own to add to."""
    made: dict[tuple[object, ...], ReadBook] = {}

    def read(data: bytes, file: str, accepted: Mapping[str, Any], lists: Any) -> ReadBook:
        key = data, file, repr([(name, *versions) for name, versions in accepted.items()]), kept._of_lists(lists)
        if key not in made:
            made[key] = real(data, file, accepted, lists)
        book = made[key]
        parts = {part.name: getattr(book.reading, part.name) for part in fields(book.reading)}
        own = {name: copy.copy(value) for name, value in parts.items() if isinstance(value, list | set | dict)}
        return replace(book, reading=type(book.reading)(**{**parts, "lists": lists, **own}))

    return read


def _checked_once(real: Callable[..., Iterable[Any]]) -> Callable[..., Iterable[Any]]:
    """What the declared checks say of the same rows and lists."""
    made: dict[tuple[object, ...], tuple[Any, ...]] = {}

    def check(table: Any, lists: Any) -> tuple[Any, ...]:
        key = id(table.block), repr(table.rows), kept._of_lists(lists)
        if key not in made:
            made[key] = tuple(real(table, lists))
        return made[key]

    return check


@contextlib.contextmanager
def remembered() -> Iterator[None]:
    """What the writers make of the same arguments is made once: a fault changes who is asked, not what a workbook looks like."""
    made: dict[tuple[str, str], bytes] = {}

    def once(name: str, real: Callable[..., bytes]) -> Callable[..., bytes]:
        def ask(*args: object, **more: object) -> bytes:
            key = name, repr((args, more))
            if key not in made:
                made[key] = real(*args, **more)
            return made[key]

        return ask

    with contextlib.ExitStack() as stack:
        stack.enter_context(mock.patch.object(workbook, "_read", _read_once(workbook._read)))
        stack.enter_context(mock.patch.object(frames, "_check_table", _checked_once(frames._check_table)))
        for module in (import_module(f"{uses.__name__}.{one.name}") for one in iter_modules(uses.__path__)):
            for name, real in list(vars(module).items()):
                writes = isfunction(real) and real.__module__.startswith("kinerja_xl.writing")
                if writes and real.__annotations__["return"] == "bytes":
                    stack.enter_context(mock.patch.object(module, name, once(name, real)))
        yield


@contextlib.contextmanager
def place(folder: Path) -> Iterator[Path]:
    """The office in a folder that is the working folder."""
    restore(folder, office())
    with TemporaryDirectory() as home, contextlib.chdir(folder), remembered(), mock.patch.dict(os.environ, _account(home)):
        yield folder


def _account(home: str) -> dict[str, str]:
    """What a person's account keeps is not of the folder."""
    return {"HOME": home, "XDG_STATE_HOME": home}


def whole(args: Args, folder: Path) -> Whole:
    """Run it undisturbed, once in the same folder; the folder is as before afterwards. Each asker notes what is wrong."""
    return replace(_whole(tuple(args), folder), injected=0, wrong=[])


@cache
def _whole(words: tuple[str, ...], folder: Path) -> Whole:
    args = list(words)
    run(args)  # what is loaded or reckoned once is loaded now
    restore(folder, office())
    with Disk(folder).watched() as disk:
        status, said = run(args)
    after = files(folder)
    restore(folder, office())
    return Whole(args=args, folder=folder, before=office(), after=after, status=status, said=said, steps=disk.steps)


def faults(steps: list[Step]) -> list[tuple[int, int]]:
    """(number of the step, error): every error at every step that differs from those before in kind, file or asker."""
    first: dict[Step, int] = {}
    for number, step in enumerate(steps):
        first.setdefault(step, number)
    return [(number, code) for step, number in first.items() for code in ERRORS[step.kind]]


def inject(one: Whole, number: int, code: int) -> None:
    """One fault; whatever must not be is noted in ``one.wrong``."""
    step = one.steps[number]
    where = f"{one.args}: {errno.errorcode[code]} pada {step.kind} {step.file} ({step.asked})"
    one.injected += 1
    try:
        with Disk.failing(one, number, code).watched():
            status, said = run(one.args)
    except BaseException as error:  # an exception that got out is what is looked for
        one.wrong.append(f"{where}: {error!r}")
        restore(one.folder, one.before)
        return
    if status not in (0, 1, 2) or "gangguan" in said.lower() or (status == 2 and not said.strip()):
        one.wrong.append(f"{where}: status {status}, {said[-400:]}")
    judge(one, where, status, said, leftovers=step.kind == "unlink" or turn.TURN in step.file)
    restore(one.folder, one.before)


_SIBLING = re.compile(r" \(\d+\)\.\w+$")
"""A result beside one that is open elsewhere; its run has said so."""


def judge(one: Whole, where: str, status: int, said: str, *, leftovers: bool = False) -> None:
    """Inputs same; every file old or new and whole; nothing different without a word; the next run as ever."""
    now = files(one.folder)
    one.wrong += [f"{where}: masukan {name} berubah" for name, data in one.inputs.items() if now.get(name) != data]
    if not leftovers:
        one.wrong += [f"{where}: tertinggal {name}" for name in now if "/.kinerja-xl" in name]
    now = {name: data for name, data in now.items() if not _SIBLING.search(name) or name in one.before}
    known = {*one.before.values(), *one.after.values()}
    new = {name: data for name, data in now.items() if data not in known and "/.kinerja-xl" not in name}
    one.wrong += [f"{where}: {name} tidak utuh" for name, data in new.items() if not _opens(name, data)]
    shown = {name: data for name, data in now.items() if "/.kinerja-xl" not in name}
    if shown != one.after and (status, said) == (one.status, one.said):
        differing = sorted(name for name in {*shown, *one.after} if shown.get(name) != one.after.get(name))
        one.wrong.append(f"{where}: tanpa sepatah kata berbeda: {differing}")
    if shown not in (one.before, one.after):
        again(one, where, new)


def again(one: Whole, where: str, new: Files) -> None:
    """The next run, undisturbed, ends as a whole run does."""
    try:
        run(one.args)
    except Exception as error:
        one.wrong.append(f"{where}: jalan berikutnya: {error!r}")
    now = {name: data for name, data in files(one.folder).items() if not _SIBLING.search(name)}
    left = sorted(name for name in now if now[name] != one.after.get(name) and name not in new)
    lost = sorted(name for name in one.after if name not in now)
    if left or lost:
        one.wrong.append(f"{where}: jalan berikutnya meninggalkan {left}, tanpa {lost}")


def _opens(name: str, data: bytes) -> bool:
    if not name.endswith((".xlsx", ".docx")):
        return bool(data)
    with contextlib.suppress(zipfile.BadZipFile):
        return zipfile.ZipFile(io.BytesIO(data)).testzip() is None
    return False


# ---- a process that ends ---------------------------------------------------------------------------


def apart(action: Callable[[], int], *, gate: int = -1) -> int:
    """Start ``action`` in a process of its own, a copy of this one; its number. It waits for a byte of ``gate``."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # libraries have threads of their own; none of them is ours
        number = os.fork()
    if number:
        return number
    status = 99
    with contextlib.suppress(BaseException):
        if gate >= 0:
            os.read(gate, 1)
        status = action()
    os._exit(status)


def ended(number: int) -> int:
    """The status with which that process ended; minus the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


def kills(steps: list[Step]) -> list[int]:
    """The steps at which a run is killed: everything that changes the disk."""
    return [number for number, step in enumerate(steps) if step.kind in CHANGING]


def kill(one: Whole, number: int) -> None:
    """End a run at one step: nothing half on the disk, the next run is a whole one and takes away what was left."""
    step = one.steps[number]
    where = f"{one.args}: dimatikan pada {step.kind} {step.file} ({step.asked})"
    one.injected += 1

    def act() -> int:
        with Disk.failing(one, number).watched():
            return run(one.args)[0]

    if (status := ended(apart(act))) != -signal.SIGKILL:
        one.wrong.append(f"{where}: berakhir dengan {status}")
    judge(one, where, -1, "", leftovers=True)
    left = [name for name in files(one.folder) if "/.kinerja-xl" in name]
    if left:
        run(one.args)
        left = [name for name in files(one.folder) if "/.kinerja-xl" in name]
    one.wrong += [f"{where}: masih tertinggal {name}" for name in left]
    restore(one.folder, one.before)


def measure(names: list[str], *, every: int = 1, killed: bool = True) -> tuple[int, int, list[str]]:
    """Inject every n-th fault into these verbs: how many errors, how many ends, and what was wrong. LibreOffice, which would only
    number pages, has its files elsewhere: without it a run takes a second and not ten."""
    errors = ends = 0
    wrong: list[str] = []
    without = mock.patch.object(post, "find_libreoffice", lambda: None)
    with TemporaryDirectory() as where, place(Path(where).resolve()) as folder, without:
        for name in names:
            one = whole(VERBS[name], folder)
            for number, code in faults(one.steps)[::every]:
                inject(one, number, code)
            errors, one.injected = errors + one.injected, 0
            for number in kills(one.steps)[::every] if killed and hasattr(os, "fork") else ():
                kill(one, number)
            ends += one.injected
            wrong += one.wrong
    return errors, ends, wrong


if __name__ == "__main__":
    total, words = [0, 0, 0], sys.argv[1:]
    every = int(words.pop(0)) if words and words[0].isdecimal() else 1
    for verb in words or VERBS:
        began = time.monotonic()
        injected, stopped, bad = measure([verb], every=every)
        total = [total[0] + injected, total[1] + stopped, total[2] + len(bad)]
        took = f"{time.monotonic() - began:6.1f} detik"
        print(f"{verb:22} {injected:5} gangguan {stopped:5} dimatikan {len(bad):4} salah  {took}", flush=True)
        for line in bad[:12]:
            print("    ", line)
    print(f"{'semua':22} {total[0]:5} gangguan {total[1]:5} dimatikan {total[2]:4} salah")
