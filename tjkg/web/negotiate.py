"""Which of the formats on offer an Accept header asks for (RFC 9110 §12.5.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

__all__ = ["GRAPH_TYPES", "PAGE_TYPES", "RESULT_TYPES", "best", "named"]

# media type → format, the preferred one of a format first; order of formats is our own preference
RESULT_TYPES: Mapping[str, str] = MappingProxyType({
    "application/sparql-results+json": "json", "application/json": "json",
    "application/sparql-results+xml": "xml", "application/xml": "xml", "text/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
})
GRAPH_TYPES: Mapping[str, str] = MappingProxyType({
    "text/turtle": "ttl", "application/x-turtle": "ttl", "text/n3": "ttl",
    "application/n-triples": "nt", "text/plain": "nt",
    "application/ld+json": "jsonld", "application/json": "jsonld",
    "application/rdf+xml": "rdfxml", "application/xml": "rdfxml", "text/xml": "rdfxml",
})
PAGE_TYPES: Mapping[str, str] = MappingProxyType({
    "text/html": "html", "application/xhtml+xml": "html",
    **{media: fmt for media, fmt in GRAPH_TYPES.items() if media not in ("text/plain", "application/xml", "text/xml")},
})

_SHORT = MappingProxyType({
    "json": "json", "srj": "json", "xml": "xml", "srx": "xml", "csv": "csv", "tsv": "tsv", "turtle": "ttl", "ttl": "ttl",
    "nt": "nt", "ntriples": "nt", "n-triples": "nt", "jsonld": "jsonld", "json-ld": "jsonld", "rdfxml": "rdfxml",
    "rdf+xml": "rdfxml", "rdf/xml": "rdfxml", "rdf": "rdfxml", "html": "html",
})


def named(value: str) -> str | None:
    """The format of a short name or media type in a `format` parameter; None when it is none we know."""
    return _SHORT.get(value.lower()) or RESULT_TYPES.get(value.lower()) or GRAPH_TYPES.get(value.lower())


def _ranges(accept: str) -> list[tuple[str, float]]:
    """(media range, q) of each member; a q that is no number is 0."""
    found = []
    for member in accept.split(","):
        media, *parameters = (part.strip() for part in member.split(";"))
        quality = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip().lower() == "q":
                try:
                    quality = min(1.0, max(0.0, float(value)))
                except ValueError:
                    quality = 0.0
        if media:
            found.append((media.lower(), quality))
    return found


def _quality(media: str, ranges: Sequence[tuple[str, float]]) -> tuple[float, int]:
    """(q, how specific the range is) of a media type: the most specific range decides."""
    kind = media.partition("/")[0]
    found = [
        (3 if wanted == media else 2 if wanted == f"{kind}/*" else 1, quality)
        for wanted, quality in ranges
        if wanted in (media, f"{kind}/*", "*/*", "*")
    ]
    if not found:
        return 0.0, 0
    specific, quality = max(found)
    return quality, specific


@lru_cache(maxsize=1024)
def _best(accept: str, offered: tuple[tuple[str, str], ...]) -> tuple[str, str] | None:
    ranges = _ranges(accept) or [("*/*", 1.0)]
    first = None
    for media, fmt in offered:
        quality, specific = _quality(media, ranges)
        if quality > 0 and (first is None or quality > first[0] or (quality == first[0] and specific > first[1] == 1)):
            first = (quality, specific, media, fmt)
    return first[2:] if first else None


def best(accept: str | None, offered: Mapping[str, str]) -> str | None:
    """The format wanted most; None when none is acceptable.

    accept: the header, None or empty for anything; offered: media type → format in our order, which
    decides between equals; a range that names a type beats `*/*` of the same q.
    """
    found = _best((accept or "")[:4096], tuple(offered.items()))
    return found[1] if found else None
