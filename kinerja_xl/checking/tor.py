"""Rules of the TOR: dates, costs, and its agreement with RAB and Indikator (the guideline's central rule)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kinerja_xl.checking.rules import Case, gap, money, rule
from kinerja_xl.checking.trust import AMOUNTS, Amounts, rab_amounts, shown_number, trusted
from kinerja_xl.findings import Finding
from kinerja_xl.sheets.content import Row, SheetContent
from kinerja_xl.sheets.tor import COSTS, MONTHS
from kinerja_xl.sheets.values import fold, format_date, format_number, format_rupiah


@rule("K601", "K602", "K603", "K604")
def tor_and_rab(case: Case) -> Iterator[Finding]:
    """Each sub kegiatan has one TOR and one RAB, and they state the same cost per jenis belanja (III.C.2, IV.A.2.VI)."""
    if not case.has("tor") or not case.has("rab", "kode_sub"):
        return
    rab = rab_amounts(case)
    proposed = {row.get("kode_sub"): row for row in reversed(case.submission.rab)}
    tors: dict[str, Row] = {}
    nameless = False  # a TOR whose code cannot be relied on may be that of any sub kegiatan
    for tor in case.submission.tors:
        code = tor.get("kode_sub")
        if not isinstance(code, str) or (code not in proposed and not trusted(case, tor, "kode_sub")):
            nameless = True
            continue
        if code in tors:
            yield case.at("K604", "tor", tor, "kode_sub", code, kode_sub=code, rincian=tors[code].sheet)
            continue
        tors[code] = tor
        if code in proposed:
            yield from _costs(case, tor, code, rab)
        elif not rab.stray:
            yield case.at("K603", "tor", tor, "kode_sub", code, kode_sub=code)
    for code, row in reversed(proposed.items()):
        if isinstance(code, str) and code not in tors and not nameless and trusted(case, row, "kode_sub"):
            total = format_rupiah(sum(rab.by_sub.get(code, {}).values(), Decimal(0)))
            yield case.at("K602", "rab", row, "kode_sub", code, kode_sub=code, rincian=total)


def _costs(case: Case, tor: Row, code: str, amounts: Amounts) -> Iterator[Finding]:
    """Per jenis belanja; rows of the RAB that already have a catatan on their amounts are not blamed on the TOR."""
    if not case.has("rab", *AMOUNTS) or not amounts.comparable(code):
        return
    rab = amounts.by_sub.get(code, {})
    for jenis, key in COSTS.items():
        stated, expected = money(tor.get(key)), rab.get(jenis, Decimal(0))  # type: ignore[arg-type]
        if stated != expected and not case.reported(tor, key):
            yield case.at(
                "K601",
                "tor",
                tor,
                key,
                format_rupiah(stated),
                kode_sub=code,
                rincian=format_rupiah(expected),
                selisih=gap(stated, expected),
            )


@rule("K607")
def tor_total(case: Case) -> Iterator[Finding]:
    """The total of section VI is the sum of its three amounts."""
    for tor in case.submission.tors:
        shown, ours = shown_number(tor, "biaya_total"), tor.get("biaya_total")
        if shown is not None and isinstance(ours, Decimal) and shown != ours and not case.reported(tor, *COSTS.values()):
            yield case.at("K607", "tor", tor, "biaya_total", format_rupiah(shown), rincian=format_rupiah(ours))


@rule("K605")
def output_equals_indikator(case: Case) -> Iterator[Finding]:
    """The TOR's output is an output of that sub kegiatan on the Indikator sheet: name, target and unit (IV.A.2.VII.2)."""
    if not case.has("indikator", "kode", "level", "nama", "target", "satuan"):
        return
    outputs: dict[str, list[Row]] = {}
    for row in case.submission.indikator:
        if row.get("level") == "Output" and isinstance(code := row.get("kode"), str):
            outputs.setdefault(code, []).append(row)
    for tor in case.submission.tors:
        code, output = tor.get("kode_sub"), tor.get("output")
        found = outputs.get(str(code), [])
        if not output or not found or case.reported(tor, "output", "output_target", "output_satuan"):
            continue
        if any(case.reported(row, "nama", "target", "satuan") for row in found):
            continue
        wanted = _output(tor, "output", "output_target", "output_satuan")
        if wanted not in [_output(row, "nama", "target", "satuan") for row in found]:
            there = "; ".join(_describe(row, "nama", "target", "satuan") for row in found)
            here = _describe(tor, "output", "output_target", "output_satuan")
            yield case.at("K605", "tor", tor, "output", here, kode_sub=str(code), rincian=there)


def _output(row: Row, *keys: str) -> tuple[object, ...]:
    return tuple(value if isinstance(value := row.get(key), Decimal) else fold(str(value or "")) for key in keys)


def _describe(row: Row, name: str, target: str, unit: str) -> str:
    value = row.get(target)
    number = format_number(value) if isinstance(value, Decimal) else str(value or "")
    return f"{row.get(name)} {number} {row.get(unit) or ''}".strip()


@rule("K606", "K608")
def schedule(case: Case) -> Iterator[Finding]:
    """The work begins before it ends, lies inside the budget year, and the jadwal inside both (IV.A.2.IV)."""
    content = case.submission.content
    if content is None:
        return
    for sheet in content.all("tor"):
        tor = sheet.forms.get("tor")
        if tor is None:
            continue
        start, end = tor.get("tanggal_mulai"), tor.get("tanggal_selesai")
        if not isinstance(start, date) or not isinstance(end, date):
            continue
        problem = _dates(case, start, end)
        if problem:
            key, words = problem
            yield case.at("K606", "tor", tor, key, format_date(tor.get(key)), rincian=words)  # type: ignore[arg-type]
        else:
            yield from _months(case, sheet, start, end)


def _dates(case: Case, start: date, end: date) -> tuple[str, str] | None:
    if end < start:
        return "tanggal_selesai", f"selesai {format_date(end)} mendahului mulai {format_date(start)}"
    year = case.office.tahun if case.office else start.year
    for key, day in (("tanggal_mulai", start), ("tanggal_selesai", end)):
        if day.year != year:
            return key, f"{format_date(day)} di luar tahun anggaran {year}"
    return None


def _months(case: Case, sheet: SheetContent, start: date, end: date) -> Iterator[Finding]:
    for row in sheet.tables.get("jadwal", ()):
        for number, key in enumerate(MONTHS, start=1):
            if row.get(key) is not None and not start.month <= number <= end.month:
                period = f"{format_date(start)} sampai {format_date(end)}"
                yield case.at("K608", "jadwal", row, key, case.column("jadwal", key).label, rincian=period)
