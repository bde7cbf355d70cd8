"""Catatan of the reckoning (C1xx): what a reader of the capaian should look at again. A broken cell has its own already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kinerja_xl.findings import Finding
from kinerja_xl.office import Office
from kinerja_xl.reckoning.capaian.accumulate import State
from kinerja_xl.reckoning.capaian.engine import Judge
from kinerja_xl.reckoning.capaian.figures import percent_words
from kinerja_xl.reckoning.capaian.money import SubMoney
from kinerja_xl.reckoning.capaian.policies import Yardsticks
from kinerja_xl.reckoning.capaian.rule import JUMLAH
from kinerja_xl.reckoning.measured import IndicatorResult
from kinerja_xl.reckoning.realised import Lack, Place
from kinerja_xl.sheets.formats import format_rupiah
from kinerja_xl.sheets.realisasi import REALISED, SPENT

FAR = Decimal(200)
"""Above this, in percent points, a target or a figure is probably wrong; a turun indicator reaches it at zero at best."""

ABOVE_ACCOUNT = "C250"
"""The catatan of the reading about an account above its pagu: the same cause as C103."""

OFFICE_FILE, POLICY_TABLE = "Kantor.xlsx", "kebijakan"


@dataclass(frozen=True, slots=True)
class Reported:
    """Rows of the returned files that have their catatan: (file, sheet, row) -> codes. One cause is said once."""

    codes: Mapping[tuple[str, str, int], frozenset[str]]

    def knows(self, place: Place, code: str = "") -> bool:
        """Whether the row has any catatan, or this one."""
        found = self.codes.get((place.file, place.sheet, place.row), frozenset())
        return code in found if code else bool(found)


def reported(findings: Iterable[Finding]) -> Reported:
    """From what the reading of the returned files said."""
    codes: dict[tuple[str, str, int], frozenset[str]] = {}
    for finding in findings:
        row = finding.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        if row:
            key = (finding.file, finding.sheet, int(row))
            codes[key] = codes.get(key, frozenset()) | {finding.code}
    return Reported(codes)


def of_policies(marks: Yardsticks, office: Office) -> Iterator[Finding]:
    """C101, at the policy's own cell where Kantor.xlsx has one."""
    rows = office.content.rows(POLICY_TABLE) if office.content else ()
    by_key = {str(row.get("kunci")).casefold(): row for row in rows}
    for wrong in marks.wrong:
        row = by_key.get(wrong.key)
        yield Finding(
            code="C101", file=OFFICE_FILE, sheet=row.sheet if row else "", cell=row.cell("nilai") if row else "",
            value=wrong.value, args={"kunci": wrong.key, "rincian": wrong.reason, "dipakai": wrong.used},
        )  # fmt: skip


def of_indicator(result: IndicatorResult, judge: Judge, n: int, reported: Reported) -> Iterator[Finding]:
    """C102, C104 and C106 of one indicator. A quarter left out in the middle is said where the files are read."""
    place = result.realised.place if result.realised else Place()
    unit, nama = result.indicator.unit, result.indicator.nama
    if judge.rule.pooled and judge.rule.how == JUMLAH:
        yield _at("C104", place, "", unit, nama=nama, tipe=judge.rule.tipe.lower())
    broken = any(part.state is State.BROKEN for part in judge.parts[:n])
    lacking = next((c for c in (result.judged, result.of_year) if c.lack is Lack.TIDAK_DAPAT), None)
    if lacking and not broken and not ("penyebut" in lacking.reason and reported.knows(place)):
        yield _at("C102", place, "", unit, nama=nama, rincian=lacking.reason)
    if result.judged.percent is not None and result.judged.percent > FAR:
        latest = result.realised.places.get(n, place) if result.realised else place
        if not reported.knows(latest):
            said = percent_words(result.judged.percent)
            yield _at("C106", latest, latest.cells.get(REALISED[n - 1], ""), unit, said, nama=nama)


def of_money(subs: Sequence[SubMoney], n: int, reported: Reported) -> Iterator[Finding]:
    """C103 and C105 per sub kegiatan; an account above its own pagu has been said where its row was read."""
    for sub in subs:
        if not sub.total:
            continue
        place = next((x.place for x in sub.spent if any(x.quarters[:n])), Place())
        cell = place.cells.get(SPENT[n - 1], "")
        unit, kode = sub.key
        if sub.plan is None:
            if not reported.knows(place):
                yield _at("C105", place, cell, unit, format_rupiah(sub.total), kode_sub=kode)
        elif sub.total > sub.pagu and not any(reported.knows(x.place, ABOVE_ACCOUNT) for x in sub.spent):
            yield _at("C103", place, cell, unit, format_rupiah(sub.total), kode_sub=kode, pagu=format_rupiah(sub.pagu))


def _at(code: str, place: Place, cell: str, unit: str, value: str = "", **args: str) -> Finding:
    return Finding(code=code, file=place.file, sheet=place.sheet, cell=cell, unit=unit, value=value, args=args)
