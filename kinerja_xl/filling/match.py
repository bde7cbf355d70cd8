"""Which of our columns a form's heading asks for: by declared labels and their other names, else by the role of its words.

A heading that speaks of another time or of something we don't have (Renstra, realisasi, last year) stays blank: an empty
column is seen, a wrong one is not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from kinerja_xl.filling.supply import DISEPAKATI, DPA, MEASURED, PAGU, PROPOSED, Supply
from kinerja_xl.filling.target import FormColumn
from kinerja_xl.filling.wording import other_kind, other_meaning, says_money, speaking, words_of
from kinerja_xl.regions.words import word
from kinerja_xl.sheets.model import Column
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.sheets.values import clean, fold
from kinerja_xl.words.match import kata
from kinerja_xl.words.periods import ROMAN, quarter_of

# ---- What a heading of measured figures means: which figure, of which time, in which measure; ours and theirs read alike ----
# The forms of Evaluasi Renja differ in wording from regency to regency but speak of the same columns (Permendagri 86/2017,
# Tabel E.81): target of the Renstra, realisasi until last year, target of the Renja, realisasi per triwulan, of the year, until
# this year, and the share reached; each as K, % and Rp.

_BEFORE = kata("lalu", "tahun_lampau")
_UNTIL, _UNTIL_QUARTER = kata("di_luar_tahun"), kata("sampai_triwulan")
_PARTS = kata("bagian_hitungan")
"""What a figure is made of, or compared with: not the figure."""
_SHARE = re.compile(r"^\W*%\W*$")

_AMOUNTS = ("realisasi", "serapan", "sisa", "pagu")
"""Figures by which a form is one of money, where no heading says rupiah."""

Meaning = tuple[str, str, str]
"""Figure, time ("" the year itself), measure (``k``, ``%``, ``rp``)."""


def meaning(path: Iterable[str]) -> Meaning | None:
    """The meaning of a column's headings from top to bottom; None for a column that is no figure of the year."""
    texts = [clean(text) for text in path]
    whole = " ".join(texts)
    folded = fold(whole).replace("sdtwini", "")  # so far in this year, which is the year's figure
    figure = _figure(folded)
    quarter = quarter_of(whole)
    if (not figure and not quarter) or _PARTS(folded):
        return None
    time = f"tw{quarter}" if quarter else ""
    if figure == "target" and "renstra" in folded:
        time = "akhir"
    elif figure == "realisasi" and not quarter:
        time = "lalu" if _BEFORE(folded) else "sampai" if _UNTIL(folded) else ""
    elif quarter and _UNTIL_QUARTER(folded):
        time = f"sd{time}"
    return figure or "realisasi", time, _measure(texts)


def meant_by(own: Column) -> Meaning | None:
    """The meaning of a column of ours."""
    return meaning((own.group, own.label) if own.group else (own.label,))


def _figure(folded: str) -> str:
    """The first of these that the headings speak of; realisasi capaian is realisasi."""
    if "tingkat" in folded and "capaian" in folded:
        return "tingkat"
    if "target" in folded and "realisasi" not in folded:
        return "target"
    if "realisasi" in folded:
        return "realisasi"
    if "capaian" in folded and "dipakai" in folded:
        return "dipakai"  # up to the limit of the office, as averages take it: another figure than the capaian itself
    found = next((name for name in ("capaian", "serapan", "sisa", "pagu") if name in folded), "")
    return found or ("pagu" if folded.startswith(("anggaran", "dpa", "jumlahanggaran")) else "")


def _measure(texts: Sequence[str]) -> str:
    """The lowest heading's own, else that of the nearest above: "(Rp.)" over "TW I" makes it rupiah."""
    found = word(leaf := texts[-1])
    if _SHARE.match(leaf) or (found.percent and not found.money):
        return "%"
    if found.money or found.role == "kinerja":
        return "rp" if found.money else "k"
    return "rp" if any(word(text).money for text in texts) or says_money(texts) else "k"


_BRACKETS = re.compile(r"\([^()]*\)")
_ELSEWHERE = kata("bukan_dari_rencana", "sampai_triwulan")
_OURS_AFTER_ALL = kata("target_kita")
"""``Target Capaian Kinerja`` is the target, not what was reached."""
_LEVELS = kata("beberapa_tingkat")
_RESULTS = kata("hasil")
_SCALED = kata("kelipatan")
_TOTALS = kata("jumlah_uang")
_PERFORMANCE = kata("judul_kinerja")
_OTHER_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")

_SORTS = {PAGU: kata("uang_pagu"), PROPOSED: kata("uang_usulan"), DISEPAKATI: kata("uang_disepakati"), DPA: kata("uang_dpa")}

_AMOUNT = "*"
"""Stands for the column of money of these rows, whatever its name."""
# Role of a heading (foreign/words) → the key of our column, by kind of rows. A heading that folds to one of our labels
# never gets here.
_ROLES: Mapping[str, Mapping[str, str]] = {
    "rab": {
        "uraian": "uraian", "spesifikasi": "spesifikasi", "satuan": "satuan", "volume": "volume", "harga": "harga_satuan",
        "jumlah": "jumlah", "anggaran": "jumlah", "pajak": "ppn", "maju": "prakiraan_maju", "jenis": "jenis_belanja",
    },
    "indikator": {
        "indikator": "nama", "sasaran": "sasaran", "satuan": "satuan", "target": "target", "uraian": "induk", "kode": "kode",
        "kinerja": "target",
    },
    "rkt": {
        "indikator": "indikator", "sasaran": "sasaran", "satuan": "satuan", "target": "target", "uraian": "induk",
        "kode": "kode_sub", "anggaran": "anggaran", "jumlah": "anggaran", "kinerja": "target",
    },
    "program": {"uraian": "nama", "kode": "kode", "anggaran": _AMOUNT, "jumlah": _AMOUNT},
    "kas": {"uraian": "induk", "kode": "kode_sub", "anggaran": "anggaran", "jumlah": _AMOUNT},
    "pk": {
        "indikator": "indikator", "sasaran": "sasaran", "satuan": "satuan", "target": "target", "uraian": "nama", "kode": "kode",
        "anggaran": "anggaran", "jumlah": "anggaran", "keterangan": "keterangan", "kinerja": "target",
    },
}  # fmt: skip
_ALIASES = {
    "ket": ("keterangan",), "pelaksana": ("unit", "nama_unit"), "unitkerja": ("unit", "nama_unit"),
    "unitpelaksana": ("unit", "nama_unit"), "penanggungjawab": ("penanggung_jawab", "unit", "nama_unit"),
    "unitpenanggungjawab": ("unit", "nama_unit", "penanggung_jawab"),
}  # fmt: skip
"""Short and other names of columns → our keys, the first that these rows have."""
_QUARTERS = {"tw1": "tw_1", "tw2": "tw_2", "tw3": "tw_3", "tw4": "tw_4"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Form columns (1-based) with the key of ours, those that stay blank, and those where two headings ask for one of ours.

    ``weight``: how well the form fits these rows: columns found for which we have values; 0 where it does not ask for what makes
    these rows. ``scaled``: columns that want thousands or millions of rupiah; they stay blank. ``unlike``: of the blank columns
    that resemble one of ours the word by which they are another. ``resembles``: whether the form would fit if those words said
    nothing. ``near``: columns besides that such rows may have, though ours lack them: a locked plan's volume and price.
    """

    keys: Mapping[int, str]
    blank: tuple[FormColumn, ...]
    doubtful: tuple[tuple[str, tuple[FormColumn, ...]], ...]
    weight: int
    scaled: tuple[FormColumn, ...] = ()
    unlike: Mapping[int, str] = field(default_factory=dict)
    resembles: bool = False
    near: int = 0


def match(columns: Sequence[FormColumn], supply: Supply, tahun: str, told: Mapping[int, str] = MappingProxyType({})) -> Match:
    """The form's columns and ours. ``tahun``: the year whose figures we have, "" when unknown. ``told``: columns that somebody
    decided, with the key of ours, "" for one that is to stay blank."""
    scaled = tuple(column for column in columns if _SCALED(" ".join(column.path)))
    aside = {*told, *(column.col for column in scaled)}
    listed = [column for column in columns if not column.numbers_rows and column.col not in aside]
    planning = not any(_RESULTS(fold(" ".join(column.path))) for column in listed)
    if supply.kind == MEASURED:
        exact = _measured(listed, supply, tahun)
        guessed: dict[int, str] = {}
    else:
        exact = {column.col: key for column in listed if (key := _exact(column, supply, tahun))}
        exact |= _counted(listed, exact, supply)
        guessed = {
            column.col: key
            for column in listed
            if column.col not in exact and (key := _by_role(column, supply, tahun, planning)) and key not in exact.values()
        }
    exact = {col: key for col, key in exact.items() if key}
    by_col = {column.col: column for column in listed}
    reach = _reach(listed)
    unlike = {col: other for col, key in (exact | guessed).items() if (other := _unlike(by_col[col], supply, key, reach))}
    resembled = {*exact.values(), *guessed.values()}
    exact, guessed = ({col: key for col, key in found.items() if col not in unlike} for found in (exact, guessed))
    exact = _names_before_marks(exact, by_col)
    decided = {col: key for col, key in told.items() if key}
    taken = set(decided.values())
    exact, guessed = ({col: key for col, key in found.items() if key not in taken} for found in (exact, guessed))
    asked = Counter([*exact.values(), *guessed.values()])
    keys = {col: key for col, key in (exact | guessed).items() if asked[key] == 1} | decided
    doubtful = {key: tuple(by_col[col] for col, k in (exact | guessed).items() if k == key) for key, n in asked.items() if n > 1}
    held = {key for row in supply.rows for key, value in row.items() if value is not None}
    blank = tuple(column for column in listed if column.col not in exact and column.col not in guessed)
    near = sum(key not in held for key in keys.values()) + sum(_may_have(column, supply.kind) for column in blank)
    return Match(
        keys=keys, blank=blank, near=near,
        doubtful=tuple(doubtful.items()), scaled=scaled, unlike=unlike,
        resembles=len(resembled) > 1 and _asked_for(supply, resembled),
        weight=sum(key in held for key in keys.values()) if _asked_for(supply, {*keys.values(), *doubtful}) else 0,
    )  # fmt: skip


def _may_have(column: FormColumn, kind: str) -> bool:
    """Whether a column is one that a unit's own form has of such rows."""
    table = next((one for _, one in USULAN.tables() if one.key == kind), None)
    key = _ROLES.get(kind, {}).get(word(column.path[-1]).role, "")
    own = next((one for one in table.columns if one.key == key), None) if table and key else None
    return own is not None and not other_meaning(column.meant, own)


def _reach(listed: Sequence[FormColumn]) -> int:
    """The last quarter of realisasi that the form speaks of, in its titles or by a column; 0 where of none."""
    columns = (what[1].removeprefix("sd") for one in listed if (what := meaning(one.meant)) and what[0] == "realisasi")
    return max([*(one.reach for one in listed), *(int(time[2:]) for time in columns if time.startswith("tw"))], default=0)


def _unlike(column: FormColumn, supply: Supply, key: str, reach: int) -> str:
    """The word by which a heading is another than a column of ours, or promises other values."""
    own = supply.column(key)
    if reach and (what := meant_by(own)) and what[:2] in _SO_FAR and _goes_on(supply, reach):
        return f"Triwulan {ROMAN[reach - 1]}"
    return other_meaning(column.meant, own, supply.level) or other_kind(column.meant, own, (row.get(key) for row in supply.rows))


_SO_FAR = tuple((figure, "") for figure in ("realisasi", "sisa", "serapan", "capaian", "tingkat", "dipakai"))


def _goes_on(supply: Supply, quarter: int) -> bool:
    """Whether ours know of a later quarter than the form is about: then the year so far is another figure than the form's."""
    later = {("realisasi", f"tw{n}") for n in range(quarter + 1, 5)}
    keys = [own.key for own in supply.columns if (what := meant_by(own)) and what[:2] in later]
    return any(isinstance(row.get(key), Decimal) and row[key] for row in supply.rows for key in keys)


def _counted(listed: Sequence[FormColumn], exact: Mapping[int, str], supply: Supply) -> dict[int, str]:
    """A bare "Jumlah" left of the price, or beside the unit of a form without volume and price, is how many: the volume, where
    our rows have one and another column is the money ("Jumlah | Harga | Total"), else nothing of ours."""
    roles = {column.col: word(column.path[-1]).role for column in listed}
    bare = [c.col for c in listed if [*words_of(c.path[-1])] in (["jumlah"], ["jml"]) and not says_money(c.path)]
    price = next((col for col, role in roles.items() if role == "harga"), 0)
    if not bare or {"volume", "koefisien", "target"} & {*exact.values(), *roles.values()}:
        return {}
    if not price:
        units = {col for col, role in roles.items() if role == "satuan"}
        return {col: "" for col in bare if {col - 1, col + 1} & units}
    if bare[0] > price:
        return {}
    money = any(column.col > price and _TOTALS(fold(column.path[-1])) for column in listed)
    return {bare[0]: "volume" if money and any(own.key == "volume" for own in supply.columns) else ""}


def _names_before_marks(exact: dict[int, str], by_col: Mapping[int, FormColumn]) -> dict[int, str]:
    """Without another column for the indicator's name, "IKU" is the heading of that name, not our "Ya"."""
    if {"nama", "indikator"} & set(exact.values()):
        return exact
    return {col: key for col, key in exact.items() if key != "iku" or fold(by_col[col].path[-1]) != "iku"}


def _asked_for(supply: Supply, keys: Collection[str]) -> bool:
    """Whether a form with these columns can be meant for these rows at all."""
    return all(not core.isdisjoint(keys) for core in supply.core)


def _measured(listed: Sequence[FormColumn], supply: Supply, tahun: str) -> dict[int, str]:
    """Figures by their meaning, read alike on both sides; everything else by its role."""
    ours: dict[Meaning | str, list[str]] = {}
    for own in supply.columns:
        ours.setdefault(meant_by(own) or word(own.label).role, []).append(own.key)
    by_label: dict[str, list[str]] = {}
    for own in supply.columns:
        for text in (own.label, *own.aliases):
            by_label.setdefault(fold(text), []).append(own.key)
    measures = {key[2] for key in ours if isinstance(key, tuple)} - {"%"}
    of_money = any(_measure(column.path) == "rp" or _figure(fold(" ".join(column.path))) in _AMOUNTS for column in listed)
    found = {}
    for column in listed:
        what = meaning(column.meant)
        if what and not what[1].strip("tw1234") and of_other_year(column.path, tahun):
            continue
        if what and not (measures == {"rp"} and of_money) and not _figure(fold(" ".join(column.path))):
            continue  # a quarter alone: of what?
        if what and what[2] == "k":
            if measures == {"rp"}:
                what = (*what[:2], "rp")  # a sheet of money alone needs no "Rp" in every heading
            elif "rp" in measures and not _tells_performance(column.path, what, listed):
                continue
        if what and what not in ours and what[0] == "pagu":
            what = ("target", what[1], what[2])  # the money of the Renja is its target in rupiah
        leaf = speaking(column.path)
        same = by_label.get(fold(leaf)) or _alias(leaf, supply) if what is None else []
        keys = same if len(same) == 1 else ours.get(what or word(leaf).role or "?", [])
        if len(keys) == 1 or (keys and what is None):
            found[column.col] = keys[0]
    return found


def _alias(text: str, supply: Supply) -> list[str]:
    """The key of ours that a short or other name of a column means."""
    held = {column.key for column in supply.columns}
    return [key for key in _ALIASES.get(fold(text), ()) if key in held][:1]


def _tells_performance(path: Sequence[str], what: Meaning, listed: Sequence[FormColumn]) -> bool:
    """Whether a figure without a measure is one of performance: it says so, or the form knows of indicators and of no money, or
    has the same figure in rupiah besides one that is counted in a unit."""
    if word(path[-1]).role == "kinerja" or _PERFORMANCE(fold(" ".join(path))):
        return True
    roles = {word(speaking(column.path)).role for column in listed}
    money = [found[:2] for column in listed if (found := meaning(column.meant)) and (found[2] == "rp" or found[0] == "pagu")]
    besides = what[:2] in [("target", time) if figure == "pagu" else (figure, time) for figure, time in money]
    return "indikator" in roles and (not money or (besides and "satuan" in roles))


def _exact(column: FormColumn, supply: Supply, tahun: str) -> str:
    """By a declared label or another name of it: the whole path, else its lowest heading if nothing above speaks against it."""
    names = _names(supply.columns)
    whole = fold("".join(column.path))
    if whole in names:
        return names[whole]
    if _foreign(column.path, tahun):
        return ""
    leaf = speaking(column.path)
    if fold(leaf) in _ALIASES:
        return next(iter(_alias(leaf, supply)), "")
    key = names.get(fold(leaf)) or names.get(fold(_plain(leaf, tahun))) or ""
    return _money(column.path, supply) if key and key == supply.amount else key


def _money(path: Iterable[str], supply: Supply) -> str:
    """The amount that headings name: pagu, usulan, agreed or DPA, each its own column; without such a word our main one."""
    text = fold(" ".join(path))
    sort = next((name for name, says in _SORTS.items() if says(text)), "")
    return supply.money.get(sort, "") if sort else supply.amount


def _names(columns: Iterable[Column]) -> dict[str, str]:
    """Folded names → key; a name of several columns belongs to the first that declares it as its label."""
    found: dict[str, str] = {}
    listed = list(columns)
    labels = [(column.label, column.key) for column in listed]
    others = [(alias, column.key) for column in listed for alias in column.aliases]
    for text, key in [*labels, *others]:
        found.setdefault(fold(text), key)
        found.setdefault(fold(_BRACKETS.sub(" ", text)), key)
    found.pop("", None)
    return found


def _plain(text: str, tahun: str) -> str:
    """A heading without its remark in brackets, the year and the word tahun: ``Target Tahun 2025 (Rp)`` → ``Target``."""
    bare = _BRACKETS.sub(" ", clean(text))
    return re.sub(rf"\b(?:tahun|ta|thn)?\.?\s*{tahun}\b", " ", bare, flags=re.IGNORECASE) if tahun else bare


def _foreign(path: tuple[str, ...], tahun: str) -> bool:
    """The headings speak of figures that we don't have."""
    text = fold(" ".join(path))
    text = text.replace("capaian", "") if _OURS_AFTER_ALL(fold(path[-1])) else text
    return bool(_ELSEWHERE(text)) or of_other_year(path, tahun)


def of_other_year(path: Iterable[str], tahun: str) -> bool:
    """Whether headings name years, and not ours."""
    years = set(_OTHER_YEAR.findall(" ".join(path)))
    return bool(years and tahun and tahun not in years)


def _by_role(column: FormColumn, supply: Supply, tahun: str, planning: bool) -> str:
    """By what the words mean. ``planning``: nothing in the table is about results, so a bare "TW I" is a target."""
    kind = supply.kind
    if _foreign(column.path, tahun):
        return ""
    words = [word(text) for text in column.meant]
    if (said := word(speaking(column.path))).role not in ("", "kode"):
        words.append(said)  # "Uraian" below "Indikator"
    period = next((w.period for w in reversed(words) if w.period.startswith("tw")), "")
    roles = [w.role for w in words if w.role]
    role = roles[-1] if roles else ""
    if words[-1].money and not words[-1].role:
        return _money(column.path, supply) if not period else ""
    if role == "kinerja" and "target" not in roles[:-1]:
        return ""
    if role == "kode":
        return _code(fold("".join(column.path)), supply)
    if not role and _LEVELS(fold(column.path[-1])):
        role = "uraian"
    key = _ROLES[kind].get(role or ("target" if period and planning else ""), "")
    key = supply.amount if key == _AMOUNT else key
    if period:
        return _QUARTERS[period] if key == "target" and any(c.key == _QUARTERS[period] for c in supply.columns) else ""
    if key == "target" and any(w.money for w in words):
        key = supply.amount
    if key and key == supply.amount:
        return _money(column.path, supply)
    return key if any(c.key == key for c in supply.columns) else ""


def _code(heading: str, supply: Supply) -> str:
    """Kinds of codes: of the account, or of the program's tree."""
    if re.search("rek|akun|mak", heading):
        return "kode_rekening" if any(c.key == "kode_rekening" for c in supply.columns) else ""
    return supply.tree if re.search("keg|program|^kode$", heading) else ""
