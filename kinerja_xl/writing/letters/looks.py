"""The one look of our letters, declared: paragraph styles, table styles and lists as the XML that Word keeps.

Arial stands on every Windows and Mac; LibreOffice replaces it by Liberation Sans, which has the same widths. Grey
values are pale and never alone: a shaded month also has its x, a subtotal is also bold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from docx.oxml.ns import NamespacePrefixedTag, qn
from docx.oxml.parser import oxml_parser
from docx.oxml.xmlchemy import BaseOxmlElement

# ---- Elements of a Word document in one line each: the few that python-docx has no words for, and tables of 400 rows ----

Element = BaseOxmlElement

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
TWIPS_PER_MM = 1440 / 25.4


def el(tag: str, *children: Element, **attributes: object) -> Element:
    """``el("w:ind", left=720)``: an element with attributes of the ``w`` name space and children in order."""
    full, spaces = _named(tag)
    made: Element = oxml_parser.makeelement(full, nsmap=spaces)
    for name, value in attributes.items():
        made.set(_attribute(name), str(value))
    for child in children:
        made.append(child)
    return made


@cache
def _named(tag: str) -> tuple[str, dict[str, str]]:
    """The full name of a tag, and the name space that it is in."""
    name = NamespacePrefixedTag(tag)
    return name.clark_name, name.nsmap


@cache
def _attribute(name: str) -> str:
    return qn(f"w:{name}")


def many(tag: str, children: Iterable[Element]) -> Element:
    """An element around children."""
    return el(tag, *children)


def legal(text: str) -> str:
    """Text without what XML cannot hold."""
    return _NOT_XML.sub("", text)


def run(text: str, *, bold: bool = False, italic: bool = False) -> Element:
    """Text as it stands: never a formula, a field or a break."""
    made = el("w:r")
    if bold or italic:
        made.append(many("w:rPr", [el(tag) for tag, on in (("w:b", bold), ("w:i", italic)) if on]))
    content = el("w:t")
    content.text = legal(text)
    content.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.append(content)
    return made


def paragraph(style: str, *runs: Element, keep_next: bool = False, numbering: tuple[int, int] | None = None) -> Element:
    """A paragraph in a style (by its id). ``numbering``: (list, level) of a list paragraph."""
    properties = el("w:pPr", el("w:pStyle", val=style))
    if keep_next:
        properties.append(el("w:keepNext"))
    if numbering is not None:
        number, depth = numbering
        properties.append(el("w:numPr", el("w:ilvl", val=depth), el("w:numId", val=number)))
    return el("w:p", properties, *runs)


def field(code: str, *, shown: str = "1") -> list[Element]:
    """A field such as PAGE: Word and LibreOffice compute it, ``shown`` is what stands there until then."""
    instruction = el("w:instrText")
    instruction.text = f" {code} "
    instruction.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    marks = [el("w:r", el("w:fldChar", fldCharType=kind)) for kind in ("begin", "separate", "end")]
    return [marks[0], el("w:r", instruction), marks[1], run(shown), marks[2]]


def twips(millimetres: float) -> int:
    return round(millimetres * TWIPS_PER_MM)


FONT = "Arial"
_PANOSE = "020B0604020202020204"
"""How Arial looks, for programs without it."""
BODY = 11.0
SMALL = 9.5

HEAD_FILL, GROUP_FILL, TOTAL_FILL, MONTH_FILL = "D5E0ED", "EEF3F8", "E6EBF1", "BCCFE3"
RULE = "55606E"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One paragraph style. Sizes and distances in points, indents in millimetres; ``align`` as Word names it.

    ``keep``: its paragraphs stay with what follows. ``outline`` makes it a real heading of that level.
    """

    key: str
    name: str
    base: str = "Normal"
    after: str = ""
    size: float = 0
    bold: bool = False
    italic: bool = False
    underline: bool = False
    align: str = ""
    above: float | None = None
    below: float | None = None
    line: float = 0
    left: float = 0
    hanging: float = 0
    keep: bool = False
    whole: bool = False
    outline: int | None = None


def _heading(level: int, *, above: float, below: float, italic: bool = False) -> Look:
    """A real heading: Word's own name, an outline level, never parted from its text."""
    return Look(
        key=f"Heading{level}", name=f"heading {level}", after="BodyText", size=BODY, bold=True, italic=italic,
        above=above, below=below, keep=True, whole=True, outline=level - 1,
    )  # fmt: skip


LOOKS: tuple[Look, ...] = (
    Look(key="Normal", name="Normal", base="", size=BODY, above=0, below=0, line=1.0),
    Look(key="BodyText", name="Body Text", align="both", below=6, line=1.15),
    Look(key="Surat", name="Isi Surat", align="both", below=9, line=1.3),
    Look(key="Title", name="Title", size=13, bold=True, align="center", below=4, keep=True),
    Look(key="Subtitle", name="Subtitle", size=BODY, bold=True, align="center", below=10, keep=True),
    _heading(1, above=12, below=5), _heading(2, above=7, below=3), _heading(3, above=6, below=3, italic=True),
    Look(key="ListBullet", name="List Bullet", base="BodyText", below=3),
    Look(key="ListNumber", name="List Number", base="BodyText", below=3),
    Look(key="Kop", name="Kop", size=12, bold=True, align="center"),
    Look(key="KopNama", name="Kop Nama Kantor", size=15, bold=True, align="center"),
    Look(key="KopAlamat", name="Kop Alamat", size=9.5, align="center"),
    Look(key="Caption", name="caption", size=10, bold=True, above=8, below=4, keep=True, whole=True),
    Look(key="Keterangan", name="Keterangan", size=9, italic=True, above=3, below=3),
    Look(key="Terbilang", name="Terbilang", size=10, italic=True, above=4, below=8, keep=True, whole=True),
    Look(key="IsiTabel", name="Isi Tabel", size=SMALL, above=1.5, below=1.5),
    Look(key="ButirTabel", name="Butir Tabel", base="IsiTabel"),
    Look(key="AngkaTabel", name="Angka Tabel", base="IsiTabel", align="right"),
    Look(key="TengahTabel", name="Tengah Tabel", base="IsiTabel", align="center"),
    Look(key="KepalaTabel", name="Kepala Tabel", base="IsiTabel", bold=True, align="center", keep=True),
    Look(key="Pihak", name="Pihak", above=1, below=2, keep=True, whole=True),
    Look(key="TandaTangan", name="Tanda Tangan", align="center", keep=True, whole=True),
    Look(key="NamaTandaTangan", name="Nama Penanda Tangan", base="TandaTangan", bold=True, underline=True),
    Look(key="Header", name="header", size=8.5), Look(key="Footer", name="footer", size=8.5),
)  # fmt: skip
"""Every paragraph style there is; a document uses these and formats nothing by hand."""

TABLE, PLAIN = "TabelKantor", "TabelTanpaGaris"

BULLET, DECIMAL, LETTER = 1, 2, 3
"""Numbers of the list forms: dash, ``1.``, ``a.``"""

DEPTHS = 3
_STEP = 7.0
"""Indent of one list level in millimetres."""


def fonts() -> Element:
    """The fonts of our documents: one."""
    described = {"panose1": _PANOSE, "charset": "00", "family": "swiss", "pitch": "variable"}
    return el("w:fonts", el("w:font", *(el(f"w:{tag}", val=value) for tag, value in described.items()), name=FONT))


def styles() -> Element:
    """The styles part."""
    fonts = el("w:rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT)
    size = [el("w:sz", val=round(BODY * 2)), el("w:szCs", val=round(BODY * 2))]
    language = el("w:lang", val="id-ID", eastAsia="id-ID", bidi="ar-SA")
    defaults = el("w:docDefaults", el("w:rPrDefault", el("w:rPr", fonts, *size, language)), el("w:pPrDefault", el("w:pPr")))
    return many("w:styles", [defaults, *(paragraph_style(look) for look in LOOKS), *_base_styles(), *_table_styles()])


def paragraph_style(look: Look) -> Element:
    """A paragraph style as Word keeps it."""
    standard = {} if look.base else {"default": 1}
    made = el("w:style", el("w:name", val=look.name), type="paragraph", **standard, styleId=look.key)
    if look.base:
        made.append(el("w:basedOn", val=look.base))
    if look.after:
        made.append(el("w:next", val=look.after))
    made.append(el("w:qFormat"))
    made.append(_paragraph_properties(look))
    made.append(_run_properties(look))
    return made


def _paragraph_properties(look: Look) -> Element:
    """In the order that the schema asks for."""
    made = el("w:pPr")
    if look.keep:
        made.append(el("w:keepNext"))
    if look.whole:
        made.append(el("w:keepLines"))
    if not look.base or look.key == "BodyText":
        made.append(el("w:widowControl"))
    if look.above is not None or look.below is not None or look.line:
        values: dict[str, int | str] = {}
        if look.above is not None:
            values["before"] = round(look.above * 20)
        if look.below is not None:
            values["after"] = round(look.below * 20)
        if look.line:
            values |= {"line": round(look.line * 240), "lineRule": "auto"}
        made.append(el("w:spacing", **values))
    if look.left:
        made.append(el("w:ind", left=twips(look.left), hanging=twips(look.hanging)))
    if look.align:
        made.append(el("w:jc", val=look.align))
    if look.outline is not None:
        made.append(el("w:outlineLvl", val=look.outline))
    return made


def _run_properties(look: Look) -> Element:
    made = el("w:rPr")
    for tag, on in (("w:b", look.bold), ("w:i", look.italic)):
        if on:
            made.append(el(tag))
    if look.size:
        made.append(el("w:sz", val=round(look.size * 2)))
    if look.underline:
        made.append(el("w:u", val="single"))
    return made


def _base_styles() -> list[Element]:
    """What Word expects to find under these names."""
    character = el(
        "w:style", el("w:name", val="Default Paragraph Font"), type="character", default="1", styleId="DefaultParagraphFont"
    )
    nothing = el("w:style", el("w:name", val="No List"), type="numbering", default="1", styleId="NoList")
    margins = el(
        "w:tblCellMar",
        *(el(f"w:{side}", w=108 if side in ("left", "right") else 0, type="dxa") for side in ("top", "left", "bottom", "right")),
    )
    table = el(
        "w:style", el("w:name", val="Normal Table"), el("w:tblPr", el("w:tblInd", w=0, type="dxa"), margins),
        type="table", default="1", styleId="TableNormal",
    )  # fmt: skip
    return [character, table, nothing]


def _table_styles() -> list[Element]:
    lines = [
        el(f"w:{side}", val="single", sz=4, space=0, color=RULE)
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    ]
    cells = el(
        "w:tblCellMar",
        *(el(f"w:{side}", w=70 if side in ("left", "right") else 15, type="dxa") for side in ("top", "left", "bottom", "right")),
    )
    first = el(
        "w:tblStylePr", el("w:rPr", el("w:b")), el("w:tcPr", el("w:shd", val="clear", color="auto", fill=HEAD_FILL)),
        type="firstRow",
    )  # fmt: skip
    ruled = el(
        "w:style", el("w:name", val="Tabel Kantor"), el("w:basedOn", val="TableNormal"), el("w:qFormat"),
        el("w:tblPr", many("w:tblBorders", lines), cells), first, type="table", customStyle="1", styleId=TABLE,
    )  # fmt: skip
    tight = el("w:tblCellMar", *(el(f"w:{side}", w=0, type="dxa") for side in ("top", "left", "bottom", "right")))
    plain = el(
        "w:style", el("w:name", val="Tabel Tanpa Garis"), el("w:basedOn", val="TableNormal"), el("w:qFormat"),
        el("w:tblPr", tight), type="table", customStyle="1", styleId=PLAIN,
    )  # fmt: skip
    return [ruled, plain]


def list_forms() -> list[Element]:
    """The definitions that lists are made of: dashes, numbers and letters, at every level the mark that was typed."""
    forms = {
        BULLET: [("bullet", "-")] * DEPTHS, DECIMAL: [("decimal", f"%{depth}.") for depth in range(1, DEPTHS + 1)],
        LETTER: [("lowerLetter", f"%{depth}.") for depth in range(1, DEPTHS + 1)],
    }  # fmt: skip
    return [
        el(
            "w:abstractNum", el("w:multiLevelType", val="multilevel"),
            *(_level(depth, form, text) for depth, (form, text) in enumerate(levels)), abstractNumId=key,
        )
        for key, levels in forms.items()
    ]  # fmt: skip


def _level(depth: int, form: str, text: str) -> Element:
    indent = el("w:pPr", el("w:ind", left=twips(_STEP * (depth + 1)), hanging=twips(_STEP)))
    return el(
        "w:lvl", el("w:start", val=1), el("w:numFmt", val=form), el("w:lvlText", val=text), el("w:lvlJc", val="left"), indent,
        ilvl=depth,
    )  # fmt: skip
