"""What a task gives back, and the media types of the formats."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["GRAPH_FORMATS", "MEDIA", "RESULT_FORMATS", "Refused", "Reply"]

RESULT_FORMATS = ("json", "xml", "csv", "tsv")
GRAPH_FORMATS = ("ttl", "nt", "jsonld", "rdfxml")

MEDIA = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
    "ttl": "text/turtle; charset=utf-8",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
    "trig": "application/trig",
}


class Reply(NamedTuple):
    """body, its media type, and what limit cut it off (rows, bytes), if one did."""

    body: bytes
    media: str
    cut: str | None = None


class Refused(Exception):
    """There is no acceptable format for the query's form: `rows` or `triples`."""
