"""An amount in Indonesian words, as letters and the recap spell it out.

The words follow the language, not a concatenation of digits: 10 sepuluh, 11 sebelas, 100 seratus, 1.000 seribu. Only the
thousand that stands alone is "seribu": 1.001.000 is "satu juta seribu", 21.000 is "dua puluh satu ribu".
"""

from typing import Final

_ONES: Final = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")
_ZERO: Final = "nol"
_GROUPS: Final = ("", "ribu", "juta", "miliar", "triliun", "kuadriliun")

LARGEST: Final = 10 ** (3 * len(_GROUPS)) - 1
"""The largest number that can be spelled (far above 10^15, the largest amount the sheets take)."""


def terbilang(number: int) -> str:
    """`number` in words, lower case: 0 is "nol", a negative one begins with "minus".

    Raises ValueError for a number whose size is above `LARGEST`.
    """
    if number < 0:
        return f"minus {terbilang(-number)}"
    if number > LARGEST:
        raise ValueError(f"{number} is larger than can be spelled")
    if number == 0:
        return _ZERO
    parts: list[str] = []
    for group in range(len(_GROUPS) - 1, -1, -1):
        three = number // 1000**group % 1000
        if three:
            parts.append(_with_group(three, _GROUPS[group]))
    return " ".join(parts)


def terbilang_rupiah(amount: int) -> str:
    """`amount` as it closes a letter's total: "Satu juta seribu rupiah" (first letter a capital)."""
    words = f"{terbilang(amount)} rupiah"
    return words[0].upper() + words[1:]


def _with_group(three: int, group: str) -> str:
    """One group of three digits with its name; a single thousand is one word."""
    if group == "ribu" and three == 1:
        return "seribu"
    return f"{_below_thousand(three)} {group}".rstrip()


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = [] if hundreds == 0 else ["seratus"] if hundreds == 1 else [_ONES[hundreds], "ratus"]
    if rest:
        words.append(_below_hundred(rest))
    return " ".join(words)


def _below_hundred(number: int) -> str:
    if number < len(_ONES):
        return _ONES[number]
    tens, one = divmod(number, 10)
    if tens == 1:
        return f"{_ONES[one]} belas"
    return f"{_ONES[tens]} puluh {_ONES[one]}".rstrip()
