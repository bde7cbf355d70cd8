"""What headings say: words of the field, or words that mean nothing here (``kata.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random

KNOWN, UNKNOWN = "kenal", "asing"
MONTHS = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agt", "Sep", "Okt", "Nov", "Des"]
QUARTERS = (["I", "II", "III", "IV"], ["TW I", "TW II", "TW III", "TW IV"], [f"Triwulan {i}" for i in range(1, 5)])


@cache
def _words() -> Mapping[str, Sequence[str]]:
    read = tomllib.loads(Path(__file__).with_name("kata.toml").read_text(encoding="utf-8"))
    return {**read["kenal"], "": read["asing"]["kata"].split()}


class Voice:
    """The words of one table; a meaning has one text in it."""

    def __init__(self, rng: Random, mode: str) -> None:
        self.rng, self.known = rng, mode == KNOWN
        self.said: dict[str, str] = {}

    def __call__(self, key: str) -> str:
        """The text for a meaning, the same one whenever it is asked again, and no other meaning's."""
        while key not in self.said:
            text = self.new(key)
            if self.known or text not in self.said.values():
                self.said[key] = text
        return self.said[key]

    def new(self, key: str) -> str:
        """Another text for the same meaning (titles)."""
        return self.rng.choice(_words()[key]) if self.known else self._strange()

    def quarters(self) -> list[str]:
        return list(self.rng.choice(QUARTERS)) if self.known else [self._strange() for _ in range(4)]

    def months(self) -> list[str]:
        return list(MONTHS) if self.known else [self._strange() for _ in range(12)]

    def _strange(self) -> str:
        one = self.rng.choice(_words()[""]) if self.rng.random() < 0.6 else self._syllables()
        if self.rng.random() < 0.3:
            one += " " + self.rng.choice(_words()[""])
        return self.rng.choice((one.capitalize(), one.upper(), one.title()))

    def _syllables(self) -> str:
        rng = self.rng
        made = "".join(rng.choice("bcdfgklmnprstw") + rng.choice("aeiou") for _ in range(rng.randint(3, 4)))
        return made + rng.choice(["", "n", "k", "r"])
