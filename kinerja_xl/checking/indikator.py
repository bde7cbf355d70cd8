"""Rules of the Indikator sheet: outputs and outcomes present, targets that fit their type, quarters that add up."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from kinerja_xl.checking.rules import Case, rule
from kinerja_xl.checking.trust import trusted
from kinerja_xl.findings import Finding
from kinerja_xl.lists.codes import parents
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.indikator import QUARTERS
from kinerja_xl.sheets.values import format_number, round_half_up

TARGETS = ("target", *QUARTERS)
FIGURES = ("baseline", *TARGETS)


@rule("I701", "I702")
def outputs_and_outcomes(case: Case) -> Iterator[Finding]:
    """Every sub kegiatan of the RAB has an output, every program an outcome (V.D)."""
    if not case.has("indikator", "kode", "level") or not case.has("rab", "kode_sub"):
        return
    rows = case.submission.indikator
    # A row whose code or level cannot be relied on may be the one that is missed.
    nameless = any(not trusted(case, row, "kode", sub=False) or case.reported(row, "level") for row in rows)
    outputs = {row.get("kode") for row in rows if row.get("level") == "Output"}
    subs = dict.fromkeys(str(row.get("kode_sub")) for row in case.submission.rab if trusted(case, row, "kode_sub"))
    if nameless:
        return
    sheet = rows[0].sheet if rows else case.submission.content.book.sheet("indikator").name  # type: ignore[union-attr]
    for code in subs:
        if code not in outputs:
            yield case.here("I701", sheet, value=code, kode_sub=code)
    for program in without_outcome(case):
        yield case.here("I702", sheet, value=program, kode_sub=program)


def without_outcome(case: Case) -> list[str]:
    """Programs of the RAB that no outcome stands for."""
    subs = (str(row.get("kode_sub")) for row in case.submission.rab if trusted(case, row, "kode_sub"))
    outcomes = [str(row.get("kode")) for row in case.submission.indikator if row.get("level") == "Outcome"]
    wanted = dict.fromkeys(parents(code)[0] for code in subs)
    return [p for p in wanted if not any(code == p or code.startswith(p + ".") for code in outcomes)]


@rule("I703")
def quarters(case: Case) -> Iterator[Finding]:
    """Targets of the quarters make the target of the year by the stated way of adding up."""
    if not case.has("indikator", *QUARTERS):
        return
    for row in case.submission.indikator:
        target, how = row.get("target"), row.get("akumulasi")
        filled = [x for key in QUARTERS if isinstance(x := row.get(key), Decimal)]
        if not isinstance(target, Decimal) or not filled or case.reported(row, *TARGETS, "akumulasi"):
            continue
        if len(filled) < sum(row.get(key) is not None for key in QUARTERS):
            continue  # a quarter that is no number has its own catatan
        made = {
            "Jumlah": sum(filled, Decimal(0)),
            "Rata-rata": sum(filled, Decimal(0)) / len(filled),
            "Nilai terakhir": filled[-1],
        }.get(str(how))
        if made is not None and abs(made - target) > _tolerance(case):
            shown = format_number(round_half_up(made, 4))
            yield case.at("I703", "indikator", row, "target", format_number(target), cara=str(how), rincian=shown)


def _tolerance(case: Case) -> Decimal:
    text = (case.office.policy("toleransi_tw") if case.office else "").replace(",", ".")
    try:
        return Decimal(text or "0")
    except ArithmeticError:
        return Decimal(0)


@rule("I704", "I705", "I706")
def type_and_target(case: Case) -> Iterator[Finding]:
    """The target fits the type: a scale member, a percentage of 0 to 100, numerator and denominator, a range (V.B.2)."""
    for row in case.submission.indikator:
        kind = row.get("tipe")
        if case.reported(row, "tipe"):
            continue
        yield from _targets(case, row, str(kind))
        if kind in ("Persentase", "Rasio"):
            for key in ("pembilang", "penyebut"):
                if row.get(key) is None and row.cell(key):
                    yield case.at("I705", "indikator", row, key, tipe=str(kind))
        if row.get("arah") == "Rentang":
            yield from _range(case, row)


def _targets(case: Case, row: Row, kind: str) -> Iterator[Finding]:
    scale = case.lists.values("skala")
    for key in FIGURES:
        value = row.get(key)
        if value is None or case.reported(row, key):
            continue
        problem = ""
        if kind == "Kualitatif" and value not in scale:
            problem = "harus anggota skala: " + ", ".join(scale)
        elif kind != "Kualitatif" and not isinstance(value, Decimal):
            problem = "harus berupa angka"
        elif kind == "Persentase" and key in TARGETS and isinstance(value, Decimal) and not 0 <= value <= 100:
            problem = "persentase antara 0 dan 100"
        if problem:
            text = format_number(value) if isinstance(value, Decimal) else str(value)
            yield case.at("I704", "indikator", row, key, text, tipe=kind, rincian=problem)


def _range(case: Case, row: Row) -> Iterator[Finding]:
    if not case.has("indikator", "batas_bawah", "batas_atas"):
        return
    low, high = row.get("batas_bawah"), row.get("batas_atas")
    if not isinstance(low, Decimal) or not isinstance(high, Decimal):
        key = "batas_atas" if isinstance(low, Decimal) else "batas_bawah"
        if not case.reported(row, key):
            yield case.at("I706", "indikator", row, key, rincian="batasnya belum lengkap")
    elif low > high:
        yield case.at(
            "I706",
            "indikator",
            row,
            "batas_bawah",
            format_number(low),
            rincian=f"batas bawah {format_number(low)} melebihi batas atas {format_number(high)}",
        )
