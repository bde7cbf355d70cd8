"""The page ``catatan.md``: every finding of the catalogue, by area."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
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


def catatan() -> str:
    """The page about every catatan, grouped by the first letter of its code."""
    codes = sorted(catalogue().values(), key=lambda c: (list(AREAS).index(c.kode[0]), c.kode))
    lines = [
        "# Daftar catatan",
        "",
        GENERATED,
        "",
        "Semua catatan yang dapat diberikan `kinerja-xl`. Kata dalam ‹kurung› diisi menurut berkasnya; "
        'di belakang beberapa kalimat berdiri pula saran ("mungkin …").',
        "",
        *grid(("Tingkat", "Artinya"), ((level.label, words) for level, words in _LEVELS.items())),
        "Yang ditahan tidak dihitung dalam jumlah; nilainya disebut di samping jumlah.",
        "",
        *grid(
            ("Kode", "Tentang", "Banyaknya"),
            ((f"{a}…", AREAS[a], str(len(list(own)))) for a, own in groupby(codes, key=lambda c: c.kode[0])),
        ),
    ]
    for area, own in groupby(codes, key=lambda c: c.kode[0]):
        lines += [f"## {AREAS[area]}", ""]
        for code in own:
            lines += _entry(code)
    return page(lines)
