"""Reports of single months: added up to their triwulan for the reckoning, told apart again in whatever is shown of it.

Habits served: a file per month; a sheet per month; the same month twice; a month forgotten; a report since January dropped
beside those of the months. The order and the names of the files change nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import sha256

from kinerja_xl.adopt.period import MONTHS, quarter_months
from kinerja_xl.findings import Finding, Holds
from kinerja_xl.reckoning.realised import Place, Realised, ReturnFile
from kinerja_xl.reckoning.returns import Status
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.realisasi import ROMAN

Line = tuple[str, str, str]
"""Unit, sub kegiatan, account."""
_MARK = " \u203a "
"""Between a file's name and its sheet, while months of several files are one return."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lra:
    """One realisasi as read: its rows with the amount of its own period under ``uang``. ``uncounted`` rows were named."""

    file: str
    triwulan: int
    sha256: str
    rows: tuple[Row, ...] = ()
    months: tuple[int, ...] = ()
    since_january: bool = False
    uncounted: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def is_part(self) -> bool:
        """Whether it holds single months of its triwulan."""
        return bool(self.months) and not self.since_january and len(self.months) < 3

    @property
    def held(self) -> bool:
        """Whether something that was said of it holds it back as a whole."""
        return not self.months or any(found.holds is Holds.BERKAS for found in self.findings)


def line_of(row: Row) -> Line:
    return str(row.get("unit")), str(row.get("kode_sub")), str(row.get("rekening"))


def told_apart(lras: Sequence[Lra]) -> tuple[list[Lra], list[Lra]]:
    """The reports of a triwulan that stand for themselves, and those of single months, in order of month.

    Both kinds side by side would count the same money twice: then none counts, and each says so (L536).
    """
    whole = [lra for lra in lras if not lra.is_part]
    months = sorted((lra for lra in lras if lra.is_part), key=lambda lra: (lra.months, lra.file))
    usable = [lra for lra in whole if not lra.held]
    if not (months and usable):
        return whole, months
    files = list(dict.fromkeys(lra.file for lra in (*months, *usable)))

    def mixed(lra: Lra) -> Lra:
        others = ", ".join(name.partition("/")[2] for name in files if name != lra.file)
        words = {"tw": ROMAN[lra.triwulan - 1], "rincian": others}
        return replace(lra, findings=(*lra.findings, Finding(code="L536", file=lra.file, args=words)))

    return [mixed(lra) if lra in usable else lra for lra in whole], [
        mixed(lra) if lra.file not in {m.file for m in months[:i]} else lra for i, lra in enumerate(months)
    ]


def together(parts: Sequence[Lra], triwulan: int) -> Lra:
    """Reports of single months added up; a month that is missing or there twice holds them all (L533).

    Rows keep their own file in the name of their sheet until :func:`apart`; within one report a line that stands there twice
    is not added up but left for the rules to name.
    """
    said = [_marked(found, lra.file) for lra in parts for found in lra.findings] + _gaps(parts, triwulan)
    rows: dict[tuple[Line, int], Row] = {}
    strange: list[Row] = []
    uncounted = sum(lra.uncounted for lra in parts)
    for lra in parts:
        again: dict[Line, int] = defaultdict(int)
        for row in lra.rows:
            marked = replace(row, sheet=f"{lra.file}{_MARK}{row.sheet}")
            key = line_of(row), again[line_of(row)]
            again[line_of(row)] += 1
            if not row.get("unit"):
                strange.append(marked)
            elif (old := rows.get(key)) is None:
                rows[key] = marked
            else:
                rows[key] = replace(old, values={**old.values, "uang": _plus(old.get("uang"), row.get("uang"))})
    digest = sha256("".join(sorted({lra.sha256 for lra in parts})).encode()).hexdigest()
    return Lra(
        file=name_of(parts), triwulan=triwulan, sha256=digest, rows=(*rows.values(), *strange), months=quarter_months(triwulan),
        uncounted=uncounted, findings=tuple(said),
    )  # fmt: skip


def name_of(parts: Sequence[Lra]) -> str:
    """The files of a triwulan's months as one name: "TW2/April.xlsx + Mei.xlsx"."""
    files = list(dict.fromkeys(lra.file for lra in parts))
    return files[0] + "".join(f" + {file.partition('/')[2]}" for file in files[1:])


def _marked(found: Finding, file: str) -> Finding:
    return found.at(sheet=f"{file}{_MARK}{found.sheet}") if found.sheet else found


def _gaps(parts: Sequence[Lra], triwulan: int) -> list[Finding]:
    """A month without a report is said once, one with several of each of them."""
    said = []
    tw = ROMAN[triwulan - 1]
    by_month = {month: [lra for lra in parts if month in lra.months] for month in quarter_months(triwulan)}
    if lacking := [MONTHS[month - 1] for month, own in by_month.items() if not own]:
        said.append(Finding(code="L533", file=parts[0].file, args={"tw": tw, "rincian": f"belum memuat {', '.join(lacking)}"}))
    for month, own in by_month.items():
        for lra in own if len(own) > 1 else ():
            others = ", ".join(other.file.partition("/")[2] for other in own if other is not lra)
            words = {"tw": tw, "rincian": f"memuat {MONTHS[month - 1]} lebih dari satu kali (juga {others})"}
            said.append(Finding(code="L533", file=lra.file, args=words))
    return said


def _plus(a: object, b: object) -> Decimal | None:
    filled = [x for x in (a, b) if isinstance(x, Decimal)]
    return sum(filled, Decimal(0)) if filled else None


# ---- told apart again -------------------------------------------------------------------------------------


def apart(realised: Realised, lras: Iterable[Lra]) -> Realised:
    """What was reckoned from several months, with every row, catatan and file under its own name again."""
    groups: dict[str, list[Lra]] = {}
    for number in {lra.triwulan for lra in lras}:
        months = told_apart([lra for lra in lras if lra.triwulan == number])[1]
        if months:
            groups[name_of(months)] = months
    if not groups:
        return realised
    files = [one for file in realised.files for one in (_files(file, groups[file.file]) if file.file in groups else [file])]
    return replace(
        realised, files=tuple(files), findings=tuple(_own(found) for found in realised.findings),
        spent=tuple(replace(one, place=_own_place(one.place)) for one in realised.spent),
    )  # fmt: skip


def _own(found: Finding) -> Finding:
    file, mark, sheet = found.sheet.rpartition(_MARK)
    return found.at(file=file, sheet=sheet) if mark else found


def _own_place(place: Place) -> Place:
    file, mark, sheet = place.sheet.rpartition(_MARK)
    return replace(place, file=file, sheet=sheet) if mark else place


def _files(merged: ReturnFile, parts: Sequence[Lra]) -> list[ReturnFile]:
    """One entry per file: its own rows, all used or all named, as the months together were."""
    by_file: Mapping[str, list[Lra]] = {
        name: [lra for lra in parts if lra.file == name] for name in dict.fromkeys(lra.file for lra in parts)
    }
    twice = {line for lra in parts for line, count in Counter(map(line_of, lra.rows)).items() if count > 1}
    made = []
    for name, own in by_file.items():
        rows = [row for lra in own for row in lra.rows]
        read = len(rows) + sum(lra.uncounted for lra in own)
        usable = sum(bool(row.get("unit")) and line_of(row) not in twice for row in rows)
        used = usable if Status(merged.status).counts else 0
        made.append(replace(merged, file=name, sha256=own[0].sha256, rows_read=read, rows_used=used, rows_reported=read - used))
    return made
