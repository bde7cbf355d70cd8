"""A form's rows are of the level that its headings name: a program, an account, a unit a row. What ours do not have is asked."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal

import openpyxl
import pytest

from kinerja_xl.filling.choose import UndecidedError
from kinerja_xl.filling.form import Filled, fill_form
from kinerja_xl.filling.supply import Supply
from kinerja_xl.filling.target import FormColumn
from kinerja_xl.filling.wording import wanted
from kinerja_xl.foreign.padanan import Padanan
from kinerja_xl.lists import accounts, programs
from kinerja_xl.office.folder import InputError
from kinerja_xl.sheets.formats import format_rupiah
from tests.test_isi_arti import form, measured, source
from tests.test_isi_form import grouped as groups
from tests.test_isi_form import small, supply

Rows = list[tuple[object, ...]]


def written(done: Filled, columns: int, first: int = 4) -> Rows:
    """The filled rows from their second column on."""
    sheet = openpyxl.load_workbook(io.BytesIO(done.data)).active
    return [tuple(sheet.cell(row, col).value for col in range(2, columns + 1)) for row in range(first, first + done.rows)]


def lines(name: str) -> Supply:
    return next(one for one in source(name) if one.kind == "rab")


def added_by(name: str, key: Callable[[dict], str]) -> dict[str, Decimal]:
    """The money of the lines of a workbook, by whatever they have in common."""
    found: dict[str, Decimal] = {}
    for row in lines(name).rows:
        found[key(dict(row))] = found.get(key(dict(row)), Decimal(0)) + row["jumlah"]
    return found


def tree(name: str, parts: int) -> Rows:
    """Codes of one level with their names and their money, out of the lines."""
    money = added_by(name, lambda row: ".".join(row["kode_sub"].split(".")[:parts]))
    return [(code, programs()[code].nama, money[code]) for code in sorted(money)]


@pytest.mark.parametrize(("level", "parts"), [("Program", 3), ("Kegiatan", 5), ("Sub Kegiatan", 6)])
def test_one_level_of_the_tree_a_row(level: str, parts: int):
    done = fill_form(form("No", f"Kode {level}", f"Nama {level}", "Anggaran (Rp)"), "f.xlsx", source("rencana"))
    rows = written(done, 4)  # a sub kegiatan that got nothing has its row as well
    assert [row for row in rows if row[-1]] == tree("rencana", parts) and rows == sorted(rows)
    assert done.total == sum(amount for *_, amount in tree("rencana", parts))


@pytest.mark.parametrize("name", ["rencana", "rab"])
def test_accounts_kinds_and_units_are_added_up(name: str):
    money, names = added_by(name, lambda row: row["kode_rekening"]), accounts()
    done = fill_form(form("No", "Kode Rekening", "Nama Rekening", "Anggaran (Rp)"), "f.xlsx", source(name))
    assert written(done, 4) == [(code, names[code].uraian, money[code]) for code in sorted(money)]
    for heading, key in (("Jenis Belanja", "jenis_belanja"), ("Unit Kerja", "unit")):
        done = fill_form(form("No", heading, "Anggaran (Rp)"), "f.xlsx", source(name))
        assert dict(written(done, 3)) == added_by(name, lambda row, key=key: row[key])


def test_lines_stay_lines_where_the_form_shows_more():
    """Without the name of the goods, but with their volume, no row can be told from another: the form is left alone."""
    done = fill_form(form("No", "Kode Rekening", "Uraian", "Volume", "Jumlah (Rp)"), "f.xlsx", source("rab"))
    assert done.rows == len(lines("rab").rows)
    with pytest.raises(InputError) as stopped:
        fill_form(form("No", "Kode Rekening", "Nama Rekening", "Volume", "Jumlah (Rp)"), "f.xlsx", source("rab"))
    assert [f.code for f in stopped.value.findings] == ["W101"]


def test_an_amount_that_is_unknown_makes_the_sum_unknown():
    own = lines("rab")
    rows = ({**own.rows[0], "jumlah": None}, *own.rows[1:])
    done = fill_form(form("No", "Jenis Belanja", "Anggaran (Rp)"), "f.xlsx", [Supply(**{**fields(own), "rows": rows})])
    known = added_by("rab", lambda row: row["jenis_belanja"])
    assert dict(written(done, 3)) == {**known, own.rows[0]["jenis_belanja"]: None}


def fields(own: Supply) -> dict[str, object]:
    return {name: getattr(own, name) for name in own.__dataclass_fields__}


@pytest.mark.parametrize(("heading", "level"), [("Unit Kerja", "Unit"), ("Jenis Belanja", "Jenis belanja")])
def test_realised_money_by_unit_and_by_kind(heading: str, level: str):
    own = next(one for one in measured() if one.sheet == f"Realisasi per {heading.removesuffix(' Kerja')}")
    done = fill_form(form("No", heading, "Pagu (Rp)", "Realisasi (Rp)"), "f.xlsx", source("capaian"))
    assert written(done, 4) == [(row["nama"], row["pagu"], row["realisasi"]) for row in own.rows]
    assert {row["tingkat"] for row in own.rows} == {level} and own.rows


def test_the_office_is_no_row_of_its_programs():
    done = fill_form(form("No", "Program / Kegiatan / Sub Kegiatan", "Pagu (Rp)", "Realisasi (Rp)"), "f.xlsx", source("capaian"))
    codes = [row["kode"] for row in next(one for one in measured() if one.sheet == "Realisasi Anggaran").rows]
    assert done.rows == len(codes) and all(codes)


ACCOUNTS = ("No", "Kode Rekening", "Uraian", "Pagu (Rp)", "Realisasi (Rp)")


@pytest.mark.parametrize(
    ("name", "heads", "codes"),
    [
        ("capaian", ACCOUNTS, ["W109"]), ("program", ACCOUNTS, ["W109"]),
        ("capaian", ("No", "Kode Akun", "Nama", "Pagu"), ["W109"]),
        ("program", ("No", "Kode Rekening", "Program / Kegiatan / Sub Kegiatan", "Pagu"), []), ("rencana", ACCOUNTS, []),
        ("program", ("No", "Program", "Indikator Program", "Pagu"), ["W109"]), ("capaian", ("No", *ACCOUNTS[2:]), []),
    ],
)  # fmt: skip
def test_a_level_that_ours_lack_is_asked(name: str, heads: tuple[str, ...], codes: list[str]):
    if not codes:
        assert fill_form(form(*heads), "f.xlsx", source(name)).rows
        return
    with pytest.raises(UndecidedError) as stopped:
        fill_form(form(*heads), "f.xlsx", source(name))
    assert [(f.code, f.sheet, f.cell) for f in stopped.value.findings] == [("W109", "Form", "A3")]
    [question] = stopped.value.questions
    kept = Padanan(answers=(question.answered(question.options[0]),))
    assert fill_form(form(*heads), "f.xlsx", source(name), padanan=kept).rows
    left = Padanan(answers=(question.answered("tidak diisi"),))
    with pytest.raises(InputError):
        fill_form(form(*heads), "f.xlsx", source(name), padanan=left)


def test_indicators_of_one_level_with_the_money_below_them():
    done = fill_form(form("No", "Program", "Indikator Program", "Target", "Anggaran (Rp)"), "f.xlsx", source("rencana"))
    money = {programs()[code].nama: amount for code, _, amount in tree("rencana", 3)}
    rows = written(done, 5)
    assert {name for name, *_ in rows} == set(money)
    assert [amount for *_, amount in rows if amount is not None] == [money[name] for name in dict.fromkeys(n for n, *_ in rows)]
    assert done.total == sum(money.values())


def test_indicators_of_other_levels_are_said_where_the_form_has_no_place_for_them():
    """A form of sub kegiatan takes no outcome of a program; one that leaves the level open takes them all."""
    [own] = [one for one in source("rencana") if one.kind == "rkt"]
    heads = ("No", "Sub Kegiatan", "Indikator", "Target", "Satuan", "Anggaran (Rp)")
    done = fill_form(form("Kode Sub Kegiatan", *heads[1:]), "f.xlsx", [own])
    upper = [row for row in own.rows if str(row["kode_sub"]).count(".") < 5]
    assert upper and len(written(done, 6)) == len(own.rows) - len(upper)
    assert [(f.code, f.cell, f.args["banyak"]) for f in done.findings if f.code == "W309"] == [("W309", "A3", str(len(upper)))]
    whole = fill_form(form("Sasaran", *heads[2:]), "f.xlsx", [own])
    assert len(written(whole, 5)) == len(own.rows) and not [f for f in whole.findings if f.code == "W309"]


def test_a_program_beside_each_indicator_is_no_level():
    """"Indikator | Program": every indicator with the program that it belongs to."""
    [own] = [one for one in source("rencana") if one.kind == "rkt"]
    done = fill_form(form("No", "Sasaran", "Indikator", "Target", "Program", "Anggaran (Rp)"), "f.xlsx", source("rencana"))
    assert [row[1] for row in written(done, 6)] == [row.get("indikator") for row in own.rows]


@pytest.mark.parametrize(
    ("heads", "level"),
    [
        (("Kode Program", "Nama Program", "Pagu"), "program"), (("Program", "Kegiatan", "Pagu"), ""),
        (("Uraian Kegiatan", "Pagu"), "kegiatan"), (("Nama Sub Kegiatan", "Lokasi Kegiatan"), "sub kegiatan"),
        (("Program/Kegiatan", "Pagu"), ""), (("Kode Rekening", "Uraian"), "rekening"), (("Kode Rekening", "Program"), "program"),
        (("Kode Akun", "Program/Kegiatan"), ""), (("Indikator Kegiatan", "Target"), "kegiatan"),
        (("Indikator", "Target"), "indikator"),
        (("Jumlah Program", "Tanggal Kegiatan", "Pagu Sub Kegiatan"), ""), (("Uraian", "Jumlah"), ""),
    ],
)  # fmt: skip
def test_the_level_that_headings_name(heads: tuple[str, ...], level: str):
    assert wanted([FormColumn(col=col, path=(text,)) for col, text in enumerate(heads, 1)]) == level


def test_what_such_rows_could_have_decides_between_two_kinds():
    """A locked plan has no volume and no price; a form that asks for them wants its lines all the same."""
    heads = ("No", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah")
    assert fill_form(form(*heads), "f.xlsx", source("rencana")).kind == "rab"
    with pytest.raises(UndecidedError) as stopped:
        fill_form(form("No", "Uraian", "Jumlah"), "f.xlsx", source("rencana"))
    assert [f.code for f in stopped.value.findings] == ["W102"]


# ---- groups of a form that know nothing of some of our rows ----


def grouped(*names: str) -> bytes:
    return small(groups(*names))


def test_rows_without_a_group_are_asked_by_what_they_have_in_common():
    data = grouped("A. Belanja Pegawai", "B. Barang")
    with pytest.raises(UndecidedError) as stopped:
        fill_form(data, "f.xlsx", [supply("rab")])
    [question] = stopped.value.questions
    assert [(f.code, f.sheet) for f in stopped.value.findings] == [("W105", "Form")]
    assert question.word == "Belanja Barang dan Jasa"
    assert question.options == ("A. Belanja Pegawai", "B. Barang", "C. Belanja Modal", "tidak diisi")
    done = fill_form(data, "f.xlsx", [supply("rab")], padanan=Padanan(answers=(question.answered("B. Barang"),)))
    plain = fill_form(grouped("A. Belanja Pegawai", "B. Belanja Barang dan Jasa"), "f.xlsx", [supply("rab")])
    sheets = [openpyxl.load_workbook(io.BytesIO(one.data)).active for one in (done, plain)]
    shown = [[cell.value for row in sheet for cell in row if cell.column > 2] for sheet in sheets]
    assert shown[0] == shown[1] and done.total == plain.total == supply("rab").total


def test_rows_that_stay_out_are_said_with_their_money():
    data = grouped("A. Belanja Pegawai", "B. Barang")
    with pytest.raises(UndecidedError) as stopped:
        fill_form(data, "f.xlsx", [supply("rab")])
    answer = stopped.value.questions[0].answered("tidak diisi")
    done = fill_form(data, "f.xlsx", [supply("rab")], padanan=Padanan(answers=(answer,)))
    goods = [row for row in supply("rab").rows if row["jenis_belanja"] == "Belanja Barang dan Jasa"]
    out = sum(row["jumlah"] for row in goods)
    [said] = [f for f in done.findings if f.code == "W308"]
    assert (said.args["banyak"], said.args["jumlah"]) == (str(len(goods)), f" ({format_rupiah(out)})")
    assert done.total == supply("rab").total - out
    assert not {"W204", "W303"} & {f.code for f in done.findings}
