"""Padanan.xlsx: how the office reads layouts of others. One row per answered question, readable and editable in Excel."""

from __future__ import annotations

from kinerja_xl.sheets import kinds
from kinerja_xl.sheets.model import Book, Column, Sheet, Table

PADANAN_TABLE = Table(
    key="padanan", title="Padanan Kolom", rows=60, unique=(("sidik", "kunci"),),
    note="Satu baris per jawaban. Jawaban boleh diganti dengan pilihan lain yang tertulis; baris yang dihapus akan ditanyakan lagi.",
    columns=(
        Column(key="sidik", label="Sidik Tata Letak", kind=kinds.teks(wrap=False), required=True, width=20,
               hint="Dihitung dari judul kolom; tidak bergantung pada letak dan urutannya."),
        Column(key="asal", label="Pertama Ditemui di", kind=kinds.teks(), width=34, hint="Berkas dan lembar."),
        Column(key="judul", label="Judul Kolom", kind=kinds.teks(), required=True, width=60),
        Column(key="kunci", label="Kunci", kind=kinds.teks(wrap=False), required=True, width=16),
        Column(key="pertanyaan", label="Pertanyaan", kind=kinds.teks(), width=44),
        Column(key="pilihan", label="Pilihan", kind=kinds.teks(), width=44),
        Column(key="jawaban", label="Jawaban", kind=kinds.teks(), required=True, width=34),
    ),
)  # fmt: skip

PADANAN = Book(
    key="padanan",
    title="Padanan Kolom",
    version=1,
    sheets=(
        Sheet(
            key="padanan", name="Padanan", title="Padanan Kolom", blocks=(PADANAN_TABLE,),
            intro="Cara kantor membaca tata letak buatan kantor lain; ditulis oleh kinerja-xl baca, boleh diubah di sini.",
        ),
    ),
)  # fmt: skip
