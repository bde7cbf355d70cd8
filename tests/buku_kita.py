"""Every workbook and letter that we write, of one small invented office in one year: made once, by the verbs themselves.

``written()`` walks a year's folder from ``formulir`` to ``lkjip`` and gives back all that was put on the disk, by its path in the
folder; ``of_samples()`` does the same with the sample offices, ``in_memory()`` has the books that no verb writes in that year.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from click.testing import CliRunner

from kinerja_xl.face.cli import main
from kinerja_xl.package import patch
from kinerja_xl.writing.form.penelaahan import write_plan
from samples.bangun import ROOT
from tests import arsip_buku, formulir_asing, realisasi_uji
from tests.kantor_uji import FILES, Folder, cell, office_content

POLICY = "unit_keuangan"


def office_folder() -> Folder:
    """The small office whose money is kept by one of its units, one file of masuk/ not as it should be."""
    kept = [row.get("kunci") for row in office_content().rows("kebijakan")].index(POLICY)
    return Folder().edit("kantor", "kebijakan", kept, nilai=realisasi_uji.MONEY_UNIT)


def run(*args: object) -> None:
    """A verb; what it has to say does not matter, that it ends as a verb should does."""
    done = CliRunner().invoke(main, [str(arg) for arg in args])
    assert done.exit_code in (0, 1), (args, done.output)


@cache
def written() -> Mapping[str, bytes]:
    """Workbooks, letters and mail by their path below the year's folder."""
    with TemporaryDirectory() as place:
        folder = office_folder().write(Path(place) / "kantor")
        _usulan(folder)
        _penetapan(folder)
        _pengukuran(folder)
        given = {"Kantor.xlsx", "asing.xlsx", *(f"masuk/{name}" for name in FILES.values())}
        every = sorted(path for path in folder.rglob("*") if path.is_file())
        names = {path.relative_to(folder).as_posix(): path for path in every}
        return {name: path.read_bytes() for name, path in names.items() if name not in given}


def _usulan(folder: Path) -> None:
    """The blank forms, the recap with all that goes with it, correction copies, letters of the proposal, a form of others."""
    hasil = folder / "hasil"
    run("formulir", folder, "--baris", 12)
    own = folder / "masuk" / FILES["pmd"]
    data = own.read_bytes()
    own.write_bytes(patch(data, {cell("rab", 0, "satuan"): "Rimm"}))
    run("periksa", folder, "--kembalikan")
    own.write_bytes(data)
    run("rekap", folder, "--rka", "--penelaahan")
    run("surel", folder, "--kepada", "camat@contoh.go.id")
    asing = folder / "asing.xlsx"
    asing.write_bytes(formulir_asing.rka())
    recap, filled = hasil / "Rekap-2025.xlsx", hasil / "RKA-terisi.xlsx"
    run("isi", asing, "--dari", recap, "-o", filled, "--sebagai", "rab", "--jawab", "Tren=kosong")
    run("baca", filled, "-o", hasil / "Hasil-baca.xlsx")
    old = folder / "asing.xlsx"
    old.write_bytes(arsip_buku.books()["Usulan-pmd-v1.xlsx"])
    run("perbarui", old, "-o", hasil / "Usulan-baru.xlsx", "--folder", folder)


def _penetapan(folder: Path) -> None:
    """Locked with its DPA, the example plan as a change of it, both compared, the letters of the plan."""
    run("kunci", folder, "--dari", "usulan", "--tanggal", "2024-12-20")
    arsip = folder / "arsip"
    locked = arsip / "Penetapan-2025.xlsx"
    example = arsip / "contoh.xlsx"
    example.write_bytes(write_plan(realisasi_uji.plan(), {}))
    run("bandingkan", locked, example, "-o", folder / "hasil" / "Beda.xlsx")
    example.replace(locked)
    run("pk", folder)
    run("cetak", folder)


def _pengukuran(folder: Path) -> None:
    """Each triwulan handed out, brought back and measured."""
    for tw in range(1, 5):
        run("realisasi", folder, "--triwulan", tw)
        for number, name, data in realisasi_uji.Year(triwulan=tw).files():
            if number == tw:
                (folder / "masuk" / f"TW{tw}" / name).write_bytes(data)
        run("capaian", folder, "--triwulan", tw)
    run("lkjip", folder)
    run("gabung", folder.parent, "--triwulan", 4, "-o", folder / "hasil" / "Gabungan.xlsx")


def on_disk(place: Path) -> Path:
    """The year's folder with all that came in and all that was written."""
    folder = office_folder().write(place)
    for name, data in written().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


SAMPLES: Mapping[str, tuple[tuple[object, ...], ...]] = {
    "wasuponda-2025": (("rekap", "--rka"), ("capaian", "--triwulan", 2)), "bermasalah": (("rekap",),),
}  # fmt: skip
"""Sample offices, and the verbs that are tried on a copy of each."""


@cache
def of_samples() -> Mapping[str, bytes]:
    """What the verbs write of the sample offices: more units and rows, last year to compare with, and every usual mistake."""
    with TemporaryDirectory() as place:
        for name, verbs in SAMPLES.items():
            folder = Path(place) / name
            shutil.copytree(ROOT / "samples" / name, folder, ignore=shutil.ignore_patterns("hasil"))
            for verb, *options in verbs:
                run(verb, folder, *options)
        return {path.relative_to(place).as_posix(): path.read_bytes() for path in sorted(Path(place).rglob("hasil/*.xlsx"))}


@cache
def in_memory() -> Mapping[str, bytes]:
    """One of each kind as ``arsip_buku`` makes them, and what lies ready in the project."""
    ready = sorted((ROOT / "templates_xlsx").glob("*.xlsx"))
    sample = sorted((ROOT / "samples" / "wasuponda-2025").rglob("*.xlsx"))
    return arsip_buku.books() | {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in (*ready, *sample)}

