"""``isi``: somebody's form (Bappeda, Inspektorat) filled with our rows, everything else in it kept."""

from __future__ import annotations

from pathlib import Path

import click

from kinerja_xl.face.cli.words import ALL, NEW_BOOK, Book, Verb, target_option

_KINDS = ("rab", "indikator", "rkt", "program", "pk", "kas", "realisasi")


@click.command(cls=Verb, order=140)
@click.argument("form", type=Book(), metavar="FORMULIR.xlsx")
@click.option("--dari", "source", type=Book(), required=True, metavar="SUMBER.xlsx", help="Rekap, capaian, atau rencana.")
@target_option("Berkas yang ditulis.", metavar="HASIL.xlsx", required=True)
@click.option(
    "--sebagai", "kind", type=click.Choice(_KINDS), metavar="|".join(_KINDS),
    help="Jenis baris yang diisikan (bawaan: yang paling cocok dengan judul kolom).",
)  # fmt: skip
@click.option("--lembar", "sheet", metavar="NAMA", help="Hanya lembar formulir ini.")
@click.option("--unit", metavar="KODE", help="Hanya baris unit ini.")
@click.option("--sub", "code", metavar="KODE", help="Hanya baris program, kegiatan, atau sub kegiatan ini.")
@click.option("--jawab", "answers", multiple=True, metavar="JUDUL=KOLOM",
              help="Simpan jawaban di Padanan.xlsx: jenis=rkt, \"JUDUL=Kolom Kantor\", JUDUL=kosong, \"selisih=tetap diisi\".")
@click.option("--padanan", type=NEW_BOOK, metavar="BERKAS", help="Padanan.xlsx (bawaan: di samping Kantor.xlsx).")
@ALL
def command(
    form: Path, source: Path, target: Path, kind: str | None, sheet: str | None,
    unit: str | None, code: str | None, answers: tuple[str, ...], padanan: Path | None, everything: bool,
) -> int:  # fmt: skip
    """Isi formulir instansi lain dengan baris dari rekap, capaian, atau rencana yang dikunci."""
    from kinerja_xl.catatan import needs_work
    from kinerja_xl.face.cli import terminal_isi
    from kinerja_xl.face.cli.terminal_baca import can_ask
    from kinerja_xl.uses import isi
    from kinerja_xl.uses.padanan import parsed

    done = isi.fill(
        form, source, target, kind or "", sheet or "", unit or "", code or "", padanan=padanan,
        answers=parsed(answers), ask=terminal_isi.answer if can_ask() else None,
    )  # fmt: skip
    terminal_isi.show_filled(done, everything)
    return int(needs_work(done.filled.findings))
