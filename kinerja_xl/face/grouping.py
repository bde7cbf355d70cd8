"""The order in which people read catatan: by file what its unit can mend, then what is for others; wajib and the cause first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from kinerja_xl.catatan import Finding, Severity, Untuk, by_level, catalogue, cause_first
from kinerja_xl.reckoning import grouped


@dataclass(frozen=True, slots=True, kw_only=True)
class Same:
    """The catatan of one code in one file, for one reader."""

    untuk: Untuk
    severity: Severity
    code: str
    findings: tuple[Finding, ...]

    @property
    def judul(self) -> str:
        return catalogue()[self.code].judul

    @property
    def heading(self) -> str:
        """Level and title, with whom it is for where that is not the unit."""
        whom = "" if self.untuk is Untuk.UNIT else f" (untuk {self.untuk.label})"
        return f"{self.severity.label}{whom}: {self.judul} ({self.code})"


def by_file(findings: Iterable[Finding]) -> list[tuple[str, list[Same]]]:
    """Catatan by file, else by unit, in the order in which the files come."""
    files = grouped((f.file or f.args.get("unit", "") or f.unit, f) for f in findings)
    return [(file, _same(own)) for file, own in files.items()]


def _same(own: list[Finding]) -> list[Same]:
    own = sorted(own, key=lambda f: (list(Untuk).index(f.untuk), cause_first(f), f.code))
    groups = groupby(own, key=lambda f: (f.untuk, f.severity, f.code))
    return [Same(untuk=u, severity=s, code=code, findings=tuple(same)) for (u, s, code), same in groups]


def place_of(finding: Finding, *, file: bool = False) -> str:
    """Sheet and cell as one text, with the file before them where asked."""
    parts = (finding.file if file else "", finding.sheet, finding.cell)
    return " ".join(part for part in parts if part)


def summary(findings: Iterable[Finding]) -> str:
    """How many catatan of each level, in one line."""
    counts = dict.fromkeys(Severity, 0)
    for finding in findings:
        counts[finding.severity] += 1
    if not any(counts.values()):
        return "Tidak ada catatan."
    return f"Catatan: {by_level(counts)}"
