"""The slow reader: any spelling that XML allows, and any distance between cells.

The cells are taken from the raw sheet by a full parse and handed to the fast reader (calamine) as a plain list without gaps,
written as Excel writes it: what a number format, a date or an escape means is read by one library only.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from kinerja_xl.formula.references import Place
from kinerja_xl.package import Package, RawCell, SheetPart, as_utf8, escape, part_of, raw_cells, repack

_WIDTH = 16
_LETTERS = "ABCDEFGHIJKLMNOP"
_NUMBER = re.compile(r"[-+]?(?:[0-9]++(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_INDEX = re.compile(r"\+?([0-9]+)(?:\.0*)?")
_TRUTHS = {"1": "1", "true": "1", "0": "0", "false": "0"}
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_LINKS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'

Reader = Callable[[bytes], list[list[object]]]


def exact_cells(
    package: Package, part: SheetPart, texts: Sequence[str], reader: Reader
) -> tuple[Mapping[Place, object], Mapping[Place, str]]:
    """The values of a sheet by 1-based place, and the places whose value nobody can know, each with the reason.

    ``texts``: the shared ones; ``reader``: the fast one, for the first sheet of a workbook. Raises PackageError for broken XML.
    """
    cells, twice = raw_cells(package, part)
    unsure = dict.fromkeys(twice, "tertulis dua kali dengan isi berbeda")
    places: list[Place] = []
    written: list[RawCell] = []
    for place, cell in cells.items():
        try:
            plain = _plain(cell, texts)
        except ValueError as bad:
            unsure.setdefault(place, str(bad))
            continue
        if place not in unsure and plain.value:
            places.append(place)
            written.append(plain)
    return dict(zip(places, _values(reader(_book(package, written)), len(places)), strict=True)), unsure


def _plain(cell: RawCell, texts: Sequence[str]) -> RawCell:
    """The cell as Excel would write it. Raises ValueError with the reason why it can't be known."""
    bare = cell.value.strip()
    if cell.kind == "s":
        index = _INDEX.fullmatch(bare)
        if not index or int(index[1]) >= len(texts):
            raise ValueError(f'memakai teks nomor "{bare[:20]}" yang tidak ada dalam daftar teks berkas ini')
        return cell._replace(kind="str", value=texts[int(index[1])])
    if cell.kind == "b":
        if bare.lower() not in _TRUTHS:
            raise ValueError(f'seharusnya benar atau salah, tetapi tertulis "{bare[:20]}"')
        return cell._replace(value=_TRUTHS[bare.lower()])
    if cell.kind == "n" and len(bare) < 400 and _NUMBER.fullmatch(bare) and math.isfinite(float(bare)):
        return cell._replace(value=repr(float(bare)))
    # What is no number stays the text that it is: those who wait for a number say so, with the cell.
    return cell._replace(value=bare) if cell.kind == "d" else cell._replace(kind="str")


def _book(package: Package, cells: Sequence[RawCell]) -> bytes:
    """A workbook with the one sheet, its cells side by side; the styles are those of the original."""
    styles = part_of(package, "styles")
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": _LINKS.format(f'<Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/>'),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><workbookPr date1904="{int(package.date1904)}"/>'
        '<sheets><sheet name="x" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _LINKS.format(
            f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{_RELATIONS}/styles" Target="styles.xml"/>'
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(_rows(cells))}</sheetData></worksheet>',
    }
    written = {path: text.encode() for path, text in parts.items()}
    if styles:
        written["xl/styles.xml"] = as_utf8(package.part(styles), styles)
    return repack(written)


def _rows(cells: Sequence[RawCell]) -> Iterator[str]:
    for first in range(0, len(cells), _WIDTH):
        row = first // _WIDTH + 1
        yield f'<row r="{row}">'
        for letter, cell in zip(_LETTERS, cells[first : first + _WIDTH], strict=False):
            style = f' s="{cell.style}"' if cell.style.isdecimal() else ""
            yield f'<c r="{letter}{row}"{style} t="{cell.kind}"><v>{escape(cell.value)}</v></c>'
        yield "</row>"


def _values(rows: list[list[object]], count: int) -> list[object]:
    """The first ``count`` values of the list."""
    found: list[object] = [value for row in rows for value in (*row, *[""] * (_WIDTH - len(row)))]
    return [*found, *[""] * (count - len(found))][:count]
