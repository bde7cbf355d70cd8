"""Budget layouts, third part: workbooks that contradict themselves. Each holds one genuine error of a kind that offices make."""

from __future__ import annotations

from tests.merah_rab import ALAT, ATK, CETAK, JASA, MAKAN, TANI, UPAH, Buku, Lembar, N, book, kop, rp, total, ttd

HEAD = ["No", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah"]


@book
def salah_subtotal_luput():
    """A subtotal's SUM ends one row too early, so the total is short as well."""
    s = Lembar("RAB")
    kop(s)
    s.row(*HEAD)
    cells, grand = [], 0
    for letter, name, items in (("A", "ATK", ATK[:6]), ("B", "Konsumsi", MAKAN), ("C", "Jasa", JASA)):
        s.row(letter, name)
        first = s.next
        for i, (what, v, unit, price) in enumerate(items, 1):
            s.line(i, what, v, unit, price, (f"=C{s.next}*E{s.next}", v * price), rp=v * price)
        short = items[:-1] if letter == "B" else items
        s.row(N, f"Jumlah {letter}", N, N, N, (f"=SUM(F{first}:F{first + len(short) - 1})", total(short)))
        cells.append(f"F{s.r}")
        grand += total(short)
    s.row(N, "TOTAL", N, N, N, ("=" + "+".join(cells), grand))
    ttd(s)
    return Buku("salah_subtotal_luput", [s], warn=True)


@book
def salah_total_dua_kali():
    """The grand total's SUM runs over the subtotals as well: twice the truth."""
    s = Lembar("RAB")
    s.row(*HEAD)
    for letter, name, items in (("A", "Bahan", TANI), ("B", "Alat", ALAT), ("C", "Upah", UPAH)):
        s.row(letter, name)
        first = s.next
        for i, (what, v, unit, price) in enumerate(items, 1):
            s.line(i, what, v, unit, price, v * price, rp=v * price)
        s.row(N, "Sub Jumlah", N, N, N, (f"=SUM(F{first}:F{s.r})", total(items)))
    s.row(N, "JUMLAH TOTAL", N, N, N, (f"=SUM(F2:F{s.r})", 2 * total(TANI + ALAT + UPAH)))
    return Buku("salah_total_dua_kali", [s], warn=True)


@book
def salah_kali():
    """One line's typed amount is not volume × price (a stale amount after the volume changed); subtotal adds what is typed."""
    s = Lembar("RKA")
    s.rows(["RKA KELURAHAN"], [], ["Kode Rekening", "Uraian", "Koefisien", "Satuan", "Harga", "Jumlah"])
    stale = {"Kudapan peserta": 3000000}
    amount = lambda w, v, p: stale.get(w, v * p)  # noqa: E731
    grand = sum(amount(w, v, p) for w, v, _, p in ATK + MAKAN)
    for code, name, items in (
        ("5.1.02.01.01.0024", "Belanja ATK", ATK),
        ("5.1.02.01.01.0052", "Belanja Makan Minum Rapat", MAKAN),
    ):
        s.row(code, name, N, N, N, sum(amount(w, v, p) for w, v, _, p in items))
        for what, v, unit, price in items:
            s.line(N, what, v, unit, price, amount(what, v, price), rp=amount(what, v, price))
    s.row(N, "JUMLAH", N, N, N, grand)
    return Buku("salah_kali", [s], warn=True)


@book
def salah_angka_teks():
    """One amount is text with a stray blank, so Excel's SUM left it out."""
    s = Lembar("RAB")
    s.rows(["RAB"], HEAD)
    first = s.next
    for i, (what, v, unit, price) in enumerate(ATK + MAKAN, 1):
        value: object = v * price if i != 7 else rp(v * price) + " "
        s.line(i, what, v, unit, price, value, rp=v * price)
    left = ATK[6]
    short = total(ATK + MAKAN) - left[1] * left[3]
    s.row(N, "Jumlah", N, N, N, (f"=SUM(F{first}:F{s.r})", short))
    return Buku("salah_angka_teks", [s], warn=True)


@book
def salah_ref():
    """A price taken from a deleted sheet: #REF! in price, amount and total."""
    s = Lembar("RAB")
    s.rows(["RAB 2025"], [], HEAD)
    for i, (what, v, unit, price) in enumerate(ATK + CETAK, 1):
        if i == 4:
            s.line(i, what, v, unit, "#REF!", "#REF!", rp=0)
        else:
            s.line(i, what, v, unit, price, v * price, rp=v * price)
    s.row(N, "Jumlah", N, N, N, "#REF!")
    return Buku("salah_ref", [s], warn=True)


@book
def salah_baris_tersembunyi():
    """Two rows are hidden but counted in the total."""
    s = Lembar("RAB")
    s.rows(["RAB KEBERSIHAN"], [], HEAD)
    first = s.next
    for i, (what, v, unit, price) in enumerate(ATK + ALAT, 1):
        s.line(i, what, v, unit, price, v * price, rp=v * price)
    s.hidden_rows = {first + 2, first + 3}
    s.row(N, "Jumlah", N, N, N, (f"=SUM(F{first}:F{s.r})", total(ATK + ALAT)))
    return Buku("salah_baris_tersembunyi", [s], warn=True)


@book
def salah_total_ketik():
    """Everything is formula but the total, which somebody typed before two lines were added."""
    s = Lembar("RAB")
    s.row(*HEAD)
    cells = []
    for roman, items in (("I", MAKAN), ("II", JASA), ("III", CETAK)):
        s.row(roman, f"Kegiatan {roman}", N, N, N, (f"=SUM(F{s.next + 1}:F{s.next + len(items)})", total(items)))
        cells.append(s.r)
        for i, (what, v, unit, price) in enumerate(items, 1):
            s.line(i, what, v, unit, price, (f"=C{s.next}*E{s.next}", v * price), rp=v * price)
    s.row(N, "TOTAL", N, N, N, total(MAKAN + JASA))
    return Buku("salah_total_ketik", [s], warn=True)


@book
def salah_salinan_filter():
    """One list on three sheets, each under another filter, the rest hidden: the same money three times."""
    sheets = []
    for name, only in (("SEMUA", None), ("ATK", "ATK"), ("Konsumsi", "Konsumsi")):
        s = Lembar(name)
        s.rows(["Jenis", *HEAD])
        for i, (kind, (what, v, unit, price)) in enumerate([("ATK", x) for x in ATK] + [("Konsumsi", x) for x in MAKAN], 1):
            s.line(kind, i, what, v, unit, price, v * price, rp=v * price)
            if only and kind != only:
                s.hidden_rows.add(s.r)
        s.filter = f"A1:G{s.r}" if only else ""
        sheets.append(s)
    return Buku("salah_salinan_filter", sheets, warn=True, silent=("ATK", "Konsumsi"))


@book
def salah_ribuan():
    """One price typed as 62 instead of 62.000; its amount follows from the true price."""
    s = Lembar("RAB")
    s.rows(["RAB ATK"], HEAD)
    for i, (what, v, unit, price) in enumerate(ATK, 1):
        s.line(i, what, v, unit, 62 if i == 1 else price, v * price, rp=v * price)
    s.row(N, "Jumlah", N, N, N, total(ATK))
    return Buku("salah_ribuan", [s], warn=True)


@book
def salah_grup_sipd():
    """Account levels of a typed RKA: one rincian's own sum is 500.000 too high, the levels above repeat the slip."""
    s = Lembar("RKA")
    s.rows(["RINCIAN BELANJA"], ["Kode Rekening", "Uraian", "Koefisien", "Satuan", "Harga", "Jumlah"])
    a, b = total(ATK) + 500000, total(MAKAN)
    for code, name in (
        ("5", "BELANJA"),
        ("5.1", "BELANJA OPERASI"),
        ("5.1.02", "Belanja Barang dan Jasa"),
        ("5.1.02.01", "Belanja Barang"),
    ):
        s.row(code, name, N, N, N, a + b)
    for code, name, n, items in (("5.1.02.01.01.0024", "ATK", a, ATK), ("5.1.02.01.01.0052", "Makan Minum", b, MAKAN)):
        s.row(code, name, N, N, N, n)
        for what, v, unit, price in items:
            s.line(N, "- " + what, f"{v} {unit}", unit, price, v * price, rp=v * price)
    return Buku("salah_grup_sipd", [s], warn=True)


@book
def salah_koefisien_teks():
    """'12 Orang x 3 Kali' but the amount counts 24: the koefisien text contradicts it."""
    s = Lembar("DPA")
    s.rows(["Kode Rekening", "Uraian", "Koefisien", "Satuan", "Harga", "PPN", "Jumlah"])
    lines = [
        ("Transport peserta", "20 Orang x 3 Kali", 60, "OK", 110000),
        ("Honor narasumber", "2 Orang x 3 Jam", 6, "OJ", 900000),
        ("Transport panitia", "12 Orang x 3 Kali", 24, "OK", 110000),
        ("Honor moderator", "1 Orang x 3 Kali", 3, "OK", 700000),
    ]
    grand = sum(v * p for *_, v, _, p in lines)
    s.row("5.1.02.02.01.0003", "Honorarium dan transport", N, N, N, N, grand)
    for what, koef, v, unit, price in lines:
        s.line(N, what, koef, unit, price, 0, v * price, rp=v * price)
    s.row(N, "Jumlah", N, N, N, N, grand)
    return Buku("salah_koefisien_teks", [s], warn=True)


@book
def salah_rekap_beda():
    """The recap sheet was typed and disagrees with the detail sheet by one group."""
    rekap, s = Lembar("REKAP"), Lembar("RINCIAN")
    s.rows(["RINCIAN"], HEAD)
    rekap.rows(["REKAP ANGGARAN"], ["No", "Uraian", "Jumlah"])
    for i, (name, items, typed) in enumerate((("Bahan", TANI, 0), ("Alat", ALAT, 350000), ("Upah", UPAH, 0)), 1):
        s.row("ABC"[i - 1], name)
        for j, (what, v, unit, price) in enumerate(items, 1):
            s.line(j, what, v, unit, price, v * price, rp=v * price)
        s.row(N, "Jumlah " + name, N, N, N, total(items))
        rekap.line(i, name, total(items) + typed, rp=total(items) + typed)
    s.row(N, "TOTAL", N, N, N, total(TANI + ALAT + UPAH))
    rekap.row(N, "TOTAL", total(TANI + ALAT + UPAH) + 350000)
    return Buku("salah_rekap_beda", [rekap, s], warn=True, silent=("REKAP",))


@book
def salah_dibulatkan():
    """Dibulatkan is not the rounded total but an older one."""
    s = Lembar("RAB")
    s.row("NO", "URAIAN PEKERJAAN", "VOL", "SAT", "HARGA SATUAN", "JUMLAH HARGA")
    for i, (what, v, unit, price) in enumerate(TANI + UPAH, 1):
        s.line(i, what, v, unit, price, v * price, rp=v * price)
    n = total(TANI + UPAH)
    s.rows(
        [N, "JUMLAH", N, N, N, n],
        [N, "PPN 11%", N, N, N, n * 11 // 100],
        [N, "TOTAL", N, N, N, n + n * 11 // 100],
        [N, "DIBULATKAN", N, N, N, 142000000],
    )
    return Buku("salah_dibulatkan", [s], warn=True)
