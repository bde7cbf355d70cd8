"""What needs the Camat's decision: the matters of a recap as sentences, with their amounts as live formulas."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kinerja_xl.reckoning.matters import Kind, Matter, Over, matters
from kinerja_xl.reckoning.recap import Recap, Status
from kinerja_xl.writing.recap.grid import text_literal
from kinerja_xl.writing.recap.layout import Layout
from kinerja_xl.writing.recap.sums import code_keys, joined

_MOST_NAMES = 6
_MOST_TERMS = 20
"""Sub kegiatan over pagu that one formula adds up; with more of them the amount is a figure."""

NO_UNITS = "Belum ada unit di Kantor.xlsx."
NOTHING = "Tidak ada: semua unit menyampaikan tepat waktu, dapat dibaca, dan tidak melebihi pagu atau standar harga."

_WORDS = {
    Kind.BELUM: "Belum menyampaikan usulan",
    Kind.TIDAK_TERBACA: "Berkas tidak dapat dibaca, mintalah berkas baru",
    Kind.TERLAMBAT: "Terlambat sehingga tidak masuk RKT (IV.C.3)",
    Kind.PAGU: "Melebihi pagu sub kegiatan",
    Kind.STANDAR: "Harga satuan melebihi batas standar harga",
    Kind.DITAHAN: "Baris RAB yang ditahan sampai diperbaiki",
    Kind.OUTCOME: "Program tanpa indikator outcome",
    Kind.OUTPUT: "Sub kegiatan tanpa indikator output",
    Kind.PERBAIKAN: "Perlu perbaikan sebelum ditelaah (lembar Catatan)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One line: its sentence, its amount in rupiah or None, and the formula that gives the amount ("" for none)."""

    words: str
    amount: int | None = None
    formula: str = ""


def decisions(recap: Recap, layouts: dict[str, Layout]) -> list[Decision]:
    """One line per matter, ``NOTHING`` where there is none."""
    if not recap.units:
        return [Decision(words=NO_UNITS)]
    found = [
        Decision(words=_sentence(recap, matter), amount=matter.amount, formula=_formula(matter, layouts))
        for matter in matters(recap)
    ]
    return found or [Decision(words=NOTHING)]


def _sentence(recap: Recap, matter: Matter) -> str:
    if matter.codes:
        told = _names(f"{code} ({_unit(recap, unit)})" for unit, code in matter.codes)
    elif matter.over:
        told = _names(f"{over.kode_sub} ({_unit(recap, over.unit)})" for over in matter.over)
    else:
        told = _names(_unit(recap, unit) for unit in matter.units)
    return f"{_WORDS[matter.kind]}: {told}."


def _unit(recap: Recap, kode: str) -> str:
    return next((unit.nama for unit in recap.units if unit.kode == kode and unit.nama), kode)


def _names(names: Iterable[str]) -> str:
    known = list(dict.fromkeys(names))
    rest = len(known) - _MOST_NAMES
    return ", ".join(known[:_MOST_NAMES]) + (f", dan {rest} lagi" if rest > 0 else "")


def _formula(matter: Matter, layouts: dict[str, Layout]) -> str:
    """Live where a formula can say it: the reader may edit the RAB and see what is left to decide."""
    unit, rab = layouts["unit"], layouts["rab"]
    status, beside = (unit.range(unit.column(key)) for key in ("status", "total_tidak_dihitung"))
    if matter.kind is Kind.TERLAMBAT:
        return f'SUMIFS({beside},{status},"{Status.TERLAMBAT}")'
    if matter.kind is Kind.DITAHAN:
        others = f'-SUMIFS({beside},{status},"{Status.TIDAK_TERBACA}")'
        return f'SUM({beside})-SUMIFS({beside},{status},"{Status.TERLAMBAT}"){others}'
    if matter.kind is Kind.STANDAR:
        return f'SUMIFS({rab.span("lebih_standar")},{rab.span("dihitung")},"Ya")'
    if matter.kind is Kind.PAGU and len(matter.over) <= _MOST_TERMS:
        return "+".join(_above(over, rab) for over in matter.over)
    return ""


def _above(over: Over, rab: Layout) -> str:
    key = text_literal(joined(over.unit, code_keys(over.kode_sub)[2]))
    return f"MAX(0,SUMIFS({rab.span('jumlah_dihitung')},{rab.span('kunci_sub')},{key})-{over.pagu})"
