"""Ten honest ways of the second invented office: other codes, units and words. Nothing above an info is said of any."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from kinerja_xl.catatan import Severity
from kinerja_xl.sheets.content import BookContent
from kinerja_xl.uses.rekap import rekap
from tests import test_kantor_kedua as kedua
from tests.kantor_uji import D, edit, kantor_bytes, unit_bytes, without

Units = dict[str, BookContent]
Change = Callable[[Units], Units]


@cache
def kantor() -> BookContent:
    """The office with every unit in time."""
    found = kedua.kantor(0)
    for index, row in enumerate(found.rows("penerimaan")):
        found = edit(found, "penerimaan", index, **row.values | {"tanggal": date(2025, 9, 10)})
    return found


@cache
def proposal(kode: str) -> BookContent:
    """What a unit asks for, without the row whose price nobody knows."""
    content = kedua.proposal(kode)
    unknown = [n for n, row in enumerate(content.rows("rab")) if row.get("harga_satuan") is None]
    return without(content, "rab", *unknown) if unknown else content


def _edited(units: Units, kode: str, table: str, index: int = 0, /, **values: object) -> Units:
    return {**units, kode: edit(units[kode], table, index, **values)}


def _turned(content: BookContent, table: str) -> BookContent:
    sheets = (replace(s, tables={k: v[::-1] if k == table else v for k, v in s.tables.items()}) for s in content.sheets)
    return replace(content, sheets=tuple(sheets))


def as_it_is(units: Units) -> Units:
    return units


def other_order(units: Units) -> Units:
    return {kode: _turned(_turned(content, "rab"), "indikator") for kode, content in units.items()}


def no_draft_of_the_pk(units: Units) -> Units:
    return {kode: without(without(content, "pk_kinerja"), "pk_anggaran") for kode, content in units.items()}


def titles_and_capitals(units: Units) -> Units:
    name = units[kedua.TU].form("identitas").text("kepala_nama")  # type: ignore[union-attr]
    units = _edited(units, kedua.TU, "identitas", kepala_nama=f"Hj. {name.upper()}, S.Sos.")
    return _edited(units, kedua.TU, "tor", penanda_tangan=f"{name}, S.Sos.")


def later_in_the_year_before(units: Units) -> Units:
    return _edited(units, kedua.EKBANG, "tor", tanggal=date(2025, 12, 31))


def marks_where_nothing_is_asked(units: Units) -> Units:
    units = _edited(units, kedua.PELUM, "rab", keterangan="-")
    return _edited(units, kedua.PELUM, "indikator", keterangan="s.d.a.", pembilang="-")


def words_of_fillers_in_an_answer(units: Units) -> Units:
    units = _edited(units, kedua.EKBANG, "tor", lokasi="Belum ada jalan: dermaga Lembah Seroja", input="Kertas, jaring, dll.")
    return _edited(units, kedua.EKBANG, "indikator", sumber_data="Buku terlampir pada laporan", penanggung_jawab="Sama Rata")


def spellings(units: Units) -> Units:
    first = units[kedua.LINMAS].rows("rab")[0].text("kode_sub")
    units = _edited(units, kedua.LINMAS, "rab", kode_sub=f" {first}. ", satuan="orang / JAM")
    goal = units[kedua.LINMAS].rows("indikator")[0]
    return _edited(units, kedua.LINMAS, "indikator", satuan=goal.text("satuan").upper())


def a_hard_year(units: Units) -> Units:
    """Less than last year reached, in one quarter nothing at all."""
    row = units[kedua.EKBANG].rows("indikator")[1]
    return _edited(units, kedua.EKBANG, "indikator", 1, baseline=(row.number("target") or D(0)) + 5)


def goods_by_their_place(units: Units) -> Units:
    """What the price list has, with the place that it is for."""
    return _edited(units, kedua.PELUM, "rab", uraian="Komputer jinjing loket perizinan")


WAYS: tuple[Change, ...] = (
    as_it_is, other_order, no_draft_of_the_pk, titles_and_capitals, later_in_the_year_before, marks_where_nothing_is_asked,
    words_of_fillers_in_an_answer, spellings, a_hard_year, goods_by_their_place,
)  # fmt: skip


@pytest.mark.parametrize("change", WAYS, ids=[change.__name__ for change in WAYS])
def test_an_honest_office_raises_nothing_above_info(change: Change, tmp_path: Path):
    masuk = tmp_path / "masuk"
    masuk.mkdir()
    (tmp_path / "Kantor.xlsx").write_bytes(kantor_bytes(kantor()))
    for kode, content in change({kode: proposal(kode) for kode in kedua.NAMES}).items():
        (masuk / f"Usulan-{kode}.xlsx").write_bytes(unit_bytes(content, kedua.office(), kedua.office().unit(kode)))
    found = rekap(tmp_path).findings
    assert {(f.code, f.file, f.sheet, f.cell) for f in found if f.severity is not Severity.INFO} == set()
