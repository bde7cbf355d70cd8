"""The page on this computer: the verbs for people who have never opened a terminal, in the browser of this machine alone."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from time import sleep
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from kinerja_xl.face.page.room import Room

THREADS = 8
LAST_WORDS = 0.5
"""Seconds for the last page to reach its window."""


def make_app(room: Room) -> Flask:
    """The pages of one start."""
    from flask import Flask

    from kinerja_xl.face.page import words
    from kinerja_xl.face.page.home_pages import HomePages
    from kinerja_xl.face.page.other_pages import OtherPages
    from kinerja_xl.face.page.room import UPLOAD
    from kinerja_xl.face.page.year_pages import YearPages

    app = Flask(__name__)
    app.config.update(MAX_CONTENT_LENGTH=UPLOAD, MAX_FORM_PARTS=2000, TRUSTED_HOSTS=None)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    room.guard.protect(app)
    app.before_request(room.asked)
    room.listen(app)
    words.teach(app)
    for pages in (HomePages, YearPages, OtherPages):
        pages(app, room)
    return app


@contextmanager
def listening(room: Room) -> Iterator[None]:
    """Within it the pages answer at ``room.guard.address``; afterwards everything is closed."""
    from waitress.server import create_server
    from waitress.wasyncore import close_all

    from kinerja_xl.face.page.guard import HOST

    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # several requests at once are no news
    server = create_server(make_app(room), host=HOST, port=0, threads=THREADS, ident="", clear_untrusted_proxy_headers=True)
    room.guard.port = int(server.effective_port)
    thread = Thread(target=server.run, daemon=True, name="halaman")
    thread.start()
    try:
        yield
    finally:
        room.finish()
        server.trigger.pull_trigger(lambda: close_all(server._map))  # by the thread that looks after the connections
        server.task_dispatcher.shutdown()
        thread.join(LAST_WORDS)


def serve(folder: Path | None = None, *, browser: bool = True, notice: str = "") -> None:
    """Serve the pages until nobody looks at them any more; the address is the first line on stdout.

    ``folder``: a year's folder to begin with. ``notice``: a sentence that Beranda shows first.
    """
    import webbrowser

    from kinerja_xl.face.page import verbs
    from kinerja_xl.face.page.room import TICK, Room

    room = Room(notice=notice)
    if folder is not None:
        room.begin(folder)
    with listening(room):
        if sys.stdout is not None:  # a program without a console has none
            print(room.guard.address, flush=True)
        if browser:
            webbrowser.open(room.guard.address)
        Thread(target=verbs.load, daemon=True, name="hangat").start()  # while somebody looks at the first page
        while not room.ended.wait(TICK):
            if room.tick():
                break
        sleep(LAST_WORDS)


def main() -> None:
    """The icon: no console, perhaps a folder that was dropped on it. A folder that is none becomes a sentence on the page."""
    from kinerja_xl.face.told import sentence_of
    from kinerja_xl.office.folder import InputError
    from kinerja_xl.office.place import year_folder

    given = next((word for word in sys.argv[1:] if not word.startswith("-")), None)
    folder, notice = None, ""
    if given is not None:
        try:
            folder = year_folder(Path(given))
        except InputError as error:
            notice = sentence_of(error)
    with suppress(KeyboardInterrupt):
        serve(folder, browser="--tanpa-peramban" not in sys.argv, notice=notice)
