"""What a release wrote is read for ever, to the rupiah: ``tests/arsip`` holds one book of each kind (``arsip_buku``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal as D
from pathlib import Path

import pytest

from kinerja_xl.adopt.kept import read_answers
from kinerja_xl.catatan import Finding
from kinerja_xl.filling.from_shown import read_measured, read_supplies
from kinerja_xl.office.prefill import default_listings
from kinerja_xl.reading.gate import Passed, inspect
from kinerja_xl.reading.own_book import RecapBack, read_capaian, read_recap
from kinerja_xl.reading.workbook import identity_of, read_workbook
from kinerja_xl.sheets.capaian import CAPAIAN_VERSIONS
from kinerja_xl.sheets.kantor import KANTOR_VERSIONS, PADANAN
from kinerja_xl.sheets.penetapan import DPA, DPA_VERSIONS, PENELAAHAN, PENELAAHAN_VERSIONS, PENETAPAN, PENETAPAN_VERSIONS
from kinerja_xl.sheets.realisasi import REALISASI_UANG, REALISASI_UNIT
from kinerja_xl.sheets.rekap import REKAP_VERSIONS
from kinerja_xl.sheets.usulan import USULAN_VERSIONS
from kinerja_xl.uses.arsip import read_plan
from tests import rencana_contoh
from tests.arsip_buku import ANSWER, ARSIP

FORMS = {book.key: {book.version: book} for book in (PADANAN, REALISASI_UNIT, REALISASI_UANG)}
FORMS |= {"kantor": KANTOR_VERSIONS, "usulan": USULAN_VERSIONS, DPA.key: DPA_VERSIONS, PENELAAHAN.key: PENELAAHAN_VERSIONS,
          PENETAPAN.key: PENETAPAN_VERSIONS}
SHOWN = {"rekap": REKAP_VERSIONS, "capaian": CAPAIAN_VERSIONS}
RELEASES = sorted(place.name for place in ARSIP.iterdir())
FILES = [path for release in RELEASES for path in sorted((ARSIP / release).iterdir())]


SMALL: Mapping[str, Mapping[str, tuple[int, object]]] = {
    "Usulan-pmd-v1.xlsx": {"rab.jumlah": (5, 18_010_000), "indikator.target": (3, 89), "pk_anggaran.anggaran": (2, 18_010_000)},
    "Usulan-pmd-v2.xlsx": {
        "rab.jumlah": (5, 18_010_000), "rab.prakiraan_maju": (5, 600_000), "indikator.target": (3, 89), "iku.nama": (1, 0),
        "pk_anggaran.anggaran": (2, 18_010_000),
    },
    "Usulan-pmd-v3.xlsx": {"rab.jumlah": (5, 18_010_000), "indikator.target": (3, 89), "pk_anggaran.anggaran": (2, 18_010_000)},
    "Kantor.xlsx": {"unit.kode": (2, 0), "pagu.pagu": (4, 42_000_000), "harga.harga": (5, 10_516_000)},
    "Padanan.xlsx": {"padanan.jawaban": (1, 0)},
    "Lembar-Penelaahan.xlsx": {
        "telaah_sub.diusulkan": (4, 31_410_000), "telaah_rekening.diusulkan": (8, 31_410_000),
        "telaah_indikator.target": (7, 204), "telaah_kas.jumlah": (4, 0),
    },
    "DPA.xlsx": {"dpa.anggaran": (5, 33_800_000)},
    "Penetapan-2025.xlsx": {
        "penetapan_sub.diusulkan": (4, 38_300_000), "penetapan_sub.disepakati": (4, 33_800_000),
        "penetapan_anggaran.jumlah": (5, 33_800_000), "penetapan_indikator.target": (8, D("115.50")),
        "penetapan_kas.jumlah": (1, 9_000_000),
    },
    "Realisasi-pmd-TW1.xlsx": {
        "realisasi_indikator.real_1": (5, 10), "realisasi_indikator.bil_1": (5, 10), "fisik.fisik_1": (2, 20),
    },
    "Realisasi-keuangan-TW1.xlsx": {
        "realisasi_uang.pagu": (5, 33_800_000), "realisasi_uang.uang_1": (5, 4_800_000), "kas.rencana": (3, 0),
    },
}  # fmt: skip
"""Rows and sum of a column, by file, table and column, of the small office (``kantor_uji``, ``rencana_contoh``, …)."""
SUPPLIES = {
    "Rekap-2025.xlsx": [
        ("rab", 8, 31_410_000), ("indikator", 7, 0), ("rkt", 7, 31_410_000), ("program", 11, 31_410_000), ("pk", 8, 0),
        ("pk", 4, 31_410_000),
    ],
    "Capaian-2025.xlsx": [("realisasi", 8, 33_800_000), ("realisasi", 8, 0), ("realisasi", 11, 33_800_000)],
}  # fmt: skip
PER_UNIT = ("0.1.0-halaman-pertama", "0.1.0-nama-unit", "0.1.0-nama-di-kertas")
"""Releases whose capaian adds money up by unit and by kind on a sheet of its own."""
LEADERS = {"0.1.0-halaman-pertama": 2, "0.1.0-nama-di-kertas": 2}
"""How many promises of leaders the small office had when a release was written, where it was not one."""
EXPECTED = dict.fromkeys(
    (
        "0.1.0-tanpa-tanda", "0.1.0", "0.1.0-belum-diketahui", "0.1.0-rekening", "0.1.0-halaman-pertama", "0.1.0-evaluasi-renja",
        "0.1.0-nama-unit", "0.1.0-pihak-pk", "0.1.0-kelompok-sasaran", "0.1.0-nama-sub",
        "0.1.0-nama-di-kertas", "0.1.0-nama-di-rincian", "0.1.0-nama-di-dpa",
    ),
    SMALL,
)
"""What stands in the forms of each release: another office, another entry."""


def ids(path: object) -> str | None:
    return "/".join(path.parts[-2:]) if isinstance(path, Path) else None


def figures(path: Path, wanted: Iterable[str]) -> dict[str, tuple[int, object]]:
    """Rows and the sum of the numbers of a column, by ``table.column``."""
    read = read_workbook(path.read_bytes(), path.name, FORMS, default_listings())
    assert read.content is not None, read.findings
    assert {f.code for f in read.findings} <= {"T203"}  # an older version, said and read in full
    found: dict[str, tuple[int, object]] = {}
    for name in wanted:
        table, _, column = name.partition(".")
        rows = read.content.rows(table)
        found[name] = (len(rows), sum((v for row in rows if isinstance(v := row.get(column), D)), D(0)))
    return found


@pytest.mark.parametrize("path", [path for path in FILES if path.name not in SUPPLIES], ids=ids)
def test_a_form_of_any_release_is_read(path: Path):
    wanted = EXPECTED[path.parent.name][path.name]
    assert figures(path, wanted) == wanted


@pytest.mark.parametrize("path", [path for path in FILES if path.name in SUPPLIES], ids=ids)
def test_a_shown_book_of_any_release_is_read(path: Path):
    data = path.read_bytes()
    if path.name.startswith("Rekap"):
        supplies = [supply for kind in ("", "pk") for supply in read_supplies(data, path.name, kind)]
    else:
        supplies = read_measured(data, path.name)
    found = [(one.kind, len(one.rows), one.total) for one in supplies]
    wanted = [("pk", 7 + LEADERS.get(path.parent.name, 1), 0) if one == ("pk", 8, 0) else one for one in SUPPLIES[path.name]]
    if path.name.startswith("Capaian") and path.parent.name in PER_UNIT:
        wanted += [("realisasi", 2, 33_800_000), ("realisasi", 3, 33_800_000)]
    assert found == wanted


@pytest.mark.parametrize("path", [path for path in FILES if path.name.startswith("Rekap")], ids=ids)
def test_a_recap_of_any_release_is_compared(path: Path):
    back = read_recap(path.read_bytes(), path.name)
    assert isinstance(back, RecapBack)
    assert (back.kantor, back.tahun, back.total, back.findings) == ("Kantor Kecamatan Batu Putih", 2025, 31_410_000, ())
    assert [(line.unit, line.jumlah, line.counted) for line in back.lines] == [
        ("pmd", 550_000, True), ("pmd", 5_400_000, True), ("pmd", 2_310_000, True), ("pmd", 250_000, True),
        ("pmd", 9_500_000, True), ("trantib", 1_400_000, True), ("trantib", 4_800_000, True), ("trantib", 7_200_000, True),
    ]  # fmt: skip
    assert [(line.unit, line.row.get("target")) for line in back.indicators if line.counted] == [
        ("pmd", D(4)), ("pmd", D(10)), ("pmd", D(75)), ("trantib", D(12)), ("trantib", D(100)),
        ("trantib", D(3)), ("trantib", "Baik"),
    ]  # fmt: skip


@pytest.mark.parametrize("path", [path for path in FILES if path.name.startswith("Capaian")], ids=ids)
def test_a_capaian_of_any_release_gives_its_figures(path: Path):
    values = read_capaian(path.read_bytes(), path.name)
    assert not isinstance(values, Finding)
    assert [(v.tahun, v.unit, v.target, v.realised, v.percent) for v in values] == [
        (2025, "pmd", D(10), D(9), D(90)), (2025, "pmd", D("85.5"), D(90), D("105.26")), (2025, "pmd", "Baik", "Baik", D(100)),
        (2025, "pmd", D(8), D("7.625"), D(100)), (2025, "pmd", D("0.75"), D("0.8"), D("106.67")),
        (2025, "trantib", D(10), D(8), D(120)), (2025, "trantib", D(0), D(1), D(0)),
        (2025, "trantib", D("1.25"), "tidak dapat dihitung", None),
    ]  # fmt: skip


@pytest.mark.parametrize("path", [path for path in FILES if path.name.startswith("Penetapan")], ids=ids)
def test_a_locked_plan_of_any_release_is_the_plan(path: Path):
    assert read_plan(path) == (rencana_contoh.plan(), ())


@pytest.mark.parametrize("path", [path for path in FILES if path.name == "Padanan.xlsx"], ids=ids)
def test_answers_of_any_release_are_kept(path: Path):
    kept = read_answers(path)
    assert (kept.answers, kept.findings) == ((ANSWER,), ())


def test_every_kind_and_version_is_kept():
    """What we write and read again stands there as it was written: a new version is added by ``python -m tests.arsip_buku``."""
    marks = set()
    for path in FILES:
        passed = inspect(path.read_bytes(), path.name)
        assert isinstance(passed, Passed)
        identity = identity_of(passed.package)
        marks |= {(identity.book, int(identity.version))} if identity else set()
    assert marks == {(key, version) for key, versions in (FORMS | SHOWN).items() for version in versions}
