"""What speaks against the kind that a table was read as: other figures beside it, or no word that a table of ours would have.

A list of sales, prices in a shop or counts of anything can have the very columns of a RAB, a price list or targets. Without
a word of planning or budgets in its headings, title, sheet or file name the kind is said to be doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kinerja_xl.catatan import Finding
from kinerja_xl.foreign.columns import Layout
from kinerja_xl.foreign.grid import place
from kinerja_xl.foreign.kinds import Purpose, money, row_total
from kinerja_xl.foreign.ledger import proven_pair
from kinerja_xl.foreign.model import HARGA, INDIKATOR, RAB, REALISASI, finding
from kinerja_xl.foreign.targets import figures

_WORDS = {
    RAB: r"\brab\b|rab[_ ]|anggaran|biaya|belanja|\brka|\bdpa|pagu|apb|kegiatan|realisasi|serapan|\blra|rkakl|\bspj|proposal"
    r"|kd(?:giat|akun)|rekening"
    r"|\bhonor|perjalanan dinas|perjadin|\bhps\b|perkiraan sendiri|\brkbmd|kebutuhan barang|swakelola|\bbudget",
    INDIKATOR: r"indikator|kinerja|sasaran|kegiatan|program|output|outcome|keluaran|renja|renstra|\biku\b|\bpk\b|renaksi"
    r"|rencana aksi",
    HARGA: r"standar|satuan biaya|biaya satuan"
    r"|\bssh|\bsbu|\bsbm|\bhspk|\basb\b|ahsp|harga satuan|hargasat|upah|biaya masukan|daftar harga",
}
_PLANNED = re.compile(r"\brab\b|anggaran|\brka\b|\bdpa\b|\bpagu|\bhps\b|perkiraan sendiri", re.IGNORECASE)
"""Words that only a plan has: beside them a column "Toko A" is a price survey, not a shop's book."""
_TRADE = re.compile(
    r"penjualan|invoice|faktur|kwitansi|nota\b|transaksi|pembelian|pelanggan|toko|menu\b|omzet|laba"
    r"|(?<!\be)(?<!\be[- ])katalog", re.IGNORECASE,
)


def kind_doubts(made: Layout, goal: Purpose, context: str) -> Iterator[Finding]:
    """Reasons to look at the kind. ``context``: file, sheet and title."""
    yield from _other_figures(made, goal)
    yield from _sample(made, goal, context)
    yield from _no_word(made, goal, context)


def _other_figures(made: Layout, goal: Purpose) -> Iterator[Finding]:
    spent = set(goal.amounts.get("realisasi", ()))
    rupiah = [c for c in money(made, figures(made, "jumlah", "anggaran")) if c.col not in spent]
    rupiah = [c for c in rupiah if c.col not in goal.amounts.get("anggaran", ())]  # money that is read beside the targets
    if goal.kind == INDIKATOR and rupiah and "anggaran" not in goal.amounts:
        yield _doubt(made, goal, "rab atau realisasi", f'ada juga kolom rupiah "{rupiah[0].name}"')
    if goal.kind in (RAB, REALISASI) and figures(made, "target") and not _measured(made, goal):
        yield _doubt(made, goal, "indikator", f'ada juga kolom "{made.of("target")[0].name}"')
    months = [c for c in money(made, figures(made, "")) if c.period.startswith(("b", "tw")) and made.content[c.col].is_money]
    # Months that add up to the pagu of every line are its plan: nobody spends to the rupiah what was budgeted.
    if goal.kind == RAB and len(months) > 1 and not row_total(made, goal.main[0], months):
        yield _doubt(made, goal, "realisasi", "kolom bulan atau triwulannya dapat berarti rencana atau realisasi")
    if goal.kind == HARGA and (figures(made, "volume", "jumlah") or made.of("tanggal")):
        yield _doubt(made, goal, "rab", "ada kolom volume, jumlah, atau tanggal di samping harga")


def _measured(made: Layout, goal: Purpose) -> bool:
    """Realisasi that the sheet itself compares with its budget: output and target beside it do not make it an indicator."""
    pair = [[made.columns[col] for col in goal.amounts.get(name, ())] for name in ("anggaran", "realisasi")]
    return all(len(some) == 1 for some in pair) and proven_pair(made, *pair) is not None


_SAMPLE = re.compile(r"\bcontoh\s+(?:peng)?isian\b|^\W*(?:contoh|misal(?:nya)?)\b\W", re.IGNORECASE)


def _sample(made: Layout, goal: Purpose, context: str) -> Iterator[Finding]:
    """A form handed out with a line or two that show how to fill it: nobody's budget."""
    name = made.first("uraian", "indikator")
    texts = [str(made.region.grid.value(row, name) or "") for row in made.region.rows[:50]] if name is not None else []
    if found := next((m for text in [context, *texts] if (m := _SAMPLE.search(text))), None):
        yield _doubt(made, goal, "contoh isian formulir", f'ada kata "{found[0].strip(" :.,")}"')


def _no_word(made: Layout, goal: Purpose, context: str) -> Iterator[Finding]:
    if goal.kind not in _WORDS:
        return
    text = " ".join([context, *(name for column in made.columns.values() for name in column.path)])
    if (trade := _TRADE.search(text)) and not (goal.kind == RAB and _PLANNED.search(text)):
        yield _doubt(made, goal, "tabel lain", f'ada kata "{trade[0]}"')
    elif not re.search(_WORDS[goal.kind], text, re.IGNORECASE):
        full = goal.kind == RAB and made.of("volume") and made.of("satuan") and made.of("harga", "kode")
        if not full:
            yield _doubt(made, goal, "tabel lain", "tidak ada kata yang menunjukkan rencana, anggaran, atau standar harga")


_SMALL = 100_000
"""No budget has all its amounts, in whole rupiah, below this."""


def another_trade(made: Layout, goal: Purpose, context: str) -> str:
    """Why a table is none of ours although its columns fit, where no word speaks of a plan; "" when nothing is known.

    Habits served: sales and payments, a date on every row; counts of people, votes or rain with a column "Jumlah"."""
    text = " ".join([context, *(name for column in made.columns.values() for name in column.path)])
    if goal.kind not in (RAB, HARGA) or re.search(_WORDS[goal.kind], text, re.IGNORECASE):
        return ""
    named = max((made.content[c.col].filled for c in made.of("uraian")), default=0)
    if any(made.content[c.col].filled >= max(3, named // 2) for c in made.of("tanggal")):
        return "tiap barisnya bertanggal, dan tidak ada kata rencana, anggaran, atau standar harga: rupanya catatan transaksi"
    money = made.of("volume", "harga", "kode", "anggaran") or [c for c in made.columns.values() if c.money]
    if goal.kind == RAB and not money and all(made.content[col].largest < _SMALL for col in goal.main):
        return "angkanya terlalu kecil untuk rupiah, dan tidak ada kata rencana atau anggaran"
    return ""


def _doubt(made: Layout, goal: Purpose, other: str, why: str) -> Finding:
    cell = place(made.region.head.bottom, goal.main[0] if goal.main else made.region.left)
    return finding("L305", made.region.grid.name, cell, arti=goal.kind.replace("_", " "), lain=other, bukti=why)
