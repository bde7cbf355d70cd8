"""The content of the sample office as typed values, read from ``kantor.toml`` and each unit's TSV and TOML files.

What follows from something else is computed here and never typed: costs of a TOR from the RAB, its output from the
Indikator, the PK draft from both, pagu from the RAB, names of officials from the office. So the clean sample agrees
with itself by construction. Keys are those of the declarations in ``kinerja_xl.sheets``; an unknown one is a KeyError.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import ROUND_CEILING, Decimal
from functools import cache
from typing import Any

from kinerja_xl.lists import JENIS_BELANJA, accounts, example_prices, programs
from kinerja_xl.sheets.choices import EDITABLE, KRITERIA_IKU
from kinerja_xl.sheets.content import BookContent, Row, SheetContent
from kinerja_xl.sheets.indikator import IKU_FORM, IKU_TABLE, INDIKATOR_TABLE
from kinerja_xl.sheets.kantor import KANTOR, POLICIES, RENSTRA_YEARS
from kinerja_xl.sheets.rab import RAB_TABLE, jumlah_value
from kinerja_xl.sheets.tor import COSTS, JADWAL_TABLE, LAMPIRAN_TABLE, MONTHS, TOR_FORM
from kinerja_xl.sheets.usulan import IDENTITAS_FORM, PK_ANGGARAN_TABLE, PK_FORM, PK_KINERJA_TABLE, USULAN
from samples.isi.baca import FOLDER, Raw, read_toml, read_tsv, to_row, to_sheet

__all__ = ["FOLDER", "PAGU_STEP", "UNITS", "kantor_content", "unit_content"]

UNITS = ("perencanaan", "umum", "pemerintahan", "pmd", "trantib", "pelayanan")
PAGU_STEP = Decimal(500_000)
"""Pagu of a sub kegiatan: its RAB total rounded up to a multiple of this, in rupiah."""

_SIFAT = {"SSH": "Batas tertinggi", "SBU": "Batas tertinggi", "HSPK": "Batas tertinggi", "ASB": "Estimasi"}
_LEVELS_OF_PK = ("Output", "Outcome")


def kantor_content() -> BookContent:
    """Kantor.xlsx of the sample office."""
    office = _office()
    blocks: dict[str, Iterable[Raw]] = {
        "kantor": [office["kantor"]],
        "unit": office["unit"],
        "pejabat": office["pejabat"],
        "penerimaan": _receipts(),
        "batas_pengukuran": office["batas_pengukuran"],
        "pagu": _pagu(),
        "renstra": [_renstra(goal) for goal in office["renstra"]],
        "program": _programs(),
        "pk_pimpinan": _pk_of_leaders(),
        "renja_lalu": list(_renja(office["renstra"])),
        "harga": _prices(),
        "rekening": _accounts(),
        "daftar_kantor": [{"daftar": name, "nilai": value} for name, values in EDITABLE.items() for value in values],
        "kriteria_iku": [{"kriteria": name, "bobot": weight} for name, weight in KRITERIA_IKU.items()],
        "kebijakan": _policies(),
    }
    filled = (declared for declared in KANTOR.sheets if declared.blocks)
    sheets = tuple(to_sheet(d.key, *((block, blocks.get(block.key, ())) for block in d.blocks)) for d in filled)
    return BookContent(book=KANTOR, sheets=sheets)


def unit_content(kode: str) -> BookContent:
    """The filled workbook of a unit. Raises KeyError for a code that is not in UNITS."""
    unit = _unit(kode)
    tors = [_tor_sheet(kode, number, raw) for number, raw in enumerate(read_toml(f"{kode}/tor.toml")["tor"], start=1)]
    sheets = (
        to_sheet("identitas", (IDENTITAS_FORM, [_identitas(unit)])),
        *tors,
        SheetContent(key="rab", tables={"rab": _rab(kode)}),
        SheetContent(key="indikator", tables={"indikator": _indikator(kode)}),
        to_sheet("iku", (IKU_FORM, [_office()["iku"]]), (IKU_TABLE, read_tsv(f"{kode}/iku.tsv"))),
        _pk_sheet(unit),
    )
    return BookContent(book=USULAN, sheets=sheets)


# The units' own tables.


@cache
def _rab(kode: str) -> tuple[Row, ...]:
    return tuple(to_row(RAB_TABLE, raw) for raw in read_tsv(f"{kode}/rab.tsv"))


@cache
def _indikator(kode: str) -> tuple[Row, ...]:
    return tuple(to_row(INDIKATOR_TABLE, raw) for raw in read_tsv(f"{kode}/indikator.tsv"))


# The office: units, officials, what follows from the units' own sheets.


def _office() -> dict[str, Any]:
    return read_toml("kantor.toml")


def _unit(kode: str) -> Raw:
    found: dict[str, Raw] = {unit["kode"]: unit for unit in _office()["unit"]}
    return found[kode]


def _official(jabatan_kode: str) -> Raw:
    """Who holds the post on the day of the recap."""
    day = _office()["kantor"]["tanggal"]
    held: list[Raw] = [
        person
        for person in _office()["pejabat"]
        if person["jabatan_kode"] == jabatan_kode and person["mulai"] <= day <= person.get("sampai", day)
    ]
    return held[-1]


def _post(person: Raw) -> str:
    """The post as it is signed: ``Plt. Kepala Seksi …``."""
    status = "" if person["status"] == "Definitif" else f"{person['status']} "
    return f"{status}{person['jabatan']}"


def _receipts() -> list[Raw]:
    receiver = _office()["penerima"]["nama"]
    return [
        {
            "unit": kode,
            "revisi": 0,
            "tanggal": given["tanggal_disampaikan"],
            "penerima": receiver,
            "keterangan": given["keterangan"],
        }
        for kode, given in _office()["penyampaian"].items()
    ]


def _amounts(kode: str) -> dict[str, dict[str, Decimal]]:
    """Rupiah by sub kegiatan and jenis belanja (its name), in the order of the RAB."""
    sums: dict[str, dict[str, Decimal]] = {}
    for row in _rab(kode):
        amount = jumlah_value(row.values)
        assert amount is not None, row.values
        per_jenis = sums.setdefault(str(row.get("kode_sub")), {})
        jenis = str(row.get("jenis_belanja"))
        per_jenis[jenis] = per_jenis.get(jenis, Decimal(0)) + amount
    return sums


def _pagu() -> list[Raw]:
    return [
        {"unit": kode, "kode_sub": sub, "pagu": _rounded_up(sum(parts.values(), Decimal(0)))}
        for kode in UNITS
        for sub, parts in _amounts(kode).items()
    ]


def _rounded_up(total: Decimal) -> Decimal:
    return (total / PAGU_STEP).to_integral_value(ROUND_CEILING) * PAGU_STEP


def _renstra(goal: Raw) -> Raw:
    assert len(goal["target"]) == RENSTRA_YEARS, goal["indikator"]
    targets = {f"target_{n}": value for n, value in enumerate(goal["target"])}
    return {**{key: value for key, value in goal.items() if key != "target"}, **targets}


def _renja(goals: list[Raw]) -> Iterator[Raw]:
    """Columns 6 and 7 of Evaluasi Renja: 2025 is the first of the Renstra's six years, so that nothing was added up before it; of
    the money the end is six times this year's pagu. Rupiah stand once for a code."""
    final = {goal["indikator"]: goal["target"][-1] for goal in goals}
    pagu = {(raw["unit"], raw["kode_sub"]): raw["pagu"] for raw in _pagu()}
    told = set[tuple[str, str]]()
    for kode in UNITS:
        for row in _indikator(kode):
            code, target, added = row.text("kode"), row.get("target"), row.get("akumulasi") == "Jumlah"
            unit = kode if (kode, code) in pagu else ""
            total = sum((amount for (_, sub), amount in pagu.items() if f"{sub}.".startswith(f"{code}.")), Decimal(0))
            amount = pagu.get((kode, code), total)
            money = {} if (unit, code) in told else {"renstra_rp": amount * RENSTRA_YEARS, "lalu_rp": Decimal(0)}
            told.add((unit, code))
            end = final.get(row.text("nama"), target * RENSTRA_YEARS if added and isinstance(target, Decimal) else target)
            yield {
                "kode": code, "unit": unit or None, "indikator": row.text("nama"), "renstra_k": end,
                "lalu_k": Decimal(0) if added else row.get("baseline"), **money,
            }  # fmt: skip


def _programs() -> list[Raw]:
    sasaran = _office()["program_sasaran"]
    return [
        {
            "kode": node.kode,
            "level": node.level.value,
            "nama": node.nama,
            "indikator": node.indikator,
            "satuan": node.satuan,
            "kode_sasaran": sasaran.get(node.kode),
        }
        for node in programs().values()
    ]


def _accounts() -> list[Raw]:
    """Leaf accounts only: amounts are booked on nothing else."""
    return [
        {"kode": account.kode, "uraian": account.uraian, "jenis_belanja": JENIS_BELANJA.get(account.jenis)}
        for account in accounts().values()
        if account.rinci
    ]


def _prices() -> list[Raw]:
    return [
        {
            "kode": price.kode,
            "uraian": price.uraian,
            "spesifikasi": price.spesifikasi,
            "satuan": price.satuan,
            "jenis": price.jenis,
            "harga": price.harga,
            "sifat": _SIFAT[price.jenis],
            "kode_rekening": price.kode_rekening,
            "sumber": "contoh",
        }
        for price in example_prices()
    ]


def _policies() -> list[Raw]:
    return [
        {"kunci": policy.key, "kebijakan": policy.label, "nilai": policy.default, "keterangan": policy.keterangan}
        for policy in POLICIES
    ]


def _pk_of_leaders() -> list[Raw]:
    """Camat: every IKU of the Renstra and the named outputs. Sekcam: the named indicators."""
    known = {str(row.get("nama")): row for kode in UNITS for row in _indikator(kode)}
    named = _office()["pk_pimpinan"]
    wanted = {
        "camat": [*(goal["indikator"] for goal in _office()["renstra"]), *named["camat"]],
        "sekcam": named["sekcam"],
    }
    return [{"jabatan_kode": post, **_pk_row(known[name])} for post, names in wanted.items() for name in names]


# A unit's workbook: identitas, TOR, PK.


def _identitas(unit: Raw) -> Raw:
    kode, kantor = unit["kode"], _office()["kantor"]
    head, superior, given = _official(kode), _official(unit["atasan"]), _office()["penyampaian"][kode]
    return {
        "kantor": kantor["nama"],
        "unit": kode,
        "nama_unit": unit["nama"],
        "tahun": kantor["tahun"],
        "kepala_nama": head["nama"],
        "kepala_nip": head["nip"],
        "kepala_jabatan": head["jabatan"],
        "kepala_status": head["status"],
        "atasan_nama": superior["nama"],
        "atasan_nip": superior["nip"],
        "atasan_jabatan": superior["jabatan"],
        "revisi": 0,
        "tanggal_disampaikan": given["tanggal_disampaikan"],
        "nomor_surat": given["nomor_surat"],
        "penyusun": given["penyusun"],
        "catatan_unit": given.get("catatan_unit"),
    }


def _tor_sheet(kode: str, number: int, raw: Raw) -> SheetContent:
    written = {key: value for key, value in raw.items() if key not in {"jadwal", "lampiran"}}
    form = {**written, **_costs_of(kode, raw["kode_sub"]), **_output_of(kode, raw["kode_sub"]), **_signatures(kode)}
    lampiran = [{"jenis": jenis, "dokumen": dokumen} for jenis, dokumen in raw.get("lampiran", ())]
    return to_sheet(
        "tor",
        (TOR_FORM, [form]),
        (JADWAL_TABLE, [_schedule(*entry) for entry in raw["jadwal"]]),
        (LAMPIRAN_TABLE, lampiran),
        name="TOR" if number == 1 else f"TOR ({number})",
    )


def _costs_of(kode: str, sub: str) -> Raw:
    """The fields of section VI that have an amount; a jenis without lines stays empty."""
    amounts = _amounts(kode)[sub]
    return {field: amounts[JENIS_BELANJA[jenis]] for jenis, field in COSTS.items() if JENIS_BELANJA[jenis] in amounts}


def _output_of(kode: str, sub: str) -> Raw:
    (row,) = (r for r in _indikator(kode) if r.get("kode") == sub and r.get("level") == "Output")
    return {"output": row.get("nama"), "output_target": row.get("target"), "output_satuan": row.get("satuan")}


def _signatures(kode: str) -> Raw:
    head, superior = _official(kode), _official(_unit(kode)["atasan"])
    return {
        "tempat": _office()["kantor"]["tempat"],
        "tanggal": _office()["penyampaian"][kode]["tanggal_tor"],
        "penanda_tangan": head["nama"],
        "penanda_nip": head["nip"],
        "mengetahui": superior["nama"],
        "mengetahui_jabatan": superior["jabatan"],
        "mengetahui_nip": superior["nip"],
    }


def _schedule(tahap: str, kegiatan: str, bulan: str) -> Raw:
    return {"tahap": tahap, "kegiatan": kegiatan, **{MONTHS[month - 1]: "x" for month in _months(bulan)}}


def _months(text: str) -> list[int]:
    """``"1-3,6"`` → 1, 2, 3, 6."""
    ends = (part.split("-") for part in text.split(","))
    return [month for end in ends for month in range(int(end[0]), int(end[-1]) + 1)]


def _pk_sheet(unit: Raw) -> SheetContent:
    """The draft at usulan: parties known, dates open, both tables as the unit's own sheets say."""
    kode = unit["kode"]
    head, superior = _official(kode), _official(unit["atasan"])
    parties = {
        "pertama_nama": head["nama"],
        "pertama_jabatan": _post(head),
        "kedua_nama": superior["nama"],
        "kedua_jabatan": _post(superior),
        "tempat": _office()["kantor"]["tempat"],
    }
    kinerja = [_pk_row(row) for row in _indikator(kode) if row.get("level") in _LEVELS_OF_PK]
    anggaran = [{"kode": sub, "anggaran": sum(parts.values()), "keterangan": "APBD"} for sub, parts in _amounts(kode).items()]
    return to_sheet("pk", (PK_FORM, [parties]), (PK_KINERJA_TABLE, kinerja), (PK_ANGGARAN_TABLE, anggaran))


def _pk_row(row: Row) -> Raw:
    return {
        "sasaran": row.get("sasaran"),
        "indikator": row.get("nama"),
        "level": row.get("level"),
        "satuan": row.get("satuan"),
        "target": row.get("target"),
    }
