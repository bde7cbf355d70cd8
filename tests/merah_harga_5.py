"""A fourth round: errors of their own, and neighbours that look like price lists even more."""

from __future__ import annotations

import random

from tests.merah_harga import ALAT, ATK, BANGUN, GROUPS, MAKAN, PROVINSI, Layout, Layouts, N, Sheet, dots, items, price, rp

layout = Layouts()


@layout
def shifted_rows() -> Layout:
    """Three lines stand one column further right: the price is in the account's column."""
    rnd, s = random.Random(81), Sheet("SSH")
    s.title("STANDAR SATUAN HARGA")
    s.add("Kode", "Uraian", "Satuan", "Harga Satuan", "Kode Rekening")
    s.table()
    for i, (name, _, unit, cost) in enumerate(items(rnd, ATK, 20), 1):
        if i in (6, 7, 8):
            s.add(f"1.1.{i:02d}", N, name, unit, cost)
        else:
            s.leaf([f"1.1.{i:02d}", name, unit, cost, "5.1.02.01.01.0024"], cost)
    return Layout("shifted_rows", (s,), must_warn=True, file="ssh.xlsx")


@layout
def broken_text() -> Layout:
    """An error value pasted as text stands instead of a price."""
    rnd, s = random.Random(82), Sheet("SSH")
    s.title("STANDAR SATUAN HARGA")
    s.add("No", "Uraian", "Satuan", "Harga Satuan")
    s.table()
    for i, (name, _, unit, cost) in enumerate(items(rnd, MAKAN, 10), 1):
        s.leaf([i, name, unit, cost], cost)
    s.add(11, "Paket prasmanan", "Porsi", "#REF!")
    s.tables[0].n += 1
    return Layout("broken_text", (s,), must_warn=True, file="ssh.xlsx")


@layout
def lost_thousands() -> Layout:
    """Prices as 15,5 beside 17.000: an English Excel swallowed the thousands of two lines."""
    rnd, s = random.Random(83), Sheet("SSH")
    s.title("STANDAR SATUAN HARGA")
    s.add("No", "Uraian", "Satuan", "Harga Satuan (Rp)")
    s.table()
    for i, (name, _, unit, cost) in enumerate(items(rnd, ATK, 20), 1):
        shown = {4: 15.5, 12: 2.75}.get(i, cost)
        s.leaf([i, name, unit, shown], shown)
    return Layout("lost_thousands", (s,), must_warn=True, file="ssh.xlsx")


@layout
def negative_price() -> Layout:
    """A price below zero."""
    rnd, s = random.Random(84), Sheet("SSH")
    s.title("STANDAR SATUAN HARGA")
    s.add("No", "Uraian", "Satuan", "Harga Satuan (Rp)")
    s.table()
    for i, (name, _, unit, cost) in enumerate(items(rnd, ATK, 12), 1):
        s.leaf([i, name, unit, -cost if i == 5 else cost], -cost if i == 5 else cost)
    return Layout("negative_price", (s,), must_warn=True, file="ssh.xlsx")


@layout
def two_prices_in_a_cell() -> Layout:
    """Two prices on two lines of one cell."""
    rnd, s = random.Random(85), Sheet("SSH")
    s.title("STANDAR SATUAN HARGA")
    s.add("No", "Uraian", "Satuan", "Harga Satuan (Rp)")
    s.table()
    for i, (name, _, unit, cost) in enumerate(items(rnd, ATK, 12), 1):
        s.leaf([i, name, unit, f"{dots(cost)}\n{dots(cost + 500)}" if i == 5 else cost], N if i == 5 else cost)
    return Layout("two_prices_in_a_cell", (s,), must_warn=True, file="ssh.xlsx")


@layout
def shopping_list() -> Layout:
    """What an office bought: date, shop, receipt, goods, quantity, price, amount: bookkeeping, none of ours."""
    rnd, s = random.Random(86), Sheet("Belanja")
    s.title("BUKU PEMBELIAN BARANG", "TAHUN 2025")
    s.add("No", "Tanggal", "No. Nota", "Toko", "Nama Barang", "Jumlah", "Satuan", "Harga Satuan", "Total", "Diskon")
    for i in range(1, 31):
        n, cost = rnd.randint(1, 20), price(rnd)
        s.add(
            i,
            f"{1 + i % 28:02d}/02/2025",
            f"N-{i:04d}",
            "Toko Maju",
            rnd.choice(ATK),
            n,
            "Buah",
            cost,
            n * cost,
            0,
        )
    return Layout("shopping_list", (s,), must_warn=True, file="pembelian.xlsx")


@layout
def quotation() -> Layout:
    """A firm's price offer with quantities and amounts, tax and total: a RAB in all but name."""
    rnd, s = random.Random(88), Sheet("Penawaran")
    s.title("CV SINAR LEMBANG", "SURAT PENAWARAN HARGA")
    s.add("No", "Uraian Pekerjaan", "Volume", "Satuan", "Harga Satuan", "Jumlah Harga")
    truth = s.table("rab")
    total = 0
    for i, (name, _, unit, cost) in enumerate(items(rnd, BANGUN, 12), 1):
        n = rnd.randint(1, 40)
        total += n * cost
        truth.add([n * cost])
        s.add(i, name, n, unit, cost, n * cost)
    s.add(N, "JUMLAH", N, N, N, total)
    return Layout("quotation", (s,), file="penawaran.xlsx")


@layout
def price_first() -> Layout:
    """The price stands before the name, and the code last."""
    rnd, s = random.Random(89), Sheet("SSH")
    s.title("STANDAR SATUAN HARGA")
    s.add("Harga Satuan", "Satuan", "Nama Barang", "Kelompok", "Kode Barang")
    s.table()
    for i, (name, _, unit, cost) in enumerate(items(rnd, ALAT, 15), 1):
        s.leaf([cost, unit, name, "Peralatan", f"1.3.2.{i:03d}"], cost)
    return Layout("price_first", (s,), file="ssh.xlsx")


@layout
def roman_zones_unmerged() -> Layout:
    """Zone names in a second row without any merge, blank rows between groups, the list begins in column C, row 12."""
    rnd, s = random.Random(90), Sheet("Lampiran")
    s.skip(8)
    s.add(N, N, "STANDAR HARGA SATUAN BARANG KABUPATEN TANETE JAYA")
    s.skip(2)
    s.add(N, N, "NO", "JENIS BARANG", "SATUAN", "HARGA PER WILAYAH")
    s.add(N, N, N, N, N, "I", "II", "III")
    s.table()
    for letter, (group, names) in zip("ABCD", GROUPS.items(), strict=True):
        s.add(N, N, letter, group)
        for i, (name, _, unit, cost) in enumerate(items(rnd, names, 8), 1):
            s.leaf([N, N, i, name, unit, cost, cost + 500, cost + 1000], cost, cost + 500, cost + 1000)
        s.skip()
    return Layout("roman_zones_unmerged", (s,), file="ssh.xlsx")


@layout
def lettered_leaves() -> Layout:
    """Leaves lettered a. b. c. below numbered items that have no price."""
    rnd, s = random.Random(91), Sheet("Honor")
    s.title("STANDAR HONORARIUM NARASUMBER")
    s.add("No.", "Uraian", "Satuan", "Biaya TA 2025")
    s.table()
    for i, what in enumerate(("Narasumber", "Moderator", "Pembawa acara"), 1):
        s.add(f"{i}.", what)
        for letter, who in zip("abcd", ("Menteri", "Eselon I", "Eselon II", "Eselon III ke bawah"), strict=True):
            cost = rnd.randint(3, 60) * 25000
            s.leaf([f"{letter}.", f"   {who}", "Orang/Jam", rp(cost)], cost)
    return Layout("lettered_leaves", (s,), file="sbu honor.xlsx")


@layout
def lost_heading() -> Layout:
    """The second zone lost its heading: its prices are not taken, and that is said."""
    rnd, s = random.Random(93), Sheet("SSH")
    s.title("STANDAR SATUAN HARGA PER ZONA")
    s.add("No", "Uraian", "Satuan", "Harga Zona 1")
    s.table()
    for i, (name, _, unit, cost) in enumerate(items(rnd, BANGUN, 12), 1):
        s.leaf([i, name, unit, cost, cost + 700], cost)
    return Layout("lost_heading", (s,), must_warn=True, file="ssh.xlsx")


@layout
def provinces_side_by_side() -> Layout:
    """Provinces 1 to 17 on the left, 18 to 34 on the right, the same headings twice, no blank column."""
    rnd, s = random.Random(92), Sheet("Taksi")
    s.title("SATUAN BIAYA TAKSI PERJALANAN DINAS DALAM NEGERI")
    s.add("No", "Provinsi", "Satuan", "Besaran", "No", "Provinsi", "Satuan", "Besaran")
    left, right = s.table(), s.table()
    for i in range(17):
        a, b = rnd.randint(9, 40) * 10000, rnd.randint(9, 40) * 10000
        left.add([a])
        right.add([b])
        s.add(i + 1, PROVINSI[i], "Orang/Kali", a, i + 18, PROVINSI[i + 17], "Orang/Kali", b)
    return Layout("provinces_side_by_side", (s,), file="sbm taksi.xlsx")
