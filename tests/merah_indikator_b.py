# ruff: noqa: E501 (tables of cells read better with a row on one line)
"""Performance tables, second set: LKjIP, rencana aksi by month, IKI, changed PK, boxes of a DPA, SKP with results, …"""

from __future__ import annotations

from decimal import Decimal

from tests.merah_indikator import POHON, SASARAN, SUBS, TTD, D, In, Lembar, Pct, Truth, kop, layout, tree

FLAT = [(s, *ind) for s, inds in SASARAN for ind in inds]
MONTHS = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nov", "Des"]


@layout
def lkjip_perbandingan():
    """LKjIP chapter III: earlier years, target, result and capaian of the year, the RPJMD's end, progress, predicate."""
    rows = [["Tabel 3.2"], ["Perbandingan Capaian Kinerja Tahun 2024 dengan Tahun Sebelumnya dan Target Akhir RPJMD"], [],
            ["No", "Sasaran Strategis", "Indikator Kinerja", "Satuan", "Realisasi", None, "Tahun 2024", None, None, "Target Akhir RPJMD (2026)", "Tingkat Kemajuan (%)", "Kategori"],
            [None, None, None, None, "2022", "2023", "Target", "Realisasi", "Capaian (%)", None, None, None]]
    merged = ["A4:A5", "B4:B5", "C4:C5", "D4:D5", "E4:F4", "G4:I4", "J4:J5", "K4:K5", "L4:L5"]
    t_sum, r_sum = Decimal(0), Decimal(0)
    for i, (s, name, unit, t) in enumerate(FLAT, 1):
        r = round(t * (0.9 + i / 50), 2)
        rows.append([i, s, name, unit, round(t * 0.8, 2), round(t * 0.85, 2), t, r, round(r / t * 100, 2), round(t * 1.1, 2), round(r / (t * 1.1) * 100, 2), "Sangat Tinggi"])
        t_sum, r_sum = t_sum + D(t), r_sum + D(r)
    rows += [[], ["Sumber: Kecamatan Mattoanging, 2025 (diolah)"]]
    return [Lembar("Tabel 3.2", rows, [Truth("indikator", len(FLAT), {"target": t_sum, "realisasi": r_sum})], tuple(merged))]


@layout
def renaksi_bulan_centang():
    """An indicator merged over its three actions; twelve months with ticks; target only in the first row of the block."""
    rows = kop("RENCANA AKSI KINERJA TAHUN 2025", "SEKSI PEMBERDAYAAN MASYARAKAT DAN DESA")
    top = len(rows) + 1
    rows += [["No", "Sasaran", "Indikator Kinerja", "Target", "Satuan", "Rencana Aksi", "Jadwal Pelaksanaan", *[None] * 11, "Penanggung Jawab"], [None] * 6 + MONTHS]
    merged = [f"{c}{top}:{c}{top + 1}" for c in "ABCDEFS"] + [f"G{top}:R{top}"]
    total = Decimal(0)
    for i, (s, name, unit, t) in enumerate(FLAT[:6], 1):
        first = len(rows) + 1
        for k, aksi in enumerate(("Menyusun rencana", "Melaksanakan dan memantau", "Menyusun laporan")):
            ticks = ["√" if (m + k + i) % 4 == 0 else None for m in range(12)]
            rows.append([*([i, s, name, t, unit] if not k else [None] * 5), aksi, *ticks, "Kasi PMD" if not k else None])
        merged += [f"{c}{first}:{c}{first + 2}" for c in "ABCDES"]
        total += D(t)
    rows += TTD
    return [Lembar("Renaksi", rows, [Truth("indikator", 6, {"target": total})], tuple(merged))]


@layout
def iki_pejabat():
    """IKI of an official: name, position and duties as label lines above, no unit column, percent as text, notes below."""
    rows = [["INDIKATOR KINERJA INDIVIDU"], [], ["Nama", ":", "NURLINA, S.E."], ["NIP", ":", "197809092003122002"], ["Jabatan", ":", "Sekretaris Camat"],
            ["Tugas", ":", "Membantu Camat dalam mengoordinasikan pelaksanaan tugas"], [], ["No", "Kinerja Utama", "Indikator Kinerja Individu", "Target", "Formulasi Perhitungan", "Sumber Data"]]
    data = [("Meningkatnya tertib administrasi", "Persentase surat yang diselesaikan", "100%", 100), ("Meningkatnya akuntabilitas", "Nilai SAKIP kecamatan", "72,5", 72.5),
            ("Meningkatnya kualitas aset", "Persentase aset yang tercatat", "98 %", 98), ("Tersusunnya dokumen", "Jumlah dokumen perencanaan", "6 Dokumen", 6), (None, "Jumlah laporan keuangan", "14 Laporan", 14)]
    for i, (k, ind, t, _) in enumerate(data, 1):
        rows.append([i, k, ind, t, f"{ind} / seluruhnya x 100%", "Subbag Umum"])
    rows += [[], ["Keterangan: IKI disusun sesuai PermenPANRB"], [], [None, None, None, None, "Mattoanging, 3 Januari 2025"], [None, None, None, None, "Sekretaris Camat,"], [], [None, None, None, None, "NURLINA, S.E."]]
    return [Lembar("IKI Sekcam", rows, [Truth("indikator", 5, {"target": D(*(d[3] for d in data))})])]


@layout
def renstra_tanpa_kode():
    """Renstra matrix without codes: program, kegiatan, sub kegiatan in columns of their own; target and Rp of three years."""
    rows = kop("RENCANA PROGRAM, KEGIATAN, DAN PENDANAAN TAHUN 2024-2026")
    top = len(rows) + 1
    rows += [["Program", "Kegiatan", "Sub Kegiatan", "Indikator", "Satuan", "2024", None, "2025", None, "2026", None, "Unit Kerja"], [None] * 5 + ["Target", "Rp"] * 3]
    merged = [f"{c}{top}:{c}{top + 1}" for c in "ABCDEL"] + [f"F{top}:G{top}", f"H{top}:I{top}", f"J{top}:K{top}"]
    target, money = {y: Decimal(0) for y in (2024, 2025, 2026)}, dict.fromkeys((2024, 2025, 2026), 0)
    for level, code, name, ind, unit, t, rp in tree():
        names = [None, None, None]
        names[level] = name
        row = [*names, ind, unit]
        n = sum(1 for s in SUBS if s[1].startswith(code))
        for k, y in enumerate(target):
            row += [t + k, rp + k * 1_234_567 * n]
            if level == 2:
                target[y] += t + k
                money[y] += rp + k * 1_234_567
        rows.append([*row, "Kec. Mattoanging"])
    return [Lembar("Renstra", rows, [Truth("indikator", len(SUBS), {"target": target, "anggaran": money}, must_warn=True)], tuple(merged))]


@layout
def ekspor_sub_kegiatan():
    """Flat export: one row per sub kegiatan with indicator, target, unit, pagu, and what was realised of both."""
    rows = [["no", "kode_sub_kegiatan", "nama_sub_kegiatan", "indikator_sub_kegiatan", "target", "satuan", "pagu", "realisasi_kinerja", "realisasi_anggaran", "persen_kinerja", "persen_anggaran"]]
    t_sum = r_sum = money = paid = 0
    for i, (_, code, name, ind, unit, t, rp) in enumerate(SUBS * 2, 1):
        r, p = t - (i % 3 == 0), int(rp * (0.8 + i / 100))
        rows.append([i, code, name, ind, t, unit, rp + i, r, p, round(r / t * 100, 2), round(p / (rp + i) * 100, 2)])
        t_sum, r_sum, money, paid = t_sum + t, r_sum + r, money + rp + i, paid + p
    truth = {"target": D(t_sum), "realisasi": D(r_sum), "anggaran": D(money), "realisasi_anggaran": D(paid)}
    return [Lembar("data", rows, [Truth("indikator", len(SUBS) * 2, truth)])]


@layout
def pk_perubahan():
    """Changed PK: target semula and menjadi; which one counts is asked or said."""
    rows = kop("PERJANJIAN KINERJA PERUBAHAN TAHUN 2025", "CAMAT MATTOANGING")
    top = len(rows) + 1
    rows += [["No", "Sasaran", "Indikator", "Satuan", "Target", None, "Keterangan"], [None, None, None, None, "Semula", "Menjadi", None], [1, 2, 3, 4, 5, 6, 7]]
    merged = [f"{c}{top}:{c}{top + 1}" for c in "ABCDG"] + [f"E{top}:F{top}"]
    total = Decimal(0)
    for i, (s, name, unit, t) in enumerate(FLAT, 1):
        rows.append([i, s, name, unit, t, t + (i % 2), "Penyesuaian" if i % 2 else None])
        total += D(t) + i % 2
    rows += TTD
    return [Lembar("PK-P", rows, [Truth("indikator", len(FLAT), {"target": total}, must_warn=True)], tuple(merged))]


@layout
def dpa_kotak_indikator():
    """A DPA page: the box "Indikator & Tolok Ukur Kinerja" above the lines of spending."""
    rows = [["DOKUMEN PELAKSANAAN ANGGARAN SKPD"], ["Sub Kegiatan : 7.01.02.2.01.0003 Peningkatan Efektivitas Kegiatan Pemerintahan"], [], ["Indikator & Tolok Ukur Kinerja Kegiatan"],
            ["Indikator", "Tolok Ukur Kinerja", None, None, None, "Target Kinerja"], ["Capaian Program", "Indeks Kepuasan Masyarakat", None, None, None, "85 Indeks"],
            ["Masukan", "Dana yang dibutuhkan", None, None, None, "Rp 3.450.000"], ["Keluaran", "Jumlah Dokumen Efektivitas Kegiatan", None, None, None, "12 Dokumen"],
            ["Hasil", "Persentase koordinasi yang terlaksana", None, None, None, "100 %"], [],
            ["Kode Rekening", "Uraian", "Koefisien", "Satuan", "Harga Satuan", "Jumlah"]]
    lines = [("5.1.02.01.01.0024", "Kertas HVS", 10, "rim", 60000), ("5.1.02.01.01.0052", "Makanan rapat", 30, "kotak", 45000), ("5.1.02.02.01.0003", "Honorarium narasumber", 2, "OJ", 750000)]
    total = 0
    for code, name, n, unit, price in lines:
        rows.append([code, name, n, unit, price, n * price])
        total += n * price
    rows.append(["Jumlah", None, None, None, None, total])
    merged = tuple(f"B{r}:E{r}" for r in range(5, 10))
    return [Lembar("DPA", rows, [Truth("indikator", 3, {"target": D(85, 12, 100)}), Truth("rab", 3, {"jumlah": total})], merged)]


@layout
def spm_persen_asli():
    """All percentages are real percent cells (0.85 shown as 85%), the capaian too; consistent, nothing to say."""
    rows = kop("LAPORAN PENERAPAN SPM BIDANG TRANTIBUMLINMAS")
    rows += [["No", "Indikator SPM", "Target", "Realisasi", "Capaian", "Keterangan"]]
    t_sum = r_sum = Decimal(0)
    for i, (name, t, r) in enumerate([("Persentase gangguan trantibum yang dapat diselesaikan", 1.0, 0.93), ("Persentase perda yang ditegakkan", 0.9, 0.9), ("Cakupan patroli siaga", 0.85, 0.8), ("Tingkat waktu tanggap kebakaran", 0.75, 0.6)], 1):
        row = len(rows) + 1
        rows.append([i, name, Pct(t), Pct(r), (f"=D{row}/C{row}", r / t), None])
        t_sum, r_sum = t_sum + D(t), r_sum + D(r)
    return [Lembar("SPM", rows, [Truth("indikator", 4, {"target": t_sum, "realisasi": r_sum})])]


@layout
def pohon_kinerja_tingkat():
    """A performance tree as a list: level words, indented results, indicator, target with unit, crosscutting."""
    rows = [["POHON KINERJA KECAMATAN LAMPOKO"], ["Level", "Kinerja / Kondisi", "Indikator Kinerja", "Target", "Satuan", "Crosscutting"]]
    total, n = Decimal(0), 0
    for s, inds in SASARAN:
        rows.append(["Intermediate Outcome", s, f"Tingkat {s.lower()}", 100, "%", "Bappeda"])
        total, n = total + 100, n + 1
        for name, unit, t in inds:
            rows.append(["Immediate Outcome", In(f"Terwujudnya {name.lower()}", 2), name, t, unit, None])
            total, n = total + D(t), n + 1
    return [Lembar("Pohon", rows, [Truth("indikator", n, {"target": total})])]


@layout
def e81_teks_rupiah():
    """Evaluasi Renja up to TW II: money as texts "Rp 12.500.000,00", quarters III and IV hidden; one program's sum leaves a kegiatan out."""
    rows = kop("EVALUASI HASIL RENJA TRIWULAN II TAHUN 2025")
    top = len(rows) + 1
    rows += [["Kode", "Program / Kegiatan / Sub Kegiatan", "Indikator", "Satuan", "Target Renja 2025", None, "Realisasi Triwulan I", None, "Realisasi Triwulan II", None, "Realisasi Triwulan III", None, "Realisasi Triwulan IV", None, "Realisasi s.d. Triwulan II", None, "Tingkat Capaian (%)", None],
             [None] * 4 + ["K", "Rp"] * 7]
    merged = [f"{c}{top}:{c}{top + 1}" for c in "ABCD"] + [f"{a}{top}:{b}{top}" for a, b in ("EF", "GH", "IJ", "KL", "MN", "OP", "QR")]

    def rp(x):
        return "Rp " + f"{x:,}".replace(",", ".") + ",00"
    t_sum = r_sum = money = paid = 0
    for level, code, name, ind, unit, t, m in tree():
        kids = [s for s in SUBS if s[1].startswith(code)]
        if code == "7.01.02":
            kids = kids[:-1]
        q = [sum(int(s[6] * f) for s in kids) for f in (0.2, 0.3)]
        k = [t // 4, t // 4]
        rows.append([code, name, ind, unit, t, rp(m), k[0], rp(q[0]), k[1], rp(q[1]), None, None, None, None, sum(k), rp(sum(q)), round(sum(k) / t * 100, 2), round(sum(q) / m * 100, 2)])
        if level == 2:
            t_sum, r_sum, money, paid = t_sum + t, r_sum + sum(k), money + m, paid + sum(q)
    truth = {"target": D(t_sum), "realisasi": D(r_sum), "anggaran": D(money), "realisasi_anggaran": D(paid)}
    return [Lembar("TW II", rows, [Truth("indikator", len(SUBS), truth, must_warn=True)], tuple(merged), hidden_cols=("K", "L", "M", "N"))]


@layout
def bulanan_target_realisasi():
    """Twelve months, each target and realisasi, with the sums of the year at the right."""
    rows = kop("CAPAIAN KINERJA BULANAN TAHUN 2024")
    rows += [["No", "Indikator Kinerja", "Satuan"] + [x for m in MONTHS for x in (m, None)] + ["Jumlah", None], [None] * 3 + ["Target", "Realisasi"] * 13]
    merged = ["A3:A4", "B3:B4", "C3:C4"]
    t_sum = r_sum = 0
    for i, (_, _, _, ind, unit, _, _) in enumerate(SUBS, 1):
        ts = [1 + (m + i) % 3 for m in range(12)]
        rs = [max(x - (m % 5 == 0), 0) for m, x in enumerate(ts)]
        rows.append([i, ind, unit, *[v for pair in zip(ts, rs, strict=True) for v in pair], sum(ts), sum(rs)])
        t_sum, r_sum = t_sum + sum(ts), r_sum + sum(rs)
    return [Lembar("Bulanan", rows, [Truth("indikator", len(SUBS), {"target": D(t_sum), "realisasi": D(r_sum)})], tuple(merged))]


@layout
def iku_target_realisasi_tahunan():
    """Years side by side, each target and realisasi; results of the coming years still empty."""
    rows = kop("REVIU IKU TAHUN 2021-2025")
    rows += [["No", "Sasaran", "Indikator Kinerja Utama", "Satuan"] + [x for y in range(2021, 2026) for x in (f"Tahun {y}", None)], [None] * 4 + ["Target", "Realisasi"] * 5]
    merged = ["A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:F3", "G3:H3", "I3:J3", "K3:L3", "M3:N3"]
    ts, rs = {y: Decimal(0) for y in range(2021, 2026)}, {y: Decimal(0) for y in range(2021, 2026)}
    for i, (s, name, unit, t) in enumerate(FLAT, 1):
        row = [i, s, name, unit]
        for k, y in enumerate(ts):
            a, b = round(t + k, 2), round(t + k - 0.5, 2) if y < 2025 else None
            row += [a, b]
            ts[y] += D(a)
            rs[y] += D(b) if b is not None else 0
        rows.append(row)
    full = {y: v for y, v in rs.items() if y < 2025}
    return [Lembar("IKU", rows, [Truth("indikator", len(FLAT), {"target": ts, "realisasi": rs}, also=[(len(FLAT), {"target": ts, "realisasi": full})])], tuple(merged))]


@layout
def skp_dengan_realisasi():
    """SKP of PP 46 with the results of the year beside the targets: quantity, unit, quality, time, cost twice, then the score."""
    rows = [["PENILAIAN CAPAIAN SASARAN KERJA PEGAWAI NEGERI SIPIL"], ["Jangka Waktu Penilaian 2 Januari s.d. 31 Desember 2024"], [],
            ["No", "I. Kegiatan Tugas Jabatan", "AK", "TARGET", None, None, None, None, None, "AK", "REALISASI", None, None, None, None, None, "PENGHITUNGAN", "NILAI CAPAIAN SKP"],
            [None, None, None, "Kuant/Output", None, "Kual/Mutu", "Waktu", None, "Biaya", None, "Kuant/Output", None, "Kual/Mutu", "Waktu", None, "Biaya", None, None]]
    merged = ["D4:I4", "K4:P4", "D5:E5", "G5:H5", "K5:L5", "N5:O5", "A4:A5", "B4:B5", "C4:C5", "J4:J5", "Q4:Q5", "R4:R5"]
    t_sum = r_sum = 0
    for i, (name, t, unit) in enumerate([("Menyusun rencana kerja", 1, "dokumen"), ("Membina administrasi desa", 11, "desa"), ("Menyusun laporan bulanan", 12, "laporan"), ("Verifikasi APBDes", 11, "dokumen"), ("Fasilitasi musrenbang", 2, "kegiatan")], 1):
        r = t - (i == 4)
        rows.append([i, name, 0, t, unit, 100, 12, "bulan", "-", 0, r, unit, 90 + i, 12, "bulan", "-", 260 + i, round((260 + i) / 3, 2)])
        t_sum, r_sum = t_sum + t, r_sum + r
    rows += [[None, "Nilai Capaian SKP", *[None] * 15, 87.67], [None, None, *[None] * 15, "(Baik)"], [], [*[None] * 12, "Mattoanging, 31 Desember 2024"], [*[None] * 12, "Pejabat Penilai,"], [], [*[None] * 12, "ANDI RAHMAN PALLAWA, S.STP"]]
    return [Lembar("Penilaian", rows, [Truth("indikator", 5, {"target": D(t_sum), "realisasi": D(r_sum)})], tuple(merged))]


@layout
def rkt_program_per_indikator():
    """Each indicator (with its target) merged over the programs that serve it; the money stands per program; total below."""
    rows = kop("RENCANA KINERJA TAHUNAN 2025", "KECAMATAN LAMPOKO")
    rows += [["No", "Sasaran", "Indikator Kinerja", "Satuan", "Target", "Program", "Anggaran"]]
    merged, total, money, start = [], Decimal(0), 0, len(rows) + 1
    for i, (s, name, unit, t) in enumerate(FLAT[:5], 1):
        first = len(rows) + 1
        for k in range(1 + i % 3):
            rp = 10_000_000 * i + 125_500 * k
            rows.append([*([i, s, name, unit, t] if not k else [None] * 5), POHON[k][1], rp])
            money += rp
        if i % 3:
            merged += [f"{c}{first}:{c}{len(rows)}" for c in "ABCDE"]
        total += D(t)
    rows.append(["JUMLAH", None, None, None, None, None, (f"=SUM(G{start}:G{len(rows)})", money)])
    return [Lembar("RKT", rows, [Truth("indikator", 5, {"target": total, "anggaran": D(money)})], tuple(merged))]


@layout
def renja_tolok_ukur_tiga():
    """Old Renja form: program result, output and outcome, each "Tolok Ukur" and "Target" side by side; three indicators a row."""
    rows = kop("MATRIKS RENJA TAHUN 2019")
    rows += [["Kode", "Program/Kegiatan", "Indikator Kinerja", None, None, None, None, None, "Pagu Indikatif (Rp)", "Lokasi"], [None, None, "Capaian Program", None, "Keluaran", None, "Hasil", None, None, None],
             [None, None, "Tolok Ukur", "Target", "Tolok Ukur", "Target", "Tolok Ukur", "Target", None, None]]
    merged = ["A3:A5", "B3:B5", "C3:H3", "C4:D4", "E4:F4", "G4:H4", "I3:I5", "J3:J5"]
    out = money = Decimal(0)
    for _, code, name, ind, unit, t, rp in SUBS:
        rows.append([code, name, "Indeks kepuasan", "85", ind, f"{t} {unit}", f"Meningkatnya {name.lower()}", "100%", rp, "Mattoanging"])
        out, money = out + t, money + rp
    truth = {"target": out, "anggaran": money}
    return [Lembar("Renja", rows, [Truth("indikator", len(SUBS), truth, must_warn=True, also=[(len(SUBS), {"target": D(85 * 9), "anggaran": money}), (len(SUBS), {"target": D(900), "anggaran": money})])], tuple(merged))]


@layout
def realisasi_berkata_satuan():
    """No unit column: target and result both with their unit in the cell, capaian as text "98,50%"."""
    rows = [["CAPAIAN INDIKATOR KINERJA SEKSI TRANTIB SEMESTER I"], [], ["No.", "Indikator", "Target", "Realisasi", "Capaian"]]
    t_sum = r_sum = Decimal(0)
    for i, (name, t, r, unit) in enumerate([("Jumlah patroli", 48, 45, "kali"), ("Jumlah anggota Linmas yang dibina", 120, 118, "orang"), ("Persentase gangguan yang ditangani", 100, 97.5, "Persen"), ("Jumlah laporan trantib", 12, 12, "laporan"), ("Waktu tanggap", 2, 1.5, "jam")], 1):
        shown = [f"{x:g}".replace(".", ",") + f" {unit}" for x in (t, r)]
        rows.append([i, name, *shown, f"{r / t * 100:.2f}%".replace(".", ",")])
        t_sum, r_sum = t_sum + D(t), r_sum + D(r)
    return [Lembar("Sem I", rows, [Truth("indikator", 5, {"target": t_sum, "realisasi": r_sum})])]


@layout
def target_ref_rusak():
    """Two targets are #REF!, one result stands in the unit column (row moved), two identical rows."""
    rows = [["No", "Indikator Kinerja", "Target", "Satuan", "Realisasi"]]
    t_sum = r_sum = 0
    for i, s in enumerate(SUBS, 1):
        bad = i in (3, 7)
        rows.append([i, s[3], "#REF!" if bad else s[5], s[4], s[5] - 1])
        t_sum, r_sum = t_sum + (0 if bad else s[5]), r_sum + s[5] - 1
    return [Lembar("Rusak", rows, [Truth("indikator", len(SUBS), {"target": D(t_sum), "realisasi": D(r_sum)}, must_warn=True)])]


@layout
def none_survei_unsur():
    """Satisfaction survey: mean value per element of service. No target, no money."""
    rows = [["HASIL SURVEI KEPUASAN MASYARAKAT TAHUN 2024"], [], ["No", "Unsur Pelayanan", "Nilai Rata-rata (NRR)", "NRR Tertimbang", "Mutu"]]
    for i, name in enumerate(["Persyaratan", "Prosedur", "Waktu pelayanan", "Biaya/tarif", "Produk layanan", "Kompetensi pelaksana", "Perilaku pelaksana", "Sarana", "Pengaduan"], 1):
        rows.append([i, name, 3.2 + i / 30, round((3.2 + i / 30) * 0.111, 3), "B"])
    rows += [[None, "Nilai IKM setelah dikonversi", 84.27, None, "B"]]
    return [Lembar("SKM", rows)]


@layout
def none_lke():
    """Worksheet of the AKIP evaluation: component, weight, scores of two years."""
    rows = [["LEMBAR KERJA EVALUASI AKIP"], [], ["No", "Komponen/Sub Komponen/Kriteria", "Bobot", "Nilai", None, "Catatan"], [None, None, None, "2023", "2024", None]]
    for i, (name, b) in enumerate([("PERENCANAAN KINERJA", 30), ("Dokumen perencanaan kinerja telah tersedia", 6), ("Dokumen memenuhi standar", 9), ("Dimanfaatkan", 15), ("PENGUKURAN KINERJA", 30), ("Pengukuran telah dilakukan", 6), ("PELAPORAN KINERJA", 15), ("EVALUASI INTERNAL", 25)], 1):
        rows.append([i, name, b, round(b * 0.6, 2), round(b * 0.7, 2), "Sudah ada, perlu perbaikan"])
    return [Lembar("LKE", rows, [], ("A3:A4", "B3:B4", "C3:C4", "D3:E3", "F3:F4"))]


@layout
def none_jadwal_tahapan():
    """Schedule of the planning year: stage, "Target Waktu" in words, who, months with ticks."""
    rows = [["JADWAL PENYUSUNAN RENJA KECAMATAN 2026"], [], ["No", "Kegiatan", "Target Waktu", "Output", "Penanggung Jawab"]]
    for i, (k, w, o) in enumerate([("Persiapan", "Minggu I Januari", "SK Tim"), ("Rancangan awal", "Minggu IV Januari", "Rancangan"), ("Musrenbang kecamatan", "Minggu II Februari", "Berita acara"), ("Forum OPD", "Maret", "Rancangan akhir"), ("Penetapan", "Juli", "Renja")], 1):
        rows.append([i, k, w, o, "Kasubag Perencanaan"])
    return [Lembar("Jadwal", rows)]
