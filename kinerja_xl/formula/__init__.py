"""A cell's formula: its addresses, its references, its tree. Knows nothing of the rest of the project."""
