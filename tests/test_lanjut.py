"""From evaluation to mending (V.A.3): last year's follow-up stands in this year's Rencana Aksi, said where from."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from kinerja_xl.reading.own_book import YearValue
from kinerja_xl.reckoning.capaian.lanjut import follow_ups, key_of
from kinerja_xl.reckoning.recap import Agreed
from kinerja_xl.uses.capaian import measured
from kinerja_xl.uses.cetak import printed_forms
from kinerja_xl.uses.year import Year
from kinerja_xl.writing.letters.rkt import Acted, write_renaksi
from kinerja_xl.writing.shown.capaian import write_capaian
from tests import rencana_contoh, tahun_contoh
from tests.kantor_uji import SUB_A, SUB_B, D, Folder, small_office, year_with
from tests.naskah import opened, text

SAID = "Tindak lanjut evaluasi 2024: Jadwal dimajukan ke Februari."


def value(**changes: object) -> YearValue:
    one = YearValue(
        tahun=2024, unit="pmd", kode=SUB_A, nama="Jumlah laporan pemberdayaan", satuan="Laporan", target=D(4), realised=D(3),
        percent=D(75), kendala="Hujan", tindak_lanjut="Jadwal dimajukan\nke Februari",
    )  # fmt: skip
    return replace(one, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [({}, [SAID]), ({"tahun": 2023}, []), ({"tindak_lanjut": ""}, []), ({"tindak_lanjut": " \n "}, []),
     ({"tindak_lanjut": "Tambah kader."}, ["Tindak lanjut evaluasi 2024: Tambah kader."])],
)  # fmt: skip
def test_only_last_years_words_are_carried_and_say_their_year(changes: dict[str, object], expected: list[str]):
    assert list(follow_ups([value(**changes)], 2025).values()) == expected


@pytest.mark.parametrize(
    ("changes", "first", "second"),
    [({}, 1, 0), ({"kode": SUB_B}, 0, 1), ({"kode": "7.01.03", "nama": "Persentase lembaga desa aktif"}, 1, 0),
     ({"kode": "7.01.03.2.01.0099"}, 1, 0), ({"unit": "trantib"}, 0, 0)],
    ids=["sub", "sub lain", "program", "sub yang tidak ada lagi", "unit lain"],
)  # fmt: skip
def test_the_rencana_aksi_has_it_once_among_the_actions(changes: dict[str, object], first: int, second: int):
    """Of a program, and of a sub kegiatan that is no more, at the first that is near; of another unit nowhere."""
    office = small_office()
    acted = Acted(
        units=office.units[:1], amounts={("pmd", SUB_A): 1_000, ("pmd", SUB_B): 2_000}, goals=(), papers={},
        stands_on=Agreed(menurut="menurut usulan", rkt=(), locked=False), tanggal=None,
        followed=follow_ups([value(**changes)], 2025),
    )  # fmt: skip
    letter = opened(write_renaksi(acted, office))
    made = next(t for t in letter.tables if t.rows[0].cells[0].text == "No")
    steps = [row.cells[1].text.count(SAID) for row in made.rows if row.cells[0].text.isdecimal()]
    assert steps == [first, second]
    assert ("tindak lanjut dari evaluasi tahun lalu" in text(letter)) == bool(acted.followed)


def test_the_capaian_shows_it_until_the_unit_says_what_it_does_now(tmp_path: Path):
    year = tahun_contoh.year()
    told, quiet = year.results[0].indicator, year.results[2].indicator
    followed = {key_of(one.unit, one.kode, one.nama): f"Tindak lanjut evaluasi 2024: {one.nama}." for one in (told, quiet)}
    path = tmp_path / "capaian.xlsx"
    path.write_bytes(write_capaian(replace(year, followed=followed)))
    sheet = openpyxl.load_workbook(path)["Rencana Aksi"]
    cells = [str(cell.value) for line in sheet.iter_rows() for cell in line]
    assert followed[key_of(quiet.unit, quiet.kode, quiet.nama)] in cells
    assert followed[key_of(told.unit, told.kode, told.nama)] not in cells


def test_both_verbs_take_it_from_the_capaian_in_arsip(tmp_path: Path):
    """What the years before left is read once; a year that left nothing says nothing."""
    folder = Folder().write(tmp_path / "2025")
    year = year_with(folder, earlier=((value(),), ()))
    assert list(follow_ups(year.earlier[0], year.office.tahun).values()) == [SAID]
    plain = printed_forms(folder)
    letter = next(one.path for one in plain.written if one.path.name == "Rencana-Aksi-2025.docx")
    assert "evaluasi tahun lalu" not in text(opened(letter.read_bytes()))


def test_the_measured_year_knows_it(tmp_path: Path):
    folder = Folder().write(tmp_path / "2025")
    year = year_with(folder, earlier=((value(),), ()), _locked=((), ()))
    assert isinstance(year, Year)
    vars(year)["returns"] = lambda _: tahun_contoh.year().realised
    vars(year)["_locked"] = ((_locked(folder),), ())
    assert list(measured(year).followed.values()) == [SAID]


def _locked(folder: Path) -> object:
    from kinerja_xl.uses.arsip import Locked

    return Locked(path=folder / "arsip" / "Penetapan-2025.xlsx", plan=rencana_contoh.plan())
