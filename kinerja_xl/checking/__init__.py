"""Judge what was read: one module per sheet, one between sheets, one between units."""
