# ruff: noqa: E501 (tables of cells read better with a row on one line)
"""Performance tables as offices really lay them out (PK, IKU, Renstra, Renja, rencana aksi, pengukuran, SKP, …), each with its truth.

Every layout is a function marked ``@layout``; it gives the sheets of one workbook. The truth is reckoned here, from what is
written into the cells, never by the reader. All names of people and villages are invented.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

import xlsxwriter


@dataclass(frozen=True)
class Pct:
    """A number shown as percent (0.85 is seen as 85%)."""

    value: float


@dataclass(frozen=True)
class In:
    """A text with an indent."""

    text: str
    level: int


@dataclass
class Truth:
    """What a sheet holds: sums as {name: number or {period: number}}; ``also`` other (n_leaf, sums) that are right as well."""

    kind: str
    n_leaf: int
    sums: dict
    must_warn: bool = False
    also: list = field(default_factory=list)
    kinds: tuple = ()


@dataclass
class Lembar:
    """One sheet: rows from A1, merged ranges, hidden rows (1-based) and columns (letters); its tables from above to below."""

    name: str
    rows: list
    tables: list = field(default_factory=list)
    merged: tuple = ()
    hidden_rows: tuple = ()
    hidden_cols: tuple = ()
    hidden: bool = False


LAYOUTS: dict[str, Callable[[], list[Lembar]]] = {}


def layout(make: Callable[[], list[Lembar]]) -> Callable[[], list[Lembar]]:
    LAYOUTS[make.__name__] = make
    return make


def book(sheets: list[Lembar]) -> bytes:
    """The workbook's bytes, written by xlsxwriter with the results of its formulas."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as made:
        percent, merged = made.add_format({"num_format": "0.00%"}), made.add_format({"align": "center", "text_wrap": True})
        indents = [made.add_format({"indent": n}) for n in range(6)]
        for one in sheets:
            sheet = made.add_worksheet(one.name)
            for area in one.merged:
                sheet.merge_range(area, "", merged)
            for r, row in enumerate(one.rows):
                for c, value in enumerate(row):
                    if isinstance(value, tuple):
                        sheet.write_formula(r, c, value[0], None, value[1])
                    elif isinstance(value, Pct):
                        sheet.write_number(r, c, value.value, percent)
                    elif isinstance(value, In):
                        sheet.write_string(r, c, value.text, indents[value.level])
                    elif isinstance(value, str):
                        sheet.write_string(r, c, value)
                    elif value is not None:
                        sheet.write_number(r, c, value)
            for row in one.hidden_rows:
                sheet.set_row(row - 1, None, None, {"hidden": True})
            for col in one.hidden_cols:
                sheet.set_column(f"{col}:{col}", None, None, {"hidden": True})
            if one.hidden:
                sheet.hide()
    return out.getvalue()


def D(*values) -> Decimal:
    return sum((Decimal(str(v)) for v in values), Decimal(0))


SASARAN = [
    ("Meningkatnya kualitas pelayanan publik kecamatan", [
        ("Indeks Kepuasan Masyarakat", "Indeks", 85.5), ("Persentase pengaduan yang ditindaklanjuti", "%", 100),
        ("Jumlah inovasi pelayanan", "Inovasi", 2)]),
    ("Meningkatnya akuntabilitas kinerja kecamatan", [
        ("Nilai SAKIP", "Nilai", 72.4), ("Jumlah dokumen perencanaan yang tepat waktu", "Dokumen", 6)]),
    ("Meningkatnya kemandirian desa", [
        ("Persentase desa berkategori mandiri", "%", 45), ("Jumlah desa yang menyampaikan LPPD tepat waktu", "Desa", 11),
        ("Persentase RPJMDesa yang selaras dengan RPJMD", "%", 90)]),
    ("Terpeliharanya ketenteraman dan ketertiban umum", [
        ("Jumlah pelanggaran perda yang diselesaikan", "Kasus", 14)]),
]  # fmt: skip

POHON = [
    ("7.01.01", "Program Penunjang Urusan Pemerintahan Daerah Kabupaten/Kota", "Nilai kepuasan layanan perangkat daerah", "Nilai", 82, [
        ("7.01.01.2.01", "Perencanaan, Penganggaran, dan Evaluasi Kinerja Perangkat Daerah", "Jumlah dokumen kinerja", "Dokumen", 9, [
            ("7.01.01.2.01.0001", "Penyusunan Dokumen Perencanaan Perangkat Daerah", "Jumlah Dokumen Perencanaan Perangkat Daerah", "Dokumen", 4, 12_500_000),
            ("7.01.01.2.01.0006", "Koordinasi dan Penyusunan Laporan Capaian Kinerja", "Jumlah Laporan Capaian Kinerja", "Laporan", 5, 9_750_500)]),
        ("7.01.01.2.02", "Administrasi Keuangan Perangkat Daerah", "Jumlah laporan keuangan", "Laporan", 14, [
            ("7.01.01.2.02.0001", "Penyediaan Gaji dan Tunjangan ASN", "Jumlah Orang yang Menerima Gaji dan Tunjangan ASN", "Orang/bulan", 27, 2_345_678_900),
            ("7.01.01.2.02.0005", "Koordinasi dan Penyusunan Laporan Keuangan Akhir Tahun", "Jumlah Laporan Keuangan Akhir Tahun", "Laporan", 2, 4_200_000)])]),
    ("7.01.02", "Program Penyelenggaraan Pemerintahan dan Pelayanan Publik", "Indeks Kepuasan Masyarakat", "Indeks", 85, [
        ("7.01.02.2.01", "Koordinasi Penyelenggaraan Kegiatan Pemerintahan di Tingkat Kecamatan", "Jumlah koordinasi", "Laporan", 12, [
            ("7.01.02.2.01.0003", "Peningkatan Efektivitas Kegiatan Pemerintahan di Tingkat Kecamatan", "Jumlah Dokumen Efektivitas Kegiatan", "Dokumen", 12, 35_000_000)]),
        ("7.01.02.2.03", "Pelaksanaan Urusan Pemerintahan yang Dilimpahkan kepada Camat", "Jumlah layanan yang dilimpahkan", "Layanan", 8, [
            ("7.01.02.2.03.0001", "Pelaksanaan Urusan Perizinan Non Usaha", "Jumlah Laporan Perizinan Non Usaha", "Laporan", 24, 18_250_000),
            ("7.01.02.2.03.0004", "Pelaksanaan Urusan Pelayanan Administrasi Kependudukan", "Jumlah Laporan Pelayanan Kependudukan", "Laporan", 36, 41_300_750)])]),
    ("7.01.03", "Program Pemberdayaan Masyarakat Desa dan Kelurahan", "Persentase lembaga kemasyarakatan aktif", "%", 88, [
        ("7.01.03.2.01", "Koordinasi Kegiatan Pemberdayaan Desa", "Jumlah desa yang dibina", "Desa", 11, [
            ("7.01.03.2.01.0001", "Peningkatan Partisipasi Masyarakat dalam Forum Musyawarah Perencanaan", "Jumlah Lembaga Kemasyarakatan yang Berpartisipasi", "Lembaga", 33, 27_900_000),
            ("7.01.03.2.01.0003", "Peningkatan Efektivitas Kegiatan Pemberdayaan Masyarakat", "Jumlah Kegiatan Pemberdayaan", "Kegiatan", 7, 88_125_250)])]),
]  # fmt: skip


def tree():
    """(level 0 program, 1 kegiatan, 2 sub kegiatan; code, name, indicator, unit, target, money) of every row of the tree."""
    rows = []
    for code, name, ind, unit, target, kegiatan in POHON:
        rows.append((0, code, name, ind, unit, target, sum(s[5] for k in kegiatan for s in k[5])))
        for kcode, kname, kind, kunit, ktarget, subs in kegiatan:
            rows.append((1, kcode, kname, kind, kunit, ktarget, sum(s[5] for s in subs)))
            rows += [(2, *s) for s in subs]
    return rows


SUBS = [r for r in tree() if r[0] == 2]
TTD = [[], [None, None, "Mattoanging, 15 Januari 2025"], [None, None, "Camat Mattoanging,"], [], [], [None, None, "ANDI RAHMAN PALLAWA, S.STP"],
       [None, None, "NIP. 198203122001121003"]]  # fmt: skip


def kop(*lines, width=1):
    return [[line] for line in lines] + [[]]


# ---------------------------------------------------------------- perjanjian kinerja, IKU, RKT


@layout
def pk_lampiran():
    """Lampiran PK: sasaran merged over its indicators, number row, text targets; below it program | anggaran; signatures side by side."""
    rows = kop("LAMPIRAN PERJANJIAN KINERJA TAHUN 2025", "KECAMATAN MATTOANGING")
    rows += [["NO", "SASARAN STRATEGIS", "INDIKATOR KINERJA", "SATUAN", "TARGET"], ["(1)", "(2)", "(3)", "(4)", "(5)"]]
    merged, total, n = [], Decimal(0), 0
    for i, (sasaran, inds) in enumerate(SASARAN, 1):
        top = len(rows) + 1
        for j, (name, unit, target) in enumerate(inds):
            rows.append([i if j == 0 else None, sasaran if j == 0 else None, name, unit, str(target).replace(".", ",")])
            total += D(target)
            n += 1
        if len(inds) > 1:
            merged += [f"A{top}:A{len(rows)}", f"B{top}:B{len(rows)}"]
    rows += [[], ["NO", "PROGRAM", None, "ANGGARAN", "KETERANGAN"]]
    money = 0
    for i, r in enumerate([r for r in tree() if r[0] == 0], 1):
        rows.append([i, r[2], None, r[6], "APBD"])
        money += r[6]
    rows.append([None, "JUMLAH", None, money, None])
    rows += [[], [None, "Pihak Kedua,", None, "Pihak Pertama,"], [None, "BUPATI,", None, "CAMAT MATTOANGING,"], [], [],
             [None, "H. SULTAN DG. MANGEMBA", None, "ANDI RAHMAN PALLAWA, S.STP"], [None, None, None, "NIP. 198203122001121003"]]  # fmt: skip
    return [Lembar("PK 2025", rows, [Truth("indikator", n, {"target": total}), Truth("rab", 3, {"jumlah": money})], tuple(merged))]


@layout
def pk_target_satu_sel():
    """Target and unit in one cell ("12 Dokumen", "100 %"), no unit column."""
    rows = [["PERJANJIAN KINERJA TAHUN 2025"], ["KASI PELAYANAN UMUM KECAMATAN LAMPOKO"], [],
            ["No.", "Sasaran Kegiatan", "Indikator Kinerja Kegiatan", "Target"]]  # fmt: skip
    data = [("Terlaksananya pelayanan administrasi", "Jumlah dokumen pelayanan terbit", "1.250 Dokumen", 1250),
            (None, "Persentase pelayanan sesuai SOP", "100 %", 100), ("Terlaksananya koordinasi", "Jumlah rapat koordinasi", "12 Kali", 12),
            ("Tersusunnya laporan", "Jumlah laporan bulanan", "12 Laporan", 12), (None, "Nilai survei kepuasan", "83,25", 83.25)]  # fmt: skip
    no = 0
    for s, i, t, _ in data:
        no += s is not None
        rows.append([no if s else None, s, i, t])
    rows += TTD
    return [Lembar("PK", rows, [Truth("indikator", 5, {"target": D(*(d[3] for d in data))})])]


@layout
def iku_tanpa_target():
    """IKU as decided: indicator, reason, formula, source, responsible. No figure anywhere: the lines are the indicators."""
    rows = kop("INDIKATOR KINERJA UTAMA (IKU)", "KECAMATAN LAMPOKO KABUPATEN WATANTALLU", "TAHUN 2021 - 2026")
    rows += [["NO", "SASARAN STRATEGIS", "INDIKATOR KINERJA UTAMA", "SATUAN", "FORMULASI PERHITUNGAN", "SUMBER DATA", "PENANGGUNG JAWAB"]]
    n = 0
    for i, (s, inds) in enumerate(SASARAN, 1):
        for j, (name, unit, _) in enumerate(inds):
            rows.append([i if not j else None, s if not j else None, name, unit, f"Jumlah {name.lower()} dibagi jumlah seluruhnya dikali 100",
                         "Laporan seksi", "Sekretaris Camat"])  # fmt: skip
            n += 1
    rows += TTD
    return [Lembar("IKU", rows, [Truth("indikator", n, {}, must_warn=True)])]


@layout
def iku_lima_tahun():
    """IKU with the targets of the years of the plan under a merged "Target Tahun"."""
    rows = kop("TARGET INDIKATOR KINERJA UTAMA")
    rows += [["No", "Sasaran", "Indikator Kinerja", "Satuan", "Kondisi Awal", "Target Tahun", None, None, None, None, "Kondisi Akhir"],
             [None, None, None, None, "2020", 2021, 2022, 2023, 2024, 2025, None]]  # fmt: skip
    merged = ["A3:A4", "B3:B4", "C3:C4", "D3:D4", "F3:J3", "K3:K4"]
    years = {y: Decimal(0) for y in range(2021, 2026)}
    n = 0
    for i, (s, inds) in enumerate(SASARAN, 1):
        for j, (name, unit, t) in enumerate(inds):
            values = [round(t * (0.9 + 0.02 * k), 2) for k in range(5)]
            rows.append([i if not j else None, s if not j else None, name, unit, round(t * 0.85, 2), *values, values[-1]])
            for y, v in zip(years, values, strict=True):
                years[y] += D(v)
            n += 1
    return [Lembar("IKU", rows, [Truth("indikator", n, {"target": years})], tuple(merged))]


@layout
def rkt_dengan_anggaran():
    """RKT: sasaran, indicator, target and the money of the activity in the same row; total of the money below."""
    rows = kop("RENCANA KINERJA TAHUNAN", "TAHUN ANGGARAN 2025")
    rows += [["No", "Sasaran", "Indikator Kinerja", "Target", "Satuan", "Kegiatan", "Anggaran (Rp)"], [1, 2, 3, 4, 5, 6, 7]]
    money, total, first = 0, Decimal(0), len(rows) + 1
    for i, (_, _, name, ind, unit, t, rp) in enumerate(SUBS, 1):
        rows.append([i, f"Terlaksananya {name.lower()}", ind, t, unit, name, rp])
        total, money = total + t, money + rp
    rows.append(["JUMLAH", None, None, None, None, None, (f"=SUM(G{first}:G{len(rows)})", money)])
    return [Lembar("RKT", rows, [Truth("indikator", len(SUBS), {"target": total, "anggaran": money})], (f"A{len(rows)}:F{len(rows)}",))]


# ---------------------------------------------------------------- renstra, renja, RKPD


@layout
def renstra_tc27():
    """T-C.27: five years, each target and Rp; program and kegiatan carry indicator, target and the sum of their sub kegiatan."""
    years = range(2022, 2027)
    rows = kop("Tabel T-C.27", "Rencana Program, Kegiatan, Indikator Kinerja dan Pendanaan Perangkat Daerah")
    top = len(rows) + 1
    rows += [["Kode", "Program, Kegiatan, dan Sub Kegiatan", "Indikator Kinerja Program (outcome) dan Kegiatan (output)", "Satuan", "Data Capaian pada Tahun Awal",
              "Target Kinerja Program dan Kerangka Pendanaan"],
             [None, None, None, None, None] + [x for y in years for x in (f"Tahun {y}", None)],
             [None] * 5 + ["target", "Rp"] * 5, list(range(1, 16))]  # fmt: skip
    merged = [f"F{top}:O{top}"] + [f"{a}{top + 1}:{b}{top + 1}" for a, b in ("FG", "HI", "JK", "LM", "NO")]
    merged += [f"{c}{top}:{c}{top + 2}" for c in "ABCDE"]
    target, money = {y: Decimal(0) for y in years}, dict.fromkeys(years, 0)
    for level, code, name, ind, unit, t, rp in tree():
        row = [code, name, ind, unit, t - 1]
        for k, y in enumerate(years):
            row += [t + k, rp + (k * 1_000_000 * (sum(1 for r in SUBS if r[1].startswith(code))))]
            if level == 2:
                target[y] += t + k
                money[y] += rp + k * 1_000_000
        rows.append(row)
    return [Lembar("TC27", rows, [Truth("indikator", len(SUBS), {"target": target, "anggaran": money}, must_warn=True)], tuple(merged))]


@layout
def renja_tc33():
    """T-C.33: plan of the year and the year after; money of every level, no subtotal words; total in the last row."""
    rows = kop("Tabel T-C.33", "Rumusan Rencana Program dan Kegiatan Perangkat Daerah Tahun 2025 dan Prakiraan Maju Tahun 2026", "KECAMATAN MATTOANGING")
    top = len(rows) + 1
    rows += [["Kode", "Urusan/Bidang Urusan Pemerintahan Daerah dan Program/Kegiatan", "Indikator Kinerja Program/Kegiatan", "Rencana Tahun 2025 (Tahun Rencana)",
              None, None, None, "Catatan Penting", "Prakiraan Maju Rencana Tahun 2026", None],
             [None, None, None, "Lokasi", "Target Capaian Kinerja", "Kebutuhan Dana/Pagu Indikatif (Rp)", "Sumber Dana", None, "Target Capaian Kinerja",
              "Kebutuhan Dana/Pagu Indikatif (Rp)"], ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)"]]  # fmt: skip
    merged = [f"{c}{top}:{c}{top + 1}" for c in "ABCH"] + [f"D{top}:G{top}", f"I{top}:J{top}"]
    for level, code, name, ind, unit, t, rp in tree():
        rows.append([code, name, ind, "Kec. Mattoanging", f"{t} {unit}", rp, "APBD" if level == 2 else None, None, f"{t + 1} {unit}", int(rp * 1.1)])
    total = sum(r[6] for r in SUBS)
    rows.append([None, "JUMLAH", None, None, None, total, None, None, None, sum(int(r[6] * 1.1) for r in tree() if r[0] == 0)])
    return [Lembar("T-C.33", rows, [Truth("indikator", len(SUBS), {"target": D(*(r[5] for r in SUBS)), "anggaran": total}, must_warn=True, kinds=("rab",))], tuple(merged))]


@layout
def rkpd_kode_terpisah():
    """RKPD matrix: the code split over six columns, urusan and OPD rows with money but no indicator."""
    rows = kop("MATRIKS RENCANA PROGRAM DAN KEGIATAN RKPD TAHUN 2026", "KABUPATEN WATANTALLU")
    rows += [["Kode", None, None, None, None, None, "Urusan / Program / Kegiatan / Sub Kegiatan", "Indikator Kinerja", "Satuan", "Target", "Pagu Indikatif", "Perangkat Daerah"]]
    merged = [f"A{len(rows)}:F{len(rows)}"]
    total = sum(r[6] for r in SUBS)
    rows += [["7", None, None, None, None, None, "UNSUR KEWILAYAHAN", None, None, None, total, None],
             ["7", "01", None, None, None, None, "KECAMATAN", None, None, None, total, None]]  # fmt: skip
    for _, code, name, ind, unit, t, rp in tree():
        p = code.split(".")
        parts = [p[0], p[1], p[2], ".".join(p[3:5]) if len(p) > 3 else None, p[5] if len(p) > 5 else None, None]
        rows.append([*parts, name, ind, unit, t, rp, "Kecamatan Mattoanging"])
    return [Lembar("RKPD", rows, [Truth("indikator", len(SUBS), {"target": D(*(r[5] for r in SUBS)), "anggaran": total}, must_warn=True, kinds=("rab",))], tuple(merged))]


@layout
def renja_tc29():
    """T-C.29: what was realised against Renstra; several target and realisasi columns of different years, only sub kegiatan have figures."""
    rows = kop("Tabel T-C.29", "Rekapitulasi Evaluasi Hasil Pelaksanaan Renja Perangkat Daerah dan Pencapaian Renstra s/d Tahun 2025")
    top = len(rows) + 1
    rows += [["Kode", "Urusan/Bidang Urusan dan Program/Kegiatan", "Indikator Kinerja Program (outcomes)/ Kegiatan (output)", "Target Kinerja Capaian Program (Renstra) Tahun 2026",
              "Realisasi Target Kinerja s/d Tahun 2023", "Target dan Realisasi Kinerja Tahun Lalu (2024)", None, None, "Target Program dan Kegiatan Renja Tahun 2025",
              "Perkiraan Realisasi Capaian Target Renstra s/d Tahun 2025", None],
             [None, None, None, None, None, "Target Renja 2024", "Realisasi Renja 2024", "Tingkat Realisasi (%)", None, "Realisasi Capaian", "Tingkat Capaian (%)"],
             ["1", "2", "3", "4", "5", "6", "7", "8=(7/6)", "9", "10=(5+7+9)", "11=(10/4)"]]  # fmt: skip
    merged = [f"{c}{top}:{c}{top + 1}" for c in "ABCDEI"] + [f"F{top}:H{top}", f"J{top}:K{top}"]
    cols = {"D": Decimal(0), "F": Decimal(0), "G": Decimal(0), "I": Decimal(0), "E": Decimal(0), "J": Decimal(0)}
    for level, code, name, ind, _unit, t, _ in tree():
        if level < 2:
            rows.append([code, name])
            continue
        a = [t * 5, t * 2, t, max(t - 1, 1), None, t, None, None]
        a[4], a[6] = round(a[3] / a[2] * 100, 2), a[1] + a[3] + a[5]
        a[7] = round(a[6] / a[0] * 100, 2)
        rows.append([code, name, ind, *a])
        for c, v in zip("DEFGIJ", (a[0], a[1], a[2], a[3], a[5], a[6]), strict=True):
            cols[c] += v
    n = len(SUBS)
    return [Lembar("T-C.29", rows, [Truth("indikator", n, {"target": cols["F"], "realisasi": cols["G"]}, must_warn=True)], tuple(merged))]


def e81_rows():
    return [["No", "Sasaran", "Program/Kegiatan/Sub Kegiatan", "Indikator Kinerja Program (outcome)/Kegiatan (output)", "Satuan", "Target Renstra Perangkat Daerah pada Tahun 2026 (akhir periode)", None,
             "Realisasi Capaian Kinerja Renstra s/d Tahun Lalu (2024)", None, "Target Kinerja dan Anggaran Renja Tahun Berjalan (2025)", None,
             "Realisasi Kinerja Pada Triwulan", None, None, None, None, None, None, None, "Realisasi Capaian Kinerja dan Anggaran Renja yang Dievaluasi (2025)", None,
             "Realisasi Kinerja dan Anggaran Renstra s/d Tahun 2025", None, "Tingkat Capaian Kinerja dan Realisasi Anggaran Renstra (%)", None, "Unit Penanggung Jawab"],
            [None] * 11 + ["I", None, "II", None, "III", None, "IV"],
            [None] * 5 + ["K", "Rp"] * 10,
            ["1", "2", "3", "4", "5", "6", None, "7", None, "8", None, "9", None, "10", None, "11", None, "12", None, "13=9+10+11+12", None, "14=7+13", None, "15=14/6x100%", None, "16"]]  # fmt: skip


@layout
def e81_permendagri():
    """Formulir E.81: K and Rp of Renstra, last years, Renja, four quarters, sums; the footer names driving and hindering factors."""
    rows = kop("Formulir E.81", "Evaluasi Terhadap Hasil Renja Perangkat Daerah Lingkup Kabupaten", "Renja Kecamatan Mattoanging Kabupaten Watantallu Periode Pelaksanaan 2025")
    top = len(rows) + 1
    rows += e81_rows()
    merged = [f"{c}{top}:{c}{top + 2}" for c in "ABCDE"] + [f"{x}{top}:{y}{top + 1}" for x, y in ("FG", "HI", "JK", "TU", "VW", "XY")]
    merged += [f"L{top}:S{top}"] + [f"{x}{top + 1}:{y}{top + 1}" for x, y in ("LM", "NO", "PQ", "RS")]
    k = rp = kr = rpr = Decimal(0)
    for i, (level, _code, name, ind, unit, t, money) in enumerate(tree(), 1):
        def share(f, money=money, code=_code):
            return sum(int(s[6] * f) for s in SUBS if s[1].startswith(code))
        q = [t // 4, t // 4, t // 4, t - 3 * (t // 4)]
        m = [share(0.2), share(0.25), share(0.25), share(0.15)]
        rows.append([i, "Meningkatnya kualitas pelayanan publik" if i == 1 else None, name, ind, unit, t * 5, money * 5, t * 3, money * 3, t, money,
                     *[x for pair in zip(q, m, strict=True) for x in pair], sum(q), sum(m), t * 3 + sum(q), money * 3 + sum(m),
                     round((t * 3 + sum(q)) / (t * 5) * 100, 2), round((money * 3 + sum(m)) / (money * 5) * 100, 2), "Kec. Mattoanging"])  # fmt: skip
        if level == 2:
            k, rp, kr, rpr = k + t, rp + money, kr + sum(q), rpr + sum(m)
    rows += [["Rata-rata capaian kinerja (%)"], ["Predikat kinerja"], ["Faktor pendorong keberhasilan kinerja: dukungan anggaran dan SDM"], ["Faktor penghambat: keterlambatan petunjuk teknis"],
             ["Tindak lanjut yang diperlukan dalam triwulan berikutnya:"]]  # fmt: skip
    n = len(SUBS)
    return [Lembar("E.81", rows, [Truth("indikator", n, {"target": k, "realisasi": kr, "anggaran": rp}, must_warn=True, kinds=("realisasi",),
                                        also=[(n, {"anggaran": rp, "realisasi": rpr}), (n, {"target": k, "realisasi": kr})])], tuple(merged))]  # fmt: skip


# ---------------------------------------------------------------- rencana aksi, pengukuran


@layout
def rencana_aksi_tw():
    """Rencana aksi: yearly target and its four quarters, budget, person responsible."""
    rows = kop("RENCANA AKSI PENCAPAIAN KINERJA TAHUN 2025", "KECAMATAN LAMPOKO")
    top = len(rows) + 1
    rows += [["No", "Sasaran Strategis", "Indikator Kinerja", "Satuan", "Target Tahunan", "Target Triwulan", None, None, None, "Rencana Aksi", "Anggaran", "Penanggung Jawab"],
             [None] * 5 + ["TW I", "TW II", "TW III", "TW IV"]]  # fmt: skip
    merged = [f"{c}{top}:{c}{top + 1}" for c in "ABCDEJKL"] + [f"F{top}:I{top}"]
    total = money = Decimal(0)
    for i, (_, _, name, ind, unit, t, rp) in enumerate(SUBS, 1):
        q = [t // 4] * 3
        rows.append([i, f"Terwujudnya {name.lower()}", ind, unit, t, *q, t - sum(q), "Menyusun, mengoordinasikan, melaporkan", rp, "Kasi Pemerintahan"])
        total, money = total + t, money + rp
    rows += TTD
    return [Lembar("RENAKSI", rows, [Truth("indikator", len(SUBS), {"target": total, "anggaran": money})], tuple(merged))]


@layout
def pengukuran_tahunan():
    """Pengukuran kinerja: target, realisasi, capaian as a formula; a last row with the average capaian."""
    rows = kop("PENGUKURAN KINERJA", "TAHUN 2024")
    rows += [["No", "Sasaran Strategis", "Indikator Kinerja", "Satuan", "Target", "Realisasi", "Capaian (%)"], ["1", "2", "3", "4", "5", "6", "7"]]
    t_sum = r_sum = Decimal(0)
    caps, n = [], 0
    for i, (s, inds) in enumerate(SASARAN, 1):
        for j, (name, unit, t) in enumerate(inds):
            r = round(t * (0.93 + 0.02 * n), 2)
            row = len(rows) + 1
            caps.append(r / t * 100)
            rows.append([i if not j else None, s if not j else None, name, unit, t, r, (f"=F{row}/E{row}*100", r / t * 100)])
            t_sum, r_sum, n = t_sum + D(t), r_sum + D(r), n + 1
    rows.append(["Rata-rata Capaian", None, None, None, None, None, (f"=AVERAGE(G{len(rows) - n + 1}:G{len(rows)})", sum(caps) / n)])
    return [Lembar("Pengukuran", rows, [Truth("indikator", n, {"target": t_sum, "realisasi": r_sum})], (f"A{len(rows)}:F{len(rows)}",))]


@layout
def pengukuran_triwulan():
    """Target of the year, then for every TW target, realisasi, %; the last two quarters not yet filled."""
    rows = kop("PENGUKURAN KINERJA TRIWULANAN TAHUN 2025")
    rows += [["No", "Indikator Kinerja", "Satuan", "Target Tahun 2025"] + [x for q in ("I", "II", "III", "IV") for x in (f"Triwulan {q}", None, None)],
             [None] * 4 + ["Target", "Realisasi", "%"] * 4]  # fmt: skip
    merged = [f"{c}3:{c}4" for c in "ABCD"] + ["E3:G3", "H3:J3", "K3:M3", "N3:P3"]
    total = Decimal(0)
    real = {"TW I": Decimal(0), "TW II": Decimal(0)}
    for i, (_, _, _, ind, unit, t, _) in enumerate(SUBS, 1):
        q = [t // 4] * 3 + [t - 3 * (t // 4)]
        row = [i, ind, unit, t]
        for k, x in enumerate(q):
            r = x - (k == 1 and i % 3 == 0) if k < 2 else None
            row += [x, r, round(r / x * 100, 2) if r is not None and x else None]
            if k < 2:
                real[f"TW {'I' * (k + 1)}"] += r
        total += t
        rows.append(row)
    return [Lembar("TW", rows, [Truth("indikator", len(SUBS), {"target": total}, also=[(len(SUBS), {"target": total, "realisasi": real})])], tuple(merged))]


@layout
def spm():
    """SPM: service, indicator, target in percent as a real percent, counted and served people."""
    rows = kop("CAPAIAN STANDAR PELAYANAN MINIMAL TAHUN 2024")
    rows += [["No", "Jenis Pelayanan Dasar", "Indikator Pencapaian", "Target (%)", "Jumlah Total yang Harus Dilayani", "Jumlah yang Terlayani", "Realisasi (%)", "Ket."]]
    data = [("Pelayanan kesehatan ibu hamil", 412, 405), ("Pelayanan kesehatan ibu bersalin", 398, 398), ("Pelayanan kesehatan bayi baru lahir", 390, 371),
            ("Pelayanan kesehatan balita", 1820, 1755), ("Pelayanan kesehatan usia pendidikan dasar", 3311, 3299), ("Pelayanan kesehatan usia produktif", 15200, 13144),
            ("Pelayanan kesehatan usia lanjut", 1610, 1502), ("Pelayanan kesehatan penderita hipertensi", 2750, 1980), ("Pelayanan kesehatan penderita diabetes melitus", 611, 580),
            ("Pelayanan kesehatan ODGJ berat", 48, 48), ("Pelayanan kesehatan orang terduga TB", 702, 655), ("Pelayanan kesehatan orang dengan risiko HIV", 512, 430)]  # fmt: skip
    real = Decimal(0)
    for i, (name, a, b) in enumerate(data, 1):
        p = round(b / a * 100, 2)
        rows.append([i, name, f"Persentase {name.lower()} sesuai standar", 100, a, b, p, None])
        real += D(p)
    return [Lembar("SPM", rows, [Truth("indikator", 12, {"target": D(1200), "realisasi": real})])]


@layout
def cascading_tabel():
    """Cascading as a table: three levels side by side, each with sasaran, indicator and target; merged downwards."""
    rows = kop("CASCADING KINERJA KECAMATAN LAMPOKO")
    rows += [["Camat", None, None, "Sekcam/Kasi", None, None, "Pelaksana", None, None], ["Sasaran", "Indikator", "Target"] * 3]
    merged = ["A3:C3", "D3:F3", "G3:I3"]
    t1 = t2 = t3 = n = 0
    for s, inds in SASARAN:
        top = len(rows) + 1
        for j, (name, unit, _) in enumerate(inds):
            rows.append([s if not j else None, f"Tingkat {s.lower()}" if not j else None, "100%" if not j else None,
                         f"Terlaksananya {name.lower()}", name, f"{n + 3} {unit}", f"Tersusunnya laporan {name.lower()}", f"Jumlah laporan {name.lower()}", "12 laporan"])  # fmt: skip
            t2, t3, n = t2 + n + 3, t3 + 12, n + 1
        t1 += 100
        if len(inds) > 1:
            merged += [f"{c}{top}:{c}{len(rows)}" for c in "ABC"]
    return [Lembar("Cascading", rows, [Truth("indikator", len(SASARAN), {"target": D(t1)}, must_warn=True), Truth("indikator", n, {"target": D(t2)}, must_warn=True),
                                               Truth("indikator", n, {"target": D(t3)}, must_warn=True)], tuple(merged))]


@layout
def esakip_ekspor():
    """Export of an e-SAKIP application: flat, machine headings, ids, cumulative columns, status words."""
    rows = [["id", "tahun", "kode_opd", "sasaran", "indikator", "satuan", "target", "target_tw1", "target_tw2", "target_tw3", "target_tw4",
             "realisasi_tw1", "realisasi_tw2", "realisasi_tw3", "realisasi_tw4", "status", "updated_at"]]  # fmt: skip
    total = Decimal(0)
    real = dict.fromkeys(("1", "2", "3", "4"), Decimal(0))
    for i, (_, _code, name, ind, unit, t, _) in enumerate(SUBS * 3):
        t = t + i
        q = [t // 4] * 3 + [t - 3 * (t // 4)]
        r = [max(x - (i % 4 == 0), 0) for x in q]
        rows.append([1041 + i, 2025, "7.01.0.00.0.00.01.0000", f"Meningkatnya {name.lower()}", ind, unit, t, *q, *r, "verified" if i % 2 else "draft", f"2025-10-0{i % 9 + 1} 10:22:31"])
        total += t
        for key, x in zip(real, r, strict=True):
            real[key] += x
    return [Lembar("export", rows, [Truth("indikator", len(SUBS) * 3, {"target": total, "realisasi": real}, also=[(len(SUBS) * 3, {"target": total})])])]


@layout
def skp_pp46():
    """SKP of PP 46: two name blocks side by side above; target split into kuantitas with unit, kualitas, waktu with unit, biaya."""
    rows = [["FORMULIR SASARAN KERJA PEGAWAI"], [], ["NO", "I. PEJABAT PENILAI", None, "NO", "II. PEGAWAI NEGERI SIPIL YANG DINILAI"],
            [1, "Nama", "ANDI RAHMAN PALLAWA, S.STP", 1, "Nama", None, "SITTI NURBAYA, S.Sos"], [2, "NIP", "198203122001121003", 2, "NIP", None, "198811052010012004"],
            [3, "Pangkat/Gol.Ruang", "Pembina, IV/a", 3, "Pangkat/Gol.Ruang", None, "Penata, III/c"], [4, "Jabatan", "Camat Mattoanging", 4, "Jabatan", None, "Kasi Pemerintahan"],
            [5, "Unit Kerja", "Kec. Mattoanging", 5, "Unit Kerja", None, "Kec. Mattoanging"],
            ["NO", "III. KEGIATAN TUGAS JABATAN", None, "AK", "TARGET", None, None, None, None, None], [None, None, None, None, "KUANT/OUTPUT", None, "KUAL/MUTU", "WAKTU", None, "BIAYA"]]  # fmt: skip
    merged = ["A9:A10", "B9:C10", "D9:D10", "E9:J9", "E10:F10", "H10:I10"]
    total = Decimal(0)
    tugas = ["Menyusun rencana kerja seksi", "Melaksanakan pembinaan administrasi desa", "Memfasilitasi penyusunan APBDes", "Melakukan evaluasi LPPD", "Menyusun laporan bulanan",
             "Melaksanakan koordinasi trantibum", "Memverifikasi dokumen RKPDes"]  # fmt: skip
    for i, name in enumerate(tugas, 1):
        q = [1, 11, 11, 11, 12, 24, 11][i - 1]
        rows.append([i, name, None, 0, q, "dokumen" if i % 2 else "kegiatan", 100, 12, "bulan", "-"])
        merged.append(f"B{len(rows)}:C{len(rows)}")
        total += q
    rows += [[], [None, None, None, None, None, None, "Mattoanging, 2 Januari 2025"], [None, "Pejabat Penilai,", None, None, None, None, "PNS yang Dinilai,"], [], [],
             [None, "ANDI RAHMAN PALLAWA, S.STP", None, None, None, None, "SITTI NURBAYA, S.Sos"], [None, "NIP. 198203122001121003", None, None, None, None, "NIP. 198811052010012004"]]  # fmt: skip
    return [Lembar("SKP", rows, [Truth("indikator", 7, {"target": total})], tuple(merged))]


@layout
def skp_2022():
    """SKP of PermenPANRB 6/2022: every result has three aspects (kuantitas, kualitas, waktu), each an indicator with a text target."""
    rows = [["SASARAN KINERJA PEGAWAI"], ["PENDEKATAN HASIL KERJA KUANTITATIF"], ["PERIODE PENILAIAN: 1 JANUARI SD 31 DESEMBER TAHUN 2025"],
            ["NO", "RENCANA HASIL KERJA PIMPINAN YANG DIINTERVENSI", "RENCANA HASIL KERJA", "ASPEK", "INDIKATOR KINERJA INDIVIDU", "TARGET"], ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"], ["A. UTAMA"]]  # fmt: skip
    merged, total, n = [], 0, 0
    for i, name in enumerate(["Tersusunnya dokumen Renja", "Terlaksananya musrenbang kecamatan", "Tersusunnya LKjIP", "Terkelolanya data desa"], 1):
        top = len(rows) + 1
        for aspek, ind, t, v in (("Kuantitas", f"Jumlah dokumen {name.lower()}", f"{i + 1} dokumen", i + 1), ("Kualitas", "Persentase kesesuaian dengan pedoman", "100 %", 100),
                                 ("Waktu", "Ketepatan waktu penyelesaian", "12 bulan", 12)):  # fmt: skip
            rows.append([i if aspek == "Kuantitas" else None, "Meningkatnya akuntabilitas kinerja" if aspek == "Kuantitas" else None, name if aspek == "Kuantitas" else None, aspek, ind, t])
            total, n = total + v, n + 1
        merged += [f"{c}{top}:{c}{top + 2}" for c in "ABC"]
    rows += [["B. TAMBAHAN"], ["PERILAKU KERJA"], [1, "Berorientasi Pelayanan"], [None, "- Memahami dan memenuhi kebutuhan masyarakat"], [2, "Akuntabel"],
             [None, "- Melaksanakan tugas dengan jujur, bertanggung jawab"]]  # fmt: skip
    return [Lembar("SKP", rows, [Truth("indikator", n, {"target": D(total)})], tuple(merged))]


@layout
def sdgs():
    """SDGs: goal rows as groups, indicator codes like 1.2.1*, base year, targets and figures per year, '-' and 'n/a'."""
    rows = kop("MATRIKS PENCAPAIAN TPB/SDGs KABUPATEN WATANTALLU")
    rows += [["Kode Indikator", "Nama Indikator", "Satuan", "Sumber Data", "Target Pencapaian", None, None, "Realisasi Pencapaian", None, None, "Instansi Pelaksana"],
             [None, None, None, None, 2022, 2023, 2024, 2022, 2023, 2024, None]]  # fmt: skip
    merged = ["E3:G3", "H3:J3", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "K3:K4"]
    goals = [("TUJUAN 1", "Tanpa Kemiskinan", [("1.2.1*", "Persentase penduduk yang hidup di bawah garis kemiskinan", "%", 8.1), ("1.3.1.(a)", "Proporsi peserta jaminan kesehatan", "%", 95),
              ("1.4.1.(d)", "Persentase rumah tangga dengan akses air minum layak", "%", 91.5)]),
             ("TUJUAN 3", "Kehidupan Sehat dan Sejahtera", [("3.1.1*", "Angka Kematian Ibu", "per 100.000 KH", 120), ("3.2.1*", "Angka Kematian Balita", "per 1.000 KH", 11), ("3.b.1.(a)", "Cakupan imunisasi dasar lengkap", "%", 93)]),
             ("TUJUAN 6", "Air Bersih dan Sanitasi Layak", [("6.2.1.(b)", "Persentase rumah tangga dengan sanitasi layak", "%", 88), ("6.2.1.(c)", "Jumlah desa stop buang air besar sembarangan", "Desa", 62)])]  # fmt: skip
    tg, rl, n = dict.fromkeys((2022, 2023, 2024), Decimal(0)), dict.fromkeys((2022, 2023, 2024), Decimal(0)), 0
    for code, name, inds in goals:
        rows.append([code, name])
        for kode, ind, unit, v in inds:
            ts = [v, round(v * 1.01, 2), round(v * 1.02, 2)]
            rs = [round(v * 0.97, 2), round(v, 2), "-" if n % 3 == 0 else ("n/a" if n == 4 else round(v * 1.01, 2))]
            rows.append([kode, ind, unit, "BPS / Dinas terkait", *ts, *rs, "Bappeda"])
            for y, a, b in zip(tg, ts, rs, strict=True):
                tg[y] += D(a)
                rl[y] += D(b) if not isinstance(b, str) else 0
            n += 1
    return [Lembar("SDGs", rows, [Truth("indikator", n, {"target": tg, "realisasi": rl})], tuple(merged))]


@layout
def lppd_ikk():
    """LPPD: IKK outcome with formula text, capaian as the only figure and data elements a/b as rows of their own."""
    rows = kop("INDIKATOR KINERJA KUNCI (IKK) OUTCOME", "LAPORAN PENYELENGGARAAN PEMERINTAHAN DAERAH TAHUN 2024")
    rows += [["No", "IKK Outcome", "Rumus", "Capaian Kinerja (%)", "Sumber Data", "Keterangan"]]
    data = [("Tingkat partisipasi warga negara usia 5-6 tahun dalam PAUD", 81.2), ("Tingkat partisipasi usia 7-12 tahun", 97.4), ("Rasio daya tampung RS rujukan", 1.21),
            ("Persentase RS rujukan terakreditasi", 100), ("Persentase penduduk berakses air minum layak", 88.03), ("Rasio kepatuhan IMB", 64.5), ("Persentase penyelesaian pelanggaran K3", 92.7)]  # fmt: skip
    for i, (name, v) in enumerate(data, 1):
        rows.append([i, name, f"Jumlah {name.lower()} dibagi jumlah seluruhnya dikali 100%", v, "Dinas terkait", None])
    s = D(*(v for _, v in data))
    return [Lembar("IKK", rows, [Truth("indikator", 7, {"realisasi": s}, also=[(7, {})])])]


@layout
def manual_iku():
    """Manual IKU: a page of labels and values per indicator, four pages under each other. Not a table."""
    rows = []
    for i, (name, unit, t) in enumerate(SASARAN[0][1] + SASARAN[1][1], 1):
        rows += [["MANUAL INDIKATOR KINERJA UTAMA"], ["Perspektif", ":", "Stakeholder"], ["Sasaran Strategis", ":", "Meningkatnya kualitas pelayanan"], ["Kode dan Nama IKU", ":", f"{i}. {name}"],
                 ["Definisi", ":", f"{name} adalah ukuran atas hasil pelayanan."], ["Formula", ":", "(a/b) x 100%"], ["Satuan Pengukuran", ":", unit], ["Jenis Aspek Target", ":", "( ) Kuantitas  (x) Kualitas"],
                 ["Polarisasi", ":", "Maximize"], ["Periode Pelaporan", ":", "Triwulanan"], ["Target 2025", ":", t], ["Target", "Q1", "Q2", "Q3", "Q4"], [None, t, t, t, t], []]  # fmt: skip
    return [Lembar("Manual IKU", rows, [])]


@layout
def desa_capaian():
    """Villages as groups (name alone in a merged row), their indicators with letters, target and realisasi as texts with units apart."""
    rows = [["REKAPITULASI CAPAIAN INDIKATOR DESA SE-KECAMATAN MATTOANGING"], ["SEMESTER I TAHUN 2025"], [], ["No", "Desa / Indikator", "Satuan", "Target", "Realisasi", "Capaian"]]
    merged, t_sum, r_sum, n = [], 0, 0, 0
    for i, desa in enumerate(["Desa Bonto Langi", "Desa Pattiro Bulu", "Desa Lempangan", "Desa Salu Batu"], 1):
        rows.append([["I", "II", "III", "IV"][i - 1], desa])
        merged.append(f"B{len(rows)}:F{len(rows)}")
        for letter, (name, unit, t) in zip("abcd", (("Jumlah posyandu aktif", "Posyandu", 3), ("Jumlah produk hukum desa", "Perdes", 5), ("Cakupan air bersih rumah tangga", "%", 80), ("Jumlah rumah tidak layak huni diperbaiki", "Unit", 9)), strict=True):
            t, r = t + i, t + i - 1 if letter == "d" else t + i
            rows.append([letter, name, unit, t, r, Pct(r / t)])
            t_sum, r_sum, n = t_sum + t, r_sum + r, n + 1
    return [Lembar("Desa", rows, [Truth("indikator", n, {"target": D(t_sum), "realisasi": D(r_sum)})], tuple(merged))]


@layout
def sasaran_bertumpuk():
    """Tujuan and sasaran as rows of their own above the indicators ("Sasaran 1 : …"), numbering 1.1, 1.2; real percent cells."""
    rows = kop("TARGET KINERJA TAHUN 2025")
    rows += [["NO", "TUJUAN / SASARAN / INDIKATOR", "SATUAN", "TARGET 2025", "KET"]]
    total, n = Decimal(0), 0
    for i, (s, inds) in enumerate(SASARAN, 1):
        if i in (1, 3):
            rows.append(["I" if i == 1 else "II", f"Tujuan {1 if i == 1 else 2} : Mewujudkan tata kelola pemerintahan yang baik"])
        rows.append([None, f"Sasaran {i} : {s}"])
        for j, (name, unit, t) in enumerate(inds, 1):
            rows.append([f"{i}.{j}", In(name, 2), unit, t, None])
            total, n = total + D(t), n + 1
    return [Lembar("Target", rows, [Truth("indikator", n, {"target": total})])]


@layout
def halaman_berulang():
    """Printed pages: heading and number row repeated every twelve lines, "Halaman" between; continuing numbers."""
    head = [["No", "Sub Kegiatan", "Indikator", "Satuan", "Target", "Realisasi", "%"], ["1", "2", "3", "4", "5", "6", "7"]]
    rows, t_sum, r_sum, n = kop("LAPORAN CAPAIAN KINERJA OUTPUT"), 0, 0, 0
    for page in range(3):
        if page:
            rows += [[], [None, None, None, None, None, None, f"Halaman {page + 1}"]]
        rows += head
        for _ in range(12):
            _, _, name, ind, unit, t, _ = SUBS[n % len(SUBS)]
            t = t + n
            r = t - (n % 5 == 0)
            n += 1
            rows.append([n, name, ind, unit, t, r, round(r / t * 100, 2)])
            t_sum, r_sum = t_sum + t, r_sum + r
    rows += TTD
    return [Lembar("Lap", rows, [Truth("indikator", n, {"target": D(t_sum), "realisasi": D(r_sum)})])]


@layout
def dua_tabel_berdampingan():
    """Two tables side by side with a gap: output indicators left, outcome right."""
    rows = [["INDIKATOR OUTPUT", None, None, None, None, "INDIKATOR OUTCOME"], ["No", "Indikator", "Satuan", "Target", None, "No", "Indikator", "Satuan", "Target"]]
    a = b = Decimal(0)
    flat = [x for _, inds in SASARAN for x in inds]
    for i, s in enumerate(SUBS):
        o = flat[i] if i < 6 else None
        rows.append([i + 1, s[3], s[4], s[5], None, *([i + 1, o[0], o[1], o[2]] if o else [])])
        a += s[5]
        b += D(o[2]) if o else 0
    return [Lembar("Dua", rows, [Truth("indikator", len(SUBS), {"target": a}, must_warn=True), Truth("indikator", 6, {"target": b}, must_warn=True)])]


@layout
def lembar_per_seksi():
    """One sheet per unit with the same layout, and a hidden sheet of an earlier year."""
    sheets = []
    for k, unit in enumerate(["Sekretariat", "Pemerintahan", "PMD", "Trantib"]):
        rows = [["PERJANJIAN KINERJA", None, None, None], [f"Seksi {unit}"], ["No", "Sasaran", "Indikator", "Target", "Satuan"]]
        part = SUBS[2 * k : 2 * k + 2]
        rows += [[i, f"Terlaksananya {p[2].lower()}", p[3], p[5], p[4]] for i, p in enumerate(part, 1)]
        sheets.append(Lembar(unit, rows, [Truth("indikator", 2, {"target": D(*(p[5] for p in part))})]))
    return sheets


# ---------------------------------------------------------------- with genuine errors: the user must be told


@layout
def dua_indikator_satu_sel():
    """Two indicators and two targets in one cell with line breaks."""
    rows = [["RENCANA KINERJA 2025"], [], ["No", "Sasaran", "Indikator Kinerja", "Target"],
            [1, "Meningkatnya pelayanan", "1. Indeks kepuasan masyarakat\n2. Persentase pengaduan selesai", "85\n100%"], [2, "Tertib administrasi", "Jumlah laporan keuangan", "12 laporan"],
            [3, "Pemberdayaan desa", "- Jumlah desa mandiri\n- Jumlah BUMDes aktif", "5 desa\n9 BUMDes"], [4, "Trantib", "Jumlah patroli wilayah", "48 kali"]]  # fmt: skip
    return [Lembar("RKT", rows, [Truth("indikator", 6, {"target": D(85, 100, 12, 5, 9, 48)}, must_warn=True, also=[(4, {"target": D(60)})])])]


@layout
def capaian_rusak():
    """Capaian by formula, one of them typed over with a wrong constant, one #DIV/0!."""
    rows = kop("PENGUKURAN KINERJA TAHUN 2024")
    rows += [["No", "Indikator Kinerja", "Satuan", "Target", "Realisasi", "Capaian %"]]
    t_sum = r_sum = 0
    for i, s in enumerate(SUBS, 1):
        t, r = s[5], s[5] - (i % 2)
        if i == 6:
            t = 0
        row = len(rows) + 1
        cap = (f"=E{row}/D{row}*100", r / t * 100 if t else "#DIV/0!")
        rows.append([i, s[3], s[4], t, r, 120 if i == 4 else cap])
        t_sum, r_sum = t_sum + t, r_sum + r
    return [Lembar("Ukur", rows, [Truth("indikator", len(SUBS), {"target": D(t_sum), "realisasi": D(r_sum)}, must_warn=True)])]


@layout
def triwulan_tidak_jumlah():
    """The four quarters of one line do not add up to its yearly target, all others do."""
    sheet = rencana_aksi_tw()[0]
    rows = [list(r) for r in sheet.rows]
    rows[7][6] += 3
    sheet.tables[0].must_warn = True
    return [Lembar("RENAKSI", rows, sheet.tables, sheet.merged)]


@layout
def persen_campur():
    """Percent targets as 0,85, 85 and "85%" in one column."""
    rows = [["No", "Indikator Kinerja", "Satuan", "Target", "Realisasi"]]
    names = ["Persentase desa mandiri", "Persentase LPJ tepat waktu", "Persentase pengaduan selesai", "Persentase aset tercatat", "Persentase kehadiran rapat", "Persentase temuan ditindaklanjuti"]
    target = [85, 0.9, "95%", 80, 0.75, 100]
    real = [82, 0.88, "90%", 79, 0.7, 100]
    rows += [[i, n, "%", t, r] for i, (n, t, r) in enumerate(zip(names, target, real, strict=True), 1)]
    return [Lembar("P", rows, [Truth("indikator", 6, {"target": D(85, 0.9, 95, 80, 0.75, 100), "realisasi": D(82, 0.88, 90, 79, 0.7, 100)}, must_warn=True)])]


@layout
def subtotal_rp_kurang():
    """T-C.33 whose program row leaves one kegiatan out of its sum."""
    sheet = renja_tc33()[0]
    rows = [list(r) for r in sheet.rows]
    at = next(i for i, r in enumerate(rows) if r and r[0] == "7.01.02")
    rows[at][5] -= 35_000_000
    sheet.tables[0].must_warn = True
    return [Lembar("T-C.33", rows, sheet.tables, sheet.merged)]


@layout
def baris_tersembunyi():
    """Pengukuran with two hidden indicator rows."""
    sheet = rencana_aksi_tw()[0]
    sheet.tables[0].must_warn = True
    return [Lembar("RENAKSI", sheet.rows, sheet.tables, sheet.merged, hidden_rows=(8, 9))]


@layout
def salinan_tersaring():
    """Three sheets with the same indicators, each shown under another filter (hidden rows)."""
    rows = [["No", "Bidang", "Indikator Kinerja", "Satuan", "Target", "Realisasi"]]
    for i, s in enumerate(SUBS * 4, 1):
        rows.append([i, "ABCD"[(i - 1) // len(SUBS)], f"{s[3]} {i}", s[4], s[5] + i, s[5]])
    n = len(rows) - 1
    truth = {"target": D(*(r[4] for r in rows[1:])), "realisasi": D(*(r[5] for r in rows[1:]))}
    made = []
    for b in "ABC":
        tables = [Truth("indikator", n, truth, must_warn=True)] if b == "A" else []  # the others: copies, said
        made.append(Lembar(f"Bidang {b}", rows, tables, hidden_rows=tuple(i for i, r in enumerate(rows, 1) if i > 1 and r[1] != b)))
    return made


@layout
def rentang_dan_predikat():
    """Targets that are ranges and predicates: "80-90", "BB", "Baik", "≥ 75", "< 5 hari", "n/a"."""
    rows = [["No", "Sasaran", "Indikator Kinerja", "Satuan", "Target"]]
    data = [("Nilai SAKIP", "Predikat", "BB"), ("Indeks kepuasan", "Indeks", "80-90"), ("Lama pelayanan", "Hari", "< 5"), ("Opini BPK", "Opini", "WTP"), ("Persentase serapan", "%", "≥ 95"), ("Jumlah laporan", "Laporan", "12"),
            ("Jumlah inovasi", "Inovasi", 3), ("Indeks SPBE", "Indeks", "n/a"), ("Jumlah desa dibina", "Desa", 11)]  # fmt: skip
    rows += [[i, f"Meningkatnya {n.lower()}", n, u, t] for i, (n, u, t) in enumerate(data, 1)]
    return [Lembar("T", rows, [Truth("indikator", 9, {"target": D(12, 3, 11)}, must_warn=True, also=[(n, {"target": D(12, 3, 11, *x)}) for n in (3, 5, 6, 7, 8, 9) for x in ((), (5, 95), (95,), (5,))])])]


# ---------------------------------------------------------------- nothing to read


@layout
def none_e81_kosong():
    """Blank E.81: headings, number row, dotted lines."""
    rows = kop("Formulir E.81", "Evaluasi Terhadap Hasil Renja Perangkat Daerah Lingkup Kabupaten/kota", "Renja Perangkat Daerah .................... Kabupaten/kota ....................")
    rows += e81_rows() + [[None, None, "Program ....", "...."], [None, None, "Kegiatan ....", "...."], [None] * 26, ["dst"], ["Faktor pendorong keberhasilan kinerja:"], ["Faktor penghambat:"]]
    return [Lembar("E.81", rows)]


@layout
def none_petunjuk():
    """Instructions for filling a form."""
    rows = [["PETUNJUK PENGISIAN FORMULIR PENGUKURAN KINERJA"], [], ["Kolom", "Judul", "Cara Mengisi"]]
    rows += [[i, j, f"Diisi dengan {j.lower()} sesuai dokumen perjanjian kinerja tahun berjalan"] for i, j in enumerate(["Nomor urut", "Sasaran strategis", "Indikator kinerja", "Target", "Realisasi", "Persentase capaian", "Anggaran", "Realisasi anggaran"], 1)]
    return [Lembar("Petunjuk", rows)]


@layout
def none_pohon_kotak():
    """Cascading drawn as boxes in merged cells."""
    rows = [[None] * 16 for _ in range(24)]
    def put(r, c, t):
        rows[r][c] = t
    put(0, 4, "POHON KINERJA KECAMATAN LAMPOKO")
    put(2, 5, "Meningkatnya kualitas tata kelola pemerintahan")
    put(3, 5, "Indeks Reformasi Birokrasi (75)")
    for k in range(4):
        put(7, 4 * k, SASARAN[k][0])
        for j, (n, u, t) in enumerate(SASARAN[k][1]):
            put(9 + 3 * j, 4 * k, n)
            put(10 + 3 * j, 4 * k, f"Target: {t} {u}")
    return [Lembar("Pohon", rows, [], ("F3:J3", "F4:J4"))]


@layout
def none_struktur():
    """Organisation chart: positions, names and NIP in cells."""
    rows = [[None] * 12 for _ in range(20)]
    for r, c, a, b, n in ((1, 4, "CAMAT", "ANDI RAHMAN PALLAWA, S.STP", "198203122001121003"), (6, 8, "SEKRETARIS CAMAT", "NURLINA, S.E.", "197809092003122002"),
                          (12, 0, "KASI PEMERINTAHAN", "SITTI NURBAYA, S.Sos", "198811052010012004"), (12, 3, "KASI PMD", "MUH. ILHAM, S.IP", "198505102009011007"),
                          (12, 6, "KASI TRANTIB", "BASO TENRI, S.H.", "197912312005021009"), (12, 9, "KASI PELAYANAN UMUM", "HASNAH, S.Kom", "199001152014032001")):  # fmt: skip
        rows[r][c], rows[r + 1][c], rows[r + 2][c] = a, b, f"NIP. {n}"
    return [Lembar("Struktur", rows)]


@layout
def none_skala_predikat():
    """The scale of predicates: interval, predicate, colour."""
    rows = [["SKALA NILAI PERINGKAT KINERJA"], [], ["No", "Interval Nilai Realisasi Kinerja", "Kriteria Penilaian Realisasi Kinerja", "Kode Warna"],
            [1, "91% ≤ 100%", "Sangat Tinggi", "Hijau Tua"], [2, "76% ≤ 90%", "Tinggi", "Hijau Muda"], [3, "66% ≤ 75%", "Sedang", "Kuning Tua"], [4, "51% ≤ 65%", "Rendah", "Kuning Muda"], [5, "≤ 50%", "Sangat Rendah", "Merah"]]  # fmt: skip
    return [Lembar("Skala", rows)]


@layout
def none_form_pk_kosong():
    """A blank PK form with numbers already in the first column and zero totals."""
    rows = kop("PERJANJIAN KINERJA TAHUN 20..", "UNIT KERJA : ..............................")
    rows += [["No", "Sasaran", "Indikator Kinerja", "Satuan", "Target", "Realisasi", "Capaian"]]
    rows += [[i, None, None, None, None, None, (f"=IF(E{i + 4}=\"\",\"\",F{i + 4}/E{i + 4})", "")] for i in range(1, 21)]
    rows += [["Jumlah", None, None, None, ("=SUM(E5:E24)", 0), ("=SUM(F5:F24)", 0), None]]
    return [Lembar("Form", rows)]
