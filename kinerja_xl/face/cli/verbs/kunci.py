"""``kunci``: freeze the agreed plan into arsip/."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from kinerja_xl.catatan import needs_work
from kinerja_xl.face.cli.words import ALL, FOLDER, Verb, tanggal_option


@click.command(cls=Verb, order=50)
@FOLDER
@click.option(
    "--dari", "source", metavar="BERKAS|usulan",
    help="Lembar Penelaahan atau DPA (bawaan hasil/Lembar-Penelaahan.xlsx); usulan: tanpa penelaahan.",
)  # fmt: skip
@click.option("--tahap", type=click.Choice(["penetapan", "perubahan", "pergeseran"]), default="penetapan",
              metavar="TAHAP", help="penetapan (bawaan), perubahan, atau pergeseran.")  # fmt: skip
@click.option("--nomor", type=click.IntRange(1, 99), metavar="N", help="Nomor perubahan atau pergeseran (bawaan: berikutnya).")
@tanggal_option("Tanggal rencana ini ditetapkan.")
@click.option("--dasar", metavar="TEKS", default="", help="Dasarnya, misalnya nomor berita acara atau DPA.")
@ALL
def command(
    folder: Path, source: str | None, tahap: str, nomor: int | None, tanggal: date | None, dasar: str, everything: bool
) -> int:
    """Kunci rencana yang disepakati menjadi arsip yang tidak diubah lagi."""
    from kinerja_xl.face.cli import terminal_year
    from kinerja_xl.uses import kunci

    day = tanggal
    done = kunci.lock(folder, source, tahap=tahap, nomor=nomor, tanggal=day, dasar=dasar)
    terminal_year.show_lock(done, everything)
    return int(needs_work(done.findings))
