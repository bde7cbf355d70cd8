"""What we tell a unit about its file: a ``Finding`` (staff read "catatan"), its code and its sentence.

A finding is collected, never raised, and stays data until it is shown: the sentences live in
``catatan/`` beside this module, one TOML file per area, so tests compare codes and cells, never wording. One entry is
one rule: ``tingkat`` (wajib | cek | info), ``menahan`` (tidak | baris | berkas), ``untuk`` (unit | perencana | camat, who can
mend it), ``judul``, ``masalah`` (what is wrong), ``perbaikan`` (what to do), ``sumber`` and ``contoh`` (a wrong cell → the
right one); words in {braces} are filled from the finding, but for the example, which stands as it is.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
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


def by_level(counts: Mapping[Severity, int]) -> str:
    """How many catatan there are of each level: ``0 Wajib diperbaiki, 0 Perlu dicek, 1 Info``."""
    return ", ".join(f"{counts[level]} {level.label}" for level in Severity)


class Holds(StrEnum):
    """What a catatan keeps out of the totals (``menahan``): nothing, its row, or the whole file."""

    TIDAK = "tidak"
    BARIS = "baris"
    BERKAS = "berkas"


class Untuk(StrEnum):
    """Whom a catatan is for: who can mend what it says. The values are the words of the JSON output."""

    UNIT = "unit"
    PERENCANA = "perencana"
    CAMAT = "camat"

    @property
    def label(self) -> str:
        """The words that staff see."""
        return {"unit": "Unit", "perencana": "Subbag Perencanaan", "camat": "Camat"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """One entry of the catalogue: level, what it holds back, whom it is for, its two sentences with ``{args}``, and an example
    without."""

    kode: str
    severity: Severity
    holds: Holds
    untuk: Untuk
    judul: str
    masalah: str
    perbaikan: str
    sumber: str = ""
    contoh: str = ""

    def as_dict(self) -> dict[str, str]:
        """The JSON form of a rule."""
        return {
            "kode": self.kode, "tingkat": self.severity.value, "menahan": self.holds.value, "untuk": self.untuk.value,
            "judul": self.judul, "masalah": self.masalah, "perbaikan": self.perbaikan, "sumber": self.sumber,
            "contoh": self.contoh,
        }  # fmt: skip


def row_of(cell: str) -> int:
    """The row of an address such as ``K17``; 0 for ""."""
    return int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or 0)


_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def readable(text: str) -> str:
    """A name or text of others as any screen, sheet and letter can show it: no signs that steer a terminal, no bytes that are
    no text."""
    return text if text.isprintable() else _UNREADABLE.sub("\N{REPLACEMENT CHARACTER}", text)


EXPLAINED = "penjelasan"
"""The word of a finding that holds what its row gives as the reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One catatan: which rule, where (file, sheet, cell), and the values its sentence needs.

    ``cell`` is an address such as ``K17`` or "" when the catatan concerns a whole sheet or file.
    ``value`` is what stands in the cell, as text, unchanged but for what no screen can show.
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
    untuk_override: Untuk | None = None
    holds_override: Holds | None = None

    def __post_init__(self) -> None:
        for name in ("file", "sheet", "value"):
            if not (text := getattr(self, name)).isprintable():
                object.__setattr__(self, name, readable(text))

    @property
    def severity(self) -> Severity:
        return self.severity_override or catalogue()[self.code].severity

    @property
    def holds(self) -> Holds:
        return self.holds_override or catalogue()[self.code].holds

    @property
    def untuk(self) -> Untuk:
        return self.untuk_override or catalogue()[self.code].untuk

    @property
    def row(self) -> int:
        """The row of its cell; 0 where it concerns no cell."""
        return row_of(self.cell)

    @property
    def masalah(self) -> str:
        """What is wrong, one Indonesian sentence; ``args["juga"]`` names more cells of which the same is true."""
        sentence = readable(catalogue()[self.code].masalah.format_map(self._words()))
        if "juga" in self.args:
            sentence = f"{sentence} Hal yang sama di {self.args['juga']}."
        return f'{sentence} Penjelasan: "{self.args[EXPLAINED]}".' if EXPLAINED in self.args else sentence

    @property
    def perbaikan(self) -> str:
        """What to do, one Indonesian sentence."""
        if EXPLAINED in self.args:
            return "Tidak perlu tindakan bila penjelasannya dapat diterima."
        return readable(catalogue()[self.code].perbaikan.format_map(self._words()))

    def _words(self) -> dict[str, str]:
        return {
            "berkas": self.file, "lembar": self.sheet, "sel": self.cell,
            "kolom": self.column, "nilai": self.value, "unit": self.unit, **self.args,
        }  # fmt: skip

    def at(self, **place: str) -> Finding:
        """The same finding with file, unit or another place filled in."""
        return replace(self, **place)  # type: ignore[arg-type]

    def explained(self, text: str) -> Finding:
        """The finding once its row explains it: an info that prints the explanation, whatever level the office chose."""
        return replace(self, args={**self.args, EXPLAINED: text}, severity_override=Severity.INFO)

    def as_dict(self) -> dict[str, str]:
        """The JSON form of a catatan (see decisions: kode … perbaikan)."""
        return {
            "kode": self.code, "tingkat": self.severity.value, "untuk": self.untuk.value,
            "berkas": self.file, "lembar": self.sheet, "sel": self.cell, "kolom": self.column, "nilai": self.value,
            "masalah": self.masalah, "perbaikan": self.perbaikan,
        }  # fmt: skip


class _Catalogue(Mapping[str, Code]):
    """Every entry by its code, read when it is asked for: one run asks for a few of them."""

    def __init__(self) -> None:
        self._entries: dict[str, str] = {}
        self._read: dict[str, Code] = {}
        here = os.path.dirname(__file__)  # noqa: PTH120  # pathlib would take a third of the time that `jelaskan` has
        for name in sorted(name for name in os.listdir(here) if name.endswith(".toml")):  # noqa: PTH208
            with open(f"{here}/{name}", encoding="utf-8") as file:  # noqa: PTH123
                _, *area = f"\n{file.read()}".split("\n[")  # no line of a text begins so
            for kode, _, entry in (part.partition("]\n") for part in area):
                if kode in self._entries:
                    raise ValueError(f"{name}: {kode} stands twice")
                self._entries[kode] = entry
        self._entries = dict(sorted(self._entries.items()))

    def __getitem__(self, kode: str) -> Code:
        if kode not in self._read:
            self._read[kode] = _code(kode, self._entries[kode])
        return self._read[kode]

    def __contains__(self, kode: object) -> bool:
        return kode in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)


def _code(kode: str, text: str) -> Code:
    from tomllib import loads

    entry = loads(text)
    return Code(
        kode=kode, severity=Severity(entry["tingkat"]), holds=Holds(entry["menahan"]), untuk=Untuk(entry["untuk"]),
        judul=entry["judul"], masalah=entry["masalah"], perbaikan=entry["perbaikan"], sumber=entry.get("sumber", ""),
        contoh=entry.get("contoh", ""),
    )  # fmt: skip


@cache
def catalogue() -> Mapping[str, Code]:
    """All codes by name. Raises ValueError for a code that stands twice, KeyError/ValueError for a malformed entry once asked."""
    return _Catalogue()


_CAUSES: tuple[tuple[type[BaseException], str], ...] = (
    (MemoryError, "memori tidak cukup"), (RecursionError, "susunannya terlalu dalam"), (OSError, "berkas tidak dapat dibaca"),
    (ArithmeticError, "ada angka yang terlalu besar atau tidak dapat dihitung"), (LookupError, "ada bagian yang tidak ditemukan"),
    (ValueError, "ada isi yang bentuknya tidak terduga"), (TypeError, "ada isi yang jenisnya tidak terduga"),
)  # fmt: skip


def cause(error: BaseException) -> str:
    """What an unforeseen error means, in words for staff; the kind of a failure, not its place."""
    return next((words for kind, words in _CAUSES if isinstance(error, kind)), "sebabnya belum dikenal")


_HOLDS_WORDS = {
    Holds.TIDAK: "Tidak menahan apa pun; barisnya tetap dihitung.",
    Holds.BARIS: "Barisnya tidak dihitung sampai diperbaiki.",
    Holds.BERKAS: "Seluruh berkasnya tidak dihitung sampai diperbaiki.",
}


class _Blanks(dict[str, str]):
    """Every placeholder as an ellipsis: what a sentence looks like without a case."""

    def __missing__(self, key: str) -> str:
        return "" if key == "usul" else "…"


def _without_a_case(words: str) -> str:
    """The ellipsis at the end of a sentence is its full stop as well."""
    return words.format_map(_Blanks()).replace("….", "…")


def explain(code: Code) -> str:
    """A rule in a few Indonesian lines: what it says, what it holds back, what to do, where it comes from."""
    lines = [
        f"{code.kode}  {code.judul}",
        f"Tingkat   : {code.severity.label}",
        f"Akibat    : {_HOLDS_WORDS[code.holds]}",
        f"Untuk     : {code.untuk.label}",
        f"Masalah   : {_without_a_case(code.masalah)}",
        f"Perbaikan : {_without_a_case(code.perbaikan)}",
    ]
    if code.contoh:
        lines.append(f"Contoh    : {code.contoh}")
    if code.sumber:
        lines.append(f"Sumber    : {code.sumber}")
    return "\n".join(lines)


_STEPS = "BTLSFNRIKPUC"
"""Areas of the catalogue as one thing follows from another: file, template, structure, cells, the sheets, between units."""


def cause_first(finding: Finding) -> tuple[int, int]:
    """Order within one list: wajib first; of one level the cause before what may follow from it."""
    return list(Severity).index(finding.severity), _STEPS.find(finding.code[0])


def sort_key(finding: Finding) -> tuple[str, int, tuple[int, int], str, str, int, str, str]:
    """Order of catatan everywhere: unit, whom it is for, level, cause first, file, sheet, cell (row first), code."""
    letters = finding.cell.rstrip("0123456789")
    digits = finding.cell[len(letters) :]
    whom = list(Untuk).index(finding.untuk)
    place = (finding.file, finding.sheet, int(digits or 0), letters.rjust(3), finding.code)
    return (finding.unit, whom, cause_first(finding), *place)


def planners(findings: Iterable[Finding]) -> list[Finding]:
    """Findings about the office's own files (Kantor.xlsx, arsip/): only the planner can mend those, whatever the code."""
    return [replace(finding, untuk_override=Untuk.PERENCANA) for finding in findings]


def held_rows(findings: Iterable[Finding]) -> dict[tuple[str, str, int], str]:
    """(file, sheet, row) -> the code that holds the row back; the first one said. ``sel_sel``: one finding for several rows."""
    held: dict[tuple[str, str, int], str] = {}
    for finding in findings:
        if finding.holds is Holds.BARIS and finding.cell:
            for cell in finding.args.get("sel_sel", "").split() or [finding.cell]:
                held.setdefault((finding.file, finding.sheet, row_of(cell)), finding.code)
    return held


def settled(findings: Iterable[Finding]) -> set[tuple[str, str]]:
    """The (sheet, cell) places of which later rules say nothing more. An info, and what its row
    explains, asks for nothing, so it excuses no rule."""
    asking = (f for f in findings if f.cell and Severity.INFO not in (f.severity, catalogue()[f.code].severity))
    return {(f.sheet, cell) for f in asking for cell in (f.cell, *f.args.get("sel_sel", "").split())}


def needs_work(findings: Iterable[Finding]) -> bool:
    """Whether anything is "wajib" or "cek": exit status 1."""
    findings = list(findings)
    counts = sorted(Counter(f.code for f in findings).items())
    import logging  # for the log of a run

    logging.getLogger(__name__).info("catatan: %s", ", ".join(f"{code} {count}" for code, count in counts) or "tidak ada")
    return any(f.severity is not Severity.INFO for f in findings)


def worst(findings: Iterable[Finding]) -> Severity | None:
    """The highest level among the findings; None when there are none."""
    order = list(Severity)
    return min((f.severity for f in findings), key=order.index, default=None)
