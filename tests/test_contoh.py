"""The committed templates and samples: a fresh build, free of catatan, and faulty in exactly the declared ways."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from kinerja_xl.catatan import Severity
from kinerja_xl.package import Archive
from kinerja_xl.reckoning import Sum
from kinerja_xl.uses.rekap import rekap
from samples.bangun import ROOT, build_all
from samples.rusak import LIST_FILE, placed_mistakes

CLEAN, FAULTY = ROOT / "samples/wasuponda-2025", ROOT / "samples/bermasalah"


@pytest.fixture(scope="module")
def fresh() -> dict[str, bytes]:
    return build_all()


def _parts(data: bytes) -> dict[str, bytes]:
    """A workbook's parts; zip bytes may differ between systems' zlib, what is in them may not."""
    if not data.startswith(b"PK"):
        return {"": data}
    archive = Archive.open(data)
    return {entry.filename: archive.read(entry.filename) for entry in archive.entries}


def test_committed_files_equal_a_fresh_build(fresh):
    committed = {
        path.relative_to(ROOT).as_posix()
        for place in (ROOT / "templates_xlsx", CLEAN, FAULTY)
        for path in place.rglob("*")
        if path.is_file() and "hasil" not in path.parts
    }
    assert committed == set(fresh)
    for name, data in fresh.items():
        assert _parts((ROOT / name).read_bytes()) == _parts(data), name


def test_same_content_same_bytes(fresh):
    again = build_all()
    assert {n: hashlib.sha256(d).hexdigest() for n, d in fresh.items()} == {
        n: hashlib.sha256(d).hexdigest() for n, d in again.items()
    }


def test_clean_office_has_no_catatan_above_info():
    recap = rekap(CLEAN)
    assert [(f.code, f.file, f.sheet, f.cell) for f in recap.findings if f.severity is not Severity.INFO] == []
    assert recap.total_rab == 2_264_997_050
    assert recap.total_tidak_dihitung == Sum()
    assert dict(recap.per_jenis) == {"5.1.01": 1_800_457_120, "5.1.02": 414_470_530, "5.2": 50_069_400}


def test_faulty_office_yields_exactly_the_mistakes_put_in():
    recap = rekap(FAULTY)
    said = {(f.code, f.file, f.sheet, f.cell) for f in recap.findings}
    assert said == {(put.kode, put.file, put.sheet, put.cell) for put in placed_mistakes()}
    assert len(recap.findings) == len(said)


def test_faulty_office_amounts():
    """What is counted and what stands beside it, worked out from the sources of the sample.

    perencanaan 34.623.000 less the row of the ambiguous 1.500 (450.000); umum 2.012.599.450 less jasa kebersihan
    (24.000.000, jumlah overtyped), transport darat (6.000.000, broken) and ban roda dua (660.000, negative);
    trantib late, pemerintahan twice, pelayanan unreadable, pmd missing.
    """
    units = {u.kode: (u.total_rab, u.status.value) for u in rekap(FAULTY).units}
    assert units == {
        "perencanaan": (34_173_000, "PERLU PERBAIKAN"),
        "umum": (1_981_939_450, "PERLU PERBAIKAN"),
        "pemerintahan": (0, "PERLU PERBAIKAN"),
        "pmd": (0, "BELUM MENYAMPAIKAN"),
        "trantib": (0, "TERLAMBAT (TIDAK MASUK RKT)"),
        "pelayanan": (0, "TIDAK DAPAT DIBACA"),
    }


def test_list_of_mistakes_names_each(fresh):
    text = (FAULTY / LIST_FILE).read_text(encoding="utf-8")
    for put in placed_mistakes():
        assert f"| {put.nomor} |" in text
        assert put.keterangan in text
        assert put.cell in text


def test_no_foreign_name_and_nothing_of_a_machine(fresh):
    for name, data in fresh.items():
        for part, content in _parts(data).items():
            for word in (b"Jangkar", b"/home/", b"/root/", b"C:\\Users"):
                assert word not in content, (name, part, word)


def test_rekap_changes_no_input(tmp_path: Path):
    before = {p: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(FAULTY.rglob("*")) if p.is_file()}
    rekap(FAULTY)
    assert before == {p: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(FAULTY.rglob("*")) if p.is_file()}


def test_json_of_the_recap_is_whole():
    from kinerja_xl.face.cli.terminal import recap_json

    data = json.loads(json.dumps(recap_json(rekap(FAULTY))))
    assert list(data) == [
        "unit", "unit_menyampaikan", "catatan_terbuka", "rencana", "total_rab", "total_tidak_dihitung", "belum_diketahui",
        "per_jenis_belanja", "catatan",
    ]  # fmt: skip
    assert sum(u["total_rab"] for u in data["unit"]) == data["total_rab"] == sum(data["per_jenis_belanja"].values())
    assert set(data["unit"][0]) == {
        "kode", "nama", "berkas", "status", "total_rab", "total_tidak_dihitung", "belum_diketahui", "jumlah_catatan",
    }  # fmt: skip
    fields = ["kode", "tingkat", "untuk", "berkas", "lembar", "sel", "kolom", "nilai", "masalah", "perbaikan"]
    assert all(list(c) == fields for c in data["catatan"])
