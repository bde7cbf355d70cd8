"""What years hand on: columns 6, 7, 14 and 15 of Evaluasi Renja, and outcomes that were promised for later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kinerja_xl.office.kantor import build_office
from kinerja_xl.reckoning.capaian import janji, renja
from kinerja_xl.sheets.content import Row
from kinerja_xl.uses.mulai import start_year
from kinerja_xl.uses.year import kantor_content
from tests import capaian_uji
from tests.capaian_uji import BASE, spent
from tests.kantor_uji import SUB_A, D, Folder, cell, edit, office_content, said
from tests.kasus import covers


def kept(**values: object) -> Row:
    return Row(values={"kode": SUB_A, "unit": "pmd", "indikator": BASE.nama, **values})


LAST = replace(BASE, nama="Persentase lembaga aktif", akumulasi="Nilai terakhir", satuan="%")


def year():
    return capaian_uji.year({BASE: (2, 3, 2, 3), LAST: (70, 71, 72, 74)}, spent=(spent(SUB_A, 100, 200, 300, 400),))


def test_what_adds_up_is_added_to_what_was_before_and_what_is_a_state_replaces_it():
    rows = renja.carried([kept(renstra_k=D(60), lalu_k=D(20), renstra_rp=D(9_000), lalu_rp=D(5_000))], year())
    found = {row.text("indikator"): row for row in rows}
    assert [found[BASE.nama].get(key) for key in ("renstra_k", "lalu_k", "renstra_rp", "lalu_rp")] == [
        D(60), D(30), D(9_000), D(6_000)
    ]  # fmt: skip
    assert (found[LAST.nama].get("lalu_k"), found[LAST.nama].get("lalu_rp")) == (D(74), None)


def test_what_nobody_knows_stays_unknown():
    """Not 0: neither the count of before nor the money that was not all reported."""
    rows = renja.carried([kept(renstra_rp=D(9_000), lalu_rp=None)], year())
    assert [rows[0].get(key) for key in ("lalu_k", "lalu_rp")] == [None, None]


PROMISE = {
    "tahun_rencana": D(2022), "unit": "pmd", "kode_sub": SUB_A, "outcome": "Lembaga desa mandiri", "target": D(80), "satuan": "%",
    "tahun": D(2025),
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "expected"),
    [({}, [("Lembaga desa mandiri", None, None)]), ({"realisasi": D(60)}, [("Lembaga desa mandiri", D(60), D("75.00"))]),
     ({"tahun": D(2026)}, []), ({"tahun": D(2024), "realisasi": D(60)}, []),
     ({"tahun": D(2024)}, [("Lembaga desa mandiri", None, None)])],
)  # fmt: skip
def test_a_promise_is_due_in_its_year_and_stays_open_until_it_is_measured(changes, expected):
    office = build_office(edit(office_content(), "janji_outcome", 0, **PROMISE | changes))
    assert [(p.outcome, p.reached, p.percent) for p in janji.due(office)] == expected


@covers("G153")
def test_a_due_promise_is_asked_for(tmp_path: Path):
    folder = Folder().edit("kantor", "janji_outcome", 0, **PROMISE)
    assert said(folder.write(tmp_path / "a")) == {("G153", *cell("janji_outcome", 0, "realisasi"))}
    folder = Folder().edit("kantor", "janji_outcome", 0, **PROMISE | {"realisasi": D(81)})
    assert said(folder.write(tmp_path / "b")) == set()


def test_next_year_begins_with_the_promises_of_this_one(tmp_path: Path):
    """Each TOR that counted leaves its outcome; what stands in the register already is not entered twice."""
    folder = Folder().edit("kantor", "janji_outcome", 0, **PROMISE).edit("kantor", "kantor", tanggal=date(2024, 10, 1))
    old, new = folder.write(tmp_path / "2025"), tmp_path / "2026"
    list(start_year(new, 2026, old))
    rows = kantor_content(new).rows(janji.TABLE)
    assert [(row.number("tahun_rencana"), row.text("unit"), row.number("tahun")) for row in rows] == [
        (D(2022), "pmd", D(2025)), *[(D(2025), unit, D(2028)) for unit in ("pmd", "pmd", "trantib", "trantib")],
    ]  # fmt: skip
