"""XML of a package part through expat: DOCTYPE refused, a small tree that knows its byte offsets.

expat is used directly: it reports byte offsets (patching copies everything else untouched) and reads
prefixed names, comments, CDATA and UTF-16 alike. A DOCTYPE, the door to entity bombs and foreign
entities, raises before anything it declares is used; that is all that defusedxml would add here.
Namespaces are not resolved: elements are known by local name and place, as the cell readers do it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

from kinerja_xl.package.archive import PackageError

_DECLARATION = re.compile(rb"""\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']+)["']""")
_TAG = re.compile(rb"""<[^\s/>]+(?:\s+[^\s=/>]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*(/?)>""")
_REFERENCE = re.compile(r"&#(?:x([0-9A-Fa-f]+)|([0-9]+));")
_NAMED = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
_BOM = b"\xef\xbb\xbf"


class DoctypeError(PackageError):
    """A part carries a DOCTYPE; ``reason`` is the part's path."""


class _RootReached(Exception):
    """The prolog is over; stops the parser early."""


@dataclass(slots=True, kw_only=True)
class Element:
    """One element; offsets are bytes in the parsed data. Empty elements have ``close == open_end == end``."""

    name: str  # local name
    prefix: str  # with its colon, or ""
    attrs: dict[str, str]
    start: int = 0
    open_end: int = 0  # just after the start tag
    close: int = 0  # start of the end tag
    end: int = 0
    empty: bool = False  # written <a/>
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def named(self, name: str) -> Iterator[Element]:
        """The direct children of this name."""
        return (child for child in self.children if child.name == name)

    def first(self, name: str) -> Element | None:
        return next(self.named(name), None)

    def within(self, outer: str, inner: str) -> Iterator[Element]:
        """The children of the second name in all direct children of the first."""
        return (child for above in self.named(outer) for child in above.named(inner))

    def attr(self, local: str) -> str | None:
        """The attribute of this local name, whatever its prefix (``r:id``)."""
        return next((value for key, value in self.attrs.items() if key.rpartition(":")[2] == local), None)


def is_utf8(data: bytes) -> bool:
    """Whether the bytes of a part are UTF-8 (or plain ASCII) as XML understands it, by mark and declaration."""
    if not data.removeprefix(_BOM)[:100].lstrip().startswith(b"<") or b"\0" in data[:4]:
        return False
    declared = _DECLARATION.match(data.removeprefix(_BOM)[:200])
    return not declared or declared[1].lower() in (b"utf-8", b"us-ascii", b"ascii")


def as_utf8(data: bytes, path: str) -> bytes:
    """The same part as UTF-8 without mark, so that byte offsets mean the same for every writer."""
    if is_utf8(data):
        return data.removeprefix(_BOM)
    try:
        text = data.decode(_encoding(data))
    except (LookupError, UnicodeError) as bad:
        raise PackageError(f"penyandian bagian {path} tidak dikenal") from bad
    body = re.sub(r"^\s*<\?xml.*?\?>\s*", "", text, flags=re.DOTALL)
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + body.encode()


def _encoding(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    declared = _DECLARATION.match(data[:200])
    if declared:
        return declared[1].decode("ascii")
    return "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"


def parser(path: str) -> expat.XMLParserType:
    """An expat parser that raises DoctypeError for ``path`` when it meets a DOCTYPE."""
    made = expat.ParserCreate()
    made.buffer_text = True

    def refuse(*_: object) -> None:
        raise DoctypeError(path)

    made.StartDoctypeDeclHandler = refuse
    return made


def feed(made: expat.XMLParserType, data: bytes, path: str) -> None:
    """Parse all of ``data``. Raises PackageError when it is not well-formed."""
    try:
        made.Parse(data, True)
    except (expat.ExpatError, LookupError, UnicodeError, ValueError) as bad:
        raise PackageError(f"isi bagian {path} rusak") from bad


@lru_cache(maxsize=8)
def is_sound(data: bytes) -> bool:
    """Whether a part is well-formed; what is handed out to be read is the same in many files."""
    try:
        feed(parser(""), data, "")
    except PackageError:
        return False
    return True


def refuse_doctype(data: bytes, path: str) -> None:
    """Raise DoctypeError if the part has a DOCTYPE, in whatever encoding; reads no further than the root element."""
    if is_utf8(data) and b"<!DOCTYPE" not in data:
        return
    made = parser(path)

    def stop(*_: object) -> None:
        raise _RootReached

    made.StartElementHandler = stop
    try:
        feed(made, data, path)
    except _RootReached:
        return


def tree(data: bytes, path: str, *, offsets: bool = True) -> Element:
    """The root of a small part as a tree. ``data`` must be UTF-8 without mark for the offsets to hold.

    ``offsets=False`` leaves them at 0, for those who only read, in two thirds of the time.

    Raises DoctypeError or PackageError (not well-formed).
    """
    top = Element(name="", prefix="", attrs={})
    stack, texts = [top], [[""]]
    made = parser(path)
    made.StartElementHandler = _starter(made, data if offsets else None, stack, texts)
    made.EndElementHandler = _ender(made, data if offsets else None, stack, texts)
    made.CharacterDataHandler = lambda text: texts[-1].append(text)
    try:
        feed(made, data, path)
    finally:  # the handlers hold the parser, and it them: without this the data would wait for the collector
        made.StartElementHandler = made.EndElementHandler = made.CharacterDataHandler = None
    return top.children[0]


def _starter(
    made: expat.XMLParserType, data: bytes | None, stack: list[Element], texts: list[list[str]]
) -> Callable[[str, dict[str, str]], None]:
    def start(name: str, attrs: dict[str, str]) -> None:
        prefix, colon, local = name.rpartition(":")
        element = Element(name=local, prefix=prefix + colon, attrs=attrs)
        if data is not None:
            element.start = made.CurrentByteIndex
            tag = _TAG.match(data, element.start)
            element.open_end, element.empty = (tag.end(), bool(tag[1])) if tag else (element.start, False)
        stack[-1].children.append(element)
        stack.append(element)
        texts.append([])

    return start


def _ender(made: expat.XMLParserType, data: bytes | None, stack: list[Element], texts: list[list[str]]) -> Callable[[str], None]:
    def end(_: str) -> None:
        element = stack.pop()
        element.text = "".join(texts.pop())
        if data is not None:
            element.close = element.open_end if element.empty else made.CurrentByteIndex
            element.end = element.open_end if element.empty else data.find(b">", made.CurrentByteIndex) + 1

    return end


def _fallen(alternative: Element) -> list[Element]:
    return [child for fallback in alternative.named("Fallback") for child in fallback.children]


def settled(element: Element) -> Element:
    """The same element with what falls back in place of each alternative: a choice asks for more than the standard."""
    left = [element]
    while left:  # a tree of strangers may be deeper than a stack
        one = left.pop()
        while any(child.name == "AlternateContent" for child in one.children):
            chosen = ([child] if child.name != "AlternateContent" else _fallen(child) for child in one.children)
            one.children = [child for children in chosen for child in children]
        left += one.children
    return element


def unescape(text: str) -> str:
    """Resolve the five named entities and character references of XML. Raises ValueError for no character."""
    if "&#" in text:
        text = _REFERENCE.sub(lambda m: _escaped(chr(int(m[1], 16) if m[1] else int(m[2]))), text)
    for name, character in _NAMED:  # &amp; last: what it leaves is text
        text = text.replace(name, character)
    return text


def _escaped(character: str) -> str:
    """A referenced ``&`` is text too, not the start of another entity."""
    return "&amp;" if character == "&" else character


def escape(text: str) -> str:
    """Text for element content or a double-quoted attribute."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def tag(prefix: str, name: str, attrs: Mapping[str, str], body: str = "") -> bytes:
    """An element with a body that is already XML."""
    opening = "".join([f"<{prefix}{name}", *(f' {key}="{escape(value)}"' for key, value in attrs.items())])
    return f"{opening}>{body}</{prefix}{name}>".encode() if body else f"{opening}/>".encode()
