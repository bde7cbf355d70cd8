"""The verbs: a module each, found by its name, loaded when called; and what stands in the way of writing is a sentence."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from kinerja_xl.face.cli import main
from kinerja_xl.uses.kunci import lock
from kinerja_xl.uses.year import Year
from tests.asing_pakai import padanan
from tests.asing_uji import xlsx
from tests.kantor_uji import Folder
from tests.naskah import bupati
from tests.rumah import PACKAGE, ROOT
from tests.test_asing_harga import one_zone
from tests.test_lapisan import HEAVY

IN_ORDER = [
    "buka", "contoh", "mulai", "formulir", "status", "periksa", "rekap", "kunci", "realisasi", "capaian", "bandingkan", "lkjip",
    "gabung", "pk", "cetak", "surel", "baca", "isi", "perbarui", "jelaskan", "skema",
]  # fmt: skip


def run(*args: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """``python -m kinerja_xl`` of the package in ``cwd``."""
    env = {**os.environ, "PYTHONPATH": str(cwd), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-W", "error", "-m", PACKAGE, *map(str, args)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, cwd=cwd, env=env, stdin=subprocess.DEVNULL)


def listed(text: str) -> list[str]:
    """The verbs of a help page."""
    return re.findall(r"^  (\w+)", text.partition("Perintah:\n")[2], re.MULTILINE)


def test_the_verbs_stand_in_the_order_of_the_year():
    done = run("--help")
    assert (done.returncode, done.stderr, listed(done.stdout)) == (0, "", IN_ORDER)
    assert done.stdout.startswith("Pemakaian: kinerja-xl ")


def test_every_verb_loads_light_and_only_itself():
    code = (
        f"import sys\nfrom {PACKAGE}.face.cli import main, verbs\nimport click\n"
        "ctx = click.Context(main)\nmain.get_command(ctx, 'rekap')\n"
        f"print([m.rsplit('.')[-1] for m in sys.modules if m.startswith(verbs.__name__ + '.')])\n"
        f"main.list_commands(ctx)\nprint([m for m in {HEAVY!r} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.stdout.split("\n")[:2], done.returncode) == (["['rekap']", "[]"], 0), done.stderr


USE = '''"""``hitung``: how many workbooks of units there are."""

from pathlib import Path

from kinerja_xl.uses.year import Year


def count(folder: Path) -> int:
    """How many files stand in masuk/. Raises InputError."""
    return len(Year(folder).incoming[0])
'''
VERB = '''"""``hitung``: how many workbooks of units there are."""

from pathlib import Path

import click

from kinerja_xl.face.cli.words import FOLDER, Verb


@click.command(cls=Verb)
@FOLDER
def command(folder: Path) -> int:
    """Hitung berkas unit."""
    from kinerja_xl.uses.hitung import count

    click.echo(count(folder))
    return 0
'''


def test_a_verb_is_two_files(tmp_path: Path):
    """The recipe of docs/arsitektur.md in a copy of the package."""
    package = shutil.copytree(ROOT / PACKAGE, tmp_path / PACKAGE, ignore=shutil.ignore_patterns("__pycache__"))
    (package / "uses/hitung.py").write_text(USE, encoding="utf-8")
    (package / "face/cli/verbs/hitung.py").write_text(VERB, encoding="utf-8")
    assert listed(run("--help", cwd=tmp_path).stdout) == [*IN_ORDER[:-3], "hitung", *IN_ORDER[-3:]]
    page = run("hitung", "--help", cwd=tmp_path)
    assert (page.returncode, page.stdout.splitlines()[0]) == (0, "Pemakaian: kinerja-xl hitung [PILIHAN] FOLDER")
    done = run("hitung", bupati().write(tmp_path / "kantor"), cwd=tmp_path)
    *shown, last = done.stdout.splitlines()
    assert (done.returncode, shown, done.stderr) == (0, ["2"], "")
    assert last.endswith(f"kinerja-xl status {tmp_path / 'kantor'}")  # every verb ends there
    none = run("hitung", tmp_path / "tidak-ada", cwd=tmp_path)
    assert (none.returncode, none.stdout, len(none.stderr.splitlines())) == (2, "", 1)


# ---- a file where a folder should be ---------------------------------------------------------------


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small office with a locked plan, a price list, and a RAB of a layout of its own."""
    marked = bupati().edit("pmd", "rab", 3, kode_standar=None, jenis_standar=None)  # an info, so that a copy is given back
    folder = marked.write(tmp_path_factory.mktemp("kantor") / "kantor")
    lock(folder, "usulan", tanggal=date(2024, 12, 20))
    (folder / "ssh.xlsx").write_bytes(one_zone())
    head, row = ["Kode", "Uraian", "Volume", "Satuan", "Harga", "Jumlah"], ["5.1.02.01.01.0024", "Kertas", 2, "Rim", 50, 100]
    (folder / "rab.xlsx").write_bytes(xlsx({"RAB": [["RAB"], head, row]}))
    for name in ("hasil", "formulir"):
        shutil.rmtree(folder / name, ignore_errors=True)
    return folder


STOPPED = {
    "mulai": ("hasil", ["mulai", ".", "--tahun", "2026"]),
    "formulir": ("formulir", ["formulir", "."]),
    "periksa": ("hasil", ["periksa", ".", "--kembalikan"]),
    "rekap": ("hasil", ["rekap", "."]),
    "rekap -o": ("lain", ["rekap", ".", "-o", "lain/dalam/Rekap.xlsx"]),
    "rekap --penelaahan": ("hasil", ["rekap", ".", "-o", "Rekap.xlsx", "--penelaahan"]),
    "rekap --rka": ("lain", ["rekap", ".", "-o", "lain/Rekap.xlsx", "--rka"]),
    "kunci": ("arsip", ["kunci", ".", "--dari", "usulan", "--tanggal", "20 Desember 2024"]),
    "kunci, DPA": ("hasil", ["kunci", ".", "--dari", "usulan", "--tahap", "perubahan", "--tanggal", "21/07/2025"]),
    "realisasi": ("formulir", ["realisasi", ".", "--triwulan", "1"]),
    "realisasi, masuk": ("masuk/TW1", ["realisasi", ".", "--triwulan", "1"]),
    "capaian": ("hasil", ["capaian", "."]),
    "capaian -o": ("lain", ["capaian", ".", "-o", "lain/Capaian.xlsx"]),
    "lkjip": ("hasil", ["lkjip", "."]),
    "pk": ("hasil", ["pk", "."]),
    "pk, surat": ("hasil/surat", ["pk", "."]),
    "cetak": ("hasil", ["cetak", "."]),
    "surel": ("hasil", ["surel", ".", "--kepada", "camat@contoh.go.id"]),
    "bandingkan": ("lain", ["bandingkan", "arsip/Penetapan-2025.xlsx", "arsip/Penetapan-2025.xlsx", "-o", "lain/Beda.xlsx"]),
    "perbarui": ("lain", ["perbarui", "masuk/Usulan-pmd-2025.xlsx", "-o", "lain/baru.xlsx"]),
    "baca -o": ("lain", ["baca", "rab.xlsx", "-o", "lain/hasil.xlsx"]),
    "baca --isi-formulir": ("formulir", ["baca", "rab.xlsx", "--isi-formulir", "pmd"]),
    "baca --ke-kantor": ("hasil", ["baca", "ssh.xlsx", "--ke-kantor", ".", "--sifat", "tertinggi"]),
}


@pytest.mark.parametrize("name", STOPPED)
def test_a_file_in_place_of_a_folder_is_a_sentence(name: str, locked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Status 2 and one sentence that names it; the file stays."""
    at, args = STOPPED[name]
    folder = shutil.copytree(locked, tmp_path / "kantor")
    if name == "mulai":
        (folder / "Kantor.xlsx").unlink()
    monkeypatch.chdir(folder)
    if Path(at).is_dir():
        shutil.rmtree(at)
    Path(at).parent.mkdir(exist_ok=True)
    Path(at).write_bytes(b"bukan folder")
    before = sorted(Path("arsip").rglob("*"))
    done = CliRunner().invoke(main, args)
    said = [line for line in done.stderr.splitlines() if line]
    assert (done.exit_code, len(said)) == (2, 1), done.output
    assert Path(at).name in said[0] and "gangguan" not in said[0]
    assert (Path(at).read_bytes(), sorted(Path("arsip").rglob("*"))) == (b"bukan folder", before)


# ---- a year's folder reads each thing once -----------------------------------------------------------


def test_each_file_is_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The recap, the papers and the PK of one year ask for each file's content a single time."""
    from kinerja_xl.uses import cetak, masuk
    from kinerja_xl.uses import pk as letters

    real, seen = masuk.read_submission, []
    monkeypatch.setattr(masuk, "read_submission", lambda data, file, *more: seen.append(file) or real(data, file, *more))
    year = Year(bupati().write(tmp_path / "kantor"))
    cetak.prints(year)
    letters._days(year)
    assert year.recap is year.recap
    assert sorted(seen) == [path.name for path in year.incoming[0]]


def test_a_layout_of_others_is_counted_but_not_printed(tmp_path: Path):
    from tests.test_asing_rekap import MINE, RAB

    folder = Folder().drop("pmd").add("RAB.xlsx", RAB).write(tmp_path / "kantor")
    (folder / "Padanan.xlsx").write_bytes(padanan({RAB: MINE}))
    from kinerja_xl.uses.cetak import prints

    files, notes = prints(Year(folder), only="pmd")
    assert not [name for name in files if name.startswith(("TOR", "Nota", "Berita"))]
    assert len(notes) == 1


# ---- the plan in force ---------------------------------------------------------------------------------


def test_the_plan_in_force_says_which_it_is(tmp_path: Path):
    folder = bupati().write(tmp_path / "kantor")
    first = Year(folder)
    assert (first.locked, first.in_force.kind, first.in_force.tanggal, first.in_force.path) == (None, "usulan", None, None)
    assert first.in_force.plan.total == first.recap.total_rab
    assert first.in_force.sentence == "menurut usulan"
    lock(folder, "usulan", tanggal=date(2024, 12, 20))
    agreed = Year(folder).in_force
    assert (agreed.kind, agreed.tanggal, agreed.sentence) == (
        "penetapan", date(2024, 12, 20), "menurut Penetapan tanggal 20 Desember 2024",
    )  # fmt: skip
    done = lock(folder, "usulan", tahap="perubahan", tanggal=date(2025, 7, 21))
    changed = Year(folder).in_force
    assert done.written is not None
    assert (changed.plan, changed.kind, changed.path) == (done.plan, "perubahan", done.written.path)
    assert changed.sentence == "menurut Perubahan ke-1 tanggal 21 Juli 2025"
