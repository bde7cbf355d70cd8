"""One module per verb, named as the verb, over one year's folder: reads what it needs, calls the stages, writes at the end."""
