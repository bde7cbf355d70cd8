"""The Perjanjian Kinerja: the guideline's letter word for word (V.E) and its lampiran with two tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kinerja_xl.office.folder import name_part
from kinerja_xl.office.kantor import Office
from kinerja_xl.reckoning import beside
from kinerja_xl.reckoning.plan.agreements import BUDGET_LEVEL, Agreement, Party, shown
from kinerja_xl.reckoning.recap import titled
from kinerja_xl.sheets.formats import format_date, format_nip, format_number, terbilang_rupiah
from kinerja_xl.sheets.usulan import PK
from kinerja_xl.writing.letters import style
from kinerja_xl.writing.letters.looks import el, paragraph
from kinerja_xl.writing.letters.rows import NONE, Cell, Column, Row, summed
from kinerja_xl.writing.letters.style import DOTS
from kinerja_xl.writing.letters.tables import Letter, Signer, dated, gap

OPENING = (
    "Dalam rangka mewujudkan manajemen pemerintahan yang efektif, transparan dan akuntabel serta berorientasi pada hasil, "
    "kami yang bertanda tangan di bawah ini :"
)
FIRST = "selanjutnya disebut Pihak Pertama"
SECOND = "selaku atasan Pihak Pertama, selanjutnya disebut Pihak Kedua"
PROMISE = (
    "Pihak Pertama berjanji akan mewujudkan target kinerja yang seharusnya sesuai lampiran perjanjian ini, dalam rangka mencapai "
    "target kinerja jangka menengah seperti yang telah ditetapkan dalam dokumen perencanaan. Keberhasilan dan kegagalan "
    "pencapaian target kinerja tersebut menjadi tanggung jawab kami."
)
SUPERVISION = (
    "Pihak Kedua akan melakukan supervisi yang diperlukan serta akan melakukan evaluasi terhadap capaian kinerja dari perjanjian "
    "ini dan akan mengambil tindakan yang diperlukan dalam rangka pemberian penghargaan dan sanksi."
)
"""The words of the guideline's form V.E.1 to V.E.3; they are the same in all variants."""

LEVEL_WORDS = {"program": "Program", "kegiatan": "Kegiatan", "subkegiatan": "Sub Kegiatan"}
DRAFT = "Rancangan (tahap usulan)"


def heading(agreement: Agreement) -> str:
    """``PERJANJIAN KINERJA TAHUN 2025``; after a change of the plan that of the PERUBAHAN."""
    return f"{titled(PK.title, changed=agreement.changed)} TAHUN {agreement.tahun}"


def write_pk(found: Sequence[Agreement], office: Office) -> bytes:
    """One .docx with these agreements, each beginning on page 1 of its own."""
    alone = len(found) == 1
    letter = Letter(office, f"Perjanjian Kinerja Tahun {office.tahun}{f' {found[0].first.jabatan}' if alone else ''}", "")
    for index, agreement in enumerate(found):
        document, words = letter.document, f"PK {agreement.tahun}, {agreement.first.jabatan or agreement.kode}"
        section = style.new_section(document, letter.paper, restart=True) if index else document.sections[0]
        style.footer(section, f"{words}, {DRAFT}" if agreement.draft else words, letter.paper, of_all=alone)
        _letter(letter, agreement)
        _annex(letter, agreement)
    return letter.finished()


def _letter(letter: Letter, agreement: Agreement) -> None:
    place = paragraph("Kop")
    letter.append(place)
    if not letter.picture(place, letter.office.logo_data):  # whose place the form keeps: the names of the office use it
        letter.say(letter.office.pemda.upper(), "Kop")
        letter.say(letter.office.nama.upper(), "KopNama")
    letter.append(gap(), gap())
    letter.title(heading(agreement), DRAFT if agreement.draft else "")
    letter.say(OPENING, "Surat")
    for party, role in ((agreement.first, FIRST), (agreement.second, SECOND)):
        letter.labelled([("Nama", party.nama), ("Jabatan", party.jabatan)], label=24)
        letter.say(role, "Surat")
    letter.say(PROMISE, "Surat")
    letter.say(SUPERVISION, "Surat", keep_next=True)
    _sign(letter, agreement)


def _sign(letter: Letter, agreement: Agreement) -> None:
    """Pihak Kedua on the left, Pihak Pertama on the right under place and date (V.E)."""
    place = dated(agreement.tempat, agreement.tanggal)
    letter.sign(_signer(agreement.second, "", "Pihak Kedua,"), _signer(agreement.first, place, "Pihak Pertama,"))


def _signer(party: Party, *above: str) -> Signer:
    below = () if party.elected else (*((party.pangkat,) if party.pangkat else ()), f"NIP {format_nip(party.nip) or DOTS}")
    return Signer(above=(*above, party.jabatan), nama=party.nama, below=below)


def _annex(letter: Letter, agreement: Agreement) -> None:
    """Both tables on pages of their own (V.E)."""
    letter.append(el("w:p", el("w:pPr", el("w:pStyle", val="Title"), el("w:pageBreakBefore"))))
    letter.document.paragraphs[-1].add_run(f"LAMPIRAN {heading(agreement)}")
    letter.say((agreement.first.jabatan or "").upper(), "Subtitle")
    letter.say("1. Sasaran dan Indikator Kinerja", "Heading1")
    letter.table(GOALS, _goal_rows(agreement))
    level = LEVEL_WORDS[BUDGET_LEVEL[agreement.rank].value]
    letter.say(f"2. {level} dan Anggaran", "Heading1")
    money = (
        Row(cells=(str(number), line.kode or DOTS, line.nama or DOTS, format_number(line.anggaran), line.keterangan))
        for number, line in enumerate(agreement.money, start=1)
    )
    nothing = f"Belum ada anggaran {agreement.menurut}."
    letter.table(_money_columns(level), money, summed(3, _total(agreement), ""), nothing=nothing)
    if agreement.total is not None:
        letter.spelled(agreement.total)
    letter.standing(agreement.menurut, agreement.outside)
    _sign(letter, agreement)


GOALS = (
    Column(head="No", width=9, side="tengah"), Column(head="Sasaran", width=50), Column(head="Indikator Kinerja", width=62),
    Column(head="Satuan", width=30, side="tengah"), Column(head="Target", width=22, side="kanan"),
)  # fmt: skip


def _goal_rows(agreement: Agreement) -> list[Row]:
    """A sasaran stands in one cell before all its indicators."""
    rows, before = [], None
    for number, goal in enumerate(agreement.goals, start=1):
        again = goal.sasaran == before and number > 1
        sasaran = Cell(text=goal.sasaran or DOTS, merge="continue" if again else "restart")
        rows.append(
            Row(cells=(str(number), sasaran, goal.indikator or DOTS, goal.satuan or DOTS, shown(goal.target) or DOTS))
        )
        before = goal.sasaran
    return rows or [Row(cells=("1", DOTS, DOTS, DOTS, DOTS))]


def _total(agreement: Agreement) -> str:
    return NONE if agreement.total is None else format_number(agreement.total)


def _money_columns(level: str) -> tuple[Column, ...]:
    return (
        Column(head="No", width=9, side="tengah"), Column(head="Kode", width=34), Column(head=level, width=69),
        Column(head="Anggaran (Rp)", width=36, side="kanan"), Column(head="Keterangan", width=22, side="tengah"),
    )  # fmt: skip


def file_name(agreement: Agreement | None, tahun: int) -> str:
    """``PK-camat-2025.docx``; without an agreement the file that holds them all."""
    kode = "semua" if agreement is None else name_part(agreement.kode)
    return f"PK-{kode}-{tahun}.docx"


# ---- What the office's own layout of the PK may use (``layout.fill``) ----


def pk_context(agreement: Agreement, office: Office) -> dict[str, Any]:
    """Every placeholder that a PK layout may use, with its text. Lists: ``kinerja`` and ``anggaran``."""
    return {
        "judul": heading(agreement), "menurut": agreement.menurut, "di_luar": beside(agreement.outside),
        "tahun": str(agreement.tahun), "kantor": office.nama, "pemda": office.pemda, "alamat": office.alamat,
        "tempat": agreement.tempat or DOTS, "tanggal": format_date(agreement.tanggal) if agreement.tanggal else DOTS,
        **_party("pertama", agreement.first), **_party("kedua", agreement.second),
        "tingkat": LEVEL_WORDS[BUDGET_LEVEL[agreement.rank].value],
        "jumlah": _total(agreement), "terbilang": NONE if agreement.total is None else terbilang_rupiah(agreement.total),
        "kinerja": [
            {
                "no": str(n), "sasaran": g.sasaran or DOTS, "indikator": g.indikator or DOTS, "satuan": g.satuan or DOTS,
                "target": shown(g.target) or DOTS,
            }
            for n, g in enumerate(agreement.goals, start=1)
        ],
        "anggaran": [
            {
                "no": str(n), "kode": m.kode or DOTS, "nama": m.nama or DOTS, "anggaran": format_number(m.anggaran),
                "keterangan": m.keterangan,
            }
            for n, m in enumerate(agreement.money, start=1)
        ],
    }  # fmt: skip


def _party(prefix: str, party: Party) -> dict[str, str]:
    nip = format_nip(party.nip) or ("" if party.elected else DOTS)
    return {
        f"{prefix}_nama": party.nama or DOTS, f"{prefix}_jabatan": party.jabatan or DOTS, f"{prefix}_nip": nip,
        f"{prefix}_pangkat": party.pangkat,
    }  # fmt: skip
