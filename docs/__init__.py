"""The generated pages of the documentation; ``python -m docs.bangun`` writes them."""
