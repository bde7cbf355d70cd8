"""Berkas lain: a workbook of any layout is looked at, its questions are answered; and our rows go into somebody else's form."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, abort, redirect, render_template, request, send_file
from werkzeug.wrappers import Response

from kinerja_xl.face.page.known import free_name, inside
from kinerja_xl.face.page.room import Room
from kinerja_xl.face.page.work import Job
from kinerja_xl.office.folder import ARSIP, HASIL, LARGEST_FILE, PADANAN_FILE, InputError, listed, looked

_SOURCES = ((HASIL, "Rekap-*.xlsx"), (HASIL, "Capaian-*.xlsx"), (ARSIP, "Penetapan-*.xlsx"))
"""What a form can be filled from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A workbook that was dropped to be looked at; ``year``: the name of the folder that keeps the answers, or ""."""

    path: Path
    year: str
    source: Path | None = None
    target: Path | None = None


KINDS: Mapping[str, str] = {"rab": "RAB", "realisasi": "Realisasi", "indikator": "Indikator", "standar_harga": "Daftar harga"}
"""What a foreign table may be told to be."""
ROWS_OF: Mapping[str, str] = {
    "rab": "RAB", "indikator": "Indikator", "rkt": "RKT", "program": "Program", "pk": "PK", "kas": "Rencana kas",
    "realisasi": "Realisasi",
}  # fmt: skip
"""Which of our rows a form may be told to want."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person says of a foreign workbook before it is read: the kind of its table, its sheet."""

    sebagai: str | None
    lembar: str | None

    @classmethod
    def of(cls, form: Mapping[str, str]) -> Chosen:
        kind = form.get("sebagai", "")
        return cls(kind if kind in KINDS else None, form.get("lembar", "").strip() or None)

    @property
    def query(self) -> str:
        """To say it again in an address."""
        said = {key: value for key, value in (("sebagai", self.sebagai), ("lembar", self.lembar)) if value}
        return f"?{urlencode(said)}" if said else ""


class OtherPages:
    """Pages of workbooks that are none of ours."""

    def __init__(self, app: Flask, room: Room) -> None:
        self.room = room
        self._uploads: dict[str, Upload] = {}
        app.jinja_env.globals["jenis_baris"] = ROWS_OF
        for rule, page, method in (
            ("/berkas-lain", self.others, "GET"), ("/berkas-lain", self.drop, "POST"), ("/berkas-lain/<token>", self.look, "GET"),
            ("/berkas-lain/<token>/jawab", self.answer, "POST"), ("/berkas-lain/<token>/milik", self.assign, "POST"),
            ("/berkas-lain/<token>/unduh", self.download, "GET"),
            ("/isi", self.forms, "GET"), ("/isi", self.fill, "POST"), ("/isi/<token>", self.fill_again, "POST"),
        ):  # fmt: skip
            app.add_url_rule(rule, page.__name__, page, methods=[method])

    def _years(self) -> list[tuple[str, Path]]:
        return self.room.known.look_around()

    def _kept(self, year: str) -> str:
        return year if self.room.known.folder(year) else ""

    def _saved(self) -> tuple[str, Path]:
        """The dropped file in the scratch folder, with the token of its pages. Raises InputError."""
        from kinerja_xl.uses.terima import plain_name

        file = request.files.get("berkas")
        if file is None or not file.filename:
            raise InputError("Belum ada berkas yang dipilih.")
        data = file.read()
        if len(data) > LARGEST_FILE:
            raise InputError(f"Berkas ini {len(data) >> 20} MB, lebih besar daripada {LARGEST_FILE >> 20} MB yang dibaca.")
        token = secrets.token_urlsafe(9)
        place = self.room.scratch / token
        place.mkdir()
        path = place / (plain_name(file.filename) or "berkas.xlsx")
        path.write_bytes(data)
        return token, path

    def _upload(self, token: str) -> Upload:
        if token not in self._uploads:
            abort(404)
        return self._uploads[token]

    def _padanan(self, upload: Upload) -> Path:
        """Where its answers are kept: beside Kantor.xlsx of the chosen year, else for this start only."""
        folder = self.room.known.folder(upload.year)
        return (folder or upload.path.parent) / PADANAN_FILE

    # ---- baca ----

    def others(self) -> str:
        return render_template("berkas_lain.html", tahun=self._years())

    def drop(self) -> Response:
        token, path = self._saved()
        self._uploads[token] = Upload(path=path, year=self._kept(request.form.get("tahun", "")))
        return redirect(f"/berkas-lain/{token}", 303)

    def look(self, token: str) -> str:
        upload, chosen = self._upload(token), Chosen.of(request.args)
        found = self._looked(token, upload, chosen)
        units: Any = ()
        if upload.year:
            from kinerja_xl.face.page.reads import STANDING

            units = self.room.known.read(self.room.folder(upload.year), STANDING).status.units
        kept_in = self.room.known.folder(upload.year)
        return render_template(
            "dibaca.html", token=token, berkas=upload.path.name, l=found, unit=units, tahun=kept_in, pilih=chosen, jenis=KINDS
        )

    def _looked(self, token: str, upload: Upload, chosen: Chosen) -> Any:
        padanan = self._padanan(upload)
        kept = looked(padanan)
        mark = (kept.st_mtime_ns, kept.st_size) if kept else None

        def work(job: Job) -> Any:
            from kinerja_xl.face.page.looked import look

            return look(upload.path, padanan, chosen.sebagai, chosen.lembar)

        return self.room.known.shelf.get(("baca", token), (mark, chosen), f"Membaca {upload.path.name}", work)

    def answer(self, token: str) -> Response:
        """Keep what was answered, and show what that changes."""
        upload, given, chosen = self._upload(token), dict(request.form.items()), Chosen.of(request.form)

        def work(job: Job) -> Any:
            from kinerja_xl.face.page.acts import Outcome
            from kinerja_xl.face.page.looked import answer

            count = answer(upload.path, self._padanan(upload), given, chosen.sebagai, chosen.lembar)
            return Outcome(lines=(f"{count} jawaban disimpan." if count else "Belum ada yang dijawab.",))

        return self.room.start("Menyimpan jawaban", work, whole=True, back=f"/berkas-lain/{token}{chosen.query}")

    def assign(self, token: str) -> Response:
        """The file is a unit's usulan in its own layout: that is kept, and the file goes to masuk/."""
        upload, kode = self._upload(token), request.form.get("unit", "")
        folder = self.room.folder(upload.year)

        def work(job: Job) -> Any:
            from kinerja_xl.face.page.acts import take_in
            from kinerja_xl.uses import baca, padanan

            place = self._padanan(upload)
            padanan.keep(baca.baca([upload.path], padanan=place), {"unit": kode}, place)
            return take_in(folder, [(upload.path.name, upload.path.read_bytes())], "", job)

        return self.room.start("Menaruh di masuk", work, whole=True, year=upload.year, back=f"/tahun/{upload.year}/usulan")

    def download(self, token: str) -> Response:
        """What was understood, as a workbook of ours; never the file itself."""
        from kinerja_xl.uses import baca

        upload = self._upload(token)
        target = upload.path.parent / f"Terbaca-{upload.path.stem}.xlsx"
        baca.write([self._looked(token, upload, Chosen.of(request.args)).book], target)
        return send_file(target, as_attachment=True)

    # ---- isi ----

    def forms(self) -> str:
        sources = [
            (name, path.relative_to(folder).as_posix(), folder)
            for name, folder in self._years() for place, pattern in _SOURCES
            for path in listed(folder / place) if path.match(pattern)
        ]  # fmt: skip
        return render_template("isi.html", sumber=sources)

    def fill(self) -> Response:
        year, _, given = request.form.get("sumber", "").partition("|")
        folder = self.room.folder(year)
        source = inside(folder, given)
        if source is None:
            abort(404)
        token, path = self._saved()
        target = free_name(folder / HASIL, f"{path.stem} terisi", path.suffix)
        self._uploads[token] = Upload(path=path, year=year, source=source, target=target)
        return self._filling(token, dict(request.form.items()))

    def fill_again(self, token: str) -> Response:
        return self._filling(token, {key: value for key, value in request.form.items() if value})

    def _filling(self, token: str, given: Mapping[str, str]) -> Response:
        upload = self._upload(token)
        source, target = upload.source, upload.target
        if source is None or target is None:
            abort(404)

        def work(job: Job) -> Any:
            from kinerja_xl.face.page.acts import Outcome
            from kinerja_xl.face.page.looked import fill

            done = fill(upload.path, source, target, given, token)
            return Outcome(filled=done, findings=done.findings)

        return self.room.start(f"Mengisi {upload.path.name}", work, whole=True, year=upload.year, back="/isi")
