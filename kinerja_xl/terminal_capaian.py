"""What the terminal shows of the measured year: means and serapan per unit, what is pressing, the catatan."""

from __future__ import annotations

import json
import sys
from decimal import Decimal

from rich.table import Table
from rich.text import Text

from kinerja_xl.findings import Finding
from kinerja_xl.reckoning.capaian.policies import yardsticks
from kinerja_xl.reckoning.capaian.shown import shown_percent
from kinerja_xl.reckoning.measured import Average, Year
from kinerja_xl.sheets.capaian import ROMAN
from kinerja_xl.sheets.values import format_number, format_rupiah
from kinerja_xl.terminal import open_console, show_findings, summary
from kinerja_xl.writing.output import Written

_PRESSING = 5
"""Warnings that are shown; all are on the sheet Peringatan Dini."""
_HEAVY = 50
"""Lighter ones are on target, or ahead of it."""


def show_year(year: Year, findings: list[Finding], written: Written, form: str, everything: bool) -> None:
    """The result of ``capaian``."""
    if form == "json":
        shown = year_json(year, findings) | {"berkas": str(written.path)}
        sys.stdout.write(json.dumps(shown, ensure_ascii=False, indent=2) + "\n")
        if written.sentence:
            sys.stderr.write(written.sentence + "\n")
        return
    console = open_console()
    console.print(_table(year))
    office = year.averages["kantor"][0]
    console.print(f"Rata-rata capaian kantor {_points(office.percent)} {office.predicate}".rstrip() + f" ({_counted(office)})")
    pressing = [warning for warning in year.warnings if warning.weight >= _HEAVY]
    if pressing:
        console.print("Paling mendesak (selengkapnya di lembar Peringatan Dini):")
        for warning in pressing[:_PRESSING]:
            console.print(Text(f"  {warning.unit} {warning.nama}: {warning.sentence}"))
    console.print()
    show_findings(console, findings, everything)
    console.print(summary(findings))
    console.print(Text(f"Capaian ditulis: {written.path}"))
    if written.sentence:
        sys.stderr.write(written.sentence + "\n")


def _table(year: Year) -> Table:
    title = f"{year.office.nama}, Tahun Anggaran {year.plan.tahun}, s.d. triwulan {ROMAN[year.triwulan - 1]}"
    table = Table(title=title, title_justify="left")
    for head in ("Unit", "Dinilai", "Capaian", "Predikat", "Realisasi", "Serapan"):
        table.add_column(head, justify="left" if head in {"Unit", "Predikat"} else "right")
    money = {line.kode: line for line in year.money if line.level == "unit"}
    for average in year.averages["unit"]:
        line = money.get(average.key)
        spent = "belum diisi" if line is None or line.spent is None else format_rupiah(line.spent)
        table.add_row(
            average.label, _counted(average), _points(average.percent), average.predicate, spent,
            _points(line.serapan if line else None),
        )  # fmt: skip
    return table


def _counted(average: Average) -> str:
    return f"{average.counted} dari {average.counted + len(average.left_out)}"


def _points(percent: Decimal | None) -> str:
    return "–" if percent is None else f"{format_number(percent, 2)} %"


def year_json(year: Year, findings: list[Finding]) -> dict[str, object]:
    """The JSON of a measured year: money as integers, percentages as text with two decimals so that nothing is rounded away."""
    return {
        "tahun": year.plan.tahun,
        "triwulan": year.triwulan,
        "indikator": [
            {
                "unit": r.indicator.unit, "kode": r.indicator.kode, "indikator": r.indicator.nama, "iku": r.indicator.iku,
                "satuan": r.indicator.satuan, "target": _text(r.indicator.target), "realisasi": _text(r.of_year.realised),
                "capaian_sd_tw": str(shown_percent(r.until[-1])), "capaian_tahun": str(shown_percent(r.of_year)),
                "predikat": r.predicate, "penjelasan": r.judged.explanation, "rumus": r.of_year.method,
                "cara_lain": {name: str(value) for name, value in r.of_year.others.items()},
            }
            for r in year.results
        ],
        "rata_rata": [
            {"kelompok": kind, "kunci": a.key, "capaian": None if a.percent is None else str(a.percent),
             "predikat": a.predicate, "dinilai": a.counted, "tidak_dinilai": len(a.left_out)}
            for kind, group in year.averages.items() for a in group
        ],
        "anggaran": [
            {"tingkat": line.level, "kode": line.kode, "unit": line.unit, "pagu": line.pagu, "realisasi": line.spent,
             "serapan": None if line.serapan is None else str(line.serapan)}
            for line in year.money
        ],
        "peringatan": [
            {"unit": w.unit, "kode": w.kode, "nama": w.nama, "hal": w.what, "posisi": w.standing, "penjelasan": w.sentence,
             "proyeksi": w.projection}
            for w in year.warnings
        ],
        "kebijakan": dict(yardsticks(year.policies).words),
        "catatan": [f.as_dict() for f in findings],
    }  # fmt: skip


def _text(value: object) -> str | None:
    return None if value is None else str(value)
