"""A value comes only into a column that means it: every heading of a form by its whole path, whichever workbook fills it."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.table import Table

from kinerja_xl.filling.choose import Asked, UndecidedError
from kinerja_xl.filling.form import Filled, fill_form
from kinerja_xl.filling.from_shown import read_measured
from kinerja_xl.filling.match import match
from kinerja_xl.filling.supply import Supply, plan_supplies
from kinerja_xl.filling.target import FormColumn
from kinerja_xl.foreign.padanan import Padanan
from kinerja_xl.office.folder import InputError
from kinerja_xl.uses.arsip import read_plan
from kinerja_xl.writing.shown.capaian import write_capaian
from tests import tahun_contoh
from tests.kasus import covers
from tests.test_isi_form import ARSIP, FRAME, supply


@cache
def measured() -> list[Supply]:
    return read_measured(write_capaian(tahun_contoh.year()), "Capaian-2025.xlsx")


@cache
def locked() -> list[Supply]:
    path = ARSIP / "Penetapan-2025.xlsx"
    return plan_supplies(read_plan(path)[0], path.name)


def source(name: str) -> list[Supply]:
    """The supplies of a workbook: ``capaian``, ``rencana``, or kinds of a recap's rows."""
    if name in ("capaian", "rencana"):
        return measured() if name == "capaian" else locked()
    return [supply(kind) for kind in name.split()]


def form(*paths: tuple[str, ...] | str, rows: int = 3) -> bytes:
    """Framed blank rows below headings; a heading over several columns is merged."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Form"
    sheet["A1"] = "DAFTAR"
    listed = [(path,) if isinstance(path, str) else path for path in paths]
    depth = max(map(len, listed))
    for col, path in enumerate(listed, 1):
        for level, text in enumerate(path):
            if col == 1 or level == len(path) - 1 or listed[col - 2][: level + 1] != path[: level + 1]:
                sheet.cell(3 + level, col, text)
        for row in range(3, 3 + depth + rows):
            sheet.cell(row, col).border = FRAME
    for col, path in enumerate(listed, 1):
        over = [c for c, other in enumerate(listed, 1) if len(path) > 1 and other[:1] == path[:1]]
        if len(over) > 1 and over[0] == col:
            sheet.merge_cells(start_row=3, end_row=3, start_column=col, end_column=over[-1])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def matched(name: str, *paths: tuple[str, ...] | str) -> set[tuple[str, str]]:
    """(heading, key of ours) of what would be filled, by any of these rows."""
    listed = [(path,) if isinstance(path, str) else path for path in paths]
    columns = [FormColumn(col=col, path=path) for col, path in enumerate(listed, 1)]
    found = [match(columns, one, "2025") for one in source(name)]
    return {(columns[col - 1].name, key) for one in found if one.weight for col, key in one.keys.items()}


OTHERS = {
    "rab": (
        "Nama Perusahaan", "Nama Penyedia", "Nama Pejabat", "Nilai Kontrak", "Tanggal Kontrak", "Reviewer Anggaran", "PPh 23",
        "Tarif", "Jumlah Pegawai", "Satuan Kerja", "Kode Barang", "Nomor DPA", "Bobot (%)", "Volume Kontrak",
        "Harga Satuan Terendah", "Jumlah Orang", ("Penyedia", "Uraian"), ("Kontrak", "Jumlah"), ("Kegiatan", "Jumlah"),
        "Belanja Modal", "Pajak", "Nilai", "Sub Kegiatan",
    ),
    "program rkt": (
        "Kode Akun", "Reviewer Anggaran", "Nama Pejabat", "Lokasi Kegiatan", "Jumlah Kegiatan", "Tanggal Anggaran",
        ("Kontrak", "Anggaran (Rp)"), "Target (Rp) Pendapatan", "Bobot", "Sisa Anggaran", "Anggaran Tahun Lalu",
        "Kode Urusan", "Urusan", "Target Keuangan", "Nilai",
    ),
    "indikator": ("Bobot Indikator", "Target (Rp)", "Tanggal Target", "Kode Akun", "Satuan Kerja", "Penilai Indikator",
                  "Target Fisik"),
    "capaian": (
        "Tanggal Realisasi", "Bobot Realisasi", "Realisasi Bulan Lalu", "Realisasi Periode Ini", "Deviasi (Rp)",
        ("Deviasi", "Keu"), ("Realisasi", "Keu"), ("Realisasi", "Fisik"), ("Jumlah Realisasi (Rp.)", "S/D Periode Lalu"),
        ("Jumlah Realisasi (Rp.)", "Periode Ini"), "Nomor SP2D", "Nama Penyedia", "Kode Akun", "Penanggung Jawab Realisasi",
        "Realisasi Triwulan Ini", "Realisasi Triwulan Lalu (Rp)", "Realisasi 2024 (Rp)", "Target 2026", "Rencana Anggaran",
    ),
    "rencana": ("Nama Perusahaan", "Nilai Kontrak", "Reviewer Anggaran", "PPh 23", "Jumlah Pegawai", "Satuan Kerja", "Tarif"),
}  # fmt: skip
AROUND = {
    "rab": ("Uraian", "Volume", "Harga Satuan", "Jumlah (Rp)"), "indikator": ("Indikator", "Target"),
    "program rkt": ("Kode", "Program / Kegiatan / Sub Kegiatan", "Indikator", "Pagu (Rp)"),
    "capaian": ("Program / Kegiatan / Sub Kegiatan", "Indikator", "Pagu (Rp)", "Realisasi (Rp)"),
    "rencana": ("Uraian", "Jumlah (Rp)"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "path"), [(name, path) for name, paths in OTHERS.items() for path in paths])
def test_a_heading_of_another_meaning_takes_nothing(name: str, path: tuple[str, ...] | str):
    heading = " / ".join((path,) if isinstance(path, str) else path)
    found = matched(name, *AROUND[name], path)
    assert found, "the form around it is ours"
    assert [key for text, key in found if text == heading] == []


@pytest.mark.parametrize(
    ("name", "paths", "keys"),
    [
        ("rab", ("Nama Barang", "Jumlah", "Satuan", "Harga Satuan", "Total Harga"), "uraian volume satuan harga_satuan jumlah"),
        ("rencana", ("Nama Barang", "Jumlah", "Satuan", "Harga Satuan", "Total Harga"), "uraian - - - jumlah"),
        ("rab", ("Uraian", "Jumlah", "Satuan"), "- - -"),
        ("indikator", ("Indikator", "Target", "IKU"), "nama target iku"),
        ("capaian", ("Uraian", "Pagu Anggaran", ("Jumlah Realisasi (Rp.)", "TW I")), "program/nama target_rp/pagu tw1_rp/rp_1"),
        ("capaian", ("Program", "Pagu", ("Realisasi Anggaran", "TW II")), "program/nama target_rp/pagu tw2_rp/rp_2"),
        ("capaian", ("Program", "Indikator", ("Realisasi Kinerja", "TW II")), "program nama tw2_k/realisasi_2"),
    ],
)
def test_what_a_form_is_filled_with(name: str, paths: tuple[tuple[str, ...] | str, ...], keys: str):
    """Each column by its neighbours; several keys where several sheets of ours may fill the form."""
    found = matched(name, *paths)
    shown = [{key for text, key in found if text == (p if isinstance(p, str) else " / ".join(p))} for p in paths]
    assert shown == [set(key.split("/")) - {"-"} for key in keys.split()]


@pytest.mark.parametrize("given", [True, False])
def test_the_dpa_is_an_amount_of_its_own_once_every_sub_kegiatan_has_one(given: bool):
    """Beside the pagu, the usulan and what was agreed; before that the plan has none, and the column stays blank."""
    plan = read_plan(ARSIP / "Penetapan-2025.xlsx")[0]
    subs = tuple(replace(sub, dpa=sub.disepakati - number) for number, sub in enumerate(plan.subs))
    held = replace(plan, subs=subs if given else (*subs[:-1], plan.subs[-1]))
    (program,) = plan_supplies(held, "Penetapan-2025.xlsx", "program")
    heads = ("Kode Sub Kegiatan", "Sub Kegiatan", "Usulan (Rp)", "Pagu (Rp)", "Disepakati (Rp)", "DPA (Rp)")
    found = match([FormColumn(col=col, path=(head,)) for col, head in enumerate(heads, 1)], program, "2025").keys
    assert dict(zip(heads[2:], (found.get(col) for col in range(3, 7)), strict=True)) == {
        "Usulan (Rp)": "diusulkan", "Pagu (Rp)": "anggaran", "Disepakati (Rp)": "disepakati",
        "DPA (Rp)": "dpa" if given else None,
    }  # fmt: skip
    lowest = [row for place, row in enumerate(program.rows) if place not in program.groups]
    assert sum(row.get("dpa", 0) for row in lowest) == (sum(sub.dpa for sub in subs) if given else 0)


def test_iku_alone_is_a_name():
    assert ("IKU", "iku") not in matched("indikator", "IKU", "Sasaran", "Target")


def asked(name: str, data: bytes) -> tuple[Asked, ...]:
    with pytest.raises(UndecidedError) as stopped:
        fill_form(data, "form.xlsx", source(name))
    return stopped.value.questions


def answered(name: str, data: bytes, value: str) -> Filled:
    [question] = asked(name, data)
    answer = question.answered(value)
    assert answer
    return fill_form(data, "form.xlsx", source(name), padanan=Padanan(answers=(answer,)))


def column(done: Filled, letter: str, first: int) -> list[object]:
    sheet = openpyxl.load_workbook(io.BytesIO(done.data))["Form"]
    return [sheet[f"{letter}{row}"].value for row in range(first, first + done.rows)]


def test_the_question_which_rows_leads_out():
    """Two sheets of a capaian workbook are told apart by their names, in the question and in its answer."""
    data = form("No", "Kode", "Uraian", "Indikator", "Tanggal Realisasi", "Target")
    [question] = asked("capaian", data)
    assert question.options == ("realisasi: Evaluasi Renja", "realisasi: Capaian Indikator", "tidak diisi")
    done = answered("capaian", data, "realisasi: Capaian Indikator")
    own = next(one for one in measured() if one.sheet == "Capaian Indikator")
    assert column(done, "D", 4) == [row["nama"] for row in own.rows]
    assert column(done, "E", 4) == [None] * done.rows


def test_money_of_a_kegiatan_stands_in_its_own_row():
    """Without an indicator the rows are those of the money, and of the level that the form names."""
    data = form("No", "Nama Kegiatan", "Tanggal Realisasi", "Realisasi [Rp]", "Keterangan")
    done = fill_form(data, "f.xlsx", source("capaian"))
    money = next(one for one in measured() if one.sheet == "Realisasi Anggaran")
    rows = [row for row in money.rows if row["tingkat"] == "Kegiatan"]
    assert column(done, "B", 4) == [row["nama"] for row in rows]
    assert column(done, "C", 4) == [None] * done.rows
    assert column(done, "D", 4) == [row["realisasi"] for row in rows]
    [blank] = [f for f in done.findings if f.code == "W201"]
    assert blank.cell == "C3" and '"tanggal"' in blank.args["kolom_kolom"].casefold()


def test_money_columns_hold_rupiah_and_parts_of_the_year_are_not_the_year():
    heads = ("S/D Periode Lalu", "Periode Ini", "S/D Periode Ini")
    data = form("No", "Uraian", "Pagu Anggaran", *(("Jumlah Realisasi (Rp.)", head) for head in heads), "%")
    money = next(one for one in measured() if one.amount == "pagu")
    done = fill_form(data, "f.xlsx", source("capaian"))
    assert column(done, "C", 5) == [row["pagu"] for row in money.rows]
    assert {value for letter in "DEFG" for value in column(done, letter, 5)} == {None}


@pytest.mark.parametrize("name", ["capaian", "program"])
def test_deviasi_is_a_meaning_of_its_own(name: str):
    halves = [(over, part) for over in ("Target", "Realisasi", "Deviasi") for part in ("Keu", "Fisik")]
    data = form("No.", "Nama", "Pagu", *halves)
    done = fill_form(data, "f.xlsx", source(name))
    assert {value for letter in "DEFGHI" for value in column(done, letter, 5)} == {None}
    assert any(isinstance(value, int | Decimal) for value in column(done, "C", 5))


# ---- what stands below and beside the table of a form ----


def rab(*below: tuple[int, int, object]) -> bytes:
    """A form of five prepared rows with formulas, JUMLAH in row 9, and what else stands there: (row, column, value)."""
    book = openpyxl.load_workbook(io.BytesIO(form("No", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah", rows=5)))
    sheet = book.active
    for row in range(4, 9):
        sheet.cell(row, 6, f"=C{row}*E{row}")
    sheet["B9"], sheet["F9"] = "JUMLAH", "=SUM(F4:F8)"
    for row, col, value in below:
        sheet.cell(row, col, value)
        if col <= 6:  # noqa: PLR2004 - the table's own columns are framed
            for framed in range(1, 7):
                sheet.cell(row, framed).border = FRAME
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("label", ["PPN 11%", "Pajak 11%", "Dibulatkan", "Pembulatan", "Overhead 10%"])
def test_what_is_put_on_top_of_a_total_is_no_line(label: str):
    plain, more = (fill_form(rab(*below), "f.xlsx", source("rab")) for below in ((), ((10, 2, label), (10, 6, "=F9*0.11"))))
    assert (more.rows, more.total) == (plain.rows, plain.total) == (8, 31_410_000)
    sheet = openpyxl.load_workbook(io.BytesIO(more.data)).active
    assert (sheet["B13"].value, sheet["F13"].value) == (label, "=F12*0.11")


def test_a_line_may_be_called_tax_where_no_total_stands_above():
    with pytest.raises(InputError) as stopped:
        fill_form(rab((6, 2, "Pajak kendaraan"), (6, 5, 5000)), "f.xlsx", source("rab"))
    assert {f.code for f in stopped.value.findings} == {"W103"}


def test_a_table_beside_neither_blocks_nor_is_filled():
    codes, amounts = ([(row, 9, f"K{row}") for row in range(4, 15)], [(row, 10, 1000 * row) for row in range(4, 15)])
    done = fill_form(rab((3, 9, "Kode"), (3, 10, "Pagu"), *codes, *amounts), "f.xlsx", source("rab"))
    sheet = openpyxl.load_workbook(io.BytesIO(done.data)).active
    kept = [(a.value, b.value) for a, b in sheet["I4:J20"] if a.value is not None]
    assert (done.rows, kept) == (8, [(f"K{row}", 1000 * row) for row in range(4, 15)])


def test_an_upright_merge_beside_the_table_does_not_block():
    """It grows where rows come inside it; one in the table is refused (W106)."""
    book = openpyxl.load_workbook(io.BytesIO(rab((4, 8, "Petunjuk pengisian"))))
    book.active.merge_cells("H4:H8")
    out = io.BytesIO()
    book.save(out)
    done = fill_form(out.getvalue(), "f.xlsx", source("rab"))
    sheet = openpyxl.load_workbook(io.BytesIO(done.data)).active
    assert (done.rows, {str(area) for area in sheet.merged_cells.ranges}) == (8, {"H4:H11"})


def test_an_address_in_a_link_is_said():
    links = ('=HYPERLINK("#Form!F9","ke jumlah")', '=HYPERLINK("https://x.id","x")')
    done = fill_form(rab((15, 9, links[0]), (16, 9, links[1])), "f.xlsx", source("rab"))
    assert [f.args["sel_sel"] for f in done.findings if f.code == "W210"] == ["I15"]


@pytest.mark.parametrize(("rows", "beyond"), [(1, 4), (3, 4)])
def test_an_excel_table_grows_with_its_rows(libre, tmp_path: Path, rows: int, beyond: int):
    """Blank framed rows below a ListObject are not its own: rows come inside, so that its references count them all."""
    heads = ("No", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah")
    book = openpyxl.load_workbook(io.BytesIO(form(*heads, rows=rows + beyond)))
    book.active.add_table(Table(displayName="Rab", ref=f"A3:F{3 + rows}"))
    book.create_sheet("Rekap")["A1"] = "=SUM(Rab[Jumlah])"
    out = io.BytesIO()
    book.save(out)
    done = fill_form(out.getvalue(), "f.xlsx", source("rab"))
    filled = openpyxl.load_workbook(io.BytesIO(done.data))
    assert (done.rows, filled["Form"].tables["Rab"].ref) == (8, "A3:F11")
    path = tmp_path / "hasil.xlsx"
    path.write_bytes(done.data)
    judged = openpyxl.load_workbook(libre.recalculate([path])[path], data_only=True)
    assert judged["Rekap"]["A1"].value == done.total == 31_410_000


def hide(data: bytes, *rows: int) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    for row in rows:
        book.active.row_dimensions[row].hidden = True
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@covers("W229")
def test_hidden_rows_that_are_filled_are_said():
    """A row hidden outside the lines is none."""
    done = {rows: fill_form(hide(rab(), *rows), "f.xlsx", source("rab")) for rows in ((5, 6), (20,), ())}
    found = {rows: {(f.cell, f.args["baris"]) for f in one.findings if f.code == "W229"} for rows, one in done.items()}
    assert found == {(5, 6): {("A5", "5, 6")}, (20,): set(), (): set()}
