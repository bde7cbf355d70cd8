"""Forms of others filled with our rows: totals equal ours as LibreOffice recalculates them, nothing typed is overwritten.

``case`` holds every code of area W: a form that gives it and one that nearly does, with the exact set of places.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.styles import Border, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula

from kinerja_xl.catatan import catalogue
from kinerja_xl.face.cli import main
from kinerja_xl.filling.choose import UndecidedError
from kinerja_xl.filling.form import Filled, fill_form
from kinerja_xl.filling.from_shown import read_measured, read_supplies
from kinerja_xl.filling.match import match, meaning
from kinerja_xl.filling.supply import RECAP_KINDS, Supply
from kinerja_xl.filling.target import FormColumn
from kinerja_xl.foreign.padanan import Answer, Padanan, fingerprint
from kinerja_xl.office.folder import InputError
from kinerja_xl.package import Archive, repack
from kinerja_xl.reading.own_book import RecapLine
from kinerja_xl.sheets.capaian import EVALUASI_RENJA
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.uses import isi
from kinerja_xl.uses.rekap import rekap
from kinerja_xl.writing.shown.capaian import write_capaian
from kinerja_xl.writing.shown.recap import write_recap
from tests import formulir_asing, formulir_tercetak, tahun_contoh
from tests.kantor_uji import Folder
from tests.kasus import COVERED

Sheet = openpyxl.worksheet.worksheet.Worksheet
ARSIP = Path(__file__).parent.parent / "samples" / "wasuponda-2025" / "arsip"
TOTAL = 31_410_000  # of the small office's RAB


@cache
def recap() -> bytes:
    with TemporaryDirectory() as folder:
        return write_recap(rekap(Folder().write(Path(folder) / "kantor")), masuk="../masuk")


@cache
def supply(kind: str) -> Supply:
    return read_supplies(recap(), "Rekap-2025.xlsx", kind)[0]


def opened(data: bytes, *, values: bool = False) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl would lose on saving does not matter: nothing is saved
        return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def test_rows_without_cells_at_the_end_of_a_form_are_blank_rows():
    """As a program leaves them that writes a row for every line; here below the last cell of the sheet."""
    book = openpyxl.Workbook()
    book.active.append(("Sasaran", "Indikator Kinerja", "Satuan", "Target"))
    data = io.BytesIO()
    book.save(data)
    archive = Archive.open(data.getvalue())
    parts = {entry.filename: archive.read(entry.filename) for entry in archive.entries}
    path = "xl/worksheets/sheet1.xml"
    blank = b"".join(b'<row r="%d"></row>' % n for n in range(2, 200))
    parts[path] = parts[path].replace(b"</sheetData>", blank + b"</sheetData>")
    assert fill_form(repack(parts), "form.xlsx", read_supplies(recap(), "Rekap-2025.xlsx", "indikator")).rows == 7


# ---- the sources -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "rows", "total"), [("rab", 8, TOTAL), ("indikator", 7, 0), ("rkt", 7, TOTAL), ("program", 11, TOTAL)]
)
def test_sources_hold_what_the_recap_counts(kind: str, rows: int, total: int):
    found = supply(kind)
    assert (len(found.rows), found.total) == (rows, total)


def test_a_unit_and_a_code_pick_their_rows():
    assert {row["unit"] for row in supply("rab").only(unit="PMD").rows} == {"pmd"}
    assert supply("rab").only(code="7.01.03.2.03").total == 9_750_000
    assert supply("rab").only(code="7.01.03.203.02").total == 9_750_000
    assert supply("program").only(code="7.01.03").groups == {0, 1, 3}


# ---- every code: a form that gives it, and one that nearly does -----------------------------------------

HEADS = (
    "No", "Kode Sub Kegiatan", "Jenis Belanja", "Uraian", "Koef. 1", "Satuan", "Harga Satuan", "Sumber Dana", "Kode Rekening",
    "Jumlah",
)  # fmt: skip
FRAME = Border(*(Side(style="thin") for _ in range(4)))
Change = Callable[[openpyxl.Workbook], None]
Said = frozenset[tuple[str, str, str]]


def small(change: Change = lambda _: None, heads: tuple[str, ...] = HEADS, rows: int = 3) -> bytes:
    """A form with frames, three prepared rows (6 to 8), JUMLAH in row 9 and a signature block."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Form"
    for col, head in enumerate(heads, 1):
        sheet.cell(5, col, head)
        for row in range(5, 6 + rows):
            sheet.cell(row, col).border = FRAME
    sheet.cell(6 + rows, 1, "JUMLAH")
    if "Jumlah" in heads:
        sheet[f"J{6 + rows}"] = f"=SUM(J6:J{5 + rows})"
    sheet.cell(10 + rows, 7, "Mengetahui,")
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def put(**cells: object) -> Change:
    def change(book: openpyxl.Workbook) -> None:
        for place, value in cells.items():
            book["Form"][place] = value

    return change


def hidden_row(row: int) -> Change:
    def change(book: openpyxl.Workbook) -> None:
        book["Form"].row_dimensions[row].hidden = True

    return change


@dataclass(frozen=True, kw_only=True)
class Case:
    code: str
    broken: Callable[[], Said]
    said: Said
    nearly: Callable[[], Said]
    nearly_said: Said


CASES: list[Case] = []


def case(
    code: str, broken: Callable[[], Said], said: set[tuple[str, str, str]] | tuple[str, str],
    nearly: Callable[[], Said], nearly_said: set[tuple[str, str, str]] = frozenset(),
) -> None:  # fmt: skip
    COVERED.add(code)
    whole = frozenset({(code, *said)}) if isinstance(said, tuple) else frozenset(said)
    CASES.append(Case(code=code, broken=broken, said=whole, nearly=nearly, nearly_said=frozenset(nearly_said)))


def filled(data: bytes, *supplies: Supply, sheet: str = "", file: str = "form.xlsx") -> Filled:
    return fill_form(data, file, supplies or (supply("rab"),), sheet)


def says(data: bytes, *supplies: Supply, sheet: str = "") -> Callable[[], Said]:
    """What is said when the form is filled, or why it is left alone."""

    def told() -> Said:
        try:
            findings = filled(data, *supplies, sheet=sheet).findings
        except InputError as error:
            findings = error.findings
        assert all(f.masalah and f.perbaikan for f in findings)
        return frozenset((f.code, f.sheet, f.cell) for f in findings)

    return told


def says_after(data: bytes, answer: str) -> Callable[[], Said]:
    """What is said of a form once its one question is answered."""

    def told() -> Said:
        with pytest.raises(UndecidedError) as stopped:
            filled(data)
        [question] = stopped.value.questions
        done = fill_form(data, "form.xlsx", [supply("rab")], padanan=Padanan(answers=(question.answered(answer),)))
        return frozenset((f.code, f.sheet, f.cell) for f in done.findings)

    return told


def twice(book: openpyxl.Workbook) -> None:
    book.copy_worksheet(book["Form"]).title = "Salinan"


def hidden_twice(book: openpyxl.Workbook) -> None:
    twice(book)
    book["Salinan"].sheet_state = "hidden"


def grouped(first: str, second: str, third: str = "C. Belanja Modal") -> Change:
    """Three groups of two prepared rows, each with its own subtotal."""

    def change(book: openpyxl.Workbook) -> None:
        sheet = book["Form"]
        for col in range(1, 11):
            for row in range(5, 19):
                sheet.cell(row, col).border = FRAME
                if row > 5:
                    sheet.cell(row, col).value = None
        for top, name in ((6, first), (10, second), (14, third)):
            sheet[f"B{top}"] = name
            sheet[f"B{top + 3}"], sheet[f"J{top + 3}"] = "Sub Jumlah", f"=SUM(J{top + 1}:J{top + 2})"
        sheet["B18"], sheet["J18"] = "JUMLAH", "=J9+J13+J17"

    return change


def array(first: str) -> Change:
    return lambda book: book["Form"].__setitem__(first, ArrayFormula(f"{first}:L9", "=J5:J9*2"))


def signed(data: bytes, path: str) -> bytes:
    archive = Archive.open(data)
    return repack({e.filename: archive.read(e.filename) for e in archive.entries} | {path: b"<a/>"})


def pivot(data: bytes, source: str) -> bytes:
    """A file with the cache of a pivot that takes its figures from somewhere."""
    archive = Archive.open(data)
    parts = {entry.filename: archive.read(entry.filename) for entry in archive.entries}
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    cache = f'<cacheSource type="worksheet"><worksheetSource ref="A5:J8" {source}/></cacheSource><cacheFields count="0"/>'
    body = f'<pivotCacheDefinition xmlns="{main}">{cache}</pivotCacheDefinition>'
    return repack(parts | {"xl/pivotCache/pivotCacheDefinition1.xml": body.encode()})


def locked_sheet(book: openpyxl.Workbook) -> None:
    book["Form"].protection.sheet = True


def headed(*changes: tuple[str, str]) -> tuple[str, ...]:
    names = dict(changes)
    return tuple(names.get(head, head) for head in HEADS)


def upright(area: str) -> Change:
    return lambda book: book["Form"].merge_cells(area)


def held_back() -> Supply:
    line = RecapLine(unit="pmd", kode_sub="", row=Row(values={"dihitung": "Tidak"}), counted=False, jumlah=5)
    return replace(supply("rab"), uncounted=(line,))


SPENT = ("No", "Kode", "Uraian", "Pagu (Rp)", "Realisasi (Rp)")


@cache
def spent_book() -> list[Supply]:
    return read_measured(write_capaian(tahun_contoh.year()), "Capaian-2025.xlsx")


def spent(unknown: int) -> Supply:
    """The money of a capaian; of so many accounts of its first row nobody has reported anything."""
    [whole] = [one for one in spent_book() if one.sheet == "Realisasi Anggaran"]
    return replace(whole, rows=({**whole.rows[0], "belum_diketahui": Decimal(unknown)}, *whole.rows[1:]))


def beside_a_plan(kind: str, year: int = 2025, *, older: bool = True) -> Callable[[], Said]:
    """A form filled from the recap of a folder in which the plan of a year is locked; ``older``: after the recap was written."""

    def told() -> Said:
        with TemporaryDirectory() as place:
            folder, form = Folder().write(Path(place) / "kantor"), Path(place) / "form.xlsx"
            (folder / "hasil").mkdir(exist_ok=True)
            (folder / "arsip").mkdir(exist_ok=True)
            plan = folder / "arsip" / f"Penetapan-{year}.xlsx"
            if not older:
                plan.write_bytes((ARSIP / "Penetapan-2025.xlsx").read_bytes())
            written = recap() if older else write_recap(rekap(folder), masuk="../masuk")
            (folder / "hasil" / "Rekap-2025.xlsx").write_bytes(written)
            plan.write_bytes((ARSIP / "Penetapan-2025.xlsx").read_bytes())
            form.write_bytes(small(heads=HEADS if kind == "rab" else ("Sasaran", "Indikator", "Satuan", "Target", "Anggaran")))
            done = isi.fill(form, folder / "hasil" / "Rekap-2025.xlsx", Path(place) / "hasil.xlsx", kind)
        return frozenset((f.code, f.sheet, f.cell) for f in done.filled.findings if f.code == "W224")

    return told


def locked(name: str) -> Callable[[], Said]:
    """A form filled from a locked plan of the sample office, as the verb does it."""

    def told() -> Said:
        with TemporaryDirectory() as place:
            form = Path(place) / "form.xlsx"
            form.write_bytes(small(heads=headed(("Koef. 1", "Catatan Kita"), ("Satuan", "Bidang"))))
            done = isi.fill(form, ARSIP / name, Path(place) / "hasil.xlsx", "rab")
        return frozenset((f.code, f.sheet, f.cell) for f in done.filled.findings if f.code == "W215")

    return told


def drifts(heads: tuple[str, ...]) -> Callable[[], Said]:
    """A form whose layout resembles one with a kept answer."""
    answer = Answer(
        sidik=fingerprint(HEADS), asal="form.xlsx, Form", judul=HEADS, kunci="isi:jenis", pertanyaan="", pilihan=(), jawaban="rab"
    )

    def told() -> Said:
        done = fill_form(small(heads=heads), "form.xlsx", [supply("rab")], padanan=Padanan(answers=(answer,)))
        return frozenset((f.code, f.sheet, f.cell) for f in done.findings)

    return told


def worded(value: str) -> Supply:
    """The small office's RAB with a word for a figure in its first row."""
    rows = supply("rab").rows
    return replace(supply("rab"), rows=({**rows[0], "koef_1": value}, *rows[1:]))


def tree(*more: str, keep: int = 4, **typed: object) -> Callable[[], Said]:
    """A form with the four sub kegiatan printed in rows 6 to 9, code and name, then what else is printed or typed in."""
    own = [row for n, row in enumerate(supply("program").rows) if n not in supply("program").groups][:keep]
    rows = [[row["kode"], row["nama"]] for row in own] + [text.split(" ", 1) for text in more]
    book = openpyxl.load_workbook(io.BytesIO(formulir_tercetak.printed([["Kode", "Sub Kegiatan", "Dihitung (Rp)"]], rows)))
    put(**typed)(book)
    out = io.BytesIO()
    book.save(out)
    return says(out.getvalue(), supply("program"))


def two_indicators(head: str) -> Callable[[], Said]:
    """A printed sub kegiatan that has two indicators, with different targets and of one type."""
    own = supply("indikator")
    rows = (own.rows[0], {**own.rows[0], "nama": "Jumlah kunjungan", "target": Decimal(77)}, *own.rows[1:])
    form = formulir_tercetak.printed([["Kode", "Sub Kegiatan", "Level", head]], [[own.rows[0]["kode"]]])
    return says(form, replace(own, rows=rows))


def chosen(entries: str) -> Change:
    def change(book: openpyxl.Workbook) -> None:
        rule = DataValidation(type="list", formula1=f'"{entries}"', showErrorMessage=True)
        rule.add("H6:H8")
        book["Form"].add_data_validation(rule)

    return change


TARGETS = (
    "No", "Indikator", "Kode", "Satuan", "Target 2025", "TW I", "TW II", "TW III", "TW IV", "Penanggung Jawab",
)  # fmt: skip
PROGRAM = (
    "Kode", "Program / Kegiatan / Sub Kegiatan", "Unit", "Baris RAB", "Dihitung (Rp)", "Tidak Dihitung (Rp)", "Pagu (Rp)",
    "% Pagu", "Tingkat", "No",
)  # fmt: skip

# fmt: off

case("W101", says(small(heads=("No", "Tanggal", "Tempat", "Waktu", "Hasil"))), ("", ""), says(small()))
case("W101", says(small(), sheet="Lain"), ("", ""), says(small(), sheet="form"))
case("W102", says(small(twice)), ("", ""), says(small(hidden_twice)))
case("W103", says(small(put(D7="Kertas", J7=5000))), ("Form", "A7"), says(small(put(A7=2, D7="...", J7=0))))
case("W103", says(small(put(D8="Kertas", J8=5000))), ("Form", "A8"),
     says(small(put(A10="Lembar ini", B10="dibuat", D10="rangkap dua", J10=2))))
case("W104", says(small(array("L5"))), ("Form", ""), says(small(lambda book: book["Form"].__setitem__("L5", "=J5"))))
case("W105", says(small(grouped("A. Belanja Pegawai", "B. Barang"))), ("Form", ""),
     says(small(grouped("A. Belanja Pegawai", "B. Belanja Barang dan Jasa"))))
case("W106", says(small(upright("A6:A7"))), ("Form", "A6"), says(small(upright("A1:B2"))))
case("W107", says(signed(small(), "_xmlsignatures/sig1.xml")), ("", ""), says(signed(small(), "xl/sig1.bin")))
case("W108", says(small(), supply("rab").only(unit="umum")), ("", ""), says(small(), supply("rab").only(unit="pmd")))
case("W109", says(small(heads=("No", "Kode Rekening", *SPENT[2:]), rows=11), spent(0)), ("Form", "A5"),
     says(small(heads=SPENT, rows=11), spent(0)), {("W212", "Form", "D17")})
case("W201", says(small(heads=headed(("Sumber Dana", "Warna")))), {("W201", "Form", "H5"), ("W202", "Form", "")},
     says(small(put(H6="=1", H7="=1", H8="=1"), heads=headed(("Sumber Dana", "Warna")))), {("W202", "Form", "")})
case("W202", says(small(heads=headed(("Jenis Belanja", "Spesifikasi")))), ("Form", ""),
     says(small(heads=headed(("Jenis Belanja", "JENIS BELANJA")))))
case("W203", says(small(heads=headed(("Sumber Dana", "Total Harga"), ("Jumlah", "Total Biaya")))),
     {("W203", "Form", "H5"), ("W202", "Form", "")},
     says(small(heads=headed(("Sumber Dana", "Total Harga")))), {("W201", "Form", "H5"), ("W202", "Form", "")})
case("W204", says(small(put(J9="=SUM(J6:J7)"))), {("W204", "Form", "J14"), ("W303", "Form", "J14")},
     says(small(put(J9="=SUM(J6:J8)+0"))))
case("W205", says(small(put(J9="=SUMPRODUCT(J6:J8*1)"))), ("Form", "J14"), says(small(put(J9="=SUBTOTAL(9,J6:J8)"))))
case("W206", says(small(put(A1="Tahun Anggaran :", B1="2024"))), ("Form", "B1"), says(small(put(A1="Tahun Anggaran :", B1=2025))))
case("W206", says(small(put(A1="Tahun Anggaran :", B1="2024"))), ("Form", "B1"),
     says(small(put(A1="Tahun Anggaran :", B1="....."))))
case("W207", says(small(), held_back()), ("Form", ""), says(small(), supply("rab")))
case("W208", says(small(put(E9="=SUM(E6:E8)"), heads=PROGRAM), supply("program")), ("Form", "E5"),
     says(small(heads=PROGRAM), supply("program")), {("W212", "Form", "E17")})
case("W209", says(signed(small(), "xl/vbaProject.bin")), ("", ""), says(signed(small(), "xl/lain.bin")))
case("W210", says(small(put(L1='=INDIRECT("J9")'))), ("Form", "L1"), says(small(put(L1='="INDIRECT"'))))
case("W211", says(small(put(D6="Contoh: kertas"))), ("Form", "A6"), says(small(put(A1="Contoh pengisian"))))
case("W212", says(small(put(J9=None))), ("Form", "J14"), says(small(put(A9=None, J9=None))))
case("W213", says(small(put(A1="NIP :"))), ("Form", "B1"), says(small(put(A1="NIP :", B1="198001012000011001"))))
case("W214", says(small(rows=0)), ("Form", "A5"), says(small(rows=1)))

case("W224", beside_a_plan("indikator"), ("", ""), beside_a_plan("rkt", older=False))
case("W224", beside_a_plan("rkt"), ("", ""), beside_a_plan("rkt", year=2024))
case("W224", beside_a_plan("rab", older=False), ("", ""), beside_a_plan("rab", year=2024))
case("W224", beside_a_plan("pk"), ("", ""), beside_a_plan("pk", year=2024))
case("W215", locked("Penetapan-2025.xlsx"), ("", ""), locked("Penetapan-2025-perubahan-1.xlsx"))
case("W216", drifts(headed(("Sumber Dana", "Warna"))), {("W216", "Form", "A5"), ("W201", "Form", "H5"), ("W202", "Form", "")},
     drifts(HEADS))
case("W217", says(small(rows=12)), ("Form", "A14"), says(small(rows=8)))
case("W218", says(small(put(J6="=E6*G6", J7="=E7*G7", J8="=E8*G8", J9=None))),
     {("W218", "Form", "J7"), ("W212", "Form", "J14"), ("W303", "Form", "J7")},
     says(small(put(J6="=E6*G6", J7="=E7*G7", J8="=E8*G8"))), {("W204", "Form", "J14"), ("W303", "Form", "J14")})
case("W219", says(small(chosen("APBN"))), ("Form", "H6"), says(small(chosen("apbd,APBN"))))
case("W220", says(small(put(J6="=E6*G6", J7="=E7*G7", J8="=E8*G8", J9=None)), worded("dua")),
     {("W220", "Form", "E6"), ("W212", "Form", "J14"), ("W218", "Form", "J6"), ("W303", "Form", "J6")},
     says(small(put(J6="=G6", J7="=G7", J8="=G8", J9=None)), worded("dua")),
     {("W212", "Form", "J14"), ("W218", "Form", "J6"), ("W303", "Form", "J6")})
case("W221", says(small(heads=headed(("Jumlah", "Jumlah (ribuan Rp)")))), ("Form", "J5"),
     says(small(heads=headed(("Jumlah", "Jumlah (Rp)")))), {("W212", "Form", "J14")})
case("W222", says(small(put(A1="RENCANA KERJA TAHUN 2026"))), ("Form", "A5"),
     says(small(put(A1="TAHUN 2025", A2="Perda 3 Tahun 2019"))))
case("W223", says(small(put(A1="Catatan: target kumulatif"), heads=TARGETS, rows=7), supply("indikator")),
     {("W223", "Form", "A1"), ("W202", "Form", "")},
     says(small(heads=TARGETS, rows=7), supply("indikator")), {("W202", "Form", "")})
case("W229", says(small(hidden_row(7))), ("Form", "A7"), says(small(hidden_row(20))))
case("W286", says(pivot(small(), 'sheet="Form"')), ("Form", ""), says(pivot(small(), 'sheet="Lain"')))
case("W296", says(small(locked_sheet)), ("Form", ""), says(small(put(A1="Dikunci"))))
case("W303", says(small(put(J9="=SUM(J6:J7)"))), {("W204", "Form", "J14"), ("W303", "Form", "J14")}, says(small()))
case("W306", says(small(heads=SPENT, rows=11), spent(2)), {("W306", "Form", "E6"), ("W212", "Form", "D17")},
     says(small(heads=SPENT, rows=11), spent(0)), {("W212", "Form", "D17")})
case("W308", says_after(small(grouped("A. Belanja Pegawai", "B. Barang")), "tidak diisi"),
     {("W308", "Form", ""), ("W217", "Form", "A8")}, says_after(small(grouped("A. Belanja Pegawai", "B. Barang")), "B. Barang"))
case("W309", says(small(heads=("No", "Kode Sub Kegiatan", "Indikator", "Target", "Satuan"), rows=8), supply("rkt")),
     {("W309", "Form", "A5"), ("W217", "Form", "A10")},
     says(small(heads=("No", "Kode", "Indikator", "Target", "Satuan"), rows=8), supply("rkt")), {("W217", "Form", "A13")})
case("W226", tree("7.01.05.2.01.0009 Peta"), ("Form", "A10"), tree())
case("W236", tree(keep=3), ("Form", ""), tree(keep=4))
case("W246", tree("7.01.03.2.01.0003 "), ("Form", "A6"), tree())
case("W256", tree(C7=1), ("Form", "C7"), tree(C7=9_750_000))
case("W256", tree(C7=True), ("Form", "C7"), tree(C7=9_750_000))
case("W276", tree(B7="Nama Lain"), ("Form", "A7"), tree(B7=None))
case("W266", two_indicators("Target"), {("W266", "Form", "A6"), ("W236", "Form", ""), ("W202", "Form", "")},
     two_indicators("Tipe"), {("W236", "Form", ""), ("W202", "Form", "")})

# fmt: on

IDS = [f"{one.code}-{number}" for number, one in enumerate(CASES, start=1)]


def test_a_pivot_of_the_table_is_refreshed_on_opening_and_follows_it():
    data = filled(pivot(small(), 'sheet="Form"')).data
    cache = Archive.open(data).read("xl/pivotCache/pivotCacheDefinition1.xml")
    assert b'refreshOnLoad="1"' in cache
    assert b'ref="A5:J13"' in cache


@pytest.mark.parametrize("one", CASES, ids=IDS)
def test_a_form_that_gives_it(one: Case):
    assert one.broken() == one.said


@pytest.mark.parametrize("one", CASES, ids=IDS)
def test_a_form_that_nearly_does(one: Case):
    assert one.nearly() == one.nearly_said
    assert one.code not in {code for code, *_ in one.nearly_said}


def test_every_code_has_its_case():
    assert {one.code for one in CASES} == {code for code in catalogue() if code[0] == "W"}


# ---- whole forms ---------------------------------------------------------------------------------------


def everything() -> list[Supply]:
    return [supply(kind) for kind in RECAP_KINDS]


FORMS = {
    "rka": (formulir_asing.rka, "rab", 8, "H19"),
    "rka_openpyxl": (formulir_asing.rka_openpyxl, "rab", 8, "H19"),
    "renja": (formulir_asing.renja, "rkt", 7, "I16"),
    "indikator": (formulir_asing.indikator, "indikator", 7, ""),
    "kelompok": (lambda: small(grouped("A. Belanja Pegawai", "B. Belanja Barang dan Jasa")), "rab", 8, "J22"),
}


@pytest.mark.parametrize("name", FORMS)
def test_the_form_decides_what_it_wants(name: str):
    make, kind, rows, _ = FORMS[name]
    done = fill_form(make(), "form.xlsx", everything())
    assert (done.kind, done.rows) == (kind, rows)


def test_totals_are_ours_as_libreoffice_calculates_them(libre, tmp_path: Path):
    paths = {}
    for name, (make, kind, _, total) in FORMS.items():
        done = fill_form(make(), "form.xlsx", [supply(kind)])
        paths[name] = tmp_path / f"{name}.xlsx"
        paths[name].write_bytes(done.data)
        if total:
            assert opened(done.data, values=True).worksheets[0][total].value == TOTAL, name
    compared, differences = libre.judge(list(paths.values()))
    assert differences == []
    assert compared > 40


def test_each_row_stands_where_it_belongs():
    sheet = opened(fill_form(formulir_asing.rka(), "form.xlsx", [supply("rab")]).data, values=True).worksheets[0]
    rows = supply("rab").rows
    found = [tuple(sheet[f"{col}{row}"].value for col in "ABCDEFGH") for row in range(11, 19)]
    assert found == [
        (n, r["kode_rekening"], r["uraian"], r["volume"], r["satuan"], r["harga_satuan"], r["ppn"], r["jumlah"])
        for n, r in enumerate(rows, 1)
    ]
    assert [sheet[place].value for place in ("D4", "D5", "A19", "E22")] == [
        "2025", "Kantor Kecamatan Batu Putih", "JUMLAH", "Pengguna Anggaran,",
    ]  # fmt: skip


def test_formulas_of_the_form_stay():
    sheet = opened(fill_form(formulir_asing.rka(), "form.xlsx", [supply("rab")]).data).worksheets[0]
    assert [sheet[f"H{row}"].value for row in range(11, 19)] == [f"=ROUND(D{row}*F{row},0)+G{row}" for row in range(11, 19)]
    assert sheet["H19"].value == "=SUM(H11:H18)"


@pytest.mark.parametrize(
    ("kind", "path", "key"),
    [
        ("rab", ("Harga Satuan (Rp)",), "harga_satuan"),
        ("rab", ("Jumlah Tahun 2025 (Rp)",), "jumlah"),
        ("rab", ("Jumlah Tahun 2024 (Rp)",), ""),
        ("rab", ("Sesudah Perubahan", "Jumlah"), ""),
        ("rab", ("U r a i a n",), "uraian"),
        ("rab", ("KODE REKENING",), "kode_rekening"),
        ("rab", ("Kode Barang",), ""),
        ("rab", ("Prakiraan Maju",), "prakiraan_maju"),
        ("indikator", ("Target", "TW III"), "tw_3"),
        ("indikator", ("Realisasi", "TW III"), ""),
        ("indikator", ("Target 2026",), ""),
        ("rkt", ("Target Renja 2025", "K"), "target"),
        ("rkt", ("Target Renja 2025", "Rp"), "anggaran"),
        ("rkt", ("Target Renstra", "K"), ""),
        ("program", ("Program / Kegiatan / Sub Kegiatan",), "nama"),
    ],
)
def test_which_column_a_heading_asks_for(kind: str, path: tuple[str, ...], key: str):
    found = match([FormColumn(col=2, path=path)], supply(kind), "2025")
    assert found.keys.get(2, "") == key


@pytest.mark.parametrize(
    ("heads", "keys"),
    [
        (("Uraian", "Jumlah", "Satuan", "Harga Satuan", "Total"), ("uraian", "volume", "satuan", "harga_satuan", "jumlah")),
        (("Uraian", "Jumlah", "Satuan", "Harga Satuan"), ("uraian", "", "satuan", "harga_satuan")),
        (("Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah"), ("uraian", "volume", "satuan", "harga_satuan", "jumlah")),
        (("Uraian", "Volume", "Satuan", "Jumlah", "Harga Satuan"), ("uraian", "volume", "satuan", "jumlah", "harga_satuan")),
    ],
)
def test_a_bare_jumlah_may_be_the_volume(heads: tuple[str, ...], keys: tuple[str, ...]):
    found = match([FormColumn(col=col, path=(head,)) for col, head in enumerate(heads, start=1)], supply("rab"), "2025")
    assert tuple(found.keys.get(col, "") for col in range(1, len(heads) + 1)) == keys


def test_percent_points_in_a_cell_that_shows_percent():
    def change(book: openpyxl.Workbook) -> None:
        sheet = book["Form"]
        for row in range(6, 9):
            sheet[f"E{row}"].number_format = "0%"
            sheet[f"F{row}"] = f"=E{row}"
            sheet[f"F{row}"].number_format = "0.00%"

    heads = ("No", "Indikator", "Kode", "Satuan", "Target 2025", "Realisasi Tahun Lalu", "TW I", "TW II", "TW III", "TW IV")
    rows = tuple({**row, "target": Decimal(95), "baseline": Decimal(95)} for row in supply("indikator").rows)
    done = filled(small(change, heads=heads), replace(supply("indikator"), rows=rows))
    sheet = opened(done.data, values=True)["Form"]
    assert (sheet["E6"].value, sheet["F6"].value) == (0.95, 0.95)
    assert "W218" not in {f.code for f in done.findings}


def test_groups_get_their_own_rows():
    sheet = opened(filled(small(grouped("A. Belanja Pegawai", "B. Belanja Barang dan Jasa"))).data, values=True)["Form"]
    assert [sheet[f"J{row}"].value for row in (9, 17, 21, 22)] == [4_800_000, 17_110_000, 9_500_000, TOTAL]
    assert {sheet[f"C{row}"].value for row in range(11, 17)} == {"Belanja Barang dan Jasa"}


def test_renja_gets_its_target_and_nothing_where_we_know_nothing():
    sheet = opened(fill_form(formulir_asing.renja(), "form.xlsx", [supply("rkt")]).data, values=True).worksheets[0]
    assert sheet["A2"].value == "Perangkat Daerah : Kantor Kecamatan Batu Putih"
    assert (sheet["B3"].value, sheet["H10"].value, sheet["I10"].value) == ("2025", supply("rkt").rows[1]["target"], 8_260_000)
    assert all(sheet[f"{col}{row}"].value is None for col in "FGJKLMN" for row in range(9, 16))
    assert [sheet[f"{col}16"].value for col in "GIKM"] == [0, TOTAL, 0, 0]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        (("Target Renstra Perangkat Daerah pada Tahun 2026 (akhir periode Renstra)", "K"), ("target", "akhir", "k")),
        (("Realisasi Capaian Kinerja Renstra sampai dengan Renja Tahun Lalu (n-2)", "Rp"), ("realisasi", "lalu", "rp")),
        (("Target Kinerja dan Anggaran Renja Tahun Berjalan (Tahun n-1) yang Dievaluasi", "K"), ("target", "", "k")),
        (("Realisasi Kinerja pada Triwulan", "III", "Rp"), ("realisasi", "tw3", "rp")),
        (("Realisasi Capaian Kinerja dan Anggaran Renja yang Dievaluasi", "%"), ("realisasi", "", "%")),
        (("Realisasi Kinerja dan Anggaran Renstra s/d Tahun 2025", "K"), ("realisasi", "sampai", "k")),
        (("Tingkat Capaian Kinerja dan Realisasi Anggaran Renstra (%)", "Rp (%)"), ("tingkat", "", "rp")),
        (("Unit Perangkat Daerah Penanggung Jawab",), None),
    ],
)
def test_headings_of_measured_figures(path: tuple[str, ...], found: tuple[str, str, str] | None):
    assert meaning(path) == found


def test_our_own_columns_differ_in_meaning():
    columns = EVALUASI_RENJA.table.columns(USULAN)
    meanings = [found for c in columns if (found := meaning((c.group, c.label)))]
    assert len(meanings) == len(set(meanings)) == 25


def test_a_measured_year_fills_evaluasi_renja(libre, tmp_path: Path):
    own = tahun_contoh.year()
    supplies = read_measured(write_capaian(own, tahun_contoh.over_years(own)), "Capaian-2025.xlsx")
    done = fill_form(formulir_asing.renja(), "renja.xlsx", supplies)
    assert [(f.code, f.cell) for f in done.findings] == [("W208", "G7")]
    sheet = opened(done.data, values=True).worksheets[0]
    rows = supplies[0].rows
    keys = {"F": "renstra_k", "H": "target_k", "I": "target_rp", "J": "tw1_k", "K": "tw1_rp", "L": "tw2_k", "M": "tw2_rp"}
    for row, record in enumerate(rows, start=9):
        for col, key in keys.items():
            wanted = None if key.endswith("rp") and row - 9 in supplies[0].groups else record[key]
            assert sheet[f"{col}{row}"].value == wanted, (col, row)
    assert sheet["I17"].value == supplies[0].total == 33_800_000
    path = tmp_path / "renja.xlsx"
    path.write_bytes(done.data)
    assert libre.judge([path])[1] == []


def test_fields_by_name_and_by_label():
    facts = {
        "nama_pejabat": "Sitti Contoh", "nip": "198001012000011001", "nama_unit": "Seksi Contoh", "kantor": "Kantor Contoh",
        "tahun": Decimal(2025),
    }  # fmt: skip
    done = fill_form(formulir_asing.indikator(), "form.xlsx", [replace(supply("indikator"), facts=facts)])
    sheet = opened(done.data).worksheets[0]
    assert [sheet[place].value for place in ("B3", "B4", "B5", "C6", "H2")] == [
        "Sitti Contoh", "198001012000011001", "Seksi Contoh", "2025", "Kantor Contoh",
    ]  # fmt: skip
    assert done.fields == 5
    first = supply("indikator").rows[0]
    assert [sheet[f"{col}9"].value for col in "DEFGH"] == [first[key] for key in ("target", "tw_1", "tw_2", "tw_3", "tw_4")]


def test_what_is_hidden_is_left_alone():
    def change(book: openpyxl.Workbook) -> None:
        for name, state in (("Sampul", "visible"), ("Lama", "hidden")):
            book.create_sheet(name)["A1"] = "Tahun Anggaran :"
            book[name].sheet_state = state

    book = opened(filled(small(change)).data)
    assert (book["Sampul"]["B1"].value, book["Lama"]["B1"].value) == ("2025", None)


def test_rows_grow_with_long_texts_and_only_then():
    rows = list(supply("rab").rows)
    rows[1] = {**rows[1], "uraian": "Belanja yang uraiannya panjang sekali " * 8}
    sheet = opened(fill_form(formulir_asing.rka(), "form.xlsx", [replace(supply("rab"), rows=tuple(rows))]).data).worksheets[0]
    heights = [sheet.row_dimensions[row].height for row in range(11, 19)]
    assert heights[0] == 30 and heights[2:] == [30] * 6
    assert heights[1] > 100


def test_what_is_not_touched_keeps_its_bytes():
    form = formulir_asing.rka()
    before, after = Archive.open(form), Archive.open(fill_form(form, "form.xlsx", [supply("rab")]).data)
    kept = {"xl/media/image1.png", "xl/styles.xml", "xl/theme/theme1.xml", "xl/sharedStrings.xml", "docProps/core.xml"}
    assert all(before.read(path) == after.read(path) for path in kept)
    assert {e.filename for e in before.entries} - {e.filename for e in after.entries} <= {"xl/calcChain.xml"}
    assert b"fullCalcOnLoad" in after.read("xl/workbook.xml")


def test_same_form_same_bytes():
    form = small()
    assert filled(form).data == filled(form).data


def test_a_filled_form_is_left_alone():
    with pytest.raises(InputError) as error:
        filled(filled(small()).data)
    assert [(f.code, f.cell) for f in error.value.findings] == [("W103", "A6")]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"<html><table><tr><td>Uraian</td></tr></table></html>"])
def test_what_is_no_workbook_is_said(data: bytes):
    with pytest.raises(InputError):
        filled(data)


# ---- the verb ----------------------------------------------------------------------------------------


def folder(tmp_path: Path) -> tuple[Path, Path]:
    """A year's folder with its recap, and a form beside it."""
    year = Folder().write(tmp_path / "kantor")
    (year / "hasil").mkdir(exist_ok=True)
    source, form = year / "hasil" / "Rekap-2025.xlsx", tmp_path / "formulir.xlsx"
    source.write_bytes(recap())
    form.write_bytes(formulir_asing.indikator())
    return source, form


def test_the_verb_writes_beside_and_changes_nothing(tmp_path: Path):
    source, form = folder(tmp_path)
    hashes = [hashlib.sha256(path.read_bytes()).hexdigest() for path in (source, form)]
    target = tmp_path / "hasil.xlsx"
    run = CliRunner().invoke(main, ["isi", str(form), "--dari", str(source), "-o", str(target), "--unit", "pmd"])
    assert run.exit_code == 1, run.output  # the column Paraf stays blank
    assert [hashlib.sha256(path.read_bytes()).hexdigest() for path in (source, form)] == hashes
    sheet = opened(target.read_bytes()).worksheets[0]
    assert sheet["B5"].value == "Seksi Pemberdayaan Masyarakat"
    assert [sheet[f"A{row}"].value for row in range(9, 13)] == [1, 2, 3, None]


@pytest.mark.parametrize("wrong", ["same", "ending", "nothing", "no recap"])
def test_the_verb_refuses(tmp_path: Path, wrong: str):
    source, form = folder(tmp_path)
    target = {"same": form, "ending": tmp_path / "hasil.xlsm"}.get(wrong, tmp_path / "hasil.xlsx")
    with pytest.raises(InputError):
        isi.fill(tmp_path / "x.xlsx" if wrong == "nothing" else form, form if wrong == "no recap" else source, target)
    assert target == form or not target.exists()
