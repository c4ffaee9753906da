"""Triples that are the same bytes each time: blank nodes named by what is said of them, lines in order.

Files written by hand hold blank nodes (conditions as nested brackets and lists); every load names them
anew. Such nodes form trees, so a hash of their statements names them; as IRIs they are skolemised
(RDF 1.1 Concepts, section 3.5).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256

__all__ = ["GENID", "lines", "skolemised"]

GENID = "https://w3id.org/tjkg/.well-known/genid/"
_BLANK = re.compile(r"_:[^\s<>\"]+")
_TRIPLE = re.compile(r"(\S+) (\S+) (.+?) ?\.\s*$")


def lines(ntriples: bytes) -> list[str]:
    """The triples of N-Triples as lines in order, blank nodes as skolem IRIs."""
    parsed = [m.groups() for line in ntriples.decode("utf-8").splitlines() if (m := _TRIPLE.match(line))]
    names = _names(parsed)

    def named(term: str) -> str:
        return names.get(term, term)

    return sorted({f"{named(s)} {p} {named(o)} ." for s, p, o in parsed})


def _names(parsed: Sequence[tuple[str, ...]]) -> dict[str, str]:
    """Blank node → skolem IRI, by the hash of its statements, its blank children's hashes among them."""
    said: dict[str, list[tuple[str, str]]] = {}
    for s, p, o in parsed:
        if s.startswith("_:"):
            said.setdefault(s, []).append((p, o))
        if o.startswith("_:"):
            said.setdefault(o, [])
    done: dict[str, str] = {}

    def hashed(node: str, above: frozenset[str]) -> str:
        if node not in done:
            told = sorted(
                f"{p} {hashed(o, above | {node}) if o in said and o not in above else o if o not in said else '@'}"
                for p, o in said[node]
            )
            done[node] = sha256("\n".join(told).encode()).hexdigest()
        return done[node]

    return {node: f"<{GENID}{hashed(node, frozenset((node,)))[:32]}>" for node in said}


def skolemised(graphs: Iterable[tuple[bytes, str]]) -> list[tuple[bytes, str]]:
    """(N-Triples, graph) pairs with every blank node named; the same bytes for the same data."""
    return [("".join(line + "\n" for line in lines(data)).encode(), graph) for data, graph in graphs]
