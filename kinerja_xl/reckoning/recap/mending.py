"""What became of a unit's catatan from one revision to the next: mended, remaining, new."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kinerja_xl.catatan import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """Findings of an earlier and a later file of one unit, sorted into three."""

    unit: str
    before: str
    after: str
    mended: tuple[Finding, ...]
    remaining: tuple[Finding, ...]
    new: tuple[Finding, ...]


def compare(unit: str, before: str, old: Iterable[Finding], after: str, now: Iterable[Finding]) -> Mending:
    """Match findings by code, sheet and cell; where rows moved, by code, sheet, column and what stands in the cell.

    Each old finding answers for at most one new one.
    """
    waiting = list(old)
    remaining: list[Finding] = []
    unmatched = list(now)
    for same in (_place, _content):
        left: list[Finding] = []
        for finding in unmatched:
            twin = next((f for f in waiting if same(f) == same(finding)), None)
            if twin is None:
                left.append(finding)
            else:
                waiting.remove(twin)
                remaining.append(finding)
        unmatched = left
    return Mending(unit=unit, before=before, after=after, mended=tuple(waiting), remaining=tuple(remaining), new=tuple(unmatched))


def _place(finding: Finding) -> tuple[str, str, str]:
    return finding.code, finding.sheet, finding.cell


def _content(finding: Finding) -> tuple[str, str, str, str]:
    return finding.code, finding.sheet, finding.column, finding.value
