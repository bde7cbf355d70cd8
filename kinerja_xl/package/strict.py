"""Strict Open XML as the transitional kind that every reader knows: the same parts under other names of namespaces.

ISO/IEC 29500-1 names them all below purl.oclc.org/ooxml; annex A.2 of part 4 says which is which. What strict adds in values
(dates as ISO text) the readers of cells know.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from kinerja_xl.package.archive import Archive
from kinerja_xl.package.markup import as_utf8

STRICT = "http://purl.oclc.org/ooxml/"
_TRANSITIONAL = "http://schemas.openxmlformats.org/"
_URI = re.compile(rb"http://purl\.oclc\.org/ooxml/([A-Za-z]+)/([A-Za-z]+)((?:/[A-Za-z]+)*)")
_RENAMED: Mapping[bytes, bytes] = {
    b"extendedProperties": b"extended-properties",
    b"customProperties": b"custom-properties",
}
_CONFORMANCE = re.compile(rb"""(?<!\s)\s++conformance\s*+=\s*+(?:"strict"|'strict')""")


def transitional(archive: Archive) -> Archive:
    """The same workbook in the transitional names; parts without any of the strict ones stay as they are.

    Raises PackageError for a damaged part.
    """
    changed = {}
    for path, entry in archive.index.items():
        if path.endswith((".xml", ".rels", ".vml")):
            data = as_utf8(archive.read(path), path)
            renamed = _URI.sub(_name, data)
            if renamed != data:
                changed[entry.filename] = _CONFORMANCE.sub(b"", renamed, 1)
    return Archive.open(archive.rewrite(changed)) if changed else archive


def _name(match: re.Match[bytes]) -> bytes:
    room, kind, rest = match.groups()
    renamed = b"/".join(_RENAMED.get(part, part) for part in (kind + rest).split(b"/"))
    return b"%s%s/2006/%s" % (_TRANSITIONAL.encode(), room, renamed)
