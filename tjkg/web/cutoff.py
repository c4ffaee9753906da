"""Results that are cut off: whole rows up to the limit, closed as their format asks, and saying so."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["closed", "noted"]


class _Shape(NamedTuple):
    """row: the bytes between or after two rows; keep: how many of them belong to the row; end: what closes."""

    row: bytes
    keep: int
    end: bytes


# Each mark can only be structure: inside values the format escapes its quote, angle bracket or line end.
_SHAPES = {
    "json": _Shape(b'}},{"', 2, b"]}}"),
    "xml": _Shape(b"</result><", 9, b"</results></sparql>"),
    "csv": _Shape(b"\r\n", 2, b""),
    "tsv": _Shape(b"\n", 1, b""),
    "nt": _Shape(b" .\n", 3, b""),
    "ttl": _Shape(b" .\n", 3, b""),
    "jsonld": _Shape(b']},{"@id":', 2, b"]"),
    "rdfxml": _Shape(b"</rdf:Description>\n", 19, b"</rdf:RDF>\n"),
}


def closed(data: bytes, fmt: str) -> bytes:
    """Output that was stopped anywhere, as a well-formed result of the rows that are whole."""
    shape = _SHAPES[fmt]
    place = data.rfind(shape.row)
    if fmt == "csv":  # a line end inside quotes belongs to a value
        while place > 0 and data.count(b'"', 0, place) % 2:
            place = data.rfind(shape.row, 0, place)
    if place < 0:
        return b"" if fmt in ("csv", "tsv", "nt", "ttl") else _EMPTY[fmt]
    return data[:place + shape.keep] + shape.end


_EMPTY = {
    "json": b'{"head":{"vars":[]},"results":{"bindings":[]}}',
    "xml": b'<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head></head>'
    b"<results></results></sparql>",
    "jsonld": b"[]",
    "rdfxml": b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"></rdf:RDF>',
}


def noted(data: bytes, fmt: str, link: str) -> bytes:
    """The result with a word on the cut where its format has a place for one (link: what a cut is, as IRI)."""
    if fmt == "json":  # `link` of the head: SPARQL 1.1 Query Results JSON §3.1.2
        return data.replace(b'"head":{', b'"head":{"link":["' + link.encode() + b'"],', 1)
    if fmt == "xml":  # §2.2: link elements follow the variables
        return data.replace(b"</head>", b'<link href="' + link.encode() + b'"/></head>', 1)
    if fmt in ("ttl", "nt"):
        return data + b"# cut off: " + link.encode() + b"\n"
    return data
