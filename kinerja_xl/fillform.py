"""``isi``: read our rows from a recap, fill somebody's form with them, write the result beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from kinerja_xl.filling.form import Filled, fill_form
from kinerja_xl.filling.measured import is_measured, read_measured
from kinerja_xl.filling.supply import KINDS, MEASURED, Supply, read_supply
from kinerja_xl.folder import KANTOR_FILE, InputError, read_bytes
from kinerja_xl.office import Office
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
    """Fill a form with the rows of a recap or a capaian workbook and write the result; the form is only read.

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
    supplies = [_with_facts(supply.only(unit, code), office, unit) for supply in _supplies(ours, source.name, kind)]
    filled = fill_form(data, form.name, supplies, sheet)
    return Isi(filled=filled, written=write_whole(target, filled.data))


def _supplies(data: bytes, file: str, kind: str) -> list[Supply]:
    """Of a capaian workbook its sheets of results; of a recap the kinds that were asked for."""
    if kind == MEASURED or (not kind and is_measured(data, file)):
        return read_measured(data, file)
    return [read_supply(data, file, one) for one in ([kind] if kind else KINDS)]


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
        if head is not None:
            facts |= {"nama_pejabat": head.nama, "nip": head.nip, "jabatan": head.jabatan, "pangkat": head.pangkat}
    return replace(supply, facts={key: value for key, value in facts.items() if value not in (None, "")})


def _common(supply: Supply) -> dict[str, object]:
    """Program, kegiatan and sub kegiatan where all rows belong to one."""
    found: dict[str, object] = {}
    for key, code, name in (*_SHARED, ("sub_kegiatan", supply.tree, "nama_sub")):
        pairs = {(row.get(code), row.get(name)) for row in supply.rows}
        if len(pairs) == 1 and all(pair := pairs.pop()):
            found[key] = f"{pair[0]} {pair[1]}"
    return found
