"""Tables that look like a budget or a price list and are none: lists of staff and stock, documents of trade, price analyses.

Each answers with a short Indonesian reason, or "" where nothing speaks against the table.
"""

from __future__ import annotations

import re

from kinerja_xl.foreign.columns import Layout
from kinerja_xl.sheets.values import fold

_STRANGE = re.compile(
    r"^(?:nik|nip|nisn?|nim|nokk|npwp|golongan|gol|pangkatgol|tempatlahir|tgllahir|tanggallahir|jeniskelamin|lp|alamat|nohp|notelp|email"
    r"|debit|debet|kredit|kreditrp|stok|stokawal|stokakhir|stock|pelanggan|customer|pembeli|penjualan|terjual|absen|hadir|izin|alpa|kelas"
    r"|nilaiujian|nilaitugas|uts|uas|gajipokok|tunjangan\w*|potongan|takehomepay|nopolisi|nomorrangka|noregister|hargaperolehan"
    r"|tahunperolehan|masamanfaat|penyusutan|akumulasipenyusutan|nilaibuku|luastanah|sertifikat"
    r"|nomorregister|register|nup|asalusul(?:barang)?|caraperolehan|tahun(?:pembelian|pembuatan|pengadaan)|nilaiperolehan"
    r"|rangka|mesin|polisi|bpkb|kondisi(?:barang)?|no(?:mor)?bukti"
    r"|no(?:mor)?(?:nota|faktur|invoice|transaksi|struk)|metode(?:bayar|pembayaran)|kasir|diskon)$"
)
_STOCK = re.compile(
    r"^(?:saldo|persediaan|stok|stock)(?:awal|akhir)$|^mutasi(?:masuk|keluar|tambah|kurang)?$|^(?:barang)?(?:masuk|keluar)$"
)
"""Movements of goods: often the upper heading over "Jumlah" and "Nilai"."""
_LISTED = re.compile(
    r"^(?:saldoawal|saldoakhir|masuk|keluar|barangmasuk|barangkeluar|sisastok|nilaipersediaan"
    r"|diterima|jumlahditerima|yangditerima|jumlahdibayarkan|jumlahbersih|jabatandalamtim|namapegawai|namapenerima|uangharian\w*"
    r"|ttd|tandatangan\w*|paraf|pph(?:ps)?(?:21|22|23)?|noregister|nomorregister|register|tahunpembelian|tahunpengadaan|asalusul"
    r"|nomorrangka|nomesin|nopolisi|nomorpolisi|km|liter|hargaliter|lakilaki|perempuan|kk|jumlahkk|jiwa|statustanah|luasm2|luas|nobukti"
    r"|keadaanawal|keadaanakhir|mutasi(?:tambah|kurang)|debet|kredit)$"
)
"""Columns of lists that are kept beside a budget: stock, payments to people, assets, vehicles, inhabitants."""
_DOCUMENT = re.compile(
    r"(?:^|\|)\s*(?:faktur|invoice|kuitansi|kwitansi|bon\b|nota\s+(?:pesanan|penjualan|pembelian|toko|kontan)|surat\s+(?:pesanan|jalan)"
    r"|tanda\s+terima|bukti\s+(?:kas|pembayaran|pengeluaran)|daftar\s+(?:hadir|gaji|pembayaran\s+gaji|penerima|nominatif)|buku\s+kas"
    r"|buku\s+pembantu|slip\s+gaji|kartu\s+(?:inventaris|persediaan|stok|barang|pemakaian|kendali)|rekening\s+koran"
    r"|laporan\s+persediaan|stock?\s+opname)\b",
    re.IGNORECASE,
)
"""The first words of a title that name a document of trade or bookkeeping: what was bought or paid, not what is planned."""
_PLANNED = re.compile(
    r"\brab\b|\brka|\bdpa\b|\blra\b|\brencana\b|anggaran\s+biaya|\bpagu\b|\bstandar|realisasi\s+(?:anggaran|belanja)",
    re.IGNORECASE,
)


def another_document(made: Layout, title: str) -> str:
    """Why a table with the columns of a budget is none: its title, or two of its headings, name another document."""
    if made.of("anggaran", "realisasi", "target") or _PLANNED.search(title):
        return ""
    if found := _DOCUMENT.search(f"{made.region.grid.name} | {title}"):
        name = " ".join(found[0].strip("| ").split())
        return f'menurut judulnya ("{name}") ini bukti atau daftar lain, bukan rencana anggaran'
    headings = {re.sub(r"\([^)]*\)", "", text): c for c in made.columns.values() for text in c.path}
    listed = [column for heading, column in headings.items() if _of_a_list(heading)]
    if len(listed) >= 2:
        names = f'"{listed[0].name}" dan "{listed[1].name}"'
        return f"kolom {names} menunjukkan daftar lain (pembayaran, persediaan, aset, atau penduduk)"
    return ""


def _of_a_list(heading: str) -> bool:
    return bool(_LISTED.match(fold(heading)) or _STRANGE.match(fold(heading)))


_ANALYSIS = re.compile(r"\b(?:biaya umum|harga satuan pekerjaan|tenaga kerja|jumlah harga (?:bahan|alat|tenaga))", re.IGNORECASE)


def of_another_trade(made: Layout) -> str:
    """Why a table with figures is none of ours: staff, goods in stock, bookkeeping, an analysis of one unit price."""
    strange = [
        c for c in made.columns.values()
        if any(_STRANGE.match(fold(text)) for text in c.path[-1:]) or any(_STOCK.match(fold(text)) for text in c.path)
    ]  # fmt: skip
    if len(strange) >= 2 or (strange and len(made.columns) <= 6 and not made.of("kode", "volume", "anggaran")):
        return f'judul seperti "{strange[0].name}" menunjukkan tabel lain (pegawai, persediaan, pembukuan, atau aset)'
    grid, name = made.region.grid, made.first("uraian")
    if name is not None and made.of("harga") and any("koef" in " ".join(c.path).lower() for c in made.of("volume")):
        words = {m[0].lower() for row in made.region.rows[:60] if (m := _ANALYSIS.search(str(grid.value(row, name) or "")))}
        words |= {
            m[0].lower() for row in made.region.rows[:60] if (m := _ANALYSIS.search(str(grid.value(row, made.region.left) or "")))
        }
        if len(words) >= 2:
            return "analisa harga satuan (koefisien), bukan daftar harga atau RAB"
    return ""
