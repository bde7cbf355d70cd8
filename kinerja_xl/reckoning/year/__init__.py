"""What came back during the year: which file counts, and each figure's track through the files."""
