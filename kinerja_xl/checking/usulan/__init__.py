"""Rules of a unit's workbook (usulan), one module per sheet."""
