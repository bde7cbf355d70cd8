"""``rekap`` takes a unit's workbook in its own layout where Padanan.xlsx knows it: exact totals, every row used or named."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from kinerja_xl.formula.references import coordinates
from kinerja_xl.office.folder import InputError
from kinerja_xl.office.prefill import office_listings
from kinerja_xl.reading.intake import read_submission
from kinerja_xl.reckoning.recap import Recap
from kinerja_xl.uses.baca import baca, fill_form
from kinerja_xl.uses.padanan import keep
from kinerja_xl.uses.periksa import periksa
from kinerja_xl.uses.rekap import rekap
from tests.asing_pakai import Cases, Give, padanan, places
from tests.asing_uji import xlsx
from tests.kantor_uji import FILES, SUB_A, SUB_B, D, Folder, edit, small_office, unit_bytes, unit_content, without

HEAD = ["No", "Kode", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah"]
TRANTIB = 13_400_000
FORM = FILES["pmd"]


def rab_rows(head=HEAD, title="RENCANA ANGGARAN BIAYA TAHUN ANGGARAN 2025", first=SUB_A):
    return [
        [title], [], head,
        [None, first, "Peningkatan", None, None, None, 1_450_000],
        [None, "5.1.02.01.01.0024", "Belanja ATK", None, None, None, 550_000],
        [1, None, "Kertas HVS F4", 10, "Rim", 55_000, 550_000],
        [None, "5.1.02.02.01.0003", "Honorarium", None, None, None, 900_000],
        [2, None, "Narasumber", 1, "Orang/Jam", 900_000, 900_000],
        [None, SUB_B, "Penguatan", None, None, None, 9_500_000],
        [None, "5.2.02.10.01.0002", "Belanja modal komputer", None, None, None, 9_500_000],
        [3, None, "Komputer jinjing layar 14 inci", 1, "Unit", 9_500_000, 9_500_000],
        [None, None, "JUMLAH", None, None, None, 10_950_000],
    ]  # fmt: skip


def indikator_rows():
    return [
        ["INDIKATOR KINERJA"], [], ["Kode", "Indikator Kinerja", "Satuan", "Target"],
        [SUB_A, "Jumlah laporan pemberdayaan", "Laporan", 4], [SUB_B, "Jumlah lembaga dilatih", "Lembaga Kemasyarakatan", 10],
    ]  # fmt: skip


RAB = xlsx({"Biaya": rab_rows()})
INDIKATOR = xlsx({"Kinerja": indikator_rows()})
SEMULA = xlsx({"Biaya": [
    ["RAB TAHUN ANGGARAN 2025"], [], ["Kode", "Uraian", "Pagu Sebelum", "Pagu Sesudah"],
    [SUB_A, "Peningkatan", 300_000, 250_000], ["5.1.02.01.01.0024", "Belanja ATK", 200_000, 150_000],
    ["5.1.02.01.01.0052", "Belanja makan minum", 100_000, 100_000],
]})  # fmt: skip
MINE = {"unit": "pmd"}
TOR, GOALS, COSTS = ("L507", "", "TOR"), ("L507", "", "Indikator"), ("L507", "", "RAB")


def office(place: Path, files: Mapping[str, bytes], known: Mapping[bytes, Mapping[str, str]] | None = None) -> Path:
    """The small office in which pmd hands in these files instead of the form."""
    folder = Folder().drop("pmd")
    for name, data in files.items():
        folder = folder.add(name, data)
    target = folder.write(place / "kantor")
    if known is not None:
        (target / "Padanan.xlsx").write_bytes(padanan(known))
    return target


def source(recap: Recap, file: str) -> tuple[str, int, int, int, int]:
    one = next(s for s in recap.sources if s.file == file)
    assert one.rows_read == one.rows_used + one.rows_reported
    return one.status, one.rows_read, one.rows_used, one.rows_reported, one.total


def said(files: Mapping[str, bytes], known: Mapping[bytes, Mapping[str, str]] | None = None) -> Give:
    """What the recap says of pmd's files; a missing part is told by its name in the place of the cell."""

    def give(place: Path):  # noqa: ANN202
        recap = rekap(office(place, files, known))
        return [f.at(cell=f.value) if f.code == "L507" else f for f in recap.findings if f.file in files]

    return give


# fmt: off
case = Cases()
case("L503", said({"RAB.xlsx": xlsx({"Biaya": rab_rows([*HEAD[:6], "Jumlah Pagu"])})}, {RAB: MINE}), {("L503", "Biaya", "")},
     said({"RAB.xlsx": RAB}, {RAB: MINE}), {TOR, GOALS})
case("L504", said({"RAB final.xlsx": RAB}, {RAB: {"unit": "nama berkas"}}), {("L504", "", "")},
     said({"RAB pmd final.xlsx": RAB}, {RAB: {"unit": "nama berkas"}}), {TOR, GOALS})
case("L505", said({"RAB-trantib.xlsx": RAB}, {RAB: MINE}), {("L505", "", ""), TOR, GOALS},
     said({"RAB-pmd.xlsx": RAB}, {RAB: MINE}), {TOR, GOALS})
case("L506", said({"RAB.xlsx": SEMULA}, {SEMULA: MINE}), {("L506", "Biaya", "D3"), ("L302", "Biaya", "D3"), TOR, GOALS},
     said({"RAB.xlsx": SEMULA}, {SEMULA: {**MINE, "kolom:jumlah": "Pagu Sebelum"}}), {TOR, GOALS})
case("L507", said({"RAB.xlsx": RAB}, {RAB: MINE}), {TOR, GOALS},
     said({"RAB.xlsx": xlsx({"Biaya": rab_rows()}), "biasa.xlsx": RAB}, None), {("T201", "", "")})
BOTH = xlsx({"Biaya": rab_rows(), "Lain": indikator_rows()})
EMPTY = {FORM: unit_bytes(without(unit_content("pmd"), "rab"))}
UNMATCHED = {*(("K603", sheet, "C7") for sheet in ("TOR", "TOR (2)")), *(("P802", "PK", f"B{row}") for row in (33, 34))}
case("L510", said(EMPTY | {"RAB.xlsx": RAB}, {RAB: MINE}), {("L510", "", "")},
     said(EMPTY | {"IKU.xlsx": INDIKATOR}, {RAB: MINE}), {("T201", "", ""), *UNMATCHED})
case("L508", said({"RAB.xlsx": BOTH}, {RAB: MINE}), {("L508", "Lain", ""), TOR, GOALS},
     said({"RAB.xlsx": BOTH}, {RAB: MINE, INDIKATOR: MINE}), {TOR})
# fmt: on


@pytest.mark.parametrize("one", case, ids=lambda one: one.code)
def test_a_file_that_says_it_and_one_that_nearly_does(one, tmp_path: Path):
    one.check(tmp_path)


def test_a_known_layout_is_counted_like_a_form(tmp_path: Path):
    recap = rekap(office(tmp_path, {"RAB.xlsx": RAB}, {RAB: MINE}))
    assert (recap.total_rab, recap.total_tidak_dihitung.amount) == (TRANTIB + 10_950_000, 0)
    assert recap.per_jenis == {"5.1.01": 4_800_000, "5.1.02": 8_600_000 + 1_450_000, "5.2": 9_500_000}
    assert source(recap, "RAB.xlsx") == ("dihitung", 3, 3, 0, 10_950_000)
    mine = [line for line in recap.lines if line.unit == "pmd"]
    assert [(line.kode_sub, line.row.sheet, line.row.row, line.jumlah, line.row.cell("jumlah"), line.row.cell("uraian"))
            for line in mine] == [
        (SUB_A, "Biaya", 6, 550_000, "G6", "C6"), (SUB_A, "Biaya", 8, 900_000, "G8", "C8"),
        (SUB_B, "Biaya", 11, 9_500_000, "G11", "C11"),
    ]  # fmt: skip


def test_rab_and_indikator_in_two_files_both_count(tmp_path: Path):
    recap = rekap(office(tmp_path, {"RAB.xlsx": RAB, "IKU.xlsx": INDIKATOR}, {RAB: MINE, INDIKATOR: MINE}))
    assert recap.total_rab == TRANTIB + 10_950_000
    assert source(recap, "RAB.xlsx")[0] == source(recap, "IKU.xlsx")[0] == "dihitung"
    goals = [(e.file, e.row.get("target")) for e in recap.indikator if e.unit == "pmd" and e.counted]
    assert goals == [("IKU.xlsx", 4), ("IKU.xlsx", 10)]
    assert {f.value for f in recap.findings if f.code == "L507"} == {"TOR"}


def test_the_same_rab_twice_counts_for_nobody_until_somebody_chooses(tmp_path: Path):
    recap = rekap(office(tmp_path, {"RAB.xlsx": RAB, "RAB baru.xlsx": RAB}, {RAB: MINE}))
    assert (recap.total_rab, recap.total_tidak_dihitung.amount) == (TRANTIB, 10_950_000)
    assert {f.file for f in recap.findings if f.code == "U903"} == {"RAB.xlsx", "RAB baru.xlsx"}


def form(revisi: int = 0, *, rab: bool = True) -> bytes:
    content = edit(unit_content("pmd"), "identitas", 0, revisi=D(revisi))
    return unit_bytes(content if rab else without(content, "rab"))


BESIDE = {
    "formulir lengkap": (form(), {"RAB.xlsx": RAB}, 0, 18_010_000, {("U903", "RAB.xlsx"), ("U903", FORM)}),
    "formulir lengkap, indikator sendiri": (
        form(), {"IKU.xlsx": INDIKATOR}, 0, 18_010_000, {("U903", "IKU.xlsx"), ("U903", FORM)},
    ),
    "formulir revisi 1": (form(1), {"RAB.xlsx": RAB}, 18_010_000, 0, {("U904", "RAB.xlsx")}),
    "formulir tanpa RAB": (form(rab=False), {"RAB.xlsx": RAB}, 10_950_000, 0, {("L510", FORM)}),
    "formulir tanpa RAB, revisi 1": (form(1, rab=False), {"RAB.xlsx": RAB}, 10_950_000, 0, {("L510", FORM)}),
    "formulir tanpa RAB, dua RAB": (
        form(rab=False), {"RAB.xlsx": RAB, "RAB baru.xlsx": RAB}, 0, 10_950_000,
        {("L510", FORM), ("U903", "RAB.xlsx"), ("U903", "RAB baru.xlsx")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BESIDE)
def test_an_own_layout_beside_our_form(name: str, tmp_path: Path):
    """It has no revision (0): equal ones count for nobody, a higher revision of the form replaces it, and where the form
    leaves that part empty both count."""
    mine, others, counted, beside, said_of = BESIDE[name]
    folder = office(tmp_path, {FORM: mine, **others}, {RAB: MINE, INDIKATOR: MINE})
    recap = rekap(folder)
    assert (recap.total_rab - TRANTIB, recap.total_tidak_dihitung.amount) == (counted, beside)
    found = {(f.code, f.file) for f in recap.findings if f.unit == "pmd"}
    assert {one for one in found if one[0][0] in "UL"} == said_of
    assert not {code for code, _ in found} & {"K603", "P802"}


def test_a_changed_layout_adds_nothing(tmp_path: Path):
    changed = xlsx({"Biaya": rab_rows([*HEAD[:6], "Jumlah Pagu"])})
    recap = rekap(office(tmp_path, {"RAB.xlsx": changed}, {RAB: MINE}))
    assert (recap.total_rab, recap.total_tidak_dihitung.amount) == (TRANTIB, 0)
    assert source(recap, "RAB.xlsx")[0] == "tidak terbaca"


def test_another_year_or_unit_stands_beside_the_total(tmp_path: Path):
    old = xlsx({"Biaya": rab_rows(title="RENCANA ANGGARAN BIAYA TAHUN ANGGARAN 2024")})
    recap = rekap(office(tmp_path, {"RAB.xlsx": old}, {RAB: MINE}))
    assert (recap.total_rab, recap.total_tidak_dihitung.amount) == (TRANTIB, 10_950_000)
    assert ("T205", "Biaya", "") in places(recap.findings)


def test_figures_in_thousands_are_never_counted_as_rupiah(tmp_path: Path):
    rows = rab_rows()
    rows[1] = ["(dalam ribuan rupiah)"]
    data = xlsx({"Biaya": rows})
    recap = rekap(office(tmp_path, {"RAB.xlsx": data}, {data: MINE}))
    assert (recap.total_rab, recap.total_tidak_dihitung.amount) == (TRANTIB, 10_950_000)
    assert ("L309", "Biaya", "A2") in places(recap.findings)


def test_a_line_without_codes_is_held_and_named(tmp_path: Path):
    data = xlsx({"Biaya": rab_rows(first=None)})
    recap = rekap(office(tmp_path, {"RAB.xlsx": data}, {data: MINE}))
    assert source(recap, "RAB.xlsx") == ("dihitung", 3, 1, 2, 9_500_000)
    assert (recap.total_rab, recap.total_tidak_dihitung.amount) == (TRANTIB + 9_500_000, 1_450_000)
    assert {c for code, _, c in places(recap.findings) if code == "N401"} == {"B6", "B8"}


def test_periksa_says_the_same_of_a_lone_file(tmp_path: Path):
    folder = office(tmp_path, {"RAB.xlsx": RAB}, {RAB: MINE})
    assert {f.code for f in periksa([folder / "masuk" / "RAB.xlsx"])} == {"L507"}


def test_an_answer_makes_the_layout_known(tmp_path: Path):
    folder = office(tmp_path, {"RAB.xlsx": RAB})
    path = folder / "masuk" / "RAB.xlsx"
    assert rekap(folder).total_rab == TRANTIB
    keep(baca([path]), {"unit": "PMD"}, folder / "Padanan.xlsx")
    assert rekap(folder).total_rab == TRANTIB + 10_950_000
    for wrong in ({"unit": "umum"}, {"periode": "kumulatif"}, {"apa": "saja"}):
        with pytest.raises(InputError):
            keep(baca([path]), wrong, folder / "Padanan.xlsx")


def test_a_form_is_filled_with_what_was_read_and_never_over_data(tmp_path: Path):
    folder = office(tmp_path, {"RAB.xlsx": RAB})
    path = folder / "masuk" / "RAB.xlsx"
    (folder / "formulir").mkdir()
    written = fill_form(baca([path]), "pmd", None, [path])
    assert written.path == folder / "formulir" / "Usulan-pmd-2025.xlsx"
    read = read_submission(written.path.read_bytes(), "x.xlsx", office_listings(small_office()), small_office())
    assert [(r.get("kode_sub"), r.get("kode_rekening"), r.get("jumlah")) for r in read.rab] == [
        (SUB_A, "5.1.02.01.01.0024", 550_000), (SUB_A, "5.1.02.02.01.0003", 900_000), (SUB_B, "5.2.02.10.01.0002", 9_500_000),
    ]  # fmt: skip
    before = written.path.read_bytes()
    with pytest.raises(InputError):
        fill_form(baca([path]), "pmd", None, [path])
    assert written.path.read_bytes() == before


def test_ordinary_folders_never_load_the_reader_of_any_layout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = Folder().write(tmp_path / "kantor")
    monkeypatch.setitem(sys.modules, "kinerja_xl.adopt.usulan", None)  # importing it would fail
    assert rekap(folder).total_rab == TRANTIB + 18_010_000


def test_cells_of_a_line_stand_in_its_row(tmp_path: Path):
    recap = rekap(office(tmp_path, {"RAB.xlsx": RAB}, {RAB: MINE}))
    assert all(coordinates(c)[0] == x.row.row for x in recap.lines if x.unit == "pmd" for c in x.row.places.values())
