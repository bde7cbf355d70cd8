"""Pure reckoning: from judged submissions to the recap. Nothing here reads or writes files."""
