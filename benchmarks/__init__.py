"""Side by side with named peers, in one run: medians and ratios."""
