"""The first minute on the command line: what was meant, in a sentence with the command to type; where the result is; the log.

Asserted are exit statuses and facts (a path, a verb, a folder), never the wording.
"""

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path

import click
import pytest
from rich.console import Console

from kinerja_xl import __version__
from kinerja_xl.face.cli import log, main, run, terminal, typed
from kinerja_xl.face.cli.words import Book, Day, YearFolder
from kinerja_xl.office import place
from kinerja_xl.office.folder import refusal
from kinerja_xl.office.place import Misplaced, year_folder
from kinerja_xl.uses.contoh import CLEAN, FAULTY
from tests.naskah import bupati
from tests.rumah import PACKAGE, ROOT
from tests.test_cli import ENGLISH, said

UMUM = "Usulan-pmd-2025.xlsx"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two years of a small office beside each other: Rencana/2024 and Rencana/2025."""
    place = tmp_path_factory.mktemp("menit") / "Rencana"
    bupati().write(place / "2025")
    shutil.copytree(place / "2025", place / "2024")
    (place / "2025/masuk/TW1").mkdir()
    (place / "2025/hasil").mkdir()
    return place


@pytest.fixture
def here(written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place of one's own with that Rencana in it, as the current folder."""
    shutil.copytree(written, tmp_path / "Rencana")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def inside(written: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, only to be read."""
    monkeypatch.chdir(written.parent)
    return written.parent


def told(*args: object) -> tuple[int, str, str]:
    """Status, stdout, stderr; never English, never a traceback."""
    done = said(*args)
    out, err = (stream.decode("utf-8") for stream in (done.stdout, done.stderr))
    assert not [word for word in ENGLISH if word in err]
    return done.returncode, out, err


def verbs() -> Iterator[tuple[str, click.Command]]:
    ctx = click.Context(main)
    for name in main.list_commands(ctx):
        verb = main.get_command(ctx, name)
        assert verb is not None
        yield name, verb


VERBS = dict(verbs())


# ---- a word that is no verb ------------------------------------------------------------------------


def test_no_arguments_three_lines_of_what_to_do():
    status, out, err = told()
    assert (status, out, len(err.splitlines())) == (2, "", 3)
    assert [word for word in ("contoh", "mulai", "--help") if f"{typed.PROGRAM} {word}" not in err] == []


@pytest.mark.parametrize(
    ("words", "meant"),
    [(["rekep", "Kantor Kita"], 'rekap "Kantor Kita"'), (["REKAP", "x", "--rka"], "rekap x --rka"),
     (["jelas", "R517"], "jelaskan R517"), (["perikas", "a.xlsx"], "periksa a.xlsx"),
     (["bantuan"], "--help"), (["Bantuan"], "--help"), (["versi"], "--version")],
)  # fmt: skip
def test_a_word_that_is_no_verb_is_told_the_verb_that_was_meant(words: list[str], meant: str):
    status, out, err = told(*words)
    assert (status, out) == (2, "")
    assert err.splitlines()[0].endswith(f"{typed.PROGRAM} {meant}")


def test_a_word_like_no_verb_is_told_none():
    status, _, err = told("zzz")
    assert (status, [name for name in VERBS if name in err]) == (2, [])


def test_a_path_for_a_verb(inside: Path):
    status, _, err = told("Rencana/2025")
    assert status == 2
    assert err.splitlines()[0].endswith(f"{typed.PROGRAM} periksa Rencana/2025")


def test_an_option_that_is_nearly_one():
    status, _, err = told("jelaskan", "R517", "--verbos")
    assert (status, "--verbose" in err) == (2, True)


# ---- a folder that is not the year's -----------------------------------------------------------------

MEANT = {
    "above": ("Rencana", "Rencana/2024"),
    "masuk": ("Rencana/2025/masuk", "Rencana/2025"),
    "a triwulan": ("Rencana/2025/masuk/TW1", "Rencana/2025"),
    "hasil": ("Rencana/2025/hasil", "Rencana/2025"),
    "misspelt": ("Rencna/2025", "Rencana/2025"),
    "other blanks": ("ren cana/2025/", "Rencana/2025"),
    "no such year": ("Rencana/1999", "Rencana/2024"),
    "a file that is not there": (f"Rencana/2025/masuk/TW1/{UMUM}", "Rencana/2025"),
}


@pytest.mark.parametrize("case", MEANT)
def test_what_was_probably_meant(case: str, inside: Path):
    given, meant = MEANT[case]
    status, out, err = told("rekap", given, "--rka")
    assert (status, out, len(err.splitlines())) == (2, "", 1)
    assert err.rstrip().endswith(f"{typed.PROGRAM} rekap {meant} --rka")


QUOTED = {
    "at the end": ('Rencana/2025"', []),
    "after a backslash": ('Rencana/2025\\"', []),
    "with what it swallowed": ('Rencana/2025\\" --rka --semua', ["--rka", "--semua"]),
    "at both ends": ("'Rencana/2025'", []),
    "from a word processor": ("“Rencana/2025”", []),
}


@pytest.mark.parametrize("case", QUOTED)
def test_quotation_marks_that_became_part_of_the_name(case: str, inside: Path):
    given, more = QUOTED[case]
    status, out, err = told("rekap", given)
    assert (status, out) == (2, "")
    assert err.splitlines()[0].endswith(" ".join((typed.PROGRAM, "rekap", "Rencana/2025", *more)))


def test_a_name_with_blanks_and_without_quotation_marks(here: Path):
    Path("Rencana/2025").rename("Rencana/Tahun Anggaran 2025")
    status, out, err = told("rekap", *["Rencana/Tahun", "Anggaran", "2025", "--rka"])
    assert (status, out) == (2, "")
    assert err.splitlines()[0].endswith(f'{typed.PROGRAM} rekap "Rencana/Tahun Anggaran 2025" --rka')


@pytest.mark.parametrize("given", ["Rencana/2025/Kantor.xlsx", f"Rencana/2025/masuk/{UMUM}"])
def test_a_file_means_its_folder(given: str, inside: Path):
    assert year_folder(Path(given)) == Path("Rencana/2025")


def test_a_file_given_to_a_verb_means_its_folder(here: Path):
    status, out, err = told("formulir", "Rencana/2025/Kantor.xlsx", "--unit", "pmd")
    assert (status, err) == (0, "")
    assert str(Path("Rencana/2025/formulir", UMUM)) in out


def test_a_file_of_no_year(tmp_path: Path):
    (tmp_path / "lain.xlsx").write_bytes(b"")
    with pytest.raises(Misplaced) as raised:
        year_folder(tmp_path / "lain.xlsx")
    assert (raised.value.given, raised.value.meant) == (tmp_path / "lain.xlsx", ())


def test_a_renamed_kantor_is_named(tmp_path: Path):
    (tmp_path / "Kantor (1).xlsx").write_bytes(b"")
    status, _, err = told("rekap", tmp_path)
    assert (status, "Kantor (1).xlsx" in err) == (2, True)


def test_a_folder_left_out_where_one_is_at_hand(here: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir("Rencana")
    assert told("rekap")[2].splitlines()[0].endswith(f"{typed.PROGRAM} rekap 2024")
    monkeypatch.chdir("2025")
    assert told("rekap")[2].splitlines()[0].endswith(f"{typed.PROGRAM} rekap .")


REQUIRED = {"realisasi": ["--triwulan", "1"], "surel": ["--kepada", "camat@contoh.go.id"]}
PARAMS = [(name, param) for name, verb in VERBS.items() for param in verb.params]
ABOUT_A_YEAR = [name for name, p in PARAMS if isinstance(p, click.Argument) and isinstance(p.type, YearFolder)]


def test_every_verb_about_a_year_asks_for_it_alike():
    assert {"formulir", "rekap", "kunci", "realisasi", "capaian", "lkjip", "pk", "cetak", "surel"} <= set(ABOUT_A_YEAR)
    plain = {name for name, p in PARAMS if p.name == "folder" and not isinstance(p.type, YearFolder)}
    assert plain == {"mulai", "contoh"}, "these make it"


@pytest.mark.parametrize("name", ABOUT_A_YEAR)
def test_every_verb_tells_which_year_was_meant(name: str, inside: Path):
    status, out, err = told(name, "Rencana", *REQUIRED.get(name, []))
    assert (status, out) == (2, "")
    assert f"{typed.PROGRAM} {name} Rencana/2024" in err


def test_nothing_to_check_is_no_clean_bill(here: Path):
    status, out, err = told("periksa", "Rencana", "--format", "json")
    assert (status, json.loads(out)["status"]) == (2, 2)
    assert "periksa Rencana/2024" in err and json.loads(out)["ketik"].endswith("periksa Rencana/2024 --format json")
    Path("kosong").mkdir()
    assert told("periksa", "kosong")[:2] == (2, "")


# ---- a file that is not there, or a folder -------------------------------------------------------------

FILES = {
    "baca": ["baca", "{}"],
    "periksa": ["periksa", "{}"],
    "perbarui": ["perbarui", "{}", "-o", "baru.xlsx"],
    "bandingkan, lama": ["bandingkan", "{}", "Rencana/2025/Kantor.xlsx", "-o", "beda.xlsx"],
    "isi, sumber": ["isi", "Rencana/2025/Kantor.xlsx", "--dari", "{}", "-o", "isi.xlsx"],
    "rekap, tahun lalu": ["rekap", "Rencana/2025", "--tahun-lalu", "{}"],
}
NEAR = [f"Rencana/2025/masuk/{name}" for name in ("Usulan-pmd-2025", "usulan pmd 2025.xlsx", "Usulan-pdm-2025.xlsx")]


@pytest.mark.parametrize("case", FILES)
@pytest.mark.parametrize("given", NEAR)
def test_a_file_that_is_nearly_there(case: str, given: str, inside: Path):
    status, out, err = told(*(word.format(given) for word in FILES[case]))
    meant = [place.typed(word.format(f"Rencana/2025/masuk/{UMUM}")) for word in FILES[case]]
    assert (status, out, len(err.splitlines())) == (2, "", 1)
    assert err.rstrip().endswith(" ".join((typed.PROGRAM, *meant)))


@pytest.mark.parametrize("case", [case for case in FILES if case != "periksa"])
def test_a_folder_for_a_file(case: str, inside: Path):
    status, out, err = told(*(word.format("Rencana/2025/masuk") for word in FILES[case]))
    assert (status, out, len(err.splitlines())) == (2, "", 1)
    assert f"Rencana/2025/masuk/{UMUM}" in err


def test_every_file_that_is_read_is_asked_for_alike():
    read = {f"{name} {p.name}" for name, p in PARAMS if isinstance(p.type, Book)}
    assert {"baca paths", "isi form", "isi source", "bandingkan old", "bandingkan new", "perbarui old", "rekap last"} <= read


def test_a_folder_for_the_result(inside: Path):
    status, out, err = told("rekap", "Rencana/2025", "-o", "Rencana")
    assert (status, out, "--hasil" in err) == (2, "", True)


ODD = ["", " ", ".", "..", "-", "*", "a" * 5000, "\x07", "Rencana/2025/Kantor.xlsx/x", "CON", "kantor\nkita", "Ω/é"]


@pytest.mark.parametrize("name", VERBS)
def test_no_verb_answers_an_odd_word_with_a_traceback(name: str, inside: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    here = tmp_path / "di sini"  # ".." has to be a folder of this test: gabung reads all that is in it
    here.mkdir()
    (here / "x").write_text("", encoding="utf-8")
    monkeypatch.chdir(here)
    for odd in ODD:
        for words in ([odd], [odd, odd], [odd, "--format", odd], [odd, "-o", odd], [odd, "--tahun", odd], [odd, "--dari", odd]):
            status, out, err = told(name, *words)
            # contoh makes any folder that can be made, and the folder above offices is one for gabung
            assert (status, out) == (2, "") or name in ("contoh", "gabung"), (name, words)
            assert "gangguan" not in err, (name, words, err)


# ---- dates -----------------------------------------------------------------------------------------------


SPELLED = [
    "1 Oktober 2024", "01/10/2024", "2024-10-01", "1 Okt 2024", "1-10-2024", "1-10-24", "1.10.2024", "Selasa, 1 Oktober 2024",
]  # fmt: skip


@pytest.mark.parametrize("text", SPELLED)
def test_a_date_as_people_write_it(text: str):
    assert Day().convert(text, None, None) == date(2024, 10, 1)


@pytest.mark.parametrize("text", ["kemarin", "45566", "31/02/2024", "10.2024", "", "-"])
def test_no_date(text: str):
    assert told("rekap", "x", "--tanggal", text)[0] == 2


def test_every_date_is_asked_for_alike():
    dates = [(name, p) for name, p in PARAMS if p.name == "tanggal"]
    assert {name for name, _ in dates} >= {"rekap", "kunci", "capaian", "pk", "cetak", "surel"}
    assert [name for name, p in dates if not isinstance(p.type, Day)] == []
    assert [name for name, p in PARAMS if isinstance(p.type, click.DateTime)] == []


def test_a_date_without_its_quotation_marks(inside: Path):
    status, _, err = told("rekap", "Rencana/2025", "--tanggal", "1", "Oktober", "2024", "--rka")
    assert status == 2
    assert err.splitlines()[0].endswith(f'{typed.PROGRAM} rekap Rencana/2025 --tanggal "1 Oktober 2024" --rka')


# ---- the system's own words --------------------------------------------------------------------------------


def test_no_refusal_in_the_systems_words():
    for number in errno.errorcode:
        words = refusal(OSError(number, os.strerror(number)))
        assert words and os.strerror(number).lower() not in words.lower()
        assert errno.errorcode[number] not in words


@pytest.mark.parametrize("number", [errno.EIO, errno.EACCES, errno.EISDIR, errno.ESTALE])
def test_a_file_that_cannot_be_opened(number: int, inside: Path, monkeypatch: pytest.MonkeyPatch):
    def refused(path: Path) -> bytes:
        raise OSError(number, os.strerror(number), str(path))

    monkeypatch.setattr(Path, "read_bytes", refused)
    status, out, _ = told("periksa", f"Rencana/2025/masuk/{UMUM}")
    assert (status, "B112" in out, os.strerror(number) in out) == (1, True, False)


def test_a_refusal_that_nobody_expected_is_a_sentence(inside: Path, monkeypatch: pytest.MonkeyPatch):
    def refused(*_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), "D:/Rencana")

    monkeypatch.setattr("kinerja_xl.uses.periksa.periksa", refused)
    status, out, err = told("periksa", "Rencana/2025")
    assert (status, out, len(err.splitlines())) == (2, "", 1)
    assert "D:/Rencana" in err and "PermissionError" not in err and os.strerror(errno.EACCES) not in err


def test_ctrl_c_is_a_word_and_status_2(inside: Path, monkeypatch: pytest.MonkeyPatch):
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kinerja_xl.uses.periksa.periksa", stopped)
    status, out, err = told("periksa", "Rencana/2025")
    assert (status, out, len(err.split())) == (2, "", 1)


def start(*args: str, **more: object) -> subprocess.Popen[bytes]:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-W", "error", "-m", PACKAGE, *args]
    return subprocess.Popen(command, env=env, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, **more)  # type: ignore[call-overload,no-any-return]


@pytest.mark.parametrize("args", [("jelaskan", "R517"), ("baca", f"Rencana/2025/masuk/{UMUM}", "--semua")])
def test_a_pipe_that_nobody_reads_ends_quietly(args: tuple[str, ...], inside: Path):
    with start(*args, stdout=subprocess.PIPE) as done:
        assert done.stdout is not None and done.stderr is not None
        done.stdout.close()
        assert (done.stderr.read(), done.wait()) == (b"", 2)


PIPED = {
    "mulai": ["Baru", "--tahun", "2026"], "contoh": ["Contoh"], "baca": [f"Rencana/2025/masuk/{UMUM}"], "jelaskan": ["R502"],
    "perbarui": [f"Rencana/2025/masuk/{UMUM}", "-o", "baru.xlsx"], "skema": [], "gabung": ["Rencana"],
    "bandingkan": [f"Rencana/2025/masuk/{UMUM}", f"Rencana/2024/masuk/{UMUM}", "-o", "beda.xlsx"],
    "isi": [f"Rencana/2025/masuk/{UMUM}", "--dari", "Rencana/2025/Kantor.xlsx", "-o", "isi.xlsx"],
    "periksa": ["Rencana/2025", "--kembalikan"], "kunci": ["Rencana/2025", "--dari", "usulan", "--tanggal", "20/12/2024"],
}  # fmt: skip
"""Words of verbs that are about more than a year's folder."""


@pytest.mark.parametrize("name", sorted({*VERBS} - {"buka"}))
def test_what_nobody_reads_is_done_whole(name: str, here: Path, monkeypatch: pytest.MonkeyPatch):
    """``… | head`` of every verb: the same files as with a reader, and not a word on stderr of the pipe."""
    words = PIPED.get(name, ["Rencana/2025", *REQUIRED.get(name, [])])
    shutil.copytree("Rencana", "kembar/Rencana")
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as nobody, monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", nobody)
        patch.setattr(sys, "stderr", io.StringIO())
        with pytest.raises(SystemExit) as ended:
            main.main([name, *words], prog_name="kinerja-xl")
        alone = sys.stderr.getvalue()
    done = {path.relative_to(here) for path in here.rglob("*") if path.is_file() and "kembar" not in path.parts}
    monkeypatch.chdir("kembar")
    status, _, err = told(name, *words)
    twin = {path.relative_to(here / "kembar") for path in (here / "kembar").rglob("*") if path.is_file()}
    assert (done, alone) == (twin, err)
    assert ended.value.code in (status, 2)
    assert (ended.value.code == 2) <= (status == 2 or name in ("baca", "jelaskan", "skema", "status", "periksa"))


def test_many_papers_are_told_by_their_kinds(here: Path):
    names = (*(f"TOR-pmd-{n}.docx" for n in range(12)), "Berita-Acara-pmd-2025.docx", "RKT-1.docx")
    paths = [Path(f"cetak/{name}") for name in names]
    out = io.StringIO()
    with redirect_stdout(out):
        run.say_written(paths)
        run.say_written(paths[:2])
    told_so = out.getvalue().splitlines()
    assert [line.split() for line in told_so[1:4]] == [["12", "TOR"], ["1", "Berita", "Acara"], ["1", "RKT"]]
    assert "cetak (14 berkas .docx)" in told_so[0]
    assert [line.endswith(str(path)) for path, line in zip(paths[:2], told_so[4:], strict=True)] == [True, True]


def test_a_table_in_a_pipe_fits_80_columns():
    table = terminal.plain_table("Kantor", ("Unit", "Status"), ("Dihitung (Rp)",))
    table.add_row("Seksi Ketentraman dan Ketertiban Umum " * 3, "PERLU PERBAIKAN " * 3, "Rp2.012.599.450")
    for screen, most in ((False, 80), (True, 120)):
        out = io.StringIO()
        Console(file=out, width=120, force_terminal=screen, color_system=None).print(table)
        widths = {len(line) for line in out.getvalue().splitlines()}
        assert max(widths) <= most and (max(widths) > 80) is screen


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
def test_output_that_does_not_fit_is_a_sentence(inside: Path):
    with Path("/dev/full").open("wb") as full, start("jelaskan", "R517", stdout=full) as done:
        assert done.stderr is not None
        err = done.stderr.read()
        assert (done.wait(), len(err.splitlines()), b"Traceback" in err, b"space" in err) == (2, 1, False, False)


# ---- where the result is --------------------------------------------------------------------------------------


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What ``--buka`` would open."""
    seen: list[Path] = []
    monkeypatch.setattr(run, "show_file", lambda path: bool(seen.append(path)) or True)
    return seen


def test_the_result_is_a_link_on_a_screen_and_a_plain_path_in_a_pipe(here: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    screen = Screen()
    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(sys, "stdout", screen)
        main.main(["formulir", "Rencana/2025", "--unit", "pmd"], prog_name="kinerja-xl")
    target = Path("Rencana/2025/formulir", UMUM)
    assert f"{target.absolute().as_uri()}\x1b\\{target}" in screen.getvalue()
    status, out, _ = told("formulir", "Rencana/2025", "--unit", "pmd")
    assert (status, "\x1b" in out, str(target) in out.splitlines()[0]) == (0, False, True)


def test_buka_opens_the_file_or_the_folder_of_several(here: Path, shown: list[Path]):
    assert told("formulir", "Rencana/2025", "--unit", "pmd", "--buka")[0] == 0
    assert told("formulir", "Rencana/2025", "--buka")[0] == 0
    assert shown == [here / "Rencana/2025/formulir" / UMUM, here / "Rencana/2025/formulir"]


def test_buka_of_nothing_is_a_word(inside: Path, shown: list[Path]):
    status, out, err = told("periksa", f"Rencana/2025/masuk/{UMUM}", "--buka", "--format", "json")
    assert (status, shown, len(err.splitlines())) == (told("periksa", f"Rencana/2025/masuk/{UMUM}", "--format", "json")[0], [], 1)
    assert out.startswith("{")


def test_a_verb_that_failed_opens_nothing(inside: Path, shown: list[Path]):
    assert told("rekap", "Rencana", "--buka")[0] == 2
    assert shown == []


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="xdg-open")
@pytest.mark.parametrize(("script", "opened"), [('echo "$1" > "$0.txt"', True), ("exit 3", False), (None, False)])
def test_the_opener_never_fails_the_verb(script: str | None, opened: bool, here: Path, monkeypatch: pytest.MonkeyPatch):
    place = here / "bin"
    place.mkdir()
    if script:
        (place / "xdg-open").write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (place / "xdg-open").chmod(0o755)
    monkeypatch.setenv("PATH", str(place))
    status, _, err = told("formulir", "Rencana/2025", "--unit", "pmd", "--buka")
    target = here / "Rencana/2025/formulir" / UMUM
    assert (status, str(target) in err) == (0, not opened)
    if opened:
        assert (place / "xdg-open.txt").read_text(encoding="utf-8").strip() == str(target)


def test_a_table_fits_80_columns_and_cuts_no_amount():
    amounts = [f"Rp{n}.923.846.500" for n in range(9)]
    table = terminal.plain_table("Kantor", ("Unit", "Predikat"), ("Dinilai", "Capaian", "Realisasi", "Serapan"))
    for amount in amounts:
        table.add_row("Seksi Ketentraman dan Ketertiban Umum", "Sangat Tinggi", "10 dari 10", "100,41 %", amount, "105,95 %")
    amounts.append("Rp1.411.830.414.620")
    unknown = f"sedikitnya {amounts[-1]} (2 rekening belum diketahui)"
    table.add_row("Seksi Pemerintahan Umum", "Sedang, sementara", "8 dari 8", "71,81 %", unknown, "sedikitnya 134,80 %")
    out = io.StringIO()
    Console(file=out, width=80).print(table)
    lines = out.getvalue().splitlines()
    assert max(map(len, lines)) <= 80
    assert [word for word in (*amounts, "134,80 %", "sementara") if word not in out.getvalue()] == []


def test_an_amount_told_in_a_sentence_wraps_and_loses_no_digit():
    told_so = "sedikitnya Rp1.234.567.890 (2 baris belum diketahui)"
    table = terminal.plain_table("Kantor", ("Unit", "Status"), ("Dihitung (Rp)", "Tidak dihitung (Rp)", "Catatan"))
    table.add_row("Seksi Ketentraman dan Ketertiban Umum", "PERLU PERBAIKAN", "Rp2.012.599.450", told_so, "12")
    out = io.StringIO()
    Console(file=out, width=80).print(table)
    lines = out.getvalue().splitlines()
    assert max(map(len, lines)) <= 80
    assert [word for word in ("Rp2.012.599.450", "Rp1.234.567.890", "PERLU", "12") if word not in out.getvalue()] == []


@pytest.mark.parametrize("name", ["", *VERBS])
def test_a_help_page_fits_80_columns_and_says_all(name: str):
    status, out, _ = told(*([name] if name else []), "--help")
    assert status == 0
    assert [line for line in out.splitlines() if len(line) > 80 or line.endswith("...")] == []


# ---- the log for a helper -----------------------------------------------------------------------------------------


def test_verbose_writes_a_log_without_contents(here: Path):
    more = ("--dari", "usulan", "--tanggal", "20/12/2024", "--dasar", "RAHASIA", "--verbose")
    status, out, err = told("kunci", "Rencana/2025", *more)
    text = (here / log.FILE).read_text(encoding="utf-8")
    assert (status, log.FILE in err, "RAHASIA" in text) == (told("periksa", "Rencana/2025")[0], True, False)
    for fact in (__version__, "kunci", "--dasar", "Kantor.xlsx", UMUM, "Penetapan-2025.xlsx", f"status {status}"):
        assert fact in text
    assert "Tarigan" not in text and "Rencana/2025" not in text


def test_the_log_counts_codes_and_keeps_json_pure(here: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(log.PLACE, str(here / "catatan.log"))
    shutil.copy("Rencana/2025/masuk/" + UMUM, "usulan.xlsx")
    status, out, err = told("periksa", "usulan.xlsx", "--format", "json")
    assert (status, out.startswith("{"), err) == (0, True, "")
    assert "T210 1" in (here / "catatan.log").read_text(encoding="utf-8")


def test_a_defect_is_in_the_log_without_its_words(here: Path, monkeypatch: pytest.MonkeyPatch):
    def broken(*_: object) -> None:
        raise RuntimeError("rahasia")

    monkeypatch.setattr("kinerja_xl.uses.periksa.periksa", broken)
    assert said("periksa", "Rencana/2025", "--verbose").returncode == 2
    text = (here / log.FILE).read_text(encoding="utf-8")
    assert ("RuntimeError" in text, "rahasia" in text, Path(__file__).name in text) == (True, False, True)


def test_a_log_that_cannot_be_written_stops_nothing(here: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv(log.PLACE, str(here / "tidak-ada" / "x.log"))
    status, out, err = told("jelaskan", "R517")
    assert (status, "R517" in out, len(err.splitlines())) == (0, True, 1)


# ---- a sample to try with ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("more", "name"), [([], CLEAN), (["--bermasalah"], FAULTY)])
def test_contoh_copies_a_sample_office_and_the_guide(more: list[str], name: str, tmp_path: Path):
    status, out, err = told("contoh", tmp_path / "Contoh", *more)
    assert (status, err) == (0, "")
    office = ROOT / "samples" / name
    for path in [office / "Kantor.xlsx", *(office / "masuk").rglob("*.xlsx")]:
        assert (tmp_path / "Contoh" / path.relative_to(office)).read_bytes() == path.read_bytes()
    assert (tmp_path / "Contoh/panduan/panduan.md").read_bytes() == (ROOT / "docs/panduan.md").read_bytes()
    assert not (tmp_path / "Contoh/hasil").exists()
    assert f"rekap {tmp_path / 'Contoh'}" in out


def test_contoh_touches_nothing_that_is_there(tmp_path: Path):
    (tmp_path / "surat.docx").write_bytes(b"surat")
    assert told("contoh", tmp_path)[:2] == (2, "")
    assert [path.name for path in tmp_path.iterdir()] == ["surat.docx"]
