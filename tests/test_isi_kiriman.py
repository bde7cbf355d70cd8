"""Forms as offices send them (Bappeda, BPKAD, Inspektorat, Biro Organisasi, e-Monev, LPPD, SAKIP, kartu kendali), drawn by hand:
what every column has to be filled with. None takes a value of another meaning, none that we could fill is refused."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table

from kinerja_xl.filling.form import Filled, fill_form
from kinerja_xl.filling.supply import Supply
from kinerja_xl.office.folder import InputError
from tests.test_isi_arti import FRAME, source

Path_ = tuple[str, ...] | str
Rows = Sequence[Sequence[object]]
Sheet = openpyxl.worksheet.worksheet.Worksheet
Change = Callable[[Sheet, int, int], None]
SOURCES = {"R": "rab indikator rkt program", "C": "capaian", "P": "rencana"}


def sent(
    *paths: Path_, title: str = "DAFTAR", rows: int = 3, printed: Rows = (), total: str = "", after: Rows = (),
    numbered: bool = False, framed: bool = True, change: Change = lambda *_: None,
) -> bytes:  # fmt: skip
    """A form: headings with their groups merged, blank or printed rows, JUMLAH of the columns ``total``, what stands below it, a
    signature. ``change``: gets the sheet, its first row and its last."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title, sheet["A1"] = "Form", title
    listed = [(path,) if isinstance(path, str) else path for path in paths]
    depth = max(map(len, listed))
    first = 3 + depth + numbered
    _headed(sheet, listed, depth)
    for col in range(1, len(listed) + 1) if numbered else ():
        sheet.cell(first - 1, col, col)
    last = first + (len(printed) or rows) - 1
    lines = [*enumerate(printed, first)]
    if total:
        lines.append((last + 1, [None, "JUMLAH"]))
        for col in total:
            sheet[f"{col}{last + 1}"] = f"=SUM({col}{first}:{col}{last})"
    lines += enumerate(after, last + 2)
    for row, values in lines:
        for col, value in enumerate(values, 1):
            if value is not None:
                sheet.cell(row, col, value.format(total=last + 1) if isinstance(value, str) else value)
    end = max(last, *(row for row, _ in lines), first)
    for row in range(3, end + 1) if framed else ():
        for col in range(1, len(listed) + 1):
            sheet.cell(row, col).border = FRAME
    sheet.cell(end + 3, 2, "Mengetahui,")
    sheet.cell(end + 7, 2, "NIP. ......")
    change(sheet, first, last)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _headed(sheet: Sheet, paths: Sequence[tuple[str, ...]], depth: int) -> None:
    for col, path in enumerate(paths, 1):
        for level, text in enumerate(path):
            if col == 1 or level == len(path) - 1 or paths[col - 2][: level + 1] != path[: level + 1]:
                sheet.cell(3 + level, col, text)
        if len(path) < depth:
            sheet.merge_cells(start_row=2 + len(path), end_row=2 + depth, start_column=col, end_column=col)
        over = [c for c, other in enumerate(paths, 1) if len(path) > 1 and other[:1] == path[:1]]
        if len(over) > 1 and over[0] == col:
            sheet.merge_cells(start_row=3, end_row=3, start_column=col, end_column=over[-1])


def part(name: str, kind: str, sheet: str = "") -> Supply:
    return next(one for one in source(SOURCES[name]) if one.kind == kind and one.sheet == sheet)


def named(rows: Iterable[Mapping[str, object]], *keys: str) -> Rows:
    """Printed rows: a number and what names them."""
    return [[number, *(row[key] for key in keys)] for number, row in enumerate(rows, 1)]


def subs(count: int) -> Rows:
    own = part("P", "program")
    return named([row for n, row in enumerate(own.rows) if n not in own.groups][:count], "kode", "nama")


def account_rows(count: int) -> Rows:
    found = {row["kode_rekening"]: row for row in part("P", "rab").rows}
    return named([found[code] for code in sorted(found)][:count], "kode_rekening", "uraian")


def measured_rows(sheet: str, count: int, *keys: str) -> Rows:
    return named(part("C", "realisasi", sheet).rows[:count], *keys)


def table(sheet: Sheet, first: int, last: int) -> None:
    sheet.add_table(Table(displayName="Isian", ref=f"A{first - 1}:{get_column_letter(sheet.max_column)}{last}"))


def hidden(sheet: Sheet, first: int, _: int) -> None:
    sheet.row_dimensions[first + 1].hidden = True


def protected(sheet: Sheet, *_: int) -> None:
    sheet.protection.sheet = True


def officials(sheet: Sheet, _: int, last: int) -> None:
    """Another table below the signature."""
    for col, text in enumerate(("No", "Nama Pejabat", "NIP", "Jabatan"), 1):
        for row in range(last + 12, last + 15):
            sheet.cell(row, col).border = FRAME
        sheet.cell(last + 12, col, text)


def pointed(sheet: Sheet, first: int, last: int) -> None:
    """A link to the sum, and an upright merge beside the table."""
    sheet.cell(1, 5, f'=HYPERLINK("#Form!D{last + 1}","ke jumlah")')
    sheet.merge_cells(start_row=first, end_row=last + 2, start_column=8, end_column=8)
    sheet.cell(first, 8, "Petunjuk")


N = "No"
TAXED: Rows = (
    (None, "PPN 11%", None, None, None, "=F{total}*0"), (None, "Dibulatkan", None, None, None, "=ROUND(F{total},-3)"),
)  # fmt: skip
TREE = "Program / Kegiatan / Sub Kegiatan"
_KEU, _TW = "Realisasi Keuangan", "Target Triwulan"

# By name: source, form, and what its columns hold, in their order: the label of ours, "-" blank, "=" computed, "p" printed. A
# column of numbers of rows is left out.
FORMS: Mapping[str, tuple[str, bytes, str]] = {
    "renja": ("P", sent(N, "Kode", "Program/Kegiatan/Sub Kegiatan", ("Rencana Tahun 2025", "Lokasi"),
                        ("Rencana Tahun 2025", "Pagu Indikatif (Rp)"), "Catatan Penting", title="RENJA 2025"),
              f"Kode | {TREE} | - | Anggaran (Rp) | -"),
    "renja indikator": ("P", sent(N, "Sub Kegiatan", ("Indikator Kinerja", "Tolok Ukur"), ("Indikator Kinerja", "Target"),
                                  ("Indikator Kinerja", "Satuan"), "Pagu Indikatif", numbered=True),
                        "Sub Kegiatan | Indikator | Target | Satuan | Anggaran (Rp)"),
    "rkpd": ("R", sent(N, "Program", "Kegiatan", "Sub Kegiatan", "Indikator", "Target", "Satuan"),
             "Program | Kegiatan | Nama Sub Kegiatan | Indikator | Target Tahun | Satuan"),
    "dpa rincian": ("R", sent("Kode Rekening", "Uraian", ("Perhitungan", "Volume"), ("Perhitungan", "Satuan"),
                              ("Perhitungan", "Harga Satuan"), "Jumlah", total="F", after=TAXED),
                    "Kode Rekening | Uraian | Volume | Satuan | Harga Satuan (Rp) | Jumlah (Rp)"),
    "dpa rekening": ("P", sent("Kode Rekening", "Uraian", "Jumlah (Rp)", total="C", numbered=True),
                     "Kode Rekening | Uraian | Jumlah (Rp)"),
    "lra": ("C", sent(N, "Kode", "Uraian", "Anggaran", "Realisasi", "Sisa Anggaran", total="DEF"),
            f"Kode | {TREE} | Pagu (Rp) | Realisasi (Rp) | Sisa Pagu (Rp)"),
    "lra triwulan": ("C", sent(N, TREE, "Pagu (Rp)", ("Realisasi", "TW I"), ("Realisasi", "TW II"),
                               ("Realisasi", "TW III"), ("Realisasi", "TW IV"), "Total Realisasi"),
                     f"{TREE} | Pagu (Rp) | TW I (Rp) | TW II (Rp) | TW III (Rp) | TW IV (Rp) | Realisasi (Rp)"),
    "lra rekening": ("C", sent("Kode Rekening", "Uraian", "Anggaran", "Realisasi", "Lebih/(Kurang)", total="CD"), "W109"),
    "spj": ("C", sent(N, "Tanggal", "Nomor Bukti", "Uraian", "Penerimaan", "Pengeluaran", "Saldo"), "W101"),
    "buku kas umum": ("P", sent(N, "Tanggal", "Kode Rekening", "Uraian", "Penerimaan (Rp)", "Pengeluaran (Rp)", "Saldo"), "W101"),
    "kartu kendali": ("P", sent(N, "Kode Rekening", "Uraian", "Anggaran (Rp)", ("SPJ", "Nomor"), ("SPJ", "Tanggal"),
                                ("SPJ", "Nilai"), "Sisa Anggaran", title="KARTU KENDALI KEGIATAN"),
                      "Kode Rekening | Uraian | Jumlah (Rp) | - | - | - | -"),
    "kartu kegiatan": ("C", sent(N, "Nama Kegiatan", "Pagu", "Realisasi Keuangan (Rp)", "Kendala"),
                       f"{TREE} | Pagu (Rp) | Realisasi (Rp) | -"),
    "lppd": ("C", sent(N, "Urusan", "Program", "Anggaran (Rp)", "Realisasi (Rp)", "Capaian (%)", title="LPPD TAHUN 2025"),
             f"- | {TREE} | Pagu (Rp) | Realisasi (Rp) | -"),
    "lakip": ("C", sent(N, "Sasaran Strategis", "Indikator Kinerja", "Satuan", "Target", "Realisasi", "Capaian (%)", "Predikat",
                        numbered=True),
              "Sasaran | Indikator | Satuan | Target Tahun | Realisasi s.d. TW Ini | Capaian Setahun (%) | Predikat"),
    "lakip triwulan": ("C", sent(N, "Indikator", ("Triwulan I", "Target"), ("Triwulan I", "Realisasi"), ("Triwulan II", "Target"),
                                 ("Triwulan II", "Realisasi")), "Indikator | Target | Realisasi | Target | Realisasi"),
    "sakip": ("C", sent(N, "Indikator Kinerja Utama", "Formula", "Sumber Data", "Target", "Realisasi"),
              "Indikator | - | - | Target Tahun | Realisasi s.d. TW Ini"),
    "perjanjian kinerja": ("P", sent(N, "Sasaran", "Indikator Kinerja", "Target"), "Sasaran | Indikator | Target Tahun"),
    "rencana aksi": ("P", sent(N, "Sasaran", "Indikator", (_TW, "I"), (_TW, "II"), (_TW, "III"), (_TW, "IV"), "Penanggung Jawab"),
                     "Sasaran | Indikator | Target TW I | Target TW II | Target TW III | Target TW IV | Penanggung Jawab"),
    "pagu unit": ("P", sent(N, "Unit Kerja", "Pagu Anggaran (Rp)", total="C"), "Unit | Jumlah (Rp)"),
    "realisasi unit": ("C", sent(N, "Seksi/Subbag", "Pagu", "Realisasi", "Sisa", "Serapan (%)", total="CDE"),
                       "Unit | Pagu (Rp) | Realisasi (Rp) | Sisa Pagu (Rp) | Serapan (%)"),
    "jenis belanja": ("R", sent(N, "Jenis Belanja", "Anggaran (Rp)", "Persentase", total="C"), "Jenis Belanja | Jumlah (Rp) | -"),
    "bobot jenis": ("P", sent(N, "Jenis Belanja", "Anggaran (Rp)", "Bobot (%)", total="C"), "Jenis Belanja | Jumlah (Rp) | ="),
    "e-monev": ("C", sent(N, "Kode Sub Kegiatan", "Sub Kegiatan", "Pagu", (_KEU, "Rp"), "Permasalahan", change=protected),
                f"Kode | {TREE} | Pagu (Rp) | Realisasi (Rp) | -"),
    "e-monev kontrak": ("P", sent(N, "Sub Kegiatan", "Pagu", ("Kontrak", "Nilai"), ("Kontrak", "Penyedia"), "Metode"),
                        f"{TREE} | Anggaran (Rp) | - | - | -"),
    "inspektorat": ("C", sent(N, "Program", "Kegiatan", "Sub Kegiatan", "Anggaran (Rp)", "Realisasi (Rp)", "Temuan"),
                    "Program | Kegiatan | Nama Sub Kegiatan | Pagu (Rp) | Realisasi (Rp) | -"),
    "evaluasi renja": ("C", sent(N, "Program/Kegiatan", "Indikator", ("Target Renja 2025", "K"), ("Target Renja 2025", "Rp"),
                                 ("Realisasi", "K"), ("Realisasi", "Rp")), f"{TREE} | Indikator | K | Rp | K | Rp"),
    "kegiatan dan indikator": ("P", sent(N, "Kegiatan", "Indikator Kegiatan", "Target", "Satuan", "Anggaran (Rp)", total="F"),
                               "Kegiatan | Indikator | Target | Satuan | Anggaran (Rp)"),
    "pagu dan usulan": ("P", sent(N, "Sub Kegiatan", "Usulan (Rp)", "Disepakati (Rp)", "Pagu (Rp)", "Alasan"),
                        f"{TREE} | Diusulkan (Rp) | Disepakati (Rp) | Anggaran (Rp) | Alasan Selisih"),
    "anggaran kas": ("P", sent(N, "Kode Sub Kegiatan", "Sub Kegiatan", "Januari", "Februari", "Jumlah"),
                     "Kode Sub Kegiatan | Nama Sub Kegiatan | Januari | Februari | Jumlah (Rp)"),
    "standar harga": ("R", sent(N, "Kode Barang", "Uraian Barang", "Satuan", "Harga Satuan", title="USULAN SSH"),
                      "- | Uraian | Satuan | Harga Satuan (Rp)"),
    "ribuan": ("P", sent(N, "Program", "Pagu (ribu Rp)", "Pagu (Rp)"), f"{TREE} | - | Anggaran (Rp)"),
    "tahun lain": ("P", sent(N, "Program", "Pagu 2024 (Rp)", "Pagu 2025 (Rp)", "Pagu 2026 (Rp)"),
                   f"{TREE} | - | Anggaran (Rp) | -"),
    "analisis jabatan": ("P", sent(N, "Jabatan", "Uraian Tugas", "Hasil Kerja", "Jumlah Beban"), "W101"),
    "tanpa bingkai": ("P", sent(N, "Kode", "Nama Sub Kegiatan", "Anggaran", framed=False, total="D"),
                      f"Kode | {TREE} | Anggaran (Rp)"),
    "tabel excel": ("R", sent(N, "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah", rows=2, change=table),
                    "Uraian | Volume | Satuan | Harga Satuan (Rp) | Jumlah (Rp)"),
    "baris tersembunyi": ("R", sent(N, "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah", change=hidden),
                          "Uraian | Volume | Satuan | Harga Satuan (Rp) | Jumlah (Rp)"),
    "tabel pejabat": ("P", sent(N, "Kode Program", "Nama Program", "Pagu (Rp)", total="D", change=officials),
                      f"Kode | {TREE} | Anggaran (Rp)"),
    "tautan dan gabungan": ("P", sent(N, "Kode", "Kegiatan", "Anggaran (Rp)", total="D", change=pointed),
                            f"Kode | {TREE} | Anggaran (Rp)"),
    "sub tercetak": ("P", sent(N, "Kode", "Sub Kegiatan", "Pagu (Rp)", printed=subs(4), total="D"), "p | p | Anggaran (Rp)"),
    "rekening tercetak": ("P", sent(N, "Kode Rekening", "Uraian", "Pagu (Rp)", printed=account_rows(4), total="D"),
                          "p | p | Jumlah (Rp)"),
    "rekening tercetak, capaian": ("C", sent(N, "Kode Rekening", "Uraian", "Pagu", "Realisasi", printed=account_rows(4)), "W109"),
    "indikator tercetak": ("C", sent(N, "Indikator", "Target", "Realisasi", "Capaian (%)",
                                     printed=measured_rows("Capaian Indikator", 4, "nama")),
                           "p | Target Tahun | Realisasi s.d. TW Ini | Capaian Setahun (%)"),
    "realisasi tercetak": ("C", sent(N, "Kode", "Uraian", "Pagu", "Realisasi", "Sisa Pagu",
                                     printed=measured_rows("Realisasi Anggaran", 5, "kode", "nama")),
                           "p | p | Pagu (Rp) | Realisasi (Rp) | Sisa Pagu (Rp)"),
    "unit tercetak": ("C", sent(N, "Unit", "Pagu", "Realisasi", printed=measured_rows("Realisasi per Unit", 2, "nama")),
                      "p | Pagu (Rp) | Realisasi (Rp)"),
    "unit tercetak, rencana": ("P", sent(N, "Unit Kerja", "Pagu (Rp)", printed=[[1, "umum"], [2, "pmd"]], total="C"),
                               "p | Jumlah (Rp)"),
    "jenis tercetak": ("P", sent(N, "Jenis Belanja", "Pagu (Rp)", printed=[[1, "Belanja Pegawai"], [2, "Belanja Modal"]]),
                       "p | Jumlah (Rp)"),
}  # fmt: skip


def told(done: Filled) -> str:
    words = (
        "=" if "dihitung" in one.because else "p" if "tercetak" in one.because else one.ours or "-"
        for one in done.columns if one.heading != N
    )  # fmt: skip
    return " | ".join(words)


@pytest.mark.parametrize("name", FORMS)
def test_every_column_holds_what_its_headings_mean(name: str):
    kind, data, wanted = FORMS[name]
    if wanted.startswith("W"):
        with pytest.raises(InputError) as stopped:
            fill_form(data, "f.xlsx", source(SOURCES[kind]))
        assert [f.code for f in stopped.value.findings] == [wanted]
    else:
        assert told(fill_form(data, "f.xlsx", source(SOURCES[kind]))) == wanted
