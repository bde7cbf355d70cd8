"""Forms whose rows are printed already: each row filled by its code or name, nothing overwritten, what finds no row said."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from kinerja_xl.face.cli import main
from kinerja_xl.filling.choose import UndecidedError
from kinerja_xl.filling.form import Filled, fill_form
from kinerja_xl.filling.supply import Supply
from kinerja_xl.foreign.padanan import Padanan
from kinerja_xl.office.folder import InputError
from kinerja_xl.uses import isi
from tests.formulir_tercetak import Row, printed
from tests.test_isi_arti import source
from tests.test_isi_form import recap


def of(name: str, kind: str, sheet: str = "") -> Supply:
    return next(one for one in source(name) if one.kind == kind and sheet in one.sheet)


def plan(kind: str) -> Supply:
    return of("rencana", kind)


def subs(count: int = 99) -> list[Mapping[str, object]]:
    tree = plan("program")
    return [row for n, row in enumerate(tree.rows) if n not in tree.groups][:count]


def shown(done: Filled) -> list[list[object]]:
    sheet = openpyxl.load_workbook(io.BytesIO(done.data))["Form"]
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]


def said(done: Filled) -> set[tuple[str, str]]:
    return {(f.code, f.cell) for f in done.findings}


def args(done: Filled, code: str) -> Mapping[str, str]:
    [finding] = [f for f in done.findings if f.code == code]
    return finding.args


def fill(data: bytes, name: str = "rencana") -> Filled:
    return fill_form(data, "f.xlsx", source(name))


SUM = "=SUM({col}{{first}}:{col}{{last}})"


# ---- codes and names of the tree ----


def test_sub_kegiatan_by_their_codes():
    rows = [[n, row["kode"], row["nama"]] for n, row in enumerate(subs(), 1)]
    done = fill(printed([["No", "Kode", "Nama Sub Kegiatan", "Pagu (Rp)", "Realisasi (Rp)"]], rows, {4: SUM.format(col="D")}))
    wanted = [[*row, own["anggaran"], None] for row, own in zip(rows, subs(), strict=True)]
    assert [line[:5] for line in shown(done)[1:-1]] == wanted
    assert (done.kind, done.rows, done.total) == ("program", 32, plan("program").total)
    assert said(done) == {("W201", "E5")}


def test_names_alone_and_in_another_order():
    """With a bullet, in capitals, or behind the word for its level."""
    listed = list(reversed(subs(4)))
    dress = (lambda t: t.upper(), lambda t: f"- {t}", lambda t: f"Sub Kegiatan : {t}", lambda t: f"a. {t}")
    rows = [[n, how(str(row["nama"]))] for n, (how, row) in enumerate(zip(dress, listed, strict=True), 1)]
    done = fill(printed([["No", "Sub Kegiatan", "Pagu"]], rows, framed=False))
    assert [line[2] for line in shown(done)[1:]] == [row["anggaran"] for row in listed]
    assert said(done) == {("W236", "")}


def test_sums_above_stay_formulas():
    tree = plan("program")
    nodes = [row for row in tree.rows if str(row["kode"]).startswith("7.01.02")]
    rows: list[list[object]] = [[row["kode"], row["nama"], None] for row in nodes]
    deep = [str(row["kode"]).count(".") for row in nodes]
    for n, level in enumerate(deep):
        below = [m for m in range(n + 1, len(deep)) if deep[m] > level and not any(deep[k] <= level for k in range(n + 1, m + 1))]
        if level < 5 and below:
            rows[n][2] = "=" + "+".join(f"C{m + 6}" for m in below if deep[m] == min(deep[k] for k in below))
    done = fill(printed([["Kode", "Program / Kegiatan / Sub Kegiatan", "Pagu"]], rows, {3: "=C6"}))
    expected = [text if isinstance(text := row[2], str) else own["anggaran"] for row, own in zip(rows, nodes, strict=True)]
    assert [line[2] for line in shown(done)[1:-1]] == expected
    assert done.total == nodes[0]["anggaran"]
    assert said(done) == {("W236", "")}


@pytest.mark.parametrize(("formula", "upper"), [("=C6", True), ("=SUM(C{first}:C{last})", False)])
def test_a_level_above_is_filled_unless_the_total_counts_it_twice(formula: str, upper: bool, libre, tmp_path: Path):
    tree = plan("program")
    nodes = [row for row in tree.rows if str(row["kode"]).startswith("7.01.02")]
    done = fill(printed([["Kode", "Uraian", "Pagu"]], [[row["kode"], row["nama"]] for row in nodes], {3: formula}))
    wanted = [row["anggaran"] if upper or str(row["kode"]).count(".") == 5 else None for row in nodes]  # noqa: PLR2004
    assert [line[2] for line in shown(done)[1:-1]] == wanted
    assert said(done) == {("W236", ""), *(() if upper else [("W208", "C5")])}
    path = tmp_path / "hasil.xlsx"
    path.write_bytes(done.data)
    judged = openpyxl.load_workbook(libre.recalculate([path])[path], data_only=True)["Form"]
    assert judged.cell(6 + len(nodes), 3).value == done.total == nodes[0]["anggaran"]


def test_a_code_in_several_columns_and_as_numbers():
    """Urusan, bidang, program, kegiatan and sub kegiatan each in its own column below one heading."""
    nodes = plan("program").rows[:6]
    parts = [str(row["kode"]).split(".") for row in nodes]
    cells = [[int(p[0]), p[1], p[2], ".".join(p[3:5]) or None, "".join(p[5:]) or None] for p in parts]
    rows = [[*code, row["nama"]] for code, row in zip(cells, nodes, strict=True)]
    head = ["Kode", None, None, None, None, "Uraian", "Anggaran"]
    done = fill(printed([head], rows, merge=["A5:E5"]))
    assert [line[6] for line in shown(done)[1:]] == [row["anggaran"] for row in nodes]


def test_code_and_name_in_one_cell_spelt_otherwise():
    nodes = subs(3)
    codes = [str(row["kode"]).replace(".2.0", ".20").replace(".000", ".0") for row in nodes]
    rows = [[f"{code} - {row['nama']}"] for code, row in zip(codes, nodes, strict=True)]
    done = fill(printed([["Program/Kegiatan/Sub Kegiatan", "Pagu Anggaran"]], rows))
    assert [line[1] for line in shown(done)[1:]] == [row["anggaran"] for row in nodes]


# ---- accounts ----


def by_account(name: str, sub: str = "") -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for row in of(name, "rab").rows:
        if str(row["kode_sub"]).startswith(sub):
            code = str(row["kode_rekening"])
            found[code] = found.get(code, Decimal(0)) + Decimal(str(row["jumlah"]))
    return found


@pytest.mark.parametrize("name", ["rencana", "rab"])
def test_accounts_of_every_level(name: str):
    """From the recap the lines of an account are added up."""
    amounts = by_account(name)
    codes = sorted({".".join(code.split(".")[:n]) for code in amounts for n in range(1, 7)})
    rows = [[code, f"Belanja {code[-2:]}"] for code in codes]
    done = fill(printed([["Kode Rekening", "Uraian", "Jumlah (Rp)"]], rows), name)
    wanted = [sum(amount for own, amount in amounts.items() if own == code or own.startswith(f"{code}.")) for code in codes]
    assert [line[2] for line in shown(done)[1:]] == wanted
    assert (done.kind, done.total) == ("rab", sum(amounts.values()))


def test_accounts_below_their_sub_kegiatan():
    """As a DPA prints them: the code of an account belongs to the sub kegiatan above it."""
    rows: list[Row] = []
    wanted = []
    for own in subs(3):
        amounts = by_account("rencana", str(own["kode"]))
        rows += [[own["kode"], own["nama"]], *([code, "Belanja"] for code in amounts)]
        wanted += [sum(amounts.values()), *amounts.values()]
    done = fill(printed([["Kode Rekening", "Uraian", "Anggaran (Rp)"]], rows))
    assert [line[2] for line in shown(done)[1:]] == wanted
    assert done.total == sum(Decimal(str(row["anggaran"])) for row in subs(3))


# ---- indicators ----


def test_indicators_by_name_below_their_program():
    """Names that begin with "Jumlah" are indicators; a heading above them takes no target."""
    own = plan("indikator").rows[:12]
    rows: list[Row] = []
    wanted: list[object] = []
    for before, row in zip([None, *own], own, strict=False):
        if before is None or before["induk"] != row["induk"]:
            rows.append([row["kode"], row["induk"]])
            wanted.append(None)
        rows.append([None, None, row["nama"]])
        wanted.append(row["target"])
    done = fill(printed([["Kode", "Program / Kegiatan / Sub Kegiatan", "Indikator", "Satuan", "Target"]], rows))
    assert [line[4] for line in shown(done)[1:]] == wanted
    assert (done.kind, done.rows, said(done)) == ("indikator", len(rows), {("W236", ""), ("W202", "")})


def two_in_one() -> tuple[str, Supply]:
    """The code of a sub kegiatan, and rows in which it has two indicators; its money stands with the first."""
    rkt = plan("rkt")
    position = next(n for n, row in enumerate(rkt.rows) if row["anggaran"])
    first = rkt.rows[position]
    second = {**first, "indikator": "Jumlah Kunjungan Rumah", "target": Decimal(77), "anggaran": None}
    return str(first["kode_sub"]), replace(rkt, rows=(*rkt.rows[: position + 1], second, *rkt.rows[position + 1 :]))


def test_codes_over_several_indicators_and_money_over_them():
    """A merged code goes for all its rows; a merged amount is the sub kegiatan's."""
    code, rkt = two_in_one()
    own = [row for row in rkt.rows if row["kode_sub"] == code]
    rows = [[code if n == 0 else None, row["indikator"]] for n, row in enumerate(own)]
    form = printed([["Kode Sub Kegiatan", "Indikator", "Target", "Anggaran (Rp)"]], rows, merge=["A6:A7", "D6:D7"])
    lines = shown(fill_form(form, "f.xlsx", [rkt]))[1:]
    assert [line[2] for line in lines] == [row["target"] for row in own]
    assert [line[3] for line in lines] == [own[0]["anggaran"], None]


def test_measured_figures_by_name():
    own = of("capaian", "realisasi", "Capaian Indikator").rows
    heads = ["No", "Indikator Kinerja", "Satuan", "Target", "Realisasi", "Capaian (%)"]
    done = fill(printed([heads], [[n, row["nama"]] for n, row in enumerate(own, 1)]), "capaian")
    keys = ("satuan", "target", "realisasi", "capaian")
    assert [tuple(map(str, line[2:6])) for line in shown(done)[1:]] == [tuple(text(row[k]) for k in keys) for row in own]


def text(value: object) -> str:
    number = isinstance(value, Decimal)
    return str(int(value) if number and value == int(value) else float(value) if number else value)


# ---- what is said ----


@dataclass(frozen=True)
class Said:
    rows: Sequence[Row]
    codes: set[tuple[str, str]]
    pagu: list[object]


def _said(case: str) -> Said:
    one, two, three = subs(3)
    named = [[row["kode"], row["nama"]] for row in (one, two, three)]
    amounts = [row["anggaran"] for row in (one, two, three)]
    lost = ("W236", "")
    return {
        "unknown": Said([*named, ["7.01.05.2.09.0007", "Penyusunan Peta"]], {lost, ("W226", "A9")}, [*amounts, None]),
        "twice": Said([*named, named[0]], {lost, ("W246", "A6")}, [None, *amounts[1:], None]),
        "another's name": Said([named[0], [two["kode"], three["nama"]]], {lost, ("W246", "A7")}, [amounts[0], None]),
        "renamed": Said([named[0], [two["kode"], "Nama Lain"]], {lost, ("W276", "A7")}, amounts[:2]),
        "typed": Said([named[0], [*named[1], 5], named[2]], {lost, ("W256", "C7")}, [amounts[0], 5, amounts[2]]),
        "typed as ours": Said([named[0], [*named[1], float(amounts[1])], named[2]], {lost}, amounts),
        "placeholders": Said([[*named[0], "-"], [*named[1], "…"], [*named[2], 0]], {lost}, amounts),
    }[case]  # fmt: skip


@pytest.mark.parametrize("case", ["unknown", "twice", "another's name", "renamed", "typed", "typed as ours", "placeholders"])
def test_what_is_said(case: str):
    wanted = _said(case)
    done = fill(printed([["Kode", "Nama Sub Kegiatan", "Pagu (Rp)"]], wanted.rows))
    assert [line[2] for line in shown(done)[1:]] == wanted.pagu
    assert said(done) == wanted.codes


def test_several_indicators_in_one_printed_row():
    """One that has a single indicator is filled."""
    several, rkt = two_in_one()
    alone = next(row for row in rkt.rows if row["anggaran"] and row["kode_sub"] != several)
    heads = ["Kode Sub Kegiatan", "Nama Sub Kegiatan", "Indikator", "Target", "Anggaran (Rp)"]
    form = printed([heads], [[alone["kode_sub"]], [several]])
    done = fill_form(form, "f.xlsx", [rkt])
    lines = shown(done)[1:]
    assert lines[0][2:5] == [alone["indikator"], alone["target"], alone["anggaran"]]
    assert lines[1][2:5] == [None, None, sum(row["anggaran"] or 0 for row in rkt.rows if row["kode_sub"] == several)]
    assert {("W266", "A7"), ("W236", "")} <= said(done)


def test_what_is_lost_is_said_in_rupiah():
    done = fill(printed([["Kode", "Nama Sub Kegiatan", "Pagu (Rp)"]], [[row["kode"], row["nama"]] for row in subs(31)]))
    last = subs()[31]
    words = args(done, "W236")
    assert words["banyak"] == "1"
    assert words["contoh"].startswith(str(last["kode"]))


def test_printed_rows_of_somebody_else_are_left_alone():
    rows = [["7.01.05.2.09.0007", "Penyusunan Peta"], ["7.01.05.2.09.0008", "Pembuatan Sumur"]]
    with pytest.raises(InputError) as stopped:
        fill(printed([["Kode", "Nama Sub Kegiatan", "Pagu (Rp)"]], rows))
    assert {f.code for f in stopped.value.findings} <= {"W103", "W214"}


def test_a_form_filled_once_is_not_filled_again():
    data = printed([["Kode", "Nama Sub Kegiatan", "Pagu (Rp)"]], [[row["kode"], row["nama"]] for row in subs()])
    with pytest.raises(InputError) as stopped:
        fill(fill(data).data)
    assert {f.code for f in stopped.value.findings} == {"W103"}


def test_headings_over_blank_rows_are_no_printed_rows():
    """A program's code over blank rows is the group's name, and the rows below are filled as ever."""
    nodes = [row for n, row in enumerate(plan("program").rows) if str(row["kode"]).count(".") == 2]  # noqa: PLR2004
    rows: list[Row] = [line for row in nodes for line in ([row["kode"], row["nama"]], [], [])]
    done = fill_form(printed([["Kode Rekening", "Uraian", "Jumlah (Rp)"]], rows), "f.xlsx", [plan("rab")])
    assert (done.rows, done.total) == (len(plan("rab").rows), plan("rab").total)


# ---- two tables ----


def two_tables(*between: Row) -> bytes:
    """A plain table of five rows, what stands between, and the same headings again over four rows."""
    heads = ["No", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah"]

    def lines(first: int, count: int) -> list[Row]:
        return [[None, None, None, None, None, f"=C{row}*E{row}"] for row in range(first, first + count)]

    second = 6 + 5 + len(between)
    total = [None, "JUMLAH", None, None, None, f"=SUM(F{second + 1}:F{second + 4})"]
    return printed([heads], [*lines(6, 5), *between, heads, *lines(second + 1, 4), total])


TOTAL: Row = [None, "JUMLAH", None, None, None, "=SUM(F6:F10)"]


SIGNED: tuple[Row, ...] = (TOTAL, [], ["Mengetahui,"], ["Camat"])


@pytest.mark.parametrize(("between", "second"), [((TOTAL,), 12), ((TOTAL, [], []), 14), (SIGNED, 15)])
def test_a_second_table_with_the_same_headings_is_offered(between: tuple[Row, ...], second: int):
    data = two_tables(*between)
    with pytest.raises(UndecidedError) as stopped:
        fill_form(data, "f.xlsx", source("rab"))
    assert {f.code for f in stopped.value.findings} == {"W102"}
    [question] = stopped.value.questions
    assert (question.word, question.options) == ("tabel", ("Form baris 5", f"Form baris {second}"))
    done = {}
    for option in question.options:
        answer = question.answered(option)
        assert answer
        done[option] = fill_form(data, "f.xlsx", source("rab"), padanan=Padanan(answers=(answer,)))
    assert {one.total for one in done.values()} == {31_410_000}
    names = [row["uraian"] for row in of("rab", "rab").rows]
    first, last = (shown(one) for one in done.values())
    assert [line[1] for line in first[1:9]] == names
    assert [line[1] for line in last[second - 4 : second + 4]] == names
    assert {line[1] for line in last[1:6]} == {None}


def test_the_question_about_tables_is_answered_on_the_command_line(tmp_path: Path):
    form, recap_file, target = tmp_path / "f.xlsx", tmp_path / "Rekap-2025.xlsx", tmp_path / "hasil.xlsx"
    form.write_bytes(two_tables(TOTAL))
    recap_file.write_bytes(recap())
    done = isi.fill(form, recap_file, target, "rab", answers={"tabel": "form baris 12"}).filled
    assert (done.rows, shown(done)[8][1]) == (8, of("rab", "rab").rows[0]["uraian"])


def test_headings_again_on_the_next_page_are_one_table():
    """No total between them: the rows go on below the second headings. A sum over the last page alone is asked about."""
    book = openpyxl.load_workbook(io.BytesIO(two_tables()))
    book.active["F16"] = "=SUM(F6:F15)"
    out = io.BytesIO()
    book.save(out)
    [own] = source("rab")
    done = fill_form(out.getvalue(), "f.xlsx", [own])
    sheet = openpyxl.load_workbook(io.BytesIO(done.data)).active
    names = [sheet[f"B{row}"].value for row in (*range(6, 11), *range(12, 12 + len(own.rows) - 5))]
    assert names == [row["uraian"] for row in own.rows] and sheet["B11"].value == "Uraian"
    with pytest.raises(UndecidedError) as stopped:
        fill_form(two_tables(), "f.xlsx", [own])
    assert [question.word for question in stopped.value.questions] == ["selisih"]


# ---- every column is reported ----


def test_every_column_is_reported():
    heads = ["No", "Kode", "Nama Sub Kegiatan", "Pagu (Rp)", "Tanggal SPM", "Sisa Pagu", "Usulan (ribuan Rp)", "Alasan Selisih"]
    rows = [[n, row["kode"], row["nama"], None, None, f"=D{n + 5}-100"] for n, row in enumerate(subs(3), 1)]
    done = fill(printed([heads], rows))
    assert [(one.col, one.heading, one.ours) for one in done.columns] == [
        ("A", "No", ""), ("B", "Kode", ""), ("C", "Nama Sub Kegiatan", ""), ("D", "Pagu (Rp)", "Anggaran (Rp)"),
        ("E", "Tanggal SPM", ""), ("F", "Sisa Pagu", ""), ("G", "Usulan (ribuan Rp)", ""), ("H", "Alasan Selisih", ""),
    ]  # fmt: skip
    assert [one.because for one in done.columns] == [
        "dibiarkan seperti tercetak", *["sudah tercetak, barisnya dikenali dari sini"] * 2, "",
        "kosong, tidak ada pada data kantor", "dihitung rumus formulir", "kosong, diminta dalam ribuan atau jutaan rupiah",
        "kosong, Alasan Selisih tidak terisi pada data kantor",
    ]  # fmt: skip


def test_the_report_is_on_the_terminal_and_in_json(tmp_path: Path):
    form, recap_file = tmp_path / "f.xlsx", tmp_path / "Rekap-2025.xlsx"
    form.write_bytes(printed([["No", "Indikator", "Target", "Nomor SPM"]], [[], [], []]))
    recap_file.write_bytes(recap())
    command = ["isi", str(form), "--dari", str(recap_file), "--sebagai", "indikator", "-o"]
    shown_there = CliRunner().invoke(main, [*command, str(tmp_path / "a.xlsx")]).output
    assert "D Nomor SPM: kosong, tidak ada pada data kantor" in shown_there
    answer = json.loads(CliRunner().invoke(main, [*command, str(tmp_path / "b.xlsx"), "--format", "json"]).stdout)
    found = [(one["kolom"], one["diisi"]) for one in answer["isi"]["kolom"]]
    assert found == [("A", ""), ("B", "Indikator"), ("C", "Target Tahun"), ("D", "")]


def test_below_an_unknown_name_nothing_of_the_row_above_goes_on():
    """An account there is nobody's, though it is ours in the sub kegiatan above; an indicator is known by its name alone."""
    own, code = subs(1)[0], next(iter(by_account("rencana", str(subs(1)[0]["kode"]))))
    rows = [[own["kode"], own["nama"]], [code, "Belanja"], [None, "Pembangunan Embung"], [code, "Belanja"]]
    done = fill(printed([["Kode Rekening", "Uraian", "Anggaran (Rp)"]], rows))
    amount = by_account("rencana", str(own["kode"]))[code]
    assert [line[2] for line in shown(done)[1:]] == [own["anggaran"], amount, None, None]
    assert args(done, "W226")["baris"] == "8, 9"
