"""Sheet ``Rata-rata Capaian``: the means of every group, each saying over how many indicators and which are left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kinerja_xl.reckoning.capaian import Average, Year
from kinerja_xl.sheets import capaian as sheets
from kinerja_xl.sheets.choices import CHOICES
from kinerja_xl.sheets.rekap import known
from kinerja_xl.words.periods import ROMAN
from kinerja_xl.writing.shown.capaian.anggaran import rounded_mean
from kinerja_xl.writing.shown.capaian.frame import Context, waiting, write_flat, writes
from kinerja_xl.writing.shown.flat import At, Cell, Cells

_NAMED = 4

_KINDS = {"kantor": "Kantor", "iku": "IKU", "resmi": "Pejabat", "level": "Level", "tingkat": "Tingkat", "sasaran": "Sasaran"}
_LISTS = {"level": "level_indikator", "tingkat": "tingkat"}


@writes(sheets.RATA_RATA)
def write_averages(context: Context) -> None:
    write_flat(context, sheets.RATA_RATA, _groups(context.year), _MEANS)


def _mean_of_group(at: At) -> Cell:
    formula = _average_formula(at.context, *at.of)
    return Cell(known(at.of[1].percent), rounded_mean(formula) if formula else "")


def _predicate(at: At) -> Cell:
    """Provisional as long as one that counts is; the figure alone where no criterion picks the group."""
    kind, average = at.of
    picked = _picked(at.context, kind, average)
    waits = f"{waiting(at.context, *picked)}>0" if picked is not None else str(average.waits).upper()
    return Cell(average.predicate_told or None, at.context.yardstick.predicate(at.ref("capaian"), waits))


_MEANS: Cells = {
    "kelompok": lambda at: _KINDS[at.of[0]],
    "nama": lambda at: Cell(at.of[1].label),
    "indikator": lambda at: at.of[1].counted,
    "tidak": lambda at: len(at.of[1].left_out),
    "capaian": _mean_of_group,
    "predikat": _predicate,
    "disisihkan": lambda at: _left_out(at.of[1], at.context.year),
}


def _groups(year: Year) -> Iterator[tuple[str, Average]]:
    """The office and the IKU first, then officials, levels, tiers, sasaran."""
    for kind in _KINDS:
        found = year.averages[kind]
        yield from ((kind, average) for average in (found[:1] if kind == "iku" else found))


def _average_formula(context: Context, kind: str, average: Average) -> str:
    """Over the cells of Capaian Indikator, where one criterion picks just the group; else "" and the figure alone."""
    picked, figures = _picked(context, kind, average), context.layouts["capaian_indikator"].span("dihitung")
    if not picked:
        return "" if picked is None else f"AVERAGE({figures})"
    return f"AVERAGEIFS({','.join((figures, *picked))})"


def _picked(context: Context, kind: str, average: Average) -> tuple[str, ...] | None:
    """The criterion that picks the group, () for the whole office; None where none does."""
    source = context.layouts["capaian_indikator"]
    if kind == "kantor":
        return ()
    if kind == "iku":
        return source.span("iku"), '"Ya"'
    if kind in _LISTS and average.key in CHOICES[_LISTS[kind]]:
        return source.span(kind), f'"{average.key}"'
    return None


def _left_out(average: Average, year: Year) -> str:
    """Who is left out and why, then what counts although a triwulan is blank."""
    count, left = len(average.left_out) + len(average.partial), average.left_out[:_NAMED]
    shown = [f"{name} ({reason})" for name, reason in left]
    if partial_ := average.partial[: _NAMED - len(left)]:
        blank = {r.indicator.nama: r.judged.missing for r in year.results if r.judged.missing}
        shown += [f"{name}: dihitung tanpa {_quarters(blank[name])} (belum diisi)" for name in partial_]
    return "; ".join([*shown, *([f"dan {count - len(shown)} lainnya"] if count > len(shown) else [])]) or "tidak ada"


def _quarters(missing: Sequence[int]) -> str:
    return "TW " + ", ".join(ROMAN[n - 1] for n in missing)
