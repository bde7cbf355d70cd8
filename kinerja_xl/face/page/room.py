"""What all pages share: the desk, the folders, the scratch folder, how an answer waits, and how trouble is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from threading import Event
from typing import Any

from flask import Flask, abort, redirect, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from kinerja_xl.face.page import verbs
from kinerja_xl.face.page.guard import Guard
from kinerja_xl.face.page.known import Busy, Known, Unread, inside
from kinerja_xl.face.page.work import Desk, Job, Trouble, trouble_of
from kinerja_xl.office.folder import KANTOR_FILE, InputError
from kinerja_xl.uses.buka import opened_elsewhere, remember
from kinerja_xl.writing.output import OutputError

MOMENT = 1.0
"""Seconds that a button waits for its result before the page says how far it is."""
UPLOAD = 200 * 2**20
"""Bytes of all files of one drop."""
TICK = 30.0
"""Seconds between two looks at whether somebody is still there."""
QUIET_TICKS, CLOSED_TICKS = 60, 4
"""Looks without any sign of a page after which the program ends: half an hour, two minutes once a page said that it closes."""


@dataclass
class Room:
    """One start of the page."""

    guard: Guard = field(default_factory=Guard)
    desk: Desk = field(default_factory=Desk)
    ended: Event = field(default_factory=Event)
    notice: str = ""
    quiet: int = 0
    closed: bool = False

    def __post_init__(self) -> None:
        self.known = Known(self.desk)

    @cached_property
    def scratch(self) -> Path:
        """A folder that is gone when the program ends, for workbooks that are only looked at."""
        return Path(mkdtemp(prefix="kinerja-xl-"))

    def folder(self, name: str) -> Path:
        """The year's folder of a page; a name that nobody was given leads nowhere."""
        folder = self.known.folder(name)
        if folder is None:
            abort(404)
        return folder

    # ---- whether anybody is there ----

    def seen(self) -> None:
        """A sign that somebody is there."""
        self.quiet, self.closed = 0, False

    def asked(self) -> None:
        """Before every page; what is more than a first look needs the verbs."""
        self.seen()
        if request.path not in _LIGHT and not request.path.startswith("/static/"):
            verbs.load()

    def tick(self) -> bool:
        """One look; whether it is time to end. Sleep of the computer is no time without people."""
        self.quiet += 1
        return not self.desk.busy and self.quiet >= (CLOSED_TICKS if self.closed else QUIET_TICKS)

    def close(self) -> None:
        """End: what runs is stopped before its next file, or finished where it belongs together."""
        self.desk.stop_all()
        self.ended.set()

    def begin(self, folder: Path) -> None:
        """The folder that this start is about."""
        self.known.add(folder)
        remember(folder)

    def finish(self) -> None:
        """Wait for what belongs together, and leave nothing behind."""
        self.close()
        self.desk.rest()
        if "scratch" in vars(self):
            rmtree(self.scratch, ignore_errors=True)

    # ---- work that a page asks for ----

    def start(
        self, title: str, action: Callable[[Job], Any], *, whole: bool = False, year: str = "", back: str = "/"
    ) -> Response:
        """Hand work over and go to its page, which shows the result or how far it is."""
        job = self.desk.hand(Job(title=title, action=action, whole=whole, year=year, back=back))
        job.ended.wait(MOMENT)
        return redirect(f"/kerja/{job.id}", 303)

    # ---- what a page says when it can't show what was asked for ----

    def listen(self, app: Flask) -> None:
        """Turn every trouble into a page, and let pages ask whether there is something to open."""
        app.jinja_env.globals["ada"] = self._there
        app.register_error_handler(Busy, self._busy)
        app.register_error_handler(Unread, self._unread)
        app.register_error_handler(HTTPException, self._refused)
        app.register_error_handler(Exception, self._failed)

    def _there(self, name: str, given: str) -> bool:
        folder = self.known.folder(name)
        return folder is not None and inside(folder, given) is not None

    def _busy(self, error: Busy) -> tuple[str, int]:
        """202: not yet what was asked for."""
        back, ahead = request.full_path.rstrip("?"), self.desk.ahead(error.job)
        return render_template("kerja.html", job=error.job, jalan=True, ahead=ahead, kembali=back, folder=None), 202

    def _unread(self, error: Unread) -> tuple[str, int]:
        return self._message(error.trouble)

    def _message(self, trouble: Trouble) -> tuple[str, int]:
        name = (request.view_args or {}).get("name", "")
        folder = self.known.folder(name)
        page = render_template("pesan.html", sebab=trouble, id=name if folder else "", **self.about(folder))
        return page, 200

    def _failed(self, error: Exception) -> tuple[str, int]:
        page, _ = self._message(trouble_of(error))
        return page, 400 if isinstance(error, InputError | OutputError | OSError) else 500

    def _refused(self, error: HTTPException) -> tuple[str, int]:
        code = error.code or 500
        words = _REFUSALS.get(code, f"Halaman ini tidak dapat ditampilkan (nomor {code}).")
        return render_template("tolak.html", kalimat=words), code

    def about(self, folder: Path | None) -> dict[str, object]:
        """What every page of a year says first: its folder, and whether its Kantor.xlsx is open elsewhere."""
        mark = opened_elsewhere(folder / KANTOR_FILE) if folder else ""
        return {"folder": folder, "terbuka": mark, "berkas_kantor": KANTOR_FILE}


_LIGHT = frozenset({"/", "/masuk", "/folder", "/denyut", "/tutup", "/selesai"})
"""What can be answered before the verbs are loaded."""
_REFUSALS = {
    400: "Permintaan ini tidak lengkap. Kembali ke halaman sebelumnya, lalu ulangi.",
    403: "Alamat ini tidak berlaku lagi, atau dibuka dari tempat lain. Jalankan lagi Kinerja-XL dan pakai halamannya.",
    404: "Halaman atau berkas ini tidak ada.",
    405: "Tombol ini hanya bekerja dari halamannya.",
    413: f"Berkas yang dijatuhkan sekaligus melebihi {UPLOAD // 2**20} MB. Jatuhkan satu per satu.",
}


