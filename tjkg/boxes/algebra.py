"""Boxes: inside, meets, what they have in common, and the maximal boxes of a union."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, product

__all__ = ["Box", "absorb", "inside", "intersect", "meets", "primes"]

Box = dict[str, int]


def inside(box: Box, other: Box) -> bool:
    """Whether the first lies in the second."""
    for variable, mask in other.items():
        if variable not in box or box[variable] & ~mask:
            return False
    return True


def meets(box: Box, other: Box) -> bool:
    """Whether they have a point in common."""
    for variable, mask in other.items():
        if variable in box and not box[variable] & mask:
            return False
    return True


def intersect(box: Box, other: Box) -> Box | None:
    """What they have in common, or None."""
    result = dict(box)
    for variable, mask in other.items():
        common = result[variable] & mask if variable in result else mask
        if not common:
            return None
        result[variable] = common
    return result


def absorb(boxes: Iterable[Box]) -> list[Box]:
    """The boxes without those that lie in another."""
    kept: list[Box] = []
    for box in sorted(boxes, key=len):
        if not any(inside(box, other) for other in kept):
            kept = [other for other in kept if not inside(other, box)]
            kept.append(box)
    return kept


def _consensus(a: Box, b: Box, full: Mapping[str, int]) -> Iterator[Box]:
    """The boxes that lie in the union of both and reach from one into the other."""
    rest: Box = {}
    closed: str | None = None  # a variable on which they have nothing in common
    for variable in a.keys() | b.keys():
        common = a.get(variable, full[variable]) & b.get(variable, full[variable])
        if not common:
            if closed is not None:
                return
            closed = variable
        else:
            rest[variable] = common
    for variable in [closed] if closed is not None else list(a.keys() & b.keys()):
        union = a[variable] | b[variable]
        if union in (a[variable], b[variable]):
            continue
        box = {v: m for v, m in rest.items() if v != variable and m != full[v]}
        if union != full[variable]:
            box[variable] = union
        yield box


def primes(boxes: Iterable[Box], full: Mapping[str, int]) -> list[Box]:
    """All maximal boxes of the union of some boxes."""
    kept = absorb(boxes)
    fresh = kept
    while fresh:
        old = [box for box in kept if box not in fresh]
        pairs = [*combinations(fresh, 2), *product(fresh, old)]
        made: list[Box] = []
        for a, b in pairs:
            for box in _consensus(a, b, full):
                if not any(inside(box, other) for other in kept) and not any(inside(box, m) for m in made):
                    made.append(box)
        kept = absorb([*kept, *made])
        fresh = [box for box in made if box in kept]
    return kept
