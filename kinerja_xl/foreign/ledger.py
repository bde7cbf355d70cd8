"""Which of several columns for budget and realisasi belong together: what the sheet's own remainder and percentage say.

Habits served: murni beside perubahan, last year beside this year, months beside "s.d. bulan ini", a cash plan beside the
budget; the treasurer's SPJ, whose last column adds up only the "s.d. bulan ini" of each kind; a percentage called Serapan.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise, product
from operator import attrgetter

from kinerja_xl.foreign.analysis import ANALYSIS, in_koefisien
from kinerja_xl.foreign.targets import figures, same
from kinerja_xl.formula.cellsheet import place
from kinerja_xl.regions.amounts import BROKEN
from kinerja_xl.regions.facts import holds, is_share, mostly, row_sum_of, row_sums
from kinerja_xl.regions.model import Column, Layout
from kinerja_xl.regions.words import clean, word
from kinerja_xl.sheets.values import fold
from kinerja_xl.words.match import kata
from kinerja_xl.words.periods import months_in
from kinerja_xl.words.shapes import pattern

SAMPLE, LEAST = 400, 3
"""Rows looked at, and how many of them must have figures to prove anything."""
RUNNING, _THIS = kata("sampai", "kumulatif"), kata("ini")
"""Words of a figure that holds the months before."""
CHANCE = 5
"""From this many rows on, figures that never fall from quarter to quarter are no accident any more."""
_SMALL = 1000
"""A share or a percentage stays below this; an amount of rupiah does not."""


def proven_pair(made: Layout, budgets: Sequence[Column], spent: Sequence[Column]) -> tuple[Column, Column] | None:
    """The one budget and realisasi of which a remainder or percentage column is made; None when none or several are.
    Of two budgets that are the same on most rows (murni, perubahan) the one that fits on more rows is meant."""
    found = [(hits, b, s) for b in budgets for s in spent if b.col != s.col and (hits := _derived(made, b.col, s.col))]
    best = [(b, s) for hits, b, s in found if hits == max(other for other, _, _ in found)]
    same = len({s.col for _, _, s in found}) == 1  # rival budgets of one realisasi, not a pair per quarter or source
    return best[0] if len(best) == 1 and (same or len(found) == 1) else None


def made_up(
    made: Layout, wholes: Iterable[Column], ways: Iterable[Sequence[Column]], least: int = 1
) -> tuple[Column, Sequence[Column]] | None:
    """The one of some columns that parts make up, with these, in the way that fits on the most rows; None where several are."""
    found = [(row_sums(made, whole.col, parts), whole, parts) for whole, parts in product(wholes, [*ways])]
    sums = [(hits, whole, parts) for (hits, rows), whole, parts in found if rows >= least and row_sum_of(made, whole, parts)]
    best = [(whole, parts) for hits, whole, parts in sums if hits == max(other for other, *_ in sums)]
    return best[0] if len({whole.col for whole, _ in best}) == 1 else None


def _derived(made: Layout, budget: int, spent: int) -> int:
    """On how many rows some column is budget − realisasi (or the other way round) or realisasi / budget; 0 unless on
    most."""
    best = 0
    for column in made.of("sisa", "persen"):
        hits, rows = holds(made, (budget, spent, column.col), _remainder if column.role == "sisa" else is_share)
        if mostly(hits, rows, LEAST):
            best = max(best, hits)
    return best


def _remainder(budget: Decimal, spent: Decimal, left: Decimal) -> bool:
    return abs(abs(budget - spent) - abs(left)) <= 1


OTHER_PLAN = kata("rencana_lain", "versi_lama", "versi_baru")
"""Words of what is planned, asked for or provided: no money that was spent."""


def unnamed_spending(made: Layout, budget: Sequence[Column], others: Sequence[Column], title: str) -> list[Column]:
    """What was spent under a name of its own ("SP2D", "Penggunaan"): budget minus it is the remainder. Now called realisasi.
    What is only called "Jumlah" is not, where the title names a plan. Beside volume and price the budget is their product."""
    priced = made.of("volume", "harga", "satuan")
    named = [c for c in budget if (c.product if priced else c.role == "anggaran")]
    others = [c for c in others if c not in named and not OTHER_PLAN(" ".join(c.path))]
    pair = proven_pair(made, named, others)
    if pair is None and not OTHER_PLAN(title) and not priced:
        return _spent_by_source(made, named, others) or _so_far(made, named, others)
    planned = pair is not None and pair[1].role == "jumlah" and OTHER_PLAN(title) and not RUNNING(pair[1].name)
    if pair is None or planned or (OTHER_PLAN(" ".join(pair[0].path)) and not priced):
        return []
    made.change(pair[0].col, "anggaran", "")
    made.change(pair[1].col, "realisasi", f"anggaran {pair[0].letter} dan kolom ini memberi sisa atau persennya")
    return [made.columns[pair[1].col]]


def _spent_by_source(made: Layout, budget: Sequence[Column], others: Sequence[Column]) -> list[Column]:
    """Sources of money under one heading that leave the remainder of the budget together (K7: BOS pusat, daerah, others)."""
    for upper in dict.fromkeys(c.path[:-1] for c in others if c.path[1:]):
        parts = [c for c in made.columns.values() if c.path[:-1] == upper and made.content[c.col].is_numeric]
        if len(parts) > 1 and made_up(made, budget, ([*parts, left] for left in made.of("sisa"))):
            for column in parts:
                made.change(column.col, "realisasi", "anggaran dikurangi kolom-kolom ini memberi sisanya")
            return [made.columns[c.col] for c in parts]
    return []


def _so_far(made: Layout, budget: Sequence[Column], others: Sequence[Column]) -> list[Column]:
    """ "Akum. Keuangan", "s.d. bln ini" beside a budget that no row exceeds."""
    found = [c for c in others if c.period == "sd"]
    pairs = [[made.value(row, c.col) for c in (budget[0], found[0])] for row in made.region.rows] if budget and found else []
    full = [(b, s) for b, s in pairs if b is not None and s is not None]
    if len(found) != 1 or len(full) < LEAST or any(s > b for b, s in full) or all(s == b for b, s in full):
        return []
    made.change(found[0].col, "realisasi", "jumlah berjalan di samping anggaran yang tidak dilampauinya")
    return [made.columns[found[0].col]]


def spent_and_left(made: Layout, budget: Sequence[Column]) -> list[Column]:
    """Below a title that says realisasi: two columns of rupiah that make up the budget, or what makes up the rest of it beside
    one that is known. The first is what was spent."""
    for blank in [c for c in made.of("") if not (made.content[c.col].nonzero or made.content[c.col].words)]:
        if any(b.col < blank.col < c.col and same(made, b, c) for b in budget for c in made.of("sisa")):
            made.change(blank.col, "realisasi", "kosong, dan sisanya sebesar anggaran: belum ada yang direalisasikan")
            return [made.columns[blank.col]]
    some = [c for c in made.of("", "sisa") if made.content[c.col].is_money and not c.period]
    found = made_up(made, budget, (pair for pair in pairwise(some) if pair[0].role == ""), LEAST)
    if found is None:
        return []
    whole, (one, two) = found
    made.change(one.col, "realisasi", f"bersama kolom {two.letter} menjadi {whole.letter}, dan judul tabel menyebut realisasi")
    made.change(two.col, "sisa", f"{whole.letter} dikurangi {one.letter}")
    return [made.columns[one.col]]


def running_months(made: Layout) -> list[Column]:
    """ "s.d. bulan lalu", "bulan ini", "s.d. bulan ini" without the word realisasi: the third is the sum of the two before."""
    unknown = made.of("")
    for one, two, three in zip(unknown, unknown[1:], unknown[2:], strict=False):
        if (one.period, three.period) != ("lalu", "sd") or two.period or not _THIS(two.name):
            continue
        if made_up(made, [three], [(one, two)], 2):
            for column in (one, two, three):
                made.change(column.col, "realisasi", "s.d. bulan lalu + bulan ini = s.d. bulan ini")
    return made.of("realisasi")


def months_as_rows(made: Layout) -> None:
    """Months down the side: what is called kumulatif adds up the rows above it and is no amount of its row."""
    names = made.first("periode", "uraian")
    rows = made.region.rows[:60]
    texts = [text for row in rows if isinstance(text := made.region.grid.value(row, names), str)] if names is not None else []
    running = [c for c in made.of("anggaran", "realisasi", "rencana", "jumlah") if RUNNING(c.name)]
    if not running or not texts or sum(word(text).period.startswith("b") for text in texts) * 5 < len(texts) * 4:
        return
    for column in running:
        made.change(column.col, "", "jumlah berjalan bulan-bulan di atasnya", period="sd")


def budgets_called_change(made: Layout) -> None:
    """ "Perubahan", "Revisi II" beside "Murni" is the budget after the change, unless it is the difference of two
    budgets: it is as large, or another column is what it differs by."""
    budgets = [c for c in made.of("anggaran") if made.content[c.col].is_money]
    for column in made.of("sisa", ""):
        if not budgets or not column.path or not made.content[column.col].is_money:
            continue
        if not _CHANGED(fold(_BRACKETS.sub(" ", column.path[-1]))):
            continue
        rows = [v for row in made.region.rows[:SAMPLE] if (v := [made.value(row, c.col) for c in (column, *budgets)])[0]]
        near = sum(any(b and abs(v[0] or Decimal(0)) * 2 >= b for b in v[1:]) for v in rows)
        pairs = [(column.col, b.col, left.col) for b in budgets for left in made.of("sisa") if left.col != column.col]
        told = any(mostly(*holds(made, pair, _remainder), LEAST) for pair in pairs)
        if len(rows) >= LEAST and (told or near * 10 >= len(rows) * 9):
            made.change(column.col, "anggaran", "anggaran sesudah perubahan, bukan selisih")


_CHANGED, _BRACKETS = kata("anggaran_berubah"), pattern("dalam_kurung")


def amounts_only(made: Layout, columns: Sequence[Column]) -> list[Column]:
    """Without shares and percentages ("Serapan" 0.45) where there are amounts beside them."""
    large = [c for c in columns if made.content[c.col].largest >= _SMALL]
    small = {c.col for c in columns if 0 < made.content[c.col].largest < _SMALL and made.content[c.col].nonzero}
    for col in small if large else ():
        made.change(col, "persen", "angkanya bagian atau persen di samping rupiah")
    return [c for c in columns if not large or c.col not in small]


def growing(made: Layout, budget: Column, spent: Sequence[Column]) -> tuple[Column, bool] | None:
    """The last filled one of quarters or months that each hold the ones before, and whether that is sure: no row ever falls,
    and the headings say "s.d." or the sum of the periods would be more than the budget. None when they stand on their own."""
    periods = [c for c in spent if c.period.startswith(("tw", "b")) and made.content[c.col].nonzero]
    periods.sort(key=attrgetter("period"))  # in whatever order they stand
    if len(periods) < 2 or len([c for c in spent if made.content[c.col].nonzero]) > len(periods):
        return None
    said = all(RUNNING(c.name) for c in periods)
    rows = over = more = 0
    for row in made.region.rows[:SAMPLE]:
        values = [made.value(row, c.col) or Decimal(0) for c in periods]
        limit = made.value(row, budget.col)
        if any(values):
            rows += 1
            over += limit is not None and sum(values) > limit + 1 and max(values) <= limit + 1
            if any(a > b for a, b in zip(values, values[1:], strict=False)):
                return None
            more += values[0] < values[-1] and bool(values[0])
    if rows < LEAST:
        return None
    return (periods[-1], bool(said or over)) if said or over or more >= CHANCE else None


def alike(columns: Sequence[Column]) -> list[list[Column]]:
    """Columns whose deepest headings are the same, two or more: the "s.d. bulan ini" of every group."""
    found: dict[str, list[Column]] = defaultdict(list)
    for column in columns:
        if len(column.path) > 1:
            found[fold(column.path[-1])].append(column)
    return [some for some in found.values() if len(some) > 1]


# ---- Tables that look like a budget or a price list and are none: lists of staff and stock, documents of trade, price
#      analyses ----
# Each answers with a short Indonesian reason, or "" where nothing speaks against the table.

_STRANGE = kata("judul_tabel_lain")
_STOCK = kata("persediaan")
"""Movements of goods: often the upper heading over "Jumlah" and "Nilai"."""
_LISTED = kata("judul_daftar")
"""Columns of lists that are kept beside a budget: stock, payments to people, assets, vehicles, inhabitants."""
_DOCUMENT = kata("dokumen_lain")
"""The first words of a title that name a document of trade or bookkeeping: what was bought or paid, not what is planned."""
_PLANNED = kata("dokumen_rencana")


def another_document(made: Layout, title: str) -> str:
    """Why a table with the columns of a budget is none: its title, or two of its headings, name another document. Beside a
    budget, or below the word for one, only where the rows are called after nothing else ("No Kontrak")."""
    called = any(word(c.name).role or not _of_a_list(c.name) for c in made.of("uraian", "indikator", "kode"))
    if called and (made.of("anggaran", "realisasi", "target") or _PLANNED(title)):
        return ""
    if found := _DOCUMENT(f"{made.region.grid.name} | {title}"):
        name = " ".join(found[0].strip("| ").split())
        return f'menurut judulnya ("{name}") ini bukti atau daftar lain, bukan rencana anggaran'
    headings = {_BRACKETS.sub("", text): c for c in made.columns.values() for text in c.path}
    listed = [column for heading, column in headings.items() if _of_a_list(heading)]
    listed += [c for c in made.of("tanggal") if listed and made.content[c.col].filled * 2 > made.content[c.col].looked]
    if len(listed) >= 2:
        names = f'"{listed[0].name}" dan "{listed[1].name}"'
        return f"kolom {names} menunjukkan daftar lain (pembayaran, pembukuan, kontrak, persediaan, aset, atau penduduk)"
    return ""


def _of_a_list(heading: str) -> bool:
    return bool(_LISTED(fold(heading)) or _STRANGE(fold(heading)))


_ANALYSIS = kata("analisa_harga")


def of_another_trade(made: Layout) -> str:
    """Why a table with figures is none of ours: staff, goods in stock, bookkeeping, an analysis of one unit price."""
    strange = [
        c for c in made.columns.values()
        if any(_STRANGE(fold(text)) for text in c.path[-1:]) or any(_STOCK(fold(text)) for text in c.path)
    ]  # fmt: skip
    if len(strange) >= 2 or (strange and len(made.columns) <= 6 and not made.of("kode", "volume", "anggaran")):
        return f'judul seperti "{strange[0].name}" menunjukkan tabel lain (pegawai, persediaan, pembukuan, atau aset)'
    grid = made.region.grid
    if made.of("uraian") and made.of("harga") and in_koefisien(made):
        texts = (text for row in made.region.rows[:60] for text in grid.rows[row] if isinstance(text, str))
        words = {found[0].lower() for text in texts if (found := _ANALYSIS(text))}
        if len(words) + bool(made.region.repeats) >= 2:  # the headings again above every work
            return ANALYSIS
    return ""


def no_rival(made: Layout, column: Column, one: Column) -> bool:
    """The very same figures, or "Anggaran bulan Juni" beside "Anggaran 1 Tahun": never more, and less on most rows."""
    pairs = [(a, b) for a, b in zip(made.values(column.col), made.values(one.col), strict=True) if a or b]
    less = sum((a or 0) < (b or 0) for a, b in pairs)
    month = bool(months_in(column.name)) and not months_in(one.name) and less * 2 > len(pairs)
    return (month or not less) and all((a or 0) <= (b or 0) for a, b in pairs)


_FIGURES = pattern("angka_dalam")


def why_none(made: Layout) -> str:
    """Why a region without any role that makes a kind is none: the constraint that failed, with its cell where one shows it."""
    found = [c for c in made.columns.values() if made.content[c.col].figures]
    amounts = made.of("jumlah", "anggaran", "harga", "target", "realisasi")
    empty = not any(made.content[c.col].nonzero or made.content[c.col].waiting for c in amounts)
    lost = ((at, c.col) for c in amounts for at in made.region.rows if made.amount(at, c.col) is BROKEN)
    if empty and (first := next(lost, None)):
        return f"semua angkanya galat rumus, mulai dari {place(*first)}"
    if not found:
        return "tidak ada angka di bawah judul kolomnya"
    if figures(made, "realisasi") and not made.of("target", "anggaran", "rencana", "indikator"):
        return "ada kolom realisasi, tetapi tidak ada kolom nama indikator, target, atau anggaran di sampingnya"
    if empty:
        cells = ((row, c) for c in amounts or made.columns.values() if amounts or c.period for row in made.region.rows)
        texts = ((at, c, v) for at, c in cells if isinstance(v := made.region.grid.value(at, c.col), str))
        packed = next((found for found in texts if len(_FIGURES.findall(found[2])) > 1), None)
        if packed is not None:  # "3/2", "3 dari 5", the quarters of a line one below the other in one cell
            at, column, text = packed
            shown = f'"{clean(text)}" di {place(at, column.col)}'
            return f'isi di bawah "{column.name}" bukan satu angka per sel, misalnya {shown}'
        if amounts:
            return f'formulirnya belum diisi: di bawah "{amounts[0].name}" tidak ada angka'
    unknown = [c for c in found if c.role in ("", "tahun") and made.content[c.col].is_money]
    if unknown:
        return f'ada angka sebesar rupiah, tetapi "{unknown[0].name}" bukan judul anggaran, realisasi, target, atau harga'
    if prices := figures(made, "harga"):
        return f'ada harga ("{prices[0].name}") dan banyaknya, tetapi tidak ada kolom jumlah di sampingnya'
    under = ", ".join(f'"{c.name}"' for c in [c for c in found if c.role != "nomor"][:3])
    return f"angka di bawah {under} bukan anggaran, realisasi, target, atau harga" if under else "angkanya hanya nomor"
