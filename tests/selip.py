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
    # read aloud once more: the catalogue, docs, help, pages, mail and letters
    Slip(r"(?<!\| )\b[Ss]ebut\b", "Sebut zonanya dengan --zona", "Sebutkan zonanya dengan --zona"),
    Slip(r"[\w)}\"”`%*] (tetapi|melainkan|sedangkan)\b",
         "angkanya ada tetapi tidak dikenali", "angkanya ada, tetapi tidak dikenali"),
    Slip(r"\b([Aa]nalisa|beritahu|memberitahu|terlanjur|resiko|ijin|aktifitas|praktek|silahkan|merubah|dirubah|sekedar|kwitansi|"
         r"apapun|manapun|siapapun|dimana|kemana|disini|diatas|dibawah|didalam|diluar|disamping|kerjasama|terimakasih|tandatangan)\b",
         "beritahu unitnya; resiko, ijin, apapun", "beri tahu unitnya; risiko, izin, apa pun"),
    Slip(r"\b(punya|ketemu|cuma|bikin|harus apa)\b",
         "baris lain punya, yang tidak ketemu", "baris lain mempunyainya, yang tidak ditemukan"),
    Slip(r"[,;] di mana\b", "Angka desimal; di mana tidak ada", "Angka desimal; bila tidak ada"),
    Slip(r"\b(dihitung|dikenali|terisi) sendiri\b", "Volume dihitung sendiri", "Volume dihitung otomatis"),
    Slip(r"\bperlu apa-apa\b", "Tidak perlu apa-apa", "Tidak perlu tindakan"),
    Slip(r"\bberangka\b", "baris berangka tanpa nama", "baris yang berisi angka tanpa nama"),
    Slip(r"\b[Tt]inggalkan\b", "Tinggalkan satu macam laporan", "Sisakan satu macam laporan"),
    Slip(r"\b[Pp]eriksa bahwa\b", "Periksa bahwa kolom itu yang dimaksud", "Pastikan kolom itu yang dimaksud"),
    Slip(r"\bterlambat untuk\b", "PK tidak terlambat untuk batas usulan", "Batas waktu usulan tidak berlaku untuk PK"),
    Slip(r"\bjauh dari (tahun|rencana)\b", "Harga jauh dari tahun lalu", "Harga jauh berbeda dari tahun lalu"),
    Slip(r"[tn]uduh", "total yang benar tidak dituduh, unit tidak menuduh", "total yang benar tidak disebut salah"),
    Slip(r"\btanpa kata[.,;]|\bmendapat kalimat\b", "dahulu dilewati tanpa kata.", "dahulu dilewati tanpa disebut."),
    Slip(r"\b(ber)?status \d\b|[Aa]ngka keluaran", "berakhir dengan status 2", "berakhir dengan kode hasil 2"),
    Slip(r"\bada atau tidak satu\b", "datanya tidak ada atau tidak satu", "datanya tidak ada atau lebih dari satu"),
    Slip(r"\bberkata (sandi|[A-Z])",
         "Cek Mandiri berkata SIAP, berkas berkata sandi", "Cek Mandiri menunjukkan SIAP, berkas dikunci kata sandi"),
    Slip(r"\byang jangan\b|\bAnda yang tahu\b", "Yang hanya Anda yang tahu", "Yang hanya Anda ketahui"),
    Slip(r"\bKirim (rekap|surel)\b", "Kirim rekap dengan surel", "Draf surel dengan rekap terlampir"),
    Slip(r"[Aa]tas perhatiannya\b",
         "Atas perhatiannya kami ucapkan terima kasih", "Atas perhatian Bapak/Ibu, kami ucapkan terima kasih"),
    Slip(r"\bsebagai berikut\.", "dengan hasil sebagai berikut.", "dengan hasil sebagai berikut:"),
    Slip(r"\b([Vv]olume|[Kk]oefisien|[Ss]kor|[Hh]arga)( \d+)? x \w", "volume x harga", "volume × harga"),
    Slip(r"\} persen\b", "terbaca {nilai} persen", "terbaca {nilai} %"),
    Slip(r"\b\d-\d tahun\b", "sesudah 2-5 tahun", "sesudah 2 sampai 5 tahun"),
    Slip(r"(?<!\()\b\d\d-\d\d-\d{4}\b", "diterima 18-09-2024", "diterima 18 September 2024"),
    Slip(r"(?<![\"“`])\b([Hh]arga|[Dd]isepakati|[Aa]nggaran|[Pp]agu|[Bb]erjumlah|[Rr]inciannya|[Hh]onor|RAB|[Ss]edikitnya) "
         r"\d{1,3}(\.\d{3})+\b", "anggaran 12.000.000", "anggaran Rp12.000.000"),
    Slip(r"(?<!Tengahkan )\(Merge & Center\)|\((Unhide|Protect Sheet|Extract|Review)\b|\bLindungi Buku Kerja\b",
         "Tampilkan lembar itu (Unhide)", "Tampilkan lembar itu (klik kanan > Tampilkan / Unhide)"),
    # and every sentence of the catalogue and the guide, one by one
    Slip(r"(?<![Cc]ara )\bmenjumlah\b|\bdijumlah\b|\bdirata-rata\b",
         "tidak ikut dijumlah, targetnya dirata-rata", "tidak ikut dijumlahkan, targetnya dirata-ratakan"),
    Slip(r", jadi (?!Rp)[\w`\"]", "tidak dapat dihitung di sini, jadi belum dibandingkan",
         "tidak dapat dihitung di sini, sehingga belum dibandingkan"),
    Slip(r"\b([Mm]emang|[Dd]engan) begitu\b", "bila formulirnya memang begitu", "bila formulirnya memang demikian"),
    Slip(r"(?<!yang )\b[Tt]idak dihitung menurut (pedoman|keputusan)\b",
         "Tidak dihitung menurut pedoman", "Menurut pedoman tidak dihitung"),
    Slip(r"\bberdiri pula\b", "di belakang kalimat berdiri pula saran", "di belakang kalimat ditambahkan saran"),
)  # fmt: skip
"""The titles of messages, which were cut at 32 letters, and the places in the guideline have tests of their own."""

ANY = re.compile("|".join(f"(?:{slip.kind})" for slip in SLIPS))

PLACE = re.compile(r"\((I{1,3}|IV|VI{0,3})\.[A-H]\b[^)]*\)")
"""A place in the guideline, which a printed title does not name."""
