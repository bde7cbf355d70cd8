"""This year's plan against last year's recap: the price of one unit of output, and jumps (III.C.2.b, IV.B.1.c)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kinerja_xl.catatan import Finding, Severity
from kinerja_xl.checking.rules import AMOUNTS, Case, at_line, explained
from kinerja_xl.checking.usulan.rab_wajar import signed
from kinerja_xl.office.folder import Submission
from kinerja_xl.office.kantor import Office
from kinerja_xl.reading.own_book import RecapBack
from kinerja_xl.reckoning import totals
from kinerja_xl.reckoning.recap import RabLine
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.rab import KODE_SUB
from kinerja_xl.sheets.values import format_number, format_rupiah, round_half_up
from kinerja_xl.words.units import Measures


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What a sub kegiatan delivers in a year: its target and unit."""

    target: Decimal
    satuan: str


def against_last_year(
    lines: Iterable[RabLine], submissions: Sequence[Submission], last: RecapBack, case: Case, said: Iterable[Finding] = ()
) -> Iterator[Finding]:
    """U914: the price of one unit of output changed by more than the office lets pass; U915: the amount did.

    Per sub kegiatan, all units together, counted amounts only, in rupiah; nothing of one of which a row is held back, or whose
    unit of last year has handed in nothing that could be read. Where the price tells it the amount is not said again, and
    nothing of one that has a catatan ``said`` on its codes or amounts. ``case`` gives the policies.
    """
    every = list(lines)
    doubted, lost = _doubted(every, said), _of_no_sub(every, case.office)
    counted = [line for line in every if line.counted]
    absent = {unit.kode for unit in case.office.units} if case.office else set[str]()
    absent -= {s.unit for s in submissions if s.content is not None and not s.refused}
    partial = {line.kode_sub for line in every if not line.counted} | {x.kode_sub for x in last.lines if x.unit in absent}
    now = _totals((line.kode_sub, line.jumlah) for line in counted)
    then = _totals((line.kode_sub, line.jumlah) for line in last.lines if line.counted)
    first: dict[str, RabLine] = {}
    for line in counted:
        first.setdefault(line.kode_sub, line)
    here = _outputs(row for s in submissions for row in s.indikator)
    there = _outputs(line.row for line in last.indicators if line.counted)
    for sub, line in first.items():
        before = then.get(sub, 0)
        if before <= 0 or sub in partial | doubted or line.unit in lost:
            continue  # new this year, or not all of it is known
        price = _price(now[sub], before, here.get(sub), there.get(sub), case.lists.measures)
        limit = case.policy("batas_harga_output")
        if price and abs(change := _percent(*price)) > limit:
            satuan = here[sub].satuan
            yield _at("U914", line, price[0], price[1], change, limit, satuan=satuan, tahun=str(last.tahun))
            continue
        change, limit = _percent(Decimal(now[sub]), Decimal(before)), case.policy("batas_lonjakan")
        if abs(change) > limit:
            yield _at("U915", line, Decimal(now[sub]), Decimal(before), change, limit, tahun=str(last.tahun))


_DIFFERS = "K601"
"""The TOR of a sub kegiatan costs otherwise."""


def _doubted(lines: Sequence[RabLine], said: Iterable[Finding]) -> set[str]:
    """Sub kegiatan of which a code or an amount was named: that they cost more or less than last year follows from it."""
    asking = [f for f in said if f.severity is not Severity.INFO]
    named = {(f.file, f.sheet, cell) for f in asking for cell in f.args.get("sel_sel", "").split() or [f.cell]}
    keys = (KODE_SUB.key, *AMOUNTS, "volume", "jumlah")
    rows = {x.kode_sub for x in lines if any((x.file, x.row.sheet, x.row.cell(key)) in named for key in keys)}
    return rows | {f.args["kode_sub"] for f in asking if f.code == _DIFFERS}


def _of_no_sub(lines: Sequence[RabLine], office: Office | None) -> set[str]:
    """Units with a row that is held back and whose code nobody can read: it is missed in any of their sub kegiatan."""
    return {x.unit for x in lines if not x.counted and office is not None and x.kode_sub not in office.programs}


def _totals(amounts: Iterable[tuple[str, int | None]]) -> Mapping[str, int]:
    """Sums of which every part is known: of the others nothing can be said."""
    return {sub: total.amount for sub, total in totals(amounts).items() if not total.unknown}


def _outputs(rows: Iterable[Row]) -> Mapping[str, Output]:
    """The output of each sub kegiatan; one with several outputs has no price per unit."""
    found: dict[str, list[Output]] = defaultdict(list)
    for row in rows:
        target = row.get("target")
        if row.get("level") == "Output" and isinstance(target, Decimal) and target > 0:
            found[str(row.get("kode"))].append(Output(target=target, satuan=row.text("satuan")))
    return {code: outputs[0] for code, outputs in found.items() if len(outputs) == 1}


def _price(
    now: int, then: int, here: Output | None, there: Output | None, measures: Measures
) -> tuple[Decimal, Decimal] | None:
    """Rupiah per unit of output this year and last; None where the two outputs can't be compared."""
    if here is None or there is None or not measures.same(here.satuan, there.satuan):
        return None
    return now / here.target, then / there.target


def _percent(now: Decimal, then: Decimal) -> Decimal:
    """Change in percent of the earlier figure, rounded half-up to one decimal."""
    return round_half_up((now - then) * 100 / then, 1)


def _at(code: str, line: RabLine, now: Decimal, then: Decimal, change: Decimal, limit: Decimal, **more: str) -> Finding:
    said = at_line(
        code, line, KODE_SUB, format_rupiah(round_half_up(now, 0)), kode_sub=line.kode_sub,
        rincian=format_rupiah(round_half_up(then, 0)), persen=signed(change), batas=format_number(limit), **more,
    )  # fmt: skip
    return explained(said, line.row)
