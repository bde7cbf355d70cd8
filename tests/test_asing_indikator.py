"""``rekap`` takes a unit's indicator table in its own layout: every indicator under its sub kegiatan, or named."""

from __future__ import annotations

from pathlib import Path

import pytest

from kinerja_xl.uses.rekap import rekap
from tests.asing_pakai import padanan
from tests.asing_uji import xlsx
from tests.kantor_uji import SUB_A, SUB_B, Folder
from tests.test_asing_sub import NAME_A, NAME_B, OTHER

TITLE = ["INDIKATOR KINERJA TAHUN 2025"]
REPORTS, TRAINED = ["Jumlah laporan", "Laporan", 4], ["Jumlah lembaga dilatih", "Lembaga", 10]
SHARE = ["Persentase tepat waktu", "%", 90]
HEAD = ["Indikator", "Satuan", "Target"]
NONE = (None,) * 4

LAYOUTS = {
    "kode di kolom sendiri": (
        {"IKU": [TITLE, ["Kode", "Indikator Kinerja", "Satuan", "Target"], [SUB_A, *REPORTS], [SUB_B, *TRAINED]]},
        [(3, SUB_A, 4, NONE), (4, SUB_B, 10, NONE)], set(),
    ),
    "kelompok dengan kode atau nama resmi": (
        {"IKU": [TITLE, ["No", "Sub Kegiatan", "Indikator", "Satuan", "Target"], ["I", f"{SUB_A} {NAME_A}"], [1, None, *REPORTS],
                 [2, None, *SHARE], ["II", NAME_B], [1, None, *TRAINED]]},
        [(4, SUB_A, 4, NONE), (5, SUB_A, 90, NONE), (7, SUB_B, 10, NONE)], set(),
    ),
    "rencana aksi per triwulan": (
        {"IKU": [["RENCANA AKSI 2025"], [f"Sub Kegiatan : {SUB_A}"],
                 ["No", "Indikator Kinerja", "Satuan", "Target", "TW I", "TW II", "TW III", "TW IV"],
                 [1, *REPORTS, 1, 1, 1, 1], [2, *SHARE, 80, 85, 90, 90]]},
        [(4, SUB_A, 4, (1, 1, 1, 1)), (5, SUB_A, 90, (80, 85, 90, 90))], set(),
    ),
    "lembar per sub kegiatan": (
        {SUB_A: [TITLE, HEAD, REPORTS, SHARE], SUB_B: [TITLE, HEAD, TRAINED]},
        [(3, SUB_A, 4, NONE), (4, SUB_A, 90, NONE), (3, SUB_B, 10, NONE)], set(),
    ),
    "nama resmi di samping indikator": (
        {"IKU": [TITLE, ["Sub Kegiatan", *HEAD], [NAME_A, *REPORTS], [None, *SHARE], [NAME_B, *TRAINED], [None, *SHARE]]},
        [(3, SUB_A, 4, NONE), (4, SUB_A, 90, NONE), (5, SUB_B, 10, NONE), (6, SUB_B, 90, NONE)], set(),
    ),
    "nama lain tanpa kode": (
        {"IKU": [TITLE, ["Kode", "Uraian", "Indikator", "Satuan", "Target"], [SUB_A, NAME_A, *REPORTS], [None, OTHER, *TRAINED]]},
        [(3, SUB_A, 4, NONE), (4, "", 10, NONE)], {("N401", "A4")},
    ),
    "target dengan kata": (
        {"IKU": [TITLE, ["Kode", "Indikator Kinerja", "Satuan", "Target"], [SUB_A, "Jumlah laporan", "Laporan", "empat"],
                 [SUB_B, *TRAINED]]},
        [(3, SUB_A, None, NONE), (4, SUB_B, 10, NONE)], {("L430", "D3")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_indicator_with_its_sub_kegiatan_and_target(name: str, tmp_path: Path):
    sheets, wanted, said = LAYOUTS[name]
    data = xlsx(sheets)
    folder = Folder().drop("pmd").add("IKU-pmd.xlsx", data).write(tmp_path / "kantor")
    (folder / "Padanan.xlsx").write_bytes(padanan({data: {"unit": "pmd"}}))
    recap = rekap(folder)
    found = [
        (e.row.row, e.kode_sub, e.row.get("target"), tuple(e.row.get(f"tw_{n}") for n in range(1, 5)))
        for e in recap.indikator if e.unit == "pmd"
    ]  # fmt: skip
    assert found == wanted
    about = {(f.code, f.cell) for f in recap.findings if f.file == "IKU-pmd.xlsx" and f.code[0] in "LN"}
    assert {one for one in about if one[0] != "L507"} == said
