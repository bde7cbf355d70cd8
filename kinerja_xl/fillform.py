"""``isi``: read our rows from a recap, a capaian workbook or a locked plan, fill somebody's form with them, write the result beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from kinerja_xl.filling.form import Filled, fill_form
from kinerja_xl.filling.from_plan import BOOK_KEY as PLAN_KEY
from kinerja_xl.filling.from_plan import plan_supplies
from kinerja_xl.filling.from_recap import read_supplies
from kinerja_xl.filling.measured import read_measured
from kinerja_xl.filling.supply import MEASURED, PK, Supply
from kinerja_xl.findings import Finding
from kinerja_xl.folder import ARSIP, KANTOR_FILE, InputError, read_bytes
from kinerja_xl.office import Office
from kinerja_xl.plans import current_plan, read_plan
from kinerja_xl.reading.gate import inspect
from kinerja_xl.reading.workbook import identity_of
from kinerja_xl.sheets.capaian import BOOK_KEY as CAPAIAN_KEY
from kinerja_xl.sheets.model import Record
from kinerja_xl.sheets.terbilang import terbilang_rupiah
from kinerja_xl.workflow import read_office
from kinerja_xl.writing.output import Written, write_whole

_SHARED = (("program", "kode_program", "nama_program"), ("kegiatan", "kode_kegiatan", "nama_kegiatan"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Isi:
    """What ``isi`` did."""

    filled: Filled
    written: Written


def fill(form: Path, source: Path, target: Path, kind: str = "", sheet: str = "", unit: str = "", code: str = "") -> Isi:
    """Fill a form with the rows of a recap, a capaian workbook or a locked plan and write the result; the form is only read.

    ``kind`` "": whichever of our kinds of rows the form's headings ask for. ``unit`` and ``code`` pick rows of one unit, or of
    one program, kegiatan or sub kegiatan. Names and NIP come from the Kantor.xlsx beside the source or one folder above.
    Raises InputError, OutputError.
    """
    if target.exists() and any(target.resolve() == path.resolve() for path in (form, source) if path.exists()):
        raise InputError("Berkas hasil sama dengan formulir atau sumbernya; keduanya tidak ditimpa. Pilih nama lain dengan -o.")
    if form.suffix.lower() in (".xlsm", ".xlsx") and target.suffix.lower() != form.suffix.lower():
        raise InputError(f"Nama hasil harus berakhiran {form.suffix.lower()} seperti formulirnya.")
    data, trouble = read_bytes(form)
    ours, missing = read_bytes(source)
    if trouble or missing:
        raise InputError("Berkas tidak dapat dibuka.", tuple(f for f in (trouble, missing) if f))
    office = _office(source)
    supplies, said = _supplies(ours, source, kind)
    ready = [_with_facts(supply.only(unit, code), office, unit) for supply in supplies]
    filled = _both(data, form.name, ready, sheet) if kind == PK else fill_form(data, form.name, ready, sheet)
    filled = replace(filled, findings=(*said, *filled.findings))
    return Isi(filled=filled, written=write_whole(target, filled.data))


def _both(data: bytes, file: str, supplies: Sequence[Supply], sheet: str) -> Filled:
    """The two tables of a lampiran one after the other; a form may have only one of them."""
    done: list[Filled] = []
    refused: list[InputError] = []
    for supply in supplies:
        try:
            done.append(fill_form(done[-1].data if done else data, file, [supply], sheet))
        except InputError as error:
            refused.append(error)
    if not done or any(f.code != "W101" for error in refused for f in error.findings):
        raise refused[0]
    said = dict.fromkeys(finding for one in done for finding in one.findings if finding.code not in _ONCE)
    return replace(
        done[-1], rows=sum(one.rows for one in done), fields=done[0].fields, findings=tuple(said),
        total=next((one.total for one in done if one.total is not None), None),
    )  # fmt: skip


_ONCE = ("W202",)
"""Said of one table, and untrue of the form as a whole."""


def _supplies(data: bytes, source: Path, kind: str) -> tuple[list[Supply], tuple[Finding, ...]]:
    """What the source holds, by its own mark: a locked plan, a capaian workbook, else a recap."""
    passed = inspect(data, source.name)
    identity = None if isinstance(passed, Finding) else identity_of(passed.package)
    book = identity.book if identity else ""
    if book == PLAN_KEY:
        return _locked(data, source, kind)
    if book == CAPAIAN_KEY or kind == MEASURED:
        if kind not in ("", MEASURED):
            raise InputError(f"{source.name} adalah buku capaian dan tidak memuat {kind}; pakai --sebagai {MEASURED}.")
        return read_measured(data, source.name), ()
    return read_supplies(data, source.name, kind), ()


def _locked(data: bytes, source: Path, kind: str) -> tuple[list[Supply], tuple[Finding, ...]]:
    """The rows of a locked plan; said when a later one is in force. Raises InputError when it can't be read in full."""
    plan, said = read_plan(data, source.name)
    if plan is None:
        raise InputError(f"{source.name} tidak dapat dibaca sebagai rencana yang dikunci.", said)
    latest = None
    if source.parent.name == ARSIP:
        latest = current_plan(source.parent.parent, plan.tahun)[0]
    if latest is not None and latest.plan.urutan > plan.urutan:
        said = (*said, Finding(code="W215", file=source.name, args={"baru": latest.path.name}))
    return plan_supplies(plan, source.name, kind), said


def _office(source: Path) -> Office | None:
    for folder in (source.parent, source.parent.parent):
        if (folder / KANTOR_FILE).exists():
            return read_office(folder / KANTOR_FILE).office
    return None


def _with_facts(supply: Supply, office: Office | None, unit: str) -> Supply:
    """The single facts: of the office, of whoever answers for the rows, and what all rows have in common."""
    facts = dict(supply.facts) | _common(supply)
    if supply.amount and supply.rows:
        facts |= {"total": supply.total, "terbilang": terbilang_rupiah(int(supply.total))}
    if office is not None:
        facts |= {"kantor": office.nama, "pemda": office.pemda, "alamat": office.alamat, "tahun": Decimal(office.tahun)}
        own = office.unit(unit) if unit else None
        head = office.official(own.kode if own else "camat")
        facts["nama_unit"] = own.nama if own else ""
        supply = replace(supply, rows=tuple(_unit_named(row, office) for row in supply.rows))
        if head is not None:
            facts |= {"nama_pejabat": head.nama, "nip": head.nip, "jabatan": head.jabatan, "pangkat": head.pangkat}
    return replace(supply, facts={key: value for key, value in facts.items() if value not in (None, "")})


def _unit_named(row: Record, office: Office) -> Record:
    """Units by their names: their codes mean nothing outside of the office."""
    codes = [part.strip() for part in str(row.get("unit") or "").split(",")]
    units = [office.unit(code) for code in codes]
    return {**row, "unit": ", ".join(unit.nama for unit in units if unit)} if codes[0] and all(units) else row


def _common(supply: Supply) -> dict[str, object]:
    """Program, kegiatan and sub kegiatan where all rows belong to one."""
    found: dict[str, object] = {}
    for key, code, name in (*_SHARED, ("sub_kegiatan", supply.tree, "nama_sub")):
        pairs = {(row.get(code), row.get(name)) for row in supply.rows}
        if len(pairs) == 1 and all(pair := pairs.pop()):
            found[key] = f"{pair[0]} {pair[1]}"
    return found
