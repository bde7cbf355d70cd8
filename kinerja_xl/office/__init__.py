"""The office and its year's folder: Kantor.xlsx as an object, a submission, what a new workbook starts with."""
