"""The blank Lembar Penelaahan of a recap: what each unit proposed, with our catatan beside it. Pure functions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal

from kinerja_xl.catatan import EXPLAINED, Finding, Severity, catalogue
from kinerja_xl.lists import normalise_account
from kinerja_xl.office.kantor import Office
from kinerja_xl.office.prefill import as_rows, book_of
from kinerja_xl.reckoning import Sum, aside, grouped, sums
from kinerja_xl.reckoning.plan import Plan, PlanLine, PlanSub, indicator_of, indicator_record
from kinerja_xl.reckoning.plan.meeting import planning_unit
from kinerja_xl.reckoning.recap import Entry, RabLine, Recap, Status
from kinerja_xl.reckoning.recap.ledger import Amount
from kinerja_xl.sheets.choices import JENIS_BELANJA
from kinerja_xl.sheets.content import BookContent
from kinerja_xl.sheets.penetapan import PENELAAHAN, PROPOSED_TARGET
from kinerja_xl.sheets.values import format_number, format_rupiah

Key = tuple[str, str]
"""(unit, sub kegiatan)."""


def review_of(recap: Recap) -> BookContent:
    """The book's content: amounts in rupiah as counted, ``disepakati`` per sub kegiatan blank."""
    place = recap.office.order()
    keys = sorted(_keys(recap), key=lambda key: (place(key[0]), key))
    tables = {
        "telaah_sub": as_rows(_subs(recap, keys)),
        "telaah_rekening": as_rows(_accounts(recap, keys)),
        "telaah_indikator": as_rows(_indicator(entry) for entry in recap.indikator if entry.counted),
        "telaah_kas": as_rows({"unit": key[0], "kode_sub": key[1], "nama_sub": _name(recap, key)} for key in keys),
    }
    return book_of(PENELAAHAN, {"telaah": _form(recap.office)}, tables)


def _form(office: Office) -> dict[str, object]:
    planner = planning_unit(office)
    chief = office.official(planner.kode) if planner else None
    return {
        "kantor": office.nama, "tahun": Decimal(office.tahun), "tahap": office.tahap or None, "tempat": office.tempat or None,
        "pemimpin": chief.nama if chief else None,
    }  # fmt: skip


def _keys(recap: Recap) -> set[Key]:
    """Every sub kegiatan that a unit brought: by its RAB, its TOR or its indicators; one held back for its code too."""
    subs = recap.office.programs
    found = {(line.unit, line.kode_sub) for line in recap.lines if line.kode_sub}
    found |= {(tor.unit, tor.kode_sub) for tor in recap.tors if tor.kode_sub}
    goals = {(entry.unit, entry.kode_sub) for entry in recap.indikator if entry.kode_sub}
    return found | {key for key in goals if key[1] in subs and subs[key[1]].level == "subkegiatan"}


def _subs(recap: Recap, keys: list[Key]) -> list[dict[str, object]]:
    uncounted = [line for line in recap.lines if not line.counted]
    amounts = recap.ledger.by("unit", "kode_sub")
    own, unplaced = _remarks(recap)
    reasons = grouped(((line.unit, line.kode_sub), line.reason) for line in uncounted)
    rows: list[dict[str, object]] = []
    for key in keys:
        unit, kode = key
        parts = [_summary(own[key])]
        held = amounts[key].uncounted
        if key in reasons:
            parts.insert(0, f"Tidak dihitung {aside(held)}: {'; '.join(dict.fromkeys(reasons[key]))}.")
        if unit in unplaced:  # said once, beside the unit's first sub kegiatan
            parts.append(f"Seluruh berkas: {_summary(unplaced.pop(unit))}")
        rows.append(
            {
                "unit": unit, "kode": kode, "nama": _name(recap, key), "diusulkan": Decimal(amounts[key].counted),
                **_held(held if key in reasons else None),
                "pagu": Decimal(recap.office.pagu[key]) if key in recap.office.pagu else None,
                "catatan": "\n".join(part for part in parts if part) or None,
            }
        )  # fmt: skip
    return rows


def _held(total: Sum | None) -> dict[str, object]:
    """What of a sub kegiatan is not counted: the known part, and beside it how many rows are not known."""
    known = total.shown if total else None
    return {
        "tidak_dihitung": None if known is None else Decimal(known),
        "belum_diketahui": Decimal(total.unknown) if total and total.unknown else None,
    }


def _name(recap: Recap, key: Key) -> str | None:
    node = recap.office.programs.get(key[1])
    typed = (tor.nama_sub for tor in recap.tors if (tor.unit, tor.kode_sub) == key)
    return node.nama if node else next(typed, None)


# ---- remarks ---------------------------------------------------------------------------------


def _remarks(recap: Recap) -> tuple[Mapping[Key, list[Finding]], dict[str, list[Finding]]]:
    """Findings by the sub kegiatan of their row, and by unit those that concern no row of one."""
    own_rows: tuple[RabLine | Entry, ...] = (*recap.lines, *recap.indikator)
    rows = {(x.file, x.row.sheet, x.row.row): (x.unit, x.kode_sub) for x in own_rows}
    tors = {(tor.file, tor.row.sheet): (tor.unit, tor.kode_sub) for tor in recap.tors}
    known = _keys(recap)
    own, rest = defaultdict(list), defaultdict(list)
    for finding in recap.findings:
        if (finding.severity is Severity.INFO and EXPLAINED not in finding.args) or not finding.unit:
            continue
        key = rows.get((finding.file, finding.sheet, finding.row)) or tors.get((finding.file, finding.sheet))
        if key in known and key is not None:
            own[key].append(finding)
        else:
            rest[finding.unit].append(finding)
    return own, dict(rest)


def _summary(findings: list[Finding]) -> str:
    """The titles of the catatan by level, each once with how often it stands there."""
    parts = []
    for level in (Severity.WAJIB, Severity.CEK):
        codes = Counter(f.code for f in findings if f.severity is level)
        if codes:
            titles = (f"{catalogue()[code].judul} ({code}{f', {n} kali' if n > 1 else ''})" for code, n in sorted(codes.items()))
            parts.append(f"{level.label}: {'; '.join(titles)}.")
    said = [f'{catalogue()[f.code].judul} ({f.code}): "{f.args[EXPLAINED]}"' for f in findings if EXPLAINED in f.args]
    return " ".join([*parts, *([f"Dijelaskan unit: {'; '.join(said)}."] if said else [])])


# ---- accounts and indicators -----------------------------------------------------------------


def account_sums(recap: Recap) -> dict[tuple[str, str, str], tuple[str, int]]:
    """(unit, sub kegiatan, account) -> (jenis belanja key, counted rupiah), the account in its canonical spelling."""
    own = [(_account_key(line), line) for line in recap.counted]
    jenis = {key: line.jenis for key, line in reversed(own) if line.jenis}  # the first that is known
    return {key: (jenis.get(key, ""), total) for key, total in sums((key, line.rupiah) for key, line in own).items()}


def _account_key(line: RabLine) -> tuple[str, str, str]:
    typed = line.row.text("kode_rekening")
    return line.unit, line.kode_sub, normalise_account(typed) or typed


def _accounts(recap: Recap, keys: list[Key]) -> list[dict[str, object]]:
    place = {key: i for i, key in enumerate(keys)}
    ordered = sorted(account_sums(recap).items(), key=lambda item: (place.get(item[0][:2], len(place)), item[0]))
    return [
        {
            "unit": unit, "kode_sub": kode, "nama_sub": _name(recap, (unit, kode)), "kode_rekening": rekening or None,
            "nama_rekening": recap.office.accounts.get(rekening), "jenis_belanja": JENIS_BELANJA.get(jenis),
            "diusulkan": Decimal(total), "disepakati": Decimal(total),
        }
        for (unit, kode, rekening), (jenis, total) in ordered
    ]  # fmt: skip


def _indicator(entry: Entry) -> dict[str, object]:
    record = indicator_record(indicator_of(entry.row, entry.unit))
    return {**record, PROPOSED_TARGET: record["target"]}


# ---- The counted proposal of a recap as a plan: for locking without a review, and for comparing a recap with a plan ----

WITHOUT_REVIEW = "Usulan yang dihitung, tanpa penelaahan"


def proposal_of(recap: Recap) -> Plan:
    """Agreed is what was proposed and counted, whole rupiah; ``dasar`` says that nobody reviewed it."""
    accounts = account_sums(recap)
    totals = sums((key[:2], jumlah) for key, (_, jumlah) in accounts.items())
    return Plan(
        tahun=recap.office.tahun, tahap="penetapan", nomor=0, tanggal=None, dasar=WITHOUT_REVIEW,
        kantor=recap.office.nama,
        subs=tuple(
            PlanSub(unit=unit, kode=kode, nama=recap.office.program_name(kode), diusulkan=n, disepakati=n)
            for (unit, kode), n in totals.items()
        ),
        lines=tuple(
            PlanLine(unit=unit, kode_sub=kode, rekening=rekening, jenis=jenis, jumlah=jumlah)
            for (unit, kode, rekening), (jenis, jumlah) in accounts.items()
        ),
        indicators=tuple(indicator_of(e.row, e.unit) for e in recap.indikator if e.counted and e.row.get("target") is not None),
    )  # fmt: skip


def left_out(recap: Recap) -> Iterator[Finding]:
    """What a plan of the counted proposal does not hold, by unit (D111): nobody is to learn of it from a missing amount."""
    for unit in recap.units:
        held = unit.total_tidak_dihitung
        if unit.status is Status.BELUM or held:
            words = f"{aside(held)} tidak dihitung" if held else "belum menyampaikan usulan"
            yield Finding(code="D111", file=unit.berkas, unit=unit.kode, args={"unit": unit.nama, "rincian": words})


def outdated(review: BookContent, recap: Recap) -> Iterator[Finding]:
    """Where the usulan that counts today is neither what the review showed nor what was agreed in it (D112)."""
    now, among = recap.ledger.by("unit", "kode_sub"), recap.office.among
    table = PENELAAHAN.table("telaah_sub")
    listed = set[Key]()
    for row in review.rows(table.key):
        key = among.spelled(row.text("unit")), row.text("kode")
        listed.add(key)
        shown, today = row.number("diusulkan"), now[key]
        if shown is not None and today.counted not in (shown, row.number("disepakati")):
            words = f"di lembar ini {format_rupiah(shown)}, sekarang {_today(today)}"
            yield Finding(
                code="D112", sheet=row.sheet, cell=row.cell("diusulkan"), column=table.column("diusulkan").label,
                value=format_number(shown), unit=key[0], args={"rincian": words},
            )  # fmt: skip
    for unit, kode in (key for key in now if key[1] and key not in listed and now[key].counted):
        words = f"{kode} sekarang {_today(now[unit, kode])}, di lembar ini tidak ada"
        yield Finding(code="D112", unit=unit, args={"rincian": words})


def _today(amount: Amount) -> str:
    held = amount.uncounted
    return format_rupiah(amount.counted) + (f" (dan {aside(held)} tidak dihitung)" if held else "")
