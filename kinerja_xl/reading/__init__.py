"""From a file to a submission: gate (is it safe and ours?), cells, locate (where are the tables?), parse."""
