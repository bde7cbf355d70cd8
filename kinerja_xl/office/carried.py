"""What a unit's usulan leaves to its form of the next year: the texts of its TORs and the rows of its RAB, as a start.

A RAB row that nobody has thought over says so in its Keterangan; texts are held against last year's (``unchanged``). Dates,
targets, amounts of the TOR and the attachments belong to their year and are left behind.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from kinerja_xl.sheets.content import BookContent, Row, SheetContent
from kinerja_xl.sheets.rab import RAB_TABLE
from kinerja_xl.sheets.tor import PROSE, SHORT_KIND, TOR_FORM

_MARK = "Dari RAB {}, belum disesuaikan"
_MARKED = re.compile(_MARK.format(r"20\d\d") + r"(?:; )?")

RAB_KEYS = tuple(c.key for c in RAB_TABLE.columns if not c.computed and c.key not in ("prakiraan_maju", "keterangan"))
TEXT_KEYS = tuple(
    c.key for c in TOR_FORM.fields if c.kind.name in ("teks", "pilihan") and not (c.computed or c.prefilled or c.draft)
)
JADWAL_KEYS = ("tahap", "kegiatan")


def is_start(keterangan: str) -> bool:
    """Whether a RAB row still says that it is last year's and that nobody has looked at it."""
    return _MARKED.match(keterangan) is not None


def rab_start(content: BookContent, tahun: int) -> tuple[Row, ...]:
    """The rows of ``tahun`` that name their sub kegiatan, each marked; a remark of its own stands behind the mark."""
    return tuple(_marked(row, tahun) for row in content.rows("rab") if row.get("kode_sub") and row.get("uraian"))


def _marked(row: Row, tahun: int) -> Row:
    own = _MARKED.sub("", row.text("keterangan"), count=1)
    keterangan = "; ".join(part for part in (_MARK.format(tahun), own) if part)
    return Row(values={**{key: row.get(key) for key in RAB_KEYS}, "keterangan": keterangan})


def tor_starts(content: BookContent) -> Mapping[str, SheetContent]:
    """By sub kegiatan what its TOR begins with: the texts, and the work of its jadwal without months."""
    found: dict[str, SheetContent] = {}
    for sheet in content.all("tor"):
        tor = sheet.forms.get("tor")
        if tor is None or not tor.text("kode_sub"):
            continue
        form = Row(values={key: tor.get(key) for key in TEXT_KEYS})
        jadwal = tuple(Row(values={key: row.get(key) for key in JADWAL_KEYS}) for row in sheet.tables.get("jadwal", ()))
        found.setdefault(tor.text("kode_sub"), SheetContent(key="tor", forms={"tor": form}, tables={"jadwal": jadwal}))
    return found


def unchanged(tor: Row, before: BookContent) -> tuple[str, ...]:
    """The fields of a TOR that are thought over each year and say the same as last year's; none for salaries and bills."""
    start = tor_starts(before).get(tor.text("kode_sub"))
    if start is None or tor.get("sifat") == SHORT_KIND:
        return ()
    return tuple(key for key in PROSE if tor.get(key) is not None and tor.get(key) == start.forms["tor"].get(key))
