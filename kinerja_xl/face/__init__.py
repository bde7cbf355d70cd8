"""Faces of the program: the command line. Arguments in, one use called, Indonesian out."""
