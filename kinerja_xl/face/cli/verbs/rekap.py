"""``rekap``: the recap workbook, the RKA and the Lembar Penelaahan."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from kinerja_xl.face.cli.run import say
from kinerja_xl.face.cli.words import ALL, DATA, DATA_FORM, FOLDER, FORMAT, Book, Verb, tanggal_option, target_option


@click.command(cls=Verb, order=40)
@FOLDER
@target_option("Berkas rekap yang ditulis.")
@tanggal_option("Tanggal yang tercetak (bawaan dari Kantor.xlsx).")
@click.option(
    "--tahun-lalu", "last", type=Book(), metavar="REKAP.xlsx",
    help="Rekap tahun lalu sebagai pembanding (bawaan arsip/Rekap-TAHUN.xlsx).",
)  # fmt: skip
@click.option("--rka", "rka", is_flag=True, help="Tulis juga hasil/RKA-TAHUN.xlsx: satu lembar per sub kegiatan dan lembar SIPD.")
@click.option("--penelaahan", "review", is_flag=True, help="Tulis juga hasil/Lembar-Penelaahan.xlsx untuk diisi dalam rapat.")
@DATA
@DATA_FORM
@FORMAT
@ALL
def command(
    folder: Path, target: Path | None, tanggal: date | None, last: Path | None, rka: bool, review: bool,
    data: Path | None, data_form: str, form: str, everything: bool,
) -> int:  # fmt: skip
    """Gabungkan semua usulan menjadi satu buku kerja rekap."""
    from kinerja_xl.catatan import needs_work
    from kinerja_xl.face.cli import terminal
    from kinerja_xl.uses.rekap import write_rekap, write_review_book, write_rka_book
    from kinerja_xl.uses.year import Year

    with terminal.progress() as progress:
        year = Year(folder, progress, tanggal, last)
        recap = year.recap
        written = write_rekap(year, target)
    terminal.show_recap(recap, written, form, everything)
    if rka:
        book = write_rka_book(year, target)
        say(f"RKA ditulis: {book.path}" + (f"\n{book.sentence}" if book.sentence else ""), err=form == "json")
    if review:
        say(write_review_book(year), err=form == "json")
    if data:
        from kinerja_xl.uses.tables import recap_tables

        terminal.show_data(recap_tables(year), data, data_form, form)
    return int(needs_work(recap.findings))
