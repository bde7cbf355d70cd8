"""Single cells of the clean sample changed, rows and sheets deleted at random: nothing raises, what is invalid is named, what is
valid is counted.

What is expected follows from the declaration's kind alone, and amounts from the text files that the sample is made of:
neither asks the code that it judges. 100 changes in the plain run, 2,000 in the long profile.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from math import prod

from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja_xl.catatan import Finding, Holds, Severity, catalogue
from kinerja_xl.checking.rule_book import check_submissions
from kinerja_xl.checking.rules import Case, row_jenis
from kinerja_xl.office.folder import Submission
from kinerja_xl.office.kantor import Office, allows_short_tor
from kinerja_xl.office.prefill import office_listings
from kinerja_xl.package import ErrorValue, Formula, Package, address, patch
from kinerja_xl.package.patch import CellValue
from kinerja_xl.reading.intake import read_submission
from kinerja_xl.reckoning.recap.build import build_lines
from kinerja_xl.reckoning.recap.standing import Placed, Standing
from kinerja_xl.sheets.choices import Listings
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.kinds import Shape
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.tor import short_tor_excuses
from kinerja_xl.uses.year import read_office
from samples.bangun import ROOT
from tests.conftest import MUTATIONS
from tests.kantor_uji import reshaped, without_sheet

FOLDER = ROOT / "samples/wasuponda-2025"
UNIT = "pmd"
FILE = f"Usulan-{UNIT}-2025.xlsx"
DATA = (FOLDER / "masuk" / FILE).read_bytes()
FACTORS = ("koef_1", "koef_2", "koef_3", "koef_4")
AMOUNTS = (*FACTORS, "harga_satuan", "ppn")


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One input cell of the sample: where it stands, what it is declared to hold, and what it holds."""

    sheet: str
    cell: str
    block: str
    column: Column
    value: object
    excused: bool


@cache
def office() -> Office:
    found = read_office(FOLDER / "Kantor.xlsx").office
    assert found is not None
    return found


@cache
def lists() -> Listings:
    return office_listings(office())


def read(data: bytes) -> Submission:
    return read_submission(data, FILE, lists(), office())


@cache
def rab() -> tuple[Row, ...]:
    return read(DATA).rab


@cache
def cells() -> tuple[Cell, ...]:
    return tuple(_cells(read(DATA)))


def _cells(submission: Submission) -> Iterator[Cell]:
    content = submission.content
    assert content is not None
    for sheet in content.sheets:
        blocks = {b.key: b for b in content.book.sheet(sheet.key).blocks}
        for key, rows in {**{k: (r,) for k, r in sheet.forms.items()}, **sheet.tables}.items():
            for row in rows:
                excused = short_tor_excuses(row.values) if key == "tor" and allows_short_tor(office()) else frozenset()
                for column in blocks[key].columns:
                    if column.computed is None and row.cell(column.key):
                        yield Cell(
                            sheet=row.sheet, cell=row.cell(column.key), block=key, column=column,
                            value=row.get(column.key), excused=column.key in excused,
                        )  # fmt: skip


def judged(data: bytes) -> tuple[Submission, list[Finding]]:
    """What reading and every rule say of the file. A rule that raises would be a finding: that is no answer here."""
    submission = read(data)
    found = [*submission.findings, *check_submissions([submission], lists(), office())]
    assert not {f.code for f in found} & {"B117", "B118"}, [f.args for f in found if f.code in ("B117", "B118")]
    return submission, found


# ---- changes that are no longer valid --------------------------------------------------------------


def invalid(cell: Cell) -> Iterator[tuple[CellValue, str]]:
    """Values that this cell may not hold, with the code that has to name it."""
    kind = cell.column.kind
    yield ErrorValue("#REF!"), "N405"
    yield Formula("A1*1"), "N406"
    if cell.column.required and not cell.excused and cell.value is not None:
        yield None, "N401"
    if kind.list_name and not kind.open_list:
        yield "bukan pilihan", "N407"
    elif kind.list_name == "satuan":
        yield "Karungg", "N417"
    elif kind.name == "kode":
        yield "sub kegiatan baru", "N415"
    elif kind.name == "rekening":
        yield "5.1.02.99.99.9999", "R504"
    elif kind.name == "nip":
        yield "12345", "N413"
    elif kind.shape is Shape.TANGGAL:
        yield "akhir bulan", "N411"
    elif kind.shape is Shape.NILAI:
        yield "banyak sekali", "P802" if cell.block == "pk_kinerja" else "I704"
    elif kind.shape is Shape.ANGKA:
        yield "belum tahu", "N404"
        if kind.name in ("rupiah", "angka"):
            yield "1.500", "N403"
        if kind.minimum is not None and kind.minimum >= 0:
            yield -7, "N408"


@st.composite
def invalid_changes(draw):
    cell = draw(st.sampled_from(cells()))
    value, code = draw(st.sampled_from(tuple(invalid(cell))))
    return "tidak sah", cell.sheet, cell.cell, value, code


# ---- changes that are valid ------------------------------------------------------------------------


@st.composite
def valid_changes(draw):
    """Another price, factor or tax of a RAB row."""
    cell = draw(st.sampled_from([c for c in cells() if c.block == "rab" and c.column.key in AMOUNTS and c.value is not None]))
    whole = cell.column.kind.name == "rupiah"
    value = draw(st.integers(1, 10**8)) if whole else draw(st.integers(1, 40_000)) / draw(st.sampled_from((1, 10, 100)))
    return "sah", cell.sheet, cell.cell, value, cell.column.key


@cache
def numbers() -> tuple[dict[str, Decimal], ...]:
    """The numbers of the unit's RAB rows as the text file of the sample has them."""
    with (ROOT / "samples/isi" / UNIT / "rab.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple({key: Decimal(row[key].replace(",", ".")) for key in AMOUNTS if row[key]} for row in rows)


def amounts(line: dict[str, Decimal]) -> tuple[Decimal, Decimal]:
    """Volume and jumlah of a row, worked out here."""
    volume = prod(line[key] for key in FACTORS if key in line).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    return volume, (volume * line["harga_satuan"]).quantize(Decimal(1), ROUND_HALF_UP) + line.get("ppn", Decimal(0))


def recalculated(row: Row, line: dict[str, Decimal]) -> dict[tuple[str, str], CellValue]:
    """What the sheet program that made the change shows in the row's own formulas."""
    shown = dict(zip(("volume", "jumlah"), amounts(line), strict=True))
    return {(row.sheet, row.cell(key)): Formula("1*1", float(value)) for key, value in shown.items()}


def counted(submission: Submission, findings: list[Finding]) -> int:
    placed = Placed(submission=submission, unit=UNIT, standing=Standing.DIHITUNG)
    case = Case(submission=submission, lists=lists(), office=office())
    built = build_lines([placed], findings, office(), lambda row: row_jenis(row, case))
    return sum(line.jumlah or 0 for line in built if line.counted)


# ---- any change at all ------------------------------------------------------------------------------

_TEXTS = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"), max_size=40),
    st.sampled_from(
        ("=1+1", "#REF!", "Rp1.500.000,-", "1,500", "(1.000)", "-", "nihil", "85%", "0,85", "2.10", "#tabel:rab",
         "#isi:tor.judul", "JUMLAH", "17-08-2025", "31/2/2025", "Ya", "x", "kode_sub",
         "\u200b", "\xa0", "A\u0301", "  ", "9" * 400, "U r a i a n")
    ),
)  # fmt: skip
_NUMBERS = st.one_of(st.integers(-(10**18), 10**18), st.floats(allow_nan=False, allow_infinity=False), st.just(10**308))


@cache
def places() -> tuple[tuple[str, str], ...]:
    """Every cell around the content of every sheet: headings, keys, marks, formulas, blank cells beside and below."""
    package = Package.open(DATA)
    sizes = {s.name: package.scan(s) for s in package.sheets}
    names = [name for name in sizes if name not in ("Daftar", "Petunjuk")]
    return tuple(
        (name, address(row, column))
        for name in names
        for row in range(1, sizes[name].max_row + 3)
        for column in range(1, sizes[name].max_col + 2)
    )


@st.composite
def any_changes(draw):
    sheet, cell = draw(st.sampled_from(places()))
    value = draw(st.one_of(st.none(), _TEXTS, _NUMBERS, st.booleans(), st.just(ErrorValue("#N/A")), st.just(Formula("1/0"))))
    return "apa saja", sheet, cell, value, ""


# ---- whole rows and sheets that are gone -----------------------------------------------------------


@cache
def lines() -> tuple[tuple[str, str, int], ...]:
    """(block, sheet, row) of every filled row of a table."""
    content = read(DATA).content
    assert content is not None
    return tuple((key, row.sheet, row.row) for s in content.sheets for key, rows in s.tables.items() for row in rows)


@st.composite
def deletions(draw):
    """A row of a table taken out as a sheet program does, or a whole sheet."""
    if draw(st.integers(0, 9)):
        block, sheet, row = draw(st.sampled_from(lines()))
        return "baris dihapus", sheet, "", row, block
    return "lembar dihapus", draw(st.sampled_from([s.name for s in Package.open(DATA).sheets])), "", None, ""


def deleted(sheet: str, row: int | None) -> bytes:
    return without_sheet(DATA, sheet) if row is None else reshaped(DATA, sheet, row=row, by=-1)


def holds_after_deletion(what: str, sheet: str, row: int | None, block: str) -> None:
    """Nothing raises, no row is lost beside the one that went, and a lost sheet that is asked for is named."""
    submission, found = judged(deleted(sheet, row))
    asides = sum(1 for f in found if f.code in ("S311", "S316") and f.sheet == "RAB")
    assert submission.rows_read.get("rab", 0) == len(submission.rab) + asides
    if what == "baris dihapus":
        assert submission.content is not None
        gone = {key: len(submission.content.rows(key)) for key, *_ in lines()}
        before = Counter(key for key, *_ in lines())
        assert gone == {key: number - (key == block) for key, number in before.items()}
    elif sheet in ("RAB", "Indikator"):
        assert (sheet, True) in {(f.sheet or f.value, f.severity is Severity.WAJIB) for f in found}


# ---- the test ----------------------------------------------------------------------------------------


@settings(max_examples=MUTATIONS)
@given(st.one_of(invalid_changes(), valid_changes(), any_changes(), deletions()))
def test_one_thing_changed(change):
    what, sheet, cell, value, more = change
    if what in ("baris dihapus", "lembar dihapus"):
        holds_after_deletion(what, sheet, value, more)
        return
    changes: dict[tuple[str, str], CellValue] = {(sheet, cell): value}
    if what == "sah":
        number = next(i for i, row in enumerate(rab()) if row.cell(more) == cell)
        every = [{**line, more: Decimal(repr(value))} if i == number else line for i, line in enumerate(numbers())]
        changes |= recalculated(rab()[number], every[number])
    submission, found = judged(patch(DATA, changes))
    said = {(f.code, f.sheet, f.cell) for f in found}
    if what == "tidak sah":
        assert (more, sheet, cell) in said
    elif what == "sah":
        assert counted(submission, found) == sum(amounts(line)[1] for line in every)
        assert {code for code, *_ in said if catalogue()[code].holds is not Holds.TIDAK} == set()
    asides = sum(1 for f in found if f.code in ("S311", "S316") and f.sheet == "RAB")
    assert submission.rows_read.get("rab", 0) == len(submission.rab) + asides


def test_the_sample_has_cells_of_every_shape_to_change():
    shapes = {cell.column.kind.shape for cell in cells()}
    codes = {code for cell in cells() for _, code in invalid(cell)}
    assert shapes == set(Shape)
    assert codes == {
        "N401", "N403", "N404", "N405", "N406", "N407", "N408", "N411", "N413", "N415", "N417", "R504", "I704", "P802",
    }  # fmt: skip
    assert len(cells()) > 900
