"""Every regular expression of the package, how it is asked, and what texts of strangers cost it in steps: with four times the
text four times the steps, not sixteen or sixty-four.

Patterns are found by themselves: what modules bind to names or keep in tables, what stands in a call of ``re``, and what is asked
while workbooks of others are read. ``python -m tests.pola`` prints those that grow faster.
"""

from __future__ import annotations

import ast
import builtins
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import FrameType
from typing import Any

from tests.langkah import TooMany, steps
from tests.rumah import MODULES, PACKAGE, nodes

METHODS = ("match", "fullmatch", "search", "sub", "split", "finditer", "findall")
OF_TEXTS = ("split",)
"""Methods that texts have too: they are nobody's pattern until one is bound to the name."""
SEEDS = (
    " ", "1", "a", "A", "1.", "1,", "0 ", "a ", "(", "[", "{", "<", "<a ", "&", "'", '"', "-", "=", "\\", "/", "rp ", "x:", "; ",
    "é", "Rp1.000", "\n", "_x", "ab.", "1/", "*", "#", "!", "(a", "a)", "1 x ", "$A$1", ":A1", ".", "%", "I", "s/d ", "a-", "1)",
)  # fmt: skip
SHORT, LONG = 60, 240
GROWTH = 9.0
"""Between linear (4) and quadratic (16)."""


@dataclass(frozen=True)
class Asked:
    """A pattern with where it is asked, and how."""

    where: str
    method: str
    pattern: re.Pattern[Any]


def asked() -> Iterator[Asked]:
    """Every pattern by every way in which it is asked, once."""
    seen: set[tuple[object, int, str]] = set()
    for one in (*_written(), *asked_while(_read_others)):
        key = one.pattern.pattern, one.pattern.flags, one.method
        if key not in seen:
            seen.add(key)
            yield one


# ---- as the modules are written --------------------------------------------------------------------


def _written() -> Iterator[Asked]:
    for name in MODULES:
        calls = [node for node in nodes(name) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
                 and node.func.attr in METHODS]  # fmt: skip
        if calls and not name.endswith("__main__"):
            yield from _of_module(name, vars(import_module(name)), calls)


def _of_module(name: str, bound: Mapping[str, Any], calls: list[ast.Call]) -> Iterator[Asked]:
    loose = set[str]()  # asked of something without a name of the module: of what stands in its tables
    for call in calls:
        assert isinstance(call.func, ast.Attribute)
        owner, method = ast.unparse(call.func.value), call.func.attr
        if owner == "re":
            pattern = _spelt(call.args[0], bound)
            if pattern is not None:
                yield Asked(f"{name}:{call.lineno}", method, pattern)
        elif isinstance(bound.get(owner), re.Pattern):
            yield Asked(f"{name}.{owner}", method, bound[owner])
        elif method not in OF_TEXTS:
            loose.add(method)
    for variable, value in bound.items():
        for pattern in _kept(value):
            yield from (Asked(f"{name}.{variable}", method, pattern) for method in sorted(loose))


class _Given(dict[str, Any]):
    """The names of a module; one that only a run knows is a plain word."""

    def __missing__(self, name: str) -> Any:
        return getattr(builtins, name, "x")


def _spelt(node: ast.expr, bound: Mapping[str, Any]) -> re.Pattern[Any] | None:
    """The pattern that an expression spells; None for one that nobody knows before it is asked."""
    try:
        found = eval(compile(ast.Expression(node), "", "eval"), {}, _Given(bound))  # noqa: S307 - our own source
        return found if isinstance(found, re.Pattern) else re.compile(found)
    except Exception:
        return None


def _kept(value: object, deep: int = 4) -> Iterator[re.Pattern[Any]]:
    """The patterns in a table, not one that stands there by itself."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple | set | frozenset) else ()
    for one in inside:
        if isinstance(one, re.Pattern):
            yield one
        elif deep:
            yield from _kept(one, deep - 1)


# ---- as they are asked -----------------------------------------------------------------------------


def asked_while(action: Callable[[], object]) -> list[Asked]:
    """The patterns that the package asks meanwhile, those made for the occasion as well."""
    found: dict[tuple[int, str], Asked] = {}

    def seen(frame: FrameType, event: str, what: Any) -> None:
        if event != "c_call" or not isinstance(pattern := getattr(what, "__self__", None), re.Pattern):
            return
        asker = frame if frame.f_globals["__name__"] != "re" else frame.f_back
        name = asker.f_globals["__name__"] if asker else ""
        if name.startswith(PACKAGE) and what.__name__ in METHODS:
            found.setdefault((id(pattern), what.__name__), Asked(name, what.__name__, pattern))

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        action()
    finally:
        sys.setprofile(before)
    return [*found.values()]


def _read_others() -> None:
    """As if nothing had been read before: what is remembered of a text asks no pattern again."""
    from kinerja_xl.foreign.read import read_foreign
    from tests import formulir_asing
    from tests.test_asing_harga import one_zone

    for name, module in [*sys.modules.items()]:
        if name.startswith((f"{PACKAGE}.foreign", f"{PACKAGE}.words")):
            for kept in vars(module).values():
                if hasattr(kept, "cache_clear"):
                    kept.cache_clear()
    for number, data in enumerate((formulir_asing.rka(), one_zone())):
        read_foreign(data, f"{number}.xlsx")


# ---- what they cost --------------------------------------------------------------------------------


@cache
def counted(one: Asked, seed: str, size: int) -> float:
    """The steps over a text of that size in which the seed comes again and again, and nothing fits at the end."""
    try:
        return steps(one.pattern, one.method, seed * (size // len(seed)) + "\0")[0]
    except TooMany:
        return float("inf")


def grows(one: Asked, seed: str) -> float:
    """How many times the steps grow with four times the text."""
    longer = counted(one, seed, LONG)
    return longer if longer == float("inf") else longer / max(1.0, counted(one, seed, SHORT))


if __name__ == "__main__":
    patterns, seeds = [*asked()], sys.argv[1:] or SEEDS
    for one in patterns:
        found = {seed: round(grows(one, seed), 1) for seed in seeds}
        bad = {seed: factor for seed, factor in found.items() if factor > GROWTH}
        if bad:
            print(one.where, one.method, bad, one.pattern.pattern[:150])
    print(f"{len(patterns)} pola")
