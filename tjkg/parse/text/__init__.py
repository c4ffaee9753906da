"""Text as the rules see it: one folded line, clauses, brackets apart, names and numerals in it."""
