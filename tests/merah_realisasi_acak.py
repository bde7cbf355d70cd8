"""Random realisasi tables: heading words, extra columns, codes, groups above or below or without amounts, ways to type."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.merah_realisasi import ACCOUNTS, NAMES, OFFICES, SIGN, SUBS, N, Row, Rows, add, idr, leaves, money, tree

HEADS = {
    "no": ("No", "NO.", "No. Urut", "Nomor"),
    "kode": ("Kode Rekening", "KODE", "Kode", "Kode Rek.", "No. Rekening"),
    "nama": ("Uraian", "URAIAN", "Program/Kegiatan/Sub Kegiatan", "Nama Rekening", "U R A I A N", "Uraian Belanja"),
    "kantor": ("SKPD", "Nama SKPD", "Perangkat Daerah", "Unit Kerja"),
    "pagu": ("Anggaran", "Pagu", "Jumlah Anggaran", "Pagu Anggaran (Rp)", "ANGGARAN", "Pagu DPA", "Alokasi Anggaran"),
    "real": ("Realisasi", "Realisasi (Rp)", "REALISASI", "Jumlah Realisasi", "Realisasi Keuangan", "Realisasi s.d. Juli 2025"),
    "sisa": ("Sisa", "Sisa Anggaran", "Lebih/(Kurang)", "Sisa Pagu (Rp)", "Saldo"),
    "persen": ("%", "Persentase", "Persen (%)", "% Realisasi", "Tingkat Penyerapan (%)"),
    "fisik": ("Fisik (%)", "Realisasi Fisik (%)"),
    "ket": ("Ket", "Keterangan", "Kendala"),
    "total": ("JUMLAH", "TOTAL", "Jumlah", "J U M L A H", "Jumlah Total", "GRAND TOTAL", "Total Belanja", "Jumlah Seluruhnya"),
}
MURNI = (("Anggaran Murni", "Anggaran Perubahan"), ("Pagu Awal", "Pagu Perubahan"), ("APBD Murni", "APBD Perubahan"),
         ("Anggaran Sebelum Perubahan", "Anggaran Setelah Perubahan"))  # fmt: skip
BULAN = (("Realisasi s.d. Bulan Lalu", "Realisasi Bulan Ini", "Realisasi s.d. Bulan Ini"), ("s.d. Bulan Lalu", "Bulan Ini", "s.d. Bulan Ini"),
         ("Realisasi Bulan Lalu", "Realisasi Bulan Ini", "Total Realisasi"), ("Realisasi Periode Lalu", "Realisasi Periode Ini", "Realisasi s.d. Periode"))  # fmt: skip
LEVELS = {
    "akun": ((), ((), (3,), (1, 2), (2, 3), (1, 2, 3, 4, 5), (2, 3, 4))),
    "sub": ((), ((), (3,), (3, 5), (2, 3, 5))),
    "sub dan akun": (((3, 5, 6), (6,), (2, 3, 5, 6), (5, 6)), ((), (2, 3), (1, 2, 3, 4, 5), (3,))),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A sheet, and how many lines and which sums it truly has."""

    rows: Rows
    n: int
    sums: dict[str, int]


def case(seed: int) -> Case:
    """One table; the same seed gives the same table."""
    return _Maker(random.Random(seed)).make()


def figures(rng: random.Random) -> tuple[int, ...]:
    """Pagu, realisasi, murni, up to last month, this month, last year."""
    pagu = money(rng)
    before, now = (0, 0) if rng.random() < 0.1 else (pagu * rng.randint(0, 50) // 100, pagu * rng.randint(0, 40) // 100)
    return pagu, before + now, pagu - rng.choice((0, 0, 50_000, -75_000)), before, now, pagu * rng.randint(10, 95) // 100


class _Maker:
    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.source = rng.choice(("akun", "sub", "kantor", "sub dan akun"))
        self.style = rng.choice(("angka", "angka", "angka", "id", "en", "rp", "campur"))
        self.groups = rng.choice(("atas", "atas", "bawah", "tanpa"))
        self.sign, self.scale, self.indent = rng.choice((1, -1)), rng.choice((1, 100)), rng.random() < 0.3
        self.heads = self._heads()
        self.keys = [key for key, _ in self.heads]

    def word(self, key: str) -> tuple[str, str]:
        return key, self.rng.choice(HEADS[key])

    def _heads(self) -> list[tuple[str, str]]:
        rng, office = self.rng, self.source == "kantor"
        found = [self.word("no")] if office or rng.random() < 0.5 else []
        found += [] if office or rng.random() < 0.15 else [self.word("kode")]
        found.append(("nama", self.word("kantor" if office else "nama")[1]))
        shape = rng.choice(("biasa", "biasa", "bulan", "murni", "tahun"))
        if shape == "murni":
            a, b = rng.choice(MURNI)
            found += [("murni", a), ("pagu", b), *([("beda", "Bertambah/Berkurang")] if rng.random() < 0.4 else []), self.word("real")]
        elif shape == "bulan":
            found += [self.word("pagu"), *zip(("lalu", "ini", "real"), rng.choice(BULAN), strict=True)]
        elif shape == "tahun":
            year = rng.choice(("", "TA ", "Tahun "))
            now = [("pagu", f"Anggaran {year}2025"), ("real", f"Realisasi {year}2025")]
            found += rng.choice(([("prev", f"Realisasi {year}2024"), *now], [*now, ("prev", f"Realisasi {year}2024")]))
        else:
            found += [self.word("pagu"), self.word("real")]
        derived = [self.word("sisa"), self.word("persen")]
        rng.shuffle(derived)
        found += derived[: rng.choice((0, 1, 1, 2, 2))]
        return [*found, *(self.word(key) for key in ("fisik", "ket") if rng.random() < 0.22)]

    def _lines(self) -> tuple[list[Row], list[Row]]:
        """The lines, and the lines under their groups."""
        rng = self.rng
        if self.source == "kantor":
            lines = [Row(code="", name=n, depth=0, leaf=True, values=figures(rng)) for n in rng.sample(OFFICES, rng.randint(4, 11))]
            return lines, lines
        if self.source == "sub dan akun":
            lines = leaves(rng, rng.randint(2, 5), figures)
        else:
            named = sorted(rng.sample(ACCOUNTS, rng.randint(5, 15))) if self.source == "akun" else [(c, NAMES[c]) for c in SUBS]
            lines = [Row(code=c, name=n, depth=0, leaf=True, values=figures(rng)) for c, n in named]
        upper, lower = LEVELS[self.source]
        return lines, tree(lines, rng.choice(upper) if upper else (), rng.choice(lower))

    def _typed(self, value: int) -> object:
        style = self.rng.choice(("angka", "id")) if self.style == "campur" else self.style
        if style == "angka":
            return value
        if style == "en":
            return f"({-value:,.2f})" if value < 0 else f"{value:,.2f}"
        return idr(value) if style == "id" else f"{'-' if value < 0 else ''}Rp {idr(abs(value), sen=False)}"

    def _cells(self, row: Row, number: int | None = None, name: str = "") -> list[object]:
        pagu, real, murni, before, now, prev = row.values
        amounts = {"pagu": pagu, "real": real, "murni": murni, "beda": pagu - murni, "lalu": before, "ini": now, "prev": prev,
                   "sisa": self.sign * (pagu - real)}  # fmt: skip
        texts = {"no": number, "kode": "" if name else row.code, "nama": name or row.name, "ket": self.rng.choice((N, "lancar")),
                 "fisik": float(self.rng.randint(1, 100)) if row.leaf else N,
                 "persen": round(real / pagu * self.scale, 4) if pagu else 0}  # fmt: skip
        return [self._typed(amounts[key]) if key in amounts else texts[key] for key in self.keys]

    def make(self) -> Case:
        rng = self.rng
        lines, shown = self._lines()
        whole = Row(code="", name="", depth=0, leaf=False, values=add(lines))
        total = self._cells(whole, name=self.word("total")[1])
        body = self._body(shown)
        rows: Rows = [["LAPORAN REALISASI ANGGARAN"], ["KECAMATAN SUMBER REJO"], ["Tahun 2025"], []][: rng.randint(0, 4)]
        rows.append([head for _, head in self.heads])
        rows += [[str(i) for i in range(1, len(self.heads) + 1)]] if rng.random() < 0.5 else []
        rows += [total, *body] if rng.random() < 0.2 else [*body, total]
        rows += SIGN if rng.random() < 0.5 else []
        sums = {"anggaran": whole.values[0], "realisasi": whole.values[1]}
        return Case(rows=[[N, *row] for row in rows] if rng.random() < 0.2 else rows, n=len(lines), sums=sums)

    def _body(self, shown: list[Row]) -> Rows:
        body: Rows = []
        open_: list[Row] = []
        number = 0
        for row in [*shown, None]:
            while self.groups == "bawah" and open_ and (row is None or open_[-1].depth >= row.depth):
                group = open_.pop()
                body.append(self._cells(group, name=f"Jumlah {group.name}"))
            if row is None:
                break
            number += row.leaf
            cells = self._cells(row, number if row.leaf else None)
            if not row.leaf and self.groups != "atas":
                cells = [cell if key in ("kode", "nama") else N for cell, key in zip(cells, self.keys, strict=True)]
                open_.append(row)
            if self.indent:
                at = self.keys.index("nama")
                cells[at] = "  " * row.depth + str(cells[at])
            body.append(cells)
        return body
