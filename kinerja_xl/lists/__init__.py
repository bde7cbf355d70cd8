"""Reference lists as data files (TSV), loaded once into typed, frozen objects. No pandas, no openpyxl."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kinerja_xl.words import table


def rows(name: str) -> list[dict[str, str]]:
    """The rows of ``lists/<name>.tsv`` as texts by column. Raises ValueError where a row has a wrong width."""
    return table(name, __package__)


# ---- Example price list: prices of other regions, for samples and trials; an office loads its own ----


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """One price. ``jenis`` is SSH, SBU, HSPK or ASB; ``harga`` whole rupiah per ``satuan``; ``kode_rekening`` the
    account it is usually booked on, "" where none is usual."""

    kode: str
    jenis: str
    uraian: str
    spesifikasi: str
    satuan: str
    harga: int
    kode_rekening: str


@cache
def example_prices() -> tuple[Price, ...]:
    """The example prices in the order of their list."""
    return tuple(
        Price(
            kode=row["kode"], jenis=row["jenis"], uraian=row["uraian"], spesifikasi=row["spesifikasi"], satuan=row["satuan"],
            harga=int(row["harga"]), kode_rekening=row["kode_rekening"],
        )
        for row in rows("harga_contoh")
    )  # fmt: skip
