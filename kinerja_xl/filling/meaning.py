"""What a heading of measured figures means: which figure, of which time, in which measure; ours and theirs read alike.

The forms of Evaluasi Renja differ in wording from regency to regency but speak of the same columns (Permendagri 86/2017,
Tabel E.81): target of the Renstra, realisasi until last year, target of the Renja, realisasi per triwulan, of the year, until
this year, and the share reached; each as K, % and Rp.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kinerja_xl.foreign.words import word
from kinerja_xl.sheets.values import clean, fold

_QUARTER = re.compile(r"\b(?:triwulan|tw|trw)\W*(?:ke\W*)?(iv|iii|ii|i|[1-4])\b", re.IGNORECASE)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_BEFORE = re.compile(r"lalu|sebelum|n[12](?!\d)")
_UNTIL = re.compile(r"renstra|sampaidengantahun|sdtahun|sdtw|kumulatif")
_PARTS = re.compile("pembilang|penyebut|rencanakas")
"""What a figure is made of, or compared with: not the figure."""
_SHARE = re.compile(r"^\W*%\W*$")

Meaning = tuple[str, str, str]
"""Figure, time ("" the year itself), measure (``k``, ``%``, ``rp``)."""


def meaning(path: Iterable[str]) -> Meaning | None:
    """The meaning of a column's headings from top to bottom; None for a column that is no figure of the year."""
    texts = [clean(text) for text in path]
    whole = " ".join(texts)
    folded = fold(whole).replace("sdtwini", "")  # so far in this year, which is the year's figure
    figure = _figure(folded)
    quarter = _QUARTER.search(whole)
    if (not figure and not quarter) or _PARTS.search(folded):
        return None
    time = f"tw{_ROMAN.get(quarter[1].lower(), quarter[1])}" if quarter else ""
    if figure == "target" and "renstra" in folded:
        time = "akhir"
    elif figure == "realisasi" and not quarter:
        time = "lalu" if _BEFORE.search(folded) else "sampai" if _UNTIL.search(folded) else ""
    elif quarter and re.search(r"sdtw|sampaidengantriwulan", folded):
        time = f"sd{time}"
    return figure or "realisasi", time, _measure(texts[-1])


def _figure(folded: str) -> str:
    """The first of these that the headings speak of; realisasi capaian is realisasi."""
    if "tingkat" in folded and "capaian" in folded:
        return "tingkat"
    if "target" in folded and "realisasi" not in folded:
        return "target"
    if "realisasi" in folded:
        return "realisasi"
    found = next((name for name in ("capaian", "serapan", "sisa", "pagu") if name in folded), "")
    return found or ("pagu" if folded.startswith(("anggaran", "dpa", "jumlahanggaran")) else "")


def _measure(leaf: str) -> str:
    found = word(leaf)
    if _SHARE.match(leaf) or (found.percent and not found.money):
        return "%"
    return "rp" if found.money else "k"
