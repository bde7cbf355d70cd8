"""The old and open formats (.xls, .xlsb, .ods) as sheets of cells, read in a process of its own under limits of time and memory.

``apart`` starts the process and takes its answer; ``child`` is the process; ``xls``, ``xlsb`` and ``ods`` read one format each
into ``Found``: what stands in a sheet, cell by cell, so that a far cell costs a cell and not a rectangle.
"""
