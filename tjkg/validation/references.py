"""Links to nodes that are not there, and terms the vocabulary does not have, found in the triples as such."""

from __future__ import annotations

from collections.abc import Iterator

from tjkg.namespaces import BASE, PREFIXES, TJKG
from tjkg.validation import rules
from tjkg.validation.finding import Finding, Rule
from tjkg.validation.places import Places

__all__ = ["references"]

_OURS = "<" + BASE
_TERM = f"<{PREFIXES['tjkg']}"
_TYPE = f"<{PREFIXES['rdf']}type>"
_NO_LINK = frozenset(f"<{iri}>" for iri in (TJKG.replaces, PREFIXES["owl"] + "versionIRI"))


def _triples(ntriples: bytes) -> Iterator[tuple[str, str, str]]:
    for line in ntriples.decode().splitlines():
        subject, _, rest = line.partition(" ")
        predicate, _, obj = rest.partition(" ")
        yield subject, predicate, obj.removesuffix(" .")


def references(ntriples: bytes, places: Places) -> Iterator[Finding]:
    """Findings on links and terms.

    ntriples: the whole dataset, ontology included, one triple a line.
    """
    subjects: set[str] = set()
    links: list[tuple[str, str, str]] = []
    used: dict[str, str] = {}
    for subject, predicate, obj in _triples(ntriples):
        subjects.add(subject)
        if obj.startswith(_OURS) and predicate not in _NO_LINK:
            links.append((subject, predicate, obj))
        term = obj if predicate == _TYPE else predicate
        if term.startswith(_TERM):
            used.setdefault(term, subject)
    dangling, unknown = rules.check("reference-dangling", "violation"), rules.check("term-unknown", "violation")
    missing = {term: node for term, node in used.items() if term not in subjects}
    for term, node in sorted(missing.items()):
        yield _told(unknown, node, None, places, term=term[len(_TERM) : -1])
    for subject, predicate, obj in sorted(set(links)):
        if obj not in subjects and not (predicate == _TYPE and obj in missing):
            name = places.about(predicate[1:-1]).label
            yield _told(dangling, subject, predicate[1:-1], places, property=name.zh, object=obj[1:-1].rsplit("/", 1)[-1])


def _told(rule: Rule, node: str, path: str | None, places: Places, **values: str) -> Finding:
    focus = node[1:-1]
    about = places.about(focus)
    spot = places.spot(focus, path)
    return Finding(
        rule.severity, rule.id, about.label, rule.message.filled(values), rule.why, rule.fix, service=about.service,
        cell=places.cell(spot), spot=spot, focus=focus, path=path,
    )
