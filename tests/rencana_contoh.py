"""A small invented plan with every direction, type and accumulation: two units, four sub kegiatan, all three jenis belanja."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal as D

from kinerja_xl.reckoning.plan import Plan, PlanIndicator, PlanLine, PlanSub, steady

SUB_A, SUB_B = "7.01.03.2.01.0001", "7.01.03.2.02.0001"
SUB_C, SUB_D = "7.01.04.2.01.0001", "7.01.05.2.01.0002"
NAMES = {
    SUB_A: "Peningkatan Partisipasi Masyarakat", SUB_B: "Penguatan Lembaga Kemasyarakatan",
    SUB_C: "Sinergitas dengan Kepolisian", SUB_D: "Pembinaan Kerukunan Antarsuku",
}  # fmt: skip
LINES = (
    ("pmd", SUB_A, "5.1.02.01.01.0024", "5.1.02", 6_550_000),
    ("pmd", SUB_A, "5.1.02.02.01.0003", "5.1.02", 2_450_000),
    ("pmd", SUB_B, "5.2.02.10.01.0002", "5.2", 9_500_000),
    ("trantib", SUB_C, "5.1.01.01.01.0001", "5.1.01", 12_000_000),
    ("trantib", SUB_C, "5.1.02.01.01.0052", "5.1.02", 3_300_000),
)
SUBS = (
    ("pmd", SUB_A, 9_500_000, 9_000_000, "Jumlah peserta dikurangi"),
    ("pmd", SUB_B, 9_500_000, 9_500_000, ""),
    ("trantib", SUB_C, 15_300_000, 15_300_000, ""),
    ("trantib", SUB_D, 4_000_000, 0, "Belum menjadi prioritas tahun ini"),
)


def indicator(unit: str, kode: str, nama: str, tipe: str, arah: str, akumulasi: str, target: object, *quarters: object,
              **more: object) -> PlanIndicator:  # fmt: skip
    """An indicator; numbers as int or text. ``more`` replaces any other field."""
    values: dict[str, object] = {
        "unit": unit, "kode": kode, "level": "Output", "nama": nama, "sasaran": "Masyarakat berdaya", "tipe": tipe,
        "dimensi": "Efektif", "tingkat": "Unit kerja", "satuan": "Persen" if tipe == "Persentase" else "Dokumen", "arah": arah,
        "akumulasi": akumulasi, "baseline": None, "target": _number(target),
        "quarters": tuple(_number(q) for q in (*quarters, *(None,) * (4 - len(quarters)))),
        "penanggung_jawab": "Kepala Seksi",
    }  # fmt: skip
    return PlanIndicator(**{**values, **more})  # type: ignore[arg-type]


def _number(value: object) -> object:
    return D(value) if isinstance(value, int) else value


INDICATORS = (
    indicator("pmd", SUB_A, "Jumlah musyawarah", "Kuantitas absolut", "Naik", "Jumlah", 10, 2, 3, 3, 2, baseline=D(8)),
    indicator("pmd", SUB_A, "Persentase lembaga aktif", "Persentase", "Naik", "Nilai terakhir", D("85.5"), 20, 40, 60,
              D("85.5"), level="Outcome", pembilang="Lembaga aktif", penyebut="Seluruh lembaga", iku=True),
    indicator("pmd", SUB_B, "Mutu pembinaan", "Kualitatif", "Naik", "Nilai terakhir", "Baik", "Cukup", "Cukup", "Baik", "Baik"),
    indicator("pmd", SUB_B, "Lama penyusunan laporan", "Rata-rata", "Rentang", "Rata-rata", 8, 8, 8, 8, 8, bawah=D(7), atas=D(8),
              satuan="Bulan"),
    indicator("pmd", "7.01.03", "Indeks desa membangun", "Indeks", "Naik", "Nilai terakhir", D("0.75"), None, None, None,
              D("0.75"), level="Outcome", satuan="Indeks"),
    indicator("trantib", SUB_C, "Jumlah pelanggaran", "Kuantitas absolut", "Turun", "Jumlah", 10, 3, 3, 2, 2, satuan="Kejadian"),
    indicator("trantib", SUB_C, "Jumlah korban", "Kuantitas absolut", "Turun", "Jumlah", 0, 0, 0, 0, 0, satuan="Orang"),
    indicator("trantib", SUB_C, "Rasio petugas", "Rasio", "Naik", "Nilai terakhir", D("1.25"), None, None, D("1.25"), D("1.25"),
              pembilang="Petugas", penyebut="Desa", satuan="Rasio"),
)  # fmt: skip


def plan(**changes: object) -> Plan:
    """The plan, hashed; ``changes`` replace fields before."""
    base = Plan(
        tahun=2025, tahap="penetapan", nomor=0, tanggal=date(2024, 12, 20), dasar="Berita Acara Nomor 3 Tahun 2024",
        kantor="Kantor Kecamatan Batu Putih",
        subs=tuple(PlanSub(unit=u, kode=k, nama=NAMES[k], diusulkan=a, disepakati=b, alasan=r) for u, k, a, b, r in SUBS),
        lines=tuple(PlanLine(unit=u, kode_sub=k, rekening=r, jenis=j, jumlah=n) for u, k, r, j, n in LINES),
        indicators=INDICATORS,
        kas={("pmd", SUB_A): (0, 500_000, *(1_000_000,) * 8, 500_000, 0)},
    )  # fmt: skip
    return steady(replace(base, **changes))  # type: ignore[arg-type]
