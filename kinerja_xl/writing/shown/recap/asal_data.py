"""Sheet ``Asal Data``: every file as it was read, and whether the sheets of the recap agree with each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from posixpath import join, normpath

from xlsxwriter.worksheet import Worksheet

from kinerja_xl.catatan import Finding
from kinerja_xl.office.folder import KANTOR_FILE
from kinerja_xl.reckoning.recap import Recap
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.model import Book
from kinerja_xl.sheets.rekap import AGREES, DIFFERS
from kinerja_xl.writing.shown.flat import At, Cell, begin, end, fill
from kinerja_xl.writing.shown.page import Layout
from kinerja_xl.writing.shown.recap.frame import Context, Grid, layout_of, writes
from kinerja_xl.writing.shown.sums import SUB
from kinerja_xl.writing.shown.table import TableGrid, shorten


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Two sums that must be equal: words, formulas, and our values in rupiah."""

    words: str
    formula: str
    value: int
    other: str
    other_value: int


@writes(rekap.ASAL_DATA)
def write_asal_data(context: Context) -> None:
    files = context.sums.file
    own = layout_of(rekap.ASAL_DATA, context.book, len(context.recap.sources))
    grid = begin(Grid, context, own, _totals(context))
    fill(
        grid, context.recap.sources,
        {
            "di_rab": lambda at: Cell(files[at.of.file].counted, _in_rab(at)),
            "cek_total": lambda at: Cell(
                rekap.agreement(at.of.total == files[at.of.file].counted), rekap.verdict(f"{at.ref('total')}={at.ref('di_rab')}")
            ),
        },
    )  # fmt: skip
    bottom = _cross_checks(context, grid.worksheet, own)
    for key in ("cek_baris", "cek_total"):
        column = own.column(key)
        _verdict_colours(context, grid.worksheet, (own.first, column, own.last, column))
    end(grid, bottom, signature=own.last + 2)


def _in_rab(at: At) -> str:
    """What the RAB sheet counts from this file."""
    # A tilde in a criterion hides the letter behind it, and file names may hold one.
    name = f'SUBSTITUTE({at.ref("berkas")},"~","~~")'
    return f"SUMIFS({at.span('rab', 'jumlah_dihitung')},{at.span('rab', 'berkas')},{name})"


def _totals(context: Context) -> dict[str, int]:
    sources, files = context.recap.sources, context.sums.file
    return {
        "dibaca": sum(s.rows_read for s in sources),
        "dipakai": sum(s.rows_used for s in sources),
        "dilaporkan": sum(s.rows_reported for s in sources),
        "total": sum(s.total for s in sources),
        "di_rab": sum(files[s.file].counted for s in sources),
    }


def _verdict_colours(context: Context, worksheet: Worksheet, area: tuple[int, int, int, int]) -> None:
    """By what the cell shows now: an edited amount may turn it."""
    for shown, look in ((AGREES, "good"), (DIFFERS, "wajib")):
        rule = {"type": "cell", "criteria": "==", "value": f'"{shown}"', "format": context.styles.rule(look)}
        worksheet.conditional_format(*area, rule)


def _checks(context: Context) -> Iterator[Check]:
    """Every total of the workbook against the RAB sheet."""
    layouts, recap, total = context.layouts, context.recap, context.sums.total
    rab, tree = layouts["rab"], layouts["per_program"]
    counted, uncounted = f"SUM({rab.span('jumlah_dihitung')})", f"SUM({rab.span('jumlah_tidak_dihitung')})"
    units = f"SUM({layouts['unit_jenis'].span('dihitung')})"
    late = f"SUM({layouts['unit_jenis'].span('tidak_dihitung')})"
    programs = f'SUMIFS({tree.span("dihitung")},{tree.span("tingkat")},"{SUB}")'
    summary = f"SUM({layouts['unit'].span('total_rab')})"
    rkt = f"SUM({layouts['rkt'].span('anggaran')})"
    held = total.uncounted.amount
    budget = recap.in_force.total
    stands = ("Dihitung: RAB = RKT", counted, total.counted)
    if recap.agreed:
        stands = (f"Anggaran {recap.agreed.menurut} = RKT", str(budget), budget)
    for words, formula, value, other, other_value in (
        ("Dihitung: RAB = Unit x Jenis Belanja", counted, total.counted, units, total.counted),
        ("Dihitung: RAB = Per Program", counted, total.counted, programs, total.counted),
        ("Dihitung: RAB = Ringkasan", counted, total.counted, summary, sum(u.total_rab for u in recap.units)),
        (*stands, rkt, budget),
        ("Tidak dihitung: RAB = Unit x Jenis Belanja", uncounted, held, late, held),
    ):
        yield Check(words=words, formula=formula, value=value, other=other, other_value=other_value)


def _cross_checks(context: Context, worksheet: Worksheet, above: Layout) -> int:
    """The small table under the files; the last row that it fills. It borrows columns of the table above."""
    around, styles = rekap.ASAL_DATA.part("silang"), context.styles
    row = above.last + 2
    worksheet.write_string(row, above.column("status"), around.title, styles.subtitle)
    places = (above.column("status"), above.column("total"), above.column("di_rab"), above.column("cek_total"))
    for place, column in zip(places, around.before, strict=True):
        fmt = styles.hint if place == places[0] else styles.heading
        worksheet.write_string(row + 1, place, column.label, fmt)
    for number, check in enumerate(_checks(context), start=row + 2):
        agrees = check.value == check.other_value
        worksheet.write_string(number, places[0], check.words, styles.plain)
        worksheet.write_formula(number, places[1], f"={check.formula}", styles.rupiah, check.value)
        worksheet.write_formula(number, places[2], f"={check.other}", styles.rupiah, check.other_value)
        here, there = above.ref("total", number), above.ref("di_rab", number)
        worksheet.write_formula(number, places[3], f"={rekap.verdict(f'{here}={there}')}", styles.center, rekap.agreement(agrees))
    _verdict_colours(context, worksheet, (row + 2, places[3], number, places[3]))
    return number


# ---- Sheet ``Catatan``: everything we tell the units, each with a link to its cell in the unit's file ----

_MOST_LINKS = 60_000
"""Excel opens a sheet with at most 65,530 links."""

_LONGEST_LINK = 2_000
_LONGEST_VALUE = 300
_ESCAPED = '%#" <>[]^`{}'


def layout(recap: Recap, book: Book) -> Layout:
    return layout_of(rekap.CATATAN, book, len(recap.findings))


@writes(rekap.CATATAN)
def write_catatan(context: Context) -> None:
    """The findings in the order given."""
    grid = begin(Grid, context, context.layouts["catatan"], more=_office_levels(context))
    fill_findings(grid, context.recap.findings, lambda finding: context.masuk)
    end(grid)


def _office_levels(context: Context) -> str:
    """The levels that the office chose for itself, so that a reader knows the yardstick; "" when it chose none."""
    levels = context.recap.office.levels
    chosen = ", ".join(f"{code} menjadi {level.label}" for code, level in sorted(levels.items()))
    return f"Tingkat yang diubah kantor: {chosen}." if chosen else ""


def fill_findings(grid: TableGrid, findings: Iterable[Finding], folder: Callable[[Finding], str]) -> None:
    """Catatan in a table with the columns of ``rekap.CATATAN``, in whatever workbook is shown, each with a link to its cell.

    ``folder`` gives the folder of a finding's file as seen from the workbook.
    """

    def linked(key: str, at: At, text: str) -> Cell:
        finding: Finding = at.of
        place = "sel" if finding.cell else "berkas"
        link = link_to(finding, folder(finding)) if key == place and at.number <= _MOST_LINKS else ""
        return Cell(text or None, link=link if len(link) <= _LONGEST_LINK else "")

    fill(
        grid, findings,
        {
            "tingkat": lambda at: Cell(at.of.severity.label, fmt=grid.frame.styles.severity(at.of.severity)),
            "berkas": lambda at: linked("berkas", at, at.of.file),
            "sel": lambda at: linked("sel", at, at.of.cell),
            "nilai": lambda at: shorten(at.of.value, _LONGEST_VALUE),
        },
    )  # fmt: skip


def link_to(finding: Finding, masuk: str) -> str:
    """``external:../masuk/usulan-umum.xlsx#'RAB'!K17``; "" when the finding names no file."""
    if not finding.file:
        return ""
    folder = join(masuk, "..") if finding.file == KANTOR_FILE else masuk
    path = normpath(join(folder, finding.file))
    # XlsxWriter escapes nothing in a path that already holds an escape, and cuts it at the first "#".
    escaped = "".join(f"%{ord(c):02x}" if c in _ESCAPED else c for c in path)
    sheet = finding.sheet.replace("'", "''")
    place = f"#'{sheet}'!{finding.cell or 'A1'}" if sheet else ""
    return f"external:{escaped}{place}"
