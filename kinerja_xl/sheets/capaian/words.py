"""What the sheets of the capaian workbook share: kinds, widths, and the columns that stand on several of them."""

from __future__ import annotations

from dataclasses import replace

from kinerja_xl.sheets import kinds
from kinerja_xl.sheets.indikator import INDIKATOR_TABLE
from kinerja_xl.sheets.kinds import Kind
from kinerja_xl.sheets.model import Column

QUARTERS = (1, 2, 3, 4)
ROMAN = ("I", "II", "III", "IV")

TEKS, KODE_SEL, RP, ANGKA = kinds.teks(), kinds.kode(), kinds.rupiah(None), kinds.angka(None)
NILAI = replace(kinds.nilai(), wrap=True)
POIN = Kind(name="poin", shape=ANGKA.shape, parse=ANGKA.parse, num_format="#,##0.00", align="right", wrap=True)
"""Percent points as a plain number: 120,00 is 120 %. The heading says (%)."""
TENGAH = replace(KODE_SEL, align="center", name="penanda")

RUPIAH_WIDTH = 17


def taken(key: str, **changes: object) -> Column:
    """A column of the unit's Indikator table, under the name that it has there."""
    column = INDIKATOR_TABLE.column(key)
    plain = replace(column, required=False, computed=None, hint="", aliases=(), group="", page=1)
    return replace(plain, **changes)  # type: ignore[arg-type]


NO = Column(key="no", label="No", kind=ANGKA, width=5)
KODE = Column(key="kode", label="Kode", kind=KODE_SEL, width=17)
SASARAN, INDIKATOR = taken("sasaran", width=24), taken("nama", width=30)
SATUAN = taken("satuan", width=10)
PREDIKAT = Column(key="predikat", label="Predikat", kind=TENGAH, width=13)
