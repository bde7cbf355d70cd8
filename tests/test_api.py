"""The face for Python: its page runs, importing costs nothing, and the tables are the recap's and the capaian's to the rupiah."""

from __future__ import annotations

import csv
import doctest
import io
import json
import subprocess
import sys
from datetime import date
from decimal import Decimal
from importlib import import_module
from pathlib import Path

import pytest

import kinerja_xl as kx
from kinerja_xl.face.cli import main
from kinerja_xl.frames.export import csv_bytes
from kinerja_xl.frames.tables import records
from kinerja_xl.office.folder import InputError
from kinerja_xl.uses.capaian import measured
from kinerja_xl.uses.contoh import copy_sample
from kinerja_xl.uses.tables import Tables, write_tables
from kinerja_xl.uses.year import Year
from tests.kantor_uji import Folder
from tests.rumah import ROOT


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("api")
    list(copy_sample(place / "Contoh"))
    return place / "Contoh"


def test_the_page_runs(sample: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(sample.parent)
    done = doctest.testfile(str(ROOT / "docs" / "api.md"), module_relative=False, optionflags=doctest.ELLIPSIS)
    assert done.failed == 0 and done.attempted > 15


def test_importing_it_loads_nothing():
    code = "import sys, kinerja_xl; print(len([m for m in sys.modules if m.startswith('kinerja_xl')]), 'pandas' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True, timeout=60)
    assert run.stdout.split() == ["1", "False"]


def test_python_m_is_the_command():
    run = subprocess.run([sys.executable, "-m", "kinerja_xl", "--version"], capture_output=True, text=True, cwd=ROOT, check=True)
    assert run.stdout.strip() == f"kinerja-xl {kx.__version__}"


def test_what_there_is_not_is_no_attribute():
    with pytest.raises(AttributeError):
        kx.tidak_ada  # noqa: B018
    with pytest.raises(InputError):
        kx.Tahun("tidak ada")


def test_the_tables_are_the_recap(sample: Path):
    year, tables = Year(sample), kx.Tahun(sample).rekap()
    recap = year.recap
    for name in ("per_unit", "per_jenis", "per_program", "per_rekening"):
        assert int(tables[name]["jumlah_dihitung"].sum()) == recap.total_rab, name
    assert len(tables.rab) == len(recap.lines) and len(tables.tor) == len(recap.tors) and len(tables.iku) == len(recap.iku)
    assert tables.rab["jumlah"].tolist() == [line.jumlah for line in recap.lines]
    assert tables.rab["baris"].tolist() == [line.row.row for line in recap.lines]
    assert tables.unit["jumlah_dihitung"].tolist() == [unit.total_rab for unit in recap.units]
    assert len(tables.harga) == len(year.office.content.rows("harga"))
    with pytest.raises(AttributeError, match="tidak ada tabel"):
        tables.rap  # noqa: B018


def test_the_tables_of_a_folder_with_mistakes_keep_what_is_held_apart(tmp_path: Path):
    folder = Folder().edit("pmd", "rab", 0, harga_satuan="mahal").edit("trantib", "rab", 0, uraian=None).write(tmp_path / "k")
    tables, recap = kx.Tahun(folder).rekap(), Year(folder).recap
    held = recap.total_tidak_dihitung
    assert (held.unknown, held.amount) == (1, 1_400_000)
    assert int(tables.per_unit["belum_diketahui"].sum()) == 1 and int(tables.per_unit["jumlah_ditahan"].sum()) == held.amount
    assert (tables.rab["dihitung"] == [line.counted for line in recap.lines]).all()
    lost = tables.tanpa_nilai
    broken = lost.loc[lost["sebab"] == "tidak dapat dihitung", ["tabel", "kolom"]]
    assert ["rab", "harga_satuan"] in broken.values.tolist()
    assert kx.Tahun(folder).periksa()["kode"].tolist() == [f.code for f in recap.findings]


def test_the_tables_of_the_measured_year(sample: Path):
    found, tables = measured(Year(sample), 3), kx.Tahun(sample).capaian(triwulan=3)
    office = next(line for line in found.money if line.level == "kantor")
    mine = tables.anggaran[tables.anggaran["tingkat"] == "kantor"]
    assert (int(mine["pagu"].iloc[0]), int(mine["realisasi"].iloc[0]), mine["serapan"].iloc[0]) == (
        office.pagu, office.spent, office.serapan,
    )  # fmt: skip
    assert tables.indikator["capaian_sd_tw"].tolist() == [r.until[-1].percent for r in found.results]
    assert int(tables.keuangan["jumlah"].sum()) == office.spent
    assert set(tables.realisasi["triwulan"]) == {1, 2, 3}


# ---- data out ----


def test_csv_is_exact_and_no_text_becomes_a_formula():
    rows = [(1, Decimal("0.10"), date(2025, 8, 17), True, "=1+1", None), (10**17, None, None, False, "a;b", "-")]
    text = csv_bytes(records(rows, ("i", "d", "t", "b", "s", "n")))
    assert text.startswith(b"\xef\xbb\xbf")
    assert [*csv.reader(io.StringIO(text.decode("utf-8-sig")), delimiter=";")] == [
        ["i", "d", "t", "b", "s", "n"], ["1", "0.10", "2025-08-17", "Ya", "'=1+1", ""],
        ["1" + "0" * 17, "", "", "Tidak", "a;b", "-"],
    ]  # fmt: skip


@pytest.mark.parametrize("words", [["rekap"], ["capaian", "--triwulan", "1"]])
def test_a_verb_writes_its_tables_with_their_schema(sample: Path, tmp_path: Path, words: list[str], capsys):
    with pytest.raises(SystemExit):
        out = ["-o", str(tmp_path / "x.xlsx"), "--data", str(tmp_path / "data"), "--format", "json"]
        main([words[0], str(sample), *words[1:], *out])
    json.loads(capsys.readouterr().out)
    described = json.loads((tmp_path / "data" / "datapackage.json").read_text(encoding="utf-8"))
    assert {one["path"] for one in described["resources"]} == {path.name for path in (tmp_path / "data").glob("*.csv")}
    for one in described["resources"]:
        heading = (tmp_path / "data" / one["path"]).read_text(encoding="utf-8-sig").splitlines()[0]
        assert heading.split(";") == [field["name"] for field in one["schema"]["fields"]]


def test_parquet_needs_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(InputError, match="parquet"):
        write_tables(Tables({"a": lambda: records([(1,)], ("a",))}), tmp_path, "parquet")
    assert not list(tmp_path.iterdir())


def test_parquet_is_exact(tmp_path: Path):
    pandas = pytest.importorskip("pyarrow.parquet")
    rows = [(1, Decimal("0.1"), "a", Decimal(5), True), (None, Decimal("12.25"), None, "baik", None)]
    write_tables(Tables({"a": lambda: records(rows, ("i", "d", "s", "n", "b"))}), tmp_path, "parquet")
    assert pandas.read_table(tmp_path / "a.parquet").to_pylist() == [
        {"i": 1, "d": Decimal("0.10"), "s": "a", "n": "5", "b": True},
        {"i": None, "d": Decimal("12.25"), "s": None, "n": "baik", "b": None},
    ]  # fmt: skip


# ---- JSON, from every verb, on errors too ----

PLACE = ROOT / "kinerja_xl" / "face" / "cli" / "verbs"
VERBS = [n for path in PLACE.glob("[!_]*.py") if import_module(f"kinerja_xl.face.cli.verbs.{(n := path.stem)}").command.results]
"""All but the page, which goes on until it is closed and has no result."""


SHAPE = ["perintah", "status", "kesalahan", "ketik", "berkas", "pesan", "catatan", "isi"]
"""The keys of every answer, in their order."""


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_answers_wrong_usage_in_json(verb: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as end:
        main([verb, "--format", "json", "--pilihan-yang-tidak-ada"])
    told = json.loads(capsys.readouterr().out)
    assert end.value.code == 2 and told["status"] == 2 and list(told) == SHAPE and "--pilihan-yang-tidak-ada" in told["kesalahan"]


@pytest.mark.parametrize("verb", ["rekap", "status", "capaian", "formulir", "kunci", "pk", "lkjip", "surel", "cetak"])
def test_a_folder_that_is_not_there_is_told_in_json(verb: str, capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as end:
        main([verb, "/tidak/ada", "--format=json"])
    told = json.loads(capsys.readouterr().out)
    assert end.value.code == 2 and list(told) == SHAPE and told["perintah"] == verb and "/tidak/ada" in told["kesalahan"]


def test_a_verb_without_a_json_of_its_own_says_what_it_wrote(sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    for words, files in (
        (["mulai", str(tmp_path / "baru"), "--tahun", "2030"], True), (["jelaskan", "R501"], False), (["pk", str(sample)], True),
        (["skema", "kantor"], False),
    ):  # fmt: skip
        with pytest.raises(SystemExit) as end:
            main([*words, "--format", "json"])
        told = json.loads(capsys.readouterr().out)
        assert told["perintah"] == words[0] and told["status"] == end.value.code, words
        assert bool(told["berkas"]) is files and all(Path(path).exists() for path in told["berkas"])
        assert list(told) == SHAPE and bool(told["isi"]) is (words[0] in ("jelaskan", "skema"))


@pytest.mark.parametrize("verb", ["periksa", "rekap", "status", "capaian", "gabung"])
def test_a_verb_with_a_json_of_its_own_answers_in_the_same_shape(
    verb: str, sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    """Each common key has one kind of value; what these verbs gave before all had one shape stands beside them."""
    target = ["-o", str(tmp_path / "hasil.xlsx")] if verb in ("rekap", "capaian", "gabung") else []
    where = sample.parent if verb == "gabung" else sample
    with pytest.raises(SystemExit) as end:
        main([verb, str(where), *target, "--format", "json"])
    told = json.loads(capsys.readouterr().out)
    assert list(told)[: len(SHAPE)] == SHAPE
    assert (told["perintah"], told["status"], told["kesalahan"], told["ketik"]) == (verb, end.value.code, "", "")
    assert told["berkas"] == target[1:] and isinstance(told["catatan"], list)
    assert set(told) - set(SHAPE) == set(told["isi"] or ())
    assert bool(told["isi"]) is (verb != "periksa")


def test_the_schema_says_what_is_required_and_chosen(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        main(["skema", "usulan"])
    told = json.loads(capsys.readouterr().out)
    rab = {field["name"]: field for field in told["tabel"]["rab"]["fields"]}
    assert rab["harga_satuan"]["type"] == "integer" and rab["harga_satuan"]["constraints"]["required"]
    assert rab["kode_sub"]["type"] == "string" and rab["volume"]["type"] == "number"
    assert told["formulir"]["tor"]["properties"]["tanggal_mulai"]["format"] == "date"
