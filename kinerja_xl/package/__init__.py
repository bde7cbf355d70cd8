"""The one place that knows the raw .xlsx package: zip directory, XML parts, sheet scan, cell patch.

Everything else asks libraries for cells; this package serves the gate, the fast reader, correction
copies and the filling of foreign forms. It imports nothing from the rest of the project. What marks up or disarms somebody's
book is loaded when it is asked for: readers never ask.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from kinerja_xl.formula.cellsheet import FormulaCell
from kinerja_xl.formula.operators import ErrorValue
from kinerja_xl.formula.references import address, coordinates
from kinerja_xl.package.archive import Archive, BombError, PackageError, repack
from kinerja_xl.package.book import Package, SheetPart
from kinerja_xl.package.collect import RawCell, SheetScan, TooManyCellsError
from kinerja_xl.package.markup import DoctypeError, as_utf8, escape, refuse_doctype
from kinerja_xl.package.patch import CellValue, Formula, normalise, patch
from kinerja_xl.package.written import marked_tab, part_of, plainly_shared, raw_cells, shared_texts

if TYPE_CHECKING:
    from kinerja_xl.package.disarm import inert
    from kinerja_xl.package.front import FrontCell, FrontRow, FrontSheet
    from kinerja_xl.package.looks import Look
    from kinerja_xl.package.marking import annotate, without_marks
    from kinerja_xl.package.notes import Note

_LATER = {
    "FrontCell": "front", "FrontRow": "front", "FrontSheet": "front", "Look": "looks", "Note": "notes", "annotate": "marking",
    "inert": "disarm", "without_marks": "marking",
}  # fmt: skip

__all__ = [
    "Archive", "BombError", "CellValue", "DoctypeError", "ErrorValue", "Formula", "FormulaCell", "FrontCell",
    "FrontRow", "FrontSheet", "Look", "Note", "Package", "PackageError", "RawCell", "SheetPart", "SheetScan", "TooManyCellsError",
    "address", "annotate", "as_utf8", "coordinates", "escape", "inert", "marked_tab", "normalise", "part_of", "patch",
    "plainly_shared", "raw_cells", "refuse_doctype", "repack", "shared_texts", "without_marks",
]  # fmt: skip


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
