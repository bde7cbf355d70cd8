"""What last year left in arsip/ for this year's forms: its indicators, and what they reached.

Three files of the year before are asked, each of which may be missing: ``Penetapan-…`` (the plan that was in force),
``Capaian-….xlsx`` (realisasi at year end) and ``Rekap-….xlsx`` (definitions and data sources, which a plan does not
keep; the indicators themselves where no plan was locked). Only facts are taken over, no targets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from kinerja_xl.catatan import Finding
from kinerja_xl.lists.codes import Level, level
from kinerja_xl.office.folder import ARSIP, HASIL, read_bytes
from kinerja_xl.office.kantor import Office
from kinerja_xl.office.prefill import Start
from kinerja_xl.reading.own_book import RecapBack, YearValue, read_capaian, read_recap
from kinerja_xl.reckoning.plan import Plan, indicator_record
from kinerja_xl.reckoning.year import Lack
from kinerja_xl.sheets.choices import EDITABLE
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.formats import format_number, plain, round_half_up
from kinerja_xl.sheets.indikator import INDIKATOR_TABLE
from kinerja_xl.sheets.values import parse_text
from kinerja_xl.uses.plans import current_plan, plan_files
from kinerja_xl.words.text import fold
from kinerja_xl.words.units import find_satuan
from kinerja_xl.writing.output import write_whole

Record = Mapping[str, object]

_OF_ITS_YEAR = ("Target", "Rentang", "SMART")
"""Groups of the Indikator sheet that are thought over anew each year: SMART judges a target, bounds are one."""

CARRIED = tuple(c.key for c in INDIKATOR_TABLE.columns if c.group not in _OF_ITS_YEAR and c.key != "keterangan")
"""Columns of an indicator that stay the same from year to year; its baseline comes from the capaian."""

_RESULT = re.compile(r"(Rekap|Capaian)-(20\d\d)\.xlsx")
"""Results of a whole year; those of a triwulan are steps on the way there."""

PERCENT_PLACES, PLACES = 2, 4
"""Decimals of a baseline, half-up: a percentage is judged with two, a volume is kept with four."""


# ---- copying into the new year's folder ---------------------------------------------------------


def carry_results(old: Path, folder: Path, tahun: int) -> Iterator[str]:
    """Copy the recaps, capaian and locked plan of the years before ``tahun`` into arsip/; one sentence each.

    What stands in arsip/ already is left. Raises OutputError.
    """
    for source in _results(old, tahun):
        target = folder / ARSIP / source.name
        data, trouble = read_bytes(source)
        if trouble:
            yield f"Tidak disalin: {source}. {trouble.masalah}"
        elif not target.exists():
            yield f"Disalin: {write_whole(target, data).path}"
        elif target.read_bytes() != data:
            yield f"Dibiarkan: {target} sudah ada dan berbeda dengan {source}."
    for pattern, loss in _WANTED.items():
        name = pattern.format(tahun - 1)
        if not (folder / ARSIP / name).exists():
            later = f"Sesudah ada, taruh di {folder / ARSIP} lalu jalankan kinerja-xl formulir {folder}."
            yield f"Belum ada: {name} di {old}. {loss} {later}"


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


# ---- reading it again ---------------------------------------------------------------------------


def starts(folder: Path, office: Office) -> tuple[Mapping[str, Start], tuple[Finding, ...]]:
    """What each unit's form starts with, by unit, and what is to be said about files that can't be read.

    Empty without last year's files in arsip/.
    """
    before = office.tahun - 1
    locked, said = current_plan(folder, before)
    recap, recap_said = _recap(folder / ARSIP / f"Rekap-{before}.xlsx")
    values, values_said = _values(folder / ARSIP / f"Capaian-{before}.xlsx", before)
    skala = office.lists.get("skala", EDITABLE["skala"])
    rows: dict[str, list[Row]] = {}
    for record in _indicators(locked.plan if locked else None, recap):
        own = {key: record.get(key) for key in CARRIED}
        row = Row(values={**own, "baseline": _baseline(record, values, skala)})
        rows.setdefault(str(record.get("unit") or ""), []).append(row)
    drafts = _progress(values.values(), before)
    found = {
        unit.kode: Start(indicators=tuple(rows.get(unit.kode, ())), progress=drafts.get(unit.kode, {})) for unit in office.units
    }
    return found, (*said, *recap_said, *values_said)


def _recap(path: Path) -> tuple[RecapBack | None, tuple[Finding, ...]]:
    """Last year's recap; None where there is none, or where a column is gone. What a readable one says of its rows was last
    year's business."""
    if not path.exists():
        return None, ()
    data, trouble = read_bytes(path)
    found = trouble or read_recap(data, path.name)
    if isinstance(found, Finding):
        return None, (found,)
    return (None if found.broken else found), found.lost


_Key = tuple[str, str, str]


def _key(unit: object, kode: object, nama: object) -> _Key:
    return str(unit or ""), str(kode or ""), fold(str(nama or ""))


def _values(path: Path, tahun: int) -> tuple[Mapping[_Key, YearValue], tuple[Finding, ...]]:
    """Last year's figures by indicator; a file of another year under that name says nothing."""
    if not path.exists():
        return {}, ()
    data, trouble = read_bytes(path)
    found = trouble or read_capaian(data, path.name)
    if isinstance(found, Finding):
        return {}, (found,)
    return {_key(v.unit, v.kode, v.nama): v for v in found if v.tahun == tahun}, ()


def _indicators(plan: Plan | None, recap: RecapBack | None) -> list[Record]:
    """The plan's indicators with what the recap knows beside them; the recap's counted ones without a plan."""
    lines = recap.indicators if recap else ()
    if plan is None:
        return [{**line.row.values, "unit": line.unit, "kode": line.kode_sub} for line in lines if line.counted]
    known = {(x.unit, x.kode_sub, fold(str(x.row.get("level"))), fold(str(x.row.get("nama")))): x for x in lines}
    records: list[Record] = []
    for one in plan.indicators:
        line = known.get(one.identity)
        planned = {key: value for key, value in indicator_record(one).items() if value is not None}
        records.append({**(line.row.values if line else {}), **planned})
    return records


def _baseline(record: Record, values: Mapping[_Key, YearValue], skala: Iterable[str]) -> Decimal | str | None:
    """What the indicator reached; None where nobody knows or where a non-value stands."""
    value = values.get(_key(record.get("unit"), record.get("kode"), record.get("nama")))
    realised = value.realised if value else None
    if isinstance(realised, Decimal):
        return plain(round_half_up(realised, PERCENT_PLACES if record.get("tipe") == "Persentase" else PLACES))
    return next((word for word in skala if realised is not None and fold(word) == fold(realised)), None)


def _progress(values: Iterable[YearValue], tahun: int) -> dict[str, dict[str, str]]:
    """The draft for I.f of a TOR by unit and sub kegiatan: one sentence of facts about its indicators."""
    facts: dict[str, dict[str, list[str]]] = {}
    for value in values:
        if level(value.kode) is Level.SUBKEGIATAN and (fact := _fact(value)):
            facts.setdefault(value.unit, {}).setdefault(value.kode, []).append(fact)
    return {unit: {kode: _sentence(tahun, own) for kode, own in by_sub.items()} for unit, by_sub in facts.items()}


def _sentence(tahun: int, facts: list[str]) -> str:
    """As a form gives it back: compared with what stands there, it must be the same text."""
    return str(parse_text(f"Realisasi {tahun}: {'; '.join(facts)}.").value)


def _fact(value: YearValue) -> str:
    """``Jumlah Laporan 9 Laporan dari target 12 (capaian 75,00 %)``; "" without a realisasi."""
    if value.realised is None or value.realised in {str(lack) for lack in Lack}:
        return ""
    number = isinstance(value.realised, Decimal)
    unit = find_satuan(value.satuan)
    places = PERCENT_PLACES if unit and unit.kanonik == "%" else PLACES
    reached = f"{value.nama} {_shown(value.realised, places)}" + (f" {value.satuan}" if number and value.satuan else "")
    target = "" if value.target is None else f" dari target {_shown(value.target, places)}"
    percent = "" if value.percent is None else f" (capaian {format_number(value.percent, 2)} %)"
    return reached + target + percent


def _shown(value: Decimal | str, places: int) -> str:
    return format_number(plain(round_half_up(value, places))) if isinstance(value, Decimal) else value
