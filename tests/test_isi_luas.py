"""Forms that nobody here made filled from a whole year's workbooks (recap, capaian, locked plan): every value in its place,
totals to the rupiah as LibreOffice calculates them, and everything around the table moved, grown or untouched as it should be."""

from __future__ import annotations

import io
import re
import shutil
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import openpyxl
import pytest
from click.testing import CliRunner

from kinerja_xl.face.cli import main
from kinerja_xl.filling.from_shown import read_supplies
from kinerja_xl.filling.supply import Supply
from kinerja_xl.office.folder import InputError
from kinerja_xl.package import Archive, patch
from kinerja_xl.reading.own_book import read_recap_sheet
from kinerja_xl.sheets import rekap
from kinerja_xl.uses import isi
from tests import formulir_luas as forms

SAMPLE = Path(__file__).parent.parent / "samples" / "wasuponda-2025"
TOTAL, LOCKED = 2_264_997_050, 2_243_088_050
"""Rupiah of the sample office: what the recap counts, and what was locked."""
TAX = 3_579_400
SO_BE_IT = {"selisih": "tetap diisi"}
"""The answer to sums of a form that are not ours."""


@cache
def year() -> Path:
    """The sample office's year with its recap and its capaian, built once."""
    place = Path(mkdtemp(prefix="isi-luas-")) / "tahun"
    shutil.copytree(SAMPLE, place)
    for verb in ("rekap", "capaian"):
        assert CliRunner().invoke(main, [verb, str(place)]).exit_code in (0, 1)
    return place


@pytest.fixture(scope="module", autouse=True)
def _gone():
    yield
    if year.cache_info().currsize:
        shutil.rmtree(year().parent, ignore_errors=True)


def source(name: str) -> Path:
    return {
        "rekap": year() / "hasil" / "Rekap-2025.xlsx", "capaian": year() / "hasil" / "Capaian-2025.xlsx",
        "rencana": year() / "arsip" / "Penetapan-2025.xlsx", "perubahan": year() / "arsip" / "Penetapan-2025-perubahan-1.xlsx",
    }[name]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A form, what fills it, and what has to come of it.

    ``columns``: form column → our key; ``first``: row of the first line; ``moved``: (first row that moves, by how many);
    ``sums``: cells with the amounts that they show; ``said``: every catatan but the one about columns of ours without
    place; ``leaves``: sub kegiatan alone; ``figures``: columns that formulas of the form take, where no word is written.
    """

    make: Callable[[], bytes]
    source: str
    kind: str = ""
    options: Mapping[str, object] = field(default_factory=dict)
    rows: int
    columns: Mapping[str, str]
    first: int
    moved: tuple[int, int]
    sums: Mapping[str, object]
    said: frozenset[tuple[str, str]] = frozenset()
    leaves: bool = False
    figures: str = ""
    ending: str = ".xlsx"


FORMS = {
    "rab": Wanted(
        make=forms.rab_kegiatan, source="rekap", rows=148, first=15, moved=(19, 143),
        columns={"B": "uraian", "C": "volume", "D": "satuan", "E": "harga_satuan", "G": "keterangan"},
        sums={"F163": TOTAL - TAX, "C5": "Kantor Kecamatan Wasuponda", "C6": "2025", "C10": "Rp2.273.000.000"},
        said=frozenset({("W224", ""), ("W204", "F163"), ("W213", "C7"), ("W219", "D16")}),
    ),
    "rab_makro": Wanted(
        make=lambda: forms.rab_kegiatan(macros=True), source="rekap", options={"unit": "pmd"}, rows=25, first=15, moved=(19, 20),
        columns={"B": "uraian", "C": "volume", "D": "satuan", "E": "harga_satuan", "F": "jumlah"}, ending=".xlsm",
        sums={"F40": 49_159_200}, said=frozenset({("W224", ""), ("W213", "C8"), ("W219", "D15"), ("W209", "")}),
    ),
    "realisasi": Wanted(
        make=forms.realisasi_anggaran, source="capaian", rows=56, first=10, moved=(11, 55),
        columns={"B": "kode", "C": "nama"}, sums={"D66": LOCKED, "I66": 2_152_095_000, "K66": LOCKED - 2_152_095_000},
        said=frozenset({("W208", "D8"), ("W306", "E28")}),  # TW III of 7.01.01.2.08.0004 is not reported in full
    ),
    "rkt": Wanted(
        make=forms.rkt, source="rekap", rows=49, first=10, moved=(11, 48),
        columns={"B": "sasaran", "C": "indikator", "D": "target", "E": "satuan", "F": "induk", "G": "anggaran"},
        sums={"G59": LOCKED},
    ),
    "rkt_dikunci": Wanted(
        make=forms.rkt, source="perubahan", rows=49, first=10, moved=(11, 48), sums={"G59": LOCKED},
        columns={"B": "sasaran", "C": "indikator", "D": "target", "E": "satuan", "F": "induk", "G": "anggaran"},
    ),
    "rencana_aksi": Wanted(
        make=forms.rencana_aksi, source="rencana", kind="indikator", options={"unit": "pmd"}, rows=7, first=11, moved=(99, 0),
        columns={"B": "sasaran", "C": "nama", "D": "satuan", "E": "target", "F": "tw_1", "G": "tw_2", "H": "tw_3", "I": "tw_4",
                 "J": "penanggung_jawab"},
        sums={}, said=frozenset({("W215", ""), ("W217", "A18"), ("W223", "B23")}),
    ),
    "e81": Wanted(
        make=forms.evaluasi_e81, source="capaian", rows=49, first=9, moved=(10, 48),
        columns={"B": "sasaran", "C": "program", "D": "nama", "F": "renstra_k", "G": "renstra_rp", "H": "lalu_k", "I": "lalu_rp",
                 "J": "target_k", "K": "target_rp", "L": "tw1_k", "M": "tw1_rp", "R": "tw4_k", "S": "tw4_rp", "T": "tahun_k",
                 "U": "tahun_rp", "V": "sampai_k", "W": "sampai_rp", "X": "tingkat_k", "Y": "tingkat_rp"},
        sums={"Y58": Decimal("15.132444444444445")},  # the mean of the 45 rows that have money
        said=frozenset({("W201", "Z7"), ("W306", "M9")}),
    ),
    "usulan_harga": Wanted(
        make=forms.usulan_harga, source="rekap", kind="rab", rows=148, first=8, moved=(12, 143),
        columns={"C": "uraian", "D": "spesifikasi", "E": "satuan", "F": "harga_satuan", "G": "kode_rekening"}, sums={},
        said=frozenset({("W224", ""), ("W201", "B6"), ("W211", "A7"), ("W219", "E9"), ("W296", "")}),
    ),
    "capaian_iku": Wanted(  # its formula knows no "makin kecil makin baik": one line differs, and somebody says that it may
        make=forms.capaian_iku, source="capaian", options={"answers": SO_BE_IT}, rows=49, first=7, moved=(10, 45),
        columns={"B": "sasaran", "C": "nama", "D": "satuan", "E": "target", "F": "realisasi"},
        sums={"D3": "Kantor Kecamatan Wasuponda"}, figures="EF",
        said=frozenset({("W218", "G25"), ("W220", "E14"), ("W220", "F14")}),
    ),
    "anggaran_kas": Wanted(
        make=forms.anggaran_kas, source="perubahan", rows=31, first=9, moved=(10, 29),
        columns={"B": "kode_sub", "C": "nama_sub", "D": "anggaran", "E": "bulan_1", "P": "bulan_12", "Q": "jumlah"},
        sums={"D40": LOCKED, "Q40": LOCKED, "R40": 0},
    ),
    "daftar_pagu": Wanted(
        make=forms.daftar_pagu, source="rencana", rows=32, first=5, moved=(99, 0),
        columns={"B": "kode", "C": "nama", "D": "anggaran"}, sums={"D45": LOCKED, "A5": 1, "A36": 32},
        said=frozenset({("W215", ""), ("W201", "E4"), ("W217", "A37")}), leaves=True,
    ),
    "pk": Wanted(
        make=forms.pk_lampiran, source="rekap", kind="pk", options={"unit": "umum"}, rows=17, first=7, moved=(99, 0), columns={},
        sums={}, said=frozenset({("W224", "")}),
    ),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Done:
    form: bytes
    path: Path
    filled: isi.Filled
    supply: Supply

    @property
    def data(self) -> bytes:
        return self.filled.data


@cache
def done(name: str) -> Done:
    wanted = FORMS[name]
    place = year().parent / name
    place.mkdir(exist_ok=True)
    form, target = place / f"formulir{wanted.ending}", place / f"{name}{wanted.ending}"
    form.write_bytes(wanted.make())
    seen: list[Supply] = []
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(isi, "fill_form", _noting(isi.fill_form, seen))
        result = isi.fill(form, source(wanted.source), target, wanted.kind, **wanted.options)
    kinds = [s for s in seen if s.kind == result.filled.kind and {*wanted.columns.values()} <= {c.key for c in s.columns}]
    used = next((s for s in kinds if len(s.rows) == wanted.rows), kinds[0])
    return Done(form=form.read_bytes(), path=target, filled=result.filled, supply=used)


def _noting(real: Callable[..., isi.Filled], seen: list[Supply]) -> Callable[..., isi.Filled]:
    def fill(data: bytes, file: str, supplies: list[Supply], *more: object) -> isi.Filled:
        seen.extend(supplies)
        return real(data, file, supplies, *more)

    return fill


def opened(data: bytes, *, values: bool = True) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what openpyxl would lose on saving does not matter
        return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


NAMES = sorted(FORMS)


@pytest.mark.parametrize("name", NAMES)
def test_every_value_stands_where_it_belongs(name: str):
    wanted, one = FORMS[name], done(name)
    assert one.filled.rows == wanted.rows
    sheet = opened(one.data)[one.filled.sheet]
    rows = [row for i, row in enumerate(one.supply.rows) if not (wanted.leaves and i in one.supply.groups)]
    assert len(rows) == wanted.rows or not wanted.columns
    for at, record in enumerate(rows if wanted.columns else [], start=wanted.first):
        shown = {col: exact(sheet[f"{col}{at}"].value) for col in wanted.columns}
        ours = {col: record.get(key) for col, key in wanted.columns.items()}
        assert shown == {col: None if isinstance(v, str) and col in wanted.figures else v for col, v in ours.items()}, at
    assert {cell: exact(sheet[cell].value) for cell in wanted.sums} == wanted.sums


def exact(value: object) -> object:
    """Numbers as decimals, whatever the reader gives."""
    return Decimal(repr(value)) if isinstance(value, int | float) else value


@pytest.mark.parametrize("name", NAMES)
def test_what_is_said(name: str):
    assert {(f.code, f.cell) for f in done(name).filled.findings if f.code != "W202"} == FORMS[name].said


@pytest.mark.parametrize("name", [name for name in NAMES if name != "pk"])
def test_everything_around_the_table_follows(name: str):
    """Formats, merged cells, texts and print set-up below the table stand by so many rows further down."""
    wanted, one = FORMS[name], done(name)
    at, count = wanted.moved
    before, after = (opened(data, values=False)[one.filled.sheet] for data in (one.form, one.data))

    def moved(row: int) -> int:
        return row + count if row >= at else row

    last = at - 1 if not wanted.moved[1] else at
    for row in before.iter_rows():
        for cell in row:
            twin = after.cell(moved(cell.row), cell.column)
            assert cell.style_id == twin.style_id, cell.coordinate
            if cell.row > last and isinstance(cell.value, str) and not cell.value.startswith("=") and cell.row > at:
                assert twin.value == cell.value or "dst" in cell.value, cell.coordinate
    merged = {(moved(m.min_row), m.min_col, moved(m.max_row), m.max_col) for m in before.merged_cells.ranges}
    assert {(m.min_row, m.min_col, m.max_row, m.max_col) for m in after.merged_cells.ranges} == merged
    assert after.print_area == _area(before.print_area, moved)
    assert after.print_title_rows == before.print_title_rows
    assert after.freeze_panes == before.freeze_panes
    model = before[at - 1] if wanted.first == at - 1 else before[at - 1]
    for row in range(at, at + count):  # the new rows look like the one that they were made from
        for cell in model:
            twin = after.cell(row, cell.column)
            assert cell.style_id == twin.style_id, twin.coordinate


def _area(text: str, moved: Callable[[int], int]) -> str:
    return re.sub(r"(\$[A-Z]+\$)(\d+)$", lambda m: f"{m[1]}{moved(int(m[2]))}", text)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_lost_from_the_package(name: str):
    one = done(name)
    before, after = Archive.open(one.form), Archive.open(one.data)
    gone = {entry.filename for entry in before.entries} - {entry.filename for entry in after.entries}
    assert gone <= {"xl/calcChain.xml"}
    kept = re.compile(r"xl/(?:media/.*|styles\.xml|theme/.*|vbaProject\.bin)|docProps/.*|\[Content_Types\]\.xml|.*\.rels")
    for entry in before.entries:
        if kept.fullmatch(entry.filename):
            assert before.read(entry.filename) == after.read(entry.filename), entry.filename


def test_what_hangs_on_the_table_elsewhere_grows_with_it():
    archive = Archive.open(done("rab").data)
    text = {entry.filename: archive.read(entry.filename).decode("utf-8", "replace") for entry in archive.entries}
    assert "RAB!$B$15:$B$162" in text["xl/charts/chart1.xml"] and "RAB!$F$15:$F$162" in text["xl/charts/chart1.xml"]
    assert re.findall(r"<definedName [^>]*>([^<]*)<", text["xl/workbook.xml"]) == [
        "RAB!$A$1:$G$172", "RAB!$12:$14", "RAB!$B$15:$F$162", "Rekapitulasi!$A$10:$A$12", "RAB!$F$163",
    ]  # fmt: skip
    sheet = text["xl/worksheets/sheet1.xml"]
    assert re.findall(r'<conditionalFormatting sqref="([^"]*)"', sheet) == ["F15:F162", "E15:E162"]
    assert "$F15&gt;$F$163/2" in sheet and "COUNTIF($B$15:$B$162,B15)&lt;2" in sheet
    assert sorted(re.findall(r'<dataValidation [^>]*sqref="([^"]*)"', sheet)) == ["C15:C162", "D15:D162"]
    lines = re.findall(r"<xm:f>RAB!C(\d+):F(\d+)</xm:f><xm:sqref>H(\d+)</xm:sqref>", sheet)
    assert {row for line in lines for row in line} == {str(row) for row in range(15, 163)} and len(lines) == 148
    assert '<brk id="163"' in sheet and 'ref="F163"' in text["xl/comments1.xml"]
    assert re.findall(r"<xdr:row>(\d+)", text["xl/drawings/drawing1.xml"]) == ["0", "2", "166", "169"]
    values = opened(done("rab").data)["Rekapitulasi"]
    assert [values[f"B{row}"].value for row in (1, 4, 5)] == [TOTAL - TAX, TOTAL - TAX, 148]


def test_groups_of_programs_get_their_own_rows_and_subtotals(tmp_path: Path):
    form = tmp_path / "rka.xlsx"
    form.write_bytes(forms.rka_per_program())
    result = isi.fill(form, source("rekap"), tmp_path / "hasil.xlsx", "rab").filled
    sheet = opened(result.data).worksheets[0]
    texts = [(row, str(sheet[f"A{row}"].value)) for row in range(1, sheet.max_row + 1)]
    labels = [(row, text) for row, text in texts if text.startswith("Sub")]
    assert sum(sheet[f"H{row}"].value for row, _ in labels) == TOTAL
    top = 10
    for row, label in labels:
        code = label.removeprefix("Sub Jumlah ")
        assert sheet[f"B{top}"].value == code
        ours = [line for line in supply_rows("rekap", "rab") if str(line["kode_sub"]).startswith(f"{code}.")]
        assert sheet[f"H{row}"].value == sum(line["jumlah"] for line in ours)
        assert [sheet[f"C{at}"].value for at in range(top + 1, top + 1 + len(ours))] == [line["uraian"] for line in ours]
        top = row + 1
    numbers = [sheet[f"A{row}"].value for row in range(10, sheet.max_row + 1) if isinstance(sheet[f"A{row}"].value, int)]
    assert numbers == list(range(1, 149))


def supply_rows(name: str, kind: str) -> list[dict[str, object]]:
    supplies, _ = isi._supplies(source(name).read_bytes(), source(name), kind)
    return [dict(row) for row in supplies[0].rows]


def test_both_tables_of_a_lampiran(tmp_path: Path):
    sheet = opened(done("pk").data).worksheets[0]
    labels = {str(sheet[f"A{row}"].value): row for row in range(1, sheet.max_row + 1)}
    total = labels["Jumlah"]
    ours = [row for row in supply_rows("rekap", "pk") if row["unit"] == "umum"]
    assert [sheet[f"C{row}"].value for row in range(7, 7 + len(ours))] == [row["indikator"] for row in ours]
    assert sheet[f"C{total}"].value == 2_012_599_450
    assert sheet[f"D{total - 1}"].value == "APBD"


def test_libreoffice_finds_no_difference_and_no_error(libre):
    paths = [done(name).path for name in NAMES]
    compared, differences = libre.judge(paths)
    unknown = [("rab.xlsx", "B2"), ("rab_makro.xlsm", "B2")]  # INDEX over an area is not calculated here: no result is given
    assert [(d.file, d.cell) for d in differences] == unknown
    assert compared > 500
    for name in NAMES:
        book = opened(done(name).data)
        errors = [c.coordinate for s in book for row in s.iter_rows() for c in row if str(c.value).startswith("#")]
        assert errors == [], name


# ---- asked, answered, remembered -----------------------------------------------------------------------


def run(form: Path, target: Path, *more: str, source_name: str = "rekap") -> tuple[int, str]:
    found = CliRunner().invoke(main, ["isi", str(form), "--dari", str(source(source_name)), "-o", str(target), *more])
    return found.exit_code, found.output


@pytest.mark.usefixtures("anew")
def test_an_answer_is_kept_and_the_form_is_filled_without_questions_next_time(tmp_path: Path):
    form, padanan = tmp_path / "pk.xlsx", tmp_path / "Padanan.xlsx"
    form.write_bytes(forms.pk_lampiran())
    where = ("--padanan", str(padanan))
    assert run(form, tmp_path / "a.xlsx", "--unit", "umum", *where)[0] == 2  # indikator or rkt: nobody guesses
    assert not (tmp_path / "a.xlsx").exists() and not padanan.exists()
    code, said = run(form, tmp_path / "b.xlsx", "--unit", "umum", "--jawab", "jenis=indikator", *where)
    assert code in (0, 1) and "Jawaban disimpan" in said
    code, said = run(form, tmp_path / "c.xlsx", "--unit", "umum", *where)
    assert code in (0, 1) and "W102" not in said
    assert (tmp_path / "b.xlsx").read_bytes() == (tmp_path / "c.xlsx").read_bytes()


def test_a_column_is_named_once_and_known_from_then_on(tmp_path: Path):
    form, padanan = tmp_path / "ssh.xlsx", tmp_path / "Padanan.xlsx"
    form.write_bytes(forms.usulan_harga())
    answered = ("--sebagai", "rab", "--padanan", str(padanan))
    assert run(form, tmp_path / "a.xlsx", "--jawab", "KODE KELOMPOK BARANG=Kode Standar", *answered)[0] == 1
    run(form, tmp_path / "b.xlsx", *answered)
    for name in ("a", "b"):
        sheet = opened((tmp_path / f"{name}.xlsx").read_bytes()).worksheets[0]
        assert (sheet["B8"].value, sheet["C8"].value) == ("02.06.05.40.01.03", "Kertas HVS F4 70 gr")
    changed = openpyxl.load_workbook(form)
    changed.active["D6"] = "MERK"
    changed.save(form)
    code, said = run(form, tmp_path / "c.xlsx", *answered)
    assert code == 1 and "jawabannya tersimpan" in " ".join(said.split())


@pytest.mark.parametrize("answer", ["jenis=apa", "Kolom Entah=Uraian", "KODE KELOMPOK BARANG=Kolom Entah"])
def test_an_answer_that_fits_nothing_is_refused(tmp_path: Path, answer: str):
    form = tmp_path / "ssh.xlsx"
    form.write_bytes(forms.usulan_harga())
    code, _ = run(form, tmp_path / "a.xlsx", "--sebagai", "rab", "--jawab", answer, "--padanan", str(tmp_path / "P.xlsx"))
    assert code == 2 and not (tmp_path / "a.xlsx").exists() and not (tmp_path / "P.xlsx").exists()


# ---- refused -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "name", "kind", "codes"),
    [
        (forms.lke, "rekap", "", {"W103"}),
        (forms.rkt, "rekap", "kas", set()),
        (forms.rkt, "capaian", "rab", set()),
        (forms.rab_kegiatan, "capaian", "", {"W101"}),
    ],
)
def test_what_does_not_fit_is_refused(tmp_path: Path, make: Callable[[], bytes], name: str, kind: str, codes: set[str]):
    form = tmp_path / "form.xlsx"
    form.write_bytes(make())
    with pytest.raises(InputError) as error:
        isi.fill(form, source(name), tmp_path / "hasil.xlsx", kind)
    assert {f.code for f in error.value.findings} == codes
    assert not (tmp_path / "hasil.xlsx").exists()


@pytest.mark.parametrize(
    ("name", "kind", "heads", "rows", "first"),
    [
        ("rekap", "", {"Kode": "7.01.01", "Urusan/Bidang/Program/Kegiatan/Sub Kegiatan":
                       "PROGRAM PENUNJANG URUSAN PEMERINTAHAN DAERAH KABUPATEN/KOTA",
                       "Indikator Kinerja": "Nilai SAKIP Kecamatan Wasuponda", "Target Capaian Kinerja": 70.5,
                       "Pagu Indikatif (Rp)": None, "Prakiraan Maju Target": None}, 49, 0),
        ("rekap", "", {"No": 1, "Sub Kegiatan": "Penyusunan Dokumen Perencanaan Perangkat Daerah", "Pagu": 7_500_000,
                       "Unit Pelaksana": "Subbag Perencanaan dan Kepegawaian"}, 32, 0),
        ("rekap", "", {"Sasaran": "Meningkatnya akuntabilitas kinerja dan keuangan kecamatan",
                       "Indikator Kinerja Utama": "Nilai SAKIP Kecamatan Wasuponda",
                       "Sumber Data": "Laporan Hasil Evaluasi AKIP dari Inspektorat", "Penanggung Jawab":
                       "Kasubag Perencanaan dan Kepegawaian"}, 6, 0),
        ("capaian", "", {"Indikator": "Persentase Warga Wajib KTP yang Sudah Merekam", "Target TW II": 97.2,
                         "Realisasi TW II": 97.2919, "Capaian TW II (%)": None, "Kendala": None}, 49, 48),
        ("perubahan", "", {"Kode Rekening": "5.1.01.01.01.0001", "Uraian": "Belanja Gaji Pokok PNS", "Jumlah (Rp)": 929_600_000},
         46, 0),
        ("perubahan", "", {"Kode Sub Kegiatan": "7.01.01.2.01.0001", "Kode Rekening": "5.1.02.01.01.0025",
                           "Uraian": "Belanja Alat/Bahan untuk Kegiatan Kantor- Kertas dan Cover", "Jumlah (Rp)": 430_000},
         115, 0),
    ],
)  # fmt: skip
def test_headings_of_other_offices(tmp_path: Path, name: str, kind: str, heads: dict[str, object], rows: int, first: int):
    """A line of each, as it stands in the form; what nobody here knows stays blank."""
    form = tmp_path / "form.xlsx"
    book = openpyxl.Workbook()
    book.active.append(list(heads))
    book.active.append([None] * len(heads))
    book.active["A5"] = "Mengetahui,"
    book.save(form)
    result = isi.fill(form, source(name), tmp_path / "hasil.xlsx", kind).filled
    assert result.rows == rows
    shown = [cell.value for cell in opened(result.data).active[2 + first]]
    assert shown[: len(heads)] == list(heads.values())


def test_a_filled_form_is_never_filled_again(tmp_path: Path):
    with pytest.raises(InputError) as error:
        isi.fill(done("rkt").path, source("rekap"), tmp_path / "hasil.xlsx", "rkt")
    assert [f.code for f in error.value.findings] == ["W103"]


@pytest.mark.parametrize(
    ("make", "name", "kind", "cell", "answers"),
    [(forms.rab_kegiatan, "perubahan", "rab", "C13", SO_BE_IT), (forms.anggaran_kas, "rekap", "program", "E8", {})],
)
def test_what_the_source_does_not_have_is_said(
    tmp_path: Path, make: Callable[[], bytes], name: str, kind: str, cell: str, answers: Mapping[str, str]
):
    """A locked plan knows no volumes and no prices (so that the form's sum is 0: asked first), a recap no months."""
    form = tmp_path / "form.xlsx"
    form.write_bytes(make())
    result = isi.fill(form, source(name), tmp_path / "hasil.xlsx", kind, answers=answers).filled
    assert ("W201", cell) in {(f.code, f.cell) for f in result.findings}


# ---- what a recap's rows are -----------------------------------------------------------------------------


@pytest.mark.parametrize(("declared", "rows"), [(rekap.RKT, 49), (rekap.PER_PROGRAM, 56), (rekap.PK_ANGGARAN, 32)])
def test_rows_that_only_head_a_group_are_no_rows(declared: rekap.RecapSheet, rows: int):
    found = read_recap_sheet(source("rekap").read_bytes(), "Rekap-2025.xlsx", declared)
    assert isinstance(found, tuple) and len(found) == rows


def test_a_row_whose_mark_was_emptied_is_held_back_and_not_lost():
    data = source("rekap").read_bytes()
    supply = read_supplies(patch(data, {("RAB", "AA9"): None}), "Rekap-2025.xlsx", "rab")[0]
    assert [line.row.get("uraian") for line in supply.uncounted] == ["Kertas HVS F4 70 gr"]
    assert (len(supply.rows), supply.total) == (147, TOTAL - 430_000)
    assert read_supplies(data, "Rekap-2025.xlsx", "rab")[0].uncounted == ()
