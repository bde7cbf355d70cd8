"""The price list of Kantor.xlsx by code. A regency's has tens of thousands of lines, of which units name a few."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.values import fold
from kinerja_xl.words.text import fold_all


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """One line of the price list. ``harga`` in whole rupiah; ``batas`` True: a ceiling, False: an estimate."""

    kode: str
    uraian: str
    spesifikasi: str
    satuan: str
    jenis: str
    harga: int
    batas: bool
    kode_rekening: str


class PriceList(Mapping[str, Price]):
    """Its lines that have a code and a price; of equal codes the last one stands. Each is made when somebody asks for it."""

    def __init__(self, rows: Iterable[Row]) -> None:
        priced = (row for row in rows if isinstance(row.values.get("harga"), Decimal))
        self._rows = {kode: row for row in priced if (kode := row.text("kode").strip())}
        self._made: dict[str, Price] = {}

    def __getitem__(self, kode: str) -> Price:
        if kode not in self._made:
            self._made[kode] = _price(kode, self._rows[kode])
        return self._made[kode]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def listed(self) -> Iterator[tuple[object, ...]]:
        """Its lines as they stand on a list sheet, by column: a line that nobody asks for by its code costs no more than that."""
        values = [row.values for row in self._rows.values()]
        name, more, unit, kind = (
            [str(own.get(key) or "").strip() for own in values] for key in ("uraian", "spesifikasi", "satuan", "jenis")
        )
        price = [int(own) for row in self._rows.values() if isinstance(own := row.values["harga"], Decimal)]
        return zip(self._rows, name, [text or None for text in more], unit, kind, price, strict=True)

    @cached_property
    def by_name(self) -> Mapping[str, list[str]]:
        """The codes of what has this name, folded."""
        found: dict[str, list[str]] = {}
        for name, kode in zip(fold_all([row.text("uraian").strip() for row in self._rows.values()]), self._rows, strict=True):
            found.setdefault(name, []).append(kode)
        return found


def _price(kode: str, row: Row) -> Price:
    harga = row.number("harga")
    assert harga is not None
    return Price(
        kode=kode, uraian=row.text("uraian").strip(), spesifikasi=row.text("spesifikasi").strip(),
        satuan=row.text("satuan").strip(), jenis=row.text("jenis").strip(), harga=int(harga),
        batas=fold(row.text("sifat")) != "estimasi", kode_rekening=row.text("kode_rekening").strip(),
    )  # fmt: skip
