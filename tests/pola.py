"""Every regular expression of the package, how it is asked, and what texts of strangers cost it: with four times the text four
times the work, not sixteen or sixty-four.

``python -m tests.pola`` prints those that grow faster.
"""

from __future__ import annotations

import ast
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

from tests.rumah import MODULES, tree

METHODS = ("match", "fullmatch", "search", "sub", "split", "finditer", "findall")
SEEDS = (
    " ", "1", "a", "A", "1.", "1,", "0 ", "a ", "(", "[", "{", "<", "<a ", "&", "'", '"', "-", "=", "\\", "/", "rp ", "x:", "; ",
    "é", "Rp1.000", "\n", "_x", "ab.", "1/", "*", "#", "!", "(a", "a)", "1 x ", "$A$1", ":A1", ".", "%", "I", "s/d ", "a-", "1)",
)  # fmt: skip
SHORT, LONG = 1_000, 4_000
NOTICED = 0.008
"""Seconds of this process: what is quicker with the long text is quick enough, whatever its growth."""
GROWTH = 9.0
"""Between linear (4) and quadratic (16)."""


@dataclass(frozen=True)
class Asked:
    """A pattern with the name under which a module asks it, and how."""

    where: str
    method: str
    pattern: re.Pattern[str]


def asked() -> Iterator[Asked]:
    """Every pattern that is bound to a name of a module, by every way in which that module asks it."""
    for name in MODULES:
        calls = {(node.func.value.id, node.func.attr) for node in ast.walk(tree(name))
                 if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
                 and isinstance(node.func.value, ast.Name) and node.func.attr in METHODS}  # fmt: skip
        if not calls:
            continue
        module = import_module(name)
        for variable, method in sorted(calls):
            pattern = getattr(module, variable, None)
            if isinstance(pattern, re.Pattern) and isinstance(pattern.pattern, str):
                yield Asked(f"{name}.{variable}", method, pattern)


def seconds(one: Asked, seed: str, size: int) -> float:
    text = seed * (size // len(seed)) + "\0"
    act = getattr(one.pattern, one.method)
    began = time.process_time()
    if one.method == "sub":
        act("", text)
    elif one.method == "finditer":
        list(act(text))
    else:
        act(text)
    return time.process_time() - began


def grows(one: Asked, seed: str) -> float:
    """How many times the work grows with four times the text; 0 where even that is quick."""
    if seconds(one, seed, SHORT) < NOTICED / 16 and seconds(one, seed, LONG) < NOTICED:
        return 0.0
    short, long = (min(seconds(one, seed, size) for _ in range(3)) for size in (SHORT, LONG))
    return long / short if long >= NOTICED else 0.0


if __name__ == "__main__":
    for one in asked():
        found = {seed: round(grows(one, seed), 1) for seed in SEEDS}
        bad = {seed: factor for seed, factor in found.items() if factor > GROWTH}
        if bad:
            print(one.where, one.method, bad, one.pattern.pattern[:150])
