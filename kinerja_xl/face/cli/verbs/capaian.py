"""``kinerja-xl capaian``: the measured year as one workbook."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from kinerja_xl.face.cli.words import ALL, FOLDER, FORMAT, Verb, careful


@click.command("capaian", cls=Verb)
@FOLDER
@click.option("--triwulan", type=click.IntRange(1, 4), metavar="N", help="Sampai triwulan ini (bawaan: setahun penuh).")
@click.option(
    "-o", "--hasil", "target", type=click.Path(path_type=Path, dir_okay=False), metavar="BERKAS", help="Berkas yang ditulis."
)
@click.option(
    "--tanggal", type=click.DateTime(["%Y-%m-%d"]), metavar="TTTT-BB-HH", help="Tanggal yang tercetak (bawaan dari Kantor.xlsx)."
)
@FORMAT
@ALL
def command(
    folder: Path, triwulan: int | None, target: Path | None, tanggal: datetime | None, form: str, everything: bool
) -> int:
    """Hitung capaian kinerja dan serapan dari realisasi yang masuk."""
    from kinerja_xl.face.cli.terminal_year import show_year
    from kinerja_xl.uses.capaian import findings_of, measured, write_year
    from kinerja_xl.uses.workflow import needs_work

    def action() -> int:
        year = measured(folder, triwulan or 4)
        written = write_year(year, folder, target, tanggal.date() if tanggal else None)
        findings = findings_of(year)
        show_year(year, findings, written, form, everything)
        return int(needs_work(findings))

    return careful(action)
