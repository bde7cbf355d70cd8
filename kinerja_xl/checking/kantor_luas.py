"""Rules of the office as a whole: the chain upward to the Renstra, and one price for one item."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from kinerja_xl.checking.rules import Case, rule
from kinerja_xl.findings import Finding
from kinerja_xl.lists.units import find_satuan
from kinerja_xl.office import Office
from kinerja_xl.reckoning.ceilings import standard_of
from kinerja_xl.reckoning.recap import RabLine
from kinerja_xl.sheets.rab import RAB_TABLE
from kinerja_xl.sheets.values import fold, format_rupiah, suggest
from kinerja_xl.submission import Submission


def office_wide(
    lines: Iterable[RabLine], submissions: Sequence[Submission], office: Office, said: Iterable[Finding]
) -> Iterator[Finding]:
    """U911 and U913. ``lines`` are the RAB rows of the recap, ``said`` what was found before."""
    yield from _goals_carried(submissions, office, list(said))
    yield from _one_item_many_prices(lines, office)


def _goals_carried(submissions: Sequence[Submission], office: Office, said: Sequence[Finding]) -> Iterator[Finding]:
    """Every IKU of the year stands on the Indikator sheet of some unit.

    Only said when every unit's sheet could be read: the one that is missing may hold it.
    """
    readable = [s for s in submissions if s.content is not None and not _lost(s)]
    if len(readable) < len(submissions) or {unit.kode for unit in office.units} - {s.unit for s in readable}:
        return
    rows = [(s, row) for s in readable for row in s.indikator]
    if any((row.sheet, row.cell("nama")) in s.reported for s, row in rows):
        return
    names = {fold(str(row.get("nama") or "")): str(row.get("nama") or "") for _, row in rows}
    bare = {office.program_sasaran.get(f.value) for f in said if f.code == "I702"}
    for goal in office.renstra:
        key = fold(goal.indikator)
        if goal.targets[0] is None or goal.kode_sasaran in bare or any(key in name for name in names):
            continue
        near = suggest(goal.indikator, names.values())
        yield Finding(
            code="U911",
            value=goal.indikator,
            args={"sasaran": goal.sasaran, "usul": f'; mungkin yang dimaksud "{near[0]}"' if near else ""},
        )


def _lost(submission: Submission) -> bool:
    return any(block == "indikator" and key in ("", "nama") for block, key in submission.missing)


@rule("U912")
def outcome_supports_a_sasaran(case: Case) -> Iterator[Finding]:
    """A unit's outcome serves a sasaran of the Renstra or of the PK above it (V.D: the lower carries the higher)."""
    if case.office is None or not case.office.renstra or not case.has("indikator", "sasaran", "level"):
        return
    above = {fold(goal.sasaran) for goal in case.office.renstra}
    above |= {fold(str(row.get("sasaran") or "")) for row in case.office.pk_pimpinan}
    for row in case.submission.indikator:
        sasaran = row.get("sasaran")
        if row.get("level") != "Outcome" or not isinstance(sasaran, str) or case.reported(row, "level", "sasaran"):
            continue
        if fold(sasaran) not in above:
            near = suggest(sasaran, [goal.sasaran for goal in case.office.renstra])
            hint = f'; mungkin "{near[0]}"' if near else ""
            yield case.at("U912", "indikator", row, "sasaran", sasaran, usul=hint)


def _one_item_many_prices(lines: Iterable[RabLine], office: Office) -> Iterator[Finding]:
    """One catatan per item, at the dearest row, with every unit's price."""
    groups: dict[tuple[str, ...], list[RabLine]] = defaultdict(list)
    for line in lines:
        harga = line.row.get("harga_satuan")
        if line.counted and isinstance(harga, Decimal) and harga > 0 and line.row.get("uraian"):
            for key in _identities(line, office):
                groups[key].append(line)
    told: set[int] = set()  # rows of an item that was named: by code and by name they may be found twice
    for group in groups.values():
        dearest = max(group, key=_price)
        if _differ(group) and id(dearest.row) not in told:
            told |= {id(line.row) for line in group}
            yield _spread(dearest, group)


def _differ(group: Sequence[RabLine]) -> bool:
    """Whether two units differ, not only the rows of one."""
    by_unit: dict[str, set[Decimal]] = defaultdict(set)
    for line in group:
        by_unit[line.unit].add(_price(line))
    return len({frozenset(prices) for prices in by_unit.values()}) > 1


def _identities(line: RabLine, office: Office) -> Iterator[tuple[str, ...]]:
    row = line.row
    unit = find_satuan(str(row.get("satuan") or ""))
    satuan = unit.kanonik if unit else fold(str(row.get("satuan") or ""))
    price = standard_of(row, office)
    if price is not None and price.jenis != "ASB":
        yield "standar", price.kode, satuan
    yield "uraian", fold(str(row.get("uraian"))), fold(str(row.get("spesifikasi") or "")), satuan


def _price(line: RabLine) -> Decimal:
    value = line.row.get("harga_satuan")
    return value if isinstance(value, Decimal) else Decimal(0)


def _spread(dearest: RabLine, group: Sequence[RabLine]) -> Finding:
    others = sorted(
        {(line.unit_nama, _price(line)) for line in group if line.unit != dearest.unit}, key=lambda pair: (pair[1], pair[0])
    )
    low = min(_price(line) for line in group)
    return Finding(
        code="U913",
        file=dearest.file,
        unit=dearest.unit,
        sheet=dearest.row.sheet,
        cell=dearest.row.cell("harga_satuan"),
        column=RAB_TABLE.column("harga_satuan").label,
        value=format_rupiah(_price(dearest)),
        args={
            "uraian": str(dearest.row.get("uraian")),
            "rincian": "; ".join(f"{unit} {format_rupiah(price)}" for unit, price in others),
            "selisih": format_rupiah(_price(dearest) - low),
        },
    )
