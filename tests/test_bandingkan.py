"""``bandingkan`` reports exactly the edits that were made: in locked plans, in recaps, and between the two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_xl.office.folder import InputError
from kinerja_xl.reading.own_book import RecapBack, read_recap
from kinerja_xl.reckoning import Sum
from kinerja_xl.reckoning.plan import Plan, PlanLine, steady
from kinerja_xl.reckoning.plan.comparable import ANGGARAN, INDIKATOR, KAS, SUB, Side, comparable, side_of_plan, side_of_recap
from kinerja_xl.reckoning.plan.compare import Change, Comparison, Item, Kind, Shift, compare_items
from kinerja_xl.reckoning.plan.review import proposal_of
from kinerja_xl.sheets.rab import jumlah_value, volume_value
from kinerja_xl.uses import bandingkan
from kinerja_xl.uses.arsip import read_plan
from kinerja_xl.uses.rekap import rekap
from kinerja_xl.writing.form.penelaahan import write_plan
from kinerja_xl.writing.shown.recap import write_recap
from tests.kantor_uji import Folder, clean, unit_bytes, unit_content
from tests.kantor_uji import edit as edit_content
from tests.rencana_contoh import SUB_A, SUB_B, SUB_C, plan

SAMPLE = Path(__file__).parent.parent / "samples/wasuponda-2025"

D = Decimal
Told = Counter[tuple[object, ...]]


def told(changes: Iterable[Change]) -> Told:
    """What was reported, one entry per field (per row where it was added or removed)."""
    found: Told = Counter()
    for change in changes:
        item = change.item
        head = (change.kind.value, item.bagian, item.unit, item.kode, item.rekening, item.nama)
        if change.kind is Kind.PINDAH:
            assert change.old
            found[(*head, change.old.unit, change.old.kode, change.old.rekening)] += 1
        elif change.kind is not Kind.UBAH:
            found[head] += 1
        for field in change.fields:
            found[(Kind.UBAH.value, *head[1:], field.label, field.old, field.new)] += 1
    return found


def compared(old: Side, new: Side) -> Comparison:
    return compare_items(*comparable(old, new))


# ---- plans --------------------------------------------------------------------------------------


@cache
def large_plan() -> Plan:
    """The small plan with more accounts."""
    accounts = [f"5.1.02.01.01.{n:04}" for n in range(30, 42)]
    more = [
        PlanLine(unit=unit, kode_sub=kode, rekening=code, jenis="5.1.02", jumlah=1000 * n + 7)
        for n, code in enumerate(accounts)
        for unit, kode in (("pmd", SUB_A), ("trantib", SUB_C))
    ]
    return steady(replace(plan(), lines=(*plan().lines, *more)))


@st.composite
def edited_plans(draw: st.DrawFn) -> tuple[Plan, Told]:
    """A copy with some rows removed, added or changed, shuffled, and what has to be reported of it."""
    base, expected = large_plan(), Counter[tuple[object, ...]]()
    lines: list[PlanLine] = []
    for index, line in enumerate(base.lines):
        place = (ANGGARAN, line.unit, line.kode_sub, line.rekening)
        match draw(st.sampled_from(["tetap"] * 6 + ["hapus", "ubah"])):
            case "hapus":
                expected[("dihapus", *place)] += 1
            case "ubah":
                amount = line.jumlah + draw(st.integers(1, 10**9))
                expected[("diubah", *place, "Jumlah (Rp)", D(line.jumlah), D(amount))] += 1
                lines.append(replace(line, jumlah=amount))
            case _:
                lines.append(line)
        if draw(st.integers(0, 9)) == 0:
            new = replace(line, rekening=f"5.2.02.01.01.{index + 1:04}", jenis="5.2", jumlah=draw(st.integers(0, 10**12)))
            expected[("ditambah", ANGGARAN, new.unit, new.kode_sub, new.rekening)] += 1
            lines.append(new)
    indicators = []
    for one in base.indicators:
        words = (INDIKATOR, one.unit, one.kode, "", f"{one.level}: {one.nama}")
        match draw(st.sampled_from(["tetap"] * 4 + ["hapus", "ubah", "pindah"])):
            case "hapus":
                expected[("dihapus", *words)] += 1
            case "ubah":
                new_target = draw(st.integers(1000, 2000)) + D("0.25")
                expected[("diubah", *words, "Target Tahun", one.target, new_target)] += 1
                indicators.append(replace(one, target=new_target))
            case "pindah":
                expected[("pindah", INDIKATOR, one.unit, SUB_B + "9", "", words[4], one.unit, one.kode, "")] += 1
                indicators.append(replace(one, kode=SUB_B + "9"))
            case _:
                indicators.append(one)
    subs = []
    for sub in base.subs:
        if draw(st.integers(0, 3)):
            subs.append(sub)
        else:
            reason = draw(st.sampled_from(["Alasan baru", "Alasan lain"]))
            expected[("diubah", SUB, sub.unit, sub.kode, "", sub.nama, "Alasan Selisih", sub.alasan or None, reason)] += 1
            subs.append(replace(sub, alasan=reason))
    kas = dict(base.kas)
    if draw(st.booleans()):
        kas = {}
        expected[("dihapus", KAS, "pmd", SUB_A, "", "")] += 1
    shuffled = draw(st.permutations(lines))
    copy = replace(base, lines=tuple(shuffled), indicators=tuple(indicators[::-1]), subs=tuple(subs[::-1]), kas=kas)
    return steady(copy), expected


def without_names(found: Told) -> Told:
    """An account's name follows from its code: left out of what is expected of accounts."""
    return Counter({(k[:5] + k[6:] if k[1] == ANGGARAN else k): n for k, n in found.items()})


@given(edited_plans())
def test_a_plan_and_its_edited_copy_differ_by_the_edits(case: tuple[Plan, Told]):
    copy, expected = case
    found = compared(side_of_plan(large_plan(), "lama"), side_of_plan(copy, "baru"))
    assert without_names(told(found.changes)) == expected
    before = sum(c.old.amount or 0 for c in found.changes if c.old)
    assert found.baru - found.lama == sum(c.new.amount or 0 for c in found.changes if c.new) - before
    assert sum(t.baru for t in found.per_program) == sum(t.baru for t in found.per_jenis) == found.baru == sum(
        line.jumlah for line in copy.lines
    )  # fmt: skip
    back = compared(side_of_plan(copy, "lama"), side_of_plan(large_plan(), "baru"))
    assert len(back.changes) == len(found.changes)


def test_a_plan_does_not_differ_from_itself():
    own = large_plan()
    found = compared(side_of_plan(own, "lama"), side_of_plan(replace(own, lines=own.lines[::-1]), "baru"))
    assert (found.changes, found.shifts) == ((), ())
    assert [t.lama - t.baru for t in (*found.per_program, *found.per_jenis)] == [0] * 5


# ---- shifts -------------------------------------------------------------------------------------


def moved(*steps: tuple[int, int]) -> tuple[Shift, ...]:
    """Shifts after amounts were added to lines of the small plan (index, rupiah)."""
    lines = list(plan().lines)
    for index, amount in steps:
        lines[index] = replace(lines[index], jumlah=lines[index].jumlah + amount)
    return compared(side_of_plan(plan(), "a"), side_of_plan(replace(plan(), lines=tuple(lines)), "b")).shifts


def test_a_shift_keeps_the_total_of_its_scope():
    assert moved((0, 500), (1, -500)) == (Shift(tingkat="Sub kegiatan", kode=SUB_A, unit="pmd", jumlah=500),)
    assert moved((0, 500), (2, -500)) == (Shift(tingkat="Program", kode="7.01.03", unit="", jumlah=500),)
    assert moved((0, 500), (3, -500)) == (Shift(tingkat="Seluruhnya", kode="", unit="", jumlah=500),)
    assert moved((0, 500), (1, -499)) == ()
    assert moved((0, 500), (1, -500), (3, 7)) == (Shift(tingkat="Sub kegiatan", kode=SUB_A, unit="pmd", jumlah=500),)


# ---- rows that repeat, and rows that moved ------------------------------------------------------


def item(nama: str, jumlah: int, kode: str = SUB_A, unit: str = "pmd", **fields: str) -> Item:
    return Item(
        bagian=ANGGARAN, unit=unit, kode=kode, rekening="5.2", nama=nama, identity=(unit, kode, "5.2", nama), moved=(nama,),
        fields={"Jumlah": D(jumlah), **fields}, amount=jumlah, jenis="5.2",
    )  # fmt: skip


def test_rows_that_repeat_are_matched_by_what_they_say():
    old = [item("Kertas", 1, Sat="Rim"), item("Kertas", 2, Sat="Dus"), item("Kertas", 2, Sat="Dus")]
    new = [item("Kertas", 2, Sat="Dus"), item("Kertas", 3, Sat="Rim"), item("Kertas", 2, Sat="Dus")]
    changes = compare_items(old, new).changes
    assert [(c.kind, [(f.label, f.old, f.new, f.selisih) for f in c.fields]) for c in changes] == [
        (Kind.UBAH, [("Jumlah", D(1), D(3), D(2))])
    ]
    assert [c.kind for c in compare_items(old, new[:2]).changes] == [Kind.HAPUS, Kind.UBAH]


def test_the_same_words_elsewhere_have_moved():
    (change,) = compare_items([item("Kertas", 5)], [item("Kertas", 6, kode=SUB_B)]).changes
    assert (change.kind, [f.label for f in change.fields]) == (Kind.PINDAH, ["Jumlah"])
    (change,) = compare_items([item("Kertas", 5)], [item("Kertas", 5, unit="trantib")]).changes
    assert (change.kind, change.fields) == (Kind.PINDAH, ())
    kinds = {c.kind for c in compare_items([item("Kertas", 5)], [item("Kertas", 6, unit="trantib")]).changes}
    assert kinds == {Kind.TAMBAH, Kind.HAPUS}


# ---- recaps -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Folder().write(tmp_path_factory.mktemp("kantor"))


@pytest.fixture(scope="module")
def recap(folder: Path) -> RecapBack:
    back = read_recap(write_recap(rekap(folder)))
    assert isinstance(back, RecapBack)
    return back


def test_a_recap_is_read_back(folder: Path, recap: RecapBack):
    ours = rekap(folder)
    assert (recap.kantor, recap.tahun, recap.total, recap.findings) == (ours.office.nama, 2025, ours.total_rab, ())
    assert [(line.unit, line.kode_sub, line.jumlah, line.counted) for line in recap.lines] == [
        (line.unit, line.kode_sub, line.jumlah, line.counted) for line in ours.lines
    ]
    for mine, theirs in ((recap.lines, ours.lines), (recap.indicators, ours.indikator)):
        assert len(mine) == len(theirs)
        for back, entry in zip(mine, theirs, strict=True):
            assert {k: back.row.get(k) for k in entry.row.values} == dict(entry.row.values)


def test_a_recap_survives_libreoffice(libre, folder: Path, recap: RecapBack, tmp_path: Path):
    path = tmp_path / "Rekap-2025.xlsx"
    path.write_bytes(write_recap(rekap(folder)))
    back = read_recap(libre.recalculate([path])[path].read_bytes())
    assert isinstance(back, RecapBack)
    assert compared(side_of_recap(recap, "a"), side_of_recap(back, "b")).changes == ()


@given(st.data())
def test_a_recap_and_its_edited_copy_differ_by_the_edits(recap: RecapBack, data: st.DataObject):
    """A changed price shows as price and amount, a changed factor as factor, volume and amount: what follows is said too."""
    expected, lines = Counter[tuple[object, ...]](), []
    for line in recap.lines:
        head = (ANGGARAN, line.unit, line.kode_sub, line.row.get("kode_rekening"), line.row.get("uraian"))
        action = data.draw(st.sampled_from(["tetap"] * 4 + ["hapus", "pindah", "harga", "teks"]))
        values = dict(line.row.values)
        kode = line.kode_sub
        if action == "hapus":
            expected[("dihapus", *head)] += 1
            continue
        if action == "pindah":
            kode = "7.01.02.2.01.0001"
            expected[("pindah", head[0], head[1], kode, head[3], head[4], head[1], line.kode_sub, head[3])] += 1
        if action == "harga":
            values["harga_satuan"] = values["harga_satuan"] + D(1)  # type: ignore[operator]
            values |= {"volume": volume_value(values)}
            values |= {"jumlah": jumlah_value(values)}
            for key, label in (("harga_satuan", "Harga Satuan (Rp)"), ("jumlah", "Jumlah (Rp)")):
                expected[("diubah", *head, label, line.row.get(key), values[key])] += 1
        if action == "teks":
            values["keterangan"] = "diubah"
            expected[("diubah", *head, "Keterangan", line.row.get("keterangan"), "diubah")] += 1
        jumlah = values["jumlah"]
        assert isinstance(jumlah, Decimal)
        lines.append(replace(line, kode_sub=kode, jumlah=int(jumlah), row=replace(line.row, values=values)))
    copy = replace(recap, lines=tuple(data.draw(st.permutations(lines))))
    found = compared(side_of_recap(recap, "a"), side_of_recap(copy, "b"))
    assert told(found.changes) == expected
    assert (found.lama, found.baru) == (recap.total, copy.total)


def test_a_recap_against_a_plan_is_compared_by_account(folder: Path, recap: RecapBack):
    own = steady(proposal_of(rekap(folder)))
    assert compared(side_of_recap(recap, "a"), side_of_plan(own, "b")).changes == ()
    less = steady(replace(own, lines=(replace(own.lines[0], jumlah=own.lines[0].jumlah - 5), *own.lines[1:])))
    (change,) = compared(side_of_recap(recap, "a"), side_of_plan(less, "b")).changes
    assert [(f.label, f.selisih) for f in change.fields] == [("Jumlah (Rp)", D(-5))]


# ---- the verb and its workbook ------------------------------------------------------------------


@pytest.mark.usefixtures("anew")
def test_any_two_books_are_compared(folder: Path, tmp_path: Path, libre):
    """Each pair of kinds, and every formula of the results as LibreOffice works it out."""
    (tmp_path / "rekap.xlsx").write_bytes(write_recap(rekap(folder)))
    changed = edit_content(unit_content("pmd"), "rab", 0, harga_satuan=D(60_000), keterangan="=1+1\nbaris kedua")
    (tmp_path / "usulan.xlsx").write_bytes(clean("pmd"))
    (tmp_path / "usulan-2.xlsx").write_bytes(unit_bytes(changed))
    own = steady(proposal_of(rekap(folder)))
    (tmp_path / "murni.xlsx").write_bytes(write_plan(own, {}))
    lines = (*own.lines[2:], replace(own.lines[0], jumlah=0), replace(own.lines[1], rekening="5.9"))
    (tmp_path / "geser.xlsx").write_bytes(write_plan(steady(replace(own, lines=lines, indicators=own.indicators[1:])), {}))
    results = []
    for old, new, kinds in (
        ("rekap", "murni", {}),
        ("murni", "geser", {Kind.UBAH: 1, Kind.TAMBAH: 1, Kind.HAPUS: 2}),
        ("usulan", "usulan-2", {Kind.UBAH: 1}),
        ("geser", "rekap", {Kind.UBAH: 1, Kind.TAMBAH: 2, Kind.HAPUS: 1}),
    ):
        target = tmp_path / f"beda-{old}-{new}.xlsx"
        done = bandingkan.compare_books(tmp_path / f"{old}.xlsx", tmp_path / f"{new}.xlsx", target)
        assert Counter(c.kind for c in done.comparison.changes) == kinds, (old, new)
        assert done.findings == ()
        again = target.read_bytes()
        bandingkan.compare_books(tmp_path / f"{old}.xlsx", tmp_path / f"{new}.xlsx", target)
        assert target.read_bytes() == again
        results.append(target)
    number, differences = libre.judge(results)
    assert differences == []
    assert number > 60


def test_what_is_no_book_of_ours_is_refused(tmp_path: Path):
    (tmp_path / "a.xlsx").write_bytes(write_plan(plan(), {}))
    (tmp_path / "kantor.xlsx").write_bytes(clean("kantor"))
    with pytest.raises(InputError) as error:
        bandingkan.compare_books(tmp_path / "a.xlsx", tmp_path / "kantor.xlsx", tmp_path / "b.xlsx")
    assert [f.code for f in error.value.findings] == ["T208"]
    with pytest.raises(InputError):
        bandingkan.compare_books(tmp_path / "a.xlsx", tmp_path / "a.xlsx", tmp_path / "a.xlsx")
    assert read_plan(tmp_path / "a.xlsx") == (plan(), ())


def test_the_page_names_what_it_counts(tmp_path: Path):
    """Both plans with their days, units and sub kegiatan by name beside their codes, how many rows two changed cash plans are."""
    places = [SAMPLE / "arsip" / f"Penetapan-2025{end}.xlsx" for end in ("", "-perubahan-1")]
    bandingkan.compare_books(places[0], places[1], tmp_path / "beda.xlsx")
    found = openpyxl.load_workbook(tmp_path / "beda.xlsx", data_only=True)
    heads = ("Penetapan Tahun 2025 tanggal 18 Desember 2024 (Penetapan-2025.xlsx)",
             "Perubahan ke-1 Tahun 2025 tanggal 21 Juli 2025 (Penetapan-2025-perubahan-1.xlsx)")  # fmt: skip
    rows = {row[0]: row for row in found["Ringkasan"].iter_rows(values_only=True)}
    assert (rows["Lama"][1], rows["Baru"][1]) == heads
    told = "rencana kas per sub kegiatan: 22 isian"
    assert rows["Rencana Kas"][1:] == (told, 0, 0, 0, 2)
    assert rows["Indikator"][1:] == ("indikator", 0, 0, 0, 0)
    changes = [row for row in found["Perubahan"].iter_rows(values_only=True) if row[1] == "diubah"]
    assert len(changes) == 30 and sum(row[0] == "Rencana Kas" for row in changes) == 22
    assert {row[2:6] for row in changes if row[0] == "Rencana Kas"} == {
        ("pelayanan", "Seksi Pelayanan Umum", "7.01.02.2.02.0003",
         "Peningkatan Efektifitas Pelaksanaan Pelayanan kepada Masyarakat di Wilayah Kecamatan"),
        ("umum", "Subbag Umum dan Keuangan", "7.01.01.2.06.0009", "Penyelenggaraan Rapat Koordinasi dan Konsultasi SKPD"),
    }  # fmt: skip


def test_an_amount_that_is_not_known_is_no_difference(tmp_path: Path):
    """A row without a price: what the rest comes to is said apart, and its change has no amount. A blank row is no row."""
    (tmp_path / "a.xlsx").write_bytes(clean("pmd"))
    (tmp_path / "b.xlsx").write_bytes(unit_bytes(edit_content(unit_content("pmd"), "rab", 0, harga_satuan=None)))
    priced = [jumlah_value(row.values) for row in unit_content("pmd").rows("rab")]
    done = bandingkan.compare_books(tmp_path / "a.xlsx", tmp_path / "b.xlsx", tmp_path / "beda.xlsx")
    old, new = (side.total for side in done.sides)
    assert (old, new.amount, new.unknown) == (Sum(int(sum(priced))), int(sum(priced[1:])), 1)  # type: ignore[arg-type]
    found = done.comparison
    assert (found.unknown, [t.belum_diketahui for t in found.per_jenis], found.shifts) == (1, [1, 0][: len(found.per_jenis)], ())
    sheet = openpyxl.load_workbook(tmp_path / "beda.xlsx", data_only=True)["Perubahan"]
    amounts = [cell.value for row in sheet.iter_rows() for cell in row if cell.value == "–"]
    assert len(amounts) == 2  # the amount that is not known, and the difference that nobody knows
    same = bandingkan.compare_books(tmp_path / "a.xlsx", tmp_path / "a.xlsx", tmp_path / "beda.xlsx")
    assert (same.comparison.unknown, same.sides[0].total.unknown) == (0, 0)


def test_nothing_is_shifted_where_an_amount_is_not_known():
    known, more = item("Kertas", 500), item("Map", 500)
    gone = replace(item("Map", 0), amount=None, unknown=1)
    assert compare_items([known, more], [item("Kertas", 1000), gone]).shifts == ()
    less = item("Map", 0)
    (shift,) = compare_items([known, more], [item("Kertas", 1000), less]).shifts
    assert shift.jumlah == 500
