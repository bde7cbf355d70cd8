"""Every code of the catalogue: a folder that produces it and one that nearly does, with the exact set of places.

A case changes the clean small office (``tests.kantor_uji``), which yields nothing. ``said`` is everything that the whole
folder says then: a second finding for the same cause fails. ``nearly`` is the same place just inside the rule; where
that has its own word, ``nearly_said`` names it.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from kinerja_xl.catatan import catalogue
from kinerja_xl.checking.rule_book import RULES
from kinerja_xl.package import ErrorValue, Formula, Package
from kinerja_xl.reading import gate, workbook
from kinerja_xl.sheets.content import SheetContent
from kinerja_xl.sheets.kantor import POLICIES
from kinerja_xl.sheets.tor import PROSE
from kinerja_xl.sheets.usulan import USULAN, USULAN_VERSIONS
from tests.kantor_uji import (
    FILES,
    SUB_A,
    SUB_C,
    D,
    Folder,
    Place,
    cell,
    clean,
    edit,
    office_content,
    renamed_sheet,
    replaced,
    said,
    small_office,
    unit_bytes,
    unit_content,
    with_copy,
    with_parts,
    without,
    without_sheet,
)
from tests.kasus import Case, Cases, Setup, covered
from tests.recap_contoh import png

PMD = FILES["pmd"]
TOLERANSI = [row.get("kunci") for row in office_content().rows("kebijakan")].index("toleransi_tw")


case = Cases()


def pmd(table: str, index: int = 0, /, sheet: int = 0, **values: object) -> Folder:
    return Folder().edit("pmd", table, index, sheet=sheet, **values)


def trantib(table: str, index: int = 0, /, **values: object) -> Folder:
    return Folder().edit("trantib", table, index, **values)


def last_year(**values: object) -> Folder:
    """With the usulan of the year before in arsip/: the clean one, its first TOR changed and without its second."""
    def make() -> bytes:
        content = edit(edit(unit_content("pmd"), "tor", 0, **values), "tor", 0, sheet=1, kode_sub=None)
        return unit_bytes(edit(content, "identitas", 0, tahun=D(2024)), replace(small_office(), tahun=2024))

    return Folder().keep("Usulan-pmd-2024.xlsx", make)


def kantor(table: str, index: int = 0, /, **values: object) -> Folder:
    return Folder().edit("kantor", table, index, **values)


def put(*cells: tuple[Place, object], who: str = "pmd") -> Folder:
    folder = Folder()
    for place, value in cells:
        folder.put(who, place, value)  # type: ignore[arg-type]
    return folder


def bend(change: Callable[[bytes], bytes]) -> Folder:
    return Folder().bend("pmd", change)


FILE: Place = ("", "")

# fmt: off

# ---- B1: the file -----------------------------------------------------------------------------


def ole(stream: str) -> bytes:
    """The start of an old Office container with one stream."""
    name = stream.encode("utf-16-le") + b"\0\0"
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + name.ljust(64, b"\0") + len(name).to_bytes(2, "little")


def with_part(path: str, content: bytes) -> Callable[[bytes], bytes]:
    return lambda data: with_parts(data, lambda old: {path: content})


def merged(ref: str) -> Callable[[bytes], bytes]:
    cells = f'</sheetData><mergeCells count="1"><mergeCell ref="{ref}"/></mergeCells>'
    return lambda data: replaced(data, "xl/worksheets/sheet2.xml", "</sheetData>", cells)


def blank_book() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def limited(**limits: int) -> Setup:
    """Other limits for the file of pmd alone."""

    def inspect(data: bytes, name: str, unread: gate.Unread) -> object:
        return gate.inspect(data, name, gate.Limits(**limits) if name == PMD else None, unread)

    return lambda patch: patch.setattr(workbook, "inspect", inspect)


def locked(name: str) -> Setup:
    """A file that Windows does not let us open while Excel has it."""
    real = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path.name == name:
            raise PermissionError(13, "Permission denied")
        return real(path)

    return lambda patch: patch.setattr(Path, "read_bytes", read_bytes)


UNREAD = {sheet.name for sheet in USULAN.sheets if not sheet.blocks}
CELLS = sum(Package.open(clean("pmd")).scan(s).cell_count for s in Package.open(clean("pmd")).sheets if s.name not in UNREAD)
APP = b'<?xml version="1.0"?>\n<!DOCTYPE Properties [<!ENTITY a "b">]>\n<Properties>&a;</Properties>'

case("B101", bend(lambda _: b""), FILE, bend(lambda data: data[:1]), {("B111", *FILE)})
case("B102", bend(lambda data: data[:-40]), FILE, bend(lambda data: data + b"\0" * 40))
case("B102", bend(lambda data: b"\0" * 5000), FILE, bend(lambda data: b"\0" * 4999 + b"a"), {("B111", *FILE)})
case("B103", bend(lambda _: ole("EncryptedPackage")), FILE, bend(lambda _: ole("Workbook")), {("B104", *FILE)})
case("B104", bend(lambda _: ole("Workbook")), FILE, bend(lambda _: ole("WordDocument")), {("B111", *FILE)})
case("B104", bend(lambda _: ole("Workbook")).name("pmd", "usulan pmd.xls"), FILE, Folder().name("pmd", "usulan pmd.XLSX"))
case("B105", bend(lambda _: b"\xef\xbb\xbf<html><body><table></table></body></html>"), FILE,
     pmd("rab", uraian="Kertas <html><body><table>"))
case("B122", bend(lambda data: replaced(data, "xl/workbook.xml", "</sheets>", '<sheet name="Lain" sheetId="99"/></sheets>')),
     ("Lain", ""), bend(lambda data: replaced(data, "xl/workbook.xml", "</sheets>", "</sheets >")))
case("B107", bend(with_part("xl/media/isi.bin", b"\0" * (9 << 20))), FILE, bend(with_part("xl/media/isi.bin", b"\0" * (8 << 20))))
case("B108", bend(with_part("docProps/app.xml", APP)), FILE, pmd("rab", uraian="Kertas <!DOCTYPE html>"))
case("B109", bend(merged("A1000:J21000")), ("Identitas", ""), bend(merged("A1000:J20999")))
case("B110", Folder(), FILE, Folder(), (),
     limited(file_bytes=len(clean("pmd")) - 1), limited(file_bytes=len(clean("pmd"))))
case("B111", bend(lambda _: b"%PDF-1.7 usulan"), FILE, pmd("rab", uraian="%PDF-1.7 usulan"))
case("B112", Folder(), FILE, Folder(), (), locked(PMD), locked("berkas lain.xlsx"))
case("B113", Folder(), ("PK", ""), Folder(), (), limited(cells=CELLS - 1), limited(cells=CELLS))
case("B114", Folder().add("~$" + PMD, b"kunci"), FILE, Folder().name("pmd", "~" + PMD))
case("B115", Folder().add("surat.docx", b"PK"), FILE, Folder().add(".DS_Store", b""))
case("B120", Folder().add("Seksi PMD/usulan.xlsx", clean("pmd")), FILE, Folder().add("TW1/surat.xlsx", b"PK"))
case("B120", Folder().add("lama/2024/usulan.xlsx", clean("pmd")), FILE, Folder().add("lama/2024/surat.docx", b"PK"))
case("B116", bend(with_part("xl/vbaProject.bin", b"makro")).name("pmd", "usulan.xlsm"), FILE, Folder().name("pmd", "usulan.xlsm"))
OUTSIDE = (b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
           b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%b" Target="http://contoh.invalid/a.png" '
           b'TargetMode="External"/></Relationships>')
DDE = (b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
       b'<%b ddeService="cmd" ddeTopic="/c calc"><ddeItems/></%b></externalLink>')
case("B127", bend(with_part("xl/externalLinks/externalLink1.xml", DDE % (b"ddeLink", b"ddeLink"))), FILE,
     pmd("rab", uraian="=cmd|'/c calc'!A0"))
case("B127", bend(with_part("xl/embeddings/oleObject1.bin", b"ole")), FILE,
     bend(with_part("xl/media/ole.bin", b"ole")))
case("B127", bend(with_part("xl/drawings/_rels/drawing9.xml.rels", OUTSIDE % b"image")), FILE,
     bend(with_part("xl/drawings/_rels/drawing9.xml.rels", OUTSIDE % b"hyperlink")))

# ---- T2: whose form, which version --------------------------------------------------------------

WORKBOOK, CUSTOM = "xl/workbook.xml", "docProps/custom.xml"


def identity(old: str, new: str, *where: str) -> Callable[[bytes], bytes]:
    """The machine mark changed, in its name and its property."""

    def change(data: bytes) -> bytes:
        for part in where or (WORKBOOK, CUSTOM):
            data = replaced(data, part, old, new)
        return data

    return change


def version_1() -> Folder:
    folder = Folder()
    folder.units["pmd"] = unit_content("pmd", USULAN_VERSIONS[1])
    return folder


def foreign_unit(kode: str) -> Folder:
    folder = Folder()
    other = unit_bytes(folder.edit("pmd", "identitas", unit=kode).units["pmd"])
    return Folder().add("lain.xlsx", other)


UNIT, YEAR, OFFICE = cell("identitas", "unit"), cell("identitas", "tahun"), cell("identitas", "kantor")
LOST = identity("kinerja-xl[|]", "x-")

case("T201", Folder().add("daftar.xlsx", blank_book()), FILE, bend(LOST), {("T209", *FILE)})
case("T202", bend(identity(f"usulan[|]{USULAN.version}", "usulan|99")), FILE, version_1(), {("T203", *FILE)})
case("T203", version_1(), FILE, Folder())
case("T204", foreign_unit("xyz"), UNIT, pmd("identitas", unit="PMD"))
case("T205", pmd("identitas", tahun=D(2026)).bend("pmd", identity(r"\|2025\|pmd", "|2026|pmd")), YEAR,
     pmd("identitas", tahun="2025"), {("N402", *YEAR)})
case("T206", pmd("identitas", tahun=D(2026)), YEAR, pmd("identitas", tahun=D("2025.0")))
case("T206", put((UNIT, "trantib")), UNIT, put((UNIT, " Pmd ")))
case("T207", bend(identity("Batu Putih", "Batu Hitam")), OFFICE, bend(identity("Batu Putih", "BATU  PUTIH")))
case("T207", bend(LOST).put("pmd", OFFICE, "Kantor Kecamatan Batu Hitam"), {("T207", *OFFICE), ("T209", *FILE)},
     bend(LOST).put("pmd", OFFICE, "KANTOR KECAMATAN BATU PUTIH"), {("T209", *FILE)})
case("T208", Folder().add("Kantor lama.xlsx", clean("kantor")), FILE, bend(identity("usulan", "USULAN", CUSTOM)))
case("T209", bend(LOST), FILE, bend(identity("kinerja-xl[|]", "x-", CUSTOM)))

case("T210", Folder().drop("kantor"), FILE, Folder())

# ---- S3: sheets and columns ---------------------------------------------------------------------


def head(block: str, key: str) -> Place:
    return cell(block, "judul", key)


def lost_column(block: str, key: str) -> Folder:
    return put((cell(block, "kunci", key), None), (head(block, key), None))


def no_keys(block: str, *keys: str) -> Folder:
    """The hidden key row emptied, its mark in column A too."""
    first = cell(block, "kunci", keys[0])
    mark = (first[0], "A" + first[1].lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    return put((mark, None), *((cell(block, "kunci", key), None) for key in keys))


RAB_KEYS = tuple(c.key for c in USULAN_VERSIONS[2].table("rab").columns)
RIGHT_OF_RAB = ("RAB", "AZ" + head("rab", "uraian")[1][1:])

case("S301", bend(lambda data: without_sheet(data, "RAB")), ("RAB", ""),
     bend(lambda data: renamed_sheet(data, "RAB", "RAB 2025")))
case("S302", lost_column("rab", "harga_satuan"), head("rab", "kode_sub"), put((cell("rab", "kunci", "harga_satuan"), None)))
case("S302", lost_column("rab", "kode_sub"), head("rab", "kode_sub"), put((cell("rab", "kunci", "kode_sub"), None)))
case("S302", lost_column("rab", "koef_2"), head("rab", "kode_sub"), put((cell("rab", "kunci", "koef_2"), None)))
case("S303", lost_column("rab", "jenis_belanja"), head("rab", "kode_sub"), put((head("rab", "jenis_belanja"), None)))
case("S303", lost_column("indikator", "target"), head("indikator", "kode"), put((head("indikator", "target"), None)))
case("S304", put((head("rab", "uraian"), "Spesifikasi")), head("rab", "uraian"), put((head("rab", "uraian"), "U r a i a n :")))
case("S305", put((head("rab", "uraian"), "Nama Barang/Jasa")), head("rab", "uraian"), put((head("rab", "uraian"), "Komponen")))
case("S306", no_keys("rab", *RAB_KEYS), head("rab", "kode_sub"), put(*((cell("rab", "kunci", k), None) for k in RAB_KEYS)))
case("S307", bend(lambda data: with_copy(data, "Petunjuk", "Coretan")), ("Coretan", ""),
     bend(lambda data: renamed_sheet(data, "Cek Mandiri", "CEK  MANDIRI")))
case("S308", put((RIGHT_OF_RAB, "Nomor SPK")), RIGHT_OF_RAB, put((("RAB", "AZ40"), "Nomor SPK")))
AFTER = {"tahap": "Evaluasi", "kegiatan": "Laporan akhir", "bulan_11": "x"}
case("S309", pmd("jadwal", 6, **AFTER).edit("pmd", "jadwal", 7, **AFTER), cell("jadwal", 6, "tahap"), pmd("jadwal", 5, **AFTER))
case("S310", put((("Identitas", "SS1"), "jauh"), (("Identitas", "A60000"), "jauh")), ("Identitas", "SS1"),
     put((("Identitas", "SR1"), "jauh")))
case("S310", put((("RAB", "XFD1048576"), "jauh")), ("RAB", "XFD1048576"), put((("Identitas", "A50000"), "jauh")))
case("S311", pmd("rab", 5, uraian="JUMLAH").put("pmd", cell("rab", 5, "jumlah"), 18_010_000), cell("rab", 5, "uraian"),
     pmd("rab", 0, uraian="Jumlah kertas"))
AGAIN = (("kode_sub", "Kode Sub Kegiatan *"), ("uraian", "URAIAN"), ("satuan", "Satuan"))
case("S322", put(*((cell("rab", 5, key), text) for key, text in AGAIN)), cell("rab", 5, "kode_sub"),
     put((cell("rab", 0, "spesifikasi"), "Spesifikasi barang")))
PASTED = (("koef_1", "Koefisien"), ("jenis_standar", "Standar Harga"))  # the group row, then the headings: one paste
case("S322", put(*((cell("rab", 5, key), text) for key, text in PASTED), *((cell("rab", 6, key), text) for key, text in AGAIN)),
     cell("rab", 5, "koef_1"), pmd("rab", 0, spesifikasi="Koefisien"))
case("S322", put((cell("jadwal", 5, "tahap"), "Tahap"), (cell("jadwal", 5, "kegiatan"), "Kegiatan")), cell("jadwal", 5, "tahap"),
     pmd("jadwal", 4, **AFTER))
case("S312", put((cell("rab", 0, "jumlah"), Formula("K9*2"))), cell("rab", 0, "jumlah"),
     put((cell("rab", 0, "jumlah"), Formula("K9*2", 550_000))))
case("S313", put((cell("rab", "kunci", "keterangan"), "uraian")), head("rab", "keterangan"),
     put((cell("rab", "kunci", "keterangan"), None)))
case("S314", bend(lambda data: with_copy(data, "RAB", "RAB (2)")), ("RAB (2)", ""),
     bend(lambda data: with_copy(data, "Cek Mandiri", "RAB (2)")), {("S307", "RAB (2)", "")})
case("S315", bend(lambda data: without_sheet(data, "Indikator")), ("Indikator", ""),
     bend(lambda data: renamed_sheet(data, "Indikator", "Lembar 5")))
case("S315", bend(lambda data: without_sheet(without_sheet(data, "TOR (2)"), "TOR")), ("TOR", ""),
     bend(lambda data: renamed_sheet(renamed_sheet(data, "TOR (2)", "B"), "TOR", "A")))
case("S315", bend(lambda data: without_sheet(data, "Identitas")), ("Identitas", ""),
     bend(lambda data: renamed_sheet(data, "Identitas", "Kami")))
case("S316", put((cell("rab", 7, "uraian"), "Mengetahui, Camat Batu Putih")), cell("rab", 7, "uraian"),
     put((("RAB", "A18"), "Mengetahui, Camat Batu Putih")))

# ---- N4: cells ----------------------------------------------------------------------------------

HARGA, JUMLAH, KOEF, PPN = (cell("rab", 0, key) for key in ("harga_satuan", "jumlah", "koef_1", "ppn"))
TOTAL = cell("rab", "jumlah", "jumlah")
REF = ErrorValue("#REF!")
BROKEN = Formula("#REF!*1", REF)

case("N401", pmd("rab", 4, uraian=None), cell("rab", 4, "uraian"), pmd("rab", 4, uraian="PC"))
case("N401", pmd("rab", 0, koef_1=None), KOEF, pmd("rab", 0, sat_1=None))
case("N401", pmd("rab", 0, kode_sub=None), cell("rab", 0, "kode_sub"), pmd("rab", 0, keterangan="x"))
case("N401", pmd("tor", lokasi=None), cell("tor", "lokasi"), pmd("tor", rumusan_masalah=None))
case("N401", pmd("tor", kode_sub=None), cell("tor", "kode_sub"), pmd("tor", kode_sub=SUB_A + "."))
case("N402", pmd("rab", 0, harga_satuan="Rp55.000,-"), HARGA, pmd("rab", 0, harga_satuan=D("55000.00")))
case("N402", pmd("tor", biaya_barang="8260000"), cell("tor", "biaya_barang"), pmd("tor", biaya_barang=D(8_260_000)))
case("N402", pmd("rab", 0, harga_satuan="Rp55.000,-").put("pmd", JUMLAH, Formula("K9*2", ErrorValue("#VALUE!")))
     .put("pmd", TOTAL, Formula("SUM(A1)", ErrorValue("#VALUE!"))), HARGA, Folder())
case("N403", pmd("rab", 0, koef_1="1.500"), KOEF, pmd("rab", 0, koef_1="10,0"), {("N402", *KOEF)})
case("N403", pmd("tor", outcome_target="1.500"), cell("tor", "outcome_target"), pmd("tor", outcome_target=D("1.5")))
case("N404", pmd("rab", 0, ppn="belum termasuk"), PPN, pmd("rab", 0, ppn="-"))
case("N404", pmd("rab", 0, harga_satuan="55.000,-x"), cell("rab", 0, "harga_satuan"),             # an amount that was cut
     pmd("rab", 0, harga_satuan="55.000,-"), {("N402", *cell("rab", 0, "harga_satuan"))})
case("N405", put((HARGA, BROKEN), (JUMLAH, BROKEN), (TOTAL, BROKEN)), HARGA, pmd("rab", 0, uraian="#REF kertas"))
case("N405", put((JUMLAH, BROKEN), (TOTAL, BROKEN)), JUMLAH, put((JUMLAH, Formula("1*1", 550_000))))
case("N405", put((TOTAL, BROKEN)), TOTAL, put((TOTAL, Formula("1*1", 18_010_000))))
case("N405", put((cell("tor", "biaya_barang"), BROKEN), (cell("tor", "biaya_total"), BROKEN)), cell("tor", "biaya_barang"),
     put((cell("tor", "biaya_barang"), Formula("1*1", 8_260_000))))
case("N405", put((HARGA, Formula("#REF!*2"))), HARGA, put((HARGA, Formula("A1*2"))), {("N406", *HARGA)})  # F9 mends only it
case("N406", put((HARGA, Formula("A1*1"))), HARGA, put((HARGA, Formula("A1*1", 55_000))))
case("N407", pmd("rab", 0, sumber_dana="APBDX"), cell("rab", 0, "sumber_dana"), pmd("rab", 0, sumber_dana=" apbd"))
case("N407", pmd("rab", 1, sumber_dana="DAUX"), cell("rab", 1, "sumber_dana"), pmd("jadwal", bulan_03="✓"))
case("N408", pmd("rab", 0, koef_1=D(-10)), KOEF, pmd("rab", 0, ppn=D(0)))
case("N408", pmd("rab", 0, ppn=D(-1)), PPN, pmd("rab", 0, ppn=D(0)))
case("N408", pmd("identitas", revisi=D("0.5")), cell("identitas", "revisi"), pmd("identitas", revisi=D("0.0")))
case("N409", pmd("rab", 0, harga_satuan=D("55000.5")), HARGA, pmd("rab", 0, harga_satuan=D("55000.0")))
case("N410", pmd("rab", 0, prakiraan_maju=D("1.5")), cell("rab", 0, "prakiraan_maju"), pmd("rab", 0, prakiraan_maju=D(1)),
     {("R522", *cell("rab", 0, "prakiraan_maju"))})
case("N411", pmd("tor", tanggal_selesai="31 Februari 2025"), cell("tor", "tanggal_selesai"),
     pmd("tor", tanggal_selesai="28 November 2025"))
case("N412", pmd("identitas", tanggal_disampaikan="45544"), cell("identitas", "tanggal_disampaikan"),
     pmd("identitas", tanggal_disampaikan="9/9/2024"))
case("N413", pmd("tor", penanda_nip="1980030320050110"), cell("tor", "penanda_nip"),
     pmd("tor", penanda_nip="NIP. 19800303 200501 1 003"))
case("N414", pmd("tor", outcome_target="80 Persen"), cell("tor", "outcome_target"), pmd("tor", outcome_target=D(80)))
case("N415", pmd("rab", 0, kode_sub="7.01.03.9"), cell("rab", 0, "kode_sub"), pmd("rab", 0, kode_sub="7.1.03.201.3"))
case("N416", pmd("rab", 0, kode_sub=f"{SUB_A} Peningkatan"), cell("rab", 0, "kode_sub"), pmd("rab", 0, kode_sub=f" {SUB_A}. "))
case("N417", pmd("rab", 0, satuan="Rimm"), cell("rab", 0, "satuan"), pmd("rab", 0, satuan="rim"))
case("R524", pmd("rab", 0, keterangan="Dari RAB 2024, belum disesuaikan"), cell("rab", 0, "keterangan"),
     pmd("rab", 0, keterangan="Dari RAB 2024, sudah disesuaikan"))
case("K616", last_year(sasaran="Tiga laporan pada triwulan IV"), cell("tor", "latar_belakang"),
     last_year(**dict.fromkeys(PROSE, "Uraian lain")))
case("K616", last_year(sasaran="Tiga laporan pada triwulan IV"), cell("tor", "latar_belakang"),
     last_year(kode_sub="7.01.03.2.01.0001"))
case("N417", pmd("rab", 2, sat_2="Poktan"), cell("rab", 2, "sat_2"),
     pmd("rab", 2, sat_2="Poktan").edit("kantor", "daftar_kantor", 16, daftar="satuan", nilai="Kelompok Tani; Poktan"))
case("N417", kantor("pk_pimpinan", satuan="Poktan"), cell("pk_pimpinan", 0, "satuan"),
     kantor("pk_pimpinan", satuan="POKTAN").edit("kantor", "daftar_kantor", 16, daftar="Satuan", nilai="Kelompok Tani, Poktan"),
     {("G123", *cell("pk_pimpinan", 0, "satuan"))})

# ---- R5: RAB ------------------------------------------------------------------------------------

VOLUME = cell("rab", 0, "volume")
SUB_CELL = cell("rab", 0, "kode_sub")

case("R501", put((VOLUME, 11)), VOLUME, put((VOLUME, Formula("1*1", 10.00001))))
case("R502", put((JUMLAH, 600_000), (TOTAL, Formula("1*1", 18_060_000))), JUMLAH, put((JUMLAH, Formula("1*1", 550_000))))
case("R502", put((JUMLAH, "lima ratus ribu"), (TOTAL, Formula("1*1", 17_460_000))), JUMLAH, Folder())
case("R503", put((JUMLAH, 550_000)), JUMLAH, put((JUMLAH, Formula("1*1", 550_000))))
case("R588", put((JUMLAH, None)), JUMLAH, pmd("rab"))
ALL_ABOVE = {"koef_1": D(1), "sat_1": "Paket", "koef_2": None, "sat_2": None, "koef_3": None, "sat_3": None, "satuan": "Paket",
             "harga_satuan": D(5_950_000), "ppn": None, "kode_standar": None, "jenis_standar": None}  # fmt: skip
case("R588", put((cell("rab", 0, "volume"), None)), cell("rab", 0, "volume"), pmd("rab"))
BESIDES = {("R517", *cell("rab", 2, "kode_standar")), ("U906", *SUB_CELL)}
case("R593", pmd("rab", 2, uraian="Jumlah", **ALL_ABOVE), {("R593", *cell("rab", 2, "harga_satuan")), *BESIDES},
     pmd("rab", 2, uraian="Makan rapat", **ALL_ABOVE), {("K601", "TOR", "C35"), *BESIDES})
case("R504", pmd("rab", 0, kode_rekening="5.1.02.01.01.9999"), cell("rab", 0, "kode_rekening"),
     pmd("rab", 0, kode_rekening="521211"))
case("R505", pmd("rab", 0, kode_rekening="5.1.02.01.01"), cell("rab", 0, "kode_rekening"),
     pmd("rab", 0, kode_rekening="5.1.2.1.1.24"))
case("R506", pmd("rab", 0, jenis_belanja="Belanja Pegawai"), cell("rab", 0, "jenis_belanja"),
     pmd("rab", 0, jenis_belanja="BELANJA BARANG DAN JASA"))
case("R507", pmd("rab", 0, kode_sub="7.01.03.2.01.0099"), SUB_CELL, pmd("rab", 0, kode_sub="7.01.03.2.1.3"))
case("R507", pmd("rab", 0, kode_sub="7.01.03.2.01"), SUB_CELL, pmd("rab", 0, kode_sub="7.01.03.2.1.3"))
case("R508", kantor("unit", tugas="7.01.03.2.03"), SUB_CELL, kantor("unit", tugas="7.01.03.2.03, 7.01.03.2.01"))
case("R508", kantor("unit", tugas="7.01.03.2.03").without("kantor", "pagu", 0), SUB_CELL,
     kantor("unit", tugas="7.01.03.2.03, 7.01.03.2.01"))
TWIN = {"kode_rekening": "5.1.02.01.01.0024", "uraian": "KERTAS HVS F4"}
OTHER_CODE = {("R563", *cell("rab", 2, "kode_standar"))}  # the meal's own code of the price list stays beside it
case("R509", pmd("rab", 2, **TWIN), {("R509", *cell("rab", 2, "uraian")), *OTHER_CODE},
     pmd("rab", 2, spesifikasi="A3", **TWIN), OTHER_CODE)
case("R509", kantor("pagu", 4, unit="PMD", kode_sub=SUB_A, pagu=D(10_000_000)), cell("pagu", 4, "kode_sub"),
     kantor("pagu", 4, unit="pmd", kode_sub="7.01.03.2.01.0001", pagu=D(10_000_000)))
case("R510", put((TOTAL, 18_010_001)), TOTAL, put((TOTAL, 18_010_000.4)))
case("R510", put((cell("pagu", "jumlah", "pagu"), 1), who="kantor"), cell("pagu", "jumlah", "pagu"),
     put((cell("pagu", "jumlah", "pagu"), 42_000_000), who="kantor"))

# ---- K6: TOR ------------------------------------------------------------------------------------


def tor_2(key: str) -> Place:
    return cell("tor", key, sheet="TOR (2)")


def without_tor_2() -> Folder:
    folder = Folder()
    content = folder.units["pmd"]
    folder.units["pmd"] = replace(content, sheets=tuple(s for s in content.sheets if s.name != "TOR (2)"))
    return folder


def blank_tor() -> Folder:
    folder = Folder()
    content = folder.units["pmd"]
    folder.units["pmd"] = replace(content, sheets=(*content.sheets, SheetContent(key="tor", name="TOR (3)")))
    return folder


case("K601", pmd("tor", biaya_barang=D(8_260_001)), cell("tor", "biaya_barang"), pmd("tor", biaya_modal=D(0)))
case("K601", pmd("tor", biaya_modal=D(1)), cell("tor", "biaya_modal"), pmd("tor", biaya_pegawai=D(0)))
case("K602", without_tor_2(), cell("rab", 3, "kode_sub"), pmd("tor", sheet=1, kode_sub="7.01.03.203.2"))
case("K603", Folder().without("pmd", "rab", 3, 4).without("pmd", "pk_anggaran", 1), tor_2("kode_sub"),
     Folder().without("pmd", "rab", 3).edit("pmd", "tor", sheet=1, biaya_barang=None)
     .edit("pmd", "pk_anggaran", 1, anggaran=D(9_500_000)))
case("K604", bend(lambda data: with_copy(data, "TOR", "TOR (3)")), cell("tor", "kode_sub", sheet="TOR (3)"), blank_tor())
case("K605", pmd("tor", output_target=D(5)), cell("tor", "output_target"), pmd("tor", output="JUMLAH laporan pemberdayaan."))
case("K605", pmd("tor", output_satuan="Dokumen"), cell("tor", "output_satuan"), pmd("tor", output_satuan="laporan"))
case("K606", pmd("tor", tanggal_selesai=date(2025, 1, 31)), cell("tor", "tanggal_selesai"),
     pmd("tor", tanggal_mulai=date(2025, 1, 1), tanggal_selesai=date(2025, 12, 31)))
case("K606", pmd("tor", tanggal_mulai=date(2024, 12, 31)), cell("tor", "tanggal_mulai"),
     pmd("tor", tanggal_mulai=date(2025, 1, 1)))
case("K607", put((cell("tor", "biaya_total"), 1)), cell("tor", "biaya_total"), put((cell("tor", "biaya_total"), 8_260_000)))
case("K608", pmd("jadwal", bulan_12="x"), cell("jadwal", 0, "bulan_12"), pmd("jadwal", bulan_03="x"))

# ---- I7: indikator --------------------------------------------------------------------------------

INDIKATOR: Place = ("Indikator", "")

case("I701", Folder().without("pmd", "indikator", 0).without("pmd", "pk_kinerja", 0), INDIKATOR, pmd("indikator", level="output"))
case("I702", Folder().without("pmd", "indikator", 2).without("pmd", "pk_kinerja", 2), INDIKATOR,
     pmd("indikator", 2, kode="7.01.03.2.01"))
case("I703", pmd("indikator", tw_4=D(2)), cell("indikator", 0, "target"),
     pmd("indikator", tw_4=D(2)).edit("kantor", "kebijakan", TOLERANSI, nilai="1"))
case("I703", trantib("indikator", 1, tw_2=D(111)), cell("indikator", 1, "target"),
     trantib("indikator", 1, tw_1=None, tw_2=D(100)))
SLIPPED_QUARTERS = {
    "tw_1": pmd("indikator", tw_1=D(-1)), "tw_2": pmd("indikator", tw_2=D("0.5")),
}  # fmt: skip
for key, slipped in SLIPPED_QUARTERS.items():
    case("I703", slipped, cell("indikator", 0, key), pmd("indikator"))
case("I703", pmd("indikator", 2, tw_4=D("0.8")), cell("indikator", 2, "tw_4"), pmd("indikator", 2))
case("I704", pmd("indikator", 2, tw_1=D(101)), cell("indikator", 2, "tw_1"), pmd("indikator", 2, tw_1=D(100)))
case("I704", trantib("indikator", 3, tw_4="Lumayan"), cell("indikator", 3, "tw_4"), trantib("indikator", 3, tw_4="baik"))
case("I704", pmd("indikator", 0, tw_1="banyak"), cell("indikator", 0, "tw_1"), pmd("indikator", 0, tw_1=D(1)))
case("I705", pmd("indikator", 2, penyebut=None), cell("indikator", 2, "penyebut"),
     pmd("indikator", 2, tipe="Indeks", pembilang=None, penyebut=None), {("I758", *cell("indikator", 2, "tipe"))})
case("I706", trantib("indikator", 2, batas_bawah=D(5)), cell("indikator", 2, "batas_bawah"),
     trantib("indikator", 2, batas_bawah=D(3), batas_atas=D(3)))
case("I706", trantib("indikator", 2, batas_atas=None), cell("indikator", 2, "batas_atas"),
     trantib("indikator", 2, arah="Naik", batas_bawah=None, batas_atas=None))

# ---- P8: PK ---------------------------------------------------------------------------------------


def no_pk(folder: Folder) -> Folder:
    return folder.without("pmd", "pk_kinerja").without("pmd", "pk_anggaran")


case("P801", no_pk(kantor("kantor", tahap="penetapan")), ("PK", ""), no_pk(Folder()))
case("P802", pmd("pk_kinerja", target=D(5)), cell("pk_kinerja", 0, "target"),
     pmd("pk_kinerja", indikator="JUMLAH LAPORAN pemberdayaan"))
case("P802", pmd("pk_anggaran", anggaran=D(1)), cell("pk_anggaran", 0, "anggaran"),
     pmd("pk_anggaran", 0, kode="7.01.03", anggaran=D(18_010_000)))
case("P802", pmd("pk_kinerja", indikator="Jumlah rapat"), cell("pk_kinerja", 0, "indikator"), pmd("pk_kinerja", satuan="laporan"))
case("P803", kantor("kantor", tahap="penetapan").edit("pmd", "pk_kinerja", target=D(5)), cell("pk_kinerja", 0, "target"),
     kantor("kantor", tahap="penetapan"))

# ---- U9: units --------------------------------------------------------------------------------------


def revision(number: int, day: date | None = None) -> Folder:
    """pmd hands in again beside its first file."""
    folder = Folder().add("pmd lama.xlsx", clean("pmd"))
    return folder.edit("pmd", "identitas", revisi=D(number), tanggal_disampaikan=day or date(2024, 9, 12))


def new_sub(day: date) -> Folder:
    """A revision whose first file did not hold SUB_B."""
    folder = Folder().add("pmd lama.xlsx", unit_bytes(without(unit_content("pmd"), "rab", 3, 4)))
    return folder.edit("pmd", "identitas", revisi=D(1), tanggal_disampaikan=day)


def claims(sub: str) -> Folder:
    """pmd proposes ``sub`` of trantib's program instead of SUB_B, with everything that belongs to it."""
    third = unit_content("pmd").rows("indikator")[2].values
    outcome = {**third, "kode": "7.01.04", "nama": "Persentase desa aman", "iku": "Tidak", "definisi": "Bagian desa yang aman"}
    folder = kantor("unit", tugas="7.01.03, 7.01.04").edit("kantor", "pagu", 1, kode_sub=sub)
    folder.edit("pmd", "rab", 3, kode_sub=sub).edit("pmd", "rab", 4, kode_sub=sub).edit("pmd", "tor", sheet=1, kode_sub=sub)
    folder.edit("pmd", "indikator", 1, kode=sub).edit("pmd", "indikator", 3, **outcome)
    return folder.edit("pmd", "pk_anggaran", 1, kode=sub)


LAST_DAY, LATE = date(2024, 9, 13), date(2024, 9, 14)

case("U901", Folder().drop("trantib"), FILE, Folder().bend("trantib", lambda _: b""), {("B101", *FILE)})
case("U902", kantor("penerimaan", tanggal=LATE), FILE, kantor("penerimaan", tanggal=LAST_DAY))
case("U903", Folder().add("pmd lagi.xlsx", clean("pmd")), FILE, revision(1), {("U904", *FILE)})
case("U904", revision(1), FILE, pmd("identitas", revisi=D(1)))
case("U905", Folder().without("kantor", "penerimaan", 0).edit("pmd", "identitas", tanggal_disampaikan=None), FILE,
     Folder().without("kantor", "penerimaan", 0))
case("U906", kantor("pagu", pagu=D(8_259_999)), SUB_CELL, kantor("pagu", pagu=D(8_260_000)))
NOT_IN_PK = ("P813", *cell("pk_kinerja", 3, "indikator"))
case("U907", claims(SUB_C), {("U907", *cell("rab", 3, "kode_sub")), ("U907", *SUB_CELL), NOT_IN_PK},
     claims("7.01.04.2.01.0002"), {NOT_IN_PK})
case("U908", new_sub(LATE), {("U904", *FILE), ("U908", *cell("rab", 3, "kode_sub"))}, new_sub(LAST_DAY), {("U904", *FILE)})
UNREAD_FIRST = new_sub(LATE).add("pmd lama.xlsx", b"PK")
case("U925", UNREAD_FIRST, {("U904", *FILE), ("U925", *FILE)}, new_sub(LAST_DAY), {("U904", *FILE)})
case("U909", revision(1, date(2024, 9, 28)), FILE, revision(1, date(2024, 9, 27)), {("U904", *FILE)})
case("U910", Folder().without("kantor", "pagu", 0), SUB_CELL, kantor("pagu", pagu=D(8_260_000)))
OTHERS_ROW = dict.fromkeys(unit_content("pmd").rows("rab")[4].values) | unit_content("trantib").rows("rab")[0].values
OUTSIDE = ("R508", *cell("rab", 4, "kode_sub"))
case("U924", pmd("rab", 4, **OTHERS_ROW), {("U924", *cell("rab", 4, "kode_sub")), OUTSIDE},
     pmd("rab", 4, **{**OTHERS_ROW, "koef_1": D(41)}), {OUTSIDE})

# ---- G1: Kantor.xlsx ----------------------------------------------------------------------------------

LATER = {"jabatan_kode": "pmd", "nama": "Dewi Patandung", "jabatan": "Kepala Seksi", "status": "Plt.", "mulai": date(2024, 1, 1)}

case("G101", kantor("pagu", unit="pmdd"), cell("pagu", 0, "unit"), kantor("pagu", unit="PMD"))
case("G101", kantor("pejabat", 0, jabatan_kode="camatt"), cell("pejabat", 0, "jabatan_kode"),
     kantor("pejabat", 0, jabatan_kode="Camat"))
case("G101", kantor("penerimaan", unit="pmdd"), cell("penerimaan", 0, "unit"), kantor("penerimaan", unit="PMD"))
case("G102", kantor("pejabat", 3, sampai=date(2024, 9, 30)), ("Pejabat", ""), kantor("pejabat", 3, sampai=date(2025, 1, 6)))
case("G103", kantor("kantor", batas_perbaikan=date(2024, 9, 12)), cell("kantor", "batas_perbaikan"),
     kantor("kantor", batas_perbaikan=LAST_DAY))
case("G104", kantor("pagu", kode_sub="7.01.03.2.01.0077"), cell("pagu", 0, "kode_sub"), kantor("pagu", kode_sub="7.01.03.201.3"))
case("N415", kantor("pagu", kode_sub="sub A1"), cell("pagu", 0, "kode_sub"), kantor("pagu", kode_sub=f"{SUB_A}."))
case("G105", kantor("daftar_kantor", 15, daftar="skalaa", nilai="Istimewa"), cell("daftar_kantor", 15, "daftar"),
     kantor("daftar_kantor", 15, daftar="Skala", nilai="Istimewa"))
case("G106", kantor("kebijakan", TOLERANSI, kunci="toleransi"), cell("kebijakan", TOLERANSI, "kunci"),
     kantor("kebijakan", TOLERANSI, kunci="Toleransi_TW"))
case("G109", kantor("tingkat_catatan", kode="K999", tingkat="Info", alasan="Rapat"), cell("tingkat_catatan", 0, "kode"),
     kantor("tingkat_catatan", kode="k601", tingkat="Info", alasan="Rapat"))
case("G110", kantor("kantor", logo="lambang.png"), cell("kantor", "logo"),
     kantor("kantor", logo="logo.png").add("../logo.png", png(40, 50)))
case("G110", kantor("kantor", logo="salah.png").add("../salah.png", b"bukan gambar"), cell("kantor", "logo"),
     kantor("kantor", logo=" logo.jpg ").add("../logo.jpg", png(40, 50)))

GOAL = {
    "misi": "Desa yang maju", "tujuan": "Masyarakat berdaya", "kode_sasaran": "S1", "sasaran": "Pelayanan prima",
    "indikator": "Jumlah lembaga dilatih", "satuan": "Lembaga Kemasyarakatan", "arah": "Naik", "target_0": D(10),
}


def policy(**values: object) -> Folder:
    """Kantor.xlsx with other values on the sheet Kebijakan."""
    folder = Folder()
    for key, value in values.items():
        folder = folder.edit("kantor", "kebijakan", POLICY_KEYS.index(key), nilai=value)
    return folder


POLICY_KEYS = [one.key for one in POLICIES]
POLICY_CASES: tuple[tuple[str, object, object], ...] = (  # key, a value that is none, one that nearly is none
    ("kertas", "F5", "a4"), ("tor_singkat", "kadang", "YA"), ("toleransi_tw", "-1", "0,0"), ("pk_kasi", "bupati", "CAMAT"),
    ("pk_kasubag", "kasi", "camat"), ("batas_paket", "sepuluh juta", "Rp 10.000.000"), ("batas_prakiraan", "x", "25 %"),
    ("batas_harga_output", "-5", D(25)), ("batas_lonjakan", "separuh", D("50.5")), ("batas_modal", "murah", "1.000.000"),
    ("unit_keuangan", "umum", "TRANTIB"), ("metode_turun", "C", "b"), ("rentang_arah", "tengah", "KECIL"),
    ("batas_capaian", "seratus", "Tanpa"), ("batas_capaian", "99", "100"), ("efisiensi", "lain", "Nasional"),
    ("predikat_rendah", "-1", "50,5"), ("pita_efisiensi", "101", "100"), ("ambang_serapan", "-5", "0"),
)  # fmt: skip
for key, wrong, right in POLICY_CASES:
    case("G111", policy(**{key: wrong}), cell("kebijakan", POLICY_KEYS.index(key), "nilai"), policy(**{key: right}))
case("G111", policy(predikat_tinggi="91"), cell("kebijakan", POLICY_KEYS.index("predikat_sangat_tinggi"), "nilai"),
     policy(predikat_tinggi="90,99"))
case("G111", policy(ambang_tertinggal="110"), cell("kebijakan", POLICY_KEYS.index("ambang_mendahului"), "nilai"),
     policy(ambang_tertinggal="109"))
case("G112", kantor("program", 0, kode_sasaran="S11"), cell("program", 0, "kode_sasaran"),
     kantor("program", 0, kode_sasaran="S1 "))
case("G113", kantor("renstra", 1, **GOAL), cell("renstra", 1, "sasaran"), kantor("renstra", 1, **GOAL | {"kode_sasaran": "S2"}),
     {("I762", *cell("indikator", 1, "sasaran"))})  # another sasaran by its code: then the unit's IKU serves the wrong one
case("G113", kantor("renstra", 1, **GOAL), cell("renstra", 1, "sasaran"),
     kantor("renstra", 1, **GOAL | {"sasaran": "lembaga desa  AKTIF"}))
case("G114", kantor("unit", tugas="7.01.03, 7.01.30"), cell("unit", 0, "tugas"),
     kantor("unit", tugas="7.01.03, 7.01.03.2.01.0003"))
case("G107", kantor("unit", tugas="7.01.03, desa"), cell("unit", 0, "tugas"), kantor("unit", tugas="7.01.03.2.01; 7.01.03.2.03,"))
case("G115", Folder().keep("Kantor-2024.xlsx", lambda: clean("kantor")), cell("pk_pimpinan", 0, "target"),
     kantor("pk_pimpinan", target=D(76)).keep("Kantor-2024.xlsx", lambda: clean("kantor")).without("kantor", "pk_pimpinan", 1),
     {("G123", *cell("pk_pimpinan", 0, "target")), ("G133", "PK Pimpinan", "")})
case("G119", kantor("rekening", 0, kode="5.1.02.01.01.0042"), cell("rekening", 0, "kode"),
     kantor("rekening", 0, kode="5.1.2.1.1.24"))
case("G119", kantor("rekening", 3, kode="5.1.01.03.07.0010"), cell("rekening", 3, "kode"),
     kantor("rekening", 5, kode="5.1.02.01.01.0099", uraian="Belanja Bahan Ukur Tanah"))
case("G108", kantor("pejabat", 4, **LATER), cell("pejabat", 4, "nama"),
     kantor("pejabat", 4, **LATER).edit("kantor", "pejabat", 2, sampai=date(2023, 12, 31))
     .edit("pmd", "pk", pertama_nama=LATER["nama"]), {("T223", *cell("identitas", "kepala_nama"))})


# fmt: on


# ---- the tests ----------------------------------------------------------------------------------------


def test_the_clean_office_says_nothing(tmp_path: Path):
    assert said(Folder().write(tmp_path / "kantor")) == set()


@pytest.mark.parametrize("one", case, ids=case.names)
def test_a_file_that_produces_it(one: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    one.holds_when_broken(tmp_path / "kantor", monkeypatch)


@pytest.mark.parametrize("one", case, ids=case.names)
def test_a_file_that_nearly_does(one: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    one.holds_when_nearly(tmp_path / "kantor", monkeypatch)


def test_every_code_of_the_catalogue_has_its_case():
    """In any module of tests. Forensics of formulas (F) and the reader of any layout (L, but for what adopts its tables)
    judge no form of ours: test_forensik and test_asing_kode hold their own lists."""
    cases = covered()
    assert {one.code for one in case} <= cases
    assert {code for code in cases if code[0] not in "FL"} == {code for code in catalogue() if code[0] not in "FL"}


def test_rules_say_which_codes_they_give():
    claimed = [code for entry in RULES for code in entry.codes]
    assert set(claimed) <= set(catalogue())
    assert len(claimed) == len(set(claimed))
