"""Sheet of the capaian workbook that warns: early in the year of where it would end, at its end of what it came to."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kinerja_xl.sheets.capaian.kinerja import KODE, NO, TEKS, TENGAH
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.rekap import UNIT, Around, RecapSheet, Shown, named

POSISI = {"tertinggal": ("wajib",), "sesuai": ("good",), "mendahului": ("info",), "melebihi": ("wajib",)}
"""The look of a standing, by its first word."""

PERINGATAN = named(RecapSheet(
    key="peringatan", name="Peringatan Dini", title="PERINGATAN DINI", keep=4, records=lambda year: year.warnings,
    intro="Yang paling mendesak di atas. Proyeksi akhir tahun sederhana; caranya disebut di setiap baris.",
    tables=(
        Around(
            key="peringatan", total_rows=0,
            before=(
                NO, UNIT, KODE,
                Column(key="nama", label="Indikator / Sub Kegiatan", kind=TEKS, width=42),
                Shown(key="hal", label="Hal", kind=TEKS, width=20, value=lambda warning: warning.what),
                Shown(
                    key="posisi", label="Posisi", kind=TENGAH, width=16, value=lambda warning: warning.standing,
                    look=lambda warning: POSISI.get(warning.standing.split(" ")[0].casefold(), ()),
                ),
                Shown(key="penjelasan", label="Penjelasan", kind=TEKS, width=58, value=lambda warning: warning.sentence),
                Shown(key="proyeksi", label="Proyeksi Akhir Tahun", kind=TEKS, width=46, value=lambda warning: warning.projection),
            ),
        ),
    ),
))  # fmt: skip

_AT_END = {"tertinggal": "di bawah target", "sesuai": "sesuai target", "mendahului": "di atas target"}


def _ended(column: Column) -> Column:
    """A column of the early warning at the end of the year: nothing is projected, and an indicator is where it ended."""
    if column.key == "proyeksi":
        return replace(column, page=2)
    if column.key != "posisi":
        return column

    def ended(warning: Any) -> str:
        standing: str = warning.standing
        return _AT_END.get(standing, standing) if warning.what.startswith("Capaian") else standing

    return replace(column, value=ended)  # type: ignore[call-arg]


PERINGATAN_AKHIR = replace(
    PERINGATAN, title="KEADAAN PADA AKHIR TAHUN: YANG PERLU DIBAHAS",
    intro="Yang paling mendesak di atas: capaian terhadap target tahun, serapan terhadap pagu, pekerjaan, dan rencana kas.",
    tables=tuple(replace(t, before=tuple(map(_ended, t.before))) for t in PERINGATAN.tables),
)  # fmt: skip
