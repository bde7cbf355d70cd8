"""The sample office's year: the capaian workbook of every triwulan, each formula by LibreOffice."""

from __future__ import annotations

from pathlib import Path

import pytest

from kinerja_xl.reckoning.capaian.measure import trends
from kinerja_xl.uses.capaian import measured
from kinerja_xl.uses.year import Year
from kinerja_xl.writing.shown.capaian import write_capaian
from tests.conftest import LONG

SAMPLE = Path(__file__).parents[1] / "samples" / "wasuponda-2025"


@pytest.mark.skipif(not LONG, reason="hanya pada profil panjang")
@pytest.mark.parametrize("triwulan", [1, 2, 3, 4])
def test_every_formula_of_the_sample_shows_our_value(libre, tmp_path, triwulan):
    sample = Year(SAMPLE)
    own = measured(sample, triwulan)
    path = tmp_path / "capaian.xlsx"
    path.write_bytes(write_capaian(own, trends(own, sample.earlier[0])))
    count, differences = libre.judge([path])
    assert (count > 1_000, differences) == (True, [])


@pytest.mark.parametrize(
    ("triwulan", "kode", "nama", "until", "of_year"),
    [
        # TW I: 2 of 2 due, 5 in the year
        (1, "7.01.01.2.01.0006", "Jumlah Laporan Capaian Kinerja", "100.00", "40.00"),
        # TW II: naik, 1 of 2 + 0; turun to 0 with one conflict only in TW III: still reached
        (2, "7.01.05", "Jumlah Konflik Sosial Terbuka", "100.00", "100.00"),
        # the year: 1 conflict against 0
        (4, "7.01.05", "Jumlah Konflik Sosial Terbuka", "0.00", "0.00"),
    ],
)
def test_figures_by_hand(triwulan, kode, nama, until, of_year):
    results = measured(Year(SAMPLE), triwulan).results
    (found,) = (r for r in results if r.indicator.kode == kode and r.indicator.nama.startswith(nama))
    assert (str(found.until[-1].percent), str(found.of_year.percent)) == (until, of_year)
