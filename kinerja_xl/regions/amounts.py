"""One cell as an amount, exactly or not at all; what a column's other texts say about its commas and points.

Habits served: amounts as text in Indonesian or English form, both in one column; "0,00", "-" and "nihil" for nothing;
a comma for thousands and for decimals ("21,276,070,424,00"); number and unit in one cell; binary noise of formulas.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from math import prod

from kinerja_xl.regions.tables import Region
from kinerja_xl.regions.words import clean
from kinerja_xl.sheets.values import Doubt, is_empty_mark, is_error_text, parse_number
from kinerja_xl.words.match import kata
from kinerja_xl.words.shapes import bentuk, pattern
from kinerja_xl.words.units import find_satuan

_ID, _US, _ONE_MARK = bentuk("rupiah_titik"), bentuk("rupiah_koma"), bentuk("satu_tanda")
_BY_POINTS, _BY_COMMAS = bentuk("ribuan_titik"), bentuk("ribuan_koma")
_HEADS = frozenset({"rp", "id", "ni"})
"""How an amount that begins with a letter may begin: Rp, IDR, nihil."""
_RP, _MULTIPLIED = bentuk("rupiah_depan"), bentuk("angka_pengali")
_NOT_AVAILABLE = kata("tidak_tersedia")
"""What stands in tables of indicators where there is no figure."""
UNITED, _PER, _DIGITS = bentuk("angka_satuan"), bentuk("harga_per_satuan"), bentuk("angka_saja")
_SHARE = pattern("persen_di_belakang")
"""The share that stands behind an amount in its cell: "4.500.000(90%)"."""
_USUAL = bentuk("rupiah_biasa")
"""Most prices typed as text; what they mean needs no further look."""
_CODE, _CODED_NAME = bentuk("kode_program"), bentuk("kode_nama")
"""A program code or account in the cells beside a label (no thousands are grouped by two); a code with its name in one cell."""

MOST_DIGITS = 17
"""What has more is no amount: a NIP, or a damaged cell."""


def _without_rp(text: str) -> str:
    found = _RP(text)
    return text[found.end() :] if found else text


def without_unit(text: str) -> str:
    """ "Rp 360.000" of "Rp 360.000 / OH"; any other text as it is."""
    found = _PER(text)
    return found[1] if found else text


@dataclass(frozen=True, slots=True)
class Amount:
    """``doubt``: "" (a number), "kosong", "nihil", "teks" (a number typed as text), "dua_tanda" (one mark for thousands and
    decimals: the value is the only regular reading), "ambigu" (no value; ``readings``), "satuan" (number and unit),
    "galat", "kata" (no number at all)."""

    value: Decimal | None
    doubt: str = ""
    readings: tuple[Decimal, ...] = ()
    unit: str = ""


EMPTY = Amount(None, "kosong")
BROKEN = Amount(None, "galat")
_WORDS = Amount(None, "kata")


def style_of(texts: Iterable[str]) -> str:
    """ "id" or "us" when the texts of a column tell which mark groups thousands, else ""."""
    indonesian = english = 0
    for text in texts:
        bare = _without_rp(clean(text))
        if _ID(bare):
            indonesian += 1
        elif _US(bare):
            english += 1
    if indonesian and english:
        return "id" if indonesian > 4 * english else "us" if english > 4 * indonesian else ""
    return "id" if indonesian else "us" if english else ""


def weak_style(texts: Sequence[str], *, few: bool = False) -> str:
    """ "id" or "us" where all texts (three at least) group their last three digits with the same mark: "50.000", "7.500".

    One such text could be a decimal; that all of them have exactly three decimals is not to be believed, but is said.
    ``few``: one will do, as the figures typed beside it tell the size (:attr:`Content.in_thousands`).
    """
    bare = [_without_rp(clean(text)) for text in texts]
    for name, shape, mark, other in (("id", _BY_POINTS, ".", ","), ("us", _BY_COMMAS, ",", ".")):
        grouped = [text for text in bare if mark in text and other not in text and shape(text)]
        if len(grouped) >= (1 if few else 3) and len(grouped) + sum(map(str.isdecimal, bare)) == len(bare):
            return name
    return ""


def amount(raw: object, style: str = "") -> Amount:
    """A cell's content as an amount. ``style`` as of :func:`style_of`, for texts that can be read in two ways."""
    if raw is None:
        return EMPTY
    if isinstance(raw, float):
        return _number(raw)
    if isinstance(raw, str):
        return _text(raw, style)
    return _WORDS


@lru_cache(maxsize=65536)
def _number(raw: float) -> Amount:
    if abs(raw) >= 10**MOST_DIGITS:
        return _WORDS
    # Excel keeps 15 digits of what is typed; more of them are arithmetic noise such as 129600.00000000001.
    return Amount(parse_number(raw if raw.is_integer() else float(f"{raw:.15g}")).value)


@lru_cache(maxsize=16384)
def _text(raw: str, style: str) -> Amount:
    if "\n" in raw and len(several := [_text(part, style) for part in raw.split("\n") if part.strip()]) > 1:
        figures = tuple(one.value for one in several if one.value is not None and not one.unit)
        if len(figures) == len(several):  # two lines typed into one row
            return Amount(None, "ambigu", figures)
    text = _SHARE.sub("", clean(raw))
    if not text:
        return EMPTY
    if sum(map(str.isdigit, text)) > MOST_DIGITS:
        return _WORDS
    if _NOT_AVAILABLE(text):
        return Amount(None, "nihil")
    plain = _USUAL(text)
    if plain and _is_whole(plain[2], plain[3]) and (plain[1] or plain[3] or style == "id" or plain[2].count(".") > 1):
        return Amount(Decimal(plain[2].replace(".", "")), "teks")
    if text[0].isalpha() and text[:2].lower() not in _HEADS:
        return BROKEN if is_error_text(text) else _WORDS
    if is_error_text(text):
        return BROKEN
    if is_empty_mark(text) or text.lower() == "nihil":
        return Amount(None, "nihil")
    if found := _PER(text):
        inner = _text(found[1], style)
        return Amount(inner.value, "teks", inner.readings, found[2]) if inner.value is not None else inner
    return _parsed(text, style)


def _parsed(text: str, style: str) -> Amount:
    """A text with figures in it that is no usual amount."""
    if (both := _CODED_NAME(text)) and both[1].count(".") > 1 and both[2][0].isalpha() and not _BY_POINTS(both[1]):
        return _WORDS
    parsed = parse_number(text)
    if parsed.value is not None:
        if parsed.doubt is Doubt.ANGKA_SATUAN:
            return Amount(parsed.value, "satuan", unit=parsed.hint)
        return Amount(parsed.value, "teks")
    bare = _without_rp(text).strip("()- ")
    if _CODE(bare):
        return _WORDS
    if _DIGITS(bare):
        return _ambiguous(bare, style, negative=text.startswith(("-", "(")))
    # "1.250 Dokumen" in a column that groups thousands with points
    if style and not _MULTIPLIED(bare) and (united := UNITED(text)):
        read = _ambiguous(united[1], style, negative=False)
        return Amount(read.value, "satuan", read.readings, clean(united[2])) if read.value is not None else _WORDS
    # "1,5 juta": what it says, or the bare figure
    if parsed.doubt is Doubt.AMBIGU and (UNITED(text) or _MULTIPLIED(bare)):
        return Amount(None, "ambigu", tuple(map(_plain, parsed.hint.split(" atau "))))
    return _WORDS


_FACTOR, _COUNTED, _TIMES = bentuk("faktor"), bentuk("volume_satuan"), pattern("kali")
"""The x of a "box" stands before no figure."""


def factors(text: str) -> Decimal | None:
    """The volume of a koefisien in words, as the budgeting system prints it: "12 Orang x 3 Kali" is 36; None for all else."""
    return None if text[:1].isalpha() else _product(text)  # as most names are


@lru_cache(maxsize=4096)
def _product(text: str) -> Decimal | None:
    parts = [_FACTOR(part.strip()) for part in _TIMES.split(clean(text))]
    found = [part for part in parts if part is not None]
    if len(found) < len(parts) or sum(bool(part[2]) for part in found) < 2:  # "3 x 4 m" is the size of a thing
        return None
    return prod((Decimal(part[1].replace(",", ".")) for part in found), start=Decimal(1))


def koefisien(text: str) -> Decimal | None:
    """The volume in words: "12 Orang x 3 Kali", "4 rim"."""
    bare = clean(text)
    if (found := factors(bare)) is not None:
        return found
    single = _COUNTED(bare)
    return Decimal(single[1].replace(",", ".")) if single else None


def _plain(shown: str) -> Decimal:
    """A number as the house shows it (1.500,5) as a Decimal."""
    return Decimal(shown.replace(".", "").replace(",", "."))


def _digits(text: str) -> str:
    return "".join(filter(str.isdecimal, text))


def _is_whole(figure: str, after: str | None) -> bool:
    return figure[0] not in "-0" and after in (None, ",-", ",00")


def _ambiguous(bare: str, style: str, *, negative: bool) -> Amount:
    sign = -1 if negative else 1
    if style == "id" and _BY_POINTS(bare):
        return Amount(sign * Decimal(bare.replace(".", "").replace(",", ".")), "teks")
    if style == "us" and _BY_COMMAS(bare):
        return Amount(sign * Decimal(bare.replace(",", "")), "teks")
    digits = _digits(bare)
    if not digits:
        return _WORDS
    joined = sign * Decimal(digits)
    if found := _ONE_MARK(bare):
        value = sign * Decimal(f"{_digits(found[1])}.{found[3]}")
        return Amount(value, "dua_tanda", (value, joined))
    tail = bare.replace(",", " ").replace(".", " ").split()[-1] if bare[-1].isdecimal() else ""
    split = sign * Decimal(f"{digits[: len(digits) - len(tail)] or '0'}.{tail or '0'}")
    return Amount(None, "ambigu", tuple(dict.fromkeys((joined, split))))


# ---- What stands in the cells of one column: figures, words, units, and how large the figures are ----

SAMPLE = 4000
"""Rows looked at to judge a column's content."""


@dataclass(slots=True)
class Content:
    """What stands in a column's cells."""

    looked: int = 0  # rows looked at
    filled: int = 0
    numbers: int = 0
    text_numbers: int = 0
    words: int = 0
    units: int = 0
    united: int = 0  # figures with their unit: "12 Dokumen" (they count as words)
    letters: int = 0
    largest: float = 0.0
    large: int = 0  # numbers of at least a thousand
    nonzero: int = 0
    waiting: int = 0  # formulas that nobody calculated
    texts: list[str] = field(default_factory=list)
    different: set[str] = field(default_factory=set)

    @property
    def variety(self) -> float:
        """Which part of the words differ: names do, what stands above several of them doesn't."""
        return len(self.different) / self.words if self.words else 0.0

    @property
    def figures(self) -> int:
        return self.numbers + self.text_numbers

    @property
    def is_text(self) -> bool:
        return self.words * 2 > self.filled

    @property
    def is_united(self) -> bool:
        """Figures with their units ("12 Dokumen")."""
        return self.united * 2 > self.filled

    @property
    def is_worded(self) -> bool:
        return (self.words - self.united) * 2 > self.filled  # figures with their units are no words

    @property
    def is_numeric(self) -> bool:
        return self.figures * 2 > self.filled

    @property
    def in_thousands(self) -> bool:
        """Figures of which none is below a thousand, most of them typed as numbers: "82.500" among them is no 82,5."""
        return self.is_money and self.large == self.nonzero and self.numbers >= 3 and self.numbers > 2 * len(self.texts)

    @property
    def is_money(self) -> bool:
        """Rupiah by its size: most of what is not zero has at least four digits; formulas without a result may be."""
        if not self.nonzero:
            return self.waiting * 2 > self.filled
        return self.large * 2 >= self.nonzero


def content_of(region: Region, col: int, limit: int = SAMPLE) -> Content:
    """What the first ``limit`` rows of a column hold."""
    found = Content(looked=min(limit, len(region.rows)))
    grid, raw = region.grid, region.column(col)[:limit]
    if grid.formulas:
        blank = (row for row, value in zip(region.rows, raw, strict=False) if value is None)
        found.filled = found.numbers = found.waiting = sum(grid.uncalculated(row, col) for row in blank)
    figures = [value for value in raw if isinstance(value, float)]
    texts = [value for value in raw if isinstance(value, str)]
    found.filled += len(raw) - raw.count(None) - len(texts)
    found.numbers += len(figures)
    _sizes(found, figures)
    for text, times in Counter(texts).items():
        _see_text(found, text, times)
    return found


def _see_text(found: Content, value: str, times: int) -> None:
    text = clean(value)
    if not text:
        return
    found.filled += times
    if is_empty_mark(text):
        found.text_numbers += times
        return
    read = amount(text)
    if read.doubt in ("teks", "dua_tanda", "ambigu"):
        found.text_numbers += times
        found.texts += [without_unit(text)] * times
        _sizes(found, [float(read.value if read.value is not None else max(read.readings))] * times)
        return
    if read.doubt == "satuan" and (split := UNITED(text)):
        found.united += times
        found.texts += [split[1]] * times
    found.words += times
    found.letters += len(text) * times
    found.different.add(text)
    found.units += times * (len(text) <= 24 and not text[0].isdigit() and find_satuan(text) is not None)


def _sizes(found: Content, values: Sequence[float]) -> None:
    sizes = list(map(abs, values))
    found.largest = max([found.largest, *sizes])
    found.nonzero += len(sizes) - sizes.count(0.0)
    found.large += sum([size >= 1000 for size in sizes])
