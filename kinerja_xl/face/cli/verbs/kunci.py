"""``kunci``: freeze the agreed plan into arsip/."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

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
@click.option("--coba", "trial", is_flag=True, help="Sebutkan semuanya tanpa menulis apa pun.")
@click.option("--batalkan", "undo", is_flag=True, help="Batalkan penguncian terakhir, selama belum dipakai mengukur.")
@ALL
def command(
    folder: Path, source: str | None, tahap: str, nomor: int | None, tanggal: date | None, dasar: str, trial: bool, undo: bool,
    everything: bool,
) -> int:  # fmt: skip
    """Kunci rencana yang disepakati menjadi arsip yang tidak diubah lagi."""
    from kinerja_xl.catatan import needs_work
    from kinerja_xl.face.cli import terminal_year
    from kinerja_xl.uses import kunci

    if undo:
        terminal_year.show_taken_back(kunci.take_back(folder, trial=trial), trial=trial)
        return 0
    ready = kunci.prepare(folder, source, tahap=tahap, nomor=nomor, tanggal=tanggal, dasar=dasar)
    terminal_year.show_ready(ready, everything, trial=trial)
    if ready.plan is not None and not trial:
        terminal_year.show_lock(kunci.commit(ready))
    return int(needs_work(ready.findings))
