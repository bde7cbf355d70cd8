"""Filling forms of others: our rows go into an existing workbook of Bappeda or the Inspektorat, the rest stays as it is.

``supply`` says what we have (``from_recap``, ``from_plan``, ``measured``), ``target`` where the form wants it, ``match`` which
column is which, ``choose`` which table takes which rows, ``asked`` what only a person can say and has said before, ``fields``
the single values beside labels, ``layout`` which row comes where, ``stale`` which results are no longer true, ``results`` what
the formulas show instead, ``checks`` and ``allowed`` what has to be looked at, ``form`` puts it together.
"""
