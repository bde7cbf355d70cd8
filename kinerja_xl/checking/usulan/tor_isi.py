"""What a TOR says in words, held against the rest of its file and the office: whose work it is, how much of it, when and where.

Each rule speaks only where a text plainly says one thing and a cell another: the words that it looks for are few.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.checking.rules import Case, added, rab_amounts, rule
from kinerja_xl.checking.usulan.tor import answered, budget_year, twice_written
from kinerja_xl.office.kantor import RenstraGoal
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.counts import counted
from kinerja_xl.sheets.tor import COSTS
from kinerja_xl.sheets.values import fold, format_date, format_number, format_rupiah
from kinerja_xl.words.match import kata, spellings
from kinerja_xl.words.periods import QUARTER

# ---- Whose work it is ------------------------------------------------------------------------------------

_DUTIES = re.compile(r"\btugas(?:\s+(?:pokok|dan|fungsi|unit|dari|pada))*\s+(?=\S)", re.IGNORECASE)


@rule("K658")
def own_unit(case: Case) -> Iterator[Finding]:
    """Who answers for a TOR or an indicator, and whose duties it serves, is the unit itself (III.C.2.c, IV.A.1.c). A name that
    comes again is said once."""
    content, unit = case.submission.content, case.unit
    if content is None or unit is None or case.office is None:
        return
    cores, told, asked = case.office.among.words, set[tuple[str, str]](), set[tuple[str, str, str]]()
    places = [("tor", "penanggung_jawab", tor) for tor in case.submission.tors]
    places += [("indikator", "penanggung_jawab", row) for row in case.submission.indikator]
    places += [("tor", "keterkaitan", tor) for tor in case.submission.tors]
    for block, key, row in places:
        text = row.text(key)
        said, own = fold(text), cores.get(unit.kode, "")
        known = own in said or (block, said) in told or (block, key, said) in asked
        if not text or known or case.reported(row, key):
            continue
        asked.add((block, key, said))
        duties = (fold(text[found.end() :]) for found in _DUTIES.finditer(text))
        others = case.office.among.begins(duties) if key == "keterkaitan" else cores
        # "Seksi Pelayanan" may be our own "Seksi Pelayanan Umum", written shorter
        named = [case.office.unit_name(other) for other in others if cores[other] in said and cores[other] not in own]
        if named:
            told.add((block, said))
            yield case.at("K658", block, row, key, text, rincian=named[0], benar=unit.nama)


# ---- How much of it --------------------------------------------------------------------------------------

_EACH = kata("tiap")


@rule("K668")
def sasaran_counts_the_output(case: Case) -> Iterator[Finding]:
    """What the sasaran counts in the output's own unit is the output's target (II.b, VII.2), as one figure or as parts of it."""
    for tor in case.submission.tors:
        target, unit, text = tor.get("output_target"), tor.text("output_satuan"), tor.text("sasaran")
        if not isinstance(target, Decimal) or not text or case.reported(tor, "sasaran", "output_target", "output_satuan"):
            continue
        numbers = counted(text, [re.escape(unit.lower())]) if unit.replace(" ", "").isalpha() else []
        if numbers and target not in (*numbers, sum(numbers)) and not _EACH(text):
            shown = ", ".join(f"{number} {unit}" for number in numbers)
            yield case.at("K668", "tor", tor, "sasaran", text, rincian=shown, benar=f"{format_number(target)} {unit}")


_ASKED = re.compile(
    r"\b(?:dana|anggaran|biaya)(?:\s+(?:kegiatan|ini|yang|dibutuhkan|diperlukan|sebesar|sejumlah|senilai|adalah))*\s+"
    r"rp\.?\s*(\d{1,3}(?:\.\d{3})+)(?![\d.,]*\s*(?:juta|ribu|miliar|per\b|/))",
    re.IGNORECASE,
)
_ELSEWHERE = kata("bukan_biaya_ini")
_TELLS = ("latar_belakang", "lingkup_pelaksanaan", "input", "penutup")


@rule("K673")
def cost_in_words(case: Case) -> Iterator[Finding]:
    """The cost that a TOR names in its text is that of its RAB, or a part of it (IV.A.1.g, VI)."""
    amounts = rab_amounts(case)
    for tor in case.submission.tors:
        code = tor.text("kode_sub")
        if code not in amounts.codes or not amounts.comparable(code) or case.reported(tor, *COSTS.values()):
            continue
        told = [(key, said) for key in _TELLS for said in _told(tor.text(key))]
        if not told:
            continue
        rows = [row for row in case.submission.rab if row.get("kode_sub") == code]
        known = {row.get("jumlah") for row in rows} | {tor.get(key) for key in COSTS.values()}
        known |= {added(rows, "jumlah"), *amounts.by_sub.get(code, {}).values(), *_by_account(rows)}
        for key, said in told:
            wrong = [amount for amount in said if amount not in known]
            if wrong and not case.reported(tor, key):
                total = format_rupiah(added(rows, "jumlah"))
                yield case.at("K673", "tor", tor, key, format_rupiah(wrong[0]), kode_sub=code, rincian=total)


def _told(text: str) -> Iterator[list[Decimal]]:
    """The costs that a text names, sentence by sentence."""
    for sentence in re.split(r"[;\n]|\.\s", text) if "rp" in text.lower() else ():
        yield [Decimal(m[1].replace(".", "")) for m in _ASKED.finditer(sentence) if not _ELSEWHERE(sentence[: m.end()])]


def _by_account(rows: list[Row]) -> Iterator[Decimal]:
    for account in {row.get("kode_rekening") for row in rows}:
        yield added([row for row in rows if row.get("kode_rekening") == account], "jumlah")


# ---- When and where --------------------------------------------------------------------------------------

_ENTITLED = re.compile(r"(?<!\w)tahun\s+(?:anggaran\s+)?(20\d\d)\b", re.IGNORECASE)
_REACHED = re.compile(
    rf"\b(?:selama|sepanjang|akhir|(?:{QUARTER}|semester)\s+\w+)\s+(?:tahun\s+)?(20\d\d)\b", re.IGNORECASE
)
_ANY_YEAR = re.compile(r"\b20\d\d\b")
_COMPARES = kata("membandingkan")
_LOOKS_BACK = kata("melihat_ke_belakang", "membandingkan")


@rule("K688")
def year_of_the_plan(case: Case) -> Iterator[Finding]:
    """Titles, sasaran and what the RAB buys are of the plan's year (II.b): "Tahun 2024" in the plan of 2025 came along with a
    copy, unless it is a report, an evaluation or a debt of that year."""
    year = budget_year(case)
    places = [("tor", "judul", tor, _ENTITLED, _LOOKS_BACK) for tor in case.submission.tors]
    places += [("tor", "sasaran", tor, _REACHED, _COMPARES) for tor in case.submission.tors]
    places += [("rab", "uraian", row, _ENTITLED, _LOOKS_BACK) for row in case.submission.rab]
    for block, key, row, form, excused in places if year else ():
        text = row.text(key)
        found = form.search(text)
        if found is None or excused(text) or case.reported(row, key):
            continue
        if all(int(said) < year for said in _ANY_YEAR.findall(text)):
            yield case.at("K688", block, row, key, text, rincian=found[1], tahun=str(year))


@rule("K693")
def signed_before_handed_in(case: Case) -> Iterator[Finding]:
    """A TOR was signed by the day on which it was handed in (IV.C). One of the next year is that of the agreed plan."""
    form = case.submission.content.form("identitas") if case.submission.content else None
    given = form.get("tanggal_disampaikan") if form else None
    if form is None or not isinstance(given, date) or case.reported(form, "tanggal_disampaikan"):
        return
    for tor in case.submission.tors:
        day = tor.get("tanggal")
        if isinstance(day, date) and given < day and day.year == given.year and not case.reported(tor, "tanggal"):
            yield case.at("K693", "tor", tor, "tanggal", format_date(day), rincian=format_date(given))


_OFFICE = re.compile(r"\b(?:camat|kecamatan)\s+([A-Z][a-z]{2,}(?:\s[A-Z][a-z]{2,})?)\s*(?=$|[,;.)\n]|dan\b)")
_VISITS, _PART_OF_A_HOUSE = kata("berkunjung"), kata("bagian_gedung")


@rule("K683")
def our_own_place(case: Case) -> Iterator[Finding]:
    """A TOR is carried out and signed in our own kecamatan: another one's name came along with a copy (IV.A.1.e)."""
    if case.office is None:
        return
    own = fold(case.office.nama + case.office.tempat)
    for tor in case.submission.tors:
        if _VISITS(tor.text("judul") + " " + tor.text("lokasi")):
            continue
        text = tor.text("lokasi")
        named = [found[1] for found in _OFFICE.finditer(re.sub(r"\b(Camat|Kecamatan)\b", lambda m: m[0].lower(), text))]
        other = next((name for name in named if fold(name) not in own and not _PART_OF_A_HOUSE(name)), "")
        if other and len(named) == 1 and not case.reported(tor, "lokasi"):
            yield case.at("K683", "tor", tor, "lokasi", text, rincian=other, benar=case.office.nama)


# ---- What it serves --------------------------------------------------------------------------------------

_NAMED = re.compile(rf"\bIKU\s+[\"“]?(?:{'|'.join(spellings('awal_indikator'))})\b", re.IGNORECASE)
_BRACKETED = re.compile(r"\([^()]*\)")


def _bare(name: str) -> str:
    """A name without the short form behind it in brackets."""
    return _BRACKETED.sub(" ", name)


@rule("K678")
def an_iku_that_there_is(case: Case) -> Iterator[Finding]:
    """The IKU that a TOR says it serves stands in the Renstra, with the leaders or with the unit (IV.A.2.I.b). One that is only
    written shorter is recognised by half of its words."""
    office = case.office
    if office is None or not office.renstra:
        return
    known = [goal.indikator for goal in office.renstra] + [row.text("indikator") for row in office.pk_pimpinan]
    known += [row.text("nama") for row in case.submission.indikator]
    for tor in case.submission.tors:
        text = tor.text("keterkaitan")
        if _NAMED.search(text) and answered(case, tor, "keterkaitan") and not case.reported(tor, "keterkaitan"):
            said = set(_words(text))
            if not any(2 * sum(word in said for word in own) >= len(own) for name in known if (own := _words(_bare(name))[1:])):
                yield case.at("K678", "tor", tor, "keterkaitan", text)


def _words(text: str) -> list[str]:
    return [word.casefold() for word in re.findall(r"[^\W\d_]{4,}", text)]


@rule("K698")
def outcome_of_the_renstra(case: Case) -> Iterator[Finding]:
    """An outcome that names an IKU is measured in its satuan, and in later years it is no worse than that IKU's target of this
    year (IV.A.2.VII.3, V.C.1)."""
    twice = twice_written(case)
    for tor in case.submission.tors if case.office else ():
        outcome, aim = fold(tor.text("outcome")), tor.get("outcome_target")
        goal = next((goal for goal in case.office.renstra if fold(_bare(goal.indikator)) in outcome), None)  # type: ignore[union-attr]
        if goal is None or tor.get("kode_sub") in twice or case.reported(tor, "outcome", "outcome_target", "outcome_satuan"):
            continue
        words = {"nama": goal.indikator}
        if (unit := tor.text("outcome_satuan")) and not case.lists.measures.same(unit, goal.satuan):
            yield case.at("K698", "tor", tor, "outcome_satuan", unit, rincian=f"bersatuan {goal.satuan}", **words)
        elif isinstance(aim, Decimal) and _worse(goal, aim):
            today = f"ditargetkan {format_number(goal.targets[0])} tahun ini"  # type: ignore[arg-type]
            yield case.at("K698", "tor", tor, "outcome_target", format_number(aim), rincian=today, **words)


def _worse(goal: RenstraGoal, aim: Decimal) -> bool:
    now = goal.targets[0]
    if not isinstance(now, Decimal):
        return False
    return aim < now if goal.arah == "Naik" else goal.arah == "Turun" and aim > now
