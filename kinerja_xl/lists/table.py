"""Reads the package's own data files: UTF-8, tab separated, one heading row, no quoting."""

from __future__ import annotations

from importlib.resources import files


def rows(name: str) -> list[dict[str, str]]:
    """The rows of ``lists/<name>.tsv`` as texts by column. Raises ValueError where a row has a wrong width."""
    lines = (files(__package__) / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    heading = lines[0].split("\t")
    return [dict(zip(heading, line.split("\t"), strict=True)) for line in lines[1:]]
