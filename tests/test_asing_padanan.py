"""Padanan.xlsx damaged, foreign, or with answers that mean nothing: said with its cell by every verb that needs it, never a
traceback, never overwritten; a layout that drifted since is not misread."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from kinerja_xl.adopt.kept import read_answers, said_of
from kinerja_xl.face.cli import main
from kinerja_xl.foreign.padanan import Padanan
from kinerja_xl.foreign.read import read_foreign
from kinerja_xl.office.folder import InputError
from kinerja_xl.uses.baca import baca
from kinerja_xl.uses.kunci import lock
from kinerja_xl.uses.padanan import keep, padanan_book
from kinerja_xl.uses.periksa import periksa
from kinerja_xl.uses.rekap import rekap
from tests.asing_pakai import padanan, places
from tests.asing_uji import xlsx
from tests.kantor_uji import clean
from tests.test_asing_dpa import AGREED, dpa
from tests.test_asing_lra import BARE, FIRST, measured
from tests.test_asing_rekap import HEAD, RAB, SEMULA, TRANTIB, office, rab_rows, source

GOOD = padanan({RAB: {"unit": "pmd"}})
DAMAGED = {
    "terpotong": GOOD[: len(GOOD) // 2], "teks": b"bukan buku kerja", "kosong": b"", "buku lain": xlsx({"Catatan": [["halo"]]}),
    "Kantor.xlsx": clean("kantor"),
}  # fmt: skip


def with_padanan(place: Path, data: bytes, files: dict[str, bytes] | None = None) -> Path:
    folder = office(place, files or {"RAB.xlsx": RAB})
    (folder / "Padanan.xlsx").write_bytes(data)
    return folder


@pytest.mark.parametrize("name", DAMAGED)
def test_every_verb_says_that_it_cannot_be_read(name: str, tmp_path: Path):
    data = DAMAGED[name]
    folder = with_padanan(tmp_path, data)
    recap = rekap(folder)
    assert [f.code for f in recap.findings if f.file == "Padanan.xlsx"] == ["L511"]
    assert (recap.total_rab, source(recap, "RAB.xlsx")[0]) == (TRANTIB, "tidak terbaca")
    assert [f.code for f in periksa([folder / "masuk" / "RAB.xlsx"]) if f.file == "Padanan.xlsx"] == ["L511"]
    (folder / "DPA.xlsx").write_bytes(dpa(AGREED))
    locked = lock(folder, str(folder / "DPA.xlsx"), tanggal=date(2024, 12, 20))
    assert [f.code for f in locked.findings if f.file == "Padanan.xlsx"] == ["L511"]
    (tmp_path / "b").mkdir()
    year = measured(tmp_path / "b", 2, FIRST | {"TW2/LRA.xlsx": BARE}, data or b" ")
    assert [f.code for f in year.findings if f.file == "Padanan.xlsx"] == ["L511"]
    assert (folder / "Padanan.xlsx").read_bytes() == data


@pytest.mark.parametrize("name", DAMAGED)
def test_baca_says_it_too_and_never_writes_over_it(name: str, tmp_path: Path):
    folder = with_padanan(tmp_path, DAMAGED[name])
    path = folder / "masuk" / "RAB.xlsx"
    run = CliRunner().invoke(main, ["baca", str(path), "--padanan", str(folder / "Padanan.xlsx")])
    assert (run.exit_code, "L511" in run.output) == (1, True)
    run = CliRunner().invoke(main, ["baca", str(path), "--padanan", str(folder / "Padanan.xlsx"), "--jawab", "unit=pmd"])
    assert (run.exit_code, "Traceback" in run.output) == (2, False)
    assert (folder / "Padanan.xlsx").read_bytes() == DAMAGED[name]


@pytest.mark.parametrize("name", DAMAGED)
def test_the_recap_as_a_verb_ends_with_a_sentence_and_status_one(name: str, tmp_path: Path):
    folder = with_padanan(tmp_path, DAMAGED[name])
    run = CliRunner().invoke(main, ["rekap", str(folder), "--format", "json"])
    said = [c for c in json.loads(run.stdout)["catatan"] if c["berkas"] == "Padanan.xlsx"]
    assert (run.exit_code, [c["kode"] for c in said]) == (1, ["L511"])


def answered(**changes: str) -> bytes:
    """A Padanan.xlsx with the answers unit, jenis, periode and a column; one of them changed."""
    answers = {"unit": "pmd", "periode": "kumulatif", "kolom:jumlah": "Pagu Sebelum"} | changes
    return padanan({SEMULA: answers})


WRONG = {
    "unit": (answered(unit="umum"), {("L512", "Padanan", "H9")}),
    "jenis": (answered(jenis="RABB"), {("L512", "Padanan", "H8")}),
    "periode": (answered(periode="bulanan"), {("L512", "Padanan", "H10")}),
    "kolom": (answered(**{"kolom:jumlah": "Z"}), {("L512", "Padanan", "H11")}),
    "lembar": (answered(**{"kolom:jumlah": "Biaya"}), {("L512", "Padanan", "H11")}),
    "kunci": (answered(apa="saja"), {("L512", "Padanan", "E12")}),
    "baik": (answered(), set()),
    "isi": (answered(**{"isi:kolom:Tren": "kosong", "isi:jenis": "rab"}), set()),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_an_answer_that_means_nothing_is_named_with_its_cell(name: str, tmp_path: Path):
    data, wanted = WRONG[name]
    folder = with_padanan(tmp_path, data, {"SEMULA.xlsx": SEMULA})
    assert places(f for f in rekap(folder).findings if f.file == "Padanan.xlsx") == wanted
    said = [f for book in baca([folder / "masuk" / "SEMULA.xlsx"], padanan=folder / "Padanan.xlsx") for f in book.all_findings()]
    assert places(f for f in said if f.file == "Padanan.xlsx") == wanted


def test_two_answers_to_one_question_count_neither(tmp_path: Path):
    (tmp_path / "p.xlsx").write_bytes(GOOD)
    kept = read_answers(tmp_path / "p.xlsx")
    (own,) = [a for a in kept.answers if a.kunci == "unit"]
    other = padanan_book(Padanan(answers=(*kept.answers, type(own)(**{**fields(own), "jawaban": "trantib"}))))
    folder = with_padanan(tmp_path, other)
    recap = rekap(folder)
    assert places(f for f in recap.findings if f.file == "Padanan.xlsx") == {("L513", "Padanan", "H10")}
    assert (recap.total_rab, source(recap, "RAB.xlsx")[0]) == (TRANTIB, "ditahan")
    assert "L504" in {f.code for f in recap.findings if f.file == "RAB.xlsx"}


def fields(answer: object) -> dict[str, object]:
    return {name: getattr(answer, name) for name in ("sidik", "asal", "judul", "kunci", "pertanyaan", "pilihan", "jawaban")}


def test_a_row_without_its_answer_is_named_and_kept(tmp_path: Path):
    (tmp_path / "p.xlsx").write_bytes(GOOD)
    kept = read_answers(tmp_path / "p.xlsx")
    blank = [type(a)(**{**fields(a), "jawaban": "" if a.kunci == "unit" else a.jawaban}) for a in kept.answers]
    (tmp_path / "p.xlsx").write_bytes(padanan_book(Padanan(answers=tuple(blank))))
    assert places(said_of(read_answers(tmp_path / "p.xlsx"), "p.xlsx", ["pmd"])) == {("N401", "Padanan", "H9")}


def test_a_good_one_is_extended_and_a_bad_one_never(tmp_path: Path):
    folder = with_padanan(tmp_path, GOOD, {"RAB.xlsx": RAB, "SEMULA.xlsx": SEMULA})
    before = read_answers(folder / "Padanan.xlsx").answers
    keep(baca([folder / "masuk" / "SEMULA.xlsx"]), {"unit": "pmd"}, folder / "Padanan.xlsx")
    assert set(before) < set(read_answers(folder / "Padanan.xlsx").answers)
    (folder / "Padanan.xlsx").write_bytes(GOOD[:900])
    with pytest.raises(InputError):
        keep(baca([folder / "masuk" / "SEMULA.xlsx"]), {"unit": "pmd"}, folder / "Padanan.xlsx")


# ---- a layout that drifted -----------------------------------------------------------------------------


def moved() -> bytes:
    """The same headings, the amounts one column further right."""
    rows = rab_rows()
    return xlsx({"Biaya": [rows[0], rows[1], [*rows[2], "Keterangan"], *([*row[:6], None, row[6]] for row in rows[3:])]})


DRIFTED = {
    "kolom disisipkan": xlsx({"Biaya": [r[:3] + [head] + r[3:] if len(r) > 3 else r
                                        for r, head in zip(rab_rows(), [None, None, "Merek", *[None] * 9], strict=True)]}),
    "judul diganti": xlsx({"Biaya": rab_rows([*HEAD[:6], "Jumlah Usulan"])}),
    "kolom dibuang": xlsx({"Biaya": [r[1:] if len(r) > 1 else r for r in rab_rows()]}),
    "jumlah bergeser": moved(),
}  # fmt: skip


@pytest.mark.parametrize("name", DRIFTED)
def test_a_drifted_layout_is_noticed_and_counts_nothing(name: str, tmp_path: Path):
    folder = with_padanan(tmp_path, GOOD, {"RAB.xlsx": DRIFTED[name]})
    recap = rekap(folder)
    assert (recap.total_rab, recap.total_tidak_dihitung.amount) == (TRANTIB, 0)
    assert ("L503", "Biaya", "") in places(f for f in recap.findings if f.file == "RAB.xlsx")


def test_the_same_headings_over_moved_amounts_count_nothing_silently(tmp_path: Path):
    rows = rab_rows()
    head = [*HEAD, "Keterangan"]
    body = [[*r[:6], r[6], None] for r in rows[3:]], [[*r[:6], None, r[6]] for r in rows[3:]]
    known, shifted = (xlsx({"Biaya": [*rows[:2], head, *lines]}) for lines in body)
    assert {t.fingerprint for t in read_foreign(known, "a").tables} == {t.fingerprint for t in read_foreign(shifted, "a").tables}
    folder = with_padanan(tmp_path, padanan({known: {"unit": "pmd"}}), {"RAB.xlsx": shifted})
    recap = rekap(folder)
    own = [line for line in recap.lines if line.unit == "pmd" and line.counted]
    assert sum(line.jumlah or 0 for line in own) in (0, 10_950_000)
    assert {f.code for f in recap.findings if f.file == "RAB.xlsx"} - {"L507"}
