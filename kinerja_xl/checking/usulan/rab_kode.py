"""A RAB row's code of the price list against its words. It comes before every rule that holds the row against that code's price,
unit or account: what follows from a wrong code is not said again."""

from __future__ import annotations

from collections.abc import Iterator

from kinerja_xl.catatan import Finding
from kinerja_xl.checking.rules import Case, explained, rule
from kinerja_xl.reckoning.recap.standing import ROW_STANDARDS, standard_of
from kinerja_xl.sheets.values import fold


@rule("R563", settles=True)
def words_of_another_item(case: Case) -> Iterator[Finding]:
    """A row that is called what the list calls another item names that item's code (III.C.2.b)."""
    listed: dict[str, list[str]] = {}
    for one in case.office.prices.values() if case.office else ():
        listed.setdefault(fold(one.uraian), []).append(one.kode)
    for row in case.submission.rab:
        own, price = listed.get(fold(row.text("uraian")), ()), standard_of(row, case.office)
        if price is None or price.jenis not in ROW_STANDARDS or not own or price.kode in own:
            continue
        if not case.reported(row, "uraian", "kode_standar"):
            words = {"uraian": row.text("uraian"), "rincian": price.uraian, "benar": ", ".join(own[:3])}
            yield explained(case.at("R563", "rab", row, "kode_standar", price.kode, **words), row)
