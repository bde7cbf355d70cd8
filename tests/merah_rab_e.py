"""Budget layouts, fifth part: exports, forms with several blocks, abbreviations, copies, and errors between columns."""

from __future__ import annotations

from tests.merah_rab import ALAT, ATK, CETAK, JASA, MAKAN, TANI, UPAH, Buku, Lembar, N, book, rp, total, ttd

HEAD = ["No", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah"]
FLAT = [
    ("5.1.02.01.01.0024", "Belanja ATK", ATK),
    ("5.1.02.01.01.0052", "Belanja Makan Minum Rapat", MAKAN),
    ("5.1.02.02.01.0003", "Honorarium", JASA),
]


@book
def sipd_rincian_datar():
    """A flat export: urusan, SKPD, sub kegiatan, akun, standar harga, paket, koefisien, satuan, harga, PPN,
    total on every row."""
    s = Lembar("rincian_belanja")
    s.row(
        "KODE URUSAN",
        "NAMA URUSAN",
        "KODE SKPD",
        "NAMA SKPD",
        "KODE SUB KEGIATAN",
        "NAMA SUB KEGIATAN",
        "KODE AKUN",
        "NAMA AKUN",
        "KODE STANDAR HARGA",
        "NAMA STANDAR HARGA",
        "SPESIFIKASI",
        "PAKET/KELOMPOK BELANJA",
        "KETERANGAN",
        "SUMBER DANA",
        "KOEFISIEN",
        "SATUAN",
        "HARGA SATUAN",
        "PPN",
        "TOTAL HARGA",
    )
    for k, (code, name, items) in enumerate(FLAT):
        for i, (what, v, unit, price) in enumerate(items, 1):
            s.line(
                "7.01",
                "KECAMATAN",
                "7.01.0.00.0.00.01.0000",
                "Kecamatan Sumber Mulya",
                "7.01.02.2.01.0001",
                "Koordinasi Kegiatan",
                code,
                name,
                f"1.1.7.01.03.{k:02}.{i:03}",
                what,
                "standar",
                f"[#] {name}",
                "[-] rutin",
                "PAD",
                f"{v} {unit}",
                unit,
                price,
                0,
                v * price,
                rp=v * price,
            )
    return Buku("sipd_rincian_datar", [s])


@book
def rka_221_dengan_indikator():
    """RKA 2.2.1 as printed: a block of indicators (with the money as 'masukan') above the rincian, plans per
    triwulan below it."""
    s = Lembar("RKA")
    s.rows(
        ["RENCANA KERJA DAN ANGGARAN", N, N, N, N, "Formulir RKA 2.2.1"],
        ["Urusan Pemerintahan", N, ": 7.01 Kecamatan"],
        ["Lokasi Kegiatan", N, ": Sumber Mulya"],
        ["Jumlah Tahun n-1", N, ": Rp 18.000.000"],
        ["Jumlah Tahun n", N, ": Rp 20.047.500"],
        [],
        ["Indikator & Tolok Ukur Kinerja Belanja Langsung"],
        ["Indikator", "Tolok Ukur Kinerja", N, N, N, "Target Kinerja"],
        ["Capaian Program", "Meningkatnya pelayanan", N, N, N, "85 %"],
        ["Masukan", "Jumlah dana", N, N, N, "Rp 20.047.500"],
        ["Keluaran", "Terlaksananya rapat", N, N, N, "12 kali"],
        ["Hasil", "Kepuasan masyarakat", N, N, N, "80 %"],
        [],
        ["Rincian Anggaran Belanja Langsung"],
        ["Kode Rekening", "Uraian", "Rincian Perhitungan", N, N, "Jumlah (Rp)"],
        [N, N, "Volume", "Satuan", "Harga Satuan", N],
        [1, 2, 3, 4, 5, "6=3x5"],
    )
    s.merge("C15:E15", "A15:A16", "B15:B16", "F15:F16", "B8:E8")
    grand = total(MAKAN) + total(ATK) + total(CETAK)
    s.row("5.2", "BELANJA LANGSUNG", N, N, N, grand)
    for code, name, items in (
        ("5.2.2.01", "Belanja Bahan Pakai Habis", ATK),
        ("5.2.2.06", "Belanja Cetak", CETAK),
        ("5.2.2.11", "Belanja Makan Minum", MAKAN),
    ):
        s.row(code, name, N, N, N, total(items))
        for what, v, unit, price in items:
            s.line(N, "- " + what, v, unit, price, v * price, rp=v * price)
    s.row(N, N, N, N, "Jumlah", grand)
    s.skip()
    s.row("Rencana Pencairan Dana per Triwulan")
    for i in range(1, 5):
        s.row(N, "Triwulan " + ("I", "II", "III", "IV")[i - 1], N, N, "Rp", grand // 4)
    s.row(N, "Jumlah", N, N, "Rp", grand)
    ttd(s, 4)
    return Buku("rka_221_dengan_indikator", [s])


@book
def singkatan_judul():
    """Abbreviated headings: Urn., Bny, Stn, '@ (Rp)', Jml Hrg; items lettered within numbered groups."""
    s = Lembar("Sheet1")
    s.rows(["RAB HUT KECAMATAN"], ["No", "Urn. Kebutuhan", "Bny", "Stn", "@ (Rp)", "Jml Hrg (Rp)"])
    for k, (name, items) in enumerate((("Konsumsi", MAKAN), ("Cetak", CETAK), ("Peralatan", ALAT)), 1):
        s.row(k, name)
        for i, (what, v, unit, price) in enumerate(items):
            s.line("abcdef"[i] + ".", what, v, unit, price, v * price, rp=v * price)
        s.row(N, "Jumlah " + str(k), N, N, N, total(items))
    s.row(N, "Jumlah 1 + 2 + 3", N, N, N, total(MAKAN + CETAK + ALAT))
    return Buku("singkatan_judul", [s])


@book
def grup_satu_paket():
    """The group row has volume 1 Paket and price = amount = the sum of its components below."""
    s = Lembar("RAB")
    s.rows(["RINCIAN ANGGARAN BIAYA PERPUSTAKAAN DESA"], HEAD)
    grand = 0
    for roman, name, items in (("I", "Pengadaan ATK", ATK), ("II", "Pengadaan Cetakan", CETAK), ("III", "Sewa Alat", ALAT)):
        n = total(items)
        grand += n
        s.row(roman, name, 1, "Paket", n, n)
        for i, (what, v, unit, price) in enumerate(items, 1):
            s.line(i, what, v, unit, price, v * price, rp=v * price)
    s.row(N, "JUMLAH", N, N, N, grand)
    return Buku("grup_satu_paket", [s])


@book
def volume_bulanan():
    """Twelve columns hold the months' volumes; then the year's volume, the unit, the price, the amount."""
    s = Lembar("Kebutuhan")
    months = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"]
    s.rows(
        ["RENCANA KEBUTUHAN BARANG HABIS PAKAI 2025"],
        [],
        ["No", "Nama Barang", "Kebutuhan per Bulan", *[N] * 11, "Jumlah Volume", "Satuan", "Harga Satuan", "Jumlah Harga"],
        [N, N, *months, N, N, N, N],
    )
    s.merge("C3:N3")
    for i, (what, v, unit, price) in enumerate(ATK, 1):
        one = v // 4
        row = [one if m % 3 == 0 else N for m in range(12)]
        s.line(i, what, *row, 4 * one, unit, price, 4 * one * price, rp=4 * one * price)
    s.row("Jumlah", *[N] * 16, sum(v // 4 * 4 * p for _, v, _, p in ATK))
    return Buku("volume_bulanan", [s])


@book
def jumlah_di_atas():
    """The total stands in the first row below the headings; nothing at the bottom."""
    s = Lembar("Usulan")
    s.rows(["USULAN BELANJA OPERASIONAL"], ["No", "Uraian", "Vol", "Sat", "Harga", "Pagu"])
    items = ATK + JASA
    s.row(N, "TOTAL", N, N, N, (f"=SUM(F4:F{3 + len(items)})", total(items)))
    for i, (what, v, unit, price) in enumerate(items, 1):
        s.line(i, what, v, unit, price, (f"=C{s.next}*E{s.next}", v * price), rp=v * price)
    return Buku("jumlah_di_atas", [s])


@book
def rekap_jenis_belanja():
    """Three lines with national account classes and their share in percent."""
    s = Lembar("REKAP")
    s.rows(["REKAPITULASI PAGU ANGGARAN PER JENIS BELANJA"], [], ["Kode", "Jenis Belanja", "Pagu (Rp)", "%"])
    rows = [("51", "Belanja Pegawai", 3812450000), ("52", "Belanja Barang", 1904300000), ("53", "Belanja Modal", 283250000)]
    whole = sum(r[2] for r in rows)
    for code, name, n in rows:
        s.line(code, name, n, round(n / whole * 100, 2), rp=n)
    s.row(N, "Jumlah", whole, 100)
    return Buku("rekap_jenis_belanja", [s])


@book
def subtotal_baris_terakhir():
    """Each group's sum stands in a column of its own on the row of its last item."""
    s = Lembar("RAB")
    s.rows(["RAB PELATIHAN"], ["No", "Uraian", "Qty", "Satuan", "Harga Satuan", "Jumlah", "Total"])
    for k, (name, items) in enumerate((("Konsumsi", MAKAN), ("Cetak", CETAK), ("Jasa", JASA))):
        s.row("ABC"[k], name)
        for i, (what, v, unit, price) in enumerate(items, 1):
            s.line(i, what, v, unit, price, v * price, total(items) if i == len(items) else N, rp=v * price)
    s.row(N, "GRAND TOTAL", N, N, N, N, total(MAKAN + CETAK + JASA))
    return Buku("subtotal_baris_terakhir", [s])


@book
def perorangan_tiga_baris():
    """Travel: three cost lines per person, the name only on the first, the person's sum merged over the three rows."""
    s = Lembar("SPPD")
    s.rows(
        ["RINCIAN BIAYA PERJALANAN DINAS"],
        [],
        ["No", "Nama", "Uraian Biaya", "Volume", "Satuan", "Tarif (Rp)", "Jumlah (Rp)", "Jumlah per Orang (Rp)"],
    )
    grand = 0
    for i, (who, days) in enumerate((("Andi Saputra", 3), ("Murniati", 3), ("Yusran", 2), ("Hasnah", 2)), 1):
        costs = [("Uang harian", days, "OH", 430000), ("Transport", 1, "PP", 650000), ("Penginapan", days - 1, "malam", 610000)]
        own = sum(v * p for _, v, _, p in costs)
        first = s.next
        for k, (what, v, unit, price) in enumerate(costs):
            s.line(i if k == 0 else N, who if k == 0 else N, what, v, unit, price, v * price, own if k == 0 else N, rp=v * price)
        s.merge(f"A{first}:A{s.r}", f"B{first}:B{s.r}", f"H{first}:H{s.r}")
        grand += own
    s.row("JUMLAH", N, N, N, N, N, grand, grand)
    return Buku("perorangan_tiga_baris", [s])


@book
def sumber_dana_tanpa_jumlah():
    """Two columns of sumber dana and no column that adds them up."""
    s = Lembar("DAU Kelurahan")
    s.rows(
        ["RENCANA PENGGUNAAN ANGGARAN KELURAHAN"], [], ["No", "Kegiatan", "Anggaran (Rp)", N, "Lokasi"], [N, N, "DAU", "PAD", N]
    )
    s.merge("C3:D3")
    rows = [
        ("Perbaikan drainase", 85000000, 0),
        ("Lampu jalan", 42500000, 7500000),
        ("Posyandu", 18750000, 6250000),
        ("Pelatihan UMKM", 0, 23400000),
    ]
    for i, (what, a, b) in enumerate(rows, 1):
        s.line(i, what, a, b, "RW 02", rp=a + b)
    s.row(N, "Jumlah", sum(r[1] for r in rows), sum(r[2] for r in rows))
    return Buku("sumber_dana_tanpa_jumlah", [s])


@book
def harga_bersatuan():
    """The price is text with its unit ('Rp25.000/rim'); amounts are numbers; long specifications with line breaks; links."""
    s = Lembar("Belanja Modal")
    s.rows(["RENCANA BELANJA 2025"], ["No", "Nama Barang", "Spesifikasi", "Jml", "Satuan", "Harga", "Total", "Link Referensi"])
    for i, (what, v, unit, price) in enumerate(ATK, 1):
        s.line(
            i,
            what,
            "Merek umum,\nkemasan baik\ngaransi toko",
            v,
            unit,
            f"Rp{rp(price)}/{unit.lower()}",
            v * price,
            "katalog.contoh.id",
            rp=v * price,
        )
    s.row(N, "Total", N, N, N, N, total(ATK))
    return Buku("harga_bersatuan", [s])


@book
def data_dan_pivot():
    """A data sheet and a pivot of it ('Row Labels', 'Sum of Jumlah')."""
    s, p = Lembar("DATA"), Lembar("PIVOT")
    s.row("Bidang", "Uraian", "Volume", "Satuan", "Harga", "Jumlah")
    p.rows([], ["Row Labels", "Sum of Jumlah"])
    for name, items in (("ATK", ATK), ("Konsumsi", MAKAN), ("Jasa", JASA)):
        for what, v, unit, price in items:
            s.line(name, what, v, unit, price, v * price, rp=v * price)
        p.row(name, total(items))
    p.row("Grand Total", total(ATK + MAKAN + JASA))
    return Buku("data_dan_pivot", [s, p], silent=("PIVOT",))


@book
def formulir_kosong():
    """A blank RAB: headings, prepared numbers, formulas that give 0, a total of 0, signatures. There is no table in it."""
    s = Lembar("RAB")
    s.rows(["RENCANA ANGGARAN BIAYA"], ["Kegiatan : ................"], [], HEAD, [1, 2, 3, 4, 5, "6=3x5"])
    for i in range(1, 11):
        s.row(i, N, N, N, N, (f"=C{s.next}*E{s.next}", 0))
    s.row(N, "JUMLAH", N, N, N, (f"=SUM(F6:F{s.r})", 0))
    ttd(s)
    return Buku("formulir_kosong", [s])


@book
def salah3_versi_lama():
    """'RAB' and 'RAB (2)': an older copy in which two lines differ; both visible."""
    sheets = []
    for name, more in (("RAB", 0), ("RAB (2)", 4)):
        s = Lembar(name)
        s.rows(["RAB KEGIATAN"], HEAD)
        for i, (what, v, unit, price) in enumerate(ATK + MAKAN, 1):
            w = v + more if i in (3, 12) else v
            s.line(i, what, w, unit, price, w * price, rp=w * price)
        s.row(N, "Jumlah", N, N, N, s.tables[0].sums["jumlah"])
        sheets.append(s)
    return Buku("salah3_versi_lama", sheets, warn=True, silent=("RAB (2)",))


@book
def salah3_triwulan():
    """RKAS: in two lines the four quarters do not add up to the line's amount."""
    s = Lembar("RKAS")
    s.rows(
        ["RENCANA KEGIATAN DAN ANGGARAN SEKOLAH"],
        [
            "No",
            "Uraian",
            "Volume",
            "Satuan",
            "Harga Satuan",
            "Jumlah",
            "Triwulan I",
            "Triwulan II",
            "Triwulan III",
            "Triwulan IV",
        ],
    )
    sums = [0, 0, 0, 0]
    for i, (what, v, unit, price) in enumerate(ATK + CETAK, 1):
        q = [v * price // 4] * 3
        q.append(v * price - sum(q))
        if i in (4, 9):
            q[3] += 25000
        sums = [a + b for a, b in zip(sums, q, strict=True)]
        s.line(i, what, v, unit, price, v * price, *q, rp=v * price)
    s.row(N, "Jumlah", N, N, N, total(ATK + CETAK), *sums)
    return Buku("salah3_triwulan", [s], warn=True)


@book
def salah3_titik_tertelan():
    """Two prices typed as 62.000 and 27.500 into an English Excel became 62 and 27.5; amounts and total are formulas."""
    s = Lembar("RAB")
    s.rows(["RAB ATK"], HEAD)
    first, amount = s.next, 0
    for i, (what, v, unit, price) in enumerate(ATK, 1):
        seen = price / 1000 if i in (1, 7) else price
        s.line(i, what, v, unit, seen, (f"=C{s.next}*E{s.next}", v * seen), rp=int(v * seen))
        amount += int(v * seen)
    s.row(N, "Jumlah", N, N, N, (f"=SUM(F{first}:F{s.r})", amount))
    return Buku("salah3_titik_tertelan", [s], warn=True)


@book
def salah3_ppn():
    """PPN 11 % typed as an old amount: the total with tax is short."""
    s = Lembar("HPS")
    s.rows(["HARGA PERKIRAAN SENDIRI"], HEAD)
    for i, (what, v, unit, price) in enumerate(ALAT + CETAK, 1):
        s.line(i, what, v, unit, price, v * price, rp=v * price)
    n, old = total(ALAT + CETAK), 450000
    s.rows([N, "Jumlah", N, N, N, n], [N, "PPN 11%", N, N, N, old], [N, "Total", N, N, N, n + old])
    return Buku("salah3_ppn", [s], warn=True)


@book
def salah3_faktor():
    """Three koefisien columns; in one line the amount forgot the third factor."""
    s = Lembar("RAB")
    s.rows(["RAB SOSIALISASI"], ["No", "Uraian", "Org", "Hari", "Kali", "Harga Satuan", "Jumlah"])
    rows = [
        ("Narasumber", 2, 1, 4, 900000),
        ("Peserta", 40, 1, 4, 110000),
        ("Konsumsi", 45, 1, 4, 35000),
        ("Panitia", 5, 2, 4, 150000),
        ("Sewa tenda", 1, 1, 4, 750000),
    ]
    for i, (what, a, b, c, price) in enumerate(rows, 1):
        n = a * b * price if what == "Konsumsi" else a * b * c * price
        s.line(i, what, a, b, c, price, n, rp=n)
    s.row(N, "Jumlah", N, N, N, N, s.tables[0].sums["jumlah"])
    return Buku("salah3_faktor", [s], warn=True)


@book
def salah3_lembar_lama_tersembunyi():
    """A hidden sheet left over from another office holds a RAB of its own."""
    s, old = Lembar("RAB"), Lembar("RAB 2019")
    for sheet, items in ((s, ATK + MAKAN), (old, TANI + UPAH)):
        sheet.rows(["RAB"], HEAD)
        for i, (what, v, unit, price) in enumerate(items, 1):
            sheet.line(i, what, v, unit, price, v * price, rp=v * price)
        sheet.row(N, "Jumlah", N, N, N, total(items))
    old.state = "hidden"
    return Buku("salah3_lembar_lama_tersembunyi", [s, old], warn=True)


@book
def salah3_nilai_bergeser():
    """One row was pasted one column to the left: unit under volume, price under unit, amount under price."""
    s = Lembar("RAB")
    s.rows(["RAB"], HEAD)
    for i, (what, v, unit, price) in enumerate(ATK + CETAK, 1):
        if i == 6:
            s.row(i, what, unit, price, v * price)
        else:
            s.line(i, what, v, unit, price, v * price, rp=v * price)
    s.row(N, "Jumlah", N, N, N, total(ATK + CETAK))
    return Buku("salah3_nilai_bergeser", [s], warn=True)
