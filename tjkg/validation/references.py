"""Links to nodes that are not there, and terms the vocabulary does not have, found in the triples as such."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tjkg.namespaces import BASE, PREFIXES, TJKG
from tjkg.validation import rules
from tjkg.validation.finding import Finding, Rule
from tjkg.validation.places import Places

__all__ = ["references"]

_OURS = f"<{BASE}".encode()
_TERM = f"<{PREFIXES['tjkg']}".encode()
_TYPE = f"<{PREFIXES['rdf']}type>".encode()
_NO_LINK = frozenset(f"<{iri}>".encode() for iri in (
    TJKG.replaces, PREFIXES["owl"] + "versionIRI", PREFIXES["prov"] + "wasRevisionOf",  # another edition has its own graph
))


def references(
    ntriples: bytes, places: Places, known: Callable[[bytes], bool] | None = None
) -> Iterator[Finding]:
    """Findings on links and terms.

    ntriples: the whole dataset, ontology included, one triple a line; or a part of it, and `known` tells
    whether a node outside it (as an N-Triples term) is described.
    """
    described: set[bytes] = set()
    links: set[tuple[bytes, bytes, bytes]] = set()
    used: dict[bytes, bytes] = {}
    for line in ntriples.split(b"\n"):
        subject, _, rest = line.partition(b" ")
        predicate, _, obj = rest.partition(b" ")
        described.add(subject)
        if obj.startswith(_OURS) and predicate not in _NO_LINK:
            links.add((subject, predicate, obj.removesuffix(b" .")))
        if predicate.startswith(_TERM):
            used[predicate] = subject
    there = described.__contains__ if known is None else lambda term: term in described or known(term)
    loose = sorted(link for link in links if not there(link[2]))
    used |= {obj: subject for subject, predicate, obj in loose if predicate == _TYPE and obj.startswith(_TERM)}
    dangling, unknown = rules.check("reference-dangling", "violation"), rules.check("term-unknown", "violation")
    missing = {term: node for term, node in used.items() if not there(term)}
    for term, node in sorted(missing.items()):
        yield _told(unknown, node, None, places, term=term[len(_TERM) : -1].decode())
    for subject, predicate, obj in loose:
        if predicate != _TYPE or obj not in missing:
            name = places.about(predicate[1:-1].decode()).label
            yield _told(
                dangling, subject, predicate[1:-1].decode(), places, property=name.zh,
                object=obj[1:-1].decode().rsplit("/", 1)[-1],
            )


def _told(rule: Rule, node: bytes, path: str | None, places: Places, **values: str) -> Finding:
    focus = node[1:-1].decode()
    about = places.about(focus)
    spot = places.spot(focus, path)
    return Finding(
        rule.severity, rule.id, about.label, rule.message.filled(values), rule.why, rule.fix, service=about.service,
        cell=places.cell(spot), spot=spot, focus=focus, path=path, heading=rule.name,
    )
