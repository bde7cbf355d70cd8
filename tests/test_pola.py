"""Regular expressions over texts of strangers take steps in proportion to the text: a cell full of blanks stalls nothing."""

from __future__ import annotations

import re
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import DEEP
from tests.langkah import steps
from tests.pola import GROWTH, SEEDS, Asked, asked, asked_while, grows


@cache
def found() -> tuple[Asked, ...]:
    return (*asked(),)


def test_four_times_the_text_is_four_times_the_steps():
    """In the plain profile the texts that found the most, of which blanks found nearly all."""
    seeds = SEEDS if DEEP else (" ", "1", "(", "\n")
    bad = [(one.where, one.method, seed) for one in found() for seed in seeds if grows(one, seed) > GROWTH]
    assert bad == []


def test_the_steps_see_a_pattern_that_grows():
    for growing in (r"\s*\s*x", r"(?:a|a)*b", r"(\w+ )*\d", r"(.+)\s+$"):
        one = Asked("uji", "search", re.compile(growing))
        assert any(grows(one, seed) > GROWTH for seed in (" ", "a", "a ")), growing
    assert grows(Asked("uji", "fullmatch", re.compile(r"\s*+x")), " ") < 5
    assert grows(Asked("uji", "search", re.compile(r"(?<!\s)\s*+x")), " ") < 5


def test_patterns_are_found_wherever_they_are():
    """In a name, in a table, in a call, spelt from other names, and made while a workbook is read."""
    where = {one.where.partition(":")[0] for one in found()}
    spelt, kept, inline, made = "words.periods._QUARTER", "adopt.names._KINDS", "adopt.kept", "words.match"
    assert where >= {f"kinerja_xl.{one}" for one in (spelt, kept, inline, made)}
    assert len(found()) > 250
    assert asked_while(lambda: None) == []


SPELT = st.deferred(lambda: st.sampled_from([one for one in found() if isinstance(one.pattern.pattern, str)]))


@given(SPELT, st.lists(st.sampled_from([*SEEDS, "Januari", "triwulan II", "b12", "tw3", "5.1.02", "\t", "Z", "é"]), max_size=8))
def test_the_counting_matcher_finds_what_re_finds(one: Asked, parts: list[str]):
    text = "".join(parts)
    spans = steps(one.pattern, one.method, text)[1]
    if one.method in ("match", "fullmatch", "search"):
        real = getattr(one.pattern, one.method)(text)
        assert spans == ([real.span()] if real else []), one
    else:
        assert spans == [match.span() for match in one.pattern.finditer(text)], one
