"""A workbook as it comes out of the printer: LibreOffice's pages as text, by the sheet that their header names."""

import re
from collections import defaultdict
from pathlib import Path

from tests.libre import Office

LEAST_WORDS = 12
"""Fewer words on a page are its header and footer and nothing else."""


class Printed:
    """The pages of one workbook, by the sheet that their header names."""

    def __init__(self, office: Office, path: Path, data: bytes) -> None:
        path.write_bytes(data)
        self.path = path
        self.pages = office.text(office.pdf([path])[path])
        self.sheets: dict[str, list[str]] = defaultdict(list)
        self.order: list[str] = []
        for page in self.pages:
            head = next(line for line in page.splitlines() if line.strip())
            self.order.append(re.split(r"\s{3,}", head.strip())[-1])
            self.sheets[self.order[-1]].append(page)

    def text(self, sheet: str) -> str:
        """All pages of a sheet, blanks and line breaks as one blank."""
        return " ".join(" ".join(self.sheets[sheet]).split())

    def blank(self) -> list[str]:
        """Pages with nothing on them but header and footer."""
        return [page for page in self.pages if len(page.split()) < LEAST_WORDS]

    def clipped(self) -> list[str]:
        """Pages with a figure that its column has no room for."""
        return [page for page in self.pages if "##" in page]

    def numbered(self) -> bool:
        return all(f"Hal {n} dari {len(self.pages)}" in page for n, page in enumerate(self.pages, start=1))
