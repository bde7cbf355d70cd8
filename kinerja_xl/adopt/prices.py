"""A regency's price list (SSH, SBU, HSPK, ASB) as rows of Kantor.xlsx: the office's zone, every row taken or named."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kinerja_xl.adopt.codes import codes_of
from kinerja_xl.catatan import Finding
from kinerja_xl.foreign.model import HARGA, ForeignBook, Line, Table, listed, ranges
from kinerja_xl.regions.model import Column
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.values import fold, format_rupiah
from kinerja_xl.words.match import kata
from kinerja_xl.words.units import COMMON

_KINDS = tuple((kind, kata(kind.lower())) for kind in ("HSPK", "ASB", "SBU", "SSH"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices:
    """``rows`` to add to Kantor.xlsx; ``same``: lines that stand there already; ``dropped``: lines that were named instead."""

    rows: tuple[Row, ...]
    same: int
    dropped: int
    findings: tuple[Finding, ...]

    @property
    def read(self) -> int:
        return len(self.rows) + self.same + self.dropped


def zone_column(table: Table, zona: str) -> Column | None:
    """The price column of the office's zone: the only one, or the only one whose heading holds the zone's name."""
    cols = table.amount_columns.get("harga", ())
    columns = [c for c in table.columns if c.col in cols]
    if len(columns) == 1:
        return columns[0]
    named = [c for c in columns if zona and re.search(rf"(?<!\w){re.escape(zona.casefold())}(?!\w)", c.name.casefold())]
    return named[0] if len(named) == 1 else None


def prices_of(books: Iterable[ForeignBook], existing: Sequence[Row], *, zona: str, sifat: str) -> Prices:
    """The rows of every price table. Codes that stand in Kantor.xlsx with another price, or twice here, are named (L541)."""
    known: dict[str, _Known] = {}
    for row in existing:
        if (price := row.number("harga")) is not None:
            known[fold(row.text("kode"))] = _Known(price, "Kantor.xlsx", row)
    rows: list[Row] = []
    said: list[Finding] = []
    same = dropped = 0
    for book in books:
        said += [f for f in book.all_findings() if f.code != "L306"]
        for table in (t for t in book.imported if t.kind == HARGA):
            if any(f.code == "L309" for f in table.findings):  # thousands or dollars: said above, and never a price in rupiah
                dropped += len(table.lines)
                continue
            column = zone_column(table, zona)
            if column is None:
                names = [c.name for c in table.columns if c.col in table.amount_columns.get("harga", ())]
                said.append(Finding(code="L542", file=table.file, sheet=table.sheet, args={"rincian": listed(names)}))
                dropped += len(table.lines)
                continue
            made, more, unfit = _rows(table, column, sifat)
            said += more
            dropped += unfit
            for row in made:
                verdict, finding = _against(row, known, table)
                said += [finding] if finding else []
                same += verdict == "sama"
                dropped += verdict == "lain"
                rows += [row] if verdict == "baru" else []
    return Prices(rows=tuple(rows), same=same, dropped=dropped, findings=tuple(said))


def kind_of(table: Table) -> str:
    """SSH, SBU, HSPK or ASB by the title, the sheet's or the file's name; "" when none says it, or several do."""
    for text in (table.title, table.sheet, table.file):
        found = {kind for kind, find in _KINDS if find(re.sub(r"[_\-.]+", " ", text))}
        if len(found) == 1:
            return found.pop()
    return ""


def _rows(table: Table, column: Column, sifat: str) -> tuple[list[Row], list[Finding], int]:
    codes, kind = codes_of(table), kind_of(table)
    made: list[Row] = []
    lacking: dict[str, list[Line]] = defaultdict(list)
    for line in table.lines:
        price = line.values.get(column.col)
        needed: Mapping[str, object] = {
            "kode": line.kode, "uraian": line.uraian, "satuan": line.satuan, "harga pada zona ini": price,
            "jenis (SSH, SBU, HSPK, atau ASB; tulis pada nama berkas)": kind,
        }  # fmt: skip
        missing = [name for name, value in needed.items() if not value]
        if missing:
            lacking[" dan ".join(missing)].append(line)
            continue
        values = {
            "kode": line.kode, "uraian": line.uraian, "spesifikasi": line.spesifikasi or None, "satuan": line.satuan,
            "jenis": kind, "harga": price, "sifat": sifat, "kode_rekening": codes[line.row].account, "sumber": table.file,
        }  # fmt: skip
        cell = line.cell(column.col)
        made.append(Row(values=values, row=line.row, sheet=table.sheet, places={"harga": cell}))
    said = [
        Finding(
            code="L543", file=table.file, sheet=table.sheet, cell=f"{column.letter}{lines[0].row}",
            args={"banyak": str(len(lines)), "daftar": "baris " + ranges(x.row for x in lines), "bagian": part},
        )
        for part, lines in lacking.items()
    ]  # fmt: skip
    return made, said, sum(len(lines) for lines in lacking.values())


@dataclass(frozen=True, slots=True)
class _Known:
    """The price that a code has already, where it stands, and its row."""

    price: Decimal
    place: str
    row: Row


def _against(row: Row, known: dict[str, _Known], table: Table) -> tuple[str, Finding | None]:
    """Whether a row is new (baru), there already (sama), or its code has another price or is another item (lain)."""
    code, price = str(row.get("kode")), row.get("harga")
    assert isinstance(price, Decimal)
    old = known.get(fold(code))
    if old is None:
        known[fold(code)] = _Known(price, f"{table.file}, lembar {table.sheet}, baris {row.row}", row)
        return "baru", None
    other = _other_item(row, old.row)
    if old.price == price and not other:
        return "sama", None
    name, before = str(row.get("uraian")), str(old.row.get("uraian"))
    words = {"rincian": name, "baru": format_rupiah(price), "lama": format_rupiah(old.price), "tempat": old.place}
    if other:  # the same name: then the specification or the unit tells them apart
        more = [str(x.get("spesifikasi") or x.get("satuan") or "") for x in (row, old.row)]
        same = fold(name) == fold(before)
        words |= {"rincian": f"{name}, {more[0]}", "lama_nama": f"{before}, {more[1]}"} if same else {"lama_nama": before}
    code_ = "L544" if other else "L541"
    return "lain", Finding(code=code_, file=table.file, sheet=table.sheet, cell=row.cell("harga"), value=code, args=words)


def _other_item(row: Row, old: Row) -> bool:
    """Whether two rows of one code are different goods: another name or unit, or specifications that both say otherwise."""
    names = fold(row.text("uraian")) != fold(old.text("uraian"))
    units = not COMMON.same(row.text("satuan"), old.text("satuan"))
    one, two = (fold(x.text("spesifikasi")) for x in (row, old))
    return names or units or bool(one and two and one != two)
