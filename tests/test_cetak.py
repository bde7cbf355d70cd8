"""The printed forms: TOR with RAB, RKT, Rencana Aksi, nota, Berita Acara, usulan standar harga."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from kinerja_xl.catatan import Finding, Severity
from kinerja_xl.office.folder import InputError
from kinerja_xl.reckoning.plan.rows import amounts_of, goals_of
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.formats import terbilang_rupiah
from kinerja_xl.uses import cetak
from kinerja_xl.uses.cetak import prints
from kinerja_xl.uses.rekap import rekap
from kinerja_xl.uses.year import Year
from kinerja_xl.writing.letters import nota, style
from kinerja_xl.writing.letters.looks import MONTH_FILL, twips
from kinerja_xl.writing.letters.papers import catatan_per_sub
from kinerja_xl.writing.letters.widths import evened, high, need
from samples.bangun import ROOT
from tests.kantor_uji import SUB_A, SUB_B, SUB_C, SUB_D, D, Folder, year_with
from tests.naskah import (
    BIG,
    LONG_NAME,
    THREE_PAGES,
    bupati,
    cells,
    closing,
    hard,
    headings,
    opened,
    parts,
    rupiah,
    table,
    tables,
    text,
)
from tests.test_surat import locked

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
SAMPLE = ROOT / "samples/wasuponda-2025"
RAB = ("No", "Uraian", "Koefisien", "Satuan", "Harga Satuan (Rp)", "PPN (Rp)", "Jumlah (Rp)")
COSTS = ("No", "Jenis Belanja", "Jumlah (Rp)")
# IV.A.2 of the guideline; it has no V.
ORDER = [
    "I. LATAR BELAKANG (PENDAHULUAN)", "II. TUJUAN DAN SASARAN", "III. LINGKUP RENCANA KINERJA", "IV. JADWAL PELAKSANAAN",
    "VI. RENCANA PEMBIAYAAN", "VII. HASIL YANG DIHARAPKAN", "VIII. PENUTUP",
]  # fmt: skip


def printed(folder: Folder, place: Path, **more):
    """(recap, documents by name, notes) of a small office."""
    year = folder.write(place / "kantor")
    recap = rekap(year)
    files, notes = prints(year_with(year, recap=recap), **more)
    return recap, files, notes


def test_every_form_of_the_small_office_and_nothing_else(tmp_path):
    _, files, notes = printed(bupati(), tmp_path)
    assert set(files) == {
        f"TOR-pmd-{SUB_A}.docx", f"TOR-pmd-{SUB_B}.docx", f"TOR-trantib-{SUB_C}.docx", f"TOR-trantib-{SUB_D}.docx",
        *(f"{name}-{unit}-2025.docx" for name in ("Nota", "Berita-Acara") for unit in ("pmd", "trantib")),
        "RKT-2025.docx", "Rencana-Aksi-2025.docx", "Usulan-Standar-Harga-2025.docx",
    }  # fmt: skip
    assert notes == []


def test_one_unit_only(tmp_path):
    recap, files, _ = printed(bupati(), tmp_path, only="pmd")
    assert not [name for name in files if "trantib" in name]
    rows = cells(opened(files["RKT-pmd-2025.docx"]).tables[1])
    assert rupiah(rows[-1][5]) == next(u.total_rab for u in recap.units if u.kode == "pmd")
    with pytest.raises(InputError, match="xyz"):
        prints(year_with(tmp_path / "kantor", recap=recap), only="xyz")


# ---- TOR and RAB ---------------------------------------------------------------------------------


def tor_of(folder: Folder, place: Path, name: str = f"TOR-pmd-{SUB_A}.docx"):
    recap, files, _ = printed(folder, place)
    return recap, opened(files[name])


def test_the_tor_has_the_guidelines_headings_in_order(tmp_path):
    _, document = tor_of(bupati(), tmp_path)
    assert headings(document, 1) == ORDER
    assert headings(document, 2)[:4] == [
        "a. Permasalahan dan pentingnya kegiatan", "b. Keterkaitan dengan tugas unit dan Renstra", "c. Kebijakan dan peraturan",
        "d. Rumusan masalah",
    ]  # fmt: skip
    letters = [head[0] for head in headings(document, 2) if head[1:3] == ". "]
    assert "".join(letters).startswith("abcdef")


def test_the_schedule_shades_the_planned_months(tmp_path):
    _, document = tor_of(bupati(), tmp_path)
    schedule = next(t for t in document.tables if t.rows[0].cells[0].text == "Tahap")
    assert [c.text for c in schedule.rows[1].cells][2:] == [*_MONTHS]
    row = schedule.rows[2]
    shaded = [i - 1 for i, c in enumerate(row.cells) if MONTH_FILL in c._tc.xml]
    assert shaded == [i - 1 for i, c in enumerate(row.cells) if c.text == "x"] == [2, 11]


def test_costs_and_rab_are_the_recaps(tmp_path):
    for unit in ("pmd", "umum"):
        recap = rekap(SAMPLE)
        files, _ = prints(year_with(SAMPLE, recap=recap), only=unit)
        for tor in (t for t in recap.tors if t.unit == unit):
            document = opened(files[f"TOR-{unit}-{tor.kode_sub}.docx"])
            lines = [x for x in recap.lines if x.kode_sub == tor.kode_sub and x.unit == unit]
            costs = cells(table(document, *COSTS))
            assert [rupiah(r[2]) for r in costs] == [
                *(sum(x.jumlah or 0 for x in lines if x.jenis == key) for key in ("5.1.01", "5.1.02", "5.2")), tor.rab.amount,
            ]  # fmt: skip
            rab = cells(table(document, *RAB))
            numbered = [r for r in rab if r[0].isdigit()]
            groups = [r for r in rab[:-1] if not r[0].isdigit()]
            assert sorted(rupiah(r[6]) for r in numbered) == sorted(x.jumlah or 0 for x in lines)
            assert sum(rupiah(r[6]) for r in groups) == rupiah(rab[-1][6]) == tor.rab.amount
            assert text(document).count(f"Terbilang: {terbilang_rupiah(tor.rab.amount)}") == 2


def test_factors_stand_as_the_budgeting_system_keeps_them(tmp_path):
    _, document = tor_of(bupati(), tmp_path)
    rows = {r[1]: r for r in cells(table(document, *RAB)) if r[0].isdigit()}
    assert rows["Makan rapat"][2:] == ["30 Orang x 2 Kali", "Orang/Kali", "35.000", "210.000", "2.310.000"]
    _, document = tor_of(bupati(), tmp_path / "b", f"TOR-pmd-{SUB_B}.docx")
    rows = {r[1]: r for r in cells(table(document, *RAB)) if r[0].isdigit()}
    assert rows["Spanduk"][2] == "2,5 Meter x 4 Lembar"


@pytest.mark.parametrize(("nama", "nip"), [(None, "NIP 19750101 200003 1 001"), ("Orang Lain", f"NIP {style.DOTS}")])
def test_a_nip_that_the_form_leaves_out_is_that_of_the_sheet_pejabat(tmp_path, nama, nip):
    folder = bupati() if nama is None else bupati().edit("pmd", "tor", 0, mengetahui=nama)
    _, document = tor_of(folder, tmp_path)
    assert nip in text(document) and (style.DOTS in text(document)) is (nama is not None)


def test_a_price_that_nobody_knows_is_dots_and_a_tax_that_nobody_asks_is_a_dash(tmp_path):
    _, document = tor_of(bupati().edit("pmd", "rab", 0, harga_satuan=None, satuan=None), tmp_path)
    first, second = [r for r in cells(table(document, *RAB)) if r[0].isdigit()][:2]
    assert (first[3:], second[5]) == (["……………", "……………", "–", "tidak dapat dihitung"], "210.000")


def test_a_tor_that_disagrees_with_its_rab_shows_both(tmp_path):
    _, document = tor_of(bupati().edit("pmd", "tor", 0, biaya_barang=D(7)), tmp_path)
    rows = cells(table(document, "No", "Jenis Belanja", "Menurut TOR (Rp)", "Menurut RAB (Rp)"))
    assert [(r[2], r[3]) for r in rows][1] == ("7", "8.260.000")


def test_texts_become_paragraphs_and_lists_and_no_formula(tmp_path):
    typed = "=SUM(A1:A9)\n1. satu\n2. dua\n- a\n3. tiga\n<b>&amp;\x07"
    _, document = tor_of(bupati().edit("pmd", "tor", 0, latar_belakang=typed), tmp_path)
    start = next(i for i, p in enumerate(document.paragraphs) if p.text.startswith("a. Permasalahan"))
    found = [(p.text, p.style.name, p._p.pPr.numPr is not None) for p in document.paragraphs[start + 1 : start + 7]]
    assert found == [
        ("=SUM(A1:A9)", "Body Text", False), ("satu", "List Number", True), ("dua", "List Number", True),
        ("a", "List Bullet", True),
        ("tiga", "List Number", True), ("<b>&amp;", "Body Text", False),
    ]  # fmt: skip


def test_empty_required_parts_are_dots_and_optional_ones_are_left_out(tmp_path):
    _, document = tor_of(bupati().edit("pmd", "tor", 0, manfaat=None, kemajuan=None), tmp_path)
    said = [p.text for p in document.paragraphs]
    assert said[said.index("e. Manfaat kegiatan") + 1] == style.DOTS
    assert said[said.index("f. Tahapan kemajuan atau reviu tahun lalu") + 1] == "Tidak diperlukan untuk kegiatan ini."


def test_kasi_signs_on_the_right_and_the_superior_takes_note_on_the_left(tmp_path):
    folder = bupati().edit(
        "pmd", "tor", 0, penanda_tangan="Bima Tandilolo", mengetahui="Rangga Paliwang", mengetahui_jabatan="Camat Batu Putih"
    )
    _, document = tor_of(folder, tmp_path)
    blocks = [t for t in tables(document) if "Mengetahui," in t.rows[0].cells[0].text]
    assert len(blocks) == 2  # under the TOR and under its annex
    for block in blocks:
        left, right = block.rows[0].cells
        assert left.text == "Mengetahui,\nCamat Batu Putih"
        assert right.text == "Batu Putih, 1 Oktober 2024\nKepala Seksi Pemberdayaan Masyarakat"
        assert [c.text.split("\n")[0] for c in block.rows[2].cells] == ["Rangga Paliwang", "Bima Tandilolo"]


def test_a_late_unit_is_printed_and_its_amounts_are_marked(tmp_path):
    folder = bupati().edit("kantor", "penerimaan", 0, tanggal=date(2024, 9, 20))
    recap, files, _ = printed(folder, tmp_path)
    document = opened(files[f"TOR-pmd-{SUB_A}.docx"])
    assert sum(1 for x in recap.lines if x.unit == "pmd" and x.counted) == 0
    rows = [r for r in cells(table(document, *RAB)) if r[0].isdigit()]
    assert all(r[1].split("\n")[0].endswith("*)") for r in rows)
    assert text(document).count("*) Dihitung dalam rekap Rp0; tidak dihitung Rp8.260.000 (3 baris)") == 2
    receipt = text(opened(files["Nota-pmd-2025.docx"]))
    assert "Terlambat (tidak masuk RKT)" in receipt
    assert not [r for r in cells(opened(files["RKT-2025.docx"]).tables[1]) if r[0] == SUB_A]


def test_rows_without_a_tor_are_named(tmp_path):
    _, files, notes = printed(bupati().edit("pmd", "tor", 0, sheet=1, kode_sub="7.01.03.2.01.0001"), tmp_path)
    assert f"TOR-pmd-{SUB_B}.docx" not in files
    assert [SUB_B in n.sentence for n in notes] == [True]


# ---- the office's tables -----------------------------------------------------------------------------


@pytest.mark.parametrize("total", [2_243_088_050, 2_264_997_050], ids=["rencana", "usulan"])
def test_the_rkt_adds_up_by_program_kegiatan_and_office(total: int):
    recap = rekap(SAMPLE)
    assert (recap.in_force.total, recap.total_rab) == (2_243_088_050, 2_264_997_050)
    recap = recap if total == recap.in_force.total else replace(recap, agreed=None)
    files, _ = prints(year_with(SAMPLE, recap=recap), only=None)
    rows = cells(opened(files["RKT-2025.docx"]).tables[1])
    by_width = {width: sum(rupiah(r[5]) for r in rows if len(r[0]) == width and r[5]) for width in (7, 12, 17)}
    assert by_width == dict.fromkeys((7, 12, 17), total)
    assert rupiah(rows[-1][5]) == total
    indicators = {r[2].rpartition(" (")[0] for r in rows}
    plan = Year(SAMPLE).plan if recap.agreed else None
    assert {e.row.get("nama") for e in goals_of(recap, plan)} <= indicators | {r[2] for r in rows}


def test_the_rencana_aksi_has_actions_targets_amounts_and_who_answers(tmp_path):
    recap, files, _ = printed(bupati(), tmp_path)
    document = opened(files["Rencana-Aksi-2025.docx"])
    made = next(t for t in document.tables if t.rows[0].cells[0].text == "No")
    heads = ["No", "Aksi", "Indikator", "Satuan", "TW I", "TW II", "TW III", "TW IV", "Anggaran (Rp)", "Penanggung Jawab"]
    assert [c.text.replace("\xa0", " ") for c in made.rows[1].cells] == heads
    rows = cells(made)[1:]
    first = next(r for r in rows if r[2] == "Jumlah laporan pemberdayaan")
    assert first == [
        "1",
        "Pelaksanaan: Rapat dan pelatihan (TW\u00a0I,\u00a0IV)\nPerencanaan: Rapat dan pelatihan (TW\u00a0I)\n"
        "Pengendalian: Rapat dan pelatihan (TW\u00a0I\u00a0s.d.\u00a0II)\nEvaluasi: Rapat dan pelatihan (TW\u00a0IV)",
        "Jumlah laporan pemberdayaan",
        "Laporan",
        "1",
        "1",
        "1",
        "1",
        "",
        "Kepala Seksi",
    ]
    assert {r[0].split()[0]: rupiah(r[8]) for r in rows if r[0].startswith("7.")} == {
        sub: x for (_, sub), x in amounts_of(recap).items()
    }
    assert rupiah(rows[-1][8]) == recap.total_rab


def test_words_that_are_tied_are_one_word_of_a_column():
    """``TW III`` over a narrow column is not broken into ``TW II`` and ``I``."""
    assert need("TW\u00a0III", bold=True) > need("TW III", bold=True) > 0


def test_a_post_of_two_lines_has_no_last_word_alone():
    """A short one keeps the whole room."""
    width, post = twips(83), "Plt. Kepala Seksi Pemberdayaan Masyarakat dan Desa"
    assert evened("Camat Wasuponda", width) == 0
    free = evened(post, width)
    assert free > twips(10) and high(post, width - 2 * free) == high(post, width) > high("Camat", width)


@pytest.mark.parametrize("agreed", [True, False], ids=["rencana", "usulan"])
def test_what_stands_below_a_total_stays_with_the_signature(agreed: bool):
    """A signature alone on the last page could be put below anything."""
    recap = rekap(SAMPLE)
    files, _ = prints(year_with(SAMPLE, recap=recap if agreed else replace(recap, agreed=None)), only=None)
    for name in ("RKT-2025.docx", "Rencana-Aksi-2025.docx"):
        document = opened(files[name])
        made = document.tables[-1]
        below = closing(made)
        said = [one.text for one in below if isinstance(one, Paragraph) and one.text]
        assert [words.partition(" ")[0] for words in said][:1] == ["Terbilang:"] and "Target dan anggaran" in said[-1]
        assert isinstance(below[-2], Table) and len(below) >= 5  # a cell ends with a paragraph
        assert made.rows[-1]._tr.trPr.find(qn("w:cantSplit")) is not None
        for row in made.rows[-4:-1]:  # two rows and the sum stay with it
            assert all(one.paragraph_format.keep_with_next for one in row.cells[0].paragraphs), name


def test_the_nota_lists_what_was_handed_in_and_the_receipt_names_the_file(tmp_path):
    recap, files, _ = printed(bupati(), tmp_path)
    document = opened(files["Nota-pmd-2025.docx"])
    rows = cells(table(document, "No", "Kode", "Sub Kegiatan", "TOR", "Baris RAB", "Indikator", "Jumlah RAB (Rp)"))
    assert [(r[1], r[3], r[4], r[5], rupiah(r[6])) for r in rows[:2]] == [
        (SUB_A, "ada", "3", "1", amounts_of(recap)["pmd", SUB_A]), (SUB_B, "ada", "2", "1", amounts_of(recap)["pmd", SUB_B]),
    ]  # fmt: skip
    # An indicator of a program belongs to no TOR: a row of its own, so that the columns add up to what stands below them.
    assert set(rows[2]) == {nota.ONLY_GOALS}
    assert [(r[0], r[1], r[3:]) for r in rows[3:-1]] == [("", "7.01.03", ["–", "–", "1", "–"])]
    listed = [*rows[:2], *rows[3:-1]]
    assert [sum(int(r[column].replace("–", "0")) for r in listed) for column in (4, 5)] == [int(n) for n in rows[-1][-3:-1]]
    assert "c.q.\n:\n" not in text(document)  # this office has no unit of planning
    said = text(document)
    source = next(s for s in recap.sources if s.unit == "pmd")
    assert source.sha256[:16] in said
    assert "Yth. Camat Batu Putih" in said
    assert "10 September 2024" in said
    assert "Tepat waktu" in said


def test_the_berita_acara_waits_for_the_review_and_then_holds_its_result(tmp_path):
    heads = ("No", "Kode dan Sub Kegiatan", "Diusulkan (Rp)", "Catatan Penelaah", "Tanggapan Unit", "Disepakati (Rp)", "Alasan")
    recap, files, _ = printed(bupati(), tmp_path)
    rows = cells(table(opened(files["Berita-Acara-pmd-2025.docx"]), *heads))
    own = amounts_of(recap)
    assert [(r[1].split("\n")[0], rupiah(r[2]), r[5].strip()) for r in rows[:-1]] == [
        (SUB_A, own["pmd", SUB_A], ""),
        (SUB_B, own["pmd", SUB_B], ""),
    ]
    files, _ = prints(year_with(tmp_path / "kantor", recap=recap, in_force=locked(recap)), tanggal=date(2024, 10, 7))
    document = opened(files["Berita-Acara-pmd-2025.docx"])
    rows = cells(table(document, *heads))
    assert [(rupiah(r[2]), rupiah(r[5])) for r in rows[:-1]] == [(own["pmd", s], own["pmd", s] - 1000) for s in (SUB_A, SUB_B)]
    assert "tanggal tujuh bulan Oktober tahun dua ribu dua puluh empat (07-10-2024)" in text(document)


def test_catatan_stand_with_their_sub_kegiatan():
    row = Row(values={}, row=12, sheet="RAB")
    found = [
        Finding(code="R513", sheet="RAB", cell="K12"), Finding(code="R513", sheet="RAB", cell="L12"),
        Finding(code="R516", sheet="TOR (2)", cell="C9"), Finding(code="R517", sheet="RAB", cell="K12"),
        Finding(code="R513", sheet="RAB", cell="K99"),
    ]  # fmt: skip
    said = catatan_per_sub(found, [(row, SUB_A)], {"TOR (2)": SUB_B})
    assert {code: len(titles) for code, titles in said.items()} == {SUB_A: 1, SUB_B: 1, "": 1}  # R517 is info


def test_usulan_standar_harga_lists_what_the_price_list_lacks(tmp_path):
    folder = bupati().edit("pmd", "rab", 3, kode_standar=None, jenis_standar=None)
    _, files, _ = printed(folder, tmp_path)
    rows = cells(opened(files["Usulan-Standar-Harga-2025.docx"]).tables[1])
    assert [(r[1], r[3], r[4], r[6]) for r in rows] == [("Spanduk", "Meter", "25.000", "Seksi Pemberdayaan Masyarakat")]
    _, files, _ = printed(bupati(), tmp_path / "b")
    assert "sudah ada pada daftar standar harga" in text(opened(files["Usulan-Standar-Harga-2025.docx"]))


# ---- the files -------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("anew")
def test_same_input_same_bytes_and_inputs_stay(tmp_path):
    year = bupati().write(tmp_path / "kantor")
    before = {p.name: p.read_bytes() for p in (year / "masuk").iterdir()}
    done = cetak.printed_forms(year)
    assert not done.needs_work
    first = {p.name: p.read_bytes() for p in (year / "hasil/cetak").iterdir()}
    cetak.printed_forms(year)
    assert {p.name: p.read_bytes() for p in (year / "hasil/cetak").iterdir()} == first
    assert {p.name: p.read_bytes() for p in (year / "masuk").iterdir()} == before
    for data in first.values():
        parts(data)


def test_a4_by_policy(tmp_path):
    folder = bupati()
    index = next(i for i, r in enumerate(folder.kantor.rows("kebijakan")) if r.get("kunci") == "kertas")
    _, document = tor_of(folder.edit("kantor", "kebijakan", index, nilai="A4"), tmp_path)
    upright, across = document.sections
    assert (round(upright.page_width.mm), round(upright.page_height.mm)) == (210, 297)
    assert (round(across.page_width.mm), round(across.page_height.mm)) == (297, 210)


def test_every_form_of_the_sample_prints_on_its_pages(libre, tmp_path):
    recap = rekap(SAMPLE)
    files, notes = prints(year_with(SAMPLE, recap=recap))
    assert notes == []
    paths = []
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        paths.append(tmp_path / name)
    for path, made in libre.pdf(paths).items():
        pages = libre.text(made)
        assert 1 <= len(pages) <= 12, (path.name, len(pages))
        body = ["\n".join(page.rstrip().split("\n")[:-1]).strip() for page in pages]  # without the footer
        assert all(len(x) > 80 for x in body), (path.name, "blank page")
        assert f"Hal {len(pages)} dari {len(pages)}" in pages[-1]
        for index, page in enumerate(body):
            last = page.split("\n")[-1].strip()
            assert last not in ORDER, (path.name, index, "orphan heading")
        assert "####" not in "".join(pages)
        if path.name.startswith("TOR-"):
            assert "I. LATAR BELAKANG (PENDAHULUAN)" in pages[0]
            assert any("RINCIAN ANGGARAN BIAYA (RAB)" in page for page in pages[1:])
            assert "NIP" in pages[-1]


def test_hard_content_prints_whole(libre, tmp_path):
    recap, files, notes = printed(hard(), tmp_path)
    assert {n.severity for n in notes} == {Severity.CEK}
    assert [n.sentence.split(":")[0] for n in notes] == ["Seksi Tanpa Usulan"]
    paths = []
    for name in (
        f"TOR-pmd-{SUB_A}.docx",
        f"TOR-trantib-{SUB_C}.docx",
        "RKT-2025.docx",
        "Rencana-Aksi-2025.docx",
        "Nota-pmd-2025.docx",
    ):
        (tmp_path / name).write_bytes(files[name])
        paths.append(tmp_path / name)
    pages = {path.name: libre.text(made) for path, made in libre.pdf(paths).items()}
    flat = {name: " ".join(" ".join(found).split()) for name, found in pages.items()}
    long = pages[f"TOR-pmd-{SUB_A}.docx"]
    assert next(i for i, page in enumerate(long) if "b. Keterkaitan" in page) in (3, 4)  # three pages of latar belakang before it
    assert all(f"Alinea ke-{n}:" in " ".join(long) for n in range(THREE_PAGES.count("\n") + 1))
    assert f"{BIG:,}".replace(",", ".") in flat[f"TOR-pmd-{SUB_A}.docx"]
    marked = ["-   satu", "-   dua", "1.  pertama", "2.  kedua"]  # the marks that were typed
    assert [" ".join(x.split()) in flat[f"TOR-pmd-{SUB_A}.docx"] for x in marked] == [True] * 4
    many = flat[f"TOR-trantib-{SUB_C}.docx"]
    assert all(f"Barang nomor {n} " in many for n in range(400))
    rab_pages = [page for page in pages[f"TOR-trantib-{SUB_C}.docx"] if "Barang nomor" in page]
    assert all("Harga Satuan (Rp)" in page for page in rab_pages)  # headings on every page
    assert len(rab_pages) > 10
    words = LONG_NAME.split()
    assert all(word in flat["RKT-2025.docx"] for word in words)


def test_a_unit_without_rows_is_printed_too(tmp_path):
    folder = bupati().without("pmd", "rab").without("pmd", "indikator")
    recap, files, _ = printed(folder, tmp_path)
    document = opened(files[f"TOR-pmd-{SUB_A}.docx"])
    assert [r[0] for r in cells(table(document, *RAB))] == ["Sub kegiatan ini belum mempunyai baris RAB.", "Jumlah"]
    assert "Nol rupiah" in text(document)
    assert recap.total_rab == rupiah(cells(opened(files["RKT-2025.docx"]).tables[1])[-1][5])
