"""Realisasi tables as offices and their applications lay them out: each builder gives a workbook and what is true about it.

The truth is computed here from the lines that the builder itself made up, never by the reader.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

Cell = object
Rows = list[list[Cell]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What one table truly holds; ``codes``: the exact (code, cell) of its catatan, information apart."""

    sheet: str
    n: int
    sums: dict[str, object]
    codes: frozenset[tuple[str, str]] = frozenset()
    kind: str = "realisasi"
    flagged: bool = False
    """Read, but not exactly: the builder says why; staff must have been told something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A workbook: sheets as rows from A1, and its tables."""

    sheets: dict[str, Rows]
    truths: tuple[Truth, ...]
    merged: dict[str, tuple[str, ...]] = field(default_factory=dict)
    hidden: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Hidden rows (1-based) per sheet."""
    book: frozenset[tuple[str, str]] = frozenset()
    """(code, sheet) of the catatan on the file, and on sheets that were not imported."""

    def xlsx(self) -> bytes:
        out = io.BytesIO()
        with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
            plain = book.add_format({})
            for name, rows in self.sheets.items():
                sheet = book.add_worksheet(name)
                for area in self.merged.get(name, ()):
                    sheet.merge_range(area, "", plain)
                for r, row in enumerate(rows):
                    for c, value in enumerate(row):
                        _write(sheet, r, c, value)
                for row in self.hidden.get(name, ()):
                    sheet.set_row(row - 1, None, None, {"hidden": True})
        return out.getvalue()


def _write(sheet, r: int, c: int, value: Cell) -> None:
    if isinstance(value, tuple):
        sheet.write_formula(r, c, value[0], None, value[1])
    elif isinstance(value, str):
        sheet.write_string(r, c, value)
    elif value is not None:
        sheet.write_number(r, c, value)


MAKERS: dict[str, Callable[[random.Random], Made]] = {}


def layout(make: Callable[[random.Random], Made]) -> Callable[[random.Random], Made]:
    """Register a builder under its name."""
    MAKERS[make.__name__] = make
    return make


def made(name: str) -> Made:
    return MAKERS[name](random.Random(name))


# ---- content ---------------------------------------------------------------------------------------

NAMES = {
    "4": "PENDAPATAN DAERAH", "4.1": "PENDAPATAN ASLI DAERAH (PAD)", "4.1.01": "Pajak Daerah", "4.1.02": "Retribusi Daerah",
    "4.1.04": "Lain-lain PAD yang Sah", "4.2": "PENDAPATAN TRANSFER", "4.2.01": "Pendapatan Transfer Pemerintah Pusat",
    "5": "BELANJA DAERAH", "5.1": "BELANJA OPERASI", "5.2": "BELANJA MODAL", "5.3": "BELANJA TIDAK TERDUGA",
    "5.1.01": "Belanja Pegawai", "5.1.02": "Belanja Barang dan Jasa", "5.2.02": "Belanja Modal Peralatan dan Mesin",
    "5.2.03": "Belanja Modal Gedung dan Bangunan", "5.2.05": "Belanja Modal Aset Tetap Lainnya", "5.1.05": "Belanja Hibah",
    "5.1.01.01": "Belanja Gaji dan Tunjangan ASN", "5.1.01.02": "Belanja Tambahan Penghasilan ASN",
    "5.1.02.01": "Belanja Barang", "5.1.02.02": "Belanja Jasa", "5.1.02.03": "Belanja Pemeliharaan",
    "5.1.02.04": "Belanja Perjalanan Dinas", "5.2.02.05": "Belanja Modal Alat Kantor dan Rumah Tangga",
    "5.2.02.10": "Belanja Modal Komputer", "5.1.02.01.01": "Belanja Barang Pakai Habis", "5.1.01.01.01": "Belanja Gaji Pokok ASN",
    "5.1.02.02.01": "Belanja Jasa Kantor", "5.1.02.04.01": "Belanja Perjalanan Dinas Dalam Negeri",
    "6": "PEMBIAYAAN DAERAH", "6.1": "PENERIMAAN PEMBIAYAAN", "6.2": "PENGELUARAN PEMBIAYAAN",
    "7": "UNSUR KEWILAYAHAN", "7.01": "KECAMATAN", "7.01.01": "PROGRAM PENUNJANG URUSAN PEMERINTAHAN DAERAH KABUPATEN/KOTA",
    "7.01.02": "PROGRAM PENYELENGGARAAN PEMERINTAHAN DAN PELAYANAN PUBLIK",
    "7.01.03": "PROGRAM PEMBERDAYAAN MASYARAKAT DESA DAN KELURAHAN",
    "7.01.01.2.01": "Perencanaan, Penganggaran, dan Evaluasi Kinerja Perangkat Daerah",
    "7.01.01.2.02": "Administrasi Keuangan Perangkat Daerah", "7.01.01.2.06": "Administrasi Umum Perangkat Daerah",
    "7.01.02.2.01": "Koordinasi Penyelenggaraan Kegiatan Pemerintahan di Tingkat Kecamatan",
    "7.01.03.2.01": "Koordinasi Kegiatan Pemberdayaan Desa",
    "7.01.01.2.01.0001": "Penyusunan Dokumen Perencanaan Perangkat Daerah",
    "7.01.01.2.01.0007": "Evaluasi Kinerja Perangkat Daerah", "7.01.01.2.02.0001": "Penyediaan Gaji dan Tunjangan ASN",
    "7.01.01.2.06.0002": "Penyediaan Peralatan dan Perlengkapan Kantor", "7.01.01.2.06.0004": "Penyediaan Bahan Logistik Kantor",
    "7.01.02.2.01.0001": "Koordinasi/Sinergi Perencanaan dan Pelaksanaan Kegiatan Pemerintahan",
    "7.01.03.2.01.0001": "Peningkatan Partisipasi Masyarakat dalam Forum Musyawarah Perencanaan",
}  # fmt: skip
ACCOUNTS = (
    ("5.1.01.01.01.0001", "Belanja Gaji Pokok PNS"), ("5.1.01.01.02.0001", "Belanja Tunjangan Keluarga PNS"),
    ("5.1.01.02.01.0001", "Tambahan Penghasilan berdasarkan Beban Kerja PNS"),
    ("5.1.02.01.01.0004", "Belanja Bahan-Bahan Bakar dan Pelumas"),
    ("5.1.02.01.01.0024", "Belanja Alat/Bahan untuk Kegiatan Kantor-Alat Tulis Kantor"),
    ("5.1.02.01.01.0026", "Belanja Alat/Bahan untuk Kegiatan Kantor- Bahan Cetak"),
    ("5.1.02.01.01.0052", "Belanja Makanan dan Minuman Rapat"), ("5.1.02.02.01.0003", "Honorarium Narasumber atau Pembahas"),
    ("5.1.02.02.01.0061", "Belanja Tagihan Listrik"), ("5.1.02.02.01.0063", "Belanja Kawat/Faksimili/Internet/TV Berlangganan"),
    ("5.1.02.03.02.0035", "Belanja Pemeliharaan Alat Angkutan-Kendaraan Dinas"),
    ("5.1.02.04.01.0001", "Belanja Perjalanan Dinas Biasa"), ("5.1.02.04.01.0003", "Belanja Perjalanan Dinas Dalam Kota"),
    ("5.2.02.05.01.0005", "Belanja Modal Alat Kantor Lainnya"), ("5.2.02.10.01.0002", "Belanja Modal Personal Computer"),
)  # fmt: skip
SUBS = tuple(code for code in NAMES if code.startswith("7") and code.count(".") == 5)
MONTHS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember")
OFFICES = (
    "Dinas Pendidikan", "Dinas Kesehatan", "Dinas Pekerjaan Umum dan Penataan Ruang", "Satuan Polisi Pamong Praja",
    "Dinas Sosial P3A", "Dinas Pertanian", "Badan Keuangan dan Aset Daerah", "Inspektorat Daerah", "Kecamatan Sumber Rejo",
    "Kecamatan Padang Lestari", "Kecamatan Batu Indah",
)  # fmt: skip
SIGN: Rows = [
    [], [None, None, None, "Sumber Rejo, 31 Juli 2025"], [None, None, None, "Pengguna Anggaran,"], [], [],
    [None, None, None, "RATNA DEWI ANGGRAINI, S.Sos"], [None, None, None, "NIP. 19780412 200501 2 003"],
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of a tree: its code, name, depth (0 = top), whether it is a line, and its figures."""

    code: str
    name: str
    depth: int
    leaf: bool
    values: tuple[int, ...]


def money(rng: random.Random, low: int = 1, high: int = 900) -> int:
    return rng.randint(low, high) * rng.choice((50_000, 125_500, 275_250))


def spent(rng: random.Random, budget: int) -> int:
    return budget * rng.randint(0, 98) // 100 if rng.random() > 0.1 else 0


def pair(rng: random.Random) -> tuple[int, int]:
    budget = money(rng)
    return budget, spent(rng, budget)


def leaves(rng: random.Random, subs: int, figures: Callable[[random.Random], Sequence[int]]) -> list[Row]:
    """Lines: sub kegiatan / account."""
    found = []
    for sub in SUBS[:subs]:
        for code, name in sorted(rng.sample(ACCOUNTS, rng.randint(3, 7))):
            found.append(Row(code=f"{sub}/{code}", name=name, depth=0, leaf=True, values=tuple(figures(rng))))
    return found


def plain_leaves(rng: random.Random, figures: Callable[[random.Random], Sequence[int]]) -> list[Row]:
    """Lines of accounts without sub kegiatan."""
    return [Row(code=code, name=name, depth=0, leaf=True, values=tuple(figures(rng))) for code, name in ACCOUNTS]


def add(rows: Sequence[Row]) -> tuple[int, ...]:
    return tuple(sum(parts) for parts in zip(*(row.values for row in rows), strict=True))


def tree(lines: Sequence[Row], sub_parts: Sequence[int] = (), parts: Sequence[int] = (1, 2, 3, 4, 5)) -> list[Row]:
    """The lines under group rows of their codes: ``sub_parts`` levels of the sub kegiatan, ``parts`` levels of the account."""
    found: list[Row] = []
    open_: list[str] = []
    for line in lines:
        sub, _, account = line.code.rpartition("/")
        keys = [".".join(sub.split(".")[:n]) for n in sub_parts if sub] + [
            f"{sub}/{'.'.join(account.split('.')[:n])}" if sub else ".".join(account.split(".")[:n]) for n in parts
        ]
        keys = [key for key in keys if key != line.code]
        for depth, key in enumerate(keys):
            if open_[: depth + 1] != keys[: depth + 1]:
                under = [x for x in lines if x.code == key or x.code.startswith((key + ".", key + "/"))]
                code = key.rpartition("/")[2]
                found.append(Row(code=code, name=NAMES.get(code, f"Kelompok {code}"), depth=depth, leaf=False, values=add(under)))
                open_ = keys[: depth + 1]
        found.append(Row(code=account, name=line.name, depth=len(keys), leaf=True, values=line.values))
    return found


def idr(value: float, sen: bool = True) -> str:
    """1.500.000,00 and (1.500.000,00)."""
    text = f"{abs(value):,.0f}".replace(",", ".") + (",00" if sen else "")
    return f"({text})" if value < 0 else text


def persen(part: float, whole: float) -> float:
    return round(part / whole * 100, 2) if whole else 0.0


def col(index: int) -> str:
    return xl_col_to_name(index)


def span(index: int, first: int, last: int, value: float, word: str = "SUM") -> tuple[str, float]:
    """=SUM(C4:C9) with its result; ``index`` zero-based column."""
    return f"={word}({col(index)}{first}:{col(index)}{last})", value


def total(lines: Sequence[Row], *names: str) -> dict[str, object]:
    """Sums by name, figures in order."""
    return dict(zip(names, add(lines), strict=False))


def codes(*pairs: str) -> frozenset[tuple[str, str]]:
    """``L401 D2`` → the set of (code, cell)."""
    return frozenset((text.split()[0], (text.split() + [""])[1]) for text in pairs)


def numbered(rows: Sequence[Row]) -> Iterator[tuple[int, Row]]:
    return enumerate(rows, 1)


KOP: Rows = [["PEMERINTAH KABUPATEN SUMBER MAKMUR"], ["KECAMATAN SUMBER REJO"], ["LAPORAN REALISASI ANGGARAN BELANJA"],
             ["Tahun Anggaran 2025 - Keadaan s.d. 31 Juli 2025"], []]  # fmt: skip
N = None
