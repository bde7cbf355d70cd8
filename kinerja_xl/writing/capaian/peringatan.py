"""Sheets ``Peringatan Dini`` and ``Rencana Aksi``: what is pressing, and what each quarter asks for."""

from __future__ import annotations

from kinerja_xl.sheets import capaian as sheets
from kinerja_xl.sheets.capaian import QUARTERS
from kinerja_xl.writing.capaian.frame import GROUPED, Context, Grid, close, layout_of, signed, start
from kinerja_xl.writing.capaian.indikator import noted
from kinerja_xl.writing.recap.grid import UNKNOWN

_LOOKS = {"tertinggal": "wajib", "sesuai": "good", "mendahului": "info"}


def write(context: Context) -> None:
    """The warnings in the order that the reckoning gave them: the most pressing first."""
    warnings = context.year.warnings
    own = layout_of(sheets.PERINGATAN, len(warnings))
    worksheet = start(context, sheets.PERINGATAN)
    grid = Grid(context, worksheet, own)
    grid.head({})
    for number, warning in enumerate(warnings, start=1):
        row = own.heading + number
        look = _LOOKS.get(warning.standing.split(" ")[0].casefold())
        grid.write(row, "no", number)
        for key, value in (("unit", warning.unit), ("kode", warning.kode), ("nama", warning.nama), ("hal", warning.what)):
            grid.write(row, key, value or None)
        grid.write(row, "posisi", warning.standing, *((look,) if look else ()))
        grid.write(row, "penjelasan", warning.sentence or None)
        grid.write(row, "proyeksi", warning.projection or None)
        grid.end_row(row)
    grid.finish()
    close(grid, own.last)


def write_actions(context: Context) -> None:
    """One row per indicator: its quarterly targets, the budget of its sub kegiatan, and the unit's follow-up."""
    year = context.year
    own = layout_of(sheets.RENCANA_AKSI, len(year.results), top=GROUPED)
    worksheet = start(context, sheets.RENCANA_AKSI)
    grid = Grid(context, worksheet, own)
    grid.groups()
    grid.head({})
    budgets, names = _budgets(context)
    shown: set[tuple[str, str]] = set()
    for number, result in enumerate(year.results, start=1):
        row, indicator = own.heading + number, result.indicator
        place = (indicator.unit, indicator.kode)
        grid.write(row, "no", number)
        grid.write(row, "aksi", noted(result, "tindak_lanjut", year.triwulan) or UNKNOWN)
        grid.write(row, "nama", indicator.nama)
        for n in QUARTERS:
            grid.write(row, f"target_{n}", indicator.quarters[n - 1])
        grid.write(row, "target", indicator.target)
        grid.write(row, "satuan", indicator.satuan or None)
        if place not in shown:  # the budget of a sub kegiatan is said once
            grid.write(row, "anggaran", budgets.get(place))
            shown.add(place)
        name = names.get(indicator.kode, "")
        grid.write(row, "sub", f"{indicator.kode} {name}".strip())
        grid.write(row, "penanggung_jawab", indicator.penanggung_jawab or None)
        grid.end_row(row)
    grid.finish()
    signature = own.last + 2
    close(grid, signed(context, worksheet, own, signature), grouped=True, signature=signature)


def _budgets(context: Context) -> tuple[dict[tuple[str, str], int], dict[str, str]]:
    """Budget by (unit, sub kegiatan), and the name of every code."""
    plan = context.year.plan
    budgets = {(sub.unit, sub.kode): sub.anggaran for sub in plan.subs}
    names = {kode: node.nama for kode, node in context.office.programs.items()} | {sub.kode: sub.nama for sub in plan.subs}
    return budgets, names
