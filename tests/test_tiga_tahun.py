"""Three years one after the other, by the verbs: what a year promised, reached and was hindered by is there in the years after.

Every figure below is worked out by hand from ``REACHED`` and ``SPENT``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_xl.office.kantor import build_office
from kinerja_xl.office.prefill import office_listings
from kinerja_xl.reading.workbook import read_workbook
from kinerja_xl.sheets.content import BookContent
from kinerja_xl.sheets.realisasi import MEASURING
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.uses.year import Year, kantor_content
from tests.kantor_uji import (
    IKU,
    INDIKATOR,
    RAB,
    SUB_A,
    D,
    Folder,
    Proposal,
    edit,
    kantor_bytes,
    patched,
    proposal_content,
    unit_bytes,
)
from tests.naskah import opened, text
from tests.test_kantor_kedua import run

YEARS = (2025, 2026, 2027)
NAMA = "Jumlah laporan pemberdayaan"
REACHED = {2025: (1, 1, 1, 1), 2026: (1, 2, 1, 1), 2027: (1, 1, 1, 2)}
SPENT = {2025: (500_000, 5_400_000, 2_310_000), 2026: (550_000, 5_400_000, 2_050_000), 2027: (400_000, 5_000_000, 2_310_000)}
"""Of the three accounts of the sub kegiatan, in triwulan IV: 8.210.000, 8.000.000 and 7.710.000."""
BEFORE = {"renstra_k": D(20), "lalu_k": D(3), "renstra_rp": D(60_000_000), "lalu_rp": D(7_000_000)}
OUTCOME, HINDERED, MENDED = "Lembaga desa mandiri", "Jalan desa putus karena hujan", "Rapat dipindahkan ke musim kemarau"
MEASURED = {"realisasi": D(76), "bukti": "Survei November 2027"}


def plan(folder: Path, tahun: int) -> None:
    """Kantor.xlsx at penetapan and the unit's proposal; the first year's TOR promises an outcome for the third."""
    content = kantor_content(folder) if tahun > YEARS[0] else edit(
        Folder().kantor, "renja_lalu", 0, kode=SUB_A, unit="pmd", indikator=NAMA, **BEFORE
    )  # fmt: skip
    content = edit(content, "kantor", 0, tahap="penetapan", tanggal=date(tahun, 1, 10))
    (folder / "masuk").mkdir(parents=True, exist_ok=True)
    (folder / "Kantor.xlsx").write_bytes(kantor_bytes(content))
    office = build_office(content)
    asked = proposal_content(Proposal(kode="pmd", rab=RAB["pmd"], indikator=INDIKATOR["pmd"], iku=IKU["pmd"]), office)
    if tahun == YEARS[0]:
        asked = edit(asked, "tor", 0, outcome=OUTCOME, outcome_tahun=D(YEARS[2]))
    (folder / "masuk" / f"Usulan-pmd-{tahun}.xlsx").write_bytes(unit_bytes(asked, office, office.unit("pmd")))


def content_of(path: Path, folder: Path) -> BookContent:
    versions = {**MEASURING, USULAN.key: {USULAN.version: USULAN}}
    found = read_workbook(path.read_bytes(), path.name, versions, office_listings(Year(folder).office)).content
    assert found is not None
    return found


def type_in(path: Path, folder: Path, answers: Mapping[str, list[Mapping[str, Any]]]) -> None:
    """A form as somebody fills it in: these cells of the first rows of its tables, and the date."""
    content = content_of(path, folder)
    identity = content.form("identitas")
    assert identity is not None
    tahun = Year(folder).office.tahun
    day = (date(tahun + 1, 1, 5) - date(1899, 12, 30)).days
    cells: dict[Any, Any] = {(identity.sheet, identity.cell("tanggal_disampaikan")): day}
    for block, rows in answers.items():
        for row, values in zip(content.rows(block), rows, strict=False):
            cells |= {(row.sheet, row.cell(key)): value for key, value in values.items()}
    (folder / "masuk/TW4").mkdir(parents=True, exist_ok=True)
    (folder / "masuk/TW4" / path.name).write_bytes(patched(path.read_bytes(), cells))


def measure(folder: Path, tahun: int) -> None:
    """Triwulan IV, with the figures of the whole year; what is asked for of a promise is answered."""
    run("realisasi", folder, "--triwulan", 4)
    forms = folder / "formulir/TW4"
    type_in(forms / "Realisasi-pmd-TW4.xlsx", folder, {
        "realisasi_indikator": [{f"real_{n}": D(x) for n, x in enumerate(REACHED[tahun], start=1)}],
        "uraian_realisasi": [{"bukti": "Laporan", "penghambat": HINDERED, "tindak_lanjut": MENDED}],
        "janji_realisasi": [MEASURED] if tahun == YEARS[2] else [],
    })  # fmt: skip
    type_in(forms / "Realisasi-keuangan-TW4.xlsx", folder, {
        "realisasi_uang": [{"uang_1": D(0), "uang_2": D(0), "uang_3": D(0), "uang_4": D(x)} for x in SPENT[tahun]],
    })  # fmt: skip


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folders of three years and of the one after them."""
    place = tmp_path_factory.mktemp("tahun")
    for tahun in YEARS:
        folder = place / str(tahun)
        plan(folder, tahun)
        run("kunci", folder, "--dari", "usulan", "--tanggal", f"10 Januari {tahun}")
        if tahun == YEARS[1]:
            run("cetak", folder)
        measure(folder, tahun)
        run("capaian", folder, "--triwulan", 4)
        if tahun != YEARS[1]:
            run("lkjip", folder)
        run("mulai", place / str(tahun + 1), "--tahun", tahun + 1, "--dari", folder)
        run("formulir", place / str(tahun + 1))
    return place


def sheet_of(place: Path, tahun: int, name: str) -> Worksheet:
    (path,) = (place / str(tahun) / "hasil").glob("Capaian*.xlsx")
    sheet = openpyxl.load_workbook(path, data_only=True)[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def line_of(sheet: Worksheet, word: str) -> Iterator[list[Any]]:
    """Rows that say this, without their blank cells."""
    for row in sheet.iter_rows(values_only=True):
        if word in row:
            yield [value for value in row if value not in (None, "")]


def paper(place: Path, tahun: int, pattern: str) -> str:
    (path,) = (place / str(tahun) / "hasil").rglob(pattern)
    return text(opened(path.read_bytes()))


RENJA = {  # column 6, 7, 13, 14 and 15: of each the indicator's figure and the rupiah
    2025: (20, 60_000_000, 3, 7_000_000, 4, 8_210_000, 7, 15_210_000, 35, 25.35),
    2026: (20, 60_000_000, 7, 15_210_000, 5, 8_000_000, 12, 23_210_000, 60, 38.68),
    2027: (20, 60_000_000, 12, 23_210_000, 5, 7_710_000, 17, 30_920_000, 85, 51.53),
}
ASIDE = (5, 6, 7, 8, 23, 25, 26, 27, 28, 29)


@pytest.mark.parametrize("tahun", YEARS)
def test_evaluasi_renja_adds_year_to_year(walked: Path, tahun: int):
    rows = sheet_of(walked, tahun, "Evaluasi Renja").iter_rows(values_only=True)
    row = next(row for row in rows if NAMA in row)
    assert tuple(row[index] for index in ASIDE) == RENJA[tahun]


def test_a_promise_is_kept_asked_for_and_shown_with_its_origin(walked: Path):
    """Of the first year for the third: nothing of it in between, and what came of it in the register of the year after."""
    for tahun, asked in ((2026, 0), (2027, 1)):
        folder = walked / str(tahun)
        form = content_of(folder / "formulir/TW4/Realisasi-pmd-TW4.xlsx", folder)
        assert [row.text("outcome") for row in (form.rows("janji_realisasi") if asked else ())] == [OUTCOME] * asked
        assert asked or all(sheet.key != "janji_realisasi" for sheet in form.sheets)
    (shown,) = line_of(sheet_of(walked, 2027, "Janji Outcome"), OUTCOME)
    target, real, percent, origin, proof = shown[shown.index(80) :][:5]
    assert (target, real, percent, proof) == (80, 76, 95, MEASURED["bukti"]) and "2025" in origin
    report = paper(walked, 2027, "LKjIP*.docx")
    assert OUTCOME in report and origin in report
    kept = [row for row in kantor_content(walked / "2028").rows("janji_outcome") if row.text("outcome") == OUTCOME]
    assert [(row.number("tahun_rencana"), row.number("tahun"), row.number("realisasi")) for row in kept] == [
        (D(2025), D(2027), D(76))
    ]  # fmt: skip


def test_what_hindered_is_analysed_and_mended(walked: Path):
    """In the LKjIP of its year; in the TOR and the Rencana Aksi of the next (V.A.3)."""
    report = paper(walked, 2025, "LKjIP*.docx")
    assert HINDERED in report and MENDED in report
    folder = walked / "2026"
    form = content_of(folder / "formulir/Usulan-pmd-2026.xlsx", folder)
    reviewed = [tor.text("kemajuan") for sheet in form.all("tor") if (tor := sheet.forms.get("tor"))]
    assert any(HINDERED in said and MENDED in said for said in reviewed)
    assert f"Tindak lanjut evaluasi 2025: {MENDED}" in paper(walked, 2026, "Rencana-Aksi*.docx")
