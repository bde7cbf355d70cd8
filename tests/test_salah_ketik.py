"""One mistyped key field is one catatan, at the cell that was mistyped: every code that sheets are joined by, once each.

Beside it what a catatan offers as the other way out, sums with held rows, and prices between units."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx import Document

from kinerja_xl.catatan import EXPLAINED, Severity, Untuk, catalogue
from kinerja_xl.office.kantor import Unit, build_office
from kinerja_xl.reckoning.plan.review import review_of
from kinerja_xl.reckoning.recap.build import Kind, matters
from kinerja_xl.sheets.capaian import CAPAIAN
from kinerja_xl.sheets.content import BookContent
from kinerja_xl.sheets.kantor import KANTOR
from kinerja_xl.sheets.rekap import REKAP
from kinerja_xl.sheets.tor import COSTS
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.uses.cetak import printed_forms
from kinerja_xl.uses.formulir import stale, write_forms
from kinerja_xl.uses.perbarui import renew
from kinerja_xl.uses.rekap import rekap
from kinerja_xl.writing.form import form_name
from samples.bangun import ROOT
from tests.kantor_uji import (
    SUB_A,
    SUB_B,
    SUB_C,
    D,
    Folder,
    Place,
    cell,
    edit,
    line,
    office_content,
    places_of,
    said,
    unit_bytes,
    unit_content,
)
from tests.kasus import Case, Cases, covers
from tests.naskah import text as words_of

case = Cases()

OWN, OTHERS, NOBODYS = "7.01.03.2.01.0001", "7.01.04.2.01.0002", "7.01.03.2.01.0099"
"""A sub kegiatan of the unit that it does not propose, one of another unit, one that is on no list."""


COST = COSTS["5.1.02"]


def pmd(table: str, index: int = 0, /, sheet: int = 0, **values: object) -> Folder:
    return Folder().edit("pmd", table, index, sheet=sheet, **values)


def typed(place: Place, value: object, who: str = "pmd") -> Folder:
    return Folder().put(who, place, value)  # type: ignore[arg-type]


RAB_SUB, RAB_LAST = cell("rab", 0, "kode_sub"), cell("rab", 4, "kode_sub")
TOR_SUB, OUTPUT, OUTCOME = cell("tor", "kode_sub"), cell("indikator", 0, "kode"), cell("indikator", 2, "kode")
PK_SUB, IDENTITAS, TAHUN = cell("pk_anggaran", 0, "kode"), cell("identitas", "unit"), cell("identitas", "tahun")

MISTYPED: dict[str, tuple[Folder, set[tuple[str, ...]]]] = {
    "RAB, kode unit lain": (pmd("rab", 0, kode_sub=OTHERS), {("R508", *RAB_SUB)}),
    "RAB, kode yang diusulkan unit lain": (pmd("rab", 4, kode_sub=SUB_C), {("R508", *RAB_LAST)}),
    "RAB, kode tidak ada": (pmd("rab", 0, kode_sub=NOBODYS), {("R507", *RAB_SUB)}),
    "RAB, kode sendiri yang tidak diusulkan": (pmd("rab", 0, kode_sub=OWN), {("K602", *RAB_SUB)}),
    "RAB, sub kegiatan lain": (pmd("rab", 0, kode_sub=SUB_B), {("K615", *RAB_SUB)}),
    "RAB, huruf O": (typed(RAB_SUB, "7.01.03.2.01.00O3"), {("N415", *RAB_SUB)}),
    "TOR, kode unit lain": (pmd("tor", kode_sub=OTHERS), {("R508", *TOR_SUB)}),
    "TOR, kode tidak ada": (pmd("tor", kode_sub=NOBODYS), {("R507", *TOR_SUB)}),
    "TOR, kode sendiri": (pmd("tor", kode_sub=OWN), {("K603", *TOR_SUB)}),
    "TOR, sub kegiatan lain": (pmd("tor", kode_sub=SUB_B), {("K604", *cell("tor", "kode_sub", sheet="TOR (2)"))}),
    "Indikator, output unit lain": (pmd("indikator", kode=OTHERS), {("R508", *OUTPUT)}),
    "Indikator, output tidak ada": (pmd("indikator", kode=NOBODYS), {("R507", *OUTPUT)}),
    "Indikator, output sendiri": (pmd("indikator", kode=OWN), {("I701", *OUTPUT)}),
    "Indikator, output sub kegiatan lain": (pmd("indikator", kode=SUB_B), {("I701", "Indikator", "")}),
    "Indikator, outcome unit lain": (pmd("indikator", 2, kode="7.01.04"), {("R508", *OUTCOME)}),
    "Indikator, target kata": (typed(cell("indikator", 0, "target"), "empat"), {("I704", *cell("indikator", 0, "target"))}),
    "PK, kode unit lain": (pmd("pk_anggaran", kode=OTHERS), {("R508", *PK_SUB)}),
    "PK, kode tidak ada": (pmd("pk_anggaran", kode=NOBODYS), {("R507", *PK_SUB)}),
    "PK, kode sendiri": (pmd("pk_anggaran", kode=OWN), {("P802", *PK_SUB)}),
    "PK, sub kegiatan lain": (pmd("pk_anggaran", kode=SUB_B), {("R509", *cell("pk_anggaran", 1, "kode"))}),
    "unit": (typed(IDENTITAS, "pmdd"), {("T206", *IDENTITAS)}),
    "unit lain": (typed(IDENTITAS, "trantib"), {("T206", *IDENTITAS)}),
    "tahun": (typed(TAHUN, 2026), {("T206", *TAHUN)}),
    "tahun lima angka": (typed(TAHUN, 20255), {("T206", *TAHUN)}),
    "rekening": (pmd("rab", kode_rekening="5.1.02.01.01.0025"), {("R504", *cell("rab", 0, "kode_rekening"))}),
    "rekening induk": (pmd("rab", kode_rekening="5.1.02.01.01"), {("R505", *cell("rab", 0, "kode_rekening"))}),
    "rekening jenis lain": (pmd("rab", kode_rekening="5.2.02.10.01.0002"), {("R506", *cell("rab", 0, "jenis_belanja"))}),
    "kode standar": (pmd("rab", kode_standar="SSH.10"), {("R516", *cell("rab", 0, "kode_standar"))}),
    "Kantor, unit": (
        typed(cell("unit", 0, "kode"), "pmdd", "kantor"), {("G101", *cell("pagu", 0, "unit")), ("T204", *IDENTITAS)},
    ),
    "Kantor, pagu": (typed(cell("pagu", 0, "unit"), "pmdd", "kantor"), {("G101", *cell("pagu", 0, "unit"))}),
    "Kantor, program": (
        typed(cell("program", 2, "kode"), "7.01.03.2.01.0030", "kantor"), {("G104", *cell("pagu", 0, "kode_sub"))},
    ),
    "Kantor, tahun": (  # the leaders' letters are of 2024 then: dates kept from another year are said as well
        typed(cell("kantor", "tahun"), 2026, "kantor"),
        {("T205", *TAHUN), ("G162", "PK Pimpinan", "E42"), ("G162", "PK Pimpinan", "E43")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", MISTYPED)
def test_a_mistyped_key_is_one_catatan(what: str, tmp_path: Path):
    folder, places = MISTYPED[what]
    assert said(folder.write(tmp_path / "kantor")) == places


case("K615", pmd("rab", 0, kode_sub=SUB_B), RAB_SUB,
     pmd("rab", 0, kode_sub=SUB_B, harga_satuan=D(56_000)), {
         *(("K601", *cell("tor", COST, sheet=sheet)) for sheet in ("TOR", "TOR (2)")),
     })  # fmt: skip


# ---- the other way out -----------------------------------------------------------------------------

def estimated(**row: object) -> Folder:
    """SSH.01 is an estimate of 56.000."""
    folder = pmd("rab", 0, harga_satuan=D(57_000), **row).edit("kantor", "harga", 0, sifat="Estimasi")
    return folder.edit("pmd", "tor", **{COST: D(8_280_000)}).edit("pmd", "pk_anggaran", 0, anggaran=D(8_280_000))


EXPLAINED_CASES = {
    "R514": (lambda text: estimated(keterangan=text), cell("rab", 0, "harga_satuan")),
    "R522": (lambda text: pmd("rab", 0, prakiraan_maju=D(60_000_000), keterangan=text), cell("rab", 0, "prakiraan_maju")),
    "I716": (lambda text: pmd("indikator", 2, baseline=D("0.7"), keterangan=text), cell("indikator", 2, "baseline")),
}


@pytest.mark.parametrize("code", EXPLAINED_CASES)
@pytest.mark.parametrize(
    ("text", "level"),
    [("Harga pabrik naik sejak Juli", Severity.INFO), ("-", Severity.CEK), ("belum ada", Severity.CEK), (None, Severity.CEK)],
)
def test_a_filled_keterangan_settles_what_asks_for_it(code: str, text: str | None, level: Severity, tmp_path: Path):
    change, place = EXPLAINED_CASES[code]
    found = rekap(change(text).write(tmp_path / "kantor")).findings
    assert {(f.code, f.sheet, f.cell, f.severity) for f in found} == {(code, *place, level)}
    assert [f.args.get(EXPLAINED) for f in found] == [text if level is Severity.INFO else None]
    assert (text in found[0].masalah) if level is Severity.INFO and text else EXPLAINED not in found[0].args


@pytest.mark.parametrize("code", EXPLAINED_CASES)
@pytest.mark.parametrize("text", ["Harga pabrik naik sejak Juli", "-"])
def test_an_explanation_is_printed_where_somebody_accepts_it(code: str, text: str, tmp_path: Path):
    """Among the decisions of the Camat, in the Lembar Penelaahan beside its sub kegiatan, in the Berita Acara."""
    folder = EXPLAINED_CASES[code][0](text).write(tmp_path / "kantor")
    recap, told = rekap(folder), text != "-"
    assert {m.kind: m.units for m in matters(recap)} == ({Kind.PENJELASAN: ("pmd",)} if told else {})
    remarks = [row.text("catatan") for row in review_of(recap).rows("telaah_sub") if text in row.text("catatan")]
    papers = [one.path for one in printed_forms(folder, "pmd").written if one.path.name.startswith("Berita")]
    assert (len(remarks), text in words_of(Document(str(papers[0])))) == ((1, True) if told else (0, False))


@pytest.mark.parametrize("code", ["R514", "R522"])
def test_what_last_year_left_there_settles_nothing(code: str, tmp_path: Path):
    """The mark of a carried row, last year's reason behind it."""
    change, place = EXPLAINED_CASES[code]
    folder = change("Dari RAB 2024, belum disesuaikan; harga pabrik naik sejak Juli").write(tmp_path / "kantor")
    found = {(f.code, f.sheet, f.cell, f.severity) for f in rekap(folder).findings}
    assert found == {(code, *place, Severity.CEK), ("R524", *cell("rab", 0, "keterangan"), Severity.CEK)}


def test_the_level_that_the_office_chose_does_not_undo_an_explanation(tmp_path: Path):
    folder = EXPLAINED_CASES["R522"][0]("Kegiatan selesai tahun ini")
    folder.edit("kantor", "tingkat_catatan", kode="R522", tingkat="Wajib diperbaiki", alasan="Keputusan Camat")
    assert [(f.code, f.severity) for f in rekap(folder.write(tmp_path / "kantor")).findings] == [("R522", Severity.INFO)]


LABELS = {
    block.key: {c.label.strip() for c in block.columns} for book in (USULAN, KANTOR) for s in book.sheets for block in s.blocks
}
SHOWN_LABELS = {c.label for s in (*REKAP, *CAPAIAN) for t in s.tables for c in t.columns(USULAN)}


def _given_at() -> dict[str, set[str]]:
    """By code the tables and forms that the rules give it at, as the source says it."""
    found: dict[str, set[str]] = {}
    for path in Path("kinerja_xl/checking").resolve().rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for code, table in re.findall(r'(?:\.at|_at)\(\s*(?:content, )?"([A-Z]\d{3})", "(\w+)"', text):
            found.setdefault(code, set()).add(table)
        for code, table in re.findall(r'else "([A-Z]\d{3})", "(\w+)"', text):
            found.setdefault(code, set()).add(table)
        for code in re.findall(r'(?:at_line|_at)\(\s*"(U\d{3})"', text):
            found.setdefault(code, set()).add("rab")
    return found


def test_a_sentence_names_no_column_that_its_sheet_lacks():
    """"kolom X" and "jelaskan pada X" of every sentence: X stands on each table that the code is given at, or anywhere at all;
    what the reader may say of any table names no column of one."""
    anywhere = set().union(*LABELS.values()) | SHOWN_LABELS
    named = re.compile(r"kolom (?!Lembar)([A-Z]\w+(?: [A-Z]\w+)*)")
    given, wrong = _given_at(), []
    assert {"R514", "R522", "I716", "U914"} <= set(given)
    for code in catalogue().values():
        for label in named.findall(code.perbaikan):
            tables = given.get(code.kode, set()) | (set(LABELS) if code.kode[0] in "NST" else set())
            own = "Kantor.xlsx" not in code.perbaikan and tables
            lacking = [t for t in tables if label not in LABELS[t]] if own else [] if label in anywhere else ["?"]
            wrong += [(code.kode, label, table) for table in lacking]
    assert wrong == []


# ---- held rows -------------------------------------------------------------------------------------


def test_a_sum_with_a_held_row_is_compared_with_nothing(tmp_path: Path):
    """R522 of the same rows is said without the held one, and not with it."""
    far = {"prakiraan_maju": D(60_000_000)}
    assert said(pmd("rab", 0, **far).write(tmp_path / "a")) == {("R522", *cell("rab", 0, "prakiraan_maju"))}
    held = pmd("rab", 0, **far).put("pmd", cell("rab", 1, "harga_satuan"), "900.000,-/jam")
    assert {code for code, *_ in said(held.write(tmp_path / "b"))} & {"R522"} == set()
    blank = pmd("rab", 0, **far).edit("pmd", "rab", 1, uraian=None)
    assert said(blank.write(tmp_path / "c")) == {("N401", *cell("rab", 1, "uraian"))}


# ---- one good, several prices ------------------------------------------------------------------------


def priced(*prices: int) -> Folder:
    """As many units as prices; each buys the same at its own."""
    folder, contents = Folder(), {kode: unit_content(kode) for kode in ("pmd", "trantib")}
    units = [dict(row.values) for row in folder.kantor.rows("unit")]
    names = ["pmd", "trantib", "sosial", "umum", "ekonomi"][: len(prices)]
    for name in names[2:]:
        folder.kantor = _more(folder.kantor, "unit", {**units[1], "kode": name, "nama": f"Seksi {name}"})
        contents[name] = edit(unit_content("trantib"), "identitas", 0, unit=name, nama_unit=f"Seksi {name}")
    for name, price in zip(names, prices, strict=True):
        bought = line(SUB_A if name == "pmd" else SUB_C, "5.1.02.01.01.0052", "Air minum galon", price, 1, "Buah", satuan="Buah")
        data = unit_bytes(edit(contents[name], "rab", len(contents[name].rows("rab")), **bought))
        folder.add(f"Usulan-{name}-2025.xlsx", data)
    return folder.drop("pmd").drop("trantib")


def _more(content: BookContent, table: str, values: dict[str, object]) -> BookContent:
    return edit(content, table, len(content.rows(table)), **values)


@pytest.mark.parametrize(
    ("prices", "odd"),
    [
        ((20, 25), {"pmd", "trantib"}), ((20, 20, 25), {"sosial"}), ((25, 20, 20), {"pmd"}), ((20, 20, 5), {"sosial"}),
        ((20, 21, 40), {"sosial"}), ((20, 20, 20, 25, 30), {"umum", "ekonomi"}), ((20, 20, 20), set()),
    ],
)  # fmt: skip
def test_the_odd_price_is_named_not_the_dearest(prices: tuple[int, ...], odd: set[str], tmp_path: Path):
    found = rekap(priced(*(1000 * p for p in prices)).write(tmp_path / "kantor")).findings
    assert {f.unit for f in found if f.code == "U913"} == odd
    assert len([f for f in found if f.code == "U913"]) == len(odd)


# ---- an info excuses nothing -----------------------------------------------------------------------


def test_a_gap_row_does_not_hide_that_there_is_no_camat(tmp_path: Path):
    """S309 is said of the row typed after a blank one; that nobody is Camat is said all the same."""
    folder = Folder().without("kantor", "pejabat", 0)
    rows = folder.kantor.rows("pejabat")
    last = dict(rows[-1].values)
    gap = edit(edit(folder.kantor, "pejabat", len(rows) - 1, **dict.fromkeys(last)), "pejabat", len(rows) + 2, **last)
    folder.kantor = gap
    found = said(folder.write(tmp_path / "kantor"))
    assert {(code, sheet) for code, sheet, _ in found} == {("S309", "Pejabat"), ("G102", "Pejabat")}


# ---- whom a catatan is for ---------------------------------------------------------------------------


def test_findings_about_the_office_s_own_files_are_the_planner_s(tmp_path: Path):
    folder = typed(cell("pagu", 0, "pagu"), "sepuluh juta", "kantor").put("pmd", cell("rab", 0, "harga_satuan"), "lima")
    found = {(f.code, f.file): f.untuk for f in rekap(folder.write(tmp_path / "kantor")).findings}
    assert found == {("N404", "Kantor.xlsx"): Untuk.PERENCANA, ("N404", "Usulan-pmd-2025.xlsx"): Untuk.UNIT}


# ---- perbarui and formulir ---------------------------------------------------------------------------


@covers("T211")
def test_perbarui_says_each_contradiction_that_it_resolves(tmp_path: Path):
    """A typed total, a jumlah typed over, an official who is no longer there; nothing of a form that agrees with itself."""
    amount, head = cell("rab", 0, "jumlah"), cell("identitas", "kepala_nama")
    folder = typed(amount, 600_000).put("pmd", head, "Orang Lama").write(tmp_path / "kantor")
    old = folder / "masuk" / "Usulan-pmd-2025.xlsx"
    resolved = renew(old, tmp_path / "baru.xlsx").resolved
    assert {("T211", *amount), ("T211", *head)} <= places_of(resolved)
    by_cell = {f.cell: f for f in resolved}
    assert (by_cell[amount[1]].value, by_cell[amount[1]].args["dipakai"]) == ("600.000", "550.000")
    assert (by_cell[head[1]].value, by_cell[head[1]].args["rincian"]) == ("Orang Lama", "Bima Tandilolo")
    sample = ROOT / "samples/wasuponda-2025"
    assert renew(sample / "masuk" / "Usulan-pmd-2025.xlsx", tmp_path / "lain.xlsx", sample).resolved == ()


@covers("T212")
def test_formulir_says_what_is_wrong_before_it_writes(tmp_path: Path):
    """A wajib fault of Kantor.xlsx and a filled form with the chief of last year come before the first form is written."""
    folder = typed(cell("penerimaan", 0, "unit"), "pmdd", "kantor").write(tmp_path / "kantor")
    (folder / "formulir").mkdir()
    office = build_office(office_content())
    pmd_unit: Unit | None = office.unit("pmd")
    assert pmd_unit
    filled = edit(unit_content("pmd"), "identitas", 0, kepala_nama="Orang Lama")
    (folder / "formulir" / form_name(office, pmd_unit)).write_bytes(unit_bytes(filled, whole=True))
    lines = list(write_forms(folder, None, None, None))
    first = next(i for i, text in enumerate(lines) if text.startswith(("Ditulis", "Dibiarkan")))
    said_before = " ".join(lines[:first])
    place = cell("penerimaan", 0, "unit")
    assert f"Kantor.xlsx {place[0]} {place[1]}" in said_before
    assert f"{form_name(office, pmd_unit)} Identitas {cell('identitas', 'kepala_nama')[1]}" in said_before
    assert first == 2


def test_formulir_says_nothing_of_forms_that_are_of_today(tmp_path: Path):
    folder = Folder().write(tmp_path / "kantor")
    (folder / "formulir").mkdir()
    office = build_office(office_content())
    unit = office.unit("pmd")
    assert unit
    (folder / "formulir" / form_name(office, unit)).write_bytes(unit_bytes(unit_content("pmd"), whole=True))
    assert all(text.startswith(("Ditulis", "Dibiarkan")) for text in write_forms(folder, None, None, None))


@pytest.mark.parametrize(
    ("table", "index", "change", "titles"),
    [("harga", 0, {"harga": D(57_000)}, {"Standar harga (SSH, SBU, HSPK, ASB)"}),
     ("rekening", 0, {"uraian": "Belanja ATK"}, {"Rekening belanja"}),
     ("daftar_kantor", 0, {"nilai": "APBD Kabupaten"}, {"Sumber dana"}),
     ("daftar_kantor", 16, {"daftar": "satuan", "nilai": "Poktan"}, {"Satuan", "Sebutan satuan, tanpa spasi dan tanda"}),
     ("pagu", 0, {"pagu": D(11_000_000)}, set())],
)  # fmt: skip
def test_a_filled_form_whose_lists_are_of_an_older_kantor_is_stale(
    table: str, index: int, change: dict[str, object], titles: set[str], tmp_path: Path
):
    """What its drop-downs offer and its ceilings look up; what stands on no list of the form makes it no older."""
    then, now = build_office(office_content()), build_office(edit(office_content(), table, index, **change))
    path = tmp_path / "Usulan-pmd-2025.xlsx"
    path.write_bytes(unit_bytes(unit_content("pmd"), then, whole=True))
    assert stale(path, then, then.units[0]) == []
    found = stale(path, now, now.units[0])
    assert {(f.code, f.sheet, f.column) for f in found} == {("T212", "Daftar", f"Daftar {title}") for title in titles}


@pytest.mark.parametrize("one", case, ids=case.names)
def test_cases(one: Case, tmp_path: Path):
    one.check(tmp_path)
