# ruff: noqa: E501 (tables of cells read better with a row on one line)
"""Performance tables, third set: indicators that share a code, money without indicators above, "Rencana", years only, …"""

from __future__ import annotations

from decimal import Decimal

from tests.merah_indikator import POHON, SASARAN, SUBS, TTD, D, Lembar, Truth, kop, layout, tree

FLAT = [(s, *ind) for s, inds in SASARAN for ind in inds]


@layout
def rkpd_dua_indikator():
    """A second indicator below the first, without code and money: of a program (left out with it) and of a sub kegiatan (a line)."""
    rows = kop("LAMPIRAN RKPD", "RENCANA PROGRAM DAN KEGIATAN TAHUN 2026")
    rows += [["Kode", "Program / Kegiatan / Sub Kegiatan", "Indikator Kinerja", "Target", "Satuan", "Pagu (Rp)", "Sumber Dana"]]
    t_sum, n, money = Decimal(0), 0, sum(s[6] for s in SUBS)
    for level, code, name, ind, unit, t, rp in tree():
        rows.append([code, name, ind, t, unit, rp, "PAD"])
        if level == 2:
            t_sum, n = t_sum + t, n + 1
        if code in ("7.01.02", "7.01.02.2.03.0004"):
            rows.append([None, None, f"Indikator kedua {ind.lower()}", 7, unit, None, None])
            if level == 2:
                t_sum, n = t_sum + 7, n + 1
    rows.append([None, "TOTAL", None, None, None, money, None])
    return [Lembar("RKPD", rows, [Truth("indikator", n, {"target": t_sum, "anggaran": D(money)}, must_warn=True)])]


@layout
def renja_atas_tanpa_indikator():
    """Program and kegiatan rows carry their money only; nothing is left out, nothing to say."""
    rows = kop("RENJA TAHUN 2026 KECAMATAN LAMPOKO")
    rows += [["No", "Program/Kegiatan/Sub Kegiatan", "Indikator Keluaran", "Target", "Satuan", "Pagu Indikatif"]]
    t_sum, money = Decimal(0), sum(s[6] for s in SUBS)
    for i, (level, _, name, ind, unit, t, rp) in enumerate(tree(), 1):
        rows.append([i, name, *([ind, t, unit] if level == 2 else [None] * 3), rp])
        t_sum += t if level == 2 else 0
    rows.append([None, "Jumlah", None, None, None, money])
    return [Lembar("Renja", rows, [Truth("indikator", len(SUBS), {"target": t_sum, "anggaran": D(money)})])]


@layout
def pk_program_di_kanan():
    """PK on one page: targets on the left, the programs with their money on the right, an empty column between."""
    rows = kop("PERJANJIAN KINERJA TAHUN 2025") + [["No", "Sasaran", "Indikator Kinerja", "Target", None, "No", "Program", "Anggaran (Rp)"]]
    progs = [r for r in tree() if r[0] == 0]
    total = money = Decimal(0)
    for i, (s, name, _, t) in enumerate(FLAT, 1):
        right = [i, progs[i - 1][2], progs[i - 1][6]] if i <= len(progs) else []
        rows.append([i, s, name, t, None, *right])
        total += D(t)
        money += D(progs[i - 1][6]) if i <= len(progs) else 0
    rows += TTD
    return [Lembar("PK", rows, [Truth("indikator", len(FLAT), {"target": total}), Truth("rab", 3, {"jumlah": money}, must_warn=True)])]  # no total is printed


@layout
def realisasi_kumulatif():
    """Results "s.d. TW I" … "s.d. TW IV": each includes the one before; the last filled one is the year's, and that is said."""
    rows = kop("CAPAIAN KINERJA KUMULATIF 2025") + [["No", "Indikator Kinerja", "Satuan", "Target 2025", "Realisasi s.d. TW I", "Realisasi s.d. TW II", "Realisasi s.d. TW III", "Realisasi s.d. TW IV"]]
    t_sum, last = Decimal(0), Decimal(0)
    for i, s in enumerate(SUBS, 1):
        q = [s[5] // 4, s[5] // 2, s[5] * 3 // 4, None]
        rows.append([i, s[3], s[4], s[5], *q])
        t_sum, last = t_sum + s[5], last + q[2]
    return [Lembar("Kum", rows, [Truth("indikator", len(SUBS), {"target": t_sum, "realisasi": last}, must_warn=True)])]


@layout
def target_angka_satuan():
    """"Target" merged over the figure and its unit, without headings of their own."""
    rows = [["RENCANA AKSI"], ["No", "Sasaran", "Indikator", "Target", None, "Realisasi", None, "PJ"]]
    t_sum = r_sum = Decimal(0)
    for i, (s, name, unit, t) in enumerate(FLAT, 1):
        r = round(t * 0.9, 2)
        rows.append([i, s, name, t, unit, r, unit, "Camat"])
        t_sum, r_sum = t_sum + D(t), r_sum + D(r)
    return [Lembar("RA", rows, [Truth("indikator", len(FLAT), {"target": t_sum, "realisasi": r_sum})], ("D2:E2", "F2:G2"))]


@layout
def hanya_triwulan():
    """Targets only per quarter, under "Target Kinerja Triwulan" with I to IV."""
    rows = kop("TARGET KINERJA TRIWULANAN") + [["No", "Indikator Kinerja", "Satuan", "Target Kinerja Triwulan", None, None, None], [None, None, None, "I", "II", "III", "IV"]]
    sums = {q: Decimal(0) for q in ("I", "II", "III", "IV")}
    for i, s in enumerate(SUBS, 1):
        q = [s[5] // 4 + k for k in range(4)]
        rows.append([i, s[3], s[4], *q])
        for key, v in zip(sums, q, strict=True):
            sums[key] += v
    return [Lembar("TW", rows, [Truth("indikator", len(SUBS), {"target": sums})], ("A3:A4", "B3:B4", "C3:C4", "D3:G3"))]


@layout
def lembar_per_triwulan():
    """One sheet per quarter: the same indicators and yearly targets, other results. Said, whatever is taken."""
    made = []
    for k, q in enumerate(("TW I", "TW II", "TW III")):
        rows = [[f"PENGUKURAN KINERJA {q}"], ["No", "Indikator Kinerja", "Satuan", "Target", "Realisasi", "%"]]
        t_sum = r_sum = 0
        for i, s in enumerate(SUBS, 1):
            r = max(s[5] * (k + 1) // 4, 1)
            rows.append([i, s[3], s[4], s[5], r, round(r / s[5] * 100, 2)])
            t_sum, r_sum = t_sum + s[5], r_sum + r
        made.append(Lembar(q, rows, [Truth("indikator", len(SUBS), {"target": D(t_sum), "realisasi": D(r_sum)}, must_warn=k > 0)]))
    return made


@layout
def tahun_saja():
    """The years are the headings, the title says that they are targets."""
    rows = kop("TARGET INDIKATOR KINERJA UTAMA TAHUN 2021-2025") + [["No", "Sasaran", "Indikator Kinerja", "Satuan", 2021, 2022, 2023, 2024, 2025]]
    sums = {y: Decimal(0) for y in range(2021, 2026)}
    for i, (s, name, unit, t) in enumerate(FLAT, 1):
        values = [round(t * (1 + k / 50), 2) for k in range(5)]
        rows.append([i, s, name, unit, *values])
        for y, v in zip(sums, values, strict=True):
            sums[y] += D(v)
    return [Lembar("IKU", rows, [Truth("indikator", len(FLAT), {"target": sums})])]


@layout
def rencana_realisasi():
    """The target is called "Rencana"."""
    rows = kop("LAPORAN KINERJA OUTPUT") + [["No", "Indikator Output", "Satuan", "Rencana", "Realisasi", "%"]]
    t_sum = r_sum = 0
    for i, s in enumerate(SUBS, 1):
        r = s[5] - (i % 2)
        rows.append([i, s[3], s[4], s[5], r, round(r / s[5] * 100, 2)])
        t_sum, r_sum = t_sum + s[5], r_sum + r
    return [Lembar("Lap", rows, [Truth("indikator", len(SUBS), {"target": D(t_sum), "realisasi": D(r_sum)})])]


@layout
def kinerja_dan_keuangan():
    """Groups "Kinerja" and "Keuangan", each with target (pagu), realisasi and percent of the same names."""
    rows = kop("MONITORING DAN EVALUASI RENJA 2025") + [["No", "Sub Kegiatan", "Indikator", "Satuan", "Kinerja", None, None, "Keuangan", None, None, "Ket"], [None] * 4 + ["Target", "Realisasi", "%", "Target", "Realisasi", "%", None]]
    t_sum = r_sum = m_sum = p_sum = 0
    for i, s in enumerate(SUBS, 1):
        r, p = s[5] - (i % 2), int(s[6] * 0.9)
        rows.append([i, s[2], s[3], s[4], s[5], r, round(r / s[5] * 100, 2), s[6], p, round(p / s[6] * 100, 2), None])
        t_sum, r_sum, m_sum, p_sum = t_sum + s[5], r_sum + r, m_sum + s[6], p_sum + p
    truth = {"target": D(t_sum), "realisasi": D(r_sum), "anggaran": D(m_sum), "realisasi_anggaran": D(p_sum)}
    return [Lembar("Monev", rows, [Truth("indikator", len(SUBS), truth)], ("E3:G3", "H3:J3", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "K3:K4"))]


@layout
def rata_rata_per_sasaran():
    """After every sasaran a row with the average capaian; the sasaran as rows of their own, with capitals."""
    rows = kop("CAPAIAN IKU 2024") + [["No", "Sasaran / Indikator", "Satuan", "Target", "Realisasi", "Capaian"]]
    t_sum, r_sum, n = Decimal(0), Decimal(0), 0
    for k, (s, inds) in enumerate(SASARAN):
        rows.append(["ABCD"[k], s.upper(), None, None, None, None])
        for i, (name, unit, t) in enumerate(inds, 1):
            r = round(t * 0.95, 2)
            rows.append([i, name, unit, t, r, round(r / t * 100, 2)])
            t_sum, r_sum, n = t_sum + D(t), r_sum + D(r), n + 1
        rows.append([None, "Rata-rata capaian", None, None, None, 95])
    rows.append([None, "Rata-rata capaian keseluruhan", None, None, None, 95])
    return [Lembar("IKU", rows, [Truth("indikator", n, {"target": t_sum, "realisasi": r_sum})])]


@layout
def target_belum_diisi():
    """The form with its indicators and units prepared, no target filled in yet: a blank form, and staff are told."""
    rows = kop("RENCANA AKSI TAHUN 2026") + [["No", "Sasaran", "Indikator Kinerja", "Satuan", "Target", "TW I", "TW II", "TW III", "TW IV"]]
    rows += [[i, s, name, unit] for i, (s, name, unit, _) in enumerate(FLAT, 1)]
    return [Lembar("RA", rows, [])]


@layout
def satu_target_kosong():
    """One target forgotten, one result a dash."""
    rows = kop("PENGUKURAN 2025") + [["No", "Indikator Kinerja", "Satuan", "Target", "Realisasi"]]
    t_sum = r_sum = 0
    for i, s in enumerate(SUBS, 1):
        t, r = None if i == 4 else s[5], "-" if i == 6 else s[5]
        rows.append([i, s[3], s[4], t, None if i == 4 else r])
        t_sum, r_sum = t_sum + (t or 0), r_sum + (s[5] if i not in (4, 6) else 0)
    return [Lembar("Ukur", rows, [Truth("indikator", len(SUBS), {"target": D(t_sum), "realisasi": D(r_sum)}, must_warn=True)])]


@layout
def bobot_dan_total():
    """IKI with weights: a total of the weights below, targets as text with units."""
    rows = [["INDIKATOR KINERJA INDIVIDU TAHUN 2025"], ["No", "Indikator Kinerja", "Bobot (%)", "Target", "Realisasi", "Nilai"]]
    data = [("Jumlah laporan yang disusun", 30, 12, "laporan", 12), ("Persentase surat selesai", 40, 100, "%", 96), ("Jumlah rapat yang difasilitasi", 30, 24, "kali", 20)]
    for i, (name, b, t, unit, r) in enumerate(data, 1):
        rows.append([i, name, b, f"{t} {unit}", f"{r} {unit}", round(b * r / t, 2)])
    rows.append(["Jumlah", None, 100, None, None, 93.4])
    return [Lembar("IKI", rows, [Truth("indikator", 3, {"target": D(136), "realisasi": D(128)})], ("A6:B6",))]


@layout
def anggaran_per_program_baris():
    """Indicators as lines; after each group a row "Program …" that carries only money (old PK habit)."""
    rows = kop("PERJANJIAN KINERJA DAN ANGGARAN") + [["No", "Sasaran/Program", "Indikator", "Target", "Anggaran"]]
    total, money, n = Decimal(0), 0, 0
    for k, (s, inds) in enumerate(SASARAN[:3]):
        for i, (name, unit, t) in enumerate(inds):
            rows.append([n + 1, s if not i else None, name, f"{t:g} {unit}".replace(".", ","), None])
            total, n = total + D(t), n + 1
        rp = 125_450_000 + k * 10_321_000
        rows.append([None, POHON[k][1], None, None, rp])
        money += rp
    rows.append([None, "Jumlah Anggaran", None, None, money])
    return [Lembar("PK", rows, [Truth("indikator", n, {"target": total, "anggaran": D(money)})])]
