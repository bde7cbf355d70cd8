"""Faces of the program: the command line and the page. Arguments in, one use called, Indonesian out."""

FORM_TORS, FORM_ROWS = (1, 60), (10, 2000)
"""Least and most sheets TOR, and prepared rows of RAB and Indikator, that a form may be asked for, whichever face asks."""

YEARS = (2000, 2100)
"""First and last budget year that may be asked for; what is typed into a workbook has the limits of its kind (sheets/kinds)."""
