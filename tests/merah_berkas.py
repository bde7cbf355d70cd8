"""One budget table in every format and dialect that offices send: the same truth must come out of each, or a true refusal.

OOXML parts are written by hand, so that each builder shows exactly what one program does otherwise than Excel;
``xlsb`` writes BIFF12 records after [MS-XLSB], since nothing on the machines that test this writes .xlsb.
"""

# ruff: noqa: E501  rows of sheets and parts of packages read as they stand
from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

N = None
Cell = object
"""None, a text, a number, or ("=A1*B1", result) for a formula; result None: nobody calculated it."""

HEAD = ["No", "Uraian", "Volume", "Satuan", "Harga Satuan (Rp)", "Jumlah (Rp)"]
LINES = (
    ("Kertas HVS F4 80 gr", 12, "rim", 65_000), ("Tinta printer", 4, "botol", 120_500), ("Map & ordner", 25, "buah", 5_250),
    ("Materai 10000", 40, "lembar", 10_000), ("Sewa tenda", 1.5, "hari", 900_000), ("Narasumber 'ahli'", 2, "OJ", 1_000_000),
    ("Konsumsi rapat", 120, "kotak", 35_000), ("Spanduk 3 x 1 m", 3, "lembar", 275_000),
)  # fmt: skip
TOTAL = 10_168_250
COUNT = len(LINES)


def table(*, formulas: bool = False, cached: bool = True) -> list[list[Cell]]:
    """Heading, eight lines and their total, from row 3."""
    rows: list[list[Cell]] = [["RENCANA ANGGARAN BIAYA"], [], list(HEAD)]
    for i, (name, volume, unit, price) in enumerate(LINES, 1):
        amount = round(volume * price)
        made: Cell = (f"=C{i + 3}*E{i + 3}", amount if cached else N) if formulas else amount
        rows.append([i, name, volume, unit, price, made])
    first, last = 4, 3 + COUNT
    rows.append([N, "JUMLAH", N, N, N, (f"=SUM(F{first}:F{last})", TOTAL if cached else N) if formulas else TOTAL])
    return rows


# ---- texts ----------------------------------------------------------------------------------------------------


def indonesian(value: float) -> str:
    """1500000.5 → "1.500.000,5"."""
    whole, _, rest = f"{value:,.10g}".partition(".") if isinstance(value, float) else (f"{value:,}", "", "")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")


def texts(rows: Sequence[Sequence[Cell]], how: str) -> list[list[str]]:
    """The cells as a program exports them: ``titik`` 1.500.000, ``polos`` 1500000, ``koma`` 1.500.000,00, ``rp`` Rp1.500.000."""
    width = max(len(row) for row in rows)

    def text(value: Cell, col: int) -> str:
        if not isinstance(value, int | float):
            return "" if value is None else str(value)
        if col not in (4, 5) or how == "polos":
            return str(value).replace(".", ",")
        return ("Rp" if how == "rp" else "") + indonesian(value) + (",00" if how == "koma" else "")

    return [[text(v, c) for c, v in enumerate([*row, *[None] * (width - len(row))])] for row in rows]


def csv(separator: str = ";", how: str = "titik", *, quote: bool = False, newline: str = "\r\n") -> str:
    """The table as separated text."""

    def field(text: str) -> str:
        wrapped = quote or separator in text or '"' in text
        return '"' + text.replace('"', '""') + '"' if wrapped else text

    return newline.join(separator.join(field(t) for t in row) for row in texts(table(), how)) + newline


def html(how: str = "titik", charset: str = "utf-8") -> str:
    """What PHP writes with a header that says application/vnd.ms-excel."""
    rows = "".join("<tr>" + "".join(f"<td>{escape(t)}</td>" for t in row) + "</tr>\n" for row in texts(table(), how))
    return f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><body><table border=1>\n{rows}</table></body></html>'


def mhtml() -> bytes:
    """The page as Excel's "single file web page" holds it: quoted-printable, with a part for each thing."""
    import quopri

    page = quopri.encodestring(html().encode()).replace(b"\n", b"\r\n")
    return (
        b'MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary="----=_Bagian"\r\n\r\n'
        b"------=_Bagian\r\nContent-Location: file:///C:/x/lembar.htm\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        b'Content-Type: text/html; charset="utf-8"\r\n\r\n' + page + b"\r\n------=_Bagian--\r\n"
    )


def spreadsheetml(*, index: bool = True) -> str:
    """XML Spreadsheet 2003, as reporting tools and PHP write it; ``index``: empty cells are skipped by ss:Index."""

    def cell(value: Cell, skip: int) -> str:
        at = f' ss:Index="{skip}"' if skip else ""
        if isinstance(value, int | float):
            return f'<Cell{at}><Data ss:Type="Number">{value}</Data></Cell>'
        return f'<Cell{at}><Data ss:Type="String">{escape(str(value))}</Data></Cell>' if value is not None else f"<Cell{at}/>"

    rows = []
    for number, row in enumerate(table(), 1):
        if index and not row:
            continue
        cells, gap = [], False
        for col, value in enumerate(row, 1):
            if index and value is None:
                gap = True
                continue
            cells.append(cell(value, col if gap else 0))
            gap = False
        at = f' ss:Index="{number}"' if index and number == 3 else ""
        rows.append(f"<Row{at}>{''.join(cells)}</Row>")
    return (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        '<Styles><Style ss:ID="s1"><Font ss:Bold="1"/></Style></Styles>'
        f'<Worksheet ss:Name="RAB"><Table><Column ss:Width="40"/>{"".join(rows)}</Table></Worksheet></Workbook>'
    )


def fods() -> str:
    """A flat OpenDocument spreadsheet."""

    def cell(value: Cell) -> str:
        if value is None:
            return "<table:table-cell/>"
        if isinstance(value, int | float):
            return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'

    rows = "".join(f"<table:table-row>{''.join(map(cell, row)) or cell(None)}</table:table-row>" for row in table())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'office:mimetype="application/vnd.oasis.opendocument.spreadsheet" office:version="1.3"><office:body><office:spreadsheet>'
        f'<table:table table:name="RAB">{rows}</table:table></office:spreadsheet></office:body></office:document>'
    )


# ---- OOXML by hand --------------------------------------------------------------------------------------------

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def letters(col: int) -> str:
    return chr(65 + col)


def zipped(parts: Mapping[str, bytes | str], *, stored: Iterable[str] = ()) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            how = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (2025, 1, 1, 0, 0, 0)), content, how)
    return out.getvalue()


def sheet_xml(rows: Sequence[Sequence[Cell]], *, prefix: str = "", references: bool = True, inline: str = "inlineStr", more: str = "") -> str:
    """A worksheet part. ``inline``: inlineStr or str; ``references`` False: cells without r, as some libraries write them."""
    p = f"{prefix}:" if prefix else ""

    def cell(value: Cell, r: int, c: int) -> str:
        at = f' r="{letters(c)}{r}"' if references else ""
        if value is None:
            return "" if references else f"<{p}c/>"
        if isinstance(value, tuple):
            formula, result = value
            shown = f"<{p}v>{result}</{p}v>" if result is not None else ""
            return f"<{p}c{at}>{formula if formula.startswith('<') else f'<{p}f>{escape(formula[1:])}</{p}f>'}{shown}</{p}c>"
        if isinstance(value, str):
            if inline == "str":
                return f'<{p}c{at} t="str"><{p}v>{escape(value)}</{p}v></{p}c>'
            return f'<{p}c{at} t="inlineStr"><{p}is><{p}t>{escape(value)}</{p}t></{p}is></{p}c>'
        return f"<{p}c{at}><{p}v>{value}</{p}v></{p}c>"

    made = "".join(
        f"<{p}row{f' r={quoteattr(str(r))}' if references else ''}>{''.join(cell(v, r, c) for c, v in enumerate(row))}</{p}row>"
        for r, row in enumerate(rows, 1)
    )
    name = f"xmlns:{prefix}" if prefix else "xmlns"
    return f'<?xml version="1.0" encoding="UTF-8"?><{p}worksheet {name}="{MAIN}"><{p}sheetData>{made}</{p}sheetData>{more}</{p}worksheet>'


def ooxml(
    sheet: str, *, workbook: str = "xl/workbook.xml", target: str = "worksheets/sheet1.xml", prefix: str = "", properties: str = "",
    parts: Mapping[str, bytes | str] | None = None, name: str = "RAB", type_: str = f"{TYPES}.sheet.main+xml", replace: Mapping[str, str] | None = None,
) -> bytes:  # fmt: skip
    """A whole package around one sheet part; ``replace``: strings exchanged in every part (for the strict dialect)."""
    p = f"{prefix}:" if prefix else ""
    xmlns = f'xmlns:{prefix}="{MAIN}"' if prefix else f'xmlns="{MAIN}"'
    folder = workbook.rpartition("/")[0]
    path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
    made: dict[str, bytes | str] = {
        "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/{workbook}" ContentType="{type_}"/><Override PartName="/{path}" ContentType="{TYPES}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE_REL}"><Relationship Id="r1" Type="{REL}/officeDocument" Target="{workbook}"/></Relationships>',
        workbook: f'<?xml version="1.0"?><{p}workbook {xmlns} xmlns:r="{REL}">{properties}<{p}sheets><{p}sheet name={quoteattr(name)} sheetId="1" r:id="r1"/></{p}sheets></{p}workbook>',
        f"{folder}/_rels/{workbook.rpartition('/')[2]}.rels".lstrip("/"): f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE_REL}"><Relationship Id="r1" Type="{REL}/worksheet" Target="{target}"/></Relationships>',
        path: sheet, **(parts or {}),
    }  # fmt: skip
    for old, new in (replace or {}).items():
        made = {part: content.replace(old, new) if isinstance(content, str) else content for part, content in made.items()}
    return zipped(made)


STRICT = {
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "http://purl.oclc.org/ooxml/officeDocument/relationships",
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
}


def shared_formulas(cached: bool) -> list[list[Cell]]:
    """Line amounts as one shared formula: the text stands in the first cell only."""
    rows = table(formulas=True, cached=cached)
    for i in range(COUNT):
        row = rows[3 + i]
        result = row[5][1]  # type: ignore[index]
        text = f'<f t="shared" ref="F4:F{3 + COUNT}" si="0">C4*E4</f>' if i == 0 else '<f t="shared" si="0"/>'
        row[5] = (text, result)
    return rows


# ---- BIFF12 ---------------------------------------------------------------------------------------------------


def _varint(value: int, most: int) -> bytes:
    out = bytearray()
    for _ in range(most):
        byte, value = value & 0x7F, value >> 7
        out.append(byte | (0x80 if value else 0))
        if not value:
            break
    return bytes(out)


def record(kind: int, payload: bytes = b"") -> bytes:
    """One record: its type in one or two bytes, its length in up to four, seven bits each ([MS-XLSB] 2.1.4)."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return head + _varint(len(payload), 4) + payload


def wide(text: str) -> bytes:
    """XLWideString: number of UTF-16 units, then the units."""
    raw = text.encode("utf-16-le")
    return struct.pack("<I", len(raw) // 2) + raw


def _short(cell: bytes) -> bytes:
    """The same cell without its column: the one after the cell before it (kinds 12 to 18, one byte of kind and length)."""
    return record(cell[0] + 11, cell[6:])


def _cell(col: int, value: Cell, strings: list[str]) -> bytes:
    head = struct.pack("<II", col, 0)  # column; style 0, no phonetic
    if isinstance(value, tuple):  # BrtFmlaNum: the result, flags, and a formula of one number token (PtgInt 0)
        return record(9, head + struct.pack("<dHI", value[1], 0, 3) + b"\x1e\0\0" + struct.pack("<I", 0))
    if isinstance(value, str):
        if value not in strings:
            strings.append(value)
        return record(7, head + struct.pack("<I", strings.index(value)))  # BrtCellIsst
    number = float(value)  # type: ignore[arg-type]
    if number.is_integer() and abs(number) < 1 << 29:  # BrtCellRk: a 30 bit integer, flag 2
        return record(2, head + struct.pack("<i", int(number) << 2 | 2))
    if (number * 100).is_integer() and abs(number * 100) < 1 << 29:  # the same, divided by 100: flags 1 and 2
        return record(2, head + struct.pack("<i", int(number * 100) << 2 | 3))
    return record(5, head + struct.pack("<d", number))  # BrtCellReal


def _sheet_bin(
    rows: Sequence[Sequence[Cell]], strings: list[str], merged: Iterable[tuple[int, int, int, int]], short: bool
) -> bytes:
    width = max(len(row) for row in rows)
    out = record(129) + record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1)) + record(145)
    for r, row in enumerate(rows):
        out += record(0, struct.pack("<IIH", r, 0, 300) + b"\0\0\0" + struct.pack("<I", 0))
        cells = {c: _cell(c, value, strings) for c, value in enumerate(row) if value is not None}
        out += b"".join(_short(cell) if short and c - 1 in cells else cell for c, cell in cells.items())
    out += record(146)
    boxes = [struct.pack("<IIII", r1, r2, c1, c2) for r1, c1, r2, c2 in merged]
    if boxes:
        out += record(177, struct.pack("<I", len(boxes))) + b"".join(record(176, box) for box in boxes) + record(178)
    return out + record(130)


def xlsb(
    sheets: Mapping[str, Sequence[Sequence[Cell]]], *, hidden: Iterable[str] = (), merged: Iterable[tuple[int, int, int, int]] = (),
    short: bool = False,
) -> bytes:  # fmt: skip
    """A small valid .xlsb: workbook, shared strings, one style, and a part for each sheet.

    ``merged``: zero-based r1, c1, r2, c2; ``short``: cells right of another one leave out their column."""
    strings: list[str] = []
    parts: dict[str, bytes | str] = {}
    bundle = b""
    for i, (name, rows) in enumerate(sheets.items(), 1):
        parts[f"xl/worksheets/sheet{i}.bin"] = _sheet_bin(rows, strings, merged, short)
        bundle += record(156, struct.pack("<II", 1 if name in hidden else 0, i) + wide(f"rId{i}") + wide(name))
    count = len(sheets)
    items = b"".join(record(19, b"\0" + wide(text)) for text in strings)
    font = struct.pack("<HHHH", 220, 0, 400, 0) + b"\0\2\0\0" + b"\x01\x01\0\0\0\0\0\xff" + b"\0" + wide("Calibri")
    xf = struct.pack("<HHHHH", 0, 0, 0, 0, 0) + bytes(6)
    styles = (
        record(278) + record(611, struct.pack("<I", 1)) + record(43, font) + record(612)
        + record(626, struct.pack("<I", 1)) + record(47, b"\xff\xff" + xf[2:]) + record(627)
        + record(617, struct.pack("<I", 1)) + record(47, xf) + record(618) + record(279)
    )  # fmt: skip
    parts |= {
        "xl/workbook.bin": record(131) + record(153, struct.pack("<II", 0, 0) + wide("")) + record(143) + bundle + record(144) + record(132),
        "xl/sharedStrings.bin": record(159, struct.pack("<II", len(strings), len(strings))) + items + record(160),
        "xl/styles.bin": styles,
        "_rels/.rels": f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE_REL}"><Relationship Id="r1" Type="{REL}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        "xl/_rels/workbook.bin.rels": f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE_REL}">'
        + "".join(f'<Relationship Id="rId{i}" Type="{REL}/worksheet" Target="worksheets/sheet{i}.bin"/>' for i in range(1, count + 1))
        + f'<Relationship Id="rId{count + 1}" Type="{REL}/styles" Target="styles.bin"/>'
        + f'<Relationship Id="rId{count + 2}" Type="{REL}/sharedStrings" Target="sharedStrings.bin"/></Relationships>',
        "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
        + "".join(f'<Override PartName="/xl/worksheets/sheet{i}.bin" ContentType="application/vnd.ms-excel.worksheet"/>' for i in range(1, count + 1))
        + '<Override PartName="/xl/styles.bin" ContentType="application/vnd.ms-excel.styles"/>'
        '<Override PartName="/xl/sharedStrings.bin" ContentType="application/vnd.ms-excel.sharedStrings"/></Types>',
    }  # fmt: skip
    return zipped({name: parts[name] for name in sorted(parts)})


# ---- BIFF without a container -----------------------------------------------------------------------------------


def stream(version: int) -> bytes:
    """An .xls as small PHP functions write it: one stream of labels and numbers, in the records of Excel 2, 3 or 5."""
    begin = {2: (0x09, struct.pack("<HH", 0, 0x10)), 3: (0x0209, struct.pack("<HHH", 0, 0x10, 0)), 5: (0x0809, struct.pack("<HHHH", 0, 0x10, 0, 0))}
    plus, attributes = (0, b"\0\0\0") if version == 2 else (0x0200, b"\0\0")

    def one(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def cell(r: int, c: int, value: Cell) -> bytes:
        head = struct.pack("<HH", r, c) + attributes
        if isinstance(value, str):
            raw = value.encode("cp1252")
            return one(plus + 0x04, head + struct.pack("<B" if version == 2 else "<H", len(raw)) + raw)
        if isinstance(value, int) and version == 2 and value < 65536:
            return one(0x02, head + struct.pack("<H", value))
        if isinstance(value, int) and version == 5:
            return one(0x027E, head + struct.pack("<i", value << 2 | 2))
        return one(plus + 0x03, head + struct.pack("<d", value))

    cells = b"".join(cell(r, c, value) for r, row in enumerate(table()) for c, value in enumerate(row) if value is not None)
    return one(*begin[version]) + cells + one(0x0A, b"")


# ---- containers that are no workbook ------------------------------------------------------------------------------

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def ole(*streams: str, size: int = 512) -> bytes:
    """An OLE container whose directory names these streams (their contents are noise)."""
    header = OLE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6) + struct.pack("<IIIIII", 0, 1, 0, 0, 4096, 0xFFFFFFFE)
    header += struct.pack("<II", 0, 0xFFFFFFFE) + struct.pack("<I", 0) + struct.pack("<I", 1) + b"\xff" * 432
    directory = b""
    for name in ("Root Entry", *streams):
        raw = name.encode("utf-16-le") + b"\0\0"
        directory += raw.ljust(64, b"\0") + struct.pack("<H", len(raw)) + bytes([5 if name == "Root Entry" else 2, 1]) + b"\xff" * 12 + bytes(36) + struct.pack("<II", 2, size) + bytes(4)
    return (header[:512].ljust(512, b"\xff") + directory.ljust(512, b"\0") + b"\xfd\xff\xff\xff\xfe\xff\xff\xff" * 64 + bytes(size))


def office(main: str) -> bytes:
    """A zip whose main part is this one: word/document.xml, ppt/presentation.xml."""
    return zipped({"[Content_Types].xml": "<Types/>", main: "<x/>"})


def renamed(data: bytes, how: Callable[[str], str]) -> bytes:
    """The same parts under other names."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped({how(name): archive.read(name) for name in archive.namelist()})
