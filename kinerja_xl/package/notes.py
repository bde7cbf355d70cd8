"""Cell notes of ours: put into a sheet's comments part beside those that are there, and taken out again.

Notes of ours carry the author ``AUTHOR``; what is added to somebody else's note begins with ``ADDED``. LibreOffice saves
no authors: there a note is ours when its cell has our colour. Threaded comments (author ``tc=…``) are left alone: Excel
shows no note on their cells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from kinerja_xl.formula.references import address, coordinates
from kinerja_xl.package.archive import PackageError
from kinerja_xl.package.draft import HEAD, MAIN_NS, Edit, inside, splice
from kinerja_xl.package.markup import Element, escape, tag, tree

AUTHOR = "kinerja-xl"
ADDED = "Catatan kinerja-xl:"
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"

_THREADED = "tc="
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LONGEST = 10_000
"""Characters of one note; a box for more would leave the screen."""

_WIDTH, _LINE, _PER_LINE, _HIGHEST = 320, 15, 54, 640
"""Width of a box, height of a line in it and greatest height in pixels; characters that a line takes (Tahoma 9)."""

Place = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What is said at one cell: pairs of a bold heading and a text, and the cell's colours (``#RRGGBB``)."""

    entries: tuple[tuple[str, str], ...]
    fill: str
    ink: str

    def text(self) -> str:
        """All of it, as it reads in the box."""
        return "\n\n".join(f"{title}\n{body}" for title, body in self.entries)[:_LONGEST]


def box_size(text: str) -> tuple[int, int]:
    """Width and height in pixels of a box that shows ``text``."""
    lines = sum(1 + len(line) // _PER_LINE for line in text.split("\n"))
    return _WIDTH, min(_HIGHEST, 12 + _LINE * (lines + 1))


def blank() -> bytes:
    """A comments part without comments."""
    return HEAD + f'<comments xmlns="{MAIN_NS}"><authors></authors><commentList></commentList></comments>'.encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A comments part with our notes. ``new`` need a box, ``grown`` have one that may be too small for their text now."""

    data: bytes
    new: tuple[Place, ...]
    grown: Mapping[Place, str]


def merged(data: bytes, path: str, notes: Mapping[Place, Note]) -> Merged:
    """Put notes into a comments part. Raises PackageError."""
    authors, listed = _lists(data, path)
    names = [author.text for author in authors.named("author")]
    edits: list[Edit] = []
    if AUTHOR not in names:
        names.append(AUTHOR)
        edits.append(inside(authors, data, tag(authors.prefix, "author", {}, AUTHOR)))
    there = {place: comment for comment in listed.named("comment") if (place := _place(comment))}
    grown = {}
    for place in sorted(notes.keys() & there.keys()):
        comment = there[place]
        if _author(comment, names).startswith(_THREADED):
            continue
        edits += _append(comment, data, notes[place])
        grown[place] = f"{''.join(_texts(comment))}\n\n{ADDED}\n{notes[place].text()}"
    new = tuple(sorted(notes.keys() - there.keys()))
    attrs = {"authorId": str(names.index(AUTHOR)), "shapeId": "0"}
    added = b"".join(_comment(listed.prefix, {"ref": address(*p)} | attrs, notes[p]) for p in new)
    edits.append(inside(listed, data, added))
    return Merged(data=splice(data, edits), new=new, grown=grown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """A comments part without our notes; ``places`` lost theirs whole, ``left`` comments of others remain."""

    data: bytes
    places: frozenset[Place]
    left: int


def cleared(data: bytes, path: str, coloured: Callable[[Place], bool]) -> Cleared:
    """Take our notes out of a comments part, and what we added to notes of others. Raises PackageError.

    ``coloured`` says whether a cell has our colour.
    """
    authors, listed = _lists(data, path)
    names = [author.text for author in authors.named("author")]
    edits: list[Edit] = []
    places, left = set(), 0
    for comment in listed.named("comment"):
        place, author = _place(comment) or (0, 0), _author(comment, names).strip()
        if author == AUTHOR or (not author and coloured(place) and ADDED not in "".join(_texts(comment))):
            edits.append((comment.start, comment.end, b""))
            places.add(place)
        else:
            left += 1
            edits += _strip(comment)
    return Cleared(data=splice(data, edits), places=frozenset(places), left=left)


def is_ours(data: bytes) -> bool:
    """Whether a comments part may hold something of ours: a cheap look before it is parsed."""
    return AUTHOR.encode() in data


def _lists(data: bytes, path: str) -> tuple[Element, Element]:
    """The two lists that make a comments part: authors and comments."""
    root = tree(data, path)
    authors, listed = root.first("authors"), root.first("commentList")
    if authors is None or listed is None:
        raise PackageError(f"isi bagian {path} rusak")
    return authors, listed


def _place(comment: Element) -> Place | None:
    try:
        return coordinates(comment.attrs.get("ref", ""))
    except ValueError:
        return None


def _author(comment: Element, names: list[str]) -> str:
    number = comment.attrs.get("authorId", "")
    return names[int(number)] if number.isdecimal() and int(number) < len(names) else ""


def _pieces(comment: Element) -> Iterator[Element]:
    """The elements of a comment's text in order: plain ``t`` and runs ``r``."""
    for text in comment.named("text"):
        yield from (child for child in text.children if child.name in ("t", "r"))


def _texts(comment: Element) -> Iterator[str]:
    for piece in _pieces(comment):
        yield piece.text if piece.name == "t" else "".join(t.text for t in piece.named("t"))


def _append(comment: Element, data: bytes, note: Note) -> list[Edit]:
    """Our text behind somebody's own; a plain text becomes a run first, since both together may not be mixed."""
    added = _runs(comment.prefix, ((f"\n\n{ADDED}", ""), *note.entries))
    text = comment.first("text")
    if text is None or not text.children:
        return [inside(text, data, added)] if text else []
    edits: list[Edit] = []
    for piece in text.named("t"):
        run = f"<{piece.prefix}r>".encode() + data[piece.start : piece.end] + f"</{piece.prefix}r>".encode()
        edits.append((piece.start, piece.end, run))
    last = max((piece.end for piece in _pieces(comment)), default=text.open_end)
    return [*edits, (last, last, added)]


def _strip(comment: Element) -> list[Edit]:
    """Cut everything from ``ADDED`` on."""
    edits: list[Edit] = []
    for piece in _pieces(comment):
        if edits:
            edits.append((piece.start, piece.end, b""))
            continue
        for t in [piece] if piece.name == "t" else piece.named("t"):
            before, found, _ = t.text.partition(ADDED)
            if found and not before.strip():
                edits.append((piece.start, piece.end, b""))
            elif found:
                edits.append((t.start, t.end, _t(t.prefix, before.rstrip("\n")).encode()))
    return edits


def _comment(prefix: str, attrs: Mapping[str, str], note: Note) -> bytes:
    return tag(prefix, "comment", attrs, tag(prefix, "text", {}, _runs(prefix, note.entries).decode()).decode())


def _runs(prefix: str, entries: tuple[tuple[str, str], ...]) -> bytes:
    """Headings bold, texts plain, a blank line between entries."""
    runs, room = "", _LONGEST
    for number, (title, body) in enumerate(entries):
        gap = "\n\n" if number and entries[number - 1][1] else "\n" if number else ""
        for text, bold in ((gap + title, True), ("\n" + body if body else "", False)):
            if text and room > 0:
                runs += _run(prefix, text[:room], bold)
                room -= len(text)
    return runs.encode()


def _run(prefix: str, text: str, bold: bool) -> str:
    p = prefix
    font = f'<{p}sz val="9"/><{p}color indexed="81"/><{p}rFont val="Tahoma"/><{p}family val="2"/>'
    return f"<{p}r><{p}rPr>{f'<{p}b/>' if bold else ''}{font}</{p}rPr>{_t(p, text)}</{p}r>"


def _t(prefix: str, text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return f'<{prefix}t xml:space="preserve">{escape(_UNWRITABLE.sub(chr(0xFFFD), lines))}</{prefix}t>'


# ---- The boxes of cell notes: shapes in a VML drawing part, without which Excel shows no note ----
# Old files hold VML that is no well-formed XML (``<br>``), and Excel reads it all the same; so shapes are found and added
# as text and the rest of the part is left as it is.

BOXES_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
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


def blank_boxes() -> bytes:
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
