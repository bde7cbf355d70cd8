"""Fourth set: output beside money, months as rows, blocks per month on one sheet, millions, codes as numbers."""

from __future__ import annotations

from tests.merah_realisasi import (
    ACCOUNTS,
    KOP,
    MONTHS,
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
def rfk_dengan_keluaran(rng):
    """Output (target, realisasi, unit) beside the money: the money is meant."""
    lines = [Row(code=s, name=NAMES[s], depth=0, leaf=True, values=pair(rng)) for s in SUBS]
    a, b = add(lines)
    body = [[k, r.name, 12, rng.randint(3, 12), "Dokumen", r.values[0], r.values[1], persen(r.values[1], r.values[0]), r.values[0] - r.values[1], float(rng.randint(20, 90))] for k, r in enumerate(lines, 1)]
    rows = [["LAPORAN KEMAJUAN PELAKSANAAN KEGIATAN"], ["TW II"], [], ["No", "Sub Kegiatan", "Keluaran", N, N, "Anggaran (Rp)", "Realisasi Keuangan", N, "Sisa (Rp)", "Fisik (%)"],
            [N, N, "Target", "Realisasi", "Satuan", N, "Rp", "%", N, N], *body, [N, "JUMLAH", N, N, N, a, b, persen(b, a), a - b]]  # fmt: skip
    return Made(
        sheets={"TW II": rows}, truths=(Truth(sheet="TW II", n=len(lines), sums={"anggaran": a, "realisasi": b}),),
        merged={"TW II": ("A4:A5", "B4:B5", "C4:E4", "F4:F5", "G4:H4", "I4:I5", "J4:J5")},
    )  # fmt: skip


@layout
def bulan_sebagai_baris(rng):
    """Months down the side: plan and realisasi of the month, cumulative figures beside them."""
    body: Rows = []
    plan = done = 0
    for m in MONTHS:
        p = rng.randint(20, 90) * 1_000_000
        r = p * rng.randint(40, 99) // 100
        plan, done = plan + p, done + r
        body.append([m, p, r, persen(r, p), plan, done, persen(done, plan)])
    rows = [["REALISASI ANGGARAN PER BULAN TAHUN 2024"], [], ["Bulan", "Anggaran Kas", "Realisasi", "%", "Anggaran Kas Kumulatif", "Realisasi Kumulatif", "%"], *body, ["Jumlah", plan, done, persen(done, plan)]]
    return Made(sheets={"Bulanan": rows}, truths=(Truth(sheet="Bulanan", n=12, sums={"anggaran": plan, "realisasi": done}),))


@layout
def blok_per_bulan(rng):
    """Three months below each other on one sheet, each with its title, the same headings and the same budget."""
    rows: Rows = []
    budgets = [money(rng) for _ in range(8)]
    done = [0] * 8
    sums = {}
    for month in MONTHS[:3]:
        done = [d + b * rng.randint(1, 8) // 100 for d, b in zip(done, budgets, strict=True)]
        rows += [[f"REALISASI S.D. BULAN {month.upper()}"], ["No", "Uraian", "Anggaran", "Realisasi"], *[[k, n, b, d] for k, ((_, n), b, d) in enumerate(zip(ACCOUNTS, budgets, done, strict=False), 1)],
                 [N, "JUMLAH", sum(budgets), sum(done)], []]  # fmt: skip
        sums[month] = {"anggaran": sum(budgets), "realisasi": sum(done)}
    # the budget must not be counted three times: a title that names another month begins another table
    return Made(sheets={"2025": rows}, truths=tuple(Truth(sheet="2025", n=8, sums=s, codes=codes("L208")) for s in sums.values()))


@layout
def dalam_jutaan(rng):
    """Millions with decimals, said in the heading."""
    lines = [(n, rng.randint(900, 99_000) / 10, 0.0) for n in OFFICES]
    lines = [(n, a, round(a * rng.randint(10, 95) / 100, 1)) for n, a, _ in lines]
    a, b = round(sum(x[1] for x in lines), 1), round(sum(x[2] for x in lines), 1)
    rows = [["REALISASI BELANJA PER SKPD"], ["(dalam jutaan rupiah)"], ["No", "SKPD", "Anggaran", "Realisasi", "%"], *[[k, n, x, y, persen(y, x)] for k, (n, x, y) in enumerate(lines, 1)], [N, "Jumlah", a, b, persen(b, a)]]
    return Made(sheets={"Juta": rows}, truths=(Truth(sheet="Juta", n=11, sums={"anggaran": a, "realisasi": b}, codes=codes("L309 A2")),))


@layout
def kode_bas_angka(rng):
    """National chart as numbers without dots: 51, 5111, 511111; jenis and kelompok carry sums."""
    plan = {51: {5111: (511111, 511119, 511121)}, 52: {5211: (521111, 521115), 5212: (521211, 521213), 5221: (522111, 522112, 522119)}, 53: {5321: (532111,)}}
    body: Rows = []
    lines = []
    for jenis, groups in plan.items():
        made = {g: [Row(code=str(c), name=f"Belanja akun {c}", depth=0, leaf=True, values=pair(rng)) for c in cs] for g, cs in groups.items()}
        own = [r for rs in made.values() for r in rs]
        lines += own
        body.append([jenis, {51: "Belanja Pegawai", 52: "Belanja Barang", 53: "Belanja Modal"}[jenis], *add(own)])
        for g, rs in made.items():
            body.append([g, f"Kelompok akun {g}", *add(rs)])
            body += [[int(r.code), r.name, *r.values] for r in rs]
    a, b = add(lines)
    rows = [["LAPORAN REALISASI ANGGARAN BELANJA"], ["SATUAN KERJA : BALAI CONTOH (400199)"], [], ["AKUN", "URAIAN AKUN", "PAGU", "REALISASI", "PERSEN", "SISA"],
            *[[*r, persen(r[3], r[2]), r[2] - r[3]] for r in body], [N, "TOTAL", a, b, persen(b, a), a - b]]  # fmt: skip
    return Made(sheets={"Akun": rows}, truths=(Truth(sheet="Akun", n=len(lines), sums={"anggaran": a, "realisasi": b}),))


@layout
def kode_berulang_empat_kolom(rng):
    """Program, kegiatan, sub kegiatan and rekening codes each in a column, filled on every row that has them."""
    lines = leaves(rng, 5, pair)
    body: Rows = []
    for line in lines:
        sub = line.code.split("/")[0]
        body.append([sub[:7], sub[:12], sub, line.code.split("/")[1], line.name, *line.values, persen(line.values[1], line.values[0])])
    a, b = add(lines)
    rows = [["REALISASI BELANJA SKPD"], [], ["Kode Program", "Kode Kegiatan", "Kode Sub Kegiatan", "Kode Rekening", "Nama Rekening", "Nilai Anggaran", "Nilai Realisasi", "% Realisasi"], *body, ["TOTAL", N, N, N, N, a, b, persen(b, a)]]
    return Made(sheets={"Export": rows}, truths=(Truth(sheet="Export", n=len(lines), sums={"anggaran": a, "realisasi": b}),))


@layout
def teks_inggris_semua(rng):
    """All amounts as text with English commas: 1,500,000.00, as some web exports write them."""
    lines = plain_leaves(rng, pair)

    def en(x):
        return f"{x:,.2f}"

    a, b = add(lines)
    rows = [["Realisasi Anggaran"], [], ["Kode Akun", "Nama Akun", "Anggaran", "Realisasi", "Sisa"], *[[r.code, r.name, en(r.values[0]), en(r.values[1]), en(r.values[0] - r.values[1])] for r in tree(lines, parts=(2, 3, 4))],
            [N, "Total", en(a), en(b), en(a - b)]]  # fmt: skip
    return Made(sheets={"export": rows}, truths=(Truth(sheet="export", n=len(lines), sums={"anggaran": a, "realisasi": b}),))


@layout
def jumlah_romawi(rng):
    """I, II, III with lines 1, 2, …; 'JUMLAH I' below each, 'JUMLAH (I+II+III)' at the end."""
    body: Rows = []
    lines = []
    for k, (roman, name) in enumerate((("I", "BELANJA PEGAWAI"), ("II", "BELANJA BARANG DAN JASA"), ("III", "BELANJA MODAL"))):
        own = [Row(code="", name=n, depth=0, leaf=True, values=pair(rng)) for _, n in ACCOUNTS[k * 4 : k * 4 + 4]]
        lines += own
        body.append([roman, name])
        body += [[i, r.name, *r.values, persen(r.values[1], r.values[0])] for i, r in enumerate(own, 1)]
        a, b = add(own)
        body.append([N, f"JUMLAH {roman}", a, b, persen(b, a)])
    a, b = add(lines)
    rows = [["REALISASI KEGIATAN"], [], ["NO", "URAIAN", "PAGU", "REALISASI", "%"], *body, [N, "JUMLAH (I+II+III)", a, b, persen(b, a)]]
    return Made(sheets={"Real": rows}, truths=(Truth(sheet="Real", n=12, sums={"anggaran": a, "realisasi": b}),))


@layout
def murni_perubahan_berdampingan(rng):
    """Two tables side by side with an empty column between: last year on the left, this year on the right."""
    left = [Row(code="", name=n, depth=0, leaf=True, values=pair(rng)) for _, n in ACCOUNTS[:8]]
    right = [Row(code="", name=n, depth=0, leaf=True, values=pair(rng)) for _, n in ACCOUNTS[3:11]]
    head = ["No", "Uraian", "Anggaran", "Realisasi"]
    rows = [["TAHUN 2024", N, N, N, N, "TAHUN 2025"], [*head, N, *head], *[[k, x.name, *x.values, N, k, y.name, *y.values] for k, (x, y) in enumerate(zip(left, right, strict=True), 1)], [N, "JUMLAH", *add(left), N, N, "JUMLAH", *add(right)]]
    return Made(
        sheets={"Dua": rows},
        truths=tuple(Truth(sheet="Dua", n=8, sums=total(x, "anggaran", "realisasi"), codes=codes("L208")) for x in (left, right)),
    )  # fmt: skip


@layout
def tw_fisik_keuangan(rng):
    """Per quarter fisik % and keuangan Rp; the sum of keuangan and its share at the end."""
    lines = []
    body: Rows = []
    for code in SUBS:
        a = money(rng)
        q = [a * rng.randint(2, 24) // 100 for _ in range(4)]
        lines.append(Row(code=code, name=NAMES[code], depth=0, leaf=True, values=(a, sum(q), *q)))
        body.append([NAMES[code], a, *[x for k in range(4) for x in (float(rng.randint(5, 25)), q[k])], sum(q), persen(sum(q), a)])
    s = add(lines)
    rows = [["REALISASI FISIK DAN KEUANGAN PER TRIWULAN"], [], ["Sub Kegiatan", "Pagu", "TW I", N, "TW II", N, "TW III", N, "TW IV", N, "Total Keuangan", N], [N, N, *["Fisik (%)", "Keuangan (Rp)"] * 4, "Rp", "%"],
            *body, ["JUMLAH", s[0], N, s[2], N, s[3], N, s[4], N, s[5], s[1], persen(s[1], s[0])]]  # fmt: skip
    return Made(
        sheets={"RFK TW": rows}, truths=(Truth(sheet="RFK TW", n=len(lines), sums={"anggaran": s[0], "realisasi": s[1]}),),
        merged={"RFK TW": ("A3:A4", "B3:B4", "C3:D3", "E3:F3", "G3:H3", "I3:J3", "K3:L3")},
    )  # fmt: skip


@layout
def rincian_sp2d(rng):
    """Each account with its budget, below it the SP2D (date, number, amount) that make up its realisasi."""
    body: Rows = []
    n = a = b = 0
    for code, name in ACCOUNTS[3:10]:
        budget = money(rng, 200)
        parts = [budget * rng.randint(3, 20) // 100 for _ in range(rng.randint(2, 4))]
        body.append([code, name, N, N, budget, sum(parts), budget - sum(parts)])
        body += [[N, f"Pembayaran ke-{i} {name}", f"{i:02}/03/2025", f"0{i}{n:03}/SP2D/LS/2025", N, p, N] for i, p in enumerate(parts, 1)]
        n, a, b = n + len(parts), a + budget, b + sum(parts)
    rows = [["KARTU PENGAWASAN REALISASI ANGGARAN"], [], ["Kode Rekening", "Uraian", "Tanggal", "No SP2D", "Anggaran", "Realisasi", "Sisa"], *body, [N, "JUMLAH", N, N, a, b, a - b]]
    return Made(sheets={"Kartu": rows}, truths=(Truth(sheet="Kartu", n=7, sums={"anggaran": a, "realisasi": b}),))


@layout
def sumber_di_baris(rng):
    """Sub kegiatan with its sources of funds as lines below (APBD, DAK, …), group amounts above them."""
    body: Rows = []
    lines = []
    for k, sub in enumerate(SUBS, 1):
        own = [Row(code="", name=n, depth=0, leaf=True, values=pair(rng)) for n in ("PAD", "DAU", "DAK Nonfisik")[: 2 + k % 2]]
        lines += own
        body.append([k, NAMES[sub], *add(own)])
        body += [[N, f"   {r.name}", *r.values] for r in own]
    a, b = add(lines)
    rows = [["REALISASI MENURUT SUB KEGIATAN DAN SUMBER DANA"], [], ["No", "Sub Kegiatan / Sumber Dana", "Anggaran", "Realisasi", "Sisa"], *[[*r, r[2] - r[3]] for r in body], ["Jumlah", N, a, b, a - b]]
    return Made(sheets={"Sumber": rows}, truths=(Truth(sheet="Sumber", n=len(lines), sums={"anggaran": a, "realisasi": b}),), merged={"Sumber": (f"A{len(rows)}:B{len(rows)}",)})


@layout
def urusan_skpd_sub(rng):
    """Whole regency: urusan, bidang urusan, SKPD with a unit code of seven parts, programs … accounts in one code column."""
    lines = leaves(rng, 3, pair)
    shown = tree(lines, (1, 2, 3, 5, 6), (1, 2, 3))
    a, b = add(lines)
    unit = ["7.01.0.00.0.00.16.0000", "Kecamatan Sumber Rejo", a, b]
    body = [[r.code, r.name, *r.values] for r in shown]
    body.insert(2, unit)
    rows = [*KOP, ["KODE", "URAIAN", "ANGGARAN", "REALISASI", "%"], *[[*r, persen(r[3], r[2])] for r in body], [N, "TOTAL", a, b, persen(b, a)]]
    return Made(sheets={"LRA": rows}, truths=(Truth(sheet="LRA", n=len(lines), sums={"anggaran": a, "realisasi": b}),))


@layout
def catatan_kaki_berangka(rng):
    """Below the total: remarks with figures, and last year's cash."""
    lines = plain_leaves(rng, pair)
    a, b = add(lines)
    rows = [["REALISASI BELANJA TW III"], [], ["Kode", "Uraian", "Anggaran", "Realisasi", "%"], *[[r.code, r.name, *r.values, persen(r.values[1], r.values[0])] for r in lines], [N, "JUMLAH", a, b, persen(b, a)],
            [], ["*) Realisasi termasuk TU sebesar Rp 12.500.000"], ["Catatan:", "Sisa UP di bendahara", N, 3_250_000], *SIGN]  # fmt: skip
    return Made(sheets={"TW III": rows}, truths=(Truth(sheet="TW III", n=15, sums={"anggaran": a, "realisasi": b}),))


@layout
def salah_tidak_terhitung(rng):
    """Totals are formulas that nobody calculated (written by a program): no cached values."""
    lines = plain_leaves(rng, pair)
    a, b = add(lines)
    rows = [["REALISASI"], [], ["Kode", "Uraian", "Anggaran", "Realisasi"], *[[r.code, r.name, *r.values] for r in lines], [N, "JUMLAH", ("=SUM(C4:C18)", ""), ("=SUM(D4:D18)", "")]]
    return Made(sheets={"Sheet1": rows}, truths=(Truth(sheet="Sheet1", n=15, sums={"anggaran": a, "realisasi": b}, codes=codes("L421 C19")),))


@layout
def salah_satu_angka_teks_huruf(rng):
    """One realisasi typed '12.500.0OO' (letters O) and one '?': no numbers."""
    lines = plain_leaves(rng, pair)
    body: Rows = [[r.code, r.name, *r.values] for r in lines]
    a, b = add(lines)
    lost = body[4][3] + body[8][3]
    body[4][3], body[8][3] = "12.500.0OO", "?"
    rows = [["REALISASI"], [], ["Kode", "Uraian", "Anggaran", "Realisasi"], *body, [N, "JUMLAH", a, b]]
    return Made(sheets={"Sheet1": rows}, truths=(Truth(sheet="Sheet1", n=15, sums={"anggaran": a, "realisasi": b - lost}, codes=codes("L401 D19", "L430 D8")),))
