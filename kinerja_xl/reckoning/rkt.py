"""The Rencana Kinerja Tahunan: misi → tujuan → sasaran → program → kegiatan → sub kegiatan with its indicators."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from kinerja_xl.lists.codes import parents
from kinerja_xl.office import Office, RenstraGoal
from kinerja_xl.reckoning.recap import Entry, RabLine, RktLine
from kinerja_xl.sheets.values import format_number


def build_rkt(lines: Iterable[RabLine], indikator: Iterable[Entry], office: Office) -> tuple[RktLine, ...]:
    """One line per sub kegiatan and indicator, programs' and kegiatan's own indicators above them.

    The amount of a (sub kegiatan, unit) stands on its first line only, so that the column adds up.
    """
    amounts: dict[tuple[str, str], int] = defaultdict(int)
    names: dict[str, str] = {unit.kode: unit.nama for unit in office.units}
    for line in lines:
        amounts[line.kode_sub, line.unit] += line.jumlah or 0
    goals: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in indikator:
        goals[entry.kode_sub, entry.unit].append(entry)
    found: list[RktLine] = []
    for code, unit in sorted(amounts.keys() | goals.keys()):
        entries: list[Entry | None] = list(goals.get((code, unit), [])) or [None]
        for index, own in enumerate(entries):
            amount = amounts.get((code, unit)) if index == 0 else None
            found.append(_line(code, unit, names.get(unit, unit), own, amount, office))
    return tuple(found)


def _line(code: str, unit: str, unit_nama: str, entry: Entry | None, amount: int | None, office: Office) -> RktLine:
    program, kegiatan, sub = _chain(code)
    goals = [g for g in office.renstra if g.kode_sasaran == office.program_sasaran.get(program)]

    def name(kode: str) -> str:
        node = office.programs.get(kode)
        return node.nama if node else ""

    get = entry.row.get if entry else lambda key: None
    return RktLine(
        misi=_joined(g.misi for g in goals), tujuan=_joined(g.tujuan for g in goals), sasaran=_joined(g.sasaran for g in goals),
        iku=_joined(g.indikator for g in goals), iku_target=_joined(_target(g) for g in goals),
        program=program, program_nama=name(program), kegiatan=kegiatan, kegiatan_nama=name(kegiatan),
        kode_sub=sub, nama_sub=name(sub), indikator=str(get("nama") or ""), level=str(get("level") or ""),
        target=get("target"), satuan=str(get("satuan") or ""), anggaran=amount, unit=unit, unit_nama=unit_nama,
    )  # fmt: skip


def _chain(code: str) -> tuple[str, str, str]:
    """Program, kegiatan and sub kegiatan of a code; a code of unknown shape stands as sub kegiatan alone."""
    try:
        program, kegiatan = parents(code)
    except ValueError:
        return "", "", code
    return program, kegiatan, code if code not in (program, kegiatan) else ""


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(p for p in parts if p))


def _target(goal: RenstraGoal) -> str:
    value = goal.targets[0] if goal.targets else None
    text = format_number(value) if isinstance(value, Decimal) else str(value or "")
    return f"{text} {goal.satuan}".strip()
