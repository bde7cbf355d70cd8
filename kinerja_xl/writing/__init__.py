"""Writing: the template book, the recap book and the one way a finished file reaches the disk."""
