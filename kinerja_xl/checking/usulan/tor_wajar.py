"""Rules of a thoughtful TOR: each says its own, names a regulation that there is, and its schedule has the stages and months."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kinerja_xl.catatan import Finding
from kinerja_xl.checking.rules import Case, rule
from kinerja_xl.checking.usulan.tor import FEWEST_WORDS, answered, budget_year, excuses, twice_written
from kinerja_xl.sheets.content import Row
from kinerja_xl.sheets.tor import MONTHS
from kinerja_xl.sheets.values import fold
from kinerja_xl.words.match import kata
from kinerja_xl.words.text import has_words

OWN_TO_ONE = ("latar_belakang", "rumusan_masalah", "manfaat", "sasaran", "lingkup_pelaksanaan", "outcome")
"""Sections that no two sub kegiatan share; duties, law, aim and closing may well be the same."""
DIFFERENT = ("latar_belakang", "keterkaitan", "manfaat", "tujuan", "sasaran", "lingkup_perencanaan", "lingkup_pelaksanaan",
             "lingkup_pengendalian", "lingkup_evaluasi", "input", "output", "outcome", "penutup")  # fmt: skip
"""Sections of one TOR that ask different things."""

_STAGES = {"Perencanaan": "lingkup_perencanaan", "Pelaksanaan": "lingkup_pelaksanaan",
           "Pengendalian": "lingkup_pengendalian", "Evaluasi": "lingkup_evaluasi"}  # fmt: skip
_REGULATION = kata("peraturan")
_ISSUED = re.compile(r"\bno(?:mor)?\b\.?\s*\S{1,20}\s+tahun\s+((?:19|20)\d\d)\b", re.IGNORECASE)
"""The year in which a regulation was made; one in its title ("RPJMD Tahun 2025-2029") may well be later."""
_NO_TITLE = kata("judul_tor_umum")


def _said(case: Case, tor: Row, key: str) -> str:
    """What a section says, folded; "" for none, a mark, or a word or two."""
    text = tor.text(key)
    long = has_words(text, FEWEST_WORDS)
    return fold(text) if long and answered(case, tor, key) and not case.reported(tor, key) else ""


@rule("K623", "K628")
def own_words(case: Case) -> Iterator[Finding]:
    """No TOR repeats another's problem or sasaran, and no section another section of its own (IV.A.1, II.a, II.b)."""
    first: dict[tuple[str, str], Row] = {}
    twice = twice_written(case)  # a copied sheet has its catatan (K604)
    for tor in (tor for tor in case.submission.tors if tor.get("kode_sub") not in twice):
        seen, within, across = dict[str, str](), list[str](), dict[str, Row]()
        for key in dict.fromkeys((*DIFFERENT, *OWN_TO_ONE)):
            text = _said(case, tor, key)
            if not text:
                continue
            if key in DIFFERENT and seen.setdefault(text, key) != key:
                within.append(key)
            if key in OWN_TO_ONE and (other := first.setdefault((key, text), tor)) is not tor:
                across[key] = other
        if across:
            key = next(iter(across))
            words = {"rincian": across[key].sheet, "bagian": _labels(case, across)}
            yield case.at("K623", "tor", tor, key, tor.get(key), **words)
        elif within:
            twin = case.column("tor", seen[_said(case, tor, within[0])]).label.strip()
            yield case.at("K628", "tor", tor, within[0], tor.get(within[0]), rincian=twin)


def _labels(case: Case, keys: dict[str, Row]) -> str:
    return "; ".join(case.column("tor", key).label.strip() for key in keys)


@rule("K633")
def law(case: Case) -> Iterator[Finding]:
    """Section I.c names a law, a regulation, a decree or a plan that was set, and that there is already (IV.A.2.I.c)."""
    year = budget_year(case)
    for tor in case.submission.tors:
        text = tor.text("dasar_hukum")
        if not text or not answered(case, tor, "dasar_hukum") or case.reported(tor, "dasar_hukum"):
            continue
        later = [found for found in map(int, _ISSUED.findall(text)) if 0 < year < found]
        if not _REGULATION(text):
            yield case.at("K633", "tor", tor, "dasar_hukum", text, rincian="tidak menyebut satu peraturan pun")
        elif later:
            words = f"menyebut peraturan tahun {later[0]}, sesudah tahun anggaran {year}"
            yield case.at("K633", "tor", tor, "dasar_hukum", text, rincian=words)


@rule("K653")
def own_title(case: Case) -> Iterator[Finding]:
    """The title says what is done, not merely that something is (IV.A.1.a)."""
    for tor in case.submission.tors:
        if _NO_TITLE(fold(tor.text("judul"))) and answered(case, tor, "judul") and not case.reported(tor, "judul"):
            yield case.at("K653", "tor", tor, "judul", tor.text("judul"))


@rule("K638", "K643")
def stages_and_months(case: Case) -> Iterator[Finding]:
    """Each stage of section III stands in the jadwal, and each line of it has a month (IV.A.2.III.1, IV)."""
    content = case.submission.content
    if content is None or not case.has("jadwal", "tahap", *MONTHS):
        return
    for sheet in content.all("tor"):
        tor, rows = sheet.forms.get("tor"), sheet.tables.get("jadwal", ())
        marked = [row for row in rows if any(row.get(key) is not None or case.reported(row, key) for key in MONTHS)]
        if tor is None or not marked:
            continue  # a jadwal without any month is K614's
        for row in rows:
            if row not in marked and (row.get("tahap") or row.get("kegiatan")):
                yield case.at("K638", "jadwal", row, MONTHS[0], row.text("kegiatan") or row.text("tahap"))
        here = {row.get("tahap") for row in rows}
        lacking = [stage for stage, key in _STAGES.items() if stage not in here and answered(case, tor, key)]
        unclear = any(case.reported(row, "tahap") or row.get("tahap") is None for row in rows)
        if lacking and not unclear and not excuses(case, tor):
            yield case.at("K643", "jadwal", rows[0], "tahap", rincian=", ".join(lacking))
