"""A made sheet as an .xlsx; formulas carry their results."""

from __future__ import annotations

from io import BytesIO

import xlsxwriter

from bench.tata_letak.lembar import Made


def workbook(made: Made) -> bytes:
    """One sheet, Lembar1."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Lembar1")
        for box in made.merged:
            sheet.merge_range(*box, "")
        for r, row in enumerate(made.rows):
            for c, value in enumerate(row):
                if isinstance(value, tuple):
                    sheet.write_formula(r, c, value[0], value=float(value[1]))
                elif isinstance(value, str):
                    sheet.write_string(r, c, value)
                elif value is not None:
                    sheet.write_number(r, c, float(value))  # type: ignore[arg-type]
    return out.getvalue()
