"""``mulai``: start a year's folder, with what the year before left. Nothing is ever overwritten."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kinerja_xl.office.folder import ARSIP, FORMULIR, HASIL, KANTOR_FILE, MASUK, PADANAN_FILE, InputError, read_bytes
from kinerja_xl.office.kantor import build_office
from kinerja_xl.office.prefill import new_kantor, next_kantor
from kinerja_xl.reckoning.capaian import renja
from kinerja_xl.reckoning.capaian.janji import TABLE as JANJI
from kinerja_xl.reckoning.capaian.janji import promised
from kinerja_xl.reckoning.recap.standing import Standing
from kinerja_xl.sheets.content import BookContent
from kinerja_xl.uses.arsip import KANTOR_LAMA, USULAN_LAMA, plan_files
from kinerja_xl.uses.capaian import measured
from kinerja_xl.uses.formulir import write_all
from kinerja_xl.uses.year import Year, kantor_content
from kinerja_xl.writing.form import kantor_book
from kinerja_xl.writing.output import make_folder, put, write_whole


def start_year(folder: Path, tahun: int, old: Path | None = None) -> Iterator[str]:
    """Make a year's folder; yields what was done, one Indonesian sentence each. Raises InputError, OutputError."""
    if folder.is_file():
        raise InputError(f"{folder} adalah berkas, bukan folder; sebut nama folder yang akan dibuat.")
    target = folder / KANTOR_FILE
    if target.exists():
        raise InputError(f"{target} sudah ada dan tidak ditimpa. Pakailah folder lain, atau perintah formulir.")
    content = _next(old, tahun) if old else new_kantor(tahun)
    for name in (FORMULIR, MASUK, HASIL, ARSIP):
        make_folder(folder / name)
    write_whole(target, kantor_book(content))
    yield f"Ditulis: {target}"
    if old:
        yield from _carry_companions(old, folder, content)
        yield from carry_results(old, folder, tahun)
    yield from write_all(folder, build_office(content))
    yield (
        f"Lengkapi {KANTOR_FILE} (nama kantor, pejabat, batas waktu, pagu), "
        f"lalu jalankan kinerja-xl formulir {folder} agar formulir mengikutinya."
    )


def _next(old: Path, tahun: int) -> BookContent:
    """Last year's Kantor.xlsx for this year, with what the year reached and what its TORs promised for later ones."""
    content, year = next_kantor(kantor_content(old), tahun), Year(old)
    try:
        if year.office.tahun != tahun - 1:
            return content
        kept = {JANJI: (*content.rows(JANJI), *promised(year.placed[0], year.office, content.rows(JANJI)))}
        if year.locked:
            kept[renja.TABLE] = renja.carried(content.rows(renja.TABLE), measured(year))
    except InputError:
        return content  # the sentence about what is missing there is said where the results are carried
    sheets = (replace(s, tables={key: kept.get(key, rows) for key, rows in s.tables.items()}) for s in content.sheets)
    return replace(content, sheets=tuple(sheets))


def _carry_companions(old: Path, folder: Path, content: BookContent) -> Iterator[str]:
    """Copy what stands beside Kantor.xlsx and belongs to it: the logo that it names, and the padanan of foreign layouts."""
    form = content.form("kantor")
    for name in (str((form.get("logo") if form else None) or ""), PADANAN_FILE):
        source, target = old / name, folder / name
        # A logo that stands elsewhere is no companion: its path would lead out of the folder.
        if name and Path(name).name == name and source.is_file() and not target.exists():
            data, trouble = read_bytes(source)
            yield f"Tidak disalin: {source}. {trouble.masalah}" if trouble else f"Disalin: {write_whole(target, data).path}"


# ---- what the years before reached ----

_RESULT = re.compile(r"(Rekap|Capaian)-(20\d\d)\.xlsx")
"""Results of a whole year; those of a triwulan are steps on the way there."""


def carry_results(old: Path, folder: Path, tahun: int) -> Iterator[str]:
    """Copy the recaps, capaian and locked plan of the years before ``tahun`` into arsip/; one sentence each.

    What stands in arsip/ already is left. Raises OutputError.
    """
    for source, name in [*((path, path.name) for path in _results(old, tahun)), *_left(old, tahun)]:
        target = folder / ARSIP / name
        data, trouble = read_bytes(source)
        if trouble:
            yield f"Tidak disalin: {source}. {trouble.masalah}"
        elif not target.exists():
            yield f"Disalin: {put(target, data).path}"
        elif target.read_bytes() != data:
            yield f"Dibiarkan: {target} sudah ada dan berbeda dengan {source}."
    for pattern, loss in _WANTED.items():
        name = pattern.format(tahun - 1)
        if not (folder / ARSIP / name).exists():
            later = f"Sesudah ada, taruh di {folder / ARSIP} lalu jalankan kinerja-xl formulir {folder}."
            yield f"Belum ada: {name} di {old}. {loss} {later}"


def _left(old: Path, tahun: int) -> Iterator[tuple[Path, str]]:
    """Kantor.xlsx of the year before, and each unit's usulan that counted there, or came too late to: with the name by which
    next year's forms find them."""
    year = Year(old)
    try:
        before, placed = year.office.tahun, year.placed[0]
    except InputError:
        return
    if before != tahun - 1:
        return
    yield old / KANTOR_FILE, KANTOR_LAMA.format(before)
    paths = {path.name: path for path in year.incoming[0]}
    own = {standing: {p.unit: p.submission.file for p in placed if p.standing is standing and p.submission.version}
           for standing in (Standing.TERLAMBAT, Standing.DIHITUNG)}  # fmt: skip
    for unit, file in sorted((own[Standing.TERLAMBAT] | own[Standing.DIHITUNG]).items()):
        yield paths[file], USULAN_LAMA.format(unit, before)


_WANTED = {
    "Rekap-{}.xlsx": "RAB belum dapat dibandingkan dengan tahun lalu.",
    "Capaian-{}.xlsx": "Realisasi Tahun Lalu pada formulir dibiarkan kosong.",
    "Penetapan-{}.xlsx": "Indikator formulir hanya diambil dari rekap tahun lalu, bila ada.",
}
"""Last year's files and what their lack means."""


def _results(old: Path, tahun: int) -> list[Path]:
    """The files to carry over, each name once: hasil/ is newer than what an earlier year left in arsip/."""
    found: dict[str, Path] = {}
    for place in (old / HASIL, old / ARSIP):
        for path in sorted(place.iterdir()) if place.is_dir() else []:
            named = _RESULT.fullmatch(path.name)
            if named and int(named[2]) < tahun and path.is_file():
                found.setdefault(path.name, path)
    return [*found.values(), *plan_files(old, tahun - 1)]
