"""First set, second half: recaps, typed pages and plans."""

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


@layout
def rekap_bidang(rng):
    """A short recap per bidang without any code, its total by formula."""
    names = ("Sekretariat", "Bidang Pemerintahan", "Bidang Pemberdayaan Masyarakat", "Bidang Ketenteraman dan Ketertiban", "Bidang Pelayanan Umum")
    figures = [pair(rng) for _ in names]
    body = [[k, n, a, b, (f"=D{k + 4}/C{k + 4}", b / a), (f"=C{k + 4}-D{k + 4}", a - b)] for k, (n, (a, b)) in enumerate(zip(names, figures, strict=True), 1)]
    a, b = (sum(f[k] for f in figures) for k in (0, 1))
    rows = [["REKAPITULASI REALISASI ANGGARAN PER BIDANG"], ["Posisi 30 Juni 2025"], [], ["No.", "Bidang", "Jumlah Anggaran", "Realisasi", "Persentase", "Sisa Anggaran"],
            *body, [N, "Jumlah", span(2, 5, 9, a), span(3, 5, 9, b), ("=D10/C10", b / a), span(5, 5, 9, a - b)], *SIGN]  # fmt: skip
    return Made(sheets={"Rekap": rows}, truths=(Truth(sheet="Rekap", n=5, sums={"anggaran": a, "realisasi": b}),))


@layout
def rekap_skpd_kelompok(rng):
    """All SKPD, kelompok belanja side by side with their own total columns."""
    body: Rows = []
    sums = [0] * 8
    for number, name in enumerate(OFFICES, 1):
        parts = [x for _ in range(3) for x in pair(rng)]
        parts += [sum(parts[0::2]), sum(parts[1::2])]
        sums = [x + y for x, y in zip(sums, parts, strict=True)]
        body.append([number, name, *[c for k in range(0, 8, 2) for c in (parts[k], parts[k + 1], persen(parts[k + 1], parts[k]))]])
    groups = ("Belanja Operasi", "Belanja Modal", "Belanja Tidak Terduga", "Jumlah Belanja")
    rows = [["REKAPITULASI REALISASI BELANJA PER SKPD"], ["Tahun Anggaran 2025"], [], ["NO", "SKPD", *[c for g in groups for c in (g, N, N)]],
            [N, N, *["Anggaran", "Realisasi", "%"] * 4], *body,
            ["JUMLAH", N, *[c for k in range(0, 8, 2) for c in (sums[k], sums[k + 1], persen(sums[k + 1], sums[k]))]]]  # fmt: skip
    return Made(
        sheets={"SKPD": rows}, truths=(Truth(sheet="SKPD", n=len(OFFICES), sums={"anggaran": sums[6], "realisasi": sums[7]}),),
        merged={"SKPD": ("A4:A5", "B4:B5", "C4:E4", "F4:H4", "I4:K4", "L4:N4", "A17:B17")},
    )  # fmt: skip


@layout
def lra_audited(rng):
    """Audited LRA: no codes, anggaran and realisasi of this year, realisasi of last year; 'Jumlah' rows below; surplus."""
    groups = (("BELANJA OPERASI", ("Belanja Pegawai", "Belanja Barang dan Jasa", "Belanja Hibah", "Belanja Bantuan Sosial")),
              ("BELANJA MODAL", ("Belanja Modal Tanah", "Belanja Modal Peralatan dan Mesin", "Belanja Modal Gedung dan Bangunan", "Belanja Modal Jalan, Irigasi dan Jaringan")),
              ("BELANJA TAK TERDUGA", ("Belanja Tak Terduga",)))  # fmt: skip
    rows: Rows = [["PEMERINTAH KABUPATEN SUMBER MAKMUR"], ["LAPORAN REALISASI ANGGARAN"], ["Untuk Tahun yang Berakhir sampai dengan 31 Desember 2024 dan 2023"], [],
                  ["No", "Uraian", "Anggaran 2024", "Realisasi 2024", "%", "Realisasi 2023"], ["1", "BELANJA"]]  # fmt: skip
    total_, n, number = [0, 0, 0], 0, 1
    for k, (name, items) in enumerate(groups, 1):
        rows.append([f"1.{k}", name])
        sums = [0, 0, 0]
        for item in items:
            a, b = pair(rng)
            c = spent(rng, a)
            sums = [x + y for x, y in zip(sums, (a, b, c), strict=True)]
            rows.append([f"1.{k}.{number}", item, a, b, persen(b, a), c])
            number += 1
            n += 1
        number = 1
        rows.append([N, f"Jumlah {name.title()}", sums[0], sums[1], persen(sums[1], sums[0]), sums[2]])
        total_ = [x + y for x, y in zip(total_, sums, strict=True)]
    rows.append([N, "JUMLAH BELANJA", total_[0], total_[1], persen(total_[1], total_[0]), total_[2]])
    return Made(sheets={"LRA": rows}, truths=(Truth(sheet="LRA", n=n, sums={"anggaran": total_[0], "realisasi": total_[1]}),))


@layout
def pendapatan_belanja_pembiayaan(rng):
    """One table 4, 5, 6 with surplus/defisit, pembiayaan neto and SILPA rows."""
    income = [Row(code=c, name=n, depth=0, leaf=True, values=pair(rng)) for c, n in (("4.1.01", "Pajak Daerah"), ("4.1.02", "Retribusi Daerah"), ("4.1.04", "Lain-lain PAD yang Sah"), ("4.2.01", "Pendapatan Transfer Pemerintah Pusat"))]
    spend = [Row(code=c, name=NAMES[c], depth=0, leaf=True, values=pair(rng)) for c in ("5.1.01", "5.1.02", "5.1.05", "5.2.02", "5.2.03", "5.2.05")]
    fund = [Row(code="6.1.01", name="Sisa Lebih Perhitungan Anggaran Tahun Sebelumnya", depth=0, leaf=True, values=(900_000_000, 900_000_000))]

    def shown(r):
        return [r.code, r.name, r.values[0], r.values[1], r.values[1] - r.values[0], persen(r.values[1], r.values[0])]

    def below(name, a, b):
        return [N, name, a, b, b - a, persen(b, a)]

    (ia, ib), (sa, sb) = add(income), add(spend)
    rows = [*KOP, ["KODE", "URAIAN", "ANGGARAN SETELAH PERUBAHAN", "REALISASI", "BERTAMBAH/ (BERKURANG)", "%"],
            *[shown(r) for r in tree(income, parts=(1, 2))], below("JUMLAH PENDAPATAN", ia, ib),
            *[shown(r) for r in tree(spend, parts=(1, 2))], below("JUMLAH BELANJA", sa, sb), below("SURPLUS/(DEFISIT)", ia - sa, ib - sb),
            *[shown(r) for r in tree(fund, parts=(1, 2))], below("PEMBIAYAAN NETO", 900_000_000, 900_000_000),
            below("SISA LEBIH PEMBIAYAAN ANGGARAN TAHUN BERKENAAN (SILPA)", ia - sa + 900_000_000, ib - sb + 900_000_000)]  # fmt: skip
    return Made(sheets={"LRA": rows}, truths=(Truth(sheet="LRA", n=len(spend), sums=total(spend, "anggaran", "realisasi")),))


@layout
def arkas_bos(rng):
    """BOS: kode program and rekening in two columns, anggaran, realisasi per triwulan, s.d., sisa."""
    activities = ("Pengembangan Perpustakaan", "Pelaksanaan Kegiatan Pembelajaran", "Langganan Daya dan Jasa", "Pemeliharaan Sarana Sekolah", "Pembayaran Honor")
    body: Rows = []
    lines = []
    for k, name in enumerate(activities, 1):
        items = []
        for code, label in rng.sample(ACCOUNTS[3:], 3):
            a = money(rng)
            q = [a * rng.randint(0, 40) // 100, a * rng.randint(0, 40) // 100]
            items.append(Row(code=code, name=label, depth=0, leaf=True, values=(a, *q, sum(q), a - sum(q))))
        body.append([f"0{k}.03.", N, name, *add(items)])
        body += [[N, r.code, r.name, *r.values] for r in items]
        lines += items
    sums = add(lines)
    rows = [["REALISASI PENGGUNAAN DANA BOSP REGULER"], ["NPSN : 40300000"], ["Nama Sekolah : SD Negeri Contoh 1"], [],
            ["Kode Program", "Kode Rekening", "Uraian", "Anggaran Satu Tahun", "Realisasi", N, N, "Sisa"], [N, N, N, N, "Tahap I", "Tahap II", "Jumlah", N],
            *body, [N, N, "Jumlah", *sums]]  # fmt: skip
    return Made(
        sheets={"BOS": rows}, truths=(Truth(sheet="BOS", n=len(lines), sums={"anggaran": sums[0], "realisasi": sums[3]}),),
        merged={"BOS": ("A5:A6", "B5:B6", "C5:C6", "D5:D6", "E5:G5", "H5:H6")},
    )  # fmt: skip


@layout
def rak_bulanan(rng):
    """RAK: the yearly budget and its plan per month with a sum per triwulan; nothing realised."""
    lines = []
    for code, name in ACCOUNTS:
        parts = [rng.randint(0, 40) * 250_000 for _ in range(12)]
        quarters = [c for q in range(4) for c in (*parts[q * 3 : q * 3 + 3], sum(parts[q * 3 : q * 3 + 3]))]
        lines.append(Row(code=code, name=name, depth=0, leaf=True, values=(sum(parts), *quarters)))
    heads = [c for q in range(4) for c in (*MONTHS[q * 3 : q * 3 + 3], f"Jumlah TW {('I', 'II', 'III', 'IV')[q]}")]
    rows = [["RENCANA ANGGARAN KAS"], ["KECAMATAN SUMBER REJO"], [], ["Kode Rekening", "Uraian", "Anggaran", *heads], *[[r.code, r.name, *r.values] for r in tree(lines)], [N, "JUMLAH", *add(lines)]]
    return Made(sheets={"RAK": rows}, truths=(Truth(sheet="RAK", n=len(lines), sums=total(lines, "anggaran"), flagged=True),))  # plan or realisasi: asked


@layout
def rak_dan_realisasi(rng):
    """Budget, cash plan to date, realisasi to date, and the gap between plan and realisasi."""
    lines = []
    for code, name in ACCOUNTS:
        a, b = pair(rng)
        lines.append(Row(code=code, name=name, depth=0, leaf=True, values=(a, a * 6 // 10, b, a * 6 // 10 - b)))
    body = [[r.code, r.name, *r.values, persen(r.values[2], r.values[1])] for r in tree(lines, parts=(1, 2, 3))]
    sums = add(lines)
    rows = [["KONTROL RAK DAN REALISASI S.D. JULI 2025"], [], ["Kode", "Uraian", "Pagu DPA", "RAK s.d. Juli", "Realisasi s.d. Juli", "Deviasi", "% thd RAK"], *body,
            [N, "TOTAL", *sums, persen(sums[2], sums[1])]]  # fmt: skip
    return Made(sheets={"kontrol": rows}, truths=(Truth(sheet="kontrol", n=len(lines), sums={"anggaran": sums[0], "realisasi": sums[2]}),))


@layout
def murni_perubahan(rng):
    """Murni, perubahan and the difference before realisasi."""

    def figures(rng):
        a = money(rng)
        p = a + rng.choice((-1, 0, 1)) * (a // 10)
        return a, p, p - a, spent(rng, p)

    lines = plain_leaves(rng, figures)
    body = [[r.code, r.name, *r.values, persen(r.values[3], r.values[1]), r.values[1] - r.values[3]] for r in tree(lines, parts=(2, 3, 4))]
    s = add(lines)
    rows = [*KOP, ["Kode Rekening", "Uraian", "Anggaran", N, "Bertambah/ Berkurang", "Realisasi", "%", "Sisa"], [N, N, "Sebelum Perubahan", "Setelah Perubahan", N, N, N, N],
            *body, [N, "JUMLAH", *s, persen(s[3], s[1]), s[1] - s[3]]]  # fmt: skip
    return Made(
        sheets={"P-APBD": rows}, truths=(Truth(sheet="P-APBD", n=len(lines), sums={"anggaran": s[1], "realisasi": s[3]}),),
        merged={"P-APBD": ("A6:A7", "B6:B7", "C6:D6", "E6:E7", "F6:F7", "G6:G7", "H6:H7")},
    )  # fmt: skip


@layout
def lembar_per_bulan(rng):
    """One sheet per month: the budget stays, realisasi to date grows."""
    budgets = [money(rng) for _ in ACCOUNTS]
    done = [0] * len(budgets)
    sheets, truths = {}, []
    for month in MONTHS[:3]:
        done = [x + b * rng.randint(1, 9) // 100 for x, b in zip(done, budgets, strict=True)]
        lines = [Row(code=c, name=n, depth=0, leaf=True, values=(b, d, b - d)) for (c, n), b, d in zip(ACCOUNTS, budgets, done, strict=True)]
        s = add(lines)
        sheets[month] = [[f"LAPORAN REALISASI S.D. BULAN {month.upper()} 2025"], [], ["Kode Rekening", "Uraian", "Anggaran", f"Realisasi s.d. {month}", "Sisa"],
                         *[[r.code, r.name, *r.values] for r in tree(lines, parts=(1, 2, 3))], [N, "JUMLAH", *s]]  # fmt: skip
        said = codes() if month == MONTHS[0] else codes("L209")
        truths.append(Truth(sheet=month, n=len(lines), sums={"anggaran": s[0], "realisasi": s[1]}, codes=said))
    return Made(sheets=sheets, truths=tuple(truths))


@layout
def rupiah_teks_kurung(rng):
    """'Rp 1.500.000', '(Rp 200.000)' and '-' as text; a roman and a plain number in one column, three levels by name only."""
    body: Rows = []
    lines = []
    for k, program in enumerate(("7.01.01", "7.01.02"), 1):
        subs = [Row(code="", name=NAMES[s], depth=0, leaf=True, values=pair(rng)) for s in SUBS if s.startswith(program)]
        for roman, r in ((("I", "II")[k - 1], Row(code="", name=NAMES[program], depth=0, leaf=False, values=add(subs))), *[(str(i), s) for i, s in enumerate(subs, 1)]):
            a, b = r.values
            body.append([roman, r.name, f"Rp {idr(a, sen=False)}", f"Rp {idr(b, sen=False)}" if b else "-", f"(Rp {idr(a - b, sen=False)})", f"{persen(b, a):.2f}%".replace(".", ",")])
        lines += subs
    a, b = add(lines)
    rows = [["REALISASI PER SUB KEGIATAN"], [], ["No", "Program/Sub Kegiatan", "Pagu", "Realisasi", "Lebih (Kurang)", "Capaian"], *body,
            ["JUMLAH", N, f"Rp {idr(a, sen=False)}", f"Rp {idr(b, sen=False)}", f"(Rp {idr(a - b, sen=False)})", f"{persen(b, a):.2f}%".replace(".", ",")]]  # fmt: skip
    return Made(sheets={"Lap": rows}, truths=(Truth(sheet="Lap", n=len(lines), sums={"anggaran": a, "realisasi": b}),))


@layout
def halaman_pindahan(rng):
    """Typed pages: the heading again on each page, 'Jumlah dipindahkan' below and 'Pindahan' above."""
    lines = [Row(code="", name=f"{n} bulan ke-{m}", depth=0, leaf=True, values=pair(rng)) for m in (1, 2) for _, n in ACCOUNTS]
    head = ["No", "Uraian Belanja", "Anggaran (Rp)", "Realisasi (Rp)", "Sisa (Rp)"]
    rows: Rows = [["DAFTAR REALISASI BELANJA"], []]
    a = b = 0
    for page in range(3):
        rows.append(head)
        if page:
            rows.append([N, "Pindahan", a, b, a - b])
        for k, r in enumerate(lines[page * 10 : page * 10 + 10], page * 10 + 1):
            rows.append([k, r.name, *r.values, r.values[0] - r.values[1]])
            a, b = a + r.values[0], b + r.values[1]
        rows.append([N, "Jumlah dipindahkan" if page < 2 else "JUMLAH", a, b, a - b])
        if page < 2:
            rows.append([])
    return Made(sheets={"Daftar": rows}, truths=(Truth(sheet="Daftar", n=30, sums={"anggaran": a, "realisasi": b}),))


@layout
def indentasi_spasi(rng):
    """Only names: program, kegiatan and sub kegiatan told apart by leading blanks; groups carry amounts."""
    lines = leaves(rng, 7, pair)
    by_sub = [Row(code=s, name=NAMES[s], depth=0, leaf=True, values=add([x for x in lines if x.code.startswith(s)])) for s in SUBS]
    body = [["    " * r.depth + r.name, *r.values, r.values[0] - r.values[1], persen(r.values[1], r.values[0]) / 100]
            for r in tree(by_sub, parts=(3, 5))]  # fmt: skip
    a, b = add(by_sub)
    rows = [["REALISASI PROGRAM DAN KEGIATAN"], [], ["Program / Kegiatan / Sub Kegiatan", "Pagu", "Realisasi", "Sisa", "Serapan"], *body, ["Total", a, b, a - b, b / a]]
    return Made(sheets={"Serapan": rows}, truths=(Truth(sheet="Serapan", n=len(by_sub), sums={"anggaran": a, "realisasi": b}),))


@layout
def dua_tabel(rng):
    """Pendapatan and belanja as two tables on one sheet, each with its own heading and total."""
    income = [(n, *pair(rng)) for n in ("Pajak Hotel", "Pajak Restoran", "Retribusi Pasar", "Retribusi Parkir", "Jasa Giro")]
    spend = [(n, *pair(rng)) for n in ("Belanja Pegawai", "Belanja Barang dan Jasa", "Belanja Modal", "Belanja Hibah")]

    def block(title, kind, items):
        a, b = (sum(i[k] for i in items) for k in (1, 2))
        return [[title], ["No", kind, "Target" if kind == "Jenis Pendapatan" else "Anggaran", "Realisasi", "%"], *[[k, n, x, y, persen(y, x)] for k, (n, x, y) in enumerate(items, 1)],
                [N, "Jumlah", a, b, persen(b, a)], [], []], {"anggaran": a, "realisasi": b}  # fmt: skip

    one, s1 = block("A. REALISASI PENDAPATAN", "Jenis Pendapatan", income)
    two, s2 = block("B. REALISASI BELANJA", "Jenis Belanja", spend)
    # two tables on one sheet are always said: each carries the catatan that there are others
    return Made(
        sheets={"Realisasi": [*one, *two]},
        truths=(Truth(sheet="Realisasi", n=5, sums=s1, codes=codes("L208", "L432 C2")), Truth(sheet="Realisasi", n=4, sums=s2, codes=codes("L208"))),
    )  # fmt: skip


@layout
def sumber_dana(rng):
    """Realisasi per source of funds side by side, then the total."""
    lines = []
    for code in SUBS:
        parts = [x for _ in range(3) for x in (pair(rng) if rng.random() > 0.4 else (0, 0))]
        lines.append(Row(code=code, name=NAMES[code], depth=0, leaf=True, values=(*parts, sum(parts[0::2]), sum(parts[1::2]))))
    rows = [["REALISASI MENURUT SUMBER DANA"], [], ["Kode", "Sub Kegiatan", "PAD", N, "DAU", N, "DAK", N, "Total", N], [N, N, *["Pagu", "Realisasi"] * 4],
            *[[r.code, r.name, *r.values] for r in lines], [N, "JUMLAH", *add(lines)]]  # fmt: skip
    s = add(lines)
    return Made(
        sheets={"Sumber Dana": rows}, truths=(Truth(sheet="Sumber Dana", n=len(lines), sums={"anggaran": s[6], "realisasi": s[7]}),),
        merged={"Sumber Dana": ("A3:A4", "B3:B4", "C3:D3", "E3:F3", "G3:H3", "I3:J3")},
    )  # fmt: skip
