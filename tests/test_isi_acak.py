"""Forms drawn from their meanings and filled: sixty of them here, a thousand by hand (``python -m bench.formulir``)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import openpyxl

from bench.formulir import Form, Verdict, run
from kinerja_xl.filling.supply import Supply
from tests.test_isi_arti import source

SEED, COUNT = 60, 60


def sources() -> dict[str, Sequence[Supply]]:
    return {"rekap": source("rab indikator rkt program"), "capaian": source("capaian"), "rencana": source("rencana")}


@cache
def drawn() -> list[tuple[Form, str, Verdict]]:
    return run(SEED, COUNT, sources())


def test_no_value_stands_where_it_means_something_else():
    assert {number: verdict.wrong for number, (*_, verdict) in enumerate(drawn()) if verdict.wrong} == {}


def test_a_form_is_filled_or_left_with_a_reason():
    """Two thirds of the forms are filled; a form that is left alone says by a catatan why."""
    asked = [verdict.asked for *_, verdict in drawn() if verdict.asked]
    assert all(code in ("W101", "W102", "W109") for code in asked)
    assert len(asked) * 3 < COUNT


def test_totals_are_ours_as_libreoffice_calculates_them(libre, tmp_path: Path):
    wanted = {}
    for number, (form, _, verdict) in enumerate(drawn()):
        if form.total and verdict.done and verdict.done.total is not None and "tercetak" not in form.features:
            path = tmp_path / f"{number}.xlsx"
            path.write_bytes(verdict.done.data)
            wanted[path] = (form, verdict.done)
    judged = libre.recalculate([*wanted])
    for path, (form, done) in wanted.items():
        col = form.total[1]
        before = openpyxl.load_workbook(path)["Formulir"]
        row = next(r for r in range(1, before.max_row + 1) if str(before.cell(r, col).value).startswith("=SUM"))
        shown = openpyxl.load_workbook(judged[path], data_only=True)["Formulir"].cell(row, col).value
        assert shown in (done.total, 0), path.name
    assert len(wanted) > 4  # noqa: PLR2004 - so that the draw can't run dry
