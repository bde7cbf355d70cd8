"""The columns of a kind, left to right, and how levels are told: codes, numbers, indents, columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from bench.tata_letak.kata import Voice
from bench.tata_letak.pohon import (
    AGREEMENT,
    CASH,
    CASH_MONTHS,
    CHANGE,
    DPA,
    INDICATORS,
    ITEMS,
    LISTED,
    LRA_QUARTERS,
    PARTS,
    RAB,
    REPORTS,
    TARGET_QUARTERS,
    TARGETS,
    ZONES,
    Node,
)  # fmt: skip

CODES, SPLIT_CODES, CODED_NAMES, NUMBERS, INDENTS, COLUMNS, BULLETS, DASHES, FLAT = (
    "kode", "kode pecah", "kode pada nama", "nomor", "indentasi", "kolom", "butir", "tanda hubung", "datar",
)  # fmt: skip
STYLES = (CODES, CODES, SPLIT_CODES, CODED_NAMES, NUMBERS, NUMBERS, INDENTS, COLUMNS, BULLETS, DASHES, FLAT)
CODED = (CODES, SPLIT_CODES, CODED_NAMES)
SPLIT = 4
"""How many columns a split code has."""
_MARKS = (("I", "II", "III"), ("A", "B", "C"), ("1", "2", "3"))


@dataclass(frozen=True, slots=True)
class Col:
    """``path``: the texts of its heading, top to bottom; equal texts beside each other are one heading."""

    key: str
    path: tuple[str, ...]


def style_of(rng: Random, kind: str) -> str:
    """How a table of this kind tells its levels."""
    if kind in INDICATORS:
        return FLAT
    style = rng.choice(STYLES)
    if kind in (*REPORTS, CASH, CASH_MONTHS, CHANGE) and style in (FLAT, BULLETS, DASHES):
        return CODES
    if kind in LISTED and style in (SPLIT_CODES, COLUMNS, DASHES):
        return NUMBERS
    return style


def mark(rng: Random, root: Node, style: str) -> None:
    """Give every node its code or number."""
    marks = _MARKS[rng.randint(0, 1) :]

    def walk(node: Node, level: int, code: str) -> None:
        for i, child in enumerate(node.children):
            last = not child.children
            if style in CODED:
                child.code = f"{code}.{i + 1:0{4 if last and style == CODES else 2}}"
            elif style == NUMBERS:
                child.mark = str(i + 1) if last or level >= len(marks) else marks[level][i]
            walk(child, level + 1, child.code)

    walk(root, 0, "5" if style == SPLIT_CODES else rng.choice(("5.1.02.01", "5.1.02", "5.2.05")))


def columns(rng: Random, voice: Voice, kind: str, style: str, levels: int) -> list[Col]:
    """``levels``: how many columns names stand in."""
    cols: list[Col] = []
    if style == NUMBERS or (style == FLAT and (kind in INDICATORS or rng.random() < 0.8)):
        cols.append(Col("no", (voice("no"),)))
    if style == CODES:
        cols.append(Col("kode", (voice("kode"),)))
    if style == SPLIT_CODES:
        cols += [Col(f"kode{i}", (voice("kode"),)) for i in range(SPLIT)]
    if kind in INDICATORS:
        return cols + _targets(rng, voice, kind)
    name = (voice("barang" if kind in ITEMS or kind in LISTED else "uraian"),)
    if style == DASHES:
        cols.append(Col("tanda", name))
    cols += [Col("nama", name), *(Col(f"nama{i}", name) for i in range(1, levels))]
    if kind in ITEMS:
        return cols + _bought(rng, voice, kind) + _remark(rng, voice)
    if kind in LISTED:
        spec = [Col("spesifikasi", (voice("spesifikasi"),))] if rng.random() < 0.5 else []
        zones = [Col("zona", (voice("harga"), voice("zona"))), Col("zona_lain", (voice("harga"), voice("zona_lain")))]
        prices = zones if kind == ZONES else [Col("harga", (voice("harga"),))]
        return [*cols, *spec, Col("satuan", (voice("satuan"),)), *prices, *_remark(rng, voice)]
    return cols + _money(rng, voice, kind)


def _targets(rng: Random, voice: Voice, kind: str) -> list[Col]:
    cols = [Col("sasaran", (voice("sasaran"),))] if kind == AGREEMENT or rng.random() < 0.4 else []
    cols.append(Col("nama", (voice("indikator"),)))
    if kind == AGREEMENT and rng.random() < 0.5:
        return [*cols, Col("target_teks", (voice("target"),))]
    cols += [Col("satuan", (voice("satuan"),)), Col("target", (voice("target"),))]
    if kind == TARGETS:
        cols += [Col("realisasi", (voice("capaian"),)), Col("persen", (voice("persen"),))]
    if kind == TARGET_QUARTERS:
        cols += _periods(voice, "triwulan", voice.quarters())
    return cols


def _bought(rng: Random, voice: Voice, kind: str) -> list[Col]:
    """Volume, unit, price, amount: the trio perhaps below one heading, in another order, with PPN, with the price's parts."""
    spec = [Col("spesifikasi", (voice("spesifikasi"),))] if rng.random() < 0.3 else []
    above = (voice("perhitungan"),) if rng.random() < 0.35 else ()
    keys = ["volume", "satuan", "harga"]
    if kind == DPA:
        keys = ["koefisien", "satuan", "harga", "ppn"] if rng.random() < 0.6 else [*keys, "ppn"]
    if kind == PARTS:
        keys = ["satuan", "volume", "upah", "bahan", "harga"]
    if kind == RAB and rng.random() < 0.2:
        keys = ["satuan", "volume", "harga"]
    return [*spec, *(Col(key, (*above, voice(key))) for key in keys), Col("jumlah", (voice("jumlah"),))]


def _money(rng: Random, voice: Voice, kind: str) -> list[Col]:
    """The columns of amounts of a cash plan, a change or a report."""
    if kind == CHANGE:
        above = (voice("jumlah"),) if rng.random() < 0.5 else ()
        keys = (("sebelum", "sebelum"), ("jumlah", "sesudah"), ("beda", "beda"))
        return [Col(key, (*above, voice(word))) for key, word in keys]
    if kind in (CASH, CASH_MONTHS):
        whole = [Col("jumlah", (voice("jumlah"),))]
        parts = _periods(voice, *(("triwulan", voice.quarters()) if kind == CASH else ("bulan", voice.months())))
        return whole + parts if rng.random() < 0.6 else parts + whole
    budget, spent, left, share = (Col(key, (voice(key),)) for key in ("anggaran", "realisasi", "sisa", "persen"))
    if kind == LRA_QUARTERS:
        parts = _periods(voice, "realisasi", voice.quarters())
        return [budget, *parts, Col("realisasi", (voice("realisasi"), voice("total"))), left]
    return [budget, spent, *rng.choice(([left, share], [left], [share], []))]


def _periods(voice: Voice, above: str, texts: Sequence[str]) -> list[Col]:
    return [Col(f"p{i}", (voice(above), text)) for i, text in enumerate(texts, 1)]


def _remark(rng: Random, voice: Voice) -> list[Col]:
    return [Col("keterangan", (voice("keterangan"),))] if rng.random() < 0.25 else []
