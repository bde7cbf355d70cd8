"""Third set: pivots, dates as headings, recaps of several sheets, other words for what was spent, odd last rows."""

from __future__ import annotations

from tests.merah_realisasi import (
    ACCOUNTS,
    KOP,
    NAMES,
    OFFICES,
    SIGN,
    SUBS,
    Made,
    N,
    Row,
    Rows,
    Truth,
    add,
    codes,
    layout,
    leaves,
    money,
    pair,
    persen,
    plain_leaves,
    total,
    tree,
)


@layout
def kumulatif_tanpa_kata(rng):
    """Quarters that each hold the ones before, without a word, percentage or remainder that says so: must be asked."""

    def figures(rng):
        a = money(rng)
        one = a * rng.randint(1, 9) // 100
        two = one + a * rng.randint(1, 9) // 100
        return a, one, two, two + a * rng.randint(1, 9) // 100

    lines = plain_leaves(rng, figures)
    s = add(lines)
    rows = [["DATA TRIWULAN"], [], ["No", "Uraian Belanja", "Pagu", "Realisasi TW I", "Realisasi TW II", "Realisasi TW III"],
            *[[k, r.name, *r.values] for k, r in enumerate(lines, 1)], [N, "Jumlah", *s]]  # fmt: skip
    return Made(sheets={"TW": rows}, truths=(Truth(sheet="TW", n=15, sums={"anggaran": s[0], "realisasi": s[3]}, flagged=True),))


@layout
def sp2d_dan_sisa(rng):
    """What was spent is called SP2D; only the remainder and the percentage say what it is."""
    lines = leaves(rng, 3, pair)
    body = [[r.code, r.name, *r.values, persen(r.values[1], r.values[0]), r.values[0] - r.values[1]] for r in tree(lines, (5, 6), (2, 3))]
    a, b = add(lines)
    rows = [["KARTU KENDALI KEGIATAN"], ["Kecamatan Padang Lestari"], [], ["Kode", "Uraian", "Pagu Anggaran", "SP2D", "%", "Sisa Pagu"], *body, [N, "JUMLAH", a, b, persen(b, a), a - b]]
    return Made(sheets={"Kendali": rows}, truths=(Truth(sheet="Kendali", n=len(lines), sums={"anggaran": a, "realisasi": b}),))


@layout
def penggunaan_dana(rng):
    """Anggaran, Penggunaan, Saldo: a village's or school's words."""
    lines = [Row(code="", name=n, depth=0, leaf=True, values=pair(rng)) for _, n in ACCOUNTS[3:13]]
    a, b = add(lines)
    rows = [["LAPORAN PENGGUNAAN DANA KELURAHAN"], ["SEMESTER I 2025"], [], ["NO", "KEGIATAN", "ANGGARAN (Rp)", "PENGGUNAAN (Rp)", "SALDO (Rp)", "KET"],
            *[[k, r.name, *r.values, r.values[0] - r.values[1], N] for k, r in enumerate(lines, 1)], [N, "JUMLAH", a, b, a - b]]  # fmt: skip
    return Made(sheets={"Dana Kel": rows}, truths=(Truth(sheet="Dana Kel", n=10, sums={"anggaran": a, "realisasi": b}),))


@layout
def total_bernama_daerah(rng):
    """The last row is the total, but it is called after the regency."""
    lines = [Row(code="", name=n, depth=0, leaf=True, values=pair(rng)) for n in OFFICES]
    a, b = add(lines)
    rows = [["REALISASI APBD PER PERANGKAT DAERAH"], [], ["No", "Perangkat Daerah", "Anggaran", "Realisasi", "%"],
            *[[k, r.name, *r.values, persen(r.values[1], r.values[0])] for k, r in enumerate(lines, 1)], [N, "KABUPATEN SUMBER MAKMUR", a, b, persen(b, a)]]  # fmt: skip
    return Made(sheets={"PD": rows}, truths=(Truth(sheet="PD", n=11, sums={"anggaran": a, "realisasi": b}),))


@layout
def rata_rata_dan_persen_di_bawah(rng):
    """Below the total: an average and the shares of the columns."""
    lines = [Row(code="", name=n, depth=0, leaf=True, values=pair(rng)) for n in OFFICES]
    a, b = add(lines)
    n = len(lines)
    rows = [["SERAPAN ANGGARAN"], [], ["No", "SKPD", "Pagu", "Realisasi", "Sisa", "% Serapan"],
            *[[k, r.name, *r.values, r.values[0] - r.values[1], persen(r.values[1], r.values[0])] for k, r in enumerate(lines, 1)],
            [N, "JUMLAH", a, b, a - b, persen(b, a)], [N, "RATA-RATA", a / n, b / n, (a - b) / n, persen(b, a)], [N, "PERSENTASE", 100, persen(b, a), persen(a - b, a)]]  # fmt: skip
    return Made(sheets={"Serapan": rows}, truths=(Truth(sheet="Serapan", n=11, sums={"anggaran": a, "realisasi": b}),))


@layout
def jumlah_berkode(rng):
    """Groups without figures above, 'Jumlah …' with the group's code below."""
    body: Rows = []
    lines = []
    for code in ("5.1.01", "5.1.02", "5.2.02"):
        own = [Row(code=c, name=n, depth=0, leaf=True, values=pair(rng)) for c, n in ACCOUNTS if c.startswith(code)]
        lines += own
        body.append([code, NAMES[code]])
        body += [[r.code, r.name, *r.values] for r in own]
        body.append([code, f"Jumlah {NAMES[code]}", *add(own)])
    rows = [*KOP, ["Kode Rekening", "Uraian", "Anggaran", "Realisasi"], *body, ["5", "Jumlah Belanja", *add(lines)]]
    return Made(sheets={"LRA": rows}, truths=(Truth(sheet="LRA", n=len(lines), sums=total(lines, "anggaran", "realisasi")),))


@layout
def lembar_per_seksi_dan_rekap(rng):
    """One sheet per unit with its lines, and a recap whose lines are their totals."""
    sheets, truths, recap = {}, [], []
    for k, (seksi, sub) in enumerate((("Umum", 0), ("Pemerintahan", 2), ("PMD", 4), ("Trantib", 5)), 1):
        lines = [Row(code=c, name=n, depth=0, leaf=True, values=pair(rng)) for c, n in sorted(rng.sample(ACCOUNTS, 5))]
        s = add(lines)
        recap.append([k, f"Seksi {seksi}", *s, persen(s[1], s[0])])
        sheets[seksi] = [[f"REALISASI SEKSI {seksi.upper()}"], [NAMES[SUBS[sub]]], ["Kode", "Uraian", "Pagu", "Realisasi"], *[[r.code, r.name, *r.values] for r in lines], [N, "Jumlah", *s]]
        truths.append(Truth(sheet=seksi, n=5, sums={"anggaran": s[0], "realisasi": s[1]}))
    a, b = sum(r[2] for r in recap), sum(r[3] for r in recap)
    sheets = {"Rekap": [["REKAP REALISASI"], [], ["No", "Seksi", "Pagu", "Realisasi", "%"], *recap, [N, "JUMLAH", a, b, persen(b, a)]], **sheets}
    return Made(sheets=sheets, truths=tuple(truths), book=frozenset({("L207", "Rekap")}))


@layout
def bulan_sebagai_tanggal(rng):
    """The months in the heading are texts as Excel shows dates: Jan-25, Feb-25 …; then Total."""
    lines = []
    for code, name in ACCOUNTS[:12]:
        a = money(rng)
        parts = [a * rng.randint(0, 12) // 100 for _ in range(6)]
        lines.append(Row(code=code, name=name, depth=0, leaf=True, values=(a, *parts, sum(parts))))
    s = add(lines)
    heads = ["Jan-25", "Feb-25", "Mar-25", "Apr-25", "Mei-25", "Jun-25"]
    rows = [["REALISASI BELANJA PER BULAN"], [], ["Kode", "Rekening", "Pagu", *heads, "Total"], *[[r.code, r.name, *r.values] for r in lines], [N, "Total", *s]]
    return Made(sheets={"Bulan": rows}, truths=(Truth(sheet="Bulan", n=12, sums={"anggaran": s[0], "realisasi": s[7]}),))


@layout
def setoran_kembali(rng):
    """Refunds: negative realisasi, typed as a number and as text in parentheses."""
    lines = plain_leaves(rng, pair)
    lines[5] = Row(code=lines[5].code, name=lines[5].name, depth=0, leaf=True, values=(lines[5].values[0], -450_000))
    lines[9] = Row(code=lines[9].code, name=lines[9].name, depth=0, leaf=True, values=(lines[9].values[0], -1_275_000))
    body = [[r.code, r.name, *r.values, r.values[0] - r.values[1]] for r in lines]
    body[9][3] = "(1.275.000)"
    a, b = add(lines)
    rows = [["REALISASI JULI"], [], ["Kode Rekening", "Uraian", "Anggaran", "Realisasi", "Sisa"], *body, [N, "Jumlah", a, b, a - b]]
    return Made(sheets={"Jul": rows}, truths=(Truth(sheet="Jul", n=15, sums={"anggaran": a, "realisasi": b}),))


@layout
def pivot(rng):
    """A pivot table: Row Labels, Sum of …, groups above their lines without any sign, some with a single line; Grand Total."""
    lines, body = [], []
    for k, sub in enumerate(SUBS[:5]):
        own = [Row(code="", name=f"{c} {n}", depth=0, leaf=True, values=pair(rng)) for c, n in ACCOUNTS[k * 2 : k * 2 + (1 if k == 2 else 3)]]
        lines += own
        body.append([NAMES[sub], *add(own)])
        body += [[r.name, *r.values] for r in own]
    rows = [[], [], ["Row Labels", "Sum of Pagu", "Sum of Realisasi"], *body, ["Grand Total", *add(lines)]]
    return Made(sheets={"Sheet2": rows}, truths=(Truth(sheet="Sheet2", n=len(lines), sums=total(lines, "anggaran", "realisasi")),))


@layout
def rincian_bertanda_hubung(rng):
    """Accounts with amounts, below some of them '- detail' rows with amounts of their own and no code."""
    body: Rows = []
    n = 0
    a = b = 0
    for k, (code, name) in enumerate(ACCOUNTS[:9]):
        if k % 3 == 1:
            own = [(f"- {name} seksi {i}", *pair(rng)) for i in (1, 2, 3)]
            x, y = sum(o[1] for o in own), sum(o[2] for o in own)
            body.append([code, name, x, y])
            body += [[N, *o] for o in own]
            n += 3
        else:
            x, y = pair(rng)
            body.append([code, name, x, y])
            n += 1
        a, b = a + x, b + y
    rows = [["REALISASI ANGGARAN"], [], ["Kode Rekening", "Uraian", "Anggaran (Rp)", "Realisasi (Rp)", "%"], *[[*r, persen(r[3], r[2])] for r in body], [N, "JUMLAH", a, b, persen(b, a)]]
    return Made(sheets={"Rinci": rows}, truths=(Truth(sheet="Rinci", n=n, sums={"anggaran": a, "realisasi": b}),))


@layout
def anggaran_realisasi_digabung_bertingkat(rng):
    """Three heading rows: Anggaran (murni, pergeseran, perubahan), Realisasi (bulan lalu, bulan ini, jumlah), Sisa, with letters below."""

    def figures(rng):
        m = money(rng)
        g = m + rng.choice((0, 50_000))
        p = g + rng.choice((0, -50_000, 100_000))
        lalu, ini = p * rng.randint(5, 40) // 100, p * rng.randint(1, 12) // 100
        return m, g, p, lalu, ini, lalu + ini, p - lalu - ini

    lines = leaves(rng, 3, figures)
    s = add(lines)
    rows = [*KOP, ["Kode", "Uraian", "Anggaran", N, N, "Realisasi", N, N, "Sisa Anggaran"], [N, N, "Murni", "Pergeseran", "Perubahan", "s.d. Bulan Lalu", "Bulan Ini", "Jumlah", N],
            ["a", "b", "c", "d", "e", "f", "g", "h = f+g", "i = e-h"], *[[r.code, r.name, *r.values] for r in tree(lines, (3, 5, 6), (2, 3, 4))], [N, "JUMLAH", *s], *SIGN]  # fmt: skip
    return Made(
        sheets={"Agustus": rows}, truths=(Truth(sheet="Agustus", n=len(lines), sums={"anggaran": s[2], "realisasi": s[5]}),),
        merged={"Agustus": ("A6:A7", "B6:B7", "C6:E6", "F6:H6", "I6:I7")},
    )  # fmt: skip


@layout
def pendapatan_saja(rng):
    """Income only: target, realisasi, lebih/(kurang); pajak and retribusi by letters."""
    body: Rows = []
    lines = []
    for letter, name, items in (("A", "Pajak Daerah", ("Pajak Hotel", "Pajak Restoran", "Pajak Reklame", "Pajak Penerangan Jalan", "PBB-P2")), ("B", "Retribusi Daerah", ("Retribusi Pelayanan Pasar", "Retribusi Parkir", "Retribusi Persetujuan Bangunan Gedung")), ("C", "Lain-lain PAD", ("Jasa Giro", "Denda Pajak"))):  # fmt: skip
        own = [Row(code="", name=i, depth=0, leaf=True, values=pair(rng)) for i in items]
        lines += own
        body.append([letter, name, *add(own)])
        body += [[k, r.name, *r.values] for k, r in enumerate(own, 1)]
    a, b = add(lines)
    rows = [["LAPORAN REALISASI PENDAPATAN ASLI DAERAH"], ["s.d. Juli 2025"], [], ["NO", "JENIS PENDAPATAN", "TARGET", "REALISASI", "LEBIH/(KURANG)", "%"],
            *[[*r, r[3] - r[2], persen(r[3], r[2])] for r in body], [N, "JUMLAH PAD", a, b, b - a, persen(b, a)]]  # fmt: skip
    return Made(sheets={"PAD": rows}, truths=(Truth(sheet="PAD", n=10, sums={"anggaran": a, "realisasi": b}, codes=codes("L432 C4")),))


@layout
def sumber_dana_tanpa_jumlah(rng):
    """Budget once, realisasi per source of funds side by side, no total column; three figures of one realisasi."""
    lines = []
    for code in SUBS:
        a = money(rng)
        lines.append(Row(code=code, name=NAMES[code], depth=0, leaf=True, values=(a, *[a * rng.randint(0, 30) // 100 for _ in range(3)])))
    s = add(lines)
    rows = [["REALISASI PER SUMBER DANA"], [], ["Kode", "Sub Kegiatan", "Pagu", "Realisasi", N, N], [N, N, N, "PAD", "DAU", "DBH"], *[[r.code, r.name, *r.values] for r in lines], [N, "Jumlah", *s]]
    return Made(
        sheets={"SD": rows}, merged={"SD": ("A3:A4", "B3:B4", "C3:C4", "D3:F3")},
        truths=(Truth(sheet="SD", n=len(lines), sums={"anggaran": s[0], "realisasi": {"Realisasi / PAD": s[1], "Realisasi / DAU": s[2], "Realisasi / DBH": s[3]}}),),
    )  # fmt: skip


@layout
def halaman_dengan_kop(rng):
    """Three pages, each with letterhead, heading, numbering row and a signature; subtotal per page, total at the end."""
    lines = [Row(code=f"5.1.02.01.01.{k:04}", name=f"Belanja bahan {k}", depth=0, leaf=True, values=pair(rng)) for k in range(1, 31)]
    rows: Rows = []
    for page in range(3):
        own = lines[page * 10 : page * 10 + 10]
        a, b = add(own)
        rows += [["PEMERINTAH KABUPATEN SUMBER MAKMUR"], ["KECAMATAN BATU INDAH"], [], ["Kode Rekening", "Uraian", "Anggaran", "Realisasi", "Sisa"], ["1", "2", "3", "4", "5"],
                 *[[r.code, r.name, *r.values, r.values[0] - r.values[1]] for r in own], [N, f"Jumlah halaman {page + 1}", a, b, a - b]]  # fmt: skip
        if page == 2:
            rows.append([N, "JUMLAH SELURUHNYA", *add(lines), add(lines)[0] - add(lines)[1]])
        rows += [[], [N, N, N, "Bendahara Pengeluaran"], [], [N, N, N, "Nur Aisyah, SE"], [f"Halaman {page + 1} dari 3"], []]
    a, b = add(lines)
    return Made(sheets={"Cetak": rows}, truths=(Truth(sheet="Cetak", n=30, sums={"anggaran": a, "realisasi": b}),))


@layout
def kolom_kosong_dan_tersembunyi(rng):
    """Nothing realised yet in January: the realisasi column is blank but for zeros in the total."""
    lines = plain_leaves(rng, lambda rng: (money(rng), 0))
    a, _ = add(lines)
    rows = [["REALISASI JANUARI 2025"], [], ["Kode Rekening", "Uraian", "Anggaran", "Realisasi", "Sisa"], *[[r.code, r.name, r.values[0], N, r.values[0]] for r in lines], [N, "JUMLAH", a, 0, a]]
    return Made(sheets={"Januari": rows}, truths=(Truth(sheet="Januari", n=15, sums={"anggaran": a, "realisasi": 0}),))


@layout
def salah_pagu_kelompok_saja(rng):
    """The budget stands only at the sub kegiatan, realisasi at its accounts: the sums of the budget can't be proven."""
    body: Rows = []
    lines = []
    budget = 0
    for sub in SUBS[:4]:
        own = [Row(code=c, name=n, depth=0, leaf=True, values=pair(rng)) for c, n in sorted(rng.sample(ACCOUNTS, 4))]
        lines += own
        a, b = add(own)
        budget += a
        body.append([sub, NAMES[sub], a, b])
        body += [[r.code, r.name, N, r.values[1]] for r in own]
    b = add(lines)[1]
    rows = [["REALISASI PER SUB KEGIATAN"], [], ["Kode", "Uraian", "Pagu", "Realisasi"], *body, [N, "TOTAL", budget, b]]
    return Made(sheets={"Sub": rows}, truths=(Truth(sheet="Sub", n=16, sums={"anggaran": 0, "realisasi": b}, codes=codes(f"L401 C{len(rows)}", "L420")),))


@layout
def salah_rumus_plus_kurang_satu(rng):
    """Groups by '=C5+C6+…': the formula of one group forgets a line; programme and total carry it on."""
    rows: Rows = [["REALISASI"], [], ["No", "Uraian", "Anggaran", "Realisasi"]]
    lines, tops = [], []
    for k, sub in enumerate(SUBS[:3]):
        own = [Row(code="", name=n, depth=0, leaf=True, values=pair(rng)) for _, n in ACCOUNTS[k * 4 : k * 4 + 4]]
        at = len(rows) + 1
        tops.append(at)
        a, b = add(own)
        parts = [at + 1 + i for i in range(4)]
        counted = parts[:3] if k == 1 else parts
        b_shown = sum(own[i].values[1] for i in range(len(counted)))
        rows.append(["ABC"[k], NAMES[sub], ("=" + "+".join(f"C{p}" for p in parts), a), ("=" + "+".join(f"D{p}" for p in counted), b_shown)])
        rows += [[i, r.name, *r.values] for i, r in enumerate(own, 1)]
        lines += own
    a, b = add(lines)
    rows.append([N, "JUMLAH", ("=" + "+".join(f"C{t}" for t in tops), a), ("=" + "+".join(f"D{t}" for t in tops), sum(rows[t - 1][3][1] for t in tops))])
    lost = lines[7].values[1]
    assert lost
    return Made(sheets={"Sheet1": rows}, truths=(Truth(sheet="Sheet1", n=12, sums={"anggaran": a, "realisasi": b}, codes=codes(f"L402 D{tops[1]}")),))

