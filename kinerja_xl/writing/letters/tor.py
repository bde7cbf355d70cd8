"""TOR and RAB of one sub kegiatan as one document (IV.A.2): headings I to VIII, the guideline has no V.

Labels of the parts are those of the form (``sheets/tor``); the main headings are the guideline's own words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from kinerja_xl.lists import parents
from kinerja_xl.office.kantor import Office
from kinerja_xl.office.pejabat import Official
from kinerja_xl.reckoning import Sum, aside, told
from kinerja_xl.reckoning import summed as added
from kinerja_xl.reckoning.recap import RabLine, TorLine
from kinerja_xl.sheets.choices import JENIS_BELANJA
from kinerja_xl.sheets.content import Row as Record
from kinerja_xl.sheets.formats import format_date, format_nip, format_number
from kinerja_xl.sheets.kantor import KANTOR_FORM
from kinerja_xl.sheets.rab import FACTOR_UNITS, FACTORS, RAB
from kinerja_xl.sheets.rekap import SIPD, TOR
from kinerja_xl.sheets.tor import COSTS, JADWAL_TABLE, MONTHS, TOR_FORM
from kinerja_xl.writing.letters import style
from kinerja_xl.writing.letters.looks import MONTH_FILL
from kinerja_xl.writing.letters.rows import NONE, Cell, Column, Row, summed
from kinerja_xl.writing.letters.style import DOTS
from kinerja_xl.writing.letters.tables import Letter, Signer, dated

# ---- The RAB of one sub kegiatan as an annex: components by account, with subtotals, total and its words (IV.B) ----

COLUMNS = (
    Column(head="No", width=11, side="tengah"), Column(head="Uraian", width=92), Column(head="Koefisien", width=50),
    Column(head="Satuan", width=25, side="tengah"), Column(head="Harga Satuan (Rp)", width=33, side="kanan"),
    Column(head="PPN (Rp)", width=27, side="kanan"), Column(head="Jumlah (Rp)", width=37, side="kanan"),
)  # fmt: skip
"""The order of the RKA (koefisien, satuan, harga, PPN, jumlah); the account stands above its components."""

UNKNOWN = "tidak dapat dihitung"
NOTHING = "Sub kegiatan ini belum mempunyai baris RAB."
OTHERS = f"Jenis belanja {DOTS}"


def total(lines: Iterable[RabLine]) -> Sum:
    """What the rows come to, counted in the recap or not."""
    return added(line.jumlah for line in lines)


def per_jenis(lines: Sequence[RabLine]) -> dict[str, Sum]:
    """Rupiah by name of the jenis belanja, in the order of the forms; the rest under ``OTHERS`` where there is one."""
    found = {name: total(x for x in lines if x.jenis == key) for key, name in JENIS_BELANJA.items()}
    rest = total(x for x in lines if x.jenis not in JENIS_BELANJA)
    return found | ({OTHERS: rest} if rest else {})


def _rab(letter: Letter, lines: Sequence[RabLine]) -> None:
    """The table, the total in words, and what of it the recap does not count."""
    sums = summed(len(COLUMNS) - 1, told(total(lines), format_number))
    letter.table(COLUMNS, _rows(lines, letter.office), sums, nothing=NOTHING)
    _totalled(letter, lines)


def _totalled(letter: Letter, lines: Sequence[RabLine]) -> None:
    letter.spelled(total(lines))
    for words in remarks(lines):
        letter.say(words, "Keterangan", keep_next=True)


def remarks(lines: Sequence[RabLine]) -> list[str]:
    """What stands beside the total: rows that the recap does not count, with their amount and reason."""
    held = [line for line in lines if not line.counted]
    if not held:
        return []
    reasons = "; ".join(dict.fromkeys(line.reason for line in held))
    words = (
        f"Dihitung dalam rekap {told(total(x for x in lines if x.counted))}; tidak dihitung {aside(total(held))}"
    )
    return [f"*) {words} ({len(held)} baris): {reasons}."]


def _rows(lines: Sequence[RabLine], office: Office) -> Iterable[Row]:
    number = 0
    for code, own in groupby(sorted(lines, key=_account), key=_account):
        rows = list(own)
        name = office.accounts.get(code) or str(rows[0].row.get("nama_rekening") or "")
        head = Cell(text=f"{code or DOTS}  {name}".strip(), span=len(COLUMNS) - 1, side="kiri")
        yield Row(cells=(head, told(total(rows), format_number)), kind="kelompok")
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
            str(get("satuan") or DOTS), _number(get("harga_satuan"), DOTS), _number(get("ppn"), NONE),
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


def _number(value: object, otherwise: str) -> str:
    return format_number(value) if isinstance(value, Decimal) else otherwise


HEADINGS = (
    "I. LATAR BELAKANG (PENDAHULUAN)", "II. TUJUAN DAN SASARAN", "III. LINGKUP RENCANA KINERJA", "IV. JADWAL PELAKSANAAN",
    "VI. RENCANA PEMBIAYAAN", "VII. HASIL YANG DIHARAPKAN", "VIII. PENUTUP",
)  # fmt: skip
_BACKGROUND, _GOAL, _SCOPE, _SCHEDULE, _COST, _RESULT, _CLOSING = HEADINGS
TITLE = TOR.title
ANNEX = RAB.title

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


def write_tor(content: TorContent, office: Office, standing: str = "") -> bytes:
    """The document: TOR upright, RAB across on pages of its own. ``standing``: by which plan its amounts are, what holds now."""
    line = content.line
    foot = f"{line.kode_sub}, {line.unit_nama}, Tahun Anggaran {office.tahun}"
    letter = Letter(office, f"TOR dan RAB {line.kode_sub} {line.nama_sub or line.kode_sub}", f"TOR {foot}")
    _head(letter, content)
    for heading, keys in PARTS.items():
        letter.say(heading, "Heading1")
        for key in keys:
            _part(letter, line.row, key)
    _schedule(letter, content)
    _costs(letter, content)
    if standing:
        letter.say(standing, "Keterangan")
    _results(letter, line.row)
    letter.say(_CLOSING, "Heading1")
    letter.write(_text(line.row, "penutup"), keep_next=True)
    _sign(letter, content)
    _annex(letter, content, f"RAB {foot}", standing)
    return letter.finished()


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
        ("Sub Kegiatan", f"{code} {content.line.nama_sub}".strip()), (KANTOR_FORM.column("tahun").label, str(office.tahun)),
    ]  # fmt: skip


def _head(letter: Letter, content: TorContent) -> None:
    row = content.line.row
    letter.title(TITLE, (_text(row, "judul") or content.line.nama_sub).upper())
    span = " sampai ".join(_text(row, key) or DOTS for key in ("tanggal_mulai", "tanggal_selesai"))
    keys = ("sifat", "penanggung_jawab", "lokasi", *(("kelompok_sasaran",) if _text(row, "kelompok_sasaran") else ()))
    own = ((label(key), _text(row, key)) for key in keys)
    letter.labelled([*_place(content, letter.office), *own, ("Waktu", span)])


NOT_NEEDED = "Tidak diperlukan untuk kegiatan ini."
_LETTERED = PARTS[_BACKGROUND]
"""Parts a to f: none is left out, so that the letters stay those of the guideline."""


def _part(letter: Letter, row: Record, key: str, *, keep_next: bool = False) -> bool:
    """A part with its heading; what the form does not require and nobody filled is left out, or said not to be needed."""
    text = _text(row, key)
    needed = text or _COLUMNS[key].required
    if there := bool(needed or key in _LETTERED):
        letter.say(label(key), "Heading2")
        letter.write(text if needed else NOT_NEEDED, keep_next=keep_next)
    return there


def _schedule(letter: Letter, content: TorContent) -> None:
    """Stage by month; a planned month is shaded and has its x, so that a copy in black and white says the same."""
    letter.say(_SCHEDULE, "Heading1")
    if not content.jadwal:
        letter.write("")
        return
    months = {c.key: c.label for c in JADWAL_TABLE.columns if c.key in MONTHS}
    columns = [
        Column(head="Tahap", width=25), Column(head=JADWAL_TABLE.column("kegiatan").label, width=46),
        *(Column(head=text, width=8, side="tengah", group="Bulan") for text in months.values()),
    ]  # fmt: skip
    rows = []
    for row in content.jadwal:
        marks = [Cell(text="x", fill=MONTH_FILL) if row.get(key) else "" for key in months]
        rows.append(Row(cells=(_text(row, "tahap") or DOTS, _text(row, "kegiatan") or DOTS, *marks)))
    letter.table(columns, rows, whole=True)


def _costs(letter: Letter, content: TorContent) -> None:
    """Per jenis belanja, from the RAB; where the TOR's own words differ both stand side by side."""
    letter.say(_COST, "Heading1")
    amounts, stated = per_jenis(content.rab), _stated(content.line.row)
    differ = any(stated.get(name, 0) != amount.amount or amount.unknown for name, amount in amounts.items() if name != OTHERS)
    said = "Kebutuhan dana dirinci per jenis belanja sebagai berikut; rinciannya pada lampiran RAB."
    letter.say(f"{said} TOR dan RAB berbeda dan perlu disesuaikan." if differ else said)
    heads = ("Menurut TOR (Rp)", "Menurut RAB (Rp)") if differ else (SIPD.table.own("jumlah").label,)
    columns = (
        Column(head="No", width=10, side="tengah"), Column(head="Jenis Belanja", width=70),
        *(Column(head=head, width=42, side="kanan") for head in heads),
    )  # fmt: skip

    def both(own: int, amount: Sum) -> list[str]:
        return [*([format_number(own)] if differ else []), told(amount, format_number)]

    rows = [
        Row(cells=(str(number), name, *both(stated.get(name, 0), amount)))
        for number, (name, amount) in enumerate(amounts.items(), start=1)
    ]
    letter.table(columns, rows, summed(2, *both(sum(stated.values()), total(content.rab))))
    _totalled(letter, content.rab)


def _stated(row: Record) -> dict[str, int]:
    """Section VI by name of the jenis belanja, in whole rupiah as the TOR says it."""
    found = {}
    for key, field in COSTS.items():
        value = row.get(field)
        if isinstance(value, Decimal):
            found[JENIS_BELANJA[key]] = int(value)
    return found


def _results(letter: Letter, row: Record) -> None:
    """Input, output and outcome, the latter two with their figures (VII)."""
    letter.say(_RESULT, "Heading1")
    for key in ("input", "output", "outcome"):
        last = key == "outcome"  # stays with what closes the TOR: a heading and one sentence leave most of their page empty
        if _part(letter, row, key, keep_next=last) and key != "input":
            figure = f"Target: {_text(row, f'{key}_target') or DOTS} {_text(row, f'{key}_satuan')}".rstrip()
            year = row.get("outcome_tahun") if key == "outcome" else None
            words = f"{figure} pada tahun {int(year)}." if isinstance(year, Decimal) else f"{figure}."
            letter.say(words, bold=True, keep_next=last)


def _sign(letter: Letter, content: TorContent) -> None:
    """Mengetahui on the left, Kasi or Kasubag on the right (IV.A.2)."""
    office, row = letter.office, content.line.row
    unit = office.unit(content.line.unit)
    day = row.get("tanggal")
    when = day if isinstance(day, date) else office.tanggal
    head = office.official(content.line.unit, when)
    above = office.official(unit.atasan, when) if unit else None
    chief = _text(row, "mengetahui_jabatan") or (above.post if above else office.vacant(unit.atasan) if unit else "") or DOTS
    place = dated(_text(row, "tempat") or office.tempat, when)
    left, right = ("Mengetahui,", chief), (place, head.post if head else office.vacant(content.line.unit) or DOTS)
    letter.sign(*(
        Signer(above=lines, nama=_text(row, name), below=_below(office, _text(row, name), _text(row, nip), when))
        for lines, name, nip in ((left, "mengetahui", "mengetahui_nip"), (right, "penanda_tangan", "penanda_nip"))
    ))  # fmt: skip


def _below(office: Office, nama: str, nip: str, day: date | None) -> tuple[str, ...]:
    """Rank and NIP of who is named on the form: the sheet Pejabat, where it knows them, says the rank, and the NIP that the form
    leaves out."""
    named = Official.named(nama, nip)
    known = sorted((o for o in office.officials if nama and o.same(named)), key=lambda o: not o.in_office(day))
    rank, own = (known[0].pangkat, known[0].nip) if known else ("", "")
    return *((rank,) if rank else ()), f"NIP {format_nip(nip or own) or DOTS}"


def _annex(letter: Letter, content: TorContent, foot: str, standing: str) -> None:
    letter.paper = letter.paper.turned()
    style.footer(style.new_section(letter.document, letter.paper), foot, letter.paper)
    letter.title(ANNEX)
    letter.labelled(_place(content, letter.office))
    _rab(letter, content.rab)
    if standing:
        letter.say(standing, "Keterangan", keep_next=True)
    if content.lampiran:
        letter.say("Daftar Lampiran", "Caption")
        columns = [Column(head="No", width=10, side="tengah"), Column(head="Jenis", width=50), Column(head="Dokumen", width=150)]
        rows = [Row(cells=(str(n), _text(r, "jenis"), _text(r, "dokumen"))) for n, r in enumerate(content.lampiran, start=1)]
        letter.table(columns, rows, tie=True)
    _sign(letter, content)
