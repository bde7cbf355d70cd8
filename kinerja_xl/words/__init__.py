"""What offices write: months, quarters, numerals, words before and after, totals, units, headings. A spelling is one line of a
TSV file here, with an example that is its test; everything that recognises such a word asks this room."""

MARKS = "\"'“”‘’"
"""Quotation marks that a shell or a word processor leaves around a path."""


def table(name: str, package: str = __package__) -> list[dict[str, str]]:
    """The rows of ``<package>/<name>.tsv`` as texts by column: UTF-8, tab separated, one heading row, no quoting.

    Lines that begin with ``#`` are remarks. Raises ValueError where a row has a wrong width.
    """
    from importlib.resources import files  # slow to load, and most words of a command line need no table

    text = (files(package) / f"{name}.tsv").read_text(encoding="utf-8")
    heading, *lines = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return [dict(zip(heading, line, strict=True)) for line in lines]
