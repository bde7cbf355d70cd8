"""The rule book: every rule of every sheet, in the order of the sheets, and judging one submission by them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from kinerja_xl.checking import (
    iku,
    indikator,
    indikator_mutu,
    kantor_luas,
    pk,
    pk_pihak,
    rab,
    rab_standar,
    rab_wajar,
    tor,
    tor_isi,
)
from kinerja_xl.checking.rules import RULES, Case, guarded
from kinerja_xl.findings import Finding

MODULES = (rab, rab_standar, rab_wajar, tor, tor_isi, indikator, indikator_mutu, iku, pk, pk_pihak, kantor_luas)
"""The modules whose rules make up the book; importing them registers the rules."""


def judge(case: Case) -> Iterator[Finding]:
    """Every finding of every rule for one submission that could be read."""
    if case.submission.content is None:
        return
    for entry in RULES:
        yield from guarded(entry.rule.__name__, partial(entry.rule, case), case.submission.file, case.submission.unit)
