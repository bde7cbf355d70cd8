"""Sheets of the recap about planning itself: the eight criteria of planning quality (V.B.2), and the candidates for IKU."""

from __future__ import annotations

from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.rekap.model import DIHITUNG, MARK, NUMBER, ORIGIN, TEXT, UNIT, Around, RecapSheet

MUTU = RecapSheet(
    key="mutu", name="Mutu Perencanaan", title="MUTU PERENCANAAN KINERJA", signed=True, keep=0,
    intro="Delapan kriteria pedoman V.B.2, dinilai dari isi rekap ini. Yang tidak dapat dinilai dari berkas dinilai oleh "
    "penelaah; ubah kolom Penilaian dan predikatnya mengikuti.",
    tables=(
        Around(
            key="mutu", total_rows=0,
            before=(
                Column(key="nomor", label="No", kind=NUMBER, width=6),
                Column(key="kriteria", label="Kriteria", kind=TEXT, width=44),
                Column(key="penilaian", label="Penilaian", kind=TEXT, width=22,
                       hint="Terpenuhi, Belum terpenuhi, atau Tidak dapat dinilai dari berkas."),
                Column(key="bukti", label="Bukti dari Rekap", kind=TEXT, width=78),
                Column(key="kurang", label="Yang Masih Kurang", kind=TEXT, width=52),
            ),
        ),
        Around(
            key="predikat_mutu", title="Hasil", total_rows=0,
            before=(
                Column(key="apa", label="Yang dihitung", kind=TEXT),
                Column(key="nilai", label="Nilai", kind=MARK),
            ),
        ),
    ),
)  # fmt: skip

CALON_IKU = RecapSheet(
    key="iku", name="Calon IKU", title="CALON INDIKATOR KINERJA UTAMA (IKU) SEMUA UNIT", keep=2,
    intro="Skor 1 sampai 5 dikali bobot kriteria dari Kantor.xlsx, dibagi jumlah bobot.",
    tables=(
        Around(
            key="iku", source="iku", before=(UNIT,), widths={"nama": 40},
            after=(Column(key="keputusan", label="Nomor Keputusan", kind=TEXT, width=24), DIHITUNG, *ORIGIN),
        ),
    ),
)  # fmt: skip
