"""``kunci --dari`` takes a DPA in any layout: every amount is locked, or named and nothing is locked."""

from __future__ import annotations

from pathlib import Path

import pytest

from kinerja_xl.folder import InputError
from kinerja_xl.locking import Lock, lock
from tests.asing_pakai import Cases, Give, places
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
    return lock(folder, str(folder / "DPA resmi.xlsx"))


def said(data: bytes) -> Give:
    return lambda place: locked(place, data).findings


# fmt: off
case = Cases()
case("L509", said(dpa([*AGREED[:1], (None, AGREED[1][1]), *AGREED[2:]])), {("L509", "DPA", "B14")}, said(dpa(AGREED)), set())
case("L521", said(dpa([(SUB_A, [(None, 550_000), *AGREED[0][1][1:]]), *AGREED[1:]])), {("L521", "DPA", "F6")},
     said(dpa(AGREED)), set())
case("L522", said(dpa([*AGREED, ALIEN])), {("L522", "DPA", "F34")}, said(dpa(AGREED, name="Rincian")), set())
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
    assert places(done.findings) == {("D131", "DPA", "F6")}
    assert done.plan is not None and done.plan.total == 29_050_000


@pytest.mark.parametrize("data", [dpa([*AGREED, ALIEN]), dpa(AGREED, title="DPA TAHUN ANGGARAN 2024")], ids=["asing", "tahun"])
def test_money_that_finds_no_place_locks_nothing(tmp_path: Path, data: bytes):
    done = locked(tmp_path, data)
    assert done.plan is None and not list((tmp_path / "kantor").glob("arsip/*"))


def test_a_file_without_a_budget_is_refused(tmp_path: Path):
    with pytest.raises(InputError):
        locked(tmp_path, xlsx({"Surat": [["Kepada Yth."], ["Camat Batu Putih"]]}))
