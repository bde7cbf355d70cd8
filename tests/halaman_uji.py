"""The page for tests: Flask's client as the browser of one start, and a browser where there is one."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kinerja_xl.face.page import make_app
from kinerja_xl.face.page.guard import HOST, MARK
from kinerja_xl.face.page.room import Room
from tests.rumah import ROOT

SAMPLE, FAULTY = ROOT / "samples" / "wasuponda-2025", ROOT / "samples" / "bermasalah"
PORT = 4711
HEADS = {"Host": f"{HOST}:{PORT}", "Origin": f"http://{HOST}:{PORT}"}


class Window:
    """A browser window that has been shown a year's folder; it waits for whatever a page has to wait for."""

    def __init__(self, *folders: Path) -> None:
        self.room = Room()
        self.room.guard.port = PORT
        self.app = make_app(self.room)
        self.ids = [self.room.known.add(folder) for folder in folders]
        self.client: FlaskClient = self.app.test_client()
        self.client.set_cookie(self.room.guard.cookie, self.room.guard.token, domain=HOST)

    def get(self, path: str) -> TestResponse:
        """A page, after what it has to wait for."""
        for _ in range(40):
            answer = self.client.get(path, headers=HEADS, follow_redirects=True)
            if answer.status_code != 202:
                return answer
            self._wait(answer)
        raise AssertionError(f"{path} is never ready")

    def post(self, path: str, form: Mapping[str, object] | None = None) -> TestResponse:
        """An act, followed to the page of what it did."""
        data = {**(form or {}), MARK: self.room.guard.mark}
        answer = self.client.post(path, data=data, headers=HEADS, content_type="multipart/form-data")
        if answer.status_code != 303:
            return answer
        target = answer.headers["Location"]
        answer = self.client.get(target, headers=HEADS, follow_redirects=True)
        if "data-kerja" in answer.text:
            self._wait(answer)
            answer = self.get(target)
        return answer

    def act(self, act: str, **form: str) -> TestResponse:
        """A button of the first folder."""
        return self.post(f"/tahun/{self.ids[0]}/kerja/{act}", form)

    def drop(self, place: str, *files: tuple[str, bytes]) -> TestResponse:
        """Files dropped onto a page of the first folder."""
        return self.post(
            f"/tahun/{self.ids[0]}/terima", {"tempat": place, "berkas": [(BytesIO(data), name) for name, data in files]}
        )

    def year(self, page: str) -> str:
        """A page of the first folder, as text."""
        return said(self.get(f"/tahun/{self.ids[0]}/{page}"))

    def _wait(self, answer: TestResponse) -> None:
        found = re.search(r'data-kerja="/kerja/([^/]+)/keadaan"', answer.text)
        assert found, answer.text
        job = self.room.desk.job(found[1])
        assert job and job.ended.wait(60)


def said(answer: TestResponse) -> str:
    """What a person reads on a page, blanks made one."""
    body = answer.text.partition("<main")[2] or answer.text
    body = re.sub(r"<(script|style).*?</\1>", " ", body, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def copied(place: Path, sample: Path = SAMPLE) -> Path:
    """A sample office in a folder of its own, without what a trial may have left."""
    return shutil.copytree(sample, place, ignore=shutil.ignore_patterns("hasil", "formulir", "~$*", ".*"))


def state(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
