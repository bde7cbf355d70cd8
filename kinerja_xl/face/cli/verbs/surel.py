"""The verb ``surel``: a mail draft with the recap attached. It sends nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from kinerja_xl.face.cli.words import FOLDER, Verb, show, tanggal_option, target_option


@click.command(cls=Verb, order=120)
@FOLDER
@click.option(
    "--kepada", "to", multiple=True, required=True, metavar="ALAMAT", help="Alamat surel penerima; boleh beberapa kali."
)
@target_option("Berkas draf yang ditulis.")
@tanggal_option("Tanggal rekap (bawaan dari Kantor.xlsx).")
def command(folder: Path, to: tuple[str, ...], target: Path | None, tanggal: date | None) -> int:
    """Tulis draf surel dengan rekap terlampir; tidak mengirim apa pun."""
    from kinerja_xl.uses.surel import mail_draft

    return show(mail_draft(folder, to, target, tanggal))
