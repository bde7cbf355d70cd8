"""Price lists (SSH, SBU, HSPK, ASB) and their neighbours as offices lay them out, each with its truth as its builder knows it."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import xlsxwriter

N = None
ATK = (
    "Kertas HVS A4 70 gram", "Kertas HVS F4 80 gram", "Map snelhecter plastik", "Pulpen gel 0,5 mm", "Spidol whiteboard",
    "Stapler besar", "Isi stapler No. 10", "Amplop dinas", "Buku folio 200 lembar", "Binder clip 260", "Lakban bening 2 inci",
    "Penggaris besi 30 cm", "Odner folio", "Tinta stempel", "Stempel tanggal", "Gunting besar", "Kalkulator 12 digit",
    "Post it 3x3", "Lem stik 25 gram", "Pembolong kertas",
)  # fmt: skip
ALAT = (
    "Komputer all in one", "Laptop layar 14 inci", "Printer laser mono", "Printer inkjet A3", "Pemindai dokumen",
    "Proyektor 4000 lumen", "Layar proyektor 70 inci", "Kamera digital", "Pendingin ruangan 1 PK", "Kipas angin berdiri",
    "Mesin absensi sidik jari", "Genset 5 kVA", "UPS 1200 VA", "Hard disk eksternal 1 TB", "Switch 24 port",
)  # fmt: skip
MAKAN = (
    "Nasi kotak rapat biasa", "Kudapan rapat biasa", "Nasi kotak tamu VIP", "Kudapan tamu VIP", "Air mineral 600 ml",
    "Air galon isi ulang", "Kopi bubuk", "Gula pasir", "Teh celup", "Prasmanan per orang",
)  # fmt: skip
BANGUN = (
    "Semen Portland 50 kg", "Pasir pasang", "Batu belah 15/20", "Besi beton polos 10 mm", "Kayu kelas II 5/7",
    "Cat tembok dalam", "Cat kayu", "Paku 5 cm", "Seng gelombang BJLS 0,20", "Keramik 40x40", "Triplek 9 mm", "Pipa PVC 3 inci",
)  # fmt: skip
UNITS = ("Buah", "Rim", "Dus", "Unit", "Kotak", "Pak", "Set", "Botol", "Lembar")
PROVINSI = (
    "ACEH", "SUMATERA UTARA", "RIAU", "KEPULAUAN RIAU", "JAMBI", "SUMATERA BARAT", "SUMATERA SELATAN", "LAMPUNG", "BENGKULU",
    "BANGKA BELITUNG", "BANTEN", "JAWA BARAT", "D.K.I. JAKARTA", "JAWA TENGAH", "D.I. YOGYAKARTA", "JAWA TIMUR", "BALI",
    "NUSA TENGGARA BARAT", "NUSA TENGGARA TIMUR", "KALIMANTAN BARAT", "KALIMANTAN TENGAH", "KALIMANTAN SELATAN",
    "KALIMANTAN TIMUR", "KALIMANTAN UTARA", "SULAWESI UTARA", "GORONTALO", "SULAWESI BARAT", "SULAWESI SELATAN",
    "SULAWESI TENGAH", "SULAWESI TENGGARA", "MALUKU", "MALUKU UTARA", "PAPUA", "PAPUA BARAT",
)  # fmt: skip


@dataclass
class Truth:
    """One table: kind, lines, and the sum of each price column (a checksum); ``also``: other counts that are as right."""

    sheet: str
    kind: str = "standar_harga"
    n: int = 0
    sums: list[Decimal] = field(default_factory=list)
    also: tuple[int, ...] = ()

    def add(self, prices: Sequence[object]) -> None:
        self.n += 1
        self.sums = self.sums or [Decimal(0) for _ in prices]
        for i, price in enumerate(prices):
            self.sums[i] += Decimal(str(price)) if price is not None else 0


class Sheet:
    """Rows as they are typed, with merges and what is hidden."""

    def __init__(self, name: str, hidden: bool = False) -> None:
        self.name, self.hidden = name, hidden
        self.rows: list[list[object]] = []
        self.merges: list[str] = []
        self.hidden_rows: list[int] = []
        self.hidden_cols: list[str] = []
        self.filtered = ""
        self.tables: list[Truth] = []

    def add(self, *cells: object) -> int:
        self.rows.append(list(cells))
        return len(self.rows)

    def skip(self, n: int = 1) -> None:
        for _ in range(n):
            self.add()

    def title(self, *lines: str) -> None:
        for line in lines:
            self.add(line)

    def table(self, kind: str = "standar_harga", also: tuple[int, ...] = ()) -> Truth:
        self.tables.append(Truth(sheet=self.name, kind=kind, also=also))
        return self.tables[-1]

    def leaf(self, cells: Sequence[object], *prices: object) -> int:
        """A line of the current table; ``prices``: what its price columns are worth (None: no price)."""
        self.tables[-1].add(prices)
        return self.add(*cells)

    def sign(self, col: int, who: str = "BUPATI TANETE JAYA,", name: str = "ANDI SYAFRUDDIN LATIEF") -> None:
        self.skip()
        pad: list[object] = [N] * col
        for line in (who, "ttd", name):
            self.add(*pad, line)


@dataclass(frozen=True)
class Layout:
    """A workbook, its truth, and what must be said: ``said`` None for nothing but info."""

    name: str
    sheets: tuple[Sheet, ...]
    must_warn: bool = False
    file: str = "daftar.xlsx"

    @property
    def truths(self) -> list[Truth]:
        return [truth for sheet in self.sheets for truth in sheet.tables]

    def data(self) -> bytes:
        out = io.BytesIO()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with xlsxwriter.Workbook(out, options) as book:
            for sheet in self.sheets:
                _write(book, sheet)
        return out.getvalue()


def _write(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
    ws = book.add_worksheet(sheet.name)
    held = {m.split(":")[0] for m in sheet.merges}
    for merge in sheet.merges:
        ws.merge_range(merge, "")
    for r, row in enumerate(sheet.rows):
        for c, value in enumerate(row):
            if isinstance(value, tuple):
                ws.write_formula(r, c, value[0], None, value[1])
            elif isinstance(value, str):
                ws.write_string(r, c, value)
            elif value is not None:
                ws.write_number(r, c, value)
    assert all(held)
    for row in sheet.hidden_rows:
        ws.set_row(row - 1, None, None, {"hidden": True})
    for col in sheet.hidden_cols:
        ws.set_column(f"{col}:{col}", None, None, {"hidden": True})
    if sheet.filtered:
        ws.autofilter(sheet.filtered)
    if sheet.hidden:
        ws.hide()


MADE: list[Callable[[], Layout]] = []


def layout(make: Callable[[], Layout]) -> Callable[[], Layout]:
    MADE.append(make)
    return make


def price(rnd: random.Random, low: int = 2, high: int = 900) -> int:
    return rnd.randint(low, high) * 500


def items(rnd: random.Random, names: Sequence[str], n: int) -> list[tuple[str, str, str, int]]:
    """(name, specification, unit, price); a name returns with another specification when there are more lines than names."""
    made = []
    for i in range(n):
        spec = rnd.choice(("Standar", "Kualitas baik", "Setara merek lokal", "Ukuran sedang", "Tipe B")) + f" {i // len(names) + 1}"
        made.append((names[i % len(names)], spec, rnd.choice(UNITS), price(rnd)))
    return made


def rp(value: int) -> str:
    return "Rp " + f"{value:,}".replace(",", ".") + ",-"


def dots(value: int) -> str:
    return f"{value:,}".replace(",", ".")


Groups = Mapping[str, Sequence[str]]
GROUPS: Groups = {"ALAT TULIS KANTOR": ATK, "PERALATAN KANTOR": ALAT, "MAKANAN DAN MINUMAN": MAKAN, "BAHAN BANGUNAN": BANGUN}


@layout
def sipd_export() -> Layout:
    """The regional budgeting system's export: flat, one heading, codes of group, id and TKDN as numbers."""
    rnd, s = random.Random(1), Sheet("Worksheet")
    s.add("Kode Kelompok Barang", "Uraian Kelompok Barang", "ID Standar Harga", "Kode Barang", "Uraian Barang", "Spesifikasi",
          "Satuan", "Harga Satuan", "Kode Rekening", "Jenis", "Nilai TKDN")  # fmt: skip
    s.table()
    n = 0
    for g, (group, names) in enumerate(GROUPS.items(), 1):
        for name, spec, unit, cost in items(rnd, names, 30):
            n += 1
            code = f"1.1.12.01.03.{g:04d}"
            s.leaf([code, group.title(), 3400000 + n, f"{code}.{n:05d}", name, spec, unit, cost, "5.1.02.01.01.0024", "SSH",
                    rnd.choice((0, 25.5, 40, 62.31))], cost)  # fmt: skip
    return Layout("sipd_export", (s,), file="ssh_2025.xlsx")


@layout
def sipd_text() -> Layout:
    """The same system's other export: everything is text, prices with dots, several accounts in one cell."""
    rnd, s = random.Random(2), Sheet("Sheet1")
    s.add("No", "Kode", "Nama Barang", "Spek", "Satuan", "Harga", "Rekening Belanja", "TKDN (%)")
    s.table()
    for i, (name, spec, unit, cost) in enumerate(items(rnd, ATK, 60), 1):
        s.leaf([str(i), f"1.1.7.01.01.{i:03d}", name, spec, unit, dots(cost), "5.1.02.01.01.0024\n5.1.02.01.01.0025",
                "0" if i % 3 else "40"], cost)  # fmt: skip
    return Layout("sipd_text", (s,), file="standar harga.xlsx")


@layout
def perbup_zona() -> Layout:
    """Annex of a regent's regulation: three zones under one merged heading, number row, coded groups, signature."""
    rnd, s = random.Random(3), Sheet("Lampiran I")
    s.add(N, N, N, N, "LAMPIRAN I")
    s.add(N, N, N, N, "PERATURAN BUPATI TANETE JAYA")
    s.add(N, N, N, N, "NOMOR : 45 TAHUN 2024")
    s.add(N, N, N, N, "TENTANG STANDAR HARGA SATUAN TAHUN ANGGARAN 2025")
    s.skip()
    s.title("STANDAR SATUAN HARGA BARANG DAN JASA", "PEMERINTAH KABUPATEN TANETE JAYA")
    s.skip()
    s.add("NO", "KODE BARANG", "URAIAN BARANG", "SPESIFIKASI", "SATUAN", "HARGA SATUAN (Rp)")
    s.add(N, N, N, N, N, "ZONA I", "ZONA II", "ZONA III")
    s.merges += ["A9:A10", "B9:B10", "C9:C10", "D9:D10", "E9:E10", "F9:H9"]
    s.add(1, 2, 3, 4, 5, 6, 7, 8)
    s.table()
    for g, (group, names) in enumerate(GROUPS.items(), 1):
        s.add(N, f"1.1.12.{g:02d}", group)
        for i, (name, spec, unit, cost) in enumerate(items(rnd, names, 18), 1):
            zones = (cost, cost + 500, round(cost * 1.1 / 100) * 100)
            s.leaf([i, f"1.1.12.{g:02d}.{i:03d}", name, spec, unit, *zones], *zones)
    s.sign(5)
    return Layout("perbup_zona", (s,), file="Lampiran Perbup SSH.xlsx")


@layout
def per_kecamatan() -> Layout:
    """Prices per district: the names of places are the headings, below 'Harga pada kecamatan'."""
    rnd, s = random.Random(4), Sheet("HARGA BAHAN")
    s.title("DAFTAR HARGA SATUAN BAHAN BANGUNAN PER KECAMATAN", "TAHUN 2025")
    s.skip()
    places = ("Lembang", "Tondok", "Rante", "Buntu", "Salu", "Batu Putih")
    s.add("No.", "Jenis Bahan", "Sat", "Harga Satuan pada Kecamatan (Rp)")
    s.add(N, N, N, *places)
    s.merges += ["A4:A5", "B4:B5", "C4:C5", "D4:I4"]
    s.table()
    for i, (name, _, _, cost) in enumerate(items(rnd, BANGUN, 12), 1):
        costs = [cost + 250 * k for k in range(6)]
        s.leaf([i, name, rnd.choice(("m3", "zak", "btg", "lbr")), *costs], *costs)
    s.add("Sumber: survei harga pasar Januari 2025")
    return Layout("per_kecamatan", (s,), file="harga bahan.xlsx")


@layout
def per_tahun() -> Layout:
    """Prices of three years and the rise in percent."""
    rnd, s = random.Random(5), Sheet("SSH")
    s.title("PERBANDINGAN STANDAR SATUAN HARGA")
    s.skip()
    s.add("No", "Uraian", "Satuan", "Harga 2023", "Harga 2024", "Harga 2025", "Kenaikan (%)")
    s.table()
    for i, (name, _, unit, cost) in enumerate(items(rnd, ALAT, 15), 1):
        now = cost + 1500 * (i % 4)
        s.leaf([i, name, unit, cost, cost + 500, now, round((now - cost - 500) / (cost + 500) * 100, 2)], cost, cost + 500, now)
    return Layout("per_tahun", (s,), file="ssh banding.xlsx")


@layout
def uang_harian() -> Layout:
    """Daily allowance per province: 34 lines, three tariffs, number row in brackets."""
    rnd, s = random.Random(6), Sheet("Uang Harian")
    s.title("1. SATUAN BIAYA UANG HARIAN PERJALANAN DINAS DALAM NEGERI")
    s.skip()
    s.add("NO.", "PROVINSI", "SATUAN", "LUAR KOTA", "DALAM KOTA LEBIH DARI 8 (DELAPAN) JAM", "DIKLAT")
    s.add("(1)", "(2)", "(3)", "(4)", "(5)", "(6)")
    s.table()
    for i, name in enumerate(PROVINSI, 1):
        out = rnd.choice((360000, 370000, 380000, 410000, 430000, 530000))
        costs = (out, 140000 + 10000 * (i % 3), 110000 + 10000 * (i % 3))
        s.leaf([f"{i}.", name, "OH", *costs], *costs)
    return Layout("uang_harian", (s,), file="SBU 2025.xlsx")


@layout
def penginapan() -> Layout:
    """Hotel tariffs per grade: two heading rows, long merged names."""
    rnd, s = random.Random(7), Sheet("Penginapan")
    s.title("SATUAN BIAYA PENGINAPAN PERJALANAN DINAS DALAM NEGERI", "TAHUN ANGGARAN 2025")
    s.skip()
    s.add("NO", "PROVINSI", "SATUAN", "TARIF HOTEL (Rp)")
    s.add(N, N, N, "KEPALA DAERAH/ KETUA DPRD/ ESELON I", "ANGGOTA DPRD/ ESELON II", "ESELON III/ GOLONGAN IV",
          "ESELON IV/ GOLONGAN III, II DAN I")  # fmt: skip
    s.merges += ["A4:A5", "B4:B5", "C4:C5", "D4:G4"]
    s.add(1, 2, 3, 4, 5, 6, 7)
    s.table()
    for i, name in enumerate(PROVINSI, 1):
        base = rnd.randint(300, 900) * 1000
        costs = (base * 6, base * 3 + 1000, base * 2 + 500, base)
        s.leaf([i, name.title(), "OH", *costs], *costs)
    s.skip()
    s.sign(4)
    return Layout("penginapan", (s,), file="sbu penginapan.xlsx")


@layout
def honorarium() -> Layout:
    """Honoraria: roman groups, lettered groups, numbers with brackets, amounts only at the leaves."""
    rnd, s = random.Random(8), Sheet("Honor")
    s.title("STANDAR BIAYA UMUM", "HONORARIUM PENANGGUNG JAWAB PENGELOLA KEUANGAN")
    s.skip()
    s.add("NO", "URAIAN", "SATUAN", "BESARAN (Rp)")
    s.add(1, 2, 3, 4)
    s.table()
    for roman, what in (("I", "Honorarium Pengelola Keuangan"), ("II", "Honorarium Pengadaan Barang/Jasa"), ("III", "Honorarium Tim Pelaksana Kegiatan")):
        s.add(roman, what)
        for letter in "ABC":
            s.add(letter, f"Pejabat {letter}{roman} menurut nilai pagu dana")
            for k, cap in enumerate(("s.d. Rp100 juta", "di atas Rp100 juta s.d. Rp250 juta", "di atas Rp250 juta s.d. Rp500 juta"), 1):
                cost = rnd.randint(10, 60) * 25000
                s.leaf([f"{k})", f"Nilai pagu dana {cap}", "OB", cost], cost)
    return Layout("honorarium", (s,), file="sbu honor.xlsx")


@layout
def hspk_list() -> Layout:
    """HSPK recap: code of analysis, work item, unit, price; groups in roman; prices carry sen."""
    rnd, s = random.Random(9), Sheet("Rekap HSPK")
    s.title("REKAPITULASI HARGA SATUAN POKOK KEGIATAN (HSPK)", "KABUPATEN TANETE JAYA TAHUN 2025")
    s.skip()
    s.add("NO", "KODE ANALISA", "URAIAN PEKERJAAN", "SATUAN", "HARGA SATUAN (Rp)", "KET")
    s.table()
    for roman, what in (("I", "PEKERJAAN PERSIAPAN"), ("II", "PEKERJAAN TANAH"), ("III", "PEKERJAAN BETON"), ("IV", "PEKERJAAN KAYU")):
        s.add(roman, N, what)
        for i in range(1, 12):
            cost = Decimal(rnd.randint(1_000_000, 90_000_000)) / 100
            s.leaf([i, f"A.2.2.{len(roman)}.{i}", f"Pemasangan 1 m2 {what.split()[1].lower()} tipe {i}", "m2", float(cost)], cost)
    return Layout("hspk_list", (s,), file="hspk.xlsx")


@layout
def hspk_analysis() -> Layout:
    """Analyses (coefficient × price per work item), block after block: no price list, and that must be said."""
    rnd, s = random.Random(10), Sheet("Analisa")
    s.title("ANALISA HARGA SATUAN PEKERJAAN")
    s.skip()
    for block in range(1, 9):
        s.add(f"A.{block}", f"1 m3 Pekerjaan galian tipe {block}")
        s.add("No", "Uraian", "Satuan", "Koefisien", "Harga Satuan (Rp)", "Jumlah Harga (Rp)")
        total = 0.0
        for letter, what, parts in (("A", "TENAGA", ("Pekerja", "Mandor")), ("B", "BAHAN", ("Pasir", "Semen")), ("C", "PERALATAN", ())):
            s.add(letter, what)
            part = 0.0
            for k, name in enumerate(parts, 1):
                coef, cost = rnd.randint(10, 900) / 1000, rnd.randint(2, 30) * 5000
                part += coef * cost
                s.add(k, name, "OH" if letter == "A" else "m3", coef, cost, round(coef * cost, 2))
            s.add(N, f"Jumlah Harga {what.title()}", N, N, N, round(part, 2))
            total += part
        s.add("D", "Jumlah (A+B+C)", N, N, N, round(total, 2))
        s.add("E", "Overhead & Profit 10% x D", N, N, N, round(total / 10, 2))
        s.add("F", "Harga Satuan Pekerjaan (D+E)", N, N, N, round(total * 1.1, 2))
        s.skip()
    return Layout("hspk_analysis", (s,), must_warn=True, file="analisa.xlsx")


@layout
def asb_fixed_variable() -> Layout:
    """ASB: fixed and variable cost per driver, with lower and upper bound left out."""
    rnd, s = random.Random(11), Sheet("ASB")
    s.title("ANALISIS STANDAR BELANJA (ASB)", "TAHUN ANGGARAN 2025")
    s.skip()
    s.add("Kode ASB", "Nama ASB", "Satuan Pengendali Belanja", "Belanja Tetap (Fixed Cost)", "Belanja Variabel (Variable Cost)")
    s.table()
    for i, what in enumerate(("Pelatihan Pegawai", "Sosialisasi", "Bimbingan Teknis", "Rapat Koordinasi", "Monitoring", "Lomba"), 1):
        costs = (rnd.randint(500, 4000) * 1000, rnd.randint(80, 600) * 1000)
        s.leaf([f"ASB-{i:03d}", what, "Per peserta per hari", *costs], *costs)
    return Layout("asb_fixed_variable", (s,), file="asb.xlsx")


@layout
def side_by_side() -> Layout:
    """Two lists beside each other on one sheet, a blank column between."""
    rnd, s = random.Random(12), Sheet("Harga")
    s.title("STANDAR HARGA SATUAN")
    s.add("A. ALAT TULIS KANTOR", N, N, N, N, "B. PERALATAN KANTOR")
    s.add("No", "Nama Barang", "Satuan", "Harga (Rp)", N, "No", "Nama Barang", "Satuan", "Harga (Rp)")
    left, right = s.table(), s.table()
    for i, (a, b) in enumerate(zip(items(rnd, ATK, 15), items(rnd, ALAT, 15), strict=True), 1):
        left.add([a[3]])
        right.add([b[3]])
        s.add(i, a[0], a[2], a[3], N, i, b[0], b[2], b[3])
    return Layout("side_by_side", (s,), file="harga dua kolom.xlsx")


@layout
def many_sheets() -> Layout:
    """One sheet per group, the same heading on each, an index sheet before them."""
    rnd, cover = random.Random(13), Sheet("DAFTAR ISI")
    cover.title("DAFTAR ISI STANDAR SATUAN HARGA")
    sheets = [cover]
    for i, (group, names) in enumerate([*GROUPS.items(), *((f"{k} LAIN", v) for k, v in GROUPS.items())], 1):
        cover.add(i, group.title(), f"Lembar {i}")
        s = Sheet(f"{i}. {group.title()}"[:31])
        s.title("STANDAR SATUAN HARGA", f"KELOMPOK {group}")
        s.skip()
        s.add("KODE", "NAMA BARANG", "SPESIFIKASI", "SATUAN", "HARGA")
        s.table()
        for k, (name, spec, unit, cost) in enumerate(items(rnd, names, 14), 1):
            s.leaf([f"1.{i}.{k:03d}", name, spec, unit, cost], cost)
        sheets.append(s)
    return Layout("many_sheets", tuple(sheets), file="ssh per kelompok.xlsx")


@layout
def pages() -> Layout:
    """Heading, number row and a page line repeated on every page."""
    rnd, s = random.Random(14), Sheet("SSH")
    s.title("STANDAR SATUAN HARGA BARANG")
    s.table()
    made = items(rnd, ATK, 75)
    for page in range(5):
        s.add("NO", "NAMA BARANG", "SPESIFIKASI", "SATUAN", "HARGA SATUAN")
        s.add(1, 2, 3, 4, 5)
        for k, (name, spec, unit, cost) in enumerate(made[page * 15 : page * 15 + 15], page * 15 + 1):
            s.leaf([k, name, spec, unit, cost], cost)
        s.add(N, N, N, N, f"Halaman {page + 1} dari 5")
    return Layout("pages", (s,), file="ssh halaman.xlsx")


@layout
def money_text() -> Layout:
    """Prices as 'Rp 1.250.000,-', names over several lines of one cell."""
    rnd, s = random.Random(15), Sheet("Sheet1")
    s.title("DAFTAR STANDAR HARGA BARANG", "BADAN KEUANGAN DAERAH")
    s.skip()
    s.add("No", "Nama Barang / Merk / Tipe", "Satuan", "Harga Standar", "Keterangan")
    s.table()
    for i, (name, spec, unit, cost) in enumerate(items(rnd, ALAT, 28), 1):
        s.leaf([i, f"{name}\n- {spec}\n- garansi 1 tahun", unit, rp(cost * 20), "termasuk pajak"], cost * 20)
    return Layout("money_text", (s,), file="standar.xlsx")


@layout
def ranges_and_words() -> Layout:
    """Prices that are no number: a range, 'menyesuaikan', 'at cost', blank. Lines stay lines, and it must be said."""
    rnd, s = random.Random(16), Sheet("SSH Jasa")
    s.title("STANDAR SATUAN HARGA JASA")
    s.add("No", "Uraian Jasa", "Satuan", "Harga Satuan (Rp)", "Keterangan")
    truth = s.table()
    odd = {4: "50.000 s/d 75.000", 9: "menyesuaikan", 13: "At cost", 17: N}
    for i in range(1, 23):
        cost = odd.get(i, price(rnd)) if i in odd else price(rnd)
        s.leaf([i, f"Jasa pemeliharaan tipe {i}", "Paket", cost, "harga pasar" if i in odd else N], N if i in odd else cost)
    truth.also = (18, 19, 20, 21)
    return Layout("ranges_and_words", (s,), must_warn=True, file="ssh jasa.xlsx")


@layout
def in_thousands() -> Layout:
    """Prices in thousands of rupiah, said above the table: as they stand, and that must be said."""
    rnd, s = random.Random(17), Sheet("Harga")
    s.title("STANDAR HARGA SATUAN PERALATAN", "(dalam ribuan rupiah)")
    s.add("No", "Nama Barang", "Satuan", "Harga")
    s.table()
    for i, (name, _, _, cost) in enumerate(items(rnd, ALAT, 15), 1):
        s.leaf([i, name, "Unit", cost / 100], Decimal(cost) / 100)
    return Layout("in_thousands", (s,), must_warn=True, file="harga ribuan.xlsx")


@layout
def with_tax() -> Layout:
    """Price without tax, tax, price with tax."""
    rnd, s = random.Random(18), Sheet("SSH")
    s.title("STANDAR SATUAN HARGA")
    s.add("Kode", "Uraian", "Satuan", "Harga Sebelum PPN", "PPN 11%", "Harga Termasuk PPN")
    s.table()
    for i, (name, _, unit, cost) in enumerate(items(rnd, ATK, 20), 1):
        cost *= 100
        tax = cost * 11 // 100
        s.leaf([f"1.3.{i:02d}", name, unit, cost, tax, cost + tax], cost, cost + tax)
    return Layout("with_tax", (s,), file="ssh ppn.xlsx")


@layout
def min_max() -> Layout:
    """Lowest and highest price."""
    rnd, s = random.Random(19), Sheet("Kisaran")
    s.title("STANDARISASI HARGA BARANG")
    s.add("No", "Nama Barang", "Satuan", "Harga Terendah (Rp)", "Harga Tertinggi (Rp)")
    s.table()
    for i, (name, _, unit, cost) in enumerate(items(rnd, BANGUN, 12), 1):
        s.leaf([i, name, unit, cost, cost + 2500], cost, cost + 2500)
    return Layout("min_max", (s,), file="kisaran.xlsx")


@layout
def one_code_two_prices() -> Layout:
    """A code and item that return with another price."""
    rnd, s = random.Random(20), Sheet("SSH")
    s.title("STANDAR SATUAN HARGA")
    s.add("Kode Barang", "Uraian Barang", "Spesifikasi", "Satuan", "Harga")
    s.table()
    made = items(rnd, ATK, 20)
    for i, (name, spec, unit, cost) in enumerate(made, 1):
        s.leaf([f"1.1.7.{i:03d}", name, spec, unit, cost], cost)
    name, spec, unit, cost = made[4]
    s.leaf(["1.1.7.005", name, spec, unit, cost + 5000], cost + 5000)
    return Layout("one_code_two_prices", (s,), must_warn=True, file="ssh ganda.xlsx")


@layout
def without_unit() -> Layout:
    """Two items without unit."""
    rnd, s = random.Random(21), Sheet("SSH")
    s.title("STANDAR SATUAN HARGA")
    s.add("Kode Barang", "Uraian Barang", "Spesifikasi", "Satuan", "Harga")
    s.table()
    for i, (name, spec, unit, cost) in enumerate(items(rnd, ATK, 20), 1):
        s.leaf([f"1.1.7.{i:03d}", name, spec, N if i in (6, 15) else unit, cost], cost)
    return Layout("without_unit", (s,), must_warn=True, file="ssh.xlsx")


@layout
def broken_cells() -> Layout:
    """#REF! instead of two prices."""
    rnd, s = random.Random(22), Sheet("SSH")
    s.title("STANDAR SATUAN HARGA")
    s.add("No", "Uraian Barang", "Satuan", "Harga Satuan")
    truth = s.table()
    for i, (name, _, unit, cost) in enumerate(items(rnd, ALAT, 15), 1):
        if i in (3, 11):
            s.leaf([i, name, unit, ("=#REF!*1.1", "#REF!")], N)
        else:
            s.leaf([i, name, unit, (f"=ROUND({cost}*1,0)", cost)], cost)
    truth.also = (13,)
    return Layout("broken_cells", (s,), must_warn=True, file="ssh ref.xlsx")


@layout
def filtered_copies() -> Layout:
    """The whole list five times, each sheet filtered to another group: once is right, and it must be said."""
    rnd = random.Random(23)
    made = [(g, *item) for g, names in GROUPS.items() for item in items(rnd, names, 10)]
    sheets = []
    for k, name in enumerate(("Semua", *(g.title() for g in GROUPS))):
        s = Sheet(name)
        s.add("No", "Kelompok", "Nama Barang", "Spesifikasi", "Satuan", "Harga Satuan")
        if k == 0:
            s.table()
        for i, (group, what, spec, unit, cost) in enumerate(made, 1):
            cells = [i, group, what, spec, unit, cost]
            row = s.leaf(cells, cost) if k == 0 else s.add(*cells)
            if k and group.title() != name:
                s.hidden_rows.append(row)
        s.filtered = f"A1:F{len(made) + 1}"
        sheets.append(s)
    return Layout("filtered_copies", tuple(sheets), must_warn=True, file="ssh saring.xlsx")


@layout
def hidden_last_year() -> Layout:
    """Last year's list on a hidden sheet: other prices, a list of its own, but somebody has to know that it is read."""
    rnd, sheets = random.Random(24), []
    made = items(rnd, ATK, 20)
    for name, more, hidden in (("SSH 2025", 500, False), ("SSH 2024", 0, True)):
        s = Sheet(name, hidden=hidden)
        s.title(f"STANDAR SATUAN HARGA TAHUN {name[-4:]}")
        s.add("Kode", "Uraian", "Spesifikasi", "Satuan", "Harga")
        s.table()
        for i, (what, spec, unit, cost) in enumerate(made, 1):
            s.leaf([f"1.1.{i:02d}", what, spec, unit, cost + more], cost + more)
        sheets.append(s)
    return Layout("hidden_last_year", tuple(sheets), must_warn=True, file="ssh dua tahun.xlsx")


@layout
def split_code() -> Layout:
    """The code in six columns, a group row at every level."""
    rnd, s = random.Random(25), Sheet("Standar Harga")
    s.title("STANDAR HARGA SATUAN BARANG")
    s.skip()
    s.add("KODE BARANG", N, N, N, N, "NAMA BARANG", "SATUAN", "HARGA SATUAN (Rp)")
    s.merges.append("A3:E3")
    s.table()
    s.add("1", N, N, N, N, "PERSEDIAAN")
    for g, (group, names) in enumerate(GROUPS.items(), 1):
        s.add("1", "1", f"{g:02d}", N, N, group)
        for sub in (1, 2):
            s.add("1", "1", f"{g:02d}", f"{sub:02d}", N, f"{group.title()} kelompok {sub}")
            for i, (name, _, unit, cost) in enumerate(items(rnd, names, 6), 1):
                s.leaf(["1", "1", f"{g:02d}", f"{sub:02d}", f"{i:03d}", f"{name} {sub}", unit, cost], cost)
    return Layout("split_code", (s,), file="standar harga.xlsx")


@layout
def merged_items() -> Layout:
    """The item's name stands once in a merged block, each specification has a line with a price of its own."""
    rnd, s = random.Random(26), Sheet("Sewa")
    s.title("STANDAR BIAYA SEWA KENDARAAN")
    s.add("No", "Jenis Kendaraan", "Spesifikasi", "Satuan", "Tarif Sewa (Rp)")
    s.table()
    for i, name in enumerate(("Mobil", "Bus", "Truk", "Pikap", "Sepeda motor"), 1):
        first = len(s.rows) + 1
        for k, spec in enumerate(("dalam kabupaten", "luar kabupaten", "luar provinsi")):
            cost = price(rnd, 300, 900)
            s.leaf([i if k == 0 else N, name if k == 0 else N, spec, "Unit/hari", cost], cost)
        s.merges += [f"A{first}:A{first + 2}", f"B{first}:B{first + 2}"]
    return Layout("merged_items", (s,), file="sewa.xlsx")


@layout
def spec_lines() -> Layout:
    """The specification runs on in rows below the item that carry nothing else."""
    rnd, s = random.Random(27), Sheet("Komputer")
    s.title("STANDAR SATUAN HARGA KOMPUTER")
    s.add("NO", "KODE", "NAMA BARANG DAN SPESIFIKASI", "SATUAN", "HARGA (Rp)")
    s.table()
    for i, (name, _, _, cost) in enumerate(items(rnd, ALAT, 12), 1):
        s.leaf([i, f"1.3.2.05.{i:03d}", name, "Unit", cost * 10], cost * 10)
        for spec in ("- Prosesor setara generasi 10", "- Memori 8 GB", "- Garansi 1 tahun")[: i % 4]:
            s.add(N, N, spec)
    return Layout("spec_lines", (s,), file="komputer.xlsx")


@layout
def kib() -> Layout:
    """KIB B: an inventory of owned goods with acquisition prices is no price list."""
    rnd, s = random.Random(28), Sheet("KIB B")
    s.title("KARTU INVENTARIS BARANG (KIB) B", "PERALATAN DAN MESIN", "KECAMATAN RANTE")
    s.skip()
    s.add("No", "Kode Barang", "Jenis Barang / Nama Barang", "Nomor Register", "Merk / Type", "Ukuran / CC", "Bahan",
          "Tahun Pembelian", "Nomor", N, N, "Asal usul", "Harga (Rp)", "Keterangan")  # fmt: skip
    s.add(N, N, N, N, N, N, N, N, "Rangka", "Mesin", "Polisi")
    s.merges.append("I5:K5")
    total = 0
    for i in range(1, 41):
        cost = rnd.randint(400, 25000) * 1000
        total += cost
        s.add(i, f"1.3.2.05.01.{i:02d}", rnd.choice(ALAT), f"{i:04d}", "Setara", "-", "Campuran", rnd.randint(2009, 2024),
              "-", "-", "-", "Pembelian", cost, "Baik")  # fmt: skip
    s.add(N, "JUMLAH", *[N] * 10, total)
    s.sign(9, "Pengurus Barang,", "Rahmat Saleh")
    return Layout("kib", (s,), must_warn=True, file="KIB B.xlsx")


@layout
def stock_card() -> Layout:
    """A stock card: what came in and went out by date."""
    rnd, s = random.Random(29), Sheet("Kartu Stok")
    s.title("KARTU BARANG PERSEDIAAN", "Nama Barang : Kertas HVS F4", "Satuan : Rim")
    s.add("No", "Tanggal", "Nomor Bukti", "Uraian", "Masuk", "Keluar", "Sisa", "Harga Satuan", "Keterangan")
    left = 0
    for i in range(1, 31):
        came, went = (rnd.randint(20, 60), 0) if i % 5 == 1 else (0, rnd.randint(1, 4))
        left += came - went
        s.add(i, f"{i:02d}-0{1 + i // 25}-2025", f"BAST/{i:03d}", "Pembelian" if came else "Pemakaian seksi", came, went, left, 58000)
    return Layout("stock_card", (s,), must_warn=True, file="kartu stok.xlsx")


@layout
def cash_register() -> Layout:
    """Sales of a shop: items, quantities and amounts by receipt."""
    rnd, s = random.Random(30), Sheet("penjualan")
    s.add("tanggal", "no_nota", "pelanggan", "nama_barang", "kategori", "qty", "harga", "total", "metode_bayar")
    for i in range(1, 61):
        qty, cost = rnd.randint(1, 9), price(rnd)
        s.add(f"2025-01-{1 + i % 28:02d}", f"INV{1000 + i}", f"Pelanggan {i % 9}", rnd.choice(MAKAN), "makanan", qty, cost, qty * cost, "tunai")
    return Layout("cash_register", (s,), must_warn=True, file="harga penjualan toko.xlsx")
