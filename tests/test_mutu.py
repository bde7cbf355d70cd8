"""The eight criteria of planning quality: each verdict from a changed office, the predicate, and the sheet that shows them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from kinerja_xl.reckoning.recap.quality import CRITERIA, Verdict, judge, predicate
from kinerja_xl.sheets.rekap import MUTU
from kinerja_xl.uses.rekap import rekap
from kinerja_xl.writing.shown.recap import write_recap
from tests import recap_contoh
from tests.kantor_uji import D, Folder

T, B, X = Verdict.TERPENUHI, Verdict.BELUM, Verdict.TIDAK_DAPAT
CLEAN = (B, T, X, B, T, T, T, B)
"""The small office: its Renstra ends this year, no TOR speaks of a musyawarah, no baseline, programs without sasaran."""


def renstra(**values: object) -> Folder:
    return Folder().edit("kantor", "renstra", 0, **values)


def programs_linked(folder: Folder) -> Folder:
    for index, row in enumerate(folder.kantor.rows("program")):
        if row.get("level") == "program":
            folder.edit("kantor", "program", index, kode_sasaran="S1")
    return folder


PROBLEM = "Menurut Musrenbang {} dari 30 lembaga desa belum bertemu setiap bulan sepanjang tahun lalu"


def analysed(folder: Folder, tors: int = 2, known: int = 4) -> Folder:
    """So many TORs tell how things stand, so many indicators what they reached last year."""
    for number in range(tors):
        unit, sheet = ("pmd", "trantib")[number // 2], number % 2
        folder.edit(unit, "tor", sheet=sheet, latar_belakang=PROBLEM.format(10 + number).replace("Musrenbang", "survei"))
    for number in range(known):
        unit, index = ("pmd", number) if number < 3 else ("trantib", number - 3)
        folder.edit(unit, "indikator", index, baseline=D(70 if number == 2 else 3))
    return folder


def everything() -> Folder:
    """The small office with all that it lacks."""
    folder = analysed(programs_linked(renstra(target_1=D(76))))
    return folder.edit("pmd", "tor", latar_belakang=PROBLEM.format(12))


def nobody() -> Folder:
    return Folder().drop("pmd").drop("trantib")


CASES = {
    "kantor kecil": (Folder(), {}),
    "Renstra sampai tahun depan": (renstra(target_1=D(76)), {1: T}),
    "tanpa Renstra": (Folder().without("kantor", "renstra"), {1: B, 5: B}),
    "satu unit belum": (Folder().drop("trantib"), {2: B, 3: B, 8: T}),
    "belum ada yang masuk": (nobody(), {2: B, 3: B, 4: X, 5: X, 6: X, 7: X, 8: X}),
    "musyawarah disebut": (Folder().edit("pmd", "tor", input="Hasil Musrenbang desa"), {3: T}),
    "keadaan sekarang berangka": (analysed(Folder()), {4: T}),
    "keadaan sekarang satu TOR saja": (analysed(Folder(), tors=1), {4: B}),
    "realisasi tahun lalu kurang dari separuh": (analysed(Folder(), known=3), {4: B}),
    "masalah satu TOR kosong": (analysed(Folder()).edit("trantib", "tor", latar_belakang="-"), {4: B, 8: B}),
    "program tanpa outcome": (Folder().without("pmd", "indikator", 2), {5: B, 6: B}),
    "SMART dijawab pendek": (Folder().edit("trantib", "indikator", 0, smart_alasan="Jelas"), {6: B}),
    "sub kegiatan tanpa output": (Folder().without("pmd", "indikator", 0), {6: B}),
    "indikator tanpa target": (Folder().edit("pmd", "indikator", 0, target=None), {7: B}),
    "triwulan tidak berjumlah": (Folder().edit("pmd", "indikator", 0, tw_4=D(2)), {7: B}),
    "semua program berinduk sasaran": (programs_linked(Folder()), {8: T}),
    "tahap kerja kosong": (programs_linked(Folder()).edit("pmd", "tor", lingkup_evaluasi=None), {8: B}),
    "lengkap": (everything(), dict.fromkeys(range(1, 9), T)),
}  # fmt: skip


@pytest.mark.parametrize("what", CASES)
def test_verdicts(what: str, tmp_path: Path):
    folder, changes = CASES[what]
    quality = judge(rekap(folder.write(tmp_path / "kantor")))
    expected = [changes.get(number, verdict) for number, verdict in enumerate(CLEAN, start=1)]
    assert [c.verdict for c in quality.criteria] == expected
    assert quality.met == expected.count(T)
    assert quality.open == expected.count(X)
    for criterion in quality.criteria:
        assert criterion.bukti.endswith(".")
        assert bool(criterion.kurang) or criterion.verdict is not B, criterion


def test_predicates_are_the_guidelines():
    words = {0: "Sangat kurang", 1: "Sangat kurang", 2: "Kurang", 3: "Kurang", 4: "Cukup", 5: "Cukup", 6: "Baik", 7: "Baik"}
    assert {met: predicate(met) for met in range(9)} == words | {8: "Sangat baik"}
    assert len(CRITERIA) == 8


def test_evidence_names_counts_and_amounts(tmp_path: Path):
    quality = judge(rekap(Folder().drop("trantib").write(tmp_path / "kantor")))
    plan, taking_part = quality.criteria[1], quality.criteria[2]
    assert "2 sub kegiatan dari 1 unit" in plan.bukti and "Rp18.010.000" in plan.bukti
    assert "Seksi Ketertiban Umum" in plan.kurang and "Seksi Ketertiban Umum" in taking_part.kurang
    assert "1 dari 2 unit" in taking_part.bukti


@pytest.mark.parametrize("make", [recap_contoh.empty, recap_contoh.small, lambda: recap_contoh.large(3)], ids=list("abc"))
def test_any_recap_can_be_judged(make):
    assert len(judge(make()).criteria) == 8


def _sheet(data: bytes):
    return openpyxl.load_workbook(BytesIO(data))[MUTU.name]


def _column(sheet, text: str) -> int:
    row = next(r for r in sheet.iter_rows() if any(c.value == text for c in r))
    return next(c.column for c in row if c.value == text)


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
def test_a_reviewers_verdict_changes_the_predicate(libre, tmp_path: Path):
    recap = rekap(Folder().write(tmp_path / "kantor"))
    book = openpyxl.load_workbook(BytesIO(write_recap(recap)))
    sheet = book[MUTU.name]
    column = _column(sheet, "Penilaian")
    first = next(c.row for c in sheet[sheet.cell(1, _column(sheet, "No")).column_letter] if c.value == 1)
    shown = [sheet.cell(first + n, column).value for n in range(8)]
    assert shown == [verdict.value for verdict in CLEAN]
    for number, verdict in enumerate(CLEAN):
        if verdict is not T:
            sheet.cell(first + number, column).value = T.value
    path = tmp_path / "dinilai.xlsx"
    book.save(path)
    after = openpyxl.load_workbook(libre.recalculate([path])[path], data_only=True)[MUTU.name]
    label = _column(after, "Kriteria")
    result = {r[label - 1].value: r[column - 1].value for r in after.iter_rows() if r[label - 1].value}
    assert result["Kriteria terpenuhi"] == 8
    assert result["Tidak dapat dinilai dari berkas"] == 0
    assert result["Predikat mutu perencanaan"] == "Sangat baik"
