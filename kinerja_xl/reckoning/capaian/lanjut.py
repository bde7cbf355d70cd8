"""From evaluation to mending (V.A.3): what last year's evaluation said is to be done, for this year's Rencana Aksi."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kinerja_xl.reading.own_book import YearValue
from kinerja_xl.words.text import fold

Key = tuple[str, str, str]
"""Unit, code and folded name of an indicator."""


def key_of(unit: str, kode: str, nama: str) -> Key:
    return unit, kode, fold(nama)


def follow_ups(values: Iterable[YearValue], tahun: int) -> Mapping[Key, str]:
    """By indicator the follow-up of the year before ``tahun`` as one sentence that says where it comes from."""
    said = ((key_of(v.unit, v.kode, v.nama), " ".join(v.tindak_lanjut.split())) for v in values if v.tahun == tahun - 1)
    return {key: f"Tindak lanjut evaluasi {tahun - 1}: {text.rstrip('.')}." for key, text in said if text}
