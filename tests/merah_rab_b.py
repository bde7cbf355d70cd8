"""Budget layouts, second part: honorarium, travel, before and after, months, taxes, sources, HPS, pages, several tables."""

from __future__ import annotations

from tests.merah_rab import ALAT, ATK, CETAK, JASA, MAKAN, TANI, UPAH, Buku, Lembar, N, book, kop, rp, total, ttd


@book
def honorarium_pph():
    """Planned honoraria (called a list of payments, it is none): per month, months, gross, PPh 21, received, places to sign."""
    s = Lembar("HONOR")
    s.rows(
        ["RENCANA HONORARIUM PENGELOLA KEUANGAN TA 2025"],
        [],
        [
            "No",
            "Nama",
            "Jabatan",
            "Gol",
            "Honor/Bulan (Rp)",
            "Bulan",
            "Jumlah (Rp)",
            "PPh 21 (Rp)",
            "Diterima (Rp)",
            "Tanda Tangan",
        ],
        [1, 2, 3, 4, 5, 6, "7=5x6", 8, "9=7-8", 10],
    )
    people = [
        ("Andi Saputra, S.STP", "PA", "IV/a", 1250000, 15),
        ("Murniati, SE", "PPK", "III/d", 1000000, 5),
        ("Yusran", "Bendahara", "III/a", 750000, 5),
        ("Hasnah", "Pembantu PPK", "II/c", 450000, 0),
        ("Rahman T.", "Staf", "II/b", 300000, 0),
    ]
    gross = tax = 0
    for i, (who, post, gol, fee, pct) in enumerate(people, 1):
        value = fee * 12
        cut = value * pct // 100
        gross, tax = gross + value, tax + cut
        s.line(
            i,
            who,
            post,
            gol,
            fee,
            12,
            (f"=E{s.next}*F{s.next}", value),
            cut,
            (f"=G{s.next}-H{s.next}", value - cut),
            f"{i}. ........",
            rp=value,
        )
    s.row("JUMLAH", N, N, N, N, N, (f"=SUM(G5:G{s.r})", gross), (f"=SUM(H5:H{s.r})", tax), (f"=SUM(I5:I{s.r})", gross - tax))
    ttd(s, 6)
    return Buku("honorarium_pph", [s])


@book
def perjalanan_dinas():
    """Travel: uang harian, transport and hotel each days × tariff, and one total per person."""
    s = Lembar("Perjadin")
    s.rows(
        ["RINCIAN BIAYA PERJALANAN DINAS DALAM DAERAH"],
        [],
        ["No", "Nama / Jabatan", "Tujuan", "Uang Harian", N, N, "Transport", "Penginapan", N, N, "Jumlah"],
        [N, N, N, "Hari", "Tarif", "Jumlah", N, "Malam", "Tarif", "Jumlah", N],
    )
    s.merge("A3:A4", "B3:B4", "C3:C4", "D3:F3", "G3:G4", "H3:J3", "K3:K4")
    whole = [0, 0, 0, 0]
    for i, (who, where, days, tariff, way, nights, hotel) in enumerate(
        [
            ("Andi Saputra / Camat", "Kota Mekar", 3, 430000, 650000, 2, 880000),
            ("Murniati / Sekcam", "Kota Mekar", 3, 430000, 650000, 2, 610000),
            ("Yusran / Kasi", "Desa Harapan", 1, 150000, 120000, 0, 0),
            ("Hasnah / Staf", "Desa Harapan", 1, 150000, 120000, 0, 0),
            ("Rahman / Staf", "Kota Mekar", 2, 370000, 650000, 1, 450000),
        ],
        1,
    ):
        a, b = days * tariff, nights * hotel
        whole = [x + y for x, y in zip(whole, (a, way, b, a + way + b), strict=True)]
        s.line(i, who, where, days, tariff, a, way, nights or N, hotel or N, b, a + way + b, rp=a + way + b)
    s.row("JUMLAH", N, N, N, N, whole[0], whole[1], N, N, whole[2], whole[3])
    return Buku("perjalanan_dinas", [s])


@book
def murni_pergeseran():
    """DPPA: koefisien, satuan, harga, jumlah before and after the change, and the difference."""
    s = Lembar("DPPA")
    s.rows(
        ["DOKUMEN PELAKSANAAN PERGESERAN ANGGARAN"],
        [],
        ["Kode Rekening", "Uraian", "Sebelum Pergeseran", N, N, N, "Setelah Pergeseran", N, N, N, "Bertambah/ (Berkurang)"],
        [N, N, "Koefisien", "Satuan", "Harga", "Jumlah", "Koefisien", "Satuan", "Harga", "Jumlah", N],
    )
    s.merge("A3:A4", "B3:B4", "C3:F3", "G3:J3", "K3:K4")
    groups = [
        ("5.1.02.01.01.0024", "Belanja ATK", ATK[:6]),
        ("5.1.02.01.01.0026", "Belanja Bahan Cetak", CETAK),
        ("5.1.02.01.01.0052", "Belanja Makan Minum", MAKAN),
    ]
    change = {"Kertas HVS F4 70 gram": -4, "Pulpen gel 0,5 mm": 5, "Jilid laporan": 10, "Kudapan peserta": -40}
    before = sum(total(g[2]) for g in groups)
    after = sum((v + change.get(w, 0)) * p for g in groups for w, v, _, p in g[2])
    s.row("5", "BELANJA", N, N, N, before, N, N, N, after, after - before)
    for code, name, items in groups:
        old, new = total(items), sum((v + change.get(w, 0)) * p for w, v, _, p in items)
        s.row(code, name, N, N, N, old, N, N, N, new, new - old)
        for what, v, unit, price in items:
            w = v + change.get(what, 0)
            s.line(
                N,
                what,
                f"{v} {unit}",
                unit,
                price,
                v * price,
                f"{w} {unit}",
                unit,
                price,
                w * price,
                (w - v) * price,
                rp=w * price,
            )
    s.row("Jumlah", N, N, N, N, before, N, N, N, after, after - before)
    return Buku("murni_pergeseran", [s])


@book
def anggaran_kas_bulanan():
    """Pagu per account and twelve months; group rows by code; a total in the last row."""
    s = Lembar("Anggaran Kas")
    months = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Ags", "Sep", "Okt", "Nov", "Des"]
    s.rows(["RENCANA PENARIKAN DANA TAHUN 2025"], [], ["KODE", "URAIAN", "PAGU (Rp)", *months, "JUMLAH"])
    lines = [
        ("5.1.02.01.01.0024", "ATK", 12000000),
        ("5.1.02.01.01.0026", "Bahan Cetak", 6000000),
        ("5.1.02.01.01.0052", "Makan Minum Rapat", 18600000),
        ("5.1.02.04.01.0001", "Perjalanan Dinas Biasa", 54000000),
        ("5.1.02.04.01.0003", "Perjalanan Dinas Dalam Kota", 21600000),
    ]
    spread = [1, 1, 2, 0, 1, 1, 2, 1, 0, 1, 1, 1]
    grand = [0] * 12
    for group, name, part in (("5.1.02.01", "Belanja Barang", lines[:3]), ("5.1.02.04", "Belanja Perjalanan Dinas", lines[3:])):
        values = [sum(n // 12 * k for _, _, n in part) for k in spread]
        s.row(group, name, sum(n for _, _, n in part), *values, sum(values))
        for code, what, n in part:
            values = [n // 12 * k for k in spread]
            grand = [a + b for a, b in zip(grand, values, strict=True)]
            s.line(code, what, n, *[v or N for v in values], (f"=SUM(D{s.next}:O{s.next})", n), rp=n)
    s.row(N, "TOTAL", sum(n for _, _, n in lines), *grand, sum(grand))
    return Buku("anggaran_kas_bulanan", [s])


@book
def kolom_ppn():
    """PPN in its own column and an amount with tax after it: a line's jumlah holds the tax."""
    s = Lembar("RAB")
    s.rows(
        ["RAB PENGADAAN ATK"],
        [],
        ["No", "Nama Barang", "Spesifikasi", "Vol", "Sat", "Harga Satuan", "Jumlah", "PPN 11%", "Total + PPN"],
    )
    a = b = c = 0
    for i, (what, v, unit, price) in enumerate(ATK, 1):
        value = v * price
        tax = (value * 11 + 50) // 100
        a, b, c = a + value, b + tax, c + value + tax
        s.line(
            i,
            what,
            "setara merek umum",
            v,
            unit,
            price,
            value,
            (f"=ROUND(G{s.next}*11%,0)", tax),
            (f"=G{s.next}+H{s.next}", value + tax),
            rp=value + tax,
        )
    s.row("Jumlah", N, N, N, N, N, a, b, c)
    return Buku("kolom_ppn", [s])


@book
def sumber_dana_kolom():
    """The amount is spread over columns of sumber dana that add up to it."""
    s = Lembar("RAB")
    s.rows(
        ["RAB SWAKELOLA POKMAS"],
        [],
        ["No", "Uraian", "Vol", "Satuan", "Harga Satuan", "Jumlah", "Sumber Dana", N, N],
        [N, N, N, N, N, N, "DDS", "ADD", "Swadaya"],
    )
    s.merge("A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "F3:F4", "G3:I3")
    grand, parts = 0, [0, 0, 0]
    for letter, name, items in (("A", "BAHAN", TANI), ("B", "ALAT", ALAT), ("C", "UPAH", UPAH)):
        s.row(letter, name)
        amount, own = 0, [0, 0, 0]
        for i, (what, v, unit, price) in enumerate(items, 1):
            value, split = v * price, [0, 0, 0]
            split[i % 3] = value
            amount, own = amount + value, [x + y for x, y in zip(own, split, strict=True)]
            s.line(i, what, v, unit, price, value, *[x or N for x in split], rp=value)
        s.row(N, "Sub Total " + letter, N, N, N, amount, *own)
        grand, parts = grand + amount, [x + y for x, y in zip(parts, own, strict=True)]
    s.row(N, "TOTAL A + B + C", N, N, N, grand, *parts)
    return Buku("sumber_dana_kolom", [s])


@book
def hps_tiga_penawaran():
    """HPS: three quotations beside each other, their average, the price taken; PPN and Pembulatan below."""
    s = Lembar("HPS")
    s.rows(
        ["HARGA PERKIRAAN SENDIRI (HPS)"],
        ["Pekerjaan : Pengadaan Peralatan Kantor"],
        [],
        ["No", "Nama Barang", "Spesifikasi", "Qty", "Sat", "Survey Harga", N, N, "Harga Rata-rata", "HPS Satuan", "Total HPS"],
        [N, N, N, N, N, "Toko A", "Toko B", "Toko C", N, N, N],
    )
    s.merge("F4:H4")
    grand = 0
    for i, (what, spec, qty, a, b, c) in enumerate(
        [
            ("Laptop", "i5, 8 GB, SSD 512", 3, 11500000, 11800000, 11650000),
            ("Printer", "A4 warna", 2, 3150000, 3200000, 3250000),
            ("Meja kerja", "1/2 biro", 5, 1450000, 1500000, 1550000),
            ("Kursi putar", "hidrolik", 5, 850000, 900000, 950000),
            ("Lemari arsip", "2 pintu", 2, 2900000, 3000000, 3100000),
        ],
        1,
    ):
        mean = (a + b + c) // 3
        grand += qty * mean
        s.line(
            i,
            what,
            spec,
            qty,
            "unit",
            a,
            b,
            c,
            (f"=AVERAGE(F{s.next}:H{s.next})", mean),
            mean,
            (f"=D{s.next}*J{s.next}", qty * mean),
            rp=qty * mean,
        )
    pad = [N] * 8
    s.row(N, "Jumlah", *pad, grand)
    s.row(N, "PPN 11 %", *pad, grand * 11 // 100)
    s.row(N, "Jumlah + PPN", *pad, grand + grand * 11 // 100)
    s.row(N, "Pembulatan", *pad, (grand + grand * 11 // 100) // 1000 * 1000)
    return Buku("hps_tiga_penawaran", [s])


@book
def halaman_jumlah_pindahan():
    """Printed pages: the heading returns every page, with 'Jumlah dipindahkan' and 'Jumlah pindahan' carrying the running sum."""
    s = Lembar("RAB")
    head = ["No.", "Uraian", "Banyaknya", "Satuan", "Harga @ (Rp)", "Jumlah (Rp)"]
    s.rows(["DAFTAR KEBUTUHAN BARANG KANTOR KELURAHAN"], [], head)
    items = ATK + MAKAN + CETAK + ALAT
    running = 0
    for i, (what, v, unit, price) in enumerate(items, 1):
        if i in (8, 15):
            s.row(N, "Jumlah dipindahkan", N, N, N, running)
            s.skip(2)
            s.row(*head)
            s.row(N, "Jumlah pindahan", N, N, N, running)
        running += v * price
        s.line(i, what, v, unit, price, v * price, rp=v * price)
    s.row(N, "JUMLAH SELURUHNYA", N, N, N, running)
    return Buku("halaman_jumlah_pindahan", [s])


@book
def lembar_per_sub_kegiatan():
    """One sheet per sub kegiatan in one layout, a recap sheet of totals at the end."""
    sheets, rows = [], []
    for code, name, items in (
        ("7.01.02.2.01.0001", "Koordinasi", ATK),
        ("7.01.03.2.01.0003", "PKK", MAKAN + CETAK),
        ("7.01.04.2.01.0001", "Trantib", JASA),
    ):
        s = Lembar(name)
        s.rows(
            ["RENCANA ANGGARAN BIAYA"],
            ["Sub Kegiatan", N, f": {code} {name}"],
            [],
            ["Kode Rekening", "Uraian", "Koefisien", "Satuan", "Harga", "Jumlah"],
        )
        s.row("5.1.02.01.01.0024", "Belanja barang", N, N, N, total(items))
        for what, v, unit, price in items:
            s.line(N, what, v, unit, price, v * price, rp=v * price)
        s.row(N, "Jumlah", N, N, N, total(items))
        rows.append((code, name, total(items), s.r))
        sheets.append(s)
    recap = Lembar("REKAPITULASI")
    recap.rows(["REKAPITULASI RAB"], [], ["No", "Kode", "Sub Kegiatan", "Jumlah"])
    for i, (code, name, n, r) in enumerate(rows, 1):
        recap.line(i, code, name, (f"={name}!F{r}", n), rp=n)
    recap.row("TOTAL", N, N, sum(n for _, _, n, _ in rows))
    return Buku("lembar_per_sub_kegiatan", [*sheets, recap], silent=("REKAPITULASI",))


@book
def tabel_bertumpuk():
    """Three kegiatan under each other on one sheet, each with title, heading and Jumlah, and the total of all at the end:
    one table whose headings return, as the total says."""
    s = Lembar("RAB")
    grand = 0
    s.row("RAB SEKSI PEMBERDAYAAN")
    for i, (name, items) in enumerate((("Pembinaan PKK", MAKAN), ("Lomba Desa", CETAK + JASA), ("Posyandu", ATK[:4]))):
        s.skip()
        s.row(f"{i + 1}. Kegiatan {name}")
        s.row("No", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah")
        for j, (what, v, unit, price) in enumerate(items, 1):
            s.line(j, what, v, unit, price, v * price, rp=v * price)
        s.row(N, "Jumlah", N, N, N, total(items))
        grand += total(items)
    s.skip()
    s.row(N, "TOTAL 3 KEGIATAN", N, N, N, grand)
    return Buku("tabel_bertumpuk", [s])


@book
def subtotal_kolom_sendiri():
    """Items in one money column, group sums in a column of their own to the right of it."""
    s = Lembar("Anggaran")
    s.rows(["RAB PERINGATAN HUT RI KE-80"], [], ["No", "Uraian", "Banyaknya", "Satuan", "Harga", "Jumlah", "Sub Total"])
    grand = 0
    for roman, name, items in (("I", "Sekretariat", ATK[:5]), ("II", "Konsumsi", MAKAN), ("III", "Perlengkapan", CETAK)):
        s.row(roman, name, N, N, N, N, total(items))
        grand += total(items)
        for i, (what, v, unit, price) in enumerate(items, 1):
            s.line(i, what, v, unit, price, v * price, rp=v * price)
    s.row(N, "TOTAL", N, N, N, N, grand)
    return Buku("subtotal_kolom_sendiri", [s])


@book
def uraian_bertangga():
    """The uraian steps over three columns by its level; every level carries its amount; nothing numbered."""
    s = Lembar("Rincian")
    s.rows(["RINCIAN BELANJA BAGIAN UMUM"], [], ["URAIAN", N, N, "VOL", "SAT", "HARGA", "JUMLAH"])
    s.merge("A3:C3")
    tree = [
        ("Belanja Barang", [("Alat tulis", ATK[:5]), ("Cetak", CETAK)]),
        ("Belanja Jasa", [("Rapat", MAKAN), ("Narasumber", JASA)]),
    ]
    grand = 0
    for top, subs in tree:
        s.row(top, N, N, N, N, N, sum(total(i) for _, i in subs))
        for sub, items in subs:
            s.row(N, sub, N, N, N, N, total(items))
            grand += total(items)
            for what, v, unit, price in items:
                s.line(N, N, what, v, unit, price, v * price, rp=v * price)
    s.row("JUMLAH", N, N, N, N, N, grand)
    return Buku("uraian_bertangga", [s])


@book
def uraian_dua_baris():
    """An item's specification stands on rows of its own below it, without amounts; the volume holds its unit ('10 orang')."""
    s = Lembar("Sheet1")
    s.rows(
        ["RENCANA ANGGARAN BIAYA DESA"],
        ["1. Bidang : Pembinaan"],
        ["2. Kegiatan : Pelatihan"],
        ["Rincian Pendanaan :"],
        ["NO.", "URAIAN", "VOLUME", "HARGA SATUAN (Rp.)", "JUMLAH (Rp.)"],
        [1, 2, 3, 4, 5],
    )
    for i, (what, v, unit, price) in enumerate(JASA + MAKAN + CETAK, 1):
        s.line(i, what, f"{v} {unit}", price, v * price, rp=v * price)
        if i % 2:
            s.row(N, "- sesuai standar harga kabupaten")
    s.row(N, "JUMLAH (Rp.)", N, N, total(JASA + MAKAN + CETAK))
    ttd(s, 3)
    return Buku("uraian_dua_baris", [s])


@book
def teks_rupiah_semua():
    """Every amount is text with Rp, dots and ',-'; the total too."""
    s = Lembar("Sheet1")
    s.rows(["RAB KEGIATAN SOSIALISASI"], [], ["No", "Rincian", "Jml", "Sat", "Harga Satuan", "Jumlah Harga"])
    for i, (what, v, unit, price) in enumerate(JASA + MAKAN + CETAK, 1):
        s.line(f"{i}.", what, str(v), unit, rp(price, "strip"), rp(v * price, "strip"), rp=v * price)
    s.row(N, "Jumlah", N, N, N, rp(total(JASA + MAKAN + CETAK), "strip"))
    return Buku("teks_rupiah_semua", [s])


@book
def teks_gaya_inggris():
    """Text amounts in English style with cents."""
    s = Lembar("BUDGET")
    s.rows(["No", "Uraian Kegiatan", "Qty", "Unit", "Harga Satuan", "Total"])
    for i, (what, v, unit, price) in enumerate(ATK, 1):
        s.line(i, what, v, unit, rp(price, "us"), rp(v * price, "us"), rp=v * price)
    s.row(N, "TOTAL", N, N, N, rp(total(ATK), "us"))
    return Buku("teks_gaya_inggris", [s])


@book
def minimal_tanpa_nomor():
    """Two columns, no numbers, the total without a label."""
    s = Lembar("Sheet1", at=2)
    s.rows([], [], ["Rincian Biaya", "Jumlah"])
    amounts = [
        ("Sewa tenda", 1750000),
        ("Sound system", 1200000),
        ("Konsumsi panitia", 2450000),
        ("Hadiah lomba", 3600000),
        ("Dekorasi", 825000),
    ]
    for what, n in amounts:
        s.line(what, n, rp=n)
    s.row(N, ("=SUM(D4:D8)", sum(n for _, n in amounts)))
    return Buku("minimal_tanpa_nomor", [s])


@book
def kategori_gabung_tegak():
    """The category is one cell merged down its items."""
    s = Lembar("RAB")
    s.rows(
        ["RAB OPERASIONAL BPD"],
        [],
        ["Kategori", "Nama Barang/Jasa", "Volume", "Satuan", "Harga Satuan", "Total Harga", "Keterangan"],
    )
    for name, items in (("ATK", ATK[:4]), ("Konsumsi", MAKAN), ("Cetak", CETAK), ("Honor", JASA)):
        first = s.next
        for i, (what, v, unit, price) in enumerate(items):
            s.line(name if i == 0 else N, what, v, unit, price, (f"=C{s.next}*E{s.next}", v * price), "APBDes", rp=v * price)
        s.merge(f"A{first}:A{s.r}")
    n = total(ATK[:4] + MAKAN + CETAK + JASA)
    s.row("Total", N, N, N, N, (f"=SUM(F4:F{s.r})", n))
    s.merge(f"A{s.r}:E{s.r}")
    return Buku("kategori_gabung_tegak", [s])


@book
def cetak_crystal():
    """A report saved as Excel: every column is several merged columns wide, heading and values start in different ones."""
    s = Lembar("Page 1")
    s.rows(
        [N, N, N, "RENCANA KERJA DAN ANGGARAN"],
        [N, N, N, "BELANJA LANGSUNG"],
        [],
        [N, "KODE", N, "URAIAN", N, N, N, "VOL", N, "SATUAN", N, "HARGA", N, "JUMLAH", N],
    )
    s.merge("B4:C4", "D4:G4", "H4:I4", "J4:K4", "L4:M4", "N4:O4")
    for code, name, items in (
        ("5.2.2.01", "Bahan Pakai Habis", ATK[:6]),
        ("5.2.2.06", "Cetak dan Penggandaan", CETAK),
        ("5.2.2.11", "Makan Minum", MAKAN),
    ):
        s.row(N, code, N, name, N, N, N, N, N, N, N, N, N, N, rp(total(items), "sen"))
        for what, v, unit, price in items:
            s.line(N, N, N, N, f"- {what}", N, N, v, N, unit, N, N, rp(price, "sen"), N, rp(v * price, "sen"), rp=v * price)
    s.row(N, N, N, "Jumlah", N, N, N, N, N, N, N, N, N, N, rp(total(ATK[:6] + CETAK + MAKAN), "sen"))
    return Buku("cetak_crystal", [s])


@book
def rkbmd_harga():
    """RKBMD of one office: kode barang, jumlah and satuan of what is asked for, price and value; program rows between."""
    s = Lembar("RKBMD Pengadaan")
    s.rows(
        ["USULAN RENCANA KEBUTUHAN BARANG MILIK DAERAH"],
        ["(RENCANA PENGADAAN)"],
        [],
        ["No", "Program/Kegiatan/Output", "Usulan Barang Milik Daerah", N, N, N, "Perkiraan Harga", N, "Cara Pemenuhan"],
        [N, N, "Kode Barang", "Nama Barang", "Jumlah", "Satuan", "Harga Satuan", "Total", N],
        [1, 2, 3, 4, 5, 6, 7, 8, 9],
    )
    s.merge("C4:F4", "G4:H4")
    s.row("I", "Program Penunjang Urusan")
    s.row("A", "Pengadaan Barang Milik Daerah")
    grand = 0
    for i, (code, what, n, unit, price) in enumerate(
        [
            ("1.3.2.05.01.04.001", "Lemari Besi", 4, "Buah", 3250000),
            ("1.3.2.05.02.01.002", "Meja Kerja", 10, "Buah", 1750000),
            ("1.3.2.10.01.02.002", "Laptop", 5, "Unit", 12400000),
            ("1.3.2.10.02.03.003", "Printer", 3, "Unit", 3100000),
            ("1.3.2.02.01.01.004", "Sepeda Motor", 2, "Unit", 24500000),
        ],
        1,
    ):
        grand += n * price
        s.line(i, "Pengadaan Peralatan", code, what, n, unit, price, n * price, "Pembelian", rp=n * price)
    s.row("JUMLAH", N, N, N, N, N, N, grand)
    return Buku("rkbmd_harga", [s])


@book
def swakelola_abc():
    """Village form: (a) (b) (c) and d = a x c under the heading, BAHAN/ALAT/UPAH with 'Sub Total 1)' rows, total biaya."""
    s = Lembar("RAB")
    s.rows(
        ["RENCANA ANGGARAN BIAYA"],
        ["Propinsi", ": Sulawesi Maju"],
        ["Desa", ": Harapan Jaya"],
        ["Jenis Prasarana", ": Talud 120 m"],
        [],
        ["URAIAN", "VOLUME", "SATUAN", "HARGA SATUAN\nRp", "JUMLAH TOTAL\nRp"],
        [N, "a", "b", "c", "d = a x c"],
    )
    for i, (name, items) in enumerate((("BAHAN", TANI), ("ALAT", ALAT), ("UPAH", UPAH)), 1):
        s.row(f"{i}. {name}")
        for j, (what, v, unit, price) in enumerate(items, 1):
            s.line(f"   {i}.{j}. {what}", v, unit, price, v * price, rp=v * price)
        s.row(N, N, N, f"Sub Total {i})", total(items))
    s.row(N, N, N, "Total Biaya", total(TANI + ALAT + UPAH))
    kop(s)
    return Buku("swakelola_abc", [s])
