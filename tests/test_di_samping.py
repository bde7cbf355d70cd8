"""What stands beside a figure, and who signs below it: on every paper that shows the figure, the neighbour left alone."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from kinerja_xl.catatan import Severity
from kinerja_xl.face.cli import terminal
from kinerja_xl.office.pejabat import Official
from kinerja_xl.reckoning.capaian import Year
from kinerja_xl.reckoning.capaian.measure import threads
from kinerja_xl.reckoning.plan.agreements import agreements
from kinerja_xl.reckoning.plan.meeting import reviewer
from kinerja_xl.reckoning.plan.review import review_of
from kinerja_xl.reckoning.recap.build import Kind, matters
from kinerja_xl.sheets.rekap import RKT
from kinerja_xl.uses import kunci, pk
from kinerja_xl.uses.cetak import printed_forms
from kinerja_xl.uses.rekap import rekap
from kinerja_xl.writing.form.penelaahan import write_review
from kinerja_xl.writing.letters.lkjip import goals_of
from kinerja_xl.writing.shown.capaian import write_capaian
from kinerja_xl.writing.shown.recap import write_recap
from tests.capaian_uji import ATK, MEALS, PC, indicator, office, plan, spent, year
from tests.kantor_uji import SUB_A, SUB_B, SUB_C, Folder, cell, goal, places_of, small_office
from tests.naskah import bupati, opened, text
from tests.test_capaian_buku import rows
from tests.test_capaian_uang import line
from tests.test_siap import Typed, book, says
from tests.test_surat import layout
from tests.test_tahun_lalu import policy

# ---- what is not counted stands under every paper that adds up the proposal ------------------------------------------

OUTSIDE = "Di luar jumlah ini {} tidak dihitung (lihat lembar Ringkasan rekap)."
UNKNOWN = OUTSIDE.format("1 baris yang nilainya belum diketahui")


def papers(folder: Path, unit: str | None = None) -> dict[str, str]:
    """The text of RKT, Rencana Aksi and PK by file name."""
    pk.pk_letters(folder, unit)
    printed = [one.path for one in printed_forms(folder, unit).written]
    found = [path for path in printed if path.name.startswith(("RKT", "Rencana"))] + sorted((folder / "hasil/surat").iterdir())
    return {path.name: text(opened(path)) for path in found if "semua" not in path.name}


def test_what_is_not_counted_is_said_by_every_paper_of_whom_it_concerns(tmp_path: Path):
    folder = bupati().put("trantib", cell("rab", 1, "harga_satuan"), None).write(tmp_path / "kantor")
    said = papers(folder)
    assert {name for name, words in said.items() if UNKNOWN in words} == {
        "RKT-2025.docx", "Rencana-Aksi-2025.docx", "PK-camat-2025.docx", "PK-trantib-2025.docx",
    }  # fmt: skip
    assert {name for name, words in said.items() if "Di luar jumlah" in words and UNKNOWN not in words} == set()
    own, other = papers(folder, "trantib"), papers(folder, "pmd")
    for name in ("RKT", "Rencana-Aksi"):
        assert UNKNOWN in own[f"{name}-trantib-2025.docx"] and "Di luar" not in other[f"{name}-pmd-2025.docx"]


def test_the_signed_sheet_of_the_recap_says_it_too(tmp_path: Path):
    folder = bupati().put("trantib", cell("rab", 1, "harga_satuan"), None).write(tmp_path / "kantor")
    clean = bupati().write(tmp_path / "bersih")
    for place, wanted in ((folder, True), (clean, False)):
        book = openpyxl.load_workbook(io.BytesIO(write_recap(rekap(place))))
        words = [str(value) for row in book[RKT.name].values for value in row if value]
        assert any(UNKNOWN in one for one in words) is wanted and any("Di luar" in one for one in words) is wanted


@pytest.mark.parametrize(("texts", "said"), [(("{{ jumlah }}",), True), (("{{ jumlah }}", "{{ di_luar }}"), False)])
def test_a_layout_of_their_own_that_leaves_it_out_is_said(texts: tuple[str, ...], said: bool, tmp_path: Path):
    folder = bupati().put("trantib", cell("rab", 1, "harga_satuan"), None).write(tmp_path / "kantor")
    (folder / "templat").mkdir()
    (folder / "templat/PK.docx").write_bytes(layout(*texts))
    done = pk.pk_letters(folder)
    assert {note.sentence.split(":")[0] for note in done.notes if "di_luar" in note.sentence} == (
        {"PK camat", "PK trantib"} if said else set()
    )
    words = {path.path.name: text(opened(path.path)) for path in done.written}
    assert {name for name, one in words.items() if UNKNOWN in one} == (
        set() if said else {"PK-camat-2025.docx", "PK-trantib-2025.docx"}
    )


def test_a_locked_plan_has_nothing_beside_it(tmp_path: Path):
    folder = bupati().put("trantib", cell("rab", 1, "harga_satuan"), None).write(tmp_path / "kantor")
    assert kunci.lock(folder, "usulan", tanggal=date(2025, 1, 2)).written
    assert not [name for name, words in papers(folder).items() if "Di luar jumlah" in words]


# ---- who signs -----------------------------------------------------------------------------------------------------------


def official(jabatan: str, status: str, nama: str = "Rangga Paliwang", nip: str = "") -> Official:
    return Official(
        jabatan_kode="camat", nama=nama, nip=nip, pangkat="", jabatan=jabatan, status=status, mulai=None, sampai=None
    )


@pytest.mark.parametrize(
    ("jabatan", "status", "post"),
    [
        ("Camat Batu Putih", "Plt.", "Plt. Camat Batu Putih"), ("Plt. Camat Batu Putih", "Plt.", "Plt. Camat Batu Putih"),
        ("PLT Camat", "Plt.", "PLT Camat"), ("Camat", "Plh.", "Plh. Camat"), ("Camat", "Definitif", "Camat"),
        ("Pelaksana Kebersihan", "Plt.", "Plt. Pelaksana Kebersihan"), ("Camat", "", "Camat"),
    ],
)  # fmt: skip
def test_an_acting_official_signs_as_one_once(jabatan: str, status: str, post: str):
    assert official(jabatan, status).post == post


def test_one_person_is_known_by_nip_or_by_name_without_titles():
    own = official("Camat", "Definitif", "Drs. Rangga Paliwang, M.Si.", "197501012000031001")
    assert own.same(official("Kepala", "Plt.", "Rangga P.", "197501012000031001"))
    assert own.same(official("Kepala", "Plt.", "rangga paliwang"))
    assert not own.same(official("Kepala", "Plt.", "Rangga Paliwang", "198001012000031002"))
    assert not own.same(None)


def acting(jabatan: str = "Camat Batu Putih") -> Folder:
    """The Camat only acts, and heads pmd too."""
    folder = bupati().edit("kantor", "pejabat", 0, status="Plt.", jabatan=jabatan)
    nip = folder.kantor.rows("pejabat")[0].text("nip")
    return folder.edit("kantor", "pejabat", 2, nama="Rangga Paliwang, S.STP", nip=nip, status="Plt.")


def test_nobody_promises_to_themselves(tmp_path: Path):
    found = {one.kode: one for one in agreements(rekap(acting().write(tmp_path / "kantor")))}
    assert {kode: (one.first.nama, one.second.nama) for kode, one in found.items()} == {
        "camat": ("Rangga Paliwang", "Tarigan Batubara"), "sekcam": ("Sari Wulandhani", "Rangga Paliwang"),
        "pmd": ("Rangga Paliwang, S.STP", ""), "trantib": ("Citra Mandalele", "Rangga Paliwang"),
    }  # fmt: skip
    assert found["pmd"].second.jabatan == "Plt. Camat Batu Putih"
    own = [n for n in found["pmd"].notes if n.severity is Severity.CEK and "kedua pihak" in n.sentence]
    assert len(own) == 1 and not [n for n in found["trantib"].notes if "kedua pihak" in n.sentence]


@pytest.mark.parametrize("jabatan", ["Camat Batu Putih", "Plt. Camat Batu Putih"])
def test_the_review_is_signed_by_who_acts(jabatan: str, tmp_path: Path):
    folder = acting(jabatan).without("kantor", "pejabat", 1).write(tmp_path / "kantor")
    recap = rekap(folder)
    sheet = openpyxl.load_workbook(io.BytesIO(write_review(review_of(recap), recap.office)))["Tanda Tangan"]
    said = [str(c.value) for row in sheet.iter_rows() for c in row if c.value and "Pl" in str(c.value)]
    assert said == [
        "Rangga Paliwang, S.STP\nPlt. Kepala Seksi Pemberdayaan Masyarakat\nNIP 19750101 200003 1 001", "Plt. Camat Batu Putih",
    ]  # fmt: skip


@pytest.mark.parametrize("named", ["Bima Tandilolo", "Drs. Bima Tandilolo, M.Si."])
def test_a_reviewer_named_without_titles_reviews_not_themselves(named: str):
    own = small_office(bupati().edit("kantor", "pejabat", 2, nama="Bima Tandilolo, S.E.").kantor)
    pmd, trantib = own.units
    assert reviewer(own, pmd, named, None)[0] is None
    other, _ = reviewer(own, trantib, named, None)
    assert other is not None and (other.nama, other.jabatan_kode) == ("Bima Tandilolo, S.E.", "pmd")


def vacant(blank: bool) -> Folder:
    """trantib stands under the Sekcam, and there is none."""
    folder = bupati().without("kantor", "pejabat", 1).edit("kantor", "unit", 1, atasan="sekcam")
    name, post = (None, None) if blank else ("Sari Wulandhani", "Sekretaris Camat")
    folder.edit("trantib", "identitas", 0, atasan_nama=name, atasan_jabatan=post)
    for number in (0, 1):
        folder.edit("trantib", "tor", 0, number, mengetahui=name)
    return folder


def held() -> Folder:
    """The same, but somebody is Sekcam and is not named."""
    folder = vacant(blank=True).edit("kantor", "pejabat", 3, jabatan_kode="sekcam", nama="Sari Wulandhani")
    head = {"nama": "Citra Mandalele", "jabatan": "Kepala Seksi Ketertiban Umum"}
    return folder.edit("kantor", "pejabat", 4, jabatan_kode="trantib", **head)


def test_a_vacant_post_above_a_unit_is_the_offices_alone(tmp_path: Path):
    missed = {("N401", *cell("identitas", "atasan_nama")), ("N401", *cell("identitas", "atasan_jabatan"))}
    missed |= {("N401", *cell("tor", "mengetahui", sheet=sheet)) for sheet in ("TOR", "TOR (2)")}
    no_camat = vacant(blank=True).write(tmp_path / "kosong")
    assert {code for code, *_ in places_of(rekap(no_camat).findings)} & {"N401", "G102"} == {"G102"}
    assert missed <= places_of(rekap(held().write(tmp_path / "terisi")).findings)


def test_a_vacant_post_is_called_by_its_own_name_in_the_pk(tmp_path: Path):
    """Who receives the PK is told by the policy, whoever holds the post."""
    blank = vacant(blank=True)
    kasi = policy(vacant(blank=True), "pk_kasubag", "camat").without("kantor", "pejabat", 0)
    found = {}
    for name, folder in {"sekcam": blank, "camat": kasi}.items():
        recap = rekap(folder.write(tmp_path / name))
        found[name] = next(a.second for a in agreements(recap) if a.kode == "trantib")
    assert {name: (one.nama, one.jabatan) for name, one in found.items()} == {
        "sekcam": ("", "Sekretaris Camat"), "camat": ("", "Camat"),
    }  # fmt: skip


def test_and_so_in_the_nota_and_the_tor(tmp_path: Path):
    written = printed_forms(vacant(blank=True).write(tmp_path / "kantor"), "trantib").written
    said = {one.path.name.split("-")[0]: text(opened(one.path)) for one in written}
    assert {name: "Sekretaris Camat" in said[name] for name in ("Nota", "TOR")} == {"Nota": True, "TOR": True}
    assert not [name for name in ("Nota", "TOR") if "Sekcam" in said[name]]


def test_nor_does_cek_mandiri_ask_the_unit_for_it(tmp_path: Path, libre):
    paths = []
    for name, folder in {"kosong": vacant(blank=True), "terisi": held(), "biasa": Folder()}.items():
        paths.append(tmp_path / f"{name}.xlsx")
        paths[-1].write_bytes(book(Typed(name=name, unit="trantib", folder=folder)))
    assert {ours.stem: says(theirs) for ours, theirs in libre.recalculate(paths).items()} == {
        "kosong": True, "terisi": False, "biasa": True,
    }  # fmt: skip


# ---- money of which a part is not reported, in the book of capaian ---------------------------------------------------------

A, B = indicator(nama="Laporan desa"), indicator(nama="Lembaga", kode=SUB_B)
C = indicator(nama="Rapat", unit="trantib", kode=SUB_C)
CELLS = {A: (2, 3, 2, 3), B: (2, 3, 2, 3), C: (2, 3, 2, 3)}
WHOLE = (
    spent(SUB_A, 100_000, 100_000, 100_000, 100_000, rekening=ATK), spent(SUB_A, 1, 1, 1, 1, rekening=PC),
    spent(SUB_B, 0, 0, 0, 0, rekening=MEALS), spent(SUB_C, 1, 2, 3, 4, rekening=ATK),
)  # fmt: skip
PART = (WHOLE[0], spent(SUB_A, 1, 1, None, 1, rekening=PC), spent(SUB_B, 0, None, 0, 0, rekening=MEALS), WHOLE[3])


def measured(money: tuple[object, ...]) -> Year:
    return year(CELLS, spent=money, whole=plan(A, B, C))


def test_every_sheet_says_which_money_is_not_all_known():
    lacking = "realisasi 1 rekening belum diketahui"
    for money, wanted in ((PART, {SUB_A: lacking, SUB_B: lacking}), (WHOLE, {})):
        found = measured(money)
        book = openpyxl.load_workbook(io.BytesIO(write_capaian(found)), data_only=True)
        renja = [str(row[0] or "") for row in rows(book["Evaluasi Renja"], "Keterangan")]
        assert sum(lacking in words for words in renja) == len(wanted)
        assert {t.kode: gap for t in threads(found) for gap in t.gaps if "rekening" in gap} == wanted
        front = [c.value for row in book["Ringkasan"].iter_rows() for c in row if "rekening belum diketahui" in str(c.value)]
        assert front == (["Realisasi 2 rekening belum diketahui"] * 2 if wanted else [])


def test_what_is_not_known_is_no_nothing():
    """Nothing spent in three triwulan and the fourth unknown: that nothing was spent is not said."""
    gaps = {t.kode: t.gaps for t in threads(measured(PART))}
    assert gaps[SUB_B] == ("realisasi 1 rekening belum diketahui",)
    assert {t.kode: t.gaps for t in threads(measured(WHOLE))}[SUB_B] == ("belum ada realisasi uang",)


def test_a_verdict_of_money_not_all_known_can_only_fall():
    part, whole = (line(measured(money), "subkegiatan", SUB_A) for money in (PART, WHOLE))
    assert ": paling besar " in part.efisiensi_words
    assert part.efisiensi_told == f"{part.efisiensi_words}; 1 rekening belum diketahui"
    assert whole.efisiensi_told == whole.efisiensi_words


@pytest.mark.parametrize(("arah", "cells", "money", "bound"), [
    ("Naik", (2, 3, None, 3), WHOLE, "sedikitnya "), ("Turun", (2, 3, None, 3), WHOLE, "paling besar "),
    ("Turun", (2, 3, None, 3), PART, "paling besar "), ("Naik", (2, 3, None, 3), PART, ""), ("Turun", (2, 3, 2, 3), WHOLE, ""),
])  # fmt: skip
def test_a_verdict_knows_which_way_what_is_unknown_can_move_it(arah, cells, money, bound):
    """A quarter that no falling sum reports can only lower the capaian, as money not reported does; both ways: no bound."""
    own = replace(A, arah=arah)
    found = line(year({own: cells, B: CELLS[B], C: CELLS[C]}, spent=money, whole=plan(own, B, C)), "subkegiatan", SUB_A)
    assert found.efisiensi_words.partition(": ")[2].startswith(bound or ("+", "−"))
    assert ("1 indikator belum lengkap triwulannya" in found.efisiensi_told) is (None in cells)
    assert found.capaian_told.startswith({"Naik": "sedikitnya ", "Turun": "paling besar "}[arah] if None in cells else "1")


def test_a_sasaran_of_one_name_is_one_chapter():
    """trantib's program serves no sasaran by its code; its indicator names the one of the Renstra."""
    named = replace(C, sasaran="lembaga desa  AKTIF")
    every = ({A: (1,), named: (1,)}, {A: (1,), C: (1,)})
    found = [[goal.name for goal in goals_of(year(cells, whole=plan(*cells), at=office()))] for cells in every]
    assert found == [["Lembaga desa aktif"], ["Lembaga desa aktif", "Lembaga maju"]]


# ---- a program of two units -------------------------------------------------------------------------------------------------


def shared(outcome: bool) -> Folder:
    """trantib works for the program of pmd as well; pmd states its outcome, or does not."""
    folder = bupati().edit("kantor", "unit", 1, tugas="7.01.03, 7.01.04, 7.01.05")
    for index in (0, 1):
        folder.edit("trantib", "rab", index, kode_sub="7.01.03.2.01.0001")
    folder.edit("trantib", "indikator", 0, **goal("7.01.03.2.01.0001", "Output", "Jumlah laporan", "Laporan", 12))
    folder.edit("trantib", "tor", 0, kode_sub="7.01.03.2.01.0001")
    return folder if outcome else folder.without("pmd", "indikator", 2)


@pytest.mark.parametrize(("outcome", "asked"), [(True, ()), (False, (("pmd", "7.01.03"), ("trantib", "7.01.03")))])
def test_the_camat_is_asked_about_programs_that_nobody_gives_an_outcome(outcome: bool, asked: tuple[object, ...], tmp_path: Path):
    recap = rekap(shared(outcome).write(tmp_path / "kantor"))
    assert ("trantib", "7.01.03") in {(f.unit, f.value) for f in recap.findings if f.code == "I702"}
    assert tuple(sorted({m.kind: m.codes for m in matters(recap)}.get(Kind.OUTCOME, ()))) == asked


# ---- the screen ---------------------------------------------------------------------------------------------------------------


def test_the_screen_keeps_the_brackets_of_a_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    name = "Seksi Sosial [Kesra] & [/b] Anak"
    recap = rekap(bupati().edit("kantor", "unit", 0, nama=name).write(tmp_path / "kantor"))
    terminal.show_check(list(recap.findings), "teks", recaps=[recap])
    assert {"[Kesra]", "[/b]"} <= set(capsys.readouterr().out.split())
