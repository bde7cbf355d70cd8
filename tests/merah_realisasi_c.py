"""Genuine errors in realisasi tables, and a table that is none of ours."""

from __future__ import annotations

from tests.merah_realisasi import (
    ACCOUNTS,
    NAMES,
    SUBS,
    Made,
    N,
    Row,
    Rows,
    Truth,
    add,
    codes,
    layout,
    leaves,
    pair,
    persen,
    plain_leaves,
    span,
)


def _grouped(rng, formula=True):
    """Rows from row 4 on: a group with its sum by formula above its lines, three groups; (rows, lines, cells of the groups)."""
    rows: Rows = [["REALISASI BELANJA"], [], ["Kode Rekening", "Uraian", "Anggaran", "Realisasi", "Sisa"]]
    lines, groups = [], []
    for code in ("5.1.01", "5.1.02", "5.2.02"):
        own = [Row(code=c, name=n, depth=0, leaf=True, values=pair(rng)) for c, n in ACCOUNTS if c.startswith(code)]
        first = len(rows) + 2
        last = first + len(own) - 1
        a, b = add(own)
        groups.append((len(rows) + 1, first, last))
        rows.append([code, NAMES[code], span(2, first, last, a), span(3, first, last, b), (f"=C{first - 1}-D{first - 1}", a - b)])
        rows += [[r.code, r.name, *r.values, (f"=C{k}-D{k}", r.values[0] - r.values[1])] for k, r in enumerate(own, first)]
        lines += own
    a, b = add(lines)
    cells = ["+".join(f"{c}{g}" for g, _, _ in groups) for c in "CD"]
    rows.append([N, "JUMLAH", (f"={cells[0]}", a), (f"={cells[1]}", b), (f"={'+'.join(f'E{g}' for g, _, _ in groups)}", a - b)])
    return rows, lines, groups


@layout
def salah_luput(rng):
    """The second group's realisasi leaves its last line out; the total inherits it."""
    rows, lines, groups = _grouped(rng)
    at, first, last = groups[1]
    lost = rows[last - 1][3]
    rows[at - 1][3] = span(3, first, last - 1, sum(rows[k - 1][3] for k in range(first, last)))
    a, b = add(lines)
    rows[-1][3] = (rows[-1][3][0], b - lost)
    return Made(sheets={"Sheet1": rows}, truths=(Truth(sheet="Sheet1", n=len(lines), sums={"anggaran": a, "realisasi": b}, codes=codes(f"L402 D{at}")),))


@layout
def salah_dua_kali(rng):
    """The total adds the whole column, groups and lines: twice the truth."""
    rows, lines, groups = _grouped(rng)
    a, b = add(lines)
    last = len(rows) - 1
    rows[-1] = [N, "JUMLAH", span(2, 4, last, 2 * a), span(3, 4, last, 2 * b), span(4, 4, last, 2 * (a - b))]
    end = len(rows)
    return Made(sheets={"Sheet1": rows}, truths=(Truth(sheet="Sheet1", n=len(lines), sums={"anggaran": a, "realisasi": b}, codes=codes(f"L403 C{end}", f"L403 D{end}")),))


@layout
def salah_konstanta(rng):
    """One group's budget typed over its formula, not equal to its lines."""
    rows, lines, groups = _grouped(rng)
    at = groups[0][0]
    a, b = add(lines)
    rows[at - 1][2] = rows[at - 1][2][1] + 7_500_000
    rows[at - 1][4] = (rows[at - 1][4][0], rows[at - 1][4][1] + 7_500_000)
    rows[-1][2] = (rows[-1][2][0], a + 7_500_000)
    rows[-1][4] = (rows[-1][4][0], a - b + 7_500_000)
    return Made(sheets={"Sheet1": rows}, truths=(Truth(sheet="Sheet1", n=len(lines), sums={"anggaran": a, "realisasi": b}, codes=codes(f"L404 C{at}")),))


@layout
def salah_ref(rng):
    """A realisasi cell lost its reference: #REF!, and the sums above it too."""
    rows, lines, groups = _grouped(rng)
    at, first, _ = groups[1]
    a, b = add(lines)
    lost = rows[first - 1][3]
    for row, column in ((first, 3), (first, 4), (at, 3), (at, 4), (len(rows), 3), (len(rows), 4)):
        rows[row - 1][column] = ("=#REF!+1" if row == first and column == 3 else rows[row - 1][column][0], "#REF!")
    return Made(sheets={"Sheet1": rows}, truths=(Truth(sheet="Sheet1", n=len(lines), sums={"anggaran": a, "realisasi": b - lost}, codes=codes(f"L413 D{at}")),))


@layout
def salah_sembunyi(rng):
    """Two lines hidden by hand; the sums hold them."""
    rows, lines, groups = _grouped(rng)
    a, b = add(lines)
    _, first, _ = groups[1]
    return Made(sheets={"Sheet1": rows}, truths=(Truth(sheet="Sheet1", n=len(lines), sums={"anggaran": a, "realisasi": b}, codes=codes(f"L204 C{first}")),), hidden={"Sheet1": (first, first + 1)})


@layout
def salah_selisih(rng):
    """Typed SIPD-like table: the printed JUMLAH of realisasi is not the sum of the lines."""
    lines = plain_leaves(rng, pair)
    a, b = add(lines)
    body = [[r.code, r.name, *r.values, persen(r.values[1], r.values[0])] for r in lines]
    rows = [["REALISASI BELANJA JULI"], [], ["KODE", "URAIAN", "ANGGARAN", "REALISASI", "%"], *body, [N, "JUMLAH", a, b + 1_250_000, persen(b, a)]]
    return Made(sheets={"Jul": rows}, truths=(Truth(sheet="Jul", n=len(lines), sums={"anggaran": a, "realisasi": b}, codes=codes(f"L401 D{len(rows)}")),))


@layout
def salah_teks_inggris(rng):
    """Three realisasi typed as text with English commas, proven by the total, which Excel's SUM left out."""
    lines = plain_leaves(rng, pair)
    a, b = add(lines)
    body: Rows = [[r.code, r.name, r.values[0], r.values[1], persen(r.values[1], r.values[0])] for r in lines]
    picked = [k for k, r in enumerate(lines) if r.values[1] > 1_000_000][:3]
    for k in picked:
        body[k][3] = f"{lines[k].values[1]:,.2f}"
    short = sum(lines[k].values[1] for k in picked)
    end = len(body) + 3
    rows = [["REALISASI BELANJA"], [], ["KODE", "URAIAN", "ANGGARAN", "REALISASI", "%"], *body, [N, "JUMLAH", span(2, 4, end, a), span(3, 4, end, b - short), N]]
    return Made(sheets={"Sheet1": rows}, truths=(Truth(sheet="Sheet1", n=len(lines), sums={"anggaran": a, "realisasi": b}, codes=codes(f"L401 D{end + 1}")),))


@layout
def salah_geser_seribu(rng):
    """Two budgets typed in thousands: the percentage and the total show it."""
    lines = plain_leaves(rng, pair)
    a, b = add(lines)
    body: Rows = [[r.code, r.name, r.values[0], r.values[1], persen(r.values[1], r.values[0])] for r in lines]
    wrong = lines[4].values[0] - lines[4].values[0] // 1000
    body[4][2] = lines[4].values[0] // 1000
    rows = [["REALISASI BELANJA"], [], ["KODE", "URAIAN", "ANGGARAN", "REALISASI", "%"], *body, [N, "JUMLAH", a, b, persen(b, a)]]
    # the reader keeps what stands there and says what is wrong; the truth of the label is the figure as written
    return Made(sheets={"Sheet1": rows}, truths=(Truth(sheet="Sheet1", n=len(lines), sums={"anggaran": a - wrong, "realisasi": b}, codes=codes(f"L401 C{len(rows)}")),))


@layout
def salah_terfilter_lima(rng):
    """The same lines on four more sheets, each filtered to another sub kegiatan, and a Gabungan: the money five times."""
    lines = leaves(rng, 4, pair)
    flat = [[*r.code.split("/"), r.name, *r.values] for r in lines]
    head = [["DATA REALISASI"], ["Sub Kegiatan", "Kode Rekening", "Uraian", "Anggaran", "Realisasi"]]
    sheets = {"Gabungan": [*head, *flat]}
    hidden = {}
    for k, sub in enumerate(SUBS[:4], 1):
        sheets[f"Seksi {k}"] = [*head, *flat]
        hidden[f"Seksi {k}"] = tuple(i for i, row in enumerate(flat, 3) if row[0] != sub)
    a, b = add(lines)
    truths = (Truth(sheet="Gabungan", n=len(lines), sums={"anggaran": a, "realisasi": b}, codes=codes("L419 D3")),)
    return Made(sheets=sheets, truths=truths, hidden=hidden, book=frozenset(("L207", f"Seksi {k}") for k in range(1, 5)))


@layout
def bku_bukan_tabel(rng):
    """A cash book: no realisasi against a budget, nothing to import (or asked)."""
    saldo, body = 5_000_000, []
    for day in range(1, 25):
        a, b = (rng.randint(1, 9) * 100_000, 0) if day % 5 == 0 else (0, rng.randint(1, 9) * 25_000)
        saldo += a - b
        body.append([f"{day:02}/07/2025", f"BK-{day:03}", "Terima SP2D GU" if a else "Dibayar belanja ATK", a, b, saldo])
    rows = [["BUKU KAS UMUM"], ["Bulan Juli 2025"], [], ["Tanggal", "No. Bukti", "Uraian", "Penerimaan", "Pengeluaran", "Saldo"], *body]
    return Made(sheets={"BKU": rows}, truths=(), book=frozenset({("L201", "BKU")}))
