"""A LibreOffice that stays: starting it takes longer than most conversions, so it starts once and works through jobs.

A macro of its own profile does them: it needs no bridge to Python, which not every installation brings. A job is a file in a
folder: for each document three lines, its address, the result's and the filter's name. ``n.done`` answers ``n.job``.
"""

import itertools
import os
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path

FILTERS = {
    "xlsx:Calc MS Excel 2007 XML": "Calc MS Excel 2007 XML", "pdf": "pdf", "xls": "MS Excel 97", "ods": "calc8",
    "fods": "OpenDocument Spreadsheet Flat XML",
}  # fmt: skip
"""What it converts to, as --convert-to says it; anything else takes a start of its own."""

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE {0}:{1} PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "{2}.dtd">\n'
)
_LIBRARY = _HEAD.format("library", "library", "library") + (
    '<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false"'
    ' library:passwordprotected="false">{}</library:library>\n'
)
_LIBRARIES = _HEAD.format("library", "libraries", "libraries") + (
    '<library:libraries xmlns:library="http://openoffice.org/2000/library" xmlns:xlink="http://www.w3.org/1999/xlink">'
    '<library:library library:name="Standard" library:link="false"/></library:libraries>\n'
)
_MODULE = _HEAD.format("script", "module", "module") + (
    '<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Uji" script:language="StarBasic">'
    "{}</script:module>\n"
)
_MACRO = """
Function Pair(name As String, value) As Object
    Dim one As New com.sun.star.beans.PropertyValue
    one.Name = name
    one.Value = value
    Pair = one
End Function

Sub Serve(folder As String, starter As String)
    Dim number As Long, turns As Long, job As String, source As String, target As String, kind As String
    number = 1
    Do
        job = folder &amp; "/" &amp; number &amp; ".job"
        turns = 0
        Do While Not FileExists(job)
            If starter &lt;&gt; "" And Not FileExists(starter) Then
                StarDesktop.terminate()
                Exit Sub
            End If
            turns = turns + 1
            If turns &lt; 40 Then
                Wait 25
            Else
                Wait 250
            End If
        Loop
        Open job For Input As #1
        Do While Not EOF(1)
            Line Input #1, source
            If source = "stop" Then
                StarDesktop.terminate()
                Exit Sub
            End If
            Line Input #1, target
            Line Input #1, kind
            Convert(source, target, kind)
        Loop
        Close #1
        Open folder &amp; "/" &amp; number &amp; ".done" For Output As #1
        Close #1
        number = number + 1
    Loop
End Sub

Sub Convert(source As String, target As String, kind As String)
    On Error GoTo Failed
    Dim doc As Object
    doc = StarDesktop.loadComponentFromURL(source, "_blank", 0, Array(Pair("Hidden", True)))
    If IsNull(doc) Then Exit Sub
    If kind = "pdf" Then
        kind = "calc_pdf_Export"
        If doc.supportsService("com.sun.star.text.TextDocument") Then kind = "writer_pdf_Export"
    End If
    doc.storeToURL(target, Array(Pair("FilterName", kind)))
    doc.close(True)
Failed:
End Sub
"""


def add_macro(profile: Path) -> None:
    """The macro in a profile that was never used."""
    files = {
        "script.xlc": _LIBRARIES,
        "dialog.xlc": _LIBRARIES,
        "Standard/dialog.xlb": _LIBRARY.format(""),
        "Standard/script.xlb": _LIBRARY.format('<library:element library:name="Uji"/>'),
        "Standard/Uji.xba": _MODULE.format(_MACRO),
    }
    (profile / "user/basic/Standard").mkdir(parents=True)
    for name, text in files.items():
        (profile / "user/basic" / name).write_text(text, encoding="utf-8")


class Standing:
    """The program at work on ``jobs``, an empty folder. It has to be stopped."""

    def __init__(self, command: list[str], jobs: Path) -> None:
        self._jobs, self._numbers = jobs, itertools.count(1)
        own = Path(f"/proc/{os.getpid()}")  # it ends with whoever started it, also where that one was killed
        starter = own.as_uri() if own.exists() else ""
        call = f'macro:///Standard.Uji.Serve("{jobs.as_uri()}","{starter}")'
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen([*command, "--nologo", call], start_new_session=True, **quiet)

    def convert(self, pairs: list[tuple[Path, Path]], target: str, seconds: float) -> bool:
        """Whether all were tried in time by a program that still lives; only the results tell what became of each."""
        job = self._give(line for source, result in pairs for line in (source.as_uri(), result.as_uri(), FILTERS[target]))
        end = time.monotonic() + seconds
        while not job.with_suffix(".done").exists():
            if time.monotonic() > end or self.process.poll() is not None:
                return False
            time.sleep(0.02)
        return True

    def leave(self, seconds: float = 10) -> bool:
        """Whether it ended by itself."""
        self._give(["stop"])
        try:
            return self.process.wait(seconds) is not None
        except subprocess.TimeoutExpired:
            return False

    def _give(self, lines: Iterable[str]) -> Path:
        """A job, which is there with all its lines or not at all."""
        job = self._jobs / f"{next(self._numbers)}.job"
        draft = job.with_suffix(".draft")
        draft.write_text("".join(f"{line}\n" for line in lines), encoding="ascii")
        return draft.replace(job)
