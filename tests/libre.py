"""Headless LibreOffice as an independent judge: it recalculates what we wrote and prints it as staff would see it.

``Office`` runs it in a profile of its own (Indonesian locale, always recalculate), ``formula_differences`` compares
its results with the values that we cached. Where LibreOffice is absent tests skip and say so; with
``KINERJA_XL_WAJIB_LIBREOFFICE=1`` they fail instead, so that CI can't pass without the judge.
"""

import html
import os
import posixpath
import re
import shutil
import signal
import subprocess
import tempfile
import zipfile
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from tests.libre_tetap import FILTERS, Standing, add_macro

REQUIRED = os.environ.get("KINERJA_XL_WAJIB_LIBREOFFICE") == "1"

BATCH = 40
"""Files of one call: start-up costs seconds, but a command line has an end (32,767 characters on Windows)."""

RELATIVE = Decimal("1e-9")
"""How far two fractions may lie apart, relative to the larger: binary noise, not a different result."""

ABSOLUTE = Decimal("1e-4")
"""And never further than this: a relative bound alone would let billions differ by a whole rupiah."""

PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>id-ID</value></prop></item>
<item oor:path="/org.openoffice.Setup/Office">
<prop oor:name="ooSetupInstCompleted" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop>
<prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
# ooSetupSystemLocale is the locale of numbers and dates. ooLocale, the language of menus, stays as installed:
# it changes nothing in a document and needs a language pack. Recalculation mode 0 is "always".
# Installation is "completed": a first start would put empty macros over ours.


class LibreOfficeError(Exception):
    """A conversion left no result or took too long; the message holds what the program said."""


def find() -> str | None:
    """The LibreOffice program: on the path, else at the usual places of Windows and macOS."""
    for name in ("soffice", "libreoffice"):
        if path := shutil.which(name):
            return path
    folders = [Path(os.environ[name]) for name in ("ProgramFiles", "ProgramFiles(x86)") if name in os.environ]
    places = [
        *(folder / "LibreOffice" / "program" / "soffice.com" for folder in folders),
        *(folder / "LibreOffice" / "program" / "soffice.exe" for folder in folders),
        Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    ]
    return next((str(place) for place in places if place.is_file()), None)


def require() -> str:
    """The LibreOffice program; skips the test without it, or fails it when it is REQUIRED."""
    return find() or _absent("LibreOffice")


def _tool(name: str) -> str:
    """A program of poppler, under the same terms as ``require``."""
    return shutil.which(name) or _absent(f"{name} (poppler-utils)")


def _absent(what: str):
    reason = f"{what} tidak ditemukan di komputer ini / not found on this machine"
    if REQUIRED:
        pytest.fail(f"{reason}; KINERJA_XL_WAJIB_LIBREOFFICE=1", pytrace=False)
    pytest.skip(reason)


class Office:
    """LibreOffice with a temporary profile; use as a context manager or through the session fixture ``libre``.

    Inputs are copied first, so neither they nor their folders are touched. Results of methods without ``outdir``
    live until the end of the ``with`` block. ``compared`` counts the formulas judged so far.
    """

    def __init__(self, *, seconds_to_start: float = 120, seconds_per_file: float = 30) -> None:
        self.program = require()
        self.compared = 0
        self._to_start, self._per_file = seconds_to_start, seconds_per_file
        self._numbers = count(1)
        self._standing: Standing | None = None

    def __enter__(self):
        # A running program may let go of its profile late (Windows): not worth a failed test session.
        self._holder = tempfile.TemporaryDirectory(prefix="kinerja-xl-libre-", ignore_cleanup_errors=True)
        self._root = Path(self._holder.name)
        self._profile = self._new_profile()
        return self

    def __exit__(self, *_):
        if self._standing:
            self._standing.leave()
        self._dismiss()
        self._holder.cleanup()

    def convert(self, paths: list[Path], to: str, outdir: Path, filter_options: str | None = None) -> list[Path]:
        """Convert files to extension ``to`` in ``outdir``, in as few calls as possible; results in input order.

        ``filter_options`` is what follows the extension in --convert-to, such as ``Calc MS Excel 2007 XML``. Of
        several files with the same stem the second goes to ``outdir/2`` and so on. Raises LibreOfficeError.
        """
        seen: Counter[str] = Counter()
        calls: dict[Path, list[Path]] = {}
        results = []
        for path in paths:
            seen[path.stem.casefold()] += 1
            turn = seen[path.stem.casefold()]
            folder = outdir if turn == 1 else outdir / str(turn)
            calls.setdefault(folder, []).append(path)
            results.append(folder / f"{path.stem}.{to}")
        target = f"{to}:{filter_options}" if filter_options else to
        for folder, files in calls.items():
            remaining = iter(files)
            while batch := list(islice(remaining, BATCH)):
                self._call(batch, target, folder)
        return results

    def recalculate(self, paths: list[Path]) -> dict[Path, Path]:
        """Each workbook loaded, calculated afresh and saved again as .xlsx somewhere else."""
        results = self.convert(paths, "xlsx", self._new_folder(), "Calc MS Excel 2007 XML")
        return dict(zip(paths, results, strict=True))

    def pdf(self, paths: list[Path]) -> dict[Path, Path]:
        """Each document as it prints."""
        return dict(zip(paths, self.convert(paths, "pdf", self._new_folder()), strict=True))

    def pages(self, pdf: Path, dpi: int = 60) -> list[Path]:
        """One picture per page, in order."""
        folder = self._new_folder()
        _run([_tool("pdftoppm"), "-r", str(dpi), "-png", str(pdf), str(folder / "halaman")], self._to_start)
        return sorted(folder.glob("*.png"))

    def text(self, pdf: Path) -> list[str]:
        """The text of each page, laid out as on paper."""
        said = _run([_tool("pdftotext"), "-layout", "-enc", "UTF-8", str(pdf), "-"], self._to_start)
        return said.split("\f")[:-1]  # each page, the last too, ends with a form feed

    def places(self, pdf: Path) -> list[tuple[float, float, list[tuple[float, float, float, float]]]]:
        """Each page's width and height, and of each word on it left, top, right and bottom, in points."""
        return [(width, height, [place for _, place in words]) for width, height, words in self.words(pdf)]

    def words(self, pdf: Path) -> list[tuple[float, float, list[tuple[str, tuple[float, float, float, float]]]]]:
        """The same with the words themselves."""
        said = _run([_tool("pdftotext"), "-bbox", "-enc", "UTF-8", str(pdf), "-"], self._to_start)
        found = []
        for page in said.split("<page ")[1:]:
            width, height = (float(x) for x in re.findall(r'(?:width|height)="([\d.]+)"', page)[:2])
            words = re.findall(r'xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>', page)
            found.append((width, height, [(html.unescape(word), tuple(map(float, place))) for *place, word in words]))
        return found

    def judge(self, paths: list[Path]) -> "tuple[int, list[Difference]]":
        """Recalculate workbooks and compare all their formulas: how many, and those with another value."""
        verdicts = [formula_differences(ours, theirs) for ours, theirs in self.recalculate(paths).items()]
        compared = sum(number for number, _ in verdicts)
        self.compared += compared
        return compared, [difference for _, differences in verdicts for difference in differences]

    def _call(self, paths: list[Path], target: str, outdir: Path) -> None:
        inputs, results = self._new_folder(), self._new_folder()
        copies = [Path(shutil.copy(path, inputs)) for path in paths]
        suffix = "." + target.partition(":")[0]
        if target in FILTERS:
            said = self._hand_over(copies, target, [(results / path.stem).with_name(path.stem + suffix) for path in copies])
        else:
            said = self._start_for(copies, target, results)
        # The exit status is 0 even when a file could not be loaded: only the results tell.
        missing = [path.name for path in paths if not (results / path.stem).with_name(path.stem + suffix).is_file()]
        if missing:
            raise LibreOfficeError(f"Tidak ada hasil untuk {', '.join(missing)}:\n{said}")
        outdir.mkdir(parents=True, exist_ok=True)
        for path in results.iterdir():
            shutil.move(path, outdir / path.name)

    def _start_for(self, copies: list[Path], target: str, results: Path) -> str:
        """One call of the program for these files; what it said."""
        command = [*self._command(self._profile), "--convert-to", target, "--outdir", str(results), *map(str, copies)]
        try:
            return _run(command, self._to_start + self._per_file * len(copies))
        except LibreOfficeError:
            self._profile = self._new_profile()  # the old one may still be locked by what was stopped
            raise

    def _hand_over(self, copies: list[Path], target: str, results: list[Path]) -> str:
        """The same by the program that stays."""
        if self._standing is None:
            profile = self._new_profile()
            add_macro(profile)
            self._standing = Standing(self._command(profile), self._new_folder())
        seconds = self._to_start + self._per_file * len(copies)
        if not self._standing.convert(list(zip(copies, results, strict=True)), target, seconds):
            self._dismiss()
            raise LibreOfficeError(f"{self.program} berhenti, atau belum selesai setelah {seconds:g} detik")
        return ""

    def _dismiss(self) -> None:
        if self._standing:
            if self._standing.process.poll() is None:
                _stop(self._standing.process)
            self._standing.process.wait()
            self._standing = None

    def _command(self, profile: Path) -> list[str]:
        return [self.program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]

    def _new_folder(self) -> Path:
        folder = self._root / str(next(self._numbers))
        folder.mkdir()
        return folder

    def _new_profile(self) -> Path:
        profile = self._new_folder()
        settings = profile / "user" / "registrymodifications.xcu"
        settings.parent.mkdir()
        settings.write_text(PROFILE, encoding="utf-8")
        return profile


def _run(command: list[str], seconds: float) -> str:
    """Standard output and errors of a program that ended well within its time; LibreOfficeError otherwise."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )
    with process:
        try:
            said, _ = process.communicate(timeout=seconds)
        except BaseException as error:
            _stop(process)
            if isinstance(error, subprocess.TimeoutExpired):
                raise LibreOfficeError(f"{command[0]} belum selesai setelah {seconds:g} detik") from error
            raise
    if process.returncode:
        raise LibreOfficeError(f"{command[0]} berhenti dengan status {process.returncode}:\n{said}")
    return said


def _stop(process: subprocess.Popen) -> None:
    """End a program with its children: soffice is only the starter of the one that works."""
    if os.name == "nt":
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        os.killpg(process.pid, signal.SIGKILL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A formula whose cached value (``ours``) is not what LibreOffice computes (``theirs``)."""

    file: str
    sheet: str
    cell: str
    formula: str
    ours: object
    theirs: object

    def __str__(self) -> str:
        return f"{self.file} {self.sheet}!{self.cell} {self.formula}: {self.ours!r} / LibreOffice {self.theirs!r}"


def formula_differences(original: Path, recalculated: Path, tolerance: float = 0) -> tuple[int, list[Difference]]:
    """How many formulas ``original`` holds, and those whose cached value differs from ``recalculated``.

    Whole numbers must be equal, fractions up to RELATIVE and ABSOLUTE; ``tolerance`` (absolute) widens both.
    A blank equals an empty text; an error equals only an error, of whatever kind, because formats name them
    differently.
    """
    ours, theirs = sheets_of(original), sheets_of(recalculated)
    compared, differences = 0, []
    for name, cells in ours.items():
        there = theirs.get(name)
        for place, cell in cells.items():
            if cell.formula is None:
                continue
            compared += 1
            other = "(lembar hilang)" if there is None else there.get(place, BLANK).value
            if not _same(cell.value, other, Decimal(str(tolerance))):
                where = {"file": original.name, "sheet": name, "cell": place}
                differences.append(Difference(**where, formula=cell.formula, ours=cell.value, theirs=other))
    return compared, differences


class Mistake(str):
    """An error value such as ``#DIV/0!``, kept apart from a text that reads the same."""

    __slots__ = ()


class Cell(NamedTuple):
    """What stands in a cell: dates as serial numbers, because their look is a format and not a result; "" where nothing does."""

    value: object
    formula: str | None


BLANK = Cell("", None)
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def sheets_of(path: Path) -> dict[str, dict[str, Cell]]:
    """Every cell that is written in a workbook, by sheet and address, straight from its parts.

    Three workbooks of openpyxl for each judged file took half of the time of the tests; their styles judge nothing.
    """
    with zipfile.ZipFile(path) as package:
        names = set(package.namelist())
        targets = {one.get("Id"): one.get("Target") for one in ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))}
        texts: list[str] = []
        if "xl/sharedStrings.xml" in names:
            texts = [_text(one) for one in ElementTree.fromstring(package.read("xl/sharedStrings.xml")).iter(f"{_MAIN}si")]
        found = {}
        for sheet in ElementTree.fromstring(package.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
            part = posixpath.normpath(posixpath.join("/xl", targets[sheet.get(_LINK)] or "")).lstrip("/")
            if "/worksheets/" in f"/{part}":
                found[sheet.get("name") or ""] = _cells_of(package.read(part), texts)
        return found


def _cells_of(data: bytes, texts: list[str]) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    shared: dict[str, str] = {}
    for cell in ElementTree.fromstring(data).iter(f"{_MAIN}c"):
        value, formula = BLANK
        for part in cell:
            if part.tag == f"{_MAIN}f":
                formula = f"={part.text or shared.get(part.get('si') or '', '')}"
                if part.text and part.get("si"):
                    shared[part.get("si") or ""] = part.text
            elif part.tag == f"{_MAIN}v":
                value = _read(cell.get("t", "n"), part.text or "", texts)
            elif part.tag == f"{_MAIN}is":
                value = _text(part)
        found[cell.get("r") or ""] = Cell(value, formula)
    return found


def _text(holder: ElementTree.Element) -> str:
    """A text without what is said about how it sounds."""
    runs = (one for part in holder if part.tag != f"{_MAIN}rPh" for one in part.iter(f"{_MAIN}t"))
    return "".join(one.text or "" for one in runs)


def _read(kind: str, text: str, texts: list[str]) -> object:
    match kind:
        case "n":
            return "" if not text else float(text) if any(mark in text for mark in ".eE") else int(text)
        case "s":
            return texts[int(text)]
        case "b":
            return text in ("1", "true")
        case "e":
            return Mistake(text)
        case "str":
            return text
    raise ValueError(f"sel berjenis {kind!r}")  # a date as text: nothing that is judged here writes one


def _same(ours: object, theirs: object, tolerance: Decimal) -> bool:
    if isinstance(ours, Mistake) or isinstance(theirs, Mistake):
        return isinstance(ours, Mistake) and isinstance(theirs, Mistake)
    # bool is a number here as it is in LibreOffice, which knows TRUE only as a 1 with a format.
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return _same_number(Decimal(repr(ours + 0)), Decimal(repr(theirs + 0)), tolerance)
    return ours == theirs


def _same_number(ours: Decimal, theirs: Decimal, tolerance: Decimal) -> bool:
    if all(number == number.to_integral_value() for number in (ours, theirs)):
        return abs(ours - theirs) <= tolerance
    return abs(ours - theirs) <= max(tolerance, min(RELATIVE * max(abs(ours), abs(theirs)), ABSOLUTE))
