"""Several offices in one workbook: eleven made offices with every kind of mistake agree with the sum of their recaps."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kinerja_xl.face.cli import main
from kinerja_xl.frames.joined import LINE, WORK, costs, line_table, percent, prices
from kinerja_xl.frames.tables import plain, records
from kinerja_xl.office.folder import HASIL, InputError
from kinerja_xl.office.kantor import build_office
from kinerja_xl.reading.own_book import read_recap
from kinerja_xl.reckoning import Sum
from kinerja_xl.reckoning.several import OfficeSum, Several, in_order, of_one_year
from kinerja_xl.sheets import gabungan
from kinerja_xl.sheets.content import BookContent
from kinerja_xl.sheets.kantor import KANTOR
from kinerja_xl.uses import gabung as verb
from kinerja_xl.uses.gabung import Joined, gabung, offices_below, one_office
from kinerja_xl.uses.rekap import rekap
from kinerja_xl.writing.shown.gabungan import write_several
from tests.kantor_uji import FILES, Folder
from tests.libre import Office as Libre

D = Decimal


class Here(Executor):
    """Everything in this process, one after the other: what the offices come to does not depend on where."""

    def submit(self, fn, /, *args, **kwargs):
        future: Future[OfficeSum] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def of_pemda(pemda: object) -> Folder:
    """The clean office below another regency: of one name there are several in the country, in one regency never."""
    return Folder().edit("kantor", "kantor", pemda=f"Pemerintah Kabupaten {pemda}")


def _twice(path: Path) -> None:
    shutil.copy(path / "masuk" / FILES["pmd"], path / "masuk" / "lagi.xlsx")


def _lost(path: Path) -> None:
    (path / "masuk" / FILES["pmd"]).unlink()


MISTAKES: dict[str, Callable[[Path], object]] = {
    "01-bersih": lambda p: of_pemda(p.name).write(p),
    "02-harga-teks": lambda p: of_pemda(p.name).edit("pmd", "rab", 0, harga_satuan="mahal").write(p),
    "03-negatif": lambda p: of_pemda(p.name).edit("trantib", "rab", 0, harga_satuan=-1).write(p),
    "04-tanpa-kode": lambda p: of_pemda(p.name).edit("pmd", "rab", 0, kode_sub=None).write(p),
    "05-belum-menyampaikan": lambda p: _lost(of_pemda(p.name).write(p)),
    "06-berkas-rusak": lambda p: (of_pemda(p.name).write(p) / "masuk" / FILES["pmd"]).write_bytes(b"PK\x03\x04 rusak"),
    "07-kantor-rusak": lambda p: (of_pemda(p.name).write(p) / "Kantor.xlsx").write_bytes(b"bukan buku kerja"),
    "08-tanpa-kantor": lambda p: (p / "masuk").mkdir(parents=True),
    "09-dua-berkas": lambda p: _twice(of_pemda(p.name).write(p)),
    "10-harga-lain": lambda p: of_pemda(p.name).edit("pmd", "rab", 0, harga_satuan=777_000).write(p),
    "11-masuk-kosong": lambda p: [f.unlink() for f in (of_pemda(p.name).write(p) / "masuk").iterdir()],
}
UNREAD = {"07-kantor-rusak", "08-tanpa-kantor"}


@pytest.fixture(scope="module")
def kabupaten(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gabung") / "Luwu Timur"
    for name, made in MISTAKES.items():
        made(folder / name)
    return folder


@pytest.fixture(scope="module")
def joined(kabupaten: Path) -> Joined:
    return gabung(kabupaten, executor=Here())


def book(joined: Joined) -> openpyxl.Workbook:
    return openpyxl.load_workbook(joined.written.path)


def rows_of(sheet: openpyxl.worksheet.worksheet.Worksheet) -> list[dict[str, object]]:
    every = [[cell.value for cell in row] for row in sheet.iter_rows()]
    first = next(number for number, row in enumerate(every) if row[0] in HEADS and row[1] is not None)
    return [dict(zip(every[first], row, strict=True)) for row in every[first + 1 :] if any(v is not None for v in row)]


HEADS = {sheet.table.before[0].label for sheet in gabungan.GABUNGAN_BOOK.sheets}


def test_the_workbook_is_the_sum_of_the_recaps_to_the_rupiah(kabupaten: Path, joined: Joined):
    several = joined.several
    recaps = {name: rekap(kabupaten / name) for name in MISTAKES if name not in UNREAD}
    assert {office.key for office in several.offices} == set(MISTAKES)
    assert {office.key for office in several.offices if office.trouble} == UNREAD
    for office in several.read:
        recap = recaps[office.key]
        assert (office.counted, office.held, office.held.files) == (
            recap.total_rab, recap.total_tidak_dihitung, recap.total_tidak_dihitung.files,
        ), office.key  # fmt: skip
    assert several.counted == sum(recap.total_rab for recap in recaps.values())
    levels = ("Program", "Kegiatan", "Sub kegiatan")
    by_level = {level: sum(g.sums.counted for g in several.programs if g.tingkat == level) for level in levels}
    assert set(by_level.values()) == {several.counted} == {sum(group.sums.counted for group in several.kinds)}
    held = [line.jumlah for recap in recaps.values() for line in recap.lines if not line.counted]
    assert sum(g.sums.held for g in several.kinds) == sum(x for x in held if x is not None)
    assert sum(g.sums.held_unknown for g in several.kinds) == held.count(None) > 0


def test_every_sheet_carries_what_was_joined(joined: Joined):
    found, several = book(joined), joined.several
    asked = [sheet.name for sheet in gabungan.GABUNGAN_BOOK.sheets if sheet is not gabungan.CAPAIAN]  # no triwulan was asked for
    assert found.sheetnames == asked
    offices = rows_of(found["Kecamatan"])
    assert [row["Kecamatan"] for row in offices] == [office.nama for office in several.offices]
    counted = [office.counted if office.submitted and not office.trouble else "–" for office in several.offices]
    assert [row["Dihitung (Rp)"] for row in offices] == counted
    assert sum(row["Dihitung (Rp)"] for row in rows_of(found["Per Jenis Belanja"])) == several.counted
    detail = rows_of(found["Rincian"])
    assert len(detail) == len(several.lines)
    assert sum(row["Jumlah (Rp)"] for row in detail if row["Dihitung"] == "Ya") == several.counted


def test_the_offices_links_lead_to_their_recaps(joined: Joined):
    sheet, base = book(joined)["Kecamatan"], joined.written.path.parent
    links = [cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert len(links) == len(MISTAKES) - len(UNREAD) and all((base / link.replace("\\", "/")).is_file() for link in links)


def test_what_is_missing_stands_by_how_much(joined: Joined):
    lacking = joined.several.lacking
    assert {one.kecamatan for one in lacking[:2]} == {o.nama for o in joined.several.offices if o.trouble}
    rest = [one.total for one in lacking[2:]]
    assert rest == sorted(rest, reverse=True)
    empty = next(o for o in joined.several.offices if o.key == "11-masuk-kosong")
    assert next(one for one in lacking if one.kecamatan == empty.nama).siapa and empty.submitted == 0


def test_libreoffice_adds_up_the_same(joined: Joined, libre: Libre):
    again = openpyxl.load_workbook(libre.recalculate([joined.written.path])[joined.written.path], data_only=True)
    before = openpyxl.load_workbook(joined.written.path, data_only=True)
    for name in before.sheetnames:
        ours = {cell.coordinate: cell.value for row in before[name] for cell in row if isinstance(cell.value, int | float)}
        theirs = {place: again[name][place].value for place in ours}
        assert theirs == pytest.approx(ours, rel=1e-12, abs=0), name


@pytest.mark.usefixtures("anew")
def test_inputs_are_left_and_the_same_offices_give_the_same_bytes(kabupaten: Path, joined: Joined, tmp_path: Path):
    before = {path: path.read_bytes() for path in kabupaten.rglob("*") if path.is_file() and HASIL not in path.parts}
    again = gabung(kabupaten, target=tmp_path / "lagi" / "Gabungan.xlsx", executor=ThreadPoolExecutor(2))
    assert again.written.path.read_bytes() == joined.written.path.read_bytes()
    assert before == {path: path.read_bytes() for path in before}


def test_the_command_reckons_in_processes_of_its_own(kabupaten: Path, joined: Joined, tmp_path: Path, capsys):
    with pytest.raises(SystemExit) as end:
        main(["gabung", str(kabupaten), "-o", str(tmp_path / "G.xlsx"), "--format", "json"])
    told = json.loads(capsys.readouterr().out)
    assert end.value.code == 1 and told["total_rab"] == joined.several.counted and len(told["tidak_terbaca"]) == len(UNREAD)
    assert Path(*told["berkas"]).read_bytes() == joined.written.path.read_bytes()


def test_a_process_that_dies_takes_nothing_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The first process dies while it reckons one office; the pool is broken, and the others are reckoned all the same."""
    for name in ("a", "b", "c"):
        of_pemda(name).write(tmp_path / "kab" / name)
    monkeypatch.setattr(verb, "one_office", _dying)
    monkeypatch.setenv("KINERJA_XL_UJI_MATI", str(tmp_path / "mati"))
    several = gabung(tmp_path / "kab").several
    assert (tmp_path / "mati").exists() and [office.trouble for office in several.offices] == ["", "", ""]


def _dying(place: Path, **more: Any) -> OfficeSum:
    mark = Path(os.environ["KINERJA_XL_UJI_MATI"])
    if place.name == "b" and not mark.exists():
        mark.touch()
        os._exit(9)
    return one_office(place, **more)


def test_one_that_always_fails_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in ("a", "b"):
        of_pemda(name).write(tmp_path / "kab" / name)

    class Broken(Here):
        def submit(self, fn, place, /):
            if place.name == "b":
                future: Future[OfficeSum] = Future()
                future.set_exception(BrokenProcessPool())
                return future
            return super().submit(fn, place)

    several = gabung(tmp_path / "kab", executor=Broken()).several
    assert [bool(office.trouble) for office in several.offices] == [False, True] and several.counted > 0


def test_offices_are_found_below_a_folder_with_their_years(tmp_path: Path):
    Folder().write(tmp_path / "Nuha" / "2025")
    (tmp_path / "Towuti").mkdir()
    assert offices_below(tmp_path) == [tmp_path / "Nuha" / "2025", tmp_path / "Towuti"]
    with pytest.raises(InputError):
        offices_below(tmp_path / "Towuti")
    with pytest.raises(InputError):
        offices_below(tmp_path / "tidak ada")


def test_year_folders_of_one_name_keep_their_own_results(tmp_path: Path):
    """As the page names them: each kecamatan has its Rencana-2025, and the recap of one is not written over another's."""
    of_pemda("Nuha").write(tmp_path / "Nuha" / "Rencana-2025")
    of_pemda("Towuti").edit("pmd", "rab", 0, harga_satuan=777_000).write(tmp_path / "Towuti" / "Rencana-2025")
    done = gabung(tmp_path, executor=Here())
    places = {office.key: office.results for office in done.several.offices}
    assert places == {f"{name}/Rencana-2025": (f"{name}/Rencana-2025/Rekap-2025.xlsx",) for name in ("Nuha", "Towuti")}
    sums = {key: read_recap((done.written.path.parent / place).read_bytes()).total for key, (place,) in places.items()}
    assert sums == {office.key: office.counted for office in done.several.offices} and len(set(sums.values())) == 2
    assert {office.nama.rpartition(" (")[2] for office in done.several.offices} == {f"{key})" for key in places}


def of_year(key: str, tahun: int, counted: int = 1, trouble: str = "") -> OfficeSum:
    return OfficeSum(key=key, nama=f"Kecamatan {key}", tahun=tahun, counted=counted, trouble=trouble)


@pytest.mark.parametrize(("asked", "known"), [(None, {"A/2026", "D"}), (2026, {"A/2026", "D"}), (2025, {"A/2025", "B"})])
def test_two_years_are_never_added(asked: int | None, known: set[str]):
    """The newest, or the one that is asked for; who has nothing of it, or two folders of it, is not known."""
    made = [of_year("A/2025", 2025), of_year("A/2026", 2026), of_year("B", 2025), of_year("C/a", asked or 2026),
            of_year("C/b", asked or 2026), of_year("D", 2026), of_year("E/2026", 0, trouble="rusak")]  # fmt: skip
    found = {office.key: office.trouble for office in of_one_year(made, asked)}
    assert {key for key, trouble in found.items() if not trouble} == known
    assert {key for key, trouble in found.items() if trouble} == {"C", "E/2026", *({"B", "D"} - known)}


def test_an_office_in_two_folders_is_counted_in_none(tmp_path: Path):
    """A copy of a folder is not a second kecamatan: both say so and name each other; one of the same name elsewhere counts."""
    for place in (Folder().write(tmp_path / "Kab" / "A"), of_pemda("Seberang").write(tmp_path / "Kab" / "C")):
        own = rekap(place).total_rab
    shutil.copytree(tmp_path / "Kab" / "A", tmp_path / "Kab" / "B")
    done = gabung(tmp_path / "Kab", executor=Here())
    words = "KANTOR YANG SAMA DI 2 FOLDER: A dan B. Sisakan satu, atau betulkan nama kantor di Kantor.xlsx, lalu gabungkan lagi."
    assert {office.key: office.trouble for office in done.several.offices} == {"A": words, "B": words, "C": ""}
    assert done.several.counted == own > 0
    rows = rows_of(book(done)["Kecamatan"])
    name = "Kantor Kecamatan Batu Putih"
    assert [(row["Kecamatan"], row["Keadaan"], row["Dihitung (Rp)"], row["Belum Diketahui (baris)"]) for row in rows] == [
        (f"{name} (A)", words, "–", 1), (f"{name} (B)", words, "–", 1), (f"{name} (C)", "Lengkap", own, 0),
    ]  # fmt: skip
    assert book(done)["Kecamatan"]["A3"].value == "1 dari 3 kecamatan di folder Kab, Tahun Anggaran 2025, Keadaan 1 Oktober 2024"


def test_serapan_stands_beside_what_it_is_of(tmp_path: Path):
    """Proposed, in force and spent are three figures: the plan that holds is named, and its money is a column."""
    office = OfficeSum(
        key="A", nama="A", tahun=2025, rencana="Perubahan ke-1 tanggal 21 Juli 2025", pagu=2_300_000_000, counted=2_264_997_050,
        budget=2_243_200_000, spent=2_152_095_000, serapan=D("95.94"), units=1, submitted=1,
    )  # fmt: skip
    other = OfficeSum(key="B", nama="B", tahun=2025, rencana="Usulan")
    several = Several(nama="Kab", offices=(office, other), name_of=str, triwulan=4)
    made = write_several(several, replace(build_office(BookContent(book=KANTOR, sheets=())), nama="Kab", tahun=2025))
    sheet = openpyxl.load_workbook(BytesIO(made))["Kecamatan"]
    assert [row["Dihitung (Rp)"] for row in rows_of(sheet)] == [2_264_997_050, "–"]
    keys = ("Rencana yang Berlaku", "Anggaran yang Berlaku (Rp)", "Realisasi (Rp)", "Serapan Anggaran (%)")
    assert [tuple(row[key] for key in keys) for row in rows_of(openpyxl.load_workbook(BytesIO(made))["Capaian Kecamatan"])] == [
        ("Perubahan ke-1 tanggal 21 Juli 2025", 2_243_200_000, 2_152_095_000, 95.94), ("Usulan", None, None, None),
    ]  # fmt: skip
    assert sheet["A3"].value == "2 kecamatan di folder Kab, Tahun Anggaran 2025, realisasi s.d. Triwulan IV"


# ---- what is compared, by numbers written by hand ----


def bought(kecamatan, harga, *, barang="kertas", satuan="Rim", counted=True):
    own = {"kecamatan": kecamatan, "barang": barang, "uraian": "Kertas", "satuan": satuan, "harga": harga, "jumlah": harga}
    return tuple((own | {"dihitung": counted}).get(key) for key in LINE)


def test_the_same_goods_are_compared_where_two_offices_buy_them():
    rows = [
        bought("A", 40_000), bought("B", 50_000), bought("C", 41_000), bought("D", 90_000, counted=False), bought("E", None),
        bought("A", 7, barang="tinta"), bought("A", 8, barang="tinta"), bought("B", 70_000, satuan="Dus"),
        bought("B", 5, barang=""),
    ]  # fmt: skip
    (one,) = plain(prices(line_table(rows)))
    assert (one["terendah"], one["kecamatan_terendah"], one["tengah"], one["tertinggi"], one["kecamatan_tertinggi"]) == (
        40_000, "A", 41_000, 50_000, "B",
    )  # fmt: skip
    assert (one["selisih"], one["banyak_kecamatan"], one["baris"]) == (D("25.00"), 3, 3)


def test_the_cost_of_one_output_stands_beside_the_middle_of_those_that_measure_alike():
    rows = [
        ("A", "7.01", "Rapat", "Rapat", D(4), "Kali", 400), ("B", "7.01", "Rapat", "Rapat", D(2), "Kali", 300),
        ("C", "7.01", "Rapat", "Rapat", D(1), "Orang", 9), ("D", "7.01", "Rapat", "Rapat", None, "Kali", 9),
        ("E", "7.01", "Rapat", "Rapat", D(3), "Kali", None),
    ]  # fmt: skip
    found = {one["kecamatan"]: (one["biaya_output"], one["terhadap_tengah"]) for one in plain(costs(records(rows, WORK)))}
    assert found == {"A": (100, D("-20.00")), "B": (150, D("20.00")), "C": (9, None), "D": (None, None), "E": (None, None)}
    assert percent(D(1), D(3)) == D("33.33")


def test_ranks_are_shared_and_what_is_unknown_has_none():
    def office(key: str, capaian: str | None) -> OfficeSum:
        return OfficeSum(key=key, nama=key, capaian=None if capaian is None else D(capaian))

    several = Several(nama="", offices=tuple(map(office, "abcd", ("90", "95", None, "90"))), name_of=str)
    assert [several.rank(o, lambda x: x.capaian) for o in several.offices] == [2, 1, None, 2]


def test_offices_of_one_name_are_told_apart():
    made = [OfficeSum(key=key, nama="Kantor", lines=line_table([bought("Kantor", 1)])) for key in ("b", "a")]
    named = in_order(made)
    assert [o.nama for o in named] == ["Kantor (a)", "Kantor (b)"]
    assert [o.lines["kecamatan"].tolist() for o in named] == [["Kantor (a)"], ["Kantor (b)"]]


def test_a_table_goes_on_on_the_next_sheet():
    lines = line_table([bought("A", price) for price in range(1, 31)])
    several = Several(nama="X", offices=(OfficeSum(key="A", nama="A", counted=465, held=Sum(), lines=lines),), name_of=str)
    office = build_office(BookContent(book=KANTOR, sheets=()))
    found = openpyxl.load_workbook(BytesIO(write_several(several, office, rows=16)))
    sheets = [name for name in found.sheetnames if name.startswith("Rincian")]
    assert len(sheets) == 3 and all(found[name].max_row <= 16 for name in sheets)
    assert [row["Jumlah (Rp)"] for name in sheets for row in rows_of(found[name])] == list(range(1, 31))


def test_a_sum_of_which_nothing_is_known_is_a_dash(tmp_path: Path, libre: Libre):
    """An office with a row of unknown amount beside a clean one: their 0 and – make no 0."""
    for name, own in (("a", of_pemda("a").edit("pmd", "rab", 0, harga_satuan=None)), ("b", of_pemda("b"))):
        own.write(tmp_path / "dua" / name)
    path = gabung(tmp_path / "dua", executor=Here()).written.path
    sheet = openpyxl.load_workbook(path, data_only=True)["Kecamatan"]
    total = {head.value: sheet.cell(5, head.column).value for head in sheet[7]}
    asked = ("Tidak Dihitung (Rp)", "Belum Diketahui (baris)")
    assert [total[head] for head in asked] == ["–", 1]
    assert libre.judge([path])[1] == []
