"""The lists on a workbook's list sheet: what the drop-downs offer and what computed columns look up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kinerja_xl.sheets.choices import LIST_FIELDS


@dataclass(frozen=True, kw_only=True)
class Listing:
    """One list. ``rows`` are tuples in the order of ``fields``; the first field is the code or the value."""

    name: str
    title: str
    rows: tuple[tuple[object, ...], ...]

    @property
    def fields(self) -> tuple[str, ...]:
        return LIST_FIELDS.get(self.name, ("nilai",))

    @cached_property
    def by_key(self) -> Mapping[str, tuple[object, ...]]:
        """First entry per key, capitals ignored: as VLOOKUP finds it."""
        found: dict[str, tuple[object, ...]] = {}
        for row in self.rows:
            found.setdefault(str(row[0]).casefold(), row)
        return found


@dataclass(frozen=True, kw_only=True)
class Listings:
    """All lists of one workbook by name; the ``Lookups`` of its computed columns."""

    by_name: Mapping[str, Listing]

    def find(self, list_name: str, key: str, field: str) -> object | None:
        """The ``field`` of entry ``key``; None when list or entry is missing or the field is empty."""
        listing = self.by_name.get(list_name)
        row = listing.by_key.get(key.casefold()) if listing else None
        if listing is None or row is None:
            return None
        return row[listing.fields.index(field)]

    def values(self, list_name: str) -> tuple[str, ...]:
        """The first field of every entry."""
        listing = self.by_name.get(list_name)
        return tuple(str(row[0]) for row in listing.rows) if listing else ()
