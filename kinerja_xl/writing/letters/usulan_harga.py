"""The list of usulan standar harga: what units need and the regency's price list does not hold (III.C.2.b)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from kinerja_xl.office import Office
from kinerja_xl.reckoning.recap import RabLine
from kinerja_xl.sheets.formats import format_number
from kinerja_xl.sheets.values import fold
from kinerja_xl.writing.letters import style
from kinerja_xl.writing.letters.normalise import finished
from kinerja_xl.writing.letters.papers import signer
from kinerja_xl.writing.letters.parts import dated, letterhead, signatures, title
from kinerja_xl.writing.letters.prose import DOTS, Lists, say
from kinerja_xl.writing.letters.tables import Cell, Column, Row, add_table

COLUMNS = (
    Column(head="No", width=9, side="tengah"), Column(head="Uraian", width=62), Column(head="Spesifikasi", width=52),
    Column(head="Satuan", width=25, side="tengah"), Column(head="Harga Usulan (Rp)", width=33, side="kanan"),
    Column(head="Kode Rekening", width=38), Column(head="Unit Pengusul", width=44), Column(head="Keterangan", width=34),
)  # fmt: skip
NOTHING = "Semua barang dan jasa dalam RAB sudah ada pada daftar standar harga."


def write_usulan_harga(lines: Sequence[RabLine], office: Office) -> bytes:
    """``lines``: the rows without a price standard. The same thing at the same price stands once, with all its units."""
    paper = style.paper_of(office).turned()
    document = style.new_document(office, f"Daftar Usulan Standar Harga {office.tahun}", paper)
    lists = Lists(document)
    style.footer(document.sections[0], f"Usulan standar harga, {office.nama}, Tahun Anggaran {office.tahun}", paper)
    letterhead(document, office, paper.room)
    title(document, "DAFTAR USULAN STANDAR HARGA", f"Tahun Anggaran {office.tahun}")
    say(document, "Barang dan jasa berikut diperlukan dalam RAB tetapi belum ada pada daftar standar harga kabupaten.")
    rows = list(_rows(lines)) or [Row(cells=(Cell(text=NOTHING, span=len(COLUMNS)),))]
    add_table(document, COLUMNS, rows, lists, room=paper.room, tie=True)
    camat = signer(office.official("camat"), "Camat", dated(office.tempat, office.tanggal))
    signatures(document, [None, camat], paper.room)
    return finished(document)


def _rows(lines: Iterable[RabLine]) -> Iterable[Row]:
    same: dict[tuple[str, ...], list[RabLine]] = {}
    for line in lines:
        key = tuple(fold(str(line.row.get(k) or "")) for k in ("uraian", "spesifikasi", "satuan", "kode_rekening"))
        same.setdefault((*key, str(line.row.get("harga_satuan"))), []).append(line)
    for number, group in enumerate(same.values(), start=1):
        get = group[0].row.get
        price = get("harga_satuan")
        units = "\n".join(dict.fromkeys(line.unit_nama for line in group))
        notes = "; ".join(dict.fromkeys(str(text) for line in group if (text := line.row.get("keterangan"))))
        yield Row(
            cells=(
                str(number), str(get("uraian") or DOTS), str(get("spesifikasi") or ""), str(get("satuan") or DOTS),
                format_number(price) if isinstance(price, Decimal) else DOTS, str(get("kode_rekening") or DOTS), units, notes,
            )
        )  # fmt: skip
