"""What changed between two editions, in policy words."""
