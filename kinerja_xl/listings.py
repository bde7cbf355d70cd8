"""Which lists a workbook carries: the closed ones of the guideline, the office's own, and the coded ones.

``default_listings`` serves Kantor.xlsx itself and checking without an office; ``unit_listings`` a unit's form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kinerja_xl.lists.codes import Level, ProgramNode
from kinerja_xl.lists.units import satuan
from kinerja_xl.office import Office, Unit
from kinerja_xl.sheets.choices import CHOICES, EDITABLE, KRITERIA_IKU
from kinerja_xl.sheets.listing import Listing, Listings

_TITLES = {
    "ya_tidak": "Ya/Tidak", "tanda": "Tanda", "jenis_belanja": "Jenis belanja", "jenis_standar": "Standar harga",
    "sifat_harga": "Sifat harga", "sifat_kegiatan": "Sifat kegiatan", "tahap_kerja": "Tahap kerja",
    "jenis_lampiran": "Jenis lampiran", "level_indikator": "Level indikator", "tipe_indikator": "Tipe indikator",
    "tingkat": "Tingkat", "arah": "Arah", "akumulasi": "Cara menjumlah", "status_pejabat": "Status jabatan",
    "tahap": "Tahap", "tingkat_catatan": "Tingkat catatan",
    "level_program": "Level", "sumber_dana": "Sumber dana", "dimensi": "Dimensi", "skala": "Skala",
    "satuan": "Satuan", "sub_kegiatan": "Sub kegiatan", "kode_program": "Program, kegiatan, sub kegiatan",
    "kriteria_iku": "Kriteria IKU dan bobotnya",
    "rekening": "Rekening belanja", "standar": "Standar harga (SSH, SBU, HSPK, ASB)",
}  # fmt: skip


def _plain(values: Mapping[str, Iterable[str]]) -> list[Listing]:
    return [_listing(name, ((v,) for v in entries)) for name, entries in values.items()]


def _listing(name: str, rows: Iterable[tuple[object, ...]]) -> Listing:
    return Listing(name=name, title=_TITLES[name], rows=tuple(rows))


def _named(listings: Iterable[Listing]) -> Listings:
    return Listings(by_name={listing.name: listing for listing in listings})


def default_listings() -> Listings:
    """Lists that need no office: the guideline's, their defaults, and the units of measure."""
    units = _listing("satuan", ((kanonik,) for kanonik in satuan()))
    return _named([units, *_plain(CHOICES), *_plain(EDITABLE), _listing("kriteria_iku", KRITERIA_IKU.items())])


def _codes(name: str, nodes: Iterable[ProgramNode]) -> Listing:
    return _listing(name, ((node.kode, node.nama) for node in nodes))


def office_listings(office: Office, unit: Unit | None = None) -> Listings:
    """All lists of a form. With a unit, codes are limited to its duties: its pagu first decides, then its tugas."""
    nodes = [n for n in sorted(office.programs.values(), key=lambda n: n.kode) if unit is None or _concerns(unit, n)]
    own = {sub for (kode, sub), _ in office.pagu.items() if unit is not None and kode == unit.kode}
    subs = [n for n in nodes if n.level is Level.SUBKEGIATAN]
    extra = [office.programs[k] for k in sorted(own - {n.kode for n in subs}) if k in office.programs]
    return _named(
        [
            _codes("sub_kegiatan", [*subs, *extra]),
            _codes("kode_program", [*nodes, *extra]),
            _listing("rekening", _leaf_accounts(office)),
            _listing("standar", _prices(office)),
            _listing("satuan", ((kanonik,) for kanonik in satuan())),
            *_plain({**CHOICES, **office.lists}),
            _listing("kriteria_iku", office.bobot_iku.items()),
        ]
    )  # fmt: skip


def _leaf_accounts(office: Office) -> Iterable[tuple[object, ...]]:
    """Accounts that can be booked on (twelve digits, six parts), with their jenis belanja."""
    for kode, nama in sorted(office.accounts.items()):
        if kode.count(".") == 5:
            yield kode, nama, office.account_jenis.get(kode)


def _prices(office: Office) -> Iterable[tuple[object, ...]]:
    for p in office.prices.values():
        yield p.kode, p.uraian, p.spesifikasi or None, p.satuan, p.jenis, p.harga


def _concerns(unit: Unit, node: ProgramNode) -> bool:
    """A node within the unit's duties, or above one of them."""
    return unit.owns(node.kode) or any(t.startswith(node.kode + ".") for t in unit.tugas)
