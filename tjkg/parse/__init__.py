"""Canonical text → records: form first (outline, tables), then what the cells mean; no RDF here."""
