"""Which months a realisasi covers: by the periods of its columns, the words of its heading, the title, or the padanan.

Habits served: one column per month or triwulan; "s.d. bulan ini" beside "bulan ini"; "Periode 1 Januari s.d. 30 Juni";
"per 30 Juni"; "Bulan April"; and a bare "Realisasi", about which only a person can say.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import sha256

from kinerja_xl.adopt.kept import CUMULATIVE, WITHIN
from kinerja_xl.catatan import Finding, Holds
from kinerja_xl.foreign.model import Table
from kinerja_xl.reckoning import grouped
from kinerja_xl.reckoning.year import Place, Realised, ReturnFile, Status
from kinerja_xl.regions.model import Column
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.values import fold
from kinerja_xl.words.match import alternatives, kata
from kinerja_xl.words.periods import MONTH, MONTHS, ROMAN, month_of, months_in

_MONTH = rf"(?:\d{{1,2}}\s+)?({MONTH})\.?(?:\s+20\d\d)?"
_SD = alternatives("sampai")
_RANGE = re.compile(rf"{_MONTH}\s*(?:{_SD}|[-–—])\s*{_MONTH}", re.IGNORECASE)
_UNTIL = re.compile(rf"(?:{_SD}|\bper\b|\bposisi\b)\s*(?:bulan|tanggal)?\s*{_MONTH}", re.IGNORECASE)
_OF = re.compile(rf"\bbulan\s*:?\s*{_MONTH}", re.IGNORECASE)
_RUNNING, _PAST = kata("sampai", "kumulatif"), kata("lalu")
_INSIDE = kata("periode_ini")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """What one reading of a table covers. ``columns`` are added up; ``since_january``: cumulative; ``months`` 1 to 12."""

    columns: tuple[int, ...]
    months: tuple[int, ...]
    since_january: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NoPeriod:
    """Why no period can be told: the code of the catatan and its detail."""

    code: str
    detail: str

    @property
    def is_month(self) -> bool:
        """Whether a single month of another triwulan is meant."""
        return self.code == "L532" and self.detail in MONTHS


def quarter_months(triwulan: int) -> tuple[int, ...]:
    return tuple(range(3 * triwulan - 2, 3 * triwulan + 1))


def period_of(table: Table, triwulan: int, answer: str = "") -> Period | NoPeriod:
    """The period of a realisasi table in the folder of a triwulan. ``answer``: what Padanan.xlsx says (kumulatif, triwulan)."""
    wanted = quarter_months(triwulan)
    spent = [c for c in table.columns if c.role == "realisasi"]
    monthly = {month: c.col for c in spent if (month := _month_of(c))}
    if len(monthly) > 1:
        return _by_month(table, monthly, wanted, triwulan)
    quarterly = {int(c.period[2]): c for c in spent if re.fullmatch(r"tw[1-4]", c.period)}
    if len(quarterly) > 1:
        if triwulan not in quarterly:
            return NoPeriod(code="L532", detail=", ".join(f"TW {n}" for n in sorted(quarterly)))
        column = quarterly[triwulan]
        running = bool(_RUNNING(column.name))
        return Period(columns=(column.col,), months=tuple(range(1, wanted[-1] + 1)) if running else wanted, since_january=running)
    chosen = _one(table, spent)
    if chosen is None:
        return NoPeriod(code="L531", detail="beberapa kolom realisasi")
    return _by_words(table, chosen, triwulan, answer)


def _month_of(column: Column) -> int | None:
    """The single month that a column is about; None for running figures and for anything else."""
    if _RUNNING(column.name):
        return None
    if re.fullmatch(r"b\d\d", column.period):
        return int(column.period[1:])
    named = set(months_in(column.name))
    return named.pop() if len(named) == 1 else None


def _one(table: Table, spent: list[Column]) -> Column | None:
    """The one realisasi column that was chosen as the amount; of "s.d. bulan ini" and "bulan ini" the running one."""
    chosen = table.amount_columns.get("realisasi", ())
    if len(chosen) == 1:
        return next((c for c in table.columns if c.col == chosen[0]), None)
    running = [c for c in spent if c.col in chosen and _RUNNING(c.name) and not _PAST(c.name)]
    return running[0] if len(running) == 1 else None


def _by_month(table: Table, monthly: dict[int, int], wanted: tuple[int, ...], triwulan: int) -> Period | NoPeriod:
    """A column per month: those of the triwulan, if each of them holds figures."""
    filled = {
        month for month, col in monthly.items()
        if any(line.figure(col) is not None for line in table.lines)
    }  # fmt: skip
    lacking = [MONTHS[month - 1] for month in wanted if month not in filled]
    if lacking:
        return NoPeriod(code="L533", detail=f"belum memuat {', '.join(lacking)}")
    return Period(columns=tuple(monthly[month] for month in wanted), months=wanted)


def _by_words(table: Table, column: Column, triwulan: int, answer: str) -> Period | NoPeriod:
    first, last, running = _said(column.name, table.title, triwulan)
    if running is None and fold(answer) in (CUMULATIVE, WITHIN):
        running = fold(answer) == CUMULATIVE
    wanted = quarter_months(triwulan)
    if last is None and (month := _of_sheet(table)):
        if running is None:
            return NoPeriod(code="L531", detail=f'nama lembarnya "{table.sheet}"')
        first, last = None if running else month, month
    if last is not None and last != wanted[-1] and (running is not False or last not in wanted or first != last):
        return NoPeriod(code="L532", detail=_words(first, last))
    if running is None and triwulan == 1 and last in (None, 3):
        running = False  # since January and within TW I are the same
    if running is None:
        return NoPeriod(code="L531", detail=f'judul kolomnya "{column.name}"')
    if running:
        return Period(columns=(column.col,), months=tuple(range(1, wanted[-1] + 1)), since_january=triwulan > 1)
    if first is not None and first == last:
        return Period(columns=(column.col,), months=(last,) if last else wanted)
    if first is not None and first != wanted[0]:
        return NoPeriod(code="L532", detail=_words(first, last))
    return Period(columns=(column.col,), months=wanted)


def _of_sheet(table: Table) -> int | None:
    """The month that a sheet is called after: its own, or the last of those since January: a person says which."""
    found = re.fullmatch(rf"(?:bulan\s+|bln\.?\s+)?{_MONTH}", table.sheet.strip(), re.IGNORECASE)
    return month_of(found[1]) if found else None


def years_of(table: Table) -> set[str]:
    """The years beside the months that a table is about, in its headings and title."""
    spent = [c.name for c in table.columns if c.col in table.amount_columns.get("realisasi", ())]
    found = (shape.search(text) for text in (*spent, table.title) for shape in (_RANGE, _UNTIL, _OF))
    return {year for one in found if one for year in re.findall(r"20\d\d", one[0])}


def _said(heading: str, title: str, triwulan: int) -> tuple[int | None, int | None, bool | None]:
    """First and last month (None: not said) and whether the figures run since January (None: not said)."""
    first = last = None
    running: bool | None = None
    if found := _RANGE.search(f"{heading} | {title}"):
        first, last = month_of(found[1]), month_of(found[2])
        running = first == 1 if triwulan > 1 or last != 3 else False
    elif found := _UNTIL.search(f"{heading} | {title}"):
        last, running = month_of(found[1]), True
    elif found := _OF.search(f"{heading} | {title}"):
        first = last = month_of(found[1])
        running = False
    if _INSIDE(heading) and not _RUNNING(heading):
        return (first if first != 1 or last in (1, 3) else None), last, False
    if _RUNNING(heading):
        return None, last, True
    return first, last, running


def _words(first: int | None, last: int | None) -> str:
    start = f"{MONTHS[first - 1]} s.d. " if first is not None and first != last else ""
    return start + (MONTHS[last - 1] if last else "tidak disebut")


# ---- Reports of single months: added up to their triwulan for the reckoning, told apart again in whatever is shown of it ----
# Habits served: a file per month; a sheet per month; the same month twice; a month forgotten; a report since January dropped
# beside those of the months. The order and the names of the files change nothing.

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
                rows[key] = replace(old, values=_plus(old.values, row.values))
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


def _plus(one: Mapping[str, object], other: Mapping[str, object]) -> dict[str, object]:
    """A month with another one: nothing spent adds nothing, what can't be read makes the sum unknown."""
    filled = [values["uang"] for values in (one, other) if "uang" in values]
    known = [x for x in filled if isinstance(x, Decimal)]
    return {**one, **({"uang": sum(known, Decimal(0)) if len(known) == len(filled) else None} if filled else {})}


# ---- told apart again -------------------------------------------------------------------------------------


def apart(realised: Realised, lras: Iterable[Lra]) -> Realised:
    """What was reckoned from several months, with every row, catatan and file under its own name again."""
    groups: dict[str, list[Lra]] = {}
    for number in {lra.triwulan for lra in lras}:
        if months := told_apart([lra for lra in lras if lra.triwulan == number])[1]:
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
    by_file = grouped((lra.file, lra) for lra in parts)
    twice = {line for lra in parts for line, count in Counter(map(line_of, lra.rows)).items() if count > 1}
    made = []
    for name, own in by_file.items():
        rows = [row for lra in own for row in lra.rows]
        read = len(rows) + sum(lra.uncounted for lra in own)
        usable = sum(bool(row.get("unit")) and line_of(row) not in twice for row in rows)
        used = usable if Status(merged.status).counts else 0
        made.append(replace(merged, file=name, sha256=own[0].sha256, rows_read=read, rows_used=used, rows_reported=read - used))
    return made
