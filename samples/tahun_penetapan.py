"""The sample office's review, its locked plan, and the plan as changed in July: made by the same functions that staff use.

What the meeting changed stands in ``isi/penetapan.toml``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kinerja_xl.office.folder import ARSIP
from kinerja_xl.office.kantor import Office
from kinerja_xl.reckoning.plan import Plan
from kinerja_xl.reckoning.plan.agreed import content_of_dpa
from kinerja_xl.reckoning.plan.review import review_of
from kinerja_xl.reckoning.recap import Recap
from kinerja_xl.sheets.content import BookContent, Row, SheetContent
from kinerja_xl.sheets.penetapan import MONTH_KEYS
from kinerja_xl.uses.kunci import lock
from kinerja_xl.uses.rekap import rekap
from kinerja_xl.writing.form.penelaahan import write_dpa, write_review
from samples.isi.baca import read_toml

REVIEW = f"{ARSIP}/Lembar-Penelaahan-2025.xlsx"
DPA_FILE = f"{ARSIP}/DPA-Perubahan-2025.xlsx"
CHANGED_ON = date(2025, 7, 21)

Key = tuple[str, str]
Values = dict[str, object]


def build_locked(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of arsip/ by their path in the year's folder, from the office's Kantor.xlsx and masuk/."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        for name, data in files.items():
            _put(folder, name, data)
        recap = rekap(folder)
        content = filled_review(recap)
        _put(folder, REVIEW, write_review(content, recap.office))
        first = lock(folder, str(folder / REVIEW))
        assert first.plan is not None, first.findings
        _put(folder, DPA_FILE, write_dpa(dpa_content(first.plan, recap.office), recap.office, first.plan.dated))
        changed = lock(folder, str(folder / DPA_FILE), tahap="perubahan", tanggal=CHANGED_ON, dasar="DPPA 2025")
        assert changed.plan is not None, changed.findings
        return {f"{ARSIP}/{path.name}": path.read_bytes() for path in sorted((folder / ARSIP).iterdir())}


def _put(folder: Path, name: str, data: bytes) -> None:
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def filled_review(recap: Recap) -> BookContent:
    """The review of the recap as the meeting filled it in."""
    said = read_toml("penetapan.toml")
    cuts: Mapping[Key, Mapping[str, Any]] = {(one["unit"], one["kode"]): one for one in said["sub"]}
    targets: Mapping[Key, Mapping[str, Any]] = {(one["unit"], one["kode"]): one for one in said["target"]}
    blank = review_of(recap)
    accounts = {id(row): _account(row, cuts) for row in blank.rows("telaah_rekening")}
    agreed: dict[Key, Decimal] = {}
    for values in accounts.values():
        key = str(values["unit"]), str(values["kode_sub"])
        amount = values["disepakati"]
        assert isinstance(amount, Decimal)
        agreed[key] = agreed.get(key, Decimal(0)) + amount
    agreed |= {key: Decimal(0) for key, one in cuts.items() if one.get("ditolak")}
    edits: Mapping[str, Callable[[Row], Values]] = {
        "telaah_sub": lambda row: _sub(row, cuts, agreed),
        "telaah_rekening": lambda row: accounts[id(row)],
        "telaah_indikator": lambda row: _target(row, targets),
        "telaah_kas": lambda row: _kas(row, agreed, recap.office),
    }
    return replace(blank, sheets=tuple(_edited(sheet, edits, said["telaah"]) for sheet in blank.sheets))


def _edited(sheet: SheetContent, edits: Mapping[str, Callable[[Row], Values]], form: Values) -> SheetContent:
    forms = {key: Row(values={**row.values, **form}) for key, row in sheet.forms.items()}
    tables = {key: tuple(Row(values=edits[key](row)) for row in rows) for key, rows in sheet.tables.items()}
    return replace(sheet, forms=forms, tables=tables)


def _key(row: Row, code: str) -> Key:
    return str(row.get("unit")), str(row.get(code))


def _account(row: Row, cuts: Mapping[Key, Mapping[str, Any]]) -> Values:
    changed = cuts.get(_key(row, "kode_sub"), {}).get("rekening", {})
    amount = changed.get(row.get("kode_rekening"))
    return {**row.values, "disepakati": row.get("diusulkan") if amount is None else Decimal(amount)}


def _sub(row: Row, cuts: Mapping[Key, Mapping[str, Any]], agreed: Mapping[Key, Decimal]) -> Values:
    key = _key(row, "kode")
    words = {name: text for name, text in cuts.get(key, {}).items() if name in ("tanggapan", "alasan")}
    return {**row.values, **words, "disepakati": agreed[key]}


def _target(row: Row, targets: Mapping[Key, Mapping[str, Any]]) -> Values:
    change = targets.get(_key(row, "kode")) if row.get("level") == "Output" else None
    if change is None:
        return dict(row.values)
    values = {name: Decimal(value) for name, value in change["nilai"].items()}
    return {**row.values, **values, "alasan": change["alasan"]}


def _kas(row: Row, agreed: Mapping[Key, Decimal], office: Office) -> Values:
    key = _key(row, "kode_sub")
    assert office.unit(key[0])
    return {**row.values, **(_months(key[1], int(agreed[key])) if agreed[key] else {})}


def _months(kode: str, total: int) -> Values:
    """The cash plan of a sub kegiatan: salaries in fourteen parts, the rest as work goes."""
    shares = read_toml("penetapan.toml")["kas"]["pegawai" if kode == "7.01.01.2.02.0001" else "lain"]
    months = [total * share // 100_000 * 1000 for share in shares]
    months[-1] += total - sum(months)
    return dict(zip(MONTH_KEYS, map(Decimal, months), strict=True))


def dpa_content(plan: Plan, office: Office) -> BookContent:
    """The changed DPA in our own layout: every account, the cash plan on the first row of each sub kegiatan."""
    changes = {(one["unit"], one["kode"]): one for one in read_toml("penetapan.toml")["dpa"]}
    totals: dict[Key, int] = {}
    rows: list[tuple[Key, Values]] = []
    blank = content_of_dpa(plan, office.accounts)
    for row in blank.rows("dpa"):
        key, agreed = _key(row, "kode_sub"), row.get("anggaran")
        assert isinstance(agreed, Decimal)
        amount = changes.get(key, {}).get("rekening", {}).get(row.get("kode_rekening"), int(agreed))
        totals[key] = totals.get(key, 0) + amount
        rows.append((key, {**row.values, "anggaran": Decimal(amount)}))
    for key, total in totals.items():
        first = next(values for own, values in rows if own == key)
        first |= {"alasan": changes.get(key, {}).get("alasan") or None, **_months(key[1], total)}
    table = {"dpa": tuple(Row(values=values) for _, values in rows)}
    return replace(blank, sheets=tuple(replace(sheet, tables=table) for sheet in blank.sheets))
