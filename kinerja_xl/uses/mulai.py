"""``mulai``: start a year's folder, with what the year before left. Nothing is ever overwritten."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kinerja_xl.catatan import Finding
from kinerja_xl.office.folder import (
    ARSIP,
    FORMULIR,
    HASIL,
    KANTOR_FILE,
    MASUK,
    PADANAN_FILE,
    UNOPENED,
    InputError,
    Refused,
    is_file,
    listed,
    name_part,
    read_bytes,
    read_listed,
    there,
)
from kinerja_xl.office.kantor import build_office
from kinerja_xl.office.place import typed
from kinerja_xl.office.prefill import as_rows, new_kantor, next_kantor
from kinerja_xl.reckoning.capaian import renja
from kinerja_xl.reckoning.capaian.janji import TABLE as JANJI
from kinerja_xl.reckoning.capaian.janji import kept as reported
from kinerja_xl.reckoning.capaian.janji import promised
from kinerja_xl.reckoning.recap.standing import Standing
from kinerja_xl.sheets.content import BookContent, Row, SheetContent
from kinerja_xl.sheets.kantor import KANTOR_FORM, UNIT_TABLE
from kinerja_xl.sheets.model import Record
from kinerja_xl.uses.arsip import KANTOR_LAMA, USULAN_LAMA, plan_files
from kinerja_xl.uses.capaian import measured
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
        raise InputError(f"{folder} adalah berkas, bukan folder; sebutkan nama folder yang akan dibuat.")
    content = _next(old, tahun) if old else new_kantor(tahun)
    content = _with_told(content, told) if told else content
    with turn(folder, "mulai"):
        yield from _start(folder, content, tahun, Year(old) if old else None)
    yield (
        f"Lengkapi {KANTOR_FILE} (nama kantor, pejabat, batas waktu, pagu), "
        f"lalu perbarui formulirnya: kinerja-xl formulir {typed(folder)}"
    )


def _next(old: Path, tahun: int) -> BookContent:
    """Last year's Kantor.xlsx for this year, with what the year reached and what its TORs promised for later ones."""
    content, year = next_kantor(kantor_content(old), tahun), Year(old)
    try:
        if year.office.tahun != tahun - 1:
            return content
        kept = {JANJI: (*content.rows(JANJI), *promised(year.placed[0], year.office, content.rows(JANJI)))}
        said = [*year.incoming[1], *(f for one in year.submissions for f in one.findings), *year.said_of_plans]
        if year.locked:
            kept[renja.TABLE] = renja.carried(content.rows(renja.TABLE), reached := measured(year))
            kept[JANJI] = tuple(reported(kept[JANJI], reached.realised.promises))
            said += reached.realised.findings
    except Refused:
        raise
    except InputError:
        return content  # the sentence about what is missing there is said where the results are carried
    if unopened := tuple(f for f in said if f.code == UNOPENED):  # written without them it would lack them for good
        raise InputError(f"{KANTOR_FILE} {tahun} belum ditulis: tidak semua berkas {old} dapat dibuka.", unopened)
    sheets = (replace(s, tables={key: kept.get(key, rows) for key, rows in s.tables.items()}) for s in content.sheets)
    return replace(content, sheets=tuple(sheets))


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


def _start(folder: Path, content: BookContent, tahun: int, old: Year | None) -> Iterator[str]:
    target, data, office = folder / KANTOR_FILE, kantor_book(content), build_office(content)
    forms = [folder / FORMULIR / form_name(office, unit) for unit in office.units]
    begun = there(target)
    if begun and (read_bytes(target)[0] != data or not (_missing(forms) or (old and _left_out(old, folder, content, tahun)))):
        raise InputError(f"{target} sudah ada dan tidak ditimpa. Pakailah folder lain, atau perintah formulir.")
    for name in (FORMULIR, MASUK, HASIL, ARSIP):
        make_folder(folder / name)
    if old:
        yield from carry_over(old, folder, content, tahun)
    yield from write_all(folder, office)
    yield f"Ditulis: {target if begun else save(target, data).path}"


def _missing(paths: Iterable[Path]) -> list[Path]:
    return [path for path in paths if not there(path)]


def _left_out(old: Year, folder: Path, content: BookContent, tahun: int) -> list[Path]:
    """What an earlier run could not copy, and what it should have."""
    return _missing(folder / place for _, place in _to_carry(old, content, tahun))


# ---- what the years before left ----

_RESULT = re.compile(r"(Rekap|Capaian)-(20\d\d)\.xlsx")
"""Results of a whole year; those of a triwulan are steps on the way there."""


def carry_over(old: Year, folder: Path, content: BookContent, tahun: int) -> Iterator[str]:
    """Copy what belongs beside Kantor.xlsx, and the recaps, capaian and locked plan of the years before ``tahun`` into arsip/;
    one sentence each. What stands there already is left. Raises InputError and OutputError.
    """
    for source, place in _to_carry(old, content, tahun):
        target = folder / place
        data, trouble = read_listed(source)
        if trouble:
            yield f"Tidak disalin: {source}. {trouble.masalah}"
        elif not there(target):
            yield f"Disalin: {save(target, data).path}"
        elif place.parent == Path(ARSIP) and read_listed(target)[0] != data:
            yield f"Dibiarkan: {target} sudah ada dan berbeda dengan {source}."
    for finding in _unopened(old):
        yield f"Tidak disalin: {old.folder / MASUK / finding.file}. {finding.masalah}"
    for pattern, loss in _WANTED.items():
        name = pattern.format(tahun - 1)
        if not there(folder / ARSIP / name):
            later = f"Sesudah ada, taruh di {folder / ARSIP} lalu jalankan kinerja-xl formulir {typed(folder)}."
            yield f"Belum ada: {name} di {old.folder}. {loss} {later}"


def _to_carry(old: Year, content: BookContent, tahun: int) -> list[tuple[Path, Path]]:
    """Every file to copy, with its place in the new folder: the logo that Kantor.xlsx names, the padanan of foreign layouts, and
    for arsip/ what was reached."""
    form = content.form("kantor")
    logo = str((form.get("logo") if form else None) or "")
    # A logo that stands elsewhere is no companion: its path would lead out of the folder.
    names = [name for name in (logo, PADANAN_FILE) if name and Path(name).name == name]
    beside = [path for path in map(old.folder.joinpath, names) if is_file(path)]
    reached = [*((path, path.name) for path in _results(old.folder, tahun)), *_left(old, tahun)]
    return [*((path, Path(path.name)) for path in beside), *((path, Path(ARSIP, name)) for path, name in reached)]


def _left(year: Year, tahun: int) -> Iterator[tuple[Path, str]]:
    """Kantor.xlsx of the year before, and each unit's usulan that counted there, or came too late to: with the name by which
    next year's forms find them."""
    try:
        before, placed = year.office.tahun, year.placed[0]
    except Refused:
        raise
    except InputError:
        return
    if before != tahun - 1:
        return
    yield year.folder / KANTOR_FILE, KANTOR_LAMA.format(before)
    paths = {path.name: path for path in year.incoming[0]}
    own = {standing: {p.unit: p.submission.file for p in placed if p.standing is standing and p.submission.version}
           for standing in (Standing.TERLAMBAT, Standing.DIHITUNG)}  # fmt: skip
    for unit, file in sorted((own[Standing.TERLAMBAT] | own[Standing.DIHITUNG]).items()):
        yield paths[file], USULAN_LAMA.format(name_part(unit), before)


def _unopened(old: Year) -> Iterator[Finding]:
    """Why usulan of the year before can't be opened: nobody knows whose they are."""
    try:
        yield from (f for one in old.submissions for f in one.findings if f.code == UNOPENED)
    except InputError:
        return


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
