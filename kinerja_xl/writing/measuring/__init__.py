"""The measuring workbooks of a triwulan: their covers and the Cek Mandiri that computes while somebody types."""

from kinerja_xl.writing.measuring.book import write_measuring_book

__all__ = ["write_measuring_book"]
