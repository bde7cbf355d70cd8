"""Slips of language that stood on our sheets, letters and pages once: the kind of each, how it was written, and what is better.

A kind is a pattern that fits the slip in whatever words stand around it, and does not fit the better sentence.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Slip(NamedTuple):
    kind: str
    written: str
    better: str


SLIPS = (
    Slip(r"\b(Turunkan|Kurangi|Naikkan|Tambah)\b[^.;:]*(?<!menjadi )\bpaling (tinggi|rendah|banyak|sedikit) (\{|Rp|\d)",
         "Turunkan harga satuan paling tinggi Rp5.000.", "Turunkan harga satuan menjadi paling tinggi Rp5.000."),
    Slip(r"\btanpa semua\b", "dihitung tanpa semua triwulan", "dihitung tanpa TW III (belum diisi)"),
    Slip(r"\b[Rr]umus\w* (yang )?hidup\b", "Rumusnya hidup", "Angkanya berupa rumus dan ikut berubah"),
    Slip(r"\bmengalahkan\b", "keduanya mengalahkan angkanya", "yang dipakai pembilang dan penyebut"),
    Slip(r"\bberdiri (di|menurut|dengan)\b", "Yang tidak dihitung berdiri di samping jumlah", "dicantumkan di samping jumlah"),
    Slip(r"\btidak pernah (ada )?di dalam", "tidak pernah di dalamnya", "tidak ikut dijumlahkan"),
    Slip(r"\bexit status\b", "Angka keluaran perintah (exit status)", "Kode hasil perintah"),
    Slip(r"\bbekerja selama\b", "Tautan bekerja selama berkasnya ada", "Tautan berfungsi selama berkasnya ada"),
    Slip(r"\bdapat baru\b", "yang sebelumnya tertutup dapat baru tampak", "kesalahan yang tadinya tertutup baru terlihat"),
    Slip(r"\bselagi\b", "Capaian selagi mengetik", "Capaian sementara"),
    Slip(r"\bdipakai orang\b|\bbandingan saja\b", "cara lain yang juga dipakai orang, sebagai bandingan saja",
         "cara lain yang lazim, sebagai pembanding"),
    Slip(r"\bRata-rata Atas\b", "Rata-rata Atas", "Rata-rata untuk"),
    Slip(r"\bPeringatan: (tertinggal|mendahului|sesuai)\b", "Peringatan: tertinggal", "Yang tertinggal"),
    Slip(r"^Dihitung \(%\)$", "Dihitung (%)", "Capaian yang Dipakai (%)"),
    Slip(r"\bbelum tiba\b", "belum tiba", "belum waktunya"),
    Slip(r"\bmendahului uang\b", "pekerjaan mendahului uang", "pembayaran tertinggal dari pekerjaan"),
    Slip(r"\bkita\b", "data kita", "data kantor"),
    Slip(r"\b[Tt]idak ada yang \w+ sendiri\b", "tidak ada yang dipilih sendiri", "program tidak memilih sendiri"),
    Slip(r"\b(yang|akan) batal bila\b", "bagian yang batal bila diubah", "bagian yang tidak boleh diubah"),
    Slip(r"\btahu masuk\b", "Baris tidak tahu masuk kelompok mana", "Kelompok baris tidak jelas"),
    Slip(r"\b(bertambah|naik|tetap) (berkurang|turun|berubah)\b", "Angka yang seharusnya bertambah berkurang",
         "Angka kumulatif berkurang"),
    Slip(r"\bdapat ada\b", "Bila realisasi memang belum dapat ada", "Bila realisasi belum ada"),
    Slip(r"\bini menjawab\b|\bmenjawab triwulan\b", "Berkas ini menjawab triwulan itu", "Berkas ini untuk triwulan tersebut"),
    Slip(r"\b[Mm]engubah \w+ dilakukan\b", "Mengubah target dilakukan lewat DPA", "Target hanya dapat diubah lewat DPA"),
    Slip(r"\b(menelan|tertelan)\b", "Sel gabungan menelan isian wajib", "Isian wajib tertutup sel gabungan"),
    Slip(r"\bhonor(arium)? yang dibeli\b", "Barang, jasa, atau honor yang dibeli", "Barang, jasa, atau honor yang dibiayai"),
    Slip(r"\bIsi dengan (pilihan|tahun|tanggal|angka|teks|rupiah)\b", "Isi dengan pilihan.", "Pilih dari daftar."),
    Slip(r"\bdalam seluruhnya\b", "Pergeseran Rp1.500.000 dalam seluruhnya", "Pergeseran Rp1.500.000 dalam keseluruhan anggaran"),
    Slip(r"(?<![\"“`])\bkinerja-xl [a-z]+ (\{\}|[A-Z]\S*) (agar|supaya|untuk)\b",
         "jalankan kinerja-xl formulir {} agar formulir mengikutinya", "perbarui formulirnya: kinerja-xl formulir {}"),
    Slip(r"(?<!Demikian )\b[Bb]erita acara (ini )?dibuat dengan sebenarnya\b", "Berita acara dibuat dengan sebenarnya",
         "Demikian berita acara ini dibuat dengan sebenarnya"),
    Slip(r"\bPada hari ini tanggal\b", "Pada hari ini tanggal 18 Desember", "Pada hari ini Rabu tanggal delapan belas"),
    Slip(r"\bKepala Subbag\b", "Kepala Subbag Umum", "Kepala Subbagian Umum"),
    Slip(r"\bTOR ?/ ?KERANGKA\b", "TOR/KERANGKA ACUAN KERJA", "KERANGKA ACUAN KERJA (TOR)"),
    Slip(r"\bmenurut Penetapan, bukan\b", "menurut Penetapan, bukan menurut lembar PK", "menurut Perubahan ke-1"),
    # and what is no row of the list, but was mended with its siblings
    Slip(r"(?<!sebagaimana )\bmestinya\b(?!\})", "isinya mestinya sama", "isinya seharusnya sama"),
    Slip(r"\}%", "{persen}%", "{persen} %"),
    Slip(r"^JUMLAH$", "JUMLAH", "Jumlah"),
)  # fmt: skip
"""The titles of messages, which were cut at 32 letters, and the places in the guideline have tests of their own."""

ANY = re.compile("|".join(f"(?:{slip.kind})" for slip in SLIPS))

PLACE = re.compile(r"\((I{1,3}|IV|VI{0,3})\.[A-H]\b[^)]*\)")
"""A place in the guideline, which a printed title does not name."""
