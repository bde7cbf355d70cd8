"""The consolidated tables: all workbooks' rows together, checked once by pandera schemas made from ``sheets/``."""
