"""What is not known is never 0: every face of a sum says how much of it is known and how many parts are not."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from click.testing import CliRunner
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from kinerja_xl.catatan import Finding
from kinerja_xl.face.cli import main, terminal
from kinerja_xl.office.folder import Submission
from kinerja_xl.package import ErrorValue
from kinerja_xl.reckoning import Sum, aside, summed, together, told, unread
from kinerja_xl.reckoning.plan.review import review_of
from kinerja_xl.reckoning.recap import Recap, Status
from kinerja_xl.reckoning.recap.build import Kind, matters
from kinerja_xl.sheets import rekap as sheets
from kinerja_xl.sheets.content import TOTAL_MARK
from kinerja_xl.sheets.rekap import UNKNOWN, UNKNOWN_ROWS
from kinerja_xl.sheets.values import format_number, format_rupiah
from kinerja_xl.uses import kunci, surel
from kinerja_xl.uses.cetak import printed_forms
from kinerja_xl.uses.rekap import rekap
from kinerja_xl.writing.form.penelaahan import write_review
from kinerja_xl.writing.output import Written
from kinerja_xl.writing.shown.recap import write_recap
from tests.conftest import LONG
from tests.kantor_uji import SUB_A, D, Folder, cell, clean, edit, unit_bytes, unit_content
from tests.naskah import text
from tests.test_di_samping import OUTSIDE

PMD, TRANTIB, FIRST = 18_010_000, 13_400_000, 550_000
LATE = date(2024, 9, 20)


# ---- the value and its words ---------------------------------------------------------------------

def test_one_value_one_plus_one_way_to_say_it():
    whole = together((summed((1_000, None)), summed((234_000, None, 5)), Sum()))
    assert told(Sum(5) + unread(2) + Sum(unknown=1)) == "sedikitnya Rp5 (1 baris dan 2 berkas belum diketahui)"
    assert (whole.amount, whole.known, whole.unknown) == (235_005, 3, 2)
    assert [told(one) for one in (Sum(), Sum(5), Sum(235_005, unknown=2), Sum(unknown=2))] == [
        format_rupiah(0), format_rupiah(5), "sedikitnya Rp235.005 (2 baris belum diketahui)", UNKNOWN,
    ]  # fmt: skip
    assert aside(Sum(235_005, unknown=2)) == told(Sum(235_005, unknown=2))
    assert UNKNOWN not in aside(Sum(unknown=2)) and "2 baris" in aside(Sum(unknown=2))  # a dash is no part of a sentence
    assert told(Sum(5, unknown=1), format_number, "rekening") == "sedikitnya 5 (1 rekening belum diketahui)"


# ---- every face of a recap -----------------------------------------------------------------------

def of_json(data: dict[str, object]) -> Sum:
    return Sum(data["total_tidak_dihitung"], unknown=data["belum_diketahui"])


def of_cells(amount: object, unknown: object) -> Sum:
    """The known part and the count beside it; a dash has no known part, and then something is not known."""
    assert amount != UNKNOWN or unknown
    return Sum(0 if amount == UNKNOWN else amount, unknown=unknown)


def ringkasan(book: openpyxl.Workbook, recap: Recap) -> tuple[dict[str, Sum], Sum]:
    sheet = book[sheets.RINGKASAN.name]
    table = sheets.RINGKASAN.part("unit")
    head = next(row for row in sheet.iter_rows() if row[0].value == table.own("nama").label)
    at = {one.value: one.column for one in head if one.value}
    held, unknown = (at[table.own(key).label] for key in ("total_tidak_dihitung", UNKNOWN_ROWS))

    def of_row(row: int) -> Sum:
        return of_cells(sheet.cell(row, held).value, sheet.cell(row, unknown).value)

    first = head[0].row + 1
    units = {unit.kode: of_row(first + number) for number, unit in enumerate(recap.units)}
    return units, of_row(first + len(recap.units))


def per_program(book: openpyxl.Workbook) -> dict[str, Sum]:
    """What is not counted of each code, "" of all."""
    rows = [[cell.value for cell in row] for row in book[sheets.PER_PROGRAM.name].iter_rows()]
    top = next(number for number, row in enumerate(rows) if "Kode" in row)
    keys = [c.label for c in sheets.PER_PROGRAM.table.before]
    code, held, unknown = (keys.index(sheets.PER_PROGRAM.table.own(k).label) for k in ("kode", "tidak_dihitung", UNKNOWN_ROWS))
    found = {str(row[code]): of_cells(row[held], row[unknown]) for row in rows[top + 1 :] if isinstance(row[unknown], int)}
    return found | {"": of_cells(rows[top - 1][held], rows[top - 1][unknown])}


def of_review(recap: Recap) -> dict[str, Sum]:
    found: dict[str, Sum] = {unit.kode: Sum() for unit in recap.units}
    for row in review_of(recap).rows("telaah_sub"):
        held, unknown = (int(row.number(key) or 0) for key in ("tidak_dihitung", "belum_diketahui"))
        found[row.text("unit")] += Sum(held, unknown=unknown)
    return found


def agree(recap: Recap, data: bytes, units: Mapping[str, Sum], reviewed: Mapping[str, Sum] | None = None) -> None:
    """JSON, the first sheet, the review, terminal and mail say these sums of what is not counted, of each unit and the whole."""
    said, whole = json.loads(json.dumps(terminal.recap_json(recap))), together(units.values())
    assert ({unit["kode"]: of_json(unit) for unit in said["unit"]}, of_json(said)) == (units, whole)
    assert ringkasan(openpyxl.load_workbook(io.BytesIO(data), data_only=True), recap) == (units, whole)
    assert of_review(recap) == (units if reviewed is None else reviewed)
    rows = {unit.kode: [line for line in shown(recap).splitlines() if line.strip().startswith(unit.nama)] for unit in recap.units}
    for kode, (row,) in rows.items():
        own = next(unit.total_tidak_dihitung for unit in recap.units if unit.kode == kode)
        assert (own, aside(own) in row) == (units[kode], bool(units[kode]))
    said_aside = aside(recap.total_tidak_dihitung)
    screen = io.StringIO()
    with redirect_stdout(screen), redirect_stderr(io.StringIO()):
        terminal.show_recap(recap, Written(path=Path("rekap.xlsx"), wanted=Path("rekap.xlsx")), "teks")
    shown_aside = [" ".join(line.split()) for line in screen.getvalue().splitlines() if line.startswith("Tidak dihitung  ")]
    assert shown_aside == ([f"Tidak dihitung {said_aside}"] if whole else [])
    assert recap.total_tidak_dihitung == whole
    mail = surel.covering_text(recap)
    assert (OUTSIDE.format(said_aside) in mail, "Di luar" in mail) == (bool(whole), bool(whole))


def shown(recap: Recap) -> str:
    out = io.StringIO()
    Console(file=out, width=400, force_terminal=True, color_system=None).print(terminal._unit_table(recap))
    return out.getvalue()


def broken(folder: Folder, row: int = 0) -> Folder:
    return folder.put("pmd", cell("rab", row, "harga_satuan"), ErrorValue("#REF!"))


def late() -> Folder:
    return Folder().edit("kantor", "penerimaan", 0, tanggal=LATE)


def of_pmd(**first: object) -> bytes:
    """The clean file of pmd, its first row changed."""
    return unit_bytes(edit(unit_content("pmd"), "rab", 0, **first)) if first else clean("pmd")


def of_year(year: int) -> bytes:
    return unit_bytes(edit(unit_content("pmd"), "identitas", 0, tahun=D(year)))


AGAIN = "pmd lagi.xlsx"
CASES: Mapping[str, tuple[Callable[[], Folder], Sum]] = {
    "sel rusak": (lambda: broken(Folder()), Sum(unknown=1)),
    "bermakna ganda": (lambda: Folder().edit("pmd", "rab", 0, harga_satuan="402.115"), Sum(unknown=1)),
    "harga kosong": (lambda: Folder().edit("pmd", "rab", 0, harga_satuan=None), Sum(unknown=1)),
    "satu terbaca, satu tidak": (lambda: broken(Folder().edit("pmd", "rab", 1, uraian=None)), Sum(5_400_000, unknown=1)),
    "terlambat, dua tidak terbaca": (lambda: broken(broken(late()), 1), Sum(PMD - FIRST - 5_400_000, unknown=2)),
    "dua berkas": (lambda: Folder().add(AGAIN, clean("pmd")), Sum(PMD)),
    "dua berkas, yang kedua lebih besar": (lambda: Folder().add(AGAIN, of_pmd(harga_satuan=D(60_000))), Sum(PMD + 50_000)),
    "dua berkas, satu dengan yang tidak terbaca": (lambda: broken(Folder()).add(AGAIN, clean("pmd")), Sum(PMD)),
    "dua berkas terlambat": (lambda: late().add(AGAIN, clean("pmd")), Sum(PMD)),
    "dua berkas tahun lain": (
        lambda: Folder().edit("pmd", "identitas", 0, tahun=D(2026)).add(AGAIN, of_year(2026)), Sum(PMD),
    ),
    # the neighbours: everything is known
    "bersih": (Folder, Sum()),
    "terlambat": (late, Sum(PMD)),
    "wajib kosong": (lambda: Folder().edit("pmd", "rab", 0, uraian=None), Sum(FIRST)),
}  # fmt: skip


UNREAD: Mapping[str, tuple[Callable[[Folder], Folder], Mapping[str, Sum]]] = {
    "satu unit": (lambda f: f.bend("pmd", without_sheets), {"pmd": Sum(unknown=1), "trantib": Sum()}),
    "semua unit": (
        lambda f: f.bend("pmd", without_sheets).bend("trantib", lambda data: data[:900]),
        {"pmd": Sum(unknown=1), "trantib": Sum(unknown=1)},
    ),
    "di samping baris yang ditahan": (
        lambda f: broken(f.edit("pmd", "rab", 1, uraian=None)).bend("trantib", without_sheets),
        {"pmd": Sum(5_400_000, unknown=1), "trantib": Sum(unknown=1)},
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", UNREAD)
def test_of_a_file_that_can_not_be_read_nothing_is_known(what: str, tmp_path: Path, libre):
    """The unit's amount is a dash and the sum a least; the Lembar Penelaahan has no line of a unit whose file can't be read."""
    bent, units = UNREAD[what]
    recap = rekap(bent(Folder()).write(tmp_path / "kantor"))
    path = tmp_path / "rekap.xlsx"
    path.write_bytes(write_recap(recap))
    lines = {unit.kode for unit in recap.units if unit.status is not Status.TIDAK_TERBACA}
    agree(recap, path.read_bytes(), units, {kode: held if kode in lines else Sum() for kode, held in units.items()})
    assert libre.judge([path])[1] == []
    subs = per_program(openpyxl.load_workbook(path, data_only=True))
    assert subs.pop("") == together(units.values())  # a file of two sub kegiatan once
    for unit in recap.units:  # the pagu alone says that a unit has something to propose there
        own = [subs[kode] for of, kode in recap.office.pagu if of == unit.kode]
        assert own == [Sum(unknown=1)] * len(own) if unit.kode not in lines else together(own) == units[unit.kode], unit.kode


def test_a_stranger_that_can_not_be_read_is_in_the_sum_of_all(tmp_path: Path, libre):
    recap = rekap(Folder().add("entah.xlsx", clean("pmd")[:900]).write(tmp_path / "kantor"))
    path = tmp_path / "rekap.xlsx"
    path.write_bytes(write_recap(recap))
    units, whole = ringkasan(openpyxl.load_workbook(path, data_only=True), recap)
    assert (units, whole, recap.total_tidak_dihitung) == ({"pmd": Sum(), "trantib": Sum()}, Sum(unknown=1), Sum(unknown=1))
    assert aside(recap.total_tidak_dihitung) in surel.covering_text(recap) and "1 berkas" in aside(recap.total_tidak_dihitung)
    assert libre.judge([path])[1] == []


@pytest.mark.parametrize("what", CASES)
def test_every_face_says_the_same(what: str, tmp_path: Path, libre):
    folder, held = CASES[what]
    recap = rekap(folder().write(tmp_path / "kantor"))
    path = tmp_path / "rekap.xlsx"
    path.write_bytes(write_recap(recap))
    agree(recap, path.read_bytes(), {"pmd": held, "trantib": Sum()})
    assert libre.judge([path])[1] == []  # what the cells carry is what their formulas give


def test_two_files_of_one_revision_are_said_once_with_their_number(tmp_path: Path):
    recap = rekap(Folder().add(AGAIN, clean("pmd")).write(tmp_path / "kantor"))
    assert (recap.total_rab, len([line for line in recap.lines if line.unit == "pmd"])) == (TRANTIB, 5)
    assert {f.file for f in recap.findings if f.code == "U903"} == {"Usulan-pmd-2025.xlsx", AGAIN}
    assert "2 berkas" in recap.units[0].alasan
    assert all(s.rows_read == s.rows_used + s.rows_reported for s in recap.sources)


def test_decisions_carry_the_unknown(tmp_path: Path):
    recap = rekap(broken(late()).write(tmp_path / "kantor"))
    assert {m.kind: m.amount for m in matters(recap)}[Kind.TERLAMBAT] == Sum(PMD - FIRST, unknown=1)
    book = openpyxl.load_workbook(io.BytesIO(write_recap(recap)), data_only=True)
    rows = [[c.value for c in row] for row in book[sheets.RINGKASAN.name].iter_rows()]
    (line,) = [row for row in rows if str(row[0]).startswith("1. Terlambat")]
    assert [x for x in line[1:] if isinstance(x, int)] == [PMD - FIRST, 1]


def test_the_berita_acara_and_the_review_say_at_least(tmp_path: Path):
    year = broken(late()).write(tmp_path / "kantor")
    wanted = told(Sum(8_260_000 - FIRST, unknown=1), format_number)
    written = [one.path for one in printed_forms(year, "pmd").written]
    papers = {path.name: text(Document(str(path))) for path in written}
    assert {name.split("-")[0] for name, words in papers.items() if wanted in words} >= {"Berita", "Nota"}
    remarks = [row.text("catatan") for row in review_of(rekap(year)).rows("telaah_sub") if row.get("kode") == SUB_A]
    assert told(Sum(8_260_000 - FIRST, unknown=1)) in remarks[0]


def test_the_review_s_total_is_a_dash_where_nothing_of_it_is_known(tmp_path: Path, libre):
    """And a figure as soon as one part is known; what is only late is known."""
    wanted, paths = {"ditahan": (UNKNOWN, 1), "keduanya": (PMD - FIRST, 1), "terlambat": (PMD, 0), "bersih": (0, 0)}, []
    offices = {"ditahan": broken(Folder()), "keduanya": broken(late()), "terlambat": late(), "bersih": Folder()}
    for name, folder in offices.items():
        recap = rekap(folder.write(tmp_path / name / "kantor"))
        paths.append(tmp_path / f"{name}.xlsx")
        paths[-1].write_bytes(write_review(review_of(recap), recap.office))
        sheet = openpyxl.load_workbook(paths[-1], data_only=True)["Sub Kegiatan"]
        rows = list(sheet.values)
        (head,) = [row for row in rows if "Tidak Dihitung (Rp)" in row]
        (total,) = [row for row in rows if str(row[0]).startswith(TOTAL_MARK)]
        at = head.index("Tidak Dihitung (Rp)")
        assert total[at : at + 2] == wanted[name]
    assert libre.judge(paths)[1] == []


@pytest.mark.parametrize(
    ("folder", "proposed", "held"),
    [
        (late, Sum(), Sum(8_260_000)), (lambda: broken(Folder()), Sum(8_260_000 - FIRST), Sum(unknown=1)),
        (Folder, Sum(8_260_000), Sum()),
    ],
    ids=["terlambat", "ditahan", "bersih"],
)  # fmt: skip
def test_proposed_means_counted_before_the_lock_and_after_it(
    folder: Callable[[], Folder], proposed: Sum, held: Sum, tmp_path: Path
):
    """As in the Lembar Penelaahan: what is late or held stands below it, never in it."""
    year = folder().write(tmp_path / "kantor")
    (row,) = [row for row in review_of(rekap(year)).rows("telaah_sub") if row.get("kode") == SUB_A]
    beside = Sum(int(row.number("tidak_dihitung") or 0), unknown=int(row.number("belum_diketahui") or 0))
    assert (int(row.number("diusulkan") or 0), beside) == (proposed.amount, held)
    wanted = told(proposed, format_number) + (f"\nTidak dihitung: {aside(held, format_number)}" if held else "")
    assert proposed_in_berita_acara(year) == wanted
    assert kunci.lock(year, "usulan", tanggal=date(2024, 12, 20)).written
    assert proposed_in_berita_acara(year) == wanted


def proposed_in_berita_acara(year: Path) -> str:
    (path,) = [one.path for one in printed_forms(year, "pmd").written if one.path.name.startswith("Berita")]
    rows = [row.cells for table in Document(str(path)).tables for row in table.rows if len(row.cells) == 7]
    (own,) = [cells[2].text for cells in rows if cells[1].text.startswith(SUB_A)]
    return own


# ---- random files of a small office --------------------------------------------------------------

@st.composite
def offices(draw: st.DrawFn) -> tuple[bool, tuple[int, ...], int, int | None]:
    """pmd late or not, rows that can't be read, rows that are held, price of the first row in a second file of its revision."""
    rows = st.integers(0, 4)
    hidden = draw(st.sets(rows, max_size=3))
    held = draw(st.sets(rows, max_size=2))
    return draw(st.booleans()), tuple(sorted(hidden)), tuple(sorted(held - hidden)), draw(st.none() | st.integers(1_000, 90_000))


AMOUNTS = (550_000, 5_400_000, 2_310_000, 250_000, 9_500_000)


@settings(max_examples=60 if LONG else 6)
@given(offices(), st.booleans())
def test_random_files_say_the_same_everywhere(drawn: tuple[bool, tuple[int, ...], tuple[int, ...], int | None], replaced: bool):
    behind, hidden, held, price = drawn
    folder = late() if behind else Folder()
    for row in held:
        folder.edit("pmd", "rab", row, uraian=None)
    for row in hidden:
        broken(folder, row)
    own = Sum(sum(amount for row, amount in enumerate(AMOUNTS) if row not in hidden), unknown=len(hidden))
    if price is not None and replaced:  # a lower revision goes on accusing nobody
        folder.edit("pmd", "identitas", 0, revisi=D(1))
        folder.edit("kantor", "penerimaan", 2, unit="pmd", revisi=D(1), tanggal=LATE if behind else date(2024, 9, 11))
        folder.add(AGAIN, of_pmd(harga_satuan=D(price)))
    doubled = price is not None and not replaced
    if doubled:
        folder.add(AGAIN, of_pmd(harga_satuan=D(price)))
        other = Sum(PMD - FIRST + 10 * price)
        own = max(own, other, key=lambda one: (one.amount, one.unknown))
    elif not behind:
        own = Sum(sum(AMOUNTS[row] for row in held), unknown=len(hidden))
    with TemporaryDirectory() as place:
        recap = rekap(folder.write(Path(place) / "kantor"))
        agree(recap, write_recap(recap), {"pmd": own, "trantib": Sum()})


# ---- nothing read is never "no catatan" ----------------------------------------------------------

def test_a_submission_without_content_always_says_why():
    bare = Submission(file="a.xlsx", sha256="", unit="", version=0, content=None)
    assert [(f.code, f.file) for f in bare.findings] == [("B118", "a.xlsx")]
    told_ = Submission(
        file="a.xlsx", sha256="", unit="", version=0, content=None, findings=(Finding(code="B102", file="a.xlsx"),)
    )  # fmt: skip
    assert [f.code for f in told_.findings] == ["B102"]


def without_sheets(data: bytes) -> bytes:
    """The workbook with an empty list of sheets."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            part = source.read(name)
            made.writestr(name, re.sub(rb"<sheets>.*</sheets>", b"<sheets/>", part) if name == "xl/workbook.xml" else part)
    return out.getvalue()


def test_a_workbook_without_a_worksheet_is_held_and_said(tmp_path: Path):
    year = Folder().bend("pmd", without_sheets).write(tmp_path / "kantor")
    result = CliRunner().invoke(main, ["rekap", str(year), "--format", "json"])
    said = json.loads(result.stdout)
    assert (result.exit_code, said["total_rab"]) == (1, TRANTIB)
    assert {(f["kode"], f["berkas"]) for f in said["catatan"] if f["tingkat"] == "wajib"} == {("B111", "Usulan-pmd-2025.xlsx")}
    assert said["unit"][0]["status"] == Status.TIDAK_TERBACA


def test_nothing_read_is_no_clean_bill(tmp_path: Path):
    year = Folder().write(tmp_path / "2025")
    empty = tmp_path / "kosong"
    empty.mkdir()
    (year / "arsip").mkdir()
    for folder, meant in ((empty, ""), (year / "arsip", str(year)), (tmp_path, str(year))):
        for form in ("teks", "json"):
            result = CliRunner().invoke(main, ["periksa", str(folder), "--format", form])
            assert result.exit_code == 2 and meant in result.stderr
            command = f"kinerja-xl periksa {meant} --format {form}" if meant else ""
            assert command in result.stderr
            if form == "teks":
                assert result.stdout == ""
                continue
            answer = json.loads(result.stdout)
            assert str(folder) in answer["kesalahan"] and meant in answer["kesalahan"]
            assert answer == {
                "perintah": "periksa", "status": 2, "kesalahan": answer["kesalahan"], "ketik": command, "berkas": [], "pesan": [],
                "catatan": [], "isi": None,
            }  # fmt: skip
    assert CliRunner().invoke(main, ["periksa", str(year)]).exit_code == 0
