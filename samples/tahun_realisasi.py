"""The sample office's measured year: what the units and the Subbag keuangan handed in for TW I to IV, mistakes included.

Figures stand in ``isi/<unit>/realisasi.tsv``, words, dates and mistakes in ``isi/realisasi.toml``; realised money follows the
cash plan with small, fixed deviations. The forms are filled in as the program hands them out: earlier triwulan stand in
them as far as they counted. ``placed_mistakes`` says which catatan each mistake must yield, and where.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from kinerja_xl.catatan import catalogue
from kinerja_xl.office.folder import ARSIP, KANTOR_FILE, MASUK
from kinerja_xl.office.kantor import Office, Unit, build_office
from kinerja_xl.office.prefill import default_listings, office_listings
from kinerja_xl.package import ErrorValue, Formula, patch
from kinerja_xl.reading.intake import Return, read_return, return_file
from kinerja_xl.reading.workbook import read_workbook
from kinerja_xl.reckoning.plan import Plan, PlanLine
from kinerja_xl.reckoning.year import MONEY_KIND, UNIT_KIND, money_unit
from kinerja_xl.sheets.content import BookContent, Row, SheetContent
from kinerja_xl.sheets.kantor import KANTOR
from kinerja_xl.sheets.realisasi import MEASURING, NOTES
from kinerja_xl.uses.arsip import read_plan
from kinerja_xl.uses.masuk import folder_of, realised_of
from kinerja_xl.uses.realisasi import measuring_book, measuring_name, money_realisasi, unit_realisasi
from samples.isi import UNITS
from samples.isi.baca import read_toml, read_tsv, typed_value

LIST_FILE = "CATATAN-REALISASI.md"
LAST_FIRST_PLAN = 2
"""Forms until this triwulan were handed out before the plan changed in July."""

MONEY = "uang"
_CASH_INDICATOR = "Persentase Realisasi Belanja terhadap Rencana Kas"
_STEP = 500
Mistake = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Put:
    """A declared mistake and where its catatan must stand; ``cell`` "" when it concerns a whole file."""

    kode: str
    file: str
    sheet: str
    cell: str
    keterangan: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """The files by their path in the year's folder, and the places of the mistakes."""

    files: Mapping[str, bytes]
    puts: tuple[Put, ...]


def build_returns(files: Mapping[str, bytes]) -> Built:
    """masuk/TW1 … TW4 and the list of mistakes, from the built Kantor.xlsx and locked plans."""
    return _Year(files).build()


class _Year:
    """Builds the year triwulan by triwulan: each form starts with what the earlier ones brought."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        accepted = {KANTOR.key: {KANTOR.version: KANTOR}}
        content = read_workbook(files[KANTOR_FILE], KANTOR_FILE, accepted, default_listings()).content
        assert content is not None
        self.office: Office = build_office(content)
        first, changed = (_plan(files[f"{ARSIP}/{name}"]) for name in ("Penetapan-2025.xlsx", "Penetapan-2025-perubahan-1.xlsx"))
        self.plans = [first if tw <= LAST_FIRST_PLAN else changed for tw in range(1, 5)]
        self.said = read_toml("realisasi.toml")
        self.spent = _spending(first, changed)
        self.files: dict[str, bytes] = {}
        self.returns: list[Return] = []
        self.puts: list[Put] = []

    def build(self) -> Built:
        for tw in range(1, 5):
            plan = self.plans[tw - 1]
            earlier = realised_of(self.returns, self.office, plan, tw - 1, older=(self.plans[0],)) if tw > 1 else None
            for kode in UNITS:
                blank = unit_realisasi(self.office, self._unit(kode), plan, tw, earlier)
                self._hand_in(kode, tw, self._filled(blank, kode, tw))
            blank = money_realisasi(self.office, self._unit(MONEY), plan, tw, earlier)
            self._hand_in(MONEY, tw, self._paid(blank, tw))
        self.puts += self._consequences()
        return Built(files={**self.files, LIST_FILE: _listing(self.puts).encode()}, puts=tuple(self.puts))

    def _unit(self, who: str) -> Unit:
        unit = self.office.unit(money_unit(self.office) if who == MONEY else who)
        assert unit is not None
        return unit

    # ---- what is typed -----------------------------------------------------------------------

    def _filled(self, content: BookContent, kode: str, tw: int) -> BookContent:
        figures = _figures(kode)
        words = {(w["kode"]): w for w in self.said["uraian"] if (w["unit"], w["tw"]) == (kode, tw)}
        steps = {one["kode"]: one["persen"] for one in self.said["fisik"] if one["unit"] == kode}

        def indicator(row: Row) -> dict[str, object]:
            if row.get("nama") == _CASH_INDICATOR:
                return self._against_cash(tw)
            found = next(figures.get((str(row.get("kode")), str(row.get("level"))), iter(())), {})
            return {key: typed_value(value) for key, value in found.items() if key.endswith(f"_{tw}") and value}

        def word(row: Row) -> dict[str, object]:
            said = words.get(row.get("kode"), {}) if row.get("level") in ("Output", "Outcome") else {}
            return {key: said[key] for key in NOTES if key in said}

        def progress(row: Row) -> dict[str, object]:
            sub = str(row.get("kode_sub"))
            own = steps.get(sub)
            return {f"fisik_{tw}": Decimal(own[tw - 1] if own else self._progress(kode, sub, tw))}

        tables = {"realisasi_indikator": indicator, "uraian_realisasi": word, "fisik": progress}
        return _edited(content, {**tables, "identitas": self._given(kode, tw)})

    def _paid(self, content: BookContent, tw: int) -> BookContent:
        def paid(row: Row) -> dict[str, object]:
            key = str(row.get("unit")), str(row.get("kode_sub")), str(row.get("rekening"))
            return {f"uang_{tw}": Decimal(self.spent[key][tw - 1])}

        return _edited(content, {"realisasi_uang": paid, "identitas": self._given(self._unit(MONEY).kode, tw)})

    def _given(self, kode: str, tw: int) -> Callable[[Row], dict[str, object]]:
        days = self.said["penyampaian"].get(kode) or self.said["penyampaian"]["tanggal"]
        return lambda row: {"tanggal_disampaikan": days[tw - 1], "penyusun": self.said["penyusun"][kode]}

    def _against_cash(self, tw: int) -> dict[str, object]:
        """The office's own figure for spending against the cash plan of the triwulan."""
        plan = self.plans[tw - 1]
        cash = sum(sum(months[3 * (tw - 1) : 3 * tw]) for months in plan.kas.values())
        return {f"bil_{tw}": Decimal(sum(q[tw - 1] for q in self.spent.values())), f"sebut_{tw}": Decimal(cash)}

    def _progress(self, kode: str, sub: str, tw: int) -> int:
        """Physical progress: as the money goes, a little ahead of it, in steps of five; the work ends with the year."""
        own = [quarters for (unit, code, _), quarters in self.spent.items() if (unit, code) == (kode, sub)]
        total = sum(sum(quarters) for quarters in own)
        share = sum(sum(quarters[:tw]) for quarters in own) * 100 // max(total, 1)
        return 100 if tw == 4 else min(95, -(-int(share) // 5) * 5 + 5 * (_chance(kode + sub, 2)))

    # ---- what is handed in ---------------------------------------------------------------------

    def _hand_in(self, who: str, tw: int, content: BookContent) -> None:
        unit, kind = self._unit(who), MONEY_KIND if who == MONEY else UNIT_KIND
        own = [m for m in self.said["kesalahan"] if (m["berkas"], m["tw"]) == (who, tw)]
        for m in (m for m in own if m["jenis"] == "revisi"):
            name = measuring_name(unit.kode, kind, tw)
            self._keep(_edited(content, _one_cell(m, self.plans[tw - 1])), unit, tw, name, [])
            self.puts.append(Put(kode=m["kode"], file=return_file(tw, name), sheet="", cell="", keterangan=m["keterangan"]))
            content = _edited(content, {"identitas": lambda row: {"revisi": Decimal(1)}})
        name = measuring_name(unit.kode, kind, tw)
        if any(m["jenis"] == "revisi" for m in own):
            name = name.replace(".xlsx", "-revisi-1.xlsx")
        for m in (m for m in own if m["jenis"] == "sel"):
            content = _edited(content, _one_cell(m, self.plans[tw - 1]))
        self._keep(content, unit, tw, name, own)

    def _keep(self, content: BookContent, unit: Unit, tw: int, name: str, own: Iterable[Mistake]) -> None:
        lists = office_listings(self.office)
        data = measuring_book(content, self.office, unit, self.plans[tw - 1], tw)
        back = read_workbook(data, name, MEASURING, lists).content
        assert back is not None
        for m in own:
            if m["jenis"] == "revisi":
                continue
            row = next((r for r in back.rows(m["tabel"]) if _matches(r, m["baris"])), None) if "tabel" in m else None
            place = (row.sheet, row.cell(m["kolom"])) if row else ("", "")
            if m["jenis"] == "rusak":
                data = patch(data, {place: Formula("#REF!", ErrorValue("#REF!"))})
            file, words = return_file(tw, name), m["keterangan"]
            self.puts.append(Put(kode=m["kode"], file=file, sheet=place[0], cell=place[1], keterangan=words))
        self.files[f"{MASUK}/{folder_of(tw)}/{name}"] = data
        self.returns.append(read_return(data, name, tw, lists, self.office))

    def _consequences(self) -> Iterator[Put]:
        """Forms handed out before the plan changed, whose targets or pagu are others now."""
        realised = realised_of(self.returns, self.office, self.plans[-1], 4, older=(self.plans[0],))
        for f in realised.findings:
            if f.code == "C211":
                words = "Dibuat sebelum rencana berubah pada bulan Juli (akibat, bukan kesalahan)."
                yield Put(kode=f.code, file=f.file, sheet=f.sheet, cell=f.cell, keterangan=words)


def _plan(data: bytes) -> Plan:
    plan, findings = read_plan(data, "Penetapan.xlsx")
    assert plan is not None, findings
    return plan


def _figures(kode: str) -> dict[tuple[str, str], Iterator[dict[str, str]]]:
    """A unit's figures by code and level; indicators that share both come in the order of the Indikator sheet."""
    rows: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in read_tsv(f"{kode}/realisasi.tsv"):
        rows.setdefault((row["kode"], row["level"]), []).append(row)
    return {key: iter(own) for key, own in rows.items()}


def _chance(text: str, size: int) -> int:
    """A fixed number below ``size`` that looks accidental."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") % size


def _spending(first: Plan, changed: Plan) -> dict[tuple[str, str, str], tuple[int, ...]]:
    """Rupiah per account and triwulan: 90 to 100 % of the smaller pagu, spread as the cash plan of its sub kegiatan."""
    later = {(line.unit, line.kode_sub, line.rekening): line.jumlah for line in changed.lines}
    found = {}
    for line in first.lines:
        key = line.unit, line.kode_sub, line.rekening
        pagu = min(line.jumlah, later.get(key, 0))
        year = pagu * (900 + _chance("/".join(key), 101)) // 1000
        found[key] = _quarters(line, first, year)
    return found


def _quarters(line: PlanLine, plan: Plan, year: int) -> tuple[int, ...]:
    months = plan.kas[line.unit, line.kode_sub]
    total = sum(months)
    shares = [year * sum(months[3 * n : 3 * n + 3]) // total // _STEP * _STEP for n in range(3)]
    return (*shares, (year - sum(shares)) // _STEP * _STEP)


# ---- editing content ---------------------------------------------------------------------------

Edit = Callable[[Row], Mapping[str, object]]


def _edited(content: BookContent, edits: Mapping[str, Edit]) -> BookContent:
    """Values laid over the rows of tables and forms."""

    def change(key: str, row: Row) -> Row:
        return replace(row, values={**row.values, **edits[key](row)}) if key in edits else row

    def sheet(one: SheetContent) -> SheetContent:
        forms = {key: change(key, row) for key, row in one.forms.items()}
        return replace(one, forms=forms, tables={key: tuple(change(key, r) for r in rows) for key, rows in one.tables.items()})

    return replace(content, sheets=tuple(sheet(one) for one in content.sheets))


def _matches(row: Row, wanted: Mapping[str, object]) -> bool:
    return all(row.get(key) == value for key, value in wanted.items())


def _one_cell(m: Mistake, plan: Plan) -> dict[str, Edit]:
    def edit(row: Row) -> Mapping[str, object]:
        if not _matches(row, m["baris"]):
            return {}
        return {m["kolom"]: _wrong(m, row), **dict.fromkeys(m.get("kosongkan", ()))}

    return {m["tabel"]: edit}


def _wrong(m: Mistake, row: Row) -> object:
    if "melebihi" in m:
        before = sum(x for n in range(1, m["tw"]) if isinstance(x := row.get(f"uang_{n}"), Decimal))
        pagu = row.get("pagu")
        assert isinstance(pagu, Decimal)
        return pagu - before + m["melebihi"]
    value = m["nilai"]
    return None if value == "" else value if isinstance(value, str) else Decimal(value)


# ---- the list ------------------------------------------------------------------------------------


def _listing(puts: Iterable[Put]) -> str:
    lines = [
        "# Catatan yang harus muncul dari realisasi contoh",
        "",
        "Realisasi TW I sampai IV kantor contoh dengan beberapa kesalahan yang lazim. Membacanya terhadap rencana yang berlaku",
        "harus menghasilkan tepat catatan di bawah ini. Orang dan angka di dalamnya rekaan.",
        "",
        "| No | Berkas | Lembar | Sel | Kode | Tingkat | Keterangan |",
        "|---:|---|---|---|---|---|---|",
    ]
    for number, put in enumerate(puts, start=1):
        level = catalogue()[put.kode].severity.label
        lines.append(f"| {number} | {put.file} | {put.sheet} | {put.cell} | {put.kode} | {level} | {put.keterangan} |")
    return "\n".join(lines) + "\n"
