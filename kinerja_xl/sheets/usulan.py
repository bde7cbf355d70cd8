"""The unit's workbook ("usulan") in every version that is read.

Version 2 is today's. Version 1 is today's minus what came later (prakiraan maju, tiers, the attachment list, candidates
for IKU) under the names it had then: ``replace()`` of the new declaration plus its difference, never a copy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kinerja_xl.sheets.identitas import IDENTITAS
from kinerja_xl.sheets.iku import IKU
from kinerja_xl.sheets.indikator import INDIKATOR, INDIKATOR_TABLE
from kinerja_xl.sheets.model import Book, Sheet, Table
from kinerja_xl.sheets.pk import PK
from kinerja_xl.sheets.rab import RAB, RAB_TABLE
from kinerja_xl.sheets.tor import JADWAL_TABLE, TOR, TOR_FORM

PETUNJUK = Sheet(key="petunjuk", name="Petunjuk", title="PETUNJUK PENGISIAN", landscape=False)
CEK_MANDIRI = Sheet(key="cek_mandiri", name="Cek Mandiri", title="CEK MANDIRI")
DAFTAR = Sheet(key="daftar", name="Daftar", title="DAFTAR PILIHAN")

USULAN = Book(
    key="usulan",
    title="Usulan Rencana Kinerja",
    version=2,
    sheets=(PETUNJUK, IDENTITAS, TOR, RAB, INDIKATOR, IKU, PK, CEK_MANDIRI, DAFTAR),
)


def _without(table: Table, *keys: str, **labels: str) -> Table:
    """The table without some columns, and with other headings for some."""
    kept = (c for c in table.columns if c.key not in keys)
    return replace(table, columns=tuple(replace(c, label=labels.get(c.key, c.label)) for c in kept))


def _version_1() -> Book:
    rab = replace(
        RAB,
        blocks=(
            replace(
                _without(RAB_TABLE, "prakiraan_maju", harga_satuan="Harga Satuan", jumlah="Jumlah Harga"), totals=("jumlah",)
            ),
        ),
    )
    tor = replace(TOR, blocks=(TOR_FORM, JADWAL_TABLE))
    indikator = replace(
        INDIKATOR, name="Indikator Kinerja", blocks=(_without(INDIKATOR_TABLE, "tingkat", nama="Nama Indikator"),)
    )
    swap = {"rab": rab, "tor": tor, "indikator": indikator}
    return replace(
        USULAN,
        version=1,
        sheets=tuple(swap.get(s.key, s) for s in USULAN.sheets if s is not IKU),
        upgrades="belum memuat prakiraan maju, tingkat indikator, daftar lampiran, dan lembar Calon IKU",
    )


USULAN_VERSIONS: Mapping[int, Book] = {1: _version_1(), 2: USULAN}
"""Accepted versions by number; anything else is refused by name."""
