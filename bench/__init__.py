"""How fast is it, and how much memory does it take? Measured as ratios of one run: ``python -m bench.jalankan``."""
