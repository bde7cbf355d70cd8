"""The large office of ``bench/``: its cheaply made workbooks are what the program's own writer gives."""

from __future__ import annotations

from bench.kantor_banyak import write_office, written
from kinerja_xl.office.folder import MASUK
from kinerja_xl.uses.year import Year
from samples.isi import UNITS


def test_a_repetition_made_from_the_first_one_is_what_the_writer_gives(tmp_path):
    write_office(tmp_path, 3 * len(UNITS))
    office = Year(tmp_path).office
    made = sorted(path.name for path in (tmp_path / MASUK).iterdir())
    assert len(made) == 3 * len(UNITS)
    for kode in UNITS:
        assert (tmp_path / MASUK / f"Usulan-{kode}002-{office.tahun}.xlsx").read_bytes() == written(office, kode, 2)
