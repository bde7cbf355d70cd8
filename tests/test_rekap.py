"""The recap adds up: rows read = used + reported, units = total, and what is late or held back stands beside it."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from kinerja_xl.catatan import Finding
from kinerja_xl.checking.rule_book import check_submissions
from kinerja_xl.checking.rules import Case, row_jenis
from kinerja_xl.office.folder import Submission
from kinerja_xl.office.kantor import Office
from kinerja_xl.office.prefill import office_listings
from kinerja_xl.package import Archive, ErrorValue
from kinerja_xl.reading.intake import read_submission
from kinerja_xl.reckoning.recap import Recap, Status
from kinerja_xl.reckoning.recap.build import build_lines, build_recap
from kinerja_xl.reckoning.recap.standing import Standing, place
from kinerja_xl.sheets import kinds
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.rab import RAB, RAB_TABLE
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.uses.rekap import rekap
from kinerja_xl.writing.book import OwnBook
from kinerja_xl.writing.form import unit_book
from kinerja_xl.writing.plain import HERE, PlainSheet
from kinerja_xl.writing.shown import table
from kinerja_xl.writing.shown.recap import write_recap
from tests import recap_contoh
from tests.kantor_uji import (
    FILES,
    SUB_A,
    SUB_B,
    D,
    Folder,
    cell,
    clean,
    edit,
    places_of,
    small_office,
    unit_bytes,
    unit_content,
    without,
)
from tests.kantor_uji import (
    RAB as ROWS,
)

PMD, TRANTIB = 18_010_000, 13_400_000
FIRST = {"pmd": 550_000, "trantib": 1_400_000}


def made(folder: Folder, tmp_path: Path) -> Recap:
    return rekap(folder.write(tmp_path / "kantor"))


def adds_up(recap: Recap) -> None:
    """What must hold for every recap, whatever came in."""
    for source in recap.sources:
        assert source.rows_read == source.rows_used + source.rows_reported, source
    assert sum(u.total_rab for u in recap.units) == recap.total_rab == sum(recap.per_jenis.values())
    assert recap.total_rab == sum(s.total for s in recap.sources)
    assert recap.total_rab == sum(x.jumlah or 0 for x in recap.lines if x.counted)
    beside = sum(x.jumlah or 0 for x in recap.lines if not x.counted)
    homeless = sum(x.jumlah or 0 for x in recap.lines if not x.counted and not x.unit)
    assert recap.total_tidak_dihitung.amount == beside == sum(u.total_tidak_dihitung.amount for u in recap.units) + homeless
    assert sum(s.rows_used for s in recap.sources) == sum(u.jumlah_baris for u in recap.units)
    assert all(x.reason for x in recap.lines if not x.counted) and not any(x.reason for x in recap.lines if x.counted)
    assert recap.total_rab == sum(r.anggaran or 0 for r in recap.rkt)
    assert all(x.jumlah is not None for x in recap.lines if x.counted)


# ---- amounts ----------------------------------------------------------------------------------------


def test_the_clean_office(tmp_path: Path):
    recap = made(Folder(), tmp_path)
    adds_up(recap)
    assert {u.kode: (u.status, u.total_rab, u.total_tidak_dihitung.amount, u.jumlah_baris) for u in recap.units} == {
        "pmd": (Status.SIAP, PMD, 0, 5),
        "trantib": (Status.SIAP, TRANTIB, 0, 3),
    }
    assert recap.per_jenis == {"5.1.01": 4_800_000, "5.1.02": 8_510_000 + 8_600_000, "5.2": 9_500_000}
    assert {(s.file, s.rows_read, s.rows_used, s.rows_reported, s.total) for s in recap.sources} == {
        (FILES["pmd"], 5, 5, 0, PMD),
        (FILES["trantib"], 3, 3, 0, TRANTIB),
    }
    assert {(t.kode_sub, t.biaya, t.rab.amount, t.harga_output) for t in recap.tors if t.unit == "pmd"} == {
        (SUB_A, 8_260_000, 8_260_000, Decimal(2_065_000)),
        (SUB_B, 9_750_000, 9_750_000, Decimal(975_000)),
    }


def harga(who: str, value: object) -> Folder:
    return Folder().edit(who, "rab", 0, harga_satuan=value)


HELD = {
    # change -> total of the office, amount beside it, rows of the file used
    "sel rusak": (Folder().put("pmd", cell("rab", 0, "harga_satuan"), ErrorValue("#REF!")), PMD - FIRST["pmd"], 0, 4),
    "bermakna ganda": (harga("pmd", "55.000"), PMD - FIRST["pmd"], 0, 4),
    "wajib kosong": (Folder().edit("pmd", "rab", 0, uraian=None), PMD - FIRST["pmd"], FIRST["pmd"], 4),
    "negatif": (Folder().edit("pmd", "rab", 0, koef_1=D(-10)), PMD - FIRST["pmd"], 0, 4),
    "jumlah lain": (Folder().put("pmd", cell("rab", 0, "jumlah"), 1), PMD - FIRST["pmd"], FIRST["pmd"], 4),
    "kode rusak": (Folder().edit("pmd", "rab", 0, kode_sub="sub A"), PMD - FIRST["pmd"], FIRST["pmd"], 4),
    "teks yang jelas": (harga("pmd", "Rp55.000,-"), PMD, 0, 5),
    "pecahan rupiah": (harga("pmd", D("55000.04")), PMD, 0, 5),
    "pecahan ke atas": (harga("pmd", D("55000.05")), PMD + 1, 0, 5),
    "rekening tak dikenal": (Folder().edit("pmd", "rab", 0, kode_rekening="5.1.02.01.01.9999"), PMD, 0, 5),
    "tor berbeda": (Folder().edit("pmd", "tor", 0, biaya_barang=D(1)), PMD, 0, 5),
    "baris JUMLAH": (Folder().edit("pmd", "rab", 5, uraian="JUMLAH"), PMD, 0, 5),
    "di luar tugas": (Folder().edit("kantor", "unit", 0, tugas="7.01.04"), PMD, 0, 5),
    "tahun lain": (Folder().edit("pmd", "identitas", 0, tahun=D(2026)), 0, PMD, 0),
}


@pytest.mark.parametrize("what", HELD)
def test_what_is_held_back_stands_beside_the_total(what: str, tmp_path: Path):
    folder, counted, beside, used = HELD[what]
    recap = made(folder, tmp_path)
    adds_up(recap)
    assert (recap.total_rab, recap.total_tidak_dihitung.amount) == (counted + TRANTIB, beside)
    (source,) = (s for s in recap.sources if s.unit == "pmd")
    assert (source.rows_used, source.total) == (used, counted)
    held = any(f.severity == "wajib" for f in recap.findings)
    assert recap.units[0].status == (Status.PERBAIKAN if held else Status.SIAP)


def test_per_jenis_follows_the_account_not_what_is_stated(tmp_path: Path):
    recap = made(Folder().edit("pmd", "rab", 0, jenis_belanja="Belanja Pegawai"), tmp_path)
    adds_up(recap)
    assert recap.per_jenis["5.1.02"] == 8_510_000 + 8_600_000


MIXED = (
    Folder().edit("pmd", "rab", 1, harga_satuan="1.500").edit("pmd", "rab", 5, uraian="JUMLAH")
    .edit("trantib", "rab", 0, kode_sub=None).add("pmd lagi.xlsx", clean("pmd")).add("rusak.xlsx", b"PK\x03\x04")
    .edit("pmd", "identitas", 0, revisi=D(1), tanggal_disampaikan=date(2024, 9, 12))
)  # fmt: skip


def test_everything_at_once_adds_up(tmp_path: Path):
    recap = made(MIXED, tmp_path)
    adds_up(recap)
    assert recap.total_rab == PMD - 5_400_000 + TRANTIB - FIRST["trantib"]
    assert {s.file: s.status for s in recap.sources} == {
        FILES["pmd"]: "dihitung",
        "pmd lagi.xlsx": "diganti revisi lain",
        "rusak.xlsx": "tidak terbaca",
        FILES["trantib"]: "dihitung",
    }


def test_names_and_order_of_files_change_nothing(tmp_path: Path):
    """The same contents under other names, so that they are read in another order."""

    def told(names: dict[str, str], place: Path) -> tuple[object, ...]:
        folder = replace(MIXED, names={"pmd": names["a"], "trantib": names["b"]}, more=dict(MIXED.more))
        folder.more = {names["c"]: MIXED.more["pmd lagi.xlsx"], names["d"]: MIXED.more["rusak.xlsx"]}
        recap = rekap(folder.write(place))
        back = {new: old for old, new in names.items()}
        findings = {(f.code, back.get(f.file, f.file), f.sheet, f.cell, f.unit) for f in recap.findings}
        lines = [(x.unit, x.kode_sub, x.row.row, x.jumlah, x.counted, x.reason) for x in recap.lines]
        sources = {(back[s.file], s.rows_read, s.rows_used, s.total, s.status) for s in recap.sources}
        return findings, lines, sources, [replace(u, berkas="") for u in recap.units], recap.per_jenis

    names = dict(zip("abcd", ("1.xlsx", "2.xlsx", "3.xlsx", "4.xlsx"), strict=True))
    mirrored = dict(zip("abcd", ("9.xlsx", "8.xlsx", "7.xlsx", "6.xlsx"), strict=True))
    assert told(names, tmp_path / "a") == told(mirrored, tmp_path / "b")


def test_the_same_folder_gives_the_same_recap(tmp_path: Path):
    folder = MIXED.write(tmp_path / "k")
    assert write_recap(rekap(folder)) == write_recap(rekap(folder))


def test_what_is_late_is_not_in_the_rkt(tmp_path: Path):
    """A sub kegiatan first added after the deadline: its amount, indicators and TOR stand outside the plan."""
    lama = unit_bytes(without(unit_content("pmd"), "rab", 3, 4))
    folder = Folder().add("pmd lama.xlsx", lama)
    folder.edit("pmd", "identitas", 0, revisi=D(1), tanggal_disampaikan=date(2024, 9, 20))
    recap = made(folder, tmp_path)
    adds_up(recap)
    assert (recap.total_rab, recap.total_tidak_dihitung.amount) == (8_260_000 + TRANTIB, 9_750_000)
    assert SUB_B not in {line.kode_sub for line in recap.rkt}
    assert {e.kode_sub: e.counted for e in recap.indikator if e.unit == "pmd"} == {SUB_A: True, SUB_B: False, "7.01.03": True}
    assert {t.kode_sub: t.counted for t in recap.tors if t.unit == "pmd"} == {SUB_A: True, SUB_B: False}


# ---- standings (decisions: Stages and versions) ------------------------------------------------------

READ = read_submission(clean("pmd"), "x.xlsx", office_listings(small_office()), small_office())
DEADLINE, LAST = date(2024, 9, 13), date(2024, 9, 27)  # of the small office
EARLY, LATE, TOO_LATE = date(2024, 9, 10), date(2024, 9, 14), date(2024, 9, 28)
COUNTED, REPLACED, BEHIND, TWICE, HELD_FILE, UNREAD = (
    Standing.DIHITUNG, Standing.DIGANTI, Standing.TERLAMBAT, Standing.GANDA, Standing.DITAHAN, Standing.TIDAK_TERBACA,
)  # fmt: skip

# register {revision: day}; files {name: (revision, date in Identitas)}; standings; codes by file
TABLE = {
    "tepat waktu menurut register": ({0: EARLY}, {"a": (0, None)}, {"a": COUNTED}, {}),
    "hari terakhir": ({0: DEADLINE}, {"a": (0, None)}, {"a": COUNTED}, {}),
    "terlambat sehari": ({0: LATE}, {"a": (0, None)}, {"a": BEHIND}, {"a": "U902"}),
    "register mengalahkan Identitas": ({0: LATE}, {"a": (0, EARLY)}, {"a": BEHIND}, {"a": "U902"}),
    "register yang tepat waktu juga": ({0: EARLY}, {"a": (0, LATE)}, {"a": COUNTED}, {}),
    "hanya Identitas": ({}, {"a": (0, EARLY)}, {"a": COUNTED}, {}),
    "hanya Identitas, terlambat": ({}, {"a": (0, LATE)}, {"a": BEHIND}, {"a": "U902"}),
    "tanpa tanggal": ({}, {"a": (0, None)}, {"a": COUNTED}, {"a": "U905"}),
    "tanpa tanggal, dua revisi": ({}, {"a": (0, None), "b": (1, None)},
                                  {"a": REPLACED, "b": COUNTED}, {"a": "U904", "b": "U905"}),
    "revisi tertinggi": ({0: EARLY}, {"a": (0, None), "b": (2, EARLY), "c": (1, EARLY)},
                         {"a": REPLACED, "b": COUNTED, "c": REPLACED}, {"a": "U904", "c": "U904"}),
    "perbaikan sesudah batas usulan": ({0: EARLY}, {"a": (0, None), "b": (1, LATE)},
                                       {"a": REPLACED, "b": COUNTED}, {"a": "U904"}),
    "perbaikan di hari terakhir": ({0: EARLY}, {"a": (0, None), "b": (1, LAST)}, {"a": REPLACED, "b": COUNTED}, {"a": "U904"}),
    "perbaikan sesudah batas perbaikan": ({0: EARLY}, {"a": (0, None), "b": (1, TOO_LATE)},
                                          {"a": COUNTED, "b": REPLACED}, {"b": "U909"}),
    "hanya perbaikan yang terlambat": ({0: EARLY}, {"b": (1, TOO_LATE)}, {"b": BEHIND}, {"b": "U909"}),
    "perbaikan tepat waktu tanpa berkas pertama": ({0: EARLY}, {"b": (1, LATE)}, {"b": COUNTED}, {}),
    "dua yang sama": ({0: EARLY}, {"a": (0, None), "b": (0, None)}, {"a": TWICE, "b": TWICE}, {"a": "U903", "b": "U903"}),
    "dua yang sama di bawah yang tertinggi": ({0: EARLY}, {"a": (0, None), "b": (0, None), "c": (1, EARLY)},
                                              {"a": REPLACED, "b": REPLACED, "c": COUNTED}, {"a": "U904", "b": "U904"}),
    "dua tertinggi yang sama": ({0: EARLY}, {"a": (0, None), "b": (1, EARLY), "c": (1, EARLY)},
                                {"a": REPLACED, "b": TWICE, "c": TWICE}, {"a": "U904", "b": "U903", "c": "U903"}),
    "unit terlambat dengan dua revisi": ({0: LATE}, {"a": (0, None), "b": (1, LATE)}, {"a": REPLACED, "b": BEHIND},
                                         {"a": "U904", "b": "U902"}),
    "yang tertinggi tidak terbaca": ({0: EARLY}, {"a": (0, None), "pmd!": (0, None)}, {"a": COUNTED, "pmd!": UNREAD}, {}),
    "hanya yang tidak terbaca": ({0: EARLY}, {"pmd!": (0, None)}, {"pmd!": UNREAD}, {}),
    "pertama tidak terbaca, perbaikannya sesudah batas": ({0: EARLY}, {"b": (1, LATE), "pmd!": (0, None)},
                                                          {"b": COUNTED, "pmd!": REPLACED}, {"b": "U925", "pmd!": "U904"}),
    "pertama tidak terbaca dan tidak tercatat": ({}, {"b": (1, LATE), "pmd!": (0, None)},
                                                 {"b": COUNTED, "pmd!": REPLACED}, {"b": "U925", "pmd!": "U904"}),
    "tidak terbaca dan tidak tercatat, revisi sama": ({}, {"b": (0, LATE), "pmd!": (0, None)},
                                                      {"b": COUNTED, "pmd!": UNREAD}, {"b": "U925"}),
    "tidak terbaca, tercatat terlambat": ({0: LATE}, {"b": (1, LATE), "pmd!": (0, None)},
                                          {"b": BEHIND, "pmd!": REPLACED}, {"b": "U902", "pmd!": "U904"}),
    "tidak tercatat, lewat batas perbaikan": ({}, {"b": (1, TOO_LATE), "pmd!": (0, None)},
                                              {"b": BEHIND, "pmd!": REPLACED}, {"b": "U909", "pmd!": "U904"}),
    "pertama tidak terbaca, perbaikannya tepat waktu": ({0: EARLY}, {"b": (1, EARLY), "pmd!": (0, None)},
                                                        {"b": COUNTED, "pmd!": REPLACED}, {"pmd!": "U904"}),
    "pertama ditahan, perbaikannya sesudah batas": ({0: EARLY}, {"a?": (0, EARLY), "b": (1, LATE)},
                                                    {"a?": REPLACED, "b": COUNTED}, {"a?": "U904"}),
    "yang tertinggi ditahan": ({0: EARLY}, {"a": (0, None), "b?": (1, EARLY)}, {"a": COUNTED, "b?": HELD_FILE}, {}),
    "tidak ada": ({0: EARLY}, {}, {}, {"": "U901"}),
}  # fmt: skip


def handed_in(name: str, revisi: int, day: date | None) -> Submission:
    """A file of pmd: "!" in its name cannot be read, "?" is held back."""
    if "!" in name:
        return Submission(
            file=name, sha256="", unit="", version=0, content=None, findings=(Finding(code="B102", file=name),)
        )  # fmt: skip
    held = (Finding(code="T205", file=name),) if "?" in name else ()
    return replace(READ, file=name, revisi=revisi, tanggal=day, findings=held)


def with_register(register: dict[int, date]) -> Office:
    office = small_office()
    others = {key: day for key, day in office.receipts.items() if key[0] != "pmd"}
    return replace(office, receipts=others | {("pmd", revisi): day for revisi, day in register.items()})


@pytest.mark.parametrize("what", TABLE)
def test_standing(what: str):
    register, files, standings, codes = TABLE[what]
    submissions = [handed_in(name, revisi, register.get(revisi) or day) for name, (revisi, day) in files.items()]
    for order in (submissions, submissions[::-1]):
        placed, findings = place(order, with_register(register))
        assert {p.submission.file: p.standing for p in placed} == standings
        assert {p.unit for p in placed} <= {"pmd"}
        said = {f.file: f.code for f in findings if f.code != "U901" or f.unit == "pmd"}
        assert said == codes


def test_a_file_of_nobody_is_kept_and_belongs_to_nobody():
    stranger = replace(READ, file="lain.xlsx", unit="xyz", findings=(Finding(code="T204"),))
    placed, findings = place([stranger], small_office())
    assert [(p.unit, p.standing) for p in placed] == [("", Standing.DITAHAN)]
    assert {(f.code, f.unit) for f in findings} == {("U901", "pmd"), ("U901", "trantib")}


STATUS = {
    "siap": (Folder(), Status.SIAP),
    "cek saja": (Folder().edit("pmd", "rab", 0, satuan="Rimm"), Status.SIAP),
    "wajib": (Folder().edit("pmd", "tor", 0, lokasi=None), Status.PERBAIKAN),
    "tidak terbaca": (Folder().bend("pmd", lambda _: b""), Status.TIDAK_TERBACA),
    "belum": (Folder().drop("pmd"), Status.BELUM),
    "terlambat": (Folder().edit("kantor", "penerimaan", 0, tanggal=LATE), Status.TERLAMBAT),
    "ganda": (Folder().add("pmd lagi.xlsx", clean("pmd")), Status.PERBAIKAN),
    "tertahan": (Folder().edit("pmd", "identitas", 0, tahun=D(2026)), Status.PERBAIKAN),
    "tidak terbaca di samping yang terbaca": (Folder().add("pmd rusak.xlsx", b"PK\x03\x04"), Status.PERBAIKAN),
}


@pytest.mark.parametrize("what", STATUS)
def test_status_of_a_unit(what: str, tmp_path: Path):
    folder, status = STATUS[what]
    recap = made(folder, tmp_path)
    adds_up(recap)
    assert (recap.units[0].status, recap.units[1].status) == (status, Status.SIAP)
    with_reason = ("tidak terbaca", "terlambat", "ganda", "tertahan", "tidak terbaca di samping yang terbaca")
    assert bool(recap.units[0].alasan) == (what in with_reason)


# ---- an added column travels the whole way ------------------------------------------------------------

MEREK = Column(key="merek", label="Merek", kind=kinds.pilihan("dimensi"), required=True, width=14)
_SPLIT = 6  # after Spesifikasi
WIDER = replace(RAB_TABLE, columns=(*RAB_TABLE.columns[:_SPLIT], MEREK, *RAB_TABLE.columns[_SPLIT:]))
BOOK = replace(USULAN, sheets=tuple(replace(RAB, blocks=(WIDER,)) if s.key == "rab" else s for s in USULAN.sheets))


def test_an_added_column_travels_the_whole_way():
    """Declared in memory alone: template, filling, reading, checking, lines and the recap workbook all have it."""
    office, lists = small_office(), office_listings(small_office())
    content = replace(unit_content("pmd"), book=BOOK)
    for index in range(4):
        content = edit(content, "rab", index, merek="Kualitas" if index else "Kwalitet")
    data = unit_book(content, office, office.units[0])
    head = [c.value for c in openpyxl.load_workbook(io.BytesIO(data))["RAB"][9]]
    assert head[_SPLIT + 1] == "Merek *"
    found = read_submission(data, FILES["pmd"], lists, office, {"usulan": {BOOK.version: BOOK}})
    letter = "H"
    assert [row.get("merek") for row in found.rab] == ["Kwalitet", "Kualitas", "Kualitas", "Kualitas", None]
    assert {row.cell("merek") for row in found.rab} == {f"{letter}{n}" for n in range(10, 15)}
    findings = [*found.findings, *check_submissions([found], lists, office)]
    assert places_of(findings) == {("N407", "RAB", f"{letter}10"), ("N401", "RAB", f"{letter}14")}
    placed, said = place([found], replace(office, units=office.units[:1]))
    findings += said
    case = Case(submission=found, lists=lists, office=office)
    lines = build_lines(placed, findings, office, lambda row: row_jenis(row, case))
    recap = build_recap(placed, lines, findings, replace(office, units=office.units[:1]))
    assert [line.row.get("merek") for line in recap.lines] == ["Kwalitet", "Kualitas", "Kualitas", "Kualitas", None]
    assert recap.total_rab == PMD - 9_500_000  # N401 holds its row back, N407 holds nothing
    shown = openpyxl.load_workbook(io.BytesIO(write_recap(recap, BOOK)))["RAB"]
    column = next(c for row in shown.iter_rows() for c in row if c.value == "Merek")
    below = [shown.cell(row=r, column=column.column).value for r in range(column.row + 1, shown.max_row + 1)]
    assert [v for v in below if v] == ["Kwalitet", "Kualitas", "Kualitas", "Kualitas"]


def test_rows_of_the_small_office_are_what_the_tests_say():
    assert {kode: len(rows) for kode, rows in ROWS.items()} == {"pmd": 5, "trantib": 3}


def test_texts_that_were_written_before_take_the_same_cells_and_lines(monkeypatch):
    """A column that a long word makes wider in its midst has lower rows after it, of the same text too."""
    recap = recap_contoh.small()
    middle = recap.lines[len(recap.lines) // 2]
    said = [("W" * 60 if line == middle else "belanja rapat " * 20, line) for line in recap.lines]
    lines = tuple(replace(line, row=replace(line.row, values={**line.row.values, "uraian": text})) for text, line in said)
    recap = replace(recap, lines=lines)
    kept = write_recap(recap)
    monkeypatch.setattr(table, "_KNOWN", 2)
    assert write_recap(recap) == kept
    monkeypatch.setattr(PlainSheet, "text_cell", lambda self, col, string, cell_format: None)
    assert write_recap(recap) == kept


def test_a_row_is_filled_in_where_it_stands_and_nowhere_in_a_text():
    """Cells of a format that is new, and of one that is in use: the number of the row, beside a text that holds its mark."""
    with OwnBook({}, by_row=True) as book:
        fmt, sheet = book.add_format({"bold": True}), book.add_worksheet("Uji", PlainSheet)
        for row in range(3):
            sheet.write_formula(row, 1, f"$A{HERE}*2", fmt, 4)
            sheet.write_string(row, 2, f"a{HERE}b_x0041_", fmt)
            sheet.write_blanks(row, 3, 4, fmt)
            sheet.set_height(row, 30, 1)
    xml = Archive.open(book.data).read("xl/worksheets/sheet1.xml").decode()
    for row in ("1", "2", "3"):
        assert f'<c r="B{row}" s="1"><f>$A{row}*2</f><v>4</v></c>' in xml
        text = "<is><t>a_x0000_b_x005F_x0041_</t></is></c>"
        assert f'<c r="C{row}" s="1" t="inlineStr">{text}<c r="D{row}" s="1"/><c r="E{row}" s="1"/></row>' in xml
        assert f'<row r="{row}" ht="30" customHeight="1" outlineLevel="1">' in xml
