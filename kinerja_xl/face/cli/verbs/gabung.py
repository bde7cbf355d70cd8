"""``gabung``: several offices in one workbook."""

from __future__ import annotations

from pathlib import Path

import click

from kinerja_xl.face import YEARS
from kinerja_xl.face.cli.words import FORMAT, Verb, target_option


@click.command(cls=Verb, order=95, points=False)
@click.argument("kabupaten", type=click.Path(path_type=Path), metavar="FOLDER_KABUPATEN")
@click.option("--triwulan", type=click.IntRange(1, 4), metavar="N", help="Hitung juga capaian dan serapan sampai triwulan ini.")
@click.option("--tahun", type=click.IntRange(*YEARS), metavar="TAHUN", help="Tahun yang digabungkan (bawaan: yang terbaru).")
@click.option(
    "--klaster", metavar="ALAMAT", help="Hitung di klaster Dask, misalnya tcp://10.0.0.5:8786 (perlu kinerja-xl[klaster]).",
)  # fmt: skip
@target_option("Berkas gabungan yang ditulis (bawaan hasil/Gabungan.xlsx).")
@FORMAT
def command(kabupaten: Path, triwulan: int | None, tahun: int | None, klaster: str | None, target: Path | None, form: str) -> int:
    """Gabungkan rekap semua kecamatan dalam satu folder, dan bandingkan."""
    from kinerja_xl.face.cli import terminal, terminal_year
    from kinerja_xl.uses.gabung import cluster, gabung

    with terminal.progress() as progress, cluster(klaster) as executor:
        done = gabung(kabupaten, triwulan, target, executor, progress, tahun)
    terminal_year.show_several(done, form)
    return int(bool(done.several.lacking))
