"""Budget layouts, sixth part: proposals, exports and village forms of other kinds; errors in recaps, koefisien and sources."""

from __future__ import annotations

from tests.merah_rab import ALAT, ATK, CETAK, JASA, MAKAN, TANI, UPAH, Buku, Lembar, N, book, rp, total, ttd

HEAD = ["No", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah"]


@book
def kpjm_prakiraan_maju():
    """The budget year and three years of prakiraan maju beside it; the title names the year."""
    s = Lembar("KPJM")
    s.rows(
        ["RINCIAN ALOKASI ANGGARAN TAHUN ANGGARAN 2025"],
        ["DAN PRAKIRAAN MAJU"],
        [],
        ["Kode", "Uraian", "Alokasi TA 2025", "Prakiraan Maju", N, N],
        [N, N, N, "2026", "2027", "2028"],
    )
    s.merge("A4:A5", "B4:B5", "C4:C5", "D4:F4")
    rows = [
        ("2886.EBA.956", "Layanan BMN", 48300000),
        ("2886.EBA.962", "Layanan Umum", 215750000),
        ("2886.EBD.952", "Layanan Perencanaan", 66420000),
    ]
    whole = [0, 0, 0, 0]
    for code, what, n in rows:
        years = [n, n * 105 // 100, n * 110 // 100, n * 115 // 100]
        whole = [a + b for a, b in zip(whole, years, strict=True)]
        s.line(code, what, *years, rp=n)
    s.row(N, "JUMLAH", *whole)
    return Buku("kpjm_prakiraan_maju", [s])


@book
def acara_inggris():
    """An event budget with English headings, a group cell merged down, Sub Total rows, a contingency line
    before the grand total."""
    s = Lembar("BUDGET")
    s.rows(["BUDGET PLAN - FESTIVAL BUDAYA KECAMATAN"], [], ["Divisi", "Item", "Qty", "Unit", "Unit Price", "Total"])
    grand = 0
    for name, items in (("Acara", JASA), ("Konsumsi", MAKAN), ("Dekorasi", CETAK)):
        first = s.next
        for k, (what, v, unit, price) in enumerate(items):
            s.line(name if k == 0 else N, what, v, unit, price, v * price, rp=v * price)
        s.merge(f"A{first}:A{s.r}")
        s.row(N, "Sub Total", N, N, N, total(items))
        grand += total(items)
    s.line(N, "Biaya tak terduga", 1, "ls", 1500000, 1500000, rp=1500000)
    s.row(N, "Grand Total", N, N, N, grand + 1500000)
    return Buku("acara_inggris", [s])


@book
def tenaga_ahli_durasi():
    """Consultants: role, number of people, months, rate, total; then non-personnel costs in a second block
    of the same columns."""
    s = Lembar("Biaya")
    s.rows(
        ["RENCANA ANGGARAN BIAYA PENGEMBANGAN APLIKASI"],
        [],
        ["No", "Uraian", "Jumlah Orang", "Durasi (Bulan)", "Rate per Bulan (Rp)", "Total (Rp)"],
    )
    grand = 0
    for letter, name, rows in (
        ("A", "Biaya Personil", [("Ketua Tim", 1, 4, 12500000), ("Programmer", 2, 3, 8500000), ("Analis", 1, 2, 9000000)]),
        ("B", "Biaya Non Personil", [("Sewa server", 1, 12, 650000), ("Pelatihan operator", 2, 1, 1750000)]),
    ):
        s.row(letter, name)
        own = 0
        for i, (what, a, b, price) in enumerate(rows, 1):
            own += a * b * price
            s.line(i, what, a, b, price, a * b * price, rp=a * b * price)
        s.row(N, "Sub total " + letter, N, N, N, own)
        grand += own
    s.row(N, "TOTAL BIAYA", N, N, N, grand)
    return Buku("tenaga_ahli_durasi", [s])


@book
def boq_salah_eja():
    """'Jumalah Harga', 'Vollume'; group sums on the group row; PPN and Pembulatan; work items with fractions."""
    s = Lembar("RAB FISIK")
    s.rows(
        ["RENCANA ANGGARAN BIAYA"],
        ["REHABILITASI BALAI DESA"],
        [],
        ["No", "Uraian Pekerjaan", "Kode AHSP", "Vollume", "Satuan", "Harga Satuan (Rp)", "Jumalah Harga (Rp)"],
    )
    parts = [
        ("I", "PERSIAPAN", [("Pembersihan", "A.1", 96, "m2", 14250), ("Bouwplank", "A.2", 42, "m1", 96500)]),
        (
            "II",
            "ATAP",
            [
                ("Rangka baja ringan", "B.1", 168, "m2", 187300),
                ("Atap spandek", "B.2", 168, "m2", 112400),
                ("Nok", "B.3", 24, "m1", 61800),
            ],
        ),
        ("III", "FINISHING", [("Cat dinding", "C.1", 320, "m2", 33900), ("Plafon", "C.2", 96, "m2", 141700)]),
    ]
    n = sum(v * p for _, _, items in parts for *_, v, _, p in items)
    for roman, name, items in parts:
        s.row(roman, name, N, N, N, N, sum(v * p for *_, v, _, p in items))
        for i, (what, code, v, unit, price) in enumerate(items, 1):
            s.line(i, what, code, v, unit, price, v * price, rp=v * price)
    tax = (n * 11 + 50) // 100
    s.rows(
        [N, "Jumlah", N, N, N, N, n],
        [N, "PPN 11%", N, N, N, N, tax],
        [N, "Jumlah Total", N, N, N, N, n + tax],
        [N, "Dibulatkan", N, N, N, N, (n + tax) // 1000 * 1000],
    )
    return Buku("boq_salah_eja", [s])


@book
def osis_judul_di_antara():
    """School proposal: section titles alone in the first column, the label of the total in the price column."""
    s = Lembar("Proposal")
    s.rows(["ANGGARAN DANA KEGIATAN"], ["Keterangan", "Jumlah", "Harga", "Total"])
    for name, items in (("KONSUMSI", MAKAN), ("PERLENGKAPAN", CETAK)):
        s.row(name)
        for what, v, _, price in items:
            s.line(what, v, price, v * price, rp=v * price)
        s.row(N, N, "Subtotal", total(items))
    s.row(N, N, "TOTAL", total(MAKAN + CETAK))
    return Buku("osis_judul_di_antara", [s])


@book
def pok_cetak_teks():
    """POK as printed by the application: text amounts, page headings between, blocked items with an asterisk, SATUAN apart."""
    s = Lembar("Sheet1")
    head = [
        ["KODE", "PROGRAM/KEGIATAN/KRO/RO/KOMPONEN/SUBKOMP/AKUN/DETIL", "PERHITUNGAN TAHUN 2025", N, N, N, "SD/CP"],
        [N, N, "VOLUME", "SATUAN", "HARGA SATUAN", "JUMLAH BIAYA", N],
        ["(1)", "(2)", "(3)", N, "(4)", "(5)", "(6)"],
    ]
    s.rows(["RINCIAN KERTAS KERJA SATKER T.A. 2025"], ["KODE SATKER : 412345"], ["Halaman : 1"], *head)
    akun = [
        ("521211", "Belanja Bahan", MAKAN),
        ("521811", "Belanja Barang Persediaan Barang Konsumsi", ATK),
        ("522151", "Belanja Jasa Profesi", JASA),
    ]
    n = rp(total(MAKAN + ATK + JASA))
    s.row("010.01.WA", "Program Dukungan Manajemen", N, N, N, n, N)
    s.row("1234", "Pembinaan Wilayah", N, N, N, n, N)
    s.row("1234.EBA", "Layanan Dukungan Manajemen Internal", "1", "Layanan", N, n, N)
    s.row("1234.EBA.994", "Layanan Perkantoran", "1", "Layanan", N, n, N)
    s.row("002", "Operasional dan Pemeliharaan Kantor", N, N, N, n, "U")
    s.row("A", "Keperluan Perkantoran", N, N, N, n, N)
    for k, (code, name, items) in enumerate(akun):
        if k == 1:
            s.skip()
            s.row("Halaman : 2")
            s.rows(*head)
        s.row(code, name, N, N, N, rp(total(items)), "RM")
        s.row(N, "(KPPN.055-Mekar Jaya)")
        for what, v, unit, price in items:
            s.line("*" if v == 6 else N, f"- {what} [{v} {unit}]", str(v), unit, rp(price), rp(v * price), N, rp=v * price)
    return Buku("pok_cetak_teks", [s])


@book
def rapbs_kiri_kanan():
    """Income on the left and spending on the right, the same headings twice side by side."""
    s = Lembar("RAPBS")
    s.rows(
        ["RENCANA ANGGARAN PENDAPATAN DAN BELANJA SEKOLAH"],
        [],
        ["No", "Uraian Pendapatan", "Jumlah", N, "No", "Uraian Belanja", "Jumlah"],
    )
    left = [("BOS Reguler", 148500000), ("Bantuan Kabupaten", 12750000)]
    right = [("Belanja pegawai", 48200000), ("Belanja barang dan jasa", 79650000), ("Belanja modal", 33400000)]
    s.tables = []
    s.again()
    s.again()
    for i in range(3):
        cells = []
        for k, side in enumerate((left, right)):
            if i < len(side):
                cells += [i + 1, *side[i]] + ([N] if k == 0 else [])
                s.tables[k].n_leaf += 1
                s.tables[k].sums["jumlah"] += side[i][1]
            else:
                cells += [N, N, N, N]
        s.row(*cells)
    s.row(N, "Jumlah", 161250000, N, N, "Jumlah", 161250000)
    return Buku("rapbs_kiri_kanan", [s])


@book
def rkpdes():
    """Village work plan: volume as text, place, target group, months, cost and source; bidang as merged
    group rows with sums below."""
    s = Lembar("RKPDes")
    s.rows(
        ["RANCANGAN RKP DESA TAHUN 2025"],
        ["DESA HARAPAN JAYA"],
        [],
        [
            "No",
            "Bidang/ Jenis Kegiatan",
            N,
            "Lokasi",
            "Prakiraan Volume",
            "Sasaran/ Manfaat",
            "Waktu Pelaksanaan",
            "Prakiraan Biaya dan Sumber Pembiayaan",
            N,
            "Pola Pelaksanaan",
        ],
        [N, "Bidang", "Jenis Kegiatan", N, N, N, N, "Jumlah (Rp)", "Sumber", N],
    )
    s.merge("A4:A5", "B4:C4", "D4:D5", "E4:E5", "F4:F5", "G4:G5", "H4:I4", "J4:J5")
    grand = 0
    for i, (bidang, rows) in enumerate(
        (
            (
                "Pembangunan Desa",
                [
                    ("Drainase", "Dusun I", "210 m", 96400000),
                    ("Rabat beton", "Dusun II", "150 m", 121750000),
                    ("Posyandu", "Dusun I", "1 unit", 64300000),
                ],
            ),
            (
                "Pemberdayaan",
                [("Pelatihan jahit", "Balai Desa", "1 paket", 14250000), ("Bibit ternak", "Dusun III", "20 ekor", 38000000)],
            ),
        ),
        1,
    ):
        own = 0
        for k, (what, where, volume, n) in enumerate(rows):
            own += n
            s.line(
                i if k == 0 else N, bidang if k == 0 else N, what, where, volume, "Warga", "6 bulan", n, "DDS", "Swakelola", rp=n
            )
        s.row(N, f"Jumlah Bidang {i}", N, N, N, N, N, own)
        grand += own
    s.row(N, "JUMLAH TOTAL", N, N, N, N, N, grand)
    return Buku("rkpdes", [s])


@book
def nomor_bertitik_angka():
    """1, 1.1, 1.2 … stored as numbers in the number column, amounts on every level."""
    s = Lembar("Rencana")
    s.rows(["RENCANA BELANJA BAGIAN"], ["No", "Uraian", "Volume", "Satuan", "Harga", "Jumlah"])
    for k, (name, items) in enumerate((("Alat tulis", ATK[:5]), ("Konsumsi", MAKAN), ("Jasa", JASA)), 1):
        s.row(k, name, N, N, N, total(items))
        for i, (what, v, unit, price) in enumerate(items, 1):
            s.line(float(f"{k}.{i}"), what, v, unit, price, v * price, rp=v * price)
    s.row(N, "Jumlah", N, N, N, total(ATK[:5] + MAKAN + JASA))
    return Buku("nomor_bertitik_angka", [s])


@book
def jumlah_bertangga():
    """Amounts step over three columns: items, sub groups, groups; headed together as Jumlah (Rp)."""
    s = Lembar("Anggaran")
    s.rows(["ANGGARAN RUMAH TANGGA KECAMATAN"], [], ["Uraian", "Jumlah (Rp)", N, N])
    s.merge("B3:D3")
    tree = [
        (
            "Belanja Rutin",
            [
                ("Listrik dan air", [("Listrik", 18600000), ("Air", 4250000)]),
                ("Telekomunikasi", [("Internet", 9600000), ("Telepon", 1875000)]),
            ],
        ),
        ("Belanja Insidentil", [("Tamu", [("Jamuan", 6400000), ("Cinderamata", 2350000)])]),
    ]
    for top, subs in tree:
        s.row(top, N, N, sum(n for _, rows in subs for _, n in rows))
        for sub, rows in subs:
            s.row("  " + sub, N, sum(n for _, n in rows))
            for what, n in rows:
                s.line("    " + what, n, rp=n)
    s.row("JUMLAH", N, N, sum(n for _, subs in tree for _, rows in subs for _, n in rows))
    return Buku("jumlah_bertangga", [s])


@book
def persen_sebagai_volume():
    """A management cost: 3 % of a base; and a discount with a negative amount."""
    s = Lembar("RAB")
    s.rows(["RAB PENGADAAN JASA"], HEAD)
    base = total(TANI)
    for i, (what, v, unit, price) in enumerate(TANI, 1):
        s.line(i, what, v, unit, price, v * price, rp=v * price)
    s.line(8, "Biaya operasional TPK", 3, "%", base, base * 3 // 100, rp=base * 3 // 100)
    s.line(9, "Potongan harga", 1, "ls", -500000, -500000, rp=-500000)
    s.row(N, "Jumlah", N, N, N, base + base * 3 // 100 - 500000)
    return Buku("persen_sebagai_volume", [s])


@book
def kebutuhan_kurang_tersedia():
    """What is needed, what is there, what is missing; missing × price is the amount."""
    s = Lembar("Kebutuhan")
    s.rows(
        ["RENCANA KEBUTUHAN PERALATAN"],
        ["No", "Nama Barang", "Kebutuhan", "Tersedia", "Kekurangan", "Satuan", "Harga Satuan", "Jumlah"],
    )
    n = 0
    for i, (what, need, have, price) in enumerate(
        (
            ("Meja", 20, 14, 1450000),
            ("Kursi", 40, 22, 650000),
            ("Komputer", 12, 9, 9800000),
            ("Printer", 6, 4, 3100000),
            ("Lemari", 8, 3, 2750000),
        ),
        1,
    ):
        n += (need - have) * price
        s.line(i, what, need, have, need - have, "unit", price, (need - have) * price, rp=(need - have) * price)
    s.row(N, "JUMLAH", N, N, N, N, N, n)
    return Buku("kebutuhan_kurang_tersedia", [s])


@book
def tanda_bintang_catatan():
    """Long remarks with figures below the table, a legend, and a second small box with the office's pagu."""
    s = Lembar("RAB")
    s.rows(["RAB PEMELIHARAAN"], HEAD)
    for i, (what, v, unit, price) in enumerate(ALAT + CETAK, 1):
        s.line(i, what, v, unit, price, v * price, rp=v * price)
    s.row(N, "JUMLAH", N, N, N, total(ALAT + CETAK))
    s.rows(
        [],
        ["*) Harga sudah termasuk PPN 11% dan ongkos kirim Rp250.000"],
        ["**) Standar harga tahun 2025"],
        [],
        [N, "Pagu kegiatan", N, N, N, 25000000],
        [N, "Sisa pagu", N, N, N, 25000000 - total(ALAT + CETAK)],
    )
    ttd(s)
    return Buku("tanda_bintang_catatan", [s])


@book
def salah4_rekap_salah_sel():
    """The recap links group B to group C's sum; its total is therefore wrong; the detail is right."""
    rekap, s = Lembar("Rekap"), Lembar("Rincian")
    s.rows(["RINCIAN"], HEAD)
    cells = {}
    for letter, items in (("A", TANI), ("B", ALAT), ("C", UPAH)):
        s.row(letter, "Kelompok " + letter)
        first = s.next
        for i, (what, v, unit, price) in enumerate(items, 1):
            s.line(i, what, v, unit, price, v * price, rp=v * price)
        s.row(N, "Jumlah " + letter, N, N, N, (f"=SUM(F{first}:F{s.r})", total(items)))
        cells[letter] = (f"=Rincian!F{s.r}", total(items))
    rekap.rows(["REKAP"], ["No", "Uraian", "Jumlah"])
    for letter, source in (("A", "A"), ("B", "C"), ("C", "C")):
        rekap.line(letter, "Kelompok " + letter, cells[source], rp=cells[source][1])
    rekap.row(N, "TOTAL", ("=SUM(C3:C5)", total(TANI) + 2 * total(UPAH)))
    return Buku("salah4_rekap_salah_sel", [rekap, s], warn=True, silent=("Rekap",))


@book
def salah4_sumber_dana():
    """Sources DDS and ADD add up to the amount but for one line."""
    s = Lembar("RAB")
    s.rows(
        ["RAB DESA"],
        ["No", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah", "Sumber Dana", N],
        [N, N, N, N, N, N, "DDS", "ADD"],
    )
    s.merge("G2:H2")
    a = b = 0
    for i, (what, v, unit, price) in enumerate(TANI + ALAT, 1):
        one, two = (v * price, 0) if i % 2 else (0, v * price)
        if i == 3:
            one -= 1000000
        a, b = a + one, b + two
        s.line(i, what, v, unit, price, v * price, one or N, two or N, rp=v * price)
    s.row(N, "Jumlah", N, N, N, total(TANI + ALAT), a, b)
    return Buku("salah4_sumber_dana", [s], warn=True)


@book
def salah4_koefisien_pok():
    """POK: '[20 ORG x 12 KEG]' beside a volume of 200."""
    s = Lembar("POK")
    s.rows(["Kode", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah"])
    rows = [
        ("Konsumsi rapat [20 ORG x 12 KEG]", 200, "OK", 58000),
        ("Fotokopi [20 EKS x 12 KEG]", 240, "EKS", 15000),
        ("Narasumber [2 ORG x 3 JAM]", 6, "OJ", 900000),
    ]
    n = sum(v * p for _, v, _, p in rows)
    s.row("051", "Persiapan", N, N, N, n)
    s.row("521211", "Belanja Bahan", N, N, N, n)
    for what, v, unit, price in rows:
        s.line(N, "- " + what, v, unit, price, v * price, rp=v * price)
    return Buku("salah4_koefisien_pok", [s], warn=True)


@book
def salah4_apbdes_campur():
    """APBDes with income and spending in one column: the sum is that of the spending."""
    s = Lembar("APBDes")
    s.rows(["ANGGARAN PENDAPATAN DAN BELANJA DESA TA 2025"], [], ["KODE REK", "URAIAN", "ANGGARAN (Rp)", "SUMBER DANA"])
    income = [
        ("4.1.1", "Hasil Usaha Desa", 8500000),
        ("4.2.1", "Dana Desa", 912400000),
        ("4.2.3", "Alokasi Dana Desa", 486750000),
    ]
    spent = [
        ("5.1", "Belanja Pegawai", 398200000),
        ("5.2", "Belanja Barang dan Jasa", 421650000),
        ("5.3", "Belanja Modal", 612300000),
    ]
    s.row("4", "PENDAPATAN", sum(r[2] for r in income))
    s.row("4.1", "Pendapatan Asli Desa", 8500000)
    s.row(*income[0], "PAD")
    s.row("4.2", "Pendapatan Transfer", income[1][2] + income[2][2])
    for r in income[1:]:
        s.row(*r, "Transfer")
    s.row(N, "JUMLAH PENDAPATAN", sum(r[2] for r in income))
    s.row("5", "BELANJA", sum(r[2] for r in spent))
    for r in spent:
        s.line(*r, "DDS", rp=r[2])
    s.row(N, "JUMLAH BELANJA", sum(r[2] for r in spent))
    s.row(N, "SURPLUS / (DEFISIT)", sum(r[2] for r in income) - sum(r[2] for r in spent))
    return Buku("salah4_apbdes_campur", [s])
