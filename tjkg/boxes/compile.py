"""Conditions to boxes, and what follows from combinations that cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tjkg.boxes.algebra import Box, absorb, inside, intersect, primes
from tjkg.boxes.space import Space, atoms, cuts_of
from tjkg.facts import Contradiction, Facts, Tree, parts

__all__ = ["Rules", "compile_tree", "holds"]


def _joined(alternatives: Sequence[list[Box]]) -> list[Box]:
    """AND of ORs of boxes, multiplied out."""
    result: list[Box] = [{}]
    for boxes in alternatives:
        result = absorb(c for a in result for b in boxes if (c := intersect(a, b)) is not None)
    return result


def holds(tree: Tree, space: Space, wanted: bool) -> list[Box]:
    """Boxes whose union is where the condition is true (or, not wanted, where it is false)."""
    if "fact" in tree:
        variable, mask = space.atom(tree)
        mask = mask if wanted else space.full[variable] & ~mask
        return [] if not mask else [{}] if mask == space.full[variable] else [{variable: mask}]
    if "not" in tree:
        return holds(tree["not"], space, not wanted)
    found = [holds(part, space, wanted) for part in parts(tree)]
    if ("all" in tree) == wanted:
        return _joined(found)
    return absorb(box for boxes in found for box in boxes)


class Rules:
    """Contradictions as boxes of a space: where `when` holds, a variable has none of the `never` values."""

    def __init__(self, contradictions: Iterable[Contradiction], space: Space) -> None:
        self.told: list[tuple[str, Box, str, int]] = []  # label, when, variable, never
        for contradiction in contradictions:
            for when in holds(contradiction.when, space, True):
                for never in holds(contradiction.never, space, True):
                    self.told += [(contradiction.label, when, variable, mask) for variable, mask in never.items()]
        self.rules: list[tuple[Box, str, int]] = []
        for _, when, variable, _ in self.told:
            gone = 0
            for _, other, same, mask in self.told:
                if same == variable and inside(when, other):
                    gone |= mask
            self.rules.append((when, variable, gone))

    def sure(self, boxes: Sequence[Box], space: Space) -> list[Box]:
        """The boxes, and those that need not ask for a value which cannot be otherwise."""
        result = list(boxes)
        for box in result:
            for when, variable, gone in self.rules:
                if variable not in box or variable in when:
                    continue
                if space.full[variable] & ~space.na(variable) & ~box[variable] & ~gone:
                    continue
                wider = intersect({v: m for v, m in box.items() if v != variable}, when)
                if wider is not None and not any(inside(wider, other) for other in result):
                    result.append(wider)
        return absorb(result)

    def may(self, boxes: Sequence[Box], space: Space) -> list[Box]:
        """The boxes without what cannot be."""
        result: list[Box] = []
        for box in boxes:
            kept: Box | None = box
            for when, variable, gone in self.rules:
                if kept is not None and variable in kept and len(when) == 1 and not kept[variable] & ~gone:
                    (other, mask), = when.items()
                    kept = intersect(kept, {other: space.full[other] & ~mask})
            if kept is not None:
                result.append(kept)
        return primes(result, space.full)

    def narrow(self, box: Box) -> Box:
        """A box without the values that cannot be, given the others; 0 where nothing is left."""
        result = dict(box)
        for when, variable, gone in self.rules:
            if inside(result, when):
                result[variable] &= ~gone
        return result


def compile_tree(tree: Tree, facts: Facts) -> tuple[Space, list[Box], list[Box]]:
    """(space, sure, may): an applicant inside a `sure` box has it; one that meets no `may` box has not.

    Both are the maximal boxes of the condition; they differ by what cannot be (a contradiction about a
    fact of the condition): nobody under 16 works, so a condition “not employed” is sure by age alone.
    """
    used = {atom["fact"] for atom in atoms(tree)}
    known = [c for c in facts.contradictions if any(a["fact"] in used for a in atoms(c.never))]
    space = Space(facts, cuts_of(facts, [tree, *(t for c in known for t in (c.when, c.never))]))
    maximal = primes(holds(tree, space, True), space.full)
    rules = Rules(known, space)
    return space, rules.sure(maximal, space), rules.may(maximal, space)
