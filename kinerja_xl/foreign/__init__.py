"""Reading workbooks that no form of ours made: any file, any layout, nothing invented.

``regions`` finds the tables of a sheet (``reading.source`` gave it) and what each column holds, ``kinds`` what table it is,
``lines`` which rows are lines, ``prove`` compares the lines with every sum that the sheet prints, ``read`` puts it
together. What stays doubtful is said or asked, never guessed.
"""
