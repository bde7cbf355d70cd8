"""Filling forms of others: our rows go into an existing workbook of Bappeda or the Inspektorat, the rest stays as it is.

``supply`` says what we have (``from_shown``: out of a recap or capaian read back), ``target`` where the form wants it, ``match``
which column is which, ``choose`` which table takes which rows and what only a person can say, ``layout`` which row comes where
and the single values beside labels, ``results`` what the formulas show instead, ``checks`` what has to be looked at, ``proof``
what is asked before anybody gets the form, ``derived`` what the form's own columns give, ``form`` puts it together.
"""
