"""Second set, invented without looking at what the reader does: other offices, other habits."""

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


def flat(rng, count=None, figures=pair):
    return [Row(code=c, name=n, depth=0, leaf=True, values=tuple(figures(rng))) for c, n in ACCOUNTS[:count]]


@layout
def tahun_sebagai_kelompok(rng):
    """The years stand as merged group headings over Anggaran/Realisasi/%; last year has realisasi only; numbers 1, 1.1, 1.1.1."""

    def figures(rng):
        a, b = pair(rng)
        return a, b, spent(rng, a)

    groups = (("BELANJA OPERASI", ("Belanja Pegawai", "Belanja Barang", "Belanja Bunga", "Belanja Hibah")), ("BELANJA MODAL", ("Tanah", "Peralatan dan Mesin", "Gedung dan Bangunan", "Aset Tetap Lainnya")))
    lines, body = [], []
    for k, (name, items) in enumerate(groups, 1):
        own = [Row(code="", name=i, depth=0, leaf=True, values=figures(rng)) for i in items]
        lines += own
        s = add(own)
        body.append([f"1.{k}", name, N, s[0], s[1], persen(s[1], s[0]), s[2]])
        body += [[f"1.{k}.{j}", r.name, f"5.{k}.{j}", r.values[0], r.values[1], persen(r.values[1], r.values[0]), r.values[2]] for j, r in enumerate(own, 1)]
    s = add(lines)
    rows = [["LAPORAN REALISASI ANGGARAN"], ["DINAS PERTANIAN KABUPATEN SUMBER MAKMUR"], [], ["NO URUT", "URAIAN", "CALK", "2025", N, N, "2024"],
            [N, N, N, "ANGGARAN", "REALISASI", "%", "REALISASI"], ["1", "BELANJA", N, s[0], s[1], persen(s[1], s[0]), s[2]], *body]  # fmt: skip
    return Made(
        sheets={"LRA": rows}, truths=(Truth(sheet="LRA", n=8, sums={"anggaran": s[0], "realisasi": s[1]}),),
        merged={"LRA": ("A4:A5", "B4:B5", "C4:C5", "D4:F4")},
    )  # fmt: skip


@layout
def kode_menyatu_uraian(rng):
    """Code and name in one cell, for groups and lines."""
    lines = leaves(rng, 3, pair)
    body = [[f"{r.code} {r.name}", *r.values, r.values[0] - r.values[1], persen(r.values[1], r.values[0])] for r in tree(lines, (3, 5, 6), (2, 3))]
    a, b = add(lines)
    rows = [["REALISASI BELANJA KECAMATAN BATU INDAH S.D. SEPTEMBER 2025"], [], ["URAIAN", "PAGU", "REALISASI", "SISA PAGU", "%"], *body, ["TOTAL", a, b, a - b, persen(b, a)]]
    return Made(sheets={"Sep": rows}, truths=(Truth(sheet="Sep", n=len(lines), sums={"anggaran": a, "realisasi": b}),))


@layout
def tw_kumulatif(rng):
    """Realisasi to the end of each quarter, growing; the percentage and remainder are of the last one."""

    def figures(rng):
        a = money(rng)
        one = a * rng.randint(1, 20) // 100
        two = one + a * rng.randint(1, 20) // 100
        three = two + a * rng.randint(1, 20) // 100
        return a, one, two, three, a - three

    lines = flat(rng, figures=figures)
    body = [[k, r.name, *r.values[:4], persen(r.values[3], r.values[0]), r.values[4]] for k, r in enumerate(lines, 1)]
    s = add(lines)
    rows = [["REALISASI ANGGARAN S.D. TRIWULAN III"], [], ["No", "Jenis Belanja", "Anggaran", "Realisasi s.d.", N, N, "%", "Sisa"],
            [N, N, N, "s.d. TW I", "s.d. TW II", "s.d. TW III", N, N], *body, [N, "Jumlah", *s[:4], persen(s[3], s[0]), s[4]]]  # fmt: skip
    return Made(
        sheets={"Kumulatif": rows}, truths=(Truth(sheet="Kumulatif", n=15, sums={"anggaran": s[0], "realisasi": s[3]}),),
        merged={"Kumulatif": ("A3:A4", "B3:B4", "C3:C4", "D3:F3", "G3:G4", "H3:H4")},
    )  # fmt: skip


@layout
def tw_rencana_realisasi(rng):
    """Each quarter: anggaran kas, realisasi, %; the year's budget before, the sums of both after."""

    def figures(rng):
        parts = [x for _ in range(4) for x in pair(rng)]
        return sum(parts[0::2]), *parts, sum(parts[0::2]), sum(parts[1::2])

    lines = [Row(code=c, name=NAMES[c], depth=0, leaf=True, values=figures(rng)) for c in SUBS]

    def shown(v):
        return [v[0], *[x for k in range(1, 11, 2) for x in (v[k], v[k + 1], persen(v[k + 1], v[k]))]]

    heads = [c for t in ("TRIWULAN I", "TRIWULAN II", "TRIWULAN III", "TRIWULAN IV", "TOTAL") for c in (t, N, N)]
    s = add(lines)
    rows = [["PENGENDALIAN ANGGARAN KAS DAN REALISASI"], [], ["Kode", "Sub Kegiatan", "Pagu Anggaran", *heads], [N, N, N, *["Anggaran Kas", "Realisasi", "%"] * 5],
            *[[r.code, r.name, *shown(r.values)] for r in lines], [N, "JUMLAH", *shown(s)]]  # fmt: skip
    return Made(
        sheets={"Kendali": rows}, truths=(Truth(sheet="Kendali", n=len(lines), sums={"anggaran": s[0], "realisasi": s[10]}),),
        merged={"Kendali": ("A3:A4", "B3:B4", "C3:C4", "D3:F3", "G3:I3", "J3:L3", "M3:O3", "P3:R3")},
    )  # fmt: skip


@layout
def rfk_berjenjang_rumus(rng):
    """RFK: the office on top, programs I, II, kegiatan A, B, sub kegiatan 1, 2; groups by plus formulas; fisik as percent."""
    plan = {}
    for sub in SUBS:
        plan.setdefault(sub[:7], {}).setdefault(sub[:12], []).append(Row(code=sub, name=NAMES[sub], depth=0, leaf=True, values=pair(rng)))
    lines = [r for kegiatan in plan.values() for subs in kegiatan.values() for r in subs]
    rows: Rows = [["LAPORAN REALISASI FISIK DAN KEUANGAN APBD"], ["Keadaan s/d Agustus 2025"], [], ["No", "Program/Kegiatan/Sub Kegiatan", "Anggaran", "Realisasi Keuangan", N, "Realisasi Fisik", "PPTK"],
                  [N, N, "(Rp)", "(Rp)", "(%)", "(%)", N]]  # fmt: skip
    top = len(rows)
    a, b = add(lines)
    rows.append([N, "KECAMATAN SUMBER REJO", a, b, persen(b, a), 61.25, N])
    programs = []
    for p, (program, kegiatan) in enumerate(plan.items()):
        at = len(rows) + 1
        programs.append(at)
        all_ = [r for subs in kegiatan.values() for r in subs]
        rows.append([("I", "II", "III")[p], NAMES[program], *add(all_), persen(add(all_)[1], add(all_)[0]), 60, N])
        own = []
        for k, (code, subs) in enumerate(kegiatan.items()):
            here = len(rows) + 1
            own.append(here)
            x, y = add(subs)
            cells = ["+".join(f"{c}{here + 1 + i}" for i in range(len(subs))) for c in "CD"]
            rows.append(["ABC"[k], NAMES[code], (f"={cells[0]}", x), (f"={cells[1]}", y), persen(y, x), 55, N])
            rows += [[i, r.name, *r.values, persen(r.values[1], r.values[0]), float(rng.randint(10, 99)), "Hj. Sitti Aminah"] for i, r in enumerate(subs, 1)]
        for c, letter in ((2, "C"), (3, "D")):
            rows[at - 1][c] = ("=" + "+".join(f"{letter}{o}" for o in own), rows[at - 1][c])
    for c, letter in ((2, "C"), (3, "D")):
        rows[top][c] = ("=" + "+".join(f"{letter}{o}" for o in programs), rows[top][c])
    rows += SIGN
    return Made(
        sheets={"RFK Agustus": rows}, truths=(Truth(sheet="RFK Agustus", n=len(lines), sums={"anggaran": a, "realisasi": b}),),
        merged={"RFK Agustus": ("A4:A5", "B4:B5", "D4:E4", "G4:G5")},
    )  # fmt: skip


@layout
def dak_fisik(rng):
    """DAK fisik: planning with volume and unit, contracts, realisasi fisik and keuangan, a code of the problem."""
    names = ("Rehabilitasi ruang kelas SD Negeri Contoh 1", "Pembangunan jamban SD Negeri Contoh 2", "Pengadaan alat laboratorium", "Pembangunan perpustakaan", "Pengadaan buku")
    lines, body = [], []
    for k, n in enumerate(names, 1):
        a = money(rng, 300)
        kontrak = a * 97 // 100
        b = kontrak * rng.randint(30, 100) // 100
        lines.append(Row(code="", name=n, depth=0, leaf=True, values=(a, b)))
        body.append([k, n, rng.randint(1, 4), "paket", a, kontrak, float(rng.randint(30, 100)), b, persen(b, a), "Ya", 1])
    a, b = add(lines)
    rows = [["LAPORAN REALISASI DAK FISIK BIDANG PENDIDIKAN"], ["TRIWULAN III TAHUN 2025"], [],
            ["No", "Jenis Kegiatan", "Perencanaan Kegiatan", N, N, "Nilai Kontrak", "Realisasi", N, N, "Kesesuaian Sasaran", "Kodefikasi Masalah"],
            [N, N, "Volume", "Satuan", "Pagu DAK (Rp)", N, "Fisik (%)", "Keuangan (Rp)", "Keuangan (%)", N, N], *body,
            [N, "JUMLAH", N, N, a, sum(r[5] for r in body), N, b, persen(b, a)]]  # fmt: skip
    return Made(
        sheets={"DAK": rows}, truths=(Truth(sheet="DAK", n=5, sums={"anggaran": a, "realisasi": b}),),
        merged={"DAK": ("A4:A5", "B4:B5", "C4:E4", "F4:F5", "G4:I4", "J4:J5", "K4:K5")},
    )  # fmt: skip


@layout
def blok_per_skpd(rng):
    """Per office a heading without figures, three kinds of spending and 'Jumlah'; a grand total below."""
    rows: Rows = [["REALISASI BELANJA SKPD MENURUT JENIS"], [], ["No", "SKPD / Jenis Belanja", "Anggaran 2025 (Rp)", "Realisasi s/d Juni 2025 (Rp)", "%"]]
    lines = []
    for k, office in enumerate(OFFICES, 1):
        own = [Row(code="", name=n, depth=0, leaf=True, values=pair(rng)) for n in ("Belanja Pegawai", "Belanja Barang dan Jasa", "Belanja Modal")]
        lines += own
        rows.append([k, office])
        rows += [[N, f"- {r.name}", *r.values, persen(r.values[1], r.values[0])] for r in own]
        a, b = add(own)
        rows.append([N, "Jumlah", a, b, persen(b, a)])
    a, b = add(lines)
    rows.append([N, "TOTAL SELURUH SKPD", a, b, persen(b, a)])
    return Made(sheets={"Jenis": rows}, truths=(Truth(sheet="Jenis", n=len(lines), sums={"anggaran": a, "realisasi": b}),))


@layout
def tahun_lalu_di_kiri(rng):
    """Realisasi of last year first, then budget and realisasi of this year, then growth."""
    lines = [Row(code="", name=o, depth=0, leaf=True, values=(p := pair(rng))[:1] + p + (p[1] - p[0] // 2,)) for o in OFFICES]
    lines = [Row(code="", name=r.name, depth=0, leaf=True, values=(r.values[0] // 2, r.values[1], r.values[2], r.values[2] - r.values[0] // 2)) for r in lines]
    body = [[k, r.name, *r.values[:3], persen(r.values[2], r.values[1]), r.values[3]] for k, r in enumerate(lines, 1)]
    s = add(lines)
    rows = [["PERKEMBANGAN REALISASI BELANJA DAERAH"], [], ["No", "Perangkat Daerah", "Realisasi TA 2024", "Anggaran TA 2025", "Realisasi TA 2025", "% Realisasi 2025", "Naik/(Turun)"],
            *body, [N, "JUMLAH", *s[:3], persen(s[2], s[1]), s[3]]]  # fmt: skip
    return Made(sheets={"Banding": rows}, truths=(Truth(sheet="Banding", n=len(lines), sums={"anggaran": s[1], "realisasi": s[2]}),))


@layout
def total_di_atas(rng):
    """The total is the first row below the headings; amounts typed '1.500.000,-'; nil as 'nihil'."""
    lines = plain_leaves(rng, pair)
    a, b = add(lines)

    def rp(x):
        return f"{x:,}".replace(",", ".") + ",-" if x else "nihil"

    rows = [["REALISASI BELANJA BULAN JUNI"], [], ["No.", "Rekening", "Nama Rekening", "Alokasi Anggaran", "Realisasi s/d Bulan Ini", "Sisa Anggaran"],
            [N, N, "TOTAL BELANJA", rp(a), rp(b), rp(a - b)], *[[k, r.code, r.name, rp(r.values[0]), rp(r.values[1]), rp(r.values[0] - r.values[1])] for k, r in enumerate(lines, 1)], *SIGN]  # fmt: skip
    return Made(sheets={"Juni": rows}, truths=(Truth(sheet="Juni", n=len(lines), sums={"anggaran": a, "realisasi": b}),))


@layout
def bos_rencana_realisasi(rng):
    """BOS: Rencana is the budget; komponen numbered, Selisih, remarks, the head of the school signs."""
    names = ("Penerimaan Peserta Didik Baru", "Pengembangan Perpustakaan", "Kegiatan Pembelajaran", "Kegiatan Asesmen", "Administrasi Kegiatan Sekolah", "Langganan Daya dan Jasa", "Pemeliharaan Sarana", "Pembayaran Honor")
    lines = [Row(code="", name=n, depth=0, leaf=True, values=pair(rng)) for n in names]
    a, b = add(lines)
    rows = [["LAPORAN REALISASI PENGGUNAAN DANA BOS TAHAP I"], ["SD NEGERI CONTOH 3"], [], ["No", "Komponen Penggunaan Dana", "Rencana (Rp)", "Realisasi (Rp)", "Selisih (Rp)", "Ket."],
            *[[k, r.name, *r.values, r.values[0] - r.values[1], N] for k, r in enumerate(lines, 1)], ["Jumlah", N, a, b, a - b], [], [N, N, N, "Kepala Sekolah,"], [], [N, N, N, "Drs. H. Baharuddin"]]  # fmt: skip
    return Made(sheets={"BOS T1": rows}, truths=(Truth(sheet="BOS T1", n=8, sums={"anggaran": a, "realisasi": b}),), merged={"BOS T1": ("A13:B13",)})


@layout
def kas_dan_realisasi_bulanan(rng):
    """Plan and realisasi for each month side by side, totals of both at the end."""

    def figures(rng):
        plans = [rng.randint(1, 40) for _ in range(12)]
        parts = [x * 250_000 for p in plans for x in (p, rng.randint(0, p))]
        return sum(parts[0::2]), *parts, sum(parts[0::2]), sum(parts[1::2])

    lines = flat(rng, 9, figures)
    s = add(lines)
    rows = [["RENCANA DAN REALISASI KAS PER BULAN TAHUN 2025"], [], ["Kode Rekening", "Uraian", "Pagu", *[c for m in MONTHS for c in (m, N)], "Jumlah", N], [N, N, N, *["Rencana", "Realisasi"] * 13],
            *[[r.code, r.name, *r.values] for r in lines], [N, "JUMLAH", *s]]  # fmt: skip
    return Made(
        sheets={"Kas": rows}, truths=(Truth(sheet="Kas", n=9, sums={"anggaran": s[0], "realisasi": s[26]}),),
        merged={"Kas": ("A3:A4", "B3:B4", "C3:C4")},
    )  # fmt: skip


@layout
def satker_dipa(rng):
    """Per satker of a ministry: pagu awal, pagu revisi, blokir, realisasi, %, sisa; codes of six digits as numbers."""

    def figures(rng):
        a = money(rng)
        r = a + a // 20
        b = spent(rng, r)
        return a, r, 0, b, r - b

    lines = [Row(code=str(400100 + k), name=f"KANTOR KEMENTERIAN CONTOH KAB. {n.upper()}", depth=0, leaf=True, values=figures(rng)) for k, n in enumerate(("Sumber", "Padang", "Batu", "Rejo", "Makmur", "Lestari", "Indah"))]
    s = add(lines)
    rows = [["MONITORING REALISASI DIPA SATKER"], ["per 31 Agustus 2025"], [], ["No", "Kode Satker", "Nama Satker", "Pagu DIPA Awal", "Pagu DIPA Revisi", "Blokir", "Realisasi", "%", "Sisa Dana"],
            *[[k, int(r.code), r.name, *r.values[:4], persen(r.values[3], r.values[1]), r.values[4]] for k, r in enumerate(lines, 1)], ["TOTAL", N, N, *s[:4], persen(s[3], s[1]), s[4]]]  # fmt: skip
    return Made(sheets={"DIPA": rows}, truths=(Truth(sheet="DIPA", n=7, sums={"anggaran": s[1], "realisasi": s[3]}),))


@layout
def program_digabung(rng):
    """Program and kegiatan in merged cells down the left, sub kegiatan to the right of them; no sums of groups."""
    lines = [Row(code=s, name=NAMES[s], depth=0, leaf=True, values=pair(rng)) for s in SUBS]
    body: Rows = []
    merged, start = ["A3:A4", "B3:B4", "C3:C4", "D3:D4"], 5
    for program in ("7.01.01", "7.01.02", "7.01.03"):
        own = [r for r in lines if r.code.startswith(program)]
        for k, r in enumerate(own):
            body.append([NAMES[program] if not k else N, NAMES[r.code[:12]], r.name, r.values[0], r.values[1], persen(r.values[1], r.values[0])])
        if len(own) > 1:
            merged.append(f"A{start}:A{start + len(own) - 1}")
        start += len(own)
    a, b = add(lines)
    rows = [["CAPAIAN REALISASI KEUANGAN"], [], ["PROGRAM", "KEGIATAN", "SUB KEGIATAN", "PAGU DPA", "REALISASI", N], [N, N, N, N, "Rp", "%"], *body, ["JUMLAH", N, N, a, b, persen(b, a)]]
    return Made(sheets={"Keuangan": rows}, truths=(Truth(sheet="Keuangan", n=len(lines), sums={"anggaran": a, "realisasi": b}),), merged={"Keuangan": (*merged, "E3:F3")})


@layout
def kolom_sela(rng):
    """Empty spacer columns between all columns, a note box at the right, headings on one row with line breaks."""
    lines = plain_leaves(rng, pair)
    body = [[N, r.code, N, r.name, N, r.values[0], N, r.values[1], N, r.values[0] - r.values[1]] for r in tree(lines, parts=(2, 3))]
    a, b = add(lines)
    body[2] += [N, N, "cek lagi dg bendahara"]
    rows = [*[[N, *r] for r in KOP], [N, "Kode\nRekening", N, "U R A I A N", N, "Jumlah\nAnggaran\n(Rp)", N, "Jumlah\nRealisasi\n(Rp)", N, "Sisa\n(Rp)"], *body,
            [N, N, N, "J U M L A H", N, a, N, b, N, a - b]]  # fmt: skip
    return Made(sheets={"Lap": rows}, truths=(Truth(sheet="Lap", n=len(lines), sums={"anggaran": a, "realisasi": b}),))


@layout
def apbdes_kode_pecah(rng):
    """Village spending: bidang, sub bidang, kegiatan in three code columns; source of funds; bidang carry sums."""
    plan = (("PENYELENGGARAAN PEMERINTAHAN DESA", (("Penghasilan Tetap", 3), ("Sarana Prasarana", 2))), ("PELAKSANAAN PEMBANGUNAN", (("Pendidikan", 2), ("Kesehatan", 3), ("Pekerjaan Umum", 2))))
    body: Rows = []
    lines = []
    for b, (bidang, subs) in enumerate(plan, 1):
        made = [(s, name, [Row(code="", name=f"Kegiatan {name} {k}", depth=0, leaf=True, values=pair(rng)) for k in range(1, n + 1)]) for s, (name, n) in enumerate(subs, 1)]
        own = [r for _, _, rs in made for r in rs]
        x, y = add(own)
        body.append([b, N, N, f"BIDANG {bidang}", N, x, y, x - y])
        for s, name, rs in made:
            x, y = add(rs)
            body.append([b, s, N, f"Sub Bidang {name}", N, x, y, x - y])
            body += [[b, s, f"{k:02}", r.name, rng.choice(("DDS", "ADD", "PBH")), *r.values, r.values[0] - r.values[1]] for k, r in enumerate(rs, 1)]
        lines += own
    x, y = add(lines)
    rows = [["LAPORAN REALISASI APB DESA SUMBER JAYA"], ["TAHUN ANGGARAN 2025"], [], ["KODE", N, N, "URAIAN", "SUMBER DANA", "ANGGARAN", "REALISASI", "SISA"], ["a", "b", "c", "d", "e", "f", "g", "h=f-g"],
            *body, [N, N, N, "JUMLAH BELANJA", N, x, y, x - y], *SIGN]  # fmt: skip
    return Made(sheets={"APBDes": rows}, truths=(Truth(sheet="APBDes", n=len(lines), sums={"anggaran": x, "realisasi": y}),), merged={"APBDes": ("A4:C4",)})


@layout
def huruf_dalam_nama(rng):
    """Numbers and letters at the head of the names: 'A. ', '1. ', 'a. '; groups carry their sums, no code column."""
    body: Rows = []
    lines = []
    for k, (name, subs) in enumerate((("Belanja Pegawai", (("Gaji dan Tunjangan", 3), ("Tambahan Penghasilan", 2))), ("Belanja Barang dan Jasa", (("Belanja Barang", 3), ("Belanja Jasa", 4), ("Perjalanan Dinas", 2))))):
        made = [(s, [Row(code="", name=f"{s} jenis {chr(97 + i)}", depth=0, leaf=True, values=pair(rng)) for i in range(n)]) for s, n in subs]
        own = [r for _, rs in made for r in rs]
        lines += own
        body.append([f"{'AB'[k]}. {name}", *add(own)])
        for i, (s, rs) in enumerate(made, 1):
            body.append([f"{i}. {s}", *add(rs)])
            body += [[f"{'abcd'[j]}. {r.name}", *r.values] for j, r in enumerate(rs)]
    a, b = add(lines)
    rows = [["REALISASI ANGGARAN TW II"], [], ["URAIAN", "ANGGARAN", "REALISASI", "%"], *[[*r, persen(r[2], r[1])] for r in body], ["JUMLAH (A + B)", a, b, persen(b, a)]]
    return Made(sheets={"TW2": rows}, truths=(Truth(sheet="TW2", n=len(lines), sums={"anggaran": a, "realisasi": b}),))


# ---- with a genuine error ------------------------------------------------------------------------


@layout
def salah_kelompok_diketik(rng):
    """A whole export as text: one sub kegiatan prints a realisasi that is not that of its accounts; the total is right."""
    lines = leaves(rng, 3, pair)
    body, at = [], 0
    shown = tree(lines, (3, 5, 6), (3, 4))
    wrong = next(i for i, r in enumerate(shown) if r.code == SUBS[1])
    for i, r in enumerate(shown):
        a, b = r.values
        body.append([r.code, r.name, idr(a), idr(b + (3_333_000 if i == wrong else 0)), idr(a - b)])
    a, b = add(lines)
    rows = [*KOP, ["Kode", "Uraian", "Anggaran", "Realisasi", "Sisa"], *body, [N, "JUMLAH", idr(a), idr(b), idr(a - b)]]
    at = len(KOP) + 2 + wrong
    return Made(sheets={"Sheet1": rows}, truths=(Truth(sheet="Sheet1", n=len(lines), sums={"anggaran": a, "realisasi": b}, codes=codes(f"L401 D{at}")),))


@layout
def salah_baris_ganda(rng):
    """One line stands twice, the typed total counts it once."""
    lines = plain_leaves(rng, pair)
    a, b = add(lines)
    doubled = [*lines[:6], lines[5], *lines[6:]]
    body = [[k, r.code, r.name, *r.values] for k, r in enumerate(doubled, 1)]
    x, y = add(doubled)
    rows = [["REALISASI"], [], ["No", "Kode Rekening", "Uraian", "Anggaran", "Realisasi"], *body, [N, N, "JUMLAH", a, b]]
    end = len(rows)
    return Made(sheets={"Sheet1": rows}, truths=(Truth(sheet="Sheet1", n=len(doubled), sums={"anggaran": x, "realisasi": y}, codes=codes(f"L401 D{end}", f"L401 E{end}")),))


@layout
def salah_subtotal_saringan(rng):
    """SUBTOTAL(109) as total under a filter: hidden rows are not in the printed sum."""
    lines = plain_leaves(rng, pair)
    a, b = add(lines)
    shown = [r for k, r in enumerate(lines) if k not in (2, 3, 4)]
    end = len(lines) + 3
    rows = [["REALISASI"], [], ["Kode", "Uraian", "Anggaran", "Realisasi"], *[[r.code, r.name, *r.values] for r in lines],
            [N, "JUMLAH", (f"=SUBTOTAL(109,C4:C{end})", add(shown)[0]), (f"=SUBTOTAL(109,D4:D{end})", add(shown)[1])]]  # fmt: skip
    return Made(
        sheets={"Sheet1": rows}, hidden={"Sheet1": (6, 7, 8)},
        truths=(Truth(sheet="Sheet1", n=len(lines), sums={"anggaran": a, "realisasi": b}, codes=codes("L204 C6", f"L401 C{end + 1}", f"L401 D{end + 1}")),),
    )  # fmt: skip


@layout
def salah_jumlah_tertukar(rng):
    """The totals of realisasi and sisa stand in each other's columns."""
    lines = flat(rng, 12)
    a, b = add(lines)
    rows = [["REALISASI MEI 2025"], [], ["No", "Uraian", "Pagu", "Realisasi", "Sisa"], *[[k, r.name, *r.values, r.values[0] - r.values[1]] for k, r in enumerate(lines, 1)], [N, "Jumlah", a, a - b, b]]
    return Made(sheets={"Mei": rows}, truths=(Truth(sheet="Mei", n=12, sums={"anggaran": a, "realisasi": b}, codes=codes(f"L401 D{len(rows)}")),))


@layout
def salah_persen_dihitung_ulang(rng):
    """#DIV/0! in the percentages of lines without a budget: no money is lost, nothing to warn about."""
    lines = [Row(code=c, name=n, depth=0, leaf=True, values=(0, 0) if k in (3, 7) else pair(rng)) for k, (c, n) in enumerate(ACCOUNTS)]
    body = [[r.code, r.name, *r.values, (f"=D{k}/C{k}", r.values[1] / r.values[0] if r.values[0] else "#DIV/0!")] for k, r in enumerate(lines, 4)]
    a, b = add(lines)
    end = len(body) + 3
    rows = [["REALISASI"], [], ["Kode", "Uraian", "Anggaran", "Realisasi", "%"], *body, [N, "JUMLAH", span(2, 4, end, a), span(3, 4, end, b), (f"=D{end + 1}/C{end + 1}", b / a)]]
    return Made(sheets={"Sheet1": rows}, truths=(Truth(sheet="Sheet1", n=len(lines), sums={"anggaran": a, "realisasi": b}, codes=codes("L420")),))


@layout
def salah_sambung_dua_lembar(rng):
    """The table goes on on a second sheet; only the last sheet prints a total, of both."""
    lines = leaves(rng, 6, pair)
    cut = len(lines) // 2
    head = ["Kode", "Uraian", "Anggaran", "Realisasi"]
    first = [["REALISASI BELANJA (1)"], [], head, *[[r.code.split("/")[1], r.name, *r.values] for r in lines[:cut]]]
    second = [["REALISASI BELANJA (2)"], [], head, *[[r.code.split("/")[1], r.name, *r.values] for r in lines[cut:]], [N, "JUMLAH", *add(lines)]]
    end = len(second)
    one, two = total(lines[:cut], "anggaran", "realisasi"), total(lines[cut:], "anggaran", "realisasi")
    return Made(
        sheets={"Hal 1": first, "Hal 2": second},
        truths=(Truth(sheet="Hal 1", n=cut, sums=one, codes=codes("L419 C4")), Truth(sheet="Hal 2", n=len(lines) - cut, sums=two, codes=codes(f"L401 C{end}", f"L401 D{end}"))),
    )  # fmt: skip
