"""What needs the Camat's decision, as short sentences for the Ringkasan.

No amount stands in them: the cells beside them are live, a sentence is not.
"""

from __future__ import annotations

from collections.abc import Iterable

from kinerja_xl.reckoning.recap import Recap, Status, UnitLine

_MOST_NAMES = 6
OVER_PAGU = "U906"
NO_UNITS = "Belum ada unit di Kantor.xlsx."
NOTHING = "Tidak ada: semua unit menyampaikan tepat waktu, dapat dibaca, dan tidak melebihi pagu."


def decisions(recap: Recap) -> list[str]:
    """At most one sentence per matter; ``NOTHING`` when there is none."""
    if not recap.units:
        return [NO_UNITS]
    by_status = {status: [u for u in recap.units if u.status is status] for status in Status}
    beyond = {finding.unit for finding in recap.findings if finding.code == OVER_PAGU}
    over = [u for u in recap.units if u.kode in beyond]
    held = [u for u in recap.units if u.alasan and u.status is not Status.TERLAMBAT]
    matters = (
        ("Belum menyampaikan usulan", by_status[Status.BELUM]),
        ("Berkas tidak dapat dibaca, mintalah berkas baru", by_status[Status.TIDAK_TERBACA]),
        ("Terlambat sehingga tidak masuk RKT (IV.C.3)", by_status[Status.TERLAMBAT]),
        ("Usulan melebihi pagu sub kegiatan atau pagu unit (lembar Catatan)", over),
        ("Ada baris RAB yang tidak dihitung", held),
        ("Perlu perbaikan sebelum ditelaah (lembar Catatan)", by_status[Status.PERBAIKAN]),
    )
    return [f"{words}: {_names(units)}." for words, units in matters if units] or [NOTHING]


def _names(units: Iterable[UnitLine]) -> str:
    names = [unit.nama or unit.kode for unit in units]
    rest = len(names) - _MOST_NAMES
    return ", ".join(names[:_MOST_NAMES]) + (f", dan {rest} unit lain" if rest > 0 else "")
