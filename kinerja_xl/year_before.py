"""Last year's recap to compare with: the one that was named, else arsip/Rekap-<year before>.xlsx of the year's folder."""

from __future__ import annotations

from pathlib import Path

from kinerja_xl.findings import Finding
from kinerja_xl.folder import ARSIP, InputError, read_bytes
from kinerja_xl.reading.recap_book import RecapBack, read_recap


def last_recap(folder: Path, tahun: int, named: Path | None = None) -> tuple[RecapBack | None, list[Finding]]:
    """The recap of the year before ``tahun``, and why the one that is there is not used.

    Raises InputError for a recap that was ``named`` and can't be used; one that merely lies in arsip/ stops nothing.
    """
    path = named or folder / ARSIP / f"Rekap-{tahun - 1}.xlsx"
    if named is None and not path.exists():
        return None, []
    data, trouble = read_bytes(path)
    back = trouble or read_recap(data, path.name)
    reason = ""
    if isinstance(back, Finding):
        reason = back.masalah.rstrip(".")
    elif back.tahun != tahun - 1:
        reason = f"isinya rekap tahun {back.tahun or 'yang tidak disebut'}, bukan {tahun - 1}"
    if not reason and isinstance(back, RecapBack):
        return back, []
    if named is not None:
        raise InputError(f"{path} tidak dapat dipakai sebagai rekap tahun lalu: {reason}.")
    return None, [Finding(code="U916", file=path.name, args={"rincian": reason})]
