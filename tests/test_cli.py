"""The command line as staff meet it: words, exit statuses, JSON, pipes."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys

import pytest
from openpyxl import load_workbook

from kinerja_xl.face.cli import answer, main
from samples.bangun import ROOT

CLEAN, FAULTY = ROOT / "samples/wasuponda-2025", ROOT / "samples/bermasalah"
ENGLISH = ("Usage", "Options", "Error", "Commands", "Show this", "Missing", "No such", "Try ", "Traceback", "required")


def run(*args: object, **env: str) -> subprocess.CompletedProcess[bytes]:
    code = "from kinerja_xl.face.cli import main; main()"
    command = [sys.executable, "-W", "error", "-c", code, *map(str, args)]
    return subprocess.run(
        command, capture_output=True, check=False, cwd=ROOT, env={**os.environ, **env}, stdin=subprocess.DEVNULL
    )


def said(*args: object) -> subprocess.CompletedProcess[bytes]:
    """The same within this process, where the program is loaded already: for what is not about the process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), pytest.raises(SystemExit) as ended:
        main.main([str(arg) for arg in args], prog_name="kinerja-xl")
    out.flush()
    err.flush()
    return subprocess.CompletedProcess(args, int(ended.value.code or 0), out.buffer.getvalue(), err.buffer.getvalue())


@pytest.fixture
def office(tmp_path):
    shutil.copytree(CLEAN, tmp_path / "kantor", ignore=shutil.ignore_patterns("hasil"))
    return tmp_path / "kantor"


@pytest.mark.parametrize("verb", [(), ("mulai",), ("formulir",), ("periksa",), ("rekap",)])
def test_help_is_indonesian(verb):
    done = said(*verb, "--help")
    text = done.stdout.decode("utf-8")
    assert done.returncode == 0
    assert "Pemakaian:" in text
    assert not [word for word in ENGLISH if word in text]


@pytest.mark.parametrize(
    "args",
    [(), ("rekp",), ("rekap",), ("mulai", "x"), ("mulai", "x", "--tahun", "dua"), ("rekap", "x", "--format", "xml"),
     ("rekap", "x", "--apa"),
     ("rekap", "tidak-ada"), ("periksa", "tidak-ada.xlsx"), ("rekap", "x", "--tanggal", "kemarin"), ("rekap", "x", "y")],
)  # fmt: skip
def test_usage_and_input_trouble_is_status_2_in_one_indonesian_sentence(args):
    done = said(*args)
    text = (done.stdout + done.stderr).decode("utf-8")
    assert done.returncode == 2
    assert done.stderr.strip()
    assert not [word for word in ENGLISH if word in text]


def test_rekap_writes_the_recap_and_says_where(office):
    done = said("rekap", office)
    assert done.returncode == 0
    assert done.stderr == b""
    target = office / "hasil" / "Rekap-2025.xlsx"
    assert str(target) in done.stdout.decode("utf-8").replace("\n", "")
    assert load_workbook(target, read_only=True).sheetnames == [
        "Ringkasan", "RKT", "RAB", "Per Program", "Unit x Jenis Belanja", "Matriks Keselarasan", "Jenjang PK", "Indikator",
        "Calon IKU", "PK", "PK Anggaran", "TOR", "Mutu Perencanaan", "Catatan", "Asal Data",
    ]  # fmt: skip


def test_json_is_pure_and_money_is_integer(office):
    done = run("rekap", office, "--format", "json", PYTHONIOENCODING="cp1252")
    data = json.loads(done.stdout.decode("utf-8"))
    assert done.returncode == 0
    assert data["total_rab"] == 2_264_997_050
    assert [(c["kode"], c["tingkat"]) for c in data["catatan"]] == [("R517", "info")]


def test_same_input_same_bytes(office, tmp_path):
    run("rekap", office, "-o", tmp_path / "a.xlsx")
    run("rekap", office, "-o", tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_catatan_give_status_1_and_no_colour_in_a_pipe(tmp_path):
    done = run("rekap", FAULTY, "-o", tmp_path / "r.xlsx", FORCE_COLOR="", TERM="xterm")
    assert done.returncode == 1
    assert b"\x1b[" not in done.stdout + done.stderr


def test_periksa_changes_nothing_and_names_cells():
    before = sorted(p.name for p in FAULTY.rglob("*"))
    done = said("periksa", FAULTY / "masuk" / "Usulan-umum-2025.xlsx", "--format", "json")
    codes = {(c["kode"], c["sel"]) for c in json.loads(done.stdout)["catatan"]}
    assert done.returncode == 1
    assert ("N405", "R29") in codes
    assert sorted(p.name for p in FAULTY.rglob("*")) == before


def test_lock_files_are_skipped_with_a_word(office):
    (office / "masuk" / "~$Usulan-umum-2025.xlsx").write_bytes(b"x" * 165)
    (office / "masuk" / "catatan.txt").write_text("halo", encoding="utf-8")
    done = said("rekap", office, "--format", "json")
    assert done.returncode == 0
    assert [path.endswith("Rekap-2025.xlsx") for path in json.loads(done.stdout)["berkas"]] == [True]
    assert {(c["kode"], c["berkas"]) for c in json.loads(done.stdout)["catatan"]} == {
        ("R517", "Usulan-pmd-2025.xlsx"),
        ("B114", "~$Usulan-umum-2025.xlsx"),
        ("B115", "catatan.txt"),
    }


def test_output_that_cannot_be_written_is_status_2(office):
    done = said("rekap", office, "-o", office / "Kantor.xlsx" / "x.xlsx")
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_nothing_heavy_at_start():
    heavy = "{'logging', 'pandas', 'pandera', 'openpyxl', 'xlsxwriter', 'rich', 'numpy', 'python_calamine'}"
    code = f"import sys; import kinerja_xl.face.cli; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == b"[]"


def test_a_defect_of_the_program_is_a_sentence_and_no_traceback(tmp_path):
    code = (
        "import kinerja_xl.uses.periksa as w\n"
        "def broken(*_):\n    raise RuntimeError('rahasia')\n"
        "w.periksa = broken\n"
        "from kinerja_xl.face.cli import main; main(['periksa', 'x.xlsx'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, cwd=ROOT)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert b"RuntimeError" in done.stderr


def test_a_long_answer_is_the_same_in_pieces_and_whole_or_nothing(capsys: pytest.CaptureFixture[str]):
    long = {"angka": [*range(30_000)], "kata": "1 × 2 – tiga"}
    answer.write(long)
    assert capsys.readouterr().out == json.dumps(long, ensure_ascii=False, indent=2) + "\n"
    with pytest.raises(TypeError):
        answer.write([*range(30_000), object()])
    assert capsys.readouterr().out == ""
