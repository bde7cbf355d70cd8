"""Random tables from a grammar of layouts: nothing is silently wrong, and what is exact stays exact wherever it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kinerja_xl.foreign.model import NONE
from kinerja_xl.foreign.read import read_grid
from tests.asing_uji import grid

HEADS = {
    "no": ("No", "NO.", "Nomor"),
    "uraian": ("Uraian", "URAIAN KEGIATAN", "U r a i a n", "Nama Barang/Jasa", "Rincian Kebutuhan"),
    "volume": ("Volume", "VOL", "Kuantitas", "Qty"),
    "satuan": ("Satuan", "SAT.", "S a t u a n"),
    "harga": ("Harga Satuan", "HARGA SATUAN (Rp)", "Hrg Satuan"),
    "jumlah": ("Jumlah", "JUMLAH (Rp)", "Jumlah Harga", "Total Harga", "Biaya (Rp)"),
    "kode": ("Kode Rekening", "KODE", "Kode"),
    "anggaran": ("Anggaran", "Pagu Anggaran (Rp)", "ANGGARAN"),
    "realisasi": ("Realisasi", "Realisasi (Rp)", "Relisasi"),
    "target": ("Target", "TARGET"),
    "indikator": ("Indikator Kinerja", "Indikator"),
}
NAMES = (
    "Kertas HVS",
    "Pulpen",
    "Konsumsi rapat",
    "Sewa tenda",
    "Honorarium narasumber",
    "Spanduk",
    "Bahan bakar",
    "Jasa kebersihan",
)
UNITS = ("rim", "buah", "kotak", "orang", "bulan", "paket")


@dataclass(frozen=True)
class Case:
    """A table as rows of cells, the lines it truly has (indices of rows), its sums, and where amounts stand."""

    kind: str
    rows: tuple[tuple[object, ...], ...]
    lines: tuple[int, ...]
    sums: dict[str, int]
    money: tuple[int, ...]


def _heads(draw, keys):
    return tuple(draw(st.sampled_from(HEADS[key])) for key in keys)


def _amount(draw):
    return draw(st.integers(1, 999)) * draw(st.sampled_from((100, 500, 1000, 12500)))


@st.composite
def rab(draw):
    """Groups by letters with lines below; amounts of groups above, below as "Jumlah", or nowhere; total or not."""
    rows, lines = [_heads(draw, ("no", "uraian", "volume", "satuan", "harga", "jumlah"))], []
    style, with_total = draw(st.sampled_from(("atas", "bawah", "tanpa"))), draw(st.booleans())
    total = 0
    for group in range(draw(st.integers(1, 4))):
        items = []
        for _ in range(draw(st.integers(1, 5))):
            volume, price = draw(st.integers(1, 40)), _amount(draw)
            items.append((draw(st.sampled_from(NAMES)), volume, draw(st.sampled_from(UNITS)), price, volume * price))
        amount = sum(item[-1] for item in items)
        rows.append((chr(65 + group), f"Pekerjaan {group + 1}", None, None, None, amount if style == "atas" else None))
        for number, item in enumerate(items, 1):
            lines.append(len(rows))
            rows.append((number, *item))
        if style == "bawah":
            rows.append((None, f"Jumlah {chr(65 + group)}", None, None, None, amount))
        total += amount
    if with_total:
        rows.append((None, draw(st.sampled_from(("JUMLAH", "TOTAL", "Jumlah Total"))), None, None, None, total))
    return Case("rab", tuple(rows), tuple(lines), {"jumlah": total}, (5,))


@st.composite
def lra(draw):
    """Accounts in three levels, groups above their lines; total or not."""
    rows, lines = [_heads(draw, ("kode", "uraian", "anggaran", "realisasi"))], []
    totals = [0, 0]
    body = []
    for kind in range(1, draw(st.integers(1, 3)) + 1):
        groups = []
        for number in range(1, draw(st.integers(1, 3)) + 1):
            items = [(_amount(draw), draw(st.integers(0, 900)) * 100) for _ in range(draw(st.integers(1, 4)))]
            groups.append((number, items))
        sums = [sum(item[i] for _, items in groups for item in items) for i in (0, 1)]
        body.append((f"5.1.{kind:02}", "Belanja jenis", *sums, False))
        for number, items in groups:
            body.append((f"5.1.{kind:02}.{number:02}", "Belanja objek", *(sum(item[i] for item in items) for i in (0, 1)), False))
            body += [(f"5.1.{kind:02}.{number:02}.{n:04}", f"Belanja {n}", *item, True) for n, item in enumerate(items, 1)]
        totals = [total + part for total, part in zip(totals, sums, strict=True)]
    rows.append(("5.1", "BELANJA OPERASI", *totals))
    for *cells, is_line in body:
        if is_line:
            lines.append(len(rows))
        rows.append(tuple(cells))
    if draw(st.booleans()):
        rows.append((None, "JUMLAH", *totals))
    return Case("realisasi", tuple(rows), tuple(lines), {"anggaran": totals[0], "realisasi": totals[1]}, (2, 3))


@st.composite
def harga(draw):
    rows, lines, total = [_heads(draw, ("no", "uraian", "satuan", "harga"))], [], 0
    for group in range(draw(st.integers(1, 3))):
        rows.append((None, f"KELOMPOK {group + 1}", None, None))
        for number in range(1, draw(st.integers(2, 5)) + 1):
            price = _amount(draw)
            lines.append(len(rows))
            rows.append((number, f"{draw(st.sampled_from(NAMES))} {number}", draw(st.sampled_from(UNITS)), price))
            total += price
    return Case("standar_harga", tuple(rows), tuple(lines), {"harga": total}, (3,))


@st.composite
def indikator(draw):
    rows, total = [_heads(draw, ("no", "indikator", "satuan", "target"))], 0
    for number in range(1, draw(st.integers(2, 7)) + 1):
        target = draw(st.integers(1, 480))
        rows.append((number, f"Indikator ke-{number}", draw(st.sampled_from(("Dokumen", "Laporan", "Orang"))), target))
        total += target
    return Case("indikator", tuple(rows), tuple(range(1, len(rows))), {"target": total}, ())


CASES = st.one_of(rab(), lra(), harga(), indikator())


def result(case, rows, places, **kwargs):
    """(exact, said) of what is read. ``places``: the 1-based row of each line."""
    tables = [table for table in read_grid(grid(rows, **kwargs), "acak.xlsx") if table.kind != NONE]
    if len(tables) != 1:
        return False, all(table.said for table in tables)
    table = tables[0]
    sums = {name: int(value) for name, value in table.sums.items() if isinstance(value, Decimal)}
    exact = table.kind == case.kind and [line.row for line in table.lines] == places and case.sums.items() <= sums.items()
    return exact, table.said


@given(CASES)
def test_nothing_is_silently_wrong(case):
    exact, said = result(case, case.rows, [i + 1 for i in case.lines])
    assert exact or said, case


@given(CASES)
def test_regular_tables_are_exact(case):
    exact, _ = result(case, case.rows, [i + 1 for i in case.lines])
    assert exact, case


def shown(value, form):
    """An amount as an office types it."""
    if form == "id":
        return f"{value:,}".replace(",", ".") + ",00"
    return f"Rp {value:,}".replace(",", ".") + ",-"


@st.composite
def decorated(draw, case):
    """The same table as offices dress it: title, key lines, headings over two rows, column numbers, more columns, tax, notes."""
    rows, shift = [], 0
    title = draw(
        st.sampled_from(
            ((), (("RENCANA KERJA",), ()), (("DAFTAR",), ("Unit Kerja", ": Kecamatan"), ("Tahun Anggaran", ": 2025"), ()))
        )
    )
    rows += title
    more = draw(st.lists(st.sampled_from(("Keterangan", "Sumber Dana", "Lokasi", "Penanggung Jawab")), unique=True, max_size=2))
    spec = draw(st.booleans()) and case.kind in ("rab", "standar_harga")
    head = [*case.rows[0], *more]
    if spec:
        head.insert(2, "Spesifikasi")
    rows.append(tuple(head))
    if draw(st.booleans()):
        rows.append((None,) * len(head))
        merged = [f"{chr(65 + i)}{len(rows) - 1}:{chr(65 + i)}{len(rows)}" for i in range(len(head))]
    else:
        merged = []
    if draw(st.booleans()):
        rows.append(tuple(draw(st.sampled_from((str, float)))(i) for i in range(1, len(head) + 1)))
    shift = len(rows) - 1
    for row in case.rows[1:]:
        cells = [*row, *(draw(st.sampled_from((None, "APBD", "kantor"))) for _ in more)]
        if spec:
            cells.insert(2, draw(st.sampled_from((None, "kualitas baik"))) if row[0] else None)
        rows.append(tuple(cells))
    if draw(st.booleans()):
        rows += [(), (None, "Mengetahui,"), (None, "Camat"), (), (None, "NIP. 19700101 199001 1 001")]
    if draw(st.booleans()):
        rows += [("Catatan: harga sudah termasuk pajak",)]
    return rows, [i + shift + 1 for i in case.lines], merged


@given(CASES, st.data())
def test_a_dressed_table_is_as_exact_as_a_bare_one(case, data):
    before, _ = result(case, case.rows, [i + 1 for i in case.lines])
    rows, places, merged = data.draw(decorated(case))
    after, said = result(case, rows, places, merged=merged)
    assert after or not before, (case, rows)
    assert after or said


@given(CASES, st.data())
def test_what_is_exact_stays_exact_wherever_and_however_it_stands(case, data):
    plain = [i + 1 for i in case.lines]
    before, _ = result(case, case.rows, plain)
    down, across = data.draw(st.integers(1, 9)), data.draw(st.integers(1, 5))
    blank_rows = data.draw(st.sets(st.integers(2, len(case.rows)), max_size=3))
    blank_col = data.draw(st.one_of(st.none(), st.integers(1, len(case.rows[0]) - 1)))
    form = data.draw(st.sampled_from(("", "id", "rp"))) if case.money else ""
    rows, places = [], []
    for number, row in enumerate(case.rows):
        if number in blank_rows:
            rows.append(())
        cells = [shown(c, form) if form and number and i in case.money and isinstance(c, int) else c for i, c in enumerate(row)]
        if blank_col is not None:
            cells.insert(blank_col, None)
        rows.append(tuple(cells))
        if number in case.lines:
            places.append(down + len(rows) - 1)
    hidden = data.draw(st.sets(st.sampled_from(places), max_size=3))
    state = data.draw(st.sampled_from(("visible", "hidden")))
    name = data.draw(st.sampled_from(("Sheet1", "RAB 2025", "Lembar baru")))
    after, said = result(case, rows, places, at=(down, across), hidden_rows=hidden, state=state, name=name)
    assert after or not before, (case, rows)
    assert said or not hidden


@given(st.one_of(rab(), lra()), st.data())
def test_a_wrong_total_never_passes_in_silence(case, data):
    """One amount changed by hand: either it is not part of any printed sum, or the difference is said."""
    number = data.draw(st.sampled_from(case.lines))
    rows = [list(row) for row in case.rows]
    col = case.money[0]
    rows[number][col] += 77_000
    changed = replace(
        case, rows=tuple(map(tuple, rows)), sums={**case.sums, next(iter(case.sums)): next(iter(case.sums.values())) + 77_000}
    )
    _, said = result(changed, changed.rows, [i + 1 for i in case.lines])
    assert said
