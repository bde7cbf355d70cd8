"""Any file by its content: formats, refusals, copies of the same money, padanan, the verb, and the labelled set."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from bench import lapangan
from kinerja_xl.face.cli import main
from kinerja_xl.foreign.model import NONE
from kinerja_xl.foreign.padanan import Padanan, load_padanan
from kinerja_xl.foreign.read import read_foreign
from kinerja_xl.uses.baca import as_json
from kinerja_xl.uses.padanan import padanan_book
from tests.asing_uji import sums, xlsx
from tests.libre import find

N = None
RAB = ["No", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah"]
ROWS = [RAB, [1, "Kertas", 2, "rim", 50000, 100000], [2, "Map", 1, "dus", 75000, 75000], [N, "Jumlah", N, N, N, 175000]]
ZONES = [
    ["No", "Nama Barang", "Satuan", "Harga Zona 1", "Harga Zona 2"],
    [1, "Kertas", "rim", 50000, 52000],
    [2, "Pulpen", "bh", 5000, 5500],
]
HTML = (
    b"<!DOCTYPE html><html><body><table><tr>" + b"".join(f"<td>{c}</td>".encode() for c in RAB)
    + b"</tr><tr><td>1</td><td>Kertas</td><td>2</td><td>rim</td><td>50.000,00</td><td>100.000,00</td></tr>"
    b"<tr><td colspan=5>Jumlah</td><td>100.000,00</td></tr></table></body></html>"
)  # fmt: skip
MHTML = (
    b'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n'
    + b"--x\r\nContent-Type: text/html\r\n\r\n"
    + HTML
    + b"\r\n--x--\r\n"
)


def read(data, name="uji.xlsx", **kwargs):
    return read_foreign(data, name, **kwargs)


# ---- formats ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("kosong.xlsx", b"", "B101"),
        ("~$rab.xlsx", xlsx({"A": ROWS}), "L102"),
        ("kunci.xlsx", b"\x04Budi" + b" " * 50 + b"\x04\x00B\x00u\x00d\x00i\x00" + b" \x00" * 50, "L102"),
        ("teks.xlsx", xlsx({"A": ROWS}).decode("utf-8", "replace").encode(), "L103"),
        ("terpotong.xlsx", xlsx({"A": ROWS})[:3000], "B102"),
        ("laporan.xlsx", b"%PDF-1.7 ...", "L104"),
        ("data.csv", b"no;uraian;jumlah\n1;kertas;1000\n", "L107"),
        ("unduhan.xls", HTML, "L101"),
        ("unduhan.xlsx", MHTML, "L101"),
        ("rusak.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "L104"),
    ],
)
def test_what_cannot_be_read_gets_its_own_sentence(name, data, code):
    book = read(data, name)
    assert book.refused is not None and (book.refused.code, book.tables) == (code, ())
    answer = as_json(book)[0]
    assert answer["refused"] and answer["message"] and answer["sheet"] is None


@pytest.mark.parametrize("data", [HTML, MHTML])
def test_a_web_page_is_read_when_somebody_says_what_it_is(data):
    table = read(data, "unduhan.xls", sebagai="rab").imported[0]
    assert (len(table.lines), sums(table)) == (1, {"jumlah": 100000})


@pytest.mark.parametrize("form", ["xls", "ods"])
def test_old_and_open_formats_give_the_same(form, tmp_path, libre):
    (tmp_path / "uji.xlsx").write_bytes(xlsx({"RAB": ROWS}))
    profile = f"-env:UserInstallation=file://{tmp_path}/profil"
    command = [str(find()), profile, "--headless", "--convert-to", form, "--outdir", str(tmp_path), str(tmp_path / "uji.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    book = read((tmp_path / f"uji.{form}").read_bytes(), "uji.xlsx")  # the name says something else
    table = book.imported[0]
    assert (book.form, [line.row for line in table.lines], sums(table)) == (form, [2, 3], {"jumlah": 175000})
    assert book.findings == ()


def test_hidden_sheets_and_sheets_without_a_table_are_said():
    book = read(xlsx({"RAB": ROWS, "Sisa": [["catatan", "lain"], ["a", 1]]}, hidden=("Sisa",)))
    assert [(f.code, f.sheet) for f in book.findings] == [("L203", "Sisa")]
    assert [(t.sheet, t.kind, [f.code for f in t.findings]) for t in book.tables] == [
        ("RAB", "rab", []),
        ("Sisa", NONE, ["L201"]),
    ]


# ---- the same money again ----------------------------------------------------------------------------


def test_filtered_copies_and_recapitulations_count_once():
    lines = [[f"5.1.02.01.{n:04}", f"Belanja {n}", 100_000 + 7_000 * n] for n in range(1, 9)]
    whole = [["Kode Rekening", "Uraian", "Anggaran"], ["5.1.02", "Barang", sum(r[2] for r in lines)], *lines]
    part = [["Uraian", "Kode Rekening", "Pagu Anggaran"], *[[r[1], r[0], r[2]] for r in lines[:5]]]
    book = read(xlsx({"Semua": whole, "Bagian": part, "Saringan": [whole[0], *lines]}))
    assert [(t.sheet, t.kind) for t in book.tables] == [("Semua", "rab"), ("Bagian", NONE), ("Saringan", NONE)]
    assert [t.findings[0].code for t in book.tables[1:]] == ["L207", "L207"]
    assert read(xlsx({"Semua": whole, "Bagian": part}), lembar="Bagian").imported[0].sheet == "Bagian"


def test_a_list_of_totals_beside_its_tables_counts_once():
    first = [
        ["A. Rapat"],
        RAB,
        [1, "Kue", 10, "kotak", 20000, 200000],
        [2, "Air", 1, "dus", 103000, 103000],
        [N, "Jumlah", N, N, N, 303000],
    ]
    second = [["B. Cetak"], RAB, [1, "Spanduk", 2, "bh", 101000, 202000], [N, "Jumlah", N, N, N, 202000]]
    recap = [["No", "Kegiatan", "Anggaran (Rp)"], [1, "Rapat", 303000], [2, "Cetak", 202000], [N, "Total", 505000], []]
    book = read(xlsx({"RAB": [*recap, *first, *second]}))
    assert [(t.kind, len(t.lines)) for t in book.tables if t.kind != NONE] == [("rab", 3)]
    assert sums(book.imported[0]) == {"jumlah": 505000}


def test_other_rows_of_the_same_sum_are_no_copy():
    """Two lists of one form that come to the same: both count. The same rows under one name less are a copy all the same."""
    last = [N, "Jumlah", N, N, N, 600000]
    first = [RAB, [1, "Kertas", 10, "rim", 50000, 500000], [2, "Map", 20, "buah", 5000, 100000], last]
    other = [RAB, [1, "Tinta", 10, "botol", 50000, 500000], [2, "Toner", 20, "buah", 5000, 100000], last]
    again = [RAB, [1, "Kertas", 10, "rim", 50000, 500000], [2, "Map plastik", 20, "buah", 5000, 100000], last]
    both = read(xlsx({"RAB 1": first, "RAB 2": other}))
    assert [sums(t) for t in both.imported] == [{"jumlah": 600000}, {"jumlah": 600000}]
    assert [[f.code for f in t.findings] for t in both.tables] == [[], []]
    copied = read(xlsx({"RAB 1": first, "RAB 2": again}))
    assert [[f.code for f in t.findings] for t in copied.tables] == [[], ["L207"]] and len(copied.imported) == 1


@pytest.mark.parametrize(
    ("year", "counted", "said"),
    [([330, 600, 165], 3, set()), ([330, 600, 175], 3, {("L436", "C4")}), ([150, 330, 600], 4, None), ([110, 210, 60], 4, None)],
    ids=["sum", "one slip", "other amounts", "the last month once more"],
)
def test_a_recap_of_sheets_line_by_line_counts_once(year: list[int], counted: int, said: set[tuple[str, str]] | None):
    """Its months or villages count, and the line that is not theirs is named; a sheet of its own figures is none."""
    names, parts = ("Gaji", "Listrik", "Kertas"), ([100, 190, 50], [120, 200, 55], [110, 210, 60])
    sheets = {
        name: [["Uraian", "Pagu", "Realisasi"], *[[n, 9_000_000, v * 1000] for n, v in zip(names, own, strict=True)]]
        for name, own in zip(("Asana", "Lioka", "Matompi", "Rekap"), (*parts, year), strict=True)
    }
    book = read(xlsx(sheets))
    assert len(book.imported) == counted
    if said is not None:
        found = {(f.code, f.cell) for f in book.tables[-1].findings}
        assert found == {("L207", ""), *said}


def test_the_year_of_indicators_beside_its_quarters_is_kept_and_said():
    head = ["Indikator", "Satuan", "Target", "Realisasi"]
    first = [["Siswa", "Orang", 10, 9], ["Guru", "Orang", 5, 6], ["Hadir", "%", 95, 93]]
    quarters = [[[name, unit, t + n * (unit != "%"), r + n] for name, unit, t, r in first] for n in range(4)]
    year = [["Siswa", "Orang", 46, 42], ["Guru", "Orang", 26, 40], ["Hadir", "%", 95, 94.5]]
    sheets = {f"TW{n}": [head, *rows] for n, rows in enumerate(quarters, 1)} | {"Setahun": [head, *year]}
    book = read(xlsx(sheets))
    assert len(book.imported) == 5
    assert {(f.code, f.cell) for f in book.tables[-1].findings} == {("L439", ""), ("L436", "D3")}


def test_quarters_so_far_are_no_recapitulation_of_each_other():
    """25, 50 and 75 % so far: the third is the sum of the first two on each line, and nothing of them."""
    head = ["Indikator", "Satuan", "Target", "Realisasi"]
    rows = [[["Rapat", "Kali", 12, 3 * n], ["Laporan", "Dokumen", 4, n], ["Kunjungan", "Orang", 400, 100 * n]] for n in (1, 2, 3)]
    book = read(xlsx({f"TW {n}": [head, *own] for n, own in zip(("I", "II", "III"), rows, strict=True)}))
    assert [[f.code for f in table.findings] for table in book.tables] == [[], ["L439"], ["L439"]]
    assert all("gabungan" not in f.masalah for table in book.tables for f in table.findings)


def test_what_is_called_old_is_not_the_main_one():
    lines = [[1, "Kertas", 300_000], [2, "Tinta", 800_000], [3, "Map", 400_000], [4, "Kue", 250_000]]
    head = ["No", "Uraian", "Jumlah (Rp)"]
    for old, counted in (("RAB lama", ["RAB final"]), ("RAB", ["RAB"])):
        book = read(xlsx({old: [head, *lines], "RAB final": [head, *lines[:3], [4, "Kue", 275_000]]}))
        assert [table.sheet for table in book.imported] == counted


@pytest.mark.parametrize(("more", "counted"), [(0, ["Bulanan"]), (1_000_000, ["Bulanan", "Triwulan"])])
def test_quarters_that_add_up_the_months_of_another_sheet_count_once(more: int, counted: list[str]):
    """A budget that is the same every month proves nothing; that what was spent runs along with it does."""
    called = ["Januari", "Februari", "Maret", "April", "Mei", "Juni"]
    called += ["Juli", "Agustus", "September", "Oktober", "November", "Desember"]
    spent = [1_250_000 * n + 7_000 for n in range(1, 13)]
    months = [[n, name, 20_000_000, value] for n, (name, value) in enumerate(zip(called, spent, strict=True), 1)]
    parts = [(called[n + 2], sum(spent[n : n + 3]) + more) for n in range(0, 12, 3)]
    quarters = [[f"TW {n}", name, 60_000_000, value, 60_000_000 - value] for n, (name, value) in enumerate(parts, 1)]
    heads = ["No", "Bulan", "Anggaran (Rp)", "Realisasi (Rp)"], ["TW", "Bulan Terakhir", "Anggaran TW", "Realisasi TW", "Sisa TW"]
    book = read(xlsx({"Bulanan": [heads[0], *months], "Triwulan": [heads[1], *quarters]}))
    assert [table.sheet for table in book.imported] == counted


# ---- padanan -------------------------------------------------------------------------------------------


def test_an_answer_is_kept_used_again_and_a_drifted_layout_is_noticed(tmp_path):
    table = read(xlsx({"SSH": ZONES})).imported[0]
    assert [q.key for q in table.questions] == ["zona"] and table.said
    kept = Padanan().with_answers(table, {"zona": "Harga Zona 2"})
    again = load_padanan(padanan_book(kept), "Padanan.xlsx")  # through Excel's format and back
    assert again.answers == kept.answers and again.findings == ()
    moved = [[N, N, *reversed(row)] for row in ZONES]  # other place, other order: the same layout
    answered = read(xlsx({"Lain": [[], *moved]}), "lain.xlsx", padanan=again).imported[0]
    assert sums(answered) == {"harga": 57500} and not answered.questions and not answered.said
    drifted = [[*ZONES[0], "Harga Zona 3"], *[[*row, 60000] for row in ZONES[1:]]]
    changed = read(xlsx({"SSH": drifted}), padanan=again).imported[0]
    assert {"L306", "L501"} <= {f.code for f in changed.findings} and len(changed.questions) == 1
    odd = replace(again, answers=tuple(replace(a, jawaban="Zona 9") for a in again.answers))
    assert {"L502", "L306"} <= {f.code for f in read(xlsx({"SSH": ZONES}), padanan=odd).imported[0].findings}


# ---- the verb -------------------------------------------------------------------------------------------


def test_the_verb_prints_json_and_its_status_says_whether_somebody_has_to_look(tmp_path):
    clean, doubtful = tmp_path / "rab.xlsx", tmp_path / "ssh.xlsx"
    clean.write_bytes(xlsx({"RAB": ROWS}))
    doubtful.write_bytes(xlsx({"SSH": ZONES}))
    run = CliRunner().invoke(main, ["baca", str(clean), "--format", "json"])
    answer = json.loads(run.stdout)
    assert run.exit_code == 0
    assert [(a["sheet"], a["kind"], a["n_leaf"], a["sums"], a["message"]) for a in answer] == [
        ("RAB", "rab", 2, {"jumlah": "175000"}, "")
    ]
    run = CliRunner().invoke(main, ["baca", str(doubtful), "--format", "json"])
    assert run.exit_code == 1 and json.loads(run.stdout)[0]["pertanyaan"][0]["kunci"] == "zona"
    assert CliRunner().invoke(main, ["baca", str(clean), "--lembar", "Lain"]).exit_code == 2
    assert CliRunner().invoke(main, ["baca", str(tmp_path / "tidak_ada.xlsx")]).exit_code == 2


def test_the_result_workbook_names_every_row_read_and_left_out(tmp_path):
    source, target = tmp_path / "rab.xlsx", tmp_path / "hasil.xlsx"
    source.write_bytes(xlsx({"RAB": ROWS}))
    assert CliRunner().invoke(main, ["baca", str(source), "-o", str(target)]).exit_code == 0
    first = target.read_bytes()
    book = load_workbook(target)
    assert book.sheetnames == ["Ringkasan", "1 RAB", "Tidak Dihitung", "Kolom", "Pembuktian", "Catatan"]
    lines = list(book["1 RAB"].iter_rows(min_row=5, values_only=True))
    assert [(row[0], row[1], row[4], row[-1]) for row in lines] == [("RAB", 2, "Kertas", 100000), ("RAB", 3, "Map", 75000)]
    assert [(c.row, c.value) for c in book["Tidak Dihitung"]["C"][4:]] == [(5, 4)]
    CliRunner().invoke(main, ["baca", str(source), "-o", str(target)])
    assert target.read_bytes() == first


def test_input_files_stay_as_they_are(tmp_path):
    source = tmp_path / "rab.xlsx"
    source.write_bytes(xlsx({"RAB": ROWS}))
    before = source.read_bytes()
    CliRunner().invoke(main, ["baca", str(source), "-o", str(tmp_path / "hasil.xlsx")])
    assert source.read_bytes() == before


# ---- the labelled set ------------------------------------------------------------------------------------


@pytest.mark.skipif(not (lapangan.FOLDER / "label.json").exists(), reason="himpunan berlabel tidak ada di sini")
def test_the_labelled_set_is_never_silently_wrong():
    results, _ = lapangan.read_all(lapangan.FOLDER)
    rows, _ = lapangan.verdicts(lapangan.FOLDER, results)
    verdicts = [row["verdict"] for row in rows]
    assert verdicts.count("silent_wrong") == 0
    assert verdicts.count("exact") >= lapangan.EXACT_TARGET * len(verdicts)
    strict = lapangan.strictly(lapangan.FOLDER, results, rows)
    assert [one.file for one in strict if one.verdict == "silent_wrong"] == []
    assert sum((one.names for one in strict), lapangan.Share()).enough
    assert sum((one.prices for one in strict), lapangan.Share()).enough
    named = lapangan.defects(lapangan.FOLDER, results)
    assert all(codes for _, _, _, codes, _ in named) and all(amount for _, _, wanted, _, amount in named if wanted)


def test_the_bench_is_one_command():
    run = subprocess.run(
        [sys.executable, "-m", "bench.lapangan", "--help"],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parent.parent,
    )
    assert run.returncode == 0 and "FOLDER" in run.stdout.upper()
