"""The completeness map: each service × (target, standard, funding, coverage), row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tjkg.query import internal
from tjkg.store.answers import Store

__all__ = ["ASPECTS", "STATES", "Row", "completeness", "of_service"]

ASPECTS = ("target", "standard", "funding", "coverage")
# from what most needs a keeper's eye to what needs none
STATES = ("conflict", "text_only", "not_stated", "left_to_rule", "structured")


@dataclass(frozen=True)
class Row:
    """A row of a table: the state of each of its cells (keys ASPECTS, values STATES)."""

    service: str
    number: int
    states: Mapping[str, str]


def _facts(store: Store) -> Iterator[tuple[str, int, set[str]]]:
    """(service, row, what is known of its cells), in the order of the plan."""
    rows: dict[tuple[str, int], set[str]] = {}
    for name, number, fact in store.select(internal("completeness")).rows:
        known = rows.setdefault((str(name), number if isinstance(number, int) else 0), set())
        if fact is not None:
            known.add(str(fact))
    for (name, number), known in rows.items():
        yield name, number, known


def _target(known: set[str]) -> str:
    if "target-text" not in known:
        return "not_stated"
    return "structured" if "criterion" in known else "text_only"


def _standard(known: set[str]) -> str:
    if known & {"amount", "in_kind", "limit", "contribution", "tied"}:
        return "structured"
    if "left_to_rule" in known:
        return "left_to_rule"
    return "not_stated" if "not_stated" in known or "guarantee-text" not in known else "text_only"


def _funding(known: set[str]) -> str:
    if "funding-text" not in known:
        return "not_stated"
    return "structured" if known & {"payer", "contribution"} else "text_only"


def _coverage(known: set[str]) -> str:
    if "coverage-text" not in known:
        return "not_stated"
    return "structured" if "coverage" in known else "text_only"


_RULES = {"target": _target, "standard": _standard, "funding": _funding, "coverage": _coverage}


def completeness(store: Store, conflicts: Iterable[tuple[str, str | None]] = ()) -> list[Row]:
    """The map of the edition in use.

    conflicts: (service, cell) of the findings in which the plan contradicts itself.
    """
    clash = set(conflicts)
    return [
        Row(name, number, {a: "conflict" if (name, a) in clash else _RULES[a](known) for a in ASPECTS})
        for name, number, known in _facts(store)
    ]


def of_service(rows: Iterable[Row]) -> dict[str, dict[str, str]]:
    """service → aspect → the state of its rows that most needs an eye."""
    found: dict[str, dict[str, str]] = {}
    for row in rows:
        states = found.setdefault(row.service, dict(row.states))
        for aspect in ASPECTS:
            states[aspect] = min(states[aspect], row.states[aspect], key=STATES.index)
    return found
