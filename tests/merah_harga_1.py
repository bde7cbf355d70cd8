"""Price lists by province, zone, year and grade; HSPK and ASB; lists beside each other and on many sheets."""

from __future__ import annotations

import random
from decimal import Decimal

from tests.merah_harga import ALAT, ATK, BANGUN, GROUPS, PROVINSI, Layout, Layouts, N, Sheet, dots, items

layout = Layouts()


@layout
def sipd_export() -> Layout:
    """The regional budgeting system's export: flat, one heading, codes of group, id and TKDN as numbers."""
    rnd, s = random.Random(1), Sheet("Worksheet")
    s.add(
        "Kode Kelompok Barang",
        "Uraian Kelompok Barang",
        "ID Standar Harga",
        "Kode Barang",
        "Uraian Barang",
        "Spesifikasi",
        "Satuan",
        "Harga Satuan",
        "Kode Rekening",
        "Jenis",
        "Nilai TKDN",
    )
    s.table()
    n = 0
    for g, (group, names) in enumerate(GROUPS.items(), 1):
        for name, spec, unit, cost in items(rnd, names, 30):
            n += 1
            code = f"1.1.12.01.03.{g:04d}"
            s.leaf(
                [
                    code,
                    group.title(),
                    3400000 + n,
                    f"{code}.{n:05d}",
                    name,
                    spec,
                    unit,
                    cost,
                    "5.1.02.01.01.0024",
                    "SSH",
                    rnd.choice((0, 25.5, 40, 62.31)),
                ],
                cost,
            )
    return Layout("sipd_export", (s,), file="ssh_2025.xlsx")


@layout
def sipd_text() -> Layout:
    """The same system's other export: everything is text, prices with dots, several accounts in one cell."""
    rnd, s = random.Random(2), Sheet("Sheet1")
    s.add("No", "Kode", "Nama Barang", "Spek", "Satuan", "Harga", "Rekening Belanja", "TKDN (%)")
    s.table()
    for i, (name, spec, unit, cost) in enumerate(items(rnd, ATK, 60), 1):
        s.leaf(
            [
                str(i),
                f"1.1.7.01.01.{i:03d}",
                name,
                spec,
                unit,
                dots(cost),
                "5.1.02.01.01.0024\n5.1.02.01.01.0025",
                "0" if i % 3 else "40",
            ],
            cost,
        )
    return Layout("sipd_text", (s,), file="standar harga.xlsx")


@layout
def perbup_zona() -> Layout:
    """Annex of a regent's regulation: three zones under one merged heading, number row, coded groups, signature."""
    rnd, s = random.Random(3), Sheet("Lampiran I")
    s.add(N, N, N, N, "LAMPIRAN I")
    s.add(N, N, N, N, "PERATURAN BUPATI TANETE JAYA")
    s.add(N, N, N, N, "NOMOR : 45 TAHUN 2024")
    s.add(N, N, N, N, "TENTANG STANDAR HARGA SATUAN TAHUN ANGGARAN 2025")
    s.skip()
    s.title("STANDAR SATUAN HARGA BARANG DAN JASA", "PEMERINTAH KABUPATEN TANETE JAYA")
    s.skip()
    s.add("NO", "KODE BARANG", "URAIAN BARANG", "SPESIFIKASI", "SATUAN", "HARGA SATUAN (Rp)")
    s.add(N, N, N, N, N, "ZONA I", "ZONA II", "ZONA III")
    s.merges += ["A9:A10", "B9:B10", "C9:C10", "D9:D10", "E9:E10", "F9:H9"]
    s.add(1, 2, 3, 4, 5, 6, 7, 8)
    s.table()
    for g, (group, names) in enumerate(GROUPS.items(), 1):
        s.add(N, f"1.1.12.{g:02d}", group)
        for i, (name, spec, unit, cost) in enumerate(items(rnd, names, 18), 1):
            zones = (cost, cost + 500, round(cost * 1.1 / 100) * 100)
            s.leaf([i, f"1.1.12.{g:02d}.{i:03d}", name, spec, unit, *zones], *zones)
    s.sign(5)
    return Layout("perbup_zona", (s,), file="Lampiran Perbup SSH.xlsx")


@layout
def per_kecamatan() -> Layout:
    """Prices per district: the names of places are the headings, below 'Harga pada kecamatan'."""
    rnd, s = random.Random(4), Sheet("HARGA BAHAN")
    s.title("DAFTAR HARGA SATUAN BAHAN BANGUNAN PER KECAMATAN", "TAHUN 2025")
    s.skip()
    places = ("Lembang", "Tondok", "Rante", "Buntu", "Salu", "Batu Putih")
    s.add("No.", "Jenis Bahan", "Sat", "Harga Satuan pada Kecamatan (Rp)")
    s.add(N, N, N, *places)
    s.merges += ["A4:A5", "B4:B5", "C4:C5", "D4:I4"]
    s.table()
    for i, (name, _, _, cost) in enumerate(items(rnd, BANGUN, 12), 1):
        costs = [cost + 250 * k for k in range(6)]
        s.leaf([i, name, rnd.choice(("m3", "zak", "btg", "lbr")), *costs], *costs)
    s.add("Sumber: survei harga pasar Januari 2025")
    return Layout("per_kecamatan", (s,), file="harga bahan.xlsx")


@layout
def per_tahun() -> Layout:
    """Prices of three years and the rise in percent."""
    rnd, s = random.Random(5), Sheet("SSH")
    s.title("PERBANDINGAN STANDAR SATUAN HARGA")
    s.skip()
    s.add("No", "Uraian", "Satuan", "Harga 2023", "Harga 2024", "Harga 2025", "Kenaikan (%)")
    s.table()
    for i, (name, _, unit, cost) in enumerate(items(rnd, ALAT, 15), 1):
        now = cost + 1500 * (i % 4)
        s.leaf([i, name, unit, cost, cost + 500, now, round((now - cost - 500) / (cost + 500) * 100, 2)], cost, cost + 500, now)
    return Layout("per_tahun", (s,), file="ssh banding.xlsx")


@layout
def uang_harian() -> Layout:
    """Daily allowance per province: 34 lines, three tariffs, number row in brackets."""
    rnd, s = random.Random(6), Sheet("Uang Harian")
    s.title("1. SATUAN BIAYA UANG HARIAN PERJALANAN DINAS DALAM NEGERI")
    s.skip()
    s.add("NO.", "PROVINSI", "SATUAN", "LUAR KOTA", "DALAM KOTA LEBIH DARI 8 (DELAPAN) JAM", "DIKLAT")
    s.add("(1)", "(2)", "(3)", "(4)", "(5)", "(6)")
    s.table()
    for i, name in enumerate(PROVINSI, 1):
        out = rnd.choice((360000, 370000, 380000, 410000, 430000, 530000))
        costs = (out, 140000 + 10000 * (i % 3), 110000 + 10000 * (i % 3))
        s.leaf([f"{i}.", name, "OH", *costs], *costs)
    return Layout("uang_harian", (s,), file="SBU 2025.xlsx")


@layout
def penginapan() -> Layout:
    """Hotel tariffs per grade: two heading rows, long merged names."""
    rnd, s = random.Random(7), Sheet("Penginapan")
    s.title("SATUAN BIAYA PENGINAPAN PERJALANAN DINAS DALAM NEGERI", "TAHUN ANGGARAN 2025")
    s.skip()
    s.add("NO", "PROVINSI", "SATUAN", "TARIF HOTEL (Rp)")
    s.add(
        N,
        N,
        N,
        "KEPALA DAERAH/ KETUA DPRD/ ESELON I",
        "ANGGOTA DPRD/ ESELON II",
        "ESELON III/ GOLONGAN IV",
        "ESELON IV/ GOLONGAN III, II DAN I",
    )
    s.merges += ["A4:A5", "B4:B5", "C4:C5", "D4:G4"]
    s.add(1, 2, 3, 4, 5, 6, 7)
    s.table()
    for i, name in enumerate(PROVINSI, 1):
        base = rnd.randint(300, 900) * 1000
        costs = (base * 6, base * 3 + 1000, base * 2 + 500, base)
        s.leaf([i, name.title(), "OH", *costs], *costs)
    s.skip()
    s.sign(4)
    return Layout("penginapan", (s,), file="sbu penginapan.xlsx")


@layout
def honorarium() -> Layout:
    """Honoraria: roman groups, lettered groups, numbers with brackets, amounts only at the leaves."""
    rnd, s = random.Random(8), Sheet("Honor")
    s.title("STANDAR BIAYA UMUM", "HONORARIUM PENANGGUNG JAWAB PENGELOLA KEUANGAN")
    s.skip()
    s.add("NO", "URAIAN", "SATUAN", "BESARAN (Rp)")
    s.add(1, 2, 3, 4)
    s.table()
    for roman, what in (
        ("I", "Honorarium Pengelola Keuangan"),
        ("II", "Honorarium Pengadaan Barang/Jasa"),
        ("III", "Honorarium Tim Pelaksana Kegiatan"),
    ):
        s.add(roman, what)
        for letter in "ABC":
            s.add(letter, f"Pejabat {letter}{roman} menurut nilai pagu dana")
            for k, cap in enumerate(
                ("s.d. Rp100 juta", "di atas Rp100 juta s.d. Rp250 juta", "di atas Rp250 juta s.d. Rp500 juta"), 1
            ):
                cost = rnd.randint(10, 60) * 25000
                s.leaf([f"{k})", f"Nilai pagu dana {cap}", "OB", cost], cost)
    return Layout("honorarium", (s,), file="sbu honor.xlsx")


@layout
def hspk_list() -> Layout:
    """HSPK recap: code of analysis, work item, unit, price; groups in roman; prices carry sen."""
    rnd, s = random.Random(9), Sheet("Rekap HSPK")
    s.title("REKAPITULASI HARGA SATUAN POKOK KEGIATAN (HSPK)", "KABUPATEN TANETE JAYA TAHUN 2025")
    s.skip()
    s.add("NO", "KODE ANALISA", "URAIAN PEKERJAAN", "SATUAN", "HARGA SATUAN (Rp)", "KET")
    s.table()
    for roman, what in (
        ("I", "PEKERJAAN PERSIAPAN"),
        ("II", "PEKERJAAN TANAH"),
        ("III", "PEKERJAAN BETON"),
        ("IV", "PEKERJAAN KAYU"),
    ):
        s.add(roman, N, what)
        for i in range(1, 12):
            cost = Decimal(rnd.randint(1_000_000, 90_000_000)) / 100
            s.leaf([i, f"A.2.2.{len(roman)}.{i}", f"Pemasangan 1 m2 {what.split()[1].lower()} tipe {i}", "m2", float(cost)], cost)
    return Layout("hspk_list", (s,), file="hspk.xlsx")


@layout
def hspk_analysis() -> Layout:
    """Analyses (coefficient × price per work item), block after block: a list of the prices that they come to."""
    rnd, s = random.Random(10), Sheet("Analisa")
    s.table()
    s.title("ANALISA HARGA SATUAN PEKERJAAN")
    s.skip()
    for block in range(1, 9):
        s.add(f"A.{block}", f"1 m3 Pekerjaan galian tipe {block}")
        s.add("No", "Uraian", "Satuan", "Koefisien", "Harga Satuan (Rp)", "Jumlah Harga (Rp)")
        total = 0.0
        for letter, what, parts in (
            ("A", "TENAGA", ("Pekerja", "Mandor")),
            ("B", "BAHAN", ("Pasir", "Semen")),
            ("C", "PERALATAN", ()),
        ):
            s.add(letter, what)
            part = 0.0
            for k, name in enumerate(parts, 1):
                coef, cost = rnd.randint(10, 900) / 1000, rnd.randint(2, 30) * 5000
                part += coef * cost
                s.add(k, name, "OH" if letter == "A" else "m3", coef, cost, round(coef * cost, 2))
            s.add(N, f"Jumlah Harga {what.title()}", N, N, N, round(part, 2))
            total += part
        s.add("D", "Jumlah (A+B+C)", N, N, N, round(total, 2))
        s.add("E", "Overhead & Profit 10% x D", N, N, N, round(total / 10, 2))
        price = round(total * 1.1, 2)
        s.leaf(["F", "Harga Satuan Pekerjaan (D+E)", N, N, N, price], price)
        s.skip()
    return Layout("hspk_analysis", (s,), file="analisa.xlsx")


@layout
def asb_fixed_variable() -> Layout:
    """ASB: fixed and variable cost per driver, with lower and upper bound left out."""
    rnd, s = random.Random(11), Sheet("ASB")
    s.title("ANALISIS STANDAR BELANJA (ASB)", "TAHUN ANGGARAN 2025")
    s.skip()
    s.add("Kode ASB", "Nama ASB", "Satuan Pengendali Belanja", "Belanja Tetap (Fixed Cost)", "Belanja Variabel (Variable Cost)")
    s.table()
    for i, what in enumerate(
        ("Pelatihan Pegawai", "Sosialisasi", "Bimbingan Teknis", "Rapat Koordinasi", "Monitoring", "Lomba"), 1
    ):
        costs = (rnd.randint(500, 4000) * 1000, rnd.randint(80, 600) * 1000)
        s.leaf([f"ASB-{i:03d}", what, "Per peserta per hari", *costs], *costs)
    return Layout("asb_fixed_variable", (s,), file="asb.xlsx")


@layout
def side_by_side() -> Layout:
    """Two lists beside each other on one sheet, a blank column between."""
    rnd, s = random.Random(12), Sheet("Harga")
    s.title("STANDAR HARGA SATUAN")
    s.add("A. ALAT TULIS KANTOR", N, N, N, N, "B. PERALATAN KANTOR")
    s.add("No", "Nama Barang", "Satuan", "Harga (Rp)", N, "No", "Nama Barang", "Satuan", "Harga (Rp)")
    left, right = s.table(), s.table()
    for i, (a, b) in enumerate(zip(items(rnd, ATK, 15), items(rnd, ALAT, 15), strict=True), 1):
        left.add([a[3]])
        right.add([b[3]])
        s.add(i, a[0], a[2], a[3], N, i, b[0], b[2], b[3])
    return Layout("side_by_side", (s,), file="harga dua kolom.xlsx")


@layout
def many_sheets() -> Layout:
    """One sheet per group, the same heading on each, an index sheet before them."""
    rnd, cover = random.Random(13), Sheet("DAFTAR ISI")
    cover.title("DAFTAR ISI STANDAR SATUAN HARGA")
    sheets = [cover]
    for i, (group, names) in enumerate([*GROUPS.items(), *((f"{k} LAIN", v) for k, v in GROUPS.items())], 1):
        cover.add(i, group.title(), f"Lembar {i}")
        s = Sheet(f"{i}. {group.title()}"[:31])
        s.title("STANDAR SATUAN HARGA", f"KELOMPOK {group}")
        s.skip()
        s.add("KODE", "NAMA BARANG", "SPESIFIKASI", "SATUAN", "HARGA")
        s.table()
        for k, (name, spec, unit, cost) in enumerate(items(rnd, names, 14), 1):
            s.leaf([f"1.{i}.{k:03d}", name, spec, unit, cost], cost)
        sheets.append(s)
    return Layout("many_sheets", tuple(sheets), file="ssh per kelompok.xlsx")
