"""More sheets without a table of ours, invented after the reader was mended for the first ones; and budgets that resemble them."""

# ruff: noqa: E501  rows of sheets read as they stand
from __future__ import annotations

from collections.abc import Callable, Sequence

Rows = Sequence[Sequence[object]]
N = None
NONE: dict[str, Rows] = {}
OURS: dict[str, tuple[str, int, dict[str, int], Rows]] = {}
"""Name → kind, lines, sums, rows."""


def none(make: Callable[[], Rows]) -> None:
    NONE[make.__name__] = make()


def ours(kind: str, lines: int, **sums: int) -> Callable[[Callable[[], Rows]], None]:
    def keep(make: Callable[[], Rows]) -> None:
        OURS[make.__name__] = (kind, lines, sums, make())

    return keep


@none
def penjualan_harian() -> Rows:
    rows = [[f"0{i % 9 + 1}-05-2025", f"Produk {i}", i, 12000 + 500 * i, i * (12000 + 500 * i)] for i in range(1, 40)]
    return [["Tanggal", "Nama Produk", "Jumlah", "Harga", "Total"], *rows]


@none
def jurnal_umum() -> Rows:
    rows = [[f"{i} Mei", f"Pembelian {i}" if i % 2 else "    Kas", "111", 100000 * i if i % 2 else N, N if i % 2 else 100000 * (i - 1)] for i in range(1, 21)]
    return [["JURNAL UMUM"], ["Tanggal", "Keterangan", "Ref", "Debet", "Kredit"], *rows]


@none
def neraca_saldo() -> Rows:
    rows = [[f"1.1.0{i}", f"Akun {i}", 5_000_000 * i if i % 2 else N, N if i % 2 else 5_000_000 * i] for i in range(1, 10)]
    return [["NERACA SALDO PER 31 DESEMBER 2025"], ["Kode Akun", "Nama Akun", "Debet", "Kredit"], *rows, [N, "Jumlah", 125_000_000, 100_000_000]]


@none
def neraca() -> Rows:
    return [
        ["PEMERINTAH KABUPATEN CONTOH"], ["NERACA"], ["PER 31 DESEMBER 2025 DAN 2024"], ["No", "Uraian", 2025, 2024], [1, "ASET"], [2, "Kas di Bendahara", 12_500_000, 8_000_000],
        [3, "Persediaan", 7_200_000, 6_500_000], [4, "Peralatan dan Mesin", 912_000_000, 850_000_000], [5, "JUMLAH ASET", 931_700_000, 864_500_000],
        [6, "KEWAJIBAN"], [7, "Utang Belanja", 2_500_000, 1_000_000], [8, "EKUITAS", 929_200_000, 863_500_000],
    ]


@none
def duk_pegawai() -> Rows:
    rows = [[i, f"Pegawai {i}", f"19800{i:02}1200501100{i % 9}", f"III/{'abcd'[i % 4]}", "01-04-2020", "Pelaksana", i % 20, i % 12, "S1", 30 + i] for i in range(1, 26)]
    return [["DAFTAR URUT KEPANGKATAN"], ["NO", "NAMA", "NIP", "GOL", "TMT", "JABATAN", "MASA KERJA", N, "PENDIDIKAN", "USIA"], [N] * 6 + ["THN", "BLN"], *rows]


@none
def kendaraan_dinas() -> Rows:
    rows = [[i, "Sepeda motor", f"DP {2000 + i} C", 2012 + i, 15_000_000 + 500_000 * i, "Baik", f"Pemegang {i}"] for i in range(1, 13)]
    return [["DAFTAR KENDARAAN DINAS"], ["No", "Jenis Kendaraan", "Nomor Polisi", "Tahun Perolehan", "Harga Perolehan (Rp)", "Kondisi", "Pemegang"], *rows, [N, "Jumlah", N, N, sum(r[4] for r in rows)]]


@none
def angket() -> Rows:
    rows = [[i, f"Petugas melayani dengan ramah ({i})", 12 + i, 20 - i, 5, 1, 38] for i in range(1, 11)]
    return [["REKAP ANGKET KEPUASAN"], ["No", "Pernyataan", "SS", "S", "TS", "STS", "Jumlah"], *rows]


@none
def kurva_s() -> Rows:
    rows = [[i, f"Pekerjaan {i}", 12.5, *[3.125 if w in (i, i + 1, i + 2, i + 3) else N for w in range(1, 13)]] for i in range(1, 9)]
    return [["TIME SCHEDULE"], ["No", "Uraian Pekerjaan", "Bobot (%)", "Minggu ke-", *[N] * 11], [N, N, N, *range(1, 13)], *rows, [N, "Jumlah", 100]]


@none
def hitungan_volume() -> Rows:
    rows = [[i, f"Galian tanah segmen {i}", 10 + i, 0.8, 0.6, round((10 + i) * 0.48, 3), "m3"] for i in range(1, 13)]
    return [["BACK UP PERHITUNGAN VOLUME"], ["No", "Uraian Pekerjaan", "Panjang", "Lebar", "Tinggi", "Volume", "Satuan"], *rows]


@none
def kelengkapan_spj() -> Rows:
    rows = [[i, t, "√" if i % 2 else N, N if i % 2 else "√", N] for i, t in enumerate(["Kuitansi", "Nota pesanan", "Berita acara", "Daftar hadir", "Dokumentasi", "Faktur pajak"], 1)]
    return [["CHECKLIST KELENGKAPAN SPJ BELANJA"], ["No", "Uraian", "Ada", "Tidak", "Keterangan"], *rows]


@none
def catatan_harian() -> Rows:
    rows = [[i, f"{i:02}-06-2025", "Menyusun laporan realisasi", "1 dokumen", "08.00-12.00"] for i in range(1, 21)]
    return [["LAPORAN KINERJA HARIAN"], ["No", "Tanggal", "Uraian Kegiatan", "Output", "Waktu"], *rows]


@none
def kepala_impor() -> Rows:
    return [["kode_sub_kegiatan", "kode_rekening", "uraian", "volume", "satuan", "harga_satuan", "jumlah"], ["teks, wajib", "teks, wajib", "teks", "angka", "teks", "angka", "angka"]]


@none
def kebutuhan_barang() -> Rows:
    rows = [[i, f"Barang {i}", i % 5 + 1, "unit", "Ruang pelayanan"] for i in range(1, 20)]
    return [["RENCANA KEBUTUHAN BARANG MILIK DAERAH"], ["No", "Nama Barang", "Jumlah", "Satuan", "Keterangan"], *rows]


@none
def curah_hujan() -> Rows:
    months = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Ags", "Sep", "Okt", "Nov", "Des"]
    rows = [[i, f"Stasiun {i}", *[100 + 7 * i + m for m in range(12)], 12 * (100 + 7 * i) + 66] for i in range(1, 6)]
    return [["CURAH HUJAN MENURUT STASIUN (MM)"], ["No", "Stasiun", *months, "Jumlah"], *rows]


@none
def nilai_mutu_ikm() -> Rows:
    rows = [[i, f"Unit pelayanan {i}", 80 + i, "B"] for i in range(1, 9)]
    return [["HASIL SURVEI KEPUASAN MASYARAKAT"], ["No", "Unit Pelayanan", "Nilai IKM", "Mutu"], *rows]


@none
def daftar_sp2d() -> Rows:
    rows = [[i, f"0{100 + i}/SP2D/LS/2025", f"{i:02}-07-2025", f"Pembayaran honor {i}", 2_000_000 + i * 1000, 100_000, 1_900_000 + i * 1000] for i in range(1, 16)]
    return [["REGISTER SP2D"], ["No", "Nomor SP2D", "Tanggal", "Uraian", "Bruto (Rp)", "Potongan (Rp)", "Netto (Rp)"], *rows]


@none
def tabungan_siswa() -> Rows:
    rows = [[i, f"Siswa {i}", 5000 * i, 2000 * i, 3000 * i] for i in range(1, 15)]
    return [["TABUNGAN SISWA"], ["No", "Nama Siswa", "Setoran", "Penarikan", "Saldo"], *rows]


@none
def rekap_aset() -> Rows:
    rows = [[f"1.3.{i}", f"Golongan aset {i}", 10 * i, 150_000_000 * i, 2 * i, 9_000_000 * i, 12 * i, 159_000_000 * i] for i in range(1, 7)]
    return [["REKAPITULASI MUTASI BARANG"], ["Kode", "Nama Bidang Barang", "Keadaan Awal", N, "Mutasi Tambah", N, "Keadaan Akhir", N], [N, N, "Jumlah Barang", "Jumlah Harga", "Jumlah Barang", "Jumlah Harga", "Jumlah Barang", "Jumlah Harga"], *rows]


@none
def lembar_rumus_galat() -> Rows:
    return [["RENCANA ANGGARAN BIAYA"], ["No", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah"], ["", "", "", "", "", ""], [N, "JUMLAH", N, N, N, 0]]


@none
def konversi_satuan() -> Rows:
    return [["Satuan", "Singkatan", "Faktor"], ["Kilogram", "kg", 1], ["Ton", "t", 1000], ["Gram", "g", 0.001], ["Kuintal", "kw", 100]]


@none
def perjanjian_kosong() -> Rows:
    return [
        ["PERJANJIAN KINERJA"], ["No", "Sasaran", "Indikator", "Target"], [1, "Meningkatnya ...", "................", "......"], [2, "....", "....", "...."],
        ["No", "Program", "Anggaran", "Ket"], [1, "....", "Rp .........."], [2, "....", "Rp .........."],
    ]


@none
def lra_kosong() -> Rows:
    return [["LAPORAN REALISASI ANGGARAN"], ["Kode", "Uraian", "Anggaran", "Realisasi", "%"], ["5", "BELANJA", 0, 0, 0], ["5.1", "Belanja Operasi", 0, 0, 0], ["5.1.02", "Belanja Barang", 0, 0, 0]]


@none
def daftar_harga_kosong() -> Rows:
    return [["STANDAR SATUAN HARGA"], ["No", "Kode", "Uraian", "Satuan", "Harga"], [1, "1.1", "Kertas", "rim"], [2, "1.2", "Tinta", "botol"]]


@none
def usulan_musrenbang() -> Rows:
    return [["DAFTAR USULAN MUSRENBANG"], ["No", "Usulan", "Lokasi", "Volume", "Satuan", "Prioritas"], [1, "Jalan tani", "Dusun A", 200, "m", 1], [2, "Drainase", "Dusun B", 150, "m", 2]]


@none
def daftar_program() -> Rows:
    return [["Kode", "Program / Kegiatan / Sub Kegiatan", "Kinerja", "Indikator", "Satuan"], ["7.01.01", "PROGRAM PENUNJANG", "Terpenuhinya", "Persentase", "%"], ["7.01.01.2.01", "Perencanaan", "Tersusunnya", "Jumlah dokumen", "Dokumen"]]


@none
def kas_kecil() -> Rows:
    return [["KAS KECIL"], ["Tgl", "Uraian", "Masuk", "Keluar", "Saldo"], ["1/5/2025", "Saldo awal", 1_000_000, N, 1_000_000], ["2/5/2025", "Beli air", N, 50_000, 950_000]]


@none
def produksi_padi() -> Rows:
    rows = [[f"Kecamatan {i}", 1200 + i, 55.2, 66000 + i] for i in range(1, 12)]
    return [["LUAS PANEN DAN PRODUKSI PADI"], ["Kecamatan", "Luas Panen (ha)", "Produktivitas (ku/ha)", "Produksi (ton)"], *rows, ["Jumlah", 13266, N, 726066]]


# ---- budgets, prices, realisasi and targets that resemble lists of other trades -----------------------------------


def _rab(items: Sequence[tuple[str, int, str, int]]) -> list[list[object]]:
    return [[i, name, v, unit, p, v * p] for i, (name, v, unit, p) in enumerate(items, 1)]


@ours("rab", 4, jumlah=8_400_000)
def honor_tim() -> Rows:
    rows = [["1", "Pengarah", 1, 3, 500_000, 1_500_000], ["2", "Ketua", 1, 3, 400_000, 1_200_000], ["3", "Sekretaris", 1, 3, 350_000, 1_050_000], ["4", "Anggota", 5, 3, 310_000, 4_650_000]]
    return [["RENCANA ANGGARAN BIAYA HONORARIUM TIM"], ["No", "Jabatan dalam Tim", "Orang", "Bulan", "Honor (Rp)", "Jumlah (Rp)"], *rows, [N, "Jumlah", N, N, N, 8_400_000]]


@ours("rab", 3, jumlah=31_250_000)
def harga_perkiraan() -> Rows:
    rows = _rab([("Laptop 14 inci", 2, "unit", 12_000_000), ("Printer", 1, "unit", 3_250_000), ("Proyektor", 1, "unit", 4_000_000)])
    wide = [[r[0], r[1], "RAM 8 GB", *r[2:]] for r in rows]
    return [["HARGA PERKIRAAN SENDIRI (HPS)"], ["Pekerjaan : Pengadaan peralatan kantor"], [], ["No", "Nama Barang", "Spesifikasi", "Vol", "Sat", "Harga Satuan (Rp)", "Jumlah (Rp)"], *wide, [N, "Jumlah", N, N, N, N, 31_250_000]]


@ours("rab", 2, jumlah=5_480_000)
def perjalanan_dinas() -> Rows:
    rows = _rab([("Uang harian", 8, "OH", 430_000), ("Transport darat", 4, "OK", 510_000)])
    return [["RENCANA ANGGARAN BIAYA PERJALANAN DINAS"], ["Tujuan : Ibu kota provinsi"], ["No", "Uraian", "Volume", "Satuan", "Biaya (Rp)", "Jumlah (Rp)"], *rows, [N, "Total", N, N, N, 5_480_000]]


@ours("rab", 3, jumlah=4_700_000)
def nota_pencairan_dana() -> Rows:
    rows = [["5.1.02.01.01.0024", "Belanja ATK", 1_500_000], ["5.1.02.01.01.0052", "Belanja makan minum", 2_700_000], ["5.1.02.02.01.0080", "Belanja jasa", 500_000]]
    return [["RENCANA PENCAIRAN DANA"], ["Kode Rekening", "Uraian", "Jumlah (Rp)"], *rows, [N, "Jumlah", 4_700_000]]


@ours("realisasi", 3, anggaran=12_000_000, realisasi=6_500_000)
def kartu_kendali() -> Rows:
    rows = [[1, "Belanja ATK", 4_000_000, 2_500_000, 1_500_000], [2, "Belanja cetak", 3_000_000, 1_000_000, 2_000_000], [3, "Belanja makan", 5_000_000, 3_000_000, 2_000_000]]
    return [["KARTU KENDALI KEGIATAN"], ["No", "Uraian", "Anggaran", "Realisasi", "Sisa"], *rows, [N, "Jumlah", 12_000_000, 6_500_000, 5_500_000]]


@ours("standar_harga", 4, harga=13_350_000)
def harga_barang_merek() -> Rows:
    rows = [["01.01", "Laptop", "Merk A", "unit", 9_500_000, 40.5], ["01.02", "Printer", "Merk B", "unit", 3_500_000, 25], ["01.03", "Tetikus", "Merk C", "buah", 150_000, 0], ["01.04", "Papan ketik", "Merk D", "buah", 200_000, 0]]
    return [["STANDAR SATUAN HARGA BARANG"], ["Kode Barang", "Nama Barang", "Merk", "Satuan", "Harga Satuan (Rp)", "TKDN (%)"], *rows]


@ours("indikator", 3, target=116)
def indikator_penduduk() -> Rows:
    rows = [[1, "Jumlah penduduk yang dilayani", "Jiwa", 100], [2, "Jumlah desa berkegiatan", "Desa", 12], [3, "Jumlah rapat", "Kali", 4]]
    return [["INDIKATOR KINERJA"], ["No", "Indikator Kinerja", "Satuan", "Target"], *rows]
