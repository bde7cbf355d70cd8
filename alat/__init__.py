"""Tools of whoever builds this, run by hand; nothing of them is delivered."""
