"""``rekap --rka``: the RKA workbook beside the recap, with last year's recap for the allocation n−1 where there is one."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from kinerja_xl.office.folder import HASIL
from kinerja_xl.reading.own_book import RecapBack
from kinerja_xl.reckoning.recap import Recap
from kinerja_xl.uses.workflow import last_recap
from kinerja_xl.writing.output import Written, write_whole
from kinerja_xl.writing.shown.rka import write_rka


def write_rka_book(recap: Recap, folder: Path, beside: Path | None = None, last: Path | None = None) -> Written:
    """Write RKA-TAHUN.xlsx to hasil/, or into the folder of the recap that was written ``beside``.

    ``last`` names last year's recap; else the one in arsip/ is taken. Raises InputError and OutputError.
    """
    back, _ = last_recap(folder, recap.office.tahun, last)
    wanted = (beside.parent if beside else folder / HASIL) / f"RKA-{recap.office.tahun}.xlsx"
    return write_whole(wanted, write_rka(recap, _counted(back) if back else None))


def _counted(back: RecapBack) -> dict[str, int]:
    """What a recap counts, rupiah by code of sub kegiatan."""
    found: defaultdict[str, int] = defaultdict(int)
    for line in back.lines:
        if line.counted:
            found[line.kode_sub] += line.jumlah or 0
    return dict(found)
