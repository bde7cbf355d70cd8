"""Rules of what the leaders promise in Kantor.xlsx: Renstra and PK Pimpinan agree, are complete, and somebody receives them.

The letters of their PK are dated from penetapan on, in order, between who holds the posts then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from datetime import date
from decimal import Decimal

from kinerja_xl.catatan import Finding, Severity
from kinerja_xl.checking.usulan.identitas import holders, nobody
from kinerja_xl.checking.usulan.indikator_wajar import against
from kinerja_xl.office.kantor import Office
from kinerja_xl.office.pejabat import BUPATI, CAMAT, SEKCAM, person
from kinerja_xl.sheets.choices import EDITABLE, SATUAN
from kinerja_xl.sheets.content import BookContent, Row
from kinerja_xl.sheets.ikatan import SURAT_PIMPINAN_TABLE
from kinerja_xl.sheets.kantor import RENSTRA_YEARS
from kinerja_xl.sheets.values import fold, format_date, format_number, suggest, suggestion
from kinerja_xl.words.match import kata


def promises(content: BookContent, office: Office) -> Iterator[Finding]:
    """G118 to G173: each promise against the Renstra, what leaders and letters lack, terms of office that end too early, and what
    earlier years handed on."""
    impossible = list(_worded(content))
    sheet = next(s.name for s in content.book.sheets if any(b.key == "renstra" for b in s.blocks))
    yield from impossible
    yield from _directions(content, {f.cell for f in impossible if f.sheet == sheet})
    yield from _against_renstra(content, office)
    yield from _complete(content, office)
    yield from _due(content, office)
    yield from letters(content, office)
    yield from _handed_on(content, office)
    for row in content.rows("pejabat"):
        if ends_early(row):
            first, last = format_date(row.get("mulai")), format_date(row.get("sampai"))  # type: ignore[arg-type]
            yield at_row(content, "G148", "pejabat", row, "sampai", last, rincian=first)


def ends_early(row: Row) -> bool:
    """Whether a term of office ends before it begins: who holds the post is then anybody's guess."""
    first, last = row.get("mulai"), row.get("sampai")
    return isinstance(first, date) and isinstance(last, date) and last < first


_DIP = 2
"""So many targets may still stand for one year that is worse; more of them are the way that the Renstra goes."""


def _directions(content: BookContent, named: Set[str]) -> Iterator[Finding]:
    """Targets of the years go where the arah says (III.A); one of the cells ``named`` says nothing of that."""
    for row in content.rows("renstra"):
        keys = ("kondisi_awal", *(f"target_{n}" for n in range(RENSTRA_YEARS)))
        if any(row.cell(key) in named for key in keys):
            continue
        aims = [x for key in keys if isinstance(x := row.get(key), Decimal)]
        odd = _odd_year(row, keys)
        if odd:
            yield at_row(content, "G178", "renstra", row, odd, _figure(row.get(odd)), rincian=", ".join(map(format_number, aims)))
            continue
        targets = [x for key in keys[1:] if isinstance(x := row.get(key), Decimal)]
        if against(row.get("arah"), aims) or len(targets) > _DIP and against(row.get("arah"), targets):
            yield at_row(content, "G118", "renstra", row, "arah", rincian=", ".join(map(format_number, aims)))


_FAR = 6
"""A year so many times its neighbours, or they so many times it, is no year of a plan."""


def _odd_year(row: Row, keys: Sequence[str]) -> str:
    """The one year that is out of all proportion to the years before and after it; "" where there is none, or several."""
    filled = [(key, x) for key in keys if isinstance(x := row.get(key), Decimal) and x > 0]
    odd = [
        key
        for (_, before), (key, own), (_, after) in zip(filled, filled[1:], filled[2:], strict=False)
        if own > _FAR * max(before, after) or own * _FAR < min(before, after)
    ]
    return odd[0] if len(odd) == 1 else ""


def _worded(content: BookContent) -> Iterator[Finding]:
    """A target in words is a member of the office's scale; others are numbers (V.B.2.a), percentages 0 to 100 (V.B.2.c)."""
    own = [row.text("nilai") for row in content.rows("daftar_kantor") if fold(row.text("daftar")) == _SCALE]
    scale = own or list(EDITABLE[_SCALE])
    years = ("kondisi_awal", *(f"target_{n}" for n in range(RENSTRA_YEARS)))
    strange = f"bukan angka dan bukan anggota skala ({', '.join(scale)})"
    for block, keys in (("renstra", years), ("pk_pimpinan", ("target",)), ("renja_lalu", ("renstra_k", "lalu_k"))):
        for row in content.rows(block):
            key = next((k for k in keys if isinstance(said := row.get(k), str) and fold(said) not in map(fold, scale)), None)
            over = next((k for k in keys if _PERCENT(row.text("indikator")) and not 0 <= (row.number(k) or 0) <= 100), None)
            if key is not None:
                yield at_row(content, "G122", block, row, key, rincian=strange)
            elif over is not None:
                yield at_row(content, "G122", block, row, over, _figure(row.get(over)), rincian="persentase antara 0 dan 100")


_SCALE = "skala"
_PERCENT = kata("persentase")


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


def _handed_on(content: BookContent, office: Office) -> Iterator[Finding]:
    """What earlier years handed on belongs to a unit that there is, and a promise is for later (IV.A.2.VII.3). A promise that was
    measured may be of a unit that is no more."""
    units = [unit.kode for unit in office.units]
    told = set(map(fold, units))
    for block in ("janji_outcome", "renja_lalu"):
        for row in content.rows(block):
            own = row.text("unit")
            if own and fold(own) not in told and row.get("realisasi") is None:
                told.add(fold(own))
                found = at_row(content, "G101", block, row, "unit", usul=suggestion(own, units))
                yield replace(found, severity_override=Severity.CEK)
    for row in content.rows("janji_outcome"):
        given, due = row.number("tahun_rencana"), row.number("tahun")
        if given is not None and due is not None and due <= given:
            yield at_row(content, "G173", "janji_outcome", row, "tahun", str(due), rincian=str(given))


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


TABLE = SURAT_PIMPINAN_TABLE.key
GIVEN, AGREED = "tanggal_disampaikan", "tanggal_disetujui"
ABOVE = {CAMAT: BUPATI, SEKCAM: CAMAT}
"""Who receives the PK of whom (V.D.1, V.D.2)."""


def at_row(content: BookContent, code: str, table: str, row: Row, key: str, value: str = "", **args: str) -> Finding:
    """A finding at one cell of a table of Kantor.xlsx; ``value`` is what stands there, unless it is said otherwise."""
    column = next(c for c in content.book.block(table).columns if c.key == key)
    text = value or str(row.get(key) or "")
    return Finding(code=code, sheet=row.sheet, cell=row.cell(key), column=column.label, value=text, args=args)


def letters(content: BookContent, office: Office) -> Iterator[Finding]:
    """G162 and G172 of the letters of Camat and Sekcam. An older Kantor.xlsx has no place for them."""
    sheet = next((s.name for s in content.book.sheets if any(b.key == TABLE for b in s.blocks)), None)
    if sheet is None:
        return
    promised = {fold(row.text("jabatan_kode")) for row in content.rows("pk_pimpinan")}
    written = {fold(row.text("jabatan_kode")): row for row in reversed(content.rows(TABLE))}
    for post, above in ABOVE.items():
        row = written.get(post)
        if row is not None:
            yield from _dates(content, office, row)
            yield from _parties(content, office, row, (("pertama_nama", post), ("kedua_nama", above)))
        elif office.binding and post in promised:
            yield Finding(code="G162", sheet=sheet, value=post, args={"rincian": "pihak dan tanggalnya belum diisi"})


def _dates(content: BookContent, office: Office, row: Row) -> Iterator[Finding]:
    """One catatan about the dates of a letter: blank from penetapan on, of another year, or agreed before it was given."""
    post, days = row.text("jabatan_kode"), {key: row.get(key) for key in (GIVEN, AGREED)}
    if office.binding and None in days.values():
        blank = [SURAT_PIMPINAN_TABLE.column(key) for key, day in days.items() if day is None]
        words = f"{' dan '.join(column.label.lower() for column in blank)} belum diisi"
        yield at_row(content, "G162", TABLE, row, blank[0].key, post, rincian=words)
        return
    for key, day in days.items():
        if isinstance(day, date) and day.year not in (office.tahun - 1, office.tahun):
            words = f"{format_date(day)} bukan tanggal tahun {office.tahun - 1} atau {office.tahun}"
            yield at_row(content, "G162", TABLE, row, key, post, rincian=words)
            return
    given, agreed = days.values()
    if isinstance(given, date) and isinstance(agreed, date) and agreed < given:
        words = f"disetujui {format_date(agreed)}, sebelum disampaikan {format_date(given)}"
        yield at_row(content, "G162", TABLE, row, AGREED, post, rincian=words)


def _parties(content: BookContent, office: Office, row: Row, parties: tuple[tuple[str, str], ...]) -> Iterator[Finding]:
    """Each party holds the post on the day of the letter; a blank name is that of the sheet Pejabat, which then has one."""
    stated = row.get(GIVEN) or row.get(AGREED)
    day = stated if isinstance(stated, date) else office.tanggal
    for key, post in parties:
        who = holders(replace(office, tanggal=day), post)
        name = row.text(key)
        if name and who and person(name) not in {person(one.nama) for one in who}:
            yield at_row(content, "G172", TABLE, row, key, name, rincian=f"{who[-1].nama} ({who[-1].jabatan})")
        elif not who and isinstance(stated, date) and office.official(post) is not None:
            yield at_row(content, "G172", TABLE, row, key, name or "(kosong)", rincian=nobody(stated))
