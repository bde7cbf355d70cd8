"""Files written oddly on purpose, where they are at hand: each is read as what it holds, or something is said of it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from kinerja_xl.foreign.read import read_foreign
from kinerja_xl.uses.baca import as_json, needs_work
from tests.aneh import PLACE, truth

SAID = {
    "30-nilai-INF", "30-nilai-NaN", "30-nilai-baris-lain", "30-nilai-dua-kali", "30-nilai-dua-kali-balik", "30-nilai-e+",
    "30-nilai-f-str-kosong", "30-nilai-f-tanpa-v", "30-nilai-f-v-kosong", "30-nilai-galat", "30-nilai-galat-vm", "30-nilai-hex",
    "30-nilai-jam46", "30-nilai-sst-luar", "30-nilai-tanggal", "30-nilai-tb", "30-nilai-td", "30-nilai-teks-n",
    "30-nilai-x-escape", "40-baris-dua-kali", "51-terpotong", "64-dua-rab-satu-cdata",
    "65-satu-nilai-komentar", "67-hanya-grafik", "67-tanpa-lembar", "70-isi-berulang", "70-isi-berulang-sedang",
}  # fmt: skip
"""Files whose values nobody can know, which hold none, or hold them twice or wrong; of these something must be said. All
others are read whole."""

pytestmark = pytest.mark.skipif(not PLACE.is_dir(), reason="berkas rusak tidak ada di sini")


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("rusak")
    for script in ("buat.py", "buat_lama.py"):
        subprocess.run([sys.executable, str(PLACE / script), str(folder)], check=True, capture_output=True)
    return sorted(folder.iterdir())


def test_every_file_is_read_as_it_is_or_something_is_said(files):
    wrong, quiet = {}, []
    for path in files:
        book = read_foreign(path.read_bytes(), path.name)
        if path.stem in SAID:
            quiet += [] if needs_work([book]) else [path.name]
            continue
        tables = as_json(book)
        got = [line["name"] for table in tables for line in table.get("lines", ())]
        amount = sum(int(table["sums"].get("jumlah", 0)) for table in tables)
        if (sorted(got), amount) != truth(path):
            wrong[path.name] = (got, amount, [c["kode"] for table in tables for c in table["catatan"]])
    assert (wrong, quiet) == ({}, [])
    assert len(files) >= 129
