"""Small edits of an element that leave everything else in its tag as written: attribute values, text content."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kinerja_xl.package.archive import PackageError
from kinerja_xl.package.draft import Edit
from kinerja_xl.package.markup import Element, escape


def attributes(data: bytes, element: Element, values: Mapping[str, str]) -> list[Edit]:
    """Give attributes (by their written names) other values; one that the tag lacks is added, equal ones cost nothing."""
    edits: list[Edit] = []
    for name, value in values.items():
        if element.attrs.get(name) == value:
            continue
        new = f'{name}="{escape(value)}"'.encode()
        if name not in element.attrs:
            at = element.open_end - (2 if element.empty else 1)
            edits.append((at, at, b" " + new))
            continue
        pattern = rb"""(?<=\s)%s\s*=\s*(?:"[^"]*"|'[^']*')""" % re.escape(name.encode())
        match = re.compile(pattern).search(data, element.start, element.open_end)
        if match is None:
            raise PackageError(f"tanda <{element.prefix}{element.name}> tidak dapat diubah")
        edits.append((match.start(), match.end(), new))
    return edits


def text(element: Element, value: str) -> list[Edit]:
    """Other text for an element without children; nothing when it reads so already."""
    if element.text == value or element.children or element.empty:
        return []
    return [(element.open_end, element.close, escape(value).encode())]
