"""The list of services against the tables of standards: each fault is told once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher

from tjkg.records import Category, Finding, Passage, Service

__all__ = ["check_list"]

_ALIKE = 0.7  # two names this alike (difflib's ratio) are one name spelled twice


def _counts(found: Sequence[Category]) -> Iterator[Finding]:
    for category in found:
        if category.count is not None and category.count != len(category.services):
            values = {"category": category.name, "printed": str(category.count), "found": str(len(category.services))}
            yield Finding("violation", "count-differs", values, category.passage)


def _twice(found: Sequence[Category], services: Sequence[Service]) -> Iterator[Finding]:
    places = (
        ("listed-twice", [pair for c in found for pair in c.services]),
        ("service-twice", [(s.name, s.passage) for s in services]),
    )
    for rule, names in places:
        seen: Counter[str] = Counter()
        for name, passage in names:
            seen[name] += 1
            if seen[name] > 1:
                yield Finding("violation", rule, {"name": name}, passage, name)


def _alike(name: str, others: Collection[str]) -> str | None:
    """The most alike of other names, if it is alike enough to be the same."""
    ratio = {other: SequenceMatcher(None, name, other, autojunk=False).ratio() for other in others}
    best = max(ratio, key=lambda other: ratio[other], default=None)
    return best if best is not None and ratio[best] >= _ALIKE else None


def check_list(
    found: Sequence[Category], services: Sequence[Service], told: Collection[str] = ()
) -> list[Finding]:
    """Names on one side only, names spelled in two ways, a name twice, a printed count that does not fit.

    told: services whose rows could not be read; their faults are told already.
    """
    findings = [*_counts(found), *_twice(found, services)]
    listed: dict[str, Passage] = {name: place for c in found for name, place in c.services}
    tabled = {s.name for s in services}
    missing = [name for name in listed if name not in tabled and name not in told]
    for service in services:
        if not found or service.name in listed:
            continue
        other = _alike(service.name, missing)
        if other is None:
            findings.append(
                Finding("violation", "not-in-list", {"name": service.name}, service.passage, service.name)
            )
        else:
            missing.remove(other)
            values = {"name": service.name, "listed": other}
            findings.append(Finding("violation", "name-differs", values, service.passage, service.name))
    return findings + [Finding("violation", "not-in-tables", {"name": n}, listed[n], n) for n in missing]
