"""The command line: parses arguments, calls one function of the workflow, prints. Heavy imports stay in the verbs.

Results go to stdout, progress and trouble to stderr. Exit status 0: clean; 1: something "wajib" or "cek";
2: usage, input or output trouble.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kinerja_xl import __version__
from kinerja_xl.face.cli.verbs import baca, bandingkan, capaian, cetak, isi, kunci, lkjip, pk, realisasi, surel
from kinerja_xl.face.cli.words import ALL, FOLDER, FORMAT, Verbs, careful

if TYPE_CHECKING:
    from kinerja_xl.reckoning.recap import Recap


@click.group(cls=Verbs, no_args_is_help=True, context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 100})
@click.version_option(__version__, "--version", prog_name="kinerja-xl", message="%(prog)s %(version)s", help="Tampilkan versi.")
def main() -> None:
    """Rekap rencana kinerja dan anggaran kantor dari buku kerja Excel unit-unitnya."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows pipe is cp1252 and would break on the first "→"
            stream.reconfigure(encoding="utf-8", errors="replace")


@main.command()
@FOLDER
@click.option("--tahun", type=click.IntRange(2000, 2100), required=True, metavar="TAHUN", help="Tahun anggaran, misalnya 2025.")
@click.option(
    "--dari",
    "old",
    type=click.Path(path_type=Path),
    metavar="FOLDER_LAMA",
    help="Bawa unit, pejabat, daftar, dan hasil dari folder tahun lalu.",
)
def mulai(folder: Path, tahun: int, old: Path | None) -> int:
    """Buat folder satu tahun anggaran: Kantor.xlsx, formulir, masuk, hasil."""
    from kinerja_xl.uses.mulai import start_year

    def action() -> int:
        for line in start_year(folder, tahun, old):
            click.echo(line)
        return 0

    return careful(action)


@main.command()
@FOLDER
@click.option("--unit", metavar="KODE", help="Hanya unit ini.")
@click.option("--tor", type=click.IntRange(1, 60), metavar="N", help="Banyaknya lembar TOR.")
@click.option("--baris", type=click.IntRange(10, 2000), metavar="N", help="Banyaknya baris RAB dan Indikator yang disiapkan.")
def formulir(folder: Path, unit: str | None, tor: int | None, baris: int | None) -> int:
    """Tulis formulir kosong unit menurut isi Kantor.xlsx sekarang."""
    from kinerja_xl.uses.mulai import write_forms

    def action() -> int:
        for line in write_forms(folder, unit, tor, baris):
            click.echo(line)
        return 0

    return careful(action)


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@FORMAT
@ALL
@click.option("--kembalikan", "give_back", is_flag=True, help="Tulis salinan bertanda untuk tiap unit ke hasil/perbaikan.")
def periksa(paths: tuple[Path, ...], form: str, everything: bool, give_back: bool) -> int:
    """Periksa berkas atau folder tanpa mengubah apa pun."""
    from kinerja_xl.face.cli import terminal
    from kinerja_xl.uses import kembalikan, workflow

    def action() -> int:
        recaps: list[Recap] = []
        with terminal.progress() as progress:
            findings = workflow.periksa(paths, progress, recaps.append)
        years = [path for path in paths if workflow.is_year(path)]
        if give_back and not years:
            raise click.UsageError("kembalikan")
        terminal.show_check(findings, form, everything, recaps)
        if form == "teks":
            terminal.show_mendings([m for path in years for m in kembalikan.mendings(path)])
        for written in [w for path in years if give_back for w in kembalikan.return_corrections(path, findings)]:
            click.echo(f"Dikembalikan: {written.path}", err=form == "json")
        return int(workflow.needs_work(findings))

    return careful(action)


@main.command()
@FOLDER
@click.option(
    "-o",
    "--hasil",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="BERKAS",
    help="Berkas rekap yang ditulis.",
)
@click.option(
    "--tanggal", type=click.DateTime(["%Y-%m-%d"]), metavar="TTTT-BB-HH", help="Tanggal yang tercetak (bawaan dari Kantor.xlsx)."
)
@click.option(
    "--tahun-lalu",
    "last",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="REKAP.xlsx",
    help="Rekap tahun lalu sebagai pembanding (bawaan arsip/Rekap-TAHUN.xlsx).",
)
@click.option("--rka", "rka", is_flag=True, help="Tulis juga hasil/RKA-TAHUN.xlsx: satu lembar per sub kegiatan dan lembar SIPD.")
@click.option("--penelaahan", "review", is_flag=True, help="Tulis juga hasil/Lembar-Penelaahan.xlsx untuk diisi dalam rapat.")
@FORMAT
@ALL
def rekap(
    folder: Path, target: Path | None, tanggal: datetime | None, last: Path | None, rka: bool, review: bool, form: str,
    everything: bool,
) -> int:  # fmt: skip
    """Gabungkan semua usulan menjadi satu buku kerja rekap."""
    from kinerja_xl.face.cli import terminal
    from kinerja_xl.uses import workflow

    def action() -> int:
        with terminal.progress() as progress:
            recap = workflow.rekap(folder, progress, tanggal.date() if tanggal else None, last)
            written = workflow.write_rekap(recap, folder, target)
        terminal.show_recap(recap, written, form, everything)
        if rka:
            from kinerja_xl.uses.rka import write_rka_book

            book = write_rka_book(recap, folder, target, last)
            click.echo(f"RKA ditulis: {book.path}" + (f"\n{book.sentence}" if book.sentence else ""), err=form == "json")
        if review:
            from kinerja_xl.uses.kunci import write_review_book

            click.echo(write_review_book(recap, folder), err=form == "json")
        return int(workflow.needs_work(recap.findings))

    return careful(action)


@main.command()
@click.argument("old", type=click.Path(path_type=Path), metavar="LAMA.xlsx")
@click.option(
    "-o",
    "--hasil",
    "target",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    metavar="BARU.xlsx",
    help="Berkas baru.",
)
@click.option("--folder", type=click.Path(path_type=Path), metavar="FOLDER", help="Folder tahun yang memuat Kantor.xlsx.")
def perbarui(old: Path, target: Path, folder: Path | None) -> int:
    """Pindahkan isi formulir lama ke formulir terbaru."""
    from kinerja_xl.face.cli import terminal
    from kinerja_xl.uses import perbarui

    def action() -> int:
        terminal.show_renewed(perbarui.renew(old, target, folder))
        return 0

    return careful(action)


@main.command()
@click.argument("kode", metavar="KODE")
def jelaskan(kode: str) -> int:
    """Jelaskan satu kode catatan: artinya, akibatnya, dan sumbernya."""
    from kinerja_xl.catatan import catalogue, explain

    found = catalogue().get(kode.upper())
    if found is None:
        from kinerja_xl.sheets.values import suggest

        near = suggest(kode.upper(), list(catalogue()))
        raise click.ClickException(
            f"Kode {kode} tidak dikenal{f'; mungkin {near[0]}' if near else ''}. Daftarnya ada di docs/catatan.md."
        )
    click.echo(explain(found))
    return 0


LATER: tuple[click.Command, ...] = tuple(
    verb.command for verb in (kunci, realisasi, capaian, bandingkan, lkjip, pk, cetak, surel, baca, isi)
)
"""The verbs that stand in modules of their own (``verbs/``), in the order of the year."""

for verb in LATER:
    main.add_command(verb)
for name in ("perbarui", "jelaskan"):  # not of any season: they stand last
    main.commands[name] = main.commands.pop(name)
main.add_command(click.Command("templat", params=formulir.params, callback=formulir.callback, hidden=True))
