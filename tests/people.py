"""Applicants drawn for tests: fully described points inside, beside or anywhere around a box."""

from __future__ import annotations

import random
from collections.abc import Iterable

from tests.conftest import ROOT
from tjkg.applicant import ABOUTS, Applicant, start
from tjkg.boxes import Box, Rules, Space
from tjkg.criteria import Criteria
from tjkg.facts import ABOUT, Facts

__all__ = ["ROOT", "beside", "draw", "known_by_name", "person", "points"]


def _bits(mask: int) -> list[int]:
    return [1 << i for i in range(mask.bit_length()) if mask >> i & 1]


def draw(facts: Facts, space: Space, rules: Rules, within: Box, rng: random.Random) -> Box | None:
    """A point (one value a variable) in a box that can be; None when none was found in forty tries."""
    for _ in range(40):
        abouts = [a for a in ABOUTS if space.values(ABOUT, (ABOUTS[a],)) & within.get(ABOUT, -1)]
        about = "person" if "person" in abouts and rng.random() < 0.8 else rng.choice(abouts)
        box = start(facts, space, about)
        for variable, mask in within.items():
            box[variable] &= mask
        if not all(box.values()):
            continue
        for variable in ("age", "disability_kind", "sex", "children"):
            box[variable] = rng.choice(_bits(box[variable]))
        box = rules.narrow(box)
        if not all(box.values()):
            continue
        point = {variable: rng.choice(_bits(mask)) for variable, mask in box.items()}
        if all(rules.narrow(point).values()):
            return point
    return None


def beside(box: Box, space: Space, rng: random.Random) -> Iterable[Box]:
    """For each variable of a box, the box with just that one outside: the nearest ranges of a number."""
    for variable, mask in box.items():
        outside = space.full[variable] & ~mask
        if variable in space.edges:
            near = (mask << 1 | mask >> 1) & outside & ~space.na(variable)
            outside = near or outside
        yield {**box, variable: outside}


def points(criteria: Criteria, box: Box, rng: random.Random, count: int) -> Iterable[Box]:
    """Some points of a box."""
    for _ in range(count):
        point = draw(criteria.facts, criteria.space, criteria.rules, box, rng)
        if point is not None:
            yield point


def person(*boxes: Box, about: str = "person") -> Applicant:
    """The applicant of some boxes."""
    hull = {v: 0 for v in boxes[0]}
    for box in boxes:
        for variable, mask in box.items():
            hull[variable] |= mask
    return Applicant(about, boxes, hull, frozenset())


def known_by_name(criteria: Criteria) -> dict[str, int]:
    """service → how many standards."""
    found: dict[str, int] = {}
    for ruled in criteria.standards:
        found[ruled.service] = found.get(ruled.service, 0) + 1
    return found
