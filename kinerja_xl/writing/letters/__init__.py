"""Letters and forms as Word documents: one style sheet, one way to write prose and tables, one module per document."""
