"""The page ``catatan.md``: every finding of the catalogue, by area."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

from docs.markdown import GENERATED, grid, page
from kinerja_xl.catatan import Code, Holds, Severity, catalogue

AREAS: Mapping[str, str] = MappingProxyType(
    {
        "B": "Berkas",
        "T": "Templat dan identitas",
        "S": "Susunan lembar",
        "N": "Isi sel",
        "F": "Forensik rumus",
        "R": "RAB",
        "K": "TOR (kerangka acuan kerja)",
        "I": "Indikator",
        "P": "Perjanjian Kinerja",
        "D": "Penelaahan dan penetapan",
        "U": "Antarunit dan kantor",
        "G": "Kantor.xlsx",
        "L": "Tata letak asing",
        "C": "Capaian dan realisasi",
        "W": "Mengisi formulir lain",
    }
)
"""First letter of a code -> what its catatan are about, in the order of the page."""

_LEVELS: Mapping[Severity, str] = MappingProxyType(
    {
        Severity.WAJIB: "harus dibetulkan; usulan belum siap ditelaah",
        Severity.CEK: "mungkin benar, mungkin salah; perlu dilihat orang",
        Severity.INFO: "pemberitahuan; boleh dibiarkan",
    }
)
_HOLDS: Mapping[Holds, str] = MappingProxyType(
    {
        Holds.TIDAK: "tidak menahan apa pun",
        Holds.BARIS: "menahan barisnya",
        Holds.BERKAS: "menahan seluruh berkas",
    }
)


def _sentence(text: str) -> str:
    """A sentence of the catalogue with its places shown as ‹words›; the optional suggestion is left out."""
    return re.sub(r"\{(\w+)\}", r"‹\1›", text.replace("{usul}", ""))


def _entry(code: Code) -> Iterator[str]:
    yield f"### {code.kode}"
    yield ""
    yield f"**{code.judul}.** {code.severity.label}; {_HOLDS[code.holds]}; untuk {code.untuk.label}."
    yield ""
    yield f"* Masalah: {_sentence(code.masalah)}"
    yield f"* Perbaikan: {_sentence(code.perbaikan)}"
    if code.contoh:
        yield f"* Contoh: {code.contoh}"
    if code.sumber:
        yield f"* Sumber: {code.sumber}"
    yield ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """One demand of BAB III to V; ``reason`` why no program can judge it, else "" and ``codes`` hold it."""

    ref: str
    words: str
    reason: str
    codes: tuple[str, ...]


_CHAPTERS = ("III", "IV", "V")
_PREFIX = "Pedoman "


def references(code: Code) -> list[str]:
    """The places in BAB III to V that a code is there for."""
    return [ref for ref in code.sumber.removeprefix(_PREFIX).split(", ") if ref.split(".")[0] in _CHAPTERS]


def demands() -> list[Demand]:
    """Every demand with the codes whose source is it, a part of it, or the section that it belongs to."""
    with (Path(__file__).parent / "tuntutan.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Demand(
            ref=row["butir"], words=row["tuntutan"], reason=row["alasan"] or "",
            codes=tuple(c.kode for c in catalogue().values() if any(_holds(ref, row["butir"]) for ref in references(c))),
        )
        for row in rows
    ]  # fmt: skip


def _holds(source: str, ref: str) -> bool:
    """``IV.A.2`` stands for all of its sections; a chapter or its letter alone would stand for too much."""
    whole = source.count(".") >= 2 and f"{ref}.".startswith(f"{source}.")
    return whole or f"{source}.".startswith(f"{ref}.")


def _demanded() -> Iterator[tuple[str, str, str]]:
    for one in demands():
        links = ", ".join(f"[{kode}](#{kode.lower()})" for kode in one.codes)
        yield one.ref, one.words, "; ".join(part for part in (links, one.reason) if part)


def catatan() -> str:
    """The page about every catatan, grouped by the first letter of its code."""
    codes = sorted(catalogue().values(), key=lambda c: (list(AREAS).index(c.kode[0]), c.kode))
    lines = [
        "# Daftar catatan",
        "",
        GENERATED,
        "",
        "Semua catatan yang dapat diberikan `kinerja-xl`. Kata dalam ‹kurung› diisi menurut berkasnya; "
        'di belakang beberapa kalimat ditambahkan saran ("mungkin …").',
        "",
        *grid(("Tingkat", "Artinya"), ((level.label, words) for level, words in _LEVELS.items())),
        "Yang ditahan tidak dihitung dalam jumlah; nilainya disebut di samping jumlah.",
        "",
        *grid(
            ("Kode", "Tentang", "Banyaknya"),
            ((f"{a}…", AREAS[a], str(len(list(own)))) for a, own in groupby(codes, key=lambda c: c.kode[0])),
        ),
    ]
    lines += [
        "## Tuntutan pedoman dan catatannya", "",
        "Setiap tuntutan BAB III sampai V dengan catatan yang menjaganya, atau sebab program tidak dapat menilainya.", "",
        *grid(("Butir", "Tuntutan", "Catatan"), _demanded()),
    ]  # fmt: skip
    for area, own in groupby(codes, key=lambda c: c.kode[0]):
        lines += [f"## {AREAS[area]}", ""]
        for code in own:
            lines += _entry(code)
    return page(lines)
