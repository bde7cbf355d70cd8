"""A unit's own file with what to mend: marked cells with notes, and the sheet ``Daftar Perbaikan`` in front.

Everything else in the file stays as the unit made it (``kinerja_xl.package.marking``). Mended and handed in again it
reads like any file: the sheet, the colours and the notes are nobody's content.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from kinerja_xl.catatan import Finding, Severity, Untuk, cause_first, worst
from kinerja_xl.package import (
    FrontCell,
    FrontRow,
    FrontSheet,
    Look,
    Note,
    Package,
    PackageError,
    address,
    annotate,
    coordinates,
    inert,
)
from kinerja_xl.reading.gate import Passed, inspect
from kinerja_xl.sheets.content import CORRECTION_NAME, CORRECTION_SHEET
from kinerja_xl.sheets.usulan import IDENTITAS
from kinerja_xl.writing.metrics import height, line_count
from kinerja_xl.writing.styles import (
    CEK_FILL,
    CEK_INK,
    HEADING_FILL,
    INFO_FILL,
    INFO_INK,
    INK,
    LINK,
    MUTED,
    NAVY,
    RULE,
    WAJIB_FILL,
    WAJIB_INK,
)

COLOURS: Mapping[Severity, tuple[str, str]] = {
    Severity.WAJIB: (WAJIB_FILL, WAJIB_INK), Severity.CEK: (CEK_FILL, CEK_INK), Severity.INFO: (INFO_FILL, INFO_INK)
}
"""Ground and text colour of a level."""

_COLUMNS = (("No", 5), ("Lembar", 16), ("Sel", 8), ("Tingkat", 17), ("Masalah", 62), ("Perbaikan", 56), ("Kode", 8))
_WHOLE_FILE, _WHOLE_SHEET = "(seluruh berkas)", "–"
_LONGEST = 2_000
"""Characters of one sentence; a cell typed full must not fill the screen with a note."""

_HEADING_HEIGHT, _TITLE_HEIGHT, _LINE_HEIGHT = 20.0, 24.0, 15.0
_INDENT = 1.6
"""Characters that an indent and the border take from a column."""

Placed = tuple[Finding, str]
"""A finding and the cell that is marked for it, "" for none."""

_TITLE = Look(size=14, bold=True, ink=NAVY, vertical="center")
_SUBTITLE = Look(size=11, bold=True, ink=INK, vertical="center")
_HINT = Look(size=9, italic=True, ink=MUTED, vertical="center")
_CELL = Look(ink=INK, border=RULE, horizontal="left", wrap=True, indent=1)
_NUMBER = replace(_CELL, horizontal="center", indent=0)
_LINKED = replace(_CELL, ink=LINK, underline=True)
_HEADING = Look(bold=True, ink=INK, fill=HEADING_FILL, border=RULE, horizontal="center", vertical="center", wrap=True)


def correction_copy(
    data: bytes, findings: Sequence[Finding], *, stripped: bool = False, whose: Sequence[str] = ()
) -> bytes | None:
    """The unit's file ``data`` with those of its findings that the unit can mend; None when the file can't be opened safely.

    Findings that name a cell mark it, several on one cell share a note in the colour of the highest level; the others
    stand in the list only. ``stripped``: without macros, links and objects. ``whose``: lines below the title that say whose file
    it is and until when it is mended. Same file and findings, same bytes.
    """
    passed = inspect(data, "")
    if not isinstance(passed, Passed):
        return None
    tabs = [sheet.name for sheet in passed.package.sheets]
    placed = [(finding, _cell(finding, passed)) for finding in findings if finding.untuk is Untuk.UNIT]
    placed.sort(key=lambda pair: _order(pair, tabs))
    by_cell: dict[tuple[str, str], list[Finding]] = {}
    for finding, cell in placed:
        if cell:
            by_cell.setdefault((finding.sheet, cell), []).append(finding)
        if "juga" in finding.args:  # one line in the list, but every cell is marked
            for other in finding.args["sel_sel"].split():
                if other != finding.cell and (place := _cell(finding.at(cell=other), passed)):
                    by_cell.setdefault((finding.sheet, place), []).append(finding)
    marks = {place: _note(found) for place, found in by_cell.items()}
    try:
        kept = inert(data) if stripped else data
        left = Package.open(kept).brought.words if stripped else passed.package.brought.words
        return annotate(kept, marks, _front(placed, passed.package, left, whose))
    except PackageError:
        return None


def _cell(finding: Finding, passed: Passed) -> str:
    """The cell to mark: the first one of a merged area, "" where the file has no such cell."""
    scan = passed.scans.get(finding.sheet)
    try:
        row, column = coordinates(finding.cell)
    except ValueError:
        return ""
    if scan is None:
        return ""
    for top, left, bottom, right in scan.merged:
        if top <= row <= bottom and left <= column <= right:
            return address(top, left)
    return address(row, column)


def _order(pair: Placed, tabs: Sequence[str]) -> tuple[tuple[int, int], int, str, int, int, str, str]:
    """Wajib first and the cause first; then by sheet as the tabs stand, cell row by row. Lost sheets come last."""
    finding, cell = pair
    order = ["", *tabs]
    sheet = order.index(finding.sheet) if finding.sheet in order else len(order)
    row, column = coordinates(cell) if cell else (0, 0)
    return cause_first(finding), sheet, finding.sheet, row, column, finding.code, finding.masalah


def _note(found: Sequence[Finding]) -> Note:
    """One note for all that is said about a cell, the highest level first."""
    fill, ink = COLOURS[worst(found) or Severity.INFO]
    entries = ((f"{f.code} · {f.severity.label}", f"{_short(f.masalah)}\nPerbaikan: {_short(f.perbaikan)}") for f in found)
    return Note(entries=tuple(entries), fill=fill, ink=ink)


def _front(placed: Sequence[Placed], package: Package, left: Sequence[str], whose: Sequence[str]) -> FrontSheet:
    """The sheet: what it is, what to do with the file, and one row per finding."""
    title, *more = _introduction([f for f, _ in placed], package, left)
    intro = [_intro(text, look) for text, look in (title, *((line, _SUBTITLE) for line in whose), *more)]
    heading = FrontRow(cells=tuple(FrontCell(value=label, look=_HEADING) for label, _ in _COLUMNS), height=_HEADING_HEIGHT)
    tabs = {sheet.name for sheet in package.sheets}
    rows = [_row(number, pair, tabs) for number, pair in enumerate(placed, start=1)]
    return FrontSheet(
        name=CORRECTION_SHEET, mark=CORRECTION_NAME, widths=tuple(float(width) for _, width in _COLUMNS),
        rows=(*intro, heading, *rows), heading=len(intro) + 1,
    )  # fmt: skip


def _introduction(findings: Sequence[Finding], package: Package, left: Sequence[str]) -> list[tuple[str, Look]]:
    counted = Counter(finding.severity for finding in findings)
    parts = [f"{counted[level]} {level.label.casefold()}" for level in Severity if counted[level]]
    lines = [
        (CORRECTION_SHEET, _TITLE),
        (f"{len(findings)} catatan: {', '.join(parts)}" if findings else "Tidak ada catatan.", _SUBTITLE),
        ("Sel yang perlu diperbaiki diberi warna dan catatan; alamatnya tertulis pada kolom Sel.", _HINT),
        ("Setelah diperbaiki, simpan dan sampaikan berkas ini. Lembar ini, warna, dan catatan tidak ikut dibaca.", _HINT),
    ]
    if any(sheet.name == IDENTITAS.name for sheet in package.sheets):
        lines.append((f'Naikkan angka "Revisi ke-" pada lembar {IDENTITAS.name}, agar perbaikan ini yang dipakai.', _HINT))
    if gone := [word for word in package.brought.words if word not in left]:
        lines.append((f"Berkas asli membawa {', '.join(gone)}; itu sudah dilepas dari salinan ini, nilainya tetap.", _HINT))
    if words := ", ".join(left):
        lines.append((f"Berkas asli membawa {words}; itu ikut tersalin, dan tidak pernah dijalankan kinerja-xl.", _HINT))
    return [*lines, ("", _HINT)]


def _intro(text: str, look: Look) -> FrontRow:
    cells = (FrontCell(value=text, look=look),) if text else ()
    return FrontRow(cells=cells, height=_TITLE_HEIGHT if look is _TITLE else _LINE_HEIGHT)


def _row(number: int, pair: Placed, tabs: Set[str]) -> FrontRow:
    finding, cell = pair
    link = (finding.sheet, cell or "A1") if finding.sheet in tabs else None
    fill, ink = COLOURS[finding.severity]
    level = replace(_CELL, fill=fill, ink=ink, bold=finding.severity is Severity.WAJIB)
    cells = (
        FrontCell(value=number, look=_NUMBER),
        FrontCell(value=finding.sheet or _WHOLE_FILE, look=_CELL if cell or not link else _LINKED, link=None if cell else link),
        FrontCell(value=cell or finding.cell or _WHOLE_SHEET, look=_LINKED if cell else _CELL, link=link if cell else None),
        FrontCell(value=finding.severity.label, look=level), FrontCell(value=_short(finding.masalah), look=_CELL),
        FrontCell(value=_short(finding.perbaikan), look=_CELL), FrontCell(value=finding.code, look=_CELL),
    )  # fmt: skip
    lines = max(line_count(str(c.value), w - _INDENT, c.look.bold) for c, (_, w) in zip(cells, _COLUMNS, strict=True))
    return FrontRow(cells=cells, height=height(lines))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"
