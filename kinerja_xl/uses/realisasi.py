"""``realisasi``: hand out the measuring workbooks of a triwulan. A form that holds figures is left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from kinerja_xl.lists import programs
from kinerja_xl.office.folder import FORMULIR, KANTOR_FILE, MASUK, InputError, folder_of, name_part, read_listed, there
from kinerja_xl.office.kantor import Office, Unit
from kinerja_xl.office.prefill import book_of, office_listings
from kinerja_xl.reading.workbook import read_workbook
from kinerja_xl.reckoning.capaian.janji import due as promises_due
from kinerja_xl.reckoning.plan import Plan, PlanIndicator, PlanSub
from kinerja_xl.reckoning.year import MONEY_KIND, Quarter, Realised, RealisedIndicator, expected, plan_label, plan_sign
from kinerja_xl.reckoning.year.tracks import COUNTED_TABLES, WORDS, quarter_keys
from kinerja_xl.sheets.content import BookContent, Identity, Row
from kinerja_xl.sheets.indikator import QUARTERS
from kinerja_xl.sheets.model import Book
from kinerja_xl.sheets.realisasi import (
    CASH,
    DENOMINATORS,
    JANJI,
    MEASURING,
    NOTES,
    NUMERATORS,
    PHYSICAL,
    PROMISE_KEYS,
    REALISASI_UANG,
    REALISASI_UNIT,
    REALISED,
    SPENT,
    for_quarter,
)
from kinerja_xl.uses.year import Year
from kinerja_xl.words.periods import last_day
from kinerja_xl.words.text import fold
from kinerja_xl.writing.form.measured import write_measuring_book
from kinerja_xl.writing.output import FileSet, make_folder
from kinerja_xl.writing.turn import turn

# ---- What a measuring workbook starts with: the locked plan's rows, and what the returns of earlier triwulan brought ----

Values = Mapping[str, object]


def measuring_identity(office: Office, unit: Unit, book: Book) -> Identity:
    return Identity(book=book.key, version=str(book.version), tahun=str(office.tahun), unit=unit.kode, kantor=office.nama)


def unit_realisasi(office: Office, unit: Unit, plan: Plan, triwulan: int, earlier: Realised | None = None) -> BookContent:
    """The unit's measuring workbook for ``triwulan`` (1 to 4), with what ``earlier`` returns brought of it."""
    known = {r.identity: r for r in earlier.indicators} if earlier else {}
    indicators = [i for i in plan.promised if i.unit == unit.kode]
    subs = [s for s in plan.funded if s.unit == unit.kode]
    promises = list(_promises(office, unit, earlier))
    book = for_quarter(REALISASI_UNIT, triwulan)
    book = book if promises else replace(book, sheets=tuple(s for s in book.sheets if s.key != JANJI.key))
    tables = {
        "realisasi_indikator": _rows(_indicator(i, known.get(i.identity), triwulan) for i in indicators),
        "uraian_realisasi": _rows(_words(i, known.get(i.identity), triwulan) for i in indicators),
        "fisik": _rows(_physical(office, s, earlier, triwulan) for s in subs),
        "janji_realisasi": _rows(promises),
    }
    return book_of(book, {"identitas": _identity(office, unit, plan, triwulan)}, tables)


def money_realisasi(office: Office, unit: Unit, plan: Plan, triwulan: int, earlier: Realised | None = None) -> BookContent:
    """The workbook of ``unit``, which keeps the money, for every sub kegiatan and account of the plan."""
    names = {(s.unit, s.kode): s.nama for s in plan.subs}
    spent = {(s.unit, s.kode_sub, s.rekening): s.quarters for s in earlier.spent} if earlier else {}
    rows = []
    for line in plan.lines:
        before = spent.get((line.unit, line.kode_sub, line.rekening), (None,) * 4)
        shown = {key: _decimal(x) for n, (key, x) in enumerate(zip(SPENT, before, strict=True), start=1) if n < triwulan}
        rows.append(
            {
                "unit": line.unit, "kode_sub": line.kode_sub, "nama_sub": names.get((line.unit, line.kode_sub)),
                "rekening": line.rekening, "uraian": office.accounts.get(line.rekening), "pagu": Decimal(line.jumlah), **shown,
            }
        )  # fmt: skip
    tables = {"realisasi_uang": _rows(rows), "kas": _rows(_cash(sub, plan) for sub in plan.funded)}
    return book_of(for_quarter(REALISASI_UANG, triwulan), {"identitas": _identity(office, unit, plan, triwulan)}, tables)


def _rows(records: Iterable[Values]) -> tuple[Row, ...]:
    return tuple(Row(values=dict(record)) for record in records)


def _decimal(amount: int | None) -> Decimal | None:
    return None if amount is None else Decimal(amount)


def _identity(office: Office, unit: Unit, plan: Plan, triwulan: int) -> Values:
    head = office.official(unit.kode, last_day(office.tahun, triwulan))
    return {
        "kantor": office.nama, "unit": unit.kode, "nama_unit": unit.nama, "tahun": Decimal(office.tahun),
        "triwulan": Decimal(triwulan), "rencana": plan_label(plan), "tanda_rencana": plan_sign(plan) or None,
        "kepala_nama": head.nama if head else None, "kepala_nip": (head.nip or None) if head else None,
        "kepala_jabatan": head.jabatan if head else None, "revisi": Decimal(0),
    }  # fmt: skip


def _indicator(indicator: PlanIndicator, known: RealisedIndicator | None, triwulan: int) -> Values:
    planned: dict[str, object] = {
        key: getattr(indicator, key) or None for key in ("kode", "level", "nama", "tipe", "satuan", "arah", "akumulasi")
    }
    planned |= {key: getattr(indicator, key) or None for key in ("pembilang", "penyebut")}
    planned |= {"batas_bawah": indicator.bawah, "batas_atas": indicator.atas, "target": indicator.target}
    planned |= dict(zip(QUARTERS, indicator.quarters, strict=True))
    for number, quarter in enumerate(known.quarters[: triwulan - 1] if known else (), start=1):
        planned |= _quarter(quarter, number)
    return planned


def _quarter(quarter: Quarter, number: int) -> Values:
    """A figure that counts; a doubtful one stays blank, to be written again."""
    if quarter.lack is not None:
        return {}
    return {
        REALISED[number - 1]: quarter.value,
        NUMERATORS[number - 1]: quarter.numerator,
        DENOMINATORS[number - 1]: quarter.denominator,
    }


def _words(indicator: PlanIndicator, known: RealisedIndicator | None, triwulan: int) -> Values:
    last = known.notes.get(triwulan - 1, {}) if known else {}
    identity = {key: getattr(indicator, key) for key in ("kode", "level", "nama")}
    return {**identity, "tindak_lanjut_lalu": last.get("tindak_lanjut") or None}


def _promises(office: Office, unit: Unit, earlier: Realised | None) -> Iterator[Values]:
    """What the unit promised for this year, or before and is still open, as the register has it. What an earlier triwulan said of
    it is left out: it may be said again, and need not be."""
    told = earlier.promises if earlier else {}
    for one in promises_due(office):
        if fold(one.unit) == fold(unit.kode) and one.reached is None and one.key not in told:
            own = dict(zip(PROMISE_KEYS, (Decimal(one.origin), one.kode, one.outcome), strict=True))
            yield {**own, "target": one.target, "satuan": one.satuan or None, "tahun": Decimal(one.due)}


def _physical(office: Office, sub: PlanSub, earlier: Realised | None, triwulan: int) -> Values:
    before = next((p.quarters for p in earlier.physical if (p.unit, p.kode_sub) == (sub.unit, sub.kode)), ()) if earlier else ()
    shown = dict(zip(PHYSICAL[: triwulan - 1], before, strict=False))
    node = office.programs.get(sub.kode) or programs().get(sub.kode)
    return {"kode_sub": sub.kode, "nama_sub": sub.nama or (node.nama if node else None), **shown}


def _cash(sub: PlanSub, plan: Plan) -> Values:
    months = plan.kas.get((sub.unit, sub.kode), ())
    shown = {key: Decimal(amount) for key, amount in zip(CASH, months, strict=False)}
    return {"unit": sub.unit, "kode_sub": sub.kode, "nama_sub": sub.nama, "pagu": Decimal(sub.anggaran), **shown}


_OWN_FIELDS = ("tanggal_disampaikan", "penyusun", "catatan_unit")


def measuring_name(unit: str, kind: str, triwulan: int) -> str:
    """File name of a measuring workbook; for people, never what decides whose it is."""
    return f"Realisasi-{'keuangan' if kind == MONEY_KIND else name_part(unit)}-TW{triwulan}.xlsx"


# ---- handing out -----------------------------------------------------------------------------------


def write_measuring(folder: Path, triwulan: int, only: str | None = None) -> Iterator[str]:
    """Write formulir/TWn/ for every unit of the locked plan; yields what was done, one Indonesian sentence each.

    Earlier triwulan are filled in from what came back. A form that holds data is left. Raises InputError, OutputError.
    """
    with turn(folder, "realisasi"):
        yield from _write_measuring(Year(folder), triwulan, only)


def _write_measuring(year: Year, triwulan: int, only: str | None) -> Iterator[str]:
    folder, office, plan = year.folder, year.office, year.plan
    earlier = year.returns(triwulan - 1) if triwulan > 1 else None
    wanted = [(kode, kind) for kode, kind in expected(office, plan) if only in (None, kode)]
    if only and not wanted:
        raise InputError(f"Unit {only} tidak mempunyai indikator atau sub kegiatan dalam rencana yang ditetapkan.")
    target, back = (folder / name / folder_of(triwulan) for name in (FORMULIR, MASUK))
    make_folder(back)
    forms = FileSet()
    for kode, kind in wanted:
        unit = office.unit(kode)
        if unit is None:
            raise InputError(f"Unit keuangan {kode} tidak ada pada lembar Unit; perbaiki unit_keuangan di {KANTOR_FILE}.")
        place = target / measuring_name(kode, kind, triwulan)
        yield from _write_form(place, (office, unit, plan), kind, triwulan, earlier, forms)
    forms.end()
    if earlier:
        yield from _what_is_missing(earlier, office)
    yield f"Taruh yang sudah diisi di {back}."


def _write_form(
    target: Path, whose: tuple[Office, Unit, Plan], kind: str, triwulan: int, earlier: Realised | None, forms: FileSet
) -> Iterator[str]:
    office, unit, plan = whose
    if there(target) and holds_figures(target, office, triwulan):
        yield f"Dibiarkan: {target} sudah berisi data."
        return
    prefill = money_realisasi if kind == MONEY_KIND else unit_realisasi
    data = measuring_book(prefill(office, unit, plan, triwulan, earlier), office, unit, plan, triwulan)
    if written := forms.put(target, data):
        yield f"Ditulis: {written.path}"
        if written.sentence:
            yield written.sentence


def measuring_book(content: BookContent, office: Office, unit: Unit, plan: Plan, triwulan: int) -> bytes:
    """The bytes of a unit's measuring workbook with this content."""
    return write_measuring_book(
        content, office_listings(office, unit), measuring_identity(office, unit, content.book),
        subtitle=f"{unit.nama}, {office.nama}, Tahun Anggaran {office.tahun}", triwulan=triwulan,
        paper=office.policy("kertas") or "Folio", indicators=tuple(i for i in plan.promised if i.unit == unit.kode),
        policies=office.policies,
    )  # fmt: skip


def holds_figures(path: Path, office: Office, triwulan: int) -> bool:
    """Whether somebody wrote anything of this triwulan into a form; a file that can't be read counts as filled."""
    data, trouble = read_listed(path)
    book = read_workbook(data, path.name, MEASURING, office_listings(office)) if not trouble else None
    if book is None or book.content is None:
        return True
    return is_measured(book.content, triwulan) or bool(book.reading.reported)


def is_measured(content: BookContent, triwulan: int) -> bool:
    """Whether a form of this triwulan says more than what it was handed out with."""
    form = content.form("identitas")
    if form and (any(form.get(key) is not None for key in _OWN_FIELDS) or form.get("revisi") not in (None, 0)):
        return True
    keys = {key for table in COUNTED_TABLES if table != WORDS for key in quarter_keys(table, triwulan)}
    asked = {*keys, *NOTES, "keterangan"}
    tables = [row for sheet in content.sheets for rows in sheet.tables.values() for row in rows]
    return any(row.get(key) is not None for row in tables for key in asked)


def _what_is_missing(earlier: Realised, office: Office) -> Iterator[str]:
    for kode, quarters in earlier.missing.items():
        unit = office.unit(kode)
        names = ", ".join(folder_of(number) for number in quarters)
        yield f"Belum terisi dari triwulan lalu: {unit.nama if unit else kode} ({names} belum ada atau belum dihitung)."
