"""What every verb shares: its common options, and trouble said in one Indonesian sentence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING

import click

from kinerja_xl.cli_words import USAGE_TROUBLE

if TYPE_CHECKING:
    from kinerja_xl.folder import InputError

FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["teks", "json"]),
    default="teks",
    metavar="teks|json",
    help="Bentuk hasil (bawaan teks).",
)
ALL = click.option("--semua", "everything", is_flag=True, help="Tampilkan semua catatan, bukan tiga contoh per kode.")
FOLDER = click.argument("folder", type=click.Path(path_type=Path), metavar="FOLDER")


def careful(action: Callable[[], int]) -> int:
    """Run a verb; input and output trouble become a sentence and status 2."""
    from kinerja_xl.folder import InputError
    from kinerja_xl.writing.output import OutputError

    try:
        return action()
    except InputError as error:
        return _trouble(error)
    except OutputError as error:
        click.echo(str(error), err=True)
        return USAGE_TROUBLE
    except click.ClickException:
        raise
    except Exception as error:
        return _defect(error)


def _defect(error: Exception) -> int:
    """A defect of the program is a sentence too; the place in the code is for whoever mends it."""
    place = "tempat tidak diketahui"
    if error.__traceback__ is not None:
        *_, (frame, line) = walk_tb(error.__traceback__)
        place = f"{Path(frame.f_code.co_filename).name} baris {line}"
    click.echo(
        f"Program mengalami gangguan ({type(error).__name__} di {place}) dan berhenti; berkas masukan tidak diubah. "
        "Kirimkan pesan ini beserta berkas yang sedang dibaca kepada pengembangnya.",
        err=True,
    )
    return USAGE_TROUBLE


def _trouble(error: InputError) -> int:
    click.echo(str(error), err=True)
    for finding in error.findings:
        place = " ".join(part for part in (finding.file, finding.sheet, finding.cell) if part)
        click.echo(f"  [{finding.code}] {place}: {finding.masalah} {finding.perbaikan}", err=True)
    return USAGE_TROUBLE
