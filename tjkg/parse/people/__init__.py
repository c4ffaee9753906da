"""Whom a plan speaks to and which organisations it names, in which role."""
