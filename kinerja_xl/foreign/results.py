"""Results of indicators under other words than "Realisasi": percentages, years below a title, a capaian, a hasil.

Habits served: "Target (%)" and "Realisasi (%)"; years below a title that says what they hold; "Target | Capaian" of health
centres and schools; a capaian that is the only figure.
"""

from __future__ import annotations

import re
from decimal import Decimal

from kinerja_xl.foreign.columns import Layout
from kinerja_xl.foreign.model import Column
from kinerja_xl.foreign.targets import RUPIAH, figures, version
from kinerja_xl.foreign.words import word
from kinerja_xl.sheets.values import fold


def only_figures(made: Layout, title: str) -> None:
    """Where nothing else is target or result: "Target (%)", "Realisasi (%)", "Capaian", or years below such a title."""
    if not made.of("target", "realisasi", "volume", "rencana"):
        told = next((word for word in re.findall(r"target|realisasi|capaian", title.lower())), "")
        for column in figures(made, ""):
            if told and re.fullmatch(r"(?:19|20)\d\d|tw\d|t\d", column.period):
                made.change(column.col, "target" if told == "target" else "realisasi", f'judul tabel menyebut "{told}"')
    for role in ("target", "realisasi"):
        if not made.of(role):
            for column in made.of("persen"):
                if word(column.path[-1] if column.path else "").figure == role:
                    made.change(column.col, role, "target dan hasilnya dihitung dalam persen")
    if not made.of("target", "realisasi", "volume"):
        reached = [c for c in figures(made, "persen") if c.path and fold(c.path[-1]).startswith(("capaian", "hasil"))]
        for column in reached:
            made.change(column.col, "realisasi", "capaian adalah satu-satunya angka indikatornya")


_REACHED = re.compile(r"^(?:capaian|pencapaian|tercapai|hasil|perolehan)")
_BEFORE = re.compile(r"lalu|sebelum|perkiraan|proyeksi")


def _same_time(target: Column, result: Column) -> bool:
    """Whether a result may belong to a target: its quarter, and no year that the target's heading doesn't name."""
    parts = [c.period if c.period.startswith(("tw", "b", "s")) else "" for c in (target, result)]
    years = [set(re.findall(r"(?:19|20)\d\d", " ".join(c.path))) for c in (target, result)]
    return parts[0] == parts[1] and years[1] <= years[0]


def reached(made: Layout) -> None:
    """ "Target | Capaian" without a realisasi (health centres, schools, SPM): the capaian is the result where its figures are
    as large as the targets; where it is their percentage (100 beside a target of 12), it stays one."""
    planned = figures(made, "target") or figures(made, "rencana", "volume")
    counted = [c for c in made.of("realisasi") if not (made.content[c.col].is_money and made.content[c.col].largest >= RUPIAH)]
    if not planned or counted:  # beside "Pagu | Realisasi" the targets have their own result
        return
    for column in figures(made, "persen", ""):
        text = column.path[-1] if column.path else ""
        before = [c for c in planned if c.col < column.col and _same_time(c, column)]
        if not before or not _REACHED.match(fold(text)) or _BEFORE.search(fold(text)) or version(column):
            continue
        in_percent = "%" in text and not any("%" in part for part in before[-1].path)
        if not in_percent and _as_large(made, before[-1].col, column.col):
            made.change(column.col, "realisasi", "capaian sebesar targetnya, tanpa kolom realisasi")


def _as_large(made: Layout, target: int, result: int) -> bool:
    """Whether most results are of the size of their targets: no percentage of them, no ratio."""
    pairs = [(made.value(row, target), made.value(row, result)) for row in made.region.rows]
    both = [(planned, done) for planned, done in pairs if planned and done]
    hits = sum(done <= 2 * planned and not (done <= Decimal("1.5") < planned / 2) for planned, done in both)
    return bool(both) and hits * 10 >= len(both) * 8
