"""Validation that goes on: after the first time only what a changed service touches is looked at again.

A service is checked with its own nodes and the nodes they point to; no shape and no rule on single
services looks further. What compares services is asked of the whole again, which is quick. A change
outside services (the outline, indicators, shared data) is a new dataset.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tjkg.iris import GRAPH
from tjkg.namespaces import PREFIXES, TJKG
from tjkg.store.memory import open_memory
from tjkg.validation import shacl
from tjkg.validation.checks import of_services, of_whole
from tjkg.validation.dataset import Dataset
from tjkg.validation.engine import Result
from tjkg.validation.finding import Finding
from tjkg.validation.places import Places
from tjkg.validation.rules import questions

__all__ = ["Session"]

_TYPE = f"<{PREFIXES['rdf']}type>".encode()
_SERVICE = f"<{TJKG.BasicPublicService}>".encode()
# what belongs to a service: from it to its rows, their statements, conditions and passages
_OWNED = frozenset(
    f"<{iri}>".encode() for iri in (
        *(TJKG[t] for t in (
            "hasStandard", "hasAgencyRole", "hasAudience", "hasBenefit", "hasFunding", "hasContribution",
            "hasCoverageTarget", "hasLimit", "hasCriterion", "condition", "negatedCondition", "statedIn",
            "conditionStatedIn", "listedIn", "targetCell", "guaranteeCell", "fundingCell", "coverageCell",
        )),
        PREFIXES["cpsv"] + "produces", PREFIXES["cv"] + "holdsRequirement",
        *(PREFIXES["sh"] + t for t in ("property", "node", "or", "not", "and")),
        PREFIXES["rdf"] + "first", PREFIXES["rdf"] + "rest",
    )
)
_WHOLE_CHECKS = ("background-against-indicator", "amount-not-in-tables")


def _split(line: bytes) -> tuple[bytes, bytes, bytes]:
    subject, _, rest = line.partition(b" ")
    predicate, _, obj = rest.partition(b" ")
    return subject, predicate, obj.removesuffix(b" .")


class Session:
    """A dataset with its findings, kept while it is edited; `findings` is what stands now."""

    def __init__(self, dataset: Dataset, engine: shacl.Engine) -> None:
        """Checks everything once. dataset: an edition or document; its store is changed by `revise`."""
        self._dataset, self._engine = dataset, engine
        dataset.store.settle()
        everything = set(dataset.store.ntriples().splitlines())
        self._lines = set(dataset.store.dump("nt", [GRAPH + dataset.store.plan]).splitlines())
        self._of: dict[bytes, set[bytes]] = {}
        self._above: dict[bytes, set[bytes]] = {}
        self._index(everything)
        self._whole_rules = {q.id for q in questions() if "whole" in q.tags} | set(_WHOLE_CHECKS)
        places = Places(dataset.store)
        self._found = [
            *of_services(dataset.store, dataset.text, engine, places), *of_whole(dataset.store, dataset.text, places),
        ]

    @property
    def findings(self) -> list[Finding]:
        """All findings, before what follows from others is left out (see `validate.standing`)."""
        return list(self._found)

    def _index(self, lines: Iterable[bytes]) -> None:
        for line in lines:
            subject, predicate, obj = _split(line)
            self._of.setdefault(subject, set()).add(line)
            if predicate in _OWNED:
                self._above.setdefault(obj, set()).add(subject)

    def _unindex(self, lines: Iterable[bytes]) -> None:
        for line in lines:
            subject, _, _ = _split(line)
            self._of[subject].discard(line)
            if not self._of[subject]:
                del self._of[subject]

    def _services_of(self, nodes: Iterable[bytes]) -> set[bytes] | None:
        """The services that own some nodes; None where one of them belongs to no service."""
        found: set[bytes] = set()
        for node in nodes:
            owners, seen, queue = set(), {node}, [node]
            while queue:
                here = queue.pop()
                if any(_split(line)[1:] == (_TYPE, _SERVICE) for line in self._of.get(here, ())):
                    owners.add(here)
                    continue
                for above in self._above.get(here, set()) - seen:
                    seen.add(above)
                    queue.append(above)
            if not owners:
                return None
            found |= owners
        return found

    def _unit(self, services: Iterable[bytes]) -> tuple[set[bytes], bytes]:
        """(the nodes of some services, their triples with those of what they point to)."""
        own, queue = set[bytes](), list(services)
        while queue:
            here = queue.pop()
            if here in own:
                continue
            own.add(here)
            queue += [obj for _, predicate, obj in map(_split, self._of.get(here, ())) if predicate in _OWNED]
        lines = {line for node in own for line in self._of.get(node, ())}
        near = {term for triple in map(_split, lines) for term in triple[1:] if term.startswith(b"<")} - own
        plan = {f"<{self._dataset.plan}>".encode()} if self._dataset.plan else set()
        text = {obj for node in plan for _, p, obj in map(_split, self._of.get(node, ())) if p.endswith(b"#hasText>")}
        lines |= {line for node in (near | plan | text) for line in self._of.get(node, ())}
        return own, b"\n".join(sorted(lines)) + b"\n"

    def revise(self, ntriples: bytes) -> bool:
        """Takes the edition's triples as they are now (N-Triples); whether only services had to be looked at.

        False: something outside the services changed, and everything was checked again.
        """
        now = set(ntriples.splitlines()) - {b""}
        gone, come = self._lines - now, now - self._lines
        before = self._services_of({_split(line)[0] for line in gone})
        self._unindex(gone)
        self._index(come)
        self._lines = now
        self._dataset.store.revise(b"\n".join(gone), b"\n".join(come))
        after = self._services_of({_split(line)[0] for line in come})
        if before is None or after is None:
            self._all()
            return False
        if before | after:
            self._some(before | after)
        return True

    def _all(self) -> None:
        store, text = self._dataset.store, self._dataset.text
        places = Places(store)
        self._found = [*of_services(store, text, self._engine, places), *of_whole(store, text, places)]

    def _some(self, services: set[bytes]) -> None:
        own, triples = self._unit(services)
        plan = self._dataset.store.plan
        store = open_memory([(triples, GRAPH + plan)], plan)
        nodes = {node[1:-1].decode() for node in own if node.startswith(b"<")}

        def engine(ntriples: bytes) -> list[Result]:
            return [r for r in self._engine(ntriples) if r.focus in nodes]

        new = [
            f for f in of_services(store, self._dataset.text, engine, Places(store), self._of.__contains__)
            if f.focus in nodes
        ]
        names = set(self._names(services)) | {f.service for f in new if f.service}
        kept = [
            f for f in self._found
            if f.rule not in self._whole_rules and f.focus not in nodes and (f.service is None or f.service not in names)
        ]
        self._found = [*kept, *new, *of_whole(self._dataset.store, self._dataset.text, Places(self._dataset.store))]

    def _names(self, services: Iterable[bytes]) -> Iterator[str]:
        store = self._dataset.store
        places = Places(store)
        for service in services:
            name = places.about(service[1:-1].decode()).service
            if name:
                yield name
