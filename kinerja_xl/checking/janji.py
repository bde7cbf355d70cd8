"""Rules of what the leaders promise in Kantor.xlsx: Renstra and PK Pimpinan agree, are complete, and somebody receives them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from kinerja_xl.catatan import Finding, Severity
from kinerja_xl.checking.pihak import at_row, letters
from kinerja_xl.checking.usulan.indikator_wajar import against
from kinerja_xl.office.kantor import Office
from kinerja_xl.office.pejabat import BUPATI, CAMAT, SEKCAM
from kinerja_xl.sheets.choices import EDITABLE, SATUAN
from kinerja_xl.sheets.content import BookContent
from kinerja_xl.sheets.kantor import RENSTRA_YEARS
from kinerja_xl.sheets.values import fold, format_date, format_number, suggest


def promises(content: BookContent, office: Office) -> Iterator[Finding]:
    """G118 to G172: each promise against the Renstra, what leaders and letters lack, and terms of office that end too early."""
    yield from _directions(content)
    yield from _worded(content)
    yield from _against_renstra(content, office)
    yield from _complete(content, office)
    yield from _due(content, office)
    yield from letters(content, office)
    for row in content.rows("pejabat"):
        first, last = row.get("mulai"), row.get("sampai")
        if first is not None and last is not None and last < first:  # type: ignore[operator]
            yield at_row(content, "G148", "pejabat", row, "sampai", format_date(last), rincian=format_date(first))  # type: ignore[arg-type]


_DIP = 2
"""So many targets may still stand for one year that is worse; more of them are the way that the Renstra goes."""


def _directions(content: BookContent) -> Iterator[Finding]:
    """Targets of the years go where the arah says (III.A)."""
    for row in content.rows("renstra"):
        keys = ("kondisi_awal", *(f"target_{n}" for n in range(RENSTRA_YEARS)))
        aims = [x for key in keys if isinstance(x := row.get(key), Decimal)]
        targets = [x for key in keys[1:] if isinstance(x := row.get(key), Decimal)]
        if against(row.get("arah"), aims) or len(targets) > _DIP and against(row.get("arah"), targets):
            yield at_row(content, "G118", "renstra", row, "arah", rincian=", ".join(map(format_number, aims)))


def _worded(content: BookContent) -> Iterator[Finding]:
    """A target in words is a member of the office's scale; others are numbers (V.B.2.a)."""
    own = [row.text("nilai") for row in content.rows("daftar_kantor") if fold(row.text("daftar")) == _SCALE]
    scale = own or list(EDITABLE[_SCALE])
    years = ("kondisi_awal", *(f"target_{n}" for n in range(RENSTRA_YEARS)))
    for block, keys in (("renstra", years), ("pk_pimpinan", ("target",))):
        for row in content.rows(block):
            key = next((k for k in keys if isinstance(said := row.get(k), str) and fold(said) not in map(fold, scale)), None)
            if key is not None:
                yield at_row(content, "G122", block, row, key, rincian=", ".join(scale))


_SCALE = "skala"


def _against_renstra(content: BookContent, office: Office) -> Iterator[Finding]:
    """A promise that the Renstra names has its target, satuan and sasaran (V.C.1)."""
    goals = {fold(row.text("indikator")): row for row in content.rows("renstra") if row.get("indikator")}
    sasaran = [row.text("sasaran") for row in goals.values()]
    for row in content.rows("pk_pimpinan"):
        goal = goals.get(fold(row.text("indikator")))
        for key, there in ((SATUAN, SATUAN), ("target", "target_0")) if goal is not None else ():
            own, other = row.get(key), goal.get(there)  # type: ignore[union-attr]
            same = office.satuan.same(own, other) if key == SATUAN else own == other
            if own is not None and other is not None and not same:
                words = {"rincian": _figure(other), "indikator": row.text("indikator")}
                yield at_row(content, "G123", "pk_pimpinan", row, key, _figure(own), **words)
                break
        own = row.text("sasaran")
        if not own or not sasaran or fold(own) in map(fold, sasaran):
            continue
        near = (goal.text("sasaran"),) if goal is not None else suggest(own, sasaran)
        if near or fold(row.text("jabatan_kode")) == CAMAT and row.get("level") == "Outcome":
            usul = f'; mungkin "{near[0]}"' if near else ""
            yield at_row(content, "G128", "pk_pimpinan", row, "sasaran", usul=usul)


def _due(content: BookContent, office: Office) -> Iterator[Finding]:
    """An outcome whose year is this one is measured, before the last quarter of it merely remembered (IV.A.2.VII.3, V.A.1)."""
    late = office.tanggal is not None and (office.tanggal.year, office.tanggal.month) >= (office.tahun, _LAST_QUARTER)
    for row in content.rows("janji_outcome"):
        asked = office.binding and office.unit(row.text("unit")) is not None  # in the form of its unit, by then
        if row.number("tahun") == office.tahun and row.get("realisasi") is None and row.get("outcome") and not asked:
            words = {"tahun": row.text("tahun_rencana"), "unit": row.text("unit")}
            found = at_row(content, "G153", "janji_outcome", row, "realisasi", row.text("outcome"), **words)
            yield found if late else replace(found, severity_override=Severity.INFO)


_LAST_QUARTER = 10


def _figure(value: object) -> str:
    return format_number(value) if isinstance(value, Decimal) else str(value)


def _complete(content: BookContent, office: Office) -> Iterator[Finding]:
    """Camat and Sekcam each promise something, the Camat an outcome, and somebody receives it (V.D.1, V.D.2). Until penetapan
    what is not there yet is merely said."""
    rows = content.rows("pk_pimpinan")
    sheet = next(s.name for s in content.book.sheets if any(b.key == "pk_pimpinan" for b in s.blocks))
    by_post = {kode: [row for row in rows if fold(row.text("jabatan_kode")) == kode] for kode in (CAMAT, SEKCAM)}
    waiting = None if office.binding else Severity.INFO
    for kode, own in by_post.items():
        if not own and (rows or office.binding):
            yield Finding(code="G133", sheet=sheet, value=kode, severity_override=waiting)
    camat = by_post[CAMAT]
    if camat and not any(row.get("level") == "Outcome" for row in camat):
        yield at_row(content, "G138", "pk_pimpinan", camat[0], "level")
    if camat and office.binding and office.official(BUPATI) is None:
        yield Finding(code="G102", sheet=content.book.sheet("s_pejabat").name, value=BUPATI)
