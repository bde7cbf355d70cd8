"""Invented workbooks in layouts of others, and the cases of the catatan about them: one that breaks, one that nearly does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kinerja_xl.adopt.kept import with_answer
from kinerja_xl.catatan import Finding
from kinerja_xl.foreign.padanan import Padanan
from kinerja_xl.foreign.read import read_foreign
from kinerja_xl.uses.padanan import padanan_book

Said = set[tuple[str, str, str]]
"""(code, sheet, cell)."""
Give = Callable[[Path], Iterable[Finding]]


@dataclass(frozen=True, kw_only=True)
class Case:
    code: str
    broken: Give
    said: Said
    nearly: Give
    nearly_said: Said

    def check(self, place: Path) -> None:
        (place / "a").mkdir()
        (place / "b").mkdir()
        assert places(self.broken(place / "a")) == self.said
        assert self.code in {code for code, *_ in self.said}
        assert places(self.nearly(place / "b")) == self.nearly_said
        assert self.code not in {code for code, *_ in self.nearly_said}


class Cases(list[Case]):
    """The cases of one module."""

    def __call__(self, code: str, broken: Give, said: Said, nearly: Give, nearly_said: Said) -> None:
        self.append(Case(code=code, broken=broken, said=said, nearly=nearly, nearly_said=nearly_said))


def places(findings: Iterable[Finding]) -> Said:
    return {(f.code, f.sheet, f.cell) for f in findings}


def padanan(known: Mapping[bytes, Mapping[str, str]]) -> bytes:
    """A Padanan.xlsx that knows these workbooks' layouts, with these answers."""
    kept = Padanan()
    for data, answers in known.items():
        for table in read_foreign(data, "lama.xlsx").imported:
            for key, value in {"jenis": table.kind, **answers}.items():
                kept = with_answer(kept, table, key, value)
    return padanan_book(kept)
