"""Regular expressions over texts of strangers do work in proportion to the text: a cell full of blanks stalls nothing."""

from __future__ import annotations

import re

import pytest

from tests.conftest import DEEP
from tests.pola import GROWTH, SEEDS, Asked, asked, grows

ASKED = {f"{one.where}.{one.method}": one for one in asked()}


@pytest.mark.parametrize("name", ASKED)
def test_four_times_the_text_is_four_times_the_work(name: str):
    """In the plain profile the texts that found the most, of which blanks found nearly all."""
    seeds = SEEDS if DEEP else (" ", "1", "(", "\n")
    assert {seed: factor for seed in seeds if (factor := grows(ASKED[name], seed)) > GROWTH} == {}


def test_the_measure_sees_a_pattern_that_grows():
    quadratic = Asked("uji", "fullmatch", re.compile(r"\s*\s*x"))
    assert grows(quadratic, " ") > GROWTH
    assert grows(Asked("uji", "fullmatch", re.compile(r"\s*+x")), " ") == 0.0
    assert len(ASKED) > 100
