"""What is to be reached: coverage cells, numbers of the prose, values of indicators."""
