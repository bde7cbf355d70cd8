"""What a new year takes over: last year's results in arsip/, and its indicators waiting in this year's forms."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from pathlib import Path

import pytest

from kinerja_xl.office.carried import RAB_KEYS, TEXT_KEYS
from kinerja_xl.office.folder import KANTOR_FILE
from kinerja_xl.office.prefill import Start, office_listings
from kinerja_xl.package import patch
from kinerja_xl.package.patch import CellValue
from kinerja_xl.reading.intake import ACCEPTED, read_submission
from kinerja_xl.reading.own_book import read_capaian, read_recap
from kinerja_xl.reading.workbook import read_workbook
from kinerja_xl.reckoning.capaian.measure import measure
from kinerja_xl.reckoning.year import Quarter, Realised, RealisedIndicator
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.indikator import INDIKATOR_TABLE, QUARTERS
from kinerja_xl.sheets.rab import jumlah_value
from kinerja_xl.uses.arsip import read_plan
from kinerja_xl.uses.formulir import CARRIED, holds_data, starts, write_forms
from kinerja_xl.uses.mulai import start_year
from kinerja_xl.uses.rekap import rekap
from kinerja_xl.uses.year import read_office
from kinerja_xl.writing.form.penelaahan import write_plan
from kinerja_xl.writing.shown.capaian import write_capaian
from kinerja_xl.writing.shown.recap import write_recap
from samples.bangun import ROOT
from samples.isi import UNITS, unit_content
from tests import kantor_uji
from tests.kantor_uji import clean, kantor_bytes, office_content, small_office
from tests.rencana_contoh import SUB_A
from tests.rencana_contoh import plan as small_plan

OLD, NEW = 2025, 2026
RESULTS = ("Capaian-2025.xlsx", "Penetapan-2025.xlsx", "Rekap-2025.xlsx")
BOOKS = ("Kantor-2025.xlsx", "Usulan-pmd-2025.xlsx", "Usulan-trantib-2025.xlsx")
"""What next year's forms start from: the office as it was, and what its units proposed."""


def _capaian(reached: dict[str, object], tahun: int = OLD) -> bytes:
    """A capaian at year end; ``reached`` by name, the others handed nothing in."""
    plan = small_plan(tahun=tahun)
    answers = tuple(
        RealisedIndicator(identity=one.identity, quarters=_last(reached[one.nama]))
        for one in plan.indicators if one.nama in reached
    )  # fmt: skip
    return write_capaian(measure(plan, Realised(triwulan=4, indicators=answers), replace(small_office(), tahun=tahun), 4))


def _last(value: object) -> tuple[Quarter, Quarter, Quarter, Quarter]:
    blank = Quarter()
    pair = {"numerator": value[0], "denominator": value[1]} if isinstance(value, tuple) else {"value": value}
    return blank, blank, blank, Quarter(**pair, lack=None)  # type: ignore[arg-type]


REACHED: dict[str, object] = {
    "Jumlah musyawarah": D(9),
    "Persentase lembaga aktif": (D(2), D(3)),
    "Mutu pembinaan": "Cukup",
    "Indeks desa membangun": D("0.712345"),
    "Jumlah pelanggaran": D(0),
}
BASELINES = {
    "pmd": [D(9), D("66.67"), "Cukup", None, D("0.7123")],
    "trantib": [D(0), None, None],
}
"""As reached: a number, two thirds with two decimals, a member of the scale, nothing handed in, four decimals; 0 is a figure."""


@pytest.fixture(scope="module")
def results(tmp_path_factory) -> Path:
    """The year 2025 of a small office with all its results."""
    folder = tmp_path_factory.mktemp("lama") / "2025"
    for name in ("masuk", "hasil", "arsip"):
        (folder / name).mkdir(parents=True)
    (folder / KANTOR_FILE).write_bytes(kantor_bytes(office_content()))
    for kode in ("pmd", "trantib"):
        (folder / "masuk" / f"Usulan-{kode}-2025.xlsx").write_bytes(clean(kode))
    (folder / "hasil" / "Rekap-2025.xlsx").write_bytes(write_recap(rekap(folder)))
    (folder / "hasil" / "Capaian-2025.xlsx").write_bytes(_capaian(REACHED))
    (folder / "hasil" / "Capaian-2025-TW2.xlsx").write_bytes(b"setengah tahun")
    (folder / "arsip" / "Penetapan-2025.xlsx").write_bytes(write_plan(small_plan(), {}))
    (folder / "arsip" / "Capaian-2024.xlsx").write_bytes(_capaian({}, 2024))
    (folder / "arsip" / "Capaian-2025.xlsx").write_bytes(b"yang lebih tua")
    return folder


@pytest.fixture
def new(results, tmp_path) -> Path:
    list(start_year(tmp_path / "2026", NEW, results))
    return tmp_path / "2026"


def _form(folder: Path, kode: str) -> Path:
    return folder / "formulir" / f"Usulan-{kode}-2026.xlsx"


def _rows(path: Path, folder: Path) -> tuple[Row, ...]:
    office = read_office(folder / KANTOR_FILE).office
    book = read_workbook(path.read_bytes(), path.name, ACCEPTED, office_listings(office))
    assert book.content
    return book.content.rows("indikator")


def _beside_kantor(lines: Iterable[str]) -> list[str]:
    """Without what a Kantor.xlsx that is not filled in yet says first: its deadlines are blank in a new year."""
    return [line for line in lines if not line.startswith(f"Wajib diperbaiki: {KANTOR_FILE}")]


def _cell(row: Row, key: str) -> str:
    place = row.cell(key)
    assert place
    return place


def _typed(path: Path, sheet: str, cell: str, value: CellValue) -> bytes:
    data = patch(path.read_bytes(), {(sheet, cell): value})
    path.write_bytes(data)
    return data


# ---- the results -----------------------------------------------------------------------------------


def test_results_stand_in_the_new_arsip(results, new):
    assert sorted(p.name for p in (new / "arsip").iterdir()) == sorted(["Capaian-2024.xlsx", *RESULTS, *BOOKS])
    for name in ("hasil/Rekap-2025", "hasil/Capaian-2025", "arsip/Penetapan-2025", "arsip/Capaian-2024"):
        source = results / f"{name}.xlsx"
        assert (new / "arsip" / source.name).read_bytes() == source.read_bytes()


def test_they_can_be_read_there(new):
    recap = read_recap((new / "arsip" / "Rekap-2025.xlsx").read_bytes())
    plan, said = read_plan(new / "arsip" / "Penetapan-2025.xlsx")
    assert (recap.tahun, plan.indicators, said) == (OLD, small_plan().indicators, ())


def test_the_old_folder_is_left_as_it_was(results, tmp_path):
    before = {p: hashlib.sha256(p.read_bytes()).hexdigest() for p in results.rglob("*") if p.is_file()}
    list(start_year(tmp_path / "lain", NEW, results))
    assert before == {p: hashlib.sha256(p.read_bytes()).hexdigest() for p in results.rglob("*") if p.is_file()}


def test_nothing_in_the_new_arsip_is_overwritten(results, tmp_path):
    folder = tmp_path / "2026"
    (folder / "arsip").mkdir(parents=True)
    own = folder / "arsip" / "Rekap-2025.xlsx"
    own.write_bytes(b"milik kantor")
    lines = list(start_year(folder, NEW, results))
    assert own.read_bytes() == b"milik kantor"
    assert [line.split(":")[0] for line in lines if "Rekap-2025" in line] == ["Dibiarkan", "Perlu dicek"]


def test_each_file_is_said_once(results, tmp_path):
    lines = list(start_year(tmp_path / "2026", NEW, results))
    copied = [Path(line.removeprefix("Disalin: ")).name for line in lines if line.startswith("Disalin: ")]
    assert sorted(copied) == sorted(["Capaian-2024.xlsx", *RESULTS, *BOOKS])
    assert not [line for line in lines if line.startswith(("Belum ada", "Perlu dicek", "Dibiarkan"))]


def test_missing_results_are_said(tmp_path):
    old = tmp_path / "2025"
    old.mkdir()
    (old / KANTOR_FILE).write_bytes(kantor_bytes(office_content()))
    lines = list(start_year(tmp_path / "2026", NEW, old))
    missing = [line.split(" di ")[0].removeprefix("Belum ada: ") for line in lines if line.startswith("Belum ada")]
    assert sorted(missing) == list(RESULTS)
    assert _rows(_form(tmp_path / "2026", "pmd"), tmp_path / "2026") == ()


def test_what_stands_beside_kantor_comes_along(results, tmp_path):
    """The logo by its plain name and the padanan; a path that leads out of the folder is not followed."""
    old = tmp_path / "2025"
    old.mkdir()
    (tmp_path / "luar.png").write_bytes(b"gambar lain")
    for logo, expected in (("logo.png", {"logo.png", "Padanan.xlsx"}), ("../luar.png", {"Padanan.xlsx"})):
        (old / KANTOR_FILE).write_bytes(kantor_bytes(kantor_uji.edit(office_content(), "kantor", 0, logo=logo)))
        (old / "logo.png").write_bytes(b"gambar")
        (old / "Padanan.xlsx").write_bytes(b"padanan")
        new = tmp_path / f"2026 {len(expected)}"
        list(start_year(new, NEW, old))
        assert {p.name for p in new.iterdir() if p.is_file()} == {KANTOR_FILE, *expected}


# ---- the forms -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kode", ["pmd", "trantib"])
def test_indicators_wait_with_what_they_reached(new, kode):
    """Every column that lasts is the plan's, the baseline is the realisasi, everything of the year is blank."""
    rows, planned = _rows(_form(new, kode), new), [one for one in small_plan().indicators if one.unit == kode]
    lasting = ("kode", "level", "nama", "sasaran", "tipe", "dimensi", "tingkat", "arah", "akumulasi", "penanggung_jawab")
    assert [[row.get(key) for key in lasting] for row in rows] == [[getattr(one, key) for key in lasting] for one in planned]
    assert [row.get("satuan") for row in rows] == [one.satuan for one in planned]
    assert [row.get("pembilang") or "" for row in rows] == [one.pembilang for one in planned]
    assert [row.get("iku") for row in rows] == ["Ya" if one.iku else "Tidak" for one in planned]
    assert [row.get("baseline") for row in rows] == BASELINES[kode]
    blank = {c.key for c in INDIKATOR_TABLE.columns} - {*CARRIED, "baseline"}
    assert {"target", *QUARTERS, "batas_bawah", "batas_atas", "smart_alasan"} < blank
    assert {row.get(key) for row in rows for key in blank} == {None}


def test_definitions_come_from_the_recap(results, tmp_path):
    """A plan keeps no definition: the indicator that stands in both files has the recap's."""
    place = tmp_path / "2026"
    (place / "arsip").mkdir(parents=True)
    recap = read_recap((results / "hasil" / "Rekap-2025.xlsx").read_bytes())
    known = next(line for line in recap.indicators if line.unit == "pmd" and line.row.get("definisi"))
    one = replace(
        small_plan().indicators[0], kode=known.kode_sub, level=str(known.row.get("level")),
        nama=str(known.row.get("nama")).upper(), pembilang="Yang direncanakan",
    )  # fmt: skip
    (place / "arsip" / "Penetapan-2025.xlsx").write_bytes(write_plan(small_plan(indicators=(one,)), {}))
    (place / "arsip" / "Rekap-2025.xlsx").write_bytes((results / "hasil" / "Rekap-2025.xlsx").read_bytes())
    found, said = starts(place, replace(small_office(), tahun=NEW))
    (row,) = found["pmd"].indicators
    keys = ("definisi", "sumber_data")
    assert ([row.get(key) for key in keys], said) == ([known.row.get(key) for key in keys], ())
    assert (row.get("nama"), row.get("pembilang"), row.get("baseline")) == (one.nama, "Yang direncanakan", None)


def test_without_a_plan_the_recap_gives_the_indicators(results, tmp_path):
    place = tmp_path / "2026"
    (place / "arsip").mkdir(parents=True)
    (place / "arsip" / "Rekap-2025.xlsx").write_bytes((results / "hasil" / "Rekap-2025.xlsx").read_bytes())
    found, _ = starts(place, replace(small_office(), tahun=NEW))
    expected = kantor_uji.unit_content("pmd").rows("indikator")
    assert [[row.get(key) for key in CARRIED] for row in found["pmd"].indicators] == [
        [row.get(key) for key in CARRIED] for row in expected
    ]


def test_an_unreadable_result_is_said_and_stops_nothing(new):
    (new / "arsip" / "Capaian-2025.xlsx").write_bytes(b"bukan buku kerja")
    lines = list(write_forms(new, None, None, None))
    assert [line.split(".xlsx")[0] for line in _beside_kantor(lines) if "Capaian" in line] == ["Perlu dicek: Capaian-2025"]
    assert [line.split(":")[0] for line in lines if line.startswith("Dibiarkan")] == ["Dibiarkan"] * 2  # their baselines stay


def test_the_figures_of_another_year_are_nobodys(new):
    (new / "arsip" / "Capaian-2025.xlsx").write_bytes(_capaian(REACHED, 2024))
    found, _ = starts(new, replace(small_office(), tahun=NEW))
    assert {row.get("baseline") for start in found.values() for row in start.indicators} == {None}


# ---- what counts as typed --------------------------------------------------------------------------


def _start(folder: Path, kode: str) -> Start:
    office = read_office(folder / KANTOR_FILE).office
    return starts(folder, office)[0][kode]


def test_a_prefilled_form_holds_no_data(new):
    office = read_office(new / KANTOR_FILE).office
    for kode in ("pmd", "trantib"):
        assert not holds_data(_form(new, kode), office, office.unit(kode), _start(new, kode))
        assert holds_data(_form(new, kode), office, office.unit(kode)), "rows that nobody prefilled are somebody's"


def test_formulir_writes_the_same_again(new):
    before = {path.name: path.read_bytes() for path in (new / "formulir").iterdir()}
    lines = _beside_kantor(write_forms(new, None, None, None))
    assert {line.split(":")[0] for line in lines} == {"Ditulis"}
    assert before == {path.name: path.read_bytes() for path in (new / "formulir").iterdir()}


@pytest.mark.parametrize(
    ("key", "value"), [("target", 12), ("nama", "Jumlah rapat"), ("baseline", 7), ("keterangan", "baru"), ("satuan", None)]
)
def test_a_changed_row_is_data(new, key, value):
    path = _form(new, "pmd")
    first = _rows(path, new)[0]
    data = _typed(path, "Indikator", _cell(first, key), value)
    lines = _beside_kantor(write_forms(new, "pmd", None, None))
    assert ([line.split(":")[0] for line in lines], path.read_bytes()) == (["Dibiarkan"], data)


def test_results_that_come_later_fill_the_baselines(results, tmp_path):
    """Forms go out before the year ends: a baseline that is still blank is nobody's answer."""
    place = tmp_path / "2026"
    early = tmp_path / "2025"
    (early / "arsip").mkdir(parents=True)
    (early / KANTOR_FILE).write_bytes((results / KANTOR_FILE).read_bytes())
    (early / "arsip" / "Penetapan-2025.xlsx").write_bytes((results / "arsip" / "Penetapan-2025.xlsx").read_bytes())
    list(start_year(place, NEW, early))
    assert {row.get("baseline") for row in _rows(_form(place, "pmd"), place)} == {None}
    (place / "arsip" / "Capaian-2025.xlsx").write_bytes((results / "hasil" / "Capaian-2025.xlsx").read_bytes())
    list(write_forms(place, None, None, None))
    assert [row.get("baseline") for row in _rows(_form(place, "pmd"), place)] == BASELINES["pmd"]


# ---- the TOR's I.f ---------------------------------------------------------------------------------

DRAFT = (
    "Realisasi 2025: Jumlah musyawarah 9 Dokumen dari target 10 (capaian 90,00 %); "
    "Persentase lembaga aktif 66,67 Persen dari target 85,5 (capaian 77,97 %)."
)
"""9 / 10; (2 / 3 x 100) / 85,5 = 77,97."""


@pytest.fixture
def with_pagu(new) -> Path:
    """The new office once it knows its pagu: each sub kegiatan has its TOR."""
    content = kantor_uji.edit(office_content(), "kantor", 0, tahun=D(NEW), tanggal=date(2025, 10, 1),
                              batas_usulan=None, batas_perbaikan=None)  # fmt: skip
    content = kantor_uji.edit(content, "pagu", 0, kode_sub=SUB_A)
    (new / KANTOR_FILE).write_bytes(kantor_bytes(content))
    list(write_forms(new, None, None, None))
    return new


def _tors(path: Path, folder: Path) -> dict[object, Row]:
    """Every TOR by sub kegiatan, as they are read when nothing counts as a draft."""
    from kinerja_xl.uses.formulir import _accepted

    office = read_office(folder / KANTOR_FILE).office
    book = read_workbook(path.read_bytes(), path.name, _accepted(), office_listings(office))
    assert book.content
    return {s.forms["tor"].get("kode_sub"): s.forms["tor"] for s in book.content.all("tor")}


def test_the_tor_starts_with_last_years_result(with_pagu):
    tors = _tors(_form(with_pagu, "pmd"), with_pagu)
    assert tors[SUB_A].get("kemajuan") == DRAFT


def test_a_draft_alone_is_no_tor(with_pagu):
    """A sub kegiatan that the unit does not propose this year keeps a TOR with our sentence in it: nobody's."""
    office = read_office(with_pagu / KANTOR_FILE).office
    path = _form(with_pagu, "pmd")
    (with_pagu / "arsip" / "Usulan-pmd-2025.xlsx").unlink()  # its texts would be more than our sentence
    path.unlink()
    list(write_forms(with_pagu, "pmd", None, None))
    submission = read_submission(path.read_bytes(), path.name, office_listings(office), office)
    assert submission.content and submission.content.all("tor") == ()
    assert not holds_data(path, office, office.unit("pmd"), _start(with_pagu, "pmd"))


@pytest.mark.parametrize("words", ["Tahap kedua dari tiga.", DRAFT + " Dilanjutkan."])
def test_ones_own_words_there_are_data(with_pagu, words):
    path = _form(with_pagu, "pmd")
    tor = _tors(path, with_pagu)[SUB_A]
    data = _typed(path, tor.sheet, _cell(tor, "kemajuan"), words)
    lines = _beside_kantor(write_forms(with_pagu, "pmd", None, None))
    assert ([line.split(":")[0] for line in lines], path.read_bytes()) == (["Dibiarkan"], data)


# ---- TOR texts and RAB rows --------------------------------------------------------------------------

MARK = "Dari RAB 2025, belum disesuaikan"


def _content(path: Path, folder: Path):
    from kinerja_xl.uses.formulir import _accepted

    book = read_workbook(path.read_bytes(), path.name, _accepted(), office_listings(read_office(folder / KANTOR_FILE).office))
    assert book.content
    return book.content


def test_the_rab_waits_as_a_marked_start(new):
    """Each input column is last year's; what is thought of for the year after is blank, and each row says what it is."""
    rows, before = _content(_form(new, "pmd"), new).rows("rab"), kantor_uji.unit_content("pmd").rows("rab")
    assert [[row.get(key) for key in RAB_KEYS] for row in rows] == [[row.get(key) for key in RAB_KEYS] for row in before]
    assert {(row.get("keterangan"), row.get("prakiraan_maju")) for row in rows} == {(MARK, None)}


def test_the_tor_waits_with_its_texts(new):
    """Texts and the work of the jadwal; dates, targets, amounts and attachments are the year's."""
    content = _content(_form(new, "pmd"), new)
    before = {s.forms["tor"].get("kode_sub"): s for s in kantor_uji.unit_content("pmd").all("tor")}
    assert {s.forms["tor"].get("kode_sub") for s in content.all("tor")} == before.keys() == {kantor_uji.SUB_A, kantor_uji.SUB_B}
    for sheet in content.all("tor"):
        tor, old = sheet.forms["tor"], before[sheet.forms["tor"].get("kode_sub")].forms["tor"]
        assert [tor.get(key) for key in TEXT_KEYS] == [old.get(key) for key in TEXT_KEYS]
        of_the_year = ("tanggal_mulai", "tanggal_selesai", "biaya_barang", "output_target", "outcome_target", "outcome_tahun")
        assert {tor.get(key) for key in of_the_year} == {None}
        for work in sheet.tables["jadwal"]:
            assert {key for key, value in work.values.items() if value is not None} == {"tahap", "kegiatan"}
        assert len(sheet.tables["jadwal"]) == 4
        assert sheet.tables["lampiran"] == ()


def test_what_has_no_pagu_this_year_is_not_carried(with_pagu):
    """The office gives this unit one of last year's two sub kegiatan and another one."""
    found = _content(_form(with_pagu, "pmd"), with_pagu)
    assert {row.get("kode_sub") for row in found.rows("rab")} == {kantor_uji.SUB_B}
    tors = {s.forms["tor"].get("kode_sub"): s.forms["tor"].get("judul") for s in found.all("tor")}
    assert tors == {SUB_A: None, kantor_uji.SUB_B: "Uraian judul kegiatan 2"}


@pytest.mark.parametrize(
    ("block", "key", "value"),
    [("rab", "harga_satuan", 1), ("rab", "keterangan", None), ("rab", "uraian", "Kertas lain"), ("tor", "sasaran", "Baru"),
     ("tor", "judul", None), ("tor", "tanggal_mulai", 46055), ("jadwal", "kegiatan", "Rapat lain"), ("jadwal", "bulan_01", "x")],
)  # fmt: skip
def test_a_changed_start_is_data(new, block, key, value):
    """A text taken out is the one change that leaves nothing of anybody's behind."""
    path = _form(new, "pmd")
    content = _content(path, new)
    row = content.form("tor") if block == "tor" else content.rows(block)[0]
    data = _typed(path, row.sheet, _cell(row, key), value)
    lines = [line.split(":")[0] for line in _beside_kantor(write_forms(new, "pmd", None, None))]
    assert lines == (["Ditulis"] if (block, value) == ("tor", None) else ["Dibiarkan"])
    assert (path.read_bytes() == data) is (lines == ["Dibiarkan"])


def test_without_last_years_usulan_the_forms_start_blank(results, tmp_path):
    """Late and doubled files: what came too late is a start too, what nobody chose between is none."""
    old = tmp_path / "2025"
    (old / "masuk").mkdir(parents=True)
    content = kantor_uji.edit(office_content(), "penerimaan", 1, tanggal=date(2024, 9, 20))
    (old / KANTOR_FILE).write_bytes(kantor_bytes(content))
    for name in ("a", "b"):
        (old / "masuk" / f"{name}.xlsx").write_bytes(clean("pmd"))
    (old / "masuk" / "c.xlsx").write_bytes(clean("trantib"))
    list(start_year(tmp_path / "2026", NEW, old))
    assert sorted(p.name for p in (tmp_path / "2026" / "arsip").iterdir()) == ["Kantor-2025.xlsx", "Usulan-trantib-2025.xlsx"]
    assert _content(_form(tmp_path / "2026", "pmd"), tmp_path / "2026").rows("rab") == ()


# ---- the sample office's years before --------------------------------------------------------------

ARSIP = ROOT / "samples/wasuponda-2025/arsip"


def _values(tahun: int):
    values = read_capaian((ARSIP / f"Capaian-{tahun}.xlsx").read_bytes())
    assert {value.tahun for value in values} == {tahun}
    return {(value.unit, value.kode, value.nama): value for value in values}


def test_sample_reached_in_2024_what_2025_calls_its_baseline():
    now = {(kode, row.get("kode"), row.get("nama")): row for kode in UNITS for row in unit_content(kode).rows("indikator")}
    then = _values(2024)
    assert {key: value.realised for key, value in then.items()} == {key: row.get("baseline") for key, row in now.items()}
    iku = {key for key, row in now.items() if row.get("iku") == "Ya"}
    assert (set(_values(2023)), len(iku)) == (iku, 6)


def test_sample_recap_of_2024_is_of_the_same_office():
    """The same sub kegiatan as in 2025, everything counted, each amount whole rupiah and none above what 2025 asks."""
    back = read_recap((ARSIP / "Rekap-2024.xlsx").read_bytes())
    then, now = defaultdict(int), defaultdict(int)
    for line in back.lines:
        then[line.unit, line.kode_sub] += line.jumlah
    for kode in UNITS:
        for row in unit_content(kode).rows("rab"):
            now[kode, row.get("kode_sub")] += int(jumlah_value(row.values))
    assert (back.tahun, back.findings, all(line.counted for line in back.lines)) == (2024, (), True)
    assert then.keys() == now.keys()
    assert all(0 < then[key] <= now[key] for key in now)
