"""The nota pengantar of a unit and the tanda terima for what it handed in (III.C.2, IV.C)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from docx.document import Document

from kinerja_xl.office.kantor import Office
from kinerja_xl.reckoning.plan.agreements import post
from kinerja_xl.reckoning.recap import RabLine, Status
from kinerja_xl.sheets.formats import format_date, format_number, format_rupiah, terbilang_rupiah
from kinerja_xl.sheets.values import fold
from kinerja_xl.writing.letters import style
from kinerja_xl.writing.letters.looks import el
from kinerja_xl.writing.letters.papers import UnitPapers, planning_unit, signer
from kinerja_xl.writing.letters.prose import DOTS, Lists, append, say
from kinerja_xl.writing.letters.style import finished
from kinerja_xl.writing.letters.tables import Cell, Column, Row, Signer, add_table, dated, labelled, letterhead, signatures, title
from kinerja_xl.writing.letters.tor import total

COLUMNS = (
    Column(head="No", width=9, side="tengah"), Column(head="Kode", width=34), Column(head="Sub Kegiatan", width=60),
    Column(head="TOR", width=13, side="tengah"), Column(head="Baris RAB", width=15, side="kanan"),
    Column(head="Indikator", width=19, side="kanan"), Column(head="Jumlah RAB (Rp)", width=36, side="kanan"),
)  # fmt: skip
NOTHING = "Berkas ini belum memuat sub kegiatan."
_HASH_SHOWN = 16


def write_nota(papers: UnitPapers, office: Office) -> bytes:
    """Both on one file: the nota on the first page, the receipt on the next."""
    paper = style.paper_of(office)
    document = style.new_document(office, f"Nota Pengantar dan Tanda Terima {papers.unit.nama} {office.tahun}", paper)
    lists = Lists(document)
    style.footer(document.sections[0], f"Nota pengantar, {papers.unit.nama}, Tahun Anggaran {office.tahun}", paper)
    letterhead(document, office, paper.room)
    _nota(document, papers, office, lists, paper.room)
    append(
        document,
        el("w:p", el("w:pPr", el("w:pStyle", val="Normal"), el("w:pageBreakBefore"), el("w:spacing", line=20, lineRule="exact"))),
    )
    letterhead(document, office, paper.room)
    _receipt(document, papers, office, paper.room)
    return finished(document)


def _post(office: Office, kode: str, papers: UnitPapers) -> str:
    official = office.official(kode, papers.diterima)
    return post(official) if official else kode.capitalize()


def _nota(document: Document, papers: UnitPapers, office: Office, lists: Lists, room: float) -> None:
    title(document, "NOTA PENGANTAR", f"Nomor: {papers.said('nomor_surat') or DOTS}")
    planner = planning_unit(office)
    day = papers.diterima
    through = [("Melalui", f"Kepala {planner.nama}")] if planner and planner.kode != papers.unit.kode else []
    labelled(
        document,
        [
            ("Kepada", f"Yth. {_post(office, papers.unit.atasan, papers)}"), *through, ("Dari", _head(office, papers)),
            ("Tanggal", format_date(day) if day else ""),
            ("Lampiran", f"{len(papers.tors)} TOR beserta RAB dan indikator kinerja"),
            ("Hal", f"Penyampaian Usulan Rencana Kinerja dan Anggaran Tahun Anggaran {office.tahun}"),
        ],
        room, label=26,
    )  # fmt: skip
    say(
        document,
        f"Bersama ini kami sampaikan usulan rencana kinerja dan anggaran {papers.unit.nama} Tahun Anggaran {office.tahun}, "
        "sebagai berikut.",
    )
    add_table(document, COLUMNS, _rows(papers), lists, room=room)
    say(document, f"Terbilang: {terbilang_rupiah(total(papers.rab))}", "Terbilang")
    held = [line for line in papers.rab if not line.counted]
    if held:
        reasons = "; ".join(dict.fromkeys(line.reason for line in held))
        say(document, f"Di dalamnya {format_rupiah(total(held))} tidak dihitung dalam rekap: {reasons}.", "Keterangan")
    note = papers.said("catatan_unit")
    if note:
        say(document, f"Catatan unit: {note}")
    say(document, "Demikian disampaikan untuk ditelaah. Atas perhatiannya kami ucapkan terima kasih.", keep_next=True)
    signatures(document, [None, _head_signer(office, papers)], room)


def _head(office: Office, papers: UnitPapers) -> str:
    official = office.official(papers.unit.kode, papers.diterima)
    return post(official) if official else f"Kepala {papers.unit.nama}"


def _head_signer(office: Office, papers: UnitPapers) -> Signer:
    official = office.official(papers.unit.kode, papers.diterima)
    return signer(official, f"Kepala {papers.unit.nama}", dated(office.tempat, papers.diterima))


def _rows(papers: UnitPapers) -> list[Row]:
    with_tor = {t.line.kode_sub for t in papers.tors}
    rows = []
    for number, (code, name) in enumerate(papers.subs.items(), start=1):
        own, goals = papers.lines(code), sum(1 for e in papers.indikator if e.kode_sub == code)
        tor = "ada" if code in with_tor else "belum"
        rows.append(
            Row(cells=(str(number), code or DOTS, name or DOTS, tor, str(len(own)), str(goals), format_number(total(own))))
        )
    rows = rows or [Row(cells=(Cell(text=NOTHING, span=len(COLUMNS)),))]
    sums = (str(len(papers.tors)), str(len(papers.rab)), str(len(papers.indikator)), format_number(total(papers.rab)))
    return [*rows, Row(cells=(Cell(text="Jumlah", span=3, side="kiri"), *sums), kind="jumlah")]


def _receipt(document: Document, papers: UnitPapers, office: Office, room: float) -> None:
    title(document, "TANDA TERIMA", f"Usulan Rencana Kinerja dan Anggaran Tahun Anggaran {office.tahun}")
    content = f"{len(papers.tors)} TOR, {len(papers.rab)} baris RAB, {len(papers.indikator)} indikator"
    labelled(
        document,
        [
            ("Unit", papers.unit.nama), ("Nomor surat", papers.said("nomor_surat")), ("Berkas", papers.file),
            ("Sidik berkas", f"{papers.sha256[:_HASH_SHOWN]} (SHA-256, {_HASH_SHOWN} tanda pertama)" if papers.sha256 else ""),
            ("Revisi ke-", papers.revisi), ("Isi", content), ("Jumlah RAB", format_rupiah(total(papers.rab))),
            ("Diterima tanggal", format_date(papers.diterima) if papers.diterima else ""),
            ("Batas waktu usulan", format_date(office.batas_usulan) if office.batas_usulan else ""), ("Keadaan", _state(papers)),
        ],
        room,
    )  # fmt: skip
    say(document, "")
    giver = Signer(above=("", "Yang menyerahkan,"), nama=papers.said("penyusun"), below=())
    taker = Signer(above=(dated(office.tempat, papers.diterima), "Yang menerima,"), nama=papers.penerima, below=())
    signatures(document, [giver, taker], room)


def _state(papers: UnitPapers) -> str:
    """What the receipt says about time; the reason stands where the recap counts nothing."""
    late = papers.line.status is Status.TERLAMBAT
    words = Status.TERLAMBAT.value.capitalize() if late else "Tepat waktu" if papers.diterima else "Tanggal belum dicatat"
    return words.replace("rkt", "RKT")


# ---- The list of usulan standar harga: what units need and the regency's price list does not hold (III.C.2.b) ----

PRICE_COLUMNS = (
    Column(head="No", width=9, side="tengah"), Column(head="Uraian", width=62), Column(head="Spesifikasi", width=52),
    Column(head="Satuan", width=25, side="tengah"), Column(head="Harga Usulan (Rp)", width=33, side="kanan"),
    Column(head="Kode Rekening", width=38), Column(head="Unit Pengusul", width=44), Column(head="Keterangan", width=34),
)  # fmt: skip
NO_PRICES = "Semua barang dan jasa dalam RAB sudah ada pada daftar standar harga."


def write_usulan_harga(lines: Sequence[RabLine], office: Office) -> bytes:
    """``lines``: the rows without a price standard. The same thing at the same price stands once, with all its units."""
    paper = style.paper_of(office).turned()
    document = style.new_document(office, f"Daftar Usulan Standar Harga {office.tahun}", paper)
    lists = Lists(document)
    style.footer(document.sections[0], f"Usulan standar harga, {office.nama}, Tahun Anggaran {office.tahun}", paper)
    letterhead(document, office, paper.room)
    title(document, "DAFTAR USULAN STANDAR HARGA", f"Tahun Anggaran {office.tahun}")
    say(document, "Barang dan jasa berikut diperlukan dalam RAB tetapi belum ada pada daftar standar harga kabupaten.")
    rows = list(_price_rows(lines)) or [Row(cells=(Cell(text=NO_PRICES, span=len(PRICE_COLUMNS)),))]
    add_table(document, PRICE_COLUMNS, rows, lists, room=paper.room, tie=True)
    camat = signer(office.official("camat"), "Camat", dated(office.tempat, office.tanggal))
    signatures(document, [None, camat], paper.room)
    return finished(document)


def _price_rows(lines: Iterable[RabLine]) -> Iterable[Row]:
    same: dict[tuple[str, ...], list[RabLine]] = {}
    for line in lines:
        key = tuple(fold(str(line.row.get(k) or "")) for k in ("uraian", "spesifikasi", "satuan", "kode_rekening"))
        same.setdefault((*key, str(line.row.get("harga_satuan"))), []).append(line)
    for number, group in enumerate(same.values(), start=1):
        get = group[0].row.get
        price = get("harga_satuan")
        units = "\n".join(dict.fromkeys(line.unit_nama for line in group))
        notes = "; ".join(dict.fromkeys(str(text) for line in group if (text := line.row.get("keterangan"))))
        yield Row(
            cells=(
                str(number), str(get("uraian") or DOTS), str(get("spesifikasi") or ""), str(get("satuan") or DOTS),
                format_number(price) if isinstance(price, Decimal) else DOTS, str(get("kode_rekening") or DOTS), units, notes,
            )
        )  # fmt: skip
