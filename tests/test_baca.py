"""Reading: whatever happened to a form on its way, the same rows and amounts come out, or a catatan says why not."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from datetime import date
from itertools import compress
from pathlib import Path

import openpyxl
import pytest

from kinerja_xl.catatan import Finding
from kinerja_xl.office.folder import Submission
from kinerja_xl.office.prefill import office_listings
from kinerja_xl.package import ErrorValue, Formula, shared_texts
from kinerja_xl.reading import cells
from kinerja_xl.reading.gate import Passed, inspect
from kinerja_xl.reading.intake import read_submission
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.tor import TOR_FORM
from kinerja_xl.sheets.usulan import USULAN, USULAN_VERSIONS
from kinerja_xl.uses.rekap import rekap
from kinerja_xl.writing.form import unit_book
from samples.isi import UNITS as SAMPLE_UNITS
from samples.isi import kantor_content as sample_kantor
from samples.isi import unit_content as sample_unit
from tests.kantor_uji import (
    FILES,
    PREPARED,
    SUB_A,
    Folder,
    cell,
    clean,
    edit,
    kantor_bytes,
    patched,
    places_of,
    replaced,
    reshaped,
    said,
    sheet_path,
    small_office,
    unit_bytes,
    unit_content,
    with_copy,
)

OFFICE = small_office()
TOTAL = 18_010_000


def read(data: bytes, name: str = FILES["pmd"]) -> Submission:
    return read_submission(data, name, office_listings(OFFICE), OFFICE)


def values(submission: Submission) -> dict[str, list[list[object]]]:
    """Every declared value by table and form, rows in order: what was filled in, wherever it stands."""
    assert submission.content is not None
    found: dict[str, list[list[object]]] = {}
    for sheet in submission.content.sheets:
        for block in submission.content.book.sheet(sheet.key).blocks:
            rows = (sheet.forms[block.key],) if block.key in sheet.forms else sheet.tables.get(block.key, ())
            found.setdefault(block.key, []).extend([row.get(c.key) for c in block.columns] for row in rows)
    return found


def total(submission: Submission) -> int:
    return sum(int(row.get("jumlah")) for row in submission.rab)  # type: ignore[call-overload]


def codes(submission: Submission) -> set[tuple[str, str, str]]:
    return places_of(submission.findings)


CLEAN = read(clean("pmd"))


def test_what_was_written_is_read():
    assert codes(CLEAN) == set()
    assert total(CLEAN) == TOTAL
    for block, rows in values(CLEAN).items():
        inputs = [c.key for c in USULAN.block(block).columns if not c.computed]
        sheets = unit_content("pmd").sheets
        written = [row for s in sheets for row in (*([s.forms[block]] if block in s.forms else []), *s.tables.get(block, ()))]
        keys = [c.key for c in USULAN.block(block).columns]
        assert [[row[keys.index(key)] for key in inputs] for row in rows] == [[row.get(key) for key in inputs] for row in written]


# ---- two readers, one content -----------------------------------------------------------------------


def both(data: bytes) -> tuple[dict[str, list[list[object]]], dict[str, list[list[object]]]]:
    """Each sheet as the fast and as the slow reader gives it, blank ends cut off."""
    passed = inspect(data, "uji.xlsx")
    assert isinstance(passed, Passed)
    texts = shared_texts(passed.package)
    read_slowly = {part.name: cells._slow(passed.package, part, texts) for part in passed.package.sheets}
    assert not any(unsure for _, unsure in read_slowly.values())
    read_fast = cells._fast(passed)
    for rows, columns in read_fast.values():
        assert [*map(list, columns)] == [*map(list, zip(*rows, strict=True))] or not rows
    fast, slow = ({name: found[0] for name, found in read.items()} for read in (read_fast, read_slowly))

    def tidy(sheets: dict[str, list[list[object]]]) -> dict[str, list[list[object]]]:
        # An error is no value for either; the scan names it, so whatever a reader made of it is left out.
        found = {}
        for name, rows in sheets.items():
            errors = passed.scans[name].errors
            kept = [[None if (r, c) in errors else v for c, v in enumerate(row, 1)] for r, row in enumerate(rows, 1)]
            while kept and all(v is None for v in kept[-1]):
                kept.pop()
            width = max((c for row in kept for c, v in enumerate(row, 1) if v is not None), default=0)
            found[name] = [(row + [None] * width)[:width] for row in kept]
        return found

    return tidy(fast), tidy(slow)


def odd_book() -> bytes:
    """Every kind of cell that offices produce."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Aneh"
    odd: list[object] = [
        1, 1.5, -0.1, 1e15, "teks", " tepi ", "\u00a0", "baris\nbaru", True, False, date(2025, 8, 17), "", None, "=1+1", "007", 0,
    ]  # fmt: skip
    for row, value in enumerate(odd, start=3):
        sheet.cell(row=row, column=2, value=value)
    sheet["D40"] = 7
    sheet["E3"].number_format = "0%"
    sheet["E3"] = 0.85
    sheet["E4"] = date(1999, 12, 31)
    sheet.merge_cells("G3:H4")
    sheet["G3"] = "gabung"
    book.create_sheet("Kosong")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


ODD = {
    "contoh": lambda: clean("pmd"),
    "kantor": lambda: clean("kantor"),
    "aneh": odd_book,
    "1904": lambda: replaced(odd_book(), "xl/workbook.xml", r"<workbookPr\b", '<workbookPr date1904="1"'),
    "rusak": lambda: patched(
        clean("pmd"),
        {
            cell("rab", 0, "harga_satuan"): ErrorValue("#REF!"),
            cell("rab", 1, "harga_satuan"): Formula("1/0", ErrorValue("#DIV/0!")),
            cell("rab", 2, "uraian"): "#N/A",
            cell("rab", 3, "uraian"): Formula("A1"),
            cell("rab", 3, "spesifikasi"): Formula('""', ""),
        },
    ),
    "jauh": lambda: patched(clean("pmd"), {("RAB", "BZ400"): "jauh"}),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_both_readers_give_the_same(name: str):
    fast, slow = both(ODD[name]())
    odd = {"RAB"} if name == "rusak" else set()  # a value with an attribute: nobody asks the fast reader for that sheet
    assert slow.keys() - fast.keys() == odd
    assert fast == {sheet: rows for sheet, rows in slow.items() if sheet not in odd}


def test_both_readers_give_the_same_for_the_sample_office():
    for data in (kantor_bytes(sample_kantor()), *(unit_bytes(sample_unit(k)) for k in SAMPLE_UNITS[:2])):
        fast, slow = both(data)
        assert fast == slow


@pytest.mark.parametrize("name", ["contoh", "rusak"])
def test_a_submission_is_the_same_by_either_reader(name: str, monkeypatch: pytest.MonkeyPatch):
    data = ODD[name]()
    fast = read(data)
    monkeypatch.setattr(cells, "_fast", lambda passed: {})
    slow = read(data)
    assert (values(fast), codes(fast), fast.rows_read) == (values(slow), codes(slow), slow.rows_read)


def test_a_stray_cell_is_named_and_the_rest_is_read():
    found = read(patched(clean("pmd"), {("RAB", "XFD1048576"): "jauh"}))
    assert codes(found) == {("S310", "RAB", "XFD1048576")}
    assert values(found) == values(CLEAN)


def test_a_reader_that_gives_up_is_a_catatan(monkeypatch: pytest.MonkeyPatch):
    def panic(*_: object) -> None:
        raise cells.CellsError("Panik")

    monkeypatch.setattr(cells, "_fast", lambda passed: {})
    monkeypatch.setattr(cells, "_slow", panic)
    found = read(clean("pmd"))
    assert (codes(found), found.content) == ({("B102", "", "")}, None)


# ---- rows and columns that moved ---------------------------------------------------------------------


def test_rows_after_a_gap_are_read():
    data = unit_bytes(edit(unit_content("pmd"), "indikator", 5, **unit_content("pmd").rows("indikator")[0].values))
    found = read(data)
    assert codes(found) == {("S309", *cell("indikator", 5, "kode"))}
    assert values(found)["indikator"] == [*values(CLEAN)["indikator"], values(CLEAN)["indikator"][0]]


def test_rows_below_the_prepared_ones_are_read_and_said_once():
    row = unit_content("pmd").rows("rab")[3]
    changes = {}
    for extra in range(3):
        for key, value in row.values.items():
            changes[cell("rab", PREPARED + extra, key)] = value
    # rows 5 to 7 filled first, so that there is no gap
    content = unit_content("pmd")
    for index in range(5, PREPARED):
        content = edit(content, "rab", index, **row.values)
    found = read(patched(unit_bytes(content), changes))  # type: ignore[arg-type]
    assert codes(found) == {("S309", *cell("rab", PREPARED, "kode_sub"))}
    assert len(found.rab) == 5 + 3 + 3
    assert total(found) == TOTAL + 6 * 250_000
    assert found.rows_read["rab"] == 11


MOVED = {
    "kolom di kiri": {"column": 1},
    "kolom di kanan kunci": {"column": 2},
    "kolom di tengah": {"column": 7},
    "baris di atas": {"row": 1},
    "baris di atas kunci": {"row": 8},
    "baris di tengah data": {"row": 12},
}


@pytest.mark.parametrize("how", MOVED)
def test_an_inserted_row_or_column_changes_nothing(how: str):
    found = read(reshaped(clean("pmd"), "RAB", **MOVED[how]))
    assert codes(found) == set()
    assert values(found) == values(CLEAN)


@pytest.mark.parametrize("column", [1, 2, 3])
def test_an_inserted_column_in_a_form_changes_nothing(column: int):
    found = read(reshaped(clean("pmd"), "TOR", column=column))
    assert (codes(found), values(found)) == (set(), values(CLEAN))


def test_a_column_of_ones_own_is_named_and_not_read():
    data = reshaped(clean("pmd"), "RAB", column=7)
    head = ("RAB", "G9")
    found = read(patched(data, {head: "Nomor", ("RAB", "G10"): 5}))
    assert (codes(found), values(found)) == ({("S308", *head)}, values(CLEAN))


def test_a_renamed_heading_over_the_right_key_is_one_word():
    place = cell("rab", "judul", "uraian")
    found = read(patched(clean("pmd"), {place: "Nama Barang"}))
    assert (codes(found), values(found)) == ({("S305", *place)}, values(CLEAN))


def test_what_is_said_of_a_heading_is_said_of_every_file_that_has_it():
    """Headings without a word are remembered from file to file, others are looked at each time, where they stand."""
    place = cell("rab", "judul", "uraian")
    odd = patched(clean("pmd"), {place: "Nama Barang"})
    lower = reshaped(odd, "RAB", row=1)
    below = place[0], f"{place[1][0]}{int(place[1][1:]) + 1}"
    found = [codes(read(data)) for data in (clean("pmd"), odd, clean("pmd"), odd, lower)]
    assert found == [set(), {("S305", *place)}, set(), {("S305", *place)}, {("S305", *below)}]


def test_without_the_key_row_the_headings_do():
    key_row = int(cell("rab", "kunci", "uraian")[1][1:])
    found = read(reshaped(clean("pmd"), "RAB", row=key_row, by=-1))
    assert (codes(found), values(found)) == ({("S306", "RAB", f"B{key_row}")}, values(CLEAN))


def test_without_the_hidden_column_labels_and_headings_do():
    data = clean("pmd")
    for sheet in ("Identitas", "TOR", "TOR (2)", "RAB", "Indikator", "PK"):
        data = reshaped(data, sheet, column=1, by=-1)
    found = read(data)
    assert {code for code, *_ in codes(found)} == {"S306"}
    assert values(found) == values(CLEAN)


@pytest.mark.parametrize(
    "key,code", [("harga_satuan", "S302"), ("koef_2", "S302"), ("ppn", "S302"), ("sumber_dana", "S303"), ("volume", "S303")]
)
def test_a_deleted_column_is_one_word(key: str, code: str, tmp_path: Path):
    """Excel shows #REF! in every cell that needed it, and in the total: consequences, not causes."""
    from kinerja_xl.sheets.model import feeding

    table = USULAN.table("rab")
    broken = {}
    for column in ("volume", "jumlah"):
        if key in feeding(table.columns, column):
            for row in (*range(5), "jumlah"):
                if not (row == "jumlah" and column == "volume"):
                    broken[cell("rab", row, column)] = Formula("#REF!", ErrorValue("#REF!"))
    at = openpyxl.utils.coordinate_to_tuple(cell("rab", 0, key)[1])[1]
    folder = Folder().bend("pmd", lambda data: reshaped(patched(data, broken), "RAB", column=at, by=-1))
    place = cell("rab", "judul", "kode_sub")
    assert said(folder.write(tmp_path / "k")) == {(code, *place)}


def test_a_copied_tor_sheet_is_read():
    data = with_copy(clean("pmd"), "TOR", "TOR Salinan")
    found = read(patched(data, {cell("tor", "kode_sub", sheet="TOR Salinan"): "7.01.03.2.01.0001"}))
    assert codes(found) == set()
    assert [tor.get("kode_sub") for tor in found.tors] == [SUB_A, "7.01.03.2.03.0002", "7.01.03.2.01.0001"]
    assert found.content is not None
    stages = ["Pelaksanaan", "Perencanaan", "Pengendalian", "Evaluasi"]
    assert [row.get("tahap") for row in found.content.all("tor")[-1].tables["jadwal"]] == stages


def test_a_blank_copy_says_nothing():
    blank = replace(unit_content("pmd").sheets[1], name="TOR (3)", forms={"tor": Row(values={"tempat": "Batu Putih"})}, tables={})
    content = replace(unit_content("pmd"), sheets=(*unit_content("pmd").sheets, blank))
    found = read(unit_bytes(content))
    assert (codes(found), values(found)) == (set(), values(CLEAN))


# ---- versions ---------------------------------------------------------------------------------------


def test_version_1_is_read_with_the_same_totals():
    found = read(unit_bytes(unit_content("pmd", USULAN_VERSIONS[1])))
    assert codes(found) == {("T203", "", "")}
    assert (found.version, total(found)) == (1, TOTAL)
    mine, theirs = values(CLEAN), values(found)
    assert [row[:5] for row in theirs["rab"]] == [row[:5] for row in mine["rab"]]
    first = [column.since == 1 for column in TOR_FORM.fields]
    assert theirs["tor"] == [list(compress(row, first)) for row in mine["tor"]]
    assert theirs["pk_kinerja"] == mine["pk_kinerja"]


def test_an_unknown_version_is_refused_with_both_versions_named():
    data = clean("pmd")
    for part in ("xl/workbook.xml", "docProps/custom.xml"):
        data = replaced(data, part, rf"usulan\|{USULAN.version}", "usulan|7")
    found = read(data)
    assert found.content is None
    (finding,) = found.findings
    assert (finding.code, finding.value, finding.args["rincian"]) == ("T202", "7", ", ".join(map(str, USULAN_VERSIONS)))


# ---- what other programs make of a form ----------------------------------------------------------------


def saved_by_openpyxl(data: bytes) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(data))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
def test_a_form_that_nobody_calculated_reads_the_same():
    found = read(saved_by_openpyxl(clean("pmd")))
    assert {(code, sheet) for code, sheet, _ in codes(found)} == {("S312", "RAB"), ("S312", "Calon IKU")}
    assert values(found) == values(CLEAN)


def test_a_form_saved_by_libreoffice_reads_the_same(libre, tmp_path: Path):
    """Filled, calculated and saved again; rows, amounts, totals above the tables and the identity survive."""
    paths = [tmp_path / FILES[kode] for kode in FILES]
    for kode, path in zip(FILES, paths, strict=True):
        path.write_bytes(unit_book(unit_content(kode), OFFICE, OFFICE.unit(kode)))
    for path, again in libre.recalculate(paths).items():
        before, after = read(path.read_bytes(), path.name), read(again.read_bytes(), path.name)
        assert codes(after) == set()
        assert values(after) == values(before)
        assert {(t.table, t.column): t.value for t in after.totals} == {(t.table, t.column): t.value for t in before.totals}
        about = ("unit", "version", "revisi", "tanggal", "rows_read")
        assert [getattr(after, key) for key in about] == [getattr(before, key) for key in about]


def test_a_serial_number_counts_from_the_beginning_of_its_workbook():
    data = unit_bytes(edit(unit_content("pmd"), "identitas", 0, tanggal_disampaikan="44082"))
    found = read(replaced(data, "xl/workbook.xml", "<workbookPr ", '<workbookPr date1904="1" '))
    assert codes(found) == {("N412", *cell("identitas", "tanggal_disampaikan"))}
    assert found.content is not None
    identitas = found.content.form("identitas")
    assert identitas is not None and identitas.get("tanggal_disampaikan") == date(2024, 9, 9)


def test_text_amounts_are_read_or_asked_about(tmp_path: Path):
    amounts = {"Rp55.000,-": ("N402", 550_000), "55.000,00": ("N402", 550_000), "55000 Rupiah": ("N402", 550_000)}
    for text, (code, jumlah) in amounts.items():
        found = read(unit_bytes(edit(unit_content("pmd"), "rab", 0, harga_satuan=text)))
        assert (codes(found), found.rab[0].get("jumlah")) == ({(code, *cell("rab", 0, "harga_satuan"))}, jumlah)
    for text in ("55.000", "55,000", "1.2.3", "lima puluh lima ribu"):
        found = read(unit_bytes(edit(unit_content("pmd"), "rab", 0, harga_satuan=text)))
        assert {(sheet, place) for _, sheet, place in codes(found)} == {cell("rab", 0, "harga_satuan")}
        assert found.rab[0].get("jumlah") is None


def test_dates_of_a_1904_workbook():
    """The same days, counted from another beginning."""
    data = clean("pmd")
    path = sheet_path(data, "Identitas")
    days = (date(2024, 9, 9) - date(1899, 12, 30)).days
    data = replaced(data, path, f"<v>{days}</v>", f"<v>{days - 1462}</v>")
    data = replaced(data, "xl/workbook.xml", "<workbookPr ", '<workbookPr date1904="1" ')
    found = read(data)
    assert found.content is not None
    identitas = found.content.form("identitas")
    assert identitas is not None and identitas.get("tanggal_disampaikan") == date(2024, 9, 9)


# ---- folders ------------------------------------------------------------------------------------------


def hashes(folder: Path) -> dict[str, str]:
    return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_inputs_are_never_changed(tmp_path: Path):
    folder = Folder().edit("pmd", "rab", 0, harga_satuan="Rp55.000,-").add("rusak.xlsx", b"PK\x03\x04").write(tmp_path / "k")
    before = hashes(folder)
    rekap(folder)
    assert hashes(folder) == before


BROKEN = {
    "kosong.xlsx": b"",
    "html.xlsx": b"<html><table>",
    "terpotong.xlsx": clean("pmd")[:5000],
    "nol.xlsx": b"\0" * 4000,
    "pdf.xlsx": b"%PDF-1.4",
    "zip.xlsx": b"PK\x05\x06" + b"\0" * 18,
    "acak.xlsx": b"PK\x03\x04" + bytes(range(256)) * 20,
}


def test_one_broken_file_never_stops_the_others(tmp_path: Path):
    folder = Folder()
    for name, data in BROKEN.items():
        folder.add(name, data)
    recap = rekap(folder.write(tmp_path / "k"))
    refused = {f.file for f in recap.findings}
    assert refused == set(BROKEN)
    assert len(recap.findings) == len(BROKEN)
    assert recap.total_rab == TOTAL + 13_400_000


def test_a_crash_while_judging_a_file_is_a_damaged_file(monkeypatch: pytest.MonkeyPatch):
    """What nobody foresaw in one file is said of that file (the gate's last resort)."""
    from kinerja_xl.reading import gate

    def crash(*_: object) -> Finding:
        raise RuntimeError("tak terduga")

    monkeypatch.setattr(gate, "judge", crash)
    assert codes(read(clean("pmd"))) == {("B102", "", "")}


def test_addresses_are_those_of_the_sheet():
    """Every place that reading gives is where the writer put the value."""
    for index, row in enumerate(CLEAN.rab):
        assert {key: (row.sheet, place) for key, place in row.places.items()} == {
            c.key: cell("rab", index, c.key) for c in USULAN.table("rab").columns
        }
    assert {t.column: (t.sheet, t.cell) for t in CLEAN.totals if t.table == "rab"} == {
        key: cell("rab", "jumlah", key) for key in USULAN.table("rab").totals
    }
