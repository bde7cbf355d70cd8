"""The one place that knows the raw .xlsx package: zip directory, XML parts, sheet scan, cell patch.

Everything else asks libraries for cells; this package serves the gate, the fast reader, correction
copies and the filling of foreign forms. It imports nothing from the rest of the project.
"""

from kinerja_xl.formula.cellsheet import FormulaCell
from kinerja_xl.formula.operators import ErrorValue
from kinerja_xl.formula.references import address, coordinates
from kinerja_xl.package.annotate import annotate, without_marks
from kinerja_xl.package.archive import Archive, BombError, PackageError, repack
from kinerja_xl.package.book import Package, SheetPart
from kinerja_xl.package.collect import RawCell, SheetScan, TooManyCellsError
from kinerja_xl.package.front import FrontCell, FrontRow, FrontSheet, marked_tab
from kinerja_xl.package.inert import inert
from kinerja_xl.package.looks import Look
from kinerja_xl.package.markup import DoctypeError, as_utf8, escape, refuse_doctype
from kinerja_xl.package.notes import Note
from kinerja_xl.package.patch import CellValue, Formula, normalise, patch
from kinerja_xl.package.written import part_of, plainly_shared, raw_cells, shared_texts

__all__ = [
    "Archive", "BombError", "CellValue", "DoctypeError", "ErrorValue", "Formula", "FormulaCell", "FrontCell",
    "FrontRow", "FrontSheet", "Look", "Note", "Package", "PackageError", "RawCell", "SheetPart", "SheetScan", "TooManyCellsError",
    "address", "annotate", "as_utf8", "coordinates", "escape", "inert", "marked_tab", "normalise", "part_of", "patch",
    "plainly_shared", "raw_cells", "refuse_doctype", "repack", "shared_texts", "without_marks",
]  # fmt: skip
