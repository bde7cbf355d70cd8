"""First set of realisasi layouts: exports of the budgeting and bookkeeping applications, and forms between offices."""

from __future__ import annotations

from tests.merah_realisasi import (
    ACCOUNTS,
    KOP,
    MONTHS,
    NAMES,
    SIGN,
    SUBS,
    Made,
    N,
    Row,
    Rows,
    Truth,
    add,
    idr,
    layout,
    leaves,
    money,
    pair,
    persen,
    plain_leaves,
    span,
    spent,
    total,
    tree,
)

SIPD = (2, 3, 5, 6)


@layout
def sipd_teks(rng):
    """SIPD: kode, uraian, text amounts, the difference in parentheses, numbering row, JUMLAH."""
    lines = leaves(rng, 4, pair)
    body = [[r.code, r.name, idr(r.values[0]), idr(r.values[1]), idr(r.values[1] - r.values[0]), f"{persen(r.values[1], r.values[0]):.2f}".replace(".", ",")]
            for r in tree(lines, SIPD)]  # fmt: skip
    a, b = add(lines)
    rows = [*KOP, ["Kode Rekening", "Uraian", "Anggaran", "Realisasi", "Lebih/(Kurang)", "%"], ["1", "2", "3", "4", "5 = 4 - 3", "6"],
            *body, [N, "JUMLAH", idr(a), idr(b), idr(b - a), f"{persen(b, a):.2f}".replace(".", ",")], *SIGN]  # fmt: skip
    return Made(sheets={"Sheet1": rows}, truths=(Truth(sheet="Sheet1", n=len(lines), sums=total(lines, "anggaran", "realisasi")),))


@layout
def simda_pecah(rng):
    """SIMDA/FMIS: the code in five narrow columns, each row only its own parts; names indented by blanks; minus as a number."""
    lines = plain_leaves(rng, pair)
    body = []
    for r in tree(lines, parts=(1, 2, 3, 4, 5)):
        parts = r.code.split(".")
        cells = [*parts, *[N] * (6 - len(parts))]
        body.append([*cells, "   " * r.depth + r.name, r.values[0], r.values[1], r.values[1] - r.values[0], persen(r.values[1], r.values[0])])
    a, b = add(lines)
    rows = [*KOP, ["Kode Rekening", N, N, N, N, N, "Uraian", "Jumlah (Rp)", N, "Lebih / (Kurang)", N],
            [N, N, N, N, N, N, N, "Anggaran", "Realisasi", "(Rp)", "(%)"], ["1", N, N, N, N, N, "2", "3", "4", "5", "6"],
            *body, [*[N] * 6, "JUMLAH BELANJA", a, b, b - a, persen(b, a)], [*[N] * 6, "SURPLUS / (DEFISIT)", -a, -b, a - b, persen(b, a)]]  # fmt: skip
    return Made(
        sheets={"LRA": rows}, truths=(Truth(sheet="LRA", n=len(lines), sums={"anggaran": a, "realisasi": b}),),
        merged={"LRA": ("A6:F7", "G6:G7", "H6:I6", "J6:K6", "A8:F8")},
    )  # fmt: skip


@layout
def semester_prognosis(rng):
    """Semester report: realisasi semester I, what is left, prognosis of the next six months."""
    lines = plain_leaves(rng, pair)
    body = []
    for r in tree(lines, parts=(1, 2, 3, 4)):
        a, b = r.values
        body.append([r.code, r.name, a, b, a - b, a - b, persen(b, a), N])
    a, b = add(lines)
    head = ["NO. URUT", "URAIAN", "JUMLAH ANGGARAN", "REALISASI SEMESTER PERTAMA", "SISA ANGGARAN S.D. SEMESTER PERTAMA", "PROGNOSIS 6 (ENAM) BULAN BERIKUTNYA", "%", "KET"]
    rows = [["LAPORAN REALISASI SEMESTER PERTAMA APBD DAN PROGNOSIS 6 (ENAM) BULAN BERIKUTNYA"], ["TAHUN ANGGARAN 2025"], [], head,
            ["1", "2", "3", "4", "5=3-4", "6", "7", "8"], *body, [N, "JUMLAH BELANJA", a, b, a - b, a - b, persen(b, a)], *SIGN]  # fmt: skip
    return Made(sheets={"Semester I": rows}, truths=(Truth(sheet="Semester I", n=len(lines), sums={"anggaran": a, "realisasi": b}),))


@layout
def triwulan_sejajar(rng):
    """Four quarters side by side with their sum; program, kegiatan and sub kegiatan by numbers only."""

    def quarters(rng):
        budget = money(rng)
        parts = [budget * rng.randint(2, 24) // 100 for _ in range(4)]
        return (budget, *parts, sum(parts))

    body: Rows = []
    lines = []
    for p, program in enumerate(("7.01.01", "7.01.02", "7.01.03"), 1):
        subs = [Row(code="", name=NAMES[s], depth=1, leaf=True, values=quarters(rng)) for s in SUBS if s.startswith(program)]
        sums = add(subs)
        body.append([p, NAMES[program], *sums, persen(sums[-1], sums[0])])
        body += [[f"{p}.{k}", r.name, *r.values, persen(r.values[-1], r.values[0])] for k, r in enumerate(subs, 1)]
        lines += subs
    sums = add(lines)
    rows = [["REALISASI ANGGARAN PER TRIWULAN"], ["KECAMATAN SUMBER REJO TAHUN 2025"], [],
            ["NO", "PROGRAM / SUB KEGIATAN", "PAGU (Rp)", "REALISASI (Rp)", N, N, N, N, "%"],
            [N, N, N, "TW I", "TW II", "TW III", "TW IV", "JUMLAH", N], *body, [N, "TOTAL", *sums, persen(sums[-1], sums[0])]]  # fmt: skip
    return Made(
        sheets={"TW": rows}, truths=(Truth(sheet="TW", n=len(lines), sums={"anggaran": sums[0], "realisasi": sums[-1]}),),
        merged={"TW": ("A4:A5", "B4:B5", "C4:C5", "D4:H4", "I4:I5")},
    )  # fmt: skip


@layout
def bulan_sejajar(rng):
    """Twelve months side by side, total and remainder by formulas; the months after July are empty."""
    lines: list[Row] = []
    body: Rows = []
    for number, (code, name) in enumerate(ACCOUNTS[:10]):
        budget = money(rng)
        parts = [budget * rng.randint(1, 8) // 100 for _ in range(7)]
        lines.append(Row(code=code, name=name, depth=0, leaf=True, values=(budget, *parts, sum(parts))))
        at = number + 5
        body.append([code, name, budget, *parts, *[N] * 5, (f"=SUM(D{at}:O{at})", sum(parts)), (f"=C{at}-P{at}", budget - sum(parts))])
    sums = add(lines)
    foot = [N, "JUMLAH", *[span(2 + k, 5, 14, v) for k, v in enumerate(sums[:-1])], *[span(10 + k, 5, 14, 0) for k in range(5)],
            span(15, 5, 14, sums[-1]), span(16, 5, 14, sums[0] - sums[-1])]  # fmt: skip
    rows = [["REALISASI BELANJA PER BULAN"], ["TAHUN 2025"], [], ["Kode Rekening", "Uraian", "Pagu", *MONTHS, "Total Realisasi", "Sisa Pagu"], *body, foot]
    return Made(sheets={"2025": rows}, truths=(Truth(sheet="2025", n=10, sums={"anggaran": sums[0], "realisasi": sums[-1]}),))


@layout
def spj_fungsional(rng):
    """SPJ of the treasurer: three groups of s.d. bulan lalu / bulan ini / s.d. bulan ini, their sum, the remainder; cash below."""

    def figures(rng):
        budget = money(rng)
        lalu, ini = budget * rng.randint(5, 40) // 100, budget * rng.randint(0, 12) // 100
        which = rng.randrange(3)
        three = [(lalu, ini, lalu + ini) if k == which else (0, 0, 0) for k in range(3)]
        return (budget, *three[0], *three[1], *three[2], lalu + ini, budget - lalu - ini)

    lines = leaves(rng, 3, figures)
    body = [[r.code, r.name, *r.values] for r in tree(lines, (3, 5, 6), (2, 3))]
    sums = add(lines)
    groups = ("SPJ - LS GAJI", "SPJ - LS BARANG & JASA", "SPJ UP/GU/TU")
    three = ["s.d. Bulan lalu", "Bulan ini", "s.d. Bulan ini"]
    head = [["Kode Rekening", "Uraian", "Jumlah Anggaran", *[c for g in groups for c in (g, N, N)], "Jumlah SPJ (LS+UP/GU/TU) s.d. Bulan Ini", "Sisa Pagu Anggaran"],
            [N, N, N, *three * 3, N, N], ["1", "2", "3", "4", "5", "6=(4+5)", "7", "8", "9=(7+8)", "10", "11", "12=(10+11)", "13=(6+9+12)", "14=(3-13)"]]  # fmt: skip
    cash = [[], [N, "Penerimaan :"], [N, "- SP2D", N, *[0] * 3, *[12_000_000, 0, 12_000_000], *[25_000_000, 5_000_000, 30_000_000]],
            [N, "- Potongan Pajak PPN", N, *[0] * 6, 1_100_000, 220_000, 1_320_000], [N, "Jumlah Penerimaan", N, *[0] * 3, 12_000_000, 0, 12_000_000, 26_100_000, 5_220_000, 31_320_000]]  # fmt: skip
    rows = [["LAPORAN PERTANGGUNGJAWABAN BENDAHARA PENGELUARAN (SPJ BELANJA - FUNGSIONAL)"], ["Bulan : Juli 2025"], [], *head, *body, [N, "JUMLAH", *sums], *cash, *SIGN]
    return Made(
        sheets={"SPJ Juli": rows}, truths=(Truth(sheet="SPJ Juli", n=len(lines), sums={"anggaran": sums[0], "realisasi": sums[10]}),),
        merged={"SPJ Juli": ("A4:A5", "B4:B5", "C4:C5", "D4:F4", "G4:I4", "J4:L4", "M4:M5", "N4:N5")},
    )  # fmt: skip


@layout
def rfk_bobot(rng):
    """Realisasi fisik dan keuangan: bobot, fisik and keuangan with weighted percentages, 100 % below."""
    lines = []
    for code in SUBS:
        a = money(rng)
        lines.append(Row(code=code, name=NAMES[code], depth=0, leaf=True, values=(a, spent(rng, a))))
    a, b = add(lines)
    body: Rows = []
    for number, r in enumerate(lines, 1):
        x, y = r.values
        bobot, fisik = persen(x, a), float(rng.randint(20, 90))
        body.append([number, r.code, r.name, x, bobot, 60, fisik, round(fisik * bobot / 100, 2), y, persen(y, x), round(y / a * 100, 2), x - y, "lancar"])
    fisik_total = round(sum(row[7] for row in body), 2)
    head = [["No", "Kode Sub Kegiatan", "Sub Kegiatan", "Pagu Anggaran (Rp)", "Bobot (%)", "Fisik", N, N, "Keuangan", N, N, "Sisa Anggaran (Rp)", "Ket."],
            [N, N, N, N, N, "Target (%)", "Realisasi (%)", "Tertimbang (%)", "Realisasi (Rp)", "%", "Tertimbang (%)", N, N],
            [str(n) for n in range(1, 14)]]  # fmt: skip
    rows = [["LAPORAN REALISASI FISIK DAN KEUANGAN"], ["Bulan Juli 2025"], [], *head, *body,
            [N, N, "JUMLAH", a, 100, 60, N, fisik_total, b, persen(b, a), persen(b, a), a - b], *SIGN]  # fmt: skip
    return Made(
        sheets={"RFK": rows}, truths=(Truth(sheet="RFK", n=len(lines), sums={"anggaran": a, "realisasi": b}),),
        merged={"RFK": ("A4:A5", "B4:B5", "C4:C5", "D4:D5", "E4:E5", "F4:H4", "I4:K4", "L4:L5", "M4:M5")},
    )  # fmt: skip


@layout
def apbdes_siskeudes(rng):
    """Siskeudes: pendapatan, belanja per bidang, surplus/defisit, pembiayaan; jumlah rows below their groups."""
    income = [("4.1.1.", "Hasil Usaha Desa"), ("4.2.1.", "Dana Desa"), ("4.2.2.", "Bagi Hasil Pajak dan Retribusi"), ("4.2.3.", "Alokasi Dana Desa")]
    spending = [("1", "BIDANG PENYELENGGARAAN PEMERINTAHAN DESA", ("Penghasilan Tetap Kepala Desa", "Operasional Kantor Desa", "Operasional BPD")),
                ("2", "BIDANG PELAKSANAAN PEMBANGUNAN DESA", ("Jalan Usaha Tani", "Posyandu", "Sanitasi Permukiman")),
                ("3", "BIDANG PEMBINAAN KEMASYARAKATAN", ("Pembinaan PKK", "Karang Taruna")),
                ("5", "BIDANG PENANGGULANGAN BENCANA, DARURAT DAN MENDESAK DESA", ("BLT Dana Desa",))]  # fmt: skip
    figures = [pair(rng) for _ in income]
    rows: Rows = [["LAPORAN REALISASI PELAKSANAAN APBDesa"], ["PEMERINTAH DESA SUMBER JAYA"], ["SEMESTER I TAHUN ANGGARAN 2025"], [],
                  ["KODE REK", "URAIAN", "REF", "ANGGARAN (Rp)", "REALISASI (Rp)", "LEBIH/(KURANG) (Rp)"], ["1", "2", "3", "4", "5", "6 = 4 - 5"],
                  ["4.", "PENDAPATAN"]]  # fmt: skip
    spent = []
    for (code, name), (a, b) in zip(income, figures, strict=True):
        rows.append([code, name, N, a, b, a - b])
    a, b = (sum(f[k] for f in figures) for k in (0, 1))
    rows.append([N, "JUMLAH PENDAPATAN", N, a, b, a - b])
    rows.append(["5.", "BELANJA"])
    out = [0, 0]
    for code, name, items in spending:
        figures = [pair(rng) for _ in items]
        spent += figures
        c, d = (sum(f[k] for f in figures) for k in (0, 1))
        rows.append([code, name, N, c, d, c - d])
        rows += [[f"{code}.{k}", item, N, x, y, x - y] for k, (item, (x, y)) in enumerate(zip(items, figures, strict=True), 1)]
        out = [out[0] + c, out[1] + d]
    rows += [[N, "JUMLAH BELANJA", N, *out, out[0] - out[1]], [N, "SURPLUS / (DEFISIT)", N, a - out[0], b - out[1], a - out[0] - b + out[1]],
             ["6.", "PEMBIAYAAN"], ["6.1.", "Penerimaan Pembiayaan", N, 15_000_000, 15_000_000, 0]]  # fmt: skip
    rows += [["6.1.1.", "SILPA Tahun Sebelumnya", N, 15_000_000, 15_000_000, 0], [N, "PEMBIAYAAN NETTO", N, 15_000_000, 15_000_000, 0],
             [N, "SISA LEBIH PEMBIAYAAN ANGGARAN", N, a - out[0] + 15_000_000, b - out[1] + 15_000_000, a - out[0] - b + out[1]], *SIGN]  # fmt: skip
    return Made(
        sheets={"LRA Desa": rows},
        truths=(Truth(sheet="LRA Desa", n=len(spent), sums={"anggaran": out[0], "realisasi": out[1]}),),
    )  # fmt: skip


APBN = (("521111", "Belanja Keperluan Perkantoran"), ("521115", "Belanja Honor Operasional Satuan Kerja"), ("521211", "Belanja Bahan"),
        ("522111", "Belanja Langganan Listrik"), ("524111", "Belanja Perjalanan Dinas Biasa"), ("524113", "Belanja Perjalanan Dinas Dalam Kota"))  # fmt: skip


@layout
def sakti_satker(rng):
    """SAKTI: WA program, kegiatan, KRO, RO, komponen, sub komponen, akun in one code column; periode lalu, periode ini, s.d. periode."""

    def figures(rng):
        budget = money(rng)
        lalu, ini = budget * rng.randint(5, 40) // 100, budget * rng.randint(0, 12) // 100
        return budget, lalu, ini, lalu + ini, budget - lalu - ini

    lines: list[Row] = []
    rows: Rows = []
    for komponen in ("001", "002", "051"):
        for sub in ("A", "B"):
            own = [Row(code=c, name=n, depth=0, leaf=True, values=figures(rng)) for c, n in sorted(rng.sample(APBN, 3))]
            lines += own
            rows.append(["K" + komponen, sub, add(own), own])
    body: Rows = []
    seen = set()

    def put(code, name, values):
        body.append([code, name, *values[:1], *values[1:4], persen(values[3], values[0]), values[4]])

    everything = add(lines)
    for code, name in (("018.09.WA", "Program Dukungan Manajemen"), ("1795", "Pengelolaan Administrasi"), ("1795.EBA", "Layanan Dukungan Manajemen Internal"), ("1795.EBA.994", "Layanan Perkantoran")):  # fmt: skip
        put(code, name, everything)
    for komponen, sub, values, own in rows:
        if komponen not in seen:
            seen.add(komponen)
            put(komponen[1:], f"Komponen {komponen}", add([x for k, _, _, xs in rows if k == komponen for x in xs]))
        put(sub, f"Sub komponen {sub}", values)
        for line in own:
            put(line.code, line.name, line.values)
    head = [["Kode", "Uraian", "Pagu Revisi", "Realisasi TA 2025", N, N, N, "Sisa Anggaran"], [N, N, N, "Periode Lalu", "Periode Ini", "s.d. Periode", "%", N]]
    put("", "JUMLAH SELURUHNYA", everything)
    return Made(
        sheets={"FA_16": [["Laporan Fund Available"], ["SATKER 999999 BALAI PELATIHAN CONTOH"], [], *head, *body]},
        truths=(Truth(sheet="FA_16", n=len(lines), sums={"anggaran": everything[0], "realisasi": everything[3]}),),
        merged={"FA_16": ("A4:A5", "B4:B5", "C4:C5", "D4:G4", "H4:H5")},
    )  # fmt: skip


@layout
def omspan_tiga_baris(rng):
    """OM-SPAN: jenis belanja side by side, each satker on three rows PAGU, REALISASI, SISA."""
    body: Rows = []
    sums = [0, 0]
    for number, name in enumerate(("Kantor Contoh Satu", "Kantor Contoh Dua", "Kantor Contoh Tiga"), 1):
        pagu = [money(rng) for _ in range(3)]
        real = [spent(rng, x) for x in pagu]
        sums = [sums[0] + sum(pagu), sums[1] + sum(real)]
        body.append([number, f"00{number}. {name}", "PAGU", *pagu, sum(pagu)])
        body.append([N, N, "REALISASI", *real, sum(real)])
        body.append([N, N, "SISA", *[x - y for x, y in zip(pagu, real, strict=True)], sum(pagu) - sum(real)])
    head = ["No", "Satker", "Keterangan", "Pegawai", "Barang", "Modal", "Total"]
    rows = [["LAPORAN REALISASI ANGGARAN PER JENIS BELANJA"], [], head, *body]
    # figures of one satker on three rows: nothing in the reader turns such a table, it only finds the sums contrary
    return Made(sheets={"OMSPAN": rows}, truths=(Truth(sheet="OMSPAN", n=3, sums={"anggaran": sums[0], "realisasi": sums[1]}, flagged=True),))
