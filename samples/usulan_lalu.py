"""The sample office's usulan of 2024, worked out from this year's content: what was planned then, and at which prices.

What an indicator reached in 2024 is its baseline of 2025; its target then lies near it. Amounts are whole rupiah; each
workbook agrees with itself, so that the recap of them is as clean as this year's.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import ROUND_CEILING, Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from kinerja_xl.lists import JENIS_BELANJA
from kinerja_xl.office.folder import KANTOR_FILE, MASUK
from kinerja_xl.office.kantor import build_office
from kinerja_xl.reckoning.plan import Target
from kinerja_xl.reckoning.recap import Recap
from kinerja_xl.sheets.content import BookContent, Row
from kinerja_xl.sheets.formats import plain, round_half_up
from kinerja_xl.sheets.indikator import QUARTERS
from kinerja_xl.sheets.kantor import RENSTRA_YEARS
from kinerja_xl.sheets.rab import FACTORS, jumlah_value
from kinerja_xl.sheets.tor import COSTS
from kinerja_xl.uses.rekap import rekap
from kinerja_xl.writing.form import form_name, kantor_book, unit_book
from samples.isi import PAGU_STEP, UNITS, kantor_content, unit_content

CHEAPER = Decimal("0.95")
"""Prices of 2024 against those of 2025."""

_LEAST = Decimal("0.75")
"""No output and no budget was so much smaller in 2024 that this year's would ask for an explanation (U914, U915)."""

_YEARS = re.compile(r"\b202[4-6]\b")
_WHOLE = ("Kuantitas absolut", "Rasio")

Values = Mapping[str, object]


def chance(text: str, size: int) -> int:
    """A fixed number below ``size`` that looks accidental."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") % size


def recap_before() -> Recap:
    """The recap of 2024 from an office and six workbooks of that year, read as the program reads any."""
    contents = {kode: _unit_before(unit_content(kode)) for kode in UNITS}
    kantor = _kantor_before(kantor_content(), contents)
    office = build_office(kantor)
    with TemporaryDirectory() as place:
        folder = Path(place)
        (folder / MASUK).mkdir()
        (folder / KANTOR_FILE).write_bytes(kantor_book(kantor))
        for kode, content in contents.items():
            unit = office.unit(kode)
            assert unit is not None
            (folder / MASUK / form_name(office, unit)).write_bytes(unit_book(content, office, unit))
        return rekap(folder)


def _each(content: BookContent, change: Callable[[str, Row], Values]) -> BookContent:
    """The content with every form and row changed."""
    sheets = []
    for one in content.sheets:
        forms = {key: Row(values=change(key, row)) for key, row in one.forms.items()}
        tables = {key: tuple(Row(values=change(key, row)) for row in rows) for key, rows in one.tables.items()}
        sheets.append(replace(one, forms=forms, tables=tables))
    return replace(content, sheets=tuple(sheets))


def _before(values: Values) -> dict[str, object]:
    """Dates and years one year earlier; a regulation keeps its year."""

    def moved(key: str, value: object) -> object:
        if isinstance(value, date):
            return year_before(value)
        if isinstance(value, Decimal) and key in ("tahun", "outcome_tahun"):
            return value - 1
        if isinstance(value, str) and key != "dasar_hukum":
            return _YEARS.sub(lambda year: str(int(year[0]) - 1), value)
        return value

    return {key: moved(key, value) for key, value in values.items()}


def year_before(day: date) -> date:
    return day.replace(year=day.year - 1)


def _kantor_before(kantor: BookContent, contents: Mapping[str, BookContent]) -> BookContent:
    pagu = {(kode, sub): total for kode, content in contents.items() for sub, total in _totals(content).items()}

    def change(block: str, row: Row) -> Values:
        values = _before(row.values)
        if block == "pagu":
            total = pagu[str(row.get("unit")), str(row.get("kode_sub"))]
            return {**values, "pagu": (total / PAGU_STEP).to_integral_value(ROUND_CEILING) * PAGU_STEP}
        if block == "renstra":
            targets = [row.get("kondisi_awal"), *(row.get(f"target_{n}") for n in range(RENSTRA_YEARS - 1))]
            return {**values, **{f"target_{n}": target for n, target in enumerate(targets)}}
        return values

    return _each(kantor, change)


def _unit_before(now: BookContent) -> BookContent:
    """A unit's workbook of 2024: cheaper, with the outputs of that year, and in agreement with itself."""
    indicators = {_identity(row): _indicator_before(row) for row in now.rows("indikator")}
    scale = {
        str(row.get("kode")): decimal_of(indicators[_identity(row)]["target"]) / max(decimal_of(row.get("target")), Decimal(1))
        for row in now.rows("indikator")
        if row.get("level") == "Output"
    }

    def first(block: str, row: Row) -> Values:
        if block == "indikator":
            return indicators[_identity(row)]
        return _line_before(row, scale[str(row.get("kode_sub"))]) if block == "rab" else _before(row.values)

    content = _each(now, first)
    totals, costs, outputs = _totals(content), _costs(content), _outputs(content)

    def second(block: str, row: Row) -> Values:
        if block == "tor":
            sub = str(row.get("kode_sub"))
            shown = {field: costs[sub].get(JENIS_BELANJA[jenis]) for jenis, field in COSTS.items()}
            return {**row.values, **shown, "output_target": outputs[str(row.get("output"))]}
        if block == "pk_kinerja":
            return {**row.values, "target": outputs[str(row.get("indikator"))]}
        if block == "pk_anggaran":
            return {**row.values, "anggaran": totals[str(row.get("kode"))]}
        return row.values

    return _each(content, second)


def _identity(row: Row) -> tuple[object, object, object]:
    return row.get("kode"), row.get("level"), row.get("nama")


def decimal_of(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)


def _line_before(row: Row, scale: Decimal) -> Values:
    """A RAB row of 2024: the largest factor follows the year's output, the price is lower."""
    values = _before(row.values)
    key = max(FACTORS, key=lambda factor: decimal_of(row.get(factor)))
    factor = decimal_of(row.get(key))
    if scale < 1 and factor > 1:
        values[key] = (factor * max(scale, _LEAST)).to_integral_value(ROUND_CEILING)
    old = decimal_of(row.get("harga_satuan"))
    price = _price(old)
    values["harga_satuan"] = price
    if ppn := row.get("ppn"):
        values["ppn"] = round_half_up(decimal_of(ppn) * price / old, 0)
    amount = jumlah_value(values)
    if row.get("prakiraan_maju") is not None and amount is not None:
        values["prakiraan_maju"] = round_half_up(amount / CHEAPER, 0)
    return values


def _price(price: Decimal) -> Decimal:
    """A price of 2024: in full five hundreds, small ones in full tens."""
    step = Decimal(500) if price >= 10_000 else Decimal(10)
    return max(round_half_up(price * CHEAPER / step, 0) * step, Decimal(1))


def _totals(content: BookContent) -> dict[str, Decimal]:
    return {sub: sum(parts.values(), Decimal(0)) for sub, parts in _costs(content).items()}


def _costs(content: BookContent) -> dict[str, dict[str, Decimal]]:
    """Rupiah by sub kegiatan and name of the jenis belanja."""
    sums: dict[str, dict[str, Decimal]] = {}
    for row in content.rows("rab"):
        own = sums.setdefault(str(row.get("kode_sub")), {})
        jenis = str(row.get("jenis_belanja"))
        own[jenis] = own.get(jenis, Decimal(0)) + decimal_of(jumlah_value(row.values))
    return sums


def _outputs(content: BookContent) -> dict[str, object]:
    return {str(row.get("nama")): row.get("target") for row in content.rows("indikator")}


# ---- indicators ----------------------------------------------------------------------------------


def _indicator_before(row: Row) -> Values:
    """An indicator of 2024: its target lies between what was reached and this year's, its quarters keep their pattern."""
    reached, wanted, tipe = row.get("baseline"), row.get("target"), str(row.get("tipe"))
    if not isinstance(reached, Decimal):
        target: Target = str(reached)
    elif row.get("arah") == "Rentang":
        target = decimal_of(wanted)
    else:
        target = goal(str(row.get("nama")), reached, decimal_of(wanted), tipe)
        if row.get("level") == "Output":
            target = max(target, decimal_of(wanted) * _LEAST).to_integral_value(ROUND_CEILING)
    values = {**_before(row.values), "target": target, "baseline": _before_that(row)}
    return {**values, **dict(zip(QUARTERS, _targets(row, target), strict=True))}


def goal(name: str, reached: Decimal, following: Decimal, tipe: str) -> Decimal:
    """A target of the year in which ``reached`` was reached: met, missed by half of what followed, or just passed."""
    half = (following - reached) / 2
    step = (Decimal(0), half, half, Decimal(0), -half / 4)[chance(name, 5)]
    return _exact(reached + step, tipe) if step else reached


def _before_that(row: Row) -> Target:
    """What was reached in 2023: as far below 2024 as this year's target lies above it; a scale had the same step."""
    reached = row.get("baseline")
    if not isinstance(reached, Decimal):
        return str(reached)
    step = decimal_of(row.get("target")) - reached
    return max(_exact(reached - (0 if row.get("arah") == "Rentang" else step), str(row.get("tipe"))), Decimal(0))


def _exact(value: Decimal, tipe: str) -> Decimal:
    """As exact as such figures are given: counts whole, others with one decimal."""
    return plain(round_half_up(value, 0 if tipe in _WHOLE or value == int(value) else 1))


def _targets(row: Row, target: Target) -> tuple[Target, ...]:
    """Targets of the quarters: those that add up as this year's do, of the others each the year's."""
    now = [row.get(key) for key in QUARTERS]
    if not isinstance(target, Decimal) or row.get("akumulasi") != "Jumlah":
        return tuple(None if quarter is None else target for quarter in now)
    return split(target, [decimal_of(quarter) for quarter in now])


def split(amount: Decimal, pattern: list[Decimal]) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    """Whole parts of ``amount`` like ``pattern``; all in the last quarter without one."""
    total = sum(pattern)
    upto = [round_half_up(amount * sum(pattern[: n + 1]) / total, 0) if total else Decimal(0) for n in range(3)]
    first, second, third = upto
    return first, second - first, third - second, amount - third
