"""Rooms of `validate`: what is checked, by which engine, and what a finding says to a keeper."""
