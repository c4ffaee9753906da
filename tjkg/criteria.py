"""Facts and criteria as a store has them, on one space of cells: what screening, batch and diff run on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tjkg import boxes
from tjkg.boxes import Box, Rules, Space
from tjkg.errors import DataError
from tjkg.facts import Facts, Tree
from tjkg.query import internal
from tjkg.store.answers import Store

__all__ = ["Criteria", "Criterion", "Ruled", "load", "load_facts"]


@dataclass(frozen=True)
class Criterion:
    """A condition: its tree, the boxes inside which it is sure and those outside which it is not."""

    tree: Tree
    sure: list[Box]
    may: list[Box]
    state: str = "reviewed"


@dataclass(frozen=True)
class Ruled:
    """A standard with its criterion; benefits: IRI → the criterion it has beside the standard's."""

    iri: str
    service: str
    number: int
    order: int
    universal: bool
    criterion: Criterion
    benefits: dict[str, Criterion] = field(default_factory=dict)
    excludes: tuple[str, ...] = ()
    builds_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Criteria:
    """All criteria of an edition in plan order, on one space."""

    facts: Facts
    space: Space
    rules: Rules
    standards: tuple[Ruled, ...]


def load_facts(store: Store) -> Facts:
    """What an applicant may state, as the edition in use has it.

    Raises:
        DataError: the edition has no compiled criteria.
    """
    found = store.select(internal("criteria-rules")).rows
    if not found:
        raise DataError(f"版本 {store.plan} 没有资格条件", cure="请在它的文件夹里写 criteria.ttl，再运行 tjkg build")
    return Facts.from_plain(json.loads(str(found[0][0])))


def load(store: Store) -> Criteria:
    """The criteria of the edition in use.

    Raises:
        DataError: the edition has none.
    """
    facts = load_facts(store)
    raw = [
        (str(owner), None if standard is None else str(standard), json.loads(str(tree)), json.loads(str(plain)), str(state))
        for owner, standard, tree, plain, state in store.select(internal("criteria")).rows
    ]
    cuts = boxes.cuts_of(facts, (tree for c in facts.contradictions for tree in (c.when, c.never)))
    for name, set_of in boxes.cuts_of(facts, [*facts.definitions.values(), *(t for _, _, t, _, _ in raw)]).items():
        cuts.setdefault(name, set()).update(set_of)
    for _, _, _, plain, _ in raw:
        for stored in plain.values():
            boxes.stored_cuts(stored, cuts)
    space = Space(facts, cuts)
    of_owner = {owner: Criterion(tree, boxes.load(plain["sure"], space), boxes.load(plain["may"], space), state)
                for owner, _, tree, plain, state in raw}
    of_benefit: dict[str, dict[str, Criterion]] = {}
    for owner, standard, *_ in raw:
        if standard is not None:
            of_benefit.setdefault(standard, {})[owner] = of_owner[owner]
    standards = _standards(store, of_owner, of_benefit)
    return Criteria(facts, space, Rules(facts.contradictions, space), standards)


def _standards(
    store: Store, of_owner: Mapping[str, Criterion], of_benefit: Mapping[str, dict[str, Criterion]]
) -> tuple[Ruled, ...]:
    found: dict[str, Ruled] = {}
    links: dict[str, tuple[set[str], set[str]]] = {}
    for iri, service, number, order, universal, excludes, builds in store.select(internal("criteria-standards")).rows:
        key = str(iri)
        found[key] = Ruled(
            key, str(service), int(str(number)), int(str(order)), bool(universal), of_owner[key], of_benefit.get(key, {})
        )
        pair = links.setdefault(key, (set(), set()))
        for link, into in ((excludes, pair[0]), (builds, pair[1])):
            if link is not None:
                into.add(str(link))
    return tuple(sorted((_linked(r, *links[r.iri]) for r in found.values()), key=lambda r: r.order))


def _linked(ruled: Ruled, excludes: Iterable[str], builds: Iterable[str]) -> Ruled:
    return Ruled(ruled.iri, ruled.service, ruled.number, ruled.order, ruled.universal, ruled.criterion,
                 ruled.benefits, tuple(sorted(excludes)), tuple(sorted(builds)))
