"""Budget layouts, seventh part: a last set, built to measure and read without another look at the reader."""

from __future__ import annotations

from tests.merah_rab import ALAT, ATK, CETAK, JASA, MAKAN, TANI, Buku, Lembar, N, book, rp, total, ttd

HEAD = ["No", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah"]


@book
def boq_upah_bahan():
    """Unit prices and amounts apart for wages and material, and their total."""
    s = Lembar("RAB")
    s.rows(
        ["RENCANA ANGGARAN BIAYA"],
        [],
        ["No", "Uraian Pekerjaan", "Vol", "Sat", "Harga Satuan (Rp)", N, "Jumlah Harga (Rp)", N, "Total (Rp)"],
        [N, N, N, N, "Upah", "Bahan", "Upah", "Bahan", N],
    )
    s.merge("E3:F3", "G3:H3", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "I3:I4")
    a = b = 0
    for letter, name, rows in (
        ("A", "TANAH", [("Galian", 85, "m3", 92500, 0), ("Urugan pasir", 14, "m3", 61000, 231500)]),
        (
            "B",
            "BETON",
            [
                ("Sloof 15/20", 4, "m3", 1240000, 3155000),
                ("Kolom", 3, "m3", 1410000, 3420000),
                ("Ring balk", 3, "m3", 1395000, 3388000),
            ],
        ),
    ):
        s.row(letter, name)
        x = y = 0
        for i, (what, v, unit, wage, stuff) in enumerate(rows, 1):
            x, y = x + v * wage, y + v * stuff
            s.line(i, what, v, unit, wage, stuff, v * wage, v * stuff, v * (wage + stuff), rp=v * (wage + stuff))
        s.row(N, "Jumlah " + letter, N, N, N, N, x, y, x + y)
        a, b = a + x, b + y
    s.row(N, "JUMLAH TOTAL", N, N, N, N, a, b, a + b)
    return Buku("boq_upah_bahan", [s])


@book
def cco_tambah_kurang():
    """Contract change order: original volume and amount, new volume and amount, more and less, one price."""
    s = Lembar("CCO-01")
    s.rows(
        ["PERHITUNGAN TAMBAH KURANG"],
        [],
        ["No", "Uraian Pekerjaan", "Sat", "Harga Satuan", "Kontrak Awal", N, "Kontrak Perubahan", N, "Tambah", "Kurang"],
        [N, N, N, N, "Volume", "Jumlah", "Volume", "Jumlah", N, N],
    )
    s.merge("E3:F3", "G3:H3")
    a = b = more = less = 0
    for i, (what, unit, price, v, w) in enumerate(
        (
            ("Galian", "m3", 92500, 85, 97),
            ("Pasangan batu", "m3", 1085000, 64, 60),
            ("Plesteran", "m2", 71500, 130, 142),
            ("Acian", "m2", 38500, 130, 142),
        ),
        1,
    ):
        d = (w - v) * price
        a, b, more, less = a + v * price, b + w * price, more + max(d, 0), less + max(-d, 0)
        s.line(i, what, unit, price, v, v * price, w, w * price, d if d > 0 else N, -d if d < 0 else N, rp=w * price)
    s.row(N, "Jumlah", N, N, N, a, N, b, more, less)
    return Buku("cco_tambah_kurang", [s])


@book
def add_per_desa():
    """Village allocations: names of villages, basic and formula part, and the total."""
    s = Lembar("ADD 2025")
    s.rows(
        ["PENETAPAN ALOKASI DANA DESA (ADD)"],
        ["KECAMATAN SUMBER MULYA TAHUN ANGGARAN 2025"],
        [],
        ["No.", "Nama Desa", "Alokasi Dasar (Rp)", "Alokasi Formula (Rp)", "Jumlah Alokasi (Rp)"],
        [1, 2, 3, 4, "5 = 3 + 4"],
    )
    x = y = 0
    for i, (what, n) in enumerate(
        (
            ("Harapan Jaya", 118400000),
            ("Bunga Mekar", 96250000),
            ("Tani Makmur", 131875000),
            ("Suka Damai", 88930000),
            ("Karya Baru", 104615000),
        ),
        1,
    ):
        x, y = x + 412500000, y + n
        s.line(i, what, 412500000, n, 412500000 + n, rp=412500000 + n)
    s.row(N, "JUMLAH", x, y, x + y)
    return Buku("add_per_desa", [s])


@book
def ppas_plafon():
    """KUA-PPAS: codes over five narrow columns, plafon on every level, next year's estimate, indicators with targets: which of
    the two it is meant to be read as is asked."""
    s = Lembar("PPAS", kind="indikator")
    s.tables[0].sums = {}
    s.rows(
        ["PLAFON ANGGARAN SEMENTARA BERDASARKAN PROGRAM DAN KEGIATAN"],
        [],
        [
            "KODE",
            N,
            N,
            N,
            N,
            "URUSAN / PROGRAM / KEGIATAN / SUB KEGIATAN",
            "INDIKATOR",
            "TARGET",
            "PLAFON ANGGARAN (Rp)",
            "PRAKIRAAN MAJU (Rp)",
        ],
    )
    s.merge("A3:E3")
    tree = [
        (
            "01",
            "Penunjang Urusan",
            [
                ("2.01", "Perencanaan", [("01", 12500000), ("06", 8400000)]),
                ("2.06", "Administrasi", [("02", 33100000), ("05", 21750000), ("09", 64200000)]),
            ],
        ),
        ("02", "Penyelenggaraan Pemerintahan", [("2.01", "Koordinasi", [("01", 41650000), ("03", 18900000)])]),
    ]
    n = sum(x for _, _, ks in tree for _, _, subs in ks for _, x in subs)
    s.row("7", "01", N, N, N, "KECAMATAN", N, N, n, n * 11 // 10)
    for p, pn, ks in tree:
        m = sum(x for _, _, subs in ks for _, x in subs)
        s.row("7", "01", p, N, N, "Program " + pn, N, N, m, m * 11 // 10)
        for k, kn, subs in ks:
            m = sum(x for _, x in subs)
            s.row("7", "01", p, k, N, "Kegiatan " + kn, N, N, m, m * 11 // 10)
            for code, x in subs:
                s.line(
                    "7", "01", p, k, code, f"Sub kegiatan {kn} {code}", "Jumlah dokumen", "4 Dokumen", x, x * 11 // 10, target=4
                )
    s.row(N, N, N, N, N, "JUMLAH", N, N, n, n * 11 // 10)
    return Buku("ppas_plafon", [s])


@book
def gaji_tenaga_kontrak():
    """Contract staff: persons × months × wage, THR in a column of its own, the year's total."""
    s = Lembar("Tenaga Kontrak")
    s.rows(
        ["KEBUTUHAN ANGGARAN TENAGA KONTRAK TAHUN 2025"],
        [],
        ["No", "Jabatan", "Jumlah Orang", "Bulan", "Upah per Bulan (Rp)", "Jumlah Upah (Rp)", "THR (Rp)", "Total Setahun (Rp)"],
    )
    whole = [0, 0, 0]
    for i, (post, n, wage) in enumerate(
        (("Satpam", 3, 1850000), ("Pramubakti", 4, 1650000), ("Sopir", 2, 1900000), ("Operator", 2, 2000000)), 1
    ):
        a, b = n * 12 * wage, n * wage
        whole = [x + y for x, y in zip(whole, (a, b, a + b), strict=True)]
        s.line(i, post, n, 12, wage, a, b, a + b, rp=a + b)
    s.row("JUMLAH", N, N, N, N, *whole)
    return Buku("gaji_tenaga_kontrak", [s])


@book
def penjabaran_apbd():
    """Penjabaran APBD: one code per row of all levels down to sub rincian objek, amounts with ,00 as text, a
    column of explanation."""
    s = Lembar("Lampiran II")
    s.rows(
        ["PENJABARAN APBD"],
        ["Organisasi : 7.01.0.00.0.00.01 KECAMATAN SUMBER MULYA"],
        [],
        ["KODE REKENING", "URAIAN", "JUMLAH (Rp)", "PENJELASAN"],
        ["1", "2", "3", "4"],
    )
    leaves = [
        ("5.1.01.01.01.0001", "Belanja Gaji Pokok PNS", 684210000),
        ("5.1.01.01.02.0001", "Belanja Tunjangan Keluarga PNS", 58940000),
        ("5.1.02.01.01.0024", "Belanja ATK", 21375000),
        ("5.1.02.01.01.0052", "Belanja Makan Minum Rapat", 43820000),
        ("5.1.02.04.01.0001", "Belanja Perjalanan Dinas Biasa", 97500000),
        ("5.2.02.05.01.0005", "Belanja Modal Alat Kantor", 35000000),
    ]
    names = {"5": "BELANJA", "5.1": "BELANJA OPERASI", "5.2": "BELANJA MODAL"}
    seen = set()
    for code, name, n in leaves:
        parts = code.split(".")
        for k in range(1, len(parts)):
            upper = ".".join(parts[:k])
            if upper not in seen:
                seen.add(upper)
                s.row(
                    upper,
                    names.get(upper, "Belanja kelompok " + upper),
                    rp(sum(x for c, _, x in leaves if c.startswith(upper + ".")), "sen"),
                )
        s.line(code, name, rp(n, "sen"), "Lokasi: kantor; sumber dana: DAU", rp=n)
    s.row(N, "JUMLAH BELANJA", rp(sum(x for *_, x in leaves), "sen"))
    return Buku("penjabaran_apbd", [s])


@book
def rincian_diklat_paket():
    """A training: per package participants × days × units of cost, package title rows with 'Paket A : Rp …' as text."""
    s = Lembar("Diklat")
    s.rows(["RINCIAN BIAYA PELATIHAN APARATUR DESA"], HEAD)
    grand = 0
    for letter, items in (("A", JASA), ("B", MAKAN), ("C", CETAK)):
        s.row(N, f"Paket {letter} : Rp {rp(total(items))},-")
        for i, (what, v, unit, price) in enumerate(items, 1):
            s.line(i, what, v, unit, price, v * price, rp=v * price)
        grand += total(items)
    s.row(N, "Total Biaya", N, N, N, grand)
    ttd(s)
    return Buku("rincian_diklat_paket", [s])


@book
def dua_belas_lembar_bulan():
    """A sheet per quarter with that quarter's needs: the same items, other volumes; all of them count."""
    sheets = []
    for k, name in enumerate(("TW I", "TW II", "TW III", "TW IV"), 1):
        s = Lembar(name)
        s.rows([f"KEBUTUHAN BELANJA TRIWULAN {k}"], HEAD)
        n = 0
        for i, (what, v, unit, price) in enumerate(ATK, 1):
            n += (v // 2 + k * (i % 3 + 1)) * price
            s.line(
                i,
                what,
                v // 2 + k * (i % 3 + 1),
                unit,
                price,
                (v // 2 + k * (i % 3 + 1)) * price,
                rp=(v // 2 + k * (i % 3 + 1)) * price,
            )
        s.row(N, "Jumlah", N, N, N, n)
        sheets.append(s)
    return Buku("dua_belas_lembar_bulan", sheets)


@book
def judul_di_kolom_gabung():
    """Sub kegiatan, kegiatan and account as merged full-width rows between the lines, with no amounts; one total."""
    s = Lembar("Rincian")
    s.rows(["RINCIAN BELANJA SEKSI PMD"], ["Uraian", "Koefisien", "Satuan", "Harga", "Jumlah"])
    for sub, items in (("7.01.03.2.01.0001 Peningkatan Partisipasi", MAKAN), ("7.01.03.2.01.0003 Pembinaan PKK", CETAK + JASA)):
        s.row("Sub Kegiatan : " + sub)
        s.merge(f"A{s.r}:E{s.r}")
        s.row("5.1.02.01 Belanja Barang")
        s.merge(f"A{s.r}:E{s.r}")
        for what, v, unit, price in items:
            s.line(what, f"{v} {unit} x 1 Kegiatan", unit, price, v * price, rp=v * price)
    s.row("Jumlah", N, N, N, total(MAKAN + CETAK + JASA))
    return Buku("judul_di_kolom_gabung", [s])


@book
def hibah_barang_nomor_kosong():
    """Only every first item of a group is numbered; units in capitals; amounts in a column headed 'Rupiah'."""
    s = Lembar("Belanja Hibah")
    s.rows(["BELANJA HIBAH BARANG KEPADA KELOMPOK TANI"], [], ["NO", "KELOMPOK / BARANG", "BANYAK", "SATUAN", "HARGA", "RUPIAH"])
    grand = 0
    for i, (who, items) in enumerate(
        (("Kelompok Tani Mekar", TANI[:3]), ("Kelompok Wanita Tani Melati", ALAT), ("Gapoktan Sejahtera", TANI[3:6])), 1
    ):
        s.row(i, who)
        for what, v, unit, price in items:
            s.line(N, what, v, unit.upper(), price, v * price, rp=v * price)
        s.row(N, "JUMLAH", N, N, N, total(items))
        grand += total(items)
    s.row(N, "JUMLAH KESELURUHAN", N, N, N, grand)
    return Buku("hibah_barang_nomor_kosong", [s])


@book
def salah5_total_lebih_satu_grup():
    """The grand total was copied before the last group was added; typed numbers only."""
    s = Lembar("RAB")
    s.rows(["RAB"], HEAD)
    for letter, items in (("A", MAKAN), ("B", CETAK), ("C", ALAT)):
        s.row(letter, "Kelompok " + letter, N, N, N, total(items))
        for i, (what, v, unit, price) in enumerate(items, 1):
            s.line(i, what, v, unit, price, v * price, rp=v * price)
    s.row(N, "TOTAL", N, N, N, total(MAKAN + CETAK))
    return Buku("salah5_total_lebih_satu_grup", [s], warn=True)


@book
def salah5_satu_baris_dua_kali():
    """A line's amount has a digit too many (a zero added by hand)."""
    s = Lembar("RAB")
    s.rows(["RAB"], HEAD)
    n = 0
    for i, (what, v, unit, price) in enumerate(ATK + JASA, 1):
        amount = v * price * (10 if i == 8 else 1)
        n += amount
        s.line(i, what, v, unit, price, amount, rp=amount)
    s.row(N, "Jumlah", N, N, N, n)
    return Buku("salah5_satu_baris_dua_kali", [s], warn=True)


@book
def salah5_perubahan_kurang():
    """Before and after: the printed total after the change still holds the total before it."""
    s = Lembar("Pergeseran")
    s.rows(["PERGESERAN ANGGARAN"], ["Kode Rekening", "Uraian", "Sebelum", "Sesudah", "Bertambah/Berkurang"])
    rows = [
        ("5.1.02.01.01.0024", "ATK", 18650000, 22150000),
        ("5.1.02.01.01.0026", "Cetak", 7400000, 5900000),
        ("5.1.02.04.01.0001", "Perjalanan", 96000000, 84600000),
        ("5.1.02.02.01.0003", "Honor", 12000000, 12750000),
    ]
    for code, what, a, b in rows:
        s.line(code, what, a, b, b - a, rp=b)
    s.row(N, "JUMLAH", sum(r[2] for r in rows), sum(r[2] for r in rows), 0)
    return Buku("salah5_perubahan_kurang", [s], warn=True)
