"""What goes with a unit's usulan: nota pengantar and tanda terima (III.C.2, IV.C), the Berita Acara of its review (IV.C.2), and
the list of usulan standar harga (III.C.2.b)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from kinerja_xl.office.kantor import Office
from kinerja_xl.office.pejabat import CAMAT
from kinerja_xl.reckoning import Sum, aside, together, told
from kinerja_xl.reckoning import summed as summed_parts
from kinerja_xl.reckoning.plan import InForce
from kinerja_xl.reckoning.plan.meeting import Heard, Meeting, planning_unit, reviewer
from kinerja_xl.reckoning.recap import RabLine, Status
from kinerja_xl.sheets.formats import format_date, format_full_day, format_number, format_rupiah, terbilang_rupiah
from kinerja_xl.sheets.usulan import IDENTITAS_FORM
from kinerja_xl.sheets.values import fold
from kinerja_xl.words.units import Measures
from kinerja_xl.writing.letters.looks import el
from kinerja_xl.writing.letters.papers import UnitPapers, when_printed
from kinerja_xl.writing.letters.rows import NONE, Cell, Column, Row, summed
from kinerja_xl.writing.letters.style import DOTS
from kinerja_xl.writing.letters.tables import Letter, Signer, dated, signer
from kinerja_xl.writing.letters.tor import total

COLUMNS = (
    Column(head="No", width=9, side="tengah"), Column(head="Kode", width=34), Column(head="Sub Kegiatan", width=60),
    Column(head="TOR", width=13, side="tengah"), Column(head="Baris RAB", width=15, side="kanan"),
    Column(head="Indikator", width=19, side="kanan"), Column(head="Jumlah RAB (Rp)", width=36, side="kanan"),
)  # fmt: skip
NOTHING = "Berkas ini belum memuat sub kegiatan."
ONLY_GOALS = "Indikator program dan kegiatan, tanpa TOR dan RAB"
_HASH_SHOWN = 16


def write_nota(papers: UnitPapers, office: Office) -> bytes:
    """Both on one file: the nota on the first page, the receipt on the next."""
    letter = Letter(
        office, f"Nota Pengantar dan Tanda Terima {papers.unit.nama} {office.tahun}",
        f"Nota pengantar, {papers.unit.nama}, Tahun Anggaran {office.tahun}",
    )  # fmt: skip
    letter.head("NOTA PENGANTAR", f"Nomor: {papers.said('nomor_surat') or DOTS}")
    _nota(letter, papers)
    properties = el("w:pPr", el("w:pStyle", val="Normal"), el("w:pageBreakBefore"), el("w:spacing", line=20, lineRule="exact"))
    letter.append(el("w:p", properties))
    letter.head("TANDA TERIMA", f"Usulan Rencana Kinerja dan Anggaran Tahun Anggaran {office.tahun}")
    _receipt(letter, papers)
    return letter.finished()


def _post(office: Office, kode: str, papers: UnitPapers) -> str:
    official = office.official(kode, papers.diterima)
    return official.post if official else office.vacant(kode) or DOTS


def _nota(letter: Letter, papers: UnitPapers) -> None:
    office, unit, day, planner = letter.office, papers.unit, papers.diterima, planning_unit(letter.office)
    letter.labelled(
        [
            ("Kepada", f"Yth. {_post(office, unit.atasan, papers)}"),
            *([("c.q.", _post(office, planner.kode, papers))]
              if planner and planner.kode != unit.kode else []),
            ("Dari", _post(office, unit.kode, papers)), ("Tanggal", format_date(day) if day else ""),
            ("Lampiran", f"{len(papers.tors)} TOR beserta RAB dan indikator kinerja"),
            ("Hal", f"Penyampaian Usulan Rencana Kinerja dan Anggaran Tahun Anggaran {office.tahun}"),
        ],
        label=26,
    )  # fmt: skip
    letter.say(
        f"Bersama ini kami sampaikan usulan rencana kinerja dan anggaran {unit.nama} Tahun Anggaran {office.tahun}, "
        "sebagai berikut:"
    )
    amount = total(papers.rab)
    counts = (len(papers.tors), len(papers.rab), len(papers.indikator))
    letter.table(COLUMNS, _rows(papers, office), summed(3, *map(str, counts), told(amount, format_number)), nothing=NOTHING)
    letter.spelled(amount)
    letter.say("Jumlah menurut usulan yang disampaikan.", "Keterangan", keep_next=True)
    held = [line for line in papers.rab if not line.counted]
    if held:
        reasons = "; ".join(dict.fromkeys(line.reason for line in held))
        letter.say(f"Di dalamnya {aside(total(held))} tidak dihitung dalam rekap: {reasons}.", "Keterangan", keep_next=True)
    if note := papers.said("catatan_unit"):
        letter.say(f"Catatan unit: {note}", keep_next=True)
    letter.say("Demikian disampaikan untuk ditelaah. Atas perhatian Bapak/Ibu, kami ucapkan terima kasih.", keep_next=True)
    letter.sign(None, signer(office.official(unit.kode, day), office.vacant(unit.kode), dated(office.tempat, day)))


def _rows(papers: UnitPapers, office: Office) -> Iterable[Row]:
    with_tor = {t.line.kode_sub for t in papers.tors}
    for number, (code, name) in enumerate(papers.subs.items(), start=1):
        own, goals = papers.lines(code), sum(1 for e in papers.indikator if e.kode_sub == code)
        tor = "ada" if code in with_tor else "belum"
        amount = told(total(own), format_number)
        yield Row(cells=(str(number), code or DOTS, name or DOTS, tor, str(len(own)), str(goals), amount))
    others = Counter(entry.kode_sub for entry in papers.indikator if entry.kode_sub not in papers.subs)
    if others:  # they belong to no TOR
        yield Row(cells=(Cell(text=ONLY_GOALS, span=len(COLUMNS), side="kiri"),), kind="kelompok")
    for code, goals in sorted(others.items()):
        yield Row(cells=("", code or DOTS, office.program_name(code) or DOTS, NONE, NONE, str(goals), NONE))


def _receipt(letter: Letter, papers: UnitPapers) -> None:
    office, day = letter.office, papers.diterima
    content = f"{len(papers.tors)} TOR, {len(papers.rab)} baris RAB, {len(papers.indikator)} indikator"
    letter.labelled([
        ("Unit", papers.unit.nama), ("Nomor surat", papers.said("nomor_surat")), ("Berkas", papers.file),
        ("Sidik berkas", f"{papers.sha256[:_HASH_SHOWN]} (SHA-256, {_HASH_SHOWN} tanda pertama)" if papers.sha256 else ""),
        (IDENTITAS_FORM.column("revisi").label, papers.revisi), ("Isi", content),
        ("Jumlah RAB", told(total(papers.rab))),
        ("Diterima tanggal", format_date(day) if day else ""),
        ("Batas waktu usulan", format_date(office.batas_usulan) if office.batas_usulan else ""), ("Keadaan", _state(papers)),
    ])  # fmt: skip
    letter.say("")
    letter.sign(
        Signer(above=("", "Yang menyerahkan,"), nama=papers.said("penyusun")),
        Signer(above=(dated(office.tempat, day), "Yang menerima,"), nama=papers.penerima),
    )


def _state(papers: UnitPapers) -> str:
    """What the receipt says about time; the reason stands where the recap counts nothing."""
    if papers.line.status is Status.TERLAMBAT:
        words = Status.TERLAMBAT.words
        return words[:1].upper() + words[1:]
    return "Tepat waktu" if papers.diterima else "Tanggal belum dicatat"


# ---- The list of usulan standar harga: what units need and the regency's price list does not hold (III.C.2.b) ----

PRICE_COLUMNS = (
    Column(head="No", width=9, side="tengah"), Column(head="Uraian", width=62), Column(head="Spesifikasi", width=52),
    Column(head="Satuan", width=25, side="tengah"), Column(head="Harga Usulan (Rp)", width=33, side="kanan"),
    Column(head="Kode Rekening", width=38), Column(head="Unit Pengusul", width=44), Column(head="Keterangan", width=34),
)  # fmt: skip
PRICES_ASKED = (
    "Barang dan jasa berikut diperlukan dalam RAB usulan unit, tetapi belum ada pada daftar standar harga kabupaten; "
    "diusulkan untuk ditambahkan ke dalamnya."
)
NO_USULAN = "Belum ada usulan unit; yang perlu diusulkan belum diketahui."
NO_PRICES = "Semua barang dan jasa dalam RAB usulan unit sudah ada pada daftar standar harga kabupaten; tidak ada yang diusulkan."


def write_usulan_harga(lines: Sequence[RabLine], office: Office, *, none_yet: bool = False) -> bytes:
    """``lines``: the rows without a price standard. The same thing at the same price stands once, with all its units.
    ``none_yet``: no unit has handed in any row."""
    letter = Letter(
        office, f"Daftar Usulan Standar Harga {office.tahun}",
        f"Usulan standar harga, {office.nama}, Tahun Anggaran {office.tahun}", across=True,
    )  # fmt: skip
    letter.head("DAFTAR USULAN STANDAR HARGA", f"Tahun Anggaran {office.tahun}")
    if lines:
        letter.say(PRICES_ASKED)
    letter.table(PRICE_COLUMNS, _price_rows(lines, office.satuan), nothing=NO_USULAN if none_yet else NO_PRICES, tie=True)
    letter.sign_camat()
    return letter.finished()


def _price_rows(lines: Iterable[RabLine], measures: Measures) -> Iterable[Row]:
    same: dict[tuple[str, ...], list[RabLine]] = {}
    for line in lines:
        key = tuple(fold(line.row.text(k)) for k in ("uraian", "spesifikasi", "kode_rekening"))
        same.setdefault((*key, measures.key(line.row.text("satuan")), str(line.row.get("harga_satuan"))), []).append(line)
    for number, group in enumerate(same.values(), start=1):
        get = group[0].row.get
        price = get("harga_satuan")
        units = "\n".join(dict.fromkeys(line.unit_nama for line in group))
        notes = "; ".join(dict.fromkeys(str(text) for line in group if (text := line.row.get("keterangan"))))
        yield Row(
            cells=(
                str(number), str(get("uraian") or DOTS), str(get("spesifikasi") or NONE), str(get("satuan") or DOTS),
                format_number(price) if isinstance(price, Decimal) else DOTS, str(get("kode_rekening") or DOTS), units, notes,
            )
        )  # fmt: skip


# ---- The Berita Acara Penelaahan of a unit: proposed, remarks, answer, agreed, per sub kegiatan, signed by both (IV.C.2) ----

REVIEW_COLUMNS = (
    Column(head="No", width=9, side="tengah"), Column(head="Kode dan Sub Kegiatan", width=64),
    Column(head="Diusulkan (Rp)", width=33, side="kanan"), Column(head="Catatan Penelaah", width=58),
    Column(head="Tanggapan Unit", width=46), Column(head="Disepakati (Rp)", width=33, side="kanan"),
    Column(head="Alasan", width=42),
)  # fmt: skip
NOT_REVIEWED = "Unit ini tidak mempunyai sub kegiatan yang dapat ditelaah."
NO_DAY = f"{DOTS} tanggal {DOTS} bulan {DOTS} tahun {DOTS}"
BY_HAND = "\n\n\n"
"""Room to write in a cell."""


def write_berita_acara(
    papers: UnitPapers, office: Office, in_force: InForce, meeting: Meeting, tanggal: date | None = None
) -> bytes:
    """What the meeting wrote down, and the amounts of the locked plan; what neither says is left to be written by hand.

    ``tanggal`` replaces the date of the meeting.
    """
    unit, year, day = papers.unit, f"Tahun Anggaran {office.tahun}", tanggal or meeting.tanggal
    name = "Berita Acara Penelaahan"
    letter = Letter(office, f"{name} {unit.nama} {office.tahun}", f"{name}, {unit.nama}, {year}", across=True)
    usulan = f"USULAN RENCANA KINERJA DAN ANGGARAN {year.upper()}"
    letter.head(name.upper(), usulan, f"Nomor: {meeting.nomor or DOTS}")
    judge, judging = reviewer(office, unit, meeting.pemimpin, day)
    head, heading = office.official(unit.kode, day), office.vacant(unit.kode)
    letter.say(
        f"Pada hari ini {format_full_day(day) if day else NO_DAY}, bertempat di {meeting.tempat or DOTS}, telah "
        f"dilaksanakan penelaahan usulan rencana kinerja dan anggaran {unit.nama} {year} oleh:"
    )
    both = (("1. Penelaah", signer(judge, judging)), ("2. Pengusul", signer(head, heading)))
    letter.labelled([(role, f"{s.nama or DOTS}, {s.above[-1]}") for role, s in both], label=30)
    letter.say("dengan hasil per sub kegiatan sebagai berikut:")
    results = _results(papers, in_force, meeting)
    letter.table(REVIEW_COLUMNS, _reviewed(papers, office, results), _sums(results), nothing=NOT_REVIEWED)
    _closing(letter, papers, results, in_force, meeting)
    letter.sign(
        signer(judge, judging, "", "Penelaah,"), signer(office.official(CAMAT, day), office.vacant(CAMAT), "", "Mengetahui,"),
        signer(head, heading, dated(meeting.tempat, day), "Pengusul,"),
    )  # fmt: skip
    return letter.finished()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Result:
    """Of one sub kegiatan: proposed and counted, as in the Lembar Penelaahan; beside it what is late or held; agreed in whole
    rupiah (None: still open); and what was said about it."""

    nama: str
    diusulkan: Sum
    di_luar: Sum
    disepakati: int | None
    heard: Heard


def _results(papers: UnitPapers, in_force: InForce, meeting: Meeting) -> dict[str, _Result]:
    """By code, what was proposed or agreed. A sub kegiatan that only a later DPA brought was in no meeting."""
    plan, own = in_force.locked, papers.unit.kode
    subs = {sub.kode: sub for sub in (plan.subs if plan else ()) if sub.unit == own and (sub.diusulkan or sub.disepakati)}
    found = {}
    for code in sorted(papers.subs.keys() | subs.keys()):
        sub, heard = subs.get(code), meeting.heard.get((own, code), Heard())
        lines = papers.lines(code)
        found[code] = _Result(
            nama=papers.subs.get(code, "") or (sub.nama if sub else ""),
            diusulkan=Sum(sub.diusulkan) if sub else total([line for line in lines if line.counted]),
            di_luar=total([line for line in lines if not line.counted]),
            disepakati=sub.disepakati if sub else heard.disepakati,
            heard=replace(heard, alasan=sub.alasan) if sub else heard,
        )  # fmt: skip
    return found


def _reviewed(papers: UnitPapers, office: Office, results: Mapping[str, _Result]) -> Iterator[Row]:
    """A row per sub kegiatan that was proposed or agreed."""
    for number, (code, one) in enumerate(results.items(), start=1):
        remarks = one.heard.catatan or "\n".join(f"- {text}" for text in papers.catatan.get(code, ()))
        open_, result = one.disepakati is None, BY_HAND if one.disepakati is None else format_number(one.disepakati)
        name = f"{code}\n{office.program_name(code) or one.nama}".strip()
        said = (remarks, one.heard.tanggapan, "" if open_ else one.heard.alasan)
        note, answer, why = (words or (BY_HAND if open_ else NONE) for words in said)
        own = (str(number), name, _proposed(one.diusulkan, one.di_luar), note, answer, result, why)
        yield Row(cells=own)


def _proposed(counted: Sum, beside: Sum) -> Cell:
    """What is counted, below it what is not."""
    small = f"Tidak dihitung: {aside(beside, format_number)}" if beside else ""
    return Cell(text=told(counted, format_number), small=small)


def _agreed(results: Mapping[str, _Result]) -> int | None:
    """What was agreed in all, whole rupiah; None while one of them is open."""
    found = summed_parts(one.disepakati for one in results.values())
    return None if found.unknown else found.value


def _sums(results: Mapping[str, _Result]) -> Row | None:
    if not results:
        return None
    agreed, both = _agreed(results), [(one.diusulkan, one.di_luar) for one in results.values()]
    proposed = _proposed(*(together(parts) for parts in zip(*both, strict=True)))
    return summed(2, proposed, "", "", DOTS if agreed is None else format_number(agreed), "")


def _closing(
    letter: Letter, papers: UnitPapers, results: Mapping[str, _Result], in_force: InForce, meeting: Meeting
) -> None:
    if (amount := _agreed(results)) is not None:
        letter.say(f"Jumlah yang disepakati {format_rupiah(amount)} ({terbilang_rupiah(amount).lower()}).")
    if plan := in_force.locked:
        held = sum(sub.anggaran for sub in plan.funded if sub.unit == papers.unit.kode)
        why = "; lain dari yang disepakati dalam penelaahan ini sebab ditetapkan sesudahnya" if held != amount else ""
        letter.say(f"{when_printed(in_force, held)}{why if amount is not None else ''}.")
    # of the whole file, and of a program's or kegiatan's own indicators
    if general := [text for code, texts in papers.catatan.items() if code not in results for text in texts]:
        letter.say(f"Catatan umum: {'; '.join(dict.fromkeys(general))}.")
    if meeting.catatan:
        letter.say(f"Catatan rapat: {meeting.catatan}")
    letter.say(
        "Hasil penelaahan ini menjadi bahan Rencana Kinerja Tahunan. Demikian berita acara ini dibuat dengan sebenarnya untuk "
        "dipergunakan sebagaimana mestinya.", keep_next=True,
    )  # fmt: skip
