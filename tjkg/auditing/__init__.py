"""Rooms of `audit`: which nodes stand for which characters, every number's fate, the completeness map."""
