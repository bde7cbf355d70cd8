"""Forensics of the formulas in a filled workbook, ours or anybody's.

A careful planner who gets a foreign workbook looks for the same things: a number typed over a formula or into one,
a formula unlike its neighbours, totals that leave rows out, count them twice or add other rows than the column beside
them, broken and uncalculated cells, numbers kept as text, links to other files, hidden parts. Each has its rule here;
``examine`` runs them all.

``formula`` and ``shape`` say what a formula is, ``evaluate`` what it gives, ``grid`` what a sheet holds, ``runs`` and
``totals`` which cells belong together, ``wording`` how they are named. The evidence is always in the file itself: what
most neighbours do, what the sheet's own sums say. One cause gives one catatan, which lists its cells.
"""

from kinerja_xl.checking.forensik.examine import forensics, is_own

__all__ = ["forensics", "is_own"]
