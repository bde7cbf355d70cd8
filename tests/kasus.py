"""Cases of the rule book for the test modules: a folder that breaks a rule, one that nearly does, and all that each says.

``case = Cases()`` collects; ``case("K610", broken, place, nearly)`` adds one. ``place`` is where the code stands alone,
or the whole set of (code, sheet, cell) that the folder says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.kantor_uji import Folder, Place, said

Said = Iterable[tuple[str, ...]]
Setup = Callable[[pytest.MonkeyPatch], None]


@dataclass(frozen=True, kw_only=True)
class Case:
    code: str
    broken: Folder
    said: frozenset[tuple[str, ...]]
    nearly: Folder
    nearly_said: frozenset[tuple[str, ...]]
    setup: Setup | None = None

    def holds_when_broken(self, place: Path, patch: pytest.MonkeyPatch) -> None:
        """The broken folder says exactly this, the code among it."""
        if self.setup:
            self.setup(patch)
        assert said(self.broken.write(place)) == self.said
        assert self.code in {code for code, *_ in self.said}

    def holds_when_nearly(self, place: Path) -> None:
        """The folder just inside the rule does not say it."""
        assert said(self.nearly.write(place)) == self.nearly_said
        assert self.code not in {code for code, *_ in self.nearly_said}


class Cases(list[Case]):
    """The cases of one module."""

    def __call__(
        self, code: str, broken: Folder, place: Place | Said, nearly: Folder, nearly_said: Said = (), setup: Setup | None = None
    ) -> None:
        whole = frozenset({(code, *place)}) if isinstance(place, tuple) else frozenset(place)
        one = Case(code=code, broken=broken, said=whole, nearly=nearly, nearly_said=frozenset(nearly_said), setup=setup)
        self.append(one)

    @property
    def names(self) -> list[str]:
        return [f"{one.code}-{number}" for number, one in enumerate(self, start=1)]
