"""Office sheets that hold no budget, realisasi, indicator or price table: what a planner expects is "none", with a sentence why.

Every builder gives sheet name → rows. The people and places are invented; headings and habits are those of real offices.
"""

# ruff: noqa: E501  rows of sheets and parts of packages read as they stand
from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from itertools import cycle, islice

from tests.asing_uji import xlsx

Rows = Sequence[Sequence[object]]
Sheets = Mapping[str, Rows]
N = None

NAMES = (
    "Andi Baso", "Siti Rahma", "Yusuf Lamba", "Rina Palinggi", "Daud Tandi", "Nurhayati", "Melki Sampe", "Hasan Basri",
    "Ester Bunga", "Muh. Ilyas", "Yohana Sarira", "Abdul Rahim", "Kartini", "Marthen Rante", "Sulaeman", "Dewi Anggun",
)  # fmt: skip
VILLAGES = ("Desa Alam Biru", "Desa Batu Apung", "Desa Cemara", "Desa Danau Hijau", "Kelurahan Embun", "Desa Fajar Timur")
POSTS = ("Camat", "Sekretaris", "Kasi Pemerintahan", "Kasi PMD", "Kasubag Umum", "Pelaksana")
RAB = ["No", "Uraian", "Volume", "Satuan", "Harga Satuan (Rp)", "Jumlah (Rp)"]
GOODS = (("Kertas HVS F4", "rim", 65000), ("Tinta printer", "botol", 120000), ("Map snelhecter", "buah", 5000),
         ("Ordner", "buah", 32000), ("Pulpen", "lusin", 36000), ("Amplop", "dos", 28000))  # fmt: skip

LAYOUTS: dict[str, Callable[[], Sheets]] = {}


def layout(make: Callable[[], Sheets]) -> Callable[[], Sheets]:
    LAYOUTS[make.__name__] = make
    return make


def people(count: int) -> list[str]:
    return list(islice(cycle(NAMES), count))


def nip(i: int) -> str:
    return f"19{70 + i % 25}0{1 + i % 9}1{i % 9} 200{i % 9}01 1 0{i:02}"


@layout
def daftar_hadir() -> Sheets:
    head = [["PEMERINTAH KABUPATEN CONTOH"], ["KECAMATAN ALAM BIRU"], [], ["DAFTAR HADIR"], ["Kegiatan", ":", "Rapat Anggaran"],
            ["Hari/Tanggal", ":", "Senin, 3 Maret 2025"], []]  # fmt: skip
    rows = [[i, name, nip(i), POSTS[i % 6], f"{i}." if i % 2 else N, N if i % 2 else f"{i}."] for i, name in enumerate(people(25), 1)]
    return {"Hadir": [*head, ["No", "Nama", "NIP", "Jabatan", "Tanda Tangan", N], *rows, [], [N, N, N, "Camat,"], [N, N, N, "Andi Baso"]]}


@layout
def kontak_pegawai() -> Sheets:
    rows = [[i, name, f"08{1234567000 + i * 37}", 81234567000 + i, f"pegawai{i}@contoh.go.id"] for i, name in enumerate(people(30), 1)]
    return {"Kontak": [["DAFTAR NOMOR HP PEGAWAI"], ["NO", "NAMA", "NO. HP", "WA", "EMAIL"], *rows]}


@layout
def jadwal_kegiatan() -> Sheets:
    months = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"]
    works = ["Penyusunan Renja", "Musrenbang", "Asistensi RKA", "Evaluasi triwulan", "Penyusunan LKjIP", "Monitoring desa"]
    rows = [[i, work, *["√" if (m + i) % 4 == 0 else N for m in range(12)], "Kasubag Perencanaan"] for i, work in enumerate(works, 1)]
    return {"Jadwal": [["JADWAL PELAKSANAAN KEGIATAN TAHUN 2025"], [], ["No", "Kegiatan", *months, "Penanggung jawab"], *rows]}


@layout
def skp_kosong() -> Sheets:
    return {"SKP": [
        ["SASARAN KINERJA PEGAWAI"], ["PERIODE PENILAIAN: 1 JANUARI SD 31 DESEMBER 2025"], ["NO", "PEGAWAI YANG DINILAI", N, "NO", "PEJABAT PENILAI"],
        [1, "NAMA", N, 1, "NAMA"], [2, "NIP", N, 2, "NIP"], [3, "PANGKAT/GOL", N, 3, "PANGKAT/GOL"], [4, "JABATAN", N, 4, "JABATAN"],
        ["HASIL KERJA"], ["NO", "RENCANA HASIL KERJA PIMPINAN", "RENCANA HASIL KERJA", "ASPEK", "INDIKATOR KINERJA INDIVIDU", "TARGET"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"], ["A. UTAMA"], [1, N, N, "Kuantitas"], [N, N, N, "Kualitas"], [N, N, N, "Waktu"],
        [2, N, N, "Kuantitas"], [N, N, N, "Kualitas"], [N, N, N, "Waktu"], ["B. TAMBAHAN"], [1, N, N, "Kuantitas"],
        ["PERILAKU KERJA"], [1, "Berorientasi Pelayanan", "Ekspektasi khusus pimpinan:"], [2, "Akuntabel", "Ekspektasi khusus pimpinan:"],
    ]}  # fmt: skip


@layout
def surat_undangan() -> Sheets:
    return {"Surat": [
        ["PEMERINTAH KABUPATEN CONTOH"], ["KECAMATAN ALAM BIRU"], ["Jalan Mawar Nomor 1, Kode Pos 92900"], [],
        ["Nomor", ":", "005/112/KEC-AB/III/2025"], ["Lampiran", ":", "1 (satu) lembar"], ["Perihal", ":", "Undangan"], [],
        ["Kepada Yth."], ["Para Kepala Desa"], ["di Tempat"], [],
        ["Sehubungan dengan pembahasan rencana anggaran biaya (RAB) desa tahun 2025 sebesar Rp1.250.000.000, diharap hadir pada:"],
        ["Hari", ":", "Kamis"], ["Tanggal", ":", date(2025, 3, 13)], ["Pukul", ":", "09.00 WITA"], [], [N, N, "Camat,"], [N, N, "Andi Baso"],
    ]}  # fmt: skip


@layout
def notulen() -> Sheets:
    return {"Notulen": [
        ["NOTULEN RAPAT"], ["Acara", "Pembahasan Realisasi Anggaran Triwulan II"], ["Pimpinan", "Camat"], ["Peserta", 24],
        ["No", "Pembicara", "Pokok Pembahasan", "Tindak Lanjut"],
        [1, "Sekcam", "Realisasi anggaran baru 41,5 % dari pagu Rp3.120.000.000", "Percepatan bulan Juli"],
        [2, "Kasi PMD", "Target indikator desa mandiri 6 desa, capaian 4 desa", "Pendampingan 2 desa"],
        [3, "Bendahara", "Sisa anggaran ATK Rp12.500.000 dialihkan", "Usul pergeseran"],
    ]}  # fmt: skip


@layout
def disposisi() -> Sheets:
    return {"Disposisi": [
        ["LEMBAR DISPOSISI"], ["Surat dari", ":", "Bappeda", N, "Diterima tanggal", ":", date(2025, 2, 4)],
        ["No. Surat", ":", "050/77/Bappeda", N, "No. Agenda", ":", 118], ["Tgl. Surat", ":", date(2025, 2, 1), N, "Sifat", ":", "Segera"],
        ["Hal", ":", "Permintaan RKA dan Indikator Kinerja"], ["Diteruskan kepada:", N, N, N, "Dengan hormat harap:"],
        ["□ Sekretaris", N, N, N, "□ Tanggapan dan saran"], ["□ Kasi PMD", N, N, N, "□ Proses lebih lanjut"], ["Catatan:"],
    ]}  # fmt: skip


@layout
def kuitansi() -> Sheets:
    return {"Kuitansi": [
        ["KUITANSI"], ["No", ":", 17], ["Kode Rekening", ":", "5.1.02.01.01.0052"], ["Sudah terima dari", ":", "Bendahara Pengeluaran Kecamatan"],
        ["Uang sejumlah", ":", "Dua juta lima ratus ribu rupiah"], ["Untuk pembayaran", ":", "Belanja makan minum rapat 100 kotak x Rp25.000"],
        [], ["Terbilang", "Rp", 2500000], [], ["Lunas dibayar,", N, "Yang menerima,"], ["Siti Rahma", N, "Melki Sampe"],
    ]}  # fmt: skip


@layout
def faktur_toko() -> Sheets:
    rows = [[i, name, i * 2, unit, price, i * 2 * price] for i, (name, unit, price) in enumerate(GOODS, 1)]
    total = sum(row[-1] for row in rows)
    return {"Faktur": [
        ["TOKO SINAR ABADI"], ["FAKTUR PENJUALAN"], ["No. Faktur", ":", "SA-0912"], ["Kepada", ":", "Kecamatan Alam Biru"], [],
        ["No", "Nama Barang", "Qty", "Satuan", "Harga", "Jumlah"], *rows, [N, "Total", N, N, N, total], [], [N, N, N, N, "Hormat kami"],
    ]}  # fmt: skip


@layout
def invoice_jasa() -> Sheets:
    return {"INVOICE": [
        ["INVOICE"], ["Invoice No", "INV/2025/044"], ["Date", date(2025, 5, 2)], ["Bill To", "Kantor Kecamatan"], [],
        ["Description", "Qty", "Unit Price", "Amount"], ["Sewa tenda", 2, 1500000, 3000000], ["Kursi lipat", 100, 5000, 500000],
        ["Sound system", 1, 2000000, 2000000], [N, N, "Sub Total", 5500000], [N, N, "PPN 11%", 605000], [N, N, "Total", 6105000],
    ]}  # fmt: skip


@layout
def daftar_gaji() -> Sheets:
    rows = []
    for i, name in enumerate(people(20), 1):
        pay, wife, child = 3_000_000 + 57_300 * i, 300_000 + 5_730 * i, 60_000 + 1_146 * i
        cut = 150_000 + 1_000 * i
        rows.append([i, name, f"III/{'abcd'[i % 4]}", pay, wife, child, pay + wife + child, cut, pay + wife + child - cut, N])
    total = [sum(row[c] for row in rows) for c in range(3, 9)]
    return {"Gaji": [
        ["DAFTAR PEMBAYARAN GAJI BULAN MARET 2025"], [],
        ["No", "Nama Pegawai", "Gol", "Gaji Pokok", "Tunj. Istri/Suami", "Tunj. Anak", "Jumlah Kotor", "Potongan", "Jumlah Bersih", "Tanda Tangan"],
        *rows, [N, "JUMLAH", N, *total],
    ]}  # fmt: skip


@layout
def daftar_honor() -> Sheets:
    rows = [[i, name, "Anggota", 3, 150000, 450000, 22500, 427500, f"{i}. ....."] for i, name in enumerate(people(15), 1)]
    return {"Honor": [
        ["TANDA TERIMA HONORARIUM TIM PENYUSUN RENJA"], ["NO", "NAMA", "JABATAN DALAM TIM", "KALI", "HONOR", "JUMLAH", "PPH 21 (5%)", "DITERIMA", "TTD"],
        *rows, [N, "JUMLAH", N, N, N, 15 * 450000, 15 * 22500, 15 * 427500],
    ]}  # fmt: skip


@layout
def surat_tugas() -> Sheets:
    rows = [[i, name, nip(i), "Penata / III.c", POSTS[i % 6]] for i, name in enumerate(people(5), 1)]
    return {"ST": [["SURAT TUGAS"], ["Nomor: 094/55/KEC-AB/2025"], ["MENUGASKAN:"], ["No", "Nama", "NIP", "Pangkat/Gol", "Jabatan"], *rows,
                   ["Untuk", "Konsultasi RKA ke BPKAD, biaya dibebankan pada DPA 2025"]]}  # fmt: skip


@layout
def pivot_pegawai() -> Sheets:
    return {"Pivot": [
        ["Unit", "(All)"], [], ["Count of NIP", "Column Labels"], ["Row Labels", "L", "P", "Grand Total"], ["Golongan II", 4, 3, 7],
        ["Golongan III", 9, 11, 20], ["Golongan IV", 2, 1, 3], ["Grand Total", 15, 15, 30],
    ]}  # fmt: skip


@layout
def dasbor() -> Sheets:
    return {"Dashboard": [
        [N, "DASHBOARD KINERJA KECAMATAN 2025"], [], [N, "TOTAL ANGGARAN", N, "REALISASI", N, "SISA ANGGARAN", N, "CAPAIAN"],
        [N, 4_250_000_000, N, 1_912_500_000, N, 2_337_500_000, N, 0.45], [], [N, "IKU tercapai", N, "Desa mandiri"], [N, 7, N, 4],
    ]}  # fmt: skip


@layout
def penduduk() -> Sheets:
    rows = [[i, name, 800 + 31 * i, 780 + 37 * i, 1580 + 68 * i, 410 + 9 * i] for i, name in enumerate(VILLAGES, 1)]
    return {"Penduduk": [
        ["JUMLAH PENDUDUK MENURUT DESA DAN JENIS KELAMIN"], ["No", "Desa/Kelurahan", "Laki-laki", "Perempuan", "Jumlah", "KK"], *rows,
        [N, "Jumlah", *[sum(row[c] for row in rows) for c in range(2, 6)]],
    ]}  # fmt: skip


@layout
def rab_kosong() -> Sheets:
    return {"RAB": [
        ["RENCANA ANGGARAN BIAYA"], ["Kegiatan", ":"], ["Lokasi", ":"], ["Tahun Anggaran", ":", 2025], RAB, [1, 2, 3, 4, 5, "6 = 3 x 5"],
        [], [], [], [N, "JUMLAH"], [], [N, N, N, N, "Mengetahui,"], [N, N, N, N, "Camat"],
    ]}  # fmt: skip


@layout
def rab_kosong_berumus() -> Sheets:
    rows = [[i, N, N, N, N, (f"=C{i + 3}*E{i + 3}", 0)] for i in range(1, 21)]
    return {"RAB": [["RENCANA ANGGARAN BIAYA"], [], RAB, *rows, [N, "JUMLAH", N, N, N, ("=SUM(F4:F23)", 0)]]}


@layout
def rab_kosong_strip() -> Sheets:
    rows = [[f"{i}.", "........................", "-", "-", "-", "-"] for i in range(1, 11)]
    return {"RAB": [["RENCANA ANGGARAN BIAYA"], [], RAB, *rows, [N, "Jumlah", N, N, N, "-"], [N, "Terbilang: ........................"]]}


@layout
def rka_kosong_berakun() -> Sheets:
    codes = (("5", "BELANJA DAERAH"), ("5.1", "BELANJA OPERASI"), ("5.1.02", "Belanja Barang dan Jasa"), ("5.1.02.01", "Belanja Barang"),
             ("5.1.02.01.01", "Belanja Barang Pakai Habis"), ("5.1.02.01.01.0024", "Belanja Alat Tulis Kantor"))  # fmt: skip
    return {"RKA": [
        ["RENCANA KERJA DAN ANGGARAN"], ["Formulir RKA-RINCIAN BELANJA SKPD"], ["Kode Rekening", "Uraian", "Rincian Perhitungan", N, N, N, "Jumlah (Rp)"],
        [N, N, "Koefisien", "Satuan", "Harga", "PPN", N], [1, 2, 3, 4, 5, 6, 7], *[[code, name] for code, name in codes],
        ["Jumlah Anggaran Sub Kegiatan"],
    ]}  # fmt: skip


@layout
def rab_petunjuk() -> Sheets:
    return {"Format": [
        ["FORMAT RAB KEGIATAN"], RAB,
        ["diisi nomor urut", "diisi uraian belanja", "diisi banyaknya barang", "diisi satuan (mis. rim)", "diisi harga sesuai SSH", "volume x harga satuan"],
        [1, "..."], [2, "..."], ["dst"], [N, "Jumlah"], [], ["Petunjuk:"], ["1. Harga satuan tidak melebihi SSH 2025."], ["2. Jumlah dibulatkan ke 1.000."],
    ]}  # fmt: skip


@layout
def kib_b() -> Sheets:
    rows = [[i, f"1.3.2.05.02.06.{i:03}", ["Laptop", "Printer", "AC Split", "Meja kerja"][i % 4], f"{i:04}", "Merk A", "14 inci", "Besi/plastik",
             2015 + i % 9, "SN" + str(99100 + i), "Pembelian", 4_500_000 + 250_000 * (i % 7), "Baik"] for i in range(1, 31)]  # fmt: skip
    return {"KIB B": [
        ["KARTU INVENTARIS BARANG (KIB) B"], ["PERALATAN DAN MESIN"], ["Kode Lokasi : 12.20.07.01"],
        ["No. Urut", "Kode Barang", "Nama Barang / Jenis Barang", "Nomor Register", "Merk / Type", "Ukuran / CC", "Bahan", "Tahun Pembelian", "Nomor Rangka",
         "Asal usul", "Harga (Rp)", "Keterangan"],
        list(range(1, 13)), *rows, [N, "Jumlah", *[N] * 8, sum(row[10] for row in rows)],
    ]}  # fmt: skip


@layout
def kib_a_tanah() -> Sheets:
    rows = [[i, "Tanah bangunan kantor", f"01.01.11.04.{i:02}", f"{i:04}", 900 + 110 * i, 1998 + i, "Jl. Mawar", "Hak Pakai", 50_000_000 * i] for i in range(1, 7)]
    return {"KIB A": [
        ["KIB A - TANAH"], ["No", "Jenis Barang/Nama Barang", "Nomor", N, "Luas (M2)", "Tahun Pengadaan", "Letak/Alamat", "Status Tanah", "Harga (ribuan Rp)"],
        [N, N, "Kode Barang", "Register"], *rows,
    ]}  # fmt: skip


@layout
def kir() -> Sheets:
    rows = [[i, name, "Kayu", 2018, i % 4 + 1, "B" if i % 3 else "KB"] for i, name in enumerate(["Meja", "Kursi", "Lemari", "Filing kabinet", "Papan tulis"], 1)]
    return {"KIR": [["KARTU INVENTARIS RUANGAN"], ["Ruangan", ":", "Camat"], ["No", "Nama Barang", "Bahan", "Tahun", "Jumlah", "Keadaan (B/KB/RB)"], *rows]}


@layout
def stok_persediaan() -> Sheets:
    rows = []
    for i, (name, unit, price) in enumerate(GOODS * 3, 1):
        first, come, go = 10 + i, 5, 7 + i % 4
        rows.append([i, name, unit, first, come, go, first + come - go, price, (first + come - go) * price])
    return {"Persediaan": [
        ["LAPORAN PERSEDIAAN BARANG PAKAI HABIS (STOCK OPNAME) PER 30 JUNI 2025"],
        ["No", "Nama Barang", "Satuan", "Saldo Awal", "Masuk", "Keluar", "Saldo Akhir", "Harga Satuan", "Nilai Persediaan"], *rows,
        [N, "Jumlah", *[N] * 6, sum(row[-1] for row in rows)],
    ]}  # fmt: skip


@layout
def keranjang() -> Sheets:
    rows = [[i, *[(i * k) % 3 == 0 and 1 or 0 for k in range(1, 7)]] for i in range(1, 41)]
    return {"Belanja": [["Transaksi", "Beras", "Gula", "Minyak", "Telur", "Kopi", "Teh"], *rows]}


@layout
def persen_rekening() -> Sheets:
    rows = [[f"5.1.02.01.01.{i:04}", f"Belanja bahan {i}", 40 if i % 3 else 25] for i in range(1, 60)]
    return {"TKDN": [["kode_rekening", "nama_rekening", "persentase_tkdn"], *rows]}


@layout
def naskah() -> Sheets:
    return {"BAB III": [
        ["BAB III"], ["AKUNTABILITAS KINERJA"], [],
        ["Anggaran tahun 2024 sebesar Rp4.100.000.000 dengan realisasi Rp3.950.000.000 atau 96,34 persen."],
        ["Target indikator kinerja utama terdiri atas 5 sasaran dan 9 indikator."], ["Realisasi belanja pegawai Rp2.100.000.000."],
        ["Volume kegiatan bertambah 12 kali, harga satuan mengikuti SSH."], ["Jumlah desa: 6"], ["Anggaran", 4_100_000_000], ["Realisasi", 3_950_000_000],
    ]}  # fmt: skip


@layout
def buku_kas_umum() -> Sheets:
    rows, saldo = [], 0
    for i in range(1, 31):
        debit, kredit = (25_000_000, N) if i % 10 == 1 else (N, 350_000 + 12_500 * i)
        saldo += (debit or 0) - (kredit or 0)
        rows.append([i, date(2025, 3, 1) + timedelta(days=i), f"BK-{i:03}", "5.1.02.01.01.0024" if kredit else N,
                     "SP2D UP" if debit else f"Dibayar belanja ATK ke {i}", debit, kredit, saldo])  # fmt: skip
    return {"BKU": [["BUKU KAS UMUM"], ["Bulan Maret 2025"], ["No", "Tanggal", "No. Bukti", "Kode Rekening", "Uraian", "Penerimaan", "Pengeluaran", "Saldo"], *rows,
                    [N, N, N, N, "Jumlah", 75_000_000, sum(r[6] or 0 for r in rows), saldo]]}  # fmt: skip


@layout
def rekap_absen() -> Sheets:
    rows = [[i, name, *["H" if (i + d) % 11 else "S" for d in range(1, 32)], 28, 2, 1, 0] for i, name in enumerate(people(18), 1)]
    return {"Absen Maret": [["REKAPITULASI ABSENSI BULAN MARET 2025"], ["No", "Nama", *range(1, 32), "H", "S", "I", "A"], *rows]}


@layout
def nilai_peserta() -> Sheets:
    rows = [[i, name, 60 + i, 70 + i % 9, 65 + i % 7, 195 + i + i % 9 + i % 7, 65 + i / 3, i] for i, name in enumerate(people(16), 1)]
    return {"Nilai": [["HASIL SELEKSI CALON PERANGKAT DESA"], ["No", "Nama Peserta", "Tertulis", "Wawancara", "Praktik", "Jumlah", "Rata-rata", "Peringkat"], *rows]}


@layout
def kuesioner_skm() -> Sheets:
    rows = [[i, *[3 + (i * u) % 2 for u in range(1, 10)]] for i in range(1, 51)]
    return {"SKM": [
        ["PENGOLAHAN INDEKS KEPUASAN MASYARAKAT PER RESPONDEN"], ["No. Resp", *[f"U{u}" for u in range(1, 10)]], *rows,
        ["Jumlah", *[sum(r[u] for r in rows) for u in range(1, 10)]], ["NRR", *[round(sum(r[u] for r in rows) / 50, 2) for u in range(1, 10)]],
    ]}  # fmt: skip


@layout
def perjalanan_nominatif() -> Sheets:
    rows = [[i, name, "III", "Ibu kota", date(2025, 4, 2), 3, 430000, 1290000, 500000, 750000, 2540000] for i, name in enumerate(people(8), 1)]
    return {"Nominatif": [
        ["DAFTAR NOMINATIF PERJALANAN DINAS"],
        ["No", "Nama", "Gol", "Tujuan", "Tanggal", "Lama (hari)", "Uang harian/hari", "Jumlah uang harian", "Transport", "Penginapan", "Jumlah dibayarkan"],
        *rows, [N, "Jumlah", *[N] * 5, 8 * 1290000, 8 * 500000, 8 * 750000, 8 * 2540000],
    ]}  # fmt: skip


@layout
def agenda_surat() -> Sheets:
    rows = [[i, date(2025, 1, 2) + timedelta(days=i), f"050/{100 + i}/Bappeda", "Bappeda", "Permintaan data anggaran", "Sekcam"] for i in range(1, 31)]
    return {"Surat Masuk": [["AGENDA SURAT MASUK"], ["No. Agenda", "Tanggal Terima", "Nomor Surat", "Dari", "Perihal", "Disposisi"], *rows]}


@layout
def daftar_rekening() -> Sheets:
    rows = [[f"5.1.02.0{1 + i // 20}.01.{i:04}", f"Belanja contoh {i}"] for i in range(1, 80)]
    return {"Rekening": [["DAFTAR KODE REKENING BELANJA"], ["Kode Rekening", "Uraian"], *rows]}


@layout
def daftar_pilihan() -> Sheets:
    return {"Referensi": [["Satuan", "Jabatan", "Sumber Dana"], *[[a, b, c] for a, b, c in zip(
        ["Rim", "Buah", "Orang/Hari", "Kali", "Dus"], POSTS, ["DAU", "DAK", "PAD", "DBH", "BKK"], strict=False)]]}  # fmt: skip


@layout
def catatan_kejadian() -> Sheets:
    rows = [[f"2025-03-{i % 28 + 1:02} 08:{i:02}:11", f"user{i % 4}", "UPDATE", "rincian_belanja", 1000 + i] for i in range(1, 50)]
    return {"log": [["waktu", "pengguna", "aksi", "tabel", "id"], *rows]}


@layout
def daftar_isi() -> Sheets:
    return {"Daftar Isi": [
        ["LAPORAN KINERJA INSTANSI PEMERINTAH"], ["DAFTAR ISI"], ["Uraian", "Halaman"], ["Kata Pengantar", "i"], ["Bab I Pendahuluan", 1],
        ["Bab II Perencanaan Kinerja", 7], ["Bab III Akuntabilitas Kinerja", 15], ["A. Capaian Indikator", 15], ["B. Realisasi Anggaran", 42], ["Lampiran RAB", 51],
    ]}  # fmt: skip


@layout
def penerima_blt() -> Sheets:
    rows = [[i, f"7324{i:012}", name, VILLAGES[i % 6], 300000, 300000, 300000, 900000] for i, name in enumerate(people(40), 1)]
    return {"BLT": [["DAFTAR PENERIMA BLT DANA DESA TRIWULAN I"], ["No", "NIK", "Nama KPM", "Alamat", "Januari", "Februari", "Maret", "Jumlah"], *rows,
                    [N, "JUMLAH", N, N, 12_000_000, 12_000_000, 12_000_000, 36_000_000]]}  # fmt: skip


@layout
def rekap_suara() -> Sheets:
    rows = [[i, f"TPS {i:02}", 120 + i, 90 + 2 * i, 4, 214 + 3 * i] for i in range(1, 15)]
    return {"Suara": [["REKAPITULASI PEROLEHAN SUARA"], ["No", "TPS", "Calon 1", "Calon 2", "Tidak sah", "Jumlah"], *rows, [N, "Jumlah", *[sum(r[c] for r in rows) for c in range(2, 6)]]]}


@layout
def indikator_tanpa_target() -> Sheets:
    return {"Renaksi": [
        ["RENCANA AKSI TAHUN 2025"], ["No", "Sasaran", "Indikator Kinerja", "Satuan", "Target", "TW I", "TW II", "TW III", "TW IV"],
        [1, "Meningkatnya pelayanan", "Indeks Kepuasan Masyarakat", "Nilai"], [2, "Meningkatnya desa mandiri", "Persentase desa mandiri", "%"],
        [3, "Tertibnya administrasi", "Persentase laporan tepat waktu", "%"],
    ]}  # fmt: skip


@layout
def kalender() -> Sheets:
    days = list(range(1, 31))
    return {"Juni": [["JUNI 2025"], ["Min", "Sen", "Sel", "Rab", "Kam", "Jum", "Sab"], *[days[i : i + 7] for i in range(0, 30, 7)]]}


@layout
def piket() -> Sheets:
    return {"Piket": [["JADWAL PIKET"], ["Senin", "Selasa", "Rabu", "Kamis", "Jumat"], *[people(16)[i : i + 5] for i in range(0, 15, 5)]]}


@layout
def buku_kosong() -> Sheets:
    return {"Sheet1": [], "Sheet2": [], "Sheet3": []}


@layout
def harga_saham() -> Sheets:
    rows = [[date(2025, 1, 1) + timedelta(days=i), 7000 + 3 * i, 7050 + 3 * i, 6980 + 3 * i, 7010 + 3 * i, 1_200_000 + 991 * i] for i in range(40)]
    return {"IHSG": [["Tanggal", "Pembukaan", "Tertinggi", "Terendah", "Penutupan", "Volume"], *rows]}


@layout
def cetak_alamat() -> Sheets:
    return {"Label": [[f"Yth. Kepala {v}", N, f"Yth. Ketua BPD {v}"] for v in VILLAGES]}


@layout
def monitoring_kendaraan() -> Sheets:
    rows = [[i, f"DP {1000 + i} XX", "Honda", 2019, date(2025, 1, i), 12, 10000, 120000, 15000 + 300 * i] for i in range(1, 20)]
    return {"BBM": [["KARTU PEMAKAIAN BBM KENDARAAN DINAS"], ["No", "No. Polisi", "Merk", "Tahun", "Tanggal", "Liter", "Harga/Liter", "Total", "Km"], *rows]}


@layout
def penilaian_risiko() -> Sheets:
    rows = [[i, f"Risiko keterlambatan {i}", 1 + i % 5, 1 + i % 4, (1 + i % 5) * (1 + i % 4), "Tinggi" if i % 5 > 2 else "Rendah"] for i in range(1, 15)]
    return {"Risiko": [["REGISTER RISIKO"], ["No", "Pernyataan Risiko", "Skor Dampak", "Skor Kemungkinan", "Nilai Risiko", "Level"], *rows]}


@layout
def statistik_wilayah() -> Sheets:
    rows = [[name, 12.5 + i, 3 + i, 4 + i, 7.25 * i] for i, name in enumerate(VILLAGES, 1)]
    return {"Luas": [["Luas Wilayah, Jumlah Dusun dan Jarak"], ["Desa", "Luas (km2)", "Dusun", "RT", "Jarak ke ibu kota (km)"], *rows, ["Jumlah", 81, 33, 39, N]]}


@layout
def data_sekolah() -> Sheets:
    rows = [[i, f"SDN {i} Alam Biru", f"4030{i:04}", 120 + i, 9 + i % 4, 6] for i in range(1, 21)]
    return {"Sekolah": [["No", "Nama Satuan Pendidikan", "NPSN", "Siswa", "Guru", "Rombel"], *rows, [N, "Total", N, sum(r[3] for r in rows), sum(r[4] for r in rows), 120]]}


@layout
def pajak_potongan() -> Sheets:
    rows = [[i, f"BK-{i:03}", f"0{i}.123.456.7-888.000", "PPN" if i % 2 else "PPh 22", 1_000_000 + i * 1100, 110_000 + i * 121, f"NTPN{i:08}"] for i in range(1, 20)]
    return {"Pajak": [["BUKU PEMBANTU PAJAK"], ["No", "No Bukti", "NPWP", "Jenis", "DPP", "Nilai Pajak", "NTPN"], *rows, [N, "Jumlah", N, N, N, sum(r[5] for r in rows)]]}


# ---- what no cell holds ---------------------------------------------------------------------------------------

DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)


def picture_only() -> bytes:
    """A scanned RAB pasted as a picture: no cell holds anything."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet("RAB").insert_image("A1", "pindai.png", {"image_data": io.BytesIO(DOT)})
    return out.getvalue()


def chart_only() -> bytes:
    """A chart sheet before a small sheet of its figures."""
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        chart = book.add_chart({"type": "column"})
        sheet = book.add_worksheet("data")
        for i, name in enumerate(VILLAGES):
            sheet.write_row(i, 0, [name, 40 + i])
        chart.add_series({"values": "=data!$B$1:$B$6", "categories": "=data!$A$1:$A$6"})
        book.add_chartsheet("Grafik").set_chart(chart)
    return out.getvalue()


RAW: dict[str, Callable[[], bytes]] = {"gambar_saja": picture_only, "grafik_saja": chart_only}


def everything() -> dict[str, bytes]:
    """Name → bytes of every workbook here."""
    return {name: _book(make()) for name, make in LAYOUTS.items()} | {name: make() for name, make in RAW.items()}


def _book(sheets: Sheets) -> bytes:
    plain = {name: [[_cell(v) for v in row] for row in rows] for name, rows in sheets.items()}
    return xlsx(plain)


def _cell(value: object) -> object:
    return value.strftime("%d-%m-%Y") if isinstance(value, date) else value
