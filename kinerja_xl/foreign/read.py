"""Reads a foreign workbook: every sheet, every table, with evidence, checks, catatan and questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from kinerja_xl.catatan import Finding, Severity, cause
from kinerja_xl.foreign.analysis import as_analysis
from kinerja_xl.foreign.assemble import assemble
from kinerja_xl.foreign.copies import without_copies
from kinerja_xl.foreign.model import HARGA, NONE, ForeignBook, Table, finding, listed, number
from kinerja_xl.foreign.padanan import Padanan
from kinerja_xl.formula.cellsheet import CellSheet
from kinerja_xl.reading.source import Source, read_source
from kinerja_xl.reading.unseen import unknown
from kinerja_xl.regions.flat import carded
from kinerja_xl.regions.shape import dated, shape_heads
from kinerja_xl.regions.tables import Region, find_regions
from kinerja_xl.regions.words import clean, word
from kinerja_xl.words.match import kata
from kinerja_xl.words.shapes import bentuk

ASKED: Mapping[str, str] = {"html": "L101", "xml2003": "L106", "teks": "L107"}
"""Formats that are no workbook though they are named like one: read only when the user says what is in them."""
_MEASURE = kata("ukuran_indikator")


def read_foreign(
    data: bytes, file: str, *, sebagai: str | None = None, lembar: str | None = None, padanan: Padanan | None = None
) -> ForeignBook:
    """Read any file called ``file``. ``sebagai``: a kind (rab, realisasi, indikator, standar_harga) that the user named;
    ``lembar``: only this sheet; ``padanan``: answers kept from before. Never raises, never changes anything."""
    try:
        return _read(read_source(data, file), file, sebagai, lembar, padanan)
    except Exception as error:  # a defect of ours costs this file, and is said
        return ForeignBook(file=file, refused=finding("B118", galat=cause(error)).at(file=file))


def _read(source: Source, file: str, sebagai: str | None, lembar: str | None, padanan: Padanan | None) -> ForeignBook:
    if source.refused is not None:
        return ForeignBook(file=file, refused=source.refused)
    if source.form in ASKED and sebagai is None:
        refused = Finding(code=ASKED[source.form], file=file, args={"tabel": str(len(source.grids))})
        return ForeignBook(file=file, form=source.form, refused=refused)
    grids = [grid for grid in source.grids if lembar is None or grid.name == lembar]
    tables, failed = [], list[Finding]()
    for grid in grids:
        try:
            tables += read_grid(grid, file, sebagai, padanan)
        except Exception as error:  # of the file only this sheet, where no more is needed
            failed.append(finding("L214", grid.name, galat=cause(error)).at(file=file))
    by_name = {grid.name: grid for grid in grids}
    tables = _alone(_covers(without_copies(_how_prices_came(tables), by_name, chosen=lembar is not None), by_name))
    said = [*failed, *_book_findings(source, grids, {table.sheet for table in tables if table.kind != NONE})]
    if not tables and not failed:
        said.append(_nothing(source, grids).at(file=file))
    return ForeignBook(
        file=file, form=source.form, sheets=tuple(grid.name for grid in source.grids), tables=tuple(tables), findings=tuple(said)
    )


def read_grid(grid: CellSheet, file: str, wanted: str | None = None, padanan: Padanan | None = None) -> list[Table]:
    """All tables of one sheet; a sheet with content but without a table gives one of kind none that says so."""
    grid = dated(grid)
    regions = find_regions(grid)
    tables = [table for region in regions for table in _parted(region, lambda part: assemble(part, file, wanted, padanan))]
    tables = [*(table for table in _above(grid, regions, file, wanted, padanan) if table.kind != NONE), *tables]
    kept = [table for table in tables if table.kind != NONE]
    if not kept and not any(table.settled for table in tables) and (placed := find_regions(grid, shape_heads)):
        shaped = [assemble(region, file, wanted, padanan, worded=_half_known(region)) for region in placed]
        kept = [table for table in shaped if table.kind != NONE]
        tables = shaped if kept or (not tables and any(table.questions for table in shaped)) else tables
    if not kept and (cards := carded(grid)):
        tables = kept = [assemble(region, file, wanted, padanan) for region in cards]
    if len(kept) > 1:
        tables = _over_those_above(tables)
        # Tables of different kinds can't count twice (a PK's targets above its programs' money), and prices don't add up.
        mixed = len({table.kind for table in kept}) == len(kept)
        level = Severity.INFO if mixed or all(table.kind == HARGA for table in kept) else None
        tables = [_one_of_many(table, len(kept), level) if table.kind != NONE else table for table in tables]
    tables = [_beside_read(table) if kept and table.kind == NONE else table for table in _unread_once(tables)]
    if not tables and sum(bool(grid.filled(row)) for row in range(grid.height)) > 1:
        said = finding("L201", grid.name, alasan=_unknown_headings(placed), bagian="").at(file=file)
        tables = [Table(file=file, sheet=grid.name, kind=NONE, first_row=1, last_row=grid.height, findings=(said,))]
    return tables


_WRONG = ("L401", "L402", "L403", "L404", "L405", "L406", "L407", "L427", "L450")
"""What says that a sum or a line is wrong."""
_PAGES = 8
"""Headings that stand there more often begin pages, no tables of their own."""


def _parted(region: Region, read: Callable[[Region], Table]) -> list[Table]:
    """The region as one table; where its sums do not come out, and fewer of them are wrong if the headings that stand there once
    more begin another table below one that its own total ends, as these tables."""
    whole = read(region)
    wrong = _wrong([whole])
    for top in region.again if wrong and len(region.again) <= _PAGES else ():
        above, below = region.cut(top)
        first = read(above)
        if below.floor < top and first.kind == whole.kind and not _wrong([first]) and _summed(first):
            parts = [first, *_parted(below, read)]  # no other place is tried: each would double the readings
            return parts if all(part.kind == whole.kind for part in parts) and _wrong(parts) < wrong else [whole]
    return [whole]


def _summed(table: Table) -> bool:
    """Whether one of its sums is that of all its lines."""
    first, last = table.lines[0].row, table.lines[-1].row
    return any(check.agrees and check.first <= first and last <= check.last for check in table.checks)


def _wrong(tables: Sequence[Table]) -> int:
    return sum(found.code in _WRONG for table in tables for found in table.findings)


def _above(grid: CellSheet, regions: Sequence[Region], file: str, wanted: str | None, padanan: Padanan | None) -> Iterator[Table]:
    """What stands above the first headings that are known: figures under words that nobody knows are no title of that table."""
    top = min((region.head.top for region in regions), default=0)
    figures = [at for at in range(top) if sum(map(_figure, grid.rows[at])) > 1]
    for region in find_regions(replace(grid, rows=grid.rows[:top]), shape_heads) if len(figures) > 2 else ():
        yield assemble(region, file, wanted, padanan, worded=_half_known(region))


def _unknown_headings(placed: Sequence[Region]) -> str:
    """Why nothing was found: what stands above the figures instead of headings that are known."""
    paths = [path for region in placed[:1] for _, path in sorted(region.head.paths.items())]
    texts = [name for path in paths if word(name := clean(path[-1])).role != "nomor"]
    names = [name for name in texts if name[0] != "#" and name.upper() != name.lower()]  # neither our marks nor figures
    measures = [name for name in names if _MEASURE(name)]
    across = len(names) > 2 and len(measures) * 2 > len(names)
    told = listed([f'"{name}"' for name in (measures if across else names)])
    if across:
        return f"tiap kolomnya rupanya sebuah indikator ({told}), sedangkan yang dibaca satu baris satu indikator"
    figured = any(word(name).role in ("target", "realisasi", "anggaran") for name in names)
    ours = "bukan judul tabel RAB, realisasi, indikator, atau daftar harga"
    ours = "tidak menyebut uraian, kode, atau indikator di samping angkanya" if figured else ours
    return f"judul kolomnya ({told}) {ours}" if len(names) > 2 else "tidak ada baris judul kolom yang dikenali"


def _unread_once(tables: Sequence[Table]) -> list[Table]:
    """Places below each other that are no table for the same reason (the head of a DPA, label by label) are one such place."""
    found: list[Table] = []
    for table in tables:
        before = found[-1] if found else table
        same = table.kind == NONE == before.kind and table.findings == before.findings
        if same and before is not table and not table.questions:
            found[-1] = replace(before, last_row=table.last_row)
        else:
            found.append(table)
    return found


def _beside_read(table: Table) -> Table:
    """On a sheet of which something was read, what is no table is only a part of it."""
    where = f" baris {table.first_row} sampai {table.last_row}"
    if table.columns:
        where += f" kolom {table.columns[0].letter} sampai {table.columns[-1].letter}"
    said = (replace(found, args={**found.args, "bagian": where}) for found in table.findings)
    return replace(table, findings=tuple(said))


def _half_known(region: Region) -> bool:
    """Whether the words of half the headings are known, and one of them says budget: "Seksi | Pagu"."""
    found = [[word(text) for text in path] for path in region.head.paths.values()]
    budget = any(one.role == "anggaran" for words in found for one in words)
    return budget and sum(any(one.known for one in words) for words in found) * 2 >= len(found)


def _over_those_above(tables: Sequence[Table]) -> list[Table]:
    """Totals of a table that add up those above it as well ("Jumlah A + B" below B) are not wrong."""
    found: list[Table] = []
    above: dict[str, Decimal] = {}
    for table in tables:
        sums = {name: value for name, value in table.sums.items() if isinstance(value, Decimal)}
        over = {(number(value), number(above[name])) for name, value in sums.items() if above.get(name)}
        wrong = (f for f in table.findings if f.code != "L401" or (f.args["hitung"], f.args["selisih"]) not in over)
        found.append(replace(table, findings=tuple(wrong)))
        above |= {name: value + above.get(name, Decimal(0)) for name, value in sums.items()}
    return found


def _one_of_many(table: Table, count: int, level: Severity | None) -> Table:
    said = finding("L208", table.sheet, banyak=count, awal=table.first_row, akhir=table.last_row).at(file=table.file)
    return replace(table, findings=(*table.findings, replace(said, severity_override=level)))


def _alone(tables: list[Table]) -> list[Table]:
    """The only table of its sheet that still counts is not one of several: what stood beside it is said there."""
    count = Counter(table.sheet for table in tables if table.kind != NONE)
    return [
        replace(t, findings=tuple(f for f in t.findings if f.code != "L208" or count[t.sheet] > 1)) if t.findings else t
        for t in tables
    ]


def _priced(tables: Sequence[Table]) -> bool:
    """Whether a list of prices was read; beside it their analyses are no second list."""
    return any(table.kind == HARGA and not _is_analysis(table) for table in tables)


def _how_prices_came(tables: list[Table]) -> list[Table]:
    if not _priced(tables):
        return tables
    return [as_analysis(table) if table.kind == HARGA and _is_analysis(table) else table for table in tables]


def _covers(tables: list[Table], grids: Mapping[str, CellSheet]) -> list[Table]:
    """Sheets of words beside tables that were read (cover, contents, instructions), and of analyses beside the list of their
    prices, are nothing to look at."""
    if all(table.kind == NONE for table in tables):
        return tables
    priced = _priced(tables)
    plain = [t.kind == NONE and (_is_cover(t, grids[t.sheet]) or (priced and _is_analysis(t))) for t in tables]
    return [_cover(table) if one else table for table, one in zip(tables, plain, strict=True)]


def _is_analysis(table: Table) -> bool:
    """How the prices of a list that was read came about (two dozen sheets of it are usual)."""
    return any(found.code in ("L202", "L327") for found in table.findings)


def _cover(table: Table) -> Table:
    return replace(table, findings=tuple(replace(found, severity_override=Severity.INFO) for found in table.findings))


def _is_cover(table: Table, grid: CellSheet) -> bool:
    """No headings of a table and no figure that could be money, or hardly a figure at all (a letter, instructions)."""
    cells = [cell for row in grid.rows for cell in row if cell is not None]
    return sum(map(_figure, cells)) < 2 or not (table.heading_rows or any(map(_is_money, cells)))


_AMOUNT, _MONEY = bentuk("angka_tertulis"), bentuk("uang_tertulis")


def _figure(cell: object) -> bool:
    return isinstance(cell, float) or (isinstance(cell, str) and _AMOUNT(cell.strip()) is not None)


def _is_money(value: object) -> bool:
    if isinstance(value, float):
        return abs(value) >= 1000 and not 1990 <= value <= 2100
    return isinstance(value, str) and bool(_MONEY(value))


def _nothing(source: Source, grids: Sequence[CellSheet]) -> Finding:
    """Why a readable file has nothing to read: blank sheets, pictures instead of cells, charts."""
    filled = any(grid.filled(row) for grid in grids for row in range(grid.height))
    why = "hanya satu baris yang terisi" if filled else "lembarnya kosong" if grids else "tidak ada lembar kerja"
    if source.pictures and not filled:
        why = f"selnya kosong; yang terlihat {source.pictures} gambar"
    return finding("L211", alasan=why)


def _book_findings(source: Source, grids: Sequence[CellSheet], imported: Collection[str]) -> list[Finding]:
    """What concerns the file or a sheet as a whole; a hidden sheet whose table counts has to be looked at."""
    found = list(source.notes)
    if source.form == "xlsb":
        found.append(finding("L111", bentuk=source.form))
    for grid in grids:
        if grid.state != "visible":
            used = Severity.CEK if grid.name in imported else None
            found.append(replace(finding("L203", grid.name), severity_override=used))
    found += [finding("L210", grid.name, banyak=grid.beyond) for grid in grids if grid.beyond]
    found += unknown(grids)
    return [note.at(file=source.file) for note in found]
