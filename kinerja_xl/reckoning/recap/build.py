"""Put the recap together: lines counted or held back, units, sources, RKT. Pure functions over judged submissions.

Promise: rows read = rows used + rows reported, and the units' totals add up to the recap's.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from kinerja_xl.catatan import EXPLAINED, Finding, Holds, Severity, catalogue, held_rows, sort_key
from kinerja_xl.office.kantor import Office, Unit
from kinerja_xl.reckoning import Sum, grouped, summed, sums, together, unread
from kinerja_xl.reckoning.recap import Entry, RabLine, Recap, Source, Status, TorLine, UnitLine, build_rkt
from kinerja_xl.reckoning.recap.ledger import Ledger, ancestors
from kinerja_xl.reckoning.recap.standing import Placed, Standing, ceiling, excess
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.values import round_half_up

ASIDES = ("S311", "S316", "S322")
"""Rows that are read and named but are no lines (a typed JUMLAH, a text below the table)."""

Jenis = Callable[[Row], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """The lines and findings grouped once, so that a large office costs no more per line than a small one."""

    by_unit: Mapping[str, list[RabLine]]
    ledger: Ledger
    said_of_unit: Mapping[str, list[Finding]]


def _index(lines: Sequence[RabLine], findings: Sequence[Finding], placed: Iterable[Placed]) -> Index:
    owner = {p.submission.file: p.unit for p in placed}
    return Index(
        by_unit=grouped((line.unit, line) for line in lines),
        ledger=Ledger(lines),
        said_of_unit=grouped((owner.get(finding.file, finding.unit), finding) for finding in findings),
    )


def build_lines(placed: Iterable[Placed], findings: Iterable[Finding], office: Office, jenis: Jenis) -> tuple[RabLine, ...]:
    """Every RAB row of the files that stand in the recap, counted or with the reason why not.

    ``jenis`` tells a row's jenis belanja key. Sorted by unit (the office's order), sub kegiatan, file and row.
    """
    held = held_rows(findings)
    place = office.order()
    lines = (line for p in _listed(placed) for line in _lines(p, office, held, jenis))
    return tuple(sorted(lines, key=lambda x: (place(x.unit), x.kode_sub, x.file, x.row.row)))


def build_recap(placed: list[Placed], lines: tuple[RabLine, ...], findings: Iterable[Finding], office: Office) -> Recap:
    """The recap of all files from its lines and everything that was said."""
    owner = {p.submission.file: p.unit for p in placed}
    # A file that could not be read does not know its unit; its standing does.
    said = sorted((f if f.unit else f.at(unit=owner.get(f.file, "")) for f in findings), key=sort_key)
    index = _index(lines, said, placed)
    listed = _listed(placed)
    signing = _signing(placed)
    own = grouped((p.unit, p) for p in placed)
    indikator = _entries(listed, "indikator", "kode", office)
    return Recap(
        office=office,
        tanggal=office.tanggal,
        units=tuple(_unit_line(unit, own.get(unit.kode, []), index, office) for unit in office.units),
        lines=lines,
        indikator=indikator,
        tors=tuple(_tor_line(p, tor, index, office) for p in listed for tor in p.submission.tors),
        pk_kinerja=_entries(signing, "pk_kinerja", "", office),
        pk_anggaran=_entries(signing, "pk_anggaran", "kode", office),
        rkt=build_rkt(index.ledger.counted("unit", "kode_sub"), [e for e in indikator if e.counted], office),
        sources=tuple(_source(p, index) for p in sorted(placed, key=lambda p: (p.unit, p.submission.file))),
        findings=tuple(said),
        iku=_entries(listed, "iku", "", office),
        keputusan_iku=_decrees(listed, signing),
    )


def _signing(placed: Iterable[Placed]) -> list[Placed]:
    """The files whose PK sheet stands in the recap: the one that a unit handed in for it, else those that are listed."""
    every = list(placed)
    signed = [p for p in every if p.standing is Standing.PK]
    units = {p.unit for p in signed}
    return [p for p in _listed(every) if p.unit not in units] + signed


def _decrees(listed: Iterable[Placed], signing: Iterable[Placed]) -> dict[str, str]:
    """By file of the usulan the number of the decree that sets a unit's IKU: as the file that brought its PK states it."""
    later = {p.unit: number for p in signing if p.standing is Standing.PK and (number := _decree(p))}
    return {p.submission.file: number for p in listed if (number := later.get(p.unit) or _decree(p))}


def _decree(placed: Placed) -> str:
    """Number of the decree that sets a unit's IKU, as its file states it."""
    content = placed.submission.content
    form = content.form("iku_penetapan") if content else None
    return form.text("nomor_keputusan") if form else ""


def _listed(placed: Iterable[Placed]) -> list[Placed]:
    return [p for p in placed if p.listed]


def _unread(placed: Iterable[Placed]) -> Sum:
    """The files whose content is not known and that no other file replaces."""
    return unread(sum(p.standing is Standing.TIDAK_TERBACA for p in placed))


OUT_OF_BOUNDS = "N408"
"""What is made of a number that can't be is no amount: a price below 0 would take away from what others have held back."""


def _lines(placed: Placed, office: Office, held: dict[tuple[str, str, int], str], jenis: Jenis) -> Iterable[RabLine]:
    file = placed.submission.file
    reason_of_file, unit_nama = _file_reason(placed), office.unit_name(placed.unit)
    for row in placed.submission.rab:
        jumlah = None if (amount := row.number("jumlah")) is None else int(round_half_up(amount, 0))
        code = row.text("kode_sub")
        reason = reason_of_file
        if not reason and (kode := held.get((file, row.sheet, row.row))):
            reason = _words(kode)
            jumlah = None if kode == OUT_OF_BOUNDS else jumlah
        if not reason and code in placed.late_subs:
            reason = _words("U908")
        if not reason and jumlah is None:
            reason = "jumlah tidak dapat dihitung"
        yield RabLine(
            unit=placed.unit, unit_nama=unit_nama, file=file, row=row, kode_sub=code,
            jenis=jenis(row) or "", jumlah=jumlah, counted=not reason, reason=reason,
        )  # fmt: skip


def _words(code: str) -> str:
    """A reason in a few words: the title of the catatan that holds something back."""
    return f"{catalogue()[code].judul} ({code})"


def _file_reason(placed: Placed) -> str:
    """Why nothing of a file counts, in a few words; "" when it does. Rows that stand for several files say so."""
    reason = _reason(placed)
    return f"{reason}; {placed.twins} berkas, yang terbesar disebut sekali" if reason and placed.twins > 1 else reason


def _reason(placed: Placed) -> str:
    if placed.standing is Standing.TERLAMBAT:
        return _words(placed.code)
    if placed.standing is Standing.GANDA:
        return _words("U903")
    if placed.standing is Standing.DITAHAN:
        codes = [f.code for f in placed.submission.findings if f.holds is Holds.BERKAS]
        return "; ".join(_words(code) for code in dict.fromkeys(codes))
    return ""


def _entries(listed: list[Placed], table: str, code: str, office: Office) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            unit=p.unit, unit_nama=unit_nama, file=p.submission.file, row=row,
            kode_sub=row.text(code) if code else "",
            counted=p.standing in (Standing.DIHITUNG, Standing.PK) and (not code or row.get(code) not in p.late_subs),
        )
        for p in listed
        if p.submission.content
        for unit_nama in (office.unit_name(p.unit),)
        for row in p.submission.content.rows(table)
    )  # fmt: skip


def _tor_line(placed: Placed, tor: Row, index: Index, office: Office) -> TorLine:
    code = tor.text("kode_sub")
    rab = index.ledger.by("berkas", "kode_sub")[placed.submission.file, code].all
    cost, target = tor.number("biaya_total"), tor.number("output_target")
    return TorLine(
        unit=placed.unit, unit_nama=office.unit_name(placed.unit), file=placed.submission.file, row=tor, kode_sub=code,
        nama_sub=office.program_name(code) if code in office.programs else tor.text("nama_sub"),
        biaya=None if cost is None else int(cost), rab=rab,
        harga_output=Decimal(rab.amount) / target if target and not rab.unknown else None,
        counted=placed.standing is Standing.DIHITUNG and code not in placed.late_subs,
    )  # fmt: skip


def _unit_line(unit: Unit, own: list[Placed], index: Index, office: Office) -> UnitLine:
    mine, said = index.ledger.by("unit")[unit.kode], index.said_of_unit.get(unit.kode, [])
    status = _status(own, said)
    lost = [f for p in own if p.standing is Standing.TIDAK_TERBACA for f in p.submission.findings]
    unread = [f.code for f in lost if f.holds is Holds.BERKAS]
    held = [line.reason for line in index.by_unit.get(unit.kode, ()) if not line.counted]
    reasons = dict.fromkeys(held + [_words(code) for code in unread])
    return UnitLine(
        kode=unit.kode, nama=unit.nama, berkas=", ".join(p.submission.file for p in own), status=status,
        jumlah_baris=mine.rows_counted, total_rab=mine.counted, total_tidak_dihitung=mine.uncounted + _unread(own),
        jumlah_catatan=len(said), pagu=office.pagu_unit(unit.kode), alasan="; ".join(reasons),
    )  # fmt: skip


def _status(own: list[Placed], findings: list[Finding]) -> Status:
    """The unit's word on the recap, from the standing of its files and the worst of its catatan."""
    standings = {p.standing for p in own}
    if not own:
        return Status.BELUM
    if Standing.TERLAMBAT in standings:
        return Status.TERLAMBAT
    if standings == {Standing.TIDAK_TERBACA} or standings == {Standing.TIDAK_TERBACA, Standing.DIGANTI}:
        return Status.TIDAK_TERBACA
    return Status.PERBAIKAN if any(f.severity is Severity.WAJIB for f in findings) else Status.SIAP


def _source(placed: Placed, index: Index) -> Source:
    submission = placed.submission
    mine = index.ledger.by("berkas")[submission.file]
    used = mine.rows_counted
    asides = sum(1 for f in submission.findings if f.code in ASIDES and _on_rab(f, placed))
    return Source(
        file=submission.file, unit=placed.unit, sha256=submission.sha256,
        version=str(submission.version) if submission.version else "",
        revisi=str(submission.revisi) if submission.content else "",
        status=placed.standing.value, rows_read=submission.rows_read.get("rab", 0), rows_used=used,
        rows_reported=asides + len(submission.rab) - used, total=mine.counted,
    )  # fmt: skip


def _on_rab(finding: Finding, placed: Placed) -> bool:
    content = placed.submission.content
    return content is not None and any(s.name == finding.sheet for s in content.all("rab"))


# ---- What needs the Camat's decision, as data: which units, which codes, how much ----

NO_OUTCOME, NO_OUTPUT = "I702", "I701"
"""Codes of the catatan that say which program has no outcome, which sub kegiatan no output (V.D)."""


class Kind(StrEnum):
    """The matters, in the order in which they are shown."""

    BELUM = "belum"
    TIDAK_TERBACA = "tidak_terbaca"
    TERLAMBAT = "terlambat"
    PAGU = "pagu"
    STANDAR = "standar"
    GANDA = "ganda"
    DITAHAN = "ditahan"
    OUTCOME = "outcome"
    OUTPUT = "output"
    PENJELASAN = "penjelasan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Over:
    """A sub kegiatan of a unit that proposes more than its pagu; whole rupiah."""

    unit: str
    kode_sub: str
    pagu: int
    counted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One matter. ``units`` are unit codes in the office's order, ``codes`` the (unit, code) pairs that it is about.

    ``amount`` in whole rupiah: what is late or held back, what exceeds pagu or price standard, the pagu of a unit of which
    nothing could be read; None where the matter has none. ``reasons``: what the units explain it with.
    """

    kind: Kind
    units: tuple[str, ...]
    amount: Sum | None = None
    codes: tuple[tuple[str, str], ...] = ()
    over: tuple[Over, ...] = ()
    reasons: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def matters(recap: Recap) -> tuple[Matter, ...]:
    """Every matter that there is, none that there is not."""
    over, dear = over_pagu(recap), _over_standard(recap)
    late = [u for u in recap.units if u.status is Status.TERLAMBAT]
    twice = {source.unit for source in recap.sources if source.status == Standing.GANDA}
    held = [u for u in recap.units if u.status not in (Status.TERLAMBAT, Status.TIDAK_TERBACA) and u.alasan]
    both, kept = ([u for u in held if (u.kode in twice) is double] for double in (True, False))
    found = (
        _without_file(recap, Kind.BELUM, Status.BELUM),
        _without_file(recap, Kind.TIDAK_TERBACA, Status.TIDAK_TERBACA),
        Matter(kind=Kind.TERLAMBAT, units=tuple(u.kode for u in late), amount=together(u.total_tidak_dihitung for u in late)),
        Matter(
            kind=Kind.PAGU, units=_ordered(recap, (o.unit for o in over)), over=over,
            amount=summed(o.counted - o.pagu for o in over),
        ),
        Matter(
            kind=Kind.STANDAR, units=_ordered(recap, dear), amount=summed(dear.values()), reasons=_explanations(recap, dear),
        ),
        *(
            Matter(kind=kind, units=tuple(u.kode for u in own), amount=together(u.total_tidak_dihitung for u in own))
            for kind, own in ((Kind.GANDA, both), (Kind.DITAHAN, kept))
        ),
        _lacking(recap, Kind.OUTCOME, NO_OUTCOME, _outcomes(recap)),
        _lacking(recap, Kind.OUTPUT, NO_OUTPUT),
        Matter(
            kind=Kind.PENJELASAN, units=_ordered(recap, (f.unit for f in recap.findings if EXPLAINED in f.args)),
            reasons=tuple(dict.fromkeys(f.args[EXPLAINED] for f in recap.findings if EXPLAINED in f.args)),
        ),
    )
    return tuple(matter for matter in found if matter.units)


def _without_file(recap: Recap, kind: Kind, status: Status) -> Matter:
    """Units of which nothing can be said but what pagu is theirs."""
    units = [unit for unit in recap.units if unit.status is status]
    return Matter(kind=kind, units=tuple(u.kode for u in units), amount=summed(u.pagu for u in units))


def _explanations(recap: Recap, units: Iterable[str]) -> tuple[str, ...]:
    """What the counted rows above a ceiling say in their Keterangan, each once."""
    found = (
        line.row.text("keterangan").strip()
        for line in recap.counted
        if line.unit in units and excess(line.row, ceiling(line.row, recap.office))
    )
    return tuple(dict.fromkeys(text for text in found if text))


def over_pagu(recap: Recap) -> tuple[Over, ...]:
    """Sub kegiatan whose counted lines exceed their pagu, by unit and code."""
    pagu = recap.office.pagu
    return tuple(
        Over(unit=key[0], kode_sub=key[1], pagu=pagu[key], counted=total)
        for key, total in sorted(recap.amounts().items())
        if key in pagu and total > pagu[key]
    )


def _over_standard(recap: Recap) -> dict[str, int]:
    """By unit: what its counted lines cost more than the office's ceilings allow, where they do."""
    costs = ((line.unit, excess(line.row, ceiling(line.row, recap.office))) for line in recap.counted)
    return sums((unit, more) for unit, more in costs if more)


def _outcomes(recap: Recap) -> frozenset[str]:
    """Programs that an outcome of some unit stands for: what a unit lacks of them is the unit's matter, not the office's."""
    return frozenset(ancestors(e.kode_sub)[0] for e in recap.indikator if e.counted and e.row.get("level") == "Outcome")


def _lacking(recap: Recap, kind: Kind, code: str, had: Collection[str] = ()) -> Matter:
    pairs = tuple(dict.fromkeys((f.unit, f.value) for f in recap.findings if f.code == code and f.value not in had))
    return Matter(kind=kind, units=_ordered(recap, (unit for unit, _ in pairs)), codes=pairs)


def _ordered(recap: Recap, units: Iterable[str]) -> tuple[str, ...]:
    """Without repetition, in the office's order; a unit that is not the office's comes last."""
    place = recap.office.order()
    return tuple(sorted(dict.fromkeys(units), key=lambda unit: (place(unit), unit)))
