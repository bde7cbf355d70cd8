"""The one harness of rule cases: something that breaks a rule, something that nearly does, and all that each says.

``case = Cases()`` collects; ``case("K610", broken, place, nearly)`` adds one. ``place`` is where the code stands alone, or the
whole set of places that is said. ``COVERED`` are the codes that have a case in any module imported so far.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.kantor_uji import Folder, said

Said = Iterable[tuple[str, ...]]
Setup = Callable[[pytest.MonkeyPatch], None]
Judge = Callable[[Any, Path], set[tuple[str, ...]]]

COVERED: set[str] = set()


def covered() -> set[str]:
    """The codes that have a case in any module of tests."""
    for path in sorted(Path(__file__).parent.glob("test_*.py")):
        import_module(f"tests.{path.stem}")
    return COVERED


def covers(*codes: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A test that is the case of these codes, where that takes more than a change."""
    COVERED.update(codes)
    return lambda test: test


def of_folder(folder: Folder, place: Path) -> set[tuple[str, ...]]:
    """(code, sheet, cell) of everything that is said about a year's folder."""
    return said(folder.write(place))


@dataclass(frozen=True, kw_only=True)
class Case:
    code: str
    broken: Any
    said: frozenset[tuple[str, ...]]
    nearly: Any
    nearly_said: frozenset[tuple[str, ...]]
    judge: Judge
    setup: Setup | None = None
    nearly_setup: Setup | None = None

    def holds_when_broken(self, place: Path, patch: pytest.MonkeyPatch) -> None:
        """What breaks the rule says exactly this, the code among it."""
        if self.setup:
            self.setup(patch)
        assert self.judge(self.broken, place) == self.said
        assert self.code in {code for code, *_ in self.said}

    def holds_when_nearly(self, place: Path, patch: pytest.MonkeyPatch) -> None:
        """What stands just inside the rule does not say it."""
        if self.nearly_setup:
            self.nearly_setup(patch)
        assert self.judge(self.nearly, place) == self.nearly_said
        assert self.code not in {code for code, *_ in self.nearly_said}

    def check(self, place: Path) -> None:
        """Both, for a case without a setup."""
        assert not (self.setup or self.nearly_setup)
        with pytest.MonkeyPatch.context() as patch:
            self.holds_when_broken(place / "a", patch)
            self.holds_when_nearly(place / "b", patch)


class Cases(list[Case]):
    """The cases of one module; ``judge`` says all that is said of what they describe."""

    def __init__(self, judge: Judge = of_folder) -> None:
        super().__init__()
        self._judge = judge

    def __call__(
        self, code: str, broken: Any, place: Said, nearly: Any, nearly_said: Said = (),
        setup: Setup | None = None, nearly_setup: Setup | None = None,
    ) -> None:  # fmt: skip
        COVERED.add(code)
        whole = frozenset({(code, *place)}) if isinstance(place, tuple) else frozenset(place)
        one = Case(
            code=code, broken=broken, said=whole, nearly=nearly, nearly_said=frozenset(nearly_said), judge=self._judge,
            setup=setup, nearly_setup=nearly_setup,
        )  # fmt: skip
        self.append(one)

    @property
    def names(self) -> list[str]:
        """Counted for each code, so that a case more gives no other code's case another name."""
        seen = Counter[str]()
        return [f"{one.code}-{seen[one.code]}" for one in self if not seen.update((one.code,))]
