"""Odd spellings of a workbook: each is read as the truth, or said. Never silently different, never slow.

One small RAB of invented lines, written in every way that XML and the package format allow and programs use.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from kinerja_xl.catatan import Finding, needs_work
from kinerja_xl.foreign.read import read_foreign
from kinerja_xl.package import Archive, Package, repack, shared_texts
from kinerja_xl.package.scan import scan_fast
from kinerja_xl.reading.cells import _fast, _first_sheet, exact_cells, read_cells
from kinerja_xl.reading.gate import Limits, Passed, judge
from kinerja_xl.regions.amounts import factors
from kinerja_xl.sheets.numbers import parse_number
from kinerja_xl.uses.periksa import periksa
from kinerja_xl.words.text import bounded_blanks
from tests.kasus import covers
from tests.pola import GROWTH, asked_while, grows

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = ("Kode Rekening", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah")
LINES = (
    ("5.1.02.01.01.0024", "Kertas contoh", 10, "rim", 50000),
    ("5.1.02.01.01.0026", "Map contoh", 20, "buah", 5000),
    ("5.1.02.01.01.0052", "Nasi kotak contoh", 40, "kotak", 30000),
)
NAMES, TOTAL = [line[1] for line in LINES], Decimal(1_800_000)
DATE_STYLE = 1
Amount = Callable[[int, int], str]


def text(ref: str, value: str) -> str:
    return f'<c r="{ref}" t="inlineStr"><is><t>{value}</t></is></c>'


def number(ref: str, value: object, more: str = "") -> str:
    return f'<c r="{ref}"{more}><v>{value}</v></c>'


def plain(row: int, value: int) -> str:
    return number(f"F{row}", value)


def row(at: int, cells: str) -> str:
    return f'<row r="{at}">{cells}</row>'


def rows(amount: Amount = plain, *, total: bool = True, names: list[str] | None = None) -> str:
    """The table: heading in row 1, lines in rows 2 to 4, the sum in row 5."""
    made = row(1, "".join(text(f"{'ABCDEF'[i]}1", head) for i, head in enumerate(HEAD)))
    for at, (code, name, volume, unit, price) in enumerate(LINES, 2):
        shown = names[at - 2] if names else text(f"B{at}", name)
        cells = text(f"A{at}", code) + shown + number(f"C{at}", volume) + text(f"D{at}", unit) + number(f"E{at}", price)
        made += row(at, cells + amount(at, volume * price))
    return made + (row(5, text("B5", "Jumlah") + amount(5, int(TOTAL))) if total else "")


def sheet(body: str, encoding: str = "UTF-8") -> bytes:
    made = f'<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'
    return f'<?xml version="1.0" encoding="{encoding}"?>{made}'.encode(encoding)


def book(*sheets: bytes, shared: bytes = b"", changed: dict[str, bytes] | None = None) -> bytes:
    """A package with these worksheet parts, named Lembar 1 and so on."""
    numbers = range(1, len(sheets) + 1)
    links = "".join(f'<Relationship Id="r{n}" Type="{RELATIONS}/worksheet" Target="worksheets/sheet{n}.xml"/>' for n in numbers)
    tabs = "".join(f'<sheet name="Lembar {n}" sheetId="{n}" r:id="r{n}"/>' for n in numbers)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{RELATIONS}/officeDocument"'
        ' Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{tabs}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}'
        f'<Relationship Id="s" Type="{RELATIONS}/styles" Target="styles.xml"/>'
        f'<Relationship Id="t" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/>'
        '<xf numFmtId="14"/></cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"/>',
    }
    whole = {path: content.encode() for path, content in parts.items()}
    whole |= {f"xl/worksheets/sheet{n}.xml": part for n, part in zip(numbers, sheets, strict=True)}
    return repack(whole | ({"xl/sharedStrings.xml": shared} if shared else {}) | (changed or {}))


def strings(*items: str) -> bytes:
    return f'<sst xmlns="{MAIN}">{"".join(items)}</sst>'.encode()


def read(data: bytes) -> tuple[list[str], Decimal, list[Finding]]:
    found = read_foreign(data, "aneh.xlsx")
    lines = [line.uraian for table in found.imported for line in table.lines]
    sums = [table.sums["jumlah"] for table in found.imported]
    return lines, sum((one for one in sums if isinstance(one, Decimal)), Decimal(0)), list(found.all_findings())


# ---- read as the truth ----

AMOUNTS: dict[str, Amount] = {
    "as Excel writes it": plain,
    "blanks around": lambda r, v: number(f"F{r}", f" {v} "),
    "lines around": lambda r, v: number(f"F{r}", f"\n{v}\n"),
    "plus": lambda r, v: number(f"F{r}", f"+{v}"),
    "exponent": lambda r, v: number(f"F{r}", f"{v:.15E}"),
    "cdata": lambda r, v: number(f"F{r}", f"<![CDATA[{v}]]>"),
    "comment inside": lambda r, v: number(f"F{r}", f"{str(v)[:2]}<!-- x -->{str(v)[2:]}"),
    "references": lambda r, v: number(f"F{r}", "".join(f"&#{ord(digit)};" for digit in str(v))),
    "formula behind": lambda r, v: f'<c r="F{r}"><v>{v}</v><f>C{r}*E{r}</f></c>',
    "value of a text cell": lambda r, v: f'<c r="F{r}" t="inlineStr"><v>{v}</v></c>',
    "value and text": lambda r, v: f'<c r="F{r}"><is><t>9</t></is><v>{v}</v></c>',
    "small letters": lambda r, v: number(f"f{r}", v),
    "dollars": lambda r, v: number(f"$F${r}", v),
    "single quotes": lambda r, v: f"<c r='F{r}'><v>{v}</v></c>",
    "an extension": lambda r, v: f'<c r="F{r}"><v>{v}</v><extLst><ext uri="x"><v>7</v></ext></extLst></c>',
    "an alternative": lambda r, v: '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    f'<mc:Choice Requires="z">{plain(r, 7)}</mc:Choice><mc:Fallback>{plain(r, v)}</mc:Fallback></mc:AlternateContent>',
    "a reading aid": lambda r, v: f'<c r="F{r}" t="inlineStr"><is><t>{v}</t><rPh sb="0" eb="1"><t>9</t></rPh></is></c>',
    "runs": lambda r, v: f'<c r="F{r}" t="inlineStr"><is><r><t>{str(v)[:3]}</t></r><r><t>{str(v)[3:]}</t></r></is></c>',
    "the same twice": lambda r, v: plain(r, v) + plain(r, v),
    "no such style": lambda r, v: number(f"F{r}", v, ' s="99"'),
    "a style below none": lambda r, v: number(f"F{r}", v, ' s="-1"'),
    "a style beyond all": lambda r, v: number(f"F{r}", v, f' s="{"9" * 20}"'),
    "a reading aid first": lambda r, v: f'<c r="F{r}" t="inlineStr"><is><rPh sb="0" eb="1"><t>9</t></rPh><t>{v}</t></is></c>',
    "a date's type": lambda r, v: number(f"F{r}", v, ' t="d"'),
    "no type": lambda r, v: number(f"F{r}", v, ' t=""'),
    "an unknown type": lambda r, v: number(f"F{r}", v, ' t="zz"'),
    "a type by reference": lambda r, v: number(f"F{r}", v, ' t="&#110;"'),
    "hexadecimal references": lambda r, v: number(f"F{r}", "".join(f"&#x{ord(digit):x};" for digit in str(v))),
    "an instruction inside": lambda r, v: number(f"F{r}", f"{str(v)[:2]}<?x y?>{str(v)[2:]}"),
    "another's value": lambda r, v: f'<c r="F{r}"><z:v xmlns:z="urn:z">7</z:v><v>{v}</v></c>',
    "a long fraction": lambda r, v: number(f"F{r}", f"{v}.{'0' * 300}"),
    "a fixed blank": lambda r, v: number(f"F{r}", f"\u00a0{v}"),
    "marks of no width": lambda r, v: text(f"F{r}", f"\u200b{v}\u200b"),
    "a style that is no number": lambda r, v: number(f"F{r}", v, ' s="x"'),
}
BASE = rows()
HALF = BASE.index('<row r="3"')
PARTS: dict[str, bytes] = {
    **{f"{name} of an amount": book(sheet(rows(amount))) for name, amount in AMOUNTS.items()},
    "utf-16": book(sheet(BASE, "UTF-16")),
    "latin-1": book(sheet(BASE, "ISO-8859-1")),
    "one sheet in utf-16": book(sheet(BASE, "UTF-16"), sheet(row(1, text("A1", "x") + number("B1", 5)))),
    "two blocks of rows": book(
        f'<worksheet xmlns="{MAIN}"><sheetData>{BASE[:HALF]}</sheetData>'
        f'<sheetData>{BASE[HALF:]}</sheetData></worksheet>'.encode()
    ),
    "a prefix": book(
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{BASE.replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")}'
        "</x:sheetData></x:worksheet>".encode()
    ),
    "rows upside down": book(sheet("".join(reversed(re.findall("<row .*?</row>", BASE))))),
    "cells backwards": book(sheet(re.sub(r"(<row[^>]*>)(.*?)(?=</row>)", lambda m: m[1] + "".join(
        reversed(re.findall("<c .*?</c>", m[2]))), BASE))),
    "no addresses": book(sheet(re.sub(r' r="[A-Z]*[0-9]+"', "", BASE).replace("<c><v>1800000", '<c r="F5"><v>1800000'))),
    "a row within a row": book(sheet(re.sub(r"</row>(<row r=.3.*?</row>)", r"\1</row>", BASE))),
    "a mark before": book(b"\xef\xbb\xbf" + sheet(BASE)),
    "utf-16 without a mark": book(sheet(BASE, "UTF-16BE")),
    "a comment of megabytes": book(sheet(f"<!--{'x' * 2_000_000}-->" + BASE)),
    "a row in a comment": book(sheet(BASE.replace('<row r="3"', '<!--<row r="3"><c r="F3"><v>7</v></c></row>--><row r="3"'))),
    "texts all in cdata": book(sheet(re.sub("<t>(.*?)</t>", r"<t><![CDATA[\1]]></t>", BASE))),
    "an alternative of rows": book(sheet(BASE[:HALF] + '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/'
        'markup-compatibility/2006"><mc:Choice Requires="z"><row r="3"/></mc:Choice><mc:Fallback>' + BASE[HALF:]
        + "</mc:Fallback></mc:AlternateContent>")),
    "cells in an extension of a row": book(sheet(BASE.replace(
        "</row>", '<extLst><ext uri="x"><c r="F2"><v>7</v></c></ext></extLst></row>', 2))),
    "deep below": book(f'<worksheet xmlns="{MAIN}"><sheetData>{BASE}</sheetData>{"<a>" * 20000}{"</a>" * 20000}</worksheet>'.encode()),
    "pretty": book(sheet(BASE.replace("><", ">\n  <").replace("<v>", "<v>\n ").replace("</v>", "\n </v>"))),
}  # fmt: skip


@pytest.mark.parametrize("name", PARTS)
def test_any_spelling_is_read_as_the_truth(name):
    names, total, said = read(PARTS[name])
    assert (names, total) == (NAMES, TOTAL)
    assert not needs_work(said)


def indexed(spelt: Callable[[int], str]) -> list[str]:
    return [f'<c r="B{at}" t="s"><v>{spelt(at - 1)}</v></c>' for at in (2, 3, 4)]


SPELT: dict[str, Callable[[int], str]] = {
    "plain": str, "blank behind": lambda i: f"{i} ", "blank before": lambda i: f" {i}",
    "one blank only": lambda i: f"{i} " if i == 3 else f"{i}",
    "lines": lambda i: f"\n{i}\n", "zero before": lambda i: f"0{i}", "a fraction": lambda i: f"{i}.0", "plus": lambda i: f"+{i}",
    "cdata": lambda i: f"<![CDATA[{i}]]>", "comment": lambda i: f"<!-- x -->{i}",
}  # fmt: skip
ITEMS = ["<si><t>bukan ini</t></si>", *(f"<si><t>{name}</t></si>" for name in NAMES)]


@pytest.mark.parametrize("spelling", SPELT)
def test_an_index_of_a_text_never_gives_another_text(spelling):
    names, total, said = read(book(sheet(rows(names=indexed(SPELT[spelling]))), shared=strings(*ITEMS)))
    assert (names, total, needs_work(said)) == (NAMES, TOTAL, False)


@pytest.mark.parametrize(
    "first",
    ["<si/>", "<si><t/></si>", '<si><rPh sb="0" eb="1"><t>x</t></rPh></si>', "<!-- <si><t>x</t></si> --><si><t>y</t></si>",
     "<si><t><![CDATA[y]]></t></si>", "<si><r><rPr><b/></rPr></r></si>"],
)  # fmt: skip
def test_an_odd_shared_text_moves_no_other(first):
    names, total, _ = read(book(sheet(rows(names=indexed(str))), shared=strings(first, *ITEMS[1:])))
    assert (names, total) == (NAMES, TOTAL)


def test_shared_texts_in_another_encoding():
    shared = ('<?xml version="1.0" encoding="UTF-16"?>' + strings(*ITEMS).decode()).encode("utf-16")
    assert read(book(sheet(rows(names=indexed(str))), shared=shared))[:2] == (NAMES, TOTAL)


def test_a_table_beside_another_never_vanishes():
    assert read(book(sheet(BASE), sheet(OTHER, "UTF-16")))[:2] == (TWO, 3 * TOTAL)


# ---- parts that belong together: by their relations, whatever their names ----

ELSEWHERE = "xl/lain.xml"
WRONG = strings(*(f"<si><t>salah {i}</t></si>" for i in range(4)))
NAMED = sheet(rows(names=indexed(str)))


def links(*more: str) -> dict[str, bytes]:
    """The workbook's relations: its first sheet, and these of kind and target."""
    told = [f'<Relationship Id="r{n}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
            for n, (kind, target) in enumerate((one.split(" ") for one in ("worksheet worksheets/sheet1.xml", *more)), 1)]  # fmt: skip
    return {"xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(told)}</Relationships>'.encode()}


def listing(*tabs: str, between: str = "") -> dict[str, bytes]:
    made = between.join(f'<sheet name="{tab}" sheetId="{n}" r:id="r{n}"/>' for n, tab in enumerate(tabs, 1))
    return {"xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{made}</sheets></workbook>'.encode()}


@pytest.mark.parametrize(
    "data",
    [
        book(NAMED, shared=WRONG, changed=links("sharedStrings lain.xml") | {ELSEWHERE: strings(*ITEMS)}),
        book(NAMED, shared=strings(f"<extLst><ext>{ITEMS[0]}</ext></extLst>", *ITEMS)),
        book(NAMED, shared=strings(
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="z">'
            f"{ITEMS[0]}</mc:Choice><mc:Fallback>{ITEMS[0]}</mc:Fallback></mc:AlternateContent>", *ITEMS[1:])),
    ],
    ids=["in another part", "an extension first", "an alternative first"],
)  # fmt: skip
def test_a_shared_text_is_the_one_that_the_workbook_means(data):
    assert read(data)[:2] == (NAMES, TOTAL)


OTHER = rows(lambda r, v: number(f"F{r}", 2 * v)).replace("contoh", "lain").replace("50000<", "100000<")
OTHER = OTHER.replace("<v>5000<", "<v>10000<").replace("<v>30000<", "<v>60000<")
TWO = [*NAMES, *(name.replace("contoh", "lain") for name in NAMES)]


def test_two_lists_of_sheets_are_both_read():
    data = book(sheet(BASE), sheet(OTHER), changed=listing("A", "B", between="</sheets><sheets>"))
    assert read(data)[:2] == (TWO, 3 * TOTAL)


@covers("B123")
@pytest.mark.parametrize("hidden", ["", '<x:y xmlns:x="urn:x"><sheet name="B" sheetId="2" r:id="r2"/></x:y>'])
def test_a_sheet_that_no_list_names_is_said_and_the_listed_one_is_read(hidden):
    changed = listing("A") if not hidden else {
        path: part.replace(b"</sheets>", hidden.encode() + b"</sheets>") for path, part in listing("A").items()}  # fmt: skip
    names, total, found = read(book(sheet(BASE), sheet(OTHER), changed=changed))
    assert (names, total, [(f.code, f.args["rincian"]) for f in found]) == (NAMES, TOTAL, [("B123", "xl/worksheets/sheet2.xml")])


def test_a_sheet_in_the_list_twice_is_no_sheet_without_one():
    same = listing("A", "B")["xl/workbook.xml"].replace(b"r2", b"r1")
    assert "B123" not in {f.code for f in read(book(sheet(BASE), changed={"xl/workbook.xml": same}))[2]}


@pytest.mark.parametrize(
    "changed",
    [
        links("worksheet worksheets/sheet2.xml") | listing("A"),
        links("sharedStrings sharedStrings.xml", "sharedStrings lain.xml") | {ELSEWHERE: WRONG},
        links("styles styles.xml", "styles lain.xml") | {ELSEWHERE: f'<styleSheet xmlns="{MAIN}"/>'.encode()},
    ],
    ids=["a sheet", "texts", "styles"],
)
def test_two_parts_where_there_can_be_one_are_refused(changed):
    if "xl/workbook.xml" in changed:  # one number for two sheets
        changed["xl/_rels/workbook.xml.rels"] = changed["xl/_rels/workbook.xml.rels"].replace(b"r2", b"r1")
    names, _, found = read(book(sheet(BASE), sheet(OTHER), changed=changed))
    assert (names, [f.code for f in found]) == ([], ["B102"])


# ---- said, with the cell ----


def only_first(spelt: Amount) -> Amount:
    return lambda r, v: spelt(r, v) if r == 2 else plain(r, v)


@covers("B119")
@pytest.mark.parametrize(
    ("amount", "cells"),
    [
        (only_first(lambda r, v: number(f"F{r}", 999, ' t="s"')), {"F2"}),
        (only_first(lambda r, v: number(f"F{r}", "satu", ' t="s"')), {"F2"}),
        (only_first(lambda r, v: number(f"F{r}", "barangkali", ' t="b"')), {"F2"}),
        (only_first(lambda r, v: plain(r, 1) + plain(r, v)), {"F2"}),
        (only_first(lambda r, v: plain(r, v) + plain(r, 1)), {"F2"}),
        (lambda r, v: plain(r, 1) + plain(r, v), {"F2", "F3", "F4", "F5"}),
    ],
)
def test_what_nobody_can_know_is_said_with_its_cells_and_the_rest_is_read(amount, cells):
    names, _, said = read(book(sheet(rows(amount))))
    found = [f for f in said if f.code == "B119"]
    assert [(f.sheet, set(f.args["sel_sel"].split())) for f in found] == [("Lembar 1", cells)]
    assert names == [] or names == NAMES  # without any amount there is no table


@pytest.mark.parametrize("written", ["1E400", "9" * 500, "NaN", "INF", "0x10", "1_000", "satu"])
def test_a_number_that_is_none_is_a_text_and_never_a_number(written):
    names, total, said = read(book(sheet(rows(only_first(lambda r, v: number(f"F{r}", written))))))
    assert (total, needs_work(said)) == (TOTAL - 500_000, True)


def test_one_odd_amount_without_a_printed_sum():
    for spelt in (AMOUNTS["cdata"], AMOUNTS["formula behind"], AMOUNTS["references"]):
        assert read(book(sheet(rows(only_first(spelt), total=False))))[1] == TOTAL


# ---- both readers give the same, and the count is right ----


def opened(data: bytes) -> Passed:
    passed = judge(data, "aneh.xlsx", Limits())
    assert isinstance(passed, Passed)
    return passed


def test_both_readers_give_the_same_for_our_samples():
    for path in sorted(Path("samples").rglob("*.xlsx"))[::12]:
        data = path.read_bytes()
        passed = opened(data)
        texts = shared_texts(passed.package)
        for grid, part in zip(read_cells(passed), passed.package.sheets, strict=True):
            assert passed.scans[part.name].filled is not None, path  # our own files never need the slow one
            values, unsure = exact_cells(passed.package, part, texts, _first_sheet)
            exact = {place for place, value in values.items() if value != "" and (not isinstance(value, str) or value.strip())}
            fast = {(r, c) for r, cells in enumerate(grid.rows, 1) for c, value in enumerate(cells, 1) if value is not None}
            assert (fast, unsure) == (exact, {})
            for r, c in fast:
                assert str(grid.value(r - 1, c - 1)) == str(values[r, c]).removesuffix(" 00:00:00")


@pytest.mark.parametrize(
    ("cells", "filled"),
    [
        (number("A1", 1) + text("B1", "x") + '<c r="C1"/><c r="D1"><v></v></c><c r="E1"><v/></c>', 2),
        ('<c r="A1" t="str"><f>B1</f><v></v></c><c r="B1" t="str"><f>C1</f><v>a &amp; b</v></c>', 1),
        ('<c r="A1"><f>B1</f></c><c r="B1" t="b"><v>1</v></c><c r="C1" t="e"><v>#REF!</v></c>', 1),
        (number("A1", " 1"), None), (number("A1", "1 "), None), (number("A1", "+1"), None), (number("A1", "1E400"), None),
        (number("A1", "0 ", ' t="s"'), None), (number("A1", "1.0", ' t="s"'), None), (number("A1", "1.0", ' t = "s"'), None),
        (number("A1", 1, ' t="d"'), 1), (number("A1", "2025-01-02", ' t="d"'), None), (number("A1", "2", ' t="b"'), None),
        ('<c r="A1"><v xml:space="preserve">1</v></c>', None),
        ('<c r="A1" t="inlineStr"><is><t></t></is></c><c r="B1" t="inlineStr"><is><t>x</t></is></c>', 1),
    ],
)  # fmt: skip
def test_which_values_the_fast_reader_is_believed(cells, filled):
    scan = scan_fast(sheet(row(1, cells)), "s")
    assert scan is not None and scan.filled == filled


@pytest.mark.parametrize("name", ["Rekap-2024.xlsx", "Capaian-2024.xlsx", "DPA-Perubahan-2025.xlsx"])
def test_a_book_that_we_show_needs_no_slow_reader(name):
    passed = opened(Path("samples/wasuponda-2025/arsip", name).read_bytes())
    assert [*_fast(passed)] == [part.name for part in passed.package.sheets]


def test_a_cell_written_twice_is_no_plain_sheet():
    assert scan_fast(sheet(row(1, number("A1", 1) + number("A1", 1))), "s") is None


def test_far_cells_and_sparse_sheets_need_no_rectangle():
    data = book(sheet(BASE + row(49_999, number("SR49999", 7)) + row(1_048_576, text("XFD1048576", "x"))))
    passed = opened(data)
    (grid,) = read_cells(passed)
    assert passed.stray and (grid.height, grid.beyond, grid.value(49_998, 511)) == (49_999, 1, 7.0)
    assert sum(map(len, grid.rows)) < 1_000


# ---- never slow ----


def calls_of(action: Callable[[], object]) -> int:
    """How many calls of functions that takes, Python's and the library's."""
    count = 0

    def seen(_frame: object, event: str, _what: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(seen)
    try:
        action()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("ends", [(" ", "a"), ("\u00a0 ", "a"), ("1 ", ""), ("(", "1"), (".", "1"), ("sub ", ""), ("tahun" + " " * 9, "")])
def test_a_long_odd_text_takes_steps_in_proportion(ends: tuple[str, str], tmp_path: Path):
    """Calls, and within them the steps of every pattern that is asked meanwhile: both grow as the text does."""
    path = tmp_path / "panjang.xlsx"

    def look(size: int) -> None:
        long = ends[0] * (size // len(ends[0])) + ends[1]
        path.write_bytes(book(sheet(rows(names=[text(f"B{at}", long) for at in (2, 3, 4)]) + row(6, text("F6", long)))))
        assert read_foreign(path.read_bytes(), path.name).refused is None
        assert periksa([path])
        parse_number(long)

    look(750)  # what is loaded or worked out once is loaded now
    patterns = asked_while(lambda: look(750))
    assert patterns and [(one.where, one.pattern.pattern) for one in patterns if grows(one, ends[0]) > GROWTH] == []
    assert calls_of(lambda: look(3000)) < GROWTH * calls_of(lambda: look(750))


def test_a_koefisien_that_multiplies_on_and_on_takes_steps_in_proportion():
    """Each sign may belong to a unit as well: tried both ways, twenty-two of them took 0.75 s, and each more nearly twice as long."""
    assert factors(" x ".join(["2 org"] * 40)) == 2**40
    assert factors("3 box x 2 kali") == 6
    assert factors("1 x " * 4000 + "#") is None


def test_runs_of_blanks_are_bounded_and_nothing_else_changes():
    assert bounded_blanks("a" + " " * 3000 + "b") == "a" + " " * 32 + "b"
    assert bounded_blanks(" a  b\n\n" * 10) == " a  b\n\n" * 10


# ---- old formats: in the limits, or "too large" apart from "damaged" ----

ODS = "application/vnd.oasis.opendocument.spreadsheet"


def ods(more: str) -> bytes:
    def cell(value: object) -> str:
        kind = f'float" office:value="{value}' if isinstance(value, int) else "string"
        return f'<table:table-cell office:value-type="{kind}"><text:p>{value}</text:p></table:table-cell>'

    lines = [HEAD, *([*line, line[2] * line[4]] for line in LINES), ("", "Jumlah", "", "", "", int(TOTAL))]
    table = "".join(f"<table:table-row>{''.join(map(cell, line))}</table:table-row>" for line in lines)
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {spaces} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="RAB">{table}{more}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("mimetype", ODS, zipfile.ZIP_STORED)
        spaces = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
        entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/>'
        zipped.writestr("META-INF/manifest.xml", f"<manifest:manifest {spaces}>{entry}</manifest:manifest>")
        zipped.writestr("content.xml", content)
    return made.getvalue()


def test_an_old_format_with_repeated_cells_is_too_large_and_not_damaged():
    zero = '<table:table-cell table:number-columns-repeated="300" office:value-type="float" office:value="0"/>'
    many = ods(f'<table:table-row table:number-rows-repeated="40000">{zero}</table:table-row>')
    refused = read_foreign(many, "ulang.ods").refused
    assert refused is not None and refused.code == "L112"
    good = read_foreign(ods(""), "baik.ods")
    assert [line.uraian for table in good.imported for line in table.lines] == NAMES
    cut = Archive.open(ods("")).rewrite({"content.xml": b"<office:document-content"})
    broken = read_foreign(cut, "rusak.ods").refused
    assert broken is not None and broken.code == "L105"


@pytest.mark.parametrize(
    "inside",
    [
        '<table:table table:name="dalam"><table:table-row><table:table-cell office:value-type="float" office:value="9">'
        "<text:p>9</text:p></table:table-cell></table:table-row></table:table>",
        '<draw:frame xmlns:draw="urn:draw"><draw:text-box><text:p>bukan ini</text:p></draw:text-box></draw:frame>',
        "<office:annotation><text:p>bukan ini</text:p></office:annotation>",
    ],
    ids=["a table", "a drawing", "a note"],
)
def test_what_stands_within_a_cell_of_an_ods_is_not_its_value(inside):
    def bent(place: bytes) -> bytes:
        made = Archive.open(ods(""))
        return made.rewrite({"content.xml": made.read("content.xml").replace(place, place + inside.encode(), 1)})

    for place in (b"<text:p>Kertas contoh</text:p>", b"<text:p>Kertas contoh"):
        found = read_foreign(bent(place), "dalam.ods")
        (table,) = found.imported
        assert ([line.uraian for line in table.lines], table.sums["jumlah"]) == (NAMES, TOTAL)


def test_a_workbook_without_worksheets_is_said(tmp_path):
    path = tmp_path / "kosong.xlsx"
    path.write_bytes(book())
    assert Package.open(path.read_bytes()).sheets == ()
    assert needs_work(periksa([path])) and needs_work(read_foreign(path.read_bytes(), path.name).all_findings())
