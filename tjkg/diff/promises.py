"""What a new edition must not take back quietly: services, amounts, tiers, coverage, audiences, IRIs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tjkg.diff import base as base_of
from tjkg.diff import compare
from tjkg.diff.change import Change
from tjkg.diff.side import Acknowledged, Side, key_of
from tjkg.edits import fold
from tjkg.iris import local

__all__ = ["Broken", "broken"]


@dataclass(frozen=True)
class Broken:
    """A promise that is less than it was.

    rule: promise-service-lost | promise-less | promise-iri-changed. change: what changed (None for an
    IRI). old: the IRI there was. accepted: the consent, if the data has one.
    """

    rule: str
    service: str
    change: Change | None = None
    old: str | None = None
    accepted: Acknowledged | None = None


def broken(old: Side, new: Side) -> Iterator[Broken]:
    """The promises of the old side that the new one breaks, in the order of the plan."""
    known = (*new.acknowledged, *(a for a in old.acknowledged if a not in new.acknowledged))
    for change in compare(old, new, base_of(old, new)).changes:
        if change.severity == "violation" and change.service is not None:
            lost = change.aspect == "name" and change.kind == "removed"
            rule = "promise-service-lost" if lost else "promise-less"
            yield Broken(rule, change.service, change, None, _accepted(change, known))
    if not (old.loose or new.loose):
        yield from _iris(old, new)


def _accepted(change: Change, known: tuple[Acknowledged, ...]) -> Acknowledged | None:
    """The consent to a change: of that service, quoting its old or new words (for a service: its name)."""
    for one in known:
        said = [fold(q.text) for q in (change.quote_old, change.quote_new) if q]
        said += [fold(t) for t in (change.old, change.new) if t]
        names = {local(n) for n in (change.service, *change.services) if n}
        if one.service in names and any(fold(one.quote) in s for s in said):
            return one
    return None


def _iris(old: Side, new: Side) -> Iterator[Broken]:
    """Services of one name under another IRI, unless data says which replaces which."""
    before = {str(s["name"]): s for s in old.services}
    for service in new.services:
        was = before.get(str(service["name"]))
        if was is not None and was["iri"] != service["iri"]:
            successors = new.successors.get(key_of(was), frozenset())
            if key_of(service) not in successors:
                yield Broken("promise-iri-changed", str(service["name"]), None, str(was["iri"]))
