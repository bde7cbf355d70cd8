"""The boxes of cell notes: shapes in a VML drawing part, without which Excel shows no note.

Old files hold VML that is no well-formed XML (``<br>``), and Excel reads it all the same; so shapes are found and added
as text and the rest of the part is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kinerja_xl.package.archive import PackageError
from kinerja_xl.package.draft import Edit, splice

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
BLOCK = 1024
"""Shape ids come in blocks; a drawing lists the blocks that its ids are from."""

_NAMESPACES = (
    (b"v", b"urn:schemas-microsoft-com:vml"),
    (b"o", b"urn:schemas-microsoft-com:office:office"),
    (b"x", b"urn:schemas-microsoft-com:office:excel"),
)
_BOX_TYPE = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE = re.compile(rb"<v:shape\s.*?</v:shape>\s*", re.DOTALL)
_PLACE = {name: re.compile(rb"<x:%s>\s*(\d+)\s*</x:%s>" % (name, name)) for name in (b"Row", b"Column")}
_ANCHOR = re.compile(rb"(<x:Anchor>)([^<]*)(</x:Anchor>)")
_ID = re.compile(rb"_x0000_s(\d+)")
_BLOCKS = re.compile(rb"""(<o:idmap\s[^>]*?\bdata=["'])([^"']*)""")
_ROOT = re.compile(rb"<(?:\w+:)?xml\b[^>]*>")
_VISIBLE = re.compile(rb"<v:(?:shape|group|rect|roundrect|oval|line|polyline|image|arc|curve)[\s/>]")
_END = re.compile(rb"</(?:\w+:)?xml\s*>\s*\Z")

Place = tuple[int, int]


def blank() -> bytes:
    """A drawing without shapes."""
    names = b"".join(b' xmlns:%s="%s"' % pair for pair in _NAMESPACES)
    layout = b'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data=""/></o:shapelayout>'
    return b"<xml" + names + b">" + layout + _BOX_TYPE + b"</xml>"


def highest_id(drawings: Iterable[bytes]) -> int:
    """The highest shape number in use, 0 without any."""
    return max((int(number) for vml in drawings for number in _ID.findall(vml)), default=0)


def box(number: int, place: Place, anchor: tuple[int, ...], size: tuple[int, int]) -> bytes:
    """One hidden note box. ``place`` (1-based) is the cell, ``size`` in pixels, ``anchor`` see ``Outline.anchor``."""
    corners = ", ".join(str(corner) for corner in anchor)
    # Excel goes by the anchor, others by the size.
    style = f"position:absolute;width:{size[0] * 0.75:g}pt;height:{size[1] * 0.75:g}pt;z-index:1;visibility:hidden"
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="{style}" '
        'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/>'
        '<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{corners}</x:Anchor>'
        f"<x:AutoFill>False</x:AutoFill><x:Row>{place[0] - 1}</x:Row><x:Column>{place[1] - 1}</x:Column></x:ClientData></v:shape>"
    ).encode()


def with_boxes(vml: bytes, boxes: list[bytes], first: int, path: str) -> bytes:
    """The drawing with these boxes, numbered from ``first``. Raises PackageError when it has no end."""
    end, root = _END.search(vml), _ROOT.search(vml)
    if not end or not root:
        raise PackageError(f"isi bagian {path} rusak")
    names = b"".join(b' xmlns:%s="%s"' % pair for pair in _NAMESPACES if b"xmlns:" + pair[0] not in root[0])
    own = b"" if b'"_x0000_t202"' in vml or b"'_x0000_t202'" in vml else _BOX_TYPE
    added = own + b"".join(boxes)
    if names:  # the shapes need their names where the root gives none
        added = re.sub(rb"<v:shape(?:type)?(?=\s)", lambda tag: tag[0] + names, added)
    edits: list[Edit] = [(end.start(), end.start(), added)]
    blocks = _BLOCKS.search(vml)
    if blocks:
        used = range(first // BLOCK, (first + len(boxes) - 1) // BLOCK + 1)
        listed = [part.strip() for part in blocks[2].decode().split(",") if part.strip()]
        listed += [str(block) for block in used if str(block) not in listed]
        edits.append((blocks.start(2), blocks.end(2), ",".join(listed).encode()))
    return splice(vml, edits)


def without_boxes(vml: bytes, places: set[Place]) -> bytes:
    """The drawing without the notes of these cells."""
    return _SHAPE.sub(lambda shape: b"" if _note_of(shape[0]) in places else shape[0], vml)


def enlarged(vml: bytes, anchors: dict[Place, tuple[int, ...]]) -> bytes:
    """The drawing with the boxes of these cells made high enough for a text that has grown."""

    def grown(shape: re.Match[bytes]) -> bytes:
        found, needed = _ANCHOR.search(shape[0]), anchors.get(_note_of(shape[0]) or (0, 0))
        corners = [part.strip() for part in found[2].split(b",")] if found else []
        if not needed or not found or len(corners) != 8 or not corners[6].isdigit() or int(corners[6]) >= needed[6]:
            return shape[0]
        return _ANCHOR.sub(rb"\g<1>" + ", ".join(str(c) for c in needed).encode() + rb"\3", shape[0], count=1)

    return _SHAPE.sub(grown, vml)


def has_shapes(vml: bytes) -> bool:
    """Whether the drawing shows anything at all: notes, controls, pictures."""
    return _VISIBLE.search(vml) is not None


def _note_of(shape: bytes) -> Place | None:
    """The cell (1-based) that a note's shape belongs to."""
    if b'"Note"' not in shape and b"'Note'" not in shape:
        return None
    row, column = _PLACE[b"Row"].search(shape), _PLACE[b"Column"].search(shape)
    return (int(row[1]) + 1, int(column[1]) + 1) if row and column else None
