"""A sheet of cells and its formulas: addresses, references, trees, results. Knows nothing of the rest of the project."""
