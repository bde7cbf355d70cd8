"""Reading workbooks that no form of ours made: any file, any layout, nothing invented.

``source`` turns bytes into grids, ``heads`` and ``tables`` find the tables, ``columns`` says what each column holds,
``lines`` which rows are lines, ``prove`` compares the lines with every sum that the sheet prints, ``read`` puts it
together. What stays doubtful is said or asked, never guessed.
"""
