"""The recap and the RKA as they come out of the printer: every sheet rendered by LibreOffice as in Indonesia.

Pages are looked at as text: which sheet they belong to stands in their header. No picture is kept.
"""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_xl.reckoning.recap.rka import build_rka
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.formats import format_date, format_nip, format_number, round_half_up, terbilang_rupiah
from kinerja_xl.sheets.rekap import REKAP
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.uses.rekap import rekap as read_recap
from kinerja_xl.writing.shown.page import Layout
from kinerja_xl.writing.shown.paper import page_breaks, room_of
from kinerja_xl.writing.shown.recap import write_recap
from kinerja_xl.writing.shown.rka import write_rka
from tests import recap_contoh
from tests.cetakan import LOOSE, Printed

SAMPLES = Path(__file__).parent.parent / "samples"
SIGNED = [sheet.name for sheet in REKAP if sheet.signed]


def sample(name):
    return read_recap(SAMPLES / name)


MAKERS = {
    "contoh": lambda: sample("wasuponda-2025"),
    "bermasalah": lambda: sample("bermasalah"),
    "keras": recap_contoh.hard,
    "satu": recap_contoh.single,
}


@pytest.fixture(scope="module", params=MAKERS)
def case(request, libre, tmp_path_factory):
    recap = MAKERS[request.param]()
    folder = tmp_path_factory.mktemp("halaman")
    return recap, Printed(libre, folder / "rekap.xlsx", write_recap(recap)), Printed(libre, folder / "rka.xlsx", write_rka(recap))


def test_no_page_is_blank_no_figure_clipped_every_page_numbered(case):
    for printed in case[1:]:
        assert printed.blank() == []
        assert printed.clipped() == []
        assert printed.empty_before_the_last() == []
        assert printed.outside() == []
        assert printed.cut() == []
        assert printed.spilled() == []
        assert printed.broken() == []
        assert len(printed.loose()) <= LOOSE
    assert case[1].numbered()
    for pages in list(case[2].sheets.values())[2:]:  # each RKA is a paper of its own
        assert [n for n, page in enumerate(pages, start=1) if f"Hal {n} dari {len(pages)}" not in page] == []


def test_every_sheet_is_printed_and_the_ringkasan_on_one_page(case):
    _, printed, _ = case
    assert list(printed.sheets) == [sheet.name for sheet in REKAP]
    assert len(printed.sheets["Ringkasan"]) == 1


def test_every_sheet_begins_with_its_title_and_office(case):
    recap, printed, _ = case
    for sheet in REKAP:
        first = " ".join(printed.sheets[sheet.name][0].split())
        assert sheet.title in first, sheet.name
        assert recap.office.nama.casefold() in first.casefold()
        assert str(recap.office.tahun) in first


def test_headings_are_repeated_on_every_page(case):
    _, printed, _ = case
    for sheet, word in (("RKT", "Indikator"), ("RAB", "Uraian"), ("Per Program", "Tingkat"), ("TOR", "Kode Sub Kegiatan")):
        assert [page for page in printed.sheets[sheet] if word not in page] == [], sheet


def test_the_ringkasan_holds_what_the_camat_needs(case):
    recap, printed, _ = case
    text = printed.text("Ringkasan")
    camat = recap.office.official("camat", recap.tanggal)
    captions = ("siap ditelaah", "Usulan yang dihitung Rp", "menunggu keputusan Camat", "Yang Masih Harus Dikerjakan Unit")
    figures = (recap.total_rab, recap.total_tidak_dihitung.amount, sum(unit.pagu for unit in recap.units))
    wanted = [
        *captions, *(format_number(figure) for figure in figures), *(table.title for table in rekap.RINGKASAN.tables),
        *(unit.status.value for unit in recap.units), *(unit.nama for unit in recap.units), camat.nama,
        f"NIP {format_nip(camat.nip)}", recap.office.tempat,
    ]  # fmt: skip
    assert [word for word in wanted if word not in text] == []
    pagu = sum(unit.pagu for unit in recap.units)
    assert f"{format_number(round_half_up(Decimal(recap.total_rab * 100) / pagu, 2), 2)} %" in text
    assert " ".join(f"Terbilang: {terbilang_rupiah(recap.total_rab)}".split()) in text


def test_no_signature_stands_alone(case):
    """A page under repeated headings with a signature and no line of its table tells nobody what was signed."""
    recap, printed, _ = case
    codes = {line.kode_sub for line in recap.rkt if line.kode_sub} | {line.kode_sub for line in recap.lines if line.kode_sub}
    name = recap.office.official("camat", recap.tanggal).nama
    for sheet in ("RKT", "Per Program"):
        assert sheet in SIGNED
        last = printed.sheets[sheet][-1]
        assert name in last
        assert [code for code in codes if code in last], sheet


def test_amounts_and_codes_stand_on_their_sheets(case):
    recap, printed, _ = case
    counted = [line for line in recap.lines if line.counted and line.jumlah]
    units = {unit.kode: unit.total_rab for unit in recap.units}
    subs = {line.kode_sub for line in counted if line.kode_sub}
    rab, program, rkt, matrix = (printed.text(name) for name in ("RAB", "Per Program", "RKT", "Matriks Keselarasan"))
    assert [line.jumlah for line in counted if format_number(line.jumlah) not in rab] == []
    assert [code for code in subs if not all(code in text for text in (rab, program, matrix))] == []
    agreed = {line.kode_sub for line in recap.in_force.rkt if line.kode_sub}  # once locked, the plan's
    assert agreed <= subs if recap.agreed else agreed == subs
    assert [code for code in agreed if code not in rkt] == []
    cross = printed.text("Unit x Jenis Belanja")
    assert [kode for kode, total in units.items() if kode not in cross or format_number(total) not in cross] == []
    starts = {day for tor in recap.tors if (day := tor.row.get("tanggal_mulai"))}
    assert [day for day in starts if format_date(day) not in printed.text("TOR")] == []
    assert "TIDAK COCOK" not in printed.text("Asal Data")


def test_hard_names_are_printed_whole(case):
    """Every word of the longest name of a sub kegiatan, also where it wraps over several lines."""
    recap, printed, rka = case
    codes = {line.kode_sub for line in recap.lines if line.kode_sub in recap.office.programs}
    name = max((recap.office.programs[code].nama for code in codes), key=len)
    for text in (printed.text("Per Program"), rka.text("Daftar RKA")):
        assert [word for word in name.split() if word not in text] == []


def test_each_sub_kegiatan_has_its_rka_sheet(case):
    recap, _, printed = case
    rkas = build_rka(recap)
    assert list(printed.sheets)[:2] == ["Daftar RKA", "SIPD"]
    assert len(printed.sheets) == len(rkas) + 2
    sipd = printed.text("SIPD")
    for rka, sheet in zip(rkas, list(printed.sheets)[2:], strict=True):
        text = printed.text(sheet)
        wanted = ["Rincian belanja", "Indikator dan tolok ukur kinerja", "Alokasi 2024 (n−1)", "belum ada", "Jumlah Sub Kegiatan"]
        wanted += [format_number(rka.amount), *(account.kode for account in rka.accounts)]
        wanted += [format_number(line.jumlah) for line in rka.lines() if line.jumlah]
        assert [word for word in wanted if word not in text] == [], sheet
        assert all(format_number(line.jumlah) in sipd for line in rka.lines() if line.jumlah)
        assert ("Tidak dihitung" in text) == bool(rka.held), sheet


def test_sheets_follow_each_other_in_order(case):
    """No sheet begins on the page of another: headers of pages never go back and forth."""
    for printed in case[1:]:
        runs = [name for name, before in zip(printed.order, ["", *printed.order], strict=False) if name != before]
        assert runs == list(dict.fromkeys(printed.order))


BROKEN = ("RKT", "RAB", "Per Program", "Matriks Keselarasan")
"""Sheets whose pages we break ourselves, besides those of the RKA."""


def test_pages_end_where_we_broke_them(case):
    """What we reckon of the heights of rows holds in print: no page runs over before its break comes."""
    _, printed, rka = case
    for book, names in ((printed, BROKEN), (rka, list(rka.sheets)[2:])):
        wanted = {sheet.title: len(sheet.row_breaks.brk) + 1 for sheet in book.as_shown if sheet.title in names}
        assert {name: len(book.sheets[name]) for name in names} == wanted


FORM = Layout(sheet=rekap.RKA, around=rekap.RKA.table, book=USULAN, rows=9, top=20)


@pytest.mark.parametrize(("heads", "begins"), [(range(FORM.first, FORM.last), FORM.top - 1), ([FORM.last - 1], FORM.last - 2)])
def test_headings_without_a_row_go_to_the_next_page(heads, begins):
    """All rows of a short table stand with the signature; where some may stay, the headings stay with them."""
    points = dict.fromkeys(range(FORM.last + 12), 14.0)
    assert page_breaks(FORM, 14.0 * 35, points, {*heads}, (FORM.last + 2, FORM.last + 10), top=0) == [begins]


SHEET = Layout(sheet=rekap.RKT, around=rekap.RKT.table, book=USULAN, rows=200)
HEIGHTS = st.lists(st.sampled_from([14.25, 27.5, 40.25, 78.5]), min_size=230, max_size=230)


@given(heights=HEIGHTS, heads=st.sets(st.integers(SHEET.first, SHEET.last - 1), max_size=60), signed=st.booleans())
def test_no_heading_ends_a_page_and_no_signature_stands_alone(heights, heads, signed):
    points = dict(enumerate(heights))
    block = (SHEET.last + 2, SHEET.last + 9) if signed else None
    shown = [column.width for column in SHEET.columns if column.page == 1]
    breaks = page_breaks(SHEET, room_of("Folio", shown), points, heads, block)
    assert breaks == sorted(set(breaks))
    ends = {begin - 1 for begin in breaks}
    lonely = {row for row in ends & heads if not {row - n for n in range(1, 8)} <= heads}  # runs longer than a page may break
    assert lonely == set()
    if signed:
        assert max([0, *breaks]) <= SHEET.last - 2 or sum(points[row] for row in range(SHEET.last - 2, block[1] + 1)) > 400
