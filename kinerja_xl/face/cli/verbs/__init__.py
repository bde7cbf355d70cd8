"""Verbs of the command line, a module each: arguments in, one function called, Indonesian out. Light to import."""
