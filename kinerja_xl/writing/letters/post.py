"""The same letters as PDF, by LibreOffice where it is installed: found, run in a profile of its own, stopped in time."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from pathlib import Path

from kinerja_xl.catatan import readable
from kinerja_xl.writing.output import Written, write_whole

NOT_FOUND = (
    "PDF tidak dibuat: LibreOffice tidak ditemukan di komputer ini. Berkas .docx sudah ditulis; "
    "buka dengan Word dan pilih Simpan sebagai PDF, atau pasang LibreOffice lalu ulangi."
)
TOO_SLOW = "PDF tidak dibuat: LibreOffice belum selesai setelah {seconds} detik. Berkas .docx sudah ditulis."
FAILED = "PDF tidak dibuat untuk {names}: LibreOffice tidak dapat membuka berkas itu. Berkas .docx sudah ditulis."

_TO_START, _PER_FILE = 120, 20
"""Seconds that LibreOffice may take to start for the first time, and for each file."""

BATCH = 40
"""Files of one call: a command line has an end (32,767 characters on Windows)."""


class PdfError(Exception):
    """No PDF, or not all; ``str(error)`` is an Indonesian sentence, ``written`` what was made all the same."""

    def __init__(self, sentence: str, written: Sequence[Written] = ()) -> None:
        super().__init__(sentence)
        self.written = tuple(written)


def find_libreoffice() -> str | None:
    """The LibreOffice program: on the path, else at the usual places of Windows, macOS and Linux."""
    for name in ("soffice", "libreoffice"):
        if path := shutil.which(name):
            return path
    folders = [Path(os.environ[name]) for name in ("ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA") if os.environ.get(name)]
    places = [
        *(folder / "LibreOffice" / "program" / name for folder in folders for name in ("soffice.com", "soffice.exe")),
        Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
        *(
            Path(place)
            for place in ("/usr/lib/libreoffice/program/soffice", "/opt/libreoffice/program/soffice", "/snap/bin/libreoffice")
        ),
        *sorted(Path("/opt").glob("libreoffice*/program/soffice"), reverse=True),
    ]
    return next((str(place) for place in places if place.is_file()), None)


def write_pdfs(files: Sequence[Path]) -> list[Written]:
    """Beside each file the same as PDF. Raises PdfError (no LibreOffice, too slow, a file that gave none), OutputError."""
    program = find_libreoffice()
    if program is None:
        raise PdfError(NOT_FOUND)
    written: list[Written] = []
    missing: list[str] = []
    with tempfile.TemporaryDirectory(prefix="kinerja-xl-pdf-", ignore_cleanup_errors=True) as holder:
        for start in range(0, len(files), BATCH):
            batch = files[start : start + BATCH]
            results = Path(holder) / str(start)
            if not _convert(program, batch, Path(holder), results):
                raise PdfError(TOO_SLOW.format(seconds=_TO_START + _PER_FILE * len(batch)), written)
            for file in batch:
                made = results / f"{file.stem}.pdf"
                if made.is_file():
                    written.append(write_whole(file.with_suffix(".pdf"), made.read_bytes()))
                else:
                    missing.append(file.name)
    if missing:
        raise PdfError(FAILED.format(names=", ".join(missing)), written)
    return written


_MARKED = 'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
_PLACE = re.compile(rb"/(?!Dest\[)(\w+)\[(\d+) 0 R/XYZ")
_PAGES = re.compile(rb"/Kids\[([^\]]*)\]")


def pages_of_bookmarks(document: bytes) -> dict[str, int]:
    """On which page each bookmark of a .docx stands, as LibreOffice lays it out; empty where there is no LibreOffice, or it says
    nothing."""
    program = find_libreoffice()
    if program is None:
        return {}
    with tempfile.TemporaryDirectory(prefix="kinerja-xl-pdf-", ignore_cleanup_errors=True) as holder:
        place = Path(holder)
        file, made = place / "surat.docx", place / "pdf" / "surat.pdf"
        file.write_bytes(document)
        if not _convert(program, [file], place, made.parent, _MARKED) or not made.is_file():
            return {}
        data = made.read_bytes()
    kids = _PAGES.search(data)
    order = [number for number in kids[1].split() if number not in (b"0", b"R")] if kids else []
    return {name.decode(): order.index(page) + 1 for name, page in _PLACE.findall(data) if page in order}


def _convert(program: str, files: Sequence[Path], holder: Path, results: Path, to: str = "pdf") -> bool:
    """Run LibreOffice; False when it took too long. Whether it made anything only the results tell."""
    profile = f"-env:UserInstallation={(holder / 'profil').as_uri()}"
    options = ["--headless", "--norestore", "--nolockcheck", "--convert-to", to, "--outdir", str(results)]
    process = subprocess.Popen(
        [program, profile, *options, *(str(file.absolute()) for file in files)],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    with process:
        try:
            process.wait(timeout=_TO_START + _PER_FILE * len(files))
        except subprocess.TimeoutExpired:
            _stop(process)
            return False
        except BaseException:
            _stop(process)
            raise
    return True


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a program with its children: soffice is only the starter of the one that works."""
    with suppress(OSError):
        if os.name == "nt":
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
        else:
            os.killpg(process.pid, signal.SIGKILL)


# ---- A mail as a draft file (.eml) that any mail program opens for sending. Nothing is sent, and no clock is read ----

WORKBOOK = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
DOMAIN = "kinerja-xl.invalid"
"""The right side of a Message-ID; ".invalid" belongs to nobody (RFC 2606)."""


_LINE = 300
"""Longest header line before it is folded (RFC 5322 allows 998): some programs show the blank of a fold in the subject."""


def draft(to: Sequence[str], subject: str, text: str, name: str, workbook: bytes) -> bytes:
    """The bytes of the draft: a covering text and one workbook.

    ``X-Unsent: 1`` makes Outlook open it for editing. No Date: the sender's program puts its own. Message-ID and
    boundary come from the content, so that the same input gives the same bytes.
    """
    message = EmailMessage(policy=SMTP.clone(max_line_length=_LINE))
    mark = sha256("\0".join([*to, subject, text, name]).encode() + workbook).hexdigest()[:32]
    message["To"] = ", ".join(to)
    message["Subject"] = " ".join(readable(subject).split())  # a line break would begin another header
    message["Message-ID"] = f"<{mark}@{DOMAIN}>"
    message["X-Unsent"] = "1"
    message.set_content(text, cte="quoted-printable")
    message.add_attachment(workbook, maintype=WORKBOOK[0], subtype=WORKBOOK[1], filename=name)
    message.set_boundary(f"=_{mark}")
    return message.as_bytes()
