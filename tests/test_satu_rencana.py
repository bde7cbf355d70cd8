"""One plan in force per year: at each stage every document shows the same rupiah and names the same plan."""

from __future__ import annotations

import email
import io
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from email.policy import default
from functools import cache, cached_property
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_xl.catatan import Severity
from kinerja_xl.face.cli import main
from kinerja_xl.face.cli.terminal import recap_json
from kinerja_xl.office.folder import InputError
from kinerja_xl.reckoning.plan import InForce, PlanSub
from kinerja_xl.reckoning.plan.agreements import agreements
from kinerja_xl.reckoning.plan.meeting import Meeting, meeting_of, reviewer
from kinerja_xl.reckoning.plan.review import review_of
from kinerja_xl.reckoning.recap import Status
from kinerja_xl.reckoning.recap.quality import judge
from kinerja_xl.sheets.formats import format_rupiah
from kinerja_xl.sheets.rekap.model import DIFFERS
from kinerja_xl.uses import isi, kunci, pk, surel
from kinerja_xl.uses.capaian import measured, write_year
from kinerja_xl.uses.cetak import printed_forms
from kinerja_xl.uses.lkjip import lkjip
from kinerja_xl.uses.realisasi import unit_realisasi, write_measuring
from kinerja_xl.uses.rekap import rekap, write_rekap, write_review_book
from kinerja_xl.uses.year import Year
from kinerja_xl.words.periods import last_day
from kinerja_xl.writing.form.penelaahan import write_review
from kinerja_xl.writing.shown.rka import write_rka
from samples.bangun import ROOT
from tests.kantor_uji import SUB_A, SUB_B, D, Folder, year_with
from tests.naskah import bupati, cells, lines, opened, rupiah, table, text
from tests.test_surat import GOALS, locked, sides

SAMPLE = ROOT / "samples/wasuponda-2025"
REJECTED, REFUSED_GOAL = "7.01.03.2.06.0003", "Jumlah Keluarga yang Mengikuti Pelatihan Pemanfaatan Pekarangan"
GENERATOR, CUT_GOAL = "7.01.01.2.07.0006", "Jumlah Unit Peralatan dan Mesin Lainnya yang Disediakan"
"""A sub kegiatan that the review rejected (Rp9.000.000), and one whose target it cut from 8 to 7."""
MEETING_DAY = "Rabu tanggal delapan belas bulan Desember tahun dua ribu dua puluh empat (18-12-2024)"
NAMES = ("perencanaan", "umum", "pemerintahan", "pmd", "trantib", "pelayanan")


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A sample year at one stage, with everything written: what it has to say, in rupiah and as a name of its plan."""

    folder: Path
    said: str
    total: int
    units: tuple[int, ...]
    title: str
    signed: str
    printed: str
    """What was said when its papers were printed."""

    @cached_property
    def year(self) -> Year:
        """Read once: for tests that only ask."""
        return Year(self.folder)

    def book(self, *, values: bool = False) -> openpyxl.Workbook:
        """The recap, only to be read."""
        return _opened(self.folder / "hasil/Rekap-2025.xlsx", values)

    @cached_property
    def rka(self) -> bytes:
        return write_rka(self.year.recap)

    def docx(self, name: str) -> str:
        return text(opened(self.folder / "hasil" / name))

    def rows(self, name: str, *heads: str) -> list[list[str]]:
        return cells(table(opened(self.folder / "hasil" / name), *heads))


STAGES = {
    "usulan": (
        "menurut usulan", 2_264_997_050, (34_623_000, 2_012_599_450, 47_813_000, 49_159_200, 74_148_600, 46_653_800),
        "PERJANJIAN KINERJA TAHUN 2025", "1 Oktober 2024",
    ),
    "penetapan": (
        "menurut Penetapan tanggal 18 Desember 2024", 2_243_088_050,
        (31_048_000, 2_001_465_450, 47_813_000, 40_159_200, 74_148_600, 48_453_800),
        "PERJANJIAN KINERJA TAHUN 2025", "18 Desember 2024",
    ),
    "perubahan": (
        "menurut Perubahan ke-1 tanggal 21 Juli 2025", 2_243_088_050,
        (31_048_000, 1_999_965_450, 47_813_000, 40_159_200, 74_148_600, 49_953_800),
        "PERJANJIAN KINERJA PERUBAHAN TAHUN 2025", "21 Juli 2025",
    ),
}  # fmt: skip


@cache
def _opened(path: Path, values: bool) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path, data_only=values)


@pytest.fixture(scope="module", params=STAGES)
def stage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    name: str = request.param
    folder = shutil.copytree(SAMPLE, tmp_path_factory.mktemp(name) / "kantor")
    gone = {
        "usulan": ("Penetapan-2025.xlsx", "Penetapan-2025-perubahan-1.xlsx", "Lembar-Penelaahan-2025.xlsx"),
        "penetapan": ("Penetapan-2025-perubahan-1.xlsx",),
    }.get(name, ())
    for file in gone:
        (folder / "arsip" / file).unlink()
    write_rekap(Year(folder))
    printed = " ".join(note.sentence for note in printed_forms(folder).notes)
    pk.pk_letters(folder)
    surel.mail_draft(folder, ("camat@contoh.go.id",))
    said, total, units, title, signed = STAGES[name]
    return Stage(folder=folder, said=said, total=total, units=units, title=title, signed=signed, printed=printed)


def under_title(sheet: Worksheet) -> str:
    """The line below the title, which is in capitals; a sheet that is folded has a line for the screen above it."""
    lines = [next((str(cell.value) for cell in row if cell.value), "") for row in sheet.iter_rows(max_row=4)]
    return lines[[line.isupper() for line in lines].index(True) + 1]


RKT_HEADS = (
    "Kode", "Program / Kegiatan / Sub Kegiatan", "Indikator Kinerja", "Target", "Satuan", "Anggaran (Rp)", "Penanggung Jawab",
)  # fmt: skip


def test_year_answers_for_the_stage(stage: Stage):
    year = stage.year
    assert (year.in_force.sentence, year.in_force.plan.total) == (stage.said, stage.total)
    assert (year.recap.in_force.menurut, year.recap.in_force.total) == (stage.said, stage.total)
    assert year.recap.total_rab == 2_264_997_050  # what was proposed stays what was proposed
    plan = recap_json(year.recap)["rencana"]
    assert plan == {"menurut": stage.said, "anggaran": stage.total}


def test_rkt_and_rencana_aksi_agree_to_the_rupiah_and_name_the_plan(stage: Stage):
    rkt = stage.rows("cetak/RKT-2025.docx", *RKT_HEADS)
    actions = opened(stage.folder / "hasil/cetak/Rencana-Aksi-2025.docx").tables[1]
    acted = cells(actions)
    assert rupiah(rkt[-1][5]) == rupiah(acted[-1][8]) == stage.total
    by_unit: Counter[str] = Counter()
    for row in acted:
        if row[0].startswith("7."):
            by_unit[row[0].split("\n")[1]] += rupiah(row[8])
    unit_names = {unit.kode: unit.nama for unit in stage.year.office.units}
    assert tuple(by_unit[unit_names[kode]] for kode in NAMES) == stage.units
    for name in ("RKT-2025", "Rencana-Aksi-2025"):
        said = stage.docx(f"cetak/{name}.docx")
        assert f"Target dan anggaran {stage.said}." in said
        assert f"Wasuponda, {stage.signed}" in said
        assert (REJECTED in said) == (REFUSED_GOAL in said) == (stage.said == "menurut usulan")
    target = next(row for row in acted if row[2] == CUT_GOAL)
    goal = next(row for row in rkt if row[2].startswith(CUT_GOAL))
    assert (goal[3], target[5]) == (("8", "8") if stage.said == "menurut usulan" else ("7", "7"))


def test_a_tor_of_another_amount_than_the_plans_is_said(stage: Stage):
    """The letters of what was proposed: each sub kegiatan that holds otherwise is named with what holds, and no other."""
    plan, said = stage.year.in_force.locked, stage.printed
    other = {sub.kode: sub.anggaran for sub in (plan.subs if plan else ()) if sub.anggaran != sub.diusulkan}
    assert (GENERATOR in other) == (plan is not None)
    assert all(f"{kode} Rp{amount:,}".replace(",", ".") in said for kode, amount in other.items())
    assert ("menurut usulan; " in said) == bool(other)


def test_the_recap_that_the_camat_signs_follows_the_plan(stage: Stage, libre):
    path = stage.folder / "hasil/Rekap-2025.xlsx"
    assert libre.judge([path])[1] == []  # the values below are those that LibreOffice works out
    book = stage.book(values=True)
    sheet = book["RKT"]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "Anggaran (Rp)" for cell in row))
    columns = {cell.value: cell.column - 1 for cell in head}
    body = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=head[0].row + 1)]
    money, above = columns["Anggaran (Rp)"], columns["Jumlah Program / Kegiatan (Rp)"]
    assert sum(row[money] for row in body if isinstance(row[money], int | float)) == stage.total
    label = columns["Kode Sub Kegiatan"]
    for level in (r"7\.01\.\d\d ", r"7\.01\.\d\d\.2\.\d\d "):
        assert sum(row[above] for row in body if re.match(level, str(row[label]))) == stage.total
    assert (REJECTED in {row[label] for row in body}) == (stage.said == "menurut usulan")
    words = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    assert any(stage.said in word for word in words)
    # a locked plan is of no stage of the proposals
    assert (stage.said in under_title(sheet)) == (stage.said != "menurut usulan")
    assert any(word == f"Wasuponda, {stage.signed}" for word in words)
    first = [str(cell.value) for row in book["Ringkasan"].iter_rows(max_row=6) for cell in row if cell.value]
    assert any(stage.said in word for word in first) == (stage.said != "menurut usulan")
    assert DIFFERS not in {cell.value for row in book["Asal Data"].iter_rows() for cell in row}


def test_what_still_shows_the_proposals_says_so_and_what_holds(stage: Stage):
    """Per Program, the matrices, every sheet of the RKA: under their titles. The first sheet and the RKT name the plan itself."""
    recap = stage.book()
    rka = openpyxl.load_workbook(BytesIO(stage.rka), read_only=True)
    sheets = [sheet for book in (recap, rka) for sheet in book if sheet.title not in ("Ringkasan", "RKT")]
    under = [under_title(sheet) for sheet in sheets]
    wanted = "" if stage.said == "menurut usulan" else f"Angka menurut usulan; yang berlaku {stage.said}"
    assert len(under) > 30
    assert {words.endswith(wanted) if wanted else "yang berlaku" not in words for words in under} == {True}


def test_the_pk_promises_the_plans_rows_and_no_others(stage: Stage):
    camat = opened(stage.folder / "hasil/surat/PK-camat-2025.docx")
    assert rupiah(cells(table(camat, "No", "Kode", "Program", "Anggaran (Rp)", "Keterangan"))[-1][3]) == stage.total
    for kode, amount in zip(NAMES, stage.units, strict=True):
        letter = opened(stage.folder / f"hasil/surat/PK-{kode}-2025.docx")
        rows = cells(table(letter, "No", "Kode", "Sub Kegiatan", "Anggaran (Rp)", "Keterangan"))
        assert rupiah(rows[-1][3]) == amount
        assert 0 not in {rupiah(row[3]) for row in rows}
        said = [p.text for p in lines(letter)]
        assert (said.count(stage.title), said.count(f"Target dan anggaran {stage.said}.")) == (1, 1)
    proposed = stage.said == "menurut usulan"
    goals = {row[2]: row[4] for row in stage.rows("surat/PK-pmd-2025.docx", *GOALS)}
    assert (REFUSED_GOAL in goals) == proposed
    assert len(goals) == 7 - (not proposed)
    goals = {row[2]: row[4] for row in stage.rows("surat/PK-umum-2025.docx", *GOALS)}
    assert goals[CUT_GOAL] == ("8" if proposed else "7")


def test_the_pk_is_signed_when_the_plan_holds_by_who_heads_the_unit(stage: Stage):
    signed = {
        kode: sides(opened(stage.folder / f"hasil/surat/PK-{kode}-2025.docx"))[1] for kode in ("camat", "pmd", "trantib")
    }
    head = {"1 Oktober 2024": "Ester Bungarante, S.Pd."}.get(stage.signed, "Yuliana Sampetoding, S.Sos.")
    # The Plt. of Seksi PMD left on 31 January 2025: the letter of the year waits for who was appointed.
    day = {"18 Desember 2024": "1 Februari 2025"}.get(stage.signed, stage.signed)
    assert signed["pmd"][0] == f"Wasuponda, {day}" and head in signed["pmd"]
    assert signed["camat"][0] == signed["trantib"][0] == f"Wasuponda, {stage.signed}"
    assert "Yohanis Padaelo, S.STP." in signed["trantib"]


def test_the_berita_acara_shows_the_meeting_and_the_plan(stage: Stage):
    said = {kode: stage.docx(f"cetak/Berita-Acara-{kode}-2025.docx") for kode in NAMES}
    heads = ("No", "Kode dan Sub Kegiatan", "Diusulkan (Rp)", "Catatan Penelaah", "Tanggapan Unit", "Disepakati (Rp)", "Alasan")
    rows = {row[1].split("\n")[0]: row for row in stage.rows("cetak/Berita-Acara-pmd-2025.docx", *heads)}
    assert rupiah(rows[REJECTED][2]) == 9_000_000
    if stage.said == "menurut usulan":
        assert rows[REJECTED][5].strip() == ""
        assert not [day for day in (MEETING_DAY, "18 Desember 2024", "18-12-2024") if day in said["pmd"]]
        return
    assert (rupiah(rows[REJECTED][5]), rows[REJECTED][4]) == (0, "Memahami; kelompok tani diarahkan ke program dinas.")
    for kode, amount in zip(NAMES, stage.units, strict=True):
        assert MEETING_DAY in said[kode] and "Nomor: 700/09/KW/XII/2024" in said[kode]
        in_force = re.findall(r"Catatan saat dicetak: anggaran yang berlaku (.*) (Rp[\d.]+)[.;]", said[kode])
        assert [(words, rupiah(shown.removeprefix("Rp"))) for words, shown in in_force] == [(stage.said, amount)]
        changed = (stage.said, kode) in {(STAGES["perubahan"][0], "umum"), (STAGES["perubahan"][0], "pelayanan")}
        assert ("; lain dari yang disepakati dalam penelaahan ini sebab ditetapkan sesudahnya." in said[kode]) == changed
        signers = {"Penelaah,": "Marlina Kondorua, S.E.", "perencanaan": "Nursida Palambae, S.Sos."}
        assert said[kode].count(signers["perencanaan" if kode == "perencanaan" else "Penelaah,"]) == 2


def test_a_blank_lembar_penelaahan_hides_no_filled_one(stage: Stage, tmp_path: Path):
    """``rekap --penelaahan`` leaves a new blank one in hasil/ while the meeting's own stands in arsip/, under whatever name."""
    folder = shutil.copytree(stage.folder, tmp_path / "kantor")
    year = Year(folder)
    write_review_book(year)
    content, said = Year(folder).review
    if stage.said == "menurut usulan":
        assert (content, said) == (None, ())
        return
    assert content is not None and said == ()
    assert content.form("telaah").text("nomor") == "700/09/KW/XII/2024"
    own = folder / "arsip/Lembar-Penelaahan-2025.xlsx"
    own.rename(own.with_name("Lembar-Penelaahan-2025 (rapat).xlsx"))
    last_year = write_review(review_of(year.recap), replace(year.office, tahun=2024))
    (folder / "arsip/Lembar-Penelaahan-2024.xlsx").write_bytes(last_year)
    content, said = Year(folder).review
    assert content is not None and content.form("telaah").text("nomor") == "700/09/KW/XII/2024" and said == ()


SIGNED = {
    "Rekap-2025.xlsx": ("Ringkasan", "RKT", "Per Program", "Mutu Perencanaan"),
    "RKA-2025.xlsx": ("Daftar RKA", "7.01.01.2.02.0001"),
}


def test_no_sheet_is_signed_before_the_plan_that_it_names(stage: Stage):
    books = {"Rekap-2025.xlsx": stage.book(), "RKA-2025.xlsx": openpyxl.load_workbook(BytesIO(stage.rka), read_only=True)}
    for name, sheets in SIGNED.items():
        book = books[name]
        for sheet in sheets:
            places = [str(c.value) for row in book[sheet].iter_rows() for c in row if str(c.value).startswith("Wasuponda, ")]
            assert places == [f"Wasuponda, {stage.signed}"], (name, sheet)


def test_titles_say_draft_or_change_and_name_the_plan(stage: Stage):
    draft = "RANCANGAN " if stage.said == "menurut usulan" else ""
    change = " PERUBAHAN" if "Perubahan" in stage.said else ""
    own = f"{stage.said[:1].upper()}{stage.said[1:]}"
    for name, title in (("RKT", "RENCANA KINERJA TAHUNAN (RKT)"), ("Rencana-Aksi", "RENCANA AKSI")):
        lines = [one.text for one in opened(stage.folder / f"hasil/cetak/{name}-2025.docx").paragraphs if one.text][:2]
        assert lines == [f"{draft}{title}{change} TAHUN 2025", own], name
    book = stage.book()
    titles = {sheet: [c.value for row in book[sheet].iter_rows(max_row=2) for c in row if c.value][-1] for sheet in ("RKT", "PK")}
    assert titles == {
        "RKT": f"{draft}RENCANA KINERJA TAHUNAN (RKT){change}",
        "PK": "PERJANJIAN KINERJA MENURUT USULAN UNIT: SASARAN DAN INDIKATOR (LAMPIRAN 1)",
    }


def test_the_quality_says_of_what_each_figure_is(stage: Stage):
    said = [criterion.bukti for criterion in judge(stage.year.recap).criteria]
    subs = 32 if stage.said == "menurut usulan" else 31
    assert said[1] == f"RKT {stage.said} memuat {subs} sub kegiatan dari 6 unit, anggaran {format_rupiah(stage.total)}."
    own = [text.startswith("Menurut usulan: ") for text in said]
    assert own == [False, False, *[stage.said != "menurut usulan"] * 6]
    assert "anggaran Rp2.264.997.050 terbagi" in said[7]


def test_a_tor_keeps_its_day_and_says_what_holds_when_it_is_printed(stage: Stage):
    said = stage.docx("cetak/TOR-umum-7.01.01.2.06.0009.docx")
    now = "" if stage.said == "menurut usulan" else f" Catatan saat dicetak: anggaran yang berlaku {stage.said} Rp"
    assert said.count(f"Anggaran menurut usulan.{now}") == 2
    for who in ("Nursida Palambae", "Samsul Batarawija"):
        assert re.search(rf"{who}[^\n]*\n[^\n]+ \([IV]+/[a-e]\)\nNIP ", said), who


def test_the_mail_the_screen_and_the_json_name_the_plan(stage: Stage):
    (draft,) = (stage.folder / "hasil").glob("Surel-*.eml")
    words = email.message_from_bytes(draft.read_bytes(), policy=default).get_body(("plain",)).get_content()
    screen = CliRunner().invoke(main, ["rekap", str(stage.folder), "-o", str(stage.folder / "hasil/lain.xlsx")])
    figure = f"Rencana yang berlaku {stage.said}: Rp{stage.total:,}".replace(",", ".")
    for said in (" ".join(words.split()), " ".join(screen.stdout.split())):
        assert (figure in said) == (stage.said != "menurut usulan")
        assert "Rp2.264.997.050" in said and "6 dari 6" in said


def test_realisasi_capaian_and_lkjip_stand_on_the_plan(stage: Stage):
    if stage.said == "menurut usulan":
        with pytest.raises(InputError):
            list(write_measuring(stage.folder, 1))
        return
    list(write_measuring(stage.folder, 1))
    form = openpyxl.load_workbook(stage.folder / "formulir/TW1/Realisasi-keuangan-TW1.xlsx")
    values = [cell.value for row in form["Identitas"].iter_rows() for cell in row]
    assert stage.said.removeprefix("menurut ") in values
    year = Year(stage.folder)
    found = measured(year, 4)
    assert next(line.pagu for line in found.money if line.level == "kantor") == stage.total
    book = openpyxl.load_workbook(write_year(found, year).path)
    first = [str(cell.value) for row in book["Ringkasan"].iter_rows(max_row=8) for cell in row if cell.value]
    assert any(stage.said in word for word in first)
    second = [str(cell.value) for row in book["Realisasi Anggaran"].iter_rows(max_row=3) for cell in row if cell.value]
    assert any(stage.said in word for word in second)
    signed = [str(c.value) for row in book["Ringkasan"].iter_rows() for c in row if str(c.value).startswith("Wasuponda, ")]
    assert signed and not [word for word in signed if "2024" in word]
    lkjip(stage.folder)
    said = stage.docx("LKjIP-2025.docx")
    assert f"Anggaran Rp{stage.total:,}".replace(",", ".") + f" {stage.said}" in said


def test_the_head_on_a_form_is_who_is_in_office_when_the_triwulan_ends():
    year = Year(SAMPLE)
    pmd = year.unit("pmd")
    names = [
        unit_realisasi(replace(year.office, officials=officials), pmd, year.plan, 1).form("identitas").get("kepala_nama")  # type: ignore[union-attr]
        for officials in (year.office.officials, [o for o in year.office.officials if "Yuliana" not in o.nama])
    ]
    assert names == ["Yuliana Sampetoding, S.Sos.", None]
    assert [last_day(2025, n) for n in (1, 2, 3, 4)] == [
        date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31),
    ]  # fmt: skip


# ---- the PK's date and lines ----------------------------------------------------------------------


def test_a_date_before_the_plan_is_said_or_takes_the_plans(tmp_path: Path):
    recap = rekap(bupati().write(tmp_path / "kantor"))
    plan = locked(recap)  # 2 January 2025
    typed = {"pmd": date(2024, 12, 1), "trantib": date(2025, 3, 4)}
    found = {a.kode: a for a in agreements(recap, plan, typed)}
    assert {k: a.tanggal for k, a in found.items()} == {
        "camat": date(2025, 1, 2), "sekcam": date(2025, 1, 2), "pmd": date(2025, 1, 2), "trantib": date(2025, 3, 4),
    }  # fmt: skip
    about = [n for n in found["pmd"].notes if "1 Desember 2024" in n.sentence]
    assert [n.severity for n in about] == [Severity.INFO]
    given = {a.kode: a for a in agreements(recap, plan, typed, date(2024, 12, 15))}
    assert given["pmd"].tanggal == date(2024, 12, 15)
    assert {n.severity for n in given["pmd"].notes if "15 Desember 2024" in n.sentence} == {Severity.CEK}
    later = {a.kode: a for a in agreements(recap, plan, typed, date(2025, 1, 15))}
    assert not [n for n in later["pmd"].notes if "15 Januari" in n.sentence or "Desember" in n.sentence]


def test_what_is_in_no_plan_is_not_promised(tmp_path: Path):
    recap = rekap(bupati().write(tmp_path / "kantor"))
    whole = locked(recap)
    (own,) = (a for a in agreements(recap, whole) if a.kode == "pmd")
    assert len(own.goals) == 3
    lost = replace(whole.plan, indicators=tuple(i for i in whole.plan.indicators if i.nama != "Jumlah lembaga dilatih"))
    (less,) = (a for a in agreements(recap, replace(whole, plan=lost)) if a.kode == "pmd")
    assert {g.indikator for g in own.goals} - {g.indikator for g in less.goals} == {"Jumlah lembaga dilatih"}
    cut = replace(whole.plan, subs=tuple(replace(s, dpa=0) if s.kode == SUB_B else s for s in whole.plan.subs))
    (none,) = (a for a in agreements(recap, replace(whole, plan=cut)) if a.kode == "pmd")
    assert {m.kode for m in none.money} == {SUB_A}
    assert "Jumlah lembaga dilatih" not in {g.indikator for g in none.goals}


def test_a_pergeseran_after_a_perubahan_is_still_a_changed_pk(tmp_path: Path):
    folder = bupati().write(tmp_path / "kantor")
    for tahap, day in (("penetapan", date(2025, 1, 2)), ("pergeseran", date(2025, 3, 3))):
        kunci.lock(folder, "usulan", tahap=tahap, tanggal=day)
    assert Year(folder).locked == InForce(plan=Year(folder).plan, path=folder / "arsip/Penetapan-2025-pergeseran-1.xlsx")
    pk.pk_letters(folder, "pmd")
    assert "PERJANJIAN KINERJA TAHUN 2025" in text(opened(folder / "hasil/surat/PK-pmd-2025.docx"))
    for tahap, day in (("perubahan", date(2025, 7, 21)), ("pergeseran", date(2025, 9, 1))):
        kunci.lock(folder, "usulan", tahap=tahap, tanggal=day)
    pk.pk_letters(folder, "pmd")
    said = text(opened(folder / "hasil/surat/PK-pmd-2025.docx"))
    assert "PERJANJIAN KINERJA PERUBAHAN TAHUN 2025" in said
    assert "menurut Pergeseran ke-2 tanggal 1 September 2025" in said


# ---- the date of a lock -------------------------------------------------------------------------


def test_the_date_of_a_lock_is_never_invented(tmp_path: Path):
    folder = bupati().write(tmp_path / "kantor")
    with pytest.raises(InputError):
        kunci.lock(folder, "usulan")  # the date in Kantor.xlsx is that of the proposal
    assert not (folder / "arsip").exists()
    kunci.lock(folder, "usulan", tanggal=date(2025, 1, 2))
    for given in (None, date(2024, 12, 31)):
        with pytest.raises(InputError):
            kunci.lock(folder, "usulan", tahap="perubahan", tanggal=given)
    assert [one.name for one in (folder / "arsip").iterdir()] == ["Penetapan-2025.xlsx"]
    done = kunci.lock(folder, "usulan", tahap="perubahan", tanggal=date(2025, 7, 21))
    assert done.plan is not None and done.plan.tanggal == date(2025, 7, 21)


def test_the_old_review_gives_a_perubahan_no_date(tmp_path: Path):
    folder = shutil.copytree(SAMPLE, tmp_path / "kantor")
    (folder / "arsip/Penetapan-2025-perubahan-1.xlsx").unlink()
    review = str(folder / "arsip/Lembar-Penelaahan-2025.xlsx")
    with pytest.raises(InputError):
        kunci.lock(folder, review, tahap="perubahan")
    done = kunci.lock(folder, review, tahap="perubahan", tanggal=date(2025, 7, 1))
    assert done.plan is not None and done.plan.dated == "Perubahan ke-1 tanggal 1 Juli 2025"


@pytest.mark.parametrize("typed", ["1 Oktober 2024", "01/10/2024", "2024-10-01", "Selasa, 1 Oktober 2024", "1-10-24"])
def test_dates_are_taken_as_people_write_them(tmp_path: Path, typed: str):
    folder = bupati().write(tmp_path / "kantor")
    done = CliRunner().invoke(main, ["kunci", str(folder), "--dari", "usulan", "--tanggal", typed])
    assert done.exit_code == 0, done.output
    assert Year(folder).plan.tanggal == date(2024, 10, 1)


@pytest.mark.parametrize("typed", ["kemarin", "31 Februari 2025", "10/13/2024", "45566", ""])
def test_what_is_no_date_locks_nothing(tmp_path: Path, typed: str):
    folder = bupati().write(tmp_path / "kantor")
    done = CliRunner().invoke(main, ["kunci", str(folder), "--dari", "usulan", "--tanggal", typed])
    assert (done.exit_code, (folder / "arsip").exists()) == (2, False)


# ---- who reviews whom ---------------------------------------------------------------------------


def test_nobody_reviews_themselves():
    office, day = Year(SAMPLE).office, date(2024, 12, 18)
    units = {unit.kode: unit for unit in office.units}

    def who(kode: str, named: str = "") -> str:
        found, _ = reviewer(office, units[kode], named, day)
        return found.nama if found else ""

    chief, above = "Marlina Kondorua, S.E.", "Nursida Palambae, S.Sos."
    assert (who("pmd"), who("pmd", chief), who("perencanaan"), who("perencanaan", chief)) == (chief, chief, above, above)
    assert (who("pmd", "Ester Bungarante, S.Pd."), who("perencanaan", above)) == (above, above)
    assert (who("pmd", "Orang Luar, S.E."), who("umum", above)) == ("Orang Luar, S.E.", above)
    alone = replace(office, officials=tuple(o for o in office.officials if o.jabatan_kode not in ("sekcam", "perencanaan")))
    assert reviewer(alone, units["perencanaan"], "", day) == (None, "Sekretaris Camat")
    assert reviewer(alone, units["pmd"], "", day)[0] is None


def test_a_blank_review_says_nothing_of_a_meeting(tmp_path: Path):
    folder = bupati().write(tmp_path / "kantor")
    CliRunner().invoke(main, ["rekap", str(folder), "--penelaahan"])
    year = Year(folder)
    assert year.review == (None, ())
    assert meeting_of(None, year.office) == Meeting(tempat=year.office.tempat)


def test_what_was_typed_before_the_lock_is_printed_too(tmp_path: Path):
    folder = shutil.copytree(SAMPLE, tmp_path / "kantor")
    for name in ("Penetapan-2025.xlsx", "Penetapan-2025-perubahan-1.xlsx"):
        (folder / "arsip" / name).unlink()
    printed_forms(folder, "pmd")
    said = text(opened(folder / "hasil/cetak/Berita-Acara-pmd-2025.docx"))
    assert MEETING_DAY in said and "Jumlah yang disepakati Rp40.159.200" in said
    printed_forms(folder, "pmd", date(2024, 12, 19))
    assert MEETING_DAY.replace("Rabu", "Kamis").replace("delapan", "sembilan").replace("18-", "19-") in text(
        opened(folder / "hasil/cetak/Berita-Acara-pmd-2025.docx")
    )


# ---- one count of units and catatan ---------------------------------------------------------------


def test_all_counts_are_one_count(tmp_path: Path, libre):
    """One unit sent nothing, one an unreadable file, one came late: of four, three handed something in."""
    folder = bupati().edit("kantor", "penerimaan", 0, tanggal=date(2024, 9, 20))
    more = (("sepi", "Seksi Sepi"), ("rusak", "Seksi Rusak"))
    start = len(folder.kantor.rows("unit"))
    for index, (kode, nama) in enumerate(more, start=start):
        folder = folder.edit("kantor", "unit", index, kode=kode, nama=nama, atasan="camat", tugas="7.01.04")
    place = folder.write(tmp_path / "kantor")
    (place / "masuk/Usulan-rusak-2025.xlsx").write_bytes(b"bukan buku kerja")
    recap = rekap(place)
    assert {u.kode: u.status for u in recap.units} == {
        "pmd": Status.TERLAMBAT, "trantib": Status.SIAP, "sepi": Status.BELUM, "rusak": Status.TIDAK_TERBACA,
    }  # fmt: skip
    tally = recap.tally
    assert (tally.words, tally.submitted, tally.units) == ("3 dari 4", 3, 4)
    assert tally.open == sum(f.severity is not Severity.INFO for f in recap.findings) > 0
    figures = dict(surel.five_figures(recap))
    assert figures["Unit yang menyampaikan"] == "3 dari 4"
    assert [int(n) for n in re.findall(r"(\d+) (?:belum|tidak terbaca|terlambat)", " ".join(figures.values()))] == [1, 1, 1]
    assert figures["Catatan"] == tally.catatan
    path = write_rekap(Year(place)).path
    assert libre.judge([path])[1] == []
    sheet = openpyxl.load_workbook(path, data_only=True)["Ringkasan"]
    siap = tally.status[Status.SIAP]
    said = f"{siap} dari 4 unit siap ditelaah, 1 terlambat, 1 belum menyampaikan, 1 tidak dapat dibaca. "
    assert str(sheet["A7"].value).startswith(said)
    assert (f"{tally.wajib} catatan wajib diperbaiki. " in str(sheet["A7"].value)) == (tally.wajib > 0)
    shown = CliRunner().invoke(main, ["rekap", str(place), "--format", "json"])
    data = json.loads(shown.stdout)
    assert (data["unit_menyampaikan"], data["catatan_terbuka"], len(data["unit"])) == (3, tally.open, 4)
    assert "Unit yang menyampaikan: 3 dari 4" in CliRunner().invoke(main, ["rekap", str(place)]).stdout


# ---- pagu, usulan, agreed and DPA in forms of others ------------------------------------------------

Form = Callable[[Path], Path]


def form(heads: tuple[str, ...], label: str = "Pagu Anggaran") -> Form:
    """A form with one single field above a table of these headings."""

    def write(place: Path) -> Path:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet["A1"], sheet["B1"] = label, ":"
        for column, head in enumerate(heads, start=1):
            sheet.cell(4, column, head)
        sheet["A8"] = "Mengetahui,"
        book.save(place)
        return place

    return write


def put(place: Path, source: Path, make: Form, kind: str, **options: str) -> tuple[object, list[list[object]], set[str]]:
    """The single field, the filled rows, and the codes of what was said."""
    done = isi.fill(make(place / "form.xlsx"), source, place / "hasil.xlsx", kind, **options)
    sheet = openpyxl.load_workbook(io.BytesIO(done.filled.data)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5, max_row=4 + done.filled.rows)]
    return sheet["C1"].value, rows, {f.code for f in done.filled.findings}


SUBS = ("Kode", "Program / Kegiatan / Sub Kegiatan")


def test_a_field_pagu_takes_the_pagu_never_the_sum_of_the_rab(tmp_path: Path):
    folder = bupati().write(tmp_path / "kantor")
    source = write_rekap(Year(folder)).path
    pagu = Year(folder).office.pagu_unit("pmd")
    total = next(u.total_rab for u in Year(folder).recap.units if u.kode == "pmd")
    assert pagu != total
    for label in ("Pagu Anggaran", "Pagu Indikatif", "Pagu"):
        shown, _, _ = put(tmp_path, source, form(("No", "Uraian", "Volume", "Satuan", "Jumlah"), label), "rab", unit="pmd")
        assert shown == f"Rp{pagu:,}".replace(",", ".")
    heads = ("No", "Uraian", "Volume", "Satuan", "Jumlah")
    shown, _, _ = put(tmp_path, source, form(heads, "Jumlah Anggaran"), "rab", unit="pmd")
    assert shown == f"Rp{total:,}".replace(",", ".")


def test_a_pagu_that_is_not_known_stays_blank_and_is_said(tmp_path: Path):
    folder = bupati().without("kantor", "pagu").write(tmp_path / "kantor")
    source = write_rekap(Year(folder)).path
    shown, _, said = put(tmp_path, source, form(("No", "Uraian", "Volume", "Satuan", "Jumlah")), "rab", unit="pmd")
    assert shown is None and "W213" in said
    alone = tmp_path / "lain" / source.name  # no Kantor.xlsx beside it
    alone.parent.mkdir()
    shutil.copy(source, alone)
    shown, _, said = put(tmp_path, alone, form(("No", "Uraian", "Volume", "Satuan", "Jumlah")), "rab")
    assert shown is None and "W213" in said


def test_columns_of_money_are_never_exchanged(tmp_path: Path):
    folder = shutil.copytree(SAMPLE, tmp_path / "kantor")
    source = write_rekap(Year(folder)).path
    heads = ("Kode Sub Kegiatan", "Indikator", "Target", "Pagu Indikatif (Rp)", "Usulan (Rp)", "Anggaran (Rp)", "DPA (Rp)")
    _, rows, _ = put(tmp_path, source, form(heads), "rkt")
    generator = next(row for row in rows if row[0] == GENERATOR)
    pagu = Year(folder).office.pagu["umum", GENERATOR]
    assert generator[2:7] == [7, pagu, 50_069_400, 45_319_400, None]
    _, rows, _ = put(tmp_path, source, form(("No", "Uraian", "Volume", "Satuan", "Pagu (Rp)", "Jumlah (Rp)")), "rab")
    assert {row[4] for row in rows} == {None} and sum(row[5] for row in rows) == 2_264_997_050
    heads = (*SUBS, "Diusulkan (Rp)", "Disepakati (Rp)", "DPA (Rp)", "Pagu (Rp)")
    _, rows, _ = put(tmp_path, folder / "arsip/Penetapan-2025-perubahan-1.xlsx", form((*heads[:5],)), "program")
    travel = next(row for row in rows if row[0] == "7.01.01.2.06.0009")
    assert travel[2:5] == [37_320_000, 30_936_000, 29_436_000]
    _, rows, _ = put(tmp_path, folder / "arsip/Penetapan-2025.xlsx", form((*heads[:5],)), "program")
    travel = next(row for row in rows if row[0] == "7.01.01.2.06.0009")
    assert travel[2:5] == [37_320_000, 30_936_000, None]  # no DPA yet
    _, rows, _ = put(tmp_path, folder / "arsip/Penetapan-2025.xlsx", form((*SUBS, "Pagu (Rp)")), "program")
    assert next(row for row in rows if row[0] == "7.01.01.2.06.0009")[2] == 30_936_000


# ---- neighbours ----------------------------------------------------------------------------------


def test_a_sub_kegiatan_that_only_the_dpa_brought_was_in_no_meeting(tmp_path: Path):
    from kinerja_xl.uses.cetak import prints

    year = Year(bupati().write(tmp_path / "kantor"))
    plan = locked(year.recap).plan
    new = PlanSub(unit="pmd", kode="7.01.03.2.01.0001", nama="Baru", diusulkan=0, disepakati=0, dpa=5_000_000)
    force = InForce(plan=replace(plan, subs=(*plan.subs, new)), path=Path("Penetapan-2025-perubahan-1.xlsx"))
    files, _ = prints(year_with(year.folder, recap=year.recap, in_force=force), "pmd")
    said = text(opened(files["Berita-Acara-pmd-2025.docx"]))
    assert new.kode not in said
    amount = sum(s.anggaran for s in (*plan.subs, new) if s.unit == "pmd")
    assert f"Rp{amount:,}".replace(",", ".") in said


def test_an_office_without_a_lock_stands_on_its_proposal(tmp_path: Path):
    recap = rekap(Folder().write(tmp_path / "kantor"))
    assert recap.agreed is None
    assert (recap.in_force.menurut, recap.in_force.rkt) == ("menurut usulan", recap.rkt)
    assert D(recap.in_force.total) == recap.total_rab
