"""Reference lists as data files (TSV), loaded once into typed, frozen objects. No pandas, no openpyxl."""
