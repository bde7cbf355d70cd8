"""``kunci --dari`` takes a DPA in any layout: every amount is locked, or named and nothing is locked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kinerja_xl.office.folder import InputError
from kinerja_xl.uses.kunci import Lock, lock
from tests.asing_pakai import Cases, Give, places, with_cells
from tests.asing_uji import xlsx
from tests.kantor_uji import SUB_A, SUB_B, SUB_C, SUB_D, Folder

ATK, MAKAN, HONOR, PJ, PC = (
    "5.1.02.01.01.0024", "5.1.02.01.01.0052", "5.1.02.02.01.0003", "5.1.01.03.07.0001", "5.2.02.10.01.0002",
)  # fmt: skip
AGREED = [
    (SUB_A, [(ATK, 550_000), (HONOR, 5_400_000), (MAKAN, 2_310_000)]), (SUB_B, [(ATK, 250_000), (PC, 9_500_000)]),
    (SUB_C, [(MAKAN, 1_400_000), (PJ, 4_800_000)]), (SUB_D, [(HONOR, 7_200_000)]),
]  # fmt: skip
ALIEN = ("7.01.02.2.01.0001", [(ATK, 1_000_000)])
TITLE = "DOKUMEN PELAKSANAAN ANGGARAN TAHUN ANGGARAN 2025"


def dpa(subs, title=TITLE, name="DPA", components=True) -> bytes:
    """Code and name in two columns, sub kegiatan, accounts and their components below each other, with sums."""
    rows = [[title], [], ["Kode Rekening", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah"]]
    for sub, accounts in subs:
        rows.append([sub, "Sub kegiatan", None, None, None, sum(a for _, a in accounts)])
        for code, amount in accounts:
            rows.append([code, f"Belanja {code}", None, None, None, amount])
            if components:
                half = amount // 2
                rows.append([None, "[-] Komponen satu", 1, "Paket", half, half])
                rows.append([None, "[-] Komponen dua", 1, "Paket", amount - half, amount - half])
    rows.append([None, "Jumlah", None, None, None, sum(a for _, accounts in subs for _, a in accounts)])
    return xlsx({name: rows})


def locked(place: Path, data: bytes) -> Lock:
    folder = Folder().write(place / "kantor")
    (folder / "DPA resmi.xlsx").write_bytes(data)
    return lock(folder, str(folder / "DPA resmi.xlsx"), tanggal=date(2024, 12, 20))


def said(data: bytes) -> Give:
    return lambda place: locked(place, data).findings


NO_CASH = ("L523", "", "")
MONTHS = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November",
          "Desember"]  # fmt: skip


def split(amount: int, parts: int = 12) -> list[int]:
    return [amount // parts] * (parts - 1) + [amount - (parts - 1) * (amount // parts)]


def rak(subs=AGREED, heads=MONTHS, own_sheet=False, off=0) -> bytes:
    """A DPA with its cash plan beside the budget, or on a sheet of its own; ``off`` is missing in its last month."""
    head, plain, full = ["Kode Rekening", "Uraian", "Anggaran"], [], []
    for sub, accounts in subs:
        total = sum(a for _, a in accounts)
        plain.append([sub, "Sub kegiatan", total])
        sums = [sum(x) for x in zip(*(split(a, len(heads)) for _, a in accounts), strict=True)]
        full.append([sub, "Sub kegiatan", total, *sums])
        for code, amount in accounts:
            plain.append([code, f"Belanja {code}", amount])
            full.append([code, f"Belanja {code}", amount, *split(amount, len(heads))])
    full[1][-1] -= off
    if own_sheet:
        return xlsx({"DPA": [[TITLE], [], head, *plain], "RAK": [["RENCANA ANGGARAN KAS"], [], [*head, *heads], *full]})
    return xlsx({"DPA": [[TITLE], [], [*head, *heads], *full]})


NEW = "5.1.02.01.01.0026"


def changed(sub: int, accounts) -> list[tuple[str, list[tuple[str, int]]]]:
    return [(code, accounts if i == sub else own) for i, (code, own) in enumerate(AGREED)]


MOVED = [(ATK, 500_000), (HONOR, 5_450_000), (MAKAN, 2_310_000)]

# fmt: off
case = Cases()
case("L509", said(dpa([*AGREED[:1], (None, AGREED[1][1]), *AGREED[2:]])), {("L509", "DPA", "B14"), NO_CASH},
     said(dpa(AGREED)), {NO_CASH})
case("L521", said(dpa([(SUB_A, [(None, 550_000), *AGREED[0][1][1:]]), *AGREED[1:]])), {("L521", "DPA", "F6"), NO_CASH},
     said(dpa(AGREED)), {NO_CASH})
case("L522", said(dpa([*AGREED, ALIEN])), {("L522", "DPA", "F34"), NO_CASH},
     said(dpa(AGREED, name="Rincian")), {NO_CASH})
case("L523", said(rak(heads=["Triwulan I", "Triwulan II", "Triwulan III", "Triwulan IV"])), {NO_CASH}, said(rak()), set())
case("L524", said(dpa(changed(0, [*AGREED[0][1], (NEW, 100_000)]))), {("L524", "DPA", "F15"), ("D131", "DPA", "F6"), NO_CASH},
     said(dpa(changed(0, [*AGREED[0][1][:2], (MAKAN, 2_300_000)]))), {("D131", "DPA", "F6"), NO_CASH})
case("L525", said(dpa(changed(0, MOVED))), {("L525", "DPA", "F6"), ("L525", "DPA", "F9"), NO_CASH},
     said(dpa(AGREED)), {NO_CASH})
case("L526", said(with_cells(rak(), F6="#REF!")), {("L526", "DPA", "F6")}, said(with_cells(rak(), F6=450_000)), set())
# fmt: on


@pytest.mark.parametrize("one", case, ids=lambda one: one.code)
def test_a_file_that_says_it_and_one_that_nearly_does(one, tmp_path: Path):
    one.check(tmp_path)


@pytest.mark.parametrize("components", [True, False])
@pytest.mark.parametrize("name", ["DPA", "Rincian Belanja"])
def test_every_account_is_locked_to_the_rupiah(tmp_path: Path, name: str, components: bool):
    done = locked(tmp_path, dpa(AGREED, name=name, components=components))
    assert done.plan is not None and done.written is not None
    assert done.plan.total == 31_410_000
    wanted = {(sub, code): amount for sub, accounts in AGREED for code, amount in accounts}
    assert {(x.kode_sub, x.rekening): x.jumlah for x in done.plan.lines} == wanted
    assert {x.unit for x in done.plan.lines if x.kode_sub in (SUB_A, SUB_B)} == {"pmd"}


def test_what_the_dpa_gave_otherwise_is_said_where_it_stands(tmp_path: Path):
    less = [(SUB_A, [(ATK, 500_000), (HONOR, 5_400_000)]), *AGREED[1:]]
    done = locked(tmp_path, dpa(less))
    assert places(done.findings) == {("D131", "DPA", "F6"), NO_CASH}
    assert done.plan is not None and done.plan.total == 29_050_000


def test_a_sub_kegiatan_that_the_dpa_lacks_is_named_and_gets_nothing(tmp_path: Path):
    done = locked(tmp_path, dpa(AGREED[1:]))
    assert places(done.findings) == {("D132", "", ""), NO_CASH}
    assert done.plan is not None and done.plan.total == 31_410_000 - 8_260_000
    assert next(sub.dpa for sub in done.plan.subs if sub.kode == SUB_A) == 0


def test_an_account_that_replaces_another_is_named_with_both_amounts(tmp_path: Path):
    done = locked(tmp_path, dpa(changed(0, [(NEW, 550_000), *AGREED[0][1][1:]])))
    said = {(f.code, f.cell, f.args.get("rekening"), f.args.get("lama"), f.args.get("baru")) for f in done.findings}
    assert said >= {("L524", "F6", NEW, "Rp0", "Rp550.000"), ("L525", "F6", ATK, "Rp550.000", "Rp0")}
    assert {code for code, *_ in said} == {"L523", "L524", "L525"}


@pytest.mark.parametrize("own_sheet", [False, True], ids=["kolom", "lembar sendiri"])
def test_the_cash_plan_by_month_becomes_the_plans(tmp_path: Path, own_sheet: bool):
    done = locked(tmp_path, rak(own_sheet=own_sheet))
    assert done.plan is not None and done.plan.total == 31_410_000
    assert {sub: months for (_, sub), months in done.plan.kas.items()} == {
        sub: tuple(sum(x) for x in zip(*(split(a) for _, a in accounts), strict=True)) for sub, accounts in AGREED
    }
    assert "L523" not in {f.code for f in done.findings}


@pytest.mark.parametrize("lost", ["#REF!", "=3*150000"], ids=["galat", "belum dihitung"])
def test_a_month_that_cant_be_read_leaves_the_cash_plan_of_its_sub_kegiatan_unknown(tmp_path: Path, lost: str):
    done = locked(tmp_path, with_cells(rak(), F6=lost))
    assert done.plan is not None and done.plan.total == 31_410_000
    assert [sub for (_, sub) in done.plan.kas] == [sub for sub, _ in AGREED if sub != SUB_A]
    assert places(done.findings) == {("L526", "DPA", "F6")}


@pytest.mark.parametrize(("lost", "code"), [("#REF!", "L413"), ("=2*275000", "L421")])
def test_an_amount_that_cant_be_read_locks_nothing(tmp_path: Path, lost: str, code: str):
    done = locked(tmp_path, with_cells(dpa(AGREED, components=False), F5=lost))
    assert done.plan is None
    assert places(done.findings) == {(code, "DPA", "F5"), NO_CASH}


def test_a_cash_plan_that_does_not_add_up_is_named(tmp_path: Path):
    done = locked(tmp_path, rak(own_sheet=True, off=1_000))
    assert {(f.code, f.sheet, f.cell) for f in done.findings if f.code[0] == "D"} == {("D109", "DPA", "C5")}


def test_months_beside_the_budget_that_do_not_add_up_are_named_too(tmp_path: Path):
    done = locked(tmp_path, rak(off=1_000))
    assert done.plan is not None and done.plan.total == 31_410_000
    assert places(done.findings) == {("L450", "DPA", "O5"), ("D109", "DPA", "C5")}


@pytest.mark.parametrize("data", [dpa([*AGREED, ALIEN]), dpa(AGREED, title="DPA TAHUN ANGGARAN 2024")], ids=["asing", "tahun"])
def test_money_that_finds_no_place_locks_nothing(tmp_path: Path, data: bytes):
    done = locked(tmp_path, data)
    assert done.plan is None and not list((tmp_path / "kantor").glob("arsip/*"))


def test_a_file_without_a_budget_is_refused(tmp_path: Path):
    with pytest.raises(InputError):
        locked(tmp_path, xlsx({"Surat": [["Kepada Yth."], ["Camat Batu Putih"]]}))
