"""Filling forms of others: our rows go into an existing workbook of Bappeda or the Inspektorat, the rest stays as it is.

``supply`` says what we have, ``target`` where the form wants it, ``match`` which column is which, ``fields`` the single
values beside labels, ``layout`` which row comes where, ``results`` what the formulas then show, ``form`` puts it together.
"""
