"""Kantor.xlsx as an object: the office, its units, officials, pagu, Renstra, prices, lists and policies."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property, partial

from kinerja_xl.catatan import Finding, Severity, catalogue
from kinerja_xl.lists import Level, ProgramNode, jenis_belanja, normalise_account, normalise_program
from kinerja_xl.office.pejabat import POSTS, SEKCAM, Official, head_of
from kinerja_xl.office.policies import settled
from kinerja_xl.office.prices import Price as Price
from kinerja_xl.office.prices import PriceList
from kinerja_xl.office.units import Unit as Unit
from kinerja_xl.office.units import Units
from kinerja_xl.sheets.choices import EDITABLE, JENIS_BELANJA, KRITERIA_IKU, SATUAN
from kinerja_xl.sheets.content import BookContent, Row
from kinerja_xl.sheets.kantor import RENSTRA_YEARS
from kinerja_xl.sheets.values import clean, fold
from kinerja_xl.words.units import COMMON, Measures


@dataclass(frozen=True, slots=True, kw_only=True)
class RenstraGoal:
    """One IKU of the Renstra with its chain and its target of the year (as text, as it is printed)."""

    misi: str
    tujuan: str
    kode_sasaran: str
    sasaran: str
    indikator: str
    satuan: str
    arah: str
    kondisi_awal: object
    targets: tuple[object, ...]


@dataclass(frozen=True, kw_only=True)
class Office:
    """Everything that Kantor.xlsx says. ``levels``: the level that the office gave a code; ``bobot_iku``: weight by criterion.

    ``pagu`` by (unit code, sub kegiatan code), whole rupiah. ``batas_tw`` is the last day for the realisasi of a triwulan,
    ``receipts_tw`` its register by (triwulan, unit code, revision). ``logo`` is the name of a picture file, ``logo_data`` its
    bytes once ``logo.read_logo`` has read it, b"" without a usable one. ``penetapan``: since when the stage is penetapan or
    later, by the dated history."""

    nama: str
    pemda: str
    alamat: str
    tempat: str
    tahun: int
    tahap: str
    tanggal: date | None
    batas_usulan: date | None
    batas_perbaikan: date | None
    units: tuple[Unit, ...]
    officials: tuple[Official, ...]
    receipts: Mapping[tuple[str, int], date]
    pagu: Mapping[tuple[str, str], int]
    renstra: tuple[RenstraGoal, ...]
    programs: Mapping[str, ProgramNode]
    program_sasaran: Mapping[str, str]
    pk_pimpinan: tuple[Row, ...]
    prices: PriceList
    accounts: Mapping[str, str]
    account_jenis: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    policies: Mapping[str, str]
    satuan: Measures = COMMON
    levels: Mapping[str, Severity] = field(default_factory=dict)
    bobot_iku: Mapping[str, int] = field(default_factory=lambda: KRITERIA_IKU)
    logo: str = ""
    logo_data: bytes = b""
    batas_tw: Mapping[int, date] = field(default_factory=dict)
    receipts_tw: Mapping[tuple[int, str, int], date] = field(default_factory=dict)
    content: BookContent | None = None
    findings: tuple[Finding, ...] = ()
    penetapan: date | None = None

    @property
    def binding(self) -> bool:
        """Whether the stage is penetapan or later: from then on a PK binds."""
        return self.tahap not in ("", "usulan")

    @property
    def last_day(self) -> date | None:
        """The last day for corrections: that of the usulan itself where none is stated, or one before it (G103)."""
        return max((day for day in (self.batas_perbaikan, self.batas_usulan) if day), default=None)

    @cached_property
    def among(self) -> Units:
        """Its units, found by what somebody wrote."""
        return Units(self.units)

    def unit(self, kode: str) -> Unit | None:
        return self.among.by_code.get(kode)

    def unit_name(self, kode: str) -> str:
        """Its name; of a unit that the office does not have the code."""
        unit = self.unit(kode)
        return unit.nama if unit else kode

    def program_name(self, kode: str) -> str:
        """Name of a program, kegiatan or sub kegiatan; "" for a code that the office does not list."""
        node = self.programs.get(kode)
        return node.nama if node else ""

    def order(self) -> Callable[[str], int]:
        """Place of a unit on the sheet Unit; those that it does not name come last."""
        places = {unit.kode: number for number, unit in enumerate(self.units)}
        return lambda kode: places.get(kode, len(places))

    def official(self, jabatan_kode: str, day: date | None = None) -> Official | None:
        """Who holds the post on that day (default: the office's date); the latest start wins."""
        return max(self.holders(jabatan_kode, day), key=lambda o: o.mulai or date.min, default=None)

    def holders(self, jabatan_kode: str, day: date | None = None) -> list[Official]:
        """Everybody who holds the post on that day."""
        return [o for o in self._by_post.get(jabatan_kode, ()) if o.in_office(day or self.tanggal)]

    def vacant(self, jabatan_kode: str) -> str:
        """A post as it is signed where nobody holds it: as the sheet Pejabat called it last, else by its unit."""
        known, unit = [o.jabatan for o in self._by_post.get(jabatan_kode, ()) if o.plain], self.unit(jabatan_kode)
        return known[-1] if known else head_of(unit.nama) if unit else POSTS.get(jabatan_kode, "")

    @cached_property
    def _by_post(self) -> Mapping[str, list[Official]]:
        found: dict[str, list[Official]] = {}
        for official in self.officials:
            found.setdefault(official.jabatan_kode, []).append(official)
        return found

    def on(self, day: date | None) -> Office:
        """The same office on another day; its units and posts are not sorted again. One object per day: files ask for few."""
        if day not in self._on:
            self._on[day] = other = replace(self, tanggal=day)
            other.__dict__.update(among=self.among, _by_post=self._by_post, _on=self._on)
        return self._on[day]

    @cached_property
    def _on(self) -> dict[date | None, Office]:
        return {}

    def superior(self, unit: Unit) -> str:
        """The post that receives a unit's PK: by policy per position (V.D.3, V.E.3), else its superior."""
        return fold(self.policy("pk_kasubag" if unit.atasan == SEKCAM else "pk_kasi")) or unit.atasan

    def pagu_unit(self, kode: str) -> int:
        """Sum of a unit's pagu in rupiah."""
        return self._pagu.get(kode, 0)

    @cached_property
    def _pagu(self) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for (unit, _), amount in self.pagu.items():
            found[unit] = found.get(unit, 0) + amount
        return found

    def entered(self, tahap: str, nomor: int) -> bool:
        """Whether the history of stages has this one, with its date. ``nomor``: 0 for the one that has no number."""
        return self._stage(tahap, nomor) is not None

    def basis(self, tahap: str, nomor: int) -> str:
        """What a stage rests on by its history, such as the number of the DPA; "" where that says nothing."""
        row = self._stage(tahap, nomor)
        return _text(row, "dasar") if row else ""

    def _stage(self, tahap: str, nomor: int) -> Row | None:
        rows = (row for row, _ in _dated(self.content.rows("riwayat_tahap") if self.content else ()))
        return next((r for r in rows if fold(_text(r, "tahap")) == fold(tahap) and (_int(r, "nomor") or 0) == nomor), None)

    def policy(self, key: str) -> str:
        return self.policies.get(key, "")


def allows_short_tor(office: Office) -> bool:
    """Whether salaries and subscriptions may have a short TOR (an office policy)."""
    return office.policy("tor_singkat").strip().casefold() == "ya"


# ---- Make an ``Office`` out of what was read from Kantor.xlsx ----
# Rows that could not be read in full are left out here; their catatan say so. Missing lists fall back to the
# guideline's, missing policies to their declared defaults.


def build_office(content: BookContent, findings: tuple[Finding, ...] = ()) -> Office:
    """The office of a read Kantor.xlsx. Text that is missing is "", dates that are missing None, the year 0."""
    form = content.form("kantor") or Row(values={})
    programs = content.rows("program")
    units = tuple(_unit(row) for row in content.rows("unit") if _text(row, "kode") and _text(row, "nama"))
    spelling = {fold(unit.kode): unit.kode for unit in units}
    of_unit = partial(_unit_of, spelling)
    accounts = [(code, row) for row in content.rows("rekening") if (code := normalise_account(_text(row, "kode")))]
    return Office(
        nama=_text(form, "nama"),
        pemda=_text(form, "pemda"),
        alamat=_text(form, "alamat"),
        logo=_text(form, "logo"),
        tempat=_text(form, "tempat"),
        tahun=_int(form, "tahun") or 0,
        tahap=_stage(content.rows("riwayat_tahap")) or _text(form, "tahap"),
        tanggal=_date(form, "tanggal"),
        batas_usulan=_date(form, "batas_usulan"),
        batas_perbaikan=_date(form, "batas_perbaikan"),
        units=units,
        officials=tuple(_official(row, spelling) for row in content.rows("pejabat") if _text(row, "nama")),
        receipts={(of_unit(row), _int(row, "revisi") or 0): day for row, day in _dated(content.rows("penerimaan"))},
        pagu={
            (of_unit(row), _text(row, "kode_sub")): amount
            for row in content.rows("pagu")
            if (amount := _int(row, "pagu")) is not None
        },
        renstra=tuple(_goal(row) for row in content.rows("renstra") if _text(row, "indikator")),
        programs={node.kode: node for row in programs if (node := _node(row))},
        program_sasaran={_text(r, "kode"): code for r in programs if (code := _text(r, "kode_sasaran"))},
        pk_pimpinan=content.rows("pk_pimpinan"),
        prices=PriceList(content.rows("harga")),
        accounts={code: _text(row, "uraian") for code, row in accounts},
        account_jenis={code: jenis for code, row in accounts if (jenis := _jenis(code, row))},
        lists=_lists(content.rows("daftar_kantor")),
        satuan=own_measures(content),
        policies=settled(stated_policies(content), [unit.kode for unit in units])[0],
        levels=_levels(content.rows("tingkat_catatan")),
        bobot_iku=_weights(content.rows("kriteria_iku")),
        batas_tw={tw: day for tw, _, day in _quarterly(content.rows("batas_pengukuran"))},
        receipts_tw={
            (tw, of_unit(row), _int(row, "revisi") or 0): day for tw, row, day in _quarterly(content.rows("penerimaan_tw"))
        },
        content=content,
        findings=findings,
        penetapan=min(_days_of_binding(content.rows("riwayat_tahap")), default=None),
    )


def _unit_of(spelling: Mapping[str, str], row: Row) -> str:
    """The unit's code as the sheet Unit spells it: capitals do not make another unit."""
    return spelling.get(fold(_text(row, "unit")), _text(row, "unit"))


def _dated(rows: Iterable[Row]) -> Iterator[tuple[Row, date]]:
    """The rows that have a date."""
    return ((row, day) for row in rows if (day := _date(row, "tanggal")))


def _quarterly(rows: Iterable[Row]) -> Iterator[tuple[int, Row, date]]:
    """The rows that have a triwulan and a date."""
    return ((tw, row, day) for row, day in _dated(rows) if (tw := _int(row, "triwulan")) is not None)


def _stage(rows: tuple[Row, ...]) -> str:
    """The stage that was entered with the latest date, of equal dates the last; "" without a history."""
    dated = [(day, index) for index, row in enumerate(rows) if (day := _date(row, "tanggal")) and _text(row, "tahap")]
    return _text(rows[max(dated)[1]], "tahap") if dated else ""


def _days_of_binding(rows: tuple[Row, ...]) -> Iterator[date]:
    return (day for row, day in _dated(rows) if _text(row, "tahap") not in ("", "usulan"))


def _text(row: Row, key: str) -> str:
    value = row.get(key)
    return "" if value is None else str(value).strip()


def _date(row: Row, key: str) -> date | None:
    value = row.get(key)
    return value if isinstance(value, date) else None


def _int(row: Row, key: str) -> int | None:
    value = row.get(key)
    return int(value) if isinstance(value, Decimal) else None


def duties(text: str) -> tuple[list[str], list[str]]:
    """The codes of a unit's duties, and the parts of the text that are none."""
    parts = [part.strip() for part in text.replace(";", ",").replace("\n", ",").split(",") if part.strip()]
    codes = [(part, normalise_program(part)) for part in parts]
    return [code for _, code in codes if code], [part for part, code in codes if not code]


def _unit(row: Row) -> Unit:
    return Unit(
        kode=_text(row, "kode"), nama=_text(row, "nama"), atasan=fold(_text(row, "atasan")),
        tugas=tuple(duties(_text(row, "tugas"))[0]), uraian_tugas=_text(row, "uraian_tugas"),
    )  # fmt: skip


def _official(row: Row, spelling: Mapping[str, str]) -> Official:
    """``spelling``: the units' codes as the sheet Unit spells them; the other posts are in small letters."""
    post = fold(_text(row, "jabatan_kode"))
    return Official(
        jabatan_kode=spelling.get(post, post), nama=_text(row, "nama"), nip=_text(row, "nip"),
        pangkat=_text(row, "pangkat"), jabatan=_text(row, "jabatan"), status=_text(row, "status"),
        mulai=_date(row, "mulai"), sampai=_date(row, "sampai"),
    )  # fmt: skip


def _goal(row: Row) -> RenstraGoal:
    return RenstraGoal(
        misi=_text(row, "misi"), tujuan=_text(row, "tujuan"), kode_sasaran=_text(row, "kode_sasaran"),
        sasaran=_text(row, "sasaran"), indikator=_text(row, "indikator"), satuan=_text(row, "satuan"),
        arah=_text(row, "arah"), kondisi_awal=row.get("kondisi_awal"),
        targets=tuple(row.get(f"target_{n}") for n in range(RENSTRA_YEARS)),
    )  # fmt: skip


def _node(row: Row) -> ProgramNode | None:
    kode = normalise_program(_text(row, "kode"))
    stage = _text(row, "level")
    if not kode or stage not in tuple(Level):
        return None
    return ProgramNode(
        kode=kode, level=Level(stage), nama=_text(row, "nama"), indikator=_text(row, "indikator"), satuan=_text(row, "satuan")
    )


def _jenis(code: str, row: Row) -> str:
    """Name of the jenis belanja: the account's own row first, its class second (decisions)."""
    return _text(row, "jenis_belanja") or JENIS_BELANJA.get(jenis_belanja(code) or "", "")


def _lists(rows: tuple[Row, ...]) -> Mapping[str, tuple[str, ...]]:
    """The office's lists in the order of the sheet; a list that it does not mention keeps the guideline's entries."""
    found: dict[str, list[str]] = {}
    for row in rows:
        if _text(row, "nilai"):
            found.setdefault(_text(row, "daftar").casefold(), []).append(_text(row, "nilai"))
    return dict(EDITABLE) | {name: tuple(values) for name, values in found.items() if name in EDITABLE}


def own_measures(content: BookContent) -> Measures:
    """The units of measure with those that the office added: one per row, other words for it after a semicolon or comma."""
    rows = (_text(row, "nilai") for row in content.rows("daftar_kantor") if fold(_text(row, "daftar")) == SATUAN)
    words = (tuple(word for part in re.split("[;,\n]", text) if (word := clean(part))) for text in rows)
    return Measures(tuple(row for row in words if row))


def _weights(rows: tuple[Row, ...]) -> Mapping[str, int]:
    """Weight by criterion of an IKU, in the guideline's order; one without a row, or none from 0 to 100, keeps its default."""
    told = ((fold(_text(row, "kriteria")), _int(row, "bobot")) for row in rows)
    own = {name: weight for name, weight in told if weight is not None and 0 <= weight <= 100}
    return {name: own.get(fold(name), default) for name, default in KRITERIA_IKU.items()}


def stated_policies(content: BookContent) -> dict[str, str]:
    """The policies as they were typed, by key."""
    return {_text(row, "kunci").casefold(): _text(row, "nilai") for row in content.rows("kebijakan") if _text(row, "nilai")}


def _levels(rows: tuple[Row, ...]) -> Mapping[str, Severity]:
    """The office's own level per code; unknown codes are left out (their catatan says so)."""
    by_label = {level.label: level for level in Severity}
    return {
        code: by_label[_text(row, "tingkat")]
        for row in rows
        if (code := _text(row, "kode").upper()) in catalogue() and _text(row, "tingkat") in by_label
    }
