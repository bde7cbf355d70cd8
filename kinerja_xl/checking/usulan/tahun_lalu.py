"""This year's plan against last year's recap: the price of one unit of output, and amounts that jump (III.C.2.b, IV.B.1.c)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.checking.rules import Case
from kinerja_xl.checking.usulan.rab_wajar import policy_number
from kinerja_xl.lists.units import find_satuan
from kinerja_xl.office.folder import Submission
from kinerja_xl.reading.own_book import RecapBack
from kinerja_xl.reckoning.recap import RabLine
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.rab import KODE_SUB
from kinerja_xl.sheets.values import fold, format_number, format_rupiah, round_half_up


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What a sub kegiatan delivers in a year: its target and unit."""

    target: Decimal
    satuan: str


def against_last_year(
    lines: Iterable[RabLine], submissions: Sequence[Submission], last: RecapBack, case: Case
) -> Iterator[Finding]:
    """U914: the price of one unit of output changed by more than the office lets pass; U915: the amount did.

    Per sub kegiatan, all units together, counted amounts only, in rupiah. Where the price tells it the amount is not said
    again. ``case`` gives the policies.
    """
    counted = [line for line in lines if line.counted]
    now = _totals((line.kode_sub, line.jumlah) for line in counted)
    then = _totals((line.kode_sub, line.jumlah) for line in last.lines if line.counted)
    first: dict[str, RabLine] = {}
    for line in counted:
        first.setdefault(line.kode_sub, line)
    here = _outputs(row for s in submissions for row in s.indikator)
    there = _outputs(line.row for line in last.indicators if line.counted)
    for sub, line in first.items():
        before = then.get(sub, 0)
        if before <= 0:
            continue  # new this year
        price = _price(now[sub], before, here.get(sub), there.get(sub))
        limit = policy_number(case, "batas_harga_output")
        if price and abs(change := _percent(*price)) > limit:
            satuan = here[sub].satuan
            yield _at("U914", line, price[0], price[1], change, limit, satuan=satuan, tahun=str(last.tahun))
            continue
        change, limit = _percent(Decimal(now[sub]), Decimal(before)), policy_number(case, "batas_lonjakan")
        if abs(change) > limit:
            yield _at("U915", line, Decimal(now[sub]), Decimal(before), change, limit, tahun=str(last.tahun))


def _totals(amounts: Iterable[tuple[str, int | None]]) -> Mapping[str, int]:
    found: dict[str, int] = defaultdict(int)
    for sub, amount in amounts:
        found[sub] += amount or 0
    return found


def _outputs(rows: Iterable[Row]) -> Mapping[str, Output]:
    """The output of each sub kegiatan; one with several outputs has no price per unit."""
    found: dict[str, list[Output]] = defaultdict(list)
    for row in rows:
        target = row.get("target")
        if row.get("level") == "Output" and isinstance(target, Decimal) and target > 0:
            unit = find_satuan(str(row.get("satuan") or ""))
            satuan = unit.kanonik if unit else str(row.get("satuan") or "")
            found[str(row.get("kode"))].append(Output(target=target, satuan=satuan))
    return {code: outputs[0] for code, outputs in found.items() if len(outputs) == 1}


def _price(now: int, then: int, here: Output | None, there: Output | None) -> tuple[Decimal, Decimal] | None:
    """Rupiah per unit of output this year and last; None where the two outputs can't be compared."""
    if here is None or there is None or fold(here.satuan) != fold(there.satuan):
        return None
    return now / here.target, then / there.target


def _percent(now: Decimal, then: Decimal) -> Decimal:
    """Change in percent of the earlier figure, rounded half-up to one decimal."""
    return round_half_up((now - then) * 100 / then, 1)


def _at(code: str, line: RabLine, now: Decimal, then: Decimal, change: Decimal, limit: Decimal, **more: str) -> Finding:
    args = {
        "kode_sub": line.kode_sub, "rincian": format_rupiah(round_half_up(then, 0)),
        "persen": ("+" if change > 0 else "") + format_number(change), "batas": format_number(limit), **more,
    }  # fmt: skip
    return Finding(
        code=code, file=line.file, unit=line.unit, sheet=line.row.sheet, cell=line.row.cell("kode_sub"),
        column=KODE_SUB.label, value=format_rupiah(round_half_up(now, 0)), args=args,
    )  # fmt: skip
