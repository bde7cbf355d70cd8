"""To which sub kegiatan a line of a unit's own layout belongs: every line under the right one, or held back with the cell
of the heading that leaves it open. Parts of one sub kegiatan are no headings of another, and say nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from kinerja_xl.adopt.names import begins_officially, is_part
from kinerja_xl.foreign.model import Heading
from kinerja_xl.lists import programs
from kinerja_xl.uses.rekap import rekap
from tests.asing_pakai import padanan
from tests.asing_uji import xlsx
from tests.kantor_uji import SUB_A, SUB_B, Folder

NAME_A, NAME_B = programs()[SUB_A].nama, programs()[SUB_B].nama
ATK, HONOR, PC = "5.1.02.01.01.0024", "5.1.02.02.01.0003", "5.2.02.10.01.0002"
HEAD = ["Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah"]
TITLE = ["RENCANA ANGGARAN BIAYA TAHUN ANGGARAN 2025"]
OTHER = "Penguatan kelompok tani"

PAPER = ["Kertas HVS F4", 10, "Rim", 55_000, 550_000]
SPEAKER = ["Narasumber", 1, "Orang/Jam", 900_000, 900_000]
BANNER = ["Spanduk", 4, "Meter", 25_000, 100_000]
LAPTOP = ["Komputer jinjing layar 14 inci", 1, "Unit", 9_500_000, 9_500_000]
A1, A2, B1, B2 = (ATK, 550_000), (HONOR, 900_000), (ATK, 100_000), (PC, 9_500_000)

Rows = Sequence[Sequence[object]]
Sheets = Mapping[str, Rows]
Lines = dict[tuple[str, int], tuple[str, str, int] | str]
"""(sheet, row) → (sub kegiatan, account, amount), or the code that holds the row back."""


def coded(*body: Sequence[object], title: Rows = ()) -> Sheets:
    """Code and name in two columns; a name alone stands in the second."""
    rows = [[None, one[0]] if len(one) == 1 else list(one) for one in body]
    return {"RAB": [TITLE, *title, ["Kode", *HEAD], *rows]}


def labelled(*blocks: tuple[Sequence[object], Rows]) -> Rows:
    """Each block with its label above its own headings, and its sum below."""
    rows: list[Sequence[object]] = [TITLE, []]
    for label, lines in blocks:
        total = sum(line[5] for line in lines)  # type: ignore[misc]
        rows += [label, ["No", *HEAD, "Kode Rekening"], *lines, [None, "JUMLAH", None, None, None, total], []]
    return rows


FIRST = ([1, *PAPER, ATK], [2, *SPEAKER, HONOR])
SECOND = ([1, *BANNER, ATK], [2, *LAPTOP, PC])
SUMS = (1_450_000, 9_600_000)


def both(*rows: int, first: str = SUB_A, second: str = SUB_B, sheets: tuple[str, str] = ("RAB", "RAB")) -> Lines:
    """Two lines of each block; L509 instead of a code where the block is held back."""
    blocks = ((first, A1), (first, A2), (second, B1), (second, B2))
    places = zip((sheets[0], sheets[0], sheets[1], sheets[1]), rows, strict=True)
    return {
        place: sub if sub in ("L509", "N401") else (sub, *line) for place, (sub, line) in zip(places, blocks, strict=True)
    }  # fmt: skip


LAYOUTS: dict[str, tuple[Sheets, Lines, set[tuple[str, str]]]] = {
    "nama saja, tidak resmi": (
        coded((SUB_A, NAME_A), (ATK, *PAPER), (HONOR, *SPEAKER), (OTHER,), (ATK, *BANNER), (PC, *LAPTOP)),
        both(4, 5, 7, 8, second="L509"), {("L509", "B6")},
    ),
    "nama saja, resmi": (
        coded((SUB_A, NAME_A), (ATK, *PAPER), (HONOR, *SPEAKER), (f"2. {NAME_B.upper()}",), (ATK, *BANNER), (PC, *LAPTOP)),
        both(4, 5, 7, 8), set(),
    ),
    "jumlah judul pertama tidak mencakup yang kedua": (
        coded((SUB_A, NAME_A, None, None, None, SUMS[0]), (ATK, *PAPER), (HONOR, *SPEAKER),
              (None, "Belanja desa", None, None, None, SUMS[1]), (ATK, *BANNER), (PC, *LAPTOP)),
        both(4, 5, 7, 8, second="L509"), {("L509", "B6")},
    ),
    "jumlah judul pertama mencakup semuanya": (
        coded((SUB_A, NAME_A, None, None, None, sum(SUMS)), (ATK, *PAPER), (HONOR, *SPEAKER), (OTHER,), (ATK, *BANNER),
              (PC, *LAPTOP)),
        both(4, 5, 7, 8, second=SUB_A), set(),
    ),
    "bagian menurut jenis belanja": (
        coded((SUB_A, NAME_A), (ATK, *PAPER), ("B. Honorarium",), (HONOR, *SPEAKER), ("C. Belanja Lain",), (ATK, *BANNER),
              (PC, *LAPTOP)),
        both(4, 6, 8, 9, second=SUB_A), set(),
    ),
    "bagian dengan nama bebas": (
        coded((SUB_A, NAME_A), ("Rapat koordinasi",), (ATK, *PAPER), (HONOR, *SPEAKER), ("Sosialisasi",), (ATK, *BANNER),
              (PC, *LAPTOP)),
        both(5, 6, 8, 9, second=SUB_A), set(),
    ),
    "nama seperti sub kegiatan di tempat bagian": (
        coded((SUB_A, NAME_A), ("Rapat koordinasi",), (ATK, *PAPER), (HONOR, *SPEAKER), ("Peningkatan jalan tani",),
              (ATK, *BANNER), (PC, *LAPTOP)),
        both(5, 6, 8, 9, second="L509"), {("L509", "B7")},
    ),
    "romawi II sesudah I": (
        {"RAB": [TITLE, ["No", "Kode", *HEAD], ["I", SUB_A, NAME_A], ["A", ATK, "Bahan"], [1, None, *PAPER],
                 ["B", HONOR, "Honor"], [2, None, *SPEAKER], ["II", None, OTHER], ["A", ATK, "Bahan"], [1, None, *BANNER],
                 ["B", PC, "Modal"], [2, None, *LAPTOP]]},
        both(5, 7, 10, 12, second="L509"), {("L509", "A8")},
    ),
    "rekening di bawah judul tanpa kode": (
        coded((SUB_A, NAME_A), (ATK, "Belanja ATK"), (None, *PAPER), (HONOR, "Honor"), (None, *SPEAKER), (OTHER,),
              (ATK, "Belanja ATK"), (None, *BANNER), (PC, "Modal"), (None, *LAPTOP)),
        both(5, 7, 10, 12, second="L509"), {("L509", "B8")},
    ),
    "kelompok di dalam rekening": (
        coded((SUB_A, NAME_A), (ATK, "Belanja ATK"), ("[#] Rapat",), (None, *PAPER), (HONOR, "Honor"), ("[#] Rapat",),
              (None, *SPEAKER), (ATK, "Belanja ATK"), ("[#] Desa",), (None, *BANNER), (PC, "Modal"), (None, *LAPTOP)),
        both(6, 9, 12, 14, second=SUB_A), set(),
    ),
    "bagian sesudah rekening, tanpa rekening sendiri": (
        coded((SUB_A, NAME_A), (ATK, "Belanja ATK"), (None, *PAPER), ("Konsumsi rapat",), (None, *SPEAKER)),
        {("RAB", 5): (SUB_A, *A1), ("RAB", 7): "N401"}, {("N401", "A7")},
    ),
    "label dengan kode di atas tabel": (
        {"RAB": [TITLE, ["Kegiatan : 7.01.03.2.01"], [f"Sub Kegiatan : {SUB_A} {NAME_A}"], [], ["No", *HEAD, "Kode Rekening"],
                 [None, "A. Bahan"], FIRST[0], [None, "Rapat"], FIRST[1]]},
        {("RAB", 7): (SUB_A, *A1), ("RAB", 9): (SUB_A, *A2)}, set(),
    ),
    "label dengan nama resmi di atas tabel": (
        {"RAB": [TITLE, ["Sub Kegiatan", ":", NAME_A], ["No", *HEAD, "Kode Rekening"], *FIRST]},
        {("RAB", 4): (SUB_A, *A1), ("RAB", 5): (SUB_A, *A2)}, set(),
    ),
    "label dengan nama yang tidak dikenal di atas tabel": (
        {"RAB": [TITLE, ["Sub Kegiatan", ":", OTHER], ["No", *HEAD, "Kode Rekening"], *FIRST]},
        {("RAB", 4): "L509", ("RAB", 5): "L509"}, {("L509", "A2")},
    ),
    "dua tabel berlabel dalam satu lembar": (
        {"RAB": labelled(([f"Sub Kegiatan : {SUB_A} {NAME_A}"], FIRST), ([f"Sub Kegiatan : {SUB_B}"], SECOND))},
        both(5, 6, 11, 12), set(),
    ),
    "label di beberapa sel": (
        {"RAB": labelled(([f"Sub Kegiatan : {SUB_A} {NAME_A}"], FIRST), (["Sub Kegiatan :", None, SUB_B, NAME_B], SECOND))},
        both(5, 6, 11, 12), set(),
    ),
    "label kedua hanya nama": (
        {"RAB": labelled(([f"Sub Kegiatan : {SUB_A} {NAME_A}"], FIRST), ([f"Sub Kegiatan : {OTHER}"], SECOND))},
        both(5, 6, 11, 12, second="L509"), {("L509", "A9")},
    ),
    "judul kedua tanpa label": (
        {"RAB": labelled(([f"Sub Kegiatan : {SUB_A} {NAME_A}"], FIRST), ([OTHER], SECOND))},
        both(5, 6, 11, 12, second="L509"), {("L509", "A9")},
    ),
    "judul yang sama di halaman berikutnya": (
        {"RAB": labelled(([f"RAB {SUB_A}"], FIRST), ([f"RAB {SUB_A}"], SECOND))}, both(5, 6, 11, 12, second=SUB_A), set(),
    ),
    "dua tabel dengan judul kolom yang berbeda": (
        {"RAB": [TITLE, [], [f"Sub Kegiatan : {SUB_A}"], ["No", *HEAD, "Kode Rekening"], *FIRST, [], [f"Sub Kegiatan : {SUB_B}"],
                 ["No", "Uraian", "Vol", "Sat", "Harga", "Jumlah", "Rekening"], *SECOND]},
        both(5, 6, 10, 11), {("L208", "")},
    ),
    "kode pada nama lembar": (
        {SUB_A: [TITLE, ["No", *HEAD, "Kode Rekening"], *FIRST], SUB_B: [TITLE, ["No", *HEAD, "Kode Rekening"], *SECOND]},
        both(3, 4, 3, 4, sheets=(SUB_A, SUB_B)), set(),
    ),
    "nama lembar dan label berbeda": (
        {SUB_A: [TITLE, ["No", *HEAD, "Kode Rekening"], *FIRST],
         SUB_B: [TITLE, [f"Sub Kegiatan : {SUB_A}"], ["No", *HEAD, "Kode Rekening"], *SECOND]},
        both(3, 4, 4, 5, second="L509", sheets=(SUB_A, SUB_B)), {("L509", "A2")},
    ),
    "dua sub kegiatan di atas satu tabel": (
        {"RAB": [TITLE, [f"Sub Kegiatan : {SUB_A}"], [f"Sub Kegiatan : {SUB_B}"], ["No", *HEAD, "Kode Rekening"], *FIRST]},
        {("RAB", 5): "L509", ("RAB", 6): "L509"}, {("L509", "A3")},
    ),
    "kolom kode, sekali per blok": (
        {"RAB": [TITLE, ["Kode Sub Kegiatan", "Kode Rekening", *HEAD], [SUB_A, ATK, *PAPER], [None, HONOR, *SPEAKER],
                 [SUB_B, ATK, *BANNER], [None, PC, *LAPTOP]]},
        both(3, 4, 5, 6), set(),
    ),
    "kolom kode, satu baris lupa": (
        {"RAB": [TITLE, ["Kode Sub Kegiatan", "Kode Rekening", *HEAD], [SUB_A, ATK, *PAPER], [SUB_A, HONOR, *SPEAKER],
                 [SUB_B, ATK, *BANNER], [None, PC, *LAPTOP]]},
        {**both(3, 4, 5, 6), ("RAB", 6): "N401"}, {("N401", "B6")},
    ),
    "kolom rekening, satu baris lupa": (
        {"RAB": [TITLE, ["Kode Sub Kegiatan", "Kode Rekening", *HEAD], [SUB_A, ATK, *PAPER], [SUB_A, None, *SPEAKER],
                 [SUB_B, ATK, *BANNER], [SUB_B, PC, *LAPTOP]]},
        {**both(3, 4, 5, 6), ("RAB", 4): "N401"}, {("N401", "B4")},
    ),
    "nama resmi pada kolom sendiri": (
        {"RAB": [TITLE, ["Sub Kegiatan", "Kode Rekening", *HEAD], [NAME_A, ATK, *PAPER], [None, HONOR, *SPEAKER],
                 [NAME_B, ATK, *BANNER], [None, PC, *LAPTOP]]},
        both(3, 4, 5, 6), set(),
    ),
    "catatan yang menyebut sub kegiatan lain": (
        {"RAB": [TITLE, [f"Sub Kegiatan : {SUB_A}"], ["No", *HEAD, "Kode Rekening"], FIRST[0], [f"Catatan: lihat juga {SUB_B}"],
                 FIRST[1]]},
        {("RAB", 4): (SUB_A, *A1), ("RAB", 6): (SUB_A, *A2)}, set(),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_line_under_its_own_sub_kegiatan_or_held_with_the_heading(name: str, tmp_path: Path):
    sheets, wanted, said = LAYOUTS[name]
    data = xlsx(sheets)
    folder = Folder().drop("pmd").add("RAB-pmd.xlsx", data).write(tmp_path / "kantor")
    (folder / "Padanan.xlsx").write_bytes(padanan({data: {"unit": "pmd"}}))
    recap = rekap(folder)
    found = {
        (line.row.sheet, line.row.row): (line.kode_sub, line.row.get("kode_rekening"), line.jumlah)
        if line.counted else line.reason.rpartition("(")[2].rstrip(")")
        for line in recap.lines if line.unit == "pmd"
    }  # fmt: skip
    assert found == wanted
    about = {(f.code, f.cell) for f in recap.findings if f.file == "RAB-pmd.xlsx" and f.code[0] in "LN"}
    assert {(code, cell) for code, cell in about if code not in ("L507", "L419")} == said  # no sum is printed
    (source,) = [s for s in recap.sources if s.file == "RAB-pmd.xlsx"]
    assert source.rows_read == source.rows_used + source.rows_reported == len(wanted)


def test_no_official_name_looks_like_a_part():
    for node in programs().values():
        if node.level == "subkegiatan":
            heading = Heading(row=1, cell="A1", texts=(node.nama,))
            assert begins_officially(heading) and not is_part(heading), node.nama
