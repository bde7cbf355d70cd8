"""The chain of consent and of meaning: what differs from the Renstra or from the other sheets, what is missing, what nobody could
compute. Each kind once broken and once just inside; ``said`` is everything that the whole folder says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kinerja_xl.catatan import Severity
from kinerja_xl.uses.rekap import rekap
from tests.kantor_uji import D, Folder, candidate, cell
from tests.kasus import Case, Cases

case = Cases()


def pmd(table: str, index: int = 0, /, sheet: int = 0, **values: object) -> Folder:
    return Folder().edit("pmd", table, index, sheet=sheet, **values)


def trantib(table: str, index: int = 0, /, **values: object) -> Folder:
    return Folder().edit("trantib", table, index, **values)


def kantor(table: str, index: int = 0, /, **values: object) -> Folder:
    return Folder().edit("kantor", table, index, **values)


def settled() -> Folder:
    return kantor("kantor", tahap="penetapan")


def goal(row: int, key: str) -> tuple[str, str]:
    return cell("indikator", row, key)


def second(key: str) -> tuple[str, str]:
    """A field of the second TOR."""
    return "TOR (2)", cell("tor", key)[1]


def taxed(ppn: int) -> Folder:
    """The meals of pmd with this tax, and every sheet that repeats their amount."""
    barang = 8_260_000 - 210_000 + ppn
    folder = pmd("rab", 2, ppn=D(ppn)).edit("pmd", "tor", biaya_barang=D(barang)).edit("pmd", "pk_anggaran", anggaran=D(barang))
    return folder.edit("pmd", "rab", 0, prakiraan_maju=None)


OVER = {("U906", *cell("rab", 0, "kode_sub"))}


def months(one: str, two: str) -> Folder:
    """The speaker's two factors in these units: the amount stays what it was."""
    return pmd("rab", 1, sat_1=one, sat_2=two)


# ---- I7: an indicator is what the Renstra and the other sheets say of it ------------------------------


def above(**values: object) -> Folder:
    """Renstra and both PK Pimpinan changed alike."""
    target = {"target": values["target_0"]} if "target_0" in values else {k: v for k, v in values.items() if k == "satuan"}
    folder = kantor("renstra", **values)
    return folder.edit("kantor", "pk_pimpinan", **target).edit("kantor", "pk_pimpinan", 1, **target)


def output(**values: object) -> Folder:
    """The first output of pmd."""
    return pmd("indikator", 0, **values)


FIVE = {"target": D(5), "tw_4": D(2)}
ABSOLUT = {"tipe": "Persentase", "pembilang": "Aduan selesai", "penyebut": "Semua aduan"}
SPELT = "Jumlah laporan pemberdayan"


def renamed(nama: str, **more: object) -> Folder:
    """The first outcome of trantib, and its row of the PK."""
    return trantib("indikator", 2, nama=nama, **more).edit("trantib", "pk_kinerja", 2, indikator=nama, **{
        key: value for key, value in more.items() if key in ("satuan", "target")
    })  # fmt: skip


def quarters(*aims: object, **more: object) -> Folder:
    return pmd("indikator", 2, **{f"tw_{n}": D(aim) for n, aim in enumerate(aims, start=1)}, **more)


case("I718", pmd("indikator", 2, arah="Turun"), goal(2, "arah"), pmd("indikator", 2, arah="naik"))
case("I718", above(satuan="Orang"), goal(2, "satuan"), above(satuan="persen"))
S2 = {"misi": "Desa yang aman", "tujuan": "Warga tenteram", "kode_sasaran": "S2", "sasaran": "Warga tenteram",
      "indikator": "Waktu tanggap aduan", "satuan": "Hari", "arah": "Rentang", "target_0": D(3)}  # fmt: skip


def serves(sasaran: str, index: int = 2) -> Folder:
    """An indicator of pmd, here and in its PK, beside a second sasaran of the Renstra that another unit's IKU serves."""
    folder = pmd("indikator", index, sasaran=sasaran).edit("pmd", "pk_kinerja", index, sasaran=sasaran)
    folder = folder.edit("trantib", "indikator", 2, sasaran=S2["sasaran"]).edit("trantib", "pk_kinerja", 2, sasaran=S2["sasaran"])
    return folder.edit("kantor", "renstra", 1, **S2)


def marked_output(sasaran: str) -> Folder:
    """The first output of pmd as an IKU that serves this."""
    nama = "Jumlah laporan pemberdayaan"
    folder = pmd("indikator", 0, sasaran=sasaran, iku="Ya").edit("pmd", "iku", 1, **candidate(nama))
    return folder.edit("pmd", "pk_kinerja", 0, sasaran=sasaran)


case("I762", serves("Warga tenteram"), goal(2, "sasaran"), serves("Lembaga desa AKTIF"))
case("U912", marked_output("Laporan tertib"), goal(0, "sasaran"), marked_output("LEMBAGA desa aktif"))
case("I723", above(target_0=D(80)), goal(2, "target"), kantor("renstra", target_1=D(80)))
case("I728", output(nama=SPELT), goal(0, "nama"),
     output(nama=SPELT).edit("pmd", "tor", output=SPELT).edit("pmd", "pk_kinerja", indikator=SPELT))
case("I728", output(nama="Banyaknya kunjungan desa"), goal(0, "nama"), pmd("pk_kinerja", indikator=SPELT),
     {("P802", *cell("pk_kinerja", 0, "indikator"))})
case("I728", output(**FIVE), goal(0, "target"), output(**FIVE).edit("pmd", "pk_kinerja", target=D(5)),
     {("K605", *cell("tor", "output_target"))})
case("I728", pmd("indikator", 1, satuan="Kelompok"), goal(1, "satuan"), pmd("indikator", 1, satuan="lembaga KEMASYARAKATAN"))
case("I728", pmd("indikator", 2, nama="Persentase lembaga desa aktiv"), goal(2, "nama"),
     pmd("indikator", 2, nama="PERSENTASE lembaga desa aktif"))
case("I733", output(tingkat="OPD"), goal(0, "tingkat"), pmd("indikator", 2, tingkat="OPD"))
case("I738", quarters(20, 20, 20, 15, akumulasi="Jumlah"), goal(2, "akumulasi"), quarters(75, 75, 75, 75, akumulasi="Rata-rata"))
case("I743", output(tw_1=None, tw_2=None, tw_3=None, tw_4=None), goal(0, "tw_1"),
     output(tw_1=None, tw_2=None, tw_3=None, tw_4=None, akumulasi="Nilai terakhir"))
case("I748", pmd("indikator", 2, pembilang="Lembaga aktif (9)", penyebut="Semua lembaga (6)"), goal(2, "pembilang"),
     pmd("indikator", 2, pembilang="Aktif sampai 31 Desember", penyebut="Semua lembaga (6)"))
case("I748", pmd("indikator", 2, pembilang="1.200 warga", penyebut="900 warga"), goal(2, "pembilang"),
     pmd("indikator", 2, pembilang="900 warga", penyebut="1.200 warga"))
case("I753", trantib("indikator", 2, tipe="Indeks", definisi="Kepuasan warga"), goal(2, "definisi"),
     trantib("indikator", 2, tipe="Indeks", definisi="Nilai sembilan unsur survei"))
case("I758", renamed("Persentase aduan selesai", satuan="%"), goal(2, "tipe"),
     renamed("Persentase aduan selesai", satuan="%", **ABSOLUT))
case("I758", renamed("Rata-rata waktu tanggap"), goal(2, "tipe"),
     renamed("Rata-rata waktu tanggap", tipe="Rata-rata", pembilang="Hari semua aduan", penyebut="Semua aduan"))
case("I763", quarters(78, 77, 76, 75), goal(2, "arah"), quarters(75, 75, 75, 75))
case("I763", quarters(78, 77, 76, 75), goal(2, "arah"), quarters(78, 74, 76, 75))
case("I768", pmd("iku", 1, **candidate("Indeks desa", dipilih="Tidak", skor_2=D(5))), cell("iku", 0, "dipilih"),
     pmd("iku", 1, **candidate("Indeks desa", dipilih="Tidak")))
case("I768", pmd("iku", 0, **{f"skor_{n}": D(2) for n in range(1, 6)}), cell("iku", 0, "dipilih"),
     pmd("iku", 0, **{f"skor_{n}": D(3) for n in range(1, 6)}))
case("I703", trantib("indikator", 3, tw_4="Cukup"), goal(3, "target"), trantib("indikator", 3, tw_3="Cukup", tw_4="Baik"))
case("I705", trantib("indikator", 2, tipe="Rata-rata"), {("I705", *goal(2, "pembilang")), ("I705", *goal(2, "penyebut"))},
     trantib("indikator", 2, tipe="Rata-rata", pembilang="Hari semua aduan", penyebut="Semua aduan"))

case("I705", pmd("indikator", 2, pembilang="n/a"), goal(2, "pembilang"), pmd("indikator", 2, pembilang="Lembaga aktif (-)"))
case("I705", trantib("indikator", 2, tipe="Rasio", pembilang="idem", penyebut="Semua aduan"), goal(2, "pembilang"),
     trantib("indikator", 2, tipe="Rasio", pembilang="Hari semua aduan", penyebut="Semua aduan"))
case("I748", pmd("indikator", 2, pembilang="Semua LEMBAGA"), goal(2, "pembilang"),
     pmd("indikator", 2, pembilang="Semua lembaga aktif"))
SLOWER = {"arah": "Turun", "batas_bawah": None, "batas_atas": None, "tw_1": D(2), "tw_2": D(3), "tw_3": D(3), "tw_4": D(3)}
case("I763", trantib("indikator", 2, **SLOWER), goal(2, "arah"), trantib("indikator", 2, **SLOWER | {"satuan": "Perkara"})
     .edit("trantib", "pk_kinerja", 2, satuan="Perkara"), {("I788", *goal(2, "satuan"))})
case("I714", settled().edit("pmd", "iku_penetapan", nomor_keputusan="-"), cell("iku_penetapan", "nomor_keputusan"),
     settled().edit("pmd", "iku_penetapan", nomor_keputusan="1"))

# ---- I7: targets that can be reached and measured, a definition that says something ---------------------


def ranged(target: int) -> Folder:
    """The days of trantib with this target, in the PK too."""
    return trantib("indikator", 2, target=D(target)).edit("trantib", "pk_kinerja", 2, target=D(target))


def nothing_aimed_at(arah: str, **more: object) -> Folder:
    """The first output of trantib with a year of zeros, on every sheet."""
    folder = trantib("indikator", 0, arah=arah, target=D(0), **{f"tw_{n}": D(0) for n in (1, 2, 3, 4)}, **more)
    return folder.edit("trantib", "pk_kinerja", 0, target=D(0)).edit("trantib", "tor", output_target=D(0))


def shared_by_quarters(first: object, second: object, **more: object) -> Folder:
    return trantib("indikator", 0, tw_1=D(first), tw_2=D(second), **more)


case("I722", ranged(6), goal(2, "target"), ranged(4))
case("I722", ranged(1), goal(2, "target"), ranged(2))
case("I722", pmd("indikator", 2, batas_bawah=D(70), batas_atas=D(80)), goal(2, "batas_bawah"),
     trantib("indikator", 2, batas_bawah=D(1)))
case("I722", pmd("indikator", 0, batas_atas=D(5)), goal(0, "batas_atas"), trantib("indikator", 2, batas_atas=D(3)))
case("I732", nothing_aimed_at("Naik"), goal(0, "target"), nothing_aimed_at("Turun"))
case("I742", shared_by_quarters(-3, 9), goal(0, "tw_1"), shared_by_quarters(0, 6))
case("I742", shared_by_quarters("2.5", "3.5"), goal(0, "tw_1"), shared_by_quarters(2, 4))
case("I742", trantib("indikator", 0, akumulasi="Nilai terakhir", tw_2=D("7.5"), tw_4=D(12)), goal(0, "tw_2"),
     trantib("indikator", 1, tw_1=D("99.5"), tw_2=D("100.5")))
case("I772", pmd("indikator", 1, definisi="Jumlah lembaga dilatih."), goal(1, "definisi"),
     pmd("indikator", 1, definisi="Jumlah lembaga dilatih sampai lulus"))
case("I708", pmd("indikator", 1, **ABSOLUT, akumulasi="Nilai terakhir", tw_4=D(10)), goal(1, "satuan"),
     trantib("indikator", 2, tipe="Rata-rata", pembilang="Hari semua aduan", penyebut="Semua aduan"))
PERCENT = {"satuan": "persen"}
case("I758", renamed("Aduan yang selesai", **PERCENT), goal(2, "tipe"),
     renamed("Aduan yang selesai", tipe="Rasio", pembilang="Aduan selesai", penyebut="Aduan", **PERCENT))

# ---- N4, K6: an answer, of its own, with its law and its stages -----------------------------------------

case("N418", pmd("rab", 0, uraian="lain-lain"), cell("rab", 0, "uraian"), pmd("rab", 0, uraian="Kertas lain-lain"))
case("N418", pmd("indikator", 0, sumber_data="aaaa"), goal(0, "sumber_data"), pmd("indikator", 0, sumber_data="Aa Juara"))
case("N418", kantor("renstra", misi="-"), cell("renstra", 0, "misi"), kantor("renstra", misi="Misi 4"))
case("N418", pmd("pk_kinerja", 0, sasaran="sesuai standar"), cell("pk_kinerja", 0, "sasaran"),
     pmd("pk_kinerja", 0, sasaran="LEMBAGA desa aktif"))
FILLERS = ("belum tahu", "akan dilengkapi", "segera menyusul", "ditto", "sama seperti di atas", "terlampir", "tidak tahu", "0",
           "belum ditentukan", "dalam proses", "diisi kemudian", "xxx", "…", "s.d.a.", "T.B.D.")  # fmt: skip
ANSWERS = ("Penyusunan", "Lampiran berita acara", "Sama Ratulangi", "Di atas bukit", "Kantor 0", "Dalam kota")
for number, (filler, answer) in enumerate(zip(FILLERS, ANSWERS * 3, strict=False)):
    what = ("penanggung_jawab", "definisi", "sumber_data")[number % 3]
    case("N418", pmd("indikator", 0, **{what: filler}), goal(0, what), pmd("indikator", 0, **{what: answer}))
case("K609", pmd("tor", lokasi="belum ditentukan"), cell("tor", "lokasi"), pmd("tor", lokasi="Belum ada jalan, lewat dermaga"))
case("K609", pmd("tor", input="dll."), cell("tor", "input"), pmd("tor", input="Dana dll."))
SAID = "Warga desa belum bermusyawarah"
case("K623", pmd("tor", latar_belakang=SAID).edit("pmd", "tor", sheet=1, latar_belakang=SAID + "."),
     second("latar_belakang"), pmd("tor", tujuan=SAID).edit("pmd", "tor", sheet=1, tujuan=SAID))
case("K628", pmd("tor", tujuan="Empat laporan pada triwulan IV", sasaran="Empat laporan pada triwulan IV"),
     cell("tor", "sasaran"),
     pmd("tor", tujuan="Empat laporan desa", sasaran="Empat laporan pada triwulan IV"))
case("K628", pmd("tor", outcome="Jumlah laporan pemberdayaan"), cell("tor", "outcome"),
     pmd("tor", outcome="Jumlah laporan pemberdayaan yang ditindaklanjuti desa"))
case("K633", pmd("tor", dasar_hukum="Kebijakan kantor kami"), cell("tor", "dasar_hukum"), pmd("tor", dasar_hukum="UU 5/2014"))
case("K638", pmd("jadwal", 2, bulan_03=None, bulan_04=None), cell("jadwal", 2, "bulan_01"), pmd("jadwal", 2, bulan_03=None))
case("K643", Folder().edit("pmd", "jadwal", 3, tahap="Pelaksanaan"), cell("jadwal", 0, "tahap"),
     pmd("jadwal", 3, tahap="Pelaksanaan").edit("pmd", "tor", lingkup_evaluasi="-"), {("K609", *cell("tor", "lingkup_evaluasi"))})

# ---- T2, K6, P8: who signs, and when ---------------------------------------------------------------------

HEAD = cell("identitas", "kepala_nama")
case("T223", pmd("identitas", kepala_nama="Dewi Patandung"), HEAD, pmd("identitas", kepala_nama="H. BIMA TANDILOLO, S.Sos."))
case("T223", pmd("identitas", kepala_nama="Dewi Patandung").edit("pmd", "tor", penanda_tangan="Dewi Patandung", penanda_nip=None)
     .edit("pmd", "pk", pertama_nama="Dewi Patandung"), HEAD, Folder())
case("T223", pmd("identitas", kepala_jabatan="Kepala Seksi Ketertiban Umum"), cell("identitas", "kepala_jabatan"),
     pmd("identitas", kepala_jabatan="Kasi Pemberdayaan Masyarakat"))
case("T223", pmd("identitas", atasan_nama="Sari Wulandhani"), cell("identitas", "atasan_nama"), pmd("identitas", atasan_nip=None))
case("T223", pmd("identitas", kepala_status="Plt."), cell("identitas", "kepala_status"), pmd("identitas", kepala_status=None))
case("K618", pmd("tor", penanda_tangan="Citra Mandalele"), cell("tor", "penanda_tangan"),
     pmd("tor", mengetahui="Sari Wulandhani"))
case("K618", pmd("tor", penanda_nip="198204042006042004"), cell("tor", "penanda_nip"), pmd("tor", penanda_nip=None))
case("K618", pmd("tor", mengetahui="Citra Mandalele"), cell("tor", "mengetahui"), pmd("tor", mengetahui="Rangga Paliwang, S.IP."))
case("P804", pmd("pk", pertama_jabatan="Camat"), cell("pk", "pertama_jabatan"), pmd("pk", pertama_jabatan="Plt. Kepala Seksi"))
case("T218", pmd("identitas", tanggal_disampaikan=date(2022, 9, 9)), {("T218", *cell("identitas", "tanggal_disampaikan"))},
     pmd("identitas", tanggal_disampaikan=date(2024, 8, 9)))
case("T218", pmd("tor", tanggal=date(2026, 1, 9)), cell("tor", "tanggal"), pmd("tor", tanggal=date(2025, 1, 9)))
case("T218", pmd("pk", tanggal_disampaikan=date(2023, 1, 6)), cell("pk", "tanggal_disampaikan"),
     pmd("pk", tanggal_disampaikan=date(2024, 12, 30)))

case("T218", pmd("iku_penetapan", tanggal_keputusan=date(2005, 1, 6)), cell("iku_penetapan", "tanggal_keputusan"),
     pmd("iku_penetapan", tanggal_keputusan=date(2021, 3, 1)))
case("T218", pmd("iku_penetapan", tanggal_keputusan=date(2026, 1, 6)), cell("iku_penetapan", "tanggal_keputusan"),
     pmd("iku_penetapan", tanggal_keputusan=date(2025, 12, 31)))
case("T222", pmd("identitas", nama_unit="Seksi Pelayanan Umum"), cell("identitas", "nama_unit"),
     pmd("identitas", nama_unit="SEKSI pemberdayaan  masyarakat"))
case("T222", pmd("identitas", kantor="Kantor Kecamatan Batu Hitam"), cell("identitas", "kantor"),
     pmd("identitas", kantor="Kecamatan Batu Putih"))
case("P804", kantor("pejabat", 3, sampai=date(2024, 12, 31)), cell("pk", "pertama_nama"),
     kantor("pejabat", 3, sampai=date(2025, 1, 6)))
case("P805", settled().edit("kantor", "pejabat", 3, sampai=date(2024, 12, 31)), cell("pk", "pertama_nama"),
     settled().edit("kantor", "pejabat", 3, sampai=date(2025, 1, 6)))

# ---- P8: the PK both ways --------------------------------------------------------------------------------

case("P802", pmd("pk_kinerja", 0, sasaran="Jalan mulus"), cell("pk_kinerja", 0, "sasaran"),
     pmd("pk_kinerja", 0, sasaran="Empat rapat kegiatan 1 pada triwulan IV"))
case("P802", pmd("pk_kinerja", 0, level="Outcome"), cell("pk_kinerja", 0, "level"), Folder())
case("P813", Folder().without("pmd", "pk_kinerja", 1), cell("pk_kinerja", 2, "indikator"),
     pmd("pk_kinerja", 1, indikator="Jumlah lembaga yang dilatih"), {("P802", *cell("pk_kinerja", 1, "indikator"))})
case("P813", Folder().without("pmd", "pk_anggaran", 1), cell("pk_anggaran", 1, "kode"),
     Folder().without("pmd", "pk_anggaran", 1).edit("pmd", "pk_anggaran", kode="7.01.03", anggaran=D(18_010_000)))
case("P813", Folder().without("pmd", "pk_anggaran"), ("PK", ""),
     Folder().without("pmd", "pk_anggaran").without("pmd", "pk_kinerja"))
case("P818", settled().without("pmd", "pk_kinerja", 1), cell("pk_kinerja", 2, "indikator"), settled())
case("P818", settled().without("pmd", "pk_anggaran", 1), cell("pk_anggaran", 1, "kode"), settled())

case("P812", trantib("pk_anggaran", 0, keterangan="DAK"), cell("pk_anggaran", 0, "keterangan"),
     trantib("pk_anggaran", 0, keterangan="apbd"))
case("P812", trantib("pk_anggaran", 1, keterangan="PAD"), cell("pk_anggaran", 1, "keterangan"),
     trantib("rab", 0, sumber_dana="DAU"))

# ---- R5: accounts and amounts ----------------------------------------------------------------------------

def priced(kode: str) -> Folder:
    """The list's own account of the paper."""
    return kantor("harga", 0, kode_rekening=kode)


case("R528", pmd("rab", 2, kode_rekening="5.1.02.02.01.0003"), cell("rab", 2, "kode_rekening"),
     pmd("rab", 2, kode_rekening="5.1.02.02.01.0003", uraian="Paket pertemuan")
     .edit("pmd", "rab", 2, kode_standar=None, jenis_standar=None),
     {("R517", *cell("rab", 2, "kode_standar"))})
NO_STANDARD = {"kode_standar": None, "jenis_standar": None}
case("R528", pmd("rab", 1, uraian="Kertas HVS", **NO_STANDARD),
     {("R528", *cell("rab", 1, "kode_rekening")), ("R517", *cell("rab", 1, "kode_standar"))},
     pmd("rab", 2, uraian="Kertas nasi", **NO_STANDARD), {("R517", *cell("rab", 2, "kode_standar"))})
case("R538", pmd("rab", 2, ppn=D(12)), cell("rab", 2, "ppn"), Folder())
TWELVE = {"koef_1": D(12), "sat_1": "Bulan", "koef_2": D(12), "sat_2": "Bulan", "satuan": "Bulan"}
case("R543", trantib("rab", 1, **TWELVE), cell("rab", 1, "koef_2"), Folder())
case("R528", pmd("rab", 1, kode_rekening="5.1.02.01.01.0052"), cell("rab", 1, "kode_rekening"), Folder())
case("R533", priced("5.1.02.01.01.0052"), cell("rab", 0, "kode_rekening"), priced("5.1.02.01.01"))
case("R538", taxed(11), cell("rab", 2, "ppn"), taxed(100))
case("R538", taxed(2_100_001), cell("rab", 2, "ppn"), taxed(2_100_000), OVER)
case("R538", pmd("rab", 0, ppn=D(9_000_000)), cell("rab", 0, "ppn"), pmd("rab", 0, ppn=D(0)))
case("R543", months("Bulan", "Bulan"), cell("rab", 1, "koef_2"), months("Bulan", "Kali"))
case("R543", months("Orang", "org"), cell("rab", 1, "koef_2"), months("Kali", "Kali"))

case("R532", pmd("rab", 0, jenis_standar="SBU"), cell("rab", 0, "jenis_standar"), pmd("rab", 0, jenis_standar=None))

# ---- G1, U9: what the leaders promise ----------------------------------------------------------------------

TOP = "pk_pimpinan"
case("G118", kantor("renstra", arah="Turun"), cell("renstra", 0, "arah"), kantor("renstra", target_1=D(74)))
case("G118", kantor("renstra", target_1=D(74), target_2=D(73)), cell("renstra", 0, "arah"),
     kantor("renstra", target_1=D(74), target_2=D(76)))
case("G118", kantor("renstra", target_1=D(74), kondisi_awal=D(76)), cell("renstra", 0, "arah"),
     kantor("renstra", kondisi_awal=D(76), target_1=D(77)))
case("G123", kantor(TOP, target=D(99)), cell(TOP, 0, "target"), kantor(TOP, target=D("75.0")))
case("G123", kantor(TOP, satuan="Orang"), cell(TOP, 0, "satuan"), kantor(TOP, satuan="persen"))
case("G128", kantor(TOP, sasaran="Lembaga desa aktiv"), cell(TOP, 0, "sasaran"), kantor(TOP, sasaran="LEMBAGA desa aktif"))
case("G133", Folder().without("kantor", TOP, 1), ("PK Pimpinan", ""), Folder().without("kantor", TOP))
case("G133", settled().without("kantor", TOP, 0), ("PK Pimpinan", ""), settled())
case("G138", kantor(TOP, level="Output"), cell(TOP, 0, "level"), kantor(TOP, 1, level="Output"))
case("G148", kantor("pejabat", 4, sampai=date(2020, 1, 1)), cell("pejabat", 4, "sampai"),
     kantor("pejabat", 4, sampai=date(2023, 1, 2)))
case("G102", settled().without("kantor", "pejabat", 4), ("Pejabat", ""), Folder().without("kantor", "pejabat", 4))
NEW_GOAL = {"jabatan_kode": "camat", "sasaran": "Lembaga desa aktif", "level": "Outcome", "satuan": "Nilai"}
LETTER, GIVEN, AGREED = "surat_pimpinan", "tanggal_disampaikan", "tanggal_disetujui"
case("G162", settled().without("kantor", LETTER, 1), ("PK Pimpinan", ""), Folder().without("kantor", LETTER))
case("G162", settled().without("kantor", LETTER), {("G162", "PK Pimpinan", "")}, settled())
case("G162", settled().edit("kantor", LETTER, **{GIVEN: None, AGREED: None}), cell(LETTER, 0, GIVEN),
     kantor(LETTER, **{GIVEN: None, AGREED: None}))
case("G162", settled().edit("kantor", LETTER, 1, **{AGREED: None}), cell(LETTER, 1, AGREED),
     settled().edit("kantor", LETTER, 1, kedua_nama=None))
case("G162", kantor(LETTER, **{AGREED: date(2024, 9, 30)}), cell(LETTER, 0, AGREED),
     kantor(LETTER, **{AGREED: date(2024, 10, 2)}))
case("G162", kantor(LETTER, 1, **{GIVEN: date(2023, 12, 31)}), cell(LETTER, 1, GIVEN),
     kantor(LETTER, 1, **{GIVEN: date(2024, 1, 1)}))
case("G172", kantor(LETTER, pertama_nama="Sari Wulandhani"), cell(LETTER, 0, "pertama_nama"),
     kantor(LETTER, pertama_nama="H. RANGGA PALIWANG, S.IP.", kedua_nama="Wiratma Lagaligo"))
case("G172", kantor(LETTER, 1, kedua_nama="Wiratma Lagaligo"), cell(LETTER, 1, "kedua_nama"),
     kantor(LETTER, 1, kedua_nama="Rangga Paliwang"))
case("G172", kantor("pejabat", 0, mulai=date(2024, 10, 1)).edit("kantor", LETTER, **{GIVEN: date(2024, 9, 20)}),
     cell(LETTER, 0, "pertama_nama"), kantor("pejabat", 0, mulai=date(2024, 10, 1)))
case("G172", kantor("pejabat", 0, mulai=date(2024, 10, 1))
     .edit("kantor", LETTER, pertama_nama="Rangga Paliwang", **{GIVEN: date(2024, 9, 20)}),
     cell(LETTER, 0, "pertama_nama"), kantor(LETTER, pertama_nama="Rangga Paliwang", **{GIVEN: date(2024, 9, 20)}))
case("G122", kantor("renstra", target_1="naik 5"), cell("renstra", 0, "target_1"), kantor("renstra", target_1=D("80.5")))
case("G122", kantor(TOP, 2, indikator="Mutu pembinaan", **{**NEW_GOAL, "target": "Lumayan"}), cell(TOP, 2, "target"),
     kantor(TOP, 2, indikator="Mutu pembinaan", **{**NEW_GOAL, "target": "Baik"}))
case("G101", kantor(LETTER, 1, jabatan_kode="sekcamat"), cell(LETTER, 1, "jabatan_kode"),
     kantor(LETTER, 1, jabatan_kode="Sekcam"))
NEW = {"jabatan_kode": "camat", "sasaran": "Lembaga desa aktif", "level": "Output", "satuan": "Laporan", "target": D(4)}
case("U923", kantor(TOP, 2, indikator="Jumlah laporan pemberdayann", **NEW), cell(TOP, 2, "indikator"),
     kantor(TOP, 2, indikator="Jumlah laporan pemberdayaan", **NEW))


@pytest.mark.parametrize("one", case, ids=case.names)
def test_a_folder_that_breaks_it(one: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    one.holds_when_broken(tmp_path / "kantor", monkeypatch)


@pytest.mark.parametrize("one", case, ids=case.names)
def test_a_folder_that_nearly_does(one: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    one.holds_when_nearly(tmp_path / "kantor", monkeypatch)


def test_words_in_prakiraan_maju_hold_nothing_of_this_year(tmp_path: Path):
    """The cell is named; the row's own amount is counted."""
    recap = rekap(pmd("rab", 0, prakiraan_maju="menyusul tahun depan").write(tmp_path))
    said = {(f.code, f.sheet, f.cell) for f in recap.findings if f.severity is not Severity.INFO}
    assert said == {("N404", *cell("rab", 0, "prakiraan_maju"))}
    assert recap.units[0].total_rab == 18_010_000
