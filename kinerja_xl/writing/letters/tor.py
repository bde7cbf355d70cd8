"""TOR and RAB of one sub kegiatan as one document (IV.A.2): headings I to VIII, the guideline has no V.

Labels of the parts are those of the form (``sheets/tor``); the main headings are the guideline's own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from docx.document import Document

from kinerja_xl.lists.codes import parents
from kinerja_xl.office.kantor import Office
from kinerja_xl.reckoning.plan.agreements import post
from kinerja_xl.reckoning.recap import RabLine, TorLine
from kinerja_xl.sheets.choices import JENIS_BELANJA
from kinerja_xl.sheets.content import Row as Record
from kinerja_xl.sheets.formats import format_date, format_number, format_rupiah, terbilang_rupiah
from kinerja_xl.sheets.rab import FACTOR_UNITS, FACTORS
from kinerja_xl.sheets.tor import COSTS, JADWAL_TABLE, MONTHS, TOR_FORM
from kinerja_xl.writing.letters import prose, style
from kinerja_xl.writing.letters.looks import MONTH_FILL
from kinerja_xl.writing.letters.prose import DOTS, Lists, say
from kinerja_xl.writing.letters.style import finished
from kinerja_xl.writing.letters.tables import Cell, Column, Row, Signer, add_table, dated, labelled, signatures, title

# ---- The RAB of one sub kegiatan as an annex: components by account, with subtotals, total and its words (IV.B) ----

COLUMNS = (
    Column(head="No", width=11, side="tengah"), Column(head="Uraian", width=92), Column(head="Koefisien", width=50),
    Column(head="Satuan", width=25, side="tengah"), Column(head="Harga Satuan (Rp)", width=33, side="kanan"),
    Column(head="PPN (Rp)", width=27, side="kanan"), Column(head="Jumlah (Rp)", width=37, side="kanan"),
)  # fmt: skip
"""The order of the RKA (koefisien, satuan, harga, PPN, jumlah); the account stands above its components."""

UNKNOWN = "tidak dapat dihitung"
NOTHING = "Sub kegiatan ini belum mempunyai baris RAB."
OTHERS = "Jenis belanja belum dikenal"


def total(lines: Iterable[RabLine]) -> int:
    """Rupiah of the rows whose amount is known, counted in the recap or not."""
    return sum(line.jumlah or 0 for line in lines)


def per_jenis(lines: Sequence[RabLine]) -> dict[str, int]:
    """Rupiah by name of the jenis belanja, in the order of the forms; the rest under ``OTHERS`` where there is one."""
    found = {name: total(x for x in lines if x.jenis == key) for key, name in JENIS_BELANJA.items()}
    rest = total(x for x in lines if x.jenis not in JENIS_BELANJA)
    return found | ({OTHERS: rest} if rest else {})


def write_rab(document: Document, lines: Sequence[RabLine], office: Office, lists: Lists, room: float) -> None:
    """The table, the total in words, and what of it the recap does not count."""
    rows = list(_rows(lines, office)) or [Row(cells=(Cell(text=NOTHING, span=len(COLUMNS)),))]
    amount = total(lines)
    rows.append(Row(cells=(Cell(text="Jumlah", span=len(COLUMNS) - 1, side="kiri"), format_number(amount)), kind="jumlah"))
    add_table(document, COLUMNS, rows, lists, room=room)
    say(document, f"Terbilang: {terbilang_rupiah(amount)}", "Terbilang")
    for words in remarks(lines):
        say(document, words, "Keterangan")


def remarks(lines: Sequence[RabLine]) -> list[str]:
    """What stands beside the total: rows that the recap does not count, with their amount and reason."""
    held = [line for line in lines if not line.counted]
    if not held:
        return []
    reasons = "; ".join(dict.fromkeys(line.reason for line in held))
    words = (
        f"Dihitung dalam rekap {format_rupiah(total(x for x in lines if x.counted))}; tidak dihitung {format_rupiah(total(held))}"
    )
    return [f"*) {words} ({len(held)} baris): {reasons}."]


def _rows(lines: Sequence[RabLine], office: Office) -> Iterable[Row]:
    number = 0
    for code, own in groupby(sorted(lines, key=_account), key=_account):
        rows = list(own)
        name = office.accounts.get(code) or str(rows[0].row.get("nama_rekening") or "")
        head = Cell(text=f"{code or DOTS}  {name}".strip(), span=len(COLUMNS) - 1, side="kiri")
        yield Row(cells=(head, format_number(total(rows))), kind="kelompok")
        for line in rows:
            number += 1
            yield _component(number, line)


def _account(line: RabLine) -> str:
    return str(line.row.get("kode_rekening") or "")


def _component(number: int, line: RabLine) -> Row:
    get = line.row.get
    mark = "" if line.counted else " *)"
    return Row(
        cells=(
            str(number), Cell(text=f"{get('uraian') or DOTS}{mark}", small=str(get("spesifikasi") or "")), koefisien(line),
            str(get("satuan") or ""), _number(get("harga_satuan")), _number(get("ppn")),
            UNKNOWN if line.jumlah is None else format_number(line.jumlah),
        )
    )  # fmt: skip


def koefisien(line: RabLine) -> str:
    """``30 Orang x 2 Kali``: the filled factors with their units."""
    found = []
    for factor, unit in zip(FACTORS, FACTOR_UNITS, strict=True):
        value = line.row.get(factor)
        if isinstance(value, Decimal):
            found.append(f"{format_number(value)} {line.row.get(unit) or ''}".strip())
    return " x ".join(found)


def _number(value: object) -> str:
    return format_number(value) if isinstance(value, Decimal) else ""


HEADINGS = (
    "I. LATAR BELAKANG (PENDAHULUAN)", "II. TUJUAN DAN SASARAN", "III. LINGKUP RENCANA KINERJA", "IV. JADWAL PELAKSANAAN",
    "VI. RENCANA PEMBIAYAAN", "VII. HASIL YANG DIHARAPKAN", "VIII. PENUTUP",
)  # fmt: skip
_BACKGROUND, _GOAL, _SCOPE, _SCHEDULE, _COST, _RESULT, _CLOSING = HEADINGS
TITLE = "TOR/KERANGKA ACUAN KERJA"
ANNEX = "RINCIAN ANGGARAN BIAYA (RAB)"

PARTS: Mapping[str, tuple[str, ...]] = {
    _BACKGROUND: ("latar_belakang", "keterkaitan", "dasar_hukum", "rumusan_masalah", "manfaat", "kemajuan"),
    _GOAL: ("tujuan", "sasaran"),
    _SCOPE: ("lingkup_perencanaan", "lingkup_pelaksanaan", "lingkup_pengendalian", "lingkup_evaluasi", "seminar"),
}
_COLUMNS = {column.key: column for column in TOR_FORM.fields}


@dataclass(frozen=True, slots=True, kw_only=True)
class TorContent:
    """What a TOR prints: its form as the recap has it, its schedule and supports, and its RAB rows."""

    line: TorLine
    jadwal: tuple[Record, ...]
    lampiran: tuple[Record, ...]
    rab: tuple[RabLine, ...]


def label(key: str) -> str:
    """A field's label without the question it answers: ``b. Keterkaitan dengan tugas unit dan Renstra``."""
    return _COLUMNS[key].label.partition(" (")[0].strip()


def write_tor(content: TorContent, office: Office) -> bytes:
    """The document: TOR upright, RAB across on pages of its own."""
    paper = style.paper_of(office)
    name = content.line.nama_sub or content.line.kode_sub
    document = style.new_document(office, f"TOR dan RAB {content.line.kode_sub} {name}", paper)
    lists = Lists(document)
    style.footer(
        document.sections[0], f"TOR {content.line.kode_sub}, {content.line.unit_nama}, Tahun Anggaran {office.tahun}", paper
    )
    _head(document, content, office, paper.room)
    for heading, keys in PARTS.items():
        say(document, heading, "Heading1")
        _texts(document, content.line.row, keys, lists)
    _schedule(document, content, lists, paper.room)
    _costs(document, content, lists, paper.room)
    _results(document, content, lists)
    say(document, _CLOSING, "Heading1")
    prose.write(document, _text(content.line.row, "penutup"), lists, keep_next=True)
    _sign(document, content, office, paper.room)
    _annex(document, content, office, lists, paper.turned())
    return finished(document)


def _text(row: Record, key: str) -> str:
    value = row.get(key)
    if isinstance(value, date):
        return format_date(value)
    return format_number(value) if isinstance(value, Decimal) else str(value or "")


def _named(office: Office, code: str) -> str:
    node = office.programs.get(code)
    return f"{code} {node.nama}" if node else code


def _place(content: TorContent, office: Office) -> list[tuple[str, str]]:
    """Where the activity stands: unit, program, kegiatan, sub kegiatan."""
    code = content.line.kode_sub
    try:
        program, kegiatan = parents(code)
    except ValueError:
        program = kegiatan = ""
    return [
        ("Unit Kerja", content.line.unit_nama), ("Program", _named(office, program)), ("Kegiatan", _named(office, kegiatan)),
        ("Sub Kegiatan", f"{code} {content.line.nama_sub}".strip()), ("Tahun Anggaran", str(office.tahun)),
    ]  # fmt: skip


def _head(document: Document, content: TorContent, office: Office, room: float) -> None:
    row = content.line.row
    title(document, TITLE, (_text(row, "judul") or content.line.nama_sub).upper())
    span = " sampai ".join(_text(row, key) or DOTS for key in ("tanggal_mulai", "tanggal_selesai"))
    pairs = [
        *_place(content, office),
        *((label(key), _text(row, key)) for key in ("sifat", "penanggung_jawab", "lokasi")),
        ("Waktu", span),
    ]
    labelled(document, pairs, room)


def _texts(document: Document, row: Record, keys: Sequence[str], lists: Lists) -> None:
    """Parts with their headings; what the form does not require and nobody filled is left out."""
    for key in keys:
        text = _text(row, key)
        if text or _COLUMNS[key].required:
            say(document, label(key), "Heading2")
            prose.write(document, text, lists)


def _schedule(document: Document, content: TorContent, lists: Lists, room: float) -> None:
    """Stage by month; a planned month is shaded and has its x, so that a copy in black and white says the same."""
    say(document, _SCHEDULE, "Heading1")
    if not content.jadwal:
        prose.write(document, "", lists)
        return
    months = {c.key: c.label for c in JADWAL_TABLE.columns if c.key in MONTHS}
    columns = [
        Column(head="Tahap", width=25), Column(head=JADWAL_TABLE.column("kegiatan").label, width=46),
        *(Column(head=text, width=8, side="tengah", group="Bulan") for text in months.values()),
    ]  # fmt: skip
    rows, before = [], ""
    for row in content.jadwal:
        stage = _text(row, "tahap")
        marks = [Cell(text="x", fill=MONTH_FILL) if row.get(key) else "" for key in months]
        rows.append(Row(cells=("" if stage == before else stage, _text(row, "kegiatan") or DOTS, *marks)))
        before = stage
    add_table(document, columns, rows, lists, room=room, whole=True)


def _costs(document: Document, content: TorContent, lists: Lists, room: float) -> None:
    """Per jenis belanja, from the RAB; where the TOR's own words differ both stand side by side."""
    say(document, _COST, "Heading1")
    amounts, stated = per_jenis(content.rab), _stated(content.line.row)
    differ = any(stated.get(name, 0) != amount for name, amount in amounts.items() if name != OTHERS)
    said = "Kebutuhan dana dirinci per jenis belanja sebagai berikut; rinciannya pada lampiran RAB."
    say(document, f"{said} TOR dan RAB berbeda dan perlu disesuaikan." if differ else said)
    columns = [
        Column(head="No", width=10, side="tengah"),
        Column(head="Jenis Belanja", width=70),
        Column(head="Jumlah (Rp)", width=42, side="kanan"),
    ]
    if differ:
        columns = [
            *columns[:2],
            Column(head="Menurut TOR (Rp)", width=42, side="kanan"),
            Column(head="Menurut RAB (Rp)", width=42, side="kanan"),
        ]
    rows = []
    for number, (name, amount) in enumerate(amounts.items(), start=1):
        own = (format_number(stated.get(name, 0)),) if differ else ()
        rows.append(Row(cells=(str(number), name, *own, format_number(amount))))
    own = (format_number(sum(stated.values())),) if differ else ()
    rows.append(Row(cells=(Cell(text="Jumlah", span=2, side="kiri"), *own, format_number(total(content.rab))), kind="jumlah"))
    add_table(document, columns, rows, lists, room=room)
    say(document, f"Terbilang: {terbilang_rupiah(total(content.rab))}", "Terbilang")
    for words in remarks(content.rab):
        say(document, words, "Keterangan")


def _stated(row: Record) -> dict[str, int]:
    """Section VI by name of the jenis belanja, in whole rupiah as the TOR says it."""
    found = {}
    for key, field in COSTS.items():
        value = row.get(field)
        if isinstance(value, Decimal):
            found[JENIS_BELANJA[key]] = int(value)
    return found


def _results(document: Document, content: TorContent, lists: Lists) -> None:
    """Input, output and outcome, the latter two with their figures (VII)."""
    say(document, _RESULT, "Heading1")
    row = content.line.row
    for key in ("input", "output", "outcome"):
        text = _text(row, key)
        if not (text or _COLUMNS[key].required):
            continue
        say(document, label(key), "Heading2")
        prose.write(document, text, lists)
        if key != "input":
            figure = f"Target: {_text(row, f'{key}_target') or DOTS} {_text(row, f'{key}_satuan')}".rstrip()
            year = row.get("outcome_tahun") if key == "outcome" else None
            say(document, f"{figure} pada tahun {int(year)}." if isinstance(year, Decimal) else f"{figure}.", bold=True)


def _sign(document: Document, content: TorContent, office: Office, room: float) -> None:
    """Mengetahui on the left, Kasi or Kasubag on the right (IV.A.2)."""
    row = content.line.row
    unit = office.unit(content.line.unit)
    day = row.get("tanggal")
    when = day if isinstance(day, date) else office.tanggal
    head = office.official(content.line.unit, when)
    own = post(head) if head else f"Kepala {content.line.unit_nama}"
    above = office.official(unit.atasan, when) if unit else None
    chief = _text(row, "mengetahui_jabatan") or (post(above) if above else unit.atasan.capitalize() if unit else DOTS)
    left = Signer(
        above=("Mengetahui,", chief), nama=_text(row, "mengetahui"), below=(f"NIP {_text(row, 'mengetahui_nip') or DOTS}",)
    )
    place = dated(_text(row, "tempat") or office.tempat, when)
    right = Signer(above=(place, own), nama=_text(row, "penanda_tangan"), below=(f"NIP {_text(row, 'penanda_nip') or DOTS}",))
    signatures(document, [left, right], room)


def _annex(document: Document, content: TorContent, office: Office, lists: Lists, paper: style.Paper) -> None:
    section = style.new_section(document, paper)
    style.footer(section, f"RAB {content.line.kode_sub}, {content.line.unit_nama}, Tahun Anggaran {office.tahun}", paper)
    title(document, ANNEX)
    labelled(document, _place(content, office), paper.room)
    write_rab(document, content.rab, office, lists, paper.room)
    if content.lampiran:
        say(document, "Daftar Lampiran", "Caption")
        columns = [Column(head="No", width=10, side="tengah"), Column(head="Jenis", width=50), Column(head="Dokumen", width=150)]
        rows = [Row(cells=(str(n), _text(r, "jenis"), _text(r, "dokumen"))) for n, r in enumerate(content.lampiran, start=1)]
        add_table(document, columns, rows, lists, room=paper.room, tie=True)
    _sign(document, content, office, paper.room)
