"""What is filled is proved before anybody gets it: sums that are not ours are asked about, never filled silently; each
column is held against what its heading promises."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from kinerja_xl.face.cli import main
from kinerja_xl.filling.choose import Asked, UndecidedError
from kinerja_xl.filling.form import Filled, fill_form
from kinerja_xl.filling.wording import other_kind
from kinerja_xl.sheets import kinds
from kinerja_xl.sheets.model import Column
from kinerja_xl.uses import isi
from tests.test_isi_arti import form, rab, source
from tests.test_isi_form import ARSIP

PLAN = ARSIP / "Penetapan-2025-perubahan-1.xlsx"
ANYWAY = "selisih=tetap diisi"


def run(tmp_path: Path, data: bytes, *more: str) -> tuple[int, str, Path]:
    """The verb on a form, answers kept beside it, from the sample office's locked plan."""
    place, target = tmp_path / "form.xlsx", tmp_path / "hasil.xlsx"
    place.write_bytes(data)
    target.unlink(missing_ok=True)
    words = ["isi", str(place), "--dari", str(PLAN), "-o", str(target), "--padanan", str(tmp_path / "P.xlsx"), "--sebagai", "rab"]
    found = CliRunner().invoke(main, [*words, *more])
    return found.exit_code, found.output, target


def test_a_sum_that_is_not_ours_is_asked_before_anything_is_written(tmp_path: Path):
    """A locked plan has no prices: the form's own volume × price adds up to nothing."""
    code, said, target = run(tmp_path, rab())
    assert (code, target.exists(), (tmp_path / "P.xlsx").exists()) == (2, False, False)
    assert "W303" in said and "W204" in said


def test_an_answer_fills_it_and_is_kept_for_this_very_difference(tmp_path: Path):
    assert run(tmp_path, rab(), "--jawab", ANYWAY)[2].exists()
    code, said, target = run(tmp_path, rab())
    assert (code, target.exists(), "W303" in said, "W204" in said) == (1, True, False, True)
    code, said, target = run(tmp_path, rab(), "--sub", "7.01.03")  # other rows, another difference
    assert (code, target.exists(), "W303" in said) == (2, False, True)


def test_no_leaves_the_form_alone(tmp_path: Path):
    code, said, target = run(tmp_path, rab(), "--jawab", "selisih=tidak diisi")
    assert (code, target.exists(), "W303" in said) == (2, False, True)


def test_columns_come_before_the_sum_and_no_question_comes_twice(tmp_path: Path):
    """In the terminal: what is left open stays open, and an answer about a column may mend the sum."""
    put: list[str] = []

    def person(question: Asked) -> str | None:
        put.append(question.word)
        return "tetap diisi" if question.word == "selisih" else None

    place = tmp_path / "form.xlsx"
    place.write_bytes(rab())
    isi.fill(place, PLAN, tmp_path / "hasil.xlsx", "rab", padanan=tmp_path / "P.xlsx", ask=person)
    assert put == ["Volume", "Satuan", "Harga Satuan", "selisih"]


def told(done: Filled) -> list[tuple[str, str, bool]]:
    """Sums that are not ours: (code, cell, whether the cause is known)."""
    return [(f.code, f.cell, bool(f.args["sebab"])) for f in done.findings if f.code in ("W204", "W218")]


def test_a_difference_of_tax_alone_is_said_and_not_asked():
    """In the total, and where that has no formula row by row; a rupiah more is asked."""
    assert told(fill_form(rab(), "f.xlsx", source("rab"))) == [("W204", "F12", True)]
    book = openpyxl.load_workbook(io.BytesIO(rab()))
    book.active["F9"] = None
    out = io.BytesIO()
    book.save(out)
    [own] = source("rab")
    taxed = next(n for n, row in enumerate(own.rows) if row.get("ppn"))
    assert told(fill_form(out.getvalue(), "f.xlsx", [own])) == [("W218", f"F{4 + taxed}", True)]
    more = ({**row, "jumlah": row["jumlah"] + (n == taxed)} for n, row in enumerate(own.rows))
    with pytest.raises(UndecidedError) as stopped:
        fill_form(out.getvalue(), "f.xlsx", [replace(own, rows=tuple(more))])
    assert [question.word for question in stopped.value.questions] == ["selisih"]


def test_what_the_form_computes_otherwise_is_asked():
    """A capaian that knows no "makin kecil makin baik"; the same form with a plain column is filled."""
    heads = ("No", "Indikator Kinerja", "Satuan", "Target", "Realisasi", "Capaian (%)")
    book = openpyxl.load_workbook(io.BytesIO(form(*heads)))
    for row in range(4, 7):
        book.active[f"F{row}"] = f'=IF(N(D{row})=0,"",E{row}/D{row}*99)'
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(UndecidedError) as stopped:
        fill_form(out.getvalue(), "f.xlsx", source("capaian"))
    assert [question.word for question in stopped.value.questions] == ["selisih"]
    assert {f.code for f in stopped.value.findings} >= {"W218", "W303"}
    assert fill_form(form(*heads), "f.xlsx", source("capaian")).rows


TEXT = Column(key="uraian", label="Uraian", kind=kinds.teks())
MONEY = Column(key="jumlah", label="Jumlah (Rp)", kind=kinds.rupiah())


@pytest.mark.parametrize(
    ("path", "own", "values", "other"),
    [
        (("Uraian",), TEXT, ("Kertas", "Tinta"), False), (("Uraian",), TEXT, ("5.1.02", "Tinta"), True),
        (("Uraian",), TEXT, ("5.1.02", "Tinta", "Kue"), False), (("Uraian",), MONEY, (Decimal(5),), True),
        (("Harga",), MONEY, (Decimal(5),), False), (("Harga",), MONEY, (Decimal("5.5"),), True),
        (("Harga",), TEXT, ("Kertas",), True), (("Tanggal",), TEXT, ("Kertas",), True), (("Kode",), MONEY, (Decimal(5),), True),
        (("Indikator", "K"), MONEY, (Decimal(5),), False), (("Rincian", "Bagian"), TEXT, ("Kertas",), False),
    ],
)  # fmt: skip
def test_a_heading_promises_a_kind_of_values(path: tuple[str, ...], own: Column, values: tuple[object, ...], other: bool):
    assert bool(other_kind(path, own, values)) is other
