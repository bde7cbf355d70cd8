"""Whether what was typed is an answer, or only stands where one should."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from kinerja_xl.sheets.model import Column
from kinerja_xl.words.match import kata
from kinerja_xl.words.text import fold, fold_all

_FILLER = kata("belum_diisi")
_BRACKETED = re.compile(r"\s*(?:\[.*\]|<.*>)\s*", re.DOTALL)
_LABEL_EDGES = re.compile(r"^\s*\w\.\s+|(?<!\s)\s*+\([^()]*\)\s*$")


def placeholder(text: str, *columns: Column) -> bool:
    """Whether a text only stands where an answer should: marks, filler words, a copied label or hint."""
    if _nothing_said(text):
        return True
    folded = fold(text) if columns else ""
    return any(folded in prompts(column) for column in columns)


def placeholders(texts: Sequence[str], column: Column) -> set[str]:
    """Those of many texts that are one: folded in one go, since a price list has tens of thousands of names and codes."""
    own = prompts(column)
    return {text for text, folded in zip(texts, fold_all(texts), strict=True) if folded in own or _says_nothing(text, folded)}


@lru_cache(maxsize=2048)
def _nothing_said(text: str) -> bool:
    return _says_nothing(text, fold(text))


def _says_nothing(text: str, folded: str) -> bool:
    if not folded or _FILLER(folded) or folded == "x" or _BRACKETED.fullmatch(text):
        return True
    # one key held down
    return len(folded) > 1 and folded.isalpha() and all(len(set(word)) == 1 for word in map(fold, text.split()) if word)


def prompts(column: Column) -> frozenset[str]:
    """What a form itself says beside a cell, folded: its label, with and without number and remark, and its hint."""
    return _prompts(column.label.strip(), column.hint)


@lru_cache(maxsize=512)
def _prompts(label: str, hint: str) -> frozenset[str]:
    return frozenset(fold(part) for part in (label, _LABEL_EDGES.sub("", label), hint) if part)
