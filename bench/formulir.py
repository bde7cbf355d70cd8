"""A thousand forms that nobody made, filled and judged: ``python -m bench.formulir [--seed S] [--n N] [--libre]``.

A form is drawn from meanings: each column has one, and a heading that says it, alone or below a group's. What ``isi`` writes into
it is judged by its values: they are ours of that meaning, or the column is blank. The words are this file's own; the program's
lists are not read here, so that both can't be wrong alike. Exit status 1 when a value stands where it means something else, a
total differs, or a part of the file is lost.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import openpyxl
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Border, PatternFill, Side
from openpyxl.utils import column_index_from_string
from openpyxl.utils import get_column_letter as letters
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from kinerja_xl.filling.form import Filled, fill_form
from kinerja_xl.filling.supply import Supply
from kinerja_xl.office.folder import InputError

Path = tuple[str, ...]
_FRAME = Border(*(Side(style="thin") for _ in range(4)))

# ---- What headings mean: those that ask for something of ours, with the columns of ours that hold it ----

OURS: Mapping[str, tuple[frozenset[str], tuple[Path, ...]]] = {
    name: (frozenset(keys.split()), paths)
    for name, keys, paths in (
        ("kode pohon", "kode kode_sub", (("Kode Program/Kegiatan/Sub Kegiatan",), ("Kode Sub Kegiatan",), ("Kode",))),
        ("nama pohon", "nama nama_sub induk program", (("Program / Kegiatan / Sub Kegiatan",), ("Program dan Kegiatan",))),
        ("nama sub", "nama nama_sub", (("Nama Sub Kegiatan",), ("Sub Kegiatan",))),
        ("kode akun", "kode_rekening", (("Kode Rekening",), ("Kode Akun",))),
        ("barang", "uraian nama_rekening", (("Uraian",), ("Uraian Belanja",), ("Nama Barang/Jasa",))),
        ("volume", "volume koefisien", (("Volume",), ("Rincian Perhitungan", "Volume"))),
        ("satuan", "satuan", (("Satuan",), ("Rincian Perhitungan", "Satuan"))),
        ("harga", "harga_satuan", (("Harga Satuan",), ("Harga Satuan (Rp)",), ("Rincian Perhitungan", "Harga Satuan"))),
        ("jumlah", "jumlah", (("Jumlah (Rp)",), ("Jumlah Harga",), ("Total (Rp)",))),
        ("indikator", "nama indikator", (("Indikator Kinerja",), ("Indikator",), ("Indikator", "Uraian"))),
        ("satuan indikator", "satuan", (("Satuan",), ("Indikator", "Satuan"))),
        ("target", "target target_k", (("Target",), ("Target Tahun 2025",), ("Indikator", "Target"))),
        ("target tw", "tw_1 target_1", (("Target", "TW I"), ("Target Triwulan I",))),
        ("sasaran", "sasaran", (("Sasaran",), ("Sasaran Strategis",))),
        ("pagu", "pagu anggaran target_rp", (("Pagu (Rp)",), ("Pagu Anggaran",))),
        ("anggaran", "pagu anggaran target_rp dihitung jumlah", (("Anggaran (Rp)",), ("Jumlah Anggaran",))),
        ("realisasi uang", "realisasi tahun_rp", (("Realisasi (Rp)",), ("Realisasi Anggaran (Rp)",))),
        ("realisasi kinerja", "realisasi tahun_k", (("Realisasi Kinerja",), ("Realisasi",))),
        ("sisa", "sisa", (("Sisa Pagu (Rp)",), ("Sisa Anggaran",))),
        ("keterangan", "keterangan", (("Keterangan",), ("Ket.",))),
        ("unit", "unit nama_unit penanggung_jawab", (("Unit Pelaksana",), ("Penanggung Jawab",))),
    )
}
SHAPES: Mapping[str, tuple[str, ...]] = {
    "rab": ("kode akun", "barang", "volume", "satuan", "harga", "jumlah", "keterangan"),
    "rab pendek": ("barang", "jumlah", "kode akun"),
    "program": ("kode pohon", "nama pohon", "anggaran"),
    "sub": ("kode pohon", "nama sub", "pagu"),
    "indikator": ("sasaran", "indikator", "satuan indikator", "target", "target tw", "unit"),
    "rkt": ("nama pohon", "indikator", "target", "satuan indikator", "pagu"),
    "uang": ("kode pohon", "nama pohon", "pagu", "realisasi uang", "sisa"),
    "kinerja": ("indikator", "satuan indikator", "target", "realisasi kinerja"),
}
MAIN = {"rab": "jumlah", "rab pendek": "jumlah", "program": "anggaran", "sub": "pagu", "rkt": "pagu", "uang": "pagu"}

# ---- Headings of other meanings: a qualifier of something, words of a contract, of people, of another time ----

_QUALIFIERS = ("Tanggal", "Nomor", "Nama", "Kode", "Jumlah", "Uang", "Persentase", "Jenis", "Status", "Lokasi")
_OF = ("Perusahaan", "Penyedia", "Pegawai", "Pejabat", "Kontrak", "SPK", "SP2D", "Rekanan", "Peserta", "Penduduk", "Desa", "Bank",
       "Kendaraan", "Tanah", "Surat", "Kuitansi", "Rapat", "Dokumen Lelang")  # fmt: skip
_OURS_OF = ("Program", "Kegiatan", "Akun", "Rekening", "Indikator", "Unit", "Realisasi", "Anggaran", "Target", "Pagu")
_MARKS = ("Tanggal", "Nomor", "Verifikator", "Penelaah", "Tautan", "Paraf", "Bobot", "Deviasi", "Prognosis", "Selisih")
_WHOLE: tuple[Path, ...] = (
    ("PPh 21",), ("PPh 23",), ("Tarif",), ("NPWP",), ("Nomor DPA",), ("Umur Ekonomis",), ("Bobot (%)",), ("Skor",),
    ("Nilai Kontrak",), ("Uang Muka",), ("Retensi",), ("Sumber Pembiayaan Lain",), ("Luas (m2)",), ("RT/RW",), ("Peringkat",),
    ("Realisasi Bulan Lalu",), ("Realisasi Bulan Ini",), ("Realisasi s.d. Bulan Lalu",), ("Realisasi Tahun 2023",),
    ("Target Tahun 2027",), ("Pagu Tahun Lalu",), ("Anggaran Tahun 2023",), ("Prakiraan Pencairan",), ("Fisik", "Deviasi"),
    ("Kontrak", "Nomor"), ("Kontrak", "Tanggal"), ("Kontrak", "Nilai"), ("Penyedia", "Nama"), ("Penyedia", "Alamat"),
    ("SP2D", "Jumlah"), ("SP2D", "Tanggal"), ("PPTK", "Nama"), ("PPTK", "NIP"), ("Penerima Manfaat", "Laki-laki"),
    ("Penerima Manfaat", "Jumlah"), ("Deviasi", "Keuangan"), ("Deviasi", "Fisik"), ("Lokasi", "Desa"), ("Koordinat", "Lintang"),
    ("Uang Harian", "Jumlah Hari"), ("Pajak", "Jumlah"), ("Honorarium", "Tarif"), ("Hasil Reviu", "Catatan Reviu"),
    ("Reviewer Anggaran",), ("Nama Penandatangan",), ("Kode Wilayah",), ("Kode Satker",), ("Jumlah Program",),
    ("Jumlah Kegiatan",), ("Jumlah Indikator",), ("Jumlah Akun",), ("Satuan Kerja",), ("Harga Perolehan",),
    ("Harga Penawaran",), ("Volume Pekerjaan Fisik",),
)  # fmt: skip


def stranger(rng: random.Random) -> Path:
    """The headings of a column that nothing of ours belongs into."""
    draw = rng.random()
    if draw < 0.35:  # noqa: PLR2004 - shares of the three sorts
        return (f"{rng.choice(_QUALIFIERS)} {rng.choice(_OF)}",)
    if draw < 0.6:  # noqa: PLR2004
        return (f"{rng.choice(_MARKS)} {rng.choice(_OURS_OF)}",)
    return rng.choice(_WHOLE)


# ---- One form ----

_FEATURES = ("nomor", "penomoran", "jumlah", "ppn", "samping", "tabel", "tersembunyi", "hiasan")
Drawn = tuple[Path, frozenset[str], str]
"""A column: its headings, the columns of ours that may fill it, the name of its meaning."""


@dataclass(frozen=True, kw_only=True)
class Form:
    """A form with what it wants: by column the keys of ours that may stand there (none: blank). ``total``: the cell that adds up
    the money, and its column; ``kinds``: which supplies are at hand; ``features``: what it is made of."""

    data: bytes
    columns: tuple[Path, ...]
    may: tuple[frozenset[str], ...]
    total: tuple[int, int] | None
    first: int
    features: frozenset[str]
    typed: Mapping[tuple[int, int], object] = field(default_factory=dict)

    def rows(self, done: Filled) -> range:
        """The rows of the table in the filled form."""
        return range(self.first, max((row for row, _ in self.typed), default=self.first + done.rows - 1) + 1)


def draw(rng: random.Random, supplies: Sequence[Supply]) -> Form:
    """A form for these supplies, the same for the same state of ``rng``."""
    shape = rng.choice(sorted(SHAPES))
    wanted = [name for name in SHAPES[shape] if rng.random() < 0.9 or name == MAIN.get(shape)]  # noqa: PLR2004
    columns: list[Drawn] = [(rng.choice(OURS[name][1]), OURS[name][0], name) for name in wanted]
    for _ in range(rng.choice((0, 1, 1, 2, 3))):
        columns.insert(rng.randrange(len(columns) + 1), (stranger(rng), frozenset(), ""))
    columns = [column for n, column in enumerate(columns) if column[0] not in [other[0] for other in columns[:n]]]
    features = {one for one in _FEATURES if rng.random() < 0.35}  # noqa: PLR2004 - a third of the forms has each
    if "tabel" in features:
        features -= {"penomoran", "ppn"}
        columns = [column for column in columns if len(column[0]) == 1]
    if rng.random() < 0.35:  # noqa: PLR2004
        features |= {"tercetak"}
        features -= {"tersembunyi", "tabel"}
    if "nomor" in features:
        columns.insert(0, (("No",), frozenset(("nomor",)), ""))
    return _written(rng, supplies, columns, features, MAIN.get(shape, ""))


def _written(
    rng: random.Random, supplies: Sequence[Supply], columns: Sequence[Drawn], features: set[str], main: str
) -> Form:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Formulir"
    sheet["A1"] = rng.choice(("LAMPIRAN I", "DAFTAR ISIAN", "FORMULIR B.2"))
    paths = [path for path, *_ in columns]
    top = rng.choice((3, 5, 8))
    depth = _headed(sheet, paths, top)
    if "penomoran" in features:
        for col in range(1, len(paths) + 1):
            sheet.cell(top + depth, col, col)
        depth += 1
    first = top + depth
    typed = _printed(rng, sheet, supplies, columns, first) if "tercetak" in features else {}
    if not typed:
        features.discard("tercetak")
    last = max((row for row, _ in typed), default=first + rng.choice((1, 3, 6)) - 1)
    money = next((n for n, (_, _, name) in enumerate(columns, 1) if name == main), 0) if main else 0
    total = None
    end = last
    if "jumlah" in features and money > 1:
        total = (last + 1, money)
        sheet.cell(last + 1, 1, rng.choice(("JUMLAH", "Jumlah Seluruhnya", "TOTAL")))
        sheet.cell(*total, f"=SUM({letters(money)}{first}:{letters(money)}{last})")
        end += 1
        if "ppn" in features:
            sheet.cell(last + 2, 1, rng.choice(("PPN 11%", "Dibulatkan")))
            sheet.cell(last + 2, money, f"={letters(money)}{last + 1}*0.11")
            end += 1
    for row in range(top, end + 1):
        for col in range(1, len(paths) + 1):
            sheet.cell(row, col).border = _FRAME
    _around(book, sheet, features, (top, first, last, end), len(paths))
    out = io.BytesIO()
    book.save(out)
    may = tuple(keys for _, keys, _ in columns)
    return Form(
        data=out.getvalue(), columns=tuple(paths), may=may, total=total, first=first, features=frozenset(features), typed=typed
    )


def _headed(sheet: Worksheet, paths: Sequence[Path], top: int) -> int:
    """Headings, groups merged over their columns, single ones over the rows."""
    depth = max(map(len, paths))
    for col, path in enumerate(paths, 1):
        before = paths[col - 2] if col > 1 else ()
        for level, text in enumerate(path):
            if level == len(path) - 1 or len(before) == 1 or before[: level + 1] != path[: level + 1]:
                sheet.cell(top + level, col, text)
        if len(path) == 1 and depth > 1:
            sheet.merge_cells(start_row=top, end_row=top + depth - 1, start_column=col, end_column=col)
    col = 1
    while col <= len(paths):
        run = 1
        while col + run <= len(paths) and len(paths[col - 1]) > 1 and paths[col + run - 1][:1] == paths[col - 1][:1]:
            run += 1
        if run > 1:
            sheet.merge_cells(start_row=top, end_row=top, start_column=col, end_column=col + run - 1)
        col += run
    return depth


_NAMING = ("kode pohon", "nama pohon", "nama sub", "kode akun", "indikator", "barang")


def _printed(
    rng: random.Random, sheet: Worksheet, supplies: Sequence[Supply], columns: Sequence[Drawn], first: int
) -> dict[tuple[int, int], object]:
    """Codes and names of some rows of ours, one of somebody else among them."""
    naming = [(n, keys) for n, (_, keys, name) in enumerate(columns, 1) if name in _NAMING]
    lines = any(name == "indikator" for *_, name in columns)  # a program's name below "Indikator" would be nobody's form
    fitting = [s for s in supplies if naming and all(keys & {c.key for c in s.columns} for _, keys in naming)]
    fitting = [s for s in fitting if not lines or any(c.label.startswith("Indikator") for c in s.columns)]
    if not fitting:
        return {}
    supply = rng.choice(fitting)
    rows = rng.sample(supply.rows, min(len(supply.rows), rng.choice((2, 5, 9))))
    typed: dict[tuple[int, int], object] = {}
    for row, record in enumerate(rows, first):
        for col, keys in naming:
            value = next((record[key] for key in sorted(keys) if record.get(key)), None)
            if isinstance(value, str):
                typed[row, col] = value
    for (row, col), value in typed.items():
        sheet.cell(row, col, value)
    return typed


def _around(
    book: openpyxl.Workbook, sheet: Worksheet, features: set[str], places: tuple[int, int, int, int], width: int
) -> None:
    """What stands beside, below and on the table."""
    top, first, last, end = places
    if "samping" in features:
        sheet.cell(top, width + 3, "Petunjuk")
        for row in range(first, first + 6):
            sheet.cell(row, width + 3, f"Langkah {row}")
    if "tersembunyi" in features and last > first:
        sheet.row_dimensions[first].hidden = True
    if "tabel" in features:
        sheet.add_table(Table(displayName="Isian", ref=f"A{first - 1}:{letters(width)}{last}"))
        for col in range(1, width + 1):
            sheet.cell(first - 1, col).value = str(sheet.cell(first - 1, col).value)
    if "hiasan" in features:
        sheet.freeze_panes = f"A{first}"
        sheet.print_area = f"A1:{letters(width)}{end + 4}"
        sheet.cell(top, 1).comment = Comment("Diisi lengkap", "Bappeda")
        sheet.conditional_formatting.add(
            f"A{first}:{letters(width)}{last}", CellIsRule(operator="lessThan", formula=["0"], fill=PatternFill(bgColor="FFC7CE"))
        )
        check = DataValidation(type="decimal", operator="greaterThanOrEqual", formula1="0", showErrorMessage=True)
        check.add(f"{letters(width)}{first}:{letters(width)}{last}")
        sheet.add_data_validation(check)
        book.defined_names["Daerah_Isian"] = DefinedName("Daerah_Isian", attr_text=f"Formulir!$A${first}:$A${last}")
        book.create_sheet("Ringkasan")["A1"] = f"=COUNTA(Formulir!A{first}:A{last})"
    sheet.cell(end + 3, 2, "Mengetahui,")
    sheet.cell(end + 7, 2, "NIP. ....................")


# ---- Judged ----


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What became of a form: ``asked``: left alone with a question or a reason; ``wrong``: what must not be."""

    asked: str = ""
    wrong: tuple[str, ...] = ()
    filled: int = 0
    could: int = 0
    done: Filled | None = None


def judged(form: Form, supplies: Sequence[Supply]) -> Verdict:
    """A form filled, and everything that was written judged by its value."""
    try:
        done = fill_form(form.data, "formulir.xlsx", supplies)
    except InputError as error:
        codes = ",".join(sorted({finding.code for finding in error.findings})) or str(error)
        return Verdict(asked=codes)
    kind = [supply for supply in supplies if supply.kind == done.kind]
    after = openpyxl.load_workbook(io.BytesIO(done.data))["Formulir"]
    wrong = _misplaced(form, kind, after, done) + _overwritten(form, after) + _lost(form, done)
    if form.total and "tercetak" not in form.features and done.total is not None:
        wrong += _summed(form, after, done)
    ours = [col for col, keys in enumerate(form.may, 1) if keys]
    full = sum(any(after.cell(row, col).value is not None for row in form.rows(done)) for col in ours)
    return Verdict(wrong=tuple(wrong), filled=full, could=len(ours), done=done)


def _misplaced(form: Form, kind: Sequence[Supply], after: Worksheet, done: Filled) -> list[str]:
    wrong = []
    for col, (path, keys) in enumerate(zip(form.columns, form.may, strict=True), 1):
        if "nomor" in keys:
            continue
        money = [key for key in keys if any(key == c.key and c.kind.name == "rupiah" for supply in kind for c in supply.columns)]
        allowed = {_plain(row.get(key)) for supply in kind for row in supply.rows for key in keys}
        allowed |= {_plain(amount) for supply in kind for key in money for amount in _sums(supply, key)}
        for row in form.rows(done):
            value = after.cell(row, col).value
            if value is None or (row, col) in form.typed or _plain(value) in allowed or ("tercetak" in form.features and money):
                continue
            if _computed(form, path, (row, col), str(value), after):
                continue
            wrong.append(f"{' / '.join(path)}: {value!r}")
            break
    return wrong


def _sums(supply: Supply, key: str) -> set[Decimal]:
    """The money of our rows by what they may be added up to: an account, a kind, a unit, a kegiatan, a program."""
    found: dict[tuple[object, ...], Decimal] = {}
    for row in supply.rows:
        amount, code = row.get(key), str(row.get(supply.tree) or "").split(".")
        parts = [(n, *code[:n]) for n in (3, 5)] + [(keys, *(row.get(one) for one in keys)) for keys in supply.merges]
        for part in parts if isinstance(amount, Decimal) else ():
            assert isinstance(amount, Decimal)
            found[part] = found.get(part, Decimal(0)) + amount
    return set(found.values())


_LESS = re.compile(r"=([A-Z]+)(\d+)-([A-Z]+)(\d+)")
_SHARE = re.compile(r'=IF\(([A-Z]+)\$(\d+)=0,"",([A-Z]+)(\d+)/([A-Z]+)\$(\d+)\*100\)')
_PLANNED, _SPENT, _LEFT = (OURS[name][0] for name in ("anggaran", "realisasi uang", "sisa"))


def _computed(form: Form, path: Path, place: tuple[int, int], formula: str, after: Worksheet) -> bool:
    """Whether a formula gives what its heading says, out of the row's own cells: what is left, or its part of the form's sum."""
    row, col = place
    if found := _LESS.fullmatch(formula):
        plan, spent = (form.may[column_index_from_string(found[n]) - 1] for n in (1, 3))
        rows = {int(found[2]), int(found[4])}
        return form.may[col - 1] == _LEFT and rows == {row} and plan <= _PLANNED and spent == _SPENT
    if path == ("Bobot (%)",) and form.total and (found := _SHARE.fullmatch(formula)):
        own = {column_index_from_string(found[n]) for n in (1, 3, 5)} == {form.total[1]}
        summed = str(after.cell(int(found[2]), form.total[1]).value).startswith("=SUM") and found[2] == found[6]
        return own and summed and int(found[4]) == row
    return False


def _overwritten(form: Form, after: Worksheet) -> list[str]:
    return [f"tertimpa {row},{col}" for (row, col), value in form.typed.items() if after.cell(row, col).value != value]


def _lost(form: Form, done: Filled) -> list[str]:
    parts = [set(zipfile.ZipFile(io.BytesIO(data)).namelist()) for data in (form.data, done.data)]
    return [f"hilang {part}" for part in sorted(parts[0] - parts[1]) if part != "xl/calcChain.xml"]


def _summed(form: Form, after: Worksheet, done: Filled) -> list[str]:
    """The form's own sum over what was written is the total that was told."""
    assert form.total is not None
    row, col = form.total
    written = [after.cell(line, col).value for line in form.rows(done)]
    amount = sum((Decimal(str(value)) for value in written if isinstance(value, int | float)), Decimal(0))
    moved = next((r for r in range(row, after.max_row + 1) if str(after.cell(r, col).value).startswith("=SUM")), 0)
    wide = str(after.cell(moved, col).value) if moved else ""
    until = f"{letters(col)}{form.first}:{letters(col)}{moved - 1})"
    wrong = [] if wide.endswith(until) else [f"rumus jumlah {wide}"]
    return wrong + ([] if amount in (done.total, 0) else [f"jumlah {amount} bukan {done.total}"])


def _plain(value: object) -> str:
    if isinstance(value, int | float | Decimal):
        return f"{Decimal(str(value)):f}".rstrip("0").rstrip(".") if "." in f"{Decimal(str(value)):f}" else str(value)
    return str(value)


def run(seed: int, count: int, sources: Mapping[str, Sequence[Supply]]) -> list[tuple[Form, str, Verdict]]:
    """Forms drawn from one seed, each for one of the sources."""
    found = []
    for number in range(count):
        rng = random.Random(f"{seed}-{number}")
        name = rng.choice(sorted(sources))
        form = draw(rng, sources[name])
        found.append((form, name, judged(form, sources[name])))
    return found


def main() -> int:
    """Draw, fill, judge and count."""
    from tests.test_isi_arti import source  # noqa: PLC0415 - the small office of the tests, built once

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--n", type=int, default=1000)
    options = parser.parse_args()
    sources = {"rekap": source("rab indikator rkt program"), "capaian": source("capaian"), "rencana": source("rencana")}
    found = run(options.seed, options.n, sources)
    asked = Counter(verdict.asked for *_, verdict in found if verdict.asked)
    wrong = [(number, name, form, verdict) for number, (form, name, verdict) in enumerate(found) if verdict.wrong]
    full, could = (sum(getattr(verdict, what) for *_, verdict in found) for what in ("filled", "could"))
    print(f"{len(found)} formulir, {sum(asked.values())} ditanyakan atau ditolak {dict(asked)}, {len(wrong)} salah")
    print(f"kolom kita terisi {full} dari {could}")
    for number, name, form, verdict in wrong:
        print(f"  {number} {name} {sorted(form.features)}: {'; '.join(verdict.wrong)[:300]}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
