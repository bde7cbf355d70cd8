"""The measuring workbooks: handed out, filled in, read back; what counts, what is left, and what is filled in again."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinerja_xl.office.folder import InputError
from kinerja_xl.office.prefill import office_listings
from kinerja_xl.package import patch
from kinerja_xl.reading.intake import read_return
from kinerja_xl.reading.workbook import read_workbook
from kinerja_xl.reckoning.year import Lack, Quarter, Realised
from kinerja_xl.sheets.realisasi import MEASURING
from kinerja_xl.uses.arsip import Locked
from kinerja_xl.uses.masuk import realised_of
from kinerja_xl.uses.realisasi import holds_figures, unit_realisasi, write_measuring
from kinerja_xl.uses.year import Year as YearFolder
from kinerja_xl.uses.year import read_office
from samples.bangun import ROOT
from samples.tahun_realisasi import build_returns
from tests.kantor_uji import edit, year_with
from tests.libre import REQUIRED
from tests.libre import Office as Libre
from tests.realisasi_uji import (
    FIGURES,
    INDICATORS,
    MONEY,
    PHYSICS,
    PROGRESS,
    SPENT,
    WHO,
    D,
    Year,
    at,
    blank_content,
    book_bytes,
    cell,
    clean,
    content,
    name,
    office,
    plan,
)

SAMPLE = ROOT / "samples/wasuponda-2025"


# ---- what counts -------------------------------------------------------------------------------


def _expected(figures: dict[str, tuple[object, ...]], tw: int) -> Quarter:
    """A clean quarter as ``FIGURES`` gives it."""
    value, above, below = (figures.get(key, (None,) * 4)[tw - 1] for key in ("real", "bil", "sebut"))
    if value is None and above is None:
        return Quarter()
    number = value if isinstance(value, str) and not value[0].isdigit() else None if value is None else D(value)
    pair = (None if x is None else D(x) for x in (above, below))
    return Quarter(value=number, numerator=next(pair), denominator=next(pair), lack=None)


@pytest.mark.parametrize("triwulan", [1, 2, 3, 4])
def test_a_clean_year_is_read_exactly(triwulan: int):
    realised = Year(triwulan=triwulan).realised()
    rows = [*FIGURES["pmd"], *FIGURES["trantib"]]
    for found, figures in zip(realised.indicators, rows, strict=True):
        wanted = [_expected(figures, tw) if tw <= triwulan else Quarter() for tw in range(1, 5)]  # type: ignore[arg-type]
        assert list(found.quarters) == wanted, found.identity
    steps = [*PROGRESS["pmd"], *PROGRESS["trantib"]]
    for physical, wanted_steps in zip(realised.physical, steps, strict=True):
        assert [x for x in physical.quarters if x is not None] == [D(x) for x in wanted_steps[:triwulan]]
    assert [s.quarters[:triwulan] for s in realised.spent] == [amounts[:triwulan] for amounts in SPENT]
    assert (realised.late, realised.missing, realised.findings) == ({}, {}, ())


def test_words_of_each_triwulan_keep_their_line_breaks():
    notes = Year(triwulan=2).realised().indicators[0].notes
    assert notes[2] == {"bukti": "Laporan", "penghambat": "Hujan\nJalan rusak", "tindak_lanjut": "Jadwal TW 2"}


def test_rows_read_are_rows_used_or_reported():
    year = (
        Year(triwulan=2).edit("pmd", 2, INDICATORS, 0, nama="Lain").edit("pmd", 2, PHYSICS, 1, kode_sub="7.01.03.2.09.0001")
        .add(2, "pmd lagi.xlsx", clean("trantib", 2)).add(1, "rusak trantib.xlsx", b"bukan zip")
    )  # fmt: skip
    files = {f.file: f for f in year.realised().files}
    assert all(f.rows_read == f.rows_used + f.rows_reported for f in files.values())
    assert files[name("pmd", 2)].rows_reported == 2
    assert files["TW2/pmd lagi.xlsx"].status == "REVISI GANDA" == files[name("trantib", 2)].status
    assert (files["TW2/pmd lagi.xlsx"].rows_used, files["TW1/rusak trantib.xlsx"].status) == (0, "TIDAK DAPAT DIBACA")


def test_the_file_of_the_triwulan_counts_before_a_later_one():
    changed = Year(triwulan=2).edit("pmd", 2, INDICATORS, 0, real_1=D(9)).realised()
    assert changed.indicators[0].quarters[0].value == 2
    assert changed.indicators[0].places[1].file == name("pmd", 1)
    late = Year(triwulan=2).drop("pmd", 1).realised()
    assert late.indicators[0].quarters[0].value == 2
    assert late.indicators[0].places[1].file == name("pmd", 2)
    assert late.missing == {"pmd": (1,)}


def test_a_revision_replaces_the_whole_file():
    better = book_bytes(_revised("pmd", 2, real_2=D(4)), "pmd", 2)
    assert Year(triwulan=2).add(2, "perbaikan.xlsx", better).realised().indicators[0].quarters[1].value == 4


def _revised(who: str, tw: int, **values: object):
    return edit(edit(content(who, tw), "identitas", 0, revisi=D(1)), INDICATORS, 0, **values)


@pytest.mark.parametrize(
    ("typed", "lack"),
    [("tidak berlaku", Lack.TIDAK_BERLAKU), ("Tidak Berlaku", Lack.TIDAK_BERLAKU), (None, Lack.BELUM), ("-", Lack.TIDAK_DAPAT)],
)
def test_the_three_non_values_stay_apart(typed: object, lack: Lack):
    found = Year(triwulan=2).edit("pmd", 2, INDICATORS, 0, real_2=typed).realised().indicators[0].quarters[1]
    assert (found.value, found.lack) == (None, lack)


def test_what_is_held_back_is_no_figure_and_says_why():
    year = Year(triwulan=2).edit("pmd", 2, INDICATORS, 1, bil_2=None, sebut_2=None, real_2=D("0.45"))
    found = year.realised().indicators[1].quarters[1]
    assert (found.value, found.lack) == (None, Lack.TIDAK_DAPAT)
    assert found.reason == f"skala persen meragukan ({name('pmd', 2)}, sel {at('pmd', 2, INDICATORS, 1, 'real_2')[2]})"
    over = Year(triwulan=2).edit("pmd", 2, PHYSICS, 0, fisik_2=D(145)).realised()
    assert over.physical[0].quarters[:2] == (D(20), None)


def test_an_older_plan_is_known(monkeypatch: pytest.MonkeyPatch):
    """Forms made before the plan changed are judged against their own plan, and said once per file."""
    first = plan()
    one = replace(first.indicators[0], target=D(12), quarters=(D(2), D(3), D(3), D(4)))
    now = replace(first, indicators=(one, *first.indicators[1:]), sha256="f" * 64)
    returns = Year(triwulan=2).returns()
    said = {(f.code, f.file) for f in realised_of(returns, office(), now, 2, older=(first,)).findings}
    assert said == {("C211", name("pmd", 1)), ("C211", name("pmd", 2))}
    unknown = {f.code for f in realised_of(returns, office(), now, 2).findings}
    assert unknown == {"C207"}


@settings(max_examples=12)  # each reads and judges a whole year
@given(st.permutations(range(6)), st.randoms(use_true_random=False))
def test_the_order_of_files_and_rows_changes_nothing(order: list[int], random):
    year = Year(triwulan=2)
    returns = year.returns()
    assert len(returns) == 6
    shuffled = [_shuffled_rows(returns[index], random) for index in order]
    assert _figures(realised_of(shuffled, office(), plan(), 2)) == _figures(year.realised())


def _shuffled_rows(returned, random):
    filled = returned.submission.content
    sheets = []
    for sheet in filled.sheets:
        tables = {}
        for key, rows in sheet.tables.items():
            mixed = list(rows)
            random.shuffle(mixed)
            tables[key] = tuple(mixed)
        sheets.append(replace(sheet, tables=tables))
    return replace(returned, submission=replace(returned.submission, content=replace(filled, sheets=tuple(sheets))))


def _figures(realised: Realised) -> tuple[object, ...]:
    return realised.indicators, realised.physical, realised.spent, sorted(realised.files, key=lambda f: f.file), realised.findings


# ---- what is handed out ------------------------------------------------------------------------


def test_earlier_triwulan_are_filled_in():
    rows = blank_content("pmd", 3).rows(INDICATORS)
    assert [rows[0].get(key) for key in ("real_1", "real_2", "real_3", "real_4")] == [2, 3, None, None]
    assert [rows[1].get(key) for key in ("bil_1", "sebut_2", "bil_3")] == [10, 40, None]
    assert [rows[2].get(key) for key in ("real_1", "real_2", "real_3")] == ["Cukup", "Cukup", None]
    assert blank_content("pmd", 3).rows("uraian_realisasi")[0].get("tindak_lanjut_lalu") == "Jadwal TW 2"
    money = blank_content("uang", 3).rows(MONEY)[0]
    assert [money.get(f"uang_{n}") for n in range(1, 5)] == [1_000_000, 2_000_000, None, None]


def test_a_doubtful_figure_is_not_filled_in_again():
    unit = office().unit("pmd")
    assert unit
    earlier = Year(triwulan=1).edit("pmd", 1, INDICATORS, 0, real_1="-").realised()
    assert unit_realisasi(office(), unit, plan(), 2, earlier).rows(INDICATORS)[0].get("real_1") is None


def test_a_form_comes_back_as_it_was_written():
    for who in WHO:
        blank = blank_content(who, 3)
        back = read_workbook(clean(who, 3), "x.xlsx", MEASURING, office_listings(office()))
        assert back.content is not None
        assert not back.findings
        for table in ("realisasi_indikator", "fisik", "realisasi_uang", "kas"):
            for written, read in zip(blank.rows(table), back.content.rows(table), strict=True):
                kept = {k: v for k, v in written.values.items() if v is not None}
                assert {k: read.get(k) for k in kept} == kept, (who, table)


@pytest.fixture(scope="module")
def year_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample office with its locked plans, before anything came back."""
    target = tmp_path_factory.mktemp("tahun") / "kantor"
    target.mkdir()
    shutil.copy(SAMPLE / "Kantor.xlsx", target)
    shutil.copytree(SAMPLE / "arsip", target / "arsip")
    return target


def test_forms_are_written_for_every_unit_and_never_over_data(year_folder: Path, tmp_path: Path):
    folder = shutil.copytree(year_folder, tmp_path / "kantor")
    lines = list(write_measuring(folder, 1))
    forms = sorted(path.name for path in (folder / "formulir/TW1").iterdir())
    assert forms == sorted(
        f"Realisasi-{kode}-TW1.xlsx"
        for kode in ("perencanaan", "umum", "pemerintahan", "pmd", "trantib", "pelayanan", "keuangan")
    )
    assert sum(line.startswith("Ditulis") for line in lines) == 7
    assert (folder / "masuk/TW1").is_dir()
    before = _hashes(folder)
    assert sum(line.startswith("Ditulis") for line in write_measuring(folder, 1)) == 7
    assert _hashes(folder) == before
    touched = folder / "formulir/TW1/Realisasi-pmd-TW1.xlsx"
    touched.write_bytes(patch(touched.read_bytes(), {cell(INDICATORS, 1, "real_1"): Decimal(0)}))
    filled = touched.read_bytes()
    assert sum(line.startswith("Dibiarkan") for line in write_measuring(folder, 1)) == 1
    assert touched.read_bytes() == filled
    assert [line for line in write_measuring(folder, 1, "pmd") if "pmd" in line][0].startswith("Dibiarkan")


def _hashes(folder: Path) -> dict[str, str]:
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.rglob("*.xlsx")}


def test_without_a_locked_plan_nothing_is_measured(tmp_path: Path):
    shutil.copy(SAMPLE / "Kantor.xlsx", tmp_path)
    with pytest.raises(InputError, match="kunci"):
        list(write_measuring(tmp_path, 1))


def test_forms_of_the_next_triwulan_know_who_is_missing(year_folder: Path, tmp_path: Path):
    folder = shutil.copytree(year_folder, tmp_path / "kantor")
    shutil.copytree(SAMPLE / "masuk/TW1", folder / "masuk/TW1")
    (folder / "masuk/TW1/Realisasi-trantib-TW1.xlsx").unlink()
    lines = list(write_measuring(folder, 2, "pmd"))
    assert any("Ketertiban Umum (TW1" in line for line in lines)
    here = read_office(folder / "Kantor.xlsx").office
    assert here
    assert not holds_figures(folder / "formulir/TW2/Realisasi-pmd-TW2.xlsx", here, 2)
    assert holds_figures(SAMPLE / "masuk/TW2/Realisasi-pmd-TW2.xlsx", here, 2)


# ---- the sample year -----------------------------------------------------------------------------


def test_the_sample_year_yields_exactly_its_declared_catatan():
    sample = YearFolder(SAMPLE)
    locked = sample.in_force
    before = _hashes(SAMPLE / "masuk")
    realised = sample.returns(4)
    files = {p.relative_to(SAMPLE).as_posix(): p.read_bytes() for p in [SAMPLE / "Kantor.xlsx", *(SAMPLE / "arsip").iterdir()]}
    declared = {(put.kode, put.file, put.sheet, put.cell) for put in build_returns(files).puts}
    assert {(f.code, f.file, f.sheet, f.cell) for f in realised.findings} == declared
    assert _hashes(SAMPLE / "masuk") == before
    assert realised.late == {"trantib": (2,)}
    assert realised.missing == {}
    assert all(f.rows_read == f.rows_used + f.rows_reported for f in realised.files)
    directions = {(i.arah, i.tipe) for i in locked.plan.indicators}
    assert {arah for arah, _ in directions} == {"Naik", "Turun", "Rentang"}
    assert len({tipe for _, tipe in directions}) == 6
    assert any(i.target == 0 for i in locked.plan.indicators)


def test_one_file_never_stops_the_others(tmp_path: Path):
    folder = tmp_path / "kantor"
    folder.mkdir()
    for tw in (1, 2):
        (folder / f"masuk/TW{tw}").mkdir(parents=True)
    for tw, file_name, data in Year(triwulan=2).files():
        (folder / f"masuk/TW{tw}" / file_name).write_bytes(data)
    (folder / "masuk/TW2/catatan.docx").write_bytes(b"x")
    (folder / "masuk/TW2/~$Realisasi-pmd-TW2.xlsx").write_bytes(b"x")
    (folder / "masuk/TW2" / Path(name("trantib", 2)).name).write_bytes(b"")
    (folder / "masuk/TW2/lama").mkdir()
    (folder / "masuk/TW2/lama/usulan.xlsx").write_bytes(b"x")
    now = Locked(path=folder / "arsip/Penetapan-2025.xlsx", plan=plan())
    realised = year_with(folder, office=office(), _locked=((now,), ())).returns(2)
    assert {(f.code, f.file) for f in realised.findings} == {
        ("B115", "TW2/catatan.docx"), ("B120", "TW2/lama"), ("B114", "TW2/~$Realisasi-pmd-TW2.xlsx"),
        ("B101", name("trantib", 2)),
    }  # fmt: skip
    assert realised.missing == {"trantib": (2,)}
    assert realised.indicators[:5] == Year(triwulan=2).realised().indicators[:5]


# ---- LibreOffice ---------------------------------------------------------------------------------


@pytest.mark.libreoffice
def test_every_formula_shows_what_libreoffice_computes(libre: Libre, tmp_path: Path):
    """Blank and filled books, faulty cells too, and the sample year (all of it where the judge is required)."""
    paths = []
    for who in WHO:
        for tw in (1, 2, 4):
            for kind, found in (("kosong", blank_content(who, tw)), ("isi", content(who, tw))):
                paths.append(tmp_path / f"{who}-{tw}-{kind}.xlsx")
                paths[-1].write_bytes(book_bytes(found, who, tw, whole=True))
    odd = Year(triwulan=2).edit("pmd", 2, INDICATORS, 0, real_2="12 dokumen").edit("pmd", 2, INDICATORS, 2, real_2="Lumayan")
    odd.edit("pmd", 2, INDICATORS, 1, bil_2=None).edit("pmd", 2, INDICATORS, 3, real_2="tidak berlaku")
    odd.edit("pmd", 2, PHYSICS, 0, fisik_2=D(5))
    odd.edit("uang", 2, MONEY, 0, uang_2=D(99_000_000)).edit("uang", 2, MONEY, 1, uang_2=None)
    for who in ("pmd", "uang"):
        paths.append(tmp_path / f"{who}-aneh.xlsx")
        paths[-1].write_bytes(odd.bytes_of(who, 2, whole=True))
    for path in sorted((SAMPLE / "masuk").glob("TW*/*.xlsx" if REQUIRED else "TW3/*.xlsx")):
        paths.append(tmp_path / f"{path.parent.name}-{path.name}")
        shutil.copy(path, paths[-1])
    count, differences = libre.judge(paths)
    assert differences == []
    assert count > 1500


@pytest.mark.libreoffice
def test_a_book_saved_by_libreoffice_reads_the_same(libre: Libre, tmp_path: Path):
    year = Year(triwulan=2)
    paths = []
    for tw, file_name, data in year.files():
        paths.append(tmp_path / f"{tw}" / file_name)
        paths[-1].parent.mkdir(exist_ok=True)
        paths[-1].write_bytes(data)
    saved = libre.recalculate(paths)
    returns = [
        read_return(saved[path].read_bytes(), path.name, int(path.parent.name), office_listings(office()), office())
        for path in paths
    ]
    back, ours = realised_of(returns, office(), plan(), 2), year.realised()
    assert back.findings == ()
    assert [i.quarters for i in back.indicators] == [i.quarters for i in ours.indicators]
    assert [s.quarters for s in back.spent] == [s.quarters for s in ours.spent]
    assert [p.quarters for p in back.physical] == [p.quarters for p in ours.physical]
