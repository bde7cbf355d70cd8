"""Status that can be trusted: a replaced file accuses nobody, the PK has a step of its own, the year says where it stands."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kinerja_xl.catatan import Severity
from kinerja_xl.face.cli import main
from kinerja_xl.office.folder import InputError
from kinerja_xl.package import Formula
from kinerja_xl.reckoning.plan.review import review_of
from kinerja_xl.reckoning.recap import Status
from kinerja_xl.reckoning.recap.standing import Standing
from kinerja_xl.reckoning.year.status import YearStatus
from kinerja_xl.sheets.content import BookContent, Row, SheetContent
from kinerja_xl.uses import kunci
from kinerja_xl.uses.arsip import locked_plans
from kinerja_xl.uses.capaian import measured
from kinerja_xl.uses.periksa import periksa, return_corrections
from kinerja_xl.uses.pk import pk_letters
from kinerja_xl.uses.realisasi import measuring_book, unit_realisasi, write_measuring
from kinerja_xl.uses.rekap import write_review_book
from kinerja_xl.uses.status import status
from kinerja_xl.uses.year import Year
from kinerja_xl.writing.form.penelaahan import write_review
from tests import realisasi_uji
from tests.kantor_uji import FILES, Folder, cell, clean, edit, unit_bytes, unit_content, without
from tests.kasus import Cases

D = Decimal
OLD = FILES["pmd"]
NEW = "pmd revisi.xlsx"
IN_TIME, TOO_LATE = date(2024, 9, 20), date(2024, 9, 28)
LOCKED_ON, SIGNED_ON = date(2024, 12, 20), date(2025, 1, 9)
FILE = ("", "")

case = Cases()


def revised(number: int = 1, day: date | None = IN_TIME) -> BookContent:
    """The clean workbook of pmd as a later revision."""
    return edit(unit_content("pmd"), "identitas", 0, revisi=D(number), tanggal_disampaikan=day)


def told(folder: Path) -> set[tuple[str, str, str, str]]:
    """(code, file, sheet, cell) of everything that rekap says."""
    return {(f.code, f.file, f.sheet, f.cell) for f in Year(folder).recap.findings}


def statuses(folder: Path) -> dict[str, tuple[Status, int, int]]:
    return {u.kode: (u.status, u.total_rab, u.total_tidak_dihitung.amount) for u in Year(folder).recap.units}


READY = {"pmd": (Status.SIAP, 18_010_000, 0), "trantib": (Status.SIAP, 13_400_000, 0)}

# ---- a replaced revision accuses nobody --------------------------------------------------------------

FAULTS: dict[str, tuple[Callable[[Folder], Folder], set[str]]] = {
    "gerbang": (lambda f: f.bend("pmd", lambda _: b"rusak"), {"B111"}),
    "pemilik": (lambda f: f.edit("pmd", "identitas", tahun=D(2024)), {"T206"}),
    "sel": (lambda f: f.put("pmd", cell("rab", 0, "harga_satuan"), "Rp55.000,-"), {"N402"}),
    "pilihan": (lambda f: f.edit("pmd", "rab", 0, sumber_dana=None), {"N401"}),
    "aturan": (lambda f: f.edit("pmd", "rab", 0, kode_rekening="5.1.02.01.01.9999"), {"R504"}),
    "rumus": (lambda f: f.put("pmd", cell("rab", 0, "keterangan"), Formula("SUM(A1:ZZZ", 1)), set()),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_replaced_file_accuses_nobody(name: str, tmp_path: Path):
    """Neither in rekap nor in the review, the status or the folder's check; checked by itself it still says all. Only of one that
    can't be read is said what follows from it: which sub kegiatan of the late revision are new."""
    broken, codes = FAULTS[name]
    folder = broken(Folder()).add(NEW, unit_bytes(revised())).write(tmp_path)
    follows = {"U925"} if name == "gerbang" else set()
    assert told(folder) == {("U904", OLD, *FILE), *((code, NEW, *FILE) for code in follows)}
    assert statuses(folder) == READY
    year = Year(folder)
    assert {(s.file, s.status) for s in year.recap.sources if s.unit == "pmd"} == {
        (OLD, Standing.DIGANTI), (NEW, Standing.DIHITUNG),
    }  # fmt: skip
    assert all(source.rows_read == source.rows_used + source.rows_reported for source in year.recap.sources)
    noted = [str(row.get("catatan")) for row in review_of(year.recap).rows("telaah_sub") if row.get("catatan")]
    assert {code for note in noted for code in re.findall(r"\b[A-Z]\d{3}\b", note)} == follows and bool(noted) == bool(follows)
    assert {(f.code, f.file) for f in periksa([folder])} == {("U904", OLD), *((code, NEW) for code in follows)}
    assert return_corrections(year, periksa([folder])) == []
    assert status(year).counts == {Severity.WAJIB: 0, Severity.CEK: len(follows), Severity.INFO: 1}
    assert codes <= {f.code for f in periksa([folder / "masuk" / OLD])}


@pytest.mark.parametrize("name", [name for name, (_, codes) in FAULTS.items() if codes])
def test_the_file_that_counts_says_all(name: str, tmp_path: Path):
    broken, codes = FAULTS[name]
    said = told(broken(Folder()).write(tmp_path))
    assert {code for code, file, *_ in said if file == OLD} == codes


def test_which_unreadable_file_was_replaced(tmp_path: Path):
    """One whose revision nobody can read is an earlier one only while a number is missing; else it may be the newest."""
    folder = Folder().add(NEW, unit_bytes(revised())).add("pmd ketiga.xlsx", b"rusak").write(tmp_path / "a")
    assert told(folder) == {("U904", OLD, *FILE), ("B111", "pmd ketiga.xlsx", *FILE)}
    folder = Folder().add(NEW, unit_bytes(revised(2))).add("pmd ketiga.xlsx", b"rusak").write(tmp_path / "b")
    assert told(folder) == {("U904", OLD, *FILE), ("U904", "pmd ketiga.xlsx", *FILE)}
    registered = {"unit": "pmd", "revisi": D(3), "tanggal": IN_TIME}
    third = Folder().add(NEW, unit_bytes(revised(2))).add("pmd ketiga.xlsx", b"rusak")
    third.edit("kantor", "penerimaan", 2, **registered).write(tmp_path / "c")
    assert told(tmp_path / "c") == {("U904", OLD, *FILE), ("B111", "pmd ketiga.xlsx", *FILE)}
    held = Folder().add(NEW, unit_bytes(edit(revised(), "identitas", 0, tahun=D(2024)))).write(tmp_path / "d")
    assert told(held) == {("T206", NEW, *cell("identitas", "tahun"))}


def test_a_replaced_return_accuses_nobody():
    """Held, unreadable or with a wrong cell: only that it was replaced is said; the file that counts says all."""
    later = edit(realisasi_uji.content("pmd", 2), "identitas", 0, revisi=D(1))
    data = realisasi_uji.book_bytes(later, "pmd", 2)
    replaced = {("C204", *realisasi_uji.file("pmd", 2))}

    def broken() -> dict[str, realisasi_uji.Year]:
        return {
            "sel": realisasi_uji.Year().put("pmd", 2, realisasi_uji.INDICATORS, 0, "real_2", "tiga"),
            "triwulan": realisasi_uji.Year().edit("pmd", 2, "identitas", triwulan=D(3)),
            "rusak": realisasi_uji.Year().drop("pmd", 2).add(2, "Realisasi-pmd-TW2.xlsx", b"rusak"),
        }

    for name, one in broken().items():
        assert one.add(2, "pmd lagi.xlsx", data).said() == replaced, name
    for name, one in broken().items():
        assert {code for code, *_ in one.said()} - {"C204"}, name


# ---- the PK after penetapan --------------------------------------------------------------------------


def without_pk(content: BookContent) -> BookContent:
    return without(without(content, "pk_kinerja"), "pk_anggaran")


def settled() -> Folder:
    """From penetapan on, by its dated history; pmd handed in its usulan without a PK."""
    folder = Folder().edit("kantor", "riwayat_tahap", 0, tahap="penetapan", tanggal=LOCKED_ON)
    folder.without("pmd", "pk_kinerja").without("pmd", "pk_anggaran")
    return folder


def locked(folder: Path) -> Path:
    assert kunci.lock(folder, "usulan", tanggal=LOCKED_ON).written
    return folder


def signed(**pk: object) -> bytes:
    return unit_bytes(edit(revised(1, SIGNED_ON), "pk", 0, **pk))


def test_the_pk_is_asked_for_once_the_plan_is_locked(tmp_path: Path):
    folder = settled().write(tmp_path)
    (asked,) = (f for f in Year(folder).recap.findings if f.code == "P801")
    assert (asked.severity, statuses(folder)) == (Severity.INFO, READY)
    locked(folder)
    (asked,) = (f for f in Year(folder).recap.findings if f.code == "P801")
    assert (asked.severity, statuses(folder)["pmd"][0]) == (Severity.WAJIB, Status.PERBAIKAN)
    assert not Folder().write(tmp_path / "b").joinpath("arsip").exists()
    assert told(tmp_path / "b") == set()


def test_the_decree_of_the_iku_is_asked_for_with_it(tmp_path: Path):
    folder = settled().edit("pmd", "iku_penetapan", nomor_keputusan=None).write(tmp_path)
    place = ("I714", OLD, *cell("iku_penetapan", "nomor_keputusan"))

    def level() -> Severity:
        return next(f.severity for f in Year(folder).recap.findings if (f.code, f.file, f.sheet, f.cell) == place)

    assert level() is Severity.INFO
    assert level() is Severity.INFO and locked(folder)
    assert level() is Severity.WAJIB
    (folder / "masuk" / NEW).write_bytes(signed())
    assert told(folder) == {("U918", NEW, *FILE)}
    assert Year(folder).recap.keputusan_iku[OLD] == "12 Tahun 2025"


def test_who_has_nothing_in_the_plan_owes_no_pk(tmp_path: Path):
    """A late proposal with a draft of its PK, or none, is late and nothing more; what comes after the plan is meant as its PK."""
    late = {"unit": "trantib", "revisi": D(0), "tanggal": TOO_LATE}

    def folder() -> Folder:
        return settled().edit("kantor", "penerimaan", 1, **late).edit("trantib", "iku_penetapan", nomor_keputusan=None)

    asked = ("P801", OLD, "PK", "")
    one = locked(folder().write(tmp_path / "a"))
    assert told(one) == {asked, ("U902", FILES["trantib"], *FILE)}
    assert set(waiting(status(Year(one)))) == {"pmd"}
    bare = folder().without("trantib", "pk_kinerja").without("trantib", "pk_anggaran")
    assert told(locked(bare.write(tmp_path / "b"))) == {asked, ("U902", FILES["trantib"], *FILE)}
    later = edit(edit(unit_content("trantib"), "identitas", 0, revisi=D(1), tanggal_disampaikan=SIGNED_ON), "pk", 0)
    (one / "masuk" / "trantib PK.xlsx").write_bytes(unit_bytes(later))
    said = {(code, file) for code, file, *_ in told(one)}
    assert said == {(asked[0], OLD), ("U902", FILES["trantib"]), ("U918", "trantib PK.xlsx"), ("P803", "trantib PK.xlsx")}


def test_a_signed_pk_is_no_late_correction(tmp_path: Path):
    """Its PK is read, dated and judged; its RAB changes nothing; the usulan stays as it was, late for nothing."""
    folder = locked(settled().write(tmp_path))
    other = edit(edit(revised(1, SIGNED_ON), "rab", 0, harga_satuan=D(1)), "pk", 0, tanggal_disetujui=date(2025, 1, 13))
    (folder / "masuk" / NEW).write_bytes(unit_bytes(other))
    year = Year(folder)
    assert told(folder) == {("U918", NEW, *FILE)}
    assert statuses(folder) == READY
    assert {e.file for e in year.recap.pk_kinerja if e.unit == "pmd"} == {NEW}
    assert all(e.counted for e in (*year.recap.pk_kinerja, *year.recap.pk_anggaran))
    assert {line.file for line in year.recap.lines if line.unit == "pmd"} == {OLD}
    source = next(s for s in year.recap.sources if s.file == NEW)
    assert (source.status, source.rows_read, source.rows_used, source.rows_reported) == (Standing.PK, 5, 0, 5)
    assert pk_letters(folder, "pmd").written


def test_a_wrong_pk_is_judged_where_it_stands(tmp_path: Path):
    folder = locked(settled().write(tmp_path))
    (folder / "masuk" / NEW).write_bytes(signed(pertama_nama="Citra Mandalele", tanggal_disetujui=None))
    assert told(folder) == {
        ("U918", NEW, *FILE), ("P805", NEW, *cell("pk", "pertama_nama")), ("P807", NEW, *cell("pk", "tanggal_disetujui")),
    }  # fmt: skip
    assert [(o.what, o.status, o.since) for o in owed(folder)["pmd"]] == [("perbaikan PK", Status.PERBAIKAN, LOCKED_ON)]


def test_of_two_signed_pk_the_newest_counts(tmp_path: Path):
    folder = locked(settled().write(tmp_path))
    (folder / "masuk" / NEW).write_bytes(signed(pertama_nama="Citra Mandalele"))
    (folder / "masuk" / "pmd PK lagi.xlsx").write_bytes(unit_bytes(revised(2, date(2025, 1, 20))))
    assert told(folder) == {("U904", NEW, *FILE), ("U918", "pmd PK lagi.xlsx", *FILE)}


# fmt: off
case("U918", settled().add(NEW, signed()), FILE,                                          # dated before penetapan
     settled().add(NEW, unit_bytes(revised(1, TOO_LATE))), {("U909", *FILE), ("P801", "PK", "")})
case("U918", settled().add(NEW, signed()), FILE,                                          # a correction without a PK
     settled().add(NEW, unit_bytes(without_pk(revised(1, SIGNED_ON)))), {("U909", *FILE), ("P801", "PK", "")})
case("U918", settled().add(NEW, signed()), FILE,                                          # still usulan
     Folder().add(NEW, signed()), {("U909", *FILE)})
case("U918", settled().add(NEW, signed()), FILE,                                          # a late usulan stays one
     Folder().edit("kantor", "riwayat_tahap", 0, tahap="penetapan", tanggal=LOCKED_ON).without("kantor", "penerimaan", 0)
     .edit("pmd", "identitas", tanggal_disampaikan=SIGNED_ON), {("U902", *FILE)})
# fmt: on


@pytest.mark.parametrize("one", case, ids=case.names)
def test_what_is_said_of_a_signed_pk(one: object, tmp_path: Path):
    one.check(tmp_path)  # type: ignore[attr-defined]


BLANK = {"tanggal_disampaikan": None, "tanggal_disetujui": None}
DATES = {("P807", OLD, *cell("pk", key)) for key in BLANK}


def test_blank_dates_silence_no_other_rule_of_the_pk(tmp_path: Path):
    def binding() -> Folder:
        return Folder().edit("kantor", "kantor", tahap="penetapan").edit("pmd", "pk", **BLANK)

    head, level = ("P805", OLD, *cell("pk", "pertama_nama")), ("P808", OLD, *cell("pk_kinerja", 2, "level"))
    assert told(binding().write(tmp_path / "a")) == DATES
    assert told(binding().edit("pmd", "pk", pertama_nama=None).write(tmp_path / "b")) == {*DATES, head}
    wrong = binding().edit("pmd", "pk", pertama_nama="Citra Mandalele").without("pmd", "pk_kinerja", 2)
    assert told(wrong.write(tmp_path / "c")) == {*DATES, head, level}
    assert told(Folder().edit("pmd", "pk", **BLANK).write(tmp_path / "d")) == set()  # a draft needs no dates


# ---- where the year stands ---------------------------------------------------------------------------


def owed(folder: Path) -> dict[str, tuple[object, ...]]:
    return {unit.kode: unit.owes for unit in status(Year(folder)).units}


def waiting(found: YearStatus) -> dict[str, list[tuple[str, Status, date | None]]]:
    return {unit.kode: [(o.what, o.status, o.since) for o in unit.owes] for unit in found.units if unit.owes}


def step(folder: Path) -> tuple[str, str]:
    """The next command after the folder's name, and the file to open."""
    found = status(Year(folder)).next
    assert found.command.startswith("kinerja-xl ") and str(folder) in found.command
    return found.command.removeprefix("kinerja-xl ").replace(f" {folder}", ""), found.file


DEADLINE, CORRECTIONS = date(2024, 9, 13), date(2024, 9, 27)


def test_every_status_of_a_usulan(tmp_path: Path):
    folder = Folder().drop("trantib").edit("pmd", "rab", 0, sumber_dana=None).write(tmp_path / "a")
    found = status(Year(folder))
    assert {u.kode: u.status for u in found.units} == {"pmd": Status.PERBAIKAN, "trantib": Status.BELUM}
    assert waiting(found) == {
        "pmd": [("perbaikan usulan", Status.PERBAIKAN, CORRECTIONS)], "trantib": [("usulan", Status.BELUM, DEADLINE)],
    }  # fmt: skip
    assert step(folder) == ("periksa --kembalikan", "hasil/perbaikan")
    late = {"unit": "trantib", "revisi": D(0), "tanggal": date(2024, 9, 14)}
    folder = Folder().bend("pmd", lambda _: b"rusak").edit("kantor", "penerimaan", 1, **late).write(tmp_path / "b")
    found = status(Year(folder))
    assert {u.kode: u.status for u in found.units} == {"pmd": Status.TIDAK_TERBACA, "trantib": Status.TERLAMBAT}
    assert waiting(found) == {"pmd": [("usulan", Status.TIDAK_TERBACA, DEADLINE)]}


def test_the_office_comes_first(tmp_path: Path):
    """A fault of Kantor.xlsx that is wajib, before the forms are handed out and after."""
    folder = Folder().drop("pmd").drop("trantib").edit("kantor", "kantor", batas_usulan=None).write(tmp_path / "a")
    (folder / "formulir").mkdir()
    (folder / "formulir" / OLD).write_bytes(clean("pmd"))
    assert step(folder) == ("formulir", "Kantor.xlsx")
    assert step(Folder().edit("kantor", "kantor", batas_usulan=None).write(tmp_path / "b")) == ("periksa", "Kantor.xlsx")
    assert step(Folder().write(tmp_path / "c")) == ("rekap --penelaahan", "hasil")


def test_the_steps_until_the_lock(tmp_path: Path):
    folder = Folder().drop("pmd").drop("trantib").write(tmp_path)
    assert step(folder) == ("formulir", "Kantor.xlsx")
    (folder / "formulir").mkdir()
    (folder / "formulir" / OLD).write_bytes(clean("pmd"))
    assert step(folder) == ("periksa", "formulir")
    (folder / "masuk" / OLD).write_bytes(clean("pmd"))
    assert waiting(status(Year(folder))) == {"trantib": [("usulan", Status.BELUM, DEADLINE)]}
    (folder / "masuk" / FILES["trantib"]).write_bytes(clean("trantib"))
    assert (waiting(status(Year(folder))), step(folder)) == ({}, ("rekap --penelaahan", "hasil"))
    review = folder / "hasil" / "Lembar-Penelaahan.xlsx"
    write_review_book(Year(folder))
    assert step(folder) == ("kunci --coba", "hasil/Lembar-Penelaahan.xlsx")
    blank = status(Year(folder)).next.sentence
    review.write_bytes(write_review(edit(review_of(Year(folder).recap), "telaah", 0, nomor="3/2024"), Year(folder).office))
    assert step(folder) == ("kunci --coba", "hasil/Lembar-Penelaahan.xlsx")
    undated = status(Year(folder)).next.sentence
    assert undated != blank and all("--tanggal" in words for words in (undated, blank))  # the command alone would ask for it
    dated = edit(review_of(Year(folder).recap), "telaah", 0, tanggal=LOCKED_ON)
    review.write_bytes(write_review(dated, Year(folder).office))
    assert "--tanggal" not in status(Year(folder)).next.sentence
    locked(folder)
    assert step(folder) == ("periksa", "Kantor.xlsx")  # the office has not said yet that it entered penetapan
    found = status(Year(folder))
    assert [(v.judul, v.tanggal, v.total, v.berkas) for v in found.versions] == [
        ("Penetapan", LOCKED_ON, 31_410_000, "Penetapan-2025.xlsx")
    ]
    assert (found.tahap, found.since) == ("usulan", None)


def filled_return(year: Year) -> bytes:
    """What trantib reports of TW I."""
    office, unit = year.office, year.unit("trantib")
    content = edit(unit_realisasi(office, unit, year.plan, 1), "identitas", 0, tanggal_disampaikan=date(2025, 4, 4))
    for index, value in enumerate((D(3), D(90), D(3), "Baik")):
        content = edit(content, "realisasi_indikator", index, real_1=value)
        content = edit(content, "uraian_realisasi", index, bukti="Laporan")
    for index in range(2):
        content = edit(content, "fisik", index, fisik_1=D(25))
    return measuring_book(content, office, unit, year.plan, 1)


def test_the_steps_after_the_lock(tmp_path: Path):
    """PK, then each triwulan: handed out, back, measured."""
    folder, deadline = settled(), Row(values={"triwulan": D(1), "tanggal": date(2025, 4, 5)})
    measuring = SheetContent(key="s_pengukuran", tables={"batas_pengukuran": (deadline,)})
    sheets = (measuring if sheet.key == measuring.key else sheet for sheet in folder.kantor.sheets)
    folder.kantor = replace(folder.kantor, sheets=tuple(sheets))
    folder = locked(folder.edit("kantor", "kebijakan", 10, kunci="unit_keuangan", nilai="pmd").write(tmp_path))
    found = status(Year(folder))
    assert (found.tahap, found.since) == ("penetapan", LOCKED_ON)
    assert waiting(found) == {"pmd": [("PK", Status.BELUM, LOCKED_ON)]}
    assert step(folder) == ("pk", "masuk")
    (folder / "masuk" / NEW).write_bytes(signed())
    assert (waiting(status(Year(folder))), step(folder)) == ({}, ("realisasi --triwulan 1", "formulir/TW1"))
    list(write_measuring(folder, 1))
    april = date(2025, 4, 5)
    assert waiting(status(Year(folder))) == {
        "pmd": [("realisasi TW1", Status.BELUM, april), ("realisasi keuangan TW1", Status.BELUM, april)],
        "trantib": [("realisasi TW1", Status.BELUM, april)],
    }  # fmt: skip
    assert step(folder) == ("capaian --triwulan 1", "masuk/TW1")
    (folder / "hasil" / "Capaian-2025-TW1.xlsx").write_bytes(b"")
    assert step(folder) == ("realisasi --triwulan 2", "formulir/TW2")
    back = folder / "masuk" / "TW1" / "Realisasi-trantib-TW1.xlsx"
    back.write_bytes((folder / "formulir" / "TW1" / back.name).read_bytes())
    assert waiting(status(Year(folder)))["trantib"] == [("perbaikan realisasi TW1", Status.PERBAIKAN, april)]
    back.write_bytes(filled_return(Year(folder)))
    assert "trantib" not in waiting(status(Year(folder)))
    back.write_bytes(b"rusak")
    assert waiting(status(Year(folder)))["trantib"] == [("realisasi TW1", Status.TIDAK_TERBACA, april)]
    assert measured(Year(folder), 1).realised.missing == {"pmd": (1,), "trantib": (1,)}


# ---- the verb ----------------------------------------------------------------------------------------


def run(*args: object) -> int:
    with pytest.raises(SystemExit) as end:
        main([str(arg) for arg in args])
    return int(str(end.value.code))


def test_the_verb_shows_it_as_text_and_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = Folder().drop("trantib").write(tmp_path)
    before = {path: path.read_bytes() for path in folder.rglob("*.xlsx")}
    assert run("status", folder, "--format", "json") == 1
    out = json.loads(capsys.readouterr().out)
    assert (out["tahun"], out["tahap"], out["dikunci"]) == (2025, "usulan", [])
    assert out["unit"][1] == {
        "kode": "trantib", "nama": "Seksi Ketertiban Umum", "status": "BELUM MENYAMPAIKAN",
        "ditunggu": [{"hal": "usulan", "status": "BELUM MENYAMPAIKAN", "sejak": "2024-09-13", "batas_waktu": True}],
    }  # fmt: skip
    assert out["jumlah_catatan"] == {"wajib": 1, "cek": 0, "info": 0} and len(out["catatan"]) == 1
    assert out["berikutnya"]["perintah"] == f"kinerja-xl rekap {folder} --penelaahan"
    assert run("status", folder) == 1
    shown = capsys.readouterr().out.splitlines()
    assert shown[-1].startswith("Berikutnya: ") and shown[-1].endswith(f"kinerja-xl rekap {folder} --penelaahan")
    assert {path: path.read_bytes() for path in folder.rglob("*.xlsx")} == before
    assert run("status", Folder().write(tmp_path / "b")) == 0


def test_every_verb_points_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    folder = Folder().write(tmp_path / "tahun ini")
    line = f'kinerja-xl status "{folder}"'
    lock = ["kunci", folder, "--dari", "usulan", "--tanggal", "20 Desember 2024"]
    for args in (["periksa", folder], ["periksa", folder / "masuk" / OLD], ["rekap", folder], lock):
        run(*args)
        assert capsys.readouterr().out.splitlines()[-1].endswith(line)
    run("rekap", folder, "--format", "json")
    shown = capsys.readouterr()
    assert "kinerja-xl status" not in shown.err + shown.out and json.loads(shown.out)
    run("jelaskan", "R502")
    assert "kinerja-xl status" not in capsys.readouterr().out


# ---- trying a lock, and taking it back ---------------------------------------------------------------


def arsip(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "arsip").iterdir()) if (folder / "arsip").is_dir() else []


def test_a_trial_says_all_and_writes_nothing(tmp_path: Path):
    folder = Folder().write(tmp_path)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert run("kunci", folder, "--dari", "usulan", "--coba", "--tanggal", "20/12/2024") == 0
    ready = kunci.prepare(folder, "usulan", tanggal=date(2024, 12, 20))
    assert ready.plan is not None and ready.written is None and ready.plan.total == 31_410_000
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    done = kunci.lock(folder, "usulan", tanggal=date(2024, 12, 20))
    assert done.plan == ready.plan and arsip(folder) == ["Penetapan-2025.xlsx"]


def test_the_proposal_is_judged_before_it_is_locked(tmp_path: Path):
    folder = Folder().edit("pmd", "indikator", 0, target=D(5)).write(tmp_path / "a")
    done = kunci.lock(folder, "usulan", tanggal=date(2024, 12, 20))
    assert {(f.code, f.file, f.sheet, f.cell) for f in done.findings} == {("I703", OLD, *cell("indikator", 0, "target"))}
    assert (done.written, arsip(folder)) == (None, [])
    folder = Folder().edit("pmd", "indikator", 0, target=D(5), tw_1=D(2)).write(tmp_path / "b")
    assert kunci.lock(folder, "usulan", tanggal=date(2024, 12, 20)).written


def test_what_an_earlier_lock_froze_stops_nothing(tmp_path: Path):
    folder = locked(Folder().write(tmp_path))
    own = Year(folder).plan
    first, *rest = own.indicators
    odd = replace(own, indicators=(replace(first, target=D(850)), *rest))
    found = kunci.check_inherited(odd.indicators, Year(folder).office, "Penetapan-2025.xlsx")
    assert [(f.code, f.file, f.sheet, f.severity) for f in found] == [
        ("I703", "Penetapan-2025.xlsx", "Indikator", Severity.CEK)
    ]
    assert kunci.check_inherited(own.indicators, Year(folder).office, "Penetapan-2025.xlsx") == []


@pytest.mark.usefixtures("anew")
def test_the_last_lock_is_taken_back(tmp_path: Path):
    folder = locked(Folder().write(tmp_path))
    first = (folder / "arsip" / "Penetapan-2025.xlsx").read_bytes()
    kunci.lock(folder, str(folder / "hasil" / "DPA-2025.xlsx"), tahap="perubahan", tanggal=date(2025, 7, 1))
    assert kunci.take_back(folder, trial=True).in_force == Year(folder).plans[0].plan
    assert arsip(folder) == ["Penetapan-2025-perubahan-1.xlsx", "Penetapan-2025.xlsx"]
    done = kunci.take_back(folder)
    assert (done.plan.title, done.kept.name, done.moved) == ("Perubahan ke-1", "Penetapan-2025-perubahan-1-dibatalkan-1.xlsx", ())
    assert [one.path.name for one in locked_plans(folder, 2025)[0]] == ["Penetapan-2025.xlsx"]
    assert (folder / "arsip" / "Penetapan-2025.xlsx").read_bytes() == first
    again = kunci.lock(folder, str(folder / "hasil" / "DPA-2025.xlsx"), tahap="perubahan", tanggal=date(2025, 7, 2))
    assert again.plan is not None and (again.plan.nomor, again.plan.urutan) == (1, 1)
    kunci.take_back(folder)
    done = kunci.take_back(folder)
    assert (done.plan.title, done.in_force) == ("Penetapan", None)
    assert [path.name for path in done.moved] == ["DPA-2025-dibatalkan-1.xlsx"]
    assert arsip(folder) == [
        "Penetapan-2025-dibatalkan-1.xlsx", "Penetapan-2025-perubahan-1-dibatalkan-1.xlsx",
        "Penetapan-2025-perubahan-1-dibatalkan-2.xlsx",
    ]  # fmt: skip
    assert Year(folder).in_force.kind == "usulan"
    with pytest.raises(InputError):
        kunci.take_back(folder)


def test_a_filled_dpa_stays_when_its_lock_is_taken_back(tmp_path: Path):
    folder = locked(Folder().write(tmp_path))
    dpa = folder / "hasil" / "DPA-2025.xlsx"
    dpa.write_bytes(b"diisi kantor")
    assert kunci.take_back(folder).moved == () and dpa.read_bytes() == b"diisi kantor"


def test_a_refused_lock_names_the_command_that_locks_the_change(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Typed as it stands, with a day for TANGGAL: what a lock is taken from and its day are not left out."""
    folder = locked(Folder().write(tmp_path / "tahun ini"))
    for number, again in enumerate(([], ["--tahap", "perubahan", "--nomor", "1"]), start=1):
        assert run("kunci", folder, "--dari", "usulan", "--tanggal", "1 Juli 2025", *again) == 2
        (words,) = re.findall(r"kinerja-xl (kunci .* TANGGAL)", capsys.readouterr().err)
        assert run(*shlex.split(words.replace("TANGGAL", f"{number}/7/2025"))) == 0
        assert arsip(folder)[number - 1] == f"Penetapan-2025-perubahan-{number}.xlsx"
    assert arsip(folder) == [*(f"Penetapan-2025-perubahan-{n}.xlsx" for n in (1, 2)), "Penetapan-2025.xlsx"]


@pytest.mark.parametrize("place", ["formulir/TW1", "masuk/TW1"])
def test_a_plan_that_was_measured_is_not_taken_back(place: str, tmp_path: Path):
    """By a form that was handed out, or a return; a form of an earlier plan does not hold the later one."""
    folder = Folder().edit("kantor", "kebijakan", 10, kunci="unit_keuangan", nilai="pmd").write(tmp_path)
    locked(folder)
    list(write_measuring(folder, 1, "trantib"))
    if place != "formulir/TW1":
        (folder / "formulir/TW1/Realisasi-trantib-TW1.xlsx").rename(folder / "masuk/TW1/Realisasi-trantib-TW1.xlsx")
    with pytest.raises(InputError):
        kunci.take_back(folder)
    assert arsip(folder) == ["Penetapan-2025.xlsx"]
    kunci.lock(folder, str(folder / "hasil" / "DPA-2025.xlsx"), tahap="perubahan", tanggal=date(2025, 7, 1))
    assert kunci.take_back(folder).plan.title == "Perubahan ke-1"
    (folder / "masuk" / "TW1" / "Realisasi-pmd-TW1.xlsx").write_bytes(b"")
    kunci.lock(folder, str(folder / "hasil" / "DPA-2025.xlsx"), tahap="perubahan", tanggal=date(2025, 7, 1))
    with pytest.raises(InputError):  # nobody knows what the unreadable return was made from
        kunci.take_back(folder)


def test_the_plan_of_a_broken_archive_is_not_taken_back(tmp_path: Path):
    folder = locked(Folder().write(tmp_path))
    (folder / "arsip" / "Penetapan-2025-perubahan-1.xlsx").write_bytes(b"rusak")
    with pytest.raises(InputError):
        kunci.take_back(folder)
    assert arsip(folder) == ["Penetapan-2025-perubahan-1.xlsx", "Penetapan-2025.xlsx"]
