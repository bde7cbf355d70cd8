"""The verb ``surel``: a mail draft with the recap attached. It sends nothing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from kinerja_xl.face.cli.words import FOLDER, Verb, careful, show


@click.command("surel", cls=Verb)
@FOLDER
@click.option(
    "--kepada", "to", multiple=True, required=True, metavar="ALAMAT", help="Alamat surel penerima; boleh beberapa kali."
)
@click.option(
    "-o", "--hasil", "target", type=click.Path(path_type=Path, dir_okay=False), metavar="BERKAS", help="Berkas draf yang ditulis."
)
@click.option(
    "--tanggal", type=click.DateTime(["%Y-%m-%d"]), metavar="TTTT-BB-HH", help="Tanggal rekap (bawaan dari Kantor.xlsx)."
)
def command(folder: Path, to: tuple[str, ...], target: Path | None, tanggal: datetime | None) -> int:
    """Tulis draf surel dengan rekap terlampir; tidak mengirim apa pun."""
    from kinerja_xl.uses.pk import mail_draft

    return careful(lambda: show(mail_draft(folder, to, target, tanggal.date() if tanggal else None)))
