"""Amounts in words, judged by a reader built the other way round: a grammar that turns the words back into a number.

The reader shares nothing with the writer: it knows which word may stand where, so "satu ratus", "satu ribu" alone or
"dua puluh nol" are refused even though their value would be clear.
"""

import random
import re

import pytest

from kinerja_xl.sheets.formats import LARGEST, terbilang, terbilang_rupiah

_DIGIT = "dua|tiga|empat|lima|enam|tujuh|delapan|sembilan"
_VALUE = {word: n for n, word in enumerate(["satu", *_DIGIT.split("|")], start=1)}
_TENS = (
    rf"(?:(?P<tens>{_DIGIT}) puluh(?: (?P<unit>satu|{_DIGIT}))?"
    rf"|(?P<teen>{_DIGIT}) belas|(?P<special>sepuluh|sebelas)|(?P<one>satu|{_DIGIT}))"
)
_THREE = re.compile(rf"(?:(?P<seratus>seratus)|(?P<hundreds>{_DIGIT}) ratus)?(?:(?:(?<=\w) )?{_TENS})?")
_SCALE = {"kuadriliun": 10**15, "triliun": 10**12, "miliar": 10**9, "juta": 10**6}


def _three(words: str) -> int:
    found = _THREE.fullmatch(words)
    assert found and words, f"not a number below a thousand: {words!r}"
    value = 100 if found["seratus"] else 100 * _VALUE[found["hundreds"]] if found["hundreds"] else 0
    if found["tens"]:
        return value + 10 * _VALUE[found["tens"]] + (_VALUE[found["unit"]] if found["unit"] else 0)
    if found["teen"]:
        return value + 10 + _VALUE[found["teen"]]
    if found["special"]:
        return value + {"sepuluh": 10, "sebelas": 11}[found["special"]]
    return value + (_VALUE[found["one"]] if found["one"] else 0)


def read_back(words: str) -> int:
    """The number that `words` say; an AssertionError where they are not Indonesian as written in a letter."""
    if words == "nol":
        return 0
    if words.startswith("minus "):
        value = read_back(words.removeprefix("minus "))
        assert value > 0, "minus nol"
        return -value
    total, rest = 0, words
    for scale, size in _SCALE.items():
        before, found, after = rest.partition(f" {scale}")
        if found:
            total, rest = total + size * _three(before), after.lstrip()
    if rest == "seribu" or rest.startswith("seribu "):
        total, rest = total + 1000, rest.removeprefix("seribu").lstrip()
    elif " ribu" in rest:
        before, _, after = rest.partition(" ribu")
        thousands = _three(before)
        assert thousands != 1, "satu ribu"
        total, rest = total + 1000 * thousands, after.lstrip()
    return total + (_three(rest) if rest else 0)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (1_000, "seribu"),
        (1_100, "seribu seratus"),
        (11_000, "sebelas ribu"),
        (21_000, "dua puluh satu ribu"),
        (100_000, "seratus ribu"),
        (101_000, "seratus satu ribu"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
        (1_001_001, "satu juta seribu satu"),
        (1_000_001_000, "satu miliar seribu"),
        (1_000_000_000_000, "satu triliun"),
        (-1_500, "minus seribu lima ratus"),
        (10**15, "satu kuadriliun"),
    ],
)
def test_the_words_that_are_easily_wrong(number: int, words: str) -> None:
    assert terbilang(number) == words
    assert read_back(words) == number


def test_ten_thousand_random_numbers_read_back_to_themselves() -> None:
    """Of every length up to 10^15, not only the long ones that an even draw would give."""
    draw = random.Random(20250817)
    for _ in range(10_000):
        number = draw.randrange(10 ** draw.randint(1, 15) + 1) * draw.choice((1, 1, 1, -1))
        assert read_back(terbilang(number)) == number


def test_every_number_below_eleven_thousand_has_words_of_its_own() -> None:
    words = [terbilang(number) for number in range(11_000)]
    assert [read_back(each) for each in words] == list(range(11_000))


@pytest.mark.parametrize(
    "words",
    ["satu ratus", "satu ribu", "satu juta satu ribu", "satu puluh", "dua puluh nol", "minus nol", "satu belas"],
)
def test_the_reader_refuses_what_is_not_written_so(words: str) -> None:
    """The judge itself is judged: a sloppy writer would not pass it."""
    with pytest.raises(AssertionError):
        read_back(words)


def test_an_amount_closes_with_rupiah_and_begins_with_a_capital() -> None:
    assert terbilang_rupiah(1_001_000) == "Satu juta seribu rupiah"


def test_a_number_beyond_the_words_is_refused() -> None:
    with pytest.raises(ValueError, match="larger"):
        terbilang(LARGEST + 1)
