"""A third round of price lists and neighbours, invented without looking at how they are read."""

from __future__ import annotations

import random

from tests.merah_harga import ALAT, ATK, BANGUN, GROUPS, MAKAN, PROVINSI, Layout, Layouts, N, Sheet, dots, items, price

layout = Layouts()


@layout
def recap_and_analyses() -> Layout:
    """A list of work prices, and behind it a sheet of analyses per group with the same prices in their feet."""
    rnd, recap = random.Random(61), Sheet("Rekap")
    recap.title("DAFTAR HARGA SATUAN PEKERJAAN", "KABUPATEN TANETE JAYA")
    recap.add("No", "Jenis Pekerjaan", "Satuan", "Harga Satuan (Rp)", "Ket")
    recap.table()
    sheets = [recap]
    for letter, what in zip("ABC", ("Galian", "Pondasi", "Beton"), strict=True):
        recap.add(letter, f"PEKERJAAN {what.upper()}")
        s = Sheet(what)
        s.add(letter, f"PEKERJAAN {what.upper()}")
        for k in range(1, 6):
            s.add(N, f"1 m3 {what.lower()} tipe {k}")
            s.add("No", "Uraian", "Sat", "Koef.", "Harga Satuan", "Jumlah Harga")
            total = 0.0
            for part, names in (("I. TENAGA", ("Pekerja", "Tukang", "Mandor")), ("II. BAHAN", ("Pasir", "Semen"))):
                s.add(N, part)
                for i, name in enumerate(names, 1):
                    coef, cost = rnd.randint(10, 900) / 1000, rnd.randint(2, 30) * 5000
                    total += coef * cost
                    s.add(i, name, "OH", coef, cost, coef * cost)
            s.add(N, "Jumlah", N, N, N, total)
            s.add(N, "Biaya umum dan keuntungan 10%", N, N, N, total / 10)
            s.add(N, "Harga Satuan Pekerjaan", N, N, N, total * 1.1)
            s.skip()
            worth = round(total * 1.1 / 100) * 100
            recap.leaf([k, f"1 m3 {what.lower()} tipe {k}", "m3", worth, N], worth)
        sheets.append(s)
    return Layout("recap_and_analyses", tuple(sheets), file="ahsp.xlsx")


@layout
def mixed_types() -> Layout:
    """A unit row below the headings, numbers and texts in one price column."""
    rnd, s = random.Random(62), Sheet("SSH")
    s.title("STANDAR SATUAN HARGA TAHUN 2025")
    s.add("NO", "NAMA BARANG", "MERK", "SATUAN", "HARGA")
    s.add(N, N, N, N, "(Rp)")
    s.table()
    for i, (name, _, unit, cost) in enumerate(items(rnd, ALAT, 40), 1):
        cost *= 10
        s.leaf([i, name, "setara", unit, (cost, dots(cost), f"Rp{dots(cost)}", f"Rp. {dots(cost)},00")[i % 4]], cost)
    return Layout("mixed_types", (s,), file="ssh.xlsx")


@layout
def wide_groups() -> Layout:
    """Groups as full-width rows whose text stands in the number column."""
    rnd, s = random.Random(63), Sheet("SSH")
    s.title("STANDAR SATUAN HARGA")
    s.skip()
    s.add("No.", "Nama Barang", "Spesifikasi Teknis", "Satuan", "Harga Satuan (Rp)", "TKDN %")
    s.table()
    for letter, (group, names) in zip("ABCD", GROUPS.items(), strict=True):
        row = s.add(f"{letter}. {group}")
        s.merges.append(f"A{row}:F{row}")
        for i, (name, spec, unit, cost) in enumerate(items(rnd, names, 11), 1):
            s.leaf([i, name, spec, unit, cost, rnd.choice((0, 40.5, 25))], cost)
    return Layout("wide_groups", (s,), file="ssh.xlsx")


@layout
def stacked_same() -> Layout:
    """Six small tables below each other with the same headings, each with its own title."""
    rnd, s = random.Random(64), Sheet("SBU")
    s.title("STANDAR BIAYA UMUM")
    s.table()
    for k, what in enumerate(("Narasumber", "Moderator", "Pembawa Acara", "Panitia", "Rohaniwan", "Juri"), 1):
        s.skip()
        s.add(f"{k}. Honorarium {what}")
        s.add("No", "Uraian", "Satuan", "Biaya (Rp)")
        for i, who in enumerate(("Menteri/setingkat", "Eselon I", "Eselon II", "Eselon III ke bawah")[: 2 + k % 3], 1):
            cost = rnd.randint(4, 40) * 25000
            s.leaf([i, f"{what} {who}", "OJ", cost], cost)
    return Layout("stacked_same", (s,), file="sbu.xlsx")


@layout
def stacked_different() -> Layout:
    """Two tables below each other with different headings."""
    rnd, s = random.Random(65), Sheet("Perjadin")
    s.title("STANDAR BIAYA PERJALANAN DINAS", "A. UANG HARIAN")
    s.add("No", "Tujuan", "Satuan", "Uang Harian (Rp)")
    s.table()
    for i, name in enumerate(PROVINSI[:12], 1):
        cost = rnd.randint(35, 60) * 10000
        s.leaf([i, name, "OH", cost], cost)
    s.skip(2)
    s.title("B. PENGINAPAN")
    s.add("No", "Tujuan", "Satuan", "Eselon II", "Eselon III", "Eselon IV")
    s.table()
    for i, name in enumerate(PROVINSI[:12], 1):
        costs = [rnd.randint(40, 90) * 10000 for _ in range(3)]
        s.leaf([i, name, "OH", *costs], *costs)
    return Layout("stacked_different", (s,), file="sbu perjadin.xlsx")


@layout
def hidden_old_price() -> Layout:
    """Last year's price stands in a hidden column."""
    rnd, s = random.Random(66), Sheet("SSH")
    s.title("STANDAR SATUAN HARGA")
    s.add("Kode", "Nama Barang", "Satuan", "Harga 2024", "Harga 2025")
    s.table()
    for i, (name, _, unit, cost) in enumerate(items(rnd, ATK, 20), 1):
        s.leaf([f"1.1.{i:02d}", name, unit, cost, cost + 500], cost, cost + 500)
    s.hidden_cols.append("D")
    return Layout("hidden_old_price", (s,), file="ssh.xlsx")


@layout
def unit_in_price() -> Layout:
    """The unit stands with the price in one text: 'Rp 360.000/OH'."""
    rnd, s = random.Random(67), Sheet("SBU")
    s.title("STANDAR BIAYA UMUM")
    s.add("No", "Uraian Biaya", "Besaran")
    s.table()
    for i in range(1, 19):
        cost = rnd.randint(4, 90) * 12500
        s.leaf([i, f"Biaya kegiatan jenis {i}", f"Rp {dots(cost)}/{rnd.choice(('OH', 'OJ', 'paket', 'orang/bulan'))}"], cost)
    return Layout("unit_in_price", (s,), file="sbu.xlsx")


@layout
def zero_groups() -> Layout:
    """An export whose group rows carry a price of zero and no unit."""
    rnd, s = random.Random(68), Sheet("Sheet1")
    s.add("KODE", "URAIAN", "SPESIFIKASI", "SATUAN", "HARGA SATUAN", "KELOMPOK")
    s.table()
    for g, (group, names) in enumerate(GROUPS.items(), 1):
        s.add(f"1.1.{g:02d}", group, N, N, 0, "SSH")
        for i, (name, spec, unit, cost) in enumerate(items(rnd, names, 12), 1):
            s.leaf([f"1.1.{g:02d}.{i:03d}", name, spec, unit, cost, "SSH"], cost)
    return Layout("zero_groups", (s,), file="ssh export.xlsx")


@layout
def by_account() -> Layout:
    """Items below the accounts they are booked on; items have no code of their own."""
    rnd, s = random.Random(69), Sheet("SSH per Rekening")
    s.title("STANDAR SATUAN HARGA MENURUT REKENING BELANJA")
    s.add("Kode Rekening", "Uraian", "Satuan", "Harga Satuan")
    s.table()
    accounts = (
        ("5.1.02.01.01.0024", "Belanja Alat Tulis Kantor", ATK),
        ("5.1.02.01.01.0052", "Belanja Makanan dan Minuman Rapat", MAKAN),
        ("5.1.02.01.01.0002", "Belanja Bahan Bangunan dan Konstruksi", BANGUN),
    )
    for code, name, names in accounts:
        s.add(code, name)
        for what, spec, unit, cost in items(rnd, names, 10):
            s.leaf([N, f"- {what} {spec}", unit, cost], cost)
    return Layout("by_account", (s,), file="ssh.xlsx")


@layout
def formula_prices() -> Layout:
    """Prices are formulas over a hidden sheet of base prices: both are lists, and the hidden one has to be known."""
    rnd, s, base = random.Random(70), Sheet("SSH 2025"), Sheet("Dasar", hidden=True)
    s.title("STANDAR SATUAN HARGA TAHUN 2025")
    base.title("HARGA DASAR SURVEI")
    for x in (s, base):
        x.add("No", "Nama Barang", "Satuan", "Harga")
        x.table()
    for i, (name, _, unit, cost) in enumerate(items(rnd, BANGUN, 12), 1):
        base.leaf([i, name, unit, cost], cost)
        now = round(cost * 1.1)
        s.leaf([i, name, unit, (f"=ROUND(Dasar!D{i + 2}*1.1,0)", now)], now)
    return Layout("formula_prices", (s, base), must_warn=True, file="ssh.xlsx")


@layout
def room_inventory() -> Layout:
    """KIR: what stands in a room, with state and purchase price: no price list."""
    rnd, s = random.Random(71), Sheet("KIR Camat")
    s.title("KARTU INVENTARIS RUANGAN", "RUANGAN : CAMAT")
    s.skip()
    s.add(
        "No",
        "Jenis Barang",
        "Merk/Model",
        "No. Seri Pabrik",
        "Ukuran",
        "Bahan",
        "Tahun Pembuatan",
        "No. Kode Barang",
        "Jumlah Barang",
        "Harga Beli (Rp)",
        "Keadaan Barang",
        N,
        N,
        "Ket",
    )
    s.add(*[N] * 10, "Baik", "Kurang Baik", "Rusak Berat")
    s.merges.append("K4:M4")
    for i in range(1, 19):
        s.add(i, rnd.choice(ALAT), "-", "-", "-", "Besi", 2010 + i % 12, f"1.3.2.{i:02d}", 1, rnd.randint(5, 90) * 100000, "v")
    return Layout("room_inventory", (s,), must_warn=True, file="kir.xlsx")


@layout
def payroll() -> Layout:
    """Salaries: money beside names, none of ours."""
    rnd, s = random.Random(72), Sheet("Gaji")
    s.title("DAFTAR GAJI PEGAWAI BULAN JANUARI 2025")
    s.add("No", "Nama / NIP", "Gol", "Gaji Pokok", "Tunjangan Keluarga", "Tunjangan Jabatan", "Potongan IWP", "Jumlah Diterima")
    for i in range(1, 21):
        pay = rnd.randint(25, 45) * 100000
        parts = (pay, pay // 10, 540000, pay // 12)
        s.add(i, f"Pegawai {i}\n19800101 200501 1 {i:03d}", "III/b", *parts, parts[0] + parts[1] + parts[2] - parts[3])
    return Layout("payroll", (s,), must_warn=True, file="gaji.xlsx")


@layout
def shop_catalogue() -> Layout:
    """Products of a web shop with stock, rating and sold numbers."""
    rnd, s = random.Random(73), Sheet("produk")
    s.add("id_produk", "nama_produk", "kategori", "harga", "diskon", "stok", "rating", "terjual")
    for i in range(1, 51):
        s.add(
            i,
            f"{rnd.choice(MAKAN)} {i}",
            "makanan",
            price(rnd),
            0,
            rnd.randint(0, 90),
            round(3 + rnd.random() * 2, 1),
            rnd.randint(0, 900),
        )
    return Layout("shop_catalogue", (s,), must_warn=True, file="katalog.xlsx")


@layout
def codes_without_prices() -> Layout:
    """The list of goods codes: no price at all."""
    s = Sheet("Kodefikasi")
    s.title("KODEFIKASI BARANG MILIK DAERAH")
    s.add("Kode Barang", "Uraian Barang", "Satuan")
    for i, name in enumerate((*ATK, *ALAT), 1):
        s.add(f"1.1.7.01.{i:03d}", name, "Buah")
    return Layout("codes_without_prices", (s,), must_warn=True, file="kodefikasi ssh.xlsx")


@layout
def printed_total() -> Layout:
    """A list that adds its prices up at the foot, against all sense: the foot is no line."""
    rnd, s = random.Random(74), Sheet("Harga")
    s.title("DAFTAR HARGA SATUAN BARANG")
    s.add("No", "Nama Barang", "Satuan", "Harga Satuan (Rp)")
    s.table()
    first = len(s.rows) + 1
    for i, (name, _, unit, cost) in enumerate(items(rnd, MAKAN, 10), 1):
        s.leaf([i, name, unit, cost], cost)
    s.add(N, "JUMLAH", N, (f"=SUM(D{first}:D{len(s.rows)})", int(s.tables[-1].sums[0])))
    s.sign(3, "Camat Rante,", "Drs. Hamzah Taufik")
    return Layout("printed_total", (s,), file="harga.xlsx")


@layout
def double_number() -> Layout:
    """A running number used twice, and a price without a name."""
    rnd, s = random.Random(75), Sheet("SSH")
    s.title("STANDAR SATUAN HARGA")
    s.add("No", "Nama Barang", "Satuan", "Harga Satuan (Rp)")
    s.table()
    for i, (name, _, unit, cost) in enumerate(items(rnd, ATK, 20), 1):
        s.leaf([8 if i == 9 else i, N if i == 14 else name, unit, cost], cost)
    return Layout("double_number", (s,), must_warn=True, file="ssh.xlsx")
