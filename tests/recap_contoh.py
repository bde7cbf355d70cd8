"""A recap made of invented people and amounts, with the hard content that real offices send; or a very large one."""

import struct
import zlib
from dataclasses import replace
from datetime import date
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.lists import JENIS_BELANJA, parents, programs
from kinerja_xl.office.kantor import Office, RenstraGoal, Unit
from kinerja_xl.office.pejabat import Official
from kinerja_xl.reckoning import Sum, summed
from kinerja_xl.reckoning.recap import Entry, RabLine, Recap, RktLine, Source, Status, TorLine, UnitLine
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.formats import round_half_up
from kinerja_xl.sheets.rab import jumlah_value, volume_value


def png(width: int, height: int) -> bytes:
    """A grey picture of that size, as small as the format allows."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"".join(b"\x00" + b"\x80" * width for _ in range(height)))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


UNITS = (
    ("perencanaan", "Subbag Perencanaan dan Kepegawaian", "sekcam", ("7.01.01.2.01", "7.01.01.2.05"), Status.SIAP),
    ("umum", "Subbag Umum dan Keuangan", "sekcam", ("7.01.01.2.02", "7.01.01.2.06"), Status.PERBAIKAN),
    ("pemerintahan", "Seksi Pemerintahan Umum", "camat", ("7.01.02.2.01", "7.01.06"), Status.SIAP),
    ("pmd", "Seksi Pemberdayaan Masyarakat dan Desa", "camat", ("7.01.03",), Status.TERLAMBAT),
    ("trantib", "Seksi Ketentraman dan Ketertiban Umum", "camat", ("7.01.04", "7.01.05"), Status.TIDAK_TERBACA),
    ("pelayanan", "Seksi Pelayanan Umum", "camat", ("7.01.02.2.02",), Status.BELUM),
)
ACCOUNTS = (
    ("5.1.02.01.01.0024", "Belanja Alat/Bahan untuk Kegiatan Kantor-Alat Tulis Kantor", "5.1.02"),
    ("5.1.02.04.01.0001", "Belanja Perjalanan Dinas Biasa", "5.1.02"),
    ("5.1.01.01.01.0001", "Belanja Gaji Pokok PNS", "5.1.01"),
    ("5.2.02.05.01.0005", "Belanja Modal Alat Kantor Lainnya", "5.2"),
)
GOODS = ("Kertas HVS F4 80 gram", "Perjalanan dinas ke kabupaten", "Honorarium narasumber", "Laptop", "Spanduk", "Makan")
LONG = (
    "Pengadaan dan Pemeliharaan Sarana Prasarana Penunjang Pelayanan Administrasi Terpadu Kecamatan termasuk "
    "Pendampingan Penyusunan Dokumen Perencanaan Pembangunan Desa pada Seluruh Wilayah Kerja Kecamatan ABCD"
)
HARD_TEXTS = (
    "=1+1", "+62 811", "-dua baris\n-kedua", "@semua orang", "{=A1}", "<r>bukan markup</r>", "https://contoh.invalid",
    "mailto:a@b", "12345678901234567890", "  spasi  ", "nilai\x0bkendali", "_x0041_", LONG, "A & B <C> \"D\" 'E'",
)  # fmt: skip


def office(units=UNITS, **changes) -> Office:
    """An office with a Camat who is only acting, goals of the Renstra and a pagu per sub kegiatan."""
    codes = [k for k, node in programs().items() if node.level == "subkegiatan"]
    pagu = {
        (unit[0], code): 150_000_000 + 1_000_000 * number
        for number, unit in enumerate(units)
        for code in codes
        if any(code.startswith(f"{duty}.") for duty in unit[3])
    }
    values = {
        "nama": "Kantor Kecamatan Contoh & Sekitarnya", "pemda": "Pemerintah Kabupaten Contoh", "tempat": "Contoh",
        "alamat": "Jalan Melati Nomor 1, Contoh 00000", "tahun": 2025, "tahap": "usulan", "tanggal": date(2025, 1, 31),
        "batas_usulan": date(2025, 1, 15), "batas_perbaikan": date(2025, 1, 25),
        "units": tuple(Unit(kode=k, nama=n, atasan=a, tugas=t) for k, n, a, t, _ in units),
        "officials": (
            Official(
                jabatan_kode="camat", nama="Rahmat Contoh, S.STP., M.Si.", nip="198001012000011001",
                pangkat="Pembina / IV.a", jabatan="Camat Contoh", status="Plt.", mulai=date(2025, 1, 1), sampai=None,
            ),
        ),
        "receipts": {}, "pagu": pagu,
        "renstra": (
            RenstraGoal(
                misi="Misi 1", tujuan="Tujuan 1", kode_sasaran="S1", sasaran="Sasaran 1", indikator="IKU 1",
                satuan="Indeks", arah="Naik", kondisi_awal=Decimal(80), targets=(Decimal(85),),
            ),
        ),
        "programs": programs(), "program_sasaran": {},
        "pk_pimpinan": (
            Row(
                values={
                    "jabatan_kode": "camat", "sasaran": "Pelayanan yang memuaskan", "indikator": "Indeks Kepuasan",
                    "level": "Outcome", "satuan": "Indeks", "target": Decimal("85.5"),
                }
            ),
        ),
        "prices": {}, "accounts": {}, "account_jenis": {}, "lists": {}, "policies": {},
    } | changes  # fmt: skip
    return Office(**values)


def rab_values(code: str, number: int, **changes) -> dict:
    """The values of one RAB row as the reader gives them, computed columns worked out."""
    account, name, jenis = ACCOUNTS[number % len(ACCOUNTS)]
    values = {
        "kode_sub": code, "kode_rekening": account, "nama_rekening": name, "jenis_belanja": JENIS_BELANJA[jenis],
        "uraian": GOODS[number % len(GOODS)], "spesifikasi": None if number % 3 else "Merek setara, garansi 1 tahun",
        "koef_1": Decimal(number % 12 + 1), "sat_1": "Orang", "koef_2": Decimal("1.5") if number % 4 == 0 else None,
        "sat_2": "Kali" if number % 4 == 0 else None, "koef_3": None, "sat_3": None, "koef_4": None, "sat_4": None,
        "satuan": "Orang/Kali", "harga_satuan": Decimal(125_375 + 12_345 * (number % 9)),
        "ppn": Decimal(13_791) if number % 5 == 0 else None, "jenis_standar": "SSH", "kode_standar": "02.06.05.06.02",
        "batas_harga": Decimal(4_100), "sumber_dana": "APBD", "prakiraan_maju": Decimal(1_000_000), "keterangan": None,
    } | changes  # fmt: skip
    return values | {"volume": volume_value(values), "jumlah": jumlah_value(values)}


def rab_line(unit, code: str, number: int, *, counted=True, reason="", jenis=None, kode_sub=None, **changes) -> RabLine:
    values = rab_values(code, number, **changes)
    jumlah = values["jumlah"]
    return RabLine(
        unit=unit[0], unit_nama=unit[1], file=f"Usulan {unit[0]}.xlsx", row=_row(values, "RAB", 9 + number),
        kode_sub=code if kode_sub is None else kode_sub, jenis=ACCOUNTS[number % 4][2] if jenis is None else jenis,
        jumlah=None if jumlah is None else int(jumlah), counted=counted, reason=reason,
    )  # fmt: skip


def _row(values: dict, sheet: str, row: int) -> Row:
    places = {key: f"{chr(66 + number % 24)}{row}" for number, key in enumerate(values)}
    return Row(values=values, row=row, sheet=sheet, places=places)


def sub_codes(unit) -> list[str]:
    """The first sub kegiatan of a unit's duties."""
    return [c for c, n in programs().items() if n.level == "subkegiatan" and c.startswith(f"{unit[3][0]}.")][:3]


def _hard_lines() -> list[RabLine]:
    """Texts that could become formulas, huge amounts, unknown codes, amounts that can't be known."""
    umum = UNITS[1]
    code = sub_codes(umum)[0]
    texts = [rab_line(umum, code, 40 + n, uraian=text, spesifikasi=text) for n, text in enumerate(HARD_TEXTS)]
    return [
        *texts,
        rab_line(umum, code, 60, harga_satuan=Decimal(9_876_543_210_987), koef_1=Decimal(1), koef_2=None, ppn=None),
        rab_line(umum, code, 61, koef_1=Decimal("0.3333"), harga_satuan=Decimal(987_654_321_987), koef_2=None),
        rab_line(umum, code, 62, harga_satuan=None, counted=False, reason="Harga satuan tidak dapat dibaca (B502)"),
        rab_line(umum, code, 63, koef_1=None, koef_2=None, counted=False, reason="Koefisien kosong (B402)"),
        rab_line(umum, "7.01.99.2.99", 64, kode_sub=""),
        rab_line(umum, "7.01.99.2.98.0001", 65, jenis="", counted=False, reason="Rekening tidak dikenal (B601)"),
        rab_line(umum, code, 66, harga_satuan=Decimal("1250.75"), koef_1=Decimal("2.5"), koef_2=Decimal("1.3333")),
        rab_line(umum, code, 67, harga_satuan=Decimal(0)),
    ]  # fmt: skip


def lines() -> tuple[RabLine, ...]:
    """Ten to thirty lines of each unit whose file could be read."""
    made = _hard_lines()
    for unit in UNITS[:4]:
        late = unit[4] is Status.TERLAMBAT
        for number, code in enumerate(code for code in sub_codes(unit) for _ in range(6)):
            reason = "Terlambat; tidak masuk RKT" if late else ""
            made.append(rab_line(unit, code, number, counted=not late, reason=reason))
    return tuple(made)


def indikator_values(code: str, number: int) -> dict:
    return {
        "kode": code, "level": "Output" if number % 2 else "Outcome", "nama": f"Jumlah Dokumen {LONG[: 40 + number]}",
        "sasaran": "Meningkatnya akuntabilitas kinerja kecamatan", "tipe": "Kuantitas absolut", "dimensi": "Efektif",
        "tingkat": "Unit kerja", "satuan": "Dokumen", "arah": "Naik", "akumulasi": "Jumlah", "baseline": None,
        "target": "Baik" if number % 5 == 0 else Decimal("12.5"), "tw_1": Decimal(0), "tw_2": Decimal(3),
        "tw_3": Decimal(4), "tw_4": Decimal("5.5"), "definisi": "Banyaknya dokumen\nyang disahkan", "iku": "Tidak",
    }  # fmt: skip


def tor_values(code: str, output: Decimal) -> dict:
    return {
        "kode_sub": code, "nama_sub": LONG, "judul": "Penyusunan Dokumen Perencanaan", "penanggung_jawab": "Kasubag",
        "lokasi": "Kecamatan Contoh", "tujuan": "Tersedianya dokumen.\n" * 3, "sasaran": LONG * 9,
        "tanggal_mulai": date(2025, 1, 2), "tanggal_selesai": date(2025, 12, 31), "output": "Dokumen",
        "output_target": output, "output_satuan": "Dokumen",
    }  # fmt: skip


def _tors(rab: tuple[RabLine, ...]) -> tuple[TorLine, ...]:
    made = []
    for unit in UNITS[:4]:
        for number, code in enumerate(sub_codes(unit)):
            rows = summed(x.jumlah for x in rab if (x.unit, x.kode_sub) == (unit[0], code))
            total, output = rows.amount, Decimal(number * 3)
            price = round_half_up(total / output, 2) if output and not rows.unknown else None
            made.append(
                TorLine(
                    unit=unit[0], unit_nama=unit[1], file=f"Usulan {unit[0]}.xlsx", kode_sub=code, nama_sub=LONG,
                    row=_row(tor_values(code, output), f"TOR ({number + 1})", 5), rab=rows, harga_output=price,
                    biaya=(None, total, total + 5)[number % 3], counted=unit[4] is not Status.TERLAMBAT,
                )
            )  # fmt: skip
    return tuple(made)


def _entries(table) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            unit=unit[0], unit_nama=unit[1], file=f"Usulan {unit[0]}.xlsx", kode_sub=code, counted=number != 2,
            row=_row(values, sheet, 7 + number),
        )
        for unit in UNITS[:4]
        for number, code in enumerate(sub_codes(unit))
        for values, sheet in table(code, number)
    )  # fmt: skip


def _rkt(rab: tuple[RabLine, ...]) -> tuple[RktLine, ...]:
    made, names = [], programs()
    done = set()
    for line in rab:
        if not line.counted or (line.unit, line.kode_sub) in done:
            continue
        done.add((line.unit, line.kode_sub))
        total = sum(x.jumlah or 0 for x in rab if x.counted and (x.unit, x.kode_sub) == (line.unit, line.kode_sub))
        program, kegiatan = parents(line.kode_sub) if line.kode_sub in names else ("", "")
        for number in range(2):
            made.append(
                RktLine(
                    misi="Misi 1: mewujudkan tata kelola pemerintahan yang baik", tujuan="Meningkatnya kualitas layanan",
                    sasaran="Meningkatnya akuntabilitas kinerja", iku="Nilai SAKIP kecamatan", iku_target="85,5",
                    iku_with_target="Nilai SAKIP kecamatan (85,5)",
                    program=program, program_nama=names[program].nama if program else "", kegiatan=kegiatan,
                    kegiatan_nama=names[kegiatan].nama if kegiatan else "", kode_sub=line.kode_sub,
                    nama_sub=names[line.kode_sub].nama if program else "", indikator=LONG if number else "Jumlah dokumen",
                    level="Outcome" if number else "Output", target="Baik" if number else Decimal("12.5"),
                    satuan="Dokumen", anggaran=None if number else total, unit=line.unit, unit_nama=line.unit_nama,
                )
            )  # fmt: skip
    return tuple(made)


def _findings() -> tuple[Finding, ...]:
    return (
        Finding(code="B101", file="Usulan trantib.xlsx", unit="trantib"),
        Finding(
            code="B103", file="Usulan umum.xlsx", unit="umum", sheet="RAB", cell="S71", value="#REF!",
            column="Harga Satuan (Rp)",
        ),
        Finding(code="B103", file="Usulan 100% #1 [umum].xlsx", unit="umum", sheet="TOR 'lama'", cell="K17", value="=1+1"),
        Finding(code="B105", file="Kantor.xlsx", sheet="Unit", cell="B9", value="x" * 5000),
        Finding(code="B105", unit="pelayanan"),
    )  # fmt: skip


def _unit_line(unit, rab, findings, kantor) -> UnitLine:
    own = [x for x in rab if x.unit == unit[0]]
    reasons = {
        Status.TERLAMBAT: "Disampaikan 20 Januari 2025, sesudah batas 15 Januari 2025", Status.BELUM: "",
        Status.TIDAK_TERBACA: "Berkas kosong (0 byte)", Status.PERBAIKAN: "4 baris ditahan; lihat lembar Catatan",
    }  # fmt: skip
    return UnitLine(
        kode=unit[0], nama=unit[1], status=unit[4], jumlah_baris=sum(1 for x in own if x.counted), pagu=kantor.pagu_unit(unit[0]),
        berkas="" if unit[4] is Status.BELUM else f"Usulan {unit[0]}.xlsx",
        total_rab=sum(x.jumlah or 0 for x in own if x.counted),
        total_tidak_dihitung=summed(x.jumlah for x in own if not x.counted),
        jumlah_catatan=sum(1 for f in findings if f.unit == unit[0]), alasan=reasons.get(unit[4], ""),
    )  # fmt: skip


def _source(unit, rab) -> Source:
    own = [x for x in rab if x.unit == unit[0]]
    held = sum(1 for x in own if not x.counted)
    return Source(
        file=f"Usulan {unit[0]}.xlsx", unit=unit[0], sha256="0123456789abcdef" * 4, version="2", revisi="0",
        status=unit[4].value, rows_read=len(own), rows_used=len(own) - held, rows_reported=held,
        total=sum(x.jumlah or 0 for x in own if x.counted),
    )  # fmt: skip


def small(**changes) -> Recap:
    """Six units: two in order, one late, one unreadable, one missing, one with every hard thing at once."""
    kantor = office()
    return _recap(kantor, UNITS, lines(), _findings(), **changes)


def _recap(kantor, shown, rab, findings, **changes) -> Recap:
    codes = [unit for unit in shown if unit[4] not in {Status.BELUM, Status.TIDAK_TERBACA}]
    values = {
        "office": kantor, "tanggal": kantor.tanggal, "lines": rab, "findings": findings, "tors": _tors(rab),
        "units": tuple(_unit_line(unit, rab, findings, kantor) for unit in shown),
        "indikator": _entries(lambda code, n: [(indikator_values(code, n), "Indikator")]),
        "pk_kinerja": _entries(
            lambda code, n: [({"sasaran": "Tertib", "indikator": LONG, "level": "Output", "target": Decimal(n)}, "PK")]
        ),
        "pk_anggaran": _entries(
            lambda code, n: [({"kode": code, "nama": LONG, "anggaran": Decimal(9_876_543_210_987)}, "PK")]
        ),
        "rkt": _rkt(rab), "sources": tuple(_source(unit, rab) for unit in codes),
    }  # fmt: skip
    return Recap(**(values | changes))


MANY, LONG_NAMED = 400, "7.01.01.2.01.0001"


def hard() -> Recap:
    """What strains a page: a sub kegiatan named with 200 letters, a unit with 400 more lines, one with none at all."""
    node = replace(programs()[LONG_NAMED], nama=LONG)
    kantor = office(programs={**programs(), LONG_NAMED: node}, logo="logo.png", logo_data=png(40, 50))
    many = [rab_line(UNITS[0], LONG_NAMED, 100 + n, uraian=f"Barang nomor {n} {LONG[: n % 90]}") for n in range(MANY)]
    return _recap(kantor, UNITS, (*lines(), *many), _findings())


def empty() -> Recap:
    """An office to which nobody has handed in anything, with neither a Camat nor a date."""
    kantor = office(units=(), officials=(), tanggal=None, pk_pimpinan=(), policies={"kertas": "A4"})
    nothing = dict.fromkeys(("units", "lines", "indikator", "tors", "pk_kinerja", "pk_anggaran", "rkt", "sources"), ())
    return _recap(kantor, (), (), (), **nothing)


def large(units: int, rows: int = 30) -> Recap:
    """Many units with ``rows`` RAB lines each, three TORs and three lines of the RKT."""
    many = tuple((f"unit{n:04d}", f"Unit Nomor {n}", "camat", UNITS[n % 6][3], Status.SIAP) for n in range(units))
    made, tors, rkt, codes = [], [], [], {unit[0]: sub_codes(unit) for unit in many}
    for unit in many:
        own = [rab_line(unit, codes[unit[0]][n * len(codes[unit[0]]) // rows], n) for n in range(rows)]
        made += own
        for code in codes[unit[0]]:
            total = sum(x.jumlah for x in own if x.kode_sub == code)
            place = {"unit": unit[0], "unit_nama": unit[1], "kode_sub": code, "nama_sub": programs()[code].nama}
            program, kegiatan = parents(code)
            tors.append(
                TorLine(
                    **place, file=own[0].file, row=_row(tor_values(code, Decimal(3)), "TOR", 5), biaya=total, rab=Sum(total),
                    harga_output=round_half_up(Decimal(total) / 3, 2),
                )
            )  # fmt: skip
            rkt.append(
                RktLine(
                    **place, misi="Misi", tujuan="Tujuan", sasaran="Sasaran", iku="IKU", iku_target="85",
                    iku_with_target="IKU (85)", program=program, program_nama=programs()[program].nama, kegiatan=kegiatan,
                    kegiatan_nama=programs()[kegiatan].nama, indikator="Jumlah", level="Output", target=Decimal(3),
                    satuan="Dokumen", anggaran=total,
                )
            )  # fmt: skip
    kantor = office(units=many, pagu={})
    rab = tuple(made)
    by_unit = [rab[n * rows : n * rows + rows] for n in range(units)]
    unit_lines = tuple(
        UnitLine(
            kode=own[0].unit, nama=own[0].unit_nama, berkas=own[0].file, status=Status.SIAP, jumlah_baris=rows,
            total_rab=sum(x.jumlah for x in own), total_tidak_dihitung=Sum(), jumlah_catatan=0, pagu=10**9,
        )
        for own in by_unit
    )  # fmt: skip
    sources = tuple(
        Source(
            file=x.berkas, unit=x.kode, sha256="0" * 64, version="2", revisi="0", status="", rows_read=rows,
            rows_used=rows, rows_reported=0, total=x.total_rab,
        )
        for x in unit_lines
    )  # fmt: skip
    return Recap(
        office=kantor, tanggal=None, units=unit_lines, lines=rab, indikator=(), tors=tuple(tors), pk_kinerja=(),
        pk_anggaran=(), rkt=tuple(rkt), sources=sources, findings=(),
    )  # fmt: skip


def single() -> Recap:
    """One unit that asks for one thing."""
    unit, code = UNITS[0], sub_codes(UNITS[0])[0]
    rab, whole = (rab_line(unit, code, 1),), office(units=(unit,))
    kantor = replace(whole, pagu={key: amount for key, amount in whole.pagu.items() if key == (unit[0], code)})
    recap = _recap(kantor, (unit,), rab, ())
    one = {"indikator": recap.indikator[:1], "tors": recap.tors[:1], "pk_kinerja": recap.pk_kinerja[:1]}
    return replace(recap, **one, pk_anggaran=recap.pk_anggaran[:1], rkt=recap.rkt[:1])
