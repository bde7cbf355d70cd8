"""A measured year made from the real forms: ``python -m bench.kantor_terukur FOLDER N`` writes the year of N units.

Kantor.xlsx, the locked plan in arsip/ and masuk/TW1 … TW4 with a returned measuring workbook of every unit and one for the
money, each as the program hands it out and a unit fills it in. Plan and figures are those of ``bench.capaian``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from multiprocessing import Pool
from pathlib import Path

from bench.capaian import built
from kinerja_xl.office.folder import ARSIP, KANTOR_FILE, MASUK
from kinerja_xl.office.kantor import Office, Unit
from kinerja_xl.office.prefill import new_kantor
from kinerja_xl.reckoning.plan import Plan, steady
from kinerja_xl.reckoning.year import MONEY_KIND, UNIT_KIND, Quarter, Realised
from kinerja_xl.sheets.content import BookContent, Row
from kinerja_xl.sheets.kantor import KANTOR
from kinerja_xl.sheets.realisasi import DENOMINATORS, NUMERATORS, PHYSICAL, REALISED, SPENT
from kinerja_xl.sheets.texts import fold
from kinerja_xl.uses.arsip import plan_name
from kinerja_xl.uses.masuk import folder_of
from kinerja_xl.uses.realisasi import measuring_book, measuring_name, money_realisasi, unit_realisasi
from kinerja_xl.uses.year import read_office
from kinerja_xl.writing.form import kantor_book
from kinerja_xl.writing.form.penelaahan import write_plan

OFFICE, TAHUN, QUARTERS = "Kantor", 2025, (1, 2, 3, 4)
HANDED_IN = (date(2025, 4, 3), date(2025, 7, 3), date(2025, 10, 3), date(2026, 1, 3))
Values = Mapping[str, object]


def write_year(folder: Path, banyak: int) -> None:
    """The year's folder of ``banyak`` units."""
    plan, _, _ = built(banyak)
    for place in (ARSIP, *(f"{MASUK}/{folder_of(tw)}" for tw in QUARTERS)):
        (folder / place).mkdir(parents=True, exist_ok=True)
    (folder / KANTOR_FILE).write_bytes(kantor_book(_kantor(tuple(dict.fromkeys(sub.unit for sub in plan.subs)))))
    (folder / ARSIP / plan_name(TAHUN, "penetapan", 0)).write_bytes(write_plan(_locked(plan), {}))
    workers = os.cpu_count() or 1
    with Pool(workers) as pool:  # each builds plan and figures itself: sending them costs more
        pool.starmap(_write_part, [(folder, banyak, number, workers) for number in range(workers)])


def _locked(plan: Plan) -> Plan:
    return steady(replace(plan, kantor=OFFICE))


def _write_part(folder: Path, banyak: int, number: int, workers: int) -> None:
    """Every ``workers``-th unit's workbooks from the ``number``-th on; the first worker also writes the money's."""
    plan, realised, _ = built(banyak)
    plan = _locked(plan)
    office = read_office(folder / KANTOR_FILE).office
    if office is None:
        raise RuntimeError(KANTOR_FILE)
    for unit in office.units[number::workers]:
        _write_unit(folder, office, unit, *_of_unit(plan, realised, unit.kode))
    if number == 0:
        _write_money(folder, office, plan, realised)


def _write_money(folder: Path, office: Office, plan: Plan, realised: Realised) -> None:
    unit = office.units[0]
    spent = {(one.unit, one.kode_sub, one.rekening): one.quarters for one in realised.spent}
    for tw in QUARTERS:
        rows = partial(_paid, spent=spent, tw=tw)
        content = _filled(money_realisasi(office, unit, plan, tw, realised), tw, {"realisasi_uang": rows})
        _write(folder, office, unit, plan, MONEY_KIND, tw, content)


def _paid(row: Row, spent: Mapping[tuple[str, str, str], Sequence[int | None]], tw: int) -> Values:
    amount = spent[str(row.get("unit")), str(row.get("kode_sub")), str(row.get("rekening"))][tw - 1]
    return {SPENT[tw - 1]: Decimal(amount or 0)}


def _write_unit(folder: Path, office: Office, unit: Unit, plan: Plan, realised: Realised) -> None:
    """The four returned workbooks of a unit; ``plan`` and ``realised`` are its own part of them, under the whole's hash."""
    answers = {(one.identity[1], one.identity[3]): one.quarters for one in realised.indicators}
    progress = {one.kode_sub: one.quarters for one in realised.physical}
    for tw in QUARTERS:
        edits = {
            "realisasi_indikator": partial(_answered, answers=answers, tw=tw),
            "fisik": partial(_worked, progress=progress, tw=tw),
        }
        content = _filled(unit_realisasi(office, unit, plan, tw, realised), tw, edits)
        _write(folder, office, unit, plan, UNIT_KIND, tw, content)


def _answered(row: Row, answers: Mapping[tuple[str, str], Sequence[Quarter]], tw: int) -> Values:
    quarter = answers[str(row.get("kode")), fold(str(row.get("nama")))][tw - 1]
    keys = REALISED[tw - 1], NUMERATORS[tw - 1], DENOMINATORS[tw - 1]
    return dict(zip(keys, (quarter.value, quarter.numerator, quarter.denominator), strict=True))


def _worked(row: Row, progress: Mapping[str, Sequence[Decimal | None]], tw: int) -> Values:
    return {PHYSICAL[tw - 1]: progress[str(row.get("kode_sub"))][tw - 1]}


def _of_unit(plan: Plan, realised: Realised, kode: str) -> tuple[Plan, Realised]:
    indicators = tuple(one for one in plan.indicators if one.unit == kode)
    own = {one.identity for one in indicators}
    return (
        replace(plan, indicators=indicators, subs=tuple(s for s in plan.subs if s.unit == kode), lines=()),
        replace(
            realised, indicators=tuple(one for one in realised.indicators if one.identity in own), spent=(),
            physical=tuple(one for one in realised.physical if one.unit == kode),
        ),
    )  # fmt: skip


def _filled(content: BookContent, tw: int, edits: Mapping[str, Callable[[Row], Values]]) -> BookContent:
    """What a unit types in a triwulan laid over what it was handed."""
    edits = {**edits, "identitas": lambda _: {"tanggal_disampaikan": HANDED_IN[tw - 1], "penyusun": "Penyusun"}}

    def typed(key: str, row: Row) -> Row:
        return replace(row, values={**row.values, **edits[key](row)}) if key in edits else row

    sheets = (
        replace(
            one, forms={key: typed(key, row) for key, row in one.forms.items()},
            tables={key: tuple(typed(key, row) for row in rows) for key, rows in one.tables.items()},
        )
        for one in content.sheets
    )  # fmt: skip
    return replace(content, sheets=tuple(sheets))


def _kantor(units: Sequence[str]) -> BookContent:
    """A new office's lists with these units; the first keeps the money."""
    kantor = new_kantor(TAHUN)
    rows = tuple(Row(values={"kode": u, "nama": f"Seksi {u}", "atasan": "camat", "tugas": "7.01"}) for u in units)
    policies = tuple(
        replace(row, values={**row.values, "nilai": units[0]}) if row.get("kunci") == "unit_keuangan" else row
        for row in kantor.rows("kebijakan")
    )
    form = {"nama": OFFICE, "pemda": "Pemda", "tempat": "Kota", "tahun": Decimal(TAHUN), "tahap": "pengukuran",
            "batas_usulan": date(2024, 9, 13)}  # fmt: skip
    heads = tuple(
        Row(values={"jabatan_kode": u, "nama": f"Kepala {u}", "jabatan": "Kepala Seksi", "status": "Definitif",
                    "mulai": date(2023, 1, 2)})
        for u in (*units, "camat", "sekcam")
    )  # fmt: skip
    changed = {"unit": rows, "kebijakan": policies, "pejabat": heads}
    sheets = (
        replace(s, forms={key: Row(values=form) for key in s.forms}, tables={**s.tables, **_own(s.key, changed)})
        for s in kantor.sheets
    )
    return replace(kantor, sheets=tuple(sheets))


def _own(sheet: str, tables: Mapping[str, tuple[Row, ...]]) -> Mapping[str, tuple[Row, ...]]:
    """The tables that stand on a sheet of Kantor.xlsx."""
    return {block.key: tables[block.key] for block in KANTOR.sheet(sheet).blocks if block.key in tables}


def _write(folder: Path, office: Office, unit: Unit, plan: Plan, kind: str, tw: int, content: BookContent) -> None:
    target = folder / MASUK / folder_of(tw) / measuring_name(unit.kode, kind, tw)
    target.write_bytes(measuring_book(content, office, unit, plan, tw))


if __name__ == "__main__":
    write_year(Path(sys.argv[1]), int(sys.argv[2]))
