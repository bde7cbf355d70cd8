"""What every part of a form's writer shares: content, lists, styles and the places of all sheets."""

from __future__ import annotations

from dataclasses import dataclass

from kinerja_xl.sheets.content import BookContent, SheetContent
from kinerja_xl.sheets.listing import Listings
from kinerja_xl.sheets.marks import Identity
from kinerja_xl.writing.plan import SheetPlan
from kinerja_xl.writing.styles import Styles


@dataclass(frozen=True, kw_only=True)
class FormContext:
    """``plans`` and ``filled`` run side by side, one entry per sheet in the order of the tabs.

    ``frozen``: the book is shown, not filled in."""

    content: BookContent
    lists: Listings
    identity: Identity
    subtitle: str
    paper: str
    short_tor: bool
    styles: Styles
    plans: tuple[SheetPlan, ...]
    filled: tuple[SheetContent, ...]
    frozen: bool = False

    def plans_of(self, key: str) -> tuple[SheetPlan, ...]:
        return tuple(p for p in self.plans if p.sheet.key == key)

    def plan_of(self, key: str) -> SheetPlan:
        return self.plans_of(key)[0]
