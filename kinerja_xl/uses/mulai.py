"""``mulai``: start a year's folder, with what the year before left. Nothing is ever overwritten."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kinerja_xl.office.folder import (
    ARSIP,
    FORMULIR,
    HASIL,
    KANTOR_FILE,
    MASUK,
    PADANAN_FILE,
    InputError,
    is_file,
    listed,
    read_bytes,
    read_listed,
    there,
)
from kinerja_xl.office.kantor import build_office
from kinerja_xl.office.prefill import as_rows, new_kantor, next_kantor
from kinerja_xl.reckoning.recap.standing import Standing
from kinerja_xl.sheets.content import BookContent, Row, SheetContent
from kinerja_xl.sheets.kantor import KANTOR_FORM, UNIT_TABLE
from kinerja_xl.sheets.model import Record
from kinerja_xl.uses.arsip import KANTOR_LAMA, USULAN_LAMA, plan_files
from kinerja_xl.uses.formulir import write_all
from kinerja_xl.uses.year import Year, kantor_content
from kinerja_xl.writing.form import form_name, kantor_book
from kinerja_xl.writing.output import make_folder, save
from kinerja_xl.writing.turn import turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is known of the office before its Kantor.xlsx is written: its name, and the rows of its units by column key."""

    nama: str = ""
    units: tuple[Record, ...] = ()


def start_year(folder: Path, tahun: int, old: Path | None = None, told: Told | None = None) -> Iterator[str]:
    """Make a year's folder; yields what was done, one Indonesian sentence each. Raises InputError, OutputError.

    Kantor.xlsx comes last: a folder without it is not begun, and a run that was stopped is taken up by the same command.
    ``told`` stands in it.
    """
    if is_file(folder):
        raise InputError(f"{folder} adalah berkas, bukan folder; sebut nama folder yang akan dibuat.")
    content = next_kantor(kantor_content(old), tahun) if old else new_kantor(tahun)
    content = _with_told(content, told) if told else content
    with turn(folder, "mulai"):
        yield from _start(folder, content, tahun, old)
    yield (
        f"Lengkapi {KANTOR_FILE} (nama kantor, pejabat, batas waktu, pagu), "
        f"lalu jalankan kinerja-xl formulir {folder} agar formulir mengikutinya."
    )


_CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,29}")
"""A unit's code becomes part of file names."""


def _with_told(content: BookContent, told: Told) -> BookContent:
    """Kantor.xlsx with the office's name and units as told. Raises InputError for a code that can't name a file."""
    codes = [str(row.get("kode") or "") for row in told.units]
    for code in codes:
        if not _CODE.fullmatch(code) or codes.count(code) > 1:
            words = "Kode unit ditulis dengan huruf kecil, angka, atau tanda hubung, tanpa spasi, dan tidak boleh sama"
            raise InputError(f'{words} (tertulis "{code}").')
    form = content.form(KANTOR_FORM.key) or Row(values={})
    new_form = replace(form, values={**form.values, "nama": told.nama}) if told.nama else form
    return replace(content, sheets=tuple(_told_sheet(sheet, new_form, told.units) for sheet in content.sheets))


def _told_sheet(sheet: SheetContent, form: Row, units: Sequence[Record]) -> SheetContent:
    forms = {key: form if key == KANTOR_FORM.key else row for key, row in sheet.forms.items()}
    own = {UNIT_TABLE.key: as_rows(units)} if units and UNIT_TABLE.key in sheet.tables else {}
    return replace(sheet, forms=forms, tables={**sheet.tables, **own})


def _start(folder: Path, content: BookContent, tahun: int, old: Path | None) -> Iterator[str]:
    target, data, office = folder / KANTOR_FILE, kantor_book(content), build_office(content)
    forms = [folder / FORMULIR / form_name(office, unit) for unit in office.units]
    if there(target) and (read_bytes(target)[0] != data or all(map(there, forms))):
        raise InputError(f"{target} sudah ada dan tidak ditimpa. Pakailah folder lain, atau perintah formulir.")
    for name in (FORMULIR, MASUK, HASIL, ARSIP):
        make_folder(folder / name)
    if old:
        yield from _carry_companions(old, folder, content)
        yield from carry_results(old, folder, tahun)
    yield from write_all(folder, office)
    yield f"Ditulis: {save(target, data).path}"


def _carry_companions(old: Path, folder: Path, content: BookContent) -> Iterator[str]:
    """Copy what stands beside Kantor.xlsx and belongs to it: the logo that it names, and the padanan of foreign layouts."""
    form = content.form("kantor")
    for name in (str((form.get("logo") if form else None) or ""), PADANAN_FILE):
        source, target = old / name, folder / name
        # A logo that stands elsewhere is no companion: its path would lead out of the folder.
        if name and Path(name).name == name and is_file(source) and not there(target):
            data, trouble = read_listed(source)
            yield f"Tidak disalin: {source}. {trouble.masalah}" if trouble else f"Disalin: {save(target, data).path}"


# ---- what the years before reached ----

_RESULT = re.compile(r"(Rekap|Capaian)-(20\d\d)\.xlsx")
"""Results of a whole year; those of a triwulan are steps on the way there."""


def carry_results(old: Path, folder: Path, tahun: int) -> Iterator[str]:
    """Copy the recaps, capaian and locked plan of the years before ``tahun`` into arsip/; one sentence each.

    What stands in arsip/ already is left. Raises OutputError.
    """
    for source, name in [*((path, path.name) for path in _results(old, tahun)), *_left(old, tahun)]:
        target = folder / ARSIP / name
        data, trouble = read_listed(source)
        if trouble:
            yield f"Tidak disalin: {source}. {trouble.masalah}"
        elif not there(target):
            yield f"Disalin: {save(target, data).path}"
        elif read_listed(target)[0] != data:
            yield f"Dibiarkan: {target} sudah ada dan berbeda dengan {source}."
    for pattern, loss in _WANTED.items():
        name = pattern.format(tahun - 1)
        if not there(folder / ARSIP / name):
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
        for path in listed(place):
            named = _RESULT.fullmatch(path.name)
            if named and int(named[2]) < tahun and is_file(path):
                found.setdefault(path.name, path)
    return [*found.values(), *plan_files(old, tahun - 1)]
