"""Rules of Kantor.xlsx: codes that point somewhere, dates in order, one official per post at a time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from kinerja_xl.checking.rab import duplicates, shown_totals
from kinerja_xl.checking.rules import Case
from kinerja_xl.findings import Finding, catalogue
from kinerja_xl.office import Office, staff_unit
from kinerja_xl.office_build import duties
from kinerja_xl.sheets.choices import EDITABLE
from kinerja_xl.sheets.content import BookContent, Row
from kinerja_xl.sheets.kantor import POLICIES
from kinerja_xl.sheets.values import fold, format_date, suggest

CHAIN = ("bupati", "camat", "sekcam")


def check_kantor(case: Case, office: Office) -> Iterator[Finding]:
    """Every finding of the office's own workbook beside the declared checks. ``case`` holds Kantor.xlsx as it was read."""
    content = case.submission.content
    if content is None:
        return
    yield from duplicates(case)
    yield from shown_totals(case)
    for finding in (
        *_unit_codes(content, office), *_duties(content), *_deadlines(content, office), *_pagu_codes(content, office),
        *_lists_and_policies(content), *_officials(case, content, office),
    ):  # fmt: skip
        if not finding.cell or (finding.sheet, finding.cell) not in case.submission.reported:
            yield finding.at(file=case.submission.file)


def _at(content: BookContent, code: str, table: str, row: Row, key: str, value: str = "", **args: str) -> Finding:
    column = next(c for c in content.book.block(table).columns if c.key == key)
    text = value or str(row.get(key) or "")
    return Finding(code=code, sheet=row.sheet, cell=row.cell(key), column=column.label, value=text, args=args)


def _unit_codes(content: BookContent, office: Office) -> Iterator[Finding]:
    """Unit codes in other sheets stand on the sheet Unit; chiefs' codes are known posts."""
    known = [unit.kode for unit in office.units]
    for table, key, allowed in (
        ("pagu", "unit", known),
        ("penerimaan", "unit", known),
        ("penerimaan_tw", "unit", known),
        ("unit", "atasan", list(CHAIN)),
        ("pk_pimpinan", "jabatan_kode", list(CHAIN)),
        ("pejabat", "jabatan_kode", [*CHAIN, *known]),
    ):
        folded = {fold(a) for a in allowed}
        for row in content.rows(table):
            value = row.get(key)
            if key == "jabatan_kode" and staff_unit(office.units, str(value or "")):
                continue  # somebody who works under the head of a unit
            if isinstance(value, str) and fold(value) not in folded:
                near = suggest(value, allowed)
                yield _at(content, "G101", table, row, key, usul=f"; mungkin {near[0]}" if near else "")


def _duties(content: BookContent) -> Iterator[Finding]:
    for row in content.rows("unit"):
        unknown = duties(str(row.get("tugas") or ""))[1]
        if unknown:
            yield _at(content, "G107", "unit", row, "tugas", ", ".join(unknown))


def _deadlines(content: BookContent, office: Office) -> Iterator[Finding]:
    form = content.form("kantor")
    if form and office.batas_usulan and office.batas_perbaikan and office.batas_perbaikan < office.batas_usulan:
        yield _at(
            content,
            "G103",
            "kantor",
            form,
            "batas_perbaikan",
            format_date(office.batas_perbaikan),
            rincian=format_date(office.batas_usulan),
        )


def _pagu_codes(content: BookContent, office: Office) -> Iterator[Finding]:
    for row in content.rows("pagu"):
        code = row.get("kode_sub")
        if isinstance(code, str) and code not in office.programs:
            near = suggest(code, list(office.programs))
            yield _at(content, "G104", "pagu", row, "kode_sub", usul=f"; mungkin {near[0]}" if near else "")


def _lists_and_policies(content: BookContent) -> Iterator[Finding]:
    for code, table, key, known in (
        ("G105", "daftar_kantor", "daftar", list(EDITABLE)),
        ("G106", "kebijakan", "kunci", [p.key for p in POLICIES]),
        ("G109", "tingkat_catatan", "kode", [code.casefold() for code in catalogue()]),
    ):
        for row in content.rows(table):
            value = row.get(key)
            if isinstance(value, str) and value.casefold() not in known:
                yield _at(content, code, table, row, key, rincian=", ".join(known[:12]))


def _officials(case: Case, content: BookContent, office: Office) -> Iterator[Finding]:
    """Every post is held by somebody on the office's day, and by one person at a time."""
    rows = [row for row in content.rows("pejabat") if row.get("nama")]  # as build_office takes them
    posts = {fold(code) for code in (*CHAIN, *(unit.kode for unit in office.units))}
    unclear = any(case.reported(row, "jabatan_kode", "mulai", "sampai") for row in rows)
    if not unclear and all(fold(o.jabatan_kode) in posts or staff_unit(office.units, o.jabatan_kode) for o in office.officials):
        for kode in (*CHAIN[1:], *(unit.kode for unit in office.units)):
            if office.official(kode) is None:
                yield Finding(code="G102", sheet=content.book.sheet("s_pejabat").name, value=kode)
    for (_, one), (b, two) in combinations(zip(rows, office.officials, strict=True), 2):
        if unclear or not one.jabatan_kode or one.jabatan_kode != two.jabatan_kode:
            continue
        begins = max((d for d in (one.mulai, two.mulai) if d), default=None)
        if begins is None or (one.in_office(begins) and two.in_office(begins)):
            yield _at(content, "G108", "pejabat", b, "nama", one.jabatan_kode, rincian=f"{one.nama} dan {two.nama}")
