"""A year: its seasons with their buttons, files that are dropped, and Hasil with the catatan and the numbers."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask, abort, redirect, render_template, request
from werkzeug.wrappers import Response

from kinerja_xl.catatan import Finding, Severity, Untuk
from kinerja_xl.face.listed import by_file
from kinerja_xl.face.opening import show_file
from kinerja_xl.face.page.known import inside
from kinerja_xl.face.page.room import Room
from kinerja_xl.office.folder import HASIL, READ_SUFFIXES, InputError, is_file, is_folder
from kinerja_xl.uses import buka

if TYPE_CHECKING:
    from kinerja_xl.face.page.reads import Standing

OPENED = (*READ_SUFFIXES, ".docx", ".pdf", ".eml", ".md", ".png", ".jpg")
"""What is handed to the program that owns it: documents, never a program."""
MOST = 1500
"""Catatan that one page shows; all stand on the sheet Catatan of the recap."""
EXAMPLES = 5
"""Catatan of one code that are shown until all are asked for."""


class YearPages:
    """Pages of one year's folder."""

    def __init__(self, app: Flask, room: Room) -> None:
        self.room = room
        base = "/tahun/<name>"
        for rule, page, method in (
            (base, self.year, "GET"), (f"{base}/<season>", self.season, "GET"), (f"{base}/hasil", self.results, "GET"),
            (f"{base}/kerja/<act>", self.act, "POST"), (f"{base}/terima", self.take_in, "POST"),
            (f"{base}/buka", self.open, "POST"),
        ):  # fmt: skip
            app.add_url_rule(rule, page.__name__, page, methods=[method])

    def year(self, name: str) -> Response:
        """To the season in which the year stands."""
        from kinerja_xl.face.page.seasons import next_button

        found = self._standing(name)
        buka.remember(self.room.folder(name))
        return redirect(f"/tahun/{name}/{next_button(found.status, name).season}", 303)

    def _standing(self, name: str) -> Standing:
        from kinerja_xl.face.page.reads import STANDING

        found: Standing = self.room.known.read(self.room.folder(name), STANDING)
        return found

    def _shown(self, template: str, name: str, season: str, **more: Any) -> str:
        """A page of the year with its head and tabs."""
        from kinerja_xl.face.page.acts import ACTS
        from kinerja_xl.face.page.seasons import SEASONS, next_button

        found = self._standing(name)
        folder = self.room.folder(name)
        return render_template(
            template, id=name, musim=season, musim_musim=SEASONS, s=found.status, recap=found.recap, terkunci=found.locked,
            langkah=next_button(found.status, name), acts=ACTS, **self.room.about(folder), **more,
        )  # fmt: skip

    def season(self, name: str, season: str) -> str:
        from kinerja_xl.face.page import seasons
        from kinerja_xl.uses.arsip import REVIEW_FILE

        if season not in seasons.SEASONS:
            abort(404)
        folder = self.room.folder(name)
        if season in seasons.QUARTERS:
            return self._quarter(name, folder, season)
        if season == seasons.REVIEW:
            review = f"{HASIL}/{REVIEW_FILE}"
            return self._shown("penelaahan.html", name, season, lembar=review if inside(folder, review) else "")
        if season == seasons.LOCK:
            books = seasons.books(folder, *seasons.COMPARED)
            return self._shown("penetapan.html", name, season, sumber=seasons.lock_sources(folder), buku=books)
        return self._shown(f"{season}.html", name, season, formulir=seasons.books(folder, *seasons.OLD_FORMS))

    def _quarter(self, name: str, folder: Path, season: str) -> str:
        from kinerja_xl.face.page import seasons
        from kinerja_xl.face.page.reads import reached

        number, found = seasons.QUARTERS[season], self._standing(name)
        files = seasons.handed_in(folder, number)
        measured = self.room.known.read(folder, reached(number)) if files and found.locked else None
        rows = seasons.quarter_lines(found.status, number, measured)
        return self._shown("triwulan.html", name, season, tw=number, baris=rows, berkas=files, diukur=measured)

    # ---- what is done ----

    def act(self, name: str, act: str) -> Response:
        """A button of the year."""
        from kinerja_xl.face.page.acts import ACTS

        folder, known = self.room.folder(name), ACTS.get(act)
        if known is None:
            abort(404)
        form = {key: value[:500] for key, value in request.form.items()}
        back = form.get("kembali", "")
        back = back if back.startswith(f"/tahun/{name}/") else f"/tahun/{name}"
        return self.room.start(known.label, lambda job: known.run(folder, form, job), whole=known.whole, year=name, back=back)

    def take_in(self, name: str) -> Response:
        """Files that were dropped or chosen."""
        from kinerja_xl.face.page.acts import PLACES, take_in

        folder, place = self.room.folder(name), request.form.get("tempat", "")
        if place not in PLACES:
            abort(400)
        files = [(file.filename or "", file.read()) for file in request.files.getlist("berkas") if file.filename]
        if not files:
            raise InputError("Belum ada berkas yang dipilih.")
        back = f"/tahun/{name}/{f'tw{place}' if place.isdecimal() else 'penetapan' if place else 'usulan'}"
        return self.room.start("Menerima berkas", lambda job: take_in(folder, files, place, job), year=name, back=back)

    def open(self, name: str) -> Response:
        """Hand a document or a folder of the year to the program that owns it, and stay where one is."""
        folder, given = self.room.folder(name), request.form.get("berkas", "")
        path = inside(folder, given)
        if path is None or not (is_folder(path) or path.suffix.lower() in OPENED):
            abort(404)
        if not show_file(path):
            raise InputError(f"Tidak ada program yang dapat membuka {given}; buka sendiri dari {path.parent}.")
        return Response(status=204)

    # ---- Hasil ----

    def results(self, name: str) -> str:
        from kinerja_xl.face.page.seasons import QUARTERS

        source = request.args.get("dari", "periksa")
        if source != "periksa" and source not in QUARTERS:
            abort(404)
        measured, findings = self._said(name, source)
        levels = set(request.args.getlist("tingkat")) or {level.value for level in Severity}
        whom = request.args.get("untuk", "")
        unit = request.args.get("unit", "")
        shown = [
            f for f in findings
            if f.severity.value in levels and whom in ("", f.untuk.value) and unit in ("", f.unit)
        ]  # fmt: skip
        return self._shown(
            "hasil.html", name, "hasil", dari=source, diukur=measured, catatan=findings, triwulan=QUARTERS, Untuk=Untuk,
            tampil=by_file(shown[:MOST]), sisa=max(0, len(shown) - MOST), tingkat=levels, untuk=whom, unit=unit,
            semua=bool(request.args.get("semua")), contoh=EXAMPLES, tempat_berkas=self._places(name, source, findings),
        )  # fmt: skip

    def _said(self, name: str, source: str) -> tuple[Any, list[Finding]]:
        """The measured year where one is asked for, and what is said: nothing of it where that can't be had yet."""
        from kinerja_xl.face.page.reads import CHECKED, reached, said_of
        from kinerja_xl.face.page.seasons import QUARTERS

        folder = self.room.folder(name)
        if source not in QUARTERS:
            found: list[Finding] = self.room.known.read(folder, CHECKED)
            return None, found
        measured = self.room.known.read(folder, reached(QUARTERS[source]))
        return measured, said_of(measured)

    def _places(self, name: str, source: str, findings: list[Finding]) -> Mapping[str, str]:
        """Files of catatan → where they stand in the folder."""
        folder = self.room.folder(name)
        near = ["masuk", "", "arsip", "hasil", *(f"masuk/TW{n}" for n in range(4, 0, -1))]
        order = sorted(near, key=lambda place: not place.endswith("TW")) if source != "periksa" else near
        found = {}
        for file in dict.fromkeys(finding.file for finding in findings if finding.file):
            paths = (f"{place}/{file}".lstrip("/") for place in order)
            with suppress(InputError):  # where nobody may look there is no link, and the catatan stays
                found[file] = next((path for path in paths if is_file(folder / path)), "")
        return {file: path for file, path in found.items() if path}


