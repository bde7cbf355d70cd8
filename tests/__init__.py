"""Tests of kinerja-xl. A package, so that tests share helpers: ``from tests.libre import formula_differences``."""
