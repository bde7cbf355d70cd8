"""The PK letters: the guideline's words, the right parties, the recap's amounts, real Word documents that print."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest

from kinerja_xl.catatan import Severity
from kinerja_xl.office.folder import InputError
from kinerja_xl.reckoning.plan import InForce, Plan, PlanIndicator, PlanSub
from kinerja_xl.reckoning.plan.agreements import Note, agreements
from kinerja_xl.reckoning.plan.rows import amounts_of
from kinerja_xl.sheets.formats import terbilang_rupiah
from kinerja_xl.uses import pk
from kinerja_xl.uses.rekap import rekap
from kinerja_xl.writing.letters import post, style
from kinerja_xl.writing.letters.looks import BULLET, DECIMAL, LETTER
from kinerja_xl.writing.letters.pk import DRAFT, write_pk
from samples.bangun import ROOT
from tests.kantor_uji import SUB_A, SUB_B, D, Folder
from tests.naskah import LONG_NAME, bupati, cells, hard, headings, opened, parts, rupiah, table, tables, text

SAMPLE = ROOT / "samples/wasuponda-2025"

# V.E.1, V.E.2 and V.E.3 of the guideline, typed from it: the three forms say the same.
CLAUSES = (
    "Dalam rangka mewujudkan manajemen pemerintahan yang efektif, transparan dan akuntabel serta berorientasi pada hasil, "
    "kami yang bertanda tangan di bawah ini :",
    "selanjutnya disebut Pihak Pertama",
    "selaku atasan Pihak Pertama, selanjutnya disebut Pihak Kedua",
    "Pihak Pertama berjanji akan mewujudkan target kinerja yang seharusnya sesuai lampiran perjanjian ini, dalam rangka mencapai "
    "target kinerja jangka menengah seperti yang telah ditetapkan dalam dokumen perencanaan. Keberhasilan dan kegagalan "
    "pencapaian target kinerja tersebut menjadi tanggung jawab kami.",
    "Pihak Kedua akan melakukan supervisi yang diperlukan serta akan melakukan evaluasi terhadap capaian kinerja dari perjanjian "
    "ini dan akan mengambil tindakan yang diperlukan dalam rangka pemberian penghargaan dan sanksi.",
)
GOALS = ("No", "Sasaran", "Indikator Kinerja", "Satuan", "Target")


def money_heads(level: str) -> tuple[str, ...]:
    return ("No", "Kode", level, "Anggaran (Rp)", "Keterangan")


def recap_of(folder: Folder, place: Path):
    return rekap(folder.write(place / "kantor"))


def sides(document) -> tuple[list[str], list[str]]:
    """The lines of the first signature block: left and right, without the room to sign."""
    block = next(t for t in tables(document) if any("Pihak Kedua," in c.text for c in t.rows[0].cells))
    left, right = ([x for row in block.rows for x in row.cells[side].text.split("\n") if x] for side in (0, 1))
    return left, right


# ---- words and parties ----------------------------------------------------------------------------


def test_the_letter_is_the_guidelines_word_for_word_in_every_variant(tmp_path):
    recap = recap_of(bupati(), tmp_path)
    found = agreements(recap)
    assert [a.kode for a in found] == ["camat", "sekcam", "pmd", "trantib"]
    for agreement in found:
        document = opened(write_pk([agreement], recap.office))
        said = [p.text for p in document.paragraphs]
        assert said[said.index("PERJANJIAN KINERJA TAHUN 2025") + 1] == DRAFT  # below the title, where who signs looks
        assert said.count("PERJANJIAN KINERJA TAHUN 2025") == 1
        places = [said.index(clause) for clause in CLAUSES]
        assert places == sorted(places)


def test_pihak_kedua_signs_on_the_left_and_each_has_the_superior_of_the_guideline(tmp_path):
    recap = recap_of(bupati(), tmp_path)
    signed = {a.kode: sides(opened(write_pk([a], recap.office))) for a in agreements(recap)}
    place, later = "Batu Putih, 1 Oktober 2024", "Batu Putih, 8 Januari 2025"
    camat = ["Camat Batu Putih", "Rangga Paliwang", "NIP 19750101 200003 1 001"]
    dated = agreements(recap, days={"pmd": date(2025, 1, 8)})
    assert signed["camat"] == (["Pihak Kedua,", "Bupati Telaga Biru", "Tarigan Batubara"], [place, "Pihak Pertama,", *camat])
    assert signed["sekcam"][0] == ["Pihak Kedua,", *camat]
    assert signed["pmd"] == (
        ["Pihak Kedua,", *camat],
        [place, "Pihak Pertama,", "Kepala Seksi Pemberdayaan Masyarakat", "Bima Tandilolo", "NIP 19800303 200501 1 003"],
    )
    assert sides(opened(write_pk([dated[2]], recap.office)))[1][0] == later


def test_the_policy_decides_who_is_pihak_kedua_of_a_kasi(tmp_path):
    folder = bupati()
    index = next(i for i, r in enumerate(folder.kantor.rows("kebijakan")) if r.get("kunci") == "pk_kasi")
    recap = recap_of(folder.edit("kantor", "kebijakan", index, nilai="sekcam"), tmp_path)
    found = {a.kode: a for a in agreements(recap)}
    assert found["pmd"].second.nama == "Sari Wulandhani"
    # and the Sekcam's own budget then covers the kegiatan of those units
    assert found["sekcam"].total == recap.total_rab


def test_a_date_on_the_pk_sheet_is_the_letters_date(tmp_path):
    place = bupati().write(tmp_path / "kantor")
    pk.pk_letters(place)
    right = sides(opened(place / "hasil/surat/PK-pmd-2025.docx"))[1]
    assert right[0] == "Batu Putih, 8 Januari 2025"
    pk.pk_letters(place, tanggal=date(2025, 2, 3))
    assert sides(opened(place / "hasil/surat/PK-pmd-2025.docx"))[1][0] == "Batu Putih, 3 Februari 2025"


# ---- who is missing ---------------------------------------------------------------------------------


def notes_of(found) -> set[tuple[str, Severity]]:
    return {(n.sentence, n.severity) for a in found for n in a.notes}


def test_nobody_is_invented_where_an_official_is_missing(tmp_path):
    recap = recap_of(Folder().without("kantor", "pejabat", 4), tmp_path)  # no Bupati in this office
    camat = agreements(recap)[0]
    assert camat.second.nama == ""
    assert notes_of([camat]) == {
        ("Pejabat Bupati belum ada pada lembar Pejabat di Kantor.xlsx; namanya dikosongkan.", Severity.CEK)
    }
    left, _ = sides(opened(write_pk([camat], recap.office)))
    assert left == ["Pihak Kedua,", "Bupati", style.NAMELESS]


def test_a_post_whose_holder_left_is_called_as_the_sheet_pejabat_called_it(tmp_path):
    """Its neighbour, a post that the sheet does not have, is called by its unit."""
    left = {"mulai": date(2020, 1, 1), "sampai": date(2020, 12, 31), "jabatan": "Kepala Subbagian Contoh"}
    gone = Folder().edit("kantor", "pejabat", 2, **left)
    party = {a.kode: a.first for a in agreements(recap_of(gone, tmp_path / "lama"))}["pmd"]
    assert (party.nama, party.jabatan) == ("", "Kepala Subbagian Contoh")
    without = recap_of(Folder().without("kantor", "pejabat", 2), tmp_path / "tanpa")
    party = {a.kode: a.first for a in agreements(without)}["pmd"]
    assert (party.nama, party.jabatan) == ("", f"Kepala {without.office.unit_name('pmd')}")
    short = replace(without.office, units=(replace(without.office.units[0], kode="umum", nama="Subbag Umum"),))
    assert replace(short, officials=()).vacant("umum") == "Kepala Subbagian Umum"


def test_a_plh_signs_no_pk_and_a_missing_nip_stays_open(tmp_path):
    folder = bupati().edit("kantor", "pejabat", 2, status="Plh.").edit("kantor", "pejabat", 3, nip=None)
    recap = recap_of(folder, tmp_path)
    found = {a.kode: a for a in agreements(recap)}
    assert (found["pmd"].first.nama, found["trantib"].first.nip) == ("", "")
    assert any("Plh." in n.sentence and "Bima Tandilolo" in n.sentence for n in found["pmd"].notes)
    _, right = sides(opened(write_pk([found["pmd"]], recap.office)))
    assert "Bima Tandilolo" not in " ".join(right)
    _, right = sides(opened(write_pk([found["trantib"]], recap.office)))
    assert right[-2:] == ["Citra Mandalele", f"NIP {style.DOTS}"]


def test_a_plt_signs_as_one():
    recap = rekap(SAMPLE)
    pmd = next(a for a in agreements(recap) if a.kode == "pmd")
    assert (pmd.first.jabatan, pmd.first.nama) == (
        "Plt. Kepala Seksi Pemberdayaan Masyarakat dan Desa",
        "Ester Bungarante, S.Pd.",
    )


# ---- staff ----------------------------------------------------------------------------------------------


def test_staff_sign_with_the_head_of_their_unit_over_the_indicators_that_name_them(tmp_path):
    folder = bupati()
    folder.edit("kantor", "pejabat", 5, jabatan_kode="pmd.staf1", nama="Dedi Marampa", nip="199001012015011001",
                jabatan="Pengelola Pemberdayaan", status="Definitif")  # fmt: skip
    folder.edit("pmd", "indikator", 1, penanggung_jawab="Dedi Marampa")
    recap = recap_of(folder, tmp_path)
    assert "G101" not in {f.code for f in recap.findings}
    staff = next(a for a in agreements(recap) if a.first.nama == "Dedi Marampa")
    assert (staff.second.nama, staff.second.jabatan) == ("Bima Tandilolo", "Kepala Seksi Pemberdayaan Masyarakat")
    assert [g.indikator for g in staff.goals] == ["Jumlah lembaga dilatih"]
    assert {m.kode: m.anggaran for m in staff.money} == {SUB_B: amounts_of(recap)["pmd", SUB_B]}
    assert [a.kode for a in agreements(recap)] == ["camat", "sekcam", "pmd", "pmdstaf1", "trantib"]


# ---- amounts -----------------------------------------------------------------------------------------------


def budget(document, level: str) -> tuple[dict[str, int], int]:
    rows = cells(table(document, *money_heads(level)))
    return {row[1]: rupiah(row[3]) for row in rows[:-1]}, rupiah(rows[-1][3])


def test_the_numbers_of_the_sample_are_the_recaps(tmp_path):
    recap = rekap(SAMPLE)
    for agreement in agreements(recap):
        document = opened(write_pk([agreement], recap.office))
        level = {"camat": "Program", "sekcam": "Kegiatan"}.get(agreement.kode, "Sub Kegiatan")
        shown, total = budget(document, level)
        units = [
            u.kode
            for u in recap.office.units
            if agreement.kode in ("camat", u.kode) or (agreement.kode, u.atasan) == ("sekcam",) * 2
        ]
        width = {"Program": 7, "Kegiatan": 12, "Sub Kegiatan": 17}[level]
        expected: dict[str, int] = {}
        for one in recap.lines:
            if one.unit in units and one.counted:
                expected[one.kode_sub[:width]] = expected.get(one.kode_sub[:width], 0) + (one.jumlah or 0)
        assert shown == expected
        assert total == sum(expected.values())
        assert f"Terbilang: {terbilang_rupiah(total)}" in text(document)
    assert agreements(recap)[0].total == recap.total_rab


def test_goals_are_those_of_the_sheets(tmp_path):
    recap = recap_of(bupati(), tmp_path)
    camat, _, pmd, _ = agreements(recap)
    assert cells(table(opened(write_pk([camat], recap.office)), *GOALS)) == [
        ["1", "Lembaga desa aktif", "Persentase lembaga desa aktif", "%", "75"]
    ]
    rows = cells(table(opened(write_pk([pmd], recap.office)), *GOALS))
    assert [(r[1], r[2], r[4]) for r in rows] == [
        ("Lembaga desa aktif", "Jumlah laporan pemberdayaan", "4"), ("Lembaga desa aktif", "Jumlah lembaga dilatih", "10"),
        ("Lembaga desa aktif", "Persentase lembaga desa aktif", "75"),
    ]  # fmt: skip


def test_an_empty_pk_sheet_takes_output_and_outcome_of_the_indikator_sheet_and_says_so(tmp_path):
    recap = recap_of(bupati().without("pmd", "pk_kinerja").without("pmd", "pk_anggaran"), tmp_path)
    pmd = agreements(recap)[2]
    assert [g.indikator for g in pmd.goals] == [
        "Jumlah laporan pemberdayaan",
        "Jumlah lembaga dilatih",
        "Persentase lembaga desa aktif",
    ]
    assert [n.severity for n in pmd.notes] == [Severity.INFO]


def plan_of(recap) -> Plan:
    indicator = PlanIndicator(
        unit="pmd", kode=SUB_B, level="Output", nama="Jumlah lembaga dilatih", sasaran="Lembaga desa aktif",
        tipe="Kuantitas absolut",
        dimensi="Efektif", tingkat="Unit kerja", satuan="Lembaga Kemasyarakatan", arah="Naik", akumulasi="Jumlah", baseline=None,
        target=D(8), quarters=(None, None, None, None),
    )  # fmt: skip
    others = (
        replace(indicator, kode=SUB_A, nama="Jumlah laporan pemberdayaan", target=D(4)),
        replace(indicator, kode=SUB_A[:7], level="Outcome", nama="Persentase lembaga desa aktif", target=D(75)),
    )
    subs = tuple(
        PlanSub(
            unit=unit,
            kode=kode,
            nama=kode,
            diusulkan=amount,
            disepakati=amount - 1000,
            dpa=amount - 5000 if kode == SUB_A else None,
        )
        for (unit, kode), amount in amounts_of(recap).items()
    )
    return Plan(
        tahun=2025, tahap="penetapan", nomor=0, tanggal=date(2025, 1, 2), dasar="", subs=subs, lines=(),
        indicators=(indicator, *others),
    )  # fmt: skip


def locked(recap) -> InForce:
    return InForce(plan=plan_of(recap), path=Path("Penetapan-2025.xlsx"))


def test_a_locked_plan_gives_amounts_and_targets(tmp_path):
    recap = recap_of(bupati(), tmp_path)
    own = amounts_of(recap)
    pmd = agreements(recap, locked(recap))[2]
    assert {m.kode: m.anggaran for m in pmd.money} == {SUB_A: own["pmd", SUB_A] - 5000, SUB_B: own["pmd", SUB_B] - 1000}
    assert [g.target for g in pmd.goals] == [D(4), D(8), D(75)]
    assert [n.severity for n in pmd.notes] == [Severity.CEK]  # the sheet says 10, the plan 8


def test_a_pk_sheet_that_states_another_amount_is_named(tmp_path):
    place = bupati().edit("pmd", "pk_anggaran", 0, anggaran=D(1)).write(tmp_path / "kantor")
    done = pk.pk_letters(place)
    assert [SUB_A in n.sentence for n in done.notes if "lembar PK unit" in n.sentence] == [True]
    assert done.needs_work


# ---- the files -----------------------------------------------------------------------------------------------


def test_one_file_per_official_and_one_with_all(tmp_path):
    place = bupati().write(tmp_path / "kantor")
    done = pk.pk_letters(place)
    names = [w.path.name for w in done.written]
    assert names == [
        "PK-camat-2025.docx",
        "PK-sekcam-2025.docx",
        "PK-pmd-2025.docx",
        "PK-trantib-2025.docx",
        "PK-semua-2025.docx",
    ]
    everything = opened(place / "hasil/surat/PK-semua-2025.docx")
    assert [p.text for p in everything.paragraphs].count("PERJANJIAN KINERJA TAHUN 2025") == 4
    assert len(everything.sections) == 4
    only = pk.pk_letters(place, "pmd")
    assert [w.path.name for w in only.written] == ["PK-pmd-2025.docx"]
    with pytest.raises(InputError, match="apa"):
        pk.pk_letters(place, "apa")


@pytest.mark.usefixtures("anew")
def test_same_input_same_bytes_and_no_clock(tmp_path):
    place = bupati().write(tmp_path / "kantor")
    pk.pk_letters(place)
    first = {p.name: p.read_bytes() for p in (place / "hasil/surat").iterdir()}
    pk.pk_letters(place)
    assert {p.name: p.read_bytes() for p in (place / "hasil/surat").iterdir()} == first
    for data in first.values():
        core = parts(data)["docProps/core.xml"]
        assert core.count(b"2000-01-01T00:00:00Z") == 2
        assert b"python-docx" not in core


def test_real_headings_styles_and_repeated_table_heads(tmp_path):
    recap = recap_of(bupati(), tmp_path)
    document = opened(write_pk(agreements(recap)[:1], recap.office))
    assert headings(document, 1) == ["1. Sasaran dan Indikator Kinerja", "2. Program dan Anggaran"]
    goals = table(document, *GOALS)
    assert goals.style is not None
    assert goals.style.name == "Tabel Kantor"
    assert "w:tblHeader" in goals.rows[0]._tr.xml
    assert {p.style.name for p in document.paragraphs if p.style} <= {
        "Normal", "Kop", "Kop Nama Kantor", "Title", "Subtitle", "Isi Surat", "Heading 1", "Terbilang", "Keterangan",
    }  # fmt: skip
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (216, 330)


def test_a_logo_stands_on_the_letter(tmp_path):
    recap = recap_of(bupati(), tmp_path)
    png = _png()
    with_logo = opened(write_pk(agreements(recap)[:1], replace(recap.office, logo_data=png)))
    assert len(with_logo.inline_shapes) == 1
    broken = opened(write_pk(agreements(recap)[:1], replace(recap.office, logo_data=png[:40])))
    assert len(broken.inline_shapes) == 0


def _png() -> bytes:
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 4, 4, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress((b"\0" + b"\x80" * 4) * 4))
        + chunk(b"IEND", b"")
    )


def test_letters_print_on_their_pages(libre, tmp_path):
    place = bupati().write(tmp_path / "kantor")
    done = pk.pk_letters(place)
    files = [w.path for w in done.written]
    pdfs = libre.pdf(files)
    pages = {path.name: libre.text(made) for path, made in pdfs.items()}
    assert {name: len(p) for name, p in pages.items()} == {**{p.name: 2 for p in files[:-1]}, "PK-semua-2025.docx": 8}
    letter, annex = pages["PK-pmd-2025.docx"]
    assert "selanjutnya disebut Pihak Pertama" in letter
    assert "LAMPIRAN PERJANJIAN KINERJA TAHUN 2025" in annex
    assert "Hal 2 dari 2" in annex
    assert "Jumlah lembaga dilatih" in annex
    assert annex.count("Bima Tandilolo") == 1


def test_hard_content_prints_whole(libre, tmp_path):
    recap = recap_of(hard(), tmp_path)
    found = {a.kode: a for a in agreements(recap)}
    file = tmp_path / "PK-keras.docx"
    file.write_bytes(write_pk([found["camat"], found["pmd"], found["kosong"]], recap.office))
    pages = libre.text(libre.pdf([file])[file])
    assert len(pages) == 6
    flat = " ".join(" ".join(pages).split())
    amount = next(m for m in found["pmd"].money if m.kode == SUB_A)
    assert len(str(amount.anggaran)) == 13
    assert amount.nama == LONG_NAME
    assert f"{amount.anggaran:,}".replace(",", ".") in flat
    assert "Belum ada anggaran menurut usulan." in flat
    assert {n.severity for n in found["kosong"].notes} == {Severity.CEK}


def test_what_no_plan_says_is_not_promised_as_nothing(tmp_path):
    """Nothing counted of a proposal is not known yet; a locked plan without money says Rp0. Blanks press no column."""
    recap = recap_of(hard(), tmp_path)
    proposed = next(a for a in agreements(recap) if a.kode == "kosong")
    found = {}
    for one in (proposed, replace(proposed, locked=True)):
        document = docx.Document(io.BytesIO(write_pk([one], recap.office)))
        goals, money = document.tables[-2:]
        found[one.total] = money.rows[-2].cells[3].text, "Terbilang: Nol rupiah" in money.rows[-1].cells[0].text
        assert [cell.text for cell in goals.rows[1].cells] == ["1", *["…" * 5] * 4]
        assert [round(cell.width.mm) for cell in goals.rows[0].cells] == [9, 49, 61, 30, 22]
    assert found == {None: ("–", False), 0: ("0", True)}


# ---- prose ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Satu alinea.", [("Satu alinea.", 0, 0, 0)]),
        ("Satu.\n\nDua.", [("Satu.", 0, 0, 0), ("Dua.", 0, 0, 0)]),
        ("=SUM(A1)\n+62 411\n@kantor", [("=SUM(A1)", 0, 0, 0), ("+62 411", 0, 0, 0), ("@kantor", 0, 0, 0)]),
        ("-x\n1.500.000 rupiah\n2025. tahun", [("-x", 0, 0, 0), ("1.500.000 rupiah", 0, 0, 0), ("2025. tahun", 0, 0, 0)]),
        ("- a\n• b", [("a", BULLET, 0, 1), ("b", BULLET, 0, 0)]),
        ("1. a\n2) b", [("a", DECIMAL, 0, 1), ("b", DECIMAL, 0, 0)]),
        ("3. c\n5. e", [("c", DECIMAL, 0, 3), ("e", DECIMAL, 0, 5)]),  # the typed numbers stay
        ("1. a\n- x\n- y\n2. b", [("a", DECIMAL, 0, 1), ("x", BULLET, 1, 1), ("y", BULLET, 1, 0), ("b", DECIMAL, 0, 0)]),
        ("1. a\na. x\nb. y\n2. b", [("a", DECIMAL, 0, 1), ("x", LETTER, 1, 1), ("y", LETTER, 1, 0), ("b", DECIMAL, 0, 0)]),
        ("1. a\nantara\n2. b", [("a", DECIMAL, 0, 1), ("antara", 0, 0, 0), ("b", DECIMAL, 0, 2)]),
        ("- a\n1. x\n2. y", [("a", BULLET, 0, 1), ("x", DECIMAL, 0, 1), ("y", DECIMAL, 0, 0)]),
        ("1. a\n1. a", [("a", DECIMAL, 0, 1), ("a", DECIMAL, 0, 1)]),
    ],
)  # fmt: skip
def test_lists_and_lines(typed, expected):
    assert [(x.text, x.form, x.depth, x.start) for x in style.lines(typed)] == expected


# ---- the office's own layout -----------------------------------------------------------------------------------


def layout(*texts: str, row: tuple[str, ...] = ()) -> bytes:
    document = docx.Document()
    for one in texts:
        document.add_paragraph(one)
    if row:
        made = document.add_table(rows=3, cols=len(row))
        made.cell(0, 0).text, made.cell(2, 0).text = "{%tr for m in anggaran %}", "{%tr endfor %}"
        for index, one in enumerate(row):
            made.cell(1, index).text = one
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture
def year(tmp_path):
    place = bupati().write(tmp_path / "kantor")
    (place / "templat").mkdir()
    return place


def test_an_own_layout_is_filled(year):
    made = layout(
        "{{ pertama_nama }} dan {{ kedua_nama }}",
        "Jumlah {{ jumlah }} ({{ terbilang }})",
        row=("{{ m.kode }}", "{{ m.anggaran }}"),
    )
    (year / "templat/PK.docx").write_bytes(made)
    done = pk.pk_letters(year)
    assert [w.path.name for w in done.written] == [
        "PK-camat-2025.docx",
        "PK-sekcam-2025.docx",
        "PK-pmd-2025.docx",
        "PK-trantib-2025.docx",
    ]
    data = (year / "hasil/surat/PK-pmd-2025.docx").read_bytes()
    document = opened(data)
    own = amounts_of(rekap(year))
    assert document.paragraphs[0].text == "Bima Tandilolo dan Rangga Paliwang"
    assert {r.cells[0].text: rupiah(r.cells[1].text) for r in document.tables[0].rows} == {
        k: own["pmd", k] for k in (SUB_A, SUB_B)
    }
    pk.pk_letters(year)
    assert (year / "hasil/surat/PK-pmd-2025.docx").read_bytes() == data
    parts(data)


@pytest.mark.parametrize(
    ("texts", "row", "named"),
    [
        (("{{ pertama_nma }}",), (), ["pertama_nma"]),
        (("{{ tahun }}",), ("{{ m.kodee }}",), ["kodee"]),
        (("{{ a1 }} {{ a2 }}",), (), ["a1", "a2"]),
        (("{ tahun }",), (), ["{ tahun }"]),
        (("{{ tahun }",), (), []),
    ],
)
def test_a_wrong_placeholder_is_named_and_nothing_is_written(year, texts, row, named):
    (year / "templat/PK.docx").write_bytes(layout(*texts, row=row))
    with pytest.raises(InputError) as error:
        pk.pk_letters(year)
    for name in named:
        assert name in str(error.value)
    assert "templat/PK.docx" in str(error.value)
    assert not (year / "hasil/surat").exists()


def test_a_layout_that_is_no_document_is_a_sentence(year):
    (year / "templat/PK.docx").write_bytes(b"bukan zip")
    with pytest.raises(InputError, match="Word"):
        pk.pk_letters(year)


def test_without_docxtpl_a_layout_is_a_sentence(year, monkeypatch):
    (year / "templat/PK.docx").write_bytes(layout("{{ tahun }}"))
    monkeypatch.setitem(sys.modules, "docxtpl", None)
    with pytest.raises(InputError, match=r"kinerja-xl\[templat\]"):
        pk.pk_letters(year)


# ---- PDF ----------------------------------------------------------------------------------------------------------


def test_pdf_stands_beside_each_letter(libre, tmp_path):
    place = bupati().write(tmp_path / "kantor")
    done = pk.pk_letters(place, "pmd", pdf=True)
    assert [w.path.name for w in done.written] == ["PK-pmd-2025.docx", "PK-pmd-2025.pdf"]
    assert (place / "hasil/surat/PK-pmd-2025.pdf").read_bytes().startswith(b"%PDF")


def test_without_libreoffice_the_letters_stand_and_a_sentence_says_why(tmp_path, monkeypatch):
    monkeypatch.setattr(post, "find_libreoffice", lambda: None)
    place = bupati().write(tmp_path / "kantor")
    done = pk.pk_letters(place, "pmd", pdf=True)
    assert [w.path.name for w in done.written] == ["PK-pmd-2025.docx"]
    assert Note(sentence=post.NOT_FOUND, severity=Severity.INFO) in done.notes
    assert not done.needs_work


def test_a_libreoffice_that_hangs_is_stopped(tmp_path, monkeypatch):
    sleeper = tmp_path / "soffice"
    sleeper.write_text("#!/bin/sh\nsleep 60\n", encoding="utf-8")
    sleeper.chmod(0o755)
    monkeypatch.setattr(post, "find_libreoffice", lambda: str(sleeper))
    monkeypatch.setattr(post, "_TO_START", 0.2)
    monkeypatch.setattr(post, "_PER_FILE", 0)
    place = bupati().write(tmp_path / "kantor")
    done = pk.pk_letters(place, "pmd", pdf=True)
    assert [w.path.name for w in done.written] == ["PK-pmd-2025.docx"]
    assert "belum selesai" in done.notes[-1].sentence
