"""The RAB of one sub kegiatan as an annex: components by account, with subtotals, total and its words (IV.B)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby

from docx.document import Document

from kinerja_xl.office import Office
from kinerja_xl.reckoning.recap import RabLine
from kinerja_xl.sheets.choices import JENIS_BELANJA
from kinerja_xl.sheets.formats import format_number, format_rupiah
from kinerja_xl.sheets.rab import FACTOR_UNITS, FACTORS
from kinerja_xl.sheets.terbilang import terbilang_rupiah
from kinerja_xl.writing.letters.prose import DOTS, Lists, say
from kinerja_xl.writing.letters.tables import Cell, Column, Row, add_table

COLUMNS = (
    Column(head="No", width=11, side="tengah"), Column(head="Uraian", width=92), Column(head="Koefisien", width=50),
    Column(head="Satuan", width=25, side="tengah"), Column(head="Harga Satuan (Rp)", width=33, side="kanan"),
    Column(head="PPN (Rp)", width=27, side="kanan"), Column(head="Jumlah (Rp)", width=37, side="kanan"),
)  # fmt: skip
"""The order of the RKA (koefisien, satuan, harga, PPN, jumlah); the account stands above its components."""

UNKNOWN = "tidak dapat dihitung"
NOTHING = "Sub kegiatan ini belum mempunyai baris RAB."
OTHERS = "Jenis belanja belum dikenal"


def total(lines: Iterable[RabLine]) -> int:
    """Rupiah of the rows whose amount is known, counted in the recap or not."""
    return sum(line.jumlah or 0 for line in lines)


def per_jenis(lines: Sequence[RabLine]) -> dict[str, int]:
    """Rupiah by name of the jenis belanja, in the order of the forms; the rest under ``OTHERS`` where there is one."""
    found = {name: total(x for x in lines if x.jenis == key) for key, name in JENIS_BELANJA.items()}
    rest = total(x for x in lines if x.jenis not in JENIS_BELANJA)
    return found | ({OTHERS: rest} if rest else {})


def write_rab(document: Document, lines: Sequence[RabLine], office: Office, lists: Lists, room: float) -> None:
    """The table, the total in words, and what of it the recap does not count."""
    rows = list(_rows(lines, office)) or [Row(cells=(Cell(text=NOTHING, span=len(COLUMNS)),))]
    amount = total(lines)
    rows.append(Row(cells=(Cell(text="Jumlah", span=len(COLUMNS) - 1, side="kiri"), format_number(amount)), kind="jumlah"))
    add_table(document, COLUMNS, rows, lists, room=room)
    say(document, f"Terbilang: {terbilang_rupiah(amount)}", "Terbilang")
    for words in remarks(lines):
        say(document, words, "Keterangan")


def remarks(lines: Sequence[RabLine]) -> list[str]:
    """What stands beside the total: rows that the recap does not count, with their amount and reason."""
    held = [line for line in lines if not line.counted]
    if not held:
        return []
    reasons = "; ".join(dict.fromkeys(line.reason for line in held))
    words = (
        f"Dihitung dalam rekap {format_rupiah(total(x for x in lines if x.counted))}; tidak dihitung {format_rupiah(total(held))}"
    )
    return [f"*) {words} ({len(held)} baris): {reasons}."]


def _rows(lines: Sequence[RabLine], office: Office) -> Iterable[Row]:
    number = 0
    for code, own in groupby(sorted(lines, key=_account), key=_account):
        rows = list(own)
        name = office.accounts.get(code) or str(rows[0].row.get("nama_rekening") or "")
        head = Cell(text=f"{code or DOTS}  {name}".strip(), span=len(COLUMNS) - 1, side="kiri")
        yield Row(cells=(head, format_number(total(rows))), kind="kelompok")
        for line in rows:
            number += 1
            yield _component(number, line)


def _account(line: RabLine) -> str:
    return str(line.row.get("kode_rekening") or "")


def _component(number: int, line: RabLine) -> Row:
    get = line.row.get
    mark = "" if line.counted else " *)"
    return Row(
        cells=(
            str(number), Cell(text=f"{get('uraian') or DOTS}{mark}", small=str(get("spesifikasi") or "")), koefisien(line),
            str(get("satuan") or ""), _number(get("harga_satuan")), _number(get("ppn")),
            UNKNOWN if line.jumlah is None else format_number(line.jumlah),
        )
    )  # fmt: skip


def koefisien(line: RabLine) -> str:
    """``30 Orang x 2 Kali``: the filled factors with their units."""
    found = []
    for factor, unit in zip(FACTORS, FACTOR_UNITS, strict=True):
        value = line.row.get(factor)
        if isinstance(value, Decimal):
            found.append(f"{format_number(value)} {line.row.get(unit) or ''}".strip())
    return " x ".join(found)


def _number(value: object) -> str:
    return format_number(value) if isinstance(value, Decimal) else ""
