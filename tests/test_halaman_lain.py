"""The other books as they come out of the printer: what changed between two plans, several offices, what was read elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from kinerja_xl.frames.joined import line_table
from kinerja_xl.office.kantor import build_office
from kinerja_xl.reckoning import Sum
from kinerja_xl.reckoning.several import OfficeSum, Several
from kinerja_xl.uses.baca import baca
from kinerja_xl.uses.bandingkan import compare_books
from kinerja_xl.writing.form.penelaahan import write_plan
from kinerja_xl.writing.shown.baca import write_result
from kinerja_xl.writing.shown.gabungan import write_several
from samples.isi import kantor_content
from tests import naskah, rencana_contoh, tahun_contoh
from tests.cetakan import LOOSE, Printed
from tests.test_gabung import bought

SAMPLE = Path(__file__).parent.parent / "samples/wasuponda-2025"


def compared(old: Path, new: Path) -> Callable[[Path], bytes]:
    def make(place: Path) -> bytes:
        compare_books(old, new, place / "Beda.xlsx")
        return (place / "Beda.xlsx").read_bytes()

    return make


def strained(place: Path) -> bytes:
    for name, plan in (("lama", rencana_contoh.plan()), ("baru", tahun_contoh.hard().plan)):
        (place / f"{name}.xlsx").write_bytes(write_plan(plan, {}))
    return compared(place / "lama.xlsx", place / "baru.xlsx")(place)


def joined(*names: str, lines: int) -> Callable[[Path], bytes]:
    offices = tuple(
        OfficeSum(key=name, nama=name, counted=10**12, held=Sum(), lines=line_table([bought(name, n) for n in range(1, lines)]))
        for name in names
    )
    several = Several(nama="Kabupaten", offices=offices, name_of=str, triwulan=4)
    return lambda place: write_several(several, build_office(kantor_content()))


def read(name: str) -> Callable[[Path], bytes]:
    return lambda place: write_result(baca([SAMPLE / name]))


MAKERS = {
    "beda": compared(SAMPLE / "arsip/Penetapan-2025.xlsx", SAMPLE / "arsip/Penetapan-2025-perubahan-1.xlsx"),
    "beda-keras": strained,
    "gabungan": joined("Kantor Kecamatan Batu Putih", "Kantor Kecamatan Telaga Biru", lines=40),
    "gabungan-keras": joined(naskah.LONG_NAME, naskah.LONG_NAME[:90], lines=400),
    "gabungan-satu": joined("Kantor Kecamatan Batu Putih", lines=2),
    "baca": read("masuk/Usulan-pmd-2025.xlsx"),
}


@pytest.fixture(scope="module", params=MAKERS)
def printed(request, libre, tmp_path_factory) -> Printed:
    place = tmp_path_factory.mktemp("lain")
    return Printed(libre, place / "buku.xlsx", MAKERS[request.param](place))


def test_no_book_is_sent_back(printed: Printed):
    assert printed.blank() == []
    assert printed.clipped() == []
    assert printed.empty_before_the_last() == []
    assert printed.outside() == []
    assert printed.cut() == []
    assert printed.spilled() == []
    assert printed.broken() == []
    assert len(printed.loose()) <= LOOSE


def test_each_kecamatan_is_read_on_one_line(printed: Printed):
    """Proposals and realisasi each on a sheet of its own, no page beside the first, its title on one line."""
    for name, heads in (("Kecamatan", ("Keadaan", "Pagu (Rp)")), ("Capaian Kecamatan", ("Keadaan", "Serapan"))):
        for page in printed.sheets.get(name, []):
            assert [head for head in heads if head not in page] == [], name
        if name in printed.sheets:
            assert "SEMUA KECAMATAN" in printed.sheets[name][0]


def test_a_shift_names_its_unit(printed: Printed):
    """By its name, as everywhere on paper; its code is nobody's."""
    sheet = openpyxl.load_workbook(printed.path)["Ringkasan"] if "Perubahan" in printed.sheets else None
    for row in sheet.iter_rows(values_only=True) if sheet else ():
        assert not {"umum", "pelayanan", "perencanaan", "pmd", "trantib"} & set(row), row


def test_the_summary_of_baca_names_the_cells_and_not_each_of_them_in_a_sentence(tmp_path: Path):
    """"Sel ini …" twelve times said neither which nor what they have in common; targets are no rupiah, whatever the table is."""
    unclear = [["Uraian", "Volume", "Satuan", "Harga Satuan", "Jumlah"]]
    unclear += [[f"Belanja barang {n}", 2, "Buah", 50_000 + n, 2 * (50_000 + n)] for n in range(8)]
    for n in range(1, 6):
        unclear[n][4] = "1.500,250"
    book = openpyxl.Workbook()
    for row in unclear:
        book.active.append(row)
    book.save(tmp_path / "rab.xlsx")
    sheet = openpyxl.load_workbook(BytesIO(write_result(baca([tmp_path / "rab.xlsx"])))).worksheets[0]
    told = [str(row[6]) for row in sheet.iter_rows(values_only=True)]
    assert any("(5): E2, E3, E4 dan 2 lainnya" in words for words in told), told
    assert not any("Sel ini" in words for words in told)
