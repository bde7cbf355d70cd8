"""Where the cells of one row stand, as addresses that are made when somebody asks: most of them nobody ever does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


class RowPlaces(Mapping[str, str]):
    """Column key → ``K17``. ``letters`` by column key is one mapping for all rows of a table."""

    __slots__ = ("_letters", "_row")

    def __init__(self, letters: Mapping[str, str], row: int) -> None:
        self._letters = letters
        self._row = row

    def __getitem__(self, key: str) -> str:
        return f"{self._letters[key]}{self._row}"

    def __iter__(self) -> Iterator[str]:
        return iter(self._letters)

    def __len__(self) -> int:
        return len(self._letters)

    def __repr__(self) -> str:
        return repr(dict(self))
