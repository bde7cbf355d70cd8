"""The verb ``baca``: read a workbook of any layout, say what was read and what is doubtful."""

from __future__ import annotations

from pathlib import Path

import click

from kinerja_xl.face.cli.run import say
from kinerja_xl.face.cli.words import ALL, DATA, DATA_FORM, FORMAT, NEW_BOOK, Book, Verb, YearFolder, target_option

_KINDS = ("rab", "realisasi", "indikator", "standar-harga")


@click.command(cls=Verb, order=130)
@click.argument("paths", nargs=-1, required=True, type=Book(), metavar="BERKAS…")
@click.option("--sebagai", type=click.Choice(_KINDS), metavar="JENIS", help="rab, realisasi, indikator, atau standar-harga.")
@click.option("--lembar", metavar="NAMA", help="Hanya lembar ini.")
@click.option(
    "--padanan", "kept_at", type=NEW_BOOK, metavar="BERKAS",
    help="Padanan.xlsx (bawaan: di samping Kantor.xlsx).",
)  # fmt: skip
@click.option("--jawab", "answers", multiple=True, metavar="KUNCI=JAWABAN",
              help="Simpan jawaban di Padanan.xlsx: unit=KODE (agar terbaca oleh rekap), periode=kumulatif, zona=NAMA.")
@click.option("--ke-kantor", "folder", type=YearFolder(), metavar="FOLDER",
              help="Masukkan daftar harga ke salinan Kantor.xlsx folder ini.")
@click.option("--zona", default="", metavar="NAMA", help="Zona harga kantor (bawaan: kebijakan zona_harga).")
@click.option("--sifat", type=click.Choice(["tertinggi", "estimasi"]), metavar="SIFAT", help="Sifat harga: tertinggi, estimasi.")
@click.option("--isi-formulir", "unit", metavar="UNIT", help="Isi formulir unit ini dengan yang terbaca (bawaan: di formulir/).")
@target_option("Berkas hasil.", metavar="HASIL.xlsx")
@DATA
@DATA_FORM
@FORMAT
@ALL
def command(
    paths: tuple[Path, ...], sebagai: str | None, lembar: str | None, kept_at: Path | None,
    answers: tuple[str, ...], folder: Path | None, zona: str, sifat: str | None, unit: str | None, target: Path | None,
    data: Path | None, data_form: str, form: str, everything: bool,
) -> int:  # fmt: skip
    """Baca buku kerja dengan tata letak apa pun."""
    from kinerja_xl.face.cli import terminal_baca
    from kinerja_xl.uses import baca, padanan

    kind = sebagai.replace("-", "_") if sebagai else None
    place = kept_at or padanan.usual_padanan(paths)
    books = baca.baca(paths, sebagai=kind, lembar=lembar, padanan=place)
    if answers:
        written = padanan.keep(books, padanan.parsed(answers), place)
        say(f"Disimpan: {written.path}", err=form == "json")
        books = baca.baca(paths, sebagai=kind, lembar=lembar, padanan=place)
    if folder is not None:
        return terminal_baca.put(books, folder, zona, sifat or "", everything)
    if form == "teks" and terminal_baca.can_ask():
        asked = baca.ask(books, paths, place, terminal_baca.answer, sebagai=kind, lembar=lembar)
        terminal_baca.show_kept(asked)
        books = asked.books
    terminal_baca.show(books, form, everything)
    if target is not None or unit:
        done = baca.fill_form(books, unit, target, paths) if unit else baca.write(books, target or Path())
        say(f"Ditulis: {done.path}", err=form == "json")
        for sentence in baca.not_filled(books) if unit else ():
            say(f"  {sentence}", err=form == "json")
    if data:
        from kinerja_xl.face.cli.terminal import show_data
        from kinerja_xl.uses.tables import read_tables

        show_data(read_tables(books), data, data_form, form)
    return int(baca.needs_work(books))
