"""Rules of Kantor.xlsx: codes that point somewhere, dates in order, one official per post at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from itertools import chain, combinations

from kinerja_xl.catatan import Finding, Severity, catalogue
from kinerja_xl.checking.harga import one_item_many_prices
from kinerja_xl.checking.janji import at_row, ends_early, promises
from kinerja_xl.checking.rules import Case, at_line, proposed_subs, rule, sub_kegiatan
from kinerja_xl.checking.usulan.rab import duplicates, shown_totals
from kinerja_xl.lists import Level, accounts, level, normalise_account, parents
from kinerja_xl.office.folder import KANTOR_FILE, Submission, name_part
from kinerja_xl.office.kantor import Office, duties, stated_policies
from kinerja_xl.office.pejabat import BUPATI, CAMAT, SEKCAM
from kinerja_xl.office.policies import settled
from kinerja_xl.reckoning import grouped
from kinerja_xl.reckoning.recap import RabLine
from kinerja_xl.sheets.choices import EDITABLE, SATUAN
from kinerja_xl.sheets.content import BookContent, Row
from kinerja_xl.sheets.kantor import KANTOR, POLICIES
from kinerja_xl.sheets.rab import KODE_SUB, RAB_TABLE
from kinerja_xl.sheets.values import fold, format_date, format_rupiah, suggestion
from kinerja_xl.words.text import fold_all

CHAIN = (BUPATI, CAMAT, SEKCAM)


def check_kantor(case: Case, office: Office) -> Iterator[Finding]:
    """Every finding of the office's own workbook beside the declared checks. ``case`` holds Kantor.xlsx as it was read."""
    content = case.submission.content
    if content is None:
        return
    yield from duplicates(case)
    yield from shown_totals(case)
    nowhere = set[str]()
    for finding in (
        *_file_names(content), *_unit_codes(content, office), *_duties(content, office),
        *_deadlines(content, office), *_receipts(content, office), *_pagu_codes(content, office),
        *_goals(content, office), *_known_names(content), *_policies(content, office), *_officials(case, content, office),
        *_promises_of_last_year(case, content), *_accounts(content, office), *promises(content, office),
    ):  # fmt: skip
        nowhere |= {fold(finding.value)} if finding.code == "G101" else set()
        if finding.code == "G111" and fold(finding.value) in nowhere:
            continue  # a policy that names the same unit
        if not finding.cell or (finding.sheet, finding.cell) not in case.submission.reported:
            yield finding.at(file=case.submission.file)


def _file_names(content: BookContent) -> Iterator[Finding]:
    """Unit codes stand in the names of forms and letters: each is a name on every computer, and another than the others."""
    taken: dict[str, str] = {}
    for row in content.rows("unit"):
        kode = row.text("kode")
        part = name_part(kode).casefold()
        other = taken.setdefault(part, kode)
        if name_part(kode) != kode or not kode.strip("."):
            yield at_row(content, "G117", "unit", row, "kode", rincian=f"nama berkasnya akan ditulis {name_part(kode)}")
        elif other != kode and fold(other) != fold(kode):
            yield at_row(content, "G117", "unit", row, "kode", rincian=f"nama berkasnya sama dengan milik {other}")


def _unit_codes(content: BookContent, office: Office) -> Iterator[Finding]:
    """Unit codes in other sheets stand on the sheet Unit; chiefs' codes are known posts. Said once per code."""
    known, told = [unit.kode for unit in office.units], set[str]()
    for table, key, allowed in (
        ("pagu", "unit", known),
        ("penerimaan", "unit", known),
        ("penerimaan_tw", "unit", known),
        ("unit", "atasan", list(CHAIN)),
        ("pk_pimpinan", "jabatan_kode", list(CHAIN)),
        ("surat_pimpinan", "jabatan_kode", list(CHAIN[1:])),
        ("pejabat", "jabatan_kode", [*CHAIN, *known]),
    ):
        folded = {fold(a) for a in allowed}
        for row in content.rows(table):
            value = row.get(key)
            if key == "jabatan_kode" and office.among.of_staff(str(value or "")):
                continue  # somebody who works under the head of a unit
            if isinstance(value, str) and fold(value) not in folded | told:
                told.add(fold(value))
                yield at_row(content, "G101", table, row, key, usul=suggestion(value, allowed))


def _duties(content: BookContent, office: Office) -> Iterator[Finding]:
    """A unit's duties are codes, and each of them is a code of the sheet Program or above one."""
    known = {*office.programs, *(parent for code in office.programs for parent in parents(code))}
    for row in content.rows("unit"):
        codes, unknown = duties(row.text("tugas"))
        nowhere = [code for code in codes if code not in known]
        if unknown:
            yield at_row(content, "G107", "unit", row, "tugas", ", ".join(unknown))
        elif nowhere and office.programs:
            yield at_row(content, "G114", "unit", row, "tugas", ", ".join(nowhere), usul=suggestion(nowhere[0], office.programs))


def _goals(content: BookContent, office: Office) -> Iterator[Finding]:
    """A program's Kode Sasaran stands on the sheet Renstra, where one code is one sasaran."""
    first: dict[str, Row] = {}
    for row in content.rows("renstra"):
        code, sasaran = row.text("kode_sasaran"), row.text("sasaran")
        one = first.setdefault(code, row) if code and sasaran else row
        if fold(one.text("sasaran")) != fold(sasaran):
            where = f"sel {one.cell('sasaran')}"
            yield at_row(content, "G113", "renstra", row, "sasaran", kode_sasaran=code, tempat=where, rincian=one.text("sasaran"))
    known = [goal.kode_sasaran for goal in office.renstra]
    for row in content.rows("program"):
        code = row.text("kode_sasaran").strip()
        if code and known and code not in known:
            yield at_row(content, "G112", "program", row, "kode_sasaran", usul=suggestion(code, known))


def _accounts(content: BookContent, office: Office) -> Iterator[Finding]:
    """An account that can't be one, or that nobody knows and that is nearly spelled as one that the list lacks and
    that has its name or is used by the price list: every row with the right code would be told that it is unknown."""
    missing = {code: fold(one.uraian) for code, one in accounts().items() if code not in office.accounts}
    priced = {row.text("kode_rekening").strip() for row in content.rows("harga")}
    for row in content.rows("rekening"):
        typed, name = row.text("kode"), fold(row.text("uraian")).removeprefix(_BELANJA)
        code = normalise_account(typed)
        if typed and code not in accounts():
            meant = (right for right, known in missing.items() if right in priced or (name and name in known))
            usul = suggestion(code or typed, meant)
            if usul or code is None:
                yield at_row(content, "G119", "rekening", row, "kode", typed, usul=usul)


_BELANJA = "belanja"
"""The word that begins the name of most accounts."""


def _deadlines(content: BookContent, office: Office) -> Iterator[Finding]:
    form = content.form("kantor")
    if form and office.batas_usulan and office.batas_perbaikan and office.batas_perbaikan < office.batas_usulan:
        yield at_row(
            content, "G103", "kantor", form, "batas_perbaikan", format_date(office.batas_perbaikan),
            rincian=format_date(office.batas_usulan),
        )  # fmt: skip


def _receipts(content: BookContent, office: Office) -> Iterator[Finding]:
    """A day of the register lies in the year of the plan or before it, the last day of a triwulan within a year after it ends.
    Where no day fits, that of the deadline neither, the office's year is the slip, and named itself."""
    received = [(row, day) for row in content.rows("penerimaan") if isinstance(day := row.get("tanggal"), date)]
    years = (office.tahun - 1, office.tahun)
    told = [day.year in years for day in (*(day for _, day in received), office.batas_usulan) if day]
    if not office.tahun or (told and not any(told)):
        return
    for row, day in received:
        if day.year not in years:
            either = f"{years[0]} atau {years[1]}"
            yield at_row(content, "G198", "penerimaan", row, "tanggal", format_date(day), rincian=either)
    for row in content.rows("batas_pengukuran"):
        day, number = row.get("tanggal"), row.number("triwulan")
        if isinstance(day, date) and number is not None and number in range(1, 5):
            begins, end = date(office.tahun, 3 * int(number) - 2, 1), date(office.tahun + 1, 12, 31)
            if not begins < day <= end:
                words = {"rincian": f"{format_date(begins)} sampai {format_date(end)}", "tw": str(number)}
                yield at_row(content, "G183", "batas_pengukuran", row, "tanggal", format_date(day), **words)


def _pagu_codes(content: BookContent, office: Office) -> Iterator[Finding]:
    for row in content.rows("pagu"):
        code, unit = row.get("kode_sub"), office.unit(row.text("unit"))
        if not isinstance(code, str):
            continue
        if code not in office.programs:
            own = [k for k, node in office.programs.items() if node.level is Level.SUBKEGIATAN and (unit is None or unit.owns(k))]
            yield at_row(content, "G104", "pagu", row, "kode_sub", usul=suggestion(code, own))
            continue
        owner = next((one for one in office.units if one.owns(code)), None) if unit is not None and not unit.owns(code) else None
        if owner is not None and (owner.kode, code) not in office.pagu:
            yield at_row(content, "G193", "pagu", row, "unit", row.text("unit"), kode_sub=code, benar=owner.kode)


def _policies(content: BookContent, office: Office) -> Iterator[Finding]:
    """A value that can't be followed, at its cell."""
    rows = {row.text("kunci").casefold(): row for row in content.rows("kebijakan") if row.get("nilai")}
    for wrong in settled(stated_policies(content), [unit.kode for unit in office.units])[1]:
        row = rows.get(wrong.key)
        if row is not None:
            words = {"kunci": wrong.key, "rincian": wrong.reason, "dipakai": wrong.used}
            yield at_row(content, "G111", "kebijakan", row, "nilai", wrong.value, **words)


def _promises_of_last_year(case: Case, content: BookContent) -> Iterator[Finding]:
    """The leaders' PK with last year's targets, as it came over: one catatan at the first of them."""
    keys = ("jabatan_kode", "indikator", "target")
    before = {tuple(row.get(key) for key in keys) for row in (case.before.rows("pk_pimpinan") if case.before else ())}
    same = [row for row in content.rows("pk_pimpinan") if row.get("target") and tuple(row.get(k) for k in keys) in before]
    if same:
        names = "; ".join(row.text("indikator") for row in same)
        yield at_row(content, "G115", "pk_pimpinan", same[0], "target", banyak=str(len(same)), rincian=names)


def _known_names(content: BookContent) -> Iterator[Finding]:
    for code, table, key, known in (
        ("G105", "daftar_kantor", "daftar", [*EDITABLE, SATUAN]),
        ("G106", "kebijakan", "kunci", [p.key for p in POLICIES]),
        ("G109", "tingkat_catatan", "kode", [code.casefold() for code in catalogue()]),
    ):
        for row in content.rows(table):
            value = row.get(key)
            if isinstance(value, str) and value.casefold() not in known:
                yield at_row(content, code, table, row, key, rincian=", ".join(known[:12]))


def _officials(case: Case, content: BookContent, office: Office) -> Iterator[Finding]:
    """Every post is held by somebody on the office's day, and by one person at a time."""
    rows = [row for row in content.rows("pejabat") if row.get("nama")]  # as build_office takes them
    posts = {fold(code) for code in (*CHAIN, *(unit.kode for unit in office.units))}
    unclear = any(case.reported(row, "jabatan_kode", "mulai", "sampai") or ends_early(row) for row in rows)
    if not unclear and all(fold(o.jabatan_kode) in posts or office.among.of_staff(o.jabatan_kode) for o in office.officials):
        for kode in (*CHAIN[1:], *(unit.kode for unit in office.units)):
            if office.official(kode) is None:
                yield Finding(code="G102", sheet=content.book.sheet("s_pejabat").name, value=kode)
    by_post = grouped((one.jabatan_kode, (row, one)) for row, one in zip(rows, office.officials, strict=True) if one.jabatan_kode)
    for (_, one), (b, two) in chain.from_iterable(combinations(held, 2) for held in by_post.values() if not unclear):
        begins = max((d for d in (one.mulai, two.mulai) if d), default=None)
        if begins is None or (one.in_office(begins) and two.in_office(begins)):
            yield at_row(content, "G108", "pejabat", b, "nama", one.jabatan_kode, rincian=f"{one.nama} dan {two.nama}")


# ---- Rules of the office as a whole: the chain upward to the Renstra, and one price for one item ----

def office_wide(
    lines: Iterable[RabLine], submissions: Sequence[Submission], office: Office, said: Iterable[Finding]
) -> Iterator[Finding]:
    """U911, U913 and U923. ``lines`` are the RAB rows of the recap, ``said`` what was found before."""
    before = list(said)
    yield from _goals_carried(submissions, office, before)
    yield from one_item_many_prices(lines, office, before)


def _goals_carried(submissions: Sequence[Submission], office: Office, said: Sequence[Finding]) -> Iterator[Finding]:
    """Every IKU of the year stands on the Indikator sheet of some unit.

    Only said when every unit's sheet could be read: the one that is missing may hold it.
    """
    readable = [s for s in submissions if s.content is not None and not _lost(s)]
    if len(readable) < len(submissions) or {unit.kode for unit in office.units} - {s.unit for s in readable}:
        return
    rows = [(s, row) for s in readable for row in s.indikator]
    if any((row.sheet, row.cell("nama")) in s.reported for s, row in rows):
        return
    names = {fold(str(row.get("nama") or "")): str(row.get("nama") or "") for _, row in rows}
    bare = {office.program_sasaran.get(f.value) for f in said if f.code == "I702"}
    meant = {fold(f.args["rincian"]) for f in said if f.code == "I728"}
    for goal in office.renstra:
        key = fold(goal.indikator)
        if goal.targets[0] is None or goal.kode_sasaran in bare or key in meant or any(key in name for name in names):
            continue
        serves = [
            row.text("nama")
            for _, row in rows
            if row.get("level") not in ("Input", "Proses")
            and office.program_sasaran.get(parents(row.text("kode"))[0] if level(row.text("kode")) else "") == goal.kode_sasaran
        ]
        usul = suggestion(goal.indikator, serves, 'mungkin yang dimaksud "{}"')
        said_of = Finding(code="U911", file=KANTOR_FILE, value=goal.indikator, args={"sasaran": goal.sasaran, "usul": usul})
        own = [r for r in (office.content.rows("renstra") if office.content else ()) if fold(r.text("indikator")) == key]
        yield replace(said_of, sheet=own[0].sheet, cell=own[0].cell("indikator")) if own else said_of
    known = {*names, *meant, *(fold(goal.indikator) for goal in office.renstra)}
    for row in office.pk_pimpinan if known else ():
        if row.get("indikator") and fold(row.text("indikator")) not in known:
            near = [*names.values(), *(goal.indikator for goal in office.renstra)]
            usul = suggestion(row.text("indikator"), near, 'mungkin yang dimaksud "{}"')
            found = Finding(
                code="U923", file=KANTOR_FILE, sheet=row.sheet, cell=row.cell("indikator"), value=row.text("indikator"),
                args={"jabatan": row.text("jabatan_kode"), "usul": usul},
            )  # fmt: skip
            yield replace(found, severity_override=Severity.CEK) if usul else found


def _lost(submission: Submission) -> bool:
    return any(block == "indikator" and key in ("", "nama") for block, key in submission.missing)


@rule("U912")
def outcome_supports_a_sasaran(case: Case) -> Iterator[Finding]:
    """What a unit has as outcome or IKU serves a sasaran of the Renstra or of the PK above it (V.D)."""
    if case.office is None or not case.office.renstra or not case.has("indikator", "sasaran", "level"):
        return
    above = {fold(goal.sasaran) for goal in case.office.renstra}
    above |= {fold(str(row.get("sasaran") or "")) for row in case.office.pk_pimpinan}
    bare = set(proposed_subs(case)) - sub_kegiatan(case).output  # their output has a wrong level (I701)
    for row in case.submission.indikator:
        sasaran = row.get("sasaran")
        asked = row.get("level") == "Outcome" or row.get("iku") == "Ya"
        if not asked or not isinstance(sasaran, str) or case.reported(row, "level", "sasaran") or row.get("kode") in bare:
            continue
        if fold(sasaran) not in above:
            own = case.office.program_sasaran.get(parents(str(row.get("kode")))[0])
            goals = [goal.sasaran for goal in case.office.renstra if goal.kode_sasaran == own] or sorted(
                {goal.sasaran for goal in case.office.renstra}
            )
            usul = suggestion(sasaran, goals, 'mungkin "{}"')
            said = case.at("U912", "indikator", row, "sasaran", sasaran, usul=usul)
            yield replace(said, severity_override=Severity.CEK) if row.get("iku") == "Ya" else said


# ---- Rules between units and against the office's pagu. They look at what is counted ----

_SLIPS = ("R507", "R508", "K602")
_MISTYPED = dict.fromkeys(("R538", "R543", "R573", "R578"), (Severity.INFO,)) | {"K663": (Severity.INFO, Severity.CEK)}
"""Catatan that doubt a code or an amount of the RAB, with the levels at which they do not: that it has no pagu, is another
unit's, or is over pagu, follows from it."""

PAGU_SHEET = next(sheet.name for sheet, table in KANTOR.tables() if table.key == "pagu")


def between_units(lines: Iterable[RabLine], office: Office, said: Iterable[Finding] = ()) -> Iterator[Finding]:
    """Over pagu, without pagu, and sub kegiatan that two units propose.

    ``said`` before: a code that is unknown or not the unit's has no pagu, and a mistyped amount is over it, for that reason;
    while the office's own pagu table has mistakes nothing can be said to lack one.
    """
    first: dict[tuple[str, str], RabLine] = {}
    lines = [line for line in lines if line.counted]
    totals, slipped = defaultdict[tuple[str, str], int](int), set[tuple[str, str]]()
    mistyped = {(f.file, f.sheet, f.cell) for f in said if f.code in _MISTYPED and f.severity not in _MISTYPED[f.code]}
    for line in lines:
        key = line.unit, line.kode_sub
        first.setdefault(key, line)
        totals[key] += line.rupiah
        if mistyped and any((line.file, line.row.sheet, cell) in mistyped for cell in line.row.places.values()):
            slipped.add(key)
    slips = {(f.file, f.value) for f in said if f.code in _SLIPS}
    doubtful = slips
    if any(f.sheet == PAGU_SHEET and not f.unit for f in said):
        doubtful = slips | {(line.file, line.kode_sub) for line in first.values()}
    yield from _pagu({key: line for key, line in first.items() if key not in slipped}, totals, office, doubtful)
    yield from _claimed_twice({key: line for key, line in first.items() if (line.file, line.kode_sub) not in slips}, office)
    yield from _copied([line for line in lines if line.kode_sub in {sub for _, sub in slips}], slips, office)


def _pagu(
    first: Mapping[tuple[str, str], RabLine], totals: Mapping[tuple[str, str], int], office: Office,
    doubtful: Set[tuple[str, str]],
) -> Iterator[Finding]:
    """Each sub kegiatan against its pagu. A unit as a whole can only be over when one of them is, or has none."""
    if not office.pagu:
        return
    for (unit, sub), line in first.items():
        pagu = office.pagu.get((unit, sub))
        total = totals[unit, sub]
        if pagu is None and (line.file, sub) not in doubtful:
            yield at_line("U910", line, KODE_SUB, sub)
        elif pagu and total >= _FAR_OVER * pagu:
            yield _slipped_pagu(office, unit, sub, pagu, total)
        elif pagu is not None and total > pagu:
            yield at_line(
                "U906", line, KODE_SUB, format_rupiah(total), rincian=f"sub kegiatan {sub}", pagu=format_rupiah(pagu),
                selisih=format_rupiah(total - pagu),
            )  # fmt: skip


_FAR_OVER = 100
"""An usulan that is so many times its pagu: noughts are missing in the pagu, which is the office's."""


def _slipped_pagu(office: Office, unit: str, sub: str, pagu: int, total: int) -> Finding:
    """G188 at the amount in Kantor.xlsx."""
    words = {"unit_kode": unit, "kode_sub": sub, "rincian": format_rupiah(total)}
    said = Finding(code="G188", file=KANTOR_FILE, value=format_rupiah(pagu), args=words)
    rows = office.content.rows("pagu") if office.content else ()
    own = next((row for row in rows if row.text("kode_sub") == sub and fold(row.text("unit")) == fold(unit)), None)
    return said.at(sheet=own.sheet, cell=own.cell("pagu")) if own else said


def _claimed_twice(first: dict[tuple[str, str], RabLine], office: Office) -> Iterator[Finding]:
    claims: dict[str, list[str]] = defaultdict(list)
    for unit, sub in first:
        if sub:
            claims[sub].append(unit)
    for sub, units in claims.items():
        for unit in units if len(units) > 1 else ():
            others = ", ".join(o.nama if (o := office.unit(other)) else other for other in units if other != unit)
            yield at_line("U907", first[unit, sub], KODE_SUB, sub, rincian=others)


def _copied(lines: Sequence[RabLine], slips: Set[tuple[str, str]], office: Office) -> Iterator[Finding]:
    """A row outside a unit's duties that the unit with that duty hands in too, word for word: its money counts twice."""
    same = [(line.rupiah, *fold_all([line.row.text(key) for key in RAB_TABLE.unique[0]])) for line in lines]
    own = {key: line for key, line in zip(same, lines, strict=True) if (line.file, line.kode_sub) not in slips}
    for key, line in zip(same, lines, strict=True):
        if (line.file, line.kode_sub) in slips and (twin := own.get(key)):
            there = f"{twin.row.row} RAB {office.unit_name(twin.unit)} ({twin.file})"
            yield at_line("U924", line, KODE_SUB, line.row.text("uraian"), rincian=there, jumlah=format_rupiah(line.rupiah))
