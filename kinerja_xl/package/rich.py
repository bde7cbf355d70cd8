"""Text in one cell whose parts look differently, read to be written again with other words in it."""

from __future__ import annotations

from kinerja_xl.formula.references import address, coordinates
from kinerja_xl.package.book import Package
from kinerja_xl.package.markup import Element, tree
from kinerja_xl.package.patch import Rich

_STRINGS = "xl/sharedStrings.xml"


def rich_text(package: Package, sheet: str, cell: str) -> Rich | None:
    """The parts of a cell's text; None where it has no parts of its own look."""
    path = package.path(sheet)
    root = tree(package.part(path), path, offsets=False)
    place = address(*coordinates(cell))
    found = next((c for row in root.within("sheetData", "row") for c in row.named("c") if c.attrs.get("r") == place), None)
    if found is None:
        return None
    held = found.first("is")
    shown = found.first("v")
    if found.attrs.get("t") == "s" and shown is not None and shown.text.isdecimal() and _STRINGS in package.archive:
        items = tree(package.part(_STRINGS), _STRINGS, offsets=False).named("si")
        held = next((item for number, item in enumerate(items) if number == int(shown.text)), None)
    parts = tuple(map(_part, held.named("r"))) if held is not None else ()
    return Rich(parts) if parts else None


def _part(run: Element) -> tuple[Element | None, str]:
    text = run.first("t")
    return run.first("rPr"), text.text if text is not None else ""


def answered(rich: Rich, answer: str) -> Rich:
    """The label, up to its colon, in the parts that it has; the answer behind it looks like the dots in whose place it stands."""
    left = len("".join(text for _, text in rich.parts).partition(":")[0].rstrip())
    kept: list[tuple[Element | None, str]] = []
    for look, text in rich.parts:
        if left > 0:
            kept.append((look, text[:left]))
        left -= len(text)
    return Rich((*kept, (rich.parts[-1][0], answer)))
