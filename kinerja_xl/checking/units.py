"""Rules between units and against the office's pagu. They look at what is counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set

from kinerja_xl.findings import Finding
from kinerja_xl.office import Office
from kinerja_xl.reckoning.recap import RabLine
from kinerja_xl.sheets.kantor import KANTOR
from kinerja_xl.sheets.rab import KODE_SUB
from kinerja_xl.sheets.values import format_rupiah

PAGU_SHEET = next(sheet.name for sheet, table in KANTOR.tables() if table.key == "pagu")


def between_units(lines: Iterable[RabLine], office: Office, said: Iterable[Finding] = ()) -> Iterator[Finding]:
    """Over pagu, without pagu, and sub kegiatan that two units propose.

    ``said`` before: a code that is unknown or not the unit's has no pagu for that reason, and while the office's own pagu
    table has mistakes nothing can be said to lack one.
    """
    first: dict[tuple[str, str], RabLine] = {}
    totals: dict[tuple[str, str], int] = defaultdict(int)
    for line in lines:
        if line.counted:
            first.setdefault((line.unit, line.kode_sub), line)
            totals[line.unit, line.kode_sub] += line.jumlah or 0
    doubtful = {(f.file, f.value) for f in said if f.code in ("R507", "R508")}
    if any(f.sheet == PAGU_SHEET and not f.unit for f in said):
        doubtful |= {(line.file, line.kode_sub) for line in first.values()}
    yield from _pagu(first, totals, office, doubtful)
    yield from _claimed_twice(first, office)


def _at(code: str, line: RabLine, value: str, **args: str) -> Finding:
    return Finding(
        code=code, file=line.file, unit=line.unit, sheet=line.row.sheet, cell=line.row.cell("kode_sub"),
        column=KODE_SUB.label, value=value, args=args,
    )  # fmt: skip


def _pagu(
    first: Mapping[tuple[str, str], RabLine],
    totals: Mapping[tuple[str, str], int],
    office: Office,
    doubtful: Set[tuple[str, str]],
) -> Iterator[Finding]:
    """Each sub kegiatan against its pagu. A unit as a whole can only be over when one of them is, or has none."""
    if not office.pagu:
        return
    for (unit, sub), line in first.items():
        pagu = office.pagu.get((unit, sub))
        total = totals[unit, sub]
        if pagu is None and (line.file, sub) not in doubtful:
            yield _at("U910", line, sub)
        elif pagu is not None and total > pagu:
            yield _at(
                "U906",
                line,
                format_rupiah(total),
                rincian=f"sub kegiatan {sub}",
                pagu=format_rupiah(pagu),
                selisih=format_rupiah(total - pagu),
            )


def _claimed_twice(first: dict[tuple[str, str], RabLine], office: Office) -> Iterator[Finding]:
    claims: dict[str, list[str]] = defaultdict(list)
    for unit, sub in first:
        if sub:
            claims[sub].append(unit)
    for sub, units in claims.items():
        for unit in units if len(units) > 1 else ():
            others = ", ".join(o.nama if (o := office.unit(other)) else other for other in units if other != unit)
            yield _at("U907", first[unit, sub], sub, rincian=others)
