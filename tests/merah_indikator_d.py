# ruff: noqa: E501 (tables of cells read better with a row on one line)
"""Performance tables, fourth set: forms of offices that type everything themselves."""

from __future__ import annotations

from decimal import Decimal

from tests.merah_indikator import SASARAN, SUBS, TTD, D, Lembar, Truth, kop, layout, tree

FLAT = [(s, *ind) for s, inds in SASARAN for ind in inds]


@layout
def renstra_bulat():
    """T-C.27 of a small office: round amounts, single children, no codes, "Program:"/"Kegiatan:" in front of the names."""
    data = [(0, "Program: Penunjang Urusan", "Nilai SAKIP", 70, 150_000_000), (1, "Kegiatan: Administrasi Umum", "Jumlah bulan layanan", 12, 100_000_000),
            (2, "Sub Kegiatan: Penyediaan ATK", "Jumlah paket ATK", 4, 40_000_000), (2, "Sub Kegiatan: Rapat koordinasi", "Jumlah laporan rapat", 12, 60_000_000),
            (1, "Kegiatan: Pemeliharaan", "Jumlah unit", 5, 50_000_000), (2, "Sub Kegiatan: Pemeliharaan kendaraan", "Jumlah kendaraan", 5, 50_000_000),
            (0, "Program: Pelayanan Publik", "IKM", 85, 80_000_000), (1, "Kegiatan: Koordinasi", "Jumlah koordinasi", 6, 80_000_000),
            (2, "Sub Kegiatan: Fasilitasi", "Jumlah dokumen", 6, 80_000_000)]
    rows = kop("RENCANA PROGRAM DAN PENDANAAN") + [["Program/Kegiatan", "Indikator Kinerja", "Target 2025", "Pagu 2025 (Rp)", "Target 2026", "Pagu 2026 (Rp)"]]
    sums = {"target": {2025: Decimal(0), 2026: Decimal(0)}, "anggaran": {2025: Decimal(0), 2026: Decimal(0)}}
    for level, name, ind, t, rp in data:
        rows.append([name, ind, t, rp, t + 1, rp * 2])
        if level == 2:
            for y, a, b in ((2025, t, rp), (2026, t + 1, rp * 2)):
                sums["target"][y] += a
                sums["anggaran"][y] += b
    rows.append(["Jumlah", None, None, 230_000_000, None, 460_000_000])
    return [Lembar("TC27", rows, [Truth("indikator", 4, sums, must_warn=True)])]


@layout
def iku_pemda_semester():
    """Semester columns: target of the year, semester I and II of target and result."""
    rows = kop("MONITORING IKU SEMESTERAN") + [["No", "Indikator Kinerja Utama", "Satuan", "Target 2025", "Semester I", None, "Semester II", None], [None] * 4 + ["Target", "Realisasi", "Target", "Realisasi"]]
    t_sum, r1, r2 = Decimal(0), Decimal(0), Decimal(0)
    for i, s in enumerate(SUBS, 1):
        a = s[5] // 2
        rows.append([i, s[3], s[4], s[5], a, a - 1, s[5] - a, s[5] - a])
        t_sum, r1, r2 = t_sum + s[5], r1 + a - 1, r2 + s[5] - a
    return [Lembar("Sem", rows, [Truth("indikator", len(SUBS), {"target": t_sum}, also=[(len(SUBS), {"target": t_sum, "realisasi": {"a": r1, "b": r2}})])], ("E3:F3", "G3:H3"))]


@layout
def spm_pembilang_penyebut():
    """Numerator and denominator beside target and result; target in percent as text."""
    rows = kop("CAPAIAN SPM TAHUN 2024") + [["No", "Indikator", "Target (%)", "Pembilang", "Penyebut", "Realisasi (%)", "Kesenjangan"]]
    t_sum = r_sum = Decimal(0)
    for i, (n, a, b) in enumerate((("Warga negara usia lanjut yang dilayani", 812, 911), ("Warga negara usia dini yang dilayani", 300, 321), ("Korban bencana yang ditangani", 45, 45)), 1):
        p = round(a / b * 100, 2)
        rows.append([i, n, "100%", a, b, p, round(100 - p, 2)])
        t_sum, r_sum = t_sum + 100, r_sum + D(p)
    return [Lembar("SPM", rows, [Truth("indikator", 3, {"target": t_sum, "realisasi": r_sum})])]


@layout
def evaluasi_renja_total_meleset():
    """Result of the year typed beside its quarters: on one line it is not their sum; money likewise on another."""
    rows = kop("EVALUASI RENJA 2024") + [["Kode", "Sub Kegiatan", "Indikator", "Target", "Pagu", "TW I", None, "TW II", None, "TW III", None, "TW IV", None, "Realisasi Tahun 2024", None], [None] * 5 + ["Realisasi K", "Realisasi Rp"] * 5]
    t_sum = r_sum = m_sum = p_sum = 0
    for i, s in enumerate(SUBS, 1):
        k = [s[5] // 4] * 3 + [s[5] - 3 * (s[5] // 4)]
        m = [int(s[6] * f) for f in (0.1, 0.2, 0.3, 0.35)]
        r, p = sum(k) + (i == 3), sum(m) + (500_000 if i == 5 else 0)
        rows.append([s[1], s[2], s[3], s[5], s[6], *[v for pair in zip(k, m, strict=True) for v in pair], r, p])
        t_sum, r_sum, m_sum, p_sum = t_sum + s[5], r_sum + r, m_sum + s[6], p_sum + p
    truth = {"target": D(t_sum), "realisasi": D(r_sum), "anggaran": D(m_sum), "realisasi_anggaran": D(p_sum)}
    return [Lembar("Eval", rows, [Truth("indikator", len(SUBS), truth, must_warn=True)], ("F3:G3", "H3:I3", "J3:K3", "L3:M3", "N3:O3"))]


@layout
def pk_sasaran_bernomor_bertumpuk():
    """Sasaran and indicators in one column, both numbered (1., 1.1), the target only beside the indicators; notes at the end."""
    rows = kop("PERJANJIAN KINERJA") + [["No", "Sasaran Strategis / Indikator Kinerja", "Target", "Satuan"]]
    total, n = Decimal(0), 0
    for i, (s, inds) in enumerate(SASARAN, 1):
        rows.append([f"{i}.", s, None, None])
        for j, (name, unit, t) in enumerate(inds, 1):
            rows.append([f"{i}.{j}.", name, t, unit])
            total, n = total + D(t), n + 1
    rows += [[], ["Catatan:"], ["*) target disesuaikan dengan RPJMD"], *TTD]
    return [Lembar("PK", rows, [Truth("indikator", n, {"target": total})])]


@layout
def renaksi_output_bulanan():
    """Rencana aksi: monthly targets as numbers, yearly target as their formula, budget in thousands, a total of the budget."""
    rows = kop("RENCANA AKSI 2025") + [["No", "Sub Kegiatan", "Indikator Output", "Satuan", "Target Bulanan", *[None] * 11, "Target Setahun", "Anggaran (Rp)"], [None] * 4 + ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Ags", "Sep", "Okt", "Nop", "Des"]]
    t_sum = m_sum = 0
    for i, s in enumerate(SUBS, 1):
        ms = [(i + m) % 2 for m in range(12)]
        r = len(rows) + 1
        rows.append([i, s[2], s[3], s[4], *ms, (f"=SUM(E{r}:P{r})", sum(ms)), s[6]])
        t_sum, m_sum = t_sum + sum(ms), m_sum + s[6]
    rows.append(["Total", *[None] * 16, m_sum])
    return [Lembar("RA", rows, [Truth("indikator", len(SUBS), {"target": D(t_sum), "anggaran": D(m_sum)})], ("E3:P3", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "Q3:Q4", "R3:R4"))]


@layout
def capaian_renstra_kemajuan():
    """Progress to the plan's end: target at its end, reached until now, percent; no year of its own."""
    rows = kop("TINGKAT KEMAJUAN RENSTRA") + [["No", "Sasaran", "Indikator", "Satuan", "Target Akhir Renstra", "Realisasi s.d. 2024", "Tingkat Kemajuan (%)"]]
    t_sum = r_sum = Decimal(0)
    for i, (s, name, unit, t) in enumerate(FLAT, 1):
        r = round(t * 0.8, 2)
        rows.append([i, s, name, unit, t, r, round(r / t * 100, 2)])
        t_sum, r_sum = t_sum + D(t), r_sum + D(r)
    return [Lembar("Kemajuan", rows, [Truth("indikator", len(FLAT), {"target": t_sum, "realisasi": r_sum})])]


@layout
def kolom_satuan_bergeser():
    """From one row on target and unit have changed places."""
    rows = [["No", "Indikator Kinerja", "Target", "Satuan", "Penanggung Jawab"]]
    total = 0
    for i, s in enumerate(SUBS, 1):
        rows.append([i, s[3], *((s[4], s[5]) if i > 6 else (s[5], s[4])), "Kasi"])
        total += s[5]
    return [Lembar("PK", rows, [Truth("indikator", len(SUBS), {"target": D(total)}, must_warn=True, also=[(len(SUBS), {"target": D(*(s[5] for s in SUBS[:6]))})])])]


@layout
def pk_anggaran_teks():
    """Sub kegiatan with their money as text "Rp. 12.500.000,-" under the PK of a Kasi, indicator and target in the same table."""
    rows = kop("PERJANJIAN KINERJA KASI") + [["No", "Sasaran", "Indikator Kinerja", "Target", "Sub Kegiatan", "Anggaran", "Ket"]]
    total = money = 0
    for i, s in enumerate(SUBS[4:], 1):
        rows.append([f"{i}.", f"Terlaksananya {s[2].lower()}", s[3], f"{s[5]} {s[4]}", s[2], f"Rp. {s[6]:,}".replace(",", ".") + ",-", "APBD"])
        total, money = total + s[5], money + s[6]
    rows.append([None, None, None, None, "Jumlah", f"Rp. {money:,}".replace(",", ".") + ",-", None])
    return [Lembar("PK", rows + TTD, [Truth("indikator", len(SUBS) - 4, {"target": D(total), "anggaran": D(money)})])]


@layout
def none_pegawai_kinerja():
    """Employees with their SKP predicates: no indicators."""
    rows = [["REKAPITULASI PREDIKAT KINERJA PEGAWAI TAHUN 2024"], [], ["No", "Nama", "NIP", "Jabatan", "Nilai SKP", "Predikat"]]
    rows += [[i, n, f"19800101200{i}011001", "Staf", 85 + i, "Baik"] for i, n in enumerate(("Sitti Nurbaya", "Muh. Ilham", "Baso Tenri", "Hasnah"), 1)]
    return [Lembar("Rekap", rows)]


@layout
def none_form_cascading_kosong():
    """Blank cascading form: headings and number row, dots, signature place."""
    rows = [["CASCADING KINERJA"], [], ["No", "Sasaran Camat", "Indikator", "Target", "Sasaran Kasi", "Indikator", "Target"], ["1", "2", "3", "4", "5", "6", "7"]]
    rows += [[i, "..........", "..........", "....", "..........", "..........", "...."] for i in range(1, 4)]
    rows += [["dst."], [], [None, None, None, None, "..............., ............ 2025"], [None, None, None, None, "NIP. ...................."]]
    return [Lembar("Form", rows)]


@layout
def none_definisi_operasional():
    """Definitions of planning words; the word indikator stands everywhere, no indicator does."""
    rows = [["DAFTAR ISTILAH"], ["No", "Istilah", "Definisi"]]
    rows += [[i, w, f"{w} adalah ukuran yang dipakai untuk menilai keberhasilan"] for i, w in enumerate(("Indikator kinerja", "Target", "Realisasi", "Capaian", "Outcome", "Output"), 1)]
    return [Lembar("Istilah", rows)]


@layout
def rkpd_desimal_campur_satuan():
    """Targets as texts with decimal comma and unit, some numbers, indicator code split over two columns, urusan rows without money."""
    rows = kop("RANCANGAN RKPD 2026") + [["Kode", None, "Uraian", "Indikator", "Target 2026", "Pagu Indikatif 2026", "Prakiraan Maju 2027", None], [None, None, None, None, None, None, "Target", "Pagu"]]
    rows += [["7", None, "UNSUR KEWILAYAHAN"], ["7", "01", "KECAMATAN"]]
    t_sum, money = Decimal(0), 0
    for i, (level, code, name, ind, unit, t, rp) in enumerate(tree()):
        shown = f"{t},5 {unit}" if i % 4 == 0 else f"{t} {unit}" if i % 2 else t
        rows.append([".".join(code.split(".")[:2]), ".".join(code.split(".")[2:]), name, ind, shown, rp, f"{t + 1} {unit}", int(rp * 1.05)])
        if level == 2:
            t_sum, money = t_sum + D(t) + (Decimal("0.5") if i % 4 == 0 else 0), money + rp
    return [Lembar("RKPD", rows, [Truth("indikator", len(SUBS), {"target": t_sum, "anggaran": D(money)}, must_warn=True)], ("A3:B4", "G3:H3"))]


@layout
def lkjip_naratif():
    """A LKjIP sheet: running text, then the table of one sasaran, text, then that of the next with the same headings."""
    rows, tables = [["BAB III AKUNTABILITAS KINERJA"], ["Pengukuran capaian kinerja dilakukan dengan membandingkan target dan realisasi setiap indikator."], []], []
    for k, (s, inds) in enumerate(SASARAN[:3], 1):
        rows += [[f"Sasaran {k}: {s}"], ["No", "Indikator Kinerja", "Satuan", "Target", "Realisasi", "Capaian (%)"]]
        for i, (name, unit, t) in enumerate(inds, 1):
            r = round(t * 0.97, 2)
            rows.append([i, name, unit, t, r, round(r / t * 100, 2)])
        rows += [["Berdasarkan tabel di atas, capaian sasaran ini tergolong sangat tinggi karena dukungan seluruh pihak."], []]
    flat = [x for _, inds in SASARAN[:3] for x in inds]
    truth = {"target": D(*(x[2] for x in flat)), "realisasi": D(*(round(x[2] * 0.97, 2) for x in flat))}
    tables.append(Truth("indikator", len(flat), truth))
    return [Lembar("Bab III", rows, tables)]
