"""Made layouts: tables as offices lay them out, whose truth is known, and how well they are read.

``kata``: what headings say; ``pohon``: what is planned; ``kolom``: the columns of a kind; ``lembar``: rows laid down, what is
true in them, slips; ``berkas``: what is made, and its workbook; ``blok``: two tables on
one sheet; ``nilai``: the judgement. ``python -m bench.tata_letak`` runs it.
"""
