"""What we tell a unit about its file: a ``Finding`` (staff read "catatan"), its code and its sentence.

A finding is collected, never raised, and stays data until it is shown: the sentences live in
``catatan/`` beside this module, one TOML file per area, so tests compare codes and cells, never wording. One entry is
one rule: ``tingkat`` (wajib | cek | info), ``menahan`` (tidak | baris | berkas), ``judul``, ``masalah`` (what is wrong),
``perbaikan`` (what to do), ``sumber`` and ``contoh`` (a wrong cell → the right one); words in {braces} are filled from the
finding, but for the example, which stands as it is.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType


class Severity(StrEnum):
    """How much a catatan asks of the unit. The values are the words of the JSON output."""

    WAJIB = "wajib"
    CEK = "cek"
    INFO = "info"

    @property
    def label(self) -> str:
        """The words that staff see."""
        return {"wajib": "Wajib diperbaiki", "cek": "Perlu dicek", "info": "Info"}[self.value]


class Holds(StrEnum):
    """What a catatan keeps out of the totals (``menahan``): nothing, its row, or the whole file."""

    TIDAK = "tidak"
    BARIS = "baris"
    BERKAS = "berkas"


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One entry of the catalogue: level, what it holds back, its two sentences with ``{args}``, and an example without."""

    kode: str
    severity: Severity
    holds: Holds
    judul: str
    masalah: str
    perbaikan: str
    sumber: str = ""
    contoh: str = ""


def row_of(cell: str) -> int:
    """The row of an address such as ``K17``; 0 for ""."""
    return int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One catatan: which rule, where (file, sheet, cell), and the values its sentence needs.

    ``cell`` is an address such as ``K17`` or "" when the catatan concerns a whole sheet or file.
    ``value`` is what stands in the cell, as text, unchanged.
    """

    code: str
    file: str = ""
    sheet: str = ""
    cell: str = ""
    column: str = ""
    value: str = ""
    unit: str = ""
    args: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    severity_override: Severity | None = None

    @property
    def severity(self) -> Severity:
        return self.severity_override or catalogue()[self.code].severity

    @property
    def holds(self) -> Holds:
        return catalogue()[self.code].holds

    @property
    def row(self) -> int:
        """The row of its cell; 0 where it concerns no cell."""
        return row_of(self.cell)

    @property
    def masalah(self) -> str:
        """What is wrong, one Indonesian sentence; ``args["juga"]`` names more cells of which the same is true."""
        sentence = catalogue()[self.code].masalah.format_map(self._words())
        return f"{sentence} Hal yang sama di {self.args['juga']}." if "juga" in self.args else sentence

    @property
    def perbaikan(self) -> str:
        """What to do, one Indonesian sentence."""
        return catalogue()[self.code].perbaikan.format_map(self._words())

    def _words(self) -> dict[str, str]:
        return {
            "berkas": self.file, "lembar": self.sheet, "sel": self.cell,
            "kolom": self.column, "nilai": self.value, "unit": self.unit, **self.args,
        }  # fmt: skip

    def at(self, **place: str) -> Finding:
        """The same finding with file, unit or another place filled in."""
        return replace(self, **place)  # type: ignore[arg-type]

    def as_dict(self) -> dict[str, str]:
        """The JSON form of a catatan (see decisions: kode … perbaikan)."""
        return {
            "kode": self.code, "tingkat": self.severity.value, "berkas": self.file, "lembar": self.sheet,
            "sel": self.cell, "kolom": self.column, "nilai": self.value,
            "masalah": self.masalah, "perbaikan": self.perbaikan,
        }  # fmt: skip


@cache
def catalogue() -> Mapping[str, Code]:
    """All codes by name, area by area. Raises KeyError/ValueError on a malformed entry or a code that stands twice."""
    raw: dict[str, dict[str, str]] = {}
    for file in sorted((f for f in files(__package__).iterdir() if f.name.endswith(".toml")), key=lambda f: f.name):
        area = tomllib.loads(file.read_text(encoding="utf-8"))
        if twice := raw.keys() & area.keys():
            raise ValueError(f"{file.name}: {', '.join(sorted(twice))} stands twice")
        raw |= area
    return MappingProxyType(
        {
            kode: Code(
                kode=kode,
                severity=Severity(entry["tingkat"]),
                holds=Holds(entry["menahan"]),
                judul=entry["judul"],
                masalah=entry["masalah"],
                perbaikan=entry["perbaikan"],
                sumber=entry.get("sumber", ""),
                contoh=entry.get("contoh", ""),
            )
            for kode, entry in sorted(raw.items())
        }
    )


_HOLDS_WORDS = {
    Holds.TIDAK: "Tidak menahan apa pun; barisnya tetap dihitung.",
    Holds.BARIS: "Barisnya tidak dihitung sampai diperbaiki.",
    Holds.BERKAS: "Seluruh berkasnya tidak dihitung sampai diperbaiki.",
}


class _Blanks(dict[str, str]):
    """Every placeholder as an ellipsis: what a sentence looks like without a case."""

    def __missing__(self, key: str) -> str:
        return "" if key == "usul" else "…"


def explain(code: Code) -> str:
    """A rule in a few Indonesian lines: what it says, what it holds back, what to do, where it comes from."""
    lines = [
        f"{code.kode}  {code.judul}",
        f"Tingkat   : {code.severity.label}",
        f"Akibat    : {_HOLDS_WORDS[code.holds]}",
        f"Masalah   : {code.masalah.format_map(_Blanks())}",
        f"Perbaikan : {code.perbaikan.format_map(_Blanks())}",
    ]
    if code.contoh:
        lines.append(f"Contoh    : {code.contoh}")
    if code.sumber:
        lines.append(f"Sumber    : {code.sumber}")
    return "\n".join(lines)


def sort_key(finding: Finding) -> tuple[str, int, str, str, int, str, str]:
    """Order of catatan everywhere: unit, level, file, sheet, cell (row first), code."""
    letters = finding.cell.rstrip("0123456789")
    digits = finding.cell[len(letters) :]
    level = list(Severity).index(finding.severity)
    return (finding.unit, level, finding.file, finding.sheet, int(digits or 0), letters.rjust(3), finding.code)


def needs_work(findings: Iterable[Finding]) -> bool:
    """Whether anything is "wajib" or "cek": exit status 1."""
    return any(f.severity is not Severity.INFO for f in findings)


def worst(findings: Iterable[Finding]) -> Severity | None:
    """The highest level among the findings; None when there are none."""
    order = list(Severity)
    return min((f.severity for f in findings), key=order.index, default=None)
