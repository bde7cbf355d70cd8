"""Beranda, a new year, the sample office, the page of a piece of work, and the signs of life of a window."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from flask import Flask, abort, jsonify, redirect, render_template, request
from werkzeug.wrappers import Response

from kinerja_xl.face import YEARS
from kinerja_xl.face.page.known import Unread, free_name
from kinerja_xl.face.page.room import MOMENT, Room
from kinerja_xl.face.page.work import Job
from kinerja_xl.office.folder import KANTOR_FILE, InputError
from kinerja_xl.office.place import there, year_folder
from kinerja_xl.uses import buka
from kinerja_xl.words import MARKS

ROWS = 15
"""Units that the form of a new year has room for, as Kantor.xlsx has."""
UNIT_KEYS = ("kode", "nama", "atasan", "tugas")
SAMPLES = {"": "Contoh", "ya": "Contoh bermasalah"}


class HomePages:
    """Pages that belong to no year."""

    def __init__(self, app: Flask, room: Room) -> None:
        self.room = room
        for rule, page, method in (
            ("/", self.home, "GET"), ("/kartu/<name>", self.card, "GET"), ("/mulai", self.new_year, "GET"),
            ("/mulai", self.start_year, "POST"), ("/contoh", self.sample, "POST"), ("/folder", self.add_folder, "POST"),
            ("/gabung", self.join, "POST"),
            ("/kerja/<name>", self.work, "GET"), ("/kerja/<name>/keadaan", self.state, "GET"),
            ("/kerja/<name>/henti", self.stop, "POST"), ("/denyut", self.pulse, "POST"), ("/tutup", self.closing, "POST"),
            ("/selesai", self.finish, "POST"),
        ):  # fmt: skip
            app.add_url_rule(rule, page.__name__ + method, page, methods=[method])

    # ---- Beranda ----

    def home(self) -> str:
        years = [{"id": name, "folder": folder} for name, folder in self.room.known.look_around()]
        notice, self.room.notice = self.room.notice, ""
        return render_template("beranda.html", tahun=years, pesan=notice)

    def card(self, name: str) -> str:
        """Where a year stands, as a piece of Beranda."""
        from kinerja_xl.face.page.reads import STANDING
        from kinerja_xl.face.page.seasons import next_button

        folder = self.room.folder(name)
        try:
            found = self.room.known.read(folder, STANDING)
        except Unread as error:
            return render_template("kartu.html", id=name, sebab=error.trouble, **self.room.about(folder))
        step = next_button(found.status, name)
        return render_template("kartu.html", id=name, s=found.status, langkah=step, sebab=None, **self.room.about(folder))

    def add_folder(self) -> Response:
        """A folder that is named by the person who sits there."""
        folder = year_folder(_named("D:\\Rencana-2026"))
        buka.remember(folder)
        return redirect(f"/tahun/{self.room.known.add(folder)}", 303)

    def join(self) -> Response:
        """The offices below a folder that is named by the person who sits there."""
        from kinerja_xl.face.page.acts import ACTS

        folder, act, form = _named("D:\\Kabupaten-2026"), ACTS["gabung"], dict(request.form.items())
        return self.room.start(act.label, lambda job: act.run(folder, form, job), year=self.room.known.add(folder))

    # ---- a new year's folder ----

    def new_year(self) -> str:
        from kinerja_xl.lists import rows

        units: list[dict[str, str]] = [dict(row) for row in rows("unit_awal")]
        years = [(name, folder) for name, folder in self.room.known.look_around()]
        return render_template(
            "mulai.html", tempat=buka.places(), lama=years, unit=units, kosong=ROWS - len(units),
            dari=request.args.get("dari", ""), tahun=request.args.get("tahun", ""),
        )  # fmt: skip

    def start_year(self) -> Response:
        form = request.form
        tahun = form.get("tahun", "").strip()
        if not tahun.isdecimal() or not YEARS[0] <= int(tahun) <= YEARS[1]:
            raise InputError("Tahun anggaran ditulis dengan empat angka, misalnya 2026.")
        base = self._place(form.get("tempat", "0"))
        folder = base / f"Rencana-{tahun}"
        old = self.room.folder(form["dari"]) if form.get("dari") else None
        keys = [[value.strip() for value in form.getlist(f"unit_{key}")] for key in UNIT_KEYS]
        rows = [dict(zip(UNIT_KEYS, row, strict=True)) for row in zip(*keys, strict=False) if row[0]]
        nama = form.get("nama", "").strip()[:200]

        def work(job: Job) -> Any:
            from kinerja_xl.face.page.acts import Outcome
            from kinerja_xl.uses.mulai import Told, start_year

            told = Told(nama=nama, units=() if old else tuple(rows))
            lines = tuple(start_year(folder, int(tahun), old, told))
            return Outcome(lines=lines, begun=self._begun(folder))

        return self.room.start(f"Menyiapkan {folder.name}", work, whole=True, back="/")

    def sample(self) -> Response:
        faulty = request.form.get("bermasalah", "")
        folder = free_name(self._place(request.form.get("tempat", "0")), SAMPLES["ya" if faulty else ""], "")

        def work(job: Job) -> Any:
            from kinerja_xl.face.page.acts import Outcome
            from kinerja_xl.uses.contoh import copy_sample

            lines = tuple(copy_sample(folder, faulty=bool(faulty)))
            return Outcome(lines=lines[:1], begun=self._begun(folder))

        return self.room.start(f"Menyalin {folder.name}", work, whole=True, back="/")

    def _place(self, number: str) -> Path:
        """One of the places that the form offered."""
        places = buka.places()
        if not number.isdecimal() or int(number) >= len(places):
            raise InputError("Pilih tempat folder dari daftarnya.")
        return places[int(number)]

    def _begun(self, folder: Path) -> str:
        """The name of a folder that was just made."""
        if there(folder / KANTOR_FILE):
            buka.remember(folder)
        return self.room.known.add(folder)

    # ---- a piece of work ----

    def _job(self, name: str) -> Job:
        job = self.room.desk.job(name)
        if job is None:
            abort(404)
        return job

    def work(self, name: str) -> str:
        job = self._job(name)
        year = job.year or getattr(job.result, "begun", "")
        folder = self.room.known.folder(year)
        return render_template(
            "kerja.html", job=job, jalan=not job.ended.is_set(), ahead=self.room.desk.ahead(job), id=year, kembali="",
            hasil=job.result, ditulis=_written(job.written, folder) if job.year else [], **self.room.about(folder),
        )  # fmt: skip

    def state(self, name: str) -> Response:
        """How far it is, for the page that waits."""
        job = self._job(name)
        ahead = self.room.desk.ahead(job)
        words = job.what or (f"menunggu selesainya: {ahead.title}" if ahead else "bersiap")
        return jsonify(selesai=job.ended.is_set(), keadaan=job.state.value, berkas=words, ke=job.done, dari=job.total)

    def stop(self, name: str) -> Response:
        job = self._job(name)
        job.stop()
        job.ended.wait(MOMENT)
        return redirect(job.back if job.ended.is_set() and not job.year else f"/kerja/{job.id}", 303)

    # ---- whether anybody is there ----

    def pulse(self) -> Response:
        return Response(status=204)

    def closing(self) -> Response:
        self.room.closed, self.room.quiet = True, 0
        return Response(status=204)

    def finish(self) -> str:
        page = render_template("selesai.html")
        self.room.close()
        return page


def _named(example: str) -> Path:
    """The folder that was typed or pasted. Raises InputError."""
    given = request.form.get("folder", "").strip().strip(MARKS)
    if not given:
        raise InputError(f"Tulis atau tempel alamat foldernya, misalnya {example}.")
    return Path(given)


SHOWN = 6
"""Files that are named after a piece of work; of more, their folder."""


def _written(paths: Iterable[Path], folder: Path | None) -> list[str]:
    """What was written, as paths inside the year's folder: the files, or the folders of many of them."""
    if folder is None:
        return []
    own = [path.resolve().relative_to(folder) for path in paths if path.resolve().is_relative_to(folder)]
    places = own if len(own) <= SHOWN else [path.parent for path in own]
    return list(dict.fromkeys(path.as_posix() for path in places))
