"""What the words of a heading say: role of the column, period, unit of money. One heading cell at a time.

Habits served: long and short names ("JUMLAH / TOTAL PAGU", "hargasat"), names of database exports ("kdakun",
"nmitem", "volkeg"), letter-spaced and misspelt headings ("U r a i a n", "Relisasi"), remarks in brackets.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from string import digits, punctuation

from kinerja_xl.sheets import values
from kinerja_xl.sheets.values import fold
from kinerja_xl.words.match import examples, kata, role_of, spellings
from kinerja_xl.words.periods import begins_with_month, month_headed, months_in, part_of, quarter_of
from kinerja_xl.words.shapes import bentuk, is_year, pattern, years_in

clean = lru_cache(maxsize=1 << 16)(values.clean)
"""Cleaned text, remembered: the same words stand in a hundred thousand cells."""

MAX_HEADING = 90
"""Longer texts are sentences, not headings."""
_LONG = kata("judul_panjang")
"""How the long headings of the planning forms begin ("Target Kinerja dan Anggaran Renja Perangkat Daerah … yang Dievaluasi")."""

_BRACKETS = pattern("dalam_kurung")
_RP = kata("rupiah")

_AMOUNT = bentuk("angka_tertulis")
"""An amount typed as text is never a heading (a year may be)."""
_OF_YEAR, _HALF, _NTH_YEAR = kata("judul_tahun"), kata("judul_semester"), kata("judul_tahun_ke")
_PERCENT, _PERCENT_ALONE, _MONEY_ALONE = kata("persen"), kata("persen_saja"), kata("rupiah_saja")
_NUMBERED, _SPELT = kata("judul_bernomor"), spellings("salah_eja")
_SO_FAR = kata("sampai", "kumulatif")
_RUNNING, _PAST, _BEFORE, _AFTER = kata("berjalan_lipat"), kata("lalu"), kata("semula"), kata("menjadi")


@dataclass(frozen=True, slots=True)
class Word:
    """What one heading cell says. ``role`` "" when unknown; ``period``: tw1…tw4, s1, s2, b01…b12, a year, t1…t9, sd,
    lalu (up to last month), v1 or v2 (before and after a change), or ""."""

    role: str = ""
    period: str = ""
    money: bool = False
    percent: bool = False
    spelt: bool = True  # False when it was known in spite of a misspelling
    figure: str = ""  # target or realisasi, where the heading says that it is counted in percent

    @property
    def known(self) -> bool:
        """Anything that makes the cell a heading."""
        return bool(self.role or self.period or self.money or self.percent)


@lru_cache(maxsize=8192)
def word(text: str) -> Word:
    """What a heading cell says."""
    cleaned = clean(text)
    if not cleaned or (len(cleaned) > MAX_HEADING and not (_LONG(cleaned) and len(cleaned) <= 2 * MAX_HEADING)):
        return Word()
    if _AMOUNT(cleaned) and not is_year(cleaned):
        return Word()
    money = bool(_RP(cleaned))
    bare = fold(_BRACKETS.sub(" ", cleaned)) or fold(cleaned)
    if cleaned.startswith("@"):
        return Word(role="harga", money=money)
    if _MONEY_ALONE(bare):
        return Word(money=True)
    if _PERCENT_ALONE(bare):
        return Word(percent=True)
    if bare == "k":
        return Word(role="kinerja")
    period = _period(cleaned, bare)
    role, spelt = _role(bare)
    if not role and (told := _BRACKETS.search(cleaned)) and (inner := role_of(fold(told[0]))) in ("realisasi", "target"):
        role = inner  # "Yang harus dilayani (target)"
    figure = role if role in ("realisasi", "target") else ""
    if role in ("realisasi", "target", "sisa", "anggaran") and (_PERCENT(cleaned) or "fisik" in bare) and not money:
        role = "persen"
    if role == "volume" and money:
        role = "jumlah"  # "Kebutuhan (Rp)"
    if role in ("realisasi", "target") and not period and not _SO_FAR(cleaned) and len(months := months_in(cleaned)) == 1:
        period = f"b{months[0]:02d}"  # "Realisasi Januari"
    if period and role in ("periode", "tahun"):
        role = ""
    if not role and period and not _only_period(bare):
        period = "" if len(bare) > 40 else period
    return Word(role=role, period=period, money=money, percent=role == "persen", spelt=spelt, figure=figure)


def _role(bare: str) -> tuple[str, bool]:
    if _NUMBERED(bare) and not bare.startswith("harga"):
        return ("kode" if bare.startswith("rekening") else "lain"), True
    if role := role_of(bare):
        return role, True
    for known in _SPELT:
        if abs(len(known) - len(bare)) <= 2 and len(known) >= 6 and _close(known, bare, 2 if len(known) >= 9 else 1):
            return role_of(known), False
    return "", True


def _period(cleaned: str, bare: str) -> str:
    if quarter := quarter_of(cleaned, bare):
        return f"tw{quarter}"
    if month := month_headed(cleaned, bare):
        return f"b{month:02d}"
    if found := _OF_YEAR(bare):
        return found[1]
    if found := _HALF(bare):
        return f"s{part_of(found[1])}"
    if found := _NTH_YEAR(bare):
        return f"t{found[1]}"
    if _BEFORE(bare) or _AFTER(bare):
        return "v1" if _BEFORE(bare) else "v2"
    if _RUNNING(bare):
        return "lalu" if _PAST(bare) else "sd"
    return ""


def _only_period(bare: str) -> bool:
    named = quarter_of(bare) or begins_with_month(bare) or years_in(bare)
    return bool(named) or bare.startswith(("tahun", "thn", "th", "sd"))


@lru_cache(maxsize=8192)
def _close(a: str, b: str, limit: int) -> bool:
    """Whether ``b`` is ``a`` with at most ``limit`` letters wrong, missing or too many (and the same first letter)."""
    if a[0] != b[:1]:
        return False
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1] <= limit


_TOTAL, _TOTAL_START = kata("jumlah"), kata("jumlah_awal")
_TOTAL_BEGINS = frozenset(fold(example)[:2] for example in examples("jumlah", "jumlah_awal"))
_TOTAL_LETTERS = frozenset(letter for begins in _TOTAL_BEGINS for letter in (begins[0], begins[0].upper()))
_TWO_LETTERS = bentuk("dua_huruf")
"""First letters of such labels, blanks between them or not; most names begin with others."""
_NO_LETTERS = digits + punctuation + " "
"""What codes and numbers are made of: nothing is left of them."""


def total_among(texts: Iterable[str]) -> str:
    """The first that announces a sum, "" for none: most begin with another letter, and nothing more is asked of them."""
    for text in texts:
        first = text[:1] if text[:1].isalpha() else text.lstrip(_NO_LETTERS)[:1]
        if first and (first in _TOTAL_LETTERS or not first.isalpha()) and is_total(text):
            return text
    return ""


def may_announce(texts: Collection[str]) -> set[str]:
    """Those that could announce a sum by their first letters, alone or as the first words of a label."""
    joined = "".join(texts)
    if joined.isascii() and joined.upper() == joined.lower():  # codes, numbers
        return set()
    begins = set(filter(_may_begin, {text[:2] for text in texts}))
    return {text for text in texts if text[:2] in begins and _may_announce(clean(text))} if begins else set()


def _may_begin(two: str) -> bool:
    """Not with another letter, nor with two others side by side."""
    first = two[:1]
    if first.isalpha() and first not in _TOTAL_LETTERS:
        return False
    return two.lower() in _TOTAL_BEGINS or len(two) < 2 or not two.isalpha()


def _may_announce(text: str) -> bool:
    first = text[:1] if text[:1].isalpha() else text.lstrip(_NO_LETTERS)[:1]
    if not first or (first not in _TOTAL_LETTERS and first.isalpha()):
        return False
    begins = _TWO_LETTERS(_unlettered(text))
    return begins is None or (begins[1] + begins[2]).lower() in _TOTAL_BEGINS


def is_total(text: str) -> bool:
    """A label that announces a sum: JUMLAH, Sub Total, TOTAL (A+B)."""
    first = text[:1]
    if not first.isalpha():
        text = _unlettered(text)
        first = text[:1]
    if first.isalpha() and first not in _TOTAL_LETTERS:
        return False
    begins = _TWO_LETTERS(text)
    return begins is not None and (begins[1] + begins[2]).lower() in _TOTAL_BEGINS and _announces(text)


@lru_cache(maxsize=1 << 16)
def _announces(text: str) -> bool:
    bare = fold(_BRACKETS.sub(" ", text))
    return bool(_TOTAL(bare) or _TOTAL_START(clean(text)))


@lru_cache(maxsize=1 << 16)
def is_plain_total(text: str) -> bool:
    """A label that can be nothing but a sum (``Jumlah peserta`` could be a line, ``JUMLAH`` can't)."""
    return bool(_TOTAL(fold(_BRACKETS.sub(" ", text))))


_ADDED, _STATISTIC, _AVERAGE = kata("ditambah"), kata("statistik"), kata("rata_rata")
_SIGNED, _SIGN_OFF, _NOTE = kata("tanda_tangan"), kata("pengesahan"), kata("catatan_bawah")


def is_added(text: str) -> bool:
    """What is put on top of a total or left of it: tax, rounding, overhead, surplus."""
    return bool(_ADDED(_unlettered(clean(text))))


def _unlettered(text: str) -> str:
    """ "(B) PPN = 11 % x (A)" without the letter by which another row names it."""
    return text[3:].lstrip() if text[:1] == "(" and text[2:3] == ")" else text


def is_statistic(text: str) -> bool:
    """A row below a table that gives an average or shares of its columns, not an amount."""
    return bool(_STATISTIC(clean(text)))


def is_average(text: str) -> bool:
    """An average below a table of indicators, where any other statistic may be an indicator (``Rata-rata lama sekolah``)."""
    return bool(_AVERAGE(clean(text)))


def is_signature(text: str) -> bool:
    """The first words of a signature block."""
    return bool(_SIGNED(clean(text)))


def is_sign_off(text: str) -> bool:
    """Place and date, or whose signature follows: what stands below a table and never in it."""
    return bool(_SIGN_OFF(clean(text)))


def is_note(text: str) -> bool:
    """The first words of a remark below a table."""
    return bool(_NOTE(clean(text)))
