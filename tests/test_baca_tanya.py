"""``baca`` on a terminal: what is asked, what an answer does, where it is kept; and a unit's form filled with what was read."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from kinerja_xl.face.cli import main, terminal_baca
from kinerja_xl.office.prefill import office_listings
from kinerja_xl.package import patch
from kinerja_xl.reading.intake import read_submission
from kinerja_xl.uses.padanan import load_answers
from kinerja_xl.uses.rekap import rekap
from tests.asing_uji import xlsx
from tests.kantor_uji import SUB_A, SUB_B, Folder, small_office

N = None
ZONES = [["DAFTAR HARGA SATUAN"], ["No", "Nama Barang", "Satuan", "Harga Zona 1", "Harga Zona 2"],
         [1, "Kertas", "rim", 50_000, 52_000], [2, "Pulpen", "bh", 5_000, 5_500]]  # fmt: skip
BEFORE_AFTER = [["RAB TAHUN ANGGARAN 2025"], ["Kode", "Uraian", "Pagu Sebelum", "Pagu Sesudah"],
                ["5.1.02.01.01.0024", "Belanja ATK", 200_000, 150_000],
                ["5.1.02.01.01.0052", "Belanja makan", 100_000, 100_000], [N, "Jumlah", 300_000, 250_000]]  # fmt: skip
QUESTION = "Nomor pilihan"


@pytest.fixture
def year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A year's folder with somebody at the terminal."""
    monkeypatch.setattr(terminal_baca, "can_ask", lambda: True)
    folder = Folder().drop("pmd").write(tmp_path / "kantor")
    monkeypatch.chdir(folder)
    (folder / "formulir").mkdir()
    return folder


def put(place: Path, name: str, rows, sheet="Lembar") -> str:
    (place / name).write_bytes(xlsx({sheet: rows}))
    return str(place / name)


def baca(*args: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, ["baca", *args], input=typed)


def answers(place: Path) -> list[tuple[str, str]]:
    return [(a.kunci, a.jawaban) for a in load_answers(place / "Padanan.xlsx").answers]


# ---- asking ------------------------------------------------------------------------------------------------------


def test_an_answer_is_used_kept_and_not_asked_again(year: Path):
    file = put(year, "ssh.xlsx", ZONES)
    first = baca(file, typed="2\n")
    assert "Harga Zona 1" in first.output and "2 angka, terbesar 50.000" in first.output  # the evidence
    assert "harga satuan Rp57.500" in first.output and "Padanan.xlsx" in first.output and first.exit_code == 0
    assert answers(year) == [("zona", "Harga Zona 2")]
    again = baca(file)
    assert QUESTION not in again.output and "harga satuan Rp57.500" in again.output and again.exit_code == 0


def test_enter_leaves_the_question_open(year: Path):
    run = baca(put(year, "ssh.xlsx", ZONES), typed="\n")
    assert run.output.count(QUESTION) == 1 and "Pertanyaan (Lembar D2)" in run.output
    assert run.exit_code == 1 and not (year / "Padanan.xlsx").exists()


def test_a_wrong_answer_is_asked_again(year: Path):
    run = baca(put(year, "ssh.xlsx", ZONES), typed="9\nzona dua\n0\n1\n")
    assert run.output.count(QUESTION) == 4 and '"zona dua" bukan pilihan' in run.output
    assert answers(year) == [("zona", "Harga Zona 1")] and run.exit_code == 0


def test_the_end_of_input_keeps_what_was_answered(year: Path):
    files = [put(year, "ssh.xlsx", ZONES), put(year, "pagu.xlsx", BEFORE_AFTER)]
    run = baca(*files, typed="1\n")
    assert run.output.count(QUESTION) == 2 and answers(year) == [("zona", "Harga Zona 1")]
    assert run.exit_code == 1 and "Pertanyaan (Lembar D2)" in run.output  # the second one is still open
    nobody = baca(files[1])
    assert nobody.exit_code == 1 and answers(year) == [("zona", "Harga Zona 1")]


def test_one_layout_is_asked_about_once(year: Path):
    files = [put(year, f"ssh{i}.xlsx", ZONES) for i in range(3)]
    run = baca(*files, typed="2\n")
    assert run.output.count(QUESTION) == 1 and run.output.count("harga satuan Rp57.500") == 3 and run.exit_code == 0


def test_without_an_office_an_answer_serves_once_and_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(terminal_baca, "can_ask", lambda: True)
    monkeypatch.chdir(tmp_path)
    run = baca(put(tmp_path, "ssh.xlsx", ZONES), typed="2\n")
    assert "harga satuan Rp57.500" in run.output and "kali ini saja" in run.output and run.exit_code == 0
    assert list(tmp_path.iterdir()) == [tmp_path / "ssh.xlsx"]
    kept = baca("ssh.xlsx", "--padanan", "Jawaban.xlsx", typed="2\n")
    assert kept.exit_code == 0 and (tmp_path / "Jawaban.xlsx").exists()


def test_an_answer_may_bring_another_question(year: Path):
    rows = [
        ["DAFTAR"], ["No", "Uraian", "Pagu (Rp)", "Target", "Target Perubahan"],
        [1, "Rapat koordinasi", 20_000_000, 12, 14],
        [2, "Desa dibina", 30_000_000, 6, 7],
    ]  # fmt: skip
    run = baca(put(year, "kinerja.xlsx", rows), typed="2\n2\n")  # indikator; the options begin with what the program took
    assert dict(answers(year)) == {"jenis": "indikator", "kolom:target": "Target Perubahan"}
    assert run.output.count(QUESTION) == 2 and "target 21" in run.output


def test_a_changed_layout_is_noticed_and_asked_about(year: Path):
    baca(put(year, "ssh.xlsx", ZONES), typed="2\n")
    wider = [ZONES[0], [*ZONES[1], "Harga Zona 3"], *[[*row, 60_000] for row in ZONES[2:]]]
    run = baca(put(year, "ssh baru.xlsx", wider), typed="3\n")
    assert "dibuat untuk tata letak lain: kolom baru Harga Zona 3" in run.output.split(QUESTION)[0]
    assert answers(year) == [("zona", "Harga Zona 2"), ("zona", "Harga Zona 3")]


def test_an_answer_edited_in_excel_counts_and_a_foreign_one_is_said(year: Path):
    file = put(year, "ssh.xlsx", ZONES)
    baca(file, typed="2\n")
    edit(year / "Padanan.xlsx", "Harga Zona 2", "harga zona 1")
    assert "harga satuan Rp55.000" in baca(file).output
    edit(year / "Padanan.xlsx", "harga zona 1", "Zona Kota")
    run = baca(file, typed="\n")
    assert "L502" in run.output and run.output.count(QUESTION) == 1 and run.exit_code == 1


def edit(path: Path, old: str, new: str) -> None:
    book = load_workbook(path)
    for row in book.worksheets[0].iter_rows():
        for cell in row:
            if cell.value == old:
                cell.value = new
    book.save(path)


def test_answers_that_cannot_be_read_are_never_written_over(year: Path):
    place = year / "Padanan.xlsx"
    place.write_bytes(b"PK\x03\x04 terpotong")
    run = baca(put(year, "ssh.xlsx", ZONES), typed="2\n")
    assert run.exit_code != 0 and "Padanan.xlsx" in run.output and place.read_bytes() == b"PK\x03\x04 terpotong"


def test_nobody_is_asked_without_a_terminal_or_for_json(year: Path, monkeypatch: pytest.MonkeyPatch):
    file = put(year, "ssh.xlsx", ZONES)
    assert QUESTION not in baca(file, "--format", "json", typed="2\n").output
    monkeypatch.setattr(terminal_baca, "can_ask", lambda: False)
    run = baca(file, typed="2\n")
    assert QUESTION not in run.output and "Pertanyaan (Lembar D2)" in run.output and run.exit_code == 1
    assert not (year / "Padanan.xlsx").exists()


# ---- a unit's form -------------------------------------------------------------------------------------------------

HEAD = ["No", "Kode", "Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah"]
ATK, NARASUMBER, KOMPUTER = "5.1.02.01.01.0024", "5.1.02.02.01.0003", "5.2.02.10.01.0002"


def own_rab(count: int = 0, *, wrong: bool = False):
    """The unit's RAB in its own layout, ``count`` more lines of paper; ``wrong``: with what a form can't take as it stands."""
    paper = [[i, N, f"Kertas ukuran {i}", i, "Rim", 55_000, i * 55_000] for i in range(1, count + 1)]
    odd = [[N, N, "Cetak undangan", N, N, N, 75_000], [N, N, "Fotokopi", 100, "Lembar", 300, 40_000]] if wrong else []
    atk = 550_000 + sum(row[-1] for row in paper + odd)
    total = atk + 900_000 + 9_500_000
    return [
        ["RENCANA ANGGARAN BIAYA TAHUN ANGGARAN 2025"], [], HEAD, [N, SUB_A, "Peningkatan", N, N, N, atk + 900_000],
        [N, ATK, "Belanja ATK", N, N, N, atk], [N, N, "Kertas HVS F4", 10, "Rim", 55_000, 550_000], *paper, *odd,
        [N, NARASUMBER, "Honorarium", N, N, N, 900_000], [N, N, "Narasumber", 1, "Orang/Jam", 900_000, 900_000],
        [N, SUB_B, "Penguatan", N, N, N, 9_500_000], [N, KOMPUTER, "Belanja modal komputer", N, N, N, 9_500_000],
        [N, N, "Komputer jinjing layar 14 inci", 1, "Unit", 9_500_000, 9_500_000], [N, N, "JUMLAH", N, N, N, total],
    ]  # fmt: skip


def filled(path: Path):
    return read_submission(path.read_bytes(), path.name, office_listings(small_office()), small_office())


@pytest.mark.parametrize("count", [0, 120])
def test_a_filled_form_holds_every_row_and_the_recap_takes_it(year: Path, count: int):
    before = 13_400_000  # the other unit's
    form = year / "masuk" / "Usulan-pmd-2025.xlsx"
    run = baca(put(year, "RAB pmd.xlsx", own_rab(count), "Biaya"), "--isi-formulir", "pmd", "-o", str(form))
    assert run.exit_code == 0 and "Ditulis" in run.output and "pada baris" not in run.output
    rows = filled(form).rab
    total = 10_950_000 + sum(i * 55_000 for i in range(1, count + 1))
    assert [r.get("jumlah") for r in rows] == [550_000, *[i * 55_000 for i in range(1, count + 1)], 900_000, 9_500_000]
    assert {(r.get("kode_sub"), r.get("kode_rekening"), r.get("jenis_belanja")) for r in rows} == {
        (SUB_A, ATK, "Belanja Barang dan Jasa"), (SUB_A, NARASUMBER, "Belanja Barang dan Jasa"),
        (SUB_B, KOMPUTER, "Belanja Modal"),
    }  # fmt: skip
    assert rows[0].get("keterangan") == "Asal: RAB pmd.xlsx, lembar Biaya, baris 6"
    # What a RAB of its own layout can't say is left to the staff, and named; until then the recap holds the rows back.
    assert "masih harus diisi di formulir: Sumber Dana." in run.output
    assert (rekap(year).total_rab, rekap(year).total_tidak_dihitung.amount) == (before, total)
    completed(form, [r.places["sumber_dana"] for r in rows], "PAD")
    assert (rekap(year).total_rab, rekap(year).total_tidak_dihitung.amount) == (before + total, 0)


def completed(form: Path, cells: list[str], value: str) -> None:
    """The form after somebody filled these cells of its RAB."""
    form.write_bytes(patch(form.read_bytes(), {("RAB", cell): value for cell in cells}))


def test_what_a_form_cannot_take_is_named(year: Path):
    lra = [["REALISASI ANGGARAN"], ["Kode", "Uraian", "Anggaran", "Realisasi"], [ATK, "Belanja ATK", 2_000_000, 750_000]]
    (year / "RAB pmd.xlsx").write_bytes(xlsx({"Biaya": own_rab(wrong=True), "LRA": lra}))
    form = year / "masuk" / "Usulan-pmd-2025.xlsx"
    run = baca("RAB pmd.xlsx", "--isi-formulir", "pmd", "-o", str(form), typed="\n" * 9)
    said = [line.strip() for line in run.output.split("Ditulis: ")[1].splitlines()[1:]]
    assert [line.split(" pada baris ")[-1] for line in said[:2]] == ["7.", "8."]
    rest = [line for line in said[2:] if not line.startswith("Berikutnya: ")]
    assert [line.partition(": ")[2][:19] for line in rest] == ["masih harus diisi d", "1 baris realisasi t"]
    rows = filled(form).rab
    assert [(r.get("uraian"), r.get("jumlah")) for r in rows[1:3]] == [("Cetak undangan", None), ("Fotokopi", 30_000)]
    assert [str(r.get("keterangan")).rpartition("; ")[2] for r in rows[1:3]] == [
        "jumlah di sana Rp75.000", "jumlah di sana Rp40.000",
    ]  # fmt: skip


def test_codes_that_the_file_does_not_say_stay_open_and_are_named(year: Path):
    rows = [["RAB RAPAT"], HEAD, [1, N, "Kue", 10, "Kotak", 20_000, 200_000], [N, N, "JUMLAH", N, N, N, 200_000]]
    form = year / "formulir" / "Usulan-pmd-2025.xlsx"
    run = baca(put(year, "rapat.xlsx", rows), "--isi-formulir", "pmd")
    assert "kode sub kegiatan tidak ditemukan" in run.output and "kode rekening tidak ditemukan" in run.output
    assert [(r.get("kode_sub"), r.get("kode_rekening"), r.get("jumlah")) for r in filled(form).rab] == [(N, N, 200_000)]


def test_indicators_fill_the_form_and_missing_targets_are_named(year: Path):
    rows = [
        ["INDIKATOR KINERJA"], ["No", "Kode", "Indikator Kinerja", "Satuan", "Target"],
        [1, SUB_A, "Jumlah laporan", "Laporan", 4], [2, SUB_B, "Jumlah lembaga dilatih", "Lembaga Kemasyarakatan", N],
    ]  # fmt: skip
    form = year / "formulir" / "Usulan-pmd-2025.xlsx"
    run = baca(put(year, "kinerja.xlsx", rows), "--isi-formulir", "pmd")
    assert "target setahun tidak terbaca, dikosongkan pada baris 4." in run.output
    cells = [[v for v in row if v is not None] for row in load_workbook(form)["Indikator"].iter_rows(min_row=9, values_only=True)]
    assert [row[:4] for row in cells if row] == [
        [SUB_A, "Jumlah laporan", "Laporan", 4],
        [SUB_B, "Jumlah lembaga dilatih", "Lembaga Kemasyarakatan", "Asal: kinerja.xlsx, lembar Lembar, baris 4"],
    ]
    assert "masih harus diisi di formulir: Level," in run.output
    assert [r.get("nama") for r in filled(form).content.rows("indikator")] == ["Jumlah laporan", "Jumlah lembaga dilatih"]


def test_a_form_is_not_written_for_nobody_or_from_nothing(year: Path):
    file = put(year, "RAB pmd.xlsx", own_rab())
    assert baca(file, "--isi-formulir", "umum").exit_code == 2
    prices = put(year, "ssh.xlsx", [row[:4] for row in ZONES])
    assert baca(prices, "--isi-formulir", "pmd").exit_code == 2
    assert not list((year / "formulir").iterdir())
