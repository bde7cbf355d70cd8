"""The rules of content: a small office that breaks each of them once, and one that nearly does.

``said`` is everything that the whole folder says, as (code, sheet, cell); ``nearly`` is the same place just inside.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kinerja_xl.checking.rule_book import RULES
from kinerja_xl.sheets.tor import MONTHS, SHORT_KIND
from tests.kantor_uji import D, Folder, Place, cell, office_content
from tests.kasus import Case, Cases, covered

case = Cases()


def pmd(table: str, index: int = 0, /, sheet: int = 0, **values: object) -> Folder:
    return Folder().edit("pmd", table, index, sheet=sheet, **values)


def trantib(table: str, index: int = 0, /, **values: object) -> Folder:
    return Folder().edit("trantib", table, index, **values)


def kantor(table: str, index: int = 0, /, **values: object) -> Folder:
    return Folder().edit("kantor", table, index, **values)


def policy(key: str, nilai: str) -> Folder:
    keys = [row.get("kunci") for row in office_content().rows("kebijakan")]
    return kantor("kebijakan", keys.index(key), nilai=nilai)


def listed(kode: str, **values: object) -> Folder:
    """A line of the price list changed."""
    codes = [row.get("kode") for row in office_content().rows("harga")]
    return kantor("harga", codes.index(kode), **values)


def tor(key: str) -> Place:
    return cell("tor", key)


def unmarked(*rows: int) -> Folder:
    """Lines of the jadwal without a month."""
    folder = Folder()
    for row in rows:
        folder.edit("pmd", "jadwal", row, **dict.fromkeys(MONTHS))
    return folder


# ---- K6: what a TOR says ------------------------------------------------------------------------

case("K609", pmd("tor", latar_belakang="…"), tor("latar_belakang"), pmd("tor", latar_belakang="Jalan desa rusak."))
case("K609", pmd("tor", tujuan="a. Tujuan"), tor("tujuan"), pmd("tor", tujuan="Tujuan kami lembaga aktif"))
case("K609", pmd("tor", penutup="XXX"), tor("penutup"), pmd("tor", penutup="Demikian usulan"))
case("K609", pmd("tor", lokasi="Lokasi"), tor("lokasi"), pmd("tor", lokasi="Batu Putih"))
case("K609", pmd("tor", lingkup_pelaksanaan="Rapat desa"), tor("lingkup_pelaksanaan"),
     pmd("tor", lingkup_pelaksanaan="Rapat bersama desa"))
case("K609", policy("tor_singkat", "Tidak").edit("pmd", "tor", sifat=SHORT_KIND, keterkaitan="-"), tor("keterkaitan"),
     pmd("tor", sifat=SHORT_KIND, keterkaitan="-"))
case("K610", pmd("tor", sasaran="Meningkatnya pelayanan desa tahun 2025"), tor("sasaran"),
     pmd("tor", sasaran="Meningkatnya dua pelayanan desa tahun 2025"))
case("K610", pmd("tor", sasaran="Empat laporan pemberdayaan desa"), tor("sasaran"),
     pmd("tor", sasaran="Empat laporan pemberdayaan pada Juni"))
case("K610", pmd("tor", sasaran="Pelayanan baik pada triwulan 3"), tor("sasaran"),
     pmd("tor", sasaran="Laporan lengkap setiap semester"))
RESEARCH = {"sifat": "Penelitian/kajian", "rumusan_masalah": "Mengapa lembaga kurang aktif?", "seminar": "Seminar hasil di aula"}
case("K611", pmd("tor", **RESEARCH | {"seminar": None}), tor("seminar"), pmd("tor", **RESEARCH))
case("K611", pmd("tor", **RESEARCH | {"rumusan_masalah": "-"}), tor("rumusan_masalah"), pmd("tor", rumusan_masalah="-"))
case("K612", pmd("tor", sifat="Berkelanjutan/tahun jamak"), tor("kemajuan"),
     pmd("tor", sifat="Berkelanjutan/tahun jamak", kemajuan="Tahun lalu dua desa selesai"))
case("K613", pmd("tor", outcome_tahun=D(2026)), tor("outcome_tahun"), pmd("tor", outcome_tahun=D(2027)))
case("K613", pmd("tor", outcome_tahun=D(2031)), tor("outcome_tahun"), pmd("tor", outcome_tahun=D(2030)))
case("K614", unmarked(0, 1, 2, 3), cell("jadwal", 0, "bulan_01"),
     unmarked(1, 2, 3), {("K638", *cell("jadwal", n, "bulan_01")) for n in (1, 2, 3)})

# ---- R5: a reasonable RAB -------------------------------------------------------------------------


def rab(row: int, key: str) -> Place:
    return cell("rab", row, key)


def repriced(harga: int) -> Folder:
    """The first row at another price, and every sheet that repeats its amount along with it."""
    rest = 8_260_000 - 550_000
    folder = pmd("rab", harga_satuan=D(harga), prakiraan_maju=None)
    return folder.edit("pmd", "tor", biaya_barang=D(rest + 10 * harga)).edit("pmd", "pk_anggaran", anggaran=D(rest + 10 * harga))


def asb_of_two_rows(harga: int) -> Folder:
    """10 meters of the activity; its second row is counted in another unit. Rp9.750.000 together."""
    return listed("SSH.02", jenis="ASB", harga=D(harga)).edit("pmd", "rab", 4, kode_standar="SSH.02")


def paket(batas: str) -> Folder:
    return policy("batas_paket", batas).edit("pmd", "rab", 4, satuan="Paket", kode_standar=None)


case("R512", policy("batas_modal", "55000").edit("pmd", "rab", uraian="Printer warna"), rab(0, "kode_rekening"),
     policy("batas_modal", "55001").edit("pmd", "rab", uraian="Printer warna"))
case("R512", policy("batas_modal", "Rp55.000").edit("pmd", "rab", uraian="Laptop"), rab(0, "kode_rekening"),
     policy("batas_modal", "55000").edit("pmd", "rab", uraian="Laptop: tas dan kabel"))
case("R512", pmd("rab", 4, uraian="Kertas foto"), rab(4, "kode_rekening"), pmd("rab", 4, uraian="Mesin kertas foto"))
case("R513", listed("SSH.01", harga=D(54_999)), rab(0, "harga_satuan"), listed("SSH.01", harga=D(55_000)))
case("R514", listed("SSH.01", harga=D(54_999), sifat="Estimasi"), rab(0, "harga_satuan"),
     listed("SSH.01", harga=D(55_000), sifat="Estimasi"))
case("R515", listed("SSH.02", jenis="ASB", harga=D(24_999)), rab(3, "kode_standar"),
     listed("SSH.02", jenis="ASB", harga=D(25_000)))
case("R515", asb_of_two_rows(974_999), rab(3, "kode_standar"), asb_of_two_rows(975_000))
case("R516", pmd("rab", kode_standar="SSH.99"), rab(0, "kode_standar"), pmd("rab", kode_standar="ssh. 01."))
case("R517", pmd("rab", kode_standar=None).edit("pmd", "rab", 3, kode_standar="-"), rab(0, "kode_standar"),
     pmd("rab", kode_standar=None).edit("pmd", "tor", sifat=SHORT_KIND))
case("R518", pmd("rab", 4, spesifikasi="-").without("pmd", "lampiran"), rab(4, "spesifikasi"), pmd("rab", 4, spesifikasi="-"))
case("R518", pmd("rab", 4, spesifikasi=None).without("pmd", "lampiran"), rab(4, "spesifikasi"),
     pmd("rab", 4, spesifikasi=None).without("pmd", "lampiran", 0), {("R519", *rab(4, "spesifikasi"))})
case("R519", Folder().without("pmd", "lampiran", 1), rab(4, "spesifikasi"), Folder().without("pmd", "lampiran", 0))
case("R520", pmd("rab", harga_satuan=D(0)), rab(0, "harga_satuan"), repriced(1), {("R568", *rab(0, "harga_satuan"))})
case("R520", pmd("rab", 1, koef_2=D(0)), rab(1, "koef_2"), pmd("rab", 1, koef_3=D(1)))
case("R521", paket("9.500.000"), {("R521", *rab(4, "harga_satuan")), ("R517", *rab(4, "kode_standar"))},
     paket("9500001"), {("R517", *rab(4, "kode_standar"))})
case("R521", paket("Rp9.500.000"), {("R521", *rab(4, "harga_satuan")), ("R517", *rab(4, "kode_standar"))},
     policy("batas_paket", "9500000").edit("pmd", "rab", 4, satuan="Set", kode_standar=None), {("R517", *rab(4, "kode_standar"))})
case("R522", pmd("rab", prakiraan_maju=D(687_501)), rab(0, "prakiraan_maju"), pmd("rab", prakiraan_maju=D(687_500)))
case("R522", pmd("rab", prakiraan_maju=D(0)), rab(0, "prakiraan_maju"), pmd("rab", prakiraan_maju=D(412_500)))
case("R523", pmd("rab", satuan="Dus"), rab(0, "satuan"), pmd("rab", satuan="RIM"))

# ---- I7: good indicators ----------------------------------------------------------------------------


def renamed(nama: str, satuan: str, **more: object) -> Folder:
    """An outcome of trantib, and its row of the PK, under another name and unit."""
    folder = trantib("indikator", 2, nama=nama, satuan=satuan, **more)
    return folder.edit("trantib", "pk_kinerja", 2, indikator=nama, satuan=satuan)


def official(nama: str, satuan: str) -> Folder:
    """The same, where the office's list of programs names that indicator with that unit."""
    codes = [row.get("kode") for row in office_content().rows("program")]
    return renamed(nama, satuan).edit("kantor", "program", codes.index("7.01.04"), indikator=nama, satuan=satuan)


def smart(*texts: str) -> Folder:
    folder = Folder()
    for index, text in enumerate(texts):
        folder.edit("trantib", "indikator", index, smart_alasan=text)
    return folder


SATUAN = cell("indikator", 2, "satuan")
RATIO = {"tipe": "Persentase", "pembilang": "Dana terpakai", "penyebut": "Semua dana"}
NO = {"smart_spesifik": "Tidak", "smart_dicapai": "Tidak", "smart_realistis": "Tidak"}

case("I707", renamed("Jumlah Paket tanggap darurat", "Unit"), SATUAN, renamed("Jumlah Paket tanggap darurat", "paket"))
case("I707", renamed("Jumlah Paket Mebel", "Unit"), SATUAN, official("Jumlah Paket Mebel", "Unit"))
case("I707", renamed("Jumlah Dokumen kerja sama", "Kali"), SATUAN, renamed("Jumlah unit usaha warga", "Kelompok"))
case("I708", renamed("Persentase aduan selesai", "Hari"), SATUAN, renamed("Persentase aduan selesai", "Persen", **RATIO))
case("I708", renamed("Serapan dana aduan", "Rupiah", **RATIO), SATUAN, renamed("Serapan dana aduan", "%", **RATIO))
case("I709", smart(*["Sudah sangat jelas"] * 3), cell("indikator", 1, "smart_alasan"), smart(*["Sudah sangat jelas"] * 2))
case("I709", smart(*["Jelas"] * 4), cell("indikator", 1, "smart_alasan"),
     smart("Jelas dan baik", "Baik dan jelas", "Jelas dan terukur"))
case("I710", smart("Sudah jelas"), cell("indikator", 0, "smart_alasan"), smart("Sudah sangat jelas"))
case("I710", trantib("indikator", 1, **NO), cell("indikator", 1, "smart_spesifik"),
     trantib("indikator", 1, **dict.fromkeys(NO, "Ya")))
case("I710", trantib("indikator", 1, smart_realistis="Tidak"), cell("indikator", 1, "smart_realistis"),
     trantib("indikator", 1, smart_realistis="ya"))

case("I716", pmd("indikator", 2, baseline=D("0.7")), cell("indikator", 2, "baseline"), pmd("indikator", 2, baseline=D("1.1")))
case("I716", pmd("indikator", 2, tw_1=D(1)), cell("indikator", 2, "tw_1"), pmd("indikator", 2, tw_1=D(0)))
case("I716", pmd("indikator", 2, baseline=D("0.7"), tw_1=D("0.7")), cell("indikator", 2, "baseline"),
     pmd("indikator", 1, baseline=D("0.7")))

# ---- P8: parties, completeness, dates -----------------------------------------------------------------

HEAD, CHIEF = cell("pk", "pertama_nama"), cell("pk", "kedua_nama")
LEVEL = cell("pk_kinerja", 2, "level")


def settled() -> Folder:
    return kantor("kantor", tahap="penetapan")


def handover(day: int) -> Folder:
    """A new head of pmd takes over on 7 January; the letter is dated on that day of January."""
    later = {"jabatan_kode": "pmd", "nama": "Dewi Patandung", "jabatan": "Kepala Seksi", "status": "Plt."}
    folder = kantor("pejabat", 2, sampai=date(2025, 1, 6)).edit("kantor", "pejabat", 4, mulai=date(2025, 1, 7), **later)
    return folder.edit("pmd", "pk", tanggal_disampaikan=date(2025, 1, day))


def with_sekcam() -> Folder:
    folder = policy("pk_kasi", "sekcam").edit("pmd", "pk", kedua_nama="Sari Wulandhani")
    return folder.edit("trantib", "pk", kedua_nama="Sari Wulandhani")


case("P804", pmd("pk", pertama_nama="Citra Mandalele"), HEAD, pmd("pk", pertama_nama="Drs. BIMA TANDILOLO, M.Si."))
case("P804", pmd("pk", kedua_nama="Sari Wulandhani"), CHIEF, with_sekcam())
case("P804", handover(7), HEAD, handover(6))
case("P805", settled().edit("pmd", "pk", pertama_nama="Citra Mandalele"), HEAD, settled())
case("P805", settled().edit("pmd", "pk", kedua_nama=None), CHIEF, pmd("pk", kedua_nama=None))
case("P806", Folder().without("pmd", "pk_kinerja", 2), LEVEL, Folder().without("pmd", "pk_kinerja", 0),
     {("P813", *cell("pk_kinerja", 2, "indikator"))})
case("P808", settled().without("pmd", "pk_kinerja", 2), LEVEL, settled().without("pmd", "pk_kinerja", 0),
     {("P818", *cell("pk_kinerja", 2, "indikator"))})
case("P808", settled().without("pmd", "pk_kinerja"), ("PK", ""), settled())
case("P807", settled().edit("pmd", "pk", tanggal_disetujui=None), cell("pk", "tanggal_disetujui"),
     pmd("pk", tanggal_disetujui=None))
case("P807", pmd("pk", tanggal_disetujui=date(2025, 1, 5)), cell("pk", "tanggal_disetujui"),
     pmd("pk", tanggal_disetujui=date(2025, 1, 6)))

# ---- U9: the office as a whole --------------------------------------------------------------------------


def cheaper(**more: object) -> Folder:
    """trantib buys its meals for 34.000, pmd for 35.000."""
    folder = trantib("rab", harga_satuan=D(34_000), **more)
    return folder.edit("trantib", "tor", biaya_barang=D(1_360_000)).edit("trantib", "pk_anggaran", anggaran=D(6_160_000))


MEALS = {("U913", *rab(row, "harga_satuan")) for row in (0, 2)}  # two units alone: neither price is the odd one
UNLISTED = ("R517", *rab(0, "kode_standar"))

case("U911", kantor("renstra", indikator="Indeks desa membangun"), cell("renstra", 0, "indikator"),
     kantor("renstra", indikator="PERSENTASE lembaga desa aktif."))
case("U911", kantor("renstra", indikator="Indeks desa membangun"), cell("renstra", 0, "indikator"),
     kantor("renstra", indikator="Indeks desa membangun").drop("trantib"), {("U901", "", "")})
case("U912", pmd("indikator", 2, sasaran="Lembaga maju"), cell("indikator", 2, "sasaran"),
     pmd("indikator", 2, sasaran="Lembaga maju").edit("kantor", "pk_pimpinan", sasaran="LEMBAGA maju"),
     {("G128", *cell("pk_pimpinan", 0, "sasaran"))})
case("U912", trantib("indikator", 2, sasaran="Desa tenteram"), cell("indikator", 2, "sasaran"),
     trantib("indikator", 0, sasaran="Desa tenteram"))
case("U913", cheaper(), MEALS, Folder())
case("U913", cheaper(kode_standar=None), {*MEALS, UNLISTED}, cheaper(kode_standar=None, spesifikasi="Nasi kotak"), {UNLISTED})


@pytest.mark.parametrize("one", case, ids=case.names)
def test_a_folder_that_breaks_it(one: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    one.holds_when_broken(tmp_path / "kantor", monkeypatch)


@pytest.mark.parametrize("one", case, ids=case.names)
def test_a_folder_that_nearly_does(one: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    one.holds_when_nearly(tmp_path / "kantor", monkeypatch)


def test_every_code_has_its_case():
    """Each rule of content, in this module or another."""
    assert {code for entry in RULES for code in entry.codes} <= covered()
