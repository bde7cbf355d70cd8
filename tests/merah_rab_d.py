"""Budget layouts, fourth part: a second set, written to see how far the reader carries beyond the first."""

from __future__ import annotations

from tests.merah_rab import ALAT, ATK, CETAK, JASA, MAKAN, TANI, UPAH, Buku, Lembar, N, book, kop, rp, total, ttd


@book
def kak_rab_dalam_tor():
    """The RAB as the last part of a TOR in Excel: prose above, Roman numbers with dots, 'Rp' as its own cell before
    price and amount."""
    s = Lembar("KAK")
    s.rows(
        ["KERANGKA ACUAN KERJA"],
        ["A. Latar Belakang"],
        ["Kecamatan mempunyai tugas mengoordinasikan kegiatan pemberdayaan masyarakat di wilayahnya."],
        ["B. Waktu pelaksanaan : Maret sampai November 2025"],
        ["C. Rincian Biaya"],
        [],
        ["No.", "Uraian Belanja", "Volume", N, "Harga Satuan", N, "Jumlah", N],
    )
    s.merge("C7:D7", "E7:F7", "G7:H7")
    for roman, name, items in (
        ("I.", "Belanja Bahan", ATK[:4]),
        ("II.", "Belanja Jasa", JASA),
        ("III.", "Belanja Konsumsi", MAKAN),
    ):
        s.row(roman, name, N, N, N, N, "Rp", total(items))
        for i, (what, v, unit, price) in enumerate(items, 1):
            s.line(f"{i}.", what, v, unit, "Rp", price, "Rp", v * price, rp=v * price)
    s.row(N, "Jumlah I + II + III", N, N, N, N, "Rp", total(ATK[:4] + JASA + MAKAN))
    s.row("D. Penutup")
    s.row("Demikian kerangka acuan kerja ini dibuat untuk dipergunakan sebagaimana mestinya.")
    ttd(s, 5)
    return Buku("kak_rab_dalam_tor", [s])


@book
def rka_belanja_skpd_rekap():
    """RKA-Belanja SKPD: code in twelve narrow columns replaced by one text, columns for Operasi, Modal, TT, Transfer
    and Jumlah, n+1."""
    s = Lembar("RKA BELANJA")
    s.rows(
        ["RENCANA KERJA DAN ANGGARAN SATUAN KERJA PERANGKAT DAERAH"],
        ["REKAPITULASI RINCIAN ANGGARAN BELANJA"],
        [],
        ["Kode", "Uraian", "Lokasi", "Jumlah", N, N, N, N, N],
        [N, N, N, "Tahun-1", "Tahun n", N, N, N, "Tahun+1"],
        [N, N, N, N, "Belanja Operasi", "Belanja Modal", "Belanja Tidak Terduga", "Jumlah", N],
    )
    s.merge("A4:A6", "B4:B6", "C4:C6", "D4:I4", "D5:D6", "E5:H5", "I5:I6")
    tree = [
        (
            "7.01.01",
            "PROGRAM PENUNJANG",
            [
                (
                    "7.01.01.2.01",
                    "Perencanaan",
                    [("0001", "Penyusunan Dokumen", 12400000, 0), ("0006", "Koordinasi", 8350000, 0)],
                ),
                (
                    "7.01.01.2.06",
                    "Administrasi Umum",
                    [("0002", "Penyediaan Peralatan", 23100000, 41000000), ("0009", "Rapat", 64500000, 0)],
                ),
            ],
        ),
        (
            "7.01.03",
            "PROGRAM PEMBERDAYAAN",
            [("7.01.03.2.01", "Koordinasi Desa", [("0001", "Musrenbang", 18750000, 0), ("0003", "PKK", 31900000, 5250000)])],
        ),
    ]
    grand = [0, 0, 0, 0, 0]

    def amounts(rows):
        a, b = sum(r[2] for r in rows), sum(r[3] for r in rows)
        return [(a + b) * 9 // 10, a, b, 0, a + b, (a + b) * 11 // 10]

    every = [r for _, _, ks in tree for _, _, rows in ks for r in rows]
    s.row("7.01", "KECAMATAN", N, *amounts(every))
    for pc, pn, ks in tree:
        s.row(pc, pn, N, *amounts([r for _, _, rows in ks for r in rows]))
        for kc, kn, rows in ks:
            s.row(kc, kn, N, *amounts(rows))
            for r in rows:
                s.line(f"{kc}.{r[0]}", r[1], "Kec. Sumber Mulya", *amounts([r]), rp=r[2] + r[3])
    s.row(N, "JUMLAH", N, *amounts(every))
    del grand
    return Buku("rka_belanja_skpd_rekap", [s])


@book
def rkakl_uraian_sumber():
    """RKA-K/L sheet typed by hand: codes of all levels in one column, volume and unit apart, amounts in thousands?
    no: full rupiah, SD."""
    s = Lembar("TOR-RAB")
    s.rows(
        ["RINCIAN ANGGARAN BELANJA"],
        ["KELUARAN (OUTPUT) KEGIATAN"],
        ["TAHUN ANGGARAN 2025"],
        ["Kementerian/Lembaga", ": Badan Contoh"],
        ["Volume", ": 4"],
        ["Alokasi Dana", ": Rp 30.000.000"],
        [],
        [
            "Kode",
            "Uraian Suboutput/Komponen/Subkomponen/akun/detil",
            "Volume Sub Output",
            "Jenis Komponen",
            "Rincian Perhitungan",
            N,
            N,
            "Harga Satuan",
            "Jumlah",
        ],
        [N, N, N, "(Utama/Pendukung)", N, N, "Jml", N, N],
        [1, 2, 3, 4, 5, N, 6, 7, 8],
    )
    s.merge("A8:A9", "B8:B9", "C8:C9", "E8:G8", "H8:H9", "I8:I9", "E10:F10")
    blocks = [
        (
            "051",
            "Persiapan",
            [
                (
                    "521211",
                    "Belanja Bahan",
                    [("Konsumsi rapat", "25 org x 2 keg", 50, 47000), ("Fotokopi", "40 eks x 1 keg", 40, 25000)],
                )
            ],
        ),
        (
            "052",
            "Pelaksanaan",
            [
                ("522151", "Belanja Jasa Profesi", [("Honor narasumber", "3 org x 2 jam", 6, 900000)]),
                (
                    "524111",
                    "Belanja Perjalanan",
                    [("Perjalanan petugas", "4 org x 3 hr", 12, 430000), ("Penginapan", "4 org x 2 mlm", 8, 610000)],
                ),
            ],
        ),
    ]
    cost = lambda xs: sum(v * p for _, _, v, p in xs)  # noqa: E731
    grand = sum(cost(items) for _, _, accounts in blocks for _, _, items in accounts)
    s.row("2886.EBD.961", "Layanan Perencanaan", "4 Dokumen", N, N, N, N, N, grand)
    for code, name, accounts in blocks:
        s.row(code, name, N, "Utama", N, N, N, N, sum(cost(i) for _, _, i in accounts))
        for account, label, items in accounts:
            s.row(account, label, N, N, N, N, N, N, cost(items))
            for what, koef, v, price in items:
                s.line(N, "- " + what, N, N, koef, N, v, price, v * price, rp=v * price)
    return Buku("rkakl_uraian_sumber", [s])


@book
def bok_puskesmas():
    """Health centre: rincian menu, three factors as texts with units in the cells ('5 org', '12 kl'), group sums at the left."""
    s = Lembar("POA BOK")
    s.rows(
        ["PLAN OF ACTION BOK PUSKESMAS HARAPAN"],
        [],
        ["NO", "KEGIATAN", "SASARAN", "TARGET", "RINCIAN PELAKSANAAN", "UNIT COST (Rp)", "TOTAL BIAYA (Rp)", "SUMBER"],
    )
    lines = [
        ("Kunjungan rumah ibu hamil", "Bumil", "120 bumil", "2 org x 12 kl x 5 desa", 120, 75000),
        ("Posyandu balita", "Balita", "450 balita", "3 org x 12 kl x 5 desa", 180, 75000),
        ("Penyuluhan gizi", "Kader", "40 kader", "2 org x 4 kl x 5 desa", 40, 75000),
        ("Lokakarya mini", "Staf", "35 staf", "35 org x 4 kl", 140, 22000),
        ("Pelacakan gizi buruk", "Balita", "12 kasus", "2 org x 6 kl", 12, 75000),
    ]
    for i, (what, who, target, koef, v, price) in enumerate(lines, 1):
        s.line(i, what, who, target, koef, price, v * price, "BOK", rp=v * price)
    s.row("JUMLAH", N, N, N, N, N, sum(v * p for *_, v, p in lines))
    return Buku("bok_puskesmas", [s])


@book
def proposal_ormas_pemasukan():
    """Proposal of an association: income table and expense table on one sheet under each other with different headings."""
    s = Lembar("Anggaran")
    s.rows(["ANGGARAN BIAYA JAMBORE PEMUDA"], [], ["A. RENCANA PEMASUKAN"], ["No", "Sumber", "Jumlah (Rp)"])
    for i, (what, n) in enumerate((("Hibah kecamatan", 15000000), ("Iuran peserta", 6500000), ("Sponsor", 4850000)), 1):
        s.line(i, what, n, rp=n)
    s.row(N, "Total pemasukan", 26350000)
    s.skip()
    s.again()
    s.row("B. RENCANA PENGELUARAN")
    s.row("No", "Uraian", "Volume", "Satuan", "Harga (Rp)", "Jumlah (Rp)")
    items = MAKAN + CETAK + ALAT[:1]
    for i, (what, v, unit, price) in enumerate(items, 1):
        s.line(i, what, v, unit, price, v * price, rp=v * price)
    s.row(N, "Total pengeluaran", N, N, N, total(items))
    return Buku("proposal_ormas_pemasukan", [s])


@book
def rab_dua_harga_tahun():
    """Prices and amounts of this year beside those proposed for the next: two product groups, the year as group heading."""
    s = Lembar("Usulan")
    s.rows(
        ["USULAN ANGGARAN BAGIAN UMUM"],
        [],
        ["No", "Uraian", "Satuan", "Tahun 2024", N, N, "Tahun 2025 (Usulan)", N, N],
        [N, N, N, "Vol", "Harga", "Jumlah", "Vol", "Harga", "Jumlah"],
    )
    s.merge("D3:F3", "G3:I3")
    old = new = 0
    for i, (what, v, unit, price) in enumerate(ATK, 1):
        w, raised = v + 2, price + price // 10 // 100 * 100
        old, new = old + v * price, new + w * raised
        s.line(i, what, unit, v, price, v * price, w, raised, w * raised, rp=w * raised)
    s.row(N, "Jumlah", N, N, N, old, N, N, new)
    return Buku("rab_dua_harga_tahun", [s])


@book
def boq_huruf_kecil():
    """BoQ with A / 1 / a numbering, analysis codes, weight in percent, subtotals in capitals after each A, and
    formulas everywhere."""
    s = Lembar("BQ")
    s.rows(
        ["BILL OF QUANTITY"],
        ["PEKERJAAN REHAB KANTOR LURAH"],
        [],
        ["NO.", "URAIAN PEKERJAAN", "KODE ANALISA", "VOLUME", "SATUAN", "HARGA SATUAN (Rp.)", "JUMLAH HARGA (Rp.)", "BOBOT (%)"],
    )
    tree = [
        (
            "A",
            "PEKERJAAN PENDAHULUAN",
            [
                (
                    "1",
                    "Persiapan",
                    [("a", "Pembersihan", "A.2.2.1.9", 120, "m2", 15600), ("b", "Bongkar plafon", "A.2.2.1.5", 84, "m2", 21500)],
                )
            ],
        ),
        (
            "B",
            "PEKERJAAN LANTAI DAN DINDING",
            [
                (
                    "1",
                    "Lantai",
                    [("a", "Keramik 40x40", "A.4.4.3.35", 84, "m2", 312400), ("b", "Plint", "A.4.4.3.39", 46, "m1", 68200)],
                ),
                (
                    "2",
                    "Dinding",
                    [("a", "Cat tembok", "A.4.7.1.10", 260, "m2", 34700), ("b", "Plamir", "A.4.7.1.4", 260, "m2", 12900)],
                ),
            ],
        ),
    ]
    grand = sum(v * p for _, _, subs in tree for _, _, items in subs for *_, v, _, p in items)
    marks = []
    for letter, name, subs in tree:
        s.row(letter, name)
        first, amount = s.next, 0
        for number, sub, items in subs:
            s.row(number, sub)
            for small, what, code, v, unit, price in items:
                amount += v * price
                s.line(
                    small,
                    what,
                    code,
                    v,
                    unit,
                    price,
                    (f"=ROUND(D{s.next}*F{s.next},2)", v * price),
                    round(v * price / grand * 100, 4),
                    rp=v * price,
                )
        s.row(N, f"JUMLAH {letter}", N, N, N, N, (f"=SUM(G{first}:G{s.r})", amount))
        marks.append(f"G{s.r}")
    s.row(N, "TOTAL", N, N, N, N, ("=" + "+".join(marks), grand), 100)
    s.row(N, "PPN 12 % x 11/12", N, N, N, N, grand * 11 // 100)
    s.row(N, "TOTAL + PPN", N, N, N, N, grand + grand * 11 // 100)
    return Buku("boq_huruf_kecil", [s])


@book
def siskeudes_koefisien_gabung():
    """Siskeudes print: 'VOLUME' holds '320 Zak', headings repeated per page with page numbers between, amounts as
    text with ,00."""
    s = Lembar("Laporan")
    s.rows(["RENCANA ANGGARAN BIAYA"], ["PEMERINTAH DESA BUNGA MEKAR"], ["TAHUN ANGGARAN 2025"], [])
    head = [["KODE", "URAIAN", "ANGGARAN", N, N], [N, N, "VOLUME", "HARGA SATUAN", "JUMLAH"]]
    s.rows(*head, ["1", "2", "3", "4", "5"])
    goods = [
        ("5.2.1.01.", "Belanja Perlengkapan Alat Tulis Kantor", ATK),
        ("5.2.1.05.", "Belanja Konsumsi", MAKAN),
        ("5.2.2.05.", "Belanja Jasa Honor", JASA),
    ]
    every = ATK + MAKAN + JASA
    s.row("5.", "BELANJA", N, N, rp(total(every), "sen"))
    s.row("5.2.", "Belanja Barang dan Jasa", N, N, rp(total(every), "sen"))
    s.row("5.2.1.", "Belanja Barang Perlengkapan", N, N, rp(total(ATK + MAKAN), "sen"))
    for k, (code, name, items) in enumerate(goods):
        if k == 2:
            s.row("5.2.2.", "Belanja Jasa Honorarium", N, N, rp(total(JASA), "sen"))
        s.row(code, name, N, N, rp(total(items), "sen"))
        for i, (what, v, unit, price) in enumerate(items, 1):
            if k == 0 and i == 7:
                s.row("Printed by Siskeudes 12/01/2025 09:14:22", N, N, N, "Halaman 1")
                s.rows(*head, ["1", "2", "3", "4", "5"])
            s.line(N, f"{i:02}. {what}", f"{v} {unit}", rp(price, "sen"), rp(v * price, "sen"), rp=v * price)
    s.row(N, "JUMLAH (Rp)", N, N, rp(total(every), "sen"))
    return Buku("siskeudes_koefisien_gabung", [s])


@book
def arkas_bulanan():
    """School: monthly volumes and amounts are not shown, only 'Dianggarkan untuk Bulan', jumlah, satuan, tarif; sub
    totals per kegiatan below."""
    s = Lembar("KERTAS KERJA")
    s.rows(
        ["RENCANA KEGIATAN DAN ANGGARAN SEKOLAH (RKAS)"],
        ["NPSN : 40300000"],
        [],
        [
            "No",
            "Kode Kegiatan",
            "Kode Rekening",
            "Uraian Kegiatan / Barang",
            "Dianggarkan untuk bulan",
            "Jumlah",
            "Satuan",
            "Harga Satuan",
            "Total",
        ],
    )
    n = 0
    for code, items, month in (("02.03.01.", ATK, "Januari"), ("03.05.02.", CETAK, "Maret"), ("07.12.04.", JASA, "Juli")):
        for what, v, unit, price in items:
            n += 1
            s.line(n, code, "5.1.02.01.01.0024", what, month, v, unit, price, v * price, rp=v * price)
        s.row(N, N, N, f"Sub total kegiatan {code}", N, N, N, N, total(items))
    s.row(N, N, N, "Total", N, N, N, N, total(ATK + CETAK + JASA))
    return Buku("arkas_bulanan", [s])


@book
def sppd_daftar_sederhana():
    """Travel budget per quarter: who, how often, tariff, and four columns of quarters before the total."""
    s = Lembar("Perjalanan")
    s.rows(
        ["RENCANA PERJALANAN DINAS 2025"],
        [],
        ["No", "Jabatan", "Org", "Frek", "Hari", "Biaya/Hari (Rp)", "TW I", "TW II", "TW III", "TW IV", "Total (Rp)"],
    )
    grand = [0] * 5
    for i, (who, a, f, d, p) in enumerate(
        (("Camat", 1, 8, 3, 430000), ("Sekcam", 1, 4, 3, 430000), ("Kasi", 4, 4, 2, 370000), ("Staf", 6, 4, 2, 350000)), 1
    ):
        one = a * f * d * p // 4
        grand = [x + y for x, y in zip(grand, (one, one, one, one, 4 * one), strict=True)]
        s.line(i, who, a, f, d, p, one, one, one, one, 4 * one, rp=4 * one)
    s.row("JUMLAH", N, N, N, N, N, *grand)
    return Buku("sppd_daftar_sederhana", [s])


@book
def pergeseran_tanpa_koefisien():
    """Penjabaran perubahan: code, uraian, sebelum, sesudah, bertambah/berkurang (Rp) and (%) by account, negative in
    brackets as text."""
    s = Lembar("Penjabaran")
    s.rows(
        ["PENJABARAN PERUBAHAN ANGGARAN BELANJA"],
        [],
        ["KODE REKENING", "URAIAN", "JUMLAH (Rp)", N, "BERTAMBAH / (BERKURANG)", N],
        [N, N, "SEBELUM PERUBAHAN", "SETELAH PERUBAHAN", "(Rp)", "%"],
        ["1", "2", "3", "4", "5", "6"],
    )
    s.merge("C3:D3", "E3:F3", "A3:A4", "B3:B4")
    rows = [
        ("5.1.01.01.01.0001", "Gaji Pokok PNS", 812400000, 798250000),
        ("5.1.01.01.02.0001", "Tunjangan Keluarga", 71300000, 71300000),
        ("5.1.02.01.01.0024", "ATK", 18650000, 22150000),
        ("5.1.02.04.01.0001", "Perjalanan Dinas", 96000000, 84600000),
        ("5.2.02.05.01.0005", "Modal Alat Kantor", 0, 27500000),
    ]
    show = lambda d: rp(d) + ",00" if d >= 0 else f"({rp(-d)},00)"  # noqa: E731

    def put(code, name, some, leaf=False):
        a, b = sum(r[2] for r in some), sum(r[3] for r in some)
        cells = (
            code,
            name,
            rp(a, "sen"),
            rp(b, "sen"),
            show(b - a),
            f"{(b - a) / a * 100:.2f}".replace(".", ",") if a else "0,00",
        )
        if leaf:
            s.line(*cells, rp=b)
        else:
            s.row(*cells)

    put("5", "BELANJA DAERAH", rows)
    for prefix, name in (("5.1", "BELANJA OPERASI"), ("5.2", "BELANJA MODAL")):
        some = [r for r in rows if r[0].startswith(prefix)]
        put(prefix, name, some)
        for sub in dict.fromkeys(r[0][:6] for r in some):
            put(sub, "Belanja " + sub, [r for r in some if r[0].startswith(sub)])
            for r in some:
                if r[0].startswith(sub):
                    put(r[0], r[1], [r], leaf=True)
    put(N, "JUMLAH", rows)
    return Buku("pergeseran_tanpa_koefisien", [s])


@book
def kolom_tersembunyi_rumus():
    """Harga and volume columns are hidden, only names and amounts show; formulas; groups by capitals without numbers."""
    s = Lembar("Cetak")
    s.rows(["RENCANA BELANJA SEKSI TRANTIB"], [], ["Uraian", "Vol", "Sat", "Harga", "Jumlah", "Ket"])
    for name, items in (("BELANJA BARANG", ATK[:6]), ("BELANJA JASA", JASA), ("BELANJA KONSUMSI", MAKAN)):
        s.row(name, N, N, N, (f"=SUM(E{s.next + 1}:E{s.next + len(items)})", total(items)))
        for what, v, unit, price in items:
            s.line("  " + what, v, unit, price, (f"=B{s.next}*D{s.next}", v * price), rp=v * price)
    n = total(ATK[:6] + JASA + MAKAN)
    s.row("TOTAL", N, N, N, (f"=E4+E{11}+E{15}", n))
    s.hidden_cols = {1, 3}
    return Buku("kolom_tersembunyi_rumus", [s])


@book
def lampiran_hibah_transpos():
    """Grant list: recipients with proposed and verified amounts; verified is what is planned."""
    s = Lembar("Hibah")
    s.rows(
        ["DAFTAR CALON PENERIMA HIBAH TA 2025"],
        [],
        ["No", "Nama Penerima", "Alamat", "Besaran Usulan (Rp)", "Hasil Evaluasi (Rp)", "Alokasi Anggaran (Rp)", "Keterangan"],
    )
    rows = [
        ("Masjid Al-Ikhlas", "Desa Harapan", 50000000, 35000000),
        ("Gereja Imanuel", "Desa Bunga", 40000000, 30000000),
        ("Karang Taruna Maju", "Desa Harapan", 15000000, 12500000),
        ("LPTQ Kecamatan", "Sumber Mulya", 25000000, 25000000),
    ]
    for i, (who, where, a, b) in enumerate(rows, 1):
        s.line(i, who, where, a, b, b, "APBD", rp=b)
    s.row(N, "JUMLAH", N, sum(r[2] for r in rows), sum(r[3] for r in rows), sum(r[3] for r in rows))
    return Buku("lampiran_hibah_transpos", [s])


@book
def dalam_ribuan():
    """'(dalam ribuan rupiah)': small typed figures that are thousands; nothing is multiplied by the reader, sums agree."""
    s = Lembar("Usulan")
    s.rows(
        ["USULAN KEBUTUHAN ANGGARAN 2026"],
        ["(dalam ribuan rupiah)"],
        [],
        ["No", "Program / Kegiatan", "Pagu 2025", "Usulan 2026", "Keterangan"],
    )
    rows = [
        ("Penyelenggaraan rapat", 64500, 70200),
        ("Pemeliharaan kendaraan", 48200, 51350),
        ("Pemberdayaan desa", 31900, 40000),
        ("Trantib", 22750, 26400),
    ]
    for i, (what, a, b) in enumerate(rows, 1):
        s.line(i, what, a, b, N, rp=b)
    s.row(N, "Jumlah", sum(r[1] for r in rows), sum(r[2] for r in rows))
    return Buku("dalam_ribuan", [s], warn=True)


@book
def salah2_subtotal_ikut():
    """Siskeudes-like groups: the top row adds one sub group twice."""
    s = Lembar("RAB")
    s.rows(["RAB DESA"], ["KODE", "URAIAN", "VOLUME", "SATUAN", "HARGA SATUAN", "JUMLAH"])
    a, b = total(TANI), total(UPAH)
    s.row("5.3", "Belanja Modal", N, N, N, a + b + b)
    for code, name, items in (("5.3.1", "Bahan", TANI), ("5.3.2", "Upah", UPAH)):
        s.row(code, name, N, N, N, total(items))
        for i, (what, v, unit, price) in enumerate(items, 1):
            s.line(f"{code}.{i:02}", what, v, unit, price, v * price, rp=v * price)
    return Buku("salah2_subtotal_ikut", [s], warn=True)


@book
def salah2_volume_koma():
    """Construction: one volume was typed with a comma in an English Excel and became text '12,75' beside numbers;
    amount was typed from 1275."""
    s = Lembar("RAB")
    s.row("No", "Uraian", "Vol", "Sat", "Harga Satuan", "Jumlah")
    rows = [
        ("Galian", 86.5, "m3", 92000, 7958000),
        ("Urugan", "12,75", "m3", 284000, 362100000),
        ("Pasangan batu", 64.0, "m3", 1085000, 69440000),
        ("Plesteran", 132.5, "m2", 71200, 9434000),
        ("Acian", 132.5, "m2", 38400, 5088000),
    ]
    for i, (what, v, unit, price, n) in enumerate(rows, 1):
        s.line(i, what, v, unit, price, n, rp=n)
    s.row(N, "Jumlah", N, N, N, sum(r[4] for r in rows))
    return Buku("salah2_volume_koma", [s], warn=True)


@book
def salah2_baris_kosong_total():
    """A line has volume and price but its amount cell is empty; the total leaves it out."""
    s = Lembar("RAB")
    s.rows(["RAB KEGIATAN"], ["No", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah"])
    for i, (what, v, unit, price) in enumerate(ATK, 1):
        if i == 5:
            s.row(i, what, v, unit, price)
        else:
            s.line(i, what, v, unit, price, v * price, rp=v * price)
    gone = ATK[4][1] * ATK[4][3]
    s.row(N, "Jumlah", N, N, N, total(ATK) - gone)
    return Buku("salah2_baris_kosong_total", [s], warn=True)


@book
def salah2_rumus_menimpa():
    """A subtotal was overwritten by a constant of last year; the others are formulas."""
    s = Lembar("RAB")
    kop(s)
    s.row("No", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah")
    marks, grand = [], 0
    for k, (name, items) in enumerate((("ATK", ATK[:5]), ("Konsumsi", MAKAN), ("Jasa", JASA), ("Cetak", CETAK))):
        s.row("ABCD"[k], name)
        first = s.next
        for i, (what, v, unit, price) in enumerate(items, 1):
            s.line(i, what, v, unit, price, (f"=C{s.next}*E{s.next}", v * price), rp=v * price)
        n = total(items) if k != 2 else 12750000
        s.row(N, "Jumlah " + "ABCD"[k], N, N, N, (f"=SUM(F{first}:F{s.r})", n) if k != 2 else n)
        marks.append(f"F{s.r}")
        grand += n
    s.row(N, "JUMLAH TOTAL", N, N, N, ("=" + "+".join(marks), grand))
    return Buku("salah2_rumus_menimpa", [s], warn=True)
