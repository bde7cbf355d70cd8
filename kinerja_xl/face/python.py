"""The public face for Python: a year's folder as an object whose tables are pandas DataFrames (docs/api.md)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kinerja_xl.frames.tables import Frame
from kinerja_xl.office.place import year_folder
from kinerja_xl.uses.tables import Tables, capaian_tables, findings_table, read_tables, recap_tables


class Tahun:
    """A year's folder (Kantor.xlsx, masuk/, arsip/): read when it is first asked for, and never changed.

    Raises InputError, a sentence for staff, where the folder is none or Kantor.xlsx can't be used.
    """

    def __init__(self, folder: str | Path, tanggal: date | None = None) -> None:
        from kinerja_xl.uses.year import Year

        self.folder = year_folder(Path(folder))
        self._year = Year(self.folder, tanggal=tanggal)

    def rekap(self) -> Tables:
        """The recap's tables: ``rab``, ``indikator``, ``tor``, ``unit``, ``per_program``, ``catatan`` and others."""
        return recap_tables(self._year)

    def periksa(self) -> Frame:
        """Everything that is to be said about the folder, one row per catatan; empty where there is nothing."""
        from kinerja_xl.uses.periksa import periksa

        return findings_table(periksa([self.folder]))

    def capaian(self, triwulan: int = 4) -> Tables:
        """The measured year until ``triwulan`` (1 to 4), against the locked plan: ``indikator``, ``anggaran``, …"""
        from kinerja_xl.uses.capaian import findings_of, measured

        found = measured(self._year, triwulan)
        return capaian_tables(found, findings_of(found))

    def __repr__(self) -> str:
        return f"Tahun({str(self.folder)!r})"


def baca(*berkas: str | Path, sebagai: str | None = None) -> Tables:
    """What stands in workbooks of any layout: ``baris``, ``tidak_dihitung``, ``catatan``. ``sebagai``: rab, realisasi,
    indikator or standar_harga, where it should not be guessed."""
    from kinerja_xl.uses.baca import baca as read

    return read_tables(read([Path(one) for one in berkas], sebagai=sebagai))
