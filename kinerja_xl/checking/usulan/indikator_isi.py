"""What an indicator measures: in a unit of its own, by a definition of its own, and with no quarter behind last year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.checking.rules import Case, explained, rule
from kinerja_xl.checking.usulan.indikator import FEWEST_WORDS
from kinerja_xl.checking.usulan.indikator_wajar import against, backwards
from kinerja_xl.sheets.choices import SATUAN
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.indikator import QUARTERS
from kinerja_xl.sheets.values import fold, format_number
from kinerja_xl.words.match import kata

_TAKES_TIME = kata("nama_waktu")
_TIME = "waktu"


@rule("I788", settles=True)
def unit_of_time(case: Case) -> Iterator[Finding]:
    """How long something takes is measured in a unit of time (V.B.4.b)."""
    for row in case.submission.indikator:
        unit = case.lists.measures.find(row.text(SATUAN))
        if unit is None or not _TAKES_TIME(row.text("nama").strip()) or case.reported(row, "nama", SATUAN):
            continue
        parts = [found for part in unit.komponen if (found := case.lists.measures.find(part))]
        if _TIME not in (unit.kelompok, *(part.kelompok for part in parts)):
            yield case.at("I788", "indikator", row, SATUAN, row.text(SATUAN), nama=row.text("nama"))


@rule("I783")
def definitions_apart(case: Case) -> Iterator[Finding]:
    """Two indicators with two names are not measured by one definition (V.B.4.a): one catatan for all that share it."""
    groups: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in case.submission.indikator:
        said, name = row.text("definisi"), fold(row.text("nama"))
        if len(said.split()) >= FEWEST_WORDS and name and not case.reported(row, "definisi", "nama"):
            groups[fold(said)].setdefault(name, row)
    for named in groups.values():
        first, *rest = named.values()
        if rest:
            others = "; ".join(row.text("nama") for row in (first, *rest[1:]))
            yield case.at("I783", "indikator", rest[0], "definisi", rest[0].text("definisi"), rincian=others)


_MEASURED = ("Persentase", "Rasio", "Indeks")


@rule("I778")
def quarter_behind(case: Case) -> Iterator[Finding]:
    """No quarter of what is measured falls behind the quarter before it and last year as well, while the year is to be better
    (V.C.3)."""
    for row in case.submission.indikator:
        was, aim, arah = row.get("baseline"), row.get("target"), row.get("arah")
        if row.get("akumulasi") != "Nilai terakhir" or row.get("tipe") not in _MEASURED or backwards(case, row):
            continue
        if not isinstance(was, Decimal) or not isinstance(aim, Decimal) or against(arah, [was, aim]):
            continue
        aims = [(key, x) for key in QUARTERS if isinstance(x := row.get(key), Decimal)]
        for (_, before), (key, now) in zip(aims, aims[1:], strict=False):
            behind = against(arah, [before, now]) and against(arah, [was, now])
            if behind and not case.reported(row, "baseline", "target", "arah", "akumulasi", *QUARTERS):
                words = {"rincian": format_number(before), "lalu": format_number(was), "arah": str(arah)}
                yield explained(case.at("I778", "indikator", row, key, format_number(now), **words), row)
                break
