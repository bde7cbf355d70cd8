"""Budget layouts, first part: kecamatan and dinas, SIPD, RKA-K/L, desa, school, construction."""

from __future__ import annotations

from tests.merah_rab import ALAT, ATK, CETAK, JASA, MAKAN, TANI, UPAH, Buku, Lembar, N, book, kop, rp, total, ttd


@book
def kecamatan_grup_romawi():
    """Letterhead, fields, numbering row, roman groups whose own row carries the subtotal, formulas, terbilang, signatures."""
    s = Lembar("RAB")
    kop(s)
    s.rows(
        ["RENCANA ANGGARAN BIAYA (RAB)"],
        ["TAHUN ANGGARAN 2025"],
        [],
        ["Program", N, ": Penyelenggaraan Pemerintahan"],
        ["Kegiatan", N, ": Koordinasi Kegiatan"],
        ["Pagu", N, ": Rp50.000.000"],
        [],
    )
    s.merge("A1:G1", "A2:G2", "A3:G3", "A5:G5", "A6:G6")
    s.row("No", "Uraian", "Volume", "Satuan", "Harga Satuan (Rp)", "Jumlah (Rp)", "Ket.")
    s.row(1, 2, 3, 4, 5, "6 = 3 x 5", 7)
    heads = []
    for roman, name, items in (("I", "Belanja ATK", ATK), ("II", "Belanja Makan Minum", MAKAN), ("III", "Belanja Jasa", JASA)):
        first = s.next + 1
        heads.append(s.row(roman, name, N, N, N, (f"=SUM(F{first}:F{first + len(items) - 1})", total(items))))
        for i, (what, volume, unit, price) in enumerate(items, 1):
            s.line(i, what, volume, unit, price, (f"=C{s.next}*E{s.next}", volume * price), rp=volume * price)
    grand = total(ATK + MAKAN + JASA)
    s.row("JUMLAH", N, N, N, N, ("=" + "+".join(f"F{h}" for h in heads), grand))
    s.merge(f"A{s.r}:E{s.r}")
    s.row("Terbilang : dua puluh dua juta rupiah")
    ttd(s)
    return Buku("kecamatan_grup_romawi", [s])


@book
def sipd_dpa_rincian():
    """DPA rincian of the budgeting system: account levels, [#] and [-] rows with sums, koefisien text, PPN, text amounts."""
    s = Lembar("DPA Rincian Belanja")
    s.rows(
        ["DOKUMEN PELAKSANAAN ANGGARAN"],
        ["SATUAN KERJA PERANGKAT DAERAH"],
        ["Nomor DPA : DPA/A.1/7.01.0.00/001/2025"],
        ["Kode Rekening", "Uraian", "Rincian Perhitungan", N, N, N, "Jumlah (Rp)"],
        [N, N, "Koefisien", "Satuan", "Harga", "PPN", N],
    )
    s.merge("A4:A5", "B4:B5", "C4:F4", "G4:G5")
    groups = [
        ("5.1.02.01.01.0024", "Belanja Alat/Bahan untuk Kegiatan Kantor-Alat Tulis Kantor", "ATK Kantor", ATK[:6]),
        ("5.1.02.01.01.0052", "Belanja Makanan dan Minuman Rapat", "Rapat Koordinasi", MAKAN),
        ("5.1.02.02.01.0003", "Honorarium Narasumber atau Pembahas, Moderator", "Honorarium", JASA[:2]),
    ]
    grand = sum(total(g[3]) for g in groups)
    goods = total(groups[0][3]) + total(groups[1][3])
    money = lambda n: "Rp" + rp(n)  # noqa: E731
    for code, name, n in (
        ("5", "BELANJA DAERAH", grand),
        ("5.1", "BELANJA OPERASI", grand),
        ("5.1.02", "Belanja Barang dan Jasa", grand),
    ):
        s.row(code, name, N, N, N, N, money(n))
    for code, name, n in (("5.1.02.01", "Belanja Barang", goods), ("5.1.02.01.01", "Belanja Barang Pakai Habis", goods)):
        s.row(code, name, N, N, N, N, money(n))
    for i, (code, name, label, items) in enumerate(groups):
        if i == 2:
            s.row("5.1.02.02", "Belanja Jasa", N, N, N, N, money(total(items)))
            s.row("5.1.02.02.01", "Belanja Jasa Kantor", N, N, N, N, money(total(items)))
        s.row(code, name, N, N, N, N, money(total(items)))
        s.row(N, f"[#] {label}\nSumber Dana: Pendapatan Asli Daerah (PAD)", N, N, N, N, money(total(items)))
        s.row(N, f"[-] Keperluan {label}", N, N, N, N, money(total(items)))
        for what, volume, unit, price in items:
            s.line(
                N,
                f"{what}\nSpesifikasi : standar",
                f"{volume} {unit}",
                unit,
                money(price),
                "0 %",
                money(volume * price),
                rp=volume * price,
            )
    s.row("Jumlah Anggaran Sub Kegiatan :", N, N, N, N, N, money(grand))
    s.merge(f"A{s.r}:F{s.r}")
    ttd(s)
    return Buku("sipd_dpa_rincian", [s])


@book
def rka_221_kode_pecah():
    """RKA-SKPD 2.2.1: the account code in five columns, items without a code, 6=(3x5), text in capitals."""
    s = Lembar("RKA 2.2.1")
    s.rows(
        ["RENCANA KERJA DAN ANGGARAN"],
        ["RKA - SKPD 2.2.1"],
        ["Organisasi", N, N, N, N, ": 4.01.07 Kecamatan Sumber Mulya"],
        [],
        ["Kode Rekening", N, N, N, N, "Uraian", "Rincian Penghitungan", N, N, "Jumlah\n(Rp)"],
        [N, N, N, N, N, N, "Volume", "Satuan", "Harga satuan", N],
        [1, N, N, N, N, 2, 3, 4, 5, "6=(3x5)"],
    )
    s.merge("A5:E6", "F5:F6", "G5:I5", "J5:J6", "A7:E7")
    a, b, c = total(ATK[:5]), total(CETAK), total(MAKAN)
    s.row(5, N, N, N, N, "BELANJA DAERAH", N, N, N, a + b + c)
    s.row(5, 2, N, N, N, "BELANJA LANGSUNG", N, N, N, a + b + c)
    s.row(5, 2, 2, N, N, "BELANJA BARANG DAN JASA", N, N, N, a + b + c)
    for code, name, subs in (
        ("01", "Belanja Bahan Pakai Habis", [("01", "Belanja Alat Tulis Kantor", ATK[:5])]),
        ("06", "Belanja Cetak dan Penggandaan", [("02", "Belanja Penggandaan", CETAK)]),
        ("11", "Belanja Makanan dan Minuman", [("02", "Belanja Makanan dan Minuman Rapat", MAKAN)]),
    ):
        s.row(5, 2, 2, code, N, name, N, N, N, sum(total(x[2]) for x in subs))
        for sub, label, items in subs:
            s.row(5, 2, 2, code, sub, label, N, N, N, total(items))
            for what, volume, unit, price in items:
                s.line(N, N, N, N, N, f"- {what}", volume, unit, price, volume * price, rp=volume * price)
            s.skip()
    s.row(N, N, N, N, N, N, N, N, "Jumlah", a + b + c)
    ttd(s, 6)
    return Buku("rka_221_kode_pecah", [s])


@book
def pok_satker():
    """POK of a satker: program to akun with amounts, items '- Konsumsi [20 ORG x 2 KEG]', volume and unit in one cell, SD/CP."""
    s = Lembar("POK")
    s.rows(
        ["RINCIAN KERTAS KERJA SATKER T.A. 2025"],
        ["KEMEN/LEMB : BADAN CONTOH NASIONAL"],
        ["UNIT KERJA : SEKRETARIAT"],
        ["ALOKASI : Rp. 57.660.000"],
        [],
        ["KODE", "PROGRAM/ KEGIATAN/ KRO/ RO/ KOMPONEN/ SUBKOMP/ AKUN/ DETIL", "PERHITUNGAN TAHUN 2025", N, N, "SD/CP"],
        [N, N, "VOLUME", "HARGA SATUAN", "JUMLAH BIAYA", N],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
    )
    s.merge("A6:A7", "B6:B7", "C6:E6", "F6:F7")
    rapat = [("Konsumsi Rapat", "20 ORG x 12 KEG", 240, "OK", 58000), ("Penggandaan Bahan", "20 EKS x 12 KEG", 240, "EKS", 15000)]
    jaldin = [("Perjalanan Dinas Koordinasi", "3 ORG x 4 KEG", 12, "OK", 1850000)]
    atk = [("ATK Kegiatan", "1 PKT x 4 TW", 4, "PKT", 2250000), ("Komputer suplies", "1 PKT x 2 SMT", 2, "PKT", 3000000)]
    cost = lambda xs: sum(x[2] * x[4] for x in xs)  # noqa: E731
    grand = cost(rapat) + cost(jaldin) + cost(atk)
    s.row("054.01.GG", "Program Penyediaan dan Pelayanan", N, N, grand, N)
    s.row("2886", "Dukungan Manajemen", N, N, grand, N)
    s.row("2886.EBA", "Layanan Dukungan Manajemen Internal[Base Line]", "2,0 Layanan", N, grand, N)
    s.row("2886.EBA.956", "Layanan BMN", "1,0 Layanan", N, grand, N)
    s.row("051", "Tanpa Sub Komponen", N, N, grand, "U")
    s.row("A", "Rapat Koordinasi", N, N, cost(rapat) + cost(jaldin), N)
    for code, name, items in (("521211", "Belanja Bahan", rapat), ("524111", "Belanja Perjalanan Dinas Biasa", jaldin)):
        s.row(code, name, N, N, cost(items), "RM")
        s.row(N, "(KPPN.055-Mekar Jaya )")
        for what, koef, volume, unit, price in items:
            s.line(N, f"- {what} [{koef}]", f"{volume},0 {unit}", price, volume * price, N, rp=volume * price)
    s.row("B", "Pengelolaan Kantor", N, N, cost(atk), N)
    s.row("521811", "Belanja Barang Persediaan", N, N, cost(atk), "RM")
    s.row(N, "(KPPN.055-Mekar Jaya )")
    s.row(N, "> Keperluan kantor", N, N, cost(atk))
    for what, koef, volume, unit, price in atk:
        s.line(N, f"- {what} [{koef}]", f"{volume},0 {unit}", price, volume * price, N, rp=volume * price)
    return Buku("pok_satker", [s])


@book
def boq_rekap_di_atas():
    """Construction: REKAPITULASI sheet on top with links, PPN 11 % and Dibulatkan; the BoQ with roman groups on the
    next sheet."""
    rekap, s = Lembar("REKAP"), Lembar("RAB")
    parts = [
        ("I", "PEKERJAAN PERSIAPAN", [("Pembersihan lokasi", "240", "m2", 12500), ("Papan nama kegiatan", "1", "bh", 450000)]),
        (
            "II",
            "PEKERJAAN TANAH",
            [("Galian tanah biasa", "86.4", "m3", 92500), ("Urugan pasir bawah pondasi", "12.75", "m3", 285400)],
        ),
        (
            "III",
            "PEKERJAAN PASANGAN",
            [
                ("Pasangan batu kali 1:4", "64.8", "m3", 1085250),
                ("Plesteran 1:4 tebal 15 mm", "132.5", "m2", 71300),
                ("Acian", "132.5", "m2", 38400),
            ],
        ),
    ]
    s.rows(
        ["RENCANA ANGGARAN BIAYA"],
        ["KEGIATAN : PEMBANGUNAN TALUD"],
        ["LOKASI : DESA HARAPAN"],
        [],
        ["NO", "URAIAN PEKERJAAN", "VOLUME", "SAT", "HARGA SATUAN", "JUMLAH HARGA"],
        [N, N, N, N, "(Rp)", "(Rp)"],
    )
    cells, sums = [], []
    for roman, name, items in parts:
        s.row(roman, name)
        first, amount = s.next, 0
        for i, (what, volume, unit, price) in enumerate(items, 1):
            milli = round(float(volume) * 1000) * price
            assert milli % 10 == 0
            value = milli / 1000
            from fractions import Fraction

            s.line(i, what, float(volume), unit, price, (f"=C{s.next}*E{s.next}", value), rp=Fraction(milli, 1000))
            amount += Fraction(milli, 1000)
        s.row(N, f"Sub Jumlah {roman}", N, N, N, (f"=SUM(F{first}:F{s.r})", float(amount)))
        cells.append(s.r)
        sums.append((roman, name, amount))
        s.skip()
    grand = sum(a for _, _, a in sums)
    s.row(N, "JUMLAH TOTAL", N, N, N, ("=" + "+".join(f"F{r}" for r in cells), float(grand)))
    rekap.rows(["REKAPITULASI"], ["RENCANA ANGGARAN BIAYA"], [], ["NO", "URAIAN PEKERJAAN", "JUMLAH HARGA (Rp)"])
    for (roman, name, amount), r in zip(sums, cells, strict=True):
        rekap.line(roman, name, (f"=RAB!F{r}", float(amount)), rp=amount)
    tax = round(float(grand) * 0.11, 2)
    rekap.rows(
        [N, "JUMLAH", (f"=SUM(C5:C{rekap.r})", float(grand))],
        [N, "PPN 11%", ("=C8*11%", tax)],
        [N, "JUMLAH TOTAL", ("=C8+C9", float(grand) + tax)],
        [N, "DIBULATKAN", ("=ROUNDDOWN(C10,-3)", (float(grand) + tax) // 1000 * 1000)],
        ["Terbilang: Seratus juta rupiah"],
    )
    return Buku("boq_rekap_di_atas", [rekap, s], silent=("REKAP",))


@book
def desa_siskeudes_rab():
    """Desa: RAB of Siskeudes with kode of belanja, '01. Semen', a column for sumber dana, group sums on the code rows."""
    s = Lembar("RAB DESA")
    s.rows(
        ["RENCANA ANGGARAN BIAYA"],
        ["PEMERINTAH DESA HARAPAN JAYA"],
        ["TAHUN ANGGARAN 2025"],
        [],
        ["Bidang", N, ": 2 PELAKSANAAN PEMBANGUNAN DESA"],
        ["Kegiatan", N, ": 2.3.10 Pembangunan Jalan Usaha Tani"],
        ["Output", N, ": 350 Meter"],
        [],
        ["KODE", "URAIAN", "ANGGARAN", N, N, N],
        [N, N, "VOLUME", "SATUAN", "HARGA SATUAN", "JUMLAH"],
        ["1", "2", "3", N, "4", "5"],
    )
    s.merge("C9:F9", "A9:A10", "B9:B10", "C11:D11")
    a, b, c = total(ALAT), total(UPAH), total(TANI)
    s.row("5.", "BELANJA", N, N, N, float(a + b + c))
    s.row("5.3.", "Belanja Modal", N, N, N, float(a + b + c))
    s.row("5.3.5.", "Belanja Modal Jalan", N, N, N, float(a + b + c))
    for code, name, items in (
        ("5.3.5.01.", "Belanja Modal Jalan - Upah Tenaga Kerja", UPAH),
        ("5.3.5.02.", "Belanja Modal Jalan - Bahan Baku", TANI),
        ("5.3.5.03.", "Belanja Modal Jalan - Sewa Peralatan", ALAT),
    ):
        s.row(code, name, N, N, N, total(items))
        for i, (what, volume, unit, price) in enumerate(items, 1):
            s.line(
                N,
                f"{i:02}. {what}",
                f"{volume} {unit}" if False else volume,
                unit,
                price,
                volume * price,
                "DDS",
                rp=volume * price,
            )
    s.row(N, "JUMLAH (Rp)", N, N, N, a + b + c)
    ttd(s)
    return Buku("desa_siskeudes_rab", [s])


@book
def apbdes_rp_terpisah():
    """APBDes: code digits in one cell each, 'Rp' in a column of its own before the amount, '-' for nothing."""
    s = Lembar("APBDes", kind="rab")
    s.rows(
        ["LAMPIRAN PERATURAN DESA HARAPAN JAYA NOMOR 6 TAHUN 2024"],
        ["BELANJA DESA TAHUN ANGGARAN 2025"],
        [],
        ["KODE REKENING", N, N, N, "URAIAN", "ANGGARAN", N, "SUMBER DANA"],
        [1, N, N, N, 2, 3, N, 4],
    )
    s.merge("A4:D4", "F4:G4")
    tree = [
        (
            1,
            "Bidang Penyelenggaraan Pemerintahan",
            [
                (1, "Penghasilan Tetap", [(1, "Belanja Pegawai", 312000000, "ADD")]),
                (2, "Operasional Kantor", [(1, "Belanja Barang", 48750000, "ADD"), (2, "Belanja Modal", 0, "ADD")]),
            ],
        ),
        (
            2,
            "Bidang Pembangunan",
            [(1, "Jalan Usaha Tani", [(1, "Belanja Barang", 12500000, "DDS"), (2, "Belanja Modal", 287400000, "DDS")])],
        ),
        (
            3,
            "Bidang Pembinaan",
            [
                (1, "Kegiatan PKK", [(1, "Belanja Barang", 18600000, "DDS")]),
                (2, "Karang Taruna", [(1, "Belanja Barang", 9850000, "PBH")]),
            ],
        ),
    ]
    grand = sum(n for _, _, ks in tree for _, _, bs in ks for _, _, n, _ in bs)
    s.row(2, N, N, N, "BELANJA DESA", "Rp", grand)
    for i, bidang, kegs in tree:
        s.row(2, i, N, N, bidang, "Rp", sum(n for _, _, bs in kegs for _, _, n, _ in bs))
        for j, keg, bels in kegs:
            s.row(2, i, j, N, keg, "Rp", sum(n for _, _, n, _ in bels))
            for k, bel, n, dana in bels:
                s.line(2, i, j, k, bel, "Rp", n or "-", dana, rp=n)
    s.row(N, N, N, N, "JUMLAH BELANJA", "Rp", grand)
    return Buku("apbdes_rp_terpisah", [s])


@book
def rkas_triwulan():
    """School RKAS: No Urut, kode rekening, kode program, tarif, jumlah and four triwulan columns; program rows carry sums."""
    s = Lembar("RKAS")
    s.rows(
        ["KERTAS KERJA PER SUB KEGIATAN"],
        ["SD NEGERI 08 HARAPAN"],
        ["TAHUN ANGGARAN : 2025"],
        [],
        ["No. Urut", "Kode Rekening", "Kode Program", "Uraian", "Rincian Perhitungan", N, N, "Jumlah", "Triwulan", N, N, N],
        [N, N, N, N, "Volume", "Satuan", "Tarif Harga", N, "I", "II", "III", "IV"],
    )
    s.merge("A5:A6", "B5:B6", "C5:C6", "D5:D6", "E5:G5", "H5:H6", "I5:L5")

    def quarters(items):
        parts = [0, 0, 0, 0]
        for i, (_, v, _, p) in enumerate(items):
            if v % 4 == 0:
                parts = [x + v // 4 * p for x in parts]
            else:
                parts[i % 4] += v * p
        return parts

    blocks = [
        ("02", "Pengembangan Standar Isi", "02.02.", "Pelaksanaan Pembelajaran", "5.1.02.01.01.0024", ATK),
        ("06", "Pengembangan Sarana", "06.05.", "Pemeliharaan Prasarana", "5.1.02.03.03.0036", CETAK),
        ("07", "Pengembangan Pembiayaan", "07.12.", "Pembayaran Honor", "5.1.02.02.01.0013", JASA),
    ]
    every = ATK + CETAK + JASA
    n = 0
    for code, prog, sub, name, account, items in blocks:
        q = quarters(items)
        s.row(N, N, code + ".", prog, N, N, N, total(items), *q)
        s.row(N, N, sub, name, N, N, N, total(items), *q)
        for i, item in enumerate(items):
            n += 1
            what, volume, unit, price = item
            one = [0, 0, 0, 0]
            if volume % 4 == 0:
                one = [volume // 4 * price] * 4
            else:
                one[i % 4] = volume * price
            s.line(n, account, sub, what, volume, unit, price, volume * price, *one, rp=volume * price)
    all_q = [sum(x) for x in zip(*(quarters(b[5]) for b in blocks), strict=True)]
    s.row("Jumlah", N, N, N, N, N, N, total(every), *all_q)
    s.merge(f"A{s.r}:G{s.r}")
    ttd(s, 6)
    return Buku("rkas_triwulan", [s])


@book
def proposal_koefisien_kolom():
    """Proposal: three koefisien columns with their units (10 org 2 hari 3 kali) under one merged 'Volume', letters as groups."""
    s = Lembar("Anggaran", at=1)
    s.rows(
        ["LAMPIRAN PROPOSAL"],
        ["RINCIAN ANGGARAN PELATIHAN KADER"],
        [],
        ["No", "Jenis Pengeluaran", "Rincian Volume", N, N, N, N, N, "Biaya Satuan", "Total Biaya"],
    )
    s.merge("D4:I4")
    groups = [
        (
            "A",
            "Honorarium",
            [("Narasumber", 2, "org", 3, "jam", 2, "kl", 500000), ("Moderator", 1, "org", 3, "jam", 2, "kl", 250000)],
        ),
        (
            "B",
            "Konsumsi",
            [("Makan siang", 40, "org", 2, "hari", 1, "kl", 32500), ("Kudapan", 40, "org", 2, "hari", 2, "kl", 12500)],
        ),
        (
            "C",
            "Transport dan perlengkapan",
            [
                ("Transport peserta", 36, "org", 2, "hari", 1, "kl", 50000),
                ("Seminar kit", 40, "pkt", 1, "", 1, "kl", 45000),
                ("Spanduk", 2, "lbr", 1, "", 1, "kl", 175000),
            ],
        ),
    ]
    marks = []
    grand = 0
    for letter, name, items in groups:
        s.row(letter, name)
        first, amount = s.next, 0
        for i, (what, a, ua, b, ub, c, uc, price) in enumerate(items, 1):
            value = a * b * c * price
            amount += value
            s.line(i, what, a, ua, b, ub, c, uc, price, (f"=D{s.next}*F{s.next}*H{s.next}*J{s.next}", value), rp=value)
        s.row(N, f"Subtotal {letter}", N, N, N, N, N, N, N, (f"=SUM(K{first}:K{s.r})", amount))
        marks.append(s.r)
        grand += amount
    s.row("TOTAL KESELURUHAN", N, N, N, N, N, N, N, N, ("=" + "+".join(f"K{m}" for m in marks), grand))
    return Buku("proposal_koefisien_kolom", [s])


@book
def proposal_kali_di_antara():
    """Proposal: the multiplication sign stands in columns of its own: 40 | x | 2 | x | Rp | = | jumlah."""
    s = Lembar("RAB Kegiatan")
    s.row("RENCANA ANGGARAN BIAYA KEGIATAN GOTONG ROYONG")
    s.skip()
    s.row("NO", "URAIAN", "ORG", N, "HARI", N, "HARGA SATUAN", N, "JUMLAH")
    grand = 0
    for i, (what, a, b, price) in enumerate(
        [
            ("Konsumsi warga", 75, 2, 20000),
            ("Uang lelah operator", 3, 2, 150000),
            ("Bahan bakar", 40, 1, 10000),
            ("Dokumentasi", 1, 2, 250000),
            ("Air minum", 15, 2, 25000),
        ],
        1,
    ):
        value = a * b * price
        grand += value
        s.line(i, what, a, "x", b, "x", price, "=", value, rp=value)
    s.row(N, "JUMLAH TOTAL", N, N, N, N, N, N, grand)
    return Buku("proposal_kali_di_antara", [s])
