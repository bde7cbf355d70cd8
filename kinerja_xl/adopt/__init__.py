"""Foreign tables become what the office works with: a unit's usulan, a DPA, a realisasi, a price list.

Nothing is read here and nothing is guessed: ``foreign`` has read the table, Padanan.xlsx says whose it is, and what does
not fit is named with its amount.
"""
