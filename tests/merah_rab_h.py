"""Budget layouts, eighth part: a handful more, built after everything else."""

from __future__ import annotations

from tests.merah_rab import ALAT, ATK, CETAK, JASA, MAKAN, TANI, Buku, Lembar, N, book, rp, total


@book
def rab_pkk_besaran():
    """PKK: 'Besaran Biaya', 'Frekuensi', 'Sasaran (org)'; programme rows in capitals; sub totals to the right label."""
    s = Lembar("POKJA")
    s.rows(
        ["RENCANA KERJA DAN ANGGARAN TP PKK KECAMATAN"],
        [],
        ["No", "Program/Kegiatan", "Frekuensi", "Sasaran (Org)", "Biaya Satuan", "Jumlah Biaya", "Sumber Dana"],
    )
    n = 0
    for roman, name, rows in (
        ("I", "POKJA I", [("Penyuluhan pola asuh", 4, 40, 35000), ("Pengajian rutin", 12, 25, 15000)]),
        ("II", "POKJA II", [("Pelatihan UP2K", 2, 30, 85000), ("Lomba masak", 1, 60, 42500)]),
        ("III", "POKJA IV", [("Posyandu lansia", 12, 35, 18000)]),
    ):
        s.row(roman, name)
        for i, (what, times, people, price) in enumerate(rows, 1):
            n += times * people * price
            s.line(i, what, times, people, price, times * people * price, "APBD", rp=times * people * price)
    s.row("JUMLAH", N, N, N, N, n)
    return Buku("rab_pkk_besaran", [s])


@book
def pengadaan_langsung_spesifikasi():
    """Shopping list with the specification in four rows of its own below each item, pictures' captions, and PPN in the price."""
    s = Lembar("Daftar Kuantitas")
    s.rows(
        ["DAFTAR KUANTITAS DAN HARGA"],
        [],
        ["No.", "Uraian Barang", "Kuantitas", "Satuan Ukuran", "Harga Satuan termasuk PPN (Rp)", "Total Harga (Rp)"],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)=(3)x(5)"],
    )
    n = 0
    for i, (what, v, price, spec) in enumerate(
        (
            ("Laptop", 3, 12450000, ("Layar 14 inci", "RAM 8 GB", "SSD 512 GB")),
            ("Proyektor", 1, 7800000, ("3.600 lumen",)),
            ("Layar proyektor", 1, 1350000, ("70 inci", "tripod")),
        ),
        1,
    ):
        n += v * price
        s.line(i, what, v, "Unit", price, v * price, rp=v * price)
        for text in spec:
            s.row(N, "   - " + text)
    s.row(N, "Total Keseluruhan", N, N, N, n)
    return Buku("pengadaan_langsung_spesifikasi", [s])


@book
def dpa_tanpa_judul_satuan():
    """DPA retyped: only Kode, Uraian, Jumlah; components without a code under their account, indented by blanks."""
    s = Lembar("DPA")
    s.rows(["DPA SKPD 2025"], ["Kode Rekening", "Uraian", "Jumlah (Rp)"])
    groups = [
        ("5.1.02.01.01.0024", "Belanja ATK", ATK),
        ("5.1.02.01.01.0052", "Belanja Makan Minum", MAKAN),
        ("5.1.02.02.01.0003", "Honorarium", JASA),
    ]
    s.row("5.1.02", "Belanja Barang dan Jasa", sum(total(g[2]) for g in groups))
    for code, name, items in groups:
        s.row(code, name, total(items))
        for what, v, unit, price in items:
            s.line(N, f"   {what} {v} {unit} x Rp{rp(price)}", v * price, rp=v * price)
    return Buku("dpa_tanpa_judul_satuan", [s])


@book
def rab_dua_kolom_nama():
    """Sub kegiatan and rekening on every row before the item's own name; sorted list with an autofilter; total on top."""
    s = Lembar("Data")
    items = [("Koordinasi", x) for x in ATK] + [("Pembinaan", x) for x in CETAK + ALAT]
    s.row(N, N, N, N, N, N, "TOTAL", (f"=SUBTOTAL(9,H3:H{2 + len(items)})", sum(total([x]) for _, x in items)))
    s.row("No", "Sub Kegiatan", "Nama Rekening", "Nama Barang", "Vol", "Satuan", "Harga Satuan", "Nilai Anggaran")
    for i, (sub, (what, v, unit, price)) in enumerate(items, 1):
        s.line(i, sub, "Belanja Barang Pakai Habis", what, v, unit, price, v * price, rp=v * price)
    s.filter = f"A2:H{s.r}"
    return Buku("rab_dua_kolom_nama", [s])


@book
def jumlah_di_depan():
    """The amount stands before volume and price; groups by merged rows; the total in the first column of figures."""
    s = Lembar("Lembar1")
    s.rows(["RENCANA BELANJA"], ["Kegiatan", "Jumlah Dana", "Vol", "Sat", "Harga Sat"])
    for name, items in (("KONSUMSI", MAKAN), ("HONOR", JASA)):
        s.row(name)
        s.merge(f"A{s.r}:E{s.r}")
        for what, v, unit, price in items:
            s.line(what, v * price, v, unit, price, rp=v * price)
    s.row("T O T A L", total(MAKAN + JASA))
    return Buku("jumlah_di_depan", [s])


@book
def salah6_grup_kurang():
    """One group's printed sum is 10 % short; the total adds the printed groups."""
    s = Lembar("RAB")
    s.rows(["RAB"], ["No", "Uraian", "Vol", "Sat", "Harga", "Jumlah"])
    grand = 0
    for k, (name, items) in enumerate((("ATK", ATK[:5]), ("Makan", MAKAN), ("Tani", TANI))):
        n = total(items) * (9 if k == 1 else 10) // 10
        grand += n
        s.row("ABC"[k], name, N, N, N, n)
        for i, (what, v, unit, price) in enumerate(items, 1):
            s.line(i, what, v, unit, price, v * price, rp=v * price)
    s.row(N, "JUMLAH", N, N, N, grand)
    return Buku("salah6_grup_kurang", [s], warn=True)


@book
def salah6_harga_teks_kacau():
    """One price is '1.25.000' and its amount is missing from the total."""
    s = Lembar("RAB")
    s.rows(["RAB"], ["No", "Uraian", "Vol", "Sat", "Harga", "Jumlah"])
    for i, (what, v, unit, price) in enumerate(ALAT + CETAK, 1):
        s.line(i, what, v, unit, "2.5.0000" if i == 1 else price, v * price, rp=v * price)
    s.row(N, "JUMLAH", N, N, N, total(ALAT[1:] + CETAK))
    return Buku("salah6_harga_teks_kacau", [s], warn=True)
