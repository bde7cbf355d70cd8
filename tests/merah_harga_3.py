"""More price lists and neighbours, invented after the first ones without looking at how they are read."""

from __future__ import annotations

import random

from tests.merah_harga import ALAT, ATK, BANGUN, GROUPS, MAKAN, PROVINSI, Layout, Layouts, N, Sheet, dots, items, price

layout = Layouts()
KOTA = ("Makassar", "Jakarta", "Surabaya", "Denpasar", "Balikpapan", "Manado", "Kendari", "Palu", "Ambon", "Medan")


@layout
def tickets() -> Layout:
    """Air fares: two cities and two classes, no unit column."""
    rnd, s = random.Random(41), Sheet("Tiket")
    s.title("SATUAN BIAYA TIKET PESAWAT PERJALANAN DINAS DALAM NEGERI (PP)")
    s.skip()
    s.add("NO.", "KOTA", N, "SATUAN BIAYA TIKET", N)
    s.add(N, "ASAL", "TUJUAN", "BISNIS", "EKONOMI")
    s.merges += ["A3:A4", "B3:C3", "D3:E3"]
    s.add("(1)", "(2)", "(3)", "(4)", "(5)")
    s.table()
    n = 0
    for a in KOTA[:5]:
        for b in KOTA[5:]:
            n += 1
            cost = rnd.randint(2000, 9000) * 1000
            s.leaf([n, a.upper(), b.upper(), cost * 2, cost], cost * 2, cost)
    return Layout("tickets", (s,), file="sbm tiket.xlsx")


@layout
def in_dollars() -> Layout:
    """Daily allowance abroad in dollars per grade, with regions as groups."""
    rnd, s = random.Random(42), Sheet("LN")
    s.title("SATUAN BIAYA UANG HARIAN PERJALANAN DINAS LUAR NEGERI", "(dalam US$)")
    s.skip()
    s.add("NO", "NEGARA", "GOLONGAN")
    s.add(N, N, "A", "B", "C", "D")
    s.merges += ["A4:A5", "B4:B5", "C4:F4"]
    s.table()
    n = 0
    for region, names in (
        ("ASIA TENGGARA", ("Malaysia", "Singapura", "Thailand", "Filipina")),
        ("EROPA BARAT", ("Belanda", "Jerman", "Prancis")),
    ):
        s.add(N, region)
        for name in names:
            n += 1
            base = rnd.randint(150, 400)
            costs = (base + 200, base + 120, base + 60, base)
            s.leaf([n, name, *costs], *costs)
    return Layout("in_dollars", (s,), must_warn=True, file="sbu luar negeri.xlsx")


@layout
def wages_materials_tools() -> Layout:
    """Wages, materials, tools: codes L.01, M.01, E.01, lettered groups in capitals, one price column called HSD."""
    rnd, s = random.Random(43), Sheet("HSD")
    s.title("DAFTAR HARGA SATUAN DASAR (HSD)", "UPAH, BAHAN DAN PERALATAN")
    s.skip()
    s.add("No.", "Uraian", "Kode", "Satuan", "Harga Satuan Dasar (Rp.)", "Keterangan")
    s.table()
    for letter, code, what, names in (
        ("A", "L", "TENAGA KERJA", ("Pekerja", "Tukang", "Kepala Tukang", "Mandor", "Operator")),
        ("B", "M", "BAHAN", BANGUN),
        ("C", "E", "PERALATAN", ("Molen", "Stamper", "Excavator", "Dump truck")),
    ):
        s.add(f"{letter}.", what)
        for i, name in enumerate(names, 1):
            cost = price(rnd)
            s.leaf([i, name, f"{code}.{i:02d}", "OH" if code == "L" else "m3", cost, "franco lokasi" if code == "M" else N], cost)
        s.skip()
    return Layout("wages_materials_tools", (s,), file="HSD 2025.xlsx")


@layout
def market_survey() -> Layout:
    """A survey in three shops with their average: the average is a price too, and all of it is one table."""
    rnd, s = random.Random(44), Sheet("Survei")
    s.title("HASIL SURVEI HARGA PASAR UNTUK PENYUSUNAN STANDAR SATUAN HARGA")
    s.add("No", "Nama Barang", "Satuan", "Harga Survei (Rp)", N, N, "Harga Rata-rata")
    s.add(N, N, N, "Toko A", "Toko B", "Toko C")
    s.merges += ["A2:A3", "B2:B3", "C2:C3", "D2:F2", "G2:G3"]
    s.table()
    for i, (name, _, unit, cost) in enumerate(items(rnd, ATK, 18), 1):
        costs = (cost, cost + 300, cost + 600)
        s.leaf([i, name, unit, *costs, cost + 300], *costs, cost + 300)
    return Layout("market_survey", (s,), must_warn=True, file="survei.xlsx")


@layout
def stock_report() -> Layout:
    """Goods in stock with quantity, price and value of opening balance, in, out and closing balance: no table of ours."""
    rnd, s = random.Random(45), Sheet("Persediaan")
    s.title("LAPORAN PERSEDIAAN BARANG PAKAI HABIS", "PER 31 DESEMBER 2024")
    s.skip()
    s.add("No", "Nama Barang", "Satuan", "Harga Satuan", "Saldo Awal", N, "Mutasi Masuk", N, "Mutasi Keluar", N, "Saldo Akhir", N)
    s.add(N, N, N, N, *["Jumlah", "Nilai"] * 4)
    s.merges += ["E4:F4", "G4:H4", "I4:J4", "K4:L4"]
    for i, (name, _, unit, cost) in enumerate(items(rnd, ATK, 20), 1):
        a, b, c = rnd.randint(1, 20), rnd.randint(0, 30), rnd.randint(0, 10)
        s.add(i, name, unit, cost, a, a * cost, b, b * cost, c, c * cost, a + b - c, (a + b - c) * cost)
    return Layout("stock_report", (s,), must_warn=True, file="persediaan.xlsx")


@layout
def database_export() -> Layout:
    """Column names of a database, dates of creation, ids, the year as a number."""
    rnd, s = random.Random(46), Sheet("ssh_komponen")
    s.add(
        "id",
        "tahun",
        "kode_barang",
        "nama_barang",
        "spesifikasi",
        "satuan",
        "harga_satuan",
        "kode_akun",
        "is_locked",
        "created_at",
    )
    s.table()
    for i, (name, spec, unit, cost) in enumerate(items(rnd, ATK + ALAT, 70), 1):
        s.leaf(
            [10500 + i, 2025, f"1.1.12.01.{i:04d}", name, spec, unit, cost, "5.1.02.01.01.0024", i % 2, "2024-09-01 10:22:31"],
            cost,
        )
    return Layout("database_export", (s,), file="export.xlsx")


@layout
def parts_and_whole() -> Layout:
    """HSPK list with wage, material and tool parts: the price is their sum."""
    rnd, s = random.Random(47), Sheet("HSPK")
    s.title("HARGA SATUAN POKOK KEGIATAN")
    s.add("NO", "URAIAN PEKERJAAN", "SAT", "HARGA SATUAN (Rp)")
    s.add(N, N, N, "UPAH", "BAHAN", "ALAT", "JUMLAH")
    s.merges += ["A2:A3", "B2:B3", "C2:C3", "D2:G2"]
    s.table()
    for roman, what in (("I", "PEKERJAAN TANAH"), ("II", "PEKERJAAN PASANGAN")):
        s.add(roman, what)
        for i in range(1, 9):
            parts = [price(rnd) for _ in range(3)]
            s.leaf([i, f"1 m3 {what.lower()} jenis {i}", "m3", *parts, sum(parts)], sum(parts))
    return Layout("parts_and_whole", (s,), file="hspk.xlsx")


@layout
def unit_in_heading() -> Layout:
    """Rent of rooms: the unit stands in the heading, prices per hour and per day."""
    rnd, s = random.Random(48), Sheet("Sewa Gedung")
    s.title("STANDAR BIAYA SEWA GEDUNG PERTEMUAN")
    s.add("No", "Nama Gedung", "Kapasitas (orang)", "Tarif per Hari (Rp)", "Tarif per Jam (Rp)")
    s.table()
    for i in range(1, 13):
        cost = price(rnd, 500, 3000)
        s.leaf([i, f"Gedung serbaguna {i}", rnd.choice((50, 100, 250, 500)), cost, cost // 500 * 100], cost, cost // 500 * 100)
    return Layout("unit_in_heading", (s,), file="sewa gedung.xlsx")


@layout
def currency_cell() -> Layout:
    """'Rp' in a cell of its own beside the number, both under one merged heading."""
    rnd, s = random.Random(49), Sheet("SSH")
    s.title("STANDAR SATUAN HARGA")
    s.add("NO", "URAIAN", "SATUAN", "HARGA SATUAN", N, "KET")
    s.merges.append("D2:E2")
    s.table()
    for i, (name, _, unit, cost) in enumerate(items(rnd, MAKAN, 20), 1):
        s.leaf([i, name, unit, "Rp", cost, N], cost)
    return Layout("currency_cell", (s,), file="ssh.xlsx")


@layout
def english_text() -> Layout:
    """Prices typed as text in English form with sen."""
    rnd, s = random.Random(50), Sheet("Price List")
    s.title("STANDAR HARGA SATUAN REGIONAL")
    s.add("No", "Kode", "Uraian", "Satuan", "Harga (Rp.)")
    s.table()
    for i, (name, _, unit, cost) in enumerate(items(rnd, ALAT, 30), 1):
        s.leaf([i, f"B.{i:03d}", name, unit, f"{cost * 10:,}.00"], cost * 10)
    return Layout("english_text", (s,), file="shsr.xlsx")


@layout
def four_kinds() -> Layout:
    """One workbook: text of the regulation, SSH, SBU, HSPK, each with its own headings."""
    rnd, law = random.Random(51), Sheet("PERBUP")
    law.title(
        "BUPATI TANETE JAYA",
        "PERATURAN BUPATI NOMOR 45 TAHUN 2024",
        "Menimbang : a. bahwa untuk tertib belanja daerah;",
        "Mengingat : 1. Undang-Undang Nomor 23 Tahun 2014;",
        "MEMUTUSKAN :",
        "Pasal 1 Standar harga satuan tercantum dalam lampiran.",
    )
    ssh = Sheet("SSH")
    ssh.title("LAMPIRAN I", "STANDAR SATUAN HARGA")
    ssh.add("NO", "KODE BARANG", "NAMA BARANG", "SATUAN", "HARGA")
    ssh.table()
    for i, (name, _, unit, cost) in enumerate(items(rnd, ATK, 15), 1):
        ssh.leaf([i, f"1.1.{i:03d}", name, unit, cost], cost)
    sbu = Sheet("SBU")
    sbu.title("LAMPIRAN II", "STANDAR BIAYA UMUM", "UANG REPRESENTASI")
    sbu.add("NO", "URAIAN", "SATUAN", "LUAR KOTA", "DALAM KOTA")
    sbu.table()
    for i, name in enumerate(("Pejabat Negara", "Eselon I", "Eselon II"), 1):
        sbu.leaf([i, name, "OH", 250000 - 50000 * i, 125000 - 25000 * i], 250000 - 50000 * i, 125000 - 25000 * i)
    hspk = Sheet("HSPK")
    hspk.title("LAMPIRAN III", "HARGA SATUAN POKOK KEGIATAN")
    hspk.add("KODE", "JENIS PEKERJAAN", "SATUAN", "HARGA SATUAN PEKERJAAN (Rp)")
    hspk.table()
    for i in range(1, 12):
        cost = price(rnd) + 0.25
        hspk.leaf([f"A.4.{i}", f"Pemasangan lantai tipe {i}", "m2", cost], cost)
    return Layout("four_kinds", (law, ssh, sbu, hspk), file="Perbup 45.xlsx")


@layout
def asb_text() -> Layout:
    """ASB as prose per activity with a small table of shares in percent: nothing to import."""
    s = Sheet("ASB 001")
    s.title(
        "ASB-001 PELATIHAN PEGAWAI",
        "Deskripsi:",
        "Pelatihan pegawai merupakan kegiatan untuk meningkatkan kompetensi.",
        "Pengendali belanja (cost driver): Jumlah peserta dan jumlah hari",
        "Satuan pengendali belanja tetap (fixed cost): = Rp. 1.250.000,00 per kegiatan",
        "Satuan pengendali belanja variabel (variable cost): = Rp. 325.000,00 x jumlah peserta x jumlah hari",
        "Rumus Perhitungan Belanja Total:",
        "Belanja tetap + belanja variabel = Rp. 1.250.000,00 + (Rp. 325.000,00 x peserta x hari)",
    )
    s.skip()
    s.add("No", "Keterangan", "Batas Bawah", "Rata-rata", "Batas Atas")
    for i, what in enumerate(
        ("Honorarium", "Bahan pakai habis", "Cetak dan penggandaan", "Makanan dan minuman", "Perjalanan dinas"), 1
    ):
        s.add(i, f"Belanja {what}", f"{i},25%", f"{i + 10},50%", f"{i + 20},75%")
    return Layout("asb_text", (s,), must_warn=True, file="asb 001.xlsx")


@layout
def lone_zone_blanks() -> Layout:
    """Zone II is blank on some lines and a dash on others: no price there, and that is nothing to repair."""
    rnd, s = random.Random(52), Sheet("SSH")
    s.title("STANDAR SATUAN HARGA PER WILAYAH")
    s.add("No", "Uraian", "Spesifikasi", "Satuan", "Wilayah Daratan", "Wilayah Kepulauan")
    s.table()
    for i, (name, spec, unit, cost) in enumerate(items(rnd, BANGUN, 24), 1):
        far = N if i in (3, 8) else "-" if i == 12 else cost + 4000
        s.leaf([i, name, spec, unit, cost, far], cost, far if isinstance(far, int) else 0)
    return Layout("lone_zone_blanks", (s,), file="ssh wilayah.xlsx")


@layout
def against_market() -> Layout:
    """Standard price, market price and their difference."""
    rnd, s = random.Random(53), Sheet("Evaluasi")
    s.title("EVALUASI STANDAR HARGA TERHADAP HARGA PASAR")
    s.add("No", "Uraian", "Satuan", "Harga SSH (Rp)", "Harga Pasar (Rp)", "Selisih (Rp)", "%")
    s.table()
    for i, (name, _, unit, cost) in enumerate(items(rnd, MAKAN, 10), 1):
        market = cost + rnd.randint(1, 9) * 100
        s.leaf([i, name, unit, cost, market, market - cost, round((market - cost) / cost * 100, 2)], cost, market)
    return Layout("against_market", (s,), file="evaluasi ssh.xlsx")


@layout
def group_columns() -> Layout:
    """Group and sub group in merged columns on the left, the item in the third."""
    rnd, s = random.Random(54), Sheet("Daftar")
    s.title("DAFTAR STANDAR HARGA BARANG")
    s.add("Kelompok", "Sub Kelompok", "Nama Barang", "Satuan", "Harga")
    s.table()
    for group, names in GROUPS.items():
        first = len(s.rows) + 1
        for sub in (1, 2):
            begin = len(s.rows) + 1
            for i, (name, _, unit, cost) in enumerate(items(rnd, names, 5)):
                s.leaf([group if sub == 1 and i == 0 else N, f"Sub {sub}" if i == 0 else N, f"{name} {sub}", unit, cost], cost)
            s.merges.append(f"B{begin}:B{begin + 4}")
        s.merges.append(f"A{first}:A{first + 9}")
    return Layout("group_columns", (s,), file="standar harga.xlsx")


@layout
def transport_matrix() -> Layout:
    """Fares from each district to each other: the destinations are the headings, the unit is in the title."""
    rnd, s = random.Random(55), Sheet("Transpor")
    s.title("STANDAR BIAYA TRANSPORTASI ANTAR KECAMATAN (Rp per orang sekali jalan)")
    s.skip()
    places = ("Lembang", "Tondok", "Rante", "Buntu", "Salu")
    s.add("No", "Kecamatan Asal", "Kecamatan Tujuan")
    s.add(N, N, *places)
    s.merges += ["A3:A4", "B3:B4", "C3:G3"]
    s.table()
    for i, a in enumerate(places, 1):
        costs = [0 if a == b else rnd.randint(4, 30) * 5000 for b in places]
        s.leaf([i, a, *(c or "-" for c in costs)], *costs)
    return Layout("transport_matrix", (s,), file="sbu transport.xlsx")


@layout
def filtered_rows() -> Layout:
    """Five lines hidden by a filter: they count, and it is said."""
    rnd, s = random.Random(56), Sheet("SSH")
    s.title("STANDAR SATUAN HARGA")
    s.add("No", "Nama Barang", "Satuan", "Harga")
    s.table()
    for i, (name, _, unit, cost) in enumerate(items(rnd, ATK, 20), 1):
        row = s.leaf([i, name, unit, cost], cost)
        if i in (4, 5, 11, 12, 13):
            s.hidden_rows.append(row)
    s.filtered = f"A2:D{len(s.rows)}"
    return Layout("filtered_rows", (s,), must_warn=True, file="ssh.xlsx")


@layout
def odd_amounts() -> Layout:
    """A letter O for zero, one mark for thousands and sen, a price that lost its thousands: said, never guessed silently."""
    rnd, s = random.Random(57), Sheet("SSH")
    s.title("STANDAR SATUAN HARGA")
    s.add("Kode", "Uraian", "Satuan", "Harga Satuan (Rp)")
    s.table()
    odd: dict[int, object] = {5: "1.5OO.000", 11: "2.750.00"}
    worth: dict[int, object] = {5: N, 11: 2750}
    for i, (name, _, unit, cost) in enumerate(items(rnd, ALAT, 15), 1):
        shown = odd.get(i, dots(cost * 10))
        s.leaf([f"1.{i:02d}", name, unit, shown], worth.get(i, cost * 10))
    return Layout("odd_amounts", (s,), must_warn=True, file="ssh.xlsx")


@layout
def nested_numbers() -> Layout:
    """Numbers 1, 1.1, 1.1.1 as levels; some leaves at the second level, some at the third."""
    rnd, s = random.Random(58), Sheet("Honorarium")
    s.title("STANDAR BIAYA HONORARIUM")
    s.add("No", "Uraian", "Satuan", "Biaya (Rp)")
    s.table()
    for a in range(1, 4):
        s.add(str(a), f"Honorarium kelompok {a}")
        for b in range(1, 4):
            if b == 2:
                s.add(f"{a}.{b}", f"Tim pelaksana {a}")
                for c, who in enumerate(("Ketua", "Sekretaris", "Anggota"), 1):
                    cost = rnd.randint(4, 30) * 25000
                    s.leaf([f"{a}.{b}.{c}", who, "OB", cost], cost)
            else:
                cost = rnd.randint(4, 30) * 25000
                s.leaf([f"{a}.{b}", f"Narasumber tingkat {b}", "OJ", cost], cost)
    return Layout("nested_numbers", (s,), file="sbu.xlsx")


@layout
def attendance() -> Layout:
    """A roll call: names and marks, no money."""
    rnd, s = random.Random(59), Sheet("Absen")
    s.title("DAFTAR HADIR PEGAWAI", "BULAN JANUARI 2025")
    s.add("No", "Nama", "Jabatan", *range(1, 11), "Jumlah Hadir")
    for i in range(1, 16):
        days = [rnd.choice((0, 1, 1, 1)) for _ in range(10)]
        s.add(i, f"Pegawai {PROVINSI[i].title()}", "Staf", *days, sum(days))
    return Layout("attendance", (s,), must_warn=True, file="absen.xlsx")
