"""Rules of the Indikator sheet: outputs and outcomes present, targets that fit their type, quarters that add up."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.checking.rules import (
    Case,
    explained,
    known_programs,
    proposed_subs,
    rule,
    sub_kegiatan,
    trusted,
    within_duties,
)
from kinerja_xl.checking.said import placeholder
from kinerja_xl.lists import parents, programs
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.indikator import QUARTERS
from kinerja_xl.sheets.values import fold, format_number, round_half_up
from kinerja_xl.words.match import kata
from kinerja_xl.words.text import has_words

TARGETS = ("target", *QUARTERS)
FIGURES = ("baseline", *TARGETS)


@rule("I701", "I702", settles=True)
def outputs_and_outcomes(case: Case) -> Iterator[Finding]:
    """Every sub kegiatan of the RAB has an output, every program an outcome (V.D)."""
    if not case.has("indikator", "kode", "level") or not case.has("rab", "kode_sub"):
        return
    rows = case.submission.indikator
    if any(_may_be_the_missed_one(case, row) for row in rows):
        return
    subs = sub_kegiatan(case)
    sheet = rows[0].sheet if rows else case.submission.content.book.sheet("indikator").name  # type: ignore[union-attr]
    strays = [row for row in rows if row.get("level") == "Output" and row.get("kode") in subs.lone_outputs]
    for code in proposed_subs(case):
        if code in subs.output:
            continue
        if strays:  # an output of what nobody proposes is most likely this one's
            row = strays.pop(0)
            usul = f", sedangkan baris ini menyebut {row.get('kode')} yang tidak ada pada RAB maupun TOR"
            yield case.at("I701", "indikator", row, "kode", code, kode_sub=code, usul=usul)
        elif lone := [row for row in rows if row.get("kode") == code]:  # what it has is of another level
            yield case.at("I701", "indikator", lone[0], "level", code, kode_sub=code, usul=f"; levelnya {lone[0].text('level')}")
        else:
            yield case.here("I701", sheet, value=code, kode_sub=code, usul="")
    for program in without_outcome(case):
        yield case.here("I702", sheet, value=program, kode_sub=program)


def _may_be_the_missed_one(case: Case, row: Row) -> bool:
    """Whether the code or level of a row cannot be relied on."""
    code = row.get("kode")
    unclear = not trusted(case, row, "kode", sub=False) or case.reported(row, "level")
    return unclear or isinstance(code, str) and not within_duties(case, code)


def without_outcome(case: Case) -> list[str]:
    """Programs of the RAB that no outcome stands for."""
    outcomes = [str(row.get("kode")) for row in case.submission.indikator if row.get("level") == "Outcome"]
    wanted = dict.fromkeys(parents(code)[0] for code in proposed_subs(case))
    return [p for p in wanted if not any(code == p or code.startswith(p + ".") for code in outcomes)]


@rule("I704", "I705", "I706", locked=True, settles=True)
def type_and_target(case: Case) -> Iterator[Finding]:
    """The target fits the type: a scale member, a percentage of 0 to 100, numerator and denominator, a range (V.B.2)."""
    for row in case.submission.indikator:
        kind = row.get("tipe")
        if case.reported(row, "tipe"):
            continue
        yield from _targets(case, row, str(kind))
        if kind in ("Persentase", "Rasio", "Rata-rata"):
            for key in ("pembilang", "penyebut"):
                said = row.text(key)
                if row.cell(key) and not case.reported(row, key) and placeholder(said, case.column("indikator", key)):
                    yield case.at("I705", "indikator", row, key, said, tipe=str(kind))
        if row.get("arah") == "Rentang":
            yield from _range(case, row)


def _targets(case: Case, row: Row, kind: str) -> Iterator[Finding]:
    scale = case.lists.values("skala")
    filled = [row.get(key) for key in FIGURES if row.get(key) is not None]
    figures = [value for value in filled if isinstance(value, Decimal)]
    if kind == "Kualitatif" and len(figures) > 1 and len(figures) == len(filled):
        words = "semua isinya angka, sedangkan tipe ini memakai skala: " + ", ".join(scale)
        shown = {"kolom": case.column("indikator", "target").label, "nilai": format_number(figures[-1])}
        yield case.at("I704", "indikator", row, "tipe", kind, tipe=kind, rincian=words, **shown)  # the type is the slip
        return
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
            "I706", "indikator", row, "batas_bawah", format_number(low),
            rincian=f"batas bawah {format_number(low)} melebihi batas atas {format_number(high)}",
        )  # fmt: skip


@rule("I703", locked=True, settles=True)
def quarters(case: Case) -> Iterator[Finding]:
    """Targets of the quarters make the target of the year by the stated way of adding up."""
    if not case.has("indikator", *QUARTERS):
        return
    for row in case.submission.indikator:
        target, how = row.get("target"), row.get("akumulasi")
        words = [x for key in QUARTERS if isinstance(x := row.get(key), str)]
        if isinstance(target, str) and words and row.get("tipe") == "Kualitatif" and not case.reported(row, *TARGETS):
            if words[-1] != target and {target, *words} <= set(case.lists.values("skala")):
                yield case.at("I703", "indikator", row, "target", target, cara="Nilai terakhir", rincian=words[-1])
            continue
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
        if made is not None and abs(made - target) > case.policy("toleransi_tw"):
            shown = format_number(round_half_up(made, 4))
            yield case.at("I703", "indikator", row, _slip(row, target), format_number(target), cara=str(how), rincian=shown)


def _slip(row: Row, target: Decimal) -> str:
    """Where the slip is plain of itself: a quarter below 0, the only broken one, a hundredth of a percentage; else the year's."""
    aims = {key: aim for key in QUARTERS if isinstance(aim := row.get(key), Decimal)}
    broken = [key for key, aim in aims.items() if aim != aim.to_integral_value()]
    alone = broken if len(broken) == 1 and row.get("tipe") == "Kuantitas absolut" and target == target.to_integral_value() else []
    share = [key for key, aim in aims.items() if row.get("tipe") == "Persentase" and 0 < aim <= 1 < target]
    return next((key for key in (*(k for k, aim in aims.items() if aim < 0 < target), *alone, *share)), "target")


# ---- Rules of good indicators: a unit that fits the name, SMART filled honestly ----

SMART = ("smart_spesifik", "smart_dicapai", "smart_realistis")
FEWEST_WORDS = 3
COPIED = 3
"""From how many rows on the same SMART reason is a copy: two related indicators may share one."""

# Nouns that are themselves units. "Unit kerja", "unit usaha" are things of their own.
_COUNTED = re.compile(
    r"jumlah\s+(paket|unit(?!\s+(?:kerja|usaha|layanan|organisasi|pelaksana))|dokumen|laporan|orang)\b", re.IGNORECASE
)
_PERCENT = kata("persentase")
_PEOPLE = "orang"
_MARKS = "indikator"
"""The group of units of what is no count: percent, a mark, an index."""


@rule("I707", settles=True)
def unit_fits_name(case: Case) -> Iterator[Finding]:
    """An indicator "Jumlah Paket …" is counted in Paket, unless the official list itself says otherwise."""
    for row in case.submission.indikator:
        name, satuan = row.get("nama"), row.get("satuan")
        if not isinstance(name, str) or not isinstance(satuan, str) or case.reported(row, "nama", "satuan"):
            continue
        match = _COUNTED.match(name.strip())
        unit = case.lists.measures.find(satuan)
        if match is None or unit is None or fold(unit.kanonik) in fold(name):
            continue
        wanted = match[1].capitalize()
        fits = wanted in unit.komponen or unit.kanonik == wanted or (fold(wanted) == _PEOPLE and unit.kelompok == _PEOPLE)
        if not fits and not _official(case, row, name, satuan):
            yield case.at("I707", "indikator", row, "satuan", satuan, rincian=wanted, nama=name)


def _official(case: Case, row: Row, name: str, satuan: str) -> bool:
    """Whether the office's or the national list gives this indicator with this unit."""
    code = str(row.get("kode"))
    nodes = (known_programs(case).get(code), programs().get(code))
    return any(n is not None and fold(n.indikator) == fold(name) and case.lists.measures.same(n.satuan, satuan) for n in nodes)


@rule("I708", settles=True)
def percentage_unit(case: Case) -> Iterator[Finding]:
    """A percentage is measured in percent, never in rupiah and never in what is counted."""
    for row in case.submission.indikator:
        name, satuan = row.get("nama"), row.get("satuan")
        if not isinstance(name, str) or not isinstance(satuan, str) or case.reported(row, "nama", "satuan", "tipe"):
            continue
        same = case.lists.measures.same
        money = same(satuan, "Rupiah") or fold(satuan).startswith(("rp", "rupiah"))
        unit = case.lists.measures.find(satuan)
        counted = unit is not None and unit.kelompok != _MARKS
        if ((money or counted) and row.get("tipe") == "Persentase") or (_PERCENT(name.strip()) and not same(satuan, "%")):
            yield case.at("I708", "indikator", row, "satuan", satuan, nama=name)


@rule("I716", locked=True, settles=True)
def scale_of_percent(case: Case) -> Iterator[Finding]:
    """A percentage is written in percent points: 85. A cell formatted as percent holds 0,85, and both look alike."""
    for row in case.submission.indikator:
        if row.get("tipe") != "Persentase" or case.reported(row, "tipe"):
            continue
        small = {
            key: value
            for key in FIGURES
            if isinstance(value := row.get(key), Decimal) and 0 < value <= 1 and not case.reported(row, key)
        }
        if small:
            key, value = next(iter(small.items()))
            named = ", ".join(f"{case.column('indikator', k).label} {format_number(v)}" for k, v in small.items())
            meant = format_number(value * 100)
            words = {"rincian": named, "maksud": meant, "sel_sel": " ".join(row.cell(k) for k in small)}
            yield explained(case.at("I716", "indikator", row, key, format_number(value), **words), row)


@rule("I709", "I710")
def honest_smart(case: Case) -> Iterator[Finding]:
    """SMART has a reason of its own per indicator, in words, and no Tidak (V.B.5)."""
    reasons: dict[str, list[Row]] = defaultdict(list)
    for row in case.submission.indikator:
        if isinstance(text := row.get("smart_alasan"), str) and not case.reported(row, "smart_alasan"):
            reasons[fold(text)].append(row)
    copied = {reason: rows for reason, rows in reasons.items() if len(rows) >= COPIED}
    if copied:
        rows = max(copied.values(), key=len)
        numbers = ", ".join(str(row.row) for row in rows)
        text = str(rows[0].get("smart_alasan"))
        yield case.at("I709", "indikator", rows[1], "smart_alasan", text, banyak=str(len(rows)), rincian=numbers)
    for row in case.submission.indikator:
        text = str(row.get("smart_alasan") or "")
        short = bool(text) and not has_words(text, FEWEST_WORDS)
        if short and fold(text) not in copied and not case.reported(row, "smart_alasan"):
            yield case.at("I710", "indikator", row, "smart_alasan", text, rincian="alasannya terlalu singkat")
        no = [key for key in SMART if row.get(key) == "Tidak"]
        if no and not case.reported(row, *SMART):
            words = "ketiga jawabannya Tidak" if len(no) == len(SMART) else "indikator yang baik memenuhi semuanya"
            yield case.at("I710", "indikator", row, no[0], "Tidak", rincian=words)
