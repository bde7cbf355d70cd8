"""Price lists with repeated headings, odd prices, broken cells, copies and split codes; inventories, stock and sales."""

from __future__ import annotations

import random
from decimal import Decimal

from tests.merah_harga import ALAT, ATK, BANGUN, GROUPS, MAKAN, Layout, Layouts, N, Sheet, items, price, rp

layout = Layouts()


@layout
def pages() -> Layout:
    """Heading, number row and a page line repeated on every page."""
    rnd, s = random.Random(14), Sheet("SSH")
    s.title("STANDAR SATUAN HARGA BARANG")
    s.table()
    made = items(rnd, ATK, 75)
    for page in range(5):
        s.add("NO", "NAMA BARANG", "SPESIFIKASI", "SATUAN", "HARGA SATUAN")
        s.add(1, 2, 3, 4, 5)
        for k, (name, spec, unit, cost) in enumerate(made[page * 15 : page * 15 + 15], page * 15 + 1):
            s.leaf([k, name, spec, unit, cost], cost)
        s.add(N, N, N, N, f"Halaman {page + 1} dari 5")
    return Layout("pages", (s,), file="ssh halaman.xlsx")


@layout
def money_text() -> Layout:
    """Prices as 'Rp 1.250.000,-', names over several lines of one cell."""
    rnd, s = random.Random(15), Sheet("Sheet1")
    s.title("DAFTAR STANDAR HARGA BARANG", "BADAN KEUANGAN DAERAH")
    s.skip()
    s.add("No", "Nama Barang / Merk / Tipe", "Satuan", "Harga Standar", "Keterangan")
    s.table()
    for i, (name, spec, unit, cost) in enumerate(items(rnd, ALAT, 28), 1):
        s.leaf([i, f"{name}\n- {spec}\n- garansi 1 tahun", unit, rp(cost * 20), "termasuk pajak"], cost * 20)
    return Layout("money_text", (s,), file="standar.xlsx")


@layout
def ranges_and_words() -> Layout:
    """Prices that are no number: a range, 'menyesuaikan', 'at cost', blank. Lines stay lines, and it must be said."""
    rnd, s = random.Random(16), Sheet("SSH Jasa")
    s.title("STANDAR SATUAN HARGA JASA")
    s.add("No", "Uraian Jasa", "Satuan", "Harga Satuan (Rp)", "Keterangan")
    truth = s.table()
    odd = {4: "50.000 s/d 75.000", 9: "menyesuaikan", 13: "At cost", 17: N}
    for i in range(1, 23):
        cost = odd.get(i, price(rnd)) if i in odd else price(rnd)
        s.leaf([i, f"Jasa pemeliharaan tipe {i}", "Paket", cost, "harga pasar" if i in odd else N], N if i in odd else cost)
    truth.also = (18, 19, 20, 21)
    return Layout("ranges_and_words", (s,), must_warn=True, file="ssh jasa.xlsx")


@layout
def in_thousands() -> Layout:
    """Prices in thousands of rupiah, said above the table: as they stand, and that must be said."""
    rnd, s = random.Random(17), Sheet("Harga")
    s.title("STANDAR HARGA SATUAN PERALATAN", "(dalam ribuan rupiah)")
    s.add("No", "Nama Barang", "Satuan", "Harga")
    s.table()
    for i, (name, _, _, cost) in enumerate(items(rnd, ALAT, 15), 1):
        s.leaf([i, name, "Unit", cost / 100], Decimal(cost) / 100)
    return Layout("in_thousands", (s,), must_warn=True, file="harga ribuan.xlsx")


@layout
def with_tax() -> Layout:
    """Price without tax, tax, price with tax."""
    rnd, s = random.Random(18), Sheet("SSH")
    s.title("STANDAR SATUAN HARGA")
    s.add("Kode", "Uraian", "Satuan", "Harga Sebelum PPN", "PPN 11%", "Harga Termasuk PPN")
    s.table()
    for i, (name, _, unit, cost) in enumerate(items(rnd, ATK, 20), 1):
        cost *= 100
        tax = cost * 11 // 100
        s.leaf([f"1.3.{i:02d}", name, unit, cost, tax, cost + tax], cost, cost + tax)
    return Layout("with_tax", (s,), file="ssh ppn.xlsx")


@layout
def min_max() -> Layout:
    """Lowest and highest price."""
    rnd, s = random.Random(19), Sheet("Kisaran")
    s.title("STANDARISASI HARGA BARANG")
    s.add("No", "Nama Barang", "Satuan", "Harga Terendah (Rp)", "Harga Tertinggi (Rp)")
    s.table()
    for i, (name, _, unit, cost) in enumerate(items(rnd, BANGUN, 12), 1):
        s.leaf([i, name, unit, cost, cost + 2500], cost, cost + 2500)
    return Layout("min_max", (s,), file="kisaran.xlsx")


@layout
def one_code_two_prices() -> Layout:
    """A code and item that return with another price."""
    rnd, s = random.Random(20), Sheet("SSH")
    s.title("STANDAR SATUAN HARGA")
    s.add("Kode Barang", "Uraian Barang", "Spesifikasi", "Satuan", "Harga")
    s.table()
    made = items(rnd, ATK, 20)
    for i, (name, spec, unit, cost) in enumerate(made, 1):
        s.leaf([f"1.1.7.{i:03d}", name, spec, unit, cost], cost)
    name, spec, unit, cost = made[4]
    s.leaf(["1.1.7.005", name, spec, unit, cost + 5000], cost + 5000)
    return Layout("one_code_two_prices", (s,), must_warn=True, file="ssh ganda.xlsx")


@layout
def without_unit() -> Layout:
    """Two items without unit."""
    rnd, s = random.Random(21), Sheet("SSH")
    s.title("STANDAR SATUAN HARGA")
    s.add("Kode Barang", "Uraian Barang", "Spesifikasi", "Satuan", "Harga")
    s.table()
    for i, (name, spec, unit, cost) in enumerate(items(rnd, ATK, 20), 1):
        s.leaf([f"1.1.7.{i:03d}", name, spec, N if i in (6, 15) else unit, cost], cost)
    return Layout("without_unit", (s,), must_warn=True, file="ssh.xlsx")


@layout
def broken_cells() -> Layout:
    """#REF! instead of two prices."""
    rnd, s = random.Random(22), Sheet("SSH")
    s.title("STANDAR SATUAN HARGA")
    s.add("No", "Uraian Barang", "Satuan", "Harga Satuan")
    truth = s.table()
    for i, (name, _, unit, cost) in enumerate(items(rnd, ALAT, 15), 1):
        if i in (3, 11):
            s.leaf([i, name, unit, ("=#REF!*1.1", "#REF!")], N)
        else:
            s.leaf([i, name, unit, (f"=ROUND({cost}*1,0)", cost)], cost)
    truth.also = (13,)
    return Layout("broken_cells", (s,), must_warn=True, file="ssh ref.xlsx")


@layout
def filtered_copies() -> Layout:
    """The whole list five times, each sheet filtered to another group: once is right, and it must be said."""
    rnd = random.Random(23)
    made = [(g, *item) for g, names in GROUPS.items() for item in items(rnd, names, 10)]
    sheets = []
    for k, name in enumerate(("Semua", *(g.title() for g in GROUPS))):
        s = Sheet(name)
        s.add("No", "Kelompok", "Nama Barang", "Spesifikasi", "Satuan", "Harga Satuan")
        if k == 0:
            s.table()
        for i, (group, what, spec, unit, cost) in enumerate(made, 1):
            cells = [i, group, what, spec, unit, cost]
            row = s.leaf(cells, cost) if k == 0 else s.add(*cells)
            if k and group.title() != name:
                s.hidden_rows.append(row)
        s.filtered = f"A1:F{len(made) + 1}"
        sheets.append(s)
    return Layout("filtered_copies", tuple(sheets), must_warn=True, file="ssh saring.xlsx")


@layout
def hidden_last_year() -> Layout:
    """Last year's list on a hidden sheet: other prices, a list of its own, but somebody has to know that it is read."""
    rnd, sheets = random.Random(24), []
    made = items(rnd, ATK, 20)
    for name, more, hidden in (("SSH 2025", 500, False), ("SSH 2024", 0, True)):
        s = Sheet(name, hidden=hidden)
        s.title(f"STANDAR SATUAN HARGA TAHUN {name[-4:]}")
        s.add("Kode", "Uraian", "Spesifikasi", "Satuan", "Harga")
        s.table()
        for i, (what, spec, unit, cost) in enumerate(made, 1):
            s.leaf([f"1.1.{i:02d}", what, spec, unit, cost + more], cost + more)
        sheets.append(s)
    return Layout("hidden_last_year", tuple(sheets), must_warn=True, file="ssh dua tahun.xlsx")


@layout
def split_code() -> Layout:
    """The code in six columns, a group row at every level."""
    rnd, s = random.Random(25), Sheet("Standar Harga")
    s.title("STANDAR HARGA SATUAN BARANG")
    s.skip()
    s.add("KODE BARANG", N, N, N, N, "NAMA BARANG", "SATUAN", "HARGA SATUAN (Rp)")
    s.merges.append("A3:E3")
    s.table()
    s.add("1", N, N, N, N, "PERSEDIAAN")
    for g, (group, names) in enumerate(GROUPS.items(), 1):
        s.add("1", "1", f"{g:02d}", N, N, group)
        for sub in (1, 2):
            s.add("1", "1", f"{g:02d}", f"{sub:02d}", N, f"{group.title()} kelompok {sub}")
            for i, (name, _, unit, cost) in enumerate(items(rnd, names, 6), 1):
                s.leaf(["1", "1", f"{g:02d}", f"{sub:02d}", f"{i:03d}", f"{name} {sub}", unit, cost], cost)
    return Layout("split_code", (s,), file="standar harga.xlsx")


@layout
def merged_items() -> Layout:
    """The item's name stands once in a merged block, each specification has a line with a price of its own."""
    rnd, s = random.Random(26), Sheet("Sewa")
    s.title("STANDAR BIAYA SEWA KENDARAAN")
    s.add("No", "Jenis Kendaraan", "Spesifikasi", "Satuan", "Tarif Sewa (Rp)")
    s.table()
    for i, name in enumerate(("Mobil", "Bus", "Truk", "Pikap", "Sepeda motor"), 1):
        first = len(s.rows) + 1
        for k, spec in enumerate(("dalam kabupaten", "luar kabupaten", "luar provinsi")):
            cost = price(rnd, 300, 900)
            s.leaf([i if k == 0 else N, name if k == 0 else N, spec, "Unit/hari", cost], cost)
        s.merges += [f"A{first}:A{first + 2}", f"B{first}:B{first + 2}"]
    return Layout("merged_items", (s,), file="sewa.xlsx")


@layout
def spec_lines() -> Layout:
    """The specification runs on in rows below the item that carry nothing else."""
    rnd, s = random.Random(27), Sheet("Komputer")
    s.title("STANDAR SATUAN HARGA KOMPUTER")
    s.add("NO", "KODE", "NAMA BARANG DAN SPESIFIKASI", "SATUAN", "HARGA (Rp)")
    s.table()
    for i, (name, _, _, cost) in enumerate(items(rnd, ALAT, 12), 1):
        s.leaf([i, f"1.3.2.05.{i:03d}", name, "Unit", cost * 10], cost * 10)
        for spec in ("- Prosesor setara generasi 10", "- Memori 8 GB", "- Garansi 1 tahun")[: i % 4]:
            s.add(N, N, spec)
    return Layout("spec_lines", (s,), file="komputer.xlsx")


@layout
def kib() -> Layout:
    """KIB B: an inventory of owned goods with acquisition prices is no price list."""
    rnd, s = random.Random(28), Sheet("KIB B")
    s.title("KARTU INVENTARIS BARANG (KIB) B", "PERALATAN DAN MESIN", "KECAMATAN RANTE")
    s.skip()
    s.add(
        "No",
        "Kode Barang",
        "Jenis Barang / Nama Barang",
        "Nomor Register",
        "Merk / Type",
        "Ukuran / CC",
        "Bahan",
        "Tahun Pembelian",
        "Nomor",
        N,
        N,
        "Asal usul",
        "Harga (Rp)",
        "Keterangan",
    )
    s.add(N, N, N, N, N, N, N, N, "Rangka", "Mesin", "Polisi")
    s.merges.append("I5:K5")
    total = 0
    for i in range(1, 41):
        cost = rnd.randint(400, 25000) * 1000
        total += cost
        s.add(
            i,
            f"1.3.2.05.01.{i:02d}",
            rnd.choice(ALAT),
            f"{i:04d}",
            "Setara",
            "-",
            "Campuran",
            rnd.randint(2009, 2024),
            "-",
            "-",
            "-",
            "Pembelian",
            cost,
            "Baik",
        )
    s.add(N, "JUMLAH", *[N] * 10, total)
    s.sign(9, "Pengurus Barang,", "Rahmat Saleh")
    return Layout("kib", (s,), must_warn=True, file="KIB B.xlsx")


@layout
def stock_card() -> Layout:
    """A stock card: what came in and went out by date."""
    rnd, s = random.Random(29), Sheet("Kartu Stok")
    s.title("KARTU BARANG PERSEDIAAN", "Nama Barang : Kertas HVS F4", "Satuan : Rim")
    s.add("No", "Tanggal", "Nomor Bukti", "Uraian", "Masuk", "Keluar", "Sisa", "Harga Satuan", "Keterangan")
    left = 0
    for i in range(1, 31):
        came, went = (rnd.randint(20, 60), 0) if i % 5 == 1 else (0, rnd.randint(1, 4))
        left += came - went
        s.add(
            i,
            f"{i:02d}-0{1 + i // 25}-2025",
            f"BAST/{i:03d}",
            "Pembelian" if came else "Pemakaian seksi",
            came,
            went,
            left,
            58000,
        )
    return Layout("stock_card", (s,), must_warn=True, file="kartu stok.xlsx")


@layout
def cash_register() -> Layout:
    """Sales of a shop: items, quantities and amounts by receipt."""
    rnd, s = random.Random(30), Sheet("penjualan")
    s.add("tanggal", "no_nota", "pelanggan", "nama_barang", "kategori", "qty", "harga", "total", "metode_bayar")
    for i in range(1, 61):
        qty, cost = rnd.randint(1, 9), price(rnd)
        s.add(
            f"2025-01-{1 + i % 28:02d}",
            f"INV{1000 + i}",
            f"Pelanggan {i % 9}",
            rnd.choice(MAKAN),
            "makanan",
            qty,
            cost,
            qty * cost,
            "tunai",
        )
    return Layout("cash_register", (s,), must_warn=True, file="harga penjualan toko.xlsx")
