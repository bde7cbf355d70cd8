"""``kinerja-xl capaian``: the measured year as one workbook."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from kinerja_xl.face.cli.words import ALL, DATA, DATA_FORM, FOLDER, FORMAT, Verb, tanggal_option, target_option


@click.command(cls=Verb, order=70)
@FOLDER
@click.option("--triwulan", type=click.IntRange(1, 4), metavar="N", help="Sampai triwulan ini (bawaan: setahun penuh).")
@target_option("Berkas yang ditulis.")
@tanggal_option("Tanggal yang tercetak (bawaan dari Kantor.xlsx).")
@DATA
@DATA_FORM
@FORMAT
@ALL
def command(
    folder: Path, triwulan: int | None, target: Path | None, tanggal: date | None, data: Path | None, data_form: str,
    form: str, everything: bool,
) -> int:  # fmt: skip
    """Hitung capaian kinerja dan serapan dari realisasi yang masuk."""
    from kinerja_xl.catatan import needs_work
    from kinerja_xl.face.cli.terminal_year import show_year
    from kinerja_xl.uses.capaian import findings_of, measured, write_year
    from kinerja_xl.uses.year import Year

    year = Year(folder)
    found = measured(year, triwulan or 4)
    written = write_year(found, year, target, tanggal)
    findings = findings_of(found)
    show_year(found, findings, written, form, everything)
    if data:
        from kinerja_xl.face.cli.terminal import show_data
        from kinerja_xl.uses.tables import capaian_tables

        show_data(capaian_tables(found, findings), data, data_form, form)
    return int(needs_work(findings))
