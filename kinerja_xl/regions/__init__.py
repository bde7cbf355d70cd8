"""What stands where on a sheet that no form of ours made, whatever it means: asked by ``foreign`` and ``filling`` alike.

``words`` says what a heading may mean, ``heads`` which rows are headings (``shape``: where no word is known), ``tables`` where
each table begins and ends (``flat``: one that lies otherwise, laid flat), ``amounts`` what a cell says as a figure, ``columns``
what each column holds, ``facts`` what the arithmetic between columns says. Nothing here knows kinds, lines or sums.
"""
