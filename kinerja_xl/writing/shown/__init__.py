"""Workbooks that are shown, not filled in: recap, capaian, RKA, beda, hasil baca."""
